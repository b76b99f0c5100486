//! Numbers over sizes or dates, with the frontier as steps.

use super::axis::{self, Axis};
use super::canvas::{FONT, Ink, Side, Sketch, drawn, fitting, width};
use super::labels::{Labels, Place, Rect};
use super::names::told_apart;
use super::{Argument, Data, Figures, HALF, NARROW, Strings, Told, kind, yes_or_no};
use crate::page::chart::{Across, Chart, Dot, Frontier, Measure, Scatter};

const HEIGHT: i32 = 380;
const TOP: i32 = 36;
/// The height of the axis from left to right.
const FLOOR: i32 = HEIGHT - 46;
const RIGHT: i32 = 12;
const RADIUS: i32 = 5;
const WIDEST_NAME: i32 = 170;
/// Most labels.
const LABELS: usize = 14;

pub(super) fn told(chart: &Scatter, strings: &Strings) -> Told {
    let number = |value| axis::number(value, chart.measure.decimals);
    let on_frontier = chart.dots.iter().filter(|dot| dot.on_frontier);
    let words = on_frontier.map(|dot| format!("{} ({}) {}", dot.point.name, dot.written, number(dot.point.value)));
    let rows = chart.dots.iter().map(|dot| {
        let interval = dot.point.interval.map(|(low, high)| format!("{}–{}", number(low), number(high)));
        [
            dot.point.name.clone(),
            written(chart, dot),
            number(dot.point.value),
            interval.unwrap_or_default(),
            yes_or_no(dot.on_frontier, strings),
        ]
    });
    let mut table = Figures::new(strings, ["model", "value", "value", "chart-interval", "chart-on-frontier"], rows);
    table.heads[1] = match &chart.across {
        Across::Size => strings.word("fact-parameters").to_owned(),
        Across::Released => strings.word("fact-released").to_owned(),
        Across::Column { measure, .. } => axis::title(measure, strings),
    };
    table.heads[2] = axis::title(&chart.measure, strings);
    Told {
        caption: caption(chart, strings),
        description: strings
            .say("chart-frontier-is", [("models", Argument::Text(&words.collect::<Vec<_>>().join("; ")))]),
        width: HALF,
        height: HEIGHT,
        drawing: drawn((HALF, HEIGHT), |sketch| paint(sketch, chart, strings, HALF)),
        narrow: Some((HEIGHT, drawn((NARROW, HEIGHT), |sketch| paint(sketch, chart, strings, NARROW)))),
        data: Data::Figures(table),
    }
}

/// The second quantity, with its interval where one is known.
fn written(chart: &Scatter, dot: &Dot) -> String {
    match (&chart.across, dot.x_interval) {
        (Across::Column { measure, .. }, Some((low, high))) => {
            let number = |value| axis::number(value, measure.decimals);
            format!("{} ({}–{})", dot.written, number(low), number(high))
        }
        _ => dot.written.clone(),
    }
}

fn caption(chart: &Scatter, strings: &Strings) -> String {
    let kind = kind(&Chart::Scatter(chart.clone()));
    let (column, of_column) = chart.column.as_deref().map_or(("", ""), |column| (column, "-column"));
    let y = axis::name(&chart.measure, strings);
    let (x, of_columns) = match &chart.across {
        Across::Column { measure, .. } => (axis::name(measure, strings), "-columns"),
        Across::Size | Across::Released => (String::new(), ""),
    };
    let caption = strings.say(
        &format!("chart-{kind}{of_column}"),
        [
            ("board", Argument::Text(&chart.board)),
            ("column", Argument::Text(column)),
            ("x", Argument::Text(&x)),
            ("y", Argument::Text(&y)),
            ("shown", Argument::Number(chart.dots.len())),
            ("all", Argument::Number(chart.all)),
            ("unknown", Argument::Number(chart.unknown)),
        ],
    );
    let frontier = match chart.frontier {
        Frontier::BeyondNoise => format!("chart-frontier{of_columns}"),
        Frontier::AsWritten => format!("chart-frontier{of_columns}-without-noise"),
    };
    let drawn = if chart.dots.len() + chart.unknown < chart.all { strings.word("chart-drawn") } else { "" };
    caption + drawn + strings.word(&frontier)
}

/// A scale, with the names of its ticks at their places on the axis.
struct Scale {
    axis: Axis,
    log: bool,
    ticks: Vec<(i32, String)>,
}

impl Scale {
    fn new(axis: Axis, log: bool, ticks: impl IntoIterator<Item = (f64, String)>) -> Self {
        let mut scale = Self { axis, log, ticks: Vec::new() };
        scale.ticks = ticks.into_iter().map(|(value, name)| (scale.at(value), name)).collect();
        scale
    }

