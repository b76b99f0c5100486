//! Records as they are listed on the pages of models and benchmarks: grouped by file, with what they share said once.

use super::Here;
use super::route::Route;
use crate::catalog::{BenchmarkIx, ModelIx};
use crate::ledger::{Anchor, Entry, EntryIx, Moment, Notice};
use crate::record::id::Id;
use crate::record::{Date, Extra, Field, Interval, Items, Metric, Origin, Place, Reporter, Variant, WebUrl};
use serde::Serialize;
use std::cmp::Ordering;
use std::sync::Arc;

/// Records of one file and reporter; the same in every language.
#[derive(Debug)]
pub struct Group<'a> {
    pub origin: &'a Origin,
    pub reporter: Reporter,
    /// The metric, where all rows have the same.
    pub metric: Option<&'a Metric>,
    /// What all rows have in common.
    pub conditions: Conditions<'a>,
    /// The parts of the model's variant, on a model's page where all rows have the same.
    pub variant: Option<&'a Variant>,
    /// What the file also states, where it is the same for all rows.
    pub extra: Option<&'a Extra>,
    /// The way to the pages that the rows lead to: `../../benchmarks/`.
    pub folder: String,
    pub rows: Vec<RecordRow<'a>>,
    /// Rows that were left out.
    pub more: usize,
}

/// How and when something was measured, as far as stated.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Conditions<'a> {
    pub protocol: Vec<(Field, &'a str)>,
    pub date: Option<&'a Date>,
}

/// One record.
#[derive(Debug)]
pub struct RecordRow<'a> {
    /// The other side of the measurement: the benchmark on a model's page, the model on a benchmark's.
    pub name: &'a str,
    /// Its page is this id with `.html`, in the group's folder.
    pub id: &'a Id,
    /// The subset and the parts of the model's variant, as far as they are stated and not those of the group.
    pub detail: Vec<&'a str>,
    pub metric: &'a Metric,
    /// As the source wrote it.
    pub value: &'a str,
    pub standard_error: Option<&'a str>,
    pub interval: Option<&'a Interval>,
    pub items: Items,
    /// What sets this record apart from the others of its group.
    pub conditions: Conditions<'a>,
    /// What the file also states of this record, where it is not the same for the whole group.
    pub extra: Option<&'a Extra>,
    pub aggregate: bool,
    /// What is said of it today, the most serious first.
    pub notices: Vec<Arc<Notice>>,
    pub place: &'a Place,
    pub anchor: Anchor,
    /// Where this one record can be seen.
    pub url: Option<&'a WebUrl>,
}

/// Which side of a measurement the page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Model,
    Benchmark,
}

/// Rows of one file, and rows in all, on a benchmark's page. The models' pages have all records; here they would be a
/// list of everything.
const BENCHMARK_ROWS: (usize, usize) = (100, 1000);

/// The records of a model, as they are listed on its page.
pub fn of_model<'a>(here: &Here<'a>, model: ModelIx) -> Vec<Group<'a>> {
    groups(here, Subject::Model, here.site.records_of_model(model))
}

/// The records of a benchmark, as far as they are listed on its page.
pub fn of_benchmark<'a>(here: &Here<'a>, benchmark: BenchmarkIx) -> Vec<Group<'a>> {
    groups(here, Subject::Benchmark, here.site.records_of_benchmark(benchmark))
}

/// Groups `entries`, keeping their order within a group; groups are in the order of their first entry.
fn groups<'a>(here: &Here<'a>, subject: Subject, entries: &[EntryIx]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group> = Vec::new();
    let mut sorted: Vec<Entry<'a>> = entries.iter().map(|entry| here.site.ledger.entry(*entry)).collect();
    sorted.sort_by(|a, b| compare(a, b));
    let folder = match subject {
        Subject::Model => here.folder(&Route::Benchmarks),
        Subject::Benchmark => here.folder(&Route::Models),
    };
    let mut room = if subject == Subject::Benchmark { BENCHMARK_ROWS.1 } else { sorted.len() };
    for same in sorted.chunk_by(|a, b| compare(a, b) == Ordering::Equal) {
        let most = if subject == Subject::Benchmark { BENCHMARK_ROWS.0.min(room) } else { room };
        let shown = same.len().min(most);
        room -= shown;
        let provenance = same[0].record;
        let shared = shared(same);
        let extra = shared_extra(same);
        let variant = (subject == Subject::Model).then(|| shared_variant(same)).flatten();
        groups.push(Group {
            origin: &provenance.origin,
            reporter: provenance.reporter,
            metric: shared_metric(same),
            folder: folder.clone(),
            rows: same[..shown].iter().map(|entry| row(here, subject, entry, &shared, extra, variant)).collect(),
            more: same.len() - shown,
            conditions: shared,
            variant,
            extra,
        });
    }
    groups
}

