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
