//! The faults our own objects must not have.

use super::*;

#[test]
fn the_linter_sees_each_fault() {
    let fault = |text: &str| octets(text).expect_err("a fault").0;
    assert!(fault("A:1").contains("no CRLF"));
    assert!(fault("A:1\nB:2\r\n").contains("control"));
    assert!(fault("A:1\rB:2\r\n").contains("control"));
    assert!(fault("A:\u{0}\r\n").contains("control"));
    assert!(fault("A:\u{85}\r\n").contains("control"));
    assert!(fault("A:\u{202E}\r\n").contains("changes"));
    assert!(fault("\u{FEFF}A:1\r\n").contains("changes"));
    assert!(fault("A:1\r\n\r\nB:2\r\n").contains("nothing"));
    assert!(fault(" A:1\r\n").contains("nothing"));
    assert!(fault("A:1\r\n \r\n").contains("nothing"));
    assert!(fault(&format!("{}\r\n", "x".repeat(76))).contains("75"));
    assert!(fault(&format!("{}\r\n", "é".repeat(38))).contains("75"));
    assert!(fault("A:1\\\r\n n\r\n").contains("escape"));
    assert_eq!(octets("A:1\\\\\r\n n\ttab\r\n"), Ok(()));
    assert_eq!(octets(&format!("X:{}\r\n", "x".repeat(73))), Ok(()));
}

#[test]
fn the_structure_is_checked() {
    let vevent = |end: &str, more: &str| {
        format!(
            "BEGIN:VEVENT\r\nUID:a@b\r\nDTSTAMP:20260101T000000Z\r\n\
             LAST-MODIFIED:20260101T000000Z\r\nSEQUENCE:0\r\nDTSTART:20260501T170000Z\r\n\
             DTEND:{end}\r\nSUMMARY:x\r\nSTATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\nCLASS:PUBLIC\r\n\
             {more}END:VEVENT\r\n"
        )
    };
    let calendar = |head: &str, body: &str| {
        let begin = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n";
        object(&format!("{begin}{head}{body}END:VCALENDAR\r\n"))
            .map_err(|fault| fault.0)
            .err()
            .unwrap_or_default()
    };
    let good = vevent("20260501T190000Z", "");
    assert_eq!(calendar("", &good), "");
    assert_eq!(calendar("", ""), "");
    assert!(calendar("", &good.repeat(2)).contains("twice"));
    assert!(calendar("", &vevent("20260501T170000Z", "")).contains("not after"));
    assert!(calendar("", &vevent("20260502", "")).contains("not after"));
    assert!(calendar("", &good.replace("END:VEVENT\r\n", "")).contains("does not end"));
    assert!(calendar("", &good.replace("SEQUENCE:0\r\n", "")).contains("SEQUENCE"));
    assert!(calendar("", &vevent("20260501T190000Z", "SUMMARY:y\r\n")).contains("2 times"));
    let person = "ORGANIZER:mailto:a@b\r\n";
    assert!(calendar("", &vevent("20260501T190000Z", person)).contains("attendees"));
    assert!(calendar("METHOD:REQUEST\r\n", &good).contains("ORGANIZER is missing"));
    assert!(calendar("METHOD:PUBLISH\r\n", "").contains("one event"));
    let both = format!("{person}ATTENDEE:mailto:c@d\r\n");
    let asked = vevent("20260501T190000Z", &both);
    assert_eq!(calendar("METHOD:REQUEST\r\n", &asked), "");
    assert!(calendar("METHOD:PUBLISH\r\n", &asked).contains("attendees"));
    assert!(calendar("METHOD:REPLY\r\n", &asked).contains("do not send"));
    let task = "BEGIN:VTODO\r\nUID:c@d\r\nEND:VTODO\r\n";
    assert!(calendar("", task).contains("VTODO"));
    assert!(calendar("METHOD:CANCEL\r\n", &asked).contains("CANCELLED"));
    assert!(object("BEGIN:VEVENT\r\nEND:VEVENT\r\n").is_err());
}
