//! Coming into the registry, proving an address, becoming one with another entry, being erased:
//! acts that touch the stakeholder and the people who speak for it at once.

use kernel::{Act, Actor, Decider, Decision, HubId, Ledger, PersonId, Personal, Role, Stop};
use serde::{Deserialize, Serialize};

use super::StakeholderId;
use super::acts::issue_known;
use super::contact::{self, Contact};
use super::decider::{Command, Registration, Stakeholder};
use super::fact::{Kind, Profile};
use super::rejection::Rejection;
use crate::issue::IssueId;

/// Registers a stakeholder: anyone may register herself; curators and hosts note prospects.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RegisterStakeholder {
    /// In which hub.
    pub hub: HubId,
    /// Its id; that of a prospect makes it a registered stakeholder.
    pub stakeholder: StakeholderId,
    /// The person its address leads to, always the same for the same address. Without one,
    /// whoever owns the name.
    pub person: Option<PersonId>,
    /// What sort it is.
    pub kind: Kind,
    /// What it is called.
    pub name: Personal<String>,
    /// How to reach it; only a prospect may go without.
    pub email: Option<Personal<String>>,
    /// The language to write in, one of the product's.
    pub locale: String,
    /// A few sentences.
    pub about: Option<Personal<String>>,
    /// Its city.
    pub city: Option<String>,
    /// Its region or province.
    pub region: Option<String>,
    /// Its country.
    pub country: Option<String>,
    /// Its website.
    pub website: Option<String>,
    /// Words it is found by.
    pub tags: Vec<String>,
    /// What it can give.
    pub offers: Vec<String>,
    /// What it looks for.
    pub needs: Vec<String>,
    /// The issues it works on.
    pub issues: Vec<IssueId>,
    /// That it agrees to be listed and written to.
    pub consent: bool,
    /// Whether somebody else notes it, who cannot agree in its name.
    pub prospect: bool,
}

impl RegisterStakeholder {
    fn registration(&self) -> Registration {
        let all = self.clone();
        let person = all.person.unwrap_or(all.name.of);
        let Self { kind, name, about, city, region, country, website, tags, .. } = all;
        Registration {
            hub: self.hub,
            stakeholder: self.stakeholder,
            person,
            profile: Profile { kind, name, about, city, region, country, website, tags },
            email: all.email,
            locale: all.locale,
            offers: all.offers,
            needs: all.needs,
            issues: all.issues,
            consent: all.consent,
            prospect: all.prospect,
        }
    }
}

impl Act for RegisterStakeholder {
    const KIND: &'static str = "RegisterStakeholder";

    fn permits(&self, actor: &Actor) -> bool {
        !self.prospect || actor.is_any(&[Role::Host])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        for issue in &self.issues {
            issue_known(*issue, ledger)?;
        }
        let registration = self.registration();
        let (stakeholder, person) = (self.stakeholder, registration.person);
        let command = Command::Register(Box::new(registration));
        let facts = ledger.state::<Stakeholder>(stakeholder)?.decide(command, ledger.moment)?;
        let take = contact::Command::Take { stakeholder };
        let taken = ledger.state::<Contact>(person)?.decide(take, ledger.moment)?;
        Decision::about(stakeholder)
            .with::<Contact>(person, taken)?
            .with::<Stakeholder>(stakeholder, facts)
    }
}

/// Records that whoever speaks for a stakeholder proved the address. That the link was real and
/// not too old is checked before this act is given.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConfirmEmail {
    /// Which.
    pub stakeholder: StakeholderId,
    /// Who followed the link.
    pub person: PersonId,
}

impl Act for ConfirmEmail {
    const KIND: &'static str = "ConfirmEmail";

    fn permits(&self, actor: &Actor) -> bool {
        actor.person == Some(self.person) || actor.is_any(&[Role::HubAdmin])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let command = Command::ConfirmEmail { person: self.person };
        let facts =
            ledger.state::<Stakeholder>(self.stakeholder)?.decide(command, ledger.moment)?;
        Decision::about(self.stakeholder).with::<Stakeholder>(self.stakeholder, facts)
    }
}

