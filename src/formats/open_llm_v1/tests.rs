use crate::formats::testing::{codes, only, read_text};
use crate::record::{Direction, Field, Part, Unit};

const FULL: &str = r#"{
  "config_general": {"lighteval_sha": "494ee12", "max_samples": null, "start_time": 1781075.6,
    "total_evaluation_time_secondes": "3579.8", "model_name": "org/model-1", "model_sha": "8443055",
    "model_dtype": "torch.bfloat16", "model_size": "15.08 GB"},
  "results": {
    "all": {"acc": 0.6},
    "harness|arc:challenge|25": {"acc": 0.4991467576791809, "acc_stderr": 0.0146, "acc_norm": 0.54, "acc_norm_stderr": NaN},
    "harness|hendrycksTest-anatomy|5": {"acc": 0.6148148148148148},
    "harness|truthfulqa:mc|0": {"mc1": 0.28, "mc2": 0.435601924823795},
    "harness|drop|3": {"f1": NaN, "em": "N/A"},
    "harness|odd": {"acc": 1}
  },
  "versions": {"harness|arc:challenge|25": 0}
}"#;

#[test]
fn task_keys_hold_benchmark_and_shots() {
    let reading = read_text("r/results_2024-01-04T13-27-32.660899.json", FULL);
    let record = only(&reading, "arc:challenge", "acc");
    assert_eq!(record.value.text(), "0.4991467576791809");
    assert_eq!(record.standard_error.as_ref().unwrap().text(), "0.0146");
    assert_eq!(record.protocol.get(Field::Shots), Some("25"));
    assert_eq!(record.protocol.get(Field::BenchmarkVersion), Some("0"));
    assert_eq!(record.protocol.get(Field::HarnessCommit), Some("494ee12"));
    assert_eq!((record.metric.unit, record.metric.direction), (Unit::Fraction, Direction::Unknown));
    assert_eq!(record.provenance.place.to_string(), "/results/harness|arc:challenge|25/acc");
    assert_eq!(record.provenance.date.as_ref().unwrap().as_str(), "2024-01-04T13:27:32.660899");
    assert_eq!(only(&reading, "arc:challenge", "acc_norm").standard_error, None);
    assert_eq!(only(&reading, "truthfulqa:mc", "mc2").protocol.get(Field::Shots), Some("0"));
    assert_eq!(reading.origin.format, "open-llm-v1");
}

#[test]
fn the_mean_over_all_tasks_is_not_a_record() {
    let reading = read_text("x.json", FULL);
    assert!(reading.records.iter().all(|record| &*record.benchmark != "all"));
    assert_eq!(reading.records.len(), 6);
}

#[test]
fn the_model_comes_from_the_file() {
    let reading = read_text("other__name/x.json", FULL);
    let model = &reading.records[0].model;
    assert_eq!(&*model.raw, "org/model-1");
    assert_eq!(model.get(Part::Revision), Some("8443055"));
    assert_eq!(model.get(Part::Precision), Some("bfloat16"));
}

#[test]
fn what_cannot_be_read_is_reported_and_the_rest_is_read() {
    let reading = read_text("x.json", FULL);
    assert_eq!(codes(&reading), ["not-a-number", "unreadable-task"]);
    assert!(only(&reading, "drop", "f1").value.is_missing());
}

#[test]
fn a_bare_results_object_takes_its_model_from_the_folder() {
    let bare = r#"{"all": {"acc": 0.5}, "harness|gsm8k|5": {"acc": 0.35102350265352544}}"#;
    for folder in ["HenryJJ__Model-v0.1", "details_HenryJJ__Model-v0.1"] {
        let reading = read_text(&format!("data/results/{folder}/results_2024-01-04T13-27-32.6.json"), bare);
        let record = only(&reading, "gsm8k", "acc");
        assert_eq!((&*record.model.raw, record.value.text()), ("HenryJJ/Model-v0.1", "0.35102350265352544"));
        assert_eq!(record.provenance.place.to_string(), "/harness|gsm8k|5/acc");
    }
    assert_eq!(codes(&read_text("data/results/r.json", bare)), ["no-model"]);
}

#[test]
fn other_files_of_lighteval_are_not_claimed() {
    let text = r#"{"config_general": {"model_name": "m"}, "results": {"leaderboard|arc:challenge|25": {"acc": 1}}}"#;
    assert_eq!(read_text("x.json", text).origin.format, "lighteval");
}
