//! A posted form: a flat list of names and texts, with limits, and what is wrong with it.
//!
//! A page reads the names it knows; any other name changes nothing (OWASP ASVS 15.3.3). The same
//! value goes back into the template when something is wrong, so nobody types twice. Files do
//! not come this way.

use std::{collections::BTreeMap, fmt::Display};

use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
    response::{IntoResponse, Response},
};
use http::{Method, StatusCode, header};

use crate::{
    field::{Choice, Field, Kind},
    frame::{self, Frame},
    part::ErrorSummary,
    problem::Problem,
};

/// Largest form read: the longest text we ask for is 20,000 characters.
pub const BODY_BYTES_MAX: usize = 256 * 1024;
/// Most fields read; a bulk decision lists at most 500 people with two fields each.
pub const FIELDS_MAX: usize = 1_200;

/// What was posted (or what to begin with), and the errors found in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    fields: Vec<(String, String)>,
    errors: BTreeMap<String, String>,
    order: Vec<String>,
}

impl Form {
    /// A form that begins with these values, for a page that edits something.
    pub fn with<N: Into<String>, V: Into<String>>(
        values: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let fields = values.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { fields, ..Self::default() }
    }

    /// Reads `name=value&…` as browsers send it (WHATWG URL §5.1).
    ///
    /// # Errors
    /// [`Problem::BadRequest`] when it is not UTF-8, [`Problem::TooLarge`] with too many fields.
    pub fn parse(body: &[u8]) -> Result<Self, Problem> {
        let mut fields = Vec::new();
        for (name, value) in form_urlencoded::parse(body) {
            if fields.len() >= FIELDS_MAX {
                return Err(Problem::TooLarge);
            }
            fields.push(pair(&name, &value)?);
        }
        Ok(Self { fields, ..Self::default() })
    }

    /// The query of an address, for a search or filter form. Too odd a query is an empty form.
    pub fn from_query(uri: &http::Uri) -> Self {
        Self::parse(uri.query().unwrap_or_default().as_bytes()).unwrap_or_default()
    }

    /// The first value of a field without white space around it, `""` when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// Like [`Form::get`], with `None` for an empty text.
    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.get(name)).filter(|value| !value.is_empty())
    }

    /// Every value of a field, for check boxes and lists.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.trim())
    }

    /// Whether a check box of this name was ticked.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(key, _)| key == name)
    }

    /// Notes what is wrong with a field; the first error of a field stays. An empty name means
    /// the form as a whole.
    pub fn wrong(&mut self, name: impl Into<String>, message: impl Into<String>) {
        let name = name.into();
        if !self.errors.contains_key(&name) {
            self.order.push(name.clone());
            self.errors.insert(name, message.into());
        }
    }

    /// Whether anything is wrong.
    pub fn is_wrong(&self) -> bool {
        !self.errors.is_empty()
    }

    /// What is wrong with a field.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors.get(name).map(String::as_str)
    }

    /// The errors in the order they were found.
    pub fn errors(&self) -> impl Iterator<Item = (&str, &str)> {
        self.order.iter().filter_map(|name| Some((name.as_str(), self.error(name)?)))
    }

    /// The list of errors for the top of the page; renders nothing when all is well.
    pub fn summary(&self, heading: impl Display) -> ErrorSummary {
        ErrorSummary::new(heading, self.errors())
    }

    /// A line of text, filled with what was posted.
    pub fn text(&self, name: impl Display, label: impl Display) -> Field {
        self.field(Kind::Text, &name.to_string(), label)
    }

    /// A mail address.
    pub fn email(&self, name: impl Display, label: impl Display) -> Field {
        self.field(Kind::Email, &name.to_string(), label).autocomplete("email")
    }

    /// A longer text.
    pub fn area(&self, name: impl Display, label: impl Display) -> Field {
        self.field(Kind::Area, &name.to_string(), label)
    }

    /// A whole number.
    pub fn number(&self, name: impl Display, label: impl Display) -> Field {
        self.field(Kind::Number, &name.to_string(), label)
    }

    /// A date, `2026-11-27`.
    pub fn date(&self, name: impl Display, label: impl Display) -> Field {
        self.field(Kind::Date, &name.to_string(), label)
    }

    /// A local date and time, `2026-11-27T20:30`; the zone is another field.
    pub fn date_time(&self, name: impl Display, label: impl Display) -> Field {
        self.field(Kind::DateTime, &name.to_string(), label)
    }

    /// A web address.
    pub fn url(&self, name: impl Display, label: impl Display) -> Field {
        self.field(Kind::Url, &name.to_string(), label).autocomplete("url")
    }

    /// A search box.
    pub fn search(&self, name: impl Display, label: impl Display) -> Field {
        self.field(Kind::Search, &name.to_string(), label)
    }

    /// A code from a mail: big letters, offered by the browser.
    pub fn code(&self, name: impl Display, label: impl Display) -> Field {
        self.field(Kind::Code, &name.to_string(), label).autocomplete("one-time-code")
    }

    /// One of a list.
    pub fn select(&self, name: impl Display, label: impl Display, choices: &[Choice]) -> Field {
        self.field(Kind::Select, &name.to_string(), label).choices(choices)
    }

    /// One of a few, all seen.
    pub fn radios(&self, name: impl Display, label: impl Display, choices: &[Choice]) -> Field {
        self.field(Kind::Radios, &name.to_string(), label).choices(choices)
    }

    /// Any of a few.
    pub fn boxes(&self, name: impl Display, label: impl Display, choices: &[Choice]) -> Field {
        self.field(Kind::Boxes, &name.to_string(), label).choices(choices)
    }

    /// A single box to tick; its value is `yes`.
    pub fn tick(&self, name: impl Display, label: impl Display) -> Field {
        self.field(Kind::Tick, &name.to_string(), label)
    }

    /// A value the person does not see, such as the `commandId`.
    pub fn hidden(&self, name: impl Display, value: impl Display) -> Field {
        Field::new(Kind::Hidden, &name.to_string(), "").values([value.to_string()])
    }

    /// A file; the form that has one is sent as `multipart/form-data` and read by
    /// [`crate::upload::Upload`]. What was chosen cannot be filled in again.
    pub fn file(&self, name: impl Display, label: impl Display) -> Field {
        let name = name.to_string();
        Field::new(Kind::File, &name, label).error(self.error(&name))
    }

    fn field(&self, kind: Kind, name: &str, label: impl Display) -> Field {
        let values = self.fields.iter().filter(|(key, _)| key == name).map(|(_, v)| v.clone());
        Field::new(kind, name, label).values(values).error(self.error(name))
    }
}

