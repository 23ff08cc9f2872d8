//! Each rule of the linter, broken by itself.

use super::*;

fn rules(octets: &[u8]) -> Vec<Rule> {
    lint(octets).into_iter().map(|finding| finding.rule).collect()
}

fn calendar_of(head: &str, body: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{head}{body}END:VCALENDAR\r\n")
}

fn event(more: &str) -> String {
    format!(
        "BEGIN:VEVENT\r\nUID:a@b\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260501T170000Z\r\n\
         {more}END:VEVENT\r\n"
    )
}

#[test]
fn a_good_calendar_has_no_finding() {
    assert_eq!(lint(calendar_of("", "").as_bytes()), []);
    let alarm = "BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\n";
    assert_eq!(lint(calendar_of("", &event(alarm)).as_bytes()), []);
    assert_eq!(lint_feed(calendar_of("", &event("")).as_bytes()), []);
}

#[test]
fn each_broken_line_is_found() {
    let broken = |line: &[u8]| {
        let whole = calendar_of("", &event("SUMMARY:@@@\r\n"));
        let (before, after) = whole.split_once("SUMMARY:@@@").expect("the place");
        let octets = [before.as_bytes(), line, after.as_bytes()].concat();
        let found = lint(&octets);
        assert!(found.iter().all(|finding| (8..=9).contains(&finding.line)), "{found:?}");
        found.into_iter().map(|finding| finding.rule).collect::<Vec<Rule>>()
    };
    assert_eq!(broken("SUMMARY:é\\n\r\n x".as_bytes()), []);
    assert_eq!(broken(b"SUMMARY:a\rb"), [Rule::BareCr]);
    assert_eq!(broken(b"SUMMARY:a\nb"), [Rule::BareLf]);
    assert_eq!(broken(format!("SUMMARY:{}", "x".repeat(68)).as_bytes()), [Rule::TooLong]);
    assert_eq!(broken(b"SUMMARY:a\r\n "), [Rule::EmptyLine]);
    assert_eq!(broken(b"SUMMARY:a\xC3\r\n \xA9"), [Rule::FoldInCharacter]);
    assert_eq!(broken(b"SUMMARY:a\\\r\n n"), [Rule::FoldInEscape]);
    assert_eq!(broken(b"SUMMARY:a\xC3b"), [Rule::NotUtf8]);
    assert_eq!(broken(b"SUMMARY:a\0b"), [Rule::Control]);
    assert_eq!(broken("SUMMARY:a\u{202E}b".as_bytes()), [Rule::Deceptive]);
    assert_eq!(broken(b"SUMMARY"), [Rule::NotALine]);
    assert_eq!(broken(b"SUM MARY:x"), [Rule::NotALine]);
}

#[test]
fn the_structure_is_looked_at() {
    assert_eq!(rules(b"X:1"), [Rule::LastLineOpen, Rule::NotACalendar, Rule::Unbalanced]);
    assert_eq!(rules(calendar_of("", "END:VEVENT\r\n").as_bytes()), [Rule::Unbalanced]);
    let twice = calendar_of("", "").repeat(2);
    assert_eq!(rules(twice.as_bytes()), [Rule::NotACalendar]);
    let no_version = calendar_of("", "").replace("VERSION:2.0\r\n", "");
    assert_eq!(rules(no_version.as_bytes()), [Rule::NotACalendar]);
    let no_product = calendar_of("", "").replace("PRODID:x\r\n", "");
    assert_eq!(rules(no_product.as_bytes()), [Rule::NotACalendar]);
    assert_eq!(rules(calendar_of("", &event("").repeat(2)).as_bytes()), [Rule::Twice]);
    let versions = event("RECURRENCE-ID:20260501T170000Z\r\n") + &event("");
    assert_eq!(rules(calendar_of("", &versions).as_bytes()), []);
    let no_uid = event("").replace("UID:a@b\r\n", "");
    assert_eq!(rules(calendar_of("", &no_uid).as_bytes()), [Rule::Missing]);
    let two = event("STATUS:CONFIRMED\r\nSTATUS:CONFIRMED\r\n");
    assert_eq!(rules(calendar_of("", &two).as_bytes()), [Rule::Repeated]);
}

