//! The pages in a browser: readable on a small phone, usable by everyone, and without script.
//!
//! Chromium, axe-core and a driver judge what is served; the journey from an event's page to a
//! confirmed registration is walked with JavaScript switched off. Without a browser the story
//! fails and says how to get one.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a story stops at the first surprise")]

use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};
use stories::client::text;
use stories::people::Plan;
use stories::{World, tools};

const PACKAGES: &[&str] = &["playwright-core@1.65.1", "axe-core@4.14.1"];

fn browser() -> PathBuf {
    #[expect(clippy::disallowed_methods, reason = "the test command says where Chromium is")]
    let named = std::env::var_os("CONVOKE_CHROMIUM").map(PathBuf::from);
    let usual = || {
        ["/usr/bin/chromium", "/usr/bin/chromium-browser"]
            .iter()
            .map(PathBuf::from)
            .find(|p| p.is_file())
    };
    named.or_else(usual).unwrap_or_else(|| panic!("Chromium is needed: apt-get install chromium"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_are_for_everyone() {
    let modules = tools::node_modules("story-pages", PACKAGES);
    let world = World::sqlite().await;
    let hub = world.hub("Westminster", "westminster", "Europe/London", &["en", "tr"]).await;
    let curator = world.with_role(&hub, "curator");
    let issue = curator.puts_on_agenda(&hub, "Loneliness in old age").await;
    let event = curator
        .publishes(&hub, &issue, "Tea at four, and who else comes", &Plan::evening(30, 12))
        .await;
    curator.registers_stakeholder(&hub, "Tea House", &json!({ "issueIds": [issue] })).await;
    let registration = world.visitor().registers(&event, "Ida Ince", 1).await.id;
    let create =
        json!({ "eventId": event, "rules": { "teamMin": 1, "teamMax": 3 }, "duration": "PT48H" });
    let hackathon = curator.gives("createHackathon", create).id_of("hackathon").await;
    curator.gives("openTeamFormation", json!({ "hackathonId": hackathon })).accepted().await;
    let participant = curator.enrols(&hackathon, &registration, "tea").await;
    let found = json!({ "hackathonId": hackathon, "name": "Kettles and Company", "participantId": participant });
    curator.gives("foundTeam", found).accepted().await;
    let query = "query($id: ID!) { node(id: $id) { ... on Issue { slug } } }";
    let slug = text(&curator.asks(query, json!({ "id": issue })).await, "/node/slug");
    let home = format!("/h/{}", hub.slug);
    let pages = [
        "/".to_owned(),
        home.clone(),
        format!("{home}?lang=tr"),
        format!("{home}/issues/{slug}"),
        format!("{home}/join"),
        format!("{home}/events"),
        format!("{home}/events/{event}"),
        format!("{home}/hackathons/{hackathon}"),
        format!("{home}/hackathons/{hackathon}/teams"),
        format!("{home}/calendar"),
        format!("{home}/calendar?lang=ko"),
        format!("/history/{event}"),
    ];
    let register = format!("{home}/events/{event}");
    let plan = json!({ "pages": pages, "register": register, "bearer": Value::Null }).to_string();
    let mut node = Command::new("node");
    node.arg(tools::script("pages.mjs"))
        .arg(&modules)
        .arg(browser())
        .args([world.server.base(), &plan]);
    let output = tools::output(&mut node);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let words: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let faults: Vec<_> =
        words.iter().map(|word| text(word, "/fault")).filter(|fault| !fault.is_empty()).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));

    let last = words.last().unwrap();
    assert!(text(last, "/text").contains("Tea at four"), "{last}");
    let list = "query($id: ID!) { node(id: $id) { ... on Event { registrations { nodes { name state } } } } }";
    let seen = curator.asks(list, json!({ "id": event })).await;
    let nodes = seen.pointer("/node/registrations/nodes").and_then(Value::as_array).unwrap();
    assert!(nodes.contains(&json!({ "name": "Nora Noscript", "state": "CONFIRMED" })), "{seen}");
    world.letter_to("nora.noscript@people.example", 1).await;
}
