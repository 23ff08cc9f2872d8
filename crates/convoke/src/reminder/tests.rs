//! Reminders, from the rule to the bytes that leave, on both databases.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it fails"
)]

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use kernel::testing::{given, noon};
use kernel::{PersonId, Zone};

use super::decider::{Command, due_times};
use super::*;
use crate::desk::CancelRegistration;
use crate::event::{CancelEvent, When};
use crate::invitation::Answer;
use crate::reach::{Ahead, SetMailPreferences, Wishes};
use crate::testing::both;
use crate::work::testing::{Town, london, wall};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// 4 December, half past six in the evening in London.
fn evening() -> When {
    let (from, until) = (wall("2026-12-04T18:30"), wall("2026-12-04T21:00"));
    When::between(from, until, london(), None).unwrap()
}

fn due(reminders: &[Ahead]) -> Fact {
    let starts_at = evening().starts_at;
    Fact::EventReminderDue { starts_at, reminders: reminders.to_vec() }
}

fn remind() -> Command {
    Command::Remind { when: evening(), set_at: noon() }
}

#[test]
fn reminders_keep_the_time_of_day_when_clocks_change() {
    // Clocks go forward on 28 March 2027: a week before is an hour later in UTC.
    let (from, until) = (wall("2027-03-31T18:30"), wall("2027-03-31T21:00"));
    let when = When::between(from, until, london(), None).unwrap();
    let times: Vec<(Ahead, String)> =
        due_times(&when).into_iter().map(|(ahead, at)| (ahead, at.to_rfc3339())).collect();
    let expected = [
        (Ahead::Week, "2027-03-24T18:30:00+00:00"),
        (Ahead::Day, "2027-03-30T17:30:00+00:00"),
        (Ahead::Hours, "2027-03-31T15:30:00+00:00"),
    ];
    assert_eq!(times, expected.map(|(ahead, at)| (ahead, at.to_owned())));
    let day = wall("2027-03-31T00:00").date();
    let days = When::days(day, day + Duration::days(1), london()).unwrap();
    assert_eq!(due_times(&days).len(), 2, "whole days begin at no hour");
}

#[test]
fn each_reminder_is_due_once_and_several_at_once_are_one() {
    let on = |text: &str| at(text) - noon();
    let then = |text: &str, before: &[Fact], now: &[Ahead]| {
        let expected: Vec<Fact> = if now.is_empty() { vec![] } else { vec![due(now)] };
        let state = given::<Reminders>(before.to_vec()).later(on(text));
        state.when(remind()).then(expected);
    };
    then("2026-11-27T18:29:59Z", &[], &[]);
    then("2026-11-27T18:30:00Z", &[], &[Ahead::Week]);
    then("2026-11-27T18:31:00Z", &[due(&[Ahead::Week])], &[]);
    then("2026-12-03T18:30:00Z", &[due(&[Ahead::Week])], &[Ahead::Day]);
    then("2026-12-04T17:00:00Z", &[], &[Ahead::Week, Ahead::Day, Ahead::Hours]);
    then("2026-12-04T17:00:00Z", &[due(&[Ahead::Week, Ahead::Day])], &[Ahead::Hours]);
    then("2026-12-04T18:30:00Z", &[], &[]);
    // What was past when the event got its time is not caught up with.
    let late = Command::Remind { when: evening(), set_at: at("2026-12-01T10:00:00Z") };
    let state = given::<Reminders>([]).later(on("2026-12-03T19:00:00Z"));
    state.when(late).then([due(&[Ahead::Day])]);
    // Another time is reminded of anew.
    let other = Fact::EventReminderDue { starts_at: noon(), reminders: vec![Ahead::Week] };
    let state = given::<Reminders>([due(&[Ahead::Week]), other]);
    state.later(on("2026-11-27T18:31:00Z")).when(remind()).then([due(&[Ahead::Week])]);
}

#[test]
fn nobody_is_pressed_twice_in_a_day() {
    let ask = || Command::RemindInvitees { subject: None, message: None };
    let asked = |at| Fact::InviteesReminded { subject: None, message: None, at };
    given::<Reminders>([]).when(ask()).then([asked(noon())]);
    let until = noon() + Duration::hours(24);
    given::<Reminders>([asked(noon())])
        .later(Duration::hours(23))
        .when(ask())
        .then_rejected(Rejection::AlreadyReminded { until });
    given::<Reminders>([asked(noon())]).later(Duration::hours(24)).when(ask()).then([asked(until)]);
}

