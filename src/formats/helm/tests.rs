use crate::formats::Reading;
use crate::formats::testing::{codes, only, read_from, read_text};
use crate::record::{Direction, Field, Items, Part, Source, Unit};

const SPEC: &str = r#"{"name": "quiz:subject=law,method=generation,model=org_m", "scenario_spec": {"args": {}},
    "adapter_spec": {"model": "org/m", "model_deployment": "host/m", "method": "generation", "max_train_instances": 0,
    "max_eval_instances": 5, "temperature": 0.0, "max_tokens": 8}}"#;

fn stat(name: &str, more: &str, mean: &str) -> String {
    format!(r#"{{"name": {{"name": "{name}", {more}}}, "count": 1, "sum": {mean}, "mean": {mean}, "stddev": 0.0}}"#)
}

fn run(text: &str) -> Reading {
    let sibling = |name: &str| (name == "run_spec.json").then(|| SPEC.to_owned());
    read_from("r/quiz/stats.json", text.as_bytes(), Source::default(), &sibling)
}

#[test]
fn a_run_is_read_with_what_its_specification_says() {
    let test = r#""split": "test""#;
    let valid = r#""split": "valid""#;
    let stats = [
        stat("exact_match", test, "0.50"),
        stat("num_prompt_tokens", test, "99.0"),
        stat("num_instances", test, "4.0"),
        stat("num_instances", valid, "1.0"),
        r#"{"name": {"name": "training_co2_cost", "split": "test"}, "count": 0, "sum": 0}"#.to_owned(),
    ];
    let reading = run(&format!("[{}]", stats.join(",")));
    assert_eq!((codes(&reading).len(), reading.records.len()), (0, 1));
    let record = only(&reading, "quiz", "exact_match");
    assert_eq!((&*record.model.raw, record.model.get(Part::Provider)), ("org/m", Some("host")));
    assert_eq!((record.value.text(), record.subset.as_deref()), ("0.50", Some("subject=law")));
    assert_eq!((record.metric.unit, record.metric.direction), (Unit::Fraction, Direction::Higher));
    // The deviation is one over trials and no standard error.
    assert_eq!((record.standard_error.as_ref(), record.items), (None, Items { scored: Some(4), total: None }));
    let field = |field| record.protocol.get(field);
    assert_eq!(
        (field(Field::Split), field(Field::Shots), field(Field::Mode)),
        (Some("test"), Some("0"), Some("generation"))
    );
    assert_eq!(field(Field::Limit), Some("5"));
    assert_eq!(record.provenance.place.to_string(), "/0/mean");
}

#[test]
fn a_limit_that_cuts_nothing_off_is_none() {
    let test = r#""split": "test""#;
    let reading = run(&format!("[{}, {}]", stat("exact_match", test, "1.0"), stat("num_instances", test, "3.0")));
    assert_eq!(reading.records[0].protocol.get(Field::Limit), None);
}

#[test]
fn perturbed_scores_and_probabilities_are_left_out() {
    let perturbed = r#""split": "test", "perturbation": {"name": "robustness", "computed_on": "worst"}"#;
    let plain = r#""split": "test""#;
    let text =
        [stat("exact_match", perturbed, "0.1"), stat("perplexity", plain, "1.0"), stat("f1_score", plain, "0.3")];
    let reading = run(&format!("[{}]", text.join(",")));
    assert_eq!(reading.records.len(), 1);
    assert_eq!(only(&reading, "quiz", "f1_score").value.text(), "0.3");
}

#[test]
fn a_run_without_its_specification_has_no_model() {
    let text = format!("[{}]", stat("exact_match", r#""split": "test""#, "0.5"));
    assert_eq!(codes(&read_text("r/stats.json", &text)), ["no-model"]);
}

#[test]
fn instances_are_items_and_trials_repeat_them() {
    let stat = stat("exact_match", r#""split": "test""#, "1.0");
    let instance =
        |id: &str, more: &str| format!(r#"{{"instance_id": "{id}", "train_trial_index": 0{more}, "stats": [{stat}]}}"#);
    let text = [instance("id1", ""), instance("id1", ""), instance("id2", r#", "perturbation": {"name": "typos"}"#)];
    let reading = run(&format!("[{}]", text.join(",")));
    assert_eq!((reading.records.len(), reading.items.len(), reading.items[0].len()), (0, 1, 2));
    assert_eq!(reading.items[0].scores(), [1.0, 1.0]);
    assert_eq!(reading.items[0].protocol.get(Field::Split), Some("test"));
}

const TABLE: &str = r##"{"title": "subject: law", "name": "t", "header": [{"value": "Model/adapter"},
    {"value": "Mean win rate", "lower_is_better": false, "metadata": {}},
    {"value": "EM", "lower_is_better": false, "metadata": {"metric": "EM", "run_group": "Quiz"}},
    {"value": "Quiz - Toxic", "lower_is_better": true, "metadata": {}},
    {"value": "# eval", "metadata": {"metric": "# eval", "run_group": "Quiz"}}],
    "rows": [[{"value": "M (7B)"}, {"value": 0.75}, {"value": 0.5}, {"description": "No matching runs"}, {"value": 9}],
             [{"value": "N"}, {"value": 0.25}, {"value": 0.4}, {"value": 0.1}, {"value": 9}]]}"##;

#[test]
fn tables_have_directions_and_a_mean_over_models() {
    let reading = read_text("groups/json/x.json", TABLE);
    assert_eq!((codes(&reading).len(), reading.records.len()), (0, 5));
    let wins = &reading.records[0];
    assert_eq!((&*wins.benchmark, wins.aggregate, wins.subset.as_deref()), ("subject: law", true, None));
    let em = &reading.records[1];
    assert_eq!((&*em.benchmark, em.subset.as_deref(), em.aggregate), ("Quiz", Some("subject: law"), false));
    assert_eq!(em.provenance.place.to_string(), "/rows/0/2/value");
    let toxic = only(&reading, "Quiz", "Toxic");
    assert_eq!((toxic.metric.direction, toxic.subset.as_deref(), &*toxic.model.raw), (Direction::Lower, None, "N"));
    let reading = read_text("groups/x.json", &format!("[{TABLE}]"));
    assert_eq!(reading.records[1].provenance.place.to_string(), "/0/rows/0/2/value");
}

#[test]
fn what_lies_beside_results_is_told_apart() {
    for (path, text) in [
        ("run_spec.json", SPEC),
        ("scenario.json", r#"{"name": "q", "description": "d", "tags": [], "definition_path": "p"}"#),
        ("summary.json", r#"{"suites": ["v1"], "suite": "v1", "date": "2024-06-09"}"#),
    ] {
        assert_eq!(codes(&read_text(path, text)), [""; 0], "{path}");
    }
    for (path, text) in [
        ("x/costs.json", "{}"),
        ("schema.json", r#"{"metrics": [], "metric_groups": [], "run_groups": []}"#),
        ("run_specs.json", r#"[{"adapter_spec": {}, "scenario_spec": {}}]"#),
        ("runs.json", r#"[{"run_path": "p", "run_spec": {}}]"#),
        ("groups_metadata.json", r#"{"g": {"display_name": "G", "taxonomy": null}}"#),
        ("runs_to_run_suites.json", r#"{"q:model=m": "v1"}"#),
        ("groups.json", r#"[{"title": "All", "header": [{"value": "Group"}], "rows": []}]"#),
    ] {
        assert_eq!(codes(&read_text(path, text)), ["no-scores"], "{path}");
    }
}

#[test]
fn wrong_types_are_no_crash() {
    for text in [
        r#"[{"name": {"name": 1}, "count": 1, "sum": 1}, 5, {"name": {"name": "f", "split": "t"}, "mean": "x"}]"#,
        r#"[{"instance_id": [], "train_trial_index": 0, "stats": 5}, 7]"#,
        r#"{"title": "t", "header": [{"value": "Model"}, 5, {"value": 7}], "rows": [5, [], [{"value": 1}], [{}, 2]]}"#,
    ] {
        assert!(!run(text).diagnostics.is_empty(), "{text}");
    }
}
