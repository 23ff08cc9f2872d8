//! The way of an operation, whatever carried it: examined, admitted, run.
//!
//! Examining needs nothing but the document, so it comes before the host is asked who is there. A
//! fault in one operation, a panic included, ends that operation and nothing else.

use std::{any::Any, mem, panic::AssertUnwindSafe, sync::Arc};

use async_graphql::{
    Executor, Request, Response, ServerError,
    parser::{
        self, parse_query,
        types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType},
    },
};
use futures_util::{
    FutureExt, StreamExt,
    stream::{self, BoxStream},
};
use http::request::Parts;
use serde_json::{Map, Value as Json};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, timeout};
use tokio_util::sync::CancellationToken;

use crate::{
    answer::{Answer, Stamp},
    brackets,
    budget::{Budget, Spending},
    cost,
    fault::{Code, Fault},
    guard,
    host::{Arrival, Host, Session},
    limits::Limits,
    request::Asked,
};

/// What all requests share.
pub(crate) struct Service<E, H> {
    pub(crate) executor: E,
    pub(crate) host: H,
    pub(crate) limits: Limits,
    pub(crate) budget: Budget,
    pub(crate) shutdown: CancellationToken,
}

/// An operation whose document has passed the guard.
pub(crate) struct Examined {
    request: Request,
    pub(crate) kind: OperationType,
    cost: u64,
}

/// An operation that may run.
pub(crate) struct Admitted<V> {
    request: Request,
    pub(crate) kind: OperationType,
    session: Session<V>,
    spending: Spending,
}

/// What comes out of a streamed operation. `Refused` and `Revoked` are the last.
pub(crate) enum Step {
    /// A result.
    Next(Answer),
    /// Nothing ran.
    Refused(Answer),
    /// The caller may no longer listen.
    Revoked(Answer),
}

/// Parses a document, weighs it, and finds the operation that is meant.
///
/// # Errors
///
/// `TOO_COSTLY`, `PARSE_FAILED` or `VALIDATION_FAILED`.
pub(crate) fn examine(asked: Asked, limits: &Limits) -> Result<Examined, Fault> {
    let bytes = asked.query.len();
    if bytes > limits.document_bytes_max {
        let max = limits.document_bytes_max;
        let message = format!("The document has {bytes} bytes; at most {max} are allowed.");
        return Err(Fault::too_costly(message));
    }
    if brackets::deepest(&asked.query) > limits.brackets_max {
        let max = limits.brackets_max;
        return Err(Fault::too_costly(format!("At most {max} brackets may nest.")));
    }
    let document = parse_query(&asked.query).map_err(unparsed)?;
    guard::check(&document, limits)?;
    let operation = meant(&document, asked.operation_name.as_deref())?;
    let kind = operation.ty;
    let cost = cost::estimate(&document, operation, &asked.variables, limits);
    let mut request = Request::new(asked.query).variables(asked.variables);
    request.operation_name = asked.operation_name;
    request.set_parsed_query(document);
    Ok(Examined { request, kind, cost })
}

/// The parser draws the line with an arrow; clients get the place as numbers and what was expected.
fn unparsed(error: parser::Error) -> Fault {
    let drawn = error.to_string();
    let expected = drawn.rsplit_once(" = ").map_or(drawn.as_str(), |(_, expected)| expected);
    let mut fault =
        Fault::new(Code::ParseFailed, format!("The document does not parse: {expected}."));
    fault.positions = ServerError::from(error).locations;
    fault
}

fn meant<'d>(
    document: &'d ExecutableDocument,
    name: Option<&str>,
) -> Result<&'d OperationDefinition, Fault> {
    let fault = |message: String| Fault::new(Code::ValidationFailed, message);
    let found = match (&document.operations, name) {
        (DocumentOperations::Single(only), None) => Some(only),
        (DocumentOperations::Single(_), Some(_)) => None,
        (DocumentOperations::Multiple(all), Some(name)) => all.get(name),
        (DocumentOperations::Multiple(all), None) => {
            let mut all = all.values();
            let (first, None) = (all.next(), all.next()) else {
                return Err(fault("Say with \"operationName\" which operation to run.".to_owned()));
            };
            first
        }
    };
    let missing =
        || fault(format!("There is no operation named \"{}\".", name.unwrap_or_default()));
    found.map(|operation| &operation.node).ok_or_else(missing)
}

