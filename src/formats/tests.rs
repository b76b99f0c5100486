use super::testing::{codes, read_bytes, read_from, read_text};
use super::*;

const LM_EVAL: &str = r#"{"model": "a/b", "results": {"t": {"acc,none": 0.5}}}"#;

#[test]
fn the_origin_names_bytes_hash_and_format() {
    let reading = read_text("data/results/x.json", LM_EVAL);
    assert_eq!(&*reading.origin.path, "data/results/x.json");
    assert_eq!(reading.origin.bytes, LM_EVAL.len() as u64);
    assert_eq!(reading.origin.format, "lm-eval");
    let empty = read_text("x.json", "");
    let sha256_of_nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(&*empty.origin.sha256, sha256_of_nothing);
}

#[test]
fn records_carry_their_origin_and_the_reporter_of_the_source() {
    let source = Source { id: "s".into(), reporter: crate::record::Reporter::Claimed, ..Source::default() };
    let reading = read_from("x.json", LM_EVAL.as_bytes(), source, &|_| None);
    let provenance = &reading.records[0].provenance;
    assert_eq!(provenance.origin.format, "lm-eval");
    assert_eq!(&*provenance.origin.source.id, "s");
    assert_eq!(provenance.reporter, crate::record::Reporter::Claimed);
    assert_eq!(provenance.place.to_string(), "/results/t/acc,none");
}

#[test]
fn a_byte_order_mark_is_tolerated() {
    for (path, text) in [
        ("x.json", LM_EVAL),
        ("x.csv", "model,benchmark,value\na,b,1\n"),
        ("x.toml", "[columns.B]\nbenchmark = \"b\"\n[table]\nrows = [[\"model\", \"B\"], [\"a\", 1]]\n"),
    ] {
        let reading = read_text(path, &format!("\u{feff}{text}"));
        assert_eq!((reading.records.len(), codes(&reading).len()), (1, 0), "{path}: {:?}", codes(&reading));
    }
}

