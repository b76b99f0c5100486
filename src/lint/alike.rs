//! `identical-scores`: two models with the same scores, to so many digits and so often that chance hardly explains it.
//!
//! How often chance makes two scores equal depends on how many different scores a column can have: a benchmark of 50
//! questions has 51. The number of questions is what the record or the card says, or else the least number of which
//! the score is a share. Two models of one source are reported when chance would hardly make *any* two of its models
//! agree on so many benchmarks.

use super::{finding, full};
use crate::catalog::card::BenchmarkCard;
use crate::catalog::{BenchmarkIx, Catalog, ModelIx};
use crate::diagnostic::Diagnostic;
use crate::ledger::{Entry, Ledger};
use crate::record::{Metric, Protocol};
use std::collections::{BTreeMap, BTreeSet};

/// How many pairs of models as alike as a pair that is reported chance may be expected to make in a source.
const EXPECTED: f64 = 0.01;

/// Digits after the point that a score has to have, without zeros at either end.
const DIGITS: usize = 4;

/// A score that more records of a column share is common there, whatever the reason.
const MOST_ALIKE: usize = 50;

pub(super) fn lint(ledger: &Ledger, catalog: &Catalog) -> Vec<Diagnostic> {
    let mut sources: BTreeMap<&str, Source> = BTreeMap::new();
    for entries in ledger.columns() {
        let Some(first) = entries.first() else { continue };
        let source = sources.entry(&first.record.origin.source.id).or_default();
        let card = catalog.benchmark(first.benchmark).card.as_ref().map(|(_, card)| card);
        source.add(entries, card);
    }
    sources.values().flat_map(|source| source.findings(catalog)).collect()
}

/// The coincidences among the models of a source.
#[derive(Default)]
struct Source<'a> {
    models: BTreeSet<ModelIx>,
    benchmarks: BTreeMap<ModelIx, BTreeSet<BenchmarkIx>>,
    pairs: BTreeMap<(ModelIx, ModelIx), BTreeMap<BenchmarkIx, Coincidence<'a>>>,
}

/// A score that two models share.
struct Coincidence<'a> {
    first: Entry<'a>,
    second: Entry<'a>,
    /// How probable it is for two models of the column.
    probability: f64,
}

impl<'a> Source<'a> {
    /// Adds the records of one benchmark.
    fn add(&mut self, entries: Vec<Entry<'a>>, card: Option<&BenchmarkCard>) {
        let mut columns: BTreeMap<(Option<&str>, &Metric, &Protocol), Vec<Entry>> = BTreeMap::new();
        for entry in entries {
            let record = entry.record;
            self.models.insert(entry.model);
            self.benchmarks.entry(entry.model).or_default().insert(entry.benchmark);
            columns.entry((entry.subset(), &*record.metric, &*record.protocol)).or_default().push(entry);
        }
        for ((subset, ..), column) in columns {
            let items = card.and_then(|card| card.items).filter(|_| subset.is_none());
            self.add_column(&column, items);
        }
    }

    fn add_column(&mut self, column: &[Entry<'a>], items: Option<u64>) {
        let scores = || column.iter().filter_map(|entry| entry.record.value.finite());
        let spread = scores().fold(f64::NEG_INFINITY, f64::max) - scores().fold(f64::INFINITY, f64::min);
        let mut by_text: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for entry in column.iter().filter(|entry| decimals(entry.record.value.text()) >= DIGITS) {
            by_text.entry(entry.record.value.text()).or_default().push(entry);
        }
        for same in by_text.into_values().filter(|same| (2..=MOST_ALIKE).contains(&same.len())) {
            let probability = (step(same[0], items) / spread).min(1.0);
            for (index, first) in same.iter().enumerate() {
                for second in same[index + 1..].iter().filter(|second| second.model != first.model) {
                    let coincidence = Coincidence { first: **first, second: **second, probability };
                    let pair = (first.model.min(second.model), first.model.max(second.model));
                    let of_pair = self.pairs.entry(pair).or_default();
                    // Metrics and parts of one benchmark go together: the most probable one stands for all.
                    match of_pair.get(&first.benchmark) {
                        Some(known) if known.probability >= probability => {}
                        _ => _ = of_pair.insert(first.benchmark, coincidence),
                    }
                }
            }
        }
    }

    fn findings(&self, catalog: &Catalog) -> Vec<Diagnostic> {
        let models = self.models.len() as f64;
        let of_pair = self.pairs.iter().filter_map(|((one, other), coincidences)| {
            let compared = self.benchmarks.get(one)?.intersection(self.benchmarks.get(other)?).count();
            let together: f64 = coincidences.values().map(|coincidence| coincidence.probability).product();
            let expected = models * (models - 1.0) / 2.0 * choices(compared, coincidences.len()) * together;
            (expected < EXPECTED).then(|| report(coincidences, compared, catalog)).flatten()
        });
        of_pair.collect()
    }
}

fn report(coincidences: &BTreeMap<BenchmarkIx, Coincidence>, compared: usize, catalog: &Catalog) -> Option<Diagnostic> {
    let Coincidence { first, second, .. } = coincidences.values().next()?;
    let (one, other) = (first.record, second.record);
    let alike: Vec<&str> = coincidences.keys().map(|benchmark| &*catalog.benchmark(*benchmark).name).collect();
    let message = format!(
        "{} and {} ({}:{}) have the same score to the last digit on {} of {compared} benchmarks: {}",
        other.model.raw,
        one.model.raw,
        one.origin.path,
        one.place,
        alike.len(),
        alike.join(", ")
    );
    let hint =
        "make sure that neither was copied; if they are one model under two names, make one an alias of the other";
    Some(finding("identical-scores", other, message, hint))
}

/// The number of ways to choose `k` of `n`.
fn choices(n: usize, k: usize) -> f64 {
    (0..k.min(n - k.min(n))).map(|i| (n - i) as f64 / (i + 1) as f64).product()
}

/// The least difference that two scores of this kind can have.
fn step(entry: &Entry, items: Option<u64>) -> f64 {
    let record = entry.record;
    let printed = 10_f64.powi(-(record.value.decimals() as i32));
    let Some(score) = record.value.finite() else { return f64::INFINITY };
    let share = |full: f64| record.items.scored.or(items).unwrap_or_else(|| denominator(score / full, printed / full));
    let step = |full: f64| full / share(full) as f64;
    let coarsest = full(record.metric.unit).map_or_else(|| step(1.0).max(step(100.0)), |full| step(f64::from(full)));
    printed.max(coarsest)
}

/// The least number of items of which a fraction, known to `precision`, can be a share, half points included.
fn denominator(fraction: f64, precision: f64) -> u64 {
    // Floats written out are known to single precision.
    let precision = precision.max(1e-7 * fraction.abs());
    let halves = |items: u64| 2.0 * fraction * items as f64;
    let fits = |items: &u64| (halves(*items) - halves(*items).round()).abs() <= precision * 2.0 * *items as f64;
    (1..MOST_ITEMS).find(fits).unwrap_or(MOST_ITEMS)
}

const MOST_ITEMS: u64 = 20_000;

/// Digits after the point without zeros at either end, where nothing but zeros stands before it.
fn decimals(text: &str) -> usize {
    if text.contains(['e', 'E']) {
        return 0;
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = fraction.trim_end_matches('0');
    let zero = whole.trim_start_matches(['-', '+', '0']).is_empty();
    if zero { fraction.trim_start_matches('0').len() } else { fraction.len() }
}
