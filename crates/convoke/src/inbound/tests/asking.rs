//! Other times, the invitation once more, and people who were not invited: from the mail to what
//! the curator does with it, and to what the guest's calendar gets.

use serde_json::json;

use super::*;
use crate::work::testing::{ics, lines};

fn counter(scene: &Scene) -> Reply<'static> {
    Reply {
        method: "COUNTER",
        partstat: "TENTATIVE",
        more: "DTSTART;TZID=Europe/London:20261204T190000\r\nDTEND;TZID=Europe/London:20261204T213000\r\nCOMMENT:Half an hour later?\r\n",
        ..scene.yes()
    }
}

impl Scene {
    async fn gives(&self, mutation: &str, input: &str, wants: &str) -> Value {
        let query = format!(
            "mutation {{ {mutation}(input: {{ {input} }}) {{ {wants} userErrors {{ code message }} }} }}"
        );
        self.asks(&query).await[mutation].clone()
    }

    async fn proposed(&self) -> Value {
        let query = format!(
            "{{ node(id: \"{}\") {{ ... on Event {{ proposedTimes {{ totalCount nodes {{
                number state startsAt comment answer why stakeholder {{ name }}
                invitation {{ proposedTimes {{ state }} }} }} }} }} }} }}",
            self.event
        );
        self.asks(&query).await["node"]["proposedTimes"].clone()
    }
}

#[tokio::test]
async fn a_proposed_time_is_taken_and_everybody_is_asked_again() {
    both(|app| async move {
        let scene = Scene::new(app).await;
        scene.town.later(0).await;
        assert_eq!(scene.hears(&counter(&scene)).await, "PROPOSES");
        let seen = scene.proposed().await;
        assert_eq!(
            seen["nodes"],
            json!([{
                "number": 1, "state": "OPEN", "startsAt": "2026-12-04T19:00:00+00:00",
                "comment": "Half an hour later?", "answer": "TENTATIVE", "why": null,
                "stakeholder": { "name": "Soup" },
                "invitation": { "proposedTimes": [{ "state": "OPEN" }] },
            }])
        );
        let which = format!("guestId: \"{}\", number: 1", scene.id);
        let wrong = format!("guestId: \"{}\", number: 7", scene.id);
        let refused = scene.gives("acceptProposedTime", &wrong, "").await;
        assert_eq!(refused["userErrors"][0]["code"], "PROPOSAL_NOT_OPEN");
        let taken = scene.gives("acceptProposedTime", &which, "event { startsAt sequence }").await;
        assert_eq!(taken["userErrors"], json!([]));
        assert_eq!(
            taken["event"],
            json!({ "startsAt": "2026-12-04T19:00:00+00:00", "sequence": 1 })
        );
        assert_eq!(scene.proposed().await["nodes"][0]["state"], "ACCEPTED");
        let again = scene.gives("declineProposedTime", &which, "").await;
        assert_eq!(again["userErrors"][0]["code"], "PROPOSAL_NOT_OPEN");

        scene.town.later(121).await;
        let letters = scene.town.inbox("soup@example.org").await;
        let request = ics(letters.last().unwrap());
        assert_eq!(
            lines(&request, &["METHOD", "SEQUENCE", "DTSTART"]),
            ["METHOD:REQUEST", "SEQUENCE:1", "DTSTART:20261204T190000Z"]
        );
        assert!(said(&request, "NEEDS-ACTION", "TRUE"), "{request}");
        // An answer to the time before does not count any more, and neither does a proposal.
        let late = Reply { stamp: "20261122T110000Z", ..counter(&scene) };
        assert_eq!(scene.hears(&late).await, "STALE STALE_REPLY");
        assert_eq!(scene.proposed().await["totalCount"], 1);
    })
    .await;
}

