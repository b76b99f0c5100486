//! Numbers over sizes or dates, with the frontier as steps.

use super::axis::{self, Axis};
use super::canvas::{FONT, Ink, Side, Sketch, drawn, fitting, width};
use super::labels::{Labels, Place, Rect};
use super::{Argument, Data, Figures, HALF, Strings, Told, kind, yes_or_no};
use crate::page::chart::{Across, Chart, Dot, Scatter};

const HEIGHT: i32 = 380;
const TOP: i32 = 36;
const BOTTOM: i32 = 46;
const RIGHT: i32 = 12;
const RADIUS: i32 = 5;
const WIDEST_NAME: i32 = 170;
/// Most labels.
const LABELS: usize = 14;

pub(super) fn told(chart: &Scatter, strings: &Strings) -> Told {
    let decimals = chart.measure.decimals;
    let number = |value| axis::number(value, decimals);
    let key = kind(&Chart::Scatter(chart.clone()));
    let caption = strings.say(
        &format!("chart-{key}"),
        [
            ("board", Argument::Text(&chart.board)),
            ("shown", Argument::Number(chart.dots.len())),
            ("all", Argument::Number(chart.all)),
            ("unknown", Argument::Number(chart.unknown)),
        ],
    );
    let caption = caption + &strings.word(if chart.noise { "chart-frontier" } else { "chart-frontier-without-noise" });
    let on_frontier = chart.dots.iter().filter(|dot| dot.on_frontier);
    let words = on_frontier.map(|dot| format!("{} ({}) {}", dot.point.name, dot.written, number(dot.point.value)));
    let rows = chart.dots.iter().map(|dot| {
        let interval = dot.point.interval.map(|(low, high)| format!("{}–{}", number(low), number(high)));
        [
            dot.point.name.clone(),
            dot.written.clone(),
            number(dot.point.value),
            interval.unwrap_or_default(),
            yes_or_no(dot.on_frontier, strings),
        ]
    });
    let across = match chart.across {
        Across::Size => "fact-parameters",
        Across::Released => "fact-released",
    };
    let mut table = Figures::new(strings, ["model", across, "value", "chart-interval", "chart-on-frontier"], rows);
    table.heads[2] = axis::title(&chart.measure, strings);
    Told {
        caption,
        description: strings
            .say("chart-frontier-is", [("models", Argument::Text(&words.collect::<Vec<_>>().join("; ")))]),
        width: HALF,
        height: HEIGHT,
        drawing: drawn((HALF, HEIGHT), |sketch| paint(sketch, chart, strings)),
        data: Data::Figures(table),
    }
}

/// The horizontal scale with the names of its ticks, in the logarithm of sizes and in days.
fn across(chart: &Scatter, left: i32) -> (Axis, Vec<(f64, String)>) {
    let low = chart.dots.first().map_or(1.0, |dot| dot.x);
    let high = chart.dots.last().map_or(1.0, |dot| dot.x);
    let (from, to) = (left + 2 * RADIUS, HALF - RIGHT - 2 * RADIUS);
    match chart.across {
        Across::Size => {
            let ticks = axis::sizes(low / 1.3, high * 1.3).into_iter().map(|size| (size.log10(), axis::size(size)));
            (Axis::new((low / 1.3).log10()..(high * 1.3).log10(), from, to), ticks.collect())
        }
        Across::Released => {
            let margin = 0.03 * (high - low).max(60.0);
            (Axis::new(low - margin..high + margin, from, to), axis::dates(low - margin, high + margin))
        }
    }
}

fn place(chart: &Scatter, x: f64) -> f64 {
    match chart.across {
        Across::Size => x.log10(),
        Across::Released => x,
    }
}

