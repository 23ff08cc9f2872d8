//! Past and foreign public events, brought in once each.
//!
//! Every imported event has its own stream; the stream `import/{key}` remembers that the key (the
//! caller's hash of source and row) is used, so that importing a file twice adds nothing.

use chrono::NaiveDate;
use kernel::{Act, Actor, Decider, Decision, HubId, Ledger, Moment, Role, Stop, Zone};
use serde::{Deserialize, Serialize};
use strum::VariantNames as _;

use super::EventId;
use super::decider::{Event, Rejection};
use super::fact::Fact;
use super::when::{Mode, When};
use crate::issue::IssueId;

/// Whether a row of some source has been imported.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Import {
    event: Option<EventId>,
}

impl Import {
    /// The event the row became.
    pub fn event(&self) -> Option<EventId> {
        self.event
    }
}

/// A row was imported as this event.
#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
pub enum ImportFact {
    /// The key is used from now on.
    ImportKeyUsed {
        /// The event it became.
        event: EventId,
    },
}

impl kernel::Fact for ImportFact {
    const KINDS: &'static [&'static str] = Self::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn tags(&self) -> Vec<String> {
        let Self::ImportKeyUsed { event } = self;
        vec![event.to_string()]
    }

    fn samples() -> Vec<Self> {
        vec![Self::ImportKeyUsed { event: kernel::testing::id(1) }]
    }
}

impl Decider for Import {
    const STREAM: &'static str = "import";
    /// The event the row becomes, unless it became one before.
    type Command = EventId;
    type Fact = ImportFact;
    type Rejection = Rejection;

    fn decide(&self, event: EventId, _moment: &Moment) -> Result<Vec<ImportFact>, Rejection> {
        Ok(match self.event {
            None => vec![ImportFact::ImportKeyUsed { event }],
            Some(_) => vec![],
        })
    }

    fn evolve(&mut self, fact: &ImportFact) {
        let ImportFact::ImportKeyUsed { event } = fact;
        self.event = Some(*event);
    }
}

/// Brings in one public event that is kept elsewhere.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportEvent {
    /// The hub whose calendar it belongs to.
    pub hub: HubId,
    /// The id of the event, should it be new.
    pub event: EventId,
    /// What identifies the row for ever: a hash of the source and its own id, in hexadecimal.
    pub key: String,
    /// Its name.
    pub title: String,
    /// Its page.
    pub url: Option<String>,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The day after the last.
    pub ends_on: NaiveDate,
    /// Where those days are.
    pub zone: Zone,
    /// The town.
    pub city: Option<String>,
    /// The country, as the source has it.
    pub country: Option<String>,
    /// In a room or by a link.
    pub mode: Mode,
    /// What the source says it is about.
    pub topic: Option<String>,
    /// The issue of the hub that is, if one fits.
    pub issue: Option<IssueId>,
}

impl Act for ImportEvent {
    const KIND: &'static str = "ImportEvent";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let known = ledger.state::<Import>(&self.key)?;
        if let Some(event) = known.event {
            return Ok(Decision::about(event));
        }
        let is = ledger.state::<Event>(self.event)?.status();
        if ledger.state::<Event>(self.event)?.exists() {
            return Err(Rejection::WrongState { is }.into());
        }
        let when = When::days(self.starts_on, self.ends_on, self.zone)?;
        let mut facts = vec![Fact::EventImported {
            title: self.title.clone(),
            url: self.url.clone(),
            topic: self.topic.clone(),
            issue: self.issue,
            when,
            mode: self.mode,
            city: self.city.clone(),
            country: self.country.clone(),
        }];
        if when.ends_at <= ledger.moment.now {
            facts.push(Fact::EventEnded {});
        }
        Ok(Decision::about(self.event)
            .with::<Event>(self.event, facts)?
            .with::<Import>(&self.key, known.decide(self.event, ledger.moment)?)?
            .occurred_at(when.starts_at.min(ledger.moment.now)))
    }
}
