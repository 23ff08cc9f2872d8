//! Following an issue by mail, from the rule to the bytes that leave, on both databases.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it fails"
)]

use chrono::{DateTime, Duration, Utc};
use kernel::Personal;
use kernel::testing::{given, id, noon};

use super::digest::Command as DigestCommand;
use super::*;
use crate::app::Viewer;
use crate::event::CancelEvent;
use crate::issue::{AddEvidence, Evidence, IssueId, RetractEvidence};
use crate::reach::{Category, StopLetters, Why};
use crate::stakeholder::address::{ChangeEmail, RequestEmailChange};
use crate::stakeholder::{EndorseIssue, Kind, RegisterStakeholder};
use crate::testing::both;
use crate::text::Locale;
use crate::work::testing::{Town, london, wall};

mod doors;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn email() -> Personal<String> {
    Personal::new(id(2), "ada@example.org".to_owned())
}

fn ask(proven: bool) -> decider::Command {
    let (issue, locale, zone) = (id(1), "en".to_owned(), london());
    decider::Command::Follow { issue, email: email(), locale, zone, proven }
}

fn asked(at: DateTime<Utc>, proven: bool) -> Fact {
    let (issue, locale, zone) = (id(1), "en".to_owned(), london());
    Fact::FollowAsked { issue, email: email(), locale, zone, at, proven }
}

#[test]
fn nobody_follows_before_she_has_said_yes_at_her_address() {
    let issue: IssueId = id(1);
    let follows = || Fact::IssueFollowed { issue, zone: london() };
    given::<Following>([]).when(ask(false)).then([asked(noon(), false)]);
    given::<Following>([]).when(ask(true)).then([asked(noon(), true), follows()]);
    let waits = || given::<Following>([asked(noon(), false)]);
    waits().later(Duration::hours(23)).when(ask(false)).then([]);
    let tomorrow = noon() + Duration::hours(24);
    waits().later(Duration::hours(24)).when(ask(false)).then([asked(tomorrow, false)]);
    waits().when(decider::Command::Confirm { issue }).then([follows()]);
    let known = || given::<Following>([asked(noon(), false), follows()]);
    known().when(ask(false)).then([]);
    known().when(decider::Command::Confirm { issue }).then([]);
    let gone = Fact::IssueUnfollowed { issue };
    known().when(decider::Command::Unfollow { issue }).then([gone.clone()]);
    given::<Following>([asked(noon(), false), follows(), gone])
        .when(decider::Command::Confirm { issue })
        .then_rejected(decider::Rejection::NotAskedFor {});
    given::<Following>([]).when(decider::Command::Unfollow { issue }).then([]);
}

#[test]
fn nobody_fills_somebody_elses_mailbox() {
    let asked = |number| {
        let (issue, locale, zone) = (id(number), "en".to_owned(), london());
        Fact::FollowAsked { issue, email: email(), locale, zone, at: noon(), proven: false }
    };
    let pressed = || given::<Following>([asked(11), asked(12), asked(13)]);
    pressed().when(ask(false)).then([]);
    let tomorrow = noon() + Duration::hours(24);
    pressed().later(Duration::hours(24)).when(ask(false)).then([self::asked(tomorrow, false)]);
    let follows = Fact::IssueFollowed { issue: id(1), zone: london() };
    pressed().when(ask(true)).then([self::asked(noon(), true), follows]);
}

#[test]
fn a_stranger_does_not_use_up_what_somebody_may_follow() {
    let asked = |number, days| {
        let (issue, locale, zone) = (id(number), "en".to_owned(), london());
        let at = noon() - Duration::days(days);
        Fact::FollowAsked { issue, email: email(), locale, zone, at, proven: false }
    };
    let follows = |number| Fact::IssueFollowed { issue: id(number), zone: london() };
    let confirm = |number| decider::Command::Confirm { issue: id(number) };
    let full = || decider::Rejection::TooManyFollowed { max: 100 };
    // A hundred that strangers gave her address for take no place.
    given::<Following>((11..=110).map(|number| asked(number, 2)))
        .when(ask(true))
        .then([self::asked(noon(), true), follows(1)]);
    // A hundred that she follows do.
    let follower = || (11..=110).map(follows);
    given::<Following>(follower()).when(ask(true)).then_rejected(full());
    given::<Following>([asked(1, 2)].into_iter().chain(follower()))
        .when(confirm(1))
        .then_rejected(full());
    // She may say yes the day after, and not after a month in which others were asked about.
    given::<Following>([asked(1, 29), asked(2, 0)]).when(confirm(1)).then([follows(1)]);
    given::<Following>([asked(1, 30), asked(2, 0)])
        .when(confirm(1))
        .then_rejected(decider::Rejection::NotAskedFor {});
}

