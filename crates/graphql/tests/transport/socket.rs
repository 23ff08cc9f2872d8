//! graphql-transport-ws, message by message.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it fails")]

use std::{sync::atomic::Ordering, time::Duration};

use futures_util::{SinkExt, StreamExt};
use graphql::Limits;
use serde_json::{Value as Json, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest, handshake::client::Request},
};

use crate::support::Server;

/// A client of the protocol.
struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

fn handshake(server: &Server, protocol: &str, origin: Option<&str>) -> Request {
    let address = format!("ws://{}/graphql", server.address);
    let mut request = address.into_client_request().unwrap();
    if !protocol.is_empty() {
        request.headers_mut().insert("sec-websocket-protocol", protocol.parse().unwrap());
    }
    if let Some(origin) = origin {
        request.headers_mut().insert("origin", origin.parse().unwrap());
    }
    request
}

impl Socket {
    async fn open(server: &Server) -> Self {
        let request = handshake(server, "graphql-transport-ws", None);
        let (socket, response) = connect_async(request).await.unwrap();
        assert_eq!(response.headers()["sec-websocket-protocol"], "graphql-transport-ws");
        Self(socket)
    }

    /// A socket whose `connection_init` is acknowledged.
    async fn ready(server: &Server) -> Self {
        let mut socket = Self::open(server).await;
        socket.says(&json!({ "type": "connection_init" })).await;
        assert_eq!(socket.hears().await, json!({ "type": "connection_ack" }));
        socket
    }

    async fn says(&mut self, message: &Json) {
        self.0.send(Message::text(message.to_string())).await.unwrap();
    }

    async fn subscribes(&mut self, id: &str, query: &str) {
        let payload = json!({ "query": query });
        self.says(&json!({ "type": "subscribe", "id": id, "payload": payload })).await;
    }

    async fn hears(&mut self) -> Json {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).unwrap(),
                Some(Ok(Message::Ping(_))) => {}
                other => panic!("expected a message, got {other:?}"),
            }
        }
    }

    /// The code and the reason of the server's close frame, whatever it says before.
    async fn is_closed(&mut self) -> (u16, String) {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Close(Some(frame)))) => {
                    return (frame.code.into(), frame.reason.to_string());
                }
                Some(Ok(_)) => {}
                other => panic!("expected a close frame, got {other:?}"),
            }
        }
    }

    /// Says something and expects to be shown out.
    async fn is_closed_after(&mut self, message: &Json) -> u16 {
        self.says(message).await;
        self.is_closed().await.0
    }
}

#[tokio::test]
async fn a_query_is_one_next_and_a_complete() {
    let server = Server::start().await;
    let mut socket = Socket::ready(&server).await;
    socket.subscribes("1", "{ hello }").await;
    let next = socket.hears().await;
    assert_eq!((&next["type"], &next["id"]), (&json!("next"), &json!("1")));
    assert_eq!(next["payload"]["data"], json!({ "hello": "hello" }));
    assert!(next["payload"]["extensions"]["traceId"].is_string());
    assert_eq!(socket.hears().await, json!({ "type": "complete", "id": "1" }));
    // An id that is done may be used again.
    socket.subscribes("1", "mutation { add }").await;
    assert_eq!(socket.hears().await["payload"]["data"]["add"], 1);
}

#[tokio::test]
async fn subscriptions_run_side_by_side_and_fields_may_fail() {
    let server = Server::start().await;
    let mut socket = Socket::ready(&server).await;
    socket.subscribes("a", "subscription { counter }").await;
    assert_eq!(socket.hears().await["payload"]["data"]["counter"], 0);
    socket.subscribes("b", "subscription { upto(n: 2) }").await;
    let heard = [socket.hears().await, socket.hears().await, socket.hears().await];
    assert!(heard.iter().all(|message| message["id"] == "b"));
    assert_eq!(heard[2]["type"], "complete");
    socket.subscribes("c", "{ broken }").await;
    let next = socket.hears().await;
    assert_eq!(next["type"], "next");
    assert_eq!(next["payload"]["errors"][0]["extensions"]["code"], "INTERNAL");
    assert_eq!(socket.hears().await["type"], "complete");
    server.knobs.counter.send_replace(5);
    assert_eq!(socket.hears().await["payload"]["data"]["counter"], 5);
}

#[tokio::test]
async fn an_operation_that_did_not_run_is_an_error_and_no_complete() {
    let server = Server::start().await;
    let mut socket = Socket::ready(&server).await;
    for (query, code) in [
        ("{", "PARSE_FAILED"),
        ("{ nothing }", "VALIDATION_FAILED"),
        ("subscription { nothing }", "VALIDATION_FAILED"),
        ("{ rows(first: 100000) { nodes { id } } }", "TOO_COSTLY"),
    ] {
        socket.subscribes("1", query).await;
        let error = socket.hears().await;
        assert_eq!(error["type"], "error", "{query}");
        assert_eq!(error["payload"][0]["extensions"]["code"], code, "{query}");
    }
    socket.says(&json!({ "type": "ping" })).await;
    assert_eq!(socket.hears().await, json!({ "type": "pong" }));
}

