//! A letter's bytes: golden files, determinism, and hostile words.

use chrono::DateTime;
use mail::{EmailAddress, Kind, Letter, LetterError, Mailbox, MessageId, Method};
use proptest::prelude::*;

use crate::sample::{address, digest, ics, invitation, login_link};

fn mime(letter: &Letter) -> String {
    String::from_utf8(letter.to_mime().unwrap()).unwrap()
}

/// Header names in order.
fn header_names(mime: &str) -> Vec<&str> {
    let (head, _) = mime.split_once("\r\n\r\n").unwrap();
    let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
    lines.map(|line| line.split_once(':').unwrap().0).collect()
}

#[test]
fn letters_look_like_this() {
    insta::assert_snapshot!("invitation", mime(&invitation()));
    insta::assert_snapshot!("login_link", mime(&login_link()));
    insta::assert_snapshot!("digest", mime(&digest()));
    let mut cancellation = invitation();
    cancellation.html = None;
    cancellation.kind = Kind::Cancellation;
    let calendar = cancellation.calendar.as_mut().unwrap();
    calendar.method = Method::Cancel;
    calendar.ics = ics("CANCEL");
    insta::assert_snapshot!("cancellation_without_html", mime(&cancellation));
}

#[test]
fn the_same_letter_is_the_same_bytes_and_another_id_has_other_boundaries() {
    let first = invitation();
    assert_eq!(first.to_mime().unwrap(), first.clone().to_mime().unwrap());
    let mut second = invitation();
    second.message_id = MessageId::new("01jt80", Kind::Invitation, "hub.example").unwrap();
    let boundaries = |text: &str| {
        let lines = text.lines().filter(|line| line.contains("boundary="));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let (first, second) = (boundaries(&mime(&first)), boundaries(&mime(&second)));
    assert_eq!((first.len(), second.len()), (2, 2));
    assert!(first.iter().all(|boundary| !second.contains(boundary)));
}

#[test]
fn every_line_is_ascii_ends_in_crlf_and_is_short() {
    let mut letter = invitation();
    letter.text = format!("{}\n{}\n{}", "x".repeat(5_000), "ş".repeat(5_000), "우".repeat(5_000));
    letter.html = Some("<a href='=3D'>\t \r\rtrailing blank \n".repeat(50));
    letter.subject = "우리".repeat(400);
    letter.to = Mailbox::named(&"Şahin ".repeat(100), address("ada@example.org"));
    for letter in [letter, login_link(), digest()] {
        let text = mime(&letter);
        assert!(text.is_ascii() && text.ends_with("\r\n"));
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
        for line in text.split("\r\n") {
            assert!(line.len() <= 100, "{} octets: {line}", line.len());
        }
    }
}

#[test]
fn each_refusal_says_why() {
    let refused = |change: fn(&mut Letter)| {
        let mut letter = invitation();
        change(&mut letter);
        letter.to_mime().unwrap_err()
    };
    let missing = |part| LetterError::Missing { part };
    assert_eq!(refused(|l| l.subject = "\r\n\0 ".into()), missing("subject"));
    assert_eq!(refused(|l| l.text = " \n".into()), missing("text"));
    let too_large = |part, size, size_max| LetterError::TooLarge { part, size, size_max };
    assert_eq!(refused(|l| l.text = "x".repeat(524_289)), too_large("text", 524_289, 524_288));
    assert_eq!(
        refused(|l| l.references = vec![l.message_id.clone(); 21]),
        too_large("references", 21, 20)
    );
    assert_eq!(refused(|l| l.date = DateTime::from_timestamp(-1, 0).unwrap()), LetterError::Date);
    assert_eq!(refused(|l| l.date = chrono::DateTime::<chrono::Utc>::MAX_UTC), LetterError::Date);
    let differs = LetterError::MethodDiffers { method: "REQUEST" };
    assert_eq!(refused(|l| l.calendar.as_mut().unwrap().ics = ics("CANCEL")), differs);
    assert_eq!(refused(|l| l.calendar.as_mut().unwrap().ics = "METHOD:request".into()), differs);
    assert_eq!(refused(|l| l.to = address("조@example.org").into()), LetterError::AddressNotAscii);
    assert_eq!(
        refused(|l| l.list_unsubscribe.as_mut().unwrap().page = "ftp://x.example".parse().unwrap()),
        LetterError::Link
    );
    assert_eq!(
        refused(|l| {
            let link = "mailto:a@x.example?subject=<b>".parse().unwrap();
            l.list_unsubscribe.as_mut().unwrap().page = link;
        }),
        LetterError::Link
    );
}

#[test]
fn an_address_outside_ascii_gets_the_letter_without_the_calendar() {
    let mut letter = login_link();
    letter.to = Mailbox::named("조", address("조@회사.example"));
    let text = mime(&letter);
    assert!(text.contains("조@xn--vf4b131b.example"), "{text}");
}

#[test]
fn one_click_is_promised_over_https_only() {
    let (https, http) = (mime(&invitation()), mime(&digest()));
    assert!(header_names(&https).contains(&"List-Unsubscribe-Post"));
    assert!(!header_names(&http).contains(&"List-Unsubscribe-Post"));
    assert!(http.contains("\r\nPrecedence: bulk\r\n") && !https.contains("Precedence"));
}

#[test]
fn a_text_cannot_end_its_own_part() {
    let mut letter = invitation();
    let text = mime(&letter);
    let boundary = text.split("boundary=\"").nth(2).unwrap().split('"').next().unwrap();
    letter.text =
        format!("a\n--{boundary}\nContent-Type: text/html\n\n<b>evil</b>\n--{boundary}--\n");
    let text = mime(&letter);
    let marks = |mark: &str| text.split("\r\n").filter(|line| *line == mark).count();
    assert_eq!(marks(&format!("--{boundary}")), 3, "{text}");
    assert_eq!(marks(&format!("--{boundary}--")), 1);
}

#[test]
fn hostile_words_add_no_header() {
    let wanted = mime(&invitation());
    let wanted = header_names(&wanted);
    let evil = [
        "a\r\nBcc: all@example.org",
        "a\nBcc: all@example.org\n\nbody",
        "a\rBcc: x",
        "a\0b",
        "\u{85}Bcc: x\u{2028}Bcc: y",
        "\"; <evil@example.org>, \"",
        "\\\" <evil@example.org>",
        "=?utf-8?q?=0D=0ABcc:_x?=",
        "a:b@c,d;e(f)[g]",
        "\u{202e}gro.elpmaxe@live",
        "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦 ş 우리",
        &"x".repeat(10_240),
        &"ş\r\n".repeat(10_240),
        &"우 ".repeat(10_240),
        &" ".repeat(10_240),
    ];
    for words in evil {
        let letter = spoken(words, words);
        let text = mime(&letter);
        assert_eq!(header_names(&text), wanted, "{words:?}");
        let read = mail::read::letter(text.as_bytes()).unwrap();
        assert!(read.to.ends_with("ada@example.org>") || read.to == "ada@example.org", "{read:?}");
        assert!(read.from.matches('@').count() == 1 && read.to.matches('@').count() == 1);
    }
}

/// The invitation with these words everywhere a person's words can be.
fn spoken(name: &str, subject: &str) -> Letter {
    let mut letter = invitation();
    letter.from = Mailbox::named(name, letter.from.address);
    letter.to = Mailbox::named(name, letter.to.address);
    letter.reply_to = Some(Mailbox::named(name, letter.reply_to.unwrap().address));
    letter.subject = format!("Re {subject}");
    letter.text = format!("Dear {name}\n{subject}");
    letter.html = Some(format!("{name}\n{subject}"));
    letter
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_is_typed_the_headers_stay_and_the_words_come_back(
        name in any::<String>(),
        subject in "(\\PC|[\r\n\t\0]){0,80}",
    ) {
        let letter = spoken(&name, &subject);
        let text = mime(&letter);
        let wanted = mime(&invitation());
        prop_assert_eq!(header_names(&text), header_names(&wanted));
        let read = mail::read::letter(text.as_bytes()).unwrap();
        prop_assert_eq!(read.calendar, Some(ics("REQUEST")));
        let shown = letter.to.name().map_or_else(
            || "ada@example.org".to_owned(),
            |name| format!("{name} <ada@example.org>"),
        );
        prop_assert_eq!(read.to, shown);
    }

    #[test]
    fn what_parses_as_an_address_is_one_word_of_plain_text(text in any::<String>()) {
        if let Ok(address) = EmailAddress::parse(&text) {
            let whole = address.as_str();
            prop_assert!(!whole.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c)));
            prop_assert_eq!(EmailAddress::parse(whole), Ok(address.clone()));
        }
    }
}
