//! Exports, and what reading them gives.

#![allow(clippy::disallowed_methods, reason = "the tests read what was written")]

mod support;

use serde_json::Value as Json;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use support::Site;
use tianti::ledger::Ledger;
use tianti::pipeline;
use tianti::record::{Origin, Place, Record};

/// Records of several formats with all that a record can hold, and what schemas dislike.
fn site() -> Site {
    Site::new()
        .file(
            "data/results/club/source.toml",
            "name = 'Quiz Club'\nurl = 'https://example.org/club'\nretrieved = 2024-02-01\nreporter = 'measured'\n",
        )
        .file("data/results/club/table.csv", TABLE)
        .file(
            "data/results/harness/results_2024-01-04T13-27-32.660899.json",
            r#"{"results": {"quiz": {"acc,none": 0.5310, "acc_stderr,none": 0.01, "odd,none": Infinity}},
               "configs": {"quiz": {"num_fewshot": 5}}, "versions": {"quiz": 1}, "model_name": "lab/c",
               "config": {"model_args": "pretrained=lab/c,dtype=bfloat16"}, "git_hash": "abc",
               "higher_is_better": {"quiz": {"acc": true}}, "n-samples": {"quiz": {"original": 20, "effective": 10}}}"#,
        )
        .file("data/results/eee/6f1c3b9e-2a44-4d0b-9c1e-5b7d8e9f0a12.json", FOREIGN)
        .file("data/results/ours.json", OURS)
}

const TABLE: &str = "model,effort,scaffold,benchmark,subset,metric,unit,direction,value,standard_error,interval_low,\
    interval_high,interval_level,items,items_total,aggregate,reporter,date,url,shots,temperature,harness\n\
    a-raw,high,loop,quiz,law,acc,percent,higher,60.50,+0.5,60,61,0.95,10,20,yes,claimed,2024-03,https://example.org/r,5,0.0,H\n\
    a-raw,high,loop,sums_add,,err,points,lower,+3,.5,.1,5,95,,,,,2024,,,,\n\
    a-raw,,,sums,,,,,1e-05,,,,,,,,,,,,,\n\
    nameless,,,sums,,,usd,,7,,6,8,,,,,,,,,,\n\
    nameless,,,quiz,,,,,NaN,,,,,,,,,,,,,\n";

/// A file of another's making, of the current version: it must come back as it is.
const FOREIGN: &str = r#"{"schema_version": "0.3.0", "evaluation_id": "quiz/lab_d/1", "retrieved_timestamp": "1700000001",
    "evaluation_timestamp": "1700000000.0",
    "source_metadata": {"source_name": "Club", "source_type": "documentation", "source_organization_name": "Club",
        "evaluator_relationship": "third_party", "additional_details": {"paper": "https://example.org/paper"}},
    "eval_library": {"name": "quizlib", "version": "2.1", "additional_details": {"fork": "yes"}},
    "model_info": {"name": "D", "id": "lab/d", "developer": "lab",
        "additional_details": {"deployment_type": "unknown", "model_availability": "open_weights", "cost": "14.15"}},
    "evaluation_results": [
        {"evaluation_result_id": "quiz/law", "evaluation_name": "Quiz (law)",
         "source_data": {"dataset_name": "Quiz", "source_type": "hf_dataset", "hf_repo": "club/quiz", "samples_number": 9},
         "metric_config": {"metric_name": "exact", "metric_unit": "proportion", "lower_is_better": false,
            "score_type": "continuous", "min_score": 0.0, "max_score": 1.0, "metric_parameters": {"k": 5}},
         "score_details": {"score": 0.650, "details": {"tab": "Law"}, "uncertainty": {"num_samples": 7,
            "standard_error": {"value": 0.01, "method": "analytic"},
            "confidence_interval": {"lower": 0.6, "upper": 0.7, "confidence_level": 0.95, "method": "bootstrap"}}},
         "generation_config": {"generation_args": {"temperature": 0.5, "max_tokens": 100, "top_p": null},
            "additional_details": {"num_fewshot": "5"}}},
        {"evaluation_name": "Sums", "source_data": {"dataset_name": "Sums", "source_type": "url", "url": ["https://example.org"]},
         "metric_config": {"lower_is_better": true, "min_score": 0, "max_score": "Infinity"},
         "score_details": {"score": 12}}]}"#;

