//! Pairs of answers, each shown to the judge twice, the second time with sides swapped.
//!
//! A win takes both games; anything else that is a verdict is a tie. So the sides of these battles are no places before
//! the judge.

use super::{Latest, Losses, date, judge, turn};
use crate::formats::json::{Look, Object};
use crate::formats::judged::{self, Names};
use crate::formats::{Input, Reading};
use crate::record::{Battle, Outcome};
use std::sync::Arc;

pub fn read(input: &Input, reading: &mut Reading) {
    let mut losses = Losses::default();
    let mut battles = Latest::new();
    let mut names = Names::default();
    judged::each_row(&input.content, reading, |at, row, reading| {
        losses.rows += 1;
        let (Some(first), Some(second), Some(question)) =
            (row.scalar("model_1"), row.scalar("model_2"), row.scalar("question_id"))
        else {
            let reason = "the judgment does not name both models and the question";
            return losses.unreadable.report(reading, |problem| at.locate(problem), reason);
        };
        let outcome = match verdict(row) {
            Verdict::Outcome(outcome) => outcome,
            Verdict::Missing => return losses.without_verdict += 1,
            Verdict::Unknown => {
                let reason = "a game's winner is none of model_1, model_2, tie and error";
                return losses.unreadable.report(reading, |problem| at.locate(problem), reason);
            }
        };
        let (first, second) = (names.name(first), names.name(second));
        let judge = judge(row).map(|judge| names.name(judge).raw);
        let question = judged::question(question);
        let key = (Arc::clone(&first.raw), Arc::clone(&second.raw), Arc::clone(&question), turn(row), judge.clone());
        let provenance = reading.provenance(at.place(["g1_winner"]), None);
        let battle = Battle {
            judge,
            time: date(row),
            question: Some(question),
            turn: turn(row),
            ..Battle::new(first, second, outcome, provenance)
        };
        battles.add(key, row, battle);
    });
    losses.report(battles.repeated, reading);
    reading.battles.extend(battles.kept.into_iter().map(|(_, battle)| battle));
}

enum Verdict {
    Outcome(Outcome),
    /// The judge's answer could not be read in one of the games.
    Missing,
    Unknown,
}

fn verdict(row: &Object) -> Verdict {
    let games = [row.text("g1_winner"), row.text("g2_winner")];
    let known = |game: &Option<&str>| matches!(game, Some("model_1" | "model_2" | "tie" | "error"));
    if !games.iter().all(known) {
        return Verdict::Unknown;
    }
    match games {
        [Some("error"), _] | [_, Some("error")] => Verdict::Missing,
        [Some("model_1"), Some("model_1")] => Verdict::Outcome(Outcome::A),
        [Some("model_2"), Some("model_2")] => Verdict::Outcome(Outcome::B),
        _ => Verdict::Outcome(Outcome::Tie),
    }
}
