//! What comes back from a mutation: the object, the reasons why not, the receipt.

use async_graphql::{Context, ID, Interface, Object, SimpleObject};
use chrono::{DateTime, Utc};
use graphql::Fault;
use journal::Receipt;
use kernel::Refusal;
use serde_json::Value as Json;

use super::codes::ErrorCode;
use super::entry::{self, JournalEntry};
use super::{App, Reader, Viewer};
use crate::text::{Locale, Text};

/// The product of a request.
///
/// # Errors
/// When the request came without it: a broken wiring.
pub fn app(ctx: &Context<'_>) -> Result<App, Fault> {
    ctx.data::<App>().cloned().map_err(|cause| Fault::internal(cause.message))
}

/// Who asks.
///
/// # Errors
/// When the request came without one: a broken wiring.
pub fn viewer(ctx: &Context<'_>) -> Result<Viewer, Fault> {
    ctx.data::<Viewer>().cloned().map_err(|cause| Fault::internal(cause.message))
}

/// A fault of the journal, as the API says it.
pub fn fault(
    cause: impl std::borrow::Borrow<journal::Error> + std::fmt::Display,
) -> async_graphql::Error {
    if cause.borrow().is_passing() {
        Fault::unavailable().into()
    } else {
        Fault::internal(cause).into()
    }
}

/// What became of a mutation, before it is made the payload of its own type.
#[derive(Debug)]
pub struct Settled {
    /// The id of the thing it concerns, when it was accepted.
    pub about: Option<String>,
    /// Reads the views as they are behind the command.
    pub reader: Reader,
    /// The reasons why not, in the caller's language.
    pub errors: Vec<UserError>,
    /// The same as the rules gave them.
    pub refusals: Vec<Refusal>,
    /// The proof; `None` when refused or on a dry run.
    pub receipt: Option<CommandReceipt>,
}

impl Settled {
    /// The object the command concerns, as it is now; `None` when it was refused.
    ///
    /// # Errors
    /// Whatever loading it says.
    pub async fn load<T, F>(
        &self,
        load: impl FnOnce(Reader, String) -> F,
    ) -> async_graphql::Result<Option<T>>
    where
        F: Future<Output = async_graphql::Result<Option<T>>>,
    {
        match &self.about {
            Some(about) => load(self.reader.clone(), about.clone()).await,
            None => Ok(None),
        }
    }
}

