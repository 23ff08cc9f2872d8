//! `/why/{token}`: why somebody got a letter, and how she gets no more like it.
//!
//! The link stands in the letter's footer and names the fact it followed from. Shown are that
//! fact, what led to it, and what she herself did about the same thing: kinds and times, never
//! names. GET is all there is; stopping is done on the page of its kind.

use std::collections::BTreeMap;
use std::str::FromStr as _;

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use kernel::{HubId, PersonId, Recorded};
use web::frame::{Frame, Link, page};
use web::problem::Problem;

use crate::app::App;
use crate::app::entry::JournalEntry;
use crate::letter;
use crate::reach::{mails, page as one_kind};
use crate::site::{Place, Site, Visit, place_of, problem};
use crate::text::{Locale, Text};

/// Keeps this kind of link apart from all others.
const LINK: &str = "why";
/// Steps back from a fact to what led to it.
const STEPS_MAX: usize = 5;
/// Facts about a person looked at.
const OWN_MAX: i64 = 100;
/// Facts shown.
const SHOWN_MAX: usize = 20;

/// Which letter a link is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cause<'a> {
    /// The hub that wrote.
    pub(crate) hub: &'a str,
    /// The position of the fact it followed from.
    pub(crate) position: i64,
    /// Which letter.
    pub(crate) template: letter::Template,
    /// To whom.
    pub(crate) person: &'a str,
    /// About what.
    pub(crate) about: &'a str,
    /// In which language.
    pub(crate) locale: Locale,
}

/// What a link holds behind `/why/`.
pub(crate) fn token(app: &App, cause: &Cause<'_>) -> String {
    let Cause { hub, position, template, person, about, locale } = cause;
    let locale = locale.code();
    app.link_token(LINK, &format!("{hub}~{position}~{template}~{person}~{about}~{locale}"))
}

fn meant(target: &str) -> Option<Cause<'_>> {
    let mut words = target.split('~');
    Some(Cause {
        hub: words.next()?,
        position: words.next()?.parse().ok()?,
        template: letter::Template::from_str(words.next()?).ok()?,
        person: words.next()?,
        about: words.next()?,
        locale: words.next().and_then(Locale::parse)?,
    })
}

/// The routes of this page.
pub(crate) fn routes() -> Router<Site> {
    Router::new().route("/why/{token}", get(show))
}

/// One thing that happened.
struct Step {
    says: String,
    when: String,
    by: String,
}

#[derive(Template)]
#[template(path = "pages/why.html")]
struct Page {
    frame: Frame,
    t: Text,
    lead: String,
    steps: Vec<Step>,
    stop: String,
    links: Vec<Link>,
}

async fn show(visit: Visit, Path(token): Path<String>) -> Result<Response, Problem> {
    let app = visit.app.clone();
    let cause = app.link_target(LINK, &token).and_then(meant).ok_or(Problem::NotFound)?;
    let hub = HubId::parse(cause.hub).map_err(|_bad| Problem::NotFound)?;
    let person = PersonId::parse(cause.person).map_err(|_bad| Problem::NotFound)?;
    let place = place_of(&visit, hub).await?;
    // The page speaks the letter's language unless another is asked for.
    let visit = visit.at(&Place { locale: cause.locale, ..place.clone() });
    let text = visit.text();
    let mut frame = visit.frame(text.s("why-title"), Some(&place));
    frame.unlisted = true;
    let facts = causes(&app, &cause).await.map_err(problem)?;
    let step = |fact: Recorded<String>| {
        let by = by(&fact.actor, person);
        let when = text.zoned(fact.recorded_at, place.zone);
        let says = JournalEntry::new(visit.viewer.locale, fact).sentence();
        Step { says, when, by: text.s(by) }
    };
    let steps = facts.into_values().map(step).collect();
    let (stop, links) = ways_out(&app, &cause, text);
    let lead = text.one("why-lead", "hub", &place.name);
    Ok(page(&Page { frame, t: text, lead, steps, stop, links }))
}

fn by(actor: &str, person: PersonId) -> &'static str {
    if actor == person.to_string() {
        "why-by-you"
    } else if actor.starts_with("system:") {
        "why-by-rule"
    } else if actor == "visitor" {
        "why-by-visitor"
    } else {
        "why-by-other"
    }
}

/// The fact, what led to it, and what concerns this person and the same thing, in order.
async fn causes(app: &App, cause: &Cause<'_>) -> journal::Result<BTreeMap<i64, Recorded<String>>> {
    let mut found = BTreeMap::new();
    let mut next = Some(cause.position);
    for _ in 0..STEPS_MAX {
        let Some(position) = next else { break };
        let Some(fact) = app.journal().at(cause.hub, position).await? else { break };
        next = fact.caused_by;
        found.insert(position, fact);
    }
    let before = Some(cause.position.saturating_add(1));
    let own = app.journal().tagged(cause.hub, cause.person, before, OWN_MAX).await?;
    let is_about = |fact: &Recorded<String>| {
        // A person's own stream tells what she has chosen.
        let stream = fact.stream.id();
        stream.contains(cause.about) || stream == cause.person
    };
    for fact in own.into_iter().filter(is_about) {
        if found.len() >= SHOWN_MAX {
            break;
        }
        found.insert(fact.position, fact);
    }
    Ok(found)
}

/// How she gets no more letters like this one.
fn ways_out(app: &App, cause: &Cause<'_>, text: Text) -> (String, Vec<Link>) {
    let all = mails::token(app, cause.hub, cause.person);
    let choose = Link::new(text.s("why-choose"), format!("/mails/{all}"));
    match cause.template.category() {
        Some(category) => {
            let token = one_kind::token(app, cause.hub, cause.person, category);
            let stop = Link::new(text.s(format!("letter-stop-{category}")), format!("/u/{token}"));
            (text.s("why-may-stop"), vec![stop, choose])
        }
        // She has no place here, and may never have heard of us.
        None if cause.template == letter::Template::FollowConfirm => {
            (text.s("why-asked-once"), vec![choose])
        }
        None => (text.s("why-cannot-stop"), vec![choose]),
    }
}
