//! What a series is made of, which dates it has, and how single dates are told.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::*;
use crate::event::EventValues;

fn wall(text: &str) -> NaiveDateTime {
    text.parse().expect("a time")
}

fn at(text: &str) -> DateTime<chrono::Utc> {
    text.parse().expect("an instant")
}

fn local(text: &str) -> When {
    When::Local { wall: wall(text), zone: Tz::Europe__London }
}

/// A networking hour in London, every Monday from 16 March 2026.
fn hour(rule: &str) -> EventValues {
    let mut values = EventValues::new(
        "event_1@hub.example",
        at("2026-02-01T09:00:00Z"),
        local("2026-03-16T18:00:00"),
        local("2026-03-16T19:00:00"),
    );
    values.summary = "Networking hour".into();
    values.repeats = Some(Repeats::new(rule.parse().expect("a rule")));
    values
}

fn version(of: &str, start: &str, end: &str) -> Event {
    let mut values = hour("FREQ=WEEKLY;COUNT=1");
    values.repeats = None;
    (values.start, values.end) = (local(start), local(end));
    values.occurrence = Some(local(of));
    Event::new(&values).expect("clean values")
}

fn refused(change: impl FnOnce(&mut EventValues)) -> String {
    let mut values = hour("FREQ=WEEKLY;COUNT=5");
    change(&mut values);
    Event::new(&values).expect_err("a refusal").to_string()
}

#[test]
fn a_series_is_written_on_its_wall() {
    let mut values = hour("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20260601");
    let repeats = values.repeats.as_mut().expect("it repeats");
    repeats.except = vec![wall("2026-04-13T18:00:00")];
    repeats.extra = vec![wall("2026-05-05T19:30:00.25")];
    let text = crate::fragment(&Event::new(&values).expect("clean values"));
    let lines: Vec<&str> = text.split("\r\n").filter(|line| !line.is_empty()).collect();
    assert_eq!(
        lines.get(5..11).unwrap_or_default(),
        [
            "DTSTART;TZID=Europe/London:20260316T180000",
            "DTEND;TZID=Europe/London:20260316T190000",
            "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20260601T225959Z",
            "EXDATE;TZID=Europe/London:20260413T180000",
            "RDATE;TZID=Europe/London:20260505T193000",
            "SUMMARY:Networking hour",
        ],
        "{text}"
    );
}

#[test]
fn a_series_of_days_and_one_in_utc_need_no_zone() {
    let day = |text: &str| When::Date(text.parse::<NaiveDate>().expect("a day"));
    let mut values = hour("FREQ=MONTHLY;BYDAY=1SA;UNTIL=20260801");
    (values.start, values.end) = (day("2026-05-02"), day("2026-05-04"));
    let repeats = values.repeats.as_mut().expect("it repeats");
    repeats.except = vec![wall("2026-06-06T00:00:00")];
    let event = Event::new(&values).expect("clean values");
    let text = crate::fragment(&event);
    assert!(text.contains("\r\nRRULE:FREQ=MONTHLY;BYDAY=1SA;UNTIL=20260801\r\n"), "{text}");
    assert!(text.contains("\r\nEXDATE;VALUE=DATE:20260606\r\n"), "{text}");
    let series = Series::new(event, vec![]).expect("a series");
    let window = at("2026-01-01T00:00:00Z")..at("2027-01-01T00:00:00Z");
    let days: Vec<When> = series.occurrences(&window, 9).into_iter().map(|date| date.id).collect();
    assert_eq!(days, [day("2026-05-02"), day("2026-07-04"), day("2026-08-01")]);
    let one = crate::fragment(&series.one(day("2026-07-04")).expect("one date"));
    assert!(one.contains("\r\nRECURRENCE-ID;VALUE=DATE:20260704\r\n"), "{one}");
    assert!(one.contains("\r\nDTEND;VALUE=DATE:20260706\r\n"), "{one}");

    let mut values = hour("FREQ=DAILY;COUNT=2");
    values.start = When::Utc(at("2026-05-01T17:00:00Z"));
    values.end = When::Utc(at("2026-05-01T18:00:00Z"));
    let text = crate::fragment(&Event::new(&values).expect("clean values"));
    assert!(text.contains("\r\nDTSTART:20260501T170000Z\r\n"), "{text}");
}

#[test]
fn dates_that_make_no_sense_are_refused_by_name() {
    let repeats = |v: &mut EventValues, rule: &str| {
        v.repeats = Some(Repeats::new(rule.parse().expect("a rule")));
    };
    let except = |v: &mut EventValues, clocks: &[&str]| {
        v.repeats.as_mut().expect("it repeats").except =
            clocks.iter().map(|clock| wall(clock)).collect();
    };
    let extra = |v: &mut EventValues, clock: &str| {
        v.repeats.as_mut().expect("it repeats").extra = vec![wall(clock)];
    };
    let too_many = "has more than 550 dates or lasts longer than 5 years";
    assert_eq!(
        [
            refused(|v| repeats(v, "FREQ=WEEKLY;BYDAY=TU;COUNT=5")),
            refused(|v| repeats(v, "FREQ=DAILY;COUNT=551")),
            refused(|v| repeats(v, "FREQ=MONTHLY;COUNT=62")),
            refused(|v| repeats(v, "FREQ=MONTHLY;UNTIL=20320101")),
            refused(|v| repeats(v, "FREQ=DAILY;UNTIL=20260315")),
            refused(|v| except(v, &["2026-03-17T18:00:00"])),
            refused(|v| extra(v, "2026-03-23T18:00:00")),
            refused(|v| extra(v, "2026-03-15T18:00:00")),
            refused(|v| extra(v, "2036-03-15T18:00:00")),
            refused(|v| v.occurrence = Some(local("2026-03-16T18:00:00"))),
            refused(|v| {
                repeats(v, "FREQ=WEEKLY;COUNT=2");
                except(v, &["2026-03-16T18:00:00", "2026-03-23T18:00:00"]);
            }),
            refused(|v| {
                v.end = When::Local { wall: wall("2026-03-16T23:00:00"), zone: Tz::Asia__Tokyo };
            }),
        ],
        [
            "start does not fall on a date of its own repetition".to_owned(),
            format!("repeats {too_many}"),
            format!("repeats {too_many}"),
            format!("repeats {too_many}"),
            "start does not fall on a date of its own repetition".to_owned(),
            "repeats.except is not one of the dates of the series".to_owned(),
            "repeats.extra is there twice".to_owned(),
            "repeats.extra is not after the start".to_owned(),
            format!("repeats.extra {too_many}"),
            "occurrence is not a version of one date of the series".to_owned(),
            "repeats.except has no date left".to_owned(),
            "end is not in the time zone the start is in".to_owned(),
        ]
    );
}

