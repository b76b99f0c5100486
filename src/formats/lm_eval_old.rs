//! lm-evaluation-harness 0.2 and 0.3 and their forks (Stability's for Japanese among them): one JSON file a run, named
//! as its user liked.
//!
//! The file states no date, no number of items and no version of the harness. Which way a metric is better and in which
//! unit it is, is fixed by the harness's source.

use super::json::{self, Json, Look, Object};
use super::lm_eval::{argument, quantisation};
use super::shared::Shared;
use super::{Format, Holds, Input, Reading, names};
use crate::record::{Date, Direction, Field, Metric, ModelName, Part, Place, Protocol, Record, Unit, Value};
use serde::de::{IgnoredAny, MapAccess, Visitor};
use std::collections::HashMap;
use std::sync::Arc;

pub struct LmEvalOld;

impl Format for LmEvalOld {
    fn name(&self) -> &'static str {
        "lm-eval-0.3"
    }

    fn title(&self) -> &'static str {
        "lm-evaluation-harness 0.2 and 0.3, and forks"
    }

    fn example(&self) -> &'static str {
        "<model>/zero-shot/<model>_step143000.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let root = input.object()?;
        let config = root.object("config");
        let is_run =
            config.is_some_and(|config| ["num_fewshot", "bootstrap_iters"].iter().all(|key| config.contains_key(*key)));
        match root.get("results")? {
            Json::Array(results) if is_run && results.is_empty() => {
                Some(Holds::Nothing("this run of the harness ended without results: its list is empty"))
            }
            Json::Object(results) => {
                let versioned = (root.object("versions"))
                    .is_some_and(|versions| results.keys().any(|task| versions.contains_key(task)));
                let other = root.contains_key("config_general");
                ((is_run || versioned) && !other && results.values().any(is_score_row)).then_some(Holds::Scores)
            }
            _ => None,
        }
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Some(root) = input.object() else { return };
        let Some(results) = root.object("results") else { return };
        let config = root.object("config");
        let Some(model) = model(config, input.path) else { return reading.no_model() };
        let mut run = Run {
            model,
            versions: root.object("versions"),
            shots: Shots::of(config, input.text),
            protocol: protocol(config),
            date: names::date_with_dashes(input.path),
            metrics: Shared::new(),
            protocols: Shared::new(),
        };
        for (task, scores) in results {
            if let Some(scores) = scores.as_object() {
                run.read_task(task, scores, reading);
            }
        }
    }
}

/// Numbers by name; a name with a comma is of a later version.
fn is_score_row(row: &Json) -> bool {
    row.as_object().is_some_and(|row| {
        row.iter().any(|(_, score)| json::number(score).is_some()) && !row.keys().any(|key| key.contains(','))
    })
}

/// `config.model` is the kind of model (`hf-causal`, `neox`) unless it has the form of a repository's name.
fn model(config: Option<&Object>, path: &str) -> Option<ModelName> {
    let argument = |key| config.and_then(|config| argument(config, key));
    let named = ["peft", "pretrained", "model", "engine"].into_iter().find_map(argument);
    let kind = || config?.text("model").filter(|kind| kind.contains('/'));
    let raw = named.or_else(kind).map(str::to_owned).or_else(|| names::model_of_folder(names::folder(path)?))?;
    let precision = ["dtype", "torch_dtype"].into_iter().find_map(argument).filter(|dtype| *dtype != "auto");
    let precision = precision.map(|dtype| dtype.strip_prefix("torch.").unwrap_or(dtype));
    let revision = argument("revision").filter(|revision| *revision != "main");
    let model = ModelName::new(raw).with_any(Part::Revision, revision).with_any(Part::Precision, precision);
    Some(model.with_any(Part::Quantisation, config.and_then(quantisation)))
}

fn protocol(config: Option<&Object>) -> Protocol {
    let limit = config.and_then(|config| config.scalar("limit"));
    Protocol::default().with(Field::Harness, "lm-evaluation-harness").with_any(Field::Limit, limit)
}

/// How many examples the prompt of each task had.
enum Shots {
    Alike(Option<String>),
    ByTask(HashMap<String, String>),
}

