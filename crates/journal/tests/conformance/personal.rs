//! What belongs to a person lies sealed, and is gone from everywhere once she is erased.

use std::time::Duration;

use journal::{Journal, OneText};
use kernel::{PersonId, Personal};
use serde_json::json;
use sqlx::Connection as _;

use crate::common::place::{HUB, Place, assert_dense, both, code, count, on_sqlite, one, submit};
use crate::common::{Add, AddOften, Erase, Fact, add, add_named};

const CANARY: &str = "Wilhelmina-the-canary";

/// Puts the canary wherever the journal may hold it: facts, commands, a snapshot, an effect's
/// mail, and a view.
async fn write_everywhere(journal: &Journal, ada: PersonId) {
    submit(journal, add_named("t", 500, ada, CANARY)).await;
    submit(journal, Add { limit: 1, ..add_named("t", 1, ada, CANARY) }).await;
    submit(journal, AddOften { tally: "t".into(), times: 500 }).await;
    let mail = json!({ "to": Personal::new(ada, format!("{CANARY}@example.org")), "n": 1 });
    let sealed = journal.keys().seal_text(&mail.to_string()).await.unwrap();
    journal
        .db()
        .exec(
            "INSERT INTO mails (journal, position, ordinal, recipient, template, message_id, about, locale,
                 planned_at, due_at, state, sealed)
             VALUES ($1, 1, 0, $2, 'large', 'm1', 'tally/t', 'en', 0, 0, 'waiting', $3)",
            journal::args![HUB, ada.to_string(), sealed],
        )
        .await
        .unwrap();
    assert_eq!(count(journal, "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM snapshots").await, 1);
}

