//! Which rows of a board are apart: by the best evidence that nearly all of them have.

use super::{Certainty, Evidence, Reckoning, SEED};
use crate::board::Board;
use crate::board::items::RowItems;
use crate::board::uncertainty::Basis;
use crate::ledger::Ledger;
use crate::stats::aggregate::{self as rules, PointTable};
use crate::stats::composite::{self, Weights};
use crate::stats::error::Level;
use crate::stats::paired::{self, Measured, Test};
use crate::stats::ranks::{self, Critical, Estimate, Estimates, Plausible, Ranking};

/// From fewer columns, resampling says nothing.
const FEWEST_COLUMNS: usize = 5;

/// Where nothing else is declared and the composite is no percentage, the gap that matters is this part of its range.
pub(super) const GAPS_IN_RANGE: f64 = 50.0;

/// Rows of a board where some have item results, at most: every pair is compared by itself.
const MOST_COMPARED: usize = 1_000;

/// The weakest source of the scores' standard errors.
pub(super) fn weakest_basis(board: &Board, rows: &[usize], columns: &[usize]) -> Option<Basis> {
    let cells = rows.iter().flat_map(|row| columns.iter().map(|column| &board.rows[*row].cells[*column]));
    cells.filter_map(|cell| Some(cell.as_ref()?.uncertainty?.basis)).max()
}

/// From the least to the greatest.
pub(super) fn range(values: &[f64]) -> f64 {
    let ends = values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(*v), high.max(*v)));
    ends.1 - ends.0
}

/// The ranked rows of a board, of which pairs are judged.
pub(super) struct Judge<'a> {
    pub board: &'a Board,
    pub ledger: &'a Ledger,
    /// The ranked rows and columns, by their indices in the board.
    pub rows: &'a [usize],
    pub columns: &'a [usize],
    pub rule: &'a rules::Aggregate,
    pub table: &'a PointTable,
    pub composites: &'a [f64],
}

/// What was found of the rows.
pub(super) struct Judgement {
    pub ranking: Option<Ranking>,
    pub certainty: Vec<Certainty>,
    pub reckoning: Reckoning,
}

impl Judge<'_> {
    pub fn judge(&self) -> Judgement {
        let items: Vec<Option<RowItems>> = self.rows.iter().map(|row| self.row_items(*row)).collect();
        let joined = self.columns.len() > 1 && items.iter().flatten().any(RowItems::joins_columns);
        let errors = self.errors(&items, joined);
        let (ranking, with_items, reckoning) = self.rank(&items, joined, &errors);
        Judgement { certainty: certainty(errors, ranking.as_ref(), &with_items), ranking, reckoning }
    }

    fn rank(
        &self,
        items: &[Option<RowItems>],
        joined: bool,
        errors: &[Option<f64>],
    ) -> (Option<Ranking>, Vec<bool>, Reckoning) {
        let nothing = || (None, vec![false; self.rows.len()], Reckoning::default());
        let gap = self.gap_that_matters();
        let Ok(plausible) = Plausible::new(gap, 0.8) else { return nothing() };
        let with_items = items.iter().flatten().count();
        let (evidence, found) = match errors.iter().filter(|error| error.is_some()).count() {
            _ if self.rows.len() < 2 => (Evidence::None, None),
            known if known == self.rows.len() && with_items == known => {
                (Evidence::SharedItems, self.by_items(items, joined, errors, plausible))
            }
            known if 2 * known > self.rows.len() && with_items > 1 && self.rows.len() <= MOST_COMPARED => {
                (Evidence::SomeSharedItems, self.by_items(items, joined, errors, plausible))
            }
            known if 2 * known > self.rows.len() => (Evidence::StandardErrors, self.by_errors(errors, plausible)),
            _ if self.columns.len() >= FEWEST_COLUMNS => (Evidence::Columns, self.by_columns(plausible)),
            _ => (Evidence::None, None),
        };
        let Some((ranking, test)) = found else { return nothing() };
        let basis = weakest_basis(self.board, self.rows, self.columns).filter(|_| evidence != Evidence::Columns);
        let (critical, family) = (ranking.critical, ranking.family);
        let reckoning = Reckoning { evidence, basis, test, critical, family, gap, joined };
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

    /// The standard error of each composite, columns being independent unless they are joined by items that are known;
    /// `None` where that of a score is not known.
    fn errors(&self, items: &[Option<RowItems>], joined: bool) -> Vec<Option<f64>> {
        let Some(factors) = self.factors() else { return vec![None; self.rows.len()] };
        let Ok(weights) = Weights::new(factors.clone()) else { return vec![None; self.rows.len()] };
        let of_row = |(row, items): (&usize, &Option<RowItems>)| {
            let error =
                |column: &usize| Some(self.board.rows[*row].cells[*column].as_ref()?.uncertainty?.standard_error);
            let known: Vec<Option<f64>> = self.columns.iter().map(error).collect();
            let independent = composite::error_of_sum(&weights, &known).ok()??;
            let joined = items.as_ref().filter(|_| joined).and_then(|items| items.error(&factors));
            Some(joined.unwrap_or(independent))
        };
        self.rows.iter().zip(items).map(of_row).collect()
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
        joined: bool,
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
            let compared = own.compare(others, &factors, joined, SEED)?;
            *test.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(compared.test);
            Some(compared)
        });
        Some((ranking.ok()?, test.into_inner().unwrap_or_default()))
    }

    fn row_items(&self, row: usize) -> Option<RowItems> {
        let cells = &self.board.rows[row].cells;
        RowItems::of(self.columns.iter().map(|column| cells[*column].as_ref()), self.ledger)
    }
}

fn certainty(errors: Vec<Option<f64>>, ranking: Option<&Ranking>, with_items: &[bool]) -> Vec<Certainty> {
    let of = |standard_error| Certainty { standard_error, ..Certainty::default() };
    let mut certainty: Vec<Certainty> = errors.into_iter().map(of).collect();
    if let Some(ranking) = ranking {
        add_ranking(&mut certainty, ranking);
        for pair in ranking.order.windows(2) {
            certainty[pair[0]].paired = pair.iter().all(|row| with_items[*row]);
        }
    }
    certainty
}

/// Writes down what a ranking found for each row.
pub(super) fn add_ranking(certainty: &mut [Certainty], ranking: &Ranking) {
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
