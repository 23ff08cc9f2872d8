//! Letters and envelopes to test with.

use chrono::{DateTime, Utc};
use mail::{
    Calendar, EmailAddress, Envelope, Kind, Letter, Mailbox, MessageId, Method, Unsubscribe,
};

pub(crate) fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

pub(crate) fn envelope() -> Envelope {
    Envelope { from: address("b+01jt7e.9f@bounce.hub.example"), to: address("ada@example.org") }
}

/// 15 January 2027, 08:00 UTC.
pub(crate) fn date() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

pub(crate) fn ics(method: &str) -> String {
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Convoke//EN",
        &format!("METHOD:{method}"),
        "BEGIN:VEVENT",
        "UID:01jt7e@hub.example",
        "DTSTAMP:20270115T080000Z",
        "SEQUENCE:0",
        "DTSTART:20270121T183000Z",
        "DTEND:20270121T203000Z",
        "SUMMARY:Wärme in unseren Wohnungen – 우리 집의 온기",
        "ORGANIZER;CN=\"Hub Westminster\":mailto:rsvp+0f3c@hub.example",
        "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=\"Ada\":mai",
        " lto:ada@example.org",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    .join("\r\n")
}

/// An invitation with everything a letter can have.
pub(crate) fn invitation() -> Letter {
    Letter {
        from: Mailbox::named("Hub Westminster", address("events@hub.example")),
        to: Mailbox::named("Ada Şahin", address("ada@example.org")),
        reply_to: Some(Mailbox::named("Hub Westminster", address("rsvp+0f3c@hub.example"))),
        subject: "You are invited: Wärme in unseren Wohnungen – 우리 집의 온기, Thursday".into(),
        text: "Dear Ada,\n\nHeat in our homes, Thursday 18:30, Exchange Place.\n\n\
               .a line that begins with a dot\nFrom here a line like an mbox separator\n\
               https://hub.example/e/heat?token=a=b\n"
            .into(),
        html: Some("<p>Dear Ada,</p>\n<p>Wärme in <b>unseren</b> Wohnungen.</p>\n".into()),
        calendar: Some(Calendar { method: Method::Request, ics: ics("REQUEST") }),
        message_id: MessageId::new("01jt7e", Kind::Invitation, "hub.example").unwrap(),
        references: vec![
            MessageId::thread("0192f0aa-7b1c", "hub.example").unwrap(),
            MessageId::new("01jt01", Kind::Invitation, "hub.example").unwrap(),
        ],
        date: date(),
        kind: Kind::Invitation,
        list_unsubscribe: Some(Unsubscribe {
            page: "https://hub.example/u/ab12?kind=invitation".parse().unwrap(),
            mailto: Some("mailto:unsubscribe+ab12@hub.example?subject=stop".parse().unwrap()),
        }),
        bulk: false,
    }
}

/// The smallest letter: text alone.
pub(crate) fn login_link() -> Letter {
    Letter {
        from: Mailbox::named("Hub Westminster", address("events@hub.example")),
        to: address("ada@example.org").into(),
        reply_to: None,
        subject: "Your link to come in".into(),
        text: "Follow this link within 15 minutes:\n\n<https://hub.example/in/7f3a>.\n".into(),
        html: None,
        calendar: None,
        message_id: MessageId::new("01jt7f", Kind::LoginLink, "hub.example").unwrap(),
        references: vec![],
        date: date(),
        kind: Kind::LoginLink,
        list_unsubscribe: None,
        bulk: false,
    }
}

/// A digest: two readings, no calendar, bulk.
pub(crate) fn digest() -> Letter {
    Letter {
        subject: "This week at Hub Westminster".into(),
        html: Some("<h1>This week</h1>\n".into()),
        message_id: MessageId::new("01jt7g", Kind::Digest, "hub.example").unwrap(),
        kind: Kind::Digest,
        list_unsubscribe: Some(Unsubscribe {
            page: "http://localhost:8080/u/ab12".parse().unwrap(),
            mailto: None,
        }),
        bulk: true,
        ..login_link()
    }
}
