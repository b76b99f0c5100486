//! The scores of the items that cells are means of: what their errors and the paired comparisons of rows are reckoned from.

use super::Cell;
use crate::ledger::{Entry, ItemEntry, Ledger};
use crate::record::{ItemKey, Unit};
use crate::stats::error::Sample;
use crate::stats::paired::{self, Comparison, Pairs};
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
        Shares {
            values: self.means.values().map(|item| share * item.score).collect(),
            clusters: self.clustered.then(|| self.means.values().map(|item| item.cluster.0).collect()),
        }
    }
}

/// What items add to a sum, and their clusters where they come in clusters.
pub(super) struct Shares {
    pub values: Vec<f64>,
    pub clusters: Option<Vec<u64>>,
}

impl Shares {
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

    /// Compares two rows over the items they share: those of one column by themselves, of several by what each adds to the
    /// difference of the composites, `factors` being what a column's score counts for. Items of one cluster are one unit; columns
    /// are independent.
    pub fn compare(&self, other: &Self, factors: &[f64], seed: u64) -> Option<Comparison> {
        if let ([own], [others], [factor]) = (self.0.as_slice(), other.0.as_slice(), factors)
            && let ([own], [others]) = (own.as_slice(), others.as_slice())
        {
            return compare_scores(own, others, *factor, seed);
        }
        let mut shares = Vec::new();
        let mut numbers = BTreeMap::new();
        for (column, ((own, others), factor)) in self.0.iter().zip(&other.0).zip(factors).enumerate() {
            for (a, b) in own.iter().zip(others) {
                let shared: Vec<(f64, ItemKey)> = shared(a, b).map(|(a, b)| (a.score - b.score, a.cluster)).collect();
                let share = factor * a.scale / (own.len() * shared.len()) as f64;
                // Clusters of two columns that are called the same are two.
                let mut number = |cluster| {
                    let next = numbers.len() as u64;
                    *numbers.entry((column, cluster)).or_insert(next)
                };
                shares.push(Shares {
                    values: shared.iter().map(|(difference, _)| share * difference).collect(),
                    clusters: a.clustered.then(|| shared.iter().map(|(_, cluster)| number(*cluster)).collect()),
                });
            }
        }
        let samples: Vec<Sample> = shares.iter().map(Shares::sample).collect::<Option<_>>()?;
        paired::compare_strata(&samples, seed)
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
