//! Withdrawn, disputed and contaminated scores, what the pages make of them, and what moved on boards and why.
#![allow(clippy::disallowed_methods, reason = "tests write the sites they build")]

mod support;

use support::{Site, table, text};

fn notice(state: &str, selection: &str) -> String {
    format!(
        "[[notices]]\nstate = '{state}'\n{selection}\nsince = '2026-03-01'\n\
         reason = {{ zh = '理由', en = 'The reason' }}\nurl = 'https://example.org/why'\n"
    )
}

fn with_notice(state: &str, selection: &str) -> Site {
    Site::with_board().file("data/notices/n.toml", notice(state, selection))
}

#[test]
fn a_withdrawn_score_stays_struck_and_counts_for_nothing() {
    let board = support::BOARD.replace("aggregate", "minimum_coverage = 0.5\naggregate");
    let site = with_notice("withdrawn", "model = 'org/b'\nbenchmark = 'quiz'").file("data/boards/main.toml", board);
    let run = site.build();
    assert_eq!(run.problems(), "");
    let page = site.page("en/boards/main.html");
    let rows = table(&page, "board");
    // Without the withdrawn 70, B has its 30.5 alone: what was a tie at 50.25 is none.
    assert_eq!(
        rows[1..],
        ["|1|Model AOrganisation|50.3|2/2|60.5|40.0", "|2|Model BOrganisation|30.5|1/2|70.0× withdrawn |30.5"]
    );
    assert!(page.contains("<s>70.0</s>"), "{page}");
    let best = page.split("<td").find(|cell| cell.contains("60.5")).unwrap();
    assert!(best.contains("best"), "the best of what counts: {best}");
    let notices = text(&page[page.find("id=notices").expect("a list of notices")..]);
    assert!(notices.contains("since 2026-03-01") && notices.contains("The reason"), "{notices}");

    let csv = site.page("data/boards/main.csv");
    assert!(csv.lines().next().unwrap().ends_with(",quiz,sums,notices"), "{csv}");
    assert!(csv.lines().nth(2).unwrap().ends_with(",1,2,,30.5,quiz withdrawn (70)"), "{csv}");
    let json: serde_json::Value = serde_json::from_str(&site.page("data/boards/main.json")).unwrap();
    assert_eq!(json["notices"][0]["state"], "withdrawn");
    let row = &json["rows"][1];
    assert_eq!((&row["cells"][0], &row["withdrawn"][0]["value"]), (&serde_json::Value::Null, &70.0.into()));
    assert_eq!((&row["withdrawn"][0]["column"], &row["withdrawn"][0]["notices"][0]), (&0.into(), &1.into()));
    let view = site.page("data/boards/main.js");
    for said in [r#"[1,0,70.0,["withdrawn"]]"#, r#""notices":[{"number":1,"state":"withdrawn","#] {
        assert!(view.contains(said), "{view}");
    }
}

#[test]
fn the_pages_of_model_and_benchmark_strike_a_withdrawn_score_and_say_why() {
    let site = with_notice("withdrawn", "file = 'data/results/run/scores.csv'\nmodel = 'Model B'");
    site.build();
    for (path, reason, other) in [
        ("en/models/org/b.html", "The reason", None),
        ("zh/models/org/b.html", "理由", None),
        ("en/benchmarks/quiz.html", "The reason", Some("<s>60.5</s>")),
    ] {
        let page = site.page(path);
        assert!(
            page.contains("<s>70</s>") && page.contains(reason) && page.contains("https://example.org/why"),
            "{path}"
        );
        assert!(other.is_none_or(|other| !page.contains(other)), "{path}: the other model's score is not withdrawn");
    }
    let rows = table(&site.page("en/boards/main.html"), "board");
    assert_eq!(
        rows[2], "|—|Model BOrganisationtoo few scores|—|0/2|70.0× withdrawn |30.5× withdrawn ",
        "a row of nothing but withdrawn scores stays"
    );
}

