//! Articles: Markdown texts with TOML front matter, paired across languages by their file names.
//!
//! [`index`] reads the front matter of every article, which is all that lists and links need; [`body`] turns one article
//! into HTML in one pass over its Markdown. A body is read only while its page is made, so that memory does not grow with
//! the number of articles. An article may *ask* for a board by id ([`Embed`]); this module does not know what boards are.

mod body;
mod events;
mod footnotes;
mod front_matter;
mod html;
pub mod link;
pub mod math;
mod translation;

pub use body::{Body, Embed, EmbedKind, Fragment, Heading, Labels, Resolve, Segment, Unresolved};
pub use events::{body, broken_fragment};
pub use front_matter::FrontMatter;
pub use translation::{Translates, outdated};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::language::Language;
use crate::record::id::Id;
use crate::tree::Tree;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The folder of articles.
pub const CONTENT: &str = "content/";

/// The bytes in which front matter nearly always ends; where it does not, the whole file is read.
const FRONT: u64 = 1 << 10;

/// An article in the languages it exists in.
#[derive(Clone, Debug)]
pub struct Article {
    /// `section/slug`, or `slug` for a page outside the list of articles.
    pub id: Id,
    pub versions: BTreeMap<Language, Version>,
}

/// An article in one language.
#[derive(Clone, Debug)]
pub struct Version {
    pub path: Arc<str>,
    pub front: FrontMatter,
}

impl Article {
    /// The section, for an article that is listed.
    pub fn section(&self) -> Option<&str> {
        self.id.as_str().split_once('/').map(|(section, _)| section)
    }

    /// The version in `language`, or else one in another language.
    pub fn version(&self, language: Language) -> Option<(Language, &Version)> {
        let own = self.versions.get(&language).map(|version| (language, version));
        own.or_else(|| self.versions.iter().next().map(|(language, version)| (*language, version)))
    }
}

/// Reads the front matter of every article, ordered by id.
pub fn index(tree: &Tree, diagnostics: &mut Diagnostics) -> Vec<Article> {
    let paths: Vec<&Arc<str>> = tree.below(CONTENT, ".md").collect();
    let read: Vec<_> = paths.par_iter().map(|path| read_version(tree, path)).collect();
    let mut articles: BTreeMap<Id, BTreeMap<Language, Version>> = BTreeMap::new();
    for version in read {
        match version {
            Ok((id, language, version)) => {
                articles.entry(id).or_default().insert(language, version);
            }
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    articles.into_iter().map(|(id, versions)| Article { id, versions }).collect()
}

fn read_version(tree: &Tree, path: &Arc<str>) -> Result<(Id, Language, Version), Diagnostic> {
    let (id, language) = name(path).map_err(|reason| {
        Diagnostic::error("bad-id", Arc::clone(path), reason)
            .hint("an article is content/<section>/<slug>.<language>.md, such as content/benchmarks/mmlu.zh.md")
    })?;
    let start = tree.start(path, FRONT)?.filter(|start| front_matter::markdown_start(start).is_some());
    let front = match start {
        Some(start) => front_matter::parse(path, &start)?,
        None => front_matter::parse(path, &tree.text(path)?)?,
    };
    Ok((id, language, Version { path: Arc::clone(path), front }))
}

/// The id and language that a path below `content/` gives.
fn name(path: &str) -> Result<(Id, Language), String> {
    let stem = path[CONTENT.len()..].trim_end_matches(".md");
    let (id, language) = stem.rsplit_once('.').ok_or_else(|| format!("{path:?} does not name its language"))?;
    let id = Id::new(id).map_err(|reason| format!("the path gives the article's id, and {reason}"))?;
    if id.as_str().starts_with("index/") {
        return Err("a section called \"index\" would take the place of the list of articles".to_owned());
    }
    if id.as_str() == "changes" {
        return Err("an article called \"changes\" would take the place of the page of changes".to_owned());
    }
    Ok((id, language.parse()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_article_and_language() {
        let (id, language) = name("content/benchmarks/three-mmlus.zh.md").unwrap();
        assert_eq!((id.as_str(), language), ("benchmarks/three-mmlus", Language::Zh));
        for path in [
            "content/a.md",
            "content/a.fr.md",
            "content/A.zh.md",
            "content/a/b/c.zh.md",
            "content/..zh.md",
            "content/index/a.zh.md",
            "content/changes.zh.md",
        ] {
            assert!(name(path).is_err(), "{path}");
        }
    }
}
