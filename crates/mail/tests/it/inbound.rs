//! Mail of real clients is read, and hostile mail is refused, quickly and with its reason.

use std::path::Path;
use std::time::{Duration, Instant};

use mail::inbound::{Limits, Message, Refused, read_message};
use proptest::prelude::*;

use crate::sample::{address, invitation};

/// A mail that lies beside this file.
pub(crate) fn received(name: &str) -> Message {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/received");
    let bytes = std::fs::read(folder.join(name)).unwrap();
    read_message(&bytes, &Limits::default()).unwrap_or_else(|why| panic!("{name}: {why}"))
}

fn read(text: &str) -> Result<Message, Refused> {
    read_message(text.as_bytes(), &Limits::default())
}

#[test]
fn replies_of_real_clients_are_read() {
    for (name, from, method, partstat, text, count) in [
        (
            "google-reply.eml",
            "ada@example.org",
            Some("REPLY"),
            "PARTSTAT=ACCEPTED;CN=Ada Şahin",
            "Ada Şahin has accepted this invitation.\n",
            2,
        ),
        (
            "outlook-reply.eml",
            "Ada@example.org",
            Some("REPLY"),
            "PARTSTAT=TENTATIVE",
            "Belki. Şimdilik.\n",
            1,
        ),
        ("apple-reply.eml", "ada@example.org", Some("REPLY"), "PARTSTAT=ACCEPTED", "--", 1),
        ("korean-reply.eml", "ada@example.org", None, "PARTSTAT=DECLINED;CN=에이다", "", 1),
    ] {
        let message = received(name);
        assert_eq!(message.from.as_str(), from, "{name}");
        assert_eq!(message.to, [address("rsvp+01jt7e.x@hub.example")], "{name}");
        assert_eq!(message.date.unwrap().timestamp(), 1_800_090_901, "{name}");
        let calendar = message.calendar.as_ref().unwrap();
        assert_eq!((calendar.method.as_deref(), calendar.count), (method, count), "{name}");
        assert!(calendar.ics.starts_with("BEGIN:VCALENDAR"), "{name}: {}", calendar.ics);
        assert!(calendar.ics.contains(partstat), "{name}: {}", calendar.ics);
        assert!(calendar.ics.trim_end().ends_with("END:VCALENDAR"), "{name}: {}", calendar.ics);
        assert_eq!(message.text, text, "{name}");
        assert!(message.may_be_answered(Some(&message.from), "hub.example"), "{name}");
        assert_eq!(mail::bounce::read(&message), None, "{name}");
    }
    let outlook = received("outlook-reply.eml");
    assert_eq!(
        outlook.references,
        ["thread.0192f0aa-7b1c@hub.example", "01jt7e.invitation@hub.example"]
    );
    let google = received("google-reply.eml");
    assert_eq!(google.sender, Some(address("calendar-notification@calendar.example")));
    assert_eq!(google.subject, "Accepted: Wärme in unseren Wohnungen");
    assert_eq!(google.message_id.as_deref(), Some("calendar-7f1c2d@calendar.example"));
    let passed = mail::authentication::Authentication::of(&google, "mx.hub.example").unwrap();
    assert_eq!(passed.dmarc(google.from.domain()), mail::authentication::Verdict::Pass);
    assert_eq!(received("korean-reply.eml").subject, "거절");
}

#[test]
fn our_own_letters_are_read_back() {
    let letter = invitation();
    let mime = letter.to_mime().unwrap();
    let message = read_message(&mime, &Limits::default()).unwrap();
    assert_eq!(message.from, letter.from.address);
    assert_eq!(message.text, letter.text);
    let calendar = message.calendar.unwrap();
    assert_eq!(calendar.ics, letter.calendar.unwrap().ics);
    assert_eq!((calendar.method.as_deref(), calendar.count), (Some("REQUEST"), 2));
    assert_eq!(message.subject, letter.subject);
    // A pipe turns CRLF into LF and may put an mbox line on top; nothing else changes.
    let piped = String::from_utf8(mime).unwrap().replace("\r\n", "\n");
    let piped = read(&format!("From hub Sat Jan 16 09:15:01 2027\n{piped}")).unwrap();
    assert_eq!((piped.subject, piped.text), (letter.subject, letter.text));
}