impl<E: Executor, H: Host> Service<E, H> {
    /// Asks the host who is there, and takes the cost from their budget.
    ///
    /// # Errors
    ///
    /// What the host refuses with; `TOO_COSTLY`, `RATE_LIMITED` or `TIMEOUT`.
    pub(crate) async fn admit(
        &self,
        examined: Examined,
        arrival: Arrival<'_>,
    ) -> Result<Admitted<H::Viewer>, Fault> {
        let Examined { mut request, kind, cost } = examined;
        let mut session = self.session(arrival).await?;
        let cost_max = self.limits.cost_max(session.is_signed_in);
        if cost > cost_max {
            let message = format!("The operation costs {cost}; at most {cost_max} is allowed.");
            let fault = Fault::too_costly(message);
            return Err(fault.with_detail("cost", cost).with_detail("limit", cost_max));
        }
        let minute_max = self.limits.minute_max(session.is_signed_in);
        let (remaining, resets_in) = self
            .budget
            .charge(&session.caller, cost, minute_max, Instant::now())
            .map_err(Fault::rate_limited)?;
        let spending = Spending { cost, cost_max, minute_max, remaining, resets_in };
        request.data = mem::take(&mut session.data);
        request.data.insert(spending);
        Ok(Admitted { request, kind, session, spending })
    }

    /// Who is there, found within the time of an operation.
    pub(crate) async fn session(&self, arrival: Arrival<'_>) -> Result<Session<H::Viewer>, Fault> {
        timeout(self.limits.operation_time, self.host.context(arrival))
            .await
            .unwrap_or_else(|_elapsed| Err(Fault::timeout()))
    }

    /// Runs a query or a mutation.
    pub(crate) async fn answer(&self, admitted: Admitted<H::Viewer>, trace: String) -> Answer {
        let Admitted { request, session, spending, .. } = admitted;
        self.executed(request, &session, &Stamp { trace, spending: Some(spending) }).await
    }

    async fn executed(
        &self,
        request: Request,
        session: &Session<H::Viewer>,
        stamp: &Stamp,
    ) -> Answer {
        let running = AssertUnwindSafe(self.executor.execute(request)).catch_unwind();
        let mut answer = match timeout(self.limits.operation_time, running).await {
            Ok(Ok(response)) => Answer::of(response, stamp, self.host.position_extension(session)),
            Ok(Err(panic)) => Answer::refusal(panicked(panic.as_ref()), stamp),
            Err(_elapsed) => Answer::refusal(Fault::timeout(), stamp),
        };
        answer.language.clone_from(&session.language);
        answer
    }

    /// Runs any operation as a stream that asks the host again before each message.
    pub(crate) fn steps(
        self: Arc<Self>,
        examined: Result<Examined, Fault>,
        parts: Arc<Parts>,
        init: Option<Arc<Map<String, Json>>>,
    ) -> BoxStream<'static, Step> {
        let starting = async move {
            let arrival = Arrival { parts: &parts, init: init.as_deref() };
            let trace = self.host.trace_id(arrival);
            let admitted = match examined {
                Ok(examined) => self.admit(examined, arrival).await,
                Err(fault) => Err(fault),
            };
            match admitted {
                Ok(admitted) if admitted.kind == OperationType::Subscription => {
                    self.listened(admitted, trace)
                }
                Ok(admitted) => stream::once(self.single(admitted, trace)).boxed(),
                Err(fault) => {
                    let answer = Answer::refusal(fault, &Stamp { trace, spending: None });
                    stream::iter([Step::Refused(answer)]).boxed()
                }
            }
        };
        starting.flatten_stream().boxed()
    }

    async fn single(self: Arc<Self>, admitted: Admitted<H::Viewer>, trace: String) -> Step {
        let Admitted { request, session, spending, .. } = admitted;
        let stamp = Stamp { trace, spending: Some(spending) };
        let answer = self.executed(request, &session, &stamp).await;
        if self.host.still_allowed(&session).await { stepped(answer) } else { revoked(&stamp) }
    }

    fn listened(
        self: Arc<Self>,
        admitted: Admitted<H::Viewer>,
        trace: String,
    ) -> BoxStream<'static, Step> {
        let Admitted { request, session, spending, .. } = admitted;
        let responses = AssertUnwindSafe(self.executor.execute_stream(request, None));
        let beat = beat(&self.limits);
        let stamp = Stamp { trace, spending: Some(spending) };
        let responses = responses.catch_unwind().boxed();
        let listening =
            Listening { service: self, session, stamp, responses, beat, is_over: false };
        stream::unfold(listening, Listening::next).boxed()
    }
}

/// A subscription that is being followed.
struct Listening<E, H: Host> {
    service: Arc<Service<E, H>>,
    session: Session<H::Viewer>,
    stamp: Stamp,
    responses: BoxStream<'static, Result<Response, Box<dyn Any + Send>>>,
    beat: Interval,
    is_over: bool,
}

