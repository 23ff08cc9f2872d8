//! What people see of events after each fact, on both databases.

use chrono::{Duration, NaiveDate};
use kernel::testing::{Happen, noon};
use kernel::{HubId, Zone};

use crate::app::relay::PageArgs;
use crate::event::fact::Fact;
use crate::event::view::{self, EventRow, FeedWindow};
use crate::event::*;
use crate::testing::{TestApp, both};

struct Town {
    app: TestApp,
    hub: HubId,
    event: EventId,
}

impl Town {
    fn new(app: TestApp) -> Self {
        let (hub, event) = (app.id(), app.id());
        Self { app, hub, event }
    }
    async fn happens(&self, facts: impl IntoIterator<Item = Fact>) -> EventRow {
        self.app.admin_does(Some(self.hub), Happen::<Event>::to(self.event, facts)).await;
        self.row().await
    }
    async fn row(&self) -> EventRow {
        let id = self.event.to_string();
        view::event(self.app.journal().db(), &id).await.unwrap().unwrap()
    }
}

fn proposed() -> Fact {
    Fact::EventProposed {
        issue: Some(kernel::testing::id(1)),
        need: Some("a kitchen".into()),
        title: "Soup".into(),
        purpose: "Nobody eats alone".into(),
        format: Format::Workshop,
        mode: Mode::Either,
        host: None,
        proposed_by: Some(kernel::testing::id(3)),
    }
}
fn when(day: u32) -> When {
    let local = |hour| NaiveDate::from_ymd_opt(2026, 12, day).unwrap().and_hms_opt(hour, 30, 0);
    let zone = Zone::parse("Europe/Amsterdam").unwrap();
    When::between(local(19).unwrap(), local(22).unwrap(), zone, None).unwrap()
}
fn venue() -> Venue {
    let geo = Some(Geo { latitude: 52.08, longitude: 4.31 });
    Venue { name: "The Commons".into(), address: None, city: Some("The Hague".into()), geo }
}

#[tokio::test]
async fn a_proposal_is_shown_with_its_words_and_as_no_public_event() {
    both(async |app| {
        let town = Town::new(app);
        let row = town.happens([proposed()]).await;
        assert_eq!((row.status(), row.is_public(), row.version), (Status::Proposed, false, 1));
        assert_eq!((row.title.as_str(), row.need.as_deref()), ("Soup", Some("a kitchen")));
        assert_eq!((row.format.as_str(), row.mode.as_str()), ("workshop", "either"));
        assert_eq!(row.journal, town.hub.to_string());
        assert_eq!(row.created_at, journal::micros(noon()));
        let described = Fact::EventDescribed {
            title: "Stew".into(),
            purpose: "Together".into(),
            description: "Bring a bowl.".into(),
            access_info: "Step-free.".into(),
            sequence: None,
        };
        town.app.world.pass(Duration::minutes(5));
        let row = town.happens([described, Fact::ProposalAccepted {}]).await;
        assert_eq!((row.status(), row.title.as_str()), (Status::Accepted, "Stew"));
        assert_eq!(row.access_info.as_deref(), Some("Step-free."));
        assert_eq!((row.version, row.sequence), (3, None));
        assert!(row.changed_at > row.created_at);
        assert_eq!(row.changed_position, 3);
    })
    .await;
}

#[tokio::test]
async fn a_declined_and_a_withdrawn_proposal_say_so() {
    both(async |app| {
        let town = Town::new(app.clone());
        let reason = kernel::Personal::new(kernel::testing::id(9), "too late".to_owned());
        let row = town.happens([proposed(), Fact::ProposalDeclined { reason }]).await;
        assert_eq!(row.status(), Status::Declined);
        assert_eq!(row.decline_reason.as_deref(), Some("too late"));
        let town = Town::new(app);
        let row = town.happens([proposed(), Fact::ProposalWithdrawn {}]).await;
        assert_eq!(row.status(), Status::Withdrawn);
    })
    .await;
}

#[tokio::test]
async fn a_public_event_shows_time_place_and_sequence_through_all_its_changes() {
    both(async |app| {
        let town = Town::new(app);
        let link = Some("https://meet.example/1".to_owned());
        let scheduled =
            Fact::EventScheduled { when: when(1), venue: Some(venue()), link: link.clone() };
        let row = town.happens([proposed(), Fact::ProposalAccepted {}, scheduled]).await;
        assert_eq!(row.starts.as_deref(), Some("2026-12-01T19:30"));
        assert_eq!(row.zone.as_deref(), Some("Europe/Amsterdam"));
        assert_eq!(row.starts_at, Some(journal::micros(when(1).starts_at)));
        assert_eq!((row.venue(), row.city.as_deref()), (Some(venue()), Some("The Hague")));
        assert_eq!(row.link, link);
        let row = town.happens([Fact::EventPublished { when: when(1), sequence: 0 }]).await;
        assert_eq!((row.status(), row.sequence), (Status::Published, Some(0)));
        assert_eq!(row.published_position, Some(4));
        let row = town.happens([Fact::EventRegistrationClosed {}]).await;
        assert_eq!(row.status(), Status::Closed);
        let row = town.happens([Fact::EventRegistrationOpened {}]).await;
        assert_eq!(row.status(), Status::Published);
        let moved = Fact::EventRescheduled {
            from: when(1),
            when: when(2),
            venue: None,
            link: None,
            material: true,
            sequence: Some(1),
            status: Status::Published,
        };
        let row = town.happens([moved]).await;
        assert_eq!((row.sequence, row.asked_at_sequence), (Some(1), 1));
        assert_eq!((row.venue(), row.city, row.link), (None, None, None));
        assert_eq!(row.starts.as_deref(), Some("2026-12-02T19:30"));
        let zoned = Fact::EventTimeZoneChanged {
            from: when(2),
            when: When { zone: Zone::parse("Asia/Seoul").unwrap(), ..when(2) },
            keep: Keep::Wall,
            material: true,
            sequence: Some(2),
        };
        let row = town.happens([zoned]).await;
        assert_eq!((row.zone.as_deref(), row.asked_at_sequence), (Some("Asia/Seoul"), 2));
        let shifted = Fact::EventInstantShifted { from: when(2), when: when(3), sequence: Some(3) };
        let row = town.happens([shifted]).await;
        assert_eq!((row.sequence, row.asked_at_sequence), (Some(3), 2));
    })
    .await;
}

