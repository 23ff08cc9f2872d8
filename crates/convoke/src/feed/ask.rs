//! What is asked of a feed: which one, and filters from a closed list.
//!
//! An unknown filter or a value it does not have is refused with words. A feed that silently
//! ignored it would fill a calendar with everything, and nobody would find out why.

use crate::feed::entry::Detail;
use crate::text::Locale;

/// Most days back.
const PAST_MAX: u16 = 365;
/// Days back when nothing is said.
const PAST: u16 = 90;
/// Most days ahead.
const AHEAD_MAX: u16 = 730;
/// Days ahead when nothing is said.
const AHEAD: u16 = 540;
/// Longest slug that is looked for.
const SLUG_BYTES_MAX: usize = 120;

/// Which feed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Which {
    /// All public events of a hub, by its slug.
    Hub(String),
    /// Those about one issue.
    Issue {
        /// The hub's slug; without one the issue's slug must be found in one hub only.
        hub: Option<String>,
        /// The issue's slug.
        slug: String,
    },
}

/// Which events by their state, in the words of RFC 5545 §3.8.1.11.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub(crate) enum Only {
    /// Those that take place.
    Confirmed,
    /// Those put off.
    Tentative,
    /// Those that do not.
    Cancelled,
}

/// A feed with its filters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Ask {
    pub(crate) which: Which,
    /// Days back.
    pub(crate) past: u16,
    /// Days ahead.
    pub(crate) ahead: u16,
    /// The hub's own language when nothing is said.
    pub(crate) lang: Option<&'static str>,
    pub(crate) detail: Detail,
    pub(crate) only: Option<Only>,
    /// The slug of an issue.
    pub(crate) tag: Option<String>,
}

impl Ask {
    /// Reads the query of a feed.
    ///
    /// # Errors
    /// What is wrong with it, to be shown.
    pub(crate) fn read(which: Which, query: &str) -> Result<Self, String> {
        let mut ask = Self {
            which,
            past: PAST,
            ahead: AHEAD,
            lang: None,
            detail: Detail::Full,
            only: None,
            tag: None,
        };
        let mut seen = std::collections::BTreeSet::new();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            if !seen.insert(name.to_string()) {
                return Err(format!("“{name}” is there twice"));
            }
            ask.set(&name, &value)?;
        }
        Ok(ask)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        let bad = |rule: &str| format!("“{name}” must be {rule}");
        let days = |most: u16| {
            let rule = format!("a whole number of days from 0 to {most}");
            value.parse().ok().filter(|days| *days <= most).ok_or_else(|| bad(&rule))
        };
        match name {
            "past" => self.past = days(PAST_MAX)?,
            "ahead" => self.ahead = days(AHEAD_MAX)?,
            "lang" => {
                let locale = Locale::ALL.into_iter().find(|locale| locale.code() == value);
                self.lang = Some(locale.ok_or_else(|| bad("en, nl, tr or ko"))?.code());
            }
            "detail" => {
                self.detail = match value {
                    "full" => Detail::Full,
                    "busy" => Detail::Busy,
                    _ => return Err(bad("full or busy")),
                }
            }
            "status" => {
                let only = value.parse();
                let rule = "confirmed, tentative or cancelled";
                self.only = Some(only.map_err(|_unknown| bad(rule))?);
            }
            "tag" => self.tag = Some(slug(value).ok_or_else(|| bad("the short name of an issue"))?),
            "hub" => match &mut self.which {
                Which::Issue { hub: hub @ None, .. } => {
                    *hub = Some(slug(value).ok_or_else(|| bad("the short name of a hub"))?);
                }
                _ => return Err("“hub” is in the address already".to_owned()),
            },
            _ => {
                return Err(format!(
                    "there is no filter “{name}”; there are past, ahead, lang, detail, status and tag"
                ));
            }
        }
        Ok(())
    }

    /// The filters in one form, however they were written: part of what names a rendering.
    pub(crate) fn canonical(&self) -> String {
        let Self { past, ahead, lang, detail, only, tag, .. } = self;
        format!("{past} {ahead} {lang:?} {detail:?} {only:?} {tag:?}")
    }
}

fn slug(value: &str) -> Option<String> {
    let is_slug = !value.is_empty()
        && value.len() <= SLUG_BYTES_MAX
        && value.chars().all(|c| c.is_alphanumeric() || c == '-');
    is_slug.then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Ask, String> {
        Ask::read(Which::Hub("westminster".into()), query)
    }

    #[test]
    fn filters_are_a_closed_list() {
        for (query, says) in [
            ("past=366", "“past” must be a whole number of days from 0 to 365"),
            ("past=-1", "“past” must be a whole number of days from 0 to 365"),
            ("past=", "“past” must be a whole number of days from 0 to 365"),
            ("ahead=731", "“ahead” must be a whole number of days from 0 to 730"),
            ("lang=fr", "“lang” must be en, nl, tr or ko"),
            ("detail=all", "“detail” must be full or busy"),
            ("status=maybe", "“status” must be confirmed, tentative or cancelled"),
            ("tag=a%20b", "“tag” must be the short name of an issue"),
            ("past=1&past=2", "“past” is there twice"),
            ("hub=x", "“hub” is in the address already"),
            (
                "alarm=10",
                "there is no filter “alarm”; there are past, ahead, lang, detail, status and tag",
            ),
        ] {
            assert_eq!(read(query), Err(says.to_owned()), "{query}");
        }
    }

    #[test]
    fn what_is_said_is_what_is_asked() {
        let ask = read("tag=cold-homes&status=cancelled&detail=busy&lang=ko&ahead=730&past=0");
        let ask = ask.expect("good filters");
        assert_eq!((ask.past, ask.ahead, ask.lang), (0, 730, Some("ko")));
        assert_eq!((ask.detail, ask.only), (Detail::Busy, Some(Only::Cancelled)));
        assert_eq!(ask.tag.as_deref(), Some("cold-homes"));
        let plain = read("").expect("no filters");
        assert_eq!((plain.past, plain.ahead), (90, 540));
        assert_ne!(plain.canonical(), ask.canonical());
        let other_order =
            read("past=0&lang=ko&tag=cold-homes&detail=busy&ahead=730&status=cancelled");
        assert_eq!(other_order.map(|ask| ask.canonical()), Ok(ask.canonical()));
    }
}