    fn of_measure(measure: &Measure, values: &[f64], from: i32, to: i32) -> Self {
        let axis = Axis::of_measure(measure, values.iter().copied(), from, to);
        let ticks: Vec<f64> = axis.ticks(6);
        Self::new(axis, false, ticks.into_iter().map(|value| (value, axis::tick(value, measure.unit))))
    }

    /// Of numbers above zero, with so much room at either end as a factor.
    fn logarithmic(values: &[f64], room: f64, from: i32, to: i32, name: impl Fn(f64) -> String) -> Self {
        let low = values.iter().copied().fold(f64::INFINITY, f64::min) / room;
        let high = values.iter().copied().fold(f64::MIN_POSITIVE, f64::max) * room;
        let axis = Axis::new(low.log10()..high.log10(), from, to);
        Self::new(axis, true, axis::decades(low, high).into_iter().map(|value| (value, name(value))))
    }

    fn at(&self, value: f64) -> i32 {
        self.axis.at(if self.log { value.max(f64::MIN_POSITIVE).log10() } else { value })
    }
}

/// The horizontal scale.
fn across(chart: &Scatter, left: i32, breadth: i32) -> Scale {
    let low = chart.dots.first().map_or(1.0, |dot| dot.x);
    let high = chart.dots.last().map_or(1.0, |dot| dot.x);
    let (from, to) = (left + 2 * RADIUS, breadth - RIGHT - 2 * RADIUS);
    match &chart.across {
        Across::Size => Scale::logarithmic(&[low, high], 1.3, from, to, axis::size),
        Across::Released => {
            let margin = 0.03 * (high - low).max(60.0);
            let axis = Axis::new(low - margin..high + margin, from, to);
            Scale::new(axis, false, axis::dates(low - margin, high + margin))
        }
        Across::Column { measure, log } => {
            let values = ends(&chart.dots, *log, |dot| (dot.x, dot.x_interval));
            match log {
                true => Scale::logarithmic(&values, 1.1, from, to, |value| axis::decade(value, measure.unit)),
                false => Scale::of_measure(measure, &values, from, to),
            }
        }
    }
}

/// The scale upwards.
fn upwards(chart: &Scatter) -> Scale {
    let measure = &chart.measure;
    let log = matches!(chart.across, Across::Column { log: true, .. });
    let values = ends(&chart.dots, log, |dot| (dot.point.value, dot.point.interval));
    match log {
        true => Scale::logarithmic(&values, 1.1, FLOOR, TOP, |value| axis::decade(value, measure.unit)),
        false => Scale::of_measure(measure, &values, FLOOR, TOP),
    }
}

/// What an axis must hold: numbers, or their intervals where those are drawn.
fn ends(dots: &[Dot], log: bool, of: impl Fn(&Dot) -> (f64, Option<(f64, f64)>)) -> Vec<f64> {
    let both = |dot: &Dot| {
        let (value, interval) = of(dot);
        let (low, high) = interval.filter(|_| dot.on_frontier).unwrap_or((value, value));
        // An interval that reaches to zero ends with the axis.
        [if log && low <= 0.0 { value } else { low }, high]
    };
    dots.iter().flat_map(both).collect()
}

/// Whether less is better on the axis from left to right, which the models' sizes and dates are taken for.
fn runs_right(chart: &Scatter) -> bool {
    !matches!(&chart.across, Across::Column { measure, .. } if measure.higher_is_better)
}

/// The name of an axis of a column, with the direction where less is better.
fn directed(measure: &Measure, strings: &Strings) -> String {
    let title = axis::title(measure, strings);
    match measure.higher_is_better {
        true => title,
        false => strings.say("chart-lower", [("name", Argument::Text(&title))]),
    }
}

