//! Confidence sets for ranks: which places an estimate may truly have.
//!
//! Mogstad, Romano, Shaikh and Wilhelm 2023, "Inference for ranks with applications to mobility across neighbourhoods
//! and academic achievement across countries", Rev. Econ. Stud. 91, 476–518, doi 10.1093/restud/rdad006. With
//! simultaneous tests of differences, an estimate's rank set is `{1 + N⁺, …, p − N⁻}`, where `N⁺` estimates are
//! significantly greater and `N⁻` significantly smaller.
//!
//! * [`joint`]: all pairs are tested at once; with probability `level` *all* sets hold the true ranks.
//! * [`marginal`]: for each estimate only its own `p − 1` differences; each set alone holds with probability `level`.
//! * [`by_comparisons`]: from p values of paired tests, by Holm over all pairs.
//!
//! A greater estimate is better, and place 1 is the best. An estimate without a standard error is *not tested*: it has
//! a place and no rank set, and bounds nobody else's.
//!
//! # The critical value
//! A pair is separated when its difference exceeds `critical` standard errors of the difference.
//!
//! [`Critical::Simulated`] is the paper's: the quantile of `max (Zⱼ − Zₖ) / σⱼₖ` over the ordered pairs of the family,
//! with `Z` drawn from `N(0, Σ)`, then step-down: pairs that are separated leave the family (the opposite claim about
//! them stays in it), until nothing new is separated. For independent errors a draw costs about O(p): a pair's
//! `(sⱼgⱼ − sₖgₖ) / √(sⱼ² + sₖ²)` is at most `√(gⱼ² + gₖ²)` (Cauchy and Schwarz), so that few pairs can be the
//! greatest. With a covariance matrix it costs O(p²).
//!
//! [`Critical::Bound`] needs no draws and makes one step. For independent errors it is the quantile of the
//! studentised range over `√2` (Tukey and Kramer), exact for equal errors and conservative for unequal ones (Hayter
//! 1984, Ann. Stat. 12, 61–75); with a covariance matrix, and for marginal sets, it is Šidák's `Φ⁻¹` (Šidák 1967,
//! JASA 62, 626–633: conservative under any correlation). Simulation gains about 3% of the critical value, at any
//! size, which is why [`Critical::for_estimates`] takes the bound for tables so large that draws would take long.

use rayon::prelude::*;

use super::covariance::Covariance;
use super::error::Level;
use super::matrix::Matrix;
use super::multiple::{PValue, holm};
use super::paired::Comparison;
use super::power::Target;
use super::random::{fill_normal, rounds};
use super::refused::{Refused, finite, same_length};
use super::{normal, places};

mod critical;
mod reading;
#[cfg(test)]
mod tests;

pub use critical::Critical;
pub use reading::{FirstPairs, Neighbours, Plausible, Ranked, Ranking, Relation, Resolution};

/// One estimate to be ranked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    pub value: f64,
    /// The standard error. `None`, or 0, is no information: the estimate is not tested.
    pub error: Option<f64>,
    /// The items it is a mean of, if known.
    pub items: Option<u64>,
}

/// Estimates and how their errors go together.
#[derive(Debug, Clone)]
pub struct Estimates {
    values: Vec<f64>,
    items: Vec<Option<u64>>,
    errors: Errors,
}

#[derive(Debug, Clone)]
enum Errors {
    /// Variances; `None` is not tested.
    Independent(Vec<Option<f64>>),
    /// An estimate whose variance is 0 is not tested.
    Correlated(Covariance),
    Columns(Columns),
}

/// The parts of weighted means over columns that were drawn from many such columns.
#[derive(Debug, Clone)]
struct Columns {
    columns: usize,
    /// Row by row, `w (x − x̄)` for each column with the weighted mean `x̄`, times `√(k / (k − 1))`.
    deviations: Vec<f64>,
    /// Of each row's sum: that of its squared deviations.
    variances: Vec<f64>,
}

impl Columns {
    fn row(&self, at: usize) -> &[f64] {
        &self.deviations[at * self.columns..][..self.columns]
    }

    fn of_difference(&self, a: usize, b: usize) -> f64 {
        // Four sums at a time: one alone would wait for each addition.
        let ((a, rest_of_a), (b, rest_of_b)) = (self.row(a).as_chunks::<4>(), self.row(b).as_chunks::<4>());
        let rest: f64 = rest_of_a.iter().zip(rest_of_b).map(|(a, b)| (a - b).powi(2)).sum();
        let mut sums = [0.0; 4];
        for (a, b) in a.iter().zip(b) {
            for lane in 0..4 {
                sums[lane] += (a[lane] - b[lane]).powi(2);
            }
        }
        sums.iter().sum::<f64>() + rest
    }
}

