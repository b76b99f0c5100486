//! Whether the files below `data/snapshots/` are those that `pull` fetched.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::record::Origin;
use crate::snapshot::{LOCK, Lock, SNAPSHOTS, SOURCES};
use crate::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const REMEDY: &str = "run tianti pull with the name of the source, or restore the file and data/sources.lock";

/// What the lock records of each file, by its path in the site.
pub(super) struct Snapshots(BTreeMap<String, String>);

impl Snapshots {
    /// Reports snapshots of which files are missing, and such as no source declares.
    pub(super) fn new(tree: &Tree, lock: &Lock, declared: &BTreeSet<&str>, diagnostics: &mut Diagnostics) -> Self {
        let mut hashes = BTreeMap::new();
        for (id, entry) in &lock.0 {
            let files = entry.files.iter().map(|file| (format!("{SNAPSHOTS}{id}/{}", file.path), file.sha256.clone()));
            let files: Vec<(String, String)> = files.collect();
            let missing: Vec<&String> =
                files.iter().map(|(path, _)| path).filter(|path| !tree.contains(path)).collect();
            if let Some(first) = missing.first() {
                let message =
                    format!("of the {} files of {id}, {} are missing, {first} first", files.len(), missing.len());
                diagnostics.push(Diagnostic::error("snapshot-changed", LOCK, message).hint(REMEDY));
            }
            hashes.extend(files);
        }
        let folder =
            |path: &Arc<str>| path.get(SNAPSHOTS.len()..)?.split_once('/').map(|(folder, _)| folder.to_owned());
        let folders: BTreeSet<String> = tree.below(SNAPSHOTS, "").filter_map(folder).collect();
        for folder in folders.iter().filter(|folder| !declared.contains(folder.as_str())) {
            let message = format!("no source in {SOURCES} is called {folder:?}");
            diagnostics.push(
                Diagnostic::error("undeclared-snapshot", format!("{SNAPSHOTS}{folder}"), message)
                    .hint("declare it there, or remove the folder and its entry in data/sources.lock"),
            );
        }
        Self(hashes)
    }

    /// The problem of a file of a snapshot, if its bytes are not those that were fetched.
    pub(super) fn problem(&self, origin: &Origin) -> Option<Diagnostic> {
        if !origin.path.starts_with(SNAPSHOTS) {
            return None;
        }
        let message = match self.0.get(&*origin.path) {
            Some(recorded) if **recorded == *origin.sha256 => return None,
            Some(recorded) => format!("its SHA-256 is {}, and {recorded} was fetched", origin.sha256),
            None => "the file is not recorded in data/sources.lock".to_owned(),
        };
        Some(Diagnostic::error("snapshot-changed", Arc::clone(&origin.path), message).hint(REMEDY))
    }
}
