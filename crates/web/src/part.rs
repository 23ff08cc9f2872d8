//! The parts of a page that need more than a class: lists of errors, empty states, timelines.
//!
//! Each is a value with a small template; it escapes what it is given, and is not escaped again
//! when a page prints it. What plain HTML does (cards, tables, buttons) is only CSS.

use std::fmt::Display;

use askama::{Template, filters::HtmlSafe};

use crate::frame::Link;

/// What a badge, notice or mark of a timeline means; never told by colour alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// News without a judgement.
    #[default]
    Plain,
    /// Done, confirmed, open.
    Good,
    /// Waiting, soon over, past state.
    Warn,
    /// Refused, cancelled, wrong.
    Bad,
    /// Happening now.
    Live,
}

impl Tone {
    /// The class of `style.css`.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Live => "live",
        }
    }
}

/// Templates pass fields by reference.
impl From<&Self> for Tone {
    fn from(tone: &Self) -> Self {
        *tone
    }
}

/// The list of a form's errors: takes the focus, and each error links to its field.
#[derive(Clone, Debug, Template)]
#[template(path = "part/error_summary.html")]
pub struct ErrorSummary {
    heading: String,
    errors: Vec<(String, String)>,
}

impl HtmlSafe for ErrorSummary {}

impl ErrorSummary {
    /// `errors` are pairs of a field's name, or nothing, and the message.
    pub fn new<'a>(
        heading: impl Display,
        errors: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let own = |(name, message): (&str, &str)| (name.to_owned(), message.to_owned());
        Self { heading: heading.to_string(), errors: errors.into_iter().map(own).collect() }
    }
}

/// A short word on a coloured ground: the state of something.
#[derive(Clone, Debug, Template)]
#[template(ext = "html", source = r#"<span class="badge {{ tone.class() }}">{{ label }}</span>"#)]
pub struct Badge {
    label: String,
    tone: Tone,
}

impl HtmlSafe for Badge {}

impl Badge {
    /// A badge.
    pub fn new(label: impl Display, tone: impl Into<Tone>) -> Self {
        Self { label: label.to_string(), tone: tone.into() }
    }
}

/// What a list says when there is nothing in it: why, and what to do next.
#[derive(Clone, Debug, Template)]
#[template(path = "part/empty.html")]
pub struct Empty {
    text: String,
    hint: String,
    next: Option<Link>,
}

impl HtmlSafe for Empty {}

impl Empty {
    /// An empty state in one sentence.
    pub fn new(text: impl Display) -> Self {
        Self { text: text.to_string(), hint: String::new(), next: None }
    }

    /// A second, quieter sentence.
    #[must_use]
    pub fn hint(mut self, hint: impl Display) -> Self {
        self.hint = hint.to_string();
        self
    }

    /// The next action.
    #[must_use]
    pub fn next(mut self, label: impl Display, href: impl Display) -> Self {
        self.next = Some(Link::new(label, href));
        self
    }
}

/// Names and values, such as when, where and for whom.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "part/facts.html")]
pub struct Facts {
    rows: Vec<(String, String)>,
}

impl HtmlSafe for Facts {}

impl Facts {
    /// No rows yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a row; an empty value leaves it out.
    #[must_use]
    pub fn row(mut self, name: impl Display, value: impl Display) -> Self {
        let value = value.to_string();
        if !value.is_empty() {
            self.rows.push((name.to_string(), value));
        }
        self
    }
}

/// Something that happened, or an action that is possible, at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// For machines, RFC 3339; empty for a step without a time.
    pub at: String,
    /// For people.
    pub when: String,
    /// What happened, one sentence.
    pub text: String,
    /// A second sentence, such as the reason; or empty.
    pub detail: String,
    /// Who did it; or empty.
    pub by: String,
    /// What it means.
    pub tone: Tone,
}

/// What happened, newest or oldest first as given.
#[derive(Clone, Debug, Template)]
#[template(path = "part/timeline.html")]
pub struct Timeline {
    moments: Vec<Moment>,
}

impl HtmlSafe for Timeline {}

impl Timeline {
    /// A timeline of these moments.
    pub fn new(moments: impl IntoIterator<Item = Moment>) -> Self {
        Self { moments: moments.into_iter().collect() }
    }
}

/// A clock that counts down to a deadline. Without script it shows the deadline in words.
#[derive(Clone, Debug, Template)]
#[template(path = "part/clock.html")]
pub struct Clock {
    label: String,
    deadline: String,
    now: String,
    fallback: String,
    over: String,
    big: bool,
}

impl HtmlSafe for Clock {}

impl Clock {
    /// `deadline` and `now`, the server's clock, are RFC 3339 in UTC; `fallback` says the
    /// deadline in words, and `over` what to show when it has passed.
    pub fn new(
        label: impl Display,
        deadline: impl Display,
        now: impl Display,
        fallback: impl Display,
        over: impl Display,
    ) -> Self {
        Self {
            label: label.to_string(),
            deadline: deadline.to_string(),
            now: now.to_string(),
            fallback: fallback.to_string(),
            over: over.to_string(),
            big: false,
        }
    }

