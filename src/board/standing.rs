//! Standings: who is ranked, by what number, at which place, and how sure that is.
//!
//! The arithmetic is that of [`crate::stats`]; here it is decided which numbers go into it. Places are shared by rows that
//! no valid test separates; a row's rank interval is its joint 95% rank set. What the intervals rest on is the board's
//! [`Evidence`], and it is said where there is none.

mod ability;
mod judge;

use super::definition::Aggregate;
use super::uncertainty::Basis;
use super::{Board, Row};
use crate::catalog::Catalog;
use crate::catalog::card::ModelCard;
use crate::ledger::Ledger;
use crate::record::Direction;
use crate::stats::aggregate::{self as rules, PointTable, Weighting, spreads};
use crate::stats::matrix::Matrix;
use crate::stats::paired::Test;
use crate::stats::ranks::{Neighbours, RankSet, Ranking, Relation};
use crate::stats::robust;
use judge::{Judge, Judgement};
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Whether a row has a place, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Can be ranked; [`rank`] turns it into a place.
    Unplaced,
    /// The place, from 1, and whether another row shares it.
    Ranked { place: u32, shared: bool },
    /// Too few of the ranked columns have a score.
    BelowCoverage,
    /// The board's definition excludes the model by name and gives the reason.
    Excluded,
    /// The model's card does not state what the board requires (or there is no card).
    Ineligible,
    /// The board ranks nothing.
    Unranked,
}

impl Status {
    /// The name of the interface string that says it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Ranked { .. } => "status-ranked",
            Self::BelowCoverage => "status-below-coverage",
            Self::Excluded => "status-excluded",
            Self::Ineligible => "status-ineligible",
            Self::Unplaced | Self::Unranked => "status-unranked",
        }
    }
}

/// What a board's intervals are reckoned from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Evidence {
    /// All ranked scores have item results: models are compared over the items they share.
    SharedItems,
    /// Those of some rows have: two of these are compared over the items they share, other pairs by standard errors.
    SomeSharedItems,
    /// Standard errors of the scores: models are compared as if each had answered items of its own.
    StandardErrors,
    /// Nothing is known of the scores' errors; models are compared over the columns, as benchmarks of a kind.
    Columns,
    /// Nothing to reckon with.
    #[default]
    None,
}

impl Evidence {
    /// The name of the interface string that says it.
    pub fn key(self) -> &'static str {
        match self {
            Self::SharedItems => "evidence-shared-items",
            Self::SomeSharedItems => "evidence-some-shared-items",
            Self::StandardErrors => "evidence-standard-errors",
            Self::Columns => "evidence-columns",
            Self::None => "evidence-none",
        }
    }
}

/// The name of the interface string for what a test says of two neighbours.
pub fn relation_key(relation: Relation) -> &'static str {
    match relation {
        Relation::Separated => "relation-separated",
        Relation::Tied => "relation-tied",
        Relation::Underpowered => "relation-underpowered",
        Relation::NotTested => "relation-not-tested",
    }
}

/// How a board's places were found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reckoning {
    pub evidence: Evidence,
    /// The weakest source of a standard error, where there are any.
    pub basis: Option<Basis>,
    /// The test of pairs, where it is not the normal one.
    pub test: Option<Test>,
    /// A pair is separated when its gap exceeds this many standard errors of it.
    pub critical: f64,
    /// Pairs tested together.
    pub family: u64,
    /// The gap that matters, in the composite's unit.
    pub gap: f64,
    /// Items stand in two columns, each being one unit of the composite.
    pub joined: bool,
}

/// How sure a row's place is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Certainty {
    /// The places the row may have; for a row without a place because of its gaps, those it could have if they were filled
    /// with the columns' worst and best scores.
    pub interval: Option<RankSet>,
    /// Of the composite, in its unit.
    pub standard_error: Option<f64>,
    /// What a test says of the row and the ranked one below it.
    pub below: Option<Neighbours>,
    /// Whether that test compared the two over items they share.
    pub paired: bool,
    /// The best and the worst place when one column is left out.
    pub leave_one_out: Option<(u32, u32)>,
    /// The share of all weightings of the columns under which the row is first, 0 to 1.
    pub first: Option<f64>,
    /// Where the row stands in the order of [`Board::pairs`], from 0; absent where nothing was tested.
    pub order: Option<usize>,
}

/// Draws of random weightings.
const WEIGHTINGS: u32 = 1_000;

/// The start of every random sequence.
const SEED: u64 = 0x7469_616e_7469;

/// The status of a row before any row is placed.
pub(super) fn status(board: &Board, row: &Row, catalog: &Catalog) -> Status {
    let definition = &board.definition;
    let card = catalog.model(row.model).card.as_ref().map(|(_, card)| card);
    let ranked = board.ranked_columns().count();
    if definition.aggregate == Aggregate::None {
        Status::Unranked
    } else if definition.eligibility.excluded.contains_key(&row.model) {
        Status::Excluded
    } else if !eligible(board, card) {
        Status::Ineligible
    } else if row.covered == 0 || (row.covered as f64) < needed(board) * ranked as f64 - 1e-9 {
        Status::BelowCoverage
    } else {
        Status::Unplaced
    }
}

