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
