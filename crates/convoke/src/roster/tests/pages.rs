//! The pages of a hackathon, as visitors, participants and organisers see and use them.

use axum::Router;
use axum::body::{Body, to_bytes};
use http::{Request, Response, StatusCode, header};
use tower::ServiceExt as _;

use super::api::{her, open, organiser, registered};
use super::*;
use crate::account::IssueToken;
use crate::account::decider::NewToken;
use crate::app::Viewer;
use crate::app::access::issue_secret;
use crate::hackathon::tests::lab::hub;
use crate::network::acts::OpenHub;
use crate::testing::{TestApp, sqlite};

/// A hub called Lab in Amsterdam, with its pages.
struct House {
    app: TestApp,
    pages: Router,
}

impl House {
    async fn of(app: TestApp) -> Self {
        let act = OpenHub {
            hub: hub(),
            name: "Lab".to_owned(),
            slug: "lab".to_owned(),
            zone: kernel::Zone::parse("Europe/Amsterdam").unwrap(),
            locales: vec!["en".to_owned(), "nl".to_owned()],
        };
        app.admin_does(None, act).await;
        let site = app.site();
        Self { app, pages: crate::pages::router(site) }
    }

    /// A secret with which this person is known.
    async fn signs_in(&self, viewer: &Viewer) -> String {
        let token = self.app.id();
        let secret = issue_secret(token, self.app.world().secret());
        let person = viewer.person.unwrap();
        let token = NewToken {
            token,
            secret_hash: secret.hash,
            hub: Some(hub()),
            role: viewer.grants[0].role,
            label: Personal::new(person, "test".to_owned()),
            expires_at: None,
        };
        self.app.admin_does(None, IssueToken { person, token }).await;
        secret.text
    }

    async fn sends(&self, request: Request<Body>) -> Response<Body> {
        self.pages.clone().oneshot(request).await.unwrap()
    }

    /// What somebody reads on a page.
    async fn reads(&self, secret: Option<&str>, path: &str) -> String {
        let mut request = Request::get(path);
        if let Some(secret) = secret {
            request = request.header(header::AUTHORIZATION, format!("Bearer {secret}"));
        }
        let response = self.sends(request.body(Body::empty()).unwrap()).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        html(response).await
    }

