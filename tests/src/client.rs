//! A person at the API: who she is, what she asks, what she orders.
//!
//! `ada.gives("proposeEvent", json!({…})).accepted().await` is the only way a mutation is given, so
//! the API is touched in one place. A failure names the line of the story and the whole answer.

use std::panic::Location;
use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

/// Longer than the server gives any operation.
const PATIENCE: Duration = Duration::from_mins(1);

/// Somebody who talks to the server.
#[derive(Clone)]
pub struct Person {
    http: reqwest::Client,
    /// Where the server is.
    pub base: String,
    /// The API token, if she has one.
    pub token: Option<String>,
    /// The language she asks in.
    pub language: Option<&'static str>,
}

/// What came back, whatever it was.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; null when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// A header's value; empty when it is not there.
    pub fn header(&self, name: &str) -> String {
        self.headers
            .get(name)
            .map(|v| String::from_utf8_lossy(v.as_bytes()).into_owned())
            .unwrap_or_default()
    }

    /// The code of the first top-level error; empty when there is none.
    pub fn code(&self) -> String {
        text(&self.json(), "/errors/0/extensions/code")
    }
}

/// The text at a place of an answer; empty when there is none.
pub fn text(value: &Value, place: &str) -> String {
    match value.pointer(place) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}

/// A client that waits long, follows no redirect and knows no proxy.
pub fn http(from: [u8; 4]) -> reqwest::Client {
    let client = reqwest::Client::builder().timeout(PATIENCE).no_proxy();
    let client = client.local_address(std::net::IpAddr::from(from));
    client.redirect(reqwest::redirect::Policy::none()).build().expect("a client")
}

impl Person {
    /// A visitor of this server.
    pub fn visitor(base: &str) -> Self {
        Self::visitor_from(base, 1)
    }

    /// A visitor from another address of this machine: 127.0.0.`last`.
    pub fn visitor_from(base: &str, last: u8) -> Self {
        let http = http([127, 0, 0, last]);
        Self { http, base: base.to_owned(), token: None, language: None }
    }

    /// The same person with a token.
    #[must_use]
    pub fn with_token(&self, token: impl Into<String>) -> Self {
        Self { token: Some(token.into()), ..self.clone() }
    }

    /// The same person, reading another language.
    #[must_use]
    pub fn reading(&self, language: &'static str) -> Self {
        Self { language: Some(language), ..self.clone() }
    }

    /// The same person at another process.
    #[must_use]
    pub fn at(&self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self.clone() }
    }

    /// A request as she would send it.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(language) = self.language {
            request = request.header("accept-language", language);
        }
        request
    }

    /// Sends a request and reads the whole answer.
    ///
    /// # Errors
    /// When the connection fails.
    pub async fn send(request: RequestBuilder) -> Result<Reply, reqwest::Error> {
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(Reply { status, headers, body: response.bytes().await?.to_vec() })
    }

    /// Gets a page or a feed.
    #[track_caller]
    pub fn gets(&self, path: &str) -> impl Future<Output = Reply> + use<> {
        let (request, at) = (self.request(Method::GET, path), Location::caller());
        let path = path.to_owned();
        async move { Self::send(request).await.unwrap_or_else(|fault| panic!("{at}: {path}: {fault}")) }
    }

    /// Posts a form, as a browser on our own page would.
    #[track_caller]
    pub fn posts(
        &self,
        path: &str,
        fields: &[(&str, &str)],
    ) -> impl Future<Output = Reply> + use<> {
        let request =
            self.request(Method::POST, path).header("sec-fetch-site", "same-origin").form(fields);
        let (at, path) = (Location::caller(), path.to_owned());
        async move { Self::send(request).await.unwrap_or_else(|fault| panic!("{at}: {path}: {fault}")) }
    }

    /// Sends a GraphQL document, whatever comes of it.
    ///
    /// # Errors
    /// When the connection fails.
    pub async fn tries(&self, document: &str, variables: Value) -> Result<Reply, reqwest::Error> {
        let body = json!({ "query": document, "variables": variables });
        Self::send(self.request(Method::POST, "/graphql").json(&body)).await
    }

    /// Asks a question that must be answered without any error.
    #[track_caller]
    pub fn asks(&self, document: &str, variables: Value) -> impl Future<Output = Value> {
        let (at, asked) = (Location::caller(), self.tries(document, variables));
        async move {
            let reply = asked.await.unwrap_or_else(|fault| panic!("{at}: {fault}"));
            let answer = reply.json();
            assert!(answer.get("errors").is_none(), "{at}: {}", reply.text());
            answer.get("data").cloned().unwrap_or_else(|| panic!("{at}: {}", reply.text()))
        }
    }

    /// Orders something; say with [`Giving::accepted`] or another what must come of it.
    #[track_caller]
    pub fn gives(&self, verb: &'static str, input: Value) -> Giving {
        Giving { who: self.clone(), verb, input, wants: String::new(), at: Location::caller() }
    }
}

