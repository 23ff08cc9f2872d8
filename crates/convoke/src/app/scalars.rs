//! Scalars of the API beyond GraphQL's own (RFC 3339 `DateTime` comes with the executor).

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::NaiveDateTime;

/// Wall time without a zone, such as `2026-11-27T20:30`: it always comes with a `timeZone`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalDateTime(pub NaiveDateTime);

/// Wall time without a zone: `2026-11-27T20:30` or `2026-11-27T20:30:00`. It always comes with a
/// time zone beside it.
#[Scalar(name = "LocalDateTime")]
impl ScalarType for LocalDateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        parse_local(text)
            .map(Self)
            .ok_or_else(|| InputValueError::custom("wall time is written 2026-11-27T20:30"))
    }

    fn to_value(&self) -> Value {
        Value::String(write_local(self.0))
    }
}

/// Reads wall time with or without seconds.
pub fn parse_local(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim();
    ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        .into_iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
}

/// Writes wall time, seconds only where there are some.
pub fn write_local(at: NaiveDateTime) -> String {
    let form =
        if at.and_utc().timestamp() % 60 == 0 { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT%H:%M:%S" };
    at.format(form).to_string()
}

impl serde::Serialize for LocalDateTime {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&write_local(self.0))
    }
}

/// A length of time in ISO 8601: `PT48H`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duration(pub chrono::Duration);

/// A length of time in ISO 8601 (weeks to seconds): `PT48H`, `P2D`, `PT1H30M`.
#[Scalar(name = "Duration")]
impl ScalarType for Duration {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        parse_duration(text)
            .map(Self)
            .ok_or_else(|| InputValueError::custom("a length of time is written PT48H"))
    }

    fn to_value(&self) -> Value {
        Value::String(write_duration(self.0))
    }
}

impl serde::Serialize for Duration {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&write_duration(self.0))
    }
}

/// Reads an ISO 8601 duration of weeks, days, hours, minutes and seconds; months and years have no
/// fixed length and are refused.
pub fn parse_duration(text: &str) -> Option<chrono::Duration> {
    let rest = text.trim().strip_prefix('P')?;
    let (days, time) = rest.split_once('T').unwrap_or((rest, ""));
    let mut seconds: i64 = 0;
    let mut any = false;
    for (part, units) in [
        (days, [('W', 604_800), ('D', 86_400)].as_slice()),
        (time, &[('H', 3_600), ('M', 60), ('S', 1)]),
    ] {
        let mut digits = String::new();
        for letter in part.chars() {
            if letter.is_ascii_digit() {
                digits.push(letter);
                continue;
            }
            let (_, unit) = units.iter().find(|(name, _)| *name == letter)?;
            seconds = seconds.checked_add(digits.parse::<i64>().ok()?.checked_mul(*unit)?)?;
            digits.clear();
            any = true;
        }
        if !digits.is_empty() {
            return None;
        }
    }
    any.then(|| chrono::Duration::try_seconds(seconds)).flatten()
}

/// Writes a duration as hours, minutes and seconds.
pub fn write_duration(duration: chrono::Duration) -> String {
    let seconds = duration.num_seconds();
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let mut text = "PT".to_owned();
    for (value, unit) in [(hours, 'H'), (minutes, 'M'), (rest, 'S')] {
        if value != 0 {
            text.push_str(&value.to_string());
            text.push(unit);
        }
    }
    if text == "PT" { "PT0S".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_and_written() {
        for (text, seconds, again) in [
            ("PT48H", 172_800, "PT48H"),
            ("P2D", 172_800, "PT48H"),
            ("PT1H30M", 5_400, "PT1H30M"),
            ("P1WT1S", 604_801, "PT168H1S"),
        ] {
            let duration = parse_duration(text).unwrap();
            assert_eq!(
                (duration.num_seconds(), write_duration(duration).as_str()),
                (seconds, again)
            );
        }
        for wrong in ["", "48H", "PT", "P1Y", "PTH", "P1", "PT5"] {
            assert_eq!(parse_duration(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn wall_time_is_read_with_and_without_seconds() {
        let at = parse_local("2026-11-27T20:30").unwrap();
        assert_eq!(parse_local("2026-11-27T20:30:00"), Some(at));
        assert_eq!(write_local(at), "2026-11-27T20:30");
        assert_eq!(parse_local("2026-11-27"), None);
    }
}
