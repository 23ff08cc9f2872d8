//! What a feed refuses, and where it ends.

use super::*;
use crate::testing::{both, sqlite};

#[tokio::test]
async fn a_filter_that_is_none_is_refused_by_name() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        stand.town.evening().await;
        let held = stand.gets(HUB).await.header("etag").to_owned();
        let cases = [
            ("past=366", "past"),
            ("ahead=-1", "ahead"),
            ("lang=fr", "lang"),
            ("detail=all", "detail"),
            ("status=CONFIRMED", "status"),
            ("tag=no%20such", "tag"),
            ("tag=no-such", "no-such"),
            ("alarm=10", "alarm"),
            ("utm_source=x", "utm_source"),
            ("past=1&past=1", "past"),
            ("hub=westminster", "hub"),
        ];
        for (query, named) in cases {
            let path = format!("{HUB}?{query}");
            // Nobody holds an answer to a question that makes no sense.
            for lines in [&[][..], &[("if-none-match", held.as_str())]] {
                let answer = stand.asks(&path, lines).await;
                assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
                assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
                assert!(answer.text().contains(&format!("“{named}”")), "{}", answer.text());
            }
        }
        let of_issue = stand.gets("/feeds/issue/cold-homes.ics?tag=cold-homes").await;
        assert_eq!(of_issue.status, StatusCode::BAD_REQUEST);
        assert!(of_issue.text().contains("“tag”"), "{}", of_issue.text());
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_is_not_found_and_only_reading_is_allowed() {
    sqlite(|app| async move {
        let stand = Stand::new(app).await;
        for path in [
            "/feeds/hub/nowhere.ics",
            "/feeds/hub/westminster",
            "/feeds/hub/.ics",
            "/feeds/issue/nothing.ics",
            "/feeds/hub/nowhere/issue/cold-homes.ics",
            "/feeds/hub/westminster/issue/nothing.ics",
            "/feeds/hub/%27%20OR%201=1.ics",
        ] {
            assert_eq!(stand.gets(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let post = stand.sends(Method::POST, HUB, &[]).await;
        assert_eq!(post.status, StatusCode::METHOD_NOT_ALLOWED);
        let empty = stand.gets(HUB).await;
        assert!(empty.values("UID").is_empty(), "a hub without events has an empty calendar");
    })
    .await;
}

#[tokio::test]
async fn a_feed_ends_at_a_thousand_events_and_says_how_many_it_leaves_out() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        stand.imports(1_003).await;
        let answer = stand.gets(HUB).await;
        let names = answer.values("SUMMARY");
        assert_eq!(names.len(), calendar::FEED_EVENTS_MAX);
        assert!(answer.body.len() <= calendar::FEED_OCTETS_MAX, "{} octets", answer.body.len());
        // The farthest are left out, and the rest is in the order of time.
        assert!(names[0].starts_with("Open day 000"), "{}", names[0]);
        assert!(!names.iter().any(|name| name.starts_with("Open day 1002")));
        assert_eq!(
            answer.values("X-WR-CALDESC"),
            ["Events of Hub Westminster · 3 events not shown"]
        );
        let narrow = stand.gets(&format!("{HUB}?ahead=30")).await;
        assert!(narrow.values("X-WR-CALDESC")[0].ends_with("Westminster"));
    })
    .await;
}