/// A mutation about to be given.
#[must_use]
pub struct Giving {
    who: Person,
    verb: &'static str,
    input: Value,
    wants: String,
    at: &'static Location<'static>,
}

/// Why a command was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The stable code.
    pub code: String,
    /// The sentence.
    pub message: String,
    /// The field, as a path with dots.
    pub field: String,
}

impl Giving {
    /// What the answer shall show of the object: `event { id version }`.
    pub fn wants(mut self, selection: &str) -> Self {
        selection.clone_into(&mut self.wants);
        self
    }

    /// Under this id.
    pub fn under(mut self, command: &str) -> Self {
        self.input["commandId"] = json!(command);
        self
    }

    fn document(&self) -> String {
        let (verb, wants) = (self.verb, &self.wants);
        let (first, rest) = verb.split_at(1);
        let input = format!("{}{rest}Input", first.to_uppercase());
        format!(
            "mutation($input: {input}!) {{ {verb}(input: $input) {{ {wants} \
             userErrors {{ code message field }} \
             receipt {{ commandId position version recordedAt replayed }} }} }}"
        )
    }

    /// Gives it, whatever comes of it.
    ///
    /// # Errors
    /// When the connection fails.
    pub async fn tried(self) -> Result<Reply, reqwest::Error> {
        let variables = json!({ "input": self.input });
        self.who.tries(&self.document(), variables).await
    }

    async fn payload(self) -> (Value, &'static Location<'static>, &'static str) {
        let (at, verb) = (self.at, self.verb);
        let reply = self.tried().await.unwrap_or_else(|fault| panic!("{at}: {verb}: {fault}"));
        let answer = reply.json();
        assert!(answer.get("errors").is_none(), "{at}: {verb}: {}", reply.text());
        let payload = answer.pointer(&format!("/data/{verb}")).cloned();
        (payload.unwrap_or_else(|| panic!("{at}: {verb}: {}", reply.text())), at, verb)
    }

    /// It must be accepted; the payload.
    pub async fn accepted(self) -> Value {
        let (payload, at, verb) = self.payload().await;
        assert_eq!(payload["userErrors"], json!([]), "{at}: {verb}");
        assert!(payload["receipt"]["position"].is_string(), "{at}: {verb}: {payload}");
        payload
    }

    /// It must be accepted, and the object has an id: `id_of("event")`.
    pub async fn id_of(mut self, object: &str) -> String {
        if self.wants.is_empty() {
            self.wants = format!("{object} {{ id }}");
        }
        let (at, verb) = (self.at, self.verb);
        let payload = self.accepted().await;
        let id = text(&payload, &format!("/{object}/id"));
        assert!(!id.is_empty(), "{at}: {verb}: {payload}");
        id
    }

    /// It must be refused by rules; the reasons.
    pub async fn refused(self) -> Vec<Reason> {
        let (payload, at, verb) = self.payload().await;
        assert_eq!(payload["receipt"], Value::Null, "{at}: {verb} was not refused: {payload}");
        let reasons = payload["userErrors"].as_array().cloned().unwrap_or_default();
        assert!(!reasons.is_empty(), "{at}: {verb}: {payload}");
        let path = |field: &Value| {
            let parts = field.as_array().into_iter().flatten();
            parts.filter_map(Value::as_str).collect::<Vec<_>>().join(".")
        };
        reasons
            .iter()
            .map(|reason| Reason {
                code: text(reason, "/code"),
                message: text(reason, "/message"),
                field: path(&reason["field"]),
            })
            .collect()
    }

    /// It must be refused with exactly this code.
    pub async fn refused_with(self, code: &str) {
        let (at, verb) = (self.at, self.verb);
        let reasons = self.refused().await;
        assert!(reasons.iter().all(|reason| reason.code == code), "{at}: {verb}: {reasons:?}");
        assert!(
            reasons.iter().all(|reason| !reason.message.is_empty()),
            "{at}: {verb}: {reasons:?}"
        );
    }

    /// It must end in a top-level error; its code.
    pub async fn fails(self) -> String {
        let (at, verb) = (self.at, self.verb);
        let reply = self.tried().await.unwrap_or_else(|fault| panic!("{at}: {verb}: {fault}"));
        let code = reply.code();
        assert!(!code.is_empty(), "{at}: {verb} did not fail: {}", reply.text());
        code
    }
}
