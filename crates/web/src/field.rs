//! One field of a form with its label, hint and error, as GOV.UK's design system orders them.
//!
//! A field always has a visible label; hint and error are tied to the control by
//! `aria-describedby`. Everything given is escaped by the template; the result is not escaped
//! again. Values come from [`crate::form::Form`], so a refused form keeps what was typed.

use std::fmt::Display;

use askama::{Template, filters::HtmlSafe};

/// What kind of control a field has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the kinds of control HTML has")]
pub enum Kind {
    Text,
    Email,
    Area,
    Number,
    Date,
    DateTime,
    Url,
    Search,
    Code,
    Select,
    Radios,
    Boxes,
    Tick,
    Hidden,
    File,
}

impl Kind {
    const fn input_type(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Number => "number",
            Self::Date => "date",
            Self::DateTime => "datetime-local",
            Self::Url => "url",
            Self::Search => "search",
            Self::Hidden => "hidden",
            Self::File => "file",
            Self::Radios => "radio",
            Self::Boxes | Self::Tick => "checkbox",
            Self::Text | Self::Code | Self::Area | Self::Select => "text",
        }
    }

    const fn is_group(self) -> bool {
        matches!(self, Self::Radios | Self::Boxes)
    }
}

/// One answer that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What people read.
    pub label: String,
    /// A sentence below the label, or empty.
    pub hint: String,
}

impl Choice {
    /// A choice without a hint.
    pub fn new(value: impl Display, label: impl Display) -> Self {
        Self { value: value.to_string(), label: label.to_string(), hint: String::new() }
    }

    /// Adds a sentence below the label.
    #[must_use]
    pub fn hint(mut self, hint: impl Display) -> Self {
        self.hint = hint.to_string();
        self
    }
}

/// One field; built by [`crate::form::Form`] and finished by the template.
#[derive(Clone, Debug, Template)]
#[template(path = "part/field.html")]
pub struct Field {
    kind: Kind,
    name: String,
    label: String,
    hint: String,
    error: Option<String>,
    values: Vec<String>,
    choices: Vec<Choice>,
    autocomplete: String,
    optional: String,
    lang: String,
    max: Option<u32>,
    rows: u32,
    bounds: Option<(String, String)>,
    autofocus: bool,
    narrow: bool,
    accept: String,
}

impl HtmlSafe for Field {}

impl Field {
    /// A field without value or error.
    pub fn new(kind: Kind, name: &str, label: impl Display) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            label: label.to_string(),
            hint: String::new(),
            error: None,
            values: Vec::new(),
            choices: Vec::new(),
            autocomplete: String::new(),
            optional: String::new(),
            lang: String::new(),
            max: None,
            rows: 5,
            bounds: None,
            autofocus: false,
            accept: String::new(),
            narrow: matches!(kind, Kind::Number | Kind::Date | Kind::DateTime | Kind::Code),
        }
    }

    /// A sentence that helps to answer, between label and control.
    #[must_use]
    pub fn hint(mut self, hint: impl Display) -> Self {
        self.hint = hint.to_string();
        self
    }

    /// Marks the field as one that may stay empty, with the translated word for it.
    #[must_use]
    pub fn optional(mut self, word: impl Display) -> Self {
        self.optional = word.to_string();
        self
    }

    /// What a browser may fill in (HTML §4.10.18.7): `email`, `name`, `organization`, `off`.
    #[must_use]
    pub fn autocomplete(mut self, what: impl Display) -> Self {
        self.autocomplete = what.to_string();
        self
    }

    /// The most characters, which the control also enforces.
    #[must_use]
    pub const fn max(mut self, characters: u32) -> Self {
        self.max = Some(characters);
        self
    }

    /// How high a longer text is, in lines.
    #[must_use]
    pub const fn rows(mut self, lines: u32) -> Self {
        self.rows = lines;
        self
    }

    /// The least and the greatest number or date.
    #[must_use]
    pub fn between(mut self, least: impl Display, greatest: impl Display) -> Self {
        self.bounds = Some((least.to_string(), greatest.to_string()));
        self
    }

    /// The language of what is typed, where it is not the page's.
    #[must_use]
    pub fn lang(mut self, code: impl Display) -> Self {
        self.lang = code.to_string();
        self
    }

    /// Puts the cursor here when the page opens; for pages with one field. An error summary
    /// takes the focus instead.
    #[must_use]
    pub fn autofocus(mut self) -> Self {
        self.autofocus = self.error.is_none();
        self
    }

    /// Which files the chooser offers first (HTML §4.10.5.1.17); any other can still be sent.
    #[must_use]
    pub fn accept(mut self, kinds: impl Display) -> Self {
        self.accept = kinds.to_string();
        self
    }

    /// Makes the control as wide as a short answer.
    #[must_use]
    pub const fn narrow(mut self) -> Self {
        self.narrow = true;
        self
    }

    /// What can be chosen.
    #[must_use]
    pub fn choices(mut self, choices: &[Choice]) -> Self {
        self.choices = choices.to_vec();
        self
    }

    /// What is filled in or chosen.
    #[must_use]
    pub fn values(mut self, values: impl IntoIterator<Item = String>) -> Self {
        self.values = values.into_iter().collect();
        self
    }

    /// A value to begin with, used when nothing was posted.
    #[must_use]
    pub fn or(mut self, value: impl Display) -> Self {
        if self.values.is_empty() {
            self.values = vec![value.to_string()];
        }
        self
    }

    /// What is wrong with the field.
    #[must_use]
    pub fn error(mut self, message: Option<&str>) -> Self {
        self.error = message.map(str::to_owned);
        self
    }

    fn value(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }

    fn chosen(&self, value: &str) -> bool {
        self.values.iter().any(|chosen| chosen == value)
    }

    /// The ids of hint and error, for `aria-describedby`.
    fn described_by(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.name));
        let error = self.error.is_some().then(|| format!("{}-error", self.name));
        [hint, error].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The first control of a group carries the id the error summary links to.
    fn choice_id(&self, index: usize) -> String {
        if index == 0 { self.name.clone() } else { format!("{}-{}", self.name, index + 1) }
    }
}

