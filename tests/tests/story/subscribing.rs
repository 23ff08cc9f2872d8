//! Steps 8 and 9: calendars subscribe, and all hear of a change.

use mail::testing::Received;
use serde_json::json;
use stories::calendars::{self, Calendar};
use stories::program::{Launch, Server};

use crate::Story;

/// Longer than edits are gathered before a letter tells of them.
const LATER_S: u32 = 300;

/// A feed as a calendar program reads it.
async fn feed(story: &Story, path: &str) -> Calendar {
    let reply = story.world.visitor().gets(path).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    assert_eq!(reply.header("content-type"), "text/calendar; charset=utf-8", "{path}");
    calendars::read(&[reply.text()]).remove(0)
}

/// Step 9.
pub(crate) async fn calendars_subscribe(story: &Story) {
    let visitor = story.world.visitor();
    let of_hub = format!("/feeds/hub/{}.ics", story.hub.slug);
    let of_issue = format!("/feeds/issue/{}.ics", story.issue_slug);
    for path in [&of_hub, &of_issue] {
        let calendar = feed(story, path).await;
        assert_eq!(calendar.method, "", "{path}");
        let event = calendar.event(&story.event);
        assert_eq!((event.sequence, event.status.as_str()), (0, "CONFIRMED"), "{path}");
        assert_eq!(event.start, story.plan.starts_utc(), "{path}");
        assert_eq!(event.attendee, "", "{path} names people");
    }

    let starts = story.plan.starts_utc();
    let file = feed(story, &format!("/export/hub/{}/{}.ics", story.hub.slug, &starts[..4])).await;
    assert_eq!((file.method.as_str(), &file.event(&story.event).start), ("PUBLISH", &starts));

    let first = visitor.gets(&of_hub).await;
    let (tag, date) = (first.header("etag"), first.header("last-modified"));
    assert!(tag.starts_with('"'), "a weak tag, {tag}");
    let again = visitor.gets(&of_hub).await;
    assert_eq!((&again.body, again.header("etag")), (&first.body, tag.clone()));
    let head = visitor.request(reqwest::Method::HEAD, &of_hub);
    let head = stories::Person::send(head).await.unwrap();
    assert_eq!((head.status, head.body.len(), head.header("etag")), (200, 0, tag.clone()));
    for (name, value) in [("if-none-match", &tag), ("if-modified-since", &date)] {
        let request = visitor.request(reqwest::Method::GET, &of_hub).header(name, value);
        let same = stories::Person::send(request).await.unwrap();
        assert_eq!((same.status, same.body.len()), (304, 0), "{name}: {value}");
        assert_eq!(same.header("etag"), tag);
    }
    let posted = visitor.request(reqwest::Method::POST, &of_hub);
    assert_eq!(stories::Person::send(posted).await.unwrap().status, 405);
    assert_eq!(visitor.gets("/feeds/hub/nowhere.ics").await.status, 404);
    assert_eq!(visitor.gets("/feeds/p/forged.ics").await.status, 404);
}

/// Step 8.
pub(crate) async fn all_hear_of_a_change(story: &mut Story, invited: &[Received]) {
    let of_hub = format!("/feeds/hub/{}.ics", story.hub.slug);
    let before = feed(story, &of_hub).await.event(&story.event).clone();
    let old = story.world.visitor().gets(&of_hub).await.header("etag");
    let moved = story.plan.later_by(chrono::Duration::days(7));
    story.curator.reschedules(&story.event, &moved).await;
    // Once more, at once: who is told is told of both in one letter.
    let moved = moved.later_by(chrono::Duration::days(1));
    story.curator.reschedules(&story.event, &moved).await;
    story.plan = moved.clone();
    let request = story.world.visitor().request(reqwest::Method::GET, &of_hub);
    let changed = stories::Person::send(request.header("if-none-match", &old)).await.unwrap();
    assert_eq!(changed.status, 200, "the old tag still holds");
    let after = feed(story, &of_hub).await.event(&story.event).clone();
    assert_eq!(after.uid, before.uid);
    assert!(after.sequence > before.sequence, "{after:?}");
    assert_eq!(after.start, moved.starts_utc());

    let count = story.world.peer.received().await.len();
    later(story);
    let letters = told(story, count, "REQUEST").await;
    for guest in &story.guests {
        let own: Vec<_> = letters.iter().filter(|(to, _)| *to == guest.email).collect();
        assert_eq!(own.len(), 1, "updates to {}: {own:?}", guest.email);
        let event = own[0].1.event(&story.event);
        assert_eq!(
            (&event.uid, event.sequence, &event.start),
            (&before.uid, after.sequence, &after.start)
        );
    }

    let reason = "The kitchen is flooded";
    let cancel = json!({ "eventId": story.event, "reason": reason });
    let count = story.world.peer.received().await.len();
    story.curator.gives("cancelEvent", cancel.clone()).accepted().await;
    cancelled_everywhere(story, invited, reason, count).await;
    assert!(!story.curator.gives("cancelEvent", cancel).tried().await.unwrap().text().is_empty());
}

/// Page, feed, letters, invitation and registration say so.
async fn cancelled_everywhere(story: &Story, invited: &[Received], reason: &str, count: usize) {
    let of_hub = format!("/feeds/hub/{}.ics", story.hub.slug);
    let gone = feed(story, &of_hub).await.event(&story.event).clone();
    assert_eq!(gone.status, "CANCELLED");
    assert_ne!(gone.summary, "Who fetches what", "a cancelled event looks as before");
    let page =
        story.world.visitor().gets(&format!("/h/{}/events/{}", story.hub.slug, story.event)).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains(reason), "{}", page.text());
    let letters = told(story, count, "CANCEL").await;
    for guest in &story.guests {
        let own: Vec<_> = letters.iter().filter(|(to, _)| *to == guest.email).collect();
        assert_eq!(own.len(), 1, "cancellations to {}", guest.email);
        assert_eq!(own[0].1.event(&story.event).sequence, gone.sequence);
    }
    let input = json!({ "eventId": story.event, "name": "Too Late", "email": "late@people.example", "partySize": 1 });
    story.world.visitor().gives("registerForEvent", input).refused_with("EVENT_CANCELLED").await;
    let token = super::coming::link(&invited[1], "/i/").trim_start_matches("/i/").to_owned();
    let answer = json!({ "token": token, "answer": "ACCEPTED" });
    story.world.visitor().gives("answerInvitation", answer).refused_with("EVENT_CANCELLED").await;
}

/// Lets the server's clock go on, past the time in which edits are gathered.
fn later(story: &mut Story) {
    story.world.server.stop();
    let mut launch = Launch::mail(&story.world.peer.url());
    launch.environment.push(("CONVOKE_CLOCK_AHEAD".to_owned(), LATER_S.to_string()));
    let server = Server::start(&story.world.database, &launch);
    story.moves_to(server);
}

/// The calendars of this method that went out since, with whom they went to.
async fn told(story: &Story, since: usize, method: &str) -> Vec<(String, Calendar)> {
    let wanted = format!("METHOD:{method}");
    let is_one = |letter: &Received| {
        letter.letter().calendar.is_some_and(|calendar| calendar.contains(&wanted))
    };
    let letters = story.world.letters_that(since, story.guests.len(), is_one).await;
    let texts: Vec<String> = letters.iter().filter_map(|l| l.letter().calendar).collect();
    letters.iter().map(|letter| letter.to.clone()).zip(calendars::read(&texts)).collect()
}
