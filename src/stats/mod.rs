//! Arithmetic on slices and on tables with gaps: how scores combine, how the results are placed, and how sure that is.
//!
//! Knows nothing of models, benchmarks or files; it can be used alone. Every function names its formula and source, and
//! permuting what goes in permutes what comes out.
//!
//! * [`matrix`]: the table with gaps that others take.
//! * [`aggregate`]: one number for each row: means, weighted, balanced and above chance, win rate, Borda, distance.
//! * [`latent`]: an ability for each row, from whatever scores are there.
//! * [`error`], [`composite`], [`covariance`]: how far means, and means of means, may be off.
//! * [`paired`], [`multiple`], [`power`]: whether two differ, whether many do, and what the data could have shown.
//! * [`ranks`]: which places an estimate may truly have.
//! * [`robust`]: what an order owes to columns, weights and gaps; saturation and headroom.
//! * [`battles`]: ratings from pairwise comparisons.
//! * [`grim`]: whether printed decimals can be what they say; [`chance`]: whether a score is below guessing.

pub mod aggregate;
pub mod battles;
pub mod chance;
pub mod composite;
pub mod covariance;
pub mod error;
#[cfg(test)]
mod golden;
pub mod grim;
pub mod latent;
pub mod matrix;
pub mod multiple;
mod normal;
pub mod paired;
pub mod power;
mod random;
pub mod ranks;
mod refused;
pub mod robust;

pub use refused::Refused;

/// The arithmetic mean; `None` of nothing.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The mean of `(value, weight)` pairs, `Σ w·x / Σ w`; `None` when the weights do not add up to more than zero.
pub fn weighted_mean(values: &[(f64, f64)]) -> Option<f64> {
    let total: f64 = values.iter().map(|(_, weight)| weight).sum();
    (total > 0.0).then(|| values.iter().map(|(value, weight)| value * weight).sum::<f64>() / total)
}

/// A score rescaled so that guessing gives 0 and a perfect score `ceiling`:
/// `max(0, (raw − chance) / (ceiling − chance) · ceiling)`.
///
/// The rule of the Open LLM Leaderboard v2 (its documentation, "Scores Normalization"). All three arguments are in one
/// unit; `chance < ceiling`. Scores below chance give 0, so the raw score has to be shown beside.
pub fn above_chance(raw: f64, chance: f64, ceiling: f64) -> f64 {
    ((raw - chance) / (ceiling - chance) * ceiling).max(0.0)
}

/// Competition places ("1224"): 1 for the greatest score; equal scores share a place and the next is left free.
///
/// Scores are equal when they agree to nine decimals: sums of decimals differ by about 1e-14 with the order of adding,
/// and a place must not depend on that.
pub fn places(scores: &[f64]) -> Vec<u32> {
    // Adding 0 makes a zero of either sign the same.
    let keys: Vec<f64> = scores.iter().map(|score| (score * 1e9).round() + 0.0).collect();
    let mut descending = keys.clone();
    descending.sort_unstable_by(|a, b| b.total_cmp(a));
    keys.iter().map(|key| 1 + descending.partition_point(|other| other.total_cmp(key).is_gt()) as u32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_of_the_open_llm_leaderboard_row_is_the_printed_one() {
        let mistral = [63.14, 84.88, 60.78, 68.26, 77.19, 40.03];
        assert_eq!(format!("{:.2}", mean(&mistral).unwrap()), "65.71");
        assert_eq!(mean(&[]), None);
    }

    #[test]
    fn weights_count_and_zero_weight_gives_nothing() {
        assert_eq!(weighted_mean(&[(1.0, 3.0), (5.0, 1.0)]), Some(2.0));
        assert_eq!(weighted_mean(&[(1.0, 0.0)]), None);
        assert_eq!(weighted_mean(&[]), None);
    }

    #[test]
    fn chance_normalisation_gives_the_documented_examples() {
        assert!((above_chance(60.0, 25.0, 100.0) - 46.666_666).abs() < 1e-4);
        let musr =
            [above_chance(70.0, 50.0, 100.0), above_chance(40.0, 20.0, 100.0), above_chance(60.0, 100.0 / 3.0, 100.0)];
        assert!((mean(&musr).unwrap() - 35.0).abs() < 1e-9);
        assert_eq!(above_chance(10.0, 25.0, 100.0), 0.0);
    }

    #[test]
    fn equal_scores_share_a_place() {
        assert_eq!(places(&[3.0, 5.0, 3.0, 1.0]), [2, 1, 2, 4]);
        assert_eq!(places(&[0.1 + 0.2, 0.3]), [1, 1]);
        assert_eq!(places(&[]), Vec::<u32>::new());
    }

    #[test]
    fn places_do_not_depend_on_the_order_of_the_rows() {
        let scores = [5.0, 2.0, 2.0, 9.0, -1.0];
        let reversed: Vec<f64> = scores.iter().rev().copied().collect();
        let mut back = places(&reversed);
        back.reverse();
        assert_eq!(back, places(&scores));
    }
}
