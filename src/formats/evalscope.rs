//! EvalScope (and llmuses, its former name): the reports of a run, `reports/<model>/<dataset>.json`, in their three
//! generations, and the items of `reviews/<model>/<dataset>_<subset>.jsonl`.
//!
//! A report gives one record for each metric (the average over all items), one for each of several categories, and one
//! for each subset. `macro_score` is the plain mean of scores that are records themselves, and is not read.

mod arena;
mod reviews;

use super::json::{self, Json, Look, Object};
use super::shared::Shared;
use super::{Content, Format, Holds, Input, Reading, names};
use crate::record::{Date, Direction, Field, Items, Metric, ModelName, Part, Place, Protocol, Record, Unit};
pub use arena::Arena;
pub use reviews::Reviews;
use std::collections::HashSet;
use std::sync::Arc;

pub struct Reports;

impl Format for Reports {
    fn name(&self) -> &'static str {
        "evalscope-report"
    }

    fn title(&self) -> &'static str {
        "EvalScope reports"
    }

    fn example(&self) -> &'static str {
        "20250117_154119/reports/<model>/<dataset>.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let root = input.object()?;
        (reports(root).is_some() || is_report(root) || is_first_generation(root)).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Some(root) = input.object() else { return };
        let mut file = File {
            path: input.path,
            date: names::date_of_folder(input.path),
            limit: root.object("task_config").and_then(|config| config.scalar("limit")),
            metrics: Shared::new(),
        };
        match reports(root) {
            Some(reports) => {
                for (index, report) in reports.iter().enumerate().filter_map(|(at, it)| Some((at, it.as_object()?))) {
                    file.read_report(report, &["report_list".into(), index.to_string()], reading);
                }
            }
            None if is_report(root) => file.read_report(root, &[], reading),
            None => file.read_first_generation(root, reading),
        }
    }
}

/// The reports in the web interface's wrapper.
fn reports(root: &Object) -> Option<&[Json]> {
    let reports = root.get("report_list")?.as_array()?;
    reports.iter().all(|report| report.as_object().is_some_and(is_report)).then_some(reports)
}

fn is_report(root: &Object) -> bool {
    let metrics = root.get("metrics").and_then(Json::as_array);
    let has_categories = |metric: &Json| metric.as_object().is_some_and(|metric| metric.contains_key("categories"));
    let named = root.text("dataset_name").is_some() && root.contains_key("model_name");
    named && metrics.is_some_and(|metrics| metrics.iter().all(has_categories))
}

fn is_first_generation(root: &Object) -> bool {
    let texts = ["name", "metric"].iter().all(|key| root.text(key).is_some());
    texts && root.contains_key("total_num") && root.get("category").is_some_and(Json::is_array)
}

struct File<'a> {
    path: &'a str,
    date: Option<Date>,
    /// How many items of each subset the run was asked for.
    limit: Option<&'a str>,
    metrics: Shared<Metric>,
}

/// What all scores of a metric have in common.
struct Scored {
    model: ModelName,
    benchmark: Arc<str>,
    metric: Arc<Metric>,
    protocol: Arc<Protocol>,
}

