//! Letters about what is done to a whole series: each guest hears once, whatever else she was asked
//! to, and of the time it has now.

use super::*;
use crate::event::decider::Description;
use crate::event::{EventId, Format};
use crate::invitation::Answer;
use crate::series::invite::SeriesGuest;
use crate::series::{
    ChangeSeries, EndSeries, ExtendSeries, Idea, InviteToSeries, PlanSeries, PublishSeries,
    SeriesId, Slot,
};
use crate::testing::both;
use crate::work::testing::{Ngo, exchange, london, wall};

/// Four Mondays at six, from 7 December 2026 on.
struct Weekly {
    town: Town,
    series: SeriesId,
    events: Vec<EventId>,
}

fn slot(from: &str) -> Slot {
    let starts = wall(&format!("2026-12-07T{from}")).time();
    Slot { starts, minutes: 60, venue: Some(exchange()), link: None }
}

fn words(access_info: &str) -> Description {
    Description {
        title: "Open hour".into(),
        purpose: "Meet who works here".into(),
        access_info: access_info.into(),
        ..Description::default()
    }
}

impl Weekly {
    async fn new(app: crate::testing::TestApp) -> Self {
        let town = Town::new(app).await;
        let series: SeriesId = town.app.id();
        let events: Vec<EventId> = (0..60).map(|_| town.app.id()).collect();
        let plan = PlanSeries {
            hub: town.hub,
            series,
            idea: Idea {
                need: Some("to know each other".into()),
                format: Format::NetworkingHour,
                ..Idea::default()
            },
            words: words(""),
            rule: "FREQ=WEEKLY;COUNT=4".into(),
            first: wall("2026-12-07T18:00"),
            zone: london(),
            slot: slot("18:00"),
            except: vec![],
            events: events.clone(),
        };
        town.does(plan).await;
        town.does(PublishSeries { series }).await;
        Self { town, series, events }
    }

    async fn invites(&self, ngo: &Ngo) {
        let guest = SeriesGuest {
            invitations: (0..60).map(|_| self.town.app.id()).collect(),
            stakeholder: ngo.stakeholder,
            person: ngo.person,
            reason: Personal::new(ngo.person, "You live next door.".to_owned()),
        };
        self.town.does(InviteToSeries { series: self.series, guests: vec![guest] }).await;
        self.town.later(1).await;
    }

    async fn extends(&self, count: usize) {
        let events = (0..60).map(|_| self.town.app.id()).collect();
        let rule = format!("FREQ=WEEKLY;COUNT={count}");
        self.town.does(ExtendSeries { series: self.series, rule, events }).await;
    }

    /// The letters of this kind to somebody: how many there are, and how many are about all of it.
    async fn told(&self, ngo: &Ngo, template: &str) -> (usize, usize) {
        let mut kept = self.town.kept_for(&ngo.address).await;
        kept.retain(|mail| mail.template == template);
        let whole = kept.iter().filter(|mail| mail.ics().contains("RRULE:FREQ=WEEKLY")).count();
        (kept.len(), whole)
    }
}

#[tokio::test]
async fn what_is_done_to_a_series_each_guest_hears_once() {
    both(|app| async move {
        let weekly = Weekly::new(app).await;
        let (town, series) = (&weekly.town, weekly.series);
        let ada = town.ngo("Ada House", "ada@example.org", "en").await;
        let bo = town.ngo("Bo House", "bo@example.org", "en").await;
        let cy = town.ngo("Cy House", "cy@example.org", "en").await;
        // Cy was asked to the next date before, and Ada has said no to it.
        town.invites(weekly.events[0], &cy).await;
        for ngo in [&ada, &bo, &cy] {
            weekly.invites(ngo).await;
        }
        town.answers(weekly.events[0], &ada, Answer::Declined).await;
        town.later(1).await;
        town.does(ChangeSeries { series, words: None, slot: Some(slot("19:00")) }).await;
        town.app.world.pass(TimeDelta::seconds(30));
        weekly.extends(6).await;
        town.plans(121).await;
        assert_eq!(weekly.told(&ada, "event-updated").await, (1, 1), "of the dates she may go to");
        assert_eq!(weekly.told(&bo, "event-updated").await, (1, 1));
        assert_eq!(weekly.told(&cy, "event-updated").await, (2, 1), "and of what she was asked to");
        town.later(1).await;

        town.does(EndSeries { series, reason: "We move out.".into() }).await;
        town.plans(121).await;
        assert_eq!(weekly.told(&ada, "event-cancelled").await, (1, 1));
        assert_eq!(weekly.told(&bo, "event-cancelled").await, (1, 1));
        assert_eq!(weekly.told(&cy, "event-cancelled").await, (2, 1));
    })
    .await;
}

#[tokio::test]
async fn a_date_that_keeps_its_time_does_not_speak_for_the_others() {
    both(|app| async move {
        let weekly = Weekly::new(app).await;
        let (town, series) = (&weekly.town, weekly.series);
        let bo = town.ngo("Bo House", "bo@example.org", "en").await;
        weekly.invites(&bo).await;
        town.moves(weekly.events[0], "2026-12-06T12:00", "2026-12-06T13:00").await;
        town.later(121).await;
        assert_eq!(weekly.told(&bo, "event-updated").await, (1, 0), "of that date alone");
        let words = Some(words("Ring twice."));
        town.does(ChangeSeries { series, words, slot: Some(slot("19:00")) }).await;
        town.later(121).await;
        assert_eq!(weekly.told(&bo, "event-updated").await, (2, 1));
    })
    .await;
}

#[tokio::test]
async fn who_is_invited_again_gets_one_letter_from_the_same_address() {
    both(|app| async move {
        let weekly = Weekly::new(app).await;
        let bo = weekly.town.ngo("Bo House", "bo@example.org", "en").await;
        weekly.invites(&bo).await;
        weekly.extends(6).await;
        weekly.invites(&bo).await;
        let kept = weekly.town.kept_for(&bo.address).await;
        let asked: Vec<_> = kept.iter().filter(|mail| mail.template == "invitation").collect();
        assert_eq!(asked.len(), 2);
        let organizers = |mail: &Kept| mail.lines(&["ORGANIZER"]);
        assert_eq!(organizers(asked[0]), organizers(asked[1]));
    })
    .await;
}
