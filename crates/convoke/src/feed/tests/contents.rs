//! Which events a feed holds, and in which words.

use chrono::TimeDelta;

use super::*;
use crate::event::CancelEvent;
use crate::issue::{IssueId, MergeIssue};
use crate::network::OpenHub;
use crate::testing::both;

#[tokio::test]
async fn a_feed_is_written_in_four_languages_and_says_what_is_cancelled_before_its_name() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        let event = stand.town.evening().await;
        let off = stand.town.event("Boilers", "2026-12-08T18:30", "2026-12-08T21:00", 9).await;
        stand.town.does(CancelEvent { event: off, reason: "Snow".into() }).await;
        let texts = [
            ("en", "Cancelled: Boilers", "Events of Hub Westminster"),
            ("nl", "Afgelast: Boilers", "Evenementen van Hub Westminster"),
            ("tr", "İptal edildi: Boilers", "Hub Westminster etkinlikleri"),
            ("ko", "취소: Boilers", "Hub Westminster 행사"),
        ];
        let mut tags = std::collections::BTreeSet::new();
        for (lang, cancelled, about) in texts {
            let answer = stand.gets(&format!("{HUB}?lang={lang}")).await;
            assert_eq!(answer.values("SUMMARY"), ["Heat in our homes", cancelled]);
            assert_eq!(answer.values("STATUS"), ["CONFIRMED", "CANCELLED"]);
            assert_eq!(answer.values("SEQUENCE"), ["0", "1"]);
            assert_eq!(answer.values("X-WR-CALDESC"), [about]);
            assert_eq!(answer.values("X-WR-CALNAME"), ["Hub Westminster"]);
            let uids = [event, off].map(|event| format!("{event}@convoke.test"));
            assert_eq!(answer.values("UID"), uids);
            tags.insert(answer.header("etag").to_owned());
        }
        assert_eq!(tags.len(), 4, "each has a validator of its own");
        let own = stand.gets(HUB).await;
        assert_eq!(own.values("SUMMARY")[1], "Cancelled: Boilers", "the hub's own language");
        let busy = stand.gets(&format!("{HUB}?detail=busy&lang=nl")).await;
        assert_eq!(busy.values("SUMMARY"), ["Bezet", "Bezet"]);
        assert!(!busy.text().contains("Boilers") && !busy.text().contains("Exchange"));
    })
    .await;
}

#[tokio::test]
async fn times_are_utc_and_the_head_says_when_to_come_back() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        stand.town.evening().await;
        stand.town.event("Summer", "2027-07-01T18:30", "2027-07-01T21:00", 9).await;
        stand.imports(1).await;
        let answer = stand.gets(HUB).await;
        assert_eq!(answer.values("DTSTART"), ["20261204T183000Z", "20270701T173000Z"]);
        assert_eq!(answer.values("DTEND"), ["20261204T210000Z", "20270701T200000Z"]);
        assert_eq!(answer.values("DTSTART;VALUE=DATE"), ["20261201"]);
        assert_eq!(answer.values("DTEND;VALUE=DATE"), ["20261202"]);
        assert_eq!(answer.values("X-WR-TIMEZONE"), ["Europe/London"]);
        assert_eq!(answer.values("REFRESH-INTERVAL;VALUE=DURATION"), ["PT1H"]);
        let stamps = ["20261122T100000Z"; 3];
        assert_eq!(answer.values("DTSTAMP"), stamps);
        assert_eq!(answer.values("CREATED"), stamps);
        assert_eq!(
            answer.values("SOURCE;VALUE=URI"),
            ["http://127.0.0.1:8080/feeds/hub/westminster.ics"]
        );
        let places = answer.values("LOCATION");
        assert!(places.contains(&r"Exchange Place\, 1 Market Square\; rear door\, London".into()));
    })
    .await;
}

