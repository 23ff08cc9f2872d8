//! The stakeholder mix: whom to invite so that an event's needs are covered by different people.
//!
//! Weighted coverage with diminishing returns (a monotone submodular function): the first who
//! covers a feature counts fully, the second by half, the third no more; relevance is added.
//! Greedy choice, then improvement by swaps; every pick says what it adds, and the whole carries a
//! bound on the best possible, so that nobody has to believe us. Deterministic: no randomness, ties
//! are broken by order. After Nemhauser, Wolsey and Fisher (1978).

use std::collections::{BTreeMap, BTreeSet};

use crate::network::slug_of;

/// A need covered counts this much.
const NEED_WEIGHT: f64 = 2.0;
/// A kind or a place covered counts this much.
const GROUP_WEIGHT: f64 = 1.5;
/// Rounds of swaps; each is kept only if it improves, so this bounds a worst case never seen.
const SWAPS_MAX: usize = 200;

/// What the event is for.
#[derive(Clone, Debug, Default)]
pub struct Brief {
    /// What is needed, in words.
    pub needs: Vec<String>,
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
    /// How close it is to the issue, 0 to 1: works on it or is affected 1, studies or funds 0.7.
    pub relation: f64,
    /// Its city.
    pub city: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// Its country.
    pub country: Option<String>,
    /// Months since it was last seen; `None` for one who never came.
    pub months_away: Option<f64>,
}

/// Why somebody was picked.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
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
    /// Brings in a place.
    Place {
        /// Which.
        city: String,
        /// The first, the second …
        nth: usize,
    },
    /// Close to the issue.
    Related,
    /// Has never come before.
    Newcomer,
}

/// One who was picked.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick {
    /// The place among the candidates.
    pub candidate: usize,
    /// How well it fits by itself, 0 to 1.
    pub relevance: f64,
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

struct Feature {
    weight: f64,
    reason: fn(&str, usize) -> Reason,
    name: String,
}

/// Candidates by the features they cover.
struct Field {
    features: Vec<Feature>,
    covers: Vec<Vec<usize>>,
    relevance: Vec<f64>,
}

impl Field {
    fn new(brief: &Brief, candidates: &[Candidate]) -> Self {
        let needs: Vec<BTreeSet<String>> = brief.needs.iter().map(|need| words(need)).collect();
        let mut features: Vec<Feature> = brief
            .needs
            .iter()
            .map(|need| Feature {
                weight: NEED_WEIGHT,
                reason: |name, nth| Reason::Need { need: name.to_owned(), nth },
                name: need.clone(),
            })
            .collect();
        let mut groups: BTreeMap<(bool, String), usize> = BTreeMap::new();
        let mut covers = Vec::with_capacity(candidates.len());
        let mut relevance = Vec::with_capacity(candidates.len());
        for candidate in candidates {
            let offers: Vec<BTreeSet<String>> =
                candidate.offers.iter().map(|offer| words(offer)).collect();
            let mut own: Vec<usize> = needs
                .iter()
                .enumerate()
                .filter(|(_, need)| offers.iter().any(|offer| answers(offer, need)))
                .map(|(place, _)| place)
                .collect();
            relevance.push(relevance_of(brief, candidate, own.len()));
            let city = candidate.city.clone().filter(|city| !city.is_empty());
            for group in [Some((true, candidate.kind.clone())), city.map(|city| (false, city))]
                .into_iter()
                .flatten()
            {
                let (is_kind, name) = group.clone();
                own.push(*groups.entry(group).or_insert_with(|| {
                    let reason = if is_kind {
                        |name: &str, nth| Reason::Kind { kind: name.to_owned(), nth }
                    } else {
                        |name: &str, nth| Reason::Place { city: name.to_owned(), nth }
                    };
                    features.push(Feature { weight: GROUP_WEIGHT, reason, name });
                    features.len() - 1
                }));
            }
            covers.push(own);
        }
        Self { features, covers, relevance }
    }

    fn covered(&self, candidate: usize) -> &[usize] {
        self.covers.get(candidate).map_or(&[], Vec::as_slice)
    }

