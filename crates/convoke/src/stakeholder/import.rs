//! A list of organisations becomes prospects: good rows in, each bad row named with its reasons.
//!
//! Columns are found by name: `name` and `kind` must be there; `website`, `city`, `region`,
//! `country`, `tags`, `email`, `locale`, `about` may be; others are ignored. Refuses a file that
//! is not UTF-8 (naming the byte), rows that are broken, twice there, of no kind we know, or with
//! addresses that lead nowhere. It guesses nothing about what a row does not say.

use std::collections::BTreeMap;

use kernel::{HubId, Input, PersonId, Personal, Refusal};
use serde::Serialize;

use super::StakeholderId;
use super::fact::Kind;
use super::kinds::{kind_of, words_of};
use super::records::{delimiter_of, records};
use super::register::RegisterStakeholder;
use crate::hub::decider::{is_mail_address, is_web_address};
use crate::network::is_locale;
use crate::network::slug::folded;

/// The largest file, in bytes.
pub const IMPORT_BYTES_MAX: usize = 4 * 1024 * 1024;
/// The most rows of one import: each is a command, and somebody reads the refusals.
pub const IMPORT_ROWS_MAX: usize = 5_000;

const REQUIRED: [&str; 2] = ["name", "kind"];
const TAGS_MAX: usize = 20;

/// A file of which nothing can be read.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames, thiserror::Error)]
pub enum ImportFault {
    /// Some byte is not UTF-8.
    #[error("byte {byte}, in line {line}, is not UTF-8: save the file as “CSV UTF-8”")]
    NotUtf8 {
        /// Counted from 1.
        byte: usize,
        /// Counted from 1.
        line: usize,
    },
    /// There is no header.
    #[error("the file is empty: its first row names the columns")]
    HeaderMissing {},
    /// Columns that must be there are not.
    #[error("columns are missing: {}", names.join(", "))]
    ColumnsMissing {
        /// Which.
        names: Vec<String>,
    },
    /// More than fits one import.
    #[error("the file has {bytes} bytes; {max} are allowed")]
    FileTooLarge {
        /// What it has.
        bytes: usize,
        /// What is allowed.
        max: usize,
    },
    /// More rows than fit one import.
    #[error("the file has {rows} rows; {max} are allowed")]
    TooManyRows {
        /// What it has.
        rows: usize,
        /// What is allowed.
        max: usize,
    },
}
impl kernel::Rejection for ImportFault {}

/// Why one row stays out.
#[derive(Clone, Debug, PartialEq, Serialize, strum::VariantNames, thiserror::Error)]
pub enum RowFault {
    /// A quote is not closed, or stands where none may.
    #[error("its quoting is broken")]
    QuotingBroken {},
    /// It has more or fewer fields than the header.
    #[error("it has {found} fields; the header has {expected}")]
    FieldCount {
        /// What the header has.
        expected: usize,
        /// What the row has.
        found: usize,
    },
    /// Neither its kind nor its tags say what it is.
    #[error("it does not say what kind of stakeholder it is")]
    KindMissing {},
    /// What it says it is we do not know.
    #[error("“{kind}” is no kind of stakeholder we know")]
    KindUnknown {
        /// As given.
        kind: String,
    },
    /// It stands further up already.
    #[error("the same as row {first}")]
    DuplicateRow {
        /// Where.
        first: usize,
    },
    /// Its website is no web address.
    #[error("“{website}” is no web address")]
    WebsiteInvalid {
        /// As given.
        website: String,
    },
    /// Its mail address is none.
    #[error("that is no mail address")]
    EmailInvalid {},
    /// The product does not speak its language.
    #[error("“{locale}” is not one of en, nl, tr, ko")]
    LocaleUnknown {
        /// As given.
        locale: String,
    },
}
impl kernel::Rejection for RowFault {}

/// A row that can be registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number, the header being 1: what a spreadsheet shows beside it.
    pub row: usize,
    /// What it is called.
    pub name: String,
    /// What sort it is.
    pub kind: Kind,
    /// Its website.
    pub website: Option<String>,
    /// Its city.
    pub city: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// Its country.
    pub country: Option<String>,
    /// Words it is found by.
    pub tags: Vec<String>,
    /// How to reach it.
    pub email: Option<String>,
    /// The language to write in.
    pub locale: Option<String>,
    /// A few sentences.
    pub about: Option<String>,
}

/// A row that stays out.
#[derive(Clone, Debug, PartialEq)]
pub struct RefusedRow {
    /// Its number, the header being 1.
    pub row: usize,
    /// Its name, as far as it could be read.
    pub name: String,
    /// All that is wrong with it.
    pub reasons: Vec<Refusal>,
}

