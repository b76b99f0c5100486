//! Comma-separated text (RFC 4180), row by row, every cell with its position.

use super::Reading;
use super::text_table::{Cell, TextTable};
use crate::diagnostic::Position;
use memchr::{memchr, memchr_iter};
use std::borrow::Cow;

/// A comma-separated file.
pub struct Csv<'a> {
    text: &'a str,
    header: Vec<Cow<'a, str>>,
}

impl<'a> Csv<'a> {
    pub fn new(text: &'a str) -> Self {
        let header = match rows(text).next() {
            Some(Ok(row)) => row.cells.into_iter().map(|(cell, _)| cell).collect(),
            // Its fault is reported when the rows are read.
            _ => text.lines().next().unwrap_or("").split(',').map(|name| Cow::Borrowed(name.trim())).collect(),
        };
        Self { text, header }
    }

    /// The names in the first row, trimmed, as far as it can be read: what a format is recognised by.
    pub fn header(&self) -> &[Cow<'a, str>] {
        &self.header
    }

    /// Every row that is not blank, the header first. Reports rows with a broken quote and leaves them out.
    pub fn rows<'r>(&self, reading: &'r mut Reading) -> CsvRows<'a, 'r> {
        CsvRows { rows: rows(self.text), reading }
    }

    /// The whole file as a table.
    pub fn table(&self, reading: &mut Reading) -> Option<TextTable<'a>> {
        let mut rows = self.rows(reading);
        let header = rows.next()?;
        let (line, header) = (header.line, header.into_cells());
        let mut table = TextTable { line, heading: None, header, rows: Vec::new() };
        while let Some(row) = rows.next() {
            table.rows.push(row.into_cells());
        }
        Some(table)
    }
}

/// The rows of a file; between two of them, its reading may be used through [`Self::reading`].
pub struct CsvRows<'a, 'r> {
    rows: Rows<'a>,
    pub reading: &'r mut Reading,
}

impl<'a> CsvRows<'a, '_> {
    /// The next row that can be read. (No iterator: the reading is used between two rows.)
    #[allow(clippy::should_implement_trait, reason = "the reading is used between two rows")]
    pub fn next(&mut self) -> Option<Row<'a>> {
        loop {
            match self.rows.next()? {
                Ok(row) => return Some(row),
                Err(position) => {
                    let message = "the quote that opens here is not closed at the end of a cell";
                    let problem = self.reading.error("broken-csv", message).at(position);
                    self.reading.diagnostics.push(problem.hint("write a quote inside a quoted cell twice"));
                }
            }
        }
    }
}

impl<'a> CsvRows<'a, '_> {
    /// As [`Self::next`], with as many cells as the header has; other rows are reported and left out, for nobody knows
    /// which of their cells is missing or too many.
    pub fn next_of_width(&mut self, width: usize) -> Option<Row<'a>> {
        loop {
            let row = self.next()?;
            if row.width() == width {
                return Some(row);
            }
            let message = format!("the row has {} cells and the header {width}", row.width());
            let problem = self.reading.warning("ragged-row", message).at(row.position(0));
            self.reading.diagnostics.push(problem.hint("the row is left out; it may have been published so"));
        }
    }

    /// As [`Self::next_of_width`], past rows without a model's name in the given column: those are reported.
    pub fn next_with_model(&mut self, width: usize, column: usize) -> Option<Row<'a>> {
        loop {
            let row = self.next_of_width(width)?;
            if !row.text(column).is_empty() {
                return Some(row);
            }
            let problem = self.reading.error("missing-cell", "the row has no model").at(row.position(column));
            self.reading.diagnostics.push(problem.hint("write the model's name into the cell, or remove the row"));
        }
    }
}

/// A row whose quotes are well formed.
pub struct Row<'a> {
    /// The line at which it starts, counted from 1.
    pub line: u32,
    /// Absent for a table that is no text.
    text: Option<&'a str>,
    /// Each cell, trimmed, and the byte of the row at which it starts; where there is no text, its number from 0.
    cells: Vec<(Cow<'a, str>, usize)>,
}

