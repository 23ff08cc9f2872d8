//! What may be asked of a person's reach, as it is stored.

use chrono::{DateTime, Utc};
use kernel::{Act, Actor, Decider as _, Decision, Ledger, PersonId, Role, Stop};
use serde::{Deserialize, Serialize};

use super::decider::{Category, Command, Reach, Why};
use super::wishes::Wishes;

/// Writes no more of a category to a person.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StopLetters {
    /// To whom.
    pub person: PersonId,
    /// Of what.
    pub category: Category,
    /// Why.
    pub why: Why,
    /// Until when; for ever when nothing is said.
    #[serde(default)]
    pub until: Option<DateTime<Utc>>,
}

impl Act for StopLetters {
    const KIND: &'static str = "StopLetters";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_system() || actor.person == Some(self.person)
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let Self { person, category, why, until } = *self;
        let state = ledger.state::<Reach>(person)?;
        let facts = state.decide(Command::Stop { category, why, until }, ledger.moment)?;
        Decision::about(person).with::<Reach>(person, facts)
    }
}

/// Writes again to a person: she herself, or, when an address failed, who works for the hub.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ResumeLetters {
    /// To whom.
    pub person: PersonId,
    /// Of what.
    pub category: Category,
}

impl Act for ResumeLetters {
    const KIND: &'static str = "ResumeLetters";

    fn permits(&self, actor: &Actor) -> bool {
        actor.person == Some(self.person) || actor.is_any(&[Role::Curator, Role::Host])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let Self { person, category } = *self;
        let herself = ledger.moment.actor.person == Some(person);
        let state = ledger.state::<Reach>(person)?;
        let facts = state.decide(Command::Resume { category, herself }, ledger.moment)?;
        Decision::about(person).with::<Reach>(person, facts)
    }
}

/// Chooses when a person is reminded: she herself, by the link in her letters or signed in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetMailPreferences {
    /// Who.
    pub person: PersonId,
    /// What she wants.
    pub wishes: Wishes,
    /// Whether the link of a letter says who she is, verified.
    #[serde(default)]
    pub via_link: bool,
}

impl Act for SetMailPreferences {
    const KIND: &'static str = "SetMailPreferences";

    fn permits(&self, actor: &Actor) -> bool {
        // Who has never had to do with a hub has nothing to choose there.
        let belongs = self.via_link || !actor.roles.is_empty();
        actor.person == Some(self.person) && belongs
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let state = ledger.state::<Reach>(self.person)?;
        let facts = state.decide(Command::Choose(self.wishes.clone()), ledger.moment)?;
        Decision::about(self.person).with::<Reach>(self.person, facts)
    }
}
