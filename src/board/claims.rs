//! Claimed against measured: what the makers of models state, beside what others measured on the same benchmark.
//!
//! A claim is compared with every measurement of the same model, benchmark and subset whose unit converts and whose metric
//! and variant do not contradict the claim's. What a file does not state is unknown, and unknown is not equal:
//! [`differences`] lists it, and comes first wherever a gap is shown. What was withdrawn is not compared. Whether a gap
//! exceeds noise is tested with an unpaired standard error, at a level that holds for all gaps of a benchmark together
//! (Holm).

use super::filling::shown;
use super::guard::shared_unit;
use super::uncertainty;
use crate::catalog::{BenchmarkIx, Catalog, ModelIx};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ledger::{Entry, EntryIx, Ledger, Moment};
use crate::record::id::Id;
use crate::record::{Field, Part, Reporter, Unit, Value};
use crate::stats::error::Level;
use crate::stats::multiple::{PValue, holm};
use crate::stats::paired::from_zero;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A claim and a measurement of the same.
#[derive(Clone, Debug)]
pub struct Pair {
    pub claimed: EntryIx,
    pub measured: EntryIx,
    /// Claimed less measured; fractions as percent.
    pub gap: Value,
    pub noise: Noise,
}

/// Whether a gap is more than what another draw of items could have made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Noise {
    /// Nothing is known of the error of the measurement.
    NotTested,
    Tested {
        /// Of the gap, in its unit: the root of the sum of the squares of both sides'.
        standard_error: f64,
        /// Nothing is known of the error of the claim: it was taken for a number without one.
        claim_is_exact: bool,
        /// Adjusted by Holm for all gaps of the benchmark that are tested.
        p: PValue,
    },
}

impl Noise {
    /// Whether the gap exceeds noise, at 5%; `None` if that was not tested.
    pub fn is_exceeded(self) -> Option<bool> {
        match self {
            Self::NotTested => None,
            Self::Tested { p, .. } => Some(p.rejects(Level::P95)),
        }
    }
}

/// Something that one side states and the other does not, or states otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference<'a> {
    pub what: Aspect,
    /// `None` where the claim does not say.
    pub claimed: Option<&'a str>,
    pub measured: Option<&'a str>,
}

/// What a claim and a measurement can differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    Metric,
    Part(Part),
    Field(Field),
}

/// Candidates of one benchmark that are looked at: a bound for files that repeat a claim without end.
const MOST_PAIRS: usize = 100_000;

/// The pairs of every benchmark that has any. A pass over the entries finds the benchmarks with claims, which are mostly
/// few. Benchmarks with more candidates than are looked at become diagnostics.
pub fn all(ledger: &Ledger, catalog: &Catalog, diagnostics: &mut Diagnostics) -> BTreeMap<BenchmarkIx, Vec<Pair>> {
    // Most sites have none, and in the order of files that is seen soonest.
    if !ledger.files().par_iter().flatten_iter().any(|record| record.reporter == Reporter::Claimed) {
        return BTreeMap::new();
    }
    let claims = ledger.entries().filter(|(_, entry)| entry.record.reporter == Reporter::Claimed);
    let mut entries: BTreeMap<BenchmarkIx, Vec<EntryIx>> =
        claims.map(|(_, entry)| (entry.benchmark, Vec::new())).collect();
    for (ix, entry) in ledger.entries() {
        if let Some(of_benchmark) = entries.get_mut(&entry.benchmark) {
            of_benchmark.push(ix);
        }
    }
    let found: Vec<_> = entries.par_iter().map(|(benchmark, entries)| (*benchmark, pairs(entries, ledger))).collect();
    let mut all = BTreeMap::new();
    for (benchmark, (pairs, candidates)) in found {
        if let Some(pair) = pairs.first().filter(|_| candidates > MOST_PAIRS) {
            diagnostics.push(too_many(pair, candidates, &catalog.benchmark(benchmark).id, ledger));
        }
        if !pairs.is_empty() {
            all.insert(benchmark, pairs);
        }
    }
    all
}

fn too_many(pair: &Pair, candidates: usize, benchmark: &Id, ledger: &Ledger) -> Diagnostic {
    let path = Arc::clone(&ledger.entry(pair.claimed).record.origin.path);
    let message = format!(
        "{:?} has {candidates} pairs of a claim and a measurement; {MOST_PAIRS} of them are looked at",
        benchmark.as_str()
    );
    Diagnostic::warning("too-many-claims", path, message).hint("take out claims that repeat each other")
}

