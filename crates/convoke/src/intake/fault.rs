//! Why a file, or a component of it, is not taken as it is. Codes and figures are ours, so that each has
//! its sentence in every language.

use calendar::import::{Error, Reason};
use serde::Serialize;

/// A file of which nothing can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, strum::VariantNames, thiserror::Error)]
pub enum CalendarFault {
    /// More than is read.
    #[error("the file has more than {max} bytes")]
    CalendarTooLarge {
        /// What is allowed.
        max: usize,
    },
    /// A web page, a table, a picture.
    #[error("the file is no calendar")]
    NotACalendar {},
    /// No file was chosen.
    #[error("there is no file")]
    CalendarMissing {},
}
impl kernel::Rejection for CalendarFault {}

impl From<Error> for CalendarFault {
    fn from(error: Error) -> Self {
        match error {
            Error::TooLarge => Self::CalendarTooLarge { max: super::file::FILE_BYTES_MAX },
            Error::NotACalendar => Self::NotACalendar {},
        }
    }
}

/// Why a component is left out, or what was lost of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, strum::VariantNames, thiserror::Error)]
#[expect(missing_docs, reason = "each says what it is; the figures are those of calendar::import")]
pub enum ComponentFault {
    #[error("the file is not UTF-8; letters outside English may be wrong")]
    LettersUncertain {},
    #[error("it is cut off")]
    ComponentCutOff {},
    #[error("a line of it cannot be read and was skipped")]
    LineSkipped {},
    #[error("{property} cannot be read and was left out")]
    PropertyUnreadable { property: &'static str },
    #[error("it is no event but a {component}")]
    NotAnEvent { component: String },
    #[error("it does not say when it begins")]
    BeginningMissing {},
    #[error("it has no title")]
    ComponentUntitled {},
    #[error("it is cancelled there")]
    CancelledElsewhere {},
    #[error("another version of it is in the file")]
    OtherVersionTaken {},
    #[error("its year is out of range")]
    YearOutOfRange {},
    #[error("it is too large")]
    ComponentTooLarge {},
    #[error("the file has more events than are taken at once; this one and the rest are left out")]
    TooManyComponents {},
    #[error("it is over; past events are not proposed")]
    OverAlready {},
    #[error("its times say no time zone; that of the calendar was taken")]
    ZoneMissing {},
    #[error("nobody knows the time zone {zone}; that of the calendar was taken")]
    ZoneUnknown { zone: String },
    #[error("it does not say when it is over; an hour, or a day, was taken")]
    EndMissing {},
    #[error("it is over before it begins; an hour, or a day, was taken")]
    EndMisplaced {},
    #[error("it repeats by a rule that cannot be kept ({rule}); only its first date was taken")]
    RuleNotKept { rule: String },
    #[error("it repeats without end; only its first date was taken")]
    RuleWithoutEnd {},
    #[error("some of its single dates cannot be kept")]
    DatesNotKept {},
    #[error("it is a changed date of a series and is proposed by itself")]
    DateByItself {},
    #[error("it repeats ({rule}); only its first date was taken")]
    OnlyFirstDate { rule: String },
    #[error("its people are left behind")]
    PeopleLeftBehind {},
    #[error("its attachments are left behind")]
    AttachmentsLeftBehind {},
    #[error("{property} is too long and was cut")]
    TextCut { property: &'static str },
}
impl kernel::Rejection for ComponentFault {}

impl From<Reason> for ComponentFault {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::NotUtf8 => Self::LettersUncertain {},
            Reason::CutOff => Self::ComponentCutOff {},
            Reason::BadLine => Self::LineSkipped {},
            Reason::BadValue(property) => Self::PropertyUnreadable { property },
            Reason::NotAnEvent(component) => Self::NotAnEvent { component },
            Reason::NoStart => Self::BeginningMissing {},
            Reason::NoTitle => Self::ComponentUntitled {},
            Reason::Cancelled => Self::CancelledElsewhere {},
            Reason::Repeated => Self::OtherVersionTaken {},
            Reason::YearOutOfRange => Self::YearOutOfRange {},
            Reason::TooLarge => Self::ComponentTooLarge {},
            Reason::TooMany => Self::TooManyComponents {},
            Reason::Floating => Self::ZoneMissing {},
            Reason::UnknownZone(zone) => Self::ZoneUnknown { zone },
            Reason::NoEnd => Self::EndMissing {},
            Reason::EndNotAfterStart => Self::EndMisplaced {},
            Reason::RuleNotKept(rule) => Self::RuleNotKept { rule },
            Reason::Endless => Self::RuleWithoutEnd {},
            Reason::DatesNotKept => Self::DatesNotKept {},
            Reason::ChangedDate => Self::DateByItself {},
            Reason::PeopleLeft => Self::PeopleLeftBehind {},
            Reason::AttachmentsLeft => Self::AttachmentsLeftBehind {},
            Reason::Cut(property) => Self::TextCut { property },
        }
    }
}
