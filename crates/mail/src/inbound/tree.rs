//! The parts of a message: what is in the tree, found in one walk with a bound on everything.
//!
//! A mail within the mail (message/rfc822) is not entered: what it says was said to somebody else.
//! Of it only the head is kept, because reports name the mail they are about by it.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{ContentType, HeaderName, MessageParser, MimeHeaders as _};

use super::head::{Head, Lines};
use super::{CalendarPart, Limits, Refused, ReportParts};

/// Text of a person or a report that is kept, in bytes.
const TEXT_BYTES_MAX: usize = 64 * 1024;
/// RFC 2046 §5.1.1 allows 70 characters; some mailers write more.
const BOUNDARY_BYTES_MAX: usize = 256;

/// What was found.
#[derive(Default)]
pub(super) struct Tree {
    pub(super) content_type: String,
    pub(super) text: Option<String>,
    pub(super) calendar: Option<CalendarPart>,
    pub(super) report: ReportParts,
    /// Whether `calendar` is a text/calendar and not only an application/ics.
    is_calendar_text: bool,
}

/// A multipart whose end has not come yet.
struct Open {
    boundary: String,
    /// In a multipart/digest a part without a type is a mail (RFC 2046 §5.1.5).
    is_digest: bool,
}

/// A part that is no multipart, and where its body begins.
struct Leaf {
    kind: Kind,
    begins_at: usize,
}

/// How a part describes itself.
struct Kind {
    name: String,
    boundary: Option<String>,
    charset: Option<String>,
    method: Option<String>,
    encoding: String,
    is_attachment: bool,
}

impl Tree {
    /// Reads line by line, once. An outer delimiter ends all that is open within it.
    pub(super) fn walk(
        root: &Head<'_>,
        limits: &Limits,
        mut headers_left: usize,
    ) -> Result<Self, Refused> {
        let mut tree = Self::default();
        let mut open: Vec<Open> = Vec::new();
        let mut parts = 0_usize;
        let mut lines = Lines(root.body);
        let at = |lines: &Lines<'_>| root.body.len() - lines.0.len();
        let kind = Kind::of(root, false);
        tree.content_type.clone_from(&kind.name);
        let mut leaf = begin(kind, 0, &mut open, limits)?;
        loop {
            let line_at = at(&lines);
            let Some(line) = lines.next() else { break };
            let Some((level, is_end)) = delimiter(line, &open) else { continue };
            if let Some(leaf) = leaf.take() {
                let body = root.body.get(leaf.begins_at..line_at).unwrap_or_default();
                tree.leaf(without_line_end(body), &leaf.kind, limits)?;
            }
            if is_end {
                open.truncate(level);
                continue;
            }
            open.truncate(level + 1);
            parts += 1;
            if parts > limits.parts_max {
                return Err(Refused::TooManyParts);
            }
            let head = Head::of_part(lines.0, &mut headers_left)?;
            lines.0 = head.body;
            let is_in_digest = open.last().is_some_and(|open| open.is_digest);
            leaf = begin(Kind::of(&head, is_in_digest), at(&lines), &mut open, limits)?;
        }
        if let Some(leaf) = leaf {
            let body = root.body.get(leaf.begins_at..).unwrap_or_default();
            tree.leaf(body, &leaf.kind, limits)?;
        }
        Ok(tree)
    }

    fn leaf(&mut self, body: &[u8], kind: &Kind, limits: &Limits) -> Result<(), Refused> {
        let report = &mut self.report;
        match kind.name.as_str() {
            "text/calendar" | "application/ics" => return self.calendar(body, kind, limits),
            "text/plain" if self.text.is_none() && !kind.is_attachment => {
                self.text = Some(text(body, kind).replace("\r\n", "\n"));
            }
            "message/delivery-status" | "message/global-delivery-status" => {
                report.delivery_status.get_or_insert_with(|| text(body, kind));
            }
            "message/feedback-report" => {
                report.feedback.get_or_insert_with(|| text(body, kind));
            }
            "text/rfc822-headers" | "message/global-headers" => {
                report.original_head.get_or_insert_with(|| text(body, kind));
            }
            "message/rfc822" | "message/global" => {
                report.original_head.get_or_insert_with(|| inner_head(&text(body, kind)));
            }
            _ => {}
        }
        Ok(())
    }

    fn calendar(&mut self, body: &[u8], kind: &Kind, limits: &Limits) -> Result<(), Refused> {
        let is_text = kind.name == "text/calendar";
        if let Some(known) = &mut self.calendar {
            known.count += 1;
            if self.is_calendar_text || !is_text {
                return Ok(());
            }
        }
        let bytes = decoded(body, &kind.encoding).ok_or(Refused::CalendarUnreadable)?;
        if bytes.len() > limits.calendar_bytes_max {
            return Err(Refused::CalendarTooLarge);
        }
        let ics = characters(bytes, kind.charset.as_deref()).ok_or(Refused::CalendarUnreadable)?;
        if ics.contains('\0') {
            return Err(Refused::CalendarUnreadable);
        }
        let count = self.calendar.as_ref().map_or(1, |known| known.count);
        self.calendar = Some(CalendarPart { ics, method: kind.method.clone(), count });
        self.is_calendar_text = is_text;
        Ok(())
    }
}

