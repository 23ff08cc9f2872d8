//! Which reminders of an event have been due.
//!
//! Each is due once for each time the event has. After a standstill several may be due at once:
//! then they are one. What was in the past when the event got its time is not caught up with, for
//! everybody has just heard of that time.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use kernel::{Decider, Moment};
use serde::{Deserialize, Serialize};

use crate::event::When;
use crate::reach::{Ahead, hours};

/// Invitees are reminded by hand once in so long.
const INVITEES_EACH: Duration = Duration::hours(24);

/// The instants at which an event of this time is reminded of: the same time of day on the event's
/// wall a week and a day before, and two hours before the start.
pub fn due_times(when: &When) -> Vec<(Ahead, DateTime<Utc>)> {
    let days = |days| hours::instant(when.starts - Duration::days(days), when.zone);
    let mut times = vec![(Ahead::Week, days(7)), (Ahead::Day, days(1))];
    // Whole days begin at no hour.
    if !when.all_day {
        times.push((Ahead::Hours, when.starts_at - Duration::hours(2)));
    }
    times
}

/// What may be asked.
#[derive(Clone, Debug)]
pub enum Command {
    /// A timer thinks that a reminder is due.
    Remind {
        /// The event's time as it is now.
        when: When,
        /// When it got the time the timer was set for: what was past by then is not due.
        set_at: DateTime<Utc>,
    },
    /// A curator reminds who has not answered.
    RemindInvitees {
        /// The subject, if not ours.
        subject: Option<String>,
        /// What to say, if not ours.
        message: Option<String>,
    },
}

/// What has happened; the event is the stream's id.
#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
pub enum Fact {
    /// Who has a place is reminded.
    EventReminderDue {
        /// The start it reminds of.
        starts_at: DateTime<Utc>,
        /// Which reminders this is: one, after a standstill several.
        reminders: Vec<Ahead>,
    },
    /// Who was invited and has not answered is reminded.
    InviteesReminded {
        /// The subject, if not ours.
        subject: Option<String>,
        /// What is said, if not ours.
        message: Option<String>,
        /// When.
        at: DateTime<Utc>,
    },
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn samples() -> Vec<Self> {
        vec![
            Self::EventReminderDue {
                starts_at: kernel::testing::noon(),
                reminders: vec![Ahead::Week, Ahead::Day],
            },
            Self::InviteesReminded {
                subject: Some("Are you coming?".to_owned()),
                message: Some("We order the soup on Monday.".to_owned()),
                at: kernel::testing::noon(),
            },
        ]
    }
}

/// Why it is not done.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames, thiserror::Error)]
pub enum Rejection {
    /// Nobody is pressed twice in a day.
    #[error("they were reminded already; again from {until}")]
    AlreadyReminded {
        /// From when on it may be done again.
        until: DateTime<Utc>,
    },
    /// Only an event that is announced is reminded of.
    #[error("the event is not published")]
    EventNotPublished {},
    /// Nobody needs to come any more.
    #[error("the event is cancelled")]
    EventCancelled {},
    /// It is too late.
    #[error("the event has begun or is over")]
    AlreadyEnded {},
}
impl kernel::Rejection for Rejection {}

/// The reminders of one event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reminders {
    /// The start that was reminded of last, and how.
    done: Option<(DateTime<Utc>, BTreeSet<Ahead>)>,
    invitees_at: Option<DateTime<Utc>>,
}

impl Reminders {
    fn is_done(&self, starts_at: DateTime<Utc>, ahead: Ahead) -> bool {
        let done = self.done.as_ref().filter(|(start, _)| *start == starts_at);
        done.is_some_and(|(_, done)| done.contains(&ahead))
    }
}

impl Decider for Reminders {
    const STREAM: &'static str = "reminder";
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        match command {
            Command::Remind { when, set_at } => {
                let starts_at = when.starts_at;
                let is_due = |(ahead, at): &(Ahead, DateTime<Utc>)| {
                    *at > set_at && *at <= moment.now && !self.is_done(starts_at, *ahead)
                };
                let due = due_times(&when).into_iter().filter(is_due);
                let reminders: Vec<Ahead> = due.map(|(ahead, _)| ahead).collect();
                if reminders.is_empty() || starts_at <= moment.now {
                    return Ok(vec![]);
                }
                Ok(vec![Fact::EventReminderDue { starts_at, reminders }])
            }
            Command::RemindInvitees { subject, message } => {
                let until = self.invitees_at.map(|at| at + INVITEES_EACH);
                match until.filter(|until| *until > moment.now) {
                    Some(until) => Err(Rejection::AlreadyReminded { until }),
                    None => Ok(vec![Fact::InviteesReminded { subject, message, at: moment.now }]),
                }
            }
        }
    }

    fn evolve(&mut self, fact: &Fact) {
        match fact {
            Fact::EventReminderDue { starts_at, reminders } => {
                let mut done = match self.done.take() {
                    Some((start, done)) if start == *starts_at => done,
                    _ => BTreeSet::new(),
                };
                done.extend(reminders);
                self.done = Some((*starts_at, done));
            }
            Fact::InviteesReminded { at, .. } => self.invitees_at = Some(*at),
        }
    }
}