impl Shots {
    /// The Japanese fork writes a list in the order in which the tasks ran, which is that of `versions`. The tree's
    /// keys are sorted, so the order is read from the text.
    fn of(config: Option<&Object>, text: &str) -> Self {
        let Some(Json::Array(list)) = config.and_then(|config| config.get("num_fewshot")) else {
            return Self::Alike(config.and_then(|config| config.scalar("num_fewshot")).map(str::to_owned));
        };
        let tasks = serde_json::from_str::<Envelope>(text).map(|envelope| envelope.versions.0).unwrap_or_default();
        if tasks.len() != list.len() {
            return Self::Alike(None);
        }
        let shots = list.iter().map(|shots| json::count(shots).map(|shots| shots.to_string()));
        Self::ByTask(tasks.into_iter().zip(shots).filter_map(|(task, shots)| Some((task, shots?))).collect())
    }

    fn get(&self, task: &str) -> Option<&str> {
        match self {
            Self::Alike(shots) => shots.as_deref(),
            Self::ByTask(shots) => shots.get(task).map(String::as_str),
        }
    }
}

/// As much of a file as tells the order of its tasks.
#[derive(serde::Deserialize)]
struct Envelope {
    versions: Keys,
}

/// The keys of an object in the order of the text.
struct Keys(Vec<String>);

impl<'de> serde::Deserialize<'de> for Keys {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Keys;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                let mut keys = Vec::new();
                while let Some((key, IgnoredAny)) = map.next_entry()? {
                    keys.push(key);
                }
                Ok(Keys(keys))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

struct Run<'a> {
    model: ModelName,
    versions: Option<&'a Object>,
    shots: Shots,
    protocol: Protocol,
    date: Option<Date>,
    metrics: Shared<Metric>,
    protocols: Shared<Protocol>,
}

impl Run<'_> {
    fn read_task(&mut self, task: &str, scores: &Object, reading: &mut Reading) {
        let version = self.versions.and_then(|versions| versions.scalar(task));
        let protocol = self.protocol.clone().with_any(Field::BenchmarkVersion, version);
        let protocol = self.protocols.share(protocol.with_any(Field::Shots, self.shots.get(task)));
        let benchmark: Arc<str> = task.into();
        for (name, score) in scores.iter().filter(|(name, _)| !name.ends_with("_stderr")) {
            let pointer = json::pointer(["results", task, name]);
            let Some(value) = reading.score(score, &pointer) else { continue };
            let metric = Metric { name: name.as_str().into(), unit: unit(task, name), direction: direction(name) };
            let provenance = reading.provenance(Place::Pointer(pointer), self.date.clone());
            reading.records.push(Record {
                standard_error: standard_error(scores, name),
                ..Record::new(
                    self.model.clone(),
                    Arc::clone(&benchmark),
                    self.metrics.share(metric),
                    value,
                    Arc::clone(&protocol),
                    provenance,
                )
            });
        }
    }
}

fn standard_error(scores: &Object, metric: &str) -> Option<Value> {
    json::number(scores.get(&format!("{metric}_stderr"))?).filter(|error| !error.is_missing())
}

/// Tasks scored by the SQuAD metric, which runs to 100; the Japanese fork's among them.
const SCORED_TO_100: [&str; 3] = ["jsquad", "jaqket", "squad2"];

/// Tasks whose F1 and exact match run to 1.
const SCORED_TO_1: [&str; 7] = ["cb", "coqa", "drop", "mrpc", "qqp", "record", "multirc"];

/// The unit that the harness's source gives a metric.
pub fn unit(task: &str, metric: &str) -> Unit {
    // Tasks of the fork have the versions of task and prompt in their names: `jsquad-1.1-0.2`, `jaqket_v2-0.1-0.2`.
    let is_of = |tasks: &[&str]| tasks.contains(&task.split(['-', '_']).next().unwrap_or(task));
    match metric {
        "acc"
        | "acc_norm"
        | "mc1"
        | "mc2"
        | "mcc"
        | "multiple_choice_grade"
        | "exact_str_match"
        | "pct_stereotype"
        | "bleu_acc"
        | "rouge1_acc"
        | "rouge2_acc"
        | "rougeL_acc" => Unit::Fraction,
        "ppl" | "perplexity" | "word_perplexity" | "byte_perplexity" | "bits_per_byte" | "bleu" | "chrf" | "ter"
        | "rouge1" | "rouge2" | "rougeL" | "bleu_max" | "rouge1_max" | "rouge2_max" | "rougeL_max" => Unit::Points,
        "em" | "exact" | "exact_match" | "f1" if is_of(&SCORED_TO_100) => Unit::Percent,
        "em" | "exact" | "exact_match" | "f1" if is_of(&SCORED_TO_1) => Unit::Fraction,
        _ => Unit::Unknown,
    }
}

