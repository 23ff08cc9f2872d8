//! Events that are kept elsewhere and only shown here.

use super::*;

fn import() -> ImportEvent {
    let day = |day| NaiveDate::from_ymd_opt(2025, 3, day).unwrap();
    ImportEvent {
        hub: id(1),
        event: id(5),
        key: "9f86d081".into(),
        title: "Open data day".into(),
        url: Some("https://example.org/odd".into()),
        starts_on: day(1),
        ends_on: day(3),
        zone: zone("Europe/Amsterdam"),
        city: Some("The Hague".into()),
        country: Some("NL".into()),
        mode: Mode::InPerson,
        topic: Some("open data".into()),
        issue: None,
    }
}

#[test]
fn a_past_event_is_imported_once_as_one_that_happened_then() {
    let mut scene = Scene::new();
    let decision = scene.act(&import()).unwrap();
    let kinds: Vec<_> = decision.drafts.iter().map(|draft| draft.kind).collect();
    assert_eq!(kinds, ["EventImported", "EventEnded", "ImportKeyUsed"]);
    let started = "2025-02-28T23:00:00Z".parse::<DateTime<Utc>>().unwrap();
    assert!(decision.drafts.iter().all(|draft| draft.occurred_at == Some(started)));
    let again = scene.act(&ImportEvent { event: id(6), ..import() }).unwrap();
    assert!(again.drafts.is_empty());
    assert_eq!(again.about, id::<super::EventKind>(5).to_string());
}

#[test]
fn e30_an_imported_event_lasts_whole_days_and_takes_no_registration_here() {
    let event: EventId = id(5);
    let future = |year, day| NaiveDate::from_ymd_opt(year, 3, day).unwrap();
    let mut scene = Scene::new();
    let act = ImportEvent { starts_on: future(2027, 1), ends_on: future(2027, 2), ..import() };
    assert_eq!(scene.kinds(&act), Ok(vec!["EventImported", "ImportKeyUsed"]));
    let state = scene.state::<Event>(event).unwrap();
    assert!(state.when().unwrap().all_day && state.is_announced());
    assert!(!state.takes_registrations(noon()));
    let other_key = ImportEvent { key: "aa".into(), ..act.clone() };
    assert_eq!(scene.kinds(&other_key), Err("WRONG_STATE".into()));
    let endless = ImportEvent { event: id(9), key: "bb".into(), ends_on: future(2999, 1), ..act };
    assert_eq!(scene.kinds(&endless), Err("TOO_FAR_AWAY".into()));
    let inverted = ImportEvent { ends_on: endless.starts_on, ..endless };
    assert_eq!(scene.kinds(&inverted), Err("END_BEFORE_START".into()));
}

#[test]
fn whole_days_begin_where_midnight_does_not_exist() {
    // Beirut moves its clocks at midnight: 28 March 2027 begins at one.
    let day = |day| NaiveDate::from_ymd_opt(2027, 3, day).unwrap();
    let when = When::days(day(28), day(29), zone("Asia/Beirut")).unwrap();
    assert_eq!((when.ends_at - when.starts_at).num_hours(), 23);
}
