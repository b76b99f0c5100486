//! Builds small sites with the program itself and looks at what comes out.
#![allow(clippy::disallowed_methods, reason = "tests write the sites they build")]

mod support;

use std::fs;
use support::{BOARD, Site, table, text};

#[test]
fn a_board_ranks_by_the_mean_of_its_columns_in_percent() {
    let site = Site::with_board();
    let run = site.build();
    assert_eq!(
        table(&site.page("en/boards/main.html"), "board")[1..],
        ["|1|Model AOrganisation|50.3|2/2|60.5|40.0", "|1|Model BOrganisation|50.3|2/2|70.0|30.5"]
            .map(|row| row.replace("|1|", "|1=|"))
    );
    assert!(run.says().contains("1 board, 2 models, 2 benchmarks"), "{}", run.says());
    assert!(run.says().contains("index.html"));
}

#[test]
fn a_row_with_a_gap_shows_a_dash_and_gets_no_place() {
    let site = Site::with_board().file(
        "data/results/run/more.csv",
        "model,benchmark,value,unit,metric,shots\norg/c,quiz,99,percent,acc,5\norg/d,quiz,NaN,percent,acc,5\n",
    );
    let site =
        site.file("data/models/org/c.toml", "name = 'Model C'\n").file("data/models/org/d.toml", "name = 'Model D'\n");
    site.build();
    let rows = table(&site.page("en/boards/main.html"), "board");
    assert_eq!(rows[3], "|— 1|Model COrganisationtoo few scores|—|1/2|99.0|—", "first, whatever the gap hides");
    assert!(rows.iter().all(|row| !row.contains("Model D")), "a missing score is no row");
    assert!(site.page("en/models/org/d.html").contains("NaN"), "what the file wrote is shown");
}

#[test]
fn a_lower_minimum_coverage_ranks_what_is_there() {
    let board = BOARD.replace("aggregate", "minimum_coverage = 0.5\naggregate");
    let more = "model,benchmark,value,unit,metric,shots\norg/c,quiz,99,percent,acc,5\n";
    let site = Site::with_board().file("data/boards/main.toml", board).file("data/results/run/more.csv", more);
    let site = site.file("data/models/org/c.toml", "name = 'Model C'\n");
    site.build();
    assert_eq!(table(&site.page("en/boards/main.html"), "board")[1], "|1|Model COrganisation|99.0|1/2|99.0|—");
}

#[test]
fn scores_under_another_protocol_stand_beside_with_the_field_named() {
    let site = Site::with_board().file(
        "data/results/run/zero.csv",
        "model,benchmark,value,unit,metric,shots\norg/a,quiz,10,percent,acc,0\norg/b,sums,0.9,fraction,acc,\n",
    );
    site.build();
    let page = site.page("en/boards/main.html");
    assert!(
        table(&page, "board").iter().all(|row| !row.contains("10.0") && !row.contains("90")),
        "never in the column"
    );
    let csv = site.page("data/boards/main.csv");
    assert!(csv.contains(",60.5,40") && csv.contains(",70,30.5"), "{csv}");
    let beside = text(&page[page.find("id=beside").expect("a section of what is beside")..]);
    assert!(beside.contains("Shots") && beside.contains('5') && beside.contains('0'), "{beside}");
}

#[test]
fn an_unknown_field_is_accepted_only_where_the_board_says_so() {
    let more = "model,benchmark,value,unit,metric,shots\norg/c,quiz,99,percent,acc,\norg/c,sums,0.5,fraction,acc,\n";
    let site = Site::with_board().file("data/results/run/more.csv", more);
    let site = site.file("data/models/org/c.toml", "name = 'Model C'\n");
    site.build();
    assert!(!table(&site.page("en/boards/main.html"), "board").iter().any(|row| row.contains("Model C")));
    let site = site.file("data/boards/main.toml", BOARD.replace("material", "unknown = 'accept'\nmaterial"));
    site.build();
    assert_eq!(table(&site.page("en/boards/main.html"), "board")[1], "|1|Model COrganisation|74.5|2/2|99.0|50.0");
}

#[test]
fn records_that_are_accepted_without_a_field_do_not_let_others_differ_in_it() {
    let scores = "model,benchmark,value,unit,metric,shots\norg/a,quiz,10,percent,acc,\norg/b,quiz,20,percent,acc,\n\
        org/c,quiz,30,percent,acc,5\norg/d,quiz,40,percent,acc,5\norg/e,quiz,50,percent,acc,0\n";
    let board = "title = 'T'\nsummary = 'S'\naggregate = 'mean'\nmaterial = ['shots']\nunknown = 'accept'\n\
        [[columns]]\nbenchmark = 'quiz'\n";
    let site = Site::new().file("data/results/s.csv", scores).file("data/boards/main.toml", board);
    site.build();
    let rows = table(&site.page("en/boards/main.html"), "board");
    assert_eq!(rows.len(), 1 + 4, "{rows:?}");
    assert!(!rows.iter().any(|row| row.contains("org/e")), "5 and 0 shots in one column: {rows:?}");
}

#[test]
fn what_cannot_be_averaged_is_an_error_and_no_board() {
    let scores = "model,benchmark,value,unit,metric\norg/a,quiz,10,percent,acc\norg/a,sums,20,points,bleu\norg/a,sums,3,points,ter\n";
    let site = Site::new()
        .file("data/results/s.csv", scores)
        .file("data/boards/main.toml", BOARD.replace("material = ['shots']", ""));
    let run = site.run(&["build"]);
    assert!(run.problems().contains("data/boards/main.toml:8:13: error[ambiguous-metric]"), "{}", run.problems());
    assert!(run.problems().contains("error[mixed-units]"), "{}", run.problems());
}

