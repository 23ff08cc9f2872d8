//! What may be asked of calendar links, as it is stored. Everybody acts for herself alone.

use kernel::{Act, Actor, Decider as _, Decision, Ledger, PersonId, Stop};
use serde::{Deserialize, Serialize};

use super::CalendarLinkId;
use super::decider::{CalendarLinks, Command, Feed, NewLink, Rejection};
use crate::roster::Roster;
use crate::stakeholder::Contact;

/// Makes a calendar link.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CreateCalendarLink {
    /// For whom.
    pub person: PersonId,
    /// The link.
    pub link: NewLink,
    /// Whether the link of a letter from this hub proves who she is; otherwise she must hold a
    /// role here, so that nobody fills the journals of hubs she has nothing to do with.
    #[serde(default)]
    pub via_link: bool,
}

/// Gives a calendar link another address; the old one ends.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RotateCalendarLink {
    /// Whose it is.
    pub person: PersonId,
    /// Which.
    pub link: CalendarLinkId,
    /// SHA-256 of the new token, 64 hexadecimal digits in lower case.
    pub token_hash: String,
}

/// Ends a calendar link.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RevokeCalendarLink {
    /// Whose it is.
    pub person: PersonId,
    /// Which.
    pub link: CalendarLinkId,
}

fn decided(
    ledger: &Ledger<'_>,
    person: PersonId,
    link: CalendarLinkId,
    command: Command,
) -> Result<Decision, Stop> {
    let facts = ledger.state::<CalendarLinks>(person)?.decide(command, ledger.moment)?;
    Decision::about(link).with::<CalendarLinks>(person, facts)
}

impl Act for CreateCalendarLink {
    const KIND: &'static str = "CreateCalendarLink";

    fn permits(&self, actor: &Actor) -> bool {
        actor.person == Some(self.person) && (self.via_link || !actor.roles.is_empty())
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let Self { person, link, via_link: _ } = self;
        if ledger.state::<Contact>(*person)?.is_erased() {
            return Err(Rejection::PersonGone {}.into());
        }
        match link.feed {
            Feed::Personal => {}
            Feed::Hackathon { hackathon } => {
                if ledger.state::<Roster>(hackathon)?.participant_of(*person).is_none() {
                    return Err(Rejection::NotTakingPart {}.into());
                }
            }
            Feed::Team { hackathon, team } => {
                if !ledger.state::<Roster>(hackathon)?.is_member(team, *person) {
                    return Err(Rejection::NotMember {}.into());
                }
            }
        }
        decided(ledger, *person, link.link, Command::Create(link.clone()))
    }
}

impl Act for RotateCalendarLink {
    const KIND: &'static str = "RotateCalendarLink";

    fn permits(&self, actor: &Actor) -> bool {
        actor.person == Some(self.person)
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let Self { person, link, token_hash } = self;
        let command = Command::Rotate { link: *link, token_hash: token_hash.clone() };
        decided(ledger, *person, *link, command)
    }
}

impl Act for RevokeCalendarLink {
    const KIND: &'static str = "RevokeCalendarLink";

    fn permits(&self, actor: &Actor) -> bool {
        actor.person == Some(self.person)
    }

    fn decide(&self, ledger: &Ledger<'_>) -> Result<Decision, Stop> {
        let Self { person, link } = *self;
        decided(ledger, person, link, Command::Revoke { link })
    }
}
