//! MT-bench judgments as FastChat writes them: `<judge>_single.jsonl`, a score for each answer, and `<judge>_pair.jsonl`, two
//! games of each pair of answers.
//!
//! The question set is the folder above `model_judgment`: the lines number questions and do not say of which set. A
//! judgment that was made again counts once, by its latest time.

mod pair;
mod single;

use super::json::{self, Json, Object};
use super::judged::{self, Unreadable};
use super::{Format, Holds, Input, Reading, names};
use crate::record::Date;
use foldhash::HashMap;
use std::hash::Hash;

pub struct MtBench;

impl Format for MtBench {
    fn name(&self) -> &'static str {
        "mt-bench"
    }

    fn title(&self) -> &'static str {
        "MT-bench judgments (FastChat)"
    }

    fn example(&self) -> &'static str {
        "mt_bench/model_judgment/gpt-4_single.jsonl"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let first = judged::first_row(&input.content)?;
        let all = |keys: &[&str]| keys.iter().all(|key| first.contains_key(*key));
        if is_single(first) || is_pair(first) {
            return Some(Holds::Scores);
        }
        if all(&["question_id", "category", "turns"]) {
            return Some(Holds::Nothing("the questions of a benchmark are no scores"));
        }
        all(&["question_id", "model_id", "choices"]).then_some(Holds::Nothing("answers of a model are no scores"))
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        match judged::first_row(&input.content) {
            Some(first) if is_pair(first) => pair::read(input, reading),
            _ => single::read(input, reading),
        }
    }
}

fn is_single(row: &Object) -> bool {
    ["question_id", "model", "judge", "score", "turn"].iter().all(|key| row.contains_key(*key))
}

fn is_pair(row: &Object) -> bool {
    ["question_id", "model_1", "model_2", "g1_winner", "g2_winner"].iter().all(|key| row.contains_key(*key))
}

/// The question set: the folder above `model_judgment`, otherwise the one that holds the file; `llm_judge`, the name of
/// the program's folder, when neither says anything.
fn question_set(path: &str) -> &str {
    let mut folders = path.rsplit('/').skip(1);
    let holding = folders.next().filter(|folder| *folder != "model_judgment");
    let folder = holding.or_else(|| folders.next()).or_else(|| names::folder(path));
    folder.filter(|folder| !["", "results", "model_judgment"].contains(folder)).unwrap_or("llm_judge")
}

/// The judge's name, which stands before the name of its prompt.
fn judge(row: &Object) -> Option<&str> {
    match row.get("judge")? {
        Json::Array(parts) => json::scalar(parts.first()?),
        judge => json::scalar(judge),
    }
}

/// The turn, counted from 1.
fn turn(row: &Object) -> Option<u32> {
    let turn = row.get("turn").and_then(json::count)?;
    u32::try_from(turn).ok().filter(|turn| *turn > 0)
}

fn date(row: &Object) -> Option<Date> {
    row.get("tstamp").and_then(json::unix_date)
}

/// Of judgments of the same, the one with the latest time, or the last without times; in the order of the first.
struct Latest<K, T> {
    indices: HashMap<K, usize>,
    kept: Vec<(f64, T)>,
    repeated: usize,
}

impl<K: Eq + Hash, T> Latest<K, T> {
    fn new() -> Self {
        Self { indices: HashMap::default(), kept: Vec::new(), repeated: 0 }
    }

    fn add(&mut self, key: K, row: &Object, judgment: T) {
        let time = row.get("tstamp").and_then(json::number).and_then(|time| time.finite()).unwrap_or(f64::MIN);
        let index = *self.indices.entry(key).or_insert(self.kept.len());
        match self.kept.get_mut(index) {
            None => self.kept.push((time, judgment)),
            Some(kept) => {
                self.repeated += 1;
                if time >= kept.0 {
                    *kept = (time, judgment);
                }
            }
        }
    }
}

/// What became of the rows that gave nothing.
#[derive(Default)]
struct Losses {
    rows: usize,
    without_verdict: usize,
    unreadable: Unreadable,
}

impl Losses {
    fn report(self, repeated: usize, reading: &mut Reading) {
        judged::report_without_verdict(self.without_verdict, self.rows, reading);
        judged::report_repeated(repeated, reading);
        self.unreadable.finish(reading);
    }
}

#[cfg(test)]
mod tests;
