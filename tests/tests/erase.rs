//! To be forgotten: what one person told us is found nowhere, and nothing else is lost.
//!
//! Canaries are words that occur nowhere else. Before the erasure they must be found (or the story
//! would prove nothing), afterwards in no table, no file and no log; the chain still verifies, and
//! other people's data is as it was.

use mail::testing::Answer;
use serde_json::json;
use stories::database::holds;
use stories::people::Plan;
use stories::program::must;
use stories::{World, both};

const NAME: &str = "Kanarya Zümrüt-7f3a9c";
const EMAIL: &str = "kanarya-51c8e0@people.example";
const NOTE: &str = "no-peanuts-2d77b4 please";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_person_is_forgotten_and_nobody_else() {
    both(async |mut world| {
        let hub = world.hub("İstanbul", "istanbul", "Europe/Istanbul", &["tr", "en"]).await;
        let curator = world.with_role(&hub, "curator");
        let issue = curator.puts_on_agenda(&hub, "Rent").await;
        let event = curator.publishes(&hub, &issue, "Open table", &Plan::evening(30, 20)).await;
        // One letter of hers stays unsent, and must go with her.
        world.peer.now_answers(Answer::refuse_recipient(451, "4.7.1 later"));
        let more = json!({ "email": EMAIL, "about": NOTE, "issueIds": [issue] });
        let hers = world.visitor().registers_stakeholder(&hub, NAME, &more).await;
        let input =
            json!({ "eventId": event, "name": NAME, "email": EMAIL, "partySize": 1, "note": NOTE });
        let registration =
            world.visitor().gives("registerForEvent", input).id_of("registration").await;
        let other = world.visitor().registers(&event, "Somebody Else", 1).await;
        let neighbour =
            world.visitor().registers_stakeholder(&hub, "The Neighbour", &json!({})).await;

        let canaries = [NAME, EMAIL, NOTE, "7f3a9c", "51c8e0", "2d77b4"];
        let shown = name_of(&curator, &registration).await;
        assert_eq!(shown, NAME);

        let admin = world.with_role(&hub, "hub-admin");
        let erase =
            json!({ "hubId": hub.id, "personId": person_of(&curator, &registration).await });
        assert_eq!(
            world.visitor().gives("erasePerson", erase.clone()).fails().await,
            "UNAUTHENTICATED"
        );
        assert_eq!(curator.gives("erasePerson", erase.clone()).fails().await, "FORBIDDEN");
        admin.gives("erasePerson", erase).accepted().await;
        let query = "query($id: ID!) { node(id: $id) { ... on Stakeholder { name email about } } }";
        let seen = curator.asks(query, json!({ "id": hers })).await;
        assert!(seen.pointer("/node/name").is_none_or(serde_json::Value::is_null), "{seen}");
        assert_eq!(name_of(&curator, &registration).await, "");
        assert_eq!(name_of(&curator, &other.id).await, "Somebody Else");

        world.server.stop();
        world.verifies();
        let everything = world.database.everything().await;
        for canary in canaries {
            let found = holds(&everything, canary);
            assert!(found.is_empty(), "{} still hold {canary}: {found:?}", world.database.name());
            assert!(!world.server.log().contains(canary), "the log holds {canary}");
        }
        let said = must(&world.database, &["rebuild"]);
        assert!(said.contains("0 rows changed"), "{said}");
        world.starts_again();
        let curator = curator.at(world.server.base());
        assert_eq!(name_of(&curator, &registration).await, "");
        assert_eq!(name_of(&curator, &other.id).await, "Somebody Else");
        let query = "query($id: ID!) { node(id: $id) { ... on Stakeholder { name } } }";
        let seen = curator.asks(query, json!({ "id": neighbour })).await;
        assert_eq!(seen.pointer("/node/name"), Some(&json!("The Neighbour")));
    })
    .await;
}

/// The name on a registration; empty when it is gone.
async fn name_of(who: &stories::Person, registration: &str) -> String {
    let query = "query($id: ID!) { node(id: $id) { ... on Registration { name } } }";
    let seen = who.asks(query, json!({ "id": registration })).await;
    stories::client::text(&seen, "/node/name")
}

/// The pseudonym of whoever registered.
async fn person_of(who: &stories::Person, registration: &str) -> String {
    let query = "query($id: ID!) { node(id: $id) { ... on Registration { personId } } }";
    let seen = who.asks(query, json!({ "id": registration })).await;
    stories::client::text(&seen, "/node/personId")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_search_would_find_what_is_there() {
    // SQLite keeps names sealed, so what is searched for is something that is not personal.
    let world = World::sqlite().await;
    world.hub("Findable 9c41", "findable", "Europe/London", &["en"]).await;
    let everything = world.database.everything().await;
    assert!(!holds(&everything, "Findable 9c41").is_empty());
}
