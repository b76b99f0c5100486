//! Battles, arenas and judged benchmarks.

use super::{Real, mean};
use std::collections::BTreeMap;
use tianti::record::{Battle, Field, Outcome, Record};

/// The files of these folders, JSON lines among them.
fn arena(folders: &[&str]) -> Option<Real> {
    Real::load_folders(folders, &["json", "jsonl", "csv"])
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
fn every_file_gives_something_or_says_why_not() {
    let Some(real) = arena(&["alpaca_eval", "arena", "arena_hard", "battles", "chatbot_arena", "mt_bench"]) else {
        return;
    };
    for reading in &real.0 {
        let silent = reading.records.is_empty() && reading.battles.is_empty() && reading.items.is_empty();
        let companion = reading.origin.path.ends_with("/key_to_model.csv");
        let path = &reading.origin.path;
        assert_eq!(silent && reading.diagnostics.is_empty(), companion, "nothing is said of {path}");
        let prepared = path.starts_with("arena/");
        let unrecognised = reading.diagnostics.iter().any(|problem| problem.code == "unrecognised-result-file");
        assert!(prepared || !unrecognised, "{path} is not recognised");
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

#[test]
fn arena_leaderboards_keep_ratings_and_bounds() {
    let Some(real) = arena(&["chatbot_arena"]) else { return };
    let table = "chatbot_arena/leaderboard_table_20230619.csv";
    let rating = |folder: &str, model: &str, metric: &str, subset: Option<&str>| {
        let mut found = real.records(folder).filter(|record| {
            &*record.model.raw == model && &*record.metric.name == metric && record.subset.as_deref() == subset
        });
        found.next().unwrap_or_else(|| panic!("no {metric} of {model} in {folder}"))
    };
    assert_eq!(rating(table, "GPT-4", "win_rate", None).value.text(), "69.38");
    assert_eq!(rating(table, "GPT-4", "rating", None).value.text(), "1227");
    assert_eq!(rating(table, "GPT-3.5-turbo", "", None).value.text(), "0.700");
    let catalog = "chatbot_arena/arena-catalog/leaderboard-text_early.json";
    let raven = rating(catalog, "RWKV-4-Raven-14B", "rating", Some("chinese"));
    let interval = raven.interval.as_ref().unwrap();
    let bounds = [raven.value.text(), interval.low.text(), interval.high.text()];
    assert_eq!(bounds, ["952.6334978132268", "914.0364226891496", "984.8502581612399"]);
    let image = rating("chatbot_arena/csv_mirror/lmarena_image.csv", "GPT-Image-1", "rating", None);
    let interval = image.interval.as_ref().unwrap();
    assert_eq!((interval.low.text(), interval.high.text(), image.items.scored), ("1130", "1138", Some(47190)));
    let wild = rating("chatbot_arena/wildvision/leaderboard.csv", "gpt-4o", "rating", Some("full"));
    assert_eq!(wild.value.text(), "1195.1965047044996");
    let genai = "chatbot_arena/genai_arena/image_editing_leaderboard.csv";
    assert_eq!(rating(genai, "PNP", "rating", Some("anony")).value.text(), "1175.6261555831445");
    let last =
        (real.records("chatbot_arena/history/").filter(|it| &*it.model.raw == "snowflake-arctic-instruct")).last();
    let last = last.unwrap();
    assert_eq!(
        (last.value.text(), last.provenance.date.as_ref().unwrap().as_str()),
        ("1089.906120332521", "2025-02-27")
    );
    assert!(real.records("chatbot_arena/elo_data.json").any(|it| it.value.text() == "1083.635453883533"));

    let counted: BTreeMap<&str, usize> =
        real.0.iter().map(|reading| (&*reading.origin.path, reading.records.len())).collect();
    let counts = |path: &str| counted[format!("chatbot_arena/{path}").as_str()];
    let dates = ["20230619", "20231215", "20240109", "20240426", "20250511"];
    assert_eq!(dates.map(|date| counts(&format!("leaderboard_table_{date}.csv"))), [111, 156, 113, 142, 170]);
    assert_eq!(real.totals()["arena-history"], [1, 11827, 0, 0]);
    assert_eq!(real.totals()["arena-catalog"], [5, 76 + 4049 + 451 + 2050, 0, 0]);
    assert_eq!(["image", "vision"].map(|arena| counts(&format!("csv_mirror/lmarena_{arena}.csv"))), [19, 86]);
    assert_eq!((counts("genai_arena/image_editing_leaderboard.csv"), counts("wildvision/leaderboard.csv")), (14, 109));
    assert_eq!(counts("history/key_to_model.csv"), 0);
    assert_eq!(real.problems(), ["no-scores chatbot_arena/arena-catalog/scatterplot-data.json"]);
}

#[test]
fn win_rates_of_alpaca_eval_are_reproduced_from_annotations() {
    let Some(real) = arena(&["alpaca_eval"]) else { return };
    let published = |model: &str, metric: &str| -> &Record {
        let table = "alpaca_eval/leaderboards/data_AlpacaEval_2/weighted_alpaca_eval_gpt4_turbo_leaderboard.csv";
        let mut rows = real.records(table).filter(|it| &*it.model.raw == model && &*it.metric.name == metric);
        rows.next().unwrap()
    };
    let items = |model: &str| {
        let mut runs = real.0.iter().flat_map(|reading| &reading.items).filter(|items| &*items.model.raw == model);
        runs.next().unwrap()
    };
    let gamed = items("gpt4_gamed");
    let (win_rate, count) = (mean(gamed.scores().iter().copied()), gamed.len() as f64);
    let variance = gamed.scores().iter().map(|score| (score - win_rate).powi(2)).sum::<f64>() / (count - 1.0);
    let record = published("gpt4_gamed", "win_rate");
    assert!((record.value.finite().unwrap() - 100.0 * win_rate).abs() < 1e-9);
    let standard_error = record.standard_error.as_ref().unwrap().finite().unwrap();
    assert!((standard_error - 100.0 * (variance / count).sqrt()).abs() < 1e-9);
    assert_eq!((record.value.text(), record.items.scored), ("3.7383373713788814", Some(805)));
    assert_eq!(record.protocol.get(Field::Baseline), gamed.protocol.get(Field::Baseline));
    assert_eq!(record.protocol.get(Field::Judge), gamed.protocol.get(Field::Judge));
    let annotations = "alpaca_eval/results/gpt4_gamed/weighted_alpaca_eval_gpt4_turbo/annotations.json";
    let [baseline, wins, draws] = real.outcomes(annotations);
    assert_eq!([baseline, wins, draws], [771, 32, 2]);
    let discrete = (wins as f64 + draws as f64 / 2.0) / 805.0 * 100.0;
    assert!((published("gpt4_gamed", "discrete_win_rate").value.finite().unwrap() - discrete).abs() < 1e-9);

    let davinci = items("text_davinci_001");
    assert_eq!((davinci.len(), davinci.protocol.get(Field::Baseline)), (804, Some("text_davinci_003")));
    assert!((100.0 * mean(davinci.scores().iter().copied()) - 15.17412935323383).abs() < 1e-9);
    let null = published("NullModel", "length_controlled_winrate");
    let errors = [null.value.text(), null.standard_error.as_ref().unwrap().text()];
    assert_eq!(errors, ["86.45780691307947", "0.14180005113427935"]);
    assert_eq!(real.records("alpaca_eval/website/").count(), 3 * 211);
    assert_eq!(real.totals()["alpaca-eval-table"], [7, 4 * 223 + 12 * 3 + 11 * 2 + 4 + 3 * 211, 0, 0]);
    assert_eq!(real.totals()["alpaca-eval-annotations"], [2, 0, 1609, 2]);
    assert_eq!(
        real.problems(),
        [
            "no-scores alpaca_eval/leaderboards/evaluators/evaluators_leaderboard.csv",
            "no-verdict alpaca_eval/results/text_davinci_001/alpaca_eval_gpt4/annotations.json",
            "no-scores alpaca_eval/weights/claude_3_opus_ranking/baseline_gpt4_1106_preview.csv",
        ]
    );
}

#[test]
fn means_of_mt_bench_are_reproduced_from_judgments() {
    let Some(real) = arena(&["mt_bench"]) else { return };
    let items = |path: &str, model: &str, turn: Option<&str>| {
        let below = real.0.iter().filter(|reading| reading.origin.path.starts_with(path));
        let mut runs = below.flat_map(|reading| &reading.items);
        runs.find(|items| &*items.model.raw == model && items.subset.as_deref() == turn).unwrap()
    };
    for (path, model, turn, benchmark, count, expected) in [
        ("mt_bench/mt_bench/", "phi-3-dpo", Some("turn 1"), "mt_bench", 80, "8.3625"),
        ("mt_bench/mt_bench/", "phi-3-dpo", Some("turn 2"), "mt_bench", 80, "8.0375"),
        ("mt_bench/mt_bench_zh/", "l_alpaca-203", Some("turn 1"), "mt_bench_zh", 50, "7.4600"),
        ("mt_bench/mt_bench_zh/", "l_alpaca-812", Some("turn 1"), "mt_bench_zh", 50, "8.0800"),
        ("mt_bench/skycamp/", "gpt-3.5-turbo", Some("turn 1"), "skycamp", 5, "9.6000"),
        ("mt_bench/old_review/", "bard", None, "vicuna_bench", 80, "8.2500"),
        ("mt_bench/old_review/", "vicuna-7b-20230322-fp16", None, "vicuna_bench", 80, "7.8750"),
    ] {
        let items = items(path, model, turn);
        assert_eq!((&*items.benchmark, items.len()), (benchmark, count), "{path} {model}");
        assert_eq!(format!("{:.4}", mean(items.scores().iter().copied())), expected, "{path} {model}");
    }
    // Five pairs, each judged twice within two hours and with other verdicts the second time.
    assert_eq!(real.outcomes("mt_bench/skycamp/model_judgment/gpt-4_pair.jsonl"), [1, 0, 4]);
    let review = "mt_bench/old_review/review_bard_vicuna-7b-20230322-fp16.jsonl";
    assert_eq!(real.outcomes(review), [39, 27, 14]);
    assert_eq!(real.totals()["mt-bench"], [5, 0, 5, 7]);
    assert_eq!(real.totals()["vicuna-review"], [1, 0, 80, 2]);
    assert_eq!(
        real.problems(),
        [
            "no-scores mt_bench/mt_bench/question.jsonl",
            "repeated-judgment mt_bench/skycamp/model_judgment/gpt-4_pair.jsonl"
        ]
    );
}

#[test]
fn arena_hard_keeps_bounds_and_swaps_sides() {
    let Some(real) = arena(&["arena_hard"]) else { return };
    let table = "arena_hard/leaderboard/arena_hard_leaderboard_20240731.csv";
    let rows: Vec<_> = real.records(table).filter(|record| &*record.metric.name == "score").collect();
    let interval = rows[0].interval.as_ref().unwrap();
    let first = [&*rows[0].model.raw, rows[0].value.text(), interval.low.text(), interval.high.text()];
    assert_eq!(first, ["gpt-4-turbo-2024-04-09", "82.63", "80.75", "84.6"]);
    let judgments = "arena_hard/data/arena-hard-v0.1/model_judgment/gpt-4-1106-preview/mistral-7b.jsonl";
    let battles = real.battles(judgments);
    let won = |model: &str| {
        let won = battles.iter().filter(|battle| match battle.outcome {
            Outcome::A => &*battle.model_a.raw == model,
            Outcome::B => &*battle.model_b.raw == model,
            Outcome::Tie | Outcome::BothBad => false,
        });
        won.map(|battle| (1, battle.weight)).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    };
    // The export of these judgments as battles, in `battles/arena_hard`, has 12 and 7 as well.
    assert_eq!((won("mistral-7b"), won("arena-hard-v0.1 baseline")), ((12, 12), (7, 11)));
    assert_eq!(real.outcomes(judgments), [11, 8, 1]);
    assert_eq!(real.totals()["arena-hard-judgments"], [2, 0, 40, 0]);
    assert_eq!(real.totals()["arena-hard-table"], [2, 240, 0, 0]);
    assert_eq!(real.problems(), [""; 0]);
}
