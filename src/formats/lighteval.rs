//! Hugging Face's lighteval: `results/<org>/<model>/results_<date>.json`.
//!
//! The row `all` is not read: it is a plain mean over tasks of every kind.

use super::json::{self, Json, Look, Object};
use super::shared::Shared;
use super::{Format, Holds, Input, Reading, names};
use crate::record::{Date, Direction, Field, Items, Metric, ModelName, Part, Place, Protocol, Record, Unit};
use std::sync::Arc;

pub struct Lighteval;

impl Format for Lighteval {
    fn name(&self) -> &'static str {
        "lighteval"
    }

    fn title(&self) -> &'static str {
        "lighteval results"
    }

    fn example(&self) -> &'static str {
        "results/<org>/<model>/results_<date>.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let root = input.object()?;
        (root.object("config_general").is_some() && root.object("results").is_some()).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Some(root) = input.object() else { return };
        let Some((general, results)) = root.object("config_general").zip(root.object("results")) else { return };
        let Some(model) = model(general, input.path) else { return reading.no_model() };
        let mut run = Run {
            root,
            model,
            protocol: protocol(general),
            date: names::date_with_dashes(input.path),
            metrics: Shared::new(),
            protocols: Shared::new(),
        };
        for (key, scores) in results.iter().filter(|(key, _)| *key != "all") {
            match Task::of(key).zip(scores.as_object()) {
                Some((task, scores)) => run.read_task(key, &task, scores, reading),
                None => {
                    let message = format!("{key:?} is not an object named `task|number of examples`");
                    let problem = reading.warning("unreadable-task", message);
                    reading.diagnostics.push(problem.hint("its scores are left out"));
                }
            }
        }
    }
}

fn model(general: &Object, path: &str) -> Option<ModelName> {
    let config = general.object("model_config");
    let stated = |key| config.and_then(|config| config.text(key));
    let raw = general.text("model_name").or_else(|| stated("model_name")).or_else(|| stated("pretrained"));
    let raw = raw.map(str::to_owned).or_else(|| names::model_of_folder(names::folder(path)?))?;
    let revision = [general.text("model_sha"), stated("revision")].into_iter().flatten().find(|text| *text != "main");
    let precision = general.text("model_dtype").or_else(|| stated("dtype"));
    let precision =
        precision.map(|dtype| dtype.strip_prefix("torch.").unwrap_or(dtype)).filter(|dtype| *dtype != "auto");
    let model = ModelName::new(raw).with_any(Part::Revision, revision).with_any(Part::Precision, precision);
    Some(model.with_any(Part::Provider, stated("provider")))
}

fn protocol(general: &Object) -> Protocol {
    let generation = general.object("model_config").and_then(|config| config.object("generation_parameters"));
    let generation = |key| generation.and_then(|generation| generation.scalar(key));
    // "?" stands for an installed package.
    let commit = general.text("lighteval_sha").filter(|commit| *commit != "?");
    Protocol::default()
        .with(Field::Harness, "lighteval")
        .with_any(Field::HarnessCommit, commit)
        .with_any(Field::Limit, general.scalar("max_samples"))
        .with_any(Field::Temperature, generation("temperature"))
        .with_any(Field::MaxTokens, generation("max_new_tokens"))
}

/// A key of the results.
struct Task<'a> {
    benchmark: &'a str,
    subset: Option<&'a str>,
    shots: &'a str,
    average: bool,
}

impl<'a> Task<'a> {
    /// Reads `suite|task:subset|shots` and `task:subset|shots`; the subset `_average` is the mean over the others.
    fn of(key: &'a str) -> Option<Self> {
        let (task, shots) = key.rsplit_once('|').filter(|(_, shots)| shots.parse::<u32>().is_ok())?;
        let task = task.rsplit_once('|').map_or(task, |(_, task)| task);
        let (benchmark, subset) = match task.split_once(':') {
            Some((benchmark, subset)) => (benchmark, Some(subset)),
            None => (task, None),
        };
        let average = subset == Some("_average");
        (!benchmark.is_empty()).then(|| Self { benchmark, subset: subset.filter(|_| !average), shots, average })
    }
}

struct Run<'a> {
    root: &'a Object,
    model: ModelName,
    protocol: Protocol,
    date: Option<Date>,
    metrics: Shared<Metric>,
    protocols: Shared<Protocol>,
}

