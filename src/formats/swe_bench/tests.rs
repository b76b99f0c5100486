use crate::formats::testing::{codes, read_text};
use crate::record::{Items, Part, Reporter, Unit};

#[test]
fn entries_of_the_site_are_systems() {
    let text = r#"{"leaderboards": [{"name": "Lite", "results": [
        {"name": "Agent + M", "resolved": 29.30, "date": "2024-11-03", "verified": true, "tags": ["Org: x"]},
        {"name": "Agent 2", "resolved": 12.0, "verified": false, "tags": ["Model: m-1", "System: Open"]},
        {"name": "Agent 3", "resolved": 5, "tags": ["Model: m-1", "Model: m-2"]},
        {"name": "Agent 4", "resolved": null}, {"resolved": 1}]}]}"#;
    let reading = read_text("data.json", text);
    assert_eq!(codes(&reading), ["not-a-number", "no-model"]);
    let [first, second, third] = &reading.records[..] else { panic!() };
    assert_eq!((&*first.model.raw, first.value.text(), first.metric.unit), ("Agent + M", "29.30", Unit::Percent));
    assert_eq!((&*first.benchmark, first.subset.as_deref()), ("SWE-bench", Some("Lite")));
    assert_eq!(first.provenance.reporter, Reporter::Measured);
    assert_eq!(second.provenance.reporter, Reporter::Unknown);
    assert_eq!((&*second.model.raw, second.model.get(Part::Scaffold)), ("m-1", Some("Agent 2")));
    assert_eq!((&*third.model.raw, third.model.get(Part::Scaffold)), ("Agent 3", None));
    assert_eq!(third.provenance.place.to_string(), "/leaderboards/0/results/2/resolved");
}

#[test]
fn details_give_shares_and_items() {
    let text = r#"{"m/1": {"a__b-1": {"resolved": true, "cost": 0.5, "api_calls": 3}, "a__b-2": {"resolved": false, "cost": 1},
        "a__b-3": {"resolved": false}}}"#;
    let reading = read_text("info_for_leaderboard.json", text);
    let record = &reading.records[0];
    assert_eq!((record.value.text(), record.items.scored), ("0.3333333333333333", Some(3)));
    assert_eq!(&*record.extra.as_ref().unwrap()["computed"], r#"{"part":1,"whole":3}"#);
    assert_eq!((record.aggregate, record.provenance.place.to_string().as_str()), (false, "/m~11"));
    assert_eq!((reading.items[0].scores(), reading.items[1].scores()), (&[1.0, 0.0, 0.0][..], &[0.5, 1.0][..]));
    assert_eq!(reading.items[1].metric.unit, Unit::Usd);
}

#[test]
fn a_report_divides_by_all_instances() {
    let text = r#"{"total_instances": 4, "submitted_instances": 2, "completed_instances": 2, "resolved_instances": 1,
        "resolved_ids": ["i1"], "unresolved_ids": ["i2"], "incomplete_ids": ["i3", "i4"], "schema_version": 2}"#;
    let reading = read_text("reports/org__m-3.5.run_7.json", text);
    let record = &reading.records[0];
    assert_eq!((&*record.model.raw, record.value.text()), ("org/m-3.5", "0.25"));
    assert_eq!(record.items, Items { scored: Some(4), total: Some(4) });
    assert_eq!(reading.items[0].scores(), [1.0, 0.0, 0.0, 0.0]);
    assert_eq!(codes(&read_text("report.json", text)), ["no-model"]);
}

#[test]
fn a_submission_is_named_by_its_folders() {
    let text = r#"{"no_generation": ["i1"], "generated": ["i2", "i3", "i4"], "applied": ["i2"], "resolved": ["i2"]}"#;
    let reading = read_text("evaluation/lite/20240402_my_agent/results/results.json", text);
    let record = &reading.records[0];
    assert_eq!((&*record.model.raw, record.value.text(), record.subset.as_deref()), ("my_agent", "0.25", Some("lite")));
    assert_eq!(record.provenance.date.as_ref().unwrap().as_str(), "2024-04-02");
    assert_eq!(codes(&read_text("results.json", text)), ["no-model"]);
    let without = r#"{"no_generation": [], "no_logs": [], "resolved": ["i2"]}"#;
    assert_eq!(codes(&read_text("results.json", without)), ["no-scores"]);
}

#[test]
fn wrong_types_are_no_crash() {
    for text in [
        r#"{"leaderboards": [{"name": 5, "results": [5, {"name": "a", "resolved": [], "tags": 5}]}, 7]}"#,
        r#"{"total_instances": -1, "submitted_instances": {}, "resolved_instances": 0}"#,
        r#"{"no_generation": [5], "generated": [[]], "resolved": [{}]}"#,
        r#"{"m": {"i": {"resolved": 5, "cost": []}}}"#,
    ] {
        let reading = read_text("lite/20240402_a/x.y.json", text);
        assert!(!reading.diagnostics.is_empty() && reading.records.is_empty(), "{text}");
    }
}
