//! The ledger: every record of a site, with its names resolved to catalog entries.
//!
//! [`read`] runs the readers over `data/results/` and `data/snapshots/`, gives each file the source its folder declares,
//! resolves model and benchmark names, and reports repeated and contradicting records; [`Notices`] say which of them were
//! withdrawn, are disputed or contaminated. The ledger does not know boards.

mod battles;
mod clusters;
mod notices;
mod repeated;
mod snapshots;
mod source;
mod stored;
mod superseded;

use crate::catalog::{BenchmarkIx, Catalog, ModelIx, ModelMatch, Parts};
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::formats::{self, File, Reading};
use crate::record::{Battle, ItemScores, ModelName, Origin, Place};
use crate::snapshot::{self, Lock, SNAPSHOTS};
use crate::tree::Tree;
pub use battles::{BattleFile, Contestant, Vote};
use battles::{Keeper, Kept};
use foldhash::HashMap;
pub use notices::{Moment, Notice, NoticeState, Notices};
use rayon::prelude::*;
pub(crate) use repeated::located;
use sha2::{Digest, Sha256};
use snapshots::Snapshots;
use source::Sources;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use stored::Store;
pub use stored::{Circumstances, Dating, Stored};

/// The folder of result files.
pub const RESULTS: &str = "data/results/";

/// Index of a record in [`Ledger::entry`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryIx(u32);

/// A record whose model and benchmark are known to the catalog.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    pub model: ModelIx,
    pub benchmark: BenchmarkIx,
    pub record: &'a Stored,
    implied_subset: Option<&'a str>,
    /// The FNV-1a hash of its file's path.
    path_hash: u64,
}

/// The anchor of a record on its model's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor(u64);

impl Anchor {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";

    /// `r` and nine digits to the base 32.
    pub fn digits(self) -> [u8; 10] {
        let digit = |place: usize| Self::DIGITS[(self.0 >> (5 * place)) as usize % 32];
        std::array::from_fn(|index| if index == 0 { b'r' } else { digit(9 - index) })
    }

    pub fn push_to(self, text: &mut String) {
        text.push_str(std::str::from_utf8(&self.digits()).unwrap_or_default());
    }
}

impl std::fmt::Display for Anchor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::new();
        self.push_to(&mut text);
        f.write_str(&text)
    }
}

