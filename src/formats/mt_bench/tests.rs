use super::question_set;
use crate::formats::Reading;
use crate::formats::testing::{codes, read_text};
use crate::record::{Field, ItemKey, Outcome};

fn single(rows: &[(&str, u32, &str, &str)]) -> Reading {
    let rows = rows.iter().map(|(model, turn, score, tstamp)| {
        format!(
            r#"{{"question_id": 81, "model": "{model}", "judge": ["gpt-4", "single-v1"], "judgment": "…", "score": {score}, "turn": {turn}, "tstamp": {tstamp}}}"#
        )
    });
    let rows: Vec<_> = rows.collect();
    read_text("data/mt_bench/model_judgment/gpt-4_single.jsonl", &(rows.join("\n") + "\n{}\n"))
}

#[test]
fn scores_are_items_for_each_model_and_turn() {
    let reading = single(&[("x", 1, "8", "1700000000.5"), ("x", 2, "7.5", "1"), ("y", 1, "10", "1")]);
    let found: Vec<_> = (reading.items.iter())
        .map(|it| format!("{} {} {} {:?}", it.model.raw, it.benchmark, it.subset.as_deref().unwrap(), it.scores()))
        .collect();
    assert_eq!(found, ["x mt_bench turn 1 [8.0]", "x mt_bench turn 2 [7.5]", "y mt_bench turn 1 [10.0]"]);
    let first = &reading.items[0];
    assert_eq!((first.items(), first.protocol.get(Field::Judge)), (&[ItemKey::of("81")][..], Some("gpt-4")));
    assert_eq!(first.provenance.place.to_string(), "1:/score");
    assert_eq!(first.provenance.date.as_ref().unwrap().as_str(), "2023-11-14T22:13:20.5Z");
    assert_eq!(codes(&reading), ["unreadable-judgment 4:1"]);
}

#[test]
fn minus_one_is_no_score() {
    let reading = single(&[("x", 1, "-1", "5"), ("x", 1, "9", "1"), ("x", 2, "-1", "1")]);
    assert_eq!(reading.items.len(), 1);
    assert_eq!(reading.items[0].scores(), [9.0]);
    let counted = reading.diagnostics.iter().find(|problem| problem.code == "no-verdict").unwrap();
    assert_eq!(counted.message, "2 of 4 judgments have no verdict");
}

#[test]
fn the_latest_judgment_of_an_answer_counts() {
    let reading = single(&[("x", 1, "3", "20"), ("x", 1, "4", "10"), ("x", 1, "5", "30"), ("x", 2, "6", "null")]);
    assert_eq!(reading.items.iter().map(|it| it.scores()).collect::<Vec<_>>(), [[5.0], [6.0]]);
    assert_eq!(reading.items[0].provenance.place.to_string(), "3:/score");
    let counted = reading.diagnostics.iter().find(|problem| problem.code == "repeated-judgment").unwrap();
    assert!(counted.message.starts_with("2 judgments"));
}

#[test]
fn odd_scores_and_turns_are_reported() {
    let rows =
        [("x", 0, "5", "1"), ("x", 1, "\"9\"", "1"), ("x", 1, "-2", "1"), ("x", 1, "[]", "1"), ("", 1, "5", "1")];
    let reading = single(&rows);
    assert!(reading.items.is_empty());
    assert_eq!(codes(&reading).iter().filter(|code| code.starts_with("unreadable-judgment")).count(), 6);
}

#[test]
fn the_folder_names_the_questions() {
    for (path, set) in [
        ("data/results/mt_bench_zh/model_judgment/gpt-4_single.jsonl", "mt_bench_zh"),
        ("data/results/vicuna_bench/gpt-4_single.jsonl", "vicuna_bench"),
        ("data/results/gpt-4_single.jsonl", "llm_judge"),
        ("model_judgment/gpt-4_single.jsonl", "llm_judge"),
        ("gpt-4_single.jsonl", "llm_judge"),
    ] {
        assert_eq!(question_set(path), set, "{path}");
    }
}

fn pair(games: &[(&str, &str, u32)]) -> Reading {
    let rows = games.iter().map(|(first, second, tstamp)| {
        format!(
            r#"{{"question_id": {q}, "model_1": "x", "model_2": "y", "g1_winner": "{first}", "g2_winner": "{second}", "judge": ["gpt-4", "pair-v2"], "turn": 1, "tstamp": {tstamp}}}"#,
            q = tstamp % 10
        )
    });
    let rows: Vec<_> = rows.collect();
    read_text("gpt-4_pair.jsonl", &(rows.join("\n") + "\n{}\n"))
}

#[test]
fn a_win_takes_both_games() {
    let reading = pair(&[
        ("model_1", "model_1", 1),
        ("model_2", "model_2", 2),
        ("model_1", "model_2", 3),
        ("model_1", "tie", 4),
        ("tie", "tie", 5),
        ("error", "model_1", 6),
        ("model_2", "error", 7),
        ("model_1", "A", 8),
    ]);
    let outcomes: Vec<_> = reading.battles.iter().map(|battle| battle.outcome).collect();
    assert_eq!(outcomes, [Outcome::A, Outcome::B, Outcome::Tie, Outcome::Tie, Outcome::Tie]);
    let battle = &reading.battles[0];
    assert_eq!((&*battle.model_a.raw, battle.judge.as_deref(), battle.turn), ("x", Some("gpt-4"), Some(1)));
    assert_eq!((battle.question.as_deref(), battle.time.as_ref().unwrap().day()), (Some("1"), "1970-01-01"));
    assert_eq!(codes(&reading), ["unreadable-judgment 8:1", "unreadable-judgment 9:1", "no-verdict"]);
}

#[test]
fn a_pair_judged_again_counts_once() {
    let reading = pair(&[("model_1", "model_1", 21), ("model_2", "model_2", 11), ("tie", "tie", 31)]);
    assert_eq!(reading.battles.iter().map(|battle| battle.outcome).collect::<Vec<_>>(), [Outcome::Tie]);
    assert!(codes(&reading).contains(&"repeated-judgment".to_owned()));
}

#[test]
fn questions_and_answers_are_no_scores() {
    for row in [
        r#"{"question_id": 81, "category": "writing", "turns": ["a"]}"#,
        r#"{"question_id": 81, "model_id": "x", "choices": []}"#,
    ] {
        assert_eq!(codes(&read_text("question.jsonl", &format!("{row}\n{row}\n"))), ["no-scores"]);
    }
}
