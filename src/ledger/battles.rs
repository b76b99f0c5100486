//! The battles of a file, as compact as boards allow, with what their names mean.
//!
//! A file may hold millions of battles. Of each only numbers are kept, as soon as it is read; battles that say the same are
//! kept once with their count, unless they state times: these have an order, which ratings as a history follow.

use super::names::{Names, complete_variant};
use crate::catalog::ModelIx;
use crate::record::{Battle, Date, ModelName, Origin, Outcome, Variant};
use foldhash::HashMap;
use std::num::NonZeroU32;
use std::sync::Arc;

/// A model, and what sets it apart from others of its name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Contestant {
    pub model: ModelIx,
    pub variant: Arc<Variant>,
}

/// The battles of one file.
#[derive(Debug)]
pub struct BattleFile {
    pub origin: Arc<Origin>,
    /// Rows of the file that could not be read.
    pub unreadable: u64,
    /// Votes give models by their places here; several names may mean the same.
    pub contestants: Vec<Contestant>,
    kept: Kept,
}

/// Battles that say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vote<'a> {
    /// The places of both models in [`BattleFile::contestants`].
    pub a: usize,
    pub b: usize,
    pub outcome: Outcome,
    /// 1, or how many plain verdicts each of them counts for.
    pub weight: u32,
    pub anonymous: Option<bool>,
    pub judge: Option<&'a str>,
    pub language: Option<&'a str>,
    pub question: Option<&'a str>,
    /// As [`Date`] writes it.
    pub time: Option<&'a str>,
    /// How many there are.
    pub times: u64,
}

impl BattleFile {
    /// Those with times in the order of the file.
    pub fn votes(&self) -> impl Iterator<Item = Vote<'_>> {
        self.kept.rows.iter().map(|row| self.kept.vote(row))
    }
}

/// Battles before it is known what their names mean.
#[derive(Debug, Default)]
pub(super) struct Kept {
    names: Vec<ModelName>,
    texts: Vec<Arc<str>>,
    rows: Vec<Row>,
}

/// A text of [`Kept::texts`] by its number, counted from 1.
type TextIx = Option<NonZeroU32>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Row {
    a: u32,
    b: u32,
    outcome: Outcome,
    anonymous: Option<bool>,
    weight: u32,
    judge: TextIx,
    language: TextIx,
    question: TextIx,
    time: TextIx,
    times: u32,
}

impl Kept {
    /// With what the names mean; `None` where there are no battles.
    pub fn resolve(self, origin: &Arc<Origin>, unreadable: u64, names: &mut Names) -> Option<BattleFile> {
        if self.rows.is_empty() {
            return None;
        }
        let mut battles = vec![0usize; self.names.len()];
        for row in &self.rows {
            battles[row.a as usize] += row.times as usize;
            battles[row.b as usize] += row.times as usize;
        }
        let contestant = |(name, battles): (&ModelName, usize)| {
            let mut name = name.clone();
            let (model, parts) = names.contestant(&name.raw, battles, origin);
            complete_variant(&mut name, &parts);
            Contestant { model, variant: name.variant }
        };
        let contestants = self.names.iter().zip(battles).map(contestant).collect();
        Some(BattleFile { origin: Arc::clone(origin), unreadable, contestants, kept: self })
    }

    fn vote(&self, row: &Row) -> Vote<'_> {
        let text = |index: TextIx| Some(&*self.texts[index?.get() as usize - 1]);
        Vote {
            a: row.a as usize,
            b: row.b as usize,
            outcome: row.outcome,
            weight: row.weight,
            anonymous: row.anonymous,
            judge: text(row.judge),
            language: text(row.language),
            question: text(row.question),
            time: text(row.time),
            times: u64::from(row.times),
        }
    }
}

/// Gives numbers to names and texts, and counts.
#[derive(Default)]
pub(super) struct Keeper {
    kept: Kept,
    /// How often rows without a time were there.
    counts: HashMap<Row, u32>,
    names: HashMap<ModelName, u32>,
    texts: HashMap<Arc<str>, NonZeroU32>,
}

