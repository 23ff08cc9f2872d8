//! Why an operation, or a part of it, has no answer.
//!
//! Every error leaves with a code from one list and the id of its trace. Business rejections are not
//! faults: they travel in `userErrors`. The cause of an internal fault is logged and never shown
//! (ASVS 16.5.1).

use std::{fmt::Display, sync::Arc, time::Duration};

use async_graphql::{Error, ErrorExtensionValues, Pos, ServerError, Value};

/// What callers read of an internal fault, whatever its cause.
const INTERNAL_MESSAGE: &str =
    "Something went wrong on our side. Quote the trace id to ask about it.";

/// The codes in `extensions.code`. They are a contract: one is added, none is renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// The request is no GraphQL request: a wrong member, media type or method.
    BadRequest,
    /// The document is not GraphQL.
    ParseFailed,
    /// The document or its variables do not fit the schema.
    ValidationFailed,
    /// An argument has a value the field does not take, such as a cursor of another list.
    BadUserInput,
    /// Nobody is signed in, or no longer.
    Unauthenticated,
    /// The caller may not do this.
    Forbidden,
    /// The document asks for more than one operation may.
    TooCostly,
    /// The caller has spent what a minute allows; `retryAfterMs` says how long to wait.
    RateLimited,
    /// The operation took too long and was given up.
    Timeout,
    /// A part of the server cannot be reached now.
    Unavailable,
    /// A mistake of ours.
    Internal,
}

impl Code {
    /// Every code, in the order of the documentation.
    pub const ALL: [Self; 11] = [
        Self::BadRequest,
        Self::ParseFailed,
        Self::ValidationFailed,
        Self::BadUserInput,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::TooCostly,
        Self::RateLimited,
        Self::Timeout,
        Self::Unavailable,
        Self::Internal,
    ];

    /// The code as clients read it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadRequest => "BAD_REQUEST",
            Self::ParseFailed => "PARSE_FAILED",
            Self::ValidationFailed => "VALIDATION_FAILED",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::TooCostly => "TOO_COSTLY",
            Self::RateLimited => "RATE_LIMITED",
            Self::Timeout => "TIMEOUT",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }

    /// The code of that name, if it is one of ours.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == text)
    }
}

/// An error with a code. In a resolver `?` and `into()` make an [`async_graphql::Error`] of it.
///
/// It does not implement `Display`: every `Display` type converts into an [`Error`] without a code,
/// and a fault must not lose its own on the way.
#[derive(Clone, Debug)]
pub struct Fault {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) details: Vec<(&'static str, Value)>,
    pub(crate) positions: Vec<Pos>,
    cause: Option<String>,
}

/// Why a [`Host`](crate::Host) does not take an operation.
pub type Refusal = Fault;

/// What went wrong inside; travels as the source of an [`Error`] and ends in the log.
struct Cause(String);

impl Fault {
    /// A fault of any code, with the sentence that clients read.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            retry_after: None,
            details: Vec::new(),
            positions: Vec::new(),
            cause: None,
        }
    }

    /// The request itself is ill-formed.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(Code::BadRequest, message)
    }

    /// An argument's value is not one the field takes; the sentence says which.
    pub fn bad_user_input(message: impl Into<String>) -> Self {
        Self::new(Code::BadUserInput, message)
    }

    /// The caller has to sign in first.
    pub fn unauthenticated() -> Self {
        Self::new(Code::Unauthenticated, "Sign in first.")
    }

    /// The caller may not do this, whoever they are now.
    pub fn forbidden() -> Self {
        Self::new(Code::Forbidden, "You may not do this.")
    }

    /// The document asks for too much.
    pub fn too_costly(message: impl Into<String>) -> Self {
        Self::new(Code::TooCostly, message)
    }

    /// The caller has to wait that long.
    pub fn rate_limited(retry_after: Duration) -> Self {
        let mut fault = Self::new(Code::RateLimited, "You have asked for much in a short time.");
        fault.retry_after = Some(retry_after);
        fault
    }

    /// The operation took too long.
    pub fn timeout() -> Self {
        Self::new(Code::Timeout, "The operation took too long and was given up.")
    }

    /// A part of the server cannot be reached now.
    pub fn unavailable() -> Self {
        Self::new(Code::Unavailable, "A part of the server cannot be reached now. Try again soon.")
    }

    /// A mistake of ours; `cause` goes to the log and not to the caller.
    pub fn internal(cause: impl Display) -> Self {
        let mut fault = Self::new(Code::Internal, INTERNAL_MESSAGE);
        fault.cause = Some(cause.to_string());
        fault
    }

    /// Adds a member to the error's `extensions`, for figures that a program may act on.
    #[must_use]
    pub fn with_detail(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.details.push((name, value.into()));
        self
    }

    /// The fault's code.
    pub fn code(&self) -> Code {
        self.code
    }

    /// The sentence that clients read.
    pub fn message(&self) -> &str {
        &self.message
    }

    fn extensions(&self) -> ErrorExtensionValues {
        let mut values = ErrorExtensionValues::default();
        values.set("code", self.code.as_str());
        if let Some(wait) = self.retry_after {
            values.set("retryAfterMs", millis(wait));
        }
        for (name, value) in &self.details {
            values.set(name, value.clone());
        }
        values
    }

    /// The fault as an error of the whole response.
    pub(crate) fn into_server_error(self) -> ServerError {
        let positions = self.positions.clone();
        let mut error = Error::from(self).into_server_error(Pos::default());
        error.locations = positions;
        error
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        let extensions = Some(fault.extensions());
        let source = fault
            .cause
            .map(|cause| -> Arc<dyn std::any::Any + Send + Sync> { Arc::new(Cause(cause)) });
        Self { message: fault.message, source, extensions }
    }
}

