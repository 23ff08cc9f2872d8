//! The door for incoming mail: a foreign client, hostile bytes, and a handler that fails.

use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mail::lmtp::{BindError, Incoming, Listener, Refusal, Settings};
use mail::{EmailAddress, Envelope, Outcome, Relay};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::python::{python, script};
use crate::sample::{address, envelope, invitation};

const PATIENCE: Duration = Duration::from_secs(20);

/// Mails with the recipient they were taken for.
pub(crate) type Taken = Vec<(Arc<Incoming>, EmailAddress)>;

/// A running door, and what came through it.
pub(crate) struct Door {
    pub(crate) place: String,
    pub(crate) taken: Arc<Mutex<Taken>>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Door {
    /// Opens at `place`; takes everything but what is for `nobody`.
    pub(crate) async fn open(place: &str, settings: Settings) -> Self {
        Self::open_with(place, settings, async |_, to: EmailAddress| match to.local() {
            "nobody" => Err(Refusal::Unknown("no such recipient\r\n250 evil ş".into())),
            "later" => Err(Refusal::Later("the database is away".into())),
            "never" => Err(Refusal::Never("not that".into())),
            "panic" => panic!("the handler panics"),
            "hang" => std::future::pending().await,
            _ => Ok(()),
        })
        .await
    }

    async fn open_with<T, F>(place: &str, settings: Settings, decide: T) -> Self
    where
        T: Fn(Arc<Incoming>, EmailAddress) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), Refusal>> + Send + 'static,
    {
        let listener = Listener::bind(place).await.unwrap();
        let place = listener.place();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let (stop, stopped) = oneshot::channel();
        let kept = Arc::clone(&taken);
        let take = move |mail: Arc<Incoming>, to: EmailAddress| {
            let decided = decide(Arc::clone(&mail), to.clone());
            let kept = Arc::clone(&kept);
            async move {
                decided.await?;
                kept.lock().unwrap().push((mail, to));
                Ok(())
            }
        };
        let stop_heard = async { drop(stopped.await) };
        let task = tokio::spawn(listener.serve(settings, stop_heard, take));
        Self { place, taken, stop, task }
    }

    pub(crate) fn port(&self) -> &str {
        self.place.rsplit_once(':').unwrap().1
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(format!("127.0.0.1:{}", self.port())).await.unwrap()
    }

    /// Says all of it at once and returns all that is answered until the line is closed.
    async fn says(&self, words: &[u8]) -> String {
        let mut stream = self.connect().await;
        let (mut read, mut write) = stream.split();
        let mut answers = String::new();
        let talk = async {
            // The door may hang up before it heard everything.
            drop(write.write_all(words).await);
            drop(write.shutdown().await);
        };
        let listen = async { drop(read.read_to_string(&mut answers).await) };
        tokio::time::timeout(PATIENCE, async { tokio::join!(talk, listen) }).await.unwrap();
        answers
    }

    fn bodies(&self) -> Vec<String> {
        let taken = self.taken.lock().unwrap();
        taken.iter().map(|(mail, _)| String::from_utf8_lossy(&mail.bytes).into_owned()).collect()
    }

    pub(crate) async fn close(self) {
        drop(self.stop);
        tokio::time::timeout(PATIENCE, self.task).await.unwrap().unwrap();
    }
}

async fn door() -> Door {
    Door::open("lmtp://127.0.0.1:0", Settings::default()).await
}

