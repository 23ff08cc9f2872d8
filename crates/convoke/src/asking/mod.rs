//! What guests ask for beside yes and no: another time, the invitation once more, to come though
//! nobody invited them.
//!
//! Two kinds of streams. `asking/{invitation or registration}` holds what a guest's calendar
//! proposes (COUNTER) and asks for (REFRESH). `attendance/{event}.{person}` holds that somebody
//! who was not invited would come; guests are chosen, so she is a question to the curator and
//! never a guest by herself.

pub mod acts;
pub mod attendance;
pub mod decider;
pub mod fact;
pub mod graphql;
pub mod held;
pub mod lists;
pub mod mutations;
pub mod page;
pub mod react;
#[cfg(test)]
mod tests;
pub mod unproved;
pub mod view;

pub use acts::{DeclineProposedTime, ProposeTime, ResendInvitation, TakeProposedTime};
pub use attendance::{AcceptAttendance, Attendance, DeclineAttendance, RequestAttendance};
pub use decider::Asking;
pub use fact::{Fact, Guest};
pub use held::{ConfirmHeldAnswer, HoldAnswer, MoveGuest};

/// The names of everything this folder can say no with.
pub fn rejections() -> Vec<&'static str> {
    use strum::VariantNames as _;
    [decider::Rejection::VARIANTS, attendance::Rejection::VARIANTS].concat()
}

/// Every kind of fact of this folder with its schema version and an example.
pub fn samples() -> Vec<(&'static str, u16, String)> {
    use crate::app::facts::samples_of;
    [samples_of::<Fact>(), samples_of::<attendance::Fact>()].concat()
}
