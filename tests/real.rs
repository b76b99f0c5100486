//! Reads real result files, which are not in the repository: set `TIANTI_REAL_DATA` to a folder that has them.
//!
//! The expected numbers were computed from the same files by another program.

#![allow(clippy::disallowed_methods, reason = "the tests read the files they are about, and say how long that takes")]

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tianti::formats::{File, Reading, read};
use tianti::record::{Field, Record, Source};

#[path = "real/agents.rs"]
mod agents;
#[path = "real/all.rs"]
mod all;
#[path = "real/arena.rs"]
mod arena;
#[path = "real/clusters.rs"]
mod clusters;
#[path = "real/exchange.rs"]
mod exchange;
#[path = "real/harness.rs"]
mod harness;
#[path = "real/ratings.rs"]
mod ratings;
#[path = "real/suites.rs"]
mod suites;

/// Every result file below one of the folders, read; `None`, with a line that says why, when there is no data.
struct Real(Vec<Reading>);

/// Folder, model and 100 × the mean over the tasks of MTEB(eng, v2).
const MTEB_MEANS: &[(&str, &str, &str)] = &[
    ("prdev__mini-gte", "prdev/mini-gte", "65.0574"),
    ("minishlab__potion-base-32M", "minishlab/potion-base-32M", "54.6294"),
    ("ibm-granite__granite-embedding-small-english-r2", "ibm-granite/granite-embedding-small-english-r2", "61.0681"),
    ("google__text-embedding-004", "google/text-embedding-004", "69.5277"),
    ("google__embeddinggemma-300m", "google/embeddinggemma-300m", "69.6736"),
    ("MongoDB__mdbr-leaf-mt", "MongoDB/mdbr-leaf-mt", "63.9657"),
];

const FOLDERS: [&str; 4] =
    ["lm_eval", "open_llm_leaderboard_v1/details_results", "opencompass/summary_blocks", "mteb/results"];

impl Real {
    fn load() -> Option<Self> {
        Self::load_folders(&FOLDERS, &["json", "csv"])
    }

    /// The files below `folders` whose names have one of the endings; all files when there are none.
    fn load_folders(folders: &[&str], endings: &[&str]) -> Option<Self> {
        let Some(root) = std::env::var_os("TIANTI_REAL_DATA").map(PathBuf::from) else {
            eprintln!("skipped: TIANTI_REAL_DATA does not name a folder of real result files");
            return None;
        };
        if !root.is_dir() {
            eprintln!("skipped: TIANTI_REAL_DATA names {}, which is not a folder", root.display());
            return None;
        }
        let mut paths: Vec<_> = folders.iter().flat_map(|folder| walk(&root.join(folder), endings)).collect();
        paths.sort();
        Some(Self(paths.iter().map(|path| read_file(&root, path)).collect()))
    }

    fn records(&self, folder: &str) -> impl Iterator<Item = &Record> {
        let below = self.0.iter().filter(move |reading| reading.origin.path.starts_with(folder));
        below.flat_map(|reading| &reading.records)
    }

    /// The text of the one value of a benchmark and metric in a folder.
    fn value(&self, folder: &str, benchmark: &str, metric: &str) -> &str {
        let mut found = self.records(folder).filter(|r| &*r.benchmark == benchmark && &*r.metric.name == metric);
        let value = found.next().unwrap_or_else(|| panic!("no {metric} of {benchmark} in {folder}"));
        assert!(found.next().is_none(), "several {metric} of {benchmark} in {folder}");
        value.value.text()
    }
}

fn walk(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            files.extend(walk(&path, endings));
        } else if endings.is_empty()
            || path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted))
        {
            files.push(path);
        }
    }
    files
}

fn read_file(root: &Path, path: &Path) -> Reading {
    let relative = path.strip_prefix(root).unwrap().to_str().unwrap();
    let sibling = |name: &str| fs::read_to_string(path.with_file_name(name)).ok();
    let size = fs::metadata(path).unwrap().len();
    let file = File { path: relative, size, open: &|| Ok(Box::new(fs::File::open(path)?)), sibling: &sibling };
    read(&file, Arc::new(Source::default()))
}

fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.into_iter().collect();
    values.iter().sum::<f64>() / values.len() as f64
}

#[test]
fn every_file_gives_records_or_says_why_not() {
    let Some(real) = Real::load() else { return };
    let mut totals: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut problems: Vec<String> = Vec::new();
    for reading in &real.0 {
        let total = totals.entry(reading.origin.format).or_default();
        *total = (total.0 + 1, total.1 + reading.records.len());
        let companion = reading.origin.path.ends_with("/model_meta.json");
        assert!(
            companion || !reading.records.is_empty() || !reading.diagnostics.is_empty(),
            "nothing is said of {}",
            reading.origin.path
        );
        problems.extend(reading.diagnostics.iter().map(|problem| format!("{} {}", problem.code, problem.file)));
    }
    println!("{:<20} {:>6} {:>8}", "format", "files", "records");
    for (format, (files, records)) in &totals {
        println!("{format:<20} {files:>6} {records:>8}");
    }
    println!("{}", problems.join("\n"));
    assert_eq!(problems, ["no-scores lm_eval/meta-llama/Meta-Llama-3-8B/summary_openllm.json"]);
    let counted = |format| totals.get(format).copied();
    assert_eq!(counted("lm-eval"), Some((25, 495)));
    assert_eq!(counted("open-llm-v1"), Some((2, 136)));
    assert_eq!(counted("opencompass-summary"), Some((4, 120)));
    assert_eq!(counted("unrecognised"), None);
    let current = real.records("mteb/").filter(|record| record.provenance.place.to_string().starts_with("/scores/"));
    let repeated = 3;
    assert_eq!(current.count(), 5427 - repeated);
}

#[test]
fn the_open_llm_leaderboard_is_reproduced() {
    let Some(real) = Real::load() else { return };
    let folder = "open_llm_leaderboard_v1/details_results/HenryJJ__Instruct_Mistral-7B-v0.1_Dolly15K";
    assert_eq!(real.value(folder, "arc:challenge", "acc_norm"), "0.5938566552901023");
    let subjects =
        real.records(folder).filter(|r| r.benchmark.starts_with("hendrycksTest-") && &*r.metric.name == "acc");
    let subjects: Vec<f64> = subjects.map(|record| record.value.finite().unwrap()).collect();
    assert_eq!(subjects.len(), 57);
    let score = |benchmark, metric| real.value(folder, benchmark, metric).parse::<f64>().unwrap();
    let columns = [
        score("arc:challenge", "acc_norm"),
        score("hellaswag", "acc_norm"),
        mean(subjects),
        score("truthfulqa:mc", "mc2"),
        score("winogrande", "acc"),
        score("gsm8k", "acc"),
    ];
    let shown = columns.map(|score| format!("{:.2}", score * 100.0));
    assert_eq!(shown, ["59.39", "82.62", "62.71", "43.56", "79.32", "35.10"]);
    assert_eq!(format!("{:.2}", mean(columns) * 100.0), "60.45");
}

#[test]
fn lm_eval_scores_stay_as_written() {
    let Some(real) = Real::load() else { return };
    let folder = "lm_eval/meta-llama/Meta-Llama-3-8B/";
    assert_eq!(real.value(folder, "mmlu", "acc"), "0.6504059250818972");
    assert_eq!(real.value(folder, "arc_challenge", "acc_norm"), "0.5750853242320819");
    let gsm8k: BTreeMap<_, _> = (real.records(folder).filter(|record| &*record.benchmark == "gsm8k"))
        .map(|record| (record.protocol.get(Field::Filter).unwrap(), record.value.text()))
        .collect();
    assert_eq!(gsm8k["strict-match"], "0.5087187263078089");
    assert_eq!(gsm8k["flexible-extract"], "0.511751326762699");
    let mmlu = real.records(folder).find(|record| &*record.benchmark == "mmlu").unwrap();
    assert_eq!((mmlu.aggregate, mmlu.protocol.get(Field::Shots)), (true, Some("5")));
    assert_eq!(&*mmlu.model.raw, "meta-llama/Meta-Llama-3-8B");
    let subjects =
        real.records("lm_eval/results-0.4.3/meta-llama__Llama-3.1-8B").filter(|r| r.benchmark.starts_with("mmlu_"));
    assert_eq!(subjects.filter(|record| !record.aggregate).count(), 57);
    assert_eq!(
        real.value("lm_eval/results-0.4.3/VisualRWKV__rwkv7-pile", "lambada_openai", "perplexity"),
        "4.800941695362433"
    );
    assert_eq!(real.value("lm_eval/results/all_materials.json", "polymer_tg_prediction", "mae"), "Infinity");
}

