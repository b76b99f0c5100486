//! The evaluation harnesses of EleutherAI and Hugging Face, their leaderboards, and model cards.

use super::{Real, mean};
use std::collections::BTreeMap;

/// Codes with file, and for each format its files, records and columns of item scores.
fn summary(real: &Real) -> (Vec<String>, BTreeMap<&str, (usize, usize, usize)>) {
    let problems = real.0.iter().flat_map(|reading| reading.diagnostics.iter());
    let problems = problems.map(|problem| format!("{} {}", problem.code, problem.file)).collect();
    let mut totals: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for reading in &real.0 {
        let total = totals.entry(reading.origin.format).or_default();
        *total = (total.0 + 1, total.1 + reading.records.len(), total.2 + reading.items.len());
    }
    (problems, totals)
}

#[test]
fn the_mean_over_the_samples_is_the_score_of_the_results_file() {
    let Some(real) = Real::load_folders(&["lm_eval"], &["json", "jsonl"]) else { return };
    let (problems, totals) = summary(&real);
    assert_eq!(
        problems,
        [
            "no-scores lm_eval/meta-llama/Meta-Llama-3-8B/summary_openllm.json",
            "no-scores lm_eval/results/FLOR-760M/samples_eqbench_ca_2025-07-21T14-41-47.889425.jsonl",
            "no-scores lm_eval/results/samples_truthfulqa_gen_2025-05-31T14-30-51.983293.jsonl",
        ]
    );
    assert_eq!(totals, BTreeMap::from([("lm-eval", (30, 495, 4))]));
    for (folder, benchmark, metric, documents, mean_of_documents) in [
        ("lm_eval/outputs/qwen3-8b/", "negotiationtom_belief", "acc", 20, "0.45"),
        ("lm_eval/outputs/qwen3-8b/", "negotiationtom_intention", "exact_match", 20, "0.2"),
        ("lm_eval/every_eval_ever_fixture/", "math_perturbed_full", "exact_match", 10, "0"),
        ("lm_eval/results_nugen_test_results/", "aibe", "exact_match", 5, "0.8"),
    ] {
        let below = real.0.iter().filter(|reading| reading.origin.path.starts_with(folder));
        let items = below.flat_map(|reading| &reading.items);
        let column = items.into_iter().find(|column| &*column.benchmark == benchmark).unwrap();
        assert_eq!((&*column.metric.name, column.len()), (metric, documents));
        let computed = mean(column.scores().iter().copied());
        assert_eq!(computed.to_string(), mean_of_documents, "{benchmark}");
        let record = real.records(folder).find(|r| &*r.benchmark == benchmark && &*r.metric.name == metric).unwrap();
        assert_eq!(
            (&record.model, &record.metric, &record.protocol),
            (&column.model, &column.metric, &column.protocol)
        );
    }
}
