//! The registry's rules: coming in, speaking for oneself, verifying, merging, being erased.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod acts;
mod address;
mod api;
mod confirm;
mod registering;
mod speaking;
mod view;

use chrono::{Days, NaiveDate};
use kernel::testing::{Scene, given, id, noon, recorded, samples_are_read_back};
use kernel::{Act, Actor, Decider, Fact as _, HubId, Moment, PersonId, Personal, Role};
use proptest::prelude::*;

use super::contact::{self, Contact};
use super::decider::{Command, Registration};
use super::pledge::PLEDGES_MAX;
use super::*;
use crate::issue::{self, Issue, IssueId};

fn hub() -> HubId {
    id(1)
}
fn soup() -> StakeholderId {
    id(2)
}
fn other() -> StakeholderId {
    id(3)
}
fn waste() -> IssueId {
    id(4)
}
fn ada() -> PersonId {
    id(7)
}
fn bob() -> PersonId {
    id(8)
}
fn today() -> NaiveDate {
    noon().date_naive()
}
fn own() -> Actor {
    Actor::person(ada(), [])
}
fn stranger() -> Actor {
    Actor::person(bob(), [Role::Member])
}
fn curator() -> Actor {
    Actor::person(id(9), [Role::Curator])
}
fn words(text: &str) -> Personal<String> {
    Personal::new(ada(), text.to_owned())
}

fn profile() -> Profile {
    Profile {
        kind: Kind::Ngo,
        name: words("Stichting Soep"),
        about: None,
        city: Some("Den Haag".to_owned()),
        region: None,
        country: None,
        website: None,
        tags: Vec::new(),
    }
}

fn registration() -> Registration {
    Registration {
        hub: hub(),
        stakeholder: soup(),
        person: ada(),
        profile: profile(),
        email: Some(words("soep@example.org")),
        locale: "nl".to_owned(),
        offers: vec!["a kitchen".to_owned()],
        needs: vec!["volunteers".to_owned()],
        issues: vec![waste()],
        consent: true,
        prospect: false,
    }
}

fn register(registration: Registration) -> Command {
    Command::Register(Box::new(registration))
}

fn entered(registration: Registration) -> Fact {
    let Registration { hub, stakeholder, person, profile, email, locale, consent, .. } =
        registration;
    Fact::StakeholderRegistered { hub, stakeholder, person, profile, email, locale, consent }
}

fn noted() -> Fact {
    let Registration { hub, stakeholder, person, profile, locale, .. } = registration();
    Fact::ProspectNoted { hub, stakeholder, person, profile, email: None, locale }
}

fn offer(number: u32, what: &str) -> Fact {
    Fact::OfferMade { offer: number, what: what.to_owned(), until: None }
}
fn need(number: u32, what: &str) -> Fact {
    Fact::NeedDeclared { need: number, what: what.to_owned(), until: None }
}
fn pledge(what: &str) -> Pledge {
    Pledge { what: what.to_owned(), until: None }
}
fn works_on(issue: IssueId) -> Fact {
    Fact::RelationDeclared { issue, relation: Relation::WorksOn }
}

fn registered() -> Vec<Fact> {
    vec![entered(registration()), offer(1, "a kitchen"), need(1, "volunteers"), works_on(waste())]
}

fn act() -> RegisterStakeholder {
    let all = registration();
    RegisterStakeholder {
        hub: all.hub,
        stakeholder: all.stakeholder,
        person: Some(all.person),
        kind: all.profile.kind,
        name: all.profile.name,
        email: all.email,
        locale: all.locale,
        about: None,
        city: all.profile.city,
        region: None,
        country: None,
        website: None,
        tags: Vec::new(),
        offers: all.offers,
        needs: all.needs,
        issues: all.issues,
        consent: all.consent,
        prospect: all.prospect,
    }
}

/// A hub with one active issue.
fn scene() -> Scene {
    let samples = issue::Fact::samples();
    let proposed = samples.first().cloned().unwrap();
    Scene::new().with::<Issue>(waste(), [proposed, issue::Fact::IssueAccepted {}])
}

#[test]
fn every_fact_is_read_back_as_it_was_written() {
    samples_are_read_back::<Fact>();
    samples_are_read_back::<ContactFact>();
    let state = Stakeholder::after(&registered());
    let text = serde_json::to_string(&state).unwrap();
    let back: Stakeholder = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string(&back).unwrap(), text);
    assert!(!text.contains("Soep") && !text.contains("example"), "a state holds no names");
}

proptest! {
    #[test]
    fn whatever_is_asked_one_stakeholder_per_address_and_the_erased_stay_silent(
        asks in proptest::collection::vec((0..5_u8, 20..24_u64, 30..33_u64, 20..24_u64), 0..40)
    ) {
        let mut scene = scene();
        let mut erased: Vec<PersonId> = Vec::new();
        for (which, stakeholder, person, into) in asks {
            let (stakeholder, person, into): (StakeholderId, PersonId, StakeholderId) =
                (id(stakeholder), id(person), id(into));
            let _outcome = match which {
                0 | 1 => scene.kinds(&RegisterStakeholder {
                    stakeholder, person: Some(person), prospect: which == 1, ..act()
                }),
                2 => scene.kinds(&MergeStakeholder { stakeholder, into }),
                3 => scene.kinds(&MakeOffer { stakeholder, what: "x".to_owned(), until: None }),
                _ => {
                    erased.push(person);
                    scene.kinds(&ErasePerson { hub: hub(), person })
                }
            };
            for person in &erased {
                let state = scene.state::<Contact>(person).unwrap();
                prop_assert!(state.is_erased());
                for number in 20..24_u64 {
                    if let Some(entry) = scene.state::<Stakeholder>(id::<StakeholderKind>(number))
                        && entry.merged_into().is_none()
                    {
                        prop_assert!(!entry.contacts().contains(person));
                    }
                }
            }
        }
    }
}
