//! Addresses of our own that nobody else can make: where bounces and calendar replies arrive.
//!
//! `b+{id}.{code}@domain` is the envelope sender of one mail, `rsvp+{id}.{code}@domain` the
//! organizer of one invitation. The code is HMAC-SHA256 over purpose, id and domain, cut to 80
//! bits: an id cannot be guessed into an address, and a code serves one purpose only. Lower-case
//! letters and digits alone, because servers on the way may change the case.

use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use crate::EmailAddress;

/// 80 bits as base32. At a thousand tries a second a hit takes longer than the sun lasts.
const CODE_CHARS: usize = 16;
/// What RFC 5321 §4.5.3.1.1 leaves of 64 characters beside `rsvp+`, a dot and the code.
pub const ID_CHARS_MAX: usize = 42;
/// RFC 4648 §6, lower case.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// Shorter keys can be searched.
const KEY_BYTES_MIN: usize = 32;

/// What an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// The envelope sender of one mail (VERP): its bounces come here. The id names the mail.
    Bounce,
    /// The organizer of one invitation: its replies come here. The id names the invitation.
    Reply,
}

impl Purpose {
    fn prefix(self) -> &'static str {
        match self {
            Self::Bounce => "b+",
            Self::Reply => "rsvp+",
        }
    }
}

/// Makes and checks our addresses. The first key makes, all of them check, so a key can be changed
/// while mails are on their way.
#[derive(Clone)]
pub struct SignedAddresses {
    domain: String,
    keys: Vec<Vec<u8>>,
}

/// Why addresses cannot be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// No key, or one of fewer than 32 bytes.
    #[error("addresses are signed with keys of at least {KEY_BYTES_MIN} bytes")]
    Key,
    /// The domain is none.
    #[error("the domain of our addresses is no domain name")]
    Domain,
    /// The id is empty, longer than 42 characters, or has others than `a-z`, `0-9`, `-` and `_`.
    #[error("the id cannot stand in an address")]
    Id,
}

impl SignedAddresses {
    /// For addresses at `domain`; `keys` newest first.
    ///
    /// # Errors
    /// [`TokenError::Key`] and [`TokenError::Domain`].
    pub fn new<K: Into<Vec<u8>>>(
        domain: &str,
        keys: impl IntoIterator<Item = K>,
    ) -> Result<Self, TokenError> {
        let keys: Vec<Vec<u8>> = keys.into_iter().map(Into::into).collect();
        if keys.is_empty() || keys.iter().any(|key| key.len() < KEY_BYTES_MIN) {
            return Err(TokenError::Key);
        }
        let domain = crate::address::ascii_domain(domain).ok_or(TokenError::Domain)?;
        Ok(Self { domain, keys })
    }

    /// The address for this purpose and id.
    ///
    /// ```
    /// use mail::token::{Purpose, SignedAddresses};
    /// let addresses = SignedAddresses::new("hub.example", [[7_u8; 32]])?;
    /// let address = addresses.make(Purpose::Bounce, "01jt7e")?;
    /// assert!(address.as_str().starts_with("b+01jt7e."));
    /// assert_eq!(addresses.read(&address), Some((Purpose::Bounce, "01jt7e".to_owned())));
    /// # Ok::<(), mail::token::TokenError>(())
    /// ```
    ///
    /// # Errors
    /// [`TokenError::Id`].
    pub fn make(&self, purpose: Purpose, id: &str) -> Result<EmailAddress, TokenError> {
        let key = self.keys.first().ok_or(TokenError::Key)?;
        if !is_id(id) {
            return Err(TokenError::Id);
        }
        let code = self.code(key, purpose, id).ok_or(TokenError::Key)?;
        let whole = format!("{}{id}.{code}@{}", purpose.prefix(), self.domain);
        EmailAddress::parse(&whole).map_err(|_ours| TokenError::Id)
    }

    /// What an address is for, if we made it; the case of its letters does not matter.
    pub fn read(&self, address: &EmailAddress) -> Option<(Purpose, String)> {
        if address.domain() != self.domain {
            return None;
        }
        let local = address.local().to_ascii_lowercase();
        let (purpose, rest) = [Purpose::Bounce, Purpose::Reply]
            .into_iter()
            .find_map(|purpose| Some((purpose, local.strip_prefix(purpose.prefix())?)))?;
        let (id, given) = rest.split_once('.')?;
        if !is_id(id) || given.len() != CODE_CHARS {
            return None;
        }
        let is_ours = self.keys.iter().any(|key| {
            let code = self.code(key, purpose, id).unwrap_or_default();
            bool::from(code.as_bytes().ct_eq(given.as_bytes()))
        });
        is_ours.then(|| (purpose, id.to_owned()))
    }

    fn code(&self, key: &[u8], purpose: Purpose, id: &str) -> Option<String> {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
        // Neither an id nor a domain has a space, so these are three words and no other three.
        mac.update(format!("{} {id} {}", purpose.prefix(), self.domain).as_bytes());
        let digest = mac.finalize().into_bytes();
        let (mut bits, mut held, mut code) = (0_u32, 0_u32, String::new());
        for byte in digest {
            bits = (bits << 8) | u32::from(byte);
            held += 8;
            while held >= 5 && code.len() < CODE_CHARS {
                held -= 5;
                let digit = usize::try_from((bits >> held) & 31).ok()?;
                code.push(char::from(*ALPHABET.get(digit)?));
            }
            bits &= 0xff;
        }
        Some(code)
    }
}

