//! Every Eval Ever, the exchange schema of the EvalEval Coalition, versions 0.0.1 to 0.3.0: aggregate files
//! (`<uuid>.json`) here, item by item results in [`instances`], files that Tianti itself exported in [`exported`].
//!
//! What a file says and a record has no place for goes into one [`Extra`] for all records of the file: the JSON of the
//! file without its results under the empty pointer, and that of each result, without name and score, under its own.

mod exported;
mod instances;

use super::json::{self, Json, Look, Object};
use super::shared::Shared;
use super::{Content, Edition, Format, Holds, Input, Reading, names};
use crate::record::{
    Date, Direction, Extra, Field, Interval, Items, Metric, ModelName, Part, Place, Protocol, Record, Reporter, Unit,
    Value,
};
use std::sync::Arc;

pub struct EveryEvalEver;

const RESULTS: &str = "evaluation_results";

impl Format for EveryEvalEver {
    fn name(&self) -> &'static str {
        "every-eval-ever"
    }

    fn title(&self) -> &'static str {
        "Every Eval Ever, aggregates and instances"
    }

    fn example(&self) -> &'static str {
        "data/gsm8k/qwen/qwen2.5-7b/6f1c3b9e-2a44-4d0b-9c1e-5b7d8e9f0a12.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        if let Content::JsonLines(lines) = &input.content {
            let first = lines.first().first()?.as_object()?;
            let has = |keys: &[&str]| keys.iter().all(|key| first.contains_key(*key));
            if has(&["object_uuid", "object_path", "record_type"]) {
                return Some(Holds::Companion);
            }
            return has(&["schema_version", "evaluation_id", "sample_id", "evaluation"]).then_some(Holds::Scores);
        }
        let root = input.object()?;
        if root.text("$schema").is_some_and(|schema| schema.contains("json-schema.org")) {
            return Some(Holds::Nothing("a JSON Schema describes files and holds no scores"));
        }
        // A single instance, in a file of one line, is the same object as in JSON lines.
        let is_aggregate = root.text("schema_version").is_some()
            && root.text("evaluation_id").is_some()
            && root.get(RESULTS).is_some_and(Json::is_array);
        is_aggregate.then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        if let Content::JsonLines(lines) = &input.content {
            return instances::read(lines, input, reading);
        }
        let Some(root) = input.object() else { return };
        let results = root.get(RESULTS).and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
        reading.edition = edition(root, input.path);
        if exported::is_ours(root) {
            return exported::read(root, results, reading);
        }
        let Some(model) = model(root) else { return reading.no_model() };
        let mut file = File {
            root,
            model,
            protocol: library(root),
            extra: Arc::new(extra(root, results)),
            metrics: Shared::new(),
            protocols: Shared::new(),
            missing: 0,
        };
        for (index, result) in results.iter().enumerate() {
            match result.as_object() {
                Some(result) => file.read_result(index, result, reading),
                None => {
                    let message = format!("{} at /{RESULTS}/{index} is no object", json::quote(result));
                    let problem = reading.warning("wrong-type", message);
                    reading.diagnostics.push(problem.hint("the result is left out"));
                }
            }
        }
        if file.missing > 0 {
            let message = format!("{} scores are -1, which their metrics cannot be", file.missing);
            reading.diagnostics.push(reading.warning("missing-scores", message).hint("they are left out as missing"));
        }
    }
}

/// The same evaluation converted anew keeps its file's UUID, or its evaluation id.
fn edition(root: &Object, path: &str) -> Option<Edition> {
    let mut version = root.text("schema_version")?.split('.').map(|part| part.parse().unwrap_or(0));
    let mut part = || version.next().unwrap_or(0);
    let version = [part(), part(), part()];
    let uuid = Some(names::stem(path)).filter(|stem| is_uuid(stem)).map(Arc::from);
    Some(Edition { ids: uuid.into_iter().chain(root.text("evaluation_id").map(Arc::from)).collect(), version })
}

fn is_uuid(text: &str) -> bool {
    let hexadecimal = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.split('-').map(str::len).eq([8, 4, 4, 4, 12]) && text.split('-').all(hexadecimal)
}

/// By `model_info.id`: the developer's folder was often guessed. The name stands in for an id that was cut off.
fn model(root: &Object) -> Option<ModelName> {
    let info = root.object("model_info")?;
    let is_cut = |text: &&str| text.ends_with("...") || text.ends_with('…');
    let (id, name) = (info.text("id"), info.text("name"));
    let raw = id.filter(|id| !is_cut(id)).or_else(|| name.filter(|name| !is_cut(name))).or(id).or(name)?;
    let details = info.object("additional_details");
    let stated = |keys: &[&str]| keys.iter().find_map(|key| details?.scalar(key)).filter(|text| *text != "unknown");
    Some(
        ModelName::new(raw)
            .with_any(Part::Revision, stated(&["revision", "model_revision"]))
            .with_any(Part::Precision, stated(&["precision"]))
            .with_any(Part::Quantisation, stated(&["quantization", "quantisation"]))
            .with_any(Part::Effort, stated(&["inference_effort", "reasoning_effort", "effort"]))
            .with_any(Part::Scaffold, stated(&["agent_scaffold", "scaffold"]))
            .with_any(Part::Provider, info.text("inference_platform").filter(|text| *text != "unknown")),
    )
}

