//! Words: ids, states, texts, documents, times and lists that cannot be.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;
use stories::client::{Reason, text};
use stories::{Person, both};

use crate::scene;

/// The id of nothing: well formed, never given out.
const NOWHERE: &str = "event_01h2xcejqtf2nbrexx3vqjhp41";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ids_of_nothing_and_states_that_do_not_allow_it_are_refused() {
    both(async |world| {
        let mut scene = scene(world).await;
        let position = scene.world.position(&scene.hub).await;
        for id in
            [NOWHERE, "event_", "rubbish", "", &scene.issue, "event_01h2xcejqtf2nbrexx3vqjhp4\u{0}"]
        {
            let reasons =
                scene.curator.gives("publishEvent", json!({ "eventId": id })).refused().await;
            assert_eq!(reasons[0].code, "UNKNOWN_ID", "{id}: {reasons:?}");
            assert_eq!(reasons[0].field, "eventId", "{id}");
            let query = "query($id: ID!) { node(id: $id) { id } }";
            let seen = scene.curator.asks(query, json!({ "id": id })).await;
            if id != scene.issue {
                assert_eq!(seen, json!({ "node": null }), "{id}");
                let query = "query($slug: String!) { hub(slug: $slug) { id } }";
                let seen = scene.curator.asks(query, json!({ "slug": id })).await;
                assert_eq!(seen, json!({ "hub": null }), "{id}");
            }
        }
        let on = json!({ "eventId": scene.event });
        let reasons = scene.curator.gives("reinstateEvent", on.clone()).refused().await;
        assert!(!reasons[0].message.is_empty(), "{reasons:?}");
        // What is so already is no mistake: it is answered, and nothing happens.
        let again = scene.curator.gives("publishEvent", on).accepted().await;
        assert!(again["receipt"]["version"].as_i64() > Some(1), "{again}");
        assert_eq!(scene.world.position(&scene.hub).await, position);
        let again = json!({ "issueId": scene.issue });
        assert!(!scene.curator.gives("acceptIssue", again).refused().await.is_empty());
        let other = json!({ "eventId": scene.event, "reason": "x", "commandId": "no uuid" });
        assert_eq!(scene.curator.gives("cancelEvent", other).fails().await, "BAD_USER_INPUT");
        scene.is_as_before(position).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_command_id_for_two_commands_is_refused() {
    both(async |world| {
        let scene = scene(world).await;
        let command = "0190b3a8-7c5e-7d11-8a9e-0c5f3e2d1a01";
        let input = |name: &str| scene.registration("name", name);
        let visitor = scene.world.visitor();
        let first = visitor.gives("registerForEvent", input("Ada")).under(command).accepted().await;
        let again = visitor.gives("registerForEvent", input("Ada")).under(command).accepted().await;
        assert_eq!(first["receipt"]["position"], again["receipt"]["position"]);
        let other = visitor.gives("registerForEvent", input("Eve")).under(command);
        other.refused_with("COMMAND_ID_REUSED").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_and_endless_texts_are_refused_by_their_field() {
    both(async |world| {
        let mut scene = scene(world).await;
        let visitor = scene.world.visitor();
        let position = scene.world.position(&scene.hub).await;
        let long = "x".repeat(5_000);
        for (field, value, code) in [
            ("name", "Ada\r\nBcc: everybody@people.example", "CONTROL_CHARACTER"),
            ("name", "Ada\u{0}", "CONTROL_CHARACTER"),
            ("name", "  ", "FIELD_MISSING"),
            ("name", &long, "TOO_LONG"),
            ("note", "a\u{0}b", "CONTROL_CHARACTER"),
            ("email", "ada@people.example\r\nBcc: eve@people.example", "INVALID_ADDRESS"),
            ("email", "ada", "INVALID_ADDRESS"),
            ("email", &format!("{long}@people.example"), "INVALID_ADDRESS"),
        ] {
            let reasons =
                visitor.gives("registerForEvent", scene.registration(field, value)).refused().await;
            let expected = |reason: &Reason| reason.code == code && reason.field == field;
            assert!(reasons.iter().any(expected), "{field}, {code}: {reasons:?}");
        }
        // All faults of one form at once.
        let mut input = scene.registration("name", "");
        input["email"] = json!("nowhere");
        assert_eq!(visitor.gives("registerForEvent", input).refused().await.len(), 2);
        scene.is_as_before(position).await;

        // What only turns the reading round is taken out.
        let input = scene.registration("name", "Ada \u{202e}Aslan\u{2066}");
        let id = visitor.gives("registerForEvent", input).id_of("registration").await;
        let query = "query($id: ID!) { node(id: $id) { ... on Registration { name } } }";
        let seen = scene.curator.asks(query, json!({ "id": id })).await;
        assert_eq!(text(&seen, "/node/name"), "Ada Aslan");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_and_documents_beyond_measure_end_early() {
    both(async |world| {
        let mut scene = scene(world).await;
        let position = scene.world.position(&scene.hub).await;
        let visitor = scene.world.visitor();
        let send = async |body: Vec<u8>| {
            let request = visitor.request(Method::POST, "/graphql").header("content-type", "application/json");
            Person::send(request.body(body)).await
        };
        let begun = Instant::now();
        // A server may answer and close before it has read ten megabytes; then the line breaks.
        let huge = send(format!("{{\"query\":\"{}\"}}", "x".repeat(10_000_000)).into_bytes()).await;
        assert!(huge.is_err() || huge.is_ok_and(|reply| reply.status == 413));
        let form = "name=".to_owned() + &"x".repeat(10_000_000);
        let request = visitor.request(Method::POST, &format!("/h/{}/join", scene.hub.slug));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let huge = Person::send(request.header("sec-fetch-site", "same-origin").body(form)).await;
        assert!(huge.is_err() || huge.is_ok_and(|reply| reply.status == 413));

        let fragments = (0..30).fold(String::from("fragment f30 on Query { __typename }"), |all, n| {
            format!("{all} fragment f{n} on Query {{ ...f{0} ...f{0} }}", n + 1)
        });
        let documents = [
            format!("query {{ {} x {} }}", "node(id: \"x\") { ... on Event {".repeat(400), "} }".repeat(400)),
            format!("{{ ...f0 }} {fragments}"),
            format!("{{ {} }}", (0..5_000).map(|n| format!("a{n}: __typename")).collect::<Vec<_>>().join(" ")),
            "{ a: hubs(first: 100) { nodes { events(first: 100) { nodes { timeline(first: 100) { nodes { kind } } } } } } }".to_owned(),
            "fragment a on Query { ...b } fragment b on Query { ...a } { ...a }".to_owned(),
            format!("{{ hub(slug: \"{}\") {{ id }} }}", "x".repeat(20_000)),
        ];
        for document in &documents {
            let reply = visitor.tries(document, json!({})).await.unwrap();
            let code = reply.code();
            let refused = ["TOO_COSTLY", "VALIDATION_FAILED", "PARSE_FAILED", "BAD_REQUEST"];
            assert!(refused.contains(&code.as_str()), "{code} for {}: {}", document.get(..60).unwrap_or(document), reply.text());
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());

        for body in ["{", "[]", "{\"query\":1}", "{\"query\":\"{\"}", "{\"query\":\"\\ud800\"}"] {
            let reply = send(body.into()).await.unwrap();
            assert!(!reply.code().is_empty(), "{body}: {}", reply.text());
        }
        let reply = send(b"{\"query\":\"\xff\xfe\"}".to_vec()).await.unwrap();
        assert_eq!(reply.code(), "BAD_REQUEST", "{}", reply.text());
        scene.is_as_before(position).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_time_that_is_not_or_is_twice_is_refused_with_the_ways_out() {
    both(async |world| {
        let scene = scene(world).await;
        let curator = &scene.curator;
        let event =
            curator.proposes_event(&scene.hub, &scene.issue, "The night of the clocks").await;
        curator.gives("acceptProposal", json!({ "eventId": event })).accepted().await;
        let when = |starts: &str, ends: &str, zone: &str| {
            json!({
                "eventId": event, "startsAt": starts, "endsAt": ends, "timeZone": zone,
                "venue": { "name": "Town hall", "city": "Den Haag" }, "capacity": 20,
            })
        };
        let position = scene.world.position(&scene.hub).await;
        let night = "Europe/Amsterdam";
        // 2031-03-30 has no 02:30 there, 2031-10-26 has two.
        let none = when("2031-03-30T02:30", "2031-03-30T09:00", night);
        let reasons = curator.gives("scheduleEvent", none).refused().await;
        let says =
            |reasons: &[Reason], word: &str| reasons.iter().any(|r| r.message.contains(word));
        assert_eq!(reasons[0].code, "NONEXISTENT_LOCAL_TIME", "{reasons:?}");
        assert_eq!(reasons[0].field, "startsAt", "{reasons:?}");
        let twice = when("2031-10-26T02:30", "2031-10-26T09:00", night);
        let reasons = curator.gives("scheduleEvent", twice.clone()).refused().await;
        assert_eq!(reasons[0].code, "AMBIGUOUS_LOCAL_TIME", "{reasons:?}");
        assert!(says(&reasons, "02:30"), "{reasons:?}");
        let nowhere = when("2031-05-01T10:00", "2031-05-01T12:00", "Europe/Atlantis");
        let reasons = curator.gives("scheduleEvent", nowhere).refused().await;
        assert_eq!(
            (reasons[0].code.as_str(), reasons[0].field.as_str()),
            ("UNKNOWN_TIME_ZONE", "timeZone")
        );
        let backwards = when("2031-05-01T12:00", "2031-05-01T10:00", night);
        assert!(!curator.gives("scheduleEvent", backwards).refused().await.is_empty());
        let absurd = when("2999-05-01T12:00", "2999-05-01T14:00", night);
        assert!(!curator.gives("scheduleEvent", absurd).refused().await.is_empty());
        let rubbish = when("tomorrow", "2031-05-01T14:00", night);
        let code = curator.gives("scheduleEvent", rubbish).fails().await;
        assert!(["BAD_USER_INPUT", "VALIDATION_FAILED"].contains(&code.as_str()), "{code}");
        assert_eq!(scene.world.position(&scene.hub).await, position);

        let mut chosen = twice;
        chosen["fold"] = json!("LATER");
        curator.gives("scheduleEvent", chosen).accepted().await;
        let query = "query($id: ID!) { node(id: $id) { ... on Event { startsAt } } }";
        let seen = curator.asks(query, json!({ "id": event })).await;
        assert!(text(&seen, "/node/startsAt").starts_with("2031-10-26T01:30:00"), "{seen}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_that_are_none_are_refused_whole_and_bad_rows_alone() {
    both(async |world| {
        let mut scene = scene(world).await;
        let position = scene.world.position(&scene.hub).await;
        let import = async |csv: &str| {
            let input = json!({ "hubId": scene.hub.id, "csv": csv });
            let wants = "imported rows { row reasons { code } }";
            let given = scene.curator.gives("importStakeholders", input).wants(wants);
            given.tried().await.unwrap().json()["data"]["importStakeholders"].clone()
        };
        for (csv, code) in [
            ("", "HEADER_MISSING"),
            ("title,city\nx,y\n", "COLUMNS_MISSING"),
            ("\u{0}\u{1}\u{2}", "COLUMNS_MISSING"),
        ] {
            let answer = import(csv).await;
            assert_eq!(text(&answer, "/userErrors/0/code"), code, "{answer}");
        }
        // A quote that is never closed spoils its own row, not what comes behind it.
        let answer = import("name,kind\n\"Never closed,NGO\nGood Neighbours,NGO\n").await;
        assert_eq!(answer["imported"], 1, "{answer}");
        assert_eq!(
            answer["rows"],
            json!([{ "row": 2, "reasons": [{ "code": "QUOTING_BROKEN" }] }])
        );
        let behind = scene.world.position(&scene.hub).await;
        assert!(behind > position);
        scene.is_as_before(behind).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_of_another_encoding_are_refused_by_the_byte() {
    both(async |world| {
        let mut scene = scene(world).await;
        let position = scene.world.position(&scene.hub).await;
        let latin1 = [b"name,kind\nCaf".as_slice(), &[0xE9], b",NGO\n"].concat();
        let utf16: Vec<u8> =
            "name,kind\nCafé,NGO\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf16 = [&[0xFF, 0xFE], utf16.as_slice()].concat();
        for (name, bytes) in [("latin1.csv", latin1), ("utf16.csv", utf16)] {
            std::fs::write(scene.world.database.folder().join(name), bytes).unwrap();
            let words = ["import", "stakeholders", name, "--hub", &scene.hub.slug];
            let output = stories::run(&scene.world.database, &words);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(!output.status.success(), "{name}: {said}");
            assert!(said.contains("UTF-8") && said.contains("byte"), "{name}: {said}");
        }
        scene.is_as_before(position).await;
    })
    .await;
}

/// What an answer says in another language, so that no sentence is English by accident.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refusals_are_told_in_the_language_of_who_asks() {
    both(async |world| {
        let scene = scene(world).await;
        let mut told: Vec<String> = Vec::new();
        for language in ["en", "nl", "tr", "ko"] {
            let visitor = scene.world.visitor().reading(language);
            let reasons =
                visitor.gives("registerForEvent", scene.registration("name", "")).refused().await;
            told.push(reasons[0].message.clone());
        }
        let count = told.len();
        told.sort();
        told.dedup();
        assert_eq!(told.len(), count, "{told:?}");
    })
    .await;
}
