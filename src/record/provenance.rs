//! Where a record comes from, down to the place in the file.

use super::WebUrl;
use std::fmt;
use std::sync::Arc;

/// Where one record stands and who says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    pub origin: Arc<Origin>,
    pub place: Place,
    /// When the measurement was made; absent when the file does not say. A modification time is never used.
    pub date: Option<Date>,
    pub reporter: Reporter,
    /// A link to where this one record can be seen, if it differs from the source's.
    pub url: Option<WebUrl>,
}

/// A file that holds records.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// Relative to the site's folder, with `/` between its parts.
    pub path: Arc<str>,
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub sha256: Arc<str>,
    pub bytes: u64,
    /// The name of the format that read it, as in `formats`.
    pub format: &'static str,
    pub source: Arc<Source>,
}

impl Origin {
    /// The source's name in the language with this code, or the file's path where nothing gives one.
    pub fn source_name(&self, language: &str) -> &str {
        let names = &self.source.names;
        let own = names.iter().find(|(code, _)| **code == *language);
        own.or(names.first()).map_or(&self.path, |(_, name)| name)
    }
}

/// A place results come from: what `source.toml` says of the files in its folder, or `sources.toml` of a snapshot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Source {
    /// The folder below `data/results/` or `data/snapshots/`, which boards select by; empty for the former itself.
    pub id: Arc<str>,
    /// Language code → name; empty when nothing declares it.
    pub names: Vec<(Arc<str>, Arc<str>)>,
    pub url: Option<WebUrl>,
    pub licence: Option<Arc<str>>,
    pub retrieved: Option<Date>,
    pub reporter: Reporter,
    /// The metrics that are read; all when it is absent.
    pub metrics: Option<Vec<Arc<str>>>,
}

/// The place of a value in its file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// A JSON pointer (RFC 6901), also into YAML; in an archive, its first key is the name of the entry.
    Pointer(Box<str>),
    /// A place in a text file, counted from 1: the line, and the character of the line at which the value starts.
    Cell { line: u32, column: u32 },
    /// A line of a file of JSON lines, counted from 1, and a JSON pointer into it.
    Line { line: u32, pointer: Box<str> },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pointer(pointer) => f.write_str(pointer),
            Self::Cell { line, column } => write!(f, "{line}:{column}"),
            Self::Line { line, pointer } => write!(f, "{line}:{pointer}"),
        }
    }
}

/// Who reports a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reporter {
    /// Measured by someone other than the model's maker, or by the maker with the evidence at hand.
    Measured,
    /// Stated by the model's maker.
    Claimed,
    #[default]
    Unknown,
}

impl Reporter {
    pub fn name(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Claimed => "claimed",
            Self::Unknown => "unknown",
        }
    }
}

impl std::str::FromStr for Reporter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Measured, Self::Claimed, Self::Unknown]
            .into_iter()
            .find(|reporter| reporter.name() == text)
            .ok_or_else(|| format!("no reporter {text:?}; it is measured, claimed or unknown"))
    }
}

impl<'de> serde::Deserialize<'de> for Reporter {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// An ISO 8601 date with the precision its source has: `2024`, `2024-03`, `2024-03-05`, or with a time after it.
///
/// Dates order as text does, which for ISO 8601 is by time up to the shorter precision.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(Arc<str>);

impl Date {
    /// Checks `text`; `None` when it is not a date of one of the forms above.
    pub fn parse(text: &str) -> Option<Self> {
        let day = text.split(['T', ' ']).next().unwrap_or(text);
        let full = match day.len() {
            4 => format!("{day}-01-01"),
            7 => format!("{day}-01"),
            10 => day.to_owned(),
            _ => return None,
        };
        chrono::NaiveDate::parse_from_str(&full, "%Y-%m-%d").ok()?;
        Some(Self(text.into()))
    }

    /// The date of a Unix time in seconds, in UTC, with as many digits of a second as `written` has, up to nine;
    /// `None` when it is no such number or outside the years 1 to 9999.
    pub fn from_unix(written: &str) -> Option<Self> {
        let (whole, fraction) = written.split_once('.').unwrap_or((written, ""));
        let plain = fraction.bytes().all(|byte| byte.is_ascii_digit());
        let seconds = whole.parse().ok().filter(|_| plain)?;
        let time = chrono::DateTime::from_timestamp(seconds, 0)?;
        let day = time.format("%Y-%m-%dT%H:%M:%S").to_string();
        let fraction = &fraction[..fraction.len().min(9)];
        let point = if fraction.is_empty() { "" } else { "." };
        (day.len() == 19).then(|| Self(format!("{day}{point}{fraction}Z").into()))
    }

    /// The date written in digits: `20240305`, `20240305142910`, `20240305_142910` or `20240305-142910`.
    pub fn from_digits(text: &str) -> Option<Self> {
        let digits = |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        let (day, time) = text.split_at_checked(8)?;
        let time = time.strip_prefix(['_', '-']).unwrap_or(time);
        if !digits(day, 8) || !(time.is_empty() && text.len() == 8 || digits(time, 6)) {
            return None;
        }
        let day = format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]);
        if time.is_empty() {
            return Self::parse(&day);
        }
        let plausible = &time[..2] < "24" && &time[2..4] < "60" && &time[4..] < "61";
        Self::parse(&format!("{day}T{}:{}:{}", &time[..2], &time[2..4], &time[4..])).filter(|_| plausible)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The date without a time.
    pub fn day(&self) -> &str {
        self.0.split(['T', ' ']).next().unwrap_or(&self.0)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(untagged)]
        enum Written {
            Toml(toml::value::Datetime),
            Text(String),
        }
        let text = match Written::deserialize(deserializer)? {
            Written::Toml(datetime) => datetime.to_string(),
            Written::Text(text) => text,
        };
        Self::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(format!("{text:?} is not a date such as 2024-03-05, 2024-03 or 2024"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_the_precision_of_their_source() {
        for text in ["2024", "2024-03", "2024-02-29", "2024-01-04T13:27:32.660899"] {
            assert_eq!(Date::parse(text).unwrap().as_str(), text);
        }
        for text in ["", "24-01-01", "2024-13", "2023-02-29", "March", "20240305"] {
            assert_eq!(Date::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_unix_time_keeps_its_digits() {
        let date = |text| Some(Date::from_unix(text)?.as_str().to_owned());
        assert_eq!(date("1782921898.31437").as_deref(), Some("2026-07-01T16:04:58.31437Z"));
        assert_eq!(date("1782921898").as_deref(), Some("2026-07-01T16:04:58Z"));
        for text in ["", "now", "1e9", "1.2.3", "1.-2", "99999999999999", "-99999999999"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn dates_in_digits_are_days_with_or_without_a_time() {
        let date = |text| Some(Date::from_digits(text)?.as_str().to_owned());
        assert_eq!(date("20240305").as_deref(), Some("2024-03-05"));
        for text in ["20240305142910", "20240305_142910", "20240305-142910"] {
            assert_eq!(date(text).as_deref(), Some("2024-03-05T14:29:10"), "{text}");
        }
        for text in
            ["", "2024", "20241305", "20240305_", "20240305_1429", "20240305_256199", "2024030é", "20240305x142910"]
        {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
