//! Dates and times as each of the four languages writes them.
//!
//! By hand from CLDR's full and short patterns, instead of ICU4X: that would be 49 crates for
//! twelve month names in four languages. A fifth language is the moment to change that. An
//! instant is always shown in the event's zone, with its city and offset.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};
use kernel::Zone;

use super::{Locale, Text};

const EN_DAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const NL_DAYS: [&str; 7] =
    ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];
const TR_DAYS: [&str; 7] =
    ["Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar"];
const KO_DAYS: [&str; 7] = ["월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"];

const EN_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const NL_MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
const TR_MONTHS: [&str; 12] = [
    "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim",
    "Kasım", "Aralık",
];
const EN_SHORT: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const NL_SHORT: [&str; 12] =
    ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
const TR_SHORT: [&str; 12] =
    ["Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl", "Eki", "Kas", "Ara"];

/// Cities whose name is not what the zone calls them, in the order en, nl, tr, ko.
const CITIES: [(&str, [&str; 4]); 10] = [
    ("Europe/Istanbul", ["Istanbul", "Istanbul", "İstanbul", "이스탄불"]),
    ("Europe/Amsterdam", ["Amsterdam", "Amsterdam", "Amsterdam", "암스테르담"]),
    ("Europe/Brussels", ["Brussels", "Brussel", "Brüksel", "브뤼셀"]),
    ("Europe/London", ["London", "Londen", "Londra", "런던"]),
    ("Europe/Paris", ["Paris", "Parijs", "Paris", "파리"]),
    ("Europe/Berlin", ["Berlin", "Berlijn", "Berlin", "베를린"]),
    ("Europe/Zurich", ["Zurich", "Zürich", "Zürih", "취리히"]),
    ("Asia/Seoul", ["Seoul", "Seoel", "Seul", "서울"]),
    ("Asia/Tokyo", ["Tokyo", "Tokio", "Tokyo", "도쿄"]),
    ("America/New_York", ["New York", "New York", "New York", "뉴욕"]),
];

/// The zones people can choose from a list; any other is known by its IANA name.
pub fn zones() -> impl Iterator<Item = Zone> {
    CITIES.iter().filter_map(|(name, _)| Zone::parse(name))
}

impl Text {
    /// "Friday 27 November 2026", "27 Kasım 2026 Cuma", "2026년 11월 27일 금요일".
    pub fn long_date(self, date: NaiveDate) -> String {
        let (day, month, year) = (date.day(), self.month(date), date.year());
        let weekday = self.weekday(date);
        match self.locale() {
            Locale::En | Locale::Nl => format!("{weekday} {day} {month} {year}"),
            Locale::Tr => format!("{day} {month} {year} {weekday}"),
            Locale::Ko => format!("{year}년 {month} {day}일 {weekday}"),
        }
    }

    /// "27 Nov 2026", "2026. 11. 27.".
    pub fn short_date(self, date: NaiveDate) -> String {
        let (day, year) = (date.day(), date.year());
        match self.locale() {
            Locale::Ko => format!("{year}. {}. {day}.", date.month()),
            _ => format!("{day} {} {year}", self.short_month(date)),
        }
    }

    /// The two lines of a date block: "27" and "Nov"; in Korean "27" and "11월".
    pub fn day_and_month(self, date: NaiveDate) -> (String, String) {
        (date.day().to_string(), self.short_month(date))
    }

    /// "20:30", "오후 8:30".
    pub fn time(self, time: NaiveTime) -> String {
        match self.locale() {
            Locale::En | Locale::Nl | Locale::Tr => time.format("%H:%M").to_string(),
            Locale::Ko => {
                let (afternoon, hour) = time.hour12();
                let half = if afternoon { "오후" } else { "오전" };
                format!("{half} {hour}:{:02}", time.minute())
            }
        }
    }

    /// "Friday 27 November 2026, 20:30", as clocks on the wall show it.
    pub fn date_time(self, local: NaiveDateTime) -> String {
        let comma = if self.locale() == Locale::En { "," } else { "" };
        format!("{}{comma} {}", self.long_date(local.date()), self.time(local.time()))
    }

