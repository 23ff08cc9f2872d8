//! A letter becomes MIME and leaves; a reply comes in.
//!
//! * [`Letter`] is the value: who, to whom (exactly one), words, perhaps a calendar object. The
//!   same letter gives the same bytes, so the outbox may store them once and send them again.
//! * [`Relay`] hands those bytes to a mail server (SMTP, LMTP) or to a folder, and says in an
//!   [`Outcome`] what is known afterwards, which is sometimes "perhaps".
//! * [`retry_after`] is the table of when to try again, [`pace`] says how fast and whether at all;
//!   both are pure. [`dkim`] signs if the relay does not.
//! * [`lmtp`] is the door for mail that comes in, and [`inbound`] reads it within limits.
//!   [`authentication`] says what our server found out about its sender, [`bounce`] what a report
//!   means, [`token`] which mail or invitation an address of ours stands for.
//! * [`read`] shows a stored letter to a developer; `testing` (a feature) is a mail server on a
//!   real socket that fails on request.
//!
//! Nothing here knows the product, the journal or the clock: the date and the Message-ID are
//! fields of the letter. Nobody's address or words are logged.
//!
//! ```
//! use mail::{EmailAddress, Kind, Letter, Mailbox, MessageId};
//!
//! let letter = Letter {
//!     from: Mailbox::named("Hub Westminster", EmailAddress::parse("events@hub.example")?),
//!     to: Mailbox::named("Ada", EmailAddress::parse("ada@example.org")?),
//!     reply_to: None,
//!     subject: "You are invited: Heat in our homes".into(),
//!     text: "Thursday, 18:30, Exchange Place.\n".into(),
//!     html: None,
//!     calendar: None,
//!     message_id: MessageId::new("01jt7e", Kind::Invitation, "hub.example")?,
//!     references: vec![],
//!     date: chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default(),
//!     kind: Kind::Invitation,
//!     list_unsubscribe: None,
//!     bulk: false,
//! };
//! assert_eq!(letter.to_mime()?, letter.to_mime()?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod address;
pub mod authentication;
pub mod bounce;
mod clean;
pub mod dkim;
pub mod inbound;
mod kind;
mod letter;
pub mod lmtp;
mod message_id;
mod mime;
mod outcome;
pub mod pace;
pub mod read;
mod relay;
mod retry;
#[cfg(feature = "testing")]
pub mod testing;
pub mod token;

pub use address::{AddressError, EmailAddress, Mailbox};
pub use kind::{EventTimes, Kind};
pub use letter::{Calendar, Letter, LetterError, Method, Unsubscribe};
pub use message_id::{MessageId, MessageIdError};
pub use outcome::{Consequence, EnhancedStatus, Fault, Outcome, full_too_often};
pub use relay::{Envelope, Relay, RelayError, Timeouts};
pub use retry::{Retry, retry_after, retry_in_crowd};
