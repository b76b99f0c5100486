//! Where the files of a folder come from: `source.toml`, or for what was fetched `data/sources.toml` and its lock.

use super::RESULTS;
use crate::diagnostic::Diagnostics;
use crate::language::{Language, Text};
use crate::record::{Date, Reporter, Source, WebUrl};
use crate::snapshot::{Declaration, Entry, Lock, SNAPSHOTS};
use crate::tree::{Tree, parse_toml};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The name of the file.
pub(super) const FILE: &str = "source.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Declared {
    name: Text,
    url: Option<WebUrl>,
    licence: Option<String>,
    retrieved: Option<Date>,
    #[serde(default)]
    reporter: Reporter,
    metrics: Option<Vec<Arc<str>>>,
}

/// The declared sources, by the folder they stand in (with a slash at its end, relative to the site).
pub(super) struct Sources(BTreeMap<String, Arc<Source>>);

impl Sources {
    pub(super) fn read(tree: &Tree, fetched: &[Declaration], lock: &Lock, diagnostics: &mut Diagnostics) -> Self {
        let mut sources = BTreeMap::from([(RESULTS.to_owned(), Arc::default())]);
        for path in tree.below(RESULTS, FILE) {
            let folder = path.trim_end_matches(FILE);
            match tree.text(path).and_then(|text| parse_toml::<Declared>(path, &text)) {
                Ok(declared) => {
                    sources.insert(folder.to_owned(), Arc::new(declared.into_source(folder)));
                }
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
        for declaration in fetched {
            let source = fetched_source(declaration, lock.0.get(&declaration.id));
            sources.insert(format!("{SNAPSHOTS}{}/", declaration.id), Arc::new(source));
        }
        Self(sources)
    }

    /// The source of a file: that of its folder, or of the nearest folder above.
    pub(super) fn of(&self, path: &str) -> Arc<Source> {
        let mut folder = path;
        while let Some((above, _)) = folder.trim_end_matches('/').rsplit_once('/') {
            folder = &path[..above.len() + 1];
            if let Some(source) = self.0.get(folder) {
                return Arc::clone(source);
            }
        }
        Arc::default()
    }
}

impl Declared {
    fn into_source(self, folder: &str) -> Source {
        Source {
            id: folder[RESULTS.len()..].trim_end_matches('/').into(),
            names: names(&self.name),
            url: self.url,
            licence: self.licence.map(Into::into),
            retrieved: self.retrieved,
            reporter: self.reporter,
            metrics: self.metrics,
        }
    }
}

/// The source of a snapshot. What holds now is taken from the declaration, when it was fetched from the lock.
fn fetched_source(declaration: &Declaration, entry: Option<&Entry>) -> Source {
    Source {
        id: declaration.id.as_str().into(),
        names: names(&declaration.name),
        url: Some(declaration.homepage.clone()),
        licence: Some(declaration.licence.as_str().into()),
        retrieved: entry.and_then(|entry| Date::parse(&entry.retrieved.format("%Y-%m-%d").to_string())),
        reporter: declaration.reporter,
        metrics: None,
    }
}

fn names(name: &Text) -> Vec<(Arc<str>, Arc<str>)> {
    Language::ALL.into_iter().map(|language| (language.code().into(), name.get(language).into())).collect()
}

/// Whether the source `id` is `folder` or lies below it.
pub(super) fn contains(folder: &str, id: &str) -> bool {
    id.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
