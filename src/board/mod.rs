//! Boards: which records are compared, how they combine, and who stands where.
//!
//! [`definition`] reads what a board wants, [`guard`] tells comparable records from the others, this module fills the
//! cells by the declared rule and [`standing`] places the rows. [`claims`] compares what makers state with what others
//! measured, by the same rules and without a board; [`history`] builds a board as of past dates and says what moved and why; boards of
//! battles are in [`battles`]. Nothing here knows of HTML.

pub mod answers;
pub mod battles;
pub mod claims;
pub mod definition;
mod digits;
pub mod guard;
pub mod history;
mod items;
mod stand_in;
pub mod standing;
mod uncertainty;

pub use battles::BattleBoard;
pub use definition::{AnyDefinition, Definition};
pub use stand_in::StandIn;
pub use standing::{Certainty, Evidence, Reckoning, Status};
pub use uncertainty::{Basis, Uncertainty};

use crate::catalog::{Catalog, ModelIx};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::language::Text;
use crate::ledger::{Anchor, Dating, Entry, EntryIx, Ledger, Moment, Notice, NoticeState, Notices, Stored};
use crate::record::id::Id;
use crate::record::{Date, Direction, Origin, Reporter, Unit, Value, Variant};
use crate::stats::ranks::FirstPairs;
use definition::{Aggregate, ColumnDefinition, Preference, Role, Subsets};
use foldhash::HashMap;
use guard::{Agreement, Beside};
use smallvec::SmallVec;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
use std::sync::Arc;

/// A board over columns of scores, or one over battles.
#[derive(Debug)]
pub enum AnyBoard {
    Scores(Box<Board>),
    Battles(Box<BattleBoard>),
}

impl AnyBoard {
    pub fn id(&self) -> &Id {
        match self {
            Self::Scores(board) => &board.definition.id,
            Self::Battles(board) => &board.definition.id,
        }
    }

    /// What lists of boards put it under.
    pub fn topic(&self) -> Option<&Text> {
        match self {
            Self::Scores(board) => board.definition.topic.as_ref(),
            Self::Battles(board) => board.definition.topic.as_ref(),
        }
    }

    pub fn title(&self) -> &Text {
        match self {
            Self::Scores(board) => &board.definition.title,
            Self::Battles(board) => &board.definition.title,
        }
    }
}

/// Builds a board of either kind; `None` where there is nothing to show, which the diagnostics explain.
pub fn build_any(
    definition: AnyDefinition,
    ledger: &Ledger,
    catalog: &Catalog,
    diagnostics: &mut Diagnostics,
) -> Option<AnyBoard> {
    match definition {
        AnyDefinition::Scores(definition) => {
            Some(AnyBoard::Scores(Box::new(build(*definition, ledger, catalog, diagnostics))))
        }
        AnyDefinition::Battles(definition) => {
            let board = battles::build(*definition, ledger, catalog, diagnostics)?;
            Some(AnyBoard::Battles(Box::new(board)))
        }
    }
}

/// A board with every cell filled and every row placed.
#[derive(Debug)]
pub struct Board {
    pub definition: Definition,
    /// As in the definition.
    pub columns: Vec<Column>,
    /// Ranked rows by place, then the others.
    pub rows: Vec<Row>,
    /// Rows with a place; they come first.
    pub ranked: usize,
    /// Whether a greater composite is better.
    pub higher_is_better: bool,
    /// Digits after the point that composites are shown with.
    pub decimals: usize,
    pub reckoning: Reckoning,
    /// What the tests say of the first ranked rows.
    pub pairs: FirstPairs,
    /// Records that are shown but not compared, by column.
    pub beside: Vec<Beside>,
    /// The files behind the cells and the records beside them.
    pub origins: BTreeSet<Arc<Origin>>,
    pub dates: Dates,
}

/// What a column turned out to hold.
#[derive(Debug)]
pub struct Column {
    /// Absent when no record is comparable: the column is empty.
    pub agreement: Option<Agreement>,
    /// [`Direction::Unknown`] when neither the files nor the definition say.
    pub direction: Direction,
    /// Digits after the point that its scores are shown with.
    pub decimals: usize,
    /// The lowest and the highest score.
    pub ends: Option<(f64, f64)>,
}

impl Column {
    /// The unit of the column's numbers: fractions are shown as percent.
    pub fn unit(&self) -> Unit {
        self.agreement.as_ref().map_or(Unit::Unknown, |agreement| agreement.unit)
    }
}

/// A model on a board: one row for each variant that the files keep apart.
#[derive(Debug)]
pub struct Row {
    pub model: ModelIx,
    pub variant: Arc<Variant>,
    pub status: Status,
    /// The aggregate, a mean in the unit of the columns; absent for a row without a place.
    pub composite: Option<f64>,
    pub certainty: Certainty,
    /// Ranked columns with a score.
    pub covered: usize,
    /// One for each column of the definition; `None` is a gap.
    pub cells: Vec<Option<Cell>>,
    /// What is shown in gaps and counts for nothing, by column.
    pub stand_ins: Vec<StandIn>,
    /// Withdrawn scores, which stand where there is a gap and count for nothing; by column.
    pub withdrawn: Vec<(usize, Cell)>,
}

/// A score on a board.
#[derive(Clone, Debug)]
pub struct Cell {
    /// In the unit of the column.
    pub value: f64,
    /// The records behind it: one, or one for each subset.
    pub entries: SmallVec<[EntryIx; 2]>,
    /// The first record's anchor on the model's page.
    pub anchor: Anchor,
    /// A record behind it is stated by the model's maker.
    pub claimed: bool,
    /// A record behind it was measured on part of the items.
    pub partial: bool,
    /// Absent where nothing is known of it.
    pub uncertainty: Option<Uncertainty>,
    /// What is said of the records behind it, the most serious first; mostly nothing.
    pub notices: Box<[Arc<Notice>]>,
}

