use crate::formats::testing::{codes, read_text};
use crate::record::{Field, Part, Unit};

const TEST: &str = r#"{"build_commit": "abc123", "build_number": 6865, "cpu_info": "C", "gpu_info": "G", "backends": "ROCm",
    "model_filename": "/models/M-1B-Q4_K_M-00001-of-00003.gguf", "model_type": "llama 1B Q4_K - Medium", "n_batch": 2048,
    "n_ubatch": 512, "type_k": "f16", "type_v": "f16", "flash_attn": true, "n_prompt": 512, "n_gen": 0, "n_depth": 4096,
    "test_time": "2025-10-28T12:54:10Z", "avg_ts": 4703.284900, "stddev_ts": 0.0, "samples_ts": [1, 2, 3]}"#;

const ENGINE: &str = "llama.cpp abc123 (6865) ROCm n_batch=2048 n_ubatch=512 flash_attn=1 type_k=f16 type_v=f16";

#[test]
fn a_test_is_named_by_its_tokens_and_depth() {
    let reading = read_text("b.json", &format!("[{TEST}]"));
    assert_eq!((codes(&reading).len(), reading.records.len()), (0, 1));
    let record = &reading.records[0];
    assert_eq!((record.value.text(), record.metric.unit), ("4703.284900", Unit::TokensPerSecond));
    // A deviation of 0 is that of one repetition, and none is a standard error.
    assert_eq!((record.subset.as_deref(), record.standard_error.as_ref()), (Some("pp512 @ d4096"), None));
    assert_eq!((&*record.model.raw, record.model.get(Part::Quantisation)), ("M-1B-Q4_K_M", Some("Q4_K - Medium")));
    let field = |field| record.protocol.get(field);
    assert_eq!(
        (field(Field::Engine), field(Field::Hardware), field(Field::Repeats)),
        (Some(ENGINE), Some("G"), Some("3"))
    );
    assert_eq!((field(Field::InputTokens), field(Field::OutputTokens)), (Some("512"), None));
    assert_eq!(record.provenance.place.to_string(), "/0/avg_ts");
    let both = TEST.replace("\"n_gen\": 0", "\"n_gen\": 128").replace("\"n_depth\": 4096", "\"n_depth\": 0");
    assert_eq!(read_text("b.json", &both).records[0].subset.as_deref(), Some("pp512+tg128"));
    let half = read_text("b.json", &TEST.replace("Q4_K - Medium", "BF16"));
    assert_eq!(half.records[0].model.get(Part::Precision), Some("BF16"));
}

#[test]
fn lines_follow_a_log_and_may_be_wrapped() {
    let line = TEST.replace('\n', " ");
    let wrapped =
        format!(r#"{{"mode": "pp", "tokens_per_sec": 1, "bench_raw": {line}, "build": "radv", "hipblaslt": true}}"#);
    let text = format!("ggml_init: found 1 device\n  Device 0: G\n{line}\n{}\n", line.replace("true", "1"));
    let reading = read_text("quick.jsonl", &text);
    assert_eq!((codes(&reading).len(), reading.records.len()), (0, 2));
    assert_eq!(reading.records[0].protocol, reading.records[1].protocol);
    assert_eq!(reading.records[1].provenance.place.to_string(), "4:/avg_ts");
    let reading = read_text("r.jsonl", &format!("{wrapped}\n"));
    assert_eq!(reading.records[0].provenance.place.to_string(), "1:/bench_raw/avg_ts");
    assert_eq!(
        reading.records[0].protocol.get(Field::Engine),
        Some(format!("{ENGINE} build=radv hipblaslt=true").as_str())
    );
}

#[test]
fn csv_has_the_same_keys() {
    let text = "build_commit,build_number,backends,model_filename,model_type,n_prompt,n_gen,n_depth,avg_ts,stddev_ts\n\
        \"abc\",\"7\",\"CPU\",\"m.gguf\",\"llama 1B Q8_0\",\"0\",\"128\",\"0\",\"22.50\",\"0.1\"\n";
    let reading = read_text("b.csv", text);
    let record = &reading.records[0];
    assert_eq!((record.subset.as_deref(), record.value.text(), &*record.model.raw), (Some("tg128"), "22.50", "m"));
    assert_eq!(record.protocol.get(Field::Engine), Some("llama.cpp abc (7) CPU"));
    assert_eq!(record.provenance.place.to_string(), "2:56");
    assert_eq!(codes(&read_text("b.csv", "toolbox,ubatch,avg_ts,stddev_ts\na,1,2,3\n")), ["no-scores"]);
}

#[test]
fn the_printed_table_stands_in_a_log() {
    let text = "found 1 device\n| model | size | params | backend | ngl | fa | test | t/s |\n\
        | --- | ---: | ---: | --- | --: | -: | ---: | ---: |\n\
        | llama 1B Q8_0 | 1.00 GiB | 1.24 B | ROCm | 99 | 1 | pp2048 @ d65536 | 53.18 ± 0.20 |\n\nbuild: abc (9187)\n";
    let reading = read_text("x.log", text);
    let record = &reading.records[0];
    assert_eq!((record.value.text(), record.subset.as_deref()), ("53.18", Some("pp2048 @ d65536")));
    assert_eq!((&*record.model.raw, record.model.get(Part::Quantisation)), ("llama 1B Q8_0", Some("Q8_0")));
    assert_eq!(record.protocol.get(Field::Engine), Some("llama.cpp abc (9187) ROCm ngl=99 fa=1"));
    assert_eq!(record.provenance.place.to_string(), "4:73");
}

#[test]
fn files_beside_the_tests_are_refused() {
    for text in [
        r#"{"start_time": "a", "end_time": "b", "duration_s": 1}"#,
        r#"{"hostname": "h", "kernel": "k", "os": "o", "cpu": "c"}"#,
        r#"{"model": "m", "gguf": "g", "toolbox": "t", "mode": "baseline", "results": []}"#,
    ] {
        assert_eq!(codes(&read_text("x.json", text)), ["no-scores"], "{text}");
    }
}

#[test]
fn wrong_types_are_no_crash() {
    for text in [
        r#"{"build_commit": [], "model_type": {}, "avg_ts": 5}"#,
        r#"[{"build_commit": 1, "model_type": "é", "avg_ts": {}, "model_filename": "-0é-of-ééé"}, 5]"#,
        r#"[{"build_commit": 1, "model_type": 2, "avg_ts": "x", "model_filename": "m", "samples_ts": 5}]"#,
    ] {
        assert!(!read_text("x.json", text).diagnostics.is_empty(), "{text}");
    }
    assert_eq!(
        codes(&read_text("x.md", "|model|test|t/s|\n|-|-|-|\n|m|\n|m|pp1|fast|\n")),
        ["not-a-number", "no-scores"]
    );
}
