//! A board's data to download: the table as CSV, and the table with protocol and provenance as JSON, of which [`super::view`]
//! takes blocks of rows.

use super::markup::push_shortest;
use super::scratch::Scratch;
use crate::board::definition::{Aggregate, Role};
use crate::board::standing::relation_key;
use crate::board::{Board, Cell, Row, Status};
use crate::language::Language;
use crate::ledger::{Entry, Notice, NoticeState, Stored};
use crate::page::Site;
use crate::record::{Date, Metric, Origin, Part, Place, Protocol, Reporter, WebUrl};
use foldhash::HashMap;
use serde::Serialize;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

/// The columns before those of the board; the parts of a model's variant are in the order of [`Part::all`].
const HEADER: &str = "place,model,name,revision,precision,quantisation,effort,scaffold,provider,composite,standard_error,best_place,worst_place,covered,ranked_columns";

/// One line for each row: place, model, composite, coverage, and each column's score in the column's unit, unrounded. A
/// withdrawn score is no score; where anything is said of the board's records, a last column `notices` says it.
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
    let any_notice = board.rows.iter().any(|row| notices(row).next().is_some());
    csv.push_str(if any_notice { ",notices\n" } else { "\n" });
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
        if any_notice {
            csv.push(',');
            push_notices(csv, site, board, row);
        }
        csv.push('\n');
    }
}

/// The scores of a row of which something is said, with their columns.
fn notices(row: &Row) -> impl Iterator<Item = (usize, &Cell)> {
    let counted = row.cells.iter().enumerate().filter_map(|(column, cell)| Some((column, cell.as_ref()?)));
    counted
        .chain(row.withdrawn.iter().map(|(column, cell)| (*column, cell)))
        .filter(|(_, cell)| !cell.notices.is_empty())
}

/// `quiz withdrawn (60.5); sums disputed`
fn push_notices(csv: &mut String, site: &Site, board: &Board, row: &Row) {
    let mut said = String::new();
    for (column, cell) in notices(row) {
        let benchmark = &site.catalog.benchmark(board.definition.columns[column].benchmark).id;
        for notice in &cell.notices {
            let _ = write!(said, "{}{benchmark} {}", if said.is_empty() { "" } else { "; " }, notice.state.name());
            if notice.state == NoticeState::Withdrawn {
                let _ = write!(said, " ({})", cell.value);
            }
        }
    }
    push_field(csv, &said);
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
    /// What is said of records; scores refer to them by their numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notices: Vec<NoticeData<'a>>,
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

/// What is said of records.
#[derive(Serialize)]
pub(super) struct NoticeData<'a> {
    number: u32,
    state: NoticeState,
    since: &'a str,
    reason: BTreeMap<Language, &'a str>,
    url: Option<&'a WebUrl>,
}

#[derive(Serialize)]
struct BelowData {
    lead: f64,
    verdict: &'static str,
    /// Whether the two were compared over items they share.
    paired: bool,
    detectable_gap: Option<f64>,
    items: Option<u64>,
}

/// The table with all that is known of each score.
pub(super) struct Json {
    /// The whole file.
    pub text: Scratch,
    /// Where its contexts stand.
    contexts: Vec<Range<usize>>,
    pub blocks: Vec<Block>,
}

/// Some rows that follow each other.
pub(super) struct Block {
    /// Where they stand in the file.
    rows: Range<usize>,
    /// The contexts that their records refer to.
    contexts: Vec<usize>,
}

impl Json {
    /// The file, and in it blocks of so many rows.
    pub(super) fn of(site: &Site, board: &Board, block: usize) -> serde_json::Result<Self> {
        let contexts = Contexts::of(site, board);
        let (mut places, mut blocks) = (Vec::with_capacity(contexts.all.len()), Vec::new());
        let text = Scratch::bytes(|bytes| {
            serde_json::to_writer(&mut *bytes, &head(site, board))?;
            bytes.pop(); // The object goes on: what records have in common, and the rows that refer to it.
            bytes.extend_from_slice(b",\"contexts\":[");
            for context in &contexts.all {
                places.push(listed(bytes, context)?);
            }
            bytes.extend_from_slice(b"],\"rows\":[");
            for rows in board.rows.chunks(block) {
                let mut range = bytes.len()..bytes.len();
                for row in rows {
                    push_separator(bytes);
                    push_row(bytes, row, site, &contexts)?;
                }
                range.start += usize::from(bytes[range.start] == b',');
                range.end = bytes.len();
                blocks.push(Block { rows: range, contexts: contexts.used.take().into_iter().collect() });
            }
            bytes.extend_from_slice(b"]}");
            Ok::<_, serde_json::Error>(())
        })?;
        Ok(Self { text, contexts: places, blocks })
    }

    /// Writes `{"contexts":{"3":…},"rows":[…]}`: some rows and the contexts they refer to, by index.
    pub(super) fn write_block(&self, bytes: &mut Vec<u8>, block: &Block) -> serde_json::Result<()> {
        bytes.extend_from_slice(b"{\"contexts\":{");
        for (nth, index) in block.contexts.iter().enumerate() {
            bytes.extend_from_slice(if nth == 0 { b"\"" } else { b",\"" });
            serde_json::to_writer(&mut *bytes, index)?;
            bytes.extend_from_slice(b"\":");
            bytes.extend_from_slice(&self.text[self.contexts[*index].clone()]);
        }
        bytes.extend_from_slice(b"},\"rows\":[");
        bytes.extend_from_slice(&self.text[block.rows.clone()]);
        bytes.extend_from_slice(b"]}");
        Ok(())
    }
}

