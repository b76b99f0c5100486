//! Agents, code and speed: HELM, Inspect, SWE-bench, EvalPlus, BigCodeBench, vLLM, llama-bench, llmperf, GPU tables.

use super::{Real, read_file};
use std::collections::BTreeMap;
use std::path::PathBuf;
use tianti::record::{Field, ItemScores, Part, Record};

/// Folder, and how many records and series of item scores its files give.
const FOLDERS: &[(&str, usize, usize)] = &[
    ("helm", 196, 8),
    ("inspect_ai", 30, 12),
    ("swe_bench", 156, 8),
    ("evalplus", 2610, 4),
    ("bigcodebench", 280, 1),
    ("bigcode_eval", 136, 0),
    ("vllm_bench", 117, 0),
    ("llama_bench", 149, 0),
    ("llmperf", 124, 0),
    ("gpu_benchmarks", 796, 0),
];

fn load(folder: &str) -> Option<Real> {
    let Some(root) = std::env::var_os("TIANTI_REAL_DATA").map(PathBuf::from).filter(|root| root.is_dir()) else {
        eprintln!("skipped: TIANTI_REAL_DATA does not name a folder of real result files");
        return None;
    };
    let files = walkdir::WalkDir::new(root.join(folder)).sort_by_file_name();
    let files = files.into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    Some(Real(files.map(|entry| read_file(&root, entry.path())).collect()))
}

/// The one record of a benchmark and metric in files whose path contains `path`.
fn one<'r>(real: &'r Real, path: &str, benchmark: &str, metric: &str) -> &'r Record {
    let found: Vec<_> = (real.0.iter().filter(|reading| reading.origin.path.contains(path)))
        .flat_map(|reading| &reading.records)
        .filter(|record| &*record.benchmark == benchmark && &*record.metric.name == metric)
        .collect();
    assert_eq!(found.len(), 1, "{metric} of {benchmark} in {path}");
    found[0]
}

fn items(real: &Real) -> Vec<&ItemScores> {
    real.0.iter().flat_map(|reading| &reading.items).collect()
}

fn mean(items: &ItemScores) -> f64 {
    super::mean(items.scores().iter().copied())
}

#[test]
fn every_file_of_agents_code_and_speed_is_accounted_for() {
    let mut found = Vec::new();
    for (folder, _, _) in FOLDERS {
        let Some(real) = load(folder) else { return };
        let mut codes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for reading in &real.0 {
            let count = reading.records.len() + reading.items.len();
            println!("{:>6} {} {}", count, reading.origin.format, reading.origin.path);
            for problem in reading.diagnostics.iter() {
                println!("       {}: {}", problem.code, problem.message);
                codes.entry(problem.code).or_default().push(&reading.origin.path);
            }
            assert_ne!(reading.origin.format, "unrecognised", "{}", reading.origin.path);
            // Links to records lead by their places.
            let mut places: Vec<_> = reading.records.iter().map(|record| record.provenance.place.to_string()).collect();
            places.sort_unstable();
            places.dedup();
            assert_eq!(places.len(), reading.records.len(), "{}", reading.origin.path);
        }
        assert!(codes.keys().all(|code| ["no-scores", "no-model", "not-a-number"].contains(code)), "{codes:?}");
        let records = real.0.iter().map(|reading| reading.records.len()).sum::<usize>();
        found.push((*folder, records, items(&real).len()));
    }
    assert_eq!(found, FOLDERS);
}

#[test]
fn helm_scores_are_those_of_the_run() {
    let Some(real) = load("helm") else { return };
    let opus = one(&real, "opus", "bbq", "bbq_accuracy");
    assert_eq!((opus.value.text(), &*opus.model.raw), ("0.76", "anthropic/claude-3-opus-20240229"));
    let haiku = one(&real, "haiku", "bbq", "exact_match");
    assert_eq!((haiku.value.text(), haiku.items.scored), ("0.9", Some(50)));
    assert_eq!((haiku.subset.as_deref(), haiku.protocol.get(Field::Limit)), (Some("subject=all"), Some("50")));
    let swag = one(&real, "pythia", "commonsense", "exact_match");
    assert_eq!((swag.value.text(), swag.subset.as_deref()), ("0.3", Some("dataset=hellaswag")));
    let items = items(&real);
    let exact = items.iter().find(|items| &*items.metric.name == "exact_match").unwrap();
    assert_eq!((exact.len(), format!("{:.4}", mean(exact))), (50, "0.9000".to_owned()));
    let wins: Vec<_> = (real.records("helm/benchmark_output_bbq/runs/v1/groups/json/harms_bbq_metrics.json"))
        .filter(|record| &*record.metric.name == "Mean win rate")
        .collect();
    assert_eq!((wins.len(), &*wins[0].model.raw, wins[0].value.text()), (11, "Llama 3 (70B)", "0.8"));
}

