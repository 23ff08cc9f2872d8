//! The program as a person starts it, in a folder of its own, with nothing set.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A folder with a database in it.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// A file in it.
    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        let path = self.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    /// The program with these arguments, in this folder.
    pub(crate) fn program(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_convoke"));
        command.args(args).current_dir(self.path()).stdin(Stdio::null());
        for name in [
            "DATABASE",
            "LISTEN",
            "PUBLIC_URL",
            "MAIL",
            "LOG",
            "CONFIG",
            "CRASH",
            "BIN",
            "CHROMIUM",
        ] {
            command.env_remove(format!("CONVOKE_{name}"));
        }
        command
    }

    /// Runs it to its end.
    #[track_caller]
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        Ran::of(self.program(args).output().unwrap())
    }

    /// Serves on any port.
    #[track_caller]
    pub(crate) fn serve(&self, args: &[&str]) -> Server {
        let mut all = vec!["serve", "--listen", "127.0.0.1:0", "--stop-delay", "0"];
        all.extend(args);
        Server::start(self.program(&all))
    }
}

/// What a command said, and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// It must have ended well.
    #[track_caller]
    pub(crate) fn fine(self) -> String {
        assert_eq!(self.code, Some(0), "{}{}", self.out, self.err);
        self.out
    }

    /// It must have ended so, saying this on standard error.
    #[track_caller]
    pub(crate) fn refused(self, code: i32, says: &str) {
        assert_eq!(self.code, Some(code), "{}{}", self.out, self.err);
        assert!(self.err.contains(says), "{}", self.err);
    }
}

/// A server under test. Dropping it kills it.
pub(crate) struct Server {
    child: Child,
    out: BufReader<ChildStdout>,
    /// `127.0.0.1:54321`.
    pub(crate) address: String,
    /// The first line it said.
    pub(crate) first_line: String,
}

impl Server {
    #[track_caller]
    pub(crate) fn start(mut command: Command) -> Self {
        command.stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut child = command.spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut first_line = String::new();
        out.read_line(&mut first_line).unwrap();
        let address = first_line
            .strip_prefix("Convoke is at http://")
            .and_then(|rest| rest.split_whitespace().next())
            .unwrap_or_else(|| panic!("the first line is “{first_line}”"))
            .to_owned();
        Self { child, out, address, first_line }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The next line on standard output.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line
    }

    /// Sends a request as it stands and reads to the end.
    pub(crate) fn send(&self, request: &str) -> String {
        let mut stream = self.connect(request);
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Sends a request and leaves the connection open.
    pub(crate) fn connect(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// The whole answer to a GET.
    pub(crate) fn get(&self, path: &str) -> String {
        let host = &self.address;
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
    }

    /// The answer to a GraphQL document, as JSON.
    pub(crate) fn ask(&self, token: Option<&str>, document: &str) -> serde_json::Value {
        let answer = self.send(&self.graphql(token, document, "application/json"));
        let body = answer.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default();
        serde_json::from_str(body).unwrap_or_else(|_| panic!("{answer}"))
    }

    /// A GraphQL request.
    pub(crate) fn graphql(&self, token: Option<&str>, document: &str, accept: &str) -> String {
        let body = serde_json::json!({ "query": document }).to_string();
        let bearer = token.map(|token| format!("Authorization: Bearer {token}\r\n"));
        format!(
            "POST /graphql HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAccept: {accept}\r\n{}\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            bearer.unwrap_or_default(),
            body.len()
        )
    }

    /// Asks it to stop, as a supervisor does.
    pub(crate) fn terminate(&self) {
        let sent = Command::new("kill").args(["-TERM", &self.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits for its end.
    #[track_caller]
    pub(crate) fn ended(&mut self) -> ExitStatus {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(began.elapsed() < PATIENCE, "it does not end");
            pause();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended_before = self.child.kill();
        let _status = self.child.wait();
    }
}

/// Between two looks at something that has no way to tell us.
fn pause() {
    #[expect(clippy::disallowed_methods, reason = "a test without a runtime waits for a process")]
    std::thread::sleep(Duration::from_millis(20));
}