impl<'a> Entry<'a> {
    /// The record's own subset, or the one its benchmark's name implied.
    pub fn subset(&self) -> Option<&'a str> {
        self.record.subset.as_deref().or(self.implied_subset)
    }

    /// An anchor that stays the same as long as the record keeps its place in its file: 45 bits of the FNV-1a hash of
    /// path and place.
    pub fn anchor(&self) -> Anchor {
        let hash = self.path_hash;
        let hash = match &self.record.place {
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
///
/// Records stay where their files' readings put them, for there may be millions; what is ordered is [`Resolved`].
#[derive(Debug, Default)]
pub struct Ledger {
    records: Records,
    entries: Vec<Resolved>,
    /// Benchmark and source id → the range of their entries.
    ranges: BTreeMap<(BenchmarkIx, Arc<str>), std::ops::Range<usize>>,
    pub files: usize,
    /// Of each file that has any.
    pub battles: Vec<BattleFile>,
    pub items: Vec<ItemEntry>,
    pub notices: Notices,
}

/// A model's scores on the items of a benchmark, with what their names mean.
#[derive(Debug)]
pub struct ItemEntry {
    pub model: ModelIx,
    pub benchmark: BenchmarkIx,
    implied_subset: Option<Arc<str>>,
    pub scores: ItemScores,
}

impl ItemEntry {
    /// Whether the value of `entry` is the mean of these scores: metric, subset and variant are the same, and so is the
    /// number, as far as it is written.
    fn are_behind(&self, entry: &Entry) -> bool {
        let (record, scores) = (entry.record, &self.scores);
        let mean = crate::stats::mean(scores.scores());
        let written = 10_f64.powi(-(record.value.decimals().min(12) as i32));
        let agrees =
            mean.zip(record.value.finite()).is_some_and(|(mean, value)| (mean - value).abs() <= 0.51 * written);
        let whole = |subset: Option<&str>| subset.filter(|subset| *subset != "default").map(str::to_owned);
        agrees
            && scores.metric.name == record.metric.name
            && scores.metric.unit == record.metric.unit
            && scores.model.variant == record.model.variant
            && whole(self.subset()) == whole(entry.subset())
    }

    /// The scores' own subset, or the one their benchmark's name implied.
    pub fn subset(&self) -> Option<&str> {
        self.scores.subset.as_deref().or(self.implied_subset.as_deref())
    }
}

/// The records of every file, and the subsets that names of benchmarks implied.
#[derive(Debug, Default)]
struct Records {
    by_file: Vec<Vec<Stored>>,
    /// The FNV-1a hashes of the files' paths.
    path_hashes: Vec<u64>,
    implied_subsets: Vec<Arc<str>>,
}

/// A record by its place in [`Records`], with what its names mean.
#[derive(Clone, Copy, Debug)]
struct Resolved {
    /// The place of its source among the sources in order of their ids.
    source: u32,
    benchmark: BenchmarkIx,
    model: ModelIx,
    file: u32,
    index: u32,
    /// Index of the subset that the benchmark's name implied.
    implied_subset: Option<NonZeroU32>,
}

impl Records {
    fn entry(&self, resolved: &Resolved) -> Entry<'_> {
        let record = &self.by_file[resolved.file as usize][resolved.index as usize];
        let implied = |index: NonZeroU32| &*self.implied_subsets[index.get() as usize - 1];
        Entry {
            model: resolved.model,
            benchmark: resolved.benchmark,
            record,
            implied_subset: resolved.implied_subset.map(implied),
            path_hash: self.path_hashes[resolved.file as usize],
        }
    }
}

impl Ledger {
    pub fn entry(&self, index: EntryIx) -> Entry<'_> {
        self.records.entry(&self.entries[index.0 as usize])
    }

    /// The scores of the items that an entry's value is the mean of, if a run wrote them.
    pub fn items_of(&self, entry: &Entry) -> Option<&ItemEntry> {
        let key = (entry.model, entry.benchmark);
        let start = self.items.partition_point(|items| (items.model, items.benchmark) < key);
        let of_both = self.items[start..].iter().take_while(|items| (items.model, items.benchmark) == key);
        of_both.into_iter().find(|items| items.are_behind(entry))
    }

    pub fn entries(&self) -> impl ExactSizeIterator<Item = (EntryIx, Entry<'_>)> {
        let indexed = self.entries.iter().enumerate();
        indexed.map(|(index, resolved)| (EntryIx(index as u32), self.records.entry(resolved)))
    }

    /// All entries by what `key` makes of their model and benchmark, each list in the order of the ledger.
    pub fn entries_by<K: Copy + Eq + Hash>(&self, key: impl Fn(ModelIx, BenchmarkIx) -> K) -> HashMap<K, Vec<EntryIx>> {
        let of = |entry: &Resolved| key(entry.model, entry.benchmark);
        let mut all: HashMap<K, Vec<EntryIx>> = HashMap::default();
        let mut start = 0;
        for same in self.entries.chunk_by(|a, b| of(a) == of(b)) {
            let end = start + same.len() as u32;
            all.entry(of(&same[0])).or_default().extend((start..end).map(EntryIx));
            start = end;
        }
        all
    }

    /// The entries of a benchmark that come from `sources`, or from anywhere when there are none; those of one source
    /// are in the order of their models.
    pub fn select<'a>(&'a self, benchmark: BenchmarkIx, sources: &'a [Arc<str>]) -> impl Iterator<Item = EntryIx> + 'a {
        let wanted =
            move |source: &str| sources.is_empty() || sources.iter().any(|wanted| source::contains(wanted, source));
        self.ranges
            .range((benchmark, Arc::from(""))..)
            .take_while(move |((of, _), _)| *of == benchmark)
            .filter(move |((_, source), _)| wanted(source))
            .flat_map(|(_, range)| range.clone().map(|index| EntryIx(index as u32)))
    }

    /// A file of each source and benchmark that has records, with the number of these.
    pub fn origins(&self) -> impl Iterator<Item = (&Origin, usize)> {
        let first = |range: &std::ops::Range<usize>| &*self.records.entry(&self.entries[range.start]).record.origin;
        self.ranges.values().map(move |range| (first(range), range.len()))
    }

    /// The records of each file as it was read, repeated ones included.
    pub fn files(&self) -> &[Vec<Stored>] {
        &self.records.by_file
    }

    /// The SHA-256 of the paths and hashes of all files that records or battles come from, in lower-case hexadecimal.
    pub fn fingerprint(&self) -> String {
        let records = self.files().iter().filter_map(|records| Some(&records.first()?.origin));
        let origins: BTreeSet<_> = records.chain(self.battles.iter().map(|file| &file.origin)).collect();
        let mut hash = Sha256::new();
        for origin in origins {
            hash.update(format!("{}\n{}\n", origin.path, origin.sha256));
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The entries of each benchmark in each source.
    pub fn columns(&self) -> impl Iterator<Item = Vec<Entry<'_>>> {
        let entries = |range: &std::ops::Range<usize>| self.entries[range.clone()].iter();
        self.ranges.values().map(move |range| entries(range).map(|entry| self.records.entry(entry)).collect())
    }

    /// Whether any records come from the folder `source` or one below it.
    pub fn has_source(&self, source: &str) -> bool {
        self.ranges.keys().any(|(_, id)| source::contains(source, id))
    }

    /// Whether any battles come from the folder `source` or one below it.
    pub fn has_battles(&self, source: &str) -> bool {
        self.battles.iter().any(|file| source::contains(source, &file.origin.source.id))
    }

    /// The files of battles that come from `sources`, or from anywhere when there are none.
    pub fn battles_of<'a>(&'a self, sources: &'a [Arc<str>]) -> impl Iterator<Item = &'a BattleFile> {
        let of = |file: &BattleFile, wanted: &str| source::contains(wanted, &file.origin.source.id);
        self.battles.iter().filter(move |file| sources.is_empty() || sources.iter().any(|wanted| of(file, wanted)))
    }
}

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

impl Ledger {
    /// `sources` are the ids of all sources, in order.
    fn index(&mut self, sources: &[&Arc<str>]) {
        let mut start = 0;
        for chunk in self.entries.chunk_by(|a, b| (a.source, a.benchmark) == (b.source, b.benchmark)) {
            let source = Arc::clone(sources[chunk[0].source as usize]);
            self.ranges.insert((chunk[0].benchmark, source), start..start + chunk.len());
            start += chunk.len();
        }
    }
}

/// The raw names of a file's records, each once, and which of them each record bears.
struct FileNames {
    models: Distinct,
    benchmarks: Distinct,
}

/// Names in the order in which they first occur.
#[derive(Default)]
struct Distinct {
    /// Each with the number of its records.
    names: Vec<(Arc<str>, usize)>,
    /// Of each record, the index of its name.
    of_record: Vec<u32>,
}

impl FileNames {
    fn of(records: &[Stored]) -> Self {
        Self {
            models: Distinct::of(records.iter().map(|record| &record.model.raw)),
            benchmarks: Distinct::of(records.iter().map(|record| &record.benchmark)),
        }
    }
}

impl Distinct {
    fn of<'a>(raw: impl ExactSizeIterator<Item = &'a Arc<str>>) -> Self {
        let mut distinct = Self { names: Vec::new(), of_record: Vec::with_capacity(raw.len()) };
        // Equal names have one address, since the store keeps each once.
        let mut index: HashMap<*const u8, u32> = HashMap::default();
        for name in raw {
            let at = *index.entry(name.as_ptr()).or_insert_with(|| {
                distinct.names.push((Arc::clone(name), 0));
                distinct.names.len() as u32 - 1
            });
            distinct.names[at as usize].1 += 1;
            distinct.of_record.push(at);
        }
        distinct
    }
}

