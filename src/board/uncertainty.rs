//! How far a score may be off, and from what that is known.
//!
//! In this order: the scores of the items, if a run wrote them; the standard error or the interval that the file states;
//! the number of items, if the score is a share of them. Where there is none of these nothing is known, and nothing is
//! made up.

use super::filling::shown;
use super::items::{PartItems, Shares};
use crate::ledger::{Entry, Ledger, Stored};
use crate::record::{Reporter, Unit, Value};
use crate::stats::error::{self, Interval, Level, Sample};
use std::collections::BTreeSet;
use std::num::NonZeroU32;

/// The standard error of a score, in the score's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uncertainty {
    pub standard_error: f64,
    pub basis: Basis,
    /// The items that the score is a mean of, if known.
    pub items: Option<u64>,
    /// The clusters that these items came in, where the benchmark's card says that they do and the items are known.
    pub clusters: Option<NonZeroU32>,
}

/// From what a standard error is known; the later, the less it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The scores of the items.
    Items,
    /// The file states a standard error or an interval.
    Stated,
    /// The number of items: the error of a proportion, the greatest that scores from 0 to 1 with this mean can have
    /// (Bhatia and Davis 2000, Amer. Math. Monthly 107, 353–357).
    Count,
}

impl Basis {
    /// As data files write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Stated => "stated",
            Self::Count => "count",
        }
    }
}

impl Uncertainty {
    /// That of a mean of scores with these, which are independent.
    pub(super) fn of_mean(parts: &[Self]) -> Option<Self> {
        let variance: f64 = parts.iter().map(|part| part.standard_error.powi(2)).sum();
        Some(Self {
            standard_error: variance.sqrt() / parts.len() as f64,
            basis: parts.iter().map(|part| part.basis).max()?,
            items: parts.iter().map(|part| part.items).sum(),
            clusters: None,
        })
    }

    /// The 95% interval around a score: Wilson's for a percentage of a known number of items, else the normal one.
    pub fn interval(&self, score: f64, unit: Unit) -> Interval {
        let wilson = match (self.basis, self.items, unit) {
            (Basis::Count, Some(items), Unit::Percent) => {
                error::wilson(score / 100.0, items, Level::P95).ok().flatten()
            }
            _ => None,
        };
        wilson.map_or_else(
            || Interval::normal(score, self.standard_error, Level::P95),
            |share| Interval { low: 100.0 * share.low, high: 100.0 * share.high },
        )
    }
}

/// What is known of the error of the mean of `records`, which are the parts of one score; as [`of_record`] has it. Clusters
/// may have items in several parts.
pub(super) fn of_parts(records: &[Entry], vouched: Option<u64>, ledger: &Ledger) -> Option<Uncertainty> {
    if let [record] = records {
        return of_record(record, vouched, ledger);
    }
    let parts: Option<Vec<_>> = records.iter().map(|record| PartItems::of(record, ledger)).collect();
    if let Some(parts) = parts.filter(|parts| parts.iter().any(PartItems::is_clustered)) {
        return of_items(&parts);
    }
    let each: Option<Vec<_>> = records.iter().map(|record| of_record(record, None, ledger)).collect();
    Uncertainty::of_mean(&each?)
}

/// What is known of the error of a record, in the unit a board shows; `vouched` is the number of items that somebody
/// vouches its value is the share of. Nothing is known of figures that somebody only claims, unless the claim states it.
pub(super) fn of_record(entry: &Entry, vouched: Option<u64>, ledger: &Ledger) -> Option<Uncertainty> {
    let record = entry.record;
    let items = PartItems::of(entry, ledger);
    if let Some(part) = items.as_ref().filter(|items| items.is_clustered()) {
        // What clusters do not tell, a number of items that are taken for independent tells less.
        return of_items(std::slice::from_ref(part));
    }
    let known = items.and_then(|part| of_items(&[part]));
    known.or_else(|| stated(record)).or_else(|| of_count(record, vouched))
}

