//! Subscriptions as server-sent events.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it fails")]

use std::{sync::atomic::Ordering, time::Duration};

use graphql::Limits;
use serde_json::{Value as Json, json};

use crate::support::Server;

/// The events of a stream as they come: name and data.
struct Events {
    response: reqwest::Response,
    text: String,
}

impl Events {
    async fn of(server: &Server, query: &str) -> Self {
        let address = format!("{}/stream", server.url());
        let request = server.client.post(address).json(&json!({ "query": query }));
        Self::sent(request).await
    }

    async fn sent(request: reqwest::RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { response, text: String::new() }
    }

    /// The next block: an event, or a comment as `("", Null)`. `None` at the end of the stream.
    async fn block(&mut self) -> Option<(String, Json)> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| {
                    block.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default()
                };
                let event = field("event: ").to_owned();
                let data = serde_json::from_str(field("data: ")).unwrap_or_default();
                let rest = rest.to_owned();
                self.text = rest;
                return Some((event, data));
            }
            match self.response.chunk().await {
                Ok(Some(bytes)) => self.text.push_str(std::str::from_utf8(&bytes).unwrap()),
                Ok(None) => return None,
                Err(error) => panic!("the stream broke: {error}"),
            }
        }
    }

    async fn rest(mut self) -> Vec<(String, Json)> {
        let mut all = Vec::new();
        while let Some(block) = self.block().await {
            all.push(block);
        }
        all
    }
}

#[tokio::test]
async fn a_subscription_is_next_events_and_then_complete() {
    let server = Server::start().await;
    let all = Events::of(&server, "subscription { upto(n: 3) }").await.rest().await;
    let names: Vec<_> = all.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["next", "next", "next", "complete"]);
    assert_eq!(all[2].1["data"], json!({ "upto": 3 }));
    assert_eq!(all[2].1["extensions"]["position"], 0);
    // An event with empty data would be dropped by a browser.
    assert_eq!(all[3].1, json!({}));
}

#[tokio::test]
async fn the_main_address_streams_to_whoever_accepts_a_stream() {
    let server = Server::start().await;
    let post = server.post(&json!({ "query": "{ hello }" })).header("accept", "text/event-stream");
    let all = Events::sent(post).await.rest().await;
    assert_eq!(all[0].1["data"]["hello"], "hello");
    assert_eq!(all[1].0, "complete");
    let query = [("query", "subscription { upto(n: 1) }")];
    let address = reqwest::Url::parse_with_params(&server.url(), query).unwrap();
    let get = server.client.get(address).header("accept", "text/event-stream");
    assert_eq!(Events::sent(get).await.rest().await.len(), 2);
}

#[tokio::test]
async fn what_is_wrong_with_a_document_is_told_inside_the_stream() {
    let server = Server::start().await;
    for (query, code) in [
        ("{", "PARSE_FAILED"),
        ("subscription { nothing }", "VALIDATION_FAILED"),
        ("subscription { upto(n: 1) more: upto(n: 1) }", "VALIDATION_FAILED"),
        ("{ rows(first: 100000) { nodes { id } } }", "TOO_COSTLY"),
        ("subscription { closed }", "FORBIDDEN"),
    ] {
        let all = Events::of(&server, query).await.rest().await;
        assert_eq!(all[0].1["errors"][0]["extensions"]["code"], code, "{query}");
        assert_eq!(all[1].0, "complete");
    }
}

#[tokio::test]
async fn a_panic_ends_its_own_stream_and_says_nothing() {
    let server = Server::start().await;
    let all = Events::of(&server, "subscription { falling }").await.rest().await;
    assert_eq!(all[0].1["data"]["falling"], 1);
    assert_eq!(all[1].1["errors"][0]["extensions"]["code"], "INTERNAL");
    assert_eq!(all[2].0, "complete");
    assert!(!format!("{all:?}").contains("fell\""));
}

#[tokio::test]
async fn a_caller_who_signs_out_hears_no_more() {
    let server = Server::start().await;
    let mut events = Events::of(&server, "subscription { counter }").await;
    assert_eq!(events.block().await.unwrap().1["data"]["counter"], 0);
    server.knobs.is_allowed.store(false, Ordering::SeqCst);
    server.knobs.counter.send_replace(1);
    let rest = events.rest().await;
    assert_eq!(rest[0].1["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    assert_eq!(rest[1].0, "complete");
    assert_eq!(rest.len(), 2);
}

#[tokio::test]
async fn a_quiet_stream_shows_signs_of_life_and_notices_a_sign_out() {
    let limits = Limits { keep_alive: Duration::from_millis(20), ..Limits::default() };
    let server = Server::with(limits).await;
    let mut events = Events::of(&server, "subscription { counter }").await;
    assert_eq!(events.block().await.unwrap().0, "next");
    assert_eq!(events.block().await.unwrap(), (String::new(), Json::Null));
    server.knobs.is_allowed.store(false, Ordering::SeqCst);
    let rest = events.rest().await;
    assert_eq!(rest.last().unwrap().0, "complete");
}

#[tokio::test]
async fn a_stop_of_the_server_ends_the_stream_without_complete() {
    let server = Server::start().await;
    let mut events = Events::of(&server, "subscription { counter }").await;
    assert_eq!(events.block().await.unwrap().0, "next");
    server.shutdown.cancel();
    assert!(events.rest().await.is_empty());
}
