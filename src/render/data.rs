//! A board's data to download: the table as CSV, and the table with protocol and provenance as JSON.

use super::markup::push_shortest;
use super::scratch::Scratch;
use crate::board::definition::{Aggregate, Role};
use crate::board::standing::relation_key;
use crate::board::{Board, Cell, Row, Status};
use crate::language::Language;
use crate::ledger::Stored;
use crate::page::Site;
use crate::record::{Date, Metric, Origin, Part, Place, Protocol, Reporter, WebUrl};
use foldhash::HashMap;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

/// The columns before those of the board; the parts of a model's variant are in the order of [`Part::all`].
const HEADER: &str = "place,model,name,revision,precision,quantisation,effort,scaffold,provider,composite,standard_error,best_place,worst_place,covered,ranked_columns";

/// One line for each row: place, model, composite, coverage, and each column's score in the column's unit, unrounded.
pub(super) fn push_csv(csv: &mut String, site: &Site, board: &Board) {
    csv.push_str(HEADER);
    for column in &board.definition.columns {
        csv.push(',');
        push_field(csv, site.catalog.benchmark(column.benchmark).id.as_str());
        if let Some(label) = &column.label {
            csv.push(' ');
            push_field(csv, label.get(Language::En));
        }
    }
    csv.push('\n');
    let ranked_columns = board.ranked_columns().count();
    for row in &board.rows {
        if let Status::Ranked { place, .. } = row.status {
            let _ = write!(csv, "{place}");
        }
        let model = site.catalog.model(row.model);
        let variant = Part::all().map(|part| row.variant.get(part).unwrap_or(""));
        for text in [model.id.as_str(), &model.name].into_iter().chain(variant) {
            csv.push(',');
            push_field(csv, text);
        }
        csv.push(',');
        if let Some(composite) = row.composite {
            push_shortest(csv, composite);
        }
        csv.push(',');
        if let Some(error) = row.certainty.standard_error {
            push_shortest(csv, error);
        }
        match row.certainty.interval {
            Some(set) => drop(write!(csv, ",{},{}", set.best, set.worst)),
            None => csv.push_str(",,"),
        }
        let _ = write!(csv, ",{},{ranked_columns}", row.covered);
        for cell in &row.cells {
            csv.push(',');
            if let Some(cell) = cell {
                push_shortest(csv, cell.value);
            }
        }
        csv.push('\n');
    }
}

/// Quotes a field where RFC 4180 asks for it, and where a spreadsheet would take it for a formula.
pub(super) fn push_field(csv: &mut String, text: &str) {
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
    /// What the intervals are reckoned from, the pairs tested together, and the standard errors that separate two.
    evidence: &'static str,
    pairs: u64,
    critical: f64,
    columns: Vec<ColumnData<'a>>,
    /// What records have in common: each refers to one by its index.
    contexts: &'a [ContextData<'a>],
}

#[derive(Serialize)]
struct ColumnData<'a> {
    benchmark: &'a str,
    unit: &'static str,
    metric: Option<&'a str>,
    ranked: bool,
}

/// How and by whom records were measured, and the file they stand in.
#[derive(Serialize)]
struct ContextData<'a> {
    metric: &'a str,
    unit: &'static str,
    reporter: &'static str,
    date: Option<&'a str>,
    protocol: BTreeMap<&'static str, &'a str>,
    file: FileData<'a>,
}

#[derive(Serialize)]
struct FileData<'a> {
    path: &'a str,
    sha256: &'a str,
    bytes: u64,
    format: &'static str,
    source: &'a str,
    url: Option<&'a WebUrl>,
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
    quantisation: Option<&'a str>,
    effort: Option<&'a str>,
    scaffold: Option<&'a str>,
    provider: Option<&'a str>,
    composite: Option<f64>,
    standard_error: Option<f64>,
    /// The 95% joint rank set, or the bounds of a row with gaps.
    best_place: Option<u32>,
    worst_place: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_share: Option<f64>,
    /// Against the next ranked row.
    #[serde(skip_serializing_if = "Option::is_none")]
    below: Option<BelowData>,
    covered: usize,
}

#[derive(Serialize)]
struct BelowData {
    lead: f64,
    verdict: &'static str,
    detectable_gap: Option<f64>,
    items: Option<u64>,
}

