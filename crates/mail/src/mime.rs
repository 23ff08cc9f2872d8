//! The bytes of a letter.
//!
//! lettre encodes headers and bodies; what it leaves to chance or to the clock (boundaries, Date,
//! Message-ID) is set here from the letter. Text is never sent as 7bit: in quoted-printable and
//! base64 the boundary's `=_` cannot occur, so no text can end its own part (RFC 2045 §6.7), and
//! no server on the way has a reason to re-encode. The tree is that of the design: Outlook looks
//! for an invitation only in the multipart/alternative that is the first child.

use std::time::SystemTime;

use lettre::Address;
use lettre::address::Envelope;
use lettre::message::header::{
    ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue,
};
use lettre::message::{Attachment, Body, Message, MultiPart, SinglePart};

use crate::{Calendar, Letter, LetterError, Mailbox, Unsubscribe, clean};

/// The name of the calendar attachment; Outlook and Apple Mail know it.
const ATTACHMENT: &str = "invite.ics";

/// Writes the letter. The caller has checked it.
pub(crate) fn assemble(letter: &Letter) -> Result<Vec<u8>, LetterError> {
    let root = root(letter)?;
    let mut message = Message::builder()
        .date(SystemTime::from(letter.date))
        .from(lettre_mailbox(&letter.from))
        .to(lettre_mailbox(&letter.to));
    if let Some(reply_to) = &letter.reply_to {
        message = message.reply_to(lettre_mailbox(reply_to));
    }
    message = message.subject(clean::subject(&letter.subject));
    let mut names = vec!["Date", "From", "To"];
    names.extend(letter.reply_to.as_ref().map(|_| "Reply-To"));
    names.push("Subject");
    for (name, value) in own_headers(letter) {
        names.push(name);
        message = message.raw_header(ready(name, value));
    }
    // Given, or lettre would read its own headers back to find it.
    let envelope = Envelope::new(None, vec![lettre_address(&letter.to)]).map_err(broken)?;
    let message = message.envelope(envelope);
    let message = match root {
        Root::Multi(part) => message.multipart(part),
        Root::Single(part) => message.singlepart(part),
    };
    let bytes = message.map_err(broken)?.formatted();
    names.extend(["MIME-Version", "Content-Type"]);
    check_headers(&bytes, &names)?;
    Ok(bytes)
}