impl<'a> Row<'a> {
    /// A row of a table that is no text: its lines are rows and its characters columns.
    pub fn of_table(line: u32, cells: Vec<Cow<'a, str>>) -> Self {
        Self { line, text: None, cells: cells.into_iter().zip(0..).collect() }
    }

    /// The number of cells.
    pub fn width(&self) -> usize {
        self.cells.len()
    }

    /// The trimmed text of a cell, counted from 0; empty when the row is shorter.
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |(text, _)| text)
    }

    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|(text, _)| &**text)
    }

    /// Where a cell starts.
    pub fn position(&self, column: usize) -> Position {
        let start = self.cells.get(column).map_or(0, |(_, start)| *start);
        let Some(text) = self.text else {
            // The names of the columns stand above the first row, where there is no line.
            return Position { line: self.line.max(1), column: u32::try_from(start + 1).unwrap_or(u32::MAX) };
        };
        let position = Position::of(text, start);
        Position { line: self.line + position.line - 1, ..position }
    }

    /// The cells with their positions, in one walk along the row: it may be very wide.
    fn into_cells(self) -> Vec<Cell<'a>> {
        let Some(row) = self.text else {
            let positions: Vec<Position> = (0..self.width()).map(|column| self.position(column)).collect();
            let cells = self.cells.into_iter().zip(positions);
            return cells.map(|((text, _), position)| Cell { text, position }).collect();
        };
        let (mut position, mut walked) = (Position { line: self.line, column: 1 }, 0);
        let cells = self.cells.into_iter().map(|(text, start)| {
            for c in row.get(walked..start).unwrap_or("").chars() {
                position = match c {
                    '\n' => Position { line: position.line + 1, column: 1 },
                    _ => Position { column: position.column + 1, ..position },
                };
            }
            walked = start;
            Cell { text, position }
        });
        cells.collect()
    }
}

/// The rows of `text` that are not blank; an error is the position of a quote that is not closed as it should be, and
/// only its line is left out.
fn rows(text: &str) -> Rows<'_> {
    Rows { text, at: 0, line: 1 }
}

struct Rows<'a> {
    text: &'a str,
    /// The byte at which the next row starts, and its line.
    at: usize,
    line: u32,
}

impl<'a> Iterator for Rows<'a> {
    type Item = Result<Row<'a>, Position>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
            let end = memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
            let line = &rest[..end];
            if memchr(b'"', line.as_bytes()).is_none() {
                self.at += end + 1;
                self.line += 1;
                if line.trim().is_empty() {
                    continue;
                }
                return Some(Ok(Row { line: self.line - 1, text: Some(line), cells: plain_cells(line) }));
            }
            let started = self.line;
            return Some(match quoted_cells(rest) {
                Ok((cells, length)) => {
                    let text = &rest[..length];
                    self.at += length + 1;
                    self.line += 1 + text.bytes().filter(|byte| *byte == b'\n').count() as u32;
                    Ok(Row { line: started, text: Some(text), cells })
                }
                Err(start) => {
                    let broken_line = rest[..start].bytes().filter(|byte| *byte == b'\n').count() as u32;
                    let from = rest[..start].rfind('\n').map_or(0, |newline| newline + 1);
                    let end = rest[start..].find('\n').map_or(rest.len(), |newline| start + newline);
                    let position =
                        Position { line: started + broken_line, ..Position::of(&rest[from..], start - from) };
                    self.at += end + 1;
                    self.line = position.line + 1;
                    Err(position)
                }
            });
        }
    }
}

fn plain_cells(line: &str) -> Cells<'_> {
    let mut cells = Vec::with_capacity(16);
    let mut start = 0;
    for end in memchr_iter(b',', line.as_bytes()).chain([line.len()]) {
        cells.push((Cow::Borrowed(trimmed(&line[start..end])), start));
        start = end + 1;
    }
    cells
}

