//! Listening: streams resume without a gap, hear what other processes record, and are told when
//! the server stops.

#![allow(clippy::unwrap_used, reason = "a story stops at the first surprise")]

use serde_json::{Value, json};
use stories::live::{Events, Heard, Socket};
use stories::people::Plan;
use stories::world::Hub;
use stories::{Person, World, both};

const CHANGES: &str = "subscription($id: ID!, $after: ID) {
    eventChanged(id: $id, after: $after) { position kind } }";

/// A world with an event whose changes are listened to.
struct Scene {
    world: World,
    hub: Hub,
    curator: Person,
    event: String,
}

async fn scene(world: World) -> Scene {
    let hub = world.hub("London", "london", "Europe/London", &["en"]).await;
    let curator = world.with_role(&hub, "curator");
    let issue = curator.puts_on_agenda(&hub, "Loneliness").await;
    let event = curator.publishes(&hub, &issue, "Tea at four", &Plan::evening(30, None)).await;
    Scene { world, hub, curator, event }
}

/// Registrations change the desk of an event: one fact or two each, all heard in order.
async fn somebody_comes(scene: &Scene, at: &Person, name: &str) {
    at.registers(&scene.event, name, 1).await;
}

fn heard(answer: Heard) -> (i64, String) {
    let data = answer.data();
    let text = |name: &str| stories::client::text(&data, &format!("/eventChanged/{name}"));
    (text("position").parse().unwrap(), text("kind"))
}

/// What the journal says about the event behind a position, oldest first.
async fn told(scene: &Scene, after: i64) -> Vec<(i64, String)> {
    let query = "query($slug: String!, $tag: ID!) { hub(slug: $slug) {
        journal(tag: $tag, first: 100) { nodes { position kind } } } }";
    let asked = json!({ "slug": scene.hub.slug, "tag": scene.event });
    let answer = scene.curator.asks(query, asked).await;
    let nodes = answer.pointer("/hub/journal/nodes").and_then(Value::as_array).unwrap();
    let mut entries: Vec<(i64, String)> = nodes
        .iter()
        .map(|node| {
            let position = stories::client::text(node, "/position").parse().unwrap();
            (position, stories::client::text(node, "/kind"))
        })
        .filter(|(position, _)| *position > after)
        .collect();
    entries.reverse();
    entries
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_that_was_away_misses_nothing() {
    both(async |world| {
        let scene = scene(world).await;
        let start = scene.world.position(&scene.hub).await;
        let variables = |after: i64| json!({ "id": scene.event, "after": after.to_string() });
        for over_socket in [false, true] {
            let from = if over_socket { scene.world.position(&scene.hub).await } else { start };
            let name = |number: usize| format!("Guest {over_socket} {number}");
            let mut first = open(&scene, over_socket, variables(from)).await;
            somebody_comes(&scene, &scene.world.visitor(), &name(0)).await;
            let seen = heard(first.next().await);
            drop(first);
            // Nobody listens while these come.
            for number in 1..6 {
                somebody_comes(&scene, &scene.world.visitor(), &name(number)).await;
            }
            let mut again = open(&scene, over_socket, variables(seen.0)).await;
            let missed = told(&scene, seen.0).await;
            assert!(missed.len() >= 5, "{missed:?}");
            for expected in &missed {
                assert_eq!(&heard(again.next().await), expected);
            }
            // And then what comes next.
            somebody_comes(&scene, &scene.world.visitor(), &name(6)).await;
            let last = missed.last().unwrap().0;
            let next = told(&scene, last).await;
            assert_eq!(heard(again.next().await), next[0]);
        }
    })
    .await;
}

/// Either kind of stream.
enum Stream {
    Events(Box<Events>),
    Socket(Box<Socket>),
}

async fn open(scene: &Scene, over_socket: bool, variables: Value) -> Stream {
    if over_socket {
        let mut socket = Socket::open(&scene.curator).await;
        socket.subscribe(CHANGES, variables).await;
        return Stream::Socket(Box::new(socket));
    }
    Stream::Events(Box::new(Events::open(&scene.curator, CHANGES, variables).await))
}

impl Stream {
    async fn next(&mut self) -> Heard {
        match self {
            Self::Events(events) => events.next().await,
            Self::Socket(socket) => socket.next().await,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn streams_are_told_that_the_server_stops() {
    let mut scene = scene(World::sqlite().await).await;
    let variables = json!({ "id": scene.event });
    let mut events = open(&scene, false, variables.clone()).await;
    let mut socket = open(&scene, true, variables).await;
    somebody_comes(&scene, &scene.world.visitor(), "Last Guest").await;
    heard(events.next().await);
    heard(socket.next().await);
    scene.world.server.terminate();
    assert_eq!(last(&mut events).await, Heard::Ended(None));
    assert_eq!(last(&mut socket).await, Heard::Ended(Some(1001)));
    let status = scene.world.server.ends().unwrap();
    assert!(status.success(), "{status}: {}", scene.world.server.log());
}

/// What is heard behind everything that still comes.
async fn last(stream: &mut Stream) -> Heard {
    loop {
        match stream.next().await {
            Heard::Next(_) => {}
            end => return end,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_subscriber_hears_what_another_process_records() {
    let scene = scene(World::postgres().await).await;
    let other = scene.world.another();
    let start = scene.world.position(&scene.hub).await;
    let variables = json!({ "id": scene.event, "after": start.to_string() });
    let mut here = open(&scene, true, variables).await;
    for number in 0..5 {
        let there = scene.world.visitor().at(other.base());
        somebody_comes(&scene, &there, &format!("Guest {number}")).await;
    }
    let expected = told(&scene, start).await;
    assert!(expected.len() >= 5, "{expected:?}");
    for entry in expected {
        assert_eq!(heard(here.next().await), entry);
    }
}
