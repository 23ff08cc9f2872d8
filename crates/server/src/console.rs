//! What is said on standard output, and how far a long command has come.
//!
//! Progress goes to standard error, so that output can be piped: a bar on a terminal, a line of
//! JSON a second otherwise. A reader that goes away (`convoke log | head`) ends us quietly.

use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Between two lines of progress where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(1);

/// A line on standard output.
///
/// # Errors
/// When nobody reads it.
pub(crate) fn say(line: impl Display) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{line}")
}

/// A line on standard error; nobody can be told when even that fails.
pub(crate) fn warn(line: impl Display) {
    let _unheard = writeln!(io::stderr().lock(), "{line}");
}

/// `12345` as `12,345`.
pub(crate) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 fact`, `2 facts`.
pub(crate) fn counted(number: i64, one: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {one}{plural}", grouped(number))
}

/// How far something has come.
pub(crate) struct Progress {
    what: String,
    face: Face,
}

enum Face {
    Bar(ProgressBar),
    Lines(Mutex<Option<Instant>>),
}

impl Progress {
    /// Begins; `what` is named in front of the bar.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        let what = what.into();
        let face = if io::stderr().is_terminal() {
            let bar = ProgressBar::new(0).with_message(what.clone());
            if let Ok(style) =
                ProgressStyle::with_template("{msg:24} {wide_bar} {human_pos}/{human_len} {eta}")
            {
                bar.set_style(style);
            }
            Face::Bar(bar)
        } else {
            Face::Lines(Mutex::new(None))
        };
        Self { what, face }
    }

    /// So many of so many are done.
    pub(crate) fn at(&self, done: i64, total: i64) {
        let (done, total) = (done.unsigned_abs(), total.unsigned_abs());
        match &self.face {
            Face::Bar(bar) => {
                bar.set_length(total);
                bar.set_position(done);
            }
            Face::Lines(last) => {
                let mut last = last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                // The first line comes after a second: what is done by then needs none.
                let began = *last.get_or_insert_with(Instant::now);
                if began.elapsed() >= LINE_EVERY {
                    *last = Some(Instant::now());
                    let line = serde_json::json!({
                        "progress": self.what, "done": done, "total": total
                    });
                    warn(line);
                }
            }
        }
    }

    /// Takes the bar away.
    pub(crate) fn done(&self) {
        if let Face::Bar(bar) = &self.face {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_and_counted() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(-12), "-12");
        assert_eq!(counted(1, "fact"), "1 fact");
        assert_eq!(counted(0, "fact"), "0 facts");
        assert_eq!(counted(1_000, "row"), "1,000 rows");
    }
}
