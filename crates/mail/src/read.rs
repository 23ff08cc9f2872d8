//! Stored letters, made visible: what the development mailbox and tests show of an `.eml`.
//!
//! This reads what we wrote ourselves. It decides nothing; incoming mail has its own door with
//! its own limits.

use std::io;
use std::path::Path;

use chrono::{DateTime, Utc};
use mail_parser::{Address, Message, MessageParser, MimeHeaders as _};

/// Larger files are not ours.
const FILE_BYTES_MAX: u64 = 8 * 1024 * 1024;

/// A letter as its reader will see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoredLetter {
    /// Without brackets.
    pub message_id: String,
    /// Decoded.
    pub subject: String,
    /// `Name <address>`.
    pub from: String,
    /// `Name <address>`.
    pub to: String,
    /// When it was written.
    pub date: Option<DateTime<Utc>>,
    /// The plain text part, LF line ends.
    pub text: String,
    /// The HTML part. It came from our templates, but show it in a sandbox all the same.
    pub html: Option<String>,
    /// The text/calendar part, decoded.
    pub calendar: Option<String>,
    /// All headers as they stand, unfolded but not decoded.
    pub headers: Vec<(String, String)>,
}

impl StoredLetter {
    /// The value of a header, by its name in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// All `http` links of the plain text, in order: what a reader could follow.
    pub fn links(&self) -> Vec<&str> {
        let words = self.text.split(|c: char| c.is_whitespace() || "<>\"()".contains(c));
        words
            .filter(|word| word.starts_with("http://") || word.starts_with("https://"))
            .map(|word| word.trim_end_matches(['.', ',', ';', '!', '?']))
            .collect()
    }
}

/// Reads a letter; `None` if the bytes are no mail at all.
pub fn letter(mime: &[u8]) -> Option<StoredLetter> {
    let message = MessageParser::default().parse(mime)?;
    Some(StoredLetter {
        message_id: message.message_id().unwrap_or_default().to_owned(),
        subject: message.subject().unwrap_or_default().to_owned(),
        from: shown(message.from()),
        to: shown(message.to()),
        date: message.date().and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0)),
        text: part(&message, "text", "plain").unwrap_or_default(),
        html: part(&message, "text", "html"),
        calendar: part(&message, "text", "calendar"),
        headers: message
            .headers_raw()
            .map(|(name, value)| (name.to_owned(), unfolded(value)))
            .collect(),
    })
}

/// The letters of a `file:` relay's folder with their file names, newest first, at most `count`.
///
/// Reads every file of the folder: for development, and not on an async thread.
///
/// # Errors
/// If the folder cannot be read; a folder that does not exist yet is empty. Files that are no
/// letters are left out.
pub fn folder(folder: &Path, count: usize) -> io::Result<Vec<(String, StoredLetter)>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut letters = Vec::new();
    for entry in entries {
        let Ok(name) = entry?.file_name().into_string() else { continue };
        if let Some(letter) = file(folder, &name)? {
            letters.push((name, letter));
        }
    }
    letters.sort_by(|(a_name, a), (b_name, b)| (b.date, b_name).cmp(&(a.date, a_name)));
    letters.truncate(count);
    Ok(letters)
}

/// One letter of the folder by its file name; `None` if there is no such letter. A name that
/// would leave the folder names nothing.
///
/// # Errors
/// If the file exists and cannot be read.
pub fn file(folder: &Path, name: &str) -> io::Result<Option<StoredLetter>> {
    let is_inside = !name.starts_with('.') && !name.contains(['/', '\\', '\0']);
    let is_name = is_inside && Path::new(name).extension() == Some("eml".as_ref());
    if !is_name {
        return Ok(None);
    }
    let path = folder.join(name);
    match std::fs::metadata(&path) {
        Ok(metadata) if metadata.is_file() && metadata.len() <= FILE_BYTES_MAX => {}
        Ok(_) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    }
    Ok(letter(&std::fs::read(path)?))
}

/// The first part of a type, as text.
fn part(message: &Message<'_>, kind: &str, subkind: &str) -> Option<String> {
    let part = message.parts.iter().find(|part| match part.content_type() {
        Some(found) => {
            found.ctype().eq_ignore_ascii_case(kind)
                && found.subtype().is_some_and(|found| found.eq_ignore_ascii_case(subkind))
        }
        // RFC 2045 §5.2: a part that does not say is plain text.
        None => (kind, subkind) == ("text", "plain") && part.is_text(),
    })?;
    let text = part.text_contents()?;
    let is_calendar = subkind == "calendar";
    Some(if is_calendar { text.to_owned() } else { text.replace("\r\n", "\n") })
}

fn shown(addresses: Option<&Address<'_>>) -> String {
    let each = addresses.into_iter().flat_map(Address::iter).map(|one| {
        let address = one.address().unwrap_or_default();
        one.name().map_or_else(|| address.to_owned(), |name| format!("{name} <{address}>"))
    });
    each.collect::<Vec<_>>().join(", ")
}

fn unfolded(value: &str) -> String {
    value.split("\r\n").map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()
}
