//! Two sides over the same items: the difference, how sure it is, and whether a test separates them.
//!
//! Whether an interval of the *difference* holds 0 decides, never the overlap of two intervals. [`compare`] picks the
//! test; the tests stand below for those who need a particular one.
//!
//! Sources: Miller 2024, arXiv 2411.00640, section 4 (paired differences); McNemar 1947, Psychometrika 12, 153–157;
//! Fagerland, Lydersen and Laake 2013, BMC Med. Res. Methodol. 13:91 (mid-p); Phipson and Smyth 2010, Stat. Appl.
//! Genet. Mol. Biol. 9:39 (permutation p values are never zero).

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::Rng;
use statrs::function::beta::beta_reg;
use statrs::function::factorial::ln_binomial;

use super::error::{self, Interval, Level, Sample, Unit, sums_of_units};
use super::multiple::PValue;
use super::normal;
use super::random::{below, rounds};
use super::refused::{Refused, finite, same_length};

/// Draws of a sign-flip test that cannot be enumerated.
pub const DRAWS: u32 = 10_000;

/// Up to this many units that differ, all sign patterns are enumerated: 2¹³ < [`DRAWS`].
const ENUMERATED: usize = 13;

/// The scores of two sides on shared items, with the cluster of each item where items come in clusters.
#[derive(Debug, Clone)]
pub struct Pairs<'a> {
    a: &'a [f64],
    b: &'a [f64],
    differences: Vec<f64>,
    clusters: Option<&'a [u64]>,
}

impl<'a> Pairs<'a> {
    /// `a[i]` and `b[i]` are the scores of item `i`.
    ///
    /// # Errors
    /// [`Refused::NotFinite`], [`Refused::Lengths`].
    pub fn new(a: &'a [f64], b: &'a [f64]) -> Result<Self, Refused> {
        finite(a)?;
        finite(b)?;
        same_length(a.len(), b.len())?;
        let differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
        finite(&differences)?;
        Ok(Pairs { a, b, differences, clusters: None })
    }

    /// The same with the cluster of each item; see [`Sample::clustered`].
    ///
    /// # Errors
    /// [`Refused::NotFinite`], [`Refused::Lengths`].
    pub fn clustered(a: &'a [f64], b: &'a [f64], clusters: &'a [u64]) -> Result<Self, Refused> {
        same_length(a.len(), clusters.len())?;
        Ok(Pairs { clusters: Some(clusters), ..Pairs::new(a, b)? })
    }

    /// The differences `a − b` as a sample: its mean is the difference of the means, its standard error the paired one,
    /// plain or clustered.
    pub fn differences(&self) -> Sample<'_> {
        Sample::trusted(&self.differences, self.clusters)
    }

    /// How often only `a` and only `b` has the item, if every score is 0 or 1.
    pub fn discordant(&self) -> Option<Discordant> {
        let binary = |scores: &[f64]| scores.iter().all(|&score| score == 0.0 || score == 1.0);
        let count = |of: f64| self.differences.iter().filter(|&&difference| difference == of).count() as u64;
        (binary(self.a) && binary(self.b)).then(|| Discordant { only_a: count(1.0), only_b: count(-1.0) })
    }
}

/// Items that one side has right and the other wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Discordant {
    pub only_a: u64,
    pub only_b: u64,
}

/// Which test gave a p value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Test {
    /// [`mcnemar`].
    McNemar,
    /// [`sign_flip`] over items, or over clusters where there are clusters.
    SignFlip,
    /// The normal approximation over shared items.
    Normal,
    /// [`unpaired`]: conservative when both answered the same items.
    Unpaired,
}

/// A difference of two sides and what a test says of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// The mean of `a` minus that of `b`, in the scores' unit.
    pub difference: f64,
    /// The standard error of the difference; `None` if the items do not tell.
    pub standard_error: Option<f64>,
    /// Two-sided, of "no difference".
    pub p: PValue,
    pub test: Test,
    /// Shared items; `None` for the unpaired test, which does not know of items.
    pub n: Option<u64>,
}

