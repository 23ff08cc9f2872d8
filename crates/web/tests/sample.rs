//! A page as a capability would write it, rendered whole.
//!
//! The file it leaves in `target/tmp/sample.html` has the stylesheet inlined, to be looked at in
//! a browser at 320, 390 and 1280 px, light and dark.

use askama::Template;
use web::{
    assets,
    chart::{Bars, Line},
    field::Choice,
    form::Form,
    frame::{Frame, Link, Notice, Who, Words},
    language,
    part::{
        Badge, Clock, Empty, Facts, Moment, Pagination, Progress, Timeline,
        Tone::{self, Bad, Good, Live, Plain, Warn},
    },
};

#[derive(Template)]
#[template(path = "../tests/sample.html")]
struct Sample {
    frame: Frame,
    form: Form,
    needs: Vec<Choice>,
    events: Vec<Event>,
    timeline: Timeline,
}

struct Event {
    day: &'static str,
    month: &'static str,
    title: &'static str,
    text: &'static str,
    state: (&'static str, Tone),
}

fn moment(when: &str, text: &str, detail: &str, tone: Tone) -> Moment {
    Moment {
        at: "2026-11-03T09:00:00Z".to_owned(),
        when: when.to_owned(),
        text: text.to_owned(),
        detail: detail.to_owned(),
        by: "Elif Kaya".to_owned(),
        tone,
    }
}

fn sample() -> Sample {
    let home = Link::new("Istanbul hub", "/istanbul");
    let mut frame = Frame::new(Words::english(), "en", "Heat in the old town", home);
    let links = [("Agenda", "agenda"), ("Events", "events"), ("Stakeholders", "stakeholders")];
    let more = [("Hackathons", "hackathons"), ("Projects", "projects"), ("Desk", "desk")];
    frame.nav = links
        .into_iter()
        .chain(more)
        .map(|(label, path)| Link::new(label, format!("/istanbul/{path}")).at("/istanbul/events"))
        .collect();
    frame.languages = language::links(&http::Uri::from_static("/istanbul/events"), "en");
    frame.who =
        Who::Person { own: Link::new("Elif Kaya", "/me"), sign_out: "/sign-out".to_owned() };
    frame.trail = vec![Link::new("Events", "/istanbul/events")];
    frame.past = Some(Notice {
        tone: Warn,
        text: "You see the state of 3 November 2026, 12:00.".to_owned(),
        link: Some(Link::new("Back to now", "?")),
    });
    frame.notice = Some(Notice { tone: Good, text: "Saved.".to_owned(), link: None });
    let mut form = Form::with([("title", "A title that is much too long"), ("need", "loop")]);
    form.wrong("title", "Enter a title of at most 20 characters");
    form.wrong("need", "Choose what the hosts shall prepare");
    Sample {
        frame: frame.of_form(&form),
        form,
        needs: vec![
            Choice::new("ramp", "Step-free way in"),
            Choice::new("loop", "Induction loop").hint("For hearing aids with a T setting"),
        ],
        events: events(),
        timeline: Timeline::new([
            moment("3 November 2026, 12:00", "Accepted", "It answers a gap two NGOs named.", Good),
            moment("2 November 2026, 09:14", "Changes requested", "Where are the tenants?", Warn),
            moment("30 October 2026, 17:40", "Proposed", "", Plain),
        ]),
    }
}

fn events() -> Vec<Event> {
    let event = |day, month, title, text, state| Event { day, month, title, text, state };
    vec![
        event("27", "Nov", "Shade for the market", "Traders and architects, 20:30", ("Open", Good)),
        event("28", "Nov", "48 hours for cool roofs", "Hackathon, six teams", ("Running", Live)),
        event("4", "Dec", "Who checks on neighbours?", "Round table", ("Waiting list", Warn)),
        event("9", "Dec", "Water points walk", "Called off: storm", ("Cancelled", Bad)),
    ]
}

#[test]
fn a_page_of_every_part_renders_and_holds_the_rules() {
    let html = sample().render().unwrap();
    assert_eq!(html.matches("<h1").count(), 1);
    assert!(html.contains("<title>Error: Heat in the old town – Istanbul hub</title>"));
    for landmark in ["<header", "<nav", "<main id=\"main\"", "<footer", "href=\"#main\""] {
        assert!(html.contains(landmark), "{landmark}");
    }
    // The policy would block them.
    for inline in [" style=", " onclick=", "<script>", "<style>"] {
        assert!(!html.contains(inline), "{inline}");
    }
    for field in ["title", "need"] {
        assert!(html.contains(&format!("<a href=\"#{field}\">")), "{field} is not linked");
        assert!(html.contains(&format!(" id=\"{field}\"")), "{field} is no target");
    }
    let css = std::str::from_utf8(assets::STYLE.bytes()).unwrap();
    let link = format!("<link rel=\"stylesheet\" href=\"{}\">", assets::STYLE.href());
    let inlined = html.replace(&link, &format!("<style>{css}</style>"));
    assert_ne!(inlined, html, "the page does not link the stylesheet");
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/sample.html"), inlined).unwrap();
}
