//! Addresses, parsed at the edge: what has this type can be written into a header, an envelope
//! and a calendar object without another thought.
//!
//! Refused: quoted local parts, comments, address literals (`[10.0.0.1]`) and everything else
//! that RFC 5321 allows and no person has. The domain is kept as ASCII (IDNA, RFC 5891), lower
//! case. A local part outside ASCII (RFC 6531) is an address, but not one a calendar can carry.

use std::fmt;
use std::str::FromStr;

use crate::clean;

/// RFC 5321 §4.5.3.1.1.
const LOCAL_BYTES_MAX: usize = 64;
/// RFC 5321 §4.5.3.1.3: a path of 256 octets, less its two angle brackets.
const ADDRESS_BYTES_MAX: usize = 254;

/// An address of one mailbox: `local@domain`.
///
/// ```
/// use mail::EmailAddress;
/// let address = EmailAddress::parse(" Ada@Bücher.example ")?;
/// assert_eq!(address.as_str(), "Ada@xn--bcher-kva.example");
/// assert_eq!(address.folded(), "ada@xn--bcher-kva.example");
/// # Ok::<(), mail::AddressError>(())
/// ```
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress {
    local: String,
    domain: String,
    whole: String,
}

/// Why a text is not an address we write to. The words may be shown to whoever typed it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Nothing was typed.
    #[error("the address is empty")]
    Empty,
    /// Not `something@something`.
    #[error("an address needs a name and a domain with an @ between them")]
    NoAt,
    /// Longer than RFC 5321 §4.5.3.1 lets a server accept.
    #[error("the address has {bytes} bytes in its {part}, more than {bytes_max}")]
    TooLong {
        /// `local part` or `whole`.
        part: &'static str,
        /// Its length.
        bytes: usize,
        /// The limit.
        bytes_max: usize,
    },
    /// A character that cannot stand before the `@` unquoted, or a dot out of place.
    #[error("the part before the @ holds {found:?}, which we cannot write to")]
    Local {
        /// The first offending character.
        found: char,
    },
    /// No domain name: an IP address, an empty label, a character no host has.
    #[error("the part after the @ is not a domain name")]
    Domain,
}

impl EmailAddress {
    /// Reads an address; blanks around it are forgiven, nothing else is.
    ///
    /// # Errors
    /// See [`AddressError`].
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AddressError::Empty);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(AddressError::NoAt)?;
        check_local(local)?;
        let domain = ascii_domain(domain).ok_or(AddressError::Domain)?;
        let whole = format!("{local}@{domain}");
        within("whole", whole.len(), ADDRESS_BYTES_MAX)?;
        Ok(Self { local: local.to_owned(), domain, whole })
    }

    /// The address as it is written: local part as typed, domain in lower-case ASCII.
    pub fn as_str(&self) -> &str {
        &self.whole
    }

    /// What stands before the `@`.
    pub fn local(&self) -> &str {
        &self.local
    }

    /// The domain in ASCII, lower case.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// Whether it can stand in a calendar object and pass a server without SMTPUTF8.
    pub fn is_ascii(&self) -> bool {
        self.local.is_ascii()
    }

    /// The form to compare by: all lower case. RFC 5321 lets a host tell `Ada` from `ada`; none
    /// that people use does.
    pub fn folded(&self) -> String {
        self.whole.to_lowercase()
    }
}

/// Local parts are a dot-atom (RFC 5322 §3.2.3), or one with letters outside ASCII (RFC 6531).
fn check_local(local: &str) -> Result<(), AddressError> {
    within("local part", local.len(), LOCAL_BYTES_MAX)?;
    if local.is_empty() {
        return Err(AddressError::NoAt);
    }
    if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        return Err(AddressError::Local { found: '.' });
    }
    let is_fine = |c: char| {
        c.is_ascii_alphanumeric()
            || "!#$%&'*+-/=?^_`{|}~.".contains(c)
            || (!c.is_ascii() && c.is_alphanumeric())
    };
    match local.chars().find(|c| !is_fine(*c)) {
        Some(found) => Err(AddressError::Local { found }),
        None => Ok(()),
    }
}

/// The domain in lower-case ASCII, if it is a name and not a number.
pub(crate) fn ascii_domain(domain: &str) -> Option<String> {
    // The URL parser, which does our IDNA, would decode percents and accept `[::1]`.
    if domain.contains(['%', '[', ']']) {
        return None;
    }
    let Ok(url::Host::Domain(ascii)) = url::Host::parse(domain) else { return None };
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    ascii.split('.').all(is_label).then_some(ascii)
}

