//! A hub's profile: what is taken, what is refused, and edits on an older version.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use kernel::testing::{Scene, given, id, samples_are_read_back};
use kernel::{Act, Actor, Role};

use super::decider::{Command, Fact, Hub, Profile, Rejection, is_mail_address, is_web_address};
use super::*;

fn profile() -> Profile {
    Profile { website: Some("https://hub.example/".to_owned()), ..Profile::default() }
}

fn changed(profile: Profile) -> Fact {
    let Profile { address, phone, email, website, purpose } = profile;
    Fact::HubProfileChanged { address, phone, email, website, purpose }
}

#[test]
fn a_profile_is_said_anew() {
    given::<Hub>([]).when(Command::ChangeProfile { profile: profile() }).then([changed(profile())]);
}

#[test]
fn saying_the_same_changes_nothing() {
    given::<Hub>([changed(profile())])
        .when(Command::ChangeProfile { profile: profile() })
        .then_nothing();
}

#[test]
fn a_website_that_leads_nowhere_is_refused() {
    let website = "javascript:alert(1)".to_owned();
    let profile = Profile { website: Some(website.clone()), ..Profile::default() };
    given::<Hub>([])
        .when(Command::ChangeProfile { profile })
        .then_rejected(Rejection::WebsiteInvalid { website });
}

#[test]
fn a_text_that_is_no_mail_address_is_refused() {
    let profile = Profile { email: Some("desk".to_owned()), ..Profile::default() };
    given::<Hub>([])
        .when(Command::ChangeProfile { profile })
        .then_rejected(Rejection::EmailInvalid {});
}

#[test]
fn addresses_are_told_from_other_texts() {
    for good in ["https://a.org", "http://a.b.org:8080/x?y#z", "https://bücher.example/"] {
        assert!(is_web_address(good), "{good}");
    }
    for bad in [
        "",
        "a.org",
        "ftp://a.org",
        "https://",
        "https://a",
        "https://a..org",
        "https://a b.org",
        "https://-a.org",
        "https://a.org:x",
        "https://user@a.org",
        "http://a.org:0/",
    ] {
        assert!(!is_web_address(bad), "{bad}");
    }
    assert!(is_mail_address("ada+x@mail.example.org"));
    for bad in
        ["", "ada", "@a.org", "ada@", "ada@org", "a@b@c.org", "a b@c.org", "a@b..c", "<a@b.c>"]
    {
        assert!(!is_mail_address(bad), "{bad}");
    }
}

#[test]
fn only_a_hub_admin_changes_it_and_only_the_version_she_saw() {
    let act =
        |expected_version| ChangeHubProfile { hub: id(1), profile: profile(), expected_version };
    assert!(act(None).permits(&Actor::person(id(9), [Role::HubAdmin])));
    assert!(!act(None).permits(&Actor::person(id(9), [Role::Curator])));
    let before = changed(Profile::default());
    let scene = || Scene::new().with::<Hub>(id::<kernel::HubKind>(1), [before.clone()]);
    assert_eq!(scene().kinds(&act(Some(0))), Err("VERSION_CONFLICT".to_owned()));
    assert_eq!(scene().kinds(&act(Some(1))), Ok(vec!["HubProfileChanged"]));
    assert_eq!(scene().kinds(&act(None)), Ok(vec!["HubProfileChanged"]));
}

#[test]
fn every_fact_is_read_back_as_it_was_written() {
    samples_are_read_back::<Fact>();
}

#[tokio::test]
async fn a_profile_is_shown_as_last_said() {
    crate::testing::both(|app| async move {
        use crate::network::testing::House;
        let house = House::of(app);
        let hub = id::<kernel::HubKind>(1);
        let act = |profile| ChangeHubProfile { hub, profile, expected_version: None };
        let name = hub.to_string();
        assert_eq!(view::profile(house.journal.db(), &name).await.unwrap(), None);
        let first = Profile { phone: Some("1".to_owned()), ..profile() };
        house.does(&name, act(first)).await;
        house.does(&name, act(profile())).await;
        let row = view::profile(house.journal.db(), &name).await.unwrap().unwrap();
        assert_eq!((row.website, row.phone, row.version), (profile().website, None, 2));
        house.is_the_same_when_rebuilt(&name).await;
    })
    .await;
}

#[tokio::test]
async fn a_hub_admin_changes_the_profile_through_the_api() {
    crate::testing::both(|app| async move {
        let house = crate::network::testing::House::of(app);
        let hub = house.opens_hub().await;
        let admin = || house.app.viewer(hub, Role::HubAdmin);
        let input = format!(
            "hubId: \"{hub}\", website: \"https://zuid.example\", phone: \"070 1\", expectedVersion: 0"
        );
        let fields = "hub { version viewerIsStaff profile { website phone email } }";
        let answer = house.gets(admin(), "changeHubProfile", &input, fields).await;
        assert_eq!(answer["hub"]["profile"]["website"], "https://zuid.example");
        assert_eq!(answer["hub"]["version"], 1);
        assert_eq!(answer["hub"]["viewerIsStaff"], true);
        assert_eq!(
            house.refused(admin(), "changeHubProfile", &input).await,
            "VERSION_CONFLICT"
        );
        let wrong = format!("hubId: \"{hub}\", website: \"ftp://zuid\"");
        assert_eq!(house.refused(admin(), "changeHubProfile", &wrong).await, "WEBSITE_INVALID");
    })
    .await;
}
