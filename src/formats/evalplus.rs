//! EvalPlus and BigCodeBench, which share their shapes: runs (`…_eval_results.json`, the outcome of every task) and the
//! data of their sites; also RepoQA.

use super::json::{self, Json, Look, Object};
use super::shared::{Shared, computed_share};
use super::{Content, Format, Holds, Input, Reading, names};
use crate::record::{
    Date, Direction, Extra, Field, ItemScores, Items, Metric, ModelName, Place, Protocol, Record, Unit, Value,
};
use std::sync::Arc;

pub struct EvalPlus;

impl Format for EvalPlus {
    fn name(&self) -> &'static str {
        "evalplus"
    }

    fn title(&self) -> &'static str {
        "EvalPlus and BigCodeBench runs and leaderboards"
    }

    fn example(&self) -> &'static str {
        "<org>--<model>_vllm_temp_0.0_eval_results.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let Content::Json(json) = &input.content else { return None };
        let root = match json {
            Json::Object(root) => root,
            Json::Array(lists) => {
                // Programs have several lines; a table's cells do not.
                let is_program = |text: &Json| text.as_str().is_some_and(|text| text.contains('\n'));
                let are_programs = |list: &Json| list.as_array().is_some_and(|list| list.iter().all(Json::is_string));
                let first = lists.first().and_then(Json::as_array).and_then(|list| list.first());
                let generations = first.is_some_and(is_program) && lists.iter().all(are_programs);
                return generations.then_some(Holds::Nothing("generated programs are no scores"));
            }
            _ => return None,
        };
        if kind_of_run(root).is_some() || is_site(root) || is_repoqa(root) {
            return Some(Holds::Scores);
        }
        let first = root.values().next()?.as_object()?;
        if first.contains_key("pass@1_base") {
            return Some(Holds::Nothing("this early form of the EvalPlus site's data does not name its benchmark"));
        }
        is_pairwise(root).then_some(Holds::Nothing("speed of pairs of models is no score of one"))
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Some(root) = input.object() else { return };
        match kind_of_run(root) {
            Some(kind) => read_run(root, kind, input.path, reading),
            None if is_repoqa(root) => read_repoqa(root, reading),
            None => read_site(root, input.path, reading),
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    EvalPlus,
    BigCodeBench,
}

fn kind_of_run(root: &Object) -> Option<Kind> {
    let sample = root.object("eval")?.values().next()?.as_array()?.first()?.as_object()?;
    if sample.contains_key("base_status") {
        return Some(Kind::EvalPlus);
    }
    (sample.contains_key("status") && sample.contains_key("task_id")).then_some(Kind::BigCodeBench)
}

fn is_site(root: &Object) -> bool {
    let entry = |json: &Json| json.get("pass@1").is_some_and(Json::is_object) && json.get("link").is_some();
    root.values().next().is_some_and(entry)
}

fn is_repoqa(root: &Object) -> bool {
    root.values().next().is_some_and(|model| model.get("scores").is_some() && model.get("eval_date").is_some())
}

/// Model → model → two numbers.
fn is_pairwise(root: &Object) -> bool {
    let is_pair = |json: &Json| json.as_array().is_some_and(|pair| pair.len() == 2 && pair.iter().all(Json::is_number));
    let is_row = |row: &Json| {
        row.as_object().is_some_and(|row| row.iter().all(|(other, pair)| root.contains_key(other) && is_pair(pair)))
    };
    root.values().all(is_row) && root.values().any(|row| row.as_object().is_some_and(|row| !row.is_empty()))
}

fn pass_at(k: &str, unit: Unit) -> Metric {
    Metric { name: format!("pass@{k}").into(), unit, direction: Direction::Higher }
}

/// What the name of a run's file says: neither program writes it into the file.
struct Named<'a> {
    model: String,
    split: Option<&'a str>,
    hard: bool,
    protocol: Protocol,
}