#[tokio::test]
async fn postponed_cancelled_reinstated_ended_and_reported_events_say_so() {
    both(async |app| {
        let town = Town::new(app);
        let public = [proposed(), Fact::EventPublished { when: when(1), sequence: 0 }];
        town.happens(public).await;
        let row = town.happens([Fact::EventPostponed { sequence: Some(1) }]).await;
        assert_eq!((row.status(), row.sequence), (Status::Postponed, Some(1)));
        let cancelled = Fact::EventCancelled { reason: "storm".into(), sequence: Some(2) };
        let row = town.happens([cancelled]).await;
        assert_eq!((row.status(), row.sequence), (Status::Cancelled, Some(2)));
        assert_eq!(row.cancel_reason.as_deref(), Some("storm"));
        assert_eq!(row.cancelled_at, Some(journal::micros(noon())));
        let back = Fact::EventReinstated {
            status: Status::Published,
            when: Some(when(1)),
            sequence: Some(3),
        };
        let row = town.happens([back]).await;
        assert_eq!((row.status(), row.cancel_reason), (Status::Published, None));
        let row = town.happens([Fact::EventEnded {}]).await;
        assert_eq!(row.status(), Status::Ended);
        let reported = Fact::EventReported {
            attendance: 42,
            organisations: 9,
            who_was_missing: "the neighbours".into(),
        };
        let row = town.happens([reported]).await;
        assert_eq!((row.status(), row.attendance), (Status::Reported, Some(42)));
        assert_eq!(row.who_was_missing.as_deref(), Some("the neighbours"));
    })
    .await;
}

fn import(town: &Town, key: &str, starts_on: NaiveDate, ends_on: NaiveDate) -> ImportEvent {
    ImportEvent {
        hub: town.hub,
        event: town.app.id(),
        key: key.to_owned(),
        title: format!("Event {key}"),
        url: Some("https://example.org".into()),
        starts_on,
        ends_on,
        zone: Zone::parse("Europe/Amsterdam").unwrap(),
        city: Some("The Hague".into()),
        country: Some("NL".into()),
        mode: Mode::Online,
        topic: Some("open data".into()),
        issue: None,
    }
}

#[tokio::test]
async fn imported_events_are_public_at_once_and_in_lists_and_feeds() {
    both(async |app| {
        let town = Town::new(app);
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let past = import(&town, "a", day(2025, 3, 1), day(2025, 3, 3));
        let coming = import(&town, "b", day(2027, 3, 1), day(2027, 3, 2));
        let id = town.app.admin_does(Some(town.hub), past).await;
        town.app.admin_does(Some(town.hub), coming).await;
        let db = town.app.journal().db();
        let row = view::event(db, &id).await.unwrap().unwrap();
        assert_eq!((row.status(), row.is_public(), row.all_day), (Status::Ended, true, true));
        assert_eq!((row.topic.as_deref(), row.country.as_deref()), (Some("open data"), Some("NL")));
        assert_eq!(view::events_by_id(db, &[id, "event_x".into()]).await.unwrap(), [row]);
        let (hub, now) = (town.hub.to_string(), journal::micros(noon()));
        let titles = async |window: &FeedWindow| {
            let rows = view::feed(db, &hub, window.clone()).await.unwrap();
            rows.into_iter().map(|row| row.title).collect::<Vec<_>>()
        };
        let window = FeedWindow { from: 0, until: i64::MAX, near: now, limit: 9, issue: None };
        assert_eq!(titles(&window).await, ["Event b", "Event a"]);
        assert_eq!(titles(&FeedWindow { from: now, ..window.clone() }).await, ["Event b"]);
        assert_eq!(titles(&FeedWindow { issue: Some("x".into()), ..window }).await.len(), 0);
        let page = PageArgs::default().window("events", &view::PUBLIC, false).unwrap();
        let none = None::<String>;
        let args = page.args(&hub, journal::args![now, i64::MAX, none.clone(), none]);
        let rows: Vec<EventRow> = db.all(page.sql(&view::PUBLIC), args).await.unwrap();
        assert_eq!((rows.len(), rows[0].title.as_str()), (1, "Event b"));
        assert_eq!(view::last_change(db, &hub).await.unwrap(), 4);
    })
    .await;
}

#[tokio::test]
async fn every_sample_is_projected_and_a_rebuild_changes_no_row() {
    both(async |app| {
        let town = Town::new(app);
        town.happens([proposed()]).await;
        town.happens(<Fact as kernel::Fact>::samples()).await;
        let rebuilt =
            town.app.journal().rebuild(&town.hub.to_string(), &|_done, _all| {}).await.unwrap();
        assert_eq!((rebuilt.rows, rebuilt.changed), (1, 0));
    })
    .await;
}
