use crate::formats::Reading;
use crate::formats::testing::{codes, read_from, read_text};
use crate::record::{Direction, Field, Items, Source};

const OLD: &str = r#"{"Time taken for tests (s)": 4.98, "Number of concurrency": 2, "Total requests": 10, "Succeed requests": 9,
    "Failed requests": 1, "Output token throughput (tok/s)": 79.20, "Request throughput (req/s)": 2.0, "Average latency (s)": 0.88,
    "Average time to first token (s)": 0.10, "Average package latency (s)": 0.02, "Average input tokens per request": 60.1}"#;

const NEW: &str = r#"{"Test Duration (s)": 5.4, "Concurrency": 2, "Request Rate (req/s)": -1.0, "Total Requests": 10,
    "Success Requests": 10, "Stream Requests": 10, "Avg Latency (s)": 1.039, "Avg TTFT (ms)": 178.31, "Input Throughput (tok/s)": 0.0}"#;

const PERCENTILES: &str = r#"[{"Percentiles": "50%", "TTFT (ms)": 177.07, "Latency (s)": 0.95, "Input tokens": 67.0, "Output (tok/s)": 35.9},
    {"Percentiles": "max", "TTFT (ms)": NaN, "Latency (s)": "x"}]"#;

const ARGUMENTS: &str = r#"{"model": "org/m", "parallel": 2, "number": 10, "api": "openai", "outputs_dir": "o", "rate": 3.5,
    "dataset": "openqa", "max_tokens": 64, "stream": STREAM}"#;

/// `metric value unit` of every record.
fn scores(reading: &Reading) -> Vec<String> {
    let row =
        |record: &crate::record::Record| format!("{} {} {}", record.metric.name, record.value, record.metric.unit);
    reading.records.iter().map(row).collect()
}

fn with_arguments(text: &str, stream: &str) -> Reading {
    let sibling = |name: &str| (name == "benchmark_args.json").then(|| ARGUMENTS.replace("STREAM", stream));
    let path = "20261121_233201/m/parallel_2_number_10/benchmark_summary.json";
    read_from(path, text.as_bytes(), Source::default(), &sibling)
}

#[test]
fn old_and_new_keys_are_one_metric_in_their_own_units() {
    let old = read_text("20261121_233201/m-7b/parallel_2_number_10/benchmark_summary.json", OLD);
    assert_eq!(codes(&old), [""; 0]);
    assert_eq!(
        scores(&old),
        [
            "Output Throughput 79.20 tokens-per-second",
            "Req Throughput 2.0 requests-per-second",
            "Avg Latency 0.88 seconds",
            "Avg TTFT 0.10 seconds",
            "Avg Package Latency 0.02 seconds",
            "Test Duration 4.98 seconds",
        ]
    );
    let ttft = &old.records[3];
    assert_eq!((&*ttft.model.raw, ttft.metric.direction), ("m-7b", Direction::Lower));
    assert_eq!(ttft.items, Items { scored: Some(9), total: Some(10) });
    assert_eq!(
        (ttft.protocol.get(Field::Concurrency), ttft.protocol.get(Field::InputTokens)),
        (Some("2"), Some("60.1"))
    );
    assert_eq!(ttft.provenance.date.as_ref().unwrap().as_str(), "2026-11-21T23:32:01");
    let new = read_text("20261121_233201/m-7b/benchmark_summary.json", NEW);
    assert_eq!(
        scores(&new),
        ["Avg Latency 1.039 seconds", "Avg TTFT 178.31 milliseconds", "Test Duration 5.4 seconds"]
    );
    assert_eq!(&*new.records[0].model.raw, "m-7b");
    assert_eq!(new.records[0].protocol.get(Field::RequestRate), None, "a closed loop has no rate");
}

#[test]
fn arguments_beside_it_say_what_was_run() {
    let reading = with_arguments(OLD, "true");
    let record = &reading.records[0];
    assert_eq!(&*record.model.raw, "org/m");
    let stated = [Field::Dataset, Field::MaxTokens, Field::RequestRate].map(|field| record.protocol.get(field));
    assert_eq!(stated, [Some("openqa"), Some("64"), Some("3.5")]);
}

#[test]
fn without_streaming_the_first_token_is_no_measurement() {
    let has_ttft =
        |reading: &Reading| scores(reading).iter().any(|score| score.contains("TTFT") || score.contains("Package"));
    assert!(has_ttft(&with_arguments(OLD, "true")) && !has_ttft(&with_arguments(OLD, "false")));
    let waited =
        OLD.replace("\"Average time to first token (s)\": 0.10", "\"Average time to first token (s)\": 0.8800");
    assert!(!has_ttft(&read_text("m/benchmark_summary.json", &waited)));
    let none = NEW.replace("\"Stream Requests\": 10", "\"Stream Requests\": 0");
    assert!(!has_ttft(&read_text("m/benchmark_summary.json", &none)));
    let row = r#"[{"Percentiles": "50%", "TTFT (s)": 0.5, "Latency (s)": 0.50, "TPOT (s)": 0}]"#;
    assert_eq!(scores(&read_text("m/benchmark_percentile.json", row)), ["Latency p50 0.50 seconds"]);
}

#[test]
fn percentiles_are_metrics_of_their_own() {
    let reading = read_text("m/parallel_8_number_10/benchmark_percentile.json", PERCENTILES);
    assert_eq!(codes(&reading), ["not-a-number"]);
    assert_eq!(
        scores(&reading),
        [
            "Latency p50 0.95 seconds",
            "Output p50 35.9 tokens-per-second",
            "TTFT p50 177.07 milliseconds",
            "TTFT max NaN milliseconds"
        ]
    );
    let first = &reading.records[0];
    assert_eq!((&*first.model.raw, first.protocol.get(Field::Concurrency)), ("m", Some("8")));
    assert_eq!(first.provenance.place.to_string(), "/0/Latency (s)");
}

#[test]
fn a_run_in_which_all_failed_has_no_scores() {
    let failed = OLD.replace("\"Succeed requests\": 9", "\"Succeed requests\": 0");
    assert_eq!(codes(&read_text("m/benchmark_summary.json", &failed)), ["no-scores"]);
    assert_eq!(codes(&read_text("20261121_233201/benchmark_summary.json", OLD)), ["no-model"]);
}

#[test]
fn arguments_and_courses_are_companions_and_views_are_not_read() {
    for text in [
        &*ARGUMENTS.replace("STREAM", "null"),
        r#"{"wall_start": 1, "points": []}"#,
        r#"{"wall_time_s": 1, "warmup_frac": 0.2, "rows": []}"#,
    ] {
        let reading = read_text("x.json", text);
        assert_eq!((codes(&reading).len(), reading.origin.format), (0, "evalscope-perf"), "{text}");
    }
    let view = r#"{"summary_columns": [], "summary_rows": [], "basic_info": {}}"#;
    assert_eq!(codes(&read_text("x.json", view)), ["no-scores"]);
}
