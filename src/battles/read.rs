//! From files to counted battles, and to single votes where they are needed.

use super::baseline::Runs;
use super::scores;
use super::{ClusterBy, Compared, Request};
use crate::diagnostic::Diagnostics;
use crate::formats::{self, File, Reading};
use crate::record::{Battle, Counter, Field, Fought, ItemScores, Outcome, label};
use crate::stats::battles as rating;
use foldhash::HashMap;
use foldhash::quality::FixedState;
use std::collections::BTreeSet;
use std::hash::BuildHasher;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;

/// A file of battles on the disk.
#[derive(Clone, Debug)]
pub struct VoteFile {
    pub path: PathBuf,
    /// As diagnostics call it.
    pub shown: String,
}

/// Everything that was read.
#[derive(Default)]
pub(super) struct Found {
    pub counter: Counter,
    /// Where battles depend on each other.
    pub votes: Option<Votes>,
    pub compared: Compared,
    /// Of battles against a baseline that their file names.
    pub runs: Runs,
    /// Where style is to be held fixed.
    pub measured: Option<Measured>,
    /// Rows that could not be read.
    pub unreadable: u64,
    pub diagnostics: Diagnostics,
}

/// Single battles.
#[derive(Default)]
pub(super) struct Votes {
    pub names: Names,
    pub votes: Vec<RawVote>,
}

/// Counted battles whose answers' lengths are known.
#[derive(Default)]
pub(super) struct Measured {
    pub names: Names,
    pub battles: Vec<MeasuredBattle>,
}

/// A battle with the places of its models in [`Measured::names`].
pub(super) struct MeasuredBattle {
    pub a: u32,
    pub b: u32,
    pub outcome: rating::Outcome,
    pub weight: u32,
    pub lengths: [u32; 2],
}

impl Measured {
    fn add(&mut self, fought: &Fought, lengths: [u32; 2]) {
        let (a, b) = (self.names.number(fought.a), self.names.number(fought.b));
        self.battles.push(MeasuredBattle { a, b, outcome: outcome(fought.outcome), weight: fought.weight, lengths });
    }
}

/// Models in the order in which they first occur.
#[derive(Default)]
pub(super) struct Names {
    names: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
}

/// A battle with the places of its models in [`Votes::names`].
pub(super) struct RawVote {
    pub a: u32,
    pub b: u32,
    pub outcome: rating::Outcome,
    pub weight: u32,
    pub cluster: Option<u64>,
}

impl Votes {
    /// Notes a battle that was counted; `cluster` is what it has in common with others.
    pub fn add(&mut self, fought: &Fought, cluster: Option<&str>) {
        let (a, b) = (self.names.number(fought.a), self.names.number(fought.b));
        let cluster = cluster.map(|text| FixedState::default().hash_one(text));
        self.votes.push(RawVote { a, b, outcome: outcome(fought.outcome), weight: fought.weight, cluster });
    }
}

impl Names {
    pub fn iter(&self) -> impl Iterator<Item = &Arc<str>> {
        self.names.iter()
    }

    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let (name, number) = (Arc::<str>::from(name), self.names.len() as u32);
        self.names.push(Arc::clone(&name));
        self.numbers.insert(name, number);
        number
    }
}

/// A file's outcome as ratings take it: side a is the first.
pub fn outcome(outcome: Outcome) -> rating::Outcome {
    match outcome {
        Outcome::A => rating::Outcome::First,
        Outcome::B => rating::Outcome::Second,
        Outcome::Tie => rating::Outcome::Tie,
        Outcome::BothBad => rating::Outcome::BothBad,
    }
}

/// Reads all files. Plain ones are counted without keeping their battles, unless it shows that they depend on each other.
pub(super) fn read(files: &[VoteFile], request: Request) -> Found {
    let mut reader = Reader::new(request, request.cluster);
    files.iter().for_each(|file| reader.read(file));
    if reader.found.votes.is_none() && reader.is_dependent {
        reader = Reader::new(request, Some(ClusterBy::Question));
        files.iter().for_each(|file| reader.read(file));
    }
    reader.finish()
}