#[test]
fn disputed_and_contaminated_scores_are_marked_and_count() {
    for (state, mark) in [("disputed", "?"), ("contaminated", "▲")] {
        let site = with_notice(state, "model = 'org/b'\nbenchmark = 'quiz'");
        site.build();
        let page = site.page("en/boards/main.html");
        let rows = table(&page, "board");
        assert_eq!(rows[1], "|1=|Model AOrganisation|50.3|2/2|60.5|40.0");
        assert_eq!(rows[2], format!("|1=|Model BOrganisation|50.3|2/2|70.0{mark} {state} |30.5"));
        assert!(site.page("data/boards/main.csv").contains(&format!(",70,30.5,quiz {state}\n")));
    }
}

#[test]
fn a_settled_notice_marks_nothing() {
    let settled = notice("withdrawn", "model = 'org/b'") + "until = '2026-04-01'\n";
    let site = Site::with_board().file("data/notices/n.toml", settled);
    site.build();
    let page = site.page("en/boards/main.html");
    assert!(!page.contains("<s>") && !page.contains("id=notices"), "{page}");
    assert_eq!(table(&page, "board")[2], "|1=|Model BOrganisation|50.3|2/2|70.0|30.5");
}

#[test]
fn a_corrected_score_replaces_the_withdrawn_one_and_contradicts_nothing() {
    let corrected = "model,benchmark,value,unit,metric,shots\norg/b,quiz,50,percent,acc,5\n";
    let site = Site::with_board().file("data/results/run/zz-corrected.csv", corrected);
    let run = site.run(&["check"]);
    assert!(run.problems().contains("error[conflicting-records]"), "{}", run.problems());
    let site = site.file(
        "data/notices/n.toml",
        notice("withdrawn", "file = 'data/results/run/scores.csv'\nmodel = 'org/b'\nbenchmark = 'quiz'"),
    );
    let run = site.build();
    assert_eq!(run.problems(), "");
    let rows = table(&site.page("en/boards/main.html"), "board");
    assert_eq!(rows[2], "|2|Model BOrganisation|40.3|2/2|50.0|30.5");
    let page = site.page("en/models/org/b.html");
    assert!(page.contains("<s>70</s>") && page.contains(">50<"), "both are in the records: {page}");
}

#[test]
fn a_withdrawn_record_has_no_say_in_what_a_column_compares() {
    let scores = "model,benchmark,value,unit,metric,shots\n\
        org/a,quiz,10,percent,acc,5\norg/b,quiz,20,percent,acc,0\norg/c,quiz,30,percent,acc,0\n";
    let board =
        "title = 'T'\nsummary = 'S'\naggregate = 'mean'\nmaterial = ['shots']\n[[columns]]\nbenchmark = 'quiz'\n";
    let site = Site::new().file("data/results/s.csv", scores).file("data/boards/main.toml", board);
    site.build();
    assert_eq!(table(&site.page("en/boards/main.html"), "board").len(), 1 + 2, "b and c, measured with 0 shots");
    let site = site
        .file("data/notices/n.toml", notice("withdrawn", "model = 'org/b'") + &notice("withdrawn", "model = 'org/c'"));
    site.build();
    let page = site.page("en/boards/main.html");
    assert_eq!(table(&page, "board")[1..], ["|1|Model AOrganisation|10.0|1/1|10"]);
    let beside = &page[page.find("id=beside").expect("a section of what is beside")..];
    assert!(beside.contains("<s>20</s>") && beside.contains("<s>30</s>"), "{beside}");
}

#[test]
fn what_a_notice_names_must_exist_and_select_something() {
    let notices = [
        notice("withdrawn", "model = 'org/aa'"),
        notice("disputed", "benchmark = 'quizz'"),
        notice("disputed", "file = 'data/results/run/score.csv'"),
        notice("disputed", ""),
        notice("disputed", "model = 'org/a'") + "until = 2026-02-01\n",
        notice("contaminated", "model = 'org/a'\nbenchmark = 'quiz'\nfile = 'data/results/run/zero.csv'"),
    ];
    let zero = "model,benchmark,value,unit,metric,shots\norg/b,quiz,10,percent,acc,0\n";
    let site = Site::with_board().file("data/results/run/zero.csv", zero);
    let site = site.file("data/notices/sub/n.toml", notices.concat());
    let run = site.run(&["check"]);
    let problems = run.problems();
    for expected in [
        "n.toml:3:9: error[unknown-model]: no model \"org/aa\"",
        "did you mean org/a",
        "n.toml:9:13: error[unknown-benchmark]: no benchmark \"quizz\"",
        "did you mean quiz?",
        "n.toml:15:8: error[unknown-file]: no result file \"data/results/run/score.csv\"",
        "did you mean data/results/run/scores.csv",
        "n.toml:19:1: error[no-selection]",
        "n.toml:31:9: error[contradiction]: until = 2026-02-01 is before since = 2026-03-01",
        "n.toml:32:1: warning[empty-notice]",
    ] {
        assert!(problems.contains(expected), "{expected} in {problems}");
    }
}

