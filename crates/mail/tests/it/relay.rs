//! Each outcome, against a server that does it on request.

use std::sync::Arc;
use std::time::Duration;

use mail::testing::{Answer, Peer, Script};
use mail::{Envelope, Fault, Outcome, Relay, Timeouts};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};

use crate::sample::{address, envelope, invitation, login_link};

const PATIENCE: Duration = Duration::from_secs(10);

async fn send_once(script: impl Into<Script>) -> (Outcome, Peer) {
    send_within(Timeouts::default(), script).await
}

async fn send_within(timeouts: Timeouts, script: impl Into<Script>) -> (Outcome, Peer) {
    let peer = Peer::start(script).await.unwrap();
    let relay = Relay::parse(&peer.url()).unwrap().with_timeouts(timeouts);
    (relay.send(&envelope(), &invitation().to_mime().unwrap()).await, peer)
}

#[tokio::test]
async fn a_taken_letter_is_submitted_to_the_byte() {
    let (outcome, peer) = send_once(Answer::Accept).await;
    assert_eq!(outcome, Outcome::Submitted { code: 250, text: "2.0.0 taken".into() });
    let received = peer.wait_for(1, PATIENCE).await.unwrap();
    assert_eq!(received[0].from, "b+01jt7e.9f@bounce.hub.example");
    assert_eq!(received[0].to, "ada@example.org");
    assert_eq!(received[0].mime, invitation().to_mime().unwrap());
    assert!(received[0].is_acknowledged);
    assert_eq!(received[0].letter().subject, invitation().subject);
}

#[tokio::test]
async fn a_refusal_is_transient_or_permanent_by_its_code_at_either_place() {
    let places: [fn(u16, &str) -> Answer; 2] = [Answer::refuse_recipient, Answer::refuse_letter];
    for refuse in places {
        for (code, text, fault) in [
            (451, "4.7.1 greylisted", Fault::Passing),
            (452, "4.2.2 mailbox full", Fault::MailboxFull),
            (421, "4.3.2 too many connections", Fault::Concurrency),
        ] {
            let (outcome, peer) = send_once(refuse(code, text)).await;
            assert_eq!(outcome, Outcome::Transient { code, text: text.into() });
            assert_eq!(outcome.fault(), fault);
            assert_eq!(peer.received().await, []);
        }
        let (outcome, _peer) = send_once(refuse(550, "5.1.1 no such user")).await;
        assert_eq!(outcome, Outcome::Permanent { code: 550, text: "5.1.1 no such user".into() });
        assert_eq!(outcome.fault(), Fault::Address);
    }
}

#[tokio::test]
async fn a_line_that_breaks_before_the_final_dot_has_not_reached_anyone() {
    for answer in [
        Answer::DropConnection,
        Answer::HangConnection,
        Answer::refuse_connection(554, "5.7.1 you are listed"),
        Answer::DropAtRecipient,
        Answer::HangAtRecipient,
    ] {
        let timeouts = Timeouts { step: Duration::from_millis(200), ..Timeouts::default() };
        let (outcome, peer) = send_within(timeouts, answer.clone()).await;
        assert!(matches!(outcome, Outcome::NotReached { .. }), "{answer:?}: {outcome:?}");
        assert_eq!(peer.received().await, []);
    }
    let (outcome, _peer) = send_once(Answer::refuse_connection(421, "4.3.2 too many")).await;
    assert_eq!(outcome.fault(), Fault::Concurrency);
}

#[tokio::test]
async fn a_line_that_breaks_after_the_final_dot_is_ambiguous() {
    for answer in [Answer::DropAfterLetter, Answer::HangAfterLetter] {
        let data_reply = Duration::from_millis(200);
        let timeouts = Timeouts { data_reply, ..Timeouts::default() };
        let (outcome, peer) = send_within(timeouts, answer).await;
        assert!(matches!(outcome, Outcome::Ambiguous { .. }), "{outcome:?}");
        let received = peer.wait_for(1, PATIENCE).await.unwrap();
        assert!(!received[0].is_acknowledged);
    }
}

#[tokio::test]
async fn a_line_that_breaks_within_a_long_letter_has_not_reached_anyone() {
    let peer = Peer::start(Answer::DropInLetter).await.unwrap();
    let relay = Relay::parse(&peer.url()).unwrap();
    // More than both sockets hold, so that writing fails and not the reply to the dot.
    let mime = format!("Subject: x\r\n\r\n{}", "0123456789\r\n".repeat(2_000_000));
    let outcome = relay.send(&envelope(), mime.as_bytes()).await;
    assert!(matches!(outcome, Outcome::NotReached { .. }), "{outcome:?}");
}

