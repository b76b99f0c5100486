//! The table of a board, as a value.

use super::Here;
use super::certainty::{later, published};
use super::route::Route;
use super::variant::Telling;
use crate::board::battles::Rating;
use crate::board::definition::{Aggregate, Role};
use crate::board::history::ROWS_WITH_CELLS;
use crate::board::{AnyBoard, BattleBoard, Board, Cell, Column, Row, StandIn, Status};
use crate::catalog::ModelIx;
use crate::ledger::NoticeState;
use crate::record::{Date, Direction, Unit};
use crate::stats::error::Level;
use serde::Serialize;
use std::collections::BTreeSet;
use std::ops::Range;

/// A board's table, or some of its rows.
#[derive(Debug)]
pub struct Table<'a> {
    pub columns: Vec<Head>,
    pub rows: Vec<TableRow<'a>>,
    /// The name of the composite column, an interface string; absent for a board that ranks nothing.
    pub composite: Option<String>,
    /// Columns that count in the composite.
    pub ranked_columns: usize,
    /// Decimals of the composite.
    pub decimals: usize,
    /// The composite's unit is percent.
    pub percent: bool,
    /// Some row has an interval of places.
    pub intervals: bool,
    /// Some model's size, or the day it came out, is known.
    pub sizes: bool,
    pub dates: bool,
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
    /// The scores without heat and with all of it.
    pub heat: (f64, f64),
    /// The best score of all rows.
    pub best: Option<f64>,
}

/// A row of the table.
#[derive(Debug)]
pub struct TableRow<'a> {
    pub status: Status,
    /// The row is the first, or the last, of those that share its place.
    pub starts: bool,
    pub ends: bool,
    pub name: &'a str,
    /// The model's page; safe in an attribute, as an id is.
    pub href: String,
    pub organisation: Option<&'a str>,
    /// The parts of the model's variant, when the board has several rows of the model.
    pub variant: Option<String>,
    pub composite: Option<f64>,
    /// Half of the composite's 95% interval.
    pub margin: Option<f64>,
    pub bar: Option<Bar>,
    /// The best and the worst place that the row may have.
    pub interval: Option<(u32, u32)>,
    pub covered: usize,
    pub cells: &'a [Option<Cell>],
    /// What stands in gaps, by column.
    pub stand_ins: &'a [StandIn],
    /// What is to be said of scores, by column; most are plain.
    pub states: Vec<(usize, State)>,
    /// As the model's card writes it: `14.2B`.
    pub size: Option<&'a str>,
    pub released: Option<&'a str>,
    /// Withdrawn scores, which stand where there is a gap; by column.
    pub withdrawn: &'a [(usize, Cell)],
}

/// Where a number and the ends of its interval lie on the scale of all rows, in percent of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Bar {
    pub low: u8,
    pub at: u8,
    pub high: u8,
}

/// What a score is beside a plain measurement that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Withdrawn,
    Disputed,
    /// Training and test data overlap, as somebody states.
    Contaminated,
    /// The model may have learnt after the benchmark was published.
    PossiblySeen,
    /// A record under another protocol, in a gap.
    StandIn,
    /// Stated by the model's maker.
    Claimed,
    /// Measured on part of the items.
    Partial,
}

impl State {
    pub const ALL: [Self; 7] = [
        Self::Withdrawn,
        Self::Disputed,
        Self::Contaminated,
        Self::PossiblySeen,
        Self::StandIn,
        Self::Claimed,
        Self::Partial,
    ];

    /// The name of the interface string that says it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Withdrawn => "notice-withdrawn",
            Self::Disputed => "notice-disputed",
            Self::Contaminated => "notice-contaminated",
            Self::PossiblySeen => "state-possibly-seen",
            Self::StandIn => "state-stand-in",
            Self::Claimed => "claimed",
            Self::Partial => "partial",
        }
    }

    /// The class of its cells.
    pub fn name(self) -> &'static str {
        match self {
            Self::Withdrawn => "withdrawn",
            Self::Disputed => "disputed",
            Self::Contaminated => "contaminated",
            Self::PossiblySeen => "possibly-seen",
            Self::StandIn => "stand-in",
            Self::Claimed => "claimed",
            Self::Partial => "partial",
        }
    }

    /// The sign beside the score.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Withdrawn => "×",
            Self::Disputed => "?",
            Self::Contaminated => "▲",
            Self::PossiblySeen => "△",
            Self::StandIn => "†",
            Self::Claimed => "‡",
            Self::Partial => "◐",
        }
    }
}

