//! The long plain table: a CSV or Parquet file with one record a row, its columns named as in `docs/site-files.md`.

use super::table::{self, BadCell, Column, Template};
use super::{Content, Format, Holds, Input, Reading, Row};
use crate::diagnostic::Position;
use crate::record::{ModelName, Place, Record};
use foldhash::HashMap;

pub struct TableCsv;

const REQUIRED: [&str; 3] = ["model", "benchmark", "value"];

impl Format for TableCsv {
    fn name(&self) -> &'static str {
        "table-csv"
    }

    fn title(&self) -> &'static str {
        "plain table, long form"
    }

    fn example(&self) -> &'static str {
        "scores.csv"
    }

    /// By two of the three required columns, so that a table which lacks one is told so.
    fn recognises(&self, input: &Input) -> Option<Holds> {
        let names: Vec<&str> = match &input.content {
            Content::Csv(csv) => csv.header().iter().map(|name| &**name).collect(),
            Content::Parquet(parquet) => parquet.header().iter().map(String::as_str).collect(),
            _ => return None,
        };
        let present = REQUIRED.iter().filter(|name| names.contains(name)).count();
        (names.contains(&"model") && present >= 2).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let csv = match &input.content {
            Content::Csv(csv) => csv,
            Content::Parquet(parquet) => {
                let Some(mut table) = Table::new(&parquet.header_row(), reading) else { return };
                return parquet
                    .each(reading, |number, row, reading| table.read_row(&parquet.row(number, row), reading));
            }
            _ => return,
        };
        let mut rows = csv.rows(reading);
        // A header that cannot be read is reported; the next row does not take its place.
        let Some(header) = rows.next().filter(|row| row.line == first_line(input.text)) else { return };
        let Some(mut table) = Table::new(&header, rows.reading) else { return };
        rows.reading.records.reserve(input.text.len() / 64);
        while let Some(row) = rows.next() {
            table.read_row(&row, rows.reading);
        }
    }
}

/// The first line that is not blank.
fn first_line(text: &str) -> u32 {
    1 + text.lines().take_while(|line| line.trim().is_empty()).count() as u32
}

struct Table {
    width: usize,
    columns: Columns,
    models: Memo<ModelName>,
    templates: Memo<Template>,
}

/// Where the columns are, counted from 0.
struct Columns {
    value: usize,
    /// The model's identity.
    model: Vec<(usize, Column)>,
    /// What many rows have in common.
    common: Vec<(usize, Column)>,
    /// What differs from row to row.
    own: Vec<(usize, Column)>,
}

/// A cell that cannot be read: its column, counted from 0, and why.
type Misread = (usize, BadCell);

impl Table {
    fn new(header: &Row, reading: &mut Reading) -> Option<Self> {
        let columns = Columns::of(header, reading)?;
        Some(Self { width: header.width(), columns, models: Memo::new(), templates: Memo::new() })
    }

    fn read_row(&mut self, row: &Row, reading: &mut Reading) {
        if row.width() != self.width {
            let message = format!("the row has {} cells and the header {}", row.width(), self.width);
            let problem = reading.error("ragged-row", message).at(Position { line: row.line, column: 1 });
            reading.diagnostics.push(problem.hint("the row is left out; quote a cell that has a comma"));
            return;
        }
        match self.record(row, reading) {
            Ok(record) => reading.records.push(record),
            Err((column, bad)) => {
                let problem = reading.error(bad.code, bad.message).at(row.position(column));
                reading.diagnostics.push(problem.hint(bad.hint));
            }
        }
    }

    fn record(&mut self, row: &Row, reading: &Reading) -> Result<Record, Misread> {
        let columns = &self.columns;
        let model = self.models.get(row, &columns.model, model)?;
        let template = self.templates.get(row, &columns.common, template)?;
        let text = row.text(columns.value);
        if text.is_empty() {
            return Err((columns.value, missing("value")));
        }
        let value = table::number(text).map_err(|bad| (columns.value, bad))?;
        let Position { line, column } = row.position(columns.value);
        let place = Place::Cell { line, column };
        if columns.own.iter().all(|(column, _)| row.text(*column).is_empty()) {
            return Ok(template.record(model, value, place, reading));
        }
        let mut own = template.clone();
        fill(&mut own, row, &columns.own)?;
        Ok(own.record(model, value, place, reading))
    }
}