fn of_items(parts: &[PartItems]) -> Option<Uncertainty> {
    let shares: Vec<Shares> = parts.iter().map(|part| part.shares(parts.len())).collect();
    let samples: Vec<Sample> = shares.iter().map(Shares::sample).collect::<Option<_>>()?;
    // A part whose items are all alike does not say how much others would differ.
    samples.iter().try_for_each(|sample| sample.standard_error().map(drop))?;
    let clusters: BTreeSet<u64> = shares.iter().filter_map(|part| part.clusters.as_ref()).flatten().copied().collect();
    Some(Uncertainty {
        standard_error: error::of_sum(&samples)?,
        basis: Basis::Items,
        items: Some(shares.iter().map(|part| part.values.len() as u64).sum()),
        clusters: NonZeroU32::new(clusters.len() as u32),
    })
}

fn stated(record: &Stored) -> Option<Uncertainty> {
    let number = |value: &Value| shown(value, record.metric.unit);
    let error = record.standard_error.as_ref().and_then(number);
    let standard_error = error.or_else(|| {
        let interval = record.interval.as_ref()?;
        let level = Level::new(interval.level.as_ref()?.finite()?).ok()?;
        Some((number(&interval.high)? - number(&interval.low)?) / (2.0 * level.z()))
    });
    let standard_error = standard_error.filter(|error| *error > 0.0)?;
    Some(Uncertainty { standard_error, basis: Basis::Stated, items: record.items.scored, clusters: None })
}

fn of_count(record: &Stored, vouched: Option<u64>) -> Option<Uncertainty> {
    let share = matches!(record.metric.unit, Unit::Fraction | Unit::Percent);
    let counted = record.items.scored.filter(|_| is_accuracy(&record.metric.name));
    let claimed = record.reporter == Reporter::Claimed;
    let items = counted.or(vouched).filter(|items| *items > 0 && share && !claimed)?;
    let proportion = shown(&record.value, record.metric.unit)? / 100.0;
    let error = error::of_proportion(proportion, items).ok()?.or_else(|| {
        // At 0 and 1 the items are all alike, which does not mean that others would be.
        let interval = error::wilson(proportion, items, Level::P95).ok().flatten()?;
        Some(interval.width() / (2.0 * Level::P95.z()))
    });
    Some(Uncertainty { standard_error: 100.0 * error?, basis: Basis::Count, items: Some(items), clusters: None })
}

/// Whether a metric of this name is the mean of scores from 0 to 1 over items, whichever harness writes it.
fn is_accuracy(metric: &str) -> bool {
    let metric = metric.to_ascii_lowercase();
    ["acc", "exact_match", "em", "pass@1", "mc1", "mc2"].iter().any(|name| {
        metric.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['_', ',', '-', ' ', 'u']))
    }) || ["prompt_level_strict_acc", "prompt_level_loose_acc", "averageaccuracy", "mean_acc", "accuracy"]
        .contains(&&*metric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_that_are_shares_of_items_are_told_by_name() {
        for name in
            ["acc", "acc_norm", "acc,none", "accuracy", "Accuracy", "exact_match,strict-match", "mc2", "pass@1", "em"]
        {
            assert!(is_accuracy(name), "{name}");
        }
        for name in ["f1", "bleu", "ndcg_at_10", "main_score", "emotion", "mcc", "perplexity", "", "accept_rate"] {
            assert!(!is_accuracy(name), "{name}");
        }
    }

    #[test]
    fn a_mean_of_parts_has_the_weakest_basis_and_all_items() {
        let part = |standard_error, basis, items| Uncertainty { standard_error, basis, items, clusters: None };
        let mean = Uncertainty::of_mean(&[part(3.0, Basis::Stated, Some(10)), part(4.0, Basis::Count, Some(5))]);
        assert_eq!(mean, Some(part(2.5, Basis::Count, Some(15))));
        assert_eq!(
            Uncertainty::of_mean(&[part(3.0, Basis::Items, None), part(4.0, Basis::Items, Some(5))]).unwrap().items,
            None
        );
        assert_eq!(Uncertainty::of_mean(&[]), None);
    }

    #[test]
    fn few_items_near_the_end_have_wilsons_interval() {
        let of = Uncertainty { standard_error: 3.0, basis: Basis::Count, items: Some(20), clusters: None };
        let interval = of.interval(95.0, Unit::Percent);
        assert!((interval.low - 76.387).abs() < 1e-3 && (interval.high - 99.111).abs() < 1e-3, "{interval:?}");
        let normal = Uncertainty { basis: Basis::Stated, ..of }.interval(95.0, Unit::Percent);
        assert!((normal.low - (95.0 - 5.8799)).abs() < 1e-3, "{normal:?}");
    }
}
