//! The ledger: every record of a site, with its names resolved to catalog entries.
//!
//! [`read`] runs the readers over `data/results/`, gives each file the source its folder declares, resolves model and
//! benchmark names, and reports repeated and contradicting records. The ledger does not know boards.

mod repeated;
mod source;

use crate::catalog::{BenchmarkIx, Catalog, ModelIx, ModelMatch, Parts};
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::formats::{self, File, Reading};
use crate::record::{Battle, ItemScores, Origin, Place, Record};
use crate::tree::Tree;
use foldhash::HashMap;
use rayon::prelude::*;
use source::Sources;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The folder of result files.
pub const RESULTS: &str = "data/results/";

/// Index of a record in [`Ledger::entry`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryIx(u32);

/// A record whose model and benchmark are known to the catalog.
#[derive(Clone, Debug)]
pub struct Entry {
    pub model: ModelIx,
    pub benchmark: BenchmarkIx,
    /// The record's own subset, or the one its benchmark's name implied.
    pub subset: Option<Arc<str>>,
    pub record: Record,
}

/// The anchor of a record on its model's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor(u64);

impl Anchor {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";

    /// `r` and nine digits to the base 32.
    pub fn push_to(self, text: &mut String) {
        text.push('r');
        text.extend((0..9).rev().map(|digit| char::from(Self::DIGITS[(self.0 >> (5 * digit)) as usize % 32])));
    }
}

impl std::fmt::Display for Anchor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::new();
        self.push_to(&mut text);
        f.write_str(&text)
    }
}

impl Entry {
    /// An anchor that stays the same as long as the record keeps its place in its file: 45 bits of the FNV-1a hash of
    /// path and place.
    pub fn anchor(&self) -> Anchor {
        let provenance = &self.record.provenance;
        let hash = fnv(0xcbf2_9ce4_8422_2325, provenance.origin.path.as_bytes());
        let hash = match &provenance.place {
            Place::Pointer(pointer) => fnv(hash, pointer.as_bytes()),
            Place::Cell { line, column } => fnv(fnv(hash, &line.to_le_bytes()), &column.to_le_bytes()),
            Place::Line { line, pointer } => fnv(fnv(hash, &line.to_le_bytes()), pointer.as_bytes()),
        };
        Anchor(hash >> 19)
    }
}

fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Every record, ordered by source, benchmark and model.
#[derive(Debug, Default)]
pub struct Ledger {
    entries: Vec<Entry>,
    /// Source id and benchmark → the range of their entries.
    ranges: BTreeMap<(Arc<str>, BenchmarkIx), std::ops::Range<usize>>,
    pub files: usize,
    /// As read: their names are the files' own.
    pub battles: Vec<Battle>,
    /// As read: their names are the files' own.
    pub items: Vec<ItemScores>,
}

impl Ledger {
    pub fn entry(&self, index: EntryIx) -> &Entry {
        &self.entries[index.0 as usize]
    }

    pub fn entries(&self) -> impl ExactSizeIterator<Item = (EntryIx, &Entry)> {
        self.entries.iter().enumerate().map(|(index, entry)| (EntryIx(index as u32), entry))
    }

    /// The entries of a benchmark that come from `sources`, or from anywhere when there are none; those of one source
    /// are in the order of their models.
    pub fn select<'a>(&'a self, benchmark: BenchmarkIx, sources: &'a [Arc<str>]) -> impl Iterator<Item = EntryIx> + 'a {
        let wanted =
            move |source: &str| sources.is_empty() || sources.iter().any(|wanted| source::contains(wanted, source));
        self.ranges
            .iter()
            .filter(move |((source, of), _)| *of == benchmark && wanted(source))
            .flat_map(|(_, range)| range.clone().map(|index| EntryIx(index as u32)))
    }

    /// Whether any file comes from the folder `source` or one below it.
    pub fn has_source(&self, source: &str) -> bool {
        self.ranges.keys().any(|(id, _)| source::contains(source, id))
    }
}

/// Reads every result file. Unknown names are added to the catalog without a card and reported once each.
pub fn read(tree: &Tree, catalog: &mut Catalog, diagnostics: &mut Diagnostics) -> Ledger {
    let paths: Vec<&Arc<str>> = tree.below(RESULTS, "").filter(|path| !path.ends_with(source::FILE)).collect();
    let sources = Sources::read(tree, diagnostics);
    let readings: Vec<Reading> = paths.par_iter().map(|path| read_file(tree, path, &sources)).collect();
    let mut ledger = Ledger { files: paths.len(), ..Ledger::default() };
    let mut names = Names { catalog, models: HashMap::default(), benchmarks: HashMap::default() };
    for reading in readings {
        diagnostics.extend(reading.diagnostics);
        ledger.battles.extend(reading.battles);
        ledger.items.extend(reading.items);
        ledger.entries.extend(reading.records.into_iter().map(|record| names.resolve(record)));
    }
    names.report(diagnostics);
    ledger.entries = repeated::settle(std::mem::take(&mut ledger.entries), diagnostics);
    ledger.index();
    ledger
}

