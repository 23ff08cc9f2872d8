//! One stakeholder: from a name on a list to a verified entry, and what it gives and looks for.
//!
//! Refuses to register anyone without a name, an address and consent; to let anybody but its own
//! people or a host speak for it; to let it verify itself; and everything once it is merged or
//! erased.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use kernel::{Decider, HubId, Moment, PersonId, Personal, Role};
use serde::{Deserialize, Serialize};

use super::StakeholderId;
use super::fact::{Fact, Profile, Relation, Stage, Visibility};
use super::pledge::{Pledge, Pledges, not_past};
use super::rejection::Rejection;
use crate::hub::decider::{is_mail_address, is_web_address};
use crate::issue::IssueId;
use crate::network::is_locale;

/// What may be asked of a stakeholder.
#[derive(Clone, Debug)]
pub enum Command {
    /// It enters the registry, or a prospect becomes a registered one.
    Register(Box<Registration>),
    /// Its address proved to be its own.
    ConfirmEmail {
        /// Who followed the link.
        person: PersonId,
    },
    /// A curator made sure.
    Verify {
        /// How.
        how: Personal<String>,
    },
    /// It says something else about itself.
    ChangeProfile(Box<Profile>),
    /// It can give something.
    MakeOffer(Pledge),
    /// … and no longer.
    WithdrawOffer {
        /// The number.
        offer: u32,
    },
    /// It looks for something.
    DeclareNeed(Pledge),
    /// … and no longer.
    WithdrawNeed {
        /// The number.
        need: u32,
    },
    /// It is related to an issue.
    DeclareRelation {
        /// Which.
        issue: IssueId,
        /// How.
        relation: Relation,
    },
    /// … and no longer.
    EndRelation {
        /// Which.
        issue: IssueId,
        /// How.
        relation: Relation,
    },
    /// Who sees it.
    SetVisibility(Visibility),
    /// The language to write in.
    SetLanguage {
        /// BCP 47.
        locale: String,
    },
    /// It does not want to be asked for a while.
    Pause {
        /// The last day of the pause.
        until: Option<NaiveDate>,
    },
    /// It may be asked again.
    Resume,
    /// It lives on in another entry.
    MergeInto(StakeholderId),
    /// Another entry lives on in this.
    Absorb {
        /// Its id.
        from: StakeholderId,
        /// What it leaves.
        legacy: Box<Stakeholder>,
    },
    /// Somebody who speaks for it is erased.
    Forget {
        /// Who.
        person: PersonId,
    },
}

/// A stakeholder as registered or noted.
#[derive(Clone, Debug, PartialEq)]
pub struct Registration {
    /// In which hub.
    pub hub: HubId,
    /// Its id.
    pub stakeholder: StakeholderId,
    /// Who speaks for it, and owns its personal values.
    pub person: PersonId,
    /// What it says about itself.
    pub profile: Profile,
    /// How to reach it.
    pub email: Option<Personal<String>>,
    /// The language to write in.
    pub locale: String,
    /// What it can give.
    pub offers: Vec<String>,
    /// What it looks for.
    pub needs: Vec<String>,
    /// The issues it works on.
    pub issues: Vec<IssueId>,
    /// That it agreed to be listed and written to.
    pub consent: bool,
    /// Whether somebody else notes it.
    pub prospect: bool,
}

/// One stakeholder.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Stakeholder {
    stage: Stage,
    hub: Option<HubId>,
    owner: Option<PersonId>,
    former: BTreeSet<PersonId>,
    contacts: BTreeSet<PersonId>,
    has_email: bool,
    confirmed: bool,
    locale: String,
    visibility: Visibility,
    paused: Option<Pause>,
    offers: Pledges,
    needs: Pledges,
    relations: BTreeSet<(IssueId, Relation)>,
    merged_into: Option<StakeholderId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Pause {
    until: Option<NaiveDate>,
}

fn made(list: Vec<(u32, Pledge)>) -> impl Iterator<Item = Fact> {
    list.into_iter().map(|(offer, Pledge { what, until })| Fact::OfferMade { offer, what, until })
}

fn declared(list: Vec<(u32, Pledge)>) -> impl Iterator<Item = Fact> {
    list.into_iter().map(|(need, Pledge { what, until })| Fact::NeedDeclared { need, what, until })
}

