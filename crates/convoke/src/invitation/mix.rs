//! The stakeholder mix: whom to invite so that an event's needs are covered by different people
//! who have to do with its issue.
//!
//! Having to do with the issue comes first: no stranger goes before anybody who answers a need,
//! works on the issue, is affected by it, or serves its goals. Among those, weighted coverage with
//! diminishing returns (a monotone submodular function) ranks: the first who covers a need, a kind,
//! or a group the curator chose counts fully, the second by half, the third no more; relevance is
//! added. Greedy choice, then improvement by swaps; every pick says what it adds, and the whole
//! carries a bound on the best possible, so that nobody has to believe us. Deterministic: no
//! randomness, ties are broken by id. After Nemhauser, Wolsey and Fisher (1978).

use std::collections::{BTreeMap, BTreeSet};

use crate::network::slug_of;
use crate::stakeholder::Relation;

/// Having to do with the issue; more than a stranger can get by place and activity together.
const TOUCH_WEIGHT: f64 = 1.0;
/// A need covered counts this much.
const NEED_WEIGHT: f64 = 2.0;
/// A kind, or a group the curator chose, counts this much.
const GROUP_WEIGHT: f64 = 1.5;
/// Rounds of swaps; each is kept only if it improves, so this bounds a worst case never seen.
const SWAPS_MAX: usize = 200;
/// What relevance is made of: needs answered, goals shared, relation, place, activity.
const SHARES: [f64; 5] = [0.35, 0.20, 0.20, 0.15, 0.10];
/// What a newcomer gets instead of activity.
const NEWCOMER: f64 = 0.05;

/// What the event is for.
#[derive(Clone, Debug, Default)]
pub struct Brief {
    /// What is needed, in words.
    pub needs: Vec<String>,
    /// The goals the issue serves, 1 to 17.
    pub goals: Vec<u8>,
    /// Groups the curator wants to be there: a place, a kind, a tag, in words.
    pub groups: Vec<String>,
    /// Where it is about.
    pub city: Option<String>,
    /// The region around.
    pub region: Option<String>,
    /// The country.
    pub country: Option<String>,
}

/// Somebody who could be invited.
#[derive(Clone, Debug, Default)]
pub struct Candidate {
    /// Who.
    pub id: String,
    /// What sort: `ngo`, `company` …
    pub kind: String,
    /// What it can give, in words.
    pub offers: Vec<String>,
    /// The words it is found by.
    pub tags: Vec<String>,
    /// The goals of the issues it has to do with.
    pub goals: Vec<u8>,
    /// What it has to do with the issue, the closest.
    pub relation: Option<Relation>,
    /// Its city.
    pub city: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// Its country.
    pub country: Option<String>,
    /// Months since it was last seen; `None` for one who never came.
    pub months_away: Option<f64>,
}

/// How close a relation is: 1 for those who work on the issue or suffer from it.
pub fn closeness(relation: Relation) -> f64 {
    match relation {
        Relation::WorksOn | Relation::AffectedBy => 1.0,
        Relation::Studies | Relation::Funds => 0.7,
    }
}

/// Why somebody was picked.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// Covers a need; `nth` among those picked so far.
    Need {
        /// Which.
        need: String,
        /// The first, the second …
        nth: usize,
    },
    /// The first (or second) of its kind.
    Kind {
        /// Which.
        kind: String,
        /// The first, the second …
        nth: usize,
    },
    /// Brings in a group that the curator chose.
    Group {
        /// Which.
        group: String,
        /// The first, the second …
        nth: usize,
    },
    /// Has to do with the issue.
    Related(Relation),
    /// Serves goals of the issue.
    Goals(Vec<u8>),
    /// From the same city, or the region around.
    Near(String),
    /// Has never come before.
    Newcomer,
}

/// A reason with what it counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// Why.
    pub why: Why,
    /// How much of what the pick adds.
    pub worth: f64,
}

/// What relevance is made of; the sum is at most 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// Needs answered, at most 0.35.
    pub needs: f64,
    /// Goals shared, at most 0.20.
    pub goals: f64,
    /// What it has to do with the issue, at most 0.20.
    pub relation: f64,
    /// How near it is, at most 0.15.
    pub place: f64,
    /// How recently it came, at most 0.10; 0.05 for a newcomer.
    pub activity: f64,
}

impl Figures {
    /// Relevance by itself, 0 to 1.
    pub fn sum(&self) -> f64 {
        self.needs + self.goals + self.relation + self.place + self.activity
    }

