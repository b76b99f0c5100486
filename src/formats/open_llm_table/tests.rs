use crate::formats::testing::{codes, only, read_text};
use crate::record::{Direction, Field, Part, Unit};

const DUMP: &str = "\u{feff},eval_name,Precision,Model,fullname,Model sha,Average ⬆️,Flagged,Chat Template,IFEval Raw,IFEval,\
    BBH Raw,BBH,MMLU-PRO Raw,MMLU-PRO\n\
    1,a_b_bfloat16,bfloat16,<a href=\"x\">a/b</a>,a/b,abc,25.62,False,True,0.2841,28.411,0.5976,42.7,oops,-\n";

#[test]
fn raw_and_normalised_scores_are_two_metrics_and_the_average_is_marked() {
    let reading = read_text("dump.csv", DUMP);
    assert_eq!((codes(&reading), reading.origin.format), (vec!["not-a-number".to_owned()], "open-llm-table"));
    let (raw, normalised) = (only(&reading, "IFEval", "raw"), only(&reading, "IFEval", "normalised"));
    assert_eq!((raw.value.text(), raw.metric.unit, raw.aggregate), ("0.2841", Unit::Fraction, false));
    assert_eq!((normalised.value.text(), normalised.metric.unit), ("28.411", Unit::Percent));
    let average = only(&reading, "Average", "normalised");
    assert_eq!((average.aggregate, average.metric.direction), (true, Direction::Higher));
    assert_eq!((&*raw.model.raw, raw.model.get(Part::Revision)), ("a/b", Some("abc")));
    assert_eq!(raw.model.get(Part::Precision), Some("bfloat16"));
    assert_eq!(raw.protocol.get(Field::ChatTemplate), Some("yes"));
    assert_eq!(raw.protocol.get(Field::Shots), None, "the table does not say");
    assert_eq!(raw.provenance.place.to_string(), "2:70");
    assert_eq!(reading.records.len(), 5);
}

#[test]
fn a_model_written_as_a_link_is_its_text() {
    let text = r#"[{"Model": "<a target=\"_blank\" href=\"u\" style=\"s\">o/m</a> <a>x</a>", "IFEval Raw": 0.5,
        "MMLU-PRO Raw": 0.25, "Model sha": "main", "Precision": "4bit"}, {"IFEval Raw": 1}, {"Model": null}]"#;
    let reading = read_text("x.json", text);
    assert_eq!(codes(&reading), ["missing-cell"]);
    let model = &reading.records[0].model;
    assert_eq!((&*model.raw, model.get(Part::Revision)), ("o/m", None), "main moves");
    assert_eq!((model.get(Part::Precision), model.get(Part::Quantisation)), (None, Some("4bit")));
    assert_eq!(reading.records[0].provenance.place.to_string(), "/0/IFEval Raw");
}

#[test]
fn rows_of_the_api_are_read_nested_and_flat() {
    let nested = r#"[{"id": "x", "model": {"name": "o/m", "sha": "abc", "precision": "torch.float16", "average_score": 30.5,
        "has_chat_template": false}, "evaluations": {"ifeval": {"name": "IFEval", "value": 0.73, "normalized_score": 73.0},
        "math": {"value": 0.1, "normalized_score": null}, "gpqa": 5}, "features": {"is_flagged": false}}]"#;
    let reading = read_text("formatted.json", nested);
    assert_eq!(codes(&reading), [""; 0]);
    let record = only(&reading, "IFEval", "raw");
    assert_eq!(record.provenance.place.to_string(), "/0/evaluations/ifeval/value");
    assert_eq!(record.model.get(Part::Precision), Some("float16"));
    assert_eq!(record.protocol.get(Field::ChatTemplate), Some("no"));
    assert_eq!(reading.records.len(), 4);
    let flat = "model_name,model_average_score,evaluations_ifeval_value,evaluations_ifeval_normalized_score\no/m,30.5,0.73,73.0\n";
    let reading = read_text("flat.csv", flat);
    assert_eq!(only(&reading, "IFEval", "normalised").value.text(), "73.0");
    assert_eq!(only(&reading, "Average", "normalised").value.text(), "30.5");
}

#[test]
fn a_page_says_how_many_rows_are_missing() {
    let page = |total: u32| {
        format!(
            r#"{{"features": [], "rows": [{{"row_idx": 0, "row": {{"fullname": "o/m", "IFEval Raw": 0.5, "MMLU-PRO Raw": 0.1}},
            "truncated_cells": []}}], "num_rows_total": {total}, "num_rows_per_page": 100, "partial": false}}"#
        )
    };
    let reading = read_text("page.json", &page(4576));
    assert_eq!(codes(&reading), ["partial-table"]);
    assert!(reading.diagnostics.iter().next().unwrap().message.contains("1 of 4576 rows: 4575 are missing"));
    assert_eq!(reading.records[0].provenance.place.to_string(), "/rows/0/row/IFEval Raw");
    assert_eq!(codes(&read_text("page.json", &page(1))), [""; 0]);
}

