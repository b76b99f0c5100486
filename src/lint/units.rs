//! `unit-outlier`: a fraction among percentages.

use super::{describe, finding};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::ledger::{Entry, Ledger};
use crate::record::{Metric, Unit};
use std::collections::BTreeMap;

/// Fewer scores are no column to differ from.
const FEWEST: usize = 3;

/// Decimals of rounded percentages. Floats written out say nothing by their digits.
const MOST_DECIMALS: usize = 3;

pub(super) fn lint(ledger: &Ledger, _: &Catalog) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for entries in ledger.columns() {
        let mut columns: BTreeMap<(Option<&str>, &Metric), Vec<Entry>> = BTreeMap::new();
        for entry in
            entries.into_iter().filter(|entry| matches!(entry.record.metric.unit, Unit::Percent | Unit::Unknown))
        {
            columns.entry((entry.subset(), &*entry.record.metric)).or_default().push(entry);
        }
        findings.extend(columns.into_values().flat_map(|column| fractions(&column)));
    }
    findings
}

/// The scores of a column of percentages that look like fractions: at most 1, with more decimals than any percentage
/// has, and a hundred times them lies among the percentages. A model that truly scores below 1% has no more decimals
/// than the others.
fn fractions(column: &[Entry]) -> Vec<Diagnostic> {
    let scores = || column.iter().filter_map(|entry| Some((entry, entry.record.value.finite()?)));
    let (small, large): (Vec<_>, Vec<_>) = scores().partition(|(_, score)| (0.0..=1.0).contains(score));
    let decimals = large.iter().map(|(entry, _)| entry.record.value.decimals()).max().unwrap_or(0);
    let least = large.iter().map(|(_, score)| *score).fold(f64::INFINITY, f64::min);
    let greatest = large.iter().map(|(_, score)| *score).fold(f64::NEG_INFINITY, f64::max);
    let fraction = |entry: &Entry, score: f64| {
        entry.record.value.decimals() > decimals && (least..=greatest).contains(&(100.0 * score))
    };
    if large.len() < FEWEST || decimals > MOST_DECIMALS || greatest > 100.0 || small.len() > large.len() {
        return Vec::new();
    }
    let outliers = small.iter().filter(|(entry, score)| fraction(entry, *score));
    let each = outliers.map(|(entry, _)| {
        let others = format!("the other scores of this metric lie from {least} to {greatest}");
        let message = format!("{}: a fraction among percentages? {others}", describe(entry.record));
        finding("unit-outlier", entry.record, message, "write it in the unit of the others, or state its unit")
    });
    each.collect()
}