    /// Whether it has to do with the issue or answers a need: not by place or habit alone.
    pub fn touches(&self) -> bool {
        self.needs + self.goals + self.relation > 0.0
    }
}

/// One who was picked.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick {
    /// The place among the candidates.
    pub candidate: usize,
    /// How well it fits by itself.
    pub figures: Figures,
    /// What it adds to those before it.
    pub gain: f64,
    /// Why, the weightiest first.
    pub reasons: Vec<Reason>,
}

/// A mix, best first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mix {
    /// Who.
    pub picks: Vec<Pick>,
    /// What the mix is worth.
    pub value: f64,
    /// No mix of this size is worth more.
    pub bound: f64,
    /// Needs nobody picked covers.
    pub uncovered: Vec<String>,
}

/// Words as they are compared: folded, without marks, in four languages.
fn words(text: &str) -> BTreeSet<String> {
    slug_of(text, "").split('-').filter(|word| word.len() > 2).map(str::to_owned).collect()
}

/// Whether an offer answers a need: one's words contain the other's, or half of them are shared.
fn answers(offer: &BTreeSet<String>, need: &BTreeSet<String>) -> bool {
    let (smaller, shared) = (offer.len().min(need.len()), offer.intersection(need).count());
    smaller > 0 && shared * 2 >= smaller.max(1) && shared > 0
}

fn same(one: Option<&String>, other: Option<&String>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if slug_of(one, "?") == slug_of(other, "!"))
}

/// Whether a candidate belongs to a group the curator named.
fn belongs(candidate: &Candidate, group: &String) -> bool {
    let places = [&candidate.city, &candidate.region, &candidate.country];
    same(Some(group), Some(&candidate.kind))
        || places.into_iter().any(|place| same(Some(group), place.as_ref()))
        || candidate.tags.iter().any(|tag| same(Some(group), Some(tag)))
}

struct Feature {
    weight: f64,
    why: fn(&str, usize) -> Why,
    name: String,
}

/// Candidates by the features they cover.
struct Field {
    features: Vec<Feature>,
    covers: Vec<Vec<usize>>,
    figures: Vec<Figures>,
}

impl Field {
    fn new(brief: &Brief, candidates: &[&Candidate]) -> Self {
        let needs: Vec<BTreeSet<String>> = brief.needs.iter().map(|need| words(need)).collect();
        let need = |name: &String| Feature {
            weight: NEED_WEIGHT,
            why: |name, nth| Why::Need { need: name.to_owned(), nth },
            name: name.clone(),
        };
        let group = |name: &String| Feature {
            weight: GROUP_WEIGHT,
            why: |name, nth| Why::Group { group: name.to_owned(), nth },
            name: name.clone(),
        };
        let features = brief.needs.iter().map(need).chain(brief.groups.iter().map(group));
        let mut field = Self { features: features.collect(), covers: vec![], figures: vec![] };
        for candidate in candidates {
            let offers: Vec<BTreeSet<String>> =
                candidate.offers.iter().map(|offer| words(offer)).collect();
            let is_met = |need: &BTreeSet<String>| offers.iter().any(|offer| answers(offer, need));
            let met: Vec<usize> =
                (0..needs.len()).filter(|at| needs.get(*at).is_some_and(is_met)).collect();
            field.figures.push(figures_of(brief, candidate, met.len()));
            let of_group = |(at, group)| belongs(candidate, group).then_some(needs.len() + at);
            let groups = brief.groups.iter().enumerate().filter_map(of_group);
            field.covers.push(met.into_iter().chain(groups).collect());
        }
        field.add_kinds(candidates);
        field
    }

    /// Being the first of its kind counts for those who have to do with the issue; where nobody
    /// has, for all.
    fn add_kinds(&mut self, candidates: &[&Candidate]) {
        let is_for_all = !self.figures.iter().any(Figures::touches);
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for ((candidate, covers), figures) in
            candidates.iter().zip(&mut self.covers).zip(&self.figures)
        {
            if !is_for_all && !figures.touches() {
                continue;
            }
            let features = &mut self.features;
            covers.push(*kinds.entry(&candidate.kind).or_insert_with(|| {
                let why = |name: &str, nth| Why::Kind { kind: name.to_owned(), nth };
                features.push(Feature { weight: GROUP_WEIGHT, why, name: candidate.kind.clone() });
                features.len() - 1
            }));
        }
    }

    fn covered(&self, candidate: usize) -> &[usize] {
        self.covers.get(candidate).map_or(&[], Vec::as_slice)
    }

    fn figures(&self, candidate: usize) -> Figures {
        self.figures.get(candidate).copied().unwrap_or_default()
    }

