//! The outbox in the API: where the mails of a hub stand, and what is held back.

#![expect(clippy::too_many_arguments, reason = "a list takes its filters and the four of a page")]

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::connection::{Connection, EmptyFields};
use async_graphql::dataloader::Loader;
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use journal::instant;
use kernel::{HubId, Role};

use super::decider::MailKind;
use super::view::{self, HoldRow, MailLine, name_of};
use crate::app::input::reader;
use crate::app::read::Batch;
use crate::app::relay::{Cursor, List, PageArgs, Sort, Total};
use crate::app::{Reader, reply};

/// Where a mail stands.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
    async_graphql::Enum,
)]
#[strum(serialize_all = "kebab-case")]
pub enum MailState {
    /// It waits for its time, or for the answer of an attempt.
    Waiting,
    /// A mail server has taken it.
    Sent,
    /// Nobody knows whether it arrived, and a second copy would do harm.
    MaybeSent,
    /// It was refused for good, or could not be written.
    Failed,
    /// It was not sent while it was worth reading.
    Expired,
    /// A newer one says what it would have said.
    Superseded,
    /// It was never to be sent; `lastText` says why.
    Skipped,
}

/// Something operators hold back.
#[derive(Clone, Debug, SimpleObject)]
pub struct MailHold {
    /// What kind of mail; null for all mail.
    pub kind: Option<MailKind>,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// The persons of hubs whose addresses are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AddressKey {
    /// The hub.
    pub hub: String,
    /// The person.
    pub person: String,
}

impl Loader<AddressKey> for Batch {
    type Value = String;
    type Error = Arc<journal::Error>;

    async fn load(&self, keys: &[AddressKey]) -> Result<HashMap<AddressKey, String>, Self::Error> {
        let persons: Vec<String> = keys.iter().map(|key| key.person.clone()).collect();
        let rows = view::addresses(&self.db, &persons).await?;
        let known = rows.into_iter().filter_map(|row| {
            Some((AddressKey { hub: row.journal, person: row.person }, row.email?))
        });
        Ok(known.filter(|(key, _)| keys.contains(key)).collect())
    }
}

/// Everything that is held back.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HoldsKey;

impl Loader<HoldsKey> for Batch {
    type Value = Vec<HoldRow>;
    type Error = Arc<journal::Error>;

    async fn load(
        &self,
        _keys: &[HoldsKey],
    ) -> Result<HashMap<HoldsKey, Self::Value>, Self::Error> {
        Ok(HashMap::from([(HoldsKey, view::holds(&self.db).await?)]))
    }
}

/// A mail on its way, or at its end.
pub struct OutboxMail {
    read: Reader,
    row: MailLine,
}

impl OutboxMail {
    /// One mail by the name its Message-ID begins with; `None` when there is none, or whoever asks
    /// does not work for its hub.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn load(read: &Reader, name: &str) -> async_graphql::Result<Option<Self>> {
        let row = view::mail(read.db(), name).await.map_err(reply::fault)?;
        let row = row.filter(|row| read.is_for_staff(&row.journal));
        Ok(row.map(|row| Self { read: read.clone(), row }))
    }
}

