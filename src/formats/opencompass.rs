//! OpenCompass: the summary of a run in all its forms, and in submodules what else it and its kin write.
//!
//! A summary is a table with one column for each model: `summary_<date>.csv`, `.md`, the blocks of `.txt`, also as
//! AISBench writes it, and inside documents. It does not say which way a metric is better.

mod baselines;
mod lawbench;
mod results;
mod subjective;
mod text;

pub use baselines::Baselines;
pub use lawbench::LawBench;
pub use results::Results;
pub use subjective::Subjective;

use super::shared::Shared;
use super::text_table::Cell;
use super::{Content, Format, Holds, Input, Reading, names};
use crate::diagnostic::Position;
use crate::record::{Date, Direction, Field, Items, Metric, ModelName, Protocol, Record, Unit, Value};
use std::borrow::Cow;
use std::sync::Arc;

pub struct OpenCompassSummary;

const FIXED_COLUMNS: [&str; 4] = ["dataset", "version", "metric", "mode"];

/// The metrics of rows that combine other rows.
const GROUP_METRICS: [&str; 5] = ["naive_average", "weighted_average", "harmonic_mean", "sum", "standard_deviation"];

impl Format for OpenCompassSummary {
    fn name(&self) -> &'static str {
        "opencompass-summary"
    }

    fn title(&self) -> &'static str {
        "OpenCompass summaries (also AISBench)"
    }

    fn example(&self) -> &'static str {
        "summary_20231208_194351.csv"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        match &input.content {
            Content::Csv(csv) => csv.header().iter().take(4).eq(&FIXED_COLUMNS).then_some(Holds::Scores),
            Content::Markdown(markdown) => text::has_summary(markdown.text).then_some(Holds::Scores),
            _ => None,
        }
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let date = names::date_in_digits(input.path).or_else(|| names::date_of_folder(input.path));
        match &input.content {
            Content::Csv(_) => {
                let rows: Vec<_> = lines(input.text).map(|(number, line)| split_at_commas(number, line)).collect();
                read_table(&rows, date, reading);
            }
            Content::Markdown(markdown) => {
                let date = first_line_date(markdown.text).or(date);
                for rows in text::summaries(markdown) {
                    read_table(&rows, date.clone(), reading);
                }
            }
            _ => {}
        }
    }
}

/// The lines that are not blank, with their numbers.
fn lines(text: &str) -> impl Iterator<Item = (u32, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty())
}

/// The text form opens with the time of the run.
fn first_line_date(text: &str) -> Option<Date> {
    Date::from_digits(text.lines().next()?.trim())
}

/// The cells of a line. The table has no quoting: OpenCompass puts a space for a comma inside a cell.
fn split_at_commas(line: u32, text: &str) -> Vec<Cell<'_>> {
    let mut column = 1;
    let mut cells = Vec::new();
    for cell in text.split(',') {
        cells.push(Cell { text: Cow::Borrowed(cell.trim()), position: Position { line, column } });
        column += cell.chars().count() as u32 + 1;
    }
    cells
}

/// Reads a table, of which the first row is the header.
fn read_table(rows: &[Vec<Cell>], date: Option<Date>, reading: &mut Reading) {
    let Some((header, rows)) = rows.split_first() else { return };
    let table = Table::new(header, date, reading);
    let mut protocols = Shared::new();
    for row in rows {
        table.read_row(row, &mut protocols, reading);
    }
}

struct Table {
    /// The number of cells in every row.
    width: usize,
    /// The column of AISBench's item counts, counted from 0.
    total_count: Option<usize>,
    /// Column, counted from 0, and model.
    models: Vec<(usize, ModelName)>,
    date: Option<Date>,
}

