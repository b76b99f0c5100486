//! The evaluation harnesses of EleutherAI and Hugging Face, their leaderboards, and model cards.

use super::{Real, mean};
use std::collections::BTreeMap;
use tianti::record::{Field, Part};

/// For each format its files, records and columns of item scores.
type Totals<'a> = BTreeMap<&'a str, (usize, usize, usize)>;

/// Codes with file, and the totals.
fn summary(real: &Real) -> (Vec<String>, Totals<'_>) {
    let problems = real.0.iter().flat_map(|reading| reading.diagnostics.iter());
    let problems = problems.map(|problem| format!("{} {}", problem.code, problem.file)).collect();
    let mut totals = Totals::new();
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

#[test]
fn runs_of_the_old_harness_keep_task_revision_and_shots() {
    let Some(real) = Real::load_folders(&["lm_eval_old"], &["json"]) else { return };
    let (problems, totals) = summary(&real);
    let empty =
        problems.iter().filter(|problem| problem.starts_with("no-scores lm_eval_old/outputs/agg-gpt2_piaf")).count();
    let nameless = problems.iter().filter(|problem| problem.starts_with("no-model lm_eval_old/")).count();
    assert_eq!((empty, nameless, problems.len()), (2, 5, 7), "{problems:#?}");
    assert_eq!(totals, BTreeMap::from([("lm-eval", (3, 5, 0)), ("lm-eval-0.3", (32, 1477, 0))]));
    let pythia = "lm_eval_old/pythia/pythia-v1/pythia-12b/zero-shot/";
    assert_eq!(real.value(pythia, "hendrycksTest-high_school_macroeconomics", "acc"), "0.27692307692307694");
    let record = real.records(pythia).next().unwrap();
    assert_eq!(
        (&*record.model.raw, record.model.get(Part::Revision)),
        ("EleutherAI/pythia-v1.1-12b", Some("step93000"))
    );
    let llama = "lm_eval_old/japanese_fork/models/llama2/";
    assert_eq!(real.value(llama, "jsquad-1.1-0.3", "exact_match"), "67.69473210265646");
    let shots = |task: &str| {
        let record = real.records(llama).find(|record| &*record.benchmark == task).unwrap();
        record.protocol.get(Field::Shots).unwrap().to_owned()
    };
    let tasks = ["jsquad-1.1-0.3", "jaqket_v2-0.1-0.3", "xwinograd_ja", "mgsm-1.0-0.3"];
    assert_eq!(tasks.map(shots), ["2", "1", "0", "5"]);
    let stablelm = "lm_eval_old/stablelm/open_llm_leaderboard/stablelm-beta-3b-v2-arc-challenge.json";
    assert_eq!(real.value(stablelm, "arc_challenge", "acc_norm"), "0.3967576791808874");
}

#[test]
fn pasted_tables_give_every_row_once() {
    let Some(real) = Real::load_folders(&["lm_eval_markdown"], &["md"]) else { return };
    let (problems, totals) = summary(&real);
    assert_eq!(problems, [""; 0]);
    assert_eq!(totals, BTreeMap::from([("lm-eval-table", (10, 475, 0))]));
    let chat = "lm_eval_markdown/eval-results/qwen/benchmark/Qwen1.5-MoE-A2.7B-Chat.md";
    let mmlu: Vec<_> = real.records(chat).filter(|record| &*record.benchmark == "mmlu").collect();
    assert_eq!(mmlu.iter().filter(|record| record.aggregate).count(), 5, "the whole and its four groups");
    assert_eq!(mmlu.len(), 62);
    assert_eq!((&*mmlu[0].model.raw, mmlu[0].value.text()), ("Qwen/Qwen1.5-MoE-A2.7B-Chat", "0.6016"));
    let awq = "lm_eval_markdown/awq_mmlu_output_table.md";
    assert_eq!(real.value(awq, "mmlu_virology", "acc"), "0.5000");
    assert_eq!(real.records(awq).filter(|record| record.aggregate).count(), 5);
    let qwen = "lm_eval_markdown/benchmark-logs/Qwen-72B-base.md";
    assert_eq!(real.value(qwen, "truthfulqa_mc", "mc2"), "0.6016");
    assert_eq!(&*real.records(qwen).next().unwrap().model.raw, "Qwen/Qwen-72B");
}

#[test]
fn tables_of_the_open_llm_leaderboard_stay_as_written() {
    let folders = ["open_llm_leaderboard_v1/report_mirror", "open_llm_leaderboard_v1/table_records_2024-03"];
    let Some(v1) = Real::load_folders(&folders, &["json", "csv"]) else { return };
    let folders =
        ["contents_dump", "csv_mirror", "derived_table"].map(|name| format!("open_llm_leaderboard_v2/{name}"));
    let Some(v2) = Real::load_folders(&folders.each_ref().map(String::as_str), &["json", "csv"]) else { return };
    let (v1, v2) = (&v1, &v2);
    let value = |real: &Real, path: &str, model: &str, benchmark: &str, metric: &str| {
        let found = real.records(path).find(|record| {
            (&*record.model.raw, &*record.benchmark, &*record.metric.name) == (model, benchmark, metric)
        });
        found.unwrap().value.text().to_owned()
    };
    let flagged = "flagged-models open_llm_leaderboard_v1/table_records_2024-03/open-llm-leaderboard.json".to_owned();
    assert_eq!(summary(v1), (vec![flagged], BTreeMap::from([("open-llm-table", (7, 39_730, 0))])));
    let inverted = "inverted-column open_llm_leaderboard_v2/csv_mirror/huggingface_v2_early.csv".to_owned();
    assert_eq!(summary(v2), (vec![inverted], BTreeMap::from([("open-llm-table", (3, 12_247, 0))])));
    let marked = v1.records("").filter(|record| record.extra.is_some());
    assert_eq!(marked.count(), 110 * 7);
    let dump = "open_llm_leaderboard_v2/contents_dump/";
    assert_eq!(value(v2, dump, "01-ai/Yi-1.5-34B", "GPQA", "normalised"), "15.436241610738257");
    assert_eq!(value(v2, dump, "01-ai/Yi-1.5-34B", "MMLU-PRO", "raw"), "0.4665890957446808");
    assert_eq!(value(v2, dump, "01-ai/Yi-1.5-34B", "Average", "normalised"), "25.62131796065766");
    let mirror = "open_llm_leaderboard_v2/csv_mirror/";
    assert_eq!(value(v2, mirror, "Qwen/Qwen2-72B-Instruct", "MUSR", "normalised"), "17.17");
    let records = "open_llm_leaderboard_v1/table_records_2024-03/";
    assert_eq!(value(v1, records, "binbi/Ein-72B-v0.1", "Winogrande", ""), "84.77");
    let early = "open_llm_leaderboard_v1/report_mirror/assets/20230523/";
    assert_eq!(value(v1, early, "llama-65b", "MMLU", ""), "48.8");
    let positional = "open_llm_leaderboard_v1/report_mirror/data/20230526.json";
    assert_eq!(value(v1, positional, "tiiuae/falcon-40b", "HellaSwag", ""), "85.3");
}

#[test]
fn regression_files_of_the_open_llm_leaderboard_are_partial_runs() {
    let Some(real) = Real::load_folders(&["open_llm_leaderboard_v2/tests"], &["json"]) else { return };
    assert_eq!(summary(&real), (vec![], BTreeMap::from([("open-llm-v2", (1, 38, 0))])));
    let folder = "open_llm_leaderboard_v2/tests";
    assert_eq!(real.value(folder, "leaderboard_mmlu_pro", "acc"), "0.6");
    assert_eq!(real.value(folder, "leaderboard_bbh", "acc_norm"), "0.5416666666666666");
    assert_eq!(real.value(folder, "leaderboard_bbh_hyperbaton", "acc_norm"), "1.0");
    assert_eq!(real.records(folder).filter(|record| record.aggregate).count(), 3);
    assert!(real.records(folder).all(|record| record.aggregate || record.items.partial() == Some(true)));
}

#[test]
fn lighteval_scores_stay_as_written() {
    let Some(real) = Real::load_folders(&["lighteval"], &["json"]) else { return };
    assert_eq!(summary(&real), (vec![], BTreeMap::from([("lighteval", (2, 8, 0))])));
    let folder = "lighteval/results/HuggingFaceTB/";
    assert_eq!(real.value(folder, "glue", "mcc"), "0.1673623873916");
    assert_eq!(real.value(folder, "glue", "custom_reward"), "7.25");
    let mmlu: Vec<_> = real.records(folder).filter(|record| &*record.benchmark == "mmlu").collect();
    let shown = mmlu.iter().map(|r| (r.subset.as_deref().unwrap_or("average"), r.value.text(), r.items.scored));
    let shown: Vec<_> = shown.collect();
    let expected = [
        ("average", "0.3772222222222222", None),
        ("abstract_algebra", "0.31", Some(100)),
        ("anatomy", "0.4444444444444444", Some(135)),
    ];
    assert_eq!(shown, expected);
}

#[test]
fn model_cards_and_eval_results_are_claims() {
    let Some(real) = Real::load_folders(&["model_card", "hf_eval_results"], &["md", "yaml"]) else { return };
    let (problems, totals) = summary(&real);
    assert_eq!(
        problems,
        [
            "other-model hf_eval_results/Aura-Gen-2.0/.eval_results/aime_2026.yaml",
            "other-model hf_eval_results/Aura-Gen-2.0/.eval_results/gsm8k.yaml",
            "other-model hf_eval_results/Aura-Gen-2.0/.eval_results/mmmu_pro.yaml",
            "no-model hf_eval_results/spec/eval_results.yaml",
            "no-scores model_card/oll/argilla_notux-8x7b-v1.md",
            "no-scores model_card/other/MBZUAI_LaMini-Flan-T5-783M.md",
            "no-scores model_card/other/blaze999_Medical-NER.md",
        ]
    );
    assert_eq!(totals, BTreeMap::from([("hf-eval-results", (5, 4, 0)), ("model-index", (18, 4066, 0))]));
    let bge = "model_card/mteb/BAAI_bge-small-en-v1.5.md";
    assert_eq!(real.value(bge, "MTEB AmazonCounterfactualClassification (en)", "accuracy"), "73.79104477611939");
    let zephyr = "model_card/oll/HuggingFaceH4_zephyr-7b-gemma-v0.1.md";
    assert_eq!(real.value(zephyr, "MT-Bench", "score"), "7.81");
    let quantised = "model_card/oll/neuralmagic_Mistral-7B-Instruct-v0.3-GPTQ-4bit.md";
    assert_eq!(real.value(quantised, "AI2 Reasoning Challenge (25-Shot)", "acc_norm"), "63.40");
    assert_eq!(real.value("hf_eval_results/", "openai/gsm8k", ""), "96.06");
    let flores = real.records("model_card/other/Helsinki").filter(|r| &*r.benchmark == "flores101-devtest");
    let shown: Vec<_> = flores.map(|record| (record.subset.as_deref().unwrap(), record.value.text())).collect();
    assert_eq!(shown, [("eng ces devtest", "34.1"), ("eng slk devtest", "35.9")]);
}