#[test]
fn versions_belong_to_dates_of_their_series() {
    let master = || Event::new(&hour("FREQ=WEEKLY;COUNT=5")).expect("clean values");
    let moved = || version("2026-03-30T18:00:00", "2026-03-31T20:00:00", "2026-03-31T21:30:00");
    let refusal = |versions| Series::new(master(), versions).expect_err("a refusal").refusal;
    assert_eq!(refusal(vec![moved(), moved()]), Refusal::Repeated);
    let other = version("2026-03-31T18:00:00", "2026-03-31T20:00:00", "2026-03-31T21:30:00");
    assert_eq!(refusal(vec![other]), Refusal::NotOneOfItsDates);
    assert_eq!(refusal(vec![master()]), Refusal::NotOfThisSeries);
    assert_eq!(Series::new(moved(), vec![]).expect_err("a refusal").refusal, Refusal::NotARule);

    let series = Series::new(master(), vec![moved()]).expect("a series");
    let window = at("2026-03-30T00:00:00Z")..at("2026-04-07T00:00:00Z");
    let found = series.occurrences(&window, 10);
    let told: Vec<(When, String, bool)> = found
        .into_iter()
        .map(|date| (date.id, date.starts_at.to_rfc3339(), date.is_changed))
        .collect();
    assert_eq!(
        told,
        [
            (local("2026-03-30T18:00:00"), "2026-03-31T19:00:00+00:00".to_owned(), true),
            (local("2026-04-06T18:00:00"), "2026-04-06T17:00:00+00:00".to_owned(), false),
        ]
    );
    assert_eq!(series.occurrences(&window, 1).len(), 1);
    let text = series.fragment();
    assert!(text.contains("\r\nRECURRENCE-ID;TZID=Europe/London:20260330T180000\r\n"), "{text}");
}

#[test]
fn a_date_from_outside_is_found_however_it_is_written() {
    let master = Event::new(&hour("FREQ=WEEKLY;COUNT=5")).expect("clean values");
    let series = Series::new(master, vec![]).expect("a series");
    let zoned = |text: &str, zone: Option<&str>| {
        series.find(&Time::Local { wall: wall(text), zone: zone.map(str::to_owned) })
    };
    let second = Some(local("2026-03-30T18:00:00"));
    assert_eq!(series.find(&Time::Utc(at("2026-03-30T17:00:00Z"))), second);
    assert_eq!(zoned("2026-03-30T18:00:00", None), second);
    assert_eq!(zoned("2026-03-30T18:00:00", Some("GMT Standard Time")), second);
    assert_eq!(zoned("2026-03-30T19:00:00", Some("W. Europe Standard Time")), second);
    assert_eq!(zoned("2026-03-30T18:00:00", Some("Atlantis")), second);
    assert_eq!(zoned("2026-03-30T19:00:00", None), None);
    assert_eq!(series.find(&Time::Utc(at("2026-03-30T18:00:00Z"))), None);
    let day = NaiveDate::from_ymd_opt(2026, 3, 30).expect("a day");
    assert_eq!(series.find(&Time::Date(day)), None);
}

#[test]
fn one_date_is_told_in_utc() {
    let mut values = hour("FREQ=WEEKLY;COUNT=5");
    values.sequence = 4;
    let moved = version("2026-03-30T18:00:00", "2026-03-31T20:00:00", "2026-03-31T21:30:00");
    let master = Event::new(&values).expect("clean values");
    let series = Series::new(master, vec![moved]).expect("a series");
    let one = crate::fragment(&series.one(local("2026-04-06T18:00:00")).expect("a date"));
    for line in [
        "SEQUENCE:4",
        "RECURRENCE-ID:20260406T170000Z",
        "DTSTART:20260406T170000Z",
        "DTEND:20260406T180000Z",
    ] {
        assert!(one.contains(&format!("\r\n{line}\r\n")), "{line}: {one}");
    }
    assert!(!one.contains("RRULE") && !one.contains("TZID"), "{one}");
    let moved = series.one(When::Utc(at("2026-03-30T17:00:00Z"))).expect("a date");
    let moved = crate::fragment(&moved.revised(7).expect("a number"));
    for line in ["SEQUENCE:7", "RECURRENCE-ID:20260330T170000Z", "DTSTART:20260331T190000Z"] {
        assert!(moved.contains(&format!("\r\n{line}\r\n")), "{line}: {moved}");
    }
    let none = series.one(local("2026-04-07T18:00:00")).expect_err("no such date");
    assert_eq!(none.refusal, Refusal::NotOneOfItsDates);
}