/// The headers we write ourselves, in their order; all are ASCII and folded already.
fn own_headers(letter: &Letter) -> Vec<(&'static str, String)> {
    let mut headers = vec![("Message-ID", letter.message_id.to_string())];
    if !letter.references.is_empty() {
        let ids: Vec<String> = letter.references.iter().map(ToString::to_string).collect();
        headers.push(("References", ids.join("\r\n ")));
    }
    // RFC 3834 §5: no vacation notice answers this; Exchange wants its own word for it.
    headers.push(("Auto-Submitted", "auto-generated".into()));
    headers.push(("X-Auto-Response-Suppress", "OOF, AutoReply".into()));
    headers.push(("Feedback-ID", format!("{}:convoke", letter.kind)));
    if letter.bulk {
        headers.push(("Precedence", "bulk".into()));
    }
    if let Some(unsubscribe) = &letter.list_unsubscribe {
        headers.push(("List-Unsubscribe", links(unsubscribe)));
        if unsubscribe.is_one_click() {
            headers.push(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".into()));
        }
    }
    headers
}

fn links(unsubscribe: &Unsubscribe) -> String {
    match &unsubscribe.mailto {
        Some(mailto) => format!("<{}>,\r\n <{mailto}>", unsubscribe.page),
        None => format!("<{}>", unsubscribe.page),
    }
}

/// What the message consists of: the smallest tree that holds the letter.
enum Root {
    Single(SinglePart),
    Multi(MultiPart),
}

fn root(letter: &Letter) -> Result<Root, LetterError> {
    let html = letter.html.as_ref();
    let html = html.map(|html| words("text/html; charset=utf-8", html)).transpose()?;
    if html.is_none() && letter.calendar.is_none() {
        // A part is written with a line end after it, which within a multipart belongs to the
        // boundary; here it would be one more blank line.
        let text = letter.text.strip_suffix('\n').unwrap_or(&letter.text);
        return Ok(Root::Single(words("text/plain; charset=utf-8", text)?));
    }
    let text = words("text/plain; charset=utf-8", &letter.text)?;
    let digits = letter.message_id.digits();
    let mut readings = MultiPart::alternative().boundary(format!("=_{digits}_a")).singlepart(text);
    if let Some(html) = html {
        readings = readings.singlepart(html);
    }
    let Some(calendar) = &letter.calendar else { return Ok(Root::Multi(readings)) };
    let readings = readings.singlepart(calendar_part(calendar)?);
    let mixed = MultiPart::mixed().boundary(format!("=_{digits}_m"));
    Ok(Root::Multi(mixed.multipart(readings).singlepart(attachment(calendar)?)))
}

/// A text part in quoted-printable or base64, whichever is shorter.
fn words(content_type: &str, raw: &str) -> Result<SinglePart, LetterError> {
    let text = clean::body(raw);
    let chosen = match Body::new(text.clone()) {
        body if body.encoding() == ContentTransferEncoding::Base64 => body,
        _ => encoded(text.into(), ContentTransferEncoding::QuotedPrintable)?,
    };
    Ok(SinglePart::builder().header(content_type_of(content_type)?).body(chosen))
}

/// The part that calendar clients act on: base64 once, no Content-Disposition.
fn calendar_part(calendar: &Calendar) -> Result<SinglePart, LetterError> {
    let method = calendar.method.as_str();
    // Built by hand, because the library would fold it in the middle of nowhere or not at all.
    let content_type =
        format!("text/calendar; charset=utf-8;\r\n method={method}; component=VEVENT");
    let body = encoded(calendar.ics.clone().into_bytes().into(), ContentTransferEncoding::Base64)?;
    Ok(SinglePart::builder().header(Ready("Content-Type", content_type)).body(body))
}

/// The same bytes as a file, for clients that know no other way.
fn attachment(calendar: &Calendar) -> Result<SinglePart, LetterError> {
    let body = encoded(calendar.ics.clone().into_bytes().into(), ContentTransferEncoding::Base64)?;
    let content_type = content_type_of(&format!("application/ics; name=\"{ATTACHMENT}\""))?;
    Ok(Attachment::new(ATTACHMENT.to_owned()).body(body, content_type))
}

fn encoded(
    raw: lettre::message::MaybeString,
    encoding: ContentTransferEncoding,
) -> Result<Body, LetterError> {
    Body::new_with_encoding(raw, encoding)
        .map_err(|_raw| LetterError::Broken { what: format!("no body in {encoding}") })
}

fn content_type_of(text: &str) -> Result<ContentType, LetterError> {
    ContentType::parse(text).map_err(broken)
}

fn lettre_address(mailbox: &Mailbox) -> Address {
    // Ours is the stricter parser; theirs would only find another reason to say no.
    Address::new_dangerous(mailbox.address.local(), mailbox.address.domain())
}

fn lettre_mailbox(mailbox: &Mailbox) -> lettre::message::Mailbox {
    lettre::message::Mailbox::new(mailbox.name().map(str::to_owned), lettre_address(mailbox))
}

fn broken(error: impl std::fmt::Display) -> LetterError {
    LetterError::Broken { what: error.to_string() }
}

/// A header whose value is ASCII, folded and free of anything typed by people.
fn ready(name: &'static str, value: String) -> HeaderValue {
    let raw = value.replace("\r\n ", " ");
    HeaderValue::dangerous_new_pre_encoded(HeaderName::new_from_ascii_str(name), raw, value)
}

/// [`ready`] for a part, whose builder takes only typed headers.
#[derive(Clone)]
struct Ready(&'static str, String);

impl Header for Ready {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Type")
    }

    fn parse(value: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self("Content-Type", value.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        ready(self.0, self.1.clone())
    }
}

/// The last look: exactly the headers we meant to write, each on lines a server may carry.
///
/// Everything above should make this impossible to fail; an injected header is bad enough to
/// look twice.
fn check_headers(bytes: &[u8], names: &[&str]) -> Result<(), LetterError> {
    let head_length = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let head = head_length.and_then(|length| bytes.get(..length)).unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    let mut wanted = names.iter();
    for line in head.split("\r\n") {
        if line.contains(['\r', '\n', '\0']) || line.len() > 998 || line.trim().is_empty() {
            return Err(LetterError::Broken { what: "a header line is malformed".into() });
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let name = line.split_once(':').map(|(name, _value)| name);
        // A message of one part has its Content-Type before, its encoding after the version.
        let is_ours = name == wanted.next().copied() || name == Some("Content-Transfer-Encoding");
        if !is_ours {
            return Err(LetterError::Broken { what: "there is a header nobody wrote".into() });
        }
    }
    if wanted.next().is_some() {
        return Err(LetterError::Broken { what: "a header is missing".into() });
    }
    Ok(())
}
