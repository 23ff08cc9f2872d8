//! Answers to an invitation to a whole series: to one of its dates, or to all that are to come.

use kernel::Personal;

use super::*;
use crate::app::Organizer;
use crate::asking::DeclineProposedTime;
use crate::asking::view::{held_of, proposals_of};
use crate::event::decider::Description;
use crate::event::{Capacity, Format};
use crate::inbound::view;
use crate::invitation::InvitationId;
use crate::series::invite::SeriesGuest;
use crate::series::{
    ChangeSeries, Idea, InviteToSeries, PlanSeries, PublishSeries, SeriesId, Slot,
};
use crate::work::testing::{exchange, ics, lines, london, wall};

/// Four Mondays at six, from 7 December 2026 on, to all of which one organisation is invited.
struct Weekly {
    scene: Scene,
    series: SeriesId,
    events: Vec<EventId>,
    invitations: Vec<InvitationId>,
}

impl Weekly {
    /// Where answers come to this address; to one of her own when it is empty.
    async fn at(app: crate::testing::TestApp, recipient: &str) -> Self {
        let town = Town::new(app).await;
        let ngo = town.ngo("Soup", "soup@example.org", "en").await;
        let series: SeriesId = town.app.id();
        let events: Vec<EventId> = (0..60).map(|_| town.app.id()).collect();
        let invitations: Vec<InvitationId> = (0..60).map(|_| town.app.id()).collect();
        let first = wall("2026-12-07T18:00");
        let plan = PlanSeries {
            hub: town.hub,
            series,
            idea: Idea {
                need: Some("to know each other".into()),
                format: Format::NetworkingHour,
                capacity: Capacity::Limited(12),
                waitlist: true,
                ..Idea::default()
            },
            words: Description {
                title: "Open hour".into(),
                purpose: "Meet who works here".into(),
                ..Description::default()
            },
            rule: "FREQ=WEEKLY;COUNT=4".into(),
            first,
            zone: london(),
            slot: Slot { starts: first.time(), minutes: 60, venue: Some(exchange()), link: None },
            except: vec![],
            events: events.clone(),
        };
        town.does(plan).await;
        town.does(PublishSeries { series }).await;
        let guest = SeriesGuest {
            invitations: invitations.clone(),
            stakeholder: ngo.stakeholder,
            person: ngo.person,
            reason: Personal::new(ngo.person, "You live next door.".to_owned()),
        };
        town.does(InviteToSeries { series, guests: vec![guest] }).await;
        let id = invitations[0].to_string();
        let recipient = match recipient {
            "" => town.app.answer_address(&id).unwrap().as_str().to_owned(),
            all => all.to_owned(),
        };
        let scene = Scene { town, event: events[0], ngo, id, recipient };
        Self { scene, series, events, invitations }
    }

    fn yes(&self) -> Reply<'static> {
        Reply { uid: format!("{}@convoke.test", self.series), ..self.scene.yes() }
    }

    /// How her invitations stand.
    async fn states(&self) -> Vec<String> {
        let mut states = Vec::new();
        for id in self.invitations.iter().take(4) {
            let id = id.to_string();
            let row = invitation(self.scene.town.app.journal().db(), &id);
            states.push(row.await.unwrap().unwrap().state);
        }
        states
    }
}

/// The second Monday, as a calendar names it.
const SECOND: &str = "RECURRENCE-ID:20261214T180000Z\r\n";

