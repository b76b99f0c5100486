//! The table of the Open LLM Leaderboard, versions 1 and 2, as dumps, API answers and mirrors have it: one row a model.
//!
//! Version 1 shows percent. Version 2 has two scores a benchmark, which are two metrics: `raw`, the share as measured,
//! and `normalised`, from 0 for guessing to 100. Dates of submission and upload are not when a model was measured.

mod layout;

use super::json::{self, Json};
use super::shared::Shared;
use super::{Content, Format, Holds, Input, Reading, written};
use crate::record::{Direction, Extra, Field, Metric, ModelName, Part, Place, Protocol, Record, Value};
use layout::{LAYOUTS, Layout, WITH_REVISION, WITHOUT_REVISION};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

pub struct OpenLlmTable;

impl Format for OpenLlmTable {
    fn name(&self) -> &'static str {
        "open-llm-table"
    }

    fn title(&self) -> &'static str {
        "tables of the Open LLM Leaderboard v1 and v2"
    }

    fn example(&self) -> &'static str {
        "open-llm-leaderboard.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        layout(input).map(|_| Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Some(layout) = layout(input) else { return };
        let mut table = Table::new(layout);
        match &input.content {
            Content::Csv(csv) => {
                let mut rows = csv.rows(reading);
                let Some(header) = rows.next() else { return };
                let mut columns: HashMap<String, usize> = HashMap::new();
                for (column, name) in header.texts().enumerate() {
                    columns.entry(name.to_owned()).or_insert(column);
                }
                while let Some(row) = rows.next() {
                    let cell = |key: &str| {
                        let column = *columns.get(key)?;
                        let position = row.position(column);
                        let place = Place::Cell { line: position.line, column: position.column };
                        Some(Cell { text: row.text(column).into(), place })
                    };
                    table.read_row(&cell, rows.reading);
                }
            }
            Content::Json(root) => {
                let (rows, base, inner) = rows(root);
                for (index, row) in rows.iter().enumerate() {
                    let place = format!("{base}/{index}{inner}");
                    let row = if inner.is_empty() { Some(row) } else { row.pointer(inner) };
                    let Some(row) = row else { continue };
                    let cell = |key: &str| {
                        let pointer = pointer(key);
                        let text = text(row.pointer(&pointer)?)?;
                        Some(Cell { text, place: Place::Pointer(format!("{place}{pointer}").into()) })
                    };
                    table.read_row(&cell, reading);
                }
                report_missing_rows(root, rows.len(), reading);
            }
            _ => {}
        }
        table.report_flags(reading);
    }
}

/// The layout by the keys of the header or of the first row.
fn layout(input: &Input) -> Option<&'static Layout> {
    match &input.content {
        Content::Csv(csv) => {
            let header = csv.header();
            let has = |mark: &&str| header.iter().any(|name| name == mark);
            let ends = |last: &str| header.last().is_some_and(|name| name == last);
            LAYOUTS.iter().find(|layout| layout.marks.iter().all(has) && layout.last.is_none_or(ends))
        }
        Content::Json(root) => {
            let (rows, _, inner) = rows(root);
            let row = rows.first()?.pointer(inner)?;
            if let Json::Array(cells) = row {
                return positional(cells);
            }
            LAYOUTS.iter().find(|layout| layout.marks.iter().all(|mark| row.pointer(&pointer(mark)).is_some()))
        }
        _ => None,
    }
}

/// A name, perhaps a revision, and five shares in percent of which the first is the mean of the others.
fn positional(cells: &[Json]) -> Option<&'static Layout> {
    let (name, rest) = cells.split_first()?;
    let (layout, scores) = match rest.split_first()? {
        (Json::String(_), scores) => (&WITH_REVISION, scores),
        _ => (&WITHOUT_REVISION, rest),
    };
    let scores: Vec<f64> = scores.iter().map(|score| json::number(score)?.finite()).collect::<Option<_>>()?;
    let [average, scores @ ..] = &scores[..] else { return None };
    let mean = scores.iter().sum::<f64>() / 4.0;
    (name.is_string() && scores.len() == 4 && (mean - average).abs() < 0.2).then_some(layout)
}

/// The rows, the pointer to them, and the pointer from each to its cells.
fn rows(root: &Json) -> (&[Json], &'static str, &'static str) {
    let is_page = root.get("features").is_some() && root.get("num_rows_total").is_some();
    match root {
        Json::Array(rows) => (rows, "", ""),
        Json::Object(page) if is_page => match page.get("rows").and_then(Json::as_array) {
            Some(rows) => (rows, "/rows", "/row"),
            None => (&[], "", ""),
        },
        _ => (&[], "", ""),
    }
}

/// The pointer to a key of a layout, whose `/` leads into an object.
fn pointer(key: &str) -> Box<str> {
    json::pointer(key.split('/'))
}

fn text(json: &Json) -> Option<Cow<'_, str>> {
    match json {
        Json::String(text) => Some(text.as_str().into()),
        Json::Number(number) => Some(number.as_str().into()),
        Json::Bool(yes) => Some(if *yes { "true" } else { "false" }.into()),
        _ => None,
    }
}

/// A page of the datasets server holds a hundred rows at most.
fn report_missing_rows(root: &Json, rows: usize, reading: &mut Reading) {
    let total = root.get("num_rows_total").and_then(json::count).unwrap_or(0);
    let missing = total.saturating_sub(rows as u64);
    if missing > 0 {
        let message = format!("this page has {rows} of {total} rows: {missing} are missing");
        let problem = reading.warning("partial-table", message);
        reading.diagnostics.push(problem.hint("add the other pages, or take the whole table from its data set"));
    }
}

