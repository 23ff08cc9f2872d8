//! Which crate may use which: the table in ARCHITECTURE.md, held against the manifests.
//!
//! The table is the block marked `floors`, a line a crate: its name, a colon, what it may use.
//! Four more lines name the rooms of `crates/convoke/src` in their order (`rooms`), the modules
//! their views may use as well (`shared`), the modules built on the rooms, which no rule and no
//! view may use (`beside`), and what pure files may not name (`impure`). `#` begins a comment. A manifest that asks for a crate above it is a finding, in
//! dependencies of any kind: what only tests use still decides what can be read alone.

use std::collections::BTreeMap;

use super::Finding;
use super::tree::Tree;

const PAGE: &str = "ARCHITECTURE.md";

/// Used until the page has a block of its own.
const BUILT_IN: &str = "
server:   convoke web graphql mail calendar journal kernel
convoke:  web graphql mail calendar journal kernel
web:      journal kernel
graphql:  journal kernel
mail:     journal kernel
calendar: journal kernel
journal:  kernel
kernel:
stories:
xtask:
rooms:    network hub account issue stakeholder reach membership event desk invitation room hackathon roster calendar_link judging introduction knowledge project
shared:   app keyset
beside:   can feed inbound letter live pages product roots schema site testing text work
impure:   sqlx tokio axum journal reqwest lettre rand getrandom std::fs std::env std::io std::net std::process std::thread
";

/// The table, read.
pub(super) struct Floors {
    crates: BTreeMap<String, Vec<String>>,
    rooms: Vec<String>,
    shared: Vec<String>,
    beside: Vec<String>,
    /// Paths, as their segments.
    impure: Vec<Vec<String>>,
}

impl Floors {
    /// The table of this tree, and what is wrong with the table itself.
    pub(super) fn of(tree: &Tree) -> (Self, Vec<Finding>) {
        let mut floors = Self::empty();
        let mut findings = floors.read(BUILT_IN, 0);
        let Some((block, line)) = tree.get(PAGE).and_then(block) else {
            return (floors, findings);
        };
        let built_in = std::mem::replace(&mut floors, Self::empty());
        findings.extend(floors.read(&block, line));
        for (what, is_missing) in [
            ("rooms", floors.rooms.is_empty()),
            ("shared", floors.shared.is_empty()),
            ("beside", floors.beside.is_empty()),
            ("impure", floors.impure.is_empty()),
        ] {
            if is_missing {
                findings.push(Finding::new(
                    PAGE,
                    line,
                    format!("the floors have no line `{what}:`"),
                ));
            }
        }
        if floors.impure.is_empty() {
            floors.impure = built_in.impure;
        }
        (floors, findings)
    }

    fn empty() -> Self {
        Self {
            crates: BTreeMap::new(),
            rooms: vec![],
            shared: vec![],
            beside: vec![],
            impure: vec![],
        }
    }

    fn read(&mut self, block: &str, first_line: usize) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (index, line) in block.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let Some((name, words)) = line.split_once(':') else {
                let at = first_line + index;
                findings.push(Finding::new(PAGE, at, format!("not `name: words`: {line}")));
                continue;
            };
            let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
            match name.trim() {
                "rooms" => self.rooms = words,
                "shared" => self.shared = words,
                "beside" => self.beside = words,
                "impure" => self.impure = words.iter().map(|word| segments(word)).collect(),
                name => {
                    self.crates.insert(name.to_owned(), words);
                }
            }
        }
        findings
    }

    /// What the manifests ask for beyond the table.
    pub(super) fn hold(&self, tree: &Tree) -> Vec<Finding> {
        let manifests: Vec<Manifest<'_>> = tree
            .files()
            .filter(|(path, _)| path.ends_with("/Cargo.toml"))
            .filter_map(|(path, text)| Manifest::read(path, text))
            .collect();
        let ours: Vec<&str> = manifests.iter().map(|manifest| manifest.name).collect();
        let mut findings = Vec::new();
        for Manifest { path, name, asks } in &manifests {
            let Some(allowed) = self.crates.get(*name) else {
                findings.push(Finding::new(
                    path,
                    1,
                    format!("`{name}` has no line in the floors of {PAGE}"),
                ));
                continue;
            };
            for (line, asked) in asks {
                // A crate may ask for itself, to have a feature in its own tests.
                let is_below = asked == name || allowed.iter().any(|name| name == asked);
                if ours.contains(asked) && !is_below {
                    findings.push(Finding::new(
                        path,
                        *line,
                        format!("`{name}` may not use `{asked}`: it is not on a floor below"),
                    ));
                }
            }
        }
        findings
    }

    /// A room's place in the order.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.rooms.iter().position(|room| room == name)
    }

    /// Whether the views of any room may use this module of the crate.
    pub(super) fn is_shared(&self, name: &str) -> bool {
        self.shared.iter().any(|shared| shared == name)
    }

    /// Whether this module of the crate is built on the rooms.
    pub(super) fn is_beside(&self, name: &str) -> bool {
        self.beside.iter().any(|beside| beside == name)
    }

    /// What a pure file may not name, if this path begins with it.
    pub(super) fn impure(&self, path: &[String]) -> Option<String> {
        let found = self.impure.iter().find(|impure| path.starts_with(impure))?;
        Some(found.join("::"))
    }
}

