//! Words of people, made safe for a content line.
//!
//! A line break that only some parsers see is how a title becomes a property: a bare CR starts a
//! new line in two of the big CalDAV servers. A NUL ends the file for libical, bidi overrides let
//! a title rewrite the text around it, and leading blanks are dropped by some parsers and kept by
//! others. So text is cleaned before it is escaped. It is never refused.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation;

/// A value of the type TEXT (RFC 5545 §3.3.11), cleaned and not yet escaped.
///
/// Every kind of line break is `\n`; control characters (but TAB), the byte order mark and bidi
/// overrides are gone; the text is NFC, without blanks at its ends, and cut between graphemes.
///
/// ```
/// use calendar::guard::Text;
///
/// assert_eq!(Text::clean("  Solar\r\nX-EVIL:1\u{0}\r", 200).as_str(), "Solar\nX-EVIL:1");
/// assert_eq!(Text::line("two\n lines", 200).as_str(), "two lines");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Text(String);

impl Text {
    /// Cleans text that may have several lines, and keeps at most `chars_max` characters.
    pub fn clean(raw: &str, chars_max: usize) -> Self {
        let mut text = scrub(raw);
        let kept = cut(text.trim(), chars_max).trim_end();
        if kept.len() != text.len() {
            text = kept.to_owned();
        }
        Self(text)
    }

    /// Cleans text that must be one line: breaks and runs of blanks become one blank.
    pub fn line(raw: &str, chars_max: usize) -> Self {
        let words = scrub(raw);
        let mut line = String::with_capacity(words.len());
        for word in words.split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        let kept = cut(&line, chars_max).trim_end().len();
        line.truncate(kept);
        Self(line)
    }

    /// Cleans one word of a list: a line in which `\` is `/`. ical.js takes the comma after an
    /// escaped backslash for an escaped comma, and two categories for one.
    pub fn word(raw: &str, chars_max: usize) -> Self {
        let Self(mut line) = Self::line(raw, chars_max);
        if line.contains('\\') {
            line = line.replace('\\', "/");
        }
        Self(line)
    }

    /// The cleaned text, unescaped.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether cleaning left nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A quoted parameter value such as CN or LABEL (RFC 5545 §3.2).
///
/// One line; `"` and `^` become `'`, `\` becomes `/`. RFC 6868 would keep them, but several
/// clients do not decode it and others mangle a backslash, so the lossy form is the one that
/// everybody reads alike.
///
/// ```
/// use calendar::guard::ParamText;
///
/// assert_eq!(ParamText::clean("Doe, Jane: \"JD\"\r\n").as_str(), "Doe, Jane: 'JD'");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ParamText(String);

impl ParamText {
    /// Long enough for any name, short enough for a line of a client's guest list.
    pub const CHARS_MAX: usize = 120;

    /// Cleans a name or label.
    pub fn clean(raw: &str) -> Self {
        let Text(mut line) = Text::line(raw, Self::CHARS_MAX);
        if line.contains(['"', '^', '\\']) {
            line = line.replace(['"', '^'], "'").replace('\\', "/");
        }
        Self(line)
    }

    /// The cleaned value, without quotes.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether cleaning left nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// One kind of line break, no control characters, composed characters.
fn scrub(raw: &str) -> String {
    if raw.bytes().all(|byte| matches!(byte, b'\t' | b'\n' | b' '..=b'~')) {
        return raw.to_owned();
    }
    let mut after_cr = false;
    let kept = raw.chars().filter_map(|c| {
        let second_half = after_cr && c == '\n';
        after_cr = c == '\r';
        if second_half { None } else { harmless(c) }
    });
    let text: String = kept.collect();
    // After the filter: a character that is dropped must not keep two others from composing.
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text,
        IsNormalized::No | IsNormalized::Maybe => text.nfc().collect(),
    }
}

/// The character, a line break in its place, or nothing.
fn harmless(c: char) -> Option<char> {
    match c {
        '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' | '\n' => Some(c),
        '\u{FEFF}' => None,
        _ if is_bidi_override(c) || c.is_control() => None,
        _ => Some(c),
    }
}

/// Embeddings, overrides and isolates: they reach past the end of the value they stand in.
/// The plain marks U+200E and U+200F do not, and right-to-left titles need them.
pub(crate) fn is_bidi_override(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The longest beginning of at most `chars_max` characters that ends between graphemes. A single
/// grapheme longer than that (a letter under a thousand accents) is cut between characters.
pub(crate) fn cut(text: &str, chars_max: usize) -> &str {
    let Some((limit, _)) = text.char_indices().nth(chars_max) else {
        return text;
    };
    let starts = text.grapheme_indices(true).map(|(start, _)| start);
    let end = starts.take_while(|start| *start <= limit).last().filter(|end| *end > 0);
    text.get(..end.unwrap_or(limit)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_break_becomes_one_newline() {
        let raw = "a\r\nb\rc\u{85}d\u{2028}e\u{2029}f\u{B}g\u{C}h\n\ri";
        assert_eq!(Text::clean(raw, 99).as_str(), "a\nb\nc\nd\ne\nf\ng\nh\n\ni");
    }

    #[test]
    fn what_cannot_be_seen_is_dropped() {
        let raw = "\u{FEFF}a\u{0}b\u{7F}c\u{9F}d\u{202E}e\u{2066}f\u{1B}";
        assert_eq!(Text::clean(raw, 99).as_str(), "abcdef");
        assert_eq!(Text::clean("a\tb", 99).as_str(), "a\tb");
        assert_eq!(Text::clean("\u{5E9}\u{200F}!", 99).as_str(), "\u{5E9}\u{200F}!");
    }

    #[test]
    fn letters_are_composed_even_around_a_dropped_character() {
        assert_eq!(Text::clean("e\u{0}\u{301}", 99).as_str(), "\u{E9}");
        // The Greek question mark is canonically a semicolon, which must be seen by the escaping.
        assert_eq!(Text::clean("\u{37E}", 99).as_str(), ";");
    }

    #[test]
    fn a_cut_falls_between_graphemes() {
        let family = "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}";
        assert_eq!(Text::clean(&format!("ab{family}"), 4).as_str(), "ab");
        assert_eq!(Text::clean(&format!("ab{family}c"), 7).as_str(), format!("ab{family}"));
        assert_eq!(Text::clean("a  b", 2).as_str(), "a");
        assert_eq!(Text::clean(&"x".repeat(10_000), 4_000).as_str().len(), 4_000);
    }

    #[test]
    fn one_endless_grapheme_is_still_cut() {
        let zalgo = format!("a{}", "\u{316}".repeat(10_000));
        assert_eq!(Text::clean(&zalgo, 200).as_str().chars().count(), 200);
    }

    #[test]
    fn cleaning_twice_changes_nothing() {
        for raw in [" \u{0}\r\n a\u{301}\u{202E} \t", "\u{1FEF}\u{212B}", "x\u{2028} \u{A0}"] {
            let once = Text::clean(raw, 50);
            assert_eq!(Text::clean(once.as_str(), 50), once);
        }
    }

    #[test]
    fn a_name_cannot_leave_its_quotes() {
        let raw = "\"a\";X=1:mailto:evil@x\r\nEVIL:1 ^n C:\\new";
        assert_eq!(ParamText::clean(raw).as_str(), "'a';X=1:mailto:evil@x EVIL:1 'n C:/new");
        assert!(ParamText::clean(" \r\n\u{0}").is_empty());
    }
}
