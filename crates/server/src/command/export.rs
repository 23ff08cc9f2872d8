//! `convoke export`: facts as JSON lines, to keep elsewhere or to reckon with.

use anyhow::{Context as _, Result};
use clap::Args;
use kernel::Recorded;
use serde_json::{Value, json};

use super::hub;
use crate::cli::StoreFlags;
use crate::config::Config;
use crate::console::{Progress, say};
use crate::wire;

/// Facts read at once.
const PAGE: i64 = 1_000;

/// What to write.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  convoke export --hub westminster > westminster.jsonl
  convoke export --hub westminster --sealed | sha256sum
  convoke export --hub network

Without --sealed the lines hold names and addresses: keep them no longer than you must. With --sealed
personal values are left out, and what was erased since cannot come back through an old export.")]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) store: StoreFlags,
    /// The hub, by slug or id, or `network`.
    #[arg(long, value_name = "SLUG")]
    hub: String,
    /// Leave personal values out.
    #[arg(long)]
    sealed: bool,
    /// Only facts behind this position.
    #[arg(long, value_name = "POSITION", default_value_t = 0)]
    after: i64,
}

impl Export {
    /// Writes them.
    pub(crate) async fn run(&self, config: &Config) -> Result<()> {
        let app = wire::visit(config).await?;
        for (journal, name) in hub::journals(&app, Some(&self.hub)).await? {
            let progress = Progress::new(format!("export {name}"));
            let end = app.journal().position(&journal).await.context("could not read the head")?;
            let mut position = self.after;
            while position < end {
                let facts = app.journal().after(&journal, position, PAGE).await;
                let facts = facts.context("could not read the journal")?;
                let Some(last) = facts.last() else { break };
                position = last.position;
                for fact in &facts {
                    say(line(fact, self.sealed)?)?;
                }
                progress.at(position, end);
            }
            progress.done();
        }
        app.journal().close().await;
        Ok(())
    }
}

fn line(fact: &Recorded<String>, sealed: bool) -> Result<Value> {
    let mut payload: Value = serde_json::from_str(&fact.fact)
        .with_context(|| format!("the fact at {} is no JSON", fact.position))?;
    if sealed {
        seal(&mut payload);
    }
    Ok(json!({
        "journal": fact.journal,
        "position": fact.position,
        "stream": fact.stream.as_str(),
        "version": fact.version,
        "kind": fact.kind,
        "schema": fact.schema,
        "recordedAt": fact.recorded_at,
        "occurredAt": fact.occurred_at,
        "actor": fact.actor,
        "commandId": fact.command_id,
        "ordinal": fact.ordinal,
        "causedBy": fact.caused_by,
        "correlation": fact.correlation,
        "payload": payload,
    }))
}

/// Keeps whose a personal value is, and drops the value.
fn seal(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if let Some(Value::Object(open)) = members.get_mut(kernel::PERSONAL) {
                open.insert("value".to_owned(), Value::Null);
                return;
            }
            members.values_mut().for_each(seal);
        }
        Value::Array(items) => items.iter_mut().for_each(seal),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_payload_says_whose_it_is_and_no_more() {
        let mut payload = json!({
            "name": { "$personal": { "of": "person_1", "value": "Ada" } },
            "list": [{ "$personal": { "of": "person_2", "value": "Bo" } }],
            "size": 3,
        });
        seal(&mut payload);
        assert_eq!(
            payload,
            json!({
                "name": { "$personal": { "of": "person_1", "value": null } },
                "list": [{ "$personal": { "of": "person_2", "value": null } }],
                "size": 3,
            })
        );
    }
}
