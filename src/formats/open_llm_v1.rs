//! The Open LLM Leaderboard, version 1 (May 2023 to June 2024): result files of its own harness fork, later lighteval.
//!
//! Read are the full file (`config_general`, `results`, …) and the bare `results` object that the dataset cards print.
//! The direction of a metric is in neither.

use super::json::{self, Json, Look, Object};
use super::shared::Shared;
use super::{Format, Holds, Input, Reading, names};
use crate::record::{Date, Direction, Field, Items, Metric, ModelName, Part, Place, Protocol, Record, Unit, Value};
use std::sync::Arc;

pub struct OpenLlmV1;

impl Format for OpenLlmV1 {
    fn name(&self) -> &'static str {
        "open-llm-v1"
    }

    fn title(&self) -> &'static str {
        "Open LLM Leaderboard v1 (its harness fork, lighteval)"
    }

    fn example(&self) -> &'static str {
        "details_<org>__<model>/results_2024-01-04T13-27-32.660899.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        results(input.object()?).map(|_| Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Some(root) = input.object() else { return };
        let Some((results, base)) = results(root) else { return };
        let general = root.object("config_general");
        let Some(model) = model(general, input.path) else {
            return reading.no_model();
        };
        let run = Run {
            base,
            model,
            versions: root.object("versions"),
            protocol: run_protocol(general),
            date: names::date_with_dashes(input.path),
        };
        let (mut metrics, mut protocols) = (Shared::new(), Shared::new());
        for (key, scores) in results {
            // The mean over every task alike, so the 57 subjects of MMLU weigh 57 times; the board's average does not.
            if key != "all" {
                run.read_task(key, scores, &mut metrics, &mut protocols, reading);
            }
        }
    }
}

/// The object task → scores, and the keys that lead to it.
fn results(root: &Object) -> Option<(&Object, &'static [&'static str])> {
    let is_task = |key: &String| key.starts_with("harness|");
    if root.contains_key("config_general") {
        let results = root.object("results")?;
        return results.keys().any(is_task).then_some((results, &["results"]));
    }
    let bare = root.keys().any(is_task) && root.keys().all(|key| key == "all" || is_task(key));
    bare.then_some((root, &[]))
}

fn model(general: Option<&Object>, path: &str) -> Option<ModelName> {
    let stated = |key| general.and_then(|general| general.text(key));
    let of_folder = || {
        let folder = names::folder(path)?;
        names::model_of_folder(folder.strip_prefix("details_").unwrap_or(folder))
    };
    let precision = stated("model_dtype").map(|dtype| dtype.strip_prefix("torch.").unwrap_or(dtype));
    let raw = stated("model_name").map(str::to_owned).or_else(of_folder)?;
    Some(ModelName::new(raw).with_any(Part::Revision, stated("model_sha")).with_any(Part::Precision, precision))
}

fn run_protocol(general: Option<&Object>) -> Protocol {
    let mut protocol = Protocol::default().with(Field::Harness, "lm-evaluation-harness (Open LLM Leaderboard fork)");
    if let Some(commit) = general.and_then(|general| general.text("lighteval_sha")) {
        protocol.set(Field::HarnessCommit, commit);
    }
    if let Some(limit) = general.and_then(|general| general.scalar("max_samples")) {
        protocol.set(Field::Limit, limit);
    }
    protocol
}

struct Run<'a> {
    /// The keys that lead to the results.
    base: &'static [&'static str],
    model: ModelName,
    versions: Option<&'a Object>,
    protocol: Protocol,
    date: Option<Date>,
}

impl Run<'_> {
    fn read_task(
        &self,
        key: &str,
        scores: &Json,
        metrics: &mut Shared<Metric>,
        protocols: &mut Shared<Protocol>,
        reading: &mut Reading,
    ) {
        let Some(((task, shots), scores)) = split_key(key).zip(scores.as_object()) else {
            let message = format!("{key:?} is not an object named `suite|task|number of examples`");
            let problem = reading.warning("unreadable-task", message);
            reading.diagnostics.push(problem.hint("its scores are left out"));
            return;
        };
        let mut protocol = self.protocol.clone().with(Field::Shots, shots);
        if let Some(version) = self.versions.and_then(|versions| versions.scalar(key)) {
            protocol.set(Field::BenchmarkVersion, version);
        }
        let protocol = protocols.share(protocol);
        let benchmark: Arc<str> = task.into();
        for (metric, score) in scores.iter().filter(|(metric, _)| !metric.ends_with("_stderr")) {
            let pointer = json::pointer(self.base.iter().copied().chain([key, metric]));
            let Some(value) = reading.score(score, &pointer) else { continue };
            reading.records.push(Record {
                model: self.model.clone(),
                benchmark: Arc::clone(&benchmark),
                subset: None,
                metric: metrics.share(Metric {
                    name: metric.as_str().into(),
                    unit: unit(metric),
                    direction: Direction::Unknown,
                }),
                value,
                standard_error: standard_error(scores, metric),
                interval: None,
                items: Items::default(),
                protocol: Arc::clone(&protocol),
                aggregate: false,
                provenance: reading.provenance(Place::Pointer(pointer), self.date.clone()),
                extra: None,
            });
        }
    }
}

/// `harness|arc:challenge|25` → `arc:challenge`, `25`.
fn split_key(key: &str) -> Option<(&str, &str)> {
    let (task, shots) = key.split_once('|')?.1.rsplit_once('|')?;
    (!task.is_empty() && shots.parse::<u32>().is_ok()).then_some((task, shots))
}

fn standard_error(scores: &Object, metric: &str) -> Option<Value> {
    json::number(scores.get(&format!("{metric}_stderr"))?).filter(|error| !error.is_missing())
}

fn unit(metric: &str) -> Unit {
    match metric {
        "acc" | "acc_norm" | "mc1" | "mc2" | "f1" | "em" => Unit::Fraction,
        _ => Unit::Unknown,
    }
}

#[cfg(test)]
mod tests;
