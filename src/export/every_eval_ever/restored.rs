//! An aggregate file put back as it was read, in the current version of the schema.
//!
//! A file of version 0.3.0 comes back unchanged but for the reference to its instances. What older versions wrote
//! elsewhere or in another form is moved; nothing is dropped but keys whose value is null among texts.

use super::{Group, Object, RESULTS, SCHEMA, UNKNOWN};
use crate::ledger::Entry;
use crate::record::{Extra, Place};
use serde_json::{Value as Json, json};

/// The arguments that the schema knows; it allows no others.
const GENERATION_ARGUMENTS: [&str; 13] = [
    "temperature",
    "top_p",
    "top_k",
    "max_tokens",
    "execution_command",
    "reasoning",
    "prompt_template",
    "agentic_eval_config",
    "eval_plan",
    "eval_limits",
    "sandbox",
    "max_attempts",
    "incorrect_attempt_feedback",
];

/// The keys of a file that the schema knows; it allows no others.
const KEYS: [&str; 9] = [
    "schema_version",
    "evaluation_id",
    "evaluation_timestamp",
    "retrieved_timestamp",
    "source_metadata",
    "eval_library",
    "model_info",
    RESULTS,
    "detailed_evaluation_results",
];

/// What the record's file said besides its results, if it was one of this format.
pub(super) fn header<'a>(entry: &Entry<'a>) -> Option<(&'a Extra, Object)> {
    let extra = entry.record.extra.as_deref()?;
    match serde_json::from_str(extra.get("")?).ok()? {
        Json::Object(header) => Some((extra, header)),
        _ => None,
    }
}

/// `None` when the records did not come from a file of this format.
pub(super) fn file(group: &Group) -> Option<Object> {
    let (extra, mut file) = header(group.entries.first()?)?;
    let addresses = file.remove("source_data").or_else(|| file.remove("source_data_urls"));
    let results: Option<Vec<Json>> =
        group.entries.iter().map(|entry| result(extra, entry, addresses.as_ref())).collect();
    file.insert("schema_version".to_owned(), SCHEMA.into());
    file.insert(RESULTS.to_owned(), results?.into());
    file.remove("detailed_evaluation_results");
    file.entry("retrieved_timestamp").or_insert_with(|| UNKNOWN.into());
    file.entry("eval_library").or_insert_with(|| json!({"name": UNKNOWN, "version": UNKNOWN}));
    for key in ["source_metadata", "eval_library", "model_info"] {
        texts_only(file.get_mut(key), "additional_details");
    }
    if let Some(Json::Object(model)) = file.get_mut("model_info") {
        for key in ["id", "name"] {
            model.entry(key).or_insert_with(|| (*group.model.raw).into());
        }
        let details = model.entry("additional_details").or_insert_with(|| json!({}));
        for key in ["deployment_type", "model_availability"] {
            details.as_object_mut()?.entry(key).or_insert_with(|| UNKNOWN.into());
        }
    }
    let unknown: Vec<String> = file.keys().filter(|key| !KEYS.contains(&key.as_str())).cloned().collect();
    for key in unknown {
        let value = file.remove(&key)?;
        let details = file.get_mut("source_metadata")?.as_object_mut()?;
        let details = details.entry("additional_details").or_insert_with(|| json!({}));
        details.as_object_mut()?.insert(key, text_of(value)?);
    }
    Some(file)
}

fn result(extra: &Extra, entry: &Entry, addresses: Option<&Json>) -> Option<Json> {
    let record = &entry.record;
    let Place::Pointer(pointer) = &record.place else { return None };
    let Json::Object(mut result) =
        serde_json::from_str(extra.get(pointer.strip_suffix("/score_details/score")?)?).ok()?
    else {
        return None;
    };
    let name = record.subset.as_ref().unwrap_or(&record.benchmark);
    result.insert("evaluation_name".to_owned(), (**name).into());
    result.entry("source_data").or_insert_with(|| match addresses {
        Some(Json::Array(urls)) if !urls.is_empty() => json!({"dataset_name": name, "source_type": "url", "url": urls}),
        _ => json!({"dataset_name": name, "source_type": "other"}),
    });
    let scores = result.get_mut("score_details")?.as_object_mut()?;
    scores
        .insert("score".to_owned(), super::super::exact_number(&record.value).unwrap_or(json!(record.value.finite())));
    // Up to 0.2.0 the interval stands beside the score.
    if let Some(interval) = scores.remove("confidence_interval") {
        let uncertainty = scores.entry("uncertainty").or_insert_with(|| json!({}));
        uncertainty.as_object_mut()?.entry("confidence_interval").or_insert(interval);
    }
    texts_only(result.get_mut("score_details"), "details");
    for key in ["source_data", "metric_config", "generation_config"] {
        texts_only(result.get_mut(key), "additional_details");
    }
    if let Some(Json::Object(config)) = result.get_mut("generation_config") {
        settle_arguments(config)?;
    }
    Some(result.into())
}

/// Moves what the schema does not know to the additional details, and makes the steps of a plan texts.
fn settle_arguments(config: &mut Object) -> Option<()> {
    let Some(Json::Object(arguments)) = config.get_mut("generation_args") else { return Some(()) };
    let known = |key: &str| GENERATION_ARGUMENTS.contains(&key);
    let unknown: Vec<String> = arguments.keys().filter(|key| !known(key)).cloned().collect();
    let moved: Vec<(String, Json)> =
        unknown.into_iter().filter_map(|key| Some((key.clone(), text_of(arguments.remove(&key)?)?))).collect();
    texts_only(arguments.get_mut("agentic_eval_config"), "additional_details");
    if let Some(plan) = arguments.get_mut("eval_plan") {
        texts_only(Some(plan), "config");
        if let Some(Json::Array(steps)) = plan.get_mut("steps") {
            steps.iter_mut().for_each(|step| *step = text_of(step.take()).unwrap_or_else(|| "null".into()));
        }
    }
    if !moved.is_empty() {
        config.entry("additional_details").or_insert_with(|| json!({})).as_object_mut()?.extend(moved);
    }
    Some(())
}

/// Turns the values of the object under `key` into texts: the first versions wrote numbers and whole objects.
fn texts_only(object: Option<&mut Json>, key: &str) {
    let Some(Json::Object(details)) = object.and_then(|object| object.get_mut(key)) else { return };
    let texts = std::mem::take(details).into_iter();
    *details = texts.filter_map(|(key, value)| Some((key, text_of(value)?))).collect();
}

/// A text as it is, anything else as JSON; `None` for null.
fn text_of(value: Json) -> Option<Json> {
    match value {
        Json::Null => None,
        Json::String(text) => Some(text.into()),
        other => Some(other.to_string().into()),
    }
}
