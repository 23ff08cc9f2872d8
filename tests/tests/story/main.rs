//! The main job, as its users see it: one run of the story is the acceptance test of the product.
//!
//! From a hub that opens to a team that hacks, every step through the public API of the built
//! binary, on both databases; then the proofs that nothing of it can be lost. A step's file has
//! the number it bears in the plan.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a story stops at the first surprise"
)]

mod calling;
mod coming;
mod hacking;
mod proving;
mod subscribing;

use stories::people::Plan;
use stories::world::Hub;
use stories::{Person, World};

/// Who and what the story is about.
pub(crate) struct Story {
    pub(crate) world: World,
    pub(crate) hub: Hub,
    pub(crate) curator: Person,
    pub(crate) member: Person,
    /// The issue all turns on.
    pub(crate) issue: String,
    pub(crate) issue_slug: String,
    /// Stakeholders who are asked to come: id, address, language.
    pub(crate) guests: Vec<Guest>,
    /// The evening they are asked to.
    pub(crate) event: String,
    pub(crate) plan: Plan,
}

impl Story {
    /// The server, and all who are at it, are at another process from now on.
    pub(crate) fn moves_to(&mut self, server: stories::Server) {
        self.world.server = server;
        let base = self.world.server.base().to_owned();
        for person in [&mut self.world.admin, &mut self.curator, &mut self.member] {
            *person = person.at(&base);
        }
    }

    /// The same server, started anew.
    pub(crate) fn starts_again(&mut self) {
        let server = self.world.another();
        self.moves_to(server);
    }

    /// The person of a registration, with a token of her own.
    pub(crate) async fn as_herself(&self, registration: &str) -> Person {
        let query = "query($id: ID!) { node(id: $id) { ... on Registration { personId } } }";
        let seen = self.curator.asks(query, serde_json::json!({ "id": registration })).await;
        let person = stories::client::text(&seen, "/node/personId");
        self.world.person_with_role(&self.hub, "participant", &person)
    }
}

/// A stakeholder who is asked to come.
#[derive(Clone, Debug)]
pub(crate) struct Guest {
    pub(crate) stakeholder: String,
    pub(crate) email: String,
    pub(crate) language: &'static str,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_main_job_runs_end_to_end_on_sqlite() {
    Box::pin(tell(World::sqlite().await)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_main_job_runs_end_to_end_on_postgresql() {
    Box::pin(tell(World::postgres().await)).await;
}

async fn tell(world: World) {
    let mut story = Box::pin(calling::a_hub_opens(world)).await;
    Box::pin(calling::lists_come_in(&story)).await;
    Box::pin(calling::an_event_is_planned(&mut story)).await;
    let invited = Box::pin(calling::stakeholders_are_asked(&story)).await;
    Box::pin(coming::guests_answer(&story, &invited)).await;
    Box::pin(coming::two_hundred_want_fifty_places(&story)).await;
    Box::pin(coming::a_freed_place_goes_to_the_first_who_fits(&story)).await;
    Box::pin(subscribing::calendars_subscribe(&story)).await;
    Box::pin(hacking::teams_form_and_hack(&story)).await;
    Box::pin(subscribing::all_hear_of_a_change(&mut story, &invited)).await;
    Box::pin(proving::the_past_can_be_asked(&story)).await;
    Box::pin(proving::the_journal_proves_itself(&mut story)).await;
    Box::pin(proving::a_kill_loses_nothing_that_was_answered(&mut story)).await;
}
