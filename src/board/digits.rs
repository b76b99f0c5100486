//! How many digits a board shows: no more than the errors of its scores support.
//!
//! The last digit is that of the first digit of a standard error, as for any measured number: whole points for 200 items, one
//! decimal for 5,000. One number holds for a column, so that its digits stand below each other; it follows from the median
//! error. Where errors are not known, percentages have one decimal and other numbers three significant digits at the largest,
//! for more would look surer than anybody can be. Values stay whole in the records and in the data files.

use super::Board;
use super::definition::Aggregate;
use crate::record::Unit;

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
    /// No more than were written.
    fn of_column(&self, column: usize) -> usize {
        let cells = || self.rows.iter().filter_map(|row| row.cells[column].as_ref());
        let errors = cells().map(|cell| Some(cell.uncertainty?.standard_error));
        let share = self.columns[column].unit() == Unit::Percent;
        let supported = supported(errors).unwrap_or_else(|| unsure(share, cells().map(|cell| cell.value)));
        self.columns[column].decimals.min(MOST).min(supported)
    }

    /// No more than one more than the columns were written with if it is in their unit.
    fn of_composite(&self) -> usize {
        let errors = self.rows.iter().take(self.ranked).map(|row| row.certainty.standard_error);
        let of_columns = || self.ranked_columns().map(|(index, _)| self.columns[index].decimals + 1);
        let most = match self.definition.aggregate {
            Aggregate::MeanWinRate => 3,
            Aggregate::Borda => 1,
            Aggregate::PooledSdDistance | Aggregate::LatentAbility => MOST,
            _ => of_columns().max().unwrap_or(0).min(MOST),
        };
        let composites = self.rows.iter().filter_map(|row| row.composite);
        most.min(supported(errors).unwrap_or_else(|| unsure(self.composite_is_percent(), composites)))
    }
}

/// The digits after the point of numbers whose errors are not known.
fn unsure(share: bool, numbers: impl Iterator<Item = f64>) -> usize {
    let largest = numbers.map(f64::abs).fold(0.0, f64::max);
    if share { 1 } else { [100.0, 10.0].iter().take_while(|bound| largest < **bound).count() }
}

/// The digits after the point down to the first digit of the median error; `None` where half of the errors are not known.
fn supported(errors: impl Iterator<Item = Option<f64>>) -> Option<usize> {
    let errors: Vec<Option<f64>> = errors.collect();
    let mut known: Vec<f64> = errors.iter().copied().flatten().collect();
    if known.len() * 2 <= errors.len() {
        return None;
    }
    known.sort_unstable_by(f64::total_cmp);
    let median = known[known.len() / 2];
    // Powers of ten, as decimals have them: a logarithm may miss them by a rounding.
    Some([1.0, 0.1, 0.01].iter().take_while(|unit| median < **unit).count())
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
            assert_eq!(supported([error].into_iter()), Some(decimals), "{error:?}");
        }
    }

    #[test]
    fn one_odd_error_does_not_decide_and_unknown_ones_bound_nothing() {
        assert_eq!(supported([Some(0.4), Some(0.5), Some(30.0)].into_iter()), Some(1));
        assert_eq!(supported([Some(0.4), None].into_iter()), None);
        assert_eq!(supported([Some(0.4), None, Some(0.4)].into_iter()), Some(1));
        assert_eq!(supported(std::iter::empty()), None);
    }

    #[test]
    fn numbers_of_unknown_error_have_three_digits_and_percentages_one_decimal() {
        for (share, largest, decimals) in [(true, 80.71, 1), (false, 8125.45, 0), (false, 74.14, 1), (false, 0.56, 2)] {
            assert_eq!(unsure(share, [0.3, largest].into_iter()), decimals, "{largest}");
        }
    }
}
