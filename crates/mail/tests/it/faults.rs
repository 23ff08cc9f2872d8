//! A thousand mails to a server that does everything a server can do wrong: what is said of each
//! is what became of it, and what hangs keeps nobody else waiting.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use mail::pace::{Answer as May, Limits, Pace, Why};
use mail::testing::{Answer, Peer, Script};
use mail::{Envelope, Fault, Kind, Outcome, Relay, Retry, Timeouts, retry_after};
use tokio::task::JoinSet;

use crate::sample::{address, date, envelope};

const PATIENCE: Duration = Duration::from_mins(1);

/// How many of a thousand get which answer.
fn plan() -> Vec<(usize, Answer)> {
    vec![
        (690, Answer::Accept),
        (60, Answer::refuse_letter(451, "4.7.1 greylisted")),
        (60, Answer::refuse_recipient(451, "4.3.0 not now")),
        (20, Answer::refuse_recipient(432, "4.3.2 concurrent connections limit exceeded")),
        (60, Answer::refuse_recipient(550, "5.1.1 no such user")),
        (20, Answer::refuse_letter(552, "5.2.2 mailbox full")),
        (20, Answer::refuse_letter(550, "5.7.26 unauthenticated")),
        (20, Answer::DropAtRecipient),
        (30, Answer::DropAfterLetter),
        (20, Answer::AcceptAfter(Duration::from_secs(20))),
    ]
}

/// The answers in an order that looks like chance and is always the same.
fn shuffled() -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::new();
    for (count, answer) in plan() {
        answers.extend(std::iter::repeat_n(answer, count));
    }
    let mut seed = 42_u64;
    for index in (1..answers.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        answers.swap(index, usize::try_from(seed >> 33).unwrap() % (index + 1));
    }
    answers
}

#[tokio::test]
async fn a_thousand_mails_end_as_they_are_said_to_end() {
    let peer = Peer::start(Script::new(shuffled(), Answer::Accept)).await.unwrap();
    let timeouts = Timeouts { data_reply: Duration::from_millis(500), ..Timeouts::default() };
    let relay = Relay::parse(&format!("{}?connections=8", peer.url())).unwrap();
    let relay = Arc::new(relay.with_timeouts(timeouts));
    let begun = Instant::now();
    let mut mails = JoinSet::new();
    for number in 0..1_000 {
        let relay = Arc::clone(&relay);
        mails.spawn(async move {
            let to = format!("p{number}@example.org");
            let envelope = Envelope { to: address(&to), ..envelope() };
            let mime = format!("Message-ID: <{number}@hub.example>\r\n\r\nx\r\n");
            (to, relay.send(&envelope, mime.as_bytes()).await)
        });
    }
    let outcomes: BTreeMap<String, Outcome> =
        tokio::time::timeout(PATIENCE, mails.join_all()).await.unwrap().into_iter().collect();
    println!("1,000 mails in {:?}", begun.elapsed());

    let mut faults: BTreeMap<String, usize> = BTreeMap::new();
    for outcome in outcomes.values() {
        *faults.entry(format!("{:?}", outcome.fault())).or_default() += 1;
    }
    let wanted = [
        ("Address", 60),
        ("Concurrency", 20),
        ("MailboxFull", 20),
        ("None", 690),
        ("Passing", 120),
        ("Policy", 20),
        ("Relay", 20),
        ("Unknown", 50),
    ];
    assert_eq!(faults, wanted.map(|(name, count)| (name.to_owned(), count)).into());
    assert_eq!(peer.attempts(), 1_000);

    // Nobody got a mail twice, and what is said of each is true.
    let mut received: BTreeMap<String, bool> = BTreeMap::new();
    for mail in peer.received().await {
        assert_eq!(received.insert(mail.to.clone(), mail.is_acknowledged), None, "{}", mail.to);
    }
    for (to, outcome) in &outcomes {
        let arrived = received.get(to);
        let is_true = match outcome {
            Outcome::Submitted { .. } => arrived == Some(&true),
            Outcome::Ambiguous { .. } => arrived == Some(&false),
            _ => arrived.is_none(),
        };
        assert!(is_true, "{to}: {outcome:?}, {arrived:?}");
    }
}

