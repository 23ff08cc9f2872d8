//! What a letter is about, as far as sending depends on it: whether a second copy does harm, and
//! how long it is worth trying.

use chrono::{DateTime, TimeDelta, Utc};

/// The kind of a letter. Its name (`login-link`) is written into the outbox and the headers.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::Display,
    strum::EnumIter,
)]
#[strum(serialize_all = "kebab-case")]
pub enum Kind {
    /// Come to this event; usually with a calendar REQUEST, also when its time moved.
    Invitation,
    /// The event, or the place of this one person, is gone.
    Cancellation,
    /// Something the reader did has been recorded.
    Receipt,
    /// The one link that lets somebody in, or proves that an address or an answer is hers.
    LoginLink,
    /// An event is near.
    Reminder,
    /// What happened in a week.
    Digest,
    /// A curator writes to many.
    Announcement,
    /// An issue or a person that may concern the reader.
    Suggestion,
    /// Something changed that the reader must know.
    Notice,
}

impl Kind {
    /// Its stable name, `login-link`.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The kind of this name.
    pub fn parse(name: &str) -> Option<Self> {
        name.parse().ok()
    }

    /// Whether a second copy is better than none, when nobody knows if the first arrived.
    ///
    /// A calendar ignores a second object of the same UID and SEQUENCE, and a lost login link
    /// locks somebody out; a reminder or digest that comes twice is what people complain about.
    pub fn may_repeat(self) -> bool {
        match self {
            Self::Invitation
            | Self::Cancellation
            | Self::Receipt
            | Self::LoginLink
            | Self::Notice => true,
            Self::Reminder | Self::Digest | Self::Announcement | Self::Suggestion => false,
        }
    }

    /// Which of two letters that are both due leaves first: the smaller one. Somebody sits and waits
    /// for a link that lets her on; nobody waits for a digest.
    pub fn priority(self) -> i64 {
        match self {
            Self::LoginLink => 0,
            Self::Invitation
            | Self::Cancellation
            | Self::Receipt
            | Self::Notice
            | Self::Reminder => 1,
            Self::Suggestion | Self::Announcement | Self::Digest => 2,
        }
    }

    /// How long after it was due a letter is still worth sending, unless the event says less.
    pub fn lives_for(self) -> TimeDelta {
        match self {
            Self::Reminder | Self::Digest => TimeDelta::hours(24),
            // What a link says holds for days: whoever went away finds it when she is back.
            Self::LoginLink
            | Self::Invitation
            | Self::Cancellation
            | Self::Receipt
            | Self::Announcement
            | Self::Suggestion
            | Self::Notice => TimeDelta::days(3),
        }
    }

    /// When a letter that was due at `due_at` is no longer tried: after [`Kind::lives_for`], and
    /// before that when its event makes it pointless. A reminder ends with the start of its event,
    /// an invitation with its end; a cancellation is worth having even then.
    pub fn expires_at(self, due_at: DateTime<Utc>, event: Option<EventTimes>) -> DateTime<Utc> {
        let last = due_at.checked_add_signed(self.lives_for()).unwrap_or(DateTime::<Utc>::MAX_UTC);
        match (self, event) {
            (Self::Reminder, Some(event)) => last.min(event.starts_at),
            (Self::Invitation, Some(event)) => last.min(event.ends_at),
            _ => last,
        }
    }
}

/// When the event of a letter takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventTimes {
    /// Its beginning.
    pub starts_at: DateTime<Utc>,
    /// Its end.
    pub ends_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use chrono::{DateTime, TimeDelta};

    use super::{EventTimes, Kind};
    use strum::IntoEnumIterator as _;

    #[test]
    fn names_are_a_contract() {
        let names: Vec<&str> = Kind::iter().map(Kind::as_str).collect();
        assert_eq!(
            names,
            [
                "invitation",
                "cancellation",
                "receipt",
                "login-link",
                "reminder",
                "digest",
                "announcement",
                "suggestion",
                "notice"
            ]
        );
        for kind in Kind::iter() {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(Kind::parse("spam"), None);
    }

    #[test]
    fn a_letter_is_tried_as_long_as_it_is_worth_something() {
        let due = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let event = |starts: i64, ends: i64| {
            let hours = |hours| due + TimeDelta::hours(hours);
            Some(EventTimes { starts_at: hours(starts), ends_at: hours(ends) })
        };
        for (kind, event, minutes) in [
            (Kind::LoginLink, None, 3 * 24 * 60),
            (Kind::Reminder, event(2, 4), 120),
            (Kind::Reminder, event(48, 50), 24 * 60),
            (Kind::Invitation, event(2, 4), 240),
            (Kind::Invitation, event(1_000, 1_002), 3 * 24 * 60),
            (Kind::Cancellation, event(2, 4), 3 * 24 * 60),
            (Kind::Digest, None, 24 * 60),
        ] {
            let lives = kind.expires_at(due, event) - due;
            assert_eq!(lives.num_minutes(), minutes, "{kind} {event:?}");
        }
    }

    #[test]
    fn nobody_waits_for_a_digest() {
        let mut kinds: Vec<Kind> = Kind::iter().collect();
        kinds.sort_by_key(|kind| kind.priority());
        assert_eq!(kinds.first(), Some(&Kind::LoginLink));
        assert!(Kind::Digest.priority() > Kind::Reminder.priority());
    }

    #[test]
    fn what_annoys_when_doubled_is_not_repeated() {
        assert!(Kind::Invitation.may_repeat() && Kind::LoginLink.may_repeat());
        assert!(!Kind::Reminder.may_repeat() && !Kind::Digest.may_repeat());
    }
}
