//! What a stakeholder offers, and what it looks for: two lists alike.
//!
//! Refuses the empty, the past and the fifty-first; the same twice is one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Duration, NaiveDate};
use kernel::Moment;
use serde::{Deserialize, Serialize};

use super::rejection::Rejection;
use crate::network::slug::folded;

/// The most offers, and the most needs, that stand at a time: a list people still read.
pub const PLEDGES_MAX: usize = 50;

/// Something offered or looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pledge {
    /// What.
    pub what: String,
    /// The last day it holds.
    pub until: Option<NaiveDate>,
}

/// What stands, by number; numbers are never used twice.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Pledges {
    pub(super) last: u32,
    pub(super) standing: BTreeMap<u32, Pledge>,
}

impl Pledges {
    pub(super) fn has(&self, what: &str) -> bool {
        let wanted = folded(what);
        self.standing.values().any(|one| folded(&one.what) == wanted)
    }

    /// The next number and the pledge; `None` when the same stands already.
    pub(super) fn next(
        &self,
        pledge: Pledge,
        moment: &Moment,
    ) -> Result<Option<(u32, Pledge)>, Rejection> {
        if pledge.what.trim().is_empty() {
            return Err(Rejection::WhatMissing {});
        }
        not_past(pledge.until, moment)?;
        if self.has(&pledge.what) {
            return Ok(None);
        }
        if self.standing.len() >= PLEDGES_MAX {
            return Err(Rejection::TooManyPledges { max: PLEDGES_MAX });
        }
        Ok(Some((self.last.saturating_add(1), pledge)))
    }

    /// All that are new among these, numbered from the next on.
    pub(super) fn fresh(&self, pledges: impl IntoIterator<Item = Pledge>) -> Vec<(u32, Pledge)> {
        let mut seen = BTreeSet::new();
        let new = pledges.into_iter().filter(|one| {
            !one.what.trim().is_empty() && !self.has(&one.what) && seen.insert(folded(&one.what))
        });
        let room = PLEDGES_MAX.saturating_sub(self.standing.len());
        (self.last.saturating_add(1)..).zip(new).take(room).collect()
    }

    pub(super) fn learn(&mut self, number: u32, what: &str, until: Option<NaiveDate>) {
        self.last = self.last.max(number);
        self.standing.insert(number, Pledge { what: what.to_owned(), until });
    }
}

pub(super) fn not_past(until: Option<NaiveDate>, moment: &Moment) -> Result<(), Rejection> {
    // West of Greenwich it is still today when it is tomorrow in UTC.
    let today = (moment.now - Duration::hours(12)).date_naive();
    match until.filter(|day| *day < today) {
        Some(until) => Err(Rejection::EndsInPast { until }),
        None => Ok(()),
    }
}