fn within(part: &'static str, bytes: usize, bytes_max: usize) -> Result<(), AddressError> {
    if bytes > bytes_max {
        return Err(AddressError::TooLong { part, bytes, bytes_max });
    }
    Ok(())
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.whole)
    }
}

impl FromStr for EmailAddress {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = AddressError;

    fn try_from(text: String) -> Result<Self, AddressError> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.whole
    }
}

/// An address with the name to show beside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mailbox {
    name: Option<String>,
    /// Where it goes.
    pub address: EmailAddress,
}

impl Mailbox {
    /// With a display name, which is cleaned: one line, no quotes, `@`, `:` or `,`, at most 75
    /// characters; if nothing is left, there is none.
    pub fn named(name: &str, address: EmailAddress) -> Self {
        Self { name: clean::name(name), address }
    }

    /// The cleaned display name.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}

impl From<EmailAddress> for Mailbox {
    fn from(address: EmailAddress) -> Self {
        Self { name: None, address }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::{AddressError, EmailAddress, Mailbox};

    #[test]
    fn usual_addresses_are_read() {
        for (typed, kept) in [
            ("ada@example.org", "ada@example.org"),
            ("Ada.Lovelace+hub@EXAMPLE.org", "Ada.Lovelace+hub@example.org"),
            ("rsvp+0f3c@hub.example", "rsvp+0f3c@hub.example"),
            ("o'neil@şehir.example", "o'neil@xn--ehir-45a.example"),
            ("조@회사.example", "조@xn--vf4b131b.example"),
            ("curator@localhost", "curator@localhost"),
        ] {
            assert_eq!(EmailAddress::parse(typed).unwrap().as_str(), kept, "{typed}");
        }
        assert!(!EmailAddress::parse("조@회사.example").unwrap().is_ascii());
        assert!(EmailAddress::parse("jo@회사.example").unwrap().is_ascii());
    }

    #[test]
    fn each_refusal_says_why() {
        assert_eq!(EmailAddress::parse("  "), Err(AddressError::Empty));
        assert_eq!(EmailAddress::parse("ada"), Err(AddressError::NoAt));
        assert_eq!(EmailAddress::parse("@example.org"), Err(AddressError::NoAt));
        for (typed, found) in [
            ("a b@example.org", ' '),
            ("a\r\nRCPT TO:<b@c>@example.org", '\r'),
            ("a\0@example.org", '\0'),
            ("\"a\"@example.org", '"'),
            ("a@b@example.org", '@'),
            (".a@example.org", '.'),
            ("a..b@example.org", '.'),
            ("<a@example.org", '<'),
            ("a\u{202e}@example.org", '\u{202e}'),
        ] {
            assert_eq!(EmailAddress::parse(typed), Err(AddressError::Local { found }), "{typed:?}");
        }
        for typed in [
            "a@",
            "a@b..c",
            "a@-b.org",
            "a@b_c.org",
            "a@10.0.0.1",
            "a@[10.0.0.1]",
            "a@[::1]",
            "a@b.org>",
            "a@b%2ec",
            "a@b.org.",
            "a@b c.org",
            "a@b\r\n.org",
        ] {
            assert_eq!(EmailAddress::parse(typed), Err(AddressError::Domain), "{typed:?}");
        }
        let long = format!("{}@example.org", "a".repeat(65));
        assert!(matches!(
            EmailAddress::parse(&long),
            Err(AddressError::TooLong { part: "local part", bytes: 65, bytes_max: 64 })
        ));
    }

    #[test]
    fn an_address_survives_json() {
        let address = EmailAddress::parse("Ada@example.org").unwrap();
        let json = serde_json::to_string(&address).unwrap();
        assert_eq!(json, "\"Ada@example.org\"");
        assert_eq!(serde_json::from_str::<EmailAddress>(&json).unwrap(), address);
        assert!(serde_json::from_str::<EmailAddress>("\"ada\"").is_err());
    }

    #[test]
    fn a_mailbox_cleans_its_name() {
        let address = EmailAddress::parse("ada@example.org").unwrap();
        assert_eq!(Mailbox::named("A\r\nB", address.clone()).name(), Some("A B"));
        assert_eq!(Mailbox::named(" @ ", address).name(), None);
    }
}
