//! What bad input gets: a clear refusal that says what and where, nothing half-written, a process
//! that lives, and work that goes on when the cause is gone.
//!
//! Words from outside are in `words`, things that break in `machines`.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a story stops at the first surprise"
)]

mod machines;
mod words;

use serde_json::json;
use stories::people::Plan;
use stories::world::Hub;
use stories::{Person, World};

/// A world with an event in a hub.
pub(crate) struct Scene {
    pub(crate) world: World,
    pub(crate) hub: Hub,
    pub(crate) curator: Person,
    pub(crate) issue: String,
    pub(crate) event: String,
}

pub(crate) async fn scene(world: World) -> Scene {
    let hub = world.hub("Den Haag", "den-haag", "Europe/Amsterdam", &["nl", "en"]).await;
    let curator = world.with_role(&hub, "curator");
    let issue = curator.puts_on_agenda(&hub, "Debt").await;
    let event = curator.publishes(&hub, &issue, "Open table", &Plan::evening(30, None)).await;
    Scene { world, hub, curator, issue, event }
}

impl Scene {
    /// The scene after the server came back at another address.
    pub(crate) fn moves(&mut self) {
        self.curator = self.curator.at(self.world.server.base());
        self.world.admin = self.world.admin.at(self.world.server.base());
    }

    /// Nothing was written since, and the process answers.
    #[track_caller]
    pub(crate) fn is_as_before(&mut self, position: i64) -> impl Future<Output = ()> {
        let at = std::panic::Location::caller();
        async move {
            assert!(
                self.world.server.is_alive(),
                "{at}: the server died: {}",
                self.world.server.log()
            );
            let now = self.world.position(&self.hub).await;
            assert_eq!(now, position, "{at}: something was written");
        }
    }

    /// Somebody registers, as ever.
    pub(crate) async fn works(&self, name: &str) {
        self.world.visitor().registers(&self.event, name, 1).await;
    }

    pub(crate) fn registration(&self, field: &str, value: &str) -> serde_json::Value {
        let mut input = json!({
            "eventId": self.event,
            "name": "Ada",
            "email": "ada@people.example",
            "partySize": 1,
        });
        input[field] = json!(value);
        input
    }
}
