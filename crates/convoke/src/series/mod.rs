//! Events that come again: a rule, and for each of its dates an event of its own.
//!
//! The stream `series/{id}` holds the rule (a closed set: by day, by week, by month, with an end),
//! the words, the time and the place; each date is an ordinary event with its page, its desk and its answers,
//! planned in the same decision. So "only the next hour" is a registration like any other, one date is
//! moved or called off by the event's own commands, and calendars still see one series: RRULE, EXDATE,
//! and a version with RECURRENCE-ID for each date that differs. It refuses rules without end, more
//! than a year of weeks ahead, and irregular dates: those are events of their own.

pub mod acts;
pub mod decider;
pub mod fact;
pub mod graphql;
pub mod invite;
pub mod mutations;
pub mod react;
#[cfg(test)]
mod tests;
pub mod view;

pub use crate::event::{SeriesId, SeriesKind};
pub use acts::{ChangeSeries, EndSeries, ExtendSeries, PlanSeries, PublishSeries};
pub use decider::{AHEAD_MAX, Rejection, Series, Stage};
pub use fact::{Fact, Idea, Planned, Slot};
pub use invite::{AnswerSeries, InviteToSeries};

/// The names of everything this folder can say no with.
pub fn rejections() -> Vec<&'static str> {
    <Rejection as strum::VariantNames>::VARIANTS.to_vec()
}

/// Every kind of fact of this folder with its schema version and an example.
pub fn samples() -> Vec<(&'static str, u16, String)> {
    crate::app::facts::samples_of::<Fact>()
}
