//! The catalogues as a whole: they parse, they agree, and nobody asks for what is not in them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use askama::Template;
use fluent_bundle::FluentResource;
use kernel::Refusal;
use serde_json::json;
use strum::IntoEnumIterator as _;
use web::{
    form::Form,
    frame::Frame,
    part::{Badge, Tone},
};

use super::*;
use crate::inbound::{Reason, Verdict};
use crate::reach::{Ahead, Category};

/// Where a registration may stand, as its own page says it.
const REGISTRATIONS: &str = "received confirmed waiting cancelled declined expired left";

/// Each message of a language with the variables it uses, and whether it has a value.
fn messages(locale: Locale) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for (_, area, source) in SOURCES.iter().filter(|(of, ..)| *of == locale) {
        let file = FluentResource::try_new((*source).to_owned());
        let file = file.unwrap_or_else(|(_, errors)| panic!("{locale:?} {area}: {errors:?}"));
        assert!(!source.contains('\t'), "{locale:?} {area} has a tab");
        drop(file);
        for (key, body) in split(source) {
            let twice = found.insert(key.clone(), variables(&body));
            assert!(twice.is_none(), "{locale:?} has {key} twice");
        }
    }
    found
}

/// A catalogue cut into keys and bodies, by Fluent's rule that a message begins in column one.
fn split(source: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        match line.split_once('=') {
            Some((key, body)) if line.starts_with(|c: char| c.is_ascii_lowercase()) => {
                found.push((key.trim().to_owned(), body.to_owned()));
            }
            _ => {
                if let Some((_, body)) = found.last_mut() {
                    body.push_str(line);
                }
            }
        }
    }
    found
}

fn variables(body: &str) -> BTreeSet<String> {
    body.split('$')
        .skip(1)
        .map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-');
            rest.get(..end.unwrap_or(rest.len())).unwrap().to_owned()
        })
        .collect()
}

#[test]
fn every_language_says_all_that_english_says_with_the_same_values() {
    let english = messages(Locale::En);
    assert!(english.len() > 400);
    for locale in [Locale::Nl, Locale::Tr, Locale::Ko] {
        let own = messages(locale);
        let differ = |key: &&String| own.get(*key) != english.get(*key);
        let differing: BTreeSet<_> = own.keys().chain(english.keys()).filter(differ).collect();
        assert!(
            differing.is_empty(),
            "missing, too many or other values: {locale:?} {differing:#?}"
        );
    }
}

#[test]
fn every_code_has_a_message_and_no_message_is_without_its_code() {
    let codes = crate::app::codes::all();
    let codes: BTreeSet<_> = codes.iter().map(|code| refusal::message(code)).collect();
    assert_eq!(starting("rejection-"), codes);
}

#[test]
fn every_kind_of_fact_has_a_sentence_and_no_sentence_is_without_its_kind() {
    let lock = include_str!("../../facts.lock").lines().filter(|line| !line.starts_with('#'));
    let locked = lock.filter_map(|line| line.split(' ').next());
    let samples = crate::product::samples();
    let known = samples.iter().map(|(kind, ..)| *kind);
    let kinds: BTreeSet<_> =
        locked.chain(known).map(|kind| format!("fact-{}", kebab(kind))).collect();
    assert_eq!(starting("fact-"), kinds);
}

fn starting(prefix: &str) -> BTreeSet<String> {
    messages(Locale::En).into_keys().filter(|key| key.starts_with(prefix)).collect()
}

