//! Texts from outside, parsed at the edge: cleaned of what could hurt a mail, a calendar or a
//! database, limited in length, and refused by the name of their field.
//!
//! Collecting is on purpose: a form wants all its faults at once.

use crate::Refusal;

/// What is wrong with one field.
pub type InputFault = Refusal;

/// Collects the faults of one input while its fields are read.
#[derive(Debug, Default)]
pub struct Input {
    faults: Vec<InputFault>,
}

impl Input {
    /// Nothing read so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// One line that must be there: control characters are refused, space around it is dropped.
    /// Longest length in characters.
    pub fn line(&mut self, field: &str, text: &str, max: usize) -> String {
        let line = self.optional_line(field, Some(text), max);
        if line.is_none() && !self.has(field) {
            self.fault(
                Refusal::new("FIELD_MISSING", format!("{field} is missing"))
                    .at(&[field])
                    .with("name", field),
            );
        }
        line.unwrap_or_default()
    }

    /// One line that may be missing.
    pub fn optional_line(&mut self, field: &str, text: Option<&str>, max: usize) -> Option<String> {
        let text = text?;
        if text.chars().any(char::is_control) {
            self.control(field);
            return None;
        }
        self.bounded(field, text, max)
    }

    /// Several lines that may be missing: line breaks and tabs stay, other controls are refused.
    pub fn prose(&mut self, field: &str, text: Option<&str>, max: usize) -> Option<String> {
        let text = text?.replace("\r\n", "\n");
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            self.control(field);
            return None;
        }
        self.bounded(field, &text, max)
    }

    /// Whatever parses otherwise: the fault is recorded with the field.
    pub fn parse<T>(&mut self, field: &str, code: &str, result: Result<T, String>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(says) => {
                self.fault(Refusal::new(code, says).at(&[field]).with("name", field));
                None
            }
        }
    }

    /// Records a fault found elsewhere.
    pub fn fault(&mut self, fault: InputFault) {
        self.faults.push(fault);
    }

    /// All faults, or none.
    ///
    /// # Errors
    /// The faults, in the order the fields were read.
    pub fn finish(self) -> Result<(), Vec<InputFault>> {
        if self.faults.is_empty() { Ok(()) } else { Err(self.faults) }
    }

    fn has(&self, field: &str) -> bool {
        self.faults.iter().any(|fault| {
            fault.field.as_ref().is_some_and(|path| path.iter().any(|part| part == field))
        })
    }

    fn control(&mut self, field: &str) {
        let says = format!("{field} holds a control character");
        self.fault(Refusal::new("CONTROL_CHARACTER", says).at(&[field]).with("name", field));
    }

    fn bounded(&mut self, field: &str, text: &str, max: usize) -> Option<String> {
        let clean: String = text.chars().filter(|c| !is_bidi_control(*c)).collect();
        let clean = clean.trim();
        let length = clean.chars().count();
        if length > max {
            let says = format!("{field} has {length} characters; {max} are allowed");
            self.fault(
                Refusal::new("TOO_LONG", says)
                    .at(&[field])
                    .with("name", field)
                    .with("max", max)
                    .with("length", length),
            );
            return None;
        }
        (!clean.is_empty()).then(|| clean.to_owned())
    }
}

/// Overrides and isolates that make a text read otherwise than it is stored (Unicode TR 36).
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_of_a_form_come_back_with_their_fields() {
        let mut input = Input::new();
        input.line("title", "  ", 80);
        input.line("name", "a\r\nBcc: x@y", 80);
        input.prose("about", Some(&"x".repeat(11)), 10);
        assert_eq!(
            input.optional_line("city", Some(" Den\u{202E} Haag "), 80).as_deref(),
            Some("Den Haag")
        );
        let codes: Vec<_> =
            input.finish().unwrap_err().into_iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["FIELD_MISSING", "CONTROL_CHARACTER", "TOO_LONG"]);
    }
}
