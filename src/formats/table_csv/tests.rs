use crate::formats::testing::{codes, only, read_text};
use crate::record::{Direction, Field, Items, Part, Place, Reporter, Unit};
use std::sync::Arc;

#[test]
fn what_an_export_adds_is_passed_over_and_the_text_of_a_value_wins() {
    let text = "model,benchmark,value,value_text,interval_low,interval_high,interval_level,model_id,place\n\
        a,b,0.5,0.50,0.4,0.6,0.95,org/a,1:1\n\
        a,c,0.5,0.500,0.4,,,,\n";
    let reading = read_text("t.csv", text);
    assert_eq!(codes(&reading), [""; 0]);
    let [full, half] = &reading.records[..] else { panic!("{}", reading.records.len()) };
    assert_eq!((full.value.text(), half.value.text()), ("0.50", "0.500"));
    let interval = full.interval.as_ref().unwrap();
    let bounds = [&interval.low, &interval.high, interval.level.as_ref().unwrap()].map(|value| value.text());
    assert_eq!((bounds, &half.interval), (["0.4", "0.6", "0.95"], &None));
}

#[test]
fn every_column_reaches_its_record() {
    let text = "benchmark,model,value,metric,unit,direction,subset,model_revision,precision,standard_error,items,\
        items_total,aggregate,reporter,date,url,shots,harness\n\
        arc,org/m,65.710,acc_norm,percent,higher,en,abc,int8,0.5,10,20,yes,claimed,2024-03,https://x.org/a,25,h\n\
        arc,org/m,NaN,,,,,,,,,,,,,,,\n";
    let reading = read_text("t.csv", text);
    assert_eq!(codes(&reading), [""; 0]);
    let [full, empty] = &reading.records[..] else { panic!("{}", reading.records.len()) };
    assert_eq!((&*full.model.raw, &*full.benchmark, full.value.text()), ("org/m", "arc", "65.710"));
    assert_eq!((full.model.get(Part::Revision), full.model.get(Part::Precision)), (Some("abc"), Some("int8")));
    assert_eq!((&*full.metric.name, full.metric.unit), ("acc_norm", Unit::Percent));
    assert_eq!((full.metric.direction, full.subset.as_deref()), (Direction::Higher, Some("en")));
    assert_eq!(full.standard_error.as_ref().unwrap().text(), "0.5");
    assert_eq!(full.items, Items { scored: Some(10), total: Some(20) });
    assert!(full.aggregate && !empty.aggregate);
    assert_eq!((full.provenance.reporter, empty.provenance.reporter), (Reporter::Claimed, Reporter::Unknown));
    assert_eq!(full.provenance.date.as_ref().unwrap().as_str(), "2024-03");
    assert_eq!(full.provenance.url.as_ref().map(|url| url.as_str()), Some("https://x.org/a"));
    assert_eq!((full.protocol.get(Field::Shots), full.protocol.get(Field::Harness)), (Some("25"), Some("h")));
    assert_eq!(full.provenance.place, Place::Cell { line: 2, column: 11 });
    assert!(empty.value.is_missing());
    assert_eq!((empty.metric.unit, empty.metric.direction), (Unit::Unknown, Direction::Unknown));
    assert_eq!((empty.protocol.iter().count(), empty.items), (0, Items::default()));
}

#[test]
fn quotes_commas_blank_lines_and_line_ends_are_read() {
    let text = "model,benchmark,value\r\n\r\n\"a, \"\"b\"\"\",x,1\r\n 天 , y ,2";
    let reading = read_text("t.csv", text);
    assert_eq!(codes(&reading), [""; 0]);
    assert_eq!(&*only(&reading, "x", "").model.raw, "a, \"b\"");
    assert_eq!(only(&reading, "x", "").provenance.place, Place::Cell { line: 3, column: 14 });
    assert_eq!(&*only(&reading, "y", "").model.raw, "天");
}

#[test]
fn rows_share_what_they_have_in_common() {
    let reading = read_text("t.csv", "model,benchmark,value,metric,shots\na,x,1,acc,5\nb,x,2,acc,5\na,y,3,acc,0\n");
    let [first, second, third] = &reading.records[..] else { panic!() };
    assert!(Arc::ptr_eq(&first.protocol, &second.protocol) && Arc::ptr_eq(&first.metric, &second.metric));
    assert!(Arc::ptr_eq(&first.model.raw, &third.model.raw));
    assert_ne!(first.protocol, third.protocol);
}

#[test]
fn each_fault_of_a_cell_is_placed_and_the_other_rows_are_read() {
    let text = "model,benchmark,value,unit,direction,reporter,items,date,aggregate\n\
        a,x,12%,,,,,,\n\
        模,x,1,per cent,,,,,\n\
        a,x,1,,up,,,,\n\
        a,x,1,,,me,,,\n\
        a,x,1,,,,many,,\n\
        a,x,1,,,,,March,\n\
        a,x,1,,,,,,true\n\
        ,x,1,,,,,,\n\
        a,,1,,,,,,\n\
        a,x,,,,,,,\n\
        a,x\n\
        a,\"x,1,,,,,,\n\
        a,x,1,percent,,,,,\n";
    let reading = read_text("t.csv", text);
    assert_eq!(
        codes(&reading),
        [
            "not-a-number 2:5",
            "unknown-unit 3:7",
            "unknown-direction 4:8",
            "unknown-reporter 5:9",
            "not-a-count 6:10",
            "not-a-date 7:11",
            "not-yes-or-no 8:12",
            "missing-cell 9:1",
            "missing-cell 10:3",
            "missing-cell 11:5",
            "ragged-row 12:1",
            "broken-csv 13:3",
        ]
    );
    assert_eq!(reading.records.len(), 1);
    assert!(reading.diagnostics.iter().all(|problem| problem.hint.is_some()));
}

#[test]
fn a_fault_is_reported_on_every_row_that_has_it() {
    let reading = read_text("t.csv", "model,benchmark,value,unit\na,x,1,%\na,x,2,%\n");
    assert_eq!(codes(&reading), ["unknown-unit 2:7", "unknown-unit 3:7"]);
}

#[test]
fn faults_of_the_header_are_named() {
    let reading = read_text("t.csv", "model,benchmark,value,shot,value\na,x,1,5,2\n");
    assert_eq!(codes(&reading), ["unknown-column 1:23", "duplicate-column 1:28"]);
    let hint = reading.diagnostics.iter().next().unwrap().hint.clone().unwrap();
    assert!(hint.contains("\"shots\""), "{hint}");
    assert_eq!(reading.records[0].value.text(), "1");
    assert_eq!(codes(&read_text("t.csv", "model,value\na,1\n")), ["missing-column 1:1"]);
    assert_eq!(codes(&read_text("t.csv", "model,benchmark\na,x\n")), ["missing-column 1:1"]);
}

#[test]
fn a_table_without_rows_has_no_scores() {
    assert_eq!(codes(&read_text("t.csv", "model,benchmark,value\n")), ["no-scores"]);
}
