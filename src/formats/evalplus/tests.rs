use crate::formats::testing::{codes, only, read_text};
use crate::record::{Field, Unit};

const RUN: &str = r#"{"date": "2024-08-08 17:18", "hash": "abc", "eval": {
    "HumanEval/0": [{"task_id": "HumanEval/0", "base_status": "pass", "plus_status": "pass"}],
    "HumanEval/1": [{"task_id": "HumanEval/1", "base_status": "pass", "plus_status": "fail"}],
    "HumanEval/2": [{"task_id": "HumanEval/2", "base_status": "timeout", "plus_status": "pass"}]}}"#;

#[test]
fn a_run_gives_shares_and_outcomes_of_both_sets_of_tests() {
    let reading = read_text("h/org--m-7B_vllm_temp_0.0-sanitized_eval_results.json", RUN);
    let (base, plus) = (only(&reading, "humaneval", "pass@1"), only(&reading, "humaneval+", "pass@1"));
    assert_eq!((base.value.text(), plus.value.text()), ("0.6666666666666666", "0.3333333333333333"));
    assert_eq!(&*base.extra.as_ref().unwrap()["computed"], r#"{"part":2,"whole":3}"#);
    assert_eq!((&*base.model.raw, base.items.scored, base.aggregate), ("org/m-7B", Some(3), false));
    let fields: Vec<_> = base.protocol.iter().map(|(field, value)| format!("{field}={value}")).collect();
    assert_eq!(
        fields.join(" "),
        "repeats=1 pass_k=1 temperature=0.0 filter=sanitized dataset_revision=abc harness=EvalPlus engine=vllm"
    );
    assert_eq!(base.provenance.date.as_ref().unwrap().day(), "2024-08-08");
    // Each has a place of its own, or links to one would lead to the other.
    assert_eq!(base.provenance.place.to_string(), "/eval/HumanEval~10/0/base_status");
    assert_eq!(plus.provenance.place.to_string(), "/eval/HumanEval~10/0/plus_status");
    assert_eq!((reading.items[0].scores(), reading.items[1].scores()), (&[1.0, 1.0, 0.0][..], &[1.0, 0.0, 0.0][..]));
}

#[test]
fn stated_values_come_before_computed_ones() {
    let stated = r#""pass_at_k": {"base": {"pass@1": 0.667, "pass@10": 0.9}, "plus": {"pass@1": 0.333}}, "eval""#;
    let reading = read_text("m_hf_temp_0.8_eval_results.json", &RUN.replace("\"eval\"", stated));
    assert_eq!(only(&reading, "humaneval", "pass@1").value.text(), "0.667");
    let ten = only(&reading, "humaneval", "pass@10");
    assert_eq!((ten.protocol.get(Field::PassK), ten.extra.as_ref()), (Some("10"), None));
    assert_eq!(reading.records.len(), 3);
}

#[test]
fn uneven_samples_give_items_only() {
    let more = r#"[{"base_status": "fail"}, {"base_status": "pass"}], "HumanEval/9": [{"base_status": "pass"}"#;
    let text = format!(r#"{{"eval": {{"HumanEval/0": {more}]}}}}"#);
    let reading = read_text("m_eval_results.json", &text);
    assert_eq!((reading.records.len(), reading.items.len(), reading.items[0].len()), (0, 1, 3));
}

#[test]
fn bigcodebench_runs_name_split_and_subset_in_their_file() {
    let text = r#"{"date": "2024-05-02 04:40", "eval": {"B/1": [{"task_id": "B/1", "status": "pass"}],
        "B/2": [{"task_id": "B/2", "status": "fail"}]}}"#;
    let name = "org--m--main--bigcodebench-hard-instruct--vllm-0-1-sanitized_calibrated_eval_results.json";
    let reading = read_text(name, text);
    let record = only(&reading, "BigCodeBench-Hard", "pass@1");
    assert_eq!((&*record.model.raw, record.value.text()), ("org/m", "0.5"));
    let field = |field| record.protocol.get(field);
    assert_eq!((field(Field::Split), field(Field::Filter)), (Some("instruct"), Some("sanitized+calibrated")));
    assert_eq!(field(Field::Temperature), Some("0"));
    let reading = read_text("m-7b-chat-0.2-1-sanitized_eval_results.json", text);
    assert_eq!(&*only(&reading, "BigCodeBench", "pass@1").model.raw, "m-7b-chat");
    assert_eq!(codes(&read_text("results.json", text)), ["no-model"]);
}