/// Lets one entry live on in another: its people, offers, needs and relations go over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MergeStakeholder {
    /// The one that ends.
    pub stakeholder: StakeholderId,
    /// The one that stays.
    pub into: StakeholderId,
}

impl Act for MergeStakeholder {
    const KIND: &'static str = "MergeStakeholder";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_any(&[Role::Curator])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let (from, into) = (self.stakeholder, self.into);
        if from == into {
            return Err(Rejection::SelfMerge {}.into());
        }
        let source = ledger.state::<Stakeholder>(from)?;
        let merged = source.decide(Command::MergeInto(into), ledger.moment)?;
        let target = ledger.state::<Stakeholder>(into)?;
        if leads_to(into, from, ledger)? {
            return Err(Rejection::CycleDetected {}.into());
        }
        let legacy = Box::new(source.clone());
        let absorbed = target.decide(Command::Absorb { from, legacy }, ledger.moment)?;
        let mut decision = Decision::about(from)
            .with::<Stakeholder>(from, merged)?
            .with::<Stakeholder>(into, absorbed)?;
        for person in source.contacts() {
            let pass = contact::Command::Pass { to: into };
            let passed = ledger.state::<Contact>(person)?.decide(pass, ledger.moment)?;
            decision = decision.with::<Contact>(person, passed)?;
        }
        Ok(decision)
    }
}

/// Whether following merges from one entry ends at another.
fn leads_to(mut at: StakeholderId, end: StakeholderId, ledger: &Ledger<'_>) -> Result<bool, Stop> {
    while let Some(next) = ledger.state::<Stakeholder>(at)?.merged_into() {
        if next == end {
            return Ok(true);
        }
        at = next;
    }
    Ok(false)
}

/// Forgets a person: her key is destroyed, and with it every value of hers in any journal. The views
/// of other hubs follow by [`FollowErasure`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ErasePerson {
    /// In which hub.
    pub hub: HubId,
    /// Whom.
    pub person: PersonId,
}

impl Act for ErasePerson {
    const KIND: &'static str = "ErasePerson";

    fn permits(&self, actor: &Actor) -> bool {
        actor.person == Some(self.person) || actor.is_any(&[Role::HubAdmin])
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        forgotten(self.person, |person| contact::Command::Erase { person }, ledger)
    }
}

/// Forgets a person who was erased in another hub. A key is one for all hubs, so nothing of hers
/// can be read here, either; this empties what the views of this hub still show.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FollowErasure {
    /// Whom.
    pub person: PersonId,
}

impl Act for FollowErasure {
    const KIND: &'static str = "FollowErasure";

    fn permits(&self, actor: &Actor) -> bool {
        actor.is_system()
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        forgotten(self.person, |person| contact::Command::Follow { person }, ledger)
    }
}

/// What it means for the registry that a person is forgotten.
fn forgotten(
    person: PersonId,
    ask: fn(PersonId) -> contact::Command,
    ledger: &Ledger<'_>,
) -> Result<Decision, Stop> {
    let state = ledger.state::<Contact>(person)?;
    let erased = state.decide(ask(person), ledger.moment)?;
    let is_done = erased.is_empty();
    let mut decision = Decision::about(person).with::<Contact>(person, erased)?;
    let Some(stakeholder) = state.stakeholder().filter(|_| !is_done) else {
        return Ok(decision);
    };
    let entry = ledger.state::<Stakeholder>(stakeholder)?;
    let gone = entry.decide(Command::Forget { person }, ledger.moment)?;
    if entry.owner() == Some(person) {
        // The name it was noted under belongs to a pseudonym of its own, and goes as well.
        for former in entry.former_owners() {
            let facts = ledger.state::<Contact>(former)?.decide(ask(*former), ledger.moment)?;
            decision = decision.with::<Contact>(former, facts)?;
        }
    }
    decision.with::<Stakeholder>(stakeholder, gone)
}