impl File<'_> {
    fn read_report(&mut self, report: &Object, keys: &[String], reading: &mut Reading) {
        let Some(model) = self.model(report.text("model_name")) else { return reading.no_model() };
        let benchmark: Arc<str> = report.text("dataset_name").unwrap_or_default().into();
        let execution = report.object("execution_summary");
        let requested = |summary: Option<&Object>| summary?.get("requested").and_then(json::count);
        let protocol = Arc::new(self.protocol());
        for (index, metric) in report.get("metrics").and_then(Json::as_array).into_iter().flatten().enumerate() {
            let Some(metric) = metric.as_object() else { continue };
            let keys: Vec<String> = keys.iter().cloned().chain(["metrics".into(), index.to_string()]).collect();
            let scored = Scored {
                model: model.clone(),
                benchmark: Arc::clone(&benchmark),
                metric: self.metrics.share(metric_of(metric)),
                protocol: Arc::clone(&protocol),
            };
            let subsets = execution.and_then(|execution| execution.object("subsets"));
            let total = |subset: Option<&str>| match subset {
                None => requested(execution),
                Some(subset) => requested(subsets.and_then(|subsets| subsets.object(subset))),
            };
            let categories = Categories { key: "categories", subsets: "subsets", total: &total };
            self.read_metric(&scored, metric, &keys, &categories, reading);
        }
    }

    fn read_first_generation(&mut self, root: &Object, reading: &mut Reading) {
        let Some(model) = self.model(None) else { return reading.no_model() };
        let scored = Scored {
            model,
            benchmark: root.text("name").unwrap_or_default().into(),
            metric: self.metrics.share(metric_named(root.text("metric").unwrap_or_default())),
            protocol: Arc::new(self.protocol()),
        };
        let categories = Categories { key: "category", subsets: "subset", total: &|_| None };
        self.read_metric(&scored, root, &[], &categories, reading);
    }

    /// As stated. A folder of another name below `reports` tells two runs apart that state one name.
    fn model(&self, stated: Option<&str>) -> Option<ModelName> {
        let mut folders = names::folders(self.path);
        let folder = folders.next().filter(|folder| folders.next() == Some("reports") && !folder.is_empty());
        let Some(stated) = stated else { return folder.map(ModelName::new) };
        let last = stated.rsplit('/').next().unwrap_or(stated);
        let other =
            folder.filter(|folder| ![last, &stated.replace('/', "_"), &stated.replace('/', "__")].contains(folder));
        Some(ModelName::new(stated).with_any(Part::Revision, other))
    }

    fn protocol(&self) -> Protocol {
        Protocol::default().with(Field::Harness, "EvalScope").with_any(Field::Limit, self.limit)
    }

    fn read_metric(
        &self,
        scored: &Scored,
        metric: &Object,
        keys: &[String],
        names: &Categories,
        reading: &mut Reading,
    ) {
        let categories: Vec<&Object> = objects(metric.get(names.key)).map(|(_, category)| category).collect();
        let children = categories.iter().flat_map(|category| objects(category.get(names.subsets)));
        let children: HashSet<&str> = children.filter_map(|(_, subset)| subset.text("name")).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let whole = Row { subset: None, aggregate: !children.is_empty(), total: (names.total)(None) };
        self.read_score(scored, metric, &keys, whole, reading);
        for (index, category) in objects(metric.get(names.key)) {
            let index = index.to_string();
            let keys: Vec<&str> = keys.iter().copied().chain([names.key, &index]).collect();
            let name = category_name(category);
            // One category says the same as the metric.
            if let Some(name) = name.as_deref().filter(|name| categories.len() > 1 && !children.contains(name)) {
                self.read_score(
                    scored,
                    category,
                    &keys,
                    Row { subset: Some(name), aggregate: true, total: None },
                    reading,
                );
            }
            for (index, subset) in objects(category.get(names.subsets)) {
                let index = index.to_string();
                let keys: Vec<&str> = keys.iter().copied().chain([names.subsets, &index]).collect();
                let name = subset.text("name");
                let aggregate = subset.get("is_aggregate") == Some(&Json::Bool(true));
                let row = Row { subset: name, aggregate, total: name.and_then(|name| (names.total)(Some(name))) };
                self.read_score(scored, subset, &keys, row, reading);
            }
        }
    }

    fn read_score(&self, scored: &Scored, from: &Object, keys: &[&str], row: Row, reading: &mut Reading) {
        let pointer = json::pointer(keys.iter().copied().chain(["score"]));
        let Some(value) = reading.score(from.get("score").unwrap_or(&Json::Null), &pointer) else { return };
        let count = from.get("num").or_else(|| from.get("total_num"));
        let provenance = reading.provenance(Place::Pointer(pointer), self.date.clone());
        reading.records.push(Record {
            subset: row.subset.map(Arc::from),
            items: Items { scored: count.and_then(json::count), total: row.total },
            aggregate: row.aggregate,
            ..Record::new(
                scored.model.clone(),
                Arc::clone(&scored.benchmark),
                Arc::clone(&scored.metric),
                value,
                Arc::clone(&scored.protocol),
                provenance,
            )
        });
    }
}

