//! Acts go in, rows come out: a few words for the tests of views in the first five folders.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use journal::Journal;
use kernel::{Act, HubId};

use crate::app::{Command, Grant, Viewer};
use crate::testing::TestApp;
use crate::text::Locale;

/// A product under test.
pub(crate) struct House {
    pub(crate) app: TestApp,
    pub(crate) journal: Journal,
}

impl House {
    pub(crate) fn of(app: TestApp) -> Self {
        Self { journal: app.journal().clone(), app }
    }

    /// Gives an act in our own rules' name; it must be accepted.
    pub(crate) async fn does(&self, journal: &str, act: impl Act) {
        self.app.admin_does(HubId::parse(journal).ok(), act).await;
    }

    /// Gives an act in a person's name, with one role; it must be accepted.
    pub(crate) async fn gives(&self, journal: &str, actor: kernel::Actor, act: impl Act) {
        let hub = HubId::parse(journal).ok();
        let grants = actor.roles.iter().map(|role| Grant { hub, role: *role }).collect();
        let viewer = Viewer { grants, person: actor.person, ..Viewer::visitor(Locale::En) };
        let answer = self.app.execute(&viewer, hub, act, Command::default()).await;
        assert_eq!(answer.expect("it may be asked").refusal(), None);
    }

    /// A replay of the journal changes no row.
    pub(crate) async fn is_the_same_when_rebuilt(&self, journal: &str) {
        let rebuilt = self.journal.rebuild(journal, &|_, _| ()).await.unwrap();
        assert_eq!(rebuilt.changed, 0, "{rebuilt:?}");
    }
}

impl House {
    /// Opens the hub `zuid` through the API; its id.
    pub(crate) async fn opens_hub(&self) -> HubId {
        let open = r#"mutation { openHub(input: { name: "Zuid", slug: "zuid",
            timeZone: "Europe/Amsterdam", locales: ["nl", "en"] }) {
            hub { id } userErrors { code } } }"#;
        let answer = self.asks(self.network_admin(), open).await;
        answer["openHub"]["hub"]["id"].as_str().unwrap().parse().unwrap()
    }

    /// Whoever leads the network.
    pub(crate) fn network_admin(&self) -> Viewer {
        let grants = vec![Grant { hub: None, role: kernel::Role::NetworkAdmin }];
        let (person, token) = (Some(self.app.id()), Some(self.app.id()));
        Viewer { person, grants, token, locale: Locale::En }
    }

    /// Somebody known by her person alone.
    pub(crate) fn person(&self, person: &str) -> Viewer {
        let person = Some(person.parse().unwrap());
        Viewer { person, token: Some(self.app.id()), ..Viewer::visitor(Locale::En) }
    }

    /// Runs a GraphQL document.
    pub(crate) async fn asks(&self, viewer: Viewer, document: &str) -> serde_json::Value {
        self.app.graphql(viewer, document).await
    }

    /// Gives the mutation `name` with this input; asserts it was accepted; its payload.
    pub(crate) async fn gets(
        &self,
        viewer: Viewer,
        name: &str,
        input: &str,
        fields: &str,
    ) -> serde_json::Value {
        let answer = self.tries(viewer, name, input, fields).await;
        assert_eq!(answer["userErrors"], serde_json::json!([]), "{name} {input}");
        assert!(!answer["receipt"].is_null(), "{name} {input}");
        answer
    }

    /// Gives the mutation `name` with this input; the code of its one refusal.
    pub(crate) async fn refused(&self, viewer: Viewer, name: &str, input: &str) -> String {
        let answer = self.tries(viewer, name, input, "receipt { version }").await;
        assert!(answer["receipt"].is_null(), "{name} {input}");
        let errors = answer["userErrors"].as_array().unwrap();
        assert_eq!(errors.len(), 1, "{errors:?}");
        errors[0]["code"].as_str().unwrap().to_owned()
    }

    async fn tries(
        &self,
        viewer: Viewer,
        name: &str,
        input: &str,
        fields: &str,
    ) -> serde_json::Value {
        let document = format!(
            "mutation {{ {name}(input: {{ {input} }}) {{ {fields} userErrors {{ code message field }} receipt {{ version replayed }} }} }}"
        );
        self.asks(viewer, &document).await[name].clone()
    }

    /// The code with which the API turns a document away altogether.
    pub(crate) async fn denied(&self, viewer: Viewer, document: &str) -> String {
        let request = async_graphql::Request::new(document).data(viewer);
        let response = crate::schema::schema(self.app.app.clone()).run(request).await;
        let error = response.errors.first().expect("an error");
        let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
        code.map(ToString::to_string).unwrap_or_default().replace('"', "")
    }
}
