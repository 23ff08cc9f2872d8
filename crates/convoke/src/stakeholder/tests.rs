//! The registry's rules: coming in, speaking for oneself, verifying, merging, being erased.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod api;
mod view;

use chrono::{Days, NaiveDate};
use kernel::testing::{Scene, given, id, noon};
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
fn a_stakeholder_registers_with_what_it_gives_needs_and_works_on() {
    given::<Stakeholder>([]).when(register(registration())).then(registered());
}

#[test]
fn the_same_offer_twice_or_an_empty_one_is_left_out() {
    let offers = ["a kitchen", "A  Kitchen!", "  ", "a van"].map(str::to_owned).to_vec();
    given::<Stakeholder>([])
        .when(register(Registration { offers, needs: vec![], issues: vec![], ..registration() }))
        .then([entered(registration()), offer(1, "a kitchen"), offer(2, "a van")]);
}

#[test]
fn whoever_registers_says_a_name_an_address_and_yes() {
    let named = |name| Registration { profile: Profile { name, ..profile() }, ..registration() };
    let reached = |email| Registration { email, ..registration() };
    let website = "http://nowhere".to_owned();
    let cases = [
        (named(words("  ")), Rejection::NameMissing {}),
        (named(Personal { of: ada(), value: None }), Rejection::NameMissing {}),
        (reached(None), Rejection::EmailMissing {}),
        (reached(Some(words("soep"))), Rejection::EmailInvalid {}),
        (Registration { consent: false, ..registration() }, Rejection::ConsentMissing {}),
        (
            Registration { locale: "fr".to_owned(), ..registration() },
            Rejection::LocaleUnknown { locale: "fr".to_owned() },
        ),
        (
            Registration {
                profile: Profile { website: Some(website.clone()), ..profile() },
                ..registration()
            },
            Rejection::WebsiteInvalid { website },
        ),
    ];
    for (wrong, why) in cases {
        given::<Stakeholder>([]).when(register(wrong)).then_rejected(why);
    }
}

#[test]
fn a_prospect_may_go_without_address_and_consent_and_registers_later() {
    let prospect = Registration {
        email: None,
        consent: false,
        prospect: true,
        offers: vec![],
        needs: vec![],
        issues: vec![],
        ..registration()
    };
    given::<Stakeholder>([]).when(register(prospect.clone())).then([noted()]);
    given::<Stakeholder>([noted()])
        .when(register(prospect))
        .then_rejected(Rejection::AlreadyRegistered {});
    given::<Stakeholder>([noted()]).when(register(registration())).then(registered());
    given::<Stakeholder>(registered())
        .when(register(registration()))
        .then_rejected(Rejection::AlreadyRegistered {});
}

#[test]
fn personal_values_belong_to_whoever_can_have_them_erased() {
    let stray = Personal::new(bob(), "Stichting Soep".to_owned());
    let wrong = Profile { name: stray, ..profile() };
    given::<Stakeholder>([])
        .when(register(Registration { profile: wrong.clone(), ..registration() }))
        .then(registered());
    given::<Stakeholder>(registered())
        .when(Command::ChangeProfile(Box::new(wrong)))
        .then([Fact::StakeholderProfileChanged { profile: profile() }]);
}

#[test]
fn an_address_is_confirmed_by_its_own_person_once() {
    let confirm = |person| Command::ConfirmEmail { person };
    given::<Stakeholder>(registered()).when(confirm(ada())).then([Fact::EmailConfirmed {}]);
    given::<Stakeholder>([registered(), vec![Fact::EmailConfirmed {}]].concat())
        .when(confirm(ada()))
        .then_nothing();
    given::<Stakeholder>(registered()).when(confirm(bob())).then_rejected(Rejection::NotYours {});
    given::<Stakeholder>([noted()]).when(confirm(ada())).then_rejected(Rejection::EmailMissing {});
}

#[test]
fn nobody_verifies_herself_and_nobody_verifies_a_prospect() {
    let verify = || Command::Verify { how: words("visited") };
    let verified = || Fact::StakeholderVerified { how: words("visited") };
    given::<Stakeholder>(registered()).by(curator()).when(verify()).then([verified()]);
    given::<Stakeholder>([registered(), vec![verified()]].concat()).when(verify()).then_nothing();
    given::<Stakeholder>(registered())
        .by(Actor::person(ada(), [Role::Curator]))
        .when(verify())
        .then_rejected(Rejection::SelfVerify {});
    given::<Stakeholder>([noted()])
        .when(verify())
        .then_rejected(Rejection::WrongState { state: Stage::Prospect });
}