/// Compares two sides over shared items: the exact McNemar test if every score is 0 or 1 and no two items belong to one
/// cluster, else the sign-flip test (over clusters, where there are clusters). `None` without items. A comparison of `b` with
/// `a` gives the same p value.
pub fn compare(pairs: &Pairs, seed: u64) -> Option<Comparison> {
    let sample = pairs.differences();
    let (p, test) = match pairs.discordant() {
        Some(discordant) if sample.independent() == sample.values().len() => (mcnemar(discordant), Test::McNemar),
        _ => (sign_flip(&sample, seed), Test::SignFlip),
    };
    let n = Some(sample.values().len() as u64);
    Some(Comparison { difference: sample.mean()?, standard_error: sample.standard_error(), p, test, n })
}

/// Compares two sides over the items of several strata (parts of a benchmark, benchmarks of a composite): `strata[c]` holds
/// what each shared item of stratum `c` adds to the difference, which is the sum over all.
///
/// The standard error is that of [`error::of_sum`]: clusters of one number are one, whichever strata they lie in. The p value is that of the sign-flip test, conservative where the
/// strata differ in opposite ways, while a draw is cheap; beyond [`MOST_SIZES`] different sizes that of the normal
/// approximation, which so many items allow. `None` without items.
pub fn compare_strata(strata: &[Sample], seed: u64) -> Option<Comparison> {
    let n = strata.iter().map(|stratum| stratum.values().len() as u64).sum();
    if n == 0 {
        return None;
    }
    let standard_error = error::of_sum(strata);
    let sums = sums_of_units(strata);
    let difference: f64 = sums.iter().sum();
    let mut sizes: Vec<u64> = sums.iter().map(|x| x.abs().to_bits()).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let (p, test) = match standard_error {
        Some(error) if sizes.len() > MOST_SIZES => {
            (PValue::clamped(normal::two_sided_tail(difference / error)), Test::Normal)
        }
        _ => (flip_signs(&sums, seed), Test::SignFlip),
    };
    Some(Comparison { difference, standard_error, p, test, n: Some(n) })
}

/// From more different sizes of differences on, a draw of signs costs too much.
pub const MOST_SIZES: usize = 300;

/// A mean with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    pub value: f64,
    pub error: f64,
}

/// Compares two means of which only standard errors are known: `z = (a − b) / √(SE_a² + SE_b²)`.
///
/// If both answered the same items, the true standard error is smaller by their covariance: the test is conservative.
///
/// # Errors
/// [`Refused::NotFinite`]; [`Refused::Negative`] unless both standard errors are above zero. `at` is 0 for `a`, 1 for
/// `b`.
pub fn unpaired(a: Measured, b: Measured) -> Result<Comparison, Refused> {
    finite(&[a.value, b.value])?;
    finite(&[a.error, b.error])?;
    if let Some(at) = [a.error, b.error].iter().position(|&error| error <= 0.0) {
        return Err(Refused::Negative { at });
    }
    let (difference, error) = (a.value - b.value, a.error.hypot(b.error));
    Ok(Comparison {
        difference,
        standard_error: Some(error),
        p: from_zero(difference, error)?,
        test: Test::Unpaired,
        n: None,
    })
}

/// The two-sided p value of "no difference" for a difference with this standard error: `z = difference / error`.
///
/// # Errors
/// [`Refused::NotFinite`]; [`Refused::Negative`] unless the standard error is above zero. `at` is 0 for the difference, 1
/// for the error.
pub fn from_zero(difference: f64, error: f64) -> Result<PValue, Refused> {
    finite(&[difference, error])?;
    if error <= 0.0 {
        return Err(Refused::Negative { at: 1 });
    }
    Ok(PValue::clamped(normal::two_sided_tail(difference / error)))
}

/// The exact McNemar test: two-sided, `min(1, 2 P(X ≤ min(b, c)))` with `X ~ Binomial(b + c, 1/2)`.
pub fn mcnemar(discordant: Discordant) -> PValue {
    PValue::clamped(2.0 * at_most_smaller(discordant))
}

/// The mid-p McNemar test: the exact one less the probability of what was seen. Less conservative at small counts; it
/// may exceed its level by a little.
pub fn mcnemar_mid_p(discordant: Discordant) -> PValue {
    let Discordant { only_a, only_b } = discordant;
    if only_a == only_b {
        return PValue::clamped(1.0 - 0.5 * probability(only_a + only_b, only_a));
    }
    PValue::clamped(2.0 * at_most_smaller(discordant) - probability(only_a + only_b, only_a.min(only_b)))
}