impl<'a> Run<'a> {
    fn read_task(&mut self, key: &str, task: &Task, scores: &Object, reading: &mut Reading) {
        let config = self.config(key);
        let protocol = self.protocols.share(self.task_protocol(key, task, config));
        let items = self.items(key, config);
        for (name, score) in scores.iter().filter(|(name, _)| !name.ends_with("_stderr")) {
            let pointer = json::pointer(["results", key, name]);
            let Some(value) = reading.score(score, &pointer) else { continue };
            let direction = config.map_or(Direction::Unknown, |config| direction(config, name));
            let metric = Metric { name: name.as_str().into(), unit: unit(name), direction };
            let error = scores.get(&format!("{name}_stderr")).and_then(json::number);
            let provenance = reading.provenance(Place::Pointer(pointer), self.date.clone());
            reading.records.push(Record {
                subset: task.subset.map(Into::into),
                standard_error: error.filter(|error| !error.is_missing()),
                items,
                aggregate: task.average,
                ..Record::new(
                    self.model.clone(),
                    task.benchmark.into(),
                    self.metrics.share(metric),
                    value,
                    Arc::clone(&protocol),
                    provenance,
                )
            });
        }
    }

    /// Older files have a further `|0` at the end of the keys.
    fn config(&self, key: &str) -> Option<&'a Object> {
        let configs = self.root.object("config_tasks")?;
        configs.object(key).or_else(|| configs.object(&format!("{key}|0")))
    }

    fn task_protocol(&self, key: &str, task: &Task, config: Option<&Object>) -> Protocol {
        let version = self.root.object("versions").and_then(|versions| versions.scalar(key));
        let text = |name| config.and_then(|config| config.text(name));
        let splits = config.and_then(|config| config.get("evaluation_splits")).and_then(Json::as_array);
        let split = splits.filter(|splits| splits.len() == 1).and_then(|splits| splits.first()?.as_str());
        self.protocol
            .clone()
            .with(Field::Shots, task.shots)
            .with_any(Field::BenchmarkVersion, version.or_else(|| config?.scalar("version")))
            .with_any(Field::DatasetRevision, text("hf_revision"))
            .with_any(Field::Split, split)
            .with_any(Field::Prompt, text("prompt_function"))
    }

    /// Zero and −1 stand for unknown.
    fn items(&self, key: &str, config: Option<&Object>) -> Items {
        let positive = |count: Option<u64>| count.filter(|count| *count > 0);
        let stated = |name| positive(config.and_then(|config| config.get(name)).and_then(json::count));
        let summary = self.root.object("summary_tasks").and_then(|tasks| tasks.object(key));
        let part = |name| summary.and_then(|summary| summary.get(name)).and_then(json::count);
        let answered = || positive(part("truncated").zip(part("non_truncated")).and_then(|(a, b)| a.checked_add(b)));
        Items { scored: stated("effective_num_docs").or_else(answered), total: stated("original_num_docs") }
    }
}

fn direction(config: &Object, metric: &str) -> Direction {
    let listed = config.get("metrics").or_else(|| config.get("metric")).and_then(Json::as_array);
    let higher = listed.into_iter().flatten().filter_map(Json::as_object).find_map(|entry| {
        // Metrics that are computed together share an entry.
        match entry.get("higher_is_better")? {
            Json::Bool(higher) => (entry.text("metric_name") == Some(metric)).then_some(*higher),
            Json::Object(group) => group.get(metric)?.as_bool(),
            _ => None,
        }
    });
    match higher {
        Some(true) => Direction::Higher,
        Some(false) => Direction::Lower,
        None => Direction::Unknown,
    }
}

