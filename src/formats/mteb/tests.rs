use crate::formats::Reading;
use crate::formats::testing::{codes, only, read_from, read_text};
use crate::record::{Field, Part, Reporter, Source, Unit};

const COMMIT: &str = "f9b9dc8d367d443f2479d27aa5d8d2850c0774ee";

const CURRENT: &str = r#"{"dataset_revision": "2269ed7", "task_name": "STS22.v2", "mteb_version": "2.16.2",
  "scores": {"test": [
    {"scores_per_experiment": [{"accuracy": 0.5}], "cosine_spearman": -0.042001, "main_score": -0.042001,
     "nauc_ndcg_at_1_max": NaN, "nAUC_map_max": 0.1, "v_measures": {"Level 0": [0.1]}, "pearson": [0.1, 0.2],
     "hf_subset": "default", "languages": ["nld-Latn"]},
    {"main_score": NaN, "ap": Infinity, "cosine_f1_threshold": 15.4, "hf_subset": "zh"},
    {"main_score": null, "f1": 0.5, "hf_subset": "fr"}],
    "validation": []},
  "evaluation_time": 54.5, "kg_co2_emissions": NaN, "date": 1782921898.31437, "evaluation_phases": [{"split": ""}]}"#;

fn at(folders: &str, text: &str) -> Reading {
    read_text(&format!("data/results/mteb/{folders}/Task.json"), text)
}

/// `subset metric value` of every record.
fn scores(reading: &Reading) -> Vec<String> {
    let records = reading.records.iter();
    records
        .map(|record| format!("{} {} {}", record.subset.as_deref().unwrap_or("·"), record.metric.name, record.value))
        .collect()
}

#[test]
fn every_score_but_nauc_and_experiments_is_a_record() {
    let reading = at(&format!("org__model/{COMMIT}"), CURRENT);
    assert_eq!(codes(&reading), [""; 0]);
    assert_eq!(
        scores(&reading),
        [
            "default cosine_spearman -0.042001",
            "default main_score -0.042001",
            "zh ap Infinity",
            "zh cosine_f1_threshold 15.4",
            "zh main_score NaN",
            "fr f1 0.5"
        ]
    );
    assert_eq!(reading.records[3].metric.unit, Unit::Unknown);
}

#[test]
fn protocol_place_and_date_are_read() {
    let reading = at(&format!("org__model/{COMMIT}"), CURRENT);
    let record = &reading.records[1];
    assert_eq!((&*record.benchmark, record.metric.unit), ("STS22.v2", Unit::Fraction));
    let stated: Vec<_> = record.protocol.iter().map(|(field, value)| format!("{field}={value}")).collect();
    assert_eq!(stated, ["split=test", "dataset_revision=2269ed7", "harness=mteb", "harness_version=2.16.2"]);
    assert_eq!(record.provenance.place.to_string(), "/scores/test/0/main_score");
    assert_eq!(record.provenance.date.as_ref().unwrap().as_str(), "2026-07-01T16:04:58.31437Z");
}

#[test]
fn folders_name_model_and_revision() {
    for (folders, model, revision) in [
        (format!("org__model/{COMMIT}"), "org/model", Some(COMMIT)),
        ("org__model__v2/4".into(), "org/model__v2", Some("4")),
        ("org__model/no_revision_available".into(), "org/model", None),
        ("org__model/v1.0".into(), "org/model", Some("v1.0")),
        ("model/external".into(), "model", None),
        ("results/LASER2".into(), "LASER2", None),
    ] {
        let reading = at(&folders, CURRENT);
        let record = &reading.records[0];
        assert_eq!((&*record.model.raw, record.model.get(Part::Revision)), (model, revision), "{folders}");
    }
    assert_eq!(codes(&read_text("data/results/Task.json", CURRENT)), ["no-model"]);
}

