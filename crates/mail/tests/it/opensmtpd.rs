//! A real mail server in front of the door: OpenSMTPD takes a mail by SMTP, relays it by LMTP, and
//! sends the notification of what failed back the same way.
//!
//! It has to be started by root, as every mail server that changes its user. Started by anybody
//! else this test says so and proves nothing; the machine that checks changes runs it as root.

use std::process::Stdio;
use std::time::Duration;

use mail::bounce::{Action, Report};
use mail::inbound::{Limits, read_message};
use mail::lmtp::Settings;
use mail::{Consequence, Envelope, Relay};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use crate::lmtp::Door;
use crate::sample::{address, invitation};

const PATIENCE: Duration = Duration::from_mins(1);
const INSTALL: &str = "OpenSMTPD is needed; install it: apt-get install opensmtpd";

/// In a mount namespace of its own, if the system allows one: its queue and socket have fixed
/// places.
const START: &str = "
PATH=/usr/sbin:/sbin:$PATH
if unshare --mount true 2>/dev/null; then
    exec unshare --mount sh -c '
        mount -t tmpfs -o mode=755 tmpfs /var/spool && mount -t tmpfs -o mode=755 tmpfs /run &&
        exec smtpd -d -f \"$0\"' \"$0\"
fi
exec smtpd -d -f \"$0\"
";

fn start(config: &str) -> Child {
    let mut command = Command::new("sh");
    command.args(["-c", START, config]).kill_on_drop(true);
    command.stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null());
    command.spawn().unwrap()
}

fn is_root() -> bool {
    let id = std::process::Command::new("id").arg("-u").output().unwrap();
    id.stdout.trim_ascii() == b"0"
}

async fn until(mut is_so: impl AsyncFnMut() -> bool) -> bool {
    let wait = async {
        let mut beat = tokio::time::interval(Duration::from_millis(50));
        while !is_so().await {
            beat.tick().await;
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.is_ok()
}

#[tokio::test]
async fn opensmtpd_delivers_to_us_and_its_notification_comes_back() {
    if !is_root() {
        eprintln!("OpenSMTPD was not tried: only root can start it");
        return;
    }
    assert!(std::path::Path::new("/usr/sbin/smtpd").exists(), "{INSTALL}");
    let door = Door::open("lmtp://127.0.0.1:0", Settings::default()).await;
    // A port that was free a moment ago; OpenSMTPD cannot choose one.
    let port = {
        let free = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        free.local_addr().unwrap().port()
    };
    let place = tempfile::tempdir().unwrap();
    let config = place.path().join("smtpd.conf");
    let words = format!(
        "listen on 127.0.0.1 port {port} hostname mx.hub.example\n\
         action \"in\" relay host {}\n\
         match from any for any action \"in\"\n",
        door.place
    );
    std::fs::write(&config, words).unwrap();
    let mut server = start(config.to_str().unwrap());
    let is_up = until(async || TcpStream::connect(("127.0.0.1", port)).await.is_ok()).await;
    assert!(is_up, "OpenSMTPD did not start: {:?}. {INSTALL}", server.try_wait());

    let relay = Relay::parse(&format!("smtp://127.0.0.1:{port}")).unwrap();
    let mime = invitation().to_mime().unwrap();
    for to in ["rsvp+1@hub.example", "nobody@hub.example"] {
        let from = address("b+01jt7e.x@hub.example");
        let outcome = relay.send(&Envelope { from, to: address(to) }, &mime).await;
        assert!(outcome.is_submitted(), "{outcome:?}");
    }
    relay.close().await;
    let have_come = until(async || door.taken.lock().unwrap().len() == 2).await;
    let taken = door.taken.lock().unwrap().clone();
    assert!(have_come, "{} mails came", taken.len());
    let of = |local: &str| taken.iter().find(|(_, to)| to.local() == local).unwrap().0.clone();

    let delivered = of("rsvp+1");
    let message = read_message(&delivered.bytes, &Limits::default()).unwrap();
    assert_eq!(message.calendar.unwrap().ics, invitation().calendar.unwrap().ics);

    let notification = of("b+01jt7e.x");
    assert_eq!(notification.from, None);
    let message = read_message(&notification.bytes, &Limits::default()).unwrap();
    let Some(Report::Delivery(report)) = mail::bounce::read(&message) else { panic!("no report") };
    assert_eq!(report.message_id.as_deref(), Some(invitation().message_id.as_str()));
    let failed = &report.deliveries[0];
    assert_eq!(failed.recipient, Some(address("nobody@hub.example")));
    assert_eq!((failed.action, failed.consequence()), (Action::Failed, Consequence::Suppress));
    // Asked to leave, it takes its children along; killed, it would leave them behind.
    let pid = server.id().unwrap().to_string();
    assert!(Command::new("kill").arg(pid).status().await.unwrap().success());
    tokio::time::timeout(PATIENCE, server.wait()).await.unwrap().unwrap();
    door.close().await;
}