impl<'a> Named<'a> {
    fn of(path: &'a str, kind: Kind) -> Option<Self> {
        let mut rest = names::stem(path).strip_suffix("_eval_results")?;
        let mut filters = Vec::new();
        for filter in ["calibrated", "sanitized"] {
            if let Some(before) = rest.strip_suffix(filter).and_then(|before| before.strip_suffix(['-', '_'])) {
                filters.insert(0, filter);
                rest = before;
            }
        }
        let mut protocol = Protocol::default().with(Field::PassK, "1");
        protocol.set(Field::Harness, if kind == Kind::EvalPlus { "EvalPlus" } else { "BigCodeBench" });
        if !filters.is_empty() {
            protocol.set(Field::Filter, filters.join("+"));
        }
        let (mut split, mut hard) = (None, false);
        match kind {
            Kind::EvalPlus => {
                if let Some((before, temperature)) = rest.rsplit_once("_temp_") {
                    protocol.set(Field::Temperature, temperature);
                    rest = before;
                    if let Some((before, engine)) = rest.rsplit_once('_') {
                        protocol.set(Field::Engine, engine);
                        rest = before;
                    }
                }
            }
            Kind::BigCodeBench => {
                if let Some((before, after)) = rest.split_once("--bigcodebench-") {
                    let part = after.strip_prefix("hard-");
                    hard = part.is_some();
                    split = part.unwrap_or(after).split("--").next();
                    rest = before.strip_suffix("--main").unwrap_or(before);
                }
                // Temperature and number of samples end the settings.
                let mut end = names::stem(path).strip_suffix("_eval_results")?.trim_end_matches("_calibrated");
                end = end.strip_suffix("-sanitized").unwrap_or(end);
                let mut numbers = end.rsplitn(3, '-');
                let (count, temperature) = (numbers.next().unwrap_or(""), numbers.next().unwrap_or(""));
                if count.parse::<u32>().is_ok() && temperature.parse::<f64>().is_ok() {
                    protocol.set(Field::Temperature, temperature);
                    rest = rest.strip_suffix(&format!("-{temperature}-{count}")).unwrap_or(rest);
                }
            }
        }
        let model = rest.replacen("--", "/", 1);
        (!model.is_empty()).then_some(Self { model, split, hard, protocol })
    }
}

fn read_run(root: &Object, kind: Kind, path: &str, reading: &mut Reading) {
    let Some(named) = Named::of(path, kind) else {
        let problem = reading.error("no-model", "only the file's name says which model was run, and it does not");
        return reading
            .diagnostics
            .push(problem.hint("name it as its harness does: <org>--<model>…_eval_results.json"));
    };
    let mut protocol = named.protocol.clone().with_any(Field::DatasetRevision, root.text("hash"));
    if let Some(split) = named.split {
        protocol.set(Field::Split, split);
    }
    let Some(tasks) = root.object("eval") else { return };
    let prefix = tasks.keys().next().and_then(|task| Some(task.split_once('/')?.0)).unwrap_or("");
    let run =
        Run { tasks, model: ModelName::new(named.model), protocol, date: root.text("date").and_then(Date::parse) };
    let stated = root.object("pass_at_k");
    let of = |key| stated.and_then(|stated| stated.object(key));
    let base = match prefix {
        "HumanEval" => "humaneval",
        "Mbpp" => "mbpp",
        other => other,
    };
    let sets = match kind {
        Kind::BigCodeBench => {
            let benchmark = if named.hard { "BigCodeBench-Hard" } else { "BigCodeBench" };
            vec![Tests { benchmark: benchmark.into(), statuses: &["status"], stated, stated_at: "/pass_at_k" }]
        }
        Kind::EvalPlus => vec![
            Tests {
                benchmark: base.into(),
                statuses: &["base_status"],
                stated: of("base"),
                stated_at: "/pass_at_k/base",
            },
            Tests {
                benchmark: format!("{base}+").into(),
                statuses: &["base_status", "plus_status"],
                stated: of("plus"),
                stated_at: "/pass_at_k/plus",
            },
        ],
    };
    for tests in &sets {
        run.read(tests, reading);
    }
}

