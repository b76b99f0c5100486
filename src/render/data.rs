//! A board's data to download: the table as CSV, and the table with protocol and provenance as JSON.

use crate::board::definition::Aggregate;
use crate::board::{Board, Cell, Row, Status};
use crate::language::Language;
use crate::page::Site;
use crate::record::Record;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// One line for each row: place, model, composite, coverage, and each column's score in the column's unit, unrounded.
pub(super) fn csv(site: &Site, board: &Board) -> String {
    let mut csv = String::from("place,model,name,revision,precision,composite,covered,ranked_columns");
    for column in &board.definition.columns {
        csv.push(',');
        push_field(&mut csv, site.catalog.benchmark(column.benchmark).id.as_str());
        if let Some(label) = &column.label {
            csv.push(' ');
            push_field(&mut csv, label.get(Language::En));
        }
    }
    csv.push('\n');
    let ranked_columns = board.ranked_columns().count();
    for row in &board.rows {
        if let Status::Ranked { place, .. } = row.status {
            let _ = write!(csv, "{place}");
        }
        let model = site.catalog.model(row.model);
        let variant = [&row.variant.revision, &row.variant.precision].map(|part| part.as_deref().unwrap_or(""));
        for text in [model.id.as_str(), &model.name, variant[0], variant[1]] {
            csv.push(',');
            push_field(&mut csv, text);
        }
        csv.push(',');
        if let Some(composite) = row.composite {
            let _ = write!(csv, "{composite}");
        }
        let _ = write!(csv, ",{},{ranked_columns}", row.covered);
        for cell in &row.cells {
            csv.push(',');
            if let Some(cell) = cell {
                let _ = write!(csv, "{}", cell.value);
            }
        }
        csv.push('\n');
    }
    csv
}

/// Quotes a field where RFC 4180 asks for it, and where a spreadsheet would take it for a formula.
fn push_field(csv: &mut String, text: &str) {
    if text.starts_with(['=', '+', '-', '@']) {
        let _ = write!(csv, "\"'{}\"", text.replace('"', "\"\""));
    } else if text.contains([',', '"', '\n', '\r']) {
        let _ = write!(csv, "\"{}\"", text.replace('"', "\"\""));
    } else {
        csv.push_str(text);
    }
}

#[derive(Serialize)]
struct BoardData<'a> {
    board: &'a str,
    title: BTreeMap<Language, &'a str>,
    aggregate: Aggregate,
    minimum_coverage: f64,
    columns: Vec<ColumnData<'a>>,
    /// Protocols and files that the records refer to by index.
    protocols: Vec<BTreeMap<&'static str, &'a str>>,
    files: Vec<FileData<'a>>,
    rows: Vec<RowData<'a>>,
}

#[derive(Serialize)]
struct ColumnData<'a> {
    benchmark: &'a str,
    unit: &'static str,
    metric: Option<&'a str>,
    ranked: bool,
}

#[derive(Serialize)]
struct FileData<'a> {
    path: &'a str,
    sha256: &'a str,
    bytes: u64,
    format: &'static str,
    source: &'a str,
    url: Option<&'a str>,
    licence: Option<&'a str>,
    retrieved: Option<&'a str>,
}

#[derive(Serialize)]
struct RowData<'a> {
    place: Option<u32>,
    model: &'a str,
    name: &'a str,
    revision: Option<&'a str>,
    precision: Option<&'a str>,
    composite: Option<f64>,
    covered: usize,
    cells: Vec<Option<CellData<'a>>>,
}

#[derive(Serialize)]
struct CellData<'a> {
    value: f64,
    records: Vec<RecordData<'a>>,
}

#[derive(Serialize)]
struct RecordData<'a> {
    /// As the source wrote it.
    written: &'a str,
    unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    standard_error: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    reporter: &'static str,
    protocol: usize,
    file: usize,
    place: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

