//! The API as it describes itself, walked by the stories that ask something of every part of it.

use std::path::Path;

use serde_json::{Value, json};

use crate::client::Person;

const ROOTS: &str =
    "{ __schema { mutationType { fields { name args { type { ofType { name } } } } } } }";
const INPUT: &str = "query($name: String!) { __type(name: $name) { inputFields { name defaultValue \
     type { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } }";

/// A mutation as introspection tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutation {
    /// Its name.
    pub name: String,
    /// The name of its input.
    pub input: String,
}

/// All mutations, in the schema's order.
pub async fn mutations(who: &Person) -> Vec<Mutation> {
    let answer = who.asks(ROOTS, json!({})).await;
    let fields = answer.pointer("/__schema/mutationType/fields").and_then(Value::as_array);
    let text = |field: &Value, place: &str| crate::client::text(field, place);
    fields
        .expect("mutations")
        .iter()
        .map(|field| Mutation {
            name: text(field, "/name"),
            input: text(field, "/args/0/type/ofType/name"),
        })
        .collect()
}

/// An input of this type with every field that must be there, filled with something of its kind.
/// `id` says what to put where an id of a thing is asked, by the field's name.
pub async fn sample(who: &Person, input: &str, id: &dyn Fn(&str) -> String) -> Value {
    let answer = who.asks(INPUT, json!({ "name": input })).await;
    let fields = answer.pointer("/__type/inputFields").and_then(Value::as_array).cloned();
    let mut sample = json!({});
    for field in fields.unwrap_or_default() {
        let name = crate::client::text(&field, "/name");
        if field["type"]["kind"] == "NON_NULL" && field["defaultValue"].is_null() {
            sample[&name] = Box::pin(value(who, &name, &field["type"]["ofType"], id)).await;
        }
    }
    sample
}

async fn value(who: &Person, field: &str, kind: &Value, id: &dyn Fn(&str) -> String) -> Value {
    match (kind["kind"].as_str().unwrap_or_default(), kind["name"].as_str().unwrap_or_default()) {
        ("LIST" | "NON_NULL", _) => {
            let inner = &kind["ofType"];
            let one = Box::pin(value(who, field, inner, id)).await;
            if kind["kind"] == "LIST" { json!([one]) } else { one }
        }
        ("INPUT_OBJECT", name) => Box::pin(sample(who, name, id)).await,
        ("ENUM", name) => first_of(who, name).await,
        (_, "ID") => json!(id(field)),
        (_, "Int") => json!(3),
        (_, "Float") => json!(0.5),
        (_, "Boolean") => json!(true),
        (_, "DateTime") => json!("2031-05-02T18:00:00Z"),
        (_, "LocalDateTime") => json!("2031-05-02T18:00"),
        (_, "Duration") => json!("PT48H"),
        (_, "String") => json!(word(field)),
        (kind, name) => panic!("{field} is a {kind} {name}: say what a sample of it looks like"),
    }
}

/// A text that its field takes.
fn word(field: &str) -> &'static str {
    match field {
        "email" => "canary@example.org",
        "timeZone" => "Europe/Amsterdam",
        "locale" => "en",
        "date" => "2031-01-15",
        "source" | "url" | "website" => "https://example.org/",
        "slug" => "somewhere",
        "csv" => "name,kind\nFood Bank,NGO\n",
        "role" => "member",
        _ => "a word",
    }
}

async fn first_of(who: &Person, name: &str) -> Value {
    let query = "query($name: String!) { __type(name: $name) { enumValues { name } } }";
    let answer = who.asks(query, json!({ "name": name })).await;
    answer
        .pointer("/__type/enumValues/0/name")
        .cloned()
        .unwrap_or_else(|| panic!("{name} is empty"))
}

/// All stories as one text: what no story mentions is not covered.
pub fn stories() -> String {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = ["src", "tests"].map(|folder| crate::database::files(&here.join(folder)));
    let mut text = String::new();
    for (name, bytes) in files.into_iter().flatten() {
        // A list of what may be abused is no story.
        let is_rust = Path::new(&name).extension().is_some_and(|found| found == "rs");
        if is_rust && !name.ends_with("abuse.rs") {
            text.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    text
}
