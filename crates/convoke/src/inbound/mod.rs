//! Mail that comes in: answers from people's calendars, and notices of what did not arrive.
//!
//! Whatever the door (a pipe, HTTP, LMTP), a mail is first only kept: sealed, under a name made of
//! its bytes, committed before anybody hears "taken". What it means is decided afterwards by
//! [`settle`], from [`understand`]'s reading of it, and can be done again after a crash. An answer
//! counts when it comes to an address that we made for one invitation, about that event, in the
//! name of the address that was invited; everything else is kept as a decision with its reason,
//! where the curator can see it.

mod believe;
mod bounced;
pub mod graphql;
mod series;
mod settle;
mod stable;
mod understand;
pub mod view;

#[cfg(test)]
mod tests;

use chrono::TimeDelta;
use journal::inbox::{self, Incoming};
use kernel::{PersonId, Personal};
use mail::EmailAddress;
use mail::token::{Purpose, SignedAddresses};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::app::{App, Organizer};

pub use settle::due;
pub use understand::{Reason, Verdict};

/// Keeps the key of these addresses apart from those of links.
const KEY: &str = "inbound-address";
/// The largest mail that is kept, in bytes: a reply has a few thousand.
pub const MAIL_BYTES_MAX: usize = 2 * 1024 * 1024;

/// Mails kept for one invitation within an hour. An answer is one; whoever sends more is told to
/// try later, so that a flood costs its sender's queue and not our database.
pub const MAILS_AN_HOUR: i64 = 60;

/// How a mail came in. The names are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Door {
    /// `convoke ingest-mail`.
    Command,
    /// `POST /inbound/mime`.
    Http,
    /// The LMTP listener.
    Lmtp,
}

/// Why a mail was not even kept. Said to the server that brought it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unwanted {
    /// We made no such address, or what it was for is gone.
    #[error("there is no such recipient")]
    UnknownRecipient,
    /// More than [`MAIL_BYTES_MAX`].
    #[error("the mail is larger than {MAIL_BYTES_MAX} bytes")]
    TooLarge,
    /// More than [`MAILS_AN_HOUR`] came to this address: later ones may come in again.
    #[error("more than {MAILS_AN_HOUR} mails an hour came to this address")]
    TooMany,
}

/// What is sealed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Parcel {
    /// The address it came to.
    pub(crate) recipient: String,
    /// The envelope's sender; `None` for notices of mail servers.
    pub(crate) sender: Option<String>,
    /// The mail in base64.
    pub(crate) mime: String,
}

/// A mail at one of our doors.
#[derive(Clone, Copy, Debug)]
pub struct Delivery<'a> {
    /// The door.
    pub door: Door,
    /// The envelope's recipient.
    pub recipient: &'a str,
    /// The envelope's sender; `None` for notices of mail servers.
    pub sender: Option<&'a str>,
    /// The mail.
    pub bytes: &'a [u8],
}

impl App {
    /// The addresses that answers come to; `None` while no mail can come in.
    pub fn answer_addresses(&self) -> Option<SignedAddresses> {
        let domain = self.settings().inbound_domain.as_deref()?;
        let key = self.journal().keys().mac(KEY, domain.as_bytes());
        SignedAddresses::new(domain, [key])
            .inspect_err(|cause| tracing::error!(%cause, "no address for answers can be made"))
            .ok()
    }

    /// Whether mail to this address is for us: one of those we made, or the one letters come from
    /// where calendars answer to that.
    pub fn takes_mail_for(&self, address: &EmailAddress) -> bool {
        stable::is_ours(self, address)
            || self.answer_addresses().is_some_and(|ours| ours.read(address).is_some())
    }

    /// Where answers about an invitation or a registration come to; `None` when calendars answer
    /// to the address letters come from.
    pub fn answer_address(&self, id: &str) -> Option<EmailAddress> {
        if self.settings().organizer == Organizer::Stable {
            return None;
        }
        self.answer_addresses()?.make(Purpose::Reply, id).ok()
    }
}

/// Keeps a mail. The name of the row it is kept under; the same mail again has the same, and is
/// kept once. After `Ok(Ok(_))` it is committed.
///
/// # Errors
/// When the database is out of reach: the sender should try again. [`Unwanted`] is for ever.
pub async fn receive(
    app: &App,
    delivery: Delivery<'_>,
) -> journal::Result<Result<String, Unwanted>> {
    use base64::Engine as _;
    if delivery.bytes.len() > MAIL_BYTES_MAX {
        return Ok(Err(Unwanted::TooLarge));
    }
    let Some((purpose, about, person)) = addressee(app, &delivery).await? else {
        return Ok(Err(Unwanted::UnknownRecipient));
    };
    let hour = app.now() - TimeDelta::hours(1);
    if inbox::since(app.journal().db(), &about, hour).await? >= MAILS_AN_HOUR {
        tracing::warn!(about, "too many mails came in about this; more are put off");
        return Ok(Err(Unwanted::TooMany));
    }
    let parcel = Parcel {
        recipient: delivery.recipient.trim().to_owned(),
        sender: delivery.sender.map(str::to_owned),
        mime: base64::engine::general_purpose::STANDARD.encode(delivery.bytes),
    };
    let open = serde_json::to_string(&Personal::new(person, parcel));
    let open = open.map_err(|cause| broken(&cause))?;
    let sealed = app.journal().keys().seal_text(&open).await?;
    let id = name(&about, delivery.bytes);
    let incoming = Incoming {
        id: id.clone(),
        received_at: app.now(),
        door: <&str>::from(delivery.door).to_owned(),
        purpose: purpose_name(purpose).to_owned(),
        about,
        person: person.to_string(),
        sealed,
    };
    let is_new = inbox::receive(app.journal().db(), &incoming).await?;
    tracing::info!(mail = id, door = incoming.door, is_new, "a mail came in");
    Ok(Ok(id))
}

/// What a mail is for, which thing of ours it is about, and whose key it is sealed under.
async fn addressee(
    app: &App,
    delivery: &Delivery<'_>,
) -> journal::Result<Option<(Purpose, String, PersonId)>> {
    let Ok(address) = EmailAddress::parse(delivery.recipient.trim()) else { return Ok(None) };
    let db = app.journal().db();
    let named = app.answer_addresses().and_then(|ours| ours.read(&address));
    let Some((purpose, about)) = named else {
        if !stable::is_ours(app, &address) {
            return Ok(None);
        }
        let found = stable::addressee(app, delivery.bytes).await?;
        return Ok(found.map(|(about, person)| (Purpose::Reply, about, person)));
    };
    let person = match purpose {
        Purpose::Reply => view::asked(db, &about).await?.map(|asked| asked.person),
        Purpose::Bounce => view::mailed(db, &about).await?.map(|mailed| mailed.recipient),
    };
    let person = person.and_then(|person| PersonId::parse(&person).ok());
    Ok(person.map(|person| (purpose, about, person)))
}

/// What a delivery is called: whom it was for, and what it was.
fn name(about: &str, bytes: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(about.as_bytes());
    hash.update([0]);
    hash.update(bytes);
    journal::hex(&hash.finalize())
}

fn purpose_name(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Bounce => "bounce",
        Purpose::Reply => "reply",
    }
}

fn broken(cause: &serde_json::Error) -> journal::Error {
    journal::Error::Broken { what: format!("a mail is no JSON: {cause}") }
}
