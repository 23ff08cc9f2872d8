//! What our own mail server found out about a sender: Authentication-Results (RFC 8601).
//!
//! Anybody can write this header, so one is believed only if it names our server (its
//! authserv-id), and only the topmost of those: our server writes above what came in. It must be
//! set to remove foreign headers of its name (RFC 8601 §5), and to put SPF, DKIM and DMARC into
//! one. Comments are skipped, whatever they say.

use crate::address::ascii_domain;
use crate::inbound::Message;

/// Results of one header that are read; a server does not check more.
const RESULTS_MAX: usize = 50;
/// Comments may nest (RFC 5322 §3.2.2); nobody does.
const COMMENT_DEPTH_MAX: u32 = 10;

/// The result of one check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Verdict {
    /// It is who it says.
    Pass,
    /// It is not, or softly not.
    Fail,
    /// There was nothing to check by: the domain publishes no policy, the mail has no signature.
    None,
    /// The check could not be done.
    Error,
    /// Nobody checked, or with a result we do not know.
    Absent,
}

/// The trusted header, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authentication {
    results: Vec<CheckResult>,
}

/// One `method=result property=value …`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct CheckResult {
    method: String,
    verdict: Verdict,
    /// `header.from`, lower case, with its value.
    properties: Vec<(String, String)>,
}

impl Authentication {
    /// The results our server `authserv_id` wrote on this mail; `None` if it wrote none, and then
    /// nothing is known about the sender.
    ///
    /// ```
    /// use mail::authentication::{Authentication, Verdict};
    /// use mail::inbound::{Limits, read_message};
    /// let mail = b"Authentication-Results: mx.hub.example; dmarc=pass header.from=example.org\r\n\
    ///     Authentication-Results: mx.hub.example; dmarc=pass header.from=bank.example\r\n\
    ///     From: ada@example.org\r\n\r\n";
    /// let message = read_message(mail, &Limits::default())?;
    /// let found = Authentication::of(&message, "mx.hub.example").ok_or("nothing found")?;
    /// assert_eq!(found.dmarc("example.org"), Verdict::Pass);
    /// assert_eq!(found.dmarc("bank.example"), Verdict::Absent);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(message: &Message, authserv_id: &str) -> Option<Self> {
        message
            .header_all("Authentication-Results")
            .filter_map(Self::parse)
            .find(|(id, _)| id.eq_ignore_ascii_case(authserv_id))
            .map(|(_, found)| found)
    }

    /// The authserv-id and the results of one header value; `None` if it has another form.
    pub fn parse(value: &str) -> Option<(String, Self)> {
        let mut scanner = Scanner { rest: value };
        let id = scanner.value()?;
        // The version stands there seldom, and is 1 (RFC 8601 §2.2).
        if let Some(version) = scanner.word()
            && version != "1"
        {
            return None;
        }
        let mut results = Vec::new();
        while scanner.takes(';') {
            // `; none` says that nothing was checked.
            let Some(result) = CheckResult::read(&mut scanner) else { continue };
            results.push(result);
            if results.len() >= RESULTS_MAX {
                break;
            }
        }
        Some((id, Self { results }))
    }

    /// DMARC for the domain of From: the one result that says the author's domain stands behind
    /// the mail. Results for other domains are not asked; if there are several, the worst counts.
    pub fn dmarc(&self, from_domain: &str) -> Verdict {
        let from = ascii_domain(from_domain);
        let about_it = self.results_of("dmarc").filter(|result| {
            from.is_some() && result.property("header.from").and_then(ascii_domain) == from
        });
        about_it
            .map(|result| result.verdict)
            .max_by_key(|verdict| verdict.badness())
            .unwrap_or(Verdict::Absent)
    }

    /// DKIM for this very signing domain (`header.d`): the best of its signatures.
    pub fn dkim(&self, domain: &str) -> Verdict {
        let wanted = ascii_domain(domain);
        let of_domain = self.results_of("dkim").filter(|result| {
            let signed = result.property("header.d").or_else(|| {
                let user = result.property("header.i")?;
                user.rsplit_once('@').map(|(_, domain)| domain)
            });
            wanted.is_some() && signed.and_then(ascii_domain) == wanted
        });
        best(of_domain)
    }

    /// SPF, whatever domain it was about: that of MAIL or of the greeting.
    pub fn spf(&self) -> Verdict {
        best(self.results_of("spf"))
    }

    fn results_of<'a>(&'a self, method: &'a str) -> impl Iterator<Item = &'a CheckResult> {
        self.results.iter().filter(move |result| result.method == method)
    }
}

fn best<'a>(results: impl Iterator<Item = &'a CheckResult>) -> Verdict {
    results
        .map(|result| result.verdict)
        .min_by_key(|verdict| verdict.badness())
        .unwrap_or(Verdict::Absent)
}

