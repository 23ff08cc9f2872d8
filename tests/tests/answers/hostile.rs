//! Mail nobody should send: it is refused or ignored in time, with the reason kept, by each door;
//! nothing is smuggled, and the server lives.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use stories::both;

use crate::scene::{DOMAIN, Guest, KEY, Scene};

/// Longer than any mail may take to be taken or refused.
const TAKEN_WITHIN: Duration = Duration::from_secs(2);

/// A hostile mail: its name, its bytes, and why it must be refused; `None` where no door even
/// takes it.
struct Hostile {
    name: &'static str,
    bytes: Vec<u8>,
    decided: Option<&'static str>,
}

fn mail(guest: &Guest, head: &str, ics: &str) -> Vec<u8> {
    format!(
        "From: {}\r\nTo: {}\r\nSubject: yes\r\nMIME-Version: 1.0\r\n{head}\
         Content-Type: text/calendar; charset=utf-8; method=REPLY\r\n\r\n{ics}",
        guest.email, guest.organizer
    )
    .into_bytes()
}

fn reply(guest: &Guest, before: &str, lines: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\n{before}BEGIN:VEVENT\r\nUID:{}\r\n\
         SEQUENCE:0\r\n{lines}ATTENDEE;PARTSTAT=DECLINED:mailto:{}\r\nEND:VEVENT\r\n\
         END:VCALENDAR\r\n",
        guest.uid, guest.email
    )
}

/// What the contract names, each with the reason that must be kept.
fn corpus(guest: &Guest, other: &Guest) -> Vec<Hostile> {
    let one = |name, bytes, decided| Hostile { name, bytes, decided: Some(decided) };
    let deep = |depth: usize| {
        let mut text = format!("From: {}\r\nMIME-Version: 1.0\r\n", guest.email);
        for level in 0..depth {
            text += "Content-Type: multipart/mixed; boundary=b";
            text += &level.to_string();
            text += "\r\n\r\n--b";
            text += &level.to_string();
            text += "\r\n";
        }
        text += "Content-Type: text/calendar; method=REPLY\r\n\r\n";
        (text + &reply(guest, "", "")).into_bytes()
    };
    let nested = |depth: usize| "BEGIN:VALARM\r\n".repeat(depth) + &"END:VALARM\r\n".repeat(depth);
    let mut broken = mail(guest, "", &reply(guest, "", "COMMENT:here\r\n"));
    let at = broken.windows(4).position(|four| four == b"here").unwrap();
    broken.splice(at..at + 4, [0xff, 0xfe, 0x80]);
    let smuggled = format!(
        "{}\n.\nMAIL FROM:<evil@evil.example>\nRCPT TO:<{}>\nDATA\n",
        String::from_utf8(mail(guest, "", &reply(guest, "", ""))).unwrap(),
        other.organizer
    );
    let forged = format!(
        "Authentication-Results: mx.people.example; dmarc=fail header.from={domain}\r\n\
         Authentication-Results: mx.people.example; dmarc=pass header.from={domain}\r\n",
        domain = guest.email.split_once('@').unwrap().1
    );
    let stranger = Guest { uid: other.uid.replace("event_", "event_0"), ..guest.clone() };
    vec![
        Hostile {
            name: "five megabytes",
            bytes: mail(guest, "", &"a".repeat(5 * 1024 * 1024)),
            decided: None,
        },
        // More than is read of a calendar object at all.
        one(
            "20,000 nested components",
            mail(guest, "", &reply(guest, "", &nested(20_000))),
            "MAIL_UNREADABLE",
        ),
        one(
            "200 nested components",
            mail(guest, "", &reply(guest, "", &nested(200))),
            "CALENDAR_UNREADABLE",
        ),
        one(
            "a line of a megabyte",
            mail(guest, "", &reply(guest, "", &format!("COMMENT:{}\r\n", "a".repeat(1024 * 1024)))),
            "MAIL_UNREADABLE",
        ),
        one("200 parts within parts", deep(200), "MAIL_UNREADABLE"),
        one("no UTF-8", broken, "MAIL_UNREADABLE"),
        one("a bare CR", mail(guest, "X-Odd: a\rb\r\n", &reply(guest, "", "")), "MAIL_UNREADABLE"),
        one("LF dot LF", smuggled.into_bytes(), "MAIL_UNREADABLE"),
        one("forged results", mail_with(guest, &forged), "NOT_AUTHENTIC"),
        one("another event", mail(guest, "", &reply(&stranger, "", "")), "WRONG_EVENT"),
    ]
}

/// Whether all line ends are whole. Who hands a mail over by LMTP mends them, so that another mail
/// comes in, about which something else may be decided.
fn is_of_lines(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "");
    !text.contains(['\r', '\n'])
}

fn mail_with(guest: &Guest, head: &str) -> Vec<u8> {
    [head.as_bytes(), &mail(guest, "", &reply(guest, "", ""))].concat()
}

