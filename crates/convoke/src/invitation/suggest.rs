//! `suggestStakeholders`: a ranked mix for an event, with a reason for each.
//!
//! Gathers what the mix needs in a few queries, whatever the number of stakeholders; the choosing
//! is pure and lies in `mix`. A suggestion decides nothing: whoever invites names the stakeholders.

use std::collections::HashSet;

use async_graphql::{Context, ID, Object, SimpleObject};
use graphql::Fault;
use kernel::{HubId, Role};

use super::gather::{Gathered, sentence};
use super::mix::{Candidate, Figures, suggest};
use crate::app::input::reader;
use crate::app::{Reader, reply};
use crate::event::view::{EventRow, event};
use crate::stakeholder::graphql::Stakeholder;
use crate::stakeholder::view::{StakeholderRow, candidates};
use crate::text::Text;

/// Stakeholders looked at; beyond this the oldest are left out.
const LOOKED_AT_MAX: i64 = 5_000;
/// Suggestions at most.
const COUNT_MAX: i32 = 50;

/// Groups named at once.
const GROUPS_MAX: usize = 10;
/// Characters of a group's name.
const GROUP_MAX: usize = 100;

/// How well a stakeholder fits an event by itself; the parts add up to its relevance.
#[derive(Clone, Copy, SimpleObject)]
pub struct RelevanceFigures {
    /// Needs of the event it answers: at most 0.35.
    pub needs: f64,
    /// Sustainable development goals it shares with the issue: at most 0.20.
    pub goals: f64,
    /// What it has to do with the issue: at most 0.20.
    pub relation: f64,
    /// How near it is: at most 0.15.
    pub place: f64,
    /// How recently it came: at most 0.10; 0.05 for one who never came.
    pub activity: f64,
}

impl From<Figures> for RelevanceFigures {
    fn from(figures: Figures) -> Self {
        let Figures { needs, goals, relation, place, activity } = figures;
        Self { needs, goals, relation, place, activity }
    }
}

/// A reason to invite somebody, with its figure.
#[derive(Clone, SimpleObject)]
pub struct SuggestionReason {
    /// The reason in your language.
    pub text: String,
    /// How much of what the stakeholder adds.
    pub worth: f64,
}

/// One stakeholder worth inviting.
#[derive(SimpleObject)]
pub struct StakeholderSuggestion {
    /// Who.
    pub stakeholder: Stakeholder,
    /// How well it fits by itself, 0 to 1.
    pub relevance: f64,
    /// The parts of its relevance.
    pub figures: RelevanceFigures,
    /// What it adds to those ranked before it: its relevance, 1 for having to do with the issue, and
    /// needs, kinds and groups covered for the first or second time.
    pub adds: f64,
    /// Why, the weightiest first, in your language.
    pub reasons: Vec<String>,
    /// The same with their figures.
    pub weighed: Vec<SuggestionReason>,
}

/// A mix of stakeholders for an event, best first.
#[derive(SimpleObject)]
pub struct StakeholderMix {
    /// Whom to invite, in this order.
    pub suggestions: Vec<StakeholderSuggestion>,
    /// Needs that nobody in the mix covers.
    pub uncovered_needs: Vec<String>,
    /// What the mix is worth as a share of the best any mix could be (a proven bound, so at least).
    pub share_of_best: f64,
    /// The hub's position the suggestion was made on.
    pub position: ID,
}

/// What may be asked about inviting.
#[derive(Default)]
pub struct SuggestionQueries;

/// What may be asked.
#[Object]
impl SuggestionQueries {
    /// A ranked mix of stakeholders to invite to an event, with reasons for each. Those who have to
    /// do with its issue come before all others; among them, different needs, kinds and groups are
    /// brought together. For curators.
    #[graphql(complexity = "50 + 5 * child_complexity")]
    async fn suggest_stakeholders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event.")] event_id: ID,
        #[graphql(desc = "How many, 1 to 50.", default = 12)] count: i32,
        #[graphql(
            desc = "Groups that should be there, at most 10: a place, a kind, a tag.",
            default
        )]
        groups: Vec<String>,
    ) -> async_graphql::Result<StakeholderMix> {
        let read = reader(ctx)?;
        if !(1..=COUNT_MAX).contains(&count) {
            return Err(Fault::bad_user_input(format!("count is 1 to {COUNT_MAX}")).into());
        }
        let groups: Vec<String> = groups.iter().map(|group| group.trim().to_owned()).collect();
        let is_name = |group: &String| (1..=GROUP_MAX).contains(&group.chars().count());
        if groups.len() > GROUPS_MAX || !groups.iter().all(is_name) {
            let says = format!("groups are at most {GROUPS_MAX}, of 1 to {GROUP_MAX} characters");
            return Err(Fault::bad_user_input(says).into());
        }
        let row = event(read.db(), &event_id).await.map_err(reply::fault)?;
        let hub = row.as_ref().and_then(|row| HubId::parse(&row.journal).ok());
        let (Some(row), Some(hub)) = (row, hub) else {
            return Err(Fault::bad_user_input("there is no such event").into());
        };
        if !read.viewer().is_any(hub, &[Role::Curator]) {
            return Err(denied(&read).into());
        }
        mix(&read, hub, &row, (usize::try_from(count).unwrap_or(1), groups)).await
    }
}

fn denied(read: &Reader) -> Fault {
    if read.viewer().is_signed_in() { Fault::forbidden() } else { Fault::unauthenticated() }
}

async fn mix(
    read: &Reader,
    hub: HubId,
    event: &EventRow,
    (count, groups): (usize, Vec<String>),
) -> async_graphql::Result<StakeholderMix> {
    let (db, journal) = (read.db(), hub.to_string());
    let invited: HashSet<String> = super::view::live_invitations(db, &journal, &event.id)
        .await
        .map_err(reply::fault)?
        .into_iter()
        .map(|row| row.stakeholder)
        .collect();
    let rows: Vec<StakeholderRow> = candidates(db, &journal, LOOKED_AT_MAX)
        .await
        .map_err(reply::fault)?
        .into_iter()
        .filter(|row| !row.paused && !invited.contains(&row.id))
        .collect();
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let gathered = Gathered::read(read, &ids, event).await?;
    let all: Vec<Candidate> = rows.iter().map(|row| gathered.candidate(row, read)).collect();
    let brief = gathered.brief(event, groups);
    let mix = suggest(&brief, &all, count);
    let text = Text::new(read.viewer().locale);
    let position = read.app().journal().position(&journal).await.map_err(reply::fault)?;
    let share_of_best = if mix.bound > 0.0 { mix.value / mix.bound } else { 1.0 };
    let mut rows: Vec<Option<StakeholderRow>> = rows.into_iter().map(Some).collect();
    let suggestions = mix
        .picks
        .into_iter()
        .filter_map(|pick| {
            let row = rows.get_mut(pick.candidate)?.take()?;
            Some(StakeholderSuggestion {
                stakeholder: Stakeholder { read: read.clone(), row },
                relevance: pick.figures.sum(),
                figures: pick.figures.into(),
                adds: pick.gain,
                reasons: pick.reasons.iter().map(|why| sentence(&why.why, text)).collect(),
                weighed: pick
                    .reasons
                    .iter()
                    .map(|why| SuggestionReason {
                        text: sentence(&why.why, text),
                        worth: why.worth,
                    })
                    .collect(),
            })
        })
        .collect();
    Ok(StakeholderMix {
        suggestions,
        uncovered_needs: mix.uncovered,
        share_of_best,
        position: ID(position.to_string()),
    })
}
