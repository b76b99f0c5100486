//! What the pages around the boards say, on small sites with known numbers.
#![allow(clippy::disallowed_methods, reason = "tests write the sites they build")]

mod support;

use support::{BOARD, Site, table, text};

/// The board's site, each score a share of so many items.
fn with_items(items: u32) -> Site {
    Site::with_board().file(
        "data/results/run/scores.csv",
        format!(
            "model,benchmark,value,unit,metric,shots,items\n\
             a-raw,quiz,60.5,percent,acc,5,{items}\na-raw,sums,0.4,fraction,acc,5,{items}\n\
             Model B,quiz,70,percent,acc,5,{items}\nModel B,sums,0.305,fraction,acc,5,{items}\n"
        ),
    )
}

#[test]
fn a_profile_counts_differences_beyond_noise_alone() {
    // 60.5 and 70 of 100: 1.96 · √(4.89² + 4.58²) = 13.1 points of noise; of 1000: 4.15.
    for (items, quiz, sums) in
        [(100, "|Quiz|61%|0|1|0|6170", "|Sums|40%|0|1|0|3140"), (1000, "|Quiz|61%|0|0|1|6170", "|Sums|40%|1|0|0|3140")]
    {
        let site = with_items(items);
        site.build();
        let page = site.page("en/models/org/a.html");
        assert_eq!(table(&page, "list profile")[1..], [quiz, sums], "{items} items");
        assert!(!page.contains("nothing is known"));
    }
}

#[test]
fn without_errors_a_profile_goes_by_the_number_and_says_so() {
    let site = Site::with_board();
    site.build();
    let page = site.page("en/models/org/b.html");
    assert_eq!(table(&page, "list profile")[1..], ["|Quiz|70.0%|1|0|0|60.570.0", "|Sums|30.5%|0|0|1|30.540.0"]);
    assert!(text(&page).contains("Where nothing is known of a score’s error"));
    assert!(!page.contains("class=margin"));
}

#[test]
fn where_less_is_better_the_best_stands_on_the_right() {
    let scores = "model,benchmark,value,unit,metric,shots,direction\n\
        a-raw,quiz,3.5,points,ppl,5,lower\nModel B,quiz,7,points,ppl,5,lower\n";
    let board = "title = 'T'\nsummary = 'S'\naggregate = 'mean'\n[[columns]]\nbenchmark = 'quiz'\n";
    let site = Site::new().file("data/results/s.csv", scores).file("data/boards/main.toml", board);
    site.build();
    let page = site.page("en/models/org/a.html");
    assert_eq!(table(&page, "list profile")[1..], ["|Quiz|3.5|1|0|0|7.03.5"]);
    assert!(page.contains("<circle cx=200"), "the right end");
}

const SPEED: &str = "title = 'Speed'\nsummary = 'S'\naggregate = 'none'\n\
    [[columns]]\nbenchmark = 'quiz'\nlabel = { zh = '延迟', en = 'Latency' }\nmetric = 'latency'\n\
    [[columns]]\nbenchmark = 'quiz'\nlabel = 'Throughput'\nmetric = 'throughput'\n";

#[test]
fn two_columns_are_drawn_over_each_other_with_the_models_that_none_surpasses() {
    let scores = "model,benchmark,value,unit,metric,direction\n\
        a-raw,quiz,20,milliseconds,latency,lower\na-raw,quiz,90,tokens-per-second,throughput,higher\n\
        Model B,quiz,10,milliseconds,latency,lower\nModel B,quiz,50,tokens-per-second,throughput,higher\n\
        slow,quiz,25,milliseconds,latency,lower\nslow,quiz,60,tokens-per-second,throughput,higher\n\
        half,quiz,5,milliseconds,latency,lower\n";
    let board = format!("{SPEED}[[charts]]\nx = '延迟'\ny = 'Throughput'\nlog = true\n");
    let site = Site::new().file("data/results/s.csv", scores).file("data/boards/main.toml", board);
    site.build();
    let page = site.page("en/boards/main.html");
    let chart = &page[page.find("id=\"chart-columns\"").unwrap()..];
    assert_eq!(
        table(chart, "list"),
        [
            "|Model|Latency (ms)|Throughput (tokens/s)|95% interval|On the frontier",
            "|Model B|10|50|—|yes",
            "|Model A|20|90|—|yes",
            "|slow|25|60|—|no",
        ]
    );
    for part in [
        "3 of 4 models; one lacks one of the two.",
        "nothing is known of noise",
        ">Latency (ms), lower is better<",
        ">Throughput (tokens/s)<",
    ] {
        assert!(chart.contains(part), "{part} in {chart}");
    }
    assert!(site.page("zh/boards/main.html").contains("延迟（毫秒），越低越好"));

    let site = site.file("data/boards/main.toml", SPEED);
    site.build();
    let page = site.page("en/boards/main.html");
    let own = &page[page.find("id=\"chart-columns\"").expect("a board of latency and throughput asks for nothing")..];
    assert_eq!(table(own, "list"), table(chart, "list"));
}

