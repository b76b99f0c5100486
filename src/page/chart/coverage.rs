//! Which cells of a board are there.

use super::super::Here;
use super::super::table::Table;
use super::name;
use crate::board::Board;
use crate::catalog::ModelIx;
use foldhash::HashSet;

/// Models by benchmarks.
#[derive(Clone, Debug)]
pub struct Coverage {
    pub board: String,
    /// The labels of the columns.
    pub columns: Vec<String>,
    pub rows: Vec<(String, Vec<State>)>,
    /// Rows and columns of the board.
    pub all: usize,
    pub all_columns: usize,
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Measured,
    /// A record behind it is stated by the model's maker.
    Claimed,
    /// Nothing that is comparable, but records under another protocol.
    Beside,
    Missing,
}

/// Most rows and columns.
const ROWS: usize = 30;
const COLUMNS: usize = 30;

/// `None` where all cells are alike: there is nothing to see.
pub(super) fn of_board(here: &Here, board: &Board, table: &Table) -> Option<Coverage> {
    let shown: HashSet<ModelIx> = board.rows.iter().take(ROWS).map(|row| row.model).collect();
    let beside: HashSet<(ModelIx, usize)> = board
        .beside
        .iter()
        .map(|beside| (here.site.ledger.entry(beside.entry).model, beside.column))
        .filter(|(model, column)| shown.contains(model) && *column < COLUMNS)
        .collect();
    let rows: Vec<(String, Vec<State>)> = board
        .rows
        .iter()
        .zip(&table.rows)
        .take(ROWS)
        .map(|(row, shown)| {
            let state = |(column, cell): (usize, &Option<crate::board::Cell>)| match cell {
                Some(cell) if cell.claimed => State::Claimed,
                Some(_) => State::Measured,
                None if beside.contains(&(row.model, column)) => State::Beside,
                None => State::Missing,
            };
            (name(shown), row.cells.iter().take(COLUMNS).enumerate().map(state).collect())
        })
        .collect();
    let mut states = rows.iter().flat_map(|(_, states)| states);
    let first = *states.next()?;
    states.any(|state| *state != first).then(|| Coverage {
        board: here.text(&board.definition.title).to_owned(),
        columns: table.columns.iter().take(COLUMNS).map(|head| head.label.clone()).collect(),
        rows,
        all: board.rows.len(),
        all_columns: table.columns.len(),
    })
}