/// The pairs among `entries`, which are the records of one benchmark, by model and subset, then by claim; and how many
/// candidates there are.
fn pairs(entries: &[EntryIx], ledger: &Ledger) -> (Vec<Pair>, usize) {
    let mut sides: BTreeMap<Subject, Sides> = BTreeMap::new();
    let entries = entries.iter().map(|ix| (*ix, ledger.entry(*ix)));
    for (ix, entry) in entries.filter(|(_, entry)| !ledger.notices.withdraw(entry, Moment::Today)) {
        let sides = match entry.record.reporter {
            Reporter::Claimed => &mut sides.entry(subject(&entry)).or_default().claimed,
            Reporter::Measured => &mut sides.entry(subject(&entry)).or_default().measured,
            Reporter::Unknown => continue,
        };
        sides.extend(Side::new(ix, entry));
    }
    let count = sides.values().map(|Sides { claimed, measured }| claimed.len() * measured.len()).sum();
    let candidates = sides.values().flat_map(|Sides { claimed, measured }| {
        claimed.iter().flat_map(move |claim| measured.iter().map(move |measurement| (claim, measurement)))
    });
    let same = candidates.take(MOST_PAIRS).filter(|(claim, measurement)| claim.is_of_same(measurement));
    let mut pairs: Vec<Pair> = same.filter_map(|(claim, measurement)| Pair::new(claim, measurement, ledger)).collect();
    adjust(&mut pairs);
    (pairs, count)
}

impl Pair {
    /// Tested as if it were the only one.
    fn new(claim: &Side, measurement: &Side, ledger: &Ledger) -> Option<Self> {
        let gap = claim.value.minus(&measurement.value)?;
        let noise = noise(&claim.entry, &measurement.entry, &gap, ledger);
        Some(Self { claimed: claim.ix, measured: measurement.ix, gap, noise })
    }
}

/// The records of one subject.
#[derive(Default)]
struct Sides<'a> {
    claimed: Vec<Side<'a>>,
    measured: Vec<Side<'a>>,
}

/// What both sides of a pair are about: a model and a part of the benchmark, or all of it.
type Subject<'a> = (ModelIx, Option<&'a str>);

fn subject<'a>(entry: &Entry<'a>) -> Subject<'a> {
    (entry.model, entry.subset().filter(|subset| *subset != "default"))
}

/// A record with a number to compare.
struct Side<'a> {
    ix: EntryIx,
    entry: Entry<'a>,
    /// In the unit a board shows.
    value: Value,
}

impl<'a> Side<'a> {
    /// `None` where the file wrote NaN or an infinity, or does not say in which unit.
    fn new(ix: EntryIx, entry: Entry<'a>) -> Option<Self> {
        let (unit, value) = in_shown_unit(&entry)?;
        (unit != Unit::Unknown).then_some(Self { ix, entry, value })
    }

    /// Whether the two can be numbers of the same: the units convert, and metric and variant do not contradict.
    fn is_of_same(&self, other: &Self) -> bool {
        let (own, others) = (self.entry.record, other.entry.record);
        let contradict = |one: Option<&str>, other: Option<&str>| one.is_some() && other.is_some() && one != other;
        let (variant, other_variant) = (&own.model.variant, &others.model.variant);
        shared_unit(own.metric.unit) == shared_unit(others.metric.unit)
            && !contradict(metric(&self.entry), metric(&other.entry))
            && !Part::all().any(|part| contradict(variant.get(part), other_variant.get(part)))
    }
}

/// The name of the metric, if the file states one.
fn metric<'a>(entry: &Entry<'a>) -> Option<&'a str> {
    Some(&*entry.record.metric.name).filter(|name| !name.is_empty())
}

/// A record's number in the unit a board shows: fractions as percent. `None` where the file wrote NaN or an infinity.
pub fn in_shown_unit(entry: &Entry) -> Option<(Unit, Value)> {
    let record = entry.record;
    shown(&record.value, record.metric.unit)?;
    let value = match record.metric.unit {
        Unit::Fraction => Value::parse(&record.value.shifted(2))?,
        _ => record.value.clone(),
    };
    Some((shared_unit(record.metric.unit), value))
}

/// What sets a claim and a measurement apart, as far as one of them states it: the metric, then the parts of the model's
/// variant, then the protocol.
pub fn differences<'a>(claimed: &Entry<'a>, measured: &Entry<'a>) -> Vec<Difference<'a>> {
    let metric = (Aspect::Metric, metric(claimed), metric(measured));
    let (claimed, measured) = (claimed.record, measured.record);
    let (variant, other) = (&claimed.model.variant, &measured.model.variant);
    let parts = Part::all().map(|part| (Aspect::Part(part), variant.get(part), other.get(part)));
    let fields =
        Field::all().map(|field| (Aspect::Field(field), claimed.protocol.get(field), measured.protocol.get(field)));
    std::iter::once(metric)
        .chain(parts)
        .chain(fields)
        .filter(|(_, claimed, measured)| claimed != measured)
        .map(|(what, claimed, measured)| Difference { what, claimed, measured })
        .collect()
}

