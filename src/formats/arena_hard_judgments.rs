//! Arena-Hard-Auto judgments: `<set>/model_judgment/<judge>/<model>.jsonl`, two games of a model against a baseline for each
//! question, the second with sides swapped.
//!
//! Version 2 names the baseline. Version 0.1 does not, and forks of it use other ones than the original: there the
//! opponent is called `<set> baseline`, after the folder above `model_judgment`, and a card's alias can say which model
//! that is.

use super::json::{Json, Look, Object, quote};
use super::judged::{self, Names, RowAt, Unreadable};
use super::{Format, Holds, Input, Reading};
use crate::record::{Battle, ModelName, Outcome};
use std::sync::Arc;

pub struct ArenaHardJudgments;

/// How many plain verdicts a strong one counts for.
const STRONG: u32 = 3;

impl Format for ArenaHardJudgments {
    fn name(&self) -> &'static str {
        "arena-hard-judgments"
    }

    fn title(&self) -> &'static str {
        "Arena-Hard-Auto judgments"
    }

    fn example(&self) -> &'static str {
        "arena-hard-v0.1/model_judgment/<judge>/<model>.jsonl"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let first = judged::first_row(&input.content)?;
        let named = ["model", "judge"].iter().all(|key| first.contains_key(*key)) && question(first).is_some();
        (named && first.get("games").is_some_and(Json::is_array)).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let mut file = File { unnamed: unnamed_baseline(input.path), ..File::default() };
        judged::each_row(&input.content, reading, |at, row, reading| file.read_row(at, row, reading));
        judged::report_without_verdict(file.without_verdict, file.games, reading);
        file.unreadable.finish(reading);
    }
}

/// What the baseline is called when the lines do not name it.
fn unnamed_baseline(path: &str) -> String {
    let folders: Vec<_> = path.split('/').collect();
    let set = folders.windows(2).find(|pair| pair.last() == Some(&"model_judgment")).and_then(|pair| pair.first());
    format!("{} baseline", set.unwrap_or(&"arena-hard"))
}

/// Version 0.1 calls it `question_id`, version 2 `uid`.
fn question(row: &Object) -> Option<&str> {
    row.scalar("question_id").or_else(|| row.scalar("uid"))
}

#[derive(Default)]
struct File {
    unnamed: String,
    names: Names,
    games: usize,
    without_verdict: usize,
    unreadable: Unreadable,
}

impl File {
    fn read_row(&mut self, at: RowAt, row: &Object, reading: &mut Reading) {
        let (Some(model), Some(question), Some([first, second])) = (row.text("model"), question(row), games(row))
        else {
            let reason = "the judgment names no model or no question, or has not two games";
            return self.unreadable.report(reading, |problem| at.locate(problem), reason);
        };
        let model = self.names.name(model);
        let baseline = self.names.name(row.text("baseline").unwrap_or(&self.unnamed));
        let judge = row.text("judge").map(|judge| self.names.name(judge).raw);
        let question = judged::question(question);
        let mut game = |index, game, a: &ModelName, b: &ModelName| {
            let Some((outcome, weight)) = self.verdict(at, game, reading) else { return };
            let provenance = reading.provenance(at.place(["games", index, "score"]), None);
            reading.battles.push(Battle {
                weight,
                judge: judge.clone(),
                question: Some(Arc::clone(&question)),
                ..Battle::new(a.clone(), b.clone(), outcome, provenance)
            });
        };
        game("0", first, &baseline, &model);
        game("1", second, &model, &baseline);
    }

    /// The verdict of a game, which may be null as a whole.
    fn verdict(&mut self, at: RowAt, game: &Json, reading: &mut Reading) -> Option<(Outcome, u32)> {
        self.games += 1;
        let score = game.get("score").unwrap_or(&Json::Null);
        if score.is_null() {
            self.without_verdict += 1;
            return None;
        }
        let verdict = score.as_str().and_then(outcome);
        if verdict.is_none() {
            let reason = format!("{} is no verdict such as A>B", quote(score));
            self.unreadable.report(reading, |problem| at.locate(problem), &reason);
        }
        verdict
    }
}

