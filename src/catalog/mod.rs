//! The catalog: cards of models, benchmarks and organisations, and the names that lead to them.
//!
//! Result files spell one model in many ways. [`names`] maps a raw name to one card by rule, then by alias, never by
//! likeness; a name without a card gets an entry of its own, so that its records are shown, and a diagnostic with the
//! nearest known names. The catalog does not know boards.

pub mod card;
mod names;
mod read;
mod variant;

pub use names::ModelMatch;
pub(crate) use names::nearest;
pub use read::read;
pub use variant::Parts;

use crate::record::id::Id;
use card::{BenchmarkCard, ModelCard, Organisation};
use names::{BenchmarkNames, ModelNames};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Index of a model in [`Catalog::models`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModelIx(u32);

/// Index of a benchmark in [`Catalog::benchmarks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BenchmarkIx(u32);

/// A model, with or without a card.
#[derive(Clone, Debug)]
pub struct Model {
    pub id: Id,
    /// The card's name, or the raw name of the records.
    pub name: Arc<str>,
    pub organisation: Option<Id>,
    /// Where the card stands; absent for a model that is known only from records.
    pub card: Option<(Arc<str>, ModelCard)>,
}

/// A benchmark, with or without a card.
#[derive(Clone, Debug)]
pub struct Benchmark {
    pub id: Id,
    pub name: Arc<str>,
    pub card: Option<(Arc<str>, BenchmarkCard)>,
}

/// All cards, and the names that lead to them.
#[derive(Debug, Default)]
pub struct Catalog {
    pub organisations: BTreeMap<Id, Organisation>,
    models: Vec<Model>,
    benchmarks: Vec<Benchmark>,
    model_names: ModelNames,
    benchmark_names: BenchmarkNames,
    benchmark_ids: BTreeMap<Id, BenchmarkIx>,
    model_ids: BTreeMap<Id, ModelIx>,
}

impl Catalog {
    pub fn model(&self, index: ModelIx) -> &Model {
        &self.models[index.0 as usize]
    }

    pub fn benchmark(&self, index: BenchmarkIx) -> &Benchmark {
        &self.benchmarks[index.0 as usize]
    }

    pub fn models(&self) -> impl ExactSizeIterator<Item = (ModelIx, &Model)> {
        self.models.iter().enumerate().map(|(index, model)| (ModelIx(index as u32), model))
    }

    pub fn benchmarks(&self) -> impl ExactSizeIterator<Item = (BenchmarkIx, &Benchmark)> {
        self.benchmarks.iter().enumerate().map(|(index, benchmark)| (BenchmarkIx(index as u32), benchmark))
    }

    pub fn model_by_id(&self, id: &str) -> Option<ModelIx> {
        self.model_ids.get(&Id::new(id).ok()?).copied()
    }

    pub fn benchmark_by_id(&self, id: &str) -> Option<BenchmarkIx> {
        self.benchmark_ids.get(&Id::new(id).ok()?).copied()
    }

    /// The model a raw name means, if a card or an earlier record has that name or what is left of it without the parts
    /// of a variant.
    pub fn find_model(&self, raw: &str) -> ModelMatch {
        self.model_names.find(raw)
    }

    /// The benchmark a raw name means, and the subset when the name is a part of it.
    pub fn find_benchmark(&self, raw: &str) -> Option<(BenchmarkIx, Option<Arc<str>>)> {
        self.benchmark_names.find(raw)
    }

    /// The ids of the models that `raw` could mean or else is like, best first, three of these at most.
    pub fn models_like(&self, raw: &str) -> Vec<String> {
        if let ModelMatch::Ambiguous(models) = self.find_model(raw) {
            return models.into_iter().map(|model| self.model(model).id.to_string()).collect();
        }
        let known = self.models.iter().filter(|model| model.card.is_some());
        names::nearest(raw, known.map(|model| (model.id.as_str(), &*model.name)))
    }

    /// The ids of benchmarks that are like `raw` in id or name, best first, three at most.
    pub fn benchmarks_like(&self, raw: &str) -> Vec<String> {
        let known = self.benchmarks.iter().filter(|benchmark| benchmark.card.is_some());
        names::nearest(raw, known.map(|benchmark| (benchmark.id.as_str(), &*benchmark.name)))
    }

    /// An entry for a model that has records but no card.
    pub fn add_model_without_card(&mut self, raw: &Arc<str>) -> ModelIx {
        let id = unlisted_id(raw, |id| self.model_ids.contains_key(id));
        let model = Model { id, name: Arc::clone(raw), organisation: None, card: None };
        let index = self.push_model(model);
        self.model_names.add_unlisted(raw, index);
        index
    }

    /// An entry for a benchmark that has records but no card.
    pub fn add_benchmark_without_card(&mut self, raw: &Arc<str>) -> BenchmarkIx {
        let id = unlisted_id(raw, |id| self.benchmark_ids.contains_key(id));
        let index = self.push_benchmark(Benchmark { id, name: Arc::clone(raw), card: None });
        self.benchmark_names.add(raw, index);
        index
    }

    fn push_model(&mut self, model: Model) -> ModelIx {
        let index = ModelIx(self.models.len() as u32);
        self.model_ids.insert(model.id.clone(), index);
        self.models.push(model);
        index
    }

    fn push_benchmark(&mut self, benchmark: Benchmark) -> BenchmarkIx {
        let index = BenchmarkIx(self.benchmarks.len() as u32);
        self.benchmark_ids.insert(benchmark.id.clone(), index);
        self.benchmarks.push(benchmark);
        index
    }
}

/// The folder of entries without a card: no organisation can have this id's first part, since it starts their path.
const UNLISTED: &str = "unlisted";

fn unlisted_id(raw: &str, taken: impl Fn(&Id) -> bool) -> Id {
    let slug = Id::slug(raw);
    (1..)
        .map(|n| if n == 1 { format!("{UNLISTED}/{slug}") } else { format!("{UNLISTED}/{slug}-{n}") })
        .filter_map(|text| Id::new(&text).ok())
        .find(|id| !taken(id))
        .unwrap_or(slug)
}
