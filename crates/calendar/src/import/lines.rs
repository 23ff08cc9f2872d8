//! From octets to components: what kind of text it is, where lines end, what stands in what.
//!
//! Here every dirt is expected. Lines end with CRLF, LF, or, in a file that has no LF at all, CR;
//! empty lines are nothing; what is no line is told and skipped; what does not end, ends where the
//! next one begins, or with the file.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::PROBLEMS_MAX;
use super::component::Component;
use super::problem::{Problem, Reason};
use crate::check::{Line, split};

/// Most octets of one line: a description somebody pasted a page into.
const LINE_OCTETS_MAX: usize = 256 * 1024;

/// Most lines of one component: an invitation to a whole company has fewer.
const COMPONENT_LINES_MAX: usize = 2_000;

/// Most components looked at, of every kind.
const COMPONENTS_MAX: usize = 20_000;

/// Most components inside each other.
const DEPTH_MAX: usize = 8;

fn problem(line: usize, reason: Reason) -> Problem {
    Problem { line, index: None, uid: None, reason }
}

/// The text: by its byte order mark, as UTF-8, or as old Windows programs write.
pub(super) fn decoded(octets: &[u8], problems: &mut Vec<Problem>) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(octets) {
        let rest = octets.get(mark..).unwrap_or_default();
        let (text, is_broken) = encoding.decode_without_bom_handling(rest);
        if is_broken {
            problems.push(problem(0, Reason::NotUtf8));
        }
        return text.into_owned();
    }
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(octets) {
        return text.into_owned();
    }
    problems.push(problem(0, Reason::NotUtf8));
    WINDOWS_1252.decode_without_bom_handling(octets).0.into_owned()
}

/// Lines in one piece, each with the number of its first.
fn unfolded(text: &str) -> impl Iterator<Item = (usize, Cow<'_, str>)> {
    let end = if text.contains('\n') { '\n' } else { '\r' };
    let pieces = text.split(end).zip(1..).map(|(piece, number)| {
        let piece = piece.strip_suffix('\r').unwrap_or(piece);
        (number, piece)
    });
    let mut pieces = pieces.filter(|(_, piece)| !piece.trim().is_empty()).peekable();
    std::iter::from_fn(move || {
        let (number, piece) = pieces.next()?;
        let mut line = Cow::Borrowed(piece);
        while let Some((_, next)) = pieces.next_if(|(_, next)| next.starts_with([' ', '\t'])) {
            if line.len() + next.len() <= LINE_OCTETS_MAX {
                line.to_mut().push_str(next.get(1..).unwrap_or_default());
            }
        }
        Some((number, line))
    })
}

/// The components that may be events, and the calendar's own properties, in the order they begin.
/// What stands inside an event (reminders) and the descriptions of zones are left behind.
pub(super) fn components(text: &str, problems: &mut Vec<Problem>) -> Vec<Component> {
    let (mut done, mut open): (Vec<Component>, Vec<Component>) = (Vec::new(), Vec::new());
    for (number, raw) in unfolded(text) {
        if done.len() >= COMPONENTS_MAX {
            break;
        }
        let Some(line) = split(number, raw.trim_end()) else {
            // Before the first component anything may stand: a mail's headers, a comment.
            if let Some(part) = open.last()
                && problems.len() < PROBLEMS_MAX
            {
                problems.push(part.problem_at(number, Reason::BadLine));
            }
            continue;
        };
        match line.name.as_str() {
            "BEGIN" => {
                let kind = line.value.trim().to_ascii_uppercase();
                // An event that begins inside another was cut off before.
                while kind == "VEVENT" && open.iter().any(|part| part.kind == "VEVENT") {
                    close(&mut open, &mut done, problems, true);
                }
                if open.len() < DEPTH_MAX {
                    open.push(Component::new(kind, number));
                }
            }
            "END" => {
                let kind = line.value.trim().to_ascii_uppercase();
                while open.iter().any(|part| part.kind == kind) {
                    let is_it = open.last().is_some_and(|part| part.kind == kind);
                    close(&mut open, &mut done, problems, !is_it);
                    if is_it {
                        break;
                    }
                }
            }
            _ => add(&mut open, line),
        }
    }
    while !open.is_empty() {
        close(&mut open, &mut done, problems, true);
    }
    done.sort_by_key(|part| part.line);
    let events = done.iter_mut().filter(|part| part.kind != "VCALENDAR");
    events.zip(1..).for_each(|(part, index)| part.index = index);
    for found in problems.iter_mut() {
        // Numbered only now that the order is known.
        let at =
            found.index.and_then(|line| done.binary_search_by_key(&line, |part| part.line).ok());
        found.index =
            at.and_then(|at| done.get(at)).map(|part| part.index).filter(|index| *index > 0);
    }
    done
}

fn add(open: &mut [Component], line: Line) {
    if let Some(part) = open.last_mut() {
        if part.lines.len() < COMPONENT_LINES_MAX {
            part.lines.push(line);
        } else {
            part.is_too_large = true;
        }
    }
}

fn close(
    open: &mut Vec<Component>,
    done: &mut Vec<Component>,
    problems: &mut Vec<Problem>,
    is_cut_off: bool,
) {
    let Some(part) = open.pop() else { return };
    let inside = open.last().map(|outer| outer.kind.as_str());
    let is_kept = matches!(
        (part.kind.as_str(), inside),
        ("VEVENT" | "VTODO" | "VJOURNAL" | "VFREEBUSY", None | Some("VCALENDAR"))
            | ("VCALENDAR", None)
    );
    if is_cut_off {
        problems.push(part.problem_at(part.line, Reason::CutOff));
    }
    if is_kept {
        done.push(part);
    }
}
