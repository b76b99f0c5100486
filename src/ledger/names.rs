//! What the names in files mean: models and benchmarks of the catalog, parts of variants and subsets.

use super::stored::Stored;
use super::{ItemEntry, Resolved};
use crate::catalog::{BenchmarkIx, Catalog, ModelIx, ModelMatch, Parts};
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::record::{ItemScores, ModelName, Origin};
use foldhash::HashMap;
use std::num::NonZeroU32;
use std::sync::Arc;

/// The raw names of a file's records, each once, and which of them each record bears.
pub(super) struct FileNames {
    models: Distinct,
    benchmarks: Distinct,
}

/// Names in the order in which they first occur.
#[derive(Default)]
struct Distinct {
    /// Each with the number of its records.
    names: Vec<(Arc<str>, usize)>,
    /// Of each record, the index of its name.
    of_record: Vec<u32>,
}

impl FileNames {
    pub(super) fn of(records: &[Stored]) -> Self {
        Self {
            models: Distinct::of(records.iter().map(|record| &record.model.raw)),
            benchmarks: Distinct::of(records.iter().map(|record| &record.benchmark)),
        }
    }
}

impl Distinct {
    fn of<'a>(raw: impl ExactSizeIterator<Item = &'a Arc<str>>) -> Self {
        let mut distinct = Self { names: Vec::new(), of_record: Vec::with_capacity(raw.len()) };
        // Equal names have one address, since the store keeps each once.
        let mut index: HashMap<*const u8, u32> = HashMap::default();
        for name in raw {
            let at = *index.entry(name.as_ptr()).or_insert_with(|| {
                distinct.names.push((Arc::clone(name), 0));
                distinct.names.len() as u32 - 1
            });
            distinct.names[at as usize].1 += 1;
            distinct.of_record.push(at);
        }
        distinct
    }
}

/// What the names of a file mean.
pub(super) struct FileMeanings {
    /// Each with the parts of the variant that the name states.
    models: Vec<(ModelIx, Parts)>,
    benchmarks: Vec<BenchmarkPart>,
    model_of: Vec<u32>,
    benchmark_of: Vec<u32>,
}

impl FileMeanings {
    /// Adds what the models' names state of a variant to the records; what the file states apart from the name stays.
    pub(super) fn complete_variants(&self, records: &mut [Stored]) {
        if self.models.iter().all(|(_, parts)| parts.is_empty()) {
            return;
        }
        let mut last: Option<[Arc<ModelName>; 2]> = None;
        for (record, name) in records.iter_mut().zip(&self.model_of) {
            // Neighbours mostly share their model, and go on sharing it.
            let completed = match &last {
                Some([same, completed]) if Arc::ptr_eq(same, &record.model) => Arc::clone(completed),
                _ => {
                    let mut model = ModelName::clone(&record.model);
                    complete_variant(&mut model, &self.models[*name as usize].1);
                    Arc::new(model)
                }
            };
            last = Some([std::mem::replace(&mut record.model, Arc::clone(&completed)), completed]);
        }
    }

    pub(super) fn entries(&self, file: u32, source: u32) -> impl Iterator<Item = Resolved> {
        self.model_of.iter().zip(&self.benchmark_of).enumerate().map(move |(index, (model, benchmark))| {
            let (benchmark, implied_subset) = self.benchmarks[*benchmark as usize];
            let model = self.models[*model as usize].0;
            Resolved { source, benchmark, model, file, index: index as u32, implied_subset }
        })
    }
}

/// Adds what the model's name states of a variant; what the file states apart from the name stays.
pub(super) fn complete_variant(model: &mut ModelName, parts: &Parts) {
    for (part, value) in parts.iter() {
        if model.get(*part).is_none() {
            model.set(*part, value.as_str());
        }
    }
}

/// Raw names seen so far, and the files and records of those the catalog did not know.
pub(super) struct Names<'a> {
    catalog: &'a mut Catalog,
    models: HashMap<Arc<str>, (ModelIx, Parts, Option<Unknown>)>,
    benchmarks: HashMap<Arc<str>, (BenchmarkPart, Option<Unknown>)>,
    implied_subsets: Vec<Arc<str>>,
}

/// A benchmark, and the index of the subset when the name is a part of it.
type BenchmarkPart = (BenchmarkIx, Option<NonZeroU32>);

/// Where an unknown name was first met, and how many records and battles bear it.
struct Unknown {
    origin: Arc<Origin>,
    records: usize,
    battles: usize,
    /// The models that it could mean; none when it is like no known name.
    candidates: Vec<ModelIx>,
}

impl<'a> Names<'a> {
    pub(super) fn new(catalog: &'a mut Catalog) -> Self {
        Self { catalog, models: HashMap::default(), benchmarks: HashMap::default(), implied_subsets: Vec::new() }
    }

    /// What the names of the file `origin` mean. A name without a card is added to the catalog.
    pub(super) fn resolve(&mut self, file: FileNames, origin: &Arc<Origin>) -> FileMeanings {
        FileMeanings {
            models: file.models.names.iter().map(|(raw, records)| self.model(raw, *records, origin)).collect(),
            benchmarks: file
                .benchmarks
                .names
                .iter()
                .map(|(raw, records)| self.benchmark(raw, *records, origin))
                .collect(),
            model_of: file.models.of_record,
            benchmark_of: file.benchmarks.of_record,
        }
    }