#[test]
fn whatever_a_page_shows_by_its_name_has_a_word() {
    let english = messages(Locale::En);
    let states = [
        // Events, issues, stakeholders, hackathons.
        "proposed accepted scheduled published closed ended reported declined withdrawn postponed",
        "under-review active merged prospect registered verified erased cancelled",
        "drafted team-formation locked hacking paused frozen",
        // Registrations and invitations.
        "received confirmed waiting offered expired left prepared sent tentative revoked",
    ];
    let words = |prefix: &'static str, names: Vec<String>| {
        names.into_iter().map(move |name| format!("{prefix}-{}", kebab(&name)))
    };
    let said = |names: &[&str]| names.join(" ").split(' ').map(str::to_owned).collect::<Vec<_>>();
    let every = words("state", said(&states))
        .chain(words("registration", said(&[REGISTRATIONS])))
        .chain(words("reach", Category::iter().map(|one| one.to_string()).collect()))
        .chain(words("mails", Ahead::iter().map(|one| one.to_string()).collect()))
        .chain(words(
            "kind",
            crate::stakeholder::Kind::iter().map(|kind| kind.to_string()).collect(),
        ))
        .chain(words("role", kernel::Role::iter().map(|role| role.to_string()).collect()))
        .chain(words("verdict", Verdict::iter().map(|one| one.to_string()).collect()))
        .chain(words("reason", Reason::iter().map(|one| one.to_string()).collect()))
        .chain(words(
            "urgency",
            crate::issue::Urgency::iter().map(|one| one.to_string()).collect(),
        ));
    let missing: Vec<_> = every.filter(|key| !english.contains_key(key)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn plurals_follow_each_language() {
    let say = |locale, count: u32| Text::new(locale).n("count-ideas", count);
    assert_eq!([say(Locale::En, 1), say(Locale::En, 2)], ["1 idea", "2 ideas"]);
    assert_eq!([say(Locale::Nl, 1), say(Locale::Nl, 0)], ["1 idee", "0 ideeën"]);
    assert_eq!([say(Locale::Tr, 1), say(Locale::Tr, 7)], ["1 fikir", "7 fikir"]);
    assert_eq!(say(Locale::Ko, 7), "7개의 아이디어");
}

#[test]
fn numbers_are_grouped_as_each_language_groups_them() {
    let say = |locale| Text::new(locale).n("count-people", 1_234_567);
    assert_eq!(say(Locale::En), "1,234,567 people");
    assert_eq!(say(Locale::Nl), "1.234.567 personen");
    assert_eq!(say(Locale::Tr), "1.234.567 kişi");
    assert_eq!(say(Locale::Ko), "1,234,567명");
    assert_eq!(Text::new(Locale::Tr).number(-1500), "-1.500");
    assert_eq!(group("-0.25", Locale::Nl), "-0,25");
    assert_eq!(group("999", Locale::En), "999");
}

#[test]
fn isolation_marks_are_for_pages_only() {
    let greet = |text: Text| text.one("letter-greeting", "name", "Ada");
    assert_eq!(greet(Text::new(Locale::Ko)), "Ada님, 안녕하세요.");
    assert_eq!(greet(Text::html(Locale::En)), "Hello \u{2068}Ada\u{2069},");
}

#[test]
fn what_is_missing_falls_back_to_the_key() {
    assert_eq!(Text::new(Locale::Tr).s("no-such-message"), "no-such-message");
    assert!(PLAIN.en.get_message("no-such-message").is_none());
}

#[test]
fn a_rejection_speaks_the_readers_language_or_english() {
    let known = Refusal::new("TITLE_MISSING", "the title is missing");
    assert_eq!(Text::new(Locale::Nl).refusal(&known), "Geef het een titel.");
    let unknown = Refusal::new("NEVER_WRITTEN", "that was never written");
    assert_eq!(Text::new(Locale::Nl).refusal(&unknown), "that was never written");
    let mut form = Form::default();
    Text::new(Locale::En).refuse(&mut form, &known);
    assert_eq!(form.errors().collect::<Vec<_>>(), [("", "Give it a title.")]);
}

#[test]
fn a_rejection_says_what_decided_in_every_language() {
    let say = |refusal: &Refusal| Locale::ALL.map(|locale| Text::new(locale).refusal(refusal));
    let full = |places: u32| Refusal::new("QUOTA_FULL", "full").with("capacity", places);
    assert_eq!(
        say(&full(1500)),
        [
            "All 1,500 places are taken.",
            "Alle 1.500 plaatsen zijn bezet.",
            "1.500 yerin hepsi dolu.",
            "1,500석이 모두 찼습니다.",
        ]
    );
    assert_eq!(say(&full(1)).first().unwrap(), "The only place is taken.");
    let missing = Refusal::new("FIELD_MISSING", "title is missing").at(&["venue", "title"]);
    assert_eq!(
        say(&missing),
        ["Fill in: Title", "Vul in: Titel", "Doldurun: Başlık", "입력하세요: 제목"]
    );
    let closed = Refusal::new("WRONG_STATE", "it is closed").with("is", "closed");
    assert_eq!(say(&closed).last().unwrap(), "지금 상태에서는 할 수 없습니다: 닫힘.");
}

#[test]
fn the_figures_of_a_rejection_are_its_values() {
    let say = |name: &str, value| Text::new(Locale::Nl).figure(name, &value);
    assert_eq!(say("max", json!(3)), Value::from(3));
    assert_eq!(say("names", json!(["a", 2])), Value::from("a, 2"));
    assert_eq!(say("slug", json!("x")), Value::from("x"));
    assert_eq!(say("year", json!(2126)), Value::from("2126"));
    assert_eq!(say("max_s", json!(604_800)), Value::from("7 dagen"));
    assert_eq!(say("phase", json!("team_formation")), Value::from("Teamvorming"));
    assert_eq!(say("role", json!("hub-admin")), Value::from("Hubbeheerder"));
    assert_eq!(say("name", json!("email")), Value::from("E-mailadres"));
    assert_eq!(say("name", json!("eventId")), Value::from("eventId"));
    assert_eq!(say("until", json!("2026-11-27")), Value::from("27 nov 2026"));
    assert_eq!(say("before", json!("2027-03-28T02:00:00")), Value::from("28 mrt 2027 02:00"));
    assert_eq!(say("at", json!("2026-11-22T10:00:00Z")), Value::from("22 nov 2026 10:00 UTC"));
}

#[test]
fn states_are_named_however_they_are_spelled() {
    let text = Text::new(Locale::En);
    for name in ["TeamFormation", "team_formation", "team-formation"] {
        assert_eq!(text.state(name), "Team formation");
    }
    assert_eq!(text.role(kernel::Role::HubAdmin), "Hub admin");
    assert_eq!(text.kind("ngo"), "NGO");
}

#[test]
fn a_tag_finds_its_language() {
    assert_eq!(Locale::parse("nl-BE"), Some(Locale::Nl));
    assert_eq!(Locale::parse("fr"), None);
    let asked = Asked { accepted: Some("ko"), ..Asked::default() };
    assert_eq!(Locale::settle(asked, None, Locale::Nl), Locale::Ko);
    assert_eq!(Locale::settle(asked, Some("tr"), Locale::Nl), Locale::Tr);
    assert_eq!(Locale::settle(Asked::default(), None, Locale::Nl), Locale::Nl);
}

#[test]
fn every_problem_has_words() {
    let english = messages(Locale::En);
    for code in Problem::CODES {
        for part in ["title", "text"] {
            let key = format!("problem-{code}-{part}");
            assert!(english.contains_key(&key), "{key}");
        }
    }
    let asked = Asked { chosen: Some("nl"), ..Asked::default() };
    let face = faces(Locale::En, Link::new("Convoke", "/"))(Problem::NotFound, asked);
    assert_eq!((face.frame.lang, face.frame.title.as_str()), ("nl", "Pagina niet gevonden"));
}

#[test]
fn nobody_asks_for_a_message_that_is_not_there() {
    let english = messages(Locale::En);
    let mut missing = BTreeSet::new();
    sources(&mut |path, source| {
        for key in asked_for(source).filter(|key| !english.contains_key(*key)) {
            missing.insert(format!("{key} in {}", path.display()));
        }
    });
    assert!(missing.is_empty(), "not in any catalogue: {missing:#?}");
}

#[test]
fn no_message_is_kept_that_nobody_asks_for() {
    // Names put together while running; the tests above hold what they may be.
    const MADE: [&str; 14] = [
        "intake-came-",
        "verdict-",
        "reason-",
        "rejection-",
        "fact-",
        "problem-",
        "state-",
        "role-",
        "kind-",
        "urgency-",
        "mode-",
        "format-",
        "hackathon-do-",
        "word-",
    ];
    let listed: BTreeSet<String> = Category::iter()
        .flat_map(|one| [format!("reach-{one}"), format!("letter-stop-{one}")])
        .chain(Ahead::iter().map(|one| format!("mails-{one}")))
        .chain(REGISTRATIONS.split(' ').map(|state| format!("registration-{state}")))
        .collect();
    let mut unused = messages(Locale::En);
    unused.retain(|key, _| {
        let is_notice = key.ends_with("-subject") || key.ends_with("-lead");
        !is_notice && !listed.contains(key) && !MADE.iter().any(|made| key.starts_with(made))
    });
    sources(&mut |_, source| {
        unused.retain(|key, _| !source.contains(&format!("\"{key}\"")));
    });
    assert!(unused.is_empty(), "nobody uses {:#?}", unused.keys());
}

/// Every source and template that speaks to people, but these tests.
fn sources(see: &mut impl FnMut(&Path, &str)) {
    for folder in ["/src", "/../server/src"] {
        walk(Path::new(&format!("{}{folder}", env!("CARGO_MANIFEST_DIR"))), &mut |path, source| {
            if !path.ends_with("text/tests.rs") {
                see(path, source);
            }
        });
    }
}

/// The literal keys of `.s("…")`, `.n("…"`, `.one("…"` and `.t("…"` in a source or template.
fn asked_for(source: &str) -> impl Iterator<Item = &str> {
    [".s(\"", ".n(\"", ".one(\"", ".t(\""]
        .into_iter()
        .flat_map(move |call| source.split(call).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .filter(|key| key.contains('-') && !key.contains(['{', ' ']))
}

fn walk(folder: &Path, see: &mut impl FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, see);
        } else if path.extension().is_some_and(|e| e == "rs" || e == "html") {
            see(&path, &fs::read_to_string(&path).unwrap());
        }
    }
}

