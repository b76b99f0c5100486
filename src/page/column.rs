//! A benchmark in the columns of boards: who leads, and how the best score rose. Scores of different columns are never
//! put together: their protocols differ.

use super::chart::{ColumnScore, Scatter, of_column_by_release};
use super::facts::decimal;
use super::route::Route;
use super::table::{self, Head};
use super::{Here, Link, Site, variant};
use crate::board::definition::Subsets;
use crate::board::{AnyBoard, Board, Row};
use crate::catalog::BenchmarkIx;
use crate::record::{Direction, Field, Reporter, Unit};
use crate::stats::error::Level;
use crate::stats::ranks::{self, Critical, Estimate, Estimates, Plausible, RankSet};
use serde::Serialize;

/// A board's column for the benchmark, with two scores at least.
#[derive(Debug, Serialize)]
pub struct ColumnSection {
    pub board: Link,
    /// The column's own label, where it is not the benchmark's name.
    pub label: Option<String>,
    /// It holds parts of the benchmark.
    pub partial: bool,
    pub metric: Option<String>,
    pub protocol: Vec<(Field, String)>,
    pub models: usize,
    pub percent: bool,
    /// The best first: all that may be first, [`LEADERS`] at most, but [`FEWEST`] at least.
    pub leaders: Vec<Leader>,
    /// Models that may be first; absent where no errors are known.
    pub may_be_first: Option<usize>,
    /// Percentage points from the best score to a perfect one.
    pub headroom: Option<String>,
    /// The scores that were better than all of models released before, by date.
    pub steps: Vec<Step>,
    /// Models with a score whose release is not known.
    pub undated: usize,
    /// The scores over the models' release dates, where the best rose.
    #[serde(skip)]
    pub chart: Option<Scatter>,
}

/// A model near the top of a column.
#[derive(Debug, Serialize)]
pub struct Leader {
    pub model: Link,
    pub variant: Option<String>,
    pub score: String,
    /// Half of the 95% interval.
    pub margin: Option<String>,
    /// The places in the column that it may have, all models together (95%).
    pub ranks: Option<(u32, u32)>,
}

/// A new best score.
#[derive(Debug, Serialize)]
pub struct Step {
    /// When the model came out.
    pub date: String,
    pub model: Link,
    pub score: String,
    /// By how much it is better than the best before; absent for the first.
    pub gain: Option<String>,
    /// Whether the gain exceeds noise (95%, this pair alone); absent where that is not known.
    pub beyond_noise: Option<bool>,
}

/// Boards whose columns a benchmark's page shows: it may be on a hundred, and their list names all.
pub const BOARDS: usize = 12;

const LEADERS: usize = 10;
const FEWEST: usize = 3;

/// A board's column for a benchmark: what a page in any language says of it.
#[derive(Debug)]
pub struct Column<'a> {
    board: &'a Board,
    index: usize,
    /// The best first.
    scores: Vec<Score<'a>>,
    sets: Vec<Option<RankSet>>,
    /// By place among the scores: those that rose above all before them, the latest first, with the day their model came out.
    rising: Vec<(&'a str, usize)>,
    undated: usize,
}

/// A score of the column, negated where less is better.
#[derive(Debug)]
struct Score<'a> {
    row: &'a Row,
    signed: f64,
    error: Option<f64>,
}

/// The columns for a benchmark on the first [`BOARDS`], in the order of the boards; but for those that hold the makers' claims, and those with
/// fewer than two scores.
pub fn columns(site: &Site, benchmark: BenchmarkIx) -> Vec<Column<'_>> {
    let boards = site.boards_of(benchmark).take(BOARDS).filter_map(|board| match board {
        AnyBoard::Scores(board) => Some(&**board),
        AnyBoard::Battles(_) => None,
    });
    let own = boards.flat_map(|board| {
        let definitions = board.definition.columns.iter().enumerate();
        let own = definitions
            .filter(move |(_, column)| column.benchmark == benchmark && column.reporter != Some(Reporter::Claimed));
        own.map(move |(index, _)| Column::of(site, board, index))
    });
    own.filter(|column| column.scores.len() > 1).collect()
}