#[test]
fn only_its_own_people_or_a_host_speak_for_it() {
    for command in [
        Command::ChangeProfile(Box::new(profile())),
        Command::MakeOffer(pledge("a van")),
        Command::DeclareNeed(pledge("a van")),
        Command::WithdrawOffer { offer: 1 },
        Command::WithdrawNeed { need: 1 },
        Command::DeclareRelation { issue: id(5), relation: Relation::Funds },
        Command::EndRelation { issue: waste(), relation: Relation::WorksOn },
        Command::SetVisibility(Visibility::Hosts),
        Command::SetLanguage { locale: "tr".to_owned() },
        Command::Pause { until: None },
    ] {
        given::<Stakeholder>(registered())
            .by(stranger())
            .when(command.clone())
            .then_rejected(Rejection::NotYours {});
        for actor in [own(), Actor::person(bob(), [Role::Host])] {
            let moment = Moment { now: noon(), actor };
            let facts = Stakeholder::after(&registered()).decide(command.clone(), &moment);
            assert_eq!(facts.unwrap().len(), 1, "{command:?}");
        }
    }
}

#[test]
fn offers_and_needs_are_numbered_and_numbers_are_not_used_again() {
    let gone = vec![Fact::OfferWithdrawn { offer: 1 }, Fact::NeedWithdrawn { need: 1 }];
    let history = [registered(), gone].concat();
    let now = || given::<Stakeholder>(history.clone());
    now().when(Command::MakeOffer(pledge("a kitchen"))).then([offer(2, "a kitchen")]);
    now().when(Command::DeclareNeed(pledge("time"))).then([need(2, "time")]);
    now().when(Command::WithdrawOffer { offer: 1 }).then_nothing();
    now().when(Command::WithdrawNeed { need: 1 }).then_nothing();
    now()
        .when(Command::WithdrawOffer { offer: 2 })
        .then_rejected(Rejection::UnknownOffer { offer: 2 });
    now().when(Command::WithdrawNeed { need: 0 }).then_rejected(Rejection::UnknownNeed { need: 0 });
    given::<Stakeholder>(registered()).when(Command::MakeOffer(pledge("A kitchen"))).then_nothing();
}

#[test]
fn an_offer_says_what_and_does_not_end_before_it_begins() {
    given::<Stakeholder>(registered())
        .when(Command::MakeOffer(pledge(" ")))
        .then_rejected(Rejection::WhatMissing {});
    let until = today() - Days::new(2);
    let past = Pledge { what: "a van".to_owned(), until: Some(until) };
    given::<Stakeholder>(registered())
        .when(Command::DeclareNeed(past))
        .then_rejected(Rejection::EndsInPast { until });
    given::<Stakeholder>(registered())
        .when(Command::Pause { until: Some(until) })
        .then_rejected(Rejection::EndsInPast { until });
}

#[test]
fn fifty_offers_are_enough() {
    let many: Vec<_> = (1..=50).map(|number| offer(number, &format!("thing {number}"))).collect();
    given::<Stakeholder>([vec![entered(registration())], many].concat())
        .when(Command::MakeOffer(pledge("one more")))
        .then_rejected(Rejection::TooManyPledges { max: PLEDGES_MAX });
}

#[test]
fn settings_are_said_when_they_differ() {
    let now = || given::<Stakeholder>(registered()).by(own());
    now()
        .when(Command::SetVisibility(Visibility::Members))
        .then([Fact::VisibilitySet { visibility: Visibility::Members }]);
    now().when(Command::SetVisibility(Visibility::Public)).then_nothing();
    now()
        .when(Command::SetLanguage { locale: "tr".to_owned() })
        .then([Fact::LanguageSet { locale: "tr".to_owned() }]);
    now().when(Command::SetLanguage { locale: "nl".to_owned() }).then_nothing();
    now()
        .when(Command::SetLanguage { locale: "xx".to_owned() })
        .then_rejected(Rejection::LocaleUnknown { locale: "xx".to_owned() });
    now()
        .when(Command::DeclareRelation { issue: waste(), relation: Relation::WorksOn })
        .then_nothing();
    now()
        .when(Command::EndRelation { issue: waste(), relation: Relation::WorksOn })
        .then([Fact::RelationEnded { issue: waste(), relation: Relation::WorksOn }]);
    now().when(Command::EndRelation { issue: waste(), relation: Relation::Funds }).then_nothing();
    now().when(Command::Resume).then_nothing();
}

