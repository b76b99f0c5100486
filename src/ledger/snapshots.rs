//! Whether the files below `data/snapshots/` are those that `pull` fetched.

use super::RESULTS;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::record::Origin;
use crate::snapshot::{Declaration, File, LOCK, Lock, SNAPSHOTS, SOURCES};
use crate::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const REMEDY: &str = "run tianti pull with the name of the source, or restore the file and data/sources.lock";

/// What the lock records of each file, by its path in the site.
pub(super) struct Snapshots(BTreeMap<String, String>);

impl Snapshots {
    /// Reports snapshots of which files are missing, such as no source declares, and sources that have the name of a
    /// folder of results.
    pub(super) fn new(tree: &Tree, lock: &Lock, fetched: &[Declaration], diagnostics: &mut Diagnostics) -> Self {
        report_names_taken(tree, fetched, diagnostics);
        report_undeclared(tree, fetched, diagnostics);
        let mut hashes = BTreeMap::new();
        for (id, entry) in &lock.0 {
            let path = |file: &File| format!("{SNAPSHOTS}{id}/{}", file.path);
            let missing: Vec<String> = entry.files.iter().map(path).filter(|path| !tree.contains(path)).collect();
            if let Some(first) = missing.first() {
                let message = format!("{id}: {} of {} files missing, first {first}", missing.len(), entry.files.len());
                diagnostics.push(Diagnostic::error("snapshot-changed", LOCK, message).hint(REMEDY));
            }
            hashes.extend(entry.files.iter().map(|file| (path(file), file.sha256.clone())));
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

fn report_names_taken(tree: &Tree, fetched: &[Declaration], diagnostics: &mut Diagnostics) {
    for declaration in fetched {
        let folder = format!("{RESULTS}{}/", declaration.id);
        if tree.below(&folder, "").next().is_some() {
            let message = format!("the source {} and the folder {folder} have one name", declaration.id);
            diagnostics.push(
                Diagnostic::error("bad-source", SOURCES, message)
                    .at(declaration.position)
                    .hint("rename one of them: boards select records by it"),
            );
        }
    }
}

fn report_undeclared(tree: &Tree, fetched: &[Declaration], diagnostics: &mut Diagnostics) {
    let declared: BTreeSet<&str> = fetched.iter().map(|declaration| declaration.id.as_str()).collect();
    let folders = tree.below(SNAPSHOTS, "").filter_map(|path| path.get(SNAPSHOTS.len()..)?.split_once('/'));
    let folders: BTreeSet<&str> = folders.map(|(folder, _)| folder).collect();
    for folder in folders.difference(&declared) {
        let message = format!("no source in {SOURCES} is called {folder:?}");
        diagnostics.push(
            Diagnostic::error("undeclared-snapshot", format!("{SNAPSHOTS}{folder}"), message)
                .hint("declare it there, or remove the folder and its entry in data/sources.lock"),
        );
    }
}
