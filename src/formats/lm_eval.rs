//! EleutherAI's lm-evaluation-harness 0.4: the `results_<date>.json` of a run, in every age of its layout, and the
//! `samples_<task>_<date>.jsonl` beside it.
//!
//! Read are `results` (group rows, marked as averages, included), also when a file is nothing but that object or wraps
//! it as `{"model", "tasks", "num_fewshot", "results"}`. `groups` repeats rows of `results`, so it only tells which
//! rows are averages.

mod metric;
mod model;
mod samples;

use super::json::{self, Json, Look, Object};
use super::shared::Shared;
use super::{Content, Format, Holds, Input, Reading, names};
use crate::record::{Date, Direction, Field, Items, Metric, ModelName, Place, Protocol, Record, Unit, Value};
use metric::TRANSLATION;
pub use metric::unit;
pub use model::{argument, model_of, quantisation};
use std::collections::HashSet;
use std::sync::Arc;

pub struct LmEval;

impl Format for LmEval {
    fn name(&self) -> &'static str {
        "lm-eval"
    }

    fn title(&self) -> &'static str {
        "lm-evaluation-harness 0.4 and later"
    }

    fn example(&self) -> &'static str {
        "results_2024-05-01T12-00-00.000000.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        if let Some(holds) = samples::recognises(input) {
            return Some(holds);
        }
        let root = input.object()?;
        if is_run_summary(root) {
            return Some(Holds::Nothing("a run's time and hardware (summary_openllm.json) are no scores"));
        }
        results(root).map(|_| Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Content::Json(Json::Object(root)) = &input.content else {
            return samples::read_file(input, reading);
        };
        let Some((results, base)) = results(root) else { return };
        let Some(run) = Run::new(root, base, input.path) else {
            return reading.no_model();
        };
        let (mut metrics, mut protocols) = (Shared::new(), Shared::new());
        for (task, scores) in results {
            if let Some(scores) = scores.as_object() {
                run.read_task(task, scores, &mut metrics, &mut protocols, reading);
            }
        }
        samples::read_inside(&run, reading);
    }
}

/// `summary_openllm.json`, which some runs leave beside their results.
fn is_run_summary(root: &Object) -> bool {
    root.len() == 2 && root.contains_key("elapsed_time") && root.contains_key("gpu")
}

/// The object task → scores, and the keys that lead to it.
fn results(root: &Object) -> Option<(&Object, &'static [&'static str])> {
    let is_score_row = |row: &Json| row.as_object().is_some_and(|row| row.keys().any(|key| key.contains(',')));
    if let Some(results) = root.object("results") {
        // lighteval has `config_general`; the regression files of the Open LLM Leaderboard v2 have the other two.
        let other =
            root.contains_key("config_general") || ["params", "n_samples"].iter().all(|key| root.contains_key(*key));
        let scored =
            results.values().any(is_score_row) || ["configs", "versions"].iter().all(|key| root.contains_key(*key));
        return (scored && !other).then_some((results, &["results"]));
    }
    (!root.is_empty() && root.values().all(is_score_row)).then_some((root, &[]))
}

fn date(root: &Object, path: &str) -> Option<Date> {
    root.get("date").and_then(json::unix_date).or_else(|| names::date_with_dashes(path))
}

/// What holds for every task of the run.
fn run_protocol(root: &Object) -> Protocol {
    let mut protocol = Protocol::default().with(Field::Harness, "lm-evaluation-harness");
    if let Some(version) = root.text("lm_eval_version") {
        protocol.set(Field::HarnessVersion, version);
    }
    if let Some(commit) = root.text("git_hash") {
        protocol.set(Field::HarnessCommit, commit);
    }
    if let Some(limit) = root.object("config").and_then(|config| config.scalar("limit")) {
        protocol.set(Field::Limit, limit);
    }
    match root.get("chat_template") {
        Some(Json::Null) => protocol.set(Field::ChatTemplate, "no"),
        // Runs over an API write an empty text whether or not the server applies a template.
        Some(Json::String(template)) if !template.is_empty() => protocol.set(Field::ChatTemplate, "yes"),
        _ => {}
    }
    protocol
}

