//! A calendar kept elsewhere comes in: by the command line, the API and a page without script.
//!
//! The file is as dirty as files are. Its good events become proposals with the time and place
//! they have there, each bad component is named, and the second time nothing is added.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a story stops at the first surprise")]

use reqwest::Method;
use serde_json::{Value, json};
use stories::client::{Reply, text};
use stories::world::Hub;
use stories::{Person, World, both};

/// Written by hand, by an old Outlook, and by something that was cut off.
const DIRTY: &str = "\u{FEFF}BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Buurthuis\n\
    BEGIN:VEVENT\nUID:soep@buurthuis.example\nSUMMARY:Soep\\, en wie er komt\nDESCRIPTION:Niemand eet alleen.\n\
    DTSTART;TZID=W. Europe Standard Time:20400120T190000\nDURATION:PT3H\nLOCATION:De Kamer\nEND:VEVENT\n\
    BEGIN:VEVENT\nUID:zonder@buurthuis.example\nSUMMARY:Ooit\nEND:VEVENT\n\
    BEGIN:VEVENT\nUID:oud@buurthuis.example\nSUMMARY:Lang geleden\nDTSTART:20010120T190000Z\nDTEND:20010120T200000Z\nEND:VEVENT\n\
    BEGIN:VEVENT\nUID:praat@buurthuis.example\nSUMMARY:Gesprek\nDTSTART:20400121T190000Z\nDTEND:20400121T200000Z\nX-NO-VALUE\n\
    BEGIN:VEVENT\nUID:laatst@buurthuis.example\nSUMMARY:Afgebroken\nDTSTART;VALUE=DATE:20400122\n";

async fn board(curator: &Person, hub: &Hub) -> Vec<(String, String, String)> {
    let query = "query($id: ID!) { node(id: $id) { ... on Hub { eventBoard(first: 50) { nodes {
        title status startsAt } } } } }";
    let seen = curator.asks(query, json!({ "id": hub.id })).await;
    let nodes = seen.pointer("/node/eventBoard/nodes").and_then(Value::as_array).unwrap();
    let row = |node: &Value| (text(node, "/title"), text(node, "/status"), text(node, "/startsAt"));
    let mut all: Vec<_> = nodes.iter().map(row).collect();
    all.sort();
    all
}

