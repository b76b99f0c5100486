//! Which cells of a board are there.

use super::canvas::{Ink, drawn, fitting, width};
use super::grid::{self, Grid, Sign};
use super::{Argument, Data, Figures, HALF, Strings, Told};
use crate::page::chart::{Coverage, State};

const TALLEST_HEAD: i32 = 130;

const SIGNS: [(State, Sign, &str); 4] = [
    (State::Measured, Sign::Filled, "reporter-measured"),
    (State::Claimed, Sign::Hollow, "claimed"),
    (State::Beside, Sign::Diamond, "chart-beside"),
    (State::Missing, Sign::Point, "missing"),
];

pub(super) fn told(chart: &Coverage, strings: &Strings) -> Told {
    let heads: Vec<String> = chart.columns.iter().map(|label| fitting(label, TALLEST_HEAD)).collect();
    let top = 12 + heads.iter().map(|head| width(head)).max().unwrap_or(0);
    let grid = Grid::new(chart.rows.iter().map(|(name, _)| name.as_str()), heads.len(), top, false);
    let key = SIGNS.map(|(_, sign, key)| (sign, strings.word(key)));
    let height = grid.height() + grid::key_height(&key);
    let drawing = drawn((HALF, height), |sketch| {
        for (column, head) in heads.iter().enumerate() {
            sketch.upward(head, (grid.column(column), top - 8), Ink::Muted);
        }
        grid.paint(sketch, heads.len(), |row, column| {
            let state = chart.rows[row].1.get(column)?;
            SIGNS.iter().find(|(of, ..)| of == state).map(|(_, sign, _)| *sign)
        });
        grid::paint_key(sketch, &key, grid.height());
    });
    let labels = |states: &[State], wanted: State| {
        let here = states.iter().zip(&chart.columns).filter(|(state, _)| **state == wanted);
        here.map(|(_, label)| label.as_str()).collect::<Vec<_>>().join(", ")
    };
    let rows = chart.rows.iter().map(|(name, states)| {
        let measured = states.iter().filter(|state| **state == State::Measured).count();
        let [_, claimed, beside, missing] = SIGNS.map(|(state, ..)| labels(states, state));
        [name.clone(), measured.to_string(), claimed, beside, missing]
    });
    let table = Figures::new(strings, ["model", "reporter-measured", "claimed", "chart-beside", "missing"], rows);
    let there = chart.rows.iter().flat_map(|(_, states)| states).filter(|state| **state == State::Measured).count();
    Told {
        caption: strings.say(
            "chart-coverage",
            [
                ("board", Argument::Text(&chart.board)),
                ("shown", Argument::Number(chart.rows.len())),
                ("all", Argument::Number(chart.all)),
                ("more", Argument::Number(chart.all - chart.rows.len())),
                ("columns", Argument::Number(chart.columns.len())),
                ("columns-of", Argument::Number(chart.all_columns)),
            ],
        ),
        description: strings.say(
            "chart-coverage-is",
            [
                ("measured", Argument::Number(there)),
                ("cells", Argument::Number(chart.rows.len() * chart.columns.len())),
            ],
        ),
        width: HALF,
        height,
        drawing,
        narrow: None,
        data: Data::Figures(table),
    }
}
