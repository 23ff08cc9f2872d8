//! What becomes of a foreign calendar: component by component, once, and never beyond measure.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use kernel::testing::{Scene, id, noon};
use kernel::{HubId, Role, Zone};
use serde_json::json;

use super::file::{FILE_BYTES_MAX, read};
use super::*;
use crate::app::Viewer;
use crate::event::{Event, EventId, Mode, Status};
use crate::network::testing::House;
use crate::text::Locale;

/// What old programs write, good and bad.
const DIRTY: &str = "BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Old house\n\
    BEGIN:VEVENT\nUID:soup@old.example\nSUMMARY:Soup evening\nDESCRIPTION:Nobody eats alone.\\nBring a bowl.\n\
    DTSTART;TZID=W. Europe Standard Time:20270120T190000\nDTEND;TZID=W. Europe Standard Time:20270120T220000\n\
    LOCATION:The Commons\\, Spui 1\nATTENDEE:mailto:ada@example.org\nEND:VEVENT\n\
    BEGIN:VEVENT\nUID:nobegin@old.example\nSUMMARY:Some day\nEND:VEVENT\n\
    BEGIN:VTODO\nUID:task@old.example\nSUMMARY:Call the printer\nEND:VTODO\n\
    BEGIN:VEVENT\nUID:untitled@old.example\nDTSTART:20270121T190000Z\nEND:VEVENT\n\
    BEGIN:VEVENT\nUID:past@old.example\nSUMMARY:Long ago\nDTSTART:20010120T190000Z\nEND:VEVENT\n\
    BEGIN:VEVENT\nUID:talk@old.example\nSUMMARY:Talk\nDTSTART;VALUE=DATE:20270122\nLOCATION:https://meet.example/talk\nEND:VEVENT\n\
    END:VCALENDAR\n";

fn zone() -> Zone {
    Zone::parse("Europe/Amsterdam").unwrap()
}

fn purpose(past: bool) -> Purpose {
    Purpose { hub: id(1), issue: None, past }
}

fn codes(component: &Component) -> Vec<&str> {
    component.reasons.iter().map(|reason| reason.code.as_str()).collect()
}

fn fit(past: bool) -> File {
    read(DIRTY.as_bytes(), zone()).unwrap().fit(&purpose(past), noon())
}

#[test]
fn good_components_come_in_and_each_bad_one_is_named_with_its_reason() {
    let file = fit(false);
    assert_eq!((file.name.as_str(), file.taken()), ("Old house", 2));
    let told: Vec<_> = file
        .components
        .iter()
        .map(|one| (one.index, one.uid.as_deref().unwrap_or_default(), codes(one)))
        .collect();
    assert_eq!(
        told,
        [
            (1, "soup@old.example", vec!["PEOPLE_LEFT_BEHIND"]),
            (2, "nobegin@old.example", vec!["BEGINNING_MISSING"]),
            (3, "task@old.example", vec!["NOT_AN_EVENT"]),
            (4, "untitled@old.example", vec!["COMPONENT_UNTITLED"]),
            (5, "past@old.example", vec!["END_MISSING", "OVER_ALREADY"]),
            (6, "talk@old.example", vec![]),
        ]
    );
    assert_eq!(fit(true).taken(), 3, "the past comes in when it is asked for");
}

#[test]
fn a_component_becomes_a_proposal_with_the_time_and_place_it_has() {
    let file = fit(false);
    let act = file.components[0].act(&purpose(false), &file.name).unwrap();
    assert_eq!((act.title.as_str(), act.purpose.as_str()), ("Soup evening", "Nobody eats alone."));
    assert_eq!(act.need.as_deref(), Some("Old house"));
    assert_eq!(
        (act.zone.name(), act.starts.to_string()),
        ("Europe/Berlin", "2027-01-20 19:00:00".into())
    );
    assert_eq!(act.venue.as_ref().unwrap().name, "The Commons, Spui 1");
    let mut scene = Scene::new();
    let kinds = scene.kinds(&act).unwrap();
    assert_eq!(kinds, ["EventProposed", "EventDescribed", "EventTimeSuggested", "ImportKeyUsed"]);
    let event = scene.state::<Event>(act.event).unwrap();
    let starts: DateTime<Utc> = "2027-01-20T18:00:00Z".parse().unwrap();
    assert_eq!((event.status(), event.when().unwrap().starts_at), (Status::Proposed, starts));

    let talk = file.components[5].act(&purpose(false), &file.name).unwrap();
    assert_eq!(
        (talk.mode, talk.link.as_deref()),
        (Mode::Online, Some("https://meet.example/talk"))
    );
    assert!(talk.all_day && talk.venue.is_none());
}

#[test]
fn the_same_component_is_the_same_event_and_is_taken_once() {
    let file = fit(false);
    let act = file.components[0].act(&purpose(false), "a").unwrap();
    let elsewhere = file.components[0].act(&purpose(false), "b").unwrap();
    assert_eq!((act.event, &act.key), (elsewhere.event, &elsewhere.key));
    let other_hub = Purpose { hub: id(2), ..purpose(false) };
    assert_ne!(file.components[0].act(&other_hub, "a").unwrap().event, act.event);
    let mut scene = Scene::new();
    scene.act(&act).unwrap();
    let again =
        scene.act(&ImportProposal { title: "Renamed there".into(), ..act.clone() }).unwrap();
    assert!(again.drafts.is_empty());
    assert_eq!(again.about, act.event.to_string());
}