    /// Posts a form; the status, and where to or what is shown.
    async fn posts(&self, secret: &str, path: &str, fields: &str) -> (StatusCode, String) {
        let request = Request::post(path)
            .header(header::AUTHORIZATION, format!("Bearer {secret}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(fields.to_owned()))
            .unwrap();
        let response = self.sends(request).await;
        match response.headers().get(header::LOCATION) {
            Some(to) => (response.status(), to.to_str().unwrap().to_owned()),
            None => (response.status(), html(response).await),
        }
    }
}

async fn html(response: Response<Body>) -> String {
    let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// What stands in the main part of a page: its words, without marks.
fn words_of(html: &str) -> String {
    let main = html.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
    let main = main.split_once('>').unwrap().1;
    let mut words = String::new();
    let mut inside = true;
    for letter in main.chars().filter(|c| !matches!(c, '\u{2068}' | '\u{2069}')) {
        match letter {
            '<' => inside = false,
            '>' => {
                inside = true;
                words.push(' ');
            }
            _ if inside => words.push(letter),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn value_of<'h>(html: &'h str, name: &str) -> &'h str {
    let (_, behind) = html.split_once(&format!("name=\"{name}\"")).unwrap();
    behind.split_once("value=\"").unwrap().1.split_once('"').unwrap().0
}

#[tokio::test]
async fn an_organiser_runs_a_hackathon_from_its_page() {
    sqlite(|app| async move {
        let house = House::of(app.clone()).await;
        let none = house.reads(None, "/h/lab/hackathons").await;
        assert_eq!(
            words_of(&none),
            "Hackathons No hackathon is planned An organiser plans one within an event. Events"
        );
        registered(&app, 1..=2).await;
        let hackathon = open(&app).await;
        let path = format!("/h/lab/hackathons/{hackathon}");
        let listed = house.reads(None, "/h/lab/hackathons").await;
        assert!(listed.contains(&path));
        let boss = house.signs_in(&organiser()).await;
        assert!(words_of(&house.reads(Some(&boss), &path).await).contains("Team formation"));
        let (status, said) = house.posts(&boss, &path, "do=start").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(said.contains("Lock the teams first."), "{said}");
        for action in ["lock", "start"] {
            let (status, to) = house.posts(&boss, &path, &format!("do={action}")).await;
            assert_eq!((status, to), (StatusCode::SEE_OTHER, path.clone()), "{action}");
        }
        app.world.pass(chrono::Duration::hours(1));
        let more = "do=extend&minutes=30&reason=A+storm";
        assert_eq!(house.posts(&boss, &path, more).await.0, StatusCode::SEE_OTHER);
        let running = house.reads(None, &path).await;
        assert!(running.contains("data-deadline=\"2026-11-24T10:30:00Z\""), "{running}");
        assert!(words_of(&running).contains("Hacking"));
        let (status, said) = house.posts(&boss, &path, "do=extend&minutes=x").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(said.contains("Say why."), "{said}");
        house.posts(&boss, &path, "do=pause").await;
        let dutch = house.reads(None, &format!("{path}?lang=nl")).await;
        assert!(words_of(&dutch).contains("De klok staat stil; er is nog"), "{dutch}");
        assert_eq!(house.posts(&boss, &path, "do=dance").await.0, StatusCode::BAD_REQUEST);
        let visitor = house.posts("tok_none", &path, "do=resume").await;
        assert_eq!(visitor.0, StatusCode::UNAUTHORIZED);
        let then = house.reads(None, &format!("{path}?asOf=2026-11-22T10:00:00Z")).await;
        assert!(then.contains("class=\"past\""), "{then}");
    })
    .await;
}

#[tokio::test]
async fn participants_come_together_on_the_board() {
    sqlite(|app| async move {
        let house = House::of(app.clone()).await;
        registered(&app, 1..=3).await;
        let hackathon = open(&app).await;
        let path = format!("/h/lab/hackathons/{hackathon}/teams");
        let ada = house.signs_in(&her(1)).await;
        let bea = house.signs_in(&her(2)).await;
        assert!(
            words_of(&house.reads(Some(&ada), &path).await)
                .contains("Nobody is in two, and none grows above its maximum.")
        );
        for secret in [&ada, &bea] {
            let fields = "do=enrol&skills=research%0Acooking&wishes=solar";
            let (status, to) = house.posts(secret, &path, fields).await;
            assert_eq!((status, to), (StatusCode::SEE_OTHER, path.clone()));
        }
        let (status, said) = house.posts(&ada, &path, "do=pitch&title=&text=x").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(said.contains("error-summary"), "{said}");
        house.posts(&ada, &path, "do=pitch&title=A+roof&text=For+all.").await;
        let page = house.reads(Some(&ada), &path).await;
        let idea = page.split("<option value=\"idea_").nth(1).unwrap().split('"').next().unwrap();
        house.posts(&ada, &path, &format!("do=found&name=Solar&idea=idea_{idea}")).await;
        let (status, said) = house.posts(&bea, &path, "do=found&name=so+lar").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(said.contains("Another team has that name."), "{said}");
        let page = house.reads(Some(&bea), &path).await;
        let team = value_of(&page, "team").to_owned();
        house.posts(&bea, &path, &format!("do=ask&team={team}")).await;
        assert!(house.reads(Some(&bea), &path).await.contains("You have asked to join."));

        let page = house.reads(Some(&ada), &path).await;
        assert!(words_of(&page).contains("Ada 2 asks to join."), "{page}");
        let asking = value_of(&page, "participant");
        let answer = format!("do=accept&team={team}&participant={asking}");
        assert_eq!(house.posts(&ada, &path, &answer).await.0, StatusCode::SEE_OTHER);
        let code = words_of(&house.reads(Some(&ada), &path).await);
        let code = code.split_once("Code: ").unwrap().1.split(' ').next().unwrap().to_owned();
        let joined = words_of(&house.reads(Some(&ada), &path).await).replace(&code, "(code)");
        assert!(joined.contains("(code)"), "{joined}");
        // A visitor sees teams and figures, and no name, code or form.
        let page = house.reads(None, &path).await;
        let board = page.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
        for mark in ["<form", "<button", "<input", "<select", "<textarea"] {
            assert!(!board.contains(mark), "{mark}: {board}");
        }
        let seen = words_of(&page);
        assert!(seen.contains("Teams"), "{seen}");
        assert!(!seen.contains("Ada 2") && !seen.contains(&code), "{seen}");
        let cem = house.signs_in(&her(3)).await;
        house.posts(&cem, &path, "do=enrol").await;
        let by_code = format!("do=code&code={code}");
        assert_eq!(house.posts(&cem, &path, &by_code).await.0, StatusCode::SEE_OTHER);
        let leave = format!("do=leave&team={team}");
        assert_eq!(house.posts(&ada, &path, &leave).await.0, StatusCode::SEE_OTHER);
        let (status, said) = house.posts(&ada, &path, "do=code&code=hello").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(said.contains("No team has this code."), "{said}");
    })
    .await;
}
