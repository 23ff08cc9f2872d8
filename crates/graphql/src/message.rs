//! The messages of graphql-transport-ws (PROTOCOL.md of graphql-ws), both ways.
//!
//! Whatever is not in that page is refused with a reason, and the socket closes with it: a client that
//! guesses must not go on guessing.

use async_graphql::ServerError;
use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::{answer::Answer, request::Asked};

/// The subprotocol's name in the handshake.
pub(crate) const SUBPROTOCOL: &str = "graphql-transport-ws";

/// What a client says.
#[derive(Debug)]
pub(crate) enum Heard {
    Init(Option<Map<String, Json>>),
    Ping(Option<Map<String, Json>>),
    Pong,
    Subscribe { id: String, asked: Asked },
    Complete { id: String },
}

impl Heard {
    /// Reads a message; the error is the reason the socket closes with.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let Ok(Json::Object(mut message)) = serde_json::from_str(text) else {
            return Err("A message is a JSON object".to_owned());
        };
        let Some(Json::String(kind)) = message.remove("type") else {
            return Err("A message has a \"type\"".to_owned());
        };
        match kind.as_str() {
            "connection_init" => Ok(Self::Init(optional_payload(&mut message)?)),
            "ping" => Ok(Self::Ping(optional_payload(&mut message)?)),
            "pong" => optional_payload(&mut message).map(|_| Self::Pong),
            "complete" => Ok(Self::Complete { id: id(&mut message)? }),
            "subscribe" => {
                let id = id(&mut message)?;
                let Some(Json::Object(payload)) = message.remove("payload") else {
                    return Err("The \"payload\" of \"subscribe\" is an object".to_owned());
                };
                let asked = Asked::from_members(payload).map_err(|fault| fault.message)?;
                Ok(Self::Subscribe { id, asked })
            }
            _ => Err("A client sends no message of this type".to_owned()),
        }
    }
}

fn id(message: &mut Map<String, Json>) -> Result<String, String> {
    match message.remove("id") {
        Some(Json::String(id)) if !id.is_empty() => Ok(id),
        _ => Err("This message has an \"id\" that is not empty".to_owned()),
    }
}

fn optional_payload(message: &mut Map<String, Json>) -> Result<Option<Map<String, Json>>, String> {
    match message.remove("payload") {
        None | Some(Json::Null) => Ok(None),
        Some(Json::Object(payload)) => Ok(Some(payload)),
        Some(_) => Err("A \"payload\" is an object".to_owned()),
    }
}

/// What the server says.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Said<'a> {
    ConnectionAck,
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Map<String, Json>>,
    },
    Next {
        id: &'a str,
        payload: &'a Answer,
    },
    Error {
        id: &'a str,
        payload: &'a [ServerError],
    },
    Complete {
        id: &'a str,
    },
}

/// Why the server closes a socket: PROTOCOL.md's codes, and three of RFC 6455 §7.4.1 and the registry
/// beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Close {
    /// The server stops.
    GoingAway,
    MessageTooBig,
    /// A part of the server cannot be reached now.
    TryAgainLater,
    Invalid(String),
    SubscribedBeforeAck,
    Forbidden,
    NoInit,
    AlreadySubscribed {
        id: String,
    },
    InitTwice,
    /// A mistake of ours (the code the reference server uses).
    Internal,
}

impl Close {
    pub(crate) const fn code(&self) -> u16 {
        match self {
            Self::GoingAway => 1001,
            Self::MessageTooBig => 1009,
            Self::TryAgainLater => 1013,
            Self::Invalid(_) => 4400,
            Self::SubscribedBeforeAck => 4401,
            Self::Forbidden => 4403,
            Self::NoInit => 4408,
            Self::AlreadySubscribed { .. } => 4409,
            Self::InitTwice => 4429,
            Self::Internal => 4500,
        }
    }

    /// At most 123 bytes: a control frame holds 125 and the code takes two (RFC 6455 §5.5).
    pub(crate) fn reason(&self) -> String {
        let mut reason = match self {
            Self::GoingAway => "Going away".to_owned(),
            Self::MessageTooBig => "Message too big".to_owned(),
            Self::TryAgainLater => "Try again later".to_owned(),
            Self::Invalid(reason) => reason.clone(),
            Self::SubscribedBeforeAck => "Unauthorized".to_owned(),
            Self::Forbidden => "Forbidden".to_owned(),
            Self::NoInit => "Connection initialisation timeout".to_owned(),
            Self::AlreadySubscribed { id } => format!("Subscriber for {id} already exists"),
            Self::InitTwice => "Too many initialisation requests".to_owned(),
            Self::Internal => "Internal server error".to_owned(),
        };
        reason.truncate(reason.floor_char_boundary(123));
        reason
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_the_protocol_does_not_know_is_refused() {
        for text in [
            "",
            "[]",
            "{}",
            r#"{"type":1}"#,
            r#"{"type":"start"}"#,
            r#"{"type":"next","id":"1"}"#,
            r#"{"type":"connection_init","payload":1}"#,
            r#"{"type":"ping","payload":"x"}"#,
            r#"{"type":"complete"}"#,
            r#"{"type":"complete","id":""}"#,
            r#"{"type":"subscribe","payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"subscribe","id":1,"payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","id":"1","payload":{}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"{a}","variables":[]}}"#,
        ] {
            Heard::parse(text).unwrap_err();
        }
    }

    #[test]
    fn every_message_of_a_client_is_understood() {
        let heard = |text| Heard::parse(text).unwrap();
        assert!(matches!(heard(r#"{"type":"connection_init"}"#), Heard::Init(None)));
        let init = heard(r#"{"type":"connection_init","payload":{"authorization":"Bearer x"}}"#);
        assert!(matches!(init, Heard::Init(Some(_))));
        assert!(matches!(heard(r#"{"type":"ping","payload":null}"#), Heard::Ping(None)));
        assert!(matches!(heard(r#"{"type":"pong"}"#), Heard::Pong));
        assert!(matches!(heard(r#"{"type":"complete","id":"1"}"#), Heard::Complete { .. }));
        let subscribe = r#"{"type":"subscribe","id":"1","payload":{"query":"{a}"}}"#;
        assert!(matches!(heard(subscribe), Heard::Subscribe { .. }));
    }

    #[test]
    fn what_the_server_says_has_the_protocols_shape() {
        let said = |message: &Said<'_>| serde_json::to_value(message).unwrap();
        assert_eq!(said(&Said::ConnectionAck), json!({ "type": "connection_ack" }));
        assert_eq!(said(&Said::Pong { payload: None }), json!({ "type": "pong" }));
        assert_eq!(said(&Said::Complete { id: "1" }), json!({ "type": "complete", "id": "1" }));
    }

    #[test]
    fn a_reason_fits_into_a_control_frame() {
        let reason = Close::AlreadySubscribed { id: "ğ".repeat(200) }.reason();
        assert!(reason.len() <= 123 && reason.starts_with("Subscriber for ğ"));
    }
}
