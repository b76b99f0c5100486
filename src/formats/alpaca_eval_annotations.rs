//! AlpacaEval annotations: `results/<model>/<annotator>/annotations.json`, the judge's preference between the baseline's
//! answer and the model's, one in a row.
//!
//! A preference is a number from 1 (the baseline's answer) to 2 (the model's); 0 and 1.5 are draws. Item scores keep it
//! whole: preference − 1, a draw as 0.5, so that their mean is the win rate. A battle has no half outcomes: it goes to
//! the side that the preference is nearer to, which is what AlpacaEval's discrete win rate counts. Of the answers only their
//! lengths are kept, for the length-controlled win rate.

use super::json::{self, Json, Look, Object};
use super::judged::{self, Names, RowAt, Unreadable};
use super::{Format, Holds, Input, Reading};
use crate::record::{Battle, Direction, Field, ItemScores, Metric, ModelName, Outcome, Protocol, Unit};
use foldhash::HashMap;
use std::sync::Arc;

pub struct AlpacaEvalAnnotations;

impl Format for AlpacaEvalAnnotations {
    fn name(&self) -> &'static str {
        "alpaca-eval-annotations"
    }

    fn title(&self) -> &'static str {
        "AlpacaEval annotations"
    }

    fn example(&self) -> &'static str {
        "results/<model>/<annotator>/annotations.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let first = judged::first_row(&input.content)?;
        let keys = ["generator_1", "generator_2", "preference", "instruction"];
        keys.iter().all(|key| first.contains_key(*key)).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let mut annotations = Annotations::new();
        judged::each_row(&input.content, reading, |at, row, reading| annotations.add(at, row, reading));
        annotations.finish(reading);
    }
}

struct Annotations {
    names: Names,
    metric: Arc<Metric>,
    /// Baseline, model and annotator → the place among the readings' item scores.
    runs: HashMap<[Arc<str>; 3], usize>,
    rows: usize,
    without_verdict: usize,
    unreadable: Unreadable,
}

impl Annotations {
    fn new() -> Self {
        let metric = Metric { name: "win_rate".into(), unit: Unit::Fraction, direction: Direction::Higher };
        Self {
            names: Names::default(),
            metric: Arc::new(metric),
            runs: HashMap::default(),
            rows: 0,
            without_verdict: 0,
            unreadable: Unreadable::default(),
        }
    }

    fn add(&mut self, at: RowAt, row: &Object, reading: &mut Reading) {
        self.rows += 1;
        let (Some(baseline), Some(model), Some(instruction)) =
            (row.text("generator_1"), row.text("generator_2"), row.text("instruction"))
        else {
            let reason = "the annotation does not name both generators and the instruction";
            return self.unreadable.report(reading, |problem| at.locate(problem), reason);
        };
        let preference = row.get("preference").unwrap_or(&Json::Null);
        if preference.is_null() || json::number(preference).is_some_and(|number| number.is_missing()) {
            self.without_verdict += 1;
            return;
        }
        let Some(score) = score(preference) else {
            let reason = format!("{} is no preference from 1 to 2, and not 0", json::quote(preference));
            return self.unreadable.report(reading, |problem| at.locate(problem), &reason);
        };
        let (baseline, model) = (self.names.name(baseline), self.names.name(model));
        let judge = row.text("annotator").map(|name| self.names.name(name).raw);
        let run = self.run(at, &baseline, &model, judge.clone(), reading);
        if let Some(items) = reading.items.get_mut(run) {
            items.push(instruction, score);
        }
        let provenance = reading.provenance(at.place(["preference"]), None);
        reading.battles.push(Battle {
            judge,
            question: Some(judged::question(instruction)),
            preference: Some(score),
            lengths: length(row, "output_1").zip(length(row, "output_2")).map(<[u32; 2]>::from),
            ..Battle::new(baseline, model, outcome(score), provenance)
        });
    }

    /// The item scores of one model, judged by one annotator against one baseline.
    fn run(
        &mut self,
        at: RowAt,
        baseline: &ModelName,
        model: &ModelName,
        judge: Option<Arc<str>>,
        reading: &mut Reading,
    ) -> usize {
        let key = [Arc::clone(&baseline.raw), Arc::clone(&model.raw), judge.clone().unwrap_or_default()];
        *self.runs.entry(key).or_insert_with(|| {
            let protocol = Protocol::default()
                .with(Field::Harness, "alpaca_eval")
                .with(Field::Baseline, Arc::clone(&baseline.raw))
                .with_any(Field::Judge, judge);
            let provenance = reading.provenance(at.place(["preference"]), None);
            let (metric, protocol) = (Arc::clone(&self.metric), Arc::new(protocol));
            let items = ItemScores::new(model.clone(), "AlpacaEval".into(), None, metric, protocol, provenance);
            reading.items.push(items);
            reading.items.len() - 1
        })
    }