impl Estimates {
    /// Estimates with independent errors. For scores of the same items this is conservative: see
    /// [`Estimates::correlated`].
    ///
    /// # Errors
    /// [`Refused::NotFinite`] and [`Refused::Negative`], of values and standard errors.
    pub fn independent(estimates: &[Estimate]) -> Result<Estimates, Refused> {
        let values: Vec<f64> = estimates.iter().map(|estimate| estimate.value).collect();
        finite(&values)?;
        let variance = |(at, estimate): (usize, &Estimate)| match estimate.error {
            Some(error) if !(error * error).is_finite() => Err(Refused::NotFinite { at }),
            Some(error) if error < 0.0 => Err(Refused::Negative { at }),
            error => Ok(error.map(|error| error * error).filter(|&variance| variance > 0.0)),
        };
        let variances = estimates.iter().enumerate().map(variance).collect::<Result<_, _>>()?;
        let items = estimates.iter().map(|estimate| estimate.items).collect();
        Ok(Estimates { values, items, errors: Errors::Independent(variances) })
    }

    /// Estimates with a covariance matrix, such as [`Covariance::of_means`] of shared items; `items` is their number,
    /// if it is one number.
    ///
    /// # Errors
    /// [`Refused::NotFinite`], [`Refused::Lengths`].
    pub fn correlated(values: &[f64], covariance: Covariance, items: Option<u64>) -> Result<Estimates, Refused> {
        finite(values)?;
        same_length(values.len(), covariance.size())?;
        let errors = Errors::Correlated(covariance);
        Ok(Estimates { values: values.to_vec(), items: vec![items; values.len()], errors })
    }

    /// Weighted sums `Σ w x` over columns (benchmarks), as if these had been drawn from many of their kind: what
    /// differs between two rows from column to column is the error of their difference. `points` have no gaps; weights that add
    /// up to 1 give means, all negative ones turn the order round. Critical values are then Šidák's with Student's t of one degree of freedom less than there are columns.
    /// Needs no errors of the scores, and answers another question than they do.
    ///
    /// # Errors
    /// [`Refused::Lengths`]; [`Refused::NotFinite`] for a gap; [`Refused::OutOfRange`] for less than two columns and for weights
    /// that add up to nothing.
    pub fn over_columns(points: &Matrix, weights: &[f64]) -> Result<Estimates, Refused> {
        let columns = points.columns();
        same_length(columns, weights.len())?;
        let total: f64 = weights.iter().sum();
        if columns < 2 || total == 0.0 || !total.is_finite() {
            return Err(Refused::OutOfRange);
        }
        let correction = (columns as f64 / (columns - 1) as f64).sqrt();
        let mut values = Vec::with_capacity(points.rows());
        let mut deviations = Vec::with_capacity(points.rows() * columns);
        for at in 0..points.rows() {
            let row: Option<Vec<f64>> = (0..columns).map(|column| points.get(at, column)).collect();
            let row = row.ok_or(Refused::NotFinite { at })?;
            let sum: f64 = row.iter().zip(weights).map(|(x, w)| w * x).sum();
            deviations.extend(row.iter().zip(weights).map(|(x, w)| correction * w * (x - sum / total)));
            values.push(sum);
        }
        let items = vec![None; values.len()];
        let variances = deviations.chunks(columns).map(|row| row.iter().map(|part| part * part).sum()).collect();
        Ok(Estimates { values, items, errors: Errors::Columns(Columns { columns, deviations, variances }) })
    }

    fn variance(&self, at: usize) -> Option<f64> {
        match &self.errors {
            Errors::Independent(variances) => variances[at],
            Errors::Correlated(covariance) => Some(covariance.at(at, at)).filter(|&variance| variance > 0.0),
            Errors::Columns(columns) => Some(columns.variances[at]).filter(|variance| *variance > 0.0),
        }
    }

    /// The variance of a difference; `None` if it is not tested. Two estimates whose errors are one and the same have
    /// none to test with.
    fn variance_of_difference(&self, a: usize, b: usize) -> Option<f64> {
        let (of_a, of_b) = (self.variance(a)?, self.variance(b)?);
        let variance = match &self.errors {
            Errors::Independent(_) => of_a + of_b,
            Errors::Correlated(covariance) => covariance.of_difference(a, b),
            Errors::Columns(columns) => columns.of_difference(a, b),
        };
        (variance > 0.0).then_some(variance)
    }

