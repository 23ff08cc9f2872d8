//! A page of the API costs a few statements, however many events are on it: over the real schema,
//! on both databases.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

use chrono::{Days, NaiveDate};
use kernel::Role;
use serde_json::{Value, json};

use crate::app::{Grant, Viewer};
use crate::desk::ScheduleEvent;
use crate::event::{AcceptProposal, Capacity, EventId, Format, Mode, ProposeEvent, PublishEvent};
use crate::testing::both;
use crate::text::Locale;
use crate::work::testing::{Ngo, Town, exchange, london};

/// What a list of events in an app shows of each.
const PAGE: &str = "query($first: Int) { hub(slug: \"westminster\") { events(first: $first) {
    totalCount
    nodes {
        id title url startsAt status capacity placesTaken placesFree confirmedCount waitingCount
        hasWaitlist isOverbooked
        hub { id name slug timeZone }
        host { id name kind city }
        myRegistration { id state partySize }
        myInvitation { id state }
        link
    }
} } }";

/// What her own staff sees beside it.
const STAFF: &str = "query($first: Int) { hub(slug: \"westminster\") { events(first: $first) { nodes {
    issue { title status } invitationCounts { state count } hackathons { id } myRegistration { state }
} } } }";

async fn publish(town: &Town, host: &Ngo, number: u64) -> EventId {
    let event: EventId = town.app.id();
    let propose = ProposeEvent {
        hub: town.hub,
        event,
        issue: Some(town.issue),
        need: None,
        title: format!("Evening {number:02}"),
        purpose: "Warm homes.".into(),
        format: Format::Evening,
        mode: Mode::Either,
        host: Some(host.stakeholder),
    };
    town.does(propose).await;
    town.does(AcceptProposal { event }).await;
    let day = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap() + Days::new(number);
    let schedule = ScheduleEvent {
        event,
        starts_at: day.and_hms_opt(18, 30, 0).unwrap(),
        ends_at: day.and_hms_opt(21, 0, 0).unwrap(),
        zone: london(),
        fold: None,
        venue: Some(exchange()),
        link: Some("https://meet.example.org/warm".into()),
        capacity: Capacity::Limited(5),
        waitlist: Some(true),
        expected_version: None,
    };
    town.does(schedule).await;
    town.does(PublishEvent { event }).await;
    event
}

/// The nodes of a page, and how many statements the whole request took.
async fn asks(town: &Town, viewer: &Viewer, document: &str, first: u32) -> (Vec<Value>, u64) {
    let read = town.app.reader(viewer.clone());
    let variables = async_graphql::Variables::from_json(json!({ "first": first }));
    let request = async_graphql::Request::new(document).variables(variables);
    let request = request.data(viewer.clone()).data(read.clone());
    let response = crate::schema::schema(town.app.app.clone()).run(request).await;
    assert!(response.errors.is_empty(), "{:#?}", response.errors);
    let answer = response.data.into_json().unwrap();
    let nodes = answer["hub"]["events"]["nodes"].as_array().unwrap().clone();
    (nodes, read.db().statements())
}

#[tokio::test]
async fn fifty_events_with_hub_host_counts_and_the_viewers_own_state_take_eight_statements() {
    both(async |app| {
        let town = Town::new(app).await;
        let host = town.ngo("Warm Homes", "host@example.org", "en").await;
        let ada = town.ngo("Ada", "ada@example.org", "en").await;
        let all = (0..50).map(|number| publish(&town, &host, number));
        let events = futures_util::future::join_all(all).await;
        for event in &events[..10] {
            town.registers(*event, "Ada", "ada@example.org", "en").await;
        }
        for event in &events[10..15] {
            town.invites(*event, &ada).await;
        }
        let viewer = |roles: &[Role]| Viewer {
            person: Some(ada.person),
            grants: roles.iter().map(|role| Grant { hub: Some(town.hub), role: *role }).collect(),
            token: Some(town.app.id()),
            locale: Locale::En,
        };
        let host_role = viewer(&[Role::Host]);
        let (ten, of_ten) = asks(&town, &host_role, PAGE, 10).await;
        let (fifty, of_fifty) = asks(&town, &host_role, PAGE, 50).await;
        assert_eq!((ten.len(), fifty.len()), (10, 50));
        assert!(of_fifty <= 8, "{of_fifty} statements");
        assert_eq!(of_ten, of_fifty);
        for (number, node) in fifty.iter().enumerate() {
            assert_eq!(node["title"], json!(format!("Evening {number:02}")));
            assert_eq!(node["host"]["name"], "Warm Homes");
            assert_eq!(node["hub"]["slug"], "westminster");
            assert_eq!(node["capacity"], 5);
            let (is_registered, is_invited) = (number < 10, (10..15).contains(&number));
            assert_eq!(node["confirmedCount"], i64::from(is_registered));
            let state = if is_registered { json!("CONFIRMED") } else { Value::Null };
            assert_eq!(node["myRegistration"]["state"], state);
            let state = if is_invited { json!("SENT") } else { Value::Null };
            assert_eq!(node["myInvitation"]["state"], state);
        }
        let (member, of_member) = asks(&town, &viewer(&[Role::Member]), PAGE, 50).await;
        assert!(of_member <= 8, "{of_member} statements");
        let links = member.iter().filter(|node| node["link"].is_string()).count();
        assert_eq!(links, 10, "the link is for those who have a place");

        let (ten, of_ten) = asks(&town, &host_role, STAFF, 10).await;
        let (fifty, of_fifty) = asks(&town, &host_role, STAFF, 50).await;
        assert_eq!((ten.len(), fifty.len(), of_ten), (10, 50, of_fifty));
        assert!(of_fifty <= 8, "{of_fifty} statements");
        let sent = json!([{ "state": "SENT", "count": 1 }]);
        assert_eq!(
            (&fifty[10]["invitationCounts"], &fifty[9]["invitationCounts"]),
            (&sent, &json!([]))
        );
        assert_eq!(fifty[0]["issue"]["title"], "Cold homes");
    })
    .await;
}