/// Scores of four dates: a newer run of B and a third model, a withdrawal, a correction.
fn with_history() -> Site {
    let scores = "model,benchmark,value,unit,metric,shots,date\n\
        org/a,quiz,60,percent,acc,5,2024-01-05\norg/a,sums,40,percent,acc,5,2024-01-05\n\
        org/b,quiz,70,percent,acc,5,2024-01-05\norg/b,sums,34,percent,acc,5,2024-01-05\n\
        org/b,quiz,50,percent,acc,5,2024-03-01\n\
        org/c,quiz,90,percent,acc,5,2024-03-01\norg/c,sums,50,percent,acc,5,2024-03-01\n";
    let corrected = "model,benchmark,value,unit,metric,shots,date\n\
        org/b,sums,44,percent,acc,5,2024-06-10\norg/c,quiz,30,percent,acc,5,2024-06-10\n";
    let notice = |model: &str, benchmark: &str, since: &str, reason: &str| {
        format!(
            "[[notices]]\nstate = 'withdrawn'\nfile = 'data/results/run/scores.csv'\nmodel = '{model}'\n\
             benchmark = '{benchmark}'\nsince = '{since}'\nreason = '{reason}'\n"
        )
    };
    let notices =
        notice("org/c", "quiz", "2024-05-02", "Wrong prompt") + &notice("org/b", "sums", "2024-06-10", "Typo");
    Site::with_board()
        .file("data/models/org/c.toml", "name = 'Model C'\n")
        .file("data/results/run/scores.csv", scores)
        .file("data/results/run/zz.csv", corrected)
        .file("data/notices/n.toml", notices)
}

/// The rows of the table of changes of a date.
fn changes(page: &str, date: &str) -> Vec<String> {
    let start = page.find(&format!("id=\"d{date}\"")).unwrap_or_else(|| panic!("no step {date} in {page}"));
    table(&page[start..], "list changes")[1..].to_vec()
}

#[test]
fn the_board_of_a_past_date_shows_the_scores_and_places_of_then() {
    let site = with_history();
    assert_eq!(site.build().problems(), "");
    let places = |path: &str| table(&site.page(path), "board")[1..].to_vec();
    assert_eq!(
        places("en/boards/main@2024-01-05.html"),
        ["|1|Model BOrganisation|52.0|2/2|70|34", "|2|Model AOrganisation|50.0|2/2|60|40"]
    );
    assert_eq!(places("en/boards/main@2024-03-01.html")[0], "|1|Model COrganisation|70.0|2/2|90|50");
    assert_eq!(
        places("en/boards/main@2024-05-02.html")[2],
        "|— 1|Model COrganisationtoo few scores|—|1/2|90× withdrawn |50"
    );
    assert_eq!(
        places("en/boards/main.html"),
        [
            "|1|Model AOrganisation|50.0|2/2|60|40",
            "|2|Model BOrganisation|47.0|2/2|50|44",
            "|3|Model COrganisation|40.0|2/2|30|50",
        ]
    );
    assert!(!site.out().join("en/boards/main@2024-06-10.html").exists(), "the last date is the board itself");
    let site = site.file("tianti.toml", "title = 'T'\ndescription = 'D'\nbase_url = 'https://example.org/'\n");
    site.build();
    let past = site.page("zh/boards/main@2024-01-05.html");
    assert!(past.contains("<meta name=\"robots\" content=\"noindex\">") || past.contains("content=noindex"), "{past}");
    assert!(past.contains("https://example.org/zh/boards/main.html"), "the canonical page is that of today");
}

