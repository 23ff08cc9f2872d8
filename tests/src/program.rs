//! The built binary: its commands, and a server that lives as long as its value.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

use crate::database::Database;

/// How long the first line may take, on a busy machine.
const START_WITHIN: Duration = Duration::from_mins(1);
/// How long a process may take to end.
const END_WITHIN: Duration = Duration::from_secs(40);

/// The binary: `CONVOKE_BIN`, or the one beside these tests.
pub fn binary() -> PathBuf {
    #[expect(clippy::disallowed_methods, reason = "the test command says which binary")]
    let named = std::env::var_os("CONVOKE_BIN").map(PathBuf::from);
    let binary = named.unwrap_or_else(|| {
        let own = std::env::current_exe().expect("our own path");
        own.ancestors().nth(2).expect("target/debug").join("convoke")
    });
    assert!(binary.is_file(), "{} is not built: cargo build -p server", binary.display());
    binary
}

/// A command of the binary, in the database's folder, with nothing of ours in its environment.
fn command(database: &Database, through: &[String], words: &[&str]) -> Command {
    let mut command = match through {
        [] => Command::new(binary()),
        [program, first @ ..] => {
            let mut command = Command::new(program);
            command.args(first).arg(binary());
            command
        }
    };
    command.args(words).current_dir(database.folder());
    command.env_remove("CONVOKE_TEST_POSTGRES").env_remove("CONVOKE_BIN");
    command.env_remove("CONVOKE_CHROMIUM");
    command
}

/// Runs a command on a story's database to its end.
pub fn run(database: &Database, words: &[&str]) -> Output {
    let url = database.url();
    let mut command = command(database, &[], words);
    command.args(["--database", &url]).output().expect("start the binary")
}

/// Runs a command that must do well; what it printed.
#[track_caller]
pub fn must(database: &Database, words: &[&str]) -> String {
    let output = run(database, words);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "convoke {}: {said}{complained}", words.join(" "));
    said
}

/// A serving process.
pub struct Server {
    child: Child,
    base: String,
    greeting: String,
    log: Arc<Mutex<String>>,
    database: &'static str,
}

/// How a server is started.
#[derive(Clone, Debug, Default)]
pub struct Launch {
    /// Where letters go; into a folder when empty.
    pub mail: String,
    /// Further words on the command line.
    pub words: Vec<String>,
    /// Further environment.
    pub environment: Vec<(String, String)>,
    /// A program that starts it, with its own words before ours.
    pub through: Vec<String>,
}

impl Launch {
    /// Letters go there.
    pub fn mail(url: &str) -> Self {
        Self { mail: url.to_owned(), ..Self::default() }
    }
}

impl Server {
    /// Starts a server and waits for its first line.
    pub fn start(database: &Database, launch: &Launch) -> Self {
        Self::try_start(database, launch).unwrap_or_else(|said| panic!("no server: {said}"))
    }

    /// Starts a server; if it ends before its first line, what it said and how it ended.
    ///
    /// # Errors
    /// Its words on standard error.
    pub fn try_start(database: &Database, launch: &Launch) -> Result<Self, String> {
        let url = database.url();
        let outbox = format!("file:{}", database.folder().join("outbox").display());
        let mail = if launch.mail.is_empty() { &outbox } else { &launch.mail };
        // Nobody waits for a proxy here.
        let mut words = vec!["serve", "--mail", mail, "--stop-delay", "0"];
        let listens = launch.words.iter().position(|word| word == "--listen");
        let listens = listens.and_then(|at| launch.words.get(at + 1));
        if listens.is_none() {
            words.extend(["--listen", "127.0.0.1:0"]);
        }
        if !launch.words.iter().any(|word| word == "--database") {
            words.extend(["--database", &url]);
        }
        words.extend(launch.words.iter().map(String::as_str));
        let mut command = command(database, &launch.through, &words);
        command.envs(launch.environment.iter().cloned());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("start the binary");
        let log = Arc::new(Mutex::new(String::new()));
        let errors = child.stderr.take().expect("its errors");
        let kept = Arc::clone(&log);
        let keeper = std::thread::spawn(move || keep(errors, &kept));
        let (tell, lines) = mpsc::channel();
        let output = BufReader::new(child.stdout.take().expect("its output"));
        std::thread::spawn(move || {
            // Read to the end, or the process would stop for a full pipe.
            for line in output.lines().map_while(Result::ok) {
                drop(tell.send(line));
            }
        });
        let greeting = lines.recv_timeout(START_WITHIN).unwrap_or_default();
        let base = greeting
            .split_whitespace()
            .find(|word| word.starts_with("http://"))
            .map(|word| word.trim_end_matches(['/', ',', '.', ';']).to_owned());
        // Who is told where to listen may be known elsewhere by another address.
        let base = base.map(|base| listens.map_or(base, |listens| format!("http://{listens}")));
        let mut server = Self {
            child,
            base: base.clone().unwrap_or_default(),
            greeting,
            log,
            database: database.name(),
        };
        if base.is_none() {
            let ended = server.ends();
            // Its last words may still be in the pipe.
            if ended.is_some() {
                drop(keeper.join());
            }
            return Err(format!("{ended:?}: {}", server.log()));
        }
        Ok(server)
    }

    /// Its address: `http://127.0.0.1:1234`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The first line on standard output.
    pub fn greeting(&self) -> &str {
        &self.greeting
    }

    /// What it wrote to standard error so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The end of what it wrote, without the line a request that went well.
    pub fn complaints(&self) -> String {
        let log = self.log();
        let lines = log.lines().filter(|line| !line.contains("\"target\":\"access\""));
        let lines: Vec<&str> = lines.collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether the process lives.
    pub fn is_alive(&mut self) -> bool {
        self.child.try_wait().expect("its state").is_none()
    }

    /// Ends it without a warning, as a power cut would.
    pub fn kill(&mut self) {
        self.child.kill().expect("kill the server");
        self.child.wait().expect("its end");
    }

    /// Sends SIGTERM.
    pub fn terminate(&self) {
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(sent.expect("a program `kill`").success(), "SIGTERM could not be sent");
    }

    /// Waits until it has ended.
    pub fn ends(&mut self) -> Option<ExitStatus> {
        let begun = Instant::now();
        while begun.elapsed() < END_WITHIN {
            if let Some(status) = self.child.try_wait().expect("its state") {
                return Some(status);
            }
            #[expect(
                clippy::disallowed_methods,
                reason = "a process cannot be awaited with a limit"
            )]
            std::thread::sleep(Duration::from_millis(20));
        }
        None
    }

    /// Asks it to stop and waits until it has.
    pub fn stop(&mut self) -> ExitStatus {
        self.terminate();
        self.ends().unwrap_or_else(|| panic!("the server does not stop: {}", self.log()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
        if std::thread::panicking() {
            let said = self.complaints();
            eprintln!("--- the server on {} at {} said:\n{said}\n---", self.database, self.base);
        }
    }
}

fn keep(mut from: impl std::io::Read, log: &Mutex<String>) {
    let mut part = [0; 4096];
    while let Ok(count) = from.read(&mut part) {
        if count == 0 {
            return;
        }
        let text = String::from_utf8_lossy(&part[..count]);
        log.lock().unwrap_or_else(PoisonError::into_inner).push_str(&text);
    }
}