#[track_caller]
fn assert_refused<const N: usize>(mails: [(String, Refused); N]) {
    for (text, refused) in mails {
        let start: String = text.chars().take(60).collect();
        let begun = Instant::now();
        assert_eq!(read(&text).err(), Some(refused), "{start:?}");
        assert!(begun.elapsed() < Duration::from_secs(2), "{start:?} {:?}", begun.elapsed());
    }
}

#[test]
fn bytes_and_heads_are_refused_with_their_reason() {
    let head = "From: ada@example.org\r\n";
    assert_refused([
        (format!("{head}\r\n{}", "x\r\n".repeat(700_000)), Refused::TooLarge),
        (String::new(), Refused::NotMail),
        ("\r\nFrom: a@b.example\r\n".into(), Refused::NotMail),
        ("<html>\r\n".into(), Refused::NotMail),
        (format!("{head}\r\na\0b"), Refused::Nul),
        (format!("{head}\r\na\rb\r\n"), Refused::BareCr),
        (format!("{head}\r\n.\r.\r"), Refused::BareCr),
        (format!("{head}\r\na\n.\nMAIL FROM:<evil@example.org>\r\n"), Refused::BareLf),
        (format!("{head}\r\na\r\n.\nb"), Refused::BareLf),
        (format!("{head}\r\n{}", "x".repeat(1_000_000)), Refused::LineTooLong),
        (format!("Subject: {}\r\n{head}\r\n", "x".repeat(70_000)), Refused::LineTooLong),
        (format!("{head}{}\r\n", "A: b\r\n".repeat(1_000)), Refused::TooManyHeaders),
        (format!("{head}Subject: x{}\r\n", "\r\n y".repeat(200_000)), Refused::HeadTooLong),
        (format!("{head}no field\r\n\r\n"), Refused::HeaderMalformed),
        (format!("{head}: x\r\n\r\n"), Refused::HeaderMalformed),
        (format!("{head}Şubject: x\r\n\r\n"), Refused::HeaderMalformed),
        ("To: a@b.example\r\n\r\n".into(), Refused::Author),
        (format!("{head}From: eve@example.org\r\n\r\n"), Refused::Author),
        (format!("{head}from : eve@example.org\r\n\r\n"), Refused::Author),
        ("From: a@b.example, c@d.example\r\n\r\n".into(), Refused::Author),
        ("From: Friends: a@b.example, c@d.example;\r\n\r\n".into(), Refused::Author),
        ("From: nobody\r\n\r\n".into(), Refused::Author),
        ("From: <>\r\n\r\n".into(), Refused::Author),
        ("From: a@b.example <c@d.example> e@f.example\r\n\r\n".into(), Refused::Author),
    ]);
    let latin = b"From: ada@example.org\r\nSubject: \xfc\r\n\r\n";
    assert_eq!(read_message(latin, &Limits::default()), Err(Refused::HeaderNotUtf8));
}

#[test]
fn parts_are_refused_with_their_reason() {
    let head = "From: ada@example.org\r\n";
    let nested = |depth: usize| {
        let mut text = head.to_owned();
        for level in 0..depth {
            let boundary = format!("b{level}");
            text.extend([
                "Content-Type: multipart/mixed; boundary=",
                &boundary,
                "\r\n\r\n--",
                &boundary,
                "\r\n",
            ]);
        }
        text
    };
    let calendar = |more: &str| format!("{head}Content-Type: text/calendar\r\n{more}");
    let parts = format!(
        "{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n{}",
        "--b\r\n\r\nx\r\n".repeat(102)
    );
    assert_refused([
        (parts, Refused::TooManyParts),
        (nested(9), Refused::TooDeep),
        (nested(5_000), Refused::TooDeep),
        (calendar(&format!("\r\n{}", "X:y\r\n".repeat(60_000))), Refused::CalendarTooLarge),
        (
            calendar("Content-Transfer-Encoding: base64\r\n\r\n*#!~\r\n"),
            Refused::CalendarUnreadable,
        ),
        (
            calendar("Content-Transfer-Encoding: base64\r\n\r\n/////w==\r\n"),
            Refused::CalendarUnreadable,
        ),
        (
            calendar("Content-Transfer-Encoding: quoted-printable\r\n\r\na=00b\r\n"),
            Refused::CalendarUnreadable,
        ),
        (
            calendar("Content-Transfer-Encoding: x-uuencode\r\n\r\nx\r\n"),
            Refused::CalendarUnreadable,
        ),
    ]);
}

