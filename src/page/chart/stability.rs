//! What the first places owe to noise, to single columns and to the weights.

use super::super::Here;
use super::super::table::Table;
use super::{ROWS, TableRow, name};
use crate::board::{Board, Row, Status};
use crate::stats::places;

/// Ranges of places.
#[derive(Clone, Debug)]
pub struct Stability {
    pub board: String,
    pub rows: Vec<StabilityRow>,
    /// Ranked rows.
    pub all: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct StabilityRow {
    pub name: String,
    /// Its place by the composite alone, which others share only if theirs is equal: what leaving out a column is compared
    /// with.
    pub order: u32,
    /// The places that noise leaves open.
    pub interval: Option<(u32, u32)>,
    /// The best and the worst place in that order when one column is left out.
    pub without_a_column: Option<(u32, u32)>,
    /// The share of random weightings under which it is first, 0 to 1.
    pub first: Option<f64>,
}

/// `None` where nothing is known but the places.
pub(super) fn of_board(here: &Here, board: &Board, table: &Table) -> Option<Stability> {
    let ranked = board.rows.iter().zip(&table.rows).filter_map(|(row, shown)| {
        let composite = row.composite.filter(|_| matches!(row.status, Status::Ranked { .. }))?;
        Some((row, shown, composite))
    });
    let ranked: Vec<(&Row, &TableRow, f64)> = ranked.collect();
    let sign = if board.higher_is_better { 1.0 } else { -1.0 };
    let merits: Vec<f64> = ranked.iter().map(|(.., composite)| sign * composite).collect();
    let row = |((row, shown, _), order): (&(&Row, &TableRow, f64), u32)| {
        let certainty = &row.certainty;
        StabilityRow {
            name: name(shown),
            order,
            interval: certainty.interval.map(|set| (set.best, set.worst)),
            without_a_column: certainty.leave_one_out,
            first: certainty.first,
        }
    };
    let rows: Vec<StabilityRow> = ranked.iter().zip(places(&merits)).take(ROWS).map(row).collect();
    let known = rows.iter().any(|row| row.interval.is_some() || row.without_a_column.is_some());
    (rows.len() > 1 && known).then(|| Stability {
        board: here.text(&board.definition.title).to_owned(),
        rows,
        all: board.ranked,
    })
}
