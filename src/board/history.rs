//! A board at past dates: what moved from one to the next, and why.
//!
//! The board is built anew for each date, by the code that builds it today and by its present definition, from the records
//! and notices that were there. So a step shows what data changed, never what the method did: the definition of a past
//! day is not known. A record counts from the day on which it was measured or, where no record of the board states one, from the
//! day on which its source was fetched; one without a date was always there.

use super::filling::{RowKey, View, build_at};
use super::{AnyBoard, Board, Cell, Row, Status};
use crate::catalog::{Catalog, ModelIx};
use crate::diagnostic::Diagnostics;
use crate::ledger::{EntryIx, Ledger, Moment, Notice, NoticeState};
use crate::record::Variant;
use crate::record::id::Id;
use foldhash::HashMap;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Steps at most.
const MOST_STEPS: usize = 12;

/// Rows of a past board that keep their cells; those after them keep their standing alone.
pub const ROWS_WITH_CELLS: usize = 500;

/// The steps of a board from its first date to today.
#[derive(Debug)]
pub struct History {
    /// Two at least; the last is the board of today.
    pub steps: Vec<Step>,
    /// Dates that the records and notices have; not every one is a step if these are many.
    pub dates: usize,
}

impl History {
    /// The steps before today.
    pub fn past(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().take(self.steps.len().saturating_sub(1))
    }
}

/// The histories of the boards of scores that have one.
pub fn all(boards: &[AnyBoard], ledger: &Ledger, catalog: &Catalog) -> BTreeMap<Id, History> {
    let history = |board: &AnyBoard| match board {
        AnyBoard::Scores(board) => Some((board.definition.id.clone(), of(board, ledger, catalog)?)),
        AnyBoard::Battles(_) => None,
    };
    boards.par_iter().filter_map(history).collect()
}

/// A board at a date, and what moved since the date before.
#[derive(Debug)]
pub struct Step {
    /// As precise as the records say it.
    pub date: Arc<str>,
    /// The board as it was, with the cells of its first [`ROWS_WITH_CELLS`] rows; absent for the last step, which is today.
    past: Option<Board>,
    /// Rows with a reason of their own first, then those that only make room; empty for the first step.
    pub changes: Vec<Change>,
    /// What was said of records since the date before, or settled.
    pub notices: Vec<Arc<Notice>>,
}

impl Step {
    /// The board at this step; `today` is the board of the history.
    pub fn board<'a>(&'a self, today: &'a Board) -> &'a Board {
        self.past.as_ref().unwrap_or(today)
    }
}

/// A row whose place or whose scores are not what they were.
#[derive(Debug)]
pub struct Change {
    pub model: ModelIx,
    pub variant: Arc<Variant>,
    /// Absent where the row was not there, or has no place.
    pub before: Option<u32>,
    pub after: Option<u32>,
    /// The row was not on the board.
    pub is_new: bool,
    /// The place moved, and the old one lies within the range of the new: no evidence that anything changed.
    pub within_range: bool,
    /// In the order of the columns; empty where only other rows changed.
    pub causes: Vec<Cause>,
}

/// What happened to a score.
#[derive(Debug)]
pub struct Cause {
    pub column: usize,
    pub kind: CauseKind,
    /// In the unit of the column.
    pub before: Option<f64>,
    pub after: Option<f64>,
    /// Why it was withdrawn or corrected.
    pub notice: Option<Arc<Notice>>,
}

/// Ways in which a score changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CauseKind {
    /// A record came.
    Added,
    /// The record behind it was withdrawn, and another stands in its place.
    Corrected,
    /// A record came that the board's rule prefers; the older one still stands.
    Replaced,
    Withdrawn,
    /// A withdrawn record counts again.
    Restored,
    /// What the column's records agree on changed, and the record now fits.
    Joined,
    /// The same, and it does not fit any more.
    SetAside,
}

impl CauseKind {
    /// The name of the interface string that says it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Added => "cause-added",
            Self::Corrected => "cause-corrected",
            Self::Replaced => "cause-replaced",
            Self::Withdrawn => "cause-withdrawn",
            Self::Restored => "cause-restored",
            Self::Joined => "cause-joined",
            Self::SetAside => "cause-set-aside",
        }
    }
}

