//! Where a model stands: its places on boards, and its scores among those of the field.

use super::route::Route;
use super::table::{self, Head};
use super::{Here, Link, variant};
use crate::board::battles::Rating;
use crate::board::{AnyBoard, Board, Cell, Status};
use crate::catalog::ModelIx;
use crate::record::{Direction, Unit};
use crate::stats::error::Level;

/// A model's place on a board.
#[derive(Debug)]
pub struct Place {
    pub board: Link,
    /// The parts of the model's variant, as far as stated.
    pub variant: Option<String>,
    pub status: Status,
    /// Ranked rows of the board.
    pub of: usize,
    /// The best and the worst place it may have.
    pub interval: Option<(u32, u32)>,
    /// Its composite or rating, half of the 95% interval, and the decimals of both.
    pub composite: Option<(f64, Option<f64>, usize)>,
    /// How many of how many columns have a score; absent for a board of battles.
    pub coverage: Option<(usize, usize)>,
}

/// A model's scores on a board, each among the scores of its column.
#[derive(Debug)]
pub struct Profile<'a> {
    pub board: Link,
    pub variant: Option<String>,
    pub rows: Vec<ProfileRow<'a>>,
}

/// A score among those of its column; at least one other.
#[derive(Debug)]
pub struct ProfileRow<'a> {
    pub label: String,
    /// The benchmark's page.
    pub href: String,
    pub value: f64,
    pub decimals: usize,
    pub unit: Unit,
    /// The scores of the others; absent where the board has no direction to tell better from worse.
    pub against: Against,
    /// Whether the score's error is known, so that small differences do not count.
    pub tested: bool,
    pub strip: Strip<'a>,
}

/// How the scores of the others compare with one score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Against {
    /// Worse than it, beyond noise where errors are known.
    pub worse: usize,
    /// Equal, or no further away than noise.
    pub alike: usize,
    pub better: usize,
}

/// A column's scores as ticks on a line of [`STRIP`] units, the best on the right. The ticks are the data of an SVG path,
/// eight units high: they are the same for all models.
#[derive(Debug)]
pub struct Strip<'a> {
    pub ticks: &'a str,
    /// Where the score itself stands.
    pub at: u16,
    /// Half of its 95% interval, in units of the line.
    pub margin: Option<u16>,
    /// The scores at the left and the right end.
    pub ends: (f64, f64),
}

/// The length of a strip.
pub const STRIP: u16 = 200;

/// The scores of a board's column, gathered once for all who are compared with them.
#[derive(Debug)]
pub(super) struct ColumnScores {
    /// Worst first, with their standard errors; negated where less is better.
    scores: Vec<(f64, Option<f64>)>,
    widest_error: f64,
    sign: f64,
    ticks: String,
}

impl ColumnScores {
    /// Of every column of a board.
    pub(super) fn of(board: &Board) -> Vec<Self> {
        (0..board.columns.len()).map(|column| Self::of_column(board, column)).collect()
    }

    fn of_column(board: &Board, column: usize) -> Self {
        let sign = if board.columns[column].direction == Direction::Lower { -1.0 } else { 1.0 };
        let cells = board.rows.iter().filter_map(|row| row.cells[column].as_ref());
        let mut scores: Vec<(f64, Option<f64>)> = cells.map(|cell| (sign * cell.value, error(cell))).collect();
        scores.sort_unstable_by(|(a, _), (b, _)| a.total_cmp(b));
        let widest_error = scores.iter().filter_map(|(_, error)| *error).fold(0.0, f64::max);
        let mut all = Self { scores, widest_error, sign, ticks: String::new() };
        let mut ticks: Vec<u16> = all.scores.iter().map(|(score, _)| all.tick(*score)).collect();
        ticks.dedup();
        all.ticks = ticks.iter().map(|tick| format!("M{tick} 4v8")).collect();
        all
    }

    fn ends(&self) -> (f64, f64) {
        let at = |score: Option<&(f64, Option<f64>)>| score.map_or(0.0, |(score, _)| *score);
        (at(self.scores.first()), at(self.scores.last()))
    }

    /// The units of a strip from its left end to a score.
    fn place(&self, score: f64) -> u16 {
        self.units(score - self.ends().0).min(STRIP)
    }

    /// Where a score has its tick: two units wide, so that a strip has a hundred at most.
    fn tick(&self, score: f64) -> u16 {
        self.place(score) & !1
    }

    /// A difference of scores in units of a strip.
    fn units(&self, difference: f64) -> u16 {
        let (low, high) = self.ends();
        if high > low { (difference / (high - low) * f64::from(STRIP)).round() as u16 } else { STRIP / 2 }
    }

