//! Content lines: the only file that imports the writing library.
//!
//! Names and fixed words are `&'static str`, so nothing that came from outside can be one; values
//! are the types of this folder. The library folds at up to 76 octets and sometimes inside an
//! escape; Google drops a whole feed over either, so each line is unfolded and folded again here.

use std::borrow::Cow;

use ics::components::{Parameter, Property};
use ics::escape_text;

use super::{Color, Date, Duration, MailAddr, ParamText, Place, Text, Uid, Uri, Utc, Wall};

/// RFC 5545 §3.1: octets of a line without its break.
pub(crate) const OCTETS_MAX: usize = 75;

/// A parameter value.
pub(crate) enum Param<'a> {
    /// A word of the specification.
    Word(&'static str),
    /// Words of people, written in quotes.
    Quoted(&'a ParamText),
}

/// A value of our own making that no words of people are in: a rule, an offset, a short name of a
/// zone. Whatever else is dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plain(String);

impl Plain {
    /// Keeps capital and small letters, digits and `=;,+-`.
    pub(crate) fn new(text: &str) -> Self {
        let fits = |c: &char| c.is_ascii_alphanumeric() || "=;,+-".contains(*c);
        Self(text.chars().filter(fits).collect())
    }
}

/// Finished content lines, in the order they were added.
#[derive(Debug, Default)]
pub(crate) struct Lines(String);

impl Lines {
    /// No lines yet, room for one event.
    pub(crate) fn new() -> Self {
        Self(String::with_capacity(1_024))
    }

    /// The lines, each with its CRLF.
    pub(crate) fn finish(self) -> String {
        self.0
    }

    /// Lines that another value of this type has finished.
    pub(crate) fn append(&mut self, finished: &str) {
        self.0.push_str(finished);
    }

    /// `BEGIN:` a component.
    pub(crate) fn begin(&mut self, component: &'static str) {
        self.word("BEGIN", component);
    }

    /// `END:` a component.
    pub(crate) fn end(&mut self, component: &'static str) {
        self.word("END", component);
    }

    /// A word of the specification.
    pub(crate) fn word(&mut self, name: &'static str, value: &'static str) {
        self.push(&Property::new(name, value));
    }

    /// A TEXT, escaped.
    pub(crate) fn text(&mut self, name: &'static str, value: &Text) {
        self.push(&Property::new(name, escape_text(value.as_str())));
    }

    /// A list of TEXT: each escaped, joined by bare commas.
    pub(crate) fn texts(&mut self, name: &'static str, values: &[Text]) {
        let escaped: Vec<Cow<'_, str>> =
            values.iter().map(|value| escape_text(value.as_str())).collect();
        self.push(&Property::new(name, escaped.join(",")));
    }

    /// An INTEGER.
    pub(crate) fn number(&mut self, name: &'static str, value: u32) {
        self.push(&Property::new(name, value.to_string()));
    }

    /// A DATE-TIME in UTC.
    pub(crate) fn utc(&mut self, name: &'static str, value: Utc) {
        self.push(&Property::new(name, value.written()));
    }

    /// A DATE.
    pub(crate) fn date(&mut self, name: &'static str, value: Date) {
        let property = Property::new(name, value.written());
        self.push(&with(property, &[("VALUE", Param::Word("DATE"))]));
    }

    /// A DATE-TIME on the wall of a place, with the TZID its VTIMEZONE has; in UTC without.
    pub(crate) fn wall(&mut self, name: &'static str, value: Wall) {
        let property = Property::new(name, value.written());
        let zone = [("TZID", Param::Word(value.zone().name()))];
        self.push(&with(property, if value.is_utc() { &[] } else { &zone }));
    }

    /// A DATE-TIME that no zone is told of: the beginning of a part of a VTIMEZONE.
    pub(crate) fn clock(&mut self, name: &'static str, value: chrono::NaiveDateTime) {
        self.push(&Property::new(name, value.format("%Y%m%dT%H%M%S").to_string()));
    }

    /// A rule, an offset or a short name that we made.
    pub(crate) fn plain(&mut self, name: &'static str, value: &Plain) {
        self.push(&Property::new(name, value.0.as_str()));
    }

    /// A DURATION before what it is about.
    pub(crate) fn before(&mut self, name: &'static str, value: Duration) {
        let sign = if value == Duration::seconds(0) { "" } else { "-" };
        self.push(&Property::new(name, format!("{sign}{}", value.written())));
    }

    /// A DURATION.
    pub(crate) fn duration(
        &mut self,
        name: &'static str,
        params: &[(&'static str, Param<'_>)],
        value: Duration,
    ) {
        self.push(&with(Property::new(name, value.written()), params));
    }

    /// A URI, not escaped.
    pub(crate) fn uri(
        &mut self,
        name: &'static str,
        params: &[(&'static str, Param<'_>)],
        value: &Uri,
    ) {
        self.push(&with(Property::new(name, value.as_str()), params));
    }

    /// A CAL-ADDRESS.
    pub(crate) fn address(
        &mut self,
        name: &'static str,
        params: &[(&'static str, Param<'_>)],
        value: &MailAddr,
    ) {
        self.push(&with(Property::new(name, value.to_uri()), params));
    }

    /// An identity.
    pub(crate) fn uid(
        &mut self,
        name: &'static str,
        params: &[(&'static str, Param<'_>)],
        value: &Uid,
    ) {
        self.push(&with(Property::new(name, value.as_str()), params));
    }

    /// A pair of FLOAT.
    pub(crate) fn place(&mut self, name: &'static str, value: &Place) {
        self.push(&Property::new(name, value.as_str()));
    }

    /// A colour name.
    pub(crate) fn color(&mut self, name: &'static str, value: &Color) {
        self.push(&Property::new(name, value.as_str()));
    }

    /// The name of a time zone; the names of the database need no escaping.
    pub(crate) fn zone(&mut self, name: &'static str, value: chrono_tz::Tz) {
        self.word(name, value.name());
    }

    fn push(&mut self, property: &Property<'_>) {
        let line = property.to_string();
        if line.len() <= OCTETS_MAX + "\r\n".len() {
            self.0.push_str(&line);
        } else {
            // Exact: no value holds a line break, so each one here is a fold of the library.
            fold(line.trim_end_matches("\r\n").replace("\r\n ", "").as_str(), &mut self.0);
        }
    }
}

/// Adds parameters. The library sorts them by name, so their order is fixed too.
fn with<'a>(mut property: Property<'a>, params: &[(&'static str, Param<'_>)]) -> Property<'a> {
    for (name, param) in params {
        let value: Cow<'static, str> = match param {
            Param::Word(word) => Cow::Borrowed(*word),
            Param::Quoted(text) => Cow::Owned(format!("\"{}\"", text.as_str())),
        };
        property.add(Parameter::new(*name, value));
    }
    property
}

