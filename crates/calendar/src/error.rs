//! Why a value was refused, and which one.
//!
//! Text is never refused, it is cleaned. What cannot be cleaned without becoming something else
//! (an address, a link, an instant, an identity) is refused here with the name of its field, so
//! that a form or a log line can say which value to mend.

/// A value that cannot stand in a calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field} {refusal}")]
pub struct Error {
    /// The field as it is called in the struct of plain values, for example `url`.
    pub field: &'static str,
    /// What is wrong with it.
    pub refusal: Refusal,
}

/// What is wrong with a value, as the end of a sentence that begins with the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing is left after cleaning, and the property must not be empty.
    #[error("is empty once cleaned")]
    Empty,
    /// Cutting would change what the value means.
    #[error("is longer than {max} octets")]
    TooLong {
        /// The most octets it may have.
        max: usize,
    },
    /// Not a link people can follow: wrong scheme, a blank or control character in it, or a
    /// user name and password before the host.
    #[error("is not an http, https or mailto link")]
    NotALink,
    /// Not `local@domain` with a plain local part and a domain that IDNA accepts.
    #[error("is not a mail address")]
    NotAnAddress,
    /// The local part has characters outside ASCII; calendar programs cannot answer to it, so
    /// such a person gets a letter with a link instead of an invitation.
    #[error("has a local part outside ASCII, which an invitation cannot carry")]
    LocalPartNotAscii,
    /// Not made of letters, digits and `-_.@+=~` only.
    #[error("is not an identity made of letters, digits and -_.@+=~")]
    NotAnIdentity,
    /// Outside the years 1900 to 9999: RFC 5545 §3.3.5 has four digits, and older dates make
    /// clients fail.
    #[error("lies outside the years 1900 to 9999")]
    YearOutOfRange,
    /// Larger than RFC 5545 §3.3.8 allows (2,147,483,647).
    #[error("is larger than 2147483647")]
    NumberOutOfRange,
    /// Not a latitude of -90 to 90 degrees and a longitude of -180 to 180.
    #[error("is not a place on the globe")]
    NotAPlace,
    /// Not one of the letters-only colour names of CSS3 (RFC 7986 §5.9).
    #[error("is not a colour name")]
    NotAColor,
    /// The event would last no time, or less.
    #[error("is not after the start")]
    NotAfterStart,
    /// One end is a day and the other an instant; RFC 5545 §3.8.2.2 wants the same kind.
    #[error("is not of the kind the start is (day or instant)")]
    MixedKinds,
    /// Text that is no repetition of the closed set we write.
    #[error("is not a repetition by day, week or month with an end")]
    NotARule,
    /// The first date is not one the rule gives; programs differ on whether it then counts.
    #[error("does not fall on a date of its own repetition")]
    NotItsFirstDate,
    /// More dates, or dates further apart, than a series may have.
    #[error("has more than {dates_max} dates or lasts longer than {years_max} years")]
    TooManyDates {
        /// The most dates it may have.
        dates_max: usize,
        /// The most years from the first date to the last.
        years_max: u32,
    },
    /// Every date is taken out.
    #[error("has no date left")]
    NoDateLeft,
    /// A date to take out, or to say something else about, that the series does not have.
    #[error("is not one of the dates of the series")]
    NotOneOfItsDates,
    /// The same date twice.
    #[error("is there twice")]
    Repeated,
    /// A version of one date that has another identity, or names no date, or repeats itself.
    #[error("is not a version of one date of the series")]
    NotOfThisSeries,
    /// Both ends of an entry are told in one zone.
    #[error("is not in the time zone the start is in")]
    MixedZones,
    /// A cancelled event is not asked for: clients keep such an entry with its alarms.
    #[error("is cancelled, so the event can be cancelled but not requested")]
    Cancelled,
}

impl Refusal {
    /// The refusal with the field it is about.
    pub(crate) fn of(self, field: &'static str) -> Error {
        Error { field, refusal: self }
    }
}

/// Gives a bare refusal the name of its field.
pub(crate) trait Named<T> {
    /// Names the field.
    fn named(self, field: &'static str) -> Result<T, Error>;
}

impl<T> Named<T> for Result<T, Refusal> {
    fn named(self, field: &'static str) -> Result<T, Error> {
        self.map_err(|refusal| refusal.of(field))
    }
}
