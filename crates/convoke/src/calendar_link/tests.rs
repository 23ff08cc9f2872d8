//! Secret calendar addresses, from the rule to the page.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it fails"
)]

mod door;

use kernel::testing::{Scene, given, id};
use kernel::{Act as _, Actor, PersonId, Personal};

use super::decider::Command;
use super::*;
use crate::stakeholder::{Contact, ContactFact};

fn link(n: u64) -> CalendarLinkId {
    id(n)
}

fn hash(n: u64) -> String {
    format!("{n:064x}")
}

fn new(n: u64) -> NewLink {
    NewLink {
        link: link(n),
        feed: Feed::Personal,
        detail: Detail::Full,
        token_hash: hash(n),
        label: Personal::new(id(900), "My phone".to_owned()),
    }
}

fn created(n: u64) -> Fact {
    let NewLink { link, feed, detail, token_hash, label } = new(n);
    Fact::CalendarLinkCreated { link, feed, detail, token_hash, label }
}

#[test]
fn a_link_is_made_changed_and_ended_once() {
    given::<CalendarLinks>([]).when(Command::Create(new(1))).then([created(1)]);
    given::<CalendarLinks>([created(1)]).when(Command::Create(new(1))).then([]);
    let rotate = |to| Command::Rotate { link: link(1), token_hash: hash(to) };
    let rotated =
        Fact::CalendarLinkRotated { link: link(1), token_hash: hash(7), replaces: hash(1) };
    given::<CalendarLinks>([created(1)]).when(rotate(7)).then([rotated.clone()]);
    given::<CalendarLinks>([created(1), rotated.clone()]).when(rotate(7)).then([]);
    let revoke = || Command::Revoke { link: link(1) };
    let revoked = Fact::CalendarLinkRevoked { link: link(1), token_hash: hash(7) };
    given::<CalendarLinks>([created(1), rotated.clone()]).when(revoke()).then([revoked.clone()]);
    given::<CalendarLinks>([created(1), rotated.clone(), revoked.clone()]).when(revoke()).then([]);
    given::<CalendarLinks>([created(1), rotated, revoked])
        .when(rotate(8))
        .then_rejected(Rejection::CalendarLinkEnded {});
    given::<CalendarLinks>([]).when(revoke()).then_rejected(Rejection::UnknownCalendarLink {});
    given::<CalendarLinks>([]).when(rotate(2)).then_rejected(Rejection::UnknownCalendarLink {});
}

#[test]
fn a_hash_is_a_hash_and_twenty_links_are_enough() {
    for bad in ["", "0f", &"0F".repeat(32), &"g".repeat(64)] {
        let new = NewLink { token_hash: bad.to_owned(), ..new(1) };
        given::<CalendarLinks>([])
            .when(Command::Create(new))
            .then_rejected(Rejection::SecretHashInvalid {});
    }
    let many: Vec<Fact> = (1..=20).map(created).collect();
    given::<CalendarLinks>(many.clone())
        .when(Command::Create(new(21)))
        .then_rejected(Rejection::TooManyCalendarLinks { max: 20 });
    let ended = Fact::CalendarLinkRevoked { link: link(3), token_hash: hash(3) };
    given::<CalendarLinks>(many.into_iter().chain([ended]))
        .when(Command::Create(new(21)))
        .then([created(21)]);
}

#[test]
fn everybody_acts_for_herself_and_for_what_she_belongs_to() {
    let (ada, bea): (PersonId, PersonId) = (id(900), id(901));
    let make = |feed| CreateCalendarLink {
        person: ada,
        link: NewLink { feed, ..new(1) },
        via_link: false,
    };
    let herself = Actor::person(ada, [kernel::Role::Participant]);
    let another = Actor::person(bea, [kernel::Role::HubAdmin]);
    let rotate = RotateCalendarLink { person: ada, link: link(1), token_hash: hash(2) };
    let revoke = RevokeCalendarLink { person: ada, link: link(1) };
    for (who, may) in [(&herself, true), (&another, false), (&Actor::visitor(), false)] {
        assert_eq!(make(Feed::Personal).permits(who), may);
        assert_eq!((rotate.permits(who), revoke.permits(who)), (may, may));
    }
    // Without a role in the hub she comes by the link of a letter, or not at all.
    let stranger = Actor::person(ada, []);
    assert!(!make(Feed::Personal).permits(&stranger));
    assert!(CreateCalendarLink { via_link: true, ..make(Feed::Personal) }.permits(&stranger));
    let hackathon = Feed::Hackathon { hackathon: id(5) };
    let team = Feed::Team { hackathon: id(5), team: id(6) };
    assert_eq!(Scene::new().kinds(&make(hackathon)), Err("NOT_TAKING_PART".to_owned()));
    assert_eq!(Scene::new().kinds(&make(team)), Err("NOT_MEMBER".to_owned()));
    assert_eq!(Scene::new().kinds(&make(Feed::Personal)), Ok(vec!["CalendarLinkCreated"]));
    let mut gone = Scene::new().with::<Contact>(ada, [ContactFact::PersonErased { person: ada }]);
    assert_eq!(gone.kinds(&make(Feed::Personal)), Err("PERSON_GONE".to_owned()));
}

#[test]
fn a_token_has_256_bits_and_its_hash_is_not_it() {
    let token = token_of([255; 32]);
    assert_eq!(token.len(), 43);
    assert_eq!(token_hash(&token).len(), 64);
    let feed = Feed::Team { hackathon: id(5), team: id(6) };
    assert_eq!(path(&feed, "x"), "/feeds/t/x.ics");
}