fn paint(sketch: &Sketch, chart: &Scatter, strings: &Strings, breadth: i32) {
    let measure = &chart.measure;
    let up = upwards(chart);
    let left = 8 + up.ticks.iter().map(|(_, name)| width(name)).max().unwrap_or(0);
    let over = across(chart, left, breadth);
    for (y, _) in &up.ticks {
        sketch.line(&[(left, *y), (breadth - RIGHT, *y)], Ink::Grid, 1);
    }
    for (x, _) in &over.ticks {
        sketch.line(&[(*x, TOP), (*x, FLOOR)], Ink::Grid, 1);
    }
    for (y, name) in &up.ticks {
        sketch.text(name, (left - 6, *y), Side::Left, Ink::Muted);
    }
    let mut free = 0;
    for (x, name) in &over.ticks {
        let (from, to) = (x - width(name) / 2, x + width(name) / 2);
        if from >= free && to <= breadth {
            sketch.text(name, (*x, FLOOR + 13), Side::Centre, Ink::Muted);
            free = to + 6;
        }
    }
    let (title, title_up) = match &chart.across {
        Across::Size => (strings.word("chart-axis-size").to_owned(), axis::title(measure, strings)),
        Across::Released => (strings.word("fact-released").to_owned(), axis::title(measure, strings)),
        Across::Column { measure: over, .. } => (directed(over, strings), directed(measure, strings)),
    };
    sketch.text(&fitting(&title_up, breadth), (0, 8), Side::Right, Ink::Muted);
    sketch.text(&fitting(&title, breadth - RIGHT), (breadth - RIGHT, FLOOR + 34), Side::Left, Ink::Muted);
    let mut space = Labels::new(Rect { left: left + 1, top: TOP - 20, right: breadth, bottom: FLOOR });
    if let Some(chance) = measure.chance.filter(|chance| !up.log && up.axis.holds(*chance)) {
        let line = [(left, up.at(chance)), (breadth - RIGHT, up.at(chance))];
        sketch.line(&line, Ink::Chance, 2);
        space.take_line(line[0], line[1]);
        sketch.text(strings.word("chart-chance"), (left, FLOOR + 34), Side::Right, Ink::Chance);
    }
    let at = |dot: &Dot| (over.at(dot.x), up.at(dot.point.value));
    let records = records(chart);
    let steps = steps(chart, &records, at, if runs_right(chart) { breadth - RIGHT } else { left });
    sketch.line(&steps, Ink::Accent, 1);
    // Of a large frontier only those that lead, or the intervals would hide the dots.
    let few = chart.dots.iter().filter(|dot| dot.on_frontier).count() <= LABELS;
    let leads = |dot: &Dot| records.iter().any(|record| std::ptr::eq(&chart.dots[*record], dot));
    let whiskers = |dot: &Dot| {
        let (x, y) = at(dot);
        let level = dot.x_interval.map(|(low, high)| [(over.at(low).max(left), y), (over.at(high), y)]);
        let upright = dot.point.interval.map(|(low, high)| [(x, up.at(low).min(FLOOR)), (x, up.at(high))]);
        let shown = dot.on_frontier && few || leads(dot);
        level.into_iter().chain(upright).filter(move |_| shown).collect::<Vec<_>>()
    };
    chart.dots.iter().for_each(|dot| space.take(Rect::around(at(dot), RADIUS)));
    steps.windows(2).for_each(|two| space.take_line(two[0], two[1]));
    for [from, to] in chart.dots.iter().flat_map(whiskers) {
        space.take_line(from, to);
    }
    for (row, dot) in chart.dots.iter().enumerate() {
        sketch.mark(row, || {
            for whisker in whiskers(dot) {
                sketch.line(&whisker, Ink::Accent, 2);
            }
            sketch.dot(at(dot), 10, Ink::Hit);
            match dot.on_frontier {
                true => sketch.dot(at(dot), RADIUS, Ink::Accent),
                false => sketch.ring(at(dot), RADIUS - 1, Ink::Faint),
            }
        });
    }
    for (name, place) in labels(chart, &records, at, space) {
        sketch.text(&name, place.at, place.side, Ink::Name);
    }
}

