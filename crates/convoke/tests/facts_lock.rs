//! The lock file of fact kinds: every shape a fact was ever written in stays readable for ever.
//!
//! `facts.lock` has a line for each kind and schema version with a golden payload. A new kind or a
//! new version adds a line (`UPDATE_FACTS_LOCK=1 cargo test -p convoke --test facts_lock`); a line
//! is never changed or taken out, since journals hold such facts.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;
use std::path::Path;

use convoke::product::{Convoke, samples};
use journal::{Product as _, Rows};
use kernel::{Recorded, StreamId, testing::noon};

type Lock = BTreeMap<(String, u16), String>;

fn path() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("facts.lock")
}

fn read() -> Lock {
    std::fs::read_to_string(path())
        .unwrap_or_default()
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let mut parts = line.splitn(3, ' ');
            let (kind, schema) = (parts.next().unwrap(), parts.next().unwrap());
            ((kind.to_owned(), schema.parse().unwrap()), parts.next().unwrap().to_owned())
        })
        .collect()
}

fn write(lock: &Lock) {
    let mut text = "# Kind, schema version, golden payload. Lines are added, never changed: journals hold such facts.\n".to_owned();
    for ((kind, schema), payload) in lock {
        text.extend([kind, " ", &schema.to_string(), " ", payload, "\n"]);
    }
    std::fs::write(path(), text).unwrap();
}

fn recorded(kind: &str, schema: u16, payload: &str) -> Recorded<String> {
    Recorded {
        journal: "hub_test".to_owned(),
        position: 1,
        stream: StreamId::new("test", "thing"),
        version: 1,
        kind: kind.to_owned(),
        schema,
        recorded_at: noon(),
        occurred_at: None,
        actor: "visitor".to_owned(),
        command_id: uuid::Uuid::nil(),
        ordinal: 0,
        caused_by: None,
        correlation: None,
        fact: payload.to_owned(),
    }
}

#[test]
fn every_kind_and_version_is_locked_as_it_is_written() {
    let mut lock = read();
    #[expect(clippy::disallowed_methods, reason = "how a test is told to write the file")]
    let update = std::env::var("UPDATE_FACTS_LOCK").is_ok();
    let mut missing = Vec::new();
    for (kind, schema, payload) in samples() {
        match lock.get(&(kind.to_owned(), schema)) {
            // Several samples may show one kind; the first is the golden one.
            Some(_) => {}
            None if update => {
                lock.insert((kind.to_owned(), schema), payload);
            }
            None => missing.push(format!("{kind} {schema}")),
        }
    }
    if update {
        write(&lock);
    }
    assert_eq!(missing, Vec::<String>::new(), "run with UPDATE_FACTS_LOCK=1 and commit facts.lock");
}

#[test]
fn every_locked_fact_can_still_be_read() {
    for ((kind, schema), payload) in read() {
        let fact = recorded(&kind, schema, &payload);
        Convoke.project(&fact, &mut Rows::default()).unwrap();
        Convoke.react(&fact).unwrap();
    }
}

#[test]
fn a_fact_is_written_as_it_is_locked() {
    let lock = read();
    let mut seen = std::collections::BTreeSet::new();
    for (kind, schema, payload) in samples() {
        if seen.insert(kind) {
            assert_eq!(
                lock.get(&(kind.to_owned(), schema)),
                Some(&payload),
                "{kind} is written in another shape: raise its schema version with an upcaster"
            );
        }
    }
}

#[test]
fn no_two_capabilities_share_a_kind() {
    let mut owners: BTreeMap<&str, usize> = BTreeMap::new();
    for (place, (kind, _, _)) in samples().into_iter().enumerate() {
        if let Some(before) = owners.insert(kind, place) {
            assert!(place - before == 1, "{kind} belongs to two capabilities");
        }
    }
}
