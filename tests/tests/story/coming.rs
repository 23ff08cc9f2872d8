//! Steps 6 and 7: guests answer, people register, places run out and come free again.

use mail::testing::Received;
use serde_json::json;
use stories::calendars;
use stories::client::text;
use stories::people::{Plan, Registration, at_most};

use crate::Story;

/// More than the server has cores, few enough for a test machine.
const AT_ONCE: usize = 40;

/// The path of the first link of this kind in a letter: `/i/…`, `/r/…`.
pub(crate) fn link(letter: &Received, kind: &str) -> String {
    let read = letter.letter();
    let found = read.links().into_iter().find_map(|link| {
        let path = link.split_once("://")?.1;
        let path = path.get(path.find('/')?..)?;
        path.starts_with(kind).then(|| path.to_owned())
    });
    found.unwrap_or_else(|| panic!("no link {kind} in {}", read.text))
}

/// Step 6: by the API with the letter's token, and by the page that the letter leads to.
pub(crate) async fn guests_answer(story: &Story, invited: &[Received]) {
    let visitor = story.world.visitor();
    let token = |place: usize| link(&invited[place], "/i/").trim_start_matches("/i/").to_owned();

    let answer = json!({ "token": token(0), "answer": "ACCEPTED" });
    visitor.gives("answerInvitation", answer.clone()).accepted().await;
    visitor.gives("answerInvitation", answer).accepted().await;
    visitor
        .gives("answerInvitation", json!({ "token": token(1), "answer": "TENTATIVE" }))
        .accepted()
        .await;
    let forged = format!("{}x", token(2));
    let refused =
        visitor.gives("answerInvitation", json!({ "token": forged, "answer": "DECLINED" }));
    assert!(!refused.refused().await.is_empty());

    // Whoever opens the page has not answered: mail scanners open every link.
    let path = link(&invited[3], "/i/");
    let before = story.world.position(&story.hub).await;
    let page = visitor.gets(&path).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert_eq!(story.world.position(&story.hub).await, before);
    let command = field(&page.text(), "commandId");
    let posted = visitor.posts(&path, &[("commandId", &command), ("answer", "accepted")]).await;
    assert!(matches!(posted.status, 200 | 303), "{} {}", posted.status, posted.text());
    assert!(story.world.position(&story.hub).await > before);

    // One wants no more invitations: she says so once, and only she can take it back.
    let stop = json!({ "token": link(&invited[2], "/u/").trim_start_matches("/u/") });
    for _ in 0..2 {
        visitor.gives("stopLetters", stop.clone()).wants("category").accepted().await;
    }
    let quiet = story.guests.iter().find(|guest| guest.email == invited[2].to).unwrap();
    let resume = json!({ "stakeholderId": quiet.stakeholder, "category": "INVITATIONS" });
    story
        .curator
        .gives("resumeLetters", resume)
        .wants("stakeholder { id }")
        .refused_with("ASKED_NOT_TO_BE_WRITTEN")
        .await;

    let query = "query($id: ID!) { node(id: $id) { ... on Event {
        confirmedCount invitations(first: 10) { nodes { state } } } } }";
    let seen = story.curator.asks(query, json!({ "id": story.event })).await;
    assert_eq!(seen.pointer("/node/confirmedCount"), Some(&json!(2)), "{seen}");
    let nodes = seen.pointer("/node/invitations/nodes").and_then(|nodes| nodes.as_array()).unwrap();
    let mut answers: Vec<String> = nodes.iter().map(|node| text(node, "/state")).collect();
    answers.sort();
    assert_eq!(answers, ["ACCEPTED", "ACCEPTED", "SENT", "TENTATIVE"], "{seen}");
    // What others were told about the guests is nothing.
    let seen = visitor.asks(query, json!({ "id": story.event })).await;
    assert!(seen.pointer("/node/invitations").is_some_and(serde_json::Value::is_null), "{seen}");
}

/// The value of a hidden field.
pub(crate) fn field(page: &str, name: &str) -> String {
    let at =
        page.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no {name} in {page}"));
    let from = page[..at].rfind('<').unwrap();
    let tag = &page[from..from + page[from..].find('>').unwrap()];
    let value = tag.split_once("value=\"").unwrap_or_else(|| panic!("no value in {tag}")).1;
    value.split('"').next().unwrap().to_owned()
}

