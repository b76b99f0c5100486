//! `tianti formats`, and the pages on formats in `docs/formats/`.
#![allow(clippy::disallowed_methods, reason = "tests read the pages they are about")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use support::Site;
use tianti::formats::FORMATS;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/formats")
}

/// A row of the index: `` | `name` | title | [page](page.md) | ``.
struct Row {
    name: String,
    title: String,
    page: String,
}

fn index() -> Vec<Row> {
    let text = fs::read_to_string(folder().join("README.md")).unwrap();
    let table = text.lines().skip_while(|line| *line != "| Name | Files | Page |").skip(2);
    let row = |line: &str| {
        let [name, title, link] = line.trim_matches('|').split('|').collect::<Vec<_>>().try_into().unwrap();
        let (text, page) = link.trim().strip_prefix('[')?.strip_suffix(".md)")?.split_once("](")?;
        assert_eq!(text, page, "the link's text and address in {line}");
        let name = name.trim().strip_prefix('`')?.strip_suffix('`')?.to_owned();
        Some(Row { name, title: title.trim().to_owned(), page: page.to_owned() })
    };
    let rows = table.take_while(|line| line.starts_with('|'));
    rows.map(|line| row(line).unwrap_or_else(|| panic!("a row of the index is not as it should be: {line}"))).collect()
}

#[test]
fn the_index_lists_every_format_in_the_order_in_which_they_are_asked() {
    let listed: Vec<_> = index().into_iter().map(|row| (row.name, row.title)).collect();
    let registered: Vec<_> =
        FORMATS.iter().map(|format| (format.name().to_owned(), format.title().to_owned())).collect();
    assert_eq!(listed, registered);
}

#[test]
fn the_heading_of_a_page_names_the_formats_that_the_index_says_it_is_about() {
    let mut formats: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in index() {
        formats.entry(row.page).or_default().insert(format!("`{}`", row.name));
    }
    for (page, names) in formats {
        let text = fs::read_to_string(folder().join(format!("{page}.md"))).unwrap_or_else(|_| panic!("no {page}.md"));
        let heading = text.lines().next().unwrap();
        let named = heading.strip_prefix("# ").and_then(|rest| rest.strip_suffix(')')).and_then(|rest| {
            let (_, names) = rest.rsplit_once(" (")?;
            Some(names.split(", ").map(str::to_owned).collect::<BTreeSet<_>>())
        });
        assert_eq!(named.as_ref(), Some(&names), "{page}.md begins with {heading}");
    }
}

#[test]
fn every_page_is_in_the_index() {
    let linked: BTreeSet<_> = index().into_iter().map(|row| row.page).collect();
    for entry in fs::read_dir(folder()).unwrap().map(Result::unwrap) {
        let file = entry.file_name().into_string().unwrap();
        let Some(page) = file.strip_suffix(".md").filter(|page| *page != "README") else { continue };
        assert!(linked.contains(page), "{file} is of no format");
    }
}

#[test]
fn formats_are_listed_in_the_order_in_which_they_are_asked() {
    let site = Site::new();
    let run = site.run(&["formats", "--format", "json"]);
    assert_eq!(run.code(), 0);
    let json: serde_json::Value = serde_json::from_str(&run.says()).unwrap();
    let listed: Vec<_> = json["formats"].as_array().unwrap().iter().map(|format| format["name"].as_str()).collect();
    assert_eq!(listed, FORMATS.iter().map(|format| Some(format.name())).collect::<Vec<_>>());
    let text = site.run(&["formats"]).says();
    for format in FORMATS {
        for part in [format.name(), format.title(), format.example()] {
            assert!(text.contains(part), "{part}");
        }
    }
}
