//! The ledger: every record of a site, with its names resolved to catalog entries.
//!
//! [`read`] runs the readers over `data/results/` and `data/snapshots/`, gives each file the source its folder declares,
//! resolves model and benchmark names, and reports repeated and contradicting records; [`Notices`] say which of them were
//! withdrawn, are disputed or contaminated. The ledger does not know boards.

mod battles;
mod clusters;
mod names;
mod notices;
mod reading;
mod repeated;
mod snapshots;
mod source;
mod stored;
mod superseded;

use crate::catalog::{BenchmarkIx, ModelIx};
use crate::record::{ItemScores, Origin, Place};
pub use battles::{BattleFile, Contestant, Vote};
use foldhash::HashMap;
pub use notices::{Moment, Notice, NoticeState, Notices};
pub use reading::read;
pub(crate) use repeated::located;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::Arc;
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