#[tokio::test]
async fn tried_again_by_the_table_each_mail_arrives_or_is_given_up_for_a_reason() {
    let peer = Peer::start(Script::new(shuffled(), Answer::Accept)).await.unwrap();
    let timeouts = Timeouts { data_reply: Duration::from_millis(200), ..Timeouts::default() };
    let relay = Relay::parse(&format!("{}?connections=8", peer.url())).unwrap();
    let relay = Arc::new(relay.with_timeouts(timeouts));
    let mut mails = JoinSet::new();
    for number in 0..1_000_u32 {
        let relay = Arc::clone(&relay);
        // Every other one must not be sent twice.
        let kind = if number % 2 == 0 { Kind::Invitation } else { Kind::Reminder };
        mails.spawn(async move {
            let envelope =
                Envelope { to: address(&format!("p{number}@example.org")), ..envelope() };
            let mut attempt = 0;
            loop {
                attempt += 1;
                let outcome = relay.send(&envelope, b"Subject: x\r\n\r\nx\r\n").await;
                let again = match retry_after(&outcome, attempt, date(), number.into()) {
                    Retry::At(_) => true,
                    Retry::AtIfRepeatable(_) => kind.may_repeat(),
                    Retry::GiveUp => false,
                };
                if !again {
                    return (envelope.to.to_string(), kind, outcome);
                }
            }
        });
    }
    let ends = tokio::time::timeout(PATIENCE, mails.join_all()).await.unwrap();
    let mut copies: BTreeMap<String, usize> = BTreeMap::new();
    for mail in peer.received().await {
        *copies.entry(mail.to).or_default() += 1;
    }
    for (to, kind, outcome) in ends {
        let copies = copies.get(&to).copied().unwrap_or_default();
        match outcome {
            Outcome::Submitted { .. } => {
                assert!(copies == 1 || kind.may_repeat(), "{to}: {copies} copies of a {kind}");
            }
            Outcome::Permanent { .. } => {
                let is_final =
                    matches!(outcome.fault(), Fault::Address | Fault::MailboxFull | Fault::Policy);
                assert!(is_final && (copies == 0 || kind.may_repeat()), "{to}: {outcome:?}");
            }
            Outcome::Ambiguous { .. } => assert!(!kind.may_repeat() && copies == 1, "{to}"),
            other => panic!("{to} was left at {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_domain_that_hangs_keeps_no_other_waiting() {
    let peer = Peer::start(Answer::Accept).await.unwrap();
    peer.answers_domain("slow.example", Answer::HangAfterLetter);
    // Three lines, and all the patience that the RFC asks for: ten minutes.
    let relay = Arc::new(Relay::parse(&peer.url()).unwrap());
    let limits = Limits { relay_burst: 10_000, domain_burst: 10_000, ..Limits::default() };
    let pace = Pace::new(limits);
    let (mut quick, mut slow, mut crowded) = (JoinSet::new(), JoinSet::new(), 0);
    for number in 0..500 {
        let domain =
            if number % 5 == 0 { "slow.example".into() } else { format!("d{number}.example") };
        let pass = match pace.ask(Kind::Reminder, &domain, date()) {
            May::Go(pass) => pass,
            May::Wait { why: Why::DomainCrowded, .. } => {
                crowded += 1;
                continue;
            }
            other => panic!("{domain}: {other:?}"),
        };
        let relay = Arc::clone(&relay);
        let to = address(&format!("ada@{domain}"));
        let send = async move {
            let envelope = Envelope { to, ..envelope() };
            let outcome = relay.send(&envelope, b"Subject: x\r\n\r\nx\r\n").await;
            pass.ended(&outcome, date());
            outcome.is_submitted()
        };
        let lane = if domain == "slow.example" { &mut slow } else { &mut quick };
        lane.spawn(send);
    }
    let sent = tokio::time::timeout(PATIENCE, quick.join_all()).await.unwrap();
    assert_eq!((sent.len(), crowded), (400, 98));
    assert!(sent.into_iter().all(|sent| sent));
    assert_eq!(slow.len(), 2);
    assert!(slow.try_join_next().is_none(), "they still hang");
}

#[tokio::test]
async fn a_server_that_answers_late_is_waited_for() {
    let pause = Duration::from_millis(300);
    let peer = Peer::start([Answer::AcceptAfter(pause)]).await.unwrap();
    let relay = Relay::parse(&peer.url()).unwrap();
    let begun = Instant::now();
    assert!(relay.send(&envelope(), b"x\r\n").await.is_submitted());
    assert!(begun.elapsed() >= pause);
}
