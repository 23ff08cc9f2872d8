//! A hub's years as files.

use super::*;
use crate::testing::both;

#[tokio::test]
async fn a_year_is_one_file_however_many_events_it_has() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        // Four a day from 1 December 2026 on: 124 of them in that year.
        stand.imports(730).await;
        let answer = stand.gets("/export/hub/westminster/2026.ics").await;
        assert_eq!(answer.values("UID").len(), 124);
        assert_eq!(answer.values("METHOD"), ["PUBLISH"]);
        assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
        let name = "attachment; filename=\"westminster-2026.ics\"";
        assert_eq!(answer.header("content-disposition"), name);
        let rest = stand.gets("/export/hub/westminster/2027.ics?lang=nl").await;
        let uids = rest.values("UID");
        assert_eq!(uids.len(), 606);
        let different: std::collections::BTreeSet<_> = uids.iter().collect();
        assert_eq!(different.len(), 606, "each event once, over all pages");
        let begins = rest.values("DTSTART;VALUE=DATE");
        assert!(begins.is_sorted(), "in the order of their beginnings");
    })
    .await;
}

#[tokio::test]
async fn a_year_without_events_and_what_is_no_year_are_not_found() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        stand.imports(1).await;
        for path in [
            "/export/hub/westminster/2025.ics",
            "/export/hub/westminster/2026",
            "/export/hub/westminster/99999999999.ics",
            "/export/hub/westminster/-1.ics",
            "/export/hub/nowhere/2026.ics",
        ] {
            assert_eq!(stand.gets(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let refused = stand.gets("/export/hub/westminster/2026.ics?past=3").await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.text().contains("lang"), "{}", refused.text());
    })
    .await;
}

#[tokio::test]
async fn the_page_of_calendars_leads_to_each_year() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        let link = |year: u32| format!("href=\"/export/hub/westminster/{year}.ics\"");
        let page = stand.asks_outside("/h/westminster/calendar", &[]).await.text();
        assert!(!page.contains("/export/"), "there is nothing to keep yet");
        stand.imports(130).await;
        let page = stand.asks_outside("/h/westminster/calendar", &[]).await.text();
        assert!(page.contains(&link(2026)) && page.contains(&link(2027)), "{page}");
        assert!(!page.contains(&link(2028)));
    })
    .await;
}
