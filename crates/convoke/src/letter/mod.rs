//! Letters: an effect that names ids becomes a mail in each recipient's language.
//!
//! Reactions say which letter follows from a fact and about what; here it is decided whom it
//! concerns, and it is written: words from the catalogues, the event's calendar object, links
//! that prove the bearer. What is written is stored as bytes ([`journal::mails`]) and sent by
//! `work`. A letter is planned once, whatever crashes; a rebuild plans none.

mod calendar_part;
mod compose;
mod expand;
pub mod plan;
mod view;
mod words;

#[cfg(test)]
mod tests;

use mail::Kind;

pub(crate) use expand::Parcel;

/// Which letter it is. The names are written into effects and mails, and so are a contract.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
    strum::IntoStaticStr,
)]
#[strum(serialize_all = "kebab-case")]
pub enum Template {
    /// Come to this event.
    Invitation,
    /// Our invitation no longer holds.
    InvitationRevoked,
    /// Time, place or name of an event changed, or it was put off.
    EventUpdated,
    /// An event does not take place.
    EventCancelled,
    /// You have a place.
    RegistrationConfirmed,
    /// You wait for one.
    WaitlistJoined,
    /// One is kept for you.
    PlaceOffered,
    /// You have none any more.
    RegistrationCancelled,
    /// Confirm your address.
    StakeholderWelcome,
}

impl Template {
    /// What it is about, as far as sending depends on it.
    pub fn kind(self) -> Kind {
        match self {
            Self::Invitation | Self::EventUpdated => Kind::Invitation,
            Self::InvitationRevoked | Self::EventCancelled | Self::RegistrationCancelled => {
                Kind::Cancellation
            }
            Self::RegistrationConfirmed | Self::WaitlistJoined => Kind::Receipt,
            Self::PlaceOffered | Self::StakeholderWelcome => Kind::Notice,
        }
    }

    /// Letters to the same person about the same event that say what is no longer so, once this
    /// one is written.
    pub fn supersedes(self) -> &'static [&'static str] {
        match self {
            Self::Invitation => &["invitation", "event-updated"],
            Self::InvitationRevoked => &["invitation", "event-updated"],
            // A first letter that has not left yet is written again, with the news in it.
            Self::EventUpdated => &["event-updated", "invitation", "registration-confirmed"],
            Self::EventCancelled => &[
                "event-updated",
                "invitation",
                "registration-confirmed",
                "waitlist-joined",
                "place-offered",
            ],
            Self::RegistrationConfirmed => &["waitlist-joined", "place-offered"],
            Self::PlaceOffered => &["waitlist-joined"],
            Self::RegistrationCancelled => {
                &["registration-confirmed", "waitlist-joined", "place-offered"]
            }
            Self::WaitlistJoined | Self::StakeholderWelcome => &[],
        }
    }
}