struct Run<'a> {
    root: &'a Object,
    /// The keys that lead to the results.
    base: &'static [&'static str],
    model: ModelName,
    protocol: Protocol,
    date: Option<Date>,
}

/// What the harness writes into a row of scores beside scores.
const NO_SCORES: [&str; 4] = ["alias", "name", "sample_len", "sample_count"];

impl<'a> Run<'a> {
    /// `None` when neither the file nor its folder names the model.
    fn new(root: &'a Object, base: &'static [&'static str], path: &str) -> Option<Self> {
        let model = model::model(root, path)?;
        Some(Self { root, base, model, protocol: run_protocol(root), date: date(root, path) })
    }

    fn read_task(
        &self,
        task: &str,
        scores: &Object,
        metrics: &mut Shared<Metric>,
        protocols: &mut Shared<Protocol>,
        reading: &mut Reading,
    ) {
        let benchmark: Arc<str> = task.into();
        let members = self.members(task);
        let aggregate = self.is_group(task);
        let protocol = self.task_protocol(task, &members);
        for (key, score) in scores {
            let (metric, filter) = match key.rsplit_once(',') {
                Some((metric, filter)) => (metric, Some(filter)),
                None => (key.as_str(), None),
            };
            if metric.ends_with("_stderr") || NO_SCORES.contains(&metric) {
                continue;
            }
            let pointer = json::pointer(self.base.iter().copied().chain([task, key]));
            let Some(value) = reading.score(score, &pointer) else { continue };
            reading.records.push(Record {
                model: self.model.clone(),
                benchmark: Arc::clone(&benchmark),
                // The task's name says it all: `dataset_name` repeats the part of the data it stands for.
                subset: None,
                metric: metrics.share(self.metric(task, metric, &members)),
                value,
                standard_error: standard_error(scores, metric, filter),
                interval: None,
                items: self.items(task),
                protocol: protocols.share(protocol.clone().with_any(Field::Filter, filter)),
                aggregate,
                provenance: reading.provenance(Place::Pointer(pointer), self.date.clone()),
                extra: None,
            });
        }
    }

    fn metric(&self, task: &str, metric: &str, members: &[&str]) -> Metric {
        let (unit, direction) = (self.unit(metric, members), self.direction(task, metric, members));
        Metric { name: metric.into(), unit, direction }
    }

    fn config(&self, task: &str) -> Option<&'a Object> {
        self.root.object("configs")?.object(task)
    }