#[tokio::test]
async fn another_time_is_for_the_date_it_names() {
    both(|app| async move {
        let weekly = Weekly::at(app, "").await;
        let Weekly { scene, series, events, invitations } = &weekly;
        scene.town.later(0).await;
        // An hour later, all of them: the versions of a date count from the series on.
        let starts = wall("2026-12-07T19:00").time();
        let slot = Slot { starts, minutes: 60, venue: Some(exchange()), link: None };
        let later = ChangeSeries { series: *series, words: None, slot: Some(slot) };
        scene.town.does(later).await;
        let more = format!("{SECOND}DTSTART:20261215T180000Z\r\nDTEND:20261215T190000Z\r\n");
        let counter = Reply {
            method: "COUNTER",
            partstat: "TENTATIVE",
            sequence: 2,
            more: &more,
            ..weekly.yes()
        };
        assert_eq!(scene.hears(&counter).await, "PROPOSES");
        assert_eq!(weekly.states().await, ["sent", "tentative", "sent", "sent"]);
        let db = scene.town.app.journal().db();
        let second = invitations[1].to_string();
        let rows = proposals_of(db, &[scene.id.clone(), second.clone()]).await.unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!((&rows[0].guest, &rows[0].event), (&second, &events[1].to_string()));
        assert_eq!(rows[0].sequence, 1, "the version of the date itself");

        let no = DeclineProposedTime { guest: second, proposal: 1, why: None };
        scene.town.does(no).await;
        scene.town.later(1).await;
        let letters = scene.town.inbox("soup@example.org").await;
        let stays = letters.iter().find(|one| one.letter().subject.starts_with("The time stays"));
        let object = ics(stays.unwrap());
        let named = lines(&object, &["UID", "RECURRENCE-ID", "SEQUENCE"]);
        assert!(named.contains(&format!("UID:{series}@convoke.test")), "{object}");
        assert!(named.contains(&"RECURRENCE-ID:20261214T180000Z".to_owned()), "{object}");
        assert!(named.contains(&"SEQUENCE:2".to_owned()), "{object}");

        // A time for all dates at once is no proposal; what she says to them counts.
        let all = Reply {
            partstat: "DECLINED",
            more: "DTSTART:20261215T180000Z\r\nDTEND:20261215T190000Z\r\n",
            stamp: "20261122T101000Z",
            ..counter.clone()
        };
        assert_eq!(scene.hears(&all).await, "APPLIED PROPOSAL_UNREADABLE");
        assert_eq!(weekly.states().await, ["declined", "declined", "declined", "declined"]);
    })
    .await;
}