#[tokio::test]
async fn nobody_listening_is_not_reached() {
    let peer = Peer::start(Answer::Accept).await.unwrap();
    let url = peer.url();
    drop(peer);
    tokio::task::yield_now().await;
    let relay = Relay::parse(&url).unwrap();
    let outcome = relay.send(&envelope(), b"x\r\n").await;
    assert!(matches!(outcome, Outcome::NotReached { .. }), "{outcome:?}");
}

#[tokio::test]
async fn lmtp_is_spoken_to_a_port_and_to_a_socket() {
    let peer = Peer::start_lmtp([Answer::refuse_letter(452, "4.2.2 over quota")]).await.unwrap();
    let relay = Relay::parse(&peer.url()).unwrap();
    let mime = login_link().to_mime().unwrap();
    assert_eq!(relay.send(&envelope(), &mime).await.fault(), Fault::MailboxFull);
    assert_eq!(relay.send(&envelope(), &mime).await.code(), Some(250));
    assert_eq!(peer.received().await[0].mime, mime);

    // SMTP to an LMTP server is refused at EHLO: our own mistake, so the letter waits.
    let url = peer.url().replace("lmtp", "smtp");
    let outcome = Relay::parse(&url).unwrap().send(&envelope(), &mime).await;
    assert!(matches!(&outcome, Outcome::NotReached { why } if why.starts_with("EHLO: 503")));

    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("lmtp");
    let listener = tokio::net::UnixListener::bind(&path).unwrap();
    let port = peer.url().replace("lmtp://", "");
    let relay = Relay::parse(&format!("lmtp:{}", path.display())).unwrap();
    let carry = async {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut server = tokio::net::TcpStream::connect(port).await.unwrap();
        drop(tokio::io::copy_bidirectional(&mut socket, &mut server).await);
    };
    let send = async {
        let outcome = relay.send(&envelope(), &mime).await;
        relay.close().await;
        outcome
    };
    let (outcome, ()) = tokio::join!(send, carry);
    assert_eq!(outcome.code(), Some(250), "{outcome:?}");
}

#[tokio::test]
async fn letters_share_few_lines() {
    let peer = Peer::start(Answer::Accept).await.unwrap();
    let relay = Arc::new(Relay::parse(&peer.url()).unwrap());
    let mut letters = tokio::task::JoinSet::new();
    for _ in 0..30 {
        let relay = Arc::clone(&relay);
        letters.spawn(async move { relay.send(&envelope(), b"Subject: x\r\n\r\nx\r\n").await });
    }
    for outcome in letters.join_all().await {
        assert!(outcome.is_submitted(), "{outcome:?}");
    }
    assert_eq!(peer.received().await.len(), 30);
    assert!(peer.connections() <= 3, "{} connections", peer.connections());
}

#[tokio::test]
async fn a_line_is_closed_after_a_hundred_letters() {
    let peer = Peer::start(Answer::Accept).await.unwrap();
    let relay = Relay::parse(&peer.url()).unwrap();
    for _ in 0..101 {
        assert!(relay.send(&envelope(), b"Subject: x\r\n\r\nx\r\n").await.is_submitted());
    }
    assert_eq!((peer.connections(), peer.connections_at_once()), (2, 1));
}

#[tokio::test]
async fn a_refused_letter_leaves_its_line_to_the_next() {
    let peer = Peer::start([Answer::refuse_recipient(550, "5.1.1 no")]).await.unwrap();
    let relay = Relay::parse(&peer.url()).unwrap();
    assert_eq!(relay.send(&envelope(), b"x\r\n").await.code(), Some(550));
    assert_eq!(relay.send(&envelope(), b"x\r\n").await.code(), Some(250));
    assert_eq!(peer.connections(), 1);
}

