//! The network's rules, and slugs in four languages.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use kernel::testing::{Scene, given, id, samples_are_read_back};
use kernel::{Act, Actor, HubId, Role, Zone};
use proptest::prelude::*;

use super::decider::{Command, Fact, NETWORK, Network, Rejection};
use super::slug::{folded, free_slug, is_slug, slug_of};
use super::*;

fn act(number: u64, slug: &str, locales: &[&str]) -> OpenHub {
    OpenHub {
        hub: id(number),
        name: "Wijkhub Zuid".to_owned(),
        slug: slug.to_owned(),
        zone: Zone::parse("Europe/Amsterdam").unwrap(),
        locales: locales.iter().map(|&locale| locale.to_owned()).collect(),
    }
}

fn open(number: u64, slug: &str, locales: &[&str]) -> Command {
    let OpenHub { hub, name, slug, zone, locales } = act(number, slug, locales);
    Command::OpenHub { hub, name, slug, zone, locales }
}

fn opened(number: u64, slug: &str, locales: &[&str]) -> Fact {
    let OpenHub { hub, name, slug, zone, locales } = act(number, slug, locales);
    Fact::HubOpened { hub, name, slug, zone, locales }
}

#[test]
fn a_hub_is_opened() {
    given::<Network>([]).when(open(1, "wijkhub-zuid", &["nl", "en"])).then([opened(
        1,
        "wijkhub-zuid",
        &["nl", "en"],
    )]);
}

#[test]
fn a_slug_belongs_to_one_hub() {
    given::<Network>([opened(1, "zuid", &["nl"])])
        .when(open(2, "zuid", &["nl"]))
        .then_rejected(Rejection::SlugTaken { slug: "zuid".to_owned() });
}

#[test]
fn opening_the_same_hub_again_changes_nothing() {
    given::<Network>([opened(1, "zuid", &["nl"])]).when(open(1, "zuid", &["nl"])).then_nothing();
    given::<Network>([opened(1, "zuid", &["nl"])]).when(open(1, "noord", &["nl"])).then_nothing();
}

#[test]
fn a_slug_that_cannot_stand_in_an_address_is_refused() {
    for slug in ["", "a", "Zuid", "zuid_", "-zuid", "zuid-", "zü", &"a".repeat(41)] {
        given::<Network>([])
            .when(open(1, slug, &["nl"]))
            .then_rejected(Rejection::SlugInvalid { slug: slug.to_owned() });
    }
}

#[test]
fn a_language_we_do_not_speak_is_refused_and_so_is_none() {
    given::<Network>([])
        .when(open(1, "zuid", &["nl", "fr"]))
        .then_rejected(Rejection::LocaleUnknown { locale: "fr".to_owned() });
    given::<Network>([])
        .when(open(1, "zuid", &[]))
        .then_rejected(Rejection::LocaleUnknown { locale: String::new() });
}

#[test]
fn only_a_network_admin_opens_hubs() {
    let act = act(1, "zuid", &["nl"]);
    let person = |role| Actor::person(id(9), [role]);
    assert!(act.permits(&person(Role::NetworkAdmin)));
    assert!(act.permits(&Actor::system("setup")));
    assert!(!act.permits(&person(Role::HubAdmin)));
    assert!(!act.permits(&Actor::visitor()));
}

#[test]
fn the_act_writes_the_networks_stream_and_knows_the_hub_afterwards() {
    let mut scene = Scene::new();
    let decision = scene.act(&act(1, "zuid", &["nl"])).unwrap();
    assert_eq!(decision.about, id::<kernel::HubKind>(1).to_string());
    assert_eq!(decision.drafts.first().unwrap().stream.as_str(), "network/network");
    let network = scene.state::<Network>(NETWORK).unwrap();
    let hubs: [HubId; 2] = [id(1), id(2)];
    assert_eq!(hubs.map(|hub| network.has(hub)), [true, false]);
}

#[test]
fn every_fact_is_read_back_as_it_was_written() {
    samples_are_read_back::<Fact>();
}

#[test]
fn titles_in_four_languages_become_slugs() {
    let slugs = [
        ("Food waste!", "food-waste"),
        ("  Eén café – wél/niet ", "een-cafe-wel-niet"),
        ("Gıda İsrafı ve Şehir", "gida-israfi-ve-sehir"),
        ("음식물 쓰레기", "eumsikmul-sseuregi"),
        ("Straße 7", "strasse-7"),
        ("🌱🌱", "issue"),
        ("", "issue"),
    ];
    for (title, slug) in slugs {
        assert_eq!(slug_of(title, "issue"), slug, "{title}");
    }
}

#[test]
fn a_taken_slug_gets_the_next_number() {
    assert_eq!(free_slug("food-waste", |slug| slug == "food-waste"), "food-waste-2");
    let long = "a".repeat(40);
    assert_eq!(free_slug(&long, |slug| slug == long), format!("{}-2", "a".repeat(38)));
}

#[test]
fn titles_that_differ_in_case_space_or_marks_of_punctuation_are_one() {
    assert_eq!(folded(" Food  WASTE! "), folded("food-waste"));
    assert_ne!(folded("food waste"), folded("foodwaste"));
}

