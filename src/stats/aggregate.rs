//! How the columns of a table combine into one number for each model.
//!
//! Every aggregate here is two steps: each column's scores become *points* that can be added ([`Points`]), and the points
//! are averaged over the columns ([`Weighting`]). The constructors of [`Aggregate`] name the usual combinations, each
//! with its formula and source.
//!
//! **Gaps.** A mean of scores is taken over the columns that a row has, and only for rows that have the share of columns
//! asked for ([`Aggregate::minimum_coverage`]); 1 is the rule of MTEB's means and OpenCompass's groups. Win rates and
//! Borda points compare rows with each other: only rows that have *every* column (the common core) are compared and get
//! a composite. No aggregate ever gives a gap a value; what the gaps could hide is said by
//! [`place_bounds`](super::robust::place_bounds).

use super::above_chance;
use super::matrix::{Invalid, Matrix};

/// Which scores are better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Higher,
    Lower,
}

impl Direction {
    /// 1 or −1, by which scores are multiplied so that higher is better.
    pub fn sign(self) -> f64 {
        match self {
            Self::Higher => 1.0,
            Self::Lower => -1.0,
        }
    }
}

/// How the scores of one column become points that can be averaged over columns.
#[derive(Clone, Debug, PartialEq)]
pub enum Points {
    /// The score as it is; all columns have one direction and unit.
    Score,
    /// [`above_chance`] with each column's chance level; higher is better.
    AboveChance { chance: Vec<f64>, ceiling: f64 },
    /// The share of the other rows of the core that are beaten, ties counting half.
    WinRate,
    /// The number of other rows of the core that are beaten, ties counting half.
    Borda,
    /// 1 plus the distance to the column's best score, in units of the column's spread; lower is better.
    Distance { spread: Vec<f64> },
}

/// How points are averaged over columns.
#[derive(Clone, Debug, PartialEq)]
pub enum Weighting {
    Equal,
    /// `Σ w·x / Σ w`, one weight a column.
    Weights(Vec<f64>),
    /// The mean over categories of the mean within each; one category a column, by number.
    Categories(Vec<usize>),
}

/// A rule by which the columns of a table become one number for each row.
#[derive(Clone, Debug, PartialEq)]
pub struct Aggregate {
    directions: Vec<Direction>,
    points: Points,
    weighting: Weighting,
    minimum_coverage: f64,
}

/// One number for each row, or none, and which of them are better.
#[derive(Clone, Debug, PartialEq)]
pub struct Composites {
    pub values: Vec<Option<f64>>,
    pub direction: Direction,
}

impl Composites {
    /// The places of the rows that have a composite; see [`places`](super::places).
    pub fn places(&self) -> Vec<Option<u32>> {
        let present: Vec<usize> = (0..self.values.len()).filter(|row| self.values[*row].is_some()).collect();
        let scores: Vec<f64> = self.values.iter().flatten().map(|value| self.direction.sign() * value).collect();
        let mut places = vec![None; self.values.len()];
        for (row, place) in present.into_iter().zip(super::places(&scores)) {
            places[row] = Some(place);
        }
        places
    }
}

impl Aggregate {
    /// The plain mean, `Σ x_j / k`: MTEB's Mean (Task), the older Open LLM Leaderboard.
    pub fn mean(directions: Vec<Direction>) -> Self {
        Self::new(directions, Points::Score, Weighting::Equal)
    }

    /// The weighted mean, `Σ w_j·x_j / Σ w_j`. With numbers of items as weights, accuracy over all items.
    pub fn weighted_mean(directions: Vec<Direction>, weights: Vec<f64>) -> Self {
        Self::new(directions, Points::Score, Weighting::Weights(weights))
    }

    /// The mean over categories of the mean within each: every category counts the same, however many columns it has.
    /// LiveBench (arXiv 2406.19314; tasks within categories) and MTEB's Mean (TaskType).
    pub fn category_balanced_mean(directions: Vec<Direction>, categories: Vec<usize>) -> Self {
        Self::new(directions, Points::Score, Weighting::Categories(categories))
    }

