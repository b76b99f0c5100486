//! How sure a board's places are, and what they owe to its columns: the section of its page.

use super::facts::{decimal, percent, thousands};
use super::route::Route;
use super::table::Table;
use super::{Here, Link};
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
    /// Models with a score whose training data end (or else, which came out) after the benchmark's publication, before it,
    /// and at a date that is not known.
    pub after: usize,
    pub before: usize,
    pub undated: usize,
}

/// Rows that the section shows.
const ROWS: usize = 50;

pub fn section(here: &Here, board: &Board, table: &Table) -> CertaintySection {
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
        has_bounds: board.rows.iter().any(|row| row.composite.is_none() && row.certainty.interval.is_some()),
        rows: board
            .rows
            .iter()
            .take(board.ranked.min(ROWS))
            .filter_map(|row| certainty_row(here, table, row, reckoning.evidence == Evidence::SomeSharedItems))
            .collect(),
        columns: board.ranked_columns().filter_map(|(index, _)| column_state(here, board, table, index)).collect(),
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

fn column_state(here: &Here, board: &Board, table: &Table, index: usize) -> Option<ColumnState> {
    let head = &table.columns[index];
    let definition = &board.definition.columns[index];
    let benchmark = here.site.catalog.benchmark(definition.benchmark);
    let sign = if head.direction == Direction::Lower { -1.0 } else { 1.0 };
    let mut scores: Vec<f64> =
        board.rows.iter().filter_map(|row| Some(sign * row.cells[index].as_ref()?.value)).collect();
    scores.sort_unstable_by(|a, b| b.total_cmp(a));
    let room = headroom(scores.iter().copied(), stats::aggregate::Direction::Higher, 100.0, None)?;
    let best = sign * room.best;
    let share = head.unit == Unit::Percent && sign > 0.0;
    let items = board.rows.iter().find_map(|row| row.cells[index].as_ref()?.uncertainty?.items);
    let index_of_saturation =
        items.filter(|_| share).and_then(|items| saturation(scores[0] / 100.0, *scores.get(4)? / 100.0, items));
    let published = benchmark.card.as_ref().and_then(|(_, card)| card.published.as_ref());
    let mut state = ColumnState {
        label: head.label.clone(),
        benchmark: here.link(&benchmark.name, &Route::Benchmark(benchmark.id.clone())),
        best: decimal(best, head.decimals),
        headroom: share.then(|| decimal(room.to_ceiling, head.decimals)),
        saturation: index_of_saturation.map(|index| match saturation_class(index) {
            SaturationClass::VeryLow => "saturation-very-low",
            SaturationClass::Low => "saturation-low",
            SaturationClass::Moderate => "saturation-moderate",
            SaturationClass::High => "saturation-high",
            SaturationClass::VeryHigh => "saturation-very-high",
        }),
        published: published.map(ToString::to_string),
        after: 0,
        before: 0,
        undated: 0,
    };
    for row in board.rows.iter().filter(|row| row.cells[index].is_some()) {
        let card = here.site.catalog.model(row.model).card.as_ref();
        match (card.and_then(|(_, card)| card.last_learnt()), published) {
            (Some(learnt), Some(published)) if later(learnt, published) => state.after += 1,
            (Some(learnt), Some(published)) if later(published, learnt) => state.before += 1,
            _ => state.undated += 1,
        }
    }
    Some(state)
}

/// Whether a date is later than another, as far as both are known: a year alone is not later than a day of it.
pub(super) fn later(date: &Date, other: &Date) -> bool {
    let (date, other) = (date.as_str(), other.as_str());
    let known = date.len().min(other.len());
    date.get(..known) > other.get(..known)
}