    /// The size of a wall screen.
    #[must_use]
    pub const fn big(mut self) -> Self {
        self.big = true;
        self
    }
}

/// How far something is, as a bar with its figures beside it.
#[derive(Clone, Debug, Template)]
#[template(
    ext = "html",
    source = r#"<div class="progress"><span>{{ label }}</span> <span class="figure">{{ text }}</span><progress max="{{ max }}" value="{{ value }}" aria-label="{{ label }}">{{ text }}</progress></div>"#
)]
pub struct Progress {
    label: String,
    text: String,
    value: u64,
    max: u64,
}

impl HtmlSafe for Progress {}

impl Progress {
    /// `text` says the figures in words: "38 of 50 places".
    pub fn new(label: impl Display, text: impl Display, value: u64, max: u64) -> Self {
        let max = max.max(1);
        Self { label: label.to_string(), text: text.to_string(), value: value.min(max), max }
    }
}

/// Links to the neighbouring pages of a long list.
#[derive(Clone, Debug, Template)]
#[template(path = "part/pagination.html")]
pub struct Pagination {
    label: String,
    previous: Option<Link>,
    position: String,
    next: Option<Link>,
}

impl HtmlSafe for Pagination {}

impl Pagination {
    /// `label` names the landmark ("Pages"), `position` says where we are ("21–40 of 93").
    pub fn new(
        label: impl Display,
        previous: Option<Link>,
        position: impl Display,
        next: Option<Link>,
    ) -> Self {
        Self { label: label.to_string(), previous, position: position.to_string(), next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_summary_takes_the_focus_and_links_to_fields() {
        let errors = [("title", "Enter a title"), ("", "This event has ended")];
        insta::assert_snapshot!(ErrorSummary::new("There is a problem", errors).to_string(), @r##"
        <div class="error-summary" role="alert" aria-labelledby="error-summary-title" tabindex="-1" autofocus>
          <h2 id="error-summary-title">There is a problem</h2>
          <ul>
            <li><a href="#title">Enter a title</a></li>
            <li>This event has ended</li>
          </ul>
        </div>
        "##);
        assert_eq!(ErrorSummary::new("There is a problem", []).to_string(), "");
    }

    #[test]
    fn an_empty_state_says_what_to_do_next() {
        let empty = Empty::new("No events yet").next("Propose <one>", "/propose?a=1&b=2");
        insta::assert_snapshot!(empty.to_string(), @r#"
        <div class="empty">
          <p class="empty-text">No events yet</p>
          <p><a class="button" href="/propose?a=1&#38;b=2">Propose &#60;one&#62;</a></p>
        </div>
        "#);
    }

    #[test]
    fn facts_leave_out_what_is_not_known() {
        let facts = Facts::new().row("When", "Friday").row("Where", "");
        insta::assert_snapshot!(facts.to_string(), @r#"
        <dl class="facts">
          <div><dt>When</dt><dd>Friday</dd></div>
        </dl>
        "#);
    }

    #[test]
    fn a_timeline_says_who_when_and_why() {
        let moment = Moment {
            at: "2026-11-27T17:30:00Z".to_owned(),
            when: "27 November".to_owned(),
            text: "Accepted".to_owned(),
            detail: "It answers a gap & more".to_owned(),
            by: "Ada".to_owned(),
            tone: Tone::Good,
        };
        insta::assert_snapshot!(Timeline::new([moment]).to_string(), @r#"
        <ol class="timeline">
          <li class="good">
            <p>Accepted</p>
            <p class="detail">It answers a gap &#38; more</p>
            <p class="quiet"><time datetime="2026-11-27T17:30:00Z">27 November</time> · Ada</p>
          </li>
        </ol>
        "#);
    }

    #[test]
    fn a_clock_reads_without_script() {
        let clock = Clock::new(
            "Submissions close in",
            "2026-11-29T17:30:00Z",
            "2026-11-27T17:30:00Z",
            "Sunday at 20:30",
            "Closed",
        );
        insta::assert_snapshot!(clock.big().to_string(), @r#"
        <p class="clock is-big">
          <span class="clock-label">Submissions close in</span>
          <time class="clock-time" role="timer" datetime="2026-11-29T17:30:00Z" data-deadline="2026-11-29T17:30:00Z" data-now="2026-11-27T17:30:00Z" data-over="Closed">Sunday at 20:30</time>
        </p>
        "#);
    }

    #[test]
    fn a_bar_never_overflows_and_pages_name_their_neighbours() {
        let bar = Progress::new("Places", "60 of 50", 60, 50).to_string();
        assert!(bar.contains("max=\"50\" value=\"50\""), "{bar}");
        let pages = Pagination::new("Pages", None, "1–20 of 93", Some(Link::new("Next", "?p=2")));
        insta::assert_snapshot!(pages.to_string(), @r#"
        <nav class="pagination" aria-label="Pages">
          <span>1–20 of 93</span>
          <a class="button quiet" rel="next" href="?p=2">Next →</a>
        </nav>
        "#);
    }
}
