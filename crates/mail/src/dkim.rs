//! Signatures of our own (DKIM, RFC 6376), for installations whose relay does not sign.
//!
//! Relaxed in head and body, because relays re-wrap; From twice, so that nobody can add a second
//! one; never Content-Type, which relays rewrite and which one MIME library hashed wrongly for
//! years. The same mail has the same signature, so a signed mail can be stored and sent again.
//!
//! Own code, 100 lines around ring's signatures: lettre's signer and `mail-auth` bring the `rsa`
//! crate, whose timing leaks keys (RUSTSEC-2023-0071, no fix) and which signs 364 mails a second,
//! or a second TLS library. Every kind of letter is checked with another implementation, dkimpy.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use sha2::{Digest as _, Sha256};
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;

use crate::address::ascii_domain;

/// What is signed, if it is there (RFC 6376 §5.4.1; RFC 8058 §4 demands the two about lists).
const SIGNED: [&str; 10] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "MIME-Version",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Auto-Submitted",
];
/// A line of the signature; folded ones stay below the 78 of RFC 5322 §2.1.1.
const FOLD_AT: usize = 70;

/// Signs mails of one domain with one key.
pub struct Signer {
    domain: String,
    selector: String,
    key: Key,
}

enum Key {
    Rsa(RsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

/// Why a key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The domain or the selector is no DNS name.
    #[error("the DKIM {part} is no DNS name")]
    Name {
        /// `domain` or `selector`.
        part: &'static str,
    },
    /// The text holds no private key.
    #[error("the DKIM key is not a private key in PEM")]
    NotPem,
    /// RFC 8301 §3.2 wants 2048 bits of RSA; RFC 8463 adds Ed25519; there is nothing else.
    #[error("the DKIM key is neither RSA of 2048 to 4096 bits nor Ed25519")]
    Unusable,
}

/// Why a mail cannot be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// No CRLF line ends, no head, not exactly one From: not one of ours.
    #[error("the mail is malformed")]
    Malformed,
    /// The key did not sign.
    #[error("the key did not sign")]
    Key,
}

/// A new Ed25519 key (RFC 8410 §7, RFC 5958) as PEM, from 32 random bytes.
pub fn ed25519_pem(seed: [u8; 32]) -> String {
    // SEQUENCE { version 0, SEQUENCE { OBJECT IDENTIFIER id-Ed25519 }, OCTET STRING { OCTET STRING
    const HEAD: [u8; 16] = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04,
        0x20,
    ];
    let key = BASE64.encode([&HEAD[..], &seed].concat());
    format!("-----BEGIN PRIVATE KEY-----\n{key}\n-----END PRIVATE KEY-----\n")
}