    /// How the other scores compare with that of `cell`, which is one of them: each pair by itself, at 95%.
    fn against(&self, cell: &Cell) -> Against {
        let (own, own_error) = (self.sign * cell.value, error(cell));
        let noise = |other: Option<f64>| match (own_error, other) {
            (Some(own), Some(other)) => Level::P95.z() * own.hypot(other),
            _ => 0.0,
        };
        let reach = noise(Some(self.widest_error));
        let from = self.scores.partition_point(|(score, _)| own - score > reach);
        let to = self.scores.partition_point(|(score, _)| score - own <= reach);
        let mut against = Against { worse: from, alike: 0, better: self.scores.len() - to };
        for (score, error) in &self.scores[from..to] {
            let beyond = (score - own).abs() > noise(*error);
            match score.total_cmp(&own) {
                std::cmp::Ordering::Less if beyond => against.worse += 1,
                std::cmp::Ordering::Greater if beyond => against.better += 1,
                _ => against.alike += 1,
            }
        }
        against.alike = against.alike.saturating_sub(1);
        against
    }
}

fn error(cell: &Cell) -> Option<f64> {
    cell.uncertainty.map(|known| known.standard_error).filter(|error| *error > 0.0)
}

/// The places of a model: `rows` are its rows on boards.
pub fn places(here: &Here, rows: &[(usize, usize)]) -> Vec<Place> {
    let place = |(board, row): &(usize, usize)| {
        let board = &here.site.boards[*board];
        let link = here.link(board.title().get(here.language), &Route::Board(board.id().clone()));
        match board {
            AnyBoard::Scores(board) => Some(scored(board, *row, link)),
            AnyBoard::Battles(board) => {
                let rated = board.rated(*row)?;
                let standing = match &board.rating {
                    Rating::BradleyTerry { standings, .. } => {
                        let mut all = standings.islands.iter().flat_map(|island| &island.rows);
                        all.find(|standing| standing.model == *row)
                    }
                    Rating::Elo(_) => None,
                };
                let margin = standing.and_then(super::battles::margin);
                Some(Place {
                    board: link,
                    variant: variant::all(&board.contestants[*row].variant),
                    status: rated.status,
                    of: rated.of,
                    interval: standing.map(|standing| (standing.ranks.0 as u32, standing.ranks.1 as u32)),
                    composite: Some((rated.rating, margin, 0)),
                    coverage: None,
                })
            }
        }
    };
    rows.iter().filter_map(place).collect()
}

fn scored(board: &Board, row: usize, link: Link) -> Place {
    let row = &board.rows[row];
    let margin = row.certainty.standard_error.map(|error| Level::P95.z() * error);
    Place {
        board: link,
        variant: variant::all(&row.variant),
        status: row.status,
        of: board.ranked,
        interval: row.certainty.interval.map(|set| (set.best, set.worst)),
        composite: row.composite.map(|composite| (composite, margin, board.decimals)),
        coverage: Some((row.covered, board.ranked_columns().count())),
    }
}

/// Rows on boards that a model's page shows the profiles of: a model may be on a hundred boards, and its places list all.
const PROFILES: usize = 3;

/// A model's scores against the field, for its first rows on boards of scores; and how many were left out.
pub fn profiles<'a>(here: &Here<'a>, model: ModelIx) -> (Vec<Profile<'a>>, usize) {
    let site = here.site;
    let of_scores = |(at, _): &&(usize, usize)| matches!(site.boards[*at], AnyBoard::Scores(_));
    let profile = |(at, row): &(usize, usize)| {
        let AnyBoard::Scores(board) = &site.boards[*at] else { return None };
        let fields = site.fields(*at);
        let row = &board.rows[*row];
        let scores = row.cells.iter().zip(fields).enumerate();
        let rows: Vec<ProfileRow> = scores
            .filter_map(|(column, (cell, field))| profile_row(cell.as_ref()?, field, table::head(here, board, column)))
            .collect();
        let board = here.link(here.text(&board.definition.title), &Route::Board(board.definition.id.clone()));
        (!rows.is_empty()).then(|| Profile { board, variant: variant::all(&row.variant), rows })
    };
    let rows = site.rows_of_model(model).iter().filter(of_scores);
    (rows.clone().take(PROFILES).filter_map(profile).collect(), rows.skip(PROFILES).count())
}

fn profile_row<'a>(cell: &Cell, field: &'a ColumnScores, head: Head) -> Option<ProfileRow<'a>> {
    let (low, high) = field.ends();
    let margin = error(cell).map(|error| field.units(Level::P95.z() * error));
    (field.scores.len() > 1).then(|| ProfileRow {
        label: head.label,
        href: head.href,
        value: cell.value,
        decimals: head.decimals,
        unit: head.unit,
        against: field.against(cell),
        tested: margin.is_some(),
        strip: Strip {
            ticks: &field.ticks,
            at: field.place(field.sign * cell.value),
            margin: margin.filter(|_| high > low),
            ends: (field.sign * low, field.sign * high),
        },
    })
}
