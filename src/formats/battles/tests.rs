use crate::formats::testing::{codes, read_text};
use crate::formats::{File, PART, Reading, read_in_parts};
use std::sync::{Arc, Mutex};

/// `a outcome b` of every battle.
fn fought(reading: &Reading) -> Vec<String> {
    let battles = reading.battles.iter();
    battles.map(|it| format!("{} {:?} {}", it.model_a.raw, it.outcome, it.model_b.raw)).collect()
}

const LINES: &str = r#"{"question_id": "q1", "model_a": "x", "model_b": "y", "winner": "model_b", "judge": "u7", "turn": 2, "anony": true, "language": "English", "tstamp": 1700000000.25}
{"question_id": "q1", "model_a": "y", "model_b": "x", "winner": "tie (bothbad)", "judge": ["gpt-4", "pair-v2"], "anony": false}
{"question_id": "q1", "model_a": "x", "model_b": "y", "winner": "tie"}
{"question_id": "q1", "model_a": "x", "model_b": "y", "winner": "tie"}
{"question_id": "q2", "model_a": "x", "model_b": "x", "winner": "model_a"}
"#;

#[test]
fn arena_votes_keep_sides_repetitions_and_self_comparisons() {
    let reading = read_text("votes.jsonl", LINES);
    assert_eq!(codes(&reading), [""; 0]);
    assert_eq!(fought(&reading), ["x B y", "y BothBad x", "x Tie y", "x Tie y", "x A x"]);
    let first = &reading.battles[0];
    assert_eq!((first.judge.as_deref(), first.turn, first.anonymous), (Some("u7"), Some(2), Some(true)));
    assert_eq!((first.language.as_deref(), first.question.as_deref()), (Some("English"), Some("q1")));
    assert_eq!(first.time.as_ref().unwrap().as_str(), "2023-11-14T22:13:20.25Z");
    assert_eq!(first.provenance.place.to_string(), "1:/winner");
    let second = &reading.battles[1];
    assert_eq!((second.judge.as_deref(), second.anonymous, &second.time), (Some("gpt-4"), Some(false), &None));
    assert_eq!((reading.battles[2].anonymous, reading.battles[2].weight), (None, 1));
}

#[test]
fn an_unknown_outcome_is_reported_and_no_tie() {
    let text = "model_a,model_b,winner\nx,y,model_a\nx,y,Model_A\nx,y,\n,y,tie\nx,y,tie,z\nx,y,both_bad\n";
    let reading = read_text("votes.csv", text);
    assert_eq!(fought(&reading), ["x A y", "x BothBad y"]);
    let expected =
        ["unreadable-judgment 3:5", "unreadable-judgment 4:5", "unreadable-judgment 5:4", "unreadable-judgment 6:1"];
    assert_eq!(codes(&reading), expected);
    assert!(reading.diagnostics.iter().next().unwrap().message.contains("\"Model_A\" is no outcome"));
    assert_eq!(reading.battles[1].provenance.place.to_string(), "7:5");
}

#[test]
fn crowd_votes_name_the_sides_and_number_the_models() {
    let text = "id,prompt,model_x,model_y,worker,winner,left,right\n\
        0,8,97,98,w1,right,\"Model, large\",Small\n1,8,98,97,w1,left,Small,\"Model, large\"\n2,8,1,2,,tie,A,B\n\
        3,8,1,2,w2,model_a,A,B\n";
    let reading = read_text("crowd.csv", text);
    assert_eq!(fought(&reading), ["Model, large B Small", "Small A Model, large", "A Tie B"]);
    assert_eq!(codes(&reading), ["unreadable-judgment 5:12"]);
    let first = &reading.battles[0];
    assert_eq!((first.judge.as_deref(), first.question.as_deref()), (Some("w1"), Some("8")));
    assert_eq!(reading.battles[2].judge, None);
}

#[test]
fn an_array_is_read_by_pointer() {
    let text = r#"[{"model_a": "x", "model_b": 7, "winner": "bothbad", "turn": 0}, 5, {"model_a": null}]"#;
    let reading = read_text("votes.json", text);
    assert_eq!(fought(&reading), ["x BothBad 7"]);
    assert_eq!(reading.battles[0].provenance.place.to_string(), "/0/winner");
    assert_eq!((codes(&reading).len(), reading.battles[0].turn), (2, None));
    assert!(reading.diagnostics.iter().next().unwrap().message.starts_with("/1: "));
}

