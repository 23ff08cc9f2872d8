//! What a rejection says to people, with the figures that decided as they read them: an instant as
//! a date, seconds as a duration, a state, a role or a field by its word.
//!
//! The message is `rejection-` and the code; nothing here knows a single rule.

use kernel::Refusal;
use web::form::Form;

use super::{Text, Value, kebab};

impl Text {
    /// What a rejection says. A code that no catalogue has says what the rule says in English.
    pub fn refusal(self, refusal: &Refusal) -> String {
        let mut values: Vec<_> = refusal
            .details
            .iter()
            .map(|(name, value)| (variable(name), self.figure(name, value)))
            .collect();
        if let (false, Some(field)) = (refusal.details.contains_key("name"), last(refusal)) {
            values.push(("name", self.field(field).into()));
        }
        self.find(&message(&refusal.code), &values).unwrap_or_else(|| refusal.says.clone())
    }

    /// Notes a rejection on the form that caused it: beside its field where it names one the
    /// form shows, else for the form as a whole.
    pub fn refuse(self, form: &mut Form, refusal: &Refusal) {
        form.wrong(last(refusal).unwrap_or_default(), self.refusal(refusal));
    }

    /// A figure by its name: numbers stay numbers, so that plurals work.
    pub(super) fn figure(self, name: &str, value: &serde_json::Value) -> Value<'static> {
        match (name, value) {
            // A year is no amount: 2026, not 2,026.
            ("year" | "latest", serde_json::Value::Number(year)) => year.to_string().into(),
            (_, serde_json::Value::Number(number)) => match number.as_i64() {
                Some(seconds) if name.ends_with("_s") => self.duration(seconds / 60).into(),
                Some(whole) => whole.into(),
                None => number.as_f64().map_or(Value::None, Value::from),
            },
            ("name", serde_json::Value::String(field)) => self.field(field).into(),
            ("role", serde_json::Value::String(role)) => self.role(role).into(),
            ("state" | "is" | "phase", serde_json::Value::String(state)) => {
                self.state(state).into()
            }
            (_, serde_json::Value::String(text)) => self.stored_date(text).into(),
            (_, serde_json::Value::Array(items)) => {
                let said: Vec<_> = items
                    .iter()
                    .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned))
                    .collect();
                said.join(", ").into()
            }
            (_, other) => other.to_string().into(),
        }
    }

    /// The word beside an input field; the name the API gives it where no page shows it.
    fn field(self, name: &str) -> String {
        let key = format!("word-{}", kebab(name));
        if self.has(&key) { self.s(key) } else { name.to_owned() }
    }
}

/// `TEAM_FULL` → `rejection-team-full`.
pub(super) fn message(code: &str) -> String {
    format!("rejection-{}", code.to_ascii_lowercase().replace('_', "-"))
}

/// What catalogues call a figure: a state is a state, however a rule calls it.
fn variable(name: &str) -> &str {
    match name {
        "is" | "phase" => "state",
        other => other,
    }
}

/// The field itself, without the path to it.
fn last(refusal: &Refusal) -> Option<&str> {
    refusal.field.as_ref()?.last().map(String::as_str)
}
