//! An event as calendars know it, and its VEVENT.
//!
//! [`EventValues`] are plain values from a view; [`Event::new`] cleans or refuses them; an
//! [`Event`] can only be written correctly. The order of the properties is fixed, so the same
//! values give the same bytes. ORGANIZER and ATTENDEE are not properties of an event here: feeds
//! never have them, invitations add them ([`crate::invitation`]).

mod values;

use chrono::DateTime;

pub use values::{Class, Conference, EventValues, Geo, Status, Transparency, When};

use crate::error::{Error, Named, Refusal};
use crate::guard::{Date, Lines, Param, ParamText, Place, Text, Uid, Uri, Utc};

/// Longest summary, in characters: what a month view and a subject line can hold.
pub const SUMMARY_CHARS_MAX: usize = 200;
/// Longest location, in characters.
pub const LOCATION_CHARS_MAX: usize = 300;
/// Longest description, in characters, the links at its end included.
pub const DESCRIPTION_CHARS_MAX: usize = 4_000;
/// Longest category or contact, in characters.
pub const WORD_CHARS_MAX: usize = 200;
/// Most categories of one event; more are left out.
pub const CATEGORIES_MAX: usize = 20;

/// An event whose values are clean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    uid: Uid,
    stamp: Utc,
    created: Option<Utc>,
    last_modified: Utc,
    sequence: u32,
    span: Span,
    summary: Text,
    description: Text,
    location: Text,
    url: Option<Uri>,
    status: Status,
    transparency: Transparency,
    categories: Vec<Text>,
    place: Option<Place>,
    conference: Option<(Uri, ParamText)>,
    class: Class,
    related_to: Option<Uid>,
    contact: Text,
}

/// Both ends, of one kind, the second after the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Span {
    Instants(Utc, Utc),
    Days(Date, Date),
}

impl Event {
    /// Cleans the texts, checks the rest.
    ///
    /// # Errors
    /// Names the field that cannot be cleaned: a link, an identity, a place, a year, an empty
    /// summary, an end that is not after the start.
    ///
    /// ```
    /// use calendar::{Event, EventValues, When};
    /// # fn at(text: &str) -> chrono::DateTime<chrono::Utc> { text.parse().expect("an instant") }
    ///
    /// let start = When::Utc(at("2026-05-01T17:00:00Z"));
    /// let mut values = EventValues::new("event_1@hub.example", at("2026-04-01T09:00:00Z"), start, start);
    /// values.summary = "Solar co-op, first meeting".into();
    /// assert_eq!(Event::new(&values).expect_err("no length").to_string(), "end is not after the start");
    ///
    /// values.end = When::Utc(at("2026-05-01T19:00:00Z"));
    /// assert!(Event::new(&values).is_ok());
    /// ```
    pub fn new(values: &EventValues) -> Result<Self, Error> {
        let stamp = Utc::new(values.stamp).named("stamp")?;
        let summary = Text::line(&values.summary, SUMMARY_CHARS_MAX);
        if summary.is_empty() {
            return Err(Refusal::Empty.of("summary"));
        }
        // RFC 5545 §3.3.8: a signed 32-bit number.
        if i32::try_from(values.sequence).is_err() {
            return Err(Refusal::NumberOutOfRange.of("sequence"));
        }
        let url = values.url.as_deref().map(Uri::parse).transpose().named("url")?;
        let conference = values.conference.as_ref().map(join).transpose().named("conference")?;
        let geo = values.geo.map(|geo| Place::new(geo.latitude, geo.longitude));
        let instant = |at: Option<DateTime<chrono::Utc>>| at.map(Utc::new).transpose();
        Ok(Self {
            uid: Uid::parse(&values.uid).named("uid")?,
            stamp,
            created: instant(values.created).named("created")?,
            last_modified: instant(values.last_modified).named("last_modified")?.unwrap_or(stamp),
            sequence: values.sequence,
            span: span(values.start, values.end)?,
            description: description(&values.description, url.as_ref(), conference.as_ref()),
            location: Text::line(&values.location, LOCATION_CHARS_MAX),
            status: values.status,
            transparency: values.transparency,
            categories: categories(&values.categories),
            place: geo.transpose().named("geo")?,
            class: values.class,
            related_to: values
                .related_to
                .as_deref()
                .map(Uid::parse)
                .transpose()
                .named("related_to")?,
            contact: Text::line(&values.contact, WORD_CHARS_MAX),
            summary,
            url,
            conference,
        })
    }

