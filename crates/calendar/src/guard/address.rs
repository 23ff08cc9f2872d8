//! Mail addresses as calendars write them: `mailto:` with an ASCII local part and domain.
//!
//! An invitation is answered by the program that reads it, from the address that it finds in it.
//! So the address must be the recipient's to the letter, and one that old software can carry; an
//! address outside ASCII before the `@` is refused, and its owner gets a letter with a link.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::error::Refusal;

/// What RFC 6068 §2 makes us encode in the local part: everything but letters, digits and these.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'.')
    .remove(b'-')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'*')
    .remove(b'+');

/// A mail address that an invitation can carry: a dot-atom (RFC 5322 §3.2.3), `@`, and a domain
/// in its ASCII form (RFC 5891).
///
/// ```
/// use calendar::guard::MailAddr;
///
/// let ada = MailAddr::parse("Ada@Bücher.example").expect("an address");
/// assert_eq!(ada.as_str(), "Ada@xn--bcher-kva.example");
/// assert_eq!(ada.key(), "ada@xn--bcher-kva.example");
/// assert!(MailAddr::parse("zoë@example.org").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MailAddr(String);

impl MailAddr {
    /// RFC 5321 §4.5.3.1.3: a path of 256 octets has two angle brackets.
    pub const OCTETS_MAX: usize = 254;

    /// RFC 5321 §4.5.3.1.1.
    const LOCAL_MAX: usize = 64;

    /// Parses `local@domain`.
    ///
    /// # Errors
    /// [`Refusal::LocalPartNotAscii`], [`Refusal::NotAnAddress`] or [`Refusal::TooLong`].
    pub fn parse(raw: &str) -> Result<Self, Refusal> {
        let (local, domain) = raw.trim().rsplit_once('@').ok_or(Refusal::NotAnAddress)?;
        if !local.is_ascii() {
            return Err(Refusal::LocalPartNotAscii);
        }
        if local.len() > Self::LOCAL_MAX || !local.split('.').all(is_atom) {
            return Err(Refusal::NotAnAddress);
        }
        let domain =
            idna::domain_to_ascii_strict(domain).map_err(|_errors| Refusal::NotAnAddress)?;
        let address = format!("{local}@{domain}");
        if address.len() > Self::OCTETS_MAX {
            return Err(Refusal::TooLong { max: Self::OCTETS_MAX });
        }
        Ok(Self(address))
    }

    /// Parses a calendar address as others write it: `mailto:` in any case, percent-encoded or
    /// not, or a bare address.
    ///
    /// # Errors
    /// As [`MailAddr::parse`].
    pub fn parse_uri(raw: &str) -> Result<Self, Refusal> {
        let raw = raw.trim();
        let (scheme, rest) = raw.split_once(':').unwrap_or(("mailto", raw));
        if !scheme.eq_ignore_ascii_case("mailto") {
            return Err(Refusal::NotAnAddress);
        }
        let address =
            percent_decode_str(rest).decode_utf8().map_err(|_error| Refusal::NotAnAddress)?;
        Self::parse(&address)
    }

    /// The address as mail is sent to it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address in the form two addresses are compared in: all lower-case.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// The address as a calendar writes it (RFC 6068).
    pub fn to_uri(&self) -> String {
        let (local, domain) = self.0.rsplit_once('@').unwrap_or((&self.0, ""));
        format!("mailto:{}@{domain}", utf8_percent_encode(local, ENCODED))
    }
}

/// RFC 5322 §3.2.3. Quoted local parts exist on paper; libraries differ on them, so they do not
/// exist here.
fn is_atom(atom: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    !atom.is_empty() && atom.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_survives_its_uri() {
        for raw in ["ada@example.org", "rsvp+a1B2@example.org", "a%b?c#d&e=f/g@x.example"] {
            let address = MailAddr::parse(raw).expect(raw);
            assert_eq!(address.as_str(), raw);
            assert_eq!(MailAddr::parse_uri(&address.to_uri()), Ok(address));
        }
        let address = MailAddr::parse("a%b?c@x.example").map(|address| address.to_uri());
        assert_eq!(address.as_deref(), Ok("mailto:a%25b%3Fc@x.example"));
    }

    #[test]
    fn what_others_write_is_read() {
        for raw in ["MAILTO:Ada@Example.org", "mailto:ada%40example.org", " ada@EXAMPLE.org "] {
            assert_eq!(
                MailAddr::parse_uri(raw).map(|address| address.key()).as_deref(),
                Ok("ada@example.org")
            );
        }
        assert!(MailAddr::parse_uri("urn:uuid:1").is_err());
        assert!(MailAddr::parse_uri("mailto:%FF@example.org").is_err());
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for raw in [
            "",
            "ada",
            "@example.org",
            "ada@",
            "a b@example.org",
            "a..b@example.org",
            ".a@example.org",
            "\"a b\"@example.org",
            "a@b@example.org",
            "ada@exa mple.org",
            "ada@example.org\r\nX:1",
            "a\r@example.org",
            "ada@-x.example",
            "ada@[127.0.0.1]",
            "ada@example.org;X=1",
        ] {
            assert_eq!(MailAddr::parse(raw), Err(Refusal::NotAnAddress), "{raw:?}");
        }
        assert_eq!(MailAddr::parse("zoë@example.org"), Err(Refusal::LocalPartNotAscii));
        let long = format!("{}@example.org", "a".repeat(65));
        assert_eq!(MailAddr::parse(&long), Err(Refusal::NotAnAddress));
    }
}