/// Appends an item of a list, and says where it stands.
fn listed(bytes: &mut Vec<u8>, item: &impl Serialize) -> serde_json::Result<Range<usize>> {
    push_separator(bytes);
    let start = bytes.len();
    push(bytes, item)?;
    Ok(start..bytes.len())
}

/// Appends a comma, unless the list has just begun.
fn push_separator(bytes: &mut Vec<u8>) {
    if bytes.last() != Some(&b'[') {
        bytes.push(b',');
    }
}

fn push<T: Serialize + ?Sized>(bytes: &mut Vec<u8>, value: &T) -> serde_json::Result<()> {
    serde_json::to_writer(bytes, value)
}

fn head<'a>(site: &'a Site, board: &'a Board) -> BoardData<'a> {
    let columns = board.definition.columns.iter().zip(&board.columns);
    BoardData {
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
        notices: notice_data(board),
    }
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
            paired: row.certainty.paired,
            detectable_gap: below.resolution.map(|resolution| resolution.detectable_gap),
            items: below.resolution.and_then(|resolution| resolution.items),
        }),
        covered: row.covered,
    }
}

/// The notices on a board's records, by number.
pub(super) fn notice_data(board: &Board) -> Vec<NoticeData<'_>> {
    let all = board.rows.iter().flat_map(notices).flat_map(|(_, cell)| &*cell.notices);
    let by_number: BTreeMap<u32, &Notice> = all.map(|notice| (notice.number, &**notice)).collect();
    (by_number.into_values())
        .map(|notice| NoticeData {
            number: notice.number,
            state: notice.state,
            since: notice.since.as_str(),
            reason: Language::ALL.into_iter().map(|language| (language, notice.reason.get(language))).collect(),
            url: notice.url.as_ref(),
        })
        .collect()
}

/// Appends a row: what is known of it, its cells, and the scores that were withdrawn, whose cells are null.
fn push_row(bytes: &mut Vec<u8>, row: &Row, site: &Site, contexts: &Contexts) -> serde_json::Result<()> {
    push(bytes, &row_data(site, row))?;
    bytes.pop(); // The object goes on.
    bytes.extend_from_slice(b",\"cells\":[");
    for cell in &row.cells {
        push_separator(bytes);
        match cell {
            Some(cell) => {
                bytes.push(b'{');
                push_cell(bytes, cell, site, contexts)?;
            }
            None => bytes.extend_from_slice(b"null"),
        }
    }
    bytes.push(b']');
    if !row.withdrawn.is_empty() {
        bytes.extend_from_slice(b",\"withdrawn\":[");
        for (column, cell) in &row.withdrawn {
            push_separator(bytes);
            bytes.extend_from_slice(b"{\"column\":");
            push(bytes, column)?;
            bytes.push(b',');
            push_cell(bytes, cell, site, contexts)?;
        }
        bytes.push(b']');
    }
    bytes.push(b'}');
    Ok(())
}

/// Appends the fields of a score, in the unit of its column, and closes the object. There may be millions: the names of fields
/// cost more than all else where a serialiser writes them.
fn push_cell(bytes: &mut Vec<u8>, cell: &Cell, site: &Site, contexts: &Contexts) -> serde_json::Result<()> {
    bytes.extend_from_slice(b"\"value\":");
    push(bytes, &cell.value)?;
    if let Some(known) = cell.uncertainty {
        bytes.extend_from_slice(b",\"standard_error\":");
        push(bytes, &known.standard_error)?;
        bytes.extend_from_slice(b",\"basis\":");
        push(bytes, known.basis.name())?;
        if let Some(items) = known.items {
            bytes.extend_from_slice(b",\"items\":");
            push(bytes, &items)?;
        }
        if let Some(clusters) = known.clusters {
            bytes.extend_from_slice(b",\"clusters\":");
            push(bytes, &clusters)?;
        }
    }
    bytes.extend_from_slice(b",\"records\":[");
    for entry in &cell.entries {
        push_separator(bytes);
        push_record(bytes, &site.ledger.entry(*entry), contexts)?;
    }
    bytes.push(b']');
    if !cell.notices.is_empty() {
        bytes.extend_from_slice(b",\"notices\":");
        push(bytes, &cell.notices.iter().map(|notice| notice.number).collect::<Vec<_>>())?;
    }
    bytes.push(b'}');
    Ok(())
}

/// Appends a record: its numbers as the source wrote them, its context, where it stands on its model's page, and its place.
fn push_record(bytes: &mut Vec<u8>, entry: &Entry, contexts: &Contexts) -> serde_json::Result<()> {
    let record = entry.record;
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
    push(bytes, &contexts.of_record(record))?;
    bytes.extend_from_slice(b",\"anchor\":\"");
    bytes.extend_from_slice(&entry.anchor().digits());
    bytes.extend_from_slice(b"\",\"place\":");
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
    /// Those that were referred to since somebody asked.
    used: RefCell<BTreeSet<usize>>,
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
        let mut contexts = Self { all: Vec::new(), index: HashMap::default(), used: RefCell::default() };
        let mut values = BTreeMap::new();
        let cells = board
            .rows
            .iter()
            .flat_map(|row| row.cells.iter().flatten().chain(row.withdrawn.iter().map(|(_, cell)| cell)));
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

    /// The index of a record's context.
    fn of_record(&self, record: &Stored) -> usize {
        let context = self.index.get(&Address::of(record)).copied().unwrap_or_default();
        self.used.borrow_mut().insert(context);
        context
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
