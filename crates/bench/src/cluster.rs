//! A PostgreSQL server of our own, beneath the shim: its fsyncs cost what ours do.
//!
//! It belongs to this run: a small shell holds it, whose standard input is a pipe from us, so it
//! ends with us however we end. PostgreSQL refuses to run as the superuser; then another user does.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use kernel::World as _;

use crate::regime::{self, Regime};
use crate::world::Machine;

/// `$1` the server's program, `$2` its folder; the rest are settings. Ends with its standard input.
const KEEPER: &str = r#"
program=$1 folder=$2; shift 2
"$program" -D "$folder/data" "$@" >"$folder/log" 2>&1 </dev/null &
server=$!
trap '' INT TERM HUP
cat >/dev/null
kill -INT "$server"
wait "$server"
"#;

/// A running server.
pub(crate) struct Cluster {
    keeper: Child,
    url: String,
    counter: Option<PathBuf>,
}

impl Cluster {
    /// Makes a cluster in this folder and waits until it answers.
    pub(crate) fn start(parent: &Path, regime: Regime) -> Result<Self> {
        let programs = programs().context(
            "PostgreSQL's server programs are not installed: `apt-get install postgresql`",
        )?;
        let folder = parent.join("postgres");
        fs::create_dir(&folder)?;
        let owner = owner()?;
        let (counter, library) = (folder.join("fsyncs"), folder.join("shim.so"));
        let shim = regime::shim();
        if let Some(shim) = &shim {
            fs::write(&counter, [0; 8])?;
            // The server's user may not be allowed to look into our target folder.
            fs::copy(shim, &library)?;
        }
        let password = new_password(&folder)?;
        give(owner, parent, &folder)?;
        make(owner, &programs.join("initdb"), &folder)?;
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut command = as_owner(owner, Path::new("sh"));
        command
            .args(["-c", KEEPER, "bench-postgres"])
            .arg(programs.join("postgres"))
            .arg(&folder)
            .args(settings(&folder, port))
            .current_dir("/")
            .stdin(Stdio::piped())
            .process_group(0);
        match &shim {
            Some(_) => command
                .env("LD_PRELOAD", &library)
                .env(regime::PRICE, regime.price_us().to_string())
                .env(regime::COUNT, &counter),
            None => command.env_remove("LD_PRELOAD"),
        };
        let keeper = command.spawn().context("could not start PostgreSQL")?;
        let url = format!("postgres://postgres:{password}@127.0.0.1:{port}/postgres");
        let mut cluster = Self { keeper, url, counter: shim.map(|_| counter) };
        cluster.wait(&folder, port)?;
        Ok(cluster)
    }

    /// Where the superuser connects.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Where its fsyncs are counted.
    pub(crate) fn counter(&self) -> Option<PathBuf> {
        self.counter.clone()
    }

    fn wait(&mut self, folder: &Path, port: u16) -> Result<()> {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_mins(1) {
            let status = fs::read_to_string(folder.join("data/postmaster.pid")).unwrap_or_default();
            let is_ready = status.lines().nth(7).is_some_and(|line| line.trim() == "ready");
            if is_ready && TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(());
            }
            if self.keeper.try_wait()?.is_some() {
                break;
            }
            #[expect(clippy::disallowed_methods, reason = "nothing else runs yet")]
            std::thread::sleep(Duration::from_millis(50));
        }
        bail!(
            "PostgreSQL did not start:\n{}",
            fs::read_to_string(folder.join("log")).unwrap_or_default()
        )
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Err(fault) = self.keeper.wait() {
            eprintln!("could not wait for PostgreSQL to stop: {fault}");
        }
    }
}

/// The folder with the newest server's programs.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<(u32, PathBuf)> = versions
        .flatten()
        .filter_map(|version| {
            let number = version.file_name().to_string_lossy().parse().ok()?;
            Some((number, version.path().join("bin")))
        })
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .collect();
    found.sort();
    found.pop().map(|(_, folder)| folder)
}

/// Who runs the server, when it cannot be us.
fn owner() -> Result<Option<&'static str>> {
    let id = Command::new("id").arg("-u").output()?;
    if id.stdout.trim_ascii() != b"0" {
        return Ok(None);
    }
    for user in ["postgres", "nobody"] {
        if Command::new("id").args(["-u", user]).output()?.status.success() {
            return Ok(Some(user));
        }
    }
    bail!("running as root, and there is neither a user `postgres` nor `nobody`")
}

fn as_owner(owner: Option<&'static str>, program: &Path) -> Command {
    match owner {
        None => Command::new(program),
        Some(user) => {
            let mut command = Command::new("runuser");
            command.args(["-u", user, "--"]).arg(program);
            command
        }
    }
}

/// Makes the folder the server's own, and lets its user pass through the one above.
fn give(owner: Option<&'static str>, parent: &Path, folder: &Path) -> Result<()> {
    let run = |program: &str, mode: &str, path: &Path, deep: bool| -> Result<()> {
        let mut command = Command::new(program);
        if deep {
            command.arg("-R");
        }
        let ended = command.arg(mode).arg(path).status()?;
        if !ended.success() {
            bail!("{program} {mode} {} failed", path.display());
        }
        Ok(())
    };
    run("chmod", "a+x", parent, false)?;
    run("chmod", "u+rwX,go-rwx", folder, true)?;
    match owner {
        Some(user) => run("chown", user, folder, true),
        None => Ok(()),
    }
}

/// A password, in a file as well: every user of this machine can reach the loopback address.
fn new_password(folder: &Path) -> Result<String> {
    let mut random = [0; 16];
    Machine.fill(&mut random);
    let password = format!("{:032x}", u128::from_ne_bytes(random));
    fs::write(folder.join("password"), &password)?;
    Ok(password)
}

fn make(owner: Option<&'static str>, initdb: &Path, folder: &Path) -> Result<()> {
    let made = as_owner(owner, initdb)
        .arg("--pgdata")
        .arg(folder.join("data"))
        .arg("--pwfile")
        .arg(folder.join("password"))
        .args(["--username=postgres", "--auth=password", "--encoding=UTF8", "--locale=C"])
        .arg("--no-sync")
        .current_dir("/")
        .env_remove("LD_PRELOAD")
        .output()
        .context("could not start initdb")?;
    if !made.status.success() {
        bail!("initdb failed:\n{}", String::from_utf8_lossy(&made.stderr));
    }
    Ok(())
}

fn settings(folder: &Path, port: u16) -> Vec<String> {
    [
        format!("port={port}"),
        "listen_addresses=127.0.0.1".to_owned(),
        format!("unix_socket_directories={}", folder.display()),
        "fsync=on".to_owned(),
        "synchronous_commit=on".to_owned(),
        "max_connections=100".to_owned(),
        "shared_buffers=256MB".to_owned(),
        "max_wal_size=4GB".to_owned(),
        "checkpoint_timeout=30min".to_owned(),
        "log_min_messages=warning".to_owned(),
    ]
    .into_iter()
    .flat_map(|setting| ["-c".to_owned(), setting])
    .collect()
}
