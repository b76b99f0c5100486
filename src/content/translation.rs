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
    /// As [`hash`] gave it when the translation was made; anything else is a text that is there no more.
    hash: String,
}

impl<'de> Deserialize<'de> for Translates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (language, hash) = text.split_once(':').unwrap_or((&text, ""));
        Ok(Self { original: language.parse().map_err(serde::de::Error::custom)?, hash: hash.to_owned() })
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
    match tree.text(&source.path).map(|text| hash(&text)) {
        Ok(present) if present == *known => None,
        Ok(present) => {
            let message = format!("{} is not the text that was translated here", source.path);
            let hint = format!("bring the translation up to date, then write translates = \"{original}:{present}\"");
            diagnostics.push(warning(message).hint(hint));
            Some(*original)
        }
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
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
        let zh = |hash: &str| Translates { original: Language::Zh, hash: hash.to_owned() };
        assert_eq!(read("zh:0123456789ab").unwrap(), zh("0123456789ab"));
        assert_eq!((read("zh:").unwrap(), read("zh").unwrap()), (zh(""), zh("")));
        for text in ["", "fr:0123456789ab", "0123456789ab"] {
            assert!(read(text).is_err(), "{text:?}");
        }
    }
}
