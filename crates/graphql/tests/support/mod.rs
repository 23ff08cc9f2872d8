//! A small schema behind the transport, on a real socket.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::unused_async,
    reason = "each test binary uses a part of it; a test may stop where it fails"
)]

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use async_graphql::{
    ComplexObject, Context, Data, Object, Result, Schema, SimpleObject, Subscription, Value,
};
use futures_util::{Stream, StreamExt, stream};
use graphql::{Arrival, Fault, Host, Limits, Refusal, Session, Spending, router};
use serde_json::Value as Json;
use tokio::{net::TcpListener, sync::watch};
use tokio_util::sync::CancellationToken;

/// Who is signed in, as resolvers see it.
pub(crate) struct Name(pub(crate) String);

/// What tests turn to see what happens.
pub(crate) struct Knobs {
    /// Whether sessions are still good.
    pub(crate) is_allowed: AtomicBool,
    /// What `counter` tells.
    pub(crate) counter: watch::Sender<u64>,
    traces: AtomicU64,
    mutations: AtomicU64,
}

impl Knobs {
    pub(crate) fn mutations(&self) -> u64 {
        self.mutations.load(Ordering::SeqCst)
    }
}

#[derive(Clone)]
pub(crate) struct TestHost(Arc<Knobs>);

impl Host for TestHost {
    type Viewer = Option<String>;

    async fn context(&self, arrival: Arrival<'_>) -> Result<Session<Option<String>>, Refusal> {
        let name = match arrival.bearer() {
            Some("down") => return Err(Fault::unavailable()),
            Some("wrong") => return Err(Fault::unauthenticated()),
            other => other.map(str::to_owned),
        };
        let mut data = Data::default();
        if let Some(name) = &name {
            data.insert(Name(name.clone()));
        }
        data.insert(Arc::clone(&self.0));
        Ok(Session {
            is_signed_in: name.is_some(),
            caller: name.clone().unwrap_or_else(|| "anyone".to_owned()),
            viewer: name,
            data,
            language: Some("nl".to_owned()),
        })
    }

    async fn still_allowed(&self, _session: &Session<Option<String>>) -> bool {
        self.0.is_allowed.load(Ordering::SeqCst)
    }

    fn position_extension(&self, _session: &Session<Option<String>>) -> Option<Value> {
        Some(Value::from(*self.0.counter.borrow()))
    }

    fn trace_id(&self, _arrival: Arrival<'_>) -> String {
        format!("trace-{}", self.0.traces.fetch_add(1, Ordering::SeqCst))
    }

    fn is_origin_allowed(&self, origin: &str) -> bool {
        origin == "https://friend.example"
    }
}

#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct Row {
    id: usize,
}

#[ComplexObject]
impl Row {
    async fn rows(&self, first: Option<usize>) -> Page {
        page(first)
    }
}

#[derive(SimpleObject)]
pub(crate) struct Page {
    nodes: Vec<Row>,
}

fn page(first: Option<usize>) -> Page {
    Page { nodes: (0..first.unwrap_or(20).min(100)).map(|id| Row { id }).collect() }
}

fn full_disk() -> bool {
    panic!("the disk of db1 is full")
}

pub(crate) struct Query;

#[Object]
impl Query {
    async fn hello(&self) -> &'static str {
        "hello"
    }

    async fn me<'a>(&self, ctx: &'a Context<'_>) -> Result<&'a str> {
        let name = ctx.data_opt::<Name>().ok_or_else(Fault::unauthenticated)?;
        Ok(&name.0)
    }

    async fn maybe(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(Some(ctx.data::<Spending>()?.cost.to_string()))
    }

    async fn rows(&self, first: Option<usize>) -> Page {
        page(first)
    }

    async fn double(&self, of: i32) -> i32 {
        of.saturating_mul(2)
    }

    async fn broken(&self) -> Result<Option<bool>> {
        Err("the disk of db1 is full".into())
    }

    async fn refused(&self) -> Result<Option<bool>> {
        Err(Fault::bad_user_input("No such page.").with_detail("page", 7).into())
    }

    async fn panicking(&self) -> Option<bool> {
        Some(full_disk())
    }

    async fn endless(&self) -> Option<bool> {
        std::future::pending().await
    }
}

pub(crate) struct Mutation;

#[Object]
impl Mutation {
    async fn add(&self, ctx: &Context<'_>) -> Result<u64> {
        let knobs = ctx.data::<Arc<Knobs>>()?;
        Ok(knobs.mutations.fetch_add(1, Ordering::SeqCst) + 1)
    }
}

pub(crate) struct Subscriptions;

#[Subscription]
impl Subscriptions {
    async fn upto(&self, n: u64) -> impl Stream<Item = u64> {
        stream::iter(1..=n)
    }

    /// The counter now, and whenever it changes.
    async fn counter(&self, ctx: &Context<'_>) -> Result<impl Stream<Item = u64> + use<>> {
        let receiver = ctx.data::<Arc<Knobs>>()?.counter.subscribe();
        Ok(stream::unfold((receiver, true), |(mut receiver, is_first)| async move {
            if !is_first {
                receiver.changed().await.ok()?;
            }
            let value = *receiver.borrow_and_update();
            Some((value, (receiver, false)))
        }))
    }

    async fn closed(&self) -> Result<impl Stream<Item = u64> + use<>> {
        Err::<stream::Empty<u64>, _>(Fault::forbidden().into())
    }

    async fn falling(&self) -> impl Stream<Item = u64> {
        stream::iter(1..=2).map(|n| if n == 2 { panic!("fell") } else { n })
    }
}

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) knobs: Arc<Knobs>,
    pub(crate) shutdown: CancellationToken,
    pub(crate) client: reqwest::Client,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shutdown.cancel();
    }
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::with(Limits::default()).await
    }

    pub(crate) async fn with(limits: Limits) -> Self {
        let knobs = Arc::new(Knobs {
            is_allowed: AtomicBool::new(true),
            counter: watch::Sender::new(0),
            traces: AtomicU64::new(0),
            mutations: AtomicU64::new(0),
        });
        let shutdown = CancellationToken::new();
        let schema = Schema::build(Query, Mutation, Subscriptions).finish();
        let router = router(schema, TestHost(Arc::clone(&knobs)), limits, shutdown.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = shutdown.clone();
        tokio::spawn(async move {
            let serving = axum::serve(listener, router);
            serving.with_graceful_shutdown(stop.cancelled_owned()).await.unwrap();
        });
        let client = reqwest::Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
        Self { address, knobs, shutdown, client }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/graphql", self.address)
    }

    /// A POST of JSON, which the test may change before it is sent.
    pub(crate) fn post(&self, body: &Json) -> reqwest::RequestBuilder {
        self.client.post(self.url()).json(body)
    }

    /// What a document answers.
    pub(crate) async fn asks(&self, query: &str) -> Answer {
        Answer::of(self.post(&serde_json::json!({ "query": query })).send().await.unwrap()).await
    }
}

/// A response, read.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Json,
}

impl Answer {
    pub(crate) async fn of(response: reqwest::Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Json::String(text));
        Self { status, headers, body }
    }

    pub(crate) fn at(&self, pointer: &str) -> &Json {
        self.body.pointer(pointer).unwrap_or(&Json::Null)
    }

    pub(crate) fn code(&self) -> &str {
        self.at("/errors/0/extensions/code").as_str().unwrap_or("none")
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("none")
    }
}
