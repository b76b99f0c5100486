//! What the pages around the boards say, on small sites with known numbers.
#![allow(clippy::disallowed_methods, reason = "tests write the sites they build")]

mod support;

use support::{Site, table, text};

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
    for (items, quiz, sums) in [
        (100, "|Quiz|60.5%|0|1|0|60.570.0", "|Sums|40.0%|0|1|0|30.540.0"),
        (1000, "|Quiz|60.5%|0|0|1|60.570.0", "|Sums|40.0%|1|0|0|30.540.0"),
    ] {
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
    assert!(page.contains("<circle cx=205"), "the right end");
}

#[test]
fn a_place_shows_its_range_and_the_margin_of_the_composite() {
    let site = with_items(1000);
    site.build();
    let places = table(&site.page("en/models/org/a.html"), "list places");
    // √(60.5·39.5/1000 + 40·60/1000) / 2 · 1.96 = 2.1448
    assert_eq!(places[1], "|Main board|1=/ 2|1–2|50.25±2.14|2/2");
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
