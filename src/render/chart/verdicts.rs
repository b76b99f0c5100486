//! Which model a test tells from which.

use super::canvas::{Ink, Side, drawn};
use super::grid::{self, Grid, Sign};
use super::{Argument, Data, Figures, HALF, Strings, Told, ranges};
use crate::page::chart::{Verdict, Verdicts};

const TOP: i32 = 20;

const SIGNS: [(Verdict, Sign, &str); 3] = [
    (Verdict::Better, Sign::Up, "chart-better"),
    (Verdict::CannotTell, Sign::Dash, "chart-cannot-tell"),
    (Verdict::Worse, Sign::Down, "chart-worse"),
];

pub(super) fn told(chart: &Verdicts, strings: &Strings) -> Told {
    let size = chart.names.len();
    let grid = Grid::new(chart.names.iter().map(String::as_str), size, TOP, true);
    let key = SIGNS.map(|(_, sign, key)| (sign, strings.word(key)));
    let height = grid.height() + grid::key_height(&key);
    let drawing = drawn((HALF, height), |sketch| {
        for column in (0..size).filter(|column| grid.has_number(*column)) {
            sketch.text(&(column + 1).to_string(), (grid.column(column), TOP / 2), Side::Centre, Ink::Muted);
        }
        grid.paint(sketch, size, |row, column| {
            let sign = SIGNS.iter().find(|(verdict, ..)| *verdict == chart.verdicts[row][column]);
            sign.map(|(_, sign, _)| *sign)
        });
        grid::paint_key(sketch, &key, grid.height());
    });
    let against = |row: usize, verdict: Verdict| {
        ranges((0..size).filter(|column| chart.verdicts[row][*column] == verdict).map(|column| column + 1))
    };
    let rows = (0..size).map(|row| {
        let [better, cannot_tell, worse] = SIGNS.map(|(verdict, ..)| against(row, verdict));
        [chart.names[row].clone(), (row + 1).to_string(), better, cannot_tell, worse]
    });
    let keys = ["model", "chart-number", "chart-better", "chart-cannot-tell", "chart-worse"];
    let table = Figures::new(strings, keys, rows);
    let words = table.rows.iter().map(|row| format!("{} {}: {}", row[1], row[0], row[2]));
    Told {
        caption: strings.say(
            "chart-verdicts",
            [
                ("board", Argument::Text(&chart.board)),
                ("shown", Argument::Number(size)),
                ("all", Argument::Number(chart.all)),
            ],
        ),
        description: strings
            .say("chart-verdicts-are", [("models", Argument::Text(&words.collect::<Vec<_>>().join("; ")))]),
        width: HALF,
        height,
        drawing,
        narrow: None,
        data: Data::Figures(table),
    }
}
