//! Every file of the data: what is read of it, and how long that takes.

use super::{read_file, walk};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tianti::formats::Reading;

/// Files that no format reads, and why that stays so.
const UNRECOGNISED: &[(&str, &str)] = &[
    ("arena/evalica_food_golden.csv", "what a library's tests expect of its ratings of dishes"),
    ("arena/evalica_simple_golden.csv", "what a library's tests expect of its ratings of numbers"),
    ("arena/llm_leaderboard_matrix.csv", "made for a study from a table typed into a README, which no program writes"),
    ("arena/wildbench_items_gpt4turbo.csv", "made for a study from WildBench's own files, which have another layout"),
    (
        "every_eval_ever/other_sources/vectara_source_rows.json",
        "the rows of a web service, stored by a converter's tests",
    ),
];

/// Formats of which files give nothing and need no reason, for others refer to them.
const WITH_COMPANIONS: &[&str] =
    &["arena-table", "ceval", "evalscope-perf", "every-eval-ever", "helm", "livebench", "mteb"];

#[derive(Default)]
struct Total {
    files: usize,
    records: usize,
    scores: usize,
    battles: usize,
    time: Duration,
}

impl Total {
    fn add(&mut self, reading: &Reading, time: Duration) {
        self.files += 1;
        self.records += reading.records.len();
        self.scores += reading.items.iter().map(|items| items.len()).sum::<usize>();
        self.battles += reading.battles.len();
        self.time += time;
    }
}

#[test]
fn every_file_of_the_real_data_gives_records_or_a_reason() {
    let Some(root) = std::env::var_os("TIANTI_REAL_DATA").map(PathBuf::from).filter(|root| root.is_dir()) else {
        return eprintln!("skipped: TIANTI_REAL_DATA does not name a folder of real result files");
    };
    let mut paths = walk(&root, &[]);
    // The list of where the files are from.
    paths.retain(|path| path.file_name().is_none_or(|name| name != "SOURCES.tsv"));
    paths.sort();
    let mut totals: BTreeMap<&str, Total> = BTreeMap::new();
    let (mut whole, mut unrecognised, mut companions) = (Total::default(), Vec::new(), BTreeSet::new());
    for path in &paths {
        let start = Instant::now();
        let reading = read_file(&root, path);
        let time = start.elapsed();
        totals.entry(reading.origin.format).or_default().add(&reading, time);
        whole.add(&reading, time);
        let gives = !reading.records.is_empty() || !reading.items.is_empty() || !reading.battles.is_empty();
        if !gives && reading.diagnostics.is_empty() {
            companions.insert(reading.origin.format);
        }
        if reading.diagnostics.iter().any(|problem| problem.code == "unrecognised-result-file") {
            unrecognised.push(reading.origin.path.to_string());
        }
    }
    println!("| Format | Files | Records | Item scores | Battles | Seconds |\n|---|---:|---:|---:|---:|---:|");
    for (format, Total { files, records, scores, battles, time }) in totals.iter().chain([(&"all", &whole)]) {
        println!("| {format} | {files} | {records} | {scores} | {battles} | {:.3} |", time.as_secs_f64());
    }
    assert_eq!(companions.into_iter().collect::<Vec<_>>(), WITH_COMPANIONS);
    assert_eq!(unrecognised, UNRECOGNISED.iter().map(|(path, _)| *path).collect::<Vec<_>>());
}
