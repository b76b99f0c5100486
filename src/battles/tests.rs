use super::*;
use crate::stats::battles::length_controlled::LengthControlled;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

struct Files {
    folder: TempDir,
    files: Vec<VoteFile>,
}

impl Files {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap(), files: Vec::new() }
    }

    #[allow(clippy::disallowed_methods, reason = "the tests write what is read")]
    fn with(mut self, name: &str, text: &str) -> Self {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).unwrap();
        std::fs::write(&path, text).unwrap();
        self.files.push(VoteFile { path: PathBuf::from(&path), shown: name.to_owned() });
        self
    }

    fn rank(&self, request: Request) -> (Ranking, Diagnostics) {
        let (ranking, diagnostics) = rank(&self.files, request).unwrap();
        (ranking.expect("models that met"), diagnostics)
    }
}

/// `place model rating` of each row.
fn rows(ranking: &Ranking) -> Vec<String> {
    let rows = ranking.standings.islands.iter().flat_map(|island| &island.rows);
    rows.map(|row| format!("{} {} {:.3}", row.place, ranking.models[row.model], row.rating)).collect()
}

const VOTES: &str =
    "model_a,model_b,winner,judge\nA,B,model_a,u\nB,A,model_b,u\nA,B,model_a,v\nB,A,model_a,v\nA,A,tie,v\n";

#[test]
fn counted_and_read_files_give_one_ranking() {
    let quoted = VOTES.replace("A,B,model_a,u", "\"A\",B,model_a,u");
    let (plain, _) = Files::new().with("a.csv", VOTES).rank(Request::default());
    let (read, _) = Files::new().with("a.csv", &quoted).rank(Request::default());
    assert_eq!(plain, read);
    assert_eq!(rows(&plain), ["1 A 1095.424", "1 B 904.576"]);
    assert_eq!((plain.seen.battles, plain.seen.against_itself, plain.clusters), (5, 1, None));
}

#[test]
fn files_are_ranked_together() {
    let lines = "{\"model_a\":\"B\",\"model_b\":\"C\",\"winner\":\"tie\"}\n{\"model_a\":\"C\",\"model_b\":\"B\",\"winner\":\"tie\"}\n";
    let (ranking, _) = Files::new().with("a.csv", VOTES).with("b.jsonl", lines).rank(Request::default());
    assert_eq!((ranking.models.len(), ranking.standings.islands.len()), (3, 1));
}

#[test]
fn clusters_are_taken_from_the_battles() {
    let request = Request { cluster: Some(ClusterBy::Judge), ..Request::default() };
    let (ranking, _) = Files::new().with("a.csv", VOTES).rank(request);
    let expected = Clusters { by: ClusterBy::Judge, count: 2, without: 0, of_necessity: false };
    assert_eq!(ranking.clusters, Some(expected));
    let request = Request { cluster: Some(ClusterBy::Question), ..Request::default() };
    let (ranking, _) = Files::new().with("a.csv", VOTES).rank(request);
    assert_eq!(ranking.clusters.map(|clusters| (clusters.count, clusters.without)), Some((4, 4)));
}

#[test]
fn strong_verdicts_count_more_and_are_clustered_without_being_asked() {
    let game = |question, first, second| {
        format!(
            "{{\"question_id\": {question}, \"model\": \"x\", \"judge\": \"j\", \"games\": [{{\"score\": \"{first}\"}}, {{\"score\": \"{second}\"}}]}}\n"
        )
    };
    let text = [game(1, "A>>B", "A>B"), game(2, "B>A", "B>>A"), game(3, "A=B", "A>B")].concat();
    let (ranking, _) = Files::new().with("arena-hard/model_judgment/j/x.jsonl", &text).rank(Request::default());
    let clusters = ranking.clusters.unwrap();
    assert_eq!((clusters.by, clusters.count, clusters.of_necessity), (ClusterBy::Question, 3, true));
    assert_eq!((ranking.seen.battles, ranking.cells.battles(), ranking.seen.weighted), (6, 10, 2));
}