impl Cell {
    /// Whether a record behind it is withdrawn, so that it does not count.
    fn is_withdrawn(&self) -> bool {
        self.notices.first().is_some_and(|notice| notice.state == NoticeState::Withdrawn)
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

/// The ledger as it was at a moment.
#[derive(Clone, Copy)]
struct View<'a> {
    ledger: &'a Ledger,
    at: Moment<'a>,
}

impl View<'_> {
    fn withdraws(self, entry: &Entry) -> bool {
        self.ledger.notices.withdraw(entry, self.at)
    }
}

/// Fills and places a board. Columns without a comparable record and columns that cannot be averaged become
/// diagnostics.
pub fn build(definition: Definition, ledger: &Ledger, catalog: &Catalog, diagnostics: &mut Diagnostics) -> Board {
    build_at(definition, View { ledger, at: Moment::Today }, catalog, diagnostics)
}

/// As [`build`], from what was known at a moment.
fn build_at(definition: Definition, view: View, catalog: &Catalog, diagnostics: &mut Diagnostics) -> Board {
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
type RowKey<'a> = (ModelIx, &'a Arc<Variant>);

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
    fn key(&self) -> RowKey<'_> {
        (self.model, &self.variant)
    }
}

fn row_key<'a>(entry: &Entry<'a>) -> RowKey<'a> {
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
fn shown(value: &Value, unit: Unit) -> Option<f64> {
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
    /// The columns that count in the aggregate, with their definitions.
    pub fn ranked_columns(&self) -> impl Iterator<Item = (usize, &ColumnDefinition)> {
        self.definition.columns.iter().enumerate().filter(|(_, column)| column.role == Role::Score)
    }

    /// The lowest and the highest score of a column.
    fn ends(&self, column: usize) -> Option<(f64, f64)> {
        let scores = self.rows.iter().filter_map(|row| Some(row.cells[column].as_ref()?.value));
        scores.map(|score| (score, score)).reduce(|(low, high), (score, _)| (low.min(score), high.max(score)))
    }

    /// The fewest clusters that the items behind a score of a column came in, with the number of these items; `None` where no
    /// error was reckoned over clusters.
    pub fn clusters(&self, column: usize) -> Option<(NonZeroU32, u64)> {
        let known = self.rows.iter().filter_map(|row| row.cells[column].as_ref()?.uncertainty);
        known.filter_map(|known| known.clusters.zip(known.items)).min()
    }

    /// The score of guessing in a column, in the column's unit.
    pub fn chance(&self, column: usize) -> Option<f64> {
        let share = self.columns[column].unit() == Unit::Percent;
        self.definition.columns[column].chance.filter(|_| share).map(|chance| 100.0 * chance)
    }

    /// Whether the composite is a percentage, as its columns are.
    pub fn composite_is_percent(&self) -> bool {
        let mean = matches!(
            self.definition.aggregate,
            Aggregate::Mean
                | Aggregate::WeightedMean
                | Aggregate::CategoryBalancedMean
                | Aggregate::ChanceNormalisedMean
        );
        mean && self.ranked_columns().any(|(index, _)| self.columns[index].unit() == Unit::Percent)
    }

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

    fn report_columns(&self, catalog: &Catalog, diagnostics: &mut Diagnostics) {
        let path = &self.definition.path;
        for (index, column) in self.definition.columns.iter().enumerate() {
            if self.columns[index].agreement.is_none() {
                let name = catalog.benchmark(column.benchmark).id.as_str();
                let message = format!("the column for {name:?} has no comparable record");
                diagnostics.push(Diagnostic::warning("empty-column", Arc::clone(path), message).at(column.position).hint(
                    "check metric, subsets, require and material against the records, which the model and benchmark pages show",
                ));
            }
        }
        let averages = match self.definition.aggregate {
            Aggregate::None | Aggregate::MeanWinRate | Aggregate::Borda | Aggregate::PooledSdDistance => return,
            Aggregate::ChanceNormalisedMean | Aggregate::LatentAbility => false,
            Aggregate::Mean | Aggregate::WeightedMean | Aggregate::CategoryBalancedMean => true,
        };
        let of = |index: usize| (self.columns[index].direction == Direction::Lower, self.columns[index].unit());
        if !averages {
            let filled = self.ranked_columns().filter(|(index, _)| self.columns[*index].agreement.is_some());
            for (index, column) in filled.filter(|(index, _)| of(*index) != (false, Unit::Percent)) {
                let unit = self.columns[index].unit();
                let message = format!("the aggregate takes no score in {unit}");
                diagnostics.push(Diagnostic::error("mixed-units", Arc::clone(path), message).at(column.position).hint(
                    "chance-normalised-mean and latent-ability take fractions and percentages of which more is better",
                ));
            }
        }
        let mut filled =
            self.ranked_columns().map(|(index, _)| index).filter(|index| self.columns[*index].agreement.is_some());
        if let Some(first) = filled.next()
            && let Some(other) = filled.find(|other| of(*other) != of(first))
        {
            let message = format!("columns {} and {} differ in unit or direction: no mean", first + 1, other + 1);
            diagnostics.push(
                Diagnostic::error("mixed-units", Arc::clone(path), message)
                    .at(self.definition.columns[other].position)
                    .hint("give one of them role = \"beside\", or set aggregate = \"none\""),
            );
        }
    }
}
