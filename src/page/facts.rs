//! Facts of a card as a list of labelled values.

use crate::language::Language;
use crate::record::WebUrl;
use serde::Serialize;

/// A labelled value; `key` names the interface string of its label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    pub key: &'static str,
    pub value: String,
    /// A web address the value leads to.
    pub href: Option<String>,
    /// The value is itself the name of an interface string (`kind-chat`).
    pub is_key: bool,
}

/// A share in percent with one decimal at most: `25%`, `33.3%`.
pub(super) fn percent(share: f64) -> String {
    let text = format!("{:.1}", 100.0 * share);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

pub(super) fn decimal(value: f64, decimals: usize) -> String {
    format!("{value:.decimals$}")
}

/// A number with a comma between its thousands.
pub(super) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}

/// A list of facts; what is not known is left out.
#[derive(Default)]
pub(super) struct Facts(Vec<Fact>);

impl Facts {
    pub(super) fn text(mut self, key: &'static str, value: Option<impl ToString>) -> Self {
        self.push(key, value.map(|value| value.to_string()), None, false);
        self
    }

    pub(super) fn term(mut self, key: &'static str, value: Option<String>) -> Self {
        self.push(key, value, None, true);
        self
    }

    pub(super) fn list(self, key: &'static str, values: &[String], language: Language) -> Self {
        let comma = if language == Language::Zh { "、" } else { ", " };
        self.text(key, (!values.is_empty()).then(|| values.join(comma)))
    }

    /// A link shown as its host and path.
    pub(super) fn web(mut self, key: &'static str, url: Option<&WebUrl>) -> Self {
        let shown =
            url.map(|url| url.as_str().split_once("://").map_or("", |(_, rest)| rest).trim_end_matches('/').to_owned());
        self.push(key, shown, url.map(|url| url.as_str().to_owned()), false);
        self
    }

    /// A value and the address it leads to.
    pub(super) fn linked(mut self, key: &'static str, value: Option<(String, String)>) -> Self {
        let (value, href) = value.unzip();
        self.push(key, value, href, false);
        self
    }

    fn push(&mut self, key: &'static str, value: Option<String>, href: Option<String>, is_key: bool) {
        if let Some(value) = value {
            self.0.push(Fact { key, value, href, is_key });
        }
    }

    pub(super) fn done(self) -> Vec<Fact> {
        self.0
    }
}