/// The share of the columns that a row needs for a place. Where rows are compared column by column, a gap has no value
/// that would not be made up.
fn needed(board: &Board) -> f64 {
    match board.definition.aggregate {
        Aggregate::MeanWinRate | Aggregate::Borda => 1.0,
        _ => board.definition.minimum_coverage,
    }
}

fn eligible(board: &Board, card: Option<&ModelCard>) -> bool {
    let rule = &board.definition.eligibility;
    let weights = rule.open_weights.is_none_or(|open| card.and_then(|card| card.open_weights) == Some(open));
    let kind = rule.kinds.is_empty() || card.and_then(|card| card.kind).is_some_and(|kind| rule.kinds.contains(&kind));
    weights && kind
}

/// Gives every row that can be ranked its composite, place and interval, and puts the rows in order: by place, then by
/// composite, coverage and name.
pub(super) fn rank(board: &mut Board, ledger: &Ledger, catalog: &Catalog) {
    let rows: Vec<usize> = (0..board.rows.len()).filter(|row| board.rows[*row].status == Status::Unplaced).collect();
    let columns: Vec<usize> = board.ranked_columns().map(|(index, _)| index).collect();
    let ranked = match board.definition.aggregate {
        Aggregate::None => None,
        Aggregate::LatentAbility => ability::by_ability(board, &rows, &columns),
        _ => by_points(board, &rows, &columns, ledger),
    };
    board.ranked = ranked.as_ref().map_or(0, |ranked| ranked.rows.len());
    if let Some(ranked) = ranked {
        ranked.write(board);
    }
    let sign = if board.higher_is_better { 1.0 } else { -1.0 };
    board.rows.sort_by(|a, b| compare(a, b, sign, catalog));
}

/// What was found for the ranked rows of a board.
struct Ranked {
    /// Their indices in the board.
    rows: Vec<usize>,
    composites: Vec<f64>,
    higher_is_better: bool,
    ranking: Option<Ranking>,
    certainty: Vec<Certainty>,
    reckoning: Reckoning,
    /// The bounds of rows that have too many gaps.
    bounds: Vec<(usize, RankSet)>,
}

impl Ranked {
    fn write(self, board: &mut Board) {
        let Self { rows, composites, higher_is_better, ranking, certainty, reckoning, bounds } = self;
        let sign = if higher_is_better { 1.0 } else { -1.0 };
        let values: Vec<f64> = composites.iter().map(|composite| sign * composite).collect();
        let places = match &ranking {
            Some(ranking) => shared_places(ranking),
            None => crate::stats::places(&values),
        };
        let mut count: BTreeMap<u32, u32> = BTreeMap::new();
        places.iter().for_each(|place| *count.entry(*place).or_default() += 1);
        for (index, row) in rows.iter().enumerate() {
            let place = places[index];
            let row = &mut board.rows[*row];
            row.composite = Some(composites[index]);
            row.certainty = certainty[index];
            row.status = Status::Ranked { place, shared: count[&place] > 1 };
            if let Some(interval) = &mut row.certainty.interval {
                // A group's place may lie outside the set of a member whose own errors differ much from the first's.
                *interval = RankSet { best: interval.best.min(place), worst: interval.worst.max(place) };
            }
        }
        for (row, interval) in bounds {
            board.rows[row].certainty.interval = Some(interval);
        }
        board.higher_is_better = higher_is_better;
        board.reckoning = reckoning;
        board.pairs = ranking.map(|ranking| ranking.first).unwrap_or_default();
    }
}

/// A tie group's place is that of its first member; what is not tested has its own.
fn shared_places(ranking: &Ranking) -> Vec<u32> {
    let mut first: BTreeMap<u32, u32> = BTreeMap::new();
    for ranked in ranking.order.iter().map(|at| ranking.ranked[*at]) {
        if let Some(group) = ranked.group {
            first.entry(group).or_insert(ranked.place);
        }
    }
    ranking.ranked.iter().map(|ranked| ranked.group.map_or(ranked.place, |group| first[&group])).collect()
}

/// Rows × ranked columns.
fn scores(board: &Board, rows: &[usize], columns: &[usize]) -> Option<Matrix> {
    let value = |row: usize, column: usize| Some(board.rows[rows[row]].cells[columns[column]].as_ref()?.value);
    Matrix::from_cells(rows.len(), columns.len(), value).ok()
}

