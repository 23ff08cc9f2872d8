//! The first letter about an event: what Outlook, Gmail and Apple Mail must find in it.

use super::*;
use crate::testing::both;

#[tokio::test]
async fn an_invitation_is_a_request_to_one_person_in_the_tree_that_clients_look_for() {
    both(|app| async move {
        let town = Town::new(app).await;
        let event = town.evening().await;
        let soup = town.ngo("Soup & Söhne", "soup@example.org", "en").await;
        let boilers = town.ngo("Boilers", "boilers@example.org", "en").await;
        let invitation = town.invites(event, &soup).await;
        let other = town.invites(event, &boilers).await;
        town.plans(1).await;
        let kept = town.kept().await;
        assert_eq!(kept.len(), 2, "a letter each");
        let mail = town.kept_for("soup@example.org").await.remove(0);
        assert_eq!(
            mail.tree(),
            "multipart/mixed\n  \
               multipart/alternative\n    \
                 text/plain; charset=utf-8\n    \
                 text/html; charset=utf-8\n    \
                 text/calendar; charset=utf-8; method=REQUEST; component=VEVENT; base64\n  \
               application/ics; name=invite.ics; attachment; base64\n"
        );
        let message = MessageParser::default().parse(&mail.mime).unwrap();
        let calendars: Vec<&[u8]> = message
            .parts
            .iter()
            .filter(|part| part.encoding == Encoding::Base64)
            .map(MessagePart::contents)
            .filter(|bytes| bytes.starts_with(b"BEGIN:VCALENDAR\r\n"))
            .collect();
        assert_eq!(calendars.len(), 2, "both decoded once are calendars");
        assert_eq!(calendars[0], calendars[1], "the same bytes");
        let ics = std::str::from_utf8(calendars[0]).unwrap();
        calendar::check::attendee(ics, "soup@example.org", "Soup & Söhne").unwrap();

        let letter = mail.letter();
        assert_eq!(letter.to, "Soup & Söhne <soup@example.org>");
        assert_eq!(letter.from, "Hub Westminster <events@convoke.test>");
        assert_eq!((letter.header("Cc"), letter.header("Bcc")), (None, None));
        assert_eq!(letter.header("Auto-Submitted"), Some("auto-generated"));
        for other in ["boilers@example.org", "Boilers"] {
            let whole = [letter.text.as_str(), letter.html.as_deref().unwrap(), &mail.ics()].concat();
            assert!(!whole.contains(other), "nobody sees who else is asked");
        }
        let keys = ["METHOD", "DTSTAMP", "DTSTART", "DTEND", "STATUS", "TRANSP", "ORGANIZER", "ATTENDEE", "X-MICROSOFT"];
        // Her answer comes to an address that names her invitation and that nobody else can make.
        let answers = town.app.answer_address(&invitation.to_string()).expect("a door for mail");
        assert_ne!(Some(&answers), town.app.answer_address(&other.to_string()).as_ref());
        let reply_to = format!("Hub Westminster\" <{}>", answers.as_str());
        let said = letter.header("Reply-To").unwrap_or_default();
        assert!(said.ends_with(&reply_to) || said.ends_with(&reply_to.replace('"', "")), "{said}");
        let organizer = format!("ORGANIZER;CN=\"Hub Westminster\":mailto:{}", answers.as_str());
        assert_eq!(
            mail.lines(&keys),
            [
                "METHOD:REQUEST",
                "DTSTAMP:20261122T100000Z",
                "DTSTART:20261204T183000Z",
                "DTEND:20261204T210000Z",
                "STATUS:CONFIRMED",
                "TRANSP:OPAQUE",
                organizer.as_str(),
                "ATTENDEE;CN=\"Soup & Söhne\";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:soup@example.org",
                "X-MICROSOFT-DISALLOW-COUNTER:TRUE",
            ]
        );
        let same = ["UID", "SEQUENCE", "SUMMARY", "LOCATION", "DTSTART", "DTEND"];
        assert_eq!(mail.lines(&same), lines(&town.feed().await, &same), "as the feed has it");
    })
    .await;
}

