//! A hub's agenda: which titles and slugs its issues have taken.
//!
//! Refuses a title that another issue bears, unless the proposer insists; then both live, under
//! different slugs. A slug once given is never given again: links to it are out in the world.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Decider, Moment};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

use super::IssueId;
use crate::network::slug::{folded, free_slug};
use crate::network::slug_of;

/// What may be asked of an agenda.
#[derive(Clone, Debug)]
pub enum Command {
    /// Takes a title, and a slug made of it.
    Take {
        /// For which issue.
        issue: IssueId,
        /// The title as written.
        title: String,
        /// Whether another issue of that title is all right.
        force: bool,
    },
    /// Leads the title of one issue to another that swallowed it.
    Pass {
        /// Whose title.
        from: IssueId,
        /// Where it leads from now on.
        to: IssueId,
    },
    /// Lets others use the title again.
    Free {
        /// Whose title.
        issue: IssueId,
    },
}

/// What has happened to an agenda.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, VariantNames, IntoStaticStr)]
pub enum Fact {
    /// An issue has this title and slug.
    IssueTitleTaken {
        /// The issue.
        issue: IssueId,
        /// The title as titles are compared.
        key: String,
        /// Its slug in this hub.
        slug: String,
    },
    /// The title of one issue leads to another.
    IssueTitlePassed {
        /// Whose title.
        from: IssueId,
        /// Where it leads.
        to: IssueId,
    },
    /// Others may use the title again.
    IssueTitleFreed {
        /// Whose title.
        issue: IssueId,
    },
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = Self::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn tags(&self) -> Vec<String> {
        match self {
            Self::IssueTitleTaken { issue, .. } | Self::IssueTitleFreed { issue } => {
                vec![issue.to_string()]
            }
            Self::IssueTitlePassed { from, to } => vec![from.to_string(), to.to_string()],
        }
    }

    fn samples() -> Vec<Self> {
        use kernel::testing::id;
        vec![
            Self::IssueTitleTaken {
                issue: id(1),
                key: "food waste".to_owned(),
                slug: "food-waste".to_owned(),
            },
            Self::IssueTitlePassed { from: id(1), to: id(2) },
            Self::IssueTitleFreed { issue: id(1) },
        ]
    }
}

/// Why an agenda says no.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames, thiserror::Error)]
pub enum Rejection {
    /// Nothing is left of the title when spaces and marks are taken away.
    #[error("an issue needs a title")]
    TitleMissing {},
    /// There is one of that title. It may be proposed all the same by insisting.
    #[error("{issue} bears that title")]
    DuplicateOf {
        /// The other issue.
        issue: IssueId,
    },
}
impl kernel::Rejection for Rejection {}

/// The titles and slugs of a hub's issues.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Agenda {
    titles: BTreeMap<String, IssueId>,
    slugs: BTreeSet<String>,
    issues: BTreeSet<IssueId>,
}

impl Agenda {
    fn take(&self, issue: IssueId, title: &str, force: bool) -> Result<Vec<Fact>, Rejection> {
        if self.issues.contains(&issue) {
            return Ok(Vec::new());
        }
        let key = folded(title);
        if key.is_empty() {
            return Err(Rejection::TitleMissing {});
        }
        match self.titles.get(&key) {
            Some(other) if !force => Err(Rejection::DuplicateOf { issue: *other }),
            _ => {
                let slug = free_slug(&slug_of(title, "issue"), |slug| self.slugs.contains(slug));
                Ok(vec![Fact::IssueTitleTaken { issue, key, slug }])
            }
        }
    }

    fn holds(&self, issue: IssueId) -> bool {
        self.titles.values().any(|holder| *holder == issue)
    }
}

impl Decider for Agenda {
    const STREAM: &'static str = "agenda";
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, _moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        match command {
            Command::Take { issue, title, force } => self.take(issue, &title, force),
            Command::Pass { from, to } if self.holds(from) => {
                Ok(vec![Fact::IssueTitlePassed { from, to }])
            }
            Command::Free { issue } if self.holds(issue) => {
                Ok(vec![Fact::IssueTitleFreed { issue }])
            }
            Command::Pass { .. } | Command::Free { .. } => Ok(Vec::new()),
        }
    }

    fn evolve(&mut self, fact: &Fact) {
        match fact {
            Fact::IssueTitleTaken { issue, key, slug } => {
                // Of two with one title the first keeps it: it is the one to point at.
                self.titles.entry(key.clone()).or_insert(*issue);
                self.slugs.insert(slug.clone());
                self.issues.insert(*issue);
            }
            Fact::IssueTitlePassed { from, to } => {
                for holder in self.titles.values_mut().filter(|holder| *holder == from) {
                    *holder = *to;
                }
            }
            Fact::IssueTitleFreed { issue } => self.titles.retain(|_, holder| holder != issue),
        }
    }
}