#[tokio::test]
async fn a_proposed_time_is_declined_and_her_calendar_hears_which() {
    both(|app| async move {
        let scene = Scene::new(app).await;
        scene.town.later(0).await;
        assert_eq!(scene.hears(&counter(&scene)).await, "PROPOSES");
        scene.town.renames(scene.event, "Heat at home").await;
        let which = format!("guestId: \"{}\", number: 1, why: \"The room is let.\"", scene.id);
        let left = scene.gives("declineProposedTime", &which, "proposedTime { state why }").await;
        assert_eq!(left["proposedTime"], json!({ "state": "DECLINED", "why": "The room is let." }));
        let before = scene.town.inbox("soup@example.org").await.len();
        scene.town.later(1).await;
        let letters = scene.town.inbox("soup@example.org").await;
        assert_eq!(letters.len(), before + 1, "she alone, and at once");
        let letter = letters.last().unwrap().letter();
        assert_eq!(letter.subject, "The time stays: Heat at home");
        assert!(letter.text.contains("Reason: The room is let."), "{}", letter.text);
        let object = ics(letters.last().unwrap());
        let uid = format!("UID:{}@convoke.test", scene.event);
        assert_eq!(
            lines(&object, &["METHOD", "UID", "SEQUENCE", "COMMENT", "DTSTART"]),
            [
                "METHOD:DECLINECOUNTER",
                &uid,
                "SEQUENCE:0",
                "DTSTART:20261204T183000Z",
                "COMMENT:The room is let.",
            ]
        );
        let raw = String::from_utf8_lossy(&letters.last().unwrap().mime).into_owned();
        assert!(raw.contains("method=DECLINECOUNTER"), "{raw}");
    })
    .await;
}

#[tokio::test]
async fn one_end_of_a_proposal_is_enough_and_an_unreadable_one_is_no_proposal() {
    sqlite(|app| async move {
        let scene = Scene::new(app).await;
        let start = Reply { more: "DTSTART:20261204T193000Z\r\n", ..counter(&scene) };
        assert_eq!(scene.hears(&start).await, "PROPOSES");
        let seen = scene.replies().await;
        assert_eq!(seen[0]["proposedEnd"], "2026-12-04T22:00:00+00:00", "as long as it is");
        let lost = Reply {
            more: "DTSTART;TZID=Atlantis:20261204T193000\r\n",
            stamp: "20261122T110000Z",
            partstat: "DECLINED",
            ..counter(&scene)
        };
        assert_eq!(scene.hears(&lost).await, "APPLIED PROPOSAL_UNREADABLE");
        let earlier = Reply {
            more: "DTSTART:20251204T193000Z\r\n",
            stamp: "20261122T120000Z",
            ..counter(&scene)
        };
        assert_eq!(scene.hears(&earlier).await, "REJECTED PROPOSED_TIME_PASSED");
    })
    .await;
}

#[tokio::test]
async fn her_calendar_gets_the_invitation_again_once_an_hour() {
    both(|app| async move {
        let scene = Scene::new(app).await;
        scene.town.later(0).await;
        assert_eq!(scene.hears(&scene.yes()).await, "APPLIED");
        let refresh = Reply { method: "REFRESH", ..scene.yes() };
        assert_eq!(scene.hears(&refresh).await, "SENT_AGAIN");
        scene.town.later(1).await;
        let letters = scene.town.inbox("soup@example.org").await;
        let again = letters.iter().filter(|one| one.letter().subject.starts_with("As it is now"));
        let again: Vec<_> = again.collect();
        assert_eq!(again.len(), 1);
        let object = ics(again[0]);
        assert!(object.contains("METHOD:REQUEST\r\n") && object.contains("SEQUENCE:0\r\n"));
        assert!(said(&object, "ACCEPTED", "FALSE"), "{object}");
        let soon = Reply { more: "COMMENT:1\r\n", ..refresh.clone() };
        assert_eq!(scene.hears(&soon).await, "REJECTED RESENT_RECENTLY");
        scene.town.later(3_600).await;
        let later = Reply { more: "COMMENT:2\r\n", ..refresh };
        assert_eq!(scene.hears(&later).await, "SENT_AGAIN");
    })
    .await;
}