/// The test of one gap, as if it were the only one.
fn noise(claimed: &Entry, measured: &Entry, gap: &Value, ledger: &Ledger) -> Noise {
    let error = |entry: &Entry| Some(uncertainty::of_record(entry, None, ledger)?.standard_error);
    let test = || {
        let of_claim = error(claimed);
        let standard_error = error(measured)?.hypot(of_claim.unwrap_or_default());
        let p = from_zero(gap.finite()?, standard_error).ok()?;
        Some(Noise::Tested { standard_error, claim_is_exact: of_claim.is_none(), p })
    };
    test().unwrap_or(Noise::NotTested)
}

/// Adjusts the p values for all that were tested.
fn adjust(pairs: &mut [Pair]) {
    let p = |pair: &Pair| match pair.noise {
        Noise::Tested { p, .. } => Some(p),
        Noise::NotTested => None,
    };
    let alone: Vec<PValue> = pairs.iter().filter_map(p).collect();
    let mut adjusted = holm(&alone).into_iter();
    for pair in pairs {
        if let Noise::Tested { p, .. } = &mut pair.noise {
            *p = adjusted.next().unwrap_or(PValue::ONE);
        }
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "a test writes the site it reads")]
mod tests {
    use super::*;
    use std::fs;

    /// The pairs of a site with this table of results, and the ledger they point into.
    fn of(rows: &str) -> (Vec<Pair>, Ledger) {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir_all(site.path().join("data/results")).unwrap();
        fs::write(site.path().join("tianti.toml"), "title = 'T'\ndescription = 'D'\n").unwrap();
        let columns = "model,precision,benchmark,subset,metric,unit,shots,value,standard_error,items,reporter\n";
        fs::write(site.path().join("data/results/table.csv"), format!("{columns}{rows}")).unwrap();
        let (catalog, ledger, diagnostics) = crate::pipeline::records(site.path()).unwrap();
        assert_eq!(diagnostics.errors(), 0);
        let mut diagnostics = Diagnostics::default();
        let mut all = all(&ledger, &catalog, &mut diagnostics);
        assert!(all.len() <= 1);
        let codes: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        let cut = all.values().any(|pairs| pairs.len() == MOST_PAIRS);
        assert_eq!(codes, if cut { vec!["too-many-claims"] } else { vec![] });
        (all.pop_first().map(|(_, pairs)| pairs).unwrap_or_default(), ledger)
    }

    fn gaps(rows: &str) -> Vec<String> {
        of(rows).0.iter().map(|pair| pair.gap.text().to_owned()).collect()
    }

    #[test]
    fn the_gap_is_exact_in_percent_and_its_error_that_of_the_measured_proportion() {
        let (pairs, _) = of("a,,quiz,,acc,percent,,54.16,,,claimed\na,,quiz,,acc,fraction,5,0.4781,,13985,measured\n");
        let [pair] = pairs.as_slice() else { panic!("{pairs:?}") };
        assert_eq!(pair.gap.text(), "6.35");
        let Noise::Tested { standard_error, claim_is_exact, p } = pair.noise else { panic!("{pair:?}") };
        assert!((standard_error - 0.422_398).abs() < 1e-6, "{standard_error}");
        assert!(claim_is_exact && p.get() < 1e-50);
        assert_eq!(pair.noise.is_exceeded(), Some(true));
    }

    #[test]
    fn errors_of_both_sides_add_in_squares() {
        let (pairs, _) = of("a,,quiz,,acc,percent,,60,3,,claimed\na,,quiz,,acc,percent,,50,4,,measured\n");
        let Noise::Tested { standard_error, claim_is_exact, p } = pairs[0].noise else { panic!("{pairs:?}") };
        assert!((standard_error - 5.0).abs() < 1e-12 && !claim_is_exact);
        assert!((p.get() - 0.045_500_26).abs() < 1e-8, "{p:?}");
        assert_eq!(pairs[0].noise.is_exceeded(), Some(true));
    }