/// The history of `board`; `None` where its records have fewer than two dates, and nothing is computed.
fn of(board: &Board, ledger: &Ledger, catalog: &Catalog) -> Option<History> {
    let days = days(board);
    let chosen = evenly(days.iter().collect(), MOST_STEPS);
    let (_, past) = chosen.split_last().filter(|(_, past)| !past.is_empty())?;
    let dating = board.dates.dating;
    let build = |day: &&Arc<str>| {
        let view = View { ledger, at: Moment::Past(day, dating) };
        build_at(board.definition.clone(), view, catalog, &mut Diagnostics::default())
    };
    let built: Vec<Board> = past.par_iter().map(build).collect();
    let past = built.iter().zip(past).map(|(board, date)| State { date, moment: Moment::Past(date, dating), board });
    let today = chosen.last().map(|date| State { date, moment: Moment::Today, board });
    let states: Vec<State> = past.chain(today).collect();
    let steps = states.iter().enumerate();
    let mut steps: Vec<Step> =
        steps.map(|(index, state)| step(ledger, index.checked_sub(1).map(|before| &states[before]), state)).collect();
    for (step, past) in steps.iter_mut().zip(built) {
        step.past = Some(shortened(past));
    }
    Some(History { steps, dates: days.len() })
}

/// What is shown of a past board.
fn shortened(mut board: Board) -> Board {
    for row in board.rows.iter_mut().skip(ROWS_WITH_CELLS) {
        row.cells = Vec::new();
    }
    board.beside = Vec::new();
    board
}

/// The dates of a board's records, and the later ones at which something was said of them.
fn days(board: &Board) -> BTreeSet<Arc<str>> {
    let mut days = board.dates.days.clone();
    if let Some(first) = board.dates.days.first() {
        let said = board.dates.notices.values().flat_map(|notice| std::iter::once(&notice.since).chain(&notice.until));
        days.extend(said.map(|date| Arc::from(date.day())).filter(|day| day > first));
    }
    days
}

/// At most so many of `all`, evenly chosen; the first and the last are among them.
fn evenly<T: Copy>(all: Vec<T>, most: usize) -> Vec<T> {
    if all.len() <= most {
        return all;
    }
    (0..most).map(|nth| all[(nth * (all.len() - 1) + (most - 1) / 2) / (most - 1)]).collect()
}

/// A board at a date.
struct State<'a> {
    date: &'a Arc<str>,
    moment: Moment<'a>,
    board: &'a Board,
}

fn step(ledger: &Ledger, before: Option<&State>, state: &State) -> Step {
    let since = before.map_or("", |before| before.date);
    let within = |day: &str| since < day && day <= &**state.date;
    let said = |notice: &&Arc<Notice>| {
        within(notice.since.day()) || notice.until.as_ref().is_some_and(|until| within(until.day()))
    };
    Step {
        date: Arc::clone(state.date),
        past: None,
        changes: before.map_or_else(Vec::new, |before| {
            let (since, at) = (before.moment, state.moment);
            Comparison { ledger, before: before.board, since, after: state.board, at }.changes()
        }),
        notices: state.board.dates.notices.values().filter(said).map(Arc::clone).collect(),
    }
}

/// The place of a row.
pub fn place(status: Status) -> Option<u32> {
    match status {
        Status::Ranked { place, .. } => Some(place),
        _ => None,
    }
}

/// A board at two moments.
struct Comparison<'a> {
    ledger: &'a Ledger,
    before: &'a Board,
    since: Moment<'a>,
    after: &'a Board,
    at: Moment<'a>,
}