impl Scene {
    /// What was decided about the mails to a guest's own address: the reasons, newest first.
    async fn reasons(&self, guest: &Guest) -> Vec<String> {
        let query = "query($id: ID!) { node(id: $id) { ... on Event { invitations(first: 9) {
            nodes { id replies { verdict reason code } } } } } }";
        let seen = self.curator.asks(query, json!({ "id": self.event })).await;
        let nodes = seen.pointer("/node/invitations/nodes").and_then(Value::as_array).unwrap();
        let mut all = Vec::new();
        let is_hers = |node: &&Value| guest.organizer.contains(&stories::client::text(node, "/id"));
        for node in nodes.iter().filter(is_hers) {
            for one in node["replies"].as_array().into_iter().flatten() {
                let word = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
                all.push(format!("{} {}{}", word("verdict"), word("reason"), word("code")));
            }
        }
        assert!(guest.organizer.ends_with(DOMAIN));
        all
    }

    async fn decides(&self, guest: &Guest, count: usize) -> Vec<String> {
        let begun = Instant::now();
        loop {
            let reasons = self.reasons(guest).await;
            if reasons.len() == count && reasons.iter().all(|reason| !reason.starts_with(' ')) {
                return reasons;
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "{count}: {reasons:?}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_mail_is_refused_in_time_by_every_door_and_nothing_is_smuggled() {
    both(async |world| {
        let scene = Scene::with(world, &["--authserv-id", "mx.people.example"]).await;
        let (guest, other) = (scene.guests[0].clone(), scene.guests[1].clone());
        let (mut kept, mut before) = (0, Vec::new());
        for hostile in corpus(&guest, &other) {
            let (taken_before, mut as_it_is) = (kept, 0);
            let is_whole = is_of_lines(&hostile.bytes);
            for door in ["pipe", "http", "lmtp"] {
                // Each door gets a mail of its own: the very same is kept once.
                let mut bytes = format!("X-Door: {door}\r\n").into_bytes();
                bytes.extend(&hostile.bytes);
                let begun = Instant::now();
                let is_taken = match door {
                    "pipe" => scene.pipes(&guest.organizer, &bytes) == Some(0),
                    "http" => scene.posts(&guest.organizer, bytes, KEY).await == 202,
                    _ => scene.hands_over(&guest.organizer, &bytes).await,
                };
                let took = begun.elapsed();
                let name = hostile.name;
                assert!(took < TAKEN_WITHIN, "{name} by {door} took {took:?}");
                // What a door of lines cannot even carry, it may refuse by itself.
                match hostile.decided {
                    None => assert!(!is_taken, "{name} by {door}"),
                    Some(_) => assert!(is_taken || door == "lmtp", "{name} by {door}"),
                }
                kept += usize::from(is_taken);
                as_it_is += usize::from(is_taken && (door != "lmtp" || is_whole));
                let health = scene.world.visitor().gets("/healthz").await;
                assert_eq!(health.status, 200, "{name} by {door}");
            }
            let reasons = scene.decides(&guest, kept).await;
            if let Some(reason) = hostile.decided {
                let wanted = format!("REFUSED {reason}");
                let count = |all: &[String]| all.iter().filter(|said| **said == wanted).count();
                let more = count(&reasons) - count(&before);
                let taken = kept - taken_before;
                assert!((as_it_is..=taken).contains(&more), "{}: {reasons:?}", hostile.name);
            }
            before = reasons;
        }
        // Nothing counted, and nothing came to the other guest.
        assert_eq!(scene.states_of_all().await, ["SENT", "SENT", "SENT"]);

        // What is odd and harmless counts: a Windows zone, no organizer, a zone of its own.
        let odd = reply(
            &guest,
            "BEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\nBEGIN:STANDARD\r\n\
             DTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n\
             END:STANDARD\r\nEND:VTIMEZONE\r\n",
            "DTSTART;TZID=W. Europe Standard Time:20300101T190000\r\n",
        );
        let passed = format!(
            "Authentication-Results: mx.people.example; dmarc=pass header.from={}\r\n",
            guest.email.split_once('@').unwrap().1
        );
        let honest = [passed.as_bytes(), &mail(&guest, "", &odd)].concat();
        assert_eq!(scene.pipes(&guest.organizer, &honest), Some(0));
        let begun = Instant::now();
        while !scene.states_of_all().await.contains(&"DECLINED".to_owned()) {
            assert!(begun.elapsed() < Duration::from_secs(30));
            tokio::time::sleep(Duration::from_millis(100)).await;
        }

        // Another invitation's address with this guest's answer: she was not invited there.
        let stray = [passed.as_bytes(), &mail(&guest, "", &reply(&guest, "", ""))].concat();
        assert_eq!(scene.posts(&other.organizer, stray, KEY).await, 202);
        assert_eq!(scene.decides(&other, 1).await, ["IGNORED NOT_INVITED"]);
        assert_eq!(scene.states_of_all().await, ["DECLINED", "SENT", "SENT"]);
        scene.world.verifies();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_to_one_address_is_put_off_and_nobody_else_waits() {
    both(async |world| {
        let scene = Scene::new(world).await;
        let (loud, quiet) = (scene.guests[0].clone(), scene.guests[1].clone());
        let mut taken = 0;
        for number in 0..70 {
            let more = format!("COMMENT:{number}\r\n");
            let bytes = loud.says("REPLY", "TENTATIVE", &more);
            match scene.posts(&loud.organizer, bytes, KEY).await {
                202 => taken += 1,
                status => assert_eq!(status, 429, "try later, and not: never"),
            }
        }
        assert_eq!(taken, 60);
        assert_eq!(scene.pipes(&loud.organizer, &loud.answers("DECLINED")), Some(75));
        assert!(!scene.hands_over(&loud.organizer, &loud.answers("DECLINED")).await);
        assert_eq!(scene.posts(&quiet.organizer, quiet.answers("ACCEPTED"), KEY).await, 202);
        let begun = Instant::now();
        while !scene.states_of_all().await.contains(&"ACCEPTED".to_owned()) {
            assert!(begun.elapsed() < Duration::from_mins(1));
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        scene.world.verifies();
    })
    .await;
}

impl Scene {
    /// Where all invitations stand, in the order of their names.
    async fn states_of_all(&self) -> Vec<String> {
        let mut states: Vec<String> =
            self.seen().await.into_iter().map(|(state, ..)| state).collect();
        states.sort();
        states
    }
}