/// What the names of a file mean.
struct FileMeanings {
    /// Each with the parts of the variant that the name states.
    models: Vec<(ModelIx, Parts)>,
    benchmarks: Vec<BenchmarkPart>,
    model_of: Vec<u32>,
    benchmark_of: Vec<u32>,
}

impl FileMeanings {
    /// Adds what the models' names state of a variant to the records; what the file states apart from the name stays.
    fn complete_variants(&self, records: &mut [Stored]) {
        if self.models.iter().all(|(_, parts)| parts.is_empty()) {
            return;
        }
        let mut last: Option<[Arc<ModelName>; 2]> = None;
        for (record, name) in records.iter_mut().zip(&self.model_of) {
            // Neighbours mostly share their model, and go on sharing it.
            let completed = match &last {
                Some([same, completed]) if Arc::ptr_eq(same, &record.model) => Arc::clone(completed),
                _ => {
                    let mut model = ModelName::clone(&record.model);
                    complete_variant(&mut model, &self.models[*name as usize].1);
                    Arc::new(model)
                }
            };
            last = Some([std::mem::replace(&mut record.model, Arc::clone(&completed)), completed]);
        }
    }

    fn entries(&self, file: u32, source: u32) -> impl Iterator<Item = Resolved> {
        self.model_of.iter().zip(&self.benchmark_of).enumerate().map(move |(index, (model, benchmark))| {
            let (benchmark, implied_subset) = self.benchmarks[*benchmark as usize];
            let model = self.models[*model as usize].0;
            Resolved { source, benchmark, model, file, index: index as u32, implied_subset }
        })
    }
}

