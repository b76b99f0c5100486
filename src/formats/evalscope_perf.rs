//! EvalScope's load tests: `<time>/<model>/[parallel_<p>_number_<n>/]benchmark_{summary,percentile}.json`, old and new.
//!
//! A summary names neither model nor dataset: they are in `benchmark_args.json` beside it. Without streaming the times to
//! the first and between tokens are no measurements, and are not read.

use super::json::{self, Json, Look, Object};
use super::shared::Shared;
use super::{Content, Format, Holds, Input, Reading, names};
use crate::record::{Date, Direction, Field, Items, Metric, ModelName, Place, Protocol, Record, Unit, Value};
use std::sync::Arc;

pub struct EvalScopePerf;

/// What a summary says once, the newer key first.
const DURATION: [&str; 2] = ["Test Duration (s)", "Time taken for tests (s)"];
const CONCURRENCY: [&str; 2] = ["Concurrency", "Number of concurrency"];
const TOTAL: [&str; 2] = ["Total Requests", "Total requests"];
const SUCCEEDED: [&str; 2] = ["Success Requests", "Succeed requests"];
const INPUT_TOKENS: [&str; 2] = ["Avg Input Tokens", "Average input tokens per request"];
const OUTPUT_TOKENS: [&str; 2] = ["Avg Output Tokens", "Average output tokens per request"];
const LATENCY: [&str; 2] = ["Avg Latency (s)", "Average latency (s)"];
const TTFT: [&str; 2] = ["Avg TTFT (ms)", "Average time to first token (s)"];

/// Metric and keys, the newer first.
const METRICS: [(&str, &[&str]); 9] = [
    ("Output Throughput", &["Output Throughput (tok/s)", "Output token throughput (tok/s)"]),
    ("Total Throughput", &["Total Throughput (tok/s)", "Total token throughput (tok/s)"]),
    ("Req Throughput", &["Req Throughput (req/s)", "Request throughput (req/s)"]),
    ("Avg Latency", &LATENCY),
    ("Avg TTFT", &TTFT),
    ("Avg TPOT", &["Avg TPOT (ms)", "Average time per output token (s)"]),
    ("Avg ITL", &["Avg ITL (ms)", "Average inter-token latency (s)"]),
    ("Avg Package Latency", &["Average package latency (s)"]),
    ("Test Duration", &DURATION),
];

/// Words in the names of metrics that are measured only when answers are streamed.
const OF_STREAMS: [&str; 5] = ["TTFT", "TPOT", "ITL", "Package", "Decode"];

impl Format for EvalScopePerf {
    fn name(&self) -> &'static str {
        "evalscope-perf"
    }

    fn title(&self) -> &'static str {
        "EvalScope load tests"
    }

    fn example(&self) -> &'static str {
        "20251121_233201/<model>/parallel_2_number_10/benchmark_summary.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        if percentiles(input).is_some() {
            return Some(Holds::Scores);
        }
        let root = input.object()?;
        let has = |keys: &[&str]| keys.iter().all(|key| root.contains_key(*key));
        if has(&["summary_columns", "summary_rows", "basic_info"]) {
            return Some(Holds::Nothing("this is the web interface's view of a load test (EvalScope)"));
        }
        let arguments = has(&["model", "parallel", "number", "api", "outputs_dir"]);
        let course = has(&["wall_start", "points"]) || has(&["wall_time_s", "warmup_frac", "rows"]);
        if arguments || course {
            return Some(Holds::Companion);
        }
        let is_summary = stated(root, &DURATION).is_some() && stated(root, &CONCURRENCY).is_some();
        is_summary.then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let beside = |name| (input.sibling)(name).and_then(|text| json::parse(&text).ok());
        let arguments = beside("benchmark_args.json");
        let arguments = arguments.as_ref().and_then(Json::as_object);
        let summary = input.object().is_none().then(|| beside("benchmark_summary.json")).flatten();
        let summary = input.object().or_else(|| summary.as_ref()?.as_object());
        let Some(model) = model(arguments, input.path) else { return reading.no_model() };
        let mut run = Run {
            model,
            benchmark: "EvalScope perf".into(),
            protocol: Arc::new(protocol(arguments, summary, input.path)),
            items: Items {
                scored: summary.and_then(|summary| count(summary, &SUCCEEDED)),
                total: summary.and_then(|summary| count(summary, &TOTAL)),
            },
            streamed: streamed(arguments, summary),
            date: names::date_of_folder(input.path),
            metrics: Shared::new(),
        };
        // Averages over no request.
        if run.items.scored == Some(0) {
            return;
        }
        match percentiles(input) {
            Some(rows) => run.read_percentiles(rows, reading),
            None => run.read_summary(summary, reading),
        }
    }
}

fn percentiles<'a>(input: &'a Input) -> Option<&'a [Json]> {
    let Content::Json(Json::Array(rows)) = &input.content else { return None };
    rows.first()?.as_object()?.contains_key("Percentiles").then_some(rows)
}

fn stated<'a>(root: &'a Object, keys: &[&'static str]) -> Option<(&'static str, &'a Json)> {
    keys.iter().find_map(|key| Some((*key, root.get(*key)?)))
}

