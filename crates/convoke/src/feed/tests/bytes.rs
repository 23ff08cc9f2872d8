//! The same facts give the same bytes, and whoever has them is told so by one statement.

use chrono::TimeDelta;

use super::super::ask::{Ask, Which};
use super::super::public::feed;
use super::*;
use crate::event::CancelEvent;
use crate::testing::both;

#[tokio::test]
async fn the_same_facts_give_the_same_bytes_after_a_rebuild_and_in_another_process() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        let moved = stand.town.evening().await;
        stand.town.moves(moved, "2026-12-05T18:30", "2026-12-05T21:00").await;
        let cancelled =
            stand.town.event("Boilers", "2026-12-06T18:30", "2026-12-06T21:00", 9).await;
        stand.town.does(CancelEvent { event: cancelled, reason: "Snow; ice, too".into() }).await;
        stand.imports(3).await;
        stand.town.app.world.pass(TimeDelta::seconds(1));
        let issue = "/feeds/hub/westminster/issue/cold-homes.ics";
        let before = [stand.gets(HUB).await, stand.gets(issue).await];
        assert_eq!(before[0].values("SUMMARY").len(), 5);
        assert_eq!(before[1].values("SUMMARY").len(), 2);

        let journal = stand.town.app.journal().clone();
        for name in ["network", &stand.town.hub.to_string()] {
            assert_eq!(journal.rebuild(name, &|_, _| ()).await.unwrap().changed, 0);
        }
        // The clock of the server is no part of a feed, but for the day.
        stand.town.app.world.pass(TimeDelta::hours(3));
        let other = Stand::of(stand.town);
        for (before, path) in before.iter().zip([HUB, issue]) {
            let after = other.gets(path).await;
            assert_eq!(after.text(), before.text());
            assert_eq!(after.header("etag"), before.header("etag"));
            assert_eq!(after.header("last-modified"), before.header("last-modified"));
        }
        assert_eq!(other.shelf.assembled(), 2, "nothing came from the first one's shelf");
    })
    .await;
}

#[tokio::test]
async fn an_unchanged_feed_costs_one_statement_or_none_and_renders_nothing() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        stand.town.evening().await;
        stand.town.app.world.pass(TimeDelta::seconds(1));
        let app = &stand.town.app.app;
        let ask = Ask::read(Which::Hub("westminster".into()), "").unwrap();
        let issue = Which::Issue { hub: None, slug: "cold-homes".into() };
        let issue = Ask::read(issue, "lang=ko&past=30").unwrap();
        // Which hub an issue is of may change without a fact of that hub.
        for (ask, is_kept) in [(ask, true), (issue, false)] {
            let shelf = Arc::new(Shelf::default());
            let db = app.journal().db().counted();
            let first = feed(app, &db, &shelf, &ask, &HeaderMap::new()).await.unwrap();
            assert!(db.statements() <= 4, "{} statements", db.statements());
            assert_eq!((shelf.rendered(), shelf.assembled()), (1, 1));
            let value = |name| first.headers()[name].to_str().unwrap().to_owned();
            let by_tag = headers(&[(header::IF_NONE_MATCH, &value("etag"))]);
            let by_date = headers(&[(header::IF_MODIFIED_SINCE, &value("last-modified"))]);
            // A start forgets the shelf, and not what a client holds.
            let shelf = Arc::new(Shelf::default());
            for (asked_before, held) in [(false, by_tag), (true, by_date)] {
                let db = app.journal().db().counted();
                let answer = feed(app, &db, &shelf, &ask, &held).await.unwrap();
                assert_eq!(answer.status(), StatusCode::NOT_MODIFIED);
                assert_eq!(db.statements(), u64::from(!(asked_before && is_kept)));
                for name in ["etag", "last-modified", "cache-control", "vary"] {
                    assert_eq!(answer.headers().get(name), first.headers().get(name), "{name}");
                }
                assert_eq!(to_bytes(answer.into_body(), 9).await.unwrap().len(), 0);
            }
            assert_eq!((shelf.rendered(), shelf.assembled()), (0, 0));
        }
    })
    .await;
}

#[tokio::test]
async fn validators_move_with_facts_and_with_the_day_and_a_tag_wins_over_a_date() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        let event = stand.town.evening().await;
        let early = stand.gets(HUB).await;
        let told = early.header("last-modified");
        assert_eq!(told, "Sun, 22 Nov 2026 09:59:59 GMT", "more may happen in this second");
        stand.town.app.world.pass(TimeDelta::seconds(1));
        let again = stand.asks(HUB, &[("if-modified-since", told)]).await;
        assert_eq!((again.status, again.body), (StatusCode::OK, early.body));
        let first = stand.gets(HUB).await;
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with('"') && tag.len() == 34, "a strong validator: {tag}");
        assert_eq!(first.header("last-modified"), "Sun, 22 Nov 2026 10:00:00 GMT");
        assert_eq!(first.header("cache-control"), "public, max-age=300");
        let status = async |lines: &[(&str, &str)]| stand.asks(HUB, lines).await.status.as_u16();
        assert_eq!(status(&[("if-none-match", &format!("\"x\", W/{tag}"))]).await, 304);
        let date = first.header("last-modified");
        assert_eq!(status(&[("if-modified-since", date)]).await, 304);
        assert_eq!(status(&[("if-none-match", "\"x\""), ("if-modified-since", date)]).await, 200);
        assert_eq!(status(&[("if-modified-since", "Sun, 22 Nov 2026 09:59:59 GMT")]).await, 200);
        let head = stand.sends(Method::HEAD, HUB, &[]).await;
        assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
        assert_eq!(head.header("etag"), tag);
        assert_eq!(head.header("content-length"), first.body.len().to_string());
        let head = stand.sends(Method::HEAD, HUB, &[("if-none-match", &tag)]).await;
        assert_eq!(head.status, StatusCode::NOT_MODIFIED);

        stand.town.app.world.pass(TimeDelta::minutes(7));
        assert_eq!(status(&[("if-none-match", &tag)]).await, 304, "nothing has happened");
        stand.town.does(CancelEvent { event, reason: "Snow".into() }).await;
        stand.town.app.world.pass(TimeDelta::seconds(1));
        let second = stand.asks(HUB, &[("if-none-match", &tag)]).await;
        assert_eq!(second.header("last-modified"), "Sun, 22 Nov 2026 10:07:01 GMT");
        assert_eq!(status(&[("if-modified-since", date)]).await, 200);
        // Events leave the window without a fact.
        stand.town.app.world.pass(TimeDelta::days(1));
        let third = stand.asks(HUB, &[("if-none-match", second.header("etag"))]).await;
        assert_eq!(third.status, StatusCode::OK);
        assert_eq!(third.header("last-modified"), "Mon, 23 Nov 2026 00:00:00 GMT");
    })
    .await;
}