#[test]
fn scores_of_single_answers_are_compared_in_pairs() {
    let judged = |model, question, score| {
        format!(
            "{{\"question_id\": {question}, \"model\": \"{model}\", \"judge\": [\"j\", \"p\"], \"score\": {score}, \"turn\": 1, \"tstamp\": 1}}\n"
        )
    };
    let text: String = [("x", 1, 9), ("y", 1, 7), ("z", 1, 7), ("x", 2, 5), ("y", 2, 6), ("x", 3, 4)]
        .map(|(model, question, score)| judged(model, question, score))
        .concat();
    let (ranking, _) = Files::new().with("mt_bench/model_judgment/j_single.jsonl", &text).rank(Request::default());
    // x beats y and z and y draws with z on the first item, y beats x on the second.
    assert_eq!((ranking.seen.battles, ranking.compared.items), (4, 2));
    assert!(ranking.clusters.is_some_and(|clusters| clusters.of_necessity && clusters.count == 2));
    assert!(!ranking.compared.direction_assumed);
}

/// Annotations of preference, the baseline's answer's length and the model's.
fn annotations(model: &str, verdicts: &[(f64, Option<usize>, usize)]) -> String {
    let row = |(question, (preference, baseline, own)): (usize, &(f64, Option<usize>, usize))| {
        let baseline = baseline.map_or(String::new(), |length| format!("\"output_1\": \"{}\", ", "b".repeat(length)));
        format!(
            "{{\"instruction\": \"q{question}\", \"generator_1\": \"base\", \"generator_2\": \"{model}\", \"annotator\": \"j\", \
             {baseline}\"output_2\": \"{}\", \"preference\": {preference}}}\n",
            "a".repeat(*own)
        )
    };
    verdicts.iter().enumerate().map(row).collect()
}

/// Longer answers are preferred.
const LONGER: [(f64, Option<usize>, usize); 6] = [
    (1.9, Some(10), 40),
    (1.8, Some(10), 30),
    (1.4, Some(20), 20),
    (1.2, Some(20), 15),
    (1.75, Some(5), 25),
    (1.6, Some(10), 12),
];

#[test]
fn length_is_held_fixed_against_a_baseline() {
    let files = Files::new().with("x.jsonl", &annotations("x", &LONGER));
    let (ranking, _) = files.rank(Request::default());
    let [run] = &ranking.against_baseline[..] else { panic!("{:?}", ranking.against_baseline) };
    assert_eq!((&*run.baseline, &*run.model, run.judge.as_deref(), run.verdicts), ("base", "x", Some("j"), 6));
    assert!((run.win_rate - 3.65 / 6.0).abs() < 1e-12);
    let controlled = run.length_controlled.unwrap();
    // From a Newton iteration of a few lines in Python.
    assert!((controlled.win_rate - 0.600_609_676_618).abs() < 1e-9, "{}", controlled.win_rate);
    assert!((controlled.weights.length - 0.069_497_187_881).abs() < 1e-9, "{}", controlled.weights.length);
    assert!(!run.is_far());
}

#[test]
fn without_all_lengths_there_is_no_length_controlled_win_rate() {
    let mut verdicts = LONGER;
    verdicts[2].1 = None;
    let text = annotations("x", &verdicts) + &annotations("y", &LONGER).replace("\"j\"", "\"k\"");
    let (ranking, _) = Files::new().with("x.jsonl", &text).rank(Request::default());
    let [without, with] = &ranking.against_baseline[..] else { panic!("{:?}", ranking.against_baseline) };
    assert_eq!((&*without.model, without.without_lengths, without.length_controlled), ("x", 1, None));
    assert!((without.win_rate - 3.65 / 6.0).abs() < 1e-12);
    assert_eq!((&*with.model, with.judge.as_deref(), with.without_lengths), ("y", Some("k"), 0));
    assert!(with.length_controlled.is_some());
}

#[test]
fn a_rate_far_from_the_verdicts_is_an_extrapolation() {
    let mut run = AgainstBaseline {
        baseline: "base".into(),
        model: "x".into(),
        judge: None,
        verdicts: 4,
        win_rate: 0.2,
        without_lengths: 0,
        length_controlled: None,
    };
    assert!(!run.is_far());
    let weights = RIDGE;
    for (win_rate, is_far) in [(0.09, true), (0.11, false), (0.39, false), (0.41, true)] {
        run.length_controlled = Some(LengthControlled { win_rate, standard_error: 0.01, weights });
        assert_eq!(run.is_far(), is_far, "{win_rate}");
    }
}

#[test]
fn files_without_a_baseline_have_no_win_rate_against_one() {
    let (ranking, _) = Files::new().with("a.csv", VOTES).rank(Request::default());
    assert_eq!(ranking.against_baseline, []);
}

