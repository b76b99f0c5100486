//! `tianti formats`, and the page that each format has in `docs/formats/`.
#![allow(clippy::disallowed_methods, reason = "tests read the pages they are about")]

mod support;

use std::fs;
use std::path::Path;
use support::Site;
use tianti::formats::FORMATS;

#[test]
fn every_format_has_a_page_and_stands_in_the_index() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats");
    let index = fs::read_to_string(folder.join("README.md")).unwrap();
    let names = || FORMATS.iter().map(|format| format.name());
    let without_page: Vec<_> = names().filter(|name| !folder.join(format!("{name}.md")).is_file()).collect();
    assert!(without_page.is_empty(), "docs/formats/ has no page <name>.md for: {}", without_page.join(", "));
    let not_listed: Vec<_> = names().filter(|name| !index.contains(&format!("({name}.md)"))).collect();
    assert!(not_listed.is_empty(), "docs/formats/README.md does not link: {}", not_listed.join(", "));
}

#[test]
fn every_page_is_of_a_format() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats");
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let file = entry.file_name().into_string().unwrap();
        let Some(name) = file.strip_suffix(".md").filter(|name| *name != "README") else { continue };
        assert!(FORMATS.iter().any(|format| format.name() == name), "{file} is of no format");
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
