//! `OpenVLM.json`: the feed of the OpenVLM leaderboard, model → benchmark → scores.

use super::METRICS;
use crate::formats::json::{self, Json, Look, Object};
use crate::formats::shared::Shared;
use crate::formats::{Format, Holds, Input, Reading, written};
use crate::record::{Date, Direction, Field, Metric, ModelName, Place, Protocol, Record, Unit};
use std::sync::Arc;

pub struct OpenVlm;

impl Format for OpenVlm {
    fn name(&self) -> &'static str {
        "openvlm"
    }

    fn title(&self) -> &'static str {
        "OpenVLM leaderboard feed"
    }

    fn example(&self) -> &'static str {
        "OpenVLM.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let root = input.object()?;
        let mut models = root.object("results")?.values();
        let has_meta = |model: &Json| model.as_object().is_some_and(|model| model.contains_key("META"));
        (root.contains_key("time") && models.any(has_meta)).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Some(root) = input.object() else { return };
        let date = root.scalar("time").and_then(Date::from_digits);
        let protocol = Arc::new(Protocol::default().with(Field::Harness, "VLMEvalKit"));
        let (mut metrics, mut names) = (Shared::new(), Shared::<str>::new());
        let models = root.object("results").into_iter().flatten();
        for (name, model) in models.filter_map(|(name, model)| Some((name, model.as_object()?))) {
            let raw = ModelName::new(name.as_str());
            let benchmarks = model.iter().filter(|(key, _)| *key != "META");
            for (benchmark, scores) in benchmarks.filter_map(|(key, scores)| Some((key, scores.as_object()?))) {
                for (key, json) in scores {
                    let pointer = json::pointer(["results", name, benchmark, key]);
                    let Some(value) = number(json, &pointer, reading) else { continue };
                    let (metric, subset) = metric_and_subset(benchmark, key, scores);
                    let provenance = reading.provenance(Place::Pointer(pointer), date.clone());
                    let (metric, protocol) = (metrics.share(metric), Arc::clone(&protocol));
                    reading.records.push(Record {
                        subset: subset.map(|subset| names.share(subset)),
                        aggregate: subset.is_none() && scores.len() > 1,
                        ..Record::new(raw.clone(), names.share(benchmark.as_str()), metric, value, protocol, provenance)
                    });
                }
            }
        }
    }
}

/// A missing value is written as `"N/A"`.
fn number(json: &Json, pointer: &str, reading: &mut Reading) -> Option<crate::record::Value> {
    match json {
        Json::Null => None,
        Json::String(text) if written::is_missing(text) => None,
        _ => written::json_number(json).or_else(|| reading.score(json, pointer)),
    }
}

/// The file names no metric but where a benchmark has several.
fn metric_and_subset<'a>(benchmark: &str, key: &'a str, scores: &Object) -> (Metric, Option<&'a str>) {
    let unit = if ["MME", "OCRBench"].contains(&benchmark) { Unit::Points } else { Unit::Percent };
    let metric = |name: &str| Metric { name: name.into(), unit, direction: Direction::Unknown };
    // Some categories end in a tab, also beside the same category without it.
    let plain = key.trim();
    let subset = if plain != key && scores.contains_key(plain) { key } else { plain };
    match plain {
        "Overall" => (metric(""), None),
        _ if METRICS.contains(&plain) => (metric(plain), None),
        _ => (metric(""), Some(subset)),
    }
}