#[test]
fn each_monday_comes_once_and_a_late_one_waits_for_the_next() {
    let (zone, monday) = (london(), at("2026-11-23T08:00:00Z"));
    let next = at("2026-11-30T08:00:00Z");
    let begun = || DigestFact::DigestsBegun { zone, next: monday };
    given::<Digests>([]).when(DigestCommand::Begin { zone }).then([begun()]);
    given::<Digests>([begun()]).when(DigestCommand::Begin { zone }).then([]);
    let send = DigestCommand::Send { zone, monday };
    let on = |text| given::<Digests>([begun()]).later(at(text) - noon()).when(send);
    on("2026-11-23T07:59:59Z").then([]);
    on("2026-11-23T08:00:00Z").then([DigestFact::DigestsDue { zone, monday, next }]);
    on("2026-11-24T08:00:00Z").then([DigestFact::DigestsDue { zone, monday, next }]);
    on("2026-11-24T08:00:01Z").then([DigestFact::DigestsPutOff { zone, monday, next }]);
    let due = DigestFact::DigestsDue { zone, monday, next };
    given::<Digests>([begun(), due]).later(Duration::days(1)).when(send).then([]);
}

impl Town {
    async fn gives(&self, viewer: Viewer, mutation: &str, input: &str) -> serde_json::Value {
        let document =
            format!("mutation {{ {mutation}(input: {{ {input} }}) {{ userErrors {{ code }} }} }}");
        let answer = self.app.graphql(viewer, &document).await;
        answer[mutation]["userErrors"].clone()
    }

    async fn finds(&self, figure: &str) {
        let evidence = Evidence {
            figure: figure.into(),
            source: "https://example.org/found".into(),
            date: wall("2026-01-15T00:00").date(),
        };
        self.does(AddEvidence { issue: self.issue, evidence }).await;
    }

    async fn at(&self, text: &str) {
        self.later((at(text) - self.app.now()).num_seconds()).await;
    }

    async fn subjects(&self, address: &str) -> Vec<String> {
        self.inbox(address).await.iter().map(|mail| mail.letter().subject).collect()
    }
}

fn visitor() -> Viewer {
    Viewer::visitor(Locale::En)
}

/// What the first link to a door in somebody's newest letter holds.
async fn token(town: &Town, address: &str, door: &str) -> String {
    let letter = town.inbox(address).await.pop().expect("a letter").letter();
    let links = letter.links();
    let link = links.iter().find(|link| link.contains(door)).expect("a link");
    link.rsplit_once('/').unwrap().1.to_owned()
}

