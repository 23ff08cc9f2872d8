//! The bytes after DATA: where they end, and what they are without their doubled dots.
//!
//! A machine of five states, so that there is one answer to "is this the end": CRLF dot CRLF, and
//! nothing else. After a bare CR or LF no line begins.

/// A mail on its way in.
pub(super) struct Letter {
    bytes: Vec<u8>,
    bytes_max: usize,
    state: State,
    /// How many bytes came, kept or not.
    pub(super) seen: usize,
    has_bare_line_end: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// After CRLF, and at the beginning.
    LineStart,
    /// A dot at the start of a line.
    Dot,
    /// That, and a CR.
    DotCr,
    /// Within a line.
    Line,
    /// A CR within a line.
    Cr,
}

/// A mail that arrived to its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Whole {
    Mail(Vec<u8>),
    TooLarge,
    /// It holds a CR or LF that is no line end.
    BareLineEnd,
}

impl Letter {
    pub(super) fn new(bytes_max: usize) -> Self {
        let state = State::LineStart;
        Self { bytes: Vec::new(), bytes_max, state, seen: 0, has_bare_line_end: false }
    }

    /// Takes bytes up to the end of the mail, and says how many if the end was among them.
    pub(super) fn push(&mut self, chunk: &[u8]) -> Option<usize> {
        for (index, byte) in chunk.iter().enumerate() {
            if self.step(*byte) {
                return Some(index + 1);
            }
        }
        None
    }

    pub(super) fn finish(self) -> Whole {
        if self.has_bare_line_end {
            Whole::BareLineEnd
        } else if self.bytes.len() > self.bytes_max {
            Whole::TooLarge
        } else {
            Whole::Mail(self.bytes)
        }
    }

    /// Whether this byte was the last.
    fn step(&mut self, byte: u8) -> bool {
        self.seen += 1;
        self.state = match (self.state, byte) {
            (State::DotCr, b'\n') => return true,
            (State::LineStart, b'.') => State::Dot,
            (State::Dot, b'\r') => State::DotCr,
            (State::Cr, b'\n') => {
                self.keep(b'\r');
                self.keep(b'\n');
                State::LineStart
            }
            (State::Cr | State::DotCr, byte) => {
                self.has_bare_line_end = true;
                self.keep(b'\r');
                self.within_line(byte)
            }
            (State::LineStart | State::Dot | State::Line, byte) => self.within_line(byte),
        };
        false
    }

    fn within_line(&mut self, byte: u8) -> State {
        if byte == b'\r' {
            return State::Cr;
        }
        self.has_bare_line_end |= byte == b'\n';
        self.keep(byte);
        State::Line
    }

    /// One byte more than allowed is kept, to know that there were more.
    fn keep(&mut self, byte: u8) {
        if self.bytes.len() <= self.bytes_max {
            self.bytes.push(byte);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Letter, Whole};

    /// Where the mail ended, and what it was.
    fn read(wire: &[u8], bytes_max: usize) -> Option<(usize, Whole)> {
        let mut letter = Letter::new(bytes_max);
        letter.push(wire).map(|end| (end, letter.finish()))
    }

    #[test]
    fn only_one_sequence_ends_a_mail() {
        let mail = |text: &str| Some(Whole::Mail(text.as_bytes().to_vec()));
        for (wire, whole) in [
            (".\r\n", mail("")),
            ("a\r\n.\r\n", mail("a\r\n")),
            ("..\r\n...x\r\n.y\r\n.\r\n", mail(".\r\n..x\r\ny\r\n")),
            ("a.\r\nb\r\n.\r\n", mail("a.\r\nb\r\n")),
            ("a\n.\n", None),
            ("a\n.\r\n", None),
            ("a\r.\r", None),
            ("a\r.\r\n", None),
            ("a\r\n.\n", None),
            ("a\r\n.\r", None),
            ("a\r\n\0.\r\n", None),
            ("a\r\n.\r\r\n", None),
            ("a\r\r\n.\r\n", Some(Whole::BareLineEnd)),
            ("a\n.\r\nb\r\n.\r\n", Some(Whole::BareLineEnd)),
            ("a\r\n.\nb\r\n.\r\n", Some(Whole::BareLineEnd)),
            ("a\r\n.\rb\r\n.\r\n", Some(Whole::BareLineEnd)),
        ] {
            let found = read(wire.as_bytes(), 100);
            assert!(found.as_ref().is_none_or(|(end, _)| *end == wire.len()), "{wire:?}");
            assert_eq!(found.map(|(_, whole)| whole), whole, "{wire:?}");
        }
    }

    #[test]
    fn a_mail_that_is_too_large_is_not_kept() {
        assert_eq!(read(b"123\r\n.\r\n", 5), Some((8, Whole::Mail(b"123\r\n".to_vec()))));
        assert_eq!(read(b"1234\r\n.\r\n", 5), Some((9, Whole::TooLarge)));
        let mut letter = Letter::new(5);
        letter.push(&[b'x'; 1_000]);
        assert_eq!((letter.bytes.len(), letter.seen), (6, 1_000));
    }

    proptest! {
        #[test]
        fn what_is_dotted_comes_back_however_it_is_cut(
            lines in prop::collection::vec("[.a\u{f6} ]{0,5}", 0..8),
            cuts in prop::collection::vec(1_usize..5, 40),
        ) {
            let mail: String = lines.iter().flat_map(|line| [line.as_str(), "\r\n"]).collect();
            let dotted = |line: &String| {
                let dot = if line.starts_with('.') { "." } else { "" };
                format!("{dot}{line}\r\n")
            };
            let wire = lines.iter().map(dotted).collect::<String>() + ".\r\nQUIT\r\n";
            let mut letter = Letter::new(1_000);
            let (mut rest, mut cuts) = (wire.as_bytes(), cuts.into_iter().cycle());
            let left = loop {
                let (now, later) = rest.split_at(cuts.next().unwrap_or(1).min(rest.len()));
                match letter.push(now) {
                    Some(end) => break [now.get(end..).unwrap_or_default(), later].concat(),
                    None => rest = later,
                }
            };
            prop_assert_eq!(left, b"QUIT\r\n");
            prop_assert_eq!(letter.finish(), Whole::Mail(mail.into_bytes()));
        }

        #[test]
        fn it_ends_exactly_at_the_first_end(wire in "[.\r\na]{0,40}") {
            let framed = format!("\r\n{wire}");
            let wanted = framed.find("\r\n.\r\n").map(|at| at + 5 - 2);
            let found = read(wire.as_bytes(), 100);
            prop_assert_eq!(found.map(|(end, _)| end), wanted);
        }
    }
}