/// What a row has in a column.
enum Score<'a> {
    None,
    Counts(&'a Cell),
    Withdrawn(&'a Cell),
}

impl<'a> Score<'a> {
    fn of(row: Option<&'a Row>, column: usize) -> Self {
        let Some(row) = row else { return Self::None };
        let withdrawn = || row.withdrawn.iter().find(|(at, _)| *at == column);
        match &row.cells[column] {
            Some(cell) => Self::Counts(cell),
            None => withdrawn().map_or(Self::None, |(_, cell)| Self::Withdrawn(cell)),
        }
    }
}

impl Comparison<'_> {
    fn changes(&self) -> Vec<Change> {
        let before: HashMap<RowKey, &Row> = self.before.rows.iter().map(|row| (row.key(), row)).collect();
        let after: HashMap<RowKey, &Row> = self.after.rows.iter().map(|row| (row.key(), row)).collect();
        let there = self.after.rows.iter().map(|row| (before.get(&row.key()).copied(), Some(row)));
        let gone = self.before.rows.iter().filter(|row| !after.contains_key(&row.key())).map(|row| (Some(row), None));
        let mut changes: Vec<Change> =
            there.chain(gone).filter_map(|(before, after)| self.change(before, after)).collect();
        changes.sort_by_key(|change| change.causes.is_empty());
        changes
    }

    /// `None` where nothing changed.
    fn change(&self, before: Option<&Row>, after: Option<&Row>) -> Option<Change> {
        let row = after.or(before)?;
        let causes: Vec<Cause> = (0..self.after.columns.len())
            .filter_map(|column| self.cause(column, Score::of(before, column), Score::of(after, column)))
            .collect();
        let places = [before, after].map(|row| row.and_then(|row| place(row.status)));
        let range = after.and_then(|row| row.certainty.interval);
        let change = Change {
            model: row.model,
            variant: Arc::clone(&row.variant),
            before: places[0],
            after: places[1],
            is_new: before.is_none(),
            within_range: places[0] != places[1]
                && places[0].zip(range).is_some_and(|(old, range)| (range.best..=range.worst).contains(&old))
                && places[1].is_some(),
            causes,
        };
        (!change.causes.is_empty() || change.before != change.after || before.is_none() != after.is_none())
            .then_some(change)
    }

    fn cause(&self, column: usize, before: Score, after: Score) -> Option<Cause> {
        let value = |cell: &Cell| Some(cell.value);
        let cause = |kind, before, after, notice| Some(Cause { column, kind, before, after, notice });
        match (before, after) {
            (Score::None | Score::Withdrawn(_), Score::Counts(new)) => {
                cause(self.arrival(new).unwrap_or(CauseKind::Joined), None, value(new), None)
            }
            (Score::Counts(old), Score::Counts(new)) => {
                if old.entries == new.entries {
                    return None;
                }
                let notice = old.entries.iter().find_map(|entry| self.withdrawal(*entry));
                let kind = match &notice {
                    Some(_) => CauseKind::Corrected,
                    None => match self.arrival(new) {
                        Some(CauseKind::Added) => CauseKind::Replaced,
                        other => other.unwrap_or(CauseKind::Joined),
                    },
                };
                cause(kind, value(old), value(new), notice)
            }
            (Score::Counts(old), Score::Withdrawn(new)) => {
                cause(CauseKind::Withdrawn, value(old), None, new.notices.first().map(Arc::clone))
            }
            (Score::Counts(old), Score::None) => cause(CauseKind::SetAside, value(old), None, None),
            (Score::None | Score::Withdrawn(_), Score::None | Score::Withdrawn(_)) => None,
        }
    }

    /// How a score came to count: a record behind it is new, or was withdrawn before; `None` where it is neither.
    fn arrival(&self, cell: &Cell) -> Option<CauseKind> {
        let any = |holds: &dyn Fn(EntryIx) -> bool| cell.entries.iter().any(|entry| holds(*entry));
        let is_new = |entry| !self.since.knows(self.ledger.entry(entry).record);
        let was_withdrawn = |entry| self.ledger.notices.withdraw(&self.ledger.entry(entry), self.since);
        match () {
            () if any(&is_new) => Some(CauseKind::Added),
            () if any(&was_withdrawn) => Some(CauseKind::Restored),
            () => None,
        }
    }

    /// The notice by which a record is withdrawn.
    fn withdrawal(&self, entry: EntryIx) -> Option<Arc<Notice>> {
        let notices = self.ledger.notices.of(&self.ledger.entry(entry), self.at);
        notices.into_iter().find(|notice| notice.state == NoticeState::Withdrawn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_dates_the_first_and_the_last_are_among_the_chosen() {
        let days = |count: usize| (0..count).collect::<Vec<usize>>();
        assert_eq!(evenly(days(3), 12), [0, 1, 2]);
        assert_eq!(evenly(days(12), 12), days(12));
        let chosen = evenly(days(100), 12);
        assert_eq!(chosen, [0, 9, 18, 27, 36, 45, 54, 63, 72, 81, 90, 99]);
        let chosen = evenly(days(13), 12);
        assert_eq!((chosen.len(), chosen[0], chosen[11]), (12, 0, 12));
        assert!(chosen.is_sorted_by(|a, b| a < b), "{chosen:?}");
    }
}
