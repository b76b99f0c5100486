//! The table of a board, as a value.

use super::Here;
use super::route::Route;
use crate::board::definition::{Aggregate, Role};
use crate::board::{Board, Cell, Row, Status};
use crate::ledger::Anchor;
use crate::record::{Direction, Reporter, Unit};

/// A board's table, or its first rows.
#[derive(Debug)]
pub struct Table {
    pub columns: Vec<Head>,
    pub rows: Vec<TableRow>,
    /// The board has a composite column.
    pub aggregate: Aggregate,
    /// Columns that count in the composite.
    pub ranked_columns: usize,
    /// Decimals of the composite: one more than its columns have, up to the most a table shows.
    pub decimals: usize,
    /// The composite's unit is percent.
    pub percent: bool,
}

/// The head of a column.
#[derive(Debug)]
pub struct Head {
    pub label: String,
    /// The benchmark's page.
    pub href: String,
    pub group: Option<String>,
    pub role: Role,
    pub direction: Direction,
    pub unit: Unit,
    pub decimals: usize,
    /// The score of guessing, in the unit of the column.
    pub chance: Option<f64>,
}

/// A row of the table.
#[derive(Debug)]
pub struct TableRow {
    pub status: Status,
    pub name: String,
    pub href: String,
    pub organisation: Option<String>,
    /// Revision and precision, when the board has several rows of the model.
    pub variant: Option<String>,
    pub composite: Option<f64>,
    pub covered: usize,
    pub cells: Vec<Option<TableCell>>,
}

/// A score in the table.
#[derive(Clone, Copy, Debug)]
pub struct TableCell {
    pub value: f64,
    /// The record on the model's page; the first, when the score is a mean over several.
    pub anchor: Anchor,
    pub claimed: bool,
    pub partial: bool,
    /// The score is a mean over so many records.
    pub records: usize,
}

/// Most decimals a table shows; the record's page has all of them.
const MOST_DECIMALS: usize = 2;

/// The table of `board` with its first `top` rows.
pub fn table(here: &Here, board: &Board, top: usize) -> Table {
    let definition = &board.definition;
    let columns: Vec<Head> = (0..definition.columns.len()).map(|index| head(here, board, index)).collect();
    let ranked: Vec<usize> = board.ranked_columns().map(|(index, _)| index).collect();
    Table {
        rows: board.rows.iter().take(top).map(|row| table_row(here, board, row)).collect(),
        aggregate: definition.aggregate,
        ranked_columns: ranked.len(),
        decimals: ranked.iter().map(|index| columns[*index].decimals + 1).max().unwrap_or(0).min(MOST_DECIMALS),
        percent: ranked.iter().any(|index| columns[*index].unit == Unit::Percent),
        columns,
    }
}

fn head(here: &Here, board: &Board, index: usize) -> Head {
    let site = here.site;
    let column = &board.definition.columns[index];
    let benchmark = site.catalog.benchmark(column.benchmark);
    let cells = board.rows.iter().filter_map(|row| row.cells[index].as_ref());
    let direction = board.columns[index].direction;
    Head {
        label: column.label.as_ref().map_or(&*benchmark.name, |label| here.text(label)).to_owned(),
        href: here.href(&Route::Benchmark(benchmark.id.clone())),
        group: column.group.as_ref().map(|group| here.text(group).to_owned()),
        role: column.role,
        direction,
        unit: board.columns[index].unit(),
        chance: board.chance(index),
        decimals: cells.map(|cell| decimals(here, cell)).max().unwrap_or(0),
    }
}

/// The decimals a cell's source wrote, in the unit of the column, up to the most a table shows.
fn decimals(here: &Here, cell: &Cell) -> usize {
    let [entry] = cell.entries.as_slice() else {
        return MOST_DECIMALS;
    };
    let record = &here.site.ledger.entry(*entry).record;
    let written = record.value.decimals();
    let shown = if record.metric.unit == Unit::Fraction { written.saturating_sub(2) } else { written };
    shown.min(MOST_DECIMALS)
}

fn table_row(here: &Here, board: &Board, row: &Row) -> TableRow {
    let model = here.site.catalog.model(row.model);
    let organisation = model.organisation.as_ref().and_then(|id| here.site.catalog.organisations.get(id));
    TableRow {
        status: row.status,
        name: model.name.to_string(),
        href: here.href(&Route::Model(model.id.clone())),
        organisation: organisation.map(|organisation| here.text(&organisation.name).to_owned()),
        variant: variant(board, row),
        composite: row.composite,
        covered: row.covered,
        cells: row.cells.iter().map(|cell| cell.as_ref().map(|cell| table_cell(here, cell))).collect(),
    }
}

fn variant(board: &Board, row: &Row) -> Option<String> {
    let several = board.rows.iter().filter(|other| other.model == row.model).nth(1).is_some();
    let parts: Vec<&str> =
        [&row.variant.revision, &row.variant.precision].into_iter().flatten().map(|part| &**part).collect();
    (several && !parts.is_empty()).then(|| parts.join(" · "))
}

fn table_cell(here: &Here, cell: &Cell) -> TableCell {
    let records = cell.entries.iter().map(|entry| here.site.ledger.entry(*entry));
    let is_claimed = |reporter| reporter == Reporter::Claimed;
    TableCell {
        value: cell.value,
        anchor: here.site.ledger.entry(cell.entries[0]).anchor(),
        claimed: records.clone().any(|entry| is_claimed(entry.record.provenance.reporter)),
        partial: records.clone().any(|entry| entry.record.items.partial() == Some(true)),
        records: cell.entries.len(),
    }
}
