use crate::formats::testing::{codes, read_from, read_text};
use crate::formats::{Edition, Reading};
use crate::record::{Direction, Field, ItemKey, Items, Part, Record, Reporter, Source, Unit};

const UUID: &str = "data/quiz/a/b/11111111-2222-4333-8444-555555555555.json";

/// A file of schema 0.3.0 with these results.
fn file(results: &str) -> String {
    format!(
        r#"{{"schema_version": "0.3.0", "evaluation_id": "quiz/a_b/1", "retrieved_timestamp": "1700000001",
        "evaluation_timestamp": "1700000000",
        "source_metadata": {{"source_type": "documentation", "source_organization_name": "Quiz Club",
            "evaluator_relationship": "third_party"}},
        "eval_library": {{"name": "quizlib", "version": "2.1"}},
        "model_info": {{"name": "B", "id": "a/b", "inference_platform": "unknown",
            "inference_engine": {{"name": "vLLM", "version": "0.9"}},
            "additional_details": {{"agent_scaffold": "Loop", "inference_effort": "low", "total_cost": "14.15"}}}},
        "evaluation_results": [{results}]}}"#
    )
}

fn result(metric: &str, score: &str) -> String {
    format!(
        r#"{{"evaluation_name": "Quiz (law)", "source_data": {{"dataset_name": "Quiz", "source_type": "hf_dataset",
        "hf_repo": "club/quiz", "hf_split": "test", "samples_number": 40}}, "metric_config": {metric},
        "score_details": {score}}}"#
    )
}

fn read_one(metric: &str, score: &str) -> Record {
    let reading = read_text(UUID, &file(&result(metric, score)));
    assert_eq!((reading.records.len(), codes(&reading)), (1, vec![]));
    reading.records[0].clone()
}

fn numbers(reading: &Reading) -> Vec<&str> {
    reading.records.iter().map(|record| record.value.text()).collect()
}

#[test]
fn a_result_is_a_record_with_all_that_is_stated() {
    let metric = r#"{"metric_name": "exact", "metric_unit": "proportion", "lower_is_better": false,
        "metric_parameters": {"k": 5}}"#;
    let score = r#"{"score": 0.650, "uncertainty": {"standard_error": {"value": 0.01}, "num_samples": 30,
        "confidence_interval": {"lower": 0.63, "upper": 0.67, "confidence_level": 0.95}}}"#;
    let record = read_one(metric, score);
    assert_eq!((&*record.model.raw, record.value.text()), ("a/b", "0.650"));
    assert_eq!((record.model.get(Part::Scaffold), record.model.get(Part::Effort)), (Some("Loop"), Some("low")));
    assert_eq!(record.model.get(Part::Provider), None);
    assert_eq!((&*record.benchmark, record.subset.as_deref()), ("Quiz", Some("Quiz (law)")));
    assert_eq!((&*record.metric.name, record.metric.unit), ("exact", Unit::Fraction));
    assert_eq!(record.metric.direction, Direction::Higher);
    assert_eq!(record.standard_error.as_ref().unwrap().text(), "0.01");
    let interval = record.interval.as_ref().unwrap();
    assert_eq!((interval.low.text(), interval.high.text()), ("0.63", "0.67"));
    assert_eq!(record.items, Items { scored: Some(30), total: Some(40) });
    let protocol = [Field::Harness, Field::HarnessVersion, Field::Engine, Field::Split, Field::PassK];
    let stated = protocol.map(|field| record.protocol.get(field).unwrap());
    assert_eq!(stated, ["quizlib", "2.1", "vLLM 0.9", "test", "5"]);
    assert_eq!(record.provenance.reporter, Reporter::Measured);
    assert_eq!(record.provenance.date.as_ref().unwrap().as_str(), "2023-11-14T22:13:20Z");
    assert_eq!(record.provenance.place.to_string(), "/evaluation_results/0/score_details/score");
}

