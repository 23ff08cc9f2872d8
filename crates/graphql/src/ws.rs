//! Operations over a WebSocket, by the rules of graphql-transport-ws (PROTOCOL.md of graphql-ws).
//!
//! One task holds a socket: it hears messages, tells what the running operations yield, looks after
//! its caller's permission, and ends at once when the server stops. Operations are polled inside that
//! task, so dropping it ends them all. The retired subprotocol `graphql-ws` is not spoken.

use std::{collections::HashMap, sync::Arc, time::Duration};

use async_graphql::Executor;
use axum::{
    extract::{
        FromRequestParts,
        ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade},
    },
    response::{IntoResponse, Response},
};
use futures_util::{
    SinkExt, StreamExt,
    stream::{self, AbortHandle, BoxStream, SelectAll, SplitSink, SplitStream},
};
use http::{header, request::Parts};
use serde_json::{Map, Value as Json};
use tokio::time::{sleep, timeout};

use crate::{
    answer::{Answer, Stamp},
    fault::{Code, Fault},
    host::{Arrival, Host, Session},
    http::deny,
    message::{Close, Heard, SUBPROTOCOL, Said},
    origin,
    request::Asked,
    run::{Service, Step, beat, examine},
    status::{Denial, Media},
};

/// Beats without any frame from the client after which nobody is taken to be there. A browser
/// answers each of our pings by itself.
const SILENT_BEATS_MAX: u32 = 3;

/// How long a client has to take leave after our close frame (RFC 6455 §7.1.1): a connection torn
/// down with unread bytes would lose the frame.
const FAREWELL: Duration = Duration::from_secs(1);

/// Whether a request wants to become a WebSocket (RFC 6455 §4.2.1).
pub(crate) fn is_handshake(parts: &Parts) -> bool {
    let upgrade = parts.headers.get(header::UPGRADE).and_then(|value| value.to_str().ok());
    upgrade.is_some_and(|value| value.eq_ignore_ascii_case("websocket"))
}

/// Takes a handshake from our own pages, or from no page, that speaks our subprotocol.
pub(crate) async fn upgrade<E: Executor, H: Host>(
    service: Arc<Service<E, H>>,
    mut parts: Parts,
) -> Response {
    let refused = |denial| {
        let trace = service.host.trace_id(Arrival { parts: &parts, init: None });
        deny(Media::Json, denial, trace)
    };
    if !origin::may_open(&parts, |origin| service.host.is_origin_allowed(origin)) {
        return refused(Denial::Origin);
    }
    let offered = parts.headers.get_all(header::SEC_WEBSOCKET_PROTOCOL).iter();
    let mut offered =
        offered.filter_map(|value| value.to_str().ok()).flat_map(|all| all.split(','));
    if !offered.any(|one| one.trim() == SUBPROTOCOL) {
        return refused(Denial::Subprotocol);
    }
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    // The wall of the protocol's implementation stands behind ours, which can say why.
    let wall = service.limits.message_bytes_max.saturating_mul(2);
    upgrade.protocols([SUBPROTOCOL]).max_message_size(wall).max_frame_size(wall).on_upgrade(
        move |socket| async move {
            let (sink, source) = socket.split();
            Conversation {
                service,
                parts: Arc::new(parts),
                sink,
                line: None,
                running: SelectAll::new(),
                handles: HashMap::new(),
                silent_beats: 0,
            }
            .hold(source)
            .await;
        },
    )
}

/// One socket and all that runs on it.
struct Conversation<E, H: Host> {
    service: Arc<Service<E, H>>,
    parts: Arc<Parts>,
    sink: SplitSink<WebSocket, Message>,
    /// Set once `connection_init` is acknowledged.
    line: Option<Line<H::Viewer>>,
    running: SelectAll<BoxStream<'static, (String, Happening)>>,
    handles: HashMap<String, AbortHandle>,
    silent_beats: u32,
}

struct Line<V> {
    init: Option<Arc<Map<String, Json>>>,
    session: Session<V>,
}

enum Happening {
    Step(Box<Step>),
    Done,
}

/// Why a conversation is over.
enum End {
    Close(Close),
    Gone,
}

impl From<Close> for End {
    fn from(close: Close) -> Self {
        Self::Close(close)
    }
}

impl<E: Executor, H: Host> Conversation<E, H> {
    async fn hold(mut self, mut source: SplitStream<WebSocket>) {
        let shutdown = self.service.shutdown.clone();
        let patience = sleep(self.service.limits.init_time);
        tokio::pin!(patience);
        let mut beat = beat(&self.service.limits);
        let end = loop {
            let heard = tokio::select! {
                () = shutdown.cancelled() => Err(Close::GoingAway.into()),
                () = &mut patience, if self.line.is_none() => Err(Close::NoInit.into()),
                _ = beat.tick() => self.beat().await,
                Some((id, happening)) = self.running.next(), if !self.running.is_empty() => {
                    self.tell(&id, happening).await
                }
                incoming = source.next() => match incoming {
                    Some(Ok(message)) => self.hear(message).await,
                    // A frame beyond the wall ends up here, and so does a broken line.
                    Some(Err(_)) => Err(Close::MessageTooBig.into()),
                    None => Err(End::Gone),
                },
            };
            if let Err(end) = heard {
                break end;
            }
        };
        // Whatever runs is dropped before the farewell.
        self.running.clear();
        if let End::Close(close) = end {
            let frame = CloseFrame { code: close.code(), reason: close.reason().into() };
            if self.send(Message::Close(Some(frame))).await.is_err() {
                return;
            }
        }
        let leaving = async { while let Some(Ok(_)) = source.next().await {} };
        // Either the client has left or its time is up; the socket goes in both cases.
        let (Ok(()) | Err(_)) = timeout(FAREWELL, leaving).await;
    }

