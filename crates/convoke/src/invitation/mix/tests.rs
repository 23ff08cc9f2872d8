//! The mix: who comes first and why, as examples and as what must always hold.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

use proptest::prelude::*;

use super::*;

fn candidate(id: &str, kind: &str, offers: &[&str], city: &str) -> Candidate {
    Candidate {
        id: id.to_owned(),
        kind: kind.to_owned(),
        offers: offers.iter().map(|&offer| offer.to_owned()).collect(),
        city: Some(city.to_owned()),
        ..Candidate::default()
    }
}

fn related(id: &str, kind: &str, relation: Relation, city: &str) -> Candidate {
    Candidate { relation: Some(relation), ..candidate(id, kind, &[], city) }
}

fn ids<'a>(mix: &Mix, all: &'a [Candidate]) -> Vec<&'a str> {
    mix.picks.iter().map(|pick| all[pick.candidate].id.as_str()).collect()
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
    assert_eq!(ids(&mix, &all), ["a", "c"]);
    let first = &mix.picks[1].reasons[0];
    assert_eq!(first.why, Why::Need { need: "kitchen space".to_owned(), nth: 1 });
    assert!((first.worth - 2.0).abs() < 1e-9);
    assert!(mix.uncovered.is_empty());
}

#[test]
fn a_stranger_who_is_the_first_of_her_city_and_kind_does_not_go_before_who_works_on_it() {
    let brief = Brief { city: Some("London".to_owned()), ..Brief::default() };
    let mut all = vec![candidate("a", "company", &[], "London")];
    all[0].months_away = Some(0.0);
    all.extend(["b", "c", "d", "e"].map(|id| related(id, "ngo", Relation::Funds, "Seoul")));
    all.push(candidate("f", "funder", &[], "London"));
    let mix = suggest(&brief, &all, 6);
    assert_eq!(ids(&mix, &all), ["b", "c", "d", "e", "a", "f"]);
    assert_eq!(ids(&suggest(&brief, &all, 3), &all), ["b", "c", "d"]);
}

#[test]
fn among_those_concerned_the_first_of_a_kind_goes_before_the_third() {
    let all = [
        related("a", "ngo", Relation::WorksOn, "London"),
        related("b", "ngo", Relation::WorksOn, "London"),
        related("c", "ngo", Relation::WorksOn, "London"),
        related("d", "funder", Relation::Funds, "London"),
    ];
    let mix = suggest(&Brief::default(), &all, 4);
    assert_eq!(ids(&mix, &all), ["a", "d", "b", "c"]);
    let why: Vec<&Why> = mix.picks[1].reasons.iter().map(|reason| &reason.why).collect();
    assert_eq!(why[0], &Why::Kind { kind: "funder".to_owned(), nth: 1 });
    assert_eq!(why[1], &Why::Related(Relation::Funds));
}

#[test]
fn the_curator_chooses_groups_and_no_city_counts_by_itself() {
    let all = [
        related("a", "ngo", Relation::WorksOn, "London"),
        related("b", "ngo", Relation::WorksOn, "London"),
        related("c", "ngo", Relation::WorksOn, "Haringey"),
        Candidate { tags: vec!["Tenants".into()], ..candidate("d", "ngo", &[], "Leeds") },
    ];
    let plain = suggest(&Brief::default(), &all, 4);
    assert_eq!(ids(&plain, &all), ["a", "b", "c", "d"]);
    let groups = vec!["haringey".to_owned(), "tenants".to_owned()];
    let chosen = suggest(&Brief { groups, ..Brief::default() }, &all, 3);
    assert!(ids(&chosen, &all).contains(&"c") && ids(&chosen, &all).contains(&"d"));
    let group = Why::Group { group: "tenants".to_owned(), nth: 1 };
    let told = chosen.picks.iter().flat_map(|pick| &pick.reasons).any(|reason| reason.why == group);
    assert!(told);
}

