//! Who is believed: her mail server, her word, her other addresses; and the one address for all.

use serde_json::json;

use super::*;
use crate::app::Organizer;
use crate::invitation::Answer;
use crate::work::testing::{ics, lines};

/// Nothing is known about where a mail comes from.
fn bare(scene: &Scene) -> Reply<'static> {
    Reply { headers: "", ..scene.yes() }
}

async fn held(scene: &Scene) -> Option<crate::asking::view::HeldRow> {
    let db = scene.town.app.journal().db();
    let rows = crate::asking::view::held_of(db, std::slice::from_ref(&scene.id)).await.unwrap();
    rows.into_iter().next()
}

#[tokio::test]
async fn an_answer_nobody_vouches_for_waits_for_her_word() {
    both(|app| async move {
        let scene = Scene::new(app).await;
        scene.town.later(0).await;
        assert_eq!(scene.hears(&bare(&scene)).await, "HELD UNCONFIRMED");
        let again = Reply { more: "COMMENT:again\r\n", ..bare(&scene) };
        assert_eq!(scene.hears(&again).await, "DUPLICATE UNCONFIRMED");
        let no = Reply { partstat: "DECLINED", ..bare(&scene) };
        assert_eq!(scene.hears(&no).await, "HELD UNCONFIRMED");
        assert_eq!(
            scene.hears(&Reply { partstat: "TENTATIVE", ..no.clone() }).await,
            "HELD UNCONFIRMED"
        );
        let more = Reply { more: "COMMENT:and again\r\n", ..no };
        assert_eq!(
            scene.hears(&more).await,
            "REJECTED UNCONFIRMED TOO_MANY_UNPROVED",
            "whoever writes in her name does not fill her mailbox"
        );
        scene.town.later(1).await;
        assert_eq!(scene.state().await.0, "sent");
        let letters = scene.town.inbox("soup@example.org").await;
        let asked: Vec<String> = letters
            .iter()
            .map(|letter| letter.letter().subject)
            .filter(|subject| subject.starts_with("Was that you?"))
            .collect();
        assert_eq!(asked.len(), 1, "of those that are not held any more none is sent: {asked:?}");

        let row = held(&scene).await.unwrap();
        assert_eq!((row.held, row.answer.as_str()), (3, "tentative"));
        let confirm = |held: u32| crate::asking::ConfirmHeldAnswer {
            guest: scene.id.clone(),
            held,
            answering: Some(crate::invitation::AnswerInvitation {
                event: scene.event,
                stakeholder: scene.ngo.stakeholder,
                person: scene.ngo.person,
                answer: Answer::Accepted,
                registration: scene.town.app.id(),
                via: crate::invitation::Via::Link,
                sequence: None,
                stamped_at: None,
                stop: false,
                name: Personal::new(scene.ngo.person, "Soup".to_owned()),
                email: Personal::new(scene.ngo.person, "soup@example.org".to_owned()),
                locale: "en".to_owned(),
                party_size: 1,
            }),
        };
        let refused = scene.would(confirm(2)).await;
        assert_eq!(refused.as_deref(), Some("HELD_ANSWER_GONE"), "a newer one came");
        scene.town.does(confirm(3)).await;
        assert_eq!(scene.state().await.0, "tentative", "what was held counts, not what is claimed");
        let refused = scene.would(confirm(3)).await;
        assert_eq!(refused.as_deref(), Some("HELD_ANSWER_GONE"), "once");
        assert_eq!(held(&scene).await, None);
    })
    .await;
}

impl Scene {
    /// Why a command would be refused.
    async fn would(&self, act: impl kernel::Act) -> Option<String> {
        let viewer = self.town.app.viewer(self.town.hub, kernel::Role::HubAdmin);
        let would = self.town.app.would(&viewer, Some(self.town.hub), Box::new(act)).await;
        would.unwrap().err().map(|refusal| refusal.code)
    }

    /// A new address, asked for and proved.
    pub(super) async fn moves_to(&self, email: &str) {
        let (of, app) = (self.ngo.person, &self.town.app);
        let stakeholder = self.ngo.stakeholder;
        let email = Personal::new(of, email.to_owned());
        let request =
            crate::stakeholder::address::RequestEmailChange { stakeholder, email: email.clone() };
        self.town.does(request).await;
        let id = stakeholder.to_string();
        let row = crate::stakeholder::view::stakeholder(app.journal().db(), &id);
        let row = row.await.unwrap().unwrap();
        let change = u32::try_from(row.email_change.unwrap()).unwrap();
        assert_eq!(app.journal().keys().bind(email.get().unwrap(), of).await.unwrap(), of);
        let from = row.email.map(|from| Personal::new(of, from));
        let act = crate::stakeholder::address::ChangeEmail {
            stakeholder,
            change,
            person: of,
            email,
            from,
        };
        self.town.does(act).await;
    }
}

