//! `reviews/<model>/<dataset>_<subset>.jsonl`: each item's scores.

use super::{Content, Format, Holds, Input, Reading, metric_named, names};
use crate::formats::json::{self, Json, Look, Object};
use crate::record::{Field, ItemScores, ModelName, Place, Protocol};
use std::collections::BTreeMap;
use std::sync::Arc;

pub struct Reviews;

impl Format for Reviews {
    fn name(&self) -> &'static str {
        "evalscope-reviews"
    }

    fn title(&self) -> &'static str {
        "EvalScope reviews (scores item by item)"
    }

    fn example(&self) -> &'static str {
        "20250117_154119/reviews/<model>/<dataset>_<subset>.jsonl"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let Content::JsonLines(lines) = &input.content else { return None };
        let first = lines.first().first()?.as_object()?;
        if ["index", "model_output", "messages"].iter().all(|key| first.contains_key(*key)) {
            return Some(Holds::Nothing("predictions of EvalScope are answers without scores; its reviews have them"));
        }
        (first.contains_key("index") && values(first).is_some()).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Content::JsonLines(lines) = &input.content else { return };
        let Some(model) = model(input.path) else { return reading.no_model() };
        let (benchmark, subset) = dataset(names::stem(input.path));
        let (benchmark, subset): (Arc<str>, Option<Arc<str>>) = (benchmark.into(), subset.map(Arc::from));
        let protocol = Arc::new(Protocol::default().with(Field::Harness, "EvalScope"));
        let date = names::date_of_folder(input.path);
        let mut columns: BTreeMap<String, ItemScores> = BTreeMap::new();
        let mut unscored = 0;
        lines.each(reading, |line, json, reading| {
            let scores = json.as_object().filter(|row| succeeded(row)).and_then(values);
            let (Some(scores), Some(item)) = (scores, item(json)) else {
                unscored += 1;
                return;
            };
            for (name, score) in scores.iter().filter_map(|(name, score)| Some((name, number(score)?))) {
                if !columns.contains_key(name) {
                    let pointer = json::pointer(["sample_score", "score", "value", name]);
                    let provenance = reading.provenance(Place::Line { line, pointer }, date.clone());
                    let metric = Arc::new(metric_named(name));
                    let (benchmark, protocol) = (Arc::clone(&benchmark), Arc::clone(&protocol));
                    let column =
                        ItemScores::new(model.clone(), benchmark, subset.clone(), metric, protocol, provenance);
                    columns.insert(name.clone(), column);
                }
                if let Some(column) = columns.get_mut(name) {
                    column.push(item, score);
                }
            }
        });
        if unscored > 0 {
            let problem = reading.warning("unscored-items", format!("{unscored} lines hold no item with a score"));
            reading.diagnostics.push(problem.hint("they are left out; run the items again that failed"));
        }
        reading.items.extend(columns.into_values());
    }
}

fn values(row: &Object) -> Option<&Object> {
    row.object("sample_score")?.object("score")?.object("value")
}

/// Whether the item was answered and judged; only newer files say.
fn succeeded(row: &Object) -> bool {
    let status = row.object("sample_score").and_then(|sample| sample.object("score")?.text("status"));
    status.is_none_or(|status| status == "success")
}

/// Repetitions of an item have an index of their own and the group in common.
fn item(row: &Json) -> Option<&str> {
    let row = row.as_object()?;
    let sample = row.object("sample_score");
    let group = sample.and_then(|sample| sample.scalar("group_id").or_else(|| sample.scalar("sample_id")));
    group.or_else(|| row.scalar("index"))
}

fn number(score: &Json) -> Option<f64> {
    match score {
        Json::Bool(right) => Some(f64::from(u8::from(*right))),
        _ => json::number(score)?.finite(),
    }
}

fn model(path: &str) -> Option<ModelName> {
    let mut folders = names::folders(path);
    let folder = folders.next().filter(|folder| !folder.is_empty() && folders.next() == Some("reviews"))?;
    Some(ModelName::new(folder))
}

/// Dataset and subset of `<dataset>_<subset>`. Both may contain `_`, so that most names tell only with a card's help
/// where the subset starts: they are left whole.
fn dataset(stem: &str) -> (&str, Option<&str>) {
    if let Some(dataset) = stem.strip_suffix("_default") {
        return (dataset, Some("default"));
    }
    match stem.split_once('_') {
        Some((dataset, subset)) if !subset.contains('_') && !dataset.is_empty() => (dataset, Some(subset)),
        _ => (stem, None),
    }
}