#[test]
fn sites_are_percent_and_null_was_not_run() {
    let text = r#"{"M": {"link": "l", "pass@1": {"humaneval": 81.70, "mbpp+": null}, "prompted": true},
        "N": {"link": "l", "pass@1": {"instruct": null, "complete": 21.4}, "prompted": false, "prefill": true,
        "date": "2024-02-29"}}"#;
    let reading = read_text("results.json", text);
    assert_eq!((codes(&reading).len(), reading.records.len()), (0, 2));
    let humaneval = only(&reading, "humaneval", "pass@1");
    assert_eq!((humaneval.value.text(), humaneval.metric.unit), ("81.70", Unit::Percent));
    assert_eq!(humaneval.protocol.get(Field::ChatTemplate), Some("yes"));
    let complete = only(&reading, "BigCodeBench", "pass@1");
    assert_eq!(
        (complete.protocol.get(Field::Split), complete.protocol.get(Field::Prompt)),
        (Some("complete"), Some("prefill"))
    );
    // The date is the model's.
    assert_eq!(complete.provenance.date, None);
    assert_eq!(&*read_text("results-hard.json", text).records[1].benchmark, "BigCodeBench-Hard");
}

#[test]
fn repoqa_has_languages_and_thresholds() {
    let text = r#"{"M": {"eval_date": "2024-05-13 01:38:51.141924", "scores": {"all": {"0.8": {"pass@1": 0.76}},
        "rust": {"0.8": {"pass@1": 0.5}}}}}"#;
    let reading = read_text("r.json", text);
    let [all, rust] = &reading.records[..] else { panic!() };
    assert_eq!(
        (all.subset.as_deref(), all.aggregate, all.protocol.get(Field::Filter)),
        (None, true, Some("similarity 0.8"))
    );
    assert_eq!((rust.subset.as_deref(), rust.value.text()), (Some("rust"), "0.5"));
}

#[test]
fn programs_pairs_and_nameless_scores_are_refused() {
    for text in [
        r#"[["def f():\n  pass"], ["x"]]"#,
        r#"{"a": {"b": [1.0, 2]}, "b": {"a": [2, 1.0]}}"#,
        r#"{"a": {"pass@1_base": 50, "pass@1_plus": 40}}"#,
    ] {
        assert_eq!(codes(&read_text("x.json", text)), ["no-scores"], "{text}");
    }
}

#[test]
fn a_table_of_texts_is_not_taken_for_programs() {
    let reading = read_text("x.json", r#"[["model", "main", 60.4], ["a", "b", 1]]"#);
    assert_eq!(codes(&reading), ["unrecognised-result-file"]);
    assert_eq!(codes(&read_text("x.json", r#"[["model", "main"], ["a", "b"]]"#)), ["unrecognised-result-file"]);
}

#[test]
fn wrong_types_are_no_crash() {
    for text in [
        r#"{"eval": {"x": [{"base_status": 5}], "y": 5, "z": [5]}, "hash": [], "pass_at_k": 5}"#,
        r#"{"M": {"link": 1, "pass@1": {"humaneval": []}}, "N": 5}"#,
        r#"{"M": {"eval_date": 5, "scores": {"all": {"0.8": {"pass@1": {}}, "x": 5}, "b": 5}}}"#,
    ] {
        assert!(!read_text("m_eval_results.json", text).diagnostics.is_empty(), "{text}");
    }
}