#[tokio::test]
async fn who_was_not_invited_is_invited_or_told_no_by_the_curator_alone() {
    both(|app| async move {
        let scene = Scene::new(app).await;
        scene.town.later(0).await;
        let eve = Reply {
            attendee: "eve@example.org",
            from: "eve@example.org",
            more: "COMMENT:May I?\r\n",
            ..scene.yes()
        };
        assert_eq!(scene.hears(&eve).await, "ASKS_TO_ATTEND");
        let twice = Reply { stamp: "20261122T110000Z", ..eve };
        assert_eq!(scene.hears(&twice).await, "DUPLICATE");
        // A guest sends somebody instead: the same question, and no letter.
        let sends =
            Reply { partstat: "DELEGATED;DELEGATED-TO=\"mailto:finn@example.org\"", ..scene.yes() };
        assert_eq!(scene.hears(&sends).await, "ASKS_TO_ATTEND");
        scene.town.later(200).await;
        for address in ["eve@example.org", "finn@example.org"] {
            assert_eq!(scene.town.inbox(address).await.len(), 0, "nobody writes to {address}");
        }
        let query = format!(
            "{{ node(id: \"{}\") {{ ... on Event {{ requestsToAttend {{ nodes {{
                personId state email comment isDelegate }} }} }} }} }}",
            scene.event
        );
        let list = scene.asks(&query).await["node"]["requestsToAttend"]["nodes"].clone();
        let said = |at: usize| {
            let one = &list[at];
            (one["email"].as_str().unwrap(), one["comment"].as_str(), one["isDelegate"] == true)
        };
        assert_eq!(said(0), ("finn@example.org", None, true));
        assert_eq!(said(1), ("eve@example.org", Some("May I?"), false));
        let whom = |at: usize| {
            let person = list[at]["personId"].as_str().unwrap();
            format!("eventId: \"{}\", personId: \"{person}\"", scene.event)
        };
        let wants = "request { state stakeholder { name kind } }";
        let given = scene.gives("acceptRequestToAttend", &whom(1), wants).await;
        assert_eq!(given["userErrors"], json!([]));
        assert_eq!(given["request"]["stakeholder"]["name"], "eve");
        let told = format!("{}, tell: true", whom(0));
        let given = scene.gives("declineRequestToAttend", &told, "request { state }").await;
        assert_eq!(given["request"]["state"], "DECLINED");

        scene.town.later(1).await;
        let letters = scene.town.inbox("eve@example.org").await;
        assert_eq!(letters.len(), 1);
        let object = ics(&letters[0]);
        assert!(object.contains(":mailto:eve@example.org") && object.contains("METHOD:REQUEST"));
        let letters = scene.town.inbox("finn@example.org").await;
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].letter().subject, "About your wish to attend: Heat in our homes");
        assert!(letters[0].letter().calendar.is_none());
        // Who works elsewhere sees none of it.
        let nobody = crate::app::Viewer::visitor(crate::text::Locale::En);
        let seen = scene.town.app.graphql(nobody, &query).await;
        assert_eq!(seen["node"]["requestsToAttend"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_guest_sends_few_others_in_her_place() {
    both(|app| async move {
        let scene = Scene::new(app).await;
        let sends = async |whom: &str, more: &'static str| {
            let partstat = format!("DELEGATED;DELEGATED-TO=\"mailto:{whom}@example.org\"");
            scene.hears(&Reply { partstat: &partstat, more, ..scene.yes() }).await
        };
        for whom in ["ann", "ben", "cas", "dee", "eve"] {
            assert_eq!(sends(whom, "").await, "ASKS_TO_ATTEND", "{whom}");
        }
        assert_eq!(sends("finn", "").await, "IGNORED DELEGATED");
        let finn = scene.town.app.journal().keys().known("finn@example.org").await.unwrap();
        assert_eq!(finn, None, "nothing is kept of him");
        assert_eq!(sends("ann", "COMMENT:again\r\n").await, "DUPLICATE");
    })
    .await;
}