impl<E: Executor, H: Host> Listening<E, H> {
    async fn next(mut self) -> Option<(Step, Self)> {
        if self.is_over {
            return None;
        }
        let response = loop {
            tokio::select! {
                response = self.responses.next() => break response?,
                _ = self.beat.tick() => {
                    if !self.service.host.still_allowed(&self.session).await {
                        return Some(self.revoked());
                    }
                }
            }
        };
        if !self.service.host.still_allowed(&self.session).await {
            return Some(self.revoked());
        }
        let step = match response {
            Ok(response) => {
                let position = self.service.host.position_extension(&self.session);
                stepped(Answer::of(response, &self.stamp, position))
            }
            Err(panic) => Step::Refused(Answer::refusal(panicked(panic.as_ref()), &self.stamp)),
        };
        self.is_over = matches!(step, Step::Refused(_));
        Some((step, self))
    }

    fn revoked(mut self) -> (Step, Self) {
        self.is_over = true;
        (revoked(&self.stamp), self)
    }
}

fn stepped(answer: Answer) -> Step {
    if answer.refused.is_some() { Step::Refused(answer) } else { Step::Next(answer) }
}

fn revoked(stamp: &Stamp) -> Step {
    let fault = Fault::new(Code::Unauthenticated, "You are no longer signed in.");
    Step::Revoked(Answer::refusal(fault, stamp))
}

/// The pause between signs of life; the first comes after one pause, and one that was missed is not
/// made up for.
pub(crate) fn beat(limits: &Limits) -> Interval {
    let mut beat = interval_at(Instant::now() + limits.keep_alive, limits.keep_alive);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    beat
}

/// What a panic says, for the log.
fn panicked(panic: &(dyn Any + Send)) -> Fault {
    let message = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    Fault::internal(format_args!("a resolver panicked: {message}"))
}

#[cfg(test)]
mod tests {
    use async_graphql::Variables;

    use super::*;

    fn examined(query: &str, name: Option<&str>) -> Result<Examined, Fault> {
        let asked = Asked {
            query: query.to_owned(),
            operation_name: name.map(str::to_owned),
            variables: Variables::default(),
        };
        examine(asked, &Limits::default())
    }

    #[track_caller]
    fn refused(query: &str, name: Option<&str>, code: Code) {
        assert_eq!(examined(query, name).err().unwrap().code(), code);
    }

    #[test]
    fn a_document_that_would_overflow_the_parsers_stack_is_not_parsed() {
        for (open, close) in [("{a", "}"), ("[", "]"), ("{a:", "}")] {
            let text = format!("{{a(b:{}1{})}}", open.repeat(5_000), close.repeat(5_000));
            refused(&text.chars().take(16_000).collect::<String>(), None, Code::TooCostly);
        }
        let types = format!("query($a:{}Int{}){{a}}", "[".repeat(8_000), "]".repeat(8_000));
        refused(&types, None, Code::TooCostly);
    }

    #[test]
    fn the_deepest_document_we_parse_fits_into_a_threads_stack() {
        let lists = format!("{{a(b:{}1{})}}", "[".repeat(62), "]".repeat(62));
        assert!(examined(&lists, None).is_ok());
        let objects = format!("{{a(b:{}1{})}}", "{c:".repeat(62), "}".repeat(62));
        assert!(examined(&objects, None).is_ok());
        let types = format!("query($a:{}Int{}){{a}}", "[".repeat(63), "]".repeat(63));
        assert!(examined(&types, None).is_ok());
    }

    #[test]
    fn a_long_document_is_refused_before_it_is_read() {
        refused(&"#".repeat(16 * 1024 + 1), None, Code::TooCostly);
        refused(&"#".repeat(16 * 1024), None, Code::ParseFailed);
    }

    #[test]
    fn a_document_that_does_not_parse_says_where() {
        let fault = examined("{ a(: 1) }", None).err().unwrap();
        assert_eq!(fault.code(), Code::ParseFailed);
        assert_eq!(fault.positions.first().map(|pos| (pos.line, pos.column)), Some((1, 5)));
        assert!(!fault.message().contains('\n'), "{}", fault.message());
    }

    #[test]
    fn the_operation_that_runs_is_the_one_that_was_named() {
        let two = "query A { a } mutation B { b }";
        assert_eq!(examined(two, Some("B")).unwrap().kind, OperationType::Mutation);
        assert_eq!(examined("query A { a }", None).unwrap().kind, OperationType::Query);
        refused(two, None, Code::ValidationFailed);
        refused(two, Some("C"), Code::ValidationFailed);
        refused("{ a }", Some("A"), Code::ValidationFailed);
    }
}