    /// What one more covering of a feature is worth when so many cover it already.
    fn step(&self, feature: usize, already: usize) -> f64 {
        let weight = self.features.get(feature).map_or(0.0, |feature| feature.weight);
        match already {
            0 => weight,
            1 => weight / 2.0,
            _ => 0.0,
        }
    }

    fn gain(&self, candidate: usize, counts: &[usize]) -> f64 {
        let figures = self.figures(candidate);
        let touch = if figures.touches() { TOUCH_WEIGHT } else { 0.0 };
        let covered = self.covered(candidate).iter();
        let features: f64 = covered
            .map(|&feature| self.step(feature, counts.get(feature).copied().unwrap_or(0)))
            .sum();
        touch + figures.sum() + features
    }

    fn counts(&self, chosen: &[usize]) -> Vec<usize> {
        let mut counts = vec![0; self.features.len()];
        for &feature in chosen.iter().flat_map(|&candidate| self.covered(candidate)) {
            if let Some(count) = counts.get_mut(feature) {
                *count += 1;
            }
        }
        counts
    }

    fn value(&self, chosen: &[usize]) -> f64 {
        let mut counts = vec![0; self.features.len()];
        let mut value = 0.0;
        for &candidate in chosen {
            value += self.gain(candidate, &counts);
            for &feature in self.covered(candidate) {
                if let Some(count) = counts.get_mut(feature) {
                    *count += 1;
                }
            }
        }
        value
    }

    /// The candidate with the largest gain; the first of several.
    fn best(&self, chosen: &[usize], counts: &[usize]) -> Option<usize> {
        let mut best: Option<(usize, f64)> = None;
        for candidate in (0..self.covers.len()).filter(|candidate| !chosen.contains(candidate)) {
            let gain = self.gain(candidate, counts);
            if best.is_none_or(|(_, most)| gain > most) {
                best = Some((candidate, gain));
            }
        }
        best.map(|(candidate, _)| candidate)
    }

    /// The best possible is at most what is chosen plus the largest gains that remain.
    fn bound(&self, chosen: &[usize], count: usize) -> f64 {
        let counts = self.counts(chosen);
        let mut gains: Vec<f64> = (0..self.covers.len())
            .filter(|candidate| !chosen.contains(candidate))
            .map(|candidate| self.gain(candidate, &counts))
            .collect();
        gains.sort_by(|one, other| other.total_cmp(one));
        self.value(chosen) + gains.iter().take(count).sum::<f64>()
    }
}

/// The share of one number in another; 0 of none.
fn share(part: usize, whole: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if whole == 0 { 0.0 } else { number(part) / number(whole) }
}

fn shared(brief: &Brief, candidate: &Candidate) -> (Vec<u8>, usize) {
    let ours: BTreeSet<u8> = brief.goals.iter().copied().collect();
    let theirs: BTreeSet<u8> = candidate.goals.iter().copied().collect();
    (ours.intersection(&theirs).copied().collect(), ours.union(&theirs).count())
}

/// Relevance in its parts.
fn figures_of(brief: &Brief, candidate: &Candidate, needs_met: usize) -> Figures {
    let [needs, goals, relation, place, activity] = SHARES;
    let near = if same(brief.city.as_ref(), candidate.city.as_ref()) {
        1.0
    } else if same(brief.region.as_ref(), candidate.region.as_ref()) {
        0.6
    } else if same(brief.country.as_ref(), candidate.country.as_ref()) {
        0.3
    } else {
        0.1
    };
    let (in_common, in_all) = shared(brief, candidate);
    Figures {
        needs: needs * share(needs_met, brief.needs.len()),
        goals: goals * share(in_common.len(), in_all),
        relation: relation * candidate.relation.map_or(0.0, closeness),
        place: place * near,
        // Half the weight after a year; a newcomer gets a fixed, smaller one instead.
        activity: candidate
            .months_away
            .map_or(NEWCOMER, |months| activity * 0.5_f64.powf(months.max(0.0) / 12.0)),
    }
}

