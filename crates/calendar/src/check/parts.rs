//! Which lines stand in which component.

use super::lint::{Finding, Rule};
use super::octets::Line;

/// A component without those inside it.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) kind: &'a str,
    pub(super) parent: Option<&'a str>,
    pub(super) line: usize,
    pub(super) lines: Vec<&'a Line>,
}

impl<'a> Part<'a> {
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &'a Line> {
        self.lines.iter().copied().filter(move |line| line.name == name)
    }

    pub(super) fn first(&self, name: &str) -> Option<&'a Line> {
        self.all(name).next()
    }

    pub(super) fn value(&self, name: &str) -> &'a str {
        self.first(name).map_or("", |line| line.value.as_str())
    }
}

/// The components, each when it ends, and what stands outside or does not end.
pub(super) fn parts<'a>(lines: &'a [Line], findings: &mut Vec<Finding>) -> Vec<Part<'a>> {
    let (mut done, mut open): (Vec<Part<'a>>, Vec<Part<'a>>) = (Vec::new(), Vec::new());
    let mut unbalanced = |line: usize, what: String| {
        findings.push(Finding { line, rule: Rule::Unbalanced, what });
    };
    for line in lines {
        match line.name.as_str() {
            "BEGIN" => {
                let parent = open.last().map(|part| part.kind);
                open.push(Part { kind: &line.value, parent, line: line.number, lines: vec![] });
            }
            "END" if open.iter().any(|part| part.kind == line.value) => {
                while let Some(part) = open.pop() {
                    let is_it = part.kind == line.value;
                    if !is_it {
                        unbalanced(part.line, format!("{} does not end", part.kind));
                    }
                    done.push(part);
                    if is_it {
                        break;
                    }
                }
            }
            "END" => unbalanced(line.number, format!("END:{} ends nothing", line.value)),
            _ => match open.last_mut() {
                Some(part) => part.lines.push(line),
                None => unbalanced(line.number, format!("{} stands outside", line.name)),
            },
        }
    }
    for part in open {
        unbalanced(part.line, format!("{} does not end", part.kind));
    }
    done
}