/// A set of tests of each task.
struct Tests<'a> {
    benchmark: Arc<str>,
    /// The keys of a sample's statuses, all of which must be `pass`.
    statuses: &'static [&'static str],
    /// What the file states, and where.
    stated: Option<&'a Object>,
    stated_at: &'static str,
}

impl Tests<'_> {
    /// Whether a sample passes; `None` where a status is missing.
    fn passes(&self, sample: &Json) -> Option<bool> {
        let mut statuses = self.statuses.iter().map(|key| sample.get(*key).and_then(Json::as_str));
        statuses.try_fold(true, |passes, status| Some(status? == "pass" && passes))
    }
}

/// Task and outcome of every sample.
#[derive(Default)]
struct Outcomes<'a> {
    scores: Vec<(&'a str, bool)>,
    tasks: u64,
    /// The samples of a task; `None` where tasks have different numbers of them.
    repeats: Option<u64>,
    /// Of the first status.
    pointer: Box<str>,
}

struct Run<'a> {
    tasks: &'a Object,
    model: ModelName,
    protocol: Protocol,
    date: Option<Date>,
}

impl<'a> Run<'a> {
    fn outcomes(&self, tests: &Tests) -> Outcomes<'a> {
        let mut outcomes = Outcomes::default();
        for (task, samples) in self.tasks {
            let before = outcomes.scores.len();
            for (index, sample) in samples.as_array().into_iter().flatten().enumerate() {
                let Some(passes) = tests.passes(sample) else { continue };
                if outcomes.scores.is_empty() {
                    let last = tests.statuses.last().copied().unwrap_or_default();
                    outcomes.pointer = json::pointer(["eval", task, &index.to_string(), last]);
                }
                outcomes.scores.push((task, passes));
            }
            let samples = (outcomes.scores.len() - before) as u64;
            if samples > 0 {
                let alike = outcomes.tasks == 0 || outcomes.repeats == Some(samples);
                outcomes.repeats = alike.then_some(samples);
                outcomes.tasks += 1;
            }
        }
        outcomes
    }

    /// Appends the items of a set of tests, and pass@k as stated or, where it is not, pass@1 as computed.
    fn read(&self, tests: &Tests, reading: &mut Reading) {
        let outcomes = self.outcomes(tests);
        let protocol = self.protocol.clone().with_any(Field::Repeats, outcomes.repeats.map(|count| count.to_string()));
        for (key, score) in tests.stated.into_iter().flatten() {
            let Some(k) = key.strip_prefix("pass@") else { continue };
            let pointer = format!("{}{}", tests.stated_at, json::pointer([key.as_str()]));
            let Some(value) = reading.score(score, &pointer) else { continue };
            let protocol = protocol.clone().with(Field::PassK, k);
            let place = Place::Pointer(pointer.into());
            let record = self.record(tests, pass_at(k, Unit::Fraction), value, protocol, place, reading);
            reading.records.push(Record { items: outcomes.items(), ..record });
        }
        let (metric, place) = (pass_at("1", Unit::Fraction), Place::Pointer(outcomes.pointer.clone()));
        // Where tasks have different numbers of samples, pass@1 is no share of the samples.
        let computed = outcomes.share().filter(|_| tests.stated.is_none() && outcomes.repeats.is_some());
        if let Some((value, extra)) = computed {
            let record = self.record(tests, metric.clone(), value, protocol.clone(), place.clone(), reading);
            reading.records.push(Record { items: outcomes.items(), extra: Some(extra), ..record });
        }
        if !outcomes.scores.is_empty() {
            let provenance = reading.provenance(place, self.date.clone());
            let (model, benchmark) = (self.model.clone(), Arc::clone(&tests.benchmark));
            let mut items = ItemScores::new(model, benchmark, None, Arc::new(metric), Arc::new(protocol), provenance);
            outcomes.scores.iter().for_each(|(task, passes)| items.push(task, f64::from(u8::from(*passes))));
            reading.items.push(items);
        }
    }

    fn record(
        &self,
        tests: &Tests,
        metric: Metric,
        value: Value,
        protocol: Protocol,
        place: Place,
        reading: &Reading,
    ) -> Record {
        Record::new(
            self.model.clone(),
            Arc::clone(&tests.benchmark),
            Arc::new(metric),
            value,
            Arc::new(protocol),
            reading.provenance(place, self.date.clone()),
        )
    }
}