    /// The variance of the difference in one item: `n Var(difference)` over the same number of items.
    fn item_variance(&self, a: usize, b: usize) -> Option<f64> {
        let (n, m) = (self.items[a]? as f64, self.items[b]? as f64);
        let covariance = match &self.errors {
            Errors::Independent(_) | Errors::Columns(_) => 0.0,
            Errors::Correlated(covariance) => covariance.at(a, b),
        };
        Some(n * self.variance(a)? + m * self.variance(b)? - 2.0 * (n * m).sqrt() * covariance)
    }

    /// The estimates that are tested, in an order that does not depend on that of the input, so that draws do not
    /// either.
    fn tested(&self) -> Vec<usize> {
        let mut tested: Vec<(f64, f64, usize)> =
            (0..self.values.len()).filter_map(|at| Some((self.values[at], self.variance(at)?, at))).collect();
        tested.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        tested.into_iter().map(|(_, _, at)| at).collect()
    }
}

/// The places an estimate may have: from `best` to `worst`, both included, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RankSet {
    pub best: u32,
    pub worst: u32,
}

impl RankSet {
    /// `{1 + greater, …, all − smaller}`.
    fn new(all: usize, greater: u32, smaller: u32) -> RankSet {
        RankSet { best: 1 + greater, worst: all as u32 - smaller }
    }

    pub fn contains(&self, place: u32) -> bool {
        (self.best..=self.worst).contains(&place)
    }
}

/// Ranks estimates with joint rank sets: with probability `level`, all of them hold the true ranks.
pub fn joint(estimates: &Estimates, level: Level, critical: Critical, plausible: Plausible) -> Ranking {
    let tested = estimates.tested();
    let critical = critical::joint(estimates, &tested, level, critical);
    let sets = sets_at(estimates, &tested, critical);
    let pairs = Normal { estimates, critical };
    Ranking::new(&estimates.values, sets, &pairs, reading::Family { critical, size: pairs_of(tested.len()) }, plausible)
}

/// The marginal rank set of each estimate: each alone holds the true rank with probability `level`. `None` for one that
/// is not tested.
///
/// By simulation this takes O(p²) per draw, and memory for `draws × p` numbers.
pub fn marginal(estimates: &Estimates, level: Level, critical: Critical) -> Vec<Option<RankSet>> {
    let tested = estimates.tested();
    let criticals = critical::marginal(estimates, &tested, level, critical);
    let mut sets = vec![None; estimates.values.len()];
    for (&at, critical) in tested.iter().zip(criticals) {
        let pairs = Normal { estimates, critical };
        let greater = tested.iter().filter(|&&other| pairs.separated(other, at)).count();
        let smaller = tested.iter().filter(|&&other| pairs.separated(at, other)).count();
        sets[at] = Some(RankSet::new(sets.len(), greater as u32, smaller as u32));
    }
    sets
}

/// Ranks `values` by comparisons of pairs, such as [`super::paired::compare`] over shared items: a pair is separated
/// when its p value, adjusted by Holm over all tested pairs, rejects at `level`; all rank sets then hold jointly.
/// `comparison(a, b)` compares `a` with `b`, is asked once for each `a < b`, and gives `None` for a pair that is not
/// tested.
///
/// The sign of the comparison's difference says which of the two is greater.
///
/// # Errors
/// [`Refused::NotFinite`] in `values`.
pub fn by_comparisons(
    values: &[f64],
    level: Level,
    plausible: Plausible,
    comparison: impl Fn(usize, usize) -> Option<Comparison>,
) -> Result<Ranking, Refused> {
    finite(values)?;
    let pairs = Compared::new(values.len(), level, comparison);
    let sets = pairs.rank_sets();
    let family = pairs.family;
    Ok(Ranking::new(values, sets, &pairs, family, plausible))
}

fn pairs_of(estimates: usize) -> u64 {
    let estimates = estimates as u64;
    estimates * estimates.saturating_sub(1) / 2
}

/// What is known of the pairs of a table.
trait Pairs {
    /// Whether `a` is significantly greater than `b`.
    fn separated(&self, a: usize, b: usize) -> bool;
    /// The standard error of the difference; `None` if the pair is not tested or tells none.
    fn error(&self, a: usize, b: usize) -> Option<f64>;
    /// The variance of the difference in one item, if the numbers of items are known.
    fn item_variance(&self, a: usize, b: usize) -> Option<f64>;
    /// Whether the pair was tested.
    fn tested(&self, a: usize, b: usize) -> bool;
    /// What sets apart, in the order, estimates that are equal.
    fn uncertainty(&self, at: usize) -> f64;
}