#[test]
fn a_chart_of_columns_respects_the_noise_of_both() {
    // B has 9.5 points more in one and 1 more in the other: of 100 items each that is within the noise of 13 points.
    for (items, on) in [(100, "yes"), (10_000, "no")] {
        let scores = format!(
            "model,benchmark,value,unit,metric,shots,items\n\
             a-raw,quiz,60.5,percent,acc,5,{items}\na-raw,sums,40,percent,acc,5,{items}\n\
             Model B,quiz,70,percent,acc,5,{items}\nModel B,sums,41,percent,acc,5,{items}\n"
        );
        let board = "title = 'T'\nsummary = 'S'\naggregate = 'mean'\n[[columns]]\nbenchmark = 'quiz'\n\
            [[columns]]\nbenchmark = 'sums'\n[[charts]]\nx = 'quiz'\ny = 'sums'\n";
        let site = Site::with_board().file("data/results/run/scores.csv", scores).file("data/boards/main.toml", board);
        site.build();
        let page = site.page("en/boards/main.html");
        let chart = &page[page.find("id=\"chart-columns\"").unwrap()..];
        let rows = table(chart, "list");
        assert!(rows[1].starts_with("|Model A|60") && rows[1].ends_with(on), "{items} items: {rows:?}");
        assert!(rows[2].ends_with("yes"), "{rows:?}");
        assert!(chart.contains("better beyond noise in one of the two"));
    }
}

#[test]
fn how_firm_places_are_is_told_by_the_order_where_models_share_a_place() {
    let scores = "model,benchmark,value,unit,metric,shots,items\n\
         a-raw,quiz,60,percent,acc,5,100\na-raw,sums,40,percent,acc,5,100\n\
         Model B,quiz,70,percent,acc,5,100\nModel B,sums,32,percent,acc,5,100\n";
    let site = Site::with_board().file("data/results/run/scores.csv", scores);
    site.build();
    let page = site.page("en/boards/main.html");
    let chart = &page[page.find("id=\"chart-stability\"").unwrap()..];
    assert_eq!(
        table(chart, "list"),
        [
            "|Model|Order by composite|95% range|Order without any one column|First under random weights",
            "|Model B|1|1–2|1–2|55%",
            "|Model A|2|1–2|1–2|45%",
        ]
    );
    assert!(text(chart).contains("Dots: the plain order by composite, also among models that share a place."));
}

#[test]
fn a_chart_of_columns_that_are_not_there_is_an_error_at_its_place() {
    for (chart, problem) in [
        ("x = 'Latency'\ny = 'Troughput'", "main.toml:14:5: error[unknown-column]: no column \"Troughput\""),
        ("x = 'quiz'\ny = 'Throughput'", "main.toml:13:5: error[ambiguous-column]: 2 columns are called \"quiz\""),
        ("x = 'Latency'\ny = '延迟'", "main.toml:14:5: error[contradiction]: x and y are the same column \"延迟\""),
    ] {
        let site = Site::with_board().file("data/boards/main.toml", format!("{SPEED}[[charts]]\n{chart}\n"));
        let problems = site.run(&["build"]).problems();
        assert!(problems.contains(problem), "{problem} in {problems}");
    }
}

#[test]
fn a_place_shows_its_range_and_the_margin_of_the_composite() {
    let site = with_items(1000);
    site.build();
    let places = table(&site.page("en/models/org/a.html"), "list places");
    // √(60.5·39.5/1000 + 40·60/1000) / 2 · 1.96 = 2.1448, shown no finer than it is known
    assert_eq!(places[1], "|Main board|1=/ 2|1–2|50±2|2/2");
}

