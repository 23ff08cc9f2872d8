//! The registry through the API: each mutation accepted and refused, who sees what, imports.

use super::*;
use crate::app::Viewer;
use crate::network::testing::House;
use crate::stakeholder::{link, view};
use crate::text::Locale;

fn visitor() -> Viewer {
    Viewer::visitor(Locale::En)
}

/// The id and the person of a fresh registration.
async fn registers(house: &House, hub: HubId, email: &str) -> (String, String) {
    let input = format!(
        r#"hubId: "{hub}", kind: NGO, name: "Stichting {email}", email: "{email}@example.org",
        locale: "nl", about: "Soup", city: "Den Haag", offers: ["a kitchen"],
        needs: ["volunteers"], consent: true"#
    );
    let fields = "stakeholder { id name email status offers { number what } needs { what } }";
    let answer = house.gets(visitor(), "registerStakeholder", &input, fields).await;
    let entry = &answer["stakeholder"];
    assert_eq!(entry["offers"][0]["what"], "a kitchen");
    assert_eq!(entry["status"], "REGISTERED");
    let id = entry["id"].as_str().unwrap().to_owned();
    let row = view::stakeholder(house.journal.db(), &id).await.unwrap().unwrap();
    (id, row.person)
}

async fn active_issue(house: &House, hub: HubId) -> String {
    let input = format!(
        r#"hubId: "{hub}", title: "Food waste", statement: "x",
        evidence: [{{ figure: "a", source: "b", date: "2020-01-01" }}]"#
    );
    let curator = || house.app.viewer(hub, Role::Curator);
    let answer = house.gets(curator(), "proposeIssue", &input, "issue { id }").await;
    let id = answer["issue"]["id"].as_str().unwrap().to_owned();
    house.gets(curator(), "acceptIssue", &format!("issueId: \"{id}\""), "issue { id }").await;
    id
}