struct Reader {
    request: Request,
    cluster: Option<ClusterBy>,
    found: Found,
    /// Of files without battles.
    items: Vec<ItemScores>,
    /// Some battles count more than once, or come from scores of the same items.
    is_dependent: bool,
}

impl Reader {
    fn new(request: Request, cluster: Option<ClusterBy>) -> Self {
        let found = Found {
            counter: Counter::new(request.only_anonymous),
            votes: cluster.map(|_| Votes::default()),
            measured: request.style.then(Measured::default),
            ..Found::default()
        };
        Self { request, cluster, found, items: Vec::new(), is_dependent: false }
    }

    fn read(&mut self, file: &VoteFile) {
        let open = || Ok(Box::new(std::fs::File::open(&file.path)?) as Box<dyn Read>);
        let sibling = |name: &str| text(&file.path.with_file_name(name));
        let size = std::fs::metadata(&file.path).map_or(0, |metadata| metadata.len());
        let input = File { path: &file.shown, size, open: &open, sibling: &sibling };
        let counted = match self.cluster {
            None if !self.request.style => formats::count_battles(&input, self.request.only_anonymous),
            _ => None,
        };
        match counted {
            Some(counted) => {
                self.found.counter.merge(counted.counter);
                self.found.unreadable += counted.unreadable;
                self.found.diagnostics.extend(counted.diagnostics);
            }
            None => self.take(formats::read(&input, Arc::default())),
        }
    }

    fn take(&mut self, reading: Reading) {
        let Reading { records, battles, items, unreadable, diagnostics, .. } = reading;
        self.found.unreadable += unreadable;
        self.found.diagnostics.extend(diagnostics);
        let baselines = items.iter().filter_map(|items| items.protocol.get(Field::Baseline));
        let baselines: BTreeSet<Arc<str>> = baselines.map(Arc::from).collect();
        for battle in &battles {
            self.add(battle, &baselines);
        }
        if battles.is_empty() {
            self.found.compared.summaries += scores::count_summaries(&records, &mut self.found.counter);
            self.is_dependent |= !items.is_empty();
            self.items.extend(items.into_iter().map(|mut items| {
                items.settle(None);
                items
            }));
        }
    }

    fn add(&mut self, battle: &Battle, baselines: &BTreeSet<Arc<str>>) {
        let (a, b) = (label(&battle.model_a), label(&battle.model_b));
        let fought = Fought::of(battle, &a, &b);
        self.is_dependent |= battle.weight > 1;
        if !self.found.counter.count(&fought) {
            return;
        }
        self.found.runs.add(battle, baselines);
        if let (Some(measured), Some(lengths)) = (&mut self.found.measured, battle.lengths) {
            measured.add(&fought, lengths);
        }
        if let Some(votes) = &mut self.found.votes {
            let cluster = match self.cluster {
                Some(ClusterBy::Judge) => fought.judge,
                _ => fought.question,
            };
            votes.add(&fought, cluster);
        }
    }

    fn finish(mut self) -> Found {
        let by_question = self.cluster != Some(ClusterBy::Judge);
        let Found { counter, votes, compared, .. } = &mut self.found;
        scores::compare(&self.items, compared, |fought| {
            if counter.count(fought)
                && let Some(votes) = votes
            {
                votes.add(fought, if by_question { fought.question } else { fought.judge });
            }
        });
        self.found
    }
}

/// The text of a small file.
fn text(path: &std::path::Path) -> Option<String> {
    let mut text = String::new();
    let file = std::fs::File::open(path).ok()?;
    let read: io::Result<usize> = file.take(formats::LARGEST_DOCUMENT).read_to_string(&mut text);
    read.ok().map(|_| text)
}