#[tokio::test]
async fn a_completed_subscription_is_silent() {
    let server = Server::start().await;
    let mut socket = Socket::ready(&server).await;
    socket.subscribes("1", "subscription { counter }").await;
    assert_eq!(socket.hears().await["type"], "next");
    socket.says(&json!({ "type": "complete", "id": "1" })).await;
    socket.says(&json!({ "type": "ping", "payload": { "a": 1 } })).await;
    // Whatever comes after the pong was decided after the complete was read.
    assert_eq!(socket.hears().await, json!({ "type": "pong", "payload": { "a": 1 } }));
    server.knobs.counter.send_replace(1);
    socket.subscribes("1", "{ hello }").await;
    assert_eq!(socket.hears().await["payload"]["data"]["hello"], "hello");
    // To complete what does not run is no mistake: both sides may do it at once.
    socket.says(&json!({ "type": "complete", "id": "none" })).await;
    assert_eq!(socket.hears().await["type"], "complete");
}

#[tokio::test]
async fn messages_that_are_not_the_protocols_close_with_4400() {
    let server = Server::start().await;
    for message in [
        json!([]),
        json!({ "id": "1" }),
        json!({ "type": "start", "id": "1", "payload": { "query": "{ hello }" } }),
        json!({ "type": "next", "id": "1", "payload": {} }),
        json!({ "type": "subscribe", "payload": { "query": "{ hello }" } }),
        json!({ "type": "subscribe", "id": "", "payload": { "query": "{ hello }" } }),
        json!({ "type": "subscribe", "id": "1" }),
        json!({ "type": "subscribe", "id": "1", "payload": {} }),
        json!({ "type": "subscribe", "id": "1", "payload": { "query": "{ a }", "variables": 1 } }),
        json!({ "type": "complete" }),
        json!({ "type": "ping", "payload": 1 }),
    ] {
        let mut socket = Socket::ready(&server).await;
        assert_eq!(socket.is_closed_after(&message).await, 4400, "{message}");
    }
    let mut socket = Socket::ready(&server).await;
    socket.0.send(Message::text("{")).await.unwrap();
    assert_eq!(socket.is_closed().await.0, 4400);
    let mut socket = Socket::ready(&server).await;
    socket.0.send(Message::binary(b"{}".to_vec())).await.unwrap();
    assert_eq!(socket.is_closed().await.0, 4400);
}

#[tokio::test]
async fn to_subscribe_before_the_ack_closes_with_4401() {
    let server = Server::start().await;
    let mut socket = Socket::open(&server).await;
    let early = json!({ "type": "subscribe", "id": "1", "payload": { "query": "{ hello }" } });
    assert_eq!(socket.is_closed_after(&early).await, 4401);
}

#[tokio::test]
async fn a_refused_init_closes_with_4403_and_a_server_in_trouble_with_1013() {
    let server = Server::start().await;
    for (token, code) in [("wrong", 4403), ("down", 1013)] {
        let mut socket = Socket::open(&server).await;
        let payload = json!({ "authorization": format!("Bearer {token}") });
        let init = json!({ "type": "connection_init", "payload": payload });
        assert_eq!(socket.is_closed_after(&init).await, code);
    }
}

#[tokio::test]
async fn the_token_of_the_init_counts_for_every_operation() {
    let server = Server::start().await;
    let mut socket = Socket::open(&server).await;
    let payload = json!({ "authorization": "Bearer ada" });
    socket.says(&json!({ "type": "connection_init", "payload": payload })).await;
    assert_eq!(socket.hears().await["type"], "connection_ack");
    socket.subscribes("1", "{ me }").await;
    assert_eq!(socket.hears().await["payload"]["data"]["me"], "ada");
}

#[tokio::test]
async fn a_socket_without_init_closes_with_4408() {
    let limits = Limits { init_time: Duration::from_millis(30), ..Limits::default() };
    let server = Server::with(limits).await;
    let mut socket = Socket::open(&server).await;
    let closed = socket.is_closed().await;
    assert_eq!(closed, (4408, "Connection initialisation timeout".to_owned()));
}

#[tokio::test]
async fn an_id_in_use_closes_with_4409() {
    let server = Server::start().await;
    let mut socket = Socket::ready(&server).await;
    socket.subscribes("1", "subscription { counter }").await;
    assert_eq!(socket.hears().await["type"], "next");
    socket.subscribes("1", "{ hello }").await;
    let closed = socket.is_closed().await;
    assert_eq!(closed, (4409, "Subscriber for 1 already exists".to_owned()));
}