#[tokio::test]
async fn its_words_say_what_when_where_why_and_how_to_answer() {
    both(|app| async move {
        let town = Town::new(app).await;
        let event = town.evening().await;
        let ngo = town.ngo("Soup", "soup@example.org", "en").await;
        let invitation = town.invites(event, &ngo).await;
        town.plans(1).await;
        let letter = town.kept().await[0].letter();
        let html = letter.html.clone().unwrap();
        let page = format!("http://127.0.0.1:8080/h/westminster/events/{event}");
        for words in [
            "Heat in our homes",
            "4 December 2026",
            "18:30",
            "Exchange Place, 1 Market Square; rear door, London",
            "You repair boilers for nothing.",
            &page,
        ] {
            assert!(letter.text.contains(words), "{words}: {}", letter.text);
            assert!(html.contains(words), "{words}: {html}");
        }
        let link = letter.links()[0].to_owned();
        let token = link.strip_prefix("http://127.0.0.1:8080/i/").expect("a link to answer");
        let target = town.app.link_target("invitation", token).map(str::to_owned);
        assert_eq!(target, Some(invitation.to_string()));
        let (kept, _) = token.split_at(token.len() - 4);
        let forged = format!("{kept}AAAA");
        assert_eq!(town.app.link_target("invitation", &forged), None);
    })
    .await;
}

#[tokio::test]
async fn each_reads_her_own_language() {
    both(|app| async move {
        let town = Town::new(app).await;
        let event = town.event("Boilers", "2026-12-04T18:30", "2026-12-04T21:00", 50).await;
        for locale in ["en", "nl", "tr", "ko"] {
            let ngo = town.ngo(locale, &format!("{locale}@example.org"), locale).await;
            town.invites(event, &ngo).await;
            town.registers(event, "Ada", &format!("ada.{locale}@example.org"), locale).await;
        }
        town.plans(1).await;
        let read = async |address: String| {
            let mail = town.kept_for(&address).await.remove(0);
            let letter = mail.letter();
            let html = letter.html.clone().unwrap();
            assert!(html.contains(&format!("lang=\"{}\"", mail.locale)), "{html}");
            let greeting = letter.text.lines().next().unwrap().to_owned();
            (mail.locale, letter.subject, greeting)
        };
        let all = [
            ("en", "Invitation: Boilers", "Hello en,"),
            ("nl", "Uitnodiging: Boilers", "Hallo nl,"),
            ("tr", "Davet: Boilers", "Merhaba tr,"),
            ("ko", "초대: Boilers", "ko님, 안녕하세요."),
        ];
        let mut receipts = std::collections::BTreeSet::new();
        for (locale, subject, greeting) in all {
            let whole = (locale.to_owned(), subject.to_owned(), greeting.to_owned());
            assert_eq!(read(format!("{locale}@example.org")).await, whole);
            let receipt = read(format!("ada.{locale}@example.org")).await;
            assert_eq!(receipt.0, locale);
            receipts.insert(receipt.1);
        }
        assert_eq!(receipts.len(), 4, "{receipts:?}");
    })
    .await;
}

#[tokio::test]
async fn who_registers_is_in_her_calendar_and_who_waits_is_not() {
    both(|app| async move {
        let town = Town::new(app).await;
        let event = town.event("Boilers", "2026-12-04T18:30", "2026-12-04T21:00", 1).await;
        town.registers(event, "Ada", "ada@example.org", "en").await;
        town.registers(event, "Bo", "bo@example.org", "en").await;
        town.plans(1).await;
        let ada = town.kept_for("ada@example.org").await.remove(0);
        let said = ["METHOD:REQUEST", "ATTENDEE;CN=\"Ada\";CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:ada@example.org"];
        assert_eq!(ada.lines(&["METHOD", "ATTENDEE"]), said);
        assert_eq!(ada.lines(&["UID"]), lines(&town.feed().await, &["UID"]));
        let bo = town.kept_for("bo@example.org").await.remove(0);
        assert_eq!(
            bo.tree(),
            "multipart/alternative\n  text/plain; charset=utf-8\n  text/html; charset=utf-8\n"
        );
    })
    .await;
}
