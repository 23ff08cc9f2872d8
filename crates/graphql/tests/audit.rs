//! The audit suite of the GraphQL-over-HTTP specification (npm `graphql-http`) against our transport.
//!
//! It needs node and npm; without them it fails and says what to install, since an audit that is
//! skipped proves nothing. The script takes any address: `node audit.mjs http://…/graphql`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it fails")]

mod support;

use std::{fs, path::PathBuf, process::Output};

use support::Server;
use tokio::process::Command;

const INSTALL: &str = "the audit needs node and npm: apt-get install -y nodejs npm";

/// Runs a program of node's in the folder and returns what it printed.
async fn run(program: &str, arguments: &[&str], folder: &PathBuf) -> Output {
    let output = Command::new(program).args(arguments).current_dir(folder).output().await;
    output.unwrap_or_else(|error| panic!("could not start {program} ({error}); {INSTALL}"))
}

/// The script beside its two packages, in a folder that outlives the test.
async fn prepared() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("graphql-audit");
    fs::create_dir_all(&folder).unwrap();
    let source = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/audit");
    let wanted = fs::read(source.join("package.json")).unwrap();
    let is_installed = fs::read(folder.join("installed.json")).is_ok_and(|had| had == wanted);
    fs::write(folder.join("package.json"), &wanted).unwrap();
    fs::copy(source.join("audit.mjs"), folder.join("audit.mjs")).unwrap();
    if !is_installed {
        let install = ["install", "--no-audit", "--no-fund", "--no-package-lock"];
        let output = run("npm", &install, &folder).await;
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "npm install failed: {said}");
        fs::write(folder.join("installed.json"), &wanted).unwrap();
    }
    folder
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_61_audits_pass() {
    let folder = prepared().await;
    let server = Server::start().await;
    let output = run("node", &["audit.mjs", &server.url(), "61"], &folder).await;
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{complained}");
    assert!(said.contains("61 of 61 audits passed"), "{said}");
}
