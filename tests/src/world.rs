//! A world for a story: a database, a mail server, a server, and the people at it.

use std::time::Duration;

use mail::testing::{Peer, Received};
use serde_json::json;

use crate::client::{Person, text};
use crate::database::Database;
use crate::program::{Launch, Server, must};

/// How long letters may take to arrive.
const LETTERS_WITHIN: Duration = Duration::from_secs(30);

/// All a story needs.
pub struct World {
    /// The process.
    pub server: Server,
    /// The mail server that the process speaks to.
    pub peer: Peer,
    /// Network admin: may open hubs.
    pub admin: Person,
    /// Where the facts are.
    pub database: Database,
}

/// A hub of the world.
#[derive(Clone, Debug)]
pub struct Hub {
    /// Its id.
    pub id: String,
    /// Its place in addresses.
    pub slug: String,
}

/// All invented people have their mail at one domain, and a story waits for each letter: the pace
/// that spares real mail servers has stories of its own.
fn at_once(peer: &Peer) -> String {
    format!("{}?per_minute=1000000&domain_per_minute=1000000", peer.url())
}

impl World {
    /// On this database, with a mail server that takes everything.
    pub async fn on(database: Database) -> Self {
        let peer = Peer::start([]).await.expect("a mail server");
        let server = Server::start(&database, &Launch::mail(&at_once(&peer)));
        let token = must(&database, &["token", "--role", "network-admin"]);
        let admin = Person::visitor(server.base()).with_token(token_in(&token));
        Self { server, peer, admin, database }
    }

    /// On SQLite.
    pub async fn sqlite() -> Self {
        Self::on(Database::sqlite()).await
    }

    /// On PostgreSQL.
    pub async fn postgres() -> Self {
        Self::on(Database::postgres().await).await
    }

    /// Somebody we know nothing about.
    pub fn visitor(&self) -> Person {
        Person::visitor(self.server.base())
    }

    /// Opens a hub.
    pub async fn hub(&self, name: &str, slug: &str, zone: &str, locales: &[&str]) -> Hub {
        let input = json!({ "name": name, "slug": slug, "timeZone": zone, "locales": locales });
        let id = self.admin.gives("openHub", input).id_of("hub").await;
        Hub { id, slug: slug.to_owned() }
    }

    /// Somebody with a role in a hub, by a token of the command line.
    pub fn with_role(&self, hub: &Hub, role: &str) -> Person {
        let token = must(&self.database, &["token", "--hub", &hub.slug, "--role", role]);
        self.visitor().with_token(token_in(&token))
    }

    /// This very person with a role in a hub.
    pub fn person_with_role(&self, hub: &Hub, role: &str, person: &str) -> Person {
        let words = ["token", "--hub", &hub.slug, "--role", role, "--person", person];
        self.visitor().with_token(token_in(&must(&self.database, &words)))
    }

    /// Another process on the same database and mail server.
    pub fn another(&self) -> Server {
        Server::start(&self.database, &Launch::mail(&at_once(&self.peer)))
    }

    /// Starts the server anew after it was killed or stopped, and moves the people over.
    pub fn starts_again(&mut self) {
        self.server = self.another();
        self.admin = self.admin.at(self.server.base());
    }

    /// Stops the server and starts it in another way.
    pub fn restarts(&mut self, launch: &Launch) {
        self.server.stop();
        self.server = Server::start(&self.database, launch);
        self.admin = self.admin.at(self.server.base());
    }

    /// Waits until the mail server has so many letters, and returns all of them.
    pub async fn letters(&self, count: usize) -> Vec<Received> {
        let letters = self.peer.wait_for(count, LETTERS_WITHIN).await;
        letters.unwrap_or_else(|fault| {
            panic!("{fault}; the server said: {}", self.server.complaints())
        })
    }

    /// Waits until so many letters that are such came after the first `since`; all of them.
    pub async fn letters_that(
        &self,
        since: usize,
        count: usize,
        is_one: impl Fn(&Received) -> bool,
    ) -> Vec<Received> {
        let begun = std::time::Instant::now();
        loop {
            let all = self.peer.received().await;
            let found: Vec<_> =
                all.iter().skip(since).filter(|letter| is_one(letter)).cloned().collect();
            if found.len() >= count {
                return found;
            }
            assert!(
                begun.elapsed() < LETTERS_WITHIN,
                "{} of {count} letters came; the server said: {}",
                found.len(),
                self.server.complaints()
            );
            // One more than there are, or a while: either is a reason to look again.
            drop(self.peer.wait_for(all.len() + 1, Duration::from_secs(1)).await);
        }
    }

    /// The letter of this number, counted from 1, to somebody.
    pub async fn letter_to(&self, address: &str, number: usize) -> Received {
        let mut letters = self.letters_that(0, number, |letter| letter.to == address).await;
        letters.swap_remove(number - 1)
    }

    /// Somebody we know nothing about, from one of 250 addresses: each has a budget of its own.
    pub fn visitor_from(&self, number: usize) -> Person {
        let last = u8::try_from(number % 250).expect("a small number") + 2;
        Person::visitor_from(self.server.base(), last)
    }

    /// The position of a hub's journal.
    pub async fn position(&self, hub: &Hub) -> i64 {
        let query = "query($slug: String!) { hub(slug: $slug) { position } }";
        let answer = self.admin.asks(query, json!({ "slug": hub.slug })).await;
        let position = text(&answer, "/hub/position");
        position.parse().unwrap_or_else(|_| panic!("no position in {answer}"))
    }

    /// Proves the chain; the command must find nothing.
    #[track_caller]
    pub fn verifies(&self) {
        must(&self.database, &["verify"]);
    }
}

/// The token in what the command printed.
pub fn token_in(said: &str) -> String {
    let mut words = said.split_whitespace();
    words
        .find(|word| word.starts_with("tok_"))
        .unwrap_or_else(|| panic!("no token in {said}"))
        .to_owned()
}

/// Tells a story on SQLite, then on PostgreSQL.
pub async fn both(story: impl AsyncFn(World)) {
    eprintln!("on SQLite");
    Box::pin(story(World::sqlite().await)).await;
    eprintln!("on PostgreSQL");
    Box::pin(story(World::postgres().await)).await;
}
