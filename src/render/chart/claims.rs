//! A claim and a measurement on each line.

use super::axis::{self, Axis};
use super::canvas::{Ink, Side, Sketch, drawn, width};
use super::names::told_apart;
use super::{Argument, Data, Figures, Strings, Told, WIDE};
use crate::page::chart::{ClaimPoint, Claims, Measure, Name};
use crate::page::claims::Number;
use crate::page::records::Subject;
use crate::record::Unit;

const ROW: i32 = 24;
const TOP: i32 = 26;
const BOTTOM: i32 = 34;
const WIDEST_NAME: i32 = 260;
const GAP: i32 = 12;
/// Room right of the scale for the gap.
const NUMBER: i32 = 70;

pub(super) fn told(chart: &Claims, strings: &Strings) -> Told {
    let height = TOP + ROW * chart.points.len() as i32 + BOTTOM;
    let number = |number: Number| axis::number(number.value, number.decimals);
    let rows = chart.points.iter().map(|point| {
        let verdict = match point.beyond_noise {
            None => "claims-not-tested",
            Some(false) => "claims-within-noise",
            Some(true) => "claims-beyond-noise",
        };
        let (claimed, measured) = (number(point.claimed), number(point.measured));
        [point.name.clone(), claimed, measured, gap(point), strings.word(verdict).to_owned(), point.source.clone()]
    });
    let subject = if chart.subject == Subject::Model { "benchmark" } else { "model" };
    let keys = [subject, "claims-claimed", "claims-measured", "claims-gap", "claims-verdict", "claims-source"];
    let table = Figures::new(strings, keys, rows);
    let words = table.rows.iter().map(|row| format!("{} {} / {}", row[0], row[1], row[2]));
    Told {
        caption: strings.say(
            "chart-claims",
            [
                ("of", Argument::Text(&chart.of)),
                ("shown", Argument::Number(chart.points.len())),
                ("all", Argument::Number(chart.all)),
            ],
        ),
        description: words.collect::<Vec<_>>().join("; "),
        width: WIDE,
        height,
        drawing: drawn((WIDE, height), |sketch| paint(sketch, chart, strings, height)),
        narrow: None,
        data: Data::Figures(table),
    }
}

/// Claimed less measured, with its sign.
fn gap(point: &ClaimPoint) -> String {
    let text = axis::number(point.gap.value.abs(), point.gap.decimals);
    match point.gap.value {
        value if value > 0.0 => format!("+{text}"),
        value if value < 0.0 => format!("−{text}"),
        _ => text,
    }
}

fn paint(sketch: &Sketch, chart: &Claims, strings: &Strings, height: i32) {
    let names: Vec<&str> = chart.points.iter().map(|point| point.name.as_str()).collect();
    let names = told_apart(&names, WIDEST_NAME);
    let left = GAP + names.iter().map(|name| width(name)).max().unwrap_or(0);
    let measure = Measure {
        name: Name::Key("value".to_owned()),
        unit: Some(chart.unit),
        decimals: 0,
        chance: None,
        has_zero: true,
        higher_is_better: true,
    };
    let values = chart.points.iter().flat_map(|point| [point.claimed.value, point.measured.value]);
    let axis = Axis::of_measure(&measure, values, left, WIDE - NUMBER);
    let floor = height - BOTTOM;
    let ticks = axis.ticks(6);
    for tick in &ticks {
        sketch.line(&[(axis.at(*tick), TOP), (axis.at(*tick), floor)], Ink::Grid, 1);
    }
    for tick in &ticks {
        sketch.text(&axis::tick(*tick, Some(chart.unit)), (axis.at(*tick), floor + 12), Side::Centre, Ink::Muted);
    }
    if chart.unit != Unit::Percent {
        sketch.text(strings.word(&format!("unit-{}", chart.unit)), (0, floor + 12), Side::Right, Ink::Muted);
    }
    let (claimed, measured) = (strings.word("claims-claimed"), strings.word("claims-measured"));
    diamond(sketch, (left + 6, 8));
    sketch.text(claimed, (left + 18, 8), Side::Right, Ink::Muted);
    let second = left + 18 + width(claimed) + 18;
    sketch.dot((second + 6, 8), 5, Ink::Accent);
    sketch.text(measured, (second + 18, 8), Side::Right, Ink::Muted);
    sketch.text(strings.word("claims-gap"), (WIDE, 8), Side::Left, Ink::Muted);
    for (row, (point, name)) in chart.points.iter().zip(names).enumerate() {
        let y = TOP + ROW * row as i32 + ROW / 2;
        let (from, to) = (axis.at(point.claimed.value), axis.at(point.measured.value));
        sketch.mark(row, || {
            sketch.block((0, y - ROW / 2), (WIDE, ROW), Ink::Hit);
            sketch.text(&name, (left - GAP, y), Side::Left, Ink::Text);
            let (ink, width) = if point.beyond_noise == Some(true) { (Ink::Chance, 3) } else { (Ink::Faint, 2) };
            sketch.line(&[(from, y), (to, y)], ink, width);
            sketch.dot((to, y), 5, Ink::Accent);
            diamond(sketch, (from, y));
            let star = if point.beyond_noise == Some(true) { " *" } else { "" };
            sketch.text(&format!("{}{star}", gap(point)), (WIDE, y), Side::Left, Ink::Text);
        });
    }
}

/// The sign of a claim.
fn diamond(sketch: &Sketch, (x, y): (i32, i32)) {
    sketch.line(&[(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y), (x, y - 6), (x + 1, y - 5)], Ink::Text, 2);
}