#[test]
fn the_figures_are_those_of_the_design() {
    let brief = Brief {
        needs: vec!["legal aid".to_owned(), "vans".to_owned()],
        goals: vec![7, 11],
        city: Some("London".to_owned()),
        ..Brief::default()
    };
    let all = [Candidate {
        goals: vec![7, 1],
        relation: Some(Relation::Studies),
        months_away: Some(12.0),
        ..candidate("a", "ngo", &["legal aid"], "london")
    }];
    let Figures { needs, goals, relation, place, activity } =
        suggest(&brief, &all, 1).picks[0].figures;
    let close = |one: f64, other: f64| assert!((one - other).abs() < 1e-9, "{one} {other}");
    close(needs, 0.35 / 2.0);
    close(goals, 0.20 / 3.0);
    close(relation, 0.20 * 0.7);
    close(place, 0.15);
    close(activity, 0.05);
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

const NEEDS: [&str; 6] = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot"];

fn brief() -> Brief {
    Brief {
        needs: NEEDS.map(str::to_owned).to_vec(),
        goals: vec![7, 11],
        city: Some("city0".to_owned()),
        ..Brief::default()
    }
}

/// Between 6 and 10 candidates of any sort.
fn anybody() -> impl Strategy<Value = Vec<Candidate>> {
    let relation = prop::option::of(prop::sample::select(vec![
        Relation::WorksOn,
        Relation::AffectedBy,
        Relation::Studies,
        Relation::Funds,
    ]));
    let one = (
        0_usize..4,
        prop::collection::vec(0_usize..6, 0..3),
        0_usize..4,
        relation,
        prop::collection::vec(6_u8..9, 0..2),
        prop::option::of(0_u8..40),
    );
    prop::collection::vec(one, 6..11).prop_map(|all| {
        let mut everyone = Vec::new();
        for (place, (kind, gives, city, relation, goals, months)) in all.into_iter().enumerate() {
            let gives: Vec<&str> = gives.into_iter().map(|give| NEEDS[give]).collect();
            let (kind, city) = (format!("kind{kind}"), format!("city{city}"));
            let plain = candidate(&format!("{place:02}"), &kind, &gives, &city);
            let months_away = months.map(f64::from);
            everyone.push(Candidate { goals, relation, months_away, ..plain });
        }
        everyone
    })
}

proptest! {
    #[test]
    fn greedy_with_swaps_is_close_to_the_best_and_the_bound_is_honest(all in anybody()) {
        let mix = suggest(&brief(), &all, 4);
        let sorted: Vec<&Candidate> = all.iter().collect();
        let best = best_of_all(&Field::new(&brief(), &sorted), all.len(), 4);
        prop_assert!(mix.value >= 0.95 * best, "{} of {best}", mix.value);
        prop_assert!(mix.bound >= best - 1e-9, "bound {} below {best}", mix.bound);
        for pick in &mix.picks {
            prop_assert!(pick.figures.sum() <= 1.0 + 1e-9);
        }
    }

    #[test]
    fn the_same_candidates_in_any_order_give_the_same_mix(
        (all, mixed) in anybody().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        count in 1_usize..8,
    ) {
        let (one, other) = (suggest(&brief(), &all, count), suggest(&brief(), &mixed, count));
        prop_assert_eq!(ids(&one, &all), ids(&other, &mixed));
        prop_assert_eq!(one.value.to_bits(), other.value.to_bits());
        prop_assert_eq!(&one, &suggest(&brief(), &all, count));
    }

    #[test]
    fn no_stranger_goes_before_anybody_who_has_to_do_with_it(all in anybody(), count in 1_usize..11) {
        let mix = suggest(&brief(), &all, count);
        let touches: Vec<bool> = mix.picks.iter().map(|pick| pick.figures.touches()).collect();
        prop_assert!(touches.is_sorted_by(|one, other| one >= other), "{touches:?}");
        let concerned = suggest(&brief(), &all, all.len());
        let concerned = concerned.picks.iter().filter(|pick| pick.figures.touches()).count();
        let picked = touches.iter().filter(|touches| **touches).count();
        prop_assert_eq!(picked, concerned.min(count));
    }

    #[test]
    fn who_is_the_same_and_more_relevant_never_goes_behind(
        mut all in anybody(),
        at in any::<prop::sample::Index>(),
        count in 1_usize..12,
    ) {
        // A twin who works on the issue, and has not been away as long.
        let at = at.index(all.len());
        let mut twin = all[at].clone();
        all[at].relation = Some(Relation::Studies);
        (twin.id, twin.relation, twin.months_away) = ("zz".to_owned(), Some(Relation::WorksOn), Some(0.0));
        all.push(twin);
        let mix = suggest(&brief(), &all, count);
        let place = |wanted: usize| mix.picks.iter().position(|pick| pick.candidate == wanted);
        let (twin, weaker) = (place(all.len() - 1), place(at));
        prop_assert!(weaker.is_none_or(|weaker| twin.is_some_and(|twin| twin < weaker)), "{twin:?} {weaker:?}");
    }
}
