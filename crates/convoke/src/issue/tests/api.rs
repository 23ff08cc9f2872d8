//! Issues through the API: each mutation accepted and refused, lists, and the cost of a page.

use super::*;
use crate::network::testing::House;

const PROPOSAL: &str = r#"title: "Food waste", statement: "A third is thrown away.",
    region: "Den Haag", sdgs: [12, 2],
    evidence: [{ figure: "a third", source: "FAO", date: "2019-10-14" }]"#;

async fn proposed(house: &House, hub: HubId, title: &str) -> String {
    let input = format!("hubId: \"{hub}\", {}", PROPOSAL.replace("Food waste", title));
    let viewer = house.app.viewer(hub, Role::Member);
    let answer = house.gets(viewer, "proposeIssue", &input, "issue { id }").await;
    answer["issue"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_member_proposes_and_a_curator_decides() {
    crate::testing::both(|app| async move {
        let house = House::of(app);
        let hub = house.opens_hub().await;
        let curator = || house.app.viewer(hub, Role::Curator);
        let id = proposed(&house, hub, "Food waste").await;
        let input = format!("hubId: \"{hub}\", {PROPOSAL}");
        let member = house.app.viewer(hub, Role::Member);
        assert_eq!(house.refused(member, "proposeIssue", &input).await, "DUPLICATE_OF");
        let one = format!("issueId: \"{id}\"");
        let status = "issue { status urgency region sdgs reason version }";
        let steps = [
            ("startReview", String::new(), "UNDER_REVIEW"),
            ("acceptIssue", String::new(), "ACTIVE"),
            ("setUrgency", ", urgency: ACUTE".to_owned(), "ACTIVE"),
            ("linkSdg", ", goals: [11]".to_owned(), "ACTIVE"),
            ("setRegion", ", region: \"Delft\"".to_owned(), "ACTIVE"),
            ("closeIssue", ", reason: \"done\"".to_owned(), "CLOSED"),
            ("reopenIssue", String::new(), "ACTIVE"),
        ];
        let mut last = serde_json::Value::Null;
        for (name, more, stands) in steps {
            let answer = house.gets(curator(), name, &format!("{one}{more}"), status).await;
            assert_eq!(answer["issue"]["status"], stands, "{name}");
            last = answer["issue"].clone();
        }
        assert_eq!(last["sdgs"], serde_json::json!([2, 11, 12]));
        assert_eq!((&last["urgency"], &last["region"]), (&"ACUTE".into(), &"Delft".into()));
        let refusals = [
            ("startReview", String::new(), "WRONG_STATE"),
            ("acceptIssue", String::new(), "WRONG_STATE"),
            ("reopenIssue", String::new(), "WRONG_STATE"),
            ("declineIssue", ", reason: \"late\"".to_owned(), "WRONG_STATE"),
            ("closeIssue", ", reason: \" \"".to_owned(), "REASON_MISSING"),
            ("setUrgency", ", urgency: LOW, expectedVersion: 1".to_owned(), "VERSION_CONFLICT"),
            ("setRegion", ", expectedVersion: 1".to_owned(), "VERSION_CONFLICT"),
            ("linkSdg", ", goals: [18]".to_owned(), "UNKNOWN_SDG"),
            ("linkSdg", ", goals: [-1]".to_owned(), "UNKNOWN_SDG"),
            ("mergeIssue", format!(", intoId: \"{id}\""), "SELF_MERGE"),
            ("retractEvidence", ", number: 7".to_owned(), "UNKNOWN_EVIDENCE"),
            (
                "addEvidence",
                ", figure: \"1\", source: \"x\", date: \"soon\"".to_owned(),
                "INVALID_DATE",
            ),
        ];
        for (name, more, code) in refusals {
            assert_eq!(
                house.refused(curator(), name, &format!("{one}{more}")).await,
                code,
                "{name}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn evidence_is_brought_and_taken_back_and_an_issue_declined_or_merged() {
    crate::testing::both(|app| async move {
        let house = House::of(app);
        let hub = house.opens_hub().await;
        let curator = || house.app.viewer(hub, Role::Curator);
        let (id, other) =
            (proposed(&house, hub, "Food waste").await, proposed(&house, hub, "Wasted food").await);
        let add =
            format!("issueId: \"{id}\", figure: \"1 kg\", source: \"CBS\", date: \"2024-01-02\"");
        let fields = "issue { evidenceCount evidence { number figure date } }";
        let answer = house.gets(curator(), "addEvidence", &add, fields).await;
        assert_eq!(answer["issue"]["evidence"][1]["figure"], "1 kg");
        let back = format!("issueId: \"{id}\", number: 1");
        let answer = house.gets(curator(), "retractEvidence", &back, fields).await;
        assert_eq!(answer["issue"]["evidenceCount"], 1);
        assert_eq!(answer["issue"]["evidence"][0]["number"], 2);
        let merge = format!("issueId: \"{id}\", intoId: \"{other}\"");
        let merged = "issue { status mergedInto { title } }";
        let answer = house.gets(curator(), "mergeIssue", &merge, merged).await;
        assert_eq!(answer["issue"]["mergedInto"]["title"], "Wasted food");
        let decline = format!("issueId: \"{other}\", reason: \"out of reach\"");
        let answer =
            house.gets(curator(), "declineIssue", &decline, "issue { status reason }").await;
        assert_eq!(answer["issue"]["reason"], "out of reach");
        let ask = format!(
            "{{ hub(id: \"{hub}\") {{ issue(slug: \"wasted-food\") {{ status reason }} }} }}"
        );
        let visitor = crate::app::Viewer::visitor(crate::text::Locale::En);
        let shown = house.asks(visitor, &ask).await;
        assert_eq!(shown["hub"]["issue"]["status"], "DECLINED");
        assert!(shown["hub"]["issue"]["reason"].is_null(), "a reason is not for everyone");
    })
    .await;
}

#[tokio::test]
async fn all_faults_of_a_proposal_come_back_with_their_fields() {
    crate::testing::sqlite(|app| async move {
        let house = House::of(app);
        let hub = house.opens_hub().await;
        let ask = format!(
            "mutation {{ proposeIssue(input: {{ hubId: \"{hub}\", title: \" \", statement: \"x\", sdgs: [300], evidence: [{{ figure: \"\", source: \"s\", date: \"x\" }}] }}) {{ userErrors {{ code field }} }} }}"
        );
        let answer = house.asks(house.app.viewer(hub, Role::Member), &ask).await;
        let codes: Vec<_> = answer["proposeIssue"]["userErrors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| error["code"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(codes, ["FIELD_MISSING", "UNKNOWN_SDG", "FIELD_MISSING", "INVALID_DATE"]);
    })
    .await;
}

#[tokio::test]
async fn a_page_of_issues_costs_the_same_however_many_they_are() {
    crate::testing::both(|app| async move {
        let house = House::of(app);
        let hub = house.opens_hub().await;
        for number in 1..=12 {
            let id = proposed(&house, hub, &format!("Issue {number}")).await;
            if number % 2 == 0 {
                let accept = format!("issueId: \"{id}\"");
                let curator = house.app.viewer(hub, Role::Curator);
                house.gets(curator, "acceptIssue", &accept, "issue { id }").await;
            }
        }
        let ask = |first: i32, more: &str| format!(
            "{{ hub(slug: \"zuid\") {{ agenda {{ title }} issues(first: {first}{more}) {{ totalCount pageInfo {{ endCursor hasNextPage }} nodes {{ title hub {{ name }} evidence {{ figure }} mergedInto {{ id }} }} }} }} }}"
        );
        let visitor = || crate::app::Viewer::visitor(crate::text::Locale::En);
        let shown = house.asks(visitor(), &ask(5, "")).await;
        let list = &shown["hub"]["issues"];
        assert_eq!(list["nodes"][0]["title"], "Issue 12");
        assert_eq!((&list["totalCount"], &list["pageInfo"]["hasNextPage"]), (&12.into(), &true.into()));
        assert_eq!(shown["hub"]["agenda"].as_array().unwrap().len(), 6);
        let more = format!(", after: {}", list["pageInfo"]["endCursor"]);
        let next = house.asks(visitor(), &ask(5, &more)).await;
        assert_eq!(next["hub"]["issues"]["nodes"][0]["title"], "Issue 7");
        let active = house.asks(visitor(), &ask(5, ", status: ACTIVE")).await;
        assert_eq!(active["hub"]["issues"]["totalCount"], 6);
        let few = statements(&house, &ask(2, "")).await;
        assert_eq!(few, statements(&house, &ask(12, "")).await);
        assert!(few <= 8, "{few}");
    })
    .await;
}

async fn statements(house: &House, document: &str) -> u64 {
    let db = house.journal.db();
    let reader = house.app.reader(crate::app::Viewer::visitor(crate::text::Locale::En));
    let row = crate::network::view::hub_by_slug(db, "zuid").await.unwrap().unwrap();
    let hub = crate::hub::graphql::Hub::new(&reader, row);
    let schema = async_graphql::Schema::build(
        One(std::sync::Mutex::new(Some(hub))),
        async_graphql::EmptyMutation,
        async_graphql::EmptySubscription,
    )
    .finish();
    let response = schema.execute(document.replace("hub(slug: \"zuid\")", "hub")).await;
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    reader.db().statements()
}

/// A query root with one hub, whose reader the test keeps: it counts the statements.
struct One(std::sync::Mutex<Option<crate::hub::graphql::Hub>>);

#[async_graphql::Object]
impl One {
    async fn hub(&self) -> Option<crate::hub::graphql::Hub> {
        self.0.lock().unwrap().take()
    }
}
