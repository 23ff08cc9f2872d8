//! Somebody's address changed: what she has in her calendar follows her.
//!
//! The fact of the change knows no events, so the planner, which reads the views, gives a command
//! for each invitation and registration of hers that is not over. Their ids come from the change
//! and the guest: planned twice after a crash, they are given once.

use journal::Fault;
use kernel::{HubId, PersonId, Personal};

use super::view::{Material, Wanted};
use crate::app::{App, Command};
use crate::asking::view::{ComingRow, coming};
use crate::asking::{Guest, MoveGuest};

/// Lets everything follow that a letter about a changed address stands for.
///
/// # Errors
/// When something did not follow; what did is not done again when the letter is planned again.
pub(super) async fn follow(app: &App, material: &Material, letter: &Wanted) -> Result<(), Fault> {
    let row = letter.with.stakeholder.as_ref().and_then(|id| material.stakeholders.get(id));
    let Some(row) = row else { return Ok(()) };
    let (Some(former), Ok(person)) = (&row.former_email, PersonId::parse(&row.person)) else {
        return Ok(());
    };
    let Some(change) = letter.with.change.and_then(|change| u32::try_from(change).ok()) else {
        return Ok(());
    };
    let hub = &letter.effect.journal;
    for one in coming(app.journal().db(), hub, &row.person, app.now()).await? {
        let Some(guest) = guest(&one, person) else { continue };
        let act = MoveGuest { guest, change, from: Personal::new(person, former.clone()) };
        let name = format!("address {} {change} {}", row.id, one.guest);
        let command = Command::following(&name);
        app.act_as_system("address", HubId::parse(hub).ok(), Box::new(act), command).await?;
    }
    Ok(())
}

fn guest(one: &ComingRow, person: PersonId) -> Option<Guest> {
    Some(Guest {
        event: one.event.parse().ok()?,
        person,
        stakeholder: one.stakeholder.as_ref().and_then(|id| id.parse().ok()),
        invitation: one.guest.parse().ok(),
        registration: one.guest.parse().ok(),
    })
}
