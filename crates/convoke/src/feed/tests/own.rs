//! What one person goes to, by an address only she knows.

use chrono::TimeDelta;
use kernel::{Act, PersonId, Personal};

use super::*;
use crate::calendar_link::view::{LinkRow, links_of, note_use};
use crate::calendar_link::{
    CalendarLinkId, CreateCalendarLink, Detail, Feed, NewLink, RevokeCalendarLink,
    RotateCalendarLink, path, token_hash, token_of,
};
use crate::desk::CancelRegistration;
use crate::event::{CancelEvent, EventId};
use crate::feed::view::registrations;
use crate::invitation::Answer as Reply;
use crate::stakeholder::ErasePerson;
use crate::testing::both;
use crate::work::testing::Ngo;

impl Stand {
    async fn links(
        &self,
        person: PersonId,
        feed: Feed,
        detail: Detail,
    ) -> (CalendarLinkId, String) {
        let token = token_of(self.town.app.world().secret());
        let link = self.town.app.id();
        let label = Personal::new(person, "Phone".to_owned());
        let new = NewLink { link, feed, detail, token_hash: token_hash(&token), label };
        self.town.does(CreateCalendarLink { person, link: new, via_link: true }).await;
        (link, path(&feed, &token))
    }

    /// The address of a person's own calendar.
    pub(super) async fn link(&self, person: PersonId, feed: Feed) -> String {
        self.links(person, feed, Detail::Full).await.1
    }

    async fn does(&self, act: impl Act) {
        self.town.does(act).await;
    }

    async fn rows(&self, person: PersonId) -> Vec<LinkRow> {
        let (db, person) = (self.town.app.journal().db(), person.to_string());
        links_of(db, &person, None).await.unwrap()
    }

    async fn coming(&self, title: &str, day: u32, places: u32) -> EventId {
        let (from, until) = (format!("2026-12-{day:02}T18:30"), format!("2026-12-{day:02}T21:00"));
        self.town.event(title, &from, &until, places).await
    }
}

/// A person with a place, a waiting place, and three invitations.
async fn busy_person(stand: &Stand) -> (Ngo, Vec<EventId>) {
    let ada = stand.town.ngo("Soup", "ada@example.org", "en").await;
    let mut events = Vec::new();
    for (number, title) in
        ["Comes", "Waits", "Asked", "Perhaps", "No", "Not hers"].iter().enumerate()
    {
        let day = u32::try_from(number).unwrap() + 1;
        events.push(stand.coming(title, day, 1).await);
    }
    stand.town.registers(events[0], "Ada", "ada@example.org", "en").await;
    stand.town.registers(events[1], "Somebody", "first@example.org", "en").await;
    stand.town.registers(events[1], "Ada", "ada@example.org", "en").await;
    for event in &events[2..5] {
        stand.town.invites(*event, &ada).await;
    }
    stand.town.answers(events[3], &ada, Reply::Tentative).await;
    stand.town.answers(events[4], &ada, Reply::Declined).await;
    (ada, events)
}

