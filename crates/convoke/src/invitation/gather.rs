//! What the mix of guests needs to know, gathered in a few queries, and its reasons in words.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use journal::json_list;

use super::mix::{Brief, Candidate, Pick, Why, closeness, suggest};
use crate::app::{Reader, reply};
use crate::event::view::EventRow;
use crate::issue::view::{IssueRow, issues_by_id};
use crate::stakeholder::Relation;
use crate::stakeholder::view::{RelationRow, StakeholderRow, pledges_of, relations_of};
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
    let brief = gathered.brief(event, Vec::new());
    let said = |pick: Pick| {
        let row = rows.get(pick.candidate)?;
        let text = Text::new(Locale::parse(&row.locale).unwrap_or_default());
        let why = pick.reasons.first().map(|reason| sentence(&reason.why, text));
        Some((row.id.clone(), why.unwrap_or_else(|| text.s("mix-works-on"))))
    };
    Ok(suggest(&brief, &all, rows.len()).picks.into_iter().filter_map(said).collect())
}

/// What stakeholders give and need, and what they have to do with the event's issue.
pub(crate) struct Gathered {
    needs: Vec<String>,
    issue: Option<IssueRow>,
    offers: HashMap<String, Vec<String>>,
    relations: HashMap<String, Relation>,
    goals: HashMap<String, Vec<u8>>,
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
        let issues: BTreeSet<&String> =
            related.iter().map(|row| &row.issue).chain(event.issue.as_ref()).collect();
        let issues: Vec<String> = issues.into_iter().cloned().collect();
        let issues = issues_by_id(read.db(), &issues).await.map_err(reply::fault)?;
        let issues: HashMap<String, IssueRow> =
            issues.into_iter().map(|row| (row.id.clone(), row)).collect();
        let (relations, goals) = concerned(&related, &issues, event);
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
        asked.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
        let needs = event
            .need
            .iter()
            .cloned()
            .chain(asked.into_iter().map(|(what, _)| what))
            .take(12)
            .collect();
        let issue = event.issue.as_ref().and_then(|issue| issues.get(issue)).cloned();
        Ok(Self { needs, issue, offers, relations, goals, came: came(read, ids).await? })
    }

    /// What the event is for, and which groups the curator wants to be there.
    pub(crate) fn brief(&self, event: &EventRow, groups: Vec<String>) -> Brief {
        Brief {
            needs: self.needs.clone(),
            goals: self.issue.as_ref().map(IssueRow::sdgs).unwrap_or_default(),
            groups,
            city: event.city.clone(),
            region: self.issue.as_ref().and_then(|issue| issue.region.clone()),
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
            tags: row.tags(),
            goals: self.goals.get(&row.id).cloned().unwrap_or_default(),
            relation: self.relations.get(&row.id).copied(),
            city: row.city.clone(),
            region: row.region.clone(),
            country: row.country.clone(),
            months_away: self.came.get(&row.id).map(|at| months(now - at)),
        }
    }
}

/// What each stakeholder has to do with the event's issue, the closest of it, and which goals the
/// issues serve that it has to do with.
fn concerned(
    related: &[RelationRow],
    issues: &HashMap<String, IssueRow>,
    event: &EventRow,
) -> (HashMap<String, Relation>, HashMap<String, Vec<u8>>) {
    let mut relations: HashMap<String, Relation> = HashMap::new();
    let mut goals: HashMap<String, Vec<u8>> = HashMap::new();
    for row in related {
        let served = issues.get(&row.issue).map(IssueRow::sdgs).unwrap_or_default();
        goals.entry(row.stakeholder.clone()).or_default().extend(served);
        let Ok(relation) = row.relation.parse::<Relation>() else { continue };
        if Some(&row.issue) == event.issue.as_ref() {
            let closest = relations.entry(row.stakeholder.clone()).or_insert(relation);
            if closeness(relation) > closeness(*closest) {
                *closest = relation;
            }
        }
    }
    (relations, goals)
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
pub(crate) fn sentence(why: &Why, text: Text) -> String {
    match why {
        Why::Need { need, nth: 1 } => text.one("mix-first-need", "what", need),
        Why::Need { need, .. } => text.one("mix-second-need", "what", need),
        Why::Kind { kind, nth: 1 } => text.one("mix-first-kind", "what", text.kind(kind)),
        Why::Kind { kind, .. } => text.one("mix-second-kind", "what", text.kind(kind)),
        Why::Group { group, nth: 1 } => text.one("mix-first-group", "what", group),
        Why::Group { group, .. } => text.one("mix-second-group", "what", group),
        Why::Related(Relation::WorksOn) => text.s("mix-works-on"),
        Why::Related(Relation::AffectedBy) => text.s("mix-affected-by"),
        Why::Related(Relation::Studies) => text.s("mix-studies"),
        Why::Related(Relation::Funds) => text.s("mix-funds"),
        Why::Goals(goals) => {
            let goals: Vec<String> = goals.iter().map(ToString::to_string).collect();
            text.one("mix-goals", "goals", goals.join(", "))
        }
        Why::Near(place) => text.one("mix-near", "what", place),
        Why::Newcomer => text.s("mix-newcomer"),
    }
}