    /// The model, and the parts of its variant that the name states.
    fn model(&mut self, raw: &Arc<str>, records: usize, origin: &Arc<Origin>) -> (ModelIx, Parts) {
        let unknown = |candidates| Some(Unknown { candidates, ..Unknown::first_in(origin) });
        let (model, parts, unknown) =
            self.models.entry(Arc::clone(raw)).or_insert_with(|| match self.catalog.find_model(raw) {
                ModelMatch::Model(model, parts) => (model, parts, None),
                ModelMatch::Ambiguous(models) => {
                    (self.catalog.add_model_without_card(raw), Parts::new(), unknown(models))
                }
                ModelMatch::Unknown => (self.catalog.add_model_without_card(raw), Parts::new(), unknown(Vec::new())),
            });
        count(unknown, records);
        (*model, parts.clone())
    }

    /// As [`Self::model`], of a name in battles.
    pub(super) fn contestant(&mut self, raw: &Arc<str>, battles: usize, origin: &Arc<Origin>) -> (ModelIx, Parts) {
        let found = self.model(raw, 0, origin);
        if let Some((_, _, Some(unknown))) = self.models.get_mut(raw) {
            unknown.battles += battles;
        }
        found
    }

    pub(super) fn items(&mut self, mut scores: ItemScores) -> ItemEntry {
        let origin = Arc::clone(&scores.provenance.origin);
        let (model, parts) = self.model(&scores.model.raw, 0, &origin);
        complete_variant(&mut scores.model, &parts);
        let (benchmark, subset) = self.benchmark(&scores.benchmark, 0, &origin);
        let implied_subset = subset.map(|index| Arc::clone(&self.implied_subsets[index.get() as usize - 1]));
        ItemEntry { model, benchmark, implied_subset, scores }
    }

    fn benchmark(&mut self, raw: &Arc<str>, records: usize, origin: &Arc<Origin>) -> BenchmarkPart {
        let (part, unknown) =
            self.benchmarks.entry(Arc::clone(raw)).or_insert_with(|| match self.catalog.find_benchmark(raw) {
                Some((benchmark, subset)) => {
                    let implied = subset.and_then(|subset| {
                        self.implied_subsets.push(subset);
                        NonZeroU32::new(self.implied_subsets.len() as u32)
                    });
                    ((benchmark, implied), None)
                }
                None => ((self.catalog.add_benchmark_without_card(raw), None), Some(Unknown::first_in(origin))),
            });
        count(unknown, records);
        *part
    }

    /// Reports the unknown names; what is left are the subsets that names implied.
    pub(super) fn report(self, diagnostics: &mut Diagnostics) -> Vec<Arc<str>> {
        let models = self.models.iter().filter_map(|(raw, (_, _, unknown))| Some((raw, unknown.as_ref()?)));
        for (raw, unknown) in models {
            if unknown.candidates.is_empty() {
                let remedy =
                    "add a card to data/models/, or the name to a card's aliases; it is shown as written until then";
                diagnostics.push(unknown.report("unknown-model", "model", raw, &self.catalog.models_like(raw), remedy));
            } else {
                diagnostics.push(self.ambiguous(raw, unknown));
            }
        }
        let benchmarks = self.benchmarks.iter().filter_map(|(raw, (_, unknown))| Some((raw, unknown.as_ref()?)));
        for (raw, unknown) in benchmarks {
            let remedy =
                "add a card to data/benchmarks/, or the name to a card's aliases; it is shown as written until then";
            let near = self.catalog.benchmarks_like(raw);
            diagnostics.push(unknown.report("unknown-benchmark-name", "benchmark", raw, &near, remedy));
        }
        self.implied_subsets
    }
}

impl Names<'_> {
    fn ambiguous(&self, raw: &str, unknown: &Unknown) -> Diagnostic {
        let ids: Vec<_> = unknown.candidates.iter().map(|model| self.catalog.model(*model).id.as_str()).collect();
        let message = format!("the model {raw:?} of {} could be {}", unknown.bearers(), ids.join(" or "));
        Diagnostic::warning("ambiguous-model", Arc::clone(&unknown.origin.path), message)
            .hint("add the name to the aliases of the one it means; it is shown as written until then")
    }
}

fn count(unknown: &mut Option<Unknown>, records: usize) {
    if let Some(unknown) = unknown {
        unknown.records += records;
    }
}

impl Unknown {
    fn first_in(origin: &Arc<Origin>) -> Self {
        Self { origin: Arc::clone(origin), records: 0, battles: 0, candidates: Vec::new() }
    }

    /// What bears the name.
    fn bearers(&self) -> String {
        match (self.records, self.battles) {
            (records, 0) => format!("{records} records"),
            (0, battles) => format!("{battles} battles"),
            (records, battles) => format!("{records} records and {battles} battles"),
        }
    }

    fn report(&self, code: &'static str, kind: &str, raw: &str, near: &[String], remedy: &str) -> Diagnostic {
        let message = format!("no card for the {kind} {raw:?} of {}", self.bearers());
        Diagnostic::warning(code, Arc::clone(&self.origin.path), message).hint(did_you_mean(near, remedy))
    }
}
