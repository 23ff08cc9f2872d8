//! Public events, a JSON object a line.
//!
//! The same event under two topics is one event: name, address and first day say which it is. Days
//! are taken where the hub is; a source without zones cannot say better.

use anyhow::Result;
use chrono::NaiveDate;
use convoke::event::{EventKind, ImportEvent, Mode};
use kernel::{Id, Zone};
use serde_json::{Map, Value};
use url::Url;

use super::{Row, derived, key};
use crate::command::hub::Named;
use crate::usage::Usage;

/// Longest name, as in the product's forms.
const NAME_CHARS_MAX: usize = 200;

/// A row for each line that is not empty.
///
/// # Errors
/// [`Usage`] when the file is not UTF-8, with the line.
pub(super) fn rows(bytes: &[u8], hub: &Named) -> Result<Vec<Row>> {
    let text = std::str::from_utf8(bytes).map_err(|fault| {
        let good = bytes.iter().take(fault.valid_up_to());
        let line = good.filter(|byte| **byte == b'\n').count() + 1;
        Usage::new(format!("line {line} of the file is not UTF-8"))
    })?;
    let zone = Zone::parse(&hub.row.zone)
        .ok_or_else(|| Usage::new(format!("the hub’s zone {} is unknown here", hub.row.zone)))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    Ok(lines.map(|(place, line)| row(place + 1, line, hub, zone)).collect())
}

fn row(number: usize, line: &str, hub: &Named, zone: Zone) -> Row {
    let object = match serde_json::from_str::<Value>(line) {
        Ok(Value::Object(object)) => object,
        Ok(_other) => return bad(number, "", "it is no JSON object"),
        Err(fault) => return bad(number, "", format!("it is no JSON: {fault}")),
    };
    let name = text(&object, "name").unwrap_or_default().to_owned();
    match read(&object, hub, zone) {
        Ok(act) => {
            let id = derived(&format!("{} {line}", act.key), "command");
            Row { number, name, act: Ok((id, Box::new(act))) }
        }
        Err(reason) => bad(number, &name, reason),
    }
}

fn bad(number: usize, name: &str, reason: impl Into<String>) -> Row {
    Row { number, name: name.to_owned(), act: Err(reason.into()) }
}

fn read(object: &Map<String, Value>, hub: &Named, zone: Zone) -> Result<ImportEvent, String> {
    let title = text(object, "name").ok_or("it has no name")?;
    let length = title.chars().count();
    if length > NAME_CHARS_MAX {
        return Err(format!("its name has {length} characters; {NAME_CHARS_MAX} are allowed"));
    }
    if title.chars().any(char::is_control) {
        return Err("its name holds control characters".to_owned());
    }
    let url = match text(object, "url") {
        Some(url) => Some(web_address(url)?),
        None => None,
    };
    let starts_on = day(object, "startDate")?.ok_or("it has no startDate")?;
    let last_day = day(object, "endDate")?.unwrap_or(starts_on);
    if last_day < starts_on {
        return Err(format!("it ends on {last_day}, before it starts on {starts_on}"));
    }
    let ends_on = last_day.succ_opt().ok_or("its endDate is too far away")?;
    let city = text(object, "city").map(str::to_owned);
    let mode = match (object.get("online"), &city) {
        (Some(Value::Bool(true)), Some(_)) => Mode::Either,
        (Some(Value::Bool(true)), None) => Mode::Online,
        (None | Some(Value::Bool(false) | Value::Null), _) => Mode::InPerson,
        (Some(other), _) => return Err(format!("online is {other}; it must be true or false")),
    };
    let first_day = starts_on.to_string();
    let parts = [title.to_lowercase(), url.clone().unwrap_or_default().to_lowercase(), first_day];
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let key = key(hub, "event", &parts);
    Ok(ImportEvent {
        hub: hub.id,
        event: Id::<EventKind>::new(derived(&key, "event")),
        key,
        title: title.to_owned(),
        url,
        starts_on,
        ends_on,
        zone,
        city,
        country: text(object, "country").map(str::to_owned),
        mode,
        topic: text(object, "topic").map(str::to_owned),
        issue: None,
    })
}

/// A text that says something.
fn text<'o>(object: &'o Map<String, Value>, name: &str) -> Option<&'o str> {
    object.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

fn web_address(text: &str) -> Result<String, String> {
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => {
            Ok(text.to_owned())
        }
        _ => Err(format!("its url “{text}” is no web address")),
    }
}

fn day(object: &Map<String, Value>, name: &str) -> Result<Option<NaiveDate>, String> {
    match object.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(Value::String(text)) => NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d")
            .map(Some)
            .map_err(|_no_day| format!("its {name} “{text}” is no day such as 2026-11-27")),
        Some(other) => Err(format!("its {name} is {other}; it must be a text such as 2026-11-27")),
    }
}