/// Milliseconds for JSON, rounded up, so that nobody comes back a moment too early.
pub(crate) fn millis(wait: Duration) -> u64 {
    u64::try_from(wait.as_nanos().div_ceil(1_000_000)).unwrap_or(u64::MAX)
}

/// The code an error bears, if any.
pub(crate) fn code_of(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code),
        _ => None,
    }
}

/// Gives an error its code when it has none, hides what is internal, and adds the trace id.
///
/// `never_ran` says that the whole response is a request error: then an error without a code comes
/// from validation. Otherwise it comes from a resolver, and what it says is not meant for callers,
/// unless it is the executor complaining about a value that the caller sent.
pub(crate) fn complete(error: &mut ServerError, never_ran: bool, trace: &str) {
    let code = match code_of(error) {
        Some(code) => code.to_owned(),
        None if error.source.is_some() => Code::Internal.as_str().to_owned(),
        None if never_ran => Code::ValidationFailed.as_str().to_owned(),
        None if complains_about_input(&error.message) => Code::BadUserInput.as_str().to_owned(),
        None => Code::Internal.as_str().to_owned(),
    };
    if code == Code::Internal.as_str() {
        let cause = error.source::<Cause>().map_or(error.message.as_str(), |cause| &cause.0);
        tracing::error!(trace_id = trace, path = ?error.path, cause, "a GraphQL field failed");
        INTERNAL_MESSAGE.clone_into(&mut error.message);
    }
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("code", code);
    extensions.set("traceId", trace);
}

/// The executor coerces arguments while it runs, so a number out of range arrives as the error of a
/// field; these are the two ways it begins such a sentence (async-graphql 7.2.1, `InputValueError`).
fn complains_about_input(message: &str) -> bool {
    message.starts_with("Failed to parse \"") || message.starts_with("Expected input type \"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completed(error: Error, never_ran: bool) -> ServerError {
        let mut error = error.into_server_error(Pos::default());
        complete(&mut error, never_ran, "t1");
        error
    }

    #[test]
    fn every_code_reads_back_as_itself() {
        for code in Code::ALL {
            assert_eq!(Code::parse(code.as_str()), Some(code));
        }
        assert_eq!(Code::parse("NO_SUCH_CODE"), None);
    }

    #[test]
    fn a_code_set_by_a_resolver_stays_with_its_message() {
        let error =
            completed(Fault::bad_user_input("That cursor is of another list.").into(), false);
        assert_eq!(code_of(&error), Some("BAD_USER_INPUT"));
        assert_eq!(error.message, "That cursor is of another list.");
    }

    #[test]
    fn an_internal_cause_is_not_shown_however_it_was_raised() {
        let raised = [
            Error::from(Fault::internal("disk sda1 is full")),
            Error::new("disk sda1 is full"),
            Error::new_with_source(std::io::Error::other("disk sda1 is full")),
        ];
        for error in raised {
            let error = completed(error, false);
            assert_eq!(code_of(&error), Some("INTERNAL"));
            assert!(!format!("{error:?}").contains("sda1"));
        }
    }

    #[test]
    fn an_error_without_a_code_is_validation_only_when_nothing_ran() {
        let error = completed(Error::new("Unknown field \"x\""), true);
        assert_eq!(code_of(&error), Some("VALIDATION_FAILED"));
        assert_eq!(error.message, "Unknown field \"x\"");
    }

    #[test]
    fn a_value_out_of_range_found_while_running_is_the_callers_mistake() {
        let error = completed(Error::new("Expected input type \"Int\", found 9999999999."), false);
        assert_eq!(code_of(&error), Some("BAD_USER_INPUT"));
    }

    #[test]
    fn waiting_times_are_rounded_up() {
        assert_eq!(millis(Duration::from_micros(1_001)), 2);
        let error = completed(Fault::rate_limited(Duration::from_millis(250)).into(), false);
        let wait = error.extensions.as_ref().and_then(|all| all.get("retryAfterMs").cloned());
        assert_eq!(wait, Some(Value::from(250_u64)));
    }
}
