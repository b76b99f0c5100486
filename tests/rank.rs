//! `tianti rank` as a program: its output in every form, and its exit codes.

#![allow(clippy::disallowed_methods, reason = "the tests write the files that are ranked")]

use serde_json::Value;
use std::fs;
use std::process::{Command, Output};
use tempfile::TempDir;

/// A beats B three times of four; C beats D, which never wins; a row is no battle and one is of a model with itself.
const VOTES: &str = "model_a,model_b,winner\nA,B,model_a\nB,A,model_a\nA,B,model_a\nB,A,model_b\nC,D,model_a\nD,C,model_b\n\
    A,B,A wins\nA,A,tie\n";

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("votes.csv"), VOTES).unwrap();
        Self(folder)
    }

    fn rank(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tianti"));
        command.current_dir(self.0.path()).arg("rank").args(arguments).env("NO_COLOR", "1").output().unwrap()
    }

    fn printed(&self, arguments: &[&str]) -> String {
        let output = self.rank(arguments);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

#[test]
fn people_see_standings_and_what_they_rest_on() {
    let folder = Folder::new();
    let text = folder.printed(&["votes.csv"]);
    for part in [
        "Group 1 of 2: 2 models, 4 battles\nPlace  Ranks  Model  Rating  95% interval  Battles  Win rate  Notes\n",
        "   1=    1–2  A        1095    899 – 1292        4     75.0%  few battles\n",
        "never won, few battles",
        "6 battles of 4 models, 0 ties",
        "Left out: 1 of a model against itself, 1 that cannot be read.",
        "No battles connect the groups",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let markdown = folder.printed(&["votes.csv", "--format", "md"]);
    assert!(markdown.contains("| 1= | 1–2 | A | 1095 | 899 – 1292 | 4 | 75.0% | few battles |\n"), "{markdown}");
    let said = String::from_utf8(folder.rank(&["votes.csv"]).stderr).unwrap();
    assert!(said.contains("votes.csv:8:5: warning[unreadable-judgment]: \"A wins\" is no outcome"), "{said}");
}

#[test]
fn programs_get_every_number() {
    let folder = Folder::new();
    let document: Value = serde_json::from_str(&folder.printed(&["votes.csv", "--format", "json"])).unwrap();
    assert_eq!((&document["battles"]["unreadable"], &document["battles"]["against_itself"]), (&1.into(), &1.into()));
    let first = &document["groups"][0]["models"][0];
    assert!((first["rating"].as_f64().unwrap() - 1095.424250944).abs() < 1e-8);
    assert!((first["standard_error"].as_f64().unwrap() - 100.296014414).abs() < 1e-8);
    let second = &document["groups"][1];
    assert_eq!((&second["anchor"], &second["models"][0]["upper"]), (&"phantom 1000".into(), &Value::Null));
    assert_eq!(document["pairs"][0]["a_wins"], 3);
    let csv = folder.printed(&["votes.csv", "--format", "csv"]);
    let columns: Vec<usize> = csv.lines().map(|line| line.split(',').count()).collect();
    assert_eq!(columns, [22; 5]);
    assert!(csv.lines().nth(1).unwrap().starts_with("1,1,1,2,A,1095.4242509"), "{csv}");
}

#[test]
fn a_seed_gives_the_same_numbers_again() {
    let folder = Folder::new();
    let mut votes = String::from("left,right,winner\n");
    for round in 0..200 {
        votes += ["x,y,left\n", "y,z,left\n", "z,x,left\n", "y,x,tie\n", "x,z,left\n"][round * 7 % 5];
    }
    fs::write(folder.0.path().join("crowd.csv"), votes).unwrap();
    let with = |seed| folder.printed(&["crowd.csv", "--bootstrap", "200", "--seed", seed, "--format", "csv"]);
    assert_eq!(with("7"), with("7"));
    assert_ne!(with("7"), with("8"));
}

#[test]
fn exit_codes_tell_what_went_wrong() {
    let folder = Folder::new();
    fs::write(folder.0.path().join("none.csv"), "model_a,model_b,winner\nA,A,tie\n").unwrap();
    for (arguments, code) in
        [(&["none.csv"][..], 1), (&["missing.csv"], 1), (&["missing"], 2), (&["votes.csv", "--seed", "1"], 2), (&[], 2)]
    {
        let output = folder.rank(arguments);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(code), 0), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
}

/// Two models against a baseline; of the second, an answer is missing.
const ANNOTATIONS: &str = r#"[
{"instruction": "p", "generator_1": "base", "generator_2": "x|y", "annotator": "j", "preference": 1.75, "output_1": "ab", "output_2": "abcd"},
{"instruction": "q", "generator_1": "base", "generator_2": "x|y", "annotator": "j", "preference": 1.25, "output_1": "abc", "output_2": "ab"},
{"instruction": "p", "generator_1": "base", "generator_2": "z", "annotator": "j", "preference": 1.5, "output_1": "ab"}]"#;

#[test]
fn win_rates_against_a_baseline_stand_beside_those_at_equal_length() {
    let folder = Folder::new();
    fs::write(folder.0.path().join("annotations.json"), ANNOTATIONS).unwrap();
    let text = folder.printed(&["annotations.json", "--style"]);
    for part in [
        "\nWin rates against base, judged by j\nModel  Verdicts  Win rate  Length-controlled",
        "\nx|y           2     50.0%              49.9%",
        "\nz             1     50.0%            unknown                         1 without lengths\n",
        "Ridge 0.01 on θ and 10 on φ",
        "1 battles do not show how long the answers are",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let markdown = folder.printed(&["annotations.json", "--format", "md"]);
    assert!(markdown.contains("\n### Win rates against base, judged by j\n\n| Model | Verdicts"), "{markdown}");
    assert!(markdown.contains("\n| x\\|y | 2 | 50.0% | 49.9% |"), "{markdown}");
    let document: Value = serde_json::from_str(&folder.printed(&["annotations.json", "--format", "json"])).unwrap();
    assert_eq!((&document["against_baseline"][0]["win_rate"], &document["style"]), (&0.5.into(), &Value::Null));
    assert_eq!(document["against_baseline"][0]["length_controlled"], Value::Null);
    let csv = folder.printed(&["annotations.json", "--format", "csv"]);
    let cells = csv.lines().map(|line| line.split(',').collect::<Vec<_>>()).collect::<Vec<_>>();
    let column = |name: &str| cells[0].iter().position(|cell| *cell == name).unwrap();
    let rate = |model: &str, name: &str| cells.iter().find(|row| row[column("model")] == model).unwrap()[column(name)];
    assert_eq!((rate("z", "baseline_win_rate"), rate("z", "length_controlled_win_rate")), ("0.5", ""));
    assert!(rate("x|y", "length_controlled_win_rate").starts_with("0.49"), "{csv}");
    assert!(cells.iter().all(|row| row.len() == cells[0].len()), "{csv}");
}
