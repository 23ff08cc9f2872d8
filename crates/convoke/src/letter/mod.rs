//! Letters: an effect that names ids becomes a mail in each recipient's language.
//!
//! Reactions say which letter follows from a fact and about what; here it is decided whom it
//! concerns, and it is written: words from the catalogues, the event's calendar object, links
//! that prove the bearer. What is written is stored as bytes ([`journal::mails`]) and sent by
//! `work`. A letter is planned once, whatever crashes; a rebuild plans none.

mod aside;
mod calendar_part;
mod compose;
mod digest;
mod expand;
mod moving;
mod notice;
pub mod plan;
mod remind;
pub mod sample;
mod series;
mod view;
mod words;

#[cfg(test)]
mod tests;

use journal::Db;
use mail::{AddressError, EmailAddress, Kind};

use crate::app::Settings;
use crate::reach::{self, Category};

pub use compose::Unwritten;
pub(crate) use expand::Parcel;
pub(crate) use view::outdated;

/// The address letters come from and calendars answer to. Whoever configures it may write a name
/// before it, `Convoke <convoke@hub.example>`; what readers see is the hub's.
///
/// # Errors
/// When there is no address in it.
pub fn sender(settings: &Settings) -> Result<EmailAddress, AddressError> {
    let whole = settings.mail_from.trim();
    let inner = whole.strip_suffix('>').and_then(|rest| rest.rsplit_once('<'));
    EmailAddress::parse(inner.map_or(whole, |(_name, address)| address))
}

/// Whether a letter went to another mailbox than its reader has now: it was about that one, or she
/// has moved since. What a server says of it is not true of hers. The mail is named by its hub, its
/// person and its fact's position.
///
/// # Errors
/// When the database is out of reach.
pub(crate) async fn went_elsewhere(
    db: &Db,
    template: &str,
    (hub, person, position): (&str, &str, i64),
) -> journal::Result<bool> {
    if template.parse().is_ok_and(Template::is_elsewhere) {
        return Ok(true);
    }
    reach::view::has_moved(db, hub, person, position).await
}

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
    /// The invitation as it is now, which the reader's calendar asked for.
    InvitationAgain,
    /// Our invitation no longer holds.
    InvitationRevoked,
    /// Somebody answered in the reader's name: was it she?
    AnswerUnconfirmed,
    /// The event leaves the calendar of a former address.
    GuestMovedAway,
    /// … and comes to that of the new one.
    GuestMoved,
    /// Is the new address hers?
    AddressConfirm,
    /// To the former address: letters go elsewhere now.
    AddressChanged,
    /// The other time the reader proposed is not taken.
    ProposedTimeDeclined,
    /// The reader would have come, and is not invited.
    AttendanceDeclined,
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
    /// An event you have a place at is near.
    EventReminder,
    /// You were invited and have not answered.
    InvitationReminder,
    /// Confirm your address.
    StakeholderWelcome,
    /// Do you want to follow this issue?
    FollowConfirm,
    /// What happened this week to the issues you follow.
    IssueDigest,
    /// What you proposed is on the agenda.
    IssueAccepted,
    /// It is not.
    IssueDeclined,
    /// The hackathon you are in does not take place.
    HackathonCancelled,
    /// Somebody wants to join your team.
    JoinRequested,
    /// The team took you in.
    JoinAccepted,
    /// It did not.
    JoinDeclined,
    /// You are not in that team any more.
    MemberRemoved,
    /// You lead the team now.
    LeadPassed,
    /// An organiser moved you to another team, or to none.
    MemberMoved,
    /// Your team is no more.
    TeamDissolved,
}