    /// The mean of scores rescaled so that chance gives 0: `max(0, (x − L_j) / (H − L_j)·H)` with each column's own `L_j`.
    ///
    /// The rule of the Open LLM Leaderboard v2 ("Scores Normalization" in its documentation). A benchmark with subtasks is
    /// a category whose columns are the subtasks, each with its own chance level: normalised first, averaged then.
    /// `chance` and `ceiling` are in the scores' unit.
    pub fn chance_normalised_mean(chance: Vec<f64>, ceiling: f64, weighting: Weighting) -> Self {
        let directions = vec![Direction::Higher; chance.len()];
        Self::new(directions, Points::AboveChance { chance, ceiling }, weighting)
    }

    /// The mean win rate, `1/k·Σ_j (rows worse + ½·rows tied) / (n − 1)`: the chance of beating a model drawn from the
    /// table on a column drawn from it. HELM (arXiv 2211.09110; `presentation/summarize.py`), which also compares rows
    /// with gaps, over the columns each has; here only rows with all columns are compared.
    ///
    /// It depends on which models are in the table, so it must not be compared between tables. With one row, a gap.
    pub fn mean_win_rate(directions: Vec<Direction>) -> Self {
        Self::new(directions, Points::WinRate, Weighting::Equal)
    }

    /// The Borda count, `Σ_j (n − rank_j)` with ranks averaged among ties: the number of rows beaten, over all columns.
    /// MTEB (`benchmarks/_create_table.py`), which gives 0 points for a gap; here only rows with all columns are compared.
    ///
    /// Since `n − rank` counts the rows worse and half of those tied, it is `(n − 1)·k` times the mean win rate of the same
    /// rows, and gives the same order.
    pub fn borda(directions: Vec<Direction>) -> Self {
        Self::new(directions, Points::Borda, Weighting::Equal)
    }

    /// The mean distance to the best, `1 + (best_j − x) / s_j`, lower being better and 1 the best in every column.
    ///
    /// EuroEval's rank score (`leaderboards/score_computation.py`): `s_j` is the population standard deviation of all the
    /// scores of all models on a dataset (ten a model there; [`spreads`] takes it from one a model), and 1 where it is 0.
    /// Datasets of a task are a category.
    pub fn pooled_sd_distance(directions: Vec<Direction>, spread: Vec<f64>, weighting: Weighting) -> Self {
        Self::new(directions, Points::Distance { spread }, weighting)
    }

    fn new(directions: Vec<Direction>, points: Points, weighting: Weighting) -> Self {
        Self { directions, points, weighting, minimum_coverage: 1.0 }
    }

    /// The same aggregate for every row that has at least this share of the columns, 0 to 1, and any. Aggregates that
    /// compare rows ([`Points::WinRate`], [`Points::Borda`]) need all columns whatever is said here.
    pub fn minimum_coverage(self, share: f64) -> Self {
        Self { minimum_coverage: share, ..self }
    }

    /// Whether the points of a row depend on which other rows are there.
    pub(super) fn compares_rows(&self) -> bool {
        matches!(self.points, Points::WinRate | Points::Borda)
    }

    pub(super) fn directions(&self) -> &[Direction] {
        &self.directions
    }

    /// For each column, by how much its points change with a score (below the clamping of [`above_chance`], which has no
    /// slope, that above it): what errors of scores are multiplied by. `None` where points are no function of one score.
    pub fn slopes(&self) -> Option<Vec<f64>> {
        match &self.points {
            Points::Score => Some(vec![1.0; self.directions.len()]),
            Points::AboveChance { chance, ceiling } => {
                Some(chance.iter().map(|chance| ceiling / (ceiling - chance)).collect())
            }
            Points::Distance { spread } => Some(spread.iter().map(|s| if *s > 0.0 { 1.0 / s } else { 1.0 }).collect()),
            Points::WinRate | Points::Borda => None,
        }
    }

