//! A response that is ready to leave: its errors completed, its extensions set.

use std::{collections::BTreeMap, time::Duration};

use async_graphql::{Response, ServerError, Value};
use serde::Serialize;

use crate::{
    budget::Spending,
    fault::{self, Code, Fault},
};

/// What every answer of one operation bears.
#[derive(Clone, Debug)]
pub(crate) struct Stamp {
    pub(crate) trace: String,
    pub(crate) spending: Option<Spending>,
}

/// A finished response.
#[derive(Debug)]
pub(crate) struct Answer {
    response: Response,
    /// Set when no field ran: then there is no `data`, and the code decides the status.
    pub(crate) refused: Option<Code>,
    pub(crate) retry_after: Option<Duration>,
    /// `Content-Language`, when the host knows it.
    pub(crate) language: Option<String>,
}

/// The members in the order in which they are sent.
#[derive(Serialize)]
struct Members<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "<[ServerError]>::is_empty")]
    errors: &'a [ServerError],
    extensions: &'a BTreeMap<String, Value>,
}

impl Answer {
    /// Completes what the executor returned.
    pub(crate) fn of(mut response: Response, stamp: &Stamp, position: Option<Value>) -> Self {
        // A request error reached no field: there is no data, and no error has a path (GraphQL
        // §7.1.2). A field error that blanked everything has a path.
        let never_ran = response.data == Value::Null
            && !response.errors.is_empty()
            && response.errors.iter().all(|error| error.path.is_empty());
        for error in &mut response.errors {
            fault::complete(error, never_ran, &stamp.trace);
        }
        let refused = never_ran.then(|| {
            let first = response.errors.first().and_then(fault::code_of);
            first.and_then(Code::parse).unwrap_or(Code::ValidationFailed)
        });
        let extensions = &mut response.extensions;
        extensions.insert("traceId".to_owned(), Value::from(stamp.trace.clone()));
        if let Some(spending) = &stamp.spending {
            extensions.extend(spending.extensions().map(|(name, value)| (name.to_owned(), value)));
        }
        if let Some(position) = position.filter(|_| !never_ran) {
            extensions.insert("position".to_owned(), position);
        }
        Self { response, refused, retry_after: None, language: None }
    }

    /// The answer to an operation that did not get as far as the executor, or not through it.
    pub(crate) fn refusal(fault: Fault, stamp: &Stamp) -> Self {
        let retry_after = fault.retry_after;
        let code = fault.code();
        tracing::info!(trace_id = stamp.trace, code = code.as_str(), "a GraphQL operation refused");
        let response = Response::from_errors(vec![fault.into_server_error()]);
        Self { retry_after, ..Self::of(response, stamp, None) }
    }

    /// The errors alone, as graphql-transport-ws wants them in its `error` message.
    pub(crate) fn errors(&self) -> &[ServerError] {
        &self.response.errors
    }
}

impl Serialize for Answer {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Members {
            data: self.refused.is_none().then_some(&self.response.data),
            errors: &self.response.errors,
            extensions: &self.response.extensions,
        }
        .serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::PathSegment;
    use serde_json::json;

    use super::*;

    fn stamp() -> Stamp {
        Stamp { trace: "t1".to_owned(), spending: None }
    }

    #[test]
    fn a_request_error_has_no_data_and_no_position() {
        let response = Response::from_errors(vec![ServerError::new("no such field", None)]);
        let answer = Answer::of(response, &stamp(), Some(Value::from(7)));
        assert_eq!(answer.refused, Some(Code::ValidationFailed));
        assert_eq!(
            serde_json::to_value(&answer).unwrap(),
            json!({
                "errors": [{
                    "message": "no such field",
                    "extensions": { "code": "VALIDATION_FAILED", "traceId": "t1" },
                }],
                "extensions": { "traceId": "t1" },
            })
        );
    }

    #[test]
    fn a_field_error_that_blanked_everything_keeps_its_null() {
        let mut error = ServerError::new("secret", None);
        error.path = vec![PathSegment::Field("a".to_owned())];
        let answer = Answer::of(Response::from_errors(vec![error]), &stamp(), Some(Value::from(7)));
        assert_eq!(answer.refused, None);
        let json = serde_json::to_value(&answer).unwrap();
        assert_eq!(json.get("data"), Some(&serde_json::Value::Null));
        assert_eq!(json.pointer("/extensions/position"), Some(&json!(7)));
        assert!(!json.to_string().contains("secret"));
    }
}