/// A mix of so many, ranked, each with its reasons. In whatever order the candidates come, the
/// mix is the same.
pub fn suggest(brief: &Brief, candidates: &[Candidate], count: usize) -> Mix {
    let mut order: Vec<(usize, &Candidate)> = candidates.iter().enumerate().collect();
    order.sort_by(|(_, one), (_, other)| one.id.cmp(&other.id));
    let sorted: Vec<&Candidate> = order.iter().map(|(_, candidate)| *candidate).collect();
    let field = Field::new(brief, &sorted);
    let mut chosen: Vec<usize> = Vec::new();
    let mut bound = field.bound(&[], count);
    while chosen.len() < count {
        let Some(next) = field.best(&chosen, &field.counts(&chosen)) else { break };
        chosen.push(next);
        bound = bound.min(field.bound(&chosen, count));
    }
    swap(&field, &mut chosen);
    let mut mix = explain(&field, brief, &sorted, &chosen, bound);
    for pick in &mut mix.picks {
        pick.candidate = order.get(pick.candidate).map_or(0, |(place, _)| *place);
    }
    mix
}

/// Replaces a chosen one by one who adds more, as long as that helps.
fn swap(field: &Field, chosen: &mut [usize]) {
    for _ in 0..SWAPS_MAX {
        let before = field.value(chosen);
        let mut better: Option<(usize, usize, f64)> = None;
        for place in 0..chosen.len() {
            let mut without = chosen.to_vec();
            without.remove(place);
            let Some(other) = field.best(&without, &field.counts(&without)) else { continue };
            without.push(other);
            let value = field.value(&without);
            if value > before + 1e-9 && better.is_none_or(|(_, _, most)| value > most) {
                better = Some((place, other, value));
            }
        }
        let Some((place, other, _)) = better else { return };
        if let Some(slot) = chosen.get_mut(place) {
            *slot = other;
        }
    }
}

/// Ranks by what each adds to those before it, and says why.
fn explain(
    field: &Field,
    brief: &Brief,
    candidates: &[&Candidate],
    chosen: &[usize],
    bound: f64,
) -> Mix {
    let mut counts = vec![0; field.features.len()];
    let mut rest: Vec<usize> = chosen.to_vec();
    rest.sort_unstable();
    let mut picks = Vec::with_capacity(chosen.len());
    while let Some((at, &candidate)) =
        rest.iter().enumerate().max_by(|(one_at, one), (other_at, other)| {
            field
                .gain(**one, &counts)
                .total_cmp(&field.gain(**other, &counts))
                .then(other_at.cmp(one_at))
        })
    {
        rest.remove(at);
        let gain = field.gain(candidate, &counts);
        let mut reasons = covering(field, candidate, &mut counts);
        if let Some(known) = candidates.get(candidate) {
            reasons.extend(fitting(brief, known, field.figures(candidate)));
        }
        reasons.sort_by(|one, other| other.worth.total_cmp(&one.worth));
        picks.push(Pick { candidate, figures: field.figures(candidate), gain, reasons });
    }
    let uncovered = brief
        .needs
        .iter()
        .enumerate()
        .filter(|(place, _)| counts.get(*place).copied().unwrap_or(0) == 0)
        .map(|(_, need)| need.clone())
        .collect();
    let value = picks.iter().map(|pick| pick.gain).sum::<f64>();
    Mix { picks, value, bound: bound.max(value), uncovered }
}

/// What a pick covers for the first or second time; counts it.
fn covering(field: &Field, candidate: usize, counts: &mut [usize]) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for &feature in field.covered(candidate) {
        let already = counts.get(feature).copied().unwrap_or(0);
        let worth = field.step(feature, already);
        if let (true, Some(known)) = (worth > 0.0, field.features.get(feature)) {
            reasons.push(Reason { why: (known.why)(&known.name, already + 1), worth });
        }
        if let Some(count) = counts.get_mut(feature) {
            *count += 1;
        }
    }
    reasons
}

/// How a pick fits by itself; having to do with the issue is part of the relation, or of the
/// goals where there is none.
fn fitting(brief: &Brief, known: &Candidate, figures: Figures) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut touch = if figures.touches() { TOUCH_WEIGHT } else { 0.0 };
    if let Some(relation) = known.relation {
        let worth = figures.relation + std::mem::take(&mut touch);
        reasons.push(Reason { why: Why::Related(relation), worth });
    }
    if figures.goals > 0.0 {
        let worth = figures.goals + std::mem::take(&mut touch);
        reasons.push(Reason { why: Why::Goals(shared(brief, known).0), worth });
    }
    let place = [(&brief.city, &known.city), (&brief.region, &known.region)];
    let near = place.into_iter().find(|(one, other)| same(one.as_ref(), other.as_ref()));
    if let Some(name) = near.and_then(|(_, own)| own.clone()) {
        reasons.push(Reason { why: Why::Near(name), worth: figures.place });
    }
    if known.months_away.is_none() {
        reasons.push(Reason { why: Why::Newcomer, worth: figures.activity });
    }
    reasons
}

#[cfg(test)]
mod tests;