    /// Which composites are better.
    pub fn direction(&self) -> Direction {
        match self.points {
            Points::Score => self.directions.first().copied().unwrap_or(Direction::Higher),
            Points::AboveChance { .. } | Points::WinRate | Points::Borda => Direction::Higher,
            Points::Distance { .. } => Direction::Lower,
        }
    }

    /// The composite of every row; see the module's head about gaps. Errors: a list of another length than the table has
    /// columns, a weight below 0, a chance level not below the ceiling, a spread below 0, or mixed directions where scores
    /// are averaged as they are.
    pub fn composites(&self, scores: &Matrix) -> Result<Composites, Invalid> {
        Ok(self.point_table(scores)?.composites())
    }

    /// The points of the rows that get a composite, ready to be combined.
    pub fn point_table(&self, scores: &Matrix) -> Result<PointTable, Invalid> {
        self.validate(scores.columns())?;
        let needed = if self.compares_rows() { 1.0 } else { self.minimum_coverage };
        let needed = needed * scores.columns() as f64 - 1e-9;
        let coverage = scores.coverage();
        let ranked: Vec<usize> =
            (0..scores.rows()).filter(|row| coverage[*row] > 0 && coverage[*row] as f64 >= needed).collect();
        let points = match &self.points {
            Points::WinRate | Points::Borda => self.beaten(&scores.keep_rows(&ranked)),
            _ => self.rescaled(scores).keep_rows(&ranked),
        };
        let complete = ranked.iter().all(|row| coverage[*row] == scores.columns());
        let total = self.points == Points::Borda;
        let (rows, direction) = (scores.rows(), self.direction());
        Ok(PointTable { points, ranked, rows, complete, total, weighting: self.weighting.clone(), direction })
    }

    /// Points that do not depend on which rows have a composite.
    pub(super) fn rescaled(&self, scores: &Matrix) -> Matrix {
        scores.map_columns(|column, cells| match &self.points {
            Points::Score | Points::WinRate | Points::Borda => {}
            Points::AboveChance { chance, ceiling } => {
                let present = cells.iter_mut().filter(|cell| !cell.is_nan());
                present.for_each(|cell| *cell = above_chance(*cell, chance[column], *ceiling));
            }
            Points::Distance { spread } => {
                let sign = self.directions[column].sign();
                let best = cells.iter().fold(f64::NEG_INFINITY, |best, cell| best.max(sign * cell));
                let spread = if spread[column] > 0.0 { spread[column] } else { 1.0 };
                cells.iter_mut().for_each(|cell| *cell = 1.0 + (best - sign * *cell) / spread);
            }
        })
    }

    /// For each cell of a complete table, how many other rows its row beats in the column, or which share of them.
    fn beaten(&self, core: &Matrix) -> Matrix {
        let others = core.rows().saturating_sub(1) as f64;
        let mut sorted = Vec::new();
        core.map_columns(|column, cells| {
            let sign = self.directions[column].sign();
            sorted.clear();
            sorted.extend(cells.iter().map(|cell| sign * cell));
            sorted.sort_unstable_by(f64::total_cmp);
            for cell in cells {
                let beaten = Standing::of(sign * *cell, &sorted).beaten_of_others();
                *cell = match self.points {
                    Points::WinRate if others == 0.0 => f64::NAN,
                    Points::WinRate => beaten / others,
                    _ => beaten,
                };
            }
        })
    }

