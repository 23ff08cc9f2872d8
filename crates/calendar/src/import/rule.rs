//! The rules of other programs, in our own words where that says the same.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Weekday};
use chrono_tz::Tz;

use super::problem::Reason;
use crate::guard::Text;
use crate::series::{Rule, short};

/// Longest rule told in a problem, in characters.
const CHARS_MAX: usize = 120;

/// The rule, if one of ours has the same dates.
///
/// What programs write beside the point goes: an interval of one, the day a week begins with where
/// it does not matter, the day of the month the start says anyway, every day of the week but some.
pub(super) fn ours(value: &str, start: NaiveDateTime, zone: Tz) -> Result<Rule, Reason> {
    let value = value.trim().to_ascii_uppercase();
    let mut parts: Vec<(String, String)> = Vec::new();
    for part in value.split(';').filter(|part| !part.is_empty()) {
        let (name, word) = part.split_once('=').ok_or_else(|| not_kept(&value))?;
        parts.push((name.trim().to_owned(), word.trim().to_owned()));
    }
    let has = |parts: &[(String, String)], name: &str, word: &str| {
        parts.iter().any(|(known, found)| known == name && found == word)
    };
    if !parts.iter().any(|(name, _)| name == "COUNT" || name == "UNTIL") {
        return Err(Reason::Endless);
    }
    let is_each = !parts.iter().any(|(name, word)| name == "INTERVAL" && word != "1");
    parts.retain(|(name, word)| match name.as_str() {
        "WKST" => !is_each && word != "MO",
        "BYMONTHDAY" => *word != start.day().to_string(),
        _ => true,
    });
    if has(&parts, "FREQ", "DAILY") && is_each && parts.iter().any(|(name, _)| name == "BYDAY") {
        set(&mut parts, "FREQ", |_| Some("WEEKLY".to_owned()));
    }
    set(&mut parts, "UNTIL", |word| until(word, start, zone));
    position(&mut parts);
    let text: Vec<String> = parts.iter().map(|(name, word)| format!("{name}={word}")).collect();
    text.join(";").parse::<Rule>().map_err(|_refusal| not_kept(&value))
}

/// Says which rule was lost.
pub(super) fn not_kept(value: &str) -> Reason {
    Reason::RuleNotKept(Text::line(value, CHARS_MAX).as_str().to_owned())
}

fn set(parts: &mut [(String, String)], name: &str, change: impl Fn(&str) -> Option<String>) {
    for (known, word) in parts {
        if known == name
            && let Some(changed) = change(word)
        {
            *word = changed;
        }
    }
}

/// The last day of an UNTIL that is an instant, by the clock of the series.
fn until(word: &str, start: NaiveDateTime, zone: Tz) -> Option<String> {
    let digits = word.strip_suffix('Z').unwrap_or(word);
    let clock = NaiveDateTime::parse_from_str(digits, "%Y%m%dT%H%M%S").ok()?;
    let clock = if digits.len() == word.len() {
        clock
    } else {
        let at: DateTime<chrono::Utc> = clock.and_utc();
        at.with_timezone(&zone).naive_local()
    };
    let day: NaiveDate = clock.date();
    let last = if clock.time() < start.time() { day.checked_sub_days(Days::new(1))? } else { day };
    Some(last.format("%Y%m%d").to_string())
}

/// Outlook says "the second of the Tuesdays": BYDAY=TU;BYSETPOS=2.
fn position(parts: &mut Vec<(String, String)>) {
    let word =
        |name: &str| parts.iter().find(|(known, _)| known == name).map(|(_, word)| word.clone());
    let all = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ];
    if let (Some(day), Some(position)) = (word("BYDAY"), word("BYSETPOS"))
        && all.into_iter().any(|known| short(known) == day)
    {
        parts.retain(|(name, _)| name != "BYSETPOS");
        set(parts, "BYDAY", |day| Some(format!("{position}{day}")));
    }
}
