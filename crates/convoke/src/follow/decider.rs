//! Which issues one person follows: asked for, and then confirmed at her own address.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use kernel::{Decider, Moment, Personal, Zone};
use serde::{Deserialize, Serialize};

use crate::issue::IssueId;

/// Whoever types an address again and again makes one letter a day.
const ASKED_EACH: Duration = Duration::hours(24);
/// And types it for issue after issue, so many.
const ASKED_MAX: usize = 3;
/// Issues one person follows, or was asked about today, in a hub. What she was asked about before
/// takes no place: a stranger who types her address could use up all of them.
const ISSUES_MAX: usize = 100;
/// She may say yes to a question for so long; then it is forgotten.
const ASKED_KEPT: Duration = Duration::days(30);

/// What may be asked.
#[derive(Clone, Debug)]
pub enum Command {
    /// Follow an issue.
    Follow {
        /// Which.
        issue: IssueId,
        /// Where letters go.
        email: Personal<String>,
        /// In which language.
        locale: String,
        /// On whose Monday.
        zone: Zone,
        /// Whether the address is known to be hers, so that nobody need ask.
        proven: bool,
    },
    /// She said yes at her address.
    Confirm {
        /// Which.
        issue: IssueId,
    },
    /// No more.
    Unfollow {
        /// Which.
        issue: IssueId,
    },
}

/// What has happened; the person is the stream's id.
#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
pub enum Fact {
    /// Somebody gave an address; whether it is hers is not known yet.
    FollowAsked {
        /// Which issue.
        issue: IssueId,
        /// Where letters go.
        email: Personal<String>,
        /// In which language.
        locale: String,
        /// On whose Monday.
        zone: Zone,
        /// When.
        at: DateTime<Utc>,
        /// Whether the address is known to be hers.
        proven: bool,
    },
    /// She wants the summaries of an issue.
    IssueFollowed {
        /// Which.
        issue: IssueId,
        /// On whose Monday.
        zone: Zone,
    },
    /// She wants no more of them.
    IssueUnfollowed {
        /// Which.
        issue: IssueId,
    },
}

impl kernel::Fact for Fact {
    const KINDS: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;

    fn kind(&self) -> &'static str {
        self.into()
    }

    fn tags(&self) -> Vec<String> {
        match self {
            Self::FollowAsked { issue, .. }
            | Self::IssueFollowed { issue, .. }
            | Self::IssueUnfollowed { issue } => vec![issue.to_string()],
        }
    }

    fn samples() -> Vec<Self> {
        let issue = kernel::testing::id(1);
        let Some(zone) = Zone::parse("Europe/Istanbul") else { return vec![] };
        let email = Personal::new(kernel::testing::id(2), "ada@example.org".to_owned());
        let (locale, at) = ("tr".to_owned(), kernel::testing::noon());
        vec![
            Self::FollowAsked { issue, email, locale, zone, at, proven: false },
            Self::IssueFollowed { issue, zone },
            Self::IssueUnfollowed { issue },
        ]
    }
}

/// Why it is not done.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames, thiserror::Error)]
pub enum Rejection {
    /// Nobody reads the summaries of so many.
    #[error("{max} issues are followed already")]
    TooManyFollowed {
        /// The limit.
        max: usize,
    },
    /// She never asked for it, or has taken it back.
    #[error("that issue is not waiting to be followed")]
    NotAskedFor {},
}
impl kernel::Rejection for Rejection {}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum Standing {
    Asked { at: DateTime<Utc>, zone: Zone },
    Follows,
}

/// What one person follows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Following {
    issues: BTreeMap<IssueId, Standing>,
}

impl Following {
    /// Whether somebody is being asked so often that it is no longer her wish.
    fn is_pressed(&self, now: DateTime<Utc>) -> bool {
        let recent = |standing: &&Standing| match standing {
            Standing::Asked { at, .. } => now - *at < ASKED_EACH,
            Standing::Follows => false,
        };
        self.issues.values().filter(recent).count() >= ASKED_MAX
    }

    /// Whether there is no place for one more issue beside the others.
    fn is_full(&self, issue: IssueId, now: DateTime<Utc>) -> bool {
        let takes = |(other, standing): &(&IssueId, &Standing)| match standing {
            _ if **other == issue => false,
            Standing::Asked { at, .. } => now - *at < ASKED_EACH,
            Standing::Follows => true,
        };
        self.issues.iter().filter(takes).count() >= ISSUES_MAX
    }
}

impl Decider for Following {
    const STREAM: &'static str = "follow";
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        match command {
            Command::Follow { issue, email, locale, zone, proven } => {
                let at = moment.now;
                match self.issues.get(&issue) {
                    // Who asks for somebody else does not learn what that person follows.
                    Some(Standing::Follows) => return Ok(vec![]),
                    Some(Standing::Asked { at: before, .. })
                        if !proven && at - *before < ASKED_EACH =>
                    {
                        return Ok(vec![]);
                    }
                    _ if !proven && self.is_pressed(at) => return Ok(vec![]),
                    _ if self.is_full(issue, at) => {
                        return Err(Rejection::TooManyFollowed { max: ISSUES_MAX });
                    }
                    _ => {}
                }
                let asked = Fact::FollowAsked { issue, email, locale, zone, at, proven };
                let follows = proven.then_some(Fact::IssueFollowed { issue, zone });
                Ok([asked].into_iter().chain(follows).collect())
            }
            Command::Confirm { issue } => match self.issues.get(&issue) {
                Some(Standing::Follows) => Ok(vec![]),
                Some(_) if self.is_full(issue, moment.now) => {
                    Err(Rejection::TooManyFollowed { max: ISSUES_MAX })
                }
                Some(Standing::Asked { zone, .. }) => {
                    Ok(vec![Fact::IssueFollowed { issue, zone: *zone }])
                }
                None => Err(Rejection::NotAskedFor {}),
            },
            Command::Unfollow { issue } => Ok(if self.issues.contains_key(&issue) {
                vec![Fact::IssueUnfollowed { issue }]
            } else {
                vec![]
            }),
        }
    }

    fn evolve(&mut self, fact: &Fact) {
        match fact {
            Fact::FollowAsked { issue, zone, at, .. } => {
                self.issues.retain(|_, standing| match standing {
                    Standing::Asked { at: before, .. } => *at - *before < ASKED_KEPT,
                    Standing::Follows => true,
                });
                self.issues.insert(*issue, Standing::Asked { at: *at, zone: *zone });
            }
            Fact::IssueFollowed { issue, .. } => {
                self.issues.insert(*issue, Standing::Follows);
            }
            Fact::IssueUnfollowed { issue } => {
                self.issues.remove(issue);
            }
        }
    }
}
