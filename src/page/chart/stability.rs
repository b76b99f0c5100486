//! What the first places owe to noise, to single columns and to the weights.

use super::super::Here;
use super::super::table::Table;
use super::{ROWS, name};
use crate::board::{Board, Row, Status};

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
    pub place: u32,
    /// The places that noise leaves open.
    pub interval: Option<(u32, u32)>,
    /// The best and the worst place when one column is left out.
    pub without_a_column: Option<(u32, u32)>,
    /// The share of random weightings under which it is first, 0 to 1.
    pub first: Option<f64>,
}

/// `None` where nothing is known but the places.
pub(super) fn of_board(here: &Here, board: &Board, table: &Table) -> Option<Stability> {
    let row = |(row, shown): (&Row, &super::TableRow)| {
        let Status::Ranked { place, .. } = row.status else { return None };
        let certainty = &row.certainty;
        Some(StabilityRow {
            name: name(shown),
            place,
            interval: certainty.interval.map(|set| (set.best, set.worst)),
            without_a_column: certainty.leave_one_out,
            first: certainty.first,
        })
    };
    let rows: Vec<StabilityRow> = board.rows.iter().zip(&table.rows).filter_map(row).take(ROWS).collect();
    let known = rows.iter().any(|row| row.interval.is_some() || row.without_a_column.is_some());
    (rows.len() > 1 && known).then(|| Stability {
        board: here.text(&board.definition.title).to_owned(),
        rows,
        all: board.ranked,
    })
}