/// What holds for every result of a file.
fn library(root: &Object) -> Protocol {
    let known = |object: Option<&Object>, key| object?.scalar(key).filter(|text| *text != "unknown").map(str::to_owned);
    let library = root.object("eval_library");
    let engine = root.object("model_info").and_then(|info| info.object("inference_engine"));
    let engine = known(engine, "name").map(|name| match known(engine, "version") {
        Some(version) => format!("{name} {version}"),
        None => name,
    });
    Protocol::default()
        .with_any(Field::Harness, known(library, "name"))
        .with_any(Field::HarnessVersion, known(library, "version"))
        .with_any(Field::Engine, engine)
}

/// Third parties measure; a maker's figures are claims unless the outputs of the run are at hand.
fn reporter(root: &Object) -> Option<Reporter> {
    let source = root.object("source_metadata")?;
    match (source.text("evaluator_relationship")?, source.text("source_type")?) {
        ("third_party", _) | ("first_party", "evaluation_run") => Some(Reporter::Measured),
        ("first_party", _) => Some(Reporter::Claimed),
        _ => None,
    }
}

fn extra(root: &Object, results: &[Json]) -> Extra {
    let without = |object: &Object, keys: &[&str]| -> Object {
        object.iter().filter(|(key, _)| !keys.contains(&key.as_str())).map(|(k, v)| (k.clone(), v.clone())).collect()
    };
    let header = Json::from(without(root, &[RESULTS])).to_string();
    let results = results.iter().enumerate().filter_map(|(index, result)| {
        let mut rest = without(result.as_object()?, &["evaluation_name"]);
        rest.get_mut("score_details").and_then(Json::as_object_mut).map(|details| details.remove("score"));
        Some((json::pointer([RESULTS, &index.to_string()]), Json::from(rest).to_string().into()))
    });
    [("".into(), header.into())].into_iter().chain(results).collect()
}

struct File<'a> {
    root: &'a Object,
    model: ModelName,
    protocol: Protocol,
    extra: Arc<Extra>,
    metrics: Shared<Metric>,
    protocols: Shared<Protocol>,
    /// Scores that stand for none.
    missing: usize,
}

impl File<'_> {
    fn read_result(&mut self, index: usize, result: &Object, reading: &mut Reading) {
        let pointer = json::pointer([RESULTS, &index.to_string(), "score_details", "score"]);
        let details = result.object("score_details");
        let score = details.and_then(|details| details.get("score")).unwrap_or(&Json::Null);
        let Some(value) = reading.score(score, &pointer) else { return };
        if stands_for_none(&value, result) {
            self.missing += 1;
            return;
        }
        let Some((benchmark, subset)) = benchmark(result) else {
            let problem = reading.error("missing-key", format!("/{RESULTS}/{index} names no evaluation"));
            return reading.diagnostics.push(problem.hint("add its evaluation_name"));
        };
        let uncertainty = details.and_then(|details| details.object("uncertainty"));
        let stated_error = uncertainty.and_then(|stated| stated.object("standard_error")?.get("value"));
        // The first versions have the interval beside the score.
        let interval = uncertainty.or(details).and_then(|stated| stated.object("confidence_interval"));
        let date = [Some(result), Some(self.root)].into_iter().flatten().find_map(date);
        let mut provenance = reading.provenance(Place::Pointer(pointer), date);
        provenance.reporter = reporter(self.root).unwrap_or(provenance.reporter);
        reading.records.push(Record {
            subset: subset.map(Arc::from),
            standard_error: stated_error.and_then(json::number).filter(|error| !error.is_missing()),
            interval: interval.and_then(read_interval).filter(|stated| contains(stated, &value)).map(Arc::new),
            items: items(result, uncertainty),
            aggregate: result.text("evaluation_name").is_some_and(is_aggregate),
            extra: Some(Arc::clone(&self.extra)),
            ..Record::new(
                self.model.clone(),
                benchmark.into(),
                self.metrics.share(metric(result)),
                value,
                self.protocols.share(protocol(self.protocol.clone(), result)),
                provenance,
            )
        });
    }
}

/// Whether the score is the -1 that conversions of HELM wrote for a missing one, though the metric starts at 0.
fn stands_for_none(value: &Value, result: &Object) -> bool {
    let least = result.object("metric_config").and_then(|config| json::number(config.get("min_score")?)?.finite());
    value.finite() == Some(-1.0) && least.is_some_and(|least| least >= 0.0)
}