/// As lighteval computes them: shares from 0 to 1 (the correlation `mcc` from −1), and corpus scores from 0 to 100.
fn unit(metric: &str) -> Unit {
    let name = metric.split([':', '@']).next().unwrap_or(metric);
    match name {
        "acc"
        | "acc_norm"
        | "acc_norm_nospace"
        | "em"
        | "qem"
        | "pem"
        | "pqem"
        | "perfect_em"
        | "exact_match"
        | "quasi_exact_match"
        | "prefix_exact_match"
        | "prefix_quasi_exact_match"
        | "extractive_match"
        | "f1"
        | "mcc"
        | "mc1"
        | "mc2"
        | "mrr"
        | "pass"
        | "maj"
        | "gpqa_pass"
        | "math_pass"
        | "truthfulqa_mc1"
        | "truthfulqa_mc2"
        | "prompt_level_strict_acc"
        | "prompt_level_loose_acc"
        | "inst_level_strict_acc"
        | "inst_level_loose_acc" => Unit::Fraction,
        "bleu" | "chrf" | "chrf++" | "ter" | "ppl" | "word_perplexity" | "byte_perplexity" | "bits_per_byte" => {
            Unit::Points
        }
        _ => Unit::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::{codes, only, read_text};
    use crate::record::{Direction, Field, Items, Part, Unit};

    const RUN: &str = r#"{
      "config_general": {"lighteval_sha": "?", "max_samples": 2, "start_time": 3122.7, "model_name": "org/m",
        "model_config": {"revision": "main", "dtype": "torch.bfloat16", "provider": "p",
          "generation_parameters": {"temperature": 0.0, "max_new_tokens": 256, "top_k": null}}},
      "results": {"lighteval|gsm8k|5": {"qem": 0.50, "qem_stderr": NaN},
        "mmlu:law|0": {"acc": 0.25, "acc_stderr": 0.1, "reward": NaN}, "mmlu:_average|0": {"acc": 0.3},
        "ifeval|0": {"strict": 0.5, "pass@k:k=1&n=1": 0.5, "bleu": 31.0}, "all": {"acc": 0.4}, "odd": {"acc": 1}, "t|0": 5},
      "versions": {"mmlu:law|0": 1},
      "config_tasks": {
        "mmlu:law|0": {"prompt_function": "mmlu_harness", "hf_revision": "abc", "evaluation_splits": ["test"],
          "metrics": [{"metric_name": "acc", "higher_is_better": true}], "original_num_docs": 100, "effective_num_docs": 2},
        "lighteval|gsm8k|5|0": {"metric": [{"metric_name": "qem", "higher_is_better": false}], "evaluation_splits": ["a", "b"],
          "original_num_docs": -1, "effective_num_docs": -1, "version": 3},
        "ifeval|0": {"metrics": [{"metric_name": ["strict", "loose"], "higher_is_better": {"strict": true}}]}},
      "summary_tasks": {"lighteval|gsm8k|5": {"truncated": 1, "non_truncated": 6}, "ifeval|0": {"truncated": 0, "non_truncated": 0}}}"#;

    #[test]
    fn keys_are_task_subset_and_shots_with_or_without_a_suite() {
        let reading = read_text("results/org/m/results_2026-01-21T03-44-18.458309.json", RUN);
        assert_eq!((codes(&reading), reading.origin.format), (vec!["unreadable-task".to_owned(); 2], "lighteval"));
        let gsm8k = only(&reading, "gsm8k", "qem");
        assert_eq!((gsm8k.value.text(), gsm8k.subset.as_ref(), gsm8k.standard_error.as_ref()), ("0.50", None, None));
        assert_eq!(gsm8k.protocol.get(Field::Shots), Some("5"));
        assert_eq!(gsm8k.items, Items { scored: Some(7), total: None });
        let law = reading.records.iter().find(|record| record.subset.as_deref() == Some("law")).unwrap();
        assert_eq!((&*law.benchmark, law.aggregate, law.items.partial()), ("mmlu", false, Some(true)));
        assert_eq!(law.provenance.date.as_ref().unwrap().as_str(), "2026-01-21T03:44:18.458309");
        let average = reading.records.iter().find(|record| record.aggregate).unwrap();
        assert_eq!((&*average.benchmark, average.value.text()), ("mmlu", "0.3"));
        assert_eq!(reading.records.len(), 7, "the mean over everything is not read");
        assert!(only(&reading, "mmlu", "reward").value.is_missing());
    }

    #[test]
    fn model_and_protocol_are_those_of_the_file() {
        let reading = read_text("x.json", RUN);
        let record = reading.records.iter().find(|record| record.subset.is_some()).unwrap();
        let parts: Vec<_> = record.model.variant.iter().map(|(part, value)| format!("{part}={value}")).collect();
        assert_eq!(parts, ["precision=bfloat16", "provider=p"], "main moves");
        let stated: Vec<_> = record.protocol.iter().map(|(field, value)| format!("{field}={value}")).collect();
        assert_eq!(
            stated,
            [
                "split=test",
                "shots=0",
                "prompt=mmlu_harness",
                "temperature=0.0",
                "max_tokens=256",
                "benchmark_version=1",
                "dataset_revision=abc",
                "harness=lighteval",
                "limit=2"
            ]
        );
        assert_eq!(record.provenance.date, None, "a process clock is no date");
        assert_eq!(record.model.get(Part::Revision), None);
    }

    #[test]
    fn directions_are_those_of_the_file_and_units_those_of_the_metric() {
        let reading = read_text("x.json", RUN);
        let metric = |benchmark, name| {
            let metric = &only(&reading, benchmark, name).metric;
            (metric.unit, metric.direction)
        };
        assert_eq!(metric("gsm8k", "qem"), (Unit::Fraction, Direction::Lower));
        assert_eq!(metric("ifeval", "strict"), (Unit::Unknown, Direction::Higher));
        assert_eq!(metric("ifeval", "pass@k:k=1&n=1"), (Unit::Fraction, Direction::Unknown));
        assert_eq!(metric("ifeval", "bleu").0, Unit::Points);
        assert_eq!(only(&reading, "ifeval", "bleu").items, Items::default(), "0 stands for unknown");
    }

    #[test]
    fn hostile_files_give_diagnostics() {
        let text =
            r#"{"config_general": {"model_name": 5, "model_config": []}, "results": {"a|1": {"b": {}}, "|1": {}}}"#;
        assert_eq!(codes(&read_text("x.json", text)), ["no-model"]);
        assert_eq!(codes(&read_text("a__b/x.json", text)), ["not-a-number", "unreadable-task", "no-scores"]);
    }
}