/// A sign of the table, and the name of the interface string that explains it.
#[derive(Debug, Serialize)]
pub struct Sign {
    pub mark: &'static str,
    pub key: &'static str,
}

impl Table<'_> {
    /// The signs beside scores that the table has.
    pub fn signs(&self) -> Vec<Sign> {
        let present: BTreeSet<State> = self.rows.iter().flat_map(|row| &row.states).map(|(_, state)| *state).collect();
        present.into_iter().map(|state| Sign { mark: state.mark(), key: state.key() }).collect()
    }

    /// Some row has no score in some column, and nothing that stands there.
    pub fn has_gaps(&self) -> bool {
        let gaps = |row: &TableRow| row.cells.iter().filter(|cell| cell.is_none()).count();
        self.rows.iter().any(|row| gaps(row) > row.stand_ins.len() + row.withdrawn.len())
    }

    /// Some place is shared.
    pub fn has_ties(&self) -> bool {
        self.rows.iter().any(|row| matches!(row.status, Status::Ranked { shared: true, .. }))
    }
}

/// Rows on a page of a board's table with so many rows and columns. What a browser lays out is cells: a table of up to ten
/// thousand of them, between 100 and 500 rows, is on one page. A longer one goes on pages that are soon laid out.
pub fn page_rows(rows: usize, columns: usize) -> usize {
    let columns = columns.max(1);
    let whole = (10_000 / columns).clamp(100, ROWS_WITH_CELLS);
    if rows <= whole { whole } else { (4_000 / columns).clamp(50, 200) }
}

/// The table of `board` with its first `top` rows.
pub fn table<'a>(here: &Here<'a>, board: &'a Board, top: usize) -> Table<'a> {
    let mut table = part(here, board, 0..top);
    draw(&mut table.rows);
    table
}

/// The table of `board` with these rows. What is said of columns is said of all rows.
pub fn part<'a>(here: &Here<'a>, board: &'a Board, rows: Range<usize>) -> Table<'a> {
    let definition = &board.definition;
    let rows = rows.start.min(board.rows.len())..rows.end.min(board.rows.len());
    let mut table = Table {
        columns: (0..definition.columns.len()).map(|index| head(here, board, index)).collect(),
        composite: (definition.aggregate != Aggregate::None)
            .then(|| format!("composite-{}", definition.aggregate.name())),
        ranked_columns: board.ranked_columns().count(),
        decimals: board.decimals,
        percent: board.composite_is_percent(),
        intervals: board.rows.iter().any(|row| row.certainty.interval.is_some()),
        sizes: false,
        dates: false,
        rows: Vec::new(),
    };
    if rows.is_empty() {
        return table;
    }
    let (seen, folder) = (PossiblySeen::of(here, board), here.folder(&Route::Models));
    let telling = Telling::of(board);
    let scale = Scale::of(board.rows.iter().filter_map(|row| Some((row.composite?, margin(row)))));
    for index in rows {
        let mut row = table_row(here, board, index, &seen, &telling, &folder);
        row.bar = row.composite.and_then(|number| scale?.bar(number, row.margin));
        table.sizes |= row.size.is_some();
        table.dates |= row.released.is_some();
        table.rows.push(row);
    }
    table
}

/// The scale on which numbers and their intervals are drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    /// From the lowest end of an interval to the highest, of numbers with the halves of their intervals; `None` where
    /// there is nothing between them.
    pub(super) fn of(numbers: impl Iterator<Item = (f64, Option<f64>)>) -> Option<Self> {
        let ends = numbers.map(|(number, margin)| (number - margin.unwrap_or(0.0), number + margin.unwrap_or(0.0)));
        let (low, high) = ends.reduce(|(low, high), (a, b)| (low.min(a), high.max(b)))?;
        (low < high).then_some(Self { low, high })
    }

    pub(super) fn bar(&self, number: f64, margin: Option<f64>) -> Option<Bar> {
        let share =
            |number: f64| (100.0 * (number - self.low) / (self.high - self.low)).round().clamp(0.0, 100.0) as u8;
        let margin = margin.unwrap_or(0.0);
        let bar = Bar { low: share(number - margin), at: share(number), high: share(number + margin) };
        number.is_finite().then_some(bar)
    }
}

/// Draws the rows' composites on a scale of their own.
fn draw(rows: &mut [TableRow]) {
    let scale = Scale::of(rows.iter().filter_map(|row| Some((row.composite?, row.margin))));
    rows.iter_mut().for_each(|row| row.bar = row.composite.and_then(|number| scale?.bar(number, row.margin)));
}