/// A file read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// What can be registered, in the order of the file.
    pub rows: Vec<Row>,
    /// What cannot.
    pub refused: Vec<RefusedRow>,
}

impl Row {
    /// The command that notes this row as a prospect. `person` is whom the row's address leads
    /// to, or a fresh one when it has none; `locale` is the hub's own language.
    pub fn into_act(
        self,
        hub: HubId,
        stakeholder: StakeholderId,
        person: PersonId,
        locale: &str,
    ) -> RegisterStakeholder {
        let personal = |text: String| Personal::new(person, text);
        RegisterStakeholder {
            hub,
            stakeholder,
            person: self.email.is_some().then_some(person),
            kind: self.kind,
            name: personal(self.name),
            email: self.email.map(personal),
            locale: self.locale.unwrap_or_else(|| locale.to_owned()),
            about: self.about.map(personal),
            city: self.city,
            region: self.region,
            country: self.country,
            website: self.website,
            tags: self.tags,
            offers: Vec::new(),
            needs: Vec::new(),
            issues: Vec::new(),
            consent: false,
            prospect: true,
        }
    }
}

/// Reads a file.
///
/// # Errors
/// [`ImportFault`] when no row of it can be trusted.
pub fn read(bytes: &[u8]) -> Result<Import, ImportFault> {
    if bytes.len() > IMPORT_BYTES_MAX {
        return Err(ImportFault::FileTooLarge { bytes: bytes.len(), max: IMPORT_BYTES_MAX });
    }
    let text = std::str::from_utf8(bytes).map_err(|fault| {
        let good = bytes.iter().take(fault.valid_up_to());
        let line = good.filter(|byte| **byte == b'\n').count() + 1;
        ImportFault::NotUtf8 { byte: fault.valid_up_to() + 1, line }
    })?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut records = records(text, delimiter_of(text)).into_iter();
    let header = records.next().and_then(|record| record.fields);
    let columns = Columns::of(header.ok_or(ImportFault::HeaderMissing {})?)?;
    if records.len() > IMPORT_ROWS_MAX {
        return Err(ImportFault::TooManyRows { rows: records.len(), max: IMPORT_ROWS_MAX });
    }
    let mut import = Import::default();
    let mut seen = BTreeMap::new();
    for record in records {
        let row = match &record.fields {
            None => Err(refused(record.row, "", &RowFault::QuotingBroken {})),
            Some(fields) if fields.len() != columns.count => {
                let found = fields.len();
                let fault = RowFault::FieldCount { expected: columns.count, found };
                Err(refused(record.row, columns.get(fields, "name"), &fault))
            }
            Some(fields) => parse(record.row, &columns, fields),
        };
        match row.and_then(|row| first_of_its_kind(row, &mut seen)) {
            Ok(row) => import.rows.push(row),
            Err(refused) => import.refused.push(refused),
        }
    }
    Ok(import)
}

/// Where each column is.
struct Columns {
    places: BTreeMap<String, usize>,
    count: usize,
}

impl Columns {
    fn of(header: Vec<String>) -> Result<Self, ImportFault> {
        let count = header.len();
        let mut places = BTreeMap::new();
        for (place, name) in header.into_iter().enumerate() {
            places.entry(name.trim().to_lowercase()).or_insert(place);
        }
        let is_missing = |name: &&str| !places.contains_key(*name);
        let names: Vec<_> = REQUIRED.into_iter().filter(is_missing).map(str::to_owned).collect();
        if names.is_empty() {
            Ok(Self { places, count })
        } else {
            Err(ImportFault::ColumnsMissing { names })
        }
    }

    /// The text of a column in a row; empty when there is none.
    fn get<'a>(&self, fields: &'a [String], name: &str) -> &'a str {
        self.places.get(name).and_then(|place| fields.get(*place)).map_or("", String::as_str)
    }
}

fn refused(row: usize, name: &str, fault: &RowFault) -> RefusedRow {
    RefusedRow { row, name: cut(name), reasons: vec![Refusal::of(fault)] }
}

fn cut(text: &str) -> String {
    text.trim().chars().filter(|letter| !letter.is_control()).take(200).collect()
}

fn parse(row: usize, columns: &Columns, fields: &[String]) -> Result<Row, RefusedRow> {
    let text = |name: &str| columns.get(fields, name);
    let mut input = Input::new();
    let name = input.line("name", text("name"), 200);
    let mut line = |field: &str, max| input.optional_line(field, Some(text(field)), max);
    let (city, region, country) = (line("city", 120), line("region", 120), line("country", 120));
    let (website, email, locale) = (line("website", 500), line("email", 254), line("locale", 35));
    let about = input.prose("about", Some(text("about")), 4_000);
    let mut reasons = input.finish().err().unwrap_or_default();
    let kind = kept(kind_of_row(text("kind"), text("tags")), &mut reasons);
    let website = website.and_then(|text| kept(website_of(&text), &mut reasons));
    let email = email.and_then(|text| kept(email_of(text), &mut reasons));
    let locale = locale.and_then(|text| kept(locale_of(&text), &mut reasons));
    let tags = tags_of(text("tags"));
    match kind {
        Some(kind) if reasons.is_empty() => {
            Ok(Row { row, name, kind, website, city, region, country, tags, email, locale, about })
        }
        _ => Err(RefusedRow { row, name: cut(text("name")), reasons }),
    }
}

