//! The page behind the welcome letter's link: it shows a button, and only the button confirms.

use axum::Router;
use axum::body::{Body, to_bytes};
use chrono::TimeDelta;
use http::{Request, Response, StatusCode, header};
use tower::ServiceExt as _;
use web::dress::{Dress, dress};

use super::*;
use crate::app::Viewer;
use crate::stakeholder::{link, view};
use crate::testing::{TestApp, both};
use crate::text::Locale;
use crate::work::testing::Town;

/// The pages with all their layers: the guard against forged forms, too.
fn door(app: &TestApp) -> Router {
    let site = app.site();
    let home = web::frame::Link::new("Convoke", "/");
    let faces = crate::text::faces(Locale::En, home);
    let with =
        Dress { site: site.address.clone(), faces, new_ids: std::sync::Arc::new(|| [1; 16]) };
    dress(crate::pages::router(site), with)
}

async fn shown(response: Response<Body>) -> (StatusCode, String) {
    let status = response.status();
    let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

async fn gets(app: &TestApp, path: &str) -> (StatusCode, String) {
    let request = Request::get(path).header("accept", "text/html").body(Body::empty()).unwrap();
    shown(door(app).oneshot(request).await.unwrap()).await
}

pub(super) async fn posts(app: &TestApp, path: &str, origin: &str) -> Response<Body> {
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ORIGIN, origin)
        .body(Body::from("commandId="))
        .unwrap();
    door(app).oneshot(request).await.unwrap()
}

pub(super) const OWN: &str = "http://127.0.0.1:8080";

impl Town {
    async fn is_confirmed(&self, id: StakeholderId) -> bool {
        let row = view::stakeholder(self.app.journal().db(), &id.to_string()).await.unwrap();
        row.unwrap().confirmed
    }

    /// Somebody who registers by herself, and the link of the letter she gets.
    async fn welcomes(&self, name: &str, address: &str, locale: &str) -> (StakeholderId, String) {
        let person = self.app.journal().keys().person_of(address).await.unwrap();
        let stakeholder: StakeholderId = self.app.id();
        let register = RegisterStakeholder {
            hub: self.hub,
            stakeholder,
            person: Some(person),
            kind: Kind::Ngo,
            name: Personal::new(person, name.to_owned()),
            email: Some(Personal::new(person, address.to_owned())),
            locale: locale.into(),
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
        };
        self.does(register).await;
        self.later(1).await;
        let letter = self.inbox(address).await.pop().expect("a letter").letter();
        let links = letter.links();
        let link = links.iter().find(|link| link.contains("/confirm/")).expect("a link");
        (stakeholder, link.strip_prefix(OWN).unwrap().to_owned())
    }
}

#[tokio::test]
async fn the_link_of_the_letter_leads_to_one_button_and_the_button_confirms() {
    both(async |app| {
        let town = Town::new(app).await;
        let (id, path) = town.welcomes("Soep & Co", "soep@example.org", "nl").await;
        let head = town.app.journal().position(&town.hub.to_string()).await.unwrap();
        for _ in 0..3 {
            let (status, page) = gets(&town.app, &path).await;
            assert_eq!(status, StatusCode::OK);
            assert_eq!(page.matches("<button").count(), 1, "{page}");
            assert!(page.contains("Soep &#38; Co") || page.contains("Soep &amp; Co"), "{page}");
            assert!(page.contains("noindex"), "no search engine keeps it");
        }
        let scanned = town.app.journal().position(&town.hub.to_string()).await.unwrap();
        assert_eq!((scanned, town.is_confirmed(id).await), (head, false), "GET changes nothing");

        let forged = posts(&town.app, &path, "https://evil.example").await;
        assert_eq!(forged.status(), StatusCode::FORBIDDEN);
        assert!(!town.is_confirmed(id).await);
        let answer = posts(&town.app, &path, OWN).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let to = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
        assert_eq!(to, format!("{path}?done=1"));
        assert!(town.is_confirmed(id).await);
        let (status, page) = gets(&town.app, &to).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("Thank you. Your address is confirmed."), "{page}");
        assert!(!page.contains("<button"), "nothing is left to do: {page}");
        let (_, page) = gets(&town.app, &format!("{to}&lang=ko")).await;
        assert!(page.contains("주소가 확인되었습니다"), "{page}");

        // Once more is no fault, and records nothing.
        let head = town.app.journal().position(&town.hub.to_string()).await.unwrap();
        let again = posts(&town.app, &path, OWN).await;
        assert_eq!(again.status(), StatusCode::SEE_OTHER);
        let now = town.app.journal().position(&town.hub.to_string()).await.unwrap();
        assert_eq!(now, head);
    })
    .await;
}

#[tokio::test]
async fn a_link_that_leads_nowhere_says_what_to_do() {
    both(async |app| {
        let town = Town::new(app).await;
        let (id, path) = town.welcomes("Soup", "soup@example.org", "en").await;
        let (_, other) = town.welcomes("Stew", "stew@example.org", "en").await;
        let tail = |path: &str| path.rsplit_once('.').unwrap().1.to_owned();
        let forged = path.replace(&tail(&path), &tail(&other));
        for broken in [&forged, "/confirm/nonsense", "/confirm/a.b", path.get(..path.len() - 3).unwrap()] {
            let (status, page) = gets(&town.app, broken).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{broken}");
            assert!(page.contains("Open the link in your newest letter"), "{page}");
            assert!(!page.contains("<button") && !page.contains("Soup"), "{page}");
            let answer = posts(&town.app, broken, OWN).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND);
        }
        // The letter lay too long.
        town.app.world.pass(link::HOLDS + TimeDelta::seconds(1));
        let (status, page) = gets(&town.app, &path).await;
        assert_eq!(status, StatusCode::GONE);
        assert!(page.contains("href=\"/h/westminster/join\""), "where to register again: {page}");
        assert_eq!(posts(&town.app, &path, OWN).await.status(), StatusCode::GONE);
        assert!(!town.is_confirmed(id).await);
        let token = path.strip_prefix("/confirm/").unwrap();
        let ask = format!("mutation {{ confirmEmail(input: {{ token: \"{token}\" }}) {{ userErrors {{ code }} }} }}");
        let answer = town.app.graphql(Viewer::visitor(Locale::En), &ask).await;
        assert_eq!(answer["confirmEmail"]["userErrors"][0]["code"], "INVALID_TOKEN");

        // She was erased meanwhile.
        let (gone, path) = town.welcomes("Broth", "broth@example.org", "en").await;
        let row = view::stakeholder(town.app.journal().db(), &gone.to_string()).await.unwrap();
        let person: PersonId = row.unwrap().person.parse().unwrap();
        town.does(ErasePerson { hub: town.hub, person }).await;
        let (status, page) = gets(&town.app, &path).await;
        assert_eq!(status, StatusCode::GONE, "{page}");
        assert!(!page.contains("Broth"));
    })
    .await;
}