#[test]
fn what_has_no_place_in_a_record_is_kept_once_for_the_file() {
    let results = [result(r#"{"metric_kind": "accuracy"}"#, r#"{"score": 1}"#), result("{}", r#"{"score": 2}"#)];
    let reading = read_text(UUID, &file(&results.join(",")));
    let [first, second] = [0, 1].map(|index: usize| reading.records[index].extra.as_ref().unwrap());
    assert!(std::sync::Arc::ptr_eq(first, second));
    assert!(first[""].contains(r#""total_cost":"14.15""#) && !first[""].contains("evaluation_results"));
    assert!(first["/evaluation_results/0"].contains(r#""metric_kind":"accuracy""#));
    assert!(!first["/evaluation_results/1"].contains("score\":2"));
}

#[test]
fn the_unit_comes_from_the_metric_and_never_from_the_score() {
    for (metric, unit) in [
        (r#"{"metric_unit": "percent", "min_score": 0, "max_score": 1}"#, Unit::Percent),
        (r#"{"min_score": 0.0, "max_score": 1.0}"#, Unit::Fraction),
        (r#"{"min_score": 0, "max_score": 100}"#, Unit::Percent),
        (r#"{"min_score": 1, "max_score": 10}"#, Unit::Unknown),
        (r#"{"min_score": 0, "max_score": "Infinity"}"#, Unit::Unknown),
        (r#"{"metric_unit": "furlongs", "min_score": 0, "max_score": 1}"#, Unit::Unknown),
        ("{}", Unit::Unknown),
    ] {
        assert_eq!(read_one(metric, r#"{"score": 0.5}"#).metric.unit, unit, "{metric}");
    }
    assert_eq!(read_one(r#"{"lower_is_better": true}"#, r#"{"score": 0.5}"#).metric.direction, Direction::Lower);
}

#[test]
fn a_score_of_minus_one_where_none_can_be_is_missing() {
    let results = ["0.0", "-1.0"].map(|least| result(&format!(r#"{{"min_score": {least}}}"#), r#"{"score": -1.0}"#));
    let reading = read_text(UUID, &file(&results.join(",")));
    assert_eq!((numbers(&reading), codes(&reading)), (vec!["-1.0"], vec!["missing-scores".to_owned()]));
}

#[test]
fn half_widths_are_not_taken_for_bounds() {
    for (bounds, is_interval) in [("-0.04, \"upper\": 0.04", false), ("0.7, \"upper\": 0.8", true)] {
        let interval = format!(r#"{{"lower": {bounds}}}"#);
        for score in [
            format!(r#"{{"score": 0.77, "uncertainty": {{"confidence_interval": {interval}}}}}"#),
            format!(r#"{{"score": 0.77, "confidence_interval": {interval}}}"#),
        ] {
            assert_eq!(read_one("{}", &score).interval.is_some(), is_interval, "{score}");
        }
    }
}

#[test]
fn the_first_versions_are_read() {
    let old = r#"{"schema_version": "0.0.1", "evaluation_id": "x/1", "retrieved_timestamp": "1.5",
        "source_data": ["https://example.org"], "model_info": {"name": "Model of A", "id": "a/very-long-na..."},
        "source_metadata": {"evaluator_relationship": "first_party", "source_type": "documentation"},
        "evaluation_results": [
            {"evaluation_name": "Mean win rate", "metric_config": {"lower_is_better": false}, "score_details": {"score": 0.4}},
            {"evaluation_name": "Quiz", "metric_config": {}, "score_details": {"score": "0.5"}}, 7]}"#;
    let reading = read_text("x.json", old);
    assert_eq!(codes(&reading), ["not-a-number", "wrong-type"]);
    assert_eq!(numbers(&reading), ["0.4"]);
    let record = &reading.records[0];
    assert_eq!((&*record.model.raw, &*record.benchmark, &record.subset), ("Model of A", "Mean win rate", &None));
    assert!(record.aggregate);
    assert_eq!((record.provenance.reporter, &record.provenance.date), (Reporter::Claimed, &None));
}

#[test]
fn an_edition_is_known_by_the_uuid_and_the_evaluation() {
    let ids = ["11111111-2222-4333-8444-555555555555", "quiz/a_b/1"].map(Into::into).to_vec();
    assert_eq!(read_text(UUID, &file("")).edition, Some(Edition { ids, version: [0, 3, 0] }));
    assert_eq!(read_text("results.json", &file("")).edition.unwrap().ids.len(), 1);
}

#[test]
fn schemas_and_the_index_of_a_registry_are_told_from_scores() {
    let schema = r#"{"$schema": "http://json-schema.org/draft-07/schema#", "version": "0.3.0", "properties": {}}"#;
    assert_eq!(codes(&read_text("eval.schema.json", schema)), ["no-scores"]);
    let index = "{\"object_uuid\":\"u\",\"object_path\":\"p\",\"record_type\":\"aggregate\"}\n";
    assert_eq!(codes(&read_text("aggregate.jsonl", index)), [""; 0]);
}

const SAMPLES: &str = r#"{"schema_version": "0.3.0", "evaluation_id": "quiz/a_b/1", "model_id": "a/b", "evaluation_name": "Quiz (law)", "sample_id": "s1", "evaluation": {"score": 1.0, "is_correct": true}}
{"schema_version": "0.3.0", "evaluation_id": "quiz/a_b/1", "model_id": "a/b", "evaluation_name": "Quiz (law)", "sample_id": 2, "evaluation": {"score": 0.25, "is_correct": false}}
{"schema_version": "0.3.0", "evaluation_id": "quiz/a_b/1", "model_id": "a/b", "evaluation_name": "Quiz (law)", "evaluation": {"score": 1}}
{"schema_version": "0.3.0", "evaluation_id": "quiz/a_b/1", "model_id": "a/b", "evaluation_name": "Quiz (law)", "sample_id": "s3", "evaluation": {"score": "x"}}
"#;

#[test]
fn items_take_their_metric_from_the_file_beside() {
    let path = UUID.replace(".json", "_samples.jsonl");
    let aggregate = file(&result(r#"{"metric_name": "exact", "metric_unit": "proportion"}"#, r#"{"score": 0.6}"#));
    let sibling = |name: &str| (name == &UUID["data/quiz/a/b/".len()..]).then(|| aggregate.clone());
    for beside in [true, false] {
        let reading = read_from(&path, SAMPLES.as_bytes(), Source::default(), &|name| sibling(name).filter(|_| beside));
        assert_eq!(codes(&reading), ["missing-key", "not-a-number"]);
        let [items] = &reading.items[..] else { panic!("{} columns", reading.items.len()) };
        assert_eq!((items.items(), items.scores()), (&[ItemKey::of("s1"), ItemKey::of("2")][..], &[1.0, 0.25][..]));
        let expected = if beside { ("Quiz", "exact", Unit::Fraction) } else { ("Quiz (law)", "", Unit::Unknown) };
        assert_eq!((&*items.benchmark, &*items.metric.name, items.metric.unit), expected);
    }
}

#[test]
fn hostile_files_give_diagnostics() {
    for text in [
        r#"{"schema_version": "9", "evaluation_id": "x", "evaluation_results": [{}]}"#.to_owned(),
        file("null, [], 5, {}"),
        file(r#"{"score_details": {"score": 1}}"#),
        file(r#"{"evaluation_name": 5, "score_details": {"score": 1e999999, "uncertainty": []}}"#),
        SAMPLES.replace("\"a/b\"", "{}"),
    ] {
        let reading = read_text("x.json", &text);
        assert!(reading.records.is_empty() && !reading.diagnostics.is_empty(), "{text}");
    }
}