    /// The same event in a message of its own time: an invitation's DTSTAMP is when the message
    /// was made, not when the event last changed.
    ///
    /// # Errors
    /// A stamp outside the years 1900 to 9999.
    pub fn stamped(&self, stamp: DateTime<chrono::Utc>) -> Result<Self, Error> {
        Ok(Self { stamp: Utc::new(stamp).named("stamp")?, ..self.clone() })
    }

    /// The identity.
    pub fn uid(&self) -> &str {
        self.uid.as_str()
    }

    /// DTSTAMP, whole seconds.
    pub fn stamp(&self) -> DateTime<chrono::Utc> {
        self.stamp.get()
    }

    /// SEQUENCE.
    pub fn sequence(&self) -> u32 {
        self.sequence
    }

    /// When it begins.
    pub fn start(&self) -> When {
        match self.span {
            Span::Instants(start, _) => When::Utc(start.get()),
            Span::Days(start, _) => When::Date(start.get()),
        }
    }

    /// When it is over; for days, the first day after.
    pub fn end(&self) -> When {
        match self.span {
            Span::Instants(_, end) => When::Utc(end.get()),
            Span::Days(_, end) => When::Date(end.get()),
        }
    }

    /// The cleaned title.
    pub fn summary(&self) -> &str {
        self.summary.as_str()
    }

    /// The cleaned description with the links at its end; may be empty.
    pub fn description(&self) -> &str {
        self.description.as_str()
    }

    /// The cleaned place; may be empty.
    pub fn location(&self) -> &str {
        self.location.as_str()
    }

    /// The page as it is written.
    pub fn url(&self) -> Option<&str> {
        self.url.as_ref().map(Uri::as_str)
    }

    /// Whether it takes place.
    pub fn status(&self) -> Status {
        self.status
    }

    /// The cleaned tags, in their given order, without empty ones and repetitions.
    pub fn categories(&self) -> impl Iterator<Item = &str> {
        self.categories.iter().map(Text::as_str)
    }

    /// Whom to ask; may be empty.
    pub fn contact(&self) -> &str {
        self.contact.as_str()
    }

    /// `latitude;longitude` as it is written.
    pub fn geo(&self) -> Option<&str> {
        self.place.as_ref().map(Place::as_str)
    }

    /// The link to join by and its label, which may be empty.
    pub fn conference(&self) -> Option<(&str, &str)> {
        self.conference.as_ref().map(|(link, label)| (link.as_str(), label.as_str()))
    }

    /// Identity of the event this one is a part of.
    pub fn related_to(&self) -> Option<&str> {
        self.related_to.as_ref().map(Uid::as_str)
    }

    /// Writes the properties. The status is given, because a CANCEL says CANCELLED whatever the
    /// event's own status is: one person may be uninvited from an event that takes place.
    pub(crate) fn write(&self, lines: &mut Lines, status: Status) {
        lines.uid("UID", &[], &self.uid);
        lines.utc("DTSTAMP", self.stamp);
        if let Some(created) = self.created {
            lines.utc("CREATED", created);
        }
        lines.utc("LAST-MODIFIED", self.last_modified);
        lines.number("SEQUENCE", self.sequence);
        match self.span {
            Span::Instants(start, end) => {
                lines.utc("DTSTART", start);
                lines.utc("DTEND", end);
            }
            Span::Days(start, end) => {
                lines.date("DTSTART", start);
                lines.date("DTEND", end);
            }
        }
        lines.text("SUMMARY", &self.summary);
        self.write_words(lines);
        lines.word("STATUS", status.as_str());
        lines.word("TRANSP", self.transparency.as_str());
        lines.word("CLASS", self.class.as_str());
        if !self.categories.is_empty() {
            lines.texts("CATEGORIES", &self.categories);
        }
        if let Some(parent) = &self.related_to {
            lines.uid("RELATED-TO", &[("RELTYPE", Param::Word("PARENT"))], parent);
        }
        if let Some((link, label)) = &self.conference {
            write_conference(lines, link, label);
        }
    }

    fn write_words(&self, lines: &mut Lines) {
        for (name, text) in [
            ("DESCRIPTION", &self.description),
            ("LOCATION", &self.location),
            ("CONTACT", &self.contact),
        ] {
            if !text.is_empty() {
                lines.text(name, text);
            }
        }
        if let Some(place) = &self.place {
            lines.place("GEO", place);
        }
        if let Some(url) = &self.url {
            lines.uri("URL", &[], url);
        }
    }
}

