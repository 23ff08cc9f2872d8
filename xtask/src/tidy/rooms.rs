//! The rooms of `crates/convoke/src`: what a rule, a view and a reaction may know.
//!
//! Rules (`fact.rs`, `decider.rs`, `acts.rs`, `react.rs`) use only rooms before theirs, and are
//! pure; views (`view.rs`, `query.rs`) use the shared modules as well. So the folders can be read,
//! and one day moved out, in order. `graphql.rs` and `page.rs` are free, for types refer to each
//! other as people do. Tests may use whatever they like. A role may also be a folder (`view/…`)
//! once a file grows too long.

use super::Finding;
use super::floors::Floors;
use super::source::{Named, Source};

const HOME: &str = "crates/convoke/src/";

/// What is wrong with one file, if it lies in a room.
pub(super) fn hold(path: &str, source: &Source, floors: &Floors) -> Vec<Finding> {
    let Some(place) = Place::of(path) else {
        return Vec::new();
    };
    if floors.place(place.room).is_none() {
        if floors.is_shared(place.room) || floors.is_beside(place.room) {
            return Vec::new();
        }
        let what = format!("`{}` has no place in the floors of ARCHITECTURE.md", place.room);
        return vec![Finding::new(path, 1, what)];
    }
    let mut findings = Vec::new();
    for named in source.paths().iter().filter(|named| !named.is_test) {
        findings.extend(place.out_of_order(named, floors).map(|what| (named.line, what)));
        findings.extend(place.impure(named, floors).map(|what| (named.line, what)));
    }
    findings.into_iter().map(|(line, what)| Finding::new(path, line, what)).collect()
}

/// Where a file lies: `roster/view.rs` or `roster/view/rows.rs`.
struct Place<'a> {
    room: &'a str,
    role: &'a str,
    /// How many modules lie between the crate and what the file names: 2 for `roster/view.rs`.
    depth: usize,
}

impl<'a> Place<'a> {
    fn of(path: &'a str) -> Option<Self> {
        let inside = path.strip_prefix(HOME)?.strip_suffix(".rs")?;
        let parts: Vec<&str> = inside.split('/').collect();
        let [room, role, ..] = parts.as_slice() else {
            return None;
        };
        let is_folder = parts.last() == Some(&"mod");
        Some(Self { room, role, depth: parts.len() - usize::from(is_folder) })
    }

    fn out_of_order(&self, named: &Named, floors: &Floors) -> Option<String> {
        if !self.is_rule() && !self.is_view() {
            return None;
        }
        let used = self.module_of_the_crate(&named.segments)?;
        if used == self.room || self.is_view() && floors.is_shared(used) {
            return None;
        }
        match (floors.place(used), floors.place(self.room)) {
            (Some(theirs), Some(ours)) if theirs < ours => None,
            (Some(_), _) => Some(format!(
                "`{used}` comes after `{}`: rules and views use only rooms before theirs",
                self.room
            )),
            (None, _) if self.is_rule() => {
                Some(format!("`crate::{used}` is no room: rules use nothing else"))
            }
            (None, _) => Some(format!("`crate::{used}` is neither a room before this nor shared")),
        }
    }

    fn is_rule(&self) -> bool {
        matches!(self.role, "fact" | "decider" | "acts" | "react")
    }

    fn is_view(&self) -> bool {
        matches!(self.role, "view" | "query")
    }

    /// `hub` in `crate::hub::Fact`, and in `super::super::hub::Fact` seen from `roster/view.rs`.
    fn module_of_the_crate<'n>(&self, segments: &'n [String]) -> Option<&'n str> {
        if segments.first()? == "crate" {
            return segments.get(1).map(String::as_str);
        }
        let ups = segments.iter().take_while(|segment| *segment == "super").count();
        if ups == self.depth { segments.get(ups).map(String::as_str) } else { None }
    }

    fn impure(&self, named: &Named, floors: &Floors) -> Option<String> {
        if !self.is_rule() {
            return None;
        }
        let found = floors.impure(&named.segments)?;
        Some(format!("`{}.rs` is pure and may not name `{found}`", self.role))
    }
}

#[cfg(test)]
mod tests {
    use crate::tidy::tests::found;

    #[test]
    fn rules_use_only_rooms_before_theirs() {
        let text = "//! Doc.\nuse crate::{hub, event::{self, Fact}, project};\nuse super::Fact as F;\n\
                    fn x() { crate::judging::y(); super::super::judging::z(); crate::app::a(); }\n\
                    #[cfg(test)]\nmod tests { use crate::project::Q; }\n";
        assert_eq!(
            found(&[("crates/convoke/src/roster/view.rs", text)]),
            [
                "crates/convoke/src/roster/view.rs:2: `project` comes after `roster`: rules and views use only rooms before theirs",
                "crates/convoke/src/roster/view.rs:4: `judging` comes after `roster`: rules and views use only rooms before theirs",
            ]
        );
        assert_eq!(found(&[("crates/convoke/src/roster/page.rs", text)]), Vec::<String>::new());
    }

    #[test]
    fn a_role_may_be_a_folder() {
        let text = "//! Doc.\nuse super::super::super::project;\n";
        assert_eq!(found(&[("crates/convoke/src/roster/view/rows.rs", text)]).len(), 1);
        let text = "//! Doc.\nuse super::super::project;\n";
        assert_eq!(found(&[("crates/convoke/src/roster/view/mod.rs", text)]).len(), 1);
        assert_eq!(found(&[("crates/convoke/src/roster/view/rows.rs", text)]).len(), 0);
    }

    #[test]
    fn deciders_and_reactions_are_pure() {
        let text = "//! Doc.\nuse std::{collections::BTreeMap, fs};\nuse journal::Sql;\n";
        assert_eq!(
            found(&[("crates/convoke/src/hub/decider.rs", text)]),
            [
                "crates/convoke/src/hub/decider.rs:2: `decider.rs` is pure and may not name `std::fs`",
                "crates/convoke/src/hub/decider.rs:3: `decider.rs` is pure and may not name `journal`",
            ]
        );
        assert_eq!(found(&[("crates/convoke/src/hub/react.rs", text)]).len(), 2);
        assert_eq!(found(&[("crates/convoke/src/hub/view.rs", text)]).len(), 0);
    }

    #[test]
    fn shared_modules_are_those_the_page_names_and_for_views() {
        let page = "```floors\nrooms: hub\nshared: text\nbeside: feed\nimpure: sqlx\n```\n";
        let text = "//! Doc.\nuse crate::text::T;\nuse crate::app::A;\n";
        assert_eq!(
            found(&[
                ("ARCHITECTURE.md", page),
                ("crates/convoke/src/attic/mod.rs", "//! Doc.\n"),
                ("crates/convoke/src/feed/mod.rs", "//! Doc.\n"),
                ("crates/convoke/src/hub/acts.rs", text),
                ("crates/convoke/src/hub/view.rs", text),
            ]),
            [
                "crates/convoke/src/attic/mod.rs:1: `attic` has no place in the floors of ARCHITECTURE.md",
                "crates/convoke/src/hub/acts.rs:2: `crate::text` is no room: rules use nothing else",
                "crates/convoke/src/hub/acts.rs:3: `crate::app` is no room: rules use nothing else",
                "crates/convoke/src/hub/view.rs:3: `crate::app` is neither a room before this nor shared",
            ]
        );
    }
}
