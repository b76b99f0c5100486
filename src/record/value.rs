//! A number as its source wrote it.

use compact_str::CompactString;
use std::fmt;

/// A number: its text exactly as written, and what that text amounts to.
#[derive(Clone, Debug)]
pub struct Value {
    text: CompactString,
    number: f64,
}

impl Value {
    /// Reads a number in the notations result files use: decimal or scientific, `NaN`, `Infinity`, `inf`, with or
    /// without a sign. Anything else, the empty text included, is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let plausible = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
            || ["NaN", "nan", "Infinity", "inf", "Inf"].contains(&unsigned);
        let number = if plausible { text.parse().ok()? } else { return None };
        Some(Self { text: text.into(), number })
    }

    /// The text as the source wrote it, without surrounding space.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The number, if it can be compared: NaN (missing) and the infinities (reported, never ranked) are `None`.
    pub fn finite(&self) -> Option<f64> {
        self.number.is_finite().then_some(self.number)
    }

    /// Whether the source wrote NaN, its way to say that there is no value.
    pub fn is_missing(&self) -> bool {
        self.number.is_nan()
    }

    /// Whether two texts stand for exactly the same number: `25`, `25.00` and `2.5e1` do, `0.1` and
    /// `0.10000000000000001` do not, though both are the same float. NaN is the same as NaN here: both say that there is
    /// no value.
    pub fn is_same_number(&self, other: &Self) -> bool {
        match (Decimal::of(&self.text), Decimal::of(&other.text)) {
            (Some(one), Some(another)) => one == another,
            (None, None) => self.number == other.number || self.is_missing() && other.is_missing(),
            _ => false,
        }
    }

    /// The number as `digits · 10^-places`, with as many places as the text prints; digits after the eighteenth are cut
    /// off. `None` for what is not finite or has more digits before the point.
    pub fn digits(&self) -> Option<(i64, u32)> {
        let (sign, unsigned) = match self.text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, self.text.strip_prefix('+').unwrap_or(&self.text)),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let room = 18_usize.checked_sub(whole.trim_start_matches('0').len())?;
        let fraction = fraction.get(..fraction.len().min(room))?;
        let digits = format!("{whole}{fraction}").parse::<i64>().ok()?;
        let places = fraction.len() as i64 - exponent;
        match u32::try_from(places) {
            Ok(places) => Some((sign * digits, places)),
            Err(_) => Some((10_i64.checked_pow(u32::try_from(-places).ok()?)?.checked_mul(sign * digits)?, 0)),
        }
    }

    /// The digits after the decimal point of the text; for scientific notation, as many as the number needs.
    pub fn decimals(&self) -> usize {
        let text = self.text.as_bytes();
        if text.iter().any(|byte| matches!(byte, b'e' | b'E')) {
            return self.number.to_string().split_once('.').map_or(0, |(_, fraction)| fraction.len());
        }
        text.iter().position(|byte| *byte == b'.').map_or(0, |point| text.len() - point - 1)
    }

    /// The number times 10^`places`, moved by shifting the decimal point of the text, so that no digit is lost or
    /// invented: `0.4906` shifted by 2 is `49.06`. Scientific notation and non-finite values fall back to arithmetic.
    pub fn shifted(&self, places: usize) -> String {
        let (sign, unsigned) = match self.text.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", self.text.strip_prefix('+').unwrap_or(&self.text)),
        };
        if !unsigned.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            return (self.number * 10f64.powi(places as i32)).to_string();
        }
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let moved = fraction.len().min(places);
        let digits = format!("{whole}{}{}", &fraction[..moved], "0".repeat(places - moved));
        let digits = digits.trim_start_matches('0');
        let whole = if digits.is_empty() { "0" } else { digits };
        let rest = &fraction[moved..];
        if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
    }

    /// This number less the other. Exact, with the digits of the one that has more, where both are plain decimals of up to
    /// 30 digits: `54.16` less `47.8` is `6.36`; else the difference of the floats. `None` unless both are finite.
    pub fn minus(&self, other: &Self) -> Option<Self> {
        let decimals = self.decimals().max(other.decimals());
        match (self.units(decimals), other.units(decimals)) {
            (Some(own), Some(others)) => Self::parse(&with_point(own - others, decimals)),
            _ => Self::parse(&(self.finite()? - other.finite()?).to_string()),
        }
    }

    /// How often 10^−`decimals` fits into a plain decimal; `None` where that is no whole number of up to 30 digits.
    fn units(&self, decimals: usize) -> Option<i128> {
        let unsigned = self.text.strip_prefix(['-', '+']).unwrap_or(&self.text);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let missing =
            decimals.checked_sub(fraction.len()).filter(|missing| whole.len() + fraction.len() + missing <= 30)?;
        let digits = format!("{whole}{fraction}{}", "0".repeat(missing));
        let units: i128 = digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        Some(if self.text.starts_with('-') { -units } else { units })
    }
}

