//! A subscription: a calendar around fragments that were rendered when their events changed.
//!
//! Rendering a feed is copying bytes. It has no METHOD, so that DTSTAMP means "last revised"
//! (RFC 5545 §3.8.7.2) and unchanged facts give unchanged bytes. It refuses to know which events
//! belong in it, what time it is, and who asks.

use chrono::DateTime;
use chrono_tz::Tz;

use crate::error::{Error, Named, Refusal};
use crate::guard::{Color, Duration, Lines, Param, Text, Uri, Utc};
use crate::zone::Zones;

/// Independent of the version: it would change every feed's bytes at each release.
pub(crate) const PRODID: &str = "-//Convoke//Convoke//EN";

/// How often a client is asked to look again.
const REFRESH: Duration = Duration::seconds(60 * 60);

/// How often once nothing will come any more.
const REFRESH_ENDED: Duration = Duration::seconds(7 * 24 * 60 * 60);

/// Most events of a subscription. Google stops at about 1,111.
pub const FEED_EVENTS_MAX: usize = 1_000;

/// Most octets of a subscription's events. Google stops at about a megabyte.
pub const FEED_OCTETS_MAX: usize = 900 * 1_000;

/// Longest name, in characters.
const NAME_CHARS_MAX: usize = 120;

/// Longest description, in characters.
const DESCRIPTION_CHARS_MAX: usize = 400;

/// Plain values of a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedValues {
    /// What the calendar is called; must not be empty.
    pub name: String,
    /// One sentence; may be empty.
    pub description: String,
    /// The hub's time zone. Only a hint for clients, all times are UTC.
    pub zone: Tz,
    /// A colour name of CSS3, for example `steelblue`.
    pub color: Option<String>,
    /// The page of the feed.
    pub url: Option<String>,
    /// The address of the feed itself; `None` when it is secret, for it would be shared with the
    /// calendar.
    pub source: Option<String>,
    /// A logo; only in public feeds.
    pub image: Option<String>,
    /// Time of the last fact that changed the feed, removals included.
    pub last_modified: DateTime<chrono::Utc>,
    /// How many events the limits left out. Said in the description, in English; to say it in
    /// the reader's language put it into `description` and leave this 0.
    pub not_shown: u32,
}

/// A subscription whose values are clean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    head: String,
}

impl Feed {
    /// Cleans the texts, checks the rest.
    ///
    /// # Errors
    /// Names the field that cannot be cleaned: an empty name, a link, a colour, a year.
    pub fn new(values: &FeedValues) -> Result<Self, Error> {
        Self::every(REFRESH, values)
    }

    /// A feed that has ended (its token was revoked, its owner left): rendered without fragments
    /// it makes clients forget what they hold, and asks them to come back once a week only. The
    /// name should say it, for example "Access ended".
    ///
    /// # Errors
    /// As [`Feed::new`].
    pub fn ended(values: &FeedValues) -> Result<Self, Error> {
        Self::every(REFRESH_ENDED, values)
    }

    fn every(refresh: Duration, values: &FeedValues) -> Result<Self, Error> {
        let name = Text::line(&values.name, NAME_CHARS_MAX);
        if name.is_empty() {
            return Err(Refusal::Empty.of("name"));
        }
        let link = |raw: &Option<String>| raw.as_deref().map(Uri::parse).transpose();
        let mut lines = Lines::new();
        begin_calendar(&mut lines);
        lines.text("NAME", &name);
        lines.text("X-WR-CALNAME", &name);
        let description = description(&values.description, values.not_shown);
        if !description.is_empty() {
            lines.text("DESCRIPTION", &description);
            lines.text("X-WR-CALDESC", &description);
        }
        lines.zone("X-WR-TIMEZONE", values.zone);
        lines.duration("REFRESH-INTERVAL", &[("VALUE", Param::Word("DURATION"))], refresh);
        lines.duration("X-PUBLISHED-TTL", &[], refresh);
        if let Some(color) = &values.color {
            lines.color("COLOR", &Color::parse(color).named("color")?);
        }
        if let Some(url) = link(&values.url).named("url")? {
            lines.uri("URL", &[], &url);
        }
        if let Some(source) = link(&values.source).named("source")? {
            lines.uri("SOURCE", &[("VALUE", Param::Word("URI"))], &source);
        }
        if let Some(image) = link(&values.image).named("image")? {
            lines.uri("IMAGE", &[("VALUE", Param::Word("URI"))], &image);
        }
        lines.utc("LAST-MODIFIED", Utc::new(values.last_modified).named("last_modified")?);
        Ok(Self { head: lines.finish() })
    }

