//! Roles and tokens: who may hand out what, and that nothing is handed out twice.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use chrono::Duration;
use kernel::testing::{Scene, given, id, noon, samples_are_read_back};
use kernel::{Act, Actor, Decider, Fact as _, HubId, Moment, PersonId, Personal, Role, Zone};
use proptest::prelude::*;

use super::decider::{Account, Command, Fact, NewToken, Rejection};
use super::*;
use crate::network;

fn hub() -> HubId {
    id(1)
}
fn ada() -> PersonId {
    id(7)
}
fn by(role: Role) -> Actor {
    Actor::person(id(9), [role])
}
fn granted(role: Role) -> Fact {
    Fact::RoleGranted { hub: Some(hub()), role }
}
fn grant(role: Role) -> Command {
    Command::GrantRole { hub: Some(hub()), role }
}
fn revoke(role: Role) -> Command {
    Command::RevokeRole { hub: Some(hub()), role }
}
fn token() -> NewToken {
    NewToken {
        token: id(2),
        secret_hash: "0f".repeat(32),
        hub: Some(hub()),
        role: Role::Curator,
        label: Personal::new(ada(), "laptop".to_owned()),
        expires_at: None,
    }
}
fn issued() -> Fact {
    let NewToken { token, secret_hash, hub, role, label, expires_at } = token();
    Fact::TokenIssued { token, secret_hash, hub, role, label, expires_at }
}

#[test]
fn a_role_is_granted_once_and_revoked_once() {
    given::<Account>([]).when(grant(Role::Curator)).then([granted(Role::Curator)]);
    given::<Account>([granted(Role::Curator)]).when(grant(Role::Curator)).then_nothing();
    given::<Account>([granted(Role::Curator)])
        .when(revoke(Role::Curator))
        .then([Fact::RoleRevoked { hub: Some(hub()), role: Role::Curator }]);
    given::<Account>([]).when(revoke(Role::Curator)).then_nothing();
}

#[test]
fn nobody_hands_out_or_takes_a_role_above_her_own() {
    let above = || Rejection::RoleAboveOwn { role: Role::HubAdmin };
    let curator = || by(Role::Curator);
    given::<Account>([]).by(curator()).when(grant(Role::HubAdmin)).then_rejected(above());
    given::<Account>([granted(Role::HubAdmin)])
        .by(curator())
        .when(revoke(Role::HubAdmin))
        .then_rejected(above());
    let new = NewToken { role: Role::HubAdmin, ..token() };
    given::<Account>([]).by(curator()).when(Command::IssueToken(new)).then_rejected(above());
    given::<Account>([])
        .when(Command::GrantRole { hub: None, role: Role::NetworkAdmin })
        .then_rejected(Rejection::RoleAboveOwn { role: Role::NetworkAdmin });
}

#[test]
fn a_role_of_a_hub_names_it_and_a_role_of_the_network_names_none() {
    given::<Account>([])
        .when(Command::GrantRole { hub: None, role: Role::Host })
        .then_rejected(Rejection::RoleNeedsHub { role: Role::Host });
    given::<Account>([])
        .by(by(Role::NetworkAdmin))
        .when(grant(Role::NetworkAdmin))
        .then_rejected(Rejection::RoleIsNetworkWide { role: Role::NetworkAdmin });
}

#[test]
fn the_first_token_ever_comes_from_our_own_command_line() {
    let first = NewToken { hub: None, role: Role::NetworkAdmin, ..token() };
    let act = IssueToken { person: ada(), token: first };
    let system = Actor::system("command-line");
    assert!(act.permits(&system) && act.hub().is_none());
    let mut scene = Scene::new().by(system);
    let decision = scene.act(&act).unwrap();
    assert_eq!(decision.about, id::<TokenKind>(2).to_string());
    assert_eq!(decision.drafts.first().unwrap().kind, "TokenIssued");
}