/// `P(X ≤ min(b, c))`, `X ~ Binomial(b + c, 1/2)`, by the regularised incomplete beta function.
fn at_most_smaller(Discordant { only_a, only_b }: Discordant) -> f64 {
    let (less, more) = (only_a.min(only_b) as f64, only_a.max(only_b) as f64);
    if more == 0.0 { 1.0 } else { beta_reg(more, less + 1.0, 0.5) }
}

fn probability(n: u64, k: u64) -> f64 {
    (ln_binomial(n, k) - n as f64 * std::f64::consts::LN_2).exp()
}

/// The sign-flip permutation test of "differences are symmetric about 0", two-sided, on their sum: each item's
/// difference (each cluster's sum) keeps or changes its sign with probability 1/2.
///
/// * Up to 13 units that differ: all patterns are enumerated.
/// * Else `p = (1 + #{|S*| ≥ |S|}) / (1 + 10,000)` over seeded draws.
/// * Where fewer than a hundred draws reach the sum (p below 0.01), draws tell badly how small p is, which a
///   correction for many tests has to know. Then p is the saddlepoint approximation of the same distribution, good to
///   a few percent of itself (Robinson 1982, JRSS B 44, 91–101; Daniels 1987, Int. Stat. Rev. 55, 37–48).
pub fn sign_flip(differences: &Sample, seed: u64) -> PValue {
    flip_signs(&sums_of_units(std::slice::from_ref(differences)), seed)
}

/// The same of the sums of units, which are drawn independently.
fn flip_signs(sums: &[f64], seed: u64) -> PValue {
    let total: f64 = sums.iter().sum();
    let mut sizes: Vec<f64> = sums.iter().map(|sum| sum.abs()).filter(|size| *size > 0.0).collect();
    sizes.sort_unstable_by(f64::total_cmp);
    // Sums that differ by rounding only are equal.
    let observed = total.abs() - 1e-9 * sizes.iter().sum::<f64>();
    if !observed.is_finite() {
        return PValue::ONE;
    }
    if sizes.len() <= ENUMERATED {
        return enumerate_signs(&sizes, observed);
    }
    let levels = levels(&sizes);
    let drawn = rounds(DRAWS, seed, || (), |(), random| signed_sum(&levels, random).abs() >= observed);
    let extreme = drawn.into_iter().filter(|&extreme| extreme).count();
    let share = (1.0 + extreme as f64) / (1.0 + f64::from(DRAWS));
    let tail = if extreme < 100 { saddlepoint(&levels, observed) } else { None };
    PValue::clamped(tail.unwrap_or(share))
}

/// `P(|S| ≥ observed)` of a sum with random signs, by Lugannani and Rice's formula on its cumulant generating function
/// `K(t) = Σ ln cosh(t sᵢ)`, with Daniels's correction for a lattice of twice the smallest size (for sizes without a
/// lattice it does little, and errs on the side of a greater p). `None` outside the tails.
fn saddlepoint(levels: &[(f64, u32)], observed: f64) -> Option<f64> {
    let smallest = levels.first().map_or(0.0, |level| level.0);
    let sum = |of: &dyn Fn(f64) -> f64| levels.iter().map(|&(size, count)| f64::from(count) * of(size)).sum::<f64>();
    let units = sum(&|_| 1.0);
    let target = observed - smallest;
    let slope = |t: f64| sum(&|size| size * (t * size).tanh());
    let mut high = 1.0 / sum(&|size| size * size).sqrt();
    // The slope rises to the sum of all sizes, which the target lies below; at 20 units of the smallest size it is
    // there.
    while slope(high) < target && high * smallest < 20.0 {
        high *= 2.0;
    }
    let mut low = 0.0;
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if slope(middle) < target { low = middle } else { high = middle }
    }
    let t = high;
    // ln cosh x, without overflow.
    let cumulant = sum(&|size| t * size + (-2.0 * t * size).exp().ln_1p() - std::f64::consts::LN_2);
    let curvature = sum(&|size| size * size * (1.0 - (t * size).tanh().powi(2)));
    let w = (2.0 * (t * target - cumulant)).max(0.0).sqrt();
    let v = (t * smallest).sinh() / smallest * curvature.sqrt();
    let tail = 0.5 * normal::two_sided_tail(w) + normal::density(w) * (1.0 / v - 1.0 / w);
    // All signs alike is the rarest that can be.
    let least = (-units * std::f64::consts::LN_2).exp();
    (w > 1.0 && v > 0.0).then(|| 2.0 * tail.max(least))
}

