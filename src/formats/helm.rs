//! HELM (Holistic Evaluation of Language Models): the folder of a run, of which `stats.json` holds the scores,
//! `per_instance_stats.json` those of each instance and `run_spec.json` what was run; and the tables of a suite, below
//! `groups/`.

use super::json::{self, Json, Look, Object};
use super::shared::Shared;
use super::{Content, Format, Holds, Input, Reading};
use crate::record::{
    Direction, Field, ItemScores, Items, Metric, ModelName, Part, Place, Protocol, Record, Unit, Value,
};
use std::collections::BTreeMap;
use std::sync::Arc;

pub struct Helm;

impl Format for Helm {
    fn name(&self) -> &'static str {
        "helm"
    }

    fn title(&self) -> &'static str {
        "HELM runs and group tables"
    }

    fn example(&self) -> &'static str {
        "runs/<suite>/<run>/stats.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let Content::Json(json) = &input.content else { return None };
        match json {
            Json::Array(list) => recognise_list(list.first()?.as_object()?),
            Json::Object(root) => recognise_object(root, input.path),
            _ => None,
        }
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Content::Json(json) = &input.content else { return };
        match json {
            Json::Array(list) if list.first().is_some_and(is_table) => {
                for (index, table) in list.iter().enumerate() {
                    read_table(table, &format!("/{index}"), reading);
                }
            }
            Json::Array(list) => {
                let Some(run) = Run::beside(input) else { return no_run(reading) };
                if list.first().is_some_and(|first| first.get("instance_id").is_some()) {
                    run.read_instances(list, reading);
                } else {
                    run.read_stats(list, reading);
                }
            }
            _ => read_table(json, "", reading),
        }
    }
}

fn recognise_list(first: &Object) -> Option<Holds> {
    let has = |keys: &[&str]| keys.iter().all(|key| first.contains_key(*key));
    let is_stat = has(&["count", "sum"]) && first.object("name").is_some_and(|name| name.contains_key("name"));
    if is_stat || has(&["instance_id", "train_trial_index", "stats"]) {
        return Some(Holds::Scores);
    }
    if has(&["run_path", "run_spec"]) || has(&["adapter_spec", "scenario_spec"]) {
        return Some(Holds::Nothing("HELM's list of a suite's runs holds no scores"));
    }
    table_holds(first)
}

fn recognise_object(root: &Object, path: &str) -> Option<Holds> {
    let has = |keys: &[&str]| keys.iter().all(|key| root.contains_key(*key));
    let all = |test: &dyn Fn(&str, &Json) -> bool| !root.is_empty() && root.iter().all(|(key, value)| test(key, value));
    if has(&["adapter_spec", "scenario_spec"])
        || has(&["name", "description", "tags", "definition_path"])
        || has(&["suite", "date"]) && root.len() <= 3
    {
        return Some(Holds::Companion);
    }
    if has(&["metrics", "metric_groups", "run_groups"]) {
        return Some(Holds::Nothing("HELM's schema describes metrics and groups and holds no scores"));
    }
    if all(&|_, value| value.get("display_name").is_some() && value.get("taxonomy").is_some()) {
        return Some(Holds::Nothing("HELM's descriptions of groups hold no scores"));
    }
    if all(&|key, value| key.contains("model=") && value.is_string()) {
        return Some(Holds::Nothing("HELM's list of a suite's runs holds no scores"));
    }
    // An empty object says nothing, so the name must.
    if root.is_empty() && path.ends_with("/costs.json") {
        return Some(Holds::Nothing("HELM's costs of a suite are no scores"));
    }
    table_holds(root)
}

fn table_holds(table: &Object) -> Option<Holds> {
    let shaped = table.get("title")?.is_string() && table.get("rows")?.is_array();
    let first = table.get("header")?.as_array()?.first()?.get("value")?.as_str().filter(|_| shaped)?;
    match first {
        "Model/adapter" | "Model" => Some(Holds::Scores),
        _ => Some(Holds::Nothing("HELM's overview of groups counts instances and holds no scores")),
    }
}

fn is_table(json: &Json) -> bool {
    json.get("header").is_some()
}

fn no_run(reading: &mut Reading) {
    let problem = reading.error("no-model", "no run_spec.json beside the file names the model");
    reading.diagnostics.push(problem.hint("copy the whole folder of the run"));
}

/// What `run_spec.json` says of the run.
struct Run {
    model: ModelName,
    benchmark: Arc<str>,
    subset: Option<Arc<str>>,
    protocol: Protocol,
    /// The most instances that were asked for.
    limit: Option<u64>,
    /// Scores of the probabilities of texts are bookkeeping unless the run is about them.
    language_modelling: bool,
}

