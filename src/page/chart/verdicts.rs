//! What the tests say of each pair of the first rows.

use super::super::Here;
use super::super::table::Table;
use super::name;
use crate::board::Board;
use crate::stats::ranks::Relation;

/// The verdict on each pair, row against column.
#[derive(Clone, Debug)]
pub struct Verdicts {
    pub board: String,
    pub names: Vec<String>,
    /// One row for each name; on the diagonal [`Verdict::Itself`].
    pub verdicts: Vec<Vec<Verdict>>,
    /// Ranked rows.
    pub all: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Better,
    CannotTell,
    Worse,
    NotTested,
    Itself,
}

/// `None` where nothing was tested.
pub(super) fn of_board(here: &Here, board: &Board, table: &Table) -> Option<Verdicts> {
    let first = |(row, shown)| {
        let row: &crate::board::Row = row;
        let order = row.certainty.order.filter(|order| *order < board.pairs.size())?;
        Some((order, name(shown)))
    };
    let (orders, names): (Vec<usize>, Vec<String>) = board.rows.iter().zip(&table.rows).filter_map(first).unzip();
    let verdict = |a: usize, b: usize| match board.pairs.relation(a.min(b), a.max(b)) {
        _ if a == b => Verdict::Itself,
        Some(Relation::Separated) if a < b => Verdict::Better,
        Some(Relation::Separated) => Verdict::Worse,
        Some(Relation::Tied | Relation::Underpowered) => Verdict::CannotTell,
        Some(Relation::NotTested) | None => Verdict::NotTested,
    };
    let verdicts: Vec<Vec<Verdict>> = orders.iter().map(|a| orders.iter().map(|b| verdict(*a, *b)).collect()).collect();
    let tested = verdicts.iter().flatten().any(|verdict| !matches!(verdict, Verdict::NotTested | Verdict::Itself));
    tested.then(|| Verdicts {
        board: here.text(&board.definition.title).to_owned(),
        names,
        verdicts,
        all: board.ranked,
    })
}