/// Pairs of estimates whose differences are normal.
struct Normal<'a> {
    estimates: &'a Estimates,
    critical: f64,
}

impl Pairs for Normal<'_> {
    fn separated(&self, a: usize, b: usize) -> bool {
        let difference = self.estimates.values[a] - self.estimates.values[b];
        difference > 0.0 && self.error(a, b).is_some_and(|error| difference > self.critical * error)
    }

    fn error(&self, a: usize, b: usize) -> Option<f64> {
        self.estimates.variance_of_difference(a, b).map(f64::sqrt)
    }

    fn item_variance(&self, a: usize, b: usize) -> Option<f64> {
        self.estimates.item_variance(a, b)
    }

    fn tested(&self, a: usize, b: usize) -> bool {
        let both = self.estimates.variance(a).is_some() && self.estimates.variance(b).is_some();
        // Errors that are one and the same say nothing of a gap; without a gap, the two are the same.
        both && (self.error(a, b).is_some() || self.estimates.values[a] == self.estimates.values[b])
    }

    fn uncertainty(&self, at: usize) -> f64 {
        self.estimates.variance(at).unwrap_or(f64::INFINITY)
    }
}

/// The joint rank sets at a critical value.
fn sets_at(estimates: &Estimates, tested: &[usize], critical: f64) -> Vec<Option<RankSet>> {
    let mut sets = vec![None; estimates.values.len()];
    for (&at, (greater, smaller)) in tested.iter().zip(counts(estimates, tested, critical)) {
        sets[at] = Some(RankSet::new(sets.len(), greater, smaller));
    }
    sets
}

/// For each tested estimate, how many are significantly greater and how many significantly smaller.
fn counts(estimates: &Estimates, tested: &[usize], critical: f64) -> Vec<(u32, u32)> {
    let Errors::Independent(variances) = &estimates.errors else {
        return counts_of_dependent(estimates, tested, critical);
    };
    let mut descending: Vec<(usize, f64, f64)> = tested
        .iter()
        .enumerate()
        .map(|(number, &at)| (number, estimates.values[at], critical * critical * variances[at].unwrap_or(0.0)))
        .collect();
    descending.sort_unstable_by(|a, b| b.1.total_cmp(&a.1));
    let column = |sign: f64| descending.iter().map(|row| (sign * row.1, row.2)).unzip();
    let greater = greater_counts(&column(1.0));
    descending.reverse();
    let column = |sign: f64| descending.iter().map(|row| (sign * row.1, row.2)).unzip();
    let smaller = greater_counts(&column(-1.0));
    let mut counts = vec![(0, 0); tested.len()];
    for (row, (greater, smaller)) in descending.iter().zip(greater.into_iter().rev().zip(smaller)) {
        counts[row.0] = (greater, smaller);
    }
    counts
}

/// The same by looking at pairs. The standard error of a difference lies between the difference and the sum of the two
/// standard errors (Cauchy and Schwarz), which decides most pairs.
fn counts_of_dependent(estimates: &Estimates, tested: &[usize], critical: f64) -> Vec<(u32, u32)> {
    let pairs = Normal { estimates, critical };
    let one = |&at: &usize| (at, estimates.values[at], estimates.variance(at).unwrap_or(0.0).sqrt());
    let all: Vec<(usize, f64, f64)> = tested.iter().map(one).collect();
    let is_greater = |a: &(usize, f64, f64), b: &(usize, f64, f64)| {
        let (gap, least, most) = (a.1 - b.1, (a.2 - b.2).abs(), a.2 + b.2);
        if gap <= 0.0 || gap <= critical * least * (1.0 - 1e-12) {
            return false;
        }
        least > 1e-9 * most && gap > critical * most * (1.0 + 1e-12) || pairs.separated(a.0, b.0)
    };
    let nobody = || vec![(0, 0); all.len()];
    // The tested estimates stand in descending order: only an earlier one can be greater.
    let count = |mut counts: Vec<(u32, u32)>, a: usize| {
        for b in 0..a {
            if is_greater(&all[b], &all[a]) {
                counts[b].1 += 1;
                counts[a].0 += 1;
            }
        }
        counts
    };
    let add = |mut counts: Vec<(u32, u32)>, others: Vec<(u32, u32)>| {
        counts.iter_mut().zip(others).for_each(|(count, other)| *count = (count.0 + other.0, count.1 + other.1));
        counts
    };
    (0..all.len()).into_par_iter().with_min_len(64).fold(nobody, count).reduce(nobody, add)
}

