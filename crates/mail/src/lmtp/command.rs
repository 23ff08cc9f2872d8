//! What a client says, read strictly (RFC 2033 §4, RFC 5321 §4.1).

use crate::EmailAddress;

/// A command.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command {
    Lhlo,
    Mail { from: Option<EmailAddress>, size: usize },
    Rcpt(EmailAddress),
    Data,
    Rset,
    Noop,
    Vrfy,
    Quit,
}

/// A reply of one line: code and text with its enhanced status.
pub(super) type Reply = (u16, &'static str);

/// Reads one line without its CRLF.
pub(super) fn parse(line: &[u8]) -> Result<Command, Reply> {
    let line = std::str::from_utf8(line).map_err(|_bytes| (500, "5.5.2 not UTF-8"))?;
    if line.contains(|c: char| c.is_control() && c != '\t') {
        return Err((500, "5.5.2 a control character"));
    }
    let line = line.trim_end();
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim_start();
    let alone = |command| if rest.is_empty() { Ok(command) } else { Err((501, "5.5.4 no words")) };
    match verb.to_ascii_uppercase().as_str() {
        "LHLO" if rest.is_empty() => Err((501, "5.5.4 LHLO and your name")),
        "LHLO" => Ok(Command::Lhlo),
        "HELO" | "EHLO" => Err((500, "5.5.1 this is LMTP: say LHLO")),
        "MAIL" => mail(rest),
        "RCPT" => rcpt(rest),
        "DATA" => alone(Command::Data),
        "RSET" => alone(Command::Rset),
        "NOOP" => Ok(Command::Noop),
        "VRFY" => Ok(Command::Vrfy),
        "QUIT" => alone(Command::Quit),
        "EXPN" | "HELP" | "STARTTLS" | "AUTH" | "BDAT" => Err((502, "5.5.1 not here")),
        _ => Err((500, "5.5.1 what?")),
    }
}

fn mail(rest: &str) -> Result<Command, Reply> {
    let (path, options) = path(rest, "FROM:").ok_or((501, "5.5.4 MAIL FROM:<address>"))?;
    let (mut size, mut has_utf8) = (0, false);
    for option in options.split_ascii_whitespace() {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        match (name.to_ascii_uppercase().as_str(), value.to_ascii_uppercase().as_str()) {
            // More digits than a number holds is more than we take.
            ("SIZE", digits) if is_digits(digits) => size = digits.parse().unwrap_or(usize::MAX),
            ("BODY", "7BIT" | "8BITMIME") => {}
            ("SMTPUTF8", "") => has_utf8 = true,
            _ => return Err((555, "5.5.4 an option we do not know")),
        }
    }
    if !path.is_ascii() && !has_utf8 {
        return Err((553, "5.6.7 an address outside ASCII needs SMTPUTF8"));
    }
    if path.is_empty() {
        return Ok(Command::Mail { from: None, size });
    }
    let from =
        EmailAddress::parse(path).map_err(|_why| (553, "5.1.7 we cannot read this address"))?;
    Ok(Command::Mail { from: Some(from), size })
}

fn rcpt(rest: &str) -> Result<Command, Reply> {
    let (path, options) = path(rest, "TO:").ok_or((501, "5.5.4 RCPT TO:<address>"))?;
    if !options.trim().is_empty() {
        return Err((555, "5.5.4 an option we do not know"));
    }
    let to =
        EmailAddress::parse(path).map_err(|_why| (553, "5.1.3 we cannot read this address"))?;
    Ok(Command::Rcpt(to))
}

/// The address and what follows of `FROM:<address> OPTIONS`.
fn path<'a>(rest: &'a str, keyword: &str) -> Option<(&'a str, &'a str)> {
    let (head, tail) = rest.split_at_checked(keyword.len())?;
    let (path, options) = tail.trim_start().strip_prefix('<')?.split_once('>')?;
    let is_apart = options.is_empty() || options.starts_with(' ');
    (head.eq_ignore_ascii_case(keyword) && is_apart).then_some((path, options))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::{Command, parse};
    use crate::EmailAddress;

    fn address(text: &str) -> EmailAddress {
        EmailAddress::parse(text).unwrap()
    }

    #[test]
    fn commands_are_read_in_any_case() {
        let from = Some(address("ada@example.org"));
        for (line, command) in [
            ("LHLO mx.hub.example", Command::Lhlo),
            ("mail from:<ada@example.org>", Command::Mail { from: from.clone(), size: 0 }),
            (
                "MAIL FROM: <ada@example.org> SIZE=12 body=8bitmime SMTPUTF8",
                Command::Mail { from, size: 12 },
            ),
            ("MAIL FROM:<>", Command::Mail { from: None, size: 0 }),
            (
                "MAIL FROM:<> SIZE=99999999999999999999999",
                Command::Mail { from: None, size: usize::MAX },
            ),
            (
                "MAIL FROM:<조@example.org> SMTPUTF8",
                Command::Mail { from: Some(address("조@example.org")), size: 0 },
            ),
            ("Rcpt To:<ada@example.org>", Command::Rcpt(address("ada@example.org"))),
            ("data ", Command::Data),
            ("NOOP whatever", Command::Noop),
            ("quit", Command::Quit),
        ] {
            assert_eq!(parse(line.as_bytes()), Ok(command), "{line}");
        }
    }

    #[test]
    fn everything_else_is_refused_with_a_code() {
        for (line, code) in [
            ("", 500),
            ("EHLO x", 500),
            ("LHLO", 501),
            ("MAIL", 501),
            ("MAIL FROM:ada@example.org", 501),
            ("MAIL FROM:<ada@example.org>x", 501),
            ("MAIL FROM:<ada@example.org", 501),
            ("MAIL FROM:<\"a b\"@example.org>", 553),
            ("MAIL FROM:<@relay.example:ada@example.org>", 553),
            ("MAIL FROM:<조@example.org>", 553),
            ("MAIL FROM:<> SIZE=", 555),
            ("MAIL FROM:<> SIZE=-1", 555),
            ("MAIL FROM:<> AUTH=<>", 555),
            ("MAIL FROM:<> BODY=BINARYMIME", 555),
            ("RCPT TO:<>", 553),
            ("RCPT TO:<a@b.example> NOTIFY=NEVER", 555),
            ("RCPT FROM:<a@b.example>", 501),
            ("DATA now", 501),
            ("STARTTLS", 502),
            ("NOOP\0", 500),
            ("DATA\nRSET", 500),
        ] {
            assert_eq!(parse(line.as_bytes()).map_err(|reply| reply.0), Err(code), "{line:?}");
        }
        assert_eq!(parse(b"NOOP \xff").map_err(|reply| reply.0), Err(500));
    }

    proptest! {
        #[test]
        fn no_line_makes_it_stumble(bytes in prop::collection::vec(any::<u8>(), 0..80), text in any::<String>()) {
            drop(parse(&bytes));
            drop(parse(text.as_bytes()));
            drop(parse(format!("MAIL FROM:{text}").as_bytes()));
            drop(parse(format!("RCPT TO:<{text}>").as_bytes()));
        }
    }
}
