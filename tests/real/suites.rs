//! Evaluation suites: EvalScope, OpenCompass, VLMEvalKit, MTEB, LiveBench and smaller tables.

use super::Real;
use std::collections::BTreeMap;
use tianti::formats::Reading;
use tianti::record::{Field, Part, Record};

fn load(folder: &str) -> Option<Real> {
    Real::load_folders(&[folder], &[])
}

/// Format → files, records, columns of items.
fn totals(real: &Real) -> BTreeMap<&str, (usize, usize, usize)> {
    let mut totals: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for reading in &real.0 {
        let total = totals.entry(reading.origin.format).or_default();
        *total = (total.0 + 1, total.1 + reading.records.len(), total.2 + reading.items.len());
    }
    totals
}

/// Code and path of every diagnostic, those of one code and file once.
fn problems(real: &Real) -> Vec<String> {
    let mut problems: Vec<String> = (real.0.iter())
        .flat_map(|reading| reading.diagnostics.iter().map(|problem| format!("{} {}", problem.code, problem.file)))
        .collect();
    problems.dedup();
    problems
}

fn file<'r>(real: &'r Real, ending: &str) -> &'r Reading {
    let mut found = real.0.iter().filter(|reading| reading.origin.path.ends_with(ending));
    let reading = found.next().unwrap_or_else(|| panic!("no {ending}"));
    assert!(found.next().is_none(), "several {ending}");
    reading
}

/// The value of a benchmark, or of one of its subsets, that a model has in a metric.
fn value<'r>(reading: &'r Reading, model: &str, benchmark: &str, subset: Option<&str>, metric: &str) -> &'r str {
    let wanted = |record: &&Record| {
        (&*record.model.raw, &*record.benchmark, record.subset.as_deref(), &*record.metric.name)
            == (model, benchmark, subset, metric)
    };
    let found: Vec<&Record> = reading.records.iter().filter(wanted).collect();
    assert_eq!(found.len(), 1, "{model} {benchmark} {subset:?} {metric}");
    found[0].value.text()
}

#[test]
fn evalscope_reports_and_reviews() {
    let Some(real) = load("evalscope") else { return };
    let totals = totals(&real);
    assert_eq!(totals["evalscope-report"], (20, 151, 0));
    assert_eq!(totals["evalscope-reviews"], (5, 0, 17));
    assert_eq!(totals["llmuses-arena"], (2, 15, 0));
    let ceval = file(&real, "Qwen2.5-0.5B-Instruct/ceval.json");
    assert_eq!(value(ceval, "Qwen2.5-0.5B-Instruct", "ceval", Some("operating_system"), "AverageAccuracy"), "0.3");
    let math = file(&real, "qwen3-max/math_500.json");
    assert_eq!(value(math, "qwen3-max", "math_500", None, "mean_acc"), "0.9799");
    assert_eq!(value(math, "qwen3-max", "math_500", Some("Level 2"), "mean_acc"), "0.9844");
    let rouge = file(&real, "stub-model-a/general_qa.json");
    assert_eq!(value(rouge, "stub-model-a", "general_qa", None, "mean_rouge(statistic=f1,variant=l)"), "0.2348");
    let items = &file(&real, "math_500_Level 1.jsonl").items[0];
    assert_eq!((items.len(), items.scores().iter().sum::<f64>()), (43, 43.0));
    let iquiz = &file(&real, "iquiz_EQ.jsonl").items[0];
    assert_eq!((iquiz.len(), iquiz.scores().iter().sum::<f64>(), iquiz.subset.as_deref()), (10, 7.0, Some("EQ")));
}

#[test]
fn opencompass_in_all_its_forms() {
    let Some(real) = load("opencompass") else { return };
    let totals = totals(&real);
    assert_eq!(totals["opencompass-summary"], (13, 474, 0));
    assert_eq!(totals["opencompass-subjective"], (1, 28, 0));
    assert_eq!(totals["opencompass-baselines"], (1, 63, 0));
    assert_eq!(totals["lawbench"], (1, 2040, 0));
    assert_eq!(totals.len(), 5, "two files hold answers: {totals:?}");
    assert_eq!(
        problems(&real),
        [
            "no-scores opencompass/trash/corev2/subject/20231208_194351/predictions/qwen-7b-chat-hf/COREV2_6A_.json",
            "no-scores opencompass/trash/corev2/subject/20231208_194351/results/baichuan2-7b-chat-hf_qwen-7b-chat-hf/COREV2_6A_.json",
        ]
    );
    let document = file(&real, "docs/opencompass.md");
    assert_eq!(value(document, "Llama3_8b", "lukaemon_mmlu_us_foreign_policy", None, "accuracy"), "70");
    let babilong = file(&real, "babilong_four_models.md");
    assert_eq!(value(babilong, "qwen2.5-7b-instruct-turbomind", "babilong_256k", None, "naive_average"), "7.30");
    let mgsm = file(&real, "mgsm_llama-3-8b-instruct-hf.txt");
    assert_eq!(value(mgsm, "llama-3-8b-instruct-hf", "mgsm_sw", None, "accuracy"), "0.8");
    let baselines = file(&real, "oc_score_baseline.yaml");
    assert_eq!(value(baselines, "lmdeploy-api-test", "IFEval", None, "Prompt-level-strict-accuracy"), "81.25");
    let law = file(&real, "zero_shot_results.csv");
    assert_eq!(value(law, "tigerbot-sft-7b-hf", "LawBench", Some("2-9"), "score"), "0.2034630726283045");
}

