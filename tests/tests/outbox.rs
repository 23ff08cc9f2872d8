//! Mail under hard conditions: the server is killed again and again, mail servers refuse, hang and
//! drop the line, operators hold everything back. Nothing is lost, and nothing is doubled but what
//! nobody can know.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a story stops at the first surprise"
)]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use mail::testing::{Answer, Peer, Received, Script};
use serde_json::{Value, json};
use stories::client::text;
use stories::people::{Plan, at_most, now};
use stories::program::{Launch, Server, must, run};
use stories::world::Hub;
use stories::{Person, World, both};

/// Mails of the great story.
const MAILS: usize = 1_000;
/// How often the server is killed meanwhile.
const KILLS: usize = 50;
/// Mails on their way at one time; so many may be unrecorded at each kill.
const LINES: usize = 3;
/// Registrations under way at one time.
const AT_ONCE: usize = 24;
/// The domain where there is no mailbox at all.
const GONE: &str = "gone.example";

/// Numbers that look random and are the same for the same seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }

    /// What a mail server does with one letter: most of them it takes.
    fn answer(&mut self) -> Answer {
        match self.below(100) {
            0..=2 => Answer::refuse_recipient(451, "4.7.1 greylisted"),
            3 => Answer::refuse_recipient(432, "4.3.2 too many lines"),
            4..=6 => Answer::DropAfterLetter,
            7..=8 => Answer::DropInLetter,
            9 => Answer::HangAfterLetter,
            _ => Answer::Accept,
        }
    }
}

/// An evening with room for everybody, at a hub.
async fn evening(world: &World) -> (Hub, Person, String) {
    let hub = world.hub("Seoul", "seoul", "Asia/Seoul", &["en", "ko"]).await;
    let curator = world.with_role(&hub, "curator");
    let issue = curator.puts_on_agenda(&hub, "Warm rooms").await;
    let event = curator.publishes(&hub, &issue, "Warm evening", &Plan::evening(20, None)).await;
    (hub, curator, event)
}

/// Somebody registers with this address, from a place of her own.
async fn comes(world: &World, event: &str, number: usize, email: String) {
    let input = json!({
        "eventId": event, "name": format!("Guest {number}"), "email": email, "partySize": 1,
        "locale": if number.is_multiple_of(2) { "en" } else { "ko" },
    });
    let somebody = world.visitor_from(number);
    somebody.gives("registerForEvent", input).accepted().await;
}

/// How many mails of a hub stand where.
async fn standing(curator: &Person, hub: &Hub, state: &str) -> usize {
    let query = format!(
        "query($id: ID!) {{ hub(id: $id) {{ outbox(first: 1, state: {state}) {{ totalCount }} }} }}"
    );
    let seen = curator.asks(&query, json!({ "id": hub.id })).await;
    let count = seen.pointer("/hub/outbox/totalCount").and_then(Value::as_i64);
    usize::try_from(count.unwrap()).unwrap()
}

