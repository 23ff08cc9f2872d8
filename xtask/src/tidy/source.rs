//! Just enough of Rust to know what a file names: words, paths and comments with their lines.
//!
//! A lexer that knows comments, strings, characters and lifetimes, so that a word in a text is
//! not taken for code; and a reader of `use` trees. It does not parse Rust: macros and odd layouts
//! may hide a path from it, and clippy is there for those.

use std::iter::Peekable;
use std::vec::IntoIter;

/// A piece of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Ident(String),
    /// `::`
    Sep,
    Mark(char),
}

/// A word, its line, and whether it is compiled for tests only.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) word: Word,
    pub(super) line: usize,
    pub(super) is_test: bool,
}

impl Token {
    pub(super) fn is(&self, mark: char) -> bool {
        self.word == Word::Mark(mark)
    }

    pub(super) fn ident(&self) -> Option<&str> {
        match &self.word {
            Word::Ident(name) => Some(name),
            Word::Sep | Word::Mark(_) => None,
        }
    }
}

/// A path such as `std::env::var`, in a `use` or in code.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) segments: Vec<String>,
    pub(super) line: usize,
    pub(super) is_test: bool,
}

/// A file, read.
pub(super) struct Source {
    pub(super) tokens: Vec<Token>,
    /// Text of each comment line with its line number.
    pub(super) comments: Vec<(usize, String)>,
}

impl Source {
    /// Reads a file; `is_test` when all of it is test code.
    pub(super) fn parse(text: &str, is_test: bool) -> Self {
        let (mut tokens, comments) = Lexer::new(text).run();
        if is_test {
            mark(&mut tokens, 0, usize::MAX);
        } else {
            mark_tests(&mut tokens);
        }
        Self { tokens, comments }
    }

    /// All paths of at least two segments, `use` trees spread out.
    pub(super) fn paths(&self) -> Vec<Named> {
        let mut found = Vec::new();
        let mut rest = self.tokens.clone().into_iter().peekable();
        while let Some(token) = rest.next() {
            match token.ident() {
                Some("use") => use_tree(&mut rest, &[], &mut found),
                Some(name) => {
                    let segments = path_from(name, &mut rest);
                    if segments.len() > 1 {
                        found.push(Named { segments, line: token.line, is_test: token.is_test });
                    }
                }
                None => {}
            }
        }
        found
    }

    /// Names of modules in files of their own that exist for tests only.
    pub(super) fn test_modules(&self) -> Vec<String> {
        let triples = self.tokens.windows(3).filter_map(|window| match window {
            [module, name, end]
                if module.ident() == Some("mod") && module.is_test && end.is(';') =>
            {
                name.ident()
            }
            _ => None,
        });
        triples.map(str::to_owned).collect()
    }
}

type Rest = Peekable<IntoIter<Token>>;

/// The path that begins with this name; leaves what follows it.
fn path_from(first: &str, rest: &mut Rest) -> Vec<String> {
    let mut segments = vec![first.to_owned()];
    while rest.next_if(|token| token.word == Word::Sep).is_some() {
        let Some(next) = rest.next_if(|token| token.ident().is_some()) else {
            break;
        };
        segments.extend(next.ident().map(str::to_owned));
    }
    segments
}

/// Reads one branch of a `use` tree, up to the `;`, `,` or `}` that ends it.
fn use_tree(rest: &mut Rest, before: &[String], found: &mut Vec<Named>) {
    let mut path = before.to_vec();
    let mut last = None;
    while let Some(token) = rest.peek().cloned() {
        match &token.word {
            Word::Mark(';' | ',' | '}') => break,
            Word::Mark('{') => {
                rest.next();
                loop {
                    use_tree(rest, &path, found);
                    // A comma goes on, the brace (or the end of a broken file) ends the group.
                    if rest.next_if(|token| token.is(',')).is_none() {
                        break;
                    }
                }
                rest.next_if(|token| token.is('}'));
                return;
            }
            Word::Ident(name) if name == "as" => {
                rest.next();
                rest.next();
                continue;
            }
            Word::Ident(name) => {
                if name != "self" || path.is_empty() {
                    path.push(name.clone());
                }
                last = Some(token.clone());
            }
            Word::Sep | Word::Mark(_) => {}
        }
        rest.next();
    }
    if let Some(token) = last {
        found.push(Named { segments: path, line: token.line, is_test: token.is_test });
    }
}

