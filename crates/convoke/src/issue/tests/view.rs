//! What becomes visible of each fact about an issue, on a real database.

use super::*;
use crate::issue::{react, view};
use crate::network::testing::House;
use crate::stakeholder::{self, Kind as Sort};

async fn house(app: crate::testing::TestApp) -> (House, String) {
    let house = House::of(app);
    let name = hub().to_string();
    house.gives(&name, member(), act(2, "Food waste")).await;
    (house, name)
}

async fn row(house: &House) -> view::IssueRow {
    view::issue(house.journal.db(), &waste().to_string()).await.unwrap().unwrap()
}

/// A stakeholder that may endorse.
fn registered() -> stakeholder::RegisterStakeholder {
    stakeholder::RegisterStakeholder {
        hub: hub(),
        stakeholder: shelter(),
        person: Some(ada()),
        kind: Sort::Ngo,
        name: words("Shelter"),
        email: Some(words("shelter@example.org")),
        locale: "nl".to_owned(),
        about: None,
        city: None,
        region: None,
        country: None,
        website: None,
        tags: Vec::new(),
        offers: Vec::new(),
        needs: Vec::new(),
        issues: Vec::new(),
        consent: true,
        prospect: false,
    }
}

#[tokio::test]
async fn a_proposal_is_shown_with_its_evidence() {
    crate::testing::both(|app| async move {
        let (house, name) = house(app).await;
        let db = house.journal.db();
        let issue = row(&house).await;
        assert_eq!((issue.journal.as_str(), issue.slug.as_str()), (name.as_str(), "food-waste"));
        assert_eq!((issue.stage.as_str(), issue.sdgs()), ("proposed", vec![2, 12]));
        assert_eq!((issue.version, issue.evidence, issue.endorsements), (2, 1, 0));
        assert_eq!(issue.proposed_by, Some(ada().to_string()));
        assert_eq!(
            view::issue_by_slug(db, &name, "food-waste").await.unwrap(),
            Some(issue.clone())
        );
        assert_eq!(view::issue_by_slug(db, "hub_x", "food-waste").await.unwrap(), None);
        let ids = [issue.id.clone()];
        assert_eq!(view::issues_by_id(db, &ids).await.unwrap(), [issue]);
        house.does(&name, AddEvidence { issue: waste(), evidence: evidence() }).await;
        house.does(&name, RetractEvidence { issue: waste(), evidence: 1 }).await;
        let evidence = view::evidence_of(db, &ids).await.unwrap();
        let shown: Vec<_> =
            evidence.iter().map(|row| (row.number, row.retracted_at.is_some())).collect();
        assert_eq!(shown, [(1, true), (2, false)]);
        assert_eq!(evidence[0].date, today().to_string());
        assert_eq!((row(&house).await.evidence, row(&house).await.version), (1, 4));
        house.is_the_same_when_rebuilt(&name).await;
    })
    .await;
}

#[tokio::test]
async fn each_decision_changes_where_it_stands() {
    crate::testing::both(|app| async move {
        let (house, name) = house(app).await;
        let issue = waste();
        house.does(&name, StartReview { issue }).await;
        assert_eq!(row(&house).await.stage, "under-review");
        house.does(&name, AcceptIssue { issue }).await;
        let urgency = SetUrgency { issue, urgency: Urgency::Acute, expected_version: None };
        house.does(&name, urgency).await;
        house.does(&name, LinkSdg { issue, goals: vec![11] }).await;
        house.does(&name, SetRegion { issue, region: None, expected_version: None }).await;
        let active = row(&house).await;
        assert_eq!((active.stage.as_str(), active.urgency.as_str()), ("active", "acute"));
        assert_eq!((active.sdgs(), active.region.clone()), (vec![2, 11, 12], None));
        assert!(active.accepted_at.is_some());
        house.does(&name, CloseIssue { issue, why: words("done") }).await;
        let closed = row(&house).await;
        assert_eq!((closed.stage.as_str(), closed.reason.as_deref()), ("closed", Some("done")));
        house.does(&name, ReopenIssue { issue }).await;
        let back = row(&house).await;
        assert_eq!((back.stage.as_str(), back.reason, back.closed_at), ("active", None, None));
        house.does(&name, act(3, "Bees")).await;
        house.does(&name, DeclineIssue { issue: other(), reason: words("too small") }).await;
        let declined =
            view::issue(house.journal.db(), &other().to_string()).await.unwrap().unwrap();
        assert_eq!(
            (declined.stage.as_str(), declined.reason.as_deref()),
            ("declined", Some("too small"))
        );
        house.is_the_same_when_rebuilt(&name).await;
    })
    .await;
}

#[tokio::test]
async fn endorsements_are_listed_and_go_over_when_issues_merge() {
    crate::testing::both(|app| async move {
        let (house, name) = house(app).await;
        let db = house.journal.db();
        house.does(&name, AcceptIssue { issue: waste() }).await;
        house.does(&name, act(3, "Wasted food")).await;
        house.does(&name, registered()).await;
        let endorse = stakeholder::EndorseIssue { issue: waste(), stakeholder: shelter() };
        let withdraw = stakeholder::WithdrawEndorsement { issue: waste(), stakeholder: shelter() };
        house.does(&name, endorse.clone()).await;
        house.does(&name, withdraw).await;
        assert_eq!(row(&house).await.endorsements, 0);
        house.does(&name, endorse).await;
        house.does(&name, MergeIssue { issue: waste(), into: other() }).await;
        let merged = row(&house).await;
        assert_eq!(
            (merged.stage.as_str(), merged.merged_into),
            ("merged", Some(other().to_string()))
        );
        let target = other().to_string();
        let mine = view::endorsed(db, &name, &shelter().to_string()).await.unwrap();
        assert_eq!(mine.len(), 2);
        assert_eq!(view::issue(db, &target).await.unwrap().unwrap().endorsements, 1);
        house.is_the_same_when_rebuilt(&name).await;
    })
    .await;
}

#[tokio::test]
async fn the_agenda_has_the_most_pressing_first() {
    crate::testing::both(|app| async move {
        let (house, name) = house(app).await;
        let db = house.journal.db();
        for (number, title) in [(3, "Bees"), (5, "Noise")] {
            house.does(&name, act(number, title)).await;
            house.does(&name, AcceptIssue { issue: id(number) }).await;
        }
        let high = SetUrgency { issue: id(5), urgency: Urgency::High, expected_version: None };
        house.does(&name, high).await;
        let titles = |rows: &[view::IssueRow]| -> Vec<String> {
            rows.iter().map(|row| row.title.clone()).collect()
        };
        assert_eq!(titles(&view::agenda(db, &name, 10).await.unwrap()), ["Noise", "Bees"]);
    })
    .await;
}

#[test]
fn the_proposer_hears_what_became_of_it() {
    let letters: Vec<_> = Fact::samples()
        .into_iter()
        .filter_map(|fact| {
            let kind = fact.kind();
            let effects = react::react(&recorded::<Issue>(waste(), fact));
            effects.first().map(|effect| (kind, effect.body["template"].clone()))
        })
        .collect();
    assert_eq!(
        letters,
        [("IssueAccepted", "issue-accepted".into()), ("IssueDeclined", "issue-declined".into())]
    );
}
