//! GraphQL over HTTP: media types, refusals, limits, errors, the explorer.

#![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]

use std::time::Duration;

use graphql::Limits;
use serde_json::{Value as Json, json};

use crate::support::{Answer, Server};

async fn sent(request: reqwest::RequestBuilder) -> Answer {
    Answer::of(request.send().await.unwrap()).await
}

#[tokio::test]
async fn an_answer_bears_its_trace_its_cost_and_its_position() {
    let server = Server::start().await;
    let answer = server.asks("{ rows(first: 3) { nodes { id } } maybe }").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.at("/data/maybe"), "4");
    assert_eq!(answer.at("/extensions/cost"), &json!({ "requested": 4, "limit": 1_000 }));
    assert_eq!(answer.at("/extensions/rateLimit/limit"), 5_000);
    assert_eq!(answer.at("/extensions/rateLimit/remaining"), 4_996);
    assert_eq!(answer.at("/extensions/position"), 0);
    assert!(answer.at("/extensions/traceId").as_str().unwrap().starts_with("trace-"));
    assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
    assert_eq!(answer.header("content-language"), "nl");
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_token_signs_in_and_raises_the_limits() {
    let server = Server::start().await;
    let anonymous = server.asks("{ me }").await;
    assert_eq!((anonymous.status, anonymous.code()), (200, "UNAUTHENTICATED"));
    assert!(anonymous.at("/errors/0/extensions/traceId").is_string());
    let ask = server.post(&json!({ "query": "{ me }" })).bearer_auth("ada");
    let answer = sent(ask).await;
    assert_eq!(answer.at("/data/me"), "ada");
    assert_eq!(answer.at("/extensions/cost/limit"), 5_000);
    let wrong = sent(server.post(&json!({ "query": "{ me }" })).bearer_auth("wrong")).await;
    assert_eq!((wrong.status, wrong.code()), (401, "UNAUTHENTICATED"));
    assert_eq!(wrong.header("www-authenticate"), "Bearer");
    let down = sent(server.post(&json!({ "query": "{ me }" })).bearer_auth("down")).await;
    assert_eq!((down.status, down.code()), (503, "UNAVAILABLE"));
}

#[tokio::test]
async fn another_site_cannot_send_what_changes_anything() {
    let server = Server::start().await;
    let body = r#"{"query":"mutation { add }"}"#;
    let plain = server.client.post(server.url()).header("content-type", "text/plain").body(body);
    assert_eq!(sent(plain).await.status, 415);
    let untyped = server.client.post(server.url()).body(body);
    assert_eq!(sent(untyped).await.status, 415);
    let form = server
        .client
        .post(server.url())
        .header("content-type", "application/x-www-form-urlencoded")
        .body("query=mutation{add}");
    assert_eq!(sent(form).await.status, 415);
    let parts = "--x\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n\
                 {\"query\":\"mutation{add}\"}\r\n--x--";
    let multipart = server
        .client
        .post(server.url())
        .header("content-type", "multipart/form-data; boundary=x")
        .body(parts);
    assert_eq!(sent(multipart).await.status, 415);
    let get = sent(server.client.get(format!("{}?query=mutation{{add}}", server.url()))).await;
    assert_eq!((get.status, get.header("allow")), (405, "POST"));
    assert_eq!(get.code(), "BAD_REQUEST");
    let named = "query=query+A{hello}mutation+B{add}&operationName=B";
    let get = sent(server.client.get(format!("{}?{named}", server.url()))).await;
    assert_eq!(get.status, 405);
    let stream = sent(server.client.get(format!("{}/stream?query=mutation{{add}}", server.url())));
    assert_eq!(stream.await.status, 405);
    assert_eq!(server.knobs.mutations(), 0);
    assert_eq!(server.asks("mutation { add }").await.at("/data/add"), 1);
}

#[tokio::test]
async fn only_get_and_post_are_methods_here() {
    let server = Server::start().await;
    for method in ["PUT", "DELETE", "OPTIONS", "PATCH"] {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let answer = sent(server.client.request(method, server.url())).await;
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, POST"));
        assert_eq!(answer.code(), "BAD_REQUEST");
    }
}

#[tokio::test]
async fn a_body_too_large_is_refused_with_json_announced_or_not() {
    let server = Server::start().await;
    let large = json!({ "query": "{ hello }", "variables": { "a": "x".repeat(256 * 1024) } });
    let announced = sent(server.post(&large)).await;
    assert_eq!((announced.status, announced.code()), (413, "BAD_REQUEST"));
    let text = large.to_string();
    // A body in chunks of unknown number announces no length.
    let chunks = text.as_bytes().chunks(16 * 1024).map(<[u8]>::to_vec).collect::<Vec<_>>();
    let answer = raw_chunked(&server, &chunks).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("BAD_REQUEST"), "{answer}");
    let fits = json!({ "query": "{ hello }", "variables": { "a": "x".repeat(255 * 1024) } });
    assert_eq!(sent(server.post(&fits)).await.status, 200);
}