#[tokio::test]
async fn her_calendar_follows_her_and_both_addresses_are_hers() {
    both(|app| async move {
        let scene = Scene::new(app).await;
        scene.town.later(0).await;
        assert_eq!(scene.hears(&scene.yes()).await, "APPLIED");
        scene.moves_to("soup@new.example").await;
        scene.town.later(1).await;
        scene.town.later(1).await;
        let old = scene.town.inbox("soup@example.org").await;
        let subjects: Vec<String> = old.iter().map(|letter| letter.letter().subject).collect();
        assert!(subjects.contains(&"Your address at Hub Westminster has changed".to_owned()));
        let gone = old.iter().find(|letter| {
            letter.letter().calendar.is_some_and(|ics| ics.contains("METHOD:CANCEL"))
        });
        let gone = ics(gone.unwrap());
        let new = scene.town.inbox("soup@new.example").await;
        // The newest: her place was confirmed there, too.
        let come = new.iter().rfind(|letter| letter.letter().calendar.is_some()).unwrap();
        let come = ics(come);
        let named = |object: &str| lines(object, &["UID", "SEQUENCE"]);
        assert_eq!(named(&gone), named(&come));
        assert!(gone.contains(":mailto:soup@example.org") && gone.contains("STATUS:CANCELLED"));
        assert!(come.contains(":mailto:soup@new.example"), "{come}");
        assert!(come.contains("METHOD:REQUEST") && said(&come, "ACCEPTED", "FALSE"));
        assert!(lines(&gone, &["DTSTAMP"]) < lines(&come, &["DTSTAMP"]));

        // From the old address and from the new one: she.
        let old = Reply { partstat: "DECLINED", stamp: "20261122T120000Z", ..scene.yes() };
        assert_eq!(scene.hears(&old).await, "APPLIED");
        let new = Reply {
            attendee: "soup@new.example",
            from: "soup@new.example",
            headers: "Authentication-Results: mx.convoke.test; dmarc=pass header.from=new.example\r\n",
            partstat: "TENTATIVE",
            stamp: "20261122T130000Z",
            ..scene.yes()
        };
        assert_eq!(scene.hears(&new).await, "APPLIED");
        assert_eq!(scene.state().await.0, "tentative");
        // An address that leads to somebody else cannot be hers.
        let keys = scene.town.app.journal().keys();
        let bea = keys.person_of("bea@example.org").await.unwrap();
        assert_eq!(keys.bind("bea@example.org", scene.ngo.person).await.unwrap(), bea);
    })
    .await;
}

#[tokio::test]
async fn in_the_stable_mode_an_answer_says_itself_whose_it_is() {
    both(|app| async move {
        let app = app.set(|settings| settings.organizer = Organizer::Stable);
        let scene = Scene::at(Town::new(app).await, "events@convoke.test").await;
        scene.town.later(0).await;
        let letter = scene.town.inbox("soup@example.org").await.remove(0);
        assert!(ics(&letter).contains(":mailto:events@convoke.test\r\n"), "{}", ics(&letter));
        assert_eq!(letter.letter().from, "Hub Westminster <events@convoke.test>");

        // Only the domain's own word counts: there is no secret in the address.
        let none = "Authentication-Results: mx.convoke.test; dmarc=none header.from=example.org\r\n";
        assert_eq!(scene.hears(&Reply { headers: none, ..scene.yes() }).await, "HELD UNCONFIRMED");
        assert_eq!(scene.hears(&scene.yes()).await, "APPLIED");
        assert_eq!(scene.state().await.0, "accepted");

        // Somebody else about the same event: a question, kept with the event.
        let eve = Reply { attendee: "eve@example.org", from: "eve@example.org", ..scene.yes() };
        scene.brings(&eve.mime()).await.unwrap();
        assert_eq!(due(&scene.town.app).await.unwrap(), 1);
        let query = format!(
            "{{ node(id: \"{}\") {{ ... on Event {{ requestsToAttend {{ nodes {{ email }} }} }} }} }}",
            scene.event
        );
        let seen = scene.asks(&query).await;
        assert_eq!(seen["node"]["requestsToAttend"]["nodes"], json!([{ "email": "eve@example.org" }]));
        // An event nobody knows, and no event at all: nobody's.
        let elsewhere = Reply { uid: "event_1@convoke.test".to_owned(), ..scene.yes() };
        assert_eq!(scene.brings(&elsewhere.mime()).await, Err(Unwanted::UnknownRecipient));
        assert_eq!(scene.brings(b"From: a@b.example\r\n\r\nHi\r\n").await, Err(Unwanted::UnknownRecipient));
        // Addresses of letters that left before the mode was changed still work.
        let made = scene.town.app.answer_addresses().unwrap();
        let made = made.make(Purpose::Reply, &scene.id).unwrap();
        let no = Reply { partstat: "DECLINED", stamp: "20261122T120000Z", ..scene.yes() };
        let bytes = no.mime();
        let delivery =
            Delivery { door: Door::Http, recipient: made.as_str(), sender: None, bytes: &bytes };
        receive(&scene.town.app, delivery).await.unwrap().unwrap();
        assert_eq!(due(&scene.town.app).await.unwrap(), 1);
        assert_eq!(scene.state().await.0, "declined");
    })
    .await;
}