/// One rendered VEVENT, to be kept and put into feeds.
///
/// ```
/// use calendar::{Event, EventValues, When, fragment};
/// # fn at(text: &str) -> chrono::DateTime<chrono::Utc> { text.parse().expect("an instant") }
///
/// let mut values = EventValues::new(
///     "event_1@hub.example",
///     at("2026-04-01T09:00:00Z"),
///     When::Utc(at("2026-05-01T17:00:00Z")),
///     When::Utc(at("2026-05-01T19:00:00Z")),
/// );
/// values.summary = "Solar co-op; first meeting".into();
/// let vevent = fragment(&Event::new(&values).expect("clean values"));
/// assert!(vevent.starts_with("BEGIN:VEVENT\r\nUID:event_1@hub.example\r\n"));
/// assert!(vevent.contains("\r\nSUMMARY:Solar co-op\\; first meeting\r\n"));
/// ```
pub fn fragment(event: &Event) -> String {
    let mut lines = Lines::new();
    lines.begin("VEVENT");
    event.write(&mut lines, event.status);
    lines.end("VEVENT");
    let text = lines.finish();
    debug_assert_eq!(crate::check::event(event, &text), Ok(()));
    text
}

fn span(start: When, end: When) -> Result<Span, Error> {
    let span = match (start, end) {
        (When::Utc(start), When::Utc(end)) => {
            Span::Instants(Utc::new(start).named("start")?, Utc::new(end).named("end")?)
        }
        (When::Date(start), When::Date(end)) => {
            Span::Days(Date::new(start).named("start")?, Date::new(end).named("end")?)
        }
        (When::Utc(_), When::Date(_)) | (When::Date(_), When::Utc(_)) => {
            return Err(Refusal::MixedKinds.of("end"));
        }
    };
    let ordered = match span {
        Span::Instants(start, end) => end > start,
        Span::Days(start, end) => end > start,
    };
    if ordered { Ok(span) } else { Err(Refusal::NotAfterStart.of("end")) }
}

fn join(conference: &Conference) -> Result<(Uri, ParamText), Refusal> {
    Ok((Uri::parse(&conference.link)?, ParamText::clean(&conference.label)))
}

fn write_conference(lines: &mut Lines, link: &Uri, label: &ParamText) {
    // The library adds nothing here: VALUE is required by RFC 7986 §5.11.
    let kind = ("VALUE", Param::Word("URI"));
    let feature = ("FEATURE", Param::Word("VIDEO"));
    if label.is_empty() {
        lines.uri("CONFERENCE", &[kind, feature], link);
    } else {
        lines.uri("CONFERENCE", &[kind, feature, ("LABEL", Param::Quoted(label))], link);
    }
}

