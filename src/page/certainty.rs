//! How sure a board's places are, and what they owe to its columns: the section of its page.

use super::facts::{decimal, percent, thousands};
use super::route::Route;
use super::table::Table;
use super::{Here, Link, Site};
use crate::board::definition::Aggregate;
use crate::board::standing;
use crate::board::{Basis, Board, Evidence, Row, Status};
use crate::record::{Date, Direction, Unit};
use crate::stats;
use crate::stats::paired::Test;
use crate::stats::robust::{SaturationClass, headroom, saturation, saturation_class};
use serde::Serialize;

/// What the section says. Keys name interface strings.
#[derive(Debug, Serialize)]
pub struct CertaintySection {
    pub evidence: &'static str,
    pub basis: Option<&'static str>,
    pub test: Option<&'static str>,
    /// Pairs tested together.
    pub family: u64,
    /// In standard errors of a difference.
    pub critical: String,
    /// The gap that matters, with its unit.
    pub gap: String,
    /// Items stand in two columns.
    pub joined: bool,
    /// A row without a place has bounds.
    pub has_bounds: bool,
    /// Ranked rows: [`ROWS`] at most.
    pub rows: Vec<CertaintyRow>,
    pub columns: Vec<ColumnState>,
}

/// A ranked row, and how it compares with the one below it.
#[derive(Debug, Serialize)]
pub struct CertaintyRow {
    pub place: u32,
    pub model: Link,
    /// The lead over the row below; absent for the last.
    pub lead: Option<String>,
    pub verdict: Option<&'static str>,
    /// How the two were compared, on a board whose pairs are compared in two ways: an interface string.
    pub comparison: Option<&'static str>,
    pub detectable: Option<String>,
    /// Items that would decide the lead.
    pub items: Option<String>,
    pub without_a_column: Option<(u32, u32)>,
    pub first: Option<String>,
}

/// What is left to gain in a column, and which models may have seen it.
#[derive(Debug, Serialize)]
pub struct ColumnState {
    pub label: String,
    pub benchmark: Link,
    pub best: String,
    /// Percentage points to a perfect score.
    pub headroom: Option<String>,
    pub saturation: Option<&'static str>,
    pub published: Option<String>,
    /// Absent where having seen the benchmark would not change a score.
    pub seen: Option<Seen>,
}

/// Models with a score whose training data end (or else, which came out) after the benchmark's publication, before it,
/// and at a date that is not known.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Seen {
    pub after: usize,
    pub before: usize,
    pub undated: usize,
}

/// Rows that the section shows.
const ROWS: usize = 50;

/// Saturation compares the best score with this one.
const FIFTH: usize = 5;

/// What the section says of a ranked column in any language.
#[derive(Debug)]
struct Scores {
    column: usize,
    best: f64,
    to_ceiling: f64,
    saturation: Option<SaturationClass>,
    seen: Option<Seen>,
}

/// What the section says in any language: the work over all scores, done once.
#[derive(Debug)]
pub struct Scored(Vec<Scores>);

impl Scored {
    pub fn of(site: &Site, board: &Board) -> Self {
        let columns = board.ranked_columns().filter(|_| board.ranked > 0);
        Self(columns.filter_map(|(column, _)| Scores::of(site, board, column)).collect())
    }
}

pub fn section(here: &Here, board: &Board, scored: &Scored, table: &Table) -> CertaintySection {
    let reckoning = &board.reckoning;
    let number = |value: f64| decimal(value, table.decimals);
    CertaintySection {
        evidence: match (reckoning.evidence, board.definition.aggregate) {
            (Evidence::None, Aggregate::MeanWinRate | Aggregate::Borda | Aggregate::LatentAbility) => {
                "evidence-none-aggregate"
            }
            (evidence, _) => evidence.key(),
        },
        basis: reckoning.basis.map(|basis| match basis {
            Basis::Items => "basis-items",
            Basis::Stated => "basis-stated",
            Basis::Count => "basis-count",
        }),
        test: reckoning.test.map(|test| match test {
            Test::McNemar => "test-mcnemar",
            Test::SignFlip if board.ranked_columns().any(|(index, _)| board.clusters(index).is_some()) => {
                "test-sign-flip-clusters"
            }
            Test::SignFlip => "test-sign-flip",
            Test::Normal | Test::Unpaired => "test-normal",
        }),
        family: reckoning.family,
        critical: decimal(reckoning.critical, 2),
        gap: if table.percent { format!("{}%", number(reckoning.gap)) } else { number(reckoning.gap) },
        joined: reckoning.joined,
        has_bounds: board.rows.iter().any(|row| row.composite.is_none() && row.certainty.interval.is_some()),
        rows: board
            .rows
            .iter()
            .take(board.ranked.min(ROWS))
            .filter_map(|row| certainty_row(here, table, row, reckoning.evidence == Evidence::SomeSharedItems))
            .collect(),
        columns: scored.0.iter().map(|scores| scores.state(here, board, table)).collect(),
    }
}