#[test]
fn a_token_is_issued_once_and_revoked_once() {
    let revoke = || Command::RevokeToken { hub: Some(hub()), token: id(2) };
    let revoked = || Fact::TokenRevoked { token: id(2) };
    given::<Account>([]).when(Command::IssueToken(token())).then([issued()]);
    given::<Account>([issued()]).when(Command::IssueToken(token())).then_nothing();
    given::<Account>([issued()]).when(revoke()).then([revoked()]);
    given::<Account>([issued(), revoked()]).when(revoke()).then_nothing();
}

#[test]
fn a_token_that_ends_before_it_begins_is_refused() {
    for expires_at in [noon(), noon() - Duration::seconds(1)] {
        let new = NewToken { expires_at: Some(expires_at), ..token() };
        given::<Account>([])
            .when(Command::IssueToken(new))
            .then_rejected(Rejection::TokenEndsInPast { expires_at });
    }
}

#[test]
fn a_secret_instead_of_its_hash_is_refused() {
    for secret_hash in ["hunter2".to_owned(), "0F".repeat(32), "0f".repeat(31)] {
        let new = NewToken { secret_hash, ..token() };
        given::<Account>([])
            .when(Command::IssueToken(new))
            .then_rejected(Rejection::SecretHashInvalid {});
    }
}

#[test]
fn a_token_of_another_hub_is_as_unknown_as_one_that_never_was() {
    let other = Command::RevokeToken { hub: Some(id(5)), token: id(2) };
    given::<Account>([issued()]).when(other).then_rejected(Rejection::UnknownToken {});
    let never = Command::RevokeToken { hub: Some(hub()), token: id(3) };
    given::<Account>([issued()]).when(never).then_rejected(Rejection::UnknownToken {});
}

#[test]
fn a_role_in_a_hub_that_is_not_there_is_refused() {
    let act = GrantRole { person: ada(), hub: Some(hub()), role: Role::Host };
    assert_eq!(Scene::new().kinds(&act), Err("UNKNOWN_HUB".to_owned()));
    let opened = network::Fact::HubOpened {
        hub: hub(),
        name: "Zuid".to_owned(),
        slug: "zuid".to_owned(),
        zone: Zone::parse("Europe/Amsterdam").unwrap(),
        locales: vec!["nl".to_owned()],
    };
    let mut scene = Scene::new().with::<network::Network>(network::NETWORK, [opened]);
    assert_eq!(scene.kinds(&act), Ok(vec!["RoleGranted"]));
    assert_eq!(scene.state::<Account>(ada()).unwrap().roles_in(Some(hub())), [Role::Host]);
    let end = RevokeRole { person: ada(), hub: Some(hub()), role: Role::Host };
    assert_eq!(scene.kinds(&end), Ok(vec!["RoleRevoked"]));
    assert!(scene.kinds(&IssueToken { person: ada(), token: token() }).is_ok());
    let end = RevokeToken { person: ada(), hub: Some(hub()), token: id(2) };
    assert_eq!(scene.kinds(&end), Ok(vec!["TokenRevoked"]));
}

#[test]
fn admins_of_the_hub_may_ask_and_without_a_hub_only_network_admins() {
    let act = |hub| GrantRole { person: ada(), hub, role: Role::Host };
    assert!(act(Some(hub())).permits(&by(Role::HubAdmin)));
    assert!(!act(Some(hub())).permits(&by(Role::Curator)));
    assert!(!act(None).permits(&by(Role::HubAdmin)));
    assert!(act(None).permits(&by(Role::NetworkAdmin)));
    let end = RevokeToken { person: ada(), hub: Some(hub()), token: id(2) };
    assert!(end.permits(&Actor::person(ada(), [])));
    assert!(!end.permits(&Actor::person(id(8), [Role::Member])));
}

#[test]
fn roles_of_the_network_hold_in_every_hub() {
    let state = Account::after(&[
        granted(Role::Host),
        Fact::RoleGranted { hub: None, role: Role::NetworkAdmin },
    ]);
    assert_eq!(state.roles_in(Some(id(5))), [Role::NetworkAdmin]);
    assert_eq!(state.roles_in(Some(hub())), [Role::NetworkAdmin, Role::Host]);
}