/// Marks what follows `#[cfg(test)]`, `#[test]` and their kin, and all of a file that says
/// `#![cfg(test)]`.
fn mark_tests(tokens: &mut [Token]) {
    let mut at = 0;
    while at < tokens.len() {
        let Some((body, inner, after)) = attribute(tokens, at) else {
            at += 1;
            continue;
        };
        let words = tokens.iter().take(body.end).skip(body.start);
        let names: Vec<&str> = words.filter_map(Token::ident).collect();
        let is_test = names.contains(&"test")
            && !names.contains(&"not")
            && names.first() != Some(&"cfg_attr");
        if !is_test {
            at = after;
            continue;
        }
        let end = if inner { tokens.len() } else { item_end(tokens, after) };
        mark(tokens, at, end);
        at = end;
    }
}

fn mark(tokens: &mut [Token], from: usize, to: usize) {
    for token in tokens.iter_mut().take(to).skip(from) {
        token.is_test = true;
    }
}

/// The attribute that begins here: its words, whether it is an inner one, and what comes after.
fn attribute(tokens: &[Token], at: usize) -> Option<(std::ops::Range<usize>, bool, usize)> {
    if !tokens.get(at)?.is('#') {
        return None;
    }
    let inner = tokens.get(at + 1)?.is('!');
    let open = at + 1 + usize::from(inner);
    if !tokens.get(open)?.is('[') {
        return None;
    }
    let mut depth = 0;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        match token.word {
            Word::Mark('[') => depth += 1,
            Word::Mark(']') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((open + 1..index, inner, index + 1));
        }
    }
    None
}

/// Words an item begins with; a field or an arm begins with its own name and ends at a comma.
const ITEMS: &[&str] = &[
    "pub",
    "fn",
    "mod",
    "impl",
    "struct",
    "enum",
    "trait",
    "type",
    "const",
    "static",
    "use",
    "async",
    "unsafe",
    "let",
    "macro_rules",
];

/// Where the item (or field, or arm) that begins here ends, further attributes included.
fn item_end(tokens: &[Token], mut at: usize) -> usize {
    while let Some((_, _, after)) = attribute(tokens, at) {
        at = after;
    }
    let is_item = tokens.get(at).and_then(Token::ident).is_some_and(|name| ITEMS.contains(&name));
    let mut depth = 0;
    for (index, token) in tokens.iter().enumerate().skip(at) {
        match token.word {
            Word::Mark('(' | '[' | '{') => depth += 1,
            Word::Mark(')' | ']') => depth -= 1,
            Word::Mark('}') => {
                depth -= 1;
                if depth < 0 {
                    return index;
                }
                if depth == 0 {
                    return index + 1;
                }
            }
            Word::Mark(';') if depth == 0 => return index + 1,
            Word::Mark(',') if depth == 0 && !is_item => return index + 1,
            _ => {}
        }
    }
    tokens.len()
}

/// Cuts text into words and comments.
struct Lexer {
    text: Vec<char>,
    at: usize,
    line: usize,
    tokens: Vec<Token>,
    comments: Vec<(usize, String)>,
}

impl Lexer {
    fn new(text: &str) -> Self {
        Self { text: text.chars().collect(), at: 0, line: 1, tokens: vec![], comments: vec![] }
    }

    fn peek(&self, ahead: usize) -> char {
        self.text.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn take(&mut self) -> char {
        let char = self.peek(0);
        self.at += 1;
        if char == '\n' {
            self.line += 1;
        }
        char
    }

    fn run(mut self) -> (Vec<Token>, Vec<(usize, String)>) {
        while self.at < self.text.len() {
            match (self.peek(0), self.peek(1)) {
                ('/', '/') => self.line_comment(),
                ('/', '*') => self.block_comment(),
                ('"', _) => self.string(),
                ('\'', _) => self.char_or_lifetime(),
                (':', ':') => {
                    self.push(Word::Sep);
                    self.at += 2;
                }
                (char, _) if char.is_alphabetic() || char == '_' => self.name(),
                (char, _) if char.is_ascii_digit() => self.number(),
                (char, _) if char.is_whitespace() => {
                    self.take();
                }
                (char, _) => {
                    self.push(Word::Mark(char));
                    self.take();
                }
            }
        }
        (self.tokens, self.comments)
    }

    fn push(&mut self, word: Word) {
        self.tokens.push(Token { word, line: self.line, is_test: false });
    }

    fn line_comment(&mut self) {
        let line = self.line;
        let mut text = String::new();
        while self.at < self.text.len() && self.peek(0) != '\n' {
            text.push(self.take());
        }
        self.comments.push((line, text));
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        let (mut line, mut text) = (self.line, String::new());
        while self.at < self.text.len() {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                ('\n', _) => {
                    self.take();
                    self.comments.push((line, std::mem::take(&mut text)));
                    line = self.line;
                    continue;
                }
                _ => {
                    text.push(self.take());
                    continue;
                }
            }
            self.at += 2;
            if depth == 0 {
                break;
            }
        }
        self.comments.push((line, text));
    }

