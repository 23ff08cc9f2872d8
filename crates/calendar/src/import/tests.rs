//! Files as other programs write them, and as nobody should.

use std::time::{Duration, Instant};

use chrono_tz::Tz;
use proptest::prelude::*;

use super::*;

const OWN: Tz = Tz::Europe__London;

fn read(text: &str) -> Import {
    file(text.as_bytes(), OWN).expect("a calendar")
}

/// An event with a title, in a calendar.
fn event(lines: &str) -> String {
    let lines = lines.replace('\n', "\r\n");
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1@old.example\r\nSUMMARY:Solar\r\n\
         {lines}END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

#[track_caller]
fn one(lines: &str) -> (Proposal, Vec<Reason>) {
    let Import { mut proposals, problems, .. } = read(&event(lines));
    assert_eq!(proposals.len(), 1, "{problems:?}");
    (proposals.remove(0), problems.into_iter().map(|problem| problem.reason).collect())
}

fn left_out(lines: &str) -> Vec<Reason> {
    let Import { proposals, problems, .. } = read(&event(lines));
    assert_eq!(proposals, []);
    problems.into_iter().map(|problem| problem.reason).collect()
}

fn wall(text: &str) -> NaiveDateTime {
    text.parse().expect("a time")
}

#[test]
fn a_good_event_is_kept_whole() {
    let (proposal, reasons) = one(
        "DTSTART;TZID=Europe/Istanbul:20260501T190000\nDTEND;TZID=Europe/Istanbul:20260501T210000\n\
         DESCRIPTION:Bring a lamp\\, please.\\nThanks \\\\o/\nLOCATION:Fore\n  Street\\; 1\n\
         URL:https://old.example/1\nCATEGORIES:Energy\\, solar,Climate\nCATEGORIES:Climate\n",
    );
    assert_eq!(reasons, []);
    assert_eq!((proposal.index, proposal.line), (1, 3));
    assert_eq!(proposal.uid.as_deref(), Some("1@old.example"));
    assert_eq!(proposal.summary, "Solar");
    assert_eq!(proposal.description, "Bring a lamp, please.\nThanks \\o/");
    assert_eq!(proposal.location, "Fore Street; 1");
    assert_eq!(proposal.categories, ["Energy, solar", "Climate"]);
    assert_eq!(proposal.url.as_deref(), Some("https://old.example/1"));
    assert_eq!(
        (proposal.start, proposal.end),
        (wall("2026-05-01T19:00:00"), wall("2026-05-01T21:00:00"))
    );
    assert_eq!(proposal.zone, Tz::Europe__Istanbul);
    assert!(!proposal.is_all_day);
    assert_eq!(proposal.repeats, None);
}

#[test]
fn every_kind_of_time_becomes_a_wall_and_a_zone() {
    let times = |lines: &str| {
        let (proposal, reasons) = one(lines);
        let told = format!("{} {} {}", proposal.start, proposal.end, proposal.zone);
        (told, reasons)
    };
    let cases = [
        (
            "DTSTART:20260501T170000Z\nDTEND:20260501T190000Z\n",
            "2026-05-01 18:00:00 2026-05-01 20:00:00 Europe/London",
            vec![],
        ),
        (
            "DTSTART;TZID=W. Europe Standard Time:20260501T190000\nDURATION:PT90M\n",
            "2026-05-01 19:00:00 2026-05-01 20:30:00 Europe/Berlin",
            vec![],
        ),
        (
            "DTSTART;TZID=/mozilla.org/20050126_1/Asia/Tokyo:20260501T190000\nDTEND:20260501T110000Z\n",
            "2026-05-01 19:00:00 2026-05-01 20:00:00 Asia/Tokyo",
            vec![],
        ),
        (
            "DTSTART:20260501T190000\nDTEND:20260501T200000\n",
            "2026-05-01 19:00:00 2026-05-01 20:00:00 Europe/London",
            vec![Reason::Floating],
        ),
        (
            "DTSTART;TZID=Atlantis:20260501T190000\nDTEND;TZID=Atlantis:20260501T200000\n",
            "2026-05-01 19:00:00 2026-05-01 20:00:00 Europe/London",
            vec![Reason::UnknownZone("Atlantis".into())],
        ),
        (
            "DTSTART;VALUE=DATE:20260501\nDTEND;VALUE=DATE:20260503\n",
            "2026-05-01 00:00:00 2026-05-03 00:00:00 Europe/London",
            vec![],
        ),
        (
            "DTSTART;VALUE=DATE:20260501\n",
            "2026-05-01 00:00:00 2026-05-02 00:00:00 Europe/London",
            vec![],
        ),
        (
            "DTSTART;VALUE=DATE:20260501\nDTEND;VALUE=DATE:20260501\n",
            "2026-05-01 00:00:00 2026-05-02 00:00:00 Europe/London",
            vec![Reason::EndNotAfterStart],
        ),
        (
            "DTSTART:20260501T170000Z\n",
            "2026-05-01 18:00:00 2026-05-01 19:00:00 Europe/London",
            vec![Reason::NoEnd],
        ),
        (
            "DTSTART:20260501T170000Z\nDTEND:20260501T160000Z\n",
            "2026-05-01 18:00:00 2026-05-01 19:00:00 Europe/London",
            vec![Reason::EndNotAfterStart],
        ),
    ];
    for (lines, told, reasons) in cases {
        assert_eq!(times(lines), (told.to_owned(), reasons), "{lines}");
    }
}

#[test]
fn the_calendar_may_say_its_zone_and_name() {
    let text = event("DTSTART:20260501T170000Z\nDTEND:20260501T190000Z\n")
        .replace("VERSION:2.0", "X-WR-TIMEZONE:Europe/Amsterdam\r\nX-WR-CALNAME:Old\\, hub");
    let import = read(&text);
    assert_eq!(import.name, "Old, hub");
    assert_eq!(import.proposals[0].start, wall("2026-05-01T19:00:00"));
    assert_eq!(import.proposals[0].zone, Tz::Europe__Amsterdam);
}

#[test]
fn rules_are_kept_where_ours_say_the_same() {
    let start = "DTSTART;TZID=Europe/London:20260505T180000\nDURATION:PT1H\n";
    let kept = |rule: &str| {
        let (proposal, reasons) = one(&format!("{start}RRULE:{rule}\n"));
        (proposal.repeats.map(|repeats| repeats.rule.to_string()), reasons)
    };
    let cases = [
        ("FREQ=WEEKLY;COUNT=10;BYDAY=TU", "FREQ=WEEKLY;BYDAY=TU;COUNT=10"),
        ("FREQ=WEEKLY;INTERVAL=1;WKST=SU;COUNT=10", "FREQ=WEEKLY;COUNT=10"),
        ("FREQ=WEEKLY;UNTIL=20260602T170000Z", "FREQ=WEEKLY;UNTIL=20260602"),
        ("FREQ=WEEKLY;UNTIL=20260602T165959Z", "FREQ=WEEKLY;UNTIL=20260601"),
        ("FREQ=WEEKLY;UNTIL=20260602", "FREQ=WEEKLY;UNTIL=20260602"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=9", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=9"),
        ("FREQ=MONTHLY;BYMONTHDAY=5;COUNT=3", "FREQ=MONTHLY;COUNT=3"),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1;COUNT=3", "FREQ=MONTHLY;BYDAY=1TU;COUNT=3"),
        ("freq=monthly;byday=1tu;count=3;", "FREQ=MONTHLY;BYDAY=1TU;COUNT=3"),
    ];
    for (rule, ours) in cases {
        assert_eq!(kept(rule), (Some(ours.to_owned()), vec![]), "{rule}");
    }
    for rule in ["FREQ=WEEKLY", "FREQ=YEARLY"] {
        assert_eq!(kept(rule), (None, vec![Reason::Endless]), "{rule}");
    }
    for rule in [
        "FREQ=YEARLY;COUNT=3",
        "FREQ=WEEKLY;BYDAY=WE;COUNT=3",
        "FREQ=WEEKLY;COUNT=4000000000",
        "FREQ=DAILY;UNTIL=20460101",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU;COUNT=3",
        "FREQ=HOURLY;COUNT=3",
        "COUNT",
        "FREQ=DAILY;COUNT=0",
    ] {
        let (kept, reasons) = kept(rule);
        assert_eq!(kept, None, "{rule}");
        assert!(
            matches!(reasons.as_slice(), [Reason::RuleNotKept(_) | Reason::Endless]),
            "{reasons:?}"
        );
    }
}

#[test]
fn single_dates_of_a_series_are_kept() {
    let (proposal, reasons) = one(
        "DTSTART;TZID=Europe/London:20260505T180000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=5\n\
         EXDATE;TZID=Europe/London:20260512T180000,20260513T180000\nEXDATE:20260519T170000Z\n\
         RDATE;TZID=Europe/London:20260514T183000,20260526T180000\n",
    );
    assert_eq!(reasons, []);
    let repeats = proposal.repeats.expect("it repeats");
    assert_eq!(repeats.except, [wall("2026-05-12T18:00:00"), wall("2026-05-19T18:00:00")]);
    assert_eq!(repeats.extra, [wall("2026-05-14T18:30:00")]);

    let (proposal, reasons) = one(
        "DTSTART:20260505T170000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=5\nRDATE:20210101T000000Z\n\
         EXDATE:sometimes\n",
    );
    assert_eq!(reasons, [Reason::DatesNotKept]);
    assert!(proposal.repeats.is_some_and(|repeats| repeats.extra.is_empty()));
    let (_, reasons) = one("DTSTART:20260505T170000Z\nDURATION:PT1H\nRDATE:20260601T170000Z\n");
    assert_eq!(reasons, [Reason::DatesNotKept]);
}

#[test]
fn a_changed_date_is_proposed_by_itself_and_left_out_of_its_series() {
    let series = event(
        "DTSTART;TZID=Europe/London:20260505T180000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=5\n",
    );
    let changed = "BEGIN:VEVENT\r\nUID:1@old.example\r\nSUMMARY:Solar, moved\r\n\
                   RECURRENCE-ID:20260512T170000Z\r\nDTSTART:20260513T170000Z\r\n\
                   DTEND:20260513T180000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let import = read(&series.replace("END:VCALENDAR\r\n", changed));
    let reasons: Vec<&Reason> = import.problems.iter().map(|problem| &problem.reason).collect();
    assert_eq!(reasons, [&Reason::ChangedDate]);
    let [series, moved] = import.proposals.as_slice() else { panic!("two") };
    let except = series.repeats.as_ref().map(|repeats| repeats.except.clone());
    assert_eq!(except, Some(vec![wall("2026-05-12T18:00:00")]));
    assert_eq!((moved.index, moved.start), (2, wall("2026-05-13T18:00:00")));
}

#[test]
fn what_is_left_out_is_said() {
    let when = "DTSTART:20260501T170000Z\nDTEND:20260501T190000Z\n";
    assert_eq!(left_out(""), [Reason::NoStart]);
    assert_eq!(left_out("DTSTART:tomorrow\n"), [Reason::NoStart]);
    assert_eq!(left_out("DTSTART:18260501T170000Z\n"), [Reason::YearOutOfRange]);
    assert_eq!(left_out(&format!("{when}STATUS:cancelled\n")), [Reason::Cancelled]);
    let many = "COMMENT:x\n".repeat(3_000);
    assert_eq!(left_out(&format!("{when}{many}")), [Reason::TooLarge]);
    let untitled = read(&event(when).replace("SUMMARY:Solar", "SUMMARY: "));
    assert_eq!(untitled.problems[0].reason, Reason::NoTitle);
    assert_eq!(untitled.problems[0].uid.as_deref(), Some("1@old.example"));
    let task = read(&event(when).replace("VEVENT", "VTODO"));
    assert_eq!(task.problems[0].reason, Reason::NotAnEvent("VTODO".into()));
    assert!(task.problems[0].reason.leaves_out());
}

#[test]
fn what_is_lost_is_said_with_its_line() {
    let import = read(&event(
        "DTSTART:20260501T170000Z\nDTEND:20260501T190000Z\nno line at all\nURL:javascript:x\n\
         ATTENDEE:mailto:a@b.example\nATTACH:https://old.example/a.pdf\n",
    ));
    let told: Vec<(usize, Option<usize>, String)> = import
        .problems
        .into_iter()
        .map(|problem| (problem.line, problem.index, problem.reason.to_string()))
        .collect();
    assert_eq!(
        told,
        [
            (8, Some(1), "this line cannot be read and was skipped".to_owned()),
            (9, Some(1), "URL cannot be read and was left out".to_owned()),
            (10, Some(1), "its people are left behind".to_owned()),
            (11, Some(1), "its attachments are left behind".to_owned()),
        ]
    );
    let long = format!("DTSTART;VALUE=DATE:20260501\nLOCATION:{}\n", "x".repeat(500));
    let (proposal, reasons) = one(&long);
    assert_eq!((proposal.location.len(), reasons), (300, vec![Reason::Cut("LOCATION")]));
}

#[test]
fn of_two_versions_the_newer_is_proposed() {
    let version = |sequence: u32, title: &str| {
        format!(
            "BEGIN:VEVENT\nUID:1\nSEQUENCE:{sequence}\nSUMMARY:{title}\n\
             DTSTART;VALUE=DATE:20260501\nEND:VEVENT\n"
        )
    };
    let of = |versions: &[String]| {
        let import = read(&format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", versions.concat()));
        let reasons: Vec<Reason> =
            import.problems.into_iter().map(|problem| problem.reason).collect();
        assert_eq!(reasons, [Reason::Repeated]);
        import.proposals.into_iter().map(|proposal| proposal.summary).collect::<Vec<_>>()
    };
    assert_eq!(of(&[version(2, "new"), version(1, "old")]), ["new"]);
    assert_eq!(of(&[version(1, "old"), version(2, "new")]), ["new"]);
    assert_eq!(of(&[version(1, "first"), version(1, "later")]), ["later"]);
}

#[test]
fn dirt_is_washed_off() {
    let good = event("DTSTART;VALUE=DATE:20260501\nLOCATION:Caf\u{e9}\n");
    let same = |octets: &[u8], reasons: &[Reason]| {
        let import = file(octets, OWN).expect("a calendar");
        let found: Vec<Reason> =
            import.problems.into_iter().map(|problem| problem.reason).collect();
        assert_eq!(found, reasons);
        assert_eq!(import.proposals[0].location, "Caf\u{e9}");
    };
    same(format!("\u{FEFF}{good}").as_bytes(), &[]);
    same(good.replace("\r\n", "\n").as_bytes(), &[]);
    same(good.replace("\r\n", "\r").as_bytes(), &[]);
    same(good.replace("\r\n", "\r\n\r\n").as_bytes(), &[]);
    same(format!("Subject: my calendar\n\n{good}").as_bytes(), &[]);
    let cut = good.split("END:VEVENT").next().unwrap_or_default();
    same(cut.as_bytes(), &[Reason::CutOff, Reason::CutOff]);
    let windows: Vec<u8> = good
        .chars()
        .map(|c| if c == '\u{e9}' { 0xE9 } else { u8::try_from(c).expect("ASCII") })
        .collect();
    same(&windows, &[Reason::NotUtf8]);
    let wide: Vec<u8> =
        std::iter::once(0xFEFF).chain(good.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    same(&wide, &[]);
    let hidden = good.replace("Solar", "So\0lar\u{202E}");
    assert_eq!(read(&hidden).proposals[0].summary, "Solar");
}

#[test]
fn what_is_no_calendar_is_refused() {
    assert_eq!(file(b"", OWN), Err(Error::NotACalendar));
    assert_eq!(file(b"<html>:</html>", OWN), Err(Error::NotACalendar));
    assert_eq!(file(b"\x89PNG\r\n\x1a\n", OWN), Err(Error::NotACalendar));
    assert_eq!(file(&vec![b'x'; OCTETS_MAX + 1], OWN), Err(Error::TooLarge));
    assert_eq!(read("BEGIN:VCALENDAR\nEND:VCALENDAR\n").proposals, []);
}

#[test]
fn our_own_feeds_come_back() {
    let mut values = crate::EventValues::new(
        "event_1@hub.example",
        "2026-04-01T09:00:00Z".parse().expect("an instant"),
        crate::When::Local { wall: wall("2026-05-05T18:00:00"), zone: OWN },
        crate::When::Local { wall: wall("2026-05-05T19:00:00"), zone: OWN },
    );
    values.summary = "A, b; c \\ d".into();
    values.repeats = Some(Repeats::new("FREQ=WEEKLY;UNTIL=20260701".parse().expect("a rule")));
    let event = crate::Event::new(&values).expect("clean values");
    let hub = crate::Organizer { name: "Hub".into(), address: "a@hub.example".into() };
    let text = crate::download(&event, &hub).expect("an address");
    let import = read(&text);
    assert_eq!(import.problems, []);
    let back = &import.proposals[0];
    assert_eq!(back.summary, values.summary);
    assert_eq!((back.start, back.zone), (wall("2026-05-05T18:00:00"), OWN));
    assert_eq!(back.repeats, values.repeats);
}

#[test]
fn files_made_to_be_slow_are_read_in_time() {
    let head =
        "BEGIN:VEVENT\nUID:1\nSUMMARY:x\nDTSTART:20260501T170000Z\nRRULE:FREQ=DAILY;COUNT=550\n";
    let dates = format!("{head}EXDATE:{}\nEND:VEVENT\n", "20260502T170000Z,".repeat(200));
    let files = [
        ("events", format!("{head}END:VEVENT\n").repeat(300)),
        ("beginnings", "BEGIN:VEVENT\n".repeat(30_000)),
        ("nested", "BEGIN:X\n".repeat(40_000)),
        ("bad lines", format!("BEGIN:VEVENT\n{}", "x\n".repeat(100_000))),
        ("dates", dates.repeat(60)),
        ("one line", format!("{head}DESCRIPTION:{}", "\\n".repeat(200_000))),
        ("folds", format!("{head}DESCRIPTION:{}", "\n x".repeat(150_000))),
    ];
    for (name, text) in files {
        let began = Instant::now();
        let import = file(text.as_bytes(), OWN);
        let took = began.elapsed();
        assert_eq!(import.as_ref().err(), (name == "nested").then_some(&Error::NotACalendar));
        if let Ok(import) = import {
            assert!(import.proposals.len() <= EVENTS_MAX && import.problems.len() <= PROBLEMS_MAX);
        }
        println!("{name}: {took:?}");
        // Without optimisation, beside other tests; `feed_speed` measures files of the largest size.
        assert!(took < Duration::from_secs(10), "{name} took {took:?}");
    }
}

proptest! {
    #[test]
    fn no_octets_break_the_reader(octets in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _any = file(&octets, OWN);
    }

    #[test]
    fn no_broken_file_breaks_the_reader(
        lines in proptest::collection::vec(
            "(DTSTART|DTEND|DURATION|UID|SUMMARY|RRULE|EXDATE|RDATE|RECURRENCE-ID|URL|BEGIN|END)\
             (;(TZID|VALUE)(=(DATE|PERIOD|\"?Europe/London\"?|[a-z,:^\"]{0,4})?)?){0,2}\
             [:;]?(VEVENT|VTODO|P[0-9]{1,3}[DTHMS]{0,2}|FREQ=(DAILY|WEEKLY|MONTHLY);(COUNT|UNTIL)=[0-9]{1,8}\
             |[12][09][0-9]{2}[01][0-9][0-3][0-9](T[0-2][0-9][0-5][0-9][0-5][0-9]Z?)?|[-0-9A-Z:;,=\"\\\\ \t\u{e9}]{0,12})\
             (\r\n|\n|\r|\r\n |\\\\\r\n )",
            0..30,
        ),
    ) {
        let text = event("DTSTART:20260501T170000Z\n").replace("END:VEVENT\r\n", &lines.concat());
        let import = file(text.as_bytes(), OWN).expect("a calendar");
        for proposal in import.proposals {
            prop_assert!(!proposal.summary.is_empty());
            prop_assert!(proposal.end > proposal.start);
            let whole = proposal.repeats.as_ref().map(|repeats| times::pattern(repeats, &proposal));
            prop_assert!(whole.is_none_or(|pattern| pattern.is_some()));
        }
    }
}