#[test]
fn every_change_of_a_place_has_its_reason() {
    let site = with_history();
    site.build();
    let page = site.page("en/boards/main~changes.html");
    assert_eq!(
        changes(&page, "2024-03-01"),
        ["|Model C|new→to1|Quiz: 90 addedSums: 50 added", "|Model B|1→to3|Quiz: 70 → 50, a newer record",]
    );
    assert_eq!(
        changes(&page, "2024-05-02"),
        [
            "|Model C|1→to—|Quiz: 90 withdrawnWrong prompt",
            "|Model A|2→to1|only others changed",
            "|Model B|3→to2|only others changed",
        ]
    );
    assert_eq!(
        changes(&page, "2024-06-10"),
        ["|Model B|2, as before|Sums: 34 corrected to 44Typo", "|Model C|—→to3|Quiz: 30 added"]
    );
    assert_eq!(
        table(&page, "list places-by-date"),
        [
            "|Model|2024-01-05|2024-03-01|2024-05-02|2024-06-10",
            "|Model A|2|2|1|1",
            "|Model B|1|3|2|2",
            "|Model C|—|1|—|3",
        ]
    );
    let zh = text(&site.page("zh/boards/main~changes.html"));
    assert!(zh.contains("Sums：34更正为44"), "{zh}");
}

#[test]
fn a_move_within_the_range_is_called_no_evidence() {
    let scores = "model,benchmark,value,unit,metric,shots,standard_error,date\n\
        org/a,quiz,50,percent,acc,5,1.2,2024-01-05\norg/b,quiz,56,percent,acc,5,1.2,2024-01-05\n\
        org/c,quiz,53,percent,acc,5,1.2,2024-03-01\n";
    let board = "title = 'T'\nsummary = 'S'\naggregate = 'mean'\n[[columns]]\nbenchmark = 'quiz'\n";
    let site = Site::new().file("data/results/s.csv", scores).file("data/boards/main.toml", board);
    site.build();
    let changes = changes(&site.page("en/boards/main~changes.html"), "2024-03-01");
    assert!(
        changes.contains(&"|Model A|2→to3 within the range: no evidence|only others changed".to_owned()),
        "{changes:?}"
    );
}

#[test]
fn a_board_of_one_date_says_so_and_has_no_past() {
    let site = Site::with_board()
        .file("data/results/run/source.toml", "name = 'The source'\nretrieved = '2024'\nreporter = 'measured'\n");
    site.build();
    let page = site.page("en/changes.html");
    assert!(
        text(&page).contains("None of its 4 scores says when it was measured, only that it was fetched on 2024"),
        "{page}"
    );
    assert!(
        table(&page, "list sources").contains(&"|2024|The source|4|—".to_owned()),
        "{:?}",
        table(&page, "list sources")
    );
    let board = site.page("en/boards/main.html");
    assert!(board.contains("../changes.html#board-main"), "{board}");
    let files = site.built();
    assert!(files.iter().all(|(path, _)| !path.contains('@') && !path.contains('~')));
}

#[test]
fn the_days_of_measuring_and_of_fetching_are_not_put_in_one_order() {
    let dated = "model,benchmark,value,unit,metric,shots,date\norg/a,quiz,1,percent,acc,5,2024-01-01\norg/b,quiz,2,percent,acc,5,2024-02-01\n";
    let board = "title = 'T'\nsummary = 'S'\naggregate = 'mean'\n[[columns]]\nbenchmark = 'quiz'\n";
    let source = "name = 'The source'\nretrieved = '2026-11-22'\nreporter = 'measured'\n";
    let site = Site::new()
        .file("data/results/dated/s.csv", dated)
        .file("data/results/undated/source.toml", source)
        .file("data/results/undated/s.csv", "model,benchmark,value,unit,metric,shots\norg/c,quiz,3,percent,acc,5\n")
        .file("data/boards/main.toml", board);
    site.build();
    let page = text(&site.page("en/changes.html"));
    assert!(page.contains("2 dates from 2024-01-01 to 2024-02-01"), "{page}");
    assert!(page.contains("1 of 3 scores has no date") || page.contains("1 of 3 scores have no date"), "{page}");
}
