//! Inspect (UK AI Security Institute): logs as `.json`, or as `.eval`, a ZIP archive of the same in parts.
//!
//! Records come from `results`, which the scores of the samples, as far as they are numbers, follow as items. The parts
//! of an archive that hold whole conversations are never opened.

mod samples;

use super::json::{self, Json, Look, Object};
use super::shared::Shared;
use super::{Content, Format, Holds, Input, Reading, Zip};
use crate::record::{Date, Direction, Extra, Field, Items, Metric, ModelName, Part, Place, Protocol, Record, Unit};
use samples::Samples;
use std::sync::Arc;

pub struct Inspect;

const HEADER: &str = "header.json";
const START: &str = "_journal/start.json";

impl Format for Inspect {
    fn name(&self) -> &'static str {
        "inspect"
    }

    fn title(&self) -> &'static str {
        "Inspect logs (.eval and .json)"
    }

    fn example(&self) -> &'static str {
        "2024-11-05T13-32-37-05-00_<task>_<id>.eval"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let log = match &input.content {
            Content::Zip(zip) => zip.contains(START) || zip.contains(HEADER) && zip.contains("summaries.json"),
            Content::Json(Json::Object(root)) => {
                let about =
                    root.object("eval").is_some_and(|eval| eval.contains_key("task") && eval.contains_key("model"));
                about && root.contains_key("status") && ["plan", "results"].iter().any(|key| root.contains_key(*key))
            }
            _ => false,
        };
        log.then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        match &input.content {
            Content::Zip(zip) => read_archive(zip, reading),
            Content::Json(Json::Object(root)) => {
                let Some(log) = Log::of(root, "", reading) else { return };
                let mut samples = Samples::default();
                samples.add(root.get("samples"), "/samples");
                samples.reduce(root.get("reductions"));
                samples.reduce(root.object("results").and_then(|results| results.get("sample_reductions")));
                log.read(samples, reading);
            }
            _ => {}
        }
    }
}

fn read_archive(zip: &Zip, reading: &mut Reading) {
    let main = if zip.contains(HEADER) { HEADER } else { START };
    let Some(Json::Object(root)) = zip.json(main, reading) else { return };
    let base = json::pointer([main]);
    let Some(log) = Log::of(&root, &base, reading) else { return };
    // The journal has what was written before the log was finished.
    let mut summaries: Vec<&str> = zip.names().iter().map(String::as_str).collect();
    summaries.retain(|name| match zip.contains("summaries.json") {
        true => *name == "summaries.json",
        false => name.starts_with("_journal/summaries/"),
    });
    summaries.sort_unstable();
    let parts: Vec<_> =
        summaries.iter().filter_map(|name| Some((json::pointer([*name]), zip.json(name, reading)?))).collect();
    let reductions = zip.contains("reductions.json").then(|| zip.json("reductions.json", reading)).flatten();
    let mut samples = Samples::default();
    for (pointer, part) in &parts {
        samples.add(Some(part), pointer);
    }
    samples.reduce(reductions.as_ref());
    log.read(samples, reading);
}

/// The log without its samples.
struct Log<'a> {
    root: &'a Object,
    /// The pointer to it.
    base: &'a str,
    model: ModelName,
    benchmark: Arc<str>,
    protocol: Protocol,
    date: Option<Date>,
    items: Items,
    extra: Option<Arc<Extra>>,
}

impl<'a> Log<'a> {
    fn of(root: &'a Object, base: &'a str, reading: &mut Reading) -> Option<Self> {
        let eval = root.object("eval")?;
        let Some(model) = eval.text("model").and_then(|written| model(written, eval)) else {
            reading.no_model();
            return None;
        };
        let status = root.text("status").filter(|status| *status != "success");
        let status = status.map(|status| Extra::from([("status".into(), Json::from(status).to_string().into())]));
        Some(Self {
            root,
            base,
            model,
            benchmark: eval.text("task")?.into(),
            protocol: protocol(eval, root),
            date: eval.text("created").and_then(Date::parse),
            items: items(root, eval),
            extra: status.map(Arc::new),
        })
    }

