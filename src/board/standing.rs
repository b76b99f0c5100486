//! Standings: who is ranked, by what number, at which place, and how sure that is.
//!
//! The arithmetic is that of [`crate::stats`]; here it is decided which numbers go into it. Places are shared by rows that
//! no valid test separates; a row's rank interval is its joint 95% rank set. What the intervals rest on is the board's
//! [`Evidence`], and it is said where there is none.

use super::definition::Aggregate;
use super::items::RowItems;
use super::uncertainty::Basis;
use super::{Board, Row};
use crate::catalog::Catalog;
use crate::catalog::card::ModelCard;
use crate::ledger::Ledger;
use crate::record::Direction;
use crate::stats::aggregate::{self as rules, PointTable, Weighting, spreads};
use crate::stats::composite::{self, Weights};
use crate::stats::error::Level;
use crate::stats::latent;
use crate::stats::matrix::Matrix;
use crate::stats::paired::{self, Measured, Test};
use crate::stats::ranks::{self, Critical, Estimate, Estimates, Neighbours, Plausible, RankSet, Ranking, Relation};
use crate::stats::robust;
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

/// From fewer columns, resampling says nothing.
const FEWEST_COLUMNS: usize = 5;

/// Where nothing else is declared and the composite is no percentage, the gap that matters is this part of its range.
const GAPS_IN_RANGE: f64 = 50.0;

/// Rows of a board where some have item results, at most: every pair is compared by itself.
const MOST_COMPARED: usize = 1_000;

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
        Aggregate::LatentAbility => by_ability(board, &rows, &columns),
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

fn by_ability(board: &Board, rows: &[usize], columns: &[usize]) -> Option<Ranked> {
    let share = |row: usize, column: usize| Some(board.rows[rows[row]].cells[columns[column]].as_ref()?.value / 100.0);
    let table = Matrix::from_cells(rows.len(), columns.len(), share).ok()?;
    let fit = latent::abilities(&table, 0).ok().filter(|fit| fit.converged)?;
    let errors = |row: &usize| -> Vec<Option<f64>> {
        let error =
            |column: &usize| Some(board.rows[*row].cells[*column].as_ref()?.uncertainty?.standard_error / 100.0);
        columns.iter().map(error).collect()
    };
    let known = |row: &usize| {
        columns
            .iter()
            .filter_map(|column| board.rows[*row].cells[*column].as_ref())
            .all(|cell| cell.uncertainty.is_some())
    };
    let errors: Vec<Option<f64>> = (rows.iter().enumerate())
        .map(|(at, row)| fit.error(at, &errors(row)).filter(|error| *error > 0.0 && known(row)))
        .collect();
    let mut certainty: Vec<Certainty> =
        errors.iter().map(|error| Certainty { standard_error: *error, ..Certainty::default() }).collect();
    let (ranking, reckoning) = match ability_ranking(board, &fit.abilities, &errors) {
        Some((ranking, gap)) => {
            let reckoning = Reckoning {
                evidence: Evidence::StandardErrors,
                basis: weakest_basis(board, rows, columns),
                test: None,
                critical: ranking.critical,
                family: ranking.family,
                gap,
            };
            (Some(ranking), reckoning)
        }
        None => (None, Reckoning::default()),
    };
    if let Some(ranking) = &ranking {
        add_ranking(&mut certainty, ranking);
    }
    Some(Ranked {
        rows: rows.to_vec(),
        certainty,
        composites: fit.abilities,
        higher_is_better: true,
        ranking,
        reckoning,
        bounds: Vec::new(),
    })
}

