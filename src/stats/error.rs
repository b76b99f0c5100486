//! How far a mean or a proportion may be off: standard errors and intervals.
//!
//! The unit is that of the scores throughout. **No information is `None`, never 0**: fewer than two items, or items
//! that are all alike, say nothing of how much another draw of items would differ, and a standard error of 0 would
//! claim certainty. For proportions at the ends use [`wilson`].
//!
//! Sources: Miller 2024, arXiv 2411.00640 (items as a sample; clusters); Liang and Zeger 1986, Biometrika 73, 13–22, and
//! Cameron and Miller 2015, J. Hum. Resour. 50, 317–372 (clusters, and few of them); Angrist and Pischke 2009, Mostly
//! Harmless Econometrics, section 8.1 (the greater of two errors); Wilson 1927, JASA 22, 209–212; Hanley and
//! Lippman-Hand 1983, JAMA 249, 1743–1745 (zero failures).

use super::normal;
use super::refused::{Refused, finite, same_length};

/// A confidence level: above 0, below 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Level(f64);

impl Level {
    pub const P95: Level = Level(0.95);

    /// # Errors
    /// [`Refused::OutOfRange`] unless `0 < level < 1`.
    pub fn new(level: f64) -> Result<Level, Refused> {
        if level > 0.0 && level < 1.0 { Ok(Level(level)) } else { Err(Refused::OutOfRange) }
    }

    /// What is left: the probability of an error, 0.05 at 95%.
    pub fn alpha(self) -> f64 {
        1.0 - self.0
    }

    pub fn get(self) -> f64 {
        self.0
    }

    /// The two-sided normal quantile: 1.96 at 95%.
    pub fn z(self) -> f64 {
        normal::upper_quantile(self.alpha() / 2.0)
    }
}

/// From `low` to `high`, both included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

impl Interval {
    /// `value ± z · error`: the normal interval.
    pub fn normal(value: f64, error: f64, level: Level) -> Interval {
        let half = level.z() * error;
        Interval { low: value - half, high: value + half }
    }

    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    pub fn width(&self) -> f64 {
        self.high - self.low
    }
}

/// Scores of items, with the cluster each belongs to where items come in clusters: questions about one passage, tasks
/// from one repository, copies of one question in several languages.
#[derive(Debug, Clone, Copy)]
pub struct Sample<'a> {
    values: &'a [f64],
    clusters: Option<&'a [u64]>,
}

/// With fewer clusters than this, errors over clusters are too small on average, and most where clusters are unequal
/// (Cameron and Miller 2015, section VI: somewhere between 20 and 50). So they are not let below those of independent items.
pub const FEW_CLUSTERS: usize = 40;

impl<'a> Sample<'a> {
    /// Independent items.
    ///
    /// # Errors
    /// [`Refused::NotFinite`].
    pub fn new(values: &'a [f64]) -> Result<Self, Refused> {
        finite(values)?;
        Ok(Sample { values, clusters: None })
    }

    /// Items in clusters: `clusters[i]` is a number for the cluster of item `i`; any numbers will do.
    ///
    /// # Errors
    /// [`Refused::NotFinite`], [`Refused::Lengths`].
    pub fn clustered(values: &'a [f64], clusters: &'a [u64]) -> Result<Self, Refused> {
        same_length(values.len(), clusters.len())?;
        Ok(Sample { clusters: Some(clusters), ..Sample::new(values)? })
    }

    /// Values that were checked already.
    pub(super) fn trusted(values: &'a [f64], clusters: Option<&'a [u64]>) -> Self {
        Sample { values, clusters }
    }

