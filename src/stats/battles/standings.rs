//! Standings of a table of battles: ratings, intervals and ranks, each by the rule that the data allow.
//!
//! Islands (models that no battles connect) are ranked apart. An island in which wins lead from each model to each has
//! maximum likelihood ratings with mean 1000. In any other one every model also draws against a phantom rated 1000, and
//! rows for which that decides something are marked: of a model that never lost or never won only a bound is given; a
//! model outside of the island's largest class has the wider of two intervals.

use super::super::error::Level;
use super::bootstrap::{self, Sample};
use super::bradley_terry::{self, Prior};
use super::cells::Cells;
use super::covariates::{self, PositionBias};
use super::graph;
use super::profile::{self, Bound};
use super::rank::{self, Interval};
use super::sandwich::{Covariance, Curvature, Vote};
use super::win_table::{self, Score};
use super::{BattleError, MOST_MODELS};

/// The level of intervals, and what is left for errors in ranks.
pub const LEVEL: Level = Level::P95;

/// The 97.5 % point of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Battles below which an interval is preliminary.
pub const FEW_BATTLES: u64 = 30;

/// How standings are to be computed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// How often every model draws against the phantom where there is no maximum; more than 0.
    pub phantom_draws: f64,
    /// Rounds and seed of a bootstrap; intervals come from the sandwich without it.
    pub bootstrap: Option<Rounds>,
}

impl Default for Options {
    fn default() -> Self {
        Self { phantom_draws: 1.0, bootstrap: None }
    }
}

/// A bootstrap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounds {
    pub rounds: usize,
    pub seed: u64,
}

/// Everything that a table of battles says of its models.
#[derive(Clone, Debug, PartialEq)]
pub struct Standings {
    /// The one with most battles first.
    pub islands: Vec<Island>,
    /// Models without a battle.
    pub without_battles: Vec<usize>,
    /// `None` where the battles cannot tell.
    pub position_bias: Option<PositionBias>,
}

/// Models that battles connect.
#[derive(Clone, Debug, PartialEq)]
pub struct Island {
    pub prior: Prior,
    /// How many strongly connected classes it has; 1 where a maximum exists.
    pub classes: usize,
    pub battles: u64,
    /// By place, the highest rating first, and by number where ratings are equal.
    pub rows: Vec<Standing>,
    /// Rounds of the bootstrap that had no maximum, if there was one. Above 1 % of all there are no intervals.
    pub degenerate_rounds: Option<usize>,
    /// The rating of the first above the second.
    pub lead: Option<Lead>,
}

impl Island {
    /// Whether another model has the place of this row.
    pub fn is_shared(&self, row: &Standing) -> bool {
        self.rows.iter().any(|other| other.model != row.model && other.place == row.place)
    }
}

/// The difference between the first two of a list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lead {
    /// In Elo.
    pub gap: f64,
    pub standard_error: f64,
    /// Two-sided, of no difference; 1 where nothing is known.
    pub p: f64,
}

/// One model among those of its island.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    pub model: usize,
    /// [`rank::arena`] held within `ranks`, so that models which the battles do not tell apart share a place.
    pub place: u32,
    /// [`rank::intervals`].
    pub ranks: (usize, usize),
    pub rating: f64,
    /// Of the rating against the island's mean; `None` where the battles show no variance.
    pub standard_error: Option<f64>,
    /// 95 %.
    pub interval: Interval,
    pub score: Score,
    pub marks: Marks,
}

/// What a reader has to know of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Fewer than 30 battles: the interval is preliminary.
    pub few_battles: bool,
    /// Won every battle: its rating comes from the prior, and only a lower bound from the battles.
    pub undefeated: bool,
    /// Lost every battle.
    pub winless: bool,
    /// Outside of the island's largest class: how far it is from the others comes from the prior.
    pub beyond: bool,
    /// Its battles show no variance (draws only): nothing is known of its error.
    pub no_variance: bool,
}

