//! Files that `tianti export` wrote: every field of a record has a place in them, so nothing is inferred.
//!
//! The names are those that [`crate::export`] writes.

use super::super::json::{self, Json, Look, Object};
use super::super::shared::Shared;
use super::super::{Reading, written};
use super::{RESULTS, unit_named};
use crate::record::{
    Date, Direction, Extra, Field, Interval, Items, Metric, ModelName, Part, Place, Protocol, Record, Unit, Value,
    WebUrl,
};
use std::sync::Arc;

/// Whether Tianti made the file from records of another format.
pub(super) fn is_ours(root: &Object) -> bool {
    let details = root.object("source_metadata").and_then(|source| source.object("additional_details"));
    details.and_then(|details| details.text("exported_by")) == Some("tianti")
}

pub(super) fn read(root: &Object, results: &[Json], reading: &mut Reading) {
    let Some(model) = root.object("model_info").and_then(model) else { return reading.no_model() };
    let (mut metrics, mut protocols) = (Shared::new(), Shared::new());
    for (index, result) in results.iter().enumerate() {
        let pointer = json::pointer([RESULTS, &index.to_string(), "score_details", "score"]);
        let empty = Object::new();
        let Some(result) = result.as_object() else { continue };
        let scores = result.object("score_details").unwrap_or(&empty);
        let details = scores.object("details").unwrap_or(&empty);
        let value = match details.text("score").and_then(Value::parse) {
            Some(value) => value,
            None => match reading.score(scores.get("score").unwrap_or(&Json::Null), &pointer) {
                Some(value) => value,
                None => continue,
            },
        };
        let uncertainty = scores.object("uncertainty").unwrap_or(&empty);
        let date = result.text("evaluation_timestamp").and_then(Date::parse);
        let mut provenance = reading.provenance(Place::Pointer(pointer), date);
        provenance.reporter = details.text("reporter").and_then(|text| text.parse().ok()).unwrap_or_default();
        provenance.url = details.text("url").and_then(|url| WebUrl::parse(url).ok());
        let source = result.object("source_data").and_then(|source| source.object("additional_details"));
        let interval = uncertainty.object("confidence_interval").unwrap_or(&empty);
        reading.records.push(Record {
            subset: source.and_then(|source| source.text("subset")).map(Arc::from),
            standard_error: number(details, "standard_error", uncertainty.object("standard_error"), "value"),
            interval: number(details, "interval_low", Some(interval), "lower")
                .zip(number(details, "interval_high", Some(interval), "upper"))
                .map(|(low, high)| {
                    let level = number(details, "interval_level", Some(interval), "confidence_level");
                    Arc::new(Interval { low, high, level })
                }),
            items: Items {
                scored: uncertainty.get("num_samples").and_then(json::count),
                total: details.text("items_total").and_then(|text| text.parse().ok()),
            },
            aggregate: details.text("aggregate") == Some("yes"),
            extra: extra(details),
            ..Record::new(
                model.clone(),
                result.text("evaluation_name").unwrap_or("").into(),
                metrics.share(metric(result)),
                value,
                protocols.share(protocol(result)),
                provenance,
            )
        });
    }
}

fn model(info: &Object) -> Option<ModelName> {
    let details = info.object("additional_details");
    let stated = |part: Part| details.and_then(|details| details.text(part.name()));
    Some(Part::all().fold(ModelName::new(info.text("name")?), |model, part| model.with_any(part, stated(part))))
}

fn metric(result: &Object) -> Metric {
    let config = result.object("metric_config");
    let text = |key| config.and_then(|config| config.text(key));
    let details = config.and_then(|config| config.object("additional_details"));
    let direction = match config.and_then(|config| config.get("lower_is_better")?.as_bool()) {
        _ if details.and_then(|details| details.text("direction")) == Some("unknown") => Direction::Unknown,
        Some(true) => Direction::Lower,
        Some(false) => Direction::Higher,
        None => Direction::Unknown,
    };
    let unit = text("metric_unit").map_or(Unit::Unknown, unit_named);
    Metric { name: text("metric_name").unwrap_or("").into(), unit, direction }
}

fn protocol(result: &Object) -> Protocol {
    let details = result.object("generation_config").and_then(|config| config.object("additional_details"));
    let stated = |field: Field| details.and_then(|details| details.text(field.name()));
    Field::all().fold(Protocol::default(), |protocol, field| protocol.with_any(field, stated(field)))
}

/// A number as its source wrote it stands among the details when JSON cannot write it so.
fn number(details: &Object, name: &str, stated: Option<&Object>, key: &str) -> Option<Value> {
    details.text(name).and_then(Value::parse).or_else(|| written::json_number(stated?.get(key)?))
}

fn extra(details: &Object) -> Option<Arc<Extra>> {
    let named =
        details.iter().filter_map(|(key, text)| Some((key.strip_prefix("extra:")?.into(), text.as_str()?.into())));
    let extra: Extra = named.collect();
    (!extra.is_empty()).then(|| Arc::new(extra))
}
