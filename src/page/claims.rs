//! What makers claim beside what others measured, as a value: a table for a benchmark's page and one for a model's.

use super::Here;
use super::records::Subject;
use super::route::Route;
use crate::board::claims::{Difference, Noise, Pair, differences, in_shown_unit};
use crate::catalog::{BenchmarkIx, ModelIx};
use crate::ledger::{Entry, EntryIx};
use crate::record::{Part, Unit};

/// A table of claims; at least one row.
#[derive(Debug)]
pub struct Claims<'a> {
    /// Whose page it stands on.
    pub subject: Subject,
    pub rows: Vec<ClaimRow<'a>>,
    /// Rows that were left out.
    pub more: usize,
}

/// A claim and a measurement.
#[derive(Debug)]
pub struct ClaimRow<'a> {
    /// The other side, with the address of its page: the benchmark on a model's page, the model on a benchmark's.
    pub name: &'a str,
    pub href: String,
    /// The subset and the parts of the variant on which both agree.
    pub detail: Vec<&'a str>,
    pub differences: Vec<Difference<'a>>,
    pub claimed: Figure,
    pub measured: Figure,
    /// Claimed less measured.
    pub gap: Number,
    pub unit: Unit,
    pub noise: Noise,
    /// Who measured.
    pub source: &'a str,
}

/// A number, as it is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    pub value: f64,
    pub decimals: usize,
}

/// A number with the address of its record.
#[derive(Debug)]
pub struct Figure {
    pub number: Number,
    pub href: String,
}

/// Most decimals that are shown; the record has all of them.
const MOST_DECIMALS: usize = 4;

/// Most rows on a benchmark's page; the models' pages have all.
const BENCHMARK_ROWS: usize = 100;

/// The claims made for a benchmark, in the order of the models' names.
pub fn of_benchmark<'a>(here: &Here<'a>, benchmark: BenchmarkIx) -> Option<Claims<'a>> {
    let site = here.site;
    let name = |pair: &Pair| &*site.catalog.model(site.ledger.entry(pair.claimed).model).name;
    let mut pairs: Vec<&Pair> = site.claims.get(&benchmark)?.iter().collect();
    pairs.sort_by_key(|pair| name(pair));
    Some(Claims {
        subject: Subject::Benchmark,
        more: pairs.len().saturating_sub(BENCHMARK_ROWS),
        rows: pairs.into_iter().take(BENCHMARK_ROWS).filter_map(|pair| row(here, Subject::Benchmark, pair)).collect(),
    })
}

/// The claims made for a model, in the order of the benchmarks.
pub fn of_model<'a>(here: &Here<'a>, model: ModelIx) -> Option<Claims<'a>> {
    let site = here.site;
    let places = site.index.claims_of.get(&model)?;
    let own = places.iter().filter_map(|(benchmark, place)| site.claims.get(benchmark)?.get(*place));
    Some(Claims {
        subject: Subject::Model,
        rows: own.filter_map(|pair| row(here, Subject::Model, pair)).collect(),
        more: 0,
    })
}

/// How many gaps of a benchmark were tested.
pub fn tested(here: &Here, benchmark: BenchmarkIx) -> usize {
    let pairs = here.site.claims.get(&benchmark).into_iter().flatten();
    pairs.filter(|pair| pair.noise != Noise::NotTested).count()
}

fn row<'a>(here: &Here<'a>, subject: Subject, pair: &Pair) -> Option<ClaimRow<'a>> {
    let site = here.site;
    let (claimed, measured) = (site.ledger.entry(pair.claimed), site.ledger.entry(pair.measured));
    let (model, benchmark) = (site.catalog.model(claimed.model), site.catalog.benchmark(claimed.benchmark));
    let (name, route) = match subject {
        Subject::Model => (&benchmark.name, Route::Benchmark(benchmark.id.clone())),
        Subject::Benchmark => (&model.name, Route::Model(model.id.clone())),
    };
    let gap = Number { value: pair.gap.finite()?, decimals: pair.gap.decimals().min(MOST_DECIMALS) };
    Some(ClaimRow {
        name,
        href: here.href(&route),
        detail: detail(&claimed, &measured),
        differences: differences(&claimed, &measured),
        claimed: figure(here, pair.claimed)?,
        measured: figure(here, pair.measured)?,
        gap,
        unit: in_shown_unit(&measured)?.0,
        noise: pair.noise,
        source: measured.record.origin.source_name(here.language.code()),
    })
}

fn detail<'a>(claimed: &Entry<'a>, measured: &Entry<'a>) -> Vec<&'a str> {
    let subset = claimed.subset().filter(|subset| *subset != "default");
    let (variant, other) = (&claimed.record.model.variant, &measured.record.model.variant);
    let agreed = |part: Part| variant.get(part).filter(|value| other.get(part) == Some(*value));
    subset.into_iter().chain(Part::all().filter_map(agreed)).collect()
}

fn figure(here: &Here, ix: EntryIx) -> Option<Figure> {
    let entry = here.site.ledger.entry(ix);
    let (_, value) = in_shown_unit(&entry)?;
    let model = here.href(&Route::Model(here.site.catalog.model(entry.model).id.clone()));
    Some(Figure {
        number: Number { value: value.finite()?, decimals: value.decimals().min(MOST_DECIMALS) },
        href: format!("{model}#{}", entry.anchor()),
    })
}