#[tokio::test]
async fn a_personal_feed_holds_what_she_has_a_tie_to_and_how_sure_it_is() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        let (ada, events) = busy_person(&stand).await;
        let own = stand.link(ada.person, Feed::Personal).await;
        let answer = stand.gets(&own).await;
        assert_eq!(answer.values("SUMMARY"), ["Comes", "Waits", "Asked", "Perhaps"]);
        assert_eq!(answer.values("STATUS"), ["CONFIRMED", "TENTATIVE", "TENTATIVE", "TENTATIVE"]);
        assert_eq!(answer.values("TRANSP"), ["OPAQUE", "TRANSPARENT", "TRANSPARENT", "OPAQUE"]);
        assert_eq!(answer.values("CLASS"), ["PRIVATE"; 4]);
        assert_eq!(answer.values("SEQUENCE"), ["0"; 4], "the event's own");
        let uids: Vec<_> = events[..4].iter().map(|id| format!("{id}@convoke.test")).collect();
        assert_eq!(answer.values("UID"), uids, "one identity in all feeds");
        assert_eq!(answer.values("X-WR-CALNAME"), ["My events – Hub Westminster"]);
        assert_eq!(calendar::check::lint_feed(&answer.body), []);
        let calendar = answer.calendar().to_lowercase();
        for secret in ["source", "organizer", "attendee", "ada", "/feeds/p/", "method:"] {
            assert!(!calendar.contains(secret), "{secret} in {calendar}");
        }
        let count =
            async |query: &str| stand.gets(&format!("{own}?{query}")).await.values("SUMMARY");
        assert_eq!(count("status=confirmed").await, ["Comes"]);
        assert_eq!(count("ahead=10").await, ["Comes", "Waits"], "the third is on the eleventh day");
        assert_eq!(count("invited=0").await, ["Comes", "Waits"]);
        assert_eq!(count("lang=tr").await.len(), 4);
        let alarm = stand.gets(&format!("{own}?alarm=45")).await;
        assert_eq!(alarm.calendar().matches("TRIGGER:-PT45M").count(), 4);
        assert_eq!(calendar::check::lint_feed(&alarm.body), []);
        for bad in ["alarm=-1", "tag=x", "alarm=99999", "utm=1"] {
            assert_eq!(stand.gets(&format!("{own}?{bad}")).await.status, StatusCode::BAD_REQUEST);
        }
    })
    .await;
}

#[tokio::test]
async fn what_changes_for_her_moves_the_validators_and_nothing_else_does() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        let (ada, events) = busy_person(&stand).await;
        let own = stand.link(ada.person, Feed::Personal).await;
        let first = stand.gets(&own).await;
        let status =
            async |held: &str| stand.asks(&own, &[("if-none-match", held)]).await.status.as_u16();
        stand.town.app.world.pass(TimeDelta::minutes(5));
        // What others do is not hers.
        stand.town.registers(events[5], "Else", "else@example.org", "en").await;
        stand.town.renames(events[5], "Still not hers").await;
        assert_eq!(status(first.header("etag")).await, 304);
        stand.town.renames(events[0], "Comes, renamed").await;
        stand.town.app.world.pass(TimeDelta::seconds(1));
        let second = stand.asks(&own, &[("if-none-match", first.header("etag"))]).await;
        assert_eq!(second.values("SUMMARY")[0], r"Comes\, renamed");
        assert_eq!(second.values("SEQUENCE"), ["1", "0", "0", "0"]);
        assert_eq!(second.header("last-modified"), "Sun, 22 Nov 2026 10:05:00 GMT");
        let since = first.header("last-modified").to_owned();
        let by_date = stand.asks(&own, &[("if-modified-since", &since)]).await;
        assert_eq!(by_date.status, StatusCode::OK);

        // Only the entry that changed has other bytes.
        let (before, after) = (first.calendar(), second.calendar());
        let entries = |text: &str| -> Vec<String> {
            text.split("BEGIN:VEVENT").skip(1).map(str::to_owned).collect()
        };
        assert_eq!(entries(&before)[1..], entries(&after)[1..]);

        // A place that comes free is hers: the same version of the event, and later stamps.
        stand.town.app.world.pass(TimeDelta::minutes(5));
        let held = second.header("etag").to_owned();
        let (hub, person) = (stand.town.hub.to_string(), ada.person.to_string());
        let rows = registrations(stand.town.app.journal().db(), &hub, &person).await.unwrap();
        let own_place = rows[0].registration.as_deref().unwrap().parse().unwrap();
        let cancel =
            CancelRegistration { event: events[0], registration: own_place, via_link: true };
        stand.does(cancel).await;
        let third = stand.asks(&own, &[("if-none-match", &held)]).await;
        assert_eq!(third.values("SUMMARY"), ["Waits", "Asked", "Perhaps"], "dropped at once");

        stand.does(CancelEvent { event: events[3], reason: "Snow".into() }).await;
        let fourth = stand.gets(&own).await;
        assert_eq!(fourth.values("SUMMARY")[2], "Cancelled: Perhaps");
        assert_eq!(fourth.values("STATUS")[2], "CANCELLED");
        stand.town.app.world.pass(TimeDelta::days(40));
        assert!(!stand.gets(&own).await.text().contains("Perhaps"));
    })
    .await;
}