fn games(row: &Object) -> Option<&[Json; 2]> {
    row.get("games")?.as_array()?.as_slice().try_into().ok()
}

/// Outcome and weight of a label; version 2 also writes them the other way round.
fn outcome(label: &str) -> Option<(Outcome, u32)> {
    Some(match label {
        "A>>B" | "B<<A" => (Outcome::A, STRONG),
        "A>B" | "B<A" => (Outcome::A, 1),
        "A=B" | "B=A" => (Outcome::Tie, 1),
        "B>A" | "A<B" => (Outcome::B, 1),
        "B>>A" | "A<<B" => (Outcome::B, STRONG),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing::{codes, read_text};

    /// `a outcome b weight` of every battle.
    fn fought(reading: &Reading) -> Vec<String> {
        let battles = reading.battles.iter();
        battles.map(|it| format!("{} {:?} {} {}", it.model_a.raw, it.outcome, it.model_b.raw, it.weight)).collect()
    }

    fn read(rows: &[&str]) -> Reading {
        read_text("data/arena-hard-v0.1/model_judgment/judge/x.jsonl", &rows.join("\n"))
    }

    #[test]
    fn sides_are_swapped_in_the_second_game_and_strong_verdicts_weigh_three() {
        let reading = read(&[
            r#"{"question_id": "q1", "model": "x", "judge": "j", "games": [{"score": "A>>B"}, {"score": "A>B"}]}"#,
            r#"{"question_id": "q2", "model": "x", "judge": "j", "games": [{"score": "A=B"}, {"score": "B>>A"}]}"#,
        ]);
        let expected = [
            "arena-hard-v0.1 baseline A x 3",
            "x A arena-hard-v0.1 baseline 1",
            "arena-hard-v0.1 baseline Tie x 1",
            "x B arena-hard-v0.1 baseline 3",
        ];
        assert_eq!((fought(&reading), codes(&reading).len()), (expected.map(str::to_owned).to_vec(), 0));
        let battle = &reading.battles[3];
        assert_eq!((battle.judge.as_deref(), battle.question.as_deref()), (Some("j"), Some("q2")));
        assert_eq!(battle.provenance.place.to_string(), "2:/games/1/score");
    }

    #[test]
    fn version_2_names_its_baseline_and_writes_labels_both_ways() {
        let row = r#"{"uid": "u", "category": "hard_prompt", "judge": "j", "model": "x", "baseline": "o3",
            "games": [{"score": "A<B"}, {"score": "B<<A"}]}"#;
        let reading = read_text("x.json", &format!("[{row}]"));
        assert_eq!(fought(&reading), ["o3 B x 1", "x A o3 3"]);
        assert_eq!(unnamed_baseline("x.json"), "arena-hard baseline");
    }

    #[test]
    fn games_without_a_verdict_are_dropped_one_by_one() {
        let reading = read(&[
            r#"{"question_id": 1, "model": "x", "judge": "j", "games": [null, {"score": "A>B"}]}"#,
            r#"{"question_id": 2, "model": "x", "judge": "j", "games": [{"score": null}, {"score": "A>C"}]}"#,
            r#"{"question_id": 3, "model": "x", "judge": "j", "games": [{"score": 5}]}"#,
            r#"{"question_id": 4, "judge": "j", "games": [{}, {}]}"#,
            r#"{"question_id": 5, "model": "x", "games": 5}"#,
        ]);
        assert_eq!(fought(&reading), ["x A arena-hard-v0.1 baseline 1"]);
        let expected = [
            "unreadable-judgment 2:1",
            "unreadable-judgment 3:1",
            "unreadable-judgment 4:1",
            "unreadable-judgment 5:1",
            "no-verdict",
        ];
        assert_eq!(codes(&reading), expected);
        assert_eq!(reading.diagnostics.iter().last().unwrap().message, "2 of 4 judgments have no verdict");
    }
}
