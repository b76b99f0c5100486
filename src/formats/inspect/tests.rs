use crate::formats::archive::tests::archive;
use crate::formats::testing::{codes, only, read_bytes, read_text};
use crate::record::{Direction, Field, Items, Part, Unit};
use zip::CompressionMethod;

/// A log of a task whose results and samples are given.
fn log(model: &str, config: &str, rest: &str) -> String {
    format!(
        r#"{{"version": 2, "status": "success", "plan": {{"config": {{"max_tokens": 64}}}},
        "eval": {{"created": "2025-01-02T03:04:05+00:00", "task": "suite/quiz", "task_version": 1, "model": "{model}",
        "model_generate_config": {{"temperature": 0.5, "reasoning_effort": "low"}}, "task_args": {{"cot": false, "fewshot": 3}},
        "dataset": {{"samples": 100}}, "config": {{{config}}}, "packages": {{"inspect_ai": "0.3.1"}}}}, {rest}}}"#
    )
}

const ACCURACY: &str = r#""results": {"total_samples": 3, "completed_samples": 3, "scores": [{"name": "match", "scorer": "match",
    "metrics": {"accuracy": {"name": "accuracy", "value": 0.50, "options": {}}, "stderr": {"name": "stderr", "value": 0.1}}}]}"#;

#[test]
fn a_metric_bears_the_error_beside_it() {
    let reading = read_text("x.json", &log("hf/Org/M-7B", r#""limit": 3, "epochs": 1"#, ACCURACY));
    assert_eq!((codes(&reading).len(), reading.records.len()), (0, 1));
    let record = only(&reading, "suite/quiz", "accuracy");
    assert_eq!((record.value.text(), record.standard_error.as_ref().unwrap().text()), ("0.50", "0.1"));
    assert_eq!((record.metric.unit, record.metric.direction), (Unit::Fraction, Direction::Higher));
    assert_eq!(record.items, Items { scored: Some(3), total: Some(100) });
    assert_eq!((&*record.model.raw, record.model.get(Part::Provider)), ("Org/M-7B", Some("hf")));
    assert_eq!(record.model.get(Part::Effort), Some("low"));
    let fields: Vec<_> = record.protocol.iter().map(|(field, value)| format!("{field}={value}")).collect();
    assert_eq!(
        fields.join(" "),
        "shots=3 chain_of_thought=no repeats=1 temperature=0.5 max_tokens=64 filter=match benchmark_version=1 \
         harness=Inspect harness_version=0.3.1 limit=3"
    );
    assert_eq!(record.provenance.place.to_string(), "/results/scores/0/metrics/accuracy/value");
    assert_eq!(record.provenance.date.as_ref().unwrap().day(), "2025-01-02");
}

#[test]
fn services_belong_to_the_provider() {
    for (written, name, provider) in [
        ("openai/azure/gpt-4o-mini", "gpt-4o-mini", Some("openai/azure")),
        ("together/org/m", "org/m", Some("together")),
        ("openai-api/host/m", "m", Some("openai-api/host")),
        ("openai/m", "m", Some("openai")),
        ("m", "m", None),
    ] {
        let reading = read_text("x.json", &log(written, "", ACCURACY));
        let model = &reading.records[0].model;
        assert_eq!((&*model.raw, model.get(Part::Provider)), (name, provider));
    }
    assert_eq!(codes(&read_text("x.json", &log("none/none", "", ACCURACY))), ["no-model"]);
}

#[test]
fn groups_are_subsets_and_the_error_is_that_of_all() {
    let entry = |value| {
        format!(r#"{{"value": {value}, "params": {{"metric": {{"name": "accuracy"}}, "group_key": "field"}}}}"#)
    };
    let scores = format!(
        r#""results": {{"completed_samples": 3, "scores": [{{"name": "s", "metrics": {{"law": {}, "all": {},
        "stderr": {{"value": 0.2}}}}}}]}}"#,
        entry("0.1"),
        entry("0.4")
    );
    let reading = read_text("x.json", &log("a/m", "", &scores));
    let [all, law] = &reading.records[..] else { panic!("{:?}", codes(&reading)) };
    assert_eq!((&*all.metric.name, all.subset.as_deref(), all.aggregate), ("accuracy", None, true));
    assert_eq!(all.standard_error.as_ref().unwrap().text(), "0.2");
    assert_eq!((law.subset.as_deref(), law.standard_error.as_ref(), law.items.scored), (Some("law"), None, None));
}

#[test]
fn a_trait_has_no_better_side_and_an_object_is_no_number() {
    let scores =
        r#""results": {"scores": [{"name": "s", "metrics": {"openness": {"value": 0.9}, "o": {"value": {}}}}]}"#;
    let reading = read_text("x.json", &log("a/m", "", scores));
    assert_eq!(codes(&reading), ["not-a-number"]);
    assert_eq!(reading.records[0].metric.direction, Direction::Unknown);
}

const SAMPLES: &str = r#""samples": [
    {"id": 1, "epoch": 1, "scores": {"match": {"value": "C"}}}, {"id": 1, "epoch": 2, "scores": {"match": {"value": "C"}}},
    {"id": 2, "epoch": 1, "scores": {"match": {"value": "C"}}}, {"id": 2, "epoch": 2, "scores": {"match": {"value": "I"}}},
    {"id": 3, "epoch": 1, "scores": {"match": {"value": "I"}}}, {"id": 3, "epoch": 2, "scores": {"match": {"value": "I"}}},
    {"id": 4, "epoch": 1, "scores": {"match": {"value": "P"}}}, {"id": 5, "epoch": 1, "scores": {}, "error": {}}],
    "reductions": [{"scorer": "match", "samples": [{"value": 1.0, "sample_id": 1}, {"value": 0.5, "sample_id": 2},
    {"value": 0, "sample_id": 3}, {"value": "P", "sample_id": 4}]}]"#;

