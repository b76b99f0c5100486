//! Whether a translation still follows its original, told from the texts.
//!
//! A translation may name the version it was made from and the hash of that version's Markdown. Only articles that do
//! cost a second reading of the other version.

use super::{Article, front_matter};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::language::Language;
use crate::snapshot::sha256;
use crate::tree::Tree;
use serde::{Deserialize, Deserializer};
use std::sync::Arc;

/// The characters of a hash.
const LENGTH: usize = 12;

/// The version from which another was translated, written `<language>:<hash>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translates {
    pub original: Language,
    /// As [`hash`] gave it when the translation was made; absent before it is known.
    hash: Option<String>,
}

impl<'de> Deserialize<'de> for Translates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (language, hash) = text.split_once(':').unwrap_or((&text, ""));
        let original = language.parse().map_err(serde::de::Error::custom)?;
        let digits = |hash: &str| hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        match hash {
            "" => Ok(Self { original, hash: None }),
            hash if hash.len() == LENGTH && digits(hash) => Ok(Self { original, hash: Some(hash.to_owned()) }),
            _ => Err(serde::de::Error::custom(format!(
                "{hash:?} is no hash of {LENGTH} digits; without one, as in \"{original}:\", a check says which to write"
            ))),
        }
    }
}

/// The first digits of the SHA-256 of an article's Markdown, whatever its line ends; `text` is the whole file.
fn hash(text: &str) -> String {
    let markdown = &text[front_matter::markdown_start(text).unwrap_or(0)..];
    let mut hash = sha256(markdown.replace("\r\n", "\n").as_bytes());
    hash.truncate(LENGTH);
    hash
}

/// The language of the original that changed after the version of `article` in `language` was made from it, whose file
/// has this `text`. Reports that, and an original that is not there.
pub fn outdated(
    tree: &Tree,
    article: &Article,
    language: Language,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Language> {
    let version = article.versions.get(&language)?;
    let key = version.front.translates.as_ref()?;
    let Translates { original, hash: known } = key.get_ref();
    let warning = |message: String| {
        let place = front_matter::position(text, key.span().start);
        Diagnostic::warning("outdated-translation", Arc::clone(&version.path), message).at(place)
    };
    let Some(source) = article.versions.get(original).filter(|_| *original != language) else {
        let message =
            format!("no other version of this article is in {original}, from which it is said to be translated");
        diagnostics.push(warning(message).hint("name the language of the original, or remove the key"));
        return None;
    };
    let present = match tree.text(&source.path) {
        Ok(text) => hash(&text),
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            return None;
        }
    };
    let value = format!("translates = \"{original}:{present}\"");
    match known {
        Some(known) if *known == present => None,
        Some(_) => {
            let message = format!("{} changed after it was translated here", source.path);
            let hint = format!("bring the translation up to date, then write {value}");
            diagnostics.push(warning(message).hint(hint));
            Some(*original)
        }
        None => {
            let message = format!("this does not say which text of {} was translated", source.path);
            diagnostics.push(warning(message).hint(format!("if it is the present one, write {value}")));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Front {
        translates: Translates,
    }

    #[test]
    fn a_hash_is_of_the_markdown_and_knows_no_line_ends() {
        // The first digits of `printf 'abc\n' | sha256sum`.
        assert_eq!(hash("+++\ntitle = 'A'\n+++\nabc\n"), "edeaaff3f177");
        assert_eq!(hash("+++\r\ntitle = 'B'\r\ndate = 1\r\n+++\r\nabc\r\n"), hash("+++\n+++\nabc\n"));
        assert_ne!(hash("+++\n+++\nabc"), hash("+++\n+++\nabc\n"));
    }

    #[test]
    fn an_original_is_named_by_language_and_may_lack_its_hash() {
        let read = |text: &str| toml::from_str(&format!("translates = '{text}'")).map(|front: Front| front.translates);
        let zh = |hash: Option<&str>| Translates { original: Language::Zh, hash: hash.map(str::to_owned) };
        assert_eq!(read("zh:0123456789ab").unwrap(), zh(Some("0123456789ab")));
        assert_eq!((read("zh:").unwrap(), read("zh").unwrap()), (zh(None), zh(None)));
        for text in ["", "fr:0123456789ab", "0123456789ab", "zh:0123456789a", "zh:0123456789AB", "zh:0123456789abc"] {
            assert!(read(text).is_err(), "{text:?}");
        }
    }
}
