//! How mails leave: at a pace, past those that hang, never an older one after a newer.

use journal::mails::{Content, Plan, Planned, State};
use journal::outbox::EffectKey;
use journal::{inbox, mails};
use mail::pace::Limits;
use mail::{Relay, Timeouts};

use super::*;
use crate::letter::Template;
use crate::work::testing::Ngo;

impl Town {
    async fn state_of(&self, address: &str) -> String {
        self.row_of(address).await.state
    }

    /// The newest mail to an address.
    async fn row_of(&self, address: &str) -> MailRow {
        let person = self.app.journal().keys().person_of(address).await.unwrap().to_string();
        self.mails().await.into_iter().find(|row| row.recipient == person).unwrap()
    }

    /// The same town with a relay of this pace.
    fn paced(mut self, limits: Limits) -> Self {
        let quick = Timeouts { data_reply: Duration::from_millis(300), ..Timeouts::default() };
        let relay = Relay::parse(&self.peer.url()).unwrap().with_timeouts(quick);
        self.relay = Arc::new(relay.with_limits(limits));
        self
    }

    /// A mail of this name that follows from a position, with nothing in it that can be opened.
    async fn lays_out(
        &self,
        ngo: &Ngo,
        (name, position): (&str, i64),
        supersedes: &'static [&'static str],
    ) {
        let planned = Planned {
            recipient: ngo.person.to_string(),
            template: name.to_owned(),
            kind: "invitation",
            priority: 1,
            message_id: format!("{position}.invitation@convoke.test"),
            about: "event".to_owned(),
            locale: "en".to_owned(),
            due_at: self.app.now(),
            expires_at: None,
            content: Content::Sealed("{}".to_owned()),
        };
        let effect = EffectKey { journal: self.hub.to_string(), position, ordinal: 0 };
        let plan = Plan { effect, mails: vec![planned], supersedes, note: None };
        mails::plan(self.app.journal().db(), self.app.now(), &[plan]).await.unwrap();
    }
}

#[tokio::test]
async fn a_domain_that_hangs_delays_nobody_else() {
    both(async |app| {
        let town = Town::new(app).await;
        let event = town.event("Boilers", "2026-12-04T18:30", "2026-12-04T21:00", 50).await;
        town.peer.answers_domain("slow.example", Answer::HangAfterLetter);
        for number in 0..4 {
            town.registers(event, "Slow", &format!("s{number}@slow.example"), "en").await;
        }
        for number in 0..4 {
            town.registers(event, "Quick", &format!("q{number}@quick.example"), "en").await;
        }
        town.later(1).await;
        let quick = town.peer.received().await;
        let quick = quick.iter().filter(|mail| mail.to.ends_with("quick.example")).count();
        assert_eq!(quick, 4);
        assert!(town.peer.connections_at_once() <= 3);
        // Nobody knows whether the slow ones arrived: they go again, in the same bytes.
        assert_eq!(town.state_of("s0@slow.example").await, "waiting");
        town.peer.answers_domain("slow.example", Answer::Accept);
        for _ in 0..10 {
            town.later(60).await;
        }
        for number in 0..4 {
            let mails = town.inbox(&format!("s{number}@slow.example")).await;
            assert!(mails.len() >= 2, "{} of them", mails.len());
            assert!(mails.iter().all(|mail| mail.mime == mails[0].mime));
        }
    })
    .await;
}

#[tokio::test]
async fn a_domain_gets_so_many_a_minute_and_the_others_have_their_places() {
    both(async |app| {
        let limits = Limits { domain_per_minute: 6, domain_burst: 2, ..Limits::default() };
        let town = Town::new(app).await.paced(limits);
        let event = town.event("Boilers", "2026-12-04T18:30", "2026-12-04T21:00", 50).await;
        for number in 0..5 {
            town.registers(event, "Guest", &format!("g{number}@one.example"), "en").await;
        }
        town.later(1).await;
        assert_eq!(town.peer.received().await.len(), 2);
        for arrived in [3, 4, 5] {
            town.later(11).await;
            assert_eq!(town.peer.received().await.len(), arrived);
        }
        let attempts: Vec<i64> = town.mails().await.iter().map(|row| row.attempts).collect();
        assert_eq!(attempts, [1; 5], "whoever waits her turn was not tried");
    })
    .await;
}