/// A field as it is kept. The parser puts U+FFFD where bytes are no UTF-8, and a NUL is no text for
/// anybody.
pub(crate) fn pair(name: &str, value: &str) -> Result<(String, String), Problem> {
    if value.contains(['\u{FFFD}', '\0']) || name.contains(['\u{FFFD}', '\0']) {
        return Err(Problem::BadRequest);
    }
    Ok((name.to_owned(), value.replace("\r\n", "\n")))
}

impl<S: Sync> FromRequest<S> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        if matches!(*request.method(), Method::GET | Method::HEAD) {
            return Ok(Self::from_query(request.uri()));
        }
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
        let is_form = kind.is_some_and(|kind| {
            let essence = kind.split(';').next().unwrap_or_default().trim();
            essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
        });
        if !is_form {
            return Err(Problem::Unsupported);
        }
        let body = to_bytes(request.into_body(), BODY_BYTES_MAX).await.map_err(|error| {
            tracing::debug!(%error, "a form was not read");
            Problem::TooLarge
        })?;
        Self::parse(&body)
    }
}

/// The page of a form that could not be accepted: 422, and a title that says so.
pub fn again<T: askama::Template>(page: &T) -> Response {
    let mut response = frame::page(page);
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// Where to go after a form was accepted: 303 to a path of this site.
pub fn done(path: &str) -> Response {
    let place = if is_local(path) { path } else { "/" };
    (StatusCode::SEE_OTHER, [(header::LOCATION, place.to_owned())]).into_response()
}

/// Whether a `?next=` value stays on this site (OWASP ASVS 3.7.2): a path that browsers cannot
/// read as another host.
pub fn is_local(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', '#'])
        && path.chars().all(|c| c.is_ascii_graphic())
}

impl Frame {
    /// The frame of a page that shows this form: the title begins with "Error:" when it is wrong.
    #[must_use]
    pub fn of_form(mut self, form: &Form) -> Self {
        self.wrong = form.is_wrong();
        self
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn fields_are_read_flat_and_trimmed() {
        let form =
            Form::parse("title=+A%20b+&tag=x&tag=y&text=1%0D%0A2&empty=".as_bytes()).unwrap();
        assert_eq!(form.get("title"), "A b");
        assert_eq!(form.all("tag").collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(form.get("text"), "1\n2");
        assert_eq!(form.some("empty"), None);
        assert!(form.has("empty") && !form.has("absent"));
        assert_eq!(form.get("absent"), "");
    }

    #[test]
    fn bytes_that_are_no_text_and_floods_are_refused() {
        assert_eq!(Form::parse(b"a=%FF"), Err(Problem::BadRequest));
        assert_eq!(Form::parse(b"a=%00"), Err(Problem::BadRequest));
        let flood = "a=1&".repeat(FIELDS_MAX + 1);
        assert_eq!(Form::parse(flood.as_bytes()), Err(Problem::TooLarge));
    }

    #[test]
    fn the_first_error_of_a_field_stays_and_the_order_is_kept() {
        let mut form = Form::default();
        assert!(!form.is_wrong());
        form.wrong("title", "Enter a title");
        form.wrong("mail", "Enter an address");
        form.wrong("title", "Too long");
        let errors: Vec<_> = form.errors().collect();
        assert_eq!(errors, [("title", "Enter a title"), ("mail", "Enter an address")]);
    }

    async fn extract(kind: &str, body: Vec<u8>) -> Result<Form, Problem> {
        let request = Request::post("/x").header(header::CONTENT_TYPE, kind).body(Body::from(body));
        Form::from_request(request.unwrap(), &()).await
    }

    #[tokio::test]
    async fn only_a_form_of_bearable_size_is_read() {
        let form = "application/x-www-form-urlencoded";
        assert_eq!(extract(form, b"a=1".to_vec()).await.unwrap().get("a"), "1");
        let with_charset = format!("{form}; charset=UTF-8");
        assert!(extract(&with_charset, b"a=1".to_vec()).await.is_ok());
        assert_eq!(extract("text/plain", b"a=1".to_vec()).await, Err(Problem::Unsupported));
        let large = vec![b'a'; BODY_BYTES_MAX + 1];
        assert_eq!(extract(form, large).await, Err(Problem::TooLarge));
    }

    #[test]
    fn next_stays_on_this_site() {
        for good in ["/", "/events/1?x=%20"] {
            assert!(is_local(good), "{good}");
        }
        for bad in ["", "//evil.example", "/\\evil.example", "https://e.example", "/a\r\nb", "x"] {
            assert!(!is_local(bad), "{bad:?}");
        }
        assert_eq!(done("//evil.example").headers()[header::LOCATION], "/");
    }
}
