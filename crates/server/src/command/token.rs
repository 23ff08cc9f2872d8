//! `convoke token`: how the first person comes in, and how programs do.

use anyhow::{Context as _, Result, anyhow};
use chrono::{DateTime, Duration, Utc};
use clap::Args;
use convoke::account::{IssueToken, TokenKind, decider::NewToken};
use convoke::app::access::issue_secret;
use convoke::app::{App, Command};
use journal::Outcome;
use kernel::{HubId, PersonId, PersonKind, Personal, Role};

use super::hub;
use crate::cli::StoreFlags;
use crate::config::Config;
use crate::console::{say, warn};
use crate::usage::Usage;
use crate::wire;

const EXAMPLES: &str = "\
Examples:
  convoke token --role network-admin
  convoke token --hub westminster --role curator --label \"Amara's laptop\" --expires 90d
  curl -H \"Authorization: Bearer $(convoke token --role network-admin)\" \\
       -H 'Content-Type: application/json' -d '{\"query\":\"{ version }\"}' http://127.0.0.1:8080/graphql

Roles: network-admin (without --hub); hub-admin, curator, host, organiser, member, participant.
It works beside a running server. Only a hash is kept: a lost token cannot be shown again.";

/// What the token may do, and where.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Token {
    #[command(flatten)]
    pub(crate) store: StoreFlags,
    /// The hub it acts in, by slug or id.
    #[arg(long, value_name = "SLUG")]
    hub: Option<String>,
    /// What it acts as.
    #[arg(long, value_name = "ROLE", value_parser = role)]
    role: Role,
    /// For whom it acts; a new person when nobody is named.
    #[arg(long, value_name = "ID", value_parser = PersonId::parse)]
    person: Option<PersonId>,
    /// What it is for.
    #[arg(long, default_value = "from the command line")]
    label: String,
    /// When it ends: `90d`, `12h`, or an instant such as 2027-01-31T00:00:00Z.
    #[arg(long, value_name = "WHEN")]
    expires: Option<String>,
}

fn role(text: &str) -> Result<Role, String> {
    text.parse().map_err(|_unknown| {
        "the roles are network-admin, hub-admin, curator, host, organiser, member, participant"
            .to_owned()
    })
}

impl Token {
    /// Issues it and prints its secret.
    pub(crate) async fn run(&self, config: &Config) -> Result<()> {
        let app = wire::visit(config).await?;
        let hub = match &self.hub {
            Some(name) => Some(hub::find(&app, name).await?),
            None if self.role == Role::NetworkAdmin => None,
            None => {
                let what = format!("{} is a role of a hub: name it with --hub SLUG", self.role);
                return Err(Usage::new(what).into());
            }
        };
        let expires_at = match &self.expires {
            Some(text) => Some(instant(text, app.now())?),
            None => None,
        };
        let person = self.person.unwrap_or_else(|| app.id::<PersonKind>());
        let asked = Asked {
            person,
            hub: hub.as_ref().map(|hub| hub.id),
            role: self.role,
            label: self.label.clone(),
            expires_at,
        };
        let secret = issue(&app, asked).await?;
        app.journal().close().await;
        let place = hub.map_or_else(|| "the network".to_owned(), |hub| hub.row.name);
        warn(format!("It acts for {person} as {} of {place}, and is shown this once:", self.role));
        say(secret)?;
        Ok(())
    }
}

/// A token about to be issued.
pub(crate) struct Asked {
    /// For whom it acts.
    pub(crate) person: PersonId,
    /// Where.
    pub(crate) hub: Option<HubId>,
    /// As what.
    pub(crate) role: Role,
    /// What it is for.
    pub(crate) label: String,
    /// When it ends.
    pub(crate) expires_at: Option<DateTime<Utc>>,
}

/// Issues a token as a rule of our own, and hands its secret out.
///
/// # Errors
/// When the account says no, or the database is out of reach.
pub(crate) async fn issue(app: &App, asked: Asked) -> Result<String> {
    let token = app.id::<TokenKind>();
    let secret = issue_secret(token, app.world().secret());
    let act = IssueToken {
        person: asked.person,
        token: NewToken {
            token,
            secret_hash: secret.hash,
            hub: asked.hub,
            role: asked.role,
            label: Personal::new(asked.person, asked.label),
            expires_at: asked.expires_at,
        },
    };
    let answer = app
        .act_as_system("command-line", None, Box::new(act), Command::default())
        .await
        .context("could not issue the token")?;
    match answer.outcome {
        Outcome::Accepted(_receipt) => Ok(secret.text),
        Outcome::Rejected(refusal) => Err(anyhow!("the token was refused: {}", refusal.says)),
    }
}

/// `90d`, `12h`, or an instant.
fn instant(text: &str, now: DateTime<Utc>) -> Result<DateTime<Utc>, Usage> {
    let number = |suffix| text.strip_suffix(suffix).and_then(|text: &str| text.parse::<u16>().ok());
    if let Some(days) = number('d') {
        return Ok(now + Duration::days(i64::from(days)));
    }
    if let Some(hours) = number('h') {
        return Ok(now + Duration::hours(i64::from(hours)));
    }
    DateTime::parse_from_rfc3339(text).map(|at| at.with_timezone(&Utc)).map_err(|_no_instant| {
        Usage::new(format!("“{text}” is no end; use 90d, 12h or 2027-01-31T00:00:00Z"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_a_distance_or_an_instant() {
        let noon = kernel::testing::noon();
        assert_eq!(instant("2d", noon).unwrap(), noon + Duration::days(2));
        assert_eq!(instant("3h", noon).unwrap(), noon + Duration::hours(3));
        assert_eq!(
            instant("2027-01-31T01:00:00+01:00", noon).unwrap().to_rfc3339(),
            "2027-01-31T00:00:00+00:00"
        );
        assert!(instant("soon", noon).unwrap_err().to_string().contains("90d"));
    }

    #[test]
    fn a_role_that_does_not_exist_names_those_that_do() {
        assert_eq!(role("curator"), Ok(Role::Curator));
        assert!(role("king").unwrap_err().contains("organiser"));
    }
}