/// The dataset and, where the evaluation has another name, that as the part of it: `Arabic` alone says little.
fn benchmark(result: &Object) -> Option<(&str, Option<&str>)> {
    let evaluation = result.text("evaluation_name")?;
    let dataset = result.object("source_data").and_then(|source| source.text("dataset_name"));
    Some(match dataset {
        Some(dataset) if !dataset.eq_ignore_ascii_case(evaluation) => (dataset, Some(evaluation)),
        _ => (evaluation, None),
    })
}

/// HELM's means over the scenarios of a board.
fn is_aggregate(evaluation: &str) -> bool {
    ["Mean win rate", "Mean score"].contains(&evaluation)
}

fn metric(result: &Object) -> Metric {
    let config = result.object("metric_config");
    let text = |key| config.and_then(|config| config.text(key));
    let unit = match text("metric_unit") {
        Some(unit) => unit_named(unit),
        None => config.map_or(Unit::Unknown, unit_of_range),
    };
    let direction = match config.and_then(|config| config.get("lower_is_better")?.as_bool()) {
        Some(true) => Direction::Lower,
        Some(false) => Direction::Higher,
        None => Direction::Unknown,
    };
    Metric { name: text("metric_name").or_else(|| text("metric_id")).unwrap_or("").into(), unit, direction }
}

fn unit_named(name: &str) -> Unit {
    match name.to_ascii_lowercase().as_str() {
        "proportion" | "ratio" | "probability" => Unit::Fraction,
        "percentage" | "%" => Unit::Percent,
        "point" => Unit::Points,
        "s" | "sec" | "second" => Unit::Seconds,
        "ms" | "millisecond" => Unit::Milliseconds,
        "tokens/s" | "tokens_per_second" => Unit::TokensPerSecond,
        "requests/s" | "requests_per_second" => Unit::RequestsPerSecond,
        "$" | "dollars" => Unit::Usd,
        "tokens" => Unit::Count,
        other => other.parse().unwrap_or(Unit::Unknown),
    }
}

/// By the bounds that the metric is said to have, never by the score.
fn unit_of_range(config: &Object) -> Unit {
    let bound = |key| config.get(key).and_then(json::number).and_then(|bound| bound.finite());
    match (bound("min_score"), bound("max_score")) {
        (Some(0.0 | -1.0), Some(1.0)) => Unit::Fraction,
        (Some(0.0), Some(100.0)) => Unit::Percent,
        _ => Unit::Unknown,
    }
}

fn date(object: &Object) -> Option<Date> {
    let stamp = object.scalar("evaluation_timestamp")?;
    Date::from_unix(stamp).or_else(|| Date::parse(stamp))
}

fn read_interval(stated: &Object) -> Option<Interval> {
    let bound = |key| stated.get(key).and_then(json::number);
    Some(Interval { low: bound("lower")?, high: bound("upper")?, level: bound("confidence_level") })
}

/// Some converters wrote half-widths for bounds: an interval that the score is not in is not one.
fn contains(interval: &Interval, value: &Value) -> bool {
    let bounds = (interval.low.finite(), value.finite(), interval.high.finite());
    matches!(bounds, (Some(low), Some(value), Some(high)) if low <= value && value <= high)
}

fn items(result: &Object, uncertainty: Option<&Object>) -> Items {
    let source = result.object("source_data");
    let listed = source.and_then(|source| Some(source.get("sample_ids")?.as_array()?.len() as u64));
    Items {
        scored: uncertainty.and_then(|stated| stated.get("num_samples")).and_then(json::count).or(listed),
        total: source.and_then(|source| source.get("samples_number")).and_then(json::count),
    }
}

fn protocol(file: Protocol, result: &Object) -> Protocol {
    let config = result.object("generation_config");
    let arguments = config.and_then(|config| config.object("generation_args"));
    let argument = |key| arguments.and_then(|arguments| arguments.scalar(key));
    let details = config.and_then(|config| config.object("additional_details"));
    let detail = |keys: &[&str]| keys.iter().find_map(|key| details?.scalar(key)).map(str::to_owned);
    let metric = result.object("metric_config");
    let k = metric.and_then(|metric| metric.object("metric_parameters")?.scalar("k"));
    let split = result.object("source_data").and_then(|source| source.text("hf_split"));
    file.with_any(Field::Split, split)
        .with_any(Field::Shots, detail(&["num_fewshot", "n_shot", "shots"]))
        .with_any(Field::Temperature, argument("temperature"))
        .with_any(Field::MaxTokens, argument("max_tokens"))
        .with_any(Field::PassK, k)
        .with_any(Field::Judge, metric.and_then(judge))
}

/// The judge, if there is one only.
fn judge(metric: &Object) -> Option<&str> {
    let judges = metric.object("llm_scoring")?.get("judges")?.as_array()?;
    let [judge] = &judges[..] else { return None };
    let info = judge.as_object()?.object("model_info")?;
    info.text("id").or_else(|| info.text("name"))
}

#[cfg(test)]
mod tests;
