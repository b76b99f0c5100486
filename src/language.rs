//! Languages and texts that exist in some of them.

use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A language the site can be read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    Zh,
    En,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The code in paths and file names: `zh`, `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The BCP 47 tag for `lang` and `hreflang`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-Hans",
            Self::En => "en",
        }
    }

    /// The language's name for itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Zh => "中文",
            Self::En => "English",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == text)
            .ok_or_else(|| format!("no language {text:?}; the languages are zh and en"))
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A text: one for all languages (a name), or one per language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(BTreeMap<Language, Arc<str>>);

impl Text {
    /// The same text in every language.
    pub fn same(text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        Self(Language::ALL.into_iter().map(|language| (language, Arc::clone(&text))).collect())
    }

    /// The text in `language`, or in the first language that has one.
    pub fn get(&self, language: Language) -> &str {
        self.0.get(&language).or_else(|| self.0.values().next()).map_or("", |text| text)
    }

    pub fn has(&self, language: Language) -> bool {
        self.0.contains_key(&language)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or one per language such as { zh = \"…\", en = \"…\" }")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text::same(text))
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
                let mut texts = BTreeMap::new();
                while let Some((language, text)) = map.next_entry::<Language, String>()? {
                    texts.insert(language, text.into());
                }
                if texts.is_empty() {
                    return Err(serde::de::Error::custom("a text without any language"));
                }
                Ok(Text(texts))
            }
        }

        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Card {
        name: Text,
    }

    #[test]
    fn a_text_is_for_all_languages_or_one_each() {
        let same: Card = toml::from_str("name = 'MMLU'").unwrap();
        assert_eq!((same.name.get(Language::Zh), same.name.get(Language::En)), ("MMLU", "MMLU"));
        let each: Card = toml::from_str("name = { zh = '天梯', en = 'Tianti' }").unwrap();
        assert_eq!((each.name.get(Language::Zh), each.name.get(Language::En)), ("天梯", "Tianti"));
        let one: Card = toml::from_str("name = { en = 'Tianti' }").unwrap();
        assert_eq!((one.name.get(Language::Zh), one.name.has(Language::Zh)), ("Tianti", false));
    }
}
