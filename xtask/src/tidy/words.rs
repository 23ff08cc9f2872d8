//! Words that may not stand in the code: promises, skipped tests, the clock and chance, SQL.
//!
//! Time, new ids, random bytes and configuration come from the `server` crate and are handed down
//! as arguments; `sqlx` is known to `journal` alone, but for the derive that row structs need.
//! Clippy says some of this too, with types in hand; here it also holds where clippy is not run.

use super::Finding;
use super::source::{Named, Source, Token};

/// Words in comments that promise work: an issue is the place for that.
const PROMISES: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME")];
/// Macros that stand for missing code.
const HOLES: &[&str] = &["todo", "unimplemented"];
/// Attributes that make a test say less than it seems to.
const SKIPS: &[&str] = &["ignore", "should_panic"];

/// Neighbouring segments that reach for the clock, chance or the environment.
const AMBIENT: &[(&str, &str)] = &[
    ("Utc", "now"),
    ("Local", "now"),
    ("SystemTime", "now"),
    ("Uuid", "now_v7"),
    ("Uuid", "new_v4"),
    ("env", "var"),
    ("env", "var_os"),
    ("env", "vars"),
    ("env", "vars_os"),
];
/// Crates and types that are sources of chance.
const CHANCE: &[&str] = &["getrandom", "rand", "OsRng"];

/// What is wrong in one Rust file.
pub(super) fn in_rust(path: &str, source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (line, comment) in &source.comments {
        for promise in PROMISES.iter().filter(|promise| has_word(comment, promise)) {
            findings.push(Finding::new(
                path,
                *line,
                format!("`{promise}`: write an issue, or do it"),
            ));
        }
    }
    for window in source.tokens.windows(2) {
        if let [name, bang] = window
            && bang.is('!')
            && let Some(hole) = name.ident().filter(|name| HOLES.contains(name))
        {
            findings.push(Finding::new(
                path,
                name.line,
                format!("`{hole}!`: write it, or leave it out"),
            ));
        }
    }
    for window in source.tokens.windows(3) {
        if let [hash, open, name] = window
            && hash.is('#')
            && open.is('[')
            && let Some(skip) = Token::ident(name).filter(|name| SKIPS.contains(name))
        {
            findings.push(Finding::new(
                path,
                name.line,
                format!("`#[{skip}]`: a test runs, and asserts what it expects"),
            ));
        }
    }
    if is_product(path) {
        for named in source.paths().iter().filter(|named| !named.is_test) {
            findings.extend(banned(path, named).map(|what| Finding::new(path, named.line, what)));
        }
    }
    findings
}

/// Whether a file becomes part of the product; build scripts do not, nor does the benchmark, which
/// has a clock of its own and raw twins to compare with.
fn is_product(path: &str) -> bool {
    path.starts_with("crates/")
        && !path.starts_with("crates/bench/")
        && !path.ends_with("/build.rs")
}

fn banned(path: &str, named: &Named) -> Option<String> {
    let text = named.segments.join("::");
    let parts: Vec<&str> = named.segments.iter().map(String::as_str).collect();
    if !path.starts_with("crates/journal/")
        && parts.first() == Some(&"sqlx")
        && text != "sqlx::FromRow"
    {
        return Some(format!("`{text}`: only `journal` knows sqlx"));
    }
    if path.starts_with("crates/server/") {
        return None;
    }
    let reaches_out = parts.windows(2).any(|pair| match pair {
        [left, right] => AMBIENT.contains(&(left, right)),
        _ => false,
    });
    let is_chance =
        parts.contains(&"OsRng") || parts.first().is_some_and(|name| CHANCE.contains(name));
    (reaches_out || is_chance)
        .then(|| format!("`{text}`: clock, chance and environment come from `server` as arguments"))
}

/// Whether a text holds this word, with no letter or digit on either side.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|text| text.chars().next());
        let is_letter =
            |char: Option<char>| char.is_some_and(|char| char.is_alphanumeric() || char == '_');
        !is_letter(before) && !is_letter(after)
    })
}

/// What is wrong in another text file, read line by line.
pub(super) fn in_text(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for promise in PROMISES.iter().filter(|promise| has_word(line, promise)) {
            findings.push(Finding::new(
                path,
                index + 1,
                format!("`{promise}`: write an issue, or do it"),
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::has_word;
    use crate::tidy::tests::found;

    fn lines(path: &str, text: &str) -> Vec<String> {
        let findings = found(&[(path, &format!("//! Doc.\n{text}"))]);
        findings.iter().filter_map(|finding| finding.split(':').nth(1)).map(str::to_owned).collect()
    }

    #[test]
    fn promises_and_holes_are_found_and_texts_are_left_alone() {
        let text = concat!(
            "// TO",
            "DO later\nfn a() { to",
            "do!() }\n#[",
            "ignore = \"slow\"]\nfn b() {}\n"
        );
        assert_eq!(lines("tests/src/a.rs", text), ["2", "3", "4"]);
        let text = concat!("const A: &str = \"TO", "DO\";\nconst TO", "DOS: u8 = 1;\n");
        assert_eq!(lines("tests/src/a.rs", text), Vec::<String>::new());
    }

    #[test]
    fn clock_and_chance_belong_to_the_server() {
        let text = "use chrono::Utc;\nfn a() { Utc::now(); std::env::var(\"A\"); uuid::Uuid::now_v7(); }\n\
                    use getrandom::fill;\nuse std::env::{self, var};\nuse aead::{OsRng, KeyInit};\n\
                    #[cfg(test)]\nmod tests { fn b() { Utc::now(); } }\n";
        assert_eq!(lines("crates/web/src/lib.rs", text), ["3", "3", "3", "4", "5", "6"]);
        assert_eq!(lines("crates/server/src/clock.rs", text), Vec::<String>::new());
        assert_eq!(lines("crates/journal/tests/faults.rs", text), Vec::<String>::new());
        assert_eq!(lines("crates/web/build.rs", text), Vec::<String>::new());
    }

    #[test]
    fn only_the_journal_knows_sqlx() {
        let text = "#[derive(sqlx::FromRow)]\nstruct Row;\nfn a() { sqlx::query(\"\"); }\n";
        assert_eq!(lines("crates/convoke/src/lib.rs", text), ["4"]);
        assert_eq!(lines("crates/journal/src/sql.rs", text), Vec::<String>::new());
    }

    #[test]
    fn a_word_stands_alone() {
        assert!(has_word("a word.", "word") && has_word("word", "word"));
        assert!(!has_word("words", "word") && !has_word("a_word", "word"));
    }
}
