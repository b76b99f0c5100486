//! Results document by document: `samples_<task>_<date>.jsonl`, the array that earlier versions wrote, and the
//! `samples` inside a results file.
//!
//! A samples file names neither its model nor its protocol. Both are taken from the results file of the same run, which
//! lies beside it with the same date in its name; without one, the folder `org__name` names the model. Only metrics
//! with a number for each document are read: of corpus metrics (`bleu`, `macro_f1`) a line holds the ingredients.

use super::Run;
use crate::formats::json::{self, Json, Look, Object};
use crate::formats::{Content, Holds, Input, Reading, names};
use crate::record::{Field, ItemScores, Place};
use std::collections::HashMap;
use std::sync::Arc;

/// What stands on a line beside metrics, for files that do not list their metrics.
const NO_METRICS: [&str; 12] = [
    "doc_id",
    "doc",
    "target",
    "arguments",
    "resps",
    "filtered_resps",
    "filter",
    "metrics",
    "doc_hash",
    "prompt_hash",
    "target_hash",
    "truth",
];

/// `None` for any other file.
pub fn recognises(input: &Input) -> Option<Holds> {
    let first = match &input.content {
        Content::JsonLines(lines) => lines.first().first(),
        Content::Json(Json::Array(samples)) => samples.first(),
        _ => None,
    };
    first.filter(|line| is_sample(line))?;
    let Some((_, date)) = task_and_date(input.path) else {
        return Some(Holds::Nothing(
            "samples say of which task they are by the file's name, samples_<task>_<date>.jsonl",
        ));
    };
    let named = names::folder(input.path).and_then(names::model_of_folder).is_some();
    Some(if named || results_beside(input, date).is_some() {
        Holds::Scores
    } else {
        Holds::Nothing(
            "samples name no model, no results_<date>.json lies beside them, and their folder is not org__name",
        )
    })
}

/// The text of the results file of the same run.
fn results_beside(input: &Input, date: Option<&str>) -> Option<String> {
    (input.sibling)(&format!("results_{}.json", date?))
}

fn is_sample(line: &Json) -> bool {
    let has = |key| line.as_object().is_some_and(|line| line.contains_key(key));
    has("doc_id") && has("filtered_resps") && (has("doc") || has("target"))
}

/// Reads a file of samples.
pub fn read_file(input: &Input, reading: &mut Reading) {
    let Some((task, date)) = task_and_date(input.path) else { return };
    let results = results_beside(input, date).and_then(|text| json::parse(&text).ok());
    let root = results.as_ref().and_then(Json::as_object).cloned().unwrap_or_default();
    let Some(run) = Run::new(&root, &[], input.path) else { return reading.no_model() };
    let mut samples = Samples::new(&run, task);
    match &input.content {
        Content::JsonLines(lines) => lines.each(reading, |line, sample, reading| {
            let place = |metric: &str| Place::Line { line, pointer: json::pointer([metric]) };
            samples.read(sample, place, reading);
        }),
        Content::Json(Json::Array(array)) => {
            for (index, sample) in array.iter().enumerate() {
                let place = |metric: &str| Place::Pointer(json::pointer([&*index.to_string(), metric]));
                samples.read(sample, place, reading);
            }
        }
        _ => {}
    }
    reading.items.extend(samples.columns);
}

/// Reads what a results file holds under `samples`.
pub fn read_inside(run: &Run, reading: &mut Reading) {
    for (task, list) in run.root.object("samples").into_iter().flatten() {
        let mut samples = Samples::new(run, task);
        for (index, sample) in list.as_array().into_iter().flatten().enumerate() {
            let place = |metric: &str| Place::Pointer(json::pointer(["samples", task, &*index.to_string(), metric]));
            samples.read(sample, place, reading);
        }
        reading.items.extend(samples.columns);
    }
}

/// `samples_<task>_<date>` → the task, and the date as written.
fn task_and_date(path: &str) -> Option<(&str, Option<&str>)> {
    let name = names::stem(path).strip_prefix("samples_")?;
    let split = names::date_with_dashes(path).and_then(|_| name.rsplit_once('_'));
    let (task, date) = split.map_or((name, None), |(task, date)| (task, Some(date)));
    (!task.is_empty()).then_some((task, date))
}

struct Samples<'a> {
    run: &'a Run<'a>,
    task: &'a str,
    columns: Vec<ItemScores>,
    /// Metric and filter → the place among the columns.
    index: HashMap<(String, Option<String>), usize>,
}

impl<'a> Samples<'a> {
    fn new(run: &'a Run<'a>, task: &'a str) -> Self {
        Self { run, task, columns: Vec::new(), index: HashMap::new() }
    }

    /// Adds the scores of one document under one filter.
    fn read(&mut self, sample: &Json, place: impl Fn(&str) -> Place, reading: &Reading) {
        let Some(sample) = sample.as_object() else { return };
        // The hash of the document stays when a task's data are put into another order.
        let Some(item) = sample.text("doc_hash").or_else(|| sample.scalar("doc_id")) else { return };
        let filter = sample.text("filter");
        for metric in metrics(sample) {
            let Some(score) = sample.get(metric).and_then(score) else { continue };
            let key = (metric.to_owned(), filter.map(str::to_owned));
            let index = *self.index.entry(key).or_insert_with(|| {
                self.columns.push(column(self.run, self.task, metric, filter, place(metric), reading));
                self.columns.len() - 1
            });
            if let Some(column) = self.columns.get_mut(index) {
                column.push(item, score);
            }
        }
    }
}

/// The metrics that a line says it has; in files of 0.4.0, which do not say, all that is not known to be something
/// else.
fn metrics(sample: &Object) -> Vec<&str> {
    match sample.get("metrics").and_then(Json::as_array) {
        Some(listed) => listed.iter().filter_map(Json::as_str).collect(),
        None => sample.keys().map(String::as_str).filter(|key| !NO_METRICS.contains(key)).collect(),
    }
}

/// A number, or whether the document was passed.
fn score(json: &Json) -> Option<f64> {
    match json {
        Json::Bool(passed) => Some(f64::from(u8::from(*passed))),
        _ => json::number(json)?.finite(),
    }
}

fn column(run: &Run, task: &str, metric: &str, filter: Option<&str>, place: Place, reading: &Reading) -> ItemScores {
    let members = run.members(task);
    let protocol = run.task_protocol(task, &members).with_any(Field::Filter, filter);
    ItemScores::new(
        run.model.clone(),
        task.into(),
        None,
        Arc::new(run.metric(task, metric, &members)),
        Arc::new(protocol),
        reading.provenance(place, run.date.clone()),
    )
}
