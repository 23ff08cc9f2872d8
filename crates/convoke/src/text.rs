//! The message catalogues: what people read, in English, Dutch, Turkish and Korean.
//!
//! Fluent files lie in `locales/{en,nl,tr,ko}/`, by area, and are compiled in. A sentence that a
//! language does not have yet is shown in English; a key that nobody has is shown itself, with a
//! warning in the log (a test finds such keys in our sources first). Words are chosen here and
//! nowhere else: no capability glues sentences together.

use std::{borrow::Cow, fmt::Display, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use web::{
    frame::{Frame, Link, Words},
    language::Asked,
    problem::{Face, Faces, Problem},
};

mod date;
mod refusal;
#[cfg(test)]
mod tests;

pub use date::zones;

/// A value in a sentence: a text or a number. `"Ada".into()`, `3.into()`.
pub type Value<'a> = FluentValue<'a>;

/// The languages of the product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// Dutch.
    Nl,
    /// Turkish.
    Tr,
    /// Korean.
    Ko,
}

impl Locale {
    /// All of them, English first.
    pub const ALL: [Self; 4] = [Self::En, Self::Nl, Self::Tr, Self::Ko];

    /// One of ours by a tag such as `nl` or `nl-BE`.
    pub fn parse(tag: &str) -> Option<Self> {
        let code = web::language::known(tag)?;
        Self::ALL.into_iter().find(|locale| locale.code() == code)
    }

    /// `en`, `nl`, `tr`, `ko`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nl => "nl",
            Self::Tr => "tr",
            Self::Ko => "ko",
        }
    }

    /// What a request asks for, after the account and before the hub's default.
    pub fn settle(asked: Asked, account: Option<&str>, hub: Self) -> Self {
        Self::parse(asked.settle(account, hub.code())).unwrap_or(hub)
    }
}

/// The voice of the product in one language. Small and copied freely.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text {
    locale: Locale,
    isolated: bool,
}

impl Text {
    /// Plain text: for mails, subjects, calendars, feeds, and wherever texts are compared.
    pub const fn new(locale: Locale) -> Self {
        Self { locale, isolated: false }
    }

    /// For pages: what is put into a sentence stands between isolation marks (U+2068, U+2069),
    /// so that a name in a right-to-left script does not turn the sentence round.
    pub const fn html(locale: Locale) -> Self {
        Self { locale, isolated: true }
    }

    /// The language.
    pub const fn locale(self) -> Locale {
        self.locale
    }

    /// A sentence without values.
    pub fn s(self, key: impl AsRef<str>) -> String {
        self.t(key.as_ref(), &[])
    }

    /// A sentence with `$count`, which also chooses the plural. (Templates pass numbers by
    /// reference and of any kind, hence `Display`.)
    pub fn n(self, key: impl AsRef<str>, count: impl Display) -> String {
        let count = count.to_string();
        let value = count.parse::<i64>().map_or_else(|_| Value::from(count), Value::from);
        self.t(key.as_ref(), &[("count", value)])
    }

    /// A sentence with one text in it: `t.one("letter-greeting", "name", person.name)`.
    pub fn one(self, key: impl AsRef<str>, name: &str, value: impl Display) -> String {
        self.t(key.as_ref(), &[(name, Value::from(value.to_string()))])
    }

    /// A sentence with any values in it.
    pub fn t(self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        self.find(key, values).unwrap_or_else(|| {
            tracing::warn!(key, "no catalogue has this message");
            key.to_owned()
        })
    }

    /// Whether any catalogue this language falls back on has a message.
    pub fn has(self, key: &str) -> bool {
        [self.locale, Locale::En].into_iter().any(|locale| PLAIN.of(locale).has_message(key))
    }

    /// A number as this language groups it: 1,500 or 1.500.
    pub fn number(self, number: i64) -> String {
        group(&number.to_string(), self.locale)
    }

    /// The word for a state, as views store it: `changes-requested`, `ChangesRequested` or
    /// `changes_requested`.
    pub fn state(self, state: impl Display) -> String {
        self.s(format!("state-{}", kebab(&state.to_string())))
    }

    /// The word for a role.
    pub fn role(self, role: impl Display) -> String {
        self.s(format!("role-{}", kebab(&role.to_string())))
    }

    /// The word for a kind of stakeholder.
    pub fn kind(self, kind: impl Display) -> String {
        self.s(format!("kind-{}", kebab(&kind.to_string())))
    }

    /// The frame of a page in this language.
    pub fn frame(self, title: impl Display, home: Link) -> Frame {
        Frame::new(self.words(), self.locale.code(), title, home)
    }

    fn words(self) -> Words {
        Words {
            skip: self.s("frame-skip"),
            navigation: self.s("frame-navigation"),
            languages: self.s("frame-languages"),
            sign_in: self.s("do-sign-in"),
            sign_out: self.s("do-sign-out"),
            error_prefix: self.s("frame-error-prefix"),
            past: self.s("frame-past"),
            notice: self.s("frame-notice"),
            foot: self.s("frame-foot"),
        }
    }