#[tokio::test]
async fn a_cancelled_event_stays_for_thirty_days_or_until_it_would_be_over() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        let near = stand.town.event("Near", "2026-11-25T18:30", "2026-11-25T21:00", 9).await;
        let far = stand.town.event("Far", "2027-02-20T18:30", "2027-02-20T21:00", 9).await;
        for event in [near, far] {
            stand.town.does(CancelEvent { event, reason: "Snow".into() }).await;
        }
        let shown = async || stand.gets(HUB).await.values("SUMMARY");
        let both = ["Cancelled: Near", "Cancelled: Far"];
        assert_eq!(shown().await, both);
        stand.town.app.world.pass(TimeDelta::days(30));
        assert_eq!(shown().await, both, "longer than it would have taken");
        stand.town.app.world.pass(TimeDelta::days(2));
        assert_eq!(shown().await, ["Cancelled: Far"], "it is still to come");
        stand.town.app.world.pass(TimeDelta::days(60));
        assert!(shown().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_window_and_the_filters_choose_among_the_public_events() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        let evening = stand.town.evening().await;
        stand.town.event("Next year", "2027-12-01T18:30", "2027-12-01T21:00", 9).await;
        stand.town.does(CancelEvent { event: evening, reason: "Snow".into() }).await;
        let draft = crate::event::ProposeEvent {
            hub: stand.town.hub,
            event: stand.town.app.id(),
            issue: Some(stand.town.issue),
            need: None,
            title: "A draft".into(),
            purpose: "Nobody knows yet.".into(),
            format: crate::event::Format::Evening,
            mode: Mode::InPerson,
            host: None,
        };
        stand.town.does(draft).await;
        stand.imports(1).await;
        let count =
            async |query: &str| stand.gets(&format!("{HUB}?{query}")).await.values("SUMMARY").len();
        assert_eq!(count("").await, 3, "what is public");
        assert_eq!(count("ahead=100").await, 2);
        assert_eq!(count("ahead=0").await, 0);
        assert_eq!(count("status=cancelled").await, 1);
        assert_eq!(count("status=confirmed").await, 2);
        assert_eq!(count("status=tentative").await, 0);
        assert_eq!(count("tag=cold-homes").await, 2);
        assert_eq!(count("tag=cold-homes&status=cancelled&ahead=20").await, 1);
        stand.town.app.world.pass(TimeDelta::days(40));
        assert_eq!(count("past=0&ahead=30").await, 0);
        assert_eq!(count("past=60&ahead=30&status=confirmed").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_merged_issue_keeps_its_address_and_shows_the_events_of_both() {
    both(|app| async move {
        let mut stand = Stand::new(app).await;
        stand.town.evening().await;
        let (kept, damp): (IssueId, IssueId) = (stand.town.issue, stand.town.app.id());
        stand.town.proposes(damp, "Damp walls").await;
        stand.town.issue = damp;
        stand.town.event("Mould", "2026-12-09T18:30", "2026-12-09T21:00", 9).await;
        let old = "/feeds/issue/damp-walls.ics";
        let before = stand.gets(old).await;
        assert_eq!(before.values("SUMMARY"), ["Mould"]);
        stand.town.app.world.pass(TimeDelta::seconds(5));
        stand.town.does(MergeIssue { issue: damp, into: kept }).await;
        let held = before.header("etag");
        let answer = stand.asks(old, &[("if-none-match", held)]).await;
        assert_eq!(answer.values("SUMMARY"), ["Heat in our homes", "Mould"], "not a redirect");
        assert_eq!(answer.values("X-WR-CALNAME"), ["Cold homes – Hub Westminster"]);
        assert_ne!(answer.header("etag"), held);
        let new = stand.gets("/feeds/issue/cold-homes.ics").await;
        assert_eq!(new.values("UID"), answer.values("UID"));
        let tagged = stand.gets(&format!("{HUB}?tag=damp-walls")).await;
        assert_eq!(tagged.values("UID"), answer.values("UID"));
    })
    .await;
}

#[tokio::test]
async fn an_issue_that_two_hubs_have_is_asked_for_with_its_hub() {
    both(|app| async move {
        let mut stand = Stand::new(app).await;
        stand.town.evening().await;
        let hub = stand.town.app.id();
        let open = OpenHub {
            hub,
            name: "Hub Leith".into(),
            slug: "leith".into(),
            zone: london(),
            locales: vec!["en".into()],
        };
        stand.town.app.admin_does(None, open).await;
        (stand.town.hub, stand.town.issue) = (hub, stand.town.app.id());
        stand.town.proposes(stand.town.issue, "Cold homes").await;
        stand.town.event("Ceilidh", "2026-12-09T18:30", "2026-12-09T21:00", 9).await;
        let path = "/feeds/issue/cold-homes.ics";
        let unclear = stand.gets(path).await;
        assert_eq!(unclear.status, StatusCode::BAD_REQUEST);
        assert!(unclear.text().contains("?hub="), "{}", unclear.text());
        let one = stand.gets(&format!("{path}?hub=leith")).await;
        assert_eq!(one.values("SUMMARY"), ["Ceilidh"]);
        let same = stand.gets("/feeds/hub/leith/issue/cold-homes.ics").await;
        assert_eq!(same.values("UID"), one.values("UID"));
        assert_eq!(stand.gets(HUB).await.values("SUMMARY"), ["Heat in our homes"]);
    })
    .await;
}
