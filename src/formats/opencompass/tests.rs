use crate::formats::testing::{codes, read_text};
use crate::record::{Field, Items, Place, Unit};

const SUMMARY: &str = "\u{feff}dataset,version,metric,mode,alpha-7b-hf,beta-hf\r\n\
    --------- 考试 Exam ---------,-,-,-,-,-\r\n\
    \r\n\
    exam-physics,a1b2c3,accuracy,gen,42.10,-\r\n\
    exam-law,d4e5f6,f1,ppl,0.5,61.00\r\n\
    exam,-,naive_average,gen,42.10,61.00\r\n\
    exam,-,standard_deviation,gen,1.5,\r\n\
    simple,77aa00,correct_count,gen,12,13\r\n";

#[test]
fn each_model_column_gives_records_as_written() {
    let reading = read_text("r/summary_20231208_194351.csv", SUMMARY);
    assert_eq!(codes(&reading), [""; 0]);
    let read: Vec<_> = reading.records.iter().map(|r| (&*r.model.raw, &*r.benchmark, r.value.text())).collect();
    assert_eq!(
        read,
        [
            ("alpha-7b-hf", "exam-physics", "42.10"),
            ("alpha-7b-hf", "exam-law", "0.5"),
            ("beta-hf", "exam-law", "61.00"),
            ("alpha-7b-hf", "exam", "42.10"),
            ("beta-hf", "exam", "61.00"),
            ("alpha-7b-hf", "exam", "1.5"),
            ("alpha-7b-hf", "simple", "12"),
            ("beta-hf", "simple", "13"),
        ]
    );
    let first = &reading.records[0];
    assert_eq!(first.provenance.place, Place::Cell { line: 4, column: 34 });
    assert_eq!(first.provenance.date.as_ref().unwrap().as_str(), "2023-12-08T19:43:51");
    assert_eq!(reading.origin.format, "opencompass-summary");
}

#[test]
fn version_and_mode_are_protocol_and_a_dash_is_unknown() {
    let reading = read_text("s.csv", SUMMARY);
    let (plain, group) = (&reading.records[0], &reading.records[3]);
    assert_eq!(plain.protocol.get(Field::BenchmarkVersion), Some("a1b2c3"));
    assert_eq!(plain.protocol.get(Field::Mode), Some("gen"));
    assert_eq!(group.protocol.get(Field::BenchmarkVersion), None);
    assert_eq!((plain.aggregate, group.aggregate), (false, true));
    assert_eq!(plain.provenance.date, None);
}

#[test]
fn only_what_is_percent_is_called_percent() {
    let reading = read_text("s.csv", SUMMARY);
    let units: Vec<_> = [0, 1, 3, 5, 6].map(|index: usize| reading.records[index].metric.unit).into();
    assert_eq!(units, [Unit::Percent, Unit::Unknown, Unit::Percent, Unit::Unknown, Unit::Count]);
}

#[test]
fn aisbench_counts_are_items() {
    let reading = read_text(
        "s.csv",
        "dataset,version,metric,mode,total_count,alpha\nexam,a1,accuracy,gen,10,82.00 (7/8)\nlaw,b2,accuracy,gen,-,50",
    );
    assert_eq!(reading.records[0].value.text(), "82.00");
    assert_eq!(reading.records[0].items, Items { scored: Some(8), total: Some(10) });
    assert_eq!(reading.records[1].items, Items::default());
    assert_eq!(&*reading.records[1].model.raw, "alpha");
}

#[test]
fn ragged_rows_and_broken_cells_are_placed_and_the_rest_is_read() {
    let text = "dataset,version,metric,mode,a,b\nx,1\ny,1,accuracy,gen,1,2,3\nz,1,accuracy,gen,很好,2";
    let reading = read_text("s.csv", text);
    assert_eq!(codes(&reading), ["ragged-row 2:1", "ragged-row 3:1", "not-a-number 4:18"]);
    assert_eq!(reading.records.len(), 1);
}