#[test]
fn an_end_is_after_its_start_in_any_zone() {
    let end = |line: &str| rules(calendar_of("", &event(&format!("{line}\r\n"))).as_bytes());
    assert_eq!(end("DTEND:20260501T170001Z"), []);
    assert_eq!(end("DTEND:20260501T170000Z"), [Rule::EndNotAfterStart]);
    assert_eq!(end("DTEND;VALUE=DATE:20260502"), [Rule::EndNotAfterStart]);
    assert_eq!(end("DTEND:20260501T190000"), [Rule::EndNotAfterStart], "no zone");
    assert_eq!(end("DTEND:tomorrow"), [Rule::EndNotAfterStart]);
    let told = "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\nEND:VTIMEZONE\r\n";
    let london = |clock: &str| {
        let line = format!("DTEND;TZID=Europe/London:{clock}\r\n");
        rules(calendar_of(told, &event(&line)).as_bytes())
    };
    assert_eq!(london("20260501T180001"), []);
    assert_eq!(london("20260501T180000"), [Rule::EndNotAfterStart]);
    let twice = calendar_of(&told.repeat(2), "");
    assert_eq!(rules(twice.as_bytes()), [Rule::ZoneToldTwice]);
}

#[test]
fn each_method_has_what_it_needs() {
    let of = |method: &str, more: &str| {
        rules(calendar_of(&format!("METHOD:{method}\r\n"), &event(more)).as_bytes())
    };
    let organizer = "ORGANIZER:mailto:a@b\r\n";
    let whole = format!("{organizer}ATTENDEE:mailto:c@d\r\nSUMMARY:x\r\nSEQUENCE:1\r\n");
    for method in
        ["PUBLISH", "REQUEST", "REPLY", "ADD", "CANCEL", "REFRESH", "COUNTER", "DECLINECOUNTER"]
    {
        assert_eq!(of(method, &whole), [], "{method}");
        let without = whole.replace(organizer, "");
        assert_eq!(of(method, &without), [Rule::Missing], "{method}");
    }
    assert_eq!(of("REQUEST", &whole.replace("ATTENDEE", "X-A")), [Rule::Missing]);
    assert_eq!(of("CANCEL", &whole.replace("SEQUENCE", "X-A")), [Rule::Missing]);
    assert_eq!(of("REPLY", &format!("{whole}ATTENDEE:mailto:e@f\r\n")), [Rule::Repeated]);
    assert_eq!(of("SHOUT", &whole), [Rule::WrongMethod]);
    let empty = calendar_of("METHOD:PUBLISH\r\n", "");
    assert_eq!(rules(empty.as_bytes()), [Rule::SeveralEvents]);
    let two = [event(&whole), event(&whole).replace("UID:", "UID:other")].concat();
    assert_eq!(rules(calendar_of("METHOD:PUBLISH\r\n", &two).as_bytes()), []);
    let asked = calendar_of("METHOD:REQUEST\r\n", &two);
    assert_eq!(rules(asked.as_bytes()), [Rule::SeveralEvents]);

    let request = calendar_of("METHOD:REQUEST\r\n", &event(&whole));
    assert_eq!(lint_message(request.as_bytes(), "REQUEST"), []);
    let wrong: Vec<Rule> =
        lint_message(request.as_bytes(), "CANCEL").into_iter().map(|found| found.rule).collect();
    assert_eq!(wrong, [Rule::WrongMethod]);
    let in_feed: Vec<Rule> =
        lint_feed(request.as_bytes()).into_iter().map(|found| found.rule).collect();
    assert_eq!(in_feed, [Rule::MethodInFeed]);
}

#[test]
fn a_sequence_never_falls() {
    let version = |sequence: &str| calendar_of("", &event(sequence));
    let compare = |before: &str, after: &str| {
        lint_versions(version(before).as_bytes(), version(after).as_bytes()).len()
    };
    assert_eq!(compare("SEQUENCE:1\r\n", "SEQUENCE:1\r\n"), 0);
    assert_eq!(compare("", "SEQUENCE:1\r\n"), 0);
    assert_eq!(compare("SEQUENCE:2\r\n", "SEQUENCE:1\r\n"), 1);
    assert_eq!(compare("SEQUENCE:2\r\n", ""), 1);
    assert_eq!(compare("SEQUENCE:2\r\n", "RECURRENCE-ID:20260501T170000Z\r\n"), 0);
}

proptest::proptest! {
    #[test]
    fn no_octets_break_the_linter(
        octets in proptest::collection::vec(proptest::num::u8::ANY, 0..300),
    ) {
        let whole = calendar_of("", &event("SUMMARY:@\r\n"));
        let _any = lint(&octets);
        let inside = [whole.as_bytes(), &octets, whole.as_bytes()].concat();
        proptest::prop_assert!(!lint(&inside).is_empty(), "two calendars are no calendar");
        let _any = lint_versions(&inside, &octets);
    }
}
