//! SWE-bench: the site's data, the details of its runs, the harness's reports, and submissions of 2024.
//!
//! What is measured is a system, an agent with one or more models. Its name is that of the system unless the file
//! states the model apart.

use super::json::{self, Json, Look, Object};
use super::shared::computed_share;
use super::{Format, Holds, Input, Reading, names};
use crate::record::{
    Date, Direction, Field, ItemScores, Items, Metric, ModelName, Part, Place, Protocol, Record, Reporter, Unit,
};
use std::collections::BTreeMap;
use std::sync::Arc;

pub struct SweBench;

const BENCHMARK: &str = "SWE-bench";

/// The four shapes.
enum Shape<'a> {
    Site(&'a [Json]),
    Details(&'a Object),
    Report(&'a Object),
    Submission(&'a Object),
}

impl Format for SweBench {
    fn name(&self) -> &'static str {
        "swe-bench"
    }

    fn title(&self) -> &'static str {
        "SWE-bench leaderboards, reports and submissions"
    }

    fn example(&self) -> &'static str {
        "<org>__<model>.<run>.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        match shape(input.object()?)? {
            Shape::Submission(root) if !root.contains_key("generated") => {
                Some(Holds::Nothing("this list of resolved instances does not say how many instances there were"))
            }
            _ => Some(Holds::Scores),
        }
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        match input.object().and_then(shape) {
            Some(Shape::Site(boards)) => read_site(boards, reading),
            Some(Shape::Details(models)) => read_details(models, reading),
            Some(Shape::Report(report)) => read_report(report, input.path, reading),
            Some(Shape::Submission(lists)) => read_submission(lists, input.path, reading),
            None => {}
        }
    }
}

fn shape(root: &Object) -> Option<Shape<'_>> {
    let has = |keys: &[&str]| keys.iter().all(|key| root.contains_key(*key));
    if let Some(boards) = root.get("leaderboards").and_then(Json::as_array) {
        let is_board = |board: &Json| board.get("name").is_some() && board.get("results").is_some_and(Json::is_array);
        return boards.first().is_some_and(is_board).then_some(Shape::Site(boards));
    }
    if has(&["total_instances", "submitted_instances", "resolved_instances"]) {
        return Some(Shape::Report(root));
    }
    if has(&["no_generation", "resolved"]) && root.values().all(Json::is_array) {
        return Some(Shape::Submission(root));
    }
    let is_detail = |instance: &Json| {
        let instance = instance.as_object();
        instance
            .is_some_and(|it| it.contains_key("resolved") && (it.contains_key("cost") || it.contains_key("api_calls")))
    };
    let mut models = root.values().map(|model| model.as_object().and_then(|model| model.values().next()));
    (!root.is_empty() && models.all(|first| first.is_some_and(is_detail))).then_some(Shape::Details(root))
}

fn metric(unit: Unit) -> Arc<Metric> {
    Arc::new(Metric { name: "resolved".into(), unit, direction: Direction::Higher })
}

fn read_site(boards: &[Json], reading: &mut Reading) {
    let (metric, protocol) = (metric(Unit::Percent), Arc::default());
    for (at, board) in boards.iter().filter_map(Json::as_object).enumerate() {
        let entries = board.get("results").and_then(Json::as_array).into_iter().flatten().enumerate();
        for (index, entry) in entries.filter_map(|(index, entry)| Some((index, entry.as_object()?))) {
            let Some(model) = system(entry) else {
                reading.no_model();
                continue;
            };
            let pointer = format!("/leaderboards/{at}/results/{index}/resolved");
            let score = entry.get("resolved").unwrap_or(&Json::Null);
            let Some(value) = reading.score(score, &pointer) else { continue };
            let mut provenance =
                reading.provenance(Place::Pointer(pointer.into()), entry.text("date").and_then(Date::parse));
            // Ticked on the site: the maintainers ran it themselves.
            if entry.get("verified").and_then(Json::as_bool) == Some(true) {
                provenance.reporter = Reporter::Measured;
            }
            reading.records.push(Record {
                subset: board.text("name").map(Arc::from),
                ..Record::new(model, BENCHMARK.into(), Arc::clone(&metric), value, Arc::clone(&protocol), provenance)
            });
        }
    }
}

/// The model, if the entry's tags state one and no other; the entry's name is then the scaffold.
fn system(entry: &Object) -> Option<ModelName> {
    let name = entry.text("name")?;
    let tags = entry.get("tags").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
    let models: Vec<_> = tags.filter_map(|tag| tag.strip_prefix("Model:")).map(str::trim).collect();
    match models[..] {
        [model] if !model.is_empty() => Some(ModelName::new(model).with(Part::Scaffold, name)),
        _ => Some(ModelName::new(name)),
    }
}

