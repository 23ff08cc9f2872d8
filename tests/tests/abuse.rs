//! What must not be possible: orders from other sites, other people's hubs, headers forgotten.
//!
//! The whole schema is walked, so that a new mutation without a rule shows itself here: what a
//! visitor, and a member and a curator of *another* hub get for each is a committed text.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a story stops at the first surprise"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use reqwest::Method;
use serde_json::{Value, json};
use stories::client::{Reply, text};
use stories::people::Plan;
use stories::schema::{self, Mutation};
use stories::world::Hub;
use stories::{Person, World, snapshot};

/// What anybody may order, and why.
const OPEN: &[(&str, &str)] = &[
    ("registerStakeholder", "everybody may register"),
    ("registerForEvent", "everybody may come"),
    ("answerInvitation", "the token of the letter is asked for"),
    ("cancelRegistration", "the token of the letter is asked for, or the person"),
    ("confirmOffer", "the token of the letter is asked for, or the person"),
    ("declineOffer", "the token of the letter is asked for, or the person"),
    ("leaveWaitlist", "the token of the letter is asked for, or the person"),
    ("changeParty", "the token of the letter is asked for, or the person"),
    ("confirmEmail", "the token of the letter is asked for"),
    ("stopLetters", "the token of the letter is asked for"),
    ("setMailPreferences", "the token of the letter is asked for, or a role in the hub"),
    ("followIssue", "everybody may follow; the address is asked"),
    ("confirmFollow", "the token of the letter is asked for"),
    ("unfollowIssue", "the token of the letter is asked for, or the person"),
    ("rotateCalendarLink", "the token of the letter is asked for, or the person"),
    ("revokeCalendarLink", "the token of the letter is asked for, or the person"),
];

const MUTATION: &str =
    "mutation($input: OpenHubInput!) { openHub(input: $input) { receipt { position } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_other_site_can_give_orders() {
    let world = World::sqlite().await;
    let hub = world.hub("London", "london", "Europe/London", &["en"]).await;
    let input =
        json!({ "name": "Evil", "slug": "evil", "timeZone": "Europe/London", "locales": ["en"] });
    let body = json!({ "query": MUTATION, "variables": { "input": input } }).to_string();

    // What a form of another site can send without asking first.
    for kind in
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
    {
        let request = world.admin.request(Method::POST, "/graphql").header("content-type", kind);
        let reply = Person::send(request.body(body.clone())).await.unwrap();
        assert_eq!(reply.status, 415, "{kind}: {}", reply.text());
    }
    let query = [("query", MUTATION), ("variables", &json!({ "input": input }).to_string())];
    let request = world.admin.request(Method::GET, "/graphql").query(&query);
    let reply = Person::send(request).await.unwrap();
    assert_eq!((reply.status, reply.header("allow")), (405, "POST".to_owned()));

    // A form of ours, posted by another site.
    let path = format!("/h/{}/join", hub.slug);
    let fields =
        [("name", "Evil"), ("email", "evil@people.example"), ("kind", "ngo"), ("consent", "on")];
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
    ] {
        let request =
            world.visitor().request(Method::POST, &path).header(name, value).form(&fields);
        let reply = Person::send(request).await.unwrap();
        assert_eq!(reply.status, 403, "{name}: {value}: {}", reply.text());
    }
    let position = world.position(&hub).await;
    assert_eq!(position, world.position(&hub).await);
    assert!(hub_of(&world.admin, "evil").await.is_null());
}

async fn hub_of(who: &Person, slug: &str) -> Value {
    who.asks("query($slug: String!) { hub(slug: $slug) { id } }", json!({ "slug": slug })).await["hub"].clone()
}

