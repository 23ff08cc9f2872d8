//! A product to test on: over a real journal, on both databases.
//!
//! PostgreSQL is not optional: a test run without one fails and says how to get one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop at the first surprise"
)]

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use journal::{Journal, Options};
use kernel::{Act, Actor, HubId, World};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::app::{App, Command, Grant, Settings, Viewer};
use crate::product::Convoke;
use crate::text::Locale;

/// The machine's randomness, and a clock that moves only when a test moves it.
#[derive(Debug)]
pub struct TestWorld {
    now: std::sync::Mutex<DateTime<Utc>>,
}

impl Default for TestWorld {
    fn default() -> Self {
        Self { now: std::sync::Mutex::new(kernel::testing::noon()) }
    }
}

impl TestWorld {
    /// Lets time pass.
    pub fn pass(&self, by: Duration) {
        *self.now.lock().unwrap() += by;
    }
}

impl World for TestWorld {
    fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }
    #[expect(clippy::disallowed_methods, reason = "tests are wiring, too")]
    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }
    #[expect(clippy::disallowed_methods, reason = "tests are wiring, too")]
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(16) {
            let random = Uuid::new_v4();
            chunk.iter_mut().zip(random.as_bytes()).for_each(|(to, from)| *to = *from);
        }
    }
}

/// A product under test, with its clock.
#[derive(Clone)]
pub struct TestApp {
    /// The product.
    pub app: App,
    /// Its clock.
    pub world: Arc<TestWorld>,
}

impl std::ops::Deref for TestApp {
    type Target = App;
    fn deref(&self) -> &App {
        &self.app
    }
}

/// The settings tests run with.
pub fn settings() -> Settings {
    Settings {
        public_url: "http://127.0.0.1:8080".to_owned(),
        uid_domain: "convoke.test".to_owned(),
        mail_from: "events@convoke.test".to_owned(),
        inbound_domain: Some("in.convoke.test".to_owned()),
        organizer: crate::app::Organizer::Token,
        authserv_id: Some("mx.convoke.test".to_owned()),
        dkim: None,
        trusted_proxies: vec![],
        demo: true,
        mailbox: None,
    }
}

async fn open(url: &str) -> TestApp {
    let world = Arc::new(TestWorld::default());
    let journal =
        Journal::open(Options::serve(url), Arc::new(Convoke), world.clone()).await.unwrap();
    TestApp { app: App::new(journal, settings()), world }
}

/// Runs a test on SQLite in a folder of its own, then on PostgreSQL in a database of its own.
pub async fn both<F: Future<Output = ()>>(test: impl Fn(TestApp) -> F) {
    sqlite(&test).await;
    postgres(&test).await;
}

/// Runs a test on SQLite alone: for what does not depend on the database.
pub async fn sqlite<F: Future<Output = ()>>(test: impl Fn(TestApp) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let app = open(&format!("sqlite:{}/convoke.db", folder.path().display())).await;
    test(app.clone()).await;
    app.journal().close().await;
}

async fn postgres<F: Future<Output = ()>>(test: impl Fn(TestApp) -> F) {
    #[expect(clippy::disallowed_methods, reason = "the test command says where its PostgreSQL is")]
    let server = std::env::var("CONVOKE_TEST_POSTGRES").unwrap_or_else(|_| {
        panic!("CONVOKE_TEST_POSTGRES is not set: run “cargo xtask test”, or “cargo xtask postgres” beside this")
    });
    #[expect(clippy::disallowed_methods, reason = "a database of its own for each test")]
    let name = format!("t_{}", Uuid::now_v7().simple());
    let database = journal::testing::Database::create(&server, &name).await.unwrap();
    let app = open(database.url()).await;
    test(app.clone()).await;
    app.journal().close().await;
    database.drop().await.unwrap();
}

impl TestApp {
    /// The same product, set to something else.
    #[must_use]
    pub fn set(&self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = settings();
        change(&mut settings);
        Self { app: App::new(self.app.journal().clone(), settings), world: self.world.clone() }
    }

    /// Where the pages are, as they know it.
    pub fn site(&self) -> crate::site::Site {
        let address = web::site::Site::parse("http://127.0.0.1:8080").expect("an address");
        crate::site::Site { app: self.app.clone(), address, stop: CancellationToken::new() }
    }

    /// What the pages answer to a visitor with a form: the status, and the page.
    pub async fn knocks(&self, method: &str, path: &str, form: &str) -> (u16, String) {
        let request = http::Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(axum::body::Body::from(form.to_owned()))
            .expect("a request");
        let answer = crate::pages::router(self.site()).oneshot(request).await.expect("an answer");
        let status = answer.status().as_u16();
        let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20).await.expect("a page");
        (status, String::from_utf8(bytes.to_vec()).expect("a text"))
    }

    /// Gives a command as a hub admin of this hub; it must be accepted. Says what it is about.
    #[track_caller]
    pub fn admin_does<A: Act>(&self, hub: Option<HubId>, act: A) -> impl Future<Output = String> {
        let app = self.app.clone();
        async move {
            let answer = app
                .act_as_system("test", hub, Box::new(act), Command::default())
                .await
                .expect("a fault");
            match answer.outcome {
                journal::Outcome::Accepted(receipt) => receipt.about,
                journal::Outcome::Rejected(refusal) => {
                    panic!("{} was refused: {}", A::KIND, refusal.code)
                }
            }
        }
    }

    /// Somebody with a role in a hub.
    pub fn viewer(&self, hub: HubId, role: kernel::Role) -> Viewer {
        Viewer {
            person: Some(self.app.id()),
            grants: vec![Grant { hub: Some(hub), role }],
            token: Some(self.app.id()),
            locale: Locale::En,
        }
    }

    /// Runs a GraphQL document as somebody; its data as JSON. Errors of the transport kind fail.
    pub async fn graphql(&self, viewer: Viewer, document: &str) -> serde_json::Value {
        let request = async_graphql::Request::new(document).data(viewer);
        let response = crate::schema::schema(self.app.clone()).run(request).await;
        assert!(response.errors.is_empty(), "{:#?}", response.errors);
        response.data.into_json().unwrap()
    }

    /// An actor of no name, for acts decided without an App.
    pub fn nobody() -> Actor {
        Actor::visitor()
    }
}