    fn finish(self, reading: &mut Reading) {
        judged::report_without_verdict(self.without_verdict, self.rows, reading);
        self.unreadable.finish(reading);
    }
}

/// How long an answer is, in characters (Unicode scalar values, as Python counts them); `None` where there is no text.
fn length(row: &Object, key: &str) -> Option<u32> {
    let answer = row.get(key).filter(|answer| json::number(answer).is_none())?.as_str()?;
    u32::try_from(answer.chars().count()).ok()
}

/// The model's share of the comparison, from 0 to 1.
fn score(preference: &Json) -> Option<f64> {
    match json::number(preference)?.finite()? {
        0.0 => Some(0.5),
        preference if (1.0..=2.0).contains(&preference) => Some(preference - 1.0),
        _ => None,
    }
}

fn outcome(score: f64) -> Outcome {
    match score {
        score if score < 0.5 => Outcome::A,
        score if score > 0.5 => Outcome::B,
        _ => Outcome::Tie,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing::{codes, read_text};

    fn annotation(instruction: &str, preference: &str) -> String {
        format!(
            r#"{{"instruction": "{instruction}", "dataset": "d", "generator_1": "base", "generator_2": "x",
            "annotator": "judge", "preference": {preference}}}"#
        )
    }

    fn read(preferences: &[&str]) -> Reading {
        let rows: Vec<_> = preferences.iter().enumerate().map(|(i, it)| annotation(&format!("q{i}"), it)).collect();
        read_text("annotations.json", &format!("[{}]", rows.join(",")))
    }

    #[test]
    fn scores_keep_the_preference_and_battles_its_side() {
        let reading = read(&["1", "2.0", "0", "1.5", "1.25", "1.75"]);
        assert_eq!(codes(&reading), [""; 0]);
        let [items] = &reading.items[..] else { panic!("{:?}", reading.items) };
        assert_eq!(items.scores(), [0.0, 1.0, 0.5, 0.5, 0.25, 0.75]);
        assert_eq!((items.items()[1], items.metric.unit), (crate::record::ItemKey::of("q1"), Unit::Fraction));
        let stated: Vec<_> = items.protocol.iter().map(|(field, value)| format!("{field}={value}")).collect();
        assert_eq!(stated, ["judge=judge", "baseline=base", "harness=alpaca_eval"]);
        let outcomes: Vec<_> = reading.battles.iter().map(|battle| battle.outcome).collect();
        let expected = [Outcome::A, Outcome::B, Outcome::Tie, Outcome::Tie, Outcome::A, Outcome::B];
        assert_eq!(outcomes, expected);
        let battle = &reading.battles[4];
        assert_eq!((&*battle.model_a.raw, &*battle.model_b.raw, battle.judge.as_deref()), ("base", "x", Some("judge")));
        assert_eq!((battle.question.as_deref(), battle.weight), (Some("q4"), 1));
        assert_eq!(battle.provenance.place.to_string(), "/4/preference");
    }

    #[test]
    fn what_was_not_parsed_is_counted_and_dropped() {
        let reading = read(&["null", "2", "NaN", "3", "-1", "\"2\"", "0.5"]);
        assert_eq!((reading.battles.len(), reading.items[0].len()), (1, 1));
        let mut expected = vec!["unreadable-judgment"; 4];
        expected.push("no-verdict");
        assert_eq!(codes(&reading), expected);
        let last = reading.diagnostics.iter().last().unwrap();
        assert_eq!(last.message, "2 of 7 judgments have no verdict");
    }

    #[test]
    fn lengths_are_characters_and_unknown_without_both_texts() {
        let with = |outputs: &str| annotation("q", "1.25").replacen('{', &format!("{{{outputs} "), 1);
        let rows = [
            with(r#""output_1": "短い", "output_2": "\u00e9a\n","#),
            with(r#""output_1": "", "output_2": "abc","#),
            with(r#""output_1": "abc","#),
            with(r#""output_1": NaN, "output_2": null,"#),
        ];
        let reading = read_text("annotations.json", &format!("[{}]", rows.join(",")));
        let lengths: Vec<_> = reading.battles.iter().map(|battle| battle.lengths).collect();
        assert_eq!(lengths, [Some([2, 3]), Some([0, 3]), None, None]);
        assert_eq!(reading.battles[0].preference, Some(0.25));
    }

    #[test]
    fn runs_are_kept_apart() {
        let lines = [annotation("q", "1"), annotation("q", "2").replace("judge", "other"), "{}".into()];
        let lines = lines.map(|line| line.replace('\n', " ")).join("\n");
        let reading = read_text("annotations.jsonl", &lines);
        assert_eq!(reading.items.iter().map(ItemScores::len).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(codes(&reading), ["unreadable-judgment 3:1"]);
        assert_eq!(reading.items[1].provenance.place.to_string(), "2:/preference");
    }
}
