//! Item by item results, `<uuid>_samples.jsonl`: a line for each item and metric.
//!
//! An item is known by its `sample_id`, which names it in its dataset. Metric, benchmark and protocol stand in the
//! aggregate file beside, if it is there.

use super::super::json::{self, Json, Look, Object};
use super::super::{Input, JsonLines, Reading, names};
use super::{RESULTS, benchmark, library, metric, model, protocol};
use crate::record::{Direction, ItemScores, Metric, ModelName, Place, Unit};
use foldhash::{HashMap, HashMapExt};
use std::sync::Arc;

/// What tells the columns of a file apart: model, evaluation, and the result of the aggregate file.
type Key = (String, String, Option<String>);

pub(super) fn read(lines: &JsonLines, input: &Input, reading: &mut Reading) {
    let stem = names::stem(input.path);
    let aggregate = (input.sibling)(&format!("{}.json", stem.strip_suffix("_samples").unwrap_or(stem)));
    let aggregate = aggregate.and_then(|text| json::parse(&text).ok());
    let aggregate = aggregate.as_ref().and_then(Json::as_object);
    let mut columns: HashMap<Key, usize> = HashMap::new();
    lines.each(reading, |line, json, reading| {
        let Some(item) = json.as_object() else { return };
        let Some(id) = item.scalar("sample_id") else {
            let problem = reading.error("missing-key", format!("line {line} has no sample_id"));
            return reading.diagnostics.push(problem.hint("the line is left out"));
        };
        let Some(raw) = item.text("model_id") else { return reading.no_model() };
        let Some(evaluation) = item.text("evaluation_name") else { return };
        let score = item.object("evaluation").and_then(|evaluation| evaluation.get("score")).unwrap_or(&Json::Null);
        let Some(score) = reading.score(score, "/evaluation/score").and_then(|score| score.finite()) else { return };
        let key = (raw.to_owned(), evaluation.to_owned(), item.text("evaluation_result_id").map(str::to_owned));
        let column = *columns.entry(key).or_insert_with(|| {
            let column = column(item, aggregate, line, reading);
            reading.items.push(column);
            reading.items.len() - 1
        });
        if let Some(column) = reading.items.get_mut(column) {
            column.push(id, score);
        }
    });
}

fn column(item: &Object, aggregate: Option<&Object>, line: u32, reading: &Reading) -> ItemScores {
    let text = |key| item.text(key).unwrap_or("");
    let provenance = reading.provenance(Place::Line { line, pointer: json::pointer(["evaluation", "score"]) }, None);
    let aggregate = aggregate.filter(|aggregate| aggregate.text("evaluation_id") == item.text("evaluation_id"));
    if let Some((aggregate, result)) = aggregate.and_then(|aggregate| Some((aggregate, result_of(item, aggregate)?)))
        && let (Some(model), Some((benchmark, subset))) = (model(aggregate), benchmark(result))
    {
        let protocol = Arc::new(protocol(library(aggregate), result));
        let subset = subset.map(Arc::from);
        return ItemScores::new(model, benchmark.into(), subset, Arc::new(metric(result)), protocol, provenance);
    }
    let metric = Metric { name: "".into(), unit: Unit::Unknown, direction: Direction::Unknown };
    let model = ModelName::new(text("model_id"));
    ItemScores::new(model, text("evaluation_name").into(), None, Arc::new(metric), Arc::default(), provenance)
}

/// The result of the aggregate file that an item counts for: by its id, or as the only one of its evaluation.
fn result_of<'a>(item: &Object, aggregate: &'a Object) -> Option<&'a Object> {
    let results = aggregate.get(RESULTS)?.as_array()?.iter().filter_map(Json::as_object);
    let key = if item.contains_key("evaluation_result_id") { "evaluation_result_id" } else { "evaluation_name" };
    let mut same = results.filter(|result| result.text(key) == item.text(key));
    same.next().filter(|_| same.next().is_none())
}