#[test]
fn vlmevalkit_scores() {
    let Some(real) = load("vlmevalkit") else { return };
    assert_eq!(totals(&real)["vlmevalkit"], (18, 674, 0));
    let link = "vlmevalkit/gpt-4.1-2025-04-14/gpt-4.1-2025-04-14_VGRPBench_score.csv";
    assert_eq!(problems(&real), [format!("symbolic-link {link}")]);
    let star = file(&real, "MMStar_acc.csv");
    assert_eq!(value(star, "vila_8b", "MMStar", Some("math"), "acc"), "0.432");
    assert_eq!(value(file(&real, "POPE_score.csv"), "vila_8b", "POPE", None, "precision"), "93.97489539748955");
    assert_eq!(value(file(&real, "OCRBench_score.json"), "vila_8b", "OCRBench", None, "Final Score"), "438");
    let bench = file(&real, "CV-Bench-3D_acc.csv");
    assert_eq!(value(bench, "gpt-4.1-2025-04-14", "CV-Bench-3D", Some("Depth"), "acc"), "0.8783333333333333");
}

#[test]
fn mteb_of_every_age() {
    let Some(real) = load("mteb") else { return };
    let totals = totals(&real);
    assert_eq!(totals["mteb"], (275, 5860, 0));
    assert_eq!(totals["mteb-board"], (4, 2379, 0));
    assert_eq!((totals.len(), problems(&real)), (2, Vec::new()));
    let french = file(&real, "fr/data_tasks/Retrieval/default.jsonl");
    let multilingual = "BAAI/bge-multilingual-gemma2";
    assert_eq!(value(french, multilingual, "MintakaRetrieval", Some("fr"), "main_score"), "62.53");
    assert_eq!(value(french, multilingual, "MTEB(fr)", Some("Retrieval"), "main_score"), "63.47");
    let reviews = file(&real, "LASER2/AmazonReviewsClassification.json");
    assert_eq!(value(reviews, "LASER2", "AmazonReviewsClassification", Some("es"), "accuracy"), "0.32724000000000003");
    let experiment = file(&real, "model_kwargs_{}/AppsRetrieval.json");
    assert_eq!(experiment.records[0].model.get(Part::Scaffold), Some("model_kwargs_{}"));
}

#[test]
fn evalscope_load_tests() {
    let Some(real) = load("evalscope") else { return };
    assert_eq!(totals(&real)["evalscope-perf"], (21, 338, 0));
    assert_eq!(problems(&real), ["no-scores evalscope/evalscope/web/src/test/fixtures/perf-detail.json"]);
    let printed = file(&real, "parallel_1_number_10/benchmark_summary.json");
    let model = "Qwen3-235B-A22B-GPTQ-Int4_tp4_pp2";
    assert_eq!(value(printed, model, "EvalScope perf", None, "Avg TTFT"), "0.3141");
    assert_eq!(value(printed, model, "EvalScope perf", None, "Output Throughput"), "33.1571");
    let newer = file(&real, "v1.14.1/20261121_232636/stub-model-a/parallel_2_number_10/benchmark_percentile.json");
    assert_eq!(value(newer, "stub-model-a", "EvalScope perf", None, "TTFT p50"), "177.0762");
    assert_eq!(newer.records[0].protocol.get(Field::Concurrency), Some("2"));
}