/// The profile with every personal value belonging to whoever can have it erased.
fn owned(profile: Profile, owner: PersonId) -> Result<Profile, Rejection> {
    if profile.name.get().is_none_or(|name| name.trim().is_empty()) {
        return Err(Rejection::NameMissing {});
    }
    if let Some(website) = profile.website.as_ref().filter(|text| !is_web_address(text)) {
        return Err(Rejection::WebsiteInvalid { website: website.clone() });
    }
    let name = Personal { of: owner, ..profile.name };
    let about = profile.about.map(|about| Personal { of: owner, ..about });
    Ok(Profile { name, about, ..profile })
}

fn spoken(locale: &str) -> Result<(), Rejection> {
    if is_locale(locale) {
        Ok(())
    } else {
        Err(Rejection::LocaleUnknown { locale: locale.to_owned() })
    }
}

impl Stakeholder {
    /// Where it stands.
    pub fn stage(&self) -> Stage {
        self.stage
    }
    /// Whose it is; nobody's while it is unknown.
    pub fn hub(&self) -> Option<HubId> {
        self.hub
    }
    /// Who owns its personal values.
    pub fn owner(&self) -> Option<PersonId> {
        self.owner
    }
    /// Who owned them while it was a prospect, when that was somebody else.
    pub fn former_owners(&self) -> &BTreeSet<PersonId> {
        &self.former
    }
    /// Who speaks for it.
    pub fn contacts(&self) -> &BTreeSet<PersonId> {
        &self.contacts
    }
    /// Where it lives on, if it was merged.
    pub fn merged_into(&self) -> Option<StakeholderId> {
        self.merged_into
    }
    /// Whether it may be invited and introduced on a day: it is there and does not pause.
    pub fn may_be_asked(&self, today: NaiveDate) -> bool {
        let is_there = matches!(self.stage, Stage::Prospect | Stage::Registered | Stage::Verified);
        let pauses = self
            .paused
            .as_ref()
            .is_some_and(|pause| pause.until.is_none_or(|until| today <= until));
        is_there && !pauses
    }

    /// Where it stands, unless there is nothing to ask.
    ///
    /// # Errors
    /// It is unknown, merged or erased.
    pub fn known(&self) -> Result<Stage, Rejection> {
        match (self.stage, self.merged_into) {
            (Stage::Unknown, _) => Err(Rejection::UnknownStakeholder {}),
            (_, Some(stakeholder)) => Err(Rejection::MergedInto { stakeholder }),
            (Stage::Erased, None) => Err(Rejection::Erased {}),
            (stage, None) => Ok(stage),
        }
    }

    /// Whether the actor may speak for it: one of its people, or whoever holds this role.
    ///
    /// # Errors
    /// It is unknown, merged or erased, or the actor is a stranger to it.
    pub fn heard(&self, moment: &Moment, role: Role) -> Result<Stage, Rejection> {
        let stage = self.known()?;
        let is_own = moment.actor.person.is_some_and(|person| self.contacts.contains(&person));
        if is_own || moment.actor.is_any(&[role]) { Ok(stage) } else { Err(Rejection::NotYours {}) }
    }

    fn register(&self, new: Registration) -> Result<Vec<Fact>, Rejection> {
        match self.stage {
            Stage::Unknown => {}
            Stage::Prospect if !new.prospect => {}
            Stage::Prospect | Stage::Registered | Stage::Verified => {
                return Err(Rejection::AlreadyRegistered {});
            }
            Stage::Merged | Stage::Erased => {
                self.known()?;
            }
        }
        spoken(&new.locale)?;
        let address = new.email.as_ref().map(|email| email.get().map_or("", String::as_str));
        match address {
            Some(text) if !is_mail_address(text) => return Err(Rejection::EmailInvalid {}),
            None if !new.prospect => return Err(Rejection::EmailMissing {}),
            _ => {}
        }
        if !new.prospect && !new.consent {
            return Err(Rejection::ConsentMissing {});
        }
        let Registration { hub, stakeholder, person, locale, consent, .. } = new;
        let profile = owned(new.profile, person)?;
        let email = new.email.map(|email| Personal { of: person, ..email });
        let entered = if new.prospect {
            Fact::ProspectNoted { hub, stakeholder, person, profile, email, locale }
        } else {
            Fact::StakeholderRegistered {
                hub,
                stakeholder,
                person,
                profile,
                email,
                locale,
                consent,
            }
        };
        let open = |list: Vec<String>| list.into_iter().map(|what| Pledge { what, until: None });
        let relations: BTreeSet<_> =
            new.issues.into_iter().map(|issue| (issue, Relation::WorksOn)).collect();
        let related = relations
            .difference(&self.relations)
            .map(|(issue, relation)| Fact::RelationDeclared { issue: *issue, relation: *relation });
        Ok([entered]
            .into_iter()
            .chain(made(self.offers.fresh(open(new.offers))))
            .chain(declared(self.needs.fresh(open(new.needs))))
            .chain(related)
            .collect())
    }