impl Town {
    /// Lets time pass until an instant; what is due happens.
    async fn until(&self, text: &str) {
        // What is due now is no longer worth sending after days.
        self.later(1).await;
        self.later((at(text) - self.app.now()).num_seconds()).await;
    }

    /// The subjects of what came to an address, but for the first letter.
    async fn reminders(&self, address: &str) -> Vec<String> {
        let inbox = self.inbox(address).await;
        inbox.iter().skip(1).map(|mail| mail.letter().subject).collect()
    }

    async fn wishes(&self, address: &str, reminders: &[Ahead], zone: Option<&str>) {
        let person: PersonId = self.app.journal().keys().person_of(address).await.unwrap();
        let zone = zone.and_then(Zone::parse);
        let wishes = Wishes { reminders: BTreeSet::from_iter(reminders.to_vec()), zone };
        self.does(SetMailPreferences { person, wishes, via_link: true }).await;
    }

    async fn get(&self, path: &str) -> (u16, String) {
        self.app.knocks("GET", path, "").await
    }
}

const SOON: &str = "Soon: Heat in our homes";

#[tokio::test]
async fn who_has_a_place_is_reminded_a_week_and_a_day_before_once() {
    both(|app| async move {
        let town = Town::new(app).await;
        let event = town.evening().await;
        town.registers(event, "Ada", "ada@example.org", "en").await;
        town.registers(event, "Bo", "bo@example.org", "nl").await;
        town.registers(event, "Waits", "waits@example.org", "en").await;
        town.wishes("bo@example.org", &[Ahead::Hours], None).await;
        town.until("2026-11-27T18:29:59Z").await;
        assert_eq!(town.reminders("ada@example.org").await.len(), 0);
        town.until("2026-11-27T18:30:00Z").await;
        town.later(60).await;
        assert_eq!(town.reminders("ada@example.org").await, [SOON]);
        let letter = town.inbox("ada@example.org").await.remove(1).letter();
        assert_eq!(letter.calendar, None, "she has it in her calendar");
        assert!(letter.header("List-Unsubscribe").unwrap().contains("/u/"));
        assert!(letter.text.contains("Friday 4 December 2026, 18:30–21:00 (London, GMT)"));
        assert!(!letter.text.contains("Your time"), "{}", letter.text);
        town.until("2026-12-03T18:30:00Z").await;
        assert_eq!(town.reminders("ada@example.org").await, [SOON, SOON]);
        assert_eq!(town.reminders("bo@example.org").await.len(), 0, "not what she chose");
        town.until("2026-12-04T16:30:00Z").await;
        town.later(60).await;
        assert_eq!(town.reminders("ada@example.org").await.len(), 2, "nobody asked for hours");
        assert_eq!(town.reminders("bo@example.org").await, ["Binnenkort: Heat in our homes"]);
        assert_eq!(town.reminders("waits@example.org").await.len(), 0, "she has no place");
    })
    .await;
}

#[tokio::test]
async fn a_reminder_of_a_time_that_has_changed_is_never_sent() {
    both(|app| async move {
        let town = Town::new(app).await;
        let event = town.evening().await;
        town.registers(event, "Ada", "ada@example.org", "en").await;
        town.until("2026-11-26T10:00:00Z").await;
        town.moves(event, "2026-12-11T18:30", "2026-12-11T21:00").await;
        town.until("2026-11-27T18:30:00Z").await;
        town.until("2026-12-03T18:30:00Z").await;
        let changed = "Changed: Heat in our homes";
        assert_eq!(town.reminders("ada@example.org").await, [changed]);
        town.until("2026-12-04T18:30:00Z").await;
        assert_eq!(town.reminders("ada@example.org").await, [changed, SOON]);
        // Moved so near that a day before is past: the letter about that says enough.
        town.moves(event, "2026-12-05T12:00", "2026-12-05T14:00").await;
        town.until("2026-12-05T11:00:00Z").await;
        assert_eq!(town.reminders("ada@example.org").await, [changed, SOON, changed]);
    })
    .await;
}

