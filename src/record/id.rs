//! Canonical ids: short, lower-case, safe in a path and in a URL on every system.

use std::fmt;
use std::sync::Arc;

/// The id of a card, board or article: one or two segments of `a-z 0-9 . _ -`, separated by `/`.
///
/// Ids become paths below `site/`, so a segment starts with a letter or digit: no id can be empty, absolute, hidden or
/// lead upwards.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(Arc<str>);

/// Longest id, in bytes: the file name of a page must fit every common file system.
const LONGEST: usize = 200;

impl Id {
    /// Checks `text`; the error says in a sentence fragment what is wrong with it.
    pub fn new(text: &str) -> Result<Self, String> {
        if text.len() > LONGEST {
            return Err(format!("{text:?} is longer than {LONGEST} characters"));
        }
        if text.split('/').count() > 2 {
            return Err(format!("{text:?} has more than two parts"));
        }
        for segment in text.split('/') {
            check_segment(segment).map_err(|reason| format!("{text:?} {reason}"))?;
        }
        Ok(Self(text.into()))
    }

    /// The nearest valid id to a raw name: for names the catalog does not know. Different names may give the same id;
    /// the caller keeps them apart.
    pub fn slug(raw: &str) -> Self {
        let mut slug = String::new();
        for c in raw.chars().flat_map(char::to_lowercase) {
            match c {
                'a'..='z' | '0'..='9' => slug.push(c),
                '.' | '_' if !slug.is_empty() => slug.push(c),
                _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
                _ => {}
            }
            if slug.len() >= LONGEST / 2 {
                break;
            }
        }
        let slug = slug.trim_end_matches(['-', '.']);
        Self(if slug.is_empty() { "unnamed".into() } else { slug.into() })
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check_segment(segment: &str) -> Result<(), &'static str> {
    let Some(first) = segment.bytes().next() else {
        return Err("has an empty part");
    };
    if !first.is_ascii_lowercase() && !first.is_ascii_digit() {
        return Err("has a part that does not start with a lower-case letter or a digit");
    }
    if !segment.bytes().all(|c| matches!(c, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-')) {
        return Err("has a character other than a-z, 0-9, '.', '_' and '-'");
    }
    if segment.ends_with('.') {
        return Err("has a part that ends with a dot");
    }
    Ok(())
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(&text).map_err(|reason| serde::de::Error::custom(format!("the id {reason}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_leave_its_folder() {
        for text in
            ["", "/", "..", "../x", "a/..", "a/../b", "/etc", "a//b", ".git", "a/b/c", "A", "a b", "a\\b", "a%2e", "a."]
        {
            assert!(Id::new(text).is_err(), "{text:?}");
        }
        for text in ["mmlu", "qwen/qwen1.5-14b-chat", "mteb.eng_v2"] {
            assert_eq!(Id::new(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn every_slug_is_a_valid_id() {
        for raw in [
            "../../etc/passwd",
            "通义千问",
            "A  b",
            "...",
            "Qwen/Qwen1.5-14B-Chat",
            "x.",
            &"é".repeat(500),
            &"a".repeat(500),
        ] {
            let slug = Id::slug(raw);
            assert!(Id::new(slug.as_str()).is_ok(), "{raw:?} gave {slug}");
        }
        assert_eq!(Id::slug("Qwen/Qwen1.5-14B-Chat").as_str(), "qwen-qwen1.5-14b-chat");
    }
}