struct Cell<'a> {
    text: Cow<'a, str>,
    place: Place,
}

struct Table {
    layout: &'static Layout,
    /// Benchmark and metric of each score.
    columns: Vec<(Arc<str>, Arc<Metric>)>,
    protocols: Shared<Protocol>,
    rows: usize,
    /// The records of flagged rows.
    flagged: Vec<Range<usize>>,
}

impl Table {
    fn new(layout: &'static Layout) -> Self {
        let column = |score: &layout::Score| {
            let metric = Metric { name: score.metric.into(), unit: score.unit, direction: Direction::Higher };
            (score.benchmark.into(), Arc::new(metric))
        };
        let columns = layout.scores.iter().map(column).collect();
        Self { layout, columns, protocols: Shared::new(), rows: 0, flagged: Vec::new() }
    }

    fn read_row<'c>(&mut self, cell: &dyn Fn(&str) -> Option<Cell<'c>>, reading: &mut Reading) {
        let stated = |key: &str| {
            let cell = cell(key).filter(|_| !key.is_empty())?;
            (!written::is_missing(&cell.text) && cell.text != "?").then(|| cell.text.into_owned())
        };
        let Some(name) = self.layout.model.iter().find_map(|key| stated(key)) else {
            return report_nameless_row(self.layout, cell, reading);
        };
        let precision = stated(self.layout.precision);
        let compressed = precision.as_deref().is_some_and(|text| ["8bit", "4bit", "GPTQ"].contains(&text));
        let part = if compressed { Part::Quantisation } else { Part::Precision };
        let precision = precision.map(|text| text.strip_prefix("torch.").map(str::to_owned).unwrap_or(text));
        let revision = stated(self.layout.revision).filter(|revision| revision != "main");
        let model = ModelName::new(linked(&name)).with_any(Part::Revision, revision).with_any(part, precision);
        let template = stated(self.layout.chat_template).and_then(|text| yes_or_no(&text));
        let template = template.map(|yes| if yes { "yes" } else { "no" });
        let protocol = Protocol::default().with_any(Field::ChatTemplate, template);
        let first = reading.records.len();
        for (score, (benchmark, metric)) in self.layout.scores.iter().zip(&self.columns) {
            let Some(cell) = cell(score.key).filter(|cell| !written::is_missing(&cell.text)) else { continue };
            let Some(value) = Value::parse(&cell.text) else {
                let problem =
                    reading.warning("not-a-number", format!("{:?} at {} is not a number", cell.text, cell.place));
                reading.diagnostics.push(problem.hint("the score is left out"));
                continue;
            };
            let protocol = self.protocols.share(protocol.clone().with_any(Field::Shots, score.shots));
            let provenance = reading.provenance(cell.place, None);
            let (benchmark, metric) = (Arc::clone(benchmark), Arc::clone(metric));
            reading.records.push(Record {
                aggregate: score.aggregate,
                ..Record::new(model.clone(), benchmark, metric, value, protocol, provenance)
            });
        }
        self.rows += 1;
        if stated(self.layout.flagged).and_then(|text| yes_or_no(&text)) == Some(true) {
            self.flagged.push(first..reading.records.len());
        }
    }

    /// Marks what the leaderboard has flagged, unless the column cannot mean what it says.
    fn report_flags(&self, reading: &mut Reading) {
        let (flagged, rows) = (self.flagged.len(), self.rows);
        if flagged == 0 {
            return;
        }
        if flagged * 10 > rows * 9 && rows > 10 {
            let message = format!("{flagged} of {rows} rows are flagged: the column must mean the opposite");
            let problem = reading.warning("inverted-column", message);
            return reading.diagnostics.push(problem.hint("the flags are not read; compare them with the leaderboard"));
        }
        let extra = Arc::new(Extra::from([("flagged".into(), "true".into())]));
        for range in &self.flagged {
            for record in reading.records.get_mut(range.clone()).into_iter().flatten() {
                record.extra = Some(Arc::clone(&extra));
            }
        }
        let message = format!("{flagged} of {rows} models are flagged by the leaderboard{}", self.names(reading));
        let problem = reading.warning("flagged-models", message);
        reading.diagnostics.push(problem.hint("leave them out of boards by eligibility.exclude"));
    }

    /// The first flagged models, by name.
    fn names(&self, reading: &Reading) -> String {
        let names = self.flagged.iter().filter_map(|range| Some(&*reading.records.get(range.start)?.model.raw));
        let names: Vec<_> = names.take(5).collect();
        if names.is_empty() { String::new() } else { format!(", among them {}", names.join(", ")) }
    }
}

/// Reports a row of scores without a model; a blank row says nothing.
fn report_nameless_row<'c>(layout: &Layout, cell: &dyn Fn(&str) -> Option<Cell<'c>>, reading: &mut Reading) {
    let score = layout.scores.iter().filter_map(|score| cell(score.key)).find(|cell| !written::is_missing(&cell.text));
    if let Some(score) = score {
        let problem =
            reading.warning("missing-cell", format!("the row of the score at {} names no model", score.place));
        reading.diagnostics.push(problem.hint("the row is left out"));
    }
}

/// The text of the first link of a cell of HTML; any other text as it is.
fn linked(text: &str) -> &str {
    let inner =
        text.strip_prefix("<a ").and_then(|rest| rest.split_once('>')).and_then(|(_, rest)| rest.split_once('<'));
    inner.map_or(text, |(inner, _)| inner.trim())
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