/// By file and reporter.
fn compare(a: &Entry, b: &Entry) -> Ordering {
    let (a, b) = (a.record, b.record);
    let by_file = if Arc::ptr_eq(&a.origin, &b.origin) { Ordering::Equal } else { a.origin.path.cmp(&b.origin.path) };
    by_file.then_with(|| a.reporter.cmp(&b.reporter))
}

/// The conditions under which all of `entries` were measured.
fn shared<'a>(entries: &[Entry<'a>]) -> Conditions<'a> {
    let first = &entries[0].record;
    let same_protocol = entries.iter().all(|entry| Arc::ptr_eq(&entry.record.protocol, &first.protocol));
    let in_all = |field: Field, value: &str| {
        same_protocol || entries.iter().all(|entry| entry.record.protocol.get(field) == Some(value))
    };
    let date = first.date.as_ref();
    Conditions {
        protocol: first.protocol.iter().filter(|(field, value)| in_all(*field, value)).collect(),
        date: date.filter(|date| entries.iter().all(|entry| entry.record.date.as_ref() == Some(*date))),
    }
}

fn shared_metric<'a>(entries: &[Entry<'a>]) -> Option<&'a Metric> {
    let first = &entries[0].record.metric;
    let same = |metric: &Arc<Metric>| Arc::ptr_eq(metric, first) || metric == first;
    entries.iter().all(|entry| same(&entry.record.metric)).then_some(first)
}

fn shared_variant<'a>(entries: &[Entry<'a>]) -> Option<&'a Variant> {
    let first = &entries[0].record.model.variant;
    (!first.is_empty() && entries.iter().all(|entry| entry.record.model.variant == *first)).then_some(first)
}

fn shared_extra<'a>(entries: &[Entry<'a>]) -> Option<&'a Extra> {
    let first = entries[0].record.extra.as_ref()?;
    let same = |extra: &Arc<Extra>| Arc::ptr_eq(extra, first) || extra == first;
    entries.iter().all(|entry| entry.record.extra.as_ref().is_some_and(same)).then_some(first)
}

fn row<'a>(
    here: &Here<'a>,
    subject: Subject,
    entry: &Entry<'a>,
    shared: &Conditions,
    extra: Option<&Extra>,
    variant: Option<&Variant>,
) -> RecordRow<'a> {
    let record = entry.record;
    let catalog = &here.site.catalog;
    let (name, id) = match subject {
        Subject::Model => {
            let benchmark = catalog.benchmark(entry.benchmark);
            (&benchmark.name, &benchmark.id)
        }
        Subject::Benchmark => {
            let model = catalog.model(entry.model);
            (&model.name, &model.id)
        }
    };
    let parts = record.model.variant.iter().filter(|_| variant.is_none());
    let subset = entry.subset().filter(|subset| *subset != "default");
    RecordRow {
        name,
        id,
        detail: subset.into_iter().chain(parts.map(|(_, value)| value)).collect(),
        metric: &record.metric,
        value: record.value.text(),
        standard_error: record.standard_error.as_ref().map(|error| error.text()),
        interval: record.interval.as_deref(),
        extra: record.extra.as_deref().filter(|_| extra.is_none()),
        items: record.items,
        conditions: Conditions {
            protocol: if shared.protocol.len() == record.protocol.len() {
                Vec::new()
            } else {
                record.protocol.iter().filter(|field| !shared.protocol.contains(field)).collect()
            },
            date: record.date.as_ref().filter(|_| shared.date.is_none()),
        },
        aggregate: record.aggregate,
        notices: here.site.ledger.notices.of(entry, Moment::Today),
        place: &record.place,
        anchor: entry.anchor(),
        url: record.url.as_ref(),
    }
}

/// A result file, for the list of a board's sources.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SourceFile {
    pub path: String,
    pub sha256: String,
    pub bytes: u64,
    pub format: &'static str,
}
