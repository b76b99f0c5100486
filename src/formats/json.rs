//! JSON as Python writes it: numbers keep their text, and bare `NaN`, `Infinity` and `-Infinity` are read.

use crate::diagnostic::Position;
use crate::record::{Date, Value};
use std::borrow::Cow;

/// A JSON value; numbers keep their text (serde_json's `arbitrary_precision`). Only an exponent is respelt, to a small
/// `e` and a sign, which is how Python and JavaScript write it anyway.
pub type Json = serde_json::Value;

/// A JSON object, its keys in alphabetical order.
pub type Object = serde_json::Map<String, Json>;

/// Why a text is not JSON.
pub struct Broken {
    pub position: Position,
    pub reason: String,
}

/// Python's bare tokens and the strings that stand for them in a parsed value. Both have the same length, so positions
/// stay right, and the delete character keeps the strings apart from any that a harness writes.
const TOKENS: [(&str, &str); 3] =
    [("NaN", "\"\u{7f}\""), ("Infinity", "\"\u{7f}Infin\""), ("-Infinity", "\"\u{7f}-Infin\"")];

/// Parses `text`: strictly, and if that fails once more with Python's tokens read.
pub fn parse(text: &str) -> Result<Json, Broken> {
    serde_json::from_str(text).or_else(|strict| match mark_tokens(text) {
        Cow::Borrowed(_) => Err(broken(text, &strict)),
        Cow::Owned(marked) => serde_json::from_str(&marked).map_err(|error| broken(text, &error)),
    })
}

/// `text` with Python's tokens marked, for parsers of one format's own; borrowed when there are none.
pub fn marked(text: &str) -> Cow<'_, str> {
    let has = |token: &str| memchr::memmem::find(text.as_bytes(), token.as_bytes()).is_some();
    if has("NaN") || has("Infinity") { mark_tokens(text) } else { Cow::Borrowed(text) }
}

/// Whether a string, with its quotes, stands for one of Python's tokens in a marked text.
pub fn is_marker(quoted: &str) -> bool {
    TOKENS.iter().any(|(_, marker)| *marker == quoted)
}

fn broken(text: &str, error: &serde_json::Error) -> Broken {
    let line_start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let position = Position::of(text, line_start + error.column().saturating_sub(1));
    let full = error.to_string();
    let reason = full.split(" at line ").next().unwrap_or(&full).to_owned();
    Broken { position, reason: if text.trim().is_empty() { "the file is empty".into() } else { reason } }
}

/// Replaces Python's tokens outside strings by their markers; borrowed when there are none.
fn mark_tokens(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut marked = String::new();
    let (mut copied, mut at) = (0, 0);
    while let Some(found) = memchr::memchr3(b'"', b'N', b'I', bytes.get(at..).unwrap_or_default()) {
        let here = at + found;
        if bytes[here] == b'"' {
            at = end_of_string(bytes, here + 1) + 1;
            continue;
        }
        let start = if here > at && bytes[here - 1] == b'-' { here - 1 } else { here };
        if let Some((token, marker)) = TOKENS.iter().find(|(token, _)| is_token(bytes, start, token)) {
            marked.push_str(&text[copied..start]);
            marked.push_str(marker);
            copied = start + token.len();
        }
        at = copied.max(here + 1);
    }
    if marked.is_empty() {
        return Cow::Borrowed(text);
    }
    marked.push_str(&text[copied..]);
    Cow::Owned(marked)
}

/// The place of the quote that ends the string whose text starts at `from`, or the end.
fn end_of_string(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    loop {
        match memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
            None => return bytes.len(),
            Some(found) if bytes[at + found] == b'"' => return at + found,
            Some(found) => at += found + 2,
        }
    }
}

fn is_token(bytes: &[u8], at: usize, token: &str) -> bool {
    let ends = |byte: &u8| matches!(byte, b',' | b']' | b'}') || byte.is_ascii_whitespace();
    bytes[at..].starts_with(token.as_bytes()) && bytes.get(at + token.len()).is_none_or(ends)
}

/// How one of Python's bare tokens stands in a parsed value; null for any other text.
pub fn token(text: &str) -> Json {
    let marker = TOKENS.iter().find(|(token, _)| *token == text).map(|(_, marker)| marker.trim_matches('"'));
    marker.map_or(Json::Null, Json::from)
}