    #[test]
    fn gaps_that_exceed_noise_alone_need_not_do_so_among_others() {
        let (pairs, _) = of("a,,quiz,,acc,percent,,52,,,claimed\na,,quiz,,acc,percent,,50,1,,measured\n\
            b,,quiz,,acc,percent,,52.1,,,claimed\nb,,quiz,,acc,percent,,50,1,,measured\n\
            c,,quiz,,acc,percent,,70,,,claimed\nc,,quiz,,acc,percent,,50,,,measured\n");
        let adjusted: Vec<Option<f64>> = pairs
            .iter()
            .map(|pair| match pair.noise {
                Noise::Tested { p, .. } => Some((p.get() * 1e6).round() / 1e6),
                Noise::NotTested => None,
            })
            .collect();
        // z = 2 and 2.1: p = 0.0455003 and 0.0357288, of which Holm doubles the smaller; the third has no error.
        assert_eq!(adjusted, [Some(0.071_458), Some(0.071_458), None]);
        let exceeded: Vec<_> = pairs.iter().map(|pair| pair.noise.is_exceeded()).collect();
        assert_eq!(exceeded, [Some(false), Some(false), None]);
    }

    #[test]
    fn an_error_of_the_claim_alone_tests_nothing() {
        let (pairs, _) = of("a,,quiz,,acc,percent,,60,1,,claimed\na,,quiz,,acc,percent,,50,,,measured\n");
        assert_eq!(pairs[0].noise, Noise::NotTested);
    }

    #[test]
    fn what_contradicts_is_no_pair_and_what_is_not_stated_is_one() {
        let with = |claimed: &str, measured: &str| {
            gaps(&format!("a,{claimed},,60,,,claimed\na,{measured},,50,,,measured\n")).len()
        };
        for (claimed, measured, pairs) in [
            (",quiz,,acc,percent", ",quiz,,acc,percent", 1),
            (",quiz,,acc,percent", ",quiz,,f1,percent", 0),
            (",quiz,,,percent", ",quiz,,f1,percent", 1),
            (",quiz,,acc,percent", ",quiz,,acc,points", 0),
            (",quiz,,acc,points", ",quiz,,acc,points", 1),
            (",quiz,,acc,unknown", ",quiz,,acc,unknown", 0),
            (",quiz,law,acc,percent", ",quiz,,acc,percent", 0),
            (",quiz,default,acc,percent", ",quiz,,acc,percent", 1),
            ("fp16,quiz,,acc,percent", "fp16,quiz,,acc,percent", 1),
            ("fp16,quiz,,acc,percent", "int8,quiz,,acc,percent", 0),
            (",quiz,,acc,percent", "int8,quiz,,acc,percent", 1),
        ] {
            assert_eq!(with(claimed, measured), pairs, "{claimed} against {measured}");
        }
    }

    #[test]
    fn only_numbers_of_makers_and_of_others_are_compared() {
        assert!(gaps("a,,quiz,,acc,percent,,60,,,claimed\na,,quiz,,acc,percent,,50,,,unknown\n").is_empty());
        assert!(gaps("a,,quiz,,acc,percent,,NaN,,,claimed\na,,quiz,,acc,percent,,50,,,measured\n").is_empty());
        assert!(gaps("a,,quiz,,acc,percent,,60,,,claimed\nb,,quiz,,acc,percent,,50,,,measured\n").is_empty());
        let several = "a,,quiz,,acc,percent,0,50,,,measured\na,,quiz,,acc,percent,5,70.5,,,measured\n";
        assert_eq!(gaps(&format!("a,,quiz,,acc,percent,,60,,,claimed\n{several}")), ["10", "-10.5"]);
    }

    #[test]
    fn claims_without_end_are_cut_and_reported() {
        let rows = |reporter: &str| -> String {
            (0..400).map(|shots| format!("a,,quiz,,acc,percent,{shots},50,,,{reporter}\n")).collect()
        };
        assert_eq!(of(&(rows("claimed") + &rows("measured"))).0.len(), MOST_PAIRS);
    }

    #[test]
    fn what_one_side_does_not_state_differs_and_what_neither_states_is_not_listed() {
        let (pairs, ledger) = of("a,,quiz,,,percent,5,60,,,claimed\na,fp16,quiz,,acc,percent,0,50,,,measured\n");
        let (claimed, measured) = (ledger.entry(pairs[0].claimed), ledger.entry(pairs[0].measured));
        let expected = [
            (Aspect::Metric, None, Some("acc")),
            (Aspect::Part(Part::Precision), None, Some("fp16")),
            (Aspect::Field(Field::Shots), Some("5"), Some("0")),
        ];
        let expected = expected.map(|(what, claimed, measured)| Difference { what, claimed, measured });
        assert_eq!(differences(&claimed, &measured), expected);
    }
}
