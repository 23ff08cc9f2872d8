//! Where personal values lie in a JSON text, and how they are sealed under a key and opened.
//!
//! Pure: keys and random bytes are given. A value is sealed with XChaCha20-Poly1305; its person's
//! name is authenticated with it, so a box cannot be moved to somebody else. Our own texts are
//! read in passing; one written in another manner (spaces, other order) is parsed instead.

use std::collections::{BTreeSet, HashMap};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use kernel::{PERSONAL, SEALED, World};
use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// Bytes of a nonce, which stands before the cipher text in its box.
const NONCE: usize = 24;

pub(crate) type Key = [u8; 32];

/// The keys of some persons; `None` marks one who was erased.
#[derive(Debug, Default)]
pub(crate) struct Keys(pub(crate) HashMap<String, Option<Key>>);

impl Keys {
    /// A JSON text with every readable personal value sealed. A person whose key is not here at
    /// all is a fault: nothing may be lost because a key was not at hand.
    pub(crate) fn seal(&self, json: &str, world: &dyn World) -> Result<String> {
        if !json.contains(PERSONAL) {
            return Ok(json.to_owned());
        }
        let mut missing = None;
        let mut boxed = |of: &str, value: Option<&str>| match self.0.get(of) {
            // Of an erased person nothing is kept: the box stays empty.
            Some(None) => None,
            Some(Some(key)) => value.and_then(|value| seal_one(of, value, key, world)),
            None => {
                missing = Some(of.to_owned());
                None
            }
        };
        let in_place = replace(json, &mut Form::of_open(), &mut |of, value| {
            Some(closed(of, boxed(of, value)))
        });
        let sealed = if let Some(sealed) = in_place {
            sealed
        } else {
            let mut value = parse(json)?;
            walk(&mut value, PERSONAL, &mut |inner| {
                let of = inner.get("of").and_then(Value::as_str).unwrap_or_default().to_owned();
                let text = inner.get("value").map(Value::to_string);
                let mut sealed = Map::from_iter([("of".to_owned(), Value::from(of.as_str()))]);
                if let Some(text) = boxed(&of, text.as_deref()) {
                    sealed.insert("box".to_owned(), Value::from(text));
                }
                Map::from_iter([(SEALED.to_owned(), Value::Object(sealed))])
            });
            value.to_string()
        };
        match missing {
            Some(of) => Err(Error::broken(format!("the key of {of} is not at hand"))),
            None => Ok(sealed),
        }
    }

    /// Whether sealing this JSON text loses something, because it speaks of an erased person.
    pub(crate) fn is_lossy(&self, json: &str) -> Result<bool> {
        if !json.contains(PERSONAL) || !self.0.values().any(Option::is_none) {
            return Ok(false);
        }
        let mut persons = BTreeSet::new();
        persons_in(json, PERSONAL, &mut persons)?;
        Ok(persons.iter().any(|person| matches!(self.0.get(person), Some(None))))
    }

    /// A JSON text with every sealed value opened whose key is here.
    pub(crate) fn open(&self, json: &str) -> Result<String> {
        let opened = |of: &str, text: &str| {
            self.0.get(of).copied().flatten().and_then(|key| open_one(of, text, &key))
        };
        let fast = replace(json, &mut Form::of_sealed(), &mut |of, text| {
            let value = opened(of, text?.trim_matches('"'))?;
            Some(format!("{{\"{PERSONAL}\":{{\"of\":\"{of}\",\"value\":{value}}}}}"))
        });
        if let Some(text) = fast {
            return Ok(text);
        }
        let mut value = parse(json)?;
        walk(&mut value, SEALED, &mut |inner| {
            let of = inner.get("of").and_then(Value::as_str);
            let text = inner.get("box").and_then(Value::as_str);
            let value = of.zip(text).and_then(|(of, text)| {
                let value: Value = serde_json::from_str(&opened(of, text)?).ok()?;
                Some(Map::from_iter([
                    ("of".to_owned(), Value::from(of)),
                    ("value".to_owned(), value),
                ]))
            });
            match value {
                Some(open) => Map::from_iter([(PERSONAL.to_owned(), Value::Object(open))]),
                None => Map::from_iter([(SEALED.to_owned(), Value::Object(inner))]),
            }
        });
        Ok(value.to_string())
    }
}

fn closed(of: &str, text: Option<String>) -> String {
    match text {
        Some(text) => format!("{{\"{SEALED}\":{{\"of\":\"{of}\",\"box\":\"{text}\"}}}}"),
        None => format!("{{\"{SEALED}\":{{\"of\":\"{of}\"}}}}"),
    }
}