impl Keeper {
    /// All of them: those without a time first, in an order of their own.
    pub fn finish(self) -> Kept {
        let Self { mut kept, counts, .. } = self;
        let mut rows: Vec<Row> = counts.into_iter().map(|(row, times)| Row { times, ..row }).collect();
        rows.sort_unstable();
        rows.append(&mut kept.rows);
        rows.shrink_to_fit();
        Kept { rows, ..kept }
    }

    pub fn add(&mut self, battle: Battle) {
        let Battle { model_a, model_b, outcome, weight, judge, anonymous, language, time, question, .. } = battle;
        let row = Row {
            a: self.name(model_a),
            b: self.name(model_b),
            outcome,
            anonymous,
            weight,
            judge: self.text(judge.as_deref()),
            language: self.text(language.as_deref()),
            question: self.text(question.as_deref()),
            time: self.text(time.as_ref().map(Date::as_str)),
            times: 1,
        };
        if row.time.is_some() {
            return self.kept.rows.push(row);
        }
        let times = self.counts.entry(row).or_default();
        match times.checked_add(1) {
            Some(sum) => *times = sum,
            // More than one row can count: so many stay a row of their own.
            None => self.kept.rows.push(Row { times: std::mem::replace(times, 1), ..row }),
        }
    }

    fn name(&mut self, name: ModelName) -> u32 {
        if let Some(number) = self.names.get(&name) {
            return *number;
        }
        let number = self.kept.names.len() as u32;
        self.kept.names.push(name.clone());
        self.names.insert(name, number);
        number
    }

    fn text(&mut self, text: Option<&str>) -> TextIx {
        let text = text?;
        if let Some(number) = self.texts.get(text) {
            return Some(*number);
        }
        let shared: Arc<str> = text.into();
        self.kept.texts.push(Arc::clone(&shared));
        let number = NonZeroU32::new(self.kept.texts.len() as u32)?;
        self.texts.insert(shared, number);
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Place, Provenance, Reporter, Source};

    fn kept(battles: Vec<Battle>) -> Kept {
        let mut keeper = Keeper::default();
        battles.into_iter().for_each(|battle| keeper.add(battle));
        keeper.finish()
    }

    fn battle(a: &str, b: &str, outcome: Outcome) -> Battle {
        let origin = Origin {
            path: "data/results/v.csv".into(),
            sha256: "".into(),
            bytes: 0,
            format: "battles",
            source: Arc::<Source>::default(),
        };
        let provenance = Provenance {
            origin: Arc::new(origin),
            place: Place::Pointer("".into()),
            date: None,
            reporter: Reporter::default(),
            url: None,
        };
        Battle::new(ModelName::new(a), ModelName::new(b), outcome, provenance)
    }

    #[test]
    fn battles_that_say_the_same_are_kept_once() {
        let kept = kept(vec![
            battle("x", "y", Outcome::A),
            battle("y", "x", Outcome::A),
            battle("x", "y", Outcome::A),
            Battle { judge: Some("j".into()), ..battle("x", "y", Outcome::A) },
        ]);
        let votes: Vec<_> = kept.rows.iter().map(|row| kept.vote(row)).collect();
        assert_eq!(
            votes.iter().map(|vote| (vote.a, vote.judge, vote.times)).collect::<Vec<_>>(),
            [(0, None, 2), (0, Some("j"), 1), (1, None, 1)]
        );
    }

    #[test]
    fn battles_with_times_keep_their_order() {
        let at = |time: &str, outcome| Battle { time: Date::parse(time), ..battle("x", "y", outcome) };
        let kept = kept(vec![at("2024-02", Outcome::B), at("2024-01", Outcome::A), at("2024-02", Outcome::B)]);
        let times: Vec<_> = kept.rows.iter().map(|row| kept.vote(row).time).collect();
        assert_eq!(times, [Some("2024-02"), Some("2024-01"), Some("2024-02")]);
    }
}
