//! How a stakeholder comes in: what it must say, whose its values are, who makes sure of it.

use super::*;

#[test]
fn a_stakeholder_registers_with_what_it_gives_needs_and_works_on() {
    given::<Stakeholder>([]).when(register(registration())).then(registered());
}

#[test]
fn the_same_offer_twice_or_an_empty_one_is_left_out() {
    let offers = ["a kitchen", "A  Kitchen!", "  ", "a van"].map(str::to_owned).to_vec();
    given::<Stakeholder>([])
        .when(register(Registration { offers, needs: vec![], issues: vec![], ..registration() }))
        .then([entered(registration()), offer(1, "a kitchen"), offer(2, "a van")]);
}

#[test]
fn whoever_registers_says_a_name_an_address_and_yes() {
    let named = |name| Registration { profile: Profile { name, ..profile() }, ..registration() };
    let reached = |email| Registration { email, ..registration() };
    let website = "http://nowhere".to_owned();
    let cases = [
        (named(words("  ")), Rejection::NameMissing {}),
        (named(Personal { of: ada(), value: None }), Rejection::NameMissing {}),
        (reached(None), Rejection::EmailMissing {}),
        (reached(Some(words("soep"))), Rejection::EmailInvalid {}),
        (Registration { consent: false, ..registration() }, Rejection::ConsentMissing {}),
        (
            Registration { locale: "fr".to_owned(), ..registration() },
            Rejection::LocaleUnknown { locale: "fr".to_owned() },
        ),
        (
            Registration {
                profile: Profile { website: Some(website.clone()), ..profile() },
                ..registration()
            },
            Rejection::WebsiteInvalid { website },
        ),
    ];
    for (wrong, why) in cases {
        given::<Stakeholder>([]).when(register(wrong)).then_rejected(why);
    }
}

#[test]
fn a_prospect_may_go_without_address_and_consent_and_registers_later() {
    let prospect = Registration {
        email: None,
        consent: false,
        prospect: true,
        offers: vec![],
        needs: vec![],
        issues: vec![],
        ..registration()
    };
    given::<Stakeholder>([]).when(register(prospect.clone())).then([noted()]);
    given::<Stakeholder>([noted()])
        .when(register(prospect))
        .then_rejected(Rejection::AlreadyRegistered {});
    given::<Stakeholder>([noted()]).when(register(registration())).then(registered());
    given::<Stakeholder>(registered())
        .when(register(registration()))
        .then_rejected(Rejection::AlreadyRegistered {});
}

#[test]
fn personal_values_belong_to_whoever_can_have_them_erased() {
    let stray = Personal::new(bob(), "Stichting Soep".to_owned());
    let wrong = Profile { name: stray, ..profile() };
    given::<Stakeholder>([])
        .when(register(Registration { profile: wrong.clone(), ..registration() }))
        .then(registered());
    given::<Stakeholder>(registered())
        .when(Command::ChangeProfile(Box::new(wrong)))
        .then([Fact::StakeholderProfileChanged { profile: profile() }]);
}

#[test]
fn an_address_is_confirmed_by_its_own_person_once() {
    let confirm = |person| Command::ConfirmEmail { person };
    given::<Stakeholder>(registered()).when(confirm(ada())).then([Fact::EmailConfirmed {}]);
    given::<Stakeholder>([registered(), vec![Fact::EmailConfirmed {}]].concat())
        .when(confirm(ada()))
        .then_nothing();
    given::<Stakeholder>(registered()).when(confirm(bob())).then_rejected(Rejection::NotYours {});
    given::<Stakeholder>([noted()]).when(confirm(ada())).then_rejected(Rejection::EmailMissing {});
}

#[test]
fn nobody_verifies_herself_and_nobody_verifies_a_prospect() {
    let verify = || Command::Verify { how: words("visited") };
    let verified = || Fact::StakeholderVerified { how: words("visited") };
    given::<Stakeholder>(registered()).by(curator()).when(verify()).then([verified()]);
    given::<Stakeholder>([registered(), vec![verified()]].concat()).when(verify()).then_nothing();
    given::<Stakeholder>(registered())
        .by(Actor::person(ada(), [Role::Curator]))
        .when(verify())
        .then_rejected(Rejection::SelfVerify {});
    given::<Stakeholder>([noted()])
        .when(verify())
        .then_rejected(Rejection::WrongState { state: Stage::Prospect });
}
