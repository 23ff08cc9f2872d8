//! Processes that hammer on one journal, and what they were answered.

use std::process::Stdio;

use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::common::place::Place;

/// What one process is to do; see the example `journal-hammer`.
#[derive(Clone, Debug)]
pub(crate) struct Hammer {
    pub(crate) is_visitor: bool,
    pub(crate) crash: &'static str,
    pub(crate) hub: String,
    pub(crate) seed: u64,
    pub(crate) writers: u32,
    pub(crate) count: u32,
    pub(crate) streams: u32,
    pub(crate) limit: i64,
    pub(crate) cursed: u32,
}

impl Default for Hammer {
    fn default() -> Self {
        Self {
            is_visitor: false,
            crash: "nowhere",
            hub: crate::common::place::HUB.to_owned(),
            seed: 1,
            writers: 4,
            count: 10,
            streams: 5,
            limit: i64::MAX,
            cursed: 0,
        }
    }
}

/// An answer a process was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) asked: i64,
    pub(crate) answered: i64,
    pub(crate) position: i64,
    pub(crate) code: String,
    pub(crate) id: String,
    pub(crate) replayed: bool,
}

/// A process that has opened its journal and is at work.
pub(crate) struct Hammering {
    pub(crate) child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Hammer {
    /// Starts it, and waits until it has opened the journal.
    pub(crate) async fn start(&self, place: &Place) -> Hammering {
        let own = std::env::current_exe().unwrap();
        let program = own.parent().unwrap().parent().unwrap().join("examples/journal-hammer");
        assert!(
            program.exists(),
            "{} is missing: run all tests of the crate, or first “cargo build -p journal --example journal-hammer”",
            program.display()
        );
        let mut child = Command::new(program)
            .arg(&place.url)
            .arg(if self.is_visitor { "visit" } else { "serve" })
            .args([self.crash, &self.hub, &self.seed.to_string()])
            .args([self.writers, self.count, self.streams].map(|number| number.to_string()))
            .args([self.limit.to_string(), self.cursed.to_string()])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert_eq!(lines.next_line().await.unwrap().as_deref(), Some("ready"));
        Hammering { child, lines }
    }
}

impl Hammering {
    /// All answers until the process ends, however it does.
    pub(crate) async fn answers(&mut self) -> Vec<Line> {
        let mut answers = vec![];
        while let Some(line) = self.next().await {
            answers.push(line);
        }
        self.child.wait().await.unwrap();
        answers
    }

    /// The next answer. A line cut by a kill was no answer.
    pub(crate) async fn next(&mut self) -> Option<Line> {
        let text = self.lines.next_line().await.unwrap()?;
        let words: Vec<&str> = text.split(' ').collect();
        let [asked, answered, position, code, id, replayed] = words.as_slice() else {
            return None;
        };
        Some(Line {
            asked: asked.parse().unwrap(),
            answered: answered.parse().unwrap(),
            position: position.parse().unwrap(),
            code: (*code).to_owned(),
            id: (*id).to_owned(),
            replayed: replayed.parse().ok()?,
        })
    }
}

/// Runs several at once, and gathers all their answers.
pub(crate) async fn run_all(place: &Place, hammers: &[Hammer]) -> Vec<Vec<Line>> {
    let mut started = vec![];
    for hammer in hammers {
        started.push(hammer.start(place).await);
    }
    let answers = started.iter_mut().map(Hammering::answers);
    futures_util::future::join_all(answers).await
}

pub(crate) fn with_code<'a>(lines: &'a [Line], code: &str) -> Vec<&'a Line> {
    lines.iter().filter(|line| line.code == code).collect()
}