#[tokio::test]
async fn an_old_line_is_closed_and_not_used_again() {
    let peer = Peer::start(Answer::Accept).await.unwrap();
    let timeouts = Timeouts { line: Duration::ZERO, ..Timeouts::default() };
    let relay = Relay::parse(&peer.url()).unwrap().with_timeouts(timeouts);
    for _ in 0..2 {
        assert!(relay.send(&envelope(), b"x\r\n").await.is_submitted());
    }
    assert_eq!((peer.connections(), peer.connections_at_once()), (2, 1));

    let timeouts = Timeouts { line: Duration::from_millis(200), ..Timeouts::default() };
    let relay = Relay::parse(&peer.url()).unwrap().with_timeouts(timeouts);
    assert!(relay.send(&envelope(), b"x\r\n").await.is_submitted());
    let closed = async {
        while peer.connections_open() > 0 {
            relay.close_old().await;
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, closed).await.unwrap();
}

/// A server that takes one letter and hangs up, as one that tidies its idle lines.
async fn take_one_letter(listener: &tokio::net::TcpListener) {
    let (stream, _) = listener.accept().await.unwrap();
    let mut stream = BufReader::new(stream);
    stream.get_mut().write_all(b"220 x\r\n").await.unwrap();
    loop {
        let mut line = String::new();
        assert!(stream.read_line(&mut line).await.unwrap() > 0);
        let reply: &[u8] = match line.trim_end().split(' ').next() {
            Some("EHLO" | "MAIL" | "RCPT" | ".") => b"250 x\r\n",
            Some("DATA") => b"354 x\r\n",
            _ => b"",
        };
        stream.get_mut().write_all(reply).await.unwrap();
        if line == ".\r\n" {
            return;
        }
    }
}

#[tokio::test]
async fn a_parked_line_that_died_is_replaced_at_once() {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let relay = Relay::parse(&url).unwrap();
    for _ in 0..2 {
        let envelope = envelope();
        let send = relay.send(&envelope, b"Subject: x\r\n\r\nx\r\n");
        let (outcome, ()) = tokio::join!(send, take_one_letter(&listener));
        assert!(outcome.is_submitted(), "{outcome:?}");
    }
}

#[tokio::test]
async fn too_many_lines_makes_fewer_lines() {
    let busy = Answer::refuse_recipient(432, "4.3.2 concurrent connections limit exceeded");
    let peer = Peer::start([busy.clone(), busy]).await.unwrap();
    let relay = Arc::new(Relay::parse(&peer.url()).unwrap());
    for _ in 0..2 {
        assert_eq!(relay.send(&envelope(), b"x\r\n").await.fault(), Fault::Concurrency);
    }
    let before = peer.connections();
    let mut letters = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let relay = Arc::clone(&relay);
        letters.spawn(async move { relay.send(&envelope(), b"x\r\n").await.is_submitted() });
    }
    assert!(letters.join_all().await.into_iter().all(|submitted| submitted));
    assert_eq!((peer.connections_at_once(), peer.connections()), (1, before));
}

#[tokio::test]
async fn what_the_server_cannot_carry_is_refused_without_trying() {
    let peer = Peer::start(Answer::Accept).await.unwrap();
    let relay = Relay::parse(&peer.url()).unwrap();
    let envelope = Envelope { to: address("조@example.org"), ..envelope() };
    let outcome = relay.send(&envelope, b"x\r\n").await;
    assert!(matches!(outcome, Outcome::Permanent { code: 553, .. }), "{outcome:?}");
    assert_eq!(peer.attempts(), 0);
}

#[tokio::test]
async fn stray_line_ends_cannot_smuggle_a_second_letter() {
    let peer = Peer::start(Answer::Accept).await.unwrap();
    let relay = Relay::parse(&peer.url()).unwrap();
    let smuggle = b"Subject: x\n\na\n.\nMAIL FROM:<evil@example.org>\r.\r\nb\r\n.\r\nc";
    assert!(relay.send(&envelope(), smuggle).await.is_submitted());
    let received = peer.received().await;
    assert_eq!(received.len(), 1);
    assert_eq!(
        String::from_utf8_lossy(&received[0].mime),
        "Subject: x\r\n\r\na\r\n.\r\nMAIL FROM:<evil@example.org>\r\n.\r\nb\r\n.\r\nc\r\n"
    );
}

#[tokio::test]
async fn a_reply_that_is_no_smtp_is_not_reached() {
    for nonsense in ["HTTP/1.1 400 Bad Request\r\n\r\n", "220-endless\r\n", "22", "\u{fffd}\r\n"] {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let relay = Relay::parse(&url).unwrap();
        let serve = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.write_all(nonsense.repeat(200).as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
            stream
        };
        let envelope = envelope();
        let (outcome, _stream) = tokio::join!(relay.send(&envelope, b"x\r\n"), serve);
        assert!(matches!(outcome, Outcome::NotReached { .. }), "{nonsense:?}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_peer_tells_when_too_few_letters_came() {
    let (_, peer) = send_once([Answer::Accept]).await;
    let error = peer.wait_for(2, Duration::from_millis(20)).await.unwrap_err();
    assert_eq!((error.wanted, error.received), (2, 1));
    peer.now_answers(Answer::refuse_recipient(550, "5.1.1 gone"));
    let relay = Relay::parse(&peer.url()).unwrap();
    assert_eq!(relay.send(&envelope(), b"x\r\n").await.code(), Some(550));
    assert_eq!(peer.attempts(), 2);
}
