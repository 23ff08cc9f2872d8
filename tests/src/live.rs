//! Listening: a subscription over server-sent events, and one over a WebSocket.
//!
//! Both are read message by message with a limit of time, and tell how they ended.

use std::collections::VecDeque;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::frame::CloseFrame;
use tokio_tungstenite::tungstenite::{Message, http::HeaderValue};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::client::Person;

/// How long the next message may take.
const NEXT_WITHIN: Duration = Duration::from_secs(20);

/// What is heard next.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// An answer: `data` or `errors`.
    Next(Value),
    /// The operation is over.
    Complete,
    /// The line was closed, by a WebSocket with this code.
    Ended(Option<u16>),
}

impl Heard {
    /// The answer's data; anything else is a surprise.
    #[track_caller]
    pub fn data(self) -> Value {
        match self {
            Self::Next(answer) if answer.get("errors").is_none() => answer["data"].clone(),
            other => panic!("no data but {other:?}"),
        }
    }
}

/// A subscription over server-sent events.
pub struct Events {
    response: reqwest::Response,
    text: String,
    waiting: VecDeque<Heard>,
}

impl Events {
    /// Begins to listen.
    pub async fn open(who: &Person, document: &str, variables: Value) -> Self {
        let body = json!({ "query": document, "variables": variables });
        let request = who.request(Method::POST, "/graphql/stream").json(&body);
        let response =
            request.header("accept", "text/event-stream").send().await.expect("a stream");
        assert_eq!(response.status(), 200, "{:?}", response.headers());
        Self { response, text: String::new(), waiting: VecDeque::new() }
    }

    /// What comes next.
    pub async fn next(&mut self) -> Heard {
        tokio::time::timeout(NEXT_WITHIN, self.listen()).await.expect("nothing was heard")
    }

    async fn listen(&mut self) -> Heard {
        loop {
            if let Some(heard) = self.waiting.pop_front() {
                return heard;
            }
            match self.response.chunk().await {
                Ok(Some(bytes)) => self.text.push_str(&String::from_utf8_lossy(&bytes)),
                Ok(None) | Err(_) => return Heard::Ended(None),
            }
            while let Some((event, rest)) = self.text.split_once("\n\n") {
                self.waiting.extend(heard(event));
                let rest = rest.to_owned();
                self.text = rest;
            }
        }
    }
}

fn heard(event: &str) -> Option<Heard> {
    let field = |name: &str| {
        let mut lines = event.lines();
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim)
    };
    match field("event")? {
        "next" => Some(Heard::Next(serde_json::from_str(field("data")?).expect("JSON"))),
        "complete" => Some(Heard::Complete),
        other => panic!("an event {other}"),
    }
}

/// A WebSocket that speaks graphql-transport-ws.
pub struct Socket {
    line: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Socket {
    /// Opens the line and says who is there.
    pub async fn open(who: &Person) -> Self {
        let url = format!("{}/graphql", who.base.replacen("http", "ws", 1));
        let mut request = url.into_client_request().expect("an address");
        let protocol = HeaderValue::from_static("graphql-transport-ws");
        request.headers_mut().insert("sec-websocket-protocol", protocol);
        let (line, _) = tokio_tungstenite::connect_async(request).await.expect("a socket");
        let mut socket = Self { line };
        let bearer = who.token.as_ref().map(|token| format!("Bearer {token}"));
        let payload = bearer.map_or(json!({}), |bearer| json!({ "Authorization": bearer }));
        socket.say(&json!({ "type": "connection_init", "payload": payload })).await;
        let first = socket.word().await.expect("an answer");
        assert_eq!(first["type"], "connection_ack", "{first}");
        socket
    }

    /// Subscribes; one operation a socket is enough for a story.
    pub async fn subscribe(&mut self, document: &str, variables: Value) {
        let payload = json!({ "query": document, "variables": variables });
        self.say(&json!({ "id": "1", "type": "subscribe", "payload": payload })).await;
    }

    /// What comes next.
    pub async fn next(&mut self) -> Heard {
        match self.word().await {
            Ok(word) if word["type"] == "next" => Heard::Next(word["payload"].clone()),
            Ok(word) if word["type"] == "complete" => Heard::Complete,
            Ok(word) => Heard::Next(json!({ "errors": word })),
            Err(code) => Heard::Ended(code),
        }
    }

    async fn say(&mut self, word: &Value) {
        self.line.send(Message::text(word.to_string())).await.expect("a line");
    }

    /// The next message, or the code the line was closed with.
    async fn word(&mut self) -> Result<Value, Option<u16>> {
        loop {
            let next = tokio::time::timeout(NEXT_WITHIN, self.line.next()).await;
            match next.expect("nothing was heard") {
                Some(Ok(Message::Text(text))) => {
                    let word: Value = serde_json::from_str(&text).expect("JSON");
                    if word["type"] != "ping" && word["type"] != "pong" {
                        return Ok(word);
                    }
                }
                Some(Ok(Message::Close(frame))) => {
                    return Err(frame.map(|frame: CloseFrame| frame.code.into()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(None),
            }
        }
    }
}