#[tokio::test]
async fn anyone_registers_and_an_address_speaks_for_one() {
    crate::testing::both(|app| async move {
        let house = House::of(app);
        let hub = house.opens_hub().await;
        registers(&house, hub, "soep").await;
        let twice = format!(
            r#"hubId: "{hub}", kind: NGO, name: "X", email: "SOEP@example.org", consent: true"#
        );
        assert_eq!(house.refused(visitor(), "registerStakeholder", &twice).await, "EMAIL_TAKEN");
        let cases = [
            (r#"email: "x@example.org""#, "CONSENT_MISSING"),
            (r#"email: "nonsense", consent: true"#, "INVALID_ADDRESS"),
            ("consent: true", "EMAIL_MISSING"),
            (r#"email: "y@example.org", consent: true, locale: "xx""#, "LOCALE_UNKNOWN"),
            (r#"email: "y@example.org", consent: true, website: "x""#, "WEBSITE_INVALID"),
        ];
        for (more, code) in cases {
            let input = format!(r#"hubId: "{hub}", kind: NGO, name: "X", {more}"#);
            assert_eq!(house.refused(visitor(), "registerStakeholder", &input).await, code);
        }
        let note = format!("mutation {{ registerStakeholder(input: {{ hubId: \"{hub}\", kind: NGO, name: \"X\", prospect: true }}) {{ receipt {{ version }} }} }}");
        assert_eq!(house.denied(visitor(), &note).await, "UNAUTHENTICATED");
    })
    .await;
}

#[tokio::test]
async fn its_own_people_speak_for_it_and_strangers_do_not() {
    crate::testing::both(|app| async move {
        let house = House::of(app);
        let hub = house.opens_hub().await;
        let issue = active_issue(&house, hub).await;
        let (id, person) = registers(&house, hub, "soep").await;
        let own = || house.person(&person);
        let stranger = || house.app.viewer(hub, Role::Member);
        let one = format!("stakeholderId: \"{id}\"");
        let steps = [
            ("makeOffer", ", what: \"a van\", until: \"2027-01-01\"".to_owned()),
            ("withdrawOffer", ", number: 2".to_owned()),
            ("declareNeed", ", what: \"fuel\"".to_owned()),
            ("withdrawNeed", ", number: 2".to_owned()),
            ("declareRelation", format!(", issueId: \"{issue}\", relation: FUNDS")),
            ("endRelation", format!(", issueId: \"{issue}\", relation: FUNDS")),
            ("setVisibility", ", visibility: MEMBERS".to_owned()),
            ("setLanguage", ", locale: \"tr\"".to_owned()),
            ("pauseStakeholder", ", until: \"2026-12-24\"".to_owned()),
            ("resumeStakeholder", String::new()),
            ("changeStakeholderProfile", ", kind: COMPANY, name: \"Soep BV\"".to_owned()),
        ];
        for (name, more) in &steps {
            let input = format!("{one}{more}");
            assert_eq!(house.refused(stranger(), name, &input).await, "NOT_YOURS", "{name}");
            house.gets(own(), name, &input, "stakeholder { id }").await;
        }
        let ask = format!("{{ hub(id: \"{hub}\") {{ stakeholders {{ nodes {{ name kind email locale visibility offers {{ what }} }} }} }} }}");
        let shown = house.asks(own(), &ask).await;
        assert_eq!(shown["hub"]["stakeholders"]["nodes"], serde_json::json!([]));
        let shown = house.asks(stranger(), &ask).await;
        let entry = &shown["hub"]["stakeholders"]["nodes"][0];
        assert_eq!((&entry["name"], &entry["kind"]), (&"Soep BV".into(), &"COMPANY".into()));
        assert!(entry["email"].is_null(), "an address is for its own people and staff");
        let host = house.app.viewer(hub, Role::Host);
        let shown = house.asks(host, &ask).await;
        assert_eq!(shown["hub"]["stakeholders"]["nodes"][0]["email"], "soep@example.org");
    })
    .await;
}

#[tokio::test]
async fn an_address_is_confirmed_by_the_link_alone() {
    crate::testing::both(|app| async move {
        let house = House::of(app);
        let hub = house.opens_hub().await;
        let (id, person) = registers(&house, hub, "soep").await;
        let token = link::confirming(&house.app, id.parse().unwrap(), person.parse().unwrap());
        let input = format!("token: \"{token}\"");
        let fields = "stakeholder { id }";
        house.gets(visitor(), "confirmEmail", &input, fields).await;
        let row = view::stakeholder(house.journal.db(), &id).await.unwrap().unwrap();
        assert!(row.confirmed);
        let forged = format!("token: \"{id}~{person}.AAAAAAAAAAAAAAAAAAAAAAAA\"");
        assert_eq!(house.refused(visitor(), "confirmEmail", &forged).await, "INVALID_TOKEN");
    })
    .await;
}

#[tokio::test]
async fn a_curator_verifies_and_merges_and_a_member_endorses() {
    crate::testing::both(|app| async move {
        let house = House::of(app);
        let hub = house.opens_hub().await;
        let issue = active_issue(&house, hub).await;
        let (id, _) = registers(&house, hub, "soep").await;
        let (other, _) = registers(&house, hub, "brood").await;
        let curator = || house.app.viewer(hub, Role::Curator);
        let member = || house.app.viewer(hub, Role::Member);
        let verify = format!("stakeholderId: \"{id}\", how: \"visited\"");
        let answer =
            house.gets(curator(), "verifyStakeholder", &verify, "stakeholder { status }").await;
        assert_eq!(answer["stakeholder"]["status"], "VERIFIED");
        let endorse = format!("issueId: \"{issue}\", stakeholderId: \"{id}\"");
        let fields =
            "issue { endorsementCount endorsements { totalCount nodes { stakeholder { name } } } }";
        let answer = house.gets(member(), "endorseIssue", &endorse, fields).await;
        assert_eq!(answer["issue"]["endorsementCount"], 1);
        assert_eq!(
            answer["issue"]["endorsements"]["nodes"][0]["stakeholder"]["name"],
            "Stichting soep"
        );
        assert_eq!(house.refused(member(), "endorseIssue", &endorse).await, "ALREADY_ENDORSED");
        let answer = house.gets(member(), "withdrawEndorsement", &endorse, fields).await;
        assert_eq!(answer["issue"]["endorsements"]["totalCount"], 0);
        let merge = format!("stakeholderId: \"{other}\", intoId: \"{id}\"");
        let fields = "stakeholder { status mergedInto { name } }";
        let answer = house.gets(curator(), "mergeStakeholder", &merge, fields).await;
        assert_eq!(answer["stakeholder"]["mergedInto"]["name"], "Stichting soep");
        assert_eq!(house.refused(curator(), "mergeStakeholder", &merge).await, "MERGED_INTO");
        let prospect = format!(r#"hubId: "{hub}", kind: NGO, name: "Noted", prospect: true"#);
        let answer =
            house.gets(curator(), "registerStakeholder", &prospect, "stakeholder { id }").await;
        let noted = format!("stakeholderId: {}, how: \"x\"", answer["stakeholder"]["id"]);
        assert_eq!(house.refused(curator(), "verifyStakeholder", &noted).await, "WRONG_STATE");
    })
    .await;
}

#[tokio::test]
async fn a_person_is_forgotten_for_good() {
    crate::testing::both(|app| async move {
        let house = House::of(app);
        let hub = house.opens_hub().await;
        let (id, person) = registers(&house, hub, "soep").await;
        let erase = format!("hubId: \"{hub}\", personId: \"{person}\"");
        let answer = house.gets(house.person(&person), "erasePerson", &erase, "personId").await;
        assert_eq!(answer["personId"], person);
        let row = view::stakeholder(house.journal.db(), &id).await.unwrap().unwrap();
        assert_eq!((row.name, row.email, row.stage.as_str()), (None, None, "erased"));
        let other: PersonId = house.app.id();
        let ask = format!("mutation {{ erasePerson(input: {{ hubId: \"{hub}\", personId: \"{other}\" }}) {{ personId }} }}");
        assert_eq!(house.denied(house.person(&person), &ask).await, "FORBIDDEN");
        house.is_the_same_when_rebuilt(&hub.to_string()).await;
    })
    .await;
}

const LIST: &str = "name,kind,city,email\\n\
    Soep,NGO,Den Haag,soep@example.org\\n\
    Brood,Brigade,Delft,\\n\
    Midwest,midwest,Ohio,\\n\
    Soep!,NGO,,\\n";

#[tokio::test]
async fn a_list_comes_in_row_by_row_and_the_same_upload_notes_nobody_twice() {
    crate::testing::both(|app| async move {
        let house = House::of(app);
        let hub = house.opens_hub().await;
        // The same person each time: a command id belongs to whoever gave it.
        let one = house.app.viewer(hub, Role::Host);
        let host = || one.clone();
        let command = house.app.world().uuid();
        let input = |list: &str| format!("commandId: \"{command}\", hubId: \"{hub}\", csv: \"{list}\"");
        let fields = "imported skipped rows { row name reasons { code message } }";
        let dry = house.asks(host(), &format!(
            "mutation {{ importStakeholders(input: {{ dryRun: true, {} }}) {{ imported receipt {{ version }} }} }}",
            input(LIST).replace(&command.to_string(), &house.app.world().uuid().to_string())
        )).await;
        assert_eq!(dry["importStakeholders"]["imported"], 2);
        assert!(dry["importStakeholders"]["receipt"].is_null());
        assert_eq!(view::count(house.journal.db(), &hub.to_string()).await.unwrap(), 0);
        let first = house.gets(host(), "importStakeholders", &input(LIST), fields).await;
        assert_eq!((&first["imported"], &first["skipped"]), (&2.into(), &0.into()));
        let rows: Vec<_> = first["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (row["row"].as_i64().unwrap(), row["reasons"][0]["code"].clone()))
            .collect();
        assert_eq!(rows, [(4, "KIND_UNKNOWN".into()), (5, "DUPLICATE_ROW".into())]);
        let again = house.gets(host(), "importStakeholders", &input(LIST), fields).await;
        assert_eq!((&again["imported"], &again["receipt"]["replayed"]), (&2.into(), &true.into()));
        let anew = input(LIST).replace(&command.to_string(), &house.app.world().uuid().to_string());
        let answer = house.asks(host(), &format!(
            "mutation {{ importStakeholders(input: {{ {anew} }}) {{ imported skipped }} }}"
        )).await;
        assert_eq!(answer["importStakeholders"], serde_json::json!({ "imported": 0, "skipped": 2 }));
        assert_eq!(view::count(house.journal.db(), &hub.to_string()).await.unwrap(), 2);
        let wrong = format!("hubId: \"{hub}\", csv: \"title\\nx\"");
        assert_eq!(house.refused(host(), "importStakeholders", &wrong).await, "COLUMNS_MISSING");
        let member = house.app.viewer(hub, Role::Member);
        let ask = format!("mutation {{ importStakeholders(input: {{ {wrong} }}) {{ imported }} }}");
        assert_eq!(house.denied(member, &ask).await, "FORBIDDEN");
    })
    .await;
}

#[tokio::test]
async fn prospects_are_listed_for_members_and_not_for_everyone() {
    crate::testing::both(|app| async move {
        let house = House::of(app);
        let hub = house.opens_hub().await;
        let host = house.app.viewer(hub, Role::Host);
        let input = format!("hubId: \"{hub}\", csv: \"{LIST}\"");
        house.gets(host, "importStakeholders", &input, "imported").await;
        registers(&house, hub, "bakker").await;
        let ask = |kind: &str| format!("{{ hub(id: \"{hub}\") {{ stakeholders(first: 2{kind}) {{ totalCount nodes {{ name }} pageInfo {{ hasNextPage }} }} }} }}");
        let all = |viewer: Viewer, kind: &'static str| {
            let (house, ask) = (&house, ask(kind));
            async move { house.asks(viewer, &ask).await["hub"]["stakeholders"].clone() }
        };
        let seen = all(visitor(), "").await;
        assert_eq!((&seen["totalCount"], &seen["nodes"][0]["name"]), (&1.into(), &"Stichting bakker".into()));
        let member = || house.app.viewer(hub, Role::Member);
        let seen = all(member(), "").await;
        assert_eq!((&seen["totalCount"], &seen["pageInfo"]["hasNextPage"]), (&3.into(), &true.into()));
        assert_eq!(all(member(), ", kind: COMMUNITY_GROUP").await["nodes"][0]["name"], "Brood");
    })
    .await;
}
