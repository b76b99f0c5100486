//! The ways in which a benchmark was measured, side by side: what readers mistake for one number.

use super::route::Route;
use super::{Here, Link, Site, facts};
use crate::catalog::card::BenchmarkCard;
use crate::catalog::{BenchmarkIx, ModelIx};
use crate::ledger::{Circumstances, Entry};
use crate::record::{Field, Origin, Reporter, Unit, Value};
use foldhash::HashMap;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Records that agree in source, reporter, metric and what their files state of the protocol.
#[derive(Debug)]
pub struct Way<'a> {
    origin: &'a Origin,
    reporter: Reporter,
    metric: &'a str,
    unit: Unit,
    protocol: Vec<(Field, &'a str)>,
    models: usize,
    range: (&'a Value, &'a Value),
}

/// A way as a page says it.
#[derive(Debug, Serialize)]
pub struct WayItem {
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

/// The records of one way, or of one file's share in it.
struct Measured<'a> {
    origin: &'a Origin,
    models: Vec<ModelIx>,
    /// The least and the greatest number.
    range: Option<[(f64, &'a Value); 2]>,
}

impl<'a> Measured<'a> {
    fn add(&mut self, entry: &Entry<'a>) {
        self.models.push(entry.model);
        let value = &entry.record.value;
        if let Some(number) = value.finite() {
            self.widen([(number, value); 2]);
        }
    }

    fn widen(&mut self, [low, high]: [(f64, &'a Value); 2]) {
        let [least, greatest] = self.range.get_or_insert([low, high]);
        if low.0 < least.0 {
            *least = low;
        }
        if high.0 > greatest.0 {
            *greatest = high;
        }
    }

    fn merge(mut self, mut other: Self) -> Self {
        self.models.append(&mut other.models);
        if let Some(range) = other.range {
            self.widen(range);
        }
        self
    }

    fn way(mut self, (_, reporter, metric, unit, protocol): Key<'a>) -> Option<Way<'a>> {
        let [(_, least), (_, greatest)] = self.range?;
        self.models.sort_unstable();
        self.models.dedup();
        let stated = FIELDS.iter().zip(protocol).filter_map(|(field, value)| Some((*field, value?)));
        Some(Way {
            origin: self.origin,
            reporter,
            metric,
            unit,
            protocol: stated.collect(),
            models: self.models.len(),
            range: (least, greatest),
        })
    }
}

/// The ways of a benchmark as a whole, if there are several.
pub fn ways(site: &Site, benchmark: BenchmarkIx) -> Vec<Way<'_>> {
    let mut all: BTreeMap<Key, Measured> = BTreeMap::new();
    for (circumstances, measured) in by_circumstances(site, benchmark) {
        let protocol = FIELDS.iter().map(|field| circumstances.protocol.get(*field)).collect();
        let metric = &circumstances.metric;
        let key = (&*measured.origin.source.id, circumstances.reporter, &*metric.name, metric.unit, protocol);
        let before = all.remove(&key);
        all.insert(key, before.into_iter().fold(measured, |later, earlier| earlier.merge(later)));
    }
    if all.len() < 2 {
        return Vec::new();
    }
    all.into_iter().take(SHOWN).filter_map(|(key, measured)| measured.way(key)).collect()
}

/// The records of a benchmark as a whole by the circumstances that they share: a benchmark may have a million records.
fn by_circumstances(site: &Site, benchmark: BenchmarkIx) -> Vec<(&Circumstances, Measured<'_>)> {
    let mut all: Vec<(&Circumstances, Measured)> = Vec::new();
    let mut places: HashMap<*const Circumstances, usize> = HashMap::default();
    for entry in site.records_of_benchmark(benchmark).iter().map(|entry| site.ledger.entry(*entry)) {
        if entry.subset().is_some_and(|subset| subset != "default") {
            continue;
        }
        let circumstances: &Circumstances = entry.record;
        let place = *places.entry(circumstances).or_insert_with(|| {
            let measured = Measured { origin: &circumstances.origin, models: Vec::new(), range: None };
            all.push((circumstances, measured));
            all.len() - 1
        });
        all[place].1.add(&entry);
    }
    all
}

/// The ways as a page says them.
pub fn items(here: &Here, ways: &[Way]) -> Vec<WayItem> {
    let item = |way: &Way| WayItem {
        source: way.origin.source_name(here.language.code()).to_owned(),
        reporter: format!("reporter-{reporter}", reporter = way.reporter.name()),
        metric: way.metric.to_owned(),
        unit: format!("unit-{unit}", unit = way.unit),
        protocol: way.protocol.iter().map(|(field, value)| (*field, (*value).to_owned())).collect(),
        models: way.models,
        range: (way.range.0.text().to_owned(), way.range.1.text().to_owned()),
    };
    ways.iter().map(item).collect()
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
