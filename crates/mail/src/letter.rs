//! A letter, as a value: everything that will be in its bytes, and nothing that changes them.
//!
//! It is written to exactly one person. That keeps guest lists private, makes every refusal
//! belong to somebody, and is what calendar clients need (Gmail opens an invitation only for who
//! stands in To). [`Letter::to_mime`] refuses what would arrive broken; names and subjects it
//! cleans, because a letter must not fail for the name of its reader.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, Datelike as _, Utc};
use url::Url;

use crate::{EmailAddress, Kind, Mailbox, MessageId, clean, mime};

/// The longest text and the longest HTML body, in bytes. Gmail clips what it shows at 102 KB.
const BODY_BYTES_MAX: usize = 512 * 1024;
/// The longest calendar object, in bytes: the limit we set for incoming ones too.
const CALENDAR_BYTES_MAX: usize = 256 * 1024;
/// How many earlier letters one may refer to; the header stays readable.
const REFERENCES_MAX: usize = 20;
/// A header line may have 998 octets (RFC 5322 §2.1.1).
const LINK_BYTES_MAX: usize = 900;

/// One letter to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Who writes; its domain is the one DKIM and DMARC speak for.
    pub from: Mailbox,
    /// The one person it goes to. With a calendar this must be its ATTENDEE, to the letter.
    pub to: Mailbox,
    /// Where an answer goes, if not to `from`.
    pub reply_to: Option<Mailbox>,
    /// One line; line breaks and controls are removed, 150 characters are kept.
    pub subject: String,
    /// The complete letter in plain text.
    pub text: String,
    /// The same letter in HTML.
    pub html: Option<String>,
    /// An iCalendar object that goes with it.
    pub calendar: Option<Calendar>,
    /// The same on each attempt.
    pub message_id: MessageId,
    /// Earlier letters, or the [`MessageId::thread`] of the event; oldest first.
    pub references: Vec<MessageId>,
    /// When the letter was written (not when it is sent), to the second.
    pub date: DateTime<Utc>,
    /// What it is about.
    pub kind: Kind,
    /// How to get no more of these.
    pub list_unsubscribe: Option<Unsubscribe>,
    /// `Precedence: bulk`: only for digests and announcements.
    pub bulk: bool,
}

/// The iCalendar object of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The iTIP method; the METHOD line of `ics` must say the same.
    pub method: Method,
    /// The whole object, CRLF line ends, as the calendar crate writes it.
    pub ics: String,
}

/// What the receiver should do with a calendar object (RFC 5546 §1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Answer whether you come; also an update.
    Request,
    /// Take it out of the calendar.
    Cancel,
    /// Add it if you like; no answer is expected.
    Publish,
    /// The other time you proposed is not taken; the event stays as it was.
    DeclineCounter,
}

impl Method {
    /// As it is written: `REQUEST`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
            Self::Publish => "PUBLISH",
            Self::DeclineCounter => "DECLINECOUNTER",
        }
    }
}

/// How to get no more letters of this kind (RFC 2369, RFC 8058).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsubscribe {
    /// A page that takes a bare POST. Only over https does the header promise one click; plain
    /// http is for a developer's machine.
    pub page: Url,
    /// A `mailto:` link for clients that only know those.
    pub mailto: Option<Url>,
}

/// Why a letter cannot be written. All of these are final: the same letter fails again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// Nothing is left of the subject, or the text is blank.
    #[error("the letter has no {part}")]
    Missing {
        /// `subject` or `text`.
        part: &'static str,
    },
    /// Too much of something.
    #[error("the letter's {part} is {size}, more than {size_max}")]
    TooLarge {
        /// Which part.
        part: &'static str,
        /// Bytes, or how many.
        size: usize,
        /// The limit.
        size_max: usize,
    },
    /// No mail client reads a year outside 1970 to 9999.
    #[error("the letter's date is out of range")]
    Date,
    /// Calendars know only ASCII addresses; send the link without the object.
    #[error("a calendar object cannot go to or from an address outside ASCII")]
    AddressNotAscii,
    /// The object's METHOD is absent or another one; clients then drop the mail or show a file.
    #[error("the calendar object does not say METHOD:{method}")]
    MethodDiffers {
        /// What the letter says.
        method: &'static str,
    },
    /// A link that cannot stand in `List-Unsubscribe`.
    #[error("the unsubscribe link must be https or mailto")]
    Link,
    /// The MIME library refused or panicked, or its result was not what we asked for.
    #[error("the letter could not be written: {what}")]
    Broken {
        /// What was wrong, without anybody's words.
        what: String,
    },
}