/// The first digit of every last line of a reply.
fn codes(answers: &str) -> Vec<&str> {
    let lines = answers.lines().filter(|line| line.get(3..4) == Some(" "));
    lines.map(|line| line.get(..3).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn pythons_client_gets_a_reply_for_each_recipient() {
    let place = tempfile::tempdir().unwrap();
    let socket = place.path().join("lmtp");
    let settings = Settings { name: "mx.hub.example".into(), ..Settings::default() };
    for (at, given) in [
        ("lmtp://127.0.0.1:0".to_owned(), None),
        (format!("lmtp:{}", socket.display()), Some(socket.to_str().unwrap())),
    ] {
        let door = Door::open(&at, settings.clone()).await;
        let argument = given.unwrap_or(door.port()).to_owned();
        let output = tokio::task::spawn_blocking(move || {
            python(&[script("lmtp.py").to_str().unwrap(), &argument])
        });
        let output = output.await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        insta::allow_duplicates! {
            insta::assert_snapshot!("python_lmtp", serde_json::to_string_pretty(&said).unwrap());
        }
        let mail = "From: ada@example.org\r\nSubject: x\r\n\r\n.\r\n..dots\r\n\r\nend\r\n";
        assert_eq!(door.bodies(), [mail; 4]);
        let taken: Vec<_> = {
            let taken = door.taken.lock().unwrap();
            taken.iter().map(|(mail, to)| (mail.from.clone(), to.clone())).collect()
        };
        let ada = Some(address("ada@example.org"));
        assert_eq!(
            taken,
            [
                (ada.clone(), address("rsvp+1@hub.example")),
                (ada, address("b+1@hub.example")),
                (None, address("b+1@hub.example")),
                (Some(address("조@example.org")), address("조@hub.example")),
            ]
        );
        door.close().await;
        assert!(!socket.exists());
    }
}

#[tokio::test]
async fn our_own_relay_delivers_to_it_to_the_byte() {
    let door = door().await;
    let relay = Relay::parse(&door.place).unwrap();
    let mime = invitation().to_mime().unwrap();
    assert_eq!(relay.send(&envelope(), &mime).await.code(), Some(250));
    assert_eq!(door.taken.lock().unwrap()[0].0.bytes, mime);
    let smtp = Relay::parse(&door.place.replace("lmtp", "smtp")).unwrap();
    let outcome = smtp.send(&envelope(), &mime).await;
    assert!(matches!(&outcome, Outcome::NotReached { why } if why.starts_with("EHLO: 500")));
    relay.close().await;
    smtp.close().await;
    door.close().await;
}

#[tokio::test]
async fn nothing_but_crlf_dot_crlf_ends_a_mail() {
    let hello = "LHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n";
    let smuggled = "MAIL FROM:<evil@b.example>\r\nRCPT TO:<victim@d.example>\r\nDATA\r\nevil\r\n";
    for end in
        ["\n.\n", "\r\n.\n", "\n.\r\n", "\r.\r", "\r\n.\r", "\r.\r\n", "\n.\r", "\r\n\0.\r\n"]
    {
        let door = door().await;
        let said = format!("{hello}Subject: x\r\n\r\na{end}{smuggled}.\r\nQUIT\r\n");
        let answers = door.says(said.as_bytes()).await;
        let refused_or_kept = if end.contains('\0') { "250" } else { "554" };
        let codes = codes(&answers);
        let wanted = ["220", "250", "250", "250", "354", refused_or_kept, "221"];
        assert_eq!(codes, wanted, "{end:?}: {answers}");
        assert!(door.taken.lock().unwrap().iter().all(|(_, to)| to.local() == "c"), "{end:?}");
        door.close().await;
    }
}

#[tokio::test]
async fn commands_may_come_together_and_wrong_ones_are_told() {
    let door = door().await;
    let answers = door
        .says(
            b"MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\nLHLO x\r\nDATA\r\n\
              MAIL FROM:<a@b.example>\r\nMAIL FROM:<a@b.example>\r\nDATA\r\nRCPT TO:<c@d.example>\r\n\
              RSET\r\nRCPT TO:<c@d.example>\r\nMAIL FROM:<> SIZE=2097153\r\nMAIL FROM:<>\r\n\
              RCPT TO:<never@d.example>\r\nRCPT TO:<c@d.example>\r\nRCPT TO:<later@d.example>\r\n\
              RCPT TO:<panic@d.example>\r\nDATA\r\nx\r\n.\r\nnoop\nNOOP\r\nQUIT\r\nNOOP\r\n",
        )
        .await;
    assert_eq!(
        codes(&answers),
        [
            "220", "503", "503", "503", "250", "503", "250", "503", "503", "250", "250", "503",
            "552", "250", "250", "250", "250", "250", "354", "554", "250", "451", "451", "500",
            "250", "221"
        ],
        "{answers}"
    );
    assert_eq!(door.bodies(), ["x\r\n"]);
    door.close().await;
}

#[tokio::test]
async fn lines_mistakes_recipients_and_mails_have_limits() {
    let door = Door::open(
        "lmtp://127.0.0.1:0",
        Settings {
            mail_bytes_max: 100,
            recipients_max: 2,
            domains: vec!["hub.example".into()],
            ..Settings::default()
        },
    )
    .await;
    let long = format!("NOOP {}\r\nNOOP\r\n", "x".repeat(5_000));
    assert_eq!(codes(&door.says(long.as_bytes()).await), ["220", "500", "250"]);
    let endless = "x".repeat(1_000_000);
    assert_eq!(codes(&door.says(endless.as_bytes()).await), ["220"]);
    let answers = door.says("what\r\n".repeat(100).as_bytes()).await;
    assert_eq!((codes(&answers).len(), codes(&answers).last()), (22, Some(&"421")));
    let hello = "LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@hub.example>\r\nRCPT TO:<a@evil.example>\r\n\
                 RCPT TO:<b@HUB.example>\r\nRCPT TO:<c@hub.example>\r\nDATA\r\n";
    let answers = door.says(format!("{hello}{}\r\n.\r\nNOOP\r\n", "x".repeat(99)).as_bytes()).await;
    let wanted = ["220", "250", "250", "250", "550", "250", "452", "354", "552", "552", "250"];
    assert_eq!(codes(&answers), wanted, "{answers}");
    // A mail without an end is not read for ever, and nothing of it is taken.
    let answers = door.says(format!("{hello}{}", "x".repeat(1_000_000)).as_bytes()).await;
    assert_eq!(codes(&answers).first(), Some(&"220"));
    let answers = door.says(format!("{hello}half a mail\r\n").as_bytes()).await;
    assert_eq!(codes(&answers).last(), Some(&"354"));
    assert_eq!(door.bodies(), [""; 0]);
    door.close().await;
}

#[tokio::test]
async fn a_door_that_knows_its_recipients_refuses_the_others_before_the_mail() {
    let ours = mail::token::SignedAddresses::new("hub.example", [[7_u8; 32]]).unwrap();
    let made = ours.make(mail::token::Purpose::Reply, "1").unwrap();
    let listener = Listener::bind("lmtp://127.0.0.1:0").await.unwrap();
    let listener = listener.that_knows(move |to| ours.read(to).is_some());
    let place = listener.place();
    let settings = Settings { domains: vec!["Hub.example".into()], ..Settings::default() };
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async { drop(stopped.await) };
    let serve = listener.serve(settings, stopped, async |_, _| Ok(()));
    let send = async {
        let relay = Relay::parse(&place).unwrap();
        let to = |to| Envelope { to, ..envelope() };
        let known = relay.send(&to(made), b"x\r\n").await;
        let forged = address("rsvp+1.aaaaaaaaaaaaaaaa@hub.example");
        let unknown = relay.send(&to(forged), b"x\r\n").await;
        relay.close().await;
        drop(stop);
        (known.code(), unknown)
    };
    let ((), (known, unknown)) = tokio::join!(serve, send);
    assert_eq!(known, Some(250));
    assert_eq!((unknown.code(), unknown.fault()), (Some(550), mail::Fault::Address));
}

#[tokio::test]
async fn whoever_waits_too_long_is_told_and_one_too_many_is_turned_away() {
    let brief = Duration::from_millis(100);
    let settings = Settings {
        connections_max: 1,
        command_limit: brief,
        data_limit: brief,
        handler_limit: brief,
        ..Settings::default()
    };
    let door = Door::open("lmtp://127.0.0.1:0", settings).await;
    let mut silent = door.connect().await;
    let mut greeting = [0; 3];
    silent.read_exact(&mut greeting).await.unwrap();
    assert_eq!(codes(&door.says(b"").await), ["421"]);
    let mut rest = String::new();
    silent.read_to_string(&mut rest).await.unwrap();
    assert!(rest.contains("421 4.4.2"), "{rest}");

    let hello = "LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<hang@d.example>\r\nDATA\r\n";
    let mut slow = door.connect().await;
    slow.write_all(format!("{hello}half").as_bytes()).await.unwrap();
    let mut answers = String::new();
    slow.read_to_string(&mut answers).await.unwrap();
    assert!(answers.ends_with("421 4.4.2 the mail took too long\r\n"), "{answers}");
    let answers = door.says(format!("{hello}x\r\n.\r\nQUIT\r\n").as_bytes()).await;
    assert!(answers.contains("451 4.3.0 it took too long"), "{answers}");
    door.close().await;
}

#[tokio::test]
async fn a_stop_says_goodbye_and_waits_for_the_mail_that_is_being_taken() {
    let (begun, has_begun) = oneshot::channel();
    let (go_on, may_go_on) = oneshot::channel::<()>();
    let once = Mutex::new(Some((begun, may_go_on)));
    let door = Door::open_with("lmtp://127.0.0.1:0", Settings::default(), move |_, _| {
        let (begun, may_go_on) = once.lock().unwrap().take().unwrap();
        async move {
            begun.send(()).unwrap();
            may_go_on.await.unwrap();
            Ok(())
        }
    })
    .await;
    let mut idle = door.connect().await;
    let mut greeting = [0; 3];
    idle.read_exact(&mut greeting).await.unwrap();
    let relay = Relay::parse(&door.place).unwrap();
    let sent = tokio::spawn(async move { relay.send(&envelope(), b"x\r\n").await });
    has_begun.await.unwrap();
    let taken = Arc::clone(&door.taken);
    let closed = tokio::spawn(door.close());
    let mut goodbye = String::new();
    idle.read_to_string(&mut goodbye).await.unwrap();
    assert!(goodbye.contains("421 4.3.2"), "{goodbye}");
    assert!(!closed.is_finished());
    go_on.send(()).unwrap();
    assert!(sent.await.unwrap().is_submitted());
    closed.await.unwrap();
    assert_eq!(taken.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn it_listens_on_this_machine_only_and_replaces_a_dead_socket() {
    let refused = async |place: &str| Listener::bind(place).await.err().unwrap();
    for place in ["lmtp://0.0.0.0:24", "lmtp://192.0.2.1:24", "lmtp://[::]:24"] {
        assert!(matches!(refused(place).await, BindError::NotLoopback), "{place}");
    }
    for place in [
        "",
        "smtp://127.0.0.1:25",
        "lmtp://127.0.0.1",
        "lmtp:relative",
        "lmtp:/x?mode=9",
        "lmtp:/x?mode=1000",
    ] {
        assert!(matches!(refused(place).await, BindError::Unreadable), "{place}");
    }
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("lmtp");
    let at = format!("lmtp:{}?mode=600", path.display());
    let first = Listener::bind(&at).await.unwrap();
    assert!(matches!(refused(&at).await, BindError::Io { .. }));
    drop(first);
    let second = Listener::bind(&at).await.unwrap();
    let mode =
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    drop(second);
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&path, "a file is not ours to remove").unwrap();
    assert!(matches!(refused(&at).await, BindError::Io { .. }));
}

#[tokio::test]
async fn chance_does_not_break_the_door() {
    let door = door().await;
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let pieces: [&[u8]; 14] = [
        b"LHLO x\r\n",
        b"MAIL FROM:<>\r\n",
        b"MAIL FROM:<a@b.example> SIZE=1\r\n",
        b"RCPT TO:<c@d.example>\r\n",
        b"DATA\r\n",
        b".\r\n",
        b"\r\n.\r\n",
        b"\n",
        b"\r",
        b".",
        b"\0\xff",
        b"QUIT",
        b"RSET\r\n",
        b"Subject: x\r\n\r\n",
    ];
    for _ in 0..200 {
        let mut words = Vec::new();
        for _ in 0..30 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let index = usize::try_from(seed >> 33).unwrap() % pieces.len();
            words.extend_from_slice(pieces[index]);
        }
        let answers = door.says(&words).await;
        assert!(answers.starts_with("220 "), "{answers}");
    }
    let relay = Relay::parse(&door.place).unwrap();
    let envelope = Envelope { to: address("last@d.example"), ..envelope() };
    assert!(relay.send(&envelope, b"x\r\n").await.is_submitted());
    relay.close().await;
    door.close().await;
}
