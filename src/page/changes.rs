//! What moved and why: the page of the whole site, that of a board, and a board as of a past date.

use super::board::Legend;
use super::chart::{Chart, of_places};
use super::extent::Extent;
use super::facts::decimal;
use super::frame::Frame;
use super::notices::NoticeItem;
use super::route::Route;
use super::table::{Table, page_rows, part};
use super::variant::Telling;
use super::{Here, Link};
use crate::board::history::{Cause, Change, History, Step, place};
use crate::board::{AnyBoard, Board, Row};
use crate::catalog::ModelIx;
use crate::ledger::Dating;
use crate::record::id::Id;
use crate::record::{Date, Origin, Variant, WebUrl};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What is new on the site, by date, and what is said of its records.
#[derive(Debug, Serialize)]
pub struct ChangesPage {
    #[serde(skip)]
    pub frame: Frame,
    /// Those with something to compare first.
    pub boards: Vec<BoardDates>,
    pub notices: Vec<NoticeItem>,
    /// The latest first; sources without a date last.
    pub sources: Vec<SourceDate>,
}

/// A board, and the dates of its records.
#[derive(Debug, Serialize)]
pub struct BoardDates {
    pub id: String,
    pub board: Link,
    /// What moved, where the records have several dates.
    pub changes: Option<Link>,
    /// The dates of the steps.
    pub dates: Vec<String>,
    /// These are the days on which sources were fetched: no record says when it was measured.
    pub fetched: bool,
    pub records: usize,
    pub undated: usize,
    /// Rows with a reason of their own at the last step, and all whose place moved then.
    pub reasons: usize,
    pub moved: usize,
    /// Votes are rated all together.
    pub of_battles: bool,
}

/// The sources fetched on one date.
#[derive(Debug, Serialize)]
pub struct SourceDate {
    /// Absent where nothing says when.
    pub date: Option<String>,
    pub sources: Vec<SourceCounts>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SourceCounts {
    pub name: String,
    pub url: Option<WebUrl>,
    pub records: usize,
    pub votes: u64,
}

/// What moved on a board from date to date.
#[derive(Debug, Serialize)]
pub struct BoardChangesPage {
    #[serde(skip)]
    pub frame: Frame,
    pub board: Link,
    /// The latest first; the last is the board's first date.
    pub steps: Vec<StepItem>,
    /// Dates that the records have, of which the steps are some.
    pub dates: usize,
    pub records: usize,
    pub undated: usize,
    /// Absent for a board that ranks nothing.
    pub places: Option<PlacesByDate>,
    /// The places as lines.
    #[serde(skip)]
    pub chart: Option<Chart>,
}

/// Places over time.
#[derive(Debug, Serialize)]
pub struct PlacesByDate {
    /// The earliest first, as all that follows.
    pub dates: Vec<String>,
    /// In the order of today; then those that had a place before.
    pub models: Vec<ModelPlaces>,
    /// Rows that were left out.
    pub more: usize,
}

#[derive(Debug, Serialize)]
pub struct ModelPlaces {
    pub model: Link,
    pub variant: Option<String>,
    pub places: Vec<Option<u32>>,
}

#[derive(Debug, Serialize)]
pub struct StepItem {
    pub date: String,
    /// The board as of then; for the last step, today's.
    pub board: Link,
    pub is_first: bool,
    pub is_last: bool,
    pub extent: Extent,
    /// [`CHANGES`] at most, those with a reason of their own first.
    pub changes: Vec<ChangeItem>,
    pub more: usize,
    pub notices: Vec<NoticeItem>,
}

#[derive(Debug, Serialize)]
pub struct ChangeItem {
    pub model: Link,
    pub variant: Option<String>,
    pub before: Option<u32>,
    pub after: Option<u32>,
    pub is_new: bool,
    /// The places differ, and the old one lies within the range of the new.
    pub within_range: bool,
    /// [`CAUSES`] at most.
    pub causes: Vec<CauseItem>,
    pub more_causes: usize,
}

/// A reason; `key` names the interface string, which takes the others as arguments.
#[derive(Debug, Serialize)]
pub struct CauseItem {
    pub key: &'static str,
    pub column: String,
    pub before: String,
    pub after: String,
    pub reason: Option<String>,
}

/// A board as of a past date.
#[derive(Debug, Serialize)]
pub struct BoardAtPage<'a> {
    #[serde(skip)]
    pub frame: Frame,
    pub title: String,
    pub date: String,
    pub present: Link,
    pub changes: Link,
    /// The other dates, the earliest first; without a link for the one at hand.
    pub dates: Vec<DateLink>,
    pub extent: Extent,
    /// The first rows are shown.
    pub shown: usize,
    pub legend: Legend,
    #[serde(skip)]
    pub table: Table<'a>,
}

