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

    /// The digits after the decimal point of the text; for scientific notation, as many as the number needs.
    pub fn decimals(&self) -> usize {
        if self.text.contains(['e', 'E']) {
            return self.number.to_string().split_once('.').map_or(0, |(_, fraction)| fraction.len());
        }
        self.text.split_once('.').map_or(0, |(_, fraction)| fraction.len())
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
}
