//! The way back: a guest answers in her calendar program, and the hub knows.
//!
//! Three answers through the three doors of the built binary: a pipe, HTTP, and LMTP over a unix
//! socket, each to the address its invitation names as organizer. Then what must not come in.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a story stops at the first surprise")]

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use hmac::{Hmac, Mac as _};
use mail::{EmailAddress, Envelope, Relay};
use serde_json::{Value, json};
use sha2::Sha256;
use stories::client::text;
use stories::people::Plan;
use stories::program::{Launch, binary};
use stories::world::Hub;
use stories::{Person, World, both};

const DOMAIN: &str = "in.people.example";
const KEY: &str = "the key of the door, 32 characters long";

/// A server with all doors open, and an evening three are invited to.
struct Scene {
    world: World,
    curator: Person,
    event: String,
    socket: String,
    guests: Vec<Guest>,
}

/// Who is invited, and what a calendar program reads from her letter.
struct Guest {
    email: String,
    organizer: String,
    uid: String,
}

impl Guest {
    fn answers(&self, partstat: &str) -> Vec<u8> {
        format!(
            "From: {email}\r\nTo: {organizer}\r\nSubject: {partstat}\r\nMIME-Version: 1.0\r\n\
             Content-Type: text/calendar; charset=utf-8; method=REPLY\r\n\r\n\
             BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//A calendar//EN\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n\
             UID:{uid}\r\nSEQUENCE:0\r\nATTENDEE;PARTSTAT={partstat}:mailto:{email}\r\n\
             END:VEVENT\r\nEND:VCALENDAR\r\n",
            email = self.email,
            organizer = self.organizer,
            uid = self.uid
        )
        .into_bytes()
    }
}

impl Scene {
    async fn new(mut world: World) -> Self {
        let socket = format!("lmtp:{}", world.database.folder().join("in.sock").display());
        let words = ["--inbound-domain", DOMAIN, "--lmtp", &socket].map(str::to_owned).to_vec();
        let environment = vec![("CONVOKE_INBOUND_KEY".to_owned(), KEY.to_owned())];
        let mail = world.peer.url();
        world.restarts(&Launch { mail, words, environment, ..Launch::default() });
        let hub = world.hub("Westminster", "westminster", "Europe/London", &["en"]).await;
        let curator = world.with_role(&hub, "curator");
        let issue = curator.puts_on_agenda(&hub, "Cold homes").await;
        let event = curator.publishes(&hub, &issue, "Warm evening", &Plan::evening(20, 30)).await;
        let guests = invited(&world, &curator, &hub, &event).await;
        Self { world, curator, event, socket, guests }
    }

    /// Brings a mail through the pipe; how the command ended.
    fn pipes(&self, recipient: &str, mail: &[u8]) -> Option<i32> {
        let mut command = Command::new(binary());
        command.args(["ingest-mail", "--recipient", recipient, "--database"]);
        command.arg(self.world.database.url()).env("CONVOKE_INBOUND_DOMAIN", DOMAIN);
        command.current_dir(self.world.database.folder());
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(mail).unwrap();
        child.wait().unwrap().code()
    }

    /// Brings a mail to the hatch, signed with this key; the status of the answer.
    async fn posts(&self, recipient: &str, mail: Vec<u8>, key: &str) -> u16 {
        let stamp = stories::people::now().timestamp().to_string();
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
        mac.update(format!("{stamp}\n{recipient}\n\n").as_bytes());
        mac.update(&mail);
        let code: String =
            mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        let request = self
            .world
            .visitor()
            .request(reqwest::Method::POST, "/inbound/mime")
            .header("x-convoke-recipient", recipient)
            .header("x-convoke-timestamp", stamp)
            .header("x-convoke-signature", format!("sha256={code}"));
        Person::send(request.body(mail)).await.unwrap().status
    }

