//! MTEB: one task's result in a file, `<org>__<model>/<revision>/<Task>.json`, in every age of its layout.
//!
//! Read are `main_score` and all further metrics, each as its own record, but for `nauc_*` (several hundred a file,
//! about abstention and not about the model) and the experiments behind an average. Files without a `main_score` get
//! one from the task's main metric if the metrics that are there tell the type of the task. The direction of a metric
//! is not in the file.

mod board;
mod direct;
mod scores;

pub use board::Board;

use super::input::Text;
use super::json::{self, Json, Look, Object};
use super::shared::Shared;
use super::{Format, Holds, Input, Reading, names};
use crate::record::{Date, Direction, Field, Metric, ModelName, Part, Place, Protocol, Record, Reporter, Unit, Value};
use scores::{Entry, Score};
use std::collections::HashMap;
use std::sync::Arc;

pub struct Mteb;

/// Folders in the place of a revision that name none.
const NO_REVISION: [&str; 2] = ["no_revision_available", "external"];

impl Format for Mteb {
    fn name(&self) -> &'static str {
        "mteb"
    }

    fn title(&self) -> &'static str {
        "MTEB task results"
    }

    fn example(&self) -> &'static str {
        "<org>__<model>/<revision>/<Task>.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let root = input.object()?;
        let has = |key: &str| root.contains_key(key);
        if is_definition(root) {
            return Some(Holds::Companion);
        }
        let is_meta =
            has("name") && has("revision") && ["n_parameters", "max_tokens", "embed_dim"].into_iter().any(has);
        if is_meta {
            return Some(Holds::Companion);
        }
        let current = has("task_name") && root.object("scores").is_some();
        let is_split = |json: &Json| {
            json.as_object().is_some_and(|json| json.contains_key("evaluation_time") || json.contains_key("main_score"))
        };
        let old = has("mteb_dataset_name")
            || has("mteb_version") && root.values().any(Json::is_object)
            || (has("dataset_version") || has("dataset_revision")) && root.values().any(is_split);
        (current || old).then_some(Holds::Scores)
    }

    fn read_text(&self, text: &Text, reading: &mut Reading) -> bool {
        direct::read(text, reading)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Some(root) = input.object() else { return };
        let folders = Folders::of(input.path);
        let meta = (input.sibling)("model_meta.json").and_then(|text| json::parse(&text).ok());
        let name = meta.as_ref().and_then(|meta| meta.as_object()?.text("name"));
        let Some(model) = folders.model(name) else { return reading.no_model() };
        let task = root.text("task_name").or_else(|| root.text("mteb_dataset_name"));
        let mut file = File {
            model,
            task: task.unwrap_or(names::stem(input.path)).into(),
            protocol: protocol(root.text("mteb_version"), root.text("dataset_revision")),
            date: root.get("date").and_then(json::unix_date),
            reporter: folders.is_external().then_some(Reporter::Claimed),
            metrics: Shared::new(),
            subsets: Shared::new(),
        };
        for (split, entries) in scores::splits(root, reading) {
            file.read_split(split, &entries, reading);
        }
    }
}

/// The tasks of a benchmark, with the splits and subsets that count.
fn is_definition(root: &Object) -> bool {
    let first = root.get("tasks").and_then(|tasks| tasks.as_array()?.first()?.as_object());
    first.is_some_and(|task| ["splits", "main_score"].iter().all(|key| task.contains_key(*key)))
}

/// What the path says: `…/<model>/<revision>/[experiments/<experiment>/]<Task>.json`, or `…/<model>/<Task>.json`.
struct Folders<'a> {
    model: Option<&'a str>,
    revision: Option<&'a str>,
    experiment: Option<&'a str>,
}

impl<'a> Folders<'a> {
    /// Whether the scores were taken from the model's card.
    fn is_external(&self) -> bool {
        self.revision == Some("external")
    }

    /// The model that `model_meta.json` names, or else the folder. An experiment runs the model in a way of its own: it is
    /// another system.
    fn model(&self, named: Option<&str>) -> Option<ModelName> {
        let name = named.or(self.model)?;
        let revision = self.revision.filter(|revision| !NO_REVISION.contains(revision));
        let plain = ModelName::new(name.replacen("__", "/", 1));
        Some(plain.with_any(Part::Revision, revision).with_any(Part::Scaffold, self.experiment))
    }