#[tokio::test]
async fn a_summary_leaves_on_monday_once_to_who_has_said_yes() {
    both(|app| async move {
        let town = Town::new(app).await;
        let none = serde_json::json!([]);
        let issue = town.issue;
        for (address, more) in [
            ("ada@example.org", "locale: \"en\""),
            ("bo@example.org", "locale: \"nl\""),
            ("hana@example.org", "locale: \"ko\", timeZone: \"Asia/Seoul\""),
        ] {
            let input = format!("issueId: \"{issue}\", email: \"{address}\", {more}");
            assert_eq!(town.gives(visitor(), "followIssue", &input).await, none);
            assert_eq!(town.gives(visitor(), "followIssue", &input).await, none, "asked once");
        }
        town.later(1).await;
        assert_eq!(town.subjects("ada@example.org").await, ["Follow “Cold homes”?"]);
        town.finds("Before anybody followed").await;
        for address in ["ada@example.org", "hana@example.org"] {
            let token = token(&town, address, "/follow/").await;
            let input = format!("token: \"{token}\"");
            assert_eq!(town.gives(visitor(), "confirmFollow", &input).await, none);
        }
        town.finds("One child in nine sleeps in the cold").await;
        let event = town.event("Warm rooms", "2026-12-11T18:30", "2026-12-11T21:00", 5).await;
        // Monday, eight in the morning, is Sunday night in London when it comes to Seoul.
        town.at("2026-11-22T23:00:00Z").await;
        assert_eq!(town.subjects("hana@example.org").await.last().unwrap(), "이번 주: Cold homes");
        assert_eq!(town.subjects("ada@example.org").await.len(), 1);
        town.finds("Told next week").await;
        town.at("2026-11-23T08:00:00Z").await;
        town.later(3_600).await;
        assert_eq!(town.subjects("bo@example.org").await.len(), 1, "she has not said yes");
        let inbox = town.inbox("ada@example.org").await;
        assert_eq!(inbox.len(), 2, "once");
        let letter = inbox[1].letter();
        assert_eq!(letter.subject, "This week: Cold homes");
        assert_eq!(letter.header("Precedence"), Some("bulk"));
        assert!(letter.header("List-Unsubscribe").unwrap().contains("~digests."));
        let html = letter.html.clone().unwrap();
        for said in [
            "One child in nine sleeps in the cold",
            "New event: Warm rooms, Friday 11 December 2026, 18:30–21:00 (London, GMT)",
            "Told next week",
        ] {
            assert!(letter.text.contains(said), "{said} is not in {}", letter.text);
            assert!(html.contains(said), "{said} is not in {html}");
        }
        assert!(!letter.text.contains("Before anybody followed"), "{}", letter.text);
        // Nothing happened: no letter. Something happened: one, and only of that.
        town.at("2026-11-30T09:00:00Z").await;
        assert_eq!(town.subjects("ada@example.org").await.len(), 2);
        let korean = town.inbox("hana@example.org").await;
        assert_eq!(korean.len(), 3, "what came after her Monday");
        assert!(korean[2].letter().text.contains("Told next week"));
        assert!(!korean[2].letter().text.contains("One child in nine"));
        town.does(CancelEvent { event, reason: "A storm".into() }).await;
        // The process stands still over a Monday: nothing is lost, and nobody gets two.
        town.at("2026-12-09T12:00:00Z").await;
        assert_eq!(town.subjects("ada@example.org").await.len(), 2, "too late for this Monday");
        town.at("2026-12-14T08:00:00Z").await;
        let inbox = town.inbox("ada@example.org").await;
        assert_eq!(inbox.len(), 3);
        let text = inbox[2].letter().text;
        assert!(text.contains("Cancelled: Warm rooms"), "{text}");
        assert!(!text.contains("Told next week"), "{text}");

        // Each section has its own way out.
        let token = token(&town, "ada@example.org", "/follow/").await;
        let input = format!("token: \"{token}\"");
        assert_eq!(town.gives(visitor(), "unfollowIssue", &input).await, none);
        town.finds("Nobody hears of this").await;
        town.at("2026-12-21T09:00:00Z").await;
        assert_eq!(town.inbox("ada@example.org").await.len(), 3);
    })
    .await;
}

/// Somebody follows the town's issue, asked and confirmed.
async fn follows(town: &Town, address: &str) {
    let none = serde_json::json!([]);
    let input = format!("issueId: \"{}\", email: \"{address}\"", town.issue);
    assert_eq!(town.gives(visitor(), "followIssue", &input).await, none);
    town.later(1).await;
    let yes = format!("token: \"{}\"", token(town, address, "/follow/").await);
    assert_eq!(town.gives(visitor(), "confirmFollow", &yes).await, none);
}