#[test]
fn a_pause_ends_by_itself_or_by_word() {
    let until = Some(today());
    let paused = [registered(), vec![Fact::StakeholderPaused { until }]].concat();
    given::<Stakeholder>(registered())
        .when(Command::Pause { until })
        .then([Fact::StakeholderPaused { until }]);
    given::<Stakeholder>(paused.clone()).when(Command::Pause { until }).then_nothing();
    given::<Stakeholder>(paused.clone()).when(Command::Resume).then([Fact::StakeholderResumed {}]);
    let state = Stakeholder::after(&paused);
    assert!(!state.may_be_asked(today()) && state.may_be_asked(today() + Days::new(1)));
    assert!(!Stakeholder::default().may_be_asked(today()));
}

#[test]
fn what_is_unknown_merged_or_erased_takes_nothing() {
    let speak = || Command::MakeOffer(pledge("a van"));
    given::<Stakeholder>([]).when(speak()).then_rejected(Rejection::UnknownStakeholder {});
    let merged = [registered(), vec![Fact::StakeholderMerged { into: other() }]].concat();
    for command in [speak(), Command::Resume, Command::MergeInto(id(5)), register(registration())] {
        given::<Stakeholder>(merged.clone())
            .when(command)
            .then_rejected(Rejection::MergedInto { stakeholder: other() });
    }
    given::<Stakeholder>([registered(), vec![Fact::StakeholderErased {}]].concat())
        .when(register(registration()))
        .then_rejected(Rejection::Erased {});
}

#[test]
fn an_address_speaks_for_one_stakeholder() {
    let mut scene = scene();
    let decision = scene.act(&act()).unwrap();
    assert_eq!(decision.about, soup().to_string());
    let kinds: Vec<_> = decision.drafts.iter().map(|draft| draft.kind).collect();
    assert_eq!(
        kinds,
        ["ContactTaken", "StakeholderRegistered", "OfferMade", "NeedDeclared", "RelationDeclared"]
    );
    let second = RegisterStakeholder { stakeholder: other(), ..act() };
    let refusal = scene.act(&second).unwrap_err();
    assert_eq!(refusal.code, "EMAIL_TAKEN");
    assert!(refusal.details.is_empty(), "it must not say whose");
    let elsewhere = RegisterStakeholder { person: Some(bob()), ..second };
    assert!(scene.act(&elsewhere).is_ok());
}

#[test]
fn anyone_registers_herself_and_hosts_note_prospects() {
    let prospect = RegisterStakeholder { prospect: true, ..act() };
    assert!(act().permits(&Actor::visitor()) && !prospect.permits(&stranger()));
    assert!(prospect.permits(&Actor::person(bob(), [Role::Host])) && prospect.permits(&curator()));
}

#[test]
fn an_issue_the_hub_does_not_have_is_refused() {
    let wrong = RegisterStakeholder { issues: vec![id(55)], ..act() };
    assert_eq!(scene().kinds(&wrong), Err("UNKNOWN_ISSUE".to_owned()));
    let relate = |issue| DeclareRelation { stakeholder: soup(), issue, relation: Relation::Funds };
    let mut scene = scene().with::<Stakeholder>(soup(), registered());
    assert_eq!(scene.kinds(&relate(id(55))), Err("UNKNOWN_ISSUE".to_owned()));
    assert_eq!(scene.kinds(&relate(waste())), Ok(vec!["RelationDeclared"]));
}

