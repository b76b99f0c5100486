//! OpenAI's simple-evals: `<eval>_<model>.json`, a flat object of means, each with `:std` beside it.
//!
//! `:std` is the standard deviation over the items and no standard error; the number of items is not there. Evaluation and
//! model are only in the name.

use super::json::{self, Json, Look};
use super::{Format, Holds, Input, Reading, names};
use crate::record::{Date, Direction, Field, Metric, ModelName, Place, Protocol, Record, Unit};
use std::sync::Arc;

pub struct SimpleEvals;

/// Evaluations whose name starts as another's or has `_` in it come first.
const EVALUATIONS: [&str; 13] = [
    "healthbench_consensus",
    "healthbench_hard",
    "healthbench_meta",
    "healthbench",
    "browsecomp",
    "drop",
    "gpqa",
    "humaneval",
    "math",
    "mgsm",
    "mmlu",
    "simpleqa",
    "vision",
];

/// Evaluations whose keys are groups of questions and not metrics.
const WITH_GROUPS: [&str; 2] = ["mgsm", "mmlu"];

impl Format for SimpleEvals {
    fn name(&self) -> &'static str {
        "simple-evals"
    }

    fn title(&self) -> &'static str {
        "simple-evals results"
    }

    fn example(&self) -> &'static str {
        "mmlu_<model>.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let root = input.object()?;
        let is_flat =
            root.iter().all(|(key, value)| key == "metrics" && value.is_object() || json::number(value).is_some());
        (is_flat && root.contains_key("score") && root.keys().any(|key| key.ends_with(":std"))).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Some(root) = input.object() else { return };
        let Some(name) = Name::of(input.path) else { return reading.no_model() };
        let run = Run {
            model: ModelName::new(name.model),
            evaluation: name.evaluation,
            benchmark: name.evaluation.into(),
            protocol: Arc::new(Protocol::default().with(Field::Harness, "simple-evals")),
            date: name.date,
        };
        for (key, json) in root {
            run.read_score(key, json, &[key], reading);
        }
        for (key, json) in root.object("metrics").into_iter().flatten().filter(|(key, _)| !root.contains_key(*key)) {
            run.read_score(key, json, &["metrics", key], reading);
        }
    }
}

/// What the path says: `<eval>_<model>[_<date>].json` in a folder that may be called by the date.
struct Name<'a> {
    evaluation: &'a str,
    model: &'a str,
    date: Option<Date>,
}

impl<'a> Name<'a> {
    fn of(path: &'a str) -> Option<Self> {
        let stem = names::stem(path);
        let dated = names::date_at_end(stem).and_then(|date| {
            let name = stem.strip_suffix(&digits(&date))?.strip_suffix('_')?;
            Some((name.strip_suffix("_DEBUG").unwrap_or(name), date))
        });
        let (stem, date) = dated.map_or((stem, None), |(stem, date)| (stem, Some(date)));
        let after = |evaluation: &'static str| Some((evaluation, stem.strip_prefix(evaluation)?.strip_prefix('_')?));
        let known = EVALUATIONS.into_iter().find_map(after);
        // Of a name with one `_` it is plain which part is which.
        let (evaluation, model) = known.or_else(|| stem.split_once('_').filter(|(_, model)| !model.contains('_')))?;
        let date = date.or_else(|| names::folders(path).next().and_then(names::date_in_parts));
        (!evaluation.is_empty() && !model.is_empty()).then_some(Self { evaluation, model, date })
    }
}

/// How a name spells a date with a time.
fn digits(date: &Date) -> String {
    date.as_str().replace(['-', ':'], "").replace('T', "_")
}

struct Run<'a> {
    model: ModelName,
    evaluation: &'a str,
    benchmark: Arc<str>,
    protocol: Arc<Protocol>,
    date: Option<Date>,
}

impl Run<'_> {
    fn read_score(&self, key: &str, json: &Json, keys: &[&str], reading: &mut Reading) {
        // A deviation, or the object of metrics, or a metric's details.
        let Some(value) = json::number(json).filter(|_| !key.ends_with(":std")) else { return };
        let is_group = WITH_GROUPS.contains(&self.evaluation) && !matches!(key, "score" | "chars");
        let metric = Arc::new(metric(if is_group { "score" } else { key }));
        let provenance = reading.provenance(Place::Pointer(json::pointer(keys.iter().copied())), self.date.clone());
        let (benchmark, protocol) = (Arc::clone(&self.benchmark), Arc::clone(&self.protocol));
        reading.records.push(Record {
            subset: is_group.then(|| key.into()),
            aggregate: is_group && key.starts_with("group_"),
            ..Record::new(self.model.clone(), benchmark, metric, value, protocol, provenance)
        });
    }
}