impl Table {
    fn new(header: &[Cell], date: Option<Date>, reading: &mut Reading) -> Self {
        let total_count = header.get(4).is_some_and(|cell| cell.text == "total_count").then_some(4);
        let first = total_count.map_or(4, |column| column + 1);
        let mut models: Vec<(usize, ModelName)> = Vec::new();
        for (column, cell) in header.iter().enumerate().skip(first) {
            let name = &*cell.text;
            let repeated = models.iter().any(|(_, model)| &*model.raw == name);
            if name.is_empty() || repeated {
                let code = if repeated { "duplicate-column" } else { "no-model" };
                let message =
                    format!("column {} names {} model: {name:?}", column + 1, if repeated { "the same" } else { "no" });
                let problem = reading.error(code, message).at(cell.position);
                reading.diagnostics.push(problem.hint("give each column the name of one model"));
            } else {
                models.push((column, ModelName::new(name)));
            }
        }
        Self { width: header.len(), total_count, models, date }
    }

    fn read_row(&self, row: &[Cell], protocols: &mut Shared<Protocol>, reading: &mut Reading) {
        let [dataset, version, metric, mode, ..] = row else { return self.report_width(row, reading) };
        if row.len() != self.width {
            return self.report_width(row, reading);
        }
        let (benchmark, metric) = (Arc::from(&*dataset.text), Arc::new(metric_named(&metric.text)));
        let protocol = protocols.share(protocol(&version.text, &mode.text));
        let aggregate = version.text == "-" || GROUP_METRICS.contains(&&*metric.name);
        let total = self.total_count.and_then(|column| row.get(column)?.text.parse().ok());
        let cells = self.models.iter().filter_map(|(column, model)| Some((row.get(*column)?, model)));
        // Dividers and datasets that were not run have "-" in every cell.
        for (cell, model) in cells.filter(|(cell, _)| !matches!(&*cell.text, "" | "-")) {
            let Some((value, scored)) = score(&cell.text) else {
                let problem = reading.error("not-a-number", format!("{:?} is not a number", cell.text));
                let problem = problem.at(cell.position).hint("write a number, or `-` for a missing value");
                reading.diagnostics.push(problem);
                continue;
            };
            let provenance = reading.provenance(cell.place(), self.date.clone());
            let (metric, protocol) = (Arc::clone(&metric), Arc::clone(&protocol));
            reading.records.push(Record {
                items: Items { scored, total },
                aggregate,
                ..Record::new(model.clone(), Arc::clone(&benchmark), metric, value, protocol, provenance)
            });
        }
    }

    fn report_width(&self, row: &[Cell], reading: &mut Reading) {
        let message = format!("the row has {} cells and the header {}", row.len(), self.width);
        let line = row.first().map_or(1, |cell| cell.position.line);
        let problem = reading.error("ragged-row", message).at(Position { line, column: 1 });
        reading.diagnostics.push(problem.hint("the row is left out; copy the file again as OpenCompass wrote it"));
    }
}

/// `82.00`, or AISBench's `82.00 (7/8)`, in which the second number counts the items.
fn score(text: &str) -> Option<(Value, Option<u64>)> {
    let Some((value, share)) = text.split_once(" (") else {
        return Some((Value::parse(text)?, None));
    };
    let (_, items) = share.strip_suffix(')')?.split_once('/')?;
    Some((Value::parse(value)?, Some(items.trim().parse().ok()?)))
}

fn protocol(version: &str, mode: &str) -> Protocol {
    let stated = [(Field::BenchmarkVersion, version), (Field::Mode, mode)];
    stated
        .into_iter()
        .filter(|(_, value)| !matches!(*value, "" | "-" | "unknown"))
        .fold(Protocol::default().with(Field::Harness, "OpenCompass"), |all, (field, value)| all.with(field, value))
}

fn metric_named(name: &str) -> Metric {
    let unit = match name {
        // Some evaluators give the first two as a fraction, others in percent; the last two are no shares of anything.
        "f1" | "pass@1" | "sum" | "standard_deviation" => Unit::Unknown,
        _ if name.ends_with("count") => Unit::Count,
        _ if ["bleu", "rouge"].iter().any(|prefix| name.to_ascii_lowercase().starts_with(prefix)) => Unit::Points,
        _ => Unit::Percent,
    };
    Metric { name: name.into(), unit, direction: Direction::Unknown }
}

#[cfg(test)]
mod tests;