/// The table with all that is known of each score.
pub(super) fn json(site: &Site, board: &Board) -> Result<Scratch, serde_json::Error> {
    let contexts = Contexts::of(site, board);
    let columns = board.definition.columns.iter().zip(&board.columns);
    let data = BoardData {
        board: board.definition.id.as_str(),
        title: Language::ALL.into_iter().map(|language| (language, board.definition.title.get(language))).collect(),
        aggregate: board.definition.aggregate,
        minimum_coverage: board.definition.minimum_coverage,
        evidence: board.reckoning.evidence.key().trim_start_matches("evidence-"),
        pairs: board.reckoning.family,
        critical: board.reckoning.critical,
        columns: columns
            .map(|(definition, column)| ColumnData {
                benchmark: site.catalog.benchmark(definition.benchmark).id.as_str(),
                unit: column.unit().name(),
                metric: column.agreement.as_ref().map(|agreement| &*agreement.metric),
                ranked: definition.role == Role::Score,
            })
            .collect(),
        contexts: &contexts.all,
    };
    let cell = |bytes: &mut Vec<u8>, cell: &Option<Cell>| match cell {
        Some(cell) => push_cell(bytes, cell, site, &contexts),
        None => push(bytes, &()),
    };
    let row = |bytes: &mut Vec<u8>, row: &Row| push_with_list(bytes, &row_data(site, row), "cells", &row.cells, cell);
    Scratch::bytes(|bytes| push_with_list(bytes, &data, "rows", &board.rows, row))
}

/// Appends the object `known` with one more field, a list whose elements `element` appends.
fn push_with_list<T>(
    bytes: &mut Vec<u8>,
    known: &impl Serialize,
    name: &str,
    list: &[T],
    element: impl Fn(&mut Vec<u8>, &T) -> Result<(), serde_json::Error>,
) -> Result<(), serde_json::Error> {
    push(bytes, known)?;
    // The object goes on.
    bytes.pop();
    bytes.push(b',');
    push(bytes, name)?;
    bytes.extend_from_slice(b":[");
    push_elements(bytes, list, element)?;
    bytes.extend_from_slice(b"]}");
    Ok(())
}

fn push_elements<T>(
    bytes: &mut Vec<u8>,
    list: &[T],
    element: impl Fn(&mut Vec<u8>, &T) -> Result<(), serde_json::Error>,
) -> Result<(), serde_json::Error> {
    for (index, item) in list.iter().enumerate() {
        if index > 0 {
            bytes.push(b',');
        }
        element(bytes, item)?;
    }
    Ok(())
}

fn push<T: Serialize + ?Sized>(bytes: &mut Vec<u8>, value: &T) -> Result<(), serde_json::Error> {
    serde_json::to_writer(bytes, value)
}

fn row_data<'a>(site: &'a Site, row: &'a Row) -> RowData<'a> {
    let model = site.catalog.model(row.model);
    RowData {
        place: match row.status {
            Status::Ranked { place, .. } => Some(place),
            _ => None,
        },
        model: model.id.as_str(),
        name: &model.name,
        revision: row.variant.get(Part::Revision),
        precision: row.variant.get(Part::Precision),
        quantisation: row.variant.get(Part::Quantisation),
        effort: row.variant.get(Part::Effort),
        scaffold: row.variant.get(Part::Scaffold),
        provider: row.variant.get(Part::Provider),
        composite: row.composite,
        standard_error: row.certainty.standard_error,
        best_place: row.certainty.interval.map(|set| set.best),
        worst_place: row.certainty.interval.map(|set| set.worst),
        first_share: row.certainty.first,
        below: row.certainty.below.map(|below| BelowData {
            lead: below.gap,
            verdict: relation_key(below.relation).trim_start_matches("relation-"),
            detectable_gap: below.resolution.map(|resolution| resolution.detectable_gap),
            items: below.resolution.and_then(|resolution| resolution.items),
        }),
        covered: row.covered,
    }
}

