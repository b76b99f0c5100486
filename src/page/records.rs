//! Records as they are listed on the pages of models and benchmarks: grouped by file and protocol.

use super::route::Route;
use super::{Here, Link};
use crate::ledger::{Anchor, Entry, EntryIx};
use crate::record::{Date, Field, Items, Origin, Place, Protocol, Reporter, Unit};
use serde::Serialize;
use std::sync::Arc;

/// Records that share file, protocol, reporter and date.
#[derive(Debug)]
pub struct Group<'a> {
    pub source: String,
    pub url: Option<&'a str>,
    pub licence: Option<&'a str>,
    pub retrieved: Option<&'a Date>,
    pub origin: &'a Origin,
    pub protocol: Vec<(Field, &'a str)>,
    pub reporter: Reporter,
    pub date: Option<&'a Date>,
    pub rows: Vec<RecordRow<'a>>,
}

/// One record.
#[derive(Debug)]
pub struct RecordRow<'a> {
    /// The other side of the measurement: the benchmark on a model's page, the model on a benchmark's.
    pub link: Link,
    /// Subset, revision and precision, as far as stated.
    pub detail: String,
    pub metric: &'a str,
    /// As the source wrote it.
    pub value: &'a str,
    pub unit: Unit,
    pub standard_error: Option<&'a str>,
    pub items: Items,
    pub aggregate: bool,
    pub place: &'a Place,
    pub anchor: Anchor,
    /// Where this one record can be seen.
    pub url: Option<&'a str>,
}

/// Which side of a measurement the page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Model,
    Benchmark,
}

/// Groups `entries`, keeping their order within a group; groups are in the order of their first entry.
pub fn groups<'a>(here: &Here<'a>, subject: Subject, entries: &[EntryIx]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group> = Vec::new();
    let mut sorted: Vec<&'a Entry> = entries.iter().map(|entry| here.site.ledger.entry(*entry)).collect();
    sorted.sort_by(|a, b| key(a).cmp(&key(b)));
    for same in sorted.chunk_by(|a, b| key(a) == key(b)) {
        let record = &same[0].record;
        let provenance = &record.provenance;
        let source = &provenance.origin.source;
        groups.push(Group {
            source: source_name(here, &provenance.origin),
            url: source.url.as_deref(),
            licence: source.licence.as_deref(),
            retrieved: source.retrieved.as_ref(),
            origin: &provenance.origin,
            protocol: record.protocol.iter().collect(),
            reporter: provenance.reporter,
            date: provenance.date.as_ref(),
            rows: same.iter().map(|entry| row(here, subject, entry)).collect(),
        });
    }
    groups
}

fn key(entry: &Entry) -> (&Arc<str>, &Arc<Protocol>, Reporter, &Option<Date>) {
    let provenance = &entry.record.provenance;
    (&provenance.origin.path, &entry.record.protocol, provenance.reporter, &provenance.date)
}

/// The source's name in the page's language, or the file's path where no `source.toml` gives one.
pub(super) fn source_name(here: &Here, origin: &Origin) -> String {
    let names = &origin.source.names;
    let own = names.iter().find(|(language, _)| **language == *here.language.code());
    own.or(names.first()).map_or(&origin.path, |(_, name)| name).to_string()
}

fn row<'a>(here: &Here, subject: Subject, entry: &'a Entry) -> RecordRow<'a> {
    let record = &entry.record;
    let catalog = &here.site.catalog;
    let link = match subject {
        Subject::Model => {
            let benchmark = catalog.benchmark(entry.benchmark);
            here.link(&benchmark.name, &Route::Benchmark(benchmark.id.clone()))
        }
        Subject::Benchmark => {
            let model = catalog.model(entry.model);
            here.link(&model.name, &Route::Model(model.id.clone()))
        }
    };
    let subset = entry.subset.as_deref().filter(|subset| *subset != "default");
    let parts = [subset, record.model.revision.as_deref(), record.model.precision.as_deref()];
    RecordRow {
        link,
        detail: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        metric: &record.metric.name,
        value: record.value.text(),
        unit: record.metric.unit,
        standard_error: record.standard_error.as_ref().map(|error| error.text()),
        items: record.items,
        aggregate: record.aggregate,
        place: &record.provenance.place,
        anchor: entry.anchor(),
        url: record.provenance.url.as_deref(),
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
