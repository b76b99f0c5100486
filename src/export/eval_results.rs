//! The Hub's `.eval_results`: a YAML file for each model, a list of scores on datasets of the Hub.
//!
//! Metric and unit of a score are the dataset's to define and have no keys; they stand in the notes.

use super::{Exported, Records, exact_number, hub_repository};
use crate::ledger::Entry;
use crate::output::Sink;
use crate::record::Unit;
use anyhow::Result;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Writes the records of benchmarks whose cards name a dataset of the Hub, as `<model's id>.yaml`.
pub fn eval_results(records: Records, sink: &dyn Sink) -> Result<Exported> {
    let mut exported = Exported::default();
    let (mut without_dataset, mut not_finite) = (0, 0);
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    for entry in records.entries() {
        let card = records.catalog.benchmark(entry.benchmark).card.as_ref();
        let dataset = card.and_then(|(_, card)| hub_repository(card.dataset.as_ref()?.as_str(), "datasets/"));
        match (dataset, entry.record.value.finite()) {
            (None, _) => without_dataset += 1,
            (_, None) => not_finite += 1,
            (Some(dataset), Some(number)) => {
                let value = exact_number(&entry.record.value).unwrap_or(json!(number));
                let id = records.catalog.model(entry.model).id.as_str();
                files.entry(id).or_default().push_str(&score(&entry, dataset, &value));
                exported.records += 1;
            }
        }
    }
    for (id, text) in &files {
        sink.put(&format!("{id}.yaml"), &[text.as_bytes()])?;
    }
    exported.files = files.len();
    let reasons = [
        (without_dataset, "the cards of their benchmarks name no dataset of the Hub"),
        (not_finite, "their values are no finite numbers"),
    ];
    exported.left_out.extend(reasons.into_iter().filter(|(records, _)| *records > 0));
    Ok(exported)
}

/// An item of the list. Texts are written as in JSON, which YAML reads.
fn score(entry: &Entry, dataset: &str, value: &Json) -> String {
    let text = |text: &str| Json::from(text).to_string();
    let provenance = entry.record;
    let task = entry.subset().unwrap_or("default");
    let mut item = format!("- dataset:\n    id: {}\n    task_id: {}\n  value: {value}\n", text(dataset), text(task));
    if let Some(date) = provenance.date.as_ref().filter(|date| date.day().len() == 10) {
        item.push_str(&format!("  date: {}\n", text(date.day())));
    }
    let source = &provenance.origin.source;
    if let Some(url) = provenance.url.as_ref().or(source.url.as_ref()) {
        item.push_str(&format!("  source:\n    url: {}\n", text(url.as_str())));
        let name = source.names.iter().find(|(language, _)| &**language == "en");
        item.push_str(&name.map_or(String::new(), |(_, name)| format!("    name: {}\n", text(name))));
    }
    item + &format!("  notes: {}\n", text(&notes(entry)))
}

/// Metric, unit, the parts of the model and the protocol.
fn notes(entry: &Entry) -> String {
    let record = &entry.record;
    let unit = (record.metric.unit != Unit::Unknown).then_some(("unit", record.metric.unit.name()));
    let metric = [("metric", &*record.metric.name)].into_iter().filter(|(_, name)| !name.is_empty());
    let parts = record.model.variant.iter().map(|(part, value)| (part.name(), value));
    let fields = record.protocol.iter().map(|(field, value)| (field.name(), value));
    metric.chain(unit).chain(parts).chain(fields).fold(String::new(), |mut notes, (name, value)| {
        let comma = if notes.is_empty() { "" } else { ", " };
        // Writing to a text cannot fail.
        let _ = write!(notes, "{comma}{name}={value}");
        notes
    })
}