#[tokio::test]
async fn whoever_distrusts_us_is_left_alone_and_the_person_is_not_blamed() {
    both(async |app| {
        let town = Town::new(app).await;
        let event = town.event("Boilers", "2026-12-04T18:30", "2026-12-04T21:00", 50).await;
        let distrust = Answer::refuse_recipient(550, "5.7.26 unauthenticated");
        town.peer.answers_domain("wary.example", distrust);
        for number in 0..5 {
            town.registers(event, "Guest", &format!("g{number}@wary.example"), "en").await;
            town.later(1).await;
        }
        town.registers(event, "Guest", "g@other.example", "en").await;
        town.later(1).await;
        assert_eq!(town.state_of("g@other.example").await, "sent");
        assert_eq!(town.peer.attempts(), 4, "three at the wary one, and then no more");
        assert_eq!(town.row_of("g0@wary.example").await.fault.as_deref(), Some("policy"));
        assert_eq!(town.relay.pace().open_circuits(town.app.now()).domains, 1);
        town.peer.answers_domain("wary.example", Answer::Accept);
        for _ in 0..40 {
            town.later(60).await;
        }
        for number in [3, 4] {
            assert_eq!(town.state_of(&format!("g{number}@wary.example")).await, "sent");
        }
        let person = town.app.journal().keys().person_of("g0@wary.example").await.unwrap();
        let (hub, persons) = (town.hub.to_string(), [person.to_string()]);
        let stops = crate::reach::view::stops(town.app.journal().db(), &hub, &persons).await;
        assert_eq!(stops.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_relay_that_is_away_is_asked_by_few_and_nothing_is_lost() {
    both(async |app| {
        let mut town = Town::new(app).await;
        let event = town.event("Boilers", "2026-12-04T18:30", "2026-12-04T21:00", 50).await;
        for number in 0..20 {
            town.registers(event, "Guest", &format!("g{number}@d{number}.example"), "en").await;
        }
        // A port nobody listens on.
        let nowhere = Arc::new(Relay::parse("smtp://127.0.0.1:9").unwrap());
        let there = std::mem::replace(&mut town.relay, nowhere);
        town.later(1).await;
        let tried = town.mails().await.iter().filter(|row| row.attempts > 0).count();
        assert!((5..=8).contains(&tried), "{tried} were tried");
        assert!(town.relay.pace().open_circuits(town.app.now()).relay);
        town.relay = there;
        for _ in 0..4 {
            town.later(20).await;
        }
        assert_eq!(town.peer.received().await.len(), 20);
    })
    .await;
}

#[tokio::test]
async fn too_many_at_once_waits_longer_the_more_wait() {
    both(async |app| {
        let town = Town::new(app).await;
        let event = town.event("Boilers", "2026-12-04T18:30", "2026-12-04T21:00", 50).await;
        town.peer.now_answers([Answer::refuse_recipient(432, "4.3.2 too many lines")]);
        let began = town.app.now();
        town.registers(event, "Guest", "g@crowd.example", "en").await;
        town.later(1).await;
        let row = town.row_of("g@crowd.example").await;
        assert_eq!((row.state.as_str(), row.fault.as_deref()), ("waiting", Some("concurrency")));
        let wait = (journal::instant(row.due_at) - began).num_seconds();
        // Half a minute and ten seconds for the one that waits, a fifth either way.
        assert!((32..=50).contains(&wait), "{wait} s");
    })
    .await;
}

#[tokio::test]
async fn a_mailbox_that_is_full_three_times_is_left_alone_for_a_while() {
    both(async |app| {
        let town = Town::new(app).await;
        let full = Answer::refuse_recipient(552, "5.2.2 over quota");
        town.peer.answers_domain("full.example", full);
        let hub = town.hub.to_string();
        let person = town.app.journal().keys().person_of("g@full.example").await.unwrap();
        let stops = async || {
            let db = town.app.journal().db();
            crate::reach::view::stops(db, &hub, &[person.to_string()]).await.unwrap()
        };
        for number in 0..3 {
            assert_eq!(stops().await, [], "after {number} times");
            let event = town.event("Boilers", "2026-12-14T18:30", "2026-12-14T21:00", 50).await;
            town.registers(event, "Guest", "g@full.example", "en").await;
            town.later(24 * 3_600).await;
        }
        let stops = stops().await;
        assert_eq!((stops.len(), stops[0].why.as_str()), (1, "mailbox-full"));
        assert!(stops[0].until.is_some());
    })
    .await;
}

#[tokio::test]
async fn an_older_letter_that_is_planned_late_does_not_follow_a_newer_one() {
    both(async |app| {
        let town = Town::new(app).await;
        let ngo = town.ngo("NGO", "ngo@example.org", "en").await;
        let state = async |position: i64| {
            let all = town.mails().await;
            let row = all.into_iter().find(|row| row.position == position).unwrap();
            (row.state, row.superseded_by)
        };
        town.lays_out(&ngo, ("event-updated", 102), &["invitation"]).await;
        town.lays_out(&ngo, ("invitation", 101), &[]).await;
        town.lays_out(&ngo, ("place-offered", 100), &[]).await;
        let by = Some("102.invitation@convoke.test".to_owned());
        assert_eq!(state(101).await, ("superseded".to_owned(), by));
        assert_eq!(state(100).await, ("waiting".to_owned(), None), "it says something else");
        assert_eq!(state(102).await.0, "waiting");
        town.lays_out(&ngo, ("event-cancelled", 103), &["event-updated", "place-offered"]).await;
        for position in [100, 102] {
            let by = Some("103.invitation@convoke.test".to_owned());
            assert_eq!(state(position).await, ("superseded".to_owned(), by));
        }
    })
    .await;
}

#[test]
fn a_link_somebody_sits_and_waits_for_leaves_before_the_rest() {
    for template in [
        Template::StakeholderWelcome,
        Template::AddressConfirm,
        Template::FollowConfirm,
        Template::AnswerUnconfirmed,
    ] {
        assert!(template.kind().priority() < Template::Invitation.kind().priority(), "{template}");
    }
}

#[tokio::test]
async fn the_newest_letter_is_the_one_that_replaced_an_older_one() {
    both(async |app| {
        let town = Town::new(app).await;
        let ngo = town.ngo("NGO", "ngo@example.org", "en").await;
        town.lays_out(&ngo, ("event-updated", 99), &["invitation"]).await;
        town.lays_out(&ngo, ("event-cancelled", 103), &["invitation"]).await;
        town.lays_out(&ngo, ("invitation", 98), &[]).await;
        let all = town.mails().await;
        let old = all.iter().find(|row| row.position == 98).unwrap();
        assert_eq!(old.superseded_by.as_deref(), Some("103.invitation@convoke.test"));
    })
    .await;
}

#[tokio::test]
async fn what_may_have_arrived_is_not_called_unsent_when_its_time_is_over() {
    both(async |app| {
        let town = Town::new(app).await;
        let (db, now) = (town.app.journal().db(), town.app.now());
        let ngo = town.ngo("NGO", "ngo@example.org", "en").await;
        town.lays_out(&ngo, ("event-reminder", 101), &[]).await;
        let expire = "UPDATE mails SET expires_at = $1 WHERE position = 101";
        db.exec(expire, journal::args![now + TimeDelta::seconds(60)]).await.unwrap();
        // The process dies in the middle of an attempt.
        let mut taken = mails::claim(db, now, 900, 10, &[]).await.unwrap();
        assert!(mails::begin(db, &mut taken[0], now, 900).await.unwrap());
        town.later(1_000).await;
        assert_eq!(town.state_of("ngo@example.org").await, "maybe-sent");
    })
    .await;
}

#[tokio::test]
async fn a_mail_is_tried_again_past_newer_ones_that_came_to_nothing() {
    both(async |app| {
        let town = Town::new(app).await;
        let (db, now) = (town.app.journal().db(), town.app.now());
        let ngo = town.ngo("NGO", "ngo@example.org", "en").await;
        let hub = town.hub.to_string();
        town.lays_out(&ngo, ("event-updated", 101), &["event-updated"]).await;
        town.lays_out(&ngo, ("place-offered", 102), &[]).await;
        let refuse = "UPDATE mails SET state = 'failed', fault = 'refused'";
        db.exec(refuse, vec![]).await.unwrap();
        let again = async |position: i64| {
            let until = now + TimeDelta::hours(1);
            mails::again(db, (&hub, &position.to_string()), now, until).await.unwrap()
        };
        assert!(again(101).await);
        let row = town.mails().await.into_iter().find(|row| row.position == 101).unwrap();
        assert_eq!((row.state.as_str(), row.fault), ("waiting", None));
        assert!(!again(101).await, "it waits already");
        // The newer one of two that tell the same is the one to try.
        db.exec(refuse, vec![]).await.unwrap();
        town.lays_out(&ngo, ("event-updated", 103), &["event-updated"]).await;
        db.exec(refuse, vec![]).await.unwrap();
        assert!(!again(101).await);
        assert!(again(103).await);
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_and_not_begun_is_certain_and_what_was_begun_is_not() {
    both(async |app| {
        let town = Town::new(app).await;
        let (db, now) = (town.app.journal().db(), town.app.now());
        let ngo = town.ngo("NGO", "ngo@example.org", "en").await;
        town.lays_out(&ngo, ("invitation", 101), &[]).await;
        // No two claims are made in the same instant.
        let claim = async |second: i64| {
            mails::claim(db, now + TimeDelta::seconds(second), 900, 10, &[]).await.unwrap()
        };
        let mut first = claim(0).await;
        assert_eq!(claim(1).await.len(), 0, "it is leased");
        assert_eq!(mails::claim(db, now, 900, 10, &["invitation"]).await.unwrap().len(), 0);
        // The process dies before it begins; the next one knows itself to be alone.
        mails::take_over(db).await.unwrap();
        let mut second = claim(2).await;
        assert!(!second[0].is_uncertain());
        assert!(!mails::begin(db, &mut first[0], now, 1_200).await.unwrap(), "it is not ours");
        mails::release(db, &[(&first[0], None)]).await.unwrap();
        assert!(mails::begin(db, &mut second[0], now, 1_200).await.unwrap());
        mails::take_over(db).await.unwrap();
        let third = claim(3).await;
        assert!(third[0].is_uncertain());
        // Given back, it stays so; a reply makes it certain.
        mails::release(db, &[(&third[0], None)]).await.unwrap();
        let fourth = claim(4).await;
        assert!(fourth[0].is_uncertain());
        let said = mails::Said { code: Some(250), text: "2.0.0 ok", fault: None };
        mails::record(db, &fourth[0], now, mails::Attempt::Ended(State::Sent), said).await.unwrap();
        let row = town.mails().await.into_iter().find(|row| row.position == 101).unwrap();
        assert_eq!((row.state.as_str(), row.attempts), ("sent", 3));
    })
    .await;
}

#[tokio::test]
async fn a_week_after_its_decision_nothing_is_left_of_a_mail_that_changed_nothing() {
    both(async |app| {
        let db = app.journal().db();
        for (id, verdict) in [("idle", "ignored"), ("used", "applied")] {
            let incoming = inbox::Incoming {
                id: id.to_owned(),
                received_at: app.now(),
                door: "lmtp".to_owned(),
                purpose: "rsvp".to_owned(),
                about: "invitation".to_owned(),
                person: "person".to_owned(),
                sealed: "{}".to_owned(),
            };
            assert!(inbox::receive(db, &incoming).await.unwrap());
            inbox::settle(db, id, app.now(), verdict, "{\"reason\":\"passing\"}").await.unwrap();
        }
        assert_eq!(tidy_once(&app).await.unwrap(), 0);
        app.world.pass(TimeDelta::days(8));
        assert_eq!(tidy_once(&app).await.unwrap(), 1);
        assert_eq!(tidy_once(&app).await.unwrap(), 0, "once is enough");
        let rows = inbox::about(db, &["invitation".to_owned()]).await.unwrap();
        let left: Vec<_> =
            rows.iter().map(|row| (row.id.as_str(), row.details.is_some())).collect();
        assert_eq!(left, [("idle", false), ("used", true)]);
    })
    .await;
}