/// Adds what the model's name states of a variant; what the file states apart from the name stays.
fn complete_variant(model: &mut ModelName, parts: &Parts) {
    for (part, value) in parts.iter() {
        if model.get(*part).is_none() {
            model.set(*part, value.as_str());
        }
    }
}

/// Raw names seen so far, and the files and records of those the catalog did not know.
struct Names<'a> {
    catalog: &'a mut Catalog,
    models: HashMap<Arc<str>, (ModelIx, Parts, Option<Unknown>)>,
    benchmarks: HashMap<Arc<str>, (BenchmarkPart, Option<Unknown>)>,
    implied_subsets: Vec<Arc<str>>,
}

/// A benchmark, and the index of the subset when the name is a part of it.
type BenchmarkPart = (BenchmarkIx, Option<NonZeroU32>);

/// Where an unknown name was first met, and how many records and battles bear it.
struct Unknown {
    origin: Arc<Origin>,
    records: usize,
    battles: usize,
    /// The models that it could mean; none when it is like no known name.
    candidates: Vec<ModelIx>,
}

impl<'a> Names<'a> {
    fn new(catalog: &'a mut Catalog) -> Self {
        Self { catalog, models: HashMap::default(), benchmarks: HashMap::default(), implied_subsets: Vec::new() }
    }

    /// What the names of the file `origin` mean. A name without a card is added to the catalog.
    fn resolve(&mut self, file: FileNames, origin: &Arc<Origin>) -> FileMeanings {
        FileMeanings {
            models: file.models.names.iter().map(|(raw, records)| self.model(raw, *records, origin)).collect(),
            benchmarks: file
                .benchmarks
                .names
                .iter()
                .map(|(raw, records)| self.benchmark(raw, *records, origin))
                .collect(),
            model_of: file.models.of_record,
            benchmark_of: file.benchmarks.of_record,
        }
    }

