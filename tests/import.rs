//! `tianti import`, run on own files and, where `TIANTI_REAL_DATA` names a folder of them, on real ones.
#![allow(clippy::disallowed_methods, reason = "tests write the files they import")]

mod support;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use support::{Run, Site};

fn import(site: &Site, path: &Path, more: &[&str]) -> Run {
    site.run(&[&["import", path.to_str().unwrap()], more].concat())
}

fn json(run: &Run) -> serde_json::Value {
    serde_json::from_str(&run.says()).unwrap_or_else(|error| panic!("{error}: {} {}", run.says(), run.problems()))
}

#[test]
fn an_import_says_what_it_did_and_the_site_builds_with_it() {
    let site = Site::new().file("inbox/scores_20240305.csv", "model,benchmark,value\na-raw,quiz,1\nModel AA,quix,2\n");
    let inbox = site.root().join("inbox/scores_20240305.csv");
    let run = import(&site, &inbox, &[]);
    assert_eq!(run.code(), 0, "{}", run.problems());
    let says = run.says();
    for part in [
        "table-csv, 2 records → data/results/scores/scores_20240305.csv",
        "no card for the model \"Model AA\" of 1 record; like org/a",
        "no card for the benchmark \"quix\" of 1 record; like quiz",
        "Imported 1 file with 2 records",
        "Wrote data/results/scores/source.toml: fill in",
    ] {
        assert!(says.contains(part), "{part} in {says}");
    }
    assert_eq!(site.run(&["check"]).code(), 0);
    let again = import(&site, &inbox, &["--format", "json"]);
    let report = json(&again);
    assert_eq!((again.code(), &report["files"][0]["status"]), (0, &"known".into()));
    assert_eq!(report["source_file"], serde_json::Value::Null);
}

#[test]
fn what_is_not_read_is_exit_code_1_and_bad_usage_2() {
    let site = Site::new().file("inbox/notes.txt", "nothing").file("inbox/x.csv", "model,benchmark,value\na,b,?\n");
    let run = import(&site, &site.root().join("inbox"), &["--dry-run", "--format", "json"]);
    let report = json(&run);
    assert_eq!((run.code(), &report["dry_run"]), (1, &true.into()));
    let problem = &report["files"][1]["diagnostics"][0];
    assert_eq!(
        (&problem["code"], &problem["line"], &problem["column"]),
        (&"not-a-number".into(), &2.into(), &5.into())
    );
    assert!(problem["file"].as_str().unwrap().ends_with("inbox/x.csv"));
    assert!(!site.root().join("data/results").exists());
    assert_eq!(import(&site, &site.root().join("nowhere"), &[]).code(), 2);
    assert_eq!(import(&site, &site.root().join("inbox"), &["--source", "../x"]).code(), 2);
    assert_eq!(site.run(&["import"]).code(), 2);
}

/// The folder of real result files.
fn real() -> Option<PathBuf> {
    let root = std::env::var_os("TIANTI_REAL_DATA").map(PathBuf::from).filter(|root| root.is_dir());
    if root.is_none() {
        eprintln!("skipped: TIANTI_REAL_DATA does not name a folder of real result files");
    }
    root
}

/// Folders of real files that are packed and imported.
const FOLDERS: [&str; 3] = ["lm_eval", "mteb/results", "open_llm_leaderboard_v1/details_results"];

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn real_files_give_the_same_site_from_a_folder_and_from_archives() {
    let Some(root) = real() else { return };
    let inbox = tempfile::tempdir().unwrap();
    let (zip, tgz) = (inbox.path().join("runs.zip"), inbox.path().join("runs_20240305.tar.gz"));
    let mut zip_writer = zip::ZipWriter::new(fs::File::create(&zip).unwrap());
    let gzip = flate2::write::GzEncoder::new(fs::File::create(&tgz).unwrap(), flate2::Compression::fast());
    let mut tar_writer = tar::Builder::new(gzip);
    let mut packed = Vec::new();
    for folder in FOLDERS {
        packed.extend(
            files(&root.join(folder)).into_iter().map(|(name, bytes)| (format!("runs/{folder}/{name}"), bytes)),
        );
    }
    for (name, bytes) in &packed {
        let plain = inbox.path().join(name);
        fs::create_dir_all(plain.parent().unwrap()).unwrap();
        fs::write(plain, bytes).unwrap();
        zip_writer.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        zip_writer.write_all(bytes).unwrap();
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        tar_writer.append_data(&mut header, name, bytes.as_slice()).unwrap();
    }
    zip_writer.finish().unwrap();
    tar_writer.into_inner().unwrap().finish().unwrap();
    let imported = [inbox.path().join("runs"), zip, tgz].map(|path| {
        let site = Site::new();
        let report = json(&import(&site, &path, &["--format", "json"]));
        assert_eq!(report["source"], "runs");
        let counts = report["counts"].clone();
        let again = json(&import(&site, &path, &["--format", "json"]));
        assert_eq!((&again["counts"]["new"], &again["counts"]["companion"]), (&0.into(), &0.into()));
        assert_eq!(again["counts"]["known"], counts["new"].as_u64().unwrap() + counts["known"].as_u64().unwrap());
        (files(&site.root().join("data/results")), counts)
    });
    assert!(imported[0].1["new"].as_u64().unwrap() > 250, "{}", imported[0].1);
    assert!(imported[0].1["companion"].as_u64().unwrap() > 0, "{}", imported[0].1);
    assert_eq!(imported[0], imported[1]);
    assert_eq!(imported[0], imported[2]);
}
