//! What the places owe to noise, to single columns and to the weights.

use super::axis::Axis;
use super::canvas::{Ink, Side, Sketch, drawn, width};
use super::names::told_apart;
use super::{Argument, Data, Figures, HALF, Strings, Told, places};
use crate::page::chart::{Stability, StabilityRow};

const ROW: i32 = 20;
const TOP: i32 = 22;
const BOTTOM: i32 = 58;
const WIDEST_NAME: i32 = 180;
const GAP: i32 = 10;

pub(super) fn told(chart: &Stability, strings: &Strings) -> Told {
    let rows = chart.rows.iter().map(|row| {
        [
            row.name.clone(),
            row.order.to_string(),
            row.interval.map(places).unwrap_or_default(),
            row.without_a_column.map(places).unwrap_or_default(),
            row.first.map(share).unwrap_or_default(),
        ]
    });
    let keys = ["model", "chart-order", "rank-interval", "certainty-without", "certainty-first"];
    let table = Figures::new(strings, keys, rows);
    let words = chart.rows.iter().map(|row| {
        let interval = row.interval.map(|interval| format!(" ({})", places(interval))).unwrap_or_default();
        format!("{} {}{interval}", row.name, row.order)
    });
    let height = TOP + ROW * chart.rows.len() as i32 + BOTTOM;
    Told {
        caption: strings.say(
            "chart-stability",
            [
                ("board", Argument::Text(&chart.board)),
                ("shown", Argument::Number(chart.rows.len())),
                ("all", Argument::Number(chart.all)),
            ],
        ),
        description: words.collect::<Vec<_>>().join("; "),
        width: HALF,
        height,
        drawing: drawn((HALF, height), |sketch| paint(sketch, chart, strings, height)),
        narrow: None,
        data: Data::Figures(table),
    }
}

fn share(share: f64) -> String {
    match 100.0 * share {
        percent if percent > 0.0 && percent < 0.5 => "<1%".to_owned(),
        percent => format!("{percent:.0}%"),
    }
}

fn paint(sketch: &Sketch, chart: &Stability, strings: &Strings, height: i32) {
    let names: Vec<&str> = chart.rows.iter().map(|row| row.name.as_str()).collect();
    let names = told_apart(&names, WIDEST_NAME);
    let left = GAP + names.iter().map(|name| width(name)).max().unwrap_or(0);
    let has_first = chart.rows.iter().any(|row| row.first.is_some());
    let head = strings.word("chart-first");
    let right = HALF - if has_first { GAP + width(head).max(36) } else { GAP };
    let worst = |row: &StabilityRow| {
        let ends = [row.interval, row.without_a_column].into_iter().flatten().map(|(_, worst)| worst);
        ends.max().unwrap_or(row.order).max(row.order)
    };
    let last = chart.rows.iter().map(worst).max().unwrap_or(1).max(2);
    let axis = Axis::new(0.5..f64::from(last) + 0.5, left, right);
    let floor = height - BOTTOM;
    let ticks: Vec<f64> = std::iter::once(1.0)
        .chain(axis.ticks(8).into_iter().filter(|tick| tick.fract() == 0.0 && *tick > 1.0))
        .collect();
    // The first place is named whatever its neighbour is.
    let ticks: Vec<f64> =
        ticks.iter().copied().filter(|tick| *tick == 1.0 || axis.at(*tick) - axis.at(1.0) > 18).collect();
    for tick in &ticks {
        sketch.line(&[(axis.at(*tick), TOP), (axis.at(*tick), floor)], Ink::Grid, 1);
    }
    for tick in &ticks {
        sketch.text(&format!("{tick:.0}"), (axis.at(*tick), floor + 12), Side::Centre, Ink::Muted);
    }
    sketch.text(strings.word("place"), (0, floor + 12), Side::Right, Ink::Muted);
    if has_first {
        sketch.text(head, (HALF, 8), Side::Left, Ink::Muted);
    }
    let unit = (axis.at(2.0) - axis.at(1.0)).max(2);
    for (row, (own, name)) in chart.rows.iter().zip(names).enumerate() {
        let y = TOP + ROW * row as i32 + ROW / 2;
        let bar = |(best, worst): (u32, u32), half: i32, ink: Ink| {
            let (from, to) = (axis.at(f64::from(best)) - unit / 2, axis.at(f64::from(worst)) + unit / 2);
            sketch.block((from, y - half), (to - from, 2 * half), ink);
        };
        sketch.mark(row, || {
            sketch.block((0, y - ROW / 2), (HALF, ROW), Ink::Hit);
            sketch.text(&name, (left - GAP, y), Side::Left, Ink::Text);
            if let Some(interval) = own.interval {
                bar(interval, 7, Ink::Band);
            }
            if let Some(without) = own.without_a_column {
                bar(without, 2, Ink::Faint);
            }
            sketch.dot((axis.at(f64::from(own.order)), y), 4, Ink::Accent);
            if let Some(first) = own.first {
                sketch.text(&share(first), (HALF, y), Side::Left, Ink::Text);
            }
        });
    }
    paint_key(sketch, chart, strings, floor + 42);
}

fn paint_key(sketch: &Sketch, chart: &Stability, strings: &Strings, y: i32) {
    let mut x = 0;
    let mut entry = |key: &str, paint: &dyn Fn(i32)| {
        let text = strings.word(key);
        paint(x);
        sketch.text(text, (x + 26, y), Side::Right, Ink::Muted);
        x += 26 + width(text) + 18;
    };
    entry("chart-order", &|x| sketch.dot((x + 10, y), 4, Ink::Accent));
    if chart.rows.iter().any(|row| row.interval.is_some()) {
        entry("rank-interval", &|x| sketch.block((x, y - 7), (20, 14), Ink::Band));
    }
    if chart.rows.iter().any(|row| row.without_a_column.is_some()) {
        entry("certainty-without", &|x| sketch.block((x, y - 2), (20, 4), Ink::Faint));
    }
}