/// The table with all that is known of each score. Protocols and files stand once and are referred to by index.
pub(super) fn json(site: &Site, board: &Board) -> Result<String, serde_json::Error> {
    let mut shared = Shared::default();
    let rows = board.rows.iter().map(|row| shared.row(site, row)).collect();
    let columns = board.definition.columns.iter().zip(&board.columns).enumerate();
    serde_json::to_string(&BoardData {
        board: board.definition.id.as_str(),
        title: Language::ALL.into_iter().map(|language| (language, board.definition.title.get(language))).collect(),
        aggregate: board.definition.aggregate,
        minimum_coverage: board.definition.minimum_coverage,
        columns: columns
            .map(|(index, (definition, column))| ColumnData {
                benchmark: site.catalog.benchmark(definition.benchmark).id.as_str(),
                unit: column.unit().name(),
                metric: column.agreement.as_ref().map(|agreement| &*agreement.metric),
                ranked: board.ranked_columns().any(|(ranked, _)| ranked == index),
            })
            .collect(),
        protocols: shared.protocols,
        files: shared.files,
        rows,
    })
}

/// Protocols and files met so far. Readers share them between records, so they are told apart by address first.
#[derive(Default)]
struct Shared<'a> {
    protocols: Vec<BTreeMap<&'static str, &'a str>>,
    protocol_at: BTreeMap<usize, usize>,
    files: Vec<FileData<'a>>,
    file_at: BTreeMap<&'a str, usize>,
}

impl<'a> Shared<'a> {
    fn row(&mut self, site: &'a Site, row: &'a Row) -> RowData<'a> {
        let model = site.catalog.model(row.model);
        RowData {
            place: match row.status {
                Status::Ranked { place, .. } => Some(place),
                _ => None,
            },
            model: model.id.as_str(),
            name: &model.name,
            revision: row.variant.revision.as_deref(),
            precision: row.variant.precision.as_deref(),
            composite: row.composite,
            covered: row.covered,
            cells: row.cells.iter().map(|cell| cell.as_ref().map(|cell| self.cell(site, cell))).collect(),
        }
    }

    fn cell(&mut self, site: &'a Site, cell: &Cell) -> CellData<'a> {
        let records = cell.entries.iter().map(|entry| self.record(&site.ledger.entry(*entry).record)).collect();
        CellData { value: cell.value, records }
    }

    fn record(&mut self, record: &'a Record) -> RecordData<'a> {
        let provenance = &record.provenance;
        RecordData {
            written: record.value.text(),
            unit: record.metric.unit.name(),
            standard_error: record.standard_error.as_ref().map(|error| error.text()),
            items: record.items.scored,
            date: provenance.date.as_ref().map(|date| date.as_str()),
            reporter: provenance.reporter.name(),
            protocol: self.protocol(record),
            file: self.file(record),
            place: provenance.place.to_string(),
            url: provenance.url.as_deref(),
        }
    }

    fn protocol(&mut self, record: &'a Record) -> usize {
        let address = std::sync::Arc::as_ptr(&record.protocol) as usize;
        if let Some(index) = self.protocol_at.get(&address) {
            return *index;
        }
        let protocol: BTreeMap<_, _> = record.protocol.iter().map(|(field, value)| (field.name(), value)).collect();
        let index = self.protocols.iter().position(|known| *known == protocol).unwrap_or_else(|| {
            self.protocols.push(protocol);
            self.protocols.len() - 1
        });
        self.protocol_at.insert(address, index);
        index
    }

    fn file(&mut self, record: &'a Record) -> usize {
        let origin = &record.provenance.origin;
        *self.file_at.entry(&origin.path).or_insert_with(|| {
            self.files.push(FileData {
                path: &origin.path,
                sha256: &origin.sha256,
                bytes: origin.bytes,
                format: origin.format,
                source: &origin.source.id,
                url: origin.source.url.as_deref(),
                licence: origin.source.licence.as_deref(),
                retrieved: origin.source.retrieved.as_ref().map(|date| date.as_str()),
            });
            self.files.len() - 1
        })
    }
}