#[test]
fn a_record_shows_its_stated_interval_and_what_else_its_file_states() {
    let scores = "model,benchmark,value,unit,metric,interval_low,interval_high,interval_level\n\
        a-raw,quiz,60.5,percent,acc,55.1,65.9,0.95\na-raw,sums,40,percent,acc,,,\n";
    let site = Site::new().file("data/results/s.csv", scores);
    site.build();
    let rows = table(&site.page("en/models/org/a.html"), "records");
    assert!(rows[1].contains("|60.5|[55.1, 65.9] 0.95|"), "{rows:?}");
    assert!(rows[2].contains("|40||"), "{rows:?}");
}

#[test]
fn a_model_is_compared_with_its_family_where_they_share_a_board() {
    let family =
        |name: &str| format!("name = 'Model {name}'\nfamily = 'F'\naliases = ['{}-raw']\n", name.to_lowercase());
    let site = Site::with_board()
        .file("data/models/org/a.toml", family("A"))
        .file("data/models/org/b.toml", family("B"))
        .file("data/models/org/c.toml", family("C"));
    site.build();
    let link = r#"href="../../compare.html?board=main&amp;models=org/a,org/b""#;
    let page = site.page("en/models/org/a.html");
    assert!(page.contains(link), "{page}");
    assert!(!site.page("en/models/org/c.html").contains("compare.html?"), "no board has it");
}

#[test]
fn variants_that_records_tell_apart_are_listed_and_the_family_is_too() {
    let scores = "model,benchmark,value,unit,metric,quantisation\n\
        a-raw,quiz,60.5,percent,acc,int4\na-raw,sums,40,percent,acc,int4\na-raw,quiz,62,percent,acc,\n";
    let site = Site::new()
        .file("data/results/s.csv", scores)
        .file("data/models/org/a.toml", "name = 'Model A'\naliases = ['a-raw']\nfamily = 'F'\n")
        .file("data/models/org/c.toml", "name = 'Model C'\nfamily = 'F'\nparameters = '7B'\n");
    site.build();
    let page = site.page("en/models/org/a.html");
    let variants = text(&page[page.find("class=variants").expect("a list of variants")..]);
    assert!(variants.contains("variant not stated1 record"), "{variants}");
    assert!(variants.contains("Quantisationint42 records"), "{variants}");
    assert_eq!(table(&page, "list models")[1..], ["|Model C|—|7B|—|0"]);
}

#[test]
fn articles_that_link_to_a_model_or_a_benchmark_are_named_on_its_page() {
    let article = |title: &str, date: &str, text: &str| {
        format!("+++\ntitle = '{title}'\nsummary = 'S'\ndate = {date}\n+++\n{text}\n")
    };
    let site = Site::with_board()
        .file("content/notes/old.en.md", article("Old", "2024-01-01", "[A](model:org/a), [again](model:org/a)"))
        .file("content/notes/new.en.md", article("New", "2024-02-01", "[A](model:org/a) and [Q](benchmark:quiz)"))
        .file("content/notes/new.zh.md", article("新", "2024-02-01", "没有链接"));
    site.build();
    let mentions = |path: &str| {
        let page = site.page(path);
        page.find("id=mentions").map(|at| text(&page[at..at + page[at..].find("</section>").unwrap()]))
    };
    let of_a = mentions("en/models/org/a.html").expect("mentions");
    assert!(of_a.find("New") < of_a.find("Old"), "{of_a}");
    assert_eq!(of_a.matches("Old").count(), 1, "{of_a}");
    assert!(!mentions("zh/models/org/a.html").expect("the English article is read in Chinese too").contains('新'));
    assert!(mentions("en/benchmarks/quiz.html").expect("mentions").contains("New"));
    assert_eq!(mentions("en/models/org/b.html"), None);
}

#[test]
fn an_organisation_lists_its_models_with_their_places_and_its_benchmarks() {
    let site = with_items(1000)
        .file("data/models/org/a.toml", "name = 'Model A'\naliases = ['a-raw']\nreleased = '2024-03'\nfamily = 'F'\n")
        .file("data/models/org/b.toml", "name = 'Model B'\nreleased = '2024-05-01'\n")
        .file("data/benchmarks/quiz.toml", "name = 'Quiz'\nsummary = 'S'\norganisation = 'org'\n");
    site.build();
    let page = site.page("en/orgs/org.html");
    let rows = table(&page, "list models");
    assert_eq!(rows[1], "|Model B|—|—|2024-05-01|1=/ 21–2Main board", "the latest first");
    assert_eq!(rows[2], "|Model A|—|—|2024-03|1=/ 21–2Main board");
    assert!(page.contains("href=\"../benchmarks/quiz.html\""));
    assert_eq!(table(&site.page("zh/orgs/index.html"), "list organisations")[1], "|机构|2|1|2024-05-01|F");
    assert!(site.page("en/models/org/a.html").contains("href=\"../../orgs/org.html\""));
}