fn metric(name: &str) -> Metric {
    let (unit, direction) = match name {
        "score" | "em_score" | "is_correct" => (Unit::Fraction, Direction::Higher),
        "f1_score" => (Unit::Percent, Direction::Higher),
        "is_incorrect" => (Unit::Fraction, Direction::Lower),
        "is_not_attempted" => (Unit::Fraction, Direction::Unknown),
        "chars" => (Unit::Count, Direction::Unknown),
        _ if name.starts_with("pass@") => (Unit::Fraction, Direction::Higher),
        _ => (Unit::Unknown, Direction::Unknown),
    };
    Metric { name: name.into(), unit, direction }
}

#[cfg(test)]
mod tests {
    use crate::formats::Reading;
    use crate::formats::testing::{codes, read_text};
    use crate::record::Unit;

    /// `benchmark/subset metric value` of every record; an average has a star.
    fn scores(reading: &Reading) -> Vec<String> {
        let row = |record: &crate::record::Record| {
            let subset = record.subset.as_deref().map_or(String::new(), |subset| format!("/{subset}"));
            let star = if record.aggregate { "*" } else { "" };
            format!("{}{subset}{star} {} {}", record.benchmark, record.metric.name, record.value)
        };
        reading.records.iter().map(row).collect()
    }

    #[test]
    fn groups_are_subsets_and_a_deviation_is_no_error() {
        let text =
            r#"{"bn": 0.0, "bn:std": 0.0, "group_latin": 0.5, "score:std": 0.44, "chars": 812.5, "score": 0.7272727}"#;
        let reading = read_text("results/2024-11-28_05-04-56/mgsm_gpt_x-1.json", text);
        assert_eq!(codes(&reading), [""; 0]);
        assert_eq!(
            scores(&reading),
            ["mgsm/bn score 0.0", "mgsm chars 812.5", "mgsm/group_latin* score 0.5", "mgsm score 0.7272727"]
        );
        let first = &reading.records[0];
        assert_eq!((&*first.model.raw, &first.standard_error), ("gpt_x-1", &None));
        assert_eq!(first.provenance.date.as_ref().unwrap().as_str(), "2024-11-28T05:04:56");
    }

    #[test]
    fn drop_has_a_metric_in_percent_beside_fractions() {
        let text = r#"{"score": 0.8, "score:std": 0.1, "f1_score": 81.5, "em_score": 0.7, "metrics": {"other": 2, "score": 1}}"#;
        let reading = read_text("drop_m.json", text);
        assert_eq!(scores(&reading), ["drop em_score 0.7", "drop f1_score 81.5", "drop score 0.8", "drop other 2"]);
        let units: Vec<_> = reading.records.iter().map(|record| record.metric.unit).collect();
        assert_eq!(units, [Unit::Fraction, Unit::Percent, Unit::Fraction, Unit::Unknown]);
        assert_eq!(reading.records[3].provenance.place.to_string(), "/metrics/other");
    }

    #[test]
    fn the_name_is_cut_where_it_tells() {
        let text = r#"{"score": 1.0, "score:std": 0.0}"#;
        for (name, found) in [
            ("healthbench_hard_gpt_4", Some(("healthbench_hard", "gpt_4", None))),
            ("new_model", Some(("new", "model", None))),
            ("mmlu_a_b_DEBUG_20250101_120000", Some(("mmlu", "a_b", Some("2025-01-01T12:00:00")))),
            ("new_eval_model", None),
            ("score", None),
        ] {
            let reading = read_text(&format!("{name}.json"), text);
            let record = reading.records.first();
            let read =
                record.map(|r| (&*r.benchmark, &*r.model.raw, r.provenance.date.as_ref().map(|date| date.as_str())));
            assert_eq!(read, found, "{name}");
            assert_eq!(codes(&reading).len(), usize::from(found.is_none()));
        }
        assert_eq!(codes(&read_text("mmlu_m.json", r#"{"score": 1.0}"#)), ["unrecognised-result-file"]);
    }
}