    pub fn values(&self) -> &'a [f64] {
        self.values
    }

    pub fn mean(&self) -> Option<f64> {
        super::mean(self.values)
    }

    /// The standard error of the mean.
    ///
    /// * Independent items: `SE² = Σ (sᵢ − s̄)² / (n (n − 1))`.
    /// * G clusters: `SE² = G / (G − 1) · Σ_c (Σ_{i∈c} (sᵢ − s̄))² / n²`, the variance of Liang and Zeger for a mean with the
    ///   usual correction. It is the above where every cluster has one item, and Miller's formula (section 2.2),
    ///   `SE² + (1/n²) Σ_c Σ_{i≠j∈c} (sᵢ − s̄)(sⱼ − s̄)`, but for the correction, which matters where clusters are few. Below
    ///   [`FEW_CLUSTERS`] it is still too small on average; say so beside it. Then it is no less than that of independent items.
    ///
    /// `None` below two items or two clusters, and when there is no variation to learn from.
    pub fn standard_error(&self) -> Option<f64> {
        Some(of_sum(std::slice::from_ref(self))? / self.values.len() as f64)
    }

    /// How many are drawn independently: clusters where there are clusters, else items.
    pub fn independent(&self) -> usize {
        let Some(clusters) = self.clusters else { return self.values.len() };
        let mut clusters = clusters.to_vec();
        clusters.sort_unstable();
        clusters.dedup();
        clusters.len()
    }

    /// The units that are drawn independently: clusters where there are clusters, else items.
    pub(super) fn units(&self) -> Vec<Unit> {
        let Some(clusters) = self.clusters else {
            return self.values.iter().map(|&value| Unit { sum: value, items: 1.0 }).collect();
        };
        let mut order: Vec<usize> = (0..self.values.len()).collect();
        order.sort_unstable_by(|&a, &b| clusters[a].cmp(&clusters[b]).then(self.values[a].total_cmp(&self.values[b])));
        let unit = |members: &[usize]| Unit {
            sum: members.iter().map(|&item| self.values[item]).sum(),
            items: members.len() as f64,
        };
        order.chunk_by(|&a, &b| clusters[a] == clusters[b]).map(unit).collect()
    }
}

/// What is drawn as a whole: the sum of its items' scores and their number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Unit {
    pub sum: f64,
    pub items: f64,
}

/// The standard error of the sum of all values of several samples, each drawn by itself: parts of a benchmark, or
/// benchmarks of a composite. Clusters of one number are one cluster, even if they lie in several samples, as do copies of
/// a question in several languages.
///
/// `Σ_c (Σ_s √(G_s / (G_s − 1)) Σ_{i∈c∩s} (xᵢ − x̄_s))²` over clusters `c` and samples `s` of `G_s` clusters; without clusters
/// `Σ_s n_s / (n_s − 1) Σ_{i∈s} (xᵢ − x̄_s)²`, which is also the least it can be with fewer than [`FEW_CLUSTERS`]. `None` if a sample has fewer than two items or clusters, and when nothing
/// varies.
pub fn of_sum(samples: &[Sample]) -> Option<f64> {
    let (mut of_items, mut in_clusters, mut squared_sums, mut deviations) = (0.0, 0.0, 0.0, Vec::new());
    for sample in samples {
        let mean = sample.mean()?;
        let (n, independent) = (sample.values.len() as f64, sample.independent() as f64);
        if independent < 2.0 {
            return None;
        }
        squared_sums += (mean * n).powi(2);
        let distances = sample.values.iter().map(|value| value - mean);
        let alone = n / (n - 1.0) * distances.clone().map(|distance| distance * distance).sum::<f64>();
        match sample.clusters {
            None => of_items += alone,
            Some(clusters) => {
                in_clusters += alone;
                let correction = (independent / (independent - 1.0)).sqrt();
                deviations.extend(clusters.iter().copied().zip(distances.map(|distance| correction * distance)));
            }
        }
    }
    let sums = sums_by_cluster(deviations);
    let of_clusters: f64 = sums.iter().map(|sum| sum * sum).sum();
    let variance = of_items + if sums.len() < FEW_CLUSTERS { of_clusters.max(in_clusters) } else { of_clusters };
    // Rounding alone gives items that are all alike a variance of about 1e-32 of their square.
    let noise = 1e-28 * squared_sums.max(f64::MIN_POSITIVE);
    (variance.is_finite() && variance > noise).then(|| variance.sqrt())
}

/// The sum of what is drawn as a whole, in several samples together: values of clusters, in an order that does not depend
/// on that of the items, and single items.
pub(super) fn sums_of_units(samples: &[Sample]) -> Vec<f64> {
    let (mut sums, mut clustered) = (Vec::new(), Vec::new());
    for sample in samples {
        match sample.clusters {
            None => sums.extend_from_slice(sample.values),
            Some(clusters) => clustered.extend(clusters.iter().copied().zip(sample.values.iter().copied())),
        }
    }
    sums.extend(sums_by_cluster(clustered));
    sums
}