    fn validate(&self, columns: usize) -> Result<(), Invalid> {
        let one_each = |what, found| match found == columns {
            true => Ok(()),
            false => Err(Invalid::Length { what, found, columns }),
        };
        one_each("directions", self.directions.len())?;
        match &self.points {
            Points::Score => {
                let position = |wanted| self.directions.iter().position(|direction| *direction == wanted);
                if let (Some(higher), Some(lower)) = (position(Direction::Higher), position(Direction::Lower)) {
                    return Err(Invalid::MixedDirections { higher, lower });
                }
            }
            Points::AboveChance { chance, ceiling } => {
                one_each("chance levels", chance.len())?;
                in_range("the chance level", "below the ceiling", chance, |level| level < ceiling)?;
            }
            Points::Distance { spread } => {
                one_each("spreads", spread.len())?;
                in_range("the spread", "0 or more", spread, |spread| *spread >= 0.0 && spread.is_finite())?;
            }
            Points::WinRate | Points::Borda => {}
        }
        match &self.weighting {
            Weighting::Equal => Ok(()),
            Weighting::Categories(categories) => one_each("categories", categories.len()),
            Weighting::Weights(weights) => {
                one_each("weights", weights.len())?;
                in_range("the weight", "0 or more", weights, |weight| *weight >= 0.0 && weight.is_finite())
            }
        }
    }
}

fn in_range(
    what: &'static str,
    range: &'static str,
    values: &[f64],
    inside: impl Fn(&f64) -> bool,
) -> Result<(), Invalid> {
    match values.iter().position(|value| !inside(value)) {
        None => Ok(()),
        Some(column) => Err(Invalid::Parameter { what, column, value: values[column], range }),
    }
}

/// The population standard deviation of each column's scores; 0 where there are fewer than two.
pub fn spreads(scores: &Matrix) -> Vec<f64> {
    (0..scores.columns())
        .map(|column| {
            let column: Vec<f64> = scores.scores(column).map(|(_, score)| score).collect();
            let Some(mean) = super::mean(&column) else { return 0.0 };
            let squares: Vec<f64> = column.iter().map(|score| (score - mean).powi(2)).collect();
            super::mean(&squares).unwrap_or(0.0).sqrt()
        })
        .collect()
}

/// How many of some sorted scores lie below a score, and how many are equal to it.
pub(super) struct Standing {
    pub below: usize,
    pub equal: usize,
}

impl Standing {
    pub fn of(score: f64, sorted: &[f64]) -> Self {
        let below = sorted.partition_point(|other| *other < score);
        let equal = sorted[below..].partition_point(|other| *other <= score);
        Self { below, equal }
    }

    /// Those below and half of those equal, the score itself being one of them.
    fn beaten_of_others(&self) -> f64 {
        self.below as f64 + 0.5 * self.equal.saturating_sub(1) as f64
    }
}

/// The points of the rows that get a composite.
#[derive(Clone, Debug)]
pub struct PointTable {
    points: Matrix,
    /// The rows of the whole table that are in `points`.
    ranked: Vec<usize>,
    rows: usize,
    /// Whether no row in it has a gap.
    complete: bool,
    /// Whether the composite is the sum of the points and not their mean.
    total: bool,
    weighting: Weighting,
    direction: Direction,
}

impl PointTable {
    pub fn columns(&self) -> usize {
        self.points.columns()
    }

    /// Rows of the whole table, with a composite or without.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The rows that have a composite, ascending.
    pub fn ranked(&self) -> &[usize] {
        &self.ranked
    }

    pub fn direction(&self) -> Direction {
        self.direction
    }

    pub fn composites(&self) -> Composites {
        self.composites_without(None)
    }

    /// The points: a row for each of [`ranked`](Self::ranked).
    pub fn points(&self) -> &Matrix {
        &self.points
    }

    /// What each column weighs in the composite of a row without gaps: `composite = Σ weight · points`.
    pub fn weights(&self) -> Vec<f64> {
        let columns = self.columns();
        match &self.weighting {
            _ if self.total => vec![1.0; columns],
            Weighting::Equal => vec![1.0 / columns as f64; columns],
            Weighting::Weights(weights) => {
                let total: f64 = weights.iter().sum();
                weights.iter().map(|weight| weight / total).collect()
            }
            Weighting::Categories(categories) => {
                let distinct: std::collections::BTreeSet<usize> = categories.iter().copied().collect();
                let size = |category: usize| categories.iter().filter(|other| **other == category).count();
                categories.iter().map(|category| 1.0 / (distinct.len() * size(*category)) as f64).collect()
            }
        }
    }

