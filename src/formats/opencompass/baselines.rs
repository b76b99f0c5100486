//! Baselines of OpenCompass's own tests: YAML, model → (group →) `<dataset>_<metric>` → value.

use crate::formats::json::{self, Json, Object};
use crate::formats::{Content, Format, Holds, Input, Reading};
use crate::record::{Direction, Field, Metric, ModelName, Place, Protocol, Record, Unit};
use std::sync::Arc;

pub struct Baselines;

/// The metrics that end a key. The longest that fits is meant.
const METRICS: [&str; 24] = [
    "accuracy",
    "accuracy_given_attempted",
    "attempted",
    "auc_score",
    "bleu",
    "correct_count",
    "exact_match",
    "extract_rate",
    "f1",
    "harmonic_mean",
    "humaneval_pass@1",
    "incorrect_count",
    "naive_average",
    "not_attempted_count",
    "pass@1",
    "rouge1",
    "score",
    "standard_deviation",
    "sum",
    "weighted_average",
    "Inst-level-loose-accuracy",
    "Inst-level-strict-accuracy",
    "Prompt-level-loose-accuracy",
    "Prompt-level-strict-accuracy",
];

impl Format for Baselines {
    fn name(&self) -> &'static str {
        "opencompass-baselines"
    }

    fn title(&self) -> &'static str {
        "OpenCompass baselines"
    }

    fn example(&self) -> &'static str {
        "oc_score_baseline.yaml"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let models = models(input)?;
        let rows_of = |row: &Json| row.as_object().is_some_and(|row| !row.is_empty() && is_row_or_groups(row));
        (!models.is_empty() && models.values().all(rows_of)).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Some(models) = models(input) else { return };
        let protocol = Arc::new(Protocol::default().with(Field::Harness, "OpenCompass"));
        for (name, row) in models {
            let Some(row) = row.as_object() else { continue };
            let model = ModelName::new(name.as_str());
            for (key, json) in row {
                match json.as_object() {
                    Some(group) => {
                        for (inner, json) in group {
                            read_score(&model, inner, json, &[name, key, inner], &protocol, reading);
                        }
                    }
                    None => read_score(&model, key, json, &[name, key], &protocol, reading),
                }
            }
        }
    }
}

fn models<'a>(input: &'a Input) -> Option<&'a Object> {
    match &input.content {
        Content::Yaml(json) => json.as_object(),
        _ => None,
    }
}

fn is_row_or_groups(row: &Object) -> bool {
    let is_score = |(key, json): (&String, &Json)| dataset_and_metric(key).is_some() && json::number(json).is_some();
    row.iter().all(|(key, json)| match json.as_object() {
        Some(group) => !group.is_empty() && group.iter().all(is_score),
        None => is_score((key, json)),
    })
}

fn read_score(
    model: &ModelName,
    key: &str,
    json: &Json,
    keys: &[&String],
    protocol: &Arc<Protocol>,
    reading: &mut Reading,
) {
    let pointer = json::pointer(keys.iter().map(|key| key.as_str()));
    let Some((dataset, metric)) = dataset_and_metric(key) else { return };
    let Some(value) = reading.score(json, &pointer) else { return };
    let unit = match metric {
        "f1" => Unit::Fraction,
        "bleu" | "rouge1" => Unit::Points,
        "sum" | "standard_deviation" => Unit::Unknown,
        _ if metric.ends_with("_count") => Unit::Count,
        _ => Unit::Percent,
    };
    let metric = Arc::new(Metric { name: metric.into(), unit, direction: Direction::Unknown });
    let provenance = reading.provenance(Place::Pointer(pointer), None);
    reading.records.push(Record::new(model.clone(), dataset.into(), metric, value, Arc::clone(protocol), provenance));
}

fn dataset_and_metric(key: &str) -> Option<(&str, &'static str)> {
    let of = |metric: &'static str| {
        let dataset = key.strip_suffix(metric)?.strip_suffix('_').filter(|dataset| !dataset.is_empty())?;
        Some((dataset, metric))
    };
    METRICS.into_iter().filter_map(of).max_by_key(|(_, metric)| metric.len())
}
