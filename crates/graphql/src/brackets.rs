//! How deep a document's brackets nest, found without parsing it.
//!
//! The parser is recursive, and so is the drop of what it returns. A document of 16 KiB can hold
//! eight thousand opening brackets, which is more than a thread's stack bears. So the bytes are looked
//! at first, in one pass without recursion. It judges nothing else: whether the brackets match is the
//! parser's business.

/// The deepest nesting of `{`, `[` and `(` outside of strings and comments.
pub(crate) fn deepest(source: &str) -> usize {
    let mut rest = source.as_bytes();
    let (mut open, mut deepest) = (0_usize, 0_usize);
    while let Some((byte, after)) = rest.split_first() {
        rest = match byte {
            b'#' => after_line(after),
            b'"' => after_string(rest),
            b'{' | b'[' | b'(' => {
                open += 1;
                deepest = deepest.max(open);
                after
            }
            b'}' | b']' | b')' => {
                open = open.saturating_sub(1);
                after
            }
            _ => after,
        };
    }
    deepest
}

/// What follows the rest of a comment's line (GraphQL §2.1.2: either line end closes it).
fn after_line(rest: &[u8]) -> &[u8] {
    let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
    rest.get(length..).unwrap_or_default()
}

/// What follows a string that begins here. A block string ends with three quotes that no backslash
/// precedes; a plain one with a quote, and its backslash hides whatever stands behind it. A plain
/// string that reaches the end of its line is no GraphQL: reading goes on there, so that a stray
/// quote hides no more than its line.
fn after_string(rest: &[u8]) -> &[u8] {
    if let Some(mut rest) = rest.strip_prefix(b"\"\"\"") {
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix(b"\\\"\"\"") {
                rest = after;
            } else if let Some(after) = rest.strip_prefix(b"\"\"\"") {
                return after;
            } else {
                rest = rest.get(1..).unwrap_or_default();
            }
        }
        return rest;
    }
    let mut rest = rest.get(1..).unwrap_or_default();
    while let Some((byte, after)) = rest.split_first() {
        match byte {
            b'"' => return after,
            b'\n' | b'\r' => return rest,
            b'\\' => rest = after.get(1..).unwrap_or_default(),
            _ => rest = after,
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::deepest;

    #[test]
    fn brackets_of_all_kinds_count_together() {
        assert_eq!(deepest("{ a(b: [{ c: 1 }]) { d } }"), 4);
        assert_eq!(deepest("query ($a: [[Int]]) { b }"), 3);
        assert_eq!(deepest(""), 0);
        assert_eq!(deepest("}}}{"), 1);
    }

    #[test]
    fn strings_and_comments_hide_their_brackets() {
        assert_eq!(deepest("{ a(b: \"{{{\\\"{{{\") }"), 2);
        assert_eq!(deepest("{ a(b: \"\"\"{{ \\\"\"\" \" {{\"\"\") }"), 2);
        assert_eq!(deepest("# {{{{\n{ a }"), 1);
        assert_eq!(deepest("# {{{{\r{ a }"), 1);
        assert_eq!(deepest("{ a(b: \"\") { c { d } } }"), 3);
    }

    #[test]
    fn a_stray_quote_hides_no_more_than_its_line() {
        assert_eq!(deepest("\"\n{{{"), 3);
        assert_eq!(deepest("\"\\"), 0);
    }
}
