//! Letters that come by themselves: reminders before an event, a summary on Monday.
//!
//! The server is stopped and started with a clock that is ahead, so a story of a month takes a
//! minute.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a story stops at the first surprise")]

use std::time::Duration;

use chrono::{DateTime, Datelike as _, Duration as Span, NaiveDate, Utc};
use serde_json::json;
use stories::people::{Plan, address, now};
use stories::program::Launch;
use stories::{World, both};

/// How long nothing must come before we believe that nothing comes.
const QUIET: Duration = Duration::from_secs(3);

/// Starts the server anew with a clock that shows this instant, and lets it work.
fn at(world: &mut World, instant: DateTime<Utc>) {
    let ahead = (instant - now()).num_seconds().max(0);
    let mut launch = Launch::mail(&world.peer.url());
    launch.environment.push(("CONVOKE_CLOCK_AHEAD".to_owned(), ahead.to_string()));
    world.restarts(&launch);
}

/// The subjects of the letters to somebody that begin so, once nothing more comes.
async fn told(world: &World, name: &str, begins: &str, count: usize) -> Vec<String> {
    let to = address(name);
    let is_one = |letter: &mail::testing::Received| {
        letter.to == to && letter.letter().subject.starts_with(begins)
    };
    if count > 0 {
        world.letters_that(0, count, is_one).await;
    }
    tokio::time::sleep(QUIET).await;
    let all = world.peer.received().await;
    all.iter().filter(|letter| is_one(letter)).map(|letter| letter.letter().subject).collect()
}

/// What the newest letter's link to a door holds.
async fn token(world: &World, name: &str, door: &str) -> String {
    let to = address(name);
    let all = world.peer.received().await;
    let letter = all.iter().rfind(|letter| letter.to == to).unwrap().letter();
    let links = letter.links();
    let link = links.iter().find(|link| link.contains(door)).unwrap();
    link.rsplit_once('/').unwrap().1.to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reminders_leave_at_their_time_once_and_move_with_the_event() {
    both(async |mut world| {
        let hub = world.hub("Moda", "moda", "Europe/Istanbul", &["en"]).await;
        let curator = world.with_role(&hub, "curator");
        let issue = curator.puts_on_agenda(&hub, "Cold homes").await;
        let plan = Plan::evening(10, 30);
        let far = Plan::evening(30, 30);
        let stays = curator.publishes(&hub, &issue, "Stays", &plan).await;
        let moves = curator.publishes(&hub, &issue, "Moves", &plan).await;
        let sleeps = curator.publishes(&hub, &issue, "Sleeps", &far).await;
        for (event, name) in [(&stays, "Sta Ys"), (&moves, "Mo Ves"), (&sleeps, "Sle Eps")] {
            world.visitor().registers(event, name, 1).await;
        }
        let guest = curator.registers_stakeholder(&hub, "Silent House", &json!({})).await;
        let invite = json!({ "eventId": stays, "stakeholderIds": [guest] });
        curator.gives("inviteStakeholders", invite).accepted().await;
        curator.reschedules(&moves, &plan.later_by(Span::days(2))).await;
        let again = json!({ "eventId": stays, "subject": "Soup on Monday?" });
        curator.gives("remindInvitees", again.clone()).accepted().await;
        curator.gives("remindInvitees", again).refused_with("ALREADY_REMINDED").await;

        let starts = |plan: &Plan| (plan.starts_at - Span::hours(3)).and_utc();
        let minute = Span::minutes(1);
        at(&mut world, starts(&plan) - Span::days(7) + minute);
        assert_eq!(told(&world, "Sta Ys", "Soon", 1).await, ["Soon: Stays"]);
        assert_eq!(told(&world, "Mo Ves", "Soon", 0).await.len(), 0, "that time is no more");
        // By hand it came at once, or with the morning, and once.
        assert_eq!(told(&world, "Silent House", "Soup", 1).await, ["Soup on Monday?"]);
        let choose =
            json!({ "token": token(&world, "Sta Ys", "/mails/").await, "reminders": ["HOURS"] });
        world.visitor().gives("setMailPreferences", choose).accepted().await;

        at(&mut world, starts(&plan) - Span::days(5) + minute);
        assert_eq!(told(&world, "Mo Ves", "Soon", 1).await, ["Soon: Moves"]);
        at(&mut world, starts(&plan) - Span::days(1) + minute);
        assert_eq!(told(&world, "Sta Ys", "Soon", 1).await.len(), 1, "she chose otherwise");
        at(&mut world, starts(&plan) - Span::hours(2) + minute);
        assert_eq!(told(&world, "Sta Ys", "Soon", 2).await.len(), 2);
        // Nothing runs while two reminders of the third become due.
        at(&mut world, starts(&far) - Span::days(1) + minute);
        assert_eq!(told(&world, "Sle Eps", "Soon", 1).await, ["Soon: Sleeps"]);
        at(&mut world, starts(&far) - Span::hours(1));
        assert_eq!(told(&world, "Sle Eps", "Soon", 1).await.len(), 1, "once");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_summary_leaves_on_monday_once() {
    both(async |mut world| {
        let hub = world.hub("Moda", "moda", "Europe/Istanbul", &["en"]).await;
        let curator = world.with_role(&hub, "curator");
        let issue = curator.puts_on_agenda(&hub, "Cold homes").await;
        for name in ["Fol Lows", "Si Lent"] {
            let input = json!({ "issueId": issue, "email": address(name), "locale": "en" });
            world.visitor().gives("followIssue", input).accepted().await;
            assert_eq!(told(&world, name, "Follow", 1).await, ["Follow “Cold homes”?"]);
        }
        let yes = json!({ "token": token(&world, "Fol Lows", "/follow/").await });
        world.visitor().gives("confirmFollow", yes).accepted().await;
        let found = json!({
            "issueId": issue,
            "figure": "One child in nine sleeps in the cold",
            "source": "https://example.org/found",
            "date": "2026-01-15",
        });
        curator.gives("addEvidence", found).accepted().await;

        // Eight in the morning in Istanbul is five in Greenwich.
        let today = now().date_naive();
        let this = today - Span::days(i64::from(today.weekday().num_days_from_monday()));
        let eight = |day: NaiveDate| day.and_hms_opt(5, 0, 0).unwrap().and_utc();
        // Who begins to follow on a Monday before eight hears that same morning.
        let days = if now() < eight(this) { 0 } else { 7 };
        let monday = eight(this + Span::days(days)) + Span::minutes(1);
        at(&mut world, monday);
        assert_eq!(told(&world, "Fol Lows", "This week", 1).await, ["This week: Cold homes"]);
        assert_eq!(told(&world, "Si Lent", "This week", 0).await.len(), 0, "she never said yes");
        at(&mut world, monday + Span::hours(2));
        assert_eq!(told(&world, "Fol Lows", "This week", 1).await.len(), 1, "once");
        let gone = json!({ "token": token(&world, "Fol Lows", "/follow/").await });
        world.visitor().gives("unfollowIssue", gone).accepted().await;
        let unheard = json!({
            "issueId": issue,
            "figure": "One pensioner in six heats one room",
            "source": "https://example.org/rooms",
            "date": "2026-01-16",
        });
        // The server is at another address since.
        let curator = world.with_role(&hub, "curator");
        curator.gives("addEvidence", unheard).accepted().await;
        at(&mut world, monday + Span::days(7));
        assert_eq!(told(&world, "Fol Lows", "This week", 1).await.len(), 1, "she follows no more");
        world.verifies();
    })
    .await;
}
