use crate::formats::testing::{codes, only, read_from, read_text};
use crate::record::{Direction, Field, ItemKey, Items, Part, Source, Unit};

/// A run of the newest layout with a two-level group.
const RUN: &str = r#"{
  "results": {
    "suite": {"alias": "suite", "acc,none": 0.5, "acc_stderr,none": "N/A", "sample_count": {"acc,none": 9}},
    "suite_law": {"alias": " - law", "acc,none": 0.25, "acc_stderr,none": 0.01},
    "law_a": {"alias": "  - a", "name": "law_a", "sample_len": 5, "acc,none": 0.2, "acc_stderr,none": NaN},
    "law_b": {"alias": "  - b", "acc,none": 0.30, "acc_stderr,none": 0.0},
    "gsm8k": {"alias": "gsm8k", "exact_match,strict-match": 0.4, "exact_match,flexible-extract": 0.5},
    "mt": {"bleu,none": 31.5, "ter,none": 60.1, "likelihood_diff,none": 1.5, "brier_score,none": 0.2},
    "own": {"bleu,none": 0.57},
    "odd": {"mae,none": Infinity, "acc,none": NaN, "list,none": [1, 2]}
  },
  "groups": {"suite": {"acc,none": 0.5}},
  "group_subtasks": {"suite": ["suite_law"], "suite_law": ["law_a", "law_b"], "gsm8k": []},
  "configs": {
    "law_a": {"dataset_name": "a", "test_split": "test", "output_type": "multiple_choice", "num_fewshot": 5},
    "law_b": {"dataset_name": "b", "validation_split": "validation", "output_type": "multiple_choice"},
    "mt": {"metric_list": [{"metric": "bleu"}, {"metric": "ter", "higher_is_better": false}]},
    "own": {"metric_list": [{"metric": "bleu", "aggregation": "nanmean"}]}
  },
  "versions": {"suite": "N/A", "law_a": 1.0, "law_b": "0", "gsm8k": "Yaml"},
  "n-shot": {"suite": 0, "suite_law": 5, "law_a": 5, "gsm8k": 0},
  "higher_is_better": {"law_a": {"acc": true}, "law_b": {"acc": true}, "gsm8k": {"exact_match": null}},
  "n-samples": {"law_a": {"original": 100, "effective": 10}},
  "config": {"model": "hf", "model_args": "pretrained=org/model,dtype=auto,revision=step7", "num_fewshot": 5,
    "model_dtype": "torch.bfloat16", "model_revision": "main", "model_sha": "", "limit": 10.0},
  "git_hash": "abc1234", "date": 1741299624.44, "lm_eval_version": "0.4.8", "model_name": "org/model",
  "chat_template": null, "start_time": 5.5, "total_evaluation_time_seconds": "2"
}"#;

