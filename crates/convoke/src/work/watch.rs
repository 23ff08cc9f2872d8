//! What can be watched of mails, in figures: no ids, no addresses, few labels.
//!
//! Counters are counted as things happen, by this process; what stands in the database is asked
//! when somebody looks ([`look`]). Where nobody has set up a recorder, all of it costs nothing.

use std::time::Duration;

use journal::mails::{self, State};
use journal::micros;
use mail::pace::Alarm;
use mail::{Kind, Outcome, Relay};
use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use strum::IntoEnumIterator as _;

use crate::app::App;
use crate::letter::Template;
use crate::outbox::{MailKind, view};

/// The histogram of attempts, for who sets its buckets.
pub const SEND_SECONDS: &str = "convoke_mail_send_seconds";

/// Says what the figures mean, once, when they are first watched.
pub fn describe() {
    describe_counter!(
        "convoke_mail_attempts_total",
        "Attempts to send a mail, by kind and outcome."
    );
    describe_counter!("convoke_mails_ended_total", "Mails that came to an end, by kind and state.");
    describe_counter!(
        "convoke_mail_circuits_opened_total",
        "Times that nothing was sent any more."
    );
    describe_counter!("convoke_commands_total", "Commands given, by act and what came of them.");
    describe_histogram!(SEND_SECONDS, "How long a mail server took to answer, in seconds.");
    describe_gauge!("convoke_mails", "Mails in the outbox, by kind and state.");
    describe_gauge!(
        "convoke_outbox_age_seconds",
        "How long the oldest mail that is due and not held back has waited."
    );
    describe_gauge!("convoke_mail_circuits_open", "Circuits that turn mails away now.");
    describe_gauge!("convoke_mails_held", "Kinds that operators hold back; all is all mail.");
}

/// An attempt is over.
pub(super) fn attempt(kind: Kind, outcome: &Outcome, took: Duration) {
    let said = match outcome {
        Outcome::Submitted { .. } => "sent",
        Outcome::Ambiguous { .. } => "ambiguous",
        Outcome::Permanent { .. } | Outcome::Transient { .. } | Outcome::NotReached { .. } => {
            outcome.fault().as_str()
        }
    };
    counter!("convoke_mail_attempts_total", "kind" => kind.as_str(), "outcome" => said)
        .increment(1);
    histogram!(SEND_SECONDS).record(took.as_secs_f64());
}

/// A mail came to its end.
pub(super) fn ended(template: &str, state: State) {
    let kind = template.parse().map_or(Kind::Notice, Template::kind);
    counter!("convoke_mails_ended_total", "kind" => kind.as_str(), "state" => state.as_str())
        .increment(1);
}

/// A circuit opened.
pub(super) fn alarm(alarm: &Alarm) {
    if let Alarm::Opened { domain, fault, .. } = alarm {
        let scope = if domain.is_some() { "domain" } else { "relay" };
        counter!("convoke_mail_circuits_opened_total", "scope" => scope, "fault" => fault.as_str())
            .increment(1);
    }
}

/// Looks at what stands in the database, and at the circuits.
///
/// # Errors
/// When the database is out of reach.
pub async fn look(app: &App, relay: &Relay) -> journal::Result<()> {
    let (db, now) = (app.journal().db(), app.now());
    let tally = mails::tally(db).await?;
    for kind in MailKind::iter().map(|kind| kind.to_string()) {
        for state in State::ALL.map(State::as_str) {
            // None of them is a figure, too: the last one may have left.
            let row = tally.iter().find(|row| row.kind == kind && row.state == state);
            let count = float(row.map_or(0, |row| row.count));
            gauge!("convoke_mails", "kind" => kind.clone(), "state" => state).set(count);
        }
    }
    let held = view::holds(db).await?;
    // What waits for an operator does not wait for us.
    let kinds: Vec<&str> = held.iter().map(|hold| hold.kind.as_str()).collect();
    let oldest =
        if kinds.contains(&view::ALL) { None } else { mails::oldest_due(db, now, &kinds).await? };
    let age = oldest.map_or(0, |at| micros(now) - at).max(0) / 1_000_000;
    gauge!("convoke_outbox_age_seconds").set(float(age));
    let open = relay.pace().open_circuits(now);
    gauge!("convoke_mail_circuits_open", "scope" => "relay").set(f64::from(u8::from(open.relay)));
    let domains = u32::try_from(open.domains).unwrap_or(u32::MAX);
    gauge!("convoke_mail_circuits_open", "scope" => "domain").set(f64::from(domains));
    let kinds = MailKind::iter().map(|kind| kind.to_string());
    for kind in kinds.chain([view::ALL.to_owned()]) {
        let is_held = held.iter().any(|hold| hold.kind == kind);
        gauge!("convoke_mails_held", "kind" => kind).set(f64::from(u8::from(is_held)));
    }
    Ok(())
}

fn float(count: i64) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
