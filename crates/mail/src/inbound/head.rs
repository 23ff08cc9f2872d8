//! The head of a message or part, split into fields before a library sees any of them.
//!
//! Splitting here fixes what a field is: the first, not the last of a name counts, and a line that
//! is no field is refused in a message and ends the head of a part.

use super::{Limits, Refused};

/// The fields above the first empty line, and what is below it.
pub(super) struct Head<'a> {
    /// Names as written, values unfolded.
    pub(super) fields: Vec<(&'a str, String)>,
    pub(super) body: &'a [u8],
}

impl<'a> Head<'a> {
    /// The head of a whole message: strict.
    pub(super) fn of_message(
        bytes: &'a [u8],
        limits: &Limits,
        headers_left: &mut usize,
    ) -> Result<Self, Refused> {
        let mut lines = Lines(bytes);
        // A pipe from a mail server may begin with the line of an mbox file.
        if bytes.starts_with(b"From ") || bytes.starts_with(b">From ") {
            lines.next();
        }
        let mut fields: Vec<(&str, String)> = Vec::new();
        let mut head_bytes = 0_usize;
        for line in lines.by_ref() {
            if line.is_empty() {
                break;
            }
            head_bytes += line.len();
            if head_bytes > limits.head_bytes_max {
                return Err(Refused::HeadTooLong);
            }
            let line = std::str::from_utf8(line).map_err(|_bytes| Refused::HeaderNotUtf8)?;
            if let Some(more) = line.strip_prefix([' ', '\t']) {
                let (_, value) = fields.last_mut().ok_or(Refused::NotMail)?;
                unfold(value, more);
                continue;
            }
            let nothing_yet = fields.is_empty();
            let because = if nothing_yet { Refused::NotMail } else { Refused::HeaderMalformed };
            *headers_left = headers_left.checked_sub(1).ok_or(Refused::TooManyHeaders)?;
            fields.push(field(line).ok_or(because)?);
        }
        if fields.is_empty() {
            return Err(Refused::NotMail);
        }
        Ok(Self { fields, body: lines.0 })
    }

    /// The head of a part: what cannot be read ends it, and so does what may be a delimiter.
    pub(super) fn of_part(bytes: &'a [u8], headers_left: &mut usize) -> Result<Self, Refused> {
        let mut lines = Lines(bytes);
        let mut fields: Vec<(&str, String)> = Vec::new();
        let mut body = bytes;
        while let Some(line) = lines.next() {
            if line.is_empty() {
                body = lines.0;
                break;
            }
            let Ok(line) = std::str::from_utf8(line) else { break };
            if line.starts_with("--") {
                break;
            }
            if let (Some(more), Some((_, value))) =
                (line.strip_prefix([' ', '\t']), fields.last_mut())
            {
                unfold(value, more);
            } else {
                let Some(field) = field(line) else { break };
                *headers_left = headers_left.checked_sub(1).ok_or(Refused::TooManyHeaders)?;
                fields.push(field);
            }
            body = lines.0;
        }
        Ok(Self { fields, body })
    }

    /// The first value of a name.
    pub(super) fn first(&self, name: &str) -> Option<&str> {
        let mut fields = self.fields.iter();
        fields.find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// How often a name occurs.
    pub(super) fn count(&self, name: &str) -> usize {
        self.fields.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name)).count()
    }

    /// The first field of each of these names, one a line: all that a library gets to see.
    pub(super) fn only(&self, names: &[&str]) -> String {
        let mut text = String::new();
        for name in names {
            if let Some(value) = self.first(name) {
                text.extend([name, ": ", value, "\r\n"]);
            }
        }
        text.push_str("\r\n");
        text
    }
}

/// `Name: value`; RFC 5322 §2.2 allows printable ASCII in a name, and old mailers a blank after it.
fn field(line: &str) -> Option<(&str, String)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim_end_matches([' ', '\t']);
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic());
    is_name.then(|| (name, value.trim().to_owned()))
}

fn unfold(value: &mut String, more: &str) {
    value.push(' ');
    value.push_str(more.trim());
}

/// Lines without their ends; what was not asked for yet is in `.0`.
pub(super) struct Lines<'a>(pub(super) &'a [u8]);

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.0.is_empty() {
            return None;
        }
        // Reading from memory cannot fail.
        let taken = std::io::BufRead::skip_until(&mut &*self.0, b'\n').unwrap_or(self.0.len());
        let (line, rest) = self.0.split_at_checked(taken).unwrap_or((self.0, &[]));
        self.0 = rest;
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }
}