    /// The sentence in this language, else in English, else nothing.
    fn find(self, key: &str, values: &[(&str, Value<'_>)]) -> Option<String> {
        let args: FluentArgs<'_> =
            values.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())).collect();
        let catalogues = if self.isolated { &ISOLATED } else { &PLAIN };
        [self.locale, Locale::En].into_iter().find_map(|locale| {
            let bundle = catalogues.of(locale);
            let pattern = bundle.get_message(key)?.value()?;
            let mut errors = Vec::new();
            let said = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
            if !errors.is_empty() {
                tracing::warn!(key, ?errors, "a message lacks a value");
            }
            Some(said)
        })
    }
}

/// The words of problem pages, for the `web` crate's layer. `home` is the start page.
pub fn faces(default: Locale, home: Link) -> Faces {
    std::sync::Arc::new(move |problem: Problem, asked: Asked| {
        let text = Text::html(Locale::settle(asked, None, default));
        let title = text.s(format!("problem-{}-title", problem.code()));
        let says = text.s(format!("problem-{}-text", problem.code()));
        let frame = text.frame(title, home.clone());
        Face::new(frame, says, text.s("problem-home"), text.s("problem-reference"))
    })
}

type Bundle = FluentBundle<&'static FluentResource>;

/// One bundle for each language.
struct Catalogues {
    en: Bundle,
    nl: Bundle,
    tr: Bundle,
    ko: Bundle,
}

impl Catalogues {
    fn new(isolated: bool) -> Self {
        let of = |locale| bundle(locale, isolated);
        Self { en: of(Locale::En), nl: of(Locale::Nl), tr: of(Locale::Tr), ko: of(Locale::Ko) }
    }

    const fn of(&self, locale: Locale) -> &Bundle {
        match locale {
            Locale::En => &self.en,
            Locale::Nl => &self.nl,
            Locale::Tr => &self.tr,
            Locale::Ko => &self.ko,
        }
    }
}

static PLAIN: LazyLock<Catalogues> = LazyLock::new(|| Catalogues::new(false));
static ISOLATED: LazyLock<Catalogues> = LazyLock::new(|| Catalogues::new(true));

/// The parsed files, shared by both kinds of bundle.
static FILES: LazyLock<Vec<(Locale, FluentResource)>> = LazyLock::new(|| {
    let parse = |&(locale, name, source): &(Locale, &str, &str)| {
        // A broken line loses its message, not the file; a test refuses it before it ships.
        let parsed = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(rest, errors)| {
            tracing::error!(locale = locale.code(), name, ?errors, "a catalogue has errors");
            rest
        });
        (locale, parsed)
    };
    SOURCES.iter().map(parse).collect()
});

macro_rules! sources {
    ($($locale:ident $code:literal),* ; $areas:tt) => {
        [$(sources!(@ $locale $code $areas)),*].as_flattened()
    };
    (@ $locale:ident $code:literal ($($area:literal),*)) => {
        [$((
            Locale::$locale,
            $area,
            include_str!(concat!("../locales/", $code, "/", $area, ".ftl")),
        )),*]
    };
}

/// Every file with its language and area.
static SOURCES: &[(Locale, &str, &str)] = sources!(
    En "en", Nl "nl", Tr "tr", Ko "ko";
    ("common", "rejections", "pages", "letters", "facts")
);

fn bundle(locale: Locale, isolated: bool) -> Bundle {
    let tag = locale.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    bundle.set_use_isolating(isolated);
    bundle.set_formatter(Some(match locale {
        Locale::En | Locale::Ko => |value, _| grouped(value, Locale::En),
        Locale::Nl | Locale::Tr => |value, _| grouped(value, Locale::Nl),
    }));
    for (_, file) in FILES.iter().filter(|(of, _)| *of == locale) {
        // Two files with one key: the first stays, and the test of the catalogues says so.
        if let Err(errors) = bundle.add_resource(file) {
            tracing::error!(locale = locale.code(), ?errors, "a message is there twice");
        }
    }
    bundle
}

fn grouped(value: &FluentValue<'_>, locale: Locale) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.options.use_grouping => {
            Some(group(&number.as_string(), locale))
        }
        _ => None,
    }
}

/// Groups the digits of a plain decimal by thousands. English and Korean write 1,500.5, Dutch
/// and Turkish 1.500,5 (CLDR 48, `decimalFormats`).
fn group(plain: &str, locale: Locale) -> String {
    let (thousands, point) = match locale {
        Locale::En | Locale::Ko => (',', '.'),
        Locale::Nl | Locale::Tr => ('.', ','),
    };
    let (whole, fraction) = plain.split_once('.').map_or((plain, None), |(w, f)| (w, Some(f)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut said = String::from(sign);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            said.push(thousands);
        }
        said.push(digit);
    }
    if let Some(fraction) = fraction {
        said.push(point);
        said.push_str(fraction);
    }
    said
}

/// `ChangesRequested`, `changes_requested` and `changes-requested` are one word.
fn kebab(name: &str) -> String {
    let mut said = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_uppercase() && !said.is_empty() && !said.ends_with('-') {
            said.push('-');
        }
        said.push(if letter == '_' || letter == ' ' { '-' } else { letter.to_ascii_lowercase() });
    }
    said
}