fn mirror(flags: &[&str]) -> String {
    let rows = flags.iter().enumerate().map(|(index, flag)| format!("o/m{index},{flag},42.5,0.8,0.5\n"));
    format!("model,flagged,average,ifeval_raw,mmlupro_raw\n{}", rows.collect::<String>())
}

#[test]
fn flagged_models_are_marked_and_named() {
    let reading = read_text("x.csv", &mirror(&["FALSE", "TRUE", "", "maybe"]));
    assert_eq!(codes(&reading), ["flagged-models"]);
    assert!(
        reading
            .diagnostics
            .iter()
            .next()
            .unwrap()
            .message
            .contains("1 of 4 models are flagged by the leaderboard, among them o/m1")
    );
    let marked: Vec<_> = reading.records.iter().filter(|r| r.extra.is_some()).map(|r| &*r.model.raw).collect();
    assert_eq!(marked, ["o/m1"; 3]);
    assert_eq!(reading.records.len(), 12, "nothing disappears");
}

#[test]
fn a_column_that_flags_nearly_all_is_inverted() {
    let reading = read_text("x.csv", &mirror(&["TRUE"; 11]));
    assert_eq!(codes(&reading), ["inverted-column"]);
    assert!(reading.records.iter().all(|record| record.extra.is_none()) && reading.records.len() == 33);
}

#[test]
fn a_retyped_table_has_raw_scores_under_plain_names() {
    let text = "Rank,Model,Average,IFEval,MNLU-Pro,Chat Template,Flag Status\n1,o/m,42.91,0.8,0.54,No,No\n";
    let reading = read_text("x.csv", text);
    assert_eq!((codes(&reading), only(&reading, "IFEval", "raw").metric.unit), (vec![], Unit::Fraction));
    assert_eq!(only(&reading, "MMLU-PRO", "raw").value.text(), "0.54");
    assert_eq!(only(&reading, "Average", "normalised").metric.unit, Unit::Percent);
}

#[test]
fn a_table_joined_with_another_is_not_claimed() {
    let text = "Rank,Model,Average,IFEval,MNLU-Pro,Chat Template,Flag Status,harm\n1,o/m,42.91,0.8,0.54,No,No,0.5\n";
    assert_eq!(codes(&read_text("x.csv", text)), ["unrecognised-result-file"]);
}

#[test]
fn early_tables_state_shots_in_their_headings() {
    for (space, path) in [(" ", "a.csv"), ("", "b.csv")] {
        let text = format!(
            "\u{feff}Model,Average,ARC{space}(25-shot),HellaSwag{space}(10-shot),MMLU{space}(5-shot),TruthfulQA{space}(0-shot),Parameters,URL\n\
            llama-65b,58.3,57.8,84.2,48.8,42.3,100.0,\n"
        );
        let reading = read_text(path, &text);
        let record = only(&reading, "TruthfulQA", "");
        assert_eq!((record.value.text(), record.metric.unit), ("42.3", Unit::Percent));
        assert_eq!(record.protocol.get(Field::Shots), Some("0"));
        assert_eq!((reading.records.len(), codes(&reading).len()), (5, 0), "a scaled number of parameters is no score");
    }
}

#[test]
fn positional_rows_are_checked_by_their_average() {
    let reading =
        read_text("x.json", r#"[["o/m", "main", 25.0, 10.0, 20.0, 30.0, 40.0], ["p", "abc", 1, 1, 1, 1, "x"], 5]"#);
    assert_eq!(codes(&reading), ["not-a-number"]);
    assert_eq!(reading.records[2].provenance.place.to_string(), "/0/4");
    assert_eq!((&*reading.records[2].benchmark, reading.records[2].value.text()), ("HellaSwag", "20.0"));
    assert_eq!(
        (reading.records[0].model.get(Part::Revision), reading.records[5].model.get(Part::Revision)),
        (None, Some("abc"))
    );
    let reading = read_text("x.json", r#"[["o/m", 25.0, 10.0, 20.0, 30.0, 40.0]]"#);
    assert_eq!(only(&reading, "TruthfulQA", "").provenance.place.to_string(), "/0/5");
    for text in [r#"[["o/m", 99.0, 10.0, 20.0, 30.0, 40.0]]"#, r#"[["o/m", 1, 1]]"#, "[[1, 2]]", "[[]]", "[[\"a\"]]"] {
        assert_eq!(codes(&read_text("x.json", text)), ["unrecognised-result-file"], "{text}");
    }
}

#[test]
fn records_and_flat_rows_of_version_1_are_percent() {
    let records = r#"[{"Model": "o/m", "Average ⬆️": 80.99, "ARC": 76.45, "TruthfulQA": 78.09, "GSM8K": 80.06, "Model sha": "abc"}]"#;
    assert_eq!(only(&read_text("x.json", records), "GSM8K", "").metric.unit, Unit::Percent);
    let flat = "t,model,average,arc,hellaswag,truthfulqa,model_sha,flagged,fullname\n🔶,m,1,2,3,4,abc,FALSE,o/m\n";
    let reading = read_text("x.csv", flat);
    assert_eq!((&*reading.records[0].model.raw, reading.records.len()), ("o/m", 4));
}
