//! What an operation will cost, estimated before it runs.
//!
//! Rows are what a database feels, so objects are counted and plain values are free: an object costs
//! one, a list as many as it has rows, each with what hangs below it. How many rows comes from
//! `first`, `last` or `ids`, written out or as a variable. The estimate does not know the schema: a
//! list without such an argument that is no connection counts once, so the schema's lists are
//! connections. `@skip` and `@include` are ignored, which errs on the dear side.

use std::collections::HashMap;

use async_graphql::{
    Name, Value, Variables,
    parser::types::{
        ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet,
    },
};
use async_graphql_value::Value as Given;
use serde_json::Number;

use crate::limits::Limits;

/// `totalCount` makes the database count.
const TOTAL_COUNT: u64 = 5;
/// The whole schema is some hundred types.
const SCHEMA: u64 = 100;
/// One type of it.
const TYPE: u64 = 10;
/// A command locks, decides and writes.
const MUTATION: u64 = 10;

/// The cost of one operation of a document that the guard has let pass; at least one.
pub(crate) fn estimate(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    limits: &Limits,
) -> u64 {
    let mut till = Till { document, operation, variables, limits, known: HashMap::new() };
    let root = &operation.selection_set.node;
    let commands = match operation.ty {
        OperationType::Mutation => {
            MUTATION.saturating_mul(u64::try_from(root.items.len()).unwrap_or(u64::MAX))
        }
        OperationType::Query | OperationType::Subscription => 0,
    };
    till.set(root).once().saturating_add(commands).max(1)
}

/// The price of a selection set. What `edges` and `nodes` hold comes once for each row of the
/// connection around them, which is found only further up.
#[derive(Clone, Copy, Default)]
struct Price {
    flat: u64,
    each_row: u64,
}

impl Price {
    fn once(self) -> u64 {
        self.flat.saturating_add(self.each_row)
    }
}

struct Till<'d> {
    document: &'d ExecutableDocument,
    operation: &'d OperationDefinition,
    variables: &'d Variables,
    limits: &'d Limits,
    known: HashMap<&'d str, Price>,
}

impl<'d> Till<'d> {
    fn set(&mut self, set: &'d SelectionSet) -> Price {
        let mut sum = Price::default();
        for item in &set.items {
            let price = match &item.node {
                Selection::Field(field) => self.field(&field.node),
                Selection::InlineFragment(inline) => self.set(&inline.node.selection_set.node),
                Selection::FragmentSpread(spread) => {
                    self.fragment(spread.node.fragment_name.node.as_str())
                }
            };
            sum.flat = sum.flat.saturating_add(price.flat);
            sum.each_row = sum.each_row.saturating_add(price.each_row);
        }
        sum
    }

    /// The guard has refused fragments that contain themselves, so this ends.
    fn fragment(&mut self, name: &'d str) -> Price {
        if let Some(price) = self.known.get(name) {
            return *price;
        }
        let Some(fragment) = self.document.fragments.get(name) else {
            return Price::default();
        };
        let price = self.set(&fragment.node.selection_set.node);
        self.known.insert(name, price);
        price
    }

    fn field(&mut self, field: &'d Field) -> Price {
        let below = self.set(&field.selection_set.node);
        let name = field.name.node.as_str();
        let is_plain = field.arguments.is_empty();
        let own = match name {
            "totalCount" => TOTAL_COUNT,
            "__schema" => SCHEMA,
            "__type" => TYPE,
            "node" | "pageInfo" if is_plain => 0,
            _ => u64::from(!field.selection_set.node.items.is_empty()),
        };
        if is_plain && matches!(name, "edges" | "nodes") {
            return Price { flat: 0, each_row: own.saturating_add(below.once()) };
        }
        let rows = self.rows(field);
        let flat = if below.each_row > 0 {
            let rows = rows.unwrap_or(self.limits.page_rows_default);
            own.saturating_add(below.flat).saturating_add(rows.saturating_mul(below.each_row))
        } else {
            rows.unwrap_or(1).saturating_mul(own.saturating_add(below.flat))
        };
        Price { flat, each_row: 0 }
    }

    /// How many rows the field's arguments ask for; `None` when they do not say.
    fn rows(&self, field: &'d Field) -> Option<u64> {
        let asked = ["first", "last"].into_iter().filter_map(|name| {
            let value = &field.get_argument(name)?.node;
            match self.resolved(value)? {
                Resolved::Number(number) => Some(rows_of(&number)),
                Resolved::Length(_) => None,
            }
        });
        let listed = field.get_argument("ids").and_then(|ids| match self.resolved(&ids.node)? {
            Resolved::Length(length) => Some(length),
            Resolved::Number(_) => None,
        });
        asked.chain(listed).max()
    }

