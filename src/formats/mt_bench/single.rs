//! Scores of single answers, from 1 to 10; −1 where the judge's answer had none.

use super::{Latest, Losses, date, judge, question_set, turn};
use crate::formats::json::{self, Json, Look, Object};
use crate::formats::judged::{self, RowAt};
use crate::formats::{Input, Reading};
use crate::record::{Date, Direction, Field, ItemKey, ItemScores, Metric, ModelName, Protocol, Unit};
use foldhash::HashMap;
use std::sync::Arc;

/// Model, judge and turn: what has item scores of its own.
type Run = (Box<str>, Option<Box<str>>, u32);

struct Judgment {
    run: Run,
    question: Box<str>,
    score: f64,
    at: RowAt,
    date: Option<Date>,
}

pub fn read(input: &Input, reading: &mut Reading) {
    let mut losses = Losses::default();
    let mut judgments = Latest::new();
    judged::each_row(&input.content, reading, |at, row, reading| {
        losses.rows += 1;
        let Some(run) = run(row) else {
            let reason = "the judgment names no model, or no turn from 1";
            return losses.unreadable.report(reading, |problem| at.locate(problem), reason);
        };
        let Some(question) = row.scalar("question_id") else {
            return losses.unreadable.report(reading, |problem| at.locate(problem), "the judgment names no question");
        };
        let written = row.get("score").unwrap_or(&Json::Null);
        match json::number(written).and_then(|score| score.finite()) {
            Some(-1.0) => losses.without_verdict += 1,
            Some(score) if score >= 0.0 => {
                let judgment = Judgment { run: run.clone(), question: question.into(), score, at, date: date(row) };
                judgments.add((run, ItemKey::of(question)), row, judgment);
            }
            _ => {
                let reason = format!("{} is no score from 1 to 10, and not -1", json::quote(written));
                losses.unreadable.report(reading, |problem| at.locate(problem), &reason);
            }
        }
    });
    losses.report(judgments.repeated, reading);
    let kept = judgments.kept.into_iter().map(|(_, judgment)| judgment);
    let items = item_scores(kept, question_set(input.path), reading);
    reading.items.extend(items);
}

fn run(row: &Object) -> Option<Run> {
    Some((row.scalar("model")?.into(), judge(row).map(Box::from), turn(row)?))
}

fn item_scores(judgments: impl Iterator<Item = Judgment>, set: &str, reading: &Reading) -> Vec<ItemScores> {
    let benchmark: Arc<str> = set.into();
    let metric = Arc::new(Metric { name: "score".into(), unit: Unit::Points, direction: Direction::Higher });
    let mut indices: HashMap<Run, usize> = HashMap::default();
    let mut all = Vec::new();
    for judgment in judgments {
        let (model, judge, turn) = &judgment.run;
        let index = *indices.entry(judgment.run.clone()).or_insert(all.len());
        if index == all.len() {
            let protocol =
                Protocol::default().with(Field::Harness, "FastChat").with_any(Field::Judge, judge.as_deref());
            all.push(ItemScores::new(
                ModelName::new(&**model),
                Arc::clone(&benchmark),
                Some(format!("turn {turn}").into()),
                Arc::clone(&metric),
                Arc::new(protocol),
                reading.provenance(judgment.at.place(["score"]), judgment.date),
            ));
        }
        if let Some(items) = all.get_mut(index) {
            items.push(&judgment.question, judgment.score);
        }
    }
    all
}
