//! A mail server that is not ours, between the product and the world: OpenSMTPD.
//!
//! It takes whatever comes by SMTP. Mail for one domain it hands to the product by LMTP, all other
//! mail to the world; what the world refuses it bounces. Like every mail server that changes its
//! user it has to be started by root; a story that needs it fails without, and says so.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::tools;

const INSTALL: &str = "OpenSMTPD is needed, and root to start it: apt-get install opensmtpd";
/// How long it may take to answer.
const START_WITHIN: Duration = Duration::from_secs(30);

/// In a mount namespace of its own where the system allows one: its queue and its socket have fixed
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

/// A running OpenSMTPD.
pub struct Mta {
    port: u16,
    process: Child,
    _folder: tempfile::TempDir,
}

/// A port that is free at this moment.
pub fn free_port() -> u16 {
    let free = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    free.local_addr().expect("its address").port()
}

impl Mta {
    /// Between `lmtp://…`, for mail to `domain`, and the world's `smtp://…`.
    pub fn between(domain: &str, lmtp: &str, world: &str) -> Self {
        let id = tools::output(Command::new("id").arg("-u")).stdout;
        assert!(id.trim_ascii() == b"0" && Path::new("/usr/sbin/smtpd").exists(), "{INSTALL}");
        let folder = tempfile::tempdir().expect("a folder");
        let (port, config) = (free_port(), folder.path().join("smtpd.conf"));
        let words = format!(
            "listen on 127.0.0.1 port {port} hostname mx.people.example\n\
             action \"in\" relay host {lmtp}\n\
             action \"out\" relay host {world}\n\
             match from any for domain \"{domain}\" action \"in\"\n\
             match from any for any action \"out\"\n"
        );
        std::fs::write(&config, words).expect("write its configuration");
        let mut command = Command::new("sh");
        command.args(["-c", START]).arg(&config);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let process = command.spawn().expect("start sh");
        let mta = Self { port, process, _folder: folder };
        let begun = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(begun.elapsed() < START_WITHIN, "OpenSMTPD does not answer. {INSTALL}");
            #[expect(clippy::disallowed_methods, reason = "a process cannot be awaited")]
            std::thread::sleep(Duration::from_millis(50));
        }
        mta
    }

    /// Where it takes mail: `smtp://…`.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }
}

impl Drop for Mta {
    fn drop(&mut self) {
        // Asked to leave, it takes its children along; killed, it would leave them behind.
        let _asked = Command::new("kill").arg(self.process.id().to_string()).status();
        drop(self.process.wait());
    }
}