fn sums_by_cluster(mut values: Vec<(u64, f64)>) -> Vec<f64> {
    values.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    values.chunk_by(|a, b| a.0 == b.0).map(|of| of.iter().map(|(_, value)| value).sum()).collect()
}

/// The score of each item as the mean of its repeats: the first step when answers are sampled several times, so that
/// the standard error is over items and not over answers (repeats of one item are not independent draws of items).
///
/// # Errors
/// [`Refused::NotFinite`] with the number of the item; an item without repeats is refused the same way.
pub fn item_means<R: AsRef<[f64]>>(repeats: &[R]) -> Result<Vec<f64>, Refused> {
    let mean_of = |(at, answers): (usize, &R)| {
        super::mean(answers.as_ref()).filter(|mean| mean.is_finite()).ok_or(Refused::NotFinite { at })
    };
    repeats.iter().enumerate().map(mean_of).collect()
}

/// The standard error `sqrt(p (1 − p) / n)` of a proportion `p` (in 0..=1) of `n` independent items, when only these
/// two are known. `None` at 0 and 1 and without items.
///
/// # Errors
/// [`Refused::OutOfRange`] for a proportion that is none.
pub fn of_proportion(proportion: f64, n: u64) -> Result<Option<f64>, Refused> {
    check_proportion(proportion)?;
    let variance = proportion * (1.0 - proportion) / n as f64;
    Ok((n > 0 && variance > 0.0).then(|| variance.sqrt()))
}

/// Wilson's interval for a proportion (in 0..=1) of `n` independent items:
/// `(p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)`. Use it below a few hundred items and near 0 and 1, where the
/// normal interval is too narrow or leaves the range. `None` without items.
///
/// # Errors
/// [`Refused::OutOfRange`] for a proportion that is none.
pub fn wilson(proportion: f64, n: u64, level: Level) -> Result<Option<Interval>, Refused> {
    check_proportion(proportion)?;
    if n == 0 {
        return Ok(None);
    }
    let (n, z) = (n as f64, level.z());
    let shrink = 1.0 + z * z / n;
    let center = (proportion + z * z / (2.0 * n)) / shrink;
    let half = z * (proportion * (1.0 - proportion) / n + z * z / (4.0 * n * n)).sqrt() / shrink;
    Ok(Some(Interval { low: (center - half).max(0.0), high: (center + half).min(1.0) }))
}

/// The highest rate of failures that `n` independent trials without a failure leave possible, one-sided at `level`:
/// `1 − (1 − level)^(1/n)`, at 95% the "rule of three", about `3 / n`. `None` without trials.
pub fn zero_failures(n: u64, level: Level) -> Option<f64> {
    (n > 0).then(|| -(level.alpha().ln() / n as f64).exp_m1())
}

fn check_proportion(proportion: f64) -> Result<(), Refused> {
    if (0.0..=1.0).contains(&proportion) { Ok(()) } else { Err(Refused::OutOfRange) }
}

#[cfg(test)]
mod tests {
    use super::super::golden::{close, normals, number, numbers, section, share, whole_numbers};
    use super::super::random::uniform;
    use super::*;

    fn error_of(values: &[f64]) -> Option<f64> {
        Sample::new(values).unwrap().standard_error()
    }

    #[test]
    fn standard_errors_are_those_of_scipy_and_over_clusters_those_of_statsmodels() {
        for case in section("standard_errors") {
            let (values, clusters) = (numbers(&case["values"]), whole_numbers(&case["clusters"]));
            close(error_of(&values).unwrap(), number(&case, "se"), 1e-12);
            let clustered = Sample::clustered(&values, &clusters).unwrap().standard_error().unwrap();
            let few = whole_numbers(&case["clusters"]).iter().max().unwrap() + 1 < FEW_CLUSTERS as u64;
            let least = if few { number(&case, "se") } else { 0.0 };
            close(clustered, number(&case, "clustered").max(least), 1e-12);
        }
    }