#[derive(Debug, Serialize)]
pub struct DateLink {
    pub date: String,
    pub href: Option<String>,
}

/// Changes of a step that are listed.
const CHANGES: usize = 100;

/// Scores of a row that a change names.
const CAUSES: usize = 8;

/// Models whose places over time are listed.
const MODELS: usize = 50;

/// The value of the page of changes.
pub fn changes(here: &Here, title: &str, description: &str) -> ChangesPage {
    let site = here.site;
    let mut boards: Vec<BoardDates> = site.boards.iter().map(|board| board_dates(here, board)).collect();
    boards.sort_by_key(|board| board.changes.is_none());
    ChangesPage {
        frame: here.frame(&Route::Changes, "changes", title, description),
        boards,
        notices: site.ledger.notices.all().iter().rev().map(|notice| NoticeItem::new(here, notice)).collect(),
        sources: sources(here),
    }
}

/// The way to what moved on a board: its own page, or its entry on the site's, which says why it has none.
pub(super) fn link(here: &Here, board: &Id) -> String {
    match here.site.histories.contains_key(board) {
        true => here.href(&Route::BoardChanges(board.clone())),
        false => format!("{}#board-{board}", here.href(&Route::Changes)),
    }
}

fn board_dates(here: &Here, board: &AnyBoard) -> BoardDates {
    let id = board.id();
    let history = here.site.histories.get(id);
    let link = here.link(here.text(board.title()), &Route::Board(id.clone()));
    let dates = match board {
        AnyBoard::Scores(board) => Some(&board.dates),
        AnyBoard::Battles(_) => None,
    };
    let days = dates.map(|dates| &dates.days);
    let last = history.and_then(|history| history.steps.last());
    let changes = last.map_or(&[][..], |step| &step.changes);
    BoardDates {
        id: id.to_string(),
        changes: history.map(|_| here.link(&link.name, &Route::BoardChanges(id.clone()))),
        board: link,
        dates: match history {
            Some(history) => history.steps.iter().map(|step| step.date.to_string()).collect(),
            None => days.into_iter().flatten().map(|day| day.to_string()).collect(),
        },
        fetched: dates.is_some_and(|dates| dates.dating == Dating::Fetched),
        records: dates.map_or(0, |dates| dates.records),
        undated: dates.map_or(0, |dates| dates.undated),
        reasons: changes.iter().filter(|change| !change.causes.is_empty()).count(),
        moved: changes.iter().filter(|change| change.before != change.after).count(),
        of_battles: matches!(board, AnyBoard::Battles(_)),
    }
}

/// Every source with records or votes, by the date on which it was fetched.
fn sources(here: &Here) -> Vec<SourceDate> {
    let ledger = &here.site.ledger;
    let records = ledger.origins().map(|(origin, records)| (origin, records, 0));
    let votes = ledger.battles.iter().map(|file| (&*file.origin, 0, file.votes().map(|vote| vote.times).sum()));
    let mut counts: BTreeMap<(Option<&str>, &str), (&Origin, usize, u64)> = BTreeMap::new();
    for (origin, records, votes) in records.chain(votes) {
        let source = &origin.source;
        let key = (source.retrieved.as_ref().map(Date::as_str), &*source.id);
        let count = counts.entry(key).or_insert((origin, 0, 0));
        (count.1, count.2) = (count.1 + records, count.2 + votes);
    }
    let mut dates: BTreeMap<Option<&str>, Vec<SourceCounts>> = BTreeMap::new();
    for ((date, _), (origin, records, votes)) in counts {
        let name = origin.source_name(here.language.code()).to_owned();
        dates.entry(date).or_default().push(SourceCounts { name, url: origin.source.url.clone(), records, votes });
    }
    let date = |(date, mut sources): (Option<&str>, Vec<SourceCounts>)| {
        sources.sort();
        SourceDate { date: date.map(str::to_owned), sources }
    };
    dates.into_iter().rev().map(date).collect()
}

/// The value of the page that says what moved on a board; `None` where its records have a single date.
pub fn board_changes(here: &Here, board: &Board, title: &str, description: &str) -> Option<BoardChangesPage> {
    let id = &board.definition.id;
    let history = here.site.histories.get(id)?;
    let last = history.steps.len() - 1;
    let name = here.text(&board.definition.title);
    let places = places(here, board, history);
    Some(BoardChangesPage {
        frame: here.frame(&Route::BoardChanges(id.clone()), "board-changes", title, description),
        board: here.link(name, &Route::Board(id.clone())),
        steps: (history.steps.iter().enumerate().rev())
            .map(|(index, step)| step_item(here, board, step, index == 0, index == last))
            .collect(),
        dates: history.dates,
        records: board.dates.records,
        undated: board.dates.undated,
        chart: places.as_ref().and_then(|places| of_places(name, places)).map(Chart::Places),
        places,
    })
}

