//! A series in feeds: one entry with a rule, versions for what differs, the same instants as the
//! events have; and one date by itself for whoever takes only that.

use calendar::Status;
use kernel::{HubId, Role};

use crate::feed::entry::{Around, Detail};
use crate::feed::series::{Told, fold};
use crate::network::testing::House;
use crate::text::{Locale, Text};

async fn told(house: &House, series: &str) -> Told {
    let rows = crate::series::view::events_of(house.journal.db(), &[series.to_owned()]).await;
    let (rest, told) = fold(house.journal.db(), rows.unwrap()).await.unwrap();
    assert!(rest.is_empty());
    told.into_iter().next().unwrap()
}

fn entry(house: &House, told: &Told) -> calendar::Series {
    let around = Around {
        settings: house.app.settings(),
        hub: "Westminster",
        slug: "westminster",
        issue: None,
        text: Text::new(Locale::En),
        takes_time: false,
    };
    told.series(Detail::Full, &around, house.app.now()).unwrap()
}

async fn fragment(house: &House, series: &str) -> String {
    entry(house, &told(house, series).await).fragment().replace("\r\n ", "")
}

async fn series(house: &House, hub: HubId) -> (String, Vec<String>) {
    let curator = || house.app.viewer(hub, Role::Curator);
    let input = format!(
        r#"hubId: "{hub}", need: "to know each other", title: "Open hour", purpose: "Meet",
        rule: {{ frequency: WEEKLY, count: 5 }}, startsAt: "2027-03-15T18:00", endsAt: "2027-03-15T19:00",
        timeZone: "Europe/London", venue: {{ name: "The Commons" }}, except: ["2027-04-05T18:00"]"#
    );
    let wants = "series { id occurrences(first: 10) { nodes { id } } }";
    let made = house.gets(curator(), "planSeries", &input, wants).await;
    let id = made["series"]["id"].as_str().unwrap().to_owned();
    let nodes = made["series"]["occurrences"]["nodes"].as_array().cloned().unwrap();
    let events = nodes.iter().map(|node| node["id"].as_str().unwrap().to_owned()).collect();
    house.gets(curator(), "publishSeries", &format!("seriesId: \"{id}\""), "series { id }").await;
    (id, events)
}

#[tokio::test]
async fn a_feed_has_one_entry_with_a_rule_and_versions_of_what_differs() {
    crate::testing::both(|app| async move {
        let house = House::of(app);
        let hub = house.opens_hub().await;
        let (id, events) = series(&house, hub).await;
        let uid = format!("UID:{id}@convoke.test");
        let plain = fragment(&house, &id).await;
        assert_eq!(plain.matches("BEGIN:VEVENT").count(), 1, "{plain}");
        for line in [
            uid.as_str(),
            "DTSTART;TZID=Europe/London:20270315T180000",
            "DTEND;TZID=Europe/London:20270315T190000",
            "RRULE:FREQ=WEEKLY;COUNT=5",
            "EXDATE;TZID=Europe/London:20270405T180000",
            "SEQUENCE:0",
        ] {
            assert!(plain.contains(line), "{line}: {plain}");
        }
        let curator = || house.app.viewer(hub, Role::Curator);
        let cancel = format!("eventId: \"{}\", reason: \"a storm\"", events[1]);
        house.gets(curator(), "cancelEvent", &cancel, "event { id }").await;
        let moved = format!(
            r#"eventId: "{}", startsAt: "2027-03-30T20:00", endsAt: "2027-03-30T21:30",
            timeZone: "Europe/London", venue: {{ name: "The Attic" }}"#,
            events[2]
        );
        house.gets(curator(), "rescheduleEvent", &moved, "event { id }").await;
        let told = fragment(&house, &id).await;
        assert_eq!(told.matches("BEGIN:VEVENT").count(), 3, "{told}");
        assert_eq!(told.matches(&uid).count(), 3, "one identity: {told}");
        for line in [
            "RECURRENCE-ID;TZID=Europe/London:20270322T180000",
            "STATUS:CANCELLED",
            "RECURRENCE-ID;TZID=Europe/London:20270329T180000",
            "DTSTART;TZID=Europe/London:20270330T200000",
            "LOCATION:The Attic",
            "SEQUENCE:1",
        ] {
            assert!(told.contains(line), "{line}: {told}");
        }
    })
    .await;
}

#[tokio::test]
async fn calendars_and_events_agree_about_every_instant() {
    crate::testing::sqlite(|app| async move {
        let house = House::of(app);
        let hub = house.opens_hub().await;
        let (id, events) = series(&house, hub).await;
        let curator = || house.app.viewer(hub, Role::Curator);
        let cancel = format!("eventId: \"{}\", reason: \"a storm\"", events[0]);
        house.gets(curator(), "cancelEvent", &cancel, "event { id }").await;
        let change = format!("seriesId: \"{id}\", starts: \"20:15\", title: \"Late hour\"");
        house.gets(curator(), "changeSeries", &change, "series { id }").await;
        let extend = format!("seriesId: \"{id}\", count: 7");
        house.gets(curator(), "extendSeries", &extend, "series { id }").await;
        let told = told(&house, &id).await;
        let window =
            "2027-01-01T00:00:00Z".parse().unwrap()..("2028-01-01T00:00:00Z".parse().unwrap());
        let entry = entry(&house, &told);
        let mut seen: Vec<_> = entry
            .occurrences(&window, 100)
            .into_iter()
            .map(|one| (one.starts_at, one.ends_at, one.status == Status::Cancelled))
            .collect();
        let mut meant: Vec<_> = told
            .events
            .iter()
            .map(|row| {
                let at = |micros: Option<i64>| journal::instant(micros.unwrap());
                (at(row.starts_at), at(row.ends_at), row.status == "cancelled")
            })
            .collect();
        seen.sort();
        meant.sort();
        assert_eq!(seen, meant);
        assert_eq!((meant.len(), meant.iter().filter(|one| one.2).count()), (6, 1));
        // A version is never below the series: programs take the higher number for the newer.
        let own = entry.master().sequence();
        assert_eq!(own, 2, "changed once, extended once");
        assert!(
            entry.versions().all(|one| one.sequence() >= own && one.uid() == entry.master().uid())
        );
    })
    .await;
}

#[tokio::test]
async fn one_date_by_itself_is_an_event_related_to_its_series() {
    crate::testing::sqlite(|app| async move {
        let house = House::of(app);
        let hub = house.opens_hub().await;
        let (id, events) = series(&house, hub).await;
        let row = crate::event::view::event(house.journal.db(), &events[1]).await.unwrap().unwrap();
        assert_eq!(row.series_date.as_deref(), Some("2027-03-22T18:00"));
        let around = Around {
            settings: house.app.settings(),
            hub: "Westminster",
            slug: "westminster",
            issue: None,
            text: Text::new(Locale::En),
            takes_time: true,
        };
        let alone = crate::feed::entry::entry(&row, Detail::Full, &around).unwrap();
        let text = calendar::fragment(&alone).replace("\r\n ", "");
        assert!(text.contains(&format!("UID:{}@convoke.test", events[1])), "{text}");
        assert!(text.contains(&format!("RELATED-TO;RELTYPE=PARENT:{id}@convoke.test")), "{text}");
        assert!(!text.contains("RRULE") && !text.contains("RECURRENCE-ID"), "{text}");
    })
    .await;
}
