//! Ranks the boards of small sites with the program itself: known numbers in, places and intervals out.
#![allow(clippy::disallowed_methods, reason = "tests write the sites they rank")]

mod support;

use serde_json::Value;
use support::{Site, table, text};

/// The standings of the board `b`, which has this definition.
fn rank(site: Site, definition: &str) -> (Site, Value) {
    let site =
        site.file("data/boards/b.toml", format!("title = {{ zh = '榜', en = 'B' }}\nsummary = 'S'\n{definition}"));
    let run = site.run(&["rank", "b", "--format", "json"]);
    assert_eq!(run.code(), 0, "{}", run.problems());
    let json = serde_json::from_str(&run.says()).unwrap();
    (site, json)
}

/// Place, best and worst rank and verdict of each row.
fn standings(ranked: &Value) -> Vec<String> {
    let row = |row: &Value| {
        let number = |value: &Value| value.as_u64().map_or("-".to_owned(), |number| number.to_string());
        let verdict = row["below"]["verdict"].as_str().unwrap_or("-");
        let [place, best, worst] = ["place", "rank_best", "rank_worst"].map(|key| number(&row[key]));
        format!("{} {place} {best}-{worst} {verdict}", row["name"].as_str().unwrap())
    };
    ranked["rows"].as_array().unwrap().iter().map(row).collect()
}

fn composites(ranked: &Value) -> Vec<(String, f64)> {
    let rows = ranked["rows"].as_array().unwrap().iter();
    rows.map(|row| (row["name"].as_str().unwrap().to_owned(), row["composite"].as_f64().unwrap())).collect()
}

/// A run of EvalPlus over twenty items, of which the model solves those numbered below `solved`, with the items it
/// is the mean of.
fn evalplus(solved: usize) -> String {
    let item = |index: usize| {
        let status = if index < solved { "pass" } else { "fail" };
        format!(
            r#""HumanEval/{index}": [{{"task_id": "HumanEval/{index}", "base_status": "{status}", "plus_status": "{status}"}}]"#
        )
    };
    let items = (0..20).map(item).collect::<Vec<_>>().join(", ");
    let rate = solved as f64 / 20.0;
    format!(
        r#"{{"date": "2024-08-08 17:18", "hash": "abc", "pass_at_k": {{"base": {{"pass@1": {rate}}}, "plus": {{"pass@1": {rate}}}}}, "eval": {{{items}}}}}"#
    )
}

fn with_items(solved: [usize; 2]) -> Site {
    Site::new()
        .file("data/benchmarks/humaneval.toml", "name = 'HumanEval'\nsummary = 'S'\n")
        .file("data/models/org/a.toml", "name = 'A'\naliases = ['m-a']\n")
        .file("data/models/org/b.toml", "name = 'B'\naliases = ['m-b']\n")
        .file("data/results/run/humaneval/m-a_hf_temp_0.0_eval_results.json", evalplus(solved[0]))
        .file("data/results/run/humaneval/m-b_hf_temp_0.0_eval_results.json", evalplus(solved[1]))
}

const OVER_ITEMS: &str =
    "aggregate = 'mean'\ngap_that_matters = 60\n[[columns]]\nbenchmark = 'humaneval'\nmetric = 'pass@1'\n";

#[test]
fn six_items_that_only_one_solves_separate_two_and_five_do_not() {
    // The exact McNemar test: 2 / 2⁶ = 0.031, 2 / 2⁵ = 0.063.
    let (site, six) = rank(with_items([16, 10]), OVER_ITEMS);
    assert_eq!((six["evidence"].as_str(), six["pairs"].as_u64()), (Some("shared-items"), Some(1)));
    assert_eq!(standings(&six), ["A 1 1-1 separated", "B 2 2-2 -"]);
    site.build();
    let page = text(&site.page("en/boards/b.html"));
    assert!(page.contains("exact McNemar test") && page.contains("over the items they share"), "{page}");
    let (_, five) = rank(with_items([15, 10]), OVER_ITEMS);
    assert_eq!(standings(&five), ["A 1 1-2 tied", "B 1 1-2 -"]);
    let (_, careful) = rank(with_items([15, 10]), &OVER_ITEMS.replace("60", "20"));
    assert_eq!(standings(&careful)[0], "A 1 1-2 underpowered", "a gap of 20 points would probably have been missed");
}