#[test]
fn opencompass_cells_stay_as_written() {
    let Some(real) = Real::load() else { return };
    let folder = "opencompass/summary_blocks/";
    assert_eq!(real.value(folder, "ceval-computer_network", "accuracy"), "63.16");
    assert_eq!(real.value(folder, "mgsm_te", "accuracy"), "0.00");
    assert_eq!(real.value(folder, "mgsm", "naive_average"), "40.47");
    let babilong = real.records(folder).find(|record| {
        &*record.benchmark == "babilong_128k" && &*record.model.raw == "ministral-8B-instruct-2410-turbomind"
    });
    assert_eq!(babilong.unwrap().value.text(), "3.20");
}

#[test]
fn the_mean_over_the_tasks_of_mteb_english_is_reproduced() {
    let Some(real) = Real::load() else { return };
    let root = PathBuf::from(std::env::var_os("TIANTI_REAL_DATA").unwrap());
    let definition = fs::read_to_string(root.join("mteb/benchmark_definitions/MTEB_eng_v2.json")).unwrap();
    let definition: serde_json::Value = serde_json::from_str(&definition).unwrap();
    let tasks = definition["tasks"].as_array().unwrap();
    for (folder, model, expected) in MTEB_MEANS {
        let main_scores: HashMap<_, _> = (real.records(&format!("mteb/results/{folder}/")))
            .filter(|record| &*record.metric.name == "main_score" && &*record.model.raw == *model)
            .map(|r| ((&*r.benchmark, r.protocol.get(Field::Split).unwrap(), r.subset.as_deref().unwrap()), &r.value))
            .collect();
        let scores = tasks.iter().map(|task| {
            let parts = task["splits"].as_array().unwrap().iter().flat_map(|split| {
                let subsets = task["subsets"].as_array().unwrap().iter();
                subsets
                    .map(|subset| (task["task"].as_str().unwrap(), split.as_str().unwrap(), subset.as_str().unwrap()))
            });
            mean(parts.map(|part| main_scores[&part].finite().unwrap()))
        });
        assert_eq!(format!("{:.4}", mean(scores) * 100.0), *expected, "{model}");
    }
}

/// The columns of the Open LLM Leaderboard v1.
const OPEN_LLM_V1: &str = "title = 'V1'\nsummary = 'V1'\naggregate = 'mean'\nmaterial = ['shots']\n\
    [[columns]]\nbenchmark = 'arc-challenge'\nmetric = 'acc_norm'\nrequire = { shots = 25 }\n\
    [[columns]]\nbenchmark = 'hellaswag'\nmetric = 'acc_norm'\nrequire = { shots = 10 }\n\
    [[columns]]\nbenchmark = 'mmlu'\nmetric = 'acc'\nsubset_count = 57\nrequire = { shots = 5 }\n\
    [[columns]]\nbenchmark = 'truthfulqa'\nmetric = 'mc2'\nrequire = { shots = 0 }\n\
    [[columns]]\nbenchmark = 'winogrande'\nmetric = 'acc'\nrequire = { shots = 5 }\n\
    [[columns]]\nbenchmark = 'gsm8k'\nmetric = 'acc'\nrequire = { shots = 5 }\n";

