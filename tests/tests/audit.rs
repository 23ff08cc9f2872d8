//! The audit suite of the GraphQL-over-HTTP specification, against the built binary.
//!
//! The transport's own crate runs it on a small schema; here it judges what is shipped: with our
//! layers round it, our limits, and our own schema.

#![allow(clippy::panic, reason = "a story stops at the first surprise")]

use std::path::Path;
use std::process::Command;

use stories::{World, tools};

const PACKAGES: &[&str] = &["graphql@16.15.0", "graphql-http@1.23.1"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_61_audits_pass() {
    let modules = tools::node_modules("story-audit", PACKAGES);
    // Beside its packages, where node looks for them.
    let script = modules.with_file_name("audit.mjs");
    let ours =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/graphql/tests/audit/audit.mjs");
    std::fs::copy(ours, &script).unwrap_or_else(|fault| panic!("the script: {fault}"));
    let world = World::sqlite().await;
    for token in ["", world.admin.token.as_deref().unwrap_or_default()] {
        let url = format!("{}/graphql", world.server.base());
        let output = tools::output(Command::new("node").arg(&script).args([&url, "61", token]));
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let complained = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}{complained}");
        assert!(said.contains("61 of 61 audits passed"), "{said}");
    }
}
