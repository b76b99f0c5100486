//! Many tests at once: p values adjusted so that the whole family keeps its level.
//!
//! An adjusted p value is compared with the level itself: the hypothesis is rejected when it is at or below. Families
//! are stated by the caller; their size belongs beside the result.
//!
//! | | keeps | under |
//! |---|---|---|
//! | [`holm`] | the probability of any false rejection | any dependence |
//! | [`benjamini_hochberg`] | the expected share of false ones among rejections | independence, positive dependence |
//! | [`benjamini_yekutieli`] | the same | any dependence |
//!
//! Sources: Holm 1979, Scand. J. Stat. 6, 65–70; Benjamini and Hochberg 1995, JRSS B 57, 289–300; Benjamini and
//! Yekutieli 2001, Ann. Stat. 29, 1165–1188.

use super::error::Level;
use super::refused::Refused;

/// A p value: from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct PValue(f64);

impl PValue {
    pub const ONE: PValue = PValue(1.0);

    /// # Errors
    /// [`Refused::OutOfRange`] unless `0 ≤ p ≤ 1`.
    pub fn new(p: f64) -> Result<PValue, Refused> {
        if (0.0..=1.0).contains(&p) { Ok(PValue(p)) } else { Err(Refused::OutOfRange) }
    }

    /// The nearest p value: sums of probabilities may exceed 1 by a rounding. What is no number claims nothing: 1.
    pub(super) fn clamped(p: f64) -> PValue {
        PValue(if p.is_nan() { 1.0 } else { p.clamp(0.0, 1.0) })
    }

    pub fn get(self) -> f64 {
        self.0
    }

    /// Whether a test at this level rejects.
    pub fn rejects(self, level: Level) -> bool {
        // The level's complement is rounded: 1 − 0.95 is a little more than 0.05.
        self.0 <= level.alpha() * (1.0 + 1e-12)
    }
}

/// Holm's step-down: `p̃₍ₖ₎ = max_{i ≤ k} min(1, (m − i + 1) p₍ᵢ₎)`, in the order of the input.
pub fn holm(p: &[PValue]) -> Vec<PValue> {
    let m = p.len() as f64;
    let mut highest = 0.0_f64;
    in_order(p, ascending(p), |rank, p| {
        highest = highest.max((m - rank as f64) * p);
        highest
    })
}

/// The largest p value that [`holm`] rejects at `level`, `None` if it rejects none: for families of millions, of which it needs
/// no more than the values, which it sorts.
pub fn largest_rejected(p: &mut [PValue], level: Level) -> Option<PValue> {
    p.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let m = p.len();
    let adjusted = |before: usize, p: &PValue| PValue::clamped((m - before) as f64 * p.0);
    let rejected = p.iter().enumerate().take_while(|(before, p)| adjusted(*before, p).rejects(level));
    rejected.last().map(|(_, p)| *p)
}

/// Benjamini and Hochberg's step-up: `p̃₍ₖ₎ = min_{i ≥ k} min(1, (m / i) p₍ᵢ₎)`, in the order of the input.
pub fn benjamini_hochberg(p: &[PValue]) -> Vec<PValue> {
    step_up(p, 1.0)
}

/// Benjamini and Yekutieli's step-up: [`benjamini_hochberg`] times `Σ_{i ≤ m} 1/i`.
pub fn benjamini_yekutieli(p: &[PValue]) -> Vec<PValue> {
    step_up(p, (1..=p.len()).map(|i| 1.0 / i as f64).sum())
}

fn step_up(p: &[PValue], penalty: f64) -> Vec<PValue> {
    let m = p.len() as f64;
    let mut lowest = 1.0_f64;
    let mut order = ascending(p);
    order.reverse();
    in_order(p, order, |rank, p| {
        lowest = lowest.min(penalty * m / (m - rank as f64) * p);
        lowest
    })
}

