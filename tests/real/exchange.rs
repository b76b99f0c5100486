//! Every Eval Ever: files of the datastore in each version of the schema.

use super::Real;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;
use tianti::export::{self, Records};
use tianti::output::Sink;
use tianti::pipeline;
use tianti::record::{Field, Items, Part, Reporter, Unit};

const ALL: &[&str] = &["every_eval_ever"];

#[test]
fn every_file_of_every_eval_ever_gives_records_or_says_why_not() {
    let Some(real) = Real::load_folders(ALL, &["json", "jsonl"]) else { return };
    let mut problems: BTreeMap<&str, usize> = BTreeMap::new();
    for reading in &real.0 {
        for problem in reading.diagnostics.iter() {
            *problems.entry(problem.code).or_default() += 1;
        }
        let path = &*reading.origin.path;
        let companion = path.ends_with("datastore_0.2.2/aggregate.jsonl");
        let nothing = reading.records.is_empty() && reading.items.is_empty() && reading.diagnostics.is_empty();
        assert_eq!(nothing, companion, "{path}");
    }
    let ours: Vec<_> = real.0.iter().filter(|reading| reading.origin.format == "every-eval-ever").collect();
    println!("{} files, {} records, {problems:?}", ours.len(), real.records("every_eval_ever/").count());
    assert_eq!((ours.len(), real.records("every_eval_ever/").count()), (40, 352));
    // Two schemas, and a file of another kind that lies beside.
    assert_eq!(problems, BTreeMap::from([("missing-scores", 3), ("no-scores", 2), ("unrecognised-result-file", 1)]));
}

#[test]
fn every_version_of_every_eval_ever_keeps_its_numbers() {
    let Some(real) = Real::load_folders(ALL, &["json"]) else { return };
    let folder = "every_eval_ever/af911c4e10/data/hfopenllm_v2/meta-llama/Llama-3.2-3B/";
    assert_eq!(real.value(folder, "MATH Level 5", ""), "0.0189");
    let math = real.records(folder).find(|record| &*record.benchmark == "MATH Level 5").unwrap();
    assert_eq!((math.metric.unit, math.model.get(Part::Precision)), (Unit::Fraction, Some("bfloat16")));
    assert_eq!((math.provenance.reporter, &math.provenance.date), (Reporter::Measured, &None));
    let agent = "every_eval_ever/2f1fea41e2/data/hal-gaia/openai/o4-mini/";
    let agent = real.records(agent).find(|record| record.subset.as_deref() == Some("GAIA - GAIA Level 1")).unwrap();
    assert_eq!((agent.value.text(), &*agent.model.raw), ("0.5849", "openai/o4-mini"));
    let parts = (agent.model.get(Part::Scaffold), agent.model.get(Part::Effort));
    assert_eq!(parts, (Some("HF Open Deep Research"), Some("low")));
    let overall = (real.records("every_eval_ever/datastore_0.2.2/"))
        .find(|record| record.subset.as_deref() == Some("MMLU-Pro (overall)"))
        .unwrap();
    assert_eq!((overall.value.text(), &*overall.metric.name), ("0.5229", "MMLU-Pro (overall)"));
    let run = real.records("every_eval_ever/061524c94f/data/GAIA/").next().unwrap();
    assert_eq!(
        (run.items, run.protocol.get(Field::Temperature)),
        (Items { scored: Some(2), total: Some(165) }, Some("0.5"))
    );
    assert_eq!(run.provenance.date.as_ref().unwrap().as_str(), "2026-02-07T11:26:57.0Z");
    // The converter wrote half-widths for bounds.
    assert!(real.records("every_eval_ever/f36d435258/").all(|record| record.interval.is_none()));
}

#[test]
fn items_of_every_eval_ever_are_read() {
    let Some(real) = Real::load_folders(&["every_eval_ever/instance_level_data"], &["jsonl"]) else { return };
    let items = &real.0[0].items[0];
    assert_eq!((items.len(), &*items.benchmark, &*items.model.raw), (3, "allenai/ai2_arc", "ollama/qwen2.5-0.5b"));
}

/// Keeps what is put into it.
#[derive(Default)]
struct Kept(Mutex<BTreeMap<String, Vec<u8>>>);

impl Sink for Kept {
    fn put(&self, path: &str, parts: &[&[u8]]) -> anyhow::Result<()> {
        self.0.lock().unwrap().insert(path.to_owned(), parts.concat());
        Ok(())
    }
}

/// What version 0.3.0 added to a file of 0.2.2.
fn as_current(mut file: Json) -> Json {
    file["schema_version"] = "0.3.0".into();
    let details = &mut file["model_info"]["additional_details"];
    (details["deployment_type"], details["model_availability"]) = ("unknown".into(), "unknown".into());
    file
}

#[test]
fn files_of_every_eval_ever_go_back_as_they_came() {
    let Some(real) = Real::load_folders(ALL, &["json"]) else { return };
    let root = PathBuf::from(std::env::var_os("TIANTI_REAL_DATA").unwrap());
    let site = tempfile::tempdir().unwrap();
    fs::create_dir_all(site.path().join("data/results")).unwrap();
    fs::write(site.path().join("tianti.toml"), "").unwrap();
    let mut files = BTreeMap::new();
    for reading in real.0.iter().filter(|reading| reading.edition.as_ref().is_some_and(|it| it.version == [0, 2, 2])) {
        let name = reading.origin.path.rsplit('/').next().unwrap();
        let text = fs::read_to_string(root.join(&*reading.origin.path)).unwrap();
        fs::write(site.path().join("data/results").join(name), &text).unwrap();
        files.insert(name.to_owned(), as_current(serde_json::from_str(&text).unwrap()));
    }
    assert_eq!(files.len(), 7);
    let (catalog, ledger, _) = pipeline::records(site.path()).unwrap();
    let kept = Kept::default();
    export::every_eval_ever(Records { catalog: &catalog, ledger: &ledger }, &kept).unwrap();
    let written = kept.0.into_inner().unwrap().into_iter();
    let written = written.map(|(path, bytes)| (path.rsplit('/').next().unwrap().to_owned(), bytes));
    let written: BTreeMap<String, Json> =
        written.map(|(name, bytes)| (name, serde_json::from_slice(&bytes).unwrap())).collect();
    assert!(written == files, "{:?}", written.iter().find(|(name, file)| files.get(*name) != Some(*file)));
}