#[test]
fn a_benchmark_of_an_organisation_that_is_not_listed_is_an_error() {
    let site = Site::new().file("data/benchmarks/quiz.toml", "name = 'Quiz'\nsummary = 'S'\norganisation = 'nobody'\n");
    let problems = site.run(&["build"]).problems();
    assert!(problems.contains("data/benchmarks/quiz.toml:3:16: error[unknown-organisation]"), "{problems}");
}

/// Three models of known release on one benchmark, with so many items behind each score.
fn with_releases(items: u32) -> Site {
    let card = |name: &str, released: &str| format!("name = '{name}'\nreleased = '{released}'\n");
    Site::new()
        .file("data/models/org/a.toml", card("Model A", "2023-01"))
        .file("data/models/org/b.toml", card("Model B", "2024-02-01"))
        .file("data/models/org/c.toml", card("Model C", "2023-06"))
        .file("data/models/org/d.toml", "name = 'Model D'\n")
        .file(
            "data/results/s.csv",
            format!(
                "model,benchmark,value,unit,metric,shots,items\nModel A,quiz,60,percent,acc,5,{items}\n\
                 Model B,quiz,62,percent,acc,5,{items}\nModel C,quiz,50,percent,acc,5,{items}\n\
                 Model D,quiz,30,percent,acc,5,{items}\nModel A,quiz,0.7,fraction,em,0,{items}\n"
            ),
        )
        .file(
            "data/boards/main.toml",
            "title = 'Main'\nsummary = 'S'\naggregate = 'mean'\nmaterial = ['shots']\n[[columns]]\nbenchmark = 'quiz'\nmetric = 'acc'\n",
        )
}

#[test]
fn who_leads_is_a_set_where_scores_are_noisy() {
    for (items, says, rows) in [
        // Two standard errors of a difference: 14 points for 100 items, 1.4 for 10,000.
        (100, "3 models may be the best", ["|Model B|62%±10|1–3", "|Model A|60%±10|1–3", "|Model C|50%±10|1–3"]),
        (10_000, "One model is the best", ["|Model B|62%±1|1", "|Model A|60%±1|2", "|Model C|50%±1|3"]),
    ] {
        let site = with_releases(items);
        site.build();
        let page = site.page("en/benchmarks/quiz.html");
        let leaders = &page[page.find("id=leaders").expect("leaders")..];
        assert!(text(leaders).contains(says), "{}", text(leaders));
        assert_eq!(table(leaders, "list leaders")[1..], rows, "{items} items");
    }
}

#[test]
fn a_benchmark_on_many_boards_shows_the_leaders_of_the_first() {
    let boards =
        (0..14).fold(Site::with_board(), |site, number| site.file(&format!("data/boards/b{number}.toml"), BOARD));
    boards.build();
    let page = boards.page("en/benchmarks/quiz.html");
    assert_eq!(page.matches("list leaders").count(), 12);
    assert!(text(&page).contains("Left out here: 3 more boards"), "{}", text(&page));
}

#[test]
fn the_best_score_rises_by_release_and_noise_is_named() {
    let site = with_releases(100);
    site.build();
    let page = site.page("en/benchmarks/quiz.html");
    let steps = &page[page.find("id=leaders").expect("leaders")..];
    let rows = table(steps, "list steps");
    assert_eq!(rows[1..], ["|2023-01|Model A|60|—", "|2024-02-01|Model B|62|+2within noise"]);
    assert!(text(steps).contains("One model is left out"), "{}", text(steps));
}

