//! Fills the ledger: runs the readers over all files at once, resolves names, and orders the records.

use super::battles::{Keeper, Kept};
use super::names::{FileMeanings, FileNames, Names};
use super::snapshots::Snapshots;
use super::source::{self, Sources};
use super::stored::{Store, Stored};
use super::{Ledger, Notices, RESULTS, clusters, fnv, repeated, superseded};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostics;
use crate::formats::{self, File, Reading};
use crate::record::Battle;
use crate::snapshot::{self, Lock, SNAPSHOTS};
use crate::tree::Tree;
use rayon::prelude::*;
use std::sync::{Arc, Mutex, PoisonError};

/// Reads every result file. Unknown names are added to the catalog without a card and reported once each.
pub fn read(tree: &Tree, catalog: &mut Catalog, diagnostics: &mut Diagnostics) -> Ledger {
    let results = tree.below(RESULTS, "").filter(|path| !path.ends_with(source::FILE));
    let paths: Vec<&Arc<str>> = results.chain(tree.below(SNAPSHOTS, "")).collect();
    let fetched = snapshot::read(tree, diagnostics);
    let lock = Lock::read(tree, diagnostics);
    let snapshots = Snapshots::new(tree, &lock, &fetched, diagnostics);
    let sources = Sources::read(tree, &fetched, &lock, diagnostics);
    let store = Store::default();
    let mut readings: Vec<(Reading, Vec<Stored>, Kept)> = (paths.par_chunk_by(|a, b| folder(a) == folder(b)))
        .flat_map_iter(|paths| {
            let siblings = Siblings::new(tree, folder(paths[0]));
            let (sources, store, catalog) = (&sources, &store, &*catalog);
            paths.iter().map(move |path| {
                let (mut reading, battles) = read_file(tree, path, sources, &siblings);
                clusters::settle(&mut reading.items, catalog);
                let records = store.keep(std::mem::take(&mut reading.records));
                (reading, records, battles)
            })
        })
        .collect();
    superseded::drop_older(&mut readings);
    let names_of_files: Vec<FileNames> = readings.par_iter().map(|(_, records, _)| FileNames::of(records)).collect();
    let mut ledger = Ledger { files: paths.len(), ..Ledger::default() };
    let mut names = Names::new(catalog);
    let mut files = Vec::with_capacity(readings.len());
    let mut source_ids = Vec::with_capacity(readings.len());
    for ((reading, mut records, battles), of_file) in readings.into_iter().zip(names_of_files) {
        if let Some(problem) = snapshots.problem(&reading.origin) {
            diagnostics.push(problem);
            continue;
        }
        diagnostics.extend(reading.diagnostics);
        ledger.battles.extend(battles.resolve(&reading.origin, reading.unreadable, &mut names));
        ledger.items.extend(reading.items.into_iter().map(|scores| names.items(scores)));
        let meanings = names.resolve(of_file, &reading.origin);
        meanings.complete_variants(&mut records);
        files.push(meanings);
        source_ids.push(Arc::clone(&reading.origin.source.id));
        ledger.records.by_file.push(records);
        ledger.records.path_hashes.push(fnv(0xcbf2_9ce4_8422_2325, reading.origin.path.as_bytes()));
    }
    ledger.records.implied_subsets = names.report(diagnostics);
    ledger.items.sort_by_key(|items| (items.model, items.benchmark));
    let mut ordered: Vec<&Arc<str>> = source_ids.iter().collect();
    ordered.sort_unstable();
    ordered.dedup();
    let place = |id: &Arc<str>| ordered.binary_search(&id).unwrap_or_default() as u32;
    clusters::report(&ledger.items, catalog, diagnostics);
    ledger.notices = Notices::read(tree, catalog, &paths, diagnostics);
    let mut files: Vec<(u32, u32, FileMeanings)> =
        (0..).zip(&source_ids).zip(files).map(|((file, source), names)| (place(source), file, names)).collect();
    files.sort_by_key(|(source, ..)| *source);
    // Nothing is compared across sources.
    let of_source = |files: &[(u32, u32, FileMeanings)]| {
        let entries = files.iter().flat_map(|(source, file, names)| names.entries(*file, *source));
        let (mut entries, mut problems) = (entries.collect(), Diagnostics::default());
        repeated::settle(&ledger.records, &ledger.notices, &mut entries, &mut problems);
        (entries, problems)
    };
    let settled: Vec<_> = files.par_chunk_by(|a, b| a.0 == b.0).map(of_source).collect();
    ledger.entries = Vec::with_capacity(settled.iter().map(|(entries, _)| entries.len()).sum());
    for (mut entries, problems) in settled {
        ledger.entries.append(&mut entries);
        diagnostics.extend(problems);
    }
    ledger.index(&ordered);
    ledger.notices.report(&ledger, diagnostics);
    ledger
}

/// What a file holds; its battles apart, as compact as they are kept.
fn read_file(tree: &Tree, path: &str, sources: &Sources, siblings: &Siblings) -> (Reading, Kept) {
    let sibling = |name: &str| siblings.text(name);
    let file = File { path, size: tree.size(path), open: &|| tree.open(path), sibling: &sibling };
    let keeper = Arc::new(Mutex::new(Keeper::default()));
    let keep = {
        let keeper = Arc::clone(&keeper);
        move |battles: Vec<Battle>| {
            let mut keeper = keeper.lock().unwrap_or_else(PoisonError::into_inner);
            battles.into_iter().for_each(|battle| keeper.add(battle));
        }
    };
    let mut reading = formats::read_in_parts(&file, sources.of(path), Box::new(keep.clone()));
    keep(std::mem::take(&mut reading.battles));
    let kept = std::mem::take(&mut *keeper.lock().unwrap_or_else(PoisonError::into_inner)).finish();
    (reading, kept)
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Files that readers ask for beside those they read, in one folder: the last one stays, for the next file's reader
/// mostly asks for the same.
struct Siblings<'a> {
    tree: &'a Tree,
    folder: &'a str,
    last: Mutex<Option<(String, Option<String>)>>,
}

impl<'a> Siblings<'a> {
    fn new(tree: &'a Tree, folder: &'a str) -> Self {
        Self { tree, folder, last: Mutex::default() }
    }

    fn text(&self, name: &str) -> Option<String> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((same, text)) if same == name => text.clone(),
            _ => {
                let text = self.tree.text(&format!("{}/{name}", self.folder)).ok();
                *last = Some((name.to_owned(), text.clone()));
                text
            }
        }
    }
}
