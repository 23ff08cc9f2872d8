//! The frame round every page: head, hub, navigation, who is signed in, languages, notices.
//!
//! The layout template reads a field called `frame` of the page's struct. All words are given,
//! because this crate has no catalogue; the frame decides nothing about what is in it.

use std::fmt::Display;

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use crate::{assets, language::LanguageLink, part::Tone, problem::Problem};

/// The translated words of the frame itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// "Skip to main content".
    pub skip: String,
    /// Label of the navigation landmark: "Main".
    pub navigation: String,
    /// Label of the language switch: "Language".
    pub languages: String,
    /// "Sign in".
    pub sign_in: String,
    /// "Sign out".
    pub sign_out: String,
    /// What the title of a refused form begins with: "Error:".
    pub error_prefix: String,
    /// Label of the banner over a page of the past: "Past state".
    pub past: String,
    /// Label of a notice: "Notice".
    pub notice: String,
    /// The line at the foot: "Made for people who call people together".
    pub foot: String,
}

impl Words {
    /// English, for tests and for pages shown before any catalogue is there.
    pub fn english() -> Self {
        Self {
            skip: "Skip to main content".to_owned(),
            navigation: "Main".to_owned(),
            languages: "Language".to_owned(),
            sign_in: "Sign in".to_owned(),
            sign_out: "Sign out".to_owned(),
            error_prefix: "Error:".to_owned(),
            past: "Past state".to_owned(),
            notice: "Notice".to_owned(),
            foot: "Convoke calls people together.".to_owned(),
        }
    }
}

/// A link with a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What people read.
    pub label: String,
    /// Where it goes.
    pub href: String,
    /// Whether it is the page, or the part of the site, that is shown now.
    pub current: bool,
}

impl Link {
    /// A link to somewhere else.
    pub fn new(label: impl Display, href: impl Display) -> Self {
        Self { label: label.to_string(), href: href.to_string(), current: false }
    }

    /// Marks the link as current when `here`, a path, is its target or lies below it.
    #[must_use]
    pub fn at(mut self, here: &str) -> Self {
        let below = here.strip_prefix(self.href.as_str());
        self.current = below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self
    }
}

/// Who is looking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Nobody we know; the link leads to sign-in. `None` hides it, on the sign-in page itself.
    Visitor {
        /// The path of the sign-in page.
        sign_in: Option<String>,
    },
    /// Someone signed in: a link to their own page, and where the sign-out button posts to.
    Person {
        /// Their name and their own page.
        own: Link,
        /// The path the sign-out form posts to.
        sign_out: String,
    },
}

/// A message on the next page after something was done, or a standing notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it means: done, a warning, plain news.
    pub tone: Tone,
    /// One or two sentences.
    pub text: String,
    /// Where to go on, if anywhere.
    pub link: Option<Link>,
}

/// Everything the layout shows around a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The language of the page, `en`, `nl`, `tr` or `ko`.
    pub lang: &'static str,
    /// The page's own title; the hub's name is put behind it.
    pub title: String,
    /// One sentence for search engines and shared links; empty for none.
    pub description: String,
    /// The hub, or the site where no hub is shown.
    pub home: Link,
    /// The hub's navigation.
    pub nav: Vec<Link>,
    /// Who is looking.
    pub who: Who,
    /// The language switch.
    pub languages: Vec<LanguageLink>,
    /// The way up, from the hub to the parent of this page.
    pub trail: Vec<Link>,
    /// Set when the page shows a past state: a sentence with the instant, and the way back.
    pub past: Option<Notice>,
    /// A message for this one page.
    pub notice: Option<Notice>,
    /// The form on the page has errors.
    pub wrong: bool,
    /// Boards and tables use the whole width.
    pub wide: bool,
    /// Search engines shall not list the page.
    pub unlisted: bool,
    /// Reload after so many seconds without script: the door and wall screens only.
    pub refresh_seconds: Option<u16>,
    /// The frame's own words.
    pub words: Words,
}

impl Frame {
    /// A frame with nothing but a title. `home` is the hub with its path.
    pub fn new(words: Words, lang: &'static str, title: impl Display, home: Link) -> Self {
        Self {
            lang,
            title: title.to_string(),
            description: String::new(),
            home,
            nav: Vec::new(),
            who: Who::Visitor { sign_in: None },
            languages: Vec::new(),
            trail: Vec::new(),
            past: None,
            notice: None,
            wrong: false,
            wide: false,
            unlisted: false,
            refresh_seconds: None,
            words,
        }
    }

    /// What the browser's tab shows.
    pub fn full_title(&self) -> String {
        let own = if self.title == self.home.label || self.title.is_empty() {
            self.home.label.clone()
        } else {
            format!("{} – {}", self.title, self.home.label)
        };
        if self.wrong { format!("{} {own}", self.words.error_prefix) } else { own }
    }

    // The layout runs in other crates too, so what it calls is public.

    /// Where a visitor signs in.
    pub fn sign_in(&self) -> Option<&str> {
        match &self.who {
            Who::Visitor { sign_in } => sign_in.as_deref(),
            Who::Person { .. } => None,
        }
    }

    /// The signed-in person's own page, and where signing out posts to.
    pub fn person(&self) -> Option<(&Link, &str)> {
        match &self.who {
            Who::Person { own, sign_out } => Some((own, sign_out)),
            Who::Visitor { .. } => None,
        }
    }

    /// What the page's language calls itself.
    pub fn language_name(&self) -> &'static str {
        let own = |language: &&LanguageLink| language.current;
        self.languages.iter().find(own).map_or("", |language| language.name)
    }

    /// The address of the stylesheet.
    pub fn style(&self) -> &'static str {
        assets::STYLE.href()
    }

    /// The address of the script for clocks.
    pub fn clock_script(&self) -> &'static str {
        assets::CLOCK.href()
    }

    /// The address of the script for live blocks.
    pub fn live_script(&self) -> &'static str {
        assets::LIVE.href()
    }

    /// The address of the site's icon.
    pub fn icon(&self) -> &'static str {
        assets::ICON.href()
    }
}

/// Answers with a page: HTML in UTF-8. A template that fails is our fault, so 500.
pub fn page<T: Template>(page: &T) -> Response {
    match page.render() {
        Ok(html) => (
            StatusCode::OK,
            [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))],
            html,
        )
            .into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            Problem::Internal.into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(title: &str) -> Frame {
        Frame::new(Words::english(), "en", title, Link::new("Istanbul", "/istanbul"))
    }

    #[test]
    fn the_title_names_page_hub_and_error() {
        assert_eq!(frame("Agenda").full_title(), "Agenda – Istanbul");
        assert_eq!(frame("Istanbul").full_title(), "Istanbul");
        let wrong = Frame { wrong: true, ..frame("Propose") };
        assert_eq!(wrong.full_title(), "Error: Propose – Istanbul");
    }

    #[test]
    fn a_link_is_current_on_its_page_and_below() {
        let at = |here| Link::new("Events", "/istanbul/events").at(here).current;
        assert!(at("/istanbul/events"));
        assert!(at("/istanbul/events/1"));
        assert!(!at("/istanbul/eventsx"));
        assert!(!at("/istanbul"));
    }
}
