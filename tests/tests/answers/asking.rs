//! What else a calendar may say than yes or no, and what the curator makes of it.

use chrono::Duration;
use mail::testing::Received;
use serde_json::{Value, json};
use stories::client::text;
use stories::program::Launch;
use stories::{World, both, calendars};

use crate::scene::{DOMAIN, Guest, KEY, Scene};

const OPEN: &str = "query($id: ID!) { node(id: $id) { ... on Event { startsAt sequence
    proposedTimes(state: OPEN, first: 9) { totalCount nodes { guestId number comment startsAt } }
    requestsToAttend(state: OPEN, first: 9) { nodes { personId email } } } } }";

impl Scene {
    async fn open(&self) -> Value {
        self.curator.asks(OPEN, json!({ "id": self.event })).await["node"].clone()
    }

    /// Guest number so-and-so proposes to have it so many hours later.
    async fn proposes(&self, guest: &Guest, hours: i64) -> Value {
        // A calendar's stamp has whole seconds; the next proposal is to be a newer one.
        tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
        let later = self.plan.later_by(Duration::hours(hours));
        let more = format!(
            "DTSTART:{}\r\nDTEND:{}\r\nCOMMENT:Could it be later?\r\n",
            later.starts_utc(),
            later.ends_utc()
        );
        let mail = guest.says("COUNTER", "TENTATIVE", &more);
        assert_eq!(self.posts(&guest.organizer, mail, KEY).await, 202);
        let place = "/node/proposedTimes/totalCount";
        self.until(OPEN, json!({ "id": self.event }), place, &json!(1)).await;
        self.open().await["proposedTimes"]["nodes"][0].clone()
    }

    /// The next letters with a calendar object after the first so many, one for each address.
    async fn objects(&self, since: usize, addresses: &[&str]) -> Vec<String> {
        let is_one = |letter: &Received| {
            addresses.contains(&letter.to.as_str()) && letter.letter().calendar.is_some()
        };
        let letters = self.world.letters_that(since, addresses.len(), is_one).await;
        let of = |address: &&str| {
            let letter = letters.iter().find(|letter| letter.to == *address).unwrap();
            letter.letter().calendar.unwrap()
        };
        addresses.iter().map(of).collect()
    }

    async fn count(&self) -> usize {
        self.world.peer.received().await.len()
    }