#[test]
fn letters_stand_for_what_the_log_reduced_them_to() {
    let text = log(
        "a/m",
        r#""epochs": 2"#,
        &format!("{SAMPLES}, {}", ACCURACY.replace("\"completed_samples\": 3", "\"completed_samples\": 8")),
    );
    let reading = read_text("x.json", &text);
    assert_eq!(codes(&reading), ["not-a-number"]);
    let items = &reading.items[0];
    assert_eq!(items.scores(), [1.0, 1.0, 1.0, 0.0, 0.0, 0.0]);
    assert_eq!(items.items()[0], items.items()[1]);
    assert_eq!((&*items.metric.name, items.protocol.get(Field::Repeats)), ("accuracy", Some("2")));
    assert_eq!(items.provenance.place.to_string(), "/samples/0/scores/match/value");
    // Completed samples are counted once for each epoch.
    assert_eq!(reading.records[0].items.scored, Some(4));
}

#[test]
fn reductions_that_disagree_say_nothing() {
    let samples = r#""samples": [{"id": 1, "scores": {"s": {"value": "C"}}}, {"id": 2, "scores": {"s": {"value": "C"}}},
        {"id": 3, "scores": {"s": {"value": true}}}, {"id": 4, "scores": {"s": {"value": 0.25}}}], "results": null,
        "reductions": [{"scorer": "s", "samples": [{"value": 1, "sample_id": 1}, {"value": 0, "sample_id": 2}]}]"#;
    let reading = read_text("x.json", &log("a/m", "", samples));
    assert_eq!(codes(&reading), ["not-a-number"]);
    assert_eq!((reading.items[0].scores(), &*reading.items[0].metric.name), (&[1.0, 0.25][..], "s"));
}

#[test]
fn a_log_without_scores_says_its_status() {
    for rest in [r#""results": null"#, r#""results": {"scores": []}"#] {
        let reading = read_text("x.json", &log("a/m", "", rest).replace("success", "error"));
        assert_eq!(codes(&reading), ["no-scores"]);
        assert!(reading.diagnostics.iter().next().unwrap().message.contains("status is error"));
    }
    let reading = read_text("x.json", &log("a/m", "", ACCURACY).replace("success", "cancelled"));
    assert_eq!(&*reading.records[0].extra.as_ref().unwrap()["status"], "\"cancelled\"");
}

#[test]
fn archives_are_read_by_their_parts() {
    let header = log("a/m", "", ACCURACY);
    let summaries = r#"[{"id": "q", "epoch": 1, "scores": {"match": {"value": "I"}}}]"#;
    let reductions = r#"[{"scorer": "match", "samples": [{"value": 0, "sample_id": "q"}]}]"#;
    for method in [CompressionMethod::Deflated, CompressionMethod::Zstd] {
        let bytes = archive(&[
            ("header.json", &header, method),
            ("summaries.json", summaries, method),
            ("_journal/summaries/1.json", summaries, method),
            ("reductions.json", reductions, method),
            ("samples/q_epoch_1.json", "{ not opened", method),
        ]);
        let reading = read_bytes("x.eval", &bytes);
        assert_eq!(codes(&reading), [""; 0]);
        assert_eq!(
            reading.records[0].provenance.place.to_string(),
            "/header.json/results/scores/0/metrics/accuracy/value"
        );
        assert_eq!(reading.items[0].scores(), [0.0]);
        assert_eq!(reading.items[0].provenance.place.to_string(), "/summaries.json/0/scores/match/value");
    }
}

#[test]
fn an_unfinished_archive_gives_what_its_journal_has() {
    let start = log("a/m", "", r#""x": 0"#).replace(r#""status": "success", "#, "");
    let numbers = r#"[{"id": "q", "epoch": 1, "scores": {"s": {"value": 0.5}}}]"#;
    let bytes = archive(&[("_journal/start.json", &start, CompressionMethod::Deflated)]);
    let reading = read_bytes("x.eval", &bytes);
    assert_eq!(codes(&reading), ["no-scores"]);
    assert!(reading.diagnostics.iter().next().unwrap().message.contains("not finished"));
    let bytes = archive(&[
        ("_journal/start.json", &start, CompressionMethod::Deflated),
        ("_journal/summaries/1.json", numbers, CompressionMethod::Deflated),
    ]);
    let reading = read_bytes("x.eval", &bytes);
    assert_eq!((codes(&reading).len(), reading.items[0].scores()), (0, &[0.5][..]));
}

#[test]
fn wrong_types_are_no_crash() {
    for rest in [
        r#""results": {"scores": [5, {"metrics": 5}, {"metrics": {"accuracy": 5}}], "completed_samples": "x"}"#,
        r#""results": [], "samples": {"a": 1}, "reductions": [{"scorer": "s", "samples": 5}, 5]"#,
        r#""results": {}, "samples": [5, {"id": []}, {"id": 1, "scores": [1]}, {"id": 1, "scores": {"s": 5}}]"#,
    ] {
        assert!(!read_text("x.json", &log("a/m", r#""epochs": 0"#, rest)).diagnostics.is_empty(), "{rest}");
    }
}