/// Headers that say what a browser may do with an answer; the rest is not for this page.
const GUARDS: &[&str] = &[
    "cache-control",
    "content-security-policy",
    "content-type",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
    "vary",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_kind_of_answer_has_its_guards() {
    let world = World::sqlite().await;
    let hub = world.hub("London", "london", "Europe/London", &["en"]).await;
    let visitor = world.visitor();
    let page = visitor.gets("/").await;
    let style = asset(&page.text());
    let html = visitor.request(Method::GET, "/graphql").header("accept", "text/html");
    let query = visitor.tries("{ __typename }", json!({})).await.unwrap();
    let mut told = String::new();
    for (what, reply) in [
        ("a page", page),
        ("a hub's page", visitor.gets(&format!("/h/{}", hub.slug)).await),
        ("a page that is not there", visitor.gets("/nowhere").await),
        ("the API", query),
        ("the explorer", Person::send(html).await.unwrap()),
        ("a feed", visitor.gets(&format!("/feeds/hub/{}.ics", hub.slug)).await),
        ("an asset", visitor.gets(&style).await),
        ("the health check", visitor.gets("/healthz").await),
    ] {
        writeln!(told, "{what}: {}", reply.status).unwrap();
        for name in GUARDS {
            let values: Vec<_> = reply.headers.get_all(*name).iter().collect();
            for value in values {
                writeln!(told, "  {name}: {}", String::from_utf8_lossy(value.as_bytes())).unwrap();
            }
        }
        assert!(reply.header("server").is_empty(), "{what} says what serves it");
    }
    // What changes with each answer.
    let told = told.replace(world.server.base(), "<base>");
    snapshot::same("headers.txt", &told);
}

fn asset(page: &str) -> String {
    let link =
        page.split("rel=\"stylesheet\"").nth(1).unwrap_or_else(|| panic!("no stylesheet: {page}"));
    let link = link.split('>').next().unwrap();
    let href =
        link.split("href=\"").nth(1).or_else(|| page.split("href=\"/assets").nth(1)).unwrap();
    href.split('"').next().unwrap().to_owned()
}

/// A hub with one of everything in it, and the ids of those things by kind.
struct Full {
    hub: Hub,
    ids: BTreeMap<&'static str, String>,
}

async fn full(world: &World, slug: &str) -> Full {
    let hub = world.hub(slug, slug, "Europe/London", &["en"]).await;
    let curator = world.with_role(&hub, "curator");
    let issue = curator.puts_on_agenda(&hub, "Loneliness").await;
    let more = json!({ "issueIds": [issue] });
    let stakeholder = world.visitor().registers_stakeholder(&hub, "Tea House", &more).await;
    let event = curator.publishes(&hub, &issue, "Tea at four", &Plan::evening(30, 9)).await;
    let draft = curator.proposes_event(&hub, &issue, "Not yet told").await;
    let input = json!({ "eventId": event, "stakeholderIds": [stakeholder] });
    curator.gives("inviteStakeholders", input).accepted().await;
    let weekly = json!({
        "hubId": hub.id, "issueId": issue, "title": "Tea each week", "purpose": "Warm up.",
        "rule": { "frequency": "WEEKLY", "count": 2 }, "timeZone": "Europe/London",
        "startsAt": "2040-01-02T16:00", "endsAt": "2040-01-02T17:00",
    });
    let series = curator.gives("planSeries", weekly).id_of("series").await;
    let registration = world.visitor().registers(&event, "Ida Ince", 1).await.id;
    let create =
        json!({ "eventId": event, "rules": { "teamMin": 1, "teamMax": 3 }, "duration": "PT48H" });
    let hackathon = curator.gives("createHackathon", create).id_of("hackathon").await;
    curator.gives("openTeamFormation", json!({ "hackathonId": hackathon })).accepted().await;
    let participant = curator.enrols(&hackathon, &registration, "tea").await;
    let pitch = json!({ "hackathonId": hackathon, "title": "Kettle", "text": "Warm.", "participantId": participant });
    let idea = curator.gives("pitchIdea", pitch).id_of("idea").await;
    let found =
        json!({ "hackathonId": hackathon, "name": "Kettles", "participantId": participant });
    let team = curator.gives("foundTeam", found).id_of("team").await;
    let list = "query($id: ID!) { node(id: $id) { ... on Event { invitations(first: 1) { nodes { id } } } } }";
    let seen = curator.asks(list, json!({ "id": event })).await;
    let invitation = text(&seen, "/node/invitations/nodes/0/id");
    let token = json!({ "hubId": hub.id, "role": "MEMBER", "label": "for somebody" });
    let given =
        world.admin.gives("issueToken", token).wants("token { id personId }").accepted().await;
    let mail = first_mail(&curator, &hub).await;
    let ids = BTreeMap::from([
        ("hub", hub.id.clone()),
        ("mail", mail),
        ("issue", issue),
        ("stakeholder", stakeholder),
        ("event", event),
        ("series", series),
        ("draft", draft),
        ("registration", registration),
        ("guest", invitation.clone()),
        ("invitation", invitation),
        ("hackathon", hackathon),
        ("participant", participant),
        ("idea", idea),
        ("team", team),
        ("token", text(&given, "/token/id")),
        ("person", text(&given, "/token/personId")),
    ]);
    Full { hub, ids }
}

/// Letters are written soon after what they tell of.
async fn first_mail(curator: &Person, hub: &Hub) -> String {
    let list = "query($slug: String!) { hub(slug: $slug) { outbox(first: 1) { nodes { id } } } }";
    for _ in 0..100 {
        let seen = curator.asks(list, json!({ "slug": hub.slug })).await;
        let mail = text(&seen, "/hub/outbox/nodes/0/id");
        if !mail.is_empty() {
            return mail;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    panic!("no letter was written");
}

impl Full {
    /// The id that a field asks for: `eventId`, `intoIssueId`, `stakeholderIds`.
    fn id(&self, mutation: &str, field: &str) -> String {
        // What a calendar link is about is a hub, as the first kind of calendar wants.
        if field == "onId" {
            return self.hub.id.clone();
        }
        let named = |words: &str| {
            let plain = words.to_lowercase();
            self.ids.iter().find(|(kind, _)| plain.contains(**kind)).map(|(_, id)| id.clone())
        };
        // `intoId` of `mergeIssue` is an issue's.
        named(field).or_else(|| named(mutation)).unwrap_or_default()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_takes_orders_from_its_own_people_alone() {
    let world = World::sqlite().await;
    let own = full(&world, "own").await;
    let other = full(&world, "other").await;
    let strangers = [
        ("visitor", world.visitor()),
        ("member elsewhere", world.with_role(&other.hub, "member")),
        ("curator elsewhere", world.with_role(&other.hub, "curator")),
        ("hub admin elsewhere", world.with_role(&other.hub, "hub-admin")),
    ];
    let mut told = String::new();
    for mutation in schema::mutations(&world.admin).await {
        let input =
            schema::sample(&world.admin, &mutation.input, &|field| own.id(&mutation.name, field))
                .await;
        write!(told, "{}:", mutation.name).unwrap();
        let is_open = OPEN.iter().any(|(name, _)| *name == mutation.name);
        for (who, person) in &strangers {
            let before = world.position(&own.hub).await;
            let said = outcome(&order(person, &mutation, &input).await, &mutation);
            write!(told, " {who} {said},").unwrap();
            let is_refused = said == "UNAUTHENTICATED" || said == "FORBIDDEN";
            // Participants act for themselves, so any person is heard, and refused by the rules.
            let by_rule = *who != "visitor" && said.starts_with("refused ");
            assert!(is_open || is_refused || by_rule, "{} as {who}: {said}", mutation.name);
            if !is_open {
                assert_eq!(world.position(&own.hub).await, before, "{} as {who}", mutation.name);
            }
        }
        told.truncate(told.len() - 1);
        told.push('\n');
    }
    snapshot::same("roles.txt", &told);
}

async fn order(who: &Person, mutation: &Mutation, input: &Value) -> Reply {
    let Mutation { name, input: kind } = mutation;
    let document = format!(
        "mutation($input: {kind}!) {{ {name}(input: $input) {{ userErrors {{ code }} receipt {{ position }} }} }}"
    );
    who.tries(&document, json!({ "input": input })).await.unwrap()
}

fn outcome(reply: &Reply, mutation: &Mutation) -> String {
    let code = reply.code();
    if !code.is_empty() {
        assert!(
            code == "FORBIDDEN" || code == "UNAUTHENTICATED",
            "{}: {}",
            mutation.name,
            reply.text()
        );
        return code;
    }
    let payload =
        reply.json().pointer(&format!("/data/{}", mutation.name)).cloned().unwrap_or_default();
    let refused = text(&payload, "/userErrors/0/code");
    if refused.is_empty() { "accepted".to_owned() } else { format!("refused {refused}") }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_public_is_null_for_people_of_another_hub() {
    let world = World::sqlite().await;
    let own = full(&world, "own").await;
    let other = world.hub("Other", "other", "Europe/London", &["en"]).await;
    let staff = world.with_role(&own.hub, "curator");
    let strangers =
        [world.visitor(), world.with_role(&other, "member"), world.with_role(&other, "curator")];
    let node = "query($id: ID!) { node(id: $id) { id } }";
    for kind in ["registration", "invitation", "draft"] {
        let id = json!({ "id": own.ids[kind] });
        assert_eq!(
            staff.asks(node, id.clone()).await.pointer("/node/id"),
            Some(&id["id"]),
            "{kind}"
        );
        for stranger in &strangers {
            assert!(stranger.asks(node, id.clone()).await["node"].is_null(), "{kind}");
        }
    }
    let person = "query($id: ID!) { node(id: $id) { ... on Participant { name wishes } } }";
    let contact = "query($id: ID!) { node(id: $id) { ... on Stakeholder { name email } } }";
    let board = "query($slug: String!) { hub(slug: $slug) { roles { personId } tokens { id } } }";
    let list =
        "query($id: ID!) { node(id: $id) { ... on Event { registrations { nodes { id } } } } }";
    for stranger in &strangers {
        let seen = stranger.asks(person, json!({ "id": own.ids["participant"] })).await;
        assert!(seen.pointer("/node/name").is_none_or(Value::is_null), "{seen}");
        let seen = stranger.asks(contact, json!({ "id": own.ids["stakeholder"] })).await;
        assert!(seen.pointer("/node/email").is_none_or(Value::is_null), "{seen}");
        let seen = stranger.asks(board, json!({ "slug": own.hub.slug })).await;
        assert_eq!(seen["hub"], json!({ "roles": [], "tokens": [] }), "{seen}");
        let seen = stranger.asks(list, json!({ "id": own.ids["event"] })).await;
        assert!(seen.pointer("/node/registrations").is_none_or(Value::is_null), "{seen}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mutations_without_a_story_are_listed_and_grow_fewer() {
    let world = World::sqlite().await;
    let stories = schema::stories();
    let mutations = schema::mutations(&world.admin).await;
    let uncovered: BTreeSet<String> = mutations
        .iter()
        .filter(|mutation| !stories.contains(&format!("\"{}\"", mutation.name)))
        .map(|mutation| mutation.name.clone())
        .collect();
    let listed: BTreeSet<String> = include_str!("../uncovered.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(str::to_owned)
        .collect();
    let new: Vec<_> = uncovered.difference(&listed).collect();
    assert!(new.is_empty(), "no story uses {new:?}: tell one; the list only shrinks");
    let covered: Vec<_> = listed.difference(&uncovered).collect();
    assert!(
        covered.is_empty(),
        "take {covered:?} off tests/uncovered.txt: a story uses them, or they are gone"
    );
}
