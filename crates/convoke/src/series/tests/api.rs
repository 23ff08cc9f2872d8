//! A series through the API, on both databases: planned, seen, changed, ended; rebuilt the same.

use kernel::{HubId, Role};
use serde_json::{Value, json};

use crate::app::Viewer;
use crate::network::testing::House;
use crate::text::Locale;

const WANTS: &str = "series { id stage rule sequence title next { id }
    occurrences(first: 10) { totalCount nodes { id status startsLocal seriesDate } } }";

fn plan(hub: HubId, rule: &str, more: &str) -> String {
    format!(
        r#"hubId: "{hub}", need: "to know each other", title: "Open hour", purpose: "Meet",
        rule: {{ {rule} }}, startsAt: "2027-03-15T18:00", endsAt: "2027-03-15T19:00",
        timeZone: "Europe/London", venue: {{ name: "The Commons" }}, capacity: 2{more}"#
    )
}

fn nodes(answer: &Value) -> Vec<(String, String, String)> {
    let text = |node: &Value, name: &str| node[name].as_str().unwrap_or_default().to_owned();
    let nodes = answer["series"]["occurrences"]["nodes"].as_array().cloned().unwrap_or_default();
    nodes
        .iter()
        .map(|node| (text(node, "status"), text(node, "startsLocal"), text(node, "seriesDate")))
        .collect()
}

#[tokio::test]
async fn a_series_is_planned_seen_changed_and_ended() {
    crate::testing::both(|app| async move {
        let house = House::of(app);
        let hub = house.opens_hub().await;
        let curator = || house.app.viewer(hub, Role::Curator);
        let visitor = || Viewer::visitor(Locale::En);
        let weekly = plan(hub, "frequency: WEEKLY, count: 4", "");
        let made = house.gets(curator(), "planSeries", &weekly, WANTS).await;
        assert_eq!(made["series"]["rule"], "FREQ=WEEKLY;COUNT=4");
        assert_eq!(made["series"]["occurrences"]["totalCount"], 4);
        let series = made["series"]["id"].as_str().unwrap().to_owned();
        let node = format!("{{ node(id: \"{series}\") {{ id }} }}");
        assert!(house.asks(visitor(), &node).await["node"].is_null(), "nobody sees a draft");

        let input = format!("seriesId: \"{series}\"");
        let published = house.gets(curator(), "publishSeries", &input, WANTS).await;
        assert_eq!(published["series"]["stage"], "PUBLISHED");
        assert!(nodes(&published).iter().all(|(status, ..)| status == "PUBLISHED"));
        assert_eq!(house.asks(visitor(), &node).await["node"]["id"], json!(series));
        let event = published["series"]["occurrences"]["nodes"][1]["id"].as_str().unwrap();
        let of =
            format!("{{ node(id: \"{event}\") {{ ... on Event {{ series {{ id title }} }} }} }}");
        let seen = house.asks(visitor(), &of).await;
        assert_eq!(seen["node"]["series"], json!({ "id": series, "title": "Open hour" }));

        let cancel = format!("eventId: \"{event}\", reason: \"a storm\"");
        house.gets(curator(), "cancelEvent", &cancel, "event { id }").await;
        let change = format!("{input}, starts: \"19:30\", minutes: 45");
        let changed = house.gets(curator(), "changeSeries", &change, WANTS).await;
        assert_eq!(changed["series"]["sequence"], 1);
        let seen = nodes(&changed);
        let row = |status: &str, starts: &str, date: &str| {
            (status.to_owned(), starts.to_owned(), date.to_owned())
        };
        assert!(
            seen.contains(&row("CANCELLED", "2027-03-22T18:00", "2027-03-22T18:00")),
            "{seen:?}"
        );
        assert!(
            seen.contains(&row("PUBLISHED", "2027-03-29T19:30", "2027-03-29T18:00")),
            "{seen:?}"
        );

        let extend = format!("{input}, count: 6");
        let extended = house.gets(curator(), "extendSeries", &extend, WANTS).await;
        assert_eq!(extended["series"]["occurrences"]["totalCount"], 6);
        assert!(nodes(&extended).contains(&row(
            "PUBLISHED",
            "2027-04-12T19:30",
            "2027-04-12T18:00"
        )));
        let end = format!("{input}, reason: \"moved out\"");
        let ended = house.gets(curator(), "endSeries", &end, WANTS).await;
        assert_eq!(
            (&ended["series"]["stage"], &ended["series"]["next"]),
            (&json!("ENDED"), &Value::Null)
        );
        assert_eq!(house.refused(curator(), "endSeries", &end).await, "SERIES_OVER");
        house.is_the_same_when_rebuilt(&hub.to_string()).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_no_series_is_refused_and_told_where() {
    crate::testing::sqlite(|app| async move {
        let house = House::of(app);
        let hub = house.opens_hub().await;
        let curator = || house.app.viewer(hub, Role::Curator);
        for (rule, code) in [
            ("frequency: WEEKLY", "RULE_INVALID"),
            ("frequency: WEEKLY, count: 2, until: \"2027-04-01\"", "RULE_INVALID"),
            ("frequency: MONTHLY, week: 9, weekdays: [MONDAY], count: 2", "RULE_INVALID"),
            ("frequency: DAILY, weekdays: [MONDAY], count: 2", "RULE_INVALID"),
            ("frequency: WEEKLY, interval: 0, count: 2", "RULE_INVALID"),
            ("frequency: WEEKLY, weekdays: [TUESDAY], count: 2", "NOT_ITS_FIRST_DATE"),
            ("frequency: WEEKLY, count: 60", "TOO_MANY_DATES"),
        ] {
            let input = plan(hub, rule, "");
            assert_eq!(house.refused(curator(), "planSeries", &input).await, code, "{rule}");
        }
        let holiday = plan(hub, "frequency: WEEKLY, count: 3", ", except: [\"2027-03-23T18:00\"]");
        assert_eq!(house.refused(curator(), "planSeries", &holiday).await, "NOT_ONE_OF_ITS_DATES");
        let monthly = plan(hub, "frequency: MONTHLY, week: 3, weekdays: [MONDAY], count: 3", "");
        let made = house.gets(curator(), "planSeries", &monthly, WANTS).await;
        assert_eq!(made["series"]["rule"], "FREQ=MONTHLY;BYDAY=3MO;COUNT=3");
        let document =
            format!("mutation {{ planSeries(input: {{ {monthly} }}) {{ series {{ id }} }} }}");
        let member = house.app.viewer(hub, Role::Member);
        assert_eq!(house.denied(member, &document).await, "FORBIDDEN");
    })
    .await;
}