/// Declares the payload of one mutation:
/// `payload! { /// What came of it. ProposeIssuePayload { /// The issue. issue: Issue } }`.
/// Build it with `Payload::new(settled, object)`.
#[macro_export]
macro_rules! payload {
    ($(#[$meta:meta])* $name:ident { $(#[$doc:meta])* $field:ident : $type:ty $(,)? }) => {
        $(#[$meta])*
        #[derive(async_graphql::SimpleObject)]
        pub struct $name {
            $(#[$doc])*
            pub $field: Option<$type>,
            /// Why not; empty when the command was accepted.
            pub user_errors: Vec<$crate::app::reply::UserError>,
            /// Proof of the accepted command; null when it was refused or a dry run.
            pub receipt: Option<$crate::app::reply::CommandReceipt>,
        }

        impl $name {
            /// The payload of what came of the command.
            pub fn new(settled: $crate::app::reply::Settled, $field: Option<$type>) -> Self {
                Self { $field, user_errors: settled.errors, receipt: settled.receipt }
            }
        }
    };
}

/// Proof that a command was accepted and is durable.
#[derive(Clone, Debug, SimpleObject)]
pub struct CommandReceipt {
    /// The command's id: give it again and you get this same answer.
    pub command_id: ID,
    /// The hub's position behind it: everything read from here on shows it.
    pub position: ID,
    /// The version of the object behind it.
    pub version: i64,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// Whether this answers an earlier command of the same id.
    pub replayed: bool,
}

impl CommandReceipt {
    /// From the journal's receipt.
    pub fn new(receipt: &Receipt, replayed: bool) -> Self {
        Self {
            command_id: ID(receipt.command_id.to_string()),
            position: ID(receipt.position.to_string()),
            version: receipt.version,
            recorded_at: receipt.recorded_at,
            replayed,
        }
    }
}

/// Why a command was refused. Typed ones carry the figures that decided.
#[derive(Clone, Debug, Interface)]
#[graphql(
    field(name = "code", ty = "ErrorCode", desc = "What stays the same in every language."),
    field(name = "message", ty = "String", desc = "The reason in the caller's language."),
    field(
        name = "field",
        ty = "Option<Vec<String>>",
        desc = "The path of the input field it concerns, if it concerns one."
    )
)]
pub enum UserError {
    /// Any rule.
    RuleViolation(RuleViolation),
    /// All places are taken.
    CapacityReached(CapacityReached),
    /// Somebody was faster.
    VersionConflict(VersionConflict),
}

/// What all refusals have.
#[derive(Clone, Debug)]
pub struct Reason {
    code: String,
    message: String,
    field: Option<Vec<String>>,
}

/// A rule said no.
#[derive(Clone, Debug)]
pub struct RuleViolation {
    reason: Reason,
    figures: Vec<Figure>,
}

/// A figure that decided.
#[derive(Clone, Debug, SimpleObject)]
pub struct Figure {
    /// What it is: `capacity`, `before`, `max`.
    pub name: String,
    /// Its value as text; lists and structures as JSON.
    pub value: String,
}

/// A rule said no.
#[Object]
impl RuleViolation {
    /// What stays the same in every language.
    async fn code(&self) -> ErrorCode {
        ErrorCode(self.reason.code.clone())
    }
    /// The reason in the caller's language.
    async fn message(&self) -> String {
        self.reason.message.clone()
    }
    /// The path of the input field it concerns, if it concerns one.
    async fn field(&self) -> Option<Vec<String>> {
        self.reason.field.clone()
    }
    /// The figures that decided.
    async fn figures(&self) -> Vec<Figure> {
        self.figures.clone()
    }
}

/// All places are taken.
#[derive(Clone, Debug)]
pub struct CapacityReached {
    reason: Reason,
    capacity: i64,
    waiting: i64,
}

/// All places are taken.
#[Object]
impl CapacityReached {
    /// What stays the same in every language.
    async fn code(&self) -> ErrorCode {
        ErrorCode(self.reason.code.clone())
    }
    /// The reason in the caller's language.
    async fn message(&self) -> String {
        self.reason.message.clone()
    }
    /// The path of the input field it concerns, if it concerns one.
    async fn field(&self) -> Option<Vec<String>> {
        self.reason.field.clone()
    }
    /// How many places there are.
    async fn capacity(&self) -> i64 {
        self.capacity
    }
    /// How many wait already.
    async fn waitlist_length(&self) -> i64 {
        self.waiting
    }
}

/// The thing changed since the form was filled in.
#[derive(Clone, Debug)]
pub struct VersionConflict {
    reason: Reason,
    expected: i64,
    actual: i64,
    stream: String,
}

/// The thing changed since the form was filled in.
#[Object]
impl VersionConflict {
    /// What stays the same in every language.
    async fn code(&self) -> ErrorCode {
        ErrorCode(self.reason.code.clone())
    }
    /// The reason in the caller's language.
    async fn message(&self) -> String {
        self.reason.message.clone()
    }
    /// The path of the input field it concerns, if it concerns one.
    async fn field(&self) -> Option<Vec<String>> {
        self.reason.field.clone()
    }
    /// The version the form was filled in on.
    async fn expected(&self) -> i64 {
        self.expected
    }
    /// The version there is.
    async fn actual(&self) -> i64 {
        self.actual
    }
    /// What happened to it in between and by whom, the newest 20 first: what a form can show beside
    /// what was typed.
    async fn changed_by(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<JournalEntry>> {
        let read = super::input::reader(ctx)?;
        entry::between(&read, &self.stream, self.expected, self.actual).await
    }
}

impl UserError {
    /// A refusal in somebody's language.
    pub fn of(refusal: &Refusal, locale: Locale) -> Self {
        let reason = Reason {
            code: refusal.code.clone(),
            message: Text::new(locale).refusal(refusal),
            field: refusal.field.clone(),
        };
        let number = |name: &str| refusal.details.get(name).and_then(Json::as_i64).unwrap_or(0);
        match refusal.code.as_str() {
            "QUOTA_FULL" | "CAPACITY_REACHED" => {
                let (capacity, waiting) = (number("capacity"), number("waiting"));
                Self::CapacityReached(CapacityReached { reason, capacity, waiting })
            }
            "VERSION_CONFLICT" => {
                let (expected, actual) = (number("expected"), number("actual"));
                let stream = refusal.details.get("stream").and_then(Json::as_str);
                let stream = stream.unwrap_or_default().to_owned();
                Self::VersionConflict(VersionConflict { reason, expected, actual, stream })
            }
            _ => {
                let figures = refusal
                    .details
                    .iter()
                    .map(|(name, value)| Figure { name: name.clone(), value: plain(value) })
                    .collect();
                Self::RuleViolation(RuleViolation { reason, figures })
            }
        }
    }
}

fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}