    /// "27 Nov 2026, 20:30", for tables and timelines.
    pub fn short_date_time(self, local: NaiveDateTime) -> String {
        let comma = if self.locale() == Locale::En { "," } else { "" };
        format!("{}{comma} {}", self.short_date(local.date()), self.time(local.time()))
    }

    /// An instant in a zone: "Friday 27 November 2026, 20:30 (Istanbul, GMT+3)".
    pub fn zoned(self, at: DateTime<Utc>, zone: Zone) -> String {
        format!("{} ({})", self.date_time(zone.local(at)), self.zone(at, zone))
    }

    /// From one instant to another: on one day "Friday 27 November 2026, 20:30–22:00 (…)", over
    /// several "Friday …, 18:00 – Sunday …, 18:00 (…)".
    pub fn span(self, from: DateTime<Utc>, to: DateTime<Utc>, zone: Zone) -> String {
        let (begins, ends) = (zone.local(from), zone.local(to));
        let ends = if begins.date() == ends.date() {
            format!("–{}", self.time(ends.time()))
        } else {
            format!(" – {}", self.date_time(ends))
        };
        format!("{}{ends} ({})", self.date_time(begins), self.zone(from, zone))
    }

    /// City and offset: "İstanbul, GMT+3". The abbreviation of a zone is not known to people.
    pub fn zone(self, at: DateTime<Utc>, zone: Zone) -> String {
        let minutes = zone.offset_minutes(at);
        let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
        let sign = if minutes < 0 { '-' } else { '+' };
        let offset = match (hours, rest) {
            (0, 0) => "GMT".to_owned(),
            (hours, 0) => format!("GMT{sign}{hours}"),
            (hours, rest) => format!("GMT{sign}{hours}:{rest:02}"),
        };
        match zone.name() {
            "UTC" | "Etc/UTC" | "GMT" | "Etc/GMT" => "UTC".to_owned(),
            name => format!("{}, {offset}", self.city(name)),
        }
    }

    /// A day, a time on the wall or an instant as it is stored, such as 2026-11-27 or
    /// 2026-11-27T20:30:00Z, as this language writes it; any other text as it is.
    pub fn stored_date(self, text: &str) -> String {
        if let Ok(at) = text.parse::<DateTime<Utc>>() {
            return format!("{} UTC", self.short_date_time(at.naive_utc()));
        }
        if let Ok(local) = text.parse::<NaiveDateTime>() {
            return self.short_date_time(local);
        }
        text.parse().map_or_else(|_| text.to_owned(), |day| self.short_date(day))
    }

    /// "2 hours 30 minutes"; the largest two units, at least a minute.
    pub fn duration(self, minutes: i64) -> String {
        let minutes = minutes.max(1);
        let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
        [("count-days", days), ("count-hours", hours), ("count-minutes", rest)]
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .take(2)
            .map(|(key, count)| self.n(key, count))
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn city(self, zone: &str) -> String {
        let known = CITIES.iter().find(|(name, _)| *name == zone).map(|(_, [en, nl, tr, ko])| {
            match self.locale() {
                Locale::En => en,
                Locale::Nl => nl,
                Locale::Tr => tr,
                Locale::Ko => ko,
            }
        });
        known.map_or_else(
            || zone.rsplit('/').next().unwrap_or(zone).replace('_', " "),
            |city| (*city).to_owned(),
        )
    }

    fn weekday(self, date: NaiveDate) -> &'static str {
        let names = match self.locale() {
            Locale::En => EN_DAYS,
            Locale::Nl => NL_DAYS,
            Locale::Tr => TR_DAYS,
            Locale::Ko => KO_DAYS,
        };
        pick(&names, date.weekday().num_days_from_monday())
    }