/// As an export writes it, with what a format put into `extra`.
const OURS: &str = r#"{"schema_version": "0.3.0", "evaluation_id": "x/1", "retrieved_timestamp": "unknown",
    "source_metadata": {"additional_details": {"exported_by": "tianti"}}, "model_info": {"name": "lab/e"},
    "evaluation_results": [{"evaluation_name": "quiz", "metric_config": {"lower_is_better": false},
        "score_details": {"score": 1.0, "details": {"extra:colour": "\"red\"", "reporter": "claimed"}}}]}"#;

/// Exports a site and puts the files into another one as results.
fn exported(site: &Site) -> Site {
    let out = site.root().join("out");
    let run = site.run(&["export", "--to", "every-eval-ever", "--out", out.to_str().unwrap()]);
    assert_eq!(run.code(), 0, "{}", run.problems());
    files(&out).into_iter().fold(Site::new(), |site, path| {
        let target = format!("data/results/{}", path.strip_prefix(&out).unwrap().to_str().unwrap());
        site.file(&target, fs::read(&path).unwrap())
    })
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files =
        files.filter(|entry| entry.file_type().is_file() && !entry.file_name().to_str().unwrap().starts_with('.'));
    files.map(|entry| entry.into_path()).collect()
}

fn ledger(site: &Site) -> Ledger {
    let (_, ledger, diagnostics) = pipeline::records(site.root()).unwrap();
    assert_eq!(diagnostics.errors(), 0, "{:?}", diagnostics.iter().map(|it| &it.message).collect::<Vec<_>>());
    ledger
}

/// All that a record says but where it stands, as text, in the order of the texts.
fn said(ledger: &Ledger) -> Vec<String> {
    let records = ledger.entries().map(|(_, entry)| entry.record).filter(|record| record.value.finite().is_some());
    let mut said: Vec<String> = records.map(|record| format!("{:?}", without_place(record))).collect();
    said.sort();
    said
}

fn without_place(record: &Record) -> Record {
    let mut record = record.clone();
    let (path, sha256, source) = ("".into(), "".into(), Arc::default());
    record.provenance.origin = Arc::new(Origin { path, sha256, bytes: 0, format: "", source });
    record.provenance.place = Place::Cell { line: 0, column: 0 };
    record
}

#[test]
fn reading_an_export_gives_the_same_records() {
    let site = site();
    let (before, after) = (said(&ledger(&site)), said(&ledger(&exported(&site))));
    assert_eq!(before.len(), 8);
    assert_eq!(before, after);
}

#[test]
fn an_export_is_the_same_every_time() {
    let site = site();
    let [one, other] = [0, 1].map(|_| exported(&site));
    let bytes = |site: &Site| -> Vec<(String, Vec<u8>)> {
        let root = site.root().join("data/results");
        let named =
            |path: PathBuf| (path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap());
        files(&root).into_iter().map(named).collect()
    };
    assert_eq!(bytes(&one), bytes(&other));
}

#[test]
fn a_file_of_the_current_version_comes_back_as_it_was() {
    let exported = exported(&site());
    let path = exported.root().join("data/results/data/results/lab/d/6f1c3b9e-2a44-4d0b-9c1e-5b7d8e9f0a12.json");
    let parse = |text: &str| serde_json::from_str::<Json>(text).unwrap();
    assert_eq!(parse(&fs::read_to_string(path).unwrap()), parse(FOREIGN));
}