impl Signer {
    /// Reads a private key: PEM with PKCS#8 (RSA, Ed25519) or PKCS#1 (RSA) in it.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn new(domain: &str, selector: &str, pem: &str) -> Result<Self, KeyError> {
        let domain = ascii_domain(domain).ok_or(KeyError::Name { part: "domain" })?;
        let selector = ascii_domain(selector).ok_or(KeyError::Name { part: "selector" })?;
        let der = PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_why| KeyError::NotPem)?;
        let key = match &der {
            PrivateKeyDer::Pkcs8(der) => {
                let der = der.secret_pkcs8_der();
                RsaKeyPair::from_pkcs8(der).map(Key::Rsa).or_else(|_not_rsa| {
                    Ed25519KeyPair::from_pkcs8_maybe_unchecked(der).map(Key::Ed25519)
                })
            }
            PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der()).map(Key::Rsa),
            _ => return Err(KeyError::Unusable),
        };
        Ok(Self { domain, selector, key: key.map_err(|_why| KeyError::Unusable)? })
    }

    /// The name and the text of the TXT record that publishes the key.
    pub fn dns_record(&self) -> (String, String) {
        let (kind, public) = match &self.key {
            Key::Rsa(pair) => ("rsa", subject_public_key_info(pair.public_key().as_ref())),
            Key::Ed25519(pair) => ("ed25519", pair.public_key().as_ref().to_vec()),
        };
        let name = format!("{}._domainkey.{}", self.selector, self.domain);
        (name, format!("v=DKIM1; k={kind}; p={}", BASE64.encode(public)))
    }

    /// The mail with its signature on top. It does not say when it was made: a clock would give
    /// another signature each time, and a verifier whose own is behind would refuse it.
    ///
    /// # Errors
    /// See [`SignError`].
    pub fn sign(&self, mime: &[u8]) -> Result<Vec<u8>, SignError> {
        let (fields, body) = split(mime)?;
        let named = |name: &str| {
            fields.iter().rev().find(move |(own, _)| own.eq_ignore_ascii_case(name.as_bytes()))
        };
        let from_count = fields.iter().filter(|(name, _)| name.eq_ignore_ascii_case(b"from"));
        if from_count.count() != 1 {
            return Err(SignError::Malformed);
        }
        let (mut list, mut signed) = (vec!["From"], Vec::new());
        for name in SIGNED {
            if let Some((_, value)) = named(name) {
                list.push(name);
                relaxed_field(name.as_bytes(), value, &mut signed);
                signed.extend_from_slice(b"\r\n");
            }
        }
        let algorithm = match &self.key {
            Key::Rsa(_) => "rsa-sha256",
            Key::Ed25519(_) => "ed25519-sha256",
        };
        let body_hash = BASE64.encode(Sha256::digest(relaxed_body(body)));
        let unsigned = format!(
            " v=1; a={algorithm}; c=relaxed/relaxed;\r\n d={}; s={};\r\n h={};\r\n bh={body_hash};\r\n b=",
            self.domain,
            self.selector,
            list.join(":\r\n "),
        );
        relaxed_field(b"DKIM-Signature", unsigned.as_bytes(), &mut signed);
        let signature = self.key.sign(&signed).ok_or(SignError::Key)?;
        let mut mail = format!("DKIM-Signature:{unsigned}{}\r\n", folded(&signature)).into_bytes();
        mail.extend_from_slice(mime);
        Ok(mail)
    }
}

impl Key {
    fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                // The random numbers only blind the computation; the result is always the same.
                let random = SystemRandom::new();
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).ok()?;
                Some(signature)
            }
            // RFC 8463 §3: Ed25519 signs the hash, and hashes that again by itself.
            Self::Ed25519(pair) => Some(pair.sign(&Sha256::digest(message)).as_ref().to_vec()),
        }
    }
}

impl std::fmt::Debug for Signer {
    /// Without the key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({} at {})", self.selector, self.domain)
    }
}

/// A name, and its value with all its line ends.
type Field<'a> = (&'a [u8], &'a [u8]);

/// The fields of the head, and the body.
fn split(mime: &[u8]) -> Result<(Vec<Field<'_>>, &[u8]), SignError> {
    let mut fields: Vec<Field<'_>> = Vec::new();
    let mut rest = mime;
    loop {
        let line_length = find(rest, b"\r\n").ok_or(SignError::Malformed)?;
        if line_length == 0 {
            return Ok((fields, rest.get(2..).unwrap_or_default()));
        }
        // The field ends where a line begins with something else than a blank.
        let mut length = line_length;
        while rest.get(length + 2).is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
            let more = rest.get(length + 2..).and_then(|rest| find(rest, b"\r\n"));
            length += 2 + more.ok_or(SignError::Malformed)?;
        }
        let (field, after) = rest.split_at_checked(length).ok_or(SignError::Malformed)?;
        let colon = find(field, b":").ok_or(SignError::Malformed)?;
        let (name, value) = field.split_at_checked(colon).ok_or(SignError::Malformed)?;
        fields.push((name.trim_ascii_end(), value.get(1..).unwrap_or_default()));
        rest = after.get(2..).unwrap_or_default();
    }
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

/// RFC 6376 §3.4.2, without the line end.
fn relaxed_field(name: &[u8], value: &[u8], out: &mut Vec<u8>) {
    out.extend(name.iter().map(u8::to_ascii_lowercase));
    out.push(b':');
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let words = value.split(is_blank).filter(|word| !word.is_empty());
    for (index, word) in words.enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        out.extend_from_slice(word);
    }
}

