//! A table of texts with the place of each cell: what CSV and Markdown have in common.

use super::{Reading, written};
use crate::diagnostic::{Diagnostic, Position};
use crate::record::{Place, Unit, Value};
use std::borrow::Cow;

#[derive(Clone, Debug)]
pub struct TextTable<'a> {
    /// The line of the header, counted from 1.
    pub line: u32,
    /// The nearest heading above a table in Markdown.
    pub heading: Option<&'a str>,
    pub header: Vec<Cell<'a>>,
    /// Rows may be shorter or longer than the header.
    pub rows: Vec<Vec<Cell<'a>>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    /// Without surrounding space.
    pub text: Cow<'a, str>,
    /// Where the cell starts.
    pub position: Position,
}

impl Cell<'_> {
    pub fn place(&self) -> Place {
        Place::Cell { line: self.position.line, column: self.position.column }
    }
}

impl TextTable<'_> {
    /// The column of that name, counted from 0.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|cell| cell.text == name)
    }
}

impl<'a> TextTable<'a> {
    /// The rows that have as many cells as the header; others are reported.
    pub fn whole_rows(self, reading: &mut Reading) -> Vec<Vec<Cell<'a>>> {
        let width = self.header.len();
        let (whole, ragged): (Vec<_>, Vec<_>) = self.rows.into_iter().partition(|row| row.len() == width);
        for row in ragged {
            let message = format!("the row has {} cells and the header {width}", row.len());
            let problem = reading.error("ragged-row", message);
            let position = row.first().map(|cell| cell.position);
            let problem = problem.hint("the row is left out; quote a cell that has a comma");
            reading.diagnostics.push(Diagnostic { position, ..problem });
        }
        whole
    }
}

impl Cell<'_> {
    /// The score in the cell; `None` for a missing one, and, with a warning, for one that is no number. A percent sign
    /// belongs only to [`Unit::Percent`].
    pub fn score(&self, unit: Unit, reading: &mut Reading) -> Option<Value> {
        if written::is_missing(&self.text) {
            return None;
        }
        let number = written::number(&self.text).filter(|(_, written)| written.is_none_or(|written| written == unit));
        if number.is_none() {
            let text: String = self.text.chars().take(40).collect();
            let problem = reading.warning("not-a-number", format!("{text:?} is not a number in {unit}"));
            reading.diagnostics.push(problem.at(self.position).hint("the score is left out"));
        }
        Some(number?.0)
    }
}