fn categories(raw: &[String]) -> Vec<Text> {
    let mut words: Vec<Text> = Vec::new();
    for word in raw.iter().map(|word| Text::word(word, WORD_CHARS_MAX)) {
        if words.len() < CATEGORIES_MAX && !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// The description, the join link, and last the page: some clients show neither property. The
/// words are cut, the links are whole.
fn description(raw: &str, url: Option<&Uri>, conference: Option<&(Uri, ParamText)>) -> Text {
    let body = Text::clean(raw, DESCRIPTION_CHARS_MAX);
    let mut links: Vec<String> = Vec::new();
    if let Some((link, label)) = conference
        && Some(link) != url
        && !body.as_str().contains(link.as_str())
    {
        let label = if label.is_empty() { String::new() } else { format!("{}: ", label.as_str()) };
        links.push(label + link.as_str());
    }
    if let Some(url) = url
        && (!links.is_empty() || !body.as_str().ends_with(url.as_str()))
    {
        links.push(url.as_str().to_owned());
    }
    if links.is_empty() {
        return body;
    }
    let links = links.join("\n");
    let room = DESCRIPTION_CHARS_MAX.saturating_sub(links.chars().count() + "\n\n".len());
    let body = Text::clean(body.as_str(), room);
    // Once more as a whole: a blank line is not put before links that stand alone.
    Text::clean(&format!("{}\n\n{links}", body.as_str()), DESCRIPTION_CHARS_MAX)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn at(text: &str) -> DateTime<chrono::Utc> {
        text.parse().expect("an instant")
    }

    fn values() -> EventValues {
        let mut values = EventValues::new(
            "event_1@hub.example",
            at("2026-04-01T09:00:00Z"),
            When::Utc(at("2026-05-01T17:00:00Z")),
            When::Utc(at("2026-05-01T19:00:00Z")),
        );
        values.summary = "Solar".into();
        values
    }

    fn refused(change: impl FnOnce(&mut EventValues)) -> Error {
        let mut values = values();
        change(&mut values);
        Event::new(&values).expect_err("a refusal")
    }

    #[test]
    fn what_cannot_be_cleaned_is_refused_by_name() {
        let day = |day| When::Date(NaiveDate::from_ymd_opt(2026, 5, day).expect("a day"));
        let far = at("+10000-01-01T00:00:00Z");
        let refusals = [
            refused(|v| v.uid = "a b".into()),
            refused(|v| v.summary = "\u{0}\r\n \u{202E}".into()),
            refused(|v| v.url = Some("https://x.example/\rX:1".into())),
            refused(|v| v.related_to = Some(String::new())),
            refused(|v| v.geo = Some(Geo { latitude: 91.0, longitude: 0.0 })),
            refused(|v| {
                v.conference = Some(Conference { link: "x".into(), label: String::new() });
            }),
            refused(|v| v.stamp = far),
            refused(|v| v.created = Some(far)),
            refused(|v| v.end = When::Utc(far)),
            refused(|v| v.sequence = u32::MAX),
            refused(|v| v.end = v.start),
            refused(|v| v.end = day(2)),
            refused(|v| (v.start, v.end) = (day(2), day(2))),
            // Equal once the fractions are cut.
            refused(|v| v.end = When::Utc(at("2026-05-01T17:00:00.9Z"))),
        ];
        let sentences: Vec<String> = refusals.iter().map(Error::to_string).collect();
        assert_eq!(
            sentences,
            [
                "uid is not an identity made of letters, digits and -_.@+=~",
                "summary is empty once cleaned",
                "url is not an http, https or mailto link",
                "related_to is empty once cleaned",
                "geo is not a place on the globe",
                "conference is not an http, https or mailto link",
                "stamp lies outside the years 1900 to 9999",
                "created lies outside the years 1900 to 9999",
                "end lies outside the years 1900 to 9999",
                "sequence is larger than 2147483647",
                "end is not after the start",
                "end is not of the kind the start is (day or instant)",
                "end is not after the start",
                "end is not after the start",
            ]
        );
    }

    #[test]
    fn the_description_ends_with_the_links() {
        let mut values = values();
        values.description = "Bring a lamp.\n".into();
        values.url = Some("https://hub.example/e/1".into());
        let text = |values: &EventValues| {
            Event::new(values).expect("clean values").description().to_owned()
        };
        assert_eq!(text(&values), "Bring a lamp.\n\nhttps://hub.example/e/1");

        values.conference = Some(Conference {
            link: "https://meet.example/x".into(),
            label: "Join \"online\"".into(),
        });
        assert_eq!(
            text(&values),
            "Bring a lamp.\n\nJoin 'online': https://meet.example/x\nhttps://hub.example/e/1"
        );

        values.description.clear();
        values.conference = None;
        assert_eq!(text(&values), "https://hub.example/e/1");
        values.description = "See https://hub.example/e/1".into();
        assert_eq!(text(&values), "See https://hub.example/e/1", "a link is not repeated");

        values.description = "x".repeat(10_000);
        let cut = text(&values);
        assert_eq!(cut.chars().count(), DESCRIPTION_CHARS_MAX);
        assert!(cut.ends_with("x\n\nhttps://hub.example/e/1"));
    }

    #[test]
    fn texts_are_cut_at_their_limits() {
        let mut values = values();
        values.summary = "s".repeat(10_000);
        values.location = "l\r\n".repeat(10_000);
        values.categories = vec!["a,b".into(), " ".into(), "a,b".into(), "c".repeat(999)];
        let event = Event::new(&values).expect("clean values");
        assert_eq!(event.summary().len(), SUMMARY_CHARS_MAX);
        assert_eq!(event.location().len(), LOCATION_CHARS_MAX - 1, "no blank at the end");
        let lengths: Vec<usize> = event.categories().map(str::len).collect();
        assert_eq!(lengths, [3, WORD_CHARS_MAX]);
    }

    #[test]
    fn a_message_has_its_own_stamp_and_the_event_keeps_its_change() {
        let event = Event::new(&values()).expect("clean values");
        let message = event.stamped(at("2026-04-02T10:00:00.5Z")).expect("a stamp");
        let text = fragment(&message);
        assert!(text.contains("\r\nDTSTAMP:20260402T100000Z\r\n"), "{text}");
        assert!(text.contains("\r\nLAST-MODIFIED:20260401T090000Z\r\n"), "{text}");
    }
}
