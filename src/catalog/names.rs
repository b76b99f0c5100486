//! From raw names to catalog entries: by rule, then by alias.

use super::variant::{self, Parts};
use super::{BenchmarkIx, ModelIx};
use foldhash::HashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What differs between spellings of one model and never between two models: letter case, and `org__name` for
/// `org/name`.
fn model_key(raw: &str) -> String {
    raw.trim().replace("__", "/").to_lowercase()
}

/// Benchmarks differ by letter case in some harnesses (`IFEval`, `ifeval`); nothing else is a mere spelling.
fn benchmark_key(raw: &str) -> String {
    raw.trim().to_lowercase()
}

/// What a raw name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelMatch {
    /// One model, and what the name says of its variant.
    Model(ModelIx, Parts),
    /// It could be any of these.
    Ambiguous(Vec<ModelIx>),
    Unknown,
}

/// Names of models.
#[derive(Debug, Default)]
pub(super) struct ModelNames {
    /// Ids, names and aliases of cards.
    cards: HashMap<String, ModelIx>,
    /// The last part of the ids of cards.
    last_parts: HashMap<String, BTreeSet<ModelIx>>,
    /// Raw names of models without a card.
    unlisted: HashMap<String, ModelIx>,
}

impl ModelNames {
    /// A name that a card has as a whole wins over one from which parts are taken, and fewer parts over more.
    pub(super) fn find(&self, raw: &str) -> ModelMatch {
        if let Some(index) = self.unlisted.get(&model_key(raw)) {
            return ModelMatch::Model(*index, Parts::new());
        }
        let mut names = vec![(raw.trim().to_owned(), Parts::new())];
        for _ in 0..=variant::MOST_PARTS {
            match self.find_any(&names) {
                ModelMatch::Unknown => {}
                found => return found,
            }
            names = names.iter().flat_map(|(name, parts)| variant::without_one_part(name, parts)).collect();
            // Parts may be taken in any order.
            names.sort_unstable();
            names.dedup();
        }
        ModelMatch::Unknown
    }

    /// What names from which equally many parts were taken mean together.
    fn find_any(&self, names: &[(String, Parts)]) -> ModelMatch {
        let mut found: BTreeMap<ModelIx, &Parts> = BTreeMap::new();
        for (name, parts) in names {
            let key = model_key(name);
            match self.cards.get(&key) {
                Some(index) => drop(found.entry(*index).or_insert(parts)),
                None => {
                    for index in self.last_parts.get(&key).into_iter().flatten() {
                        found.entry(*index).or_insert(parts);
                    }
                }
            }
        }
        if found.len() > 1 {
            return ModelMatch::Ambiguous(found.into_keys().collect());
        }
        found.into_iter().next().map_or(ModelMatch::Unknown, |(index, parts)| ModelMatch::Model(index, parts.clone()))
    }

    /// Adds an id, a name or an alias of a card. Returns the other model when the name is taken by one.
    pub(super) fn add(&mut self, raw: &str, index: ModelIx) -> Option<ModelIx> {
        let other = *self.cards.entry(model_key(raw)).or_insert(index);
        (other != index).then_some(other)
    }

    /// Makes the last part of a card's id lead to it.
    pub(super) fn add_last_part(&mut self, id: &str, index: ModelIx) {
        if let Some((_, last)) = id.rsplit_once('/') {
            self.last_parts.entry(last.to_owned()).or_default().insert(index);
        }
    }