fn kept<T>(result: Result<T, RowFault>, reasons: &mut Vec<Refusal>) -> Option<T> {
    result.map_err(|fault| reasons.push(Refusal::of(&fault))).ok()
}

/// Refuses what stands further up: the same name, or the same mail address. A website may be
/// shared: chapters of one movement do.
fn first_of_its_kind(row: Row, seen: &mut BTreeMap<String, usize>) -> Result<Row, RefusedRow> {
    let name = format!("name {}", folded(&row.name));
    let email = row.email.as_ref().map(|email| format!("email {}", email.to_lowercase()));
    let keys: Vec<_> = [Some(name), email].into_iter().flatten().collect();
    if let Some(first) = keys.iter().find_map(|key| seen.get(key)) {
        return Err(refused(row.row, &row.name, &RowFault::DuplicateRow { first: *first }));
    }
    seen.extend(keys.into_iter().map(|key| (key, row.row)));
    Ok(row)
}

/// Many lists leave the scheme out.
fn website_of(text: &str) -> Result<String, RowFault> {
    let whole = if text.contains(':') { text.to_owned() } else { format!("https://{text}") };
    if is_web_address(&whole) {
        Ok(whole)
    } else {
        Err(RowFault::WebsiteInvalid { website: text.to_owned() })
    }
}

fn email_of(text: String) -> Result<String, RowFault> {
    if is_mail_address(&text) { Ok(text) } else { Err(RowFault::EmailInvalid {}) }
}

/// `nl-NL` is Dutch enough.
fn locale_of(text: &str) -> Result<String, RowFault> {
    let language = text.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    if is_locale(&language) {
        Ok(language)
    } else {
        Err(RowFault::LocaleUnknown { locale: text.to_owned() })
    }
}

fn tags_of(text: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in words_of(text).map(cut) {
        if tags.len() < TAGS_MAX && !tags.iter().any(|other| folded(other) == folded(&tag)) {
            tags.push(tag);
        }
    }
    tags
}

