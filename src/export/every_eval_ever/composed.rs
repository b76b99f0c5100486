//! An aggregate file made of records. Every field of a record has a place in it, most under the schema's own keys, the
//! rest among its free details, so that reading the file gives the records again.

use super::super::{exact_number, hexadecimal, hub_repository, unix_time};
use super::{Group, Object, RESULTS, Records, SCHEMA, UNKNOWN};
use crate::catalog::ModelMatch;
use crate::catalog::card::BenchmarkCard;
use crate::ledger::Entry;
use crate::record::{Direction, Field, Reporter, Unit, Value};
use serde_json::{Value as Json, json};

pub(super) fn file(records: Records, group: &Group) -> Object {
    let model_info = model_info(records, group);
    let id = model_info.get("id").and_then(Json::as_str).unwrap_or(UNKNOWN).replace('/', "_");
    let source = &group.origin.source;
    let collection = if source.id.is_empty() { "results" } else { &source.id };
    let retrieved = source.retrieved.as_ref().and_then(unix_time);
    let results: Vec<Json> = group.entries.iter().map(|entry| result(records, entry)).collect();
    object([
        ("schema_version", SCHEMA.into()),
        ("evaluation_id", format!("{collection}/{id}/{}", hexadecimal(&group.digest()[..8])).into()),
        ("retrieved_timestamp", retrieved.map_or(UNKNOWN.to_owned(), |seconds| seconds.to_string()).into()),
        ("source_metadata", source_metadata(group)),
        ("eval_library", eval_library(group)),
        ("model_info", model_info),
        (RESULTS, results.into()),
    ])
}

fn object<const N: usize>(pairs: [(&str, Json); N]) -> Object {
    pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// The pairs that have a value, all of which are texts.
fn texts<'a>(pairs: impl IntoIterator<Item = (&'a str, Option<String>)>) -> Object {
    pairs.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?.into()))).collect()
}

fn source_metadata(group: &Group) -> Json {
    let (origin, source) = (group.origin, &group.origin.source);
    let name = source.names.iter().find(|(language, _)| &**language == "en").or(source.names.first());
    let name = name.map(|(_, name)| name.to_string());
    let mut reporters = group.entries.iter().map(|entry| entry.record.reporter);
    let claimed = !group.entries.is_empty() && reporters.all(|reporter| reporter == Reporter::Claimed);
    let mut metadata = texts([
        ("source_name", name.clone()),
        ("source_type", Some(if group.items.is_empty() { "documentation" } else { "evaluation_run" }.to_owned())),
        ("source_organization_name", Some(name.unwrap_or_else(|| UNKNOWN.to_owned()))),
        ("source_organization_url", source.url.as_ref().map(|url| url.as_str().to_owned())),
        // "Measured" may be the maker's own measurement, so that it is not called a third party's.
        ("evaluator_relationship", Some(if claimed { "first_party" } else { "other" }.to_owned())),
    ]);
    let details = texts([
        ("exported_by", Some("tianti".to_owned())),
        ("source", Some(source.id.to_string()).filter(|id| !id.is_empty())),
        ("licence", source.licence.as_ref().map(ToString::to_string)),
        ("retrieved", source.retrieved.as_ref().map(ToString::to_string)),
        ("file", Some(origin.path.to_string())),
        ("file_sha256", Some(origin.sha256.to_string())),
        ("file_format", Some(origin.format.to_owned())),
    ]);
    metadata.insert("additional_details".to_owned(), details.into());
    metadata.into()
}

/// The harness, if all records of the file name the same.
fn eval_library(group: &Group) -> Json {
    let agreed = |field| {
        let mut stated = group.entries.iter().map(|entry| entry.record.protocol.get(field));
        let first = stated.next().flatten();
        first.filter(|first| stated.all(|other| other == Some(*first))).unwrap_or(UNKNOWN)
    };
    json!({"name": agreed(Field::Harness), "version": agreed(Field::HarnessVersion)})
}

fn model_info(records: Records, group: &Group) -> Json {
    let raw = &*group.model.raw;
    let found = match group.entries.first() {
        Some(entry) => Some(entry.model),
        None => match records.catalog.find_model(raw) {
            ModelMatch::Model(model, _) => Some(model),
            _ => None,
        },
    };
    let model = found.map(|model| records.catalog.model(model));
    let card = model.and_then(|model| model.card.as_ref()).map(|(_, card)| card);
    let is_repository = raw.split('/').count() == 2 && raw.split('/').all(|part| !part.is_empty());
    let weights = card.and_then(|card| hub_repository(card.weights.as_ref()?.as_str(), ""));
    let canonical = model.map(|model| model.id.as_str());
    let id = if is_repository { raw } else { weights.or(canonical).unwrap_or(raw) };
    let availability = match card.and_then(|card| card.open_weights) {
        Some(true) => "open_weights",
        Some(false) => "closed_weights",
        None => UNKNOWN,
    };
    let mut details = texts([
        ("deployment_type", Some(UNKNOWN.to_owned())),
        ("model_availability", Some(availability.to_owned())),
        ("canonical_id", canonical.map(str::to_owned)),
    ]);
    details.extend(texts(group.model.variant.iter().map(|(part, value)| (part.name(), Some(value.to_owned())))));
    json!({"name": raw, "id": id, "additional_details": details})
}

