//! A private PostgreSQL cluster for one run of the tests.
//!
//! It lives in a temporary folder, on a free port of the loopback address and on a unix socket,
//! and is as durable as one in production. A keeper process holds it: a small shell whose standard
//! input is a pipe from us. However we end, be it Ctrl-C, a failing test or a kill, the pipe
//! closes, and the keeper stops the server and removes the folder. So nothing is ever left behind.

use std::fs;
use std::io::{self, Read as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::{needs, shell};

/// Where tests look for their server; set it to use one of your own.
pub(crate) const VARIABLE: &str = "CONVOKE_TEST_POSTGRES";

/// How long a fresh cluster may take until it accepts connections, on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// What the keeper runs: `$1` the postgres program, `$2` the data folder, `$3` the folder to
/// remove, the rest the server's settings. SIGINT is PostgreSQL's fast shutdown.
const KEEPER: &str = r#"
bin=$1 data=$2 folder=$3; shift 3
"$bin" -D "$data" "$@" >"$folder/log" 2>&1 </dev/null &
server=$!
trap '' INT TERM HUP
cat >/dev/null
kill -INT "$server" 2>/dev/null
wait "$server"
cd / && rm -rf "$folder"
"#;

/// A running cluster; dropping it stops the server and removes its files.
pub(crate) struct Cluster {
    keeper: Child,
    url: String,
    folder: PathBuf,
}

impl Cluster {
    /// Makes a cluster and waits until it answers.
    pub(crate) fn start() -> Result<Self> {
        let bin =
            needs::postgres_bin().context("PostgreSQL's server programs are not installed")?;
        let owner = Owner::find()?;
        let folder = std::env::temp_dir().join(format!("convoke-pg-{}", random_word()?));
        fs::create_dir(&folder).with_context(|| format!("could not make {}", folder.display()))?;
        let made = Self::start_in(&folder, &bin, &owner);
        if made.is_err() {
            // The keeper may already be removing it; either way it must be gone.
            fs::remove_dir_all(&folder).or_else(missing_is_fine)?;
        }
        made
    }

    fn start_in(folder: &Path, bin: &Path, owner: &Owner) -> Result<Self> {
        let password = random_word()?;
        let password_file = folder.join("password");
        fs::write(&password_file, &password)?;
        owner.give(folder)?;
        let data = folder.join("data");
        // A password, because every user of this machine can reach the loopback address, and a
        // PostgreSQL superuser may run programs. Plain, because its check costs the client nothing.
        let made = owner
            .command(&bin.join("initdb"))
            .arg("--pgdata")
            .arg(&data)
            .args(["--username=postgres", "--auth=password", "--encoding=UTF8", "--locale=C"])
            .arg("--no-sync")
            .arg("--pwfile")
            .arg(&password_file)
            .current_dir("/")
            .output()
            .context("could not start initdb")?;
        if !made.status.success() {
            bail!("initdb failed:\n{}", String::from_utf8_lossy(&made.stderr));
        }
        let port = free_port()?;
        let mut keeper = owner
            .command(Path::new("sh"))
            .args(["-c", KEEPER, "convoke-postgres"])
            .arg(bin.join("postgres"))
            .arg(&data)
            .arg(folder)
            .args(settings(folder, port))
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            // Its own process group: Ctrl-C reaches us and the tests, the keeper tidies up after.
            .process_group(0)
            .spawn()
            .context("could not start PostgreSQL")?;
        if let Err(error) = wait_until_ready(&mut keeper, folder, port) {
            let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
            drop(keeper.stdin.take());
            keeper.wait()?;
            bail!("{error:#}\n{log}");
        }
        let url = format!("postgres://postgres:{password}@127.0.0.1:{port}/postgres");
        Ok(Self { keeper, url, folder: folder.to_owned() })
    }

    /// Where the superuser connects.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Err(error) = self.keeper.wait() {
            eprintln!("could not wait for PostgreSQL to stop: {error}");
        }
        if self.folder.exists() {
            eprintln!("PostgreSQL left its files in {}", self.folder.display());
        }
    }
}

/// Who owns the server: PostgreSQL refuses to run as the superuser.
struct Owner {
    /// Another user to become, when we are root.
    user: Option<&'static str>,
}

impl Owner {
    fn find() -> Result<Self> {
        if !needs::is_root() {
            return Ok(Self { user: None });
        }
        if shell::which(&["runuser"]).is_none() {
            bail!(
                "PostgreSQL refuses to run as root, and there is no `runuser`: try as another user"
            );
        }
        for user in ["postgres", "nobody"] {
            if shell::succeeds(Command::new("id").args(["-u", user])) {
                return Ok(Self { user: Some(user) });
            }
        }
        bail!(
            "running as root, and there is neither a user `postgres` nor `nobody` to run PostgreSQL"
        )
    }

    /// Makes a file or folder, with all it holds, this user's own.
    fn give(&self, path: &Path) -> Result<()> {
        shell::run(Command::new("chmod").args(["-R", "go-rwx"]).arg(path))?;
        match self.user {
            Some(user) => shell::run(Command::new("chown").args(["-R", user]).arg(path)),
            None => Ok(()),
        }
    }

    /// A command run as this user. Its arguments follow as usual.
    fn command(&self, program: &Path) -> Command {
        let Some(user) = self.user else {
            return Command::new(program);
        };
        let mut command = Command::new("runuser");
        command.args(["-u", user, "--"]);
        command.arg(program);
        command
    }
}

/// `cargo xtask postgres`: a cluster for as long as a developer wants it.
pub(crate) fn serve() -> Result<()> {
    needs::postgres_bin().context(
        "PostgreSQL's server programs are not installed: `apt-get install postgresql` or `brew install postgresql@17`",
    )?;
    let cluster = Cluster::start()?;
    println!("export {VARIABLE}={}", cluster.url());
    println!("# PostgreSQL runs until Enter, end of input or Ctrl-C; its files go with it.");
    io::stdin().read_line(&mut String::new())?;
    Ok(())
}

fn settings(folder: &Path, port: u16) -> Vec<String> {
    [
        format!("port={port}"),
        "listen_addresses=127.0.0.1".to_owned(),
        format!("unix_socket_directories={}", folder.display()),
        "fsync=on".to_owned(),
        "synchronous_commit=on".to_owned(),
        "max_connections=200".to_owned(),
        // Every test makes and drops databases of its own: small memory, few checkpoints.
        "shared_buffers=64MB".to_owned(),
        "max_wal_size=1GB".to_owned(),
        "log_min_messages=warning".to_owned(),
    ]
    .into_iter()
    .flat_map(|setting| ["-c".to_owned(), setting])
    .collect()
}

/// Ready is what the server says in its status file, not that the port is open: it listens before
/// it is up.
fn wait_until_ready(keeper: &mut Child, folder: &Path, port: u16) -> Result<()> {
    let status = folder.join("data/postmaster.pid");
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let is_ready = text.lines().nth(7).is_some_and(|line| line.trim() == "ready");
        if is_ready && TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Ok(());
        }
        if keeper.try_wait()?.is_some() {
            bail!("PostgreSQL's keeper ended early");
        }
        let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
        if log.contains("FATAL") {
            bail!("PostgreSQL did not start");
        }
        thread::sleep(Duration::from_millis(50));
    }
    bail!("PostgreSQL was not ready after {} s", PATIENCE.as_secs())
}

/// A port nobody holds at this moment.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("could not find a free port")?;
    Ok(listener.local_addr()?.port())
}

/// 128 random bits as hexadecimal digits.
fn random_word() -> Result<String> {
    let mut bytes = [0; 16];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}

fn missing_is_fine(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}
