//! The four members of a GraphQL request, whatever carried them.
//!
//! A member of the wrong type is a bad request, never a default: a client that misspells `query`
//! learns so, instead of reading that an empty document does not parse.

use async_graphql::Variables;
use serde_json::{Map, Value as Json};
use url::form_urlencoded;

use crate::fault::Fault;

/// What a client asks to run. Its `extensions` are checked and not used.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) query: String,
    pub(crate) operation_name: Option<String>,
    pub(crate) variables: Variables,
}

impl Asked {
    /// Reads the members of a JSON object (GraphQL over HTTP, "Request Parameters"). An empty
    /// `operationName` is none: forms send it so.
    ///
    /// # Errors
    ///
    /// `BAD_REQUEST` with the name of the member that has the wrong type.
    pub(crate) fn from_members(mut members: Map<String, Json>) -> Result<Self, Fault> {
        let query = match members.remove("query") {
            Some(Json::String(query)) => query,
            Some(_) => return Err(Fault::bad_request("\"query\" must be a string.")),
            None => return Err(Fault::bad_request("\"query\" is missing.")),
        };
        let operation_name = match members.remove("operationName") {
            None | Some(Json::Null) => None,
            Some(Json::String(name)) => Some(name).filter(|name| !name.is_empty()),
            Some(_) => return Err(Fault::bad_request("\"operationName\" must be a string.")),
        };
        let variables = match members.remove("variables") {
            None | Some(Json::Null) => Variables::default(),
            Some(object @ Json::Object(_)) => Variables::from_json(object),
            Some(_) => return Err(Fault::bad_request("\"variables\" must be an object.")),
        };
        match members.remove("extensions") {
            None | Some(Json::Null | Json::Object(_)) => {}
            Some(_) => return Err(Fault::bad_request("\"extensions\" must be an object.")),
        }
        Ok(Self { query, operation_name, variables })
    }

    /// Reads a body. A list would be a batch, and there are none.
    ///
    /// # Errors
    ///
    /// `BAD_REQUEST` when the bytes are not one JSON object with the right members.
    pub(crate) fn from_body(body: &[u8]) -> Result<Self, Fault> {
        match serde_json::from_slice(body) {
            Ok(Json::Object(members)) => Self::from_members(members),
            Ok(Json::Array(_)) => {
                Err(Fault::bad_request("Batches are not taken: send one operation in one request."))
            }
            Ok(_) => Err(Fault::bad_request("The body must be a JSON object.")),
            Err(_) => Err(Fault::bad_request("The body is not JSON.")),
        }
    }
}

/// The members in an address; `variables` and `extensions` are JSON inside of it.
///
/// # Errors
///
/// `BAD_REQUEST` when one of these two is not JSON, or a member comes twice: which of them counts
/// would differ between us and whoever looked at the address before.
pub(crate) fn members_of_address(query: Option<&str>) -> Result<Map<String, Json>, Fault> {
    let mut members = Map::new();
    for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        let value = match name.as_ref() {
            "variables" | "extensions" if value.is_empty() => Json::Null,
            "variables" | "extensions" => serde_json::from_str(&value)
                .map_err(|_not_json| Fault::bad_request(format!("\"{name}\" is not JSON.")))?,
            "query" | "operationName" => Json::String(value.into_owned()),
            _ => continue,
        };
        if members.insert(name.to_string(), value).is_some() {
            return Err(Fault::bad_request(format!("\"{name}\" comes more than once.")));
        }
    }
    Ok(members)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(body: &str) -> String {
        Asked::from_body(body.as_bytes()).unwrap_err().message().to_owned()
    }

    #[test]
    fn each_member_has_its_type() {
        assert_eq!(refused("{}"), "\"query\" is missing.");
        assert_eq!(refused(r#"{"query":1}"#), "\"query\" must be a string.");
        assert_eq!(
            refused(r#"{"query":"a","operationName":[]}"#),
            "\"operationName\" must be a string."
        );
        assert_eq!(refused(r#"{"query":"a","variables":"x"}"#), "\"variables\" must be an object.");
        assert_eq!(refused(r#"{"query":"a","extensions":0}"#), "\"extensions\" must be an object.");
        assert_eq!(refused("[{}]"), "Batches are not taken: send one operation in one request.");
        assert_eq!(refused("1"), "The body must be a JSON object.");
        assert_eq!(refused("{"), "The body is not JSON.");
    }

    #[test]
    fn null_and_empty_members_are_absent_ones() {
        let body = r#"{"query":"a","operationName":"","variables":null,"extensions":null}"#;
        let asked = Asked::from_body(body.as_bytes()).unwrap();
        assert_eq!(asked.operation_name, None);
        assert!(asked.variables.is_empty());
    }

    #[test]
    fn an_address_says_the_same_as_a_body() {
        let text = "query=%7Ba%7D+%23&variables=%7B%22n%22%3A1%7D&utm=x&extensions=";
        let asked = Asked::from_members(members_of_address(Some(text)).unwrap()).unwrap();
        assert_eq!(asked.query, "{a} #");
        assert_eq!(asked.variables.len(), 1);
        members_of_address(Some("variables=%7B")).unwrap_err();
        members_of_address(Some("query=a&query=b")).unwrap_err();
    }
}