async fn uploads(who: &Person, hub: &Hub, file: &[u8]) -> Reply {
    let head = "--b0\r\nContent-Disposition: form-data; name=\"commandId\"\r\n\r\n\r\n--b0\r\n\
        Content-Disposition: form-data; name=\"file\"; filename=\"agenda.ics\"\r\n\
        Content-Type: text/calendar\r\n\r\n";
    let body = [head.as_bytes(), file, b"\r\n--b0--\r\n"].concat();
    let request = who
        .request(Method::POST, &format!("/h/{}/import", hub.slug))
        .header("content-type", "multipart/form-data; boundary=b0");
    Person::send(request.body(body)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dirty_calendar_comes_in_once_whichever_way() {
    both(async |world: World| {
        let hub = world.hub("Den Haag", "den-haag", "Europe/Amsterdam", &["nl", "en"]).await;
        let curator = world.with_role(&hub, "curator");
        let issue = curator.puts_on_agenda(&hub, "Debt").await;
        std::fs::write(world.database.folder().join("agenda.ics"), DIRTY).unwrap();

        let words = ["import", "calendar", "agenda.ics", "--hub", "den-haag", "--issue", &issue];
        let dry = stories::run(&world.database, &[&words[..], &["--dry-run"]].concat());
        let said = String::from_utf8_lossy(&dry.stdout).into_owned();
        assert!(
            said.starts_with(
                "3 events would be imported, 0 there already, 2 refused, of 5 components."
            ),
            "{said}"
        );
        assert!(board(&curator, &hub).await.is_empty());
        let first = stories::run(&world.database, &words);
        let said = String::from_utf8_lossy(&first.stdout).into_owned();
        assert!(said.starts_with("3 events imported, 0 there already, 2 refused"), "{said}");
        let told = String::from_utf8_lossy(&first.stderr).into_owned();
        for line in [
            "component 2 “zonder@buurthuis.example”: it does not say when it begins",
            "component 3 “Lang geleden (oud@buurthuis.example)”: it is over",
            "component 5 “Afgebroken (laatst@buurthuis.example)”: note: it is cut off",
        ] {
            assert!(told.contains(line), "{line}: {told}");
        }
        let seen = board(&curator, &hub).await;
        let starts: Vec<&str> = seen.iter().map(|(_, _, starts)| starts.as_str()).collect();
        assert!(starts.iter().any(|starts| starts.starts_with("2040-01-20T18:00")), "{seen:?}");
        assert!(seen.iter().all(|(_, status, _)| status == "PROPOSED"), "{seen:?}");
        let feed = world.visitor().gets("/feeds/hub/den-haag.ics").await.text();
        assert!(!feed.contains("BEGIN:VEVENT"), "nothing is published: {feed}");

        // The API and the page find all of it there.
        let input = json!({ "hubId": hub.id, "issueId": issue, "ics": DIRTY });
        let wants =
            "imported skipped leftOut components { index uid eventId outcome reasons { code } }";
        let again =
            curator.gives("importCalendar", input).wants(wants).tried().await.unwrap().json();
        let again = &again["data"]["importCalendar"];
        let sum = (&again["imported"], &again["skipped"], &again["leftOut"]);
        assert_eq!(sum, (&json!(0), &json!(3), &json!(2)), "{again}");
        let page = uploads(&curator, &hub, DIRTY.as_bytes()).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert!(page.text().contains("zonder@buurthuis.example"), "{}", page.text());
        assert_eq!(board(&curator, &hub).await, seen);

        // A proposal that came in goes the way of all others, with the time it brought along.
        let event = json!({ "eventId": text(again, "/components/0/eventId") });
        curator.gives("acceptProposal", event.clone()).accepted().await;
        let mut when = event.clone();
        when["startsAt"] = json!("2040-01-20T19:00");
        when["endsAt"] = json!("2040-01-20T22:00");
        when["timeZone"] = json!("Europe/Berlin");
        when["venue"] = json!({ "name": "De Kamer" });
        curator.gives("scheduleEvent", when).accepted().await;
        curator.gives("publishEvent", event).accepted().await;
        let feed = world.visitor().gets("/feeds/hub/den-haag.ics?ahead=730").await.text();
        let board = board(&curator, &hub).await;
        assert!(board.iter().any(|(_, status, _)| status == "PUBLISHED"), "{board:?}");
        assert!(!feed.contains("soep@buurthuis.example"), "its identity here is our own: {feed}");
        world.verifies();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_calendar_and_who_is_no_curator() {
    let world = World::sqlite().await;
    let hub = world.hub("Den Haag", "den-haag", "Europe/Amsterdam", &["nl", "en"]).await;
    let curator = world.with_role(&hub, "curator");
    let position = world.position(&hub).await;
    for bytes in [&b""[..], b"<!doctype html>", b"\xFF\xFE\x00\x01"] {
        assert_eq!(uploads(&curator, &hub, bytes).await.status, 422);
    }
    let large = vec![b'x'; 5 * 1024 * 1024 + 1];
    assert_eq!(uploads(&curator, &hub, &large).await.status, 422);
    let member = world.with_role(&hub, "member");
    let path = format!("/h/{}/import", hub.slug);
    assert_eq!(member.gets(&path).await.status, 403);
    assert_eq!(uploads(&member, &hub, DIRTY.as_bytes()).await.status, 403);
    assert_eq!(uploads(&world.visitor(), &hub, DIRTY.as_bytes()).await.status, 401);
    let form = curator.gets(&path).await.text();
    assert!(form.contains("type=\"file\"") && form.contains("multipart/form-data"), "{form}");
    assert_eq!(world.position(&hub).await, position, "something was written");
}
