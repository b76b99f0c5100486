//! A score board as the script sees it: one small file with all rows and columns, for facets, weights, comparisons and
//! tables that are too long for a page, and files with blocks of rows for what stands behind their scores.
//!
//! The files are scripts that put a value into the global `tianti`, since a page on a disk may load scripts and nothing
//! else. They are the same for all languages; texts have a key for each. `script/05-data.js` of the theme says
//! the same in types.

use super::data::{Json, NoticeData, notice_data};
use super::scratch::Scratch;
use crate::board::answers::{self, Answers};
use crate::board::definition::Role;
use crate::board::{Board, Cell, Row, Status};
use crate::catalog::card::ModelCard;
use crate::language::{Language, Text};
use crate::page::Site;
use crate::page::table::{Head, State, Table, TableRow};
use crate::record::Direction;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// Rows of a block.
pub(super) const BLOCK: usize = 50;

type Texts<'a> = BTreeMap<Language, &'a str>;

#[derive(Serialize)]
struct View<'a> {
    id: &'a str,
    title: Texts<'a>,
    aggregate: &'static str,
    /// Share of the ranked columns that a row needs for a place.
    minimum: f64,
    higher: bool,
    percent: bool,
    decimals: usize,
    evidence: &'static str,
    /// Standard errors of a difference that separate two rows; the gap that matters.
    critical: f64,
    gap: f64,
    /// Rows of a block.
    block: usize,
    /// There is a file with the answers of rows: see [`answers`].
    answers: bool,
    columns: Vec<ColumnView<'a>>,
    /// Organisations that the rows refer to by index.
    organisations: Vec<Texts<'a>>,
    rows: Vec<RowView<'a>>,
    /// By column and row, in the unit of the column.
    values: Vec<Numbers<'a>>,
    /// Standard errors, likewise; `null` for a column without any.
    errors: Vec<Option<Numbers<'a>>>,
    /// By column, a letter for each row: see [`letter`].
    marks: Vec<String>,
    /// Row, column and what is said of the score there; with its value where it does not count.
    states: Vec<(usize, usize, Option<f64>, Vec<&'static str>)>,
    /// What the notices say whose numbers scores have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notices: Vec<NoticeData<'a>>,
}

#[derive(Serialize)]
struct ColumnView<'a> {
    /// The benchmark.
    id: &'a str,
    name: &'a str,
    label: Texts<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<Texts<'a>>,
    unit: &'static str,
    lower: bool,
    ranked: bool,
    weight: f64,
    decimals: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    chance: Option<f64>,
    /// The scores with the least and the most heat.
    heat: (f64, f64),
    #[serde(skip_serializing_if = "Option::is_none")]
    metric: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<Texts<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problems: Option<Texts<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
}

/// What a row can be found and chosen by, and its standing.
#[derive(Serialize)]
struct RowView<'a> {
    /// The model; its page is `models/<id>.html`.
    id: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    variant: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameters: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<bool>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    languages: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    released: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<u32>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    shared: bool,
    /// Best and worst place.
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<(u32, u32)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    composite: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<f64>,
    covered: usize,
    /// Why the board gives it no place, whatever its scores.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
}

/// The files of a board for the script, below `site/`, with their content in parts.
pub(super) fn files(
    site: &Site,
    board: &Board,
    table: &Table,
    json: &Json,
) -> serde_json::Result<Vec<(String, Scratch)>> {
    let id = &board.definition.id;
    let answers: BTreeMap<usize, Answers> = (0..board.columns.len())
        .map(|column| (column, answers::of_column(board, column, &site.ledger)))
        .filter(|(_, answers)| !answers.is_empty())
        .collect();
    let view = View { answers: !answers.is_empty(), ..view(site, board, table) };
    let view = script(&format!("boards/{id}"), |bytes| serde_json::to_writer(bytes, &view))?;
    let mut files = vec![(format!("data/boards/{id}.js"), view)];
    if !answers.is_empty() {
        let text = script(&format!("boards/{id}/answers"), |bytes| serde_json::to_writer(bytes, &answers))?;
        files.push((format!("data/boards/{id}.answers.js"), text));
    }
    for (index, block) in json.blocks.iter().enumerate() {
        let block = script(&format!("boards/{id}/{index}"), |bytes| json.write_block(bytes, block))?;
        files.push((format!("data/boards/{id}.{index}.js"), block));
    }
    Ok(files)
}