impl Outcomes<'_> {
    fn items(&self) -> Items {
        Items { scored: Some(self.tasks), total: None }
    }

    fn share(&self) -> Option<(Value, Arc<Extra>)> {
        let passed = self.scores.iter().filter(|(_, passes)| *passes).count();
        computed_share(passed as u64, self.scores.len() as u64)
    }
}

fn read_site(root: &Object, path: &str, reading: &mut Reading) {
    let hard = names::stem(path).contains("hard");
    let (metric, mut protocols) = (Arc::new(pass_at("1", Unit::Percent)), Shared::new());
    for (name, entry) in root {
        let Some(entry) = entry.as_object() else { continue };
        for (key, score) in entry.object("pass@1").into_iter().flatten().filter(|(_, score)| !score.is_null()) {
            let pointer = json::pointer([name, "pass@1", key]);
            let Some(value) = reading.score(score, &pointer) else { continue };
            let split = ["instruct", "complete"].contains(&key.as_str());
            let benchmark = match (split, hard) {
                (true, true) => "BigCodeBench-Hard",
                (true, false) => "BigCodeBench",
                (false, _) => key,
            };
            let truth = |key| entry.get(key).and_then(Json::as_bool);
            let protocol = Protocol::default()
                .with(Field::PassK, "1")
                .with_any(Field::Split, split.then_some(key.as_str()))
                .with_any(Field::ChatTemplate, truth("prompted").map(|yes| if yes { "yes" } else { "no" }))
                .with_any(Field::Prompt, truth("prefill").map(|yes| if yes { "prefill" } else { "no prefill" }));
            let provenance = reading.provenance(Place::Pointer(pointer), None);
            reading.records.push(Record::new(
                ModelName::new(name.as_str()),
                benchmark.into(),
                Arc::clone(&metric),
                value,
                protocols.share(protocol),
                provenance,
            ));
        }
    }
}

/// Model → language → the likeness from which an answer counts → pass@1.
fn read_repoqa(root: &Object, reading: &mut Reading) {
    let (metric, mut protocols) = (Arc::new(pass_at("1", Unit::Fraction)), Shared::new());
    for (name, entry) in root {
        let Some(entry) = entry.as_object() else { continue };
        let date = entry.text("eval_date").and_then(Date::parse);
        for (language, thresholds) in entry.object("scores").into_iter().flatten() {
            for (threshold, scores) in thresholds.as_object().into_iter().flatten() {
                let Some(score) = scores.get("pass@1") else { continue };
                let pointer = json::pointer([name, "scores", language, threshold, "pass@1"]);
                let Some(value) = reading.score(score, &pointer) else { continue };
                let protocol = Protocol::default().with(Field::PassK, "1");
                let protocol = protocol.with(Field::Filter, format!("similarity {threshold}"));
                let provenance = reading.provenance(Place::Pointer(pointer), date.clone());
                let whole = language == "all";
                reading.records.push(Record {
                    subset: (!whole).then(|| language.as_str().into()),
                    aggregate: whole,
                    ..Record::new(
                        ModelName::new(name.as_str()),
                        "RepoQA".into(),
                        Arc::clone(&metric),
                        value,
                        protocols.share(protocol),
                        provenance,
                    )
                });
            }
        }
    }
}

#[cfg(test)]
mod tests;
