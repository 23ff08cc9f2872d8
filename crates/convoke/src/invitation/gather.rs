//! What the mix of guests needs to know, gathered in a few queries, and its reasons in words.

use std::collections::{BTreeMap, HashMap};

use journal::json_list;

use super::mix::{Brief, Candidate, Pick, Reason, suggest};
use crate::app::{Reader, reply};
use crate::event::view::EventRow;
use crate::stakeholder::view::{StakeholderRow, pledges_of, relations_of};
use crate::text::{Locale, Text};

/// Microseconds in a month of 30 days.
const MONTH_MICROS: f64 = 2_592_000_000_000.0;

/// Why each of these stakeholders is a good guest, by its id, in its own language: what an
/// invitation says when the curator gives no reason.
///
/// # Errors
/// Faults of the database.
pub(crate) async fn reasons(
    read: &Reader,
    event: &EventRow,
    rows: &[StakeholderRow],
) -> async_graphql::Result<HashMap<String, String>> {
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let gathered = Gathered::read(read, &ids, event).await?;
    let all: Vec<Candidate> = rows.iter().map(|row| gathered.candidate(row, read)).collect();
    let brief = gathered.brief(event);
    let said = |pick: Pick| {
        let row = rows.get(pick.candidate)?;
        let text = Text::new(Locale::parse(&row.locale).unwrap_or_default());
        let why = pick.reasons.first().map(|reason| sentence(reason, text));
        Some((row.id.clone(), why.unwrap_or_else(|| text.s("mix-related"))))
    };
    Ok(suggest(&brief, &all, rows.len()).picks.into_iter().filter_map(said).collect())
}

/// What stakeholders give and need, and how they are related to the event's issue.
pub(crate) struct Gathered {
    needs: Vec<String>,
    offers: HashMap<String, Vec<String>>,
    relations: HashMap<String, f64>,
    came: HashMap<String, i64>,
}

impl Gathered {
    /// Reads it, for stakeholders of these ids.
    ///
    /// # Errors
    /// Faults of the database.
    pub(crate) async fn read(
        read: &Reader,
        ids: &[String],
        event: &EventRow,
    ) -> async_graphql::Result<Self> {
        let pledges = pledges_of(read.db(), ids).await.map_err(reply::fault)?;
        let related = relations_of(read.db(), ids).await.map_err(reply::fault)?;
        let relations: HashMap<String, f64> = related
            .into_iter()
            .filter(|row| Some(&row.issue) == event.issue.as_ref())
            .map(|row| {
                let weight = if matches!(row.relation.as_str(), "works-on" | "affected-by") {
                    1.0
                } else {
                    0.7
                };
                (row.stakeholder, weight)
            })
            .collect();
        let mut offers: HashMap<String, Vec<String>> = HashMap::new();
        // What those close to the issue look for is what the event needs, the most asked first.
        let mut asked: BTreeMap<String, usize> = BTreeMap::new();
        for pledge in pledges {
            if pledge.side == "offer" {
                offers.entry(pledge.stakeholder).or_default().push(pledge.what);
            } else if relations.contains_key(&pledge.stakeholder) {
                *asked.entry(pledge.what).or_default() += 1;
            }
        }
        let mut asked: Vec<(String, usize)> = asked.into_iter().collect();
        asked.sort_by(|one, other| other.1.cmp(&one.1));
        let needs = event
            .need
            .iter()
            .cloned()
            .chain(asked.into_iter().map(|(what, _)| what))
            .take(12)
            .collect();
        Ok(Self { needs, offers, relations, came: came(read, ids).await? })
    }

    /// What the event is for.
    pub(crate) fn brief(&self, event: &EventRow) -> Brief {
        Brief {
            needs: self.needs.clone(),
            city: event.city.clone(),
            region: None,
            country: event.country.clone(),
        }
    }

    /// One who could be invited.
    pub(crate) fn candidate(&self, row: &StakeholderRow, read: &Reader) -> Candidate {
        let now = journal::micros(read.now());
        Candidate {
            id: row.id.clone(),
            kind: row.kind.clone(),
            offers: self.offers.get(&row.id).cloned().unwrap_or_default(),
            relation: self.relations.get(&row.id).copied().unwrap_or(0.0),
            city: row.city.clone(),
            region: row.region.clone(),
            country: row.country.clone(),
            months_away: self.came.get(&row.id).map(|at| months(now - at)),
        }
    }
}

/// When each last accepted an invitation, in microseconds.
async fn came(read: &Reader, ids: &[String]) -> async_graphql::Result<HashMap<String, i64>> {
    let rows = super::view::last_accepted(read.db(), json_list(ids)).await.map_err(reply::fault)?;
    Ok(rows.into_iter().map(|row| (row.stakeholder, row.at)).collect())
}

fn months(micros: i64) -> f64 {
    let minutes = i32::try_from(micros / 60_000_000).unwrap_or(i32::MAX);
    f64::from(minutes) * 60_000_000.0 / MONTH_MICROS
}

/// A reason as people read it.
pub(crate) fn sentence(reason: &Reason, text: Text) -> String {
    match reason {
        Reason::Need { need, nth: 1 } => text.one("mix-first-need", "what", need),
        Reason::Need { need, .. } => text.one("mix-second-need", "what", need),
        Reason::Kind { kind, nth: 1 } => text.one("mix-first-kind", "what", text.kind(kind)),
        Reason::Kind { kind, .. } => text.one("mix-second-kind", "what", text.kind(kind)),
        Reason::Place { city, nth: 1 } => text.one("mix-first-place", "what", city),
        Reason::Place { city, .. } => text.one("mix-second-place", "what", city),
        Reason::Related => text.s("mix-related"),
        Reason::Newcomer => text.s("mix-newcomer"),
    }
}
