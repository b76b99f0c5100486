//! `beyond-range`: a score above the most its unit allows, or below the least. `below-chance`: less than guessing gives.

use super::{describe, finding, full, points_an_item};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::ledger::{Entry, Ledger};
use crate::record::Direction;
use crate::stats;

/// The chance that no score at all is reported that guessing could have got.
const LEVEL: f64 = 0.01;

pub(super) fn lint(ledger: &Ledger, catalog: &Catalog) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = ledger.entries().filter_map(|(_, entry)| beyond(&entry)).collect();
    let guesses: Vec<Guess> = ledger.entries().filter_map(|(_, entry)| guess(entry, catalog)).collect();
    // Bonferroni's correction over all scores that are compared.
    let level = LEVEL / guesses.len() as f64;
    findings.extend(guesses.iter().filter(|guess| guess.likelihood < level).map(below));
    findings
}

fn beyond(entry: &Entry) -> Option<Diagnostic> {
    let record = entry.record;
    let most = f64::from(full(record.metric.unit)?);
    let score = record.value.finite()?;
    let share = points_an_item(&record.metric, &record.benchmark).is_some();
    // Correlations go down to −1, errors beyond the whole.
    let least = if share { 0.0 } else { -most };
    let above = score > most && (share || record.metric.direction == Direction::Higher);
    if !above && score >= least {
        return None;
    }
    let (unit, bound) = (record.metric.unit, if above { most } else { least });
    let side = if above { "above" } else { "below" };
    let message = format!("{}: {side} {bound}, in the unit {unit}", describe(record));
    Some(finding("beyond-range", record, message, "correct the number or the unit"))
}

struct Guess<'a> {
    entry: Entry<'a>,
    chance: f64,
    likelihood: f64,
}

fn guess<'a>(entry: Entry<'a>, catalog: &Catalog) -> Option<Guess<'a>> {
    let record = entry.record;
    let (_, card) = catalog.benchmark(entry.benchmark).card.as_ref()?;
    let chance = card.chance.filter(|chance| *chance > 0.0)?;
    let items = record.items.scored?;
    points_an_item(&record.metric, &record.benchmark).filter(|_| entry.subset().is_none() && !record.aggregate)?;
    let share = record.value.finite()? / f64::from(full(record.metric.unit)?);
    let right = (share * items as f64).round().max(0.0) as u64;
    let likelihood = stats::chance::at_most(right, items, chance)?;
    Some(Guess { entry, chance, likelihood })
}

fn below(guess: &Guess) -> Diagnostic {
    let Guess { entry, chance, .. } = guess;
    let items = entry.record.items.scored.unwrap_or_default();
    let chance = 100.0 * chance;
    let message = format!("{}: less than guessing gives ({chance:.1}% of {items} items)", describe(entry.record));
    let hint = "look at the answers: mostly they could not be read, or the options or labels were mixed up";
    finding("below-chance", entry.record, message, hint)
}
