//! Reference values of other programs: `tests/stats/*.json`, each beside the script that made it.

use serde_json::Value;

/// The cases of a section of `tests/stats/tests_and_intervals.json`.
pub(super) fn section(name: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("../../tests/stats/tests_and_intervals.json")).unwrap();
    all[name].as_array().unwrap().clone()
}

pub(super) fn number(case: &Value, key: &str) -> f64 {
    case[key].as_f64().unwrap()
}

pub(super) fn numbers(values: &Value) -> Vec<f64> {
    values.as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect()
}

pub(super) fn whole_numbers(values: &Value) -> Vec<u64> {
    values.as_array().unwrap().iter().map(|value| value.as_u64().unwrap()).collect()
}

/// Fails unless the two agree to a part in `1 / precision` (of 1, if they are smaller).
#[track_caller]
pub(super) fn close(ours: f64, theirs: f64, precision: f64) {
    assert!((ours - theirs).abs() <= precision * theirs.abs().max(1.0), "{ours} is not {theirs}");
}

/// The share of `draws` seeded draws in which something holds.
pub(super) fn share(
    draws: u32,
    seed: u64,
    holds: impl Fn(&mut rand_xoshiro::Xoshiro256PlusPlus) -> bool + Sync + Send,
) -> f64 {
    let held = super::random::rounds(draws, seed, || (), |(), random| holds(random));
    held.iter().filter(|&&held| held).count() as f64 / f64::from(draws)
}

/// `n` independent standard normal deviates.
pub(super) fn normals(n: usize, random: &mut rand_xoshiro::Xoshiro256PlusPlus) -> Vec<f64> {
    let mut values = vec![0.0; n];
    super::random::fill_normal(random, &mut values);
    values
}
