//! Slugs: the readable part of an address, from any title in the four languages of the product.
//!
//! Latin letters lose their marks, Hangul is romanised (Revised Romanisation of 2000, letter by
//! letter, without its sound changes), everything else becomes a hyphen. A title without any
//! letter we can write gives the fallback, never an empty slug.

/// The longest slug, in characters: it stays readable in a mail of 72 columns.
pub const SLUG_CHARS_MAX: usize = 40;
/// The shortest slug, in characters.
pub const SLUG_CHARS_MIN: usize = 2;

/// A slug made of a text: `a-z0-9-`, 2 to 40 characters, or the fallback.
pub fn slug_of(text: &str, fallback: &str) -> String {
    let mut slug = String::new();
    let mut gap = false;
    for letter in text.chars().flat_map(char::to_lowercase) {
        // The dot that lower-casing leaves of a Turkish İ is part of the letter before it.
        if letter == '\u{307}' {
            continue;
        }
        let plain = plain(letter);
        if plain.is_empty() {
            gap = true;
            continue;
        }
        let hyphen = usize::from(gap && !slug.is_empty());
        if slug.len() + hyphen + plain.len() > SLUG_CHARS_MAX {
            break;
        }
        if hyphen == 1 {
            slug.push('-');
        }
        gap = false;
        slug.push_str(&plain);
    }
    if slug.len() < SLUG_CHARS_MIN { fallback.to_owned() } else { slug }
}

/// The first of `base`, `base-2`, `base-3` … that nobody has taken.
pub fn free_slug(base: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut slug = base.to_owned();
    let mut number: u32 = 1;
    while is_taken(&slug) {
        number = number.saturating_add(1);
        let tail = format!("-{number}");
        let room = SLUG_CHARS_MAX.saturating_sub(tail.len());
        let head: String = base.chars().take(room).collect();
        slug = format!("{}{tail}", head.trim_end_matches('-'));
    }
    slug
}

/// Whether a text that somebody chose may be a slug as it is.
pub fn is_slug(text: &str) -> bool {
    (SLUG_CHARS_MIN..=SLUG_CHARS_MAX).contains(&text.len())
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// A title as it is compared: lower case, letters and digits only, single spaces.
pub fn folded(title: &str) -> String {
    let spaced: String = title
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|letter| *letter != '\u{307}')
        .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain(letter: char) -> String {
    let latin = match letter {
        'a'..='z' | '0'..='9' => return letter.to_string(),
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĳ' => "ij",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return romanised(letter),
    };
    latin.to_owned()
}

/// Syllables stand in the order first × vowel × last (The Unicode Standard, §3.12).
fn romanised(syllable: char) -> String {
    const FIRST: [&str; 19] = [
        "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t",
        "p", "h",
    ];
    const VOWEL: [&str; 21] = [
        "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo",
        "we", "wi", "yu", "eu", "ui", "i",
    ];
    const LAST: [&str; 28] = [
        "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p",
        "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t",
    ];
    let Some(place) = u32::from(syllable).checked_sub(0xAC00).filter(|place| *place < 11_172)
    else {
        return String::new();
    };
    let place = usize::try_from(place).unwrap_or_default();
    let part = |table: &[&'static str], at: usize| table.get(at).copied().unwrap_or_default();
    [part(&FIRST, place / 588), part(&VOWEL, place % 588 / 28), part(&LAST, place % 28)].concat()
}