#[tokio::test]
async fn a_second_init_closes_with_4429() {
    let server = Server::start().await;
    let mut socket = Socket::ready(&server).await;
    assert_eq!(socket.is_closed_after(&json!({ "type": "connection_init" })).await, 4429);
}

#[tokio::test]
async fn twenty_operations_run_at_once_and_one_more_is_refused() {
    let server = Server::start().await;
    let mut socket = Socket::ready(&server).await;
    for id in 0..20 {
        socket.subscribes(&id.to_string(), "subscription { counter }").await;
        assert_eq!(socket.hears().await["type"], "next");
    }
    socket.subscribes("20", "{ hello }").await;
    let error = socket.hears().await;
    assert_eq!((&error["type"], &error["id"]), (&json!("error"), &json!("20")));
    assert_eq!(error["payload"][0]["extensions"]["code"], "RATE_LIMITED");
    socket.says(&json!({ "type": "complete", "id": "3" })).await;
    socket.subscribes("20", "{ hello }").await;
    assert_eq!(socket.hears().await["payload"]["data"]["hello"], "hello");
}

#[tokio::test]
async fn a_message_too_big_closes_with_1009() {
    let server = Server::start().await;
    for bytes in [65 * 1024, 200 * 1024] {
        let mut socket = Socket::ready(&server).await;
        let ping = json!({ "type": "ping", "payload": { "a": "x".repeat(bytes) } });
        assert_eq!(socket.is_closed_after(&ping).await, 1009, "{bytes}");
    }
    let mut socket = Socket::ready(&server).await;
    socket.says(&json!({ "type": "ping", "payload": { "a": "x".repeat(60 * 1024) } })).await;
    assert_eq!(socket.hears().await["type"], "pong");
}

#[tokio::test]
async fn a_sign_out_closes_with_4403_at_the_next_message() {
    let server = Server::start().await;
    let mut socket = Socket::ready(&server).await;
    socket.subscribes("1", "subscription { counter }").await;
    assert_eq!(socket.hears().await["type"], "next");
    server.knobs.is_allowed.store(false, Ordering::SeqCst);
    server.knobs.counter.send_replace(1);
    match socket.0.next().await {
        Some(Ok(Message::Close(Some(frame)))) => assert_eq!(u16::from(frame.code), 4403),
        other => panic!("heard something after the sign-out: {other:?}"),
    }
}

#[tokio::test]
async fn a_sign_out_closes_a_quiet_socket_too() {
    let limits = Limits { keep_alive: Duration::from_millis(20), ..Limits::default() };
    let server = Server::with(limits).await;
    let mut socket = Socket::ready(&server).await;
    server.knobs.is_allowed.store(false, Ordering::SeqCst);
    assert_eq!(socket.is_closed().await.0, 4403);
}

#[tokio::test]
async fn a_stop_of_the_server_closes_with_1001() {
    let server = Server::start().await;
    let mut waiting = Socket::open(&server).await;
    let mut busy = Socket::ready(&server).await;
    busy.subscribes("1", "subscription { counter }").await;
    assert_eq!(busy.hears().await["type"], "next");
    server.shutdown.cancel();
    assert_eq!(waiting.is_closed().await.0, 1001);
    assert_eq!(busy.is_closed().await.0, 1001);
}

#[tokio::test]
async fn a_panic_in_one_operation_leaves_the_others_alone() {
    let server = Server::start().await;
    let mut socket = Socket::ready(&server).await;
    socket.subscribes("1", "{ panicking }").await;
    let error = socket.hears().await;
    assert_eq!(error["type"], "error");
    assert_eq!(error["payload"][0]["extensions"]["code"], "INTERNAL");
    socket.subscribes("2", "{ hello }").await;
    assert_eq!(socket.hears().await["payload"]["data"]["hello"], "hello");
}

async fn refused(request: Request) -> u16 {
    match connect_async(request).await {
        Err(Error::Http(response)) => response.status().as_u16(),
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[tokio::test]
async fn the_retired_subprotocol_and_none_at_all_are_refused() {
    let server = Server::start().await;
    assert_eq!(refused(handshake(&server, "graphql-ws", None)).await, 400);
    assert_eq!(refused(handshake(&server, "", None)).await, 400);
    let both = handshake(&server, "graphql-ws, graphql-transport-ws", None);
    let (_, response) = connect_async(both).await.unwrap();
    assert_eq!(response.headers()["sec-websocket-protocol"], "graphql-transport-ws");
}

#[tokio::test]
async fn pages_of_other_sites_may_not_open_a_socket() {
    let server = Server::start().await;
    let own = format!("http://{}", server.address);
    for (origin, is_welcome) in [
        (own.as_str(), true),
        ("https://friend.example", true),
        ("https://evil.example", false),
        ("null", false),
    ] {
        let request = handshake(&server, "graphql-transport-ws", Some(origin));
        if is_welcome {
            connect_async(request).await.unwrap();
        } else {
            assert_eq!(refused(request).await, 403, "{origin}");
        }
    }
}
