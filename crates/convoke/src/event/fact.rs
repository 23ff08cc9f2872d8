//! What has happened to an event, as it is kept for ever.
//!
//! The names and shapes are a contract; a change of shape needs an upcaster.

use chrono::NaiveDateTime;
use kernel::{PersonId, Personal};
use serde::{Deserialize, Serialize};
use strum::VariantNames as _;

use super::SeriesId;
use super::decider::Status;
use super::when::{Format, Keep, Mode, Venue, When};
use crate::issue::IssueId;
use crate::issue::StakeholderId;

/// What has happened to an event.
///
/// Where `sequence` is optional it is given when the fact moved it: then calendars must hear.
#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
#[expect(missing_docs, reason = "the fields are those of the commands that lead here")]
pub enum Fact {
    EventProposed {
        issue: Option<IssueId>,
        need: Option<String>,
        title: String,
        purpose: String,
        format: Format,
        mode: Mode,
        host: Option<StakeholderId>,
        proposed_by: Option<PersonId>,
    },
    /// A time and a place somebody had in mind; a curator decides them when she schedules it.
    EventTimeSuggested {
        when: When,
        venue: Option<Venue>,
        link: Option<String>,
    },
    /// It is a date of a series.
    EventJoinedSeries {
        series: SeriesId,
        /// When it is meant to begin by the rule, on the wall: calendars know the date by it
        /// (RECURRENCE-ID), wherever it is moved.
        date: NaiveDateTime,
    },
    ProposalAccepted {},
    ProposalDeclined {
        reason: Personal<String>,
    },
    ProposalWithdrawn {},
    EventDescribed {
        title: String,
        purpose: String,
        description: String,
        access_info: String,
        sequence: Option<i64>,
    },
    EventScheduled {
        when: When,
        venue: Option<Venue>,
        link: Option<String>,
    },
    EventPublished {
        when: When,
        sequence: i64,
    },
    EventRescheduled {
        from: When,
        when: When,
        venue: Option<Venue>,
        link: Option<String>,
        /// Whether time or place really changed, so that people are asked again.
        material: bool,
        sequence: Option<i64>,
        /// The state it is in now: rescheduling ends a postponement.
        status: Status,
    },
    EventTimeZoneChanged {
        from: When,
        when: When,
        keep: Keep,
        material: bool,
        sequence: Option<i64>,
    },
    /// The law of a zone changed: the same wall time is another instant now.
    EventInstantShifted {
        from: When,
        when: When,
        sequence: Option<i64>,
    },
    EventPostponed {
        sequence: Option<i64>,
    },
    EventCancelled {
        reason: String,
        sequence: Option<i64>,
    },
    EventReinstated {
        status: Status,
        when: Option<When>,
        sequence: Option<i64>,
    },
    EventRegistrationOpened {},
    EventRegistrationClosed {},
    EventEnded {},
    EventReported {
        attendance: u32,
        organisations: u32,
        who_was_missing: String,
    },
    /// It was public elsewhere before this journal began, or is kept there.
    EventImported {
        title: String,
        url: Option<String>,
        topic: Option<String>,
        issue: Option<IssueId>,
        when: When,
        mode: Mode,
        city: Option<String>,
        country: Option<String>,
    },
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = Self::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn tags(&self) -> Vec<String> {
        match self {
            Self::EventProposed { issue, host, proposed_by, .. } => [
                issue.map(|id| id.to_string()),
                host.map(|id| id.to_string()),
                proposed_by.map(|id| id.to_string()),
            ]
            .into_iter()
            .flatten()
            .collect(),
            Self::EventJoinedSeries { series, .. } => vec![series.to_string()],
            Self::EventImported { issue, .. } => issue.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        }
    }

    fn samples() -> Vec<Self> {
        samples()
    }
}

/// An evening in Amsterdam with everything filled in, from which the samples are made.
fn samples() -> Vec<Fact> {
    let zone = kernel::Zone::parse("Europe/Amsterdam");
    let day = |day| chrono::NaiveDate::from_ymd_opt(2027, 1, day);
    let (Some(zone), Some(first), Some(second)) = (zone, day(20), day(21)) else { return vec![] };
    let Ok(when) = When::days(first, second, zone) else { return vec![] };
    let issue = Some(kernel::testing::id(1));
    let text = |text: &str| Some(text.to_owned());
    let venue = Some(Venue {
        name: "The Commons".to_owned(),
        address: text("Spui 1"),
        city: text("The Hague"),
        geo: Some(super::when::Geo { latitude: 52.08, longitude: 4.31 }),
    });
    let (link, sequence) = (text("https://meet.example/1"), Some(1));
    let status = Status::Published;
    let (title, purpose) = ("Soup".to_owned(), "Nobody eats alone".to_owned());
    vec![
        Fact::EventProposed {
            issue,
            need: text("a kitchen"),
            title: title.clone(),
            purpose: purpose.clone(),
            format: Format::Evening,
            mode: Mode::Either,
            host: Some(kernel::testing::id(2)),
            proposed_by: Some(kernel::testing::id(3)),
        },
        Fact::EventTimeSuggested { when, venue: venue.clone(), link: link.clone() },
        Fact::EventJoinedSeries { series: kernel::testing::id(5), date: when.starts },
        Fact::ProposalAccepted {},
        Fact::ProposalDeclined {
            reason: Personal::new(kernel::testing::id(4), "too late".to_owned()),
        },
        Fact::ProposalWithdrawn {},
        Fact::EventDescribed {
            title: title.clone(),
            purpose,
            description: "Bring a bowl.".to_owned(),
            access_info: "Step-free.".to_owned(),
            sequence,
        },
        Fact::EventScheduled { when, venue: venue.clone(), link: link.clone() },
        Fact::EventPublished { when, sequence: 0 },
        Fact::EventRescheduled { from: when, when, venue, link, material: true, sequence, status },
        Fact::EventTimeZoneChanged { from: when, when, keep: Keep::Wall, material: true, sequence },
        Fact::EventInstantShifted { from: when, when, sequence },
        Fact::EventPostponed { sequence },
        Fact::EventCancelled { reason: "a storm".to_owned(), sequence },
        Fact::EventReinstated { status, when: Some(when), sequence },
        Fact::EventRegistrationOpened {},
        Fact::EventRegistrationClosed {},
        Fact::EventEnded {},
        Fact::EventReported {
            attendance: 42,
            organisations: 9,
            who_was_missing: "the neighbours".to_owned(),
        },
        Fact::EventImported {
            title,
            url: text("https://example.org/soup"),
            topic: text("food"),
            issue,
            when,
            mode: Mode::InPerson,
            city: text("The Hague"),
            country: text("NL"),
        },
    ]
}