fn step_item(here: &Here, board: &Board, step: &Step, is_first: bool, is_last: bool) -> StepItem {
    let id = board.definition.id.clone();
    let date = step.date.to_string();
    let at = step.board(board);
    let route = if is_last { Route::Board(id) } else { Route::BoardAt(id, step.date.clone()) };
    let telling = Telling::of(board);
    StepItem {
        board: here.link(&date, &route),
        is_first,
        is_last,
        extent: Extent::of(at),
        changes: step.changes.iter().take(CHANGES).map(|change| change_item(here, board, &telling, change)).collect(),
        more: step.changes.len().saturating_sub(CHANGES),
        notices: step.notices.iter().map(|notice| NoticeItem::new(here, notice)).collect(),
        date,
    }
}

fn change_item(here: &Here, board: &Board, telling: &Telling, change: &Change) -> ChangeItem {
    ChangeItem {
        model: model(here, change.model),
        variant: telling.of_row(change.model, &change.variant),
        before: change.before,
        after: change.after,
        is_new: change.is_new,
        within_range: change.within_range,
        causes: change.causes.iter().take(CAUSES).map(|cause| cause_item(here, board, cause)).collect(),
        more_causes: change.causes.len().saturating_sub(CAUSES),
    }
}

fn cause_item(here: &Here, board: &Board, cause: &Cause) -> CauseItem {
    let column = &board.definition.columns[cause.column];
    let name = &here.site.catalog.benchmark(column.benchmark).name;
    let decimals = board.columns[cause.column].decimals;
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| decimal(value, decimals));
    CauseItem {
        key: cause.kind.key(),
        column: column.label.as_ref().map_or(&**name, |label| here.text(label)).to_owned(),
        before: number(cause.before),
        after: number(cause.after),
        reason: cause.notice.as_ref().map(|notice| here.text(&notice.reason).to_owned()),
    }
}

fn model(here: &Here, index: ModelIx) -> Link {
    let model = here.site.catalog.model(index);
    here.link(&model.name, &Route::Model(model.id.clone()))
}

/// The places at all steps of the rows that have one today, and then of those that had one before.
fn places(here: &Here, board: &Board, history: &History) -> Option<PlacesByDate> {
    let mut seen = BTreeSet::new();
    let latest_first = history.steps.iter().rev().flat_map(|step| &step.board(board).rows);
    let rows: Vec<&Row> = latest_first.filter(|row| place(row.status).is_some() && seen.insert(key(row))).collect();
    let by_step: Vec<BTreeMap<_, u32>> = (history.steps.iter())
        .map(|step| step.board(board).rows.iter().filter_map(|row| Some((key(row), place(row.status)?))).collect())
        .collect();
    let telling = Telling::of(board);
    let models = rows.iter().take(MODELS).map(|row| ModelPlaces {
        model: model(here, row.model),
        variant: telling.of_row(row.model, &row.variant),
        places: by_step.iter().map(|places| places.get(&key(row)).copied()).collect(),
    });
    let places = PlacesByDate {
        dates: history.steps.iter().map(|step| step.date.to_string()).collect(),
        models: models.collect(),
        more: rows.len().saturating_sub(MODELS),
    };
    (!places.models.is_empty()).then_some(places)
}

fn key(row: &Row) -> (ModelIx, &Variant) {
    (row.model, &row.variant)
}

/// The value of the page of a board as of one of its past dates.
pub fn board_at<'a>(
    here: &Here<'a>,
    board: &'a Board,
    date: &str,
    title: &str,
    description: &str,
) -> Option<BoardAtPage<'a>> {
    let id = &board.definition.id;
    let history = here.site.histories.get(id)?;
    let step = history.past().find(|step| *step.date == *date)?;
    let mut frame = here.frame(&Route::BoardAt(id.clone(), step.date.clone()), "board-at", title, description);
    frame.stands_for(here, &Route::Board(id.clone()));
    let link = |other: &Step| DateLink {
        date: other.date.to_string(),
        href: (other.date != step.date).then(|| here.href(&Route::BoardAt(id.clone(), other.date.clone()))),
    };
    let past = step.board(board);
    let table = part(here, past, 0..page_rows(past.rows.len(), past.columns.len()));
    Some(BoardAtPage {
        frame,
        title: title.to_owned(),
        date: step.date.to_string(),
        present: here.link(here.text(&board.definition.title), &Route::Board(id.clone())),
        changes: here.link(here.text(&board.definition.title), &Route::BoardChanges(id.clone())),
        dates: history.past().map(link).collect(),
        extent: Extent::of(past),
        shown: table.rows.len(),
        legend: Legend::of(&table),
        table,
    })
}