#[test]
fn the_sibling_model_meta_names_the_model() {
    let meta = r#"{"name": "Org__Model", "revision": "x", "max_tokens": Infinity}"#;
    let sibling = |name: &str| (name == "model_meta.json").then(|| meta.to_owned());
    let reading = read_from("r/org__model/1/T.json", CURRENT.as_bytes(), Source::default(), &sibling);
    assert_eq!(&*reading.records[0].model.raw, "Org/Model");
    let companion = read_text("r/org__model/1/model_meta.json", meta);
    assert_eq!((companion.records.len(), codes(&companion).len(), companion.origin.format), (0, 0, "mteb"));
}

#[test]
fn an_experiment_is_a_system_of_its_own() {
    let plain = at(&format!("org__model/{COMMIT}"), CURRENT);
    let experiment = at(&format!("org__model/{COMMIT}/experiments/model_kwargs_{{}}"), CURRENT);
    let (model, other) = (&plain.records[0].model, &experiment.records[0].model);
    assert_eq!((&model.raw, model.get(Part::Revision)), (&other.raw, other.get(Part::Revision)));
    assert_eq!((model.get(Part::Scaffold), other.get(Part::Scaffold)), (None, Some("model_kwargs_{}")));
    assert_eq!(experiment.records[0].protocol, plain.records[0].protocol);
}

#[test]
fn scores_out_of_a_model_card_are_claimed() {
    let reporter = |folders| at(folders, CURRENT).records[0].provenance.reporter;
    assert_eq!(reporter("o__m/external"), Reporter::Claimed);
    assert_eq!(reporter("o__m/no_revision_available"), Reporter::Unknown);
}

#[test]
fn definitions_are_companions() {
    let text = r#"{"name": "B", "tasks": [{"name": "T", "splits": ["test"], "main_score": "accuracy"}]}"#;
    let reading = read_text("B.json", text);
    assert_eq!((reading.records.len(), codes(&reading).len(), reading.origin.format), (0, 0, "mteb"));
}

#[test]
fn an_old_file_may_have_no_version_and_details_among_its_metrics() {
    let text = r#"{"dataset_revision": "x", "test": {"v_measure": 0.3, "v_measures": {"Level 0": [0.1, 0.2]},
        "evaluation_time": 2}}"#;
    assert_eq!(scores(&at("o__m/1", text)), ["· v_measure 0.3", "· main_score 0.3"]);
}

#[test]
fn what_looks_like_a_score_and_is_none_is_reported() {
    let text = r#"{"task_name": "T", "scores": {"dev": {"main_score": 1}, "test": [{"main_score": 0.5, "f1": "0.25",
        "hf_subset": "1", "platform_release": "5.15", "processor": "x86_64"}], "none": null}}"#;
    let reading = at("o__m/1", text);
    assert_eq!(codes(&reading), ["not-a-number", "not-a-number"]);
    assert_eq!(scores(&reading), ["1 main_score 0.5"]);
}

const BOARD: &str = r#"{"index":1,"Rank":1,"Model":"<a style=\"x\" href=\"https:\/\/huggingface.co\/Org\/m-1\">m-1<\/a>","Model Size (Million Parameters)":9,"Embedding Dimensions":3584,"Max Tokens":"N\/A","Average":63.47,"Alpha":58.5,"Beta (fr)":62.50}
{"index":2,"Rank":2,"Model":"<a href=\"https:\/\/example.org\/x\">m-2<\/a>","Embedding Dimensions":"","Average (26 datasets)":70.0,"Clustering Average (1 datasets)":50,"Alpha":"","Beta (fr)":"high"}
{"index":3,"Rank":3,"Model":"","Embedding Dimensions":1,"Alpha":1}
"#;

