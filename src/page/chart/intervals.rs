//! A dot for each model on a common scale, with its interval.

use super::super::Here;
use super::super::table::{Table, TableRow};
use super::{Measure, Point, measure_of_column, measure_of_composite, measure_of_rating, name};
use crate::board::battles::Rating;
use crate::board::{BattleBoard, Board, Status};
use crate::stats::battles::rank::Interval;
use crate::stats::battles::standings::{Island, Standing};

/// A dot for each model, the best first.
#[derive(Clone, Debug)]
pub struct Intervals {
    pub board: String,
    pub of: Of,
    pub points: Vec<Point>,
    /// Runs of points whose place is one, as first and last.
    pub ties: Vec<(usize, usize)>,
    /// Points there would be without a bound.
    pub all: usize,
    pub measure: Measure,
}

/// What the dots are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    Composite,
    /// One column of the board, by its label.
    Column(String),
    /// Ratings from battles; the group where there are several.
    Rating(Option<usize>),
}

pub(super) fn composite(here: &Here, board: &Board, table: &Table, top: usize) -> Option<Intervals> {
    let ranked = table.rows.iter().filter(|row| matches!(row.status, Status::Ranked { .. }));
    let with_composite = |row: &TableRow| {
        let value = row.composite?;
        let interval = row.margin.map(|margin| (value - margin, value + margin));
        Some((row.status, Point { name: name(row), value, interval }))
    };
    let (statuses, points): (Vec<Status>, Vec<Point>) = ranked.clone().filter_map(with_composite).take(top).unzip();
    (points.len() > 1).then(|| Intervals {
        board: here.text(&board.definition.title).to_owned(),
        of: Of::Composite,
        ties: runs(statuses.iter().map(|status| match status {
            Status::Ranked { place, shared: true } => Some(*place),
            _ => None,
        })),
        points,
        all: ranked.count(),
        measure: measure_of_composite(board, table),
    })
}

/// The runs of two or more equal places.
fn runs(places: impl Iterator<Item = Option<u32>>) -> Vec<(usize, usize)> {
    let mut runs: Vec<(u32, usize, usize)> = Vec::new();
    for (index, place) in places.enumerate() {
        match (place, runs.last_mut()) {
            (Some(place), Some((last, _, end))) if *last == place && *end + 1 == index => *end = index,
            (Some(place), _) => runs.push((place, index, index)),
            (None, _) => {}
        }
    }
    runs.into_iter().filter(|(_, first, last)| last > first).map(|(_, first, last)| (first, last)).collect()
}

pub(super) fn column(here: &Here, board: &Board, table: &Table, index: usize, top: usize) -> Option<Intervals> {
    let head = &table.columns[index];
    let of_row = |row: &TableRow| {
        let cell = row.cells[index].as_ref()?;
        let interval = cell.uncertainty.map(|known| known.interval(cell.value, head.unit));
        let interval = interval.map(|interval| (interval.low, interval.high));
        Some(Point { name: name(row), value: cell.value, interval })
    };
    let mut points: Vec<Point> = table.rows.iter().filter_map(of_row).collect();
    let measure = measure_of_column(head);
    let sign = if measure.higher_is_better { -1.0 } else { 1.0 };
    points.sort_by(|a, b| (sign * a.value).total_cmp(&(sign * b.value)).then_with(|| a.name.cmp(&b.name)));
    let all = points.len();
    points.truncate(top);
    (points.len() > 1).then(|| Intervals {
        board: here.text(&board.definition.title).to_owned(),
        of: Of::Column(head.label.clone()),
        points,
        ties: Vec::new(),
        all,
        measure,
    })
}

/// The first `top` ratings of each group of two models or more.
pub(super) fn ratings(here: &Here, board: &BattleBoard, top: usize) -> Vec<Intervals> {
    let Rating::BradleyTerry { standings, .. } = &board.rating else { return Vec::new() };
    let several = standings.islands.len() > 1;
    let chart = |(index, island): (usize, &Island)| {
        let point = |row: &Standing| Point {
            name: super::super::battles::name(here, &board.contestants[row.model]),
            value: row.rating,
            interval: match row.interval {
                Interval::Between(low, high) => Some((low, high)),
                _ => None,
            },
        };
        Intervals {
            board: here.text(&board.definition.title).to_owned(),
            of: Of::Rating(several.then_some(index + 1)),
            points: island.rows.iter().take(top).map(point).collect(),
            ties: Vec::new(),
            all: island.rows.len(),
            measure: measure_of_rating(),
        }
    };
    standings.islands.iter().enumerate().map(chart).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_of_equal_places_that_follow_each_other() {
        let places = [None, Some(2), Some(2), Some(2), Some(5), None, Some(7), Some(7)];
        assert_eq!(runs(places.into_iter()), [(1, 3), (6, 7)]);
        assert_eq!(runs([Some(1)].into_iter()), []);
    }
}
