//! How many digits a board shows: no more than the errors of its scores support.
//!
//! The last digit is that of the first digit of a standard error, as for any measured number: whole points for 200 items, one
//! decimal for 5,000. One number holds for a column, so that its digits stand below each other; it follows from the median
//! error. Values stay whole in the records and in the data files.

use super::Board;
use super::definition::Aggregate;

/// Most digits after the point that a table shows.
pub(super) const MOST: usize = 2;

/// Settles the digits of a board's composite and columns, which have those that were written.
pub(super) fn settle(board: &mut Board) {
    board.decimals = board.of_composite();
    for column in 0..board.columns.len() {
        board.columns[column].decimals = board.of_column(column);
    }
}

impl Board {
    /// Where the errors of half of the scores or fewer are known, as many as were written.
    fn of_column(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.cells[column].as_ref());
        let errors = cells.map(|cell| Some(cell.uncertainty?.standard_error));
        self.columns[column].decimals.min(MOST).min(supported(errors))
    }

    /// Where the errors of half of the composites or fewer are known, one more than the columns were written with if it is in
    /// their unit.
    fn of_composite(&self) -> usize {
        let errors = self.rows.iter().take(self.ranked).map(|row| row.certainty.standard_error);
        let of_columns = || self.ranked_columns().map(|(index, _)| self.columns[index].decimals + 1);
        let most = match self.definition.aggregate {
            Aggregate::MeanWinRate => 3,
            Aggregate::Borda => 1,
            Aggregate::PooledSdDistance | Aggregate::LatentAbility => MOST,
            _ => of_columns().max().unwrap_or(0).min(MOST),
        };
        most.min(supported(errors))
    }
}

/// The digits after the point down to the first digit of the median error; no bound where half of the errors are not known.
fn supported(errors: impl Iterator<Item = Option<f64>>) -> usize {
    let errors: Vec<Option<f64>> = errors.collect();
    let mut known: Vec<f64> = errors.iter().copied().flatten().collect();
    if known.len() * 2 <= errors.len() {
        return usize::MAX;
    }
    known.sort_unstable_by(f64::total_cmp);
    let median = known[known.len() / 2];
    // Powers of ten, as decimals have them: a logarithm may miss them by a rounding.
    [1.0, 0.1, 0.01].iter().take_while(|unit| median < **unit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_digit_is_that_of_the_errors_first() {
        let proportion = |items: f64| Some((0.25 / items).sqrt() * 100.0);
        for (error, decimals) in [
            (proportion(200.0), 0),
            (proportion(1319.0), 0),
            (proportion(5_000.0), 1),
            (proportion(14_042.0), 1),
            (proportion(1e6), 2),
            (Some(1.0), 0),
            (Some(0.1), 1),
            (Some(0.099), 2),
            (Some(37.0), 0),
            (Some(1e-9), 3),
        ] {
            assert_eq!(supported([error].into_iter()), decimals, "{error:?}");
        }
    }

    #[test]
    fn one_odd_error_does_not_decide_and_unknown_ones_bound_nothing() {
        assert_eq!(supported([Some(0.4), Some(0.5), Some(30.0)].into_iter()), 1);
        assert_eq!(supported([Some(0.4), None].into_iter()), usize::MAX);
        assert_eq!(supported([Some(0.4), None, Some(0.4)].into_iter()), 1);
        assert_eq!(supported(std::iter::empty()), usize::MAX);
    }
}
