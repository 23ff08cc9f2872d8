//! The people of a message: who answers are sent to, and the one person it is for.

use crate::error::{Error, Named};
use crate::guard::{Lines, MailAddr, Param, ParamText};

/// What a person said (RFC 5545 §3.2.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Partstat {
    /// Nothing yet.
    #[default]
    NeedsAction,
    /// Comes.
    Accepted,
    /// Perhaps.
    Tentative,
    /// Does not come.
    Declined,
}

impl Partstat {
    /// The word of the specification.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NeedsAction => "NEEDS-ACTION",
            Self::Accepted => "ACCEPTED",
            Self::Tentative => "TENTATIVE",
            Self::Declined => "DECLINED",
        }
    }
}

/// Who answers are sent to: an address that is read, never a no-reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organizer {
    /// Shown as the host, for example the hub's name; may be empty.
    pub name: String,
    /// Receives the replies.
    pub address: String,
}

/// The one person an invitation is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// Shown in the reader's own calendar; may be empty.
    pub name: String,
    /// To the letter the address the message is sent to.
    pub address: String,
    /// What the person said so far.
    pub partstat: Partstat,
    /// Whether an answer is asked for.
    pub rsvp: bool,
}

pub(super) fn write_organizer(lines: &mut Lines, organizer: &Organizer) -> Result<(), Error> {
    let address = MailAddr::parse(&organizer.address).named("organizer.address")?;
    let name = ParamText::clean(&organizer.name);
    let cn = [("CN", Param::Quoted(&name))];
    lines.address("ORGANIZER", if name.is_empty() { &[] } else { &cn }, &address);
    Ok(())
}

pub(super) fn write_attendee(
    lines: &mut Lines,
    attendee: &Attendee,
    rsvp: bool,
) -> Result<(), Error> {
    let address = MailAddr::parse(&attendee.address).named("attendee.address")?;
    let name = ParamText::clean(&attendee.name);
    let mut params = vec![
        ("CUTYPE", Param::Word("INDIVIDUAL")),
        ("ROLE", Param::Word("REQ-PARTICIPANT")),
        ("PARTSTAT", Param::Word(attendee.partstat.as_str())),
        ("RSVP", Param::Word(if rsvp { "TRUE" } else { "FALSE" })),
    ];
    if !name.is_empty() {
        params.push(("CN", Param::Quoted(&name)));
    }
    lines.address("ATTENDEE", &params, &address);
    Ok(())
}
