//! A weekly hour: planned over the weekend on which clocks change, one guest invited to all of it,
//! one neighbour who takes a single hour, one hour called off, one moved.
//!
//! The guest's calendar answers one date, then all; what the feed says is expanded by two programs
//! that are not ours, and must give the very instants the hub has.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a story stops at the first surprise"
)]

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use chrono::{Datelike as _, Days, NaiveDate, NaiveDateTime};
use serde_json::{Value, json};
use stories::client::text;
use stories::people::{now, wall};
use stories::program::{Launch, binary};
use stories::world::Hub;
use stories::{Person, World, both, calendars};

const DOMAIN: &str = "in.people.example";

/// The Monday two weeks before British clocks go forward, at six.
fn first() -> NaiveDateTime {
    let april = NaiveDate::from_ymd_opt(now().year() + 1, 4, 1).unwrap();
    let back = april.weekday().num_days_from_sunday();
    let change = april - Days::new(if back == 0 { 7 } else { u64::from(back) });
    (change - Days::new(13)).and_hms_opt(18, 0, 0).unwrap()
}

fn week(number: u64) -> NaiveDateTime {
    first() + Days::new(7 * number)
}

struct Scene {
    world: World,
    hub: Hub,
    curator: Person,
    series: String,
    events: Vec<String>,
}

impl Scene {
    async fn new(mut world: World) -> Self {
        let words = ["--inbound-domain", DOMAIN].map(str::to_owned).to_vec();
        let mail = world.peer.url();
        world.restarts(&Launch { mail, words, ..Launch::default() });
        let hub = world.hub("Westminster", "westminster", "Europe/London", &["en"]).await;
        let curator = world.with_role(&hub, "curator");
        let issue = curator.puts_on_agenda(&hub, "Cold homes").await;
        let input = json!({
            "hubId": hub.id, "issueId": issue,
            "title": "Open hour", "purpose": "Meet who works here.",
            "rule": { "frequency": "WEEKLY", "count": 6 },
            "startsAt": wall(first()), "endsAt": wall(first() + chrono::Duration::hours(1)),
            "timeZone": "Europe/London", "except": [wall(week(4))],
            "venue": { "name": "The Commons" }, "capacity": 5,
        });
        let wants = "series { id occurrences(first: 10) { nodes { id } } }";
        let made = curator.gives("planSeries", input).wants(wants).accepted().await;
        let nodes = made.pointer("/series/occurrences/nodes").and_then(Value::as_array).unwrap();
        let events: Vec<String> = nodes.iter().map(|node| text(node, "/id")).collect();
        assert_eq!(events.len(), 5, "{made}");
        let series = text(&made, "/series/id");
        let on = json!({ "seriesId": series });
        let early = json!({ "seriesId": series, "stakeholderIds": [] });
        curator.gives("inviteToSeries", early).refused_with("SERIES_NOT_PUBLISHED").await;
        curator.gives("publishSeries", on).accepted().await;
        Self { world, hub, curator, series, events }
    }