/// Half of the 95% interval of a row's composite.
fn margin(row: &Row) -> Option<f64> {
    row.certainty.standard_error.map(|error| Level::P95.z() * error)
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
            starts: true,
            ends: true,
            name: &model.name,
            href: here.href(&Route::Model(model.id.clone())),
            organisation: organisation.map(|organisation| organisation.name.get(here.language)),
            variant: super::variant::all(&entry.variant),
            composite: Some(rating),
            margin,
            bar: None,
            interval,
            covered: 0,
            cells: &[],
            stand_ins: &[],
            states: Vec::new(),
            size: None,
            released: None,
            withdrawn: &[],
        }
    };
    let (mut rows, intervals): (Vec<TableRow>, bool) = match &board.rating {
        Rating::BradleyTerry { standings, .. } => {
            let first = standings.islands.first();
            let rows = first.into_iter().flat_map(|island| island.rows.iter().map(move |row| (island, row)));
            let rows = rows.map(|(island, standing)| {
                let shared = island.is_shared(standing);
                let status = Status::Ranked { place: standing.place, shared };
                let ranks = (standing.ranks.0 as u32, standing.ranks.1 as u32);
                row(standing.model, standing.rating, super::battles::margin(standing), Some(ranks), status)
            });
            (rows.collect(), true)
        }
        Rating::Elo(history) => {
            let order = super::battles::by_rating(history).into_iter();
            (order.map(|(model, rating)| row(model, rating, None, None, Status::Unranked)).collect(), false)
        }
    };
    for index in 1..rows.len() {
        let same = rows[index - 1].status == rows[index].status;
        (rows[index - 1].ends, rows[index].starts) = (!same, !same);
    }
    rows.truncate(top);
    draw(&mut rows);
    Table {
        columns: Vec::new(),
        composite: Some("rating".to_owned()),
        ranked_columns: 0,
        decimals: 0,
        percent: false,
        intervals,
        rows,
        sizes: false,
        dates: false,
    }
}

/// The head of a column of `board`.
pub(super) fn head(here: &Here, board: &Board, index: usize) -> Head {
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
        decimals: board.columns[index].decimals,
        heat: heat(board, index),
        best: best(board, index),
    }
}

/// The best score of a column; none where all are alike, or nobody says which is better.
fn best(board: &Board, column: usize) -> Option<f64> {
    let Column { direction, ends, .. } = board.columns[column];
    let (worst, best) = heat(board, column);
    ends.filter(|_| worst != best).map(|(low, high)| if direction == Direction::Lower { low } else { high })
}

/// From guessing (from 0 where that is not known) to all there is to have, for percentages of which more is better: one weak
/// model must not bleach the column, nor a hundredth of a point colour it. Else from the worst score to the best; nothing for an
/// amount of which nobody says whether more of it is better.
fn heat(board: &Board, column: usize) -> (f64, f64) {
    let Column { direction, ends, .. } = board.columns[column];
    let (low, high) = ends.unwrap_or((0.0, 0.0));
    match direction {
        Direction::Lower => (high, low),
        _ if board.columns[column].unit() == Unit::Percent => (board.chance(column).unwrap_or(0.0), 100.0),
        Direction::Unknown if is_amount(board, column) => (0.0, 0.0),
        Direction::Higher | Direction::Unknown => (low, high),
    }
}

/// Whether the numbers are amounts, such as of money or time, and no scores.
fn is_amount(board: &Board, column: usize) -> bool {
    matches!(board.columns[column].unit(), Unit::Count | Unit::Usd | Unit::Seconds | Unit::Milliseconds)
}

/// The columns of which it is worth saying that a model may have seen the benchmark, with the day it was published.
struct PossiblySeen<'a>(Vec<(usize, &'a Date)>);

impl<'a> PossiblySeen<'a> {
    /// Those columns that it tells apart: half of their scores at most. A sign on nearly every score of an old benchmark says
    /// nothing of any of them.
    fn of(here: &Here<'a>, board: &Board) -> Self {
        let columns =
            (0..board.columns.len()).filter(|column| board.columns[*column].unit().may_rise_by_contamination());
        let dated = columns.filter_map(|column| Some((column, published(here.site, board, column)?)));
        let mut dated: Vec<(usize, &Date)> = dated.collect();
        // Of each column, its scores and those of models that may have learnt after it. A row's cells lie together.
        let mut counts = vec![(0, 0); dated.len()];
        for row in &board.rows {
            let learnt = last_learnt(here, row.model);
            for ((column, published), (all, after)) in dated.iter().zip(&mut counts) {
                if row.cells[*column].is_some() {
                    *all += 1;
                    *after += usize::from(learnt.is_some_and(|learnt| later(learnt, published)));
                }
            }
        }
        let mut counts = counts.into_iter();
        dated.retain(|_| counts.next().is_some_and(|(all, after)| after > 0 && 2 * after <= all));
        Self(dated)
    }
}

