//! A dot for each model on a common scale.

use super::axis::{self, Axis};
use super::canvas::{Ink, Side, Sketch, drawn, fitting, width};
use super::{Argument, Data, Figures, NARROW, Strings, Told, WIDE};
use crate::page::chart::{Intervals, Of};

const ROW: i32 = 24;
const TOP: i32 = 10;
const BOTTOM: i32 = 44;
const WIDEST_NAME: i32 = 260;
const GAP: i32 = 12;
/// Room right of the scale for the number of the best.
const NUMBER: i32 = 64;

pub(super) fn told(chart: &Intervals, strings: &Strings) -> Told {
    let height = TOP + ROW * chart.points.len() as i32 + BOTTOM;
    let decimals = chart.measure.decimals;
    let interval = |(low, high)| format!("{}–{}", axis::number(low, decimals), axis::number(high, decimals));
    let points = chart.points.iter().map(|point| {
        let range = point.interval.map(|range| format!(" ({})", interval(range))).unwrap_or_default();
        format!("{} {}{range}", point.name, axis::number(point.value, decimals))
    });
    let rows = chart.points.iter().map(|point| {
        let range = point.interval.map(interval).unwrap_or_default();
        [point.name.clone(), axis::number(point.value, decimals), range]
    });
    let mut table = Figures::new(strings, ["model", "value", "chart-interval"], rows);
    table.heads[1] = axis::title(&chart.measure, strings);
    Told {
        caption: caption(chart, strings),
        description: points.collect::<Vec<_>>().join("; "),
        width: WIDE,
        height,
        drawing: drawn((WIDE, height), |sketch| paint(sketch, chart, strings, (WIDE, height))),
        narrow: Some(drawn((NARROW, height), |sketch| paint(sketch, chart, strings, (NARROW, height)))),
        data: Data::Figures(table),
    }
}

fn caption(chart: &Intervals, strings: &Strings) -> String {
    let (key, column, group) = match &chart.of {
        Of::Composite => ("chart-composite", "", 0),
        Of::Column(column) => ("chart-column", column.as_str(), 0),
        Of::Rating(None) => ("chart-rating", "", 0),
        Of::Rating(Some(group)) => ("chart-rating-group", "", *group),
    };
    let caption = strings.say(
        key,
        [
            ("board", Argument::Text(&chart.board)),
            ("column", Argument::Text(column)),
            ("group", Argument::Number(group)),
            ("shown", Argument::Number(chart.points.len())),
            ("all", Argument::Number(chart.all)),
        ],
    );
    if chart.ties.is_empty() { caption } else { caption + strings.word("chart-ties") }
}

fn paint(sketch: &Sketch, chart: &Intervals, strings: &Strings, (breadth, height): (i32, i32)) {
    let widest = WIDEST_NAME.min(breadth * 2 / 5);
    let names: Vec<String> = chart.points.iter().map(|point| fitting(&point.name, widest)).collect();
    let right = breadth - NUMBER;
    let left = GAP + names.iter().map(|name| width(name)).max().unwrap_or(0);
    let values = chart.points.iter().flat_map(|point| {
        let (low, high) = point.interval.unwrap_or((point.value, point.value));
        [low, high]
    });
    let axis = Axis::of_measure(&chart.measure, values, left, right);
    let floor = height - BOTTOM;
    for (first, last) in &chart.ties {
        let top = TOP + ROW * *first as i32 + 1;
        sketch.block((0, top), (breadth, ROW * (last - first + 1) as i32 - 2), Ink::Band);
    }
    let ticks = axis.ticks(if breadth == WIDE { 6 } else { 3 });
    for tick in &ticks {
        sketch.line(&[(axis.at(*tick), TOP), (axis.at(*tick), floor)], Ink::Grid, 1);
    }
    for tick in &ticks {
        sketch.text(&axis::tick(*tick, chart.measure.unit), (axis.at(*tick), floor + 12), Side::Centre, Ink::Muted);
    }
    let title = axis::title(&chart.measure, strings);
    sketch.text(&fitting(&title, right - left), (right, floor + 32), Side::Left, Ink::Muted);
    if let Some(chance) = chart.measure.chance.filter(|chance| axis.holds(*chance)) {
        sketch.line(&[(axis.at(chance), TOP), (axis.at(chance), floor)], Ink::Chance, 2);
        sketch.text(strings.word("chart-chance"), (axis.at(chance), floor + 32), Side::Centre, Ink::Chance);
    }
    for (row, (point, name)) in chart.points.iter().zip(names).enumerate() {
        let y = TOP + ROW * row as i32 + ROW / 2;
        let dot = axis.at(point.value);
        sketch.mark(row, || {
            sketch.block((0, y - ROW / 2), (breadth, ROW), Ink::Hit);
            let end = match point.interval {
                Some((low, high)) => {
                    sketch.line(&[(axis.at(low), y), (axis.at(high), y)], Ink::Accent, 2);
                    axis.at(high)
                }
                None => {
                    sketch.line(&[(axis.start(), y), (dot, y)], Ink::Grid, 2);
                    dot
                }
            };
            sketch.dot((dot, y), 5, Ink::Accent);
            sketch.text(&name, (left - GAP, y), Side::Left, Ink::Text);
            let number = axis::number(point.value, chart.measure.decimals);
            sketch.text(&number, (end.max(dot) + 10, y), Side::Right, Ink::Text);
        });
    }
}
