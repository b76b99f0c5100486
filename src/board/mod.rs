//! Boards: which records are compared, how they combine, and who stands where.
//!
//! [`definition`] reads what a board wants, [`guard`] tells comparable records from the others, [`filling`] fills the
//! cells by the declared rule and [`standing`] places the rows. [`claims`] compares what makers state with what others
//! measured, by the same rules and without a board; [`history`] builds a board as of past dates and says what moved and why; boards of
//! battles are in [`battles`]. Nothing here knows of HTML.

pub mod answers;
pub mod battles;
pub mod claims;
pub mod definition;
mod digits;
mod filling;
pub mod guard;
pub mod history;
mod items;
mod stand_in;
pub mod standing;
mod uncertainty;

pub use battles::BattleBoard;
pub use definition::{AnyDefinition, Definition};
pub use filling::{Dates, build};
pub use stand_in::StandIn;
pub use standing::{Certainty, Evidence, Reckoning, Status};
pub use uncertainty::{Basis, Uncertainty};

use crate::catalog::{Catalog, ModelIx};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::language::Text;
use crate::ledger::{Anchor, EntryIx, Ledger, Notice, NoticeState};
use crate::record::id::Id;
use crate::record::{Direction, Origin, Unit, Variant};
use crate::stats::ranks::FirstPairs;
use definition::{Aggregate, ColumnDefinition, Role};
use guard::{Agreement, Beside};
use smallvec::SmallVec;
use std::collections::BTreeSet;
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
