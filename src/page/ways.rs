//! The ways in which a benchmark was measured, side by side: what readers mistake for one number.

use super::Here;
use super::route::Route;
use super::{Link, facts};
use crate::catalog::BenchmarkIx;
use crate::catalog::card::BenchmarkCard;
use crate::ledger::Entry;
use crate::record::{Field, Reporter, Unit};
use foldhash::HashSet;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Records that agree in source, reporter, metric and what their files state of the protocol.
#[derive(Debug, Serialize)]
pub struct Way {
    pub source: String,
    /// The name of an interface string.
    pub reporter: String,
    pub metric: String,
    /// The name of an interface string.
    pub unit: String,
    pub protocol: Vec<(Field, String)>,
    pub models: usize,
    /// The least and the greatest value, as written.
    pub range: (String, String),
}

/// What changes a score more than its noise does: ways that differ in one of these are different.
const FIELDS: [Field; 15] = [
    Field::BenchmarkVersion,
    Field::Split,
    Field::Shots,
    Field::Prompt,
    Field::ChatTemplate,
    Field::ChainOfThought,
    Field::Tools,
    Field::Judge,
    Field::Baseline,
    Field::PassK,
    Field::Filter,
    Field::Mode,
    Field::Limit,
    Field::Harness,
    Field::HarnessVersion,
];

/// Most ways that a page lists.
const SHOWN: usize = 40;

/// Whose scores they are, and how they came about.
type Key<'a> = (&'a str, Reporter, &'a str, Unit, Vec<Option<&'a str>>);

/// The ways of a benchmark as a whole, if there are several.
pub fn ways(here: &Here, benchmark: BenchmarkIx) -> Vec<Way> {
    let ledger = &here.site.ledger;
    let mut all: BTreeMap<Key, Vec<Entry>> = BTreeMap::new();
    for entry in here.site.records_of_benchmark(benchmark).iter().map(|entry| ledger.entry(*entry)) {
        if entry.subset.is_none_or(|subset| subset == "default") {
            let record = entry.record;
            let protocol = FIELDS.iter().map(|field| record.protocol.get(*field)).collect();
            let source = &*record.origin.source.id;
            all.entry((source, record.reporter, &record.metric.name, record.metric.unit, protocol))
                .or_default()
                .push(entry);
        }
    }
    if all.len() < 2 {
        return Vec::new();
    }
    all.into_iter().take(SHOWN).filter_map(|(key, entries)| way(here, &key, &entries)).collect()
}

fn way(here: &Here, (_, reporter, metric, unit, protocol): &Key, entries: &[Entry]) -> Option<Way> {
    let value = |entry: &&Entry| entry.record.value.finite();
    let order = |a: &&Entry, b: &&Entry| value(a).partial_cmp(&value(b)).unwrap_or(std::cmp::Ordering::Equal);
    let known = || entries.iter().filter(|entry| entry.record.value.finite().is_some());
    let range = (known().min_by(order)?, known().max_by(order)?);
    let stated = FIELDS.iter().zip(protocol).filter_map(|(field, value)| Some((*field, (*value)?.to_owned())));
    let models: HashSet<_> = entries.iter().map(|entry| entry.model).collect();
    Some(Way {
        source: entries[0].record.origin.source_name(here.language.code()).to_owned(),
        reporter: format!("reporter-{reporter}", reporter = reporter.name()),
        metric: (*metric).to_owned(),
        unit: format!("unit-{unit}"),
        protocol: stated.collect(),
        models: models.len(),
        range: (range.0.record.value.text().to_owned(), range.1.record.value.text().to_owned()),
    })
}

/// A benchmark beside those it must not be confused with.
#[derive(Debug, Serialize)]
pub struct Kin {
    pub benchmark: Link,
    /// The page is about it.
    pub own: bool,
    pub items: Option<u64>,
    pub choices: Option<u64>,
    pub chance: Option<String>,
    pub languages: String,
    pub published: Option<String>,
    pub records: usize,
}

/// The benchmark itself, those that its card tells it from, and those whose cards tell themselves from it.
pub fn kin(here: &Here, benchmark: BenchmarkIx) -> Vec<Kin> {
    let catalog = &here.site.catalog;
    let own = &catalog.benchmark(benchmark).id;
    let named = |card: &BenchmarkCard| -> Vec<BenchmarkIx> {
        let ids = card.not_comparable.iter().filter_map(|entry| entry.with.as_ref());
        ids.filter_map(|id| catalog.benchmark_by_id(id.get_ref().as_str())).collect()
    };
    let card = |ix: BenchmarkIx| catalog.benchmark(ix).card.as_ref().map(|(_, card)| card);
    let mut others: BTreeSet<BenchmarkIx> = card(benchmark).map(named).into_iter().flatten().collect();
    others.extend(
        catalog
            .benchmarks()
            .map(|(ix, _)| ix)
            .filter(|ix| card(*ix).is_some_and(|card| named(card).contains(&benchmark))),
    );
    others.remove(&benchmark);
    if others.is_empty() {
        return Vec::new();
    }
    let kin = |ix: BenchmarkIx| {
        let benchmark = catalog.benchmark(ix);
        let card = card(ix);
        Kin {
            benchmark: here.link(&benchmark.name, &Route::Benchmark(benchmark.id.clone())),
            own: benchmark.id == *own,
            items: card.and_then(|card| card.items),
            choices: card.and_then(|card| card.choices),
            chance: card.and_then(|card| card.chance).map(facts::percent),
            languages: card.map_or_else(String::new, |card| card.languages.join(", ")),
            published: card.and_then(|card| card.published.as_ref()).map(ToString::to_string),
            records: here.site.records_of_benchmark(ix).len(),
        }
    };
    std::iter::once(benchmark).chain(others).map(kin).collect()
}
