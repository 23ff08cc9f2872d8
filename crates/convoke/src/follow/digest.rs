//! When the week's summaries are due: Monday at eight, once for each time zone of a hub.
//!
//! When nobody could say within a day that it is Monday, the week waits for the next one, with what
//! it would have told: nothing is lost, and nobody gets two. Summaries that are written already and
//! held by operators for more than a day expire, and what they told is not told again.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use kernel::{Decider, Moment, Zone};
use serde::{Deserialize, Serialize};

use crate::reach::hours::next_monday;

/// A summary is worth sending for so long after its Monday morning.
const LATE_MAX: Duration = Duration::hours(24);

/// What may be asked.
#[derive(Clone, Copy, Debug)]
pub enum Command {
    /// Somebody in this zone follows an issue.
    Begin {
        /// The zone.
        zone: Zone,
    },
    /// A timer says that it is Monday.
    Send {
        /// Where.
        zone: Zone,
        /// Which.
        monday: DateTime<Utc>,
    },
}

/// What has happened; the hub is the stream's id.
#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
pub enum DigestFact {
    /// The first person of a zone follows an issue.
    DigestsBegun {
        /// The zone.
        zone: Zone,
        /// The first Monday.
        next: DateTime<Utc>,
    },
    /// The summaries of a zone are written, of all that was recorded before this.
    DigestsDue {
        /// The zone.
        zone: Zone,
        /// Which Monday.
        monday: DateTime<Utc>,
        /// The next one.
        next: DateTime<Utc>,
    },
    /// It was too late for this Monday's.
    DigestsPutOff {
        /// The zone.
        zone: Zone,
        /// Which Monday.
        monday: DateTime<Utc>,
        /// The next one.
        next: DateTime<Utc>,
    },
}

impl kernel::Fact for DigestFact {
    const KINDS: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn samples() -> Vec<Self> {
        let Some(zone) = Zone::parse("Europe/Istanbul") else { return vec![] };
        let (monday, next) = (kernel::testing::noon(), kernel::testing::noon() + Duration::days(7));
        vec![
            Self::DigestsBegun { zone, next },
            Self::DigestsDue { zone, monday, next },
            Self::DigestsPutOff { zone, monday, next },
        ]
    }
}

/// Nothing of this is refused.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames, thiserror::Error)]
pub enum Rejection {}
impl kernel::Rejection for Rejection {}

/// The coming Mondays of a hub, by zone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Digests {
    next: BTreeMap<String, DateTime<Utc>>,
}

impl Decider for Digests {
    const STREAM: &'static str = "digest";
    type Command = Command;
    type Fact = DigestFact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, moment: &Moment) -> Result<Vec<DigestFact>, Rejection> {
        Ok(match command {
            Command::Begin { zone } if self.next.contains_key(zone.name()) => vec![],
            Command::Begin { zone } => {
                vec![DigestFact::DigestsBegun { zone, next: next_monday(moment.now, zone) }]
            }
            Command::Send { zone, monday } => {
                let is_next = self.next.get(zone.name()) == Some(&monday);
                if !is_next || moment.now < monday {
                    return Ok(vec![]);
                }
                let next = next_monday(moment.now, zone);
                if moment.now - monday > LATE_MAX {
                    vec![DigestFact::DigestsPutOff { zone, monday, next }]
                } else {
                    vec![DigestFact::DigestsDue { zone, monday, next }]
                }
            }
        })
    }

    fn evolve(&mut self, fact: &DigestFact) {
        match fact {
            DigestFact::DigestsBegun { zone, next }
            | DigestFact::DigestsDue { zone, next, .. }
            | DigestFact::DigestsPutOff { zone, next, .. } => {
                self.next.insert(zone.name().to_owned(), *next);
            }
        }
    }
}