fn seal_one(of: &str, value: &str, key: &Key, world: &dyn World) -> Option<String> {
    let mut nonce = [0; NONCE];
    world.fill(&mut nonce);
    let payload = Payload { msg: value.as_bytes(), aad: of.as_bytes() };
    let cipher =
        XChaCha20Poly1305::new(key.into()).encrypt(XNonce::from_slice(&nonce), payload).ok()?;
    let mut whole = nonce.to_vec();
    whole.extend(cipher);
    Some(BASE64.encode(whole))
}

fn open_one(of: &str, text: &str, key: &Key) -> Option<String> {
    let whole = BASE64.decode(text).ok()?;
    let (nonce, cipher) = whole.split_at_checked(NONCE)?;
    let payload = Payload { msg: cipher, aad: of.as_bytes() };
    let value =
        XChaCha20Poly1305::new(key.into()).decrypt(XNonce::from_slice(nonce), payload).ok()?;
    String::from_utf8(value).ok()
}

/// The persons whose values a JSON text holds, readable or sealed.
pub(crate) fn persons_in(json: &str, mark: &str, into: &mut BTreeSet<String>) -> Result<()> {
    if !json.contains(mark) {
        return Ok(());
    }
    let mut form = if mark == PERSONAL { Form::of_open() } else { Form::of_sealed() };
    let mut found = Vec::new();
    let is_read = replace(json, &mut form, &mut |of, _| {
        found.push(of.to_owned());
        // Left as it is: `replace` must not take the mark for one it has missed.
        Some(String::new())
    });
    match is_read {
        Some(_) => into.extend(found),
        None => collect(&parse(json)?, mark, into),
    }
    Ok(())
}

/// How we write one kind of mark: `{"<mark>":{"of":"<person>","<member>":<JSON>}}`.
struct Form {
    mark: &'static str,
    begin: String,
    member: &'static str,
}

impl Form {
    fn of_open() -> Self {
        Self::new(PERSONAL, ",\"value\":")
    }
    fn of_sealed() -> Self {
        Self::new(SEALED, ",\"box\":")
    }
    fn new(mark: &'static str, member: &'static str) -> Self {
        Self { mark, begin: format!("{{\"{mark}\":{{\"of\":\""), member }
    }
}

/// Replaces every mark of a form; one for which nothing comes back stays. `None` when the text
/// holds a mark written in another manner.
///
/// A quote inside a JSON string always has a backslash before it, so the form's first characters
/// cannot be part of what somebody wrote.
fn replace(
    json: &str,
    form: &mut Form,
    by: &mut dyn FnMut(&str, Option<&str>) -> Option<String>,
) -> Option<String> {
    let mut out = String::with_capacity(json.len() + 64);
    let mut rest = json;
    while let Some((before, found)) = rest.split_once(form.begin.as_str()) {
        if has_mark(before, form.mark) {
            return None;
        }
        let (of, behind) = found.split_once('"')?;
        if of.contains('\\') {
            return None;
        }
        let (value, behind) = match behind.strip_prefix(form.member) {
            Some(value) => {
                let (value, behind) = value.split_at_checked(end_of_value(value)?)?;
                (Some(value), behind)
            }
            None => (None, behind),
        };
        let behind = behind.strip_prefix("}}")?;
        out.push_str(before);
        if let Some(text) = by(of, value) {
            out.push_str(&text);
        } else {
            let length = rest.len() - before.len() - behind.len();
            out.push_str(rest.get(before.len()..before.len() + length)?);
        }
        rest = behind;
    }
    if has_mark(rest, form.mark) {
        return None;
    }
    out.push_str(rest);
    Some(out)
}

/// Whether a piece of JSON between strings' ends holds the mark as a name.
fn has_mark(piece: &str, mark: &str) -> bool {
    let name = format!("\"{mark}\"");
    piece
        .match_indices(&name)
        .any(|(at, _)| !piece.get(..at).is_some_and(|text| text.ends_with('\\')))
}