    fn relevance(&self, candidate: usize) -> f64 {
        self.relevance.get(candidate).copied().unwrap_or(0.0)
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
        let coverage: f64 = self
            .covered(candidate)
            .iter()
            .map(|&feature| self.step(feature, counts.get(feature).copied().unwrap_or(0)))
            .sum();
        coverage + self.relevance(candidate)
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

/// Relevance by itself, 0 to 1: needs answered, closeness to the issue, place, activity.
fn relevance_of(brief: &Brief, candidate: &Candidate, needs_met: usize) -> f64 {
    let needs = u32::try_from(brief.needs.len().max(1)).unwrap_or(u32::MAX);
    let met = f64::from(u32::try_from(needs_met).unwrap_or(u32::MAX)) / f64::from(needs);
    let locality = if same(brief.city.as_ref(), candidate.city.as_ref()) {
        1.0
    } else if same(brief.region.as_ref(), candidate.region.as_ref()) {
        0.6
    } else if same(brief.country.as_ref(), candidate.country.as_ref()) {
        0.3
    } else {
        0.1
    };
    // Half the weight after a year; a newcomer gets a fixed, smaller one instead.
    let recency = candidate.months_away.map_or(0.05, |months| 0.10 * 0.5_f64.powf(months / 12.0));
    0.35 * met + 0.25 * candidate.relation + 0.25 * locality + recency
}

/// A mix of so many, ranked, each with its reasons.
pub fn suggest(brief: &Brief, candidates: &[Candidate], count: usize) -> Mix {
    let field = Field::new(brief, candidates);
    let mut chosen: Vec<usize> = Vec::new();
    let mut bound = field.bound(&[], count);
    while chosen.len() < count {
        let Some(next) = field.best(&chosen, &field.counts(&chosen)) else { break };
        chosen.push(next);
        bound = bound.min(field.bound(&chosen, count));
    }
    swap(&field, &mut chosen);
    explain(&field, brief, candidates, &chosen, bound)
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
    candidates: &[Candidate],
    chosen: &[usize],
    bound: f64,
) -> Mix {
    let mut counts = vec![0; field.features.len()];
    let mut rest: Vec<usize> = chosen.to_vec();
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
        let mut reasons: Vec<(f64, Reason)> = Vec::new();
        for &feature in field.covered(candidate) {
            let already = counts.get(feature).copied().unwrap_or(0);
            let worth = field.step(feature, already);
            if let (true, Some(known)) = (worth > 0.0, field.features.get(feature)) {
                reasons.push((worth, (known.reason)(&known.name, already + 1)));
            }
            if let Some(count) = counts.get_mut(feature) {
                *count += 1;
            }
        }
        if let Some(known) = candidates.get(candidate) {
            if known.relation > 0.0 {
                reasons.push((0.25 * known.relation, Reason::Related));
            }
            if known.months_away.is_none() {
                reasons.push((0.05, Reason::Newcomer));
            }
        }
        reasons.sort_by(|one, other| other.0.total_cmp(&one.0));
        let reasons = reasons.into_iter().map(|(_, reason)| reason).collect();
        picks.push(Pick { candidate, relevance: field.relevance(candidate), gain, reasons });
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn candidate(id: &str, kind: &str, offers: &[&str], city: &str) -> Candidate {
        Candidate {
            id: id.to_owned(),
            kind: kind.to_owned(),
            offers: offers.iter().map(|&offer| offer.to_owned()).collect(),
            city: Some(city.to_owned()),
            ..Candidate::default()
        }
    }

    #[test]
    fn the_second_of_the_same_gives_way_to_the_first_of_something_else() {
        let brief = Brief {
            needs: vec!["legal aid".to_owned(), "kitchen space".to_owned()],
            ..Brief::default()
        };
        let all = [
            candidate("a", "ngo", &["Legal aid for tenants"], "London"),
            candidate("b", "ngo", &["legal aid"], "London"),
            candidate("c", "social-enterprise", &["a kitchen space on Mondays"], "Hackney"),
        ];
        let mix = suggest(&brief, &all, 2);
        let ids: Vec<&str> = mix.picks.iter().map(|pick| all[pick.candidate].id.as_str()).collect();
        assert_eq!(ids, ["a", "c"]);
        assert_eq!(
            mix.picks[1].reasons[0],
            Reason::Need { need: "kitchen space".to_owned(), nth: 1 }
        );
        assert!(mix.uncovered.is_empty());
    }

    #[test]
    fn nobody_and_nothing_give_an_empty_mix() {
        assert_eq!(suggest(&Brief::default(), &[], 5).picks, []);
        let one = [candidate("a", "ngo", &[], "Seoul")];
        assert_eq!(suggest(&Brief::default(), &one, 5).picks.len(), 1);
    }

    fn best_of_all(field: &Field, of: usize, count: usize) -> f64 {
        (0_u32..1 << of)
            .filter(|set| usize::try_from(set.count_ones()).is_ok_and(|ones| ones == count))
            .map(|set| {
                let chosen: Vec<usize> = (0..of).filter(|place| set >> place & 1 == 1).collect();
                field.value(&chosen)
            })
            .fold(0.0, f64::max)
    }

    proptest! {
        #[test]
        fn greedy_with_swaps_is_close_to_the_best_and_the_bound_is_honest(
            offers in prop::collection::vec((0_usize..4, prop::collection::vec(0_usize..6, 0..3), 0_usize..4), 6..11),
        ) {
            let needs = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot"];
            let brief = Brief { needs: needs.map(str::to_owned).to_vec(), ..Brief::default() };
            let all: Vec<Candidate> = offers.iter().enumerate().map(|(place, (kind, gives, city))| {
                let gives: Vec<&str> = gives.iter().map(|give| needs[*give]).collect();
                candidate(&place.to_string(), &format!("kind{kind}"), &gives, &format!("city{city}"))
            }).collect();
            let mix = suggest(&brief, &all, 4);
            let field = Field::new(&brief, &all);
            let best = best_of_all(&field, all.len(), 4);
            prop_assert!(mix.value >= 0.95 * best, "{} of {best}", mix.value);
            prop_assert!(mix.bound >= best - 1e-9, "bound {} below {best}", mix.bound);
            prop_assert_eq!(mix.clone(), suggest(&brief, &all, 4));
        }
    }
}