    #[test]
    fn clusters_that_lie_in_two_samples_are_one() {
        for case in section("errors_of_sums") {
            let (samples, clusters) = (case["samples"].as_array().unwrap(), case["clusters"].as_array().unwrap());
            let parts: Vec<_> = samples.iter().zip(clusters).map(|(x, of)| (numbers(x), whole_numbers(of))).collect();
            let samples: Vec<_> = parts.iter().map(|(x, of)| Sample::clustered(x, of).unwrap()).collect();
            close(of_sum(&samples).unwrap(), number(&case, "error"), 1e-12);
            let apart: Vec<f64> = samples.iter().map(|sample| of_sum(&[*sample]).unwrap()).collect();
            assert!(apart[0].hypot(apart[1]) < 0.9 * number(&case, "error"), "what is shared goes unnoticed");
        }
        let (x, y) = ([0.1, 0.7, 0.4], [0.2, 0.9]);
        let [x, y] = [&x[..], &y].map(|values| Sample::new(values).unwrap());
        close(of_sum(&[x, y]).unwrap(), of_sum(&[x]).unwrap().hypot(of_sum(&[y]).unwrap()), 1e-12);
        assert_eq!(of_sum(&[x, Sample::new(&[0.5]).unwrap()]), None);
    }

    #[test]
    fn clusters_of_one_item_are_no_clusters_and_their_numbers_and_the_order_do_not_matter() {
        let values = [0.1, 0.9, 0.4, 0.4, 1.0, 0.0];
        let single = Sample::clustered(&values, &[5, 4, 3, 2, 1, 0]).unwrap().standard_error().unwrap();
        close(single, error_of(&values).unwrap(), 1e-12);
        let error = |values, clusters| Sample::clustered(values, clusters).unwrap().standard_error().unwrap();
        let moved = error(&[0.0, 1.0, 0.4, 0.4, 0.9, 0.1], &[9, 9, 9, 1, 1, 1]);
        close(moved, error(&values, &[7, 7, 7, 8, 8, 8]), 1e-12);
    }

    #[test]
    fn what_tells_nothing_has_no_standard_error() {
        assert_eq!(error_of(&[]), None);
        assert_eq!(error_of(&[0.5]), None);
        assert_eq!(error_of(&[0.7; 10]), None);
        assert_eq!(error_of(&[1.0, 1.0, 1.0]), None);
        assert_eq!(Sample::clustered(&[0.0, 1.0, 1.0], &[4, 4, 4]).unwrap().standard_error(), None);
        assert_eq!(of_proportion(1.0, 50), Ok(None));
        assert_eq!(of_proportion(0.5, 0), Ok(None));
        assert_eq!(wilson(0.5, 0, Level::P95), Ok(None));
        assert_eq!(zero_failures(0, Level::P95), None);
    }

    #[test]
    fn what_is_no_number_is_refused_at_the_door() {
        assert_eq!(Sample::new(&[1.0, f64::NAN]).unwrap_err(), Refused::NotFinite { at: 1 });
        assert_eq!(Sample::new(&[f64::INFINITY]).unwrap_err(), Refused::NotFinite { at: 0 });
        assert_eq!(Sample::clustered(&[1.0], &[]).unwrap_err(), Refused::Lengths { expected: 1, found: 0 });
        assert_eq!(of_proportion(1.2, 5), Err(Refused::OutOfRange));
        assert_eq!(wilson(f64::NAN, 5, Level::P95), Err(Refused::OutOfRange));
        assert_eq!(item_means(&[vec![1.0], vec![]]), Err(Refused::NotFinite { at: 1 }));
        assert_eq!(Level::new(1.0), Err(Refused::OutOfRange));
        assert_eq!(Level::new(f64::NAN), Err(Refused::OutOfRange));
    }

    #[test]
    fn repeats_are_averaged_first() {
        let repeats = [vec![1.0, 0.0], vec![1.0, 1.0, 1.0], vec![0.0]];
        assert_eq!(item_means(&repeats), Ok(vec![0.5, 1.0, 0.0]));
    }

    #[test]
    fn a_proportion_of_items_has_the_error_of_its_zeros_and_ones() {
        let values: Vec<f64> = (0..40).map(|i| f64::from(u8::from(i < 13))).collect();
        let exact = of_proportion(13.0 / 40.0, 40).unwrap().unwrap();
        // The two divide by n and by n − 1.
        close(error_of(&values).unwrap(), exact * (40.0_f64 / 39.0).sqrt(), 1e-12);
    }