#[test]
fn inspect_scores_are_those_of_the_log() {
    let Some(real) = load("inspect_ai") else { return };
    let suppqa = one(&real, "suppqa", "inspect_evals/lab_bench_suppqa", "accuracy");
    assert_eq!(suppqa.value.text(), "0.036585365853658534");
    assert_eq!(suppqa.standard_error.as_ref().unwrap().text(), "0.020860168453036114");
    let exploits = one(&real, "cvebench", "cvebench", "mean");
    assert_eq!((exploits.value.text(), exploits.items.scored), ("0.7051282051282052", Some(78)));
    assert_eq!(exploits.model.get(Part::Scaffold), Some("agent_with_success_check"));
    let pubmed = one(&real, "pubmedqa", "inspect_evals/pubmedqa", "accuracy");
    assert_eq!((&*pubmed.model.raw, pubmed.model.get(Part::Provider)), ("gpt-4o-mini", Some("openai/azure")));
    let mmlu = one(&real, "mmlu-summary-choices.eval", "inspect_evals/mmlu_0_shot", "accuracy");
    assert_eq!((mmlu.value.text(), mmlu.items.scored, mmlu.items.total), ("0.0", Some(1), Some(14042)));
    let chemistry: Vec<_> = real.records("inspect_ai/every_eval_ever_shortened/chembench").collect();
    let whole = chemistry.iter().find(|record| record.subset.is_none()).unwrap();
    assert_eq!((chemistry.len(), whole.value.text(), whole.aggregate), (10, "0.42333931777378814", true));
    // The letters of the samples give the log's own accuracy where it has them all.
    for reading in real.0.iter().filter(|reading| reading.origin.path.contains("popularity")) {
        assert_eq!(format!("{:.16}", mean(&reading.items[0])), reading.records[0].value.text());
    }
}

#[test]
fn swe_bench_scores_are_those_of_the_site() {
    let Some(real) = load("swe_bench") else { return };
    let of = |name: &str, subset: Option<&str>| {
        let mut found = real.records("swe_bench").filter(|r| &*r.model.raw == name && r.subset.as_deref() == subset);
        found.next().unwrap().value.text()
    };
    assert_eq!(of("W&B Programmer O1 crosscheck5", Some("Verified")), "64.6");
    assert_eq!(of("OpenHands + CodeAct v2.1 (claude-3-5-sonnet-20241022)", Some("Test")), "29.38");
    assert_eq!(of("Isoform", Some("Lite")), "55.0");
    assert_eq!((of("gpt-5", None), of("sonnet-4-5", None)), ("0.65", "0.706"));
    assert!(items(&real).iter().all(|items| items.len() == 500));
}

#[test]
fn code_scores_are_those_of_the_runs_and_sites() {
    let (Some(evalplus), Some(bigcodebench)) = (load("evalplus"), load("bigcodebench")) else { return };
    let llama = one(&evalplus, "Meta-Llama-3-8B-Instruct", "humaneval", "pass@1");
    assert_eq!((llama.value.text(), &*llama.model.raw), ("0.6402439024390244", "meta-llama/Meta-Llama-3-8B-Instruct"));
    assert_eq!(one(&evalplus, "Meta-Llama-3-8B-Instruct", "humaneval+", "pass@1").value.text(), "0.573170731707317");
    assert_eq!(one(&evalplus, "llama3_base_dpo", "humaneval+", "pass@1").value.text(), "0.3353658536585366");
    let site = evalplus.records("evalplus/website/results.json").find(|r| &*r.model.raw == "OpenCoder-8B-Instruct");
    assert_eq!(site.unwrap().value.text(), "81.7");
    assert_eq!(one(&bigcodebench, "codeqwen", "BigCodeBench", "pass@1").value.text(), "0.38200589970501475");
    let Some(harness) = load("bigcode_eval") else { return };
    let starcoder = harness.records("bigcode_eval/starcoder2-7b").find(|r| r.aggregate && &*r.metric.name == "pass@1");
    assert_eq!(starcoder.unwrap().value.text(), "0.5210937499999999");
}

