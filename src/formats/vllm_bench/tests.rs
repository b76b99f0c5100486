use crate::formats::testing::{codes, only, read_text};
use crate::record::{Direction, Field, Items, Unit};

const RUN: &str = r#"{"date": "20260816-160853", "backend": "vllm", "endpoint_type": "vllm", "label": null, "model_id": "org/m",
    "num_prompts": 8, "request_rate": "inf", "max_concurrency": null, "completed": 6, "failed": 2, "request_throughput": 5.10,
    "request_goodput": null, "output_throughput": 82.5, "mean_ttft_ms": 215.50, "std_ttft_ms": 9.0, "p99_ttft_ms": 734.0,
    "p99.9_itl_ms": 30.0, "rtfx": 0.0, "ttfts": [0.1], "run_number": 0, "tp": "2"}"#;

#[test]
fn latencies_and_throughputs_have_units_and_directions() {
    let reading = read_text("r.json", RUN);
    assert_eq!((codes(&reading).len(), reading.records.len()), (0, 5));
    let ttft = only(&reading, "vLLM serving", "mean_ttft_ms");
    assert_eq!(
        (ttft.value.text(), ttft.metric.unit, ttft.metric.direction),
        ("215.50", Unit::Milliseconds, Direction::Lower)
    );
    // The deviation among requests is no standard error of their mean.
    assert_eq!(ttft.standard_error, None);
    assert_eq!((&*ttft.model.raw, ttft.items), ("org/m", Items { scored: Some(6), total: Some(8) }));
    let field = |field| ttft.protocol.get(field);
    assert_eq!((field(Field::RequestRate), field(Field::Concurrency)), (Some("inf"), Some("unlimited")));
    assert_eq!(field(Field::Engine), Some("vllm tp=2"));
    assert_eq!(ttft.provenance.date.as_ref().unwrap().as_str(), "2026-08-16T16:08:53");
    let requests = only(&reading, "vLLM serving", "request_throughput");
    assert_eq!((requests.metric.unit, requests.metric.direction), (Unit::RequestsPerSecond, Direction::Higher));
    assert_eq!(only(&reading, "vLLM serving", "p99.9_itl_ms").provenance.place.to_string(), "/p99.9_itl_ms");
}

#[test]
fn a_run_of_which_every_request_failed_is_no_fast_server() {
    let reading = read_text("r.json", &RUN.replace("\"completed\": 6", "\"completed\": 0"));
    assert_eq!((reading.records.len(), codes(&reading)), (0, vec!["no-scores".to_owned()]));
    assert!(reading.diagnostics.iter().next().unwrap().message.contains("every request failed"));
}

#[test]
fn sweeps_and_lines_are_lists_of_runs() {
    let sweep = RUN.replace("\"vllm\"", "\"openai\"").replace("\"tp\"", "\"max_num_seqs\"");
    let reading = read_text("summary.json", &format!("[{sweep}, {sweep}]"));
    let second = &reading.records[5];
    assert_eq!(second.provenance.place.to_string(), "/1/mean_ttft_ms");
    assert_eq!(second.protocol.get(Field::Engine), Some("max_num_seqs=2"));
    let line = RUN.replace('\n', " ");
    let reading = read_text("r.json", &format!("{line}\n{line}\n"));
    assert_eq!(reading.records[5].provenance.place.to_string(), "2:/mean_ttft_ms");
}

#[test]
fn latency_and_throughput_have_their_model_in_the_name() {
    let latency = r#"{"avg_latency": 7.50, "latencies": [7.4, 7.6], "percentiles": {"50": 7.4}}"#;
    let reading = read_text("latency_m8B_tp1.json", latency);
    let mean = only(&reading, "vLLM latency", "avg_latency");
    assert_eq!((&*mean.model.raw, mean.value.text(), mean.items.scored), ("m8B_tp1", "7.50", Some(2)));
    assert_eq!(only(&reading, "vLLM latency", "p50_latency").metric.unit, Unit::Seconds);
    let throughput = r#"{"elapsed_time": 2.0, "num_requests": 4, "total_num_tokens": 80, "requests_per_second": 2.0,
        "tokens_per_second": 40.0, "input": 128, "ouput": 32}"#;
    let reading = read_text("M-8B_throughput_req4.json", throughput);
    let tokens = only(&reading, "vLLM throughput", "tokens_per_second");
    assert_eq!((&*tokens.model.raw, tokens.protocol.get(Field::OutputTokens)), ("M-8B", Some("32")));
    assert_eq!(&*read_text("org__m/x.json", throughput).records[0].model.raw, "org/m");
    assert_eq!(codes(&read_text("x.json", throughput)), ["no-model"]);
}

#[test]
fn console_summaries_name_no_model() {
    let reading = read_text("r.csv", "Successful requests,Duration (s),Mean TTFT (ms)\n300,1.0,4.0\n");
    assert_eq!(codes(&reading), ["no-scores"]);
}

#[test]
fn wrong_types_are_no_crash() {
    for text in [
        r#"{"mean_ttft_ms": [], "model_id": "m", "completed": {}, "date": 5}"#,
        r#"{"mean_ttft_ms": 1, "model_id": 5}"#,
        r#"[{"mean_ttft_ms": "x", "model_id": "m"}, 5]"#,
        r#"{"avg_latency": null, "latencies": 5, "percentiles": []}"#,
    ] {
        assert!(!read_text("latency_m.json", text).diagnostics.is_empty(), "{text}");
    }
}