    #[test]
    fn wilson_intervals_are_those_of_statsmodels() {
        for case in section("wilson") {
            let n = case["n"].as_u64().unwrap();
            let level = Level::new(number(&case, "level")).unwrap();
            let interval = wilson(number(&case, "count") / n as f64, n, level).unwrap().unwrap();
            close(interval.low, number(&case, "low"), 1e-9);
            close(interval.high, number(&case, "high"), 1e-9);
        }
    }

    #[test]
    fn the_bound_of_zero_failures_is_clopper_and_pearsons_and_about_three_in_n() {
        for case in section("zero_failures") {
            let bound =
                zero_failures(case["n"].as_u64().unwrap(), Level::new(number(&case, "level")).unwrap()).unwrap();
            close(bound, number(&case, "high"), 1e-9);
        }
        close(zero_failures(300, Level::P95).unwrap(), 3.0 / 300.0, 1e-4);
    }

    #[test]
    fn intervals_cover_the_truth_in_simulation() {
        // Two samples over the same sixty clusters.
        let (spread, copies): (Vec<u64>, Vec<u64>) = ((0..300).map(|item| item / 5).collect(), (0..60).collect());
        let together = share(2_000, 4, |random| {
            let shared = normals(60, random);
            let of = |clusters: &[u64], own: Vec<f64>| -> Vec<f64> {
                let n = own.len() as f64;
                own.iter().zip(clusters).map(|(own, &cluster)| (own + shared[cluster as usize]) / n).collect()
            };
            let (first, second) = (of(&spread, normals(300, random)), of(&copies, normals(60, random)));
            let samples = [(&first, &spread), (&second, &copies)];
            let error =
                of_sum(&samples.map(|(values, clusters)| Sample::clustered(values, clusters).unwrap())).unwrap();
            let sum = first.iter().chain(&second).sum();
            Interval::normal(sum, error, Level::P95).contains(0.0)
        });
        assert!((0.925..0.97).contains(&together), "{together}");
        let covered = |sample: Sample, truth| {
            Interval::normal(sample.mean().unwrap(), sample.standard_error().unwrap(), Level::P95).contains(truth)
        };
        let independent = share(2_000, 1, |random| covered(Sample::new(&normals(60, random)).unwrap(), 0.0));
        assert!((0.93..0.97).contains(&independent), "{independent}");

        let clusters: Vec<u64> = (0..300).map(|item| item / 5).collect();
        let clustered_values = |random: &mut _| -> Vec<f64> {
            let (shared, own) = (normals(60, random), normals(300, random));
            own.iter().zip(&clusters).map(|(own, &cluster)| own + shared[cluster as usize]).collect()
        };
        let clustered =
            share(2_000, 2, |random| covered(Sample::clustered(&clustered_values(random), &clusters).unwrap(), 0.0));
        assert!((0.93..0.97).contains(&clustered), "{clustered}");
        let naive = share(2_000, 2, |random| covered(Sample::new(&clustered_values(random)).unwrap(), 0.0));
        assert!(naive < 0.85, "clusters that are left out of account go unnoticed: {naive}");

        // The repositories of SWE-bench Verified: one has nearly half of the items. With Liang and Zeger's error
        // alone the intervals would cover 86%, even where clusters have nothing in common.
        let unequal: Vec<u64> =
            (0..12).zip([231, 75, 44, 34, 32, 22, 22, 19, 10, 8, 2, 1]).flat_map(|(of, n)| vec![of; n]).collect();
        let few = share(1_000, 5, |random| {
            covered(Sample::clustered(&normals(unequal.len(), random), &unequal).unwrap(), 0.0)
        });
        assert!((0.93..0.99).contains(&few), "{few}");

        let proportions = share(4_000, 3, |random| {
            let truth = 0.005 + 0.99 * uniform(random);
            let right = (0..30).filter(|_| uniform(random) < truth).count() as f64;
            wilson(right / 30.0, 30, Level::P95).unwrap().unwrap().contains(truth)
        });
        assert!((0.93..0.97).contains(&proportions), "{proportions}");
    }
}
