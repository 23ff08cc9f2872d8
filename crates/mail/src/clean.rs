//! Words people typed, made safe for a header or a body.
//!
//! A name or a subject is one line without anything a mail client, a spam filter or our MIME
//! library would take for syntax. Cleaning loses characters on purpose; it never fails, because a
//! letter must not fail for the name of its reader.

/// The longest display name, in characters. Longer ones are a sign of play, and some filters
/// count them against the sender.
pub(crate) const NAME_CHARS_MAX: usize = 75;

/// The longest subject, in characters. Clients show 40 to 80; the rest is for search.
pub(crate) const SUBJECT_CHARS_MAX: usize = 150;

/// A display name: one line without quotes, `@`, `:`, `,`, `;`, brackets or backslash.
///
/// Microsoft's filters dislike `@` and `:` in a name, because phishers write addresses there.
/// Nothing left means there is no name.
pub(crate) fn name(raw: &str) -> Option<String> {
    let spaced = raw.chars().map(|c| match c {
        '@' | ':' | ',' | ';' | '<' | '>' | '(' | ')' | '[' | ']' | '\\' => ' ',
        '"' | '“' | '”' => '\'',
        other => other,
    });
    let line = one_line(spaced, NAME_CHARS_MAX);
    (!line.is_empty()).then_some(line)
}

/// A subject: one line, at most [`SUBJECT_CHARS_MAX`] characters.
pub(crate) fn subject(raw: &str) -> String {
    one_line(raw.chars(), SUBJECT_CHARS_MAX)
}

/// A body: LF line ends, no control characters but tab, no text-direction overrides.
pub(crate) fn body(raw: &str) -> String {
    let lines = raw.replace("\r\n", "\n").replace('\r', "\n");
    lines.chars().filter(|c| matches!(c, '\n' | '\t') || !is_unwanted(*c)).collect()
}

/// One line of at most `chars_max` characters: controls and runs of blanks become one space.
///
/// `=?` is how an encoded word begins (RFC 2047 §2); a space in between keeps a typed one from
/// being decoded by the reader's client.
fn one_line(raw: impl Iterator<Item = char>, chars_max: usize) -> String {
    let mut line = String::new();
    let mut length = 0_usize;
    let mut gap = false;
    for c in raw {
        if c.is_whitespace() || c.is_control() {
            gap = true;
            continue;
        }
        if is_unwanted(c) {
            continue;
        }
        let needs_space = (gap && !line.is_empty()) || (c == '?' && line.ends_with('='));
        gap = false;
        if length + usize::from(needs_space) >= chars_max {
            return cut(&line, chars_max);
        }
        if needs_space {
            line.push(' ');
            length += 1;
        }
        line.push(c);
        length += 1;
    }
    line
}

/// The line with an ellipsis at its end, still within `chars_max` characters.
fn cut(line: &str, chars_max: usize) -> String {
    let keep = chars_max.saturating_sub(1);
    let mut kept: String = line.chars().take(keep).collect();
    // A joiner at the end would glue the ellipsis to an unfinished emoji.
    kept.truncate(kept.trim_end_matches(['\u{200d}', ' ']).len());
    kept.push('…');
    kept
}

/// Controls, and the invisible characters that reorder or hide the text around them.
fn is_unwanted(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{feff}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::{NAME_CHARS_MAX, SUBJECT_CHARS_MAX, body, name, subject};

    #[test]
    fn a_name_is_one_line_without_syntax() {
        assert_eq!(name("Doe, Jane: \"JD\" <x@evil>").as_deref(), Some("Doe Jane 'JD' x evil"));
        assert_eq!(name("Ada\r\nBcc: all@example.org").as_deref(), Some("Ada Bcc all example.org"));
        assert_eq!(name("\u{202e}adA\0\u{7f}").as_deref(), Some("adA"));
        assert_eq!(name(" \r\n\t:,@ "), None);
    }

    #[test]
    fn a_long_name_is_cut_with_an_ellipsis() {
        let cut = name(&"ş".repeat(10_000)).unwrap_or_default();
        assert_eq!(cut.chars().count(), NAME_CHARS_MAX);
        assert!(cut.ends_with('…'));
        assert_eq!(name(&"a".repeat(NAME_CHARS_MAX)), Some("a".repeat(NAME_CHARS_MAX)));
    }

    #[test]
    fn a_subject_keeps_its_punctuation_and_loses_its_lines() {
        assert_eq!(subject("Thu: heat, \"homes\"\r\nX-Evil: 1"), "Thu: heat, \"homes\" X-Evil: 1");
        assert_eq!(subject(&"x ".repeat(5_000)).chars().count(), SUBJECT_CHARS_MAX);
    }

    #[test]
    fn a_typed_encoded_word_is_broken_open() {
        assert_eq!(subject("=?utf-8?q?=42cc?="), "= ?utf-8?q?=42cc?=");
    }

    #[test]
    fn a_body_keeps_lines_and_tabs_only() {
        assert_eq!(body("a\r\nb\rc\td\0\u{1b}[1m\u{202e}"), "a\nb\nc\td[1m");
    }
}
