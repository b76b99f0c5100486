//! How many rows a board has, how many of them a place, and of how many models they are.

use crate::board::Board;
use crate::board::battles::BattleBoard;
use crate::catalog::ModelIx;
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Debug, Serialize)]
pub struct Extent {
    /// The interface string that says it: rows are called models where each is of another one.
    pub key: &'static str,
    pub ranked: usize,
    pub listed: usize,
    pub models: usize,
}

impl Extent {
    pub fn of(board: &Board) -> Self {
        Self::new(board.ranked, board.rows.iter().map(|row| row.model))
    }

    pub fn of_battles(board: &BattleBoard) -> Self {
        let listed = board.contestants.iter().chain(board.below_minimum.iter().map(|(contestant, _)| contestant));
        Self::new(board.ranked(), listed.map(|contestant| contestant.model))
    }

    fn new(ranked: usize, rows: impl Iterator<Item = ModelIx> + Clone) -> Self {
        let (listed, models) = (rows.clone().count(), rows.collect::<BTreeSet<_>>().len());
        let key = if models == listed { "ranked-of" } else { "ranked-of-variants" };
        Self { key, ranked, listed, models }
    }
}
