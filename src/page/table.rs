//! The table of a board, as a value.

use super::Here;
use super::route::Route;
use crate::board::battles::Rating;
use crate::board::definition::{Aggregate, Role};
use crate::board::{AnyBoard, BattleBoard, Board, Cell, Row, Status};
use crate::record::{Direction, Unit};
use crate::stats::error::Level;

/// A board's table, or its first rows.
#[derive(Debug)]
pub struct Table<'a> {
    pub columns: Vec<Head>,
    pub rows: Vec<TableRow<'a>>,
    /// The name of the composite column, an interface string; absent for a board that ranks nothing.
    pub composite: Option<String>,
    /// Columns that count in the composite.
    pub ranked_columns: usize,
    /// Decimals of the composite: one more than its columns have, up to the most a table shows.
    pub decimals: usize,
    /// The composite's unit is percent.
    pub percent: bool,
    /// Some row has an interval of places.
    pub intervals: bool,
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
pub struct TableRow<'a> {
    pub status: Status,
    pub name: &'a str,
    /// The model's page; safe in an attribute, as an id is.
    pub href: String,
    pub organisation: Option<&'a str>,
    /// The parts of the model's variant, when the board has several rows of the model.
    pub variant: Option<String>,
    pub composite: Option<f64>,
    /// Half of the composite's 95% interval.
    pub margin: Option<f64>,
    /// The best and the worst place that the row may have.
    pub interval: Option<(u32, u32)>,
    pub covered: usize,
    pub cells: &'a [Option<Cell>],
    /// Withdrawn scores, which stand where there is a gap; by column.
    pub withdrawn: &'a [(usize, Cell)],
}

/// Most decimals a table shows; the record's page has all of them.
const MOST_DECIMALS: usize = 2;

/// The table of `board` with its first `top` rows.
pub fn table<'a>(here: &Here<'a>, board: &'a Board, top: usize) -> Table<'a> {
    let definition = &board.definition;
    let columns: Vec<Head> = (0..definition.columns.len()).map(|index| head(here, board, index)).collect();
    let ranked: Vec<usize> = board.ranked_columns().map(|(index, _)| index).collect();
    Table {
        rows: board.rows.iter().take(top).map(|row| table_row(here, board, row)).collect(),
        composite: (definition.aggregate != Aggregate::None)
            .then(|| format!("composite-{}", definition.aggregate.name())),
        ranked_columns: ranked.len(),
        decimals: composite_decimals(definition.aggregate, ranked.iter().map(|index| columns[*index].decimals)),
        percent: board.composite_is_percent(),
        intervals: board.rows.iter().any(|row| row.certainty.interval.is_some()),
        columns,
    }
}

/// The first rows of a board of either kind; of battles, those of its largest group.
pub fn first_rows<'a>(here: &Here<'a>, board: &'a AnyBoard, top: usize) -> Table<'a> {
    match board {
        AnyBoard::Scores(board) => table(here, board, top),
        AnyBoard::Battles(board) => ratings(here, board, top),
    }
}

/// A board of battles as a table of ratings alone.
fn ratings<'a>(here: &Here<'a>, board: &'a BattleBoard, top: usize) -> Table<'a> {
    let row = |contestant: usize, rating: f64, margin, interval, status| {
        let entry = &board.contestants[contestant];
        let model = here.site.catalog.model(entry.model);
        let organisation = model.organisation.as_ref().and_then(|id| here.site.catalog.organisations.get(id));
        TableRow {
            status,
            name: &model.name,
            href: here.href(&Route::Model(model.id.clone())),
            organisation: organisation.map(|organisation| organisation.name.get(here.language)),
            variant: super::battles::variant(entry),
            composite: Some(rating),
            margin,
            interval,
            covered: 0,
            cells: &[],
            withdrawn: &[],
        }
    };
    let (rows, intervals): (Vec<TableRow>, bool) = match &board.rating {
        Rating::BradleyTerry { standings, .. } => {
            let first = standings.islands.first();
            let rows = first.into_iter().flat_map(|island| island.rows.iter().map(move |row| (island, row))).take(top);
            let rows = rows.map(|(island, standing)| {
                let shared = crate::board::battles::is_shared(island, standing);
                let status = Status::Ranked { place: standing.place, shared };
                let ranks = (standing.ranks.0 as u32, standing.ranks.1 as u32);
                row(standing.model, standing.rating, super::battles::margin(standing), Some(ranks), status)
            });
            (rows.collect(), true)
        }
        Rating::Elo(history) => {
            let order = super::battles::by_rating(history);
            let rows = order.into_iter().take(top);
            (rows.map(|(model, rating)| row(model, rating, None, None, Status::Unranked)).collect(), false)
        }
    };
    Table {
        columns: Vec::new(),
        rows,
        composite: Some("rating".to_owned()),
        ranked_columns: 0,
        decimals: 0,
        percent: false,
        intervals,
    }
}

/// One more than the columns have where the composite is in their unit.
fn composite_decimals(aggregate: Aggregate, columns: impl Iterator<Item = usize>) -> usize {
    match aggregate {
        Aggregate::MeanWinRate => 3,
        Aggregate::Borda => 1,
        Aggregate::PooledSdDistance | Aggregate::LatentAbility => 2,
        _ => columns.map(|decimals| decimals + 1).max().unwrap_or(0).min(MOST_DECIMALS),
    }
}

fn head(here: &Here, board: &Board, index: usize) -> Head {
    let site = here.site;
    let column = &board.definition.columns[index];
    let benchmark = site.catalog.benchmark(column.benchmark);
    let direction = board.columns[index].direction;
    Head {
        label: column.label.as_ref().map_or(&*benchmark.name, |label| here.text(label)).to_owned(),
        href: here.href(&Route::Benchmark(benchmark.id.clone())),
        group: column.group.as_ref().map(|group| here.text(group).to_owned()),
        role: column.role,
        direction,
        unit: board.columns[index].unit(),
        chance: board.chance(index),
        decimals: board.columns[index].decimals.unwrap_or(MOST_DECIMALS).min(MOST_DECIMALS),
    }
}

fn table_row<'a>(here: &Here<'a>, board: &Board, row: &'a Row) -> TableRow<'a> {
    let model = here.site.catalog.model(row.model);
    let organisation = model.organisation.as_ref().and_then(|id| here.site.catalog.organisations.get(id));
    TableRow {
        status: row.status,
        name: &model.name,
        href: here.href(&Route::Model(model.id.clone())),
        organisation: organisation.map(|organisation| organisation.name.get(here.language)),
        variant: variant(board, row),
        composite: row.composite,
        margin: row.certainty.standard_error.map(|error| Level::P95.z() * error),
        interval: row.certainty.interval.map(|set| (set.best, set.worst)),
        covered: row.covered,
        cells: &row.cells,
        withdrawn: &row.withdrawn,
    }
}

fn variant(board: &Board, row: &Row) -> Option<String> {
    let parts: Vec<&str> = row.variant.iter().map(|(_, value)| value).collect();
    let several = || board.rows.iter().filter(|other| other.model == row.model).nth(1).is_some();
    (!parts.is_empty() && several()).then(|| parts.join(" · "))
}
