//! Writing HTML: escaping and numbers.

use pulldown_cmark_escape::escape_html;
use std::fmt::Write;

/// Appends `text` as HTML text or the value of a quoted attribute.
pub(super) fn push_text(html: &mut String, text: &str) {
    let plain = |byte: u8| !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    if text.len() < 16 && text.bytes().all(plain) {
        return html.push_str(text);
    }
    // Writing to a String cannot fail.
    let _ = escape_html(html, text);
}

/// Appends a part of a variant. Of a commit's hash the beginning says enough; the whole is in the tooltip.
pub(super) fn push_part(html: &mut String, part: &str) {
    if part.len() == 40 && part.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let _ = write!(html, "<abbr title=\"{part}\">{}</abbr>", &part[..8]);
    } else {
        push_text(html, part);
    }
}

/// Appends a whole number.
pub(super) fn push_count(text: &mut String, count: u64) {
    push_digits(text, count, 0);
}

/// Appends the shortest decimal that reads back as `value`, as `{value}` does.
pub(super) fn push_shortest(text: &mut String, value: f64) {
    const SCALE: f64 = 1e4;
    // Of decimals of up to fifteen digits, no two read back as one float: where one of four places does, it is the shortest.
    let units = (value * SCALE).round();
    if units == 0.0 || units.abs() >= 1e15 || units / SCALE != value {
        // Writing to a String cannot fail.
        let _ = write!(text, "{value}");
        return;
    }
    if value < 0.0 {
        text.push('-');
    }
    let (mut units, mut decimals) = (units.abs() as u64, 4);
    while decimals > 0 && units.is_multiple_of(10) {
        (units, decimals) = (units / 10, decimals - 1);
    }
    push_digits(text, units, decimals);
}

/// Appends `units` of 10^−`decimals` as a decimal; `decimals` are at most 9.
fn push_digits(text: &mut String, units: u64, decimals: usize) {
    let mut digits = itoa::Buffer::new();
    let scale = 10_u64.pow(decimals as u32);
    text.push_str(digits.format(units / scale));
    if decimals > 0 {
        text.push('.');
        // The leading one keeps the zeros after the point.
        text.push_str(&digits.format(scale + units % scale)[1..]);
    }
}

/// Appends `value` rounded to `decimals` digits (at most 9) after the point, half away from zero.
pub(super) fn push_number(html: &mut String, value: f64, decimals: usize) {
    let scale = 10_i64.pow(decimals.min(9) as u32);
    let scaled = value.abs() * scale as f64;
    if scaled >= 1e15 {
        html.push_str(&format!("{value:.decimals$}"));
        return;
    }
    // A decimal such as 55.155 is stored a little below itself; without the nudge it would round down.
    let units = (scaled * (1.0 + 2.0 * f64::EPSILON)).round() as i64;
    if value < 0.0 && units > 0 {
        html.push('-');
    }
    push_digits(html, units.unsigned_abs(), decimals);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: f64, decimals: usize) -> String {
        let mut html = String::new();
        push_number(&mut html, value, decimals);
        html
    }

    #[test]
    fn numbers_have_the_asked_decimals() {
        for (value, decimals, text) in [
            (65.713_333, 2, "65.71"),
            (55.155, 2, "55.16"),
            (0.0, 2, "0.00"),
            (0.004, 2, "0.00"),
            (-0.004, 2, "0.00"),
            (-4.98, 1, "-5.0"),
            (57.0, 0, "57"),
            (0.0, 0, "0"),
            (1234.5, 1, "1234.5"),
            (99.999, 2, "100.00"),
            (0.05, 1, "0.1"),
        ] {
            assert_eq!(number(value, decimals), text);
        }
    }

    #[test]
    fn counts_have_all_their_digits() {
        for count in [0, 7, 10, 1090, u64::MAX] {
            let mut html = String::new();
            push_count(&mut html, count);
            assert_eq!(html, count.to_string());
        }
    }

    #[test]
    fn the_shortest_decimal_is_that_of_the_standard_library() {
        let tricky =
            [0.0, -0.0, 0.1 + 0.2, 47.0, -47.1, 1e-4, 1e-5, 4_300.000_1, 1e15, 1e22, 5e-324, 99_999_999_999.999_9];
        let means = (1..1000).map(|score| f64::from(score) / 7.0);
        let scores = (0..10_000).map(|score| f64::from(score) / 100.0);
        let bits = (0..1000_u64).map(|number| f64::from_bits(number.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        for value in tricky.into_iter().chain(means).chain(scores).chain(bits).chain([f64::INFINITY, f64::MAX]) {
            let mut text = String::new();
            push_shortest(&mut text, value);
            assert_eq!(text, value.to_string());
        }
    }

    #[test]
    fn text_cannot_leave_an_attribute() {
        let mut html = String::new();
        push_text(&mut html, "a\"<b>&'");
        assert!(!html.contains(['"', '<', '>']), "{html}");
    }
}