/// Sends chunks until the server has answered, and returns the answer.
async fn raw_chunked(server: &Server, chunks: &[Vec<u8>]) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let stream = tokio::net::TcpStream::connect(server.address).await.unwrap();
    let (mut reader, mut writer) = stream.into_split();
    let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
                Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    writer.write_all(head.as_bytes()).await.unwrap();
    for chunk in chunks {
        let mut framed = format!("{:x}\r\n", chunk.len()).into_bytes();
        framed.extend_from_slice(chunk);
        framed.extend_from_slice(b"\r\n");
        if writer.write_all(&framed).await.is_err() {
            break;
        }
    }
    let mut answer = vec![0_u8; 4096];
    let length = reader.read(&mut answer).await.unwrap();
    answer.truncate(length);
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_given_up() {
    let limits = Limits { body_time: Duration::from_millis(50), ..Limits::default() };
    let server = Server::with(limits).await;
    let answer = raw_chunked(&server, &[b"{\"que".to_vec()]).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
}

#[tokio::test]
async fn what_is_no_request_is_a_bad_one() {
    let server = Server::start().await;
    for body in [json!([{ "query": "{ hello }" }]), json!({}), json!(1), json!({ "query": 1 })] {
        let answer = sent(server.post(&body)).await;
        assert_eq!((answer.status, answer.code()), (400, "BAD_REQUEST"), "{body}");
        assert!(answer.body.get("data").is_none());
    }
    let twice = sent(server.client.get(format!("{}?query={{a}}&query={{b}}", server.url()))).await;
    assert_eq!((twice.status, twice.code()), (400, "BAD_REQUEST"));
}

#[tokio::test]
async fn the_status_follows_the_media_type() {
    let server = Server::start().await;
    for (query, code) in [
        ("{", "PARSE_FAILED"),
        ("{ nothing }", "VALIDATION_FAILED"),
        ("{ double(of: \"x\") }", "VALIDATION_FAILED"),
        ("query A { hello } query B { hello }", "VALIDATION_FAILED"),
        ("{ rows(first: 1000000) { nodes { id } } }", "TOO_COSTLY"),
    ] {
        let body = json!({ "query": query });
        let json = sent(server.post(&body).header("accept", "application/json")).await;
        assert_eq!((json.status, json.code()), (200, code), "{query}");
        let accept = "application/graphql-response+json";
        let new = sent(server.post(&body).header("accept", accept)).await;
        assert_eq!((new.status, new.code()), (400, code), "{query}");
        assert!(new.body.get("data").is_none() && json.body.get("data").is_none());
        assert_eq!(new.header("content-type"), format!("{accept}; charset=utf-8"));
    }
    let neither = server.post(&json!({ "query": "{ hello }" })).header("accept", "image/png");
    assert_eq!(sent(neither).await.status, 406);
}

#[tokio::test]
async fn a_cause_inside_is_never_shown() {
    let server = Server::start().await;
    let answer = server.asks("{ broken hello }").await;
    assert_eq!((answer.status, answer.code()), (200, "INTERNAL"));
    assert_eq!(answer.at("/data/hello"), "hello");
    assert!(!answer.body.to_string().contains("db1"));
    let panicked = server.asks("{ panicking }").await;
    assert_eq!((panicked.status, panicked.code()), (500, "INTERNAL"));
    assert!(!panicked.body.to_string().contains("db1"));
    assert_eq!(server.asks("{ hello }").await.at("/data/hello"), "hello");
}

#[tokio::test]
async fn a_resolver_keeps_its_code_and_its_figures() {
    let server = Server::start().await;
    let answer = server.asks("{ refused }").await;
    assert_eq!(answer.code(), "BAD_USER_INPUT");
    assert_eq!(answer.at("/errors/0/message"), "No such page.");
    assert_eq!(answer.at("/errors/0/extensions/page"), 7);
    assert_eq!(answer.at("/errors/0/path"), &json!(["refused"]));
}

#[tokio::test]
async fn a_number_out_of_range_is_the_callers_mistake_wherever_it_is_found() {
    let server = Server::start().await;
    let written = server.asks("{ double(of: 99999999999) }").await;
    assert!(matches!(written.code(), "VALIDATION_FAILED" | "BAD_USER_INPUT"), "{written:?}");
    let ask = json!({ "query": "query($n: Int!) { double(of: $n) }",
        "variables": { "n": 99_999_999_999_u64 } });
    let sent = sent(server.post(&ask)).await;
    assert!(matches!(sent.code(), "VALIDATION_FAILED" | "BAD_USER_INPUT"), "{sent:?}");
}