#[test]
fn livebench_tables_with_their_categories() {
    let Some(real) = load("livebench") else { return };
    // One published row has 21 cells of 24, so that its numbers stand below other tasks.
    assert_eq!(totals(&real)["livebench"], (8, 6601, 0));
    assert_eq!(problems(&real), ["ragged-row livebench/public/table_2026_01_08.csv"]);
    let first = file(&real, "table_2024_06_24.csv");
    let (model, benchmark) = ("claude-3-5-sonnet-20240620", "LiveBench 2024-06-24");
    assert_eq!(value(first, model, benchmark, Some("Coding/coding_completion"), ""), "68.421");
    assert_eq!(value(first, "chatgpt-4o-latest", benchmark, Some("Data Analysis/cta"), ""), "60.0");
    let last = file(&real, "table_2026_01_08.csv");
    assert!(last.records.iter().all(|record| record.subset.as_ref().is_some_and(|subset| subset.contains('/'))));
    let trinity = ("arcee-trinity-large-preview", "LiveBench 2026-01-08");
    assert_eq!(value(last, trinity.0, trinity.1, Some("Mathematics/olympiad"), ""), "63.669");
}

#[test]
fn simple_evals_results() {
    let Some(real) = load("simple_evals") else { return };
    assert_eq!((totals(&real)["simple-evals"], problems(&real)), ((4, 21, 0), Vec::new()));
    let mgsm = file(&real, "mgsm_customgpt.json");
    assert_eq!(value(mgsm, "customgpt", "mgsm", None, "score"), "0.7272727272727273");
    assert_eq!(value(mgsm, "customgpt", "mgsm", Some("group_non_latin"), "score"), "0.5");
    let simple = file(&real, "simpleqa_customgpt.json");
    assert_eq!(value(simple, "customgpt", "simpleqa", None, "is_correct"), "1.0");
    assert_eq!(simple.records[0].provenance.date.as_ref().unwrap().as_str(), "2024-11-28T05:04:56");
}

#[test]
fn answers_to_ceval_are_refused() {
    let Some(real) = load("ceval") else { return };
    assert_eq!(totals(&real)["ceval"], (2, 0, 0));
    assert_eq!(problems(&real), ["no-scores ceval/submission_example.json"]);
}

#[test]
fn tabby_and_other_tables() {
    let Some(real) = load("tabby") else { return };
    let counted = totals(&real);
    assert_eq!((counted["tabby"], counted["tabby-load-test"]), ((1, 204, 0), (1, 285, 0)));
    assert_eq!(problems(&real), [""; 0]);
    let board = file(&real, "tabby.yml");
    let coder = |record: &&Record| {
        (&*record.model.raw, record.protocol.get(Field::Prompt), record.subset.as_deref())
            == ("DeepSeekCoder-V2-Lite", Some("Oracle"), Some("TypeScript"))
    };
    assert_eq!(board.records.iter().find(coder).unwrap().value.text(), "36.08");
    let load_test = &file(&real, "completion_loadtest.csv").records[2];
    assert_eq!((&*load_test.metric.name, load_test.value.text()), ("Latency (Med)", "1.58"));

    let Some(real) = load("other_tables") else { return };
    let counted = totals(&real);
    assert_eq!((counted["open-asr"], counted["nejumi"]), ((1, 859, 0), (1, 1770, 0)));
    assert_eq!(problems(&real), ["no-scores other_tables/causal_eval/safety.csv"]);
    let asr = file(&real, "en_shortform.csv");
    let model = "CohereLabs/cohere-transcribe-03-2026";
    assert_eq!(value(asr, model, "Open ASR en_shortform", Some("Earnings22"), "WER"), "10.86");
    assert_eq!(value(asr, model, "Open ASR en_shortform", None, "RTFx"), "524.88");
    let nejumi = file(&real, "Nejumi4_result_20280826.csv");
    let opus = "anthropic/claude-opus-4-1-20250805";
    assert_eq!(value(nejumi, opus, "Nejumi", Some("GLP_表現"), ""), "0.945");
    assert_eq!(nejumi.records[0].model.get(Part::Effort), Some("extended-thinking"));
}

#[test]
fn every_file_of_a_suite_is_known_or_told_why_not() {
    let folders = [
        "ceval",
        "evalscope",
        "livebench",
        "mteb",
        "opencompass",
        "other_tables",
        "simple_evals",
        "tabby",
        "vlmevalkit",
    ];
    let Some(real) = Real::load_folders(&folders, &[]) else { return };
    assert!(!problems(&real).iter().any(|problem| problem.starts_with("unrecognised-result-file")));
    for reading in &real.0 {
        let read = !reading.records.is_empty() || !reading.items.is_empty();
        let path = &reading.origin.path;
        let name = path.rsplit('/').next().unwrap_or_default();
        let companion = ["model_meta.json", "benchmark_args.json", "subject_mapping.json"].contains(&name)
            || ["workload_", "categories_"].iter().any(|start| name.starts_with(start))
            || path.contains("/benchmark_definitions/");
        assert!(read || companion || !reading.diagnostics.is_empty(), "nothing is said of {path}");
    }
}
