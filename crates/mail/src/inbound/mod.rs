//! Mail from strangers, read: who wrote, what calendar object came with it, whether a machine
//! sent it, and whether it is a report about a mail of ours.
//!
//! Pure and bounded: [`read_message`] looks at every byte a fixed number of times and refuses, with
//! a reason from a closed list, what is too large, too deep or not text. The tree of parts is
//! walked here and not by `mail-parser`, which has no limit on nesting; it reads the values of
//! single header fields. Nothing is believed: a header is what somebody wrote, see
//! [`crate::authentication`] for who may have written it.

mod fields;
mod head;
mod tree;

use chrono::{DateTime, Utc};

use crate::EmailAddress;
use head::Head;
use tree::Tree;

/// What a message may cost. The defaults are those of the calendar contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The whole message.
    pub mail_bytes_max: usize,
    /// The calendar object, decoded.
    pub calendar_bytes_max: usize,
    /// Multiparts within multiparts.
    pub depth_max: usize,
    /// Parts in all.
    pub parts_max: usize,
    /// Header fields in all, those of parts too.
    pub headers_max: usize,
    /// The head of the message: every header field and its name.
    pub head_bytes_max: usize,
    /// One line anywhere. RFC 5322 §2.1.1 says 998; HTML mails with paragraphs on one line do not
    /// know.
    pub line_bytes_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            mail_bytes_max: 2 * 1024 * 1024,
            calendar_bytes_max: 256 * 1024,
            depth_max: 8,
            parts_max: 100,
            headers_max: 1_000,
            head_bytes_max: 256 * 1024,
            line_bytes_max: 64 * 1024,
        }
    }
}

/// Why a message is not read. The names are a contract: they stand in the log of decisions.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error, strum::IntoStaticStr, strum::EnumIter,
)]
#[strum(serialize_all = "kebab-case")]
pub enum Refused {
    /// More bytes than we take.
    #[error("the mail is too large")]
    TooLarge,
    /// No header field at all.
    #[error("this is no mail")]
    NotMail,
    /// A NUL byte: some readers stop there, others go on.
    #[error("the mail holds a NUL byte")]
    Nul,
    /// A CR without its LF: a line end to some readers only.
    #[error("the mail holds a bare CR")]
    BareCr,
    /// CRLF at some line ends and LF at others, as in mails smuggled within mails.
    #[error("the mail holds a bare LF")]
    BareLf,
    /// A line longer than any mail program writes.
    #[error("a line of the mail is too long")]
    LineTooLong,
    /// Too many header fields.
    #[error("the mail has too many header fields")]
    TooManyHeaders,
    /// Too many bytes of header fields.
    #[error("the head of the mail is too long")]
    HeadTooLong,
    /// A line of the head that is no header field.
    #[error("a header field is malformed")]
    HeaderMalformed,
    /// A head that is not UTF-8 (RFC 6532).
    #[error("a header field is not UTF-8")]
    HeaderNotUtf8,
    /// No From, two of them, two addresses in it, or one that we cannot read: nobody to believe.
    #[error("the mail has not exactly one author")]
    Author,
    /// Too many parts.
    #[error("the mail has too many parts")]
    TooManyParts,
    /// Multiparts within multiparts within multiparts.
    #[error("the parts of the mail are nested too deeply")]
    TooDeep,
    /// The calendar object is too large.
    #[error("the calendar part is too large")]
    CalendarTooLarge,
    /// The calendar object cannot be decoded, or is not text.
    #[error("the calendar part cannot be decoded")]
    CalendarUnreadable,
}

impl Refused {
    /// Its stable name, `bare-cr`.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// A calendar object that came with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarPart {
    /// The object, decoded; line ends as they came.
    pub ics: String,
    /// The `method` parameter of the part, upper case. The METHOD property is what counts (Outlook
    /// does the same); a difference is worth noting.
    pub method: Option<String>,
    /// How many calendar parts the mail has; the first text/calendar was taken, and the first
    /// application/ics if there was none.
    pub count: usize,
}

/// The parts of a report about another mail (RFC 3462, RFC 5965), each as decoded text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportParts {
    /// message/delivery-status (RFC 3464).
    pub delivery_status: Option<String>,
    /// message/feedback-report (RFC 5965).
    pub feedback: Option<String>,
    /// The head of the mail it is about: text/rfc822-headers, or that of a message/rfc822.
    pub original_head: Option<String>,
}

/// A mail, read. Everything in it is what its sender claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The one author.
    pub from: EmailAddress,
    /// Who sent it on the author's behalf.
    pub sender: Option<EmailAddress>,
    /// The addresses of To that we can read; at most 100.
    pub to: Vec<EmailAddress>,
    /// The same of Cc.
    pub cc: Vec<EmailAddress>,
    /// When it was written, as its writer's clock saw it.
    pub date: Option<DateTime<Utc>>,
    /// Without brackets.
    pub message_id: Option<String>,
    /// The mails it belongs to: References and In-Reply-To, oldest first, at most 100.
    pub references: Vec<String>,
    /// One line, cleaned.
    pub subject: String,
    /// The first plain text part that is no attachment, LF line ends; empty if there is none.
    pub text: String,
    /// The calendar object. One inside a forwarded mail is not taken.
    pub calendar: Option<CalendarPart>,
    /// What the mail says about another one; see [`crate::bounce`].
    pub report: ReportParts,
    /// `multipart/report`, lower case.
    pub content_type: String,
    /// All header fields from the top, unfolded, not decoded.
    pub headers: Vec<(String, String)>,
}

