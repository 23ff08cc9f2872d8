//! The words of an event of a file, cleaned as our own are.

use super::component::Component;
use super::problem::{Problem, Reason};
use crate::event::{CATEGORIES_MAX, WORD_CHARS_MAX};
use crate::guard::{Text, Uri};

/// A text; too long a one is cut, and that is told.
pub(super) fn text(
    part: &Component,
    name: &'static str,
    chars_max: usize,
    problems: &mut Vec<Problem>,
) -> String {
    let Some(line) = part.first(name) else { return String::new() };
    let raw = unescaped(&line.value);
    let is_one_line = name != "DESCRIPTION";
    let clean = |max| if is_one_line { Text::line(&raw, max) } else { Text::clean(&raw, max) };
    if clean(chars_max + 1).as_str().chars().count() > chars_max {
        problems.push(part.problem_with(name, Reason::Cut(name)));
    }
    clean(chars_max).as_str().to_owned()
}

/// Tags, without repetitions.
pub(super) fn categories(part: &Component) -> Vec<String> {
    let lines = part.lines.iter().filter(|line| line.name == "CATEGORIES");
    let mut words: Vec<String> = Vec::new();
    for raw in lines.flat_map(|line| listed(&line.value)) {
        let word = Text::word(&unescaped(raw), WORD_CHARS_MAX).as_str().to_owned();
        if words.len() < CATEGORIES_MAX && !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// A link that can be followed; any other is left out.
pub(super) fn url(part: &Component, problems: &mut Vec<Problem>) -> Option<String> {
    let line = part.first("URL").filter(|line| !line.value.trim().is_empty())?;
    match Uri::parse(&line.value) {
        Ok(link) if !link.as_str().starts_with("mailto:") => Some(link.as_str().to_owned()),
        Ok(_) | Err(_) => {
            problems.push(part.problem_with("URL", Reason::BadValue("URL")));
            None
        }
    }
}

/// The parts of a list: commas that no backslash stands before.
fn listed(value: &str) -> impl Iterator<Item = &str> {
    let mut is_escaped = false;
    value.split(move |c| {
        let is_end = c == ',' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    })
}

/// TEXT without its escapes (RFC 5545 §3.3.11); a backslash before anything else stays.
pub(super) fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match rest.next() {
            Some('n' | 'N') => text.push('\n'),
            Some(c @ ('\\' | ',' | ';' | ':' | '"')) => text.push(c),
            Some(other) => text.extend(['\\', other]),
            None => text.push('\\'),
        }
    }
    text
}