#[tokio::test]
async fn once_the_first_date_is_over_her_calendar_still_gets_the_series() {
    both(|app| async move {
        let weekly = Weekly::at(app, "").await;
        let scene = &weekly.scene;
        scene.town.later(0).await;
        // It is Wednesday, 9 December.
        scene.town.app.world.pass(TimeDelta::days(17));
        let refresh = Reply { method: "REFRESH", ..weekly.yes() };
        assert_eq!(scene.hears(&refresh).await, "SENT_AGAIN");
        let eve = Reply { attendee: "eve@example.org", from: "eve@example.org", ..weekly.yes() };
        assert_eq!(scene.hears(&eve).await, "ASKS_TO_ATTEND");
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_her_word_is_about_the_date_it_answers() {
    both(|app| async move {
        let weekly = Weekly::at(app, "").await;
        let scene = &weekly.scene;
        scene.town.later(0).await;
        let no = Reply { partstat: "DECLINED", headers: "", more: SECOND, ..weekly.yes() };
        assert_eq!(scene.hears(&no).await, "HELD UNCONFIRMED");
        let db = scene.town.app.journal().db();
        let ids: Vec<String> = weekly.invitations.iter().map(ToString::to_string).collect();
        let held = held_of(db, &ids).await.unwrap();
        assert_eq!(held.len(), 1);
        assert_eq!((&held[0].guest, &held[0].event), (&ids[1], &weekly.events[1].to_string()));
        // One letter cannot ask about all of them.
        let all = Reply { more: "", ..no };
        assert_eq!(scene.hears(&all).await, "REFUSED UNCONFIRMED");
        assert_eq!(held_of(db, &ids).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn in_the_stable_mode_the_series_says_what_is_answered() {
    both(|app| async move {
        let app = app.set(|settings| settings.organizer = Organizer::Stable);
        let weekly = Weekly::at(app, "events@convoke.test").await;
        let scene = &weekly.scene;
        scene.town.later(0).await;
        let one = Reply { partstat: "DECLINED", more: SECOND, ..weekly.yes() };
        assert_eq!(scene.hears(&one).await, "APPLIED");
        assert_eq!(weekly.states().await, ["sent", "declined", "sent", "sent"]);
        let all = Reply { stamp: "20261122T101000Z", ..weekly.yes() };
        assert_eq!(scene.hears(&all).await, "APPLIED");
        assert_eq!(weekly.states().await, ["accepted", "accepted", "accepted", "accepted"]);

        // Somebody else: a question, which stands with the others on the page of each date.
        let eve = Reply { attendee: "eve@example.org", from: "eve@example.org", ..weekly.yes() };
        scene.brings(&eve.mime()).await.unwrap();
        // Who is not believed enters no directory.
        let keys = scene.town.app.journal().keys();
        let mallory = "mallory@example.org";
        let lie = Reply { attendee: mallory, from: mallory, headers: "", ..weekly.yes() };
        scene.brings(&lie.mime()).await.unwrap();
        assert_eq!(due(&scene.town.app).await.unwrap(), 2);
        assert_eq!(keys.known(mallory).await.unwrap(), None);
        assert!(keys.known("eve@example.org").await.unwrap().is_some());
        let (db, hub) = (scene.town.app.journal().db(), scene.town.hub.to_string());
        for event in weekly.events.iter().take(2) {
            let rows = view::decided(db, &hub, &event.to_string()).await.unwrap();
            let of_strangers: Vec<_> =
                rows.iter().filter(|row| row.about == weekly.series.to_string()).collect();
            assert_eq!(of_strangers.len(), 2, "{rows:?}");
            let asks = |row: &&view::Decided| row.verdict.as_deref() == Some("asks-to-attend");
            assert_eq!(of_strangers.into_iter().filter(asks).count(), 1);
            assert_eq!(rows.len(), 4, "and her own two answers");
        }
    })
    .await;
}

#[tokio::test]
async fn a_series_moves_to_another_calendar_as_one() {
    both(|app| async move {
        let weekly = Weekly::at(app, "").await;
        let scene = &weekly.scene;
        scene.town.later(0).await;
        scene.moves_to("soup@new.example").await;
        scene.town.later(1).await;
        scene.town.later(1).await;
        let objects = |letters: Vec<mail::testing::Received>, method: &'static str| {
            let told = letters.into_iter().filter(|one| one.letter().calendar.is_some());
            let told = told.map(|one| ics(&one));
            told.filter(|ics| ics.contains(method)).collect::<Vec<String>>()
        };
        let gone = objects(scene.town.inbox("soup@example.org").await, "METHOD:CANCEL\r\n");
        let come = objects(scene.town.inbox("soup@new.example").await, "METHOD:REQUEST\r\n");
        assert_eq!((gone.len(), come.len()), (1, 1), "one letter each");
        for object in gone.iter().chain(&come) {
            assert!(object.contains(&format!("UID:{}@convoke.test", weekly.series)), "{object}");
            assert!(object.contains("RRULE:FREQ=WEEKLY;COUNT=4"), "{object}");
            assert!(!object.contains("RECURRENCE-ID"), "{object}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_answer_counts_until_she_is_asked_anew() {
    both(|app| async move {
        let weekly = Weekly::at(app, "").await;
        let Weekly { scene, series, events, .. } = &weekly;
        let series = *series;
        scene.town.later(0).await;
        let starts = wall("2026-12-07T19:00").time();
        let slot = Slot { starts, minutes: 60, venue: Some(exchange()), link: None };
        scene.town.does(ChangeSeries { series, words: None, slot: Some(slot) }).await;
        // The series is version 1 now, and each of its dates 1 + 1.
        let old = Reply { stamp: "20261122T100600Z", ..weekly.yes() };
        assert_eq!(scene.hears(&old).await, "STALE STALE_REPLY", "to another time");
        let all = Reply { sequence: 1, stamp: "20261122T100700Z", ..weekly.yes() };
        assert_eq!(scene.hears(&all).await, "APPLIED");
        assert_eq!(weekly.states().await, ["accepted"; 4]);

        // It goes on for longer, which asks nobody anew.
        let more = (0..60).map(|_| scene.town.app.id()).collect();
        let rule = "FREQ=WEEKLY;COUNT=5".to_owned();
        scene.town.does(crate::series::ExtendSeries { series, rule, events: more }).await;
        let one = Reply {
            partstat: "DECLINED",
            sequence: 2,
            stamp: "20261122T100800Z",
            more: SECOND,
            ..weekly.yes()
        };
        assert_eq!(scene.hears(&one).await, "APPLIED");
        assert_eq!(weekly.states().await, ["accepted", "declined", "accepted", "accepted"]);

        // One date is moved by itself: what was said of it before is to another time.
        scene.town.moves(events[2], "2026-12-22T20:00", "2026-12-22T21:00").await;
        let third = "RECURRENCE-ID:20261221T180000Z\r\n";
        let before = Reply { stamp: "20261122T100900Z", more: third, ..one };
        assert_eq!(scene.hears(&before).await, "STALE STALE_REPLY");
        let now = Reply { sequence: 4, stamp: "20261122T101000Z", ..before };
        assert_eq!(scene.hears(&now).await, "APPLIED");
    })
    .await;
}