impl Columns {
    /// Reports what is wrong with the header; `None` when a required column is missing.
    fn of(header: &Row, reading: &mut Reading) -> Option<Self> {
        let mut known: Vec<(usize, Column)> = Vec::new();
        for (index, name) in header.texts().enumerate() {
            let column = Column::named(name);
            let problem = match column {
                None => table::unknown_column(name, Column::names(), reading),
                Some(Column::Added) => continue,
                Some(column) if find(&known, column).is_some() => reading
                    .error("duplicate-column", format!("the column {name:?} occurs twice"))
                    .hint("the first one is read; remove or rename the other"),
                Some(column) => {
                    known.push((index, column));
                    continue;
                }
            };
            reading.diagnostics.push(problem.at(header.position(index)));
        }
        for name in REQUIRED.iter().filter(|name| Column::named(name).and_then(|column| find(&known, column)).is_none())
        {
            let problem = reading.error("missing-column", format!("the table has no column {name:?}"));
            let hint = "every row needs a model, a benchmark and a value";
            reading.diagnostics.push(problem.at(header.position(0)).hint(hint));
        }
        find(&known, Column::Model).and(find(&known, Column::Benchmark))?;
        let value = find(&known, Column::ValueText).or(find(&known, Column::Value))?;
        let (mut model, mut common, mut own) = (Vec::new(), Vec::new(), Vec::new());
        for (index, column) in known {
            match column {
                Column::Value | Column::ValueText => continue,
                Column::Model | Column::Part(_) => &mut model,
                Column::StandardError | Column::Interval(_) | Column::Items | Column::ItemsTotal | Column::Url => {
                    &mut own
                }
                _ => &mut common,
            }
            .push((index, column));
        }
        Some(Self { value, model, common, own })
    }
}

fn find(columns: &[(usize, Column)], column: Column) -> Option<usize> {
    columns.iter().find(|(_, other)| *other == column).map(|(index, _)| *index)
}

/// Values made of the cells of some columns, each made once for all rows that agree in them.
struct Memo<T> {
    index: HashMap<String, usize>,
    made: Vec<T>,
    key: String,
}

impl<T> Memo<T> {
    fn new() -> Self {
        Self { index: HashMap::default(), made: Vec::new(), key: String::new() }
    }

    fn get(
        &mut self,
        row: &Row,
        columns: &[(usize, Column)],
        make: impl Fn(&Row, &[(usize, Column)]) -> Result<T, Misread>,
    ) -> Result<&T, Misread> {
        self.key.clear();
        for (column, _) in columns {
            self.key.push_str(row.text(*column));
            self.key.push('\n');
        }
        if let Some(index) = self.index.get(&self.key) {
            return Ok(&self.made[*index]);
        }
        let index = self.made.len();
        self.made.push(make(row, columns)?);
        self.index.insert(self.key.clone(), index);
        Ok(&self.made[index])
    }
}

fn model(row: &Row, columns: &[(usize, Column)]) -> Result<ModelName, Misread> {
    let mut model = ModelName::new("");
    for (index, column) in columns {
        let text = row.text(*index);
        match column {
            Column::Model if text.is_empty() => return Err((*index, missing("model"))),
            Column::Model => model.raw = text.into(),
            Column::Part(part) if !text.is_empty() => model.set(*part, text),
            _ => {}
        }
    }
    Ok(model)
}

fn template(row: &Row, columns: &[(usize, Column)]) -> Result<Template, Misread> {
    let mut template = Template::default();
    fill(&mut template, row, columns)?;
    if template.has_benchmark() {
        return Ok(template);
    }
    Err((find(columns, Column::Benchmark).unwrap_or(0), missing("benchmark")))
}

fn fill(template: &mut Template, row: &Row, columns: &[(usize, Column)]) -> Result<(), Misread> {
    for (index, column) in columns.iter().filter(|(index, _)| !row.text(*index).is_empty()) {
        template.set(*column, row.text(*index)).map_err(|bad| (*index, bad))?;
    }
    Ok(())
}

fn missing(column: &str) -> BadCell {
    let message = format!("the {column} is missing");
    BadCell { code: "missing-cell", message, hint: "fill the cell, or leave the row out" }
}

#[cfg(test)]
mod tests;