/// Reads a mail; CRLF line ends, or LF at each of them as pipes deliver.
///
/// ```
/// use mail::inbound::{Limits, Refused, read_message};
/// let message = read_message(b"From: Ada <ada@example.org>\r\n\r\nHi\r\n", &Limits::default())?;
/// assert_eq!(message.from.as_str(), "ada@example.org");
/// let evil = b"From: ada@example.org\r\n\r\n\n.\nMAIL FROM:<x@y.example>\r\n";
/// assert_eq!(read_message(evil, &Limits::default()), Err(Refused::BareLf));
/// # Ok::<(), Refused>(())
/// ```
///
/// # Errors
/// See [`Refused`]; the same bytes are refused again.
pub fn read_message(bytes: &[u8], limits: &Limits) -> Result<Message, Refused> {
    check_bytes(bytes, limits)?;
    let mut headers_left = limits.headers_max;
    let head = Head::of_message(bytes, limits, &mut headers_left)?;
    let tree = Tree::walk(&head, limits, headers_left)?;
    let known = fields::read(&head)?;
    Ok(Message {
        from: known.from,
        sender: known.sender,
        to: known.to,
        cc: known.cc,
        date: known.date,
        message_id: known.message_id,
        references: known.references,
        subject: known.subject,
        text: tree.text.unwrap_or_default(),
        calendar: tree.calendar,
        report: tree.report,
        content_type: tree.content_type,
        headers: head.fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
    })
}

/// One look at every byte, before anything is believed to be a line.
fn check_bytes(bytes: &[u8], limits: &Limits) -> Result<(), Refused> {
    if bytes.len() > limits.mail_bytes_max {
        return Err(Refused::TooLarge);
    }
    let (mut line_bytes, mut before) = (0_usize, 0_u8);
    let (mut has_crlf, mut has_lf) = (false, false);
    for &byte in bytes {
        if before == b'\r' && byte != b'\n' {
            return Err(Refused::BareCr);
        }
        line_bytes += 1;
        match byte {
            0 => return Err(Refused::Nul),
            b'\n' => {
                has_crlf |= before == b'\r';
                has_lf |= before != b'\r';
                line_bytes = 0;
            }
            _ if line_bytes > limits.line_bytes_max => return Err(Refused::LineTooLong),
            _ => {}
        }
        before = byte;
    }
    if before == b'\r' {
        return Err(Refused::BareCr);
    }
    if has_crlf && has_lf { Err(Refused::BareLf) } else { Ok(()) }
}

impl Message {
    /// The value of the topmost header field of this name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The values of all header fields of this name, from the top.
    pub fn header_all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.headers.iter().filter(move |(own, _)| own.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }

    /// Whether a machine, a list or a mail server wrote it: nothing is ever sent in answer.
    ///
    /// RFC 3834 §2 and what is seen in practice. A calendar reply may well be automatic and is
    /// still a reply.
    pub fn is_automatic(&self) -> bool {
        let says = |name: &str, is: fn(&str) -> bool| {
            self.header_all(name).any(|value| is(&value.to_ascii_lowercase()))
        };
        let lists = ["List-Id", "List-Post", "List-Unsubscribe", "List-Help", "Mailing-List"];
        let robots = ["X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Loop", "Feedback-ID"];
        let servers = ["mailer-daemon", "postmaster"];
        says("Auto-Submitted", |value| {
            value.split([';', '(', ' ']).next().is_some_and(|word| !matches!(word, "no" | ""))
        }) || says("Precedence", |value| matches!(value.trim(), "bulk" | "list" | "junk"))
            || says("X-Auto-Response-Suppress", |value| value.trim() != "none")
            || says("Return-Path", |value| value.split_whitespace().collect::<String>() == "<>")
            || lists.iter().chain(&robots).any(|name| self.header(name).is_some())
            || self.report != ReportParts::default()
            || self.content_type == "multipart/report"
            || servers.contains(&self.from.local().to_ascii_lowercase().as_str())
    }

    /// Whether something may be sent in answer: a person's mail, with a return path, and not from
    /// `our_domain` (two machines would talk for ever).
    ///
    /// `envelope_from` is the address of MAIL, `None` for the null sender `<>`.
    pub fn may_be_answered(&self, envelope_from: Option<&EmailAddress>, our_domain: &str) -> bool {
        let is_ours = |address: &EmailAddress| {
            let domain = address.domain();
            let above = domain.len().checked_sub(our_domain.len());
            let tail = above.and_then(|at| domain.get(at..)).unwrap_or_default();
            let has_edge = above.is_none_or(|at| {
                at == 0 || domain.get(..at).is_some_and(|head| head.ends_with('.'))
            });
            has_edge && tail.eq_ignore_ascii_case(our_domain)
        };
        let Some(envelope_from) = envelope_from else { return false };
        !self.is_automatic() && !is_ours(envelope_from) && !is_ours(&self.from)
    }
}