/// Writes one logical line in pieces of at most 75 octets: between characters, and never between
/// a backslash and what it escapes.
fn fold(line: &str, out: &mut String) {
    let (mut rest, mut room) = (line, OCTETS_MAX);
    while rest.len() > room {
        let (piece, tail) = rest.split_at(cut_before(rest, room));
        out.push_str(piece);
        out.push_str("\r\n ");
        // The blank that begins a continuation counts.
        (rest, room) = (tail, OCTETS_MAX - 1);
    }
    out.push_str(rest);
    out.push_str("\r\n");
}

/// The last place at or before `limit` where a line may be cut. A cut never follows an odd number
/// of backslashes, so counting them back to the beginning of this piece is enough.
fn cut_before(text: &str, limit: usize) -> usize {
    let at = text.floor_char_boundary(limit);
    let before = text.as_bytes().iter().take(at).rev();
    let backslashes = before.take_while(|byte| **byte == b'\\').count();
    at - backslashes % 2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(line: &str) -> String {
        let mut out = String::new();
        fold(line, &mut out);
        out
    }

    #[test]
    fn a_line_of_75_octets_stays_whole_and_76_is_folded() {
        assert_eq!(folded(&"x".repeat(75)), format!("{}\r\n", "x".repeat(75)));
        assert_eq!(folded(&"x".repeat(76)), format!("{}\r\n x\r\n", "x".repeat(75)));
        let long = format!("{}\r\n {}\r\n x\r\n", "x".repeat(75), "x".repeat(74));
        assert_eq!(folded(&"x".repeat(150)), long);
    }

    #[test]
    fn an_escape_is_never_cut_wherever_it_stands() {
        for before in 60..90 {
            let line = format!("{}\\n{}\\\\\\,", "x".repeat(before), "y".repeat(70));
            for piece in folded(&line).lines() {
                let backslashes = piece.bytes().rev().take_while(|byte| *byte == b'\\').count();
                assert_eq!(backslashes % 2, 0, "{before}: {piece}");
            }
        }
    }

    #[test]
    fn the_library_cuts_at_76_and_inside_escapes_and_we_mend_it() {
        for before in 60..80 {
            let mut lines = Lines::new();
            let text = format!("{}\n{}", "x".repeat(before), "é".repeat(90));
            lines.text("SUMMARY", &Text::clean(&text, 4_000));
            let out = lines.finish();
            assert!(out.split("\r\n").all(|piece| piece.len() <= OCTETS_MAX), "{out}");
            let logical = out.replace("\r\n ", "");
            assert_eq!(logical, format!("SUMMARY:{}\r\n", escape_text(text)));
        }
    }

    proptest! {
        #[test]
        fn folding_loses_nothing_and_respects_every_limit(
            text in "(\\\\|\\PC|[é漢🎉]|\\\\n){0,400}",
        ) {
            let line = format!("X:{}", escape_text(text.as_str()));
            let out = folded(&line);
            prop_assert!(out.ends_with("\r\n"));
            prop_assert_eq!(out.replace("\r\n ", ""), format!("{line}\r\n"));
            for piece in out.split("\r\n") {
                prop_assert!(piece.len() <= OCTETS_MAX);
                let backslashes = piece.bytes().rev().take_while(|byte| *byte == b'\\').count();
                prop_assert_eq!(backslashes % 2, 0);
            }
        }
    }
}