    /// Hands a mail over as a mail server does; whether it was taken.
    async fn hands_over(&self, recipient: &str, mail: &[u8]) -> bool {
        let relay = Relay::parse(&self.socket).unwrap();
        let envelope = Envelope {
            from: EmailAddress::parse("mx@people.example").unwrap(),
            to: EmailAddress::parse(recipient).unwrap(),
        };
        relay.send(&envelope, mail).await.is_submitted()
    }

    /// State, door and verdict of each invitation, in the order of the guests' names.
    async fn seen(&self) -> Vec<(String, String, String)> {
        let query =
            "query($id: ID!) { node(id: $id) { ... on Event { invitations(first: 10) { nodes {
            state answeredVia replies { door verdict } } } } } }";
        let seen = self.curator.asks(query, json!({ "id": self.event })).await;
        let nodes = seen.pointer("/node/invitations/nodes").and_then(Value::as_array).unwrap();
        let word = |node: &Value| {
            (text(node, "/state"), text(node, "/replies/0/door"), text(node, "/replies/0/verdict"))
        };
        let mut all: Vec<_> = nodes.iter().map(word).collect();
        all.sort();
        all
    }
}

/// Invites three, and reads their letters as their calendars do.
async fn invited(world: &World, curator: &Person, hub: &Hub, event: &str) -> Vec<Guest> {
    let mut ids = Vec::new();
    for name in ["Ada House", "Bea House", "Cem House"] {
        ids.push(curator.registers_stakeholder(hub, name, &json!({})).await);
    }
    let input = json!({ "eventId": event, "stakeholderIds": ids });
    curator.gives("inviteStakeholders", input).accepted().await;
    let letters = world.letters_that(0, 3, |letter| letter.letter().calendar.is_some()).await;
    let guest = |letter: &mail::testing::Received| {
        let ics = letter.letter().calendar.unwrap().replace("\r\n ", "");
        let value = |name: &str, mark: &str| {
            let line = ics.lines().find(|line| line.starts_with(name)).unwrap();
            line.rsplit_once(mark).unwrap().1.to_owned()
        };
        Guest {
            email: letter.to.clone(),
            organizer: value("ORGANIZER", "mailto:"),
            uid: value("UID", "UID:"),
        }
    };
    letters.iter().map(guest).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_guests_answer_through_three_doors_and_the_hub_knows() {
    both(async |world| {
        let scene = Scene::new(world).await;
        let [pipe, http, lmtp] = scene.guests.as_slice() else { panic!("three guests") };
        assert!(scene.guests.iter().all(|guest| guest.organizer.ends_with(DOMAIN)));

        assert_eq!(scene.pipes(&pipe.organizer, &pipe.answers("ACCEPTED")), Some(0));
        assert_eq!(scene.posts(&http.organizer, http.answers("DECLINED"), KEY).await, 202);
        assert!(scene.hands_over(&lmtp.organizer, &lmtp.answers("TENTATIVE")).await);

        let applied = |state: &str, door: &str| (state.into(), door.into(), "APPLIED".to_owned());
        let expected = [
            applied("ACCEPTED", "command"),
            applied("DECLINED", "http"),
            applied("TENTATIVE", "lmtp"),
        ];
        let begun = Instant::now();
        while scene.seen().await != expected {
            assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", scene.seen().await);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }

        // What must not come in: nobody's addresses, and mails without proof.
        let nobody =
            format!("rsvp+invitation_01m810ajzrec8bxcvem476tj7e.aaaaaaaaaaaaaaaa@{DOMAIN}");
        let yes = http.answers("ACCEPTED");
        assert_eq!(scene.pipes(&nobody, &yes), Some(67), "sysexits.h: EX_NOUSER");
        assert_eq!(scene.posts(&nobody, yes.clone(), KEY).await, 404);
        assert!(!scene.hands_over(&nobody, &yes).await);
        let wrong = "another key that is as long as ours is";
        assert_eq!(scene.posts(&http.organizer, yes, wrong).await, 401);
        assert_eq!(scene.seen().await, expected);
        scene.world.verifies();
    })
    .await;
}