#[tokio::test]
async fn what_was_taken_back_within_the_week_is_not_told() {
    both(|app| async move {
        let town = Town::new(app).await;
        follows(&town, "ada@example.org").await;
        let issue = town.issue;
        // The first was there from the beginning.
        town.finds("Taken back").await;
        town.does(RetractEvidence { issue, evidence: 2 }).await;
        town.at("2026-11-23T08:00:00Z").await;
        assert_eq!(town.inbox("ada@example.org").await.len(), 1, "nothing is left to tell");
        town.finds("Taken back, too").await;
        town.finds("Still true").await;
        town.does(RetractEvidence { issue, evidence: 3 }).await;
        town.at("2026-11-30T08:00:00Z").await;
        let text = town.inbox("ada@example.org").await.pop().unwrap().letter().text;
        assert!(text.contains("Still true"), "{text}");
        assert!(!text.contains("Taken back"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn summaries_move_with_their_reader() {
    both(|app| async move {
        let town = Town::new(app).await;
        let ngo = town.ngo("Soup", "soup@example.org", "en").await;
        town.later(1).await;
        follows(&town, "soup@example.org").await;
        let (stakeholder, person) = (ngo.stakeholder, ngo.person);
        let email = Personal::new(person, "soup@new.example".to_owned());
        town.does(RequestEmailChange { stakeholder, email: email.clone() }).await;
        let db = town.app.journal().db();
        let row = crate::stakeholder::view::stakeholder(db, &stakeholder.to_string()).await;
        let change = u32::try_from(row.unwrap().unwrap().email_change.unwrap()).unwrap();
        let from = Some(Personal::new(person, "soup@example.org".to_owned()));
        town.does(ChangeEmail { stakeholder, change, person, email, from }).await;
        town.finds("One child in nine sleeps in the cold").await;
        town.at("2026-11-23T08:00:00Z").await;
        let summary = "This week: Cold homes".to_owned();
        assert!(town.subjects("soup@new.example").await.contains(&summary));
        assert!(!town.subjects("soup@example.org").await.contains(&summary));
    })
    .await;
}

/// Somebody who may stand behind an issue.
fn supporter(town: &Town) -> RegisterStakeholder {
    let person = town.app.id();
    let personal = |text: &str| Personal::new(person, text.to_owned());
    RegisterStakeholder {
        hub: town.hub,
        stakeholder: town.app.id(),
        person: Some(person),
        kind: Kind::Ngo,
        name: personal("Soup"),
        email: Some(personal("soup@example.org")),
        locale: "en".into(),
        about: None,
        city: None,
        region: None,
        country: None,
        website: None,
        tags: vec![],
        offers: vec![],
        needs: vec![],
        issues: vec![],
        consent: true,
        prospect: false,
    }
}

#[tokio::test]
async fn endorsements_push_nothing_out_of_the_week() {
    both(|app| async move {
        let town = Town::new(app).await;
        let supporter = supporter(&town);
        let (issue, stakeholder) = (town.issue, supporter.stakeholder);
        town.does(supporter).await;
        town.does(EndorseIssue { issue, stakeholder }).await;
        town.finds("Behind it").await;
        let (db, hub) = (town.app.journal().db(), town.hub.to_string());
        let issues = [issue.to_string()];
        let kinds = ["IssueEndorsed", "EvidenceAdded"];
        let week = view::week(db, &hub, (0, i64::MAX), &issues, &kinds).await.unwrap();
        let told: Vec<&str> = week.news.iter().map(|news| news.kind.as_str()).collect();
        // However many rows are read, endorsements are what is left out.
        assert_eq!(told.last(), Some(&"IssueEndorsed"), "{told:?}");
        assert!(told.contains(&"EvidenceAdded"), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn who_stopped_summaries_gets_none_until_she_says_yes_again() {
    both(|app| async move {
        let town = Town::new(app).await;
        let input = format!("issueId: \"{}\", email: \"ada@example.org\"", town.issue);
        town.gives(visitor(), "followIssue", &input).await;
        town.later(1).await;
        let yes = format!("token: \"{}\"", token(&town, "ada@example.org", "/follow/").await);
        town.gives(visitor(), "confirmFollow", &yes).await;
        let person = town.app.journal().keys().person_of("ada@example.org").await.unwrap();
        let (category, why) = (Category::Digests, Why::Asked);
        town.does(StopLetters { person, category, why, until: None }).await;
        town.finds("Not told").await;
        town.at("2026-11-23T08:00:00Z").await;
        assert_eq!(town.subjects("ada@example.org").await.len(), 1);
        let gone = format!("issueId: \"{}\"", town.issue);
        let herself =
            Viewer { person: Some(person), ..town.app.viewer(town.hub, kernel::Role::Member) };
        town.gives(herself, "unfollowIssue", &gone).await;
        town.gives(visitor(), "followIssue", &input).await;
        town.later(1).await;
        let again = format!("token: \"{}\"", token(&town, "ada@example.org", "/follow/").await);
        town.gives(visitor(), "confirmFollow", &again).await;
        town.finds("Told again").await;
        town.at("2026-11-30T08:00:00Z").await;
        let newest = town.inbox("ada@example.org").await.pop().unwrap().letter();
        assert!(newest.text.contains("Told again"), "{}", newest.text);
        let forged = town.gives(visitor(), "confirmFollow", "token: \"forged\"").await;
        assert_eq!(forged[0]["code"], "INVALID_TOKEN");
    })
    .await;
}