#[tokio::test]
async fn gzip_is_a_representation_of_its_own_for_who_asks_and_never_for_microsoft() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        stand.town.evening().await;
        let plain = stand.gets(HUB).await;
        let zipped = stand.asks(HUB, &[("accept-encoding", "gzip, deflate")]).await;
        assert_eq!(plain.header("content-encoding"), "");
        assert_eq!(zipped.header("content-encoding"), "gzip");
        assert_eq!(zipped.header("content-length"), zipped.body.len().to_string());
        assert_eq!(unzipped(&zipped.body), plain.body);
        assert_ne!(zipped.header("etag"), plain.header("etag"));
        assert_eq!(
            (plain.header("vary"), zipped.header("vary")),
            ("Accept-Encoding", "Accept-Encoding")
        );
        for agent in ["Microsoft Office/16.0 (Outlook 16.0.17)", "Microsoft.Exchange/15.20"] {
            let lines = [("accept-encoding", "gzip"), ("user-agent", agent)];
            let answer = stand.asks(HUB, &lines).await;
            assert_eq!(answer.header("content-encoding"), "", "{agent}");
            assert_eq!(answer.body, plain.body);
            let outside = stand.asks_outside(HUB, &lines).await;
            assert_eq!(outside.header("content-encoding"), "", "no layer does it, either");
            assert_eq!(outside.body, plain.body);
        }
        let outside = stand.asks_outside(HUB, &[("accept-encoding", "gzip")]).await;
        assert_eq!(unzipped(&outside.body), plain.body, "compressed once");
        // Each of its representations is what a client may hold.
        for held in [plain.header("etag"), zipped.header("etag")] {
            let lines = [("accept-encoding", "gzip"), ("if-none-match", held)];
            let answer = stand.asks(HUB, &lines).await;
            assert_eq!((answer.status.as_u16(), answer.header("etag")), (304, held));
        }
    })
    .await;
}

#[tokio::test]
async fn a_feed_is_a_calendar_for_anybody_and_remembers_nobody() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        let event = stand.town.evening().await;
        stand.town.registers(event, "Canary Wharfside", "canary@example.org", "en").await;
        let plain = stand.gets(HUB).await;
        assert_eq!(plain.header("content-type"), "text/calendar; charset=utf-8");
        assert_eq!(plain.header("content-disposition"), "", "who subscribes does not download");
        let calendar = plain.calendar().to_lowercase();
        for secret in ["canary", "attendee", "organizer", "mailto:", "method:"] {
            assert!(!calendar.contains(secret), "{secret}");
        }
        let lines = [
            ("accept", "text/html"),
            ("accept-language", "ko"),
            ("cookie", "lang=ko; session=tok_x"),
            ("authorization", "Bearer tok_nonsense"),
            ("user-agent", "Google-Calendar-Importer"),
        ];
        let other = stand.asks_outside(HUB, &lines).await;
        assert_eq!(other.body, plain.body, "nothing about who asks changes it");
        for path in [HUB.to_owned(), format!("{HUB}?lang=ko"), format!("{HUB}?lang=xx")] {
            let answer = stand.asks_outside(&path, &[]).await;
            assert_eq!(answer.header("set-cookie"), "", "{path}");
        }
        let own = format!("/h/westminster/events/{event}.ics?lang=nl");
        let file = stand.asks_outside(&own, &[]).await;
        assert_eq!(file.header("set-cookie"), "");
        assert_eq!(file.header("content-disposition"), "attachment; filename=\"event.ics\"");
        assert_eq!(file.values("METHOD"), ["PUBLISH"]);
        assert_eq!(file.values("UID"), plain.values("UID"), "one identity");
        assert_eq!(file.values("SEQUENCE"), plain.values("SEQUENCE"));
        let page = stand.asks_outside("/h/westminster?lang=ko", &[]).await;
        assert!(page.header("set-cookie").starts_with("lang=ko;"), "a page remembers");
    })
    .await;
}

#[tokio::test]
async fn what_is_recorded_is_in_the_very_next_answer() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        let event = stand.town.evening().await;
        for hour in 10..20 {
            let held = stand.gets(HUB).await.header("etag").to_owned();
            let again = stand.asks(HUB, &[("if-none-match", &held)]).await;
            assert_eq!(again.status, StatusCode::NOT_MODIFIED);
            let at = |hour: u32| format!("2026-12-05T{hour}:00");
            stand.town.moves(event, &at(hour), &at(hour + 1)).await;
            let after = stand.asks(HUB, &[("if-none-match", &held)]).await;
            assert_eq!(after.values("DTSTART"), [format!("20261205T{hour}0000Z")]);
        }
    })
    .await;
}