#[test]
fn the_answers_behind_paired_verdicts_are_there_for_the_script() {
    let header = "model,benchmark,value,unit,metric,standard_error\n";
    let site = with_items([16, 10])
        .file("data/results/table/x.csv", format!("{header}org/c,humaneval,0.05,fraction,pass@1,0.1\n"));
    let (site, _) = rank(site, OVER_ITEMS);
    site.build();
    let script = site.page("data/boards/b.answers.js");
    let json =
        script.strip_prefix(r#"(self.tianti??={})["boards/b/answers"]="#).and_then(|rest| rest.strip_suffix(';'));
    let answers: Value = serde_json::from_str(json.unwrap()).unwrap();
    let of = |row: &str| answers["0"][row].as_str().unwrap_or_default().to_owned();
    let both: Vec<(char, char)> = of("0").chars().zip(of("1").chars()).collect();
    let count = |pair| both.iter().filter(|both| **both == pair).count();
    assert_eq!([('1', '1'), ('1', '0'), ('0', '1'), ('0', '0')].map(count), [10, 6, 0, 4]);
    assert_eq!(answers["0"].as_object().unwrap().len(), 2, "nothing is known of the third row's items");
    assert!(site.page("data/boards/b.js").contains(r#""answers":true"#));
}

/// The same runs over items of five repositories, four each.
fn with_clusters(rule: &str) -> Site {
    let run = |solved| {
        (0..20).fold(evalplus(solved), |text, index| {
            text.replace(&format!("HumanEval/{index}\""), &format!("HumanEval/repo-{}-{index}\"", index / 4))
        })
    };
    with_items([16, 10])
        .file("data/benchmarks/humaneval.toml", format!("name = 'HumanEval'\nsummary = 'S'\n{rule}"))
        .file("data/results/run/humaneval/m-a_hf_temp_0.0_eval_results.json", run(16))
        .file("data/results/run/humaneval/m-b_hf_temp_0.0_eval_results.json", run(10))
}

const BY_REPOSITORY: &str = "[clusters]\nby = { zh = '代码仓库', en = 'repository' }\nbefore_last = '-'\n";

#[test]
fn items_of_one_repository_are_one_unit_of_errors_and_tests() {
    let errors = |ranked: &Value| -> Vec<f64> {
        let rows = ranked["rows"].as_array().unwrap().iter();
        rows.map(|row| row["standard_error"].as_f64().unwrap()).collect()
    };
    let (_, single) = rank(with_clusters(""), OVER_ITEMS);
    assert!((errors(&single)[0] - 9.1766).abs() < 1e-3, "{single}");
    assert_eq!(standings(&single)[0], "A 1 1-1 separated");
    // Distances to 0.8 add up to 0.8 in four repositories and to -3.2 in one: √(5/4 · (4 · 0.64 + 10.24)) / 20.
    let (site, clustered) = rank(with_clusters(BY_REPOSITORY), OVER_ITEMS);
    assert!((errors(&clustered)[0] - 20.0).abs() < 1e-9, "{clustered}");
    // They differ in two repositories: half of the patterns of signs are as extreme.
    assert_eq!(standings(&clustered)[0], "A 1 1-2 tied");
    let text_of = |path: &str| text(&site.page(path));
    site.build();
    let page = text_of("en/boards/b.html");
    for words in [
        "HumanEval, by repository",
        "5 clusters, of 20 items",
        "fewer than 40 clusters",
        "Liang and Zeger",
        "those of a cluster of items together",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(text_of("zh/boards/b.html").contains("按代码仓库分组"));
    assert!(site.page("en/benchmarks/humaneval.html").contains("Items belong together by</dt><dd>repository"));
    assert!(site.page("data/boards/b.json").contains(r#""items":20,"clusters":5"#));
    // The script's test of pairs would take the items for independent.
    assert!(!site.out().join("data/boards/b.answers.js").exists());
}

#[test]
fn an_item_that_two_columns_share_is_one_unit_of_their_mean() {
    // Both sets of tests over the same twenty tasks, with the same outcomes: the mean is as sure as one of them.
    let site = with_items([15, 10])
        .file("data/benchmarks/humaneval-plus.toml", "name = 'HumanEval+'\naliases = ['humaneval+']\nsummary = 'S'\n");
    let columns = format!("{OVER_ITEMS}[[columns]]\nbenchmark = 'humaneval-plus'\nmetric = 'pass@1'\n");
    let (site, both) = rank(site, &columns);
    site.build();
    assert!(text(&site.page("en/boards/b.html")).contains("Some items stand in two columns"));
    let (_, one) = rank(with_items([15, 10]), OVER_ITEMS);
    let error = |ranked: &Value| ranked["rows"][0]["standard_error"].as_f64().unwrap();
    assert!((error(&both) - error(&one)).abs() < 1e-9, "{} {}", error(&both), error(&one));
    // Five items differ, p = 0.063; as ten units they would separate the two.
    assert_eq!((standings(&both), both["columns"].as_u64()), (standings(&one), Some(2)));
}

#[test]
fn a_rule_by_which_no_items_belong_together_is_reported_and_changes_nothing() {
    let (site, ranked) = rank(with_clusters(&BY_REPOSITORY.replace("'-'", "'::'")), OVER_ITEMS);
    assert_eq!(standings(&ranked)[0], "A 1 1-1 separated");
    let run = site.run(&["check"]);
    assert!(run.problems().contains("warning[no-clusters]: no two of the 20 items"), "{}", run.problems());
    // Without results of single items nothing can be reckoned over clusters, which the page says.
    let site = with_table("org/a,quiz,0.7,fraction,acc,0.1\n")
        .file("data/benchmarks/quiz.toml", format!("name = 'Quiz'\nsummary = 'S'\n{BY_REPOSITORY}"));
    let (site, _) = rank(site, "aggregate = 'mean'\n[[columns]]\nbenchmark = 'quiz'\n");
    site.build();
    assert!(
        text(&site.page("en/boards/b.html")).contains("Quiz: items belong together by repository, but there are no")
    );
    // All in one cluster: nothing is known of other clusters, whatever the number of items.
    let (_, one) = rank(with_clusters(&BY_REPOSITORY.replace("'-'", "'epo-'")), OVER_ITEMS);
    assert_eq!((one["evidence"].as_str(), one["rows"][0]["standard_error"].as_f64()), (Some("none"), None));
}

#[test]
fn both_turns_of_a_question_are_one_unit() {
    let judgment = |model: &str, turn: usize, question: usize, score: usize| {
        format!(
            r#"{{"question_id": {question}, "model": "{model}", "judge": ["gpt-4", "single-v1"], "score": {score}, "turn": {turn}}}"#
        )
    };
    let scores = [[2, 4, 6, 8], [1, 3, 7, 9]];
    let lines: Vec<String> = (1..=2)
        .flat_map(|turn| (0..4).map(move |question| judgment("a-raw", turn, question, scores[turn - 1][question])))
        .collect();
    let clusters = "[clusters]\nby = 'question'\n";
    let error = |rule: &str| {
        let site = Site::new()
            .file("data/benchmarks/mt.toml", format!("name = 'mt_bench'\nsummary = 'S'\n{rule}"))
            .file("data/results/run/data/mt_bench/model_judgment/gpt-4_single.jsonl", lines.join("\n"))
            .file(
                "data/results/run/x.csv",
                "model,benchmark,subset,value,unit,metric\na-raw,mt,turn 1,5,points,score\na-raw,mt,turn 2,5,points,score\n",
            );
        let columns = "aggregate = 'mean'\n[[columns]]\nbenchmark = 'mt'\nsubsets = ['turn 1', 'turn 2']\n";
        let (_, ranked) = rank(site, columns);
        ranked["rows"][0]["standard_error"].as_f64().unwrap()
    };
    // Turn by turn √(20/12) and √(40/12); together the questions' means 1.5, 3.5, 6.5 and 8.5: √(29/12).
    assert!((error("") - (60.0_f64 / 12.0).sqrt() / 2.0).abs() < 1e-9);
    assert!((error(clusters) - (29.0_f64 / 12.0).sqrt()).abs() < 1e-9, "{}", error(clusters));
}

#[test]
fn a_board_without_item_results_has_no_file_of_answers() {
    let site = Site::with_board();
    site.build();
    assert!(!site.out().join("data/boards/main.answers.js").exists());
    assert!(site.page("data/boards/main.js").contains(r#""answers":false"#));
}

#[test]
fn a_row_without_item_results_is_compared_unpaired_and_the_others_stay_paired() {
    let header = "model,benchmark,value,unit,metric,standard_error\n";
    let third = |score: f64| {
        with_items([16, 10])
            .file("data/results/table/x.csv", format!("{header}org/c,humaneval,{score},fraction,pass@1,0.1\n"))
    };
    // A and B differ in six items, p = 0.031: enough by Holm once the pairs with C are apart, too little while they are not.
    let (site, ranked) = rank(third(0.05), OVER_ITEMS);
    assert_eq!((ranked["evidence"].as_str(), ranked["pairs"].as_u64()), (Some("some-shared-items"), Some(3)));
    let paired: Vec<_> =
        ranked["rows"].as_array().unwrap().iter().map(|row| row["below"]["paired"].as_bool()).collect();
    assert_eq!(paired, [Some(true), Some(false), None]);
    assert_eq!(standings(&ranked), ["A 1 1-1 separated", "B 2 2-2 separated", "org/c 3 3-3 -"]);
    site.build();
    let page = site.page("en/boards/b.html");
    assert!(page.contains("such pairs are marked “unpaired”"), "{page}");
    assert!(page.contains("separated</span><span class=tag>unpaired<"), "{page}");
    let (_, close) = rank(third(0.4), OVER_ITEMS);
    assert!(standings(&close)[0].starts_with("A 1 1-2"), "{:?}", standings(&close));
}

fn with_table(rows: &str) -> Site {
    let header = "model,benchmark,value,unit,metric,standard_error\n";
    Site::new().file("data/results/run/x.csv", format!("{header}{rows}"))
}

#[test]
fn standard_errors_of_the_file_decide_where_there_are_no_items() {
    let (site, ranked) = rank(
        with_table("org/a,quiz,70,percent,acc,1\norg/b,quiz,69,percent,acc,1\norg/c,quiz,60,percent,acc,1\n"),
        "aggregate = 'mean'\n[[columns]]\nbenchmark = 'quiz'\n",
    );
    assert_eq!(ranked["evidence"], "standard-errors");
    assert_eq!(standings(&ranked), ["Model A 1 1-2 underpowered", "Model B 1 1-2 separated", "org/c 3 3-3 -"]);
    let critical = ranked["critical"].as_f64().unwrap();
    assert!(
        (1.96..2.344).contains(&critical),
        "below the studentised range of three over √2, for step-down leaves one pair: {critical}"
    );
    site.build();
    let rows = table(&site.page("en/boards/b.html"), "board");
    assert_eq!(rows[1], "|1= 1–2|Model AOrganisation|70±2|1/1|70");
    assert!(text(&site.page("zh/boards/b.html")).contains("两个模型按各自分数的标准误比较"));
}

#[test]
fn equal_rows_have_the_same_neighbours_in_every_run() {
    let rows: String = (0..12).map(|model| format!("org/m{model},quiz,70,percent,acc,1\n")).collect();
    let (site, first) = rank(with_table(&rows), "aggregate = 'mean'\n[[columns]]\nbenchmark = 'quiz'\n");
    for _ in 0..4 {
        let again: Value = serde_json::from_str(&site.run(&["rank", "b", "--format", "json"]).says()).unwrap();
        assert_eq!(again, first);
    }
}

#[test]
fn a_share_of_known_items_has_the_error_of_a_proportion() {
    let site = Site::new().file(
        "data/results/run/x.csv",
        "model,benchmark,value,unit,metric,items\norg/a,quiz,0.5,fraction,acc,100\norg/b,quiz,0.9,fraction,bleu,100\n",
    );
    let definition = "aggregate = 'mean'\n[[columns]]\nbenchmark = 'quiz'\nmetric = 'acc'\n";
    let (_, ranked) = rank(site, definition);
    assert_eq!(ranked["rows"][0]["standard_error"].as_f64(), Some(5.0), "100 √(0.5 · 0.5 / 100)");
    let bleu = Site::new()
        .file("data/results/run/x.csv", "model,benchmark,value,unit,metric,items\norg/b,quiz,0.9,fraction,bleu,100\n");
    let (_, unknown) = rank(bleu, "aggregate = 'mean'\n[[columns]]\nbenchmark = 'quiz'\n");
    assert_eq!(unknown["rows"][0]["standard_error"], Value::Null, "nobody says that it is a share of items");
}

/// Six models with scores in three columns.
const SCORES: [[f64; 3]; 4] = [[90.0, 80.0, 70.0], [80.0, 80.0, 60.0], [70.0, 40.0, 80.0], [10.0, 20.0, 30.0]];

fn with_scores() -> Site {
    let rows = SCORES.iter().zip(["org/a", "org/b", "org/c", "org/d"]).flat_map(|(row, model)| {
        row.iter()
            .zip(["quiz", "sums", "more"])
            .map(move |(score, benchmark)| format!("{model},{benchmark},{score},percent,acc,\n"))
    });
    with_table(&rows.collect::<String>())
        .file("data/benchmarks/more.toml", "name = 'More'\nsummary = 'S'\nchance = 0.2\n")
        .file("data/models/org/c.toml", "name = 'C'\n")
        .file("data/models/org/d.toml", "name = 'D'\n")
}

fn columns(groups: [&str; 3]) -> String {
    let column =
        |(benchmark, group): (&str, &str)| format!("[[columns]]\nbenchmark = '{benchmark}'\ngroup = '{group}'\n");
    ["quiz", "sums", "more"].into_iter().zip(groups).map(column).collect()
}

fn aggregate(name: &str) -> Vec<(String, f64)> {
    let (site, ranked) = rank(with_scores(), &format!("aggregate = '{name}'\n{}", columns(["x", "x", "y"])));
    site.build();
    let page = text(&site.page("en/boards/b.html"));
    assert!(page.contains("Method"), "{page}");
    composites(&ranked)
}

fn assert_close(found: &[(String, f64)], expected: [(&str, f64); 4]) {
    for ((name, value), (wanted, number)) in found.iter().zip(expected) {
        assert!(name == wanted && (value - number).abs() < 1e-9, "{found:?}, {expected:?}");
    }
}

#[test]
fn each_aggregate_gives_its_numbers() {
    assert_close(&aggregate("mean"), [("Model A", 80.0), ("Model B", 220.0 / 3.0), ("C", 190.0 / 3.0), ("D", 20.0)]);
    assert_close(
        &aggregate("category-balanced-mean"),
        [("Model A", 77.5), ("Model B", 70.0), ("C", 67.5), ("D", 22.5)],
    );
    // Wins of three in each column: A 3 2.5 2, B 2 2.5 1, C 1 1 3.
    assert_close(
        &aggregate("mean-win-rate"),
        [("Model A", 7.5 / 9.0), ("Model B", 5.5 / 9.0), ("C", 5.0 / 9.0), ("D", 0.0)],
    );
    assert_close(&aggregate("borda"), [("Model A", 7.5), ("Model B", 5.5), ("C", 5.0), ("D", 0.0)]);
    let above = |raw: [f64; 3]| {
        raw.iter()
            .zip([25.0, 0.0, 20.0])
            .map(|(raw, chance)| ((raw - chance) / (100.0 - chance) * 100.0).max(0.0))
            .sum::<f64>()
            / 3.0
    };
    let normalised = aggregate("chance-normalised-mean");
    assert_close(
        &normalised,
        [
            ("Model A", above(SCORES[0])),
            ("Model B", above(SCORES[1])),
            ("C", above(SCORES[2])),
            ("D", above(SCORES[3])),
        ],
    );
    let distance = aggregate("pooled-sd-distance");
    assert!(distance[0].0 == "Model A" && distance[3].0 == "D" && distance[0].1 < distance[3].1, "{distance:?}");
    let ability = aggregate("latent-ability");
    assert!(ability[0].0 == "Model A" && ability[3].0 == "D" && ability[0].1 > ability[3].1, "{ability:?}");
}

#[test]
fn abilities_have_intervals_where_the_errors_of_scores_are_known() {
    let row = |model: &str, scores: [f64; 3]| -> String {
        let line = |(column, score)| format!("org/{model},{column},{score},percent,f1,1\n");
        ["quiz", "sums", "more"].into_iter().zip(scores).map(line).collect()
    };
    let rows = row("a", [80.0, 70.0, 60.0]) + &row("b", [79.5, 70.5, 60.0]) + &row("c", [50.0, 40.0, 30.0]);
    let mut site = with_table(&rows);
    for column in ["sums", "more"] {
        site = site.file(&format!("data/benchmarks/{column}.toml"), format!("name = '{column}'\nsummary = 'S'\n"));
    }
    let (_, ranked) = rank(site, &format!("aggregate = 'latent-ability'\n{}", columns(["x", "x", "y"])));
    assert_eq!(ranked["evidence"], "standard-errors");
    let standings: Vec<String> =
        standings(&ranked).iter().map(|row| row.rsplit_once(' ').unwrap().0.to_owned()).collect();
    assert!(standings[2] == "org/c 3 3-3" && standings[..2].iter().all(|row| row.ends_with(" 1 1-2")), "{standings:?}");
}

#[test]
fn without_errors_and_with_few_columns_there_is_no_interval_and_the_page_says_so() {
    let (site, ranked) = rank(with_scores(), &format!("aggregate = 'mean'\n{}", columns(["x", "x", "y"])));
    assert_eq!((&ranked["evidence"], &ranked["rows"][0]["rank_best"]), (&"none".into(), &Value::Null));
    site.build();
    let page = text(&site.page("en/boards/b.html"));
    assert!(page.contains("no interval is made up") && !page.contains("±"), "{page}");
}

#[test]
fn with_many_columns_models_are_compared_over_them() {
    let rows: String = (0..12)
        .flat_map(|column| {
            let [a, b, c] = [80.0 + f64::from(column % 3), 79.0 + f64::from(column % 4), 30.0 + f64::from(column % 2)];
            [("org/a", a), ("org/b", b), ("org/c", c)]
                .map(|(model, score)| format!("{model},k{column},{score},percent,f1,\n"))
        })
        .collect();
    let mut site = with_table(&rows);
    let mut definition = "aggregate = 'mean'\n".to_owned();
    for column in 0..12 {
        site = site.file(&format!("data/benchmarks/k{column}.toml"), format!("name = 'K{column}'\nsummary = 'S'\n"));
        definition += &format!("[[columns]]\nbenchmark = 'k{column}'\n");
    }
    let (_, ranked) = rank(site, &definition);
    assert_eq!(ranked["evidence"], "columns");
    assert_eq!(
        standings(&ranked).iter().map(|row| row.rsplit_once(' ').unwrap().0).collect::<Vec<_>>(),
        ["Model A 1 1-2", "Model B 1 1-2", "org/c 3 3-3"]
    );
}

#[test]
fn a_row_with_a_gap_has_bounds_and_its_gap_no_value() {
    let more = "model,benchmark,value,unit,metric\norg/e,quiz,95,percent,acc\norg/e,sums,90,percent,acc\n";
    for (name, bounds) in [("mean", "- 1-3"), ("borda", "- 1-1")] {
        let site = with_scores().file("data/results/run/more.csv", more).file("data/models/org/e.toml", "name = 'E'\n");
        let (_, ranked) = rank(site, &format!("aggregate = '{name}'\n{}", columns(["x", "x", "y"])));
        let row = standings(&ranked).pop().unwrap();
        assert!(row.starts_with(&format!("E {bounds}")), "{name}: {row}");
        assert_eq!(
            composites(&Value::from_iter([("rows", ranked["rows"].as_array().unwrap()[..4].to_vec())])).len(),
            4
        );
    }
}

#[test]
fn the_order_of_rows_and_files_does_not_matter() {
    let rows = ["org/a,quiz,70,percent,acc,1\n", "org/b,quiz,69,percent,acc,2\n", "org/c,quiz,60,percent,acc,3\n"];
    let definition = "aggregate = 'mean'\n[[columns]]\nbenchmark = 'quiz'\n";
    let (_, forwards) = rank(with_table(&rows.concat()), definition);
    let backwards: String = rows.iter().rev().copied().collect();
    assert_eq!(forwards, rank(with_table(&backwards), definition).1);
}

#[test]
fn a_board_is_printed_in_every_format_and_an_unknown_one_is_said() {
    let (site, _) = rank(with_scores(), &format!("aggregate = 'mean'\n{}", columns(["x", "x", "y"])));
    let print = |format: &str| site.run(&["rank", "b", "--format", format]).says();
    assert!(print("text").contains("    1         Model A      80.00"), "{}", print("text"));
    assert!(print("md").contains("| 1 |  | Model A | 80.00 |"), "{}", print("md"));
    assert!(print("csv").contains("\n1,,,org/a,Model A,80,,3,3,"), "{}", print("csv"));
    let unknown = site.run(&["rank", "c"]);
    assert_ne!(unknown.code(), 0);
    assert!(unknown.problems().contains("neither a file nor the id of a board"), "{}", unknown.problems());
}

#[test]
fn a_model_may_have_seen_a_benchmark_only_if_its_data_end_later() {
    let card = |name: &str, dates: &str| format!("name = '{name}'\n{dates}\n");
    let site = with_table("org/a,quiz,70,percent,acc,1\norg/b,quiz,60,percent,acc,1\norg/c,quiz,50,percent,acc,1\n")
        .file("data/benchmarks/quiz.toml", "name = 'Quiz'\nsummary = 'S'\npublished = '2023-06'\n")
        .file(
            "data/models/org/a.toml",
            card("A", "released = '2024'\ncutoff = { date = '2023-01', source = 'https://example.org/card' }"),
        )
        .file("data/models/org/b.toml", card("B", "released = '2023-07-01'"))
        .file("data/models/org/c.toml", card("C", "released = '2023'"));
    let (site, _) = rank(site, "aggregate = 'mean'\n[[columns]]\nbenchmark = 'quiz'\n");
    site.build();
    let page = site.page("en/boards/b.html");
    assert!(site.page("en/models/org/a.html").contains("\"https://example.org/card\">2023-01</a>"));
    // B may have, A cannot, and of C only the year is known.
    let counts = "<td>2023-06</td><td class=number>1</td><td class=number>1</td><td class=number>1</td>";
    assert!(page.contains(counts), "{page}");
    assert!(text(&site.page("zh/models/org/a.html")).contains("训练数据截至"));
}