    fn of(path: &'a str) -> Self {
        let mut folders: Vec<_> = path.split('/').collect();
        folders.pop();
        let experiment = folders.iter().position(|folder| *folder == "experiments");
        let experiment = experiment.and_then(|at| folders.drain(at..).nth(1));
        let (last, above) = (folders.pop(), folders.pop());
        let is_model = |folder: Option<&str>| folder.and_then(names::model_of_folder).is_some();
        if is_model(above) || last.is_some_and(is_revision) {
            return Self { model: above, revision: last, experiment };
        }
        let model = last.filter(|folder| *folder != "results" && !folder.is_empty());
        Self { model, revision: None, experiment }
    }
}

/// A commit, a number, or one of the two words for a result that came without a revision.
fn is_revision(folder: &str) -> bool {
    let commit = folder.len() == 40 && folder.bytes().all(|byte| byte.is_ascii_hexdigit());
    let number = !folder.is_empty() && folder.bytes().all(|byte| byte.is_ascii_digit());
    commit || number || NO_REVISION.contains(&folder)
}

fn protocol(version: Option<&str>, dataset_revision: Option<&str>) -> Protocol {
    let stated = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
    Protocol::default()
        .with(Field::Harness, "mteb")
        .with_any(Field::HarnessVersion, stated(version))
        .with_any(Field::DatasetRevision, stated(dataset_revision))
}

struct File {
    model: ModelName,
    task: Arc<str>,
    /// But for the split.
    protocol: Protocol,
    date: Option<Date>,
    /// Where it is not that of the source.
    reporter: Option<Reporter>,
    metrics: Shared<Metric>,
    subsets: Shared<str>,
}

impl File {
    fn read_split(&mut self, split: &str, entries: &[Entry], reading: &mut Reading) {
        let protocol = self.protocol_of(split);
        let mut seen: HashMap<Option<&str>, usize> = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let earlier = *seen.entry(entry.subset).or_insert(index);
            if earlier != index && repeats(&entries[earlier], entry) {
                continue;
            }
            self.read_entry(entry, &protocol, reading);
        }
    }

    fn protocol_of(&self, split: &str) -> Arc<Protocol> {
        Arc::new(self.protocol.clone().with(Field::Split, split))
    }

    fn read_entry(&mut self, entry: &Entry, protocol: &Arc<Protocol>, reading: &mut Reading) {
        for score in entry.scores() {
            if reading.wants(&score.metric)
                && let Some(value) = reading.score(score.json, &score.pointer)
            {
                let Score { metric, pointer, standard_error, .. } = score;
                self.push(entry.subset, &metric, value, standard_error, pointer.into(), protocol, reading);
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of a record")]
    fn push(
        &mut self,
        subset: Option<&str>,
        metric: &str,
        value: Value,
        standard_error: Option<Value>,
        pointer: Box<str>,
        protocol: &Arc<Protocol>,
        reading: &mut Reading,
    ) {
        let unit = self.unit(metric);
        let metric = Metric { name: metric.into(), unit, direction: Direction::Unknown };
        let mut provenance = reading.provenance(Place::Pointer(pointer), self.date.clone());
        provenance.reporter = self.reporter.unwrap_or(provenance.reporter);
        let (model, metric) = (self.model.clone(), self.metrics.share(metric));
        reading.records.push(Record {
            subset: subset.map(|subset| self.subsets.share(subset)),
            standard_error,
            ..Record::new(model, Arc::clone(&self.task), metric, value, Arc::clone(protocol), provenance)
        });
    }

    /// Scores are fractions (a correlation: −1 to 1); a threshold is a distance, and a speed task counts words.
    fn unit(&self, metric: &str) -> Unit {
        let other = metric.ends_with("_threshold") || ["GPUSpeedTask", "CPUSpeedTask"].contains(&&*self.task);
        if other { Unit::Unknown } else { Unit::Fraction }
    }
}

/// Whether `entry` says the same of its subset as one before it. If it says something else both are kept: which one
/// holds is not for a reader to decide, and the ledger reports them.
fn repeats(earlier: &Entry, entry: &Entry) -> bool {
    let before: HashMap<String, &Json> = earlier.scores().into_iter().map(|score| (score.metric, score.json)).collect();
    entry.scores().into_iter().all(|score| before.get(&score.metric) == Some(&score.json))
}

#[cfg(test)]
mod tests;