/// A script that puts what `write` writes, which is JSON, into the global `tianti` under `key`.
fn script<E>(key: &str, write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>) -> Result<Scratch, E> {
    Scratch::bytes(|bytes| {
        bytes.extend_from_slice(format!("(self.tianti??={{}})[\"{key}\"]=").as_bytes());
        write(bytes)?;
        bytes.push(b';');
        Ok(())
    })
}

fn view<'a>(site: &'a Site, board: &'a Board, table: &'a Table) -> View<'a> {
    let mut organisations = Organisations::default();
    let rows = board.rows.iter().zip(&table.rows);
    View {
        id: board.definition.id.as_str(),
        title: texts(&board.definition.title),
        aggregate: board.definition.aggregate.name(),
        minimum: board.definition.minimum_coverage,
        higher: board.higher_is_better,
        percent: table.percent,
        decimals: table.decimals,
        evidence: board.reckoning.evidence.key().trim_start_matches("evidence-"),
        critical: board.reckoning.critical,
        gap: board.reckoning.gap,
        block: BLOCK,
        answers: false,
        columns: (0..board.columns.len()).map(|index| column_view(site, board, table, index)).collect(),
        rows: rows.map(|(row, shown)| row_view(site, row, shown.variant.as_deref(), &mut organisations)).collect(),
        organisations: organisations.names,
        values: (0..board.columns.len()).map(|column| values(&board.rows, column)).collect(),
        errors: (0..board.columns.len()).map(|column| errors(&board.rows, column)).collect(),
        marks: (0..board.columns.len()).map(|column| marks(&board.rows, column)).collect(),
        states: table.rows.iter().enumerate().flat_map(|(index, row)| states(index, row)).collect(),
        notices: notice_data(board),
    }
}

fn states(index: usize, row: &TableRow) -> Vec<(usize, usize, Option<f64>, Vec<&'static str>)> {
    let of_cell = |same: &[(usize, State)]| {
        let column = same[0].0;
        let withdrawn = row.withdrawn.iter().find(|(of, _)| *of == column).map(|(_, cell)| cell.value);
        let stand_in = || row.stand_ins.iter().find(|stand_in| stand_in.column == column).map(|found| found.value);
        let value = if row.cells[column].is_some() { None } else { withdrawn.or_else(stand_in) };
        (index, column, value, same.iter().map(|(_, state)| state.name()).collect())
    };
    row.states.chunk_by(|a, b| a.0 == b.0).map(of_cell).collect()
}

fn texts(text: &Text) -> Texts<'_> {
    Language::ALL.into_iter().map(|language| (language, text.get(language))).collect()
}

fn column_view<'a>(site: &'a Site, board: &'a Board, table: &'a Table, index: usize) -> ColumnView<'a> {
    let definition = &board.definition.columns[index];
    let benchmark = site.catalog.benchmark(definition.benchmark);
    let card = benchmark.card.as_ref().map(|(_, card)| card);
    let head: &Head = &table.columns[index];
    let column = &board.columns[index];
    ColumnView {
        id: benchmark.id.as_str(),
        name: &benchmark.name,
        label: definition
            .label
            .as_ref()
            .map_or_else(|| Language::ALL.into_iter().map(|language| (language, &*benchmark.name)).collect(), texts),
        group: definition.group.as_ref().map(texts),
        unit: column.unit().name(),
        lower: column.direction == Direction::Lower,
        ranked: definition.role == Role::Score,
        weight: definition.weight,
        decimals: head.decimals,
        chance: head.chance,
        heat: head.heat,
        metric: column.agreement.as_ref().map(|agreement| &*agreement.metric),
        summary: card.map(|card| texts(&card.summary)),
        problems: card.and_then(|card| card.known_problems.as_ref()).map(texts),
        items: definition.items.or_else(|| card.and_then(|card| card.items)),
        published: card.and_then(|card| card.published.as_ref()).map(|date| date.as_str()),
    }
}

