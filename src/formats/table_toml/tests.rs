use crate::formats::testing::{codes, read_text};
use crate::record::{Direction, Field, Part, Place, Unit};

const TABLE: &str = r#"# A comment
[defaults]
unit = "percent"
direction = "higher"
harness = "h"
date = 2024-03-05
chain_of_thought = true

[columns.ARC]
benchmark = "arc-challenge"
metric = "acc_norm"
shots = 25

[columns."GSM 8K"]
benchmark = "gsm8k"
harness = "other"
unit = "points"

[table]
rows = [
  ["model", "model_revision", "ARC", "GSM 8K"],
  ["org/模型", "-", 63.140, +40],
  ["org/b", "v1", "65.44", "-"],
  ["org/c", 2, 1_000.5, nan],
]
"#;

#[test]
fn values_stay_as_written() {
    let reading = read_text("t.toml", TABLE);
    assert_eq!(codes(&reading), [""; 0]);
    let read: Vec<_> = (reading.records.iter())
        .map(|record| (&*record.model.raw, record.model.get(Part::Revision), &*record.benchmark, record.value.text()))
        .collect();
    assert_eq!(
        read,
        [
            ("org/模型", None, "arc-challenge", "63.140"),
            ("org/模型", None, "gsm8k", "+40"),
            ("org/b", Some("v1"), "arc-challenge", "65.44"),
            ("org/c", Some("2"), "arc-challenge", "1000.5"),
            ("org/c", Some("2"), "gsm8k", "nan"),
        ]
    );
    assert!(reading.records[4].value.is_missing());
}

#[test]
fn the_place_is_the_line_and_character_of_the_value() {
    let reading = read_text("t.toml", TABLE);
    let places: Vec<_> = reading.records.iter().map(|record| record.provenance.place.clone()).collect();
    assert_eq!(places[0], Place::Cell { line: 22, column: 19 });
    assert_eq!(places[1], Place::Cell { line: 22, column: 27 });
    assert_eq!(places[2], Place::Cell { line: 23, column: 19 });
}

#[test]
fn defaults_hold_unless_a_column_says_otherwise() {
    let reading = read_text("t.toml", TABLE);
    let [arc, gsm, ..] = &reading.records[..] else { panic!() };
    assert_eq!(
        (&*arc.metric.name, arc.metric.unit, arc.metric.direction),
        ("acc_norm", Unit::Percent, Direction::Higher)
    );
    assert_eq!((&*gsm.metric.name, gsm.metric.unit, gsm.metric.direction), ("", Unit::Points, Direction::Higher));
    assert_eq!((arc.protocol.get(Field::Shots), gsm.protocol.get(Field::Shots)), (Some("25"), None));
    assert_eq!((arc.protocol.get(Field::Harness), gsm.protocol.get(Field::Harness)), (Some("h"), Some("other")));
    assert_eq!(arc.protocol.get(Field::ChainOfThought), Some("yes"));
    assert_eq!(arc.provenance.date.as_ref().unwrap().as_str(), "2024-03-05");
}

#[test]
fn each_fault_is_placed_and_the_rest_is_read() {
    let text = r#"
note = "x"
[defaults]
unti = "percent"
direction = "up"
model = "m"
[columns.A]
benchmark = "a"
[columns.B]
metric = "acc"
[columns.C]
benchmark = "c"
[table]
rows = [
  ["model", "A", "a", "A"],
  ["m", "12%", 1, 1],
  ["m", 1, 1],
  [5],
  ["", 1, 1, 1],
  "row",
  ["m", 0xff, 1, 1],
  ["m", 7, 1, 1],
]
"#;
    let reading = read_text("t.toml", text);
    assert_eq!(
        codes(&reading),
        [
            "unknown-key 2:1",
            "unknown-direction 5:13",
            "unknown-column 6:1",
            "unknown-column 4:1",
            "missing-key 9:10",
            "unknown-column 15:18",
            "duplicate-column 15:23",
            "missing-column 15:3",
            "not-a-number 16:9",
            "ragged-row 17:3",
            "ragged-row 18:3",
            "missing-cell 19:3",
            "wrong-type 20:3",
            "not-a-number 21:9",
        ]
    );
    assert!(reading.diagnostics.iter().all(|problem| problem.hint.is_some()));
    assert_eq!(reading.records.len(), 1);
    assert_eq!(reading.records[0].provenance.place, Place::Cell { line: 22, column: 9 });
}

#[test]
fn tables_without_their_parts_say_which() {
    for (text, code) in [
        ("[columns.A]\nbenchmark = \"a\"", "missing-key 1:1"),
        ("[table]\nx = 1", "missing-key 1:1"),
        ("[table]\nrows = []", "missing-key 2:8"),
        ("[table]\nrows = 5", "wrong-type 2:8"),
        ("[table]\nrows = [5]", "wrong-type 2:9"),
        ("[table]\nrows = [[\"modle\"]]", "unknown-column 2:10"),
        ("columns = 5\n[table]", "wrong-type 1:11"),
    ] {
        assert_eq!(codes(&read_text("t.toml", text))[0], code, "{text}");
    }
}