/// A page of this crate in the layout of the other: the proof of the recipe in `web`.
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% extends "layout.html" %}{% block main %}
<h1>{{ t.s("home-title") }}</h1>
<p>{{ t.n("count-ideas", ideas) }} {{ t.one("letter-greeting", "name", name) }}</p>
<p>{{ Badge::new(t.state(state), tone) }}</p>
{{ form.text("title", t.s("word-title")).max(80) }}
{% endblock %}"#
)]
struct Sample {
    frame: Frame,
    t: Text,
    form: Form,
    ideas: usize,
    name: String,
    state: &'static str,
    tone: Tone,
}

#[test]
fn a_page_of_a_capability_stands_in_the_layout() {
    let t = Text::new(Locale::Tr);
    let page = Sample {
        frame: t.frame(t.s("home-title"), Link::new("İstanbul", "/istanbul")),
        t,
        form: Form::with([("title", "Sıcak")]),
        ideas: 1500,
        name: "<Işık>".to_owned(),
        state: "proposed",
        tone: Tone::Warn,
    };
    let html = page.render().unwrap();
    for part in [
        "<html lang=\"tr\">",
        "<title>Şimdi önemli olan – İstanbul</title>",
        "<a class=\"skip\" href=\"#main\">Ana içeriğe geç</a>",
        "1.500 fikir Merhaba &#60;Işık&#62;,",
        "<span class=\"badge warn\">Önerildi</span>",
        "<label for=\"title\">Başlık</label>",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
}
