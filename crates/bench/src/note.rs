//! The least product there is: notes of some 300 bytes on many streams. It has no views and no
//! letters, so what remains is the journal itself: deciding, numbering, hashing, storing the
//! command with its outcome, the fact and its tag.

use journal::{Product, Rows, Table};
use kernel::{
    Act, Actor, Decider, Decision, Effect, FactError, Ledger, Moment, PersonId, Recorded, Stop,
};
use serde::{Deserialize, Serialize};

/// Bytes of a note's text; with its field names a payload has some 310.
const TEXT: usize = 285;
/// Notes on one stream; far more than a run writes.
const NOTES_MAX: u64 = 1_000_000_000;

/// A text of the length all notes have.
pub(crate) fn text() -> String {
    "People who live alone meet over soup on Thursdays. ".chars().cycle().take(TEXT).collect()
}

/// The payload as it is stored.
pub(crate) fn payload(number: u64) -> String {
    format!("{{\"number\":{number},\"text\":\"{}\"}}", text())
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Fact {
    Noted { number: u64, text: String },
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = &["Noted"];

    fn kind(&self) -> &'static str {
        "Noted"
    }

    fn samples() -> Vec<Self> {
        vec![Self::Noted { number: 1, text: text() }]
    }
}

#[derive(Debug, PartialEq, Serialize, thiserror::Error)]
pub(crate) enum Rejection {
    #[error("this notebook is full")]
    Full {},
}

impl kernel::Rejection for Rejection {}

/// One stream: numbers its notes, and is full one day.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Notebook {
    notes: u64,
}

impl Decider for Notebook {
    const STREAM: &'static str = "notebook";
    type Command = (u64, String);
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, (times, text): (u64, String), _: &Moment) -> Result<Vec<Fact>, Rejection> {
        let last = self.notes + times;
        if last > NOTES_MAX {
            return Err(Rejection::Full {});
        }
        Ok((self.notes + 1..=last)
            .map(|number| Fact::Noted { number, text: text.clone() })
            .collect())
    }

    fn evolve(&mut self, Fact::Noted { number, .. }: &Fact) {
        self.notes = *number;
    }
}

/// Puts down a note so many times.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct PutDown {
    pub(crate) notebook: String,
    pub(crate) times: u64,
    pub(crate) text: String,
}

impl Act for PutDown {
    const KIND: &'static str = "PutDown";

    fn permits(&self, _: &Actor) -> bool {
        true
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let notebook = ledger.state::<Notebook>(&self.notebook)?;
        let facts = notebook.decide((self.times, self.text.clone()), ledger.moment)?;
        Decision::about(&self.notebook).with::<Notebook>(&self.notebook, facts)
    }
}

/// No views, no effects.
pub(crate) struct Notes;

impl Product for Notes {
    fn tables(&self) -> Vec<&'static Table> {
        Vec::new()
    }

    fn views_version(&self) -> u32 {
        1
    }

    fn project(&self, _: &Recorded<String>, _: &mut Rows) -> Result<(), FactError> {
        Ok(())
    }

    fn react(&self, _: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
        Ok(Vec::new())
    }

    fn erases(&self, _: &Recorded<String>) -> Option<PersonId> {
        None
    }
}