    fn resolved(&self, value: &Given) -> Option<Resolved> {
        match value {
            Given::Variable(name) => match self.variable(name)? {
                Value::Number(number) => Some(Resolved::Number(number.clone())),
                Value::List(items) => Some(Resolved::of_length(items.len())),
                _ => None,
            },
            Given::Number(number) => Some(Resolved::Number(number.clone())),
            Given::List(items) => Some(Resolved::of_length(items.len())),
            _ => None,
        }
    }

    /// What was sent for a variable, or else what the operation says it is by default.
    fn variable(&self, name: &Name) -> Option<&Value> {
        self.variables.get(name).or_else(|| {
            let definitions = &self.operation.variable_definitions;
            let definition = definitions.iter().find(|one| one.node.name.node == *name)?;
            definition.node.default_value.as_ref().map(|value| &value.node)
        })
    }
}

/// As much of an argument's value as the estimate needs.
enum Resolved {
    Number(Number),
    Length(u64),
}

impl Resolved {
    fn of_length(length: usize) -> Self {
        Self::Length(u64::try_from(length).unwrap_or(u64::MAX))
    }
}

/// A page of fewer than one row is a mistake that the field itself will tell; a number beyond all
/// integers is as dear as can be.
fn rows_of(number: &Number) -> u64 {
    match (number.as_u64(), number.as_i64()) {
        (Some(rows), _) => rows.max(1),
        (None, Some(_)) => 1,
        (None, None) => u64::MAX,
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use serde_json::{Value as Json, json};

    use super::*;

    fn cost_with(text: &str, variables: Json) -> u64 {
        let document = parse_query(text).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        let variables = Variables::from_json(variables);
        estimate(&document, &operation.node, &variables, &Limits::default())
    }

    fn cost(text: &str) -> u64 {
        cost_with(text, json!({}))
    }

    #[test]
    fn plain_values_are_free_but_nothing_costs_nothing() {
        assert_eq!(cost("{ a b c }"), 1);
        assert_eq!(cost("{ hub { name place { name } } }"), 2);
    }

    #[test]
    fn a_connection_costs_its_rows_times_what_hangs_below() {
        assert_eq!(cost("{ events(first: 50) { nodes { id hub { name } } } }"), 1 + 50 * 2);
        assert_eq!(cost("{ events(last: 50) { edges { cursor node { hub { id } } } } }"), 101);
        assert_eq!(cost("{ events { nodes { id } pageInfo { hasNextPage } } }"), 1 + 20);
        assert_eq!(cost("{ events(first: 3) { totalCount nodes { id } } }"), 1 + 5 + 3);
    }

    #[test]
    fn nested_connections_multiply() {
        let text = "{ events(first:100) { nodes { guests(first:100) { nodes { name } } } } }";
        assert_eq!(cost(text), 1 + 100 * (1 + 1 + 100));
    }

    #[test]
    fn variables_are_looked_up_and_fall_back_to_their_defaults() {
        let text = "query($n: Int = 7) { events(first: $n) { nodes { id } } }";
        assert_eq!(cost_with(text, json!({ "n": 90 })), 91);
        assert_eq!(cost(text), 8);
        assert_eq!(cost_with(text, json!({ "n": null })), 21);
        assert_eq!(cost("query($n: Int) { events(first: $n) { nodes { id } } }"), 21);
    }

    #[test]
    fn absurd_numbers_cost_absurdly_and_negative_ones_no_less_than_one_row() {
        assert_eq!(cost("{ events(first: 99999999999999999999) { nodes { id } } }"), u64::MAX);
        assert_eq!(cost("{ events(first: -5) { nodes { id } } }"), 2);
    }

    #[test]
    fn ids_count_one_by_one() {
        assert_eq!(cost("{ nodes(ids: [1, 2, 3]) { id } }"), 3);
        let text = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        assert_eq!(cost_with(text, json!({ "ids": ["a", "b"] })), 2);
    }

    #[test]
    fn a_fragment_costs_what_it_costs_in_its_place() {
        let text = "{ events(first: 5) { ...page } } fragment page on C { nodes { ...row } }
            fragment row on Event { hub { id } }";
        assert_eq!(cost(text), 1 + 5 * 2);
    }

    #[test]
    fn commands_and_introspection_have_prices_of_their_own() {
        assert_eq!(cost("mutation { a b }"), 20);
        assert!(cost(include_str!("introspection.graphql")) > SCHEMA);
        assert!(cost(include_str!("introspection.graphql")) < 2 * SCHEMA);
    }
}