/// The side that the harness's source calls better.
pub fn direction(metric: &str) -> Direction {
    match metric {
        "ppl" | "perplexity" | "word_perplexity" | "byte_perplexity" | "bits_per_byte" | "ter" => Direction::Lower,
        "acc"
        | "acc_norm"
        | "mc1"
        | "mc2"
        | "mcc"
        | "multiple_choice_grade"
        | "exact_str_match"
        | "em"
        | "exact"
        | "exact_match"
        | "f1"
        | "bleu"
        | "chrf"
        | "rouge1"
        | "rouge2"
        | "rougeL"
        | "bleu_max"
        | "bleu_acc"
        | "bleu_diff"
        | "rouge1_max"
        | "rouge1_acc"
        | "rouge1_diff"
        | "rouge2_max"
        | "rouge2_acc"
        | "rouge2_diff"
        | "rougeL_max"
        | "rougeL_acc"
        | "rougeL_diff" => Direction::Higher,
        _ => Direction::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::{codes, only, read_text};
    use crate::record::{Direction, Field, Part, Unit};

    fn run(results: &str, rest: &str) -> String {
        format!(r#"{{"results": {{{results}}}, {rest}}}"#)
    }

    const T: &str = r#""t": {"acc": 0.5}"#;

    #[test]
    fn a_run_is_read_with_its_error_shots_version_and_revision() {
        let text = run(
            r#""wikitext": {"word_perplexity": 12.50, "note": "x"}, "arc": {"acc_norm": 0.25, "acc_norm_stderr": 0.01}"#,
            r#""versions": {"arc": 0}, "config": {"model": "hf-causal", "num_fewshot": 5, "limit": 100,
            "model_args": "use_accelerate=True,pretrained=E/p,revision=step7,load_in_8bit=True,dtype=float16"}"#,
        );
        let reading = read_text("x.json", &text);
        assert_eq!((codes(&reading), reading.origin.format), (vec!["not-a-number".to_owned()], "lm-eval-0.3"));
        let record = only(&reading, "arc", "acc_norm");
        assert_eq!((record.value.text(), record.standard_error.as_ref().unwrap().text()), ("0.25", "0.01"));
        let part = |part| record.model.get(part);
        assert_eq!((&*record.model.raw, part(Part::Revision)), ("E/p", Some("step7")));
        assert_eq!((part(Part::Precision), part(Part::Quantisation)), (Some("float16"), Some("8-bit")));
        let field = |field| record.protocol.get(field);
        assert_eq!((field(Field::Shots), field(Field::BenchmarkVersion)), (Some("5"), Some("0")));
        assert_eq!(field(Field::Limit), Some("100"));
        assert_eq!(record.provenance.place.to_string(), "/results/arc/acc_norm");
        let metric = &only(&reading, "wikitext", "word_perplexity").metric;
        assert_eq!((metric.unit, metric.direction), (Unit::Points, Direction::Lower));
    }

    #[test]
    fn a_list_of_shots_is_in_the_order_of_the_versions_in_the_text() {
        let shots = |versions: &str, list: &str| {
            let config =
                format!(r#""config": {{"model_args": "pretrained=m", "num_fewshot": {list}, "bootstrap_iters": 1}}"#);
            let results = r#""b": {"acc": 0.5}, "c": {"acc": 0.5}, "a": {"acc": 0.5}"#;
            let reading = read_text("x.json", &run(results, &format!("\"versions\": {versions}, {config}")));
            let of = |task: &str| only(&reading, task, "acc").protocol.get(Field::Shots).map(str::to_owned);
            ["a", "b", "c"].map(|task| of(task).unwrap_or_default())
        };
        assert_eq!(shots(r#"{"c": 1.1, "a": 1.0, "b": 0}"#, "[2, 0, 3]"), ["0", "3", "2"]);
        assert_eq!(shots(r#"{"c": 1.1, "a": 1.0}"#, "[2, 0, 3]"), ["", "", ""], "which are whose?");
        assert_eq!(shots(r#"{"c": NaN, "a": 1.0, "b": 0}"#, "[2, 0, 3]"), ["", "", ""]);
        assert_eq!(shots(r#"{"c": 1, "a": 1, "b": 0}"#, r#"[2, "x", -1]"#), ["", "", "2"]);
    }

    #[test]
    fn exact_match_runs_to_100_or_to_1_by_task() {
        let text = run(
            r#""jsquad-1.1-0.2": {"f1": 22.9, "exact_match": 13.6}, "drop": {"f1": 0.5}, "own": {"f1": 3.5},
            "jaqket_v2-0.1-0.3": {"f1": 50}, "jnli-1.1": {"acc": 0.3}, "crows": {"likelihood_difference": 4.5}"#,
            r#""versions": {"drop": 1}, "config": {"model_args": "pretrained=m"}"#,
        );
        let reading = read_text("x.json", &text);
        for (task, metric, unit, direction) in [
            ("jsquad-1.1-0.2", "f1", Unit::Percent, Direction::Higher),
            ("jaqket_v2-0.1-0.3", "f1", Unit::Percent, Direction::Higher),
            ("drop", "f1", Unit::Fraction, Direction::Higher),
            ("own", "f1", Unit::Unknown, Direction::Higher),
            ("jnli-1.1", "acc", Unit::Fraction, Direction::Higher),
            ("crows", "likelihood_difference", Unit::Unknown, Direction::Unknown),
        ] {
            let found = &only(&reading, task, metric).metric;
            assert_eq!((found.unit, found.direction), (unit, direction), "{task}");
        }
    }

    #[test]
    fn the_kind_of_a_model_is_not_its_name() {
        let model = |path: &str, config: &str| {
            let reading = read_text(path, &run(T, &format!(r#""versions": {{"t": 0}}, "config": {config}"#)));
            let names = reading.records.iter().map(|record| record.model.raw.to_string());
            names.chain(codes(&reading)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(model("x.json", r#"{"model": "neox", "model_args": {"rank": 0}}"#), "no-model");
        assert_eq!(model("x.json", r#"{"model": "neox", "model_args": null}"#), "no-model");
        assert_eq!(model("a__b/x.json", r#"{"model": "neox", "model_args": ""}"#), "a/b");
        assert_eq!(model("x.json", r#"{"model": "org/name"}"#), "org/name");
        let no_config = run(T, r#""versions": {"t": 0}"#);
        assert_eq!(codes(&read_text("x.json", &no_config)), ["no-model"]);
        assert_eq!(&*read_text("a__b/x.json", &no_config).records[0].model.raw, "a/b");
    }

    #[test]
    fn an_empty_run_says_so() {
        let text = r#"{"results": [], "config": {"model": "hf-causal", "num_fewshot": 0, "bootstrap_iters": 1}}"#;
        let reading = read_text("x.json", text);
        assert_eq!((codes(&reading), reading.origin.format), (vec!["no-scores".to_owned()], "lm-eval-0.3"));
        assert!(reading.diagnostics.iter().next().unwrap().message.contains("list is empty"));
    }

    #[test]
    fn metric_keys_decide_the_version_not_the_envelope() {
        let rest = r#""versions": {"t": 0}, "config": {"model_args": "pretrained=m", "num_fewshot": 0}"#;
        assert_eq!(read_text("x.json", &run(r#""t": {"acc,none": 0.5}"#, rest)).origin.format, "lm-eval");
        assert_eq!(read_text("x.json", &run(T, rest)).origin.format, "lm-eval-0.3");
        assert_eq!(codes(&read_text("x.json", &run(T, r#""config": {}"#))), ["unrecognised-result-file"]);
    }
}