    fn confirm(&self, person: PersonId) -> Result<Vec<Fact>, Rejection> {
        self.known()?;
        if !self.contacts.contains(&person) {
            return Err(Rejection::NotYours {});
        }
        if !self.has_email {
            return Err(Rejection::EmailMissing {});
        }
        Ok(if self.confirmed { Vec::new() } else { vec![Fact::EmailConfirmed {}] })
    }

    fn verify(&self, how: Personal<String>, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        let stage = self.known()?;
        if moment.actor.person.is_some_and(|person| self.contacts.contains(&person)) {
            return Err(Rejection::SelfVerify {});
        }
        match stage {
            Stage::Verified => Ok(Vec::new()),
            Stage::Registered => Ok(vec![Fact::StakeholderVerified { how }]),
            state => Err(Rejection::WrongState { state }),
        }
    }

    fn change(&self, profile: Profile, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        self.heard(moment, Role::Host)?;
        let Some(owner) = self.owner else { return Err(Rejection::UnknownStakeholder {}) };
        Ok(vec![Fact::StakeholderProfileChanged { profile: owned(profile, owner)? }])
    }

    fn pledge(&self, command: Command, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        self.heard(moment, Role::Host)?;
        Ok(match command {
            Command::MakeOffer(pledge) => {
                made(self.offers.next(pledge, moment)?.into_iter().collect()).collect()
            }
            Command::DeclareNeed(pledge) => {
                declared(self.needs.next(pledge, moment)?.into_iter().collect()).collect()
            }
            Command::WithdrawOffer { offer } => match self.offers.standing.get(&offer) {
                Some(_) => vec![Fact::OfferWithdrawn { offer }],
                None if offer > 0 && offer <= self.offers.last => Vec::new(),
                None => return Err(Rejection::UnknownOffer { offer }),
            },
            Command::WithdrawNeed { need } => match self.needs.standing.get(&need) {
                Some(_) => vec![Fact::NeedWithdrawn { need }],
                None if need > 0 && need <= self.needs.last => Vec::new(),
                None => return Err(Rejection::UnknownNeed { need }),
            },
            _ => Vec::new(),
        })
    }

    fn settle(&self, command: Command, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        self.heard(moment, Role::Host)?;
        let fact = match command {
            Command::DeclareRelation { issue, relation } => {
                (!self.relations.contains(&(issue, relation)))
                    .then_some(Fact::RelationDeclared { issue, relation })
            }
            Command::EndRelation { issue, relation } => self
                .relations
                .contains(&(issue, relation))
                .then_some(Fact::RelationEnded { issue, relation }),
            Command::SetVisibility(visibility) => {
                (visibility != self.visibility).then_some(Fact::VisibilitySet { visibility })
            }
            Command::SetLanguage { locale } => {
                spoken(&locale)?;
                (locale != self.locale).then_some(Fact::LanguageSet { locale })
            }
            Command::Pause { until } => {
                not_past(until, moment)?;
                (self.paused != Some(Pause { until })).then_some(Fact::StakeholderPaused { until })
            }
            Command::Resume => self.paused.is_some().then_some(Fact::StakeholderResumed {}),
            _ => None,
        };
        Ok(fact.into_iter().collect())
    }

    fn absorb(&self, from: StakeholderId, legacy: Self) -> Result<Vec<Fact>, Rejection> {
        self.known()?;
        let contacts = legacy.contacts.difference(&self.contacts).copied().collect();
        let related = legacy
            .relations
            .difference(&self.relations)
            .map(|(issue, relation)| Fact::RelationDeclared { issue: *issue, relation: *relation })
            .collect::<Vec<_>>();
        Ok([Fact::StakeholderAbsorbed { from, contacts }]
            .into_iter()
            .chain(made(self.offers.fresh(legacy.offers.standing.into_values())))
            .chain(declared(self.needs.fresh(legacy.needs.standing.into_values())))
            .chain(related)
            .collect())
    }