#[test]
fn vllm_measurements_are_those_of_the_files() {
    let Some(real) = load("vllm_bench") else { return };
    let ttft = one(&real, "1p3d_conc128_in128_out2048", "vLLM serving", "mean_ttft_ms");
    assert_eq!((ttft.value.text(), &*ttft.model.raw), ("386.1210574500001", "openai/gpt-oss-120b"));
    assert_eq!((ttft.protocol.get(Field::Concurrency), ttft.items.scored), (Some("128"), Some(500)));
    let serve = one(&real, "bench_serve_v0.25.1", "vLLM serving", "p99_itl_ms");
    assert_eq!(serve.value.text(), "29.815922519960626");
    assert_eq!(one(&real, "latency_llama8B_tp1", "vLLM latency", "avg_latency").value.text(), "7.419569773475329");
    let throughput = one(&real, "405B-Instruct-FP8-KV", "vLLM throughput", "tokens_per_second");
    assert_eq!(
        (throughput.value.text(), throughput.protocol.get(Field::InputTokens)),
        ("612.2575997426654", Some("128"))
    );
    assert_eq!(real.records("vllm_bench/packages/protocol/tests/fixtures/bench_serve_all_requests_failed").count(), 0);
}

#[test]
fn llama_bench_speeds_are_those_of_the_files() {
    let Some(real) = load("llama_bench") else { return };
    let speed = |path: &str, test: &str| {
        let folder = real.0.iter().filter(|reading| reading.origin.path.contains(path));
        let mut found = folder.flat_map(|reading| &reading.records).filter(|r| r.subset.as_deref() == Some(test));
        found.next().unwrap()
    };
    assert_eq!(speed("llama32-1b.default-hip", "pp512").value.text(), "4703.284998");
    assert_eq!(speed("lhl-tune-decode", "tg128").value.text(), "192.744119");
    let quick = speed("quick-test", "pp512");
    assert_eq!((quick.value.text(), &*quick.model.raw), ("5007.643797", "Llama-3.2-1B-Instruct-Q4_K_M"));
    let log = speed("MiniMax", "pp2048 @ d32768");
    assert_eq!((log.value.text(), &*log.model.raw), ("30.23", "minimax-m2 230B.A10B Q3_K - Small"));
    let wrapped = speed("GLM-4.5-Air", "pp1");
    assert_eq!((wrapped.value.text(), &*wrapped.model.raw), ("22.872535", "GLM-4.5-Air-UD-Q4_K_XL"));
}

#[test]
fn speeds_of_llmperf_and_of_gpus_are_those_of_the_files() {
    let (Some(llmperf), Some(gpus)) = (load("llmperf"), load("gpu_benchmarks")) else { return };
    let ttft = one(&llmperf, "summary/anyscale_7b", "LLMPerf", "ttft_s_mean");
    assert_eq!((ttft.value.text(), ttft.items.scored), ("0.22518338954666584", Some(150)));
    assert_eq!(ttft.model.get(Part::Provider), Some("anyscale"));
    let latency = one(&llmperf, "01-ai-Yi-1-5-34B-Chat", "LLMPerf", "inter_token_latency_s_quantiles_p50");
    assert_eq!((latency.value.text(), &*latency.model.raw), ("0.04529097462888539", "01-ai/Yi-1.5-34B-Chat"));
    let speed = |gpu, weights, test| {
        let mut found = gpus.records("gpu_benchmarks").filter(|r| {
            r.protocol.get(Field::Hardware) == Some(gpu)
                && [Part::Quantisation, Part::Precision].iter().any(|part| r.model.get(*part) == Some(weights))
                && (&*r.model.raw, r.subset.as_deref()) == ("LLaMA 3 8B", Some(test))
        });
        let value = found.next().unwrap().value.text();
        assert!(found.next().is_none(), "{gpu} {weights} {test}");
        value
    };
    assert_eq!(speed("H100 PCIe 80GB", "Q4_K_M", "tg 1024"), "144.49");
    assert_eq!(speed("4080 16GB", "F16", "pp 512"), "7246.97");
    assert_eq!(speed("M2 Ultra 76-Core GPU 192GB", "F16", "tg 8192"), "30.68");
}
