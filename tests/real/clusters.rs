//! Errors and tests over clusters of real items, beside those of another program: `tests/stats/clusters_real.py` made the
//! numbers, of which only sums are kept.

use serde_json::Value;
use tianti::formats::Reading;
use tianti::record::ItemScores;
use tianti::stats::error::{FEW_CLUSTERS, Sample};
use tianti::stats::paired::{Pairs, Test, compare};

const EXPECTED: &str = include_str!("../stats/clusters_real.json");

/// The scores of a run in the order of the items' keys, in percent, with their clusters.
fn sorted(items: &ItemScores) -> (Vec<f64>, Vec<u64>) {
    let clusters = items.clusters().unwrap();
    let mut all: Vec<_> = items
        .items()
        .iter()
        .zip(items.scores())
        .zip(clusters)
        .map(|((item, score), of)| (*item, *score, of.0))
        .collect();
    all.sort_by_key(|(item, ..)| *item);
    all.into_iter().map(|(_, score, of)| (score, of)).unzip()
}

#[test]
fn repositories_of_swe_bench_have_the_errors_and_tests_of_statsmodels() {
    let Some(root) = std::env::var_os("TIANTI_REAL_DATA").map(std::path::PathBuf::from) else {
        eprintln!("skipped: TIANTI_REAL_DATA names no folder");
        return;
    };
    let expected: Value = serde_json::from_str(EXPECTED).unwrap();
    let path = root.join("swe_bench/website/info_for_leaderboard.json");
    let Reading { mut items, .. } = super::read_file(&root, &path);
    items.retain(|items| &*items.metric.name != "cost");
    items
        .iter_mut()
        .for_each(|items| items.settle(Some(&|id| id.rsplit_once('-').map_or(id, |(repository, _)| repository))));
    let of = |name: &Value| sorted(items.iter().find(|items| &*items.model.raw == name.as_str().unwrap()).unwrap());
    let close = |ours: f64, theirs: &Value| {
        let theirs = theirs.as_f64().unwrap();
        assert!((ours - theirs).abs() < 1e-9, "{ours} is not {theirs}");
    };
    let greater = |errors: &Value| errors.as_array().unwrap().iter().filter_map(Value::as_f64).fold(0.0, f64::max);
    for (name, run) in expected["scores"].as_object().unwrap() {
        let (scores, clusters) = of(&name.as_str().into());
        let (single, clustered) = (Sample::new(&scores).unwrap(), Sample::clustered(&scores, &clusters).unwrap());
        assert_eq!((scores.len() as u64, clustered.independent()), (expected["items"].as_u64().unwrap(), 12));
        close(100.0 * single.mean().unwrap(), &run["score"]);
        close(100.0 * single.standard_error().unwrap(), &run["errors"][0]);
        const { assert!(12 < FEW_CLUSTERS) };
        close(100.0 * clustered.standard_error().unwrap(), &greater(&run["errors"]).into());
    }
    for pair in expected["pairs"].as_array().unwrap() {
        let ((a, clusters), (b, _)) = (of(&pair["a"]), of(&pair["b"]));
        let compared = compare(&Pairs::clustered(&a, &b, &clusters).unwrap(), 1).unwrap();
        assert_eq!(compared.test, Test::SignFlip);
        close(100.0 * compared.difference, &pair["difference"]);
        close(100.0 * compared.standard_error.unwrap(), &greater(&pair["errors"]).into());
        // All patterns of twelve signs.
        close(compared.p.get(), &pair["p"]);
    }
}