/// Where the JSON value at the beginning of a text ends.
fn end_of_value(text: &str) -> Option<usize> {
    let (mut depth, mut in_string, mut is_escaped) = (0_u32, false, false);
    for (at, byte) in text.bytes().enumerate() {
        if in_string {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = true,
                b'"' => {
                    in_string = false;
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => depth += 1,
            // The end of what surrounds a bare number or word.
            b'}' | b']' | b',' if depth == 0 => return Some(at),
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

fn parse(json: &str) -> Result<Value> {
    serde_json::from_str(json)
        .map_err(|cause| Error::broken(format!("a stored text is no JSON: {cause}")))
}

/// Replaces every `{"<mark>": {…}}`, innermost values untouched.
fn walk(
    value: &mut Value,
    mark: &str,
    replace: &mut dyn FnMut(Map<String, Value>) -> Map<String, Value>,
) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, mark, replace)),
        Value::Object(map) => {
            if let (1, Some(Value::Object(_))) = (map.len(), map.get(mark)) {
                if let Some(Value::Object(inner)) = map.remove(mark) {
                    *map = replace(inner);
                }
            } else {
                map.values_mut().for_each(|item| walk(item, mark, replace));
            }
        }
        _ => {}
    }
}

fn collect(value: &Value, mark: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, mark, into)),
        Value::Object(map) => match map.get(mark) {
            Some(Value::Object(inner)) => {
                if let Some(of) = inner.get("of").and_then(Value::as_str) {
                    into.insert(of.to_owned());
                }
            }
            _ => map.values().for_each(|item| collect(item, mark, into)),
        },
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use kernel::testing::StillWorld;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn keys() -> Keys {
        Keys(HashMap::from([("ada".to_owned(), Some([7; 32])), ("bob".to_owned(), None)]))
    }

    fn personal(of: &str, value: &Value) -> Value {
        json!({ PERSONAL: { "of": of, "value": value } })
    }

    #[test]
    fn a_sealed_text_hides_the_value_and_opens_to_the_same() {
        let text = json!({ "n": 1, "name": personal("ada", &json!("A \"$personal\": {\\ }")) })
            .to_string();
        let sealed = keys().seal(&text, &StillWorld::default()).unwrap();
        assert!(!sealed.contains("personal") && sealed.contains("\"of\":\"ada\""), "{sealed}");
        assert_eq!(keys().open(&sealed).unwrap(), text);
        assert_eq!(Keys::default().open(&sealed).unwrap(), sealed);
    }

    #[test]
    fn of_the_erased_nothing_is_kept_and_a_missing_key_is_a_fault() {
        let text = json!([personal("bob", &json!("Bob"))]).to_string();
        let sealed = keys().seal(&text, &StillWorld::default()).unwrap();
        assert_eq!(sealed, r#"[{"$sealed":{"of":"bob"}}]"#);
        let text = json!([personal("eve", &json!("Eve"))]).to_string();
        assert!(keys().seal(&text, &StillWorld::default()).is_err());
    }

    #[test]
    fn a_box_cannot_be_moved_to_somebody_else() {
        let all = Keys(HashMap::from([
            ("ada".to_owned(), Some([7; 32])),
            ("eve".to_owned(), Some([7; 32])),
        ]));
        let text = json!([personal("ada", &json!(1))]).to_string();
        let moved = all.seal(&text, &StillWorld::default()).unwrap().replace("ada", "eve");
        assert_eq!(all.open(&moved).unwrap(), moved);
    }

    #[test]
    fn a_text_written_in_another_manner_is_sealed_as_well() {
        let text = "{ \"$personal\" : { \"value\" : \"Ada\", \"of\" : \"ada\" } }";
        let sealed = keys().seal(text, &StillWorld::default()).unwrap();
        assert!(!sealed.contains("Ada"), "{sealed}");
        let mut persons = BTreeSet::new();
        persons_in(text, PERSONAL, &mut persons).unwrap();
        assert_eq!(persons, BTreeSet::from(["ada".to_owned()]));
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<i64>().prop_map(Value::from),
            any::<bool>().prop_map(Value::from),
            Just(Value::Null),
            r#"[a-z"\\{}\[\],:$\u{0}\u{e9}]{0,12}"#.prop_map(Value::from),
            Just(Value::from("{\"$personal\":{\"of\":\"ada\",\"value\":1}}")),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[a-z\"]{1,4}", inner.clone(), 0..4)
                    .prop_map(|map| json!(map)),
                inner.prop_map(|value| personal("ada", &value)),
            ]
        })
    }

    proptest! {
        #[test]
        fn whatever_is_sealed_opens_to_the_same(value in any_json()) {
            let text = value.to_string();
            let sealed = keys().seal(&text, &StillWorld::default()).unwrap();
            let mut left = BTreeSet::new();
            collect(&parse(&sealed).unwrap(), PERSONAL, &mut left);
            prop_assert!(left.is_empty(), "{}", sealed);
            prop_assert_eq!(keys().open(&sealed).unwrap(), text);
        }
    }
}
