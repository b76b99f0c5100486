//! Fills a board: which record stands in which cell, by the declared rule.

use super::definition::{ColumnDefinition, Definition, Preference, Subsets};
use super::{Board, Cell, Certainty, Column, Reckoning, Row, Status, digits, guard, stand_in, standing, uncertainty};
use crate::catalog::{Catalog, ModelIx};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ledger::{Dating, Entry, EntryIx, Ledger, Moment, Notice, Notices, Stored};
use crate::record::{Date, Direction, Origin, Reporter, Unit, Value, Variant};
use crate::stats::ranks::FirstPairs;
use foldhash::HashMap;
use smallvec::SmallVec;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// When the records of a board are dated.
#[derive(Debug, Default)]
pub struct Dates {
    /// Days, or months and years where nothing more precise is known.
    pub days: BTreeSet<Arc<str>>,
    pub dating: Dating,
    pub records: usize,
    /// Records without a date.
    pub undated: usize,
    /// The days on which sources were fetched, and records without one.
    fetched: (BTreeSet<Arc<str>>, usize),
    /// What was said of the records, settled or not; by number.
    pub notices: BTreeMap<u32, Arc<Notice>>,
}

impl Dates {
    fn add(&mut self, entry: &Entry, notices: &Notices) {
        self.records += 1;
        let measured = (&mut self.days, &mut self.undated, Dating::Measured);
        let fetched = (&mut self.fetched.0, &mut self.fetched.1, Dating::Fetched);
        for (days, undated, dating) in [measured, fetched] {
            match entry.record.day(dating) {
                Some(day) if !days.contains(day) => drop(days.insert(day.into())),
                Some(_) => {}
                None => *undated += 1,
            }
        }
        self.notices.extend(notices.selecting(entry).map(|notice| (notice.number, Arc::clone(notice))));
    }

    /// Takes the days of fetching where no record says when it was measured.
    fn settle(&mut self) {
        if self.days.is_empty() {
            (self.days, self.undated) = std::mem::take(&mut self.fetched);
            self.dating = Dating::Fetched;
        }
    }
}

/// The cells of a row while the board is filled: those that count, and the withdrawn.
struct Filling {
    cells: Vec<Option<Cell>>,
    withdrawn: Vec<(usize, Cell)>,
}

impl Filling {
    fn of(columns: usize) -> Self {
        Self { cells: vec![None; columns], withdrawn: Vec::new() }
    }
}

/// The ledger as it was at a moment.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub ledger: &'a Ledger,
    pub at: Moment<'a>,
}

impl View<'_> {
    pub(super) fn withdraws(self, entry: &Entry) -> bool {
        self.ledger.notices.withdraw(entry, self.at)
    }
}

/// Fills and places a board. Columns without a comparable record and columns that cannot be averaged become
/// diagnostics.
pub fn build(definition: Definition, ledger: &Ledger, catalog: &Catalog, diagnostics: &mut Diagnostics) -> Board {
    build_at(definition, View { ledger, at: Moment::Today }, catalog, diagnostics)
}

/// As [`build`], from what was known at a moment.
pub(super) fn build_at(definition: Definition, view: View, catalog: &Catalog, diagnostics: &mut Diagnostics) -> Board {
    let ledger = view.ledger;
    let mut dates = Dates::default();
    let mut rows: HashMap<RowKey, Filling> = HashMap::default();
    let mut columns = Vec::with_capacity(definition.columns.len());
    let mut beside = Vec::new();
    let mut origins = BTreeSet::new();
    for (index, column) in definition.columns.iter().enumerate() {
        let candidates: Vec<EntryIx> = ledger
            .select(column.benchmark, &definition.sources)
            .filter(|entry| {
                let entry = ledger.entry(*entry);
                is_candidate(column, &entry) && view.at.knows(entry.record)
            })
            .collect();
        add_origins(&mut origins, &candidates, ledger);
        candidates.iter().for_each(|entry| dates.add(&ledger.entry(*entry), &ledger.notices));
        let (withdrawn, counting): (Vec<EntryIx>, Vec<EntryIx>) =
            candidates.into_iter().partition(|entry| view.withdraws(&ledger.entry(*entry)));
        let judged = guard::judge(&definition, index, column, [&counting, &withdrawn], ledger);
        if judged.metrics.len() > 1 {
            diagnostics.push(ambiguous_metric(&definition, column, &judged.metrics));
        }
        let mut most_decimals = Some(0);
        for (key, cell) in cells(&definition, column, &judged.comparable, view) {
            most_decimals = most_decimals.zip(decimals(&cell, ledger)).map(|(most, decimals)| most.max(decimals));
            let row = rows.entry(key).or_insert_with(|| Filling::of(definition.columns.len()));
            match cell.is_withdrawn() {
                true => row.withdrawn.push((index, cell)),
                false => row.cells[index] = Some(cell),
            }
        }
        columns.push(Column {
            direction: direction(column, &judged.comparable, ledger),
            agreement: judged.agreement,
            decimals: most_decimals.unwrap_or(digits::MOST),
            ends: None,
        });
        beside.extend(judged.beside);
    }
    dates.settle();
    let mut board = Board {
        definition,
        columns,
        rows: Vec::with_capacity(rows.len()),
        ranked: 0,
        higher_is_better: true,
        decimals: 0,
        reckoning: Reckoning::default(),
        pairs: FirstPairs::default(),
        beside,
        origins,
        dates,
    };
    board.report_columns(catalog, diagnostics);
    board.rows = rows.into_iter().map(|(key, cells)| board.row(key, cells, catalog)).collect();
    // Equal rows stay in this order where they are ranked.
    board.rows.sort_by(|a, b| {
        let id = |row: &Row| &catalog.model(row.model).id;
        id(a).cmp(id(b)).then_with(|| a.variant.cmp(&b.variant))
    });
    standing::rank(&mut board, ledger, catalog);
    stand_in::fill(&mut board, view);
    digits::settle(&mut board);
    for index in 0..board.columns.len() {
        board.columns[index].ends = board.ends(index);
    }
    board
}