    /// The feed: its properties, the zones its series need, then the fragments
    /// ([`crate::fragment`], [`crate::Series::fragment`]) in the given order.
    ///
    /// The caller keeps the limits ([`how_many_fit`]). No fragment at all gives an empty
    /// calendar, which makes a client forget what it holds.
    ///
    /// ```
    /// use calendar::{Feed, FeedValues};
    ///
    /// let feed = Feed::new(&FeedValues {
    ///     name: "Hub Westminster".into(),
    ///     description: "Events of the hub".into(),
    ///     zone: chrono_tz::Europe::London,
    ///     color: None,
    ///     url: Some("https://hub.example/".into()),
    ///     source: None,
    ///     image: None,
    ///     last_modified: "2026-04-01T09:00:00Z".parse().expect("an instant"),
    ///     not_shown: 0,
    /// })
    /// .expect("clean values");
    /// let text = feed.render(["BEGIN:VEVENT\r\nUID:1@hub.example\r\nEND:VEVENT\r\n"]);
    /// assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    /// assert!(!text.contains("METHOD"));
    /// assert!(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
    /// ```
    pub fn render<'a>(&self, fragments: impl IntoIterator<Item = &'a str>) -> String {
        let (mut zones, mut body) = (Zones::default(), String::with_capacity(64 * 1024));
        for fragment in fragments {
            zones.scan(fragment);
            body.push_str(fragment);
        }
        let mut lines = Lines::new();
        lines.append(&self.head);
        zones.write(&mut lines);
        lines.append(&body);
        lines.end("VCALENDAR");
        lines.finish()
    }
}

/// How many of these fragments, nearest to now first, one subscription may hold.
///
/// ```
/// let fragment = "x".repeat(1_000);
/// assert_eq!(calendar::how_many_fit(std::iter::repeat_n(fragment.as_str(), 2_000)), 900);
/// ```
pub fn how_many_fit<'a>(nearest_first: impl IntoIterator<Item = &'a str>) -> usize {
    fit(nearest_first.into_iter().map(str::len))
}

fn fit(sizes: impl Iterator<Item = usize>) -> usize {
    let sums = sizes.take(FEED_EVENTS_MAX).scan(0_usize, |octets, size| {
        *octets = octets.saturating_add(size);
        Some(*octets)
    });
    sums.take_while(|octets| *octets <= FEED_OCTETS_MAX).count()
}

