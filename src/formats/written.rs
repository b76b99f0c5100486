//! Numbers as people and programs write them into texts: with a percent sign, with bounds, or not at all.

#![allow(dead_code, reason = "each format uses the notations that its files have")]

use super::json::{self, Json};
use crate::record::{Interval, Unit, Value};

/// Whether a text says that there is no value.
pub fn is_missing(text: &str) -> bool {
    matches!(text.trim(), "" | "-" | "–" | "—" | "--" | "N/A" | "n/a" | "NA" | "null" | "None" | "nan" | "NaN" | "OOM")
}

/// A number and the unit written with it: `69.38%`, `+0.5`, `**144.49**`, `np.float64(0.128)`. `None` when the text is
/// anything else, a missing value included.
pub fn number(text: &str) -> Option<(Value, Option<Unit>)> {
    let text = text.trim().trim_matches('*');
    let text = text.strip_prefix("np.float64(").and_then(|text| text.strip_suffix(')')).unwrap_or(text);
    match text.strip_suffix(['%', '％']) {
        Some(share) => Some((Value::parse(share)?, Some(Unit::Percent))),
        None => Some((Value::parse(text)?, None)),
    }
}

/// The number that a JSON value is, or that a string of it says, without a unit.
pub fn json_number(json: &Json) -> Option<Value> {
    match json {
        Json::String(text) => {
            json::number(json).or_else(|| number(text).filter(|(_, unit)| unit.is_none()).map(|it| it.0))
        }
        _ => json::number(json),
    }
}

/// Two numbers in brackets or with a slash between them, in the order of the text: `(-1.88, +1.97)`, `[1, 2]`, `+5/-5`.
pub fn pair(text: &str) -> Option<(Value, Value)> {
    let text = text.trim();
    let inner =
        [('(', ')'), ('[', ']')].into_iter().find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    let (first, second) = match inner {
        Some(inner) => inner.split_once([',', '/'])?,
        None => text.split_once('/')?,
    };
    Some((Value::parse(&ascii(first))?, Value::parse(&ascii(second))?))
}

/// The interval around `value` whose bounds are written as distances from it, in either order: `+5/-5`, `-1.88, +1.97`
/// in brackets. `None` unless one of them is signed minus and the other plus. The bounds are exact sums.
pub fn interval_by_offsets(value: &Value, text: &str, level: Option<Value>) -> Option<Interval> {
    let (first, second) = pair(text)?;
    let (low, high) = if first.text().starts_with('-') { (first, second) } else { (second, first) };
    if !low.text().starts_with('-') || high.text().starts_with('-') {
        return None;
    }
    Some(Interval { low: sum(value, &low)?, high: sum(value, &high)?, level })
}

fn ascii(text: &str) -> String {
    text.trim().replace('\u{2212}', "-")
}

/// The exact sum of two decimal numbers; `None` for scientific notation and for more than 38 digits.
fn sum(a: &Value, b: &Value) -> Option<Value> {
    let places = fraction(a.text()).max(fraction(b.text()));
    let total = scaled(a.text(), places)?.checked_add(scaled(b.text(), places)?)?;
    let digits = format!("{:0>width$}", total.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let (sign, point) = (if total < 0 { "-" } else { "" }, if places == 0 { "" } else { "." });
    Value::parse(&format!("{sign}{whole}{point}{fraction}"))
}

fn fraction(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, fraction)| fraction.len())
}

/// The number times 10^`places`.
fn scaled(text: &str, places: usize) -> Option<i128> {
    let zeros = places.checked_sub(fraction(text)).filter(|zeros| *zeros <= 38)?;
    let digits = text.strip_prefix('+').unwrap_or(text).replacen('.', "", 1);
    (digits + &"0".repeat(zeros)).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        Value::parse(text).unwrap()
    }

    #[test]
    fn numbers_come_out_of_their_decoration() {
        for (text, expected, unit) in [
            ("69.38%", "69.38", Some(Unit::Percent)),
            (" 0.50 ", "0.50", None),
            ("**144.49**", "144.49", None),
            ("np.float64(0.1287999886693372)", "0.1287999886693372", None),
            ("inf", "inf", None),
        ] {
            let (number, found) = number(text).unwrap();
            assert_eq!((number.text(), found), (expected, unit), "{text}");
        }
        for text in ["", "-", "N/A", "null", "OOM", "37.55 kg", "%", "1,5"] {
            assert!(number(text).is_none(), "{text}");
        }
        assert!(["", " - ", "N/A", "null", "OOM"].into_iter().all(is_missing) && !is_missing("0"));
        assert_eq!(json_number(&Json::from("550")).unwrap().text(), "550");
        assert!(json_number(&Json::from("5%")).is_none() && json_number(&Json::Null).is_none());
    }

    #[test]
    fn bounds_are_exact_sums() {
        for (centre, text, low, high) in [
            ("1250", "+5/-5", "1245", "1255"),
            ("50.0", "(-1.88, +1.97)", "48.12", "51.97"),
            ("0.1", "+0.2/-0.3", "-0.2", "0.3"),
            ("7.05", "[\u{2212}0.1, 0.1]", "6.95", "7.15"),
        ] {
            let interval = interval_by_offsets(&value(centre), text, Some(value("0.95"))).unwrap();
            assert_eq!((interval.low.text(), interval.high.text()), (low, high), "{text}");
        }
        for text in ["", "+5", "5/5", "-5/-5", "(1, 2)", "+1e999999/-1", "a/b"] {
            assert!(interval_by_offsets(&value("1"), text, None).is_none(), "{text}");
        }
        assert_eq!(pair("[1.5, 2]").map(|(a, b)| (a.text().to_owned(), b.text().to_owned())).unwrap().0, "1.5");
        assert!(sum(&value(&"9".repeat(99)), &value("1")).is_none());
    }
}