/// A mail on its way, or at its end. For those who work for its hub.
#[Object]
impl OutboxMail {
    /// Its name: what its Message-ID begins with.
    async fn id(&self) -> ID {
        ID(name_of(&self.row.id).to_owned())
    }
    /// Its Message-ID, the same on each attempt.
    async fn message_id(&self) -> &str {
        &self.row.id
    }
    /// Where it stands.
    async fn state(&self) -> Option<MailState> {
        self.row.state.parse().ok()
    }
    /// What it is about, as far as sending depends on it.
    async fn kind(&self) -> Option<MailKind> {
        self.row.kind.parse().ok()
    }
    /// Which letter it is: `event-updated`.
    async fn letter(&self) -> &str {
        &self.row.template
    }
    /// The thing it is about.
    async fn about_id(&self) -> ID {
        ID(self.row.about.clone())
    }
    /// Whom it is for.
    async fn recipient_id(&self) -> ID {
        ID(self.row.recipient.clone())
    }
    /// The address the hub has of her now; null when she was erased.
    async fn recipient(&self) -> async_graphql::Result<Option<String>> {
        let MailLine { journal, recipient, .. } = &self.row;
        let key = AddressKey { hub: journal.clone(), person: recipient.clone() };
        self.read.loader().load_one(key).await.map_err(reply::fault)
    }
    /// The language it is written in.
    async fn locale(&self) -> &str {
        &self.row.locale
    }
    /// When it was written.
    async fn planned_at(&self) -> DateTime<Utc> {
        instant(self.row.planned_at)
    }
    /// When it is tried next; null when it has come to its end.
    async fn next_attempt_at(&self) -> Option<DateTime<Utc>> {
        (self.row.state == "waiting").then(|| instant(self.row.due_at))
    }
    /// When it is no longer worth sending.
    async fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.row.expires_at.map(instant)
    }
    /// When it came to its end.
    async fn done_at(&self) -> Option<DateTime<Utc>> {
        self.row.done_at.map(instant)
    }
    /// How often it was tried.
    async fn attempts(&self) -> i64 {
        self.row.attempts
    }
    /// The last reply's code.
    async fn last_code(&self) -> Option<i64> {
        self.row.last_code
    }
    /// The last reply's text, or why it was not sent; without the recipient's address.
    async fn last_text(&self) -> Option<&str> {
        self.row.last_text.as_deref().filter(|text| !text.is_empty())
    }
    /// Whose fault the last attempt's end was: `mailbox-full`, `policy`, `passing` and others.
    async fn fault(&self) -> Option<&str> {
        self.row.fault.as_deref()
    }
    /// The name of the newer mail that says what this one would have said.
    async fn superseded_by(&self) -> Option<ID> {
        self.row.superseded_by.as_deref().map(|id| ID(name_of(id).to_owned()))
    }
    /// Whether operators hold it back now.
    async fn is_held(&self) -> async_graphql::Result<bool> {
        if self.row.state != "waiting" {
            return Ok(false);
        }
        let holds = self.read.loader().load_one(HoldsKey).await.map_err(reply::fault)?;
        let mut holds = holds.unwrap_or_default().into_iter();
        Ok(holds.any(|hold| hold.kind == view::ALL || hold.kind == self.row.kind))
    }
}

/// The outbox of a hub, as a part of the hub.
pub struct HubOutbox {
    /// Reads for this request.
    pub read: Reader,
    /// The hub.
    pub hub: HubId,
}

/// The mails of a hub.
#[Object]
impl HubOutbox {
    /// Its mails, the newest first; for those who work for the hub, empty for others.
    async fn outbox(
        &self,
        #[graphql(desc = "Only these.")] state: Option<MailState>,
        #[graphql(desc = "Only of this kind.")] kind: Option<MailKind>,
        #[graphql(desc = "Only to this person.")] recipient_id: Option<ID>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Cursor, OutboxMail, Total, EmptyFields>> {
        let is_staff = self.read.viewer().is_staff(self.hub);
        // Nobody's journal has no name.
        let hub = if is_staff { self.hub.to_string() } else { String::new() };
        let text = |text: Option<String>| text.unwrap_or_default();
        let state = text(state.map(|state| state.to_string()));
        let kind = text(kind.map(|kind| kind.to_string()));
        let person = text(recipient_id.map(|id| id.0));
        let list = List {
            name: format!("outbox of {hub} {state} {kind} {person}"),
            keyset: &view::MAILS,
            by_text: false,
            count: view::COUNT,
            journal: &hub,
            filters: journal::args![state, kind, person],
        };
        let key = |row: &MailLine| (Sort::from(row.planned_at), row.id.clone());
        let node = |row| OutboxMail { read: self.read.clone(), row };
        PageArgs { first, after, last, before }.of(&self.read, list, key, node).await
    }
}

/// What may be asked of the outbox.
#[derive(Default)]
pub struct OutboxQueries;

/// What may be asked.
#[Object]
impl OutboxQueries {
    /// What operators hold back; for network admins, empty for others.
    async fn mail_holds(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<MailHold>> {
        let read = reader(ctx)?;
        if !read.viewer().actor(None).is_any(&[Role::NetworkAdmin]) {
            return Ok(Vec::new());
        }
        holds(&read).await
    }
}

/// What is held back now.
pub(crate) async fn holds(read: &Reader) -> async_graphql::Result<Vec<MailHold>> {
    let rows = view::holds(read.db()).await.map_err(reply::fault)?;
    let shown =
        |row: HoldRow| MailHold { kind: row.kind.parse().ok(), since: instant(row.held_at) };
    Ok(rows.into_iter().map(shown).collect())
}
