//! The rush: 2,000 people, 100 places, three processes, one desk.
//!
//! Everybody asks over HTTP at one of three processes on one PostgreSQL. The journal alone decides:
//! exactly the first hundred in it have a place, and nobody is told to try again.

use std::time::Instant;

use serde_json::json;
use stories::World;
use stories::people::{Plan, Registration, at_most};

const PEOPLE: usize = 2_000;
const PLACES: usize = 100;
/// At a time; three processes and the test share the machine.
const AT_ONCE: usize = 48;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_ask_three_processes_for_a_hundred_places() {
    let world = World::postgres().await;
    let hub = world.hub("Den Haag", "den-haag", "Europe/Amsterdam", &["nl", "en"]).await;
    let curator = world.with_role(&hub, "curator");
    let issue = curator.puts_on_agenda(&hub, "Too few places").await;
    let plan = Plan::evening(30, u32::try_from(PLACES).ok());
    let event = curator.publishes(&hub, &issue, "The rush", &plan).await;
    let (second, third) = (world.another(), world.another());
    let bases = [world.server.base(), second.base(), third.base()];

    let begun = Instant::now();
    let asked = (0..PEOPLE).map(|number| {
        // Each at a process of her own choosing; a rejection would stop the story here.
        let somebody = world.visitor_from(number / 3).at(bases[number % 3]);
        somebody.registers(&event, &format!("Runner {number}"), 1)
    });
    let mut came: Vec<Registration> = at_most(AT_ONCE, asked).await;
    eprintln!("{PEOPLE} registrations in {:.1} s", begun.elapsed().as_secs_f64());

    came.sort_by_key(|registration| registration.position);
    came.dedup_by_key(|registration| registration.position);
    assert_eq!(came.len(), PEOPLE, "two answers bear one position");
    for (place, registration) in came.iter().enumerate() {
        let expected = if place < PLACES { "CONFIRMED" } else { "WAITING" };
        assert_eq!(registration.state, expected, "number {place} in the journal");
    }
    let query = "query($id: ID!) { node(id: $id) { ... on Event { capacity confirmedCount waitingCount } } }";
    for base in bases {
        let seen = world.visitor().at(base).asks(query, json!({ "id": event })).await;
        let expected = json!({ "capacity": PLACES, "confirmedCount": PLACES, "waitingCount": PEOPLE - PLACES });
        assert_eq!(seen["node"], expected);
    }
    world.verifies();
}