/// RFC 6376 §3.4.4: runs of blanks are one, none at the end of a line, no empty lines at the end.
fn relaxed_body(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let (mut gap, mut lines) = (false, 0_usize);
    let mut bytes = body.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\r' if bytes.next_if_eq(&b'\n').is_some() => {
                lines += 1;
                gap = false;
            }
            b' ' | b'\t' => gap = true,
            other => {
                // Line ends are written only when something follows them.
                for _ in 0..std::mem::take(&mut lines) {
                    out.extend_from_slice(b"\r\n");
                }
                if std::mem::take(&mut gap) {
                    out.push(b' ');
                }
                out.push(other);
            }
        }
    }
    if !out.is_empty() {
        out.extend_from_slice(b"\r\n");
    }
    out
}

/// Base64 over several lines; blanks within do not count (RFC 6376 §3.5).
fn folded(signature: &[u8]) -> String {
    let mut text = String::new();
    for (index, digit) in BASE64.encode(signature).chars().enumerate() {
        if index > 0 && index.is_multiple_of(FOLD_AT) {
            text.push_str("\r\n ");
        }
        text.push(digit);
    }
    text
}

/// An RSA key as verifiers expect it: RFC 6376 says RSAPublicKey and means, by its examples,
/// SubjectPublicKeyInfo (RFC 8017 appendix A.1, X.690 §8).
fn subject_public_key_info(rsa_public_key: &[u8]) -> Vec<u8> {
    // SEQUENCE { OBJECT IDENTIFIER rsaEncryption, NULL }
    const ALGORITHM: [u8; 15] =
        [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
    let bits = [&[0][..], rsa_public_key].concat();
    let inner = [&ALGORITHM[..], &tagged(0x03, &bits)].concat();
    tagged(0x30, &inner)
}

/// A DER value with its tag and length.
fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    let length: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
    let mut out = vec![tag];
    if content.len() >= 128 {
        out.push(0x80 | u8::try_from(length.len()).unwrap_or_default());
    }
    out.extend(length);
    out.extend_from_slice(content);
    out
}

#[cfg(test)]
mod tests {
    use super::{SignError, Signer, ed25519_pem, relaxed_body, relaxed_field, split};

    fn field(name: &str, value: &str) -> String {
        let mut out = Vec::new();
        relaxed_field(name.as_bytes(), value.as_bytes(), &mut out);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn the_examples_of_the_rfc_come_out() {
        // RFC 6376 §3.4.5.
        assert_eq!(field("A", " X"), "a:X");
        assert_eq!(field("B", " Y\t\r\n\tZ  "), "b:Y Z");
        assert_eq!(relaxed_body(b" C \r\nD \t E\r\n\r\n\r\n"), b" C\r\nD E\r\n");
    }

    #[test]
    fn a_key_made_here_can_be_read_and_is_the_one_of_the_rfc() {
        // RFC 8032 §7.1, the first test: this secret has this public key.
        let secret = [
            0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec,
            0x2c, 0xc4, 0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03,
            0x1c, 0xae, 0x7f, 0x60,
        ];
        let made = Signer::new("hub.example", "s1", &ed25519_pem(secret));
        let record = made.map(|signer| signer.dns_record());
        let name = "s1._domainkey.hub.example".to_owned();
        let text = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=".to_owned();
        assert_eq!(record, Ok((name, text)));
    }

    #[test]
    fn odd_bodies_are_as_the_rfc_has_them() {
        for (body, relaxed) in [
            ("", ""),
            ("\r\n\r\n", ""),
            ("a", "a\r\n"),
            (" \t\r\n  \r\n", ""),
            ("\r\na\r\n", "\r\na\r\n"),
            ("a\r\n \r\n\tb", "a\r\n\r\n b\r\n"),
        ] {
            assert_eq!(
                String::from_utf8_lossy(&relaxed_body(body.as_bytes())),
                relaxed,
                "{body:?}"
            );
        }
    }

    #[test]
    fn a_head_is_split_or_refused() {
        let (fields, body) = split(b"A: b\r\n c\r\nD:\r\n\r\ne").unwrap_or_default();
        let wanted: Vec<(&[u8], &[u8])> = vec![(b"A", b" b\r\n c"), (b"D", b"")];
        assert_eq!((fields, body), (wanted, &b"e"[..]));
        for text in ["", "A: b", "A: b\r\n", "A\r\n\r\n", "A: b\n\nc"] {
            assert_eq!(split(text.as_bytes()), Err(SignError::Malformed), "{text:?}");
        }
    }
}