#[test]
fn a_model_named_twice_or_not_at_all_is_an_error() {
    let reading = read_text("s.csv", "dataset,version,metric,mode,a,,a\nx,1,accuracy,gen,1,2,3");
    assert_eq!(codes(&reading), ["no-model 1:31", "duplicate-column 1:32"]);
    assert_eq!(reading.records.len(), 1);
}

#[test]
fn a_summary_without_one_value_has_no_scores() {
    let reading = read_text("s.csv", "dataset,version,metric,mode,a\nx,-,-,-,-\n");
    assert_eq!(codes(&reading), ["no-scores"]);
}

const TEXT: &str = "20240305_142910\ntabulate format\n^^^^\n\
    dataset    version    metric         mode      甲-7b    b-chat\n\
    ---------  ---------  -------------  ------  -------  -------\n\
    --------- 考试 Exam ---------  -  -  -  -  -\n\
    law        a1b2c3     accuracy       gen        69.7  25\n\
    all        -          naive_average  gen        69.7  -\n\
    $$$$\n\n-------- THIS IS A DIVIDER --------\n\ncsv format\n^^^^\n\
    dataset,version,metric,mode,甲-7b,b-chat\nlaw,a1b2c3,accuracy,gen,69.70,25.00\nall,-,naive_average,gen,69.70,-\n\
    $$$$\n\n-------- THIS IS A DIVIDER --------\n\nraw format\n^^^^\nModel: 甲-7b\nlaw: {'accuracy': 69.6969}\n$$$$\n";

fn values(reading: &crate::formats::Reading) -> Vec<String> {
    let records = reading.records.iter();
    records
        .map(|record| {
            let subset = record.subset.as_deref().map_or(String::new(), |subset| format!("/{subset}"));
            format!("{} {}{subset} {} {}", record.model.raw, record.benchmark, record.metric.name, record.value)
        })
        .collect()
}

#[test]
fn of_the_blocks_of_a_text_the_one_that_keeps_its_zeros_is_read() {
    let reading = read_text("s/summary_x.txt", TEXT);
    assert_eq!(codes(&reading), [""; 0]);
    let expected = ["甲-7b law accuracy 69.70", "b-chat law accuracy 25.00", "甲-7b all naive_average 69.70"];
    assert_eq!(values(&reading), expected);
    let first = &reading.records[0].provenance;
    assert_eq!(
        (first.place.to_string(), first.date.as_ref().unwrap().as_str()),
        ("16:25".into(), "2024-03-05T14:29:10")
    );
}

#[test]
fn an_aligned_table_is_split_at_gaps_and_not_at_offsets() {
    let aligned = TEXT.split("$$$$").next().unwrap();
    let reading = read_text("s.txt", aligned);
    assert_eq!(codes(&reading), [""; 0]);
    assert_eq!(values(&reading), ["甲-7b law accuracy 69.7", "b-chat law accuracy 25", "甲-7b all naive_average 69.7"]);
    assert_eq!(reading.records[0].provenance.place, Place::Cell { line: 7, column: 49 });
    assert!(reading.records[2].aggregate);
}

#[test]
fn tables_in_documents_are_read_each() {
    let document = "# How to\n\nSome dataset text.\n```\ndataset  version  metric  mode  a\n-----  -----  -----  ----  ---\n\
        x  a1  accuracy  gen  1.5\n```\nThat was it.\n\n| dataset | version | metric | mode | b |\n|--- | --- | --- | --- | ---|\n\
        | y | - | naive_average | gen | 76.51 |\n";
    let reading = read_text("docs/README.md", document);
    assert_eq!(codes(&reading), [""; 0]);
    assert_eq!(values(&reading), ["b y naive_average 76.51", "a x accuracy 1.5"]);
    assert_eq!(codes(&read_text("a.md", "the dataset version\n")), ["unrecognised-result-file"]);
}

