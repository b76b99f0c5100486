//! A dot for each model on a common scale.

use super::axis::{self, Axis};
use super::canvas::{Ink, Side, Sketch, drawn, fitting, width};
use super::names::told_apart;
use super::{Argument, Data, Figures, NARROW, Strings, Told, WIDE};
use crate::page::chart::{Intervals, Of};

const ROW: i32 = 24;
const TOP: i32 = 10;
const BOTTOM: i32 = 44;
const WIDEST_NAME: i32 = 320;
/// Room for a name above its dot.
const NAME: i32 = 18;
const GAP: i32 = 12;
/// Room right of the scale for the number of the best.
const NUMBER: i32 = 64;

pub(super) fn told(chart: &Intervals, strings: &Strings) -> Told {
    let [wide, narrow] = [WIDE, NARROW].map(|breadth| Layout::new(chart, breadth));
    let drawing = |layout: &Layout| drawn((layout.breadth, layout.height()), |s| paint(s, chart, strings, layout));
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
        height: wide.height(),
        drawing: drawing(&wide),
        narrow: Some((narrow.height(), drawing(&narrow))),
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
            ("more", Argument::Number(chart.all - chart.points.len())),
        ],
    );
    if chart.ties.is_empty() { caption } else { caption + strings.word("chart-ties") }
}

/// Where names and rows are.
struct Layout {
    breadth: i32,
    names: Vec<String>,
    /// Names stand above their dots: beside them they would have to be cut.
    above: bool,
}

impl Layout {
    fn new(chart: &Intervals, breadth: i32) -> Self {
        let names: Vec<&str> = chart.points.iter().map(|point| point.name.as_str()).collect();
        let beside = WIDEST_NAME.min(breadth * 2 / 5);
        let above = breadth == NARROW && names.iter().any(|name| width(name) > beside);
        Self { breadth, names: told_apart(&names, if above { breadth } else { beside }), above }
    }

    fn row(&self) -> i32 {
        if self.above { ROW + NAME } else { ROW }
    }

    fn top(&self, row: usize) -> i32 {
        TOP + self.row() * row as i32
    }

    /// The height of a dot; a name above it is nearer to it than to the dot before.
    fn middle(&self, row: usize) -> i32 {
        self.top(row) + if self.above { ROW / 2 + NAME - 3 } else { ROW / 2 }
    }

    fn floor(&self) -> i32 {
        self.top(self.names.len())
    }

    fn height(&self) -> i32 {
        self.floor() + BOTTOM
    }

    /// Where the scale starts.
    fn left(&self) -> i32 {
        match self.above {
            true => GAP,
            false => GAP + self.names.iter().map(|name| width(name)).max().unwrap_or(0),
        }
    }

    fn paint_name(&self, sketch: &Sketch, row: usize) {
        let top = self.top(row);
        match self.above {
            true => sketch.text(&self.names[row], (0, top + 12), Side::Right, Ink::Text),
            false => sketch.text(&self.names[row], (self.left() - GAP, self.middle(row)), Side::Left, Ink::Text),
        }
    }
}

fn paint(sketch: &Sketch, chart: &Intervals, strings: &Strings, layout: &Layout) {
    let Layout { breadth, .. } = *layout;
    let (left, right, floor) = (layout.left(), breadth - NUMBER, layout.floor());
    let values = chart.points.iter().flat_map(|point| {
        let (low, high) = point.interval.unwrap_or((point.value, point.value));
        [low, high]
    });
    let axis = Axis::of_measure(&chart.measure, values, left, right);
    for (first, last) in &chart.ties {
        let top = layout.top(*first) + 1;
        sketch.block((0, top), (breadth, layout.top(last + 1) - top - 1), Ink::Band);
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
    let chance = chart.measure.chance.filter(|chance| axis.holds(*chance));
    if let Some(chance) = chance {
        sketch.line(&[(axis.at(chance), TOP), (axis.at(chance), floor)], Ink::Chance, 2);
        sketch.text(strings.word("chart-chance"), (axis.at(chance), floor + 32), Side::Centre, Ink::Chance);
    }
    // A stem has a length, which is something only from a zero or from the chance level.
    let base = if axis.is_from_zero() { Some(axis.start()) } else { chance.map(|chance| axis.at(chance)) };
    for (row, point) in chart.points.iter().enumerate() {
        let y = layout.middle(row);
        let dot = axis.at(point.value);
        let number = axis::number(point.value, chart.measure.decimals);
        let guide = |behind: i32, y: i32| {
            sketch.line(&[(left, y), (dot, y)], Ink::Grid, 1);
            if behind < right {
                sketch.line(&[(behind, y), (right, y)], Ink::Grid, 1);
            }
        };
        sketch.mark(row, || {
            sketch.block((0, layout.top(row)), (breadth, layout.row()), Ink::Hit);
            let end = match point.interval {
                Some((low, high)) => {
                    sketch.line(&[(axis.at(low), y), (axis.at(high), y)], Ink::Accent, 2);
                    axis.at(high)
                }
                None => {
                    match base {
                        Some(base) => sketch.line(&[(base, y), (dot, y)], Ink::Grid, 2),
                        None => guide(dot + 14 + width(&number), y),
                    }
                    dot
                }
            };
            sketch.dot((dot, y), 5, Ink::Accent);
            layout.paint_name(sketch, row);
            sketch.text(&number, (end.max(dot) + 10, y), Side::Right, Ink::Text);
        });
    }
}