proptest! {
    #[test]
    fn whatever_the_title_its_slug_can_stand_in_an_address(title in "\\PC{0,80}") {
        prop_assert!(is_slug(&slug_of(&title, "issue")), "{}", slug_of(&title, "issue"));
    }

    #[test]
    fn whatever_is_asked_no_slug_has_two_hubs(
        asks in proptest::collection::vec((1..6_u64, "[a-c]{1,2}"), 0..30)
    ) {
        let mut scene = Scene::new();
        let mut facts: Vec<String> = Vec::new();
        for (number, slug) in asks {
            if let Ok(decision) = scene.act(&act(number, &slug, &["nl"])) {
                facts.extend(decision.drafts.iter().map(|_| slug.clone()));
            }
        }
        let count = facts.len();
        facts.sort();
        facts.dedup();
        prop_assert_eq!(facts.len(), count);
    }
}

#[tokio::test]
async fn a_hub_is_found_by_id_slug_and_name() {
    crate::testing::both(|app| async move {
        use super::testing::House;
        let house = House::of(app);
        house
            .does(NETWORK, OpenHub { name: "B".to_owned(), ..act(1, "zuid", &["nl", "en"]) })
            .await;
        house.does(NETWORK, OpenHub { name: "A".to_owned(), ..act(2, "noord", &["tr"]) }).await;
        let (db, zuid) = (house.journal.db(), id::<kernel::HubKind>(1).to_string());
        let row = view::hub(db, &zuid).await.unwrap().unwrap();
        assert_eq!(
            (row.name.as_str(), row.zone.as_str(), row.version),
            ("B", "Europe/Amsterdam", 1)
        );
        assert_eq!(row.locales(), ["nl", "en"]);
        assert_eq!(view::hub_by_slug(db, "zuid").await.unwrap(), Some(row.clone()));
        assert_eq!(view::hub_by_slug(db, "west").await.unwrap(), None);
        assert_eq!(view::hubs_by_id(db, std::slice::from_ref(&zuid)).await.unwrap(), [row]);
        let list = "{ hubs(first: 1) { totalCount nodes { slug timeZone } pageInfo { endCursor hasNextPage } } }";
        let visitor = || crate::app::Viewer::visitor(crate::text::Locale::En);
        let first = house.app.graphql(visitor(), list).await;
        assert_eq!(first["hubs"]["nodes"][0]["slug"], "noord");
        assert_eq!((&first["hubs"]["totalCount"], &first["hubs"]["pageInfo"]["hasNextPage"]), (&2.into(), &true.into()));
        let after = format!("(first: 1, after: {})", first["hubs"]["pageInfo"]["endCursor"]);
        let second = house.app.graphql(visitor(), &list.replace("(first: 1)", &after)).await;
        assert_eq!(second["hubs"]["nodes"][0]["slug"], "zuid");
        house.is_the_same_when_rebuilt(NETWORK).await;
    })
    .await;
}

#[tokio::test]
async fn a_network_admin_opens_a_hub_and_nobody_else() {
    crate::testing::both(|app| async move {
        let house = super::testing::House::of(app);
        let hub = house.opens_hub().await;
        let input = r#"name: "Again", slug: "zuid", timeZone: "Asia/Seoul", locales: ["ko"]"#;
        assert_eq!(house.refused(house.network_admin(), "openHub", input).await, "SLUG_TAKEN");
        let wrong = r#"name: "Mars", slug: "mars", timeZone: "Mars/Olympus", locales: ["en"]"#;
        assert_eq!(
            house.refused(house.network_admin(), "openHub", wrong).await,
            "UNKNOWN_TIME_ZONE"
        );
        let open =
            format!("mutation {{ openHub(input: {{ {input} }}) {{ receipt {{ version }} }} }}");
        let curator = house.app.viewer(hub, Role::Curator);
        assert_eq!(house.denied(curator, &open).await, "FORBIDDEN");
        let visitor = crate::app::Viewer::visitor(crate::text::Locale::En);
        assert_eq!(house.denied(visitor, &open).await, "UNAUTHENTICATED");
    })
    .await;
}

#[tokio::test]
async fn a_hub_is_shown_as_it_was() {
    crate::testing::both(|app| async move {
        let house = super::testing::House::of(app);
        let hub = house.opens_hub().await;
        house.app.world.pass(chrono::Duration::hours(1));
        let admin = || house.app.viewer(hub, Role::HubAdmin);
        for purpose in ["one", "two"] {
            let input = format!("hubId: \"{hub}\", purpose: \"{purpose}\"");
            house.gets(admin(), "changeHubProfile", &input, "hub { version }").await;
        }
        let shown = |as_of: &str| {
            let ask =
                format!("{{ hub(slug: \"zuid\"{as_of}) {{ id position profile {{ purpose }} }} }}");
            let (house, viewer) = (&house, admin());
            async move { house.asks(viewer, &ask).await["hub"].clone() }
        };
        assert_eq!(shown("").await["profile"]["purpose"], "two");
        assert_eq!(shown(", asOf: { position: 1 }").await["profile"]["purpose"], "one");
        assert_eq!(shown(", asOf: { position: 1 }").await["position"], "1");
        assert!(shown(", asOf: { position: 0 }").await["profile"]["purpose"].is_null());
        let ask = "{ hub(slug: \"west\") { id } }";
        assert!(house.asks(admin(), ask).await["hub"].is_null());
        assert_eq!(house.denied(admin(), "{ hub { id } }").await, "BAD_USER_INPUT");
    })
    .await;
}