/// The board's rule over its ranked columns; `None` for one that has no points.
fn rule(board: &Board, columns: &[usize], scores: &Matrix) -> Option<rules::Aggregate> {
    let direction = |column: &usize| match board.columns[*column].direction {
        Direction::Lower => rules::Direction::Lower,
        Direction::Higher | Direction::Unknown => rules::Direction::Higher,
    };
    let directions: Vec<rules::Direction> = columns.iter().map(direction).collect();
    let of = |column: &usize| &board.definition.columns[*column];
    let rule = match board.definition.aggregate {
        Aggregate::Mean => rules::Aggregate::mean(directions),
        Aggregate::WeightedMean => {
            rules::Aggregate::weighted_mean(directions, columns.iter().map(|column| of(column).weight).collect())
        }
        Aggregate::CategoryBalancedMean => {
            let groups: Vec<_> = columns.iter().map(|column| of(column).group.as_ref()).collect();
            let number = |group: &Option<_>| groups.iter().position(|other| other == group).unwrap_or_default();
            rules::Aggregate::category_balanced_mean(directions, groups.iter().map(number).collect())
        }
        Aggregate::ChanceNormalisedMean => {
            let chance = columns.iter().map(|column| 100.0 * of(column).chance.unwrap_or(0.0)).collect();
            rules::Aggregate::chance_normalised_mean(chance, 100.0, Weighting::Equal)
        }
        Aggregate::MeanWinRate => rules::Aggregate::mean_win_rate(directions),
        Aggregate::Borda => rules::Aggregate::borda(directions),
        Aggregate::PooledSdDistance => {
            rules::Aggregate::pooled_sd_distance(directions, spreads(scores), Weighting::Equal)
        }
        Aggregate::LatentAbility | Aggregate::None => return None,
    };
    Some(rule.minimum_coverage(needed(board)))
}

fn by_points(board: &Board, rows: &[usize], columns: &[usize], ledger: &Ledger) -> Option<Ranked> {
    let scores = scores(board, rows, columns)?;
    let rule = rule(board, columns, &scores)?;
    let table = rule.point_table(&scores).ok()?;
    let all = table.composites().values;
    let ranked: Vec<usize> = table.ranked().iter().copied().filter(|row| all[*row].is_some()).collect();
    let composites: Vec<f64> = ranked.iter().filter_map(|row| all[*row]).collect();
    let higher_is_better = rule.direction() == rules::Direction::Higher;
    let of_board: Vec<usize> = ranked.iter().map(|row| rows[*row]).collect();
    let judge = Judge { board, ledger, rows: &of_board, columns, rule: &rule, table: &table, composites: &composites };
    let Judgement { ranking, mut certainty, reckoning } = judge.judge();
    robustness(&table, &ranked, &mut certainty);
    widen_by_gaps(&rule, &scores, &ranked, &mut certainty);
    let bounds = bounds(board, &of_board, columns, &rule);
    Some(Ranked { rows: of_board, composites, higher_is_better, ranking, certainty, reckoning, bounds })
}

fn robustness(table: &PointTable, ranked: &[usize], certainty: &mut [Certainty]) {
    if table.columns() < 2 {
        return;
    }
    let without = robust::leave_one_out(table);
    let shares = robust::random_weightings(table, WEIGHTINGS, SEED);
    for (row, certainty) in ranked.iter().zip(certainty) {
        certainty.leave_one_out = without.range(*row);
        certainty.first = shares.get(*row).copied().flatten();
    }
}

/// A place within the board's coverage that has gaps is no surer than the gaps allow.
fn widen_by_gaps(rule: &rules::Aggregate, scores: &Matrix, ranked: &[usize], certainty: &mut [Certainty]) {
    if scores.coverage().iter().all(|covered| *covered == scores.columns()) {
        return;
    }
    let Ok(bounds) = robust::place_bounds(rule, scores) else { return };
    for (row, certainty) in ranked.iter().zip(certainty) {
        let (best, worst) = bounds[*row];
        let set = certainty.interval.unwrap_or(RankSet { best, worst });
        certainty.interval = Some(RankSet { best: set.best.min(best), worst: set.worst.max(worst) });
    }
}

/// The places that each row under the board's coverage could have among the ranked ones.
fn bounds(board: &Board, ranked: &[usize], columns: &[usize], rule: &rules::Aggregate) -> Vec<(usize, RankSet)> {
    let below = (0..board.rows.len()).into_par_iter().filter(|row| {
        let row = &board.rows[*row];
        row.status == Status::BelowCoverage && row.covered > 0
    });
    below
        .filter_map(|row| {
            let rows: Vec<usize> = ranked.iter().copied().chain([row]).collect();
            let (best, worst) = *robust::place_bounds(rule, &scores(board, &rows, columns)?).ok()?.last()?;
            Some((row, RankSet { best, worst }))
        })
        .collect()
}

fn compare(a: &Row, b: &Row, sign: f64, catalog: &Catalog) -> Ordering {
    let rank = |row: &Row| match row.status {
        Status::Ranked { place, .. } => (0, place),
        Status::Unplaced | Status::BelowCoverage | Status::Unranked => (1, 0),
        Status::Ineligible => (2, 0),
        Status::Excluded => (3, 0),
    };
    let merit = |row: &Row| row.composite.map_or(f64::NEG_INFINITY, |composite| sign * composite);
    let (model_a, model_b) = (catalog.model(a.model), catalog.model(b.model));
    rank(a)
        .cmp(&rank(b))
        .then_with(|| merit(b).total_cmp(&merit(a)))
        .then_with(|| b.covered.cmp(&a.covered))
        .then_with(|| model_a.name.cmp(&model_b.name))
        .then_with(|| model_a.id.cmp(&model_b.id))
        .then_with(|| a.variant.cmp(&b.variant))
}
