//! Records that stand where a row has a gap: measured otherwise than the column, shown in its place and never counted.

use super::definition::Subsets;
use super::filling::{RowKey, View, row_key, shown};
use super::guard::{Aspect, Beside};
use super::{Board, Row};
use crate::ledger::{Anchor, EntryIx};
use crate::record::Reporter;
use foldhash::HashMap;

/// A record beside a board's columns that a reader may want to see in the row's gap.
#[derive(Clone, Debug)]
pub struct StandIn {
    pub column: usize,
    /// In the unit of the column.
    pub value: f64,
    pub entry: EntryIx,
    /// The model's maker states it.
    pub claimed: bool,
    /// The record's anchor on the model's page.
    pub anchor: Anchor,
}

/// Gives every row its stand-ins, by column. Of several records for one gap it is that with the fewest differences from the
/// column; of those, the first in the ledger's order. What is in another unit, or a part of what a column is the mean of,
/// would be misread as a score and stands in for none, nor does what was withdrawn.
pub(super) fn fill(board: &mut Board, view: View) {
    let mut fit: Vec<&Beside> = board.beside.iter().filter(|beside| fits(board, beside)).collect();
    if fit.is_empty() {
        return;
    }
    fit.sort_by_key(|beside| beside.differences.len());
    let rows = board.rows.iter().enumerate();
    let rows: HashMap<RowKey, usize> = rows.map(|(index, row)| (row.key(), index)).collect();
    let mut of_rows: Vec<Vec<StandIn>> = vec![Vec::new(); board.rows.len()];
    for beside in fit {
        let entry = view.ledger.entry(beside.entry);
        let value = shown(&entry.record.value, entry.record.metric.unit);
        if let (Some(row), Some(value)) = (rows.get(&row_key(&entry)), value)
            && !view.withdraws(&entry)
            && board.rows[*row].is_open(beside.column)
            && of_rows[*row].iter().all(|other| other.column != beside.column)
        {
            of_rows[*row].push(StandIn {
                column: beside.column,
                value,
                entry: beside.entry,
                claimed: entry.record.reporter == Reporter::Claimed,
                anchor: entry.anchor(),
            });
        }
    }
    for (row, mut stand_ins) in board.rows.iter_mut().zip(of_rows) {
        stand_ins.sort_unstable_by_key(|stand_in| stand_in.column);
        row.stand_ins = stand_ins;
    }
}

impl Row {
    /// Whether there is nothing in a column, not even a score that was withdrawn.
    fn is_open(&self, column: usize) -> bool {
        self.cells[column].is_none() && self.withdrawn.iter().all(|(of, _)| *of != column)
    }
}

fn fits(board: &Board, beside: &Beside) -> bool {
    let whole = match &board.definition.columns[beside.column].subsets {
        Subsets::Whole => true,
        Subsets::Named(names) => names.len() == 1,
        Subsets::Count(count) => *count == 1,
    };
    whole && beside.differences.iter().all(|difference| difference.what != Aspect::Unit)
}
