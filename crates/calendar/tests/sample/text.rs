//! Text as nobody writes it, for tests that try many.

use proptest::prelude::*;

use super::HOSTILE;

/// Syntax, and what once broke a parser.
const PIECES: &[&str] = &[
    "\r\n",
    "\r",
    "\n",
    "\\",
    "\\n",
    ",",
    ";",
    ":",
    "\"",
    "^",
    " ",
    "  ",
    "\t",
    "\u{0}",
    "\u{85}",
    "\u{2028}",
    "\u{202E}",
    "\u{FEFF}",
    "\u{301}",
    "\u{200D}",
    "👩",
    "漢",
    "é",
    "ש",
    "\r\n ",
    "\r\n\t",
    "END:VEVENT",
    "BEGIN:VEVENT",
    "=",
    "\u{1F1F3}",
    "%0A",
];

/// Text with far more syntax and strange characters in it than people write.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => any::<char>().prop_map(String::from),
        3 => "[ -~]{1,8}",
        2 => proptest::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => proptest::sample::select(HOSTILE).prop_map(str::to_owned),
        1 => (any::<char>(), 60_usize..90).prop_map(|(c, n)| String::from(c).repeat(n)),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Numbers that look random and are the same for the same seed (Steele's splitmix64). Thousands of
/// texts are wanted at once, which the strategies above are too slow for.
#[derive(Debug)]
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// The next number.
    pub(crate) fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below this one.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.throw() % u64::try_from(end).expect("a number")).expect("a number")
    }

    /// One of these.
    pub(crate) fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all.get(self.below(all.len())).copied().expect("one of them")
    }

    /// Any character: mostly of the first plane, where the strange ones are.
    fn character(&mut self) -> char {
        let end = self.one_of(&[0x80, 0x800, 0x1_0000, 0x11_0000]);
        let code = u32::try_from(self.below(end)).expect("a number");
        char::from_u32(code).unwrap_or('\u{FFFD}')
    }

    /// Text of up to 20 pieces of syntax, controls, foreign letters and known attacks.
    pub(crate) fn text(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..self.below(20) {
            match self.below(8) {
                0 | 1 => text.extend(
                    (0..self.below(9))
                        .map(|_| char::from(b' ' + self.throw().to_le_bytes()[0] % 95)),
                ),
                2 | 3 => text.push_str(self.one_of(PIECES)),
                4 => text.push_str(self.one_of(HOSTILE)),
                5 => text.extend(std::iter::repeat_n(self.character(), self.below(90))),
                _ => text.push(self.character()),
            }
        }
        text
    }
}
