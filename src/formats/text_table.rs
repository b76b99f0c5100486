//! A table of texts with the place of each cell: what CSV and Markdown have in common.

use crate::diagnostic::Position;
use crate::record::Place;
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