#[test]
fn a_mail_that_is_all_structure_is_read_quickly() {
    let head = "From: ada@example.org\r\nSubject: x\r\n";
    let within = "Content-Type: message/rfc822\r\n\r\n".repeat(50_000);
    let boundaries = format!(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n{}",
        "--b--\n--b\n".repeat(9_000).replace('\n', "\r\n")
    );
    let mut open = String::new();
    for level in ["0", "1", "2", "3", "4", "5", "6", "7"] {
        let kind = "Content-Type: multipart/digest; boundary=b";
        open.extend([kind, level, "\r\n\r\n--b", level, "\r\n"]);
    }
    open += &"--b\r\n".repeat(300_000);
    let encoded = {
        use base64::Engine as _;
        let inner =
            base64::engine::general_purpose::STANDARD.encode(within.get(..1_000_000).unwrap());
        let lines: Vec<&str> =
            inner.as_bytes().chunks(76).map(|c| std::str::from_utf8(c).unwrap()).collect();
        format!(
            "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
            lines.join("\r\n")
        )
    };
    let addresses = format!("To: {}\r\n\r\n", "a@b.example,\r\n ".repeat(15_000));
    let comments = format!("Cc: {}\r\n\r\n", "(((((\"\r\n ".repeat(20_000));
    let words = format!("Cc: {}\r\n\r\n", "=?utf-8?q?=C3?=\r\n ".repeat(10_000));
    let parameters = format!("Content-Type: text/plain{}\r\n\r\n", ";\r\n a*0*=b".repeat(15_000));
    for (name, rest) in [
        ("within", within),
        ("boundaries", boundaries),
        ("open", open),
        ("encoded", encoded),
        ("addresses", addresses),
        ("comments", comments),
        ("words", words),
        ("parameters", parameters),
    ] {
        let begun = Instant::now();
        drop(read(&format!("{head}{rest}")));
        assert!(begun.elapsed() < Duration::from_secs(2), "{name}: {:?}", begun.elapsed());
    }
}

#[test]
fn the_calendar_of_a_forwarded_mail_is_not_taken() {
    let message = read(
        "From: eve@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
         Content-Type: message/rfc822\r\n\r\nFrom: ada@example.org\r\n\
         Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\n--b--\r\n",
    )
    .unwrap();
    assert_eq!(message.calendar, None);
    assert!(message.report.original_head.unwrap().starts_with("From: ada@example.org\r\n"));
}

#[test]
fn an_invitation_part_wins_over_an_attachment_that_comes_before_it() {
    let message = read(
        "From: ada@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
         Content-Type: application/ics\r\n\r\nfirst\r\n--b\r\n\
         Content-Type: TEXT/Calendar; METHOD=\"counter\"\r\n\r\nsecond\r\n--b\r\n\
         Content-Type: text/calendar\r\n\r\nthird\r\n--b--\r\n",
    );
    let calendar = message.unwrap().calendar.unwrap();
    assert_eq!((calendar.ics.as_str(), calendar.count), ("second", 3));
    assert_eq!(calendar.method.as_deref(), Some("COUNTER"));
}

#[test]
fn the_author_is_the_address_and_not_what_stands_beside_it() {
    for (from, author) in [
        ("\"ada@example.org\" <eve@evil.example>", Ok("eve@evil.example")),
        ("ada@example.org <eve@evil.example>", Ok("eve@evil.example")),
        ("eve@evil.example (ada@example.org)", Ok("eve@evil.example")),
        ("=?utf-8?q?ada=40example.org?= <eve@evil.example>", Ok("eve@evil.example")),
        ("Friends: eve@evil.example;", Ok("eve@evil.example")),
        ("<eve@BÜCHER.example>", Ok("eve@xn--bcher-kva.example")),
        ("\"a b\"@example.org", Err(Refused::Author)),
        ("ada@[192.0.2.1]", Err(Refused::Author)),
        ("ada@example.org\r\n , eve@evil.example", Err(Refused::Author)),
        ("<ada@example.org> <eve@evil.example>", Err(Refused::Author)),
    ] {
        let message = read(&format!("From: {from}\r\n\r\n"));
        let found = message.as_ref().map(|message| message.from.as_str()).map_err(|why| *why);
        assert_eq!(found, author, "{from}");
    }
}

