//! Steps 1 to 5: a hub opens, issues come up, stakeholders register, an event is planned, and
//! those who should be there are asked.

use std::collections::BTreeSet;
use std::path::Path;

use mail::testing::Received;
use serde_json::{Value, json};
use stories::client::text;
use stories::people::{Plan, address};
use stories::{World, calendars};

use crate::{Guest, Story};

/// A list as hubs have it: good rows, and one of every kind of bad one.
const LIST: &str = include_str!("list.csv");

/// Steps 1, 2 and the first half of 3.
pub(crate) async fn a_hub_opens(world: World) -> Story {
    let hub = world.hub("İstanbul", "istanbul", "Europe/Istanbul", &["tr", "en"]).await;
    let same = json!({ "name": "Again", "slug": "istanbul", "timeZone": "Europe/Istanbul", "locales": ["en"] });
    world.admin.gives("openHub", same).refused_with("SLUG_TAKEN").await;
    let curator = world.with_role(&hub, "curator");
    let member = world.with_role(&hub, "member");

    let issue = member.proposes_issue(&hub, "Food waste and hunger").await;
    let on = json!({ "issueId": issue });
    assert_eq!(member.gives("acceptIssue", on.clone()).fails().await, "FORBIDDEN");
    let accepted = curator.gives("acceptIssue", on).wants("issue { slug status }").accepted().await;
    let issue_slug = text(&accepted, "/issue/slug");

    let mut guests = Vec::new();
    for (name, kind, language) in [
        ("Sofra Derneği", "NGO", "tr"),
        ("Soup Collective", "SOCIAL_ENTERPRISE", "en"),
        ("Buurtkeuken Oost", "COMMUNITY_GROUP", "nl"),
        ("서울 밥상", "KNOWLEDGE_INSTITUTION", "ko"),
    ] {
        let email = format!("{language}.{}", address("kitchen"));
        let more = json!({
            "kind": kind,
            "email": email,
            "locale": language,
            "about": "We cook with what others would throw away.",
            "offers": ["a kitchen"],
            "needs": ["a van in the evening"],
            "issueIds": [issue],
        });
        let stakeholder = world.visitor().registers_stakeholder(&hub, name, &more).await;
        guests.push(Guest { stakeholder, email, language });
    }
    let endorsed = json!({ "issueId": issue, "stakeholderId": guests[0].stakeholder });
    member.gives("endorseIssue", endorsed).accepted().await;
    let (event, plan) = (String::new(), Plan::evening(30, 60));
    Story { world, hub, curator, member, issue, issue_slug, guests, event, plan }
}

/// The second half of step 3: lists of organisations, with what is wrong in them.
pub(crate) async fn lists_come_in(story: &Story) {
    let (hub, curator) = (&story.hub, &story.curator);
    let import = |csv: &str| {
        let input = json!({ "hubId": hub.id, "csv": csv });
        let given = curator.gives("importStakeholders", input);
        given.wants("imported skipped rows { row reasons { code message } }")
    };
    let came = imported(&import(LIST).tried().await.unwrap().json());
    assert_eq!(came["imported"], 20, "{came}");
    let rows = came["rows"].as_array().unwrap();
    let bad: Vec<(i64, String)> = rows
        .iter()
        .map(|row| (row["row"].as_i64().unwrap(), text(row, "/reasons/0/code")))
        .collect();
    let expected = [
        (5, "QUOTING_BROKEN"),
        (8, "DUPLICATE_ROW"),
        (11, "KIND_UNKNOWN"),
        (14, "KIND_MISSING"),
        (17, "WEBSITE_INVALID"),
        (20, "EMAIL_INVALID"),
        (23, "LOCALE_UNKNOWN"),
        (26, "FIELD_MISSING"),
        (29, "FIELD_COUNT"),
    ];
    let expected: Vec<_> = expected.map(|(row, code)| (row, code.to_owned())).into();
    assert_eq!(bad, expected);
    assert!(rows.iter().all(|row| !text(row, "/reasons/0/message").is_empty()), "{rows:?}");

    let again = imported(&import(LIST).tried().await.unwrap().json());
    assert_eq!((&again["imported"], &again["skipped"]), (&json!(0), &json!(20)), "{again}");

    // The real list lies beside the project, where it can be had.
    let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/organisations.csv");
    if let Ok(list) = std::fs::read_to_string(real) {
        let came = imported(&import(&list).tried().await.unwrap().json());
        assert!(came["imported"].as_i64() > Some(100), "{came}");
        let rows = came["rows"].as_array().unwrap();
        assert!(rows.iter().all(|row| !text(row, "/reasons/0/message").is_empty()), "{came}");
        let sum = came["imported"].as_i64().unwrap() + i64::try_from(rows.len()).unwrap();
        let lines = i64::try_from(list.lines().count()).unwrap();
        assert!(sum + came["skipped"].as_i64().unwrap() < lines, "{sum} of {lines}");
    }
}

fn imported(answer: &Value) -> Value {
    assert!(answer.get("errors").is_none(), "{answer}");
    let payload = answer.pointer("/data/importStakeholders").cloned().unwrap();
    assert_eq!(payload["userErrors"], json!([]), "{payload}");
    payload
}