impl Run {
    fn beside(input: &Input) -> Option<Self> {
        let json = json::parse(&(input.sibling)("run_spec.json")?).ok()?;
        let adapter = json.get("adapter_spec")?.as_object()?;
        let (benchmark, arguments) = {
            let name = json.get("name")?.as_str()?;
            name.split_once(':').unwrap_or((name, ""))
        };
        // What is left beside the adapter's own settings says which part of the scenario was run.
        let is_scenario = |argument: &&str| argument.split_once('=').is_some_and(|(key, _)| !adapter.contains_key(key));
        let subset: Vec<_> = arguments.split(',').filter(is_scenario).collect();
        let provider = adapter.text("model_deployment").and_then(|name| Some(name.split_once('/')?.0));
        Some(Self {
            model: ModelName::new(adapter.text("model")?).with_any(Part::Provider, provider),
            benchmark: benchmark.into(),
            subset: (!subset.is_empty()).then(|| subset.join(",").into()),
            protocol: Protocol::default()
                .with(Field::Harness, "HELM")
                .with_any(Field::Shots, adapter.scalar("max_train_instances"))
                .with_any(Field::Temperature, adapter.scalar("temperature"))
                .with_any(Field::MaxTokens, adapter.scalar("max_tokens"))
                .with_any(Field::Mode, adapter.text("method")),
            limit: adapter.get("max_eval_instances").and_then(json::count),
            language_modelling: adapter.text("method") == Some("language_modeling"),
        })
    }

    fn read_stats(&self, list: &[Json], reading: &mut Reading) {
        let stats: Vec<_> =
            list.iter().enumerate().filter_map(|(index, json)| Some((index, Stat::of(json)?))).collect();
        let instances: BTreeMap<String, u64> = (stats.iter())
            .filter(|(_, stat)| stat.name == "num_instances")
            .filter_map(|(_, stat)| Some((stat.split.clone(), whole(&json::number(stat.mean?)?)?)))
            .collect();
        let total: u64 = instances.values().fold(0, |sum, count| sum.saturating_add(*count));
        // A limit that is higher than what there was did not cut anything off.
        let limit = self.limit.filter(|limit| instances.is_empty() || total >= *limit);
        let (mut metrics, mut protocols) = (Shared::new(), Shared::new());
        for (index, stat) in &stats {
            let Some(mean) = stat.mean.filter(|_| !self.is_bookkeeping(stat.name)) else { continue };
            let pointer = format!("/{index}/mean");
            let Some(value) = reading.score(mean, &pointer) else { continue };
            let protocol = self.protocol.clone().with(Field::Split, stat.split.as_str());
            let protocol = protocol.with_any(Field::Limit, limit.map(|limit| limit.to_string()));
            let provenance = reading.provenance(Place::Pointer(pointer.into()), None);
            reading.records.push(Record {
                subset: self.subset.clone(),
                items: Items { scored: instances.get(&stat.split).copied(), total: None },
                ..Record::new(
                    self.model.clone(),
                    Arc::clone(&self.benchmark),
                    metrics.share(metric(stat.name)),
                    value,
                    protocols.share(protocol),
                    provenance,
                )
            });
        }
    }

    fn read_instances(&self, list: &[Json], reading: &mut Reading) {
        let mut columns: BTreeMap<(String, String), ItemScores> = BTreeMap::new();
        for (index, instance) in list.iter().enumerate() {
            // A perturbed copy of an instance is another question.
            if instance.get("perturbation").is_some_and(|perturbation| !perturbation.is_null()) {
                continue;
            }
            let Some(id) = instance.get("instance_id").and_then(json::scalar) else { continue };
            let stats = instance.get("stats").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
            for stat in stats.iter().filter_map(Stat::of).filter(|stat| !self.is_bookkeeping(stat.name)) {
                let Some(score) = stat.mean.and_then(json::number).and_then(|value| value.finite()) else { continue };
                let column = columns.entry((stat.name.to_owned(), stat.split.clone())).or_insert_with(|| {
                    let place = Place::Pointer(format!("/{index}").into());
                    ItemScores::new(
                        self.model.clone(),
                        Arc::clone(&self.benchmark),
                        self.subset.clone(),
                        Arc::new(metric(stat.name)),
                        Arc::new(self.protocol.clone().with(Field::Split, stat.split.as_str())),
                        reading.provenance(place, None),
                    )
                });
                column.push(id, score);
            }
        }
        reading.items.extend(columns.into_values());
    }

    fn is_bookkeeping(&self, name: &str) -> bool {
        const PREFIXES: [&str; 6] = ["num_", "finish_reason_", "training_", "inference_", "estimated_", "predicted_"];
        const OF_TEXTS: [&str; 4] = ["perplexity", "bits_per_byte", "logprob_per_byte", "logprob"];
        PREFIXES.iter().any(|prefix| name.starts_with(prefix))
            || ["batch_size", "prompt_truncated", "max_prob"].contains(&name)
            || OF_TEXTS.contains(&name) && !self.language_modelling
    }
}