#[test]
fn machines_lists_and_ourselves_get_no_answer() {
    let ada = address("ada@example.org");
    let may = |headers: &str, from: Option<&mail::EmailAddress>| {
        let message = read(&format!("{headers}From: ada@example.org\r\n\r\n")).unwrap();
        message.may_be_answered(from, "hub.example")
    };
    assert!(may("", Some(&ada)));
    assert!(may("Auto-Submitted: no\r\nPrecedence: first-class\r\n", Some(&ada)));
    assert!(may("X-Auto-Response-Suppress: None\r\n", Some(&ada)));
    assert!(!may("", None));
    assert!(!may("", Some(&address("b+1@bounce.hub.example"))));
    assert!(may("", Some(&address("x@otherhub.example"))));
    for header in [
        "Auto-Submitted: auto-replied; owner-email=x@y.example",
        "auto-submitted: Auto-Generated (vacation)",
        "Precedence: Bulk",
        "Precedence: list",
        "List-Id: <hub.lists.example>",
        "List-Unsubscribe: <mailto:x@y.example>",
        "Return-Path: <>",
        "X-Auto-Response-Suppress: OOF, AutoReply",
        "X-Autoreply: yes",
    ] {
        assert!(!may(&format!("{header}\r\n"), Some(&ada)), "{header}");
    }
    for (from, is_answered) in [
        ("MAILER-DAEMON@example.org", false),
        ("events@HUB.example", false),
        ("events@sub.hub.example", false),
        ("events@nothub.example", true),
    ] {
        let message = read(&format!("From: {from}\r\n\r\n")).unwrap();
        assert_eq!(message.may_be_answered(Some(&ada), "hub.example"), is_answered, "{from}");
    }
    let letter = read_message(&invitation().to_mime().unwrap(), &Limits::default()).unwrap();
    assert!(letter.is_automatic());
}

/// Pieces of mails, so that chance builds some.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        "From: ada@example.org\r\n",
        "From: \"a\\\" (b (c)) <x@y.example>\r\n",
        "Content-Type: multipart/mixed; boundary=b\r\n",
        "Content-Type: multipart/digest; boundary=\"b\"\r\n",
        "Content-Type: text/calendar; method=REPLY; charset=euc-kr\r\n",
        "Content-Type: message/rfc822\r\n",
        "Content-Type: message/delivery-status\r\n",
        "Content-Type: message/feedback-report\r\n",
        "Content-Transfer-Encoding: base64\r\n",
        "Content-Transfer-Encoding: quoted-printable\r\n",
        "Date: Sat, 99 Foo 99999 25:61:61 +9999\r\n",
        "Date: 0 Jan 0000 00:00:00 -2460\r\n",
        "Message-ID: <a@b>\r\n",
        "References: <<a@b> <c@d\r\n",
        "Authentication-Results: mx; dmarc=pass (x header.from=a.example\r\n",
        "Subject: =?utf-8?b?////?= =?iso-2022-jp?q?=1b$B?=\r\n",
        "Action: failed\r\nStatus: 5.0.0\r\nFinal-Recipient: rfc822; ada@example.org\r\n",
        "Feedback-Type: abuse\r\n",
        "--b\r\n",
        "--b--\r\n",
        "\r\n",
        " \t",
        "=",
        "ada@example.org: 550 5.1.1 İ\r\n",
    ]);
    prop_oneof![
        8 => known.prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..20),
        1 => any::<String>().prop_map(String::into_bytes),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_bytes_make_it_stumble(pieces in prop::collection::vec(piece(), 0..40)) {
        let mut bytes = b"From: ada@example.org\r\n".to_vec();
        bytes.extend(pieces.concat());
        for bytes in [&bytes, &bytes[23..].to_vec()] {
            if let Ok(message) = read_message(bytes, &Limits::default()) {
                drop(mail::bounce::read(&message));
                drop(mail::authentication::Authentication::of(&message, "mx"));
                message.is_automatic();
            }
        }
    }
}
