//! One invitation to all dates; an answer to one of them, or to all that are to come.

use chrono::{DateTime, Utc};
use kernel::{PersonId, Personal};
use serde_json::json;

use super::*;
use crate::invitation::{Answer, AnswerInvitation, Invitation, Status as Said, Via, stream_of};
use crate::issue::StakeholderId;
use crate::series::invite::SeriesGuest;
use crate::series::{AnswerSeries, InviteToSeries};
use crate::work::testing::Town;

fn person() -> PersonId {
    id(900)
}

fn stakeholder() -> StakeholderId {
    id(901)
}

fn invite() -> InviteToSeries {
    let guest = SeriesGuest {
        invitations: (1_000..1_060).map(id).collect(),
        stakeholder: stakeholder(),
        person: person(),
        reason: Personal::new(person(), "You live next door.".into()),
    };
    InviteToSeries { series: id(5), guests: vec![guest.clone(), guest] }
}

fn answer(answer: Answer, stamp: &str) -> AnswerInvitation {
    AnswerInvitation {
        event: event(0),
        stakeholder: stakeholder(),
        person: person(),
        answer,
        registration: id(2_000),
        via: Via::Calendar,
        sequence: Some(0),
        stamped_at: Some(stamp.parse::<DateTime<Utc>>().unwrap()),
        stop: false,
        name: Personal::new(person(), "Ada".into()),
        email: Personal::new(person(), "ada@example.org".into()),
        locale: "en".into(),
        party_size: 1,
    }
}

fn all(answer: AnswerInvitation, from: u64) -> AnswerSeries {
    let registrations = (from..from + 60).map(id).collect();
    AnswerSeries { series: id(5), one: answer, registrations }
}

fn said(scene: &Scene) -> Vec<Said> {
    let of = |number| scene.state::<Invitation>(stream_of(event(number), stakeholder()));
    (0..4).map(|number| of(number).map(Invitation::status).unwrap_or_default()).collect()
}

#[test]
fn a_guest_of_all_dates_gets_one_letter() {
    let mut scene = scene();
    scene.act(&CancelEvent { event: event(1), reason: "a storm".into() }).unwrap();
    let decision = scene.act(&invite()).unwrap();
    assert_eq!(decision.drafts.len(), 6, "prepared and sent, three times");
    let sent: Vec<serde_json::Value> = decision
        .drafts
        .iter()
        .filter(|draft| draft.kind == "InvitationSent")
        .map(|draft| serde_json::from_str(&draft.payload).unwrap())
        .collect();
    // One of them speaks for all, and all name it.
    let speaks = |fact: &&serde_json::Value| fact["to"]["invitation"] == fact["series"]["first"];
    assert_eq!((sent.len(), sent.iter().filter(speaks).count()), (3, 1));
    assert!(sent.iter().all(|fact| fact["series"]["first"] == sent[0]["to"]["invitation"]));
    assert_eq!(said(&scene), [Said::Sent, Said::None, Said::Sent, Said::Sent]);
    assert_eq!(scene.kinds(&invite()), Ok(vec![]), "nobody is asked twice");
    let mut draft = Scene::new();
    draft.act(&act()).unwrap();
    assert_eq!(draft.kinds(&invite()), Err("SERIES_NOT_PUBLISHED".into()));
}

#[test]
fn who_is_invited_again_to_added_dates_is_asked_from_the_same_address() {
    let mut scene = scene();
    scene.act(&invite()).unwrap();
    let rule = "FREQ=WEEKLY;COUNT=6".to_owned();
    scene.act(&ExtendSeries { series: id(5), rule, events: events(200) }).unwrap();
    let mut again = invite();
    for guest in &mut again.guests {
        guest.invitations = (1_100..1_160).map(id).collect();
    }
    let decision = scene.act(&again).unwrap();
    let sent = decision.drafts.iter().filter(|draft| draft.kind == "InvitationSent");
    let sent: Vec<serde_json::Value> =
        sent.map(|draft| serde_json::from_str(&draft.payload).unwrap()).collect();
    let first: crate::invitation::InvitationId = id(1_000);
    let first = json!(first);
    assert_eq!(sent.len(), 2, "the added dates");
    assert!(sent.iter().all(|fact| fact["series"]["first"] == first), "{sent:?}");
    assert_eq!(sent.iter().filter(|fact| fact["series"]["speaks"] == true).count(), 1);
}