#[test]
fn every_fact_is_read_back_as_it_was_written() {
    samples_are_read_back::<Fact>();
    let state = Account::after(&Fact::samples());
    let text = serde_json::to_string(&state).unwrap();
    assert_eq!(
        serde_json::to_string(&serde_json::from_str::<Account>(&text).unwrap()).unwrap(),
        text
    );
}

proptest! {
    #[test]
    fn whatever_is_asked_roles_are_what_was_granted_and_not_revoked(
        asks in proptest::collection::vec((any::<bool>(), 0..6_usize), 0..40)
    ) {
        let roles = [
            Role::HubAdmin, Role::Curator, Role::Host, Role::Organiser, Role::Member,
            Role::Participant,
        ];
        let moment = Moment { now: noon(), actor: by(Role::HubAdmin) };
        let (mut state, mut held) = (Account::default(), BTreeSet::new());
        for (give, which) in asks {
            let role = roles[which];
            let facts =
                state.decide(if give { grant(role) } else { revoke(role) }, &moment).unwrap();
            prop_assert_eq!(facts.len(), usize::from(held.contains(&role) != give));
            if give { held.insert(role); } else { held.remove(&role); }
            for fact in &facts {
                state.evolve(fact);
            }
        }
        prop_assert_eq!(state.roles_in(Some(hub())), held.into_iter().collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn roles_and_tokens_are_found_by_those_who_let_people_in() {
    crate::testing::both(|app| async move {
        use crate::network::testing::House;
        let house = House::of(app);
        let (person, place) = (ada().to_string(), hub().to_string());
        let open = network::OpenHub {
            hub: hub(),
            name: "Zuid".to_owned(),
            slug: "zuid".to_owned(),
            zone: Zone::parse("Europe/Amsterdam").unwrap(),
            locales: vec!["nl".to_owned()],
        };
        house.does(network::NETWORK, open).await;
        let grant = |role| GrantRole { person: ada(), hub: Some(hub()), role };
        let first = GrantRole { person: ada(), hub: None, role: Role::NetworkAdmin };
        house.does(network::NETWORK, first).await;
        house.does(network::NETWORK, grant(Role::Host)).await;
        house.does(network::NETWORK, grant(Role::Curator)).await;
        let end = RevokeRole { person: ada(), hub: Some(hub()), role: Role::Host };
        house.does(network::NETWORK, end).await;
        house.does(network::NETWORK, IssueToken { person: ada(), token: token() }).await;
        let db = house.journal.db();
        let roles = view::roles_of(db, &person).await.unwrap();
        let held: Vec<_> = roles.iter().map(|row| (row.hub.as_str(), row.role.as_str())).collect();
        assert_eq!(held, [("", "network-admin"), (place.as_str(), "curator")]);
        assert_eq!(view::roles_in(db, &place).await.unwrap().len(), 1);
        let row = view::token_by_hash(db, &"0f".repeat(32)).await.unwrap().unwrap();
        assert_eq!((row.role.as_str(), row.label.as_deref()), ("curator", Some("laptop")));
        assert!(row.is_alive(noon()));
        let end = RevokeToken { person: ada(), hub: Some(hub()), token: id(2) };
        house.does(network::NETWORK, end).await;
        let row = view::token(db, &row.id).await.unwrap().unwrap();
        assert!(!row.is_alive(noon()));
        assert_eq!(view::tokens_of(db, &person).await.unwrap(), std::slice::from_ref(&row));
        assert_eq!(view::tokens_in(db, &place).await.unwrap(), [row]);
        house.is_the_same_when_rebuilt(network::NETWORK).await;
    })
    .await;
}

#[test]
fn a_token_dies_at_its_instant() {
    let row = view::TokenRow {
        id: String::new(),
        person: String::new(),
        secret_hash: String::new(),
        hub: None,
        role: String::new(),
        label: None,
        expires_at: Some(journal::micros(noon())),
        revoked_at: None,
        version: 1,
        created_at: 0,
        changed_at: 0,
        changed_position: 1,
    };
    assert!(row.is_alive(noon() - Duration::seconds(1)) && !row.is_alive(noon()));
}

#[tokio::test]
async fn a_hub_admin_hands_out_roles_and_tokens_through_the_api() {
    crate::testing::both(|app| async move {
        let house = crate::network::testing::House::of(app);
        let hub = house.opens_hub().await;
        let person: PersonId = house.app.id();
        let admin = || house.app.viewer(hub, Role::HubAdmin);
        let role = |role: &str| format!("hubId: \"{hub}\", personId: \"{person}\", role: {role}");
        let fields = "roles { role hubId personId }";
        let answer = house.gets(admin(), "grantRole", &role("CURATOR"), fields).await;
        assert_eq!(answer["roles"][0]["role"], "CURATOR");
        assert_eq!(
            house.refused(admin(), "grantRole", &role("NETWORK_ADMIN")).await,
            "ROLE_IS_NETWORK_WIDE"
        );
        let answer = house.gets(admin(), "revokeRole", &role("CURATOR"), fields).await;
        assert_eq!(answer["roles"], serde_json::json!([]));
        let other: HubId = house.app.id();
        let elsewhere = format!("mutation {{ grantRole(input: {{ hubId: \"{other}\", personId: \"{person}\", role: HOST }}) {{ receipt {{ version }} userErrors {{ code }} }} }}");
        let answer = house.asks(admin(), &elsewhere).await;
        assert_eq!(answer["grantRole"]["userErrors"][0]["code"], "UNKNOWN_ID");
        let network = format!("mutation {{ grantRole(input: {{ personId: \"{person}\", role: NETWORK_ADMIN }}) {{ receipt {{ version }} }} }}");
        assert_eq!(house.denied(admin(), &network).await, "FORBIDDEN");
        let ask = format!("{{ hub(id: \"{hub}\") {{ roles {{ role }} tokens {{ id }} }} }}");
        let shown = house.asks(admin(), &ask).await;
        assert_eq!(shown["hub"]["roles"], serde_json::json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_token_opens_the_door_until_it_is_revoked() {
    crate::testing::both(|app| async move {
        let house = crate::network::testing::House::of(app);
        let hub = house.opens_hub().await;
        // The same person each time: a command id belongs to whoever gave it.
        let one = house.app.viewer(hub, Role::HubAdmin);
        let admin = || one.clone();
        let command = house.app.world().uuid();
        let input =
            format!("commandId: \"{command}\", hubId: \"{hub}\", role: HOST, label: \"door\"");
        let fields = "secret token { id role label personId hubId }";
        let answer = house.gets(admin(), "issueToken", &input, fields).await;
        let secret = answer["secret"].as_str().unwrap().to_owned();
        let viewer = || house.app.authenticate(&secret, crate::text::Locale::Nl);
        let known = viewer().await.unwrap().unwrap();
        assert!(known.is_any(hub, &[Role::Host]) && !known.is_any(hub, &[Role::Curator]));
        let again = house.gets(admin(), "issueToken", &input, fields).await;
        assert!(again["secret"].is_null(), "a repetition must not show another secret");
        assert_eq!(again["token"]["id"], answer["token"]["id"]);
        let past = format!(
            "hubId: \"{hub}\", role: HOST, label: \"x\", expiresAt: \"2020-01-01T00:00:00Z\""
        );
        assert_eq!(house.refused(admin(), "issueToken", &past).await, "TOKEN_ENDS_IN_PAST");
        let ask = format!("{{ hub(id: \"{hub}\") {{ tokens {{ id label }} }} }}");
        assert_eq!(house.asks(admin(), &ask).await["hub"]["tokens"][0]["label"], "door");
        let curator = house.app.viewer(hub, Role::Curator);
        assert_eq!(house.asks(curator, &ask).await["hub"]["tokens"], serde_json::json!([]));
        let end = format!("tokenId: {}", answer["token"]["id"]);
        house.gets(admin(), "revokeToken", &end, "token { revokedAt }").await;
        assert!(viewer().await.unwrap().is_none());
        let unknown: TokenId = house.app.id();
        let never = format!("tokenId: \"{unknown}\"");
        assert_eq!(house.refused(house.network_admin(), "revokeToken", &never).await, "UNKNOWN_ID");
    })
    .await;
}
