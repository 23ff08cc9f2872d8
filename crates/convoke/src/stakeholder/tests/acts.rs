//! Acts that concern several streams: addresses, issues, merging, and being forgotten.

use super::*;

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
fn who_was_erased_in_another_hub_is_erased_here_whatever_she_owes() {
    let owed = contact::Fact::ObligationTaken { what: "the first prize".to_owned() };
    let follow = || contact::Command::Follow { person: ada() };
    let gone = contact::Fact::PersonErased { person: ada() };
    given::<Contact>([owed]).when(follow()).then([gone.clone()]);
    given::<Contact>([gone]).when(follow()).then_nothing();
    let mut scene = scene();
    scene.act(&act()).unwrap();
    let follow = FollowErasure { person: ada() };
    assert!(follow.permits(&Actor::system("erasure")) && !follow.permits(&own()));
    assert!(!follow.permits(&Actor::person(bob(), [Role::HubAdmin])), "a rule of ours alone");
    assert_eq!(scene.kinds(&follow), Ok(vec!["PersonErased", "StakeholderErased"]));
    assert_eq!(scene.kinds(&follow), Ok(vec![]));
}