/// An entry of statistics that is about the instances as they are.
struct Stat<'a> {
    name: &'a str,
    /// The split, with a part of it if one is named.
    split: String,
    /// Absent when nothing was counted.
    mean: Option<&'a Json>,
}

impl<'a> Stat<'a> {
    fn of(json: &'a Json) -> Option<Self> {
        let name = json.get("name")?.as_object()?;
        if name.get("perturbation").is_some_and(|perturbation| !perturbation.is_null()) {
            return None;
        }
        let split = name.text("split")?;
        let split = name.text("sub_split").map_or_else(|| split.to_owned(), |part| format!("{split}/{part}"));
        Some(Self { name: name.text("name")?, split, mean: json.get("mean") })
    }
}

/// A count that is written as a mean: `10.0`.
fn whole(value: &Value) -> Option<u64> {
    let number = value.finite().filter(|number| number.fract() == 0.0 && (0.0..=9e15).contains(number))?;
    Some(number as u64)
}

fn metric(name: &str) -> Metric {
    let (unit, direction) = match name.split('@').next().unwrap_or(name) {
        "exact_match"
        | "quasi_exact_match"
        | "prefix_exact_match"
        | "quasi_prefix_exact_match"
        | "final_number_exact_match"
        | "bbq_accuracy"
        | "classification_macro_f1"
        | "classification_micro_f1"
        | "code_eval_acc"
        | "f1_score"
        | "math_equiv"
        | "math_equiv_chain_of_thought"
        | "pass"
        | "rouge_1"
        | "rouge_2"
        | "rouge_l"
        | "bleu_1"
        | "bleu_4" => (Unit::Fraction, Direction::Higher),
        "perplexity" | "bits_per_byte" => (Unit::Points, Direction::Lower),
        _ => (Unit::Unknown, Direction::Unknown),
    };
    Metric { name: name.into(), unit, direction }
}

fn read_table(table: &Json, base: &str, reading: &mut Reading) {
    let list = |key| table.get(key).and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    let title = table.get("title").and_then(Json::as_str).unwrap_or("");
    let columns: Vec<_> = list("header").iter().map(|header| Column::of(header, title)).collect();
    let protocol = Arc::new(Protocol::default().with(Field::Harness, "HELM"));
    for (index, row) in list("rows").iter().enumerate() {
        let cells = row.as_array().map_or(&[][..], Vec::as_slice);
        let value = |cell: &'_ Json| cell.get("value").and_then(json::number);
        let Some(model) = cells.first().and_then(|cell| cell.get("value")).and_then(Json::as_str) else { continue };
        let model = ModelName::new(model);
        for (at, (cell, column)) in cells.iter().zip(&columns).enumerate().skip(1) {
            // A cell without a value was not run.
            let (Some(column), Some(value)) = (column, value(cell)) else { continue };
            let place = Place::Pointer(format!("{base}/rows/{index}/{at}/value").into());
            let provenance = reading.provenance(place, None);
            reading.records.push(Record {
                subset: column.subset.clone(),
                aggregate: column.aggregate,
                ..Record::new(
                    model.clone(),
                    Arc::clone(&column.benchmark),
                    Arc::clone(&column.metric),
                    value,
                    Arc::clone(&protocol),
                    provenance,
                )
            });
        }
    }
}

struct Column {
    benchmark: Arc<str>,
    subset: Option<Arc<str>>,
    metric: Arc<Metric>,
    aggregate: bool,
}

impl Column {
    /// `None` for a column that counts instances, tokens or references.
    fn of(header: &Json, title: &str) -> Option<Self> {
        let name = header.get("value")?.as_str()?;
        let metadata = header.get("metadata").and_then(Json::as_object);
        let stated = |key| metadata.and_then(|metadata| metadata.text(key));
        let aggregate = name == "Mean win rate";
        let (group, metric) = match (stated("run_group"), stated("metric")) {
            (Some(group), Some(metric)) => (Some(group), metric),
            _ => name.rsplit_once(" - ").map_or((None, name), |(group, metric)| (Some(group), metric)),
        };
        if metric.starts_with('#') || metric == "truncated" {
            return None;
        }
        let direction = match header.get("lower_is_better").and_then(Json::as_bool) {
            Some(true) => Direction::Lower,
            Some(false) => Direction::Higher,
            None => Direction::Unknown,
        };
        let fraction = ["EM", "PEM", "QEM", "PQEM", "F1", "ROUGE-2", "Mean win rate"].contains(&metric);
        let unit = if fraction { Unit::Fraction } else { Unit::Unknown };
        // The columns of a table about one group do not repeat its name; the title is then the part of the group.
        let subset = (!aggregate && group.is_some() && name == metric && !title.is_empty()).then(|| title.into());
        Some(Self {
            benchmark: group.unwrap_or(title).into(),
            subset,
            metric: Arc::new(Metric { name: metric.into(), unit, direction }),
            aggregate,
        })
    }
}

#[cfg(test)]
mod tests;