impl Verdict {
    /// RFC 8601 §2.7. `bestguesspass` and other inventions are no pass.
    fn parse(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "pass" => Self::Pass,
            "fail" | "softfail" | "hardfail" | "policy" => Self::Fail,
            "none" | "neutral" => Self::None,
            "temperror" | "permerror" => Self::Error,
            _ => Self::Absent,
        }
    }

    fn badness(self) -> u8 {
        match self {
            Self::Pass => 0,
            Self::None => 1,
            Self::Error => 2,
            Self::Absent => 3,
            Self::Fail => 4,
        }
    }
}

impl CheckResult {
    fn read(scanner: &mut Scanner<'_>) -> Option<Self> {
        let (method, result) = scanner.pair()?;
        // `dkim/1=pass` names the version of the method (RFC 8601 §2.2).
        let method = method.split('/').next().unwrap_or_default().to_ascii_lowercase();
        let mut properties = Vec::new();
        while let Some((name, value)) = scanner.pair() {
            properties.push((name.to_ascii_lowercase(), value));
        }
        Some(Self { method, verdict: Verdict::parse(&result), properties })
    }

    fn property(&self, name: &str) -> Option<&str> {
        let mut properties = self.properties.iter();
        properties.find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// Words, quoted strings and signs; blanks and comments in between are passed over.
struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    /// The next sign, if it is this one. What stands before it and was not understood is skipped.
    fn takes(&mut self, sign: char) -> bool {
        loop {
            self.skip_blanks();
            if let Some(rest) = self.rest.strip_prefix(sign) {
                self.rest = rest;
                return true;
            }
            if self.rest.is_empty() {
                return false;
            }
            if self.value().is_none() {
                let mut chars = self.rest.chars();
                chars.next();
                self.rest = chars.as_str();
            }
        }
    }

    /// `name=value`, with blanks anywhere.
    fn pair(&mut self) -> Option<(&'a str, String)> {
        let before = self.rest;
        let pair = self.word().and_then(|name| {
            self.skip_blanks();
            self.rest = self.rest.strip_prefix('=')?;
            Some((name, self.value()?))
        });
        if pair.is_none() {
            self.rest = before;
        }
        pair
    }

    /// A run of characters up to a blank or a sign; `=` is a sign.
    fn word(&mut self) -> Option<&'a str> {
        self.skip_blanks();
        self.run(|c| c.is_whitespace() || ";=(\"".contains(c))
    }

    /// A quoted string, or a run of characters in which `=` may stand (`header.b=Ab3=`).
    fn value(&mut self) -> Option<String> {
        self.skip_blanks();
        let Some(quoted) = self.rest.strip_prefix('"') else {
            return self.run(|c| c.is_whitespace() || ";(\"".contains(c)).map(str::to_owned);
        };
        let mut value = String::new();
        let mut chars = quoted.chars();
        while let Some(c) = chars.next() {
            match c {
                '"' => {
                    self.rest = chars.as_str();
                    return Some(value);
                }
                '\\' => value.extend(chars.next()),
                other => value.push(other),
            }
        }
        // Whoever opened it without an end has swallowed the rest.
        self.rest = "";
        None
    }