/// The organisations of rows, each once.
#[derive(Default)]
struct Organisations<'a> {
    names: Vec<Texts<'a>>,
    index: BTreeMap<&'a str, usize>,
}

fn row_view<'a>(
    site: &'a Site,
    row: &'a Row,
    variant: Option<&'a str>,
    organisations: &mut Organisations<'a>,
) -> RowView<'a> {
    let model = site.catalog.model(row.model);
    let card: Option<&ModelCard> = model.card.as_ref().map(|(_, card)| card);
    let organisation = model.organisation.as_ref().and_then(|id| Some((id, site.catalog.organisations.get(id)?)));
    let (place, shared) = match row.status {
        Status::Ranked { place, shared } => (Some(place), shared),
        _ => (None, false),
    };
    RowView {
        id: model.id.as_str(),
        name: &model.name,
        variant,
        organisation: organisation.map(|(id, organisation)| {
            *organisations.index.entry(id.as_str()).or_insert_with(|| {
                organisations.names.push(texts(&organisation.name));
                organisations.names.len() - 1
            })
        }),
        kind: card.and_then(|card| card.kind).map(|kind| kind.key().trim_start_matches("kind-")),
        parameters: card.and_then(|card| card.parameters.as_deref()),
        licence: card.and_then(|card| card.licence.as_deref()),
        open: card.and_then(|card| card.open_weights),
        languages: card.map_or(&[], |card| &card.languages),
        released: card.and_then(|card| card.released.as_ref()).map(|date| date.as_str()),
        place,
        shared,
        range: row.certainty.interval.map(|set| (set.best, set.worst)),
        composite: row.composite,
        error: row.certainty.standard_error.map(rounded),
        covered: row.covered,
        status: match row.status {
            Status::Excluded => Some("excluded"),
            Status::Ineligible => Some("ineligible"),
            Status::Unplaced | Status::Ranked { .. } | Status::BelowCoverage | Status::Unranked => None,
        },
    }
}

/// A number of every cell of a column, written row by row; `null` for a gap.
struct Numbers<'a> {
    rows: &'a [Row],
    column: usize,
    of: fn(&Cell) -> Option<f64>,
}

impl Serialize for Numbers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows.iter().map(|row| row.cells[self.column].as_ref().and_then(self.of)))
    }
}

fn values(rows: &[Row], column: usize) -> Numbers<'_> {
    Numbers { rows, column, of: |cell| Some(cell.value) }
}

/// `None` for a column of which no error is known.
fn errors(rows: &[Row], column: usize) -> Option<Numbers<'_>> {
    let of = |cell: &Cell| cell.uncertainty.map(|known| rounded(known.standard_error));
    let any = rows.iter().any(|row| row.cells[column].as_ref().and_then(of).is_some());
    any.then_some(Numbers { rows, column, of })
}

/// To a millionth: an error of an error that nobody sees, and a third of the digits.
fn rounded(error: f64) -> f64 {
    (error * 1e6).round() / 1e6
}

fn marks(rows: &[Row], column: usize) -> String {
    rows.iter().map(|row| letter(row.cells[column].as_ref())).collect()
}

/// The state of a cell: `-` missing, `c` claimed, `p` measured on part of the items, `b` both, `.` none of these.
fn letter(cell: Option<&Cell>) -> char {
    match cell {
        None => '-',
        Some(cell) => match (cell.claimed, cell.partial) {
            (false, false) => '.',
            (true, false) => 'c',
            (false, true) => 'p',
            (true, true) => 'b',
        },
    }
}