impl<'a> Column<'a> {
    fn of(site: &'a Site, board: &'a Board, index: usize) -> Self {
        let sign = sign(board, index);
        let score = |row: &'a Row| {
            let cell = row.cells[index].as_ref()?;
            let error = cell.uncertainty.map(|known| known.standard_error).filter(|error| *error > 0.0);
            Some(Score { row, signed: sign * cell.value, error })
        };
        let mut scores: Vec<Score> = board.rows.iter().filter_map(score).collect();
        scores.sort_unstable_by(|a, b| b.signed.total_cmp(&a.signed).then(a.row.model.cmp(&b.row.model)));
        let sets = rank_sets(scores.iter().map(|score| (score.signed, score.error)));
        let dates: Vec<Option<&str>> = scores.iter().map(|score| released(site, score)).collect();
        let undated = dates.iter().filter(|date| date.is_none()).count();
        let rising = rising(&scores, &dates);
        Self { board, index, scores, sets, rising, undated }
    }

    /// The column as a page says it.
    pub fn section(&self, here: &Here) -> ColumnSection {
        let Self { board, index, scores, sets, .. } = self;
        let (sign, head) = (sign(board, *index), table::head(here, board, *index));
        let show = |signed: f64| decimal(sign * signed, head.decimals);
        let may_be_first = sets.iter().flatten().filter(|set| set.best == 1).count();
        let shown = may_be_first.clamp(FEWEST, LEADERS);
        let leader = |(score, set): (&Score, &Option<RankSet>)| Leader {
            model: link(here, score),
            variant: variant::all(&score.row.variant),
            score: show(score.signed),
            margin: score.error.map(|error| decimal(Level::P95.z() * error, head.decimals)),
            ranks: set.map(|set| (set.best, set.worst)),
        };
        let column = &board.definition.columns[*index];
        let name = &here.site.catalog.benchmark(column.benchmark).name;
        let agreement = board.columns[*index].agreement.as_ref();
        let fields = agreement.into_iter().flat_map(|agreement| &agreement.fields);
        let percent = head.unit == Unit::Percent;
        ColumnSection {
            board: here.link(here.text(&board.definition.title), &Route::Board(board.definition.id.clone())),
            partial: column.subsets != Subsets::Whole,
            metric: agreement.map(|agreement| agreement.metric.to_string()),
            protocol: fields.filter_map(|(field, value)| Some((*field, value.as_deref()?.to_owned()))).collect(),
            models: scores.len(),
            percent,
            leaders: scores.iter().zip(sets).take(shown).map(leader).collect(),
            may_be_first: (may_be_first > 0).then_some(may_be_first),
            headroom: (percent && sign > 0.0).then(|| decimal(100.0 - scores[0].signed, head.decimals)),
            steps: self.steps(here, &show),
            undated: self.undated,
            chart: if self.rising.len() > 1 { self.chart(here, &head) } else { None },
            label: (head.label != **name).then_some(head.label),
        }
    }

    fn chart(&self, here: &Here, head: &Head) -> Option<Scatter> {
        let sign = sign(self.board, self.index);
        let score = |(score, set): (&Score, &Option<RankSet>)| {
            let name = &here.site.catalog.model(score.row.model).name;
            ColumnScore {
                model: score.row.model,
                name: match variant::all(&score.row.variant) {
                    Some(variant) => format!("{name} ({variant})"),
                    None => name.to_string(),
                },
                value: sign * score.signed,
                standard_error: score.error,
                ranks: set.map(|set| (set.best, set.worst)),
            }
        };
        let scores: Vec<ColumnScore> = self.scores.iter().zip(&self.sets).map(score).collect();
        of_column_by_release(here, here.text(&self.board.definition.title), head, &scores)
    }

    fn steps(&self, here: &Here, show: &dyn Fn(f64) -> String) -> Vec<Step> {
        let step = |at: usize| {
            let (date, score) = (self.rising[at].0, &self.scores[self.rising[at].1]);
            let before = self.rising.get(at + 1).map(|(_, before)| &self.scores[*before]);
            let gain = before.map(|before| score.signed - before.signed);
            let noise = before.and_then(|before| Some(Level::P95.z() * score.error?.hypot(before.error?)));
            Step {
                date: date.to_owned(),
                model: link(here, score),
                score: show(score.signed),
                gain: gain.map(|gain| show(gain).trim_start_matches('-').to_owned()),
                beyond_noise: gain.zip(noise).map(|(gain, noise)| gain > noise),
            }
        };
        (0..self.rising.len()).rev().map(step).collect()
    }
}

fn sign(board: &Board, column: usize) -> f64 {
    if board.columns[column].direction == Direction::Lower { -1.0 } else { 1.0 }
}

/// The joint 95% rank set of each score, given as a number of which more is better, with its standard error; none where
/// half of the errors or more are unknown.
pub(super) fn rank_sets(scores: impl Iterator<Item = (f64, Option<f64>)>) -> Vec<Option<RankSet>> {
    let estimates: Vec<Estimate> = scores.map(|(value, error)| Estimate { value, error, items: None }).collect();
    let none = || vec![None; estimates.len()];
    if 2 * estimates.iter().filter(|estimate| estimate.error.is_some()).count() <= estimates.len() {
        return none();
    }
    let (Ok(independent), Ok(plausible)) = (Estimates::independent(&estimates), Plausible::new(1.0, 0.8)) else {
        return none();
    };
    ranks::joint(&independent, Level::P95, Critical::Bound, plausible).ranked.iter().map(|ranked| ranked.set).collect()
}

/// The scores that rose above all of models released before, the latest first; `scores` come best first.
fn rising<'a>(scores: &[Score], dates: &[Option<&'a str>]) -> Vec<(&'a str, usize)> {
    let mut rising: Vec<(&str, usize)> = Vec::new();
    for (at, date) in dates.iter().enumerate() {
        let Some(date) = date else { continue };
        match rising.last_mut() {
            Some(last) if middle(date) >= middle(last.0) => {}
            // Of equal scores the earliest counts.
            Some(last) if scores[at].signed == scores[last.1].signed => *last = (date, at),
            _ => rising.push((date, at)),
        }
    }
    rising
}

/// A date to the day, of a month its middle, as charts have it.
fn middle(date: &str) -> String {
    if date.len() == "2024-01".len() { format!("{date}-15") } else { date.to_owned() }
}

fn released<'a>(site: &'a Site, score: &Score) -> Option<&'a str> {
    let card = site.catalog.model(score.row.model).card.as_ref();
    card.and_then(|(_, card)| card.released.as_ref()).map(|date| date.as_str())
}

fn link(here: &Here, score: &Score) -> Link {
    let model = here.site.catalog.model(score.row.model);
    here.link(&model.name, &Route::Model(model.id.clone()))
}
