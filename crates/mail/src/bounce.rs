//! Mails about mails of ours: delivery status notifications (RFC 3464) and complaints (RFC 5965).
//!
//! What such a mail says is a claim. Act on it only if it came to an address we signed
//! ([`crate::token`]), and take the recipient from there, not from here. An out-of-office notice
//! or a read receipt is neither: [`read`] says `None`.

use crate::inbound::Message;
use crate::outcome::EnhancedStatus;
use crate::{Consequence, EmailAddress, Fault};

/// Recipients of one notification that are read; our mails have one.
const RECIPIENTS_MAX: usize = 50;
/// How much of a diagnostic is kept, in characters.
const DIAGNOSTIC_CHARS_MAX: usize = 500;
/// How far behind the address the reason is looked for in a text, in characters.
const REASON_CHARS: usize = 500;

/// A report about one mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// What became of it on its way.
    Delivery(Notification),
    /// Its reader called it spam.
    Complaint(Complaint),
}

/// A delivery status notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// The Message-ID of the mail it is about, without brackets.
    pub message_id: Option<String>,
    /// One entry for each recipient.
    pub deliveries: Vec<Delivery>,
}

/// What became of the mail for one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Where it failed; the last of forwarding addresses.
    pub recipient: Option<EmailAddress>,
    /// What the server did.
    pub action: Action,
    /// The most specific status found: in Status, in Diagnostic-Code or in the text.
    pub status: Option<EnhancedStatus>,
    /// What the refusing server said; may hold the address.
    pub diagnostic: String,
}

/// What a server did with a mail (RFC 3464 §2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
pub enum Action {
    /// Given up.
    Failed,
    /// Not yet; it goes on trying.
    Delayed,
    /// Arrived.
    Delivered,
    /// Handed to a server that sends no notifications.
    Relayed,
    /// Handed to a list.
    Expanded,
}

/// A complaint in the Abuse Reporting Format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// `abuse`, `fraud`, `virus`, `not-spam`, `other`; lower case.
    pub kind: String,
    /// The envelope sender of the mail: the signed address that names it.
    pub mail_from: Option<EmailAddress>,
    /// Whom it went to, if the receiver tells.
    pub recipient: Option<EmailAddress>,
    /// The Message-ID of the mail, without brackets.
    pub message_id: Option<String>,
}

impl Complaint {
    /// Whether the category of the mail is to be suppressed for its reader at once; `not-spam` is
    /// praise.
    pub fn is_complaint(&self) -> bool {
        self.kind != "not-spam"
    }
}

impl Delivery {
    /// Whose fault a failure was. Everything that is no failure is nobody's.
    ///
    /// After weeks of "mailbox full" a server gives up with the 4.2.2 it was told: the class of a
    /// status counts for nothing here, the action does.
    pub fn fault(&self) -> Fault {
        if self.action != Action::Failed {
            return Fault::None;
        }
        self.status.map_or(Fault::Refused, EnhancedStatus::fault_of_failure)
    }

    /// What follows from it for the address.
    pub fn consequence(&self) -> Consequence {
        self.fault().consequence()
    }
}

/// Reads a report; `None` for every other mail.
pub fn read(message: &Message) -> Option<Report> {
    let original = message.report.original_head.as_deref().unwrap_or_default();
    let original = groups(original).into_iter().next().unwrap_or_default();
    let message_id = original.get("message-id").and_then(bare_id);
    if let Some(feedback) = &message.report.feedback {
        let fields = groups(feedback).into_iter().next()?;
        return Some(Report::Complaint(Complaint {
            kind: fields.get("feedback-type")?.trim().to_ascii_lowercase(),
            mail_from: fields.get("original-mail-from").and_then(address),
            recipient: fields.get("original-rcpt-to").and_then(address),
            message_id,
        }));
    }
    let status = message.report.delivery_status.as_deref()?;
    let deliveries: Vec<Delivery> = groups(status)
        .iter()
        .filter_map(|fields| Delivery::read(fields, &message.text))
        .take(RECIPIENTS_MAX)
        .collect();
    let is_report = !deliveries.is_empty();
    is_report.then_some(Report::Delivery(Notification { message_id, deliveries }))
}

impl Delivery {
    /// One group of fields; `None` if it is the group about the whole mail.
    fn read(fields: &Fields, text: &str) -> Option<Self> {
        let action = fields.get("action")?.split([' ', '\t', '(', ';']).next()?.parse().ok()?;
        let typed = |name: &str| fields.get(name).map(after_type);
        let recipient = typed("final-recipient").or_else(|| typed("original-recipient"));
        let diagnostic = typed("diagnostic-code").unwrap_or_default();
        let own = fields.get("status").and_then(EnhancedStatus::find);
        // OpenSMTPD says 5.0.0 here and the truth only in its letter to a person.
        let in_text = || recipient.and_then(|recipient| reason_after(text, recipient));
        let candidates = [own, EnhancedStatus::find(diagnostic)];
        let mut specific = candidates.into_iter().flatten().filter(|status| !status.is_generic());
        let status = specific
            .next()
            .or_else(|| in_text().and_then(EnhancedStatus::find).filter(|s| !s.is_generic()))
            .or(own);
        let said = if diagnostic.is_empty() { in_text().unwrap_or_default() } else { diagnostic };
        Some(Self {
            recipient: recipient.and_then(address),
            action,
            status,
            diagnostic: said.chars().take(DIAGNOSTIC_CHARS_MAX).collect(),
        })
    }
}

/// What a text says behind an address: `ada@example.org: 550 5.1.1 no such user`, up to the next
/// empty line.
fn reason_after<'a>(text: &'a str, recipient: &str) -> Option<&'a str> {
    let recipient = recipient.trim();
    // Offsets of the lower-case text fit the text only while it is ASCII.
    let at = if text.is_ascii() {
        text.to_ascii_lowercase().find(&recipient.to_ascii_lowercase())
    } else {
        text.find(recipient)
    };
    let rest = text.get(at?..)?.get(recipient.len()..)?;
    let end = rest.find("\n\n").unwrap_or(rest.len()).min(rest.floor_char_boundary(REASON_CHARS));
    let said = rest.get(..end)?.trim_start_matches(['>', ':', ' ', '\n', '\t']).trim_end();
    (!recipient.is_empty() && !said.is_empty()).then_some(said)
}

/// The value of `rfc822; ada@example.org` or `smtp; 550 5.1.1 …`.
fn after_type(value: &str) -> &str {
    value.split_once(';').map_or(value, |(_, value)| value).trim()
}

fn address(text: &str) -> Option<EmailAddress> {
    EmailAddress::parse(text.trim().trim_start_matches('<').trim_end_matches('>')).ok()
}

fn bare_id(value: &str) -> Option<String> {
    let inner = value.trim().trim_start_matches('<').trim_end_matches('>');
    let is_id = !inner.is_empty() && !inner.contains(char::is_whitespace);
    is_id.then(|| inner.to_owned())
}

/// Fields by their lower-case name; the first of a name counts.
#[derive(Default)]
struct Fields(Vec<(String, String)>);

impl Fields {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// Groups of fields with empty lines between them (RFC 3464 §2.1).
fn groups(text: &str) -> Vec<Fields> {
    let mut groups = vec![Fields::default()];
    for line in text.lines() {
        let Some(group) = groups.last_mut() else { break };
        if line.trim().is_empty() {
            if !group.0.is_empty() {
                groups.push(Fields::default());
            }
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = group.0.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            group.0.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    groups
}
