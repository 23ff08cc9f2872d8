//! The guard, given documents that mean well and documents that do not.

use std::fmt::Write as _;

use async_graphql::parser::parse_query;

use super::{Excess, check};
use crate::limits::Limits;

fn judged(document: &str) -> Result<u64, Excess> {
    check(&parse_query(document).unwrap(), &Limits::default()).map(|shape| shape.steps)
}

#[track_caller]
fn refused(document: &str, what: &str) {
    match judged(document) {
        Err(Excess::TooMany { what: found, .. }) => assert_eq!(found, what),
        other => panic!("expected too many {what}, got {other:?}"),
    }
}

/// Fragments that each spread the next one twice.
fn tower(levels: usize, spreads: usize) -> String {
    let mut text = "{...f0}".to_owned();
    for level in 0..levels {
        let next = format!("...f{}", level + 1).repeat(spreads);
        write!(text, "fragment f{level} on Q{{{next}}}").unwrap();
    }
    write!(text, "fragment f{levels} on Q{{a}}").unwrap();
    text
}

#[test]
fn an_exponential_tower_of_800_bytes_takes_as_many_steps_as_it_has_selections() {
    let text = tower(23, 2);
    assert!(text.len() <= 800, "{}", text.len());
    let document = parse_query(&text).unwrap();
    let open = Limits { fields_max: u64::MAX, root_fields_max: u64::MAX, ..Limits::default() };
    let shape = check(&document, &open).unwrap();
    assert_eq!(shape.steps, 1 + 2 * 23 + 1);
    refused(&text, "fields");
}

#[test]
fn a_tower_too_high_to_count_is_refused_too() {
    refused(&tower(50, 20), "fields");
}

#[test]
fn a_tower_that_nobody_spreads_is_weighed_as_well() {
    let text = tower(23, 2).replace("{...f0}", "{a}");
    refused(&text, "fields");
}

#[test]
fn a_fragment_that_contains_itself_is_refused() {
    let circle = "{...a} fragment a on Q{...b} fragment b on Q{x{...a}}";
    assert!(matches!(judged(circle), Err(Excess::Cycle { .. })));
    let aside = "{x} fragment a on Q{...a}";
    assert!(matches!(judged(aside), Err(Excess::Cycle { .. })));
}

#[test]
fn deep_inline_fragments_are_refused() {
    let text = format!("{{{}a{}}}", "...{".repeat(62), "}".repeat(62));
    refused(&text, "nested levels");
}

#[test]
fn a_chain_of_fragments_is_as_deep_as_one_written_out() {
    // Weighed from its end, each fragment alone is shallow.
    let mut text = "{...f0}".to_owned();
    for level in 0..20 {
        write!(text, "fragment f{level} on Q{{...{{...{{...{{...f{}}}}}}}}}", level + 1).unwrap();
    }
    text.push_str("fragment f20 on Q{a}");
    refused(&text, "nested levels");
}

#[test]
fn fields_may_nest_fifteen_deep_and_no_deeper() {
    let nested = |depth: usize| format!("{{{}a{}}}", "a{".repeat(depth - 1), "}".repeat(depth - 1));
    assert!(judged(&nested(15)).is_ok());
    refused(&nested(16), "levels of fields");
}

#[test]
fn fields_are_counted_where_they_are_spread() {
    let many = |spreads: usize| {
        let fields = (0..98).map(|n| format!("a{n} ")).collect::<Vec<_>>().concat();
        format!("{{x{{{}}}}} fragment f on Q{{{fields}}}", "...f ".repeat(spreads))
    };
    // One for x, and for each spread its fields and one.
    assert!(judged(&many(10)).is_ok());
    refused(&many(11), "fields");
}

#[test]
fn aliases_and_root_fields_have_bounds() {
    let aliases =
        |count: usize| (0..count).map(|n| format!("b{n}:a ")).collect::<Vec<_>>().concat();
    assert!(judged(&format!("{{x{{{}}}}}", aliases(30))).is_ok());
    refused(&format!("{{x{{{}}}}}", aliases(31)), "aliases");
    assert!(judged(&format!("{{{}}}", "a ".repeat(20))).is_ok());
    refused(&format!("{{{}}}", "a ".repeat(21)), "root fields");
    refused(&format!("{{...f}}fragment f on Q{{{}}}", "a ".repeat(21)), "root fields");
}

#[test]
fn directives_fragments_and_operations_have_bounds() {
    assert!(judged(&format!("{{a {}}}", "@d ".repeat(8))).is_ok());
    refused(&format!("{{a {}}}", "@d ".repeat(9)), "directives in one place");
    refused(&format!("query {}{{a}}", "@d ".repeat(9)), "directives in one place");
    refused(
        &format!("{{...f}}fragment f on Q {}{{a}}", "@d ".repeat(9)),
        "directives in one place",
    );
    let fragments =
        (0..65).map(|n| format!("fragment f{n} on Q{{a}}")).collect::<Vec<_>>().concat();
    refused(&format!("{{a}}{fragments}"), "fragments");
    let operations = (0..11).map(|n| format!("query q{n}{{a}}")).collect::<Vec<_>>().concat();
    refused(&operations, "operations");
}

#[test]
fn the_usual_introspection_passes_and_a_circular_one_does_not() {
    assert!(judged(include_str!("introspection.graphql")).is_ok());
    let circular = "{__schema{types{fields{type{fields{type{fields{name}}}}}}}}";
    refused(circular, "introspection lists in each other");
    let ours = "{form{fields{fields{fields{name}}}}}";
    assert!(judged(ours).is_ok());
}

#[test]
fn a_subscription_selects_one_field() {
    assert!(judged("subscription{a}").is_ok());
    for text in ["subscription{a b}", "subscription{...f}fragment f on S{a}"] {
        assert_eq!(judged(text), Err(Excess::SubscriptionRoot));
    }
}
