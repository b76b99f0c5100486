//! Charts as values: what is drawn, in numbers and names. A file for each kind.
//!
//! Every chart is bounded: its cost does not grow with the board.

mod claims;
mod columns;
mod coverage;
mod frontier;
mod history;
mod intervals;
mod places;
mod scatter;
mod stability;
mod verdicts;

pub use claims::{ClaimPoint, Claims, of_claims};
pub use coverage::{Coverage, State};
pub use history::{History, Line};
pub use intervals::{Intervals, Of};
pub(super) use places::of_board as of_places;
pub use places::{PlaceLine, Places, Stop};
pub use scatter::{Across, Dot, Frontier, Scatter};
pub(super) use scatter::{ColumnScore, of_column as of_column_by_release};
pub use stability::{Stability, StabilityRow};
pub use verdicts::{Verdict, Verdicts};

use super::Here;
use super::table::{Head, Table, TableRow};
use crate::board::definition::Aggregate;
use crate::board::{BattleBoard, Board};
use crate::record::{Direction, Unit};

/// A chart of any kind.
#[derive(Clone, Debug)]
pub enum Chart {
    Intervals(Intervals),
    History(History),
    Scatter(Scatter),
    Coverage(Coverage),
    Verdicts(Verdicts),
    Stability(Stability),
    Claims(Claims),
    Places(Places),
}

/// What the numbers of an axis are.
#[derive(Clone, Debug)]
pub struct Measure {
    pub name: Name,
    /// Absent where the numbers have none.
    pub unit: Option<Unit>,
    pub decimals: usize,
    /// The score of guessing, in the unit.
    pub chance: Option<f64>,
    /// The scale has a zero that means nothing of a kind.
    pub has_zero: bool,
    pub higher_is_better: bool,
}

/// A name in the words of the interface, or of the site.
#[derive(Clone, Debug)]
pub enum Name {
    Key(String),
    Text(String),
}

/// A number with its 95% interval, where one is known.
#[derive(Clone, Debug)]
pub struct Point {
    pub name: String,
    pub value: f64,
    pub interval: Option<(f64, f64)>,
}

/// Rows that a chart on a board's page shows.
const ROWS: usize = 25;

/// The charts of a board's page.
pub fn of_board(here: &Here, board: &Board, table: &Table) -> Vec<Chart> {
    let scatters = scatter::of_board(here, board, table);
    composite(here, board, table, ROWS)
        .into_iter()
        .chain(columns::of_board(here, board, table).into_iter().map(Chart::Scatter))
        .chain(scatters.into_iter().map(Chart::Scatter))
        .chain(verdicts::of_board(here, board, table).map(Chart::Verdicts))
        .chain(stability::of_board(here, board, table).map(Chart::Stability))
        .chain(coverage::of_board(here, board, table).map(Chart::Coverage))
        .collect()
}

/// The charts of the page of a board of battles.
pub fn of_battles(here: &Here, board: &BattleBoard) -> Vec<Chart> {
    let ratings = intervals::ratings(here, board, ROWS).into_iter().map(Chart::Intervals);
    let scatters = scatter::of_battles(here, board).into_iter().map(Chart::Scatter);
    ratings.chain(history::of_battles(here, board, ROWS).map(Chart::History)).chain(scatters).collect()
}

/// The composite of the first `top` ranked rows; `None` when fewer than two rows are ranked.
pub fn composite(here: &Here, board: &Board, table: &Table, top: usize) -> Option<Chart> {
    intervals::composite(here, board, table, top).map(Chart::Intervals)
}

/// The scores of the column `index`, best first, `top` at most; `None` when fewer than two rows have one.
pub fn column(here: &Here, board: &Board, table: &Table, index: usize, top: usize) -> Option<Chart> {
    intervals::column(here, board, table, index, top).map(Chart::Intervals)
}

/// The ratings of a board of battles, of its largest group.
pub fn rating(here: &Here, board: &BattleBoard, top: usize) -> Option<Chart> {
    intervals::ratings(here, board, top).into_iter().next().map(Chart::Intervals)
}

fn measure_of_composite(board: &Board, table: &Table) -> Measure {
    let aggregate = board.definition.aggregate;
    let unit = match aggregate {
        _ if table.percent => Some(Unit::Percent),
        Aggregate::Mean | Aggregate::WeightedMean | Aggregate::CategoryBalancedMean => {
            board.ranked_columns().next().map(|(index, _)| board.columns[index].unit())
        }
        _ => None,
    };
    Measure {
        name: Name::Key(format!("composite-{}", aggregate.name())),
        unit: unit.filter(|unit| *unit != Unit::Unknown),
        decimals: table.decimals,
        chance: None,
        has_zero: true,
        higher_is_better: board.higher_is_better,
    }
}

fn measure_of_column(head: &Head) -> Measure {
    Measure {
        name: Name::Text(head.label.clone()),
        unit: Some(head.unit).filter(|unit| *unit != Unit::Unknown),
        decimals: head.decimals,
        chance: head.chance,
        has_zero: true,
        higher_is_better: head.direction != Direction::Lower,
    }
}

fn measure_of_rating() -> Measure {
    Measure {
        name: Name::Key("rating".to_owned()),
        unit: Some(Unit::Elo),
        decimals: 0,
        chance: None,
        has_zero: false,
        higher_is_better: true,
    }
}

/// A row's name with what sets it apart.
fn name(row: &TableRow) -> String {
    match &row.variant {
        Some(variant) => format!("{} ({variant})", row.name),
        None => row.name.to_owned(),
    }
}