fn count(root: &Object, keys: &[&'static str]) -> Option<u64> {
    json::count(stated(root, keys)?.1)
}

/// From the arguments, otherwise the folder, or the one above that of a step, `parallel_2_number_10`.
fn model(arguments: Option<&Object>, path: &str) -> Option<ModelName> {
    let folder = || names::folders(path).find(|folder| concurrency_of(folder).is_none());
    let stated = arguments.and_then(|arguments| arguments.text("model"));
    let name =
        stated.or_else(|| folder().filter(|folder| !folder.is_empty() && Date::from_digits(folder).is_none()))?;
    Some(ModelName::new(name))
}

fn concurrency_of(folder: &str) -> Option<&str> {
    let (parallel, number) = folder.strip_prefix("parallel_")?.split_once("_number_")?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(parallel) && digits(number)).then_some(parallel)
}

fn protocol(arguments: Option<&Object>, summary: Option<&Object>, path: &str) -> Protocol {
    let argument = |key| arguments.and_then(|arguments| arguments.scalar(key));
    let said = |keys: &[&'static str]| json::scalar(stated(summary?, keys)?.1);
    let folder = names::folders(path).next().and_then(concurrency_of);
    // −1 is a closed loop: a request is sent when another is answered, and there is no rate.
    let rate = said(&["Request Rate (req/s)"]).or_else(|| argument("rate")).filter(|rate| !rate.starts_with('-'));
    Protocol::default()
        .with(Field::Harness, "EvalScope")
        .with_any(Field::Concurrency, said(&CONCURRENCY).or_else(|| argument("parallel")).or(folder))
        .with_any(Field::RequestRate, rate)
        .with_any(Field::Dataset, argument("dataset"))
        .with_any(Field::MaxTokens, argument("max_tokens"))
        .with_any(Field::Temperature, argument("temperature"))
        .with_any(Field::InputTokens, said(&INPUT_TOKENS))
        .with_any(Field::OutputTokens, said(&OUTPUT_TOKENS))
}

/// Whether answers came token by token; `None` when nothing says so.
fn streamed(arguments: Option<&Object>, summary: Option<&Object>) -> Option<bool> {
    let counted = || Some(count(summary?, &["Stream Requests"])? > 0);
    // The oldest summaries show it only by a first token that came with the last.
    let seconds = |keys: [&'static str; 2]| json::number(summary?.get(keys[1])?);
    let shown = || Some(seconds(TTFT)?.finite()? < seconds(LATENCY)?.finite()?);
    let asked = arguments.and_then(|arguments| arguments.get("stream")?.as_bool());
    asked.or_else(counted).or_else(shown)
}

struct Run {
    model: ModelName,
    benchmark: Arc<str>,
    protocol: Arc<Protocol>,
    items: Items,
    streamed: Option<bool>,
    date: Option<Date>,
    metrics: Shared<Metric>,
}

impl Run {
    fn read_summary(&mut self, summary: Option<&Object>, reading: &mut Reading) {
        let Some(summary) = summary else { return };
        for (metric, keys) in METRICS {
            let measured = stated(summary, keys).filter(|_| self.is_measured(metric));
            let Some((key, json)) = measured else { continue };
            let pointer = json::pointer([key]);
            let Some(value) = reading.score(json, &pointer) else { continue };
            self.push(metric, key, value, pointer, reading);
        }
    }

    fn read_percentiles(&mut self, rows: &[Json], reading: &mut Reading) {
        for (index, row) in rows.iter().enumerate().filter_map(|(index, row)| Some((index, row.as_object()?))) {
            let Some(share) = row.scalar("Percentiles") else { continue };
            let share = share.strip_suffix('%').map_or_else(|| share.to_owned(), |percent| format!("p{percent}"));
            let measured = |key| json::number(row.get(key)?)?.finite();
            let waited = measured("TTFT (s)").is_some_and(|first| Some(first) == measured("Latency (s)"));
            for (key, json) in row.iter().filter(|(key, _)| unit(key) != Unit::Unknown) {
                let name = key.split(" (").next().unwrap_or(key);
                if !self.is_measured(name) || self.streamed.is_none() && waited && is_of_streams(name) {
                    continue;
                }
                let pointer = json::pointer([index.to_string().as_str(), key]);
                let Some(value) = reading.score(json, &pointer) else { continue };
                self.push(&format!("{name} {share}"), key, value, pointer, reading);
            }
        }
    }

    fn is_measured(&self, metric: &str) -> bool {
        self.streamed != Some(false) || !is_of_streams(metric)
    }

    fn push(&mut self, metric: &str, key: &str, value: Value, pointer: Box<str>, reading: &mut Reading) {
        let unit = unit(key);
        let direction = match unit {
            Unit::Seconds | Unit::Milliseconds => Direction::Lower,
            _ => Direction::Higher,
        };
        let metric = self.metrics.share(Metric { name: metric.into(), unit, direction });
        let provenance = reading.provenance(Place::Pointer(pointer), self.date.clone());
        let (benchmark, protocol) = (Arc::clone(&self.benchmark), Arc::clone(&self.protocol));
        let record = Record::new(self.model.clone(), benchmark, metric, value, protocol, provenance);
        reading.records.push(Record { items: self.items, ..record });
    }
}

fn is_of_streams(metric: &str) -> bool {
    metric.split(' ').any(|word| OF_STREAMS.contains(&word))
}

/// The unit in brackets behind a key.
fn unit(key: &str) -> Unit {
    match key.rsplit_once(" (").map(|(_, unit)| unit) {
        Some("s)") => Unit::Seconds,
        Some("ms)") => Unit::Milliseconds,
        Some("tok/s)") => Unit::TokensPerSecond,
        Some("req/s)") => Unit::RequestsPerSecond,
        _ => Unit::Unknown,
    }
}

#[cfg(test)]
mod tests;
