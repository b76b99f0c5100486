//! Which items the rows of a board have right, where runs wrote it down: from it two rows are compared over the items they
//! share.

use super::Board;
use super::items::PartItems;
use crate::ledger::Ledger;
use crate::record::ItemKey;
use std::collections::{BTreeMap, BTreeSet};

/// Rows from the top whose answers are gathered.
const ROWS: usize = 50;

/// By row, a sign for each item of the column: see [`of_column`].
pub type Answers = BTreeMap<usize, String>;

/// The answers behind the scores of a column that are means over independent items which are either right or wrong: for each of the
/// first rows `1` for an item that is right, `0` for a wrong one, `-` for one that the row does not have. The items are in
/// the same order for all rows; there are two rows or none.
pub fn of_column(board: &Board, column: usize, ledger: &Ledger) -> Answers {
    let rows = board.rows.iter().take(ROWS).enumerate();
    let known: Vec<(usize, BTreeMap<ItemKey, f64>)> = rows
        .filter_map(|(index, row)| {
            let [entry] = row.cells[column].as_ref()?.entries.as_slice() else { return None };
            let items = PartItems::of(&ledger.entry(*entry), ledger).filter(|items| !items.is_clustered())?;
            let means: BTreeMap<ItemKey, f64> = items.means.iter().map(|(item, mean)| (*item, mean.score)).collect();
            means.values().all(|score| *score == 0.0 || *score == 1.0).then_some((index, means))
        })
        .collect();
    if known.len() < 2 {
        return Answers::new();
    }
    let items: BTreeSet<ItemKey> = known.iter().flat_map(|(_, means)| means.keys().copied()).collect();
    let sign = |score: Option<&f64>| score.map_or('-', |score| if *score == 1.0 { '1' } else { '0' });
    known.into_iter().map(|(row, means)| (row, items.iter().map(|item| sign(means.get(item))).collect())).collect()
}