/// The text between the fences of the block marked `floors`, and its first line's number.
fn block(page: &str) -> Option<(String, usize)> {
    let fence = page.lines().position(|line| line.trim_end() == "```floors")?;
    let inside = page.lines().skip(fence + 1).take_while(|line| !line.starts_with("```"));
    Some((inside.collect::<Vec<_>>().join("\n"), fence + 2))
}

fn segments(path: &str) -> Vec<String> {
    path.split("::").map(str::to_owned).collect()
}

/// A package: its name, and the names of the packages it depends on with their lines.
struct Manifest<'a> {
    path: &'a str,
    name: &'a str,
    asks: Vec<(usize, &'a str)>,
}

impl<'a> Manifest<'a> {
    /// Reads line by line; our manifests are written so. A manifest without a package is none.
    fn read(path: &'a str, text: &'a str) -> Option<Self> {
        let mut section = "";
        let mut name = None;
        let mut asks = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if let Some(header) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                section = header;
                // `[dependencies.journal]`
                if let Some((table, key)) = header.rsplit_once('.')
                    && table.ends_with("dependencies")
                {
                    asks.push((index + 1, key));
                }
                continue;
            }
            let Some((key, value)) = line.split_once('=') else {
                continue;
            };
            let key = key.trim().split('.').next().unwrap_or_default();
            if section == "package" && key == "name" {
                name = Some(value.trim().trim_matches('"'));
            }
            if section.ends_with("dependencies") {
                // `other_name = { package = "journal" }`
                asks.push((index + 1, renamed(value).unwrap_or(key)));
            }
        }
        Some(Self { path, name: name?, asks })
    }
}

fn renamed(value: &str) -> Option<&str> {
    let (_, after) = value.split_once("package")?;
    after.trim_start().strip_prefix('=')?.trim_start().strip_prefix('"')?.split('"').next()
}

#[cfg(test)]
mod tests {
    use crate::tidy::tests::found;

    const KERNEL: (&str, &str) = ("crates/kernel/Cargo.toml", "[package]\nname = \"kernel\"\n");

    #[test]
    fn a_lower_floor_may_be_used_and_a_higher_one_may_not() {
        let journal = "[package]\nname = \"journal\"\n[dependencies]\nkernel.workspace = true\n\
                       serde = \"1\"\n[dev-dependencies]\nconvoke.workspace = true\n";
        let convoke =
            "[package]\nname = \"convoke\"\n[dependencies.journal]\npath = \"../journal\"\n";
        let files = [
            KERNEL,
            ("crates/journal/Cargo.toml", journal),
            ("crates/convoke/Cargo.toml", convoke),
        ];
        assert_eq!(
            found(&files),
            [
                "crates/journal/Cargo.toml:7: `journal` may not use `convoke`: it is not on a floor below"
            ]
        );
    }

    #[test]
    fn another_name_does_not_hide_a_crate() {
        let calendar = "[package]\nname = \"mail\"\n[dependencies]\nics = { package = \"calendar\", path = \"x\" }\n";
        let files = [
            ("crates/calendar/Cargo.toml", "[package]\nname = \"calendar\"\n"),
            ("crates/mail/Cargo.toml", calendar),
        ];
        assert_eq!(
            found(&files),
            ["crates/mail/Cargo.toml:4: `mail` may not use `calendar`: it is not on a floor below"]
        );
    }

    #[test]
    fn a_crate_without_a_floor_is_a_finding() {
        assert_eq!(
            found(&[("crates/attic/Cargo.toml", "[package]\nname = \"attic\"\n")]),
            ["crates/attic/Cargo.toml:1: `attic` has no line in the floors of ARCHITECTURE.md"]
        );
    }

    #[test]
    fn the_page_replaces_the_built_in_table() {
        let page = "# A\n```floors\nkernel: # nothing\njournal:\nrooms: a b\nwhat is this\nshared: text\n```\n";
        let journal = "[package]\nname = \"journal\"\n[dependencies]\nkernel.workspace = true\n";
        assert_eq!(
            found(&[KERNEL, ("ARCHITECTURE.md", page), ("crates/journal/Cargo.toml", journal)]),
            [
                "ARCHITECTURE.md:3: the floors have no line `beside:`",
                "ARCHITECTURE.md:3: the floors have no line `impure:`",
                "ARCHITECTURE.md:6: not `name: words`: what is this",
                "crates/journal/Cargo.toml:4: `journal` may not use `kernel`: it is not on a floor below",
            ]
        );
    }
}
