//! Steps 11 and 12: the past can be asked, the journal proves itself, a kill loses nothing.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use stories::client::text;
use stories::program::must;

use crate::Story;

const EVERYTHING: &str = "query($slug: String!, $asOf: AsOf) { hub(slug: $slug, asOf: $asOf) {
    issues(first: 10) { nodes { id title status } }
    events(first: 10) { nodes { id title status } }
    stakeholders(first: 10) { totalCount nodes { id kind } }
    hackathons(first: 5) { nodes { id phase teams(first: 10) { nodes { name members { id } } } } }
    journal(first: 20) { nodes { position kind recordedAt actor summary } } } }";

/// Step 11.
pub(crate) async fn the_past_can_be_asked(story: &Story) {
    let variables = |as_of: Value| json!({ "slug": story.hub.slug, "asOf": as_of });
    let now = story.curator.asks(EVERYTHING, variables(Value::Null)).await;
    let list = |answer: &Value, place: &str| -> Vec<Value> {
        answer.pointer(place).and_then(Value::as_array).cloned().unwrap_or_default()
    };
    assert_eq!(list(&now, "/hub/issues/nodes").len(), 1, "{now}");
    assert_eq!(list(&now, "/hub/events/nodes").len(), 4, "{now}");
    assert!(
        now.pointer("/hub/stakeholders/totalCount").and_then(Value::as_i64) >= Some(24),
        "{now}"
    );
    let teams = list(&now, "/hub/hackathons/nodes/0/teams/nodes");
    assert_eq!(teams.len(), 2, "{now}");
    let journal = list(&now, "/hub/journal/nodes");
    assert_eq!(journal.len(), 20);
    for entry in &journal {
        assert!(!text(entry, "/summary").is_empty(), "{entry}");
        let actor = text(entry, "/actor");
        assert!(!actor.contains('@') && !actor.is_empty(), "{entry}");
    }
    let newest: i64 = text(&journal[0], "/position").parse().unwrap();
    assert_eq!(newest, story.world.position(&story.hub).await);
    let tag = "query($slug: String!, $tag: ID!) { hub(slug: $slug) { journal(tag: $tag, first: 5) { nodes { kind position } } } }";
    let told = story.curator.asks(tag, json!({ "slug": story.hub.slug, "tag": story.event })).await;
    assert_eq!(text(&told, "/hub/journal/nodes/0/kind"), "EventCancelled", "{told}");
    let cancelled: i64 = text(&told, "/hub/journal/nodes/0/position").parse().unwrap();

    // The position before it was cancelled, and the instant of the very first fact.
    let then = story
        .curator
        .asks(EVERYTHING, variables(json!({ "position": (cancelled - 1).to_string() })))
        .await;
    let status = |answer: &Value| {
        let events = list(answer, "/hub/events/nodes");
        let event = events.iter().find(|event| event["id"] == json!(story.event));
        event.map(|event| text(event, "/status")).unwrap_or_default()
    };
    assert_eq!(status(&now), "CANCELLED");
    assert_eq!(status(&then), "PUBLISHED", "{then}");
    let past = list(&then, "/hub/journal/nodes");
    assert_eq!(text(&past[0], "/position"), (cancelled - 1).to_string());
    let first = story.curator.asks(EVERYTHING, variables(json!({ "position": "1" }))).await;
    assert!(list(&first, "/hub/events/nodes").is_empty(), "{first}");
    let at = text(past.last().unwrap(), "/recordedAt");
    let by_instant = story.curator.asks(EVERYTHING, variables(json!({ "at": at }))).await;
    assert_eq!(status(&by_instant), "PUBLISHED", "{by_instant}");
}

/// Step 12: the chain, and views that are nothing but the journal read again.
pub(crate) async fn the_journal_proves_itself(story: &mut Story) {
    let letters = story.world.peer.received().await.len();
    story.world.verifies();
    let before = everything(story).await;
    // SQLite has one process at a time: what writes waits until the server is gone.
    story.world.server.stop();
    let said = must(&story.world.database, &["rebuild"]);
    assert!(said.contains("0 rows changed"), "{said}");
    story.starts_again();
    assert_eq!(everything(story).await, before);
    story.world.verifies();
    assert_eq!(story.world.peer.received().await.len(), letters, "a rebuild sent letters");
}

async fn everything(story: &Story) -> Value {
    story.curator.asks(EVERYTHING, json!({ "slug": story.hub.slug, "asOf": null })).await
}

/// Step 12: whatever was answered is there after `kill -9`, three times at other moments.
pub(crate) async fn a_kill_loses_nothing_that_was_answered(story: &mut Story) {
    let plan = stories::people::Plan::evening(50, 10_000);
    let event = story.curator.publishes(&story.hub, &story.issue, "Under load", &plan).await;
    let mut answered: BTreeMap<String, i64> = BTreeMap::new();
    for (round, after_ms) in [(0, 150), (1, 400), (2, 700)] {
        let mut load = tokio::task::JoinSet::new();
        for worker in 0..8 {
            let somebody = story.world.visitor_from(round * 8 + worker);
            let event = event.clone();
            load.spawn(async move {
                let mut told = Vec::new();
                for number in 0..200 {
                    let name = format!("Loader {round} {worker} {number}");
                    let email = stories::people::address(&name);
                    let input =
                        json!({ "eventId": event, "name": name, "email": email, "partySize": 1 });
                    let given =
                        somebody.gives("registerForEvent", input).wants("registration { id }");
                    // The line breaks when the server dies: that one was not answered.
                    let Ok(reply) = given.tried().await else { break };
                    let answer = reply.json();
                    let id = text(&answer, "/data/registerForEvent/registration/id");
                    let position = text(&answer, "/data/registerForEvent/receipt/position");
                    if let Ok(position) = position.parse() {
                        told.push((id, position));
                    }
                }
                told
            });
        }
        tokio::time::sleep(Duration::from_millis(after_ms)).await;
        story.world.server.kill();
        while let Some(told) = load.join_next().await {
            answered.extend(told.unwrap());
        }
        story.starts_again();
    }
    assert!(answered.len() > 20, "only {} were answered", answered.len());
    story.world.verifies();
    let position = story.world.position(&story.hub).await;
    for (id, at) in &answered {
        assert!(*at <= position);
        assert_eq!(story.curator.sees_registration(id).await, "CONFIRMED", "{id} at {at}");
    }
    println!("{} registrations were answered before a kill; all are there", answered.len());
}