/// Step 4.
pub(crate) async fn an_event_is_planned(story: &mut Story) {
    let (hub, curator, member) = (&story.hub, &story.curator, &story.member);
    let mut input = json!({
        "hubId": hub.id,
        "title": "Who fetches what",
        "purpose": "Cooks and shopkeepers meet.",
        "format": "EVENING",
    });
    member.gives("proposeEvent", input.clone()).refused_with("PURPOSE_MISSING").await;
    input["issueId"] = json!(story.issue);
    input["dryRun"] = json!(true);
    let tried = member.gives("proposeEvent", input).tried().await.unwrap().json();
    assert_eq!(tried.pointer("/data/proposeEvent/userErrors"), Some(&json!([])), "{tried}");

    let event = member.proposes_event(hub, &story.issue, "Who fetches what").await;
    let on = json!({ "eventId": event });
    assert_eq!(member.gives("acceptProposal", on.clone()).fails().await, "FORBIDDEN");
    curator.gives("acceptProposal", on.clone()).accepted().await;
    let early = curator.gives("publishEvent", on.clone()).refused().await;
    assert!(!early[0].message.is_empty(), "{early:?}");
    curator.schedules(&event, &story.plan).await;
    let command = "0190b3a8-7c5e-7d11-8a9e-0c5f3e2d1a00";
    let first = curator.gives("publishEvent", on.clone()).under(command).accepted().await;
    let second = curator.gives("publishEvent", on.clone()).under(command).accepted().await;
    assert_eq!(first["receipt"]["position"], second["receipt"]["position"]);
    assert_eq!(second["receipt"]["replayed"], true);
    story.event = event;
}

/// Step 5: the letters that went out, one for each guest.
pub(crate) async fn stakeholders_are_asked(story: &Story) -> Vec<Received> {
    let curator = &story.curator;
    let query = "query($event: ID!) { suggestStakeholders(eventId: $event, count: 6) {
        suggestions { stakeholder { id kind } relevance reasons } } }";
    let answer = curator.asks(query, json!({ "event": story.event })).await;
    let suggested =
        answer.pointer("/suggestStakeholders/suggestions").and_then(Value::as_array).unwrap();
    assert_eq!(suggested.len(), 6, "{answer}");
    for one in suggested {
        assert!(!text(one, "/reasons/0").is_empty(), "{one}");
    }
    let seen = story.member.tries(query, json!({ "event": story.event })).await.unwrap();
    assert_eq!(seen.code(), "FORBIDDEN");
    // One who works on the very issue comes first, and all are not of one kind.
    let first = text(&suggested[0], "/stakeholder/id");
    assert!(story.guests.iter().any(|guest| guest.stakeholder == first), "{answer}");
    let kinds: BTreeSet<String> =
        suggested.iter().map(|one| text(one, "/stakeholder/kind")).collect();
    assert!(kinds.len() >= 3, "{answer}");
    let before = story.world.peer.received().await.len();

    let guests: Vec<&str> = story.guests.iter().map(|guest| guest.stakeholder.as_str()).collect();
    let input = json!({ "eventId": story.event, "stakeholderIds": guests });
    curator.gives("inviteStakeholders", input.clone()).accepted().await;
    // Asking twice is asking once.
    curator.gives("inviteStakeholders", input).accepted().await;
    let is_one = |letter: &Received| letter.letter().calendar.is_some();
    let letters = story.world.letters_that(before, guests.len(), is_one).await;

    let mut invited = Vec::new();
    for guest in &story.guests {
        let own: Vec<_> = letters.iter().filter(|letter| letter.to == guest.email).collect();
        assert_eq!(own.len(), 1, "letters to {}", guest.email);
        invited.push(own[0].clone());
    }
    look_at(story, &invited);
    invited
}

/// What is in the invitations.
fn look_at(story: &Story, invited: &[Received]) {
    let letters: Vec<_> = invited.iter().map(Received::letter).collect();
    let parts: Vec<String> =
        letters.iter().map(|l| l.calendar.clone().unwrap_or_default()).collect();
    for (calendar, guest) in calendars::read(&parts).iter().zip(&story.guests) {
        assert_eq!(calendar.method, "REQUEST");
        let event = calendar.event(&story.event);
        assert_eq!((event.sequence, event.status.as_str()), (0, "CONFIRMED"));
        assert_eq!((&event.start, &event.end), (&story.plan.starts_utc(), &story.plan.ends_utc()));
        assert_eq!(event.attendee.to_lowercase(), format!("mailto:{}", guest.email));
    }
    for (letter, guest) in letters.iter().zip(&story.guests) {
        let html = letter.html.clone().unwrap_or_default();
        assert!(html.contains(&format!("lang=\"{}\"", guest.language)), "{}: {html}", guest.email);
        assert!(letter.text.contains("Impact Hub"), "{}", letter.text);
        assert!(letter.links().iter().any(|link| link.contains("/i/")), "{}", letter.text);
        assert!(!letter.message_id.is_empty());
    }
    let mut subjects: Vec<_> = letters.iter().map(|letter| letter.subject.clone()).collect();
    subjects.sort();
    subjects.dedup();
    assert_eq!(subjects.len(), letters.len(), "four languages, not {subjects:?}");
}