#[test]
fn faults_are_counted_after_the_first_twenty() {
    let text = format!("left,right,winner\n{}", "a,b,?\n".repeat(1000));
    let reading = read_text("crowd.csv", &text);
    assert_eq!((reading.battles.len(), codes(&reading).len()), (0, 22));
    assert!(reading.diagnostics.iter().any(|problem| problem.message.starts_with("980 more")));
}

#[test]
fn other_tables_are_not_claimed() {
    for (path, text) in [("x.csv", "model_a,model_b,score\n"), ("x.json", "[[1]]"), ("x.json", "[]")] {
        assert_eq!(codes(&read_text(path, text)), ["unrecognised-result-file"], "{text}");
    }
}

#[test]
fn lengths_are_stated_or_counted_and_otherwise_unknown() {
    let row = |more: &str| format!("{{\"model_a\": \"x\", \"model_b\": \"y\", \"winner\": \"tie\"{more}}}");
    let said = |side: &str, content: &str| {
        format!(
            r#", "conversation_{side}": [{{"role": "user", "content": "??"}}, {{"role": "assistant", "content": {content}}}]"#
        )
    };
    let stated = r#", "conv_metadata": {"sum_assistant_a_tokens": 12, "sum_assistant_b_tokens": 0}"#;
    let rows = [
        row(&(said("a", "\"短い\"") + &said("b", "\"\""))),
        row(&(said("a", "\"a\"") + &said("b", "\"b\"") + stated)),
        row(&said("a", "\"a\"")),
        row(&(said("a", "\"a\"") + &said("b", "[\"a picture\"]"))),
        row(r#", "conversation_a": [], "conversation_b": []"#),
        row(r#", "conv_metadata": {"sum_assistant_a_tokens": 12, "sum_assistant_b_tokens": -1}"#),
    ];
    let reading = read_text("a.jsonl", &rows.join("\n"));
    let lengths: Vec<_> = reading.battles.iter().map(|battle| battle.lengths).collect();
    assert_eq!(lengths, [Some([2, 0]), Some([12, 0]), None, None, None, None]);
}

#[test]
fn battles_that_are_handed_on_in_parts_are_those_of_the_whole_file() {
    let row = |number: usize| {
        // Two of the rows have no name on one side.
        let name = if number % PART == 7 { " ".to_owned() } else { format!("m{}", number % 40) };
        let side = ["a", "b"][number % 2];
        format!("{{\"model_a\": \"{name}\", \"model_b\": \"other\", \"winner\": \"model_{side}\"}}\n")
    };
    let text: String = (0..2 * PART + 5).map(row).collect();
    let whole = read_text("votes.jsonl", &text);
    let parts = Arc::new(Mutex::new(Vec::new()));
    let taker = {
        let parts = Arc::clone(&parts);
        move |part| parts.lock().unwrap().push(part)
    };
    let open = || Ok(Box::new(text.as_bytes()) as Box<dyn std::io::Read>);
    let file = File { path: "votes.jsonl", size: text.len() as u64, open: &open, sibling: &|_| None };
    let reading = read_in_parts(&file, Arc::default(), Box::new(taker));
    let parts = std::mem::take(&mut *parts.lock().unwrap());
    assert_eq!((parts.len(), reading.battles.len()), (2, 5));
    let all: Vec<_> = parts.into_iter().flatten().chain(reading.battles).collect();
    assert_eq!(all.len(), 2 * PART + 3);
    assert_eq!(all, whole.battles);
    let said = |reading: &crate::diagnostic::Diagnostics| -> Vec<String> {
        reading.iter().map(|problem| problem.message.clone()).collect()
    };
    assert_eq!(said(&reading.diagnostics), said(&whole.diagnostics));
    assert!(said(&whole.diagnostics)[0].starts_with("2 results have a blank"), "{:?}", said(&whole.diagnostics));
}
