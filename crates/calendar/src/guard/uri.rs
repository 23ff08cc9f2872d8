//! Links, identities, places and colours: values that are right or refused, never repaired.
//!
//! A URI property has no escaping at all (RFC 5545 §3.3.13), so what it may contain is narrower
//! than what browsers accept: printable ASCII without quote and backslash.

use crate::error::Refusal;

/// A link that can be followed: http, https or mailto, serialised as ASCII.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Uri(String);

impl Uri {
    /// A description must hold the page and the join link whole and still have room for words.
    pub const OCTETS_MAX: usize = 1_500;

    /// Parses a link.
    ///
    /// # Errors
    /// [`Refusal::NotALink`] or [`Refusal::TooLong`].
    pub fn parse(raw: &str) -> Result<Self, Refusal> {
        // Before the parser: browsers drop line breaks inside a URL silently, we do not guess.
        let raw = raw.trim();
        if raw.contains(|c: char| c.is_control() || c.is_whitespace() || "\"\\<>".contains(c)) {
            return Err(Refusal::NotALink);
        }
        let url = url::Url::parse(raw).map_err(|_error| Refusal::NotALink)?;
        let followable = match url.scheme() {
            "http" | "https" => {
                // A password in a calendar is shown to everybody who subscribes.
                url.has_host() && url.username().is_empty() && url.password().is_none()
            }
            "mailto" => url.path().contains('@'),
            _ => false,
        };
        let text = String::from(url);
        let printable = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
        if !followable || !text.bytes().all(printable) {
            return Err(Refusal::NotALink);
        }
        if text.len() > Self::OCTETS_MAX {
            return Err(Refusal::TooLong { max: Self::OCTETS_MAX });
        }
        Ok(Self(text))
    }

    /// The link as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A globally unique identity (RFC 5545 §3.8.4.7), `{event-id}@{uid-domain}`.
///
/// Refused rather than cleaned: two identities must not become one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Uid(String);

impl Uid {
    /// RFC 7986 §5.3 lets a client refuse longer ones.
    pub const OCTETS_MAX: usize = 255;

    /// Parses an identity.
    ///
    /// # Errors
    /// [`Refusal::Empty`], [`Refusal::NotAnIdentity`] or [`Refusal::TooLong`].
    pub fn parse(raw: &str) -> Result<Self, Refusal> {
        if raw.is_empty() {
            return Err(Refusal::Empty);
        }
        if raw.len() > Self::OCTETS_MAX {
            return Err(Refusal::TooLong { max: Self::OCTETS_MAX });
        }
        // Nothing that needs escaping, so that the bytes are the same in each property and URL.
        if !raw.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.@+=~".contains(&byte)) {
            return Err(Refusal::NotAnIdentity);
        }
        Ok(Self(raw.to_owned()))
    }

    /// The identity as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A latitude and a longitude with six decimals, about a tenth of a metre (RFC 5545 §3.8.1.6).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place(String);

impl Place {
    /// Checks and rounds a pair of degrees.
    ///
    /// # Errors
    /// [`Refusal::NotAPlace`] when off the globe or not a number.
    pub fn new(latitude: f64, longitude: f64) -> Result<Self, Refusal> {
        if !(-90.0..=90.0).contains(&latitude) || !(-180.0..=180.0).contains(&longitude) {
            return Err(Refusal::NotAPlace);
        }
        Ok(Self(format!("{};{}", degrees(latitude), degrees(longitude))))
    }

    /// `latitude;longitude`, as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn degrees(value: f64) -> String {
    let text = format!("{value:.6}");
    // One zero: equal places must give equal bytes.
    if text == "-0.000000" { "0.000000".to_owned() } else { text }
}

/// A colour by its CSS3 name (RFC 7986 §5.9), lower-cased. Clients ignore names they do not know.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Color(String);

impl Color {
    /// The longest name of CSS3 is `lightgoldenrodyellow`.
    pub const OCTETS_MAX: usize = 20;

    /// Parses a colour name.
    ///
    /// # Errors
    /// [`Refusal::NotAColor`].
    pub fn parse(raw: &str) -> Result<Self, Refusal> {
        let name = raw.trim().to_ascii_lowercase();
        let fits = (3..=Self::OCTETS_MAX).contains(&name.len());
        if !fits || !name.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Err(Refusal::NotAColor);
        }
        Ok(Self(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_serialised_as_ascii() {
        let link = Uri::parse(" https://Münster.example/größe?q=a,b;c#d ").map(|uri| uri.0);
        let ascii = "https://xn--mnster-3ya.example/gr%C3%B6%C3%9Fe?q=a,b;c#d";
        assert_eq!(link.as_deref(), Ok(ascii));
        assert!(Uri::parse("mailto:ada@example.org").is_ok());
    }

    #[test]
    fn a_link_with_a_break_a_quote_or_another_scheme_is_refused() {
        for raw in [
            "https://example.org/\rX-EVIL:1",
            "https://example.org/\r\nX-EVIL:1",
            "https://example.org/a b",
            "https://example.org/\"",
            "https://example.org/\\n",
            "https://example.org/\u{2028}x",
            "https://user:secret@example.org/",
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://example.org",
            "mailto:nobody",
            "//example.org",
            "",
        ] {
            assert_eq!(Uri::parse(raw), Err(Refusal::NotALink), "{raw:?}");
        }
        let long = format!("https://example.org/{}", "ö".repeat(400));
        assert_eq!(Uri::parse(&long), Err(Refusal::TooLong { max: Uri::OCTETS_MAX }));
    }

    #[test]
    fn an_identity_is_never_repaired() {
        assert!(Uid::parse("event_01jx-9.a@convoke.example").is_ok());
        assert_eq!(Uid::parse(""), Err(Refusal::Empty));
        for raw in ["a b@x", "a;b@x", "a\r\nb@x", "ä@x", "a,b", "a\\b"] {
            assert_eq!(Uid::parse(raw), Err(Refusal::NotAnIdentity), "{raw:?}");
        }
        assert_eq!(Uid::parse(&"a".repeat(256)), Err(Refusal::TooLong { max: 255 }));
    }

    #[test]
    fn a_place_is_on_the_globe() {
        let text = |latitude, longitude| Place::new(latitude, longitude).map(|place| place.0);
        assert_eq!(text(51.507_351, -0.127_758).as_deref(), Ok("51.507351;-0.127758"));
        assert_eq!(text(-0.000_000_1, 0.0).as_deref(), Ok("0.000000;0.000000"));
        assert_eq!(text(90.1, 0.0), Err(Refusal::NotAPlace));
        assert_eq!(text(f64::NAN, 0.0), Err(Refusal::NotAPlace));
        assert_eq!(text(0.0, f64::INFINITY), Err(Refusal::NotAPlace));
    }

    #[test]
    fn a_colour_is_a_word() {
        assert_eq!(Color::parse("SteelBlue").map(|color| color.0).as_deref(), Ok("steelblue"));
        for raw in ["#ff0000", "", "red\r\nX:1", "rgb(1,2,3)"] {
            assert_eq!(Color::parse(raw), Err(Refusal::NotAColor), "{raw:?}");
        }
    }
}
