//! A new address: asked for, proved, and only then used.

use chrono::Duration;
use http::StatusCode;
use kernel::Personal;
use kernel::testing::{given, id, noon, samples_are_read_back};

use super::confirm::{OWN, posts};
use crate::stakeholder::address::{Address, Command, Fact, HOLDS, Rejection, RequestEmailChange};
use crate::stakeholder::{address_page, view};
use crate::testing::both;
use crate::work::testing::{Ngo, Town};

fn email() -> Personal<String> {
    Personal::new(id(9), "soup@new.example".to_owned())
}

fn requested(change: u32, hours: i64) -> Fact {
    let at = noon() + Duration::hours(hours);
    Fact::EmailChangeRequested { change, person: id(9), email: email(), at, until: at + HOLDS }
}

fn request() -> Command {
    Command::Request { person: id(9), email: email() }
}

fn prove(change: u32) -> Command {
    let from = Some(Personal::new(id(9), "soup@example.org".to_owned()));
    Command::Prove { change, person: id(9), email: email(), from }
}

#[test]
fn only_the_newest_change_is_proved_and_only_once() {
    let changed = || Fact::EmailChanged {
        change: 1,
        person: id(9),
        email: email(),
        from: Some(Personal::new(id(9), "soup@example.org".to_owned())),
    };
    let gone = || Rejection::EmailChangeGone {};
    given::<Address>([]).when(request()).then([requested(1, 0)]);
    given::<Address>([requested(1, 0)]).when(prove(1)).then([changed()]);
    given::<Address>([requested(1, 0), changed()]).when(prove(1)).then_rejected(gone());
    given::<Address>([requested(1, 0), requested(2, 0)]).when(prove(1)).then_rejected(gone());
    given::<Address>([requested(1, -24 * 7)]).when(prove(1)).then_rejected(gone());
    given::<Address>([]).when(prove(1)).then_rejected(gone());
}

#[test]
fn few_strangers_get_a_letter_a_day() {
    let five = |hours| (1..=5).map(move |change| requested(change, hours));
    given::<Address>(five(-1))
        .when(request())
        .then_rejected(Rejection::TooManyEmailChanges { max: 5 });
    given::<Address>(five(-24)).when(request()).then([requested(6, 0)]);
}

#[test]
fn what_is_stored_can_be_read_back() {
    samples_are_read_back::<Fact>();
}

impl Town {
    /// Another address is asked for; where the link of its letter leads.
    async fn asks_for(&self, ngo: &Ngo, email: &str) -> String {
        let (stakeholder, email) = (ngo.stakeholder, Personal::new(ngo.person, email.to_owned()));
        self.does(RequestEmailChange { stakeholder, email }).await;
        let row = view::stakeholder(self.app.journal().db(), &stakeholder.to_string()).await;
        let change = row.unwrap().unwrap().email_change.unwrap();
        let token = address_page::token(&self.app, &stakeholder.to_string(), change);
        format!("/address/{token}")
    }
}

#[tokio::test]
async fn who_only_wrote_from_it_loses_an_address_to_whoever_proves_it() {
    both(async |app| {
        let town = Town::new(app).await;
        let soup = town.ngo("Soup", "soup@example.org", "en").await;
        let bread = town.ngo("Bread", "bread@example.org", "en").await;
        let keys = town.app.journal().keys();
        let writer = keys.person_of("soup@new.example").await.unwrap();
        assert_ne!(writer, soup.person);
        let path = town.asks_for(&soup, "soup@new.example").await;
        assert_eq!(keys.known("soup@new.example").await.unwrap(), Some(writer), "not proved");
        let answer = posts(&town.app, &path, OWN).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(keys.known("soup@new.example").await.unwrap(), Some(soup.person));
        // Somebody we know keeps hers.
        let path = town.asks_for(&soup, "bread@example.org").await;
        let answer = posts(&town.app, &path, OWN).await;
        assert_ne!(answer.status(), StatusCode::OK);
        assert_eq!(keys.known("bread@example.org").await.unwrap(), Some(bread.person));
        let row = view::stakeholder(town.app.journal().db(), &soup.stakeholder.to_string()).await;
        assert_eq!(row.unwrap().unwrap().email.as_deref(), Some("soup@new.example"));
    })
    .await;
}

#[tokio::test]
async fn the_link_goes_once_and_to_the_newest_address() {
    both(async |app| {
        let town = Town::new(app).await;
        let soup = town.ngo("Soup", "soup@example.org", "en").await;
        town.later(1).await;
        town.asks_for(&soup, "soup@one.example").await;
        town.asks_for(&soup, "soup@two.example").await;
        town.later(1).await;
        assert_eq!(town.inbox("soup@one.example").await.len(), 0);
        assert_eq!(town.inbox("soup@two.example").await.len(), 1);
    })
    .await;
}