    async fn hear(&mut self, message: Message) -> Result<(), End> {
        self.silent_beats = 0;
        let text = match message {
            Message::Text(text) => text,
            Message::Binary(_) => {
                return Err(Close::Invalid("Messages are text".to_owned()).into());
            }
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
            Message::Close(_) => return Err(End::Gone),
        };
        if text.len() > self.service.limits.message_bytes_max {
            return Err(Close::MessageTooBig.into());
        }
        match Heard::parse(text.as_str()).map_err(Close::Invalid)? {
            Heard::Init(payload) => self.init(payload).await,
            Heard::Ping(payload) => self.say(&Said::Pong { payload }).await,
            Heard::Pong => Ok(()),
            Heard::Subscribe { id, asked } => self.subscribe(id, asked).await,
            Heard::Complete { id } => {
                if let Some(handle) = self.handles.remove(&id) {
                    handle.abort();
                }
                Ok(())
            }
        }
    }

    async fn init(&mut self, payload: Option<Map<String, Json>>) -> Result<(), End> {
        if self.line.is_some() {
            return Err(Close::InitTwice.into());
        }
        let arrival = Arrival { parts: &self.parts, init: payload.as_ref() };
        let session = self.service.session(arrival).await.map_err(|refusal| {
            let code = refusal.code();
            tracing::info!(code = code.as_str(), "a GraphQL socket refused");
            match code {
                Code::Unavailable | Code::Timeout | Code::RateLimited => Close::TryAgainLater,
                Code::Internal => Close::Internal,
                _ => Close::Forbidden,
            }
        })?;
        self.line = Some(Line { init: payload.map(Arc::new), session });
        self.say(&Said::ConnectionAck).await
    }

    async fn subscribe(&mut self, id: String, asked: Asked) -> Result<(), End> {
        let Some(line) = &self.line else {
            return Err(Close::SubscribedBeforeAck.into());
        };
        if self.handles.contains_key(&id) {
            return Err(Close::AlreadySubscribed { id }.into());
        }
        let max = self.service.limits.socket_operations_max;
        if self.handles.len() >= max {
            let arrival = Arrival { parts: &self.parts, init: line.init.as_deref() };
            let trace = self.service.host.trace_id(arrival);
            let message = format!("At most {max} operations run on one socket.");
            let fault = Fault::new(Code::RateLimited, message);
            let answer = Answer::refusal(fault, &Stamp { trace, spending: None });
            return self.say(&Said::Error { id: &id, payload: answer.errors() }).await;
        }
        let examined = examine(asked, &self.service.limits);
        let steps =
            Arc::clone(&self.service).steps(examined, Arc::clone(&self.parts), line.init.clone());
        let happenings = steps
            .map(|step| Happening::Step(Box::new(step)))
            .chain(stream::iter([Happening::Done]));
        let (happenings, handle) = stream::abortable(happenings);
        let key = id.clone();
        self.running.push(happenings.map(move |happening| (key.clone(), happening)).boxed());
        self.handles.insert(id, handle);
        Ok(())
    }

    /// Passes on what an operation yields. A client that has completed it hears no more of it.
    async fn tell(&mut self, id: &str, happening: Happening) -> Result<(), End> {
        let step = match happening {
            Happening::Step(step) => *step,
            Happening::Done => {
                self.handles.remove(id);
                return self.say(&Said::Complete { id }).await;
            }
        };
        match step {
            Step::Next(answer) => self.say(&Said::Next { id, payload: &answer }).await,
            Step::Refused(answer) => {
                if let Some(handle) = self.handles.remove(id) {
                    handle.abort();
                }
                self.say(&Said::Error { id, payload: answer.errors() }).await?;
                // Whom the host no longer knows has signed out since the socket was opened.
                if answer.refused == Some(Code::Unauthenticated) {
                    return Err(Close::Forbidden.into());
                }
                Ok(())
            }
            Step::Revoked(_) => Err(Close::Forbidden.into()),
        }
    }

    /// A sign of life, and a look whether the caller is still welcome and still there.
    async fn beat(&mut self) -> Result<(), End> {
        if let Some(line) = &self.line
            && !self.service.host.still_allowed(&line.session).await
        {
            return Err(Close::Forbidden.into());
        }
        self.silent_beats += 1;
        if self.silent_beats > SILENT_BEATS_MAX {
            return Err(End::Gone);
        }
        self.send(Message::Ping(bytes::Bytes::new())).await
    }

    async fn say(&mut self, said: &Said<'_>) -> Result<(), End> {
        let text = serde_json::to_string(said).map_err(|_unwritable| End::from(Close::Internal))?;
        self.send(Message::Text(text.into())).await
    }

    /// A client that does not read holds its own socket and nothing else, and not for long.
    async fn send(&mut self, message: Message) -> Result<(), End> {
        match timeout(self.service.limits.send_time, self.sink.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Gone),
        }
    }
}