    fn read(&self, samples: Samples, reading: &mut Reading) {
        let scores = self.root.object("results").and_then(|results| results.get("scores")).and_then(Json::as_array);
        let (mut metrics, mut protocols) = (Shared::new(), Shared::new());
        for (index, score) in scores.into_iter().flatten().enumerate() {
            let Some(score) = score.as_object() else { continue };
            let pointer = format!("{}/results/scores/{index}/metrics", self.base);
            self.read_score(score, &pointer, &mut metrics, &mut protocols, reading);
        }
        let before = reading.items.len();
        samples.read(self, scores.map_or(&[], Vec::as_slice), reading);
        if scores.is_none_or(Vec::is_empty) && reading.items.len() == before {
            let status = self.root.text("status").unwrap_or("not finished");
            let problem = reading.warning("no-scores", format!("this log holds no scores; its status is {status}"));
            reading.diagnostics.push(problem.hint("finish the evaluation, or score it with `inspect score`"));
        }
    }

    fn read_score(
        &self,
        score: &Object,
        base: &str,
        metrics: &mut Shared<Metric>,
        protocols: &mut Shared<Protocol>,
        reading: &mut Reading,
    ) {
        let Some(values) = score.object("metrics") else { return };
        let protocol = protocols.share(self.protocol_of(score));
        let value = |key: &str| values.get(key).and_then(|metric| metric.get("value"));
        let error = ["stderr", "bootstrap_stderr"].into_iter().find_map(|key| json::number(value(key)?));
        let bearer = ["accuracy", "mean", "all"].into_iter().find(|key| values.contains_key(*key));
        for (key, entry) in values.iter().filter(|(key, _)| !is_error(key)) {
            let pointer = json::pointer([key.as_str(), "value"]);
            let pointer = format!("{base}{pointer}");
            let Some(number) = reading.score(entry.get("value").unwrap_or(&Json::Null), &pointer) else { continue };
            let grouped = grouped_metric(entry);
            let whole = grouped.is_none() || key == "all";
            let scored = score.get("scored_samples").and_then(json::count).filter(|_| !self.is_repeated());
            let provenance = reading.provenance(Place::Pointer(pointer.into()), self.date.clone());
            reading.records.push(Record {
                subset: (!whole).then(|| key.as_str().into()),
                standard_error: error.clone().filter(|error| bearer == Some(key.as_str()) && !error.is_missing()),
                items: if whole {
                    Items { scored: scored.or(self.items.scored), ..self.items }
                } else {
                    Items::default()
                },
                aggregate: grouped.is_some() && whole,
                extra: self.extra.clone(),
                ..Record::new(
                    self.model.clone(),
                    Arc::clone(&self.benchmark),
                    metrics.share(metric(grouped.unwrap_or(key))),
                    number,
                    Arc::clone(&protocol),
                    provenance,
                )
            });
        }
    }

    /// The protocol of a scorer: what one of them makes of an answer, another does not.
    fn protocol_of(&self, score: &Object) -> Protocol {
        let scorer = score.text("name").or_else(|| score.text("scorer"));
        let reducer = score.text("reducer").filter(|_| self.is_repeated());
        let filter = scorer.map(|scorer| match reducer {
            Some(reducer) => format!("{scorer}/{reducer}"),
            None => scorer.to_owned(),
        });
        let judge = score.object("params").and_then(|params| params.text("model"));
        self.protocol.clone().with_any(Field::Filter, filter).with_any(Field::Judge, judge)
    }

    fn is_repeated(&self) -> bool {
        epochs(self.root).is_some_and(|epochs| epochs > 1)
    }
}

/// Metrics that state how certain another one is.
fn is_error(key: &str) -> bool {
    ["stderr", "bootstrap_stderr"].contains(&key)
}

/// What is computed for each group, in an entry of the metric `grouped`.
fn grouped_metric(entry: &Json) -> Option<&str> {
    let params = entry.get("params").or_else(|| entry.get("options"))?.as_object()?;
    params.text("group_key").and(params.object("metric")?.text("name"))
}

