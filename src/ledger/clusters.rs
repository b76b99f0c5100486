//! Which items belong together, by the rules that the cards of benchmarks declare.

use super::ItemEntry;
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::record::ItemScores;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Puts the items of a file into their clusters, where the benchmark has any, and drops the texts that tell.
pub(super) fn settle(items: &mut [ItemScores], catalog: &Catalog) {
    for scores in items {
        let benchmark = catalog.find_benchmark(&scores.benchmark).map(|(index, _)| catalog.benchmark(index));
        let clusters = benchmark.and_then(|benchmark| benchmark.card.as_ref()?.1.clusters.as_ref());
        match clusters {
            Some(clusters) => scores.settle(Some(&|item| clusters.of(item))),
            None => scores.settle(None),
        }
    }
}

/// Reports rules by which no two items belong together.
pub(super) fn report(items: &[ItemEntry], catalog: &Catalog, diagnostics: &mut Diagnostics) {
    for (index, benchmark) in catalog.benchmarks() {
        let Some((path, card)) = &benchmark.card else { continue };
        let Some(rule) = &card.clusters else { continue };
        let (mut single, mut clusters) = (BTreeSet::new(), BTreeSet::new());
        for entry in items.iter().filter(|entry| entry.benchmark == index) {
            single.extend(entry.scores.items().iter().map(|item| (entry.subset(), *item)));
            clusters.extend(entry.scores.clusters().into_iter().flatten().copied());
        }
        if !single.is_empty() && single.len() == clusters.len() {
            let message = format!("no two of the {} items belong to one cluster", single.len());
            let hint = match &rule.before_last {
                Some(separator) => format!("{separator:?} has to stand in the items' ids, as the files write them"),
                None => "say with before_last what in the items' ids tells the clusters".to_owned(),
            };
            diagnostics.push(Diagnostic::warning("no-clusters", Arc::clone(path), message).hint(hint));
        }
    }
}