#[test]
fn a_site_of_the_real_files_and_the_projects_cards_shows_the_known_numbers() {
    let Some(root) = std::env::var_os("TIANTI_REAL_DATA").map(PathBuf::from).filter(|root| root.is_dir()) else {
        return eprintln!("skipped: TIANTI_REAL_DATA does not name a folder of real result files");
    };
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = tempfile::tempdir().unwrap();
    for part in ["tianti.toml", "data/orgs.toml", "data/models", "data/benchmarks"] {
        copy(&project.join(part), &site.path().join(part));
    }
    for folder in FOLDERS {
        copy(&root.join(folder), &site.path().join("data/results").join(folder));
    }
    let mteb = fs::read_to_string(project.join("data/boards/mteb-eng-v2.toml")).unwrap();
    let mteb = mteb.lines().map(|line| match line {
        line if line.starts_with("metric") => "metric = \"main_score\"",
        line if line.starts_with("sources") => "",
        line => line,
    });
    fs::create_dir_all(site.path().join("data/boards")).unwrap();
    fs::write(site.path().join("data/boards/mteb.toml"), mteb.collect::<Vec<_>>().join("\n")).unwrap();
    fs::write(site.path().join("data/boards/v1.toml"), OPEN_LLM_V1).unwrap();

    let mut build = std::process::Command::new(env!("CARGO_BIN_EXE_tianti"));
    let output = build.args(["build", "--root"]).arg(site.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let board = |id| fs::read_to_string(site.path().join(format!("site/data/boards/{id}.csv"))).unwrap();
    let first = "HenryJJ/Instruct_Mistral-7B-v0.1_Dolly15K,,,,,,,60.45025727558714,0.4";
    let row = board("v1").lines().find(|line| line.contains(first)).unwrap_or_default().to_owned();
    assert!(
        row.contains(",,,6,6,59.38566552901023,"),
        "an error from those that the file states, and nobody to be compared with: {row}"
    );
    let ranked = board("mteb");
    for (_, model, expected) in MTEB_MEANS {
        let id = format!(",{},", model.to_lowercase());
        let row = ranked.lines().find(|line| line.contains(&id)).unwrap_or_else(|| panic!("{model} in {ranked}"));
        let composite: f64 = row.split(',').nth(9).unwrap().parse().unwrap();
        assert_eq!(format!("{composite:.4}"), *expected, "{model}");
    }
}

/// Llama 3 solves 46 of the 164 problems that the other model does not, and the other 5 that it does not: McNemar's exact
/// test gives p = 2.3e-9.
#[test]
fn two_real_runs_over_the_same_problems_are_compared_over_them() {
    let Some(root) = std::env::var_os("TIANTI_REAL_DATA").map(PathBuf::from).filter(|root| root.is_dir()) else {
        return eprintln!("skipped: TIANTI_REAL_DATA does not name a folder of real result files");
    };
    let site = tempfile::tempdir().unwrap();
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["tianti.toml", "data/benchmarks/humaneval.toml"] {
        copy(&project.join(part), &site.path().join(part));
    }
    copy(&root.join("evalplus/inferenced_output"), &site.path().join("data/results/evalplus"));
    let board =
        "title = 'H'\nsummary = 'H'\naggregate = 'mean'\n[[columns]]\nbenchmark = 'humaneval'\nmetric = 'pass@1'\n";
    fs::create_dir_all(site.path().join("data/boards")).unwrap();
    fs::write(site.path().join("data/boards/h.toml"), board).unwrap();
    let mut rank = std::process::Command::new(env!("CARGO_BIN_EXE_tianti"));
    let output = rank.args(["rank", "h", "--format", "json", "--root"]).arg(site.path()).output().unwrap();
    let ranked: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(ranked["evidence"], "shared-items");
    let rows = ranked["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(
        (&rows[0]["name"], &rows[0]["below"]["verdict"]),
        (&"meta-llama/Meta-Llama-3-8B-Instruct".into(), &"separated".into())
    );
    let lead = rows[0]["below"]["lead"].as_f64().unwrap();
    assert!((lead - 100.0 * 41.0 / 164.0).abs() < 1e-9, "{lead}");
}

fn copy(from: &Path, to: &Path) {
    let files = walkdir::WalkDir::new(from).into_iter().map(Result::unwrap);
    for entry in files.filter(|entry| entry.file_type().is_file()) {
        let target =
            if entry.path() == from { to.to_owned() } else { to.join(entry.path().strip_prefix(from).unwrap()) };
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, fs::read(entry.path()).unwrap()).unwrap();
    }
}