#[test]
fn two_changed_dates_of_a_series_are_two_events() {
    let file = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:w@x\nSUMMARY:Hour\nDTSTART:20270104T180000Z\nDTEND:20270104T190000Z\n\
        RRULE:FREQ=WEEKLY;COUNT=5\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:w@x\nSUMMARY:Hour\nRECURRENCE-ID:20270111T180000Z\nDTSTART:20270112T180000Z\nDTEND:20270112T190000Z\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:w@x\nSUMMARY:Hour\nRECURRENCE-ID:20270118T180000Z\nDTSTART:20270119T180000Z\nDTEND:20270119T190000Z\nEND:VEVENT\n\
        END:VCALENDAR\n";
    let file = read(file.as_bytes(), zone()).unwrap().fit(&purpose(false), noon());
    let events: std::collections::BTreeSet<EventId> = file
        .components
        .iter()
        .filter_map(|one| one.act(&purpose(false), ""))
        .map(|act| act.event)
        .collect();
    assert_eq!(events.len(), 3);
    // The changed dates stand by themselves, and the series leaves them out.
    let act = file.components[0].act(&purpose(false), "").unwrap();
    let again = act.again.clone().unwrap();
    assert_eq!((again.rule.as_str(), again.events.len()), ("FREQ=WEEKLY;COUNT=5", 3));
    assert_eq!(again.events[0], act.event);
    let mut scene = Scene::new();
    let kinds = scene.kinds(&act).unwrap();
    assert_eq!(kinds.iter().filter(|kind| **kind == "EventScheduled").count(), 3);
    assert!(kinds.contains(&"SeriesPlanned") && kinds.contains(&"ImportKeyUsed"));
    assert!(!kinds.contains(&"EventPublished"), "nothing is published");
    assert!(scene.act(&act).unwrap().drafts.is_empty(), "once");
}

#[test]
fn of_a_series_that_has_begun_only_what_is_to_come_is_taken() {
    let of = |rule: &str, start: &str| {
        let file = format!(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:w@x\nSUMMARY:Hour\nDTSTART;TZID=Europe/Amsterdam:{start}\n\
             DURATION:PT1H\nRRULE:{rule}\nEND:VEVENT\nEND:VCALENDAR\n"
        );
        read(file.as_bytes(), zone()).unwrap().fit(&purpose(false), noon())
    };
    let file = of("FREQ=WEEKLY;COUNT=4", "20261116T180000");
    let again = file.components[0].act(&purpose(false), "").unwrap().again.unwrap();
    assert_eq!((again.except.len(), again.events.len()), (1, 3), "one Monday is over");
    let over = of("FREQ=WEEKLY;COUNT=3", "20260105T180000");
    assert_eq!(codes(&over.components[0]), ["ONLY_FIRST_DATE", "OVER_ALREADY"]);
    let daily = of("FREQ=DAILY;COUNT=100", "20270104T180000");
    assert_eq!(codes(&daily.components[0]), ["ONLY_FIRST_DATE"]);
    assert!(daily.components[0].act(&purpose(false), "").unwrap().again.is_none());
}

#[test]
fn series_of_a_file_are_as_many_events_as_they_have_dates() {
    let weekly = |number: usize| {
        format!(
            "BEGIN:VEVENT\nUID:{number}@x\nSUMMARY:Hour {number}\nDTSTART:20270104T180000Z\n\
             DURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=53\nEND:VEVENT\n"
        )
    };
    let all: String = (0..40).map(weekly).collect();
    let file = format!("BEGIN:VCALENDAR\n{all}END:VCALENDAR\n");
    let file = read(file.as_bytes(), zone()).unwrap().fit(&purpose(false), noon());
    assert_eq!(file.taken(), calendar::import::EVENTS_MAX / 53);
    let last = file.components.last().unwrap();
    assert_eq!(codes(last), ["TOO_MANY_COMPONENTS"]);
    assert!(last.act(&purpose(false), "").is_none());
}