#[tokio::test]
async fn a_secret_feed_is_kept_by_nobody_else_and_costs_two_statements_unchanged() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        let (ada, _) = busy_person(&stand).await;
        let own = stand.link(ada.person, Feed::Personal).await;
        let zipped = [("accept-encoding", "gzip")];
        let outside = stand.asks_outside(&own, &zipped).await;
        let expected = [
            ("cache-control", "private, max-age=300"),
            ("x-robots-tag", "noindex"),
            ("referrer-policy", "no-referrer"),
            ("content-type", "text/calendar; charset=utf-8"),
            ("content-encoding", "gzip"),
        ];
        for (name, value) in expected {
            assert_eq!(outside.header(name), value, "{name}");
        }
        let plain = stand.gets(&own).await;
        assert_eq!(unzipped(&outside.body), plain.body);
        let tag = plain.header("etag").to_owned();
        let same = stand.asks(&own, &[("if-none-match", &tag)]).await;
        assert_eq!(same.status, StatusCode::NOT_MODIFIED);
        for name in ["etag", "last-modified", "cache-control", "vary", "x-robots-tag"] {
            assert_eq!(same.header(name), plain.header(name), "{name}");
        }
        let head = stand.sends(Method::HEAD, &own, &[]).await;
        assert_eq!((head.status, head.body.len(), head.header("etag")), (StatusCode::OK, 0, &*tag));

        // Two statements, whatever is asked; and a rebuild gives the same bytes.
        let app = &stand.town.app.app;
        let token = own.strip_prefix("/feeds/p/").unwrap().strip_suffix(".ics").unwrap();
        let held = headers(&[(header::IF_NONE_MATCH, &tag)]);
        let gate = crate::feed::gate::Gate::default();
        let db = app.journal().db().counted();
        let knock = crate::feed::own::Knock {
            token,
            ask: crate::feed::Ask::read(crate::feed::Which::Personal, "").unwrap(),
            headers: &held,
            caller: [127, 0, 0, 1].into(),
        };
        let answer = crate::feed::own::feed(app, &db, (&stand.shelf, &gate), knock).await.unwrap();
        assert_eq!((answer.status(), db.statements()), (StatusCode::NOT_MODIFIED, 2));
        let hub = stand.town.hub.to_string();
        assert_eq!(app.journal().rebuild(&hub, &|_, _| ()).await.unwrap().changed, 0);
        let other = Stand::of(stand.town);
        let after = other.gets(&own).await;
        assert_eq!((after.text(), after.header("etag")), (plain.text(), &*tag));
    })
    .await;
}

#[tokio::test]
async fn who_may_only_know_when_she_is_busy_learns_nothing_else() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        let (ada, _) = busy_person(&stand).await;
        let (_, own) = stand.links(ada.person, Feed::Personal, Detail::Busy).await;
        let answer = stand.gets(&own).await;
        assert_eq!(answer.values("SUMMARY"), ["Busy", "Busy"], "what takes her time");
        assert_eq!(answer.values("STATUS"), ["CONFIRMED", "TENTATIVE"]);
        for told in ["Comes", "Exchange", "LOCATION", "DESCRIPTION:Warm", "CATEGORIES"] {
            assert!(!answer.calendar().contains(told), "{told}");
        }
        let more = stand.gets(&format!("{own}?detail=full")).await;
        assert_eq!(more.status, StatusCode::BAD_REQUEST, "{}", more.text());
        assert_eq!(stand.gets(&format!("{own}?detail=busy")).await.body, answer.body);
    })
    .await;
}