/// The indices of the dots that are better than all before them, from left to right, or from right to left where the
/// right is the better end.
fn records(chart: &Scatter) -> Vec<usize> {
    let sign = if chart.measure.higher_is_better { 1.0 } else { -1.0 };
    let mut records: Vec<usize> = Vec::new();
    let mut order: Vec<usize> = (0..chart.dots.len()).collect();
    if !runs_right(chart) {
        order.reverse();
    }
    for index in order {
        let dot = &chart.dots[index];
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

/// The best so far, as steps to `end`.
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
    let names: Vec<&str> = wanted.iter().map(|index| chart.dots[*index].point.name.as_str()).collect();
    let names = told_apart(&names, WIDEST_NAME);
    let label = |(index, name): (usize, String)| {
        let size = (width(&name), FONT + 2);
        let place = space.place(at(&chart.dots[index]), RADIUS, size)?;
        Some((name, place))
    };
    wanted.into_iter().zip(names).filter_map(label).take(LABELS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::language::Language;
    use crate::page::chart::{Name, Point};

    const FTL: &str = include_str!("../../../themes/default/i18n/en.ftl");

    /// Dots of which many are on the frontier, with whiskers that pass between others.
    fn crowd() -> Scatter {
        let dot = |index: usize| {
            let value = 20.0 + (index * 37 % 61) as f64;
            let name = format!(
                "Model {} of many{}",
                index * 7919,
                if index.is_multiple_of(3) { " with a long name" } else { "" }
            );
            Dot {
                point: Point { name, value, interval: Some((value - 9.0, value + 9.0)) },
                x: (index / 2) as f64,
                x_interval: index.is_multiple_of(5).then_some((index as f64 / 2.0 - 4.0, index as f64 / 2.0 + 4.0)),
                written: String::new(),
                on_frontier: index.is_multiple_of(4),
            }
        };
        let measure = |name: &str| Measure {
            name: Name::Text(name.to_owned()),
            unit: None,
            decimals: 1,
            chance: Some(45.0),
            has_zero: true,
            higher_is_better: true,
        };
        Scatter {
            board: "B".into(),
            column: None,
            across: Across::Column { measure: Measure { higher_is_better: false, ..measure("x") }, log: false },
            dots: (0..52).map(dot).collect(),
            all: 52,
            unknown: 0,
            frontier: Frontier::BeyondNoise,
            measure: measure("y"),
        }
    }

    /// What stands between quotes after `name=`.
    fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
        element.split_once(&format!(" {name}=\""))?.1.split('"').next()
    }

    fn numbers(element: &str, names: [&str; 2]) -> Option<(i32, i32)> {
        Some((attribute(element, names[0])?.parse().ok()?, attribute(element, names[1])?.parse().ok()?))
    }

    /// The strokes of a path: moves, and lines level, upright and slanting.
    fn strokes(path: &str) -> Vec<[(i32, i32); 2]> {
        let mut strokes = Vec::new();
        let mut at = (0, 0);
        let starts: Vec<usize> =
            path.match_indices(char::is_alphabetic).map(|(start, _)| start).chain([path.len()]).collect();
        for step in starts.windows(2).map(|two| &path[two[0]..two[1]]) {
            let to: Vec<i32> = step[1..].split(' ').map(|number| number.parse().unwrap()).collect();
            let next = match (&step[..1], to.as_slice()) {
                ("H", [x]) => (*x, at.1),
                ("V", [y]) => (at.0, *y),
                (_, [x, y]) => (*x, *y),
                other => panic!("{other:?}"),
            };
            if !step.starts_with('M') {
                strokes.push([at, next]);
            }
            at = next;
        }
        strokes
    }

    /// From one point to another.
    type Stroke = [(i32, i32); 2];

    /// The rectangles of the names of a drawing, its dots, and its strokes but for the grid.
    fn geometry(svg: &str) -> (Vec<Rect>, Vec<Rect>, Vec<Stroke>) {
        let (mut names, mut dots, mut lines) = (Vec::new(), Vec::new(), Vec::new());
        for element in svg.split('<').skip(1) {
            let class = attribute(element, "class").unwrap_or_default();
            if let Some((x, line)) = numbers(element, ["x", "y"]).filter(|_| class.starts_with("name")) {
                let text = element.split_once('>').unwrap().1;
                let left = match class.split_once(' ') {
                    None => x,
                    Some((_, "e")) => x - width(text),
                    Some(_) => x - width(text) / 2,
                };
                // The height of small letters and digits, over the line that they stand on.
                names.push(Rect { left, top: line - FONT + 2, right: left + width(text), bottom: line + 2 });
            } else if let Some(centre) = numbers(element, ["cx", "cy"]).filter(|_| class != "hit") {
                dots.push(Rect::around(centre, RADIUS - 1));
            } else if let Some(path) = attribute(element, "d").filter(|_| ["accent", "chance"].contains(&class)) {
                lines.extend(strokes(path));
            }
        }
        (names, dots, lines)
    }

    #[test]
    fn no_label_stands_on_a_whisker_a_line_a_dot_or_another_label() {
        let strings = Strings::new(Language::En, [("en.ftl", FTL)].into_iter(), &mut Diagnostics::default());
        let told = told(&crowd(), &strings);
        for svg in [told.drawing, told.narrow.unwrap().1] {
            let (names, dots, lines) = geometry(&svg);
            assert!(!names.is_empty() && dots.len() == 52 && lines.len() > 8, "{names:?} {lines:?}");
            let mut collisions = 0;
            for (index, name) in names.iter().enumerate() {
                collisions += names[..index].iter().chain(&dots).filter(|other| other.meets(name)).count();
                collisions += lines.iter().filter(|[from, to]| name.is_crossed(*from, *to)).count();
            }
            assert_eq!(collisions, 0, "{svg}");
        }
    }

    #[test]
    fn a_bounded_chart_says_which_dots_it_has() {
        let strings = Strings::new(Language::En, [("en.ftl", FTL)].into_iter(), &mut Diagnostics::default());
        let drawn = "Drawn are the models on the frontier, then the first by place.";
        assert!(!told(&crowd(), &strings).caption.contains(drawn));
        assert!(told(&Scatter { all: 168, ..crowd() }, &strings).caption.contains(drawn));
    }
}