async fn until(what: &str, patience: Duration, mut is_so: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !is_so().await {
        assert!(begun.elapsed() < patience, "{what} within {patience:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// A server whose clock goes ahead by so many seconds, with this relay.
fn launch(peer: &Peer, options: &str, ahead: i64) -> Launch {
    let environment = vec![
        ("CONVOKE_CLOCK_AHEAD".to_owned(), ahead.to_string()),
        ("CONVOKE_LOG".to_owned(), "warn".to_owned()),
    ];
    let mail = format!("{}?patience=2&{options}", peer.url());
    Launch { mail, environment, ..Launch::default() }
}

/// How many letters had come when a server was killed: the peer hears what was in the lines, and
/// their end.
async fn dead(peer: &Peer) -> usize {
    until("all lines are closed", Duration::from_secs(10), async || peer.connections_open() == 0)
        .await;
    peer.received().await.len()
}

/// The bytes and the order in which each mail came, by its Message-ID.
fn copies(received: &[Received]) -> BTreeMap<String, Vec<(usize, &Received)>> {
    let mut copies: BTreeMap<String, Vec<(usize, &Received)>> = BTreeMap::new();
    for (index, mail) in received.iter().enumerate() {
        let letter = mail.letter();
        let id = letter.header("Message-ID").unwrap().to_owned();
        copies.entry(id).or_default().push((index, mail));
    }
    copies
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_kills_lose_no_mail_and_double_none_but_what_nobody_knows() {
    let begun = Instant::now();
    let seed = u64::try_from(now().timestamp_micros()).unwrap();
    #[expect(clippy::disallowed_methods, reason = "a story that failed is told again")]
    let seed = std::env::var("STORY_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(seed);
    eprintln!("STORY_SEED={seed}");
    let mut dice = Dice(seed);
    let mut world = World::sqlite().await;
    let (hub, _, event) = evening(&world).await;
    world.admin.gives("holdMails", json!({})).wants("holds { kind }").accepted().await;
    let address = |number: usize| match number % 40 {
        7 => format!("g{number}@{GONE}"),
        domain => format!("g{number}@d{domain}.example"),
    };
    let coming = (0..MAILS).map(|number| comes(&world, &event, number, address(number)));
    at_most(AT_ONCE, coming).await;
    let curator = world.with_role(&hub, "curator");
    until("all letters are written", Duration::from_mins(1), async || {
        standing(&curator, &hub, "WAITING").await == MAILS
    })
    .await;
    assert_eq!(world.peer.attempts(), 0, "the kill switch holds");
    eprintln!("{MAILS} mails wait after {:.1} s", begun.elapsed().as_secs_f64());

    let answers: Vec<Answer> = (0..4 * MAILS).map(|_| dice.answer()).collect();
    world.peer.now_answers(Script::new(answers, Answer::Accept));
    let nobody = Answer::refuse_recipient(550, "5.1.1 there is no such mailbox");
    world.peer.answers_domain(GONE, nobody);
    world.admin.gives("resumeMails", json!({})).wants("holds { kind }").accepted().await;
    world.server.kill();
    let mut boundaries = vec![dead(&world.peer).await];
    // Slow enough that there is something to kill each time.
    let slow = "per_minute=120&domain_per_minute=100000";
    for number in 0..KILLS {
        let ahead = 20 * i64::try_from(number).unwrap();
        let mut server = Server::start(&world.database, &launch(&world.peer, slow, ahead));
        tokio::time::sleep(Duration::from_millis(dice.below(900))).await;
        server.kill();
        boundaries.push(dead(&world.peer).await);
    }
    let by_then = boundaries.last().copied().unwrap();
    eprintln!("{by_then} arrived by {:.1} s", begun.elapsed().as_secs_f64());
    assert!(by_then > MAILS / 10, "the kills fell among the mails");

    // What was put off comes to its end, hours later.
    let quick = "per_minute=1000000&domain_per_minute=1000000";
    for round in 1..=12 {
        let launch = launch(&world.peer, quick, 1_000 + round * 3_600);
        let mut server = Server::start(&world.database, &launch);
        let curator = curator.at(server.base());
        // Hanging lines and waiting ones need a moment; the rest is for the next hour.
        let mut waiting = usize::MAX;
        for _ in 0..6 {
            tokio::time::sleep(Duration::from_millis(500)).await;
            waiting = standing(&curator, &hub, "WAITING").await;
            if waiting == 0 {
                break;
            }
        }
        if waiting > 0 {
            server.kill();
            boundaries.push(dead(&world.peer).await);
            continue;
        }
        let gone = MAILS / 40;
        assert_eq!(standing(&curator, &hub, "SENT").await, MAILS - gone);
        // One whose refusal was noted of the person, but not yet of the mail, when the server was
        // killed is not tried again: she cannot be reached.
        let failed = standing(&curator, &hub, "FAILED").await;
        let skipped = standing(&curator, &hub, "SKIPPED").await;
        assert!(failed <= gone && failed + skipped >= gone, "{failed} failed, {skipped} skipped");
        let received = world.peer.received().await;
        check(&received, &boundaries, gone);
        eprintln!("done after {:.1} s", begun.elapsed().as_secs_f64());
        return;
    }
    panic!("mails still wait");
}

/// Each mail arrived, under one name and in the same bytes; a second copy came only where nobody
/// could know of the first.
fn check(received: &[Received], boundaries: &[usize], gone: usize) {
    assert!(received.iter().all(|mail| !mail.to.ends_with(GONE)));
    let copies = copies(received);
    let mut readers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unheard: BTreeMap<usize, usize> = BTreeMap::new();
    let mut doubled = 0;
    for (id, copies) in &copies {
        *readers.entry(copies[0].1.to.as_str()).or_default() += 1;
        for pair in copies.windows(2) {
            let [(first, one), (second, other)] = pair else { continue };
            assert_eq!(one.mime, other.mime, "{id} changed");
            assert_eq!(one.to, other.to);
            doubled += 1;
            if one.is_acknowledged {
                // The server that had the reply was killed before it could write it down.
                let killed = boundaries.iter().position(|end| first < end && end <= second);
                let killed = killed.unwrap_or_else(|| panic!("{id} came twice without a reason"));
                *unheard.entry(killed).or_default() += 1;
            }
        }
    }
    assert_eq!(copies.len(), MAILS - gone, "each mail has one name");
    assert_eq!(readers.len(), MAILS - gone);
    assert!(readers.values().all(|mails| *mails == 1), "one mail each");
    for (killed, count) in &unheard {
        assert!(*count <= LINES, "{count} mails were unrecorded at kill {killed}");
    }
    let explained: usize = unheard.values().sum();
    println!("{doubled} came twice, {explained} of them because of a kill");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_that_hangs_delays_nobody_else() {
    let mut world = World::sqlite().await;
    let (_, _, event) = evening(&world).await;
    world.peer.answers_domain("slow.example", Answer::HangAfterLetter);
    let mail = format!("{}?patience=20&domain_per_minute=6000", world.peer.url());
    world.restarts(&Launch::mail(&mail));
    for number in 0..6 {
        comes(&world, &event, number, format!("s{number}@slow.example")).await;
    }
    let hangs = |mail: &Received| mail.to.ends_with("slow.example");
    world.letters_that(0, 2, hangs).await;
    let coming = (0..60)
        .map(|number| comes(&world, &event, number, format!("q{number}@d{}.example", number % 9)));
    at_most(AT_ONCE, coming).await;
    let begun = Instant::now();
    world.letters_that(0, 60, |mail| !hangs(mail)).await;
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(15), "{took:?}, as long as a line hangs");
    assert!(world.peer.connections_at_once() <= LINES);
    let slow = world.peer.received().await.iter().filter(|mail| hangs(mail)).count();
    assert!((2..=4).contains(&slow), "{slow} were tried at the slow one");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn operators_hold_mail_back_and_let_it_go_by_the_command_line() {
    both(async |world: World| {
        let (hub, curator, event) = evening(&world).await;
        let said = must(&world.database, &["outbox", "hold"]);
        assert!(said.contains("all since"), "{said}");
        comes(&world, &event, 1, "ada@people.example".to_owned()).await;
        until("the letter is written", Duration::from_secs(30), async || {
            standing(&curator, &hub, "WAITING").await == 1
        })
        .await;
        let lines = must(&world.database, &["outbox", "list", "--state", "waiting", "--json"]);
        let line: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
        assert_eq!(line["address"], "ada@people.example");
        assert_eq!((&line["kind"], &line["attempts"]), (&json!("receipt"), &json!(0)));
        let name = text(&line, "/mail");
        assert!(
            must(&world.database, &["outbox", "show", &name]).contains("registration-confirmed")
        );
        assert_eq!(world.peer.attempts(), 0);

        world.peer.now_answers([Answer::refuse_recipient(554, "5.6.0 not this one")]);
        assert!(must(&world.database, &["outbox", "resume"]).contains("Nothing is held"));
        until("it is refused", Duration::from_secs(30), async || {
            standing(&curator, &hub, "FAILED").await == 1
        })
        .await;
        let words = ["outbox", "list", "--to", "ada@people.example"];
        assert!(must(&world.database, &words).contains("554 5.6.0 not this one"));
        must(&world.database, &["outbox", "retry", &name]);
        world.letter_to("ada@people.example", 1).await;
        let counts = must(&world.database, &["outbox", "--json"]);
        assert!(counts.contains("\"held\":[]"), "{counts}");
        for wrong in [&["outbox", "show", "nothing"][..], &["outbox", "hold", "spam"]] {
            assert!(!run(&world.database, wrong).status.success(), "{wrong:?}");
        }
        world.verifies();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_look_at_the_outbox_and_who_may_touch_it() {
    let world = World::sqlite().await;
    let (hub, curator, event) = evening(&world).await;
    let other = world.hub("Busan", "busan", "Asia/Seoul", &["ko"]).await;
    let stranger = world.with_role(&other, "hub-admin");
    comes(&world, &event, 1, "ada@people.example".to_owned()).await;
    world.letter_to("ada@people.example", 1).await;
    until("it is on record", Duration::from_secs(30), async || {
        standing(&curator, &hub, "SENT").await == 1
    })
    .await;
    for somebody in [&world.visitor(), &stranger] {
        assert_eq!(standing(somebody, &hub, "SENT").await, 0);
    }
    let query = "query($id: ID!) { mailHolds { kind } hub(id: $id) { outbox { nodes {
        id recipient state kind messageId lastCode attempts nextAttemptAt supersededBy } } } }";
    let seen = curator.asks(query, json!({ "id": hub.id })).await;
    let mail = &seen["hub"]["outbox"]["nodes"][0];
    assert_eq!(mail["recipient"], "ada@people.example");
    assert_eq!((&mail["lastCode"], &mail["attempts"]), (&json!(250), &json!(1)));
    for verb in ["holdMails", "resumeMails"] {
        for somebody in [&curator, &stranger] {
            let given = somebody.gives(verb, json!({ "kind": "DIGEST" })).wants("holds { kind }");
            assert_eq!(given.fails().await, "FORBIDDEN");
        }
        let given = world.visitor().gives(verb, json!({})).wants("holds { kind }");
        assert_eq!(given.fails().await, "UNAUTHENTICATED");
    }
    let retry = json!({ "mailId": mail["id"] });
    let given = stranger.gives("retryMail", retry.clone()).wants("mail { state }");
    assert_eq!(given.fails().await, "FORBIDDEN");
    let given = world.visitor().gives("retryMail", retry).wants("mail { state }");
    assert_eq!(given.fails().await, "UNAUTHENTICATED");
    curator
        .gives("retryMail", json!({ "mailId": "0123456789abcdef" }))
        .wants("mail { state }")
        .refused_with("UNKNOWN_ID")
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_are_shown_to_who_watches_and_to_nobody_else() {
    let mut world = World::sqlite().await;
    let (_, _, event) = evening(&world).await;
    let port = {
        let free = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        free.local_addr().unwrap().port()
    };
    let place = format!("127.0.0.1:{port}");
    let words = vec!["--metrics".to_owned(), place.clone()];
    let mail = world.peer.url();
    world.restarts(&Launch { mail, words, ..Launch::default() });
    world.peer.now_answers([Answer::refuse_recipient(451, "4.7.1 greylisted")]);
    comes(&world, &event, 1, "ada@people.example".to_owned()).await;
    comes(&world, &event, 2, "bea@people.example".to_owned()).await;
    world.letters(1).await;
    must(&world.database, &["outbox", "hold", "digest"]);
    let watcher = Person::visitor(&format!("http://{place}"));
    let wanted = [
        "convoke_mails{kind=\"receipt\",state=\"sent\"} 1",
        "convoke_mails{kind=\"receipt\",state=\"waiting\"} 1",
        "convoke_mail_attempts_total{kind=\"receipt\",outcome=\"sent\"} 1",
        "convoke_mail_attempts_total{kind=\"receipt\",outcome=\"passing\"} 1",
        "convoke_mail_send_seconds_count 2",
        "convoke_mails_held{kind=\"digest\"} 1",
        "convoke_mail_circuits_open{scope=\"relay\"} 0",
        "convoke_outbox_age_seconds",
        "convoke_commands_total{act=\"RegisterForEvent\",outcome=\"accepted\"} 2",
    ];
    let mut said = String::new();
    until("the figures are right", Duration::from_secs(30), async || {
        let reply = watcher.gets("/metrics").await;
        said = reply.text();
        wanted.iter().all(|line| said.contains(line))
    })
    .await;
    assert!(!said.contains("people.example"), "no address: {said}");
    assert!(said.lines().count() < 2_000);
    assert_eq!(world.visitor().gets("/metrics").await.status, 404, "not where everybody is");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_is_made_and_every_letter_bears_its_signature() {
    let mut world = World::sqlite().await;
    let key = world.database.folder().join("dkim.pem").display().to_string();
    let words = ["dkim", "--make", &key];
    let record = must(&world.database, &words);
    assert!(record.contains("_domainkey.") && record.contains("k=ed25519; p="), "{record}");
    assert!(!run(&world.database, &words).status.success(), "a key is never overwritten");
    let (_, _, event) = evening(&world).await;
    let mail = world.peer.url();
    let words = vec!["--dkim-key".to_owned(), key];
    world.restarts(&Launch { mail, words, ..Launch::default() });
    world.peer.now_answers([Answer::DropAfterLetter]);
    comes(&world, &event, 1, "ada@people.example".to_owned()).await;
    let letter = world.letter_to("ada@people.example", 1).await;
    let head = String::from_utf8_lossy(&letter.mime).into_owned();
    assert!(head.starts_with("DKIM-Signature: v=1; a=ed25519-sha256;"), "{head}");
    // The second try sends the very same bytes.
    let mail = world.peer.url();
    let environment = vec![("CONVOKE_CLOCK_AHEAD".to_owned(), "300".to_owned())];
    world.restarts(&Launch { mail, environment, ..Launch::default() });
    assert_eq!(world.letter_to("ada@people.example", 2).await.mime, letter.mime);
}