#[tokio::test]
async fn many_guests_are_invited_in_several_decisions_and_once() {
    crate::testing::both(|app| async move {
        let town = Town::new(app).await;
        let series: SeriesId = town.app.id();
        let events: Vec<EventId> = (0..60).map(|_| town.app.id()).collect();
        town.does(PlanSeries { hub: town.hub, series, events: events.clone(), ..act() }).await;
        town.does(PublishSeries { series }).await;
        let mut guests = Vec::new();
        for number in 0..6 {
            let (name, address) = (format!("House {number}"), format!("house{number}@example.org"));
            let ngo = town.ngo(&name, &address, "en").await;
            guests.push(format!("\"{}\"", ngo.stakeholder));
        }
        let command = "01890a5d-ac96-774b-bcce-b302099a8057";
        let document = format!(
            "mutation {{ inviteToSeries(input: {{ seriesId: \"{series}\",
                stakeholderIds: [{}], commandId: \"{command}\" }}) {{
                userErrors {{ code }} receipt {{ commandId replayed position }} }} }}",
            guests.join(", ")
        );
        let curator = town.app.viewer(town.hub, kernel::Role::Curator);
        let gives = async || {
            let answer = town.app.graphql(curator.clone(), &document).await;
            answer["inviteToSeries"]["receipt"].clone()
        };
        let came = gives().await;
        assert_eq!((&came["commandId"], &came["replayed"]), (&json!(command), &json!(false)));
        let db = town.app.journal().db();
        let dates: Vec<String> = events.iter().map(ToString::to_string).collect();
        let asked = || crate::invitation::view::asked_to(db, &dates);
        assert_eq!(asked().await.unwrap().len(), 6 * 4);
        let sql =
            "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM commands WHERE kind = 'InviteToSeries'";
        let commands: Option<journal::Count> = db.opt(sql, vec![]).await.unwrap();
        assert_eq!(commands.unwrap().n, 2);
        let again = gives().await;
        assert_eq!((&again["replayed"], &again["position"]), (&json!(true), &came["position"]));
        assert_eq!(asked().await.unwrap().len(), 6 * 4);
    })
    .await;
}

#[test]
fn an_answer_is_to_one_date_or_to_all_that_are_to_come() {
    let mut scene = scene();
    scene.act(&invite()).unwrap();
    let one =
        AnswerInvitation { event: event(2), ..answer(Answer::Accepted, "2026-11-22T09:00:00Z") };
    scene.act(&one).unwrap();
    assert_eq!(said(&scene), [Said::Sent, Said::Sent, Said::Accepted, Said::Sent]);
    // The first hour is over.
    let mut scene = scene.at("2027-03-15T20:00:00Z".parse().unwrap());
    scene.act(&all(answer(Answer::Declined, "2027-03-15T19:00:00Z"), 3_000)).unwrap();
    assert_eq!(said(&scene), [Said::Sent, Said::Declined, Said::Declined, Said::Declined]);
    let seats = |scene: &Scene| {
        let desk = |number| scene.state::<Desk>(event(number)).unwrap();
        (1..4).filter(|n| desk(*n).book().registration_of(person()).is_some()).count()
    };
    assert_eq!(seats(&scene), 0, "the place went back");
    scene.act(&all(answer(Answer::Accepted, "2027-03-15T19:30:00Z"), 4_000)).unwrap();
    assert_eq!(seats(&scene), 3);
    // What was said before that does not count any more.
    let old = all(answer(Answer::Declined, "2027-03-15T19:10:00Z"), 5_000);
    assert_eq!(scene.kinds(&old), Err("STALE_REPLY".into()));
    let nobody = AnswerSeries { series: id::<super::super::SeriesKind>(6), ..old };
    assert_eq!(scene.kinds(&nobody), Err("UNKNOWN_SERIES".into()));
}
