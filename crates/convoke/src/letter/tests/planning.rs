//! A letter is planned once, is the same however often it is written, and needs a fact.

use super::*;
use crate::event::CancelEvent;
use crate::testing::both;

/// Everything a letter could come from: invited, registered, waiting, changed, cancelled.
async fn busy(town: &Town) {
    let event = town.event("Boilers", "2026-12-04T18:30", "2026-12-04T21:00", 1).await;
    let ngo = town.ngo("Soup", "soup@example.org", "nl").await;
    town.invites(event, &ngo).await;
    town.registers(event, "Ada", "ada@example.org", "ko").await;
    town.registers(event, "Bo", "bo@example.org", "en").await;
    town.plans(1).await;
    let off = town.evening().await;
    town.registers(off, "Ada", "ada@example.org", "ko").await;
    town.plans(1).await;
    town.moves(event, "2026-12-05T18:30", "2026-12-05T21:00").await;
    town.does(CancelEvent { event: off, reason: "Snow".into() }).await;
    town.plans(200).await;
}

#[tokio::test]
async fn the_same_letter_has_the_same_name_and_the_same_bytes() {
    both(|app| async move {
        let town = Town::new(app).await;
        let event = town.evening().await;
        let ngo = town.ngo("Soup", "soup@example.org", "nl").await;
        town.invites(event, &ngo).await;
        town.registers(event, "Ada", "ada@example.org", "ko").await;
        town.plans(1).await;
        let before = town.kept().await;
        assert_eq!(before.len(), 2);
        // As if the process had died before any of it was stored, an hour ago.
        let db = town.app.journal().db().clone();
        db.exec("DELETE FROM mails", vec![]).await.unwrap();
        db.exec("UPDATE outbox SET state = 'waiting' WHERE kind = 'letter'", vec![]).await.unwrap();
        town.plans(3_600).await;
        assert_eq!(town.kept().await, before);

        let names: std::collections::BTreeSet<_> =
            before.iter().map(|mail| &mail.message_id).collect();
        assert_eq!(names.len(), 2, "no two letters share one");
        for mail in &before {
            let name = mail.message_id.trim_matches(['<', '>']);
            assert_eq!(mail.letter().message_id, name);
            assert!(name.ends_with("@convoke.test"), "{name}");
            assert!(!name.contains("person_"), "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_rebuild_of_every_journal_plans_and_sends_nothing() {
    both(|app| async move {
        let town = Town::new(app).await;
        busy(&town).await;
        town.later(1).await;
        let (before, attempts) = (town.kept().await, town.peer.attempts());
        assert!(before.len() >= 5, "{}", before.len());
        let effects = async || {
            let sql = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM outbox";
            town.app.journal().db().opt::<journal::Count>(sql, vec![]).await.unwrap().unwrap().n
        };
        let waiting = effects().await;
        for name in ["network", &town.hub.to_string()] {
            let rebuilt = town.app.journal().rebuild(name, &|_, _| ()).await.unwrap();
            assert_eq!(rebuilt.changed, 0);
        }
        town.later(600).await;
        assert_eq!(town.kept().await, before);
        assert_eq!((town.peer.attempts(), effects().await), (attempts, waiting));
    })
    .await;
}

#[tokio::test]
async fn every_letter_goes_to_one_address_that_only_its_own_bytes_name() {
    both(|app| async move {
        let town = Town::new(app).await;
        busy(&town).await;
        let addresses = ["soup@example.org", "ada@example.org", "bo@example.org"];
        let mails = town.kept().await;
        let written = mails.iter().filter(|mail| !mail.mime.is_empty());
        for mail in written {
            let letter = mail.letter();
            assert!(letter.to.ends_with(&format!("<{}>", mail.to)), "{}", letter.to);
            let whole = format!(
                "{}{}{:?}",
                letter.text,
                letter.calendar.unwrap_or_default(),
                letter.headers
            );
            for other in addresses.iter().filter(|other| **other != mail.to) {
                assert!(!whole.contains(other), "{other} in a letter to {}", mail.to);
            }
        }
        // What lies in the database names nobody.
        journal::row! { struct Raw { sealed: Option<String> } }
        let sql = "SELECT sealed FROM mails";
        let raw: Vec<Raw> = town.app.journal().db().all(sql, vec![]).await.unwrap();
        let raw: String = raw.into_iter().filter_map(|row| row.sealed).collect();
        assert!(!raw.is_empty() && !raw.contains("example.org"));
    })
    .await;
}