    fn month(self, date: NaiveDate) -> String {
        let names = match self.locale() {
            Locale::En => EN_MONTHS,
            Locale::Nl => NL_MONTHS,
            Locale::Tr => TR_MONTHS,
            Locale::Ko => return format!("{}월", date.month()),
        };
        pick(&names, date.month0()).to_owned()
    }

    fn short_month(self, date: NaiveDate) -> String {
        let names = match self.locale() {
            Locale::En => EN_SHORT,
            Locale::Nl => NL_SHORT,
            Locale::Tr => TR_SHORT,
            Locale::Ko => return format!("{}월", date.month()),
        };
        pick(&names, date.month0()).to_owned()
    }
}

/// A name by its number; chrono's weekdays and months never leave the tables.
fn pick(names: &[&'static str], index: u32) -> &'static str {
    usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    fn friday() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 27, 17, 30, 0).unwrap()
    }

    fn istanbul() -> Zone {
        Zone::parse("Europe/Istanbul").unwrap()
    }

    fn each(say: impl Fn(Text) -> String) -> [String; 4] {
        Locale::ALL.map(|locale| say(Text::new(locale)))
    }

    #[test]
    fn a_date_is_written_as_each_language_writes_it() {
        let local = istanbul().local(friday());
        assert_eq!(
            each(|text| text.date_time(local)),
            [
                "Friday 27 November 2026, 20:30",
                "vrijdag 27 november 2026 20:30",
                "27 Kasım 2026 Cuma 20:30",
                "2026년 11월 27일 금요일 오후 8:30",
            ]
        );
        assert_eq!(
            each(|text| text.short_date(local.date())),
            ["27 Nov 2026", "27 nov 2026", "27 Kas 2026", "2026. 11. 27."]
        );
        let block = Text::new(Locale::Ko).day_and_month(local.date());
        assert_eq!(block, ("27".to_owned(), "11월".to_owned()));
    }

    #[test]
    fn korean_midnight_and_noon_are_twelve() {
        let text = Text::new(Locale::Ko);
        let at = |hour| text.time(NaiveTime::from_hms_opt(hour, 5, 0).unwrap());
        assert_eq!(
            [at(0), at(11), at(12), at(23)],
            ["오전 12:05", "오전 11:05", "오후 12:05", "오후 11:05"]
        );
    }

    #[test]
    fn a_zone_is_a_city_and_an_offset() {
        assert_eq!(
            each(|text| text.zone(friday(), istanbul())),
            ["Istanbul, GMT+3", "Istanbul, GMT+3", "İstanbul, GMT+3", "이스탄불, GMT+3"]
        );
        let zone = |name| Text::new(Locale::En).zone(friday(), Zone::parse(name).unwrap());
        assert_eq!(zone("Europe/London"), "London, GMT");
        assert_eq!(zone("Asia/Kolkata"), "Kolkata, GMT+5:30");
        assert_eq!(zone("America/St_Johns"), "St Johns, GMT-3:30");
        assert_eq!(zone("UTC"), "UTC");
    }

    #[test]
    fn a_span_names_its_day_once() {
        let text = Text::new(Locale::En);
        let later = friday() + chrono::Duration::minutes(90);
        assert_eq!(
            text.span(friday(), later, istanbul()),
            "Friday 27 November 2026, 20:30–22:00 (Istanbul, GMT+3)"
        );
        let sunday = friday() + chrono::Duration::hours(48);
        assert_eq!(
            text.span(friday(), sunday, istanbul()),
            "Friday 27 November 2026, 20:30 – Sunday 29 November 2026, 20:30 (Istanbul, GMT+3)"
        );
    }

    #[test]
    fn a_duration_names_its_two_largest_units() {
        assert_eq!(
            each(|text| text.duration(150)),
            ["2 hours 30 minutes", "2 uur 30 minuten", "2 saat 30 dakika", "2시간 30분"]
        );
        assert_eq!(Text::new(Locale::En).duration(0), "1 minute");
        assert_eq!(Text::new(Locale::En).duration(2 * 1440 + 60), "2 days 1 hour");
    }
}
