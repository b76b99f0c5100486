//! What the charts with a sign for each cell have in common: names left, heads above, signs, and a key below.

use super::HALF;
use super::canvas::{FONT, Ink, Side, Sketch, width};
use super::names::told_apart;

/// Of a row.
pub(super) const ROW: i32 = 18;
const WIDEST_NAME: i32 = 180;
const GAP: i32 = 8;
/// Room for the number of a row.
const NUMBER: i32 = 24;
/// Room for half of the number over the last column.
const END: i32 = 6;

/// A sign in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Filled,
    Hollow,
    Diamond,
    Point,
    Up,
    Down,
    Dash,
}

impl Sign {
    pub(super) fn paint(self, sketch: &Sketch, (x, y): (i32, i32)) {
        match self {
            Self::Filled => sketch.block((x - 5, y - 5), (10, 10), Ink::Accent),
            Self::Hollow => {
                let corners = [(x - 4, y - 4), (x + 4, y - 4), (x + 4, y + 4), (x - 4, y + 4), (x - 4, y - 5)];
                sketch.line(&corners, Ink::Accent, 2);
            }
            Self::Diamond => {
                let corners = [(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y), (x, y - 5)];
                sketch.line(&corners, Ink::Muted, 1);
            }
            Self::Point => sketch.block((x - 1, y - 1), (2, 2), Ink::Muted),
            Self::Up => sketch.shape(&[(x, y - 5), (x + 5, y + 4), (x - 5, y + 4)], Ink::Accent),
            Self::Down => {
                sketch.line(&[(x, y + 5), (x + 5, y - 4), (x - 5, y - 4), (x, y + 5)], Ink::Muted, 1);
            }
            Self::Dash => sketch.block((x - 3, y - 1), (6, 2), Ink::Muted),
        }
    }
}

/// Where the cells are.
pub(super) struct Grid {
    names: Vec<String>,
    names_end: i32,
    numbered: bool,
    left: i32,
    top: i32,
    /// The width of a cell.
    step: i32,
}

impl Grid {
    /// Names of the rows, the number of columns, the height above the first row, and whether rows have numbers.
    pub(super) fn new<'a>(names: impl Iterator<Item = &'a str>, columns: usize, top: i32, numbered: bool) -> Self {
        let names = told_apart(&names.collect::<Vec<_>>(), WIDEST_NAME);
        let names_end = names.iter().map(|name| width(name)).max().unwrap_or(0);
        let left = names_end + GAP + if numbered { NUMBER } else { 0 };
        let step = ((HALF - left - END) / columns.max(1) as i32).clamp(1, ROW);
        Self { names, names_end, numbered, left, top, step }
    }

    /// The height down to the key.
    pub(super) fn height(&self) -> i32 {
        self.top + ROW * self.names.len() as i32
    }

    /// Whether a column has its number above: each, or every fifth where there is no room.
    pub(super) fn has_number(&self, column: usize) -> bool {
        self.step >= ROW || (column + 1).is_multiple_of(5)
    }

    /// The middle of a column.
    pub(super) fn column(&self, column: usize) -> i32 {
        self.left + self.step * column as i32 + self.step / 2
    }

    /// The rows with their signs; `sign` is asked for by row and column.
    pub(super) fn paint(&self, sketch: &Sketch, columns: usize, sign: impl Fn(usize, usize) -> Option<Sign>) {
        for (row, name) in self.names.iter().enumerate() {
            let y = self.top + ROW * row as i32 + ROW / 2;
            sketch.mark(row, || {
                sketch.block((0, y - ROW / 2), (HALF, ROW), Ink::Hit);
                sketch.text(name, (self.names_end, y), Side::Left, Ink::Text);
                if self.numbered {
                    sketch.text(&(row + 1).to_string(), (self.left - GAP, y), Side::Left, Ink::Muted);
                }
                // Sign by sign, so that those of one kind become one path.
                let signs: Vec<Option<Sign>> = (0..columns).map(|column| sign(row, column)).collect();
                let mut kinds: Vec<Sign> = Vec::new();
                signs.iter().flatten().for_each(|sign| {
                    if !kinds.contains(sign) {
                        kinds.push(*sign);
                    }
                });
                for kind in kinds {
                    for (column, _) in signs.iter().enumerate().filter(|(_, sign)| **sign == Some(kind)) {
                        kind.paint(sketch, (self.column(column), y));
                    }
                }
            });
        }
    }
}

/// The height of a key of these entries.
pub(super) fn key_height(entries: &[(Sign, &str)]) -> i32 {
    FONT + ROW * places(entries).last().map_or(0, |(_, line)| line + 1)
}

/// The signs with their meanings, from `top` down.
pub(super) fn paint_key(sketch: &Sketch, entries: &[(Sign, &str)], top: i32) {
    for ((sign, text), (x, line)) in entries.iter().zip(places(entries)) {
        let y = top + FONT + ROW * line + ROW / 2;
        sign.paint(sketch, (x + 6, y));
        sketch.text(text, (x + 18, y), Side::Right, Ink::Muted);
    }
}

/// Where the entries of a key start, and in which line.
fn places(entries: &[(Sign, &str)]) -> Vec<(i32, i32)> {
    let (mut x, mut line) = (0, 0);
    let place = |(_, text): &(Sign, &str)| {
        let needed = 18 + width(text);
        if x > 0 && x + needed > HALF {
            (x, line) = (0, line + 1);
        }
        let place = (x, line);
        x += needed + 20;
        place
    };
    entries.iter().map(place).collect()
}