#[test]
fn a_stakeholder_endorses_through_its_people_or_a_member_but_a_prospect_does_not() {
    let endorse = EndorseIssue { issue: waste(), stakeholder: soup() };
    let withdraw = WithdrawEndorsement { issue: waste(), stakeholder: soup() };
    assert!(endorse.permits(&own()) && !endorse.permits(&Actor::visitor()));
    assert!(withdraw.permits(&own()) && !withdraw.permits(&Actor::visitor()));
    let mut prospects = scene().with::<Stakeholder>(soup(), [noted()]);
    assert_eq!(prospects.kinds(&endorse), Err("WRONG_STATE".to_owned()));
    assert_eq!(scene().kinds(&endorse), Err("UNKNOWN_STAKEHOLDER".to_owned()));
    let there = || scene().with::<Stakeholder>(soup(), registered());
    assert_eq!(there().by(Actor::person(bob(), [])).kinds(&endorse), Err("NOT_YOURS".to_owned()));
    assert_eq!(there().by(stranger()).kinds(&endorse), Ok(vec!["IssueEndorsed"]));
    let mut scene = there().by(own());
    assert_eq!(scene.kinds(&endorse), Ok(vec!["IssueEndorsed"]));
    assert_eq!(scene.kinds(&endorse), Err("ALREADY_ENDORSED".to_owned()));
    assert_eq!(scene.kinds(&withdraw), Ok(vec!["EndorsementWithdrawn"]));
}

#[test]
fn every_act_on_one_stakeholder_reaches_it() {
    let stakeholder = soup();
    let mut scene = scene();
    scene.act(&act()).unwrap();
    let mut scene = scene.by(curator());
    let kinds = [
        scene.kinds(&ConfirmEmail { stakeholder, person: ada() }),
        scene.kinds(&VerifyStakeholder { stakeholder, how: words("seen") }),
        scene.kinds(&MakeOffer { stakeholder, what: "a van".to_owned(), until: None }),
        scene.kinds(&WithdrawOffer { stakeholder, offer: 2 }),
        scene.kinds(&DeclareNeed { stakeholder, what: "fuel".to_owned(), until: None }),
        scene.kinds(&WithdrawNeed { stakeholder, need: 2 }),
        scene.kinds(&EndRelation { stakeholder, issue: waste(), relation: Relation::WorksOn }),
        scene.kinds(&SetVisibility { stakeholder, visibility: Visibility::Hosts }),
        scene.kinds(&SetLanguage { stakeholder, locale: "ko".to_owned() }),
        scene.kinds(&PauseStakeholder { stakeholder, until: None }),
        scene.kinds(&ResumeStakeholder { stakeholder }),
    ];
    assert_eq!(
        kinds.map(|kinds| kinds.unwrap().concat()),
        [
            "EmailConfirmed",
            "StakeholderVerified",
            "OfferMade",
            "OfferWithdrawn",
            "NeedDeclared",
            "NeedWithdrawn",
            "RelationEnded",
            "VisibilitySet",
            "LanguageSet",
            "StakeholderPaused",
            "StakeholderResumed",
        ]
    );
    let change = |expected_version| ChangeStakeholderProfile {
        stakeholder,
        profile: profile(),
        expected_version,
    };
    assert_eq!(scene.kinds(&change(Some(3))), Err("VERSION_CONFLICT".to_owned()));
    assert_eq!(scene.kinds(&change(None)), Ok(vec!["StakeholderProfileChanged"]));
    let confirm = ConfirmEmail { stakeholder, person: ada() };
    assert!(confirm.permits(&own()) && !confirm.permits(&stranger()));
    assert!(!VerifyStakeholder { stakeholder, how: words("x") }.permits(&stranger()));
    assert!(!change(None).permits(&Actor::visitor()) && change(None).permits(&own()));
}

#[test]
fn merging_takes_people_offers_needs_and_relations_along() {
    let mut scene = scene();
    scene.act(&act()).unwrap();
    let second = RegisterStakeholder {
        stakeholder: other(),
        person: Some(bob()),
        offers: vec!["A kitchen".to_owned(), "a van".to_owned()],
        needs: vec![],
        ..act()
    };
    scene.act(&second).unwrap();
    let merge = MergeStakeholder { stakeholder: soup(), into: other() };
    assert!(merge.permits(&curator()) && !merge.permits(&stranger()));
    assert_eq!(
        scene.kinds(&merge),
        Ok(vec!["StakeholderMerged", "StakeholderAbsorbed", "NeedDeclared", "ContactTaken"])
    );
    let target = scene.state::<Stakeholder>(other()).unwrap();
    assert!(target.contacts().contains(&ada()) && target.owner() == Some(bob()));
    assert_eq!(scene.state::<Contact>(ada()).unwrap().stakeholder(), Some(other()));
    let back = MergeStakeholder { stakeholder: other(), into: soup() };
    assert_eq!(scene.kinds(&back), Err("CYCLE_DETECTED".to_owned()));
    let itself = MergeStakeholder { stakeholder: other(), into: other() };
    assert_eq!(scene.kinds(&itself), Err("SELF_MERGE".to_owned()));
    let erase = ErasePerson { hub: hub(), person: ada() };
    assert_eq!(scene.kinds(&erase), Ok(vec!["PersonErased", "ContactDropped"]));
}