    fn run(&mut self, is_end: fn(char) -> bool) -> Option<&'a str> {
        let length = self.rest.find(is_end).unwrap_or(self.rest.len());
        let (run, rest) = self.rest.split_at_checked(length).filter(|(run, _)| !run.is_empty())?;
        self.rest = rest;
        Some(run)
    }

    fn skip_blanks(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            let Some(comment) = self.rest.strip_prefix('(') else { return };
            let mut depth = 1_u32;
            let mut chars = comment.chars();
            while depth > 0 {
                match chars.next() {
                    Some('(') => depth += 1,
                    Some(')') => depth -= 1,
                    Some('\\') => drop(chars.next()),
                    Some(_) => {}
                    None => break,
                }
                if depth > COMMENT_DEPTH_MAX {
                    chars = "".chars();
                }
            }
            self.rest = chars.as_str();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::{Authentication, Verdict};
    use crate::inbound::{Limits, read_message};

    fn of(headers: &str) -> Option<Authentication> {
        let mail = format!("{headers}From: ada@example.org\r\n\r\n");
        let message = read_message(mail.as_bytes(), &Limits::default()).unwrap();
        Authentication::of(&message, "mx.hub.example")
    }

    fn dmarc(value: &str) -> Verdict {
        let found = of(&format!("Authentication-Results: {value}\r\n"));
        found.map_or(Verdict::Absent, |found| found.dmarc("example.org"))
    }

    #[test]
    fn what_real_servers_write_is_read() {
        // rspamd, opendmarc, Microsoft and Google, each in its own style.
        for value in [
            "mx.hub.example; dkim=pass header.d=example.org header.s=s1 header.b=\"Ab3=\"; \
             spf=pass (mx.hub.example: domain of a@example.org designates 192.0.2.1) \
             smtp.mailfrom=a@example.org; dmarc=pass (policy=none) header.from=example.org",
            "mx.hub.example 1; dmarc=pass (p=quarantine dis=none) header.from=Example.ORG",
            "MX.hub.example;\r\n dmarc = pass action=none\r\n header.from=example.org;compauth=pass",
            "mx.hub.example; dkim=pass header.i=@example.org header.b=abc/d=; dmarc=pass \
             (p=NONE sp=NONE dis=NONE) header.from=\"example.org\"",
        ] {
            assert_eq!(dmarc(value), Verdict::Pass, "{value}");
        }
    }

    #[test]
    fn nothing_less_than_a_pass_for_this_domain_is_one() {
        for (value, verdict) in [
            ("mx.hub.example; dmarc=fail header.from=example.org", Verdict::Fail),
            ("mx.hub.example; dmarc=none header.from=example.org", Verdict::None),
            ("mx.hub.example; dmarc=temperror header.from=example.org", Verdict::Error),
            ("mx.hub.example; dmarc=bestguesspass header.from=example.org", Verdict::Absent),
            ("mx.hub.example; dmarc=pass header.from=evil.example", Verdict::Absent),
            ("mx.hub.example; dmarc=pass", Verdict::Absent),
            ("mx.hub.example; dmarc=pass smtp.mailfrom=example.org", Verdict::Absent),
            ("mx.hub.example; none", Verdict::Absent),
            ("mx.hub.example", Verdict::Absent),
            ("mx.hub.example 2; dmarc=pass header.from=example.org", Verdict::Absent),
            ("evil.example; dmarc=pass header.from=example.org", Verdict::Absent),
            ("mx.hub.example.evil.example; dmarc=pass header.from=example.org", Verdict::Absent),
            ("(mx.hub.example;) evil; dmarc=pass header.from=example.org", Verdict::Absent),
            ("mx.hub.example; (; dmarc=pass header.from=example.org", Verdict::Absent),
            ("mx.hub.example; x=\"; dmarc=pass header.from=example.org", Verdict::Absent),
            (
                "mx.hub.example; dmarc=pass header.from=example.org; \
                 dmarc=fail header.from=example.org",
                Verdict::Fail,
            ),
            // Words that the sender chose and the server repeats in a comment or a quoted string.
            (
                "mx.hub.example; spf=fail (x; dmarc=pass header.from=example.org) \
                 smtp.mailfrom=\"a; dmarc=pass header.from=example.org\"; \
                 dmarc=fail header.from=example.org",
                Verdict::Fail,
            ),
        ] {
            assert_eq!(dmarc(value), verdict, "{value}");
        }
    }

    #[test]
    fn only_our_topmost_header_counts() {
        let ours = |result: &str| {
            format!(
                "Authentication-Results: mx.hub.example; dmarc={result} header.from=example.org\r\n"
            )
        };
        let theirs =
            "Authentication-Results: other.example; dmarc=pass header.from=example.org\r\n";
        let about = |headers: String| of(&headers).map(|found| found.dmarc("example.org"));
        assert_eq!(about(ours("fail") + &ours("pass")), Some(Verdict::Fail));
        assert_eq!(about(theirs.to_owned() + &ours("fail") + &ours("pass")), Some(Verdict::Fail));
        assert_eq!(about(theirs.to_owned()), None);
        assert_eq!(about(ours("pass").replace("Auth", "ARC-Auth")), None);
        assert_eq!(about(ours("pass").replace("Auth", "X-Auth")), None);
        let below = format!("From: a@example.org\r\n\r\n{}", ours("pass"));
        let message = read_message(below.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(Authentication::of(&message, "mx.hub.example"), None);
    }

    #[test]
    fn dkim_and_spf_are_told_too() {
        let found = of("Authentication-Results: mx.hub.example; dkim=fail header.d=example.org;\r\n \
             dkim=pass header.d=Bücher.example; dkim=pass header.i=a@list.example; spf=softfail\r\n")
        .unwrap();
        assert_eq!(found.dkim("example.org"), Verdict::Fail);
        assert_eq!(found.dkim("xn--bcher-kva.example"), Verdict::Pass);
        assert_eq!(found.dkim("list.example"), Verdict::Pass);
        assert_eq!(found.dkim("other.example"), Verdict::Absent);
        assert_eq!((found.spf(), found.dmarc("example.org")), (Verdict::Fail, Verdict::Absent));
        assert_eq!(of("").map(|found| found.spf()), None);
    }

    proptest! {
        #[test]
        fn no_words_of_a_sender_make_a_pass(
            words in "[a-z0-9;=()\"\\\\ .@/]{0,60}", any in any::<String>()
        ) {
            let quoted = words.replace('\\', "\\\\").replace('"', "\\\"");
            let value = format!("mx.hub.example; spf=fail smtp.mailfrom=\"{quoted}\"; \
                 dmarc=fail header.from=example.org");
            let (_, found) = Authentication::parse(&value).unwrap();
            prop_assert_eq!(found.dmarc("example.org"), Verdict::Fail);
            drop(Authentication::parse(&any));
            drop(Authentication::parse(&words));
        }
    }
}
