//! bigcode-evaluation-harness: the results of a run beside its `config`.

use super::json::{self, Json, Look, Object};
use super::shared::Shared;
use super::{Format, Holds, Input, Reading};
use crate::record::{Direction, Field, Metric, ModelName, Part, Place, Protocol, Record, Unit};
use std::sync::Arc;

pub struct BigCodeHarness;

impl Format for BigCodeHarness {
    fn name(&self) -> &'static str {
        "bigcode-harness"
    }

    fn title(&self) -> &'static str {
        "bigcode-evaluation-harness results"
    }

    fn example(&self) -> &'static str {
        "evaluation_results.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let config = input.object()?.object("config")?;
        ["n_samples", "tasks"].iter().all(|key| config.contains_key(*key)).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Some(root) = input.object() else { return };
        let Some(config) = root.object("config") else { return };
        let Some(model) = model(config) else { return reading.no_model() };
        let protocol = protocol(config);
        let (mut metrics, mut protocols) = (Shared::new(), Shared::new());
        for (task, scores) in root.iter().filter(|(task, _)| *task != "config") {
            let benchmark: Arc<str> = task.as_str().into();
            // Objects beside the scores count the ways in which programs failed.
            for (key, score) in scores.as_object().into_iter().flatten().filter(|(_, score)| !score.is_object()) {
                let pointer = json::pointer([task.as_str(), key]);
                let Some(value) = reading.score(score, &pointer) else { continue };
                let (part, name) = key.split_once('_').filter(|(_, name)| name.contains('@')).unwrap_or(("", key));
                let k = name.split_once('@').map(|(_, k)| k);
                let aggregate = part == "Average";
                let provenance = reading.provenance(Place::Pointer(pointer), None);
                reading.records.push(Record {
                    subset: (!part.is_empty() && !aggregate).then(|| part.into()),
                    aggregate,
                    ..Record::new(
                        model.clone(),
                        Arc::clone(&benchmark),
                        metrics.share(metric(name)),
                        value,
                        protocols.share(protocol.clone().with_any(Field::PassK, k)),
                        provenance,
                    )
                });
            }
        }
    }
}

fn metric(name: &str) -> Metric {
    let share = ["pass@", "beyond@"].iter().any(|prefix| name.starts_with(prefix));
    let (unit, direction) =
        if share { (Unit::Fraction, Direction::Higher) } else { (Unit::Unknown, Direction::Unknown) };
    Metric { name: name.into(), unit, direction }
}

fn model(config: &Object) -> Option<ModelName> {
    let is = |key: &str| config.get(key).and_then(Json::as_bool) == Some(true);
    let bits = [("load_in_4bit", "4bit"), ("load_in_8bit", "8bit")].into_iter().find(|(key, _)| is(key));
    let model = ModelName::new(config.text("peft_model").or_else(|| config.text("model"))?);
    let revision = config.text("revision").filter(|revision| *revision != "main");
    Some(
        model
            .with_any(Part::Revision, revision)
            .with_any(Part::Precision, config.text("precision"))
            .with_any(Part::Quantisation, bits.map(|(_, bits)| bits)),
    )
}

fn protocol(config: &Object) -> Protocol {
    // Without sampling the temperature is not used.
    let greedy = config.get("do_sample").and_then(Json::as_bool) == Some(false);
    Protocol::default()
        .with(Field::Harness, "bigcode-evaluation-harness")
        .with_any(Field::Temperature, if greedy { Some("0") } else { config.scalar("temperature") })
        .with_any(Field::Repeats, config.scalar("n_samples"))
        .with_any(Field::Prompt, config.text("prompt"))
        .with_any(Field::Limit, config.scalar("limit"))
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::{codes, only, read_text};
    use crate::record::{Field, Part, Unit};

    #[test]
    fn each_k_is_a_record_and_prefixes_are_parts() {
        let text = r#"{"quiz": {"pass@1": 0.350, "Easy_pass@10": 0.5, "Average_beyond@1": 0.25, "Easy": {"passed": 3}, "bleu_4": 7},
            "config": {"model": "org/m", "revision": "main", "precision": "bf16", "load_in_4bit": true, "load_in_8bit": false,
            "temperature": 0.2, "n_samples": 20, "tasks": "quiz", "limit": 100, "do_sample": true}}"#;
        let reading = read_text("x.json", text);
        assert_eq!((codes(&reading).len(), reading.records.len()), (0, 4));
        let one = only(&reading, "quiz", "pass@1");
        assert_eq!((one.value.text(), one.metric.unit, one.subset.as_deref()), ("0.350", Unit::Fraction, None));
        assert_eq!((one.model.get(Part::Quantisation), one.model.get(Part::Precision)), (Some("4bit"), Some("bf16")));
        assert_eq!(one.model.get(Part::Revision), None);
        let field = |field| one.protocol.get(field);
        assert_eq!((field(Field::Repeats), field(Field::Temperature)), (Some("20"), Some("0.2")));
        assert_eq!((field(Field::PassK), field(Field::Limit)), (Some("1"), Some("100")));
        let easy = only(&reading, "quiz", "pass@10");
        assert_eq!((easy.subset.as_deref(), easy.protocol.get(Field::PassK)), (Some("Easy"), Some("10")));
        assert!(only(&reading, "quiz", "beyond@1").aggregate);
        assert_eq!(only(&reading, "quiz", "bleu_4").metric.unit, Unit::Unknown);
        let greedy = read_text("x.json", &text.replace("\"do_sample\": true", "\"do_sample\": false"));
        assert_eq!(greedy.records[0].protocol.get(Field::Temperature), Some("0"));
    }

    #[test]
    fn wrong_types_are_no_crash() {
        for text in [
            r#"{"t": {"pass@1": []}, "u": 5, "config": {"n_samples": {}, "tasks": 1, "model": "m"}}"#,
            r#"{"t": {"pass@1": 1}, "config": {"n_samples": 1, "tasks": 1, "model": 5}}"#,
        ] {
            assert!(!read_text("x.json", text).diagnostics.is_empty(), "{text}");
        }
    }
}
