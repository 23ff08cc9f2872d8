//! Links as their owner meets them: in the API and on her page.

use http::StatusCode;
use kernel::Role;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::app::Viewer;
use crate::app::access::Grant;
use crate::testing::both;
use crate::text::Locale;
use crate::work::testing::Town;

fn herself(town: &Town, person: kernel::PersonId) -> Viewer {
    Viewer {
        person: Some(person),
        grants: vec![Grant { hub: Some(town.hub), role: Role::Participant }],
        token: Some(town.app.id()),
        locale: Locale::En,
    }
}

const ASKED: &str = "calendarLink { id label feed onId detail endedAt lastUsedAt } url \
    userErrors { code } receipt { replayed }";

async fn gives(town: &Town, who: &Viewer, verb: &str, input: &str) -> Value {
    let wants = if verb == "revokeCalendarLink" {
        "calendarLink { id endedAt } userErrors { code } receipt { replayed }"
    } else {
        ASKED
    };
    let document = format!("mutation {{ {verb}(input: {{ {input} }}) {{ {wants} }} }}");
    town.app.graphql(who.clone(), &document).await[verb].clone()
}

async fn links(town: &Town, who: &Viewer) -> Value {
    let query = "{ viewer { calendarLinks { label feed detail endedAt } } }";
    town.app.graphql(who.clone(), query).await["viewer"]["calendarLinks"].clone()
}

#[tokio::test]
async fn an_address_is_told_once_to_its_owner_and_only_its_hash_is_kept() {
    both(|app| async move {
        let town = Town::new(app).await;
        let ngo = town.ngo("Soup", "soup@example.org", "en").await;
        let ada = herself(&town, ngo.person);
        let command = uuid::Uuid::from_u128(7);
        let input = format!(
            "commandId: \"{command}\", feed: PERSONAL, onId: \"{}\", label: \"My phone\"",
            town.hub
        );
        let made = gives(&town, &ada, "createCalendarLink", &input).await;
        let url = made["url"].as_str().unwrap().to_owned();
        let token = url
            .strip_prefix("http://127.0.0.1:8080/feeds/p/")
            .and_then(|rest| rest.strip_suffix(".ics"))
            .unwrap();
        assert_eq!(token.len(), 43);
        let again = gives(&town, &ada, "createCalendarLink", &input).await;
        assert_eq!((&again["url"], &again["receipt"]["replayed"]), (&Value::Null, &json!(true)));
        assert_eq!(again["calendarLink"]["id"], made["calendarLink"]["id"]);
        let shown =
            json!([{ "label": "My phone", "feed": "PERSONAL", "detail": "FULL", "endedAt": null }]);
        assert_eq!(links(&town, &ada).await, shown);
        let bea = herself(&town, town.app.id());
        assert_eq!(links(&town, &bea).await, json!([]), "nobody else's");
        assert_eq!(links(&town, &Viewer::visitor(Locale::En)).await, json!([]));

        let which = format!("calendarLinkId: {}", made["calendarLink"]["id"]);
        let theirs = gives(&town, &bea, "revokeCalendarLink", &which).await;
        assert_eq!(theirs["userErrors"][0]["code"], "UNKNOWN_CALENDAR_LINK");
        let rotated = gives(&town, &ada, "rotateCalendarLink", &which).await;
        assert_ne!(rotated["url"].as_str(), Some(url.as_str()));
        let revoked = gives(&town, &ada, "revokeCalendarLink", &which).await;
        assert!(revoked["calendarLink"]["endedAt"].is_string(), "{revoked}");
        let late = gives(&town, &ada, "rotateCalendarLink", &which).await;
        assert_eq!(late["userErrors"][0]["code"], "CALENDAR_LINK_ENDED");
        assert_eq!(late["url"], Value::Null);
        let facts = town.app.journal().after(&town.hub.to_string(), 0, 1_000).await.unwrap();
        assert!(facts.iter().all(|fact| !fact.fact.contains(token)), "a token is in the journal");
    })
    .await;
}

