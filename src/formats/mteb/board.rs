//! Tables of the old MTEB leaderboard: `boards_data/<board>/data_tasks/<Type>/default.jsonl`, one line for each model, and
//! `data_overall` beside `data_tasks`.
//!
//! A column is the main score of a task, in percent. Which board it is, only the path says.

use crate::formats::json::{self, Look, Object};
use crate::formats::shared::Shared;
use crate::formats::{Content, Format, Holds, Input, Reading, names, written};
use crate::record::{Direction, Field, Metric, ModelName, Place, Protocol, Record, Unit};
use std::sync::Arc;

pub struct Board;

/// Columns that are about the model or its place.
const ABOUT_THE_MODEL: [&str; 8] = [
    "index",
    "Rank",
    "Model",
    "Model Size (Million Parameters)",
    "Memory Usage (GB, fp32)",
    "Embedding Dimensions",
    "Max Tokens",
    "Zero-shot",
];

impl Format for Board {
    fn name(&self) -> &'static str {
        "mteb-board"
    }

    fn title(&self) -> &'static str {
        "tables of the old MTEB leaderboard"
    }

    fn example(&self) -> &'static str {
        "boards_data/<board>/data_tasks/<Type>/default.jsonl"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let Content::JsonLines(lines) = &input.content else { return None };
        let first = lines.first().first()?.as_object()?;
        ["Rank", "Model", "Embedding Dimensions"].iter().all(|key| first.contains_key(*key)).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Content::JsonLines(lines) = &input.content else { return };
        let board = PathOfBoard::of(input.path);
        let name = board.name.map_or_else(|| "MTEB".to_owned(), |name| format!("MTEB({name})"));
        let metric = Metric { name: "main_score".into(), unit: Unit::Percent, direction: Direction::Unknown };
        let (metric, mut texts) = (Arc::new(metric), Shared::<str>::new());
        let protocol = Arc::new(Protocol::default().with(Field::Harness, "mteb"));
        lines.each(reading, |line, json, reading| {
            let Some(row) = json.as_object() else { return };
            let Some(model) = model(row) else { return reading.no_model() };
            for (column, json) in row.iter().filter(|(key, _)| !ABOUT_THE_MODEL.contains(&key.as_str())) {
                let missing = json.is_null() || json.as_str().is_some_and(written::is_missing);
                let pointer = json::pointer([column.as_str()]);
                let Some(value) = (if missing { None } else { reading.score(json, &pointer) }) else { continue };
                let (benchmark, subset, aggregate) = match average_of(column) {
                    Some(kind) => (name.as_str(), kind.or(board.kind), true),
                    None => task_and_subset(column),
                };
                let provenance = reading.provenance(Place::Line { line, pointer }, None);
                let (metric, protocol) = (Arc::clone(&metric), Arc::clone(&protocol));
                reading.records.push(Record {
                    subset: subset.map(|subset| texts.share(subset)),
                    aggregate,
                    ..Record::new(model.clone(), texts.share(benchmark), metric, value, protocol, provenance)
                });
            }
        });
    }
}

/// What the path says of a table.
struct PathOfBoard<'a> {
    name: Option<&'a str>,
    /// The type of its tasks.
    kind: Option<&'a str>,
}

impl<'a> PathOfBoard<'a> {
    fn of(path: &'a str) -> Self {
        let mut folders = names::folders(path);
        let (last, above, third) = (folders.next(), folders.next(), folders.next());
        match (last, above) {
            (kind, Some("data_tasks")) => Self { name: third, kind },
            (Some("data_overall"), name) => Self { name, kind: None },
            _ => Self { name: None, kind: None },
        }
    }
}

/// The repository on Hugging Face that the name leads to, otherwise the name.
fn model(row: &Object) -> Option<ModelName> {
    let cell = row.text("Model")?;
    let Some((_, anchor)) = cell.split_once("<a ") else { return Some(ModelName::new(cell)) };
    let (attributes, text) = anchor.split_once('>')?;
    let link = attributes.split_once("href=\"").and_then(|(_, rest)| rest.split('"').next());
    let repository = link.and_then(|link| link.strip_prefix("https://huggingface.co/"));
    let repository = repository.filter(|repository| repository.split('/').filter(|part| !part.is_empty()).count() == 2);
    let text = text.split('<').next().unwrap_or(text).trim();
    Some(ModelName::new(repository.or(Some(text).filter(|text| !text.is_empty()))?))
}

/// `Average`, `Average (26 datasets)`, or that of a type of tasks: `Clustering Average (1 datasets)`.
fn average_of(column: &str) -> Option<Option<&str>> {
    let plain = column.split_once(" (").map_or(column, |(name, _)| name);
    let kind = plain.strip_suffix("Average")?;
    Some(Some(kind.trim()).filter(|kind| !kind.is_empty()))
}

/// `MintakaRetrieval (fr)` is the French part of a task.
fn task_and_subset(column: &str) -> (&str, Option<&str>, bool) {
    match column.strip_suffix(')').and_then(|column| column.rsplit_once(" (")) {
        Some((task, subset)) => (task, Some(subset), false),
        None => (column, None, false),
    }
}