fn paint(sketch: &Sketch, chart: &Scatter, strings: &Strings) {
    let measure = &chart.measure;
    let floor = HEIGHT - BOTTOM;
    let values = chart.dots.iter().flat_map(|dot| {
        let interval = dot.point.interval.filter(|_| dot.on_frontier);
        let (low, high) = interval.unwrap_or((dot.point.value, dot.point.value));
        [low, high]
    });
    let up = Axis::of_measure(measure, values, floor, TOP);
    let ticks: Vec<(f64, String)> =
        up.ticks(6).into_iter().map(|value| (value, axis::tick(value, measure.unit))).collect();
    let left = 8 + ticks.iter().map(|(_, name)| width(name)).max().unwrap_or(0);
    let (over, names) = across(chart, left);
    for (value, _) in &ticks {
        sketch.line(&[(left, up.at(*value)), (HALF - RIGHT, up.at(*value))], Ink::Grid, 1);
    }
    for (value, _) in &names {
        sketch.line(&[(over.at(*value), TOP), (over.at(*value), floor)], Ink::Grid, 1);
    }
    for (value, name) in &ticks {
        sketch.text(name, (left - 6, up.at(*value)), Side::Left, Ink::Muted);
    }
    for (value, name) in &names {
        sketch.text(name, (over.at(*value), floor + 13), Side::Centre, Ink::Muted);
    }
    sketch.text(&fitting(&axis::title(measure, strings), HALF), (0, 8), Side::Right, Ink::Muted);
    let title = match chart.across {
        Across::Size => strings.word("chart-axis-size"),
        Across::Released => strings.word("fact-released"),
    };
    sketch.text(&title, (HALF - RIGHT, floor + 34), Side::Left, Ink::Muted);
    if let Some(chance) = measure.chance.filter(|chance| up.holds(*chance)) {
        sketch.line(&[(left, up.at(chance)), (HALF - RIGHT, up.at(chance))], Ink::Chance, 2);
        sketch.text(&strings.word("chart-chance"), (left, floor + 34), Side::Right, Ink::Chance);
    }
    let at = |dot: &Dot| (over.at(place(chart, dot.x)), up.at(dot.point.value));
    let records = records(chart);
    let steps = steps(chart, &records, at, HALF - RIGHT);
    sketch.line(&steps, Ink::Accent, 1);
    // Of a large frontier only those that lead, or the intervals would hide the dots.
    let few = chart.dots.iter().filter(|dot| dot.on_frontier).count() <= LABELS;
    let leads = |dot: &Dot| records.iter().any(|record| std::ptr::eq(&chart.dots[*record], dot));
    let whisker = |dot: &Dot| dot.point.interval.filter(|_| dot.on_frontier && few || leads(dot));
    let mut space = Labels::new(Rect { left: left + 1, top: TOP - 20, right: HALF, bottom: floor });
    chart.dots.iter().for_each(|dot| space.take(Rect::around(at(dot), RADIUS)));
    steps.windows(2).for_each(|two| space.avoid(two[0], two[1]));
    for dot in &chart.dots {
        if let Some((low, high)) = whisker(dot) {
            space.avoid((at(dot).0, up.at(low)), (at(dot).0, up.at(high)));
        }
    }
    for (row, dot) in chart.dots.iter().enumerate() {
        let (x, y) = at(dot);
        sketch.mark(row, || {
            if let Some((low, high)) = whisker(dot) {
                sketch.line(&[(x, up.at(low)), (x, up.at(high))], Ink::Accent, 2);
            }
            sketch.dot((x, y), 10, Ink::Hit);
            match dot.on_frontier {
                true => sketch.dot((x, y), RADIUS, Ink::Accent),
                false => sketch.ring((x, y), RADIUS - 1, Ink::Faint),
            }
        });
    }
    for (name, place) in labels(chart, &records, at, space) {
        sketch.text(&name, place.at, place.side, Ink::Name);
    }
}

/// The indices of the dots that are better than all before them, from left to right.
fn records(chart: &Scatter) -> Vec<usize> {
    let sign = if chart.measure.higher_is_better { 1.0 } else { -1.0 };
    let mut records: Vec<usize> = Vec::new();
    for (index, dot) in chart.dots.iter().enumerate() {
        let best = records.last().map(|best| &chart.dots[*best]);
        if best.is_none_or(|best| sign * dot.point.value > sign * best.point.value) {
            if best.is_some_and(|best| best.x == dot.x) {
                records.pop();
            }
            records.push(index);
        }
    }
    records
}

/// The best so far, as steps to the right end.
fn steps(chart: &Scatter, records: &[usize], at: impl Fn(&Dot) -> (i32, i32), end: i32) -> Vec<(i32, i32)> {
    let mut steps: Vec<(i32, i32)> = Vec::new();
    for record in records {
        let (x, y) = at(&chart.dots[*record]);
        steps.extend(steps.last().map(|(_, before)| (x, *before)));
        steps.push((x, y));
    }
    steps.extend(steps.last().map(|(_, y)| (end, *y)));
    steps
}

/// Names and where they stand: of those that lead first, then of others on the frontier.
fn labels(
    chart: &Scatter,
    records: &[usize],
    at: impl Fn(&Dot) -> (i32, i32),
    mut space: Labels,
) -> Vec<(String, Place)> {
    let sign = if chart.measure.higher_is_better { -1.0 } else { 1.0 };
    let mut wanted: Vec<usize> = (0..chart.dots.len()).filter(|index| chart.dots[*index].on_frontier).collect();
    let merit = |index: &usize| sign * chart.dots[*index].point.value;
    let follows = |index: &usize| !records.contains(index);
    wanted.sort_by(|a, b| follows(a).cmp(&follows(b)).then(merit(a).total_cmp(&merit(b))));
    let label = |index: usize| {
        let name = fitting(&chart.dots[index].point.name, WIDEST_NAME);
        let size = (width(&name), FONT + 2);
        Some((name, space.place(at(&chart.dots[index]), RADIUS, size)?))
    };
    wanted.into_iter().take(LABELS).filter_map(label).collect()
}