fn read_details(models: &Object, reading: &mut Reading) {
    for (name, instances) in models {
        let Some(instances) = instances.as_object() else { continue };
        let resolved = instances.iter().filter_map(|(id, it)| Some((id.as_str(), it.get("resolved")?.as_bool()?)));
        let system =
            System { model: ModelName::new(name.as_str()), subset: None, date: None, protocol: Arc::default() };
        let pointer = json::pointer([name.as_str()]);
        let resolved: BTreeMap<_, _> = resolved.collect();
        system.read(&resolved, None, &pointer, reading);
        let cost = Metric { name: "cost".into(), unit: Unit::Usd, direction: Direction::Lower };
        let mut costs = system.items(Arc::new(cost), &pointer, reading);
        for (id, instance) in instances {
            if let Some(cost) = instance.get("cost").and_then(|cost| json::number(cost)?.finite()) {
                costs.push(id, cost);
            }
        }
        if !costs.is_empty() {
            reading.items.push(costs);
        }
    }
}

/// `<model with __ for />.<run>.json`, as the harness names it.
fn read_report(report: &Object, path: &str, reading: &mut Reading) {
    let model = names::stem(path).rsplit_once('.').map(|(model, _)| model).filter(|model| !model.is_empty());
    let Some(model) = model else {
        let problem = reading.error("no-model", "the report does not name its model, and its file's name has no run");
        return reading.diagnostics.push(problem.hint("name it as the harness does: <org>__<model>.<run>.json"));
    };
    let model = names::model_of_folder(model).unwrap_or_else(|| model.to_owned());
    let count = |key| report.get(key).and_then(json::count);
    let (Some(total), Some(resolved)) = (count("total_instances"), count("resolved_instances")) else {
        let problem = reading.warning("not-a-number", "total_instances and resolved_instances are no counts");
        return reading.diagnostics.push(problem.hint("copy the file again as its harness wrote it"));
    };
    let others = ["incomplete_ids", "empty_patch_ids", "unresolved_ids", "error_ids"];
    let system = System {
        model: ModelName::new(model),
        subset: None,
        date: None,
        protocol: Arc::new(Protocol::default().with(Field::Harness, BENCHMARK)),
    };
    system.read(&outcomes(report, &others), Some((resolved, total)), "/resolved_instances", reading);
}

/// `evaluation/<split>/<date>_<system>/results/results.json`: the split and the system stand nowhere else.
fn read_submission(lists: &Object, path: &str, reading: &mut Reading) {
    let mut folders = path.rsplit('/').skip(1);
    let folder = folders.find(|folder| *folder != "results").and_then(|folder| folder.split_once('_'));
    let split = folders.next().filter(|split| ["test", "lite", "verified", "multimodal"].contains(split));
    let Some((date, (_, name))) = folder.and_then(|folder| Some((Date::from_digits(folder.0)?, folder))) else {
        let problem = reading.error("no-model", "only the folders of a submission say which system it is of");
        let hint = "put it into <split>/<date>_<system>/results/, as its repository has it";
        return reading.diagnostics.push(problem.hint(hint));
    };
    let system = System {
        model: ModelName::new(name),
        subset: split.map(Arc::from),
        date: Some(date),
        protocol: Arc::default(),
    };
    system.read(&outcomes(lists, &["no_generation", "generated"]), None, "/resolved", reading);
}

/// Instance → whether it was resolved, from lists of ids.
fn outcomes<'a>(root: &'a Object, others: &[&str]) -> BTreeMap<&'a str, bool> {
    let ids = |key: &str| root.get(key).and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
    let mut outcomes: BTreeMap<_, _> = others.iter().flat_map(|key| ids(key)).map(|id| (id, false)).collect();
    let resolved = ["resolved_ids", "resolved"].iter().flat_map(|key| ids(key));
    outcomes.extend(resolved.map(|id| (id, true)));
    outcomes
}

struct System {
    model: ModelName,
    subset: Option<Arc<str>>,
    date: Option<Date>,
    protocol: Arc<Protocol>,
}

impl System {
    /// Appends the items and the share of them that is resolved; `stated` is resolved and total, if the file counts.
    fn read(&self, outcomes: &BTreeMap<&str, bool>, stated: Option<(u64, u64)>, pointer: &str, reading: &mut Reading) {
        let counted = || (outcomes.values().filter(|resolved| **resolved).count() as u64, outcomes.len() as u64);
        let (resolved, total) = stated.unwrap_or_else(counted);
        let Some((value, extra)) = computed_share(resolved, total) else { return };
        let metric = metric(Unit::Fraction);
        let provenance = reading.provenance(Place::Pointer(pointer.into()), self.date.clone());
        reading.records.push(Record {
            subset: self.subset.clone(),
            items: Items { scored: Some(total), total: stated.map(|_| total) },
            extra: Some(extra),
            ..Record::new(
                self.model.clone(),
                BENCHMARK.into(),
                Arc::clone(&metric),
                value,
                Arc::clone(&self.protocol),
                provenance,
            )
        });
        let mut items = self.items(metric, pointer, reading);
        outcomes.iter().for_each(|(id, resolved)| items.push(id, f64::from(u8::from(*resolved))));
        if !items.is_empty() {
            reading.items.push(items);
        }
    }

    fn items(&self, metric: Arc<Metric>, pointer: &str, reading: &Reading) -> ItemScores {
        let provenance = reading.provenance(Place::Pointer(pointer.into()), self.date.clone());
        let (model, subset, protocol) = (self.model.clone(), self.subset.clone(), Arc::clone(&self.protocol));
        ItemScores::new(model, BENCHMARK.into(), subset, metric, protocol, provenance)
    }
}

#[cfg(test)]
mod tests;