#[test]
fn an_erased_person_takes_her_stakeholder_along_and_stays_erased() {
    let erase = ErasePerson { hub: hub(), person: ada() };
    assert!(erase.permits(&own()) && !erase.permits(&stranger()));
    assert!(erase.permits(&Actor::person(bob(), [Role::HubAdmin])));
    let mut scene = scene();
    scene.act(&act()).unwrap();
    assert_eq!(scene.kinds(&erase), Ok(vec!["PersonErased", "StakeholderErased"]));
    assert_eq!(scene.kinds(&erase), Ok(vec![]));
    let again = RegisterStakeholder { stakeholder: other(), ..act() };
    assert_eq!(scene.kinds(&again), Err("PERSON_GONE".to_owned()));
    let unknown = ErasePerson { hub: hub(), person: bob() };
    assert_eq!(scene.kinds(&unknown), Ok(vec!["PersonErased"]));
}

#[test]
fn the_name_a_prospect_was_noted_under_is_erased_with_the_one_who_claimed_it() {
    let prospect = RegisterStakeholder {
        person: None,
        name: Personal::new(bob(), "Soep".to_owned()),
        email: None,
        prospect: true,
        ..act()
    };
    let mut scene = scene();
    scene.act(&prospect).unwrap();
    scene.act(&act()).unwrap();
    let erase = ErasePerson { hub: hub(), person: ada() };
    assert_eq!(scene.kinds(&erase), Ok(vec!["PersonErased", "PersonErased", "StakeholderErased"]));
    assert!(scene.state::<Contact>(bob()).unwrap().is_erased());
}

#[test]
fn nobody_is_erased_while_something_is_owed() {
    let owed = contact::Fact::ObligationTaken { what: "the first prize".to_owned() };
    let what = || "the first prize".to_owned();
    let oblige = || contact::Command::Oblige { what: what() };
    let release = || contact::Command::Release { what: what() };
    let erase = || contact::Command::Erase { person: ada() };
    given::<Contact>([]).when(oblige()).then([owed.clone()]);
    given::<Contact>([owed.clone()]).when(oblige()).then_nothing();
    given::<Contact>([owed.clone()])
        .when(erase())
        .then_rejected(contact::Rejection::OpenObligation { what: what() });
    given::<Contact>([owed.clone()])
        .when(release())
        .then([contact::Fact::ObligationMet { what: what() }]);
    given::<Contact>([]).when(release()).then_nothing();
    given::<Contact>([owed, contact::Fact::ObligationMet { what: what() }])
        .when(erase())
        .then([contact::Fact::PersonErased { person: ada() }]);
    given::<Contact>([contact::Fact::PersonErased { person: ada() }])
        .when(oblige())
        .then_rejected(contact::Rejection::PersonGone {});
}

#[test]
fn every_fact_is_read_back_as_it_was_written() {
    assert_eq!(Fact::samples().iter().map(Fact::kind).collect::<Vec<_>>(), Fact::KINDS);
    for fact in Fact::samples() {
        let text = serde_json::to_string(&fact).unwrap();
        assert_eq!(serde_json::from_str::<Fact>(&text).unwrap(), fact);
    }
    let contact = ContactFact::samples();
    assert_eq!(contact.iter().map(ContactFact::kind).collect::<Vec<_>>(), ContactFact::KINDS);
    for fact in contact {
        let text = serde_json::to_string(&fact).unwrap();
        assert_eq!(serde_json::from_str::<ContactFact>(&text).unwrap(), fact);
    }
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
