//! The scores of the items that cells are means of: what their errors and the paired comparisons of rows are reckoned from.

use super::Cell;
use crate::ledger::{Entry, ItemEntry, Ledger};
use crate::record::{ItemKey, Unit};
use crate::stats::error::{self, Sample};
use crate::stats::paired::{self, Comparison, Pairs};
use foldhash::HashMap;
use std::collections::BTreeMap;

/// The items of a record, each once.
pub(super) struct PartItems {
    pub means: BTreeMap<ItemKey, ItemMean>,
    /// By how much the file's numbers are multiplied for a board's.
    scale: f64,
    clustered: bool,
}

/// The score of an item in the unit of the file, the mean of its repeats.
#[derive(Clone, Copy)]
pub(super) struct ItemMean {
    pub score: f64,
    /// The cluster that the item belongs to; its own where items come in none.
    cluster: ItemKey,
}

impl PartItems {
    /// Those behind the record, if a run wrote them.
    pub fn of(entry: &Entry, ledger: &Ledger) -> Option<Self> {
        let ItemEntry { scores, .. } = ledger.items_of(entry)?;
        let clusters = scores.clusters().unwrap_or(scores.items());
        let mut sums: BTreeMap<ItemKey, (f64, f64, ItemKey)> = BTreeMap::new();
        for ((item, score), cluster) in scores.items().iter().zip(scores.scores()).zip(clusters) {
            let (sum, count, _) = sums.entry(*item).or_insert((0.0, 0.0, *cluster));
            (*sum, *count) = (*sum + score, *count + 1.0);
        }
        let mean = |(item, (sum, count, cluster))| (item, ItemMean { score: sum / count, cluster });
        Some(Self {
            means: sums.into_iter().map(mean).collect(),
            scale: if entry.record.metric.unit == Unit::Fraction { 100.0 } else { 1.0 },
            clustered: scores.clusters().is_some(),
        })
    }

    pub fn is_clustered(&self) -> bool {
        self.clustered
    }

    /// What each item adds to the mean over so many parts, in the board's unit.
    pub fn shares(&self, parts: usize) -> Shares {
        let share = self.scale / (parts * self.means.len()) as f64;
        Shares::of(self.means.values().map(|item| (share * item.score, item.cluster)), self.clustered)
    }
}

/// What items add to a sum, and their clusters where they come in clusters.
pub(super) struct Shares {
    pub values: Vec<f64>,
    pub clusters: Option<Vec<u64>>,
}

impl Shares {
    fn of(shares: impl Iterator<Item = (f64, ItemKey)>, clustered: bool) -> Self {
        let (values, clusters): (Vec<f64>, Vec<u64>) = shares.map(|(share, cluster)| (share, cluster.0)).unzip();
        Self { values, clusters: clustered.then_some(clusters) }
    }

    /// `None` if a value is no number.
    pub fn sample(&self) -> Option<Sample<'_>> {
        match &self.clusters {
            Some(clusters) => Sample::clustered(&self.values, clusters).ok(),
            None => Sample::new(&self.values).ok(),
        }
    }
}

/// The items of each part of each ranked column of a row.
pub(super) struct RowItems(Vec<Vec<PartItems>>);

impl RowItems {
    /// Those behind the cells of a row; `None` unless all of them have item results.
    pub fn of<'a>(cells: impl Iterator<Item = Option<&'a Cell>>, ledger: &Ledger) -> Option<Self> {
        let parts = |cell: Option<&Cell>| -> Option<Vec<PartItems>> {
            cell?.entries.iter().map(|entry| PartItems::of(&ledger.entry(*entry), ledger)).collect()
        };
        cells.map(parts).collect::<Option<_>>().map(Self)
    }

    /// Whether an item, or a cluster of items, stands in two columns: those are then not independent.
    pub fn joins_columns(&self) -> bool {
        let mut met: HashMap<ItemKey, usize> = HashMap::default();
        self.0.iter().enumerate().any(|(column, parts)| {
            let mut items = parts.iter().flat_map(|part| part.means.values());
            items.any(|item| *met.entry(item.cluster).or_insert(column) != column)
        })
    }

    /// The standard error of the composite, `factors` being what a column's score counts for, where columns are
    /// [joined](Self::joins_columns).
    pub fn error(&self, factors: &[f64]) -> Option<f64> {
        let parts = self.0.iter().zip(factors).flat_map(|(parts, factor)| {
            parts.iter().map(move |part| {
                let share = factor * part.scale / (parts.len() * part.means.len()) as f64;
                Shares::of(part.means.values().map(|item| (share * item.score, item.cluster)), true)
            })
        });
        let parts: Vec<Shares> = parts.collect();
        error::of_sum(&parts.iter().map(Shares::sample).collect::<Option<Vec<_>>>()?)
    }

    /// Compares two rows over the items they share: those of one column by themselves, of several by what each adds to the
    /// difference of the composites. Items of one cluster are one unit, as is an item of several columns where these are
    /// `joined`.
    pub fn compare(&self, other: &Self, factors: &[f64], joined: bool, seed: u64) -> Option<Comparison> {
        if let ([own], [others], [factor]) = (self.0.as_slice(), other.0.as_slice(), factors)
            && let ([own], [others]) = (own.as_slice(), others.as_slice())
        {
            return compare_scores(own, others, *factor, seed);
        }
        let columns = self.0.iter().zip(&other.0).zip(factors);
        let parts = columns.flat_map(|((own, others), factor)| {
            own.iter().zip(others).map(move |(a, b)| {
                let shared: Vec<_> = shared(a, b).map(|(a, b)| (a.score - b.score, a.cluster)).collect();
                let share = factor * a.scale / (own.len() * shared.len()) as f64;
                let shares = shared.into_iter().map(|(difference, cluster)| (share * difference, cluster));
                Shares::of(shares, joined || a.clustered)
            })
        });
        let parts: Vec<Shares> = parts.collect();
        paired::compare_strata(&parts.iter().map(Shares::sample).collect::<Option<Vec<_>>>()?, seed)
    }
}

/// The items that both have.
fn shared<'a>(own: &'a PartItems, others: &'a PartItems) -> impl Iterator<Item = (&'a ItemMean, &'a ItemMean)> {
    own.means.iter().filter_map(|(item, mean)| Some((mean, others.means.get(item)?)))
}

/// Compares means over shared items; the difference is multiplied by `factor`.
fn compare_scores(own: &PartItems, others: &PartItems, factor: f64, seed: u64) -> Option<Comparison> {
    let (a, b): (Vec<f64>, Vec<f64>) = shared(own, others).map(|(a, b)| (a.score, b.score)).unzip();
    let clusters: Vec<u64> = shared(own, others).map(|(item, _)| item.cluster.0).collect();
    let pairs = if own.clustered { Pairs::clustered(&a, &b, &clusters) } else { Pairs::new(&a, &b) };
    let mut compared = paired::compare(&pairs.ok()?, seed)?;
    let factor = factor * own.scale;
    compared.difference *= factor;
    compared.standard_error = compared.standard_error.map(|error| error * factor.abs());
    Some(compared)
}
