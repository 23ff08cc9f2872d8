//! The doors of following: what changes something behind them, and what a stranger learns there.

use super::*;
use crate::text::Text;

/// Kind and thing of what somebody finds in the hub's journal.
async fn found(town: &Town, viewer: &Viewer, args: &str) -> Vec<(String, String)> {
    let nodes = format!("journal({args}) {{ nodes {{ kind about }} }}");
    let document = format!("{{ hub(slug: \"westminster\") {{ {nodes} }} }}");
    let answer = town.app.graphql(viewer.clone(), &document).await;
    let nodes = answer["hub"]["journal"]["nodes"].as_array().unwrap().clone();
    let word = |node: &serde_json::Value, name: &str| node[name].as_str().unwrap().to_owned();
    nodes.iter().map(|node| (word(node, "kind"), word(node, "about"))).collect()
}

#[tokio::test]
async fn looking_at_a_link_changes_nothing_and_its_button_does() {
    both(|app| async move {
        let town = Town::new(app).await;
        let (hub, issue) = (town.hub.to_string(), town.issue.to_string());
        let db = town.app.journal().db();
        let row = crate::issue::view::issue(db, &issue).await.unwrap().unwrap();
        let ask = format!("/h/westminster/issues/{}/follow", row.slug);
        let position = || async { town.app.journal().position(&hub).await.unwrap() };
        let before = position().await;
        assert_eq!(town.app.knocks("GET", &ask, "").await.0, 303, "back to the issue");
        assert_eq!(position().await, before);
        assert_eq!(town.app.knocks("POST", &ask, "email=ada%40example.org").await.0, 303);
        town.later(1).await;
        assert_eq!(town.subjects("ada@example.org").await, ["Follow “Cold homes”?"]);
        let why = format!("/why/{}", token(&town, "ada@example.org", "/why/").await);
        let (_, why) = town.app.knocks("GET", &why, "").await;
        assert!(why.contains("If you do nothing, you follow nothing"), "{why}");

        let person = town.app.journal().keys().person_of("ada@example.org").await.unwrap();
        let person = person.to_string();
        let follows = || async {
            let row = view::follower(db, &hub, &person, &issue).await.unwrap();
            row.map(|row| row.since.is_some())
        };
        let link = format!("/follow/{}", token(&town, "ada@example.org", "/follow/").await);
        let before = position().await;
        for method in ["GET", "HEAD", "GET"] {
            assert_eq!(town.app.knocks(method, &link, "").await.0, 200);
        }
        assert_eq!(position().await, before, "mail scanners open links");
        assert_eq!(follows().await, Some(false));
        assert_eq!(town.app.knocks("POST", &link, "commandId=").await.0, 303);
        assert_eq!(follows().await, Some(true));
        assert_eq!(town.app.knocks("GET", &link, "").await.0, 200);
        assert_eq!(follows().await, Some(true));
        assert_eq!(town.app.knocks("POST", &link, "commandId=&stop=1").await.0, 303);
        assert_eq!(follows().await, None);
        assert_eq!(town.app.knocks("GET", "/follow/forged", "").await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn a_stranger_does_not_find_the_person_behind_an_address() {
    both(|app| async move {
        let town = Town::new(app).await;
        let event = town.evening().await;
        town.registers(event, "Ada", "ada@example.org", "en").await;
        let input = format!("issueId: \"{}\", email: \"ada@example.org\"", town.issue);
        town.gives(visitor(), "followIssue", &input).await;
        let ada = town.app.journal().keys().person_of("ada@example.org").await.unwrap();
        let about_issue = format!("first: 100, tag: \"{}\"", town.issue);
        let about_her = format!("first: 100, tag: \"{ada}\"");
        let somebody = |person| Viewer { person: Some(person), ..visitor() };

        for stranger in [visitor(), somebody(town.app.id())] {
            for args in ["first: 100", &about_issue, "first: 1"] {
                let seen = found(&town, &stranger, args).await;
                assert!(!seen.is_empty(), "{args}: what is left out leaves no gap on a page");
                let is_hers = |(kind, about): &(String, String)| {
                    kind == "FollowAsked" || about.contains("person_")
                };
                assert!(!seen.iter().any(is_hers), "{args}: {seen:?}");
            }
            assert!(found(&town, &stranger, &about_her).await.is_empty());
        }
        let asked = ("FollowAsked".to_owned(), ada.to_string());
        let came = ("RegistrationReceived".to_owned(), event.to_string());
        let staff = town.app.viewer(town.hub, kernel::Role::Curator);
        for reader in [somebody(ada), staff] {
            assert_eq!(found(&town, &reader, "first: 1").await, std::slice::from_ref(&asked));
            let seen = found(&town, &reader, &about_her).await;
            assert!(seen.contains(&asked) && seen.contains(&came), "{seen:?}");
        }

        let (status, page) = town.app.knocks("GET", &format!("/history/{}", town.issue), "").await;
        let sentence = |kind: &str| Text::new(Locale::En).s(format!("fact-{kind}"));
        assert_eq!(status, 200);
        assert!(page.contains(&sentence("issue-accepted")), "{page}");
        assert!(!page.contains(&sentence("follow-asked")), "{page}");
        let live = format!("/live?hub={}&about={ada}", town.hub);
        assert_eq!(town.app.knocks("GET", &live, "").await.0, 400);
    })
    .await;
}
