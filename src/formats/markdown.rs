//! Markdown and plain text: front matter and pipe tables, also those that a console log holds.

use super::json::{Broken, Json};
use super::text_table::{Cell, TextTable};
use super::yaml;
use crate::diagnostic::Position;
use std::borrow::Cow;

pub struct MarkdownText<'a> {
    pub text: &'a str,
}

impl<'a> MarkdownText<'a> {
    /// The YAML between the `---` of the first line that is not blank and the next one; `None` when there is none.
    pub fn front_matter(&self) -> Option<Result<Json, Broken>> {
        let rest = self.text.trim_start().strip_prefix("---")?;
        let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?;
        let mut length = 0;
        for line in rest.split_inclusive('\n') {
            if line.trim_end() == "---" {
                // The line that opens it is kept, so that positions are those of the file.
                return Some(yaml::parse(&self.text[..self.text.len() - rest.len() + length]));
            }
            length += line.len();
        }
        None
    }

    /// Every table: a row of cells, a row of dashes, and the rows that follow, inside a code block or not.
    pub fn tables(&self) -> Vec<TextTable<'a>> {
        let mut tables: Vec<TextTable<'a>> = Vec::new();
        let (mut heading, mut before, mut in_table) = (None, None, false);
        for (line, text) in (1..).zip(self.text.lines()) {
            let title = text.trim_start_matches('#');
            if title.len() < text.len() && text.len() - title.len() <= 6 && title.starts_with(' ') {
                heading = Some(title.trim().trim_end_matches('#').trim_end());
            }
            let row = text.contains('|');
            match tables.last_mut().filter(|_| in_table && row) {
                Some(table) => table.rows.push(cells(line, text)),
                None if row && is_delimiter(text) => {
                    if let Some((line, header)) = before {
                        tables.push(TextTable { line, heading, header: cells(line, header), rows: Vec::new() });
                        in_table = true;
                    }
                }
                None => in_table = false,
            }
            before = row.then_some((line, text));
        }
        tables
    }
}

/// Whether a line is the row of dashes below a header.
fn is_delimiter(line: &str) -> bool {
    let line = line.trim();
    line.contains('-') && line.contains('|') && line.bytes().all(|byte| b"|-: ".contains(&byte))
}

fn cells(line: u32, text: &str) -> Vec<Cell<'_>> {
    let mut cells = Vec::new();
    let body = text.trim();
    let mut start = text.len() - text.trim_start().len() + usize::from(body.starts_with('|'));
    let end = text.trim_end().len() - usize::from(body.len() > 1 && body.ends_with('|') && !body.ends_with("\\|"));
    // Rows are walked once, so that a long row costs no more than its length.
    let (mut column, mut counted) = (1, 0);
    while start <= end {
        let length = cell_length(&text[start..end]);
        let written = &text[start..start + length];
        let first = start + written.len() - written.trim_start().len();
        column += text[counted..first].chars().count() as u32;
        counted = first;
        let written = written.trim();
        let text =
            if written.contains("\\|") { Cow::Owned(written.replace("\\|", "|")) } else { Cow::Borrowed(written) };
        cells.push(Cell { text, position: Position { line, column } });
        start += length + 1;
    }
    cells
}

/// The bytes before the next pipe that is not escaped.
fn cell_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'|' if !escaped => return at,
            b'\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Results #\n\nintro | no table\n\n| A |  天 \\| b |C|\n|---|:-:|--:|\n| 1 | 2 |  |\n| | x\n\n\
        ## More\n```\n2024 log\nT|V\n-|-\na|b\n```\n";

    #[test]
    fn tables_have_headings_cells_and_places() {
        let tables = MarkdownText { text: TEXT }.tables();
        assert_eq!(tables.len(), 2);
        let texts = |cells: &[Cell]| cells.iter().map(|cell| cell.text.to_string()).collect::<Vec<_>>();
        let first = &tables[0];
        assert_eq!((first.line, first.heading), (5, Some("Results")));
        assert_eq!(texts(&first.header), ["A", "天 | b", "C"]);
        assert_eq!(texts(&first.rows[0]), ["1", "2", ""]);
        assert_eq!(texts(&first.rows[1]), ["", "x"]);
        assert_eq!(first.rows[0][1].position, Position { line: 7, column: 7 });
        assert_eq!(first.column("C"), Some(2));
        assert_eq!((tables[1].line, tables[1].heading), (13, Some("More")));
        assert_eq!(texts(&tables[1].rows[0]), ["a", "b"]);
    }

    #[test]
    fn front_matter_is_yaml_with_positions_of_the_file() {
        let matter = |text| MarkdownText { text }.front_matter();
        assert_eq!(matter("---\nlanguage: no\nvalue: 0.50\n---\n# x").unwrap().ok().unwrap()["language"], "no");
        assert!(matter("# x\n---\na: 1\n---\n").is_none() && matter("---\na: 1\n").is_none());
        let broken = matter("---\na: 1\nb: [\n---\n").unwrap().err().unwrap();
        assert!(broken.position.line >= 3, "{:?}", broken.position);
    }

    #[test]
    fn hostile_rows_do_no_harm() {
        for text in ["|\n|-", "|-|\n|-|", "||\n|-|\n|", "\\|\n-|-\n\\|"] {
            MarkdownText { text }.tables();
        }
        let wide = format!("{}\n|-|\n{}", "|x".repeat(50_000), "|天".repeat(50_000));
        assert_eq!(MarkdownText { text: &wide }.tables()[0].rows[0].len(), 50_000);
    }
}