/// The last day of which the model may know. A release stands for an end of the training data that is not stated, so that
/// stating it costs nobody a sign that others are spared.
fn last_learnt<'a>(here: &Here<'a>, model: ModelIx) -> Option<&'a Date> {
    here.site.catalog.model(model).card.as_ref().and_then(|(_, card)| card.last_learnt())
}

/// `folder` is the way to the pages of models.
fn table_row<'a>(
    here: &Here<'a>,
    board: &'a Board,
    index: usize,
    seen: &PossiblySeen,
    telling: &Telling,
    folder: &str,
) -> TableRow<'a> {
    let row = &board.rows[index];
    let model = here.site.catalog.model(row.model);
    let card = model.card.as_ref().map(|(_, card)| card);
    let organisation = model.organisation.as_ref().and_then(|id| here.site.catalog.organisations.get(id));
    let apart = |other: Option<usize>| {
        other.and_then(|other| board.rows.get(other)).is_none_or(|other| other.status != row.status)
    };
    TableRow {
        status: row.status,
        starts: apart(index.checked_sub(1)),
        ends: apart(Some(index + 1)),
        name: &model.name,
        href: format!("{folder}{}.html", model.id),
        organisation: organisation.map(|organisation| organisation.name.get(here.language)),
        variant: telling.of_row(row.model, &row.variant),
        composite: row.composite,
        margin: margin(row),
        bar: None,
        interval: row.certainty.interval.map(|set| (set.best, set.worst)),
        covered: row.covered,
        cells: &row.cells,
        stand_ins: &row.stand_ins,
        states: states(here, row, seen),
        size: card.and_then(|card| card.parameters.as_deref()),
        released: card.and_then(|card| card.released.as_ref()).map(Date::as_str),
        withdrawn: &row.withdrawn,
    }
}

fn states(here: &Here, row: &Row, seen: &PossiblySeen) -> Vec<(usize, State)> {
    let counting = row.cells.iter().enumerate().filter_map(|(column, cell)| Some((column, cell.as_ref()?)));
    let withdrawn = row.withdrawn.iter().map(|(column, cell)| (*column, cell));
    let mut states = Vec::new();
    for (column, cell) in counting.chain(withdrawn) {
        states.extend(cell.claimed.then_some((column, State::Claimed)));
        states.extend(cell.partial.then_some((column, State::Partial)));
        states.extend(cell.notices.iter().map(|notice| (column, of_notice(notice.state))));
    }
    for stand_in in &row.stand_ins {
        states.push((stand_in.column, State::StandIn));
        states.extend(stand_in.claimed.then_some((stand_in.column, State::Claimed)));
    }
    let learnt = last_learnt(here, row.model);
    let seen = seen.0.iter().filter(|(column, published)| {
        row.cells[*column].is_some()
            && !states.contains(&(*column, State::Contaminated))
            && learnt.is_some_and(|learnt| later(learnt, published))
    });
    let seen: Vec<_> = seen.map(|(column, _)| (*column, State::PossiblySeen)).collect();
    states.extend(seen);
    states.sort_unstable();
    states.dedup();
    states
}

fn of_notice(state: NoticeState) -> State {
    match state {
        NoticeState::Withdrawn => State::Withdrawn,
        NoticeState::Disputed => State::Disputed,
        NoticeState::Contaminated => State::Contaminated,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_ten_thousand_cells_is_whole_and_a_longer_one_comes_in_short_pages() {
        assert_eq!([(166, 60), (500, 2), (80, 500)].map(|(rows, columns)| page_rows(rows, columns)), [166, 500, 100]);
        assert_eq!([(167, 60), (501, 2), (101, 500)].map(|(rows, columns)| page_rows(rows, columns)), [66, 200, 50]);
    }

    #[test]
    fn a_scale_holds_all_intervals() {
        let scale = Scale::of([(10.0, Some(1.0)), (20.0, None)].into_iter()).unwrap();
        assert_eq!(scale.bar(10.0, Some(1.0)), Some(Bar { low: 0, at: 9, high: 18 }));
        assert_eq!(scale.bar(20.0, None), Some(Bar { low: 100, at: 100, high: 100 }));
        assert_eq!(scale.bar(f64::NAN, None), None);
        assert!(Scale::of([(3.0, None), (3.0, None)].into_iter()).is_none(), "nothing lies between equal numbers");
        assert!(Scale::of(std::iter::empty()).is_none());
    }
}