#[test]
fn the_scores_of_a_column_are_drawn_over_release_dates_where_three_are_known() {
    for (items, first, second) in [
        (100, "|Model A|2023-01|60|50–70|yes", "|Model C|2023-06|50|40–60|yes"),
        (10_000, "|Model A|2023-01|60|59–61|yes", "|Model C|2023-06|50|49–51|no"),
    ] {
        let site = with_releases(items);
        site.build();
        let page = site.page("en/benchmarks/quiz.html");
        let chart = &page[page.find("id=\"chart-released-1\"").expect("a chart")..];
        assert_eq!(table(chart, "list")[1..3], [first, second], "{items} items");
        let caption = "Main, Quiz: score and release date of 3 of 4 models; the date of 1 more is not known.";
        assert!(text(chart).contains(caption), "{}", text(chart));
    }
    let site = with_releases(100).file("data/models/org/c.toml", "name = 'Model C'\n");
    site.build();
    assert!(!site.page("en/benchmarks/quiz.html").contains("chart-released"), "two dates say little");
    // A month without a day counts as its middle, in the table as in the chart.
    let site = site.file("data/models/org/c.toml", "name = 'Model C'\nreleased = '2024-02'\n").file(
        "data/results/s.csv",
        "model,benchmark,value,unit,metric,shots\nModel A,quiz,60,percent,acc,5\nModel B,quiz,62,percent,acc,5\n\
         Model C,quiz,70,percent,acc,5\n",
    );
    site.build();
    let page = site.page("en/benchmarks/quiz.html");
    let leaders = &page[page.find("id=leaders").expect("leaders")..];
    let steps = ["|2023-01|Model A|60|—", "|2024-02-01|Model B|62|+2", "|2024-02|Model C|70|+8"];
    assert_eq!(table(leaders, "list steps")[1..], steps);
}

#[test]
fn ways_of_measuring_stand_apart_and_benchmarks_beside_those_they_are_not() {
    let site = with_releases(100)
        .file(
            "data/benchmarks/sums.toml",
            "name = 'Sums'\nsummary = 'S'\nitems = 7\n[[not_comparable]]\nwith = 'quiz'\nreason = 'other questions'\n",
        )
        .file(
            "data/benchmarks/quiz.toml",
            "name = 'Quiz'\nsummary = 'S'\nhuman = { score = 0.898, who = 'experts', source = 'https://example.org/paper' }\n",
        );
    site.build();
    let page = site.page("en/benchmarks/quiz.html");
    let ways = table(&page, "list ways");
    assert_eq!(ways.len(), 3, "{ways:?}");
    assert!(ways[1].contains("|acc %|Shots5|4|30 – 62") && ways[2].contains("|em fraction|Shots0|1|0.7"), "{ways:?}");
    let kin = table(&page, "list kin");
    assert_eq!(kin[1..], ["|Quiz|—|—|—|—|—|5", "|Sums|7|—|—|—|—|0"], "named by the other's card");
    assert!(page.contains("89.8% · experts") && page.contains("https://example.org/paper"));
}

#[test]
fn a_human_level_above_one_is_an_error() {
    let card =
        "name = 'Quiz'\nsummary = 'S'\nhuman = { score = 89.8, who = 'experts', source = 'https://example.org' }\n";
    let problems = Site::new().file("data/benchmarks/quiz.toml", card).run(&["build"]).problems();
    assert!(problems.contains("error[out-of-range]: human.score = 89.8"), "{problems}");
}

#[test]
fn the_glossary_has_its_terms_in_both_languages_and_articles_can_link_to_them() {
    let glossary = "[[term]]\nid = 'tie'\ntopic = 'ranking'\nname = { zh = '并列', en = 'Tie' }\ndefinition = { zh = '分不出', en = 'A < B?' }\n\
        see = ['benchmark:quiz', 'glossary:shots', 'notes/a.md', 'https://example.org/x']\n\
        [[term]]\nid = 'shots'\ntopic = 'protocol'\nname = 'Shots'\ndefinition = 'Examples'\n";
    let article = "+++\ntitle = 'On ties'\nsummary = 'S'\ndate = 2024-01-01\n+++\n[a tie](glossary:tie)\n";
    let site = Site::new().file("data/glossary.toml", glossary).file("content/notes/a.en.md", article);
    site.build();
    let page = site.page("en/glossary.html");
    let (protocol, ranking) =
        (page.find("id=\"topic-protocol\"").unwrap(), page.rfind("id=\"topic-ranking\"").unwrap());
    assert!(protocol < ranking && page.contains("A &lt; B?"));
    let tie = &page[page.find("id=\"tie\"").expect("the anchor")..];
    for link in [
        "benchmarks/quiz.html\">Quiz",
        "glossary.html#shots\">Shots",
        "articles/notes/a.html\">On ties",
        "example.org/x",
    ] {
        assert!(tie.contains(link), "{link}: {tie}");
    }
    assert!(text(tie).contains("Tie并列"), "{}", text(tie));
    assert!(site.page("zh/glossary.html").contains("分不出"));
    assert!(site.page("zh/articles/notes/a.html").contains("href=\"../../glossary.html#tie\""));
    assert!(site.page("en/index.html").contains("glossary.html"));
}