#[tokio::test]
async fn what_leads_to_her_elsewhere_is_not_hers_here() {
    both(|app| async move {
        let scene = Scene::new(app).await;
        // Somebody who hosts another hub has proved there that this is her new address.
        let keys = scene.town.app.journal().keys();
        let (eve, of) = ("eve@example.org", scene.ngo.person);
        assert_eq!(keys.bind(eve, of).await.unwrap(), of);
        let yes = Reply { attendee: eve, from: eve, ..scene.yes() };
        assert_eq!(scene.hears(&yes).await, "ASKS_TO_ATTEND");
        let bare = Reply { headers: "", more: "COMMENT:mine\r\n", ..yes };
        assert_eq!(scene.hears(&bare).await, "REFUSED UNCONFIRMED");
        assert_eq!(scene.state().await.0, "sent");
    })
    .await;
}

#[tokio::test]
async fn a_change_that_cannot_be_followed_holds_up_no_other_letter() {
    both(|app| async move {
        let scene = Scene::new(app).await;
        scene.town.later(0).await;
        scene.moves_to("soup@new.example").await;
        let bread = scene.town.ngo("Bread", "bread@example.org", "en").await;
        scene.town.invites(scene.event, &bread).await;
        // What a moved guest would change is gone.
        let db = scene.town.app.journal().db();
        db.exec("ALTER TABLE asking_moved RENAME TO asking_gone", vec![]).await.unwrap();
        scene.town.later(1).await;
        let letters = scene.town.inbox("bread@example.org").await;
        assert!(letters.iter().any(|one| one.letter().calendar.is_some()), "she is invited");
        let waiting = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM outbox
             WHERE kind = 'letter' AND state = 'failed'";
        let failed: Option<journal::Count> = db.opt(waiting, vec![]).await.unwrap();
        assert_eq!(failed.unwrap().n, 1);
        db.exec("ALTER TABLE asking_gone RENAME TO asking_moved", vec![]).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_takes_too_long_to_look_at_may_come_again() {
    use crate::inbound::stable::looked;
    let forever = tokio::spawn(std::future::pending::<()>());
    assert!(looked(forever, std::time::Duration::ZERO).await.is_err());
    let broken: tokio::task::JoinHandle<()> =
        tokio::task::spawn_blocking(|| panic!("a hostile mail"));
    assert_eq!(looked(broken, std::time::Duration::from_mins(1)).await.unwrap(), None);
}

#[tokio::test]
async fn a_flood_to_one_address_is_put_off() {
    both(|app| async move {
        let scene = Scene::new(app).await;
        let mail = |number: i64| format!("From: a@b.example\r\nX-Number: {number}\r\n\r\nHi\r\n");
        for number in 0..MAILS_AN_HOUR {
            scene.brings(mail(number).as_bytes()).await.unwrap();
        }
        assert_eq!(scene.brings(mail(900).as_bytes()).await, Err(Unwanted::TooMany));
        scene.town.app.world.pass(TimeDelta::minutes(61));
        scene.brings(mail(901).as_bytes()).await.unwrap();
    })
    .await;
}
