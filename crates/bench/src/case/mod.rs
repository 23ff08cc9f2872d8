//! The cases: what is measured, beside which twin, and below which ratio something is wrong.

mod append;
#[cfg(feature = "product")]
mod desk;
#[cfg(feature = "product")]
mod http;
mod mail;
#[cfg(feature = "product")]
mod replay;

use anyhow::{Result, bail};

use crate::pair::{Pairs, Setting};
use crate::place::{Kind, Place};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// Writers, and facts of one command: notes on many streams.
    Append(usize, u64),
    /// A thousand letters over three lines; no database.
    Mail,
    /// 32 people at one event's desk.
    #[cfg(feature = "product")]
    Hot,
    /// The same through HTTP and GraphQL, with all that a stranger's registration takes.
    #[cfg(feature = "product")]
    HotHttp,
    /// Reading all facts in order.
    #[cfg(feature = "product")]
    Replay,
    /// Making all views anew.
    #[cfg(feature = "product")]
    Rebuild,
    /// A page of 50 events with their counts.
    #[cfg(feature = "product")]
    Graphql,
    /// The page of an event.
    #[cfg(feature = "product")]
    Page,
    /// A feed of 61 events, rendered before.
    #[cfg(feature = "product")]
    Feed200,
    /// The same to somebody who has it.
    #[cfg(feature = "product")]
    Feed304,
    /// The same beside the health check of the same server.
    #[cfg(feature = "product")]
    FeedHealth,
}

const JOURNAL: &[(&str, What)] = &[
    ("append1", What::Append(1, 1)),
    ("append8", What::Append(8, 1)),
    ("append32", What::Append(32, 1)),
    ("append8x10", What::Append(8, 10)),
];
#[cfg(not(feature = "product"))]
const PRODUCT: &[(&str, What)] = &[];
#[cfg(feature = "product")]
const PRODUCT: &[(&str, What)] = &[
    ("hot32", What::Hot),
    ("hot32-http", What::HotHttp),
    ("replay", What::Replay),
    ("rebuild", What::Rebuild),
    ("graphql", What::Graphql),
    ("page", What::Page),
    ("feed200", What::Feed200),
    ("feed304", What::Feed304),
    ("feed304-healthz", What::FeedHealth),
];

/// One case on one database.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    name: &'static str,
    what: What,
    kind: Kind,
}

/// What came of a case.
pub(crate) struct Outcome {
    /// The case.
    pub(crate) name: String,
    /// The figures.
    pub(crate) pairs: Pairs,
    /// The least ratio that is not alarming.
    pub(crate) floor: Option<f64>,
    /// The least count of facts for each fsync.
    pub(crate) fsync_floor: Option<f64>,
    /// Facts of each thing that was counted; 0 where nothing is written.
    pub(crate) facts_each: f64,
    /// What is counted.
    pub(crate) unit: &'static str,
    /// What both sides promise.
    pub(crate) durability: &'static str,
    /// Writers, or connections.
    pub(crate) writers: usize,
    /// Bytes of a row's payload, or of an answer's body.
    pub(crate) payload: usize,
    /// What the twin is.
    pub(crate) twin: &'static str,
}

impl Outcome {
    /// Whether something is below its floor.
    pub(crate) fn is_below(&self) -> bool {
        let facts = self.pairs.a_fsync.0.map(|done| done * self.facts_each);
        self.floor.is_some_and(|floor| self.pairs.ratio.median < floor)
            || self.fsync_floor.zip(facts).is_some_and(|(floor, facts)| facts < floor)
    }
}

impl Case {
    /// All of them, on both databases.
    pub(crate) fn all() -> Vec<Self> {
        let stored = JOURNAL.iter().chain(PRODUCT).flat_map(|(name, what)| {
            [Kind::Sqlite, Kind::Postgres].map(|kind| Self { name, what: *what, kind })
        });
        let alone = Self { name: "mail3", what: What::Mail, kind: Kind::Sqlite };
        stored.chain([alone]).collect()
    }

    /// Those of these names, or all.
    pub(crate) fn chosen(names: &[String]) -> Result<Vec<Self>> {
        let all = Self::all();
        for name in names {
            if !all.iter().any(|case| case.is(name)) {
                bail!("there is no case “{name}”; `bench cases` lists them");
            }
        }
        let is_chosen = |case: &Self| names.is_empty() || names.iter().any(|name| case.is(name));
        Ok(all.into_iter().filter(is_chosen).collect())
    }

    fn is(&self, name: &str) -> bool {
        self.name == name || self.name() == name
    }

    /// Its name with the database's.
    pub(crate) fn name(&self) -> String {
        match self.what {
            What::Mail => self.name.to_owned(),
            _ => format!("{}-{}", self.name, self.kind.name()),
        }
    }

    /// What it measures, and beside what.
    pub(crate) fn about(&self) -> String {
        match self.what {
            What::Mail => format!("1,000 letters over 3 lines to smtp-sink; {}", mail::TWIN),
            What::Append(writers, facts) => format!(
                "{writers} writers over many streams, {facts} facts a command; {}",
                append::twin(self.kind, writers)
            ),
            #[cfg(feature = "product")]
            What::Hot => format!("32 writers at one desk; {}", desk::twin(self.kind)),
            #[cfg(feature = "product")]
            What::HotHttp => format!("the same through GraphQL; {}", desk::TWIN_HTTP),
            #[cfg(feature = "product")]
            What::Replay => format!("all facts in order; {}", replay::SCAN),
            #[cfg(feature = "product")]
            What::Rebuild => format!("all views made anew; {}", replay::REBUILD),
            #[cfg(feature = "product")]
            What::Graphql => "a page of 50 events with counts; axum, the same bytes".to_owned(),
            #[cfg(feature = "product")]
            What::Page => "an event's page; axum, the same bytes".to_owned(),
            #[cfg(feature = "product")]
            What::Feed200 => "a feed of 61 events, warm; axum, the same bytes".to_owned(),
            #[cfg(feature = "product")]
            What::Feed304 => "the same with its ETag; axum, a 304".to_owned(),
            #[cfg(feature = "product")]
            What::FeedHealth => format!("the same with its ETag; {}", http::HEALTH),
        }
    }

    /// Runs it.
    pub(crate) async fn run(self, place: &mut Place, setting: &Setting) -> Result<Outcome> {
        let mut outcome = match self.what {
            What::Mail => mail::run(setting).await,
            What::Append(writers, facts) => {
                append::run(place, setting, self.kind, writers, facts).await
            }
            #[cfg(feature = "product")]
            What::Hot => desk::run(place, setting, self.kind).await,
            #[cfg(feature = "product")]
            What::HotHttp => desk::run_http(place, setting, self.kind).await,
            #[cfg(feature = "product")]
            What::Replay => replay::run(place, setting, self.kind, false).await,
            #[cfg(feature = "product")]
            What::Rebuild => replay::run(place, setting, self.kind, true).await,
            #[cfg(feature = "product")]
            What::Graphql => http::graphql(place, setting, self.kind).await,
            #[cfg(feature = "product")]
            What::Page => http::page(place, setting, self.kind).await,
            #[cfg(feature = "product")]
            What::Feed200 => http::feed(place, setting, self.kind, false).await,
            #[cfg(feature = "product")]
            What::Feed304 => http::feed(place, setting, self.kind, true).await,
            #[cfg(feature = "product")]
            What::FeedHealth => http::feed_beside_health(place, setting, self.kind).await,
        }?;
        outcome.name = self.name();
        Ok(outcome)
    }
}