#[cfg(test)]
mod tests {
    use crate::form::Form;

    use super::*;

    #[test]
    fn a_field_ties_label_hint_and_error_to_its_control() {
        let mut form = Form::with([("title", "<b>\"Lab\"</b>")]);
        form.wrong("title", "Enter a shorter title");
        let html = form.text("title", "Title").hint("As people say it").max(80).to_string();
        insta::assert_snapshot!(html, @r#"
        <div class="field is-wrong">
          <label for="title">Title</label>
          <p class="hint" id="title-hint">As people say it</p><p class="error" id="title-error">Enter a shorter title</p>
          <input id="title" name="title" type="text" value="&#60;b&#62;&#34;Lab&#34;&#60;/b&#62;" aria-describedby="title-hint title-error" aria-invalid="true" maxlength="80">
        </div>
        "#);
    }

    #[test]
    fn a_group_is_a_fieldset_and_its_first_box_takes_the_link() {
        let form = Form::with([("need", "ramp")]);
        let choices = [Choice::new("ramp", "Ramp"), Choice::new("loop", "Induction loop")];
        let html = form.boxes("need", "What do you need?", &choices).optional("optional");
        insta::assert_snapshot!(html.to_string(), @r#"
        <fieldset class="field">
          <legend>What do you need? <span class="quiet">(optional)</span></legend>
          
          
          <div class="choice">
            <input id="need" name="need" type="checkbox" value="ramp" checked>
            <label for="need">Ramp</label>
          </div>
          
          <div class="choice">
            <input id="need-2" name="need" type="checkbox" value="loop">
            <label for="need-2">Induction loop</label>
          </div>
        </fieldset>
        "#);
    }

    #[test]
    fn each_kind_renders_its_own_control_with_a_label() {
        let form = Form::with([("x", "yes")]);
        let choices = [Choice::new("yes", "Yes").hint("really")];
        for (field, control) in [
            (form.email("x", "L"), "type=\"email\" value=\"yes\" autocomplete=\"email\""),
            (form.area("x", "L").rows(3), "rows=\"3\""),
            (form.number("x", "L").between(1, 9), "min=\"1\" max=\"9\""),
            (form.date_time("x", "L"), "type=\"datetime-local\""),
            (form.code("x", "L").autofocus(), "autocomplete=\"one-time-code\""),
            (form.select("x", "L", &choices), "<option value=\"yes\" selected>"),
            (form.radios("x", "L", &choices), "type=\"radio\" value=\"yes\" checked"),
            (form.tick("x", "L"), "type=\"checkbox\" value=\"yes\" checked"),
        ] {
            let html = field.to_string();
            assert!(html.contains(control), "{control} is not in {html}");
            assert!(html.contains("<label") || html.contains("<legend"), "{html}");
        }
        let hidden = form.hidden("commandId", "cmd_1").to_string();
        assert_eq!(hidden.trim(), "<input type=\"hidden\" name=\"commandId\" value=\"cmd_1\">");
    }
}