/// Appends a score and its records. There may be millions: the names of fields cost more than all else where a
/// serialiser writes them.
fn push_cell(bytes: &mut Vec<u8>, cell: &Cell, site: &Site, contexts: &Contexts) -> Result<(), serde_json::Error> {
    bytes.extend_from_slice(b"{\"value\":");
    // In the column's unit.
    push(bytes, &cell.value)?;
    if let Some(known) = cell.uncertainty {
        bytes.extend_from_slice(b",\"standard_error\":");
        push(bytes, &known.standard_error)?;
    }
    bytes.extend_from_slice(b",\"records\":[");
    push_elements(bytes, &cell.entries, |bytes, entry| push_record(bytes, site.ledger.entry(*entry).record, contexts))?;
    bytes.extend_from_slice(b"]}");
    Ok(())
}

/// Appends a record: its numbers as the source wrote them, its context and its place.
fn push_record(bytes: &mut Vec<u8>, record: &Stored, contexts: &Contexts) -> Result<(), serde_json::Error> {
    bytes.extend_from_slice(b"{\"written\":");
    push(bytes, record.value.text())?;
    if let Some(error) = &record.standard_error {
        bytes.extend_from_slice(b",\"standard_error\":");
        push(bytes, error.text())?;
    }
    if let Some(items) = record.items.scored {
        bytes.extend_from_slice(b",\"items\":");
        push(bytes, &items)?;
    }
    bytes.extend_from_slice(b",\"context\":");
    push(bytes, &contexts.index.get(&Address::of(record)).copied().unwrap_or_default())?;
    bytes.extend_from_slice(b",\"place\":");
    match &record.place {
        Place::Pointer(pointer) => push(bytes, pointer)?,
        Place::Cell { line, column } => {
            bytes.push(b'"');
            push(bytes, line)?;
            bytes.push(b':');
            push(bytes, column)?;
            bytes.push(b'"');
        }
        line @ Place::Line { .. } => push(bytes, &line.to_string())?,
    }
    if let Some(url) = &record.url {
        bytes.extend_from_slice(b",\"url\":");
        push(bytes, url)?;
    }
    bytes.push(b'}');
    Ok(())
}

/// The contexts of a board's records. Readers share what records have in common, so contexts are told apart by address
/// first, and by value among the few that are left.
struct Contexts<'a> {
    all: Vec<ContextData<'a>>,
    index: HashMap<Address<'a>, usize>,
}

/// Where the shared parts of a record lie, and the parts that are not shared.
#[derive(PartialEq, Eq, Hash)]
struct Address<'a> {
    metric: *const Metric,
    protocol: *const Protocol,
    origin: *const Origin,
    reporter: Reporter,
    date: Option<&'a Date>,
}

impl<'a> Address<'a> {
    fn of(record: &'a Stored) -> Self {
        let provenance = record;
        Self {
            metric: Arc::as_ptr(&record.metric),
            protocol: Arc::as_ptr(&record.protocol),
            origin: Arc::as_ptr(&provenance.origin),
            reporter: provenance.reporter,
            date: provenance.date.as_ref(),
        }
    }
}

impl<'a> Contexts<'a> {
    fn of(site: &'a Site, board: &'a Board) -> Self {
        let mut contexts = Self { all: Vec::new(), index: HashMap::default() };
        let mut values = BTreeMap::new();
        let cells = board.rows.iter().flat_map(|row| row.cells.iter().flatten());
        for entry in cells.flat_map(|cell| &cell.entries) {
            let record = &site.ledger.entry(*entry).record;
            contexts.index.entry(Address::of(record)).or_insert_with(|| {
                let provenance = record;
                let value =
                    (&provenance.origin.path, &record.metric, &record.protocol, provenance.reporter, &provenance.date);
                *values.entry(value).or_insert_with(|| {
                    contexts.all.push(context(record));
                    contexts.all.len() - 1
                })
            });
        }
        contexts
    }
}

fn context(record: &Stored) -> ContextData<'_> {
    let provenance = record;
    let origin = &provenance.origin;
    ContextData {
        metric: &record.metric.name,
        unit: record.metric.unit.name(),
        reporter: provenance.reporter.name(),
        date: provenance.date.as_ref().map(Date::as_str),
        protocol: record.protocol.iter().map(|(field, value)| (field.name(), value)).collect(),
        file: FileData {
            path: &origin.path,
            sha256: &origin.sha256,
            bytes: origin.bytes,
            format: origin.format,
            source: &origin.source.id,
            url: origin.source.url.as_ref(),
            licence: origin.source.licence.as_deref(),
            retrieved: origin.source.retrieved.as_ref().map(Date::as_str),
        },
    }
}
