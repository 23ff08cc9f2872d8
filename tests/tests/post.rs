//! The post as it is in the world: a mail server that is not ours stands between the product and
//! everybody else, in both directions.

#![allow(clippy::unwrap_used, reason = "a story stops at the first surprise")]

use std::time::{Duration, Instant};

use mail::testing::Answer;
use mail::{EmailAddress, Envelope, Relay};
use serde_json::{Value, json};
use stories::client::text;
use stories::mta::{Mta, free_port};
use stories::people::Plan;
use stories::program::Launch;
use stories::{Person, World};

/// The domain whose mail comes in.
const DOMAIN: &str = "in.people.example";
/// Where there is no mailbox.
const GONE: &str = "gone.example";
const PATIENCE: Duration = Duration::from_mins(1);

/// What the reader's calendar program sends when she says yes.
fn reply(letter: &mail::testing::Received) -> (String, Vec<u8>) {
    let ics = letter.letter().calendar.unwrap().replace("\r\n ", "");
    let after = |name: &str, mark: &str| {
        let line = ics.lines().find(|line| line.starts_with(name)).unwrap();
        line.rsplit_once(mark).unwrap().1.to_owned()
    };
    let (organizer, uid) = (after("ORGANIZER", "mailto:"), after("UID", "UID:"));
    let to = &letter.to;
    let mail = format!(
        "From: {to}\r\nTo: {organizer}\r\nSubject: Accepted\r\nMIME-Version: 1.0\r\n\
         Message-ID: <1@people.example>\r\nDate: Thu, 05 Nov 2026 10:00:00 +0000\r\n\
         Content-Type: text/calendar; charset=utf-8; method=REPLY\r\n\r\n\
         BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//A calendar//EN\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n\
         UID:{uid}\r\nSEQUENCE:0\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{to}\r\n\
         END:VEVENT\r\nEND:VCALENDAR\r\n"
    );
    (organizer, mail.into_bytes())
}

async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !is_so().await {
        assert!(begun.elapsed() < PATIENCE, "{what} within {PATIENCE:?}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Why nothing is written to a stakeholder any more; empty when it is.
async fn stopped(curator: &Person, stakeholder: &str) -> String {
    let query = "query($id: ID!) { node(id: $id) { ... on Stakeholder {
        stoppedLetters { category why } } } }";
    let seen = curator.asks(query, json!({ "id": stakeholder })).await;
    seen.pointer("/node/stoppedLetters/0/why").and_then(Value::as_str).unwrap_or("").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_comes_in_and_a_bounce_ends_letters_to_who_is_not_there() {
    let mut world = World::sqlite().await;
    let lmtp = format!("lmtp://127.0.0.1:{}", free_port());
    let mta = Mta::between(DOMAIN, &lmtp, &world.peer.url());
    world.peer.answers_domain(GONE, Answer::refuse_recipient(550, "5.1.1 no such user here"));
    let words = ["--inbound-domain", DOMAIN, "--lmtp", &lmtp].map(str::to_owned).to_vec();
    world.restarts(&Launch { mail: mta.url(), words, ..Launch::default() });

    let hub = world.hub("Westminster", "westminster", "Europe/London", &["en"]).await;
    let curator = world.with_role(&hub, "curator");
    let issue = curator.puts_on_agenda(&hub, "Cold homes").await;
    let event = curator.publishes(&hub, &issue, "Warm evening", &Plan::evening(20, 30)).await;
    let there = curator.registers_stakeholder(&hub, "Ada House", &json!({})).await;
    let email = json!({ "email": format!("nobody@{GONE}") });
    let gone = curator.registers_stakeholder(&hub, "Old House", &email).await;
    let input = json!({ "eventId": event, "stakeholderIds": [there, gone] });
    curator.gives("inviteStakeholders", input).accepted().await;

    // The letter went through the mail server, and the answer comes back through it.
    let letters = world.letters_that(0, 1, |letter| letter.letter().calendar.is_some()).await;
    let (organizer, answer) = reply(&letters[0]);
    let envelope = Envelope {
        from: EmailAddress::parse(&letters[0].to).unwrap(),
        to: EmailAddress::parse(&organizer).unwrap(),
    };
    let outcome = Relay::parse(&mta.url()).unwrap().send(&envelope, &answer).await;
    assert!(outcome.is_submitted(), "{outcome:?}");
    let query = "query($id: ID!) { node(id: $id) { ... on Event { invitations(first: 10) { nodes {
        state answeredVia replies { door verdict } } } } } }";
    until("the answer is known", async || {
        let seen = curator.asks(query, json!({ "id": event })).await;
        let nodes = seen.pointer("/node/invitations/nodes").and_then(Value::as_array).unwrap();
        let is_answer = |node: &Value| {
            (text(node, "/state"), text(node, "/replies/0/door"), text(node, "/replies/0/verdict"))
                == ("ACCEPTED".to_owned(), "lmtp".to_owned(), "APPLIED".to_owned())
        };
        nodes.iter().any(is_answer)
    })
    .await;

    // The mail server took the other letter, too; the world did not, and the server says so.
    until("the bounce is known", async || stopped(&curator, &gone).await == "NO_SUCH_MAILBOX")
        .await;
    assert_eq!(stopped(&curator, &there).await, "");
    let second = curator.publishes(&hub, &issue, "Second evening", &Plan::evening(30, 30)).await;
    let input = json!({ "eventId": second, "stakeholderIds": [there, gone] });
    curator.gives("inviteStakeholders", input).accepted().await;
    let is_second = |letter: &mail::testing::Received| letter.letter().subject.contains("Second");
    let letters = world.letters_that(0, 1, is_second).await;
    assert_eq!(letters[0].to, envelope.from.as_str());
    let skipped = "query($id: ID!) { hub(id: $id) { outbox(state: SKIPPED) { nodes { lastText recipient } } } }";
    until("the letter to nobody is not sent", async || {
        let seen = curator.asks(skipped, json!({ "id": hub.id })).await;
        let mail = &seen["hub"]["outbox"]["nodes"][0];
        mail["lastText"] == "no-such-mailbox" && mail["recipient"] == format!("nobody@{GONE}")
    })
    .await;
}
