//! From raw names to catalog entries: by rule, then by alias.

use super::{BenchmarkIx, ModelIx};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What differs between spellings of one model and never between two models: letter case, `org__name` for `org/name`,
/// and a revision after `@`.
fn model_key(raw: &str) -> String {
    let name = raw.split_once('@').map_or(raw, |(name, _)| name);
    name.trim().replace("__", "/").to_lowercase()
}

/// Benchmarks differ by letter case in some harnesses (`IFEval`, `ifeval`); nothing else is a mere spelling.
fn benchmark_key(raw: &str) -> String {
    raw.trim().to_lowercase()
}

#[derive(Debug, Default)]
pub(super) struct ModelNames(HashMap<String, ModelIx>);

impl ModelNames {
    pub(super) fn find(&self, raw: &str) -> Option<ModelIx> {
        self.0.get(&model_key(raw)).copied()
    }

    /// Returns the other model when the name is taken by one.
    pub(super) fn add(&mut self, raw: &str, index: ModelIx) -> Option<ModelIx> {
        let other = *self.0.entry(model_key(raw)).or_insert(index);
        (other != index).then_some(other)
    }
}

#[derive(Debug, Default)]
pub(super) struct BenchmarkNames {
    exact: HashMap<String, BenchmarkIx>,
    /// Aliases that ended in `*`, without it.
    prefixes: BTreeMap<String, BenchmarkIx>,
}

impl BenchmarkNames {
    /// An exact name wins over a prefix, a longer prefix over a shorter one; what follows the prefix is the subset.
    pub(super) fn find(&self, raw: &str) -> Option<(BenchmarkIx, Option<Arc<str>>)> {
        let key = benchmark_key(raw);
        if let Some(index) = self.exact.get(&key) {
            return Some((*index, None));
        }
        let longest =
            self.prefixes.iter().filter(|(prefix, _)| key.starts_with(*prefix)).max_by_key(|(prefix, _)| prefix.len());
        longest
            .filter(|(prefix, _)| key.len() > prefix.len())
            .map(|(prefix, index)| (*index, Some(key[prefix.len()..].into())))
    }

    /// Returns the other benchmark when the name is taken by one.
    pub(super) fn add(&mut self, raw: &str, index: BenchmarkIx) -> Option<BenchmarkIx> {
        let other = match raw.strip_suffix('*') {
            Some(prefix) => *self.prefixes.entry(benchmark_key(prefix)).or_insert(index),
            None => *self.exact.entry(benchmark_key(raw)).or_insert(index),
        };
        (other != index).then_some(other)
    }
}

/// How alike two names must be (Jaro-Winkler, 0 to 1) for one to be offered for the other.
const ALIKE: f64 = 0.8;

/// The ids whose entries, given with their names, are most like `raw`, best first, three at most.
pub(super) fn nearest<'a>(raw: &str, known: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let raw = model_key(raw);
    let likeness = |text: &str| strsim::jaro_winkler(&raw, &text.to_lowercase());
    let mut scored: Vec<(f64, &str)> = known
        .map(|(id, name)| (likeness(id).max(likeness(name)), id))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    scored.sort_by(|(a, id_a), (b, id_b)| b.total_cmp(a).then(id_a.cmp(id_b)));
    scored.into_iter().take(3).map(|(_, id)| id.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_model_are_one_name() {
        let mut names = ModelNames::default();
        assert_eq!(names.add("Qwen/Qwen2.5-72B-Instruct", ModelIx(0)), None);
        for raw in ["Qwen__Qwen2.5-72B-Instruct", "qwen/qwen2.5-72b-instruct", "Qwen/Qwen2.5-72B-Instruct@main"] {
            assert_eq!(names.find(raw), Some(ModelIx(0)), "{raw}");
        }
        assert_eq!(names.find("Qwen/Qwen2.5-7B-Instruct"), None);
        assert_eq!(names.add("qwen/QWEN2.5-72b-instruct", ModelIx(1)), Some(ModelIx(0)));
    }

    #[test]
    fn a_prefix_gives_the_subset_and_an_exact_name_wins() {
        let mut names = BenchmarkNames::default();
        names.add("mmlu_*", BenchmarkIx(0));
        names.add("mmlu_pro", BenchmarkIx(1));
        names.add("mmlu_pro_*", BenchmarkIx(1));
        assert_eq!(names.find("mmlu_anatomy"), Some((BenchmarkIx(0), Some("anatomy".into()))));
        assert_eq!(names.find("MMLU_Pro"), Some((BenchmarkIx(1), None)));
        assert_eq!(names.find("mmlu_pro_law"), Some((BenchmarkIx(1), Some("law".into()))));
        assert_eq!(names.find("mmlu_"), None);
    }

    #[test]
    fn the_nearest_names_come_first_and_unlike_ones_not_at_all() {
        let known =
            [("qwen/qwen1.5-14b-chat", "Qwen1.5-14B-Chat"), ("qwen/qwen1.5-7b-chat", ""), ("meta/llama-3-8b", "")];
        let near = nearest("Qwen/Qwen1.5-14B-Chatt", known.into_iter());
        assert_eq!(near[0], "qwen/qwen1.5-14b-chat");
        assert!(!near.contains(&"meta/llama-3-8b".to_owned()));
    }
}