/// The ranking by abilities where more than half of them have a standard error, and the gap that matters.
fn ability_ranking(board: &Board, abilities: &[f64], errors: &[Option<f64>]) -> Option<(Ranking, f64)> {
    if abilities.len() < 2 || 2 * errors.iter().flatten().count() <= errors.len() {
        return None;
    }
    let gap = board.definition.gap_that_matters.unwrap_or_else(|| range(abilities) / GAPS_IN_RANGE);
    let estimates = abilities.iter().zip(errors);
    let estimates: Vec<Estimate> =
        estimates.map(|(value, error)| Estimate { value: *value, error: *error, items: None }).collect();
    let estimates = Estimates::independent(&estimates).ok()?;
    let critical = Critical::for_estimates(abilities.len(), SEED);
    Some((ranks::joint(&estimates, Level::P95, critical, Plausible::new(gap, 0.8).ok()?), gap))
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
    let (ranking, with_items, reckoning) = judge.rank();
    let mut certainty = judge.certainty(ranking.as_ref(), &with_items);
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

/// The weakest source of the scores' standard errors.
fn weakest_basis(board: &Board, rows: &[usize], columns: &[usize]) -> Option<Basis> {
    let cells = rows.iter().flat_map(|row| columns.iter().map(|column| &board.rows[*row].cells[*column]));
    cells.filter_map(|cell| Some(cell.as_ref()?.uncertainty?.basis)).max()
}

/// From the least to the greatest.
fn range(values: &[f64]) -> f64 {
    let ends = values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(*v), high.max(*v)));
    ends.1 - ends.0
}

/// Judges the pairs of a board's ranked rows.
struct Judge<'a> {
    board: &'a Board,
    ledger: &'a Ledger,
    /// The ranked rows and columns, by their indices in the board.
    rows: &'a [usize],
    columns: &'a [usize],
    rule: &'a rules::Aggregate,
    table: &'a PointTable,
    composites: &'a [f64],
}

