//! VLMEvalKit: the score files of a run, `<model>/[T<day>_G<commit>/]<model>_<dataset>_{acc.csv,score.csv,score.json}`,
//! and in a submodule the feed of the OpenVLM leaderboard.
//!
//! Model and dataset are only in the file's name, which joins them by `_`; the folder tells where the model ends.

mod open_vlm;

pub use open_vlm::OpenVlm;

use super::csv::Csv;
use super::json::{self, Json, Object};
use super::shared::Shared;
use super::{Content, Format, Holds, Input, Reading, names};
use crate::record::{Date, Direction, Field, Metric, ModelName, Place, Protocol, Provenance, Record, Unit, Value};
use std::sync::Arc;

pub struct RunScores;

/// Columns and keys that are metrics of their own; others are categories.
const METRICS: [&str; 11] = [
    "aAcc",
    "fAcc",
    "qAcc",
    "acc",
    "precision",
    "recall",
    "Bleu",
    "ROUGE_L",
    "CIDEr",
    "Final Score",
    "Final Score Norm",
];

/// The means that MME has beside its categories.
const MME_MEANS: [&str; 2] = ["perception", "reasoning"];

impl Format for RunScores {
    fn name(&self) -> &'static str {
        "vlmevalkit"
    }

    fn title(&self) -> &'static str {
        "VLMEvalKit scores"
    }

    fn example(&self) -> &'static str {
        "<model>/T20250428_G1ff966c3/<model>_MMStar_acc.csv"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let (_, kind) = stem_and_kind(input.path)?;
        let is_scored = match &input.content {
            Content::Csv(csv) => {
                let has = |column: &str| csv.header().iter().any(|name| name == column);
                has("Overall") || has("split") || kind == Kind::Score && name(input.path).is_some()
            }
            Content::Json(json) => kind == Kind::Score && name(input.path).is_some() && json.is_object(),
            _ => false,
        };
        is_scored.then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Some((model, dataset, kind)) = name(input.path) else { return reading.no_model() };
        let (date, commit) = run(input.path);
        let protocol = Protocol::default().with(Field::Harness, "VLMEvalKit").with_any(Field::HarnessCommit, commit);
        let mut file = File {
            model: ModelName::new(model),
            dataset: dataset.into(),
            kind,
            date,
            protocol: Arc::new(protocol),
            metrics: Shared::new(),
        };
        match &input.content {
            Content::Csv(csv) => file.read_table(csv, reading),
            Content::Json(Json::Object(root)) => file.read_object(root, reading),
            _ => {}
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Accuracy,
    Score,
}

/// The name without `_acc` or `_score`, and which of them it had.
fn stem_and_kind(path: &str) -> Option<(&str, Kind)> {
    let stem = names::stem(path);
    let accuracy = stem.strip_suffix("_acc").map(|stem| (stem, Kind::Accuracy));
    accuracy.or_else(|| stem.strip_suffix("_score").map(|stem| (stem, Kind::Score)))
}

/// Model, dataset and kind of a file in the model's folder, or in a run's folder in it.
fn name(path: &str) -> Option<(&str, &str, Kind)> {
    let (stem, kind) = stem_and_kind(path)?;
    let mut folders = names::folders(path).take(2).filter(|folder| !folder.is_empty());
    folders.find_map(|model| {
        let dataset = stem.strip_prefix(model)?.strip_prefix('_').filter(|dataset| !dataset.is_empty())?;
        Some((model, dataset, kind))
    })
}

/// Date and commit of a run's folder, `T20250428_G1ff966c3`.
fn run(path: &str) -> (Option<Date>, Option<&str>) {
    let parts = names::folders(path).next().and_then(|folder| folder.strip_prefix('T')?.split_once("_G"));
    match parts {
        Some((day, commit)) if commit.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            (Date::from_digits(day), Some(commit).filter(|commit| !commit.is_empty()))
        }
        _ => (None, None),
    }
}

struct File {
    model: ModelName,
    dataset: Arc<str>,
    kind: Kind,
    date: Option<Date>,
    /// But for the split.
    protocol: Arc<Protocol>,
    metrics: Shared<Metric>,
}

/// Where a column or key stands: under a metric, and perhaps for a category of the dataset.
struct Slot<'a> {
    metric: &'a str,
    subset: Option<&'a str>,
    /// It stands for all categories.
    whole: bool,
}