/// The number that `json` is: a JSON number or one of Python's tokens. Strings are not numbers, whatever they say.
pub fn number(json: &Json) -> Option<Value> {
    match json {
        Json::Number(number) => Value::parse(number.as_str()),
        Json::String(text) if text.starts_with('\u{7f}') => {
            let token = TOKENS.iter().find(|(_, marker)| marker.trim_matches('"') == text)?.0;
            Value::parse(token)
        }
        _ => None,
    }
}

/// The date of a Unix time in seconds.
pub fn unix_date(json: &Json) -> Option<Date> {
    Date::from_unix(number(json)?.text())
}

/// A whole number that is not negative.
pub fn count(json: &Json) -> Option<u64> {
    number(json)?.text().parse().ok()
}

/// The text of a number or of a string that is neither empty nor `N/A`: a version may be any of them.
pub fn scalar(json: &Json) -> Option<&str> {
    match json {
        Json::Number(number) => Some(number.as_str()),
        Json::String(text) if !text.is_empty() && text != "N/A" && !text.starts_with('\u{7f}') => Some(text),
        _ => None,
    }
}

/// How a diagnostic quotes a value: as JSON, cut after 40 characters.
pub fn quote(json: &Json) -> String {
    let text = json.to_string();
    if text.chars().count() <= 40 { text } else { text.chars().take(40).chain(['…']).collect() }
}

/// Looking into an object for a key of a certain kind.
pub trait Look {
    /// A string that is not empty.
    fn text(&self, key: &str) -> Option<&str>;
    fn object(&self, key: &str) -> Option<&Object>;
    /// See [`scalar`].
    fn scalar(&self, key: &str) -> Option<&str>;
}

impl Look for Object {
    fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str().filter(|text| !text.is_empty() && !text.starts_with('\u{7f}'))
    }

    fn object(&self, key: &str) -> Option<&Object> {
        self.get(key)?.as_object()
    }

    fn scalar(&self, key: &str) -> Option<&str> {
        scalar(self.get(key)?)
    }
}

/// The JSON pointer (RFC 6901) that leads through `keys`.
pub fn pointer<'a>(keys: impl IntoIterator<Item = &'a str>) -> Box<str> {
    let mut pointer = String::new();
    for key in keys {
        pointer.push('/');
        for c in key.chars() {
            match c {
                '~' => pointer.push_str("~0"),
                '/' => pointer.push_str("~1"),
                _ => pointer.push(c),
            }
        }
    }
    pointer.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<Option<String>> {
        let json = parse(text).unwrap_or_else(|broken| panic!("{}", broken.reason));
        json.as_array().unwrap().iter().map(|item| Some(number(item)?.text().to_owned())).collect()
    }

    #[test]
    fn numbers_keep_their_text() {
        let texts = ["0.4906", "65.710", "1e-5", "-0.0", "1e-05", "1e+400", "0.49914675767918091234567890"];
        let read = numbers(&format!("[{}]", texts.join(",")));
        assert_eq!(read, texts.map(|text| Some(text.to_owned())));
    }

    #[test]
    fn bare_python_tokens_are_numbers_and_quoted_ones_are_not() {
        let read = numbers(r#"[NaN, Infinity,-Infinity, "NaN", "a \" NaN,", "N/A"]"#);
        let token = |text: &str| Some(text.to_owned());
        assert_eq!(read, [token("NaN"), token("Infinity"), token("-Infinity"), None, None, None]);
    }

    #[test]
    fn strings_keep_their_tokens() {
        assert_eq!(parse(r#"["x NaN, -Infinity", NaN]"#).ok().unwrap()[0], "x NaN, -Infinity");
    }

    #[test]
    fn an_error_after_a_token_is_placed_in_the_original_text() {
        let broken = parse("{\n  \"天\": NaN, \"b\": oops}").err().unwrap();
        assert_eq!(broken.position, Position { line: 2, column: 18 });
        let broken = parse("[NaNa]").err().unwrap();
        assert_eq!((broken.position, broken.reason.as_str()), (Position { line: 1, column: 2 }, "expected value"));
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_crash() {
        let broken = parse(&"[".repeat(1_000_000)).err().unwrap();
        assert_eq!(broken.reason, "recursion limit exceeded");
        assert_eq!(parse(" ").err().unwrap().reason, "the file is empty");
    }

    #[test]
    fn pointers_escape_their_keys() {
        assert_eq!(&*pointer(["a/b", "m~n", "acc,none"]), "/a~1b/m~0n/acc,none");
    }

    #[test]
    fn quotes_are_short_and_on_one_line() {
        assert_eq!(quote(&Json::String("a\nb".into())), r#""a\nb""#);
        assert_eq!(quote(&Json::String("天".repeat(99))).chars().count(), 41);
    }
}