    /// The model, and the parts of its variant that the name states.
    fn model(&mut self, raw: &Arc<str>, records: usize, origin: &Arc<Origin>) -> (ModelIx, Parts) {
        let unknown = |candidates| Some(Unknown { candidates, ..Unknown::first_in(origin) });
        let (model, parts, unknown) =
            self.models.entry(Arc::clone(raw)).or_insert_with(|| match self.catalog.find_model(raw) {
                ModelMatch::Model(model, parts) => (model, parts, None),
                ModelMatch::Ambiguous(models) => {
                    (self.catalog.add_model_without_card(raw), Parts::new(), unknown(models))
                }
                ModelMatch::Unknown => (self.catalog.add_model_without_card(raw), Parts::new(), unknown(Vec::new())),
            });
        count(unknown, records);
        (*model, parts.clone())
    }

    /// As [`Self::model`], of a name in battles.
    fn contestant(&mut self, raw: &Arc<str>, battles: usize, origin: &Arc<Origin>) -> (ModelIx, Parts) {
        let found = self.model(raw, 0, origin);
        if let Some((_, _, Some(unknown))) = self.models.get_mut(raw) {
            unknown.battles += battles;
        }
        found
    }

    fn items(&mut self, mut scores: ItemScores) -> ItemEntry {
        let origin = Arc::clone(&scores.provenance.origin);
        let (model, parts) = self.model(&scores.model.raw, 0, &origin);
        complete_variant(&mut scores.model, &parts);
        let (benchmark, subset) = self.benchmark(&scores.benchmark, 0, &origin);
        let implied_subset = subset.map(|index| Arc::clone(&self.implied_subsets[index.get() as usize - 1]));
        ItemEntry { model, benchmark, implied_subset, scores }
    }

    fn benchmark(&mut self, raw: &Arc<str>, records: usize, origin: &Arc<Origin>) -> BenchmarkPart {
        let (part, unknown) =
            self.benchmarks.entry(Arc::clone(raw)).or_insert_with(|| match self.catalog.find_benchmark(raw) {
                Some((benchmark, subset)) => {
                    let implied = subset.and_then(|subset| {
                        self.implied_subsets.push(subset);
                        NonZeroU32::new(self.implied_subsets.len() as u32)
                    });
                    ((benchmark, implied), None)
                }
                None => ((self.catalog.add_benchmark_without_card(raw), None), Some(Unknown::first_in(origin))),
            });
        count(unknown, records);
        *part
    }

    /// Reports the unknown names; what is left are the subsets that names implied.
    fn report(self, diagnostics: &mut Diagnostics) -> Vec<Arc<str>> {
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
        self.implied_subsets
    }
}

impl Names<'_> {
    fn ambiguous(&self, raw: &str, unknown: &Unknown) -> Diagnostic {
        let ids: Vec<_> = unknown.candidates.iter().map(|model| self.catalog.model(*model).id.as_str()).collect();
        let message = format!("the model {raw:?} of {} could be {}", unknown.bearers(), ids.join(" or "));
        Diagnostic::warning("ambiguous-model", Arc::clone(&unknown.origin.path), message)
            .hint("add the name to the aliases of the one it means; it is shown as written until then")
    }
}

fn count(unknown: &mut Option<Unknown>, records: usize) {
    if let Some(unknown) = unknown {
        unknown.records += records;
    }
}

impl Unknown {
    fn first_in(origin: &Arc<Origin>) -> Self {
        Self { origin: Arc::clone(origin), records: 0, battles: 0, candidates: Vec::new() }
    }

    /// What bears the name.
    fn bearers(&self) -> String {
        match (self.records, self.battles) {
            (records, 0) => format!("{records} records"),
            (0, battles) => format!("{battles} battles"),
            (records, battles) => format!("{records} records and {battles} battles"),
        }
    }

    fn report(&self, code: &'static str, kind: &str, raw: &str, near: &[String], remedy: &str) -> Diagnostic {
        let message = format!("no card for the {kind} {raw:?} of {}", self.bearers());
        Diagnostic::warning(code, Arc::clone(&self.origin.path), message).hint(did_you_mean(near, remedy))
    }
}
