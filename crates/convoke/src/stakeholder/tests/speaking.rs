//! What its people say about it once it is there: offers, needs, settings, pauses.

use super::*;

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
