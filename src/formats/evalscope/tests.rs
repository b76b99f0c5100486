use crate::formats::Reading;
use crate::formats::testing::{codes, read_text};
use crate::record::{Direction, Field, Items, Part, Unit};

const SECOND: &str = r#"{"name": "m-1@quiz", "dataset_name": "quiz", "model_name": "org/m-1", "score": 0.5, "analysis": "N/A",
  "metrics": [
    {"name": "mean_acc", "num": 30, "score": 0.5001, "macro_score": 0.4, "categories": [
      {"name": ["Science"], "num": 20, "score": 0.6, "subsets": [
        {"name": "physics", "score": 0.70, "num": 10}, {"name": "law", "score": 0.5, "num": 10}]},
      {"name": ["Arts", "Old"], "num": 10, "score": 0.3, "subsets": [{"name": "music", "score": 0.3, "num": 10}]}]},
    {"name": "judge_score", "num": 30, "score": 7.5, "categories": []}]}"#;

/// `subset metric value` of every record; an average has a star.
fn scores(reading: &Reading) -> Vec<String> {
    let row = |record: &crate::record::Record| {
        let star = if record.aggregate { "*" } else { "" };
        format!("{}{star} {} {}", record.subset.as_deref().unwrap_or("·"), record.metric.name, record.value)
    };
    reading.records.iter().map(row).collect()
}

#[test]
fn metrics_categories_and_subsets_are_records() {
    let reading = read_text("out/20250117_154119/reports/m-1/quiz.json", SECOND);
    assert_eq!(codes(&reading), [""; 0]);
    assert_eq!(
        scores(&reading),
        [
            "·* mean_acc 0.5001",
            "Science* mean_acc 0.6",
            "physics mean_acc 0.70",
            "law mean_acc 0.5",
            "Arts/Old* mean_acc 0.3",
            "music mean_acc 0.3",
            "· judge_score 7.5",
        ]
    );
    let law = &reading.records[3];
    assert_eq!((&*law.model.raw, law.model.get(Part::Revision), &*law.benchmark), ("org/m-1", None, "quiz"));
    assert_eq!(law.items, Items { scored: Some(10), total: None });
    assert_eq!(law.provenance.place.to_string(), "/metrics/0/categories/0/subsets/1/score");
    assert_eq!(law.provenance.date.as_ref().unwrap().as_str(), "2025-01-17T15:41:19");
    assert_eq!((law.metric.unit, law.metric.direction), (Unit::Fraction, Direction::Unknown));
    assert_eq!(reading.records[6].metric.unit, Unit::Unknown, "a judge's score may have any range");
}

#[test]
fn a_folder_of_another_name_keeps_two_runs_of_one_stated_name_apart() {
    let reading = read_text("reports/m-1-new/quiz.json", SECOND);
    assert_eq!(
        (&*reading.records[0].model.raw, reading.records[0].model.get(Part::Revision)),
        ("org/m-1", Some("m-1-new"))
    );
    assert_eq!(read_text("elsewhere/quiz.json", SECOND).records[0].model.get(Part::Revision), None);
}

#[test]
fn the_first_generation_is_named_by_its_folder() {
    let text = r#"{"name": "ARC", "metric": "WeightedAverageAccuracy", "score": 0.3389, "total_num": 7800,
        "category": [{"name": "DEFAULT", "score": 0.4128, "subset": [{"name": "E", "score": 0.5632}, {"name": "C", "score": 0.3157}]}]}"#;
    let reading = read_text("reports/tiny/ARC.json", text);
    assert_eq!(
        scores(&reading),
        ["·* WeightedAverageAccuracy 0.3389", "E WeightedAverageAccuracy 0.5632", "C WeightedAverageAccuracy 0.3157"]
    );
    let counts: Vec<_> = reading.records.iter().map(|record| record.items.scored).collect();
    assert_eq!(counts, [Some(7800), None, None], "one count for the file, none for a subset");
    assert_eq!(&*reading.records[0].model.raw, "tiny");
    assert_eq!(codes(&read_text("ARC.json", text)), ["no-model"]);
}

