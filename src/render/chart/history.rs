//! A row with a line for each model.

use super::axis::number;
use super::canvas::{Ink, Side, Sketch, drawn, width};
use super::names::told_apart;
use super::{Argument, Data, Figures, Strings, Told, WIDE};
use crate::page::chart::{History, Line};
use crate::stats::battles::ANCHOR;

/// A row with a line in it.
const ROW: i32 = 44;
const TOP: i32 = 10;
const BOTTOM: i32 = 30;
const WIDEST_NAME: i32 = 260;
const GAP: i32 = 12;
/// Room for the last rating.
const NUMBER: i32 = 64;

pub(super) fn told(chart: &History, strings: &Strings) -> Told {
    let caption = strings.say(
        "chart-history",
        [
            ("board", Argument::Text(&chart.board)),
            ("first", Argument::Text(&chart.days.0)),
            ("last", Argument::Text(&chart.days.1)),
            ("shown", Argument::Number(chart.lines.len())),
            ("all", Argument::Number(chart.all)),
            ("more", Argument::Number(chart.all - chart.lines.len())),
        ],
    );
    let description = chart.lines.iter().map(|line| format!("{} {}", line.name, number(last(line), 0)));
    let height = TOP + ROW * chart.lines.len() as i32 + BOTTOM;
    let extremes = |line: &Line| {
        let low = line.ratings.iter().copied().fold(f64::INFINITY, f64::min);
        let high = line.ratings.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        [line.name.clone(), number(last(line), 0), number(low, 0), number(high, 0)]
    };
    let keys = ["model", "chart-last-rating", "chart-lowest", "chart-highest"];
    Told {
        caption,
        description: description.collect::<Vec<_>>().join("; "),
        width: WIDE,
        height,
        drawing: drawn((WIDE, height), |sketch| paint(sketch, chart)),
        narrow: None,
        data: Data::Figures(Figures::new(strings, keys, chart.lines.iter().map(extremes))),
    }
}

fn last(line: &Line) -> f64 {
    line.ratings.last().copied().unwrap_or_default()
}

fn paint(sketch: &Sketch, chart: &History) {
    let names: Vec<&str> = chart.lines.iter().map(|line| line.name.as_str()).collect();
    let names = told_apart(&names, WIDEST_NAME);
    let left = GAP + names.iter().map(|name| width(name)).max().unwrap_or(0);
    let ratings = chart.lines.iter().flat_map(|line| &line.ratings).copied().chain([ANCHOR]);
    let (low, high) = ratings.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), r| (low.min(r), high.max(r)));
    let battles = chart.battles.last().copied().unwrap_or(1).max(1) as f64;
    let x = |battles_so_far: usize| {
        left + (f64::from(WIDE - NUMBER - left) * battles_so_far as f64 / battles).round() as i32
    };
    for (row, (line, name)) in chart.lines.iter().zip(names).enumerate() {
        let floor = TOP + ROW * (row as i32 + 1) - 4;
        let y = |rating: f64| floor - (f64::from(ROW - 8) * (rating - low) / (high - low).max(1.0)).round() as i32;
        sketch.mark(row, || {
            sketch.block((0, floor + 4 - ROW), (WIDE, ROW), Ink::Hit);
            sketch.line(&[(left, y(ANCHOR)), (WIDE - NUMBER, y(ANCHOR))], Ink::Grid, 1);
            let points = line.ratings.iter().zip(&chart.battles).map(|(rating, battles)| (x(*battles), y(*rating)));
            let points: Vec<(i32, i32)> = std::iter::once((left, y(ANCHOR))).chain(points).collect();
            sketch.line(&points, Ink::Accent, 2);
            let middle = floor - (ROW - 8) / 2;
            sketch.text(&name, (left - GAP, middle), Side::Left, Ink::Text);
            sketch.text(&number(last(line), 0), (WIDE - NUMBER + 10, middle), Side::Right, Ink::Text);
        });
    }
    let below = TOP + ROW * chart.lines.len() as i32 + 12;
    let (first, last) = &chart.days;
    sketch.text(first, (left, below), Side::Right, Ink::Muted);
    sketch.text(last, (WIDE - NUMBER, below), Side::Left, Ink::Muted);
}
