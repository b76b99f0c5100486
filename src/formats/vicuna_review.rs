//! Reviews of March 2023, before MT-bench: `review_<A>_<B>.jsonl`, two scores for the answers of two models to one question.
//!
//! The models stand in the file's name alone. The judge saw both answers at once, so a score is one beside that opponent.

use super::json::{self, Json, Look, Object};
use super::judged::{self, Unreadable};
use super::{Format, Holds, Input, Reading, names};
use crate::record::{Battle, Direction, Field, ItemScores, Metric, ModelName, Outcome, Protocol, Provenance, Unit};
use std::sync::Arc;

pub struct VicunaReview;

impl Format for VicunaReview {
    fn name(&self) -> &'static str {
        "vicuna-review"
    }

    fn title(&self) -> &'static str {
        "Vicuna reviews of two models"
    }

    fn example(&self) -> &'static str {
        "review_<A>_<B>.jsonl"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let first = judged::first_row(&input.content)?;
        let keys = ["question_id", "answer1_id", "answer2_id", "score"];
        keys.iter().all(|key| first.contains_key(*key)).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Some((first, second)) = models(input.path) else {
            let problem = reading.error("no-model", "the file's name does not say which two models were reviewed");
            return reading.diagnostics.push(problem.hint("call it `review_<A>_<B>.jsonl`, A and B without `_`"));
        };
        let mut scores: Option<[ItemScores; 2]> = None;
        let (mut rows, mut without_verdict, mut unreadable) = (0, 0, Unreadable::default());
        judged::each_row(&input.content, reading, |at, row, reading| {
            rows += 1;
            let (Some(question), Some([one, other])) = (row.scalar("question_id"), pair_of_scores(row)) else {
                let reason = "the review names no question, or has not two scores";
                return unreadable.report(reading, |problem| at.locate(problem), reason);
            };
            if one < 0.0 || other < 0.0 {
                without_verdict += 1;
                return;
            }
            let provenance = reading.provenance(at.place(["score"]), None);
            let [ones, others] = scores.get_or_insert_with(|| items(&first, &second, &provenance));
            ones.push(question, one);
            others.push(question, other);
            reading.battles.push(Battle {
                judge: row.scalar("reviewer_id").map(Arc::from),
                question: Some(judged::question(question)),
                ..Battle::new(first.clone(), second.clone(), outcome(one, other), provenance)
            });
        });
        reading.items.extend(scores.into_iter().flatten());
        judged::report_without_verdict(without_verdict, rows, reading);
        unreadable.finish(reading);
    }
}

/// The two models of `review_<A>_<B>`; `None` when it is not clear where one name ends.
fn models(path: &str) -> Option<(ModelName, ModelName)> {
    let (first, second) = names::stem(path).strip_prefix("review_")?.split_once('_')?;
    let clear = !first.is_empty() && !second.is_empty() && !second.contains('_');
    clear.then(|| (ModelName::new(first), ModelName::new(second)))
}

fn pair_of_scores(row: &Object) -> Option<[f64; 2]> {
    let Json::Array(scores) = row.get("score")? else { return None };
    let [one, other] = &scores[..] else { return None };
    Some([json::number(one)?.finite()?, json::number(other)?.finite()?])
}

fn items(first: &ModelName, second: &ModelName, provenance: &Provenance) -> [ItemScores; 2] {
    let metric = Arc::new(Metric { name: "score".into(), unit: Unit::Points, direction: Direction::Higher });
    [(first, second), (second, first)].map(|(model, opponent)| {
        let protocol = Arc::new(Protocol::default().with(Field::Baseline, Arc::clone(&opponent.raw)));
        let metric = Arc::clone(&metric);
        ItemScores::new(model.clone(), "vicuna_bench".into(), None, metric, protocol, provenance.clone())
    })
}

fn outcome(one: f64, other: f64) -> Outcome {
    match one.total_cmp(&other) {
        std::cmp::Ordering::Greater => Outcome::A,
        std::cmp::Ordering::Less => Outcome::B,
        std::cmp::Ordering::Equal => Outcome::Tie,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing::{codes, read_text};

    fn read(path: &str, scores: &[&str]) -> Reading {
        let rows = scores.iter().zip(1..).map(|(score, question)| {
            format!(
                r#"{{"question_id": {question}, "answer1_id": "a", "answer2_id": "b", "reviewer_id": 1, "text": "", "score": {score}}}"#
            )
        });
        read_text(path, &rows.collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn a_review_is_a_battle_and_two_scores() {
        let reading = read("review_bard_x-7b.jsonl", &["[9.0, 8.5]", "[10, 10]", "[1, 2]"]);
        assert_eq!(codes(&reading), [""; 0]);
        let outcomes: Vec<_> = reading.battles.iter().map(|battle| battle.outcome).collect();
        assert_eq!(outcomes, [Outcome::A, Outcome::Tie, Outcome::B]);
        assert_eq!(reading.battles[0].judge.as_deref(), Some("1"));
        let found: Vec<_> = (reading.items.iter())
            .map(|it| format!("{} {:?} {:?}", it.model.raw, it.protocol.get(Field::Baseline), it.scores()))
            .collect();
        assert_eq!(found, [r#"bard Some("x-7b") [9.0, 10.0, 1.0]"#, r#"x-7b Some("bard") [8.5, 10.0, 2.0]"#]);
    }

    #[test]
    fn reviews_without_scores_are_counted() {
        let reading = read("review_a_b.jsonl", &["[-1, -1]", "[1]", "5", "[1, \"2\"]"]);
        assert!(reading.battles.is_empty() && reading.items.is_empty());
        assert_eq!(codes(&reading).iter().filter(|code| code.starts_with("unreadable-judgment")).count(), 3);
        assert!(reading.diagnostics.iter().any(|problem| problem.message == "1 of 4 judgments have no verdict"));
    }

    #[test]
    fn a_name_that_may_be_cut_in_two_ways_is_not_cut() {
        for path in ["review_a_b_c.jsonl", "review_a.jsonl", "reviews.jsonl"] {
            assert_eq!(codes(&read(path, &["[1, 2]", "[1, 2]"])), ["no-model"], "{path}");
        }
    }
}