    /// Adds the name of a model without a card. It stands as it is written: nothing is taken from it.
    pub(super) fn add_unlisted(&mut self, raw: &str, index: ModelIx) {
        self.unlisted.insert(model_key(raw), index);
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
pub(crate) fn nearest<'a>(raw: &str, known: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
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

    /// Cards with these ids, in this order.
    fn cards(ids: &[&str]) -> ModelNames {
        let mut names = ModelNames::default();
        for (index, id) in ids.iter().enumerate() {
            assert_eq!(names.add(id, ModelIx(index as u32)), None);
            names.add_last_part(id, ModelIx(index as u32));
        }
        names
    }

    /// The model and what the name says of its variant, as `part=value`; empty for none.
    fn found(names: &ModelNames, raw: &str) -> (Option<u32>, String) {
        match names.find(raw) {
            ModelMatch::Model(index, parts) => {
                let parts: Vec<String> = parts.iter().map(|(part, value)| format!("{part}={value}")).collect();
                (Some(index.0), parts.join(" "))
            }
            _ => (None, String::new()),
        }
    }

    #[test]
    fn spellings_of_one_model_are_one_name() {
        let mut names = cards(&["qwen/qwen2.5-72b-instruct"]);
        for (raw, parts) in [
            ("Qwen/Qwen2.5-72B-Instruct", ""),
            ("Qwen__Qwen2.5-72B-Instruct", ""),
            ("qwen2.5-72b-instruct", ""),
            ("Qwen/Qwen2.5-72B-Instruct@main", ""),
            ("Qwen/Qwen2.5-72B-Instruct@495f397", "revision=495f397"),
            ("Qwen__Qwen2.5-72B-Instruct_bfloat16", "precision=bfloat16"),
            ("Qwen2.5-72B-Instruct_float16@1a2b", "revision=1a2b precision=float16"),
            ("qwen2.5-72b-instruct-FP8", "quantisation=FP8"),
            ("Qwen/Qwen2.5-72B-Instruct-GPTQ-Int4", "quantisation=GPTQ-Int4"),
            ("Qwen2.5-72B-Instruct.Q4_K_M", "quantisation=Q4_K_M"),
            ("Qwen2.5-72B-Instruct-Q8_0-GGUF", "quantisation=Q8_0-GGUF"),
            ("Qwen2.5-72B-Instruct (high)", "effort=high"),
            ("qwen2.5-72b-instruct [medium]", "effort=medium"),
            ("qwen2.5-72b-instruct-high", "effort=high"),
            ("qwen2.5-72b-instruct:low", "effort=low"),
            ("hf/Qwen/Qwen2.5-72B-Instruct", "provider=hf"),
            ("together/Qwen/Qwen2.5-72B-Instruct-AWQ (low)", "quantisation=AWQ effort=low provider=together"),
        ] {
            assert_eq!(found(&names, raw), (Some(0), parts.to_owned()), "{raw}");
        }
        assert_eq!(names.add("qwen/QWEN2.5-72b-instruct", ModelIx(1)), Some(ModelIx(0)));
    }

    #[test]
    fn another_model_is_not_a_spelling() {
        let names = cards(&["openai/gpt2", "microsoft/phi3", "org/x"]);
        for raw in [
            "gpt2-medium",
            "phi3:medium",
            "gpt2-max",
            "org/x-instruct",
            "other/x",
            "x-7b",
            "org/xhigh",
            "orghf/org/x",
            "-high",
            "@main",
            "",
            "hf/",
            "(high)",
            "_bfloat16",
            "x-Q4",
            "x-awqs",
            "x (7b)",
        ] {
            assert_eq!(names.find(raw), ModelMatch::Unknown, "{raw}");
        }
    }

    #[test]
    fn a_card_of_its_own_wins_over_a_part_of_the_name() {
        let mut names = cards(&["org/x", "org/x-fp8"]);
        assert_eq!(found(&names, "x-FP8"), (Some(1), String::new()));
        assert_eq!(found(&names, "org/x-fp8@r"), (Some(1), "revision=r".into()));
        names.add("x-int4", ModelIx(1));
        assert_eq!(found(&names, "x-int4"), (Some(1), String::new()));
        assert_eq!(found(&names, "x-int8"), (Some(0), "quantisation=int8".into()));
    }

    #[test]
    fn a_bare_name_of_two_cards_is_ambiguous_unless_an_alias_decides() {
        let mut names = cards(&["one/x", "two/x"]);
        let both = ModelMatch::Ambiguous(vec![ModelIx(0), ModelIx(1)]);
        assert_eq!(names.find("X"), both);
        assert_eq!(names.find("x-fp8"), both);
        assert_eq!(found(&names, "two/x"), (Some(1), String::new()));
        names.add("X", ModelIx(1));
        assert_eq!(found(&names, "x"), (Some(1), String::new()));
    }

    #[test]
    fn a_provider_keeps_the_organisation() {
        let names = cards(&["openai/gpt-4o", "other/gpt-4o"]);
        assert_eq!(found(&names, "openai/azure/gpt-4o"), (Some(0), "provider=azure".into()));
        assert_eq!(names.find("anthropic/bedrock/gpt-4o"), ModelMatch::Unknown);
    }

    #[test]
    fn nothing_is_taken_from_names_for_a_model_without_a_card() {
        let mut names = ModelNames::default();
        names.add_unlisted("org/y", ModelIx(0));
        assert_eq!(found(&names, "ORG__Y"), (Some(0), String::new()));
        assert_eq!(names.find("org/y-fp8"), ModelMatch::Unknown);
        assert_eq!(names.find("y"), ModelMatch::Unknown);
    }

    #[test]
    fn a_long_name_of_parts_is_not_tried_for_ever() {
        let names = cards(&["org/x"]);
        let raw = format!("{}x{}", "hf/".repeat(20_000), "-fp8@a".repeat(20_000));
        assert_eq!(names.find(&raw), ModelMatch::Unknown);
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
