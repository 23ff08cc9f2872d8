//! A server with all doors open, and an evening three are invited to.

use std::fmt::Write as _;
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
use stories::{Person, World};

pub(crate) const DOMAIN: &str = "in.people.example";
pub(crate) const KEY: &str = "the key of the door, 32 characters long";

/// All of it.
pub(crate) struct Scene {
    pub(crate) world: World,
    pub(crate) hub: Hub,
    pub(crate) curator: Person,
    pub(crate) event: String,
    pub(crate) plan: Plan,
    socket: String,
    pub(crate) guests: Vec<Guest>,
}

/// Who is invited, and what a calendar program reads from her letter.
#[derive(Clone)]
pub(crate) struct Guest {
    pub(crate) email: String,
    pub(crate) organizer: String,
    pub(crate) uid: String,
}

impl Guest {
    pub(crate) fn answers(&self, partstat: &str) -> Vec<u8> {
        self.says("REPLY", partstat, "")
    }

    /// A mail as a calendar program writes it, with more lines in its event.
    pub(crate) fn says(&self, method: &str, partstat: &str, more: &str) -> Vec<u8> {
        let stamp = stories::people::now().format("%Y%m%dT%H%M%SZ");
        format!(
            "From: {email}\r\nTo: {organizer}\r\nSubject: {partstat}\r\nMIME-Version: 1.0\r\n\
             Content-Type: text/calendar; charset=utf-8; method={method}\r\n\r\n\
             BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//A calendar//EN\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\n\
             UID:{uid}\r\nDTSTAMP:{stamp}\r\nSEQUENCE:0\r\nATTENDEE;PARTSTAT={partstat}:mailto:{email}\r\n\
             {more}END:VEVENT\r\nEND:VCALENDAR\r\n",
            email = self.email,
            organizer = self.organizer,
            uid = self.uid
        )
        .into_bytes()
    }
}

impl Scene {
    pub(crate) async fn new(world: World) -> Self {
        Self::with(world, &[]).await
    }

    /// The same, with more words for the server.
    pub(crate) async fn with(mut world: World, more: &[&str]) -> Self {
        let socket = format!("lmtp:{}", world.database.folder().join("in.sock").display());
        let mut words = vec!["--inbound-domain", DOMAIN, "--lmtp", &socket];
        words.extend(more);
        let words = words.into_iter().map(str::to_owned).collect();
        let environment = vec![("CONVOKE_INBOUND_KEY".to_owned(), KEY.to_owned())];
        let mail = world.peer.url();
        world.restarts(&Launch { mail, words, environment, ..Launch::default() });
        let hub = world.hub("Westminster", "westminster", "Europe/London", &["en"]).await;
        let curator = world.with_role(&hub, "curator");
        let issue = curator.puts_on_agenda(&hub, "Cold homes").await;
        let plan = Plan::evening(20, 30);
        let event = curator.publishes(&hub, &issue, "Warm evening", &plan).await;
        let guests = invited(&world, &curator, &hub, &event).await;
        Self { world, hub, curator, event, plan, socket, guests }
    }

    /// Brings a mail through the pipe; how the command ended.
    pub(crate) fn pipes(&self, recipient: &str, mail: &[u8]) -> Option<i32> {
        let mut command = Command::new(binary());
        command.args(["ingest-mail", "--recipient", recipient, "--database"]);
        command.arg(self.world.database.url()).env("CONVOKE_INBOUND_DOMAIN", DOMAIN);
        command.current_dir(self.world.database.folder());
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        // Of too large a mail the rest is not even read.
        drop(child.stdin.take().unwrap().write_all(mail));
        child.wait().unwrap().code()
    }

    /// Brings a mail to the hatch, signed with this key; the status of the answer.
    pub(crate) async fn posts(&self, recipient: &str, mail: Vec<u8>, key: &str) -> u16 {
        let stamp = stories::people::now().timestamp().to_string();
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
        mac.update(format!("{stamp}\n{recipient}\n\n").as_bytes());
        mac.update(&mail);
        let mut code = String::new();
        for byte in mac.finalize().into_bytes() {
            write!(code, "{byte:02x}").unwrap();
        }
        let request = self
            .world
            .visitor()
            .request(reqwest::Method::POST, "/inbound/mime")
            .header("x-convoke-recipient", recipient)
            .header("x-convoke-timestamp", stamp)
            .header("x-convoke-signature", format!("sha256={code}"));
        // A body that is too large is refused while it is still on its way.
        Person::send(request.body(mail)).await.map_or(413, |reply| reply.status)
    }

    /// Hands a mail over as a mail server does; whether it was taken.
    pub(crate) async fn hands_over(&self, recipient: &str, mail: &[u8]) -> bool {
        let relay = Relay::parse(&self.socket).unwrap();
        let envelope = Envelope {
            from: EmailAddress::parse("mx@people.example").unwrap(),
            to: EmailAddress::parse(recipient).unwrap(),
        };
        relay.send(&envelope, mail).await.is_submitted()
    }

    /// State, door and verdict of each invitation, in the order of the guests' names.
    pub(crate) async fn seen(&self) -> Vec<(String, String, String)> {
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

impl Scene {
    /// Asks until the answer is this one: mails are decided by and by.
    pub(crate) async fn until(&self, query: &str, variables: Value, place: &str, wanted: &Value) {
        let begun = Instant::now();
        loop {
            let seen = self.curator.asks(query, variables.clone()).await;
            let found = seen.pointer(place).cloned().unwrap_or_default();
            if found == *wanted {
                return;
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "{place}: {found}, not {wanted}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}