impl Template {
    /// What it is about, as far as sending depends on it.
    pub fn kind(self) -> Kind {
        match self {
            Self::Invitation | Self::EventUpdated => Kind::Invitation,
            Self::InvitationRevoked
            | Self::EventCancelled
            | Self::RegistrationCancelled
            | Self::GuestMovedAway
            | Self::HackathonCancelled => Kind::Cancellation,
            Self::RegistrationConfirmed
            | Self::WaitlistJoined
            | Self::InvitationAgain
            | Self::GuestMoved => Kind::Receipt,
            Self::EventReminder | Self::InvitationReminder => Kind::Reminder,
            Self::IssueDigest => Kind::Digest,
            // Their readers sit and wait for the link in them.
            Self::StakeholderWelcome
            | Self::AddressConfirm
            | Self::FollowConfirm
            | Self::AnswerUnconfirmed => Kind::LoginLink,
            Self::PlaceOffered
            | Self::ProposedTimeDeclined
            | Self::AttendanceDeclined
            | Self::AddressChanged
            | Self::IssueAccepted
            | Self::IssueDeclined
            | Self::JoinRequested
            | Self::JoinAccepted
            | Self::JoinDeclined
            | Self::MemberRemoved
            | Self::LeadPassed
            | Self::MemberMoved
            | Self::TeamDissolved => Kind::Notice,
        }
    }

    /// What a reader may say she does not want; `None` for what concerns a place she has.
    pub(crate) fn category(self) -> Option<Category> {
        match self {
            // News of an event goes to those who have a place, too.
            Self::EventUpdated => None,
            // Who wants no invitations wants no second one.
            Self::InvitationReminder => Some(Category::Invitations),
            _ => Category::of(self.kind()),
        }
    }

    /// Whether it concerns somebody herself and no event.
    pub(crate) fn is_of_registry(self) -> bool {
        matches!(
            self,
            Self::StakeholderWelcome
                | Self::AddressConfirm
                | Self::AddressChanged
                | Self::IssueDigest
        )
    }

    /// Whether it goes to another address than the one its reader is written to: to one that is not
    /// proved yet, or to the former one.
    pub(crate) fn is_elsewhere(self) -> bool {
        matches!(self, Self::AddressConfirm | Self::AddressChanged | Self::GuestMovedAway)
    }

    /// Whether it tells of what became of an issue or a team: words and a link, no calendar.
    pub fn is_notice(self) -> bool {
        use Template as T;
        matches!(
            self,
            T::FollowConfirm
                | T::IssueAccepted
                | T::IssueDeclined
                | T::HackathonCancelled
                | T::JoinRequested
                | T::JoinAccepted
                | T::JoinDeclined
                | T::MemberRemoved
                | T::LeadPassed
                | T::MemberMoved
                | T::TeamDissolved
        )
    }

    /// Letters to the same person about the same event that say what is no longer so, once this
    /// one is written.
    pub fn supersedes(self) -> &'static [&'static str] {
        match self {
            Self::Invitation | Self::InvitationRevoked => {
                &["invitation", "event-updated", "invitation-reminder", "event-reminder"]
            }
            // A first letter that has not left yet is written again, with the news in it.
            Self::EventUpdated => &[
                "event-updated",
                "invitation",
                "registration-confirmed",
                "event-reminder",
                "invitation-reminder",
            ],
            Self::EventCancelled => &[
                "event-updated",
                "invitation",
                "registration-confirmed",
                "waitlist-joined",
                "place-offered",
                "event-reminder",
                "invitation-reminder",
            ],
            Self::RegistrationConfirmed => {
                &["waitlist-joined", "place-offered", "invitation-reminder"]
            }
            Self::WaitlistJoined | Self::InvitationReminder => &["invitation-reminder"],
            Self::PlaceOffered => &["waitlist-joined"],
            Self::RegistrationCancelled => {
                &["registration-confirmed", "waitlist-joined", "place-offered", "event-reminder"]
            }
            Self::EventReminder => &["event-reminder"],
            Self::InvitationAgain
            | Self::ProposedTimeDeclined
            | Self::AttendanceDeclined
            | Self::AnswerUnconfirmed
            | Self::GuestMovedAway
            | Self::GuestMoved
            | Self::AddressConfirm
            | Self::AddressChanged
            | Self::StakeholderWelcome
            | Self::FollowConfirm
            | Self::IssueDigest
            | Self::IssueAccepted
            | Self::IssueDeclined
            | Self::HackathonCancelled
            | Self::JoinRequested
            | Self::JoinAccepted
            | Self::JoinDeclined
            | Self::MemberRemoved
            | Self::LeadPassed
            | Self::MemberMoved
            | Self::TeamDissolved => &[],
        }
    }
}
