//! Comma-separated text into records, forgiving row by row (RFC 4180, and what spreadsheets do).
//!
//! The usual readers let one unclosed quote swallow the rest of a file. Here a record with broken
//! quoting ends at its own line, is named, and the next line is read as if nothing had happened.

/// The longest record, in bytes: a row is a few lines, and no quote may swallow a file.
const RECORD_BYTES_MAX: usize = 32 * 1024;

/// One row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// Its number, the header being 1: what a spreadsheet shows beside it.
    pub(super) row: usize,
    /// Its fields; `None` when its quoting is broken.
    pub(super) fields: Option<Vec<String>>,
}

/// The character between fields: whichever of `,`, `;` and tab the first line holds most of.
pub(super) fn delimiter_of(text: &str) -> char {
    let first = text.lines().next().unwrap_or_default();
    let count = |wanted: char| first.chars().filter(|letter| *letter == wanted).count();
    // Of equals the last is taken; the comma is the format's own.
    [';', '\t', ','].into_iter().max_by_key(|one| count(*one)).unwrap_or(',')
}

/// All records; empty lines count as rows and give none.
pub(super) fn records(text: &str, delimiter: char) -> Vec<Record> {
    let mut records = Vec::new();
    let mut rest = text;
    let mut row = 0;
    while !rest.is_empty() {
        row += 1;
        let (fields, after) = match record(rest, delimiter) {
            Some((fields, after)) => (Some(fields), after),
            None => (None, rest.split_once('\n').map_or("", |(_, after)| after)),
        };
        rest = after;
        let is_blank = |fields: &Vec<String>| fields.iter().all(|field| field.trim().is_empty());
        if !fields.as_ref().is_some_and(is_blank) {
            records.push(Record { row, fields });
        }
    }
    records
}

/// The first record and what follows it; `None` when its quoting is broken.
fn record(text: &str, delimiter: char) -> Option<(Vec<String>, &str)> {
    let mut fields = Vec::new();
    let mut rest = text;
    loop {
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_field(quoted)?,
            None => plain_field(rest, delimiter)?,
        };
        fields.push(field);
        if text.len() - after.len() > RECORD_BYTES_MAX {
            return None;
        }
        if let Some(next) = after.strip_prefix(delimiter) {
            rest = next;
            continue;
        }
        let ended = after.strip_prefix("\r\n").or_else(|| after.strip_prefix('\n'));
        return match ended {
            Some(next) => Some((fields, next)),
            None if after.is_empty() => Some((fields, after)),
            // Something stands between a closing quote and the next field.
            None => None,
        };
    }
}

/// A field without quotes, up to the delimiter or the end of the line. A quote inside it means
/// that somebody forgot to double it.
fn plain_field(text: &str, delimiter: char) -> Option<(String, &str)> {
    let end = text.find([delimiter, '\n']).unwrap_or(text.len());
    let (field, rest) = text.split_at_checked(end)?;
    // The carriage return belongs to the line's end, not to the field.
    let (field, rest) = match field.strip_suffix('\r') {
        Some(field) if rest.starts_with('\n') || rest.is_empty() => (field, rest),
        _ => (field, rest),
    };
    (!field.contains('"')).then(|| (field.to_owned(), rest))
}

/// What stands between quotes, doubled ones made single, and what follows the closing one.
fn quoted_field(text: &str) -> Option<(String, &str)> {
    let mut field = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('"')?;
        field.push_str(before);
        if field.len() > RECORD_BYTES_MAX {
            return None;
        }
        match after.strip_prefix('"') {
            Some(next) => {
                field.push('"');
                rest = next;
            }
            None => return Some((field, after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(usize, Option<Vec<String>>)> {
        records(text, ',').into_iter().map(|record| (record.row, record.fields)).collect()
    }

    fn good(row: usize, fields: &[&str]) -> (usize, Option<Vec<String>>) {
        (row, Some(fields.iter().map(|&field| field.to_owned()).collect()))
    }

    #[test]
    fn quotes_commas_line_breaks_and_empty_lines_are_read_as_spreadsheets_write_them() {
        assert_eq!(
            rows("a,b\r\n\"x, \"\"y\"\"\",\"two\nlines\"\r\n\r\nlast,\n"),
            [good(1, &["a", "b"]), good(2, &["x, \"y\"", "two\nlines"]), good(4, &["last", ""])]
        );
        assert_eq!(rows("a,b"), [good(1, &["a", "b"])]);
        assert_eq!(rows(""), []);
    }

    #[test]
    fn a_quote_that_never_ends_harms_its_own_row_alone() {
        assert_eq!(
            rows("a,b\n\"open,1\nx,\"2\"\ny,\"\"\n"),
            [good(1, &["a", "b"]), (2, None), good(3, &["x", "2"]), good(4, &["y", ""])]
        );
        assert_eq!(rows("\"x\"y,1\nz,2\n"), [(1, None), good(2, &["z", "2"])]);
        assert_eq!(rows("5\" disk,1\nz,2\n"), [(1, None), good(2, &["z", "2"])]);
    }

    #[test]
    fn a_record_that_swallows_a_file_is_broken() {
        let long = format!("\"{}\",1\nz,2\n", "x".repeat(RECORD_BYTES_MAX + 1));
        assert_eq!(rows(&long), [(1, None), good(2, &["z", "2"])]);
    }

    #[test]
    fn the_header_tells_what_stands_between_fields() {
        assert_eq!(delimiter_of("name;kind;tags\na,b"), ';');
        assert_eq!(delimiter_of("name\tkind\n"), '\t');
        assert_eq!(delimiter_of("name,kind\n"), ',');
        assert_eq!(delimiter_of("name\n"), ',');
    }
}
