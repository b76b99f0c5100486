//! `<run>/results/<model>/<dataset>.json`: the scores of one dataset; and the files beside it that hold none.
//!
//! Model and dataset are only in the path, which is why it must be of that shape.

use super::metric_named;
use crate::formats::json::{self, Json, Object};
use crate::formats::{Format, Holds, Input, Reading, names};
use crate::record::{Date, Field, Items, ModelName, Place, Protocol, Record};
use std::sync::Arc;

pub struct Results;

impl Format for Results {
    fn name(&self) -> &'static str {
        "opencompass-result"
    }

    fn title(&self) -> &'static str {
        "OpenCompass results of a dataset"
    }

    fn example(&self) -> &'static str {
        "20231208_194351/results/<model>/<dataset>.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let root = input.object()?;
        if let Some(reason) = answers(root) {
            return Some(Holds::Nothing(reason));
        }
        place(input.path)?;
        let is_flat = root.iter().all(|(key, value)| key == "details" || !value.is_object() && !value.is_array());
        if is_flat && root.values().any(|value| json::number(value).is_some()) {
            return Some(Holds::Scores);
        }
        let failed = root.len() == 1 && root.get("error").is_some_and(Json::is_string);
        failed.then_some(Holds::Nothing("the evaluation of this dataset failed: its file holds an error"))
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let (Some(root), Some((model, dataset))) = (input.object(), place(input.path)) else { return };
        let (model, benchmark) = (ModelName::new(model), Arc::from(dataset));
        let protocol = Arc::new(Protocol::default().with(Field::Harness, "OpenCompass"));
        let items = Items { scored: root.get("details").and_then(count), total: None };
        let date = names::date_of_folder(input.path);
        for (metric, json) in root.iter().filter(|(key, _)| *key != "details") {
            let Some(value) = json::number(json) else { continue };
            let provenance = reading.provenance(Place::Pointer(json::pointer([metric.as_str()])), date.clone());
            let metric = Arc::new(metric_named(metric));
            let record =
                Record::new(model.clone(), Arc::clone(&benchmark), metric, value, Arc::clone(&protocol), provenance);
            reading.records.push(Record { items, ..record });
        }
    }
}

/// Model and dataset of `<run>/results/<model>/<dataset>.json`, in which the run is called by its time.
fn place(path: &str) -> Option<(&str, &str)> {
    let mut folders = names::folders(path);
    let model = folders.next().filter(|model| !model.is_empty())?;
    let is_run = folders.next() == Some("results") && folders.next().and_then(Date::from_digits).is_some();
    is_run.then(|| (model, names::stem(path)))
}

/// Items numbered from 0, whatever else is among them.
fn count(details: &Json) -> Option<u64> {
    let count = match details {
        Json::Object(details) => details.keys().filter(|key| key.bytes().all(|byte| byte.is_ascii_digit())).count(),
        Json::Array(details) => details.len(),
        _ => 0,
    };
    (count > 0).then_some(count as u64)
}

/// Why a file of prompts and answers holds no scores.
fn answers(root: &Object) -> Option<&'static str> {
    let first = root.get("0")?.as_object()?;
    if !first.contains_key("origin_prompt") || !first.contains_key("prediction") {
        return None;
    }
    let judged = first.get("gold").and_then(Json::as_object).is_some_and(|gold| gold.contains_key("answer1"));
    Some(match judged {
        true => {
            "these are a judge's words on pairs of answers (OpenCompass), whose scores are in summary/<time>/report.csv"
        }
        false => "these are a model's answers (OpenCompass predictions), whose scores are in results/ and summary/",
    })
}
