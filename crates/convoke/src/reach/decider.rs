//! What a hub may still write to one person.
//!
//! Two kinds of "no more": the address cannot be reached, and then nothing is sent; or the person
//! does not want letters of one category, and then she still gets what concerns a place she has.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use kernel::{Decider, Moment, Zone};
use serde::{Deserialize, Serialize};

use super::wishes::{Ahead, Wishes};

/// What letters are about, as people choose. The names are stored and stand in links.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
    strum::IntoStaticStr,
    async_graphql::Enum,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[graphql(name = "LetterCategory")]
pub enum Category {
    /// Everything: the address cannot be reached.
    All,
    /// Invitations to events.
    Invitations,
    /// That an event is near.
    Reminders,
    /// What happened in a week.
    Digests,
    /// What a curator writes to many, and what may concern the reader.
    News,
}

impl Category {
    /// The category of a kind of letter; `None` for what is sent to everybody it concerns: a
    /// place, a cancellation, a way in.
    pub fn of(kind: mail::Kind) -> Option<Self> {
        match kind {
            mail::Kind::Invitation => Some(Self::Invitations),
            mail::Kind::Reminder => Some(Self::Reminders),
            mail::Kind::Digest => Some(Self::Digests),
            mail::Kind::Announcement | mail::Kind::Suggestion => Some(Self::News),
            mail::Kind::Cancellation
            | mail::Kind::Receipt
            | mail::Kind::LoginLink
            | mail::Kind::Notice => None,
        }
    }
}

/// Why nothing is written any more. The names are stored.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
    async_graphql::Enum,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[graphql(name = "LettersStoppedWhy")]
pub enum Why {
    /// Her mail server says that there is no such mailbox.
    NoSuchMailbox,
    /// Her mailbox was full three times in two weeks.
    MailboxFull,
    /// She called a letter of ours unwanted.
    Complained,
    /// She asked for it.
    Asked,
}

/// What may be asked.
#[derive(Clone, Debug)]
pub enum Command {
    /// Write no more.
    Stop {
        /// Of what.
        category: Category,
        /// Why.
        why: Why,
        /// Until when; for ever when nothing is said.
        until: Option<DateTime<Utc>>,
    },
    /// Write again.
    Resume {
        /// Of what.
        category: Category,
        /// Whether the person herself wants it.
        herself: bool,
    },
    /// She chooses when she is reminded, and says where she lives.
    Choose(Wishes),
}

/// What has happened; the person is the stream's id.
#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
pub enum Fact {
    /// Nothing of this is written to her any more.
    LettersStopped {
        /// Of what.
        category: Category,
        /// Why.
        why: Why,
        /// Until when.
        until: Option<DateTime<Utc>>,
    },
    /// It is written to her again.
    LettersResumed {
        /// Of what.
        category: Category,
    },
    /// She has chosen when she is reminded of events.
    MailPreferencesSet {
        /// How long before; never when there is none.
        reminders: Vec<Ahead>,
        /// Where she lives, if she said.
        zone: Option<Zone>,
    },
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn tags(&self) -> Vec<String> {
        Vec::new()
    }

    fn samples() -> Vec<Self> {
        vec![
            Self::LettersStopped {
                category: Category::Invitations,
                why: Why::Asked,
                until: Some(kernel::testing::noon()),
            },
            Self::LettersResumed { category: Category::All },
            Self::MailPreferencesSet {
                reminders: vec![Ahead::Week, Ahead::Hours],
                zone: Zone::parse("Europe/Istanbul"),
            },
        ]
    }
}

/// Why it is not done.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames, thiserror::Error)]
pub enum Rejection {
    /// What she has asked for herself is hers to take back.
    #[error("the person asked not to be written to; only she can take that back")]
    AskedNotToBeWritten {},
}
impl kernel::Rejection for Rejection {}

/// What is not written to one person.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Reach {
    stopped: BTreeMap<Category, (Why, Option<DateTime<Utc>>)>,
    #[serde(default)]
    wishes: Wishes,
}

impl Decider for Reach {
    const STREAM: &'static str = "reach";
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        match command {
            Command::Stop { category, why, until } => {
                let known = self.stopped.get(&category);
                // A wish is never shortened by a bounce, and the same again is no news.
                let holds = known.is_some_and(|(_, end)| match (end, until) {
                    (None, _) => true,
                    (Some(_), None) => false,
                    (Some(end), Some(until)) => *end >= until,
                });
                if holds {
                    Ok(vec![])
                } else {
                    Ok(vec![Fact::LettersStopped { category, why, until }])
                }
            }
            Command::Resume { category, herself } => match self.stopped.get(&category) {
                None => Ok(vec![]),
                Some((Why::Asked | Why::Complained, end))
                    if !herself && end.is_none_or(|end| end > moment.now) =>
                {
                    Err(Rejection::AskedNotToBeWritten {})
                }
                Some(_) => Ok(vec![Fact::LettersResumed { category }]),
            },
            Command::Choose(wishes) if wishes == self.wishes => Ok(vec![]),
            Command::Choose(Wishes { reminders, zone }) => {
                let reminders = reminders.into_iter().collect();
                Ok(vec![Fact::MailPreferencesSet { reminders, zone }])
            }
        }
    }

    fn evolve(&mut self, fact: &Fact) {
        match fact {
            Fact::LettersStopped { category, why, until } => {
                self.stopped.insert(*category, (*why, *until));
            }
            Fact::LettersResumed { category } => {
                self.stopped.remove(category);
            }
            Fact::MailPreferencesSet { reminders, zone } => {
                self.wishes =
                    Wishes { reminders: reminders.iter().copied().collect(), zone: *zone };
            }
        }
    }
}