fn certainty_row(here: &Here, table: &Table, row: &Row, two_ways: bool) -> Option<CertaintyRow> {
    let Status::Ranked { place, .. } = row.status else { return None };
    let model = here.site.catalog.model(row.model);
    let certainty = &row.certainty;
    let number = |value: f64| decimal(value, table.decimals);
    let resolution = certainty.below.and_then(|below| below.resolution);
    Some(CertaintyRow {
        place,
        model: here.link(&model.name, &Route::Model(model.id.clone())),
        lead: certainty.below.map(|below| number(below.gap.abs())),
        verdict: certainty.below.map(|below| standing::relation_key(below.relation)),
        comparison: certainty.below.filter(|_| two_ways).map(|_| if certainty.paired { "paired" } else { "unpaired" }),
        detectable: resolution.map(|resolution| number(resolution.detectable_gap)),
        items: resolution.and_then(|resolution| resolution.items).map(thousands),
        without_a_column: certainty.leave_one_out,
        first: certainty.first.map(percent),
    })
}

impl Scores {
    /// Of a column with any score.
    fn of(site: &Site, board: &Board, column: usize) -> Option<Self> {
        let lower = board.columns[column].direction == Direction::Lower;
        let sign = if lower { -1.0 } else { 1.0 };
        let cells = || board.rows.iter().filter_map(|row| Some((row, row.cells[column].as_ref()?)));
        let mut scores: Vec<f64> = cells().map(|(_, cell)| sign * cell.value).collect();
        let room = headroom(scores.iter().copied(), stats::aggregate::Direction::Higher, 100.0, None)?;
        let share = board.columns[column].unit() == Unit::Percent && !lower;
        let items = cells().find_map(|(_, cell)| cell.uncertainty?.items).filter(|_| share && scores.len() >= FIFTH);
        let index = items.and_then(|items| {
            let (_, fifth, _) = scores.select_nth_unstable_by(FIFTH - 1, |a, b| b.total_cmp(a));
            saturation(room.best / 100.0, *fifth / 100.0, items)
        });
        let mut found = Self {
            column,
            best: sign * room.best,
            to_ceiling: room.to_ceiling,
            saturation: index.map(saturation_class),
            seen: None,
        };
        if !board.columns[column].unit().may_rise_by_contamination() {
            return Some(found);
        }
        let mut seen = Seen::default();
        let published = published(site, board, column);
        for (row, _) in cells() {
            let card = site.catalog.model(row.model).card.as_ref();
            match (card.and_then(|(_, card)| card.last_learnt()), published) {
                (Some(learnt), Some(published)) if later(learnt, published) => seen.after += 1,
                (Some(learnt), Some(published)) if later(published, learnt) => seen.before += 1,
                _ => seen.undated += 1,
            }
        }
        found.seen = Some(seen);
        Some(found)
    }

    fn state(&self, here: &Here, board: &Board, table: &Table) -> ColumnState {
        let head = &table.columns[self.column];
        let benchmark = here.site.catalog.benchmark(board.definition.columns[self.column].benchmark);
        let share = head.unit == Unit::Percent && head.direction != Direction::Lower;
        ColumnState {
            label: head.label.clone(),
            benchmark: here.link(&benchmark.name, &Route::Benchmark(benchmark.id.clone())),
            best: decimal(self.best, head.decimals),
            headroom: share.then(|| decimal(self.to_ceiling, head.decimals)),
            saturation: self.saturation.map(|class| match class {
                SaturationClass::VeryLow => "saturation-very-low",
                SaturationClass::Low => "saturation-low",
                SaturationClass::Moderate => "saturation-moderate",
                SaturationClass::High => "saturation-high",
                SaturationClass::VeryHigh => "saturation-very-high",
            }),
            published: published(here.site, board, self.column).map(ToString::to_string),
            seen: self.seen,
        }
    }
}

/// When the benchmark of a column was published.
pub(super) fn published<'a>(site: &'a Site, board: &Board, column: usize) -> Option<&'a Date> {
    let benchmark = site.catalog.benchmark(board.definition.columns[column].benchmark);
    benchmark.card.as_ref().and_then(|(_, card)| card.published.as_ref())
}

/// Whether a date is later than another, as far as both are known: a year alone is not later than a day of it.
pub(super) fn later(date: &Date, other: &Date) -> bool {
    let (date, other) = (date.as_str(), other.as_str());
    let known = date.len().min(other.len());
    date.get(..known) > other.get(..known)
}