    fn forget(&self, person: PersonId) -> Vec<Fact> {
        let fact = match self.stage {
            Stage::Unknown | Stage::Erased => None,
            _ if self.owner == Some(person) => Some(Fact::StakeholderErased {}),
            _ => self.contacts.contains(&person).then_some(Fact::ContactDropped { person }),
        };
        fact.into_iter().collect()
    }
}

impl Decider for Stakeholder {
    const STREAM: &'static str = "stakeholder";
    type Command = Command;
    type Fact = Fact;
    type Rejection = Rejection;

    fn decide(&self, command: Command, moment: &Moment) -> Result<Vec<Fact>, Rejection> {
        match command {
            Command::Register(new) => self.register(*new),
            Command::ConfirmEmail { person } => self.confirm(person),
            Command::Verify { how } => self.verify(how, moment),
            Command::ChangeProfile(profile) => self.change(*profile, moment),
            Command::MakeOffer(_)
            | Command::WithdrawOffer { .. }
            | Command::DeclareNeed(_)
            | Command::WithdrawNeed { .. } => self.pledge(command, moment),
            Command::DeclareRelation { .. }
            | Command::EndRelation { .. }
            | Command::SetVisibility(_)
            | Command::SetLanguage { .. }
            | Command::Pause { .. }
            | Command::Resume => self.settle(command, moment),
            Command::MergeInto(into) => {
                self.known().map(|_| vec![Fact::StakeholderMerged { into }])
            }
            Command::Absorb { from, legacy } => self.absorb(from, *legacy),
            Command::Forget { person } => Ok(self.forget(person)),
        }
    }

    fn evolve(&mut self, fact: &Fact) {
        match fact {
            Fact::ProspectNoted { hub, person, email, locale, .. } => {
                self.stage = Stage::Prospect;
                self.entered(*hub, *person, email.is_some(), locale);
            }
            Fact::StakeholderRegistered { hub, person, email, locale, .. } => {
                self.stage = Stage::Registered;
                self.entered(*hub, *person, email.is_some(), locale);
            }
            Fact::EmailConfirmed {} => self.confirmed = true,
            Fact::StakeholderVerified { .. } => self.stage = Stage::Verified,
            Fact::StakeholderProfileChanged { .. } => {}
            Fact::OfferMade { offer, what, until } => self.offers.learn(*offer, what, *until),
            Fact::OfferWithdrawn { offer } => {
                self.offers.standing.remove(offer);
            }
            Fact::NeedDeclared { need, what, until } => self.needs.learn(*need, what, *until),
            Fact::NeedWithdrawn { need } => {
                self.needs.standing.remove(need);
            }
            Fact::RelationDeclared { issue, relation } => {
                self.relations.insert((*issue, *relation));
            }
            Fact::RelationEnded { issue, relation } => {
                self.relations.remove(&(*issue, *relation));
            }
            Fact::VisibilitySet { visibility } => self.visibility = *visibility,
            Fact::LanguageSet { locale } => self.locale.clone_from(locale),
            Fact::StakeholderPaused { until } => self.paused = Some(Pause { until: *until }),
            Fact::StakeholderResumed {} => self.paused = None,
            Fact::StakeholderMerged { into } => {
                self.stage = Stage::Merged;
                self.merged_into = Some(*into);
            }
            Fact::StakeholderAbsorbed { contacts, .. } => self.contacts.extend(contacts),
            Fact::ContactDropped { person } => {
                self.contacts.remove(person);
            }
            Fact::StakeholderErased {} => {
                self.stage = Stage::Erased;
                self.contacts.clear();
            }
        }
    }
}

impl Stakeholder {
    fn entered(&mut self, hub: HubId, person: PersonId, has_email: bool, locale: &str) {
        self.hub = Some(hub);
        self.former.extend(self.owner.replace(person).filter(|former| *former != person));
        self.contacts.insert(person);
        self.has_email = has_email;
        self.confirmed = false;
        locale.clone_into(&mut self.locale);
    }
}
