//! Boards by a latent ability, fitted on whatever scores are there.

use super::judge::{GAPS_IN_RANGE, add_ranking, range, weakest_basis};
use super::{Certainty, Evidence, Ranked, Reckoning, SEED};
use crate::board::Board;
use crate::stats::error::Level;
use crate::stats::latent;
use crate::stats::matrix::Matrix;
use crate::stats::ranks::{self, Critical, Estimate, Estimates, Plausible, Ranking};

/// Ranks the rows by the abilities that fit the scores; `None` where no curve fits.
pub(super) fn by_ability(board: &Board, rows: &[usize], columns: &[usize]) -> Option<Ranked> {
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
                joined: false,
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