fn result(records: Records, entry: &Entry) -> Json {
    let record = &entry.record;
    let place = record.place.to_string();
    let mut result = object([
        ("evaluation_result_id", format!("{}/{}#{place}", record.benchmark, record.metric.name).into()),
        ("evaluation_name", record.benchmark.to_string().into()),
        ("source_data", source_data(records, entry)),
        ("metric_config", metric_config(entry)),
        ("score_details", score_details(entry)),
    ]);
    if let Some(date) = &record.date {
        result.insert("evaluation_timestamp".to_owned(), date.as_str().into());
    }
    if !record.protocol.is_empty() {
        let stated = texts(record.protocol.iter().map(|(field, value)| (field.name(), Some(value.to_owned()))));
        result.insert("generation_config".to_owned(), json!({"additional_details": stated}));
    }
    result.into()
}

fn source_data(records: Records, entry: &Entry) -> Json {
    let benchmark = records.catalog.benchmark(entry.benchmark);
    let card = benchmark.card.as_ref().map(|(_, card)| card);
    let details = texts([
        ("benchmark_id", Some(benchmark.id.to_string())),
        ("benchmark_part", entry.subset().as_ref().map(ToString::to_string)),
        ("subset", entry.record.subset.as_ref().map(ToString::to_string)),
    ]);
    let mut source =
        object([("dataset_name", benchmark.name.to_string().into()), ("additional_details", details.into())]);
    let address = |card: &BenchmarkCard| Some(card.dataset.as_ref().or(card.homepage.as_ref())?.as_str().to_owned());
    let kind = if let Some(repository) = card.and_then(|card| dataset_repository(card)) {
        source.insert("hf_repo".to_owned(), repository.into());
        "hf_dataset"
    } else if let Some(address) = card.and_then(address) {
        source.insert("url".to_owned(), vec![address].into());
        "url"
    } else {
        "other"
    };
    source.insert("source_type".to_owned(), kind.into());
    source.into()
}

fn dataset_repository(card: &BenchmarkCard) -> Option<&str> {
    hub_repository(card.dataset.as_ref()?.as_str(), "datasets/")
}

/// The bounds of a metric are not known, and its type cannot be stated without them.
fn metric_config(entry: &Entry) -> Json {
    let metric = &entry.record.metric;
    let mut config = object([("lower_is_better", (metric.direction == Direction::Lower).into())]);
    if !metric.name.is_empty() {
        config.insert("metric_name".to_owned(), metric.name.to_string().into());
    }
    match metric.unit {
        Unit::Unknown => {}
        Unit::Fraction => drop(config.insert("metric_unit".to_owned(), "proportion".into())),
        unit => drop(config.insert("metric_unit".to_owned(), unit.name().into())),
    }
    if metric.direction == Direction::Unknown {
        config.insert("additional_details".to_owned(), json!({"direction": "unknown"}));
    }
    config.into()
}

fn score_details(entry: &Entry) -> Json {
    let record = &entry.record;
    let mut details = texts([
        ("items_total", record.items.total.map(|items| items.to_string())),
        ("aggregate", record.aggregate.then(|| "yes".to_owned())),
        ("reporter", Some(record.reporter.name().to_owned())),
        ("url", record.url.as_ref().map(|url| url.as_str().to_owned())),
        ("place", Some(record.place.to_string())),
    ]);
    for (name, json) in record.extra.iter().flat_map(|extra| extra.iter()) {
        details.insert(format!("extra:{name}"), json.to_string().into());
    }
    let mut uncertainty = Object::new();
    if let Some(error) = &record.standard_error {
        match exact_number(error) {
            Some(number) => drop(uncertainty.insert("standard_error".to_owned(), json!({"value": number}))),
            None => drop(details.insert("standard_error".to_owned(), error.text().into())),
        }
    }
    if let Some(interval) = &record.interval {
        let level = interval.level.as_ref();
        let is_share = |level: &Value| level.finite().is_some_and(|level| (0.0..=1.0).contains(&level));
        let exact_level = level.filter(|level| is_share(level)).and_then(exact_number);
        match (exact_number(&interval.low), exact_number(&interval.high)) {
            (Some(low), Some(high)) if level.is_none() == exact_level.is_none() => {
                let mut stated = object([("lower", low), ("upper", high)]);
                stated.extend(exact_level.map(|level| ("confidence_level".to_owned(), level)));
                uncertainty.insert("confidence_interval".to_owned(), stated.into());
            }
            _ => details.extend(texts([
                ("interval_low", Some(interval.low.to_string())),
                ("interval_high", Some(interval.high.to_string())),
                ("interval_level", level.map(ToString::to_string)),
            ])),
        }
    }
    if let Some(items) = record.items.scored {
        uncertainty.insert("num_samples".to_owned(), items.into());
    }
    let score = exact_number(&record.value).unwrap_or_else(|| {
        details.insert("score".to_owned(), record.value.text().into());
        json!(record.value.finite())
    });
    let mut scores = object([("score", score), ("details", details.into())]);
    if !uncertainty.is_empty() {
        scores.insert("uncertainty".to_owned(), uncertainty.into());
    }
    scores.into()
}