fn ambiguous_metric(board: &Definition, column: &ColumnDefinition, metrics: &BTreeSet<Arc<str>>) -> Diagnostic {
    let names = metrics.iter().take(8).map(|metric| format!("{metric:?}")).collect::<Vec<_>>().join(", ");
    let message = format!("the records of this column have {} metrics: {names}", metrics.len());
    Diagnostic::error("ambiguous-metric", Arc::clone(&board.path), message)
        .at(column.position)
        .hint("say which one the column shows: metric = \"…\"")
}

/// Adds the files of `entries`; neighbours mostly have the same.
fn add_origins(origins: &mut BTreeSet<Arc<Origin>>, entries: &[EntryIx], ledger: &Ledger) {
    let of = |entry: &EntryIx| &ledger.entry(*entry).record.origin;
    for same in entries.chunk_by(|a, b| Arc::ptr_eq(of(a), of(b))) {
        origins.insert(Arc::clone(of(&same[0])));
    }
}

/// Whether a record is about what the column shows; whether it may be compared is the guard's question.
fn is_candidate(column: &ColumnDefinition, entry: &Entry) -> bool {
    let provenance = entry.record;
    let reporter = column.reporter.is_none_or(|reporter| reporter == provenance.reporter);
    let metric = column.metric.as_ref().is_none_or(|metric| **metric == *entry.record.metric.name);
    reporter && metric && in_subsets(&column.subsets, entry.subset())
}

/// MTEB calls a benchmark without parts the subset `default`.
fn in_subsets(subsets: &Subsets, subset: Option<&str>) -> bool {
    let part = subset.filter(|subset| *subset != "default");
    match subsets {
        Subsets::Whole => part.is_none(),
        Subsets::Named(names) => {
            subset.is_some_and(|subset| names.iter().any(|name| name.eq_ignore_ascii_case(subset)))
        }
        Subsets::Count(_) => part.is_some(),
    }
}

/// What tells rows apart.
pub(super) type RowKey<'a> = (ModelIx, &'a Arc<Variant>);

/// The cells of a column, one for each model and variant that has all its parts.
fn cells<'a>(
    board: &Definition,
    column: &ColumnDefinition,
    comparable: &[EntryIx],
    view: View<'a>,
) -> Vec<(RowKey<'a>, Cell)> {
    let mut sorted: Vec<(EntryIx, Entry)> =
        comparable.iter().map(|entry| (*entry, view.ledger.entry(*entry))).collect();
    sorted.sort_by(|(ix_a, a), (ix_b, b)| {
        compare_rows(a, b).then_with(|| a.subset().cmp(&b.subset())).then(ix_a.cmp(ix_b))
    });
    sorted
        .chunk_by(|(_, a), (_, b)| compare_rows(a, b) == Ordering::Equal)
        .filter_map(|row| Some((row_key(&row[0].1), cell(board, column, row, view)?)))
        .collect()
}

fn compare_rows(a: &Entry, b: &Entry) -> Ordering {
    let (one, other) = (&a.record.model.variant, &b.record.model.variant);
    a.model.cmp(&b.model).then_with(|| if Arc::ptr_eq(one, other) { Ordering::Equal } else { one.cmp(other) })
}

impl Row {
    /// What tells it apart.
    pub(super) fn key(&self) -> RowKey<'_> {
        (self.model, &self.variant)
    }
}