/// The tables in whose rows the canary is readable.
async fn seen_in(place: &Place, journal: &Journal) -> Vec<String> {
    journal::row! { struct Name { schema: String, name: String } }
    let list = if place.is_postgres() {
        "SELECT CAST(table_schema AS TEXT) AS schema, CAST(table_name AS TEXT) AS name
         FROM information_schema.tables WHERE table_schema IN ('public', 'keys')"
    } else {
        "SELECT 'main' AS schema, name FROM sqlite_master WHERE type = 'table'"
    };
    let mut seen = vec![];
    for Name { schema, name } in journal.db().all::<Name>(list, vec![]).await.unwrap() {
        let text = if place.is_postgres() {
            let hex = journal::hex(CANARY.as_bytes());
            format!(
                "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM {schema}.{name} AS t
                 WHERE CAST(t.* AS TEXT) LIKE '%{CANARY}%' OR CAST(t.* AS TEXT) LIKE '%{hex}%'"
            )
        } else {
            let columns = one::<OneText>(
                journal,
                "SELECT group_concat(name, ' || '' '' || ') AS text FROM
                     (SELECT 'COALESCE(' || name || ', '''')' AS name FROM pragma_table_info($1))",
                journal::args![&name],
            );
            let columns = columns.await.text.unwrap();
            format!("SELECT COUNT(*) AS n FROM {name} WHERE {columns} LIKE '%{CANARY}%'")
        };
        if count(journal, Box::leak(text.into_boxed_str())).await > 0 {
            seen.push(name);
        }
    }
    seen
}

/// The files in whose bytes something is found.
fn files_with(place: &Place, needle: &[u8]) -> Vec<String> {
    std::fs::read_dir(place.folder.path())
        .unwrap()
        .map(Result::unwrap)
        .filter(|file| {
            let bytes = std::fs::read(file.path()).unwrap();
            bytes.windows(needle.len()).any(|window| window == needle)
        })
        .map(|file| file.file_name().into_string().unwrap())
        .collect()
}

#[tokio::test]
async fn a_personal_value_is_sealed_wherever_it_lies_and_gone_once_she_is_erased() {
    both(async |place| {
        let journal = place.serve().await;
        let ada: PersonId = (*journal.world()).id();
        write_everywhere(&journal, ada).await;
        let fact =
            async || journal.at(HUB, 1).await.unwrap().unwrap().read::<Fact>().unwrap().unwrap();
        let Fact::Added { name: Some(name), .. } = fact().await.fact else { panic!("no name") };
        assert_eq!(name.get().map(String::as_str), Some(CANARY), "readable while the key is there");
        assert_eq!(seen_in(place, &journal).await, ["entries"], "views are readable, no more");

        submit(&journal, Erase { person: ada }).await;
        assert_eq!(seen_in(place, &journal).await, Vec::<String>::new());
        assert_eq!(files_with(place, CANARY.as_bytes()), Vec::<String>::new());
        let Fact::Added { name: Some(name), .. } = fact().await.fact else { panic!("no name") };
        assert_eq!((name.of, name.get()), (ada, None), "whose it was is known, what it was is not");
        let mail: OneText = one(&journal, "SELECT sealed AS text FROM mails", vec![]).await;
        let mail = journal.keys().open_text(mail.text.unwrap()).await.unwrap();
        assert!(mail.contains("$sealed") && !mail.contains(CANARY), "{mail}");
        // Facts, counts, chain and further decisions stay; a rebuild finds nothing to change.
        assert_eq!(assert_dense(&journal, HUB).await, 502);
        assert_eq!(journal.rebuild(HUB, &|_, _| ()).await.unwrap().changed, 0);
        let full = submit(&journal, Add { limit: 1_000, ..add("t", 1) }).await;
        assert_eq!(code(&full), "LIMIT_REACHED");
        // What is said of her from now on is not kept either.
        submit(&journal, add_named("t", 1, ada, CANARY)).await;
        let stored: OneText =
            one(&journal, "SELECT payload AS text FROM facts WHERE position = 503", vec![]).await;
        assert_eq!(
            stored.text.unwrap(),
            format!(r#"{{"by":1,"name":{{"$sealed":{{"of":"{ada}"}}}},"person":"{ada}"}}"#)
        );
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn another_instance_forgets_the_key_as_well() {
    both(async |place| {
        let (journal, second) = (place.serve().await, place.second().await);
        let ada: PersonId = (*journal.world()).id();
        submit(&journal, add_named("t", 1, ada, CANARY)).await;
        let reads = async |journal: &Journal| {
            journal.at(HUB, 1).await.unwrap().unwrap().fact.contains(CANARY)
        };
        assert!(reads(&second).await && reads(&journal).await);
        submit(&journal, Erase { person: ada }).await;
        assert!(!reads(&journal).await);
        let forgotten = async {
            while reads(&second).await {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), forgotten).await.unwrap();
        second.close().await;
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn erasing_again_after_a_crash_between_fact_and_key_is_harmless() {
    both(async |place| {
        let journal = place.serve().await;
        let ada: PersonId = (*journal.world()).id();
        submit(&journal, add_named("t", 1, ada, CANARY)).await;
        submit(&journal, Erase { person: ada }).await;
        let effect =
            "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM outbox WHERE kind = 'erase' AND state = 'waiting'";
        assert_eq!(count(&journal, effect).await, 1, "a worker makes sure of it");
        journal.erase(ada).await.unwrap();
        journal.erase(ada).await.unwrap();
        assert!(!journal.at(HUB, 1).await.unwrap().unwrap().fact.contains(CANARY));
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_address_leads_to_one_person_until_she_is_erased() {
    both(async |place| {
        let (journal, second) = (place.serve().await, place.second().await);
        let ada = journal.keys().person_of(" Ada@Example.org").await.unwrap();
        assert_eq!(second.keys().person_of("ada@example.org ").await.unwrap(), ada);
        assert_ne!(journal.keys().person_of("bob@example.org").await.unwrap(), ada);
        assert_eq!(files_with(place, b"example.org"), Vec::<String>::new());
        journal.erase(ada).await.unwrap();
        assert_ne!(journal.keys().person_of("ada@example.org").await.unwrap(), ada);
        second.close().await;
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn keys_lie_in_a_file_of_their_own_and_a_destroyed_one_leaves_no_trace() {
    on_sqlite(async |place| {
        let journal = place.serve().await;
        let ada: PersonId = (*journal.world()).id();
        submit(&journal, add_named("t", 1, ada, CANARY)).await;
        let keys = format!("sqlite:{}.keys", place.file().display());
        let mut connection = sqlx::SqliteConnection::connect(&keys).await.unwrap();
        let key: Vec<u8> = sqlx::query_scalar("SELECT key FROM subject_keys WHERE person = $1")
            .bind(ada.to_string())
            .fetch_one(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
        let mut homes = files_with(place, &key);
        homes.retain(|name| !name.starts_with("j.db.keys"));
        assert_eq!((key.len(), homes), (32, vec![]), "nowhere beside the keys' own file");
        submit(&journal, Erase { person: ada }).await;
        assert_eq!(files_with(place, &key), Vec::<String>::new());
        journal.close().await;
    })
    .await;
}

#[tokio::test]
async fn many_persons_in_one_batch_are_sealed_each_under_a_key_of_their_own() {
    both(async |place| {
        let journal = place.serve().await;
        let persons: Vec<PersonId> = (0..100).map(|_| (*journal.world()).id()).collect();
        let orders = persons.iter().enumerate().map(|(n, person)| {
            crate::common::order(&journal, add_named("t", 1, *person, &format!("{CANARY}{n}")))
        });
        for answer in
            futures_util::future::join_all(orders.map(|order| journal.submit(HUB, order))).await
        {
            assert_eq!(code(&answer.unwrap()), "ACCEPTED");
        }
        let [first, second, ..] = persons.as_slice() else { panic!("no persons") };
        submit(&journal, Erase { person: *first }).await;
        let texts: Vec<String> =
            journal.after(HUB, 0, 100).await.unwrap().into_iter().map(|fact| fact.fact).collect();
        assert!(!texts.iter().any(|text| text.contains(&format!("{CANARY}0\""))));
        let readable = texts.iter().filter(|text| text.contains(CANARY)).count();
        assert_eq!(readable, 99);
        submit(&journal, add("t", 1)).await;
        assert_ne!(first, second);
        assert_dense(&journal, HUB).await;
        journal.close().await;
    })
    .await;
}
