//! One who is erased in a hub is erased in all of them.

use journal::Product as _;
use kernel::HubId;

use super::*;
use crate::network::OpenHub;
use crate::product::Convoke;
use crate::stakeholder::ErasePerson;
use crate::work::testing::{Ngo, london};

/// A word that stands nowhere but in what she said about herself.
const CANARY: &str = "Zeisig";

impl Town {
    /// Moves to a second hub, where the same people are known.
    async fn opens_another(&mut self, slug: &str) -> HubId {
        let hub = self.app.id();
        let open = OpenHub {
            hub,
            name: format!("Hub {slug}"),
            slug: slug.into(),
            zone: london(),
            locales: vec!["en".into()],
        };
        self.app.admin_does(None, open).await;
        (self.hub, self.issue) = (hub, self.app.id());
        self.proposes(self.issue, "Cold homes").await;
        hub
    }

    /// She is in the registry, invited to one event, registered for another.
    async fn knows_her(&self) -> Ngo {
        let ngo = self.ngo(&format!("{CANARY} e.V."), "zeisig@example.org", "en").await;
        self.invites(self.evening().await, &ngo).await;
        let other = self.event("Boilers", "2026-12-08T18:30", "2026-12-08T21:00", 9).await;
        self.registers(other, &format!("Ada {CANARY}"), "zeisig@example.org", "en").await;
        ngo
    }

    /// Where the word still stands in what pages and answers are made from, by journal.
    async fn shows_her(&self) -> Vec<(String, &'static str)> {
        let mut found = Vec::new();
        for table in Convoke.tables() {
            for column in table.columns.iter().filter(|column| column.of.is_some()) {
                let (name, column) = (table.name, column.name);
                let sql: &'static str = Box::leak(
                    format!(
                        "SELECT journal AS text FROM {name} WHERE LOWER({column}) LIKE '%zeisig%'"
                    )
                    .into_boxed_str(),
                );
                let rows: Vec<journal::OneText> =
                    self.app.journal().db().all(sql, vec![]).await.unwrap();
                found.extend(rows.into_iter().filter_map(|row| Some((row.text?, name))));
            }
        }
        found.sort();
        found.dedup();
        found
    }

    /// How often somebody was erased in a journal, and whether the word can still be read there.
    async fn journal_of(&self, journal: &str) -> (usize, bool) {
        let facts = self.app.journal().newest(journal, None, 1_000).await.unwrap();
        let erased = facts.iter().filter(|fact| fact.kind == "PersonErased").count();
        (erased, facts.iter().any(|fact| fact.fact.contains(CANARY)))
    }
}

#[tokio::test]
async fn who_is_erased_in_one_hub_is_gone_from_the_views_and_mails_of_all() {
    both(async |app| {
        let mut town = Town::new(app).await;
        let first = town.hub.to_string();
        let ngo = town.knows_her().await;
        let bystander = town.opens_another("elsewhere").await.to_string();
        town.ngo("Somebody else", "else@example.org", "en").await;
        let second = town.opens_another("leith").await.to_string();
        let same = town.knows_her().await;
        assert_eq!(same.person, ngo.person, "one pseudonym in all hubs");
        // In the second hub her letters are written and have not left.
        crate::letter::plan::due(&town.app).await.unwrap();
        assert!(town.mails().await.iter().any(|mail| mail.state == "waiting"));
        let shown = town.shows_her().await;
        for hub in [&first, &second] {
            assert!(shown.iter().any(|(journal, _)| journal == hub), "{shown:?}");
            assert_eq!(town.journal_of(hub).await, (0, true));
        }

        let hub = HubId::parse(&first).unwrap();
        town.app.admin_does(Some(hub), ErasePerson { hub, person: ngo.person }).await;
        assert_eq!(town.journal_of(&second).await, (0, false), "her key is one for both");
        settle(&town.app, &town.relay).await.unwrap();

        assert_eq!(town.shows_her().await, []);
        assert_eq!(town.journal_of(&first).await, (1, false));
        assert_eq!(town.journal_of(&second).await, (1, false));
        assert_eq!(town.journal_of(&bystander).await, (0, false), "where she was unknown");
        assert_eq!(town.journal_of("network").await, (0, false));
        assert!(town.inbox("zeisig@example.org").await.is_empty(), "nothing is sent to her");
        assert!(town.mails().await.iter().all(|mail| mail.state != "waiting"));

        // The views of all are those that their facts give.
        for hub in [&first, &second, &bystander] {
            let rebuilt = town.app.journal().rebuild(hub, &|_, _| ()).await.unwrap();
            assert_eq!(rebuilt.changed, 0);
        }
        let position = async |hub: &str| town.app.journal().position(hub).await.unwrap();
        let before = (position(&first).await, position(&second).await);
        // Whoever does it again, or is asked to follow again, adds nothing.
        let sql = "UPDATE outbox SET state = 'waiting', lease_until = NULL WHERE kind = 'erase'";
        town.app.journal().db().exec(sql, vec![]).await.unwrap();
        settle(&town.app, &town.relay).await.unwrap();
        town.app.admin_does(Some(hub), ErasePerson { hub, person: ngo.person }).await;
        settle(&town.app, &town.relay).await.unwrap();
        assert_eq!((position(&first).await, position(&second).await), before);
        // The same address is somebody else from now on.
        let fresh = town.app.journal().keys().person_of("zeisig@example.org").await.unwrap();
        assert_ne!(fresh, ngo.person);
    })
    .await;
}
