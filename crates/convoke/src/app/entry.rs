//! The journal as people read it: entries of one hub, or about one thing, newest first.
//!
//! What an entry says is chosen by its kind from the catalogues. Names and addresses are never in
//! it: a timeline is read by many.

use async_graphql::connection::{Connection, EmptyFields};
use async_graphql::{ID, Object};
use chrono::{DateTime, Utc};
use graphql::Fault;
use kernel::{HubId, Recorded};

use super::relay::{Cursor, Keyset, PageArgs, Sort};
use super::{App, Reader, Viewer, reply};
use crate::text::{Locale, Text};

/// An entry of the journal: a fact, as it may be shown.
#[derive(Clone, Debug)]
pub struct JournalEntry {
    locale: Locale,
    fact: Recorded<String>,
}

impl JournalEntry {
    /// A fact for somebody who reads this language.
    pub fn new(locale: Locale, fact: Recorded<String>) -> Self {
        Self { locale, fact }
    }

    /// What happened, in one sentence.
    pub fn sentence(&self) -> String {
        let text = Text::new(self.locale);
        let key = format!("fact-{}", kebab(&self.fact.kind));
        if text.has(&key) { text.s(key) } else { words(&self.fact.kind) }
    }

    /// The fact itself.
    pub fn fact(&self) -> &Recorded<String> {
        &self.fact
    }
}

/// `RegistrationConfirmed` → `registration-confirmed`.
fn kebab(kind: &str) -> String {
    words(kind).to_lowercase().replace(' ', "-")
}

/// `RegistrationConfirmed` → `Registration confirmed`.
fn words(kind: &str) -> String {
    let mut out = String::with_capacity(kind.len() + 4);
    for (place, letter) in kind.chars().enumerate() {
        if letter.is_uppercase() && place > 0 {
            out.push(' ');
            out.extend(letter.to_lowercase());
        } else {
            out.push(letter);
        }
    }
    out
}

/// An entry of the journal: something that happened, by whom and when. It never changes.
#[Object]
impl JournalEntry {
    /// The entry's position in the hub's journal: 1, 2, 3 … without gaps.
    async fn position(&self) -> ID {
        ID(self.fact.position.to_string())
    }
    /// What kind of fact it is: a name that never changes its meaning.
    async fn kind(&self) -> &str {
        &self.fact.kind
    }
    /// When the journal recorded it.
    async fn recorded_at(&self) -> DateTime<Utc> {
        self.fact.recorded_at
    }
    /// When it happened, where that was earlier (imports).
    async fn occurred_at(&self) -> DateTime<Utc> {
        self.fact.happened_at()
    }
    /// Who acted: a person's id, `visitor`, or `system:` and one of our own rules.
    async fn actor(&self) -> &str {
        &self.fact.actor
    }
    /// What it was about: the id of the thing whose stream it is in.
    async fn about(&self) -> ID {
        ID(self.fact.stream.id().to_owned())
    }
    /// The version of that thing behind it.
    async fn version(&self) -> i64 {
        self.fact.version
    }
    /// The command that caused it.
    async fn command_id(&self) -> ID {
        ID(self.fact.command_id.to_string())
    }
    /// The position of the fact that made one of our own rules act.
    async fn caused_by(&self) -> Option<ID> {
        self.fact.caused_by.map(|position| ID(position.to_string()))
    }
    /// What happened, in one sentence of your language.
    async fn summary(&self) -> String {
        self.sentence()
    }
}

/// Entries are sorted by position alone; the texts are never run.
const ENTRIES: Keyset = Keyset { forward: "", backward: "", descending: true };

/// How ids of persons begin.
const PERSON: &str = "person_";

/// Whether somebody may see what is listed under the name of a stream or a tag. What names a
/// person is between her and the hub: whoever knows an address could otherwise find its pseudonym
/// in what she makes us record there, and read everything else that person does.
pub fn may_list(viewer: &Viewer, hub: HubId, name: &str) -> bool {
    !name.contains(PERSON)
        || viewer.person.is_some_and(|own| name.contains(&own.to_string()))
        || viewer.is_staff(hub)
}

