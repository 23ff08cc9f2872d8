//! A hackathon as everybody, as its participants and as a team see it.

use chrono::TimeDelta;
use kernel::{PersonId, Personal};

use super::*;
use crate::calendar_link::Feed;
use crate::event::EventId;
use crate::hackathon::acts::{
    CancelHackathon, CreateHackathon, OpenTeamFormation, PauseClock, StartHacking,
};
use crate::hackathon::{HackathonId, Rules, Scope, TeamId};
use crate::roster::acts::{EnrolParticipant, FoundTeam, LeaveTeam};
use crate::roster::organise::{ExtendClock, LockRosters};
use crate::roster::{JoinCode, ParticipantId};
use crate::testing::both;

/// A weekend, and two who take part in it.
struct Weekend {
    stand: Stand,
    event: EventId,
    hackathon: HackathonId,
    ada: (PersonId, ParticipantId),
    bea: (PersonId, ParticipantId),
    team: TeamId,
}

impl Weekend {
    async fn new(app: TestApp) -> Self {
        let stand = Stand::new(app).await;
        // The clocks change on the last Sunday of March: 48 hours are 49 on the wall.
        let event =
            stand.town.event("Hack the heat", "2027-03-26T18:00", "2027-03-28T19:00", 9).await;
        let hackathon = stand.town.app.id();
        let rules = Rules { team_min: 1, team_max: 4 };
        stand.town.does(CreateHackathon { event, hackathon, rules, duration_s: 48 * 3600 }).await;
        stand.town.does(OpenTeamFormation { hackathon, expected_version: None }).await;
        let ada = enrols(&stand, event, hackathon, "ada@example.org").await;
        let bea = enrols(&stand, event, hackathon, "bea@example.org").await;
        let team = stand.town.app.id();
        let found = FoundTeam {
            hackathon,
            team,
            founder: ada.1,
            name: "Solar, Street".into(),
            idea: None,
            code: JoinCode::of([7; 8]),
        };
        stand.town.does(found).await;
        Self { stand, event, hackathon, ada, bea, team }
    }

    fn public(&self) -> String {
        format!("/feeds/hackathon/{}.ics", self.hackathon)
    }

    async fn starts(&self) {
        let hackathon = self.hackathon;
        self.stand.town.does(LockRosters { hackathon }).await;
        self.stand.town.does(StartHacking { hackathon, at: None }).await;
    }
}

async fn enrols(
    stand: &Stand,
    event: EventId,
    hackathon: HackathonId,
    address: &str,
) -> (PersonId, ParticipantId) {
    let registration = stand.town.registers(event, "A person", address, "en").await;
    let person = stand.town.app.journal().keys().person_of(address).await.unwrap();
    let participant = stand.town.app.id();
    let enrol = EnrolParticipant {
        hackathon,
        participant,
        person,
        registration,
        name: Personal::new(person, "A person".to_owned()),
        skills: Personal::new(person, vec![]),
        wishes: Personal::new(person, vec![]),
    };
    stand.town.does(enrol).await;
    (person, participant)
}

