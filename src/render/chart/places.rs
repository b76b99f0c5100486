//! Places over time: the first on top, a line for each model with its name at the end.

use super::canvas::{FONT, Ink, Side, Sketch, drawn, width};
use super::labels::{Labels, Rect};
use super::names::told_apart;
use super::{Argument, Data, NARROW, Strings, Told, WIDE};
use crate::page::chart::{PlaceLine, Places, Stop};

/// Between two places.
const PITCH: i32 = 24;
const TOP: i32 = 4;
const BOTTOM: i32 = 26;
/// Places that are never drawn closer together; at least as many as lines, so that names at the right end have room.
const NEAR: u32 = 14;
/// The room for all further places.
const FAR: i32 = 170;
const RADIUS: i32 = 4;
const WIDEST_NAME: i32 = 220;
const GAP: i32 = 10;
/// The lines of the first so many are in colour.
const HIGHLIGHTED: usize = 3;

/// The `id` of the table below the chart.
const TABLE: &str = "places-table";

pub(super) fn told(chart: &Places, strings: &Strings) -> Told {
    let scale = Scale::of(chart);
    let ends = (chart.dates.first().map_or("", String::as_str), chart.dates.last().map_or("", String::as_str));
    let mut caption = strings.say(
        "chart-places",
        [
            ("board", Argument::Text(&chart.board)),
            ("shown", Argument::Number(chart.lines.len())),
            ("all", Argument::Number(chart.all)),
            ("more", Argument::Number(chart.all - chart.lines.len())),
            ("first", Argument::Text(ends.0)),
            ("last", Argument::Text(ends.1)),
        ],
    );
    if !ties(chart).is_empty() {
        caption += strings.word("chart-places-shared");
    }
    if scale.is_compressed() {
        caption += &strings.say("chart-places-closer", [("place", Argument::Number(NEAR as usize))]);
    }
    let words = chart.lines.iter().map(|line| {
        let places = line.stops.iter().map(|stop| stop.map_or_else(|| "—".to_owned(), |stop| stop.place.to_string()));
        format!("{} {}", line.name, places.collect::<Vec<_>>().join(", "))
    });
    let height = scale.y(scale.last) + PITCH / 2 + BOTTOM;
    let drawing = |breadth| drawn((breadth, height), |s| paint(s, chart, scale, (breadth, height - BOTTOM)));
    Told {
        caption,
        description: words.collect::<Vec<_>>().join("; "),
        width: WIDE,
        height,
        drawing: drawing(WIDE),
        narrow: Some((height, drawing(NARROW))),
        data: Data::Table(TABLE),
    }
}

/// From place to height.
#[derive(Clone, Copy)]
struct Scale {
    /// The last place that is drawn.
    last: u32,
}

impl Scale {
    fn of(chart: &Places) -> Self {
        let stops = chart.lines.iter().flat_map(|line| line.stops.iter().flatten());
        Self { last: stops.map(|stop| stop.slot).max().unwrap_or(1) }
    }

    /// The places after [`NEAR`].
    fn far(self) -> u32 {
        self.last.saturating_sub(NEAR)
    }

    fn is_compressed(self) -> bool {
        f64::from(self.far()) * f64::from(PITCH) > f64::from(FAR)
    }

    fn y(self, slot: u32) -> i32 {
        let near = slot.min(NEAR).saturating_sub(1) as i32 * PITCH;
        let step = if self.is_compressed() { f64::from(FAR) / f64::from(self.far()) } else { f64::from(PITCH) };
        TOP + PITCH / 2 + near + (step * f64::from(slot.saturating_sub(NEAR))).round() as i32
    }

    /// The places that are named: all near ones, and of the others as many as have room.
    fn ticks(self) -> Vec<u32> {
        let near = 1..=self.last.min(NEAR);
        let room = (FAR / (FONT + 4)) as u32;
        let step = [1, 5, 10, 20, 50, 100, 200, 500].into_iter().find(|step| self.far() / step <= room);
        let step = step.unwrap_or_else(|| self.far().max(1));
        // The first of them would stand at the last near one.
        let far = (NEAR + 1..=self.last).filter(|place| place % step == 0 && self.y(*place) - self.y(NEAR) > FONT);
        near.chain(far).collect()
    }
}

/// For each date at which lines share a place, the first and the last slot that they have.
fn ties(chart: &Places) -> Vec<(usize, (u32, u32))> {
    let mut ties: Vec<(usize, (u32, u32))> = Vec::new();
    for date in 0..chart.dates.len() {
        let mut stops: Vec<Stop> = chart.lines.iter().filter_map(|line| stop(line, date)).collect();
        stops.sort_unstable_by_key(|stop| stop.slot);
        for shared in stops.chunk_by(|one, other| one.place == other.place) {
            if let [first, .., last] = shared {
                ties.push((date, (first.slot, last.slot)));
            }
        }
    }
    ties
}

fn stop(line: &PlaceLine, date: usize) -> Option<Stop> {
    line.stops.get(date).copied().flatten()
}

/// The dates that are named, from the first to the last, as far apart as they have room; `x` is where one stands.
fn named_dates(dates: &[String], x: impl Fn(usize) -> i32) -> Vec<usize> {
    let last = dates.len().saturating_sub(1);
    let room = |from: usize, to: usize| x(to) - x(from) >= (width(&dates[from]) + width(&dates[to])) / 2 + GAP;
    let mut named: Vec<usize> = Vec::new();
    for date in 0..last {
        if named.last().is_none_or(|before| room(*before, date)) && (date == 0 || room(date, last)) {
            named.push(date);
        }
    }
    named.push(last);
    named
}

