//! Battles, arenas and judged benchmarks.

use super::Real;
use std::collections::BTreeMap;
use tianti::record::{Battle, Outcome};

/// The files of these folders, JSON lines among them.
fn arena(folders: &[&str]) -> Option<Real> {
    Real::of(folders, &["json", "jsonl", "csv"])
}

impl Real {
    fn battles(&self, path: &str) -> Vec<&Battle> {
        self.0.iter().filter(|reading| &*reading.origin.path == path).flat_map(|reading| &reading.battles).collect()
    }

    /// How often side a won, side b won, and neither.
    fn outcomes(&self, path: &str) -> [usize; 3] {
        let battles = self.battles(path);
        let count = |outcomes: &[Outcome]| battles.iter().filter(|battle| outcomes.contains(&battle.outcome)).count();
        [count(&[Outcome::A]), count(&[Outcome::B]), count(&[Outcome::Tie, Outcome::BothBad])]
    }

    /// `code path` of every diagnostic.
    fn problems(&self) -> Vec<String> {
        let all = self.0.iter().flat_map(|reading| reading.diagnostics.iter());
        all.map(|problem| format!("{} {}", problem.code, problem.file)).collect()
    }

    /// Format → files, records, battles and sets of item scores.
    fn totals(&self) -> BTreeMap<&str, [usize; 4]> {
        let mut totals = BTreeMap::new();
        for reading in &self.0 {
            let total: &mut [usize; 4] = totals.entry(reading.origin.format).or_default();
            let found = [1, reading.records.len(), reading.battles.len(), reading.items.len()];
            total.iter_mut().zip(found).for_each(|(total, found)| *total += found);
        }
        totals
    }
}

#[test]
fn every_vote_is_a_battle() {
    let Some(real) = arena(&["battles", "arena"]) else { return };
    for (path, outcomes) in [
        ("battles/llmfao/gpt3-crowd-comparisons.csv", [1352, 593, 194]),
        ("battles/arena_hard/arena_hard_battles.jsonl", [45, 52, 23]),
        ("arena/evalica_food.csv", [13, 15, 2]),
        ("arena/evalica_simple.csv", [6, 1, 9]),
        ("arena/football_pre2000.csv", [12010, 6722, 5330]),
        ("arena/llmfao_gpt3.csv", [1965, 958, 313]),
        ("arena/pandalm_human.csv", [1255, 1416, 326]),
    ] {
        assert_eq!(real.outcomes(path), outcomes, "{path}");
    }
    let against_itself = real.battles("battles/arena_hard/arena_hard_battles.jsonl");
    assert_eq!(against_itself.iter().filter(|battle| battle.model_a == battle.model_b).count(), 20);
    let judged = real.battles("arena/pandalm_human.csv");
    assert_eq!(judged.iter().filter(|battle| battle.judge.as_deref() == Some("annotator3")).count(), 999);
    assert_eq!(real.totals()["battles"], [7, 0, 32600, 0]);
    // The others are no result files: another program's expected ratings, and matrices made from several files.
    assert_eq!(
        real.problems(),
        [
            "unrecognised-result-file arena/evalica_food_golden.csv",
            "unrecognised-result-file arena/evalica_simple_golden.csv",
            "unrecognised-result-file arena/llm_leaderboard_matrix.csv",
            "unrecognised-result-file arena/wildbench_items_gpt4turbo.csv",
        ]
    );
}