/// Step 7, the rush: exactly the first fifty of the journal have a place.
pub(crate) async fn two_hundred_want_fifty_places(story: &Story) {
    let plan = Plan::evening(20, 50);
    let event = story.curator.publishes(&story.hub, &story.issue, "Everybody at once", &plan).await;
    let asked = (0..200).map(|number| {
        let somebody = story.world.visitor_from(number);
        somebody.registers(&event, &format!("Guest {number}"), 1)
    });
    let mut came: Vec<Registration> = at_most(AT_ONCE, asked).await;
    came.sort_by_key(|registration| registration.position);
    for (place, registration) in came.iter().enumerate() {
        let expected = if place < 50 { "CONFIRMED" } else { "WAITING" };
        assert_eq!(registration.state, expected, "number {place} in the journal");
    }
    let query = "query($id: ID!) { node(id: $id) { ... on Event { capacity confirmedCount waitingCount } } }";
    let seen = story.world.visitor().asks(query, json!({ "id": event })).await;
    let places = json!({ "capacity": 50, "confirmedCount": 50, "waitingCount": 150 });
    assert_eq!(seen["node"], places);

    // The first who waits is the first in the journal, whoever was served first.
    story
        .curator
        .gives("cancelRegistration", json!({ "registrationId": came[0].id }))
        .accepted()
        .await;
    assert_eq!(story.curator.sees_registration(&came[50].id).await, "OFFERED");
    assert_eq!(story.curator.sees_registration(&came[51].id).await, "WAITING");
}

/// Step 7: a party of two does not fit where one place came free; the next one does.
pub(crate) async fn a_freed_place_goes_to_the_first_who_fits(story: &Story) {
    let plan = Plan::evening(25, 2);
    let event = story.curator.publishes(&story.hub, &story.issue, "A small table", &plan).await;
    let visitor = story.world.visitor();
    let ada = visitor.registers(&event, "Ada Aslan", 1).await;
    let ben = visitor.registers(&event, "Ben Baker", 1).await;
    let two = visitor.registers(&event, "Two Twins", 2).await;
    let eve = visitor.registers(&event, "Eve Ender", 1).await;
    let states = [&ada, &ben, &two, &eve].map(|one| one.state.as_str());
    assert_eq!(states, ["CONFIRMED", "CONFIRMED", "WAITING", "WAITING"]);
    let twice = json!({ "eventId": event, "name": "Ada Again", "email": "ada.aslan@people.example", "partySize": 1 });
    visitor.gives("registerForEvent", twice).refused_with("ALREADY_REGISTERED").await;

    // Nobody cancels for another; Ada does, on the page her letter leads to.
    let on = json!({ "registrationId": ada.id });
    let denied = visitor.gives("cancelRegistration", on).tried().await.unwrap().json();
    assert!(denied.pointer("/data/cancelRegistration/receipt/position").is_none(), "{denied}");
    let letter = story.world.letter_to("ada.aslan@people.example", 1).await;
    let path = link(&letter, "/r/");
    let page = visitor.gets(&path).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let command = field(&page.text(), "commandId");
    let posted = visitor.posts(&path, &[("commandId", &command), ("do", "cancel")]).await;
    assert!(matches!(posted.status, 200 | 303), "{} {}", posted.status, posted.text());
    assert_eq!(story.curator.sees_registration(&ada.id).await, "CANCELLED");

    assert_eq!(story.curator.sees_registration(&two.id).await, "WAITING");
    assert_eq!(story.curator.sees_registration(&eve.id).await, "OFFERED");
    // Letter one said she waits, letter two offers the place.
    let offer = story.world.letter_to("eve.ender@people.example", 2).await;
    let token = link(&offer, "/r/").trim_start_matches("/r/").to_owned();
    visitor.gives("confirmOffer", json!({ "token": token })).accepted().await;
    assert_eq!(story.curator.sees_registration(&eve.id).await, "CONFIRMED");

    let confirmed = story.world.letter_to("eve.ender@people.example", 3).await;
    let calendar = confirmed.letter().calendar.unwrap_or_default();
    let read = calendars::read(&[calendar]);
    assert_eq!(read[0].event(&event).status, "CONFIRMED");
}