impl Kind {
    fn of(head: &Head<'_>, is_in_digest: bool) -> Self {
        let lines = head.only(&["Content-Type", "Content-Disposition"]);
        let parsed = MessageParser::default().parse_headers(lines.as_bytes());
        let typed = parsed.as_ref().and_then(|part| part.content_type());
        let attribute = |name: &str| {
            typed.and_then(|typed| typed.attribute(name)).map(|value| value.trim().to_owned())
        };
        let implied = if is_in_digest { "message/rfc822" } else { "text/plain" };
        let disposition = parsed.as_ref().and_then(|part| part.content_disposition());
        let boundary = attribute("boundary");
        Self {
            name: typed.map_or_else(|| implied.to_owned(), name_of),
            boundary: boundary.filter(|b| !b.is_empty() && b.len() <= BOUNDARY_BYTES_MAX),
            charset: attribute("charset"),
            method: attribute("method").map(|method| method.to_ascii_uppercase()),
            encoding: head
                .first(HeaderName::ContentTransferEncoding.as_static_str())
                .unwrap_or_default()
                .to_ascii_lowercase(),
            is_attachment: disposition.is_some_and(ContentType::is_attachment),
        }
    }
}

fn name_of(typed: &ContentType<'_>) -> String {
    format!("{}/{}", typed.ctype(), typed.subtype().unwrap_or_default()).to_ascii_lowercase()
}

/// A part begins: a multipart is opened, anything else is a leaf.
fn begin(
    kind: Kind,
    begins_at: usize,
    open: &mut Vec<Open>,
    limits: &Limits,
) -> Result<Option<Leaf>, Refused> {
    let Some(boundary) = kind.boundary.clone().filter(|_| kind.name.starts_with("multipart/"))
    else {
        return Ok(Some(Leaf { kind, begins_at }));
    };
    open.push(Open { boundary, is_digest: kind.name == "multipart/digest" });
    if open.len() > limits.depth_max { Err(Refused::TooDeep) } else { Ok(None) }
}

/// Whose delimiter a line is, and whether it is the last one (RFC 2046 §5.1.1).
fn delimiter(line: &[u8], open: &[Open]) -> Option<(usize, bool)> {
    let mark = line.strip_prefix(b"--")?;
    let levels = open.iter().enumerate().rev();
    levels.into_iter().find_map(|(level, open)| {
        let rest = mark.strip_prefix(open.boundary.as_bytes())?.trim_ascii_end();
        (rest.is_empty() || rest == b"--").then_some((level, !rest.is_empty()))
    })
}

/// The line end before a delimiter belongs to the delimiter.
fn without_line_end(part: &[u8]) -> &[u8] {
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    part.strip_suffix(b"\r").unwrap_or(part)
}

/// The body of a part without its transfer encoding; `None` if it has another than it says.
fn decoded(body: &[u8], encoding: &str) -> Option<Vec<u8>> {
    match encoding.trim() {
        "base64" => base64_decode(body.trim_ascii()),
        "quoted-printable" => quoted_printable_decode(body),
        "" | "7bit" | "8bit" | "binary" => Some(body.to_vec()),
        _ => None,
    }
}

/// Bytes as text, by the charset they say; `None` if they are not that.
fn characters(bytes: Vec<u8>, charset: Option<&str>) -> Option<String> {
    let charset = charset.unwrap_or("utf-8").to_ascii_lowercase();
    match charset_decoder(charset.as_bytes()) {
        // What says it is ASCII is often UTF-8.
        _ if matches!(charset.as_str(), "utf-8" | "utf8" | "us-ascii" | "ascii") => {
            String::from_utf8(bytes).ok()
        }
        Some(decode) => Some(decode(&bytes)),
        None => String::from_utf8(bytes).ok(),
    }
}

/// A part as text for reading, whatever it takes; cut.
fn text(body: &[u8], kind: &Kind) -> String {
    let bytes = decoded(body, &kind.encoding).unwrap_or_else(|| body.to_vec());
    let is_utf8 = kind.charset.as_deref().is_none_or(|name| name.eq_ignore_ascii_case("utf-8"));
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut text = if is_utf8 {
        lossy(&bytes)
    } else {
        characters(bytes, kind.charset.as_deref()).unwrap_or_else(|| lossy(body))
    };
    text.truncate(text.floor_char_boundary(TEXT_BYTES_MAX));
    text.retain(|c| c != '\0');
    text
}

/// The head of a mail that is an attachment.
fn inner_head(mail: &str) -> String {
    let lines = mail.lines().take_while(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\r\n"]).collect()
}