#[test]
fn an_export_names_canonical_ids_beside_raw_names() {
    let site = site();
    let out = site.root().join("all.json");
    let run = site.run(&["export", "--to", "json", "--out", out.to_str().unwrap()]);
    assert!(run.says().contains("Wrote 10 records in 1 file"), "{}", run.says());
    let all: Json = serde_json::from_str(&fs::read_to_string(out).unwrap()).unwrap();
    let record = all.as_array().unwrap().iter().find(|record| record["benchmark"] == "sums_add").unwrap();
    assert_eq!((&record["model"], &record["model_id"]), (&Json::from("a-raw"), &Json::from("org/a")));
    assert_eq!((&record["benchmark_id"], &record["benchmark_part"]), (&Json::from("sums"), &Json::from("add")));
    assert_eq!((&record["value"], &record["aggregate"]), (&Json::from("+3"), &Json::from(false)));
}

#[test]
fn an_exported_table_reads_back() {
    // Doubles have no text of their own: the other numbers are written as they come out of them.
    let table = TABLE.replace("+0.5,60,61,", "0.5,60,61,").replace(".5,.1,5,", "0.5,0.1,5,");
    let site = Site::new().file("data/results/t.csv", table);
    for format in ["csv", "parquet"] {
        let out = site.root().join("all");
        assert_eq!(site.run(&["export", "--to", format, "--out", out.to_str().unwrap()]).code(), 0);
        let again = Site::new().file(&format!("data/results/all.{format}"), fs::read(&out).unwrap());
        assert_eq!(said(&ledger(&site)), said(&ledger(&again)), "{format}");
    }
}

#[test]
fn an_older_version_of_a_file_gives_way() {
    let old = FOREIGN.replace("0.3.0", "0.2.2").replace("0.650", "0.6");
    let site = site().file("data/results/old/6f1c3b9e-2a44-4d0b-9c1e-5b7d8e9f0a12.json", old);
    let (_, ledger, diagnostics) = pipeline::records(site.root()).unwrap();
    let superseded: Vec<_> = diagnostics.iter().filter(|problem| problem.code == "superseded-file").collect();
    assert_eq!(superseded.len(), 1);
    assert_eq!(&*superseded[0].file, "data/results/old/6f1c3b9e-2a44-4d0b-9c1e-5b7d8e9f0a12.json");
    let quiz = ledger.entries().filter(|(_, entry)| &*entry.record.model.raw == "lab/d");
    assert_eq!(quiz.map(|(_, entry)| entry.record.value.text()).collect::<Vec<_>>(), ["0.650", "12"]);
}

#[test]
fn nothing_is_written_over_a_site_with_errors() {
    let site = site().file("data/results/broken.csv", "model,benchmark,value\na,b,c\n");
    let out = site.root().join("all.csv");
    assert_eq!(site.run(&["export", "--to", "csv", "--out", out.to_str().unwrap()]).code(), 1);
    assert!(!out.exists());
}

#[test]
fn scores_on_datasets_of_the_hub_are_written_for_each_model() {
    let card = "name = 'Sums'\nsummary = 'Sums'\naliases = ['sums_*']\n\
        dataset = 'https://huggingface.co/datasets/club/sums'\n";
    let site = site().file("data/benchmarks/sums.toml", card);
    let out = site.root().join("hub");
    let run = site.run(&["export", "--to", "eval-results", "--out", out.to_str().unwrap()]);
    assert!(run.says().contains("Wrote 4 records in 3 files"), "{}", run.says());
    assert!(run.says().contains("Left out 6 records: the cards of their benchmarks name no dataset"), "{}", run.says());
    let expected = "- dataset:\n    id: \"club/sums\"\n    task_id: \"default\"\n  value: 1e-05\n  source:\n    \
        url: \"https://example.org/club\"\n    name: \"Quiz Club\"\n  notes: \"\"\n\
        - dataset:\n    id: \"club/sums\"\n    task_id: \"add\"\n  value: 3.0\n  source:\n    \
        url: \"https://example.org/club\"\n    name: \"Quiz Club\"\n  \
        notes: \"metric=err, unit=points, effort=high, scaffold=loop\"\n";
    assert_eq!(fs::read_to_string(out.join("org/a.yaml")).unwrap(), expected);
}
