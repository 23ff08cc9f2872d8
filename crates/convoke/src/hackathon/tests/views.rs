//! The rows after each fact, the clock a page shows, and the timer.

use kernel::Effect;

use super::lab::{happened, hub, is_rebuilt_alike};
use super::*;
use crate::app::relay::PageArgs;
use crate::hackathon::acts::{PauseClock, ResumeClock};
use crate::hackathon::view;
use crate::testing::{TestApp, both};

async fn row(app: &TestApp) -> view::HackathonRow {
    view::hackathon(app.journal().db(), &ten().to_string()).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_row_follows_its_hackathon_from_plan_to_lock() {
    both(|app| async move {
        happened::<Hackathon>(&app, ten(), [created()]).await;
        let planned = row(&app).await;
        assert_eq!((planned.phase(), planned.version), (Phase::Drafted, 1));
        assert_eq!(
            (planned.journal.as_str(), planned.duration_s),
            (hub().to_string().as_str(), i64::from(DURATION_S))
        );
        assert_eq!((planned.deadline(), planned.team_min, planned.team_max), (None, 2, 5));
        let facts = [
            Fact::RulesSet { team_min: 1, team_max: 4 },
            Fact::TeamFormationOpened {},
            Fact::RosterLocked { under_sized: 2, unplaced: 7 },
        ];
        happened::<Hackathon>(&app, ten(), facts).await;
        let locked = row(&app).await;
        assert_eq!((locked.phase(), locked.version), (Phase::Locked, 4));
        assert_eq!((locked.team_min, locked.team_max), (1, 4));
        assert_eq!((locked.under_sized, locked.unplaced), (Some(2), Some(7)));
        assert_eq!((locked.changed_position, locked.created_at), (4, planned.created_at));
        is_rebuilt_alike(&app).await;
    })
    .await;
}

#[tokio::test]
async fn the_clock_of_the_row_is_the_clock_of_the_decider() {
    both(|app| async move {
        happened::<Hackathon>(&app, ten(), locked()).await;
        app.admin_does(Some(hub()), StartHacking { hackathon: ten(), at: None }).await;
        let mut clock = Clock::started(noon(), DURATION_S);
        assert_eq!(row(&app).await.clock(&[]), Some(clock.clone()));
        assert_eq!(row(&app).await.deadline(), Some(end()));

        let pause = noon() + Duration::milliseconds(1_234_567);
        app.world.pass(Duration::milliseconds(1_234_567));
        app.admin_does(Some(hub()), PauseClock { hackathon: ten() }).await;
        clock.pause(pause);
        assert_eq!(row(&app).await.clock(&[]), Some(clock.clone()));
        assert_eq!(row(&app).await.phase(), Phase::Paused);

        app.world.pass(Duration::minutes(5));
        app.admin_does(Some(hub()), ResumeClock { hackathon: ten() }).await;
        clock.resume(300_000);
        let given = [(60, Scope::All), (600, Scope::Team(id(7))), (30, Scope::Team(id(7)))].map(
            |(by_s, scope)| {
                clock.extend(by_s, scope.team());
                let freezes_at = clock.freezes_at();
                Fact::ClockExtended { by_s, scope, reason: reason("Storm"), freezes_at }
            },
        );
        happened::<Hackathon>(&app, ten(), given).await;
        let extensions =
            view::extensions_of(app.journal().db(), &[ten().to_string()]).await.unwrap();
        let team = extensions.iter().map(|one| (one.by_s, one.team.is_some())).collect::<Vec<_>>();
        assert_eq!(team, [(60, false), (600, true), (30, true)]);
        assert_eq!(extensions[0].reason.as_deref(), Some("Storm"));
        let row = row(&app).await;
        assert_eq!(row.clock(&extensions), Some(clock.clone()));
        assert_eq!(row.freezes_at.map(journal::instant), Some(clock.freezes_at()));
        assert_eq!(row.phase(), Phase::Hacking);
        is_rebuilt_alike(&app).await;
    })
    .await;
}

#[tokio::test]
async fn an_end_is_shown_with_its_reason() {
    both(|app| async move {
        happened::<Hackathon>(&app, ten(), hacking()).await;
        happened::<Hackathon>(&app, ten(), [Fact::SubmissionsFrozen { deadline: end() }]).await;
        assert_eq!(row(&app).await.phase(), Phase::Frozen);
        let off: HackathonId = id(11);
        let cancelled = Fact::HackathonCancelled { reason: reason("Flood") };
        happened::<Hackathon>(&app, off, [created(), cancelled]).await;
        let both =
            view::hackathons_by_id(app.journal().db(), &[off.to_string(), "hackathon_x".into()])
                .await;
        let off = &both.unwrap()[0];
        assert_eq!(
            (off.phase(), off.cancelled_reason.as_deref()),
            (Phase::Cancelled, Some("Flood"))
        );
        is_rebuilt_alike(&app).await;
    })
    .await;
}

#[tokio::test]
async fn hackathons_are_listed_by_hub_and_by_event() {
    both(|app| async move {
        for n in 10..15 {
            let hackathon: HackathonId = id(n);
            happened::<Hackathon>(&app, hackathon, [created()]).await;
        }
        let event: EventId = id(2);
        let of_event =
            view::hackathons_of_events(app.journal().db(), &[event.to_string()]).await.unwrap();
        assert_eq!(of_event.len(), 5);
        let window =
            PageArgs { first: Some(2), ..PageArgs::default() }.window("l", &view::OF_HUB, false);
        let window = window.unwrap();
        let rows: Vec<view::HackathonRow> = app
            .journal()
            .db()
            .all(window.sql(&view::OF_HUB), window.args(&hub().to_string(), []))
            .await
            .unwrap();
        let newest: Vec<_> = of_event.iter().rev().take(3).cloned().collect();
        assert_eq!(rows, newest, "one more than the page, to know whether there are more");
    })
    .await;
}

fn effects_of(fact: Fact) -> Vec<Effect> {
    react(&recorded::<Hackathon>(ten(), fact))
}

#[test]
fn whatever_moves_the_end_sets_the_timer_anew() {
    let freeze = FreezeSubmissions { hackathon: ten() };
    let timer = Effect::timer(end(), format!("freeze/{}", ten()), &freeze);
    assert!(timer.supersedes);
    let resumed = Fact::ClockResumed { at: noon(), paused_ms: 0, freezes_at: end() };
    let extended = Fact::ClockExtended {
        by_s: 60,
        scope: Scope::All,
        reason: reason("Storm"),
        freezes_at: end(),
    };
    for fact in [started(), resumed, extended] {
        assert_eq!(effects_of(fact), std::slice::from_ref(&timer));
    }
    let told = effects_of(Fact::HackathonCancelled { reason: reason("Flood") });
    assert_eq!(told[0].body["template"], "hackathon-cancelled");
    for fact in Fact::samples().into_iter().take(4) {
        assert_eq!(effects_of(fact), []);
    }
}