    /// The link of this door in the newest letter to an address.
    async fn link(&self, address: &str, door: &str) -> String {
        let mark = format!("{}/{door}/", self.world.server.base());
        let has = |letter: &Received| letter.to == address && letter.letter().text.contains(&mark);
        let letters = self.world.letters_that(0, 1, has).await;
        let said = letters.last().unwrap().letter().text;
        let rest = said.split(&mark).nth(1).unwrap();
        format!("/{door}/{}", rest.split_whitespace().next().unwrap())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_time_is_proposed_declined_and_taken() {
    both(async |world| {
        let mut scene = Scene::new(world).await;
        let ada = scene.guests[0].clone();
        let first = scene.proposes(&ada, 1).await;
        assert_eq!(first["comment"], "Could it be later?");
        let since = scene.count().await;
        let which = json!({ "guestId": first["guestId"], "number": first["number"] });
        let mut no = which.clone();
        no["why"] = json!("The room is ours until ten.");
        let member = scene.world.with_role(&scene.hub, "host");
        assert_eq!(member.gives("declineProposedTime", no.clone()).fails().await, "FORBIDDEN");
        scene.curator.gives("declineProposedTime", no).accepted().await;
        scene.curator.gives("acceptProposedTime", which).refused_with("PROPOSAL_NOT_OPEN").await;
        let declined = scene.objects(since, &[&ada.email]).await;

        let second = scene.proposes(&ada, 2).await;
        assert_eq!(second["number"], 2);
        let which = json!({ "guestId": second["guestId"], "number": 2 });
        scene.curator.gives("acceptProposedTime", which).accepted().await;
        let moved = scene.open().await;
        assert_eq!((&moved["sequence"], &moved["startsAt"]), (&json!(1), &second["startsAt"]));

        // Edits wait two minutes for the next; the clock of the server goes ahead instead.
        let since = scene.count().await;
        scene.goes_ahead();
        let all: Vec<String> = scene.guests.iter().map(|guest| guest.email.clone()).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let mut objects = scene.objects(since, &all).await;
        objects.extend(declined);
        let read = calendars::read(&objects);
        let later = scene.plan.later_by(Duration::hours(2));
        for calendar in read.iter().take(3) {
            let event = calendar.event(&scene.event);
            assert_eq!((calendar.method.as_str(), event.sequence), ("REQUEST", 1));
            assert_eq!(event.start, later.starts_utc());
        }
        let declined = read.last().unwrap();
        let event = declined.event(&scene.event);
        assert_eq!((declined.method.as_str(), event.sequence), ("DECLINECOUNTER", 0));
        assert_eq!(event.start, scene.plan.starts_utc(), "it stayed when it was");
        assert_eq!(event.attendee, format!("mailto:{}", ada.email));
        scene.world.verifies();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_comes_again_and_goes_on_to_somebody_else() {
    both(async |world| {
        let scene = Scene::new(world).await;
        let ada = scene.guests[0].clone();
        let since = scene.count().await;
        let refresh = ada.says("REFRESH", "NEEDS-ACTION", "");
        assert!(scene.hands_over(&ada.organizer, &refresh).await);
        let again = scene.objects(since, &[&ada.email]).await;

        // Bea has Ada's invitation, and answers it as herself.
        let bea = Guest { email: "bea@elsewhere.example".to_owned(), ..ada.clone() };
        let finn = Guest { email: "finn@elsewhere.example".to_owned(), ..ada.clone() };
        for guest in [&bea, &finn] {
            assert_eq!(scene.pipes(&ada.organizer, &guest.answers("ACCEPTED")), Some(0));
        }
        let asked = "query($id: ID!) { node(id: $id) { ... on Event {
            requestsToAttend(state: OPEN, first: 9) { totalCount } } } }";
        let place = "/node/requestsToAttend/totalCount";
        scene.until(asked, json!({ "id": scene.event }), place, &json!(2)).await;
        let open = scene.open().await["requestsToAttend"]["nodes"].clone();
        let person = |email: &str| {
            let all = open.as_array().unwrap();
            let one = all.iter().find(|one| one["email"] == email).unwrap();
            json!({ "eventId": scene.event, "personId": one["personId"] })
        };
        let since = scene.count().await;
        let mut yes = person(&bea.email);
        yes["name"] = json!("Bea Elsewhere");
        scene.curator.gives("acceptRequestToAttend", yes).accepted().await;
        let mut no = person(&finn.email);
        no["tell"] = json!(true);
        scene.curator.gives("declineRequestToAttend", no).accepted().await;
        let invited = scene.objects(since, &[&bea.email]).await;
        let told = scene.world.letters_that(since, 1, |letter| letter.to == finn.email).await;
        assert!(told[0].letter().calendar.is_none());

        let read = calendars::read(&[again, invited].concat());
        for (calendar, email) in read.iter().zip([&ada.email, &bea.email]) {
            let event = calendar.event(&scene.event);
            assert_eq!((calendar.method.as_str(), event.sequence), ("REQUEST", 0));
            assert_eq!(event.attendee, format!("mailto:{email}"));
        }
        // The page says all of it to those who work here, and nothing to others.
        let page = format!("/h/{}/events/{}/answers", scene.hub.slug, scene.event);
        let seen = scene.curator.gets(&page).await;
        assert_eq!(seen.status, 200);
        assert!(seen.text().contains("Sent again"), "{}", seen.text());
        assert!(scene.world.visitor().gets(&page).await.status >= 300);
        scene.world.verifies();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_nobody_vouches_for_counts_once_its_author_says_so() {
    both(async |world| {
        let scene = Scene::with(world, &["--authserv-id", "mx.people.example"]).await;
        let ada = scene.guests[0].clone();
        assert_eq!(scene.posts(&ada.organizer, ada.answers("ACCEPTED"), KEY).await, 202);
        let link = scene.link(&ada.email, "a").await;
        assert!(!scene.states().await.contains(&"ACCEPTED".to_owned()), "not before her word");

        // A mail scanner opens it, and nothing happens; she presses the button in any browser.
        let visitor = scene.world.visitor();
        for _ in 0..2 {
            assert_eq!(visitor.gets(&link).await.status, 200);
        }
        assert!(!scene.states().await.contains(&"ACCEPTED".to_owned()));
        assert_eq!(visitor.posts(&link, &[("commandId", "")]).await.status, 200);
        assert!(scene.states().await.contains(&"ACCEPTED".to_owned()));
        assert_eq!(visitor.gets(&link).await.status, 410, "once");

        // Her mail server's word is enough; that it is not from there is enough, too.
        let bea = scene.guests[1].clone();
        let domain = bea.email.split_once('@').unwrap().1;
        let vouched = |word: &str| {
            let head = format!(
                "Authentication-Results: mx.people.example; dmarc={word} header.from={domain}\r\n"
            );
            [head.into_bytes(), bea.answers("DECLINED")].concat()
        };
        assert_eq!(scene.posts(&bea.organizer, vouched("fail"), KEY).await, 202);
        assert_eq!(scene.posts(&bea.organizer, vouched("pass"), KEY).await, 202);
        let begun = std::time::Instant::now();
        while !scene.states().await.contains(&"DECLINED".to_owned()) {
            assert!(begun.elapsed() < std::time::Duration::from_secs(30));
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        let asked =
            |letter: &Received| letter.to == bea.email && letter.letter().text.contains("/a/");
        let letters = scene.world.peer.received().await;
        assert!(!letters.iter().any(asked), "nobody is asked about a forged answer");
        scene.world.verifies();
    })
    .await;
}

impl Scene {
    /// Where the invitations stand.
    async fn states(&self) -> Vec<String> {
        self.seen().await.into_iter().map(|(state, ..)| state).collect()
    }

    /// The server starts anew with its clock ahead, and with it come the letters that wait.
    fn goes_ahead(&mut self) {
        let mail = self.world.peer.url();
        let environment = vec![("CONVOKE_CLOCK_AHEAD".to_owned(), "300".to_owned())];
        let words = vec!["--inbound-domain".to_owned(), DOMAIN.to_owned()];
        self.world.restarts(&Launch { mail, words, environment, ..Launch::default() });
        self.curator = self.curator.at(self.world.server.base());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_in_her_calendar_follows_her_to_another_address() {
    both(async |world: World| {
        let scene = Scene::new(world).await;
        let ada = scene.guests[0].clone();
        assert_eq!(scene.posts(&ada.organizer, ada.answers("ACCEPTED"), KEY).await, 202);
        let list = "query($id: ID!) { node(id: $id) { ... on Event { invitations(first: 9) {
            nodes { id state stakeholderId answer } } } } }";
        let begun = std::time::Instant::now();
        let invitation = loop {
            let seen = scene.curator.asks(list, json!({ "id": scene.event })).await;
            let nodes = seen.pointer("/node/invitations/nodes").unwrap().as_array().unwrap();
            if let Some(one) = nodes.iter().find(|one| one["state"] == "ACCEPTED") {
                break one.clone();
            }
            assert!(begun.elapsed() < std::time::Duration::from_secs(30));
        };
        let stakeholder = text(&invitation, "/stakeholderId");
        // Her place is confirmed by a letter of its own.
        let hers = |letter: &Received| letter.to == ada.email && letter.letter().calendar.is_some();
        scene.world.letters_that(0, 2, hers).await;
        let since = scene.count().await;
        let input = json!({ "stakeholderId": stakeholder, "email": "ada@new.example" });
        scene.curator.gives("changeEmail", input).accepted().await;
        let link = scene.link("ada@new.example", "address").await;
        let visitor = scene.world.visitor();
        assert_eq!(visitor.gets(&link).await.status, 200);
        assert_eq!(scene.world.peer.received().await.len(), since + 1, "nothing has changed yet");
        assert_eq!(visitor.posts(&link, &[("commandId", "")]).await.status, 200);
        let objects = scene.objects(since, &[&ada.email, "ada@new.example"]).await;
        let read = calendars::read(&objects);
        let [gone, come] = read.as_slice() else { panic!("two objects") };
        let (before, after) = (gone.event(&scene.event), come.event(&scene.event));
        assert_eq!((gone.method.as_str(), before.status.as_str()), ("CANCEL", "CANCELLED"));
        assert_eq!((come.method.as_str(), after.status.as_str()), ("REQUEST", "CONFIRMED"));
        assert_eq!(before.uid, after.uid);
        assert_eq!((before.sequence, after.sequence), (0, 0));
        assert_eq!(before.attendee, format!("mailto:{}", ada.email));
        assert_eq!(after.attendee, "mailto:ada@new.example");
        assert!(
            objects[1]
                .replace("\r\n ", "")
                .contains("PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE")
        );
        let stamp = |object: &String| {
            let line = object.lines().find(|line| line.starts_with("DTSTAMP:")).unwrap();
            line.to_owned()
        };
        assert!(stamp(&objects[0]) < stamp(&objects[1]), "where both lead into one calendar");

        // She answers from either address.
        for (email, answer) in
            [(&ada.email, "DECLINED"), (&"ada@new.example".to_owned(), "TENTATIVE")]
        {
            let her = Guest { email: email.clone(), ..ada.clone() };
            tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
            assert_eq!(scene.posts(&ada.organizer, her.answers(answer), KEY).await, 202);
            let state = "query($id: ID!) { node(id: $id) { ... on Invitation { state } } }";
            let id = json!({ "id": invitation["id"] });
            scene.until(state, id, "/node/state", &json!(answer)).await;
        }
        // An address of somebody else is not taken.
        let taken = json!({ "stakeholderId": stakeholder, "email": scene.guests[1].email });
        scene.curator.gives("changeEmail", taken).accepted().await;
        let link = scene.link(&scene.guests[1].email, "address").await;
        assert_eq!(visitor.posts(&link, &[("commandId", "")]).await.status, 422);
        scene.world.verifies();
    })
    .await;
}