    fn string(&mut self) {
        self.take();
        while self.at < self.text.len() {
            match self.take() {
                '\\' => {
                    self.take();
                }
                '"' => break,
                _ => {}
            }
        }
    }

    /// `r"…"`, `r#"…"#`; the `r` is read already.
    fn raw_string(&mut self) {
        let mut hashes = 0;
        while self.peek(0) == '#' {
            hashes += 1;
            self.take();
        }
        self.take();
        while self.at < self.text.len() {
            if self.take() == '"' && (0..hashes).all(|ahead| self.peek(ahead) == '#') {
                self.at += hashes;
                break;
            }
        }
    }

    fn char_or_lifetime(&mut self) {
        let is_char = self.peek(1) == '\\' || self.peek(2) == '\'';
        self.take();
        if !is_char {
            // A lifetime: its name is no word of interest.
            while self.peek(0).is_alphanumeric() || self.peek(0) == '_' {
                self.take();
            }
            return;
        }
        if self.take() == '\\' {
            self.take();
        }
        while self.at < self.text.len() && self.take() != '\'' {}
    }

    fn name(&mut self) {
        let line = self.line;
        let mut name = String::new();
        while self.peek(0).is_alphanumeric() || self.peek(0) == '_' {
            name.push(self.take());
        }
        let is_prefix = matches!(name.as_str(), "r" | "b" | "br" | "c" | "cr");
        match self.peek(0) {
            '"' if is_prefix && name.contains('r') => self.raw_string(),
            '"' if is_prefix => self.string(),
            '\'' if name == "b" => self.char_or_lifetime(),
            '#' if is_prefix && name.contains('r') && matches!(self.peek(1), '#' | '"') => {
                self.raw_string();
            }
            '#' if name == "r" => {
                // A raw identifier: the name itself comes next.
                self.take();
            }
            _ => self.tokens.push(Token { word: Word::Ident(name), line, is_test: false }),
        }
    }

    fn number(&mut self) {
        while self.peek(0).is_alphanumeric() || self.peek(0) == '_' {
            self.take();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Source;

    fn paths(text: &str) -> Vec<String> {
        Source::parse(text, false)
            .paths()
            .iter()
            .map(|path| {
                let mark = if path.is_test { " (test)" } else { "" };
                format!("{}:{}{mark}", path.line, path.segments.join("::"))
            })
            .collect()
    }

    #[test]
    fn use_trees_are_spread_out() {
        assert_eq!(
            paths("use crate::{hub, event::{self, Fact as F}, text::*,\n  room};\nuse a;"),
            [
                "1:crate::hub",
                "1:crate::event",
                "1:crate::event::Fact",
                "1:crate::text",
                "2:crate::room",
                "3:a",
            ]
        );
    }

    #[test]
    fn paths_in_code_are_seen_and_words_in_texts_are_not() {
        let text = r##"
            // crate::hub::x
            /* crate::hub /* nested::path */ crate::y */
            let a = "crate::hub" ; let b = r#"say "crate::hub" "#; let c = b'"'; let d = '\'';
            let e: &'static str = crate::event::NAME; let f = Vec::<u8>::new();
        "##;
        assert_eq!(paths(text), ["5:crate::event::NAME"]);
    }

    #[test]
    fn what_is_compiled_for_tests_is_marked() {
        let text = "use a::b;\n#[cfg(test)]\nmod tests { use c::d; fn x() { e::f() } }\nuse g::h;\n\
                    #[tokio::test]\nasync fn y() { i::j() }\n#[cfg(not(test))]\nuse k::l;\n\
                    struct S { #[cfg(test)] m: n::o, p: q::r }";
        assert_eq!(
            paths(text),
            [
                "1:a::b",
                "3:c::d (test)",
                "3:e::f (test)",
                "4:g::h",
                "5:tokio::test (test)",
                "6:i::j (test)",
                "8:k::l",
                "9:n::o (test)",
                "9:q::r"
            ]
        );
        assert!(paths("#![cfg(test)]\nuse a::b;").iter().all(|path| path.ends_with("(test)")));
        assert_eq!(paths("#![cfg_attr(test, allow(x))]\nuse a::b;"), ["2:a::b"]);
    }
}
