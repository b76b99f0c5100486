//! MTEB: one task's result in a file, `<org>__<model>/<revision>/<Task>.json`, in every age of its layout.
//!
//! Read are `main_score` and all further metrics, each as its own record, but for `nauc_*` (several hundred a file,
//! about abstention and not about the model) and the experiments behind an average. Files without a `main_score` get
//! one from the task's main metric if the metrics that are there tell the type of the task. The direction of a metric
//! is not in the file.

mod board;
mod scores;

pub use board::Board;

use super::json::{self, Json, Look, Object};
use super::shared::Shared;
use super::{Format, Holds, Input, Reading, names};
use crate::record::{Date, Direction, Field, Items, Metric, ModelName, Part, Place, Protocol, Record, Reporter, Unit};
use scores::Entry;
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

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Some(root) = input.object() else { return };
        let folders = Folders::of(input.path);
        let Some(model) = model(&folders, input) else { return reading.no_model() };
        let task = root.text("task_name").or_else(|| root.text("mteb_dataset_name"));
        let mut file = File {
            model,
            task: task.unwrap_or(names::stem(input.path)).into(),
            protocol: protocol(root),
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

/// Named by `model_meta.json` if there is one, otherwise by the folder. An experiment runs the model in a way of its own:
/// it is another system.
fn model(folders: &Folders, input: &Input) -> Option<ModelName> {
    let meta = (input.sibling)("model_meta.json").and_then(|text| json::parse(&text).ok());
    let name = meta.as_ref().and_then(|meta| meta.as_object()?.text("name")).or(folders.model)?;
    let revision = folders.revision.filter(|revision| !NO_REVISION.contains(revision));
    let plain = ModelName::new(name.replacen("__", "/", 1));
    Some(plain.with_any(Part::Revision, revision).with_any(Part::Scaffold, folders.experiment))
}

fn protocol(root: &Object) -> Protocol {
    let stated =
        [(Field::HarnessVersion, root.text("mteb_version")), (Field::DatasetRevision, root.text("dataset_revision"))];
    let stated = stated.into_iter().filter_map(|(field, value)| Some((field, value?)));
    stated.fold(Protocol::default().with(Field::Harness, "mteb"), |all, (field, value)| all.with(field, value))
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
        let protocol = Arc::new(self.protocol.clone().with(Field::Split, split));
        let mut seen: HashMap<Option<&str>, usize> = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let earlier = *seen.entry(entry.subset).or_insert(index);
            if earlier != index && repeats(&entries[earlier], entry) {
                continue;
            }
            self.read_entry(entry, &protocol, reading);
        }
    }

    fn read_entry(&mut self, entry: &Entry, protocol: &Arc<Protocol>, reading: &mut Reading) {
        let subset = entry.subset.map(|subset| self.subsets.share(subset));
        for score in entry.scores() {
            let Some(value) = reading.score(score.json, &score.pointer) else { continue };
            let metric = Metric {
                name: score.metric.as_str().into(),
                unit: self.unit(&score.metric),
                direction: Direction::Unknown,
            };
            let mut provenance = reading.provenance(Place::Pointer(score.pointer.into()), self.date.clone());
            provenance.reporter = self.reporter.unwrap_or(provenance.reporter);
            reading.records.push(Record {
                model: self.model.clone(),
                benchmark: Arc::clone(&self.task),
                subset: subset.clone(),
                metric: self.metrics.share(metric),
                value,
                standard_error: score.standard_error,
                interval: None,
                items: Items::default(),
                protocol: Arc::clone(protocol),
                aggregate: false,
                provenance,
                extra: None,
            });
        }
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