/// The newest facts of a hub before a position, about a thing or all, as far as somebody may see
/// them.
///
/// # Errors
/// When the database is out of reach.
pub async fn facts(
    app: &App,
    viewer: &Viewer,
    hub: HubId,
    tag: Option<&str>,
    (before, limit): (Option<i64>, i64),
) -> journal::Result<Vec<Recorded<String>>> {
    let (journal, name) = (app.journal(), hub.to_string());
    if tag.is_some_and(|tag| !may_list(viewer, hub, tag)) {
        return Ok(Vec::new());
    }
    match tag {
        _ if !viewer.is_staff(hub) => {
            journal.shown(&name, tag, viewer.person, (before, limit)).await
        }
        Some(tag) => journal.tagged(&name, tag, before, limit).await,
        None => journal.newest(&name, before, limit).await,
    }
}

/// A page of entries, newest first; about one thing when `tag` is its id. On a past, the entries
/// up to there.
///
/// # Errors
/// `BAD_USER_INPUT` for a bad page; faults of the database.
pub async fn entries(
    reader: &Reader,
    hub: HubId,
    tag: Option<&str>,
    args: PageArgs,
) -> async_graphql::Result<Connection<Cursor, JournalEntry, EmptyFields, EmptyFields>> {
    if args.last.is_some() || args.before.is_some() {
        return Err(Fault::bad_user_input("the journal is read with first and after").into());
    }
    let list = format!("journal of {hub} about {}", tag.unwrap_or("everything"));
    let window = args.window(&list, &ENTRIES, false)?;
    let before = window.upper().min(reader.past().map_or(i64::MAX, |past| past.position + 1));
    let (viewer, rows) = (reader.viewer(), (Some(before), window.limit()));
    let facts = facts(reader.app(), viewer, hub, tag, rows).await.map_err(reply::fault)?;
    let locale = viewer.locale;
    Ok(window.connection(
        &list,
        facts,
        |fact| (Sort::from(fact.position), String::new()),
        |fact| JournalEntry::new(locale, fact),
        EmptyFields,
    ))
}

/// Entries of one stream at most, between two versions.
const BETWEEN_MAX: usize = 20;
/// Facts looked at for them, a page at a time: a thing's tag is on facts of other streams, too.
const BETWEEN_PAGE: i64 = 100;
/// Pages looked at.
const BETWEEN_PAGES_MAX: usize = 5;

/// What happened in a stream after one version, up to another, newest first.
///
/// # Errors
/// When the database is out of reach.
pub async fn between(
    reader: &Reader,
    stream: &str,
    after: i64,
    until: i64,
) -> async_graphql::Result<Vec<JournalEntry>> {
    let app = reader.app();
    let stream = kernel::StreamId::stored(stream.to_owned());
    let Some(hub) = app.hub_of(stream.id()).await.map_err(reply::fault)? else {
        return Ok(Vec::new());
    };
    let (hub, locale) = (hub.to_string(), reader.viewer().locale);
    let mut found = Vec::new();
    let mut before = None;
    for _ in 0..BETWEEN_PAGES_MAX {
        let page = app.journal().tagged(&hub, stream.id(), before, BETWEEN_PAGE).await;
        let page = page.map_err(reply::fault)?;
        before = page.last().map(|fact| fact.position);
        let own = page.into_iter().filter(|fact| fact.stream == stream);
        let own: Vec<Recorded<String>> = own.collect();
        let is_behind = own.iter().any(|fact| fact.version <= after);
        found.extend(own.into_iter().filter(|fact| fact.version > after && fact.version <= until));
        if is_behind || before.is_none() || found.len() >= BETWEEN_MAX {
            break;
        }
    }
    found.truncate(BETWEEN_MAX);
    Ok(found.into_iter().map(|fact| JournalEntry::new(locale, fact)).collect())
}

/// The journal of a hub, as a part of the hub.
pub struct HubJournal {
    /// Reads for this request.
    pub read: Reader,
    /// The hub.
    pub hub: HubId,
}

/// What happened in this hub.
#[Object]
impl HubJournal {
    /// What happened, newest first. It shows kinds, times and pseudonyms, never names. What lies
    /// between the hub and one person, only she and those who work for the hub see.
    async fn journal(
        &self,
        #[graphql(desc = "Only what concerns this thing: its id.")] tag: Option<ID>,
        #[graphql(desc = "How many, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<Connection<Cursor, JournalEntry, EmptyFields, EmptyFields>> {
        let args = PageArgs { first, after, ..PageArgs::default() };
        entries(&self.read, self.hub, tag.as_ref().map(|id| id.as_str()), args).await
    }
}