#[tokio::test]
async fn an_operation_without_an_end_is_given_up() {
    let limits = Limits { operation_time: Duration::from_millis(50), ..Limits::default() };
    let server = Server::with(limits).await;
    let answer = server.asks("{ endless }").await;
    assert_eq!((answer.status, answer.code()), (504, "TIMEOUT"));
}

#[tokio::test]
async fn a_dear_operation_and_one_too_many_are_refused() {
    let limits = Limits { minute_anonymous_max: 150, ..Limits::default() };
    let server = Server::with(limits).await;
    let dear = "{ rows(first: 100) { nodes { rows(first: 100) { nodes { id } } } } }";
    let answer = server.asks(dear).await;
    assert_eq!(answer.code(), "TOO_COSTLY");
    assert_eq!(answer.at("/errors/0/extensions/cost"), 1 + 100 * 102);
    assert_eq!(answer.at("/errors/0/extensions/limit"), 1_000);
    let hundred = "{ rows(first: 100) { nodes { id } } }";
    assert_eq!(server.asks(hundred).await.at("/extensions/rateLimit/remaining"), 49);
    let answer = server.asks(hundred).await;
    assert_eq!((answer.status, answer.code()), (429, "RATE_LIMITED"));
    let wait = answer.at("/errors/0/extensions/retryAfterMs").as_u64().unwrap();
    assert!((15_000..=22_000).contains(&wait), "{wait}");
    assert_ne!(answer.header("retry-after"), "none");
    let other = sent(server.post(&json!({ "query": hundred })).bearer_auth("bob")).await;
    assert_eq!(other.code(), "none");
}

#[tokio::test]
async fn hostile_documents_end_at_the_guard() {
    let server = Server::start().await;
    let tower: String = (0..23)
        .map(|n| format!("fragment f{n} on Query{{...f{}...f{}}}", n + 1, n + 1))
        .collect::<Vec<_>>()
        .concat();
    let tower = format!("{{...f0}}{tower}fragment f23 on Query{{hello}}");
    let brackets = format!("{{double(of:{}1{})}}", "[".repeat(7_000), "]".repeat(7_000));
    let selections = "{a".repeat(7_000);
    let aliases = (0..1_000).map(|n| format!("a{n}:hello ")).collect::<Vec<_>>().concat();
    let long = format!("{{ hello }} #{}", "x".repeat(16 * 1024));
    for document in [tower, brackets, selections, format!("{{{aliases}}}"), long] {
        assert_eq!(server.asks(&document).await.code(), "TOO_COSTLY", "{document:.40}");
    }
    let cycle = server.asks("{...a} fragment a on Query{...b} fragment b on Query{...a}").await;
    assert_eq!(cycle.code(), "VALIDATION_FAILED");
    let introspection = server.asks(include_str!("../../src/introspection.graphql")).await;
    assert!(introspection.at("/data/__schema/types/0").is_object(), "{introspection:?}");
}

#[tokio::test]
async fn a_get_asks_with_variables_in_its_address() {
    let server = Server::start().await;
    let query = [("query", "query($n: Int!) { double(of: $n) }"), ("variables", r#"{"n":21}"#)];
    let address = reqwest::Url::parse_with_params(&server.url(), query).unwrap();
    let answer = sent(server.client.get(address)).await;
    assert_eq!(answer.at("/data/double"), 42);
}

#[tokio::test]
async fn a_subscription_does_not_fit_into_one_answer() {
    let server = Server::start().await;
    let answer = server.asks("subscription { upto(n: 1) }").await;
    assert_eq!((answer.status, answer.code()), (400, "BAD_REQUEST"));
}

#[tokio::test]
async fn a_browser_gets_the_explorer_and_its_files() {
    let server = Server::start().await;
    let accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    let page = sent(server.client.get(server.url()).header("accept", accept)).await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(page.header("content-security-policy").contains("script-src 'self'"));
    for (file, kind) in [("js", "text/javascript"), ("css", "text/css")] {
        let address = format!("{}/explorer.{file}", server.url());
        assert!(
            matches!(&page.body, Json::String(html) if html.contains(&format!("/graphql/explorer.{file}")))
        );
        let answer = sent(server.client.get(address)).await;
        assert!(answer.header("content-type").starts_with(kind));
    }
    let query = format!("{}?query={{hello}}", server.url());
    let answer = sent(server.client.get(query).header("accept", accept)).await;
    assert_eq!(answer.at("/data/hello"), "hello");
    let program = sent(server.client.get(server.url())).await;
    assert_eq!((program.status, program.code()), (400, "BAD_REQUEST"));
}
