//! `convoke as-of`: a question to the API about how a hub was.

use anyhow::{Context as _, Result};
use async_graphql::{Request, Value};
use chrono::{DateTime, Utc};
use clap::Args;
use convoke::schema;

use super::{hub, operator};
use crate::cli::StoreFlags;
use crate::config::Config;
use crate::console::{say, warn};
use crate::usage::{Told, Usage};
use crate::wire;

/// What to ask, and when.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  convoke as-of --hub westminster --position 40 '{ issues(first: 5) { nodes { title state } } }'
  convoke as-of --hub seoul --at 2026-11-01T00:00:00Z '{ events { totalCount } }'

A question in braces is about the hub. A whole document (`query …`) is run as it is; it may use
`asOf: {position: \"40\"}` itself. Positions are shown by `convoke log`.")]
pub(crate) struct AsOf {
    #[command(flatten)]
    pub(crate) store: StoreFlags,
    /// The hub, by slug or id.
    #[arg(long, value_name = "SLUG")]
    hub: String,
    /// As of a position of its journal.
    #[arg(long, value_name = "N", required_unless_present = "at", conflicts_with = "at")]
    position: Option<i64>,
    /// As of an instant, such as 2026-11-01T00:00:00Z.
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    at: Option<DateTime<Utc>>,
    /// What to ask.
    #[arg(value_name = "QUERY")]
    query: String,
}

fn instant(text: &str) -> Result<DateTime<Utc>, String> {
    DateTime::parse_from_rfc3339(text)
        .map(|at| at.with_timezone(&Utc))
        .map_err(|_no_instant| "an instant is written 2026-11-01T00:00:00Z".to_owned())
}

impl AsOf {
    /// Asks, and prints the data.
    pub(crate) async fn run(&self, config: &Config) -> Result<()> {
        let app = wire::visit(config).await?;
        let hub = hub::find(&app, &self.hub).await?;
        let document = self.document(&hub.row.slug)?;
        let request = Request::new(document).data(operator());
        let answer = schema::schema(app.clone()).run(request).await;
        app.journal().close().await;
        for fault in &answer.errors {
            warn(format!("convoke: {}", fault.message));
        }
        if answer.data != Value::Null {
            let text = serde_json::to_string_pretty(&answer.data);
            say(text.context("the answer cannot be written")?)?;
        }
        if answer.errors.is_empty() { Ok(()) } else { Err(Told.into()) }
    }

    fn document(&self, slug: &str) -> Result<String, Usage> {
        let query = self.query.trim();
        if !query.starts_with('{') {
            return if query.starts_with("query") {
                Ok(query.to_owned())
            } else {
                Err(Usage::new("a question begins with { (about the hub) or with query"))
            };
        }
        let when = match (self.position, self.at) {
            (Some(position), _) => format!("position: \"{position}\""),
            (None, Some(at)) => format!("at: \"{}\"", at.to_rfc3339()),
            (None, None) => return Err(Usage::new("say when: --position N or --at INSTANT")),
        };
        Ok(format!("{{ hub(slug: \"{slug}\", asOf: {{{when}}}) {query} }}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(position: Option<i64>, at: Option<&str>, query: &str) -> Result<String, String> {
        let at = at.map(|at| instant(at).unwrap());
        let asked = AsOf {
            store: StoreFlags::default(),
            hub: "seoul".to_owned(),
            position,
            at,
            query: query.to_owned(),
        };
        asked.document("seoul").map_err(|fault| fault.to_string())
    }

    #[test]
    fn a_question_in_braces_is_about_the_hub_then() {
        assert_eq!(
            asked(Some(40), None, " { name }").unwrap(),
            "{ hub(slug: \"seoul\", asOf: {position: \"40\"}) { name } }"
        );
        assert_eq!(
            asked(None, Some("2026-11-01T00:00:00Z"), "{ name }").unwrap(),
            "{ hub(slug: \"seoul\", asOf: {at: \"2026-11-01T00:00:00+00:00\"}) { name } }"
        );
        assert_eq!(asked(Some(1), None, "query { version }").unwrap(), "query { version }");
        assert!(asked(Some(1), None, "mutation { x }").unwrap_err().contains("begins with"));
    }
}
