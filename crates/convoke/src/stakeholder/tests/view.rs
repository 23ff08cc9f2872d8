//! What becomes visible of each fact about a stakeholder, on a real database.

use super::*;
use crate::network::testing::House;
use crate::stakeholder::{react, view};

async fn house(app: crate::testing::TestApp) -> (House, String) {
    let house = House::of(app);
    let name = hub().to_string();
    let propose = issue::ProposeIssue {
        hub: hub(),
        issue: waste(),
        title: "Food waste".to_owned(),
        statement: String::new(),
        region: None,
        sdgs: vec![],
        evidence: vec![],
        force: false,
    };
    house.does(&name, propose).await;
    house.does(&name, act()).await;
    (house, name)
}

async fn row(house: &House, which: StakeholderId) -> view::StakeholderRow {
    view::stakeholder(house.journal.db(), &which.to_string()).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_registration_is_shown_with_what_it_offers_needs_and_works_on() {
    crate::testing::both(|app| async move {
        let (house, name) = house(app).await;
        let db = house.journal.db();
        let entry = row(&house, soup()).await;
        assert_eq!((entry.journal.as_str(), entry.kind.as_str()), (name.as_str(), "ngo"));
        assert_eq!(entry.name.as_deref(), Some("Stichting Soep"));
        assert_eq!(entry.email.as_deref(), Some("soep@example.org"));
        assert_eq!((entry.stage.as_str(), entry.visibility.as_str()), ("registered", "public"));
        assert_eq!((entry.consent, entry.confirmed, entry.paused), (true, false, false));
        assert_eq!((entry.version, entry.tags()), (4, vec![]));
        let ids = [entry.id.clone()];
        assert_eq!(view::stakeholders_by_id(db, &ids).await.unwrap(), [entry]);
        let pledges = view::pledges_of(db, &ids).await.unwrap();
        let shown: Vec<_> =
            pledges.iter().map(|row| (row.side.as_str(), row.what.as_str())).collect();
        assert_eq!(shown, [("need", "volunteers"), ("offer", "a kitchen")]);
        let relations = view::relations_of(db, &ids).await.unwrap();
        assert_eq!(relations[0].relation, "works-on");
        assert_eq!(view::related_to(db, &name, &waste().to_string(), 9).await.unwrap(), relations);
        let contact = view::contact(db, &name, &ada().to_string()).await.unwrap().unwrap();
        assert_eq!(contact.stakeholder, ids[0]);
        house.is_the_same_when_rebuilt(&name).await;
    })
    .await;
}

#[tokio::test]
async fn each_change_is_shown() {
    crate::testing::both(|app| async move {
        let (house, name) = house(app).await;
        let (db, stakeholder) = (house.journal.db(), soup());
        house.does(&name, ConfirmEmail { stakeholder, person: ada() }).await;
        house.does(&name, VerifyStakeholder { stakeholder, how: words("seen") }).await;
        house.does(&name, SetVisibility { stakeholder, visibility: Visibility::Hosts }).await;
        house.does(&name, SetLanguage { stakeholder, locale: "ko".to_owned() }).await;
        house.does(&name, PauseStakeholder { stakeholder, until: Some(today()) }).await;
        let entry = row(&house, soup()).await;
        assert_eq!((entry.confirmed, entry.stage.as_str()), (true, "verified"));
        assert_eq!(entry.verified_how.as_deref(), Some("seen"));
        assert!(entry.verified_at.is_some());
        assert_eq!((entry.visibility.as_str(), entry.locale.as_str()), ("hosts", "ko"));
        assert_eq!((entry.paused, entry.paused_until), (true, Some(today().to_string())));
        house.does(&name, ResumeStakeholder { stakeholder }).await;
        let profile = Profile { city: Some("Delft".to_owned()), ..profile() };
        let change = ChangeStakeholderProfile { stakeholder, profile, expected_version: None };
        house.does(&name, change).await;
        let entry = row(&house, soup()).await;
        assert_eq!((entry.paused, entry.paused_until), (false, None));
        assert_eq!(entry.city.as_deref(), Some("Delft"));
        house.does(&name, WithdrawOffer { stakeholder, offer: 1 }).await;
        house.does(&name, WithdrawNeed { stakeholder, need: 1 }).await;
        let end = EndRelation { stakeholder, issue: waste(), relation: Relation::WorksOn };
        house.does(&name, end).await;
        let ids = [entry.id];
        assert_eq!(view::pledges_of(db, &ids).await.unwrap(), []);
        assert_eq!(view::relations_of(db, &ids).await.unwrap(), []);
        house.is_the_same_when_rebuilt(&name).await;
    })
    .await;
}

#[tokio::test]
async fn a_prospect_that_registers_keeps_its_row() {
    crate::testing::both(|app| async move {
        let (house, name) = house(app).await;
        let prospect = RegisterStakeholder {
            stakeholder: other(),
            person: None,
            name: Personal::new(bob(), "Bakkerij".to_owned()),
            email: None,
            prospect: true,
            consent: false,
            ..act()
        };
        house.does(&name, prospect).await;
        let noted = row(&house, other()).await;
        assert_eq!((noted.stage.as_str(), noted.consent, noted.email), ("prospect", false, None));
        let host = Visibility::Members;
        house.does(&name, SetVisibility { stakeholder: other(), visibility: host }).await;
        let claim = RegisterStakeholder {
            stakeholder: other(),
            person: Some(id(77)),
            name: Personal::new(id(77), "Bakkerij Bob".to_owned()),
            ..act()
        };
        house.does(&name, claim).await;
        let entry = row(&house, other()).await;
        assert_eq!(
            (entry.stage.as_str(), entry.name.as_deref()),
            ("registered", Some("Bakkerij Bob"))
        );
        assert_eq!((entry.visibility.as_str(), entry.created_at), ("members", noted.created_at));
        house.is_the_same_when_rebuilt(&name).await;
    })
    .await;
}

#[tokio::test]
async fn candidates_and_names_are_those_who_are_there() {
    crate::testing::both(|app| async move {
        let (house, name) = house(app).await;
        let db = house.journal.db();
        let second = RegisterStakeholder {
            stakeholder: other(),
            person: Some(bob()),
            name: Personal::new(bob(), "Bakkerij".to_owned()),
            kind: Kind::Company,
            ..act()
        };
        house.does(&name, second).await;
        assert_eq!(view::candidates(db, &name, 10).await.unwrap().len(), 2);
        assert_eq!(view::names(db, &name).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn merged_entries_leave_the_directory_and_their_people_come_along() {
    crate::testing::both(|app| async move {
        let (house, name) = house(app).await;
        let db = house.journal.db();
        let second = RegisterStakeholder {
            stakeholder: other(),
            person: Some(bob()),
            offers: vec!["a van".to_owned()],
            ..act()
        };
        house.does(&name, second).await;
        house.does(&name, MergeStakeholder { stakeholder: other(), into: soup() }).await;
        let merged = row(&house, other()).await;
        assert_eq!(
            (merged.stage.as_str(), merged.merged_into),
            ("merged", Some(soup().to_string()))
        );
        assert_eq!(view::names(db, &name).await.unwrap().len(), 1);
        let contact = view::contact(db, &name, &bob().to_string()).await.unwrap().unwrap();
        assert_eq!(contact.stakeholder, soup().to_string());
        let pledges = view::pledges_of(db, &[soup().to_string()]).await.unwrap();
        assert_eq!(pledges.len(), 3);
        house.is_the_same_when_rebuilt(&name).await;
    })
    .await;
}

#[tokio::test]
async fn nothing_personal_is_left_of_one_who_was_erased() {
    crate::testing::both(|app| async move {
        let (house, name) = house(app).await;
        let db = house.journal.db();
        let verify =
            VerifyStakeholder { stakeholder: soup(), how: Personal::new(bob(), "x".into()) };
        house.does(&name, verify).await;
        house.does(&name, ErasePerson { hub: hub(), person: ada() }).await;
        let gone = row(&house, soup()).await;
        assert_eq!(
            (gone.stage.as_str(), gone.name, gone.email, gone.about),
            ("erased", None, None, None)
        );
        assert_eq!(gone.verified_how.as_deref(), Some("x"), "what the curator wrote is hers");
        assert_eq!(view::contact(db, &name, &ada().to_string()).await.unwrap(), None);
        assert_eq!(view::names(db, &name).await.unwrap(), []);
        house.is_the_same_when_rebuilt(&name).await;
    })
    .await;
}

#[test]
fn who_registers_gets_a_letter_and_who_was_noted_gets_none() {
    let letters: Vec<_> = Fact::samples()
        .into_iter()
        .filter_map(|fact| {
            let kind = fact.kind();
            let effects = react::react(&recorded::<Stakeholder>(soup(), fact));
            effects.first().map(|effect| (kind, effect.body["template"].clone()))
        })
        .collect();
    assert_eq!(letters, [("StakeholderRegistered", "stakeholder-welcome".into())]);
}
