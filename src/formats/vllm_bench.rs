//! vLLM's benchmarks: `vllm bench serve` (also as the list that a sweep writes, and as JSON lines), `latency` and
//! `throughput`.

use super::json::{self, Json, Look, Object};
use super::shared::Shared;
use super::{Content, Format, Holds, Input, Reading, names};
use crate::record::{Date, Direction, Field, Items, Metric, ModelName, Place, Protocol, Record, Unit};
use std::sync::Arc;

pub struct VllmBench;

impl Format for VllmBench {
    fn name(&self) -> &'static str {
        "vllm-bench"
    }

    fn title(&self) -> &'static str {
        "vLLM benchmarks of serving, latency and throughput"
    }

    fn example(&self) -> &'static str {
        "vllm-<rate>qps-<model>-<date>.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let scores = match &input.content {
            Content::Json(Json::Object(root)) => is_serving(root) || offline(root).is_some(),
            Content::Json(Json::Array(runs)) => is_serving(runs.first()?.as_object()?),
            Content::JsonLines(lines) => is_serving(lines.first().first()?.as_object()?),
            Content::Csv(csv) => {
                let summary = ["Successful requests", "Mean TTFT (ms)"];
                let summary = summary.iter().all(|name| csv.header().iter().any(|column| column == name));
                let reason = "this table of a console's summaries names neither the model nor the load";
                return summary.then_some(Holds::Nothing(reason));
            }
            _ => false,
        };
        scores.then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let mut metrics = Shared::new();
        match &input.content {
            Content::Json(Json::Object(root)) if is_serving(root) => {
                read_serving(root, &|key| Place::Pointer(json::pointer([key])), &mut metrics, reading);
            }
            Content::Json(Json::Object(root)) => read_offline(root, input.path, &mut metrics, reading),
            Content::Json(Json::Array(runs)) => {
                for (index, run) in runs.iter().enumerate() {
                    let Some(run) = run.as_object() else { continue };
                    let at = index.to_string();
                    read_serving(run, &|key| Place::Pointer(json::pointer([&at, key])), &mut metrics, reading);
                }
            }
            Content::JsonLines(lines) => lines.each(reading, |line, run, reading| {
                let Some(run) = run.as_object() else { return };
                let place = |key: &str| Place::Line { line, pointer: json::pointer([key]) };
                read_serving(run, &place, &mut metrics, reading);
            }),
            _ => {}
        }
    }
}

fn is_serving(root: &Object) -> bool {
    ["mean_ttft_ms", "model_id"].iter().all(|key| root.contains_key(*key))
}

/// Which of the two measurements without a server.
fn offline(root: &Object) -> Option<&'static str> {
    let has = |keys: &[&str]| keys.iter().all(|key| root.contains_key(*key));
    if has(&["avg_latency", "latencies"]) {
        return Some("latency");
    }
    has(&["elapsed_time", "num_requests", "requests_per_second"]).then_some("throughput")
}

fn read_serving(run: &Object, place: &dyn Fn(&str) -> Place, metrics: &mut Shared<Metric>, reading: &mut Reading) {
    let Some(model) = run.text("model_id") else { return reading.no_model() };
    let count = |key| run.get(key).and_then(json::count);
    let items = Items { scored: count("completed"), total: count("num_prompts") };
    if items.scored == Some(0) {
        let problem = reading.warning("no-scores", "every request failed, so that its zeros measure nothing");
        return reading.diagnostics.push(problem.hint("run it again with a server that answers"));
    }
    let date = run.text("date").and_then(Date::from_digits);
    let protocol = Arc::new(serving_protocol(run));
    for (key, score) in run.iter().filter(|(_, score)| !score.is_null()) {
        let Some(metric) = serving_metric(key) else { continue };
        let place = place(key);
        let Some(value) = reading.score(score, &place.to_string()) else { continue };
        let provenance = reading.provenance(place, date.clone());
        let model = ModelName::new(model);
        let benchmark = "vLLM serving".into();
        reading.records.push(Record {
            items,
            ..Record::new(model, benchmark, metrics.share(metric), value, Arc::clone(&protocol), provenance)
        });
    }
}

/// Latencies and throughputs; `None` for anything else, such as the deviations among the requests.
fn serving_metric(key: &str) -> Option<Metric> {
    let unit = match key {
        "request_throughput" | "request_goodput" => Unit::RequestsPerSecond,
        "output_throughput" | "total_token_throughput" | "max_output_tokens_per_s" => Unit::TokensPerSecond,
        _ => {
            let (kind, of) = key.strip_suffix("_ms")?.split_once('_')?;
            let percentile = kind.strip_prefix('p').is_some_and(|digits| digits.parse::<f64>().is_ok());
            let known =
                ["ttft", "tpot", "itl", "e2el"].contains(&of) && (percentile || ["mean", "median"].contains(&kind));
            known.then_some(Unit::Milliseconds)?
        }
    };
    let direction = if unit == Unit::Milliseconds { Direction::Lower } else { Direction::Higher };
    Some(Metric { name: key.into(), unit, direction })
}