/// The adjusted values, computed along `order` by `adjust(number along the order, p)`.
fn in_order(p: &[PValue], order: Vec<usize>, mut adjust: impl FnMut(usize, f64) -> f64) -> Vec<PValue> {
    let mut adjusted = vec![PValue::ONE; p.len()];
    for (rank, at) in order.into_iter().enumerate() {
        adjusted[at] = PValue::clamped(adjust(rank, p[at].0));
    }
    adjusted
}

fn ascending(p: &[PValue]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_unstable_by(|&a, &b| p[a].0.total_cmp(&p[b].0));
    order
}

#[cfg(test)]
mod tests {
    use super::super::golden::{close, numbers, section, share};
    use super::super::random::uniform;
    use super::*;

    fn p_values(p: &[f64]) -> Vec<PValue> {
        p.iter().map(|&p| PValue::new(p).unwrap()).collect()
    }

    #[test]
    fn adjusted_p_values_are_those_of_statsmodels() {
        for case in section("multiplicity") {
            let p = p_values(&numbers(&case["p"]));
            let same = |ours: Vec<PValue>, theirs: &str| {
                let theirs = numbers(&case[theirs]);
                assert_eq!(ours.len(), theirs.len());
                ours.iter().zip(theirs).for_each(|(ours, theirs)| close(ours.get(), theirs, 1e-12));
            };
            same(holm(&p), "holm");
            same(benjamini_hochberg(&p), "bh");
            same(benjamini_yekutieli(&p), "by");
        }
    }

    #[test]
    fn the_order_of_the_tests_does_not_matter() {
        let p = [0.01, 0.04, 0.03, 0.03, 0.9];
        let reversed: Vec<f64> = p.iter().rev().copied().collect();
        for adjust in [holm, benjamini_hochberg, benjamini_yekutieli] {
            let mut back = adjust(&p_values(&reversed));
            back.reverse();
            assert_eq!(back, adjust(&p_values(&p)));
            assert_eq!(adjust(&[]), []);
        }
    }

    #[test]
    fn the_largest_rejected_is_the_last_before_the_first_that_fails() {
        let largest = |p: &[f64]| largest_rejected(&mut p_values(p), Level::P95).map(PValue::get);
        // Below 0.05/3, below 0.05/2, below 0.05.
        assert_eq!(largest(&[0.0456, 0.0099, 0.0244]), Some(0.0456));
        // 0.0173 is not below 0.05/3, whatever comes after.
        assert_eq!(largest(&[0.0173, 0.0214, 0.0214]), None);
        assert_eq!(largest(&[]), None);
        for case in section("multiplicity") {
            let p = numbers(&case["p"]);
            let rejected: Vec<f64> = (holm(&p_values(&p)).iter().zip(&p))
                .filter(|(adjusted, _)| adjusted.rejects(Level::P95))
                .map(|(_, p)| *p)
                .collect();
            assert_eq!(largest(&p), rejected.into_iter().reduce(f64::max));
        }
    }

    #[test]
    fn a_p_value_at_the_level_rejects_and_what_is_none_is_refused() {
        assert!(PValue::new(0.05).unwrap().rejects(Level::P95));
        assert!(!PValue::new(0.050_001).unwrap().rejects(Level::P95));
        for none in [f64::NAN, -0.1, 1.1] {
            assert_eq!(PValue::new(none), Err(Refused::OutOfRange));
        }
    }

    #[test]
    fn holm_and_benjamini_hochberg_keep_their_level_in_simulation() {
        let tests = |random: &mut _| -> Vec<PValue> {
            let null = (0..8).map(|_| uniform(random)).collect::<Vec<f64>>();
            p_values(&[&null[..], &[1e-6, 1e-5]].concat())
        };
        let false_alarm = share(4_000, 1, |random| holm(&tests(random))[..8].iter().any(|p| p.rejects(Level::P95)));
        assert!((0.03..0.065).contains(&false_alarm), "{false_alarm}");
        let all_null =
            share(4_000, 2, |random| benjamini_hochberg(&tests(random)[..8]).iter().any(|p| p.rejects(Level::P95)));
        assert!((0.035..0.065).contains(&all_null), "{all_null}");
    }
}
