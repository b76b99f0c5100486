//! From ratings to ranks: the Arena's rank, and the ranks that the data do not rule out.

use super::super::error::Level;
use super::super::multiple::{PValue, largest_rejected};
use super::super::normal;
use super::profile::Bound;

/// What is known of a rating.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Interval {
    Between(f64, f64),
    /// Of a model that never lost.
    AtLeast(f64),
    /// Of a model that never won.
    AtMost(f64),
    /// The battles do not say.
    Unknown,
}

impl From<Bound> for Interval {
    fn from(bound: Bound) -> Self {
        match bound {
            Bound::AtLeast(rating) => Self::AtLeast(rating),
            Bound::AtMost(rating) => Self::AtMost(rating),
        }
    }
}

/// The Arena's rank: `1 + #{j : lower_j > upper_i}` (Chiang et al. 2024, arXiv 2403.04132). Models without a two-sided
/// interval take no one's place. It is noisy when the bounds are bootstrapped, and two models whose intervals overlap may
/// still differ: [`intervals`] decides that.
pub fn arena(intervals: &[Interval]) -> Vec<usize> {
    let mut lowers: Vec<f64> = (intervals.iter())
        .filter_map(|interval| match interval {
            Interval::Between(lower, _) => Some(*lower),
            _ => None,
        })
        .collect();
    lowers.sort_unstable_by(f64::total_cmp);
    let rank = |interval: &Interval| match interval {
        Interval::Between(_, upper) | Interval::AtMost(upper) => {
            1 + lowers.len() - lowers.partition_point(|lower| lower <= upper)
        }
        Interval::AtLeast(_) | Interval::Unknown => 1,
    };
    intervals.iter().map(rank).collect()
}

/// The best and the worst rank of each model that the data do not rule out: `[1 + #better, n − #worse]`, where another
/// model is better or worse if the difference of the ratings is significant in a two-sided z test, with Holm's correction
/// over all pairs. All intervals hold together with probability `level`.
///
/// `error(i, j)` is the standard error of the difference; where it is 0 nothing is known and no difference is found.
pub fn intervals(ratings: &[f64], level: Level, error: impl Fn(usize, usize) -> f64) -> Vec<(usize, usize)> {
    let models = ratings.len();
    let p = |i: usize, j: usize| p_of_difference(ratings[i] - ratings[j], error(i, j));
    let mut all: Vec<PValue> = (0..models).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| p(i, j)).collect();
    let Some(largest) = largest_rejected(&mut all, level) else { return vec![(1, models); models] };
    let mut ranks = vec![(1, models); models];
    for i in 0..models {
        for j in 0..i {
            if p(i, j) <= largest {
                let (better, worse) = if ratings[i] > ratings[j] { (i, j) } else { (j, i) };
                ranks[worse].0 += 1;
                ranks[better].1 -= 1;
            }
        }
    }
    ranks
}

/// The two-sided p value of "no difference"; 1 where the error is 0, which says nothing.
pub(super) fn p_of_difference(difference: f64, error: f64) -> PValue {
    if error > 0.0 { PValue::clamped(normal::two_sided_tail(difference / error)) } else { PValue::ONE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arena_rank_counts_lower_bounds_above_the_own_upper_one() {
        let intervals = [
            Interval::Between(1090.0, 1110.0),
            Interval::Between(1080.0, 1095.0),
            Interval::Between(1000.0, 1080.0),
            Interval::AtLeast(1200.0),
            Interval::AtMost(1085.0),
            Interval::Unknown,
        ];
        assert_eq!(arena(&intervals), [1, 1, 2, 1, 2, 1]);
        assert_eq!(arena(&[]), [0; 0]);
    }

    #[test]
    fn a_difference_counts_once_for_each_side() {
        let ranks = intervals(&[1100.0, 1000.0, 995.0], Level::P95, |_, _| 10.0);
        assert_eq!(ranks, [(1, 1), (2, 3), (2, 3)]);
        assert_eq!(intervals(&[1100.0, 1000.0], Level::P95, |_, _| 0.0), [(1, 2); 2]);
        assert_eq!(intervals(&[1.0], Level::P95, |_, _| 1.0), [(1, 1)]);
        assert_eq!(intervals(&[], Level::P95, |_, _| 1.0), []);
    }
}