#[test]
fn hostile_files_are_refused_or_told_within_two_seconds() {
    let nested = format!("BEGIN:VCALENDAR\n{}", "BEGIN:VEVENT\nSUMMARY:x\n".repeat(20_000));
    let deep = "BEGIN:X\n".repeat(20_000);
    let line = format!(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:{}\nDTSTART:20270104T180000Z\nEND:VEVENT\n",
        "x".repeat(1024 * 1024)
    );
    let bytes = |text: &str| text.as_bytes().to_vec();
    let one =
        "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Evening\r\nDTSTART:20270104T180000Z\r\nEND:VEVENT\r\n";
    let full = one.repeat(FILE_BYTES_MAX / one.len() - 1);
    let mut broken = bytes("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Caf\n");
    broken.extend([0xE9, 0xFF, 0x00, b'\n']);
    let cases = [
        ("5 MB", bytes(&full)),
        ("20,000 nested events", bytes(&nested)),
        ("20,000 nested components", bytes(&deep)),
        ("a line of 1 MB", bytes(&line)),
        ("no UTF-8", broken),
        ("bare CR", bytes(&DIRTY.replace('\n', "\r"))),
        ("too large", vec![b'x'; FILE_BYTES_MAX + 1]),
        ("nothing", vec![]),
        ("a page", bytes("<!doctype html><title>Sign in</title>")),
    ];
    for (name, file) in cases {
        let began = Instant::now();
        let read = read(&file, zone()).map(|file| file.fit(&purpose(false), noon()));
        let took = began.elapsed();
        // Without optimisation everything takes some ten times as long as it does in use.
        let limit = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });
        assert!(took < limit, "{name} took {took:?}");
        match name {
            "too large" => {
                assert_eq!(
                    read.unwrap_err(),
                    CalendarFault::CalendarTooLarge { max: FILE_BYTES_MAX }
                );
            }
            "nothing" => assert_eq!(read.unwrap_err(), CalendarFault::CalendarMissing {}),
            "a page" | "20,000 nested components" => {
                assert_eq!(read.unwrap_err(), CalendarFault::NotACalendar {});
            }
            "bare CR" => assert_eq!(read.unwrap(), fit(false)),
            "no UTF-8" => assert_eq!(read.unwrap().notes[0].code, "LETTERS_UNCERTAIN"),
            _ => assert!(
                read.unwrap().components.iter().any(|one| !one.reasons.is_empty()),
                "{name}"
            ),
        }
    }
}

fn input(hub: HubId, ics: &str) -> String {
    format!("hubId: \"{hub}\", ics: {}", json!(ics))
}

#[tokio::test]
async fn a_curator_brings_a_calendar_in_once() {
    crate::testing::both(|app| async move {
        let house = House::of(app);
        let hub = house.opens_hub().await;
        let curator = || house.app.viewer(hub, Role::Curator);
        let wants = "name imported skipped leftOut notes { code }
            components { index uid title outcome eventId reasons { code message } }";
        let fields = |dry: bool| format!("{}, dryRun: {dry}", input(hub, DIRTY));
        let document =
            format!("mutation {{ importCalendar(input: {{ {} }}) {{ {wants} }} }}", fields(true));
        let tried = house.asks(curator(), &document).await["importCalendar"].clone();
        assert_eq!((&tried["imported"], &tried["leftOut"]), (&json!(2), &json!(4)), "{tried}");
        let came = house.gets(curator(), "importCalendar", &fields(false), wants).await;
        assert_eq!((&came["name"], &came["imported"]), (&json!("Old house"), &json!(2)), "{came}");
        assert_eq!(came["components"][1]["reasons"][0]["code"], "BEGINNING_MISSING");
        let again = house.gets(curator(), "importCalendar", &fields(false), wants).await;
        assert_eq!((&again["imported"], &again["skipped"]), (&json!(0), &json!(2)), "{again}");
        let event = came["components"][0]["eventId"].as_str().unwrap().to_owned();
        let row = crate::event::view::event(house.journal.db(), &event).await.unwrap().unwrap();
        assert_eq!(
            (row.status.as_str(), row.starts.as_deref()),
            ("proposed", Some("2027-01-20T19:00"))
        );
        assert!(!row.is_public());
        let page = input(hub, "<!doctype html>");
        assert_eq!(house.refused(curator(), "importCalendar", &page).await, "NOT_A_CALENDAR");
        let foreign =
            format!("{}, issueId: \"issue_01k0000000e009000000000001\"", input(hub, DIRTY));
        assert_eq!(house.refused(curator(), "importCalendar", &foreign).await, "UNKNOWN_ID");
        let document = format!(
            "mutation {{ importCalendar(input: {{ {} }}) {{ imported }} }}",
            input(hub, DIRTY)
        );
        let visitor = Viewer::visitor(Locale::En);
        assert_eq!(house.denied(visitor, &document).await, "UNAUTHENTICATED");
        let member = house.app.viewer(hub, Role::Member);
        assert_eq!(house.denied(member, &document).await, "FORBIDDEN");
    })
    .await;
}

#[tokio::test]
async fn another_file_from_the_same_form_is_another_upload() {
    crate::testing::both(|app| async move {
        let house = House::of(app);
        let hub = house.opens_hub().await;
        let curator = house.app.viewer(hub, Role::Curator);
        let gives = async |ics: &str| {
            let command = "01890a5d-ac96-774b-bcce-b302099a8057";
            let fields = format!("{}, commandId: \"{command}\"", input(hub, ics));
            let wants = "imported skipped leftOut";
            house.gets(curator.clone(), "importCalendar", &fields, wants).await
        };
        let came = gives(DIRTY).await;
        assert_eq!((&came["imported"], &came["leftOut"]), (&json!(2), &json!(4)), "{came}");
        let other = gives(&DIRTY.replace("@old.example", "@new.example")).await;
        assert_eq!((&other["imported"], &other["leftOut"]), (&json!(2), &json!(4)), "{other}");
    })
    .await;
}