/// How a generation calls its parts.
struct Categories<'a> {
    key: &'static str,
    subsets: &'static str,
    /// The items asked for, of a subset or of all.
    total: &'a dyn Fn(Option<&str>) -> Option<u64>,
}

struct Row<'a> {
    subset: Option<&'a str>,
    aggregate: bool,
    total: Option<u64>,
}

fn objects(list: Option<&Json>) -> impl Iterator<Item = (usize, &Object)> {
    let list = list.and_then(Json::as_array).into_iter().flatten().enumerate();
    list.filter_map(|(index, item)| Some((index, item.as_object()?)))
}

/// A text, in the first generation, or a list of them, from the widest to the narrowest.
fn category_name(category: &Object) -> Option<String> {
    match category.get("name")? {
        Json::String(name) => Some(name.clone()),
        Json::Array(names) => {
            let names: Vec<&str> = names.iter().filter_map(Json::as_str).collect();
            (!names.is_empty()).then(|| names.join("/"))
        }
        _ => None,
    }
}

fn metric_of(metric: &Object) -> Metric {
    let stated = metric.object("identity").map(identity_name);
    let name = metric.text("legacy_name").or_else(|| metric.text("name"));
    let plain = metric_named(name.or(stated.as_deref()).unwrap_or_default());
    match metric.object("semantics") {
        Some(semantics) => Metric { unit: unit(semantics), direction: direction(semantics), ..plain },
        None => plain,
    }
}

/// `mean_bleu(ngram=1)`: the aggregation in front, as the second generation has it, and the dimensions behind.
fn identity_name(identity: &Object) -> String {
    let dimensions = identity.object("dimensions").into_iter().flatten();
    let dimensions: Vec<String> =
        dimensions.filter_map(|(key, json)| Some(format!("{key}={}", json::scalar(json)?))).collect();
    let parts: Vec<&str> = ["aggregation", "name"].iter().filter_map(|key| identity.text(key)).collect();
    let name = parts.join("_");
    if dimensions.is_empty() { name } else { format!("{name}({})", dimensions.join(",")) }
}

fn direction(semantics: &Object) -> Direction {
    match semantics.text("direction") {
        Some("higher_is_better") => Direction::Higher,
        Some("lower_is_better") => Direction::Lower,
        _ => Direction::Unknown,
    }
}

fn unit(semantics: &Object) -> Unit {
    match semantics.text("raw_unit") {
        Some("s") => return Unit::Seconds,
        Some("ms") => return Unit::Milliseconds,
        Some("tok/s") => return Unit::TokensPerSecond,
        Some("req/s") => return Unit::RequestsPerSecond,
        _ => {}
    }
    let bound = |key| semantics.object("value_range").and_then(|range| json::number(range.get(key)?)?.finite());
    match (bound("min"), bound("max"), semantics.text("display_unit")) {
        (Some(0.0 | -1.0), Some(1.0), _) => Unit::Fraction,
        (Some(0.0), Some(100.0), Some("%")) => Unit::Percent,
        (Some(_), Some(_), _) => Unit::Points,
        _ => Unit::Unknown,
    }
}

/// A metric of which only the name is known. Shares of items are fractions; a judge's score may be on any scale.
fn metric_named(name: &str) -> Metric {
    let lower = name.to_ascii_lowercase();
    let plain = lower.strip_prefix("mean_").unwrap_or(&lower);
    let share = plain.ends_with("acc")
        || plain.contains("accuracy")
        || ["pass@", "is_", "prompt_level_", "inst_level_"].iter().any(|prefix| plain.starts_with(prefix));
    Metric {
        name: name.into(),
        unit: if share { Unit::Fraction } else { Unit::Unknown },
        direction: Direction::Unknown,
    }
}

#[cfg(test)]
mod tests;