/// Computes standings. With `votes`, which must be the battles of the table, errors are clustered by them.
///
/// # Errors
/// [`BattleError::BadPrior`]; [`BattleError::TooManyModels`]; [`BattleError::NotConverged`].
pub fn standings(cells: &Cells, votes: Option<&[Vote]>, options: Options) -> Result<Standings, BattleError> {
    let islands = graph::islands(cells.models(), cells.meetings());
    let count = islands.iter().max().map_or(0, |last| last + 1);
    let mut members = vec![Vec::new(); count];
    islands.iter().enumerate().for_each(|(model, island)| members[*island].push(model));
    let tables = cells.split(&islands, count);
    let mut votes = votes.map(|votes| split(votes, &islands, &members));
    let (mut found, mut without_battles) = (Vec::new(), Vec::new());
    for (number, (members, table)) in members.iter().zip(&tables).enumerate() {
        match members[..] {
            [alone] => without_battles.push(alone),
            _ => {
                let votes = votes.as_mut().map(|votes| std::mem::take(&mut votes[number]));
                found.push(island(table, votes, members, options)?);
            }
        }
    }
    found.sort_by_key(|island| std::cmp::Reverse(island.battles));
    let position_bias = covariates::position_bias(cells)?;
    Ok(Standings { islands: found, without_battles, position_bias })
}

fn island(table: &Cells, votes: Option<Vec<Vote>>, members: &[usize], options: Options) -> Result<Island, BattleError> {
    if members.len() > MOST_MODELS {
        return Err(BattleError::TooManyModels { models: members.len() });
    }
    let classes = Classes::of(table);
    let prior = if classes.count == 1 { Prior::None } else { Prior::Phantom(options.phantom_draws) };
    let fit = bradley_terry::fit(table, prior)?;
    let curvature = Curvature::of(table, &fit)?;
    let clustered = votes.map(|votes| curvature.clustered(&votes)).transpose()?.flatten();
    let errors = Errors {
        sandwich: clustered.unwrap_or_else(|| curvature.sandwich()),
        wider: (classes.count > 1).then(|| curvature.model_based()),
        classes: &classes,
    };
    let sample = match options.bootstrap {
        Some(Rounds { rounds, seed }) => Some(bootstrap::bootstrap(&curvature, rounds, seed)?),
        None => None,
    };
    let rows = Rows { table, members, classes: &classes, errors: &errors, sample: sample.as_ref() };
    let (rows, lead) = rows.make(&fit.ratings())?;
    let (battles, degenerate_rounds) = (table.battles(), sample.map(|sample| sample.degenerate()));
    Ok(Island { prior, classes: classes.count, battles, rows, degenerate_rounds, lead })
}

/// The votes of each island, whose members are numbered anew.
fn split(votes: &[Vote], islands: &[usize], members: &[Vec<usize>]) -> Vec<Vec<Vote>> {
    let mut numbers = vec![0; islands.len()];
    let numbered = members.iter().flat_map(|members| members.iter().enumerate());
    numbered.for_each(|(number, model)| numbers[*model] = number);
    let mut split = vec![Vec::new(); members.len()];
    let within = |vote: &&Vote| islands.get(vote.first).is_some_and(|island| islands.get(vote.second) == Some(island));
    for vote in votes.iter().filter(within) {
        let (first, second) = (numbers[vote.first], numbers[vote.second]);
        split[islands[vote.first]].push(Vote { first, second, ..*vote });
    }
    split
}

/// The strongly connected classes of an island.
struct Classes {
    of: Vec<usize>,
    count: usize,
    /// The one with most models; of equals, that with most battles.
    largest: usize,
}

impl Classes {
    fn of(table: &Cells) -> Self {
        let of = graph::classes(table.models(), table.meetings());
        let count = of.iter().max().map_or(0, |last| last + 1);
        let mut sizes = vec![(0usize, 0u64); count];
        for (class, counts) in of.iter().zip(table.totals()) {
            sizes[*class].0 += 1;
            sizes[*class].1 += counts.total();
        }
        let largest = sizes.iter().enumerate().rev().max_by_key(|(_, size)| **size).map_or(0, |(class, _)| class);
        Self { of, count, largest }
    }

    fn is_beyond(&self, model: usize) -> bool {
        self.of[model] != self.largest
    }
}