#[test]
fn what_is_not_read_is_said_with_its_reason() {
    for (path, text, reason) in [
        ("samples_x.jsonl", "{}", "no format"),
        ("README.md", "# x", "no format"),
        ("results", "{}", "no format"),
        ("x.yaml", "a: 1", "no format"),
        ("x.json", r#"{"some": "thing"}"#, "no format"),
        ("x.json", "[1, 2]", "no format"),
        ("x.csv", "task,model_name,score\n1,a,0.5\n", "no format"),
        ("x.csv", "", "no format"),
        ("x.toml", "name = \"x\"", "no format"),
    ] {
        let reading = read_text(path, text);
        assert_eq!(codes(&reading), ["unrecognised-result-file"], "{path} {text}");
        let problem = reading.diagnostics.iter().next().unwrap();
        assert!(problem.message.contains(reason), "{path}: {}", problem.message);
        assert!(problem.hint.as_ref().unwrap().contains("plain table"));
        assert_eq!(reading.origin.format, "unrecognised");
    }
}

#[test]
fn bytes_that_are_not_utf8_are_placed() {
    let reading = read_bytes("x.json", b"{\n \"a\xff");
    assert_eq!(codes(&reading), ["not-utf8 2:4"]);
}

#[test]
fn broken_syntax_is_placed() {
    assert_eq!(codes(&read_text("x.json", "{\n\"a\": tru}")), ["broken-json 2:9"]);
    assert_eq!(codes(&read_text("x.json", "")), ["broken-json 1:1"]);
    assert_eq!(codes(&read_text("x.toml", "a = 1\nb = = 2")), ["broken-toml 2:5"]);
}

#[test]
fn hostile_content_gives_a_diagnostic_and_no_crash() {
    let deep = 200_000;
    for (path, text) in [
        ("x.json", "[".repeat(deep)),
        ("x.json", "{\"a\":".repeat(deep)),
        ("x.toml", format!("a = {}", "[".repeat(deep))),
        ("x.toml", format!("a = {}", "{a=".repeat(deep))),
        ("x.toml", format!("a{} = 1", ".a".repeat(deep))),
        ("x.csv", "\0".repeat(10)),
        ("x.csv", format!("model,benchmark,value\n{}", "\"".repeat(deep + 1))),
        ("x.csv", "dataset,version,metric,mode\n\u{7f},,,,,,".to_owned()),
        ("x.json", r#"{"results": {"t": {"acc,none": 1e999999, "b,none": {}}}, "model": "m"}"#.to_owned()),
        ("x.json", r#"{"results": [], "mteb_version": {}, "task_name": 1, "scores": {"test": 5}}"#.to_owned()),
        ("x.json", r#"{"scores": {"test": [5, null, {"main_score": []}]}, "task_name": "t"}"#.to_owned()),
        ("x.json", r#"{"harness|": {}, "harness||": 5, "harness|a|b": {"acc": 1}}"#.to_owned()),
        ("x.json", r#"{"c": {"m": {"rating": [], "rating_q025": {}, "rating_q975": "x"}, "n": 1e999999}}"#.to_owned()),
        ("x.json", r#"[{"date": [], "category": 1, "max_elo": 1e999999, "max_model": {}}]"#.to_owned()),
        ("x.json", r#"[{"model_a": {}, "model_b": [[]], "winner": 1e999999, "turn": -1}, [], null]"#.to_owned()),
        ("x.json", r#"[{"generator_1": 1, "generator_2": [], "preference": {}, "instruction": null}]"#.to_owned()),
        ("x.json", r#"[{"question_id": [], "model": {}, "judge": [], "score": 1e999999, "turn": 1e99}]"#.to_owned()),
        ("x.json", r#"[{"question_id": 1, "model": "m", "judge": {}, "games": [[], {"score": [[]]}]}]"#.to_owned()),
        (
            "review_a_b.json",
            r#"[{"question_id": 1, "answer1_id": [], "answer2_id": {}, "score": [{}, []]}]"#.to_owned(),
        ),
        ("arena.csv", format!(",{}\n20230508\n", ",".repeat(deep))),
        ("x.csv", "model_a,model_b,winner\n\"\n,,\n\u{7f},\u{7f},\u{7f}\n".to_owned()),
        ("x.json", r#"{"dataset_name": "d", "model_name": [], "metrics": [{"categories": 1}]}"#.to_owned()),
        ("x.json", r#"{"report_list": [{"dataset_name": "d", "model_name": "m", "metrics": [{"categories": [[], {"subsets": [1, {}]}]}]}]}"#.to_owned()),
        ("reviews/m/a_b.jsonl", "{\"index\": 1, \"sample_score\": {\"score\": {\"value\": {}}}}\n[]\n5\n".to_owned()),
        ("m/x.json", r#"[{"Percentiles": []}, 5, {"Percentiles": "1%", "TTFT (ms)": {}}]"#.to_owned()),
        ("m/x.json", r#"{"Test Duration (s)": [], "Concurrency": {}}"#.to_owned()),
        ("x.txt", format!("dataset  version  metric  mode  a\nx{}", "  1".repeat(deep))),
        ("x.json", r#"{"time": [], "results": {"m": {"META": 1, "B": {"Overall": [], "": {}}}}}"#.to_owned()),
        ("boards_data/x/y/default.jsonl", "{\"Rank\": 1, \"Model\": \"<a \", \"Embedding Dimensions\": 1}\n{}\n".to_owned()),
        ("x.csv", "model,RTFx,a WER\n\"\",x\nm\n,,\n".to_owned()),
        ("x.toml", "columns = 1\ntable = 2".to_owned()),
        ("x.toml", "[table]\nrows = [1, 2]".to_owned()),
        ("x.toml", "[table]\nrows = []".to_owned()),
    ] {
        let reading = read_text(path, &text);
        assert!(!reading.diagnostics.is_empty(), "{path} {}", &text[..text.len().min(60)]);
    }
}

#[test]
fn what_is_no_text_is_not_read() {
    assert_eq!(codes(&read_bytes("x.png", b"\x89PNG\xff")), ["unrecognised-result-file"]);
}

#[test]
fn a_file_that_only_looks_like_results_is_told_why() {
    let reading = read_text("summary_openllm.json", r#"{"elapsed_time": 1, "gpu": "x"}"#);
    assert_eq!(codes(&reading), ["no-scores"]);
    assert!(reading.diagnostics.iter().next().unwrap().message.contains("time and hardware"));
}

#[test]
fn every_format_says_what_writes_it() {
    let hint = what_is_read();
    for format in FORMATS {
        assert!(!format.example().is_empty() && hint.contains(format.title()), "{}", format.name());
    }
}

#[test]
fn no_two_formats_have_one_name() {
    let mut names: Vec<_> = FORMATS.iter().map(|format| format.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), FORMATS.len());
}

#[test]
fn results_of_nothing_that_has_a_name_are_left_out() {
    let text =
        r#"{"model": "a/b", "results": {"": {"acc,none": 0.5}, " ": {"acc,none": 0.5}, "t": {"acc,none": 0.5}}}"#;
    let reading = read_text("x.json", text);
    assert_eq!((reading.records.len(), codes(&reading)), (1, vec!["blank-name".to_owned()]));
    let reading = read_text("arena/result.csv", ", ,y\n20230508,1,2\n20230509,3,-\n");
    assert_eq!((reading.records.len(), codes(&reading)), (1, vec!["blank-name".to_owned()]));
}