#[tokio::test]
async fn an_ended_address_is_empty_for_a_month_then_gone_and_an_unknown_one_never_was() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        let (ada, _) = busy_person(&stand).await;
        let (link, old) = stand.links(ada.person, Feed::Personal, Detail::Full).await;
        let before = stand.gets(&old).await;
        stand.town.app.world.pass(TimeDelta::minutes(9));
        let token = token_of(stand.town.app.world().secret());
        let rotate =
            RotateCalendarLink { person: ada.person, link, token_hash: token_hash(&token) };
        stand.does(rotate).await;
        let new = path(&Feed::Personal, &token);
        assert_eq!(stand.gets(&new).await.values("SUMMARY").len(), 4);

        for lines in [
            vec![("if-none-match", before.header("etag"))],
            vec![("if-modified-since", before.header("last-modified"))],
        ] {
            let ended = stand.asks(&old, &lines).await;
            assert!(ended.values("UID").is_empty(), "clients forget what they hold");
            assert_eq!(ended.values("X-WR-CALNAME"), ["Access ended"]);
            assert_eq!(ended.values("REFRESH-INTERVAL;VALUE=DURATION"), ["P7D"]);
            assert_eq!(ended.header("cache-control"), "private, max-age=300");
            let again = stand.asks(&old, &[("if-none-match", ended.header("etag"))]).await;
            assert_eq!(again.status, StatusCode::NOT_MODIFIED);
        }
        assert_eq!(
            stand.gets(&format!("{old}?lang=ko")).await.values("X-WR-CALNAME"),
            ["접근이 끝났습니다"]
        );
        stand.town.app.world.pass(TimeDelta::days(29));
        assert_eq!(stand.gets(&old).await.status, StatusCode::OK);
        stand.town.app.world.pass(TimeDelta::days(1));
        let gone = stand.asks_outside(&old, &[]).await;
        assert_eq!(gone.status, StatusCode::GONE);
        assert!(!gone.text().contains(old.trim_start_matches("/feeds/p/")), "{}", gone.text());

        stand.does(RevokeCalendarLink { person: ada.person, link }).await;
        assert_eq!(stand.gets(&new).await.values("X-WR-CALNAME"), ["Access ended"]);
        for unknown in [
            path(&Feed::Personal, &token_of([7; 32])),
            "/feeds/p/short.ics".to_owned(),
            format!("/feeds/t/{token}.ics"),
            format!("/feeds/h/{token}.ics"),
            format!("/feeds/p/{token}"),
        ] {
            let answer = stand.asks_outside(&unknown, &[]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{unknown}");
            assert_eq!(answer.header("x-robots-tag"), "noindex");
            assert!(!answer.text().contains(&token), "{}", answer.text());
        }
    })
    .await;
}

#[tokio::test]
async fn an_erased_persons_addresses_end_with_her_and_stay_ended_in_a_rebuild() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        let (ada, _) = busy_person(&stand).await;
        let own = stand.link(ada.person, Feed::Personal).await;
        assert_eq!(stand.gets(&own).await.values("SUMMARY").len(), 4);
        stand.does(ErasePerson { hub: stand.town.hub, person: ada.person }).await;
        stand.town.later(1).await;
        assert_eq!(stand.gets(&own).await.values("X-WR-CALNAME"), ["Access ended"]);
        let journal = stand.town.app.journal();
        let changed = journal.rebuild(&stand.town.hub.to_string(), &|_, _| ()).await.unwrap();
        assert_eq!(changed.changed, 0);
        let row = stand.rows(ada.person).await.remove(0);
        assert_eq!((row.label.as_deref(), row.ended_at().is_some()), (None, true));
    })
    .await;
}

#[tokio::test]
async fn the_last_use_is_known_to_the_hour_and_written_once() {
    both(|app| async move {
        let stand = Stand::new(app).await;
        let (ada, _) = busy_person(&stand).await;
        let own = stand.link(ada.person, Feed::Personal).await;
        let used = async || stand.rows(ada.person).await[0].used_at.map(journal::instant);
        assert_eq!(used().await, None);
        stand.town.app.world.pass(TimeDelta::minutes(25));
        for _ in 0..3 {
            stand.gets(&own).await;
        }
        assert_eq!(used().await, None, "not on the way of an answer");
        tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
        let hour = kernel::testing::noon();
        assert_eq!(used().await, Some(hour));
        let db = stand.town.app.journal().db();
        let ids = [stand.rows(ada.person).await.remove(0).id];
        let note = async |at| note_use(db, &ids, at).await.unwrap();
        assert_eq!(note(hour).await, 0, "another process heard of the same hour");
        assert_eq!(note(hour - TimeDelta::hours(2)).await, 0, "or comes late");
        assert_eq!(note(hour + TimeDelta::hours(1)).await, 1);
    })
    .await;
}
