//! The bytes of a calendar: where lines end, how long they are, where they are folded.
//!
//! Works on octets and not on text, because that is where clients break: a character cut by a fold
//! is fine for some and a replacement sign for others, and Google drops a feed whose fold falls
//! between `\` and `n` without a word (RFC 5545 §3.1).

use super::lint::{Finding, Rule};

/// RFC 5545 §3.1: octets of a line without its break.
pub(super) const LINE_OCTETS_MAX: usize = 75;

/// An unfolded line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// The number of its first piece in the file, from 1.
    pub(crate) number: usize,
    /// In capitals.
    pub(crate) name: String,
    /// Names in capitals, values without quotes.
    pub(crate) params: Vec<(String, String)>,
    pub(crate) value: String,
}

impl Line {
    /// A parameter's value.
    pub(super) fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The line as it was, in one piece, its parameters in quotes.
    pub(crate) fn written(&self) -> String {
        let params = self.params.iter().map(|(name, value)| format!(";{name}=\"{value}\""));
        format!("{}{}:{}\r\n", self.name, params.collect::<String>(), self.value)
    }
}

/// Unfolds, and reports what is wrong with the bytes on the way.
pub(super) fn unfold(octets: &[u8], findings: &mut Vec<Finding>) -> Vec<Line> {
    let mut report =
        |line, rule, what: &str| findings.push(Finding { line, rule, what: what.to_owned() });
    let body = if let Some(body) = octets.strip_suffix(b"\r\n") {
        body
    } else {
        report(0, Rule::LastLineOpen, "the last line has no CRLF");
        octets
    };
    let mut logical: Vec<(usize, Vec<u8>)> = Vec::new();
    let mut is_inside_escape = false;
    for (index, piece) in pieces(body).enumerate() {
        let number = index + 1;
        let continued = matches!(piece.first(), Some(b' ' | b'\t'));
        if piece.is_empty() || (continued && (index == 0 || piece.len() == 1)) {
            report(number, Rule::EmptyLine, "nothing in it");
        }
        if piece.len() > LINE_OCTETS_MAX {
            report(number, Rule::TooLong, "more than 75 octets");
        }
        for (octet, rule, what) in [
            (b'\r', Rule::BareCr, "a control character: a CR that ends no line"),
            (b'\n', Rule::BareLf, "a control character: an LF without its CR"),
        ] {
            if piece.contains(&octet) {
                report(number, rule, what);
            }
        }
        if continued && is_inside_escape {
            report(number, Rule::FoldInEscape, "the fold before it cuts an escape");
        }
        is_inside_escape = ends_in_escape(piece);
        match logical.last_mut() {
            Some((_, line)) if continued => {
                // The line so far ends in the middle of a character.
                if std::str::from_utf8(line).is_err_and(|cause| cause.error_len().is_none()) {
                    report(number, Rule::FoldInCharacter, "the fold before it cuts a character");
                }
                line.extend_from_slice(piece.get(1..).unwrap_or_default());
            }
            _ => logical.push((number, piece.to_vec())),
        }
    }
    logical.into_iter().filter_map(|(number, line)| parsed(number, line, findings)).collect()
}

/// The pieces between CRLF.
fn pieces(body: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(body);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(at) = text.windows(2).position(|pair| pair == b"\r\n") else {
            rest = None;
            return Some(text);
        };
        rest = text.get(at + 2..);
        text.get(..at)
    })
}

fn ends_in_escape(piece: &[u8]) -> bool {
    piece.iter().rev().take_while(|octet| **octet == b'\\').count() % 2 == 1
}

fn parsed(number: usize, octets: Vec<u8>, findings: &mut Vec<Finding>) -> Option<Line> {
    let mut report =
        |rule, what: &str| findings.push(Finding { line: number, rule, what: what.to_owned() });
    let Ok(text) = String::from_utf8(octets) else {
        report(Rule::NotUtf8, "not UTF-8");
        return None;
    };
    let is_control = |c: char| !matches!(c, '\t' | '\r' | '\n') && c.is_control();
    if text.contains(is_control) {
        report(Rule::Control, "a control character");
    }
    if text.contains(|c| c == '\u{FEFF}' || crate::guard::is_bidi_override(c)) {
        report(Rule::Deceptive, "a character that changes what stands around it");
    }
    if text.is_empty() || text.starts_with([' ', '\t']) {
        return None;
    }
    let line = split(number, &text);
    if line.is_none() {
        report(Rule::NotALine, "neither a name nor a value");
    }
    line
}

/// `NAME;PARAM=value;PARAM="value":value` (RFC 5545 §3.1).
pub(crate) fn split(number: usize, text: &str) -> Option<Line> {
    let (mut is_quoted, mut cuts, mut colon) = (false, Vec::new(), None);
    for (at, c) in text.char_indices() {
        match c {
            '"' => is_quoted = !is_quoted,
            ';' if !is_quoted => cuts.push(at),
            ':' if !is_quoted => {
                colon = Some(at);
                break;
            }
            _ => {}
        }
    }
    let colon = colon?;
    let end = cuts.first().copied().unwrap_or(colon);
    let name = text.get(..end)?;
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return None;
    }
    let ends = cuts.iter().skip(1).copied().chain(std::iter::once(colon));
    let mut params = Vec::new();
    for (start, end) in cuts.iter().zip(ends) {
        let (name, value) = text.get(start + 1..end)?.split_once('=')?;
        params.push((name.to_ascii_uppercase(), value.trim_matches('"').to_owned()));
    }
    let value = text.get(colon + 1..)?.to_owned();
    Some(Line { number, name: name.to_ascii_uppercase(), params, value })
}