/// The first word of the kind that we know; of the tags, when the row leaves its kind empty.
fn kind_of_row(kind: &str, tags: &str) -> Result<Kind, RowFault> {
    let first_known = |text: &str| words_of(text).find_map(kind_of);
    match (kind.trim().is_empty(), first_known(kind)) {
        (_, Some(known)) => Ok(known),
        (true, None) => first_known(tags).ok_or(RowFault::KindMissing {}),
        (false, None) => Err(RowFault::KindUnknown { kind: cut(kind) }),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use kernel::testing::id;

    use super::*;

    const FILE: &str = "\u{FEFF}name,Website,city,region,country,kind,tags,latitude,email,locale,about\r\n\
        Stichting Soep,https://soep.example/,Den Haag,,Netherlands,NGO,food;waste;Food,52.07,soep@example.org,nl-NL,\"Soup, daily\"\r\n\
        Code for Ankara,,Ankara,,Türkiye,\"Brigade, Official\",Brigade;Official,,,,\r\n\
        \"Unclosed,https://x.example/,,,,NGO,,,,,\r\n\
        stichting  soep!,,,,,NGO,,,,,\r\n\
        Midwest Club,,,,,midwest,midwest,,,,\r\n\
        Nobody knows,,,,,,,,,,\r\n\
        Odd Address,javascript:alert(1),,,,NGO,,,not-an-address,fr,\r\n\
        ,,,,,NGO,,,,,\r\n\
        Too Short,,NGO\r\n\
        Zuppa,zuppa.example,,,,social enterprise,,,SOEP@example.org,,\r\n\
        By Tags,www.tags.example/x,,,,,midwest;OK Lab,,,,\r\n";

    fn codes(import: &Import) -> Vec<(usize, Vec<&str>)> {
        import
            .refused
            .iter()
            .map(|row| (row.row, row.reasons.iter().map(|why| why.code.as_str()).collect()))
            .collect()
    }

    #[test]
    fn good_rows_come_in_and_each_bad_one_is_named_with_all_its_reasons() {
        let import = read(FILE.as_bytes()).unwrap();
        let names: Vec<_> =
            import.rows.iter().map(|row| (row.row, row.name.as_str(), row.kind)).collect();
        assert_eq!(
            names,
            [
                (2, "Stichting Soep", Kind::Ngo),
                (3, "Code for Ankara", Kind::CommunityGroup),
                (12, "By Tags", Kind::CommunityGroup),
            ]
        );
        assert_eq!(
            codes(&import),
            [
                (4, vec!["QUOTING_BROKEN"]),
                (5, vec!["DUPLICATE_ROW"]),
                (6, vec!["KIND_UNKNOWN"]),
                (7, vec!["KIND_MISSING"]),
                (8, vec!["WEBSITE_INVALID", "EMAIL_INVALID", "LOCALE_UNKNOWN"]),
                (9, vec!["FIELD_MISSING"]),
                (10, vec!["FIELD_COUNT"]),
                (11, vec!["DUPLICATE_ROW"]),
            ]
        );
        assert_eq!(import.refused[1].reasons[0].details["first"], 2);
        assert_eq!(import.refused[6].reasons[0].details["expected"], 11);
    }

    #[test]
    fn a_row_becomes_a_prospect_that_belongs_to_its_person() {
        let import = read(FILE.as_bytes()).unwrap();
        let act = import.rows[0].clone().into_act(id(1), id(2), id(3), "en");
        assert_eq!(act.name, Personal::new(id(3), "Stichting Soep".to_owned()));
        assert_eq!(act.email, Some(Personal::new(id(3), "soep@example.org".to_owned())));
        assert_eq!((act.person, act.prospect, act.consent), (Some(id(3)), true, false));
        assert_eq!((act.locale.as_str(), act.tags), ("nl", vec!["food".into(), "waste".into()]));
        assert_eq!(act.about, Some(Personal::new(id(3), "Soup, daily".to_owned())));
        let act = import.rows[2].clone().into_act(id(1), id(2), id(3), "ko");
        assert_eq!((act.person, act.locale.as_str()), (None, "ko"));
        assert_eq!(act.website.as_deref(), Some("https://www.tags.example/x"));
    }

    #[test]
    fn another_encoding_is_refused_by_the_byte_and_its_line() {
        let latin1 = [b"name,kind\nCaf".as_slice(), &[0xE9], b",NGO\n"].concat();
        assert_eq!(read(&latin1), Err(ImportFault::NotUtf8 { byte: 14, line: 2 }));
        let utf16: Vec<u8> =
            "\u{FEFF}name,kind".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&utf16), Err(ImportFault::NotUtf8 { byte: 1, line: 1 }));
    }

    #[test]
    fn missing_columns_are_named() {
        let names = |names: &[&str]| ImportFault::ColumnsMissing {
            names: names.iter().map(|&name| name.to_owned()).collect(),
        };
        assert_eq!(read(b"title,city\nx,y\n"), Err(names(&["name", "kind"])));
        assert_eq!(read(b"Name ,city\nx,y\n"), Err(names(&["kind"])));
        assert_eq!(read(b""), Err(ImportFault::HeaderMissing {}));
        assert_eq!(read(b"\n\n"), Err(ImportFault::HeaderMissing {}));
    }

    #[test]
    fn a_file_or_a_list_beyond_measure_is_refused() {
        let bytes = IMPORT_BYTES_MAX + 1;
        assert_eq!(
            read(&vec![b'x'; bytes]),
            Err(ImportFault::FileTooLarge { bytes, max: IMPORT_BYTES_MAX })
        );
        let rows = IMPORT_ROWS_MAX + 1;
        let long = format!("name,kind\n{}", "x,NGO\n".repeat(rows));
        assert_eq!(
            read(long.as_bytes()),
            Err(ImportFault::TooManyRows { rows, max: IMPORT_ROWS_MAX })
        );
    }

    #[test]
    fn semicolons_and_tabs_part_fields_as_well() {
        for text in ["name;kind\nSoep;NGO\n", "name\tkind\nSoep\tNGO\n"] {
            assert_eq!(read(text.as_bytes()).unwrap().rows.len(), 1);
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_the_bytes_every_row_is_either_good_or_named(bytes: Vec<u8>) {
            let text = [b"name,kind\n".as_slice(), &bytes].concat();
            if let Ok(import) = read(&text) {
                proptest::prop_assert!(import.refused.iter().all(|row| !row.reasons.is_empty()));
            }
        }

        #[test]
        fn whatever_the_text_no_row_is_lost(text in "[a\",\n]{0,60}") {
            let import = read(format!("name,kind\n{text}").as_bytes()).unwrap();
            let mut rows: Vec<_> = import.rows.iter().map(|row| row.row).collect();
            rows.extend(import.refused.iter().map(|row| row.row));
            let count = rows.len();
            rows.sort_unstable();
            rows.dedup();
            proptest::prop_assert_eq!(rows.len(), count);
        }
    }
}