#[test]
fn results_of_a_dataset_are_named_by_their_path() {
    let text =
        r#"{"accuracy": 81.2, "pass@1": 0.5, "f1": NaN, "note": "x", "details": {"type": "GEN", "0": {}, "1": {}}}"#;
    let reading = read_text("o/20231208_194351/results/m-7b/quiz.json", text);
    assert_eq!(codes(&reading), [""; 0]);
    assert_eq!(values(&reading), ["m-7b quiz accuracy 81.2", "m-7b quiz f1 NaN", "m-7b quiz pass@1 0.5"]);
    assert_eq!(reading.records[0].items, Items { scored: Some(2), total: None });
    assert_eq!([0, 2].map(|at: usize| reading.records[at].metric.unit), [Unit::Percent, Unit::Unknown]);
    assert_eq!(codes(&read_text("results/m-7b/quiz.json", r#"{"accuracy": 1}"#)), ["unrecognised-result-file"]);
    let failed = read_text("20231208_194351/results/m/quiz.json", r#"{"error": "out of memory"}"#);
    assert_eq!(codes(&failed), ["no-scores"]);
}

#[test]
fn answers_and_transcripts_are_told_from_scores() {
    for (gold, word) in [(r#""A""#, "answers"), (r#"{"answer1": "x"}"#, "judge")] {
        let text = format!(r#"{{"0": {{"origin_prompt": "?", "prediction": "!", "gold": {gold}}}}}"#);
        let reading = read_text("20231208_194351/results/a_b/quiz.json", &text);
        assert_eq!(codes(&reading), ["no-scores"]);
        assert!(reading.diagnostics.iter().next().unwrap().message.contains(word));
    }
}

#[test]
fn a_subjective_report_names_the_opponent() {
    let text = "a_vs_b,知识,知识-常识\nwin_both_a,60.0,50.0\nhalf_draw_b,20.0,-\nother_b,1,2\n";
    let reading = read_text("20231208_194351/summary/20231208_194351/report.csv", text);
    assert_eq!(codes(&reading), ["missing-cell 4:1"]);
    let expected =
        ["a subjective/知识 win_both 60.0", "a subjective/知识-常识 win_both 50.0", "b subjective/知识 half_draw 20.0"];
    assert_eq!(values(&reading), expected);
    let opponents: Vec<_> = reading.records.iter().map(|record| record.protocol.get(Field::Baseline)).collect();
    assert_eq!(opponents, [Some("b"), Some("b"), Some("a")]);
    assert_eq!([true, false, true], [0, 1, 2].map(|at: usize| reading.records[at].aggregate));
}

#[test]
fn baselines_are_split_at_the_longest_metric() {
    let text = "m-7b:\n  race-middle_accuracy: 90.50\n  qa_accuracy_given_attempted: 10.0\n  qa_f1: 0.5\n  qa_correct_count: 3\n\
        n:\n  group:\n    IFEval_Prompt-level-strict-accuracy: 81.25 \n";
    let reading = read_text("baseline.yaml", text);
    assert_eq!(codes(&reading), [""; 0]);
    assert_eq!(
        values(&reading),
        [
            "m-7b qa accuracy_given_attempted 10.0",
            "m-7b qa correct_count 3",
            "m-7b qa f1 0.5",
            "m-7b race-middle accuracy 90.50",
            "n IFEval Prompt-level-strict-accuracy 81.25",
        ]
    );
    let units: Vec<_> = reading.records.iter().map(|record| record.metric.unit).collect();
    assert_eq!(units, [Unit::Percent, Unit::Count, Unit::Fraction, Unit::Percent, Unit::Percent]);
    assert_eq!(codes(&read_text("x.yaml", "m:\n  race_accuracy: 1\n  speed: 2\n")), ["unrecognised-result-file"]);
}

#[test]
fn lawbench_has_two_metrics_of_opposite_directions() {
    let text = "task,model_name,score,abstention_rate\n2-10,a,0.50,0.006\n2-9,a,,x\n,a,1,1\n";
    let reading = read_text("zero_shot_results.csv", text);
    assert_eq!(codes(&reading), ["not-a-number 3:8", "missing-cell 4:1"]);
    assert_eq!(values(&reading), ["a LawBench/2-10 score 0.50", "a LawBench/2-10 abstention_rate 0.006"]);
    assert_eq!(reading.records[0].protocol.get(Field::Shots), Some("0"));
    assert_eq!(read_text("x.csv", text).records[0].protocol.get(Field::Shots), None);
}