fn file(settings: &str) -> String {
    format!(r#"{{"results": {{"t": {{"acc,none": 0.5}}}}, {settings}}}"#)
}

#[test]
fn a_run_is_read_with_its_protocol_and_place() {
    let reading = read_text("out/results.json", RUN);
    let record = only(&reading, "law_a", "acc");
    assert_eq!(record.value.text(), "0.2");
    assert_eq!(record.subset, None);
    assert_eq!(record.items, Items { scored: Some(10), total: Some(100) });
    assert_eq!(record.items.partial(), Some(true));
    let stated: Vec<_> = record.protocol.iter().map(|(field, value)| format!("{field}={value}")).collect();
    assert_eq!(
        stated,
        [
            "split=test",
            "shots=5",
            "chat_template=no",
            "filter=none",
            "mode=multiple_choice",
            "benchmark_version=1.0",
            "harness=lm-evaluation-harness",
            "harness_version=0.4.8",
            "harness_commit=abc1234",
            "limit=10.0",
        ]
    );
    assert_eq!(record.provenance.place.to_string(), "/results/law_a/acc,none");
    assert_eq!(record.provenance.date.as_ref().unwrap().as_str(), "2025-03-06T22:20:24.44Z");
    assert_eq!(reading.records.len(), 13);
}

#[test]
fn the_model_is_identified_by_name_revision_and_precision() {
    let reading = read_text("out/results.json", RUN);
    let model = &reading.records[0].model;
    assert_eq!(&*model.raw, "org/model");
    assert_eq!(model.get(Part::Revision), Some("step7"), "main names no one set of weights");
    assert_eq!(model.get(Part::Precision), Some("bfloat16"), "auto names no precision");
}

#[test]
fn group_rows_are_averages_and_read_once() {
    let reading = read_text("x.json", RUN);
    assert!(only(&reading, "suite", "acc").aggregate);
    assert!(only(&reading, "suite_law", "acc").aggregate);
    assert!(!only(&reading, "law_a", "acc").aggregate);
    assert!(!reading.records.iter().any(|record| &*record.benchmark == "gsm8k" && record.aggregate));
}

#[test]
fn a_group_states_what_all_its_members_agree_on() {
    let reading = read_text("x.json", RUN);
    let group = only(&reading, "suite", "acc");
    assert_eq!(group.protocol.get(Field::Shots), Some("5"), "its own n-shot says 0");
    assert_eq!(group.protocol.get(Field::Mode), Some("multiple_choice"));
    assert_eq!(group.protocol.get(Field::Split), None, "the members differ");
    assert_eq!(group.protocol.get(Field::BenchmarkVersion), None);
    assert_eq!((group.subset.as_ref(), group.items), (None, Items::default()));
    assert_eq!(group.metric.direction, Direction::Higher);
}

#[test]
fn a_group_that_contains_itself_does_not_hang() {
    let text = file(r#""group_subtasks": {"t": ["u", "t"], "u": ["t"]}, "model_name": "m""#);
    assert_eq!(read_text("x.json", &text).records.len(), 1);
}

#[test]
fn two_filters_of_one_metric_are_two_records() {
    let reading = read_text("x.json", RUN);
    let filters: Vec<_> = (reading.records.iter())
        .filter(|record| &*record.metric.name == "exact_match")
        .map(|record| (record.protocol.get(Field::Filter).unwrap(), record.value.text()))
        .collect();
    assert_eq!(filters, [("flexible-extract", "0.5"), ("strict-match", "0.4")]);
}

#[test]
fn absent_and_placeholder_statements_stay_unknown() {
    let reading = read_text("x.json", RUN);
    assert_eq!(only(&reading, "suite", "acc").standard_error, None, "N/A");
    assert_eq!(only(&reading, "law_a", "acc").standard_error, None, "NaN");
    assert_eq!(only(&reading, "law_b", "acc").standard_error.as_ref().unwrap().text(), "0.0");
    let zero_shots = reading.records.iter().find(|record| &*record.benchmark == "gsm8k").unwrap();
    assert_eq!(zero_shots.protocol.get(Field::Shots), Some("0"));
    assert_eq!(zero_shots.protocol.get(Field::BenchmarkVersion), None, "Yaml");
    assert_eq!(zero_shots.metric.direction, Direction::Unknown, "null");
}

#[test]
fn units_follow_the_metric_and_directions_the_file() {
    let reading = read_text("x.json", RUN);
    let metric = |benchmark, name| {
        let metric = &only(&reading, benchmark, name).metric;
        (metric.unit, metric.direction)
    };
    assert_eq!(metric("law_a", "acc"), (Unit::Fraction, Direction::Higher));
    assert_eq!(metric("mt", "bleu"), (Unit::Points, Direction::Unknown));
    assert_eq!(metric("mt", "ter"), (Unit::Points, Direction::Lower));
    assert_eq!(metric("mt", "likelihood_diff"), (Unit::Unknown, Direction::Unknown));
    assert_eq!(metric("own", "bleu"), (Unit::Unknown, Direction::Unknown), "a task's own mean, from 0 to 1");
}

#[test]
fn nan_and_infinite_scores_are_kept_and_lists_reported() {
    let reading = read_text("x.json", RUN);
    assert!(only(&reading, "odd", "acc").value.is_missing());
    assert_eq!(only(&reading, "odd", "mae").value.text(), "Infinity");
    assert_eq!(codes(&reading), ["not-a-number"]);
    assert!(reading.diagnostics.iter().next().unwrap().message.contains("[1,2] at /results/odd/list,none"));
}

#[test]
fn the_model_is_taken_from_the_arguments_when_it_has_no_name() {
    let model = |settings: &str| read_text("a/b.json", &file(settings)).records[0].model.raw.to_string();
    assert_eq!(
        model(r#""model_name": "", "config": {"model_args": "pretrained=/data/m,peft=/data/lora"}"#),
        "/data/lora"
    );
    assert_eq!(model(r#""config": {"model": "api", "model_args": {"temperature": 0.0, "model": "flash"}}"#), "flash");
    assert_eq!(model(r#""config": {"model": "dummy", "model_args": ""}"#), "dummy");
}

#[test]
fn a_wrapped_and_a_bare_results_object_are_read() {
    let reading = read_text(
        "x.json",
        r#"{"model": "/w/M", "tasks": ["t"], "num_fewshot": 5, "results": {"t": {"acc,none": 1}}}"#,
    );
    assert_eq!(&*reading.records[0].model.raw, "/w/M");
    assert_eq!(reading.records[0].protocol.get(Field::Shots), Some("5"));
    let bare = r#"{"lambada": {"perplexity,none": 4.80, "acc,none": 0.66, "alias": "lambada"}}"#;
    let reading = read_text("r/Org__model-1/results_2025-03-04T11-20-05.json", bare);
    let record = only(&reading, "lambada", "perplexity");
    assert_eq!((&*record.model.raw, record.metric.unit), ("Org/model-1", Unit::Points));
    assert_eq!(record.provenance.place.to_string(), "/lambada/perplexity,none");
    assert_eq!(record.provenance.date.as_ref().unwrap().as_str(), "2025-03-04T11:20:05");
    assert_eq!(record.protocol.get(Field::Shots), None, "unknown is not 0");
}

#[test]
fn a_file_that_names_no_model_is_an_error_with_the_remedy() {
    for path in ["results/r.json", "__data__models__Qwen/r.json", "r.json"] {
        let reading = read_text(path, r#"{"t": {"acc,none": 0.5}}"#);
        assert_eq!(codes(&reading), ["no-model"], "{path}");
        assert!(reading.diagnostics.iter().next().unwrap().hint.as_ref().unwrap().contains("org__name"));
    }
}

#[test]
fn a_chat_template_is_yes_no_or_unknown() {
    for (settings, expected) in [
        (r#""model_name": "m", "chat_template": "{%- if tools %}""#, Some("yes")),
        (r#""model_name": "m", "chat_template": null"#, Some("no")),
        (r#""model_name": "m", "chat_template": """#, None),
        (r#""model_name": "m""#, None),
    ] {
        let reading = read_text("x.json", &file(settings));
        assert_eq!(reading.records[0].protocol.get(Field::ChatTemplate), expected, "{settings}");
    }
}

#[test]
fn a_full_run_has_no_limit() {
    let reading = read_text("x.json", &file(r#""model_name": "m", "config": {"limit": null}"#));
    assert_eq!(reading.records[0].protocol.get(Field::Limit), None);
}

#[test]
fn a_run_summary_holds_no_scores() {
    let reading = read_text("x/summary_openllm.json", r#"{"elapsed_time": 5, "gpu": "A100"}"#);
    assert_eq!((codes(&reading), reading.origin.format), (vec!["no-scores".to_owned()], "lm-eval"));
}

#[test]
fn results_of_other_tools_are_not_claimed() {
    for text in [
        r#"{"config_general": {}, "results": {"t|5": {"a,b": 1}}}"#,
        r#"{"params": {}, "tasks": {}, "n_samples": {}, "results": {"t": {"acc,none": 1}}}"#,
        r#"{"results": {"t": {"acc": 0.5}}, "versions": {"t": 0}, "config": {}}"#,
    ] {
        assert_ne!(read_text("x.json", text).origin.format, "lm-eval", "{text}");
    }
}

#[test]
fn a_key_without_a_filter_is_a_metric_without_one() {
    let text = r#"{"model_name": "m", "results": {"t": {"acc,none": 0.5, "own": 0.25, "own_stderr": 0.1, "sample_len": 4,
        "note": "slow", "alias": "t"}}}"#;
    let reading = read_text("x.json", text);
    let record = only(&reading, "t", "own");
    assert_eq!((record.value.text(), record.protocol.get(Field::Filter)), ("0.25", None));
    assert_eq!(record.standard_error.as_ref().unwrap().text(), "0.1");
    assert_eq!((reading.records.len(), codes(&reading)), (2, vec!["not-a-number".to_owned()]), "a note is no score");
}

#[test]
fn an_adapter_and_weights_loaded_in_fewer_bits_are_systems_of_their_own() {
    let arguments = r#""config": {"model_args": "pretrained=a/b,load_in_8bit=True,peft=/data/lora"}"#;
    let reading = read_text("x.json", &file(arguments));
    let model = &reading.records[0].model;
    assert_eq!((&*model.raw, model.get(Part::Quantisation)), ("/data/lora", Some("8-bit")));
}

/// Two documents, one of them under two filters.
const SAMPLES: &str = r#"{"doc_id": 0, "doc": {}, "target": "a", "filtered_resps": ["a"], "filter": "strict", "metrics": ["acc", "f1"], "doc_hash": "h0", "acc": 1.0, "f1": [["x"], ["y"]], "label": 7}
{"doc_id": 1, "doc": {}, "target": "a", "filtered_resps": ["b"], "filter": "strict", "metrics": ["acc"], "doc_hash": "h1", "acc": false}
{"doc_id": 0, "doc": {}, "target": "a", "filtered_resps": ["a"], "filter": "loose", "metrics": ["acc"], "doc_hash": "h0", "acc": true}
{"doc_id": 1, "doc": {}, "target": "a", "filtered_resps": ["b"], "filter": "loose", "metrics": ["acc"], "doc_hash": "h1", "acc": NaN}
"#;

#[test]
fn samples_take_model_and_protocol_from_the_results_beside_them() {
    let results = r#"{"model_name": "org/m", "results": {"law_a": {"acc,strict": 0.5}}, "n-shot": {"law_a": 3},
        "higher_is_better": {"law_a": {"acc": true}}, "date": 1741299624.44}"#;
    let sibling = |name: &str| (name == "results_2025-03-06T22-23-33.022702.json").then(|| results.to_owned());
    let path = "out/samples_law_a_2025-03-06T22-23-33.022702.jsonl";
    let reading = read_from(path, SAMPLES.as_bytes(), Source::default(), &sibling);
    assert_eq!(codes(&reading), [""; 0]);
    let columns: Vec<_> = (reading.items.iter())
        .map(|column| (column.protocol.get(Field::Filter).unwrap(), column.scores().to_vec()))
        .collect();
    assert_eq!(columns, [("strict", vec![1.0, 0.0]), ("loose", vec![1.0])]);
    let column = &reading.items[0];
    assert_eq!(column.items(), [ItemKey::of("h0"), ItemKey::of("h1")]);
    assert_eq!((&*column.model.raw, &*column.benchmark, &*column.metric.name), ("org/m", "law_a", "acc"));
    assert_eq!((column.metric.unit, column.metric.direction), (Unit::Fraction, Direction::Higher));
    assert_eq!(column.protocol.get(Field::Shots), Some("3"));
    assert_eq!(column.provenance.place.to_string(), "1:/acc");
    assert_eq!(column.provenance.date.as_ref().unwrap().as_str(), "2025-03-06T22:20:24.44Z");
}

#[test]
fn samples_alone_take_the_model_from_their_folder_and_the_date_from_their_name() {
    let reading = read_text("org__m/samples_t_2025-03-06T22-23-33.5.jsonl", SAMPLES);
    let column = &reading.items[0];
    assert_eq!((&*column.model.raw, &*column.benchmark), ("org/m", "t"));
    assert_eq!(column.provenance.date.as_ref().unwrap().as_str(), "2025-03-06T22:23:33.5");
    assert_eq!(column.protocol.get(Field::Shots), None);
    for (path, reason) in [("out/samples_t.jsonl", "no model"), ("org__m/pretrained__m_t.jsonl", "of which task")] {
        let reading = read_text(path, SAMPLES);
        assert_eq!((codes(&reading), reading.items.len()), (vec!["no-scores".to_owned()], 0), "{path}");
        assert!(reading.diagnostics.iter().next().unwrap().message.contains(reason), "{path}");
    }
}

#[test]
fn an_array_of_samples_that_lists_no_metrics_is_read() {
    let text = r#"[{"doc_id": 7, "doc": {}, "target": 1, "filtered_resps": [], "arguments": [], "acc": 0.0, "acc_norm": 1.0}]"#;
    for path in ["org__m/samples_t.json", "org__m/samples_t.jsonl"] {
        let reading = read_text(path, text);
        let metrics: Vec<_> = reading.items.iter().map(|column| (&*column.metric.name, column.scores()[0])).collect();
        assert_eq!(metrics, [("acc", 0.0), ("acc_norm", 1.0)], "{path}: {:?}", codes(&reading));
        assert_eq!(reading.items[0].items(), [ItemKey::of("7")]);
        assert_eq!(reading.items[1].provenance.place.to_string(), "/0/acc_norm");
    }
}

#[test]
fn samples_inside_a_results_file_are_read() {
    let sample = r#"{"doc_id": 0, "filter": "none", "metrics": ["acc"], "doc_hash": "h", "acc": 1}"#;
    let text = file(&format!(r#""model_name": "m", "samples": {{"t": [{sample}, 5, {{}}], "u": 5}}"#));
    let reading = read_text("x.json", &text);
    assert_eq!((reading.records.len(), reading.items.len(), reading.items[0].len()), (1, 1, 1));
    assert_eq!(reading.items[0].provenance.place.to_string(), "/samples/t/0/acc");
}

#[test]
fn hostile_samples_do_no_harm() {
    let line =
        r#"{"doc_id": {}, "doc": 1, "filtered_resps": 1, "metrics": [1, "acc", "gone"], "acc": {}, "doc_hash": 5}"#;
    assert_eq!(read_text("a__b/samples_t.jsonl", line).items.len(), 0);
    assert_eq!(codes(&read_text("a__b/samples_.jsonl", line)), ["no-scores"]);
}
