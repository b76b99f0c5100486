//! Web addresses.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// An `http` or `https` address: nothing else becomes a link on a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct WebUrl(Arc<str>);

impl WebUrl {
    /// Checks `url`; the error says in a sentence fragment what is wrong with it.
    pub fn parse(url: &str) -> Result<Self, String> {
        let scheme = url.starts_with("https://") || url.starts_with("http://");
        if !scheme || url.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>".contains(c)) {
            return Err(format!("{url:?} is not a web address: it starts with https:// and has no spaces"));
        }
        Ok(Self(url.into()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for WebUrl {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_become_links() {
        for url in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "data:text/html,x",
            "//host",
            "https://a b",
            "https://a\"onclick=x",
            "",
            " https://a",
        ] {
            assert!(WebUrl::parse(url).is_err(), "{url:?}");
        }
        assert_eq!(WebUrl::parse("https://example.org/a?b=c#d").unwrap().as_str(), "https://example.org/a?b=c#d");
    }
}