    /// Brings a reply through the pipe.
    fn replies(&self, guest: &Guest, partstat: &str, date: &str, stamp: &str) {
        let date =
            if date.is_empty() { String::new() } else { format!("RECURRENCE-ID:{date}\r\n") };
        let Guest { email, organizer, uid } = guest;
        let mail = format!(
            "From: {email}\r\nTo: {organizer}\r\nSubject: {partstat}\r\nMIME-Version: 1.0\r\n\
             Content-Type: text/calendar; charset=utf-8; method=REPLY\r\n\r\n\
             BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//A calendar//EN\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n\
             UID:{uid}\r\nSEQUENCE:0\r\nDTSTAMP:{stamp}\r\n{date}ATTENDEE;PARTSTAT={partstat}:mailto:{email}\r\n\
             END:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        let mut command = Command::new(binary());
        command.args(["ingest-mail", "--recipient", organizer, "--database"]);
        command.arg(self.world.database.url()).env("CONVOKE_INBOUND_DOMAIN", DOMAIN);
        command.current_dir(self.world.database.folder());
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(mail.as_bytes()).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }

    /// What the guest has said to each date.
    async fn states(&self) -> Vec<String> {
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Event {
            invitations(first: 5) { nodes { state } } } } }";
        let seen = self.curator.asks(query, json!({ "ids": self.events })).await;
        let nodes = seen["nodes"].as_array().unwrap();
        nodes.iter().map(|node| text(node, "/invitations/nodes/0/state")).collect()
    }

    async fn comes_to(&self, expected: [&str; 5]) {
        let begun = Instant::now();
        while self.states().await != expected {
            assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", self.states().await);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

struct Guest {
    email: String,
    organizer: String,
    uid: String,
}

fn value(ics: &str, name: &str, mark: &str) -> String {
    let line = ics.lines().find(|line| line.starts_with(name));
    let line = line.unwrap_or_else(|| panic!("no {name} in {ics}"));
    line.rsplit_once(mark).unwrap().1.to_owned()
}

/// Somebody is invited to all of it: one letter, one series in her calendar.
async fn invited(scene: &Scene) -> Guest {
    let Scene { world, hub, curator, series, .. } = scene;
    let id = curator.registers_stakeholder(hub, "Ada House", &json!({})).await;
    let input = json!({ "seriesId": series, "stakeholderIds": [id] });
    let since = world.peer.received().await.len();
    curator.gives("inviteToSeries", input.clone()).accepted().await;
    let letters = world.letters_that(since, 1, |letter| letter.letter().calendar.is_some()).await;
    let letter = &letters[0];
    let ics = letter.letter().calendar.unwrap().replace("\r\n ", "");
    assert!(ics.contains("METHOD:REQUEST"), "{ics}");
    assert!(ics.contains("RRULE:FREQ=WEEKLY;COUNT=6"), "{ics}");
    assert!(ics.contains("BEGIN:VTIMEZONE"), "{ics}");
    assert_eq!(value(&ics, "UID", "UID:").split('@').next(), Some(series.as_str()));
    // Inviting her again asks nobody anything.
    curator.gives("inviteToSeries", input).accepted().await;
    Guest {
        email: letter.to.clone(),
        organizer: value(&ics, "ORGANIZER", "mailto:"),
        uid: value(&ics, "UID", "UID:"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_weekly_hour_is_answered_date_by_date_and_calendars_agree() {
    both(async |world| {
        let scene = Scene::new(world).await;
        let Scene { world, curator, events, .. } = &scene;

        // A neighbour comes to the next hour only: one entry, not the series.
        world.visitor().registers(&events[0], "Nora Next", 1).await;
        let letter = world.letter_to("nora.next@people.example", 1).await;
        let ics = letter.letter().calendar.unwrap().replace("\r\n ", "");
        assert_eq!(value(&ics, "UID", "UID:").split('@').next(), Some(events[0].as_str()));
        assert!(!ics.contains("RRULE") && !ics.contains("RECURRENCE-ID"), "{ics}");
        assert_eq!(value(&ics, "RELATED-TO", ":").split('@').next(), Some(scene.series.as_str()));

        let guest = invited(&scene).await;
        scene.comes_to(["SENT"; 5]).await;
        // Her calendar names the third date in UTC: the clocks have changed by then.
        let third = (week(2) - chrono::Duration::hours(1)).format("%Y%m%dT%H%M%SZ").to_string();
        scene.replies(&guest, "ACCEPTED", &third, "20260101T000001Z");
        scene.comes_to(["SENT", "SENT", "ACCEPTED", "SENT", "SENT"]).await;
        scene.replies(&guest, "TENTATIVE", "", "20260101T000002Z");
        scene.comes_to(["TENTATIVE"; 5]).await;
        let nowhere = (week(2) + chrono::Duration::hours(3)).format("%Y%m%dT%H%M%SZ").to_string();
        scene.replies(&guest, "ACCEPTED", &nowhere, "20260101T000003Z");
        scene.replies(&guest, "ACCEPTED", &third, "20260101T000004Z");
        scene.comes_to(["TENTATIVE", "TENTATIVE", "ACCEPTED", "TENTATIVE", "TENTATIVE"]).await;

        // One hour is called off, one is moved: she hears of each date by itself.
        let since = world.peer.received().await.len();
        let reason = json!({ "eventId": events[1], "reason": "A storm." });
        curator.gives("cancelEvent", reason).accepted().await;
        let about = |letter: &mail::testing::Received| {
            letter.to == guest.email && letter.letter().calendar.is_some()
        };
        let letters = world.letters_that(since, 1, about).await;
        let ics = letters[0].letter().calendar.unwrap().replace("\r\n ", "");
        assert!(ics.contains("METHOD:CANCEL") && !ics.contains("RRULE"), "{ics}");
        assert_eq!(value(&ics, "UID", "UID:"), guest.uid);
        // A series has one organizer, or programs refuse its changes.
        assert_eq!(value(&ics, "ORGANIZER", "mailto:"), guest.organizer);
        let second = week(1).format("%Y%m%dT%H%M%SZ").to_string();
        assert!(ics.contains(&format!("RECURRENCE-ID:{second}")), "{ics}");
        let moved = week(3) + Days::new(1) + chrono::Duration::hours(2);
        let input = json!({
            "eventId": events[3], "timeZone": "Europe/London", "venue": { "name": "The Attic" },
            "startsAt": wall(moved), "endsAt": wall(moved + chrono::Duration::minutes(90)),
        });
        curator.gives("rescheduleEvent", input).accepted().await;

        feed_is_right(&scene).await;
        changes_and_ends(&scene, &guest).await;
        scene.world.verifies();
    })
    .await;
}

/// One entry with a rule, and two programs that find the dates the hub has.
async fn feed_is_right(scene: &Scene) {
    let feed = scene.world.visitor().gets("/feeds/hub/westminster.ics").await.text();
    let plain = feed.replace("\r\n ", "");
    assert_eq!(plain.matches("RRULE:FREQ=WEEKLY").count(), 1, "{plain}");
    assert_eq!(plain.matches("BEGIN:VEVENT").count(), 3, "{plain}");
    assert_eq!(plain.matches("EXDATE").count(), 1, "{plain}");
    assert!(!plain.contains("ATTENDEE"), "{plain}");
    let query =
        "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Event { startsAt endsAt status } } }";
    let seen = scene.curator.asks(query, json!({ "ids": scene.events })).await;
    let at = |node: &Value, name: &str| {
        let at: chrono::DateTime<chrono::Utc> = text(node, name).parse().unwrap();
        at.format("%Y%m%dT%H%M%SZ").to_string()
    };
    let mut meant: Vec<[String; 3]> = seen["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| {
            let is_off = text(node, "/status") == "CANCELLED";
            let status = if is_off { "CANCELLED" } else { "CONFIRMED" };
            [at(node, "/startsAt"), at(node, "/endsAt"), status.to_owned()]
        })
        .collect();
    meant.sort();
    assert_eq!(calendars::occurrences(&feed), meant, "{plain}");
}

/// What is to come changes as a whole, goes on for longer, and ends: one letter each.
async fn changes_and_ends(scene: &Scene, guest: &Guest) {
    let Scene { world, curator, series, .. } = scene;
    let change = json!({ "seriesId": series, "starts": "18:30" });
    let wants = "series { sequence }";
    let changed = curator.gives("changeSeries", change).wants(wants).accepted().await;
    assert_eq!(changed["series"]["sequence"], 1);
    let longer = json!({ "seriesId": series, "count": 8 });
    let wants = "series { occurrences(first: 1) { totalCount } }";
    let extended = curator.gives("extendSeries", longer).wants(wants).accepted().await;
    assert_eq!(extended.pointer("/series/occurrences/totalCount"), Some(&json!(7)));
    let since = world.peer.received().await.len();
    let end = json!({ "seriesId": series, "reason": "We move out." });
    curator.gives("endSeries", end).accepted().await;
    let about = |letter: &mail::testing::Received| {
        letter.to == guest.email && letter.letter().calendar.is_some()
    };
    let letters = world.letters_that(since, 1, about).await;
    let ics = letters[0].letter().calendar.unwrap().replace("\r\n ", "");
    assert!(ics.contains("METHOD:CANCEL") && ics.contains("RRULE"), "{ics}");
    assert_eq!(value(&ics, "UID", "UID:"), guest.uid);
    // Nora had one hour, and hears of that one.
    let nora = |letter: &mail::testing::Received| letter.to == "nora.next@people.example";
    let letters = world.letters_that(since, 1, nora).await;
    let ics = letters[0].letter().calendar.unwrap().replace("\r\n ", "");
    assert_eq!(value(&ics, "UID", "UID:").split('@').next(), Some(scene.events[0].as_str()));
    tokio::time::sleep(Duration::from_secs(2)).await;
    let all = world.peer.received().await;
    assert_eq!(all.iter().skip(since).filter(|&letter| about(letter)).count(), 1, "one letter");
}