fn serving_protocol(run: &Object) -> Protocol {
    // Null is said by the file: no bound.
    let concurrency = match run.get("max_concurrency") {
        Some(Json::Null) => Some("unlimited"),
        _ => run.scalar("max_concurrency"),
    };
    Protocol::default()
        .with(Field::Harness, "vLLM bench")
        .with_any(Field::RequestRate, run.scalar("request_rate"))
        .with_any(Field::Concurrency, concurrency)
        .with_any(Field::Engine, engine(run))
}

/// What served, and the settings that a sweep or the person who ran it added to the file.
fn engine(run: &Object) -> Option<String> {
    let backend = run.text("backend").or_else(|| run.text("endpoint_type"));
    // That is the protocol of any server.
    let backend = backend.filter(|backend| !backend.starts_with("openai"));
    let settings = run.iter().filter(|(key, _)| !OWN_KEYS.contains(&key.as_str()) && serving_metric(key).is_none());
    let settings = settings.filter(|(key, _)| !key.starts_with("std_"));
    let settings = settings.filter_map(|(key, value)| match value {
        Json::Bool(truth) => Some(format!("{key}={truth}")),
        _ => Some(format!("{key}={}", json::scalar(value)?)),
    });
    let parts: Vec<_> = backend.map(str::to_owned).into_iter().chain(settings).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// What the program writes itself.
const OWN_KEYS: [&str; 22] = [
    "backend",
    "best_of",
    "burstiness",
    "completed",
    "date",
    "duration",
    "endpoint_type",
    "failed",
    "label",
    "max_concurrency",
    "max_concurrent_requests",
    "model_id",
    "num_prompts",
    "ramp_up_end_rps",
    "ramp_up_start_rps",
    "ramp_up_strategy",
    "request_rate",
    "rtfx",
    "run_number",
    "tokenizer_id",
    "total_input_tokens",
    "total_output_tokens",
];

fn read_offline(root: &Object, path: &str, metrics: &mut Shared<Metric>, reading: &mut Reading) {
    let Some(kind) = offline(root) else { return };
    let Some(model) = model_of_path(path, kind) else { return reading.no_model() };
    let output = root.scalar("output").or_else(|| root.scalar("ouput"));
    let protocol = Protocol::default()
        .with(Field::Harness, "vLLM bench")
        .with_any(Field::InputTokens, root.scalar("input"))
        .with_any(Field::OutputTokens, output);
    let (benchmark, protocol): (Arc<str>, _) = (format!("vLLM {kind}").into(), Arc::new(protocol));
    let latencies = root.get("latencies").and_then(Json::as_array).map(|latencies| latencies.len() as u64);
    let scored = latencies.or_else(|| json::count(root.get("num_requests")?));
    let metric = |name: String, unit, direction| Metric { name: name.into(), unit, direction };
    let stated = root.iter().filter_map(|(key, score)| {
        let (unit, direction) = match key.as_str() {
            "avg_latency" => (Unit::Seconds, Direction::Lower),
            "requests_per_second" => (Unit::RequestsPerSecond, Direction::Higher),
            "tokens_per_second" => (Unit::TokensPerSecond, Direction::Higher),
            _ => return None,
        };
        Some((metric(key.clone(), unit, direction), json::pointer([key.as_str()]), score))
    });
    let percentiles = root.object("percentiles").into_iter().flatten().map(|(percent, score)| {
        let name = format!("p{percent}_latency");
        (metric(name, Unit::Seconds, Direction::Lower), json::pointer(["percentiles", percent]), score)
    });
    for (metric, pointer, score) in stated.chain(percentiles) {
        let Some(value) = reading.score(score, &pointer) else { continue };
        let provenance = reading.provenance(Place::Pointer(pointer), None);
        let (model, benchmark) = (ModelName::new(model.as_str()), Arc::clone(&benchmark));
        reading.records.push(Record {
            items: Items { scored, total: None },
            ..Record::new(model, benchmark, metrics.share(metric), value, Arc::clone(&protocol), provenance)
        });
    }
}

/// The file does not name its model: the folder may (`org__name`), or the file's name before or after the word that
/// says what was measured (`latency_<model>`, `<model>_throughput_<settings>`).
fn model_of_path(path: &str, kind: &str) -> Option<String> {
    let stem = names::stem(path);
    let model = names::folder(path).and_then(names::model_of_folder).or_else(|| {
        let after = stem.strip_prefix(kind).and_then(|rest| rest.strip_prefix('_'));
        let before = || stem.split_once(&format!("_{kind}")).map(|(before, _)| before);
        after.or_else(before).map(str::to_owned)
    });
    model.filter(|model| !model.is_empty())
}

#[cfg(test)]
mod tests;
