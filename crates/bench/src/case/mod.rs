//! The cases: what is measured, beside which twin, and below which ratio something is wrong.

mod append;
mod desk;
mod http;
mod replay;

use anyhow::{Result, bail};

use crate::pair::{Pairs, Setting};
use crate::place::{Kind, Place};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// Writers, and facts of one command: notes on many streams.
    Append(usize, u64),
    /// 32 people at one event's desk.
    Hot,
    /// The same through HTTP and GraphQL, with all that a stranger's registration takes.
    HotHttp,
    /// Reading all facts in order.
    Replay,
    /// Making all views anew.
    Rebuild,
    /// A page of 50 events with their counts.
    Graphql,
    /// The page of an event.
    Page,
    /// A feed of 61 events, rendered before.
    Feed200,
    /// The same to somebody who has it.
    Feed304,
}

const WHAT: [(&str, What); 12] = [
    ("append1", What::Append(1, 1)),
    ("append8", What::Append(8, 1)),
    ("append32", What::Append(32, 1)),
    ("append8x10", What::Append(8, 10)),
    ("hot32", What::Hot),
    ("hot32-http", What::HotHttp),
    ("replay", What::Replay),
    ("rebuild", What::Rebuild),
    ("graphql", What::Graphql),
    ("page", What::Page),
    ("feed200", What::Feed200),
    ("feed304", What::Feed304),
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
        WHAT.into_iter()
            .flat_map(|(name, what)| {
                [Kind::Sqlite, Kind::Postgres].map(|kind| Self { name, what, kind })
            })
            .collect()
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
        format!("{}-{}", self.name, self.kind.name())
    }

    /// What it measures, and beside what.
    pub(crate) fn about(&self) -> String {
        match self.what {
            What::Append(writers, facts) => format!(
                "{writers} writers over many streams, {facts} facts a command; {}",
                append::twin(self.kind, writers)
            ),
            What::Hot => format!("32 writers at one desk; {}", desk::twin(self.kind)),
            What::HotHttp => format!("the same through GraphQL; {}", desk::TWIN_HTTP),
            What::Replay => format!("all facts in order; {}", replay::SCAN),
            What::Rebuild => format!("all views made anew; {}", replay::REBUILD),
            What::Graphql => "a page of 50 events with counts; axum, the same bytes".to_owned(),
            What::Page => "an event's page; axum, the same bytes".to_owned(),
            What::Feed200 => "a feed of 61 events, warm; axum, the same bytes".to_owned(),
            What::Feed304 => "the same with its ETag; axum, a 304".to_owned(),
        }
    }

    /// Runs it.
    pub(crate) async fn run(self, place: &mut Place, setting: &Setting) -> Result<Outcome> {
        let mut outcome = match self.what {
            What::Append(writers, facts) => {
                append::run(place, setting, self.kind, writers, facts).await
            }
            What::Hot => desk::run(place, setting, self.kind).await,
            What::HotHttp => desk::run_http(place, setting, self.kind).await,
            What::Replay => replay::run(place, setting, self.kind, false).await,
            What::Rebuild => replay::run(place, setting, self.kind, true).await,
            What::Graphql => http::graphql(place, setting, self.kind).await,
            What::Page => http::page(place, setting, self.kind).await,
            What::Feed200 => http::feed(place, setting, self.kind, false).await,
            What::Feed304 => http::feed(place, setting, self.kind, true).await,
        }?;
        outcome.name = self.name();
        Ok(outcome)
    }
}