#[test]
fn broken_links_of_the_glossary_and_terms_said_twice_are_errors() {
    let term = |see: &str| {
        format!("[[term]]\nid = 'tie'\ntopic = 'ranking'\nname = 'Tie'\ndefinition = 'D'\nsee = ['{see}']\n")
    };
    for (glossary, problem) in [
        (term("glossary:ties"), "data/glossary.toml:6:8: error[broken-link]: no term \"ties\""),
        (term("javascript:alert(1)"), "data/glossary.toml:6:8: error[broken-link]"),
        (term("picture.png"), "data/glossary.toml:6:8: error[broken-link]"),
        (term("benchmark:quiz").repeat(2), "data/glossary.toml:8:6: error[name-taken]"),
        ("[[term]]\nid = 'tie'\n".to_owned(), "data/glossary.toml:1:1: error[broken-toml]"),
    ] {
        let problems = Site::new().file("data/glossary.toml", &glossary).run(&["build"]).problems();
        assert!(problems.contains(problem), "{glossary}\n{problems}");
    }
}

#[test]
fn without_a_glossary_there_is_no_page_and_no_link_to_one() {
    let site = Site::new();
    site.build();
    assert!(!site.out().join("en/glossary.html").exists());
    assert!(!site.page("en/index.html").contains("glossary"));
}

#[test]
fn the_data_page_lists_files_sources_and_a_version_that_follows_the_data() {
    let site = Site::with_board();
    site.build();
    let version = |site: &Site| {
        let index: serde_json::Value = serde_json::from_str(&site.page("data/index.json")).unwrap();
        assert_eq!(index["boards"][0]["files"][0], "data/boards/main.csv");
        assert!(site.out().join(index["boards"][0]["pages"]["zh"].as_str().unwrap()).exists());
        index["data_version"].as_str().unwrap().to_owned()
    };
    let before = version(&site);
    let page = site.page("en/data.html");
    assert_eq!(table(&page, "list downloads-of")[1].trim(), "|Main board|main.csv|main.json");
    assert_eq!(table(&page, "list sources")[1], "|The source|not stated|—|1|4");
    assert_eq!(page.matches(&before).count(), 4, "said, in BibTeX twice, and in GB/T 7714");
    let site = site.file("data/results/run/more.csv", "model,benchmark,value\na-raw,quiz,1\n");
    site.build();
    assert_ne!(version(&site), before);
}

#[test]
fn datasets_are_listed_with_all_benchmarks_that_use_them() {
    let card = |name: &str, items: u32| {
        format!(
            "name = '{name}'\nsummary = 'S'\nitems = {items}\nlicence = 'MIT'\nlanguages = ['en']\ndataset = 'https://huggingface.co/datasets/x/y'\n"
        )
    };
    let site =
        Site::new().file("data/benchmarks/one.toml", card("One", 5)).file("data/benchmarks/two.toml", card("Two", 6));
    site.build();
    let page = site.page("en/datasets.html");
    assert_eq!(table(&page, "list datasets")[1..], ["|x/y huggingface.co|One, Two|11|en|MIT"]);
    assert!(text(&page).contains("2 benchmarks name no dataset"));
}

#[test]
fn boards_of_a_topic_stand_together_and_those_without_one_last() {
    let board = |name: &str, topic: &str, order: u32| {
        let board = BOARD.replace("主榜", name).replace("Main board", name);
        format!(
            "order = {order}\n{}{board}",
            if topic.is_empty() { String::new() } else { format!("topic = '{topic}'\n") }
        )
    };
    let site = Site::with_board()
        .file("data/boards/main.toml", board("First", "", 1))
        .file("data/boards/b.toml", board("Second", "Code", 2))
        .file("data/boards/c.toml", board("Third", "Law", 3))
        .file("data/boards/d.toml", board("Fourth", "Code", 4).replace("[[columns]]\nbenchmark = 'sums'\n", ""));
    site.build();
    for page in ["en/boards/index.html", "en/index.html"] {
        let page = site.page(page);
        let place = |words: &str| page.rfind(words).unwrap_or_else(|| panic!("{words}"));
        let order = ["<h2>Code", ">Second<", ">Fourth<", "<h2>Law", ">Third<", "<h2>Boards", ">First<"].map(place);
        assert!(order.is_sorted(), "{order:?}");
    }
    // A tile has the first rows of its own board: of one column, the first has 70.
    let home = site.page("en/index.html");
    let tile = &home[home.rfind(">Fourth<").unwrap()..home.rfind(">Third<").unwrap()];
    assert_eq!(table(tile, "board short")[1], "|1|Model BOrganisation|70.0");
}