fn enumerate_signs(sizes: &[f64], observed: f64) -> PValue {
    let sum = |pattern: u32| -> f64 {
        sizes.iter().enumerate().map(|(bit, size)| if pattern >> bit & 1 == 1 { *size } else { -size }).sum()
    };
    let patterns = 1_u32 << sizes.len();
    let extreme = (0..patterns).filter(|&pattern| sum(pattern).abs() >= observed).count();
    PValue::clamped(extreme as f64 / f64::from(patterns))
}

/// Sorted sizes as `(size, how often)`.
fn levels(sizes: &[f64]) -> Vec<(f64, u32)> {
    sizes.chunk_by(|a, b| a == b).map(|equal| (equal[0], equal.len() as u32)).collect()
}

/// A sum with random signs. Of `m` units of one size only the number of positive ones matters: the ones among `m` bits.
fn signed_sum(levels: &[(f64, u32)], random: &mut Xoshiro256PlusPlus) -> f64 {
    let mut bits = Bits { left: 0, word: 0 };
    levels.iter().map(|&(size, count)| size * (2.0 * f64::from(bits.ones(count, random)) - f64::from(count))).sum()
}

/// Random bits, of which none is thrown away.
struct Bits {
    word: u64,
    left: u32,
}

impl Bits {
    /// How many of the next `count` bits are ones.
    fn ones(&mut self, mut count: u32, random: &mut Xoshiro256PlusPlus) -> u32 {
        let mut ones = 0;
        while count > 0 {
            if self.left == 0 {
                *self = Bits { word: random.next_u64(), left: u64::BITS };
            }
            let take = count.min(self.left);
            ones += (self.word << (u64::BITS - take)).count_ones();
            self.word = self.word.checked_shr(take).unwrap_or(0);
            self.left -= take;
            count -= take;
        }
        ones
    }
}

/// The bootstrap interval of a mean (of differences: the paired bootstrap): percentiles of the means of `draws` samples
/// of items (of clusters, where there are clusters) drawn with replacement. `None` without items or draws.
///
/// With fewer than about 30 units it is too narrow.
pub fn bootstrap(sample: &Sample, draws: u32, seed: u64, level: Level) -> Option<Interval> {
    let mut units = sample.units();
    if units.is_empty() {
        return None;
    }
    units.sort_unstable_by(|a, b| a.sum.total_cmp(&b.sum).then(a.items.total_cmp(&b.items)));
    percentiles(rounds(draws, seed, || (), |(), random| resampled_mean(&units, random)), level)
}

fn resampled_mean(units: &[Unit], random: &mut Xoshiro256PlusPlus) -> f64 {
    let (mut sum, mut items) = (0.0, 0.0);
    for _ in 0..units.len() {
        let unit = units[below(random, units.len())];
        sum += unit.sum;
        items += unit.items;
    }
    sum / items
}

/// The interval that leaves half of `1 − level` of the values outside on each side, by linear interpolation between
/// order statistics (Hyndman and Fan's type 7). `None` of nothing.
pub(super) fn percentiles(mut values: Vec<f64>, level: Level) -> Option<Interval> {
    values.sort_unstable_by(f64::total_cmp);
    let at = |probability: f64| {
        let position = probability * (values.len() - 1) as f64;
        let (below, above) = (values[position.floor() as usize], values[position.ceil() as usize]);
        below + (above - below) * position.fract()
    };
    let tail = level.alpha() / 2.0;
    (!values.is_empty()).then(|| Interval { low: at(tail), high: at(1.0 - tail) })
}

#[cfg(test)]
mod tests;