impl std::fmt::Debug for SignedAddresses {
    /// Without the keys.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SignedAddresses({})", self.domain)
    }
}

fn is_id(id: &str) -> bool {
    let is_fine = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    !id.is_empty() && id.len() <= ID_CHARS_MAX && id.bytes().all(is_fine)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::{ID_CHARS_MAX, Purpose, SignedAddresses, TokenError};
    use crate::EmailAddress;

    fn ours() -> SignedAddresses {
        SignedAddresses::new("hub.example", [[7_u8; 32]]).unwrap()
    }

    fn address(text: &str) -> EmailAddress {
        EmailAddress::parse(text).unwrap()
    }

    #[test]
    fn an_address_is_a_contract() {
        // Mails on their way carry them: neither form nor code may change. Computed by Python:
        // b32encode(hmac(key, 'b+ 01jt7e hub.example', 'sha256').digest()).lower()[:16].
        let made = ours().make(Purpose::Bounce, "01jt7e").unwrap();
        assert_eq!(made.as_str(), "b+01jt7e.jjuaa3aemhbawq7y@hub.example");
        let made = ours().make(Purpose::Reply, "invitation_01h2xcejqtf2nbrexx3vqjhp41").unwrap();
        assert_eq!(
            made.as_str(),
            "rsvp+invitation_01h2xcejqtf2nbrexx3vqjhp41.7o6iyiiblnf3m72e@hub.example"
        );
    }

    #[test]
    fn whatever_we_did_not_make_is_not_believed() {
        let made = ours().make(Purpose::Reply, "01jt7e").unwrap();
        let (local, _) = made.as_str().split_once('@').unwrap();
        let (_, code) = local.split_once('.').unwrap();
        for forged in [
            format!("b+01jt7e.{code}@hub.example"),
            format!("rsvp+01jt7f.{code}@hub.example"),
            format!("rsvp+01jt7e.{code}@evil.example"),
            format!("rsvp+01jt7e.{code}@sub.hub.example"),
            format!("rsvp+01jt7e.{code}a@hub.example"),
            format!("rsvp+01jt7e.{}@hub.example", code.trim_start_matches(|c| code.starts_with(c))),
            "rsvp+01jt7e@hub.example".into(),
            "rsvp+01jt7e.aaaaaaaaaaaaaaaa@hub.example".into(),
            "events@hub.example".into(),
        ] {
            assert_eq!(ours().read(&address(&forged)), None, "{forged}");
        }
        let other = SignedAddresses::new("hub.example", [[8_u8; 32]]).unwrap();
        assert_eq!(other.read(&made), None);
    }

    #[test]
    fn case_is_forgiven_and_an_older_key_still_reads() {
        let made = ours().make(Purpose::Bounce, "01jt7e").unwrap();
        let loud = address(&made.as_str().to_uppercase());
        assert_eq!(ours().read(&loud), Some((Purpose::Bounce, "01jt7e".into())));
        let turned = SignedAddresses::new("hub.example", [[9_u8; 32], [7_u8; 32]]).unwrap();
        assert_eq!(turned.read(&made), Some((Purpose::Bounce, "01jt7e".into())));
        assert_ne!(turned.make(Purpose::Bounce, "01jt7e").unwrap(), made);
    }

    #[test]
    fn what_cannot_be_signed_says_so() {
        let none: [[u8; 32]; 0] = [];
        assert_eq!(SignedAddresses::new("h.example", none).unwrap_err(), TokenError::Key);
        assert_eq!(SignedAddresses::new("h.example", [[0_u8; 31]]).unwrap_err(), TokenError::Key);
        assert_eq!(SignedAddresses::new("a b", [[0_u8; 32]]).unwrap_err(), TokenError::Domain);
        for id in ["", "A", "a.b", "a+b", "a b", "ş", &"a".repeat(ID_CHARS_MAX + 1)] {
            assert_eq!(ours().make(Purpose::Reply, id), Err(TokenError::Id), "{id:?}");
        }
        let longest = ours().make(Purpose::Reply, &"a".repeat(ID_CHARS_MAX)).unwrap();
        assert_eq!(longest.local().len(), 64);
    }

    proptest! {
        #[test]
        fn what_is_made_is_read_and_any_change_is_not(
            id in "[a-z0-9_-]{1,42}", place in 0_usize..64, letter in "[a-z2-7]"
        ) {
            for purpose in [Purpose::Bounce, Purpose::Reply] {
                let made = ours().make(purpose, &id).unwrap();
                prop_assert_eq!(ours().read(&made), Some((purpose, id.clone())));
                let mut local = made.local().to_owned();
                let place = place % local.len();
                local.replace_range(place..=place, &letter);
                if local != made.local()
                    && let Ok(changed) = EmailAddress::parse(&format!("{local}@hub.example"))
                {
                    prop_assert_eq!(ours().read(&changed), None);
                }
            }
        }

        #[test]
        fn no_address_makes_it_stumble(text in any::<String>()) {
            if let Ok(address) = EmailAddress::parse(&format!("rsvp+{text}@hub.example")) {
                prop_assert_eq!(ours().read(&address), None);
            }
        }
    }
}
