//! Ratings over time.

use super::super::Here;
use crate::board::BattleBoard;
use crate::board::battles::{Moment, Rating};

/// A line for each model, on one scale.
#[derive(Clone, Debug)]
pub struct History {
    pub board: String,
    /// The models with the highest last ratings.
    pub lines: Vec<Line>,
    /// All models of the board.
    pub all: usize,
    /// How many battles there were at each of the lines' points.
    pub battles: Vec<usize>,
    /// The days of the first and the last point.
    pub days: (String, String),
}

/// A model's ratings.
#[derive(Clone, Debug)]
pub struct Line {
    pub name: String,
    pub ratings: Vec<f64>,
}

/// The history of a board of online Elo, `top` models at most; `None` when there are fewer than two moments.
pub(super) fn of_battles(here: &Here, board: &BattleBoard, top: usize) -> Option<History> {
    let Rating::Elo(history) = &board.rating else { return None };
    let day = |moment: &Moment| moment.time.split(['T', ' ']).next().unwrap_or_default().to_owned();
    let [first, .., last] = history.moments.as_slice() else { return None };
    let line = |(model, _): (usize, f64)| Line {
        name: super::super::battles::name(here, &board.contestants[model]),
        ratings: history.moments.iter().map(|moment| moment.ratings[model]).collect(),
    };
    Some(History {
        board: here.text(&board.definition.title).to_owned(),
        lines: super::super::battles::by_rating(history).into_iter().take(top).map(line).collect(),
        all: board.contestants.len(),
        battles: history.moments.iter().map(|moment| moment.battles).collect(),
        days: (day(first), day(last)),
    })
}
