//! What was lost on the way in, or left out, and where.

/// Something about a file its importer should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line of the file, from 1; 0 when it is about all of it.
    pub line: usize,
    /// Which component, from 1; `None` when it is about all of the file.
    pub index: Option<usize>,
    /// Its identity, if it has one.
    pub uid: Option<String>,
    /// What it is.
    pub reason: Reason,
}

/// Why something was left out, or what was lost. Closed, so that each has its own words in each
/// language.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, thiserror::Error)]
pub enum Reason {
    /// Read as Windows-1252, which old programs write.
    #[error("the file is not UTF-8; letters outside English may be wrong")]
    NotUtf8,
    /// The file, or a component, has no `END`.
    #[error("it is cut off")]
    CutOff,
    /// A line that is no `NAME:value` was skipped.
    #[error("this line cannot be read and was skipped")]
    BadLine,
    /// A value that cannot be read was left out, by the name of its property.
    #[error("{0} cannot be read and was left out")]
    BadValue(&'static str),

    /// Left out: a task, a note, a table of free time.
    #[error("it is no event but a {0}")]
    NotAnEvent(String),
    /// Left out: it has no beginning, or none that can be read.
    #[error("it does not say when it begins")]
    NoStart,
    /// Left out: it has no title.
    #[error("it has no title")]
    NoTitle,
    /// Left out: it does not take place.
    #[error("it is cancelled")]
    Cancelled,
    /// Left out: another version of the same event is in the file.
    #[error("another version of it is in the file")]
    Repeated,
    /// Left out: before 1900 or after 9999.
    #[error("its year is out of range")]
    YearOutOfRange,
    /// Left out: more lines or octets than an event may have.
    #[error("it is too large")]
    TooLarge,
    /// Left out: this one and all after it.
    #[error(
        "the file has more events than are imported at once; this one and the rest are left out"
    )]
    TooMany,

    /// No zone is said; the hub's is taken.
    #[error("its times say no time zone; that of the calendar was taken")]
    Floating,
    /// A zone nobody knows is said; the hub's is taken.
    #[error("nobody knows the time zone {0}; that of the calendar was taken")]
    UnknownZone(String),
    /// An hour, or a day, is taken.
    #[error("it does not say when it is over")]
    NoEnd,
    /// An hour, or a day, is taken.
    #[error("it is over before it begins")]
    EndNotAfterStart,
    /// Only its first date is proposed: the rule is not one of ours, or has too many dates.
    #[error("it repeats by a rule that cannot be kept ({0}); only its first date is proposed")]
    RuleNotKept(String),
    /// Only its first date is proposed: it would never end.
    #[error("it repeats without end; only its first date is proposed")]
    Endless,
    /// Single dates to leave out or to add cannot be kept.
    #[error("some of its single dates cannot be kept")]
    DatesNotKept,
    /// It belongs to a series, from which it was taken out.
    #[error("it is a changed date of a series and is proposed by itself")]
    ChangedDate,
    /// The people of the file are not taken.
    #[error("its people are left behind")]
    PeopleLeft,
    /// Files are not taken.
    #[error("its attachments are left behind")]
    AttachmentsLeft,
    /// A text was cut, by the name of its property.
    #[error("{0} is too long and was cut")]
    Cut(&'static str),
}

impl Reason {
    /// Whether the component is not among the proposals; otherwise only something about it was
    /// lost.
    pub fn leaves_out(&self) -> bool {
        matches!(
            self,
            Self::NotAnEvent(_)
                | Self::NoStart
                | Self::NoTitle
                | Self::Cancelled
                | Self::Repeated
                | Self::YearOutOfRange
                | Self::TooLarge
                | Self::TooMany
        )
    }
}
