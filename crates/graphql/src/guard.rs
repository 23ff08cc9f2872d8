//! How much a document asks for, found before anything is validated.
//!
//! Validation and execution put every fragment into every place that spreads it; a few hundred bytes
//! of fragments that spread each other twice become more fields than there are atoms. The guard weighs
//! each fragment once and adds up, so its work is linear in the document. It does not know the schema
//! and does not judge whether names exist.

use std::collections::HashMap;

use async_graphql::parser::types::{
    ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet,
};

use crate::{fault::Code, fault::Fault, limits::Limits};

/// What a document weighs; the steps are the work it took to know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Selections looked at: at most those that are written down.
    pub(crate) steps: u64,
}

/// Why a document does not pass.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Excess {
    #[error("The document has {found} {what}; at most {max} are allowed.")]
    TooMany { what: &'static str, found: u64, max: u64 },
    #[error("The fragment \"{name}\" contains itself.")]
    Cycle { name: String },
    #[error("A subscription selects exactly one field, and not through a fragment.")]
    SubscriptionRoot,
}

impl From<Excess> for Fault {
    fn from(excess: Excess) -> Self {
        let message = excess.to_string();
        match excess {
            Excess::TooMany { max, .. } => Self::too_costly(message).with_detail("limit", max),
            Excess::Cycle { .. } | Excess::SubscriptionRoot => {
                Self::new(Code::ValidationFailed, message)
            }
        }
    }
}

/// Weighs every operation and every fragment of a document, used or not: validation walks them all.
///
/// # Errors
///
/// The first [`Excess`] it meets.
pub(crate) fn check(document: &ExecutableDocument, limits: &Limits) -> Result<Shape, Excess> {
    at_most("fragments", count(document.fragments.len()), count(limits.fragments_max))?;
    at_most("operations", count(document.operations.iter().len()), count(limits.operations_max))?;
    let mut scales = Scales { document, limits, known: HashMap::new(), steps: 0 };
    for (_, operation) in document.operations.iter() {
        scales.operation(&operation.node)?;
    }
    for name in document.fragments.keys() {
        let weight = scales.fragment(name.as_str(), 0)?;
        scales.judge(weight)?;
    }
    Ok(Shape { steps: scales.steps })
}

/// What hangs below a place of the document, fragments put in their places.
#[derive(Clone, Copy, Default)]
struct Weight {
    /// Fields, plus one for each spread and inline fragment: a tower of empty ones costs as well.
    fields: u64,
    aliases: u64,
    /// Nested fields.
    depth: u32,
    /// Nested fields, spreads and inline fragments.
    nest: u32,
    /// Fields of this very level, those of its fragments included.
    level: u64,
    /// Introspection lists within each other.
    introspection_lists: u32,
}

impl Weight {
    /// Puts what stands beside it on the same level.
    fn beside(&mut self, other: Self) {
        self.fields = self.fields.saturating_add(other.fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.level = self.level.saturating_add(other.level);
        self.depth = self.depth.max(other.depth);
        self.nest = self.nest.max(other.nest);
        self.introspection_lists = self.introspection_lists.max(other.introspection_lists);
    }
}

struct Scales<'d> {
    document: &'d ExecutableDocument,
    limits: &'d Limits,
    /// `None` while a fragment is being weighed: whoever meets it then is inside of it.
    known: HashMap<&'d str, Option<Weight>>,
    steps: u64,
}

impl<'d> Scales<'d> {
    fn operation(&mut self, operation: &'d OperationDefinition) -> Result<(), Excess> {
        self.directives(operation.directives.len())?;
        let set = &operation.selection_set.node;
        if operation.ty == OperationType::Subscription {
            let is_one_field = matches!(set.items.as_slice(),
                [only] if matches!(only.node, Selection::Field(_)));
            if !is_one_field {
                return Err(Excess::SubscriptionRoot);
            }
        }
        let weight = self.set(set, 0)?;
        self.judge(weight)?;
        at_most("root fields", weight.level, self.limits.root_fields_max)
    }

    fn set(&mut self, set: &'d SelectionSet, nest: u32) -> Result<Weight, Excess> {
        at_most("nested levels", nest.into(), self.limits.nest_max().into())?;
        let mut sum = Weight::default();
        for item in &set.items {
            self.steps += 1;
            self.directives(item.node.directives().len())?;
            let weight = match &item.node {
                Selection::Field(field) => self.field(&field.node, nest)?,
                Selection::InlineFragment(inline) => {
                    placed(self.set(&inline.node.selection_set.node, nest + 1)?)
                }
                Selection::FragmentSpread(spread) => {
                    placed(self.fragment(spread.node.fragment_name.node.as_str(), nest + 1)?)
                }
            };
            sum.beside(weight);
        }
        Ok(sum)
    }

    fn field(&mut self, field: &'d Field, nest: u32) -> Result<Weight, Excess> {
        let below = self.set(&field.selection_set.node, nest + 1)?;
        let name = field.name.node.as_str();
        if matches!(name, "__schema" | "__type") {
            let max = self.limits.introspection_lists_max.into();
            at_most("introspection lists in each other", below.introspection_lists.into(), max)?;
        }
        let is_list = matches!(name, "fields" | "interfaces" | "possibleTypes" | "inputFields");
        Ok(Weight {
            fields: below.fields.saturating_add(1),
            aliases: below.aliases.saturating_add(field.alias.is_some().into()),
            depth: below.depth.saturating_add(1),
            nest: below.nest.saturating_add(1),
            level: 1,
            introspection_lists: below.introspection_lists.saturating_add(is_list.into()),
        })
    }

    /// The weight of a fragment's selections, worked out when it is met first. One that is not
    /// defined weighs nothing; validation will say so.
    fn fragment(&mut self, name: &'d str, nest: u32) -> Result<Weight, Excess> {
        match self.known.get(name) {
            Some(Some(weight)) => return Ok(*weight),
            Some(None) => return Err(Excess::Cycle { name: name.to_owned() }),
            None => {}
        }
        let Some(fragment) = self.document.fragments.get(name) else {
            return Ok(Weight::default());
        };
        self.directives(fragment.node.directives.len())?;
        self.known.insert(name, None);
        let weight = self.set(&fragment.node.selection_set.node, nest)?;
        self.known.insert(name, Some(weight));
        Ok(weight)
    }

    fn directives(&self, found: usize) -> Result<(), Excess> {
        at_most("directives in one place", count(found), count(self.limits.directives_max))
    }

    fn judge(&self, weight: Weight) -> Result<(), Excess> {
        at_most("fields", weight.fields, self.limits.fields_max)?;
        at_most("levels of fields", weight.depth.into(), self.limits.depth_max.into())?;
        // A chain of fragments that were weighed one by one is as deep for the executor as a chain
        // written out.
        at_most("nested levels", weight.nest.into(), self.limits.nest_max().into())?;
        at_most("aliases", weight.aliases, self.limits.aliases_max)
    }
}

/// A fragment's weight in the place that spreads it.
fn placed(weight: Weight) -> Weight {
    Weight {
        fields: weight.fields.saturating_add(1),
        nest: weight.nest.saturating_add(1),
        ..weight
    }
}

fn at_most(what: &'static str, found: u64, max: u64) -> Result<(), Excess> {
    if found > max { Err(Excess::TooMany { what, found, max }) } else { Ok(()) }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

#[cfg(test)]
#[path = "guard_tests.rs"]
mod tests;