fn paint(sketch: &Sketch, chart: &Places, scale: Scale, (breadth, floor): (i32, i32)) {
    let names: Vec<&str> = chart.lines.iter().map(|line| line.name.as_str()).collect();
    let names = told_apart(&names, WIDEST_NAME.min(breadth * 2 / 5));
    let ticks = scale.ticks();
    let left = width(&scale.last.to_string()) + GAP;
    let first = left + GAP + RADIUS;
    let last = breadth - names.iter().map(|name| width(name)).max().unwrap_or(0) - GAP - 2 * RADIUS;
    let steps = chart.dates.len().saturating_sub(1).max(1) as i32;
    let x = |date: usize| first + (last - first) * date as i32 / steps;
    for place in &ticks {
        sketch.line(&[(left, scale.y(*place)), (last + RADIUS, scale.y(*place))], Ink::Grid, 1);
    }
    for place in &ticks {
        sketch.text(&place.to_string(), (left - GAP + 4, scale.y(*place)), Side::Left, Ink::Muted);
    }
    // The first name starts at the edge where its middle would stand too far left, and takes the room for it.
    let middle = |date: usize| x(date).max(width(&chart.dates[date]) / 2);
    for date in named_dates(&chart.dates, middle) {
        sketch.line(&[(x(date), floor - 4), (x(date), floor)], Ink::Muted, 1);
        sketch.text(&chart.dates[date], (middle(date), floor + 12), Side::Centre, Ink::Muted);
    }
    // At least a pixel apart from the next date's.
    let half = (RADIUS + 4).min((x(1) - x(0)) / 2 - 1).max(RADIUS);
    for (date, (from, to)) in ties(chart) {
        let (top, bottom) = (scale.y(from) - RADIUS - 4, scale.y(to) + RADIUS + 4);
        sketch.block((x(date) - half, top), (2 * half, bottom - top), Ink::Band);
    }
    let mut space = Labels::new(Rect { left, top: 0, right: last, bottom: floor });
    for (row, line) in chart.lines.iter().enumerate() {
        let points: Vec<Option<(i32, i32)>> = (line.stops.iter().enumerate())
            .map(|(date, stop)| stop.map(|stop| (x(date), scale.y(stop.slot))))
            .collect();
        points.iter().flatten().for_each(|point| space.take(Rect::around(*point, RADIUS)));
        let ink = if row < HIGHLIGHTED { Ink::Accent } else { Ink::Faint };
        sketch.mark(row, || {
            let runs = || points.split(Option::is_none).filter(|run| run.len() > 1);
            let solid = |run: &[Option<(i32, i32)>]| run.iter().flatten().copied().collect::<Vec<_>>();
            runs().for_each(|run| sketch.line(&solid(run), Ink::Hit, 14));
            for run in runs().map(solid) {
                run.windows(2).for_each(|two| space.take_line(two[0], two[1]));
                sketch.line(&run, ink, 2);
            }
            for point in points.iter().flatten() {
                sketch.dot(*point, 9, Ink::Hit);
                sketch.dot(*point, RADIUS, ink);
            }
        });
    }
    for (line, name) in chart.lines.iter().zip(names) {
        let Some((date, stop)) = line.stops.iter().enumerate().rev().find_map(|(date, stop)| Some((date, (*stop)?)))
        else {
            continue;
        };
        let end = (x(date), scale.y(stop.slot));
        if date + 1 == chart.dates.len() {
            sketch.text(&name, (end.0 + 2 * RADIUS + 4, end.1), Side::Right, Ink::Name);
        } else if let Some(place) = space.place(end, RADIUS, (width(&name), FONT + 2)) {
            sketch.text(&name, place.at, place.side, Ink::Name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_date_are_named_and_those_between_that_have_room() {
        let dates: Vec<String> = (1..=9).map(|day| format!("2024-01-0{day}")).collect();
        // A name is 70 wide, and keeps 10 from the next.
        assert_eq!(named_dates(&dates, |date| 50 * date as i32), [0, 2, 4, 6, 8]);
        assert_eq!(named_dates(&dates, |date| 70 * date as i32), [0, 2, 4, 6, 8]);
        assert_eq!(named_dates(&dates, |date| 30 * date as i32), [0, 3, 8]);
        assert_eq!(named_dates(&dates, |date| 14 * date as i32), [0, 8]);
        assert_eq!(named_dates(&dates[..1], |_| 0), [0]);
    }

    #[test]
    fn near_places_are_evenly_spaced_and_far_ones_drawn_closer() {
        let few = Scale { last: 20 };
        assert_eq!((few.y(1), few.y(2), few.y(20)), (16, 40, 472));
        assert!(!few.is_compressed());
        let many = Scale { last: 184 };
        assert_eq!((many.y(14), many.y(15), many.y(184)), (328, 329, 498));
        assert!(many.is_compressed());
        assert_eq!(many.ticks()[13..], [14, 40, 60, 80, 100, 120, 140, 160, 180]);
        assert_eq!(Scale { last: u32::MAX }.y(u32::MAX), 498);
    }
}