impl File {
    fn read_table(&mut self, csv: &Csv, reading: &mut Reading) {
        let header = csv.header();
        let split = header.iter().position(|name| name == "split");
        let unit = self.unit(split.is_some());
        let columns = header.len() - usize::from(split.is_some());
        let mut rows = csv.rows(reading);
        rows.next();
        while let Some(row) = rows.next_of_width(csv.header().len()) {
            let part = split.map(|column| row.text(column)).filter(|part| !matches!(*part, "" | "none"));
            // HallusionBench and POPE have a row for each kind of question, others for each split of the data.
            let (question, data) = if self.has_rows_of_questions() { (part, None) } else { (None, part) };
            let protocol = Arc::new((*self.protocol).clone().with_any(Field::Split, data));
            for (column, name) in header.iter().enumerate().filter(|(column, _)| Some(*column) != split) {
                let Some((value, place)) = rows.reading.cell(&row, column) else { continue };
                let provenance = rows.reading.provenance(place, self.date.clone());
                let mut slot = self.slot(name);
                match question {
                    Some("Overall") => slot.whole = true,
                    Some(kind) => (slot.subset, slot.whole) = (Some(kind), false),
                    None => {}
                }
                let record = self.record(&slot, unit, value, Arc::clone(&protocol), provenance);
                rows.reading.records.push(Record { aggregate: slot.whole && columns > 1, ..record });
            }
        }
    }

    fn read_object(&mut self, root: &Object, reading: &mut Reading) {
        for (key, json) in root {
            let list = json.as_array().filter(|_| key == "Bleu");
            let Some(list) = list else {
                self.read_score(key, json, &[key], reading);
                continue;
            };
            // BLEU-1 to BLEU-4.
            for (index, json) in list.iter().enumerate() {
                let metric = format!("{key}-{}", index + 1);
                self.read_score(&metric, json, &[key, &index.to_string()], reading);
            }
        }
    }

    fn read_score(&mut self, key: &str, json: &Json, keys: &[&str], reading: &mut Reading) {
        let pointer = json::pointer(keys.iter().copied());
        let Some(value) = reading.score(json, &pointer) else { return };
        let provenance = reading.provenance(Place::Pointer(pointer), self.date.clone());
        let slot = match key.starts_with("Bleu-") {
            true => Slot { metric: key, subset: None, whole: false },
            false => self.slot(key),
        };
        let unit = self.unit(false);
        let aggregate = key.starts_with("Final Score");
        let record = self.record(&slot, unit, value, Arc::clone(&self.protocol), provenance);
        reading.records.push(Record { aggregate, ..record });
    }

    fn record(
        &mut self,
        slot: &Slot,
        unit: Unit,
        value: Value,
        protocol: Arc<Protocol>,
        provenance: Provenance,
    ) -> Record {
        let metric = Metric { name: slot.metric.into(), unit, direction: Direction::Unknown };
        Record {
            subset: slot.subset.map(Arc::from),
            ..Record::new(
                self.model.clone(),
                Arc::clone(&self.dataset),
                self.metrics.share(metric),
                value,
                protocol,
                provenance,
            )
        }
    }

    fn slot<'a>(&self, name: &'a str) -> Slot<'a> {
        let own = match self.kind {
            Kind::Accuracy => "acc",
            Kind::Score => "score",
        };
        match name {
            // In POPE it is F1 and no accuracy.
            "Overall" if self.has_rows_of_questions() => Slot { metric: name, subset: None, whole: false },
            "Overall" => Slot { metric: own, subset: None, whole: true },
            _ if METRICS.contains(&name) => Slot { metric: name, subset: None, whole: false },
            _ => Slot { metric: own, subset: Some(name), whole: &*self.dataset == "MME" && MME_MEANS.contains(&name) },
        }
    }

    fn has_rows_of_questions(&self) -> bool {
        matches!(&*self.dataset, "HallusionBench" | "POPE")
    }

    /// Accuracies are fractions where the table has splits, and percent where it has none.
    fn unit(&self, has_splits: bool) -> Unit {
        match (self.kind, &*self.dataset) {
            (Kind::Accuracy, _) if has_splits => Unit::Fraction,
            (Kind::Accuracy, _) | (_, "HallusionBench" | "POPE") => Unit::Percent,
            (_, "MME" | "OCRBench" | "COCO_VAL") => Unit::Points,
            _ => Unit::Unknown,
        }
    }
}

#[cfg(test)]
mod tests;