/// For each of the values, which descend, how many are greater by more than `√(wⱼ + wₖ)`.
///
/// The extremes of `w` decide most by bisection; between, each pair is looked at.
fn greater_counts((values, w): &(Vec<f64>, Vec<f64>)) -> Vec<u32> {
    let (lowest, highest) = w.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), &w| (low.min(w), high.max(w)));
    let count = |(value, own): (&f64, &f64)| {
        let further = |w: f64| values.partition_point(|other| other - value > (own + w).sqrt() * (1.0 + 1e-12));
        let surely = further(highest);
        let perhaps = values.partition_point(|other| other - value > (own + lowest).sqrt() * (1.0 - 1e-12)).max(surely);
        let exceeds = |(other, w): (&f64, &f64)| (other - value) * (other - value) > own + w;
        let between = values[surely..perhaps].iter().zip(&w[surely..perhaps]).filter(|&(other, w)| exceeds((other, w)));
        (surely + between.count()) as u32
    };
    values.iter().zip(w).map(count).collect()
}

/// Pairs with p values of their own, adjusted by Holm.
struct Compared {
    size: usize,
    /// The pairs `a < b`, row by row.
    pairs: Vec<Option<(Comparison, bool)>>,
    family: reading::Family,
}

impl Compared {
    fn new(size: usize, level: Level, comparison: impl Fn(usize, usize) -> Option<Comparison>) -> Compared {
        let all: Vec<Option<Comparison>> =
            (0..size).flat_map(|a| (a + 1..size).map(move |b| (a, b))).map(|(a, b)| comparison(a, b)).collect();
        let p: Vec<PValue> = all.iter().flatten().map(|comparison| comparison.p).collect();
        let adjusted = holm(&p);
        let rejected = adjusted.iter().filter(|p| p.rejects(level)).count();
        // The level at which Holm's procedure stopped.
        let last = level.alpha() / (p.len() - rejected).max(1) as f64;
        let mut adjusted = adjusted.into_iter();
        let mut judge = |comparison| (comparison, adjusted.next().is_some_and(|p| p.rejects(level)));
        let pairs = all.into_iter().map(|pair| pair.map(&mut judge)).collect();
        let critical = normal::upper_quantile(last / 2.0);
        Compared { size, pairs, family: reading::Family { critical, size: p.len() as u64 } }
    }

    /// The comparison of two, with the sign its difference has for `(a, b)`.
    fn pair(&self, a: usize, b: usize) -> Option<(f64, &Comparison, bool)> {
        let (first, second, sign) = if a < b { (a, b, 1.0) } else { (b, a, -1.0) };
        if first == second {
            return None;
        }
        let before = first * self.size - first * (first + 1) / 2;
        let (comparison, separated) = self.pairs[before + second - first - 1].as_ref()?;
        Some((sign * comparison.difference, comparison, *separated))
    }

    fn rank_sets(&self) -> Vec<Option<RankSet>> {
        let of = |at: usize| {
            let others = || (0..self.size).filter(move |&other| other != at);
            let tested = self.size == 1 || others().any(|other| self.tested(at, other));
            let count = |of: &dyn Fn(usize) -> bool| others().filter(|&other| of(other)).count() as u32;
            tested.then(|| {
                let greater = count(&|other| self.separated(other, at));
                RankSet::new(self.size, greater, count(&|other| self.separated(at, other)))
            })
        };
        (0..self.size).map(of).collect()
    }
}

impl Pairs for Compared {
    fn separated(&self, a: usize, b: usize) -> bool {
        self.pair(a, b).is_some_and(|(difference, _, separated)| separated && difference > 0.0)
    }

    fn error(&self, a: usize, b: usize) -> Option<f64> {
        self.pair(a, b)?.1.standard_error
    }

    fn item_variance(&self, a: usize, b: usize) -> Option<f64> {
        let (_, comparison, _) = self.pair(a, b)?;
        Some(comparison.standard_error?.powi(2) * comparison.n? as f64)
    }

    fn tested(&self, a: usize, b: usize) -> bool {
        self.pair(a, b).is_some()
    }

    fn uncertainty(&self, _: usize) -> f64 {
        0.0
    }
}