fn metric(name: &str) -> Metric {
    let (unit, direction) = match name {
        "accuracy" => (Unit::Fraction, Direction::Higher),
        _ => (Unit::Unknown, Direction::Unknown),
    };
    Metric { name: name.into(), unit, direction }
}

/// A model is written `provider/name`, and the name may have slashes of its own; some providers have services, which
/// stand between.
fn model(written: &str, eval: &Object) -> Option<ModelName> {
    const SERVICES: [&str; 3] = ["azure", "bedrock", "vertex"];
    let (mut provider, mut name) = written.split_once('/').unwrap_or(("", written));
    if let Some((service, rest)) =
        name.split_once('/').filter(|(service, _)| provider == "openai-api" || SERVICES.contains(service))
    {
        provider = &written[..provider.len() + 1 + service.len()];
        name = rest;
    }
    let effort = eval.object("model_generate_config").and_then(|config| config.text("reasoning_effort"));
    let known = !name.is_empty() && written != "none/none";
    known.then(|| {
        ModelName::new(name)
            .with_any(Part::Provider, Some(provider).filter(|provider| !provider.is_empty()))
            .with_any(Part::Effort, effort)
            .with_any(Part::Scaffold, eval.text("solver"))
    })
}

fn protocol(eval: &Object, root: &Object) -> Protocol {
    let configs = [eval.object("model_generate_config"), root.object("plan").and_then(|plan| plan.object("config"))];
    let generation = |key| configs.iter().flatten().find_map(|config| config.scalar(key));
    let config = eval.object("config");
    let arguments = eval.object("task_args");
    let shots = ["fewshot", "num_fewshot"].iter().find_map(|key| json::count(arguments?.get(*key)?));
    let thought = arguments.and_then(|arguments| arguments.get("cot")?.as_bool());
    let grader = eval.object("model_roles").and_then(|roles| roles.get("grader"));
    let grader = grader.and_then(|grader| grader.as_str().or_else(|| grader.get("model")?.as_str()));
    Protocol::default()
        .with(Field::Harness, "Inspect")
        .with_any(Field::HarnessVersion, eval.object("packages").and_then(|packages| packages.text("inspect_ai")))
        .with_any(Field::BenchmarkVersion, eval.scalar("task_version"))
        .with_any(Field::Limit, config.and_then(|config| limit(config.get("limit")?)))
        .with_any(Field::Repeats, config.and_then(|config| config.scalar("epochs")))
        .with_any(Field::Temperature, generation("temperature"))
        .with_any(Field::MaxTokens, generation("max_tokens"))
        .with_any(Field::Shots, shots.map(|shots| shots.to_string()))
        .with_any(Field::ChainOfThought, thought.map(|thought| if thought { "yes" } else { "no" }))
        .with_any(Field::Judge, grader)
}

/// A number of samples, or a first and a last one.
fn limit(json: &Json) -> Option<String> {
    match json {
        Json::Array(ends) => Some(ends.iter().filter_map(json::scalar).collect::<Vec<_>>().join("-")),
        _ => json::scalar(json).map(str::to_owned),
    }
}

fn epochs(root: &Object) -> Option<u64> {
    json::count(root.object("eval")?.object("config")?.get("epochs")?)
}

/// Samples are counted once for each epoch, those of the dataset once.
fn items(root: &Object, eval: &Object) -> Items {
    let completed = root.object("results").and_then(|results| json::count(results.get("completed_samples")?));
    let epochs = epochs(root).unwrap_or(1);
    let scored =
        completed.filter(|completed| completed.checked_rem(epochs) == Some(0)).map(|completed| completed / epochs);
    let total = eval.object("dataset").and_then(|dataset| json::count(dataset.get("samples")?));
    // A log that somebody shortened has fewer samples in the dataset than were scored.
    Items { scored, total: total.filter(|total| scored.is_none_or(|scored| scored <= *total)) }
}

#[cfg(test)]
mod tests;