/// What a subscription shows of many entries: those nearest to now that fit, in the order of time,
/// and how many did not.
///
/// `of` tells when an entry begins and ends and how many octets it has. What goes on now is
/// nearest; then what is to come and what is over count alike, by the time between.
///
/// ```
/// let at = |hour: u32| -> chrono::DateTime<chrono::Utc> {
///     format!("2026-05-01T{hour:02}:00:00Z").parse().expect("an instant")
/// };
/// let half = calendar::FEED_OCTETS_MAX / 2;
/// let (shown, not_shown) =
///     calendar::nearest(vec![1, 9, 12, 20], at(11), |hour| (at(*hour), at(hour + 1), half));
/// assert_eq!((shown, not_shown), (vec![9, 12], 2));
/// ```
pub fn nearest<T>(
    entries: Vec<T>,
    now: DateTime<chrono::Utc>,
    of: impl Fn(&T) -> (DateTime<chrono::Utc>, DateTime<chrono::Utc>, usize),
) -> (Vec<T>, u32) {
    let mut measured: Vec<_> = entries
        .into_iter()
        .map(|entry| {
            let (start, end, octets) = of(&entry);
            let apart = (start - now).max(now - end).max(chrono::TimeDelta::zero());
            (apart, start, octets, entry)
        })
        .collect();
    measured.sort_by_key(|(apart, start, ..)| (*apart, *start));
    let shown = fit(measured.iter().map(|(_, _, octets, _)| *octets));
    let not_shown = u32::try_from(measured.len() - shown).unwrap_or(u32::MAX);
    measured.truncate(shown);
    measured.sort_by_key(|(_, start, ..)| *start);
    (measured.into_iter().map(|(.., entry)| entry).collect(), not_shown)
}

/// What every calendar begins with. `BEGIN` too, so that `VERSION` stays first: some clients
/// look no further than the first lines.
pub(crate) fn begin_calendar(lines: &mut Lines) {
    lines.begin("VCALENDAR");
    lines.word("VERSION", "2.0");
    lines.word("PRODID", PRODID);
    lines.word("CALSCALE", "GREGORIAN");
}

fn description(raw: &str, not_shown: u32) -> Text {
    let words = Text::line(raw, DESCRIPTION_CHARS_MAX);
    let marker = match not_shown {
        0 => return words,
        1 => "1 event not shown".to_owned(),
        many => format!("{many} events not shown"),
    };
    if words.is_empty() {
        return Text::line(&marker, DESCRIPTION_CHARS_MAX);
    }
    Text::clean(&format!("{}\n{marker}", words.as_str()), DESCRIPTION_CHARS_MAX + marker.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> FeedValues {
        FeedValues {
            name: "Hub".into(),
            description: String::new(),
            zone: Tz::Europe__London,
            color: None,
            url: None,
            source: None,
            image: None,
            last_modified: "2026-04-01T09:00:00Z".parse().expect("an instant"),
            not_shown: 0,
        }
    }

    #[test]
    fn what_cannot_be_cleaned_is_refused_by_name() {
        let refused = |change: fn(&mut FeedValues)| {
            let mut values = values();
            change(&mut values);
            Feed::new(&values).expect_err("a refusal").field
        };
        assert_eq!(refused(|v| v.name = "\r\n".into()), "name");
        assert_eq!(refused(|v| v.color = Some("#fff".into())), "color");
        assert_eq!(refused(|v| v.url = Some("nowhere".into())), "url");
        assert_eq!(refused(|v| v.source = Some("a\r\nb".into())), "source");
        assert_eq!(refused(|v| v.image = Some("file:///x".into())), "image");
    }

    #[test]
    fn what_is_left_out_is_counted_in_the_description() {
        let described = |raw, not_shown| description(raw, not_shown).as_str().to_owned();
        assert_eq!(described("Events", 0), "Events");
        assert_eq!(described("", 1), "1 event not shown");
        assert_eq!(described("Events", 20), "Events\n20 events not shown");
        let long = described(&"x".repeat(999), 20);
        assert!(long.ends_with("\n20 events not shown"), "{long}");
    }

    #[test]
    fn a_name_cannot_become_a_property() {
        let mut values = values();
        values.name = "Hub\r\nX-EVIL:1\rX-EVIL:2".into();
        let text = Feed::new(&values).expect("clean values").render([]);
        assert!(text.contains("\r\nX-WR-CALNAME:Hub X-EVIL:1 X-EVIL:2\r\n"), "{text}");
    }

    #[test]
    fn the_limits_count_events_and_octets() {
        assert_eq!(how_many_fit(std::iter::repeat_n("x", 5_000)), FEED_EVENTS_MAX);
        assert_eq!(how_many_fit([]), 0);
    }
}