#[tokio::test]
async fn everybody_sees_when_a_hackathon_begins_and_when_it_closes() {
    both(|app| async move {
        let weekend = Weekend::new(app).await;
        let stand = &weekend.stand;
        let planned = stand.gets(&weekend.public()).await;
        let names =
            ["Hack the heat", "Kick-off: Hack the heat", "Submissions close: Hack the heat"];
        assert_eq!(planned.values("SUMMARY"), names);
        assert_eq!(planned.values("STATUS"), ["CONFIRMED", "TENTATIVE", "TENTATIVE"]);
        assert_eq!(planned.values("TRANSP"), ["TRANSPARENT"; 3]);
        // 48 hours of the clock, across the night in which an hour is missing.
        assert_eq!(
            planned.values("DTEND"),
            ["20270328T180000Z", "20270326T181500Z", "20270328T180000Z"]
        );
        let event = format!("{}@convoke.test", weekend.event);
        let hackathon = weekend.hackathon;
        let uids = [
            event.clone(),
            format!("{hackathon}-kick-off@convoke.test"),
            format!("{hackathon}-submissions@convoke.test"),
        ];
        assert_eq!(planned.values("UID"), uids);
        assert_eq!(planned.values("RELATED-TO;RELTYPE=PARENT"), [event.clone(), event.clone()]);
        assert_eq!(planned.header("cache-control"), "public, max-age=300");
        assert_eq!(calendar::check::lint_feed(&planned.body), []);
        let by_event = stand.gets(&format!("/feeds/hackathon/{}.ics", weekend.event)).await;
        assert_eq!(by_event.body, planned.body);
        let tag = planned.header("etag").to_owned();
        let held = [("if-none-match", tag.as_str())];
        assert_eq!(stand.asks(&weekend.public(), &held).await.status, StatusCode::NOT_MODIFIED);
        assert_eq!(
            stand.gets(&format!("{}?past=3", weekend.public())).await.status,
            StatusCode::BAD_REQUEST
        );
        assert_eq!(stand.gets("/feeds/hackathon/nothing.ics").await.status, StatusCode::NOT_FOUND);

        stand.town.app.world.pass(TimeDelta::minutes(20));
        weekend.starts().await;
        let runs = stand.asks(&weekend.public(), &held).await;
        assert_eq!(runs.status, StatusCode::OK);
        let mut statuses = runs.values("STATUS");
        statuses.dedup();
        assert_eq!(statuses, ["CONFIRMED"]);
        let summary = runs.values("SUMMARY");
        assert!(summary.contains(&"Teams are settled: Hack the heat".to_owned()), "{summary:?}");
        assert!(runs.calendar().contains("DTEND:20261124T102000Z"), "the clock's own deadline");
        assert_eq!(calendar::check::lint_versions(&planned.body, &runs.body), []);
        stand.town.does(PauseClock { hackathon }).await;
        assert!(stand.gets(&weekend.public()).await.values("STATUS").contains(&"TENTATIVE".into()));
        let reason = Personal::new(weekend.ada.0, "Flood".to_owned());
        stand.town.does(CancelHackathon { hackathon, reason, expected_version: None }).await;
        let off = stand.gets(&weekend.public()).await;
        let cancelled = off.values("STATUS").iter().filter(|one| *one == "CANCELLED").count();
        assert_eq!(cancelled, 3, "{:?}", off.values("SUMMARY"));
        assert!(off.values("SUMMARY").contains(&"Cancelled: Kick-off: Hack the heat".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_team_has_its_own_deadline_and_who_leaves_finds_its_calendar_ended() {
    both(|app| async move {
        let weekend = Weekend::new(app).await;
        let (stand, hackathon, team) = (&weekend.stand, weekend.hackathon, weekend.team);
        let of_team = stand.link(weekend.ada.0, Feed::Team { hackathon, team }).await;
        let of_part = stand.link(weekend.bea.0, Feed::Hackathon { hackathon }).await;
        let of_ada = stand.link(weekend.ada.0, Feed::Personal).await;
        weekend.starts().await;
        let reason = Personal::new(weekend.ada.0, "The Wi-Fi was down".to_owned());
        let extend = ExtendClock { hackathon, by_s: 3_600, scope: Scope::Team(team), reason };
        stand.town.does(extend).await;

        let team_feed = stand.gets(&of_team).await;
        assert_eq!(team_feed.values("X-WR-CALNAME"), [r"Solar\, Street – Hack the heat"]);
        let own_uid = format!("{team}-submissions@convoke.test");
        assert!(team_feed.values("UID").contains(&own_uid));
        assert!(team_feed.values("DTEND").contains(&"20261124T110000Z".to_owned()), "an hour more");
        let mut classes = team_feed.values("CLASS");
        classes.dedup();
        assert_eq!(classes, ["PRIVATE"]);
        let part_feed = stand.gets(&of_part).await;
        assert!(part_feed.values("DTEND").contains(&"20261124T100000Z".to_owned()));
        assert_eq!(part_feed.values("X-WR-CALNAME"), [r"Hack the heat\, for participants"]);
        let personal = stand.gets(&of_ada).await;
        assert_eq!(personal.values("UID").iter().filter(|uid| **uid == own_uid).count(), 1);
        for answer in [&team_feed, &part_feed, &personal] {
            assert_eq!(calendar::check::lint_feed(&answer.body), []);
            assert_eq!(answer.header("x-robots-tag"), "noindex");
            assert!(!answer.calendar().contains("SOURCE"));
        }
        // The umbrella takes time, the moments in it do not.
        let busy = stand.gets(&format!("{of_team}?detail=busy")).await;
        assert_eq!(busy.values("SUMMARY"), ["Busy"]);
    })
    .await;
}

#[tokio::test]
async fn who_leaves_a_team_loses_its_calendar_though_her_address_is_the_same() {
    both(|app| async move {
        let weekend = Weekend::new(app).await;
        let (stand, hackathon, team) = (&weekend.stand, weekend.hackathon, weekend.team);
        let of_team = stand.link(weekend.ada.0, Feed::Team { hackathon, team }).await;
        let before = stand.gets(&of_team).await;
        assert_eq!(before.values("SUMMARY").len(), 3);
        stand.town.app.world.pass(TimeDelta::minutes(3));
        stand.town.does(LeaveTeam { hackathon, team, participant: weekend.ada.1 }).await;
        let held = [("if-none-match", before.header("etag"))];
        let after = stand.asks(&of_team, &held).await;
        assert_eq!(after.values("X-WR-CALNAME"), ["Access ended"]);
        assert!(after.values("UID").is_empty());
        let since = [("if-modified-since", before.header("last-modified"))];
        assert_eq!(stand.asks(&of_team, &since).await.status, StatusCode::OK);
        stand.town.app.world.pass(TimeDelta::days(31));
        assert_eq!(stand.gets(&of_team).await.status, StatusCode::GONE);
    })
    .await;
}