#[test]
fn the_third_generation_states_identity_unit_and_direction() {
    let metric = |dimension, range, direction| {
        format!(
            r#"{{"identity": {{"name": "bleu", "aggregation": "mean", "dimensions": {dimension}}}, "legacy_name": null,
            "num": 9, "score": 0.25, "categories": [{{"name": ["default"], "score": 0.25, "subsets":
            [{{"name": "s", "score": 0.25, "num": 9, "is_aggregate": false}}]}}],
            "semantics": {{"direction": "{direction}", "value_range": {range}, "display_unit": "%"}}}}"#
        )
    };
    let metrics = [
        metric(r#"{"ngram": 1}"#, r#"{"min": 0.0, "max": 1.0}"#, "higher_is_better"),
        metric(r#"{"ngram": 2, "k": "l"}"#, r#"{"min": 0, "max": 100}"#, "lower_is_better"),
        metric("{}", r#"{"min": 1, "max": 10}"#, "none"),
    ];
    let report = format!(
        r#"{{"schema_version": 2, "dataset_name": "qa", "model_name": "m", "metrics": [{}], "execution_summary":
        {{"requested": 10, "succeeded": 9, "subsets": {{"s": {{"requested": 10}}}}}}}}"#,
        metrics.join(",")
    );
    let wrapped = format!(
        r#"{{"report_list": [{report}, {{"dataset_name": "none", "model_name": "m", "metrics": []}}],
        "datasets": ["qa"], "task_config": {{"limit": 10}}}}"#
    );
    let reading = read_text("x.json", &wrapped);
    assert_eq!(codes(&reading), [""; 0]);
    let metrics: Vec<_> = reading.records.iter().step_by(2).map(|record| &*record.metric).collect();
    let found: Vec<_> = metrics.iter().map(|metric| (&*metric.name, metric.unit, metric.direction)).collect();
    assert_eq!(
        found,
        [
            ("mean_bleu(ngram=1)", Unit::Fraction, Direction::Higher),
            ("mean_bleu(k=l,ngram=2)", Unit::Percent, Direction::Lower),
            ("mean_bleu", Unit::Points, Direction::Unknown)
        ]
    );
    let subset = &reading.records[1];
    assert_eq!(subset.items.partial(), Some(true));
    assert_eq!(subset.protocol.get(Field::Limit), Some("10"));
    assert_eq!(subset.provenance.place.to_string(), "/report_list/0/metrics/0/categories/0/subsets/0/score");
}

const REVIEWS: &str = r#"{"index": 1, "sample_score": {"score": {"value": {"acc": 1.0, "note": "x"}}, "sample_id": 1, "group_id": 0}}
{"index": 0, "sample_score": {"score": {"value": {"acc": false}}, "sample_id": 0, "group_id": 0}}
{"index": 2, "sample_score": {"score": {"value": {"acc": 0.0}, "status": "error"}, "group_id": 1}}
{"index": 3, "sample_score": {"score": {"value": {"acc": 0.5, "f1": 0.25}, "status": "success"}, "group_id": 1}}
"#;

#[test]
fn reviews_are_scores_of_items_and_repeats_share_a_key() {
    let reading = read_text("20250117_154119/reviews/m-1/quiz_Level 1.jsonl", REVIEWS);
    assert_eq!(codes(&reading), ["unscored-items"], "an item that failed has no score of zero");
    let [acc, f1] = &reading.items[..] else { panic!("{} columns", reading.items.len()) };
    assert_eq!((&*acc.model.raw, &*acc.benchmark, acc.subset.as_deref()), ("m-1", "quiz", Some("Level 1")));
    assert_eq!((acc.scores(), f1.scores()), (&[1.0, 0.0, 0.5][..], &[0.25][..]));
    assert!(acc.items()[0] == acc.items()[1] && acc.items()[0] != acc.items()[2]);
    assert_eq!(f1.provenance.place.to_string(), "4:/sample_score/score/value/f1");
}

#[test]
fn a_review_is_split_at_its_subset_only_where_the_name_tells() {
    for (name, benchmark, subset) in [
        ("gpqa_diamond_default", "gpqa_diamond", Some("default")),
        ("iquiz_EQ", "iquiz", Some("EQ")),
        ("math_500_Level 1", "math_500_Level 1", None),
        ("plain", "plain", None),
    ] {
        let reading = read_text(&format!("reviews/m/{name}.jsonl"), REVIEWS);
        assert_eq!((&*reading.items[0].benchmark, reading.items[0].subset.as_deref()), (benchmark, subset));
    }
    assert_eq!(codes(&read_text("x_y.jsonl", REVIEWS)), ["no-model"]);
}

#[test]
fn predictions_are_no_scores() {
    let text = "{\"index\": 0, \"model\": \"m\", \"model_output\": {}, \"messages\": []}\n";
    assert_eq!(codes(&read_text("predictions/m/quiz_default.jsonl", text)), ["no-scores"]);
}

#[test]
fn arena_tables_tell_a_model_from_its_dated_state() {
    let table =
        "model,win,loss,tie,win_rate,loss_rate,tie_rate\na,9,7,64,0.1125,0.0875,0.8\na:20230327,6,7,67,0.075,x,-\n";
    let reading = read_text("reports/rating_pairwise_baseline.csv", table);
    assert_eq!(codes(&reading), ["not-a-number 3:25"]);
    assert_eq!(reading.records.len(), 10);
    let (plain, dated) = (&reading.records[3], &reading.records[6]);
    assert_eq!((plain.value.text(), plain.metric.direction), ("0.1125", Direction::Higher));
    assert_eq!((&*dated.model.raw, dated.model.get(Part::Revision)), ("a", Some("20230327")));
    assert_eq!(dated.protocol.get(Field::Mode), Some("pairwise_baseline"));
    assert_eq!(codes(&read_text("x.csv", "model,score\na,1\n")), ["unrecognised-result-file"], "too common a header");
}