#[test]
fn tables_of_the_old_leaderboard_are_main_scores_in_percent() {
    let reading = read_text("boards_data/fr/data_tasks/Retrieval/default.jsonl", BOARD);
    assert_eq!(codes(&reading), ["not-a-number", "no-model"]);
    let rows: Vec<_> = (reading.records.iter())
        .map(|record| {
            let star = if record.aggregate { "*" } else { "" };
            let subset = record.subset.as_deref().unwrap_or("·");
            format!("{} {} {subset}{star} {}", record.model.raw, record.benchmark, record.value)
        })
        .collect();
    assert_eq!(
        rows,
        [
            "Org/m-1 Alpha · 58.5",
            "Org/m-1 MTEB(fr) Retrieval* 63.47",
            "Org/m-1 Beta fr 62.50",
            "m-2 MTEB(fr) Retrieval* 70.0",
            "m-2 MTEB(fr) Clustering* 50",
        ]
    );
    let first = &reading.records[0];
    assert_eq!((&*first.metric.name, first.metric.unit), ("main_score", Unit::Percent));
    assert_eq!(first.provenance.place.to_string(), "1:/Alpha");
    let elsewhere = read_text("default.jsonl", BOARD);
    assert_eq!((&*elsewhere.records[1].benchmark, elsewhere.records[1].subset.as_deref()), ("MTEB", None));
}

#[test]
fn old_files_keep_their_metrics_beside_the_version() {
    let sts = r#"{"dataset_revision": null, "mteb_dataset_name": "AFQMC", "mteb_version": "1.0.2", "validation": {
        "cos_sim": {"pearson": 0.33, "spearman": 0.339}, "max": {"spearman": 0.4}, "evaluation_time": 2.5}}"#;
    let reading = at("org__model/1", sts);
    let read = scores(&reading);
    assert_eq!(
        read,
        ["· cos_sim_pearson 0.33", "· cos_sim_spearman 0.339", "· max_spearman 0.4", "· main_score 0.339"]
    );
    let main = only(&reading, "AFQMC", "main_score");
    assert_eq!(main.provenance.place.to_string(), "/validation/cos_sim/spearman");
    assert_eq!(main.protocol.get(Field::Split), Some("validation"));
}

#[test]
fn old_files_may_have_one_object_for_each_language() {
    let text = r#"{"dataset_version": null, "mteb_version": "0.0.2", "test": {"evaluation_time": 162.6,
        "de": {"accuracy": 0.678, "accuracy_stderr": 0.06, "f1": 0.66, "main_score": 0.678},
        "fr": {"cos_sim": {"ap": 0.89, "accuracy": 0.7}, "max": {"ap": 0.90}}}}"#;
    let reading = read_text("results/LASER2/AmazonReviews.json", text);
    assert_eq!(
        scores(&reading),
        [
            "de accuracy 0.678",
            "de f1 0.66",
            "de main_score 0.678",
            "fr cos_sim_accuracy 0.7",
            "fr cos_sim_ap 0.89",
            "fr max_ap 0.90",
            "fr main_score 0.90"
        ]
    );
    assert_eq!(reading.records[0].standard_error.as_ref().unwrap().text(), "0.06");
    assert_eq!(&*reading.records[0].benchmark, "AmazonReviews", "named by the file alone");
}

#[test]
fn mixed_files_are_read_once() {
    let text = r#"{"mteb_dataset_name": "M", "task_name": "M", "mteb_version": "1.38.41", "scores": {"dev": [
        {"evaluation_time": 22839.7, "ndcg_at_10": 0.30497, "hf_subset": "default", "main_score": 0.30497}]}}"#;
    assert_eq!(scores(&at("o__m/1", text)), ["default main_score 0.30497", "default ndcg_at_10 0.30497"]);
}

