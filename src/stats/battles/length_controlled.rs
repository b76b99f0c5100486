//! The length-controlled win rate of AlpacaEval 2 (Dubois et al. 2024, arXiv 2404.04475).
//!
//! A judge's preference for a model over a baseline is `σ(θ + φ tanh(Δ/s) + ψ γ)`: quality, a liking for length with `Δ` the
//! difference in length and `s` its standard deviation over the questions, and how the model takes the question's
//! difficulty `γ`. The win rate is the mean preference with the length term at 0. AlpacaEval's own fit (`metrics/glm_winrate.py`
//! of its repository) has an L1 penalty whose strength is cross-validated, and adds annotations of an artificially lengthened and a
//! shortened baseline; here it is a ridge that is stated, which has a unique solution and a sandwich covariance.

use super::BattleError;
use super::bradley_terry::{logistic, variance};
use super::regression::{Problem, Rows};

/// The normal quantile of a 95 % interval.
const Z: f64 = 1.959_963_984_540_054;

/// One judged question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// For the model over the baseline, from 0 to 1; a draw is 0.5.
    pub preference: f64,
    /// The length of the model's answer less that of the baseline's, in any unit.
    pub length_difference: f64,
    /// Of the question, on any scale centred at 0; 0 where it is not known.
    pub difficulty: f64,
}

/// The three weights of a model against its baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    pub quality: f64,
    pub length: f64,
    pub difficulty: f64,
}

impl Weights {
    /// The mean preference, from 0 to 1, over questions of these difficulties if both answers were equally long; 0.5
    /// without a question. The difference of two models' weights gives the win rate of one over the other.
    pub fn win_rate(&self, difficulties: impl IntoIterator<Item = f64>) -> f64 {
        let (mut sum, mut count) = (0.0, 0u64);
        for difficulty in difficulties {
            sum += logistic(self.quality + self.difficulty * difficulty);
            count += 1;
        }
        if count == 0 { 0.5 } else { sum / count as f64 }
    }
}

/// A win rate that length does not decide.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LengthControlled {
    /// From 0 to 1.
    pub win_rate: f64,
    /// Of the win rate over these questions, from the sandwich of the weights.
    pub standard_error: f64,
    pub weights: Weights,
}

impl LengthControlled {
    /// 95 %, even on the scale of log-odds, so that it stays between 0 and 1.
    pub fn interval(&self) -> [f64; 2] {
        let rate = self.win_rate;
        let slope = rate * (1.0 - rate);
        if slope <= 0.0 {
            return [rate; 2];
        }
        let (centre, reach) = ((rate / (1.0 - rate)).ln(), Z * self.standard_error / slope);
        [logistic(centre - reach), logistic(centre + reach)]
    }
}

/// Fits the weights and gives the win rate. `ridge` takes `½ ridge w²` from the log-likelihood for each weight `w`; each must be
/// more than 0, which also leaves at 0 the weight of what does not vary.
///
/// # Errors
/// [`BattleError::NotANumber`] for a value that is not finite or out of its range, [`BattleError::NotConverged`].
pub fn length_controlled(comparisons: &[Comparison], ridge: Weights) -> Result<LengthControlled, BattleError> {
    let is_number = |it: &Comparison| {
        (0.0..=1.0).contains(&it.preference) && it.length_difference.is_finite() && it.difficulty.is_finite()
    };
    let ridge = vec![ridge.quality, ridge.length, ridge.difficulty];
    let is_ridge = ridge.iter().all(|ridge| *ridge > 0.0 && ridge.is_finite());
    if !(is_ridge && comparisons.iter().all(is_number)) {
        return Err(BattleError::NotANumber);
    }
    let rows = Questions { comparisons, deviation: deviation(comparisons) };
    let solution = Problem { rows: &rows, ridge, level: 0 }.solve()?;
    let [quality, length, difficulty] = solution.parameters[..] else { return Err(BattleError::Shape) };
    let weights = Weights { quality, length, difficulty };
    let mut slopes = [0.0; 3];
    for comparison in comparisons {
        let slope = variance(quality + difficulty * comparison.difficulty) / comparisons.len() as f64;
        slopes[0] += slope;
        slopes[2] += slope * comparison.difficulty;
    }
    let terms = (0..3).flat_map(|i| (0..3).map(move |j| (i, j)));
    let spread: f64 = terms.map(|(i, j)| slopes[i] * solution.covariance.at(i, j) * slopes[j]).sum();
    let win_rate = weights.win_rate(comparisons.iter().map(|comparison| comparison.difficulty));
    Ok(LengthControlled { win_rate, standard_error: spread.max(0.0).sqrt(), weights })
}

/// The sample standard deviation of the differences in length.
fn deviation(comparisons: &[Comparison]) -> f64 {
    let count = comparisons.len() as f64;
    let mean = comparisons.iter().map(|it| it.length_difference).sum::<f64>() / count;
    let squares: f64 = comparisons.iter().map(|it| (it.length_difference - mean).powi(2)).sum();
    (squares / (count - 1.0)).sqrt()
}

struct Questions<'a> {
    comparisons: &'a [Comparison],
    deviation: f64,
}

