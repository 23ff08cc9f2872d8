//! Letters about an address go to another one: what becomes of them there says nothing of the
//! mailbox their reader has.

use kernel::Personal;

use super::*;
use crate::reach::view::StopRow;
use crate::reach::{Category, StopLetters, Why};
use crate::stakeholder::address::{ChangeEmail, RequestEmailChange};
use crate::work::testing::Ngo;

const NO_SUCH_MAILBOX: &str = "5.1.1 no such user";

impl Town {
    async fn stops(&self, ngo: &Ngo) -> Vec<StopRow> {
        let (hub, persons) = (self.hub.to_string(), [ngo.person.to_string()]);
        crate::reach::view::stops(self.app.journal().db(), &hub, &persons).await.unwrap()
    }

    fn refuses(&self, domain: &str) {
        self.peer.answers_domain(domain, Answer::refuse_recipient(550, NO_SUCH_MAILBOX));
    }

    async fn stop(&self, ngo: &Ngo, why: Why) {
        let (person, category) = (ngo.person, Category::All);
        self.does(StopLetters { person, category, why, until: None }).await;
    }

    async fn asks_to_move(&self, ngo: &Ngo, email: &str) {
        let email = Personal::new(ngo.person, email.to_owned());
        self.does(RequestEmailChange { stakeholder: ngo.stakeholder, email }).await;
    }

    /// A new address, asked for and proved.
    async fn moves_to(&self, ngo: &Ngo, email: &str) {
        self.asks_to_move(ngo, email).await;
        let id = ngo.stakeholder.to_string();
        let row = crate::stakeholder::view::stakeholder(self.app.journal().db(), &id);
        let row = row.await.unwrap().unwrap();
        let change = u32::try_from(row.email_change.unwrap()).unwrap();
        let (stakeholder, person) = (ngo.stakeholder, ngo.person);
        let from = row.email.map(|from| Personal::new(person, from));
        let email = Personal::new(person, email.to_owned());
        self.does(ChangeEmail { stakeholder, change, person, email, from }).await;
    }

    /// A mail server says that nothing arrived of a letter that bore this return path.
    async fn bounces(&self, path: &str) {
        let bytes = format!(
            "From: MAILER-DAEMON@mx.example\r\nTo: {path}\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\
             Content-Type: text/plain\r\n\r\nNo such user.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ada@example.org\r\nAction: failed\r\n\
             Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n--b--\r\n"
        );
        let delivery = crate::inbound::Delivery {
            door: crate::inbound::Door::Lmtp,
            recipient: path,
            sender: None,
            bytes: bytes.as_bytes(),
        };
        assert!(crate::inbound::receive(&self.app, delivery).await.unwrap().is_ok());
        assert_eq!(crate::inbound::due(&self.app).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn a_new_address_with_a_slip_of_the_pen_stops_nothing_at_the_old_one() {
    both(async |app| {
        let town = Town::new(app).await;
        let ada = town.ngo("Ada", "ada@example.org", "en").await;
        town.refuses("typo.example");
        town.asks_to_move(&ada, "ada@typo.example").await;
        town.later(1).await;
        assert_eq!(town.states().await, [("address-confirm".to_owned(), "failed".to_owned())]);
        assert_eq!(town.stops(&ada).await, []);
        // The same, said later by a notice.
        town.asks_to_move(&ada, "ada@late.example").await;
        town.later(1).await;
        let path = town.inbox("ada@late.example").await.remove(0).from;
        town.bounces(&path).await;
        assert_eq!(town.stops(&ada).await, []);
        let event = town.evening().await;
        town.invites(event, &ada).await;
        town.later(1).await;
        assert_eq!(town.inbox("ada@example.org").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn who_moved_because_her_mailbox_is_gone_is_written_to_at_the_new_one() {
    both(async |app| {
        let town = Town::new(app).await;
        let ada = town.ngo("Ada", "ada@old.example", "en").await;
        let event = town.evening().await;
        town.invites(event, &ada).await;
        town.later(1).await;
        let path = town.inbox("ada@old.example").await.remove(0).from;
        town.refuses("old.example");
        town.moves_to(&ada, "ada@new.example").await;
        town.later(1).await;
        town.later(1).await;
        let states = town.states().await;
        for template in ["address-changed", "guest-moved-away"] {
            assert!(states.contains(&(template.to_owned(), "failed".to_owned())), "{states:?}");
        }
        assert_eq!(town.stops(&ada).await, [], "that was the former one");
        // The letter from before she moved comes back at last.
        town.bounces(&path).await;
        assert_eq!(town.stops(&ada).await, []);
        let other = town.event("Warm rooms", "2026-12-11T18:30", "2026-12-11T21:00", 5).await;
        town.invites(other, &ada).await;
        town.later(1).await;
        let new = town.inbox("ada@new.example").await;
        assert!(new.iter().any(|mail| mail.letter().subject == "Invitation: Warm rooms"));
        // What fails at the new one counts.
        town.refuses("new.example");
        let last = town.event("Last", "2026-12-12T18:30", "2026-12-12T21:00", 5).await;
        town.invites(last, &ada).await;
        town.later(1).await;
        assert_eq!(town.stops(&ada).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn who_has_lost_her_mailbox_can_prove_another_and_a_wish_is_a_wish() {
    both(async |app| {
        let town = Town::new(app).await;
        let ada = town.ngo("Ada", "ada@example.org", "en").await;
        town.stop(&ada, Why::NoSuchMailbox).await;
        town.asks_to_move(&ada, "ada@new.example").await;
        let bo = town.ngo("Bo", "bo@example.org", "en").await;
        town.stop(&bo, Why::Asked).await;
        town.asks_to_move(&bo, "bo@new.example").await;
        town.later(1).await;
        assert_eq!(town.inbox("ada@new.example").await.len(), 1);
        assert_eq!(town.inbox("bo@new.example").await.len(), 0, "she wants no letters");
        // Hers stays silent until another is proved.
        let event = town.evening().await;
        town.invites(event, &ada).await;
        town.later(1).await;
        assert_eq!(town.inbox("ada@example.org").await.len(), 0);
    })
    .await;
}