    fn subtasks(&self, task: &str) -> impl Iterator<Item = &'a str> {
        let subtasks = self.root.object("group_subtasks").and_then(|groups| groups.get(task));
        subtasks.and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str)
    }

    fn is_group(&self, task: &str) -> bool {
        self.subtasks(task).next().is_some()
            || self.root.object("groups").is_some_and(|groups| groups.contains_key(task))
    }

    /// The tasks below a group that are not groups themselves; for a task that is none, the task.
    fn members(&self, task: &'a str) -> Vec<&'a str> {
        let (mut members, mut seen, mut open) = (Vec::new(), HashSet::new(), vec![task]);
        while let Some(task) = open.pop() {
            if seen.insert(task) {
                let before = open.len();
                open.extend(self.subtasks(task));
                if open.len() == before {
                    members.push(task);
                }
            }
        }
        members
    }

    /// The protocol of a task but for the filter. A group takes what all its members agree on: its own `n-shot` is 0
    /// whenever it holds other groups, though every member ran with five examples.
    fn task_protocol(&self, task: &str, members: &[&str]) -> Protocol {
        let mut stated = members.iter().map(|member| self.stated(member));
        let first = stated.next().unwrap_or_default();
        let agreed = stated.fold(first, |agreed, other| {
            let same = agreed.iter().filter(|(field, value)| other.get(*field) == Some(*value));
            same.fold(Protocol::default(), |protocol, (field, value)| protocol.with(field, value))
        });
        let mut protocol = agreed.iter().fold(self.protocol.clone(), |all, (field, value)| all.with(field, value));
        let version = self.root.object("versions").and_then(|versions| versions.scalar(task));
        // "Yaml" is what the harness writes for a task that has no version.
        if let Some(version) = version.filter(|version| *version != "Yaml") {
            protocol.set(Field::BenchmarkVersion, version);
        }
        protocol
    }

    /// What the file states of how one task was run.
    fn stated(&self, task: &str) -> Protocol {
        let config = self.config(task);
        let shots = (self.root.object("n-shot").and_then(|shots| shots.scalar(task)))
            .or_else(|| config?.scalar("num_fewshot"))
            .or_else(|| self.root.object("config")?.scalar("num_fewshot"))
            .or_else(|| self.root.scalar("num_fewshot"));
        let split = config.and_then(|config| config.text("test_split").or_else(|| config.text("validation_split")));
        let mode = config.and_then(|config| config.text("output_type"));
        let fields = [(Field::Shots, shots), (Field::Split, split), (Field::Mode, mode)];
        let stated = fields.into_iter().filter_map(|(field, value)| Some((field, value?)));
        stated.fold(Protocol::default(), |protocol, (field, value)| protocol.with(field, value))
    }

    fn items(&self, task: &str) -> Items {
        let samples = self.root.object("n-samples").and_then(|samples| samples.object(task));
        let count = |key| samples.and_then(|samples| samples.get(key)).and_then(json::count);
        Items { scored: count("effective"), total: count("original") }
    }

    /// The entry of a task's configuration that describes `metric`.
    fn metric_config(&self, task: &str, metric: &str) -> Option<&'a Object> {
        let list = self.config(task)?.get("metric_list")?.as_array()?;
        list.iter().filter_map(Json::as_object).find(|entry| entry.text("metric") == Some(metric))
    }

    /// As stated for the task or, for a group that states nothing, by all its members alike.
    fn direction(&self, task: &str, metric: &str, members: &[&str]) -> Direction {
        let stated = |task: &str| {
            let stated =
                self.root.object("higher_is_better").and_then(|tasks| tasks.object(task)?.get(metric)?.as_bool());
            stated.or_else(|| self.metric_config(task, metric)?.get("higher_is_better")?.as_bool())
        };
        let first = stated(task).or_else(|| stated(members.first()?));
        match first {
            Some(higher) if members.iter().all(|member| stated(member).is_none_or(|other| other == higher)) => {
                if higher { Direction::Higher } else { Direction::Lower }
            }
            _ => Direction::Unknown,
        }
    }

    /// The unit by the metric's name, unless a task computes the metric in a way of its own: the harness's corpus
    /// `bleu` runs to 100, a task's mean of sentence scores often to 1.
    fn unit(&self, metric: &str, members: &[&str]) -> Unit {
        let own_way = |task: &&str| {
            let aggregation = self.metric_config(task, metric).and_then(|entry| entry.text("aggregation"));
            aggregation.is_some_and(|aggregation| aggregation != metric)
        };
        let unit = unit(metric);
        if unit == Unit::Points && TRANSLATION.contains(&metric) && members.iter().any(own_way) {
            return Unit::Unknown;
        }
        unit
    }
}

/// Absent when the harness wrote `"N/A"` or NaN.
fn standard_error(scores: &Object, metric: &str, filter: Option<&str>) -> Option<Value> {
    let key = match filter {
        Some(filter) => format!("{metric}_stderr,{filter}"),
        None => format!("{metric}_stderr"),
    };
    json::number(scores.get(&key)?).filter(|error| !error.is_missing())
}

#[cfg(test)]
mod tests;
