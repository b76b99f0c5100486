//! Writing HTML: escaping and numbers.

use pulldown_cmark_escape::escape_html;

/// Appends `text` as HTML text or the value of a quoted attribute.
pub(super) fn push_text(html: &mut String, text: &str) {
    let plain = |byte: u8| !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    if text.len() < 16 && text.bytes().all(plain) {
        return html.push_str(text);
    }
    // Writing to a String cannot fail.
    let _ = escape_html(html, text);
}

/// Appends a whole number.
pub(super) fn push_count(html: &mut String, count: u64) {
    if count >= 10 {
        push_count(html, count / 10);
    }
    html.push(char::from(b'0' + (count % 10) as u8));
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
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    let mut rest = units;
    let shown = decimals + 1;
    while rest > 0 || digits.len() - at < shown {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    let (whole, fraction) = digits[at..].split_at(digits.len() - decimals - at);
    html.push_str(std::str::from_utf8(whole).unwrap_or_default());
    if decimals > 0 {
        html.push('.');
        html.push_str(std::str::from_utf8(fraction).unwrap_or_default());
    }
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
    fn text_cannot_leave_an_attribute() {
        let mut html = String::new();
        push_text(&mut html, "a\"<b>&'");
        assert!(!html.contains(['"', '<', '>']), "{html}");
    }
}