impl Judge<'_> {
    fn rank(&self) -> (Option<Ranking>, Vec<bool>, Reckoning) {
        let nothing = || (None, vec![false; self.rows.len()], Reckoning::default());
        let gap = self.gap_that_matters();
        let Ok(plausible) = Plausible::new(gap, 0.8) else { return nothing() };
        let errors = self.errors();
        let items: Vec<Option<RowItems>> = self.rows.iter().map(|row| self.row_items(*row)).collect();
        let with_items = items.iter().flatten().count();
        let (evidence, found) = match errors.iter().filter(|error| error.is_some()).count() {
            _ if self.rows.len() < 2 => (Evidence::None, None),
            known if known == self.rows.len() && with_items == known => {
                (Evidence::SharedItems, self.by_items(&items, &errors, plausible))
            }
            known if 2 * known > self.rows.len() && with_items > 1 && self.rows.len() <= MOST_COMPARED => {
                (Evidence::SomeSharedItems, self.by_items(&items, &errors, plausible))
            }
            known if 2 * known > self.rows.len() => (Evidence::StandardErrors, self.by_errors(&errors, plausible)),
            _ if self.columns.len() >= FEWEST_COLUMNS => (Evidence::Columns, self.by_columns(plausible)),
            _ => (Evidence::None, None),
        };
        let Some((ranking, test)) = found else { return nothing() };
        let basis = weakest_basis(self.board, self.rows, self.columns).filter(|_| evidence != Evidence::Columns);
        let reckoning = Reckoning { evidence, basis, test, critical: ranking.critical, family: ranking.family, gap };
        let compared = matches!(evidence, Evidence::SharedItems | Evidence::SomeSharedItems);
        (Some(ranking), items.iter().map(|items| compared && items.is_some()).collect(), reckoning)
    }

    fn sign(&self) -> f64 {
        self.rule.direction().sign()
    }

    /// What the board declares; otherwise one point of a percentage, and a fiftieth of the range of anything else.
    fn gap_that_matters(&self) -> f64 {
        let usual = || if self.board.composite_is_percent() { 1.0 } else { range(self.composites) / GAPS_IN_RANGE };
        self.board.definition.gap_that_matters.unwrap_or_else(usual)
    }

    /// By how much each column's errors go into the composite; `None` where points are no function of one score.
    fn factors(&self) -> Option<Vec<f64>> {
        Some(self.rule.slopes()?.iter().zip(self.table.weights()).map(|(slope, weight)| slope * weight).collect())
    }

    /// The standard error of each composite, columns being independent; `None` where that of a score is not known.
    fn errors(&self) -> Vec<Option<f64>> {
        let factors = self.factors().and_then(|factors| Weights::new(factors).ok());
        let Some(factors) = factors else { return vec![None; self.rows.len()] };
        let of_row = |row: &usize| {
            let error =
                |column: &usize| Some(self.board.rows[*row].cells[*column].as_ref()?.uncertainty?.standard_error);
            composite::error_of_sum(&factors, &self.columns.iter().map(error).collect::<Vec<_>>()).ok()?
        };
        self.rows.iter().map(of_row).collect()
    }

    fn by_errors(&self, errors: &[Option<f64>], plausible: Plausible) -> Option<(Ranking, Option<Test>)> {
        let estimate = |(index, row): (usize, &usize)| Estimate {
            value: self.sign() * self.composites[index],
            error: errors[index],
            items: self.items(*row),
        };
        let estimates: Vec<Estimate> = self.rows.iter().enumerate().map(estimate).collect();
        let estimates = Estimates::independent(&estimates).ok()?;
        let critical = Critical::for_estimates(self.rows.len(), SEED);
        Some((ranks::joint(&estimates, Level::P95, critical, plausible), None))
    }

    /// The number of items behind a row's composite; only where all columns say it.
    fn items(&self, row: usize) -> Option<u64> {
        let cells = &self.board.rows[row].cells;
        self.columns.iter().map(|column| cells[*column].as_ref()?.uncertainty?.items).sum()
    }

    fn by_columns(&self, plausible: Plausible) -> Option<(Ranking, Option<Test>)> {
        let weights: Vec<f64> = self.table.weights().into_iter().map(|weight| self.sign() * weight).collect();
        let estimates = Estimates::over_columns(self.table.points(), &weights).ok()?;
        Some((ranks::joint(&estimates, Level::P95, Critical::Bound, plausible), None))
    }

    /// Pairs of rows that both have item results are compared over the items they share, the others as independent.
    fn by_items(
        &self,
        items: &[Option<RowItems>],
        errors: &[Option<f64>],
        plausible: Plausible,
    ) -> Option<(Ranking, Option<Test>)> {
        let factors: Vec<f64> = self.factors()?.into_iter().map(|factor| self.sign() * factor).collect();
        let values: Vec<f64> = self.composites.iter().map(|composite| self.sign() * composite).collect();
        let measured = |row: usize| Some(Measured { value: values[row], error: errors[row]? });
        let test = std::sync::Mutex::new(None);
        let ranking = ranks::by_comparisons(&values, Level::P95, plausible, |a, b| {
            let (Some(own), Some(others)) = (&items[a], &items[b]) else {
                return paired::unpaired(measured(a)?, measured(b)?).ok();
            };
            let compared = own.compare(others, &factors, SEED)?;
            *test.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(compared.test);
            Some(compared)
        });
        Some((ranking.ok()?, test.into_inner().unwrap_or_default()))
    }

    fn row_items(&self, row: usize) -> Option<RowItems> {
        let cells = &self.board.rows[row].cells;
        RowItems::of(self.columns.iter().map(|column| cells[*column].as_ref()), self.ledger)
    }

    fn certainty(&self, ranking: Option<&Ranking>, with_items: &[bool]) -> Vec<Certainty> {
        let mut certainty: Vec<Certainty> = self
            .errors()
            .into_iter()
            .map(|standard_error| Certainty { standard_error, ..Certainty::default() })
            .collect();
        if let Some(ranking) = ranking {
            add_ranking(&mut certainty, ranking);
            for pair in ranking.order.windows(2) {
                certainty[pair[0]].paired = pair.iter().all(|row| with_items[*row]);
            }
        }
        certainty
    }
}

/// Writes down what a ranking found for each row.
fn add_ranking(certainty: &mut [Certainty], ranking: &Ranking) {
    for (certainty, ranked) in certainty.iter_mut().zip(&ranking.ranked) {
        certainty.interval = ranked.set;
    }
    for (order, at) in ranking.order.iter().enumerate() {
        certainty[*at].order = Some(order);
    }
    for (upper, neighbours) in ranking.order.iter().zip(&ranking.neighbours) {
        certainty[*upper].below = Some(*neighbours);
    }
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
