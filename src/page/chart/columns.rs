//! One column of a board over another, such as throughput over latency, with the models that no other surpasses in both.

use super::super::Here;
use super::super::column::rank_sets;
use super::super::facts::decimal;
use super::super::table::Table;
use super::frontier::{Noise, Scored, pareto};
use super::scatter::DOTS;
use super::{Across, Dot, Frontier, Point, Scatter, measure_of_column, name};
use crate::board::definition::ChartDefinition;
use crate::board::{Board, Cell, Row};
use crate::record::{Direction, Unit};

/// The charts that the definition asks for, or else that of a board of serving performance; one of fewer than two models is
/// left out.
pub(super) fn of_board(here: &Here, board: &Board, table: &Table) -> Vec<Scatter> {
    let asked = &board.definition.charts;
    let own = if asked.is_empty() { serving(board) } else { None };
    asked.iter().chain(&own).filter_map(|chart| scatter(here, board, table, chart)).collect()
}

/// The first throughput over the first latency, where a board has both. A spread that a linear axis would press into a corner
/// makes the axes logarithmic.
fn serving(board: &Board) -> Option<ChartDefinition> {
    const WIDE: f64 = 20.0;
    let first = |units: [Unit; 2], direction: Direction| {
        board.columns.iter().position(|column| units.contains(&column.unit()) && column.direction == direction)
    };
    let x = first([Unit::Milliseconds, Unit::Seconds], Direction::Lower)?;
    let y = first([Unit::TokensPerSecond, Unit::RequestsPerSecond], Direction::Higher)?;
    let ends = [x, y].map(|column| board.columns[column].ends.unwrap_or_default());
    let log = ends.iter().all(|(low, _)| *low > 0.0) && ends.iter().any(|(low, high)| high / low >= WIDE);
    Some(ChartDefinition { x, y, log })
}

/// A row of the table that has both scores: its index, and the score that runs from left to right with the one above it.
type Both<'a> = (usize, [&'a Cell; 2]);

fn scatter<'a>(here: &Here, board: &'a Board, table: &Table, chart: &ChartDefinition) -> Option<Scatter> {
    let columns = [chart.x, chart.y];
    let measures = columns.map(|column| measure_of_column(&table.columns[column]));
    let both = |(row, own): (usize, &'a Row)| {
        let cell = |column: usize| own.cells[column].as_ref().filter(|cell| !chart.log || cell.value > 0.0);
        Some((row, [cell(chart.x)?, cell(chart.y)?]))
    };
    let rows: Vec<Both<'a>> = board.rows.iter().enumerate().filter_map(both).collect();
    if rows.len() < 2 {
        return None;
    }
    let signs = [0, 1].map(|of| if measures[of].higher_is_better { 1.0 } else { -1.0 });
    let [(over, over_noise), (up, up_noise)] = [0, 1].map(|of| scored(&rows, of, signs[of]));
    let points: Vec<[Scored; 2]> = over.into_iter().zip(up).map(|(x, y)| [x, y]).collect();
    let on = pareto(&points, [over_noise, up_noise], signs);
    let mut chosen: Vec<usize> = (0..rows.len()).collect();
    chosen.sort_by_key(|index| (!on[*index], *index));
    chosen.truncate(DOTS);
    chosen.sort_by(|a, b| points[*a][0].value.total_cmp(&points[*b][0].value).then(a.cmp(b)));
    let dot = |index: usize| {
        let (row, cells) = &rows[index];
        let [x_interval, interval] = [0, 1].map(|of| {
            let known =
                cells[of].uncertainty.map(|known| known.interval(cells[of].value, board.columns[columns[of]].unit()));
            known.map(|known| (known.low, known.high))
        });
        let [x, value] = [0, 1].map(|of| cells[of].value);
        Dot {
            point: Point { name: name(&table.rows[*row]), value, interval },
            x,
            x_interval,
            written: decimal(x, measures[0].decimals),
            on_frontier: on[index],
        }
    };
    let dots = chosen.into_iter().map(dot).collect();
    let unknown = [over_noise, up_noise].contains(&Noise::Unknown);
    let [over, up] = measures;
    Some(Scatter {
        board: here.text(&board.definition.title).to_owned(),
        column: None,
        across: Across::Column { measure: over, log: chart.log },
        dots,
        all: board.rows.len(),
        unknown: board.rows.len() - rows.len(),
        frontier: if unknown { Frontier::AsWritten } else { Frontier::BeyondNoise },
        measure: up,
    })
}

/// One of the two scores of each row, and how to tell whether one is better beyond noise.
fn scored(rows: &[Both], of: usize, sign: f64) -> (Vec<Scored>, Noise) {
    let error = |cell: &Cell| cell.uncertainty.map(|known| known.standard_error).filter(|error| *error > 0.0);
    let sets = rank_sets(rows.iter().map(|(_, cells)| (sign * cells[of].value, error(cells[of]))));
    let noise = if sets.iter().any(Option::is_some) { Noise::Ranks } else { Noise::Unknown };
    let scored = rows.iter().zip(sets).map(|((_, cells), set)| Scored {
        value: cells[of].value,
        error: error(cells[of]),
        ranks: set.map(|set| (set.best, set.worst)),
    });
    (scored.collect(), noise)
}
