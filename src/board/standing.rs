//! Standings: who is ranked, by what number, at which place.
//!
//! Places come from exact ties alone for now. The engine that ranks with uncertainty replaces [`place`] and gives each
//! row its rank interval; nothing else has to change.

use super::definition::Aggregate;
use super::{Board, Row};
use crate::catalog::Catalog;
use crate::catalog::card::ModelCard;
use crate::stats;
use std::cmp::Ordering;

/// Whether a row has a place, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Can be ranked; [`place`] turns it into a place.
    Unplaced,
    /// The place, from 1, and whether another row shares it.
    Ranked { place: u32, shared: bool },
    /// Too few of the ranked columns have a score.
    BelowCoverage,
    /// The board's definition excludes the model by name and gives the reason.
    Excluded,
    /// The model's card does not state what the board requires (or there is no card).
    Ineligible,
    /// The board ranks nothing.
    Unranked,
}

impl Status {
    /// The name of the interface string that says it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Ranked { .. } => "status-ranked",
            Self::BelowCoverage => "status-below-coverage",
            Self::Excluded => "status-excluded",
            Self::Ineligible => "status-ineligible",
            Self::Unplaced | Self::Unranked => "status-unranked",
        }
    }
}

/// The status of a row before any row is placed.
pub(super) fn status(board: &Board, row: &Row, catalog: &Catalog) -> Status {
    let definition = &board.definition;
    let card = catalog.model(row.model).card.as_ref().map(|(_, card)| card);
    let ranked = board.ranked_columns().count();
    if definition.aggregate == Aggregate::None {
        Status::Unranked
    } else if definition.eligibility.excluded.contains_key(&row.model) {
        Status::Excluded
    } else if !eligible(board, card) {
        Status::Ineligible
    } else if row.covered == 0 || (row.covered as f64) < definition.minimum_coverage * ranked as f64 - 1e-9 {
        Status::BelowCoverage
    } else {
        Status::Unplaced
    }
}

fn eligible(board: &Board, card: Option<&ModelCard>) -> bool {
    let rule = &board.definition.eligibility;
    let weights = rule.open_weights.is_none_or(|open| card.and_then(|card| card.open_weights) == Some(open));
    let kind = rule.kinds.is_empty() || card.and_then(|card| card.kind).is_some_and(|kind| rule.kinds.contains(&kind));
    weights && kind
}

/// The aggregate over the ranked columns that have a score, in the columns' unit.
pub(super) fn composite(board: &Board, row: &Row) -> Option<f64> {
    let scores = board.ranked_columns().filter_map(|(index, column)| Some((column, row.cells[index].as_ref()?.value)));
    match board.definition.aggregate {
        Aggregate::None => None,
        Aggregate::Mean => stats::mean(&scores.map(|(_, score)| score).collect::<Vec<_>>()),
        Aggregate::WeightedMean => {
            stats::weighted_mean(&scores.map(|(column, score)| (score, column.weight)).collect::<Vec<_>>())
        }
        Aggregate::ChanceNormalisedMean => {
            let above =
                scores.map(|(column, score)| stats::above_chance(score, 100.0 * column.chance.unwrap_or(0.0), 100.0));
            stats::mean(&above.collect::<Vec<_>>())
        }
    }
}

/// Gives every row that can be ranked its place and puts the rows in order: by place, then by coverage, then by name.
pub(super) fn place(board: &mut Board, catalog: &Catalog) {
    let sign = if board.lower_is_better() { -1.0 } else { 1.0 };
    let rankable: Vec<usize> = (0..board.rows.len()).filter(|index| board.rows[*index].composite.is_some()).collect();
    let scores: Vec<f64> =
        rankable.iter().filter_map(|index| board.rows[*index].composite).map(|score| sign * score).collect();
    let places = stats::places(&scores);
    board.ranked = rankable.len();
    for (index, place) in rankable.iter().zip(&places) {
        let shared = places.iter().filter(|other| *other == place).nth(1).is_some();
        board.rows[*index].status = Status::Ranked { place: *place, shared };
    }
    board.rows.sort_by(|a, b| compare(a, b, catalog));
}

fn compare(a: &Row, b: &Row, catalog: &Catalog) -> Ordering {
    let rank = |row: &Row| match row.status {
        Status::Ranked { place, .. } => (0, place),
        Status::Unplaced | Status::BelowCoverage | Status::Unranked => (1, 0),
        Status::Ineligible => (2, 0),
        Status::Excluded => (3, 0),
    };
    let (model_a, model_b) = (catalog.model(a.model), catalog.model(b.model));
    rank(a)
        .cmp(&rank(b))
        .then_with(|| b.covered.cmp(&a.covered))
        .then_with(|| model_a.name.cmp(&model_b.name))
        .then_with(|| model_a.id.cmp(&model_b.id))
        .then_with(|| a.variant.cmp(&b.variant))
}