pub(super) fn row_key<'a>(entry: &Entry<'a>) -> RowKey<'a> {
    (entry.model, &entry.record.model.variant)
}

/// A cell from the records of one row, which are ordered by subset.
fn cell(board: &Definition, column: &ColumnDefinition, row: &[(EntryIx, Entry)], view: View) -> Option<Cell> {
    let mut parts: SmallVec<[&(EntryIx, Entry); 1]> = SmallVec::new();
    for same in row.chunk_by(|(_, a), (_, b)| a.subset() == b.subset()) {
        let better = |next: &Entry, best: &Entry| preferred(board, next, best, view);
        let chosen = same.iter().reduce(|best, next| if better(&next.1, &best.1) { next } else { best })?;
        parts.push(chosen);
    }
    let complete = match &column.subsets {
        Subsets::Whole => parts.len() == 1,
        Subsets::Named(names) => parts.len() == names.len(),
        Subsets::Count(count) => parts.len() == *count,
    };
    let values: Option<SmallVec<[f64; 1]>> =
        parts.iter().map(|(_, entry)| shown(&entry.record.value, entry.record.metric.unit)).collect();
    let value = crate::stats::mean(&values?)?;
    let vouched = column.items.filter(|_| parts.len() == 1);
    let records: SmallVec<[Entry; 1]> = parts.iter().map(|(_, entry)| *entry).collect();
    let any = |holds: fn(&Stored) -> bool| parts.iter().any(|(_, entry)| holds(entry.record));
    complete.then(|| Cell {
        value,
        entries: parts.iter().map(|(entry, _)| *entry).collect(),
        anchor: parts[0].1.anchor(),
        claimed: any(|record| record.reporter == Reporter::Claimed),
        partial: any(|record| record.items.partial() == Some(true)),
        uncertainty: uncertainty::of_parts(&records, vouched, view.ledger),
        notices: notices(&parts, view),
    })
}

/// The notices of a cell's records, each once.
fn notices(parts: &[&(EntryIx, Entry)], view: View) -> Box<[Arc<Notice>]> {
    let mut notices: Vec<_> = parts.iter().flat_map(|(_, entry)| view.ledger.notices.of(entry, view.at)).collect();
    notices.sort_by_key(|notice| (notice.state, notice.number));
    notices.dedup();
    notices.into()
}

/// Whether the board's rule prefers `a`, which comes later in the ledger, to `b`. A withdrawn record gives way to any other.
fn preferred(board: &Definition, a: &Entry, b: &Entry, view: View) -> bool {
    let [withdrawn, other] = [a, b].map(|entry| view.withdraws(entry));
    if withdrawn != other {
        return other;
    }
    let (a, b) = (a.record, b.record);
    let by_rules = board.choose.iter().map(|preference| match preference {
        Preference::Measured => (a.reporter == Reporter::Measured).cmp(&(b.reporter == Reporter::Measured)),
        Preference::Latest => a.date.as_ref().map(Date::as_str).cmp(&b.date.as_ref().map(Date::as_str)),
    });
    by_rules.fold(Ordering::Equal, Ordering::then) == Ordering::Greater
}

/// The digits after the point that a cell's record has in the unit a board shows; `None` for a mean over several records.
fn decimals(cell: &Cell, ledger: &Ledger) -> Option<usize> {
    let [only] = cell.entries.as_slice() else { return None };
    let record = ledger.entry(*only).record;
    let written = record.value.decimals();
    Some(if record.metric.unit == Unit::Fraction { written.saturating_sub(2) } else { written })
}

/// The number a board shows and reckons with; `None` when the file wrote NaN or an infinity.
pub(super) fn shown(value: &Value, unit: Unit) -> Option<f64> {
    let number = value.finite()?;
    match unit {
        Unit::Fraction => value.shifted(2).parse().ok(),
        _ => Some(number),
    }
}

fn direction(column: &ColumnDefinition, comparable: &[EntryIx], ledger: &Ledger) -> Direction {
    column.direction.unwrap_or_else(|| {
        let stated = comparable.iter().map(|entry| ledger.entry(*entry).record.metric.direction);
        stated.filter(|direction| *direction != Direction::Unknown).max().unwrap_or(Direction::Unknown)
    })
}

impl Board {
    fn row(&self, (model, variant): RowKey, filling: Filling, catalog: &Catalog) -> Row {
        let Filling { cells, withdrawn } = filling;
        let covered = self.ranked_columns().filter(|(index, _)| cells[*index].is_some()).count();
        let certainty = Certainty::default();
        let (status, stand_ins) = (Status::Unranked, Vec::new());
        let variant = Arc::clone(variant);
        let mut row = Row { model, variant, status, composite: None, certainty, covered, cells, stand_ins, withdrawn };
        row.status = standing::status(self, &row, catalog);
        row
    }
}