impl Rows for Questions<'_> {
    fn len(&self) -> usize {
        self.comparisons.len()
    }

    fn score(&self, row: usize) -> (f64, f64) {
        (self.comparisons[row].preference, 1.0)
    }

    fn features(&self, row: usize, mut take: impl FnMut(usize, f64)) {
        let Comparison { length_difference, difficulty, .. } = self.comparisons[row];
        let length = if self.deviation > 0.0 { (length_difference / self.deviation).tanh() } else { 0.0 };
        [1.0, length, difficulty].into_iter().enumerate().for_each(|(weight, value)| take(weight, value));
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::golden::{close, number, numbers};
    use super::*;
    use serde_json::Value;

    fn even(ridge: f64) -> Weights {
        Weights { quality: ridge, length: ridge, difficulty: ridge }
    }

    /// Questions whose preferences follow the model exactly.
    fn made(weights: Weights) -> Vec<Comparison> {
        let lengths: Vec<f64> = (0..200).map(|i| f64::from(i * 37 % 101) * 20.0 - 400.0).collect();
        let blank = |length_difference: &f64| Comparison {
            preference: 0.5,
            length_difference: *length_difference,
            difficulty: 0.0,
        };
        let scale = deviation(&lengths.iter().map(blank).collect::<Vec<_>>());
        let question = |(length_difference, i): (f64, u32)| {
            let difficulty = f64::from(i * 53 % 17) / 8.0 - 1.0;
            let x =
                weights.quality + weights.length * (length_difference / scale).tanh() + weights.difficulty * difficulty;
            Comparison { preference: logistic(x), length_difference, difficulty }
        };
        lengths.into_iter().zip(0..).map(question).collect()
    }

    #[test]
    fn weights_and_win_rates_are_those_of_scikit_learn() {
        let cases: Vec<Value> =
            serde_json::from_str(include_str!("../../../tests/stats/length_controlled.json")).unwrap();
        for case in &cases {
            let [preference, longer, difficulty, ridge, weights] =
                ["preference", "longer", "difficulty", "ridge", "weights"].map(|key| numbers(&case[key]));
            let comparison = |at| Comparison {
                preference: preference[at],
                length_difference: longer[at],
                difficulty: difficulty[at],
            };
            let comparisons: Vec<Comparison> = (0..preference.len()).map(comparison).collect();
            let ridge = Weights { quality: ridge[0], length: ridge[1], difficulty: ridge[2] };
            let found = length_controlled(&comparisons, ridge).unwrap();
            let Weights { quality, length, difficulty } = found.weights;
            [quality, length, difficulty].iter().zip(weights).for_each(|(ours, theirs)| close(*ours, theirs, 1e-8));
            close(found.win_rate, number(case, "win_rate"), 1e-8);
        }
    }

    #[test]
    fn weights_are_recovered_and_length_is_taken_out() {
        let truth = Weights { quality: 0.4, length: 0.9, difficulty: -0.5 };
        let comparisons = made(truth);
        let found = length_controlled(&comparisons, even(1e-9)).unwrap();
        let Weights { quality, length, difficulty } = found.weights;
        assert!((quality - 0.4).abs() < 1e-8 && (length - 0.9).abs() < 1e-8 && (difficulty + 0.5).abs() < 1e-8);
        let expected = truth.win_rate(comparisons.iter().map(|it| it.difficulty));
        assert!((found.win_rate - expected).abs() < 1e-9);
        let raw = comparisons.iter().map(|it| it.preference).sum::<f64>() / comparisons.len() as f64;
        assert!(raw > found.win_rate + 0.02, "{raw} {}", found.win_rate);
        // The preferences are exactly the model's: nothing is left to be unsure of.
        assert!(found.standard_error < 1e-9);
    }

    #[test]
    fn without_length_or_difficulty_it_is_the_mean_preference() {
        let comparisons =
            [0.0, 1.0, 1.0, 0.5].map(|preference| Comparison { preference, length_difference: 0.0, difficulty: 0.0 });
        let found = length_controlled(&comparisons, even(1e-9)).unwrap();
        assert!((found.win_rate - 0.625).abs() < 1e-8);
        let error = (comparisons.iter().map(|it| (it.preference - 0.625f64).powi(2)).sum::<f64>()).sqrt() / 4.0;
        assert!((found.standard_error - error).abs() < 1e-8);
        assert_eq!((found.weights.length, found.weights.difficulty), (0.0, 0.0));
        let [low, high] = found.interval();
        // ln(5/3) ± 1.96 · error / (5/8 · 3/8)
        assert!((low - 0.227_47).abs() < 1e-5 && (high - 0.904_16).abs() < 1e-5, "{low} {high}");
    }

    #[test]
    fn wrong_numbers_are_refused_and_none_is_even() {
        let bad = Comparison { preference: 1.1, length_difference: 0.0, difficulty: 0.0 };
        assert_eq!(length_controlled(&[bad], even(1.0)), Err(BattleError::NotANumber));
        assert_eq!(length_controlled(&[], even(0.0)), Err(BattleError::NotANumber));
        assert_eq!(length_controlled(&[], even(1.0)).unwrap().win_rate, 0.5);
    }
}