#[tokio::test]
async fn after_a_standstill_the_newest_reminder_is_the_only_one() {
    both(|app| async move {
        let town = Town::new(app).await;
        let event = town.evening().await;
        let over = town.event("Over", "2026-12-02T12:00", "2026-12-02T14:00", 5).await;
        town.registers(event, "Ada", "ada@example.org", "en").await;
        town.registers(over, "Bo", "bo@example.org", "en").await;
        town.later(1).await;
        // Everything stands still for a week and a half.
        town.until("2026-12-03T19:00:00Z").await;
        town.later(600).await;
        assert_eq!(town.reminders("ada@example.org").await, [SOON]);
        assert_eq!(town.reminders("bo@example.org").await.len(), 0, "it has begun");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_woken_and_what_waits_for_the_morning_must_still_be_true() {
    both(|app| async move {
        let town = Town::new(app).await;
        let late = |title| town.event(title, "2026-12-04T22:30", "2026-12-04T23:30", 9);
        let (stays, moved, given_back) =
            (late("Stays").await, late("Moved").await, late("Given").await);
        town.registers(stays, "Ada", "ada@example.org", "en").await;
        town.registers(stays, "Hana", "hana@example.org", "ko").await;
        town.wishes("hana@example.org", &[Ahead::Week], Some("Asia/Seoul")).await;
        town.registers(moved, "Bo", "bo@example.org", "en").await;
        let hers = town.registers(given_back, "Cem", "cem@example.org", "tr").await;
        // Half past ten in London is half past seven in Seoul.
        town.until("2026-11-27T22:30:00Z").await;
        for address in ["ada", "bo", "cem", "hana"] {
            let inbox = town.inbox(&format!("{address}@example.org")).await;
            assert_eq!(inbox.len(), 1, "{address} sleeps");
        }
        town.until("2026-11-27T23:00:00Z").await;
        let letter = town.inbox("hana@example.org").await.pop().unwrap().letter();
        assert_eq!(letter.subject, "곧 열립니다: Stays");
        assert!(letter.text.contains("서울, GMT+9"), "{}", letter.text);
        town.until("2026-11-28T07:59:30Z").await;
        town.moves(moved, "2026-12-05T22:30", "2026-12-05T23:30").await;
        let act = CancelRegistration { event: given_back, registration: hers, via_link: false };
        town.does(act).await;
        town.until("2026-11-28T08:00:00Z").await;
        assert_eq!(town.reminders("ada@example.org").await, ["Soon: Stays"]);
        assert_eq!(town.reminders("bo@example.org").await.len(), 0, "that time is past");
        assert_eq!(town.reminders("cem@example.org").await, ["Kayıt iptal edildi: Given"]);
    })
    .await;
}

#[tokio::test]
async fn what_does_not_take_place_is_not_reminded_of() {
    both(|app| async move {
        let town = Town::new(app).await;
        let event = town.evening().await;
        town.registers(event, "Ada", "ada@example.org", "en").await;
        town.later(1).await;
        town.does(CancelEvent { event, reason: "A storm".into() }).await;
        town.until("2026-11-27T18:30:00Z").await;
        town.until("2026-12-04T16:30:00Z").await;
        let told = town.reminders("ada@example.org").await;
        assert_eq!(told, ["Cancelled: Heat in our homes"]);
    })
    .await;
}

#[tokio::test]
async fn who_has_not_answered_is_reminded_by_hand_once_a_day() {
    both(|app| async move {
        let town = Town::new(app).await;
        let event = town.evening().await;
        let silent = town.ngo("Silent", "silent@example.org", "en").await;
        let comes = town.ngo("Comes", "comes@example.org", "en").await;
        for ngo in [&silent, &comes] {
            town.invites(event, ngo).await;
        }
        town.later(1).await;
        town.answers(event, &comes, Answer::Accepted).await;
        town.later(1).await;
        let curator = || town.app.viewer(town.hub, kernel::Role::Curator);
        let remind = |more: &str| {
            format!(
                "mutation {{ remindInvitees(input: {{ eventId: \"{event}\" {more} }})
                 {{ userErrors {{ code }} event {{ id }} }} }}"
            )
        };
        let before = town.inbox("comes@example.org").await.len();
        let said = "subject: \"Soup?\", message: \"We order on Monday.\\n\\nDo come.\"";
        let answer = town.app.graphql(curator(), &remind(said)).await;
        assert_eq!(answer["remindInvitees"]["userErrors"], serde_json::json!([]));
        town.later(1).await;
        assert_eq!(town.reminders("silent@example.org").await, ["Soup?"]);
        assert_eq!(town.inbox("comes@example.org").await.len(), before);
        let letter = town.inbox("silent@example.org").await.remove(1).letter();
        assert_eq!(letter.calendar, None);
        assert!(letter.text.contains("We order on Monday.\n\nDo come."), "{}", letter.text);
        assert!(letter.text.contains("Say whether you come:\nhttp://127.0.0.1:8080/i/"));
        let answer = town.app.graphql(curator(), &remind("")).await;
        let code = &answer["remindInvitees"]["userErrors"][0]["code"];
        assert_eq!(code, "ALREADY_REMINDED");
        town.later(86_400).await;
        let answer = town.app.graphql(curator(), &remind("")).await;
        assert_eq!(answer["remindInvitees"]["userErrors"], serde_json::json!([]));
        town.later(1).await;
        let told = town.reminders("silent@example.org").await;
        assert_eq!(told, ["Soup?", "Are you coming? Heat in our homes"]);
    })
    .await;
}

#[tokio::test]
async fn a_letter_says_why_it_came_and_how_to_choose() {
    both(|app| async move {
        let town = Town::new(app).await;
        let event = town.evening().await;
        town.registers(event, "Ada", "ada@example.org", "nl").await;
        town.until("2026-11-27T18:30:00Z").await;
        let letter = town.inbox("ada@example.org").await.remove(1).letter();
        let link = |door: &str| {
            let links = letter.links();
            let found = links.iter().find(|link| link.contains(door)).expect("a link");
            found.trim_start_matches("http://127.0.0.1:8080").to_owned()
        };
        let hub = town.hub.to_string();
        let before = town.app.journal().position(&hub).await.unwrap();
        let (status, page) = town.get(&link("/why/")).await;
        assert_eq!(status, 200, "{page}");
        for said in [
            "Waarom je deze mail kreeg",
            "Iedereen met een plaats wordt aan het evenement herinnerd.",
            "Een inschrijving is bevestigd.",
            "/u/",
            "/mails/",
        ] {
            assert!(page.contains(said), "{said} is not in {page}");
        }
        assert!(!page.contains("ada@example.org") && !page.contains("Ada"), "{page}");
        let forged = link("/why/").replace("event-reminder", "invitation");
        assert_eq!(town.get(&forged).await.0, 404);
        let mails = link("/mails/");
        let (status, page) = town.get(&mails).await;
        assert_eq!(status, 200, "{page}");
        let after = town.app.journal().position(&hub).await.unwrap();
        assert_eq!(after, before, "looking changes nothing");
        let (status, _) = town.app.knocks("POST", &mails, "reminder=hours&zone=Asia/Seoul").await;
        assert_eq!(status, 303);
        let person = town.app.journal().keys().person_of("ada@example.org").await.unwrap();
        let db = town.app.journal().db();
        let wishes = crate::reach::view::wishes_of(db, &hub, &person.to_string()).await.unwrap();
        let zone = Zone::parse("Asia/Seoul");
        assert_eq!(wishes, Wishes { reminders: BTreeSet::from([Ahead::Hours]), zone });
        // The same in the API, by the same link.
        let token = mails.trim_start_matches("/mails/");
        let set = |token: &str| {
            format!(
                "mutation {{ setMailPreferences(input: {{ token: \"{token}\", reminders: [WEEK] }})
                 {{ userErrors {{ code }} preferences {{ reminders timeZone }} }} }}"
            )
        };
        let visitor = || crate::app::Viewer::visitor(crate::text::Locale::En);
        let answer = town.app.graphql(visitor(), &set(token)).await;
        let expected = serde_json::json!({ "reminders": ["WEEK"], "timeZone": null });
        assert_eq!(answer["setMailPreferences"]["preferences"], expected);
        let answer = town.app.graphql(visitor(), &set("forged")).await;
        assert_eq!(answer["setMailPreferences"]["userErrors"][0]["code"], "INVALID_TOKEN");
    })
    .await;
}