/// `units` of 10^−`decimals` as a decimal.
fn with_point(units: i128, decimals: usize) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", units.unsigned_abs(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// An exact decimal number: 0.`digits` × 10^`exponent`, in the one way in which neither the first nor the last digit is
/// zero. Zero has no digits, exponent or sign.
#[derive(PartialEq)]
struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    /// `None` for what is not finite, and for exponents beyond all use.
    fn of(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let significant = digits.trim_start_matches('0');
        let point = whole.len() as i64 - (digits.len() - significant.len()) as i64;
        let digits = significant.trim_end_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Self { negative: false, digits, exponent: 0 });
        }
        Some(Self { negative: text.starts_with('-'), digits, exponent: exponent.checked_add(point)? })
    }
}

/// Two values are equal when their sources wrote the same text.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_stays_as_written() {
        for text in ["0.4991467576791809", "65.710", "1e-5", "-0.0", "+3", ".5", "7"] {
            let value = Value::parse(text).unwrap();
            assert_eq!(value.text(), text);
            assert!(value.finite().is_some());
        }
    }

    #[test]
    fn what_is_not_a_number_is_not_read_as_one() {
        for text in ["", "-", "N/A", "null", "0.5 (official)", "1,000", "infinite", "0x10", "nano", "--1"] {
            assert_eq!(Value::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn nan_is_missing_and_infinity_is_reported_but_not_comparable() {
        assert!(Value::parse("NaN").unwrap().is_missing());
        let infinite = Value::parse("-Infinity").unwrap();
        assert_eq!((infinite.finite(), infinite.is_missing()), (None, false));
    }

    #[test]
    fn digits_are_those_printed() {
        let digits = |text: &str| Value::parse(text).unwrap().digits();
        assert_eq!(digits("0.250"), Some((250, 3)));
        assert_eq!(digits("-4.98"), Some((-498, 2)));
        assert_eq!(digits("+3"), Some((3, 0)));
        assert_eq!(digits(".5"), Some((5, 1)));
        assert_eq!(digits("1.5e-5"), Some((15, 6)));
        assert_eq!(digits("1.5e3"), Some((1500, 0)));
        assert_eq!(digits("0.49914675767918091234"), Some((499_146_757_679_180_912, 18)));
        assert_eq!([digits("NaN"), digits("inf"), digits("1e99"), digits("12345678901234567890")], [None; 4]);
        assert_eq!(digits("1e-9999999999"), None);
    }

    #[test]
    fn zeros_at_the_ends_and_the_notation_make_no_other_number() {
        let same = |one: &str, other: &str| {
            let (one, other) = (Value::parse(one).unwrap(), Value::parse(other).unwrap());
            assert_eq!(one.is_same_number(&other), other.is_same_number(&one));
            one.is_same_number(&other)
        };
        for (one, other) in [
            ("25", "25.00"),
            ("025.", "+25"),
            ("0.5", ".50"),
            ("-0.0", "0"),
            ("0e7", "0.00"),
            ("2500", "2.5e3"),
            ("0.0025", "25E-4"),
            ("NaN", "nan"),
            ("inf", "Infinity"),
        ] {
            assert!(same(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("25", "2.5"),
            ("25", "-25"),
            ("25", "250"),
            ("0.05", "0.5"),
            ("0.1", "0.10000000000000001"),
            ("1e-400", "0"),
            ("1e400", "inf"),
            ("1e99999999999999999999", "1"),
            ("-inf", "inf"),
            ("NaN", "0"),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }

    #[test]
    fn shifting_moves_the_point_and_keeps_the_digits() {
        for (text, shifted) in [
            ("0.4906", "49.06"),
            ("0.5", "50"),
            ("0.4991467576791809", "49.91467576791809"),
            ("-0.0471", "-4.71"),
            ("1", "100"),
            ("0", "0"),
            ("0.001", "0.1"),
            (".5", "50"),
        ] {
            assert_eq!(Value::parse(text).unwrap().shifted(2), shifted, "{text}");
        }
    }

    #[test]
    fn differences_of_decimals_are_exact() {
        let minus = |one: &str, other: &str| {
            let difference = Value::parse(one).unwrap().minus(&Value::parse(other).unwrap());
            difference.map(|difference| difference.text().to_owned())
        };
        for (one, other, difference) in [
            ("54.16", "47.81", "6.35"),
            ("54.16", "47.8", "6.36"),
            ("47.8", "54.16", "-6.36"),
            ("0.3", "0.1", "0.2"),
            ("1", "1.00", "0.00"),
            ("-.5", "+.25", "-0.75"),
            ("100000000000000000000.1", "100000000000000000000", "0.1"),
            ("1e1", "2.5", "7.5"),
            ("0.000000000000000000000000000000001", "0", "0.000000000000000000000000000000001"),
        ] {
            assert_eq!(minus(one, other).as_deref(), Some(difference), "{one} − {other}");
        }
        assert_eq!(minus("NaN", "1"), None);
        assert_eq!(minus("1", "inf"), None);
    }
}
