//! What a number counts, in which unit, and which way is better.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A metric as one file reports it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Metric {
    /// The harness's own name: `acc_norm`, `exact_match`, `ndcg_at_10`; empty when the file names none.
    pub name: Arc<str>,
    pub unit: Unit,
    pub direction: Direction,
}

/// The scale of a value. Values of different units never share a mean; only fraction and percent convert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// 0 to 1 (a correlation: −1 to 1).
    Fraction,
    /// 0 to 100, for a share of something.
    Percent,
    /// A score on a scale of its own (BLEU, MT-bench, OCRBench).
    Points,
    /// A rating on the Elo scale.
    Elo,
    Seconds,
    Milliseconds,
    TokensPerSecond,
    RequestsPerSecond,
    /// United States dollars.
    Usd,
    Count,
    /// The file does not say.
    Unknown,
}

/// Which values are better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    Higher,
    Lower,
    /// The file does not say, or the metric has no better side.
    Unknown,
}

const UNITS: [(Unit, &str); 11] = [
    (Unit::Fraction, "fraction"),
    (Unit::Percent, "percent"),
    (Unit::Points, "points"),
    (Unit::Elo, "elo"),
    (Unit::Seconds, "seconds"),
    (Unit::Milliseconds, "milliseconds"),
    (Unit::TokensPerSecond, "tokens-per-second"),
    (Unit::RequestsPerSecond, "requests-per-second"),
    (Unit::Usd, "usd"),
    (Unit::Count, "count"),
    (Unit::Unknown, "unknown"),
];

impl Unit {
    pub fn name(self) -> &'static str {
        UNITS.iter().find(|(unit, _)| *unit == self).map_or("unknown", |(_, name)| name)
    }

    /// Whether its numbers may be about right answers, which a model that has seen them gives more of. Speeds, prices and
    /// lengths are not, nor are ratings from questions that are asked anew.
    pub fn may_rise_by_contamination(self) -> bool {
        matches!(self, Self::Fraction | Self::Percent | Self::Points | Self::Unknown)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Unit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        UNITS.iter().find(|(_, name)| *name == text).map(|(unit, _)| *unit).ok_or_else(|| {
            let known: Vec<_> = UNITS.iter().map(|(_, name)| *name).collect();
            format!("no unit {text:?}; the units are {}", known.join(", "))
        })
    }
}

impl FromStr for Direction {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "higher" => Ok(Self::Higher),
            "lower" => Ok(Self::Lower),
            "unknown" => Ok(Self::Unknown),
            _ => Err(format!("no direction {text:?}; it is higher, lower or unknown")),
        }
    }
}

impl<'de> serde::Deserialize<'de> for Direction {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Unknown => "unknown",
        })
    }
}