fn read_file(tree: &Tree, path: &str, sources: &Sources) -> Reading {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let sibling = |name: &str| tree.text(&format!("{folder}/{name}")).ok();
    let file = File { path, size: tree.size(path), open: &|| tree.open(path), sibling: &sibling };
    formats::read(&file, sources.of(path))
}

impl Ledger {
    fn index(&mut self) {
        let mut start = 0;
        for chunk in self.entries.chunk_by(|a, b| group(a) == group(b)) {
            let (source, benchmark) = group(&chunk[0]);
            self.ranges.insert((Arc::clone(source), benchmark), start..start + chunk.len());
            start += chunk.len();
        }
    }
}

fn group(entry: &Entry) -> (&Arc<str>, BenchmarkIx) {
    (&entry.record.provenance.origin.source.id, entry.benchmark)
}

/// Raw names seen so far, and the entries of those the catalog did not know.
struct Names<'a> {
    catalog: &'a mut Catalog,
    models: HashMap<Arc<str>, (ModelIx, Parts, Option<Unknown>)>,
    benchmarks: HashMap<Arc<str>, (BenchmarkPart, Option<Unknown>)>,
}

/// A benchmark, and the subset when the name is a part of it.
type BenchmarkPart = (BenchmarkIx, Option<Arc<str>>);

/// Where an unknown name was first met, and how many records bear it.
struct Unknown {
    origin: Arc<Origin>,
    records: usize,
    /// The models that it could mean; none when it is like no known name.
    candidates: Vec<ModelIx>,
}

impl Names<'_> {
    fn resolve(&mut self, mut record: Record) -> Entry {
        let origin = &record.provenance.origin;
        let unknown = |candidates| Some(Unknown { origin: Arc::clone(origin), records: 0, candidates });
        let raw = &record.model.raw;
        let (model, parts, not_known) =
            self.models.entry(Arc::clone(raw)).or_insert_with(|| match self.catalog.find_model(raw) {
                ModelMatch::Model(model, parts) => (model, parts, None),
                ModelMatch::Ambiguous(models) => {
                    (self.catalog.add_model_without_card(raw), Parts::new(), unknown(models))
                }
                ModelMatch::Unknown => (self.catalog.add_model_without_card(raw), Parts::new(), unknown(Vec::new())),
            });
        count(not_known);
        let raw = &record.benchmark;
        let ((benchmark, part), not_known) =
            self.benchmarks.entry(Arc::clone(raw)).or_insert_with(|| match self.catalog.find_benchmark(raw) {
                Some(found) => (found, None),
                None => ((self.catalog.add_benchmark_without_card(raw), None), unknown(Vec::new())),
            });
        count(not_known);
        let subset = record.subset.clone().or_else(|| part.clone());
        for (part, value) in parts.iter() {
            // What the file states apart from the name stays.
            if record.model.get(*part).is_none() {
                record.model.set(*part, value.as_str());
            }
        }
        Entry { model: *model, benchmark: *benchmark, subset, record }
    }

    fn report(self, diagnostics: &mut Diagnostics) {
        let models = self.models.iter().filter_map(|(raw, (_, _, unknown))| Some((raw, unknown.as_ref()?)));
        for (raw, unknown) in models {
            if unknown.candidates.is_empty() {
                let remedy =
                    "add a card to data/models/, or the name to a card's aliases; it is shown as written until then";
                diagnostics.push(unknown.report("unknown-model", "model", raw, &self.catalog.models_like(raw), remedy));
            } else {
                diagnostics.push(self.ambiguous(raw, unknown));
            }
        }
        let benchmarks = self.benchmarks.iter().filter_map(|(raw, (_, unknown))| Some((raw, unknown.as_ref()?)));
        for (raw, unknown) in benchmarks {
            let remedy =
                "add a card to data/benchmarks/, or the name to a card's aliases; it is shown as written until then";
            let near = self.catalog.benchmarks_like(raw);
            diagnostics.push(unknown.report("unknown-benchmark-name", "benchmark", raw, &near, remedy));
        }
    }
}

impl Names<'_> {
    fn ambiguous(&self, raw: &str, unknown: &Unknown) -> Diagnostic {
        let ids: Vec<_> = unknown.candidates.iter().map(|model| self.catalog.model(*model).id.as_str()).collect();
        let message = format!("the model {raw:?} of {} records could be {}", unknown.records, ids.join(" or "));
        Diagnostic::warning("ambiguous-model", Arc::clone(&unknown.origin.path), message)
            .hint("add the name to the aliases of the one it means; it is shown as written until then")
    }
}

fn count(unknown: &mut Option<Unknown>) {
    if let Some(unknown) = unknown {
        unknown.records += 1;
    }
}

impl Unknown {
    fn report(&self, code: &'static str, kind: &str, raw: &str, near: &[String], remedy: &str) -> Diagnostic {
        let records = self.records;
        Diagnostic::warning(
            code,
            Arc::clone(&self.origin.path),
            format!("no card for the {kind} {raw:?} of {records} records"),
        )
        .hint(did_you_mean(near, remedy))
    }
}