#[test]
fn the_main_score_is_inferred_only_where_the_metrics_tell_the_task() {
    for (metrics, main) in [
        (r#""ndcg_at_10": 0.1, "map_at_10": 0.2"#, Some("0.1")),
        (r#""v_measure": 0.3, "v_measure_std": 0.1"#, Some("0.3")),
        (r#""map": 0.4, "mrr": 0.5"#, Some("0.4")),
        (r#""accuracy": 0.6, "f1": 0.7"#, Some("0.6")),
        (r#""accuracy": 0.6, "f1": 0.7, "precision": 0.8, "recall": 0.9"#, Some("0.7")),
        (r#""cosine_spearman": 0.2, "cosine_pearson": 0.1"#, Some("0.2")),
        (r#""accuracy": 0.6"#, None),
        (r#""pearson": 0.6"#, None),
    ] {
        let reading = at("o__m/1", &format!(r#"{{"mteb_dataset_name": "T", "test": {{{metrics}}}}}"#));
        let found = reading.records.iter().find(|record| &*record.metric.name == "main_score");
        assert_eq!(found.map(|record| record.value.text()), main, "{metrics}");
    }
}

#[test]
fn a_subset_that_occurs_twice_collapses_only_when_equal() {
    let twice = |second: &str| {
        let text = format!(
            r#"{{"task_name": "T", "scores": {{"test": [{{"hf_subset": "default", "main_score": 0.8467}},
            {{"hf_subset": "default", "main_score": {second}}}]}}}}"#
        );
        at("o__m/external", &text)
    };
    let equal = twice("0.8467");
    assert_eq!((equal.records.len(), codes(&equal).len()), (1, 0));
    let unequal = twice("0.8468");
    assert_eq!(unequal.records.len(), 2);
}

#[test]
fn speeds_are_no_fractions_and_the_machine_is_no_score() {
    let text = r#"{"task_name": "GPUSpeedTask", "mteb_version": null, "scores": {"test": [{"architecture": "x86_64",
        "avg_words_per_sec": 26866.95, "num_gpus": 3, "physical_cores": 36, "timings": [1.5], "main_score": 26866.95}]}}"#;
    let reading = at("o__m/1", text);
    assert_eq!(scores(&reading), ["· avg_words_per_sec 26866.95", "· main_score 26866.95"]);
    assert_eq!(reading.records[1].metric.unit, Unit::Unknown);
    assert_eq!(reading.records[1].protocol.get(Field::HarnessVersion), None);
}

#[test]
fn a_main_score_that_is_no_number_is_reported() {
    let reading = at("o__m/1", r#"{"task_name": "T", "scores": {"test": [{"main_score": "high", "f1": 0.5}]}}"#);
    assert_eq!((codes(&reading), reading.records.len()), (vec!["not-a-number".to_owned()], 1));
}

/// A name without an ending keeps a file from being read straight from its text.
#[test]
fn a_file_gives_the_same_records_straight_from_its_text_and_by_its_tree() {
    let entries = [
        r#"{"accuracy": 0.50, "main_score": 0.5, "hf_subset": "default", "languages": ["eng-Latn"]}"#,
        r#"{"ap": NaN, "nauc_map_max": NaN, "main_score": NaN, "hf_subset": "a"}, {"main_score": -1e-5, "hf_subset": "b"}"#,
        r#"{"main_score": null, "f1": 1E5, "hf_subset": ""}, {"f1": true, "main_score": 1, "x": null, "y": [1]}"#,
        r#"{"main_score": 0.1, "hf_subset": "a"}, {"main_score": 0.1, "hf_subset": "a"}, {"main_score": 0.2, "hf_subset": "a"}"#,
        r#"{"accuracy": 0.5, "accuracy_stderr": 0.01, "main_score": 0.5}"#,
        r#"{"cos_sim": {"pearson": 0.3}, "main_score": 0.3}, {"accuracy": "0.5", "main_score": "x"}, {"ndcg_at_10": 0.4}"#,
        r#"{"k\u0065y": 0.25, "main_score": Infinity, "hf_subset": "\u4e2d"}, {"main_score": 0.5, "f1": 0.1, "f1": 0.2}"#,
    ];
    for entries in entries {
        let text = format!(
            r#"{{"task_name": "T", "dataset_revision": "d", "mteb_version": "2.1.0", "date": 1782921898.5, "kg_co2_emissions": NaN,
            "scores": {{"test": [{entries}], "dev": [{{"main_score": 0.75, "hf_subset": "default"}}]}}}}"#
        );
        let said = |path: &str| {
            let reading = read_text(path, &text);
            let records = reading.records.iter().map(|record| {
                let mut record = record.clone();
                std::sync::Arc::make_mut(&mut record.provenance.origin).path = "".into();
                format!("{record:?}")
            });
            (records.collect::<Vec<_>>(), codes(&reading), reading.origin.format)
        };
        assert_eq!(said("results/org__m/1/T.json"), said("results/org__m/1/T"), "{entries}");
    }
}
