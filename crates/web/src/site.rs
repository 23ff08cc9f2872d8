//! Where the site is reached from outside: its public origin.
//!
//! Cookies, HSTS and the cross-site guard depend on the public address, and behind a proxy a
//! request does not know it. So it is configuration, never read from a header.

/// The public origin of the site, as browsers send it in `Origin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    origin: String,
    https: bool,
}

/// Why an address cannot be a public origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSite {
    /// Neither `http://` nor `https://`.
    #[error("the public address must begin with https:// or http://")]
    Scheme,
    /// No host, or characters a host cannot have.
    #[error("the public address has no usable host")]
    Host,
    /// Pages live at the root, so that `__Host-` cookies can be used.
    #[error("the public address must not have a path")]
    Path,
    /// `http://` would send sessions in the clear to anything but this machine.
    #[error("http:// is allowed on localhost only")]
    Insecure,
}

impl Site {
    /// Reads `https://convoke.example` or, on this machine, `http://localhost:8080`.
    ///
    /// # Errors
    /// [`BadSite`] says which rule the address breaks.
    pub fn parse(address: &str) -> Result<Self, BadSite> {
        let lower = address.trim().to_ascii_lowercase();
        let (https, host) = match (lower.strip_prefix("https://"), lower.strip_prefix("http://")) {
            (Some(host), _) => (true, host),
            (None, Some(host)) => (false, host),
            (None, None) => return Err(BadSite::Scheme),
        };
        let host = host.strip_suffix('/').unwrap_or(host);
        if host.contains(['/', '?', '#']) {
            return Err(BadSite::Path);
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
        if host.is_empty() || host.starts_with(':') || !host.chars().all(plain) {
            return Err(BadSite::Host);
        }
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        let here = name == "localhost"
            || name.ends_with(".localhost")
            || name.starts_with("127.")
            || host.starts_with("[::1]");
        if !https && !here {
            return Err(BadSite::Insecure);
        }
        let (scheme, port) = if https { ("https", ":443") } else { ("http", ":80") };
        let origin = format!("{scheme}://{}", host.strip_suffix(port).unwrap_or(host));
        Ok(Self { origin, https })
    }

    /// `https://convoke.example`, without a trailing slash.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The host with its port where it is not the scheme's own.
    pub fn host(&self) -> &str {
        self.origin.split_once("://").map_or("", |(_, host)| host)
    }

    /// Whether browsers reach the site over TLS.
    pub const fn is_https(&self) -> bool {
        self.https
    }

    /// An absolute address of a path on this site (`/events/x`).
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_normalised() {
        let site = Site::parse("HTTPS://Convoke.Example:443/").unwrap();
        assert_eq!(site.origin(), "https://convoke.example");
        assert_eq!(site.host(), "convoke.example");
        assert!(site.is_https());
        assert_eq!(site.url("/a"), "https://convoke.example/a");
        assert_eq!(Site::parse("http://localhost:8080").unwrap().host(), "localhost:8080");
        assert!(Site::parse("http://[::1]:8080").is_ok());
    }

    #[test]
    fn what_is_not_an_origin_is_refused() {
        let cases = [
            ("convoke.example", BadSite::Scheme),
            ("ftp://convoke.example", BadSite::Scheme),
            ("https://", BadSite::Host),
            ("https://:80", BadSite::Host),
            ("https://a b", BadSite::Host),
            ("https://user@host", BadSite::Host),
            ("https://host/sub", BadSite::Path),
            ("http://convoke.example", BadSite::Insecure),
        ];
        for (address, why) in cases {
            assert_eq!(Site::parse(address), Err(why), "{address}");
        }
    }
}