/// As `trim`, and at once for the cells that need none.
fn trimmed(cell: &str) -> &str {
    match cell.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => cell,
        _ => cell.trim(),
    }
}

type Cells<'a> = Vec<(Cow<'a, str>, usize)>;

/// The cells of the row at the start of `rest` and the row's length; the error is the byte of a quote that is not
/// closed.
fn quoted_cells(rest: &str) -> Result<(Cells<'_>, usize), usize> {
    let mut cells = Vec::with_capacity(16);
    let mut start = 0;
    loop {
        let cell = &rest[start..];
        let (text, length) = if cell.starts_with('"') {
            quoted(cell).ok_or(start)?
        } else {
            let length = cell.find([',', '\n']).unwrap_or(cell.len());
            (Cow::Borrowed(cell[..length].trim()), length)
        };
        cells.push((text, start));
        start += length;
        if !rest[start..].starts_with(',') {
            return Ok((cells, start));
        }
        start += 1;
    }
}

/// The text of a quoted cell and its length with the quotes, up to the comma or the end of the line.
fn quoted(rest: &str) -> Option<(Cow<'_, str>, usize)> {
    let mut end = 1;
    loop {
        end += rest[end..].find('"')?;
        if !rest[end + 1..].starts_with('"') {
            break;
        }
        end += 2;
    }
    let after = rest[end + 1..].strip_prefix('\r').unwrap_or(&rest[end + 1..]);
    let closed = after.is_empty() || after.starts_with([',', '\n']);
    let inner = rest[1..end].trim();
    let text = if inner.contains('"') { Cow::Owned(inner.replace("\"\"", "\"")) } else { Cow::Borrowed(inner) };
    closed.then(|| (text, rest.len() - after.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Result<Vec<String>, (u32, u32)>> {
        rows(text)
            .map(|row| match row {
                Ok(row) => Ok(row.texts().map(str::to_owned).collect()),
                Err(position) => Err((position.line, position.column)),
            })
            .collect()
    }

    #[test]
    fn a_quoted_cell_may_span_lines_and_keeps_positions_right() {
        let found: Vec<_> = rows("a,b\n\"x\n\"\"y\"\"\",é,3\r\n\nlast").map(|row| row.ok().unwrap()).collect();
        assert_eq!(found[1].text(0), "x\n\"y\"");
        assert_eq!(found[1].position(2), Position { line: 3, column: 10 });
        assert_eq!((found[1].width(), found[1].text(2), found[1].text(9)), (3, "3", ""));
        assert_eq!((found[2].line, found[2].text(0)), (5, "last"));
        for row in found {
            let positions: Vec<_> = (0..row.width()).map(|column| row.position(column)).collect();
            assert_eq!(row.into_cells().iter().map(|cell| cell.position).collect::<Vec<_>>(), positions);
        }
    }

    #[test]
    fn a_broken_quote_costs_its_line_only() {
        assert_eq!(
            read("a,b\n1,\"2\n3,4\n"),
            [Ok(vec!["a".to_owned(), "b".to_owned()]), Err((2, 3)), Ok(vec!["3".to_owned(), "4".to_owned()])]
        );
        assert_eq!(read("\"a\" b,c\nd")[0], Err((1, 1)));
        assert_eq!(read("\"a\nb\",\"c\" d\ne"), [Err((2, 4)), Ok(vec!["e".to_owned()])]);
    }

    #[test]
    fn a_header_is_read_with_its_quotes() {
        assert_eq!(Csv::new("\" Latency\",\"a,b\"\r\n1,2").header(), [" Latency".trim(), "a,b"]);
        assert_eq!(Csv::new("\"a,b\n").header(), ["\"a", "b"]);
        assert_eq!(Csv::new("").header(), [""]);
    }
}