impl Letter {
    /// The letter as MIME, ready for a relay: CRLF lines, deterministic to the byte.
    ///
    /// A panic of the library underneath is caught and becomes [`LetterError::Broken`], so one
    /// poisoned letter fails alone.
    ///
    /// # Errors
    /// See [`LetterError`].
    pub fn to_mime(&self) -> Result<Vec<u8>, LetterError> {
        self.check()?;
        catch_unwind(AssertUnwindSafe(|| mime::assemble(self))).unwrap_or_else(|_panic| {
            Err(LetterError::Broken { what: "the MIME library panicked".into() })
        })
    }

    fn check(&self) -> Result<(), LetterError> {
        if clean::subject(&self.subject).is_empty() {
            return Err(LetterError::Missing { part: "subject" });
        }
        if self.text.trim().is_empty() {
            return Err(LetterError::Missing { part: "text" });
        }
        at_most("text", self.text.len(), BODY_BYTES_MAX)?;
        at_most("html", self.html.as_ref().map_or(0, String::len), BODY_BYTES_MAX)?;
        at_most("references", self.references.len(), REFERENCES_MAX)?;
        if !(1970..=9999).contains(&self.date.year()) {
            return Err(LetterError::Date);
        }
        if let Some(calendar) = &self.calendar {
            self.check_calendar(calendar)?;
        }
        self.list_unsubscribe.as_ref().map_or(Ok(()), Unsubscribe::check)
    }

    fn check_calendar(&self, calendar: &Calendar) -> Result<(), LetterError> {
        at_most("calendar", calendar.ics.len(), CALENDAR_BYTES_MAX)?;
        let addresses = [Some(&self.from), Some(&self.to), self.reply_to.as_ref()];
        let mut addresses = addresses.into_iter().flatten().map(|mailbox| &mailbox.address);
        if !addresses.all(EmailAddress::is_ascii) {
            return Err(LetterError::AddressNotAscii);
        }
        let method = calendar.method.as_str();
        let mut said = calendar.ics.lines().filter_map(|line| line.strip_prefix("METHOD:"));
        if said.next() != Some(method) || said.next().is_some() {
            return Err(LetterError::MethodDiffers { method });
        }
        Ok(())
    }
}

impl Unsubscribe {
    /// Whether one click may be promised (RFC 8058 §3.1 asks for https).
    pub(crate) fn is_one_click(&self) -> bool {
        self.page.scheme() == "https"
    }

    fn check(&self) -> Result<(), LetterError> {
        let is_page = matches!(self.page.scheme(), "https" | "http");
        let is_mailto = self.mailto.as_ref().is_none_or(|link| link.scheme() == "mailto");
        if !is_page || !is_mailto {
            return Err(LetterError::Link);
        }
        for link in [Some(&self.page), self.mailto.as_ref()].into_iter().flatten() {
            at_most("unsubscribe link", link.as_str().len(), LINK_BYTES_MAX)?;
            if !link.as_str().bytes().all(|b| b.is_ascii_graphic() && b != b'<' && b != b'>') {
                return Err(LetterError::Link);
            }
        }
        Ok(())
    }
}

fn at_most(part: &'static str, size: usize, size_max: usize) -> Result<(), LetterError> {
    if size > size_max {
        return Err(LetterError::TooLarge { part, size, size_max });
    }
    Ok(())
}