/// Standard errors: the sandwich's, and where the prior decides the wider of that and the curvature's.
struct Errors<'a> {
    sandwich: Covariance,
    wider: Option<Covariance>,
    classes: &'a Classes,
}

impl Errors<'_> {
    fn of(&self, model: usize) -> f64 {
        self.at_least_curvature(self.classes.is_beyond(model), |covariance| covariance.standard_error(model))
    }

    fn of_difference(&self, a: usize, b: usize) -> f64 {
        let beyond = self.classes.is_beyond(a) || self.classes.is_beyond(b);
        self.at_least_curvature(beyond, |covariance| covariance.standard_error_of_difference(a, b))
    }

    fn at_least_curvature(&self, beyond: bool, error: impl Fn(&Covariance) -> f64) -> f64 {
        let wider = self.wider.as_ref().filter(|_| beyond).map_or(0.0, &error);
        error(&self.sandwich).max(wider)
    }
}

struct Rows<'a> {
    table: &'a Cells,
    /// The model's number in the whole table, by its number in the island.
    members: &'a [usize],
    classes: &'a Classes,
    errors: &'a Errors<'a>,
    sample: Option<&'a Sample>,
}

impl Rows<'_> {
    fn make(&self, ratings: &[f64]) -> Result<(Vec<Standing>, Option<Lead>), BattleError> {
        let mut intervals = Vec::with_capacity(ratings.len());
        for (model, rating) in ratings.iter().enumerate() {
            intervals.push(self.interval(model, *rating)?);
        }
        let ranks = rank::intervals(ratings, LEVEL, |a, b| self.errors.of_difference(a, b));
        let arena = rank::arena(&intervals);
        let places: Vec<usize> =
            arena.iter().zip(&ranks).map(|(rank, (best, worst))| (*rank).clamp(*best, *worst)).collect();
        let scores = win_table::scores(self.table);
        let mut order: Vec<usize> = (0..ratings.len()).collect();
        order.sort_by(|a, b| places[*a].cmp(&places[*b]).then(ratings[*b].total_cmp(&ratings[*a])).then(a.cmp(b)));
        let standing = |model: &usize| {
            let (model, interval, score) = (*model, intervals[*model], scores[*model]);
            let error = self.errors.of(model);
            Standing {
                model: self.members[model],
                place: places[model] as u32,
                ranks: ranks[model],
                rating: ratings[model],
                standard_error: (error > 0.0).then_some(error),
                interval,
                score,
                marks: Marks {
                    few_battles: score.counts.total() < FEW_BATTLES,
                    undefeated: matches!(interval, Interval::AtLeast(_)),
                    winless: matches!(interval, Interval::AtMost(_)),
                    beyond: self.classes.is_beyond(model),
                    no_variance: error == 0.0,
                },
            }
        };
        Ok((order.iter().map(standing).collect(), self.lead(ratings, &order)))
    }

    fn interval(&self, model: usize, rating: f64) -> Result<Interval, BattleError> {
        if self.classes.count > 1
            && let Some(bound) = profile::bound(self.table, model)?
        {
            return Ok(match bound {
                // A prior may hold the rating below what the battles alone support.
                Bound::AtLeast(bound) => Interval::AtLeast(bound.min(rating)),
                Bound::AtMost(bound) => Interval::AtMost(bound.max(rating)),
            });
        }
        let error = self.errors.of(model);
        if error == 0.0 {
            return Ok(Interval::Unknown);
        }
        Ok(match self.sample.filter(|_| !self.classes.is_beyond(model)) {
            Some(sample) => sample
                .interval(model, LEVEL.get())
                .map_or(Interval::Unknown, |(low, high)| Interval::Between(low, high)),
            None => Interval::Between(rating - Z * error, rating + Z * error),
        })
    }

    fn lead(&self, ratings: &[f64], order: &[usize]) -> Option<Lead> {
        let &[first, second, ..] = order else { return None };
        let (gap, standard_error) = (ratings[first] - ratings[second], self.errors.of_difference(first, second));
        Some(Lead { gap, standard_error, p: rank::p_of_difference(gap, standard_error).get() })
    }
}

#[cfg(test)]
mod tests;