#[test]
fn a_summary_against_a_baseline_is_counted() {
    let table =
        "model,win,loss,tie,win_rate,loss_rate,tie_rate\nx,9,7,64,0.1125,0.0875,0.8\ny,5,7,68,0.0625,0.0875,0.85\n";
    let (ranking, _) = Files::new().with("rating_pairwise_baseline.csv", table).rank(Request::default());
    assert_eq!((ranking.seen.battles, ranking.compared.summaries), (160, 2));
    let names: Vec<String> = rows(&ranking).iter().map(|row| row.split(' ').skip(1).collect()).collect();
    assert!(names[0].starts_with('x') && names[1].starts_with("thebaseline") && names[2].starts_with('y'), "{names:?}");
}

#[test]
fn nothing_to_rank_is_no_error() {
    let files = Files::new().with("a.csv", "model_a,model_b,winner\nA,A,tie\nA,B,?\n");
    let (ranking, diagnostics) = rank(&files.files, Request::default()).unwrap();
    assert!(ranking.is_none());
    assert_eq!(diagnostics.iter().map(|it| it.code).collect::<Vec<_>>(), ["unreadable-judgment"]);
}

#[test]
fn a_missing_file_is_reported() {
    let files = [VoteFile { path: "no/such/file.csv".into(), shown: "no/such/file.csv".into() }];
    let (ranking, diagnostics) = rank(&files, Request::default()).unwrap();
    assert!(ranking.is_none());
    assert_eq!(diagnostics.iter().map(|it| it.code).collect::<Vec<_>>(), ["unreadable-file"]);
}

/// Two equal models of which the longer answer wins three times of four.
fn longer_wins() -> String {
    let said = |length: usize| {
        format!(
            "[{{\"role\": \"user\", \"content\": \"?\"}}, {{\"role\": \"assistant\", \"content\": \"{}\"}}]",
            "a".repeat(length)
        )
    };
    let row = |a: &str, b: &str, lengths: [usize; 2], winner: &str| {
        format!(
            "{{\"model_a\": \"{a}\", \"model_b\": \"{b}\", \"winner\": \"{winner}\", \"conversation_a\": {}, \"conversation_b\": {}}}\n",
            said(lengths[0]),
            said(lengths[1])
        )
    };
    let mut text = String::new();
    for number in 0..400 {
        let winner = if number % 4 == 0 { "model_b" } else { "model_a" };
        text += &row("x", "y", [20, 10], winner);
        // Only every second time: by wins alone, x is better.
        if number % 8 < 4 {
            text += &row("y", "x", [20, 10], winner);
        }
    }
    text
}

#[test]
fn style_is_held_fixed_where_lengths_are_known() {
    let text = longer_wins() + "{\"model_a\": \"x\", \"model_b\": \"y\", \"winner\": \"tie\"}\n";
    let files = Files::new().with("a.jsonl", &text);
    let request = Request { style: true, ..Request::default() };
    let (ranking, _) = files.rank(request);
    let style = ranking.style.unwrap();
    assert_eq!((style.battles, style.without_lengths), (600, 1));
    let [Some(fit)] = &style.islands[..] else { panic!("{:?}", style.islands) };
    // The ridge takes a little: without it ratings are 1000 and the effect is 400 log10 3 = 190.85.
    assert!(fit.rows.iter().all(|row| (row.rating - 1000.0).abs() < 0.3 && row.standard_error > 1.0), "{fit:?}");
    let effect = fit.effect.unwrap();
    assert!((effect.twice - 400.0 * 3f64.log10()).abs() < 1.5, "{effect:?}");
    // (400 − 200)² of 600².
    assert!((effect.between_models - 1.0 / 9.0).abs() < 1e-12, "{effect:?}");
    let raw: Vec<f64> = ranking.standings.islands[0].rows.iter().map(|row| row.rating).collect();
    assert!(raw[0] > raw[1] + 20.0, "{raw:?}");
    assert_eq!(files.rank(Request::default()).0.style, None);
}

#[test]
fn style_is_not_invented() {
    let request = Request { style: true, ..Request::default() };
    let style = Files::new().with("a.csv", VOTES).rank(request).0.style.unwrap();
    assert_eq!((style.battles, style.without_lengths, &style.islands[..]), (0, 4, &[None][..]));
    let equal = longer_wins().replace(&"a".repeat(20), &"b".repeat(10));
    let style = Files::new().with("a.jsonl", &equal).rank(request).0.style.unwrap();
    assert!(style.islands[0].as_ref().is_some_and(|fit| fit.effect.is_none()));
}
