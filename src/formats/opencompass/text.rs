//! Summaries in texts: the blocks of `summary_<date>.txt`, and tables in documents, in a code block or not.

use super::{FIXED_COLUMNS, split_at_commas};
use crate::diagnostic::Position;
use crate::formats::MarkdownText;
use crate::formats::text_table::Cell;
use std::borrow::Cow;

/// The line between the blocks of a text, which say the same in several forms.
const DIVIDER: &str = "THIS IS A DIVIDER";

/// Rows of cells, the header first.
type Rows<'a> = Vec<Vec<Cell<'a>>>;

pub fn has_summary(text: &str) -> bool {
    text.lines().any(is_header)
}

/// A header in any of the three forms.
fn is_header(line: &str) -> bool {
    // Most lines are something else, and are not split.
    let names = line.trim_start().trim_start_matches('|').trim_start();
    names.starts_with("dataset") && (is_plain_header(line) || is_columns(line.trim().trim_matches('|').split('|')))
}

fn is_plain_header(line: &str) -> bool {
    is_columns(line.split(',')) || is_columns(split_at_gaps(1, line).iter().map(|cell| &*cell.text))
}

fn is_columns<'a>(names: impl Iterator<Item = &'a str>) -> bool {
    names.take(4).map(str::trim).eq(FIXED_COLUMNS)
}

/// Every table of a document. Of a summary's text only one block is read: that with commas, which keeps the zeros that
/// an aligned table cuts off; without it, the Markdown one, then the aligned one.
pub fn summaries<'a>(markdown: &MarkdownText<'a>) -> Vec<Rows<'a>> {
    let text = markdown.text;
    let tables = markdown.tables().into_iter().map(|table| [vec![table.header], table.rows].concat());
    let piped: Vec<Rows> = tables.filter(|rows| is_summary(rows)).collect();
    let commas = plain_tables(text, |line| is_columns(line.split(',')), split_at_commas);
    let aligned = plain_tables(text, is_aligned_header, split_at_gaps);
    let forms = [commas, piped, aligned];
    if text.contains(DIVIDER) {
        return forms.into_iter().find(|tables| !tables.is_empty()).unwrap_or_default();
    }
    forms.concat()
}

fn is_summary(rows: &Rows) -> bool {
    rows.first().is_some_and(|header| is_columns(header.iter().map(|cell| &*cell.text)))
}

fn is_aligned_header(line: &str) -> bool {
    line.trim_start().starts_with("dataset") && is_columns(split_at_gaps(1, line).iter().map(|cell| &*cell.text))
}

/// The tables that start with a header and end before the first line of a single cell.
fn plain_tables<'a>(
    text: &'a str,
    is_header: impl Fn(&str) -> bool,
    split: impl Fn(u32, &'a str) -> Vec<Cell<'a>>,
) -> Vec<Rows<'a>> {
    let mut tables: Vec<Rows> = Vec::new();
    let mut in_table = false;
    for (number, line) in (1..).zip(text.lines()) {
        if is_header(line) {
            tables.push(vec![split(number, line)]);
            in_table = true;
        } else if in_table && !is_rule(line) {
            let cells = split(number, line);
            in_table = cells.len() > 1;
            if let Some(table) = tables.last_mut().filter(|_| in_table) {
                table.push(cells);
            }
        }
    }
    tables
}

/// The dashes below an aligned header, one run for each column.
fn is_rule(line: &str) -> bool {
    line.contains("--  --") && line.bytes().all(|byte| byte == b'-' || byte == b' ')
}

/// Cells apart by two or more spaces. Their offsets say nothing: columns are aligned by the width on a screen, on which
/// a Chinese character is as wide as two letters.
fn split_at_gaps(line: u32, text: &str) -> Vec<Cell<'_>> {
    let mut cells = Vec::new();
    // The line is walked once, so that a long one costs no more than its length.
    let mut column = 1;
    for part in text.split("  ") {
        let cell = part.trim();
        let before = part.len() - part.trim_start().len();
        if !cell.is_empty() {
            let position = Position { line, column: column + part[..before].chars().count() as u32 };
            cells.push(Cell { text: Cow::Borrowed(cell), position });
        }
        column += part.chars().count() as u32 + 2;
    }
    cells
}
