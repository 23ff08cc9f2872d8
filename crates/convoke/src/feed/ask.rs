//! What is asked of a feed: which one, and filters from a closed list.
//!
//! An unknown filter or a value it does not have is refused with words. A feed that silently
//! ignored it would fill a calendar with everything, and nobody would find out why.

use chrono::{DateTime, Days, Utc};

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
/// How long a cancelled event is still shown as such.
const CANCELLED_DAYS: u64 = 30;
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
    /// A hackathon as everybody may see it, by its id or that of its event.
    Hackathon(String),
    /// What one person goes to.
    Personal,
    /// A hackathon as its participants see it.
    Participant,
    /// What a team must know.
    Team,
}

impl Which {
    /// The filters it has.
    fn filters(&self) -> &'static [&'static str] {
        match self {
            Self::Hub(_) => &["past", "ahead", "lang", "detail", "status", "tag"],
            Self::Issue { .. } => &["past", "ahead", "lang", "detail", "status", "hub"],
            Self::Hackathon(_) => &["lang", "detail"],
            Self::Personal => &["past", "ahead", "lang", "detail", "status", "invited", "alarm"],
            Self::Participant | Self::Team => &["lang", "detail", "alarm"],
        }
    }
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
    /// Whether everything was asked for in words: an address that tells less must say so.
    pub(crate) is_full_wanted: bool,
    pub(crate) only: Option<Only>,
    /// The slug of an issue.
    pub(crate) tag: Option<String>,
    /// Whether it holds what calendars have from invitations already.
    pub(crate) invited: bool,
    /// Minutes before each entry at which its reader is reminded.
    pub(crate) alarm: Option<u32>,
}

/// Which time a feed covers. It moves with the UTC day, so that a feed keeps for a day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    /// What ended before is not shown.
    pub(crate) from: DateTime<Utc>,
    /// What begins after is not shown.
    pub(crate) until: DateTime<Utc>,
    /// What was cancelled before this, and would be over, is not shown.
    pub(crate) cancelled_since: DateTime<Utc>,
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
            is_full_wanted: false,
            only: None,
            tag: None,
            invited: true,
            alarm: None,
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
        let filters = self.which.filters();
        if !filters.contains(&name) {
            if name == "hub" && matches!(self.which, Which::Hub(_)) {
                return Err("“hub” is in the address already".to_owned());
            }
            let (last, first) = filters.split_last().unwrap_or((&"none", &[]));
            let first = first.join(", ");
            return Err(format!("there is no filter “{name}” here; there are {first} and {last}"));
        }
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
                };
                self.is_full_wanted = self.detail == Detail::Full;
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
            "invited" => {
                self.invited = match value {
                    "0" => false,
                    "1" => true,
                    _ => return Err(bad("0 or 1")),
                }
            }
            "alarm" => {
                let most = calendar::ALARM_MINUTES_MAX;
                let minutes = value.parse().ok().filter(|minutes| *minutes <= most);
                let rule = format!("a whole number of minutes from 0 to {most}");
                self.alarm = Some(minutes.ok_or_else(|| bad(&rule))?);
            }
            _ => return Err(bad("left out")),
        }
        Ok(())
    }

    /// The filters in one form, however they were written: part of what names a rendering.
    pub(crate) fn canonical(&self) -> String {
        let Self { past, ahead, lang, detail, only, tag, invited, alarm, .. } = self;
        format!("{past} {ahead} {lang:?} {detail:?} {only:?} {tag:?} {invited} {alarm:?}")
    }

    /// The time covered on a day.
    pub(crate) fn window(&self, day: DateTime<Utc>) -> Window {
        let back = |days: u64| day.checked_sub_days(Days::new(days)).unwrap_or(day);
        let ahead = Days::new(u64::from(self.ahead) + 1);
        Window {
            from: back(u64::from(self.past)),
            until: day.checked_add_days(ahead).unwrap_or(day),
            cancelled_since: back(CANCELLED_DAYS),
        }
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
                "invited=0",
                "there is no filter “invited” here; there are past, ahead, lang, detail, status and tag",
            ),
            (
                "alarm=10",
                "there is no filter “alarm” here; there are past, ahead, lang, detail, status and tag",
            ),
        ] {
            assert_eq!(read(query), Err(says.to_owned()), "{query}");
        }
    }

    #[test]
    fn each_feed_has_its_own_filters() {
        let read = |which, query: &str| Ask::read(which, query).err();
        let issue = || Which::Issue { hub: Some("a".into()), slug: "b".into() };
        assert_eq!(read(issue(), "hub=c"), Some("“hub” is in the address already".into()));
        assert!(read(issue(), "tag=c").is_some_and(|says| says.contains("“tag”")));
        assert!(read(Which::Hackathon("x".into()), "past=3").is_some());
        assert_eq!(read(Which::Team, "alarm=0&lang=tr&detail=busy"), None);
        assert!(read(Which::Team, "invited=0").is_some());
        assert_eq!(
            read(Which::Personal, "alarm=40321"),
            Some("“alarm” must be a whole number of minutes from 0 to 40320".into())
        );
        assert_eq!(read(Which::Personal, "invited=no"), Some("“invited” must be 0 or 1".into()));
        let own = Ask::read(Which::Personal, "alarm=30&invited=0").expect("good filters");
        assert_eq!((own.alarm, own.invited), (Some(30), false));
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
