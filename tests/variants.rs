//! Variants of a model, stated by files or by names: each has a row of its own, and none stands for another.
#![allow(clippy::disallowed_methods, reason = "the test reads the real files it is about")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use support::{BOARD, Site, table};

/// The cells of a board's CSV file, by row; no cell of these boards has a comma.
fn rows(site: &Site) -> Vec<BTreeMap<String, String>> {
    let csv = site.page("data/boards/main.csv");
    let mut lines = csv.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let row =
        |line: &str| header.iter().zip(line.split(',')).map(|(key, cell)| (key.to_string(), cell.into())).collect();
    lines.map(row).collect()
}

#[test]
fn variants_in_names_are_rows_of_one_model() {
    let scores = "model,benchmark,value,unit,metric,shots\norg/a_float16,quiz,1,percent,acc,5\n\
        org/a_bfloat16,quiz,99,percent,acc,5\nA@r1,quiz,50,percent,acc,5\nhf/org/a (high),quiz,60,percent,acc,5\n";
    let board = BOARD.replace("[[columns]]\nbenchmark = 'sums'\n", "");
    let site = Site::new().file("data/results/run/x.csv", scores).file("data/boards/main.toml", board);
    let run = site.build();
    assert!(!run.problems().contains("unknown-model"), "{}", run.problems());
    let keys = ["model", "precision", "revision", "effort", "provider", "composite"];
    let read: Vec<_> = rows(&site).iter().map(|row| keys.map(|key| row[key].clone()).join(" ")).collect();
    assert_eq!(read, ["org/a bfloat16    99", "org/a   high hf 60", "org/a  r1   50", "org/a float16    1"]);
    assert_eq!(table(&site.page("en/boards/main.html"), "board").len(), 5);
}

#[test]
fn what_the_file_states_apart_from_the_name_stays() {
    let scores = "model,benchmark,value,unit,metric,shots,precision\norg/a_float16,quiz,1,percent,acc,5,bfloat16\n";
    let board = BOARD.replace("[[columns]]\nbenchmark = 'sums'\n", "");
    let site = Site::new().file("data/results/run/x.csv", scores).file("data/boards/main.toml", board);
    site.build();
    assert_eq!(rows(&site)[0]["precision"], "bfloat16");
}

#[test]
fn how_a_model_was_run_is_said_where_rows_differ_in_it() {
    let rows = |a: &str, b: &str| {
        let scores = format!(
            "model,benchmark,value,unit,metric,shots,effort,precision\norg/a,quiz,1,percent,acc,5,{a}\norg/b,quiz,2,percent,acc,5,{b}\n"
        );
        let board = BOARD.replace("[[columns]]\nbenchmark = 'sums'\n", "");
        let site = Site::new().file("data/results/run/x.csv", scores).file("data/boards/main.toml", board);
        site.build();
        table(&site.page("en/boards/main.html"), "board")[1..].join("\n")
    };
    let told = rows("high,float16", "low,bfloat16");
    assert!(told.contains("high") && told.contains("low") && !told.contains("float16"), "{told}");
    assert!(!rows("high,float16", "high,float16").contains("high"), "what all have sets none apart");
}

#[test]
fn a_bare_name_of_two_cards_is_reported_with_both() {
    let site = Site::new().file("data/orgs.toml", "[org]\nname = 'O'\n[two]\nname = 'T'\n");
    let site = site.file("data/models/two/a.toml", "name = 'Another'\n");
    let site = site.file("data/results/run/x.csv", "model,benchmark,value\na,quiz,1\nb,quiz,1\n");
    let problems = site.run(&["check"]).problems();
    assert!(problems.contains("warning[ambiguous-model]: the model \"a\" of 1 records could be org/a or two/a"));
    assert_eq!(problems.matches("warning").count(), 1, "{problems}");
}

/// The Open LLM Leaderboard v1 measured 243 models at several precisions. As `<name>_<precision>@<revision>`, each must
/// be found, and each measurement must keep its row and its score.
#[test]
fn every_precision_of_a_real_leaderboard_keeps_its_row() {
    let Some(root) = std::env::var_os("TIANTI_REAL_DATA").map(PathBuf::from).filter(|root| root.is_dir()) else {
        return eprintln!("skipped: TIANTI_REAL_DATA does not name a folder of real result files");
    };
    let path = root.join("open_llm_leaderboard_v1/table_records_2024-03/open-llm-leaderboard.json");
    let entries: Vec<serde_json::Value> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut measured: BTreeMap<String, BTreeMap<(String, String), String>> = BTreeMap::new();
    for entry in &entries {
        let text = |key: &str| entry[key].as_str().unwrap_or("").to_owned();
        let precision = text("Precision");
        if ["float16", "bfloat16"].contains(&&*precision)
            && text("Model").contains('/')
            && !text("Model sha").is_empty()
        {
            let of_model = measured.entry(text("Model").to_lowercase()).or_default();
            of_model.entry((precision, text("Model sha"))).or_insert_with(|| entry["ARC"].to_string());
        }
    }
    measured.retain(|_, rows| rows.keys().map(|(precision, _)| precision).collect::<BTreeSet<_>>().len() > 1);
    assert!(measured.len() > 150, "{}", measured.len());
    let board = BOARD.replace("[[columns]]\nbenchmark = 'sums'\n", "").replace("material = ['shots']\n", "");
    let mut site = Site::new().file("data/boards/main.toml", board);
    let (mut scores, mut expected, mut organisations) =
        ("model,benchmark,value,unit,metric\n".to_owned(), vec![], BTreeSet::new());
    for (number, (model, rows)) in measured.iter().enumerate() {
        site = site.file(&format!("data/models/o{number}/m.toml"), format!("name = '{model}'\n"));
        organisations.insert(format!("[o{number}]\nname = 'O'\n"));
        for ((precision, sha), value) in rows {
            scores += &format!("{}_{precision}@{sha},quiz,{value},percent,acc\n", model.replacen('/', "__", 1));
            let revision = if sha == "main" { "" } else { sha };
            expected.push((model.clone(), precision.clone(), revision.to_owned(), value.parse::<f64>().unwrap()));
        }
    }
    let site = site.file("data/orgs.toml", format!("[org]\nname = 'O'\n{}", Vec::from_iter(organisations).concat()));
    let site = site.file("data/results/run/x.csv", scores);
    let run = site.build();
    assert!(!run.problems().contains("-model]"), "{}", run.problems());
    let mut read: Vec<_> = (rows(&site).iter())
        .map(|row| {
            let text = |key: &str| row[key].clone();
            (text("name"), text("precision"), text("revision"), row["composite"].parse::<f64>().unwrap())
        })
        .collect();
    let order = |a: &(String, String, String, f64), b: &(String, String, String, f64)| a.partial_cmp(b).unwrap();
    read.sort_by(order);
    expected.sort_by(order);
    assert_eq!(read.len(), expected.len());
    assert_eq!(read, expected);
    eprintln!("{} rows of {} models", read.len(), measured.len());
}