    /// The composites when one column is left out. The rows stay the same, and so do the rows that are compared: a place
    /// changes because of the column, not because other rows come in.
    pub fn composites_without(&self, left_out: Option<usize>) -> Composites {
        let counts = |column: usize, weight: f64| if left_out == Some(column) { 0.0 } else { weight };
        let weights: Vec<f64> = match &self.weighting {
            Weighting::Equal | Weighting::Categories(_) => {
                (0..self.columns()).map(|column| counts(column, 1.0)).collect()
            }
            Weighting::Weights(weights) => weights.iter().enumerate().map(|(column, w)| counts(column, *w)).collect(),
        };
        let combined = match &self.weighting {
            Weighting::Categories(categories) => self.combine_categories(&weights, categories),
            _ => self.combine(&weights),
        };
        let factor = if self.total { weights.iter().sum() } else { 1.0 };
        let mut values = vec![None; self.rows];
        for (row, value) in self.ranked.iter().zip(combined) {
            values[*row] = (!value.is_nan()).then_some(value * factor);
        }
        Composites { values, direction: self.direction }
    }

    /// For each ranked row, the weighted mean of its points, NaN where no column with a weight is there.
    pub(super) fn combine(&self, weights: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.ranked.len()];
        if self.complete {
            let total: f64 = weights.iter().sum();
            for (column, weight) in weights.iter().enumerate() {
                sums.iter_mut().zip(self.points.column(column)).for_each(|(sum, points)| *sum += weight * points);
            }
            sums.iter_mut().for_each(|sum| *sum /= total);
            return sums;
        }
        let mut totals = vec![0.0; self.ranked.len()];
        for (column, weight) in weights.iter().enumerate() {
            let cells = self.points.column(column);
            for ((sum, total), points) in sums.iter_mut().zip(&mut totals).zip(cells) {
                let (weight, points) = if points.is_nan() { (0.0, 0.0) } else { (*weight, *points) };
                *sum += weight * points;
                *total += weight;
            }
        }
        sums.iter().zip(totals).map(|(sum, total)| sum / total).collect()
    }

    /// The table of some of the ranked rows, by their places among these.
    pub(super) fn of_some(&self, ranked: &[usize]) -> Self {
        let rows = ranked.iter().map(|row| self.ranked[*row]).collect();
        Self { points: self.points.keep_rows(ranked), ranked: rows, weighting: self.weighting.clone(), ..*self }
    }

    /// The table of points that all rows would have, with the same weighting; `points` has a row for each of them.
    pub(super) fn of_all_rows(aggregate: &Aggregate, points: Matrix) -> Self {
        let rows = points.rows();
        let (weighting, direction) = (aggregate.weighting.clone(), aggregate.direction());
        Self { points, ranked: (0..rows).collect(), rows, complete: false, total: false, weighting, direction }
    }

    fn combine_categories(&self, weights: &[f64], categories: &[usize]) -> Vec<f64> {
        let mut named: Vec<usize> = categories.to_vec();
        named.sort_unstable();
        named.dedup();
        let mut sums = vec![0.0; self.ranked.len()];
        let mut counts = vec![0.0; self.ranked.len()];
        for category in named {
            let inside = |column: &usize| categories[*column] == category && weights[*column] > 0.0;
            let columns: Vec<usize> = (0..self.columns()).filter(inside).collect();
            for row in 0..self.ranked.len() {
                let points =
                    columns.iter().map(|column| self.points.column(*column)[row]).filter(|points| !points.is_nan());
                let (count, sum) = points.fold((0.0, 0.0), |(count, sum), points| (count + 1.0, sum + points));
                if count > 0.0 {
                    sums[row] += sum / count;
                    counts[row] += 1.0;
                }
            }
        }
        sums.iter().zip(counts).map(|(sum, count)| sum / count).collect()
    }
}

#[cfg(test)]
mod tests;