#[test]
fn an_address_in_a_result_file_cannot_act() {
    let scores = "model,benchmark,value,url\norg/a,quiz,10,javascript:alert(1)\norg/b,quiz,20,https://example.org/b\n";
    let site = Site::new().file("data/results/s.csv", scores);
    let run = site.run(&["build"]);
    assert!(run.problems().contains("data/results/s.csv:2:15: error[not-a-web-address]"), "{}", run.problems());
    let site = site.file("data/results/s.csv", scores.replace("javascript:alert(1)", ""));
    site.build();
    assert!(site.page("en/models/org/b.html").contains("href=\"https://example.org/b\""));
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_reported_and_not_followed() {
    let site = Site::with_board();
    std::os::unix::fs::symlink("/etc/hostname", site.root().join("data/results/run/link.csv")).unwrap();
    let run = site.build();
    assert!(run.problems().contains("data/results/run/link.csv: warning[symbolic-link]"), "{}", run.problems());
}

#[test]
fn claims_stand_in_their_own_column_and_do_not_count() {
    let board =
        format!("{BOARD}[[columns]]\nbenchmark = 'quiz'\nlabel = 'Claimed'\nrole = 'beside'\nreporter = 'claimed'\n")
            .replace("benchmark = 'quiz'\n[[", "benchmark = 'quiz'\nreporter = 'measured'\n[[");
    let claims = "model,benchmark,value,unit,metric,shots,reporter\norg/a,quiz,99.9,percent,acc,5,claimed\n";
    let site = Site::with_board().file("data/boards/main.toml", board).file("data/results/run/claims.csv", claims);
    site.build();
    let rows = table(&site.page("en/boards/main.html"), "board");
    assert_eq!(rows[1], "|1=|Model AOrganisation|50.3|2/2|60.5|40.0|99.9‡ claimed by the model’s maker ");
}

#[test]
fn a_column_may_state_what_its_own_scores_must_agree_on() {
    let claimed = |material: &str| {
        format!("{BOARD}[[columns]]\nbenchmark = 'quiz'\nlabel = 'Claimed'\nrole = 'beside'\nreporter = 'claimed'\n{material}")
            .replace("benchmark = 'quiz'\n[[", "benchmark = 'quiz'\nreporter = 'measured'\n[[")
    };
    let claims = "model,benchmark,value,unit,metric,reporter\norg/a,quiz,99.9,percent,acc,claimed\n";
    let site =
        Site::with_board().file("data/boards/main.toml", claimed("")).file("data/results/run/claims.csv", claims);
    let row = |site: &Site| table(&site.page("en/boards/main.html"), "board")[1].clone();
    site.build();
    assert!(row(&site).contains("|100† measured otherwise"), "no shots stated: {}", row(&site));
    let site = site.file("data/boards/main.toml", claimed("material = []\n"));
    site.build();
    assert!(row(&site).contains("|99.9‡"), "{}", row(&site));
    assert!(text(&site.page("en/boards/main.html")).contains("Some columns have a list of their own"));
}

/// Scores of both models with numbers of items: 200 on the quiz, 5,000 sums.
fn with_items() -> Site {
    Site::with_board().file(
        "data/results/run/scores.csv",
        "model,benchmark,value,unit,metric,shots,items\n\
         org/a,quiz,61.5,percent,acc,5,200\n\
         org/a,sums,0.4321,fraction,acc,5,5000\n\
         org/b,quiz,70.5,percent,acc,5,200\n\
         org/b,sums,0.3052,fraction,acc,5,5000\n",
    )
}

#[test]
fn digits_are_those_that_the_errors_support_and_the_record_keeps_all() {
    let site = with_items();
    site.build();
    assert_eq!(
        table(&site.page("en/boards/main.html"), "board")[1..],
        ["|1= 1–2|Model AOrganisation|52±3|2/2|62|43.2", "|1= 1–2|Model BOrganisation|51±3|2/2|71|30.5"]
    );
    assert!(site.page("en/models/org/a.html").contains("0.4321"));
    assert!(site.page("data/boards/main.csv").contains(",61.5,43.21"));
}

#[test]
fn rows_say_which_share_a_place_and_which_places_they_may_have() {
    let site = with_items();
    site.build();
    let page = site.page("en/boards/main.html");
    assert!(
        page.contains("<tr class=\"ranked tie starts\" data-best=\"1\" data-worst=\"2\"><td class=\"place\">"),
        "{page}"
    );
    assert!(page.contains("<tr class=\"ranked tie ends\" data-best=\"1\" data-worst=\"2\">"), "{page}");
    assert!(page.contains("place shared, with a bracket"), "{page}");
}

#[test]
fn intervals_of_composites_lie_on_one_scale() {
    let site = with_items();
    site.build();
    let page = site.page("en/boards/main.html");
    // 52.355 ± 3.4411 and 50.51 ± 3.2240, on the scale from 47.2860 to 55.7961.
    assert!(page.contains("style=\"--low:19;--at:60;--high:100\""), "{page}");
    assert!(page.contains("style=\"--low:0;--at:38;--high:76\""), "{page}");
}

#[test]
fn heat_goes_from_guessing_to_a_full_score_and_only_the_best_is_bold() {
    let site = with_items();
    site.build();
    let page = site.page("en/boards/main.html");
    // (61.5 - 25) / 75 and (70.5 - 25) / 75 of 19 steps; 43.21 % and 30.52 % of them.
    for cell in ["<td class=h9>", "<td class=\"h12 best\">", "<td class=\"h8 best\">", "<td class=h6>"] {
        assert_eq!(page.matches(cell).count(), 1, "{cell} in {page}");
    }
}

#[test]
fn a_record_measured_otherwise_stands_in_a_gap_and_counts_for_nothing() {
    let site = Site::with_board().file("data/models/org/c.toml", "name = 'Model C'\n").file(
        "data/results/run/more.csv",
        "model,benchmark,value,unit,metric,shots,reporter\n\
         org/c,quiz,88.8,percent,acc,0,claimed\norg/c,sums,0.2,fraction,acc,5,\norg/a,quiz,99.9,percent,acc,3,\n",
    );
    site.build();
    let page = site.page("en/boards/main.html");
    let rows = table(&page, "board");
    let cells = "|1/2|88.8† measured otherwise: not compared, not counted ‡ claimed by the model’s maker |20.0";
    assert!(rows[3].ends_with(cells), "{rows:?}");
    assert!(rows[1].ends_with("|60.5|40.0"), "a score that counts is not replaced: {rows:?}");
    assert!(page.contains("<td class=stand-in><a href=\"../models/org/c.html#r"), "{page}");
    assert!(site.page("zh/boards/main.html").contains("†<span class=hidden> 评测方式不同"));
    assert!(!site.page("data/boards/main.csv").contains("88.8"));
}

#[test]
fn what_stands_in_has_the_unit_of_the_column() {
    let site = Site::with_board().file(
        "data/results/run/more.csv",
        "model,benchmark,value,unit,metric,shots\norg/c,quiz,7.5,points,acc,5\norg/c,sums,0.2,fraction,acc,5\n",
    );
    site.build();
    let rows = table(&site.page("en/boards/main.html"), "board");
    assert!(rows[3].ends_with("|1/2|—|20.0"), "{rows:?}");
}

#[test]
fn a_model_that_may_have_seen_a_benchmark_is_marked_where_that_sets_it_apart() {
    let benchmark = "name = 'Quiz'\nsummary = 'Quiz'\nchance = 0.25\npublished = '2023-01'\n";
    let site = |cutoff: &str| {
        let site = Site::with_board().file("data/benchmarks/quiz.toml", benchmark);
        let site = site.file(
            "data/models/org/b.toml",
            format!("name = 'Model B'\ncutoff = {{ date = '{cutoff}', source = 'https://example.org/card' }}\n"),
        );
        let card = "name = 'Model A'\naliases = ['a-raw']\ncutoff = { date = '2024-05', source = 'https://example.org/card' }\n";
        let site = site.file("data/models/org/a.toml", card);
        site.build();
        site.page("en/boards/main.html")
    };
    let rows = table(&site("2021-06"), "board");
    assert!(rows[1].ends_with("|60.5△ may have seen the benchmark in training |40.0"), "{rows:?}");
    assert!(rows[2].ends_with("|70.0|30.5"), "{rows:?}");
    assert!(!site("2024-01").contains('△'), "of both it says nothing");
    // A release stands for an end that is not stated.
    let released = Site::with_board()
        .file("data/benchmarks/quiz.toml", benchmark)
        .file("data/models/org/b.toml", "name = 'Model B'\nreleased = '2024'\n");
    released.build();
    assert!(table(&released.page("en/boards/main.html"), "board")[2].contains("|70.0△"));
}

#[test]
fn nobody_has_seen_how_fast_a_model_is() {
    let speed = |unit: &str| {
        let site = Site::with_board()
            .file("data/benchmarks/quiz.toml", "name = 'Quiz'\nsummary = 'Quiz'\npublished = '2023-01'\n")
            .file("data/models/org/b.toml", "name = 'Model B'\nreleased = '2024'\n")
            .file("data/boards/main.toml", BOARD.replace("[[columns]]\nbenchmark = 'sums'\n", ""))
            .file(
                "data/results/run/scores.csv",
                format!(
                    "model,benchmark,value,unit,metric,shots\norg/a,quiz,60.5,{unit},m,5\norg/b,quiz,70,{unit},m,5\n"
                ),
            );
        site.build();
        site.page("en/boards/main.html")
    };
    assert!(speed("points").contains('△'));
    let page = speed("tokens-per-second");
    assert!(!page.contains('△'));
    assert!(text(&page).contains("2023-01———"), "the counts of those that may have seen it are dashes");
}

#[test]
fn size_and_date_stand_at_the_end_where_cards_have_them() {
    let card = "name = 'Model A'\naliases = ['a-raw']\nparameters = '7B'\nreleased = '2024-06-01'\n";
    let site = Site::with_board().file("data/models/org/a.toml", card);
    site.build();
    let rows = table(&site.page("en/boards/main.html"), "board");
    assert_eq!(rows[0], "|Place|Model|Mean|Coverage|Quiz|Sums|Parameters|Released");
    assert!(rows[1].ends_with("|60.5|40.0|7B|2024-06-01"), "{rows:?}");
    assert!(rows[2].ends_with("|70.0|30.5|—|—"), "{rows:?}");
}

#[test]
fn a_long_table_goes_on_further_pages() {
    let scores: String = (0..501)
        .map(|model| {
            let share = f64::from(model) / 1000.0;
            format!("m{model:03},quiz,{share},fraction,acc,5\nm{model:03},sums,{share},fraction,acc,5\n")
        })
        .collect();
    let head = "model,benchmark,value,unit,metric,shots\n";
    let site = Site::with_board().file("data/results/run/scores.csv", head.to_owned() + &scores);
    site.build();
    let (first, last) = (site.page("en/boards/main.html"), site.page("en/boards/main~3.html"));
    assert_eq!(table(&first, "board").len(), 1 + 200);
    assert!(first.contains("<a href=\"main~3.html\">3</a>"));
    let rows = table(&last, "board");
    assert_eq!(rows[101..], ["|501|m000|0.0|2/2|0.0|0.0"]);
    assert!(last.contains("<a href=\"main.html\">1</a>") && last.contains("Rows 401 to 501 of 501"), "{last}");
    assert!(last.contains("href=\"../../zh/boards/main~3.html\""), "{last}");
}

#[test]
fn a_claim_stands_beside_what_others_measured_with_the_differences_first() {
    let claims = "model,benchmark,value,unit,metric,shots,items,reporter\n\
        org/a,quiz,66.7,percent,acc,0,,claimed\norg/b,quiz,0.705,fraction,acc,,,claimed\n\
        org/b,quiz,69,percent,acc,0,400,measured\n";
    let site = Site::with_board().file("data/results/claims/claims.csv", claims);
    site.build();
    let page = site.page("en/benchmarks/quiz.html");
    assert_eq!(
        table(&page, "list claims"),
        [
            "|Model|Differences: claimed → measured|Claimed|Measured|Gap|Beyond noise?|Measured by",
            "|Model A |Shots0→, but measured with: 5|66.7|60.5|+6.2|not tested the measurement’s error is unknown|The source",
            "|Model B |Shotsnot stated→, but measured with: 0|70.5|69|+1.5 ±2.31|within noise p = 0.517 · claim taken as \
             exact|data/results/claims/claims.csv",
            "|Model B |Shotsnot stated→, but measured with: 5|70.5|70|+0.5|not tested the measurement’s error is unknown|The source",
        ]
        .map(|row| row.replace("Model A |", "Model A|").replace("Model B |", "Model B|"))
    );
    assert!(text(&page).contains("The one gap that can be tested is, at 5%."), "{page}");
    for href in page.split("href=\"").filter_map(|rest| rest.split('"').next()).filter(|href| href.contains("#r")) {
        let (file, anchor) = href.split_once('#').unwrap();
        assert!(site.page(&format!("en/{}", file.trim_start_matches("../"))).contains(&format!("<tr id={anchor}>")));
    }
    let row = &table(&site.page("zh/models/org/a.html"), "list claims")[1];
    assert_eq!(row, "|Quiz|示例数0→，实测为5|66.7|60.5|+6.2|未检验 实测误差未知|来源");
    assert!(!site.page("en/benchmarks/sums.html").contains("id=claims"), "no claims, no section");
}

#[test]
fn of_several_records_the_declared_rule_chooses_and_never_the_best() {
    let runs = "model,benchmark,value,unit,metric,shots,date,reporter\n\
        org/a,quiz,90,percent,acc,5,2024-01-01,measured\norg/a,quiz,80,percent,acc,5,2024-03-01,measured\n\
        org/a,quiz,99,percent,acc,5,2024-09-01,claimed\norg/a,sums,0.4,fraction,acc,5,2024-01-01,measured\n";
    let site = Site::new().file("data/results/runs.csv", runs).file("data/boards/main.toml", BOARD);
    site.build();
    assert_eq!(table(&site.page("en/boards/main.html"), "board")[1], "|1|Model AOrganisation|60.0|2/2|80|40");
}

#[test]
fn weighted_and_chance_normalised_means_follow_their_formulas() {
    let weighted =
        BOARD.replace("'mean'", "'weighted-mean'").replace("benchmark = 'quiz'", "benchmark = 'quiz'\nweight = 3");
    let site = Site::with_board().file("data/boards/main.toml", weighted);
    site.build();
    let first = |site: &Site| site.page("data/boards/main.csv").lines().nth(1).unwrap().to_owned();
    assert!(first(&site).contains(",60.125,"), "(3·70 + 30.5) / 4 in {}", first(&site));
    let site = site.file("data/boards/main.toml", BOARD.replace("'mean'", "'chance-normalised-mean'"));
    site.build();
    assert!(first(&site).contains(",45.25,"), "((70 − 25) / 0.75 + 30.5) / 2 in {}", first(&site));
}

#[test]
fn a_column_over_subsets_needs_all_of_them() {
    let scores = "model,benchmark,value,unit,metric,shots\norg/a,sums_x,0.5,fraction,acc,5\norg/a,sums_y,0.7,fraction,acc,5\n\
        org/b,sums_x,0.9,fraction,acc,5\n";
    let board = "title = 'T'\nsummary = 'S'\naggregate = 'mean'\n[[columns]]\nbenchmark = 'sums'\nsubset_count = 2\n";
    let site = Site::new().file("data/results/s.csv", scores).file("data/boards/main.toml", board);
    site.build();
    let rows = table(&site.page("en/boards/main.html"), "board");
    assert_eq!(rows[1..], ["|1|Model AOrganisation|60.0|1/1|60.0"], "half a benchmark is no score");
}

#[test]
fn unknown_names_are_reported_with_the_nearest_and_still_shown() {
    let site = Site::with_board().file(
        "data/results/run/new.csv",
        "model,benchmark,value,unit,metric,shots\nModel Aa,quiz,1,percent,acc,5\norg/a,quizz,2,percent,acc,5\n",
    );
    let run = site.build();
    let problems = run.problems();
    assert!(problems.contains("warning[unknown-model]: no card for the model \"Model Aa\" of 1 records"), "{problems}");
    assert!(problems.contains("did you mean org/a"), "{problems}");
    assert!(problems.contains("warning[unknown-benchmark-name]") && problems.contains("quiz"), "{problems}");
    assert!(table(&site.page("en/boards/main.html"), "board").iter().any(|row| row.contains("Model Aa")));
    assert!(site.page("zh/models/unlisted/model-aa.html").contains("Model Aa"));
    assert!(site.page("zh/benchmarks/unlisted/quizz.html").contains("Model A"));
}

#[test]
fn every_number_leads_to_its_record_with_file_hash_and_place() {
    let site = Site::with_board();
    site.build();
    let board = site.page("en/boards/main.html");
    let start = board.find("href=\"../models/org/a.html#r").expect("a link from the score to its record") + 28 - 1;
    let anchor = &board[start..start + board[start..].find('"').unwrap()];
    let model = site.page("en/models/org/a.html");
    let row = &model[model.find(&format!("id={anchor}>")).expect("the record")..];
    assert!(text(&row[..row.find("<tr").unwrap_or(row.len()).min(600)]).contains("60.5"));
    assert!(row.contains("2:12"), "line and column");
    assert!(model.contains("data/results/run/scores.csv") && model.contains("SHA-256"));
    let json = site.page("data/boards/main.json");
    assert!(json.contains("\"written\":\"0.305\"") && json.contains("\"place\":\"5:14\""), "{json}");
}

#[test]
fn pages_exist_in_both_languages_and_link_to_each_other() {
    let site = Site::with_board();
    site.build();
    for page in [
        "index",
        "boards/index",
        "boards/main",
        "models/index",
        "models/org/a",
        "benchmarks/index",
        "benchmarks/quiz",
        "articles/index",
    ] {
        for (language, other) in [("zh", "en"), ("en", "zh")] {
            let html = site.page(&format!("{language}/{page}.html"));
            let up = "../".repeat(1 + page.matches('/').count());
            assert!(html.contains(&format!("href=\"{up}{other}/{page}.html\"")), "{language}/{page}");
        }
    }
    assert!(
        site.page("zh/models/org/a.html").contains("机构")
            && site.page("en/models/org/a.html").contains("Organisation")
    );
    let opening = site.page("index.html");
    assert!(opening.contains("zh/index.html") && opening.contains("en/index.html"));
}

const ARTICLE: &str = "+++\ntitle = 'T<i>'\nsummary = 'S'\ndate = 2026-01-02\n+++\n";

#[test]
fn articles_show_embeds_mathematics_notes_and_links() {
    let text = format!(
        "{ARTICLE}## Part one\n\nSee [the board](board:main), [B](b.md#a-part), [quiz](benchmark:quiz) and $x^2$.[^n]\n\n\
         > [!WARNING]\n> Careful\n\n```board\nid = 'main'\ntop = 1\n```\n\n```chart\nboard = 'main'\ncolumn = 'quiz'\n```\n\n- [x] Read\n- [ ] Write\n\n[^n]: A note.\n"
    );
    let site = Site::with_board()
        .file("content/s/a.en.md", &text)
        .file("content/s/b.en.md", format!("{ARTICLE}## A part\n"))
        .file("content/s/a.zh.md", format!("{ARTICLE}甲\n乙\n"));
    site.build();
    let page = site.page("en/articles/s/a.html");
    for part in [
        "href=\"../../boards/main.html\"",
        "href=\"b.html#a-part\"",
        "href=\"../../benchmarks/quiz.html\"",
        "<math",
        "alert-warning",
        "id=\"fn-1\"",
        "href=\"#fnref-1\"",
        "id=\"part-one\"",
        "T&lt;i&gt;",
        "<input type=\"checkbox\" disabled checked aria-label=\"Done\"> Read",
        "<input type=\"checkbox\" disabled aria-label=\"To do\"> Write",
        "<svg",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert_eq!(table(&page, "board").len(), 2, "a head and one row");
    assert!(site.page("zh/articles/s/a.html").contains("甲乙"), "no space between Han characters");
    let untranslated = site.page("zh/articles/s/b.html");
    assert!(untranslated.contains("lang=\"en\"") && untranslated.contains("English"), "says that it is not translated");
}

#[test]
fn a_translation_says_that_its_original_changed_until_it_is_accepted() {
    let original = |text: &str| format!("{ARTICLE}{text}\n");
    let translation = |key: &str| format!("{}translates = '{key}'\n+++\nText\n", ARTICLE.trim_end_matches("+++\n"));
    // The value that a warning offers, as a person would paste it.
    let offered = |site: &Site| {
        let problems = site.run(&["check"]).problems();
        assert!(problems.contains("content/s/a.en.md:5:14: warning[outdated-translation]: "), "{problems}");
        let (_, rest) = problems.split_once("write translates = \"").unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    };
    let pages = |site: &Site| (site.page("en/articles/s/a.html"), site.page("zh/articles/s/a.html"));
    let notice = "The original changed after this translation was made";

    let site = Site::new().file("content/s/a.zh.md", original("甲")).file("content/s/a.en.md", translation("zh:"));
    site.build();
    assert!(!pages(&site).0.contains(notice), "nobody knows that it changed");
    let first = offered(&site);
    let site = site.file("content/s/a.en.md", translation(&first));
    assert!(!site.build().problems().contains("outdated"));
    assert!(!pages(&site).0.contains(notice));

    // Line ends and front matter are no part of the text.
    let same = original("甲").replace("title = 'T<i>'", "title = '题'").replace('\n', "\r\n");
    let site = site.file("content/s/a.zh.md", same);
    assert!(!site.build().problems().contains("outdated"));

    let site = site.file("content/s/a.zh.md", original("甲乙"));
    assert!(site.build().problems().contains("content/s/a.zh.md changed after it was translated here"));
    let (english, chinese) = pages(&site);
    assert!(english.contains(notice), "{english}");
    assert!(english.contains("<a href=\"../../../zh/articles/s/a.html\" hreflang=\"zh-Hans\">Read the original"));
    assert!(!chinese.contains("class=\"notice\""), "the original itself is as it should be");
    let second = offered(&site);
    assert_ne!(first, second);
    let site = site.file("content/s/a.en.md", translation(&second));
    assert!(!site.build().problems().contains("outdated"));
    assert!(!pages(&site).0.contains(notice));

    fs::remove_file(site.root().join("content/s/a.zh.md")).unwrap();
    let problems = site.build().problems();
    assert!(problems.contains("no other version of this article is in zh"), "{problems}");
}

#[test]
fn a_hostile_article_cannot_act() {
    let hostile = format!(
        "{ARTICLE}<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> text\n\n[x](javascript:alert(1))\n\n![y](https://example.org/y.png)\n\n\
         ```\n</code><script>\n```\n\n$\\text{{<script>}}$\n\n<details>\n\nopen\n"
    );
    let site = Site::with_board().file("content/s/a.en.md", hostile);
    let run = site.run(&["build"]);
    assert_eq!(run.code(), 1);
    for code in ["html-as-text", "broken-link", "broken-image"] {
        assert!(run.problems().contains(code), "{code} in {}", run.problems());
    }
    let mended =
        format!("{ARTICLE}<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> text\n\n<details>\n\nopen\n");
    let site = site.file("content/s/a.en.md", mended);
    site.build();
    let page = site.page("en/articles/s/a.html");
    let article = &page[page.find("&lt;script&gt;").expect("shown as text")..];
    assert!(!article.contains("<script>alert") && !article.contains("<img"), "{article}");
    assert!(article.contains("</details>"), "what the author left open is closed");
}

#[test]
fn every_kind_of_bad_input_is_reported_in_one_run_and_nothing_is_written() {
    let site = Site::with_board();
    site.build();
    let before = site.built();
    let site = site
        .file("data/models/org/latin.toml", b"name = '\xff'\n")
        .file("data/models/org/broken.toml", "name = 'x'\nkind = \n")
        .file("data/models/org/wrong-type.toml", "name = 7\n")
        .file("data/models/org/Bad Name.toml", "name = 'x'\n")
        .file("data/models/nobody/x.toml", "name = 'x'\n")
        .file("data/models/org/a2.toml", "name = 'other'\naliases = ['a-raw']\n")
        .file("data/results/run/broken.json", "{\"results\": {\n  \"x\": }")
        .file("data/results/run/ragged.csv", "model,benchmark,value\na-raw,quiz\n")
        .file("data/results/run/word.csv", "model,benchmark,value\na-raw,quiz,many\n")
        .file("data/results/run/notes.json", "{\"a\": 1}")
        .file(
            "data/results/run/twice.csv",
            "model,benchmark,value,unit,metric,shots\na-raw,quiz,60.5,percent,acc,5\nModel B,quiz,1,percent,acc,5\n",
        )
        .file(
            "data/boards/other.toml",
            "title = 'T'\nsummary = 'S'\naggregate = 'mean'\n[[columns]]\nbenchmark = 'quizz'\n",
        )
        .file("data/boards/Bad.toml", BOARD)
        .file(
            "content/s/a.en.md",
            format!("{ARTICLE}[x](nowhere.md) [y](model:org/nobody) [z](#nothing)\n\n```board\nid = 'nothing'\n```\n"),
        )
        .file("content/s/b.en.md", "no front matter")
        .file("content/s/../../../escape.en.md", "x")
        .file("themes/default/templates/boards.html", "{{ nothing.there }}");
    for command in ["check", "build"] {
        let run = site.run(&[command]);
        assert_eq!(run.code(), 1);
        let problems = run.problems();
        for expected in [
            "data/models/org/latin.toml:1:9: error[not-utf8]",
            "data/models/org/broken.toml:2:8: error[broken-toml]",
            "data/models/org/wrong-type.toml:1:8: error[broken-toml]",
            "data/models/org/Bad Name.toml: error[bad-id]",
            "data/models/nobody/x.toml: error[unknown-organisation]",
            "data/models/org/a2.toml:2:12: error[name-taken]",
            "data/results/run/broken.json:2:8: error[broken-json]",
            "data/results/run/ragged.csv:2:1: error[ragged-row]",
            "data/results/run/word.csv:2:12: error[not-a-number]",
            "data/results/run/notes.json: warning[unrecognised-result-file]",
            "data/results/run/twice.csv:2:12: warning[duplicate-record]",
            "data/results/run/twice.csv:3:14: error[conflicting-records]",
            "data/boards/other.toml:5:13: error[unknown-benchmark]",
            "data/boards/Bad.toml: error[bad-id]",
            "content/s/a.en.md:6:1: error[broken-link]",
            "content/s/a.en.md:6:17: error[broken-link]",
            "content/s/a.en.md:6:39: error[broken-link]",
            "content/s/a.en.md:8:1: error[unknown-board]",
            "content/s/b.en.md:1:1: error[front-matter]",
            "theme: boards.html: error[template]",
        ] {
            assert!(problems.contains(expected), "{expected} in\n{problems}");
        }
        let helps = problems.lines().filter(|line| line.starts_with("    help: ")).count();
        assert!(helps >= 20, "{helps} remedies in\n{problems}");
    }
    assert!(site.built() == before, "a failing build leaves the old site");
}

#[test]
fn a_number_written_with_other_zeros_counts_once_and_contradicts_nothing() {
    let site = Site::with_board().file(
        "data/results/run/again.csv",
        "model,benchmark,value,unit,metric,shots\na-raw,quiz,60.50,percent,acc,5\nModel B,quiz,7e1,percent,acc,5\n",
    );
    let problems = site.build().problems();
    assert_eq!(problems.matches("warning[duplicate-record]").count(), 2, "{problems}");
    assert!(!problems.contains("conflicting-records"), "{problems}");
}

#[test]
fn only_what_changed_is_rewritten_and_what_is_gone_is_removed() {
    let site = Site::with_board()
        .file("content/s/a.en.md", format!("{ARTICLE}one\n"))
        .file("content/t/b.en.md", format!("{ARTICLE}other\n"));
    site.build();
    let untouched = site.out().join("en/models/org/b.html");
    let before = fs::metadata(&untouched).unwrap().modified().unwrap();
    assert!(site.build().says().contains("0 files of"), "nothing changed");
    let before_text = site.built();
    let site = site.file("content/s/a.en.md", format!("{ARTICLE}two\n"));
    let says = site.build().says();
    let after_text = site.built();
    let changed = before_text.iter().zip(&after_text).filter(|(one, other)| one != other);
    let changed: Vec<&str> = changed.map(|((path, _), _)| path.as_str()).collect();
    let page_and_words = ["data/search/en-1.js", "data/search/zh-1.js", "en/articles/s/a.html", "zh/articles/s/a.html"];
    assert_eq!(changed, page_and_words, "the article in both languages, and what the search reads of it");
    assert!(says.contains("4 files of"), "{says}");
    fs::remove_file(site.root().join("content/s/a.en.md")).unwrap();
    assert!(site.build().says().contains("2 removed"));
    assert!(!site.out().join("en/articles").join("s").exists());
    assert_eq!(fs::metadata(&untouched).unwrap().modified().unwrap(), before);
}

#[test]
fn the_same_inputs_give_the_same_bytes_in_any_order_and_with_any_number_of_threads() {
    let files: Vec<(String, String)> = (0..40)
        .flat_map(|n| {
            let score = format!("model,benchmark,value,unit,metric,shots\nnew/m{n},quiz,{n},percent,acc,5\n");
            let article = format!("{ARTICLE}Text {n} [a](a{}.md)\n", (n + 7) % 40);
            [(format!("data/results/run/r{n}.csv"), score), (format!("content/s/a{n}.en.md"), article)]
        })
        .collect();
    let forward = files.iter().fold(Site::with_board(), |site, (path, text)| site.file(path, text));
    let backward = files.iter().rev().fold(Site::with_board(), |site, (path, text)| site.file(path, text));
    assert_eq!(forward.command(&["build"], &[("RAYON_NUM_THREADS", "1")]).code(), 0);
    assert_eq!(backward.command(&["build"], &[("RAYON_NUM_THREADS", "7")]).code(), 0);
    let (one, other) = (forward.built(), backward.built());
    assert!(one.len() > 150);
    for ((path, bytes), (path_other, bytes_other)) in one.iter().zip(&other) {
        assert!(path == path_other && bytes == bytes_other, "{path} differs from {path_other}");
    }
    assert_eq!(one.len(), other.len());
}

#[test]
fn a_base_url_gives_canonical_links_and_relative_ones_stay() {
    let site = Site::with_board();
    assert_eq!(site.run(&["build", "--base-url", "https://example.org/board"]).code(), 0);
    let page = site.page("en/boards/main.html");
    assert!(page.contains("https://example.org/board/en/boards/main.html"), "{page}");
    assert!(page.contains("href=\"https://example.org/board/zh/boards/main.html\""), "hreflang");
    assert!(page.contains("href=\"../models/org/a.html"));
    assert_eq!(site.run(&["build", "--base-url", "javascript:x"]).code(), 2);
}

#[test]
fn one_language_can_be_built_alone() {
    let site = Site::with_board();
    let out = site.root().join("other");
    assert_eq!(site.run(&["build", "--lang", "zh", "--out", out.to_str().unwrap()]).code(), 0);
    assert!(out.join("zh/boards/main.html").is_file() && !out.join("en").exists() && !site.out().exists());
    assert_eq!(site.run(&["build", "--lang", "fr"]).code(), 2);
}

/// The value that a data script puts into the global `tianti`.
fn script_value(script: &str, key: &str) -> serde_json::Value {
    let start = format!("(self.tianti??={{}})[\"{key}\"]=");
    serde_json::from_str(script.strip_prefix(&start).unwrap().strip_suffix(';').unwrap()).unwrap()
}

#[test]
fn the_scripts_of_a_board_hold_its_rows_and_what_stands_behind_them() {
    let site = Site::with_board();
    site.build();
    let json: serde_json::Value = serde_json::from_str(&site.page("data/boards/main.json")).unwrap();
    let block = script_value(&site.page("data/boards/main.0.js"), "boards/main/0");
    assert_eq!(block["rows"], json["rows"]);
    for record in
        block["rows"][0]["cells"].as_array().unwrap().iter().flat_map(|cell| cell["records"].as_array().unwrap())
    {
        let context = record["context"].as_u64().unwrap() as usize;
        assert_eq!(block["contexts"][context.to_string()], json["contexts"][context]);
    }
    let view = script_value(&site.page("data/boards/main.js"), "boards/main");
    assert_eq!(view["rows"][0]["id"], json["rows"][0]["model"]);
    assert_eq!(view["values"][0][0], json["rows"][0]["cells"][0]["value"]);
}

#[test]
fn a_theme_is_overridden_file_by_file_and_message_by_message() {
    let site = Site::with_board()
        .file("themes/default/assets/style/10-page.css", "body { color: #123456 }")
        .file("themes/default/i18n/en.ftl", "place = Rung\n");
    site.build();
    let built = site.built();
    let style = built.iter().find(|(path, _)| path.starts_with("assets/style.")).unwrap();
    assert!(String::from_utf8_lossy(&style.1).contains("}body{color:#123456}"));
    assert!(site.page("en/boards/main.html").contains("Rung") && site.page("en/boards/main.html").contains(&style.0));
    assert!(site.page("zh/boards/main.html").contains("名次"));
}

#[test]
fn outside_a_site_the_program_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let run = Site::new().run(&["build", "--out", "/dev/null/x"]);
    assert_eq!(run.code(), 2, "{}", run.problems());
    let nothing = std::process::Command::new(env!("CARGO_BIN_EXE_tianti"))
        .args(["check", "--root"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert_eq!(nothing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&nothing.stderr).contains("no tianti.toml"));
}

const VOTES_BOARD: &str = "title = { zh = '对战榜', en = 'Votes' }\nsummary = 'S'\naggregate = 'bradley-terry'\n";

fn votes(rows: &[&str]) -> String {
    format!("model_a,model_b,winner,judge\n{}\n", rows.join("\n"))
}

#[test]
fn a_board_of_battles_rates_places_and_says_what_does_not_count() {
    let rows = [
        "a-raw,Model B,model_a,u",
        "Model B,org/a,model_b,u",
        "a-raw,Model B,model_a,v",
        "a-raw,Model B,model_b,v",
        "a-raw,org/a,tie,v",
        "a-raw,Model B,?,v",
    ];
    let site = Site::new().file("data/results/v.csv", votes(&rows)).file("data/boards/votes.toml", VOTES_BOARD);
    let run = site.build();
    assert!(run.problems().contains("warning[unreadable-judgment]"), "{}", run.problems());
    let page = site.page("en/boards/votes.html");
    assert_eq!(
        table(&page, "board ratings"),
        [
            "|Place 95% range|Model|Rating|Battles|Win rate, %|Average win rate, %|Notes",
            "|1= 1–2|Model AOrganisation|1095±197|4|75.0|75.0|few battles",
            "|1= 1–2|Model BOrganisation|905±197|4|25.0|25.0|few battles",
        ]
    );
    let counts = table(&page, "list counts-of").join("\n");
    assert!(counts.contains("Counted|4|—") && counts.contains("a model against itself|1|—"), "{counts}");
    assert!(counts.contains("cannot be read|1|—"), "{counts}");
    let csv = site.page("data/boards/votes.csv");
    assert!(csv.contains("1,1,org/a,Model A,,,,,,,1095.4242509"), "{csv}");
    let duels = site.page("data/boards/votes.duels.js");
    assert!(duels.ends_with("[\"boards/votes/duels\"]=[[0,1,3,1,0]];"), "{duels}");
    let view = site.page("data/boards/votes.js");
    assert!(view.contains("\"values\":[[4.0,4.0],[75.0,25.0],[75.0,25.0]]"), "{view}");
    assert!(site.page("zh/boards/votes.html").contains("对战榜：名次与评分"));
    assert!(text(&site.page("en/models/org/a.html")).contains("1–21095±197—"));
    let places = text(&site.page("en/index.html"));
    assert!(places.contains("1= 1–2Model AOrganisation1095±197"), "{places}");
    assert_eq!(site.run(&["build", "--lang", "en"]).problems(), run.problems(), "one language is enough");
}

#[test]
fn groups_that_never_met_are_ranked_apart_and_bounds_have_one_side() {
    let rows = ["org/a,org/b,model_a,", "org/a,org/b,model_a,", "x,y,model_a,", "y,z,model_a,", "z,x,model_a,"];
    let site = Site::new().file("data/results/v.csv", votes(&rows)).file("data/boards/votes.toml", VOTES_BOARD);
    let run = site.build();
    assert!(
        run.problems().contains("warning[unknown-model]: no card for the model \"x\" of 2 battles"),
        "{}",
        run.problems()
    );
    let page = site.page("en/boards/votes.html");
    let first = table(&page, "board ratings");
    assert_eq!(first[1..], ["x", "y", "z"].map(|model| format!("|1= 1–3|{model}|1000±321|2|50.0|50.0|few battles")));
    let second = &page[page.find("Group 2 of 2: 2 models, 2 battles").expect("a second group")..];
    let second = table(second, "board ratings");
    assert!(second[1].starts_with("|1"), "{second:?}");
    assert!(second[1].contains("at least ") && second[1].contains("never lost"), "{second:?}");
    assert!(second[2].contains("at most ") && second[2].contains("never won"), "{second:?}");
    assert!(page.contains("against a phantom rated 1000"));
    assert!(!site.out().join("data/boards/votes.js").exists(), "two groups have no one ranking");
    assert!(!page.contains("data-board"));
}

#[test]
fn filters_and_a_minimum_say_what_they_leave_out() {
    let rows = ["org/a,org/b,model_a,u", "org/b,org/a,model_a,u", "org/a,org/b,model_a,v", "org/a,x,model_a,u"];
    let board = format!("{VOTES_BOARD}judge = 'u'\nminimum_battles = 2\n");
    let site = Site::new().file("data/results/v.csv", votes(&rows)).file("data/boards/votes.toml", &board);
    site.build();
    let page = site.page("en/boards/votes.html");
    assert!(table(&page, "board ratings")[1].contains("|1000±"), "{page}");
    let counts = table(&page, "list counts-of").join("\n");
    assert!(counts.contains("another judge or language|1|—") && counts.contains("too few battles|1|—"), "{counts}");
    assert!(text(&page).contains("Only battles of this judge count: u.") && page.contains("unlisted/x.html"));
    let site = site.file("data/boards/votes.toml", board.replace("'u'", "'w'"));
    let run = site.run(&["build"]);
    let expected = "data/boards/votes.toml:4:9: error[unknown-filter]: no battle has the judge \"w\"";
    assert!(
        run.problems().contains(expected) && run.problems().contains("the files have \"u\", \"v\""),
        "{}",
        run.problems()
    );
    let site = site.file("data/boards/votes.toml", board.replace("= 2", "= 9"));
    assert!(site.run(&["build"]).problems().contains("votes.toml:3:13: error[no-battles]"));
}

#[test]
fn online_elo_follows_time_and_gives_no_places() {
    let board = VOTES_BOARD.replace("bradley-terry", "elo");
    let timed = "model_a,model_b,winner,tstamp\norg/a,org/b,model_b,2024-02-01\norg/a,org/b,model_a,2024-01-01\n";
    let site = Site::new().file("data/results/v.csv", timed).file("data/boards/votes.toml", &board);
    site.build();
    let page = site.page("en/boards/votes.html");
    assert_eq!(
        table(&page, "board ratings")[1..],
        ["|Model BOrganisation|1000|2|50.0|50.0", "|Model AOrganisation|1000|2|50.0|50.0"]
    );
    assert!(page.contains("This is a history, not a ranking"));
    let site = site.file("data/results/v.csv", votes(&["org/a,org/b,model_a,u"]));
    assert!(site.run(&["build"]).problems().contains("votes.toml:3:13: error[no-times]"));
    let site = site.file("data/boards/votes.toml", board + "cluster = 'judge'\n");
    assert!(site.run(&["build"]).problems().contains("votes.toml:4:11: error[contradiction]"));
}

#[test]
fn rank_prints_a_board_of_battles() {
    let rows = ["org/a,org/b,model_a,u", "org/b,org/a,model_b,u", "org/a,org/b,model_a,v", "org/a,org/b,model_b,v"];
    let site = Site::new().file("data/results/v.csv", votes(&rows)).file("data/boards/votes.toml", VOTES_BOARD);
    let run = site.run(&["rank", "votes"]);
    assert!(run.says().contains("Model A    1095    899 – 1292        4     75.0%  few battles"), "{}", run.says());
    let json: serde_json::Value =
        serde_json::from_str(&site.run(&["rank", "votes", "--format", "json"]).says()).unwrap();
    assert_eq!(json["battles"]["counted"], 4);
}

#[test]
fn the_projects_own_site_has_no_problems_but_those_of_a_source() {
    let root = env!("CARGO_MANIFEST_DIR");
    let run =
        std::process::Command::new(env!("CARGO_BIN_EXE_tianti")).args(["check", "--root", root]).output().unwrap();
    // EvalScope's printed deltas are what the article on fair leaderboards tells of.
    let (problems, deltas) = (String::from_utf8_lossy(&run.stderr), "data/results/evalscope-mmlu/5-shot/mmlu.toml:");
    let others: Vec<&str> = problems.lines().filter(|line| !line.starts_with("    help: ")).collect();
    let (known, others): (Vec<&str>, Vec<&str>) =
        others.into_iter().partition(|line| line.starts_with(deltas) && line.contains("warning[printed-figure]"));
    assert_eq!((known.len(), others), (7, vec![]));
    assert_eq!(run.status.code(), Some(0));
}

#[test]
fn every_diagnostic_is_documented() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let documented = fs::read_to_string(root.join("docs/diagnostics.md")).unwrap();
    let sources = walkdir::WalkDir::new(root.join("src")).into_iter().map(Result::unwrap);
    let mut codes = 0;
    for source in sources.filter(|entry| entry.file_type().is_file() && !entry.path().ends_with("tests.rs")) {
        let text = fs::read_to_string(source.path()).unwrap();
        let program = text.split("#[cfg(test)]").next().unwrap();
        for call in ["error(\"", "warning(\"", "error(\n", "finding(\"", "code: \"", "one_of(\""] {
            for rest in program.split(call).skip(1) {
                let code = rest.trim_start().trim_start_matches('"').split('"').next().unwrap();
                if !code.is_empty() && code.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
                    codes += 1;
                    assert!(documented.contains(&format!("| `{code}` |")), "{code} in {}", source.path().display());
                }
            }
        }
    }
    assert!(codes > 60, "{codes}");
}