#[tokio::test]
async fn who_holds_the_link_of_a_letter_may_and_a_forged_one_says_so() {
    both(|app| async move {
        let town = Town::new(app).await;
        let ngo = town.ngo("Soup", "soup@example.org", "en").await;
        let (hub, person) = (town.hub.to_string(), ngo.person.to_string());
        let path = super::super::page::proof_path(&town.app.app, &hub, &person);
        let proof = path.strip_prefix("/c/").unwrap();
        let visitor = Viewer::visitor(Locale::En);
        let input = |proof: &str| {
            format!(
                "token: \"{proof}\", feed: PERSONAL, onId: \"{hub}\", label: \"a\", detail: BUSY"
            )
        };
        let made = gives(&town, &visitor, "createCalendarLink", &input(proof)).await;
        assert_eq!(made["calendarLink"]["detail"], "BUSY", "{made}");
        let forged = format!("{proof}x");
        let refused = gives(&town, &visitor, "createCalendarLink", &input(&forged)).await;
        assert_eq!(refused["userErrors"][0]["code"], "INVALID_TOKEN");
        assert_eq!(links(&town, &herself(&town, ngo.person)).await.as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_page_makes_an_address_shows_it_once_and_ends_it() {
    both(|app| async move {
        let town = Town::new(app).await;
        let ngo = town.ngo("Soup", "soup@example.org", "en").await;
        let (hub, person) = (town.hub.to_string(), ngo.person.to_string());
        let path = super::super::page::proof_path(&town.app.app, &hub, &person);
        let site = town.app.site();
        let routes = super::super::page::routes().with_state(site);
        let send = async |method: &str, path: &str, body: String| {
            let request = http::Request::builder()
                .method(method)
                .uri(path)
                .header("content-type", "application/x-www-form-urlencoded")
                .body(axum::body::Body::from(body))
                .unwrap();
            let answer = routes.clone().oneshot(request).await.unwrap();
            let (parts, body) = answer.into_parts();
            let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
            (parts.status, parts.headers, String::from_utf8(bytes.to_vec()).unwrap())
        };
        let (status, headers, shown) = send("GET", &path, String::new()).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers["cache-control"], "no-store");
        assert!(shown.contains("You have no calendar addresses yet."), "{shown}");

        let command = uuid::Uuid::from_u128(11);
        let form = format!("do=create&commandId={command}&label=Phone&feed=personal&detail=full");
        let (status, headers, shown) = send("POST", &path, form.clone()).await;
        assert_eq!(
            (status, &headers["cache-control"]),
            (StatusCode::OK, &"no-store".parse().unwrap())
        );
        assert_eq!(headers["referrer-policy"], "no-referrer");
        assert!(shown.contains("http://127.0.0.1:8080/feeds/p/"), "{shown}");
        assert!(shown.contains("webcal://127.0.0.1:8080/feeds/p/"), "{shown}");
        assert!(shown.contains("render?cid=webcal%3A%2F%2F127.0.0.1"), "{shown}");
        let (status, _, again) = send("POST", &path, form).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "reloading makes no second one: {again}");
        let (_, _, shown) = send("GET", &path, String::new()).await;
        assert!(shown.contains("Phone") && !shown.contains("/feeds/p/"), "{shown}");
        assert!(shown.contains("not yet"), "{shown}");

        let (status, _, shown) =
            send("POST", &path, "do=create&label=&feed=personal&detail=full".into()).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{shown}");
        let (status, ..) =
            send("POST", &path, "do=create&label=a&feed=hackathon_x&detail=full".into()).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);

        let db = town.app.journal().db();
        let row = super::super::view::links_of(db, &person, None).await.unwrap().remove(0);
        let (status, ..) = send("POST", &path, format!("do=revoke&link={}", row.id)).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (_, _, shown) = send("GET", &format!("{path}?done=1"), String::new()).await;
        assert!(shown.contains("Ended") && shown.contains("That address has ended."), "{shown}");

        let (status, _, shown) = send("GET", "/h/westminster/calendar", String::new()).await;
        assert_eq!(status, StatusCode::OK);
        assert!(shown.contains("/feeds/hub/westminster.ics"), "{shown}");
        let (status, ..) = send("POST", "/h/westminster/calendar", "do=create".into()).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        let (status, ..) = send("GET", "/me/calendar", String::new()).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        assert_eq!(send("GET", &format!("{path}x"), String::new()).await.0, StatusCode::NOT_FOUND);
    })
    .await;
}
