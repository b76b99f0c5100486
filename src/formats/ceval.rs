//! C-Eval and CMMLU: the tables of their front pages, and the answers that are submitted to them, which are no scores.
//!
//! CMMLU's tables have a column of their own by which they are known. C-Eval's have none, and are read where the document
//! speaks of C-Eval and not of CMMLU.

use super::json::{Json, Object};
use super::text_table::{Cell, TextTable};
use super::{Content, Format, Holds, Input, Reading, written};
use crate::record::{Direction, Field, Metric, ModelName, Protocol, Record, Unit};
use std::sync::Arc;

pub struct CEval;

/// The columns behind the model's, in English or Chinese; the order is the table's.
const GROUPS: [&[&str]; 4] = [
    &["STEM"],
    &["Humanities", "人文学科", "人文"],
    &["Social Science", "Social Sciences", "社会科学", "社会"],
    &["Other", "Others", "其他"],
];
const AVERAGE: [&str; 4] = ["Average", "Avg", "平均分", "平均"];
const OF_CMMLU: [&str; 2] = ["China-specific", "中国特定主题"];

impl Format for CEval {
    fn name(&self) -> &'static str {
        "ceval"
    }

    fn title(&self) -> &'static str {
        "C-Eval and CMMLU tables"
    }

    fn example(&self) -> &'static str {
        "README.md"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        if let Some(root) = input.object() {
            return about_subjects(root);
        }
        let Content::Markdown(markdown) = &input.content else { return None };
        // Most texts name none of them, and their tables are not looked at.
        let named = ["C-Eval", "CMMLU"].iter().chain(&OF_CMMLU).any(|word| markdown.text.contains(word));
        let mut tables = if named { markdown.tables() } else { Vec::new() }.into_iter();
        tables.any(|table| benchmark(&table, markdown.text).is_some()).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Content::Markdown(markdown) = &input.content else { return };
        for table in markdown.tables() {
            if let Some(benchmark) = benchmark(&table, markdown.text) {
                read_table(&table, benchmark, reading);
            }
        }
    }
}

/// Subject → answers, `{"0": "A", …}`, or subject → its names and category.
fn about_subjects(root: &Object) -> Option<Holds> {
    let is_answer = |(key, answer): (&String, &Json)| {
        key.bytes().all(|byte| byte.is_ascii_digit())
            && answer.as_str().is_some_and(|it| matches!(it, "" | "A" | "B" | "C" | "D"))
    };
    let answers = |subject: &Json| subject.as_object().is_some_and(|it| !it.is_empty() && it.iter().all(is_answer));
    if !root.is_empty() && root.values().all(answers) {
        return Some(Holds::Nothing(
            "these are answers for submission to C-Eval or CMMLU; their scores come from there",
        ));
    }
    let names = |subject: &Json| subject.as_array().is_some_and(|it| it.len() == 3 && it.iter().all(Json::is_string));
    (root.contains_key("computer_network") && root.values().all(names)).then_some(Holds::Companion)
}

/// Which of the two a table is of.
fn benchmark(table: &TextTable, text: &str) -> Option<&'static str> {
    let has = |names: &[&str]| table.header.iter().any(|cell| names.contains(&&*cell.text));
    if !GROUPS.iter().all(|names| has(names)) || !has(&AVERAGE) {
        return None;
    }
    if has(&OF_CMMLU) {
        return Some("CMMLU");
    }
    (text.contains("C-Eval") && !text.contains("CMMLU")).then_some("C-Eval")
}

fn read_table(table: &TextTable, benchmark: &str, reading: &mut Reading) {
    let metric = Arc::new(Metric { name: "".into(), unit: Unit::Percent, direction: Direction::Higher });
    let heading = table.heading.unwrap_or_default().to_ascii_lowercase();
    let shots = [("zero-shot", "0"), ("0-shot", "0"), ("five-shot", "5"), ("5-shot", "5")];
    let shots = shots.iter().find(|(words, _)| heading.contains(words)).map(|(_, shots)| *shots);
    let protocol = Arc::new(Protocol::default().with_any(Field::Shots, shots));
    let benchmark: Arc<str> = benchmark.into();
    for row in &table.rows {
        let Some(model) = row.first().and_then(model) else { continue };
        // A row of one cell is a heading between the rows.
        for (cell, column) in row.iter().zip(&table.header).skip(1) {
            let Some(value) = number(cell, reading) else { continue };
            let provenance = reading.provenance(cell.place(), None);
            let (metric, protocol) = (Arc::clone(&metric), Arc::clone(&protocol));
            let whole = AVERAGE.contains(&&*column.text);
            reading.records.push(Record {
                subset: (!whole).then(|| Arc::from(&*column.text)),
                aggregate: whole,
                ..Record::new(model.clone(), Arc::clone(&benchmark), metric, value, protocol, provenance)
            });
        }
    }
}

fn number(cell: &Cell, reading: &mut Reading) -> Option<crate::record::Value> {
    if written::is_missing(&cell.text) {
        return None;
    }
    let value = written::number(&cell.text).map(|(value, _)| value);
    if value.is_none() {
        let problem = reading.warning("not-a-number", format!("{:?} is not a number", cell.text)).at(cell.position);
        reading.diagnostics.push(problem.hint("the cell is left out"));
    }
    value
}

/// The name, also as the text of a link.
fn model(cell: &Cell) -> Option<ModelName> {
    let text = cell.text.trim_matches('*');
    let linked = text.strip_prefix('[').and_then(|text| text.split_once("](")).map(|(name, _)| name);
    let name = linked.unwrap_or(text).trim_matches('*').trim();
    (!name.is_empty()).then(|| ModelName::new(name))
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::{codes, read_text};
    use crate::record::Field;

    const CMMLU: &str = "# CMMLU\n\n#### Five-shot\n\n| 模型 | STEM | 人文学科 | 社会科学 | 其他 | 中国特定主题 | 平均分 |\n\
        |---|---|---|---|---|---|---|\n| 开放测试的模型 |\n\
        | [Alpha-70B](https://example.org/a) | 60.74 | **77.79** | 75.47 | 70.81 | x | **71.10** |\n\n\
        #### Zero-shot\n| Model | STEM | Humanities | Social Science | Other | China-specific | Average |\n|---|---|---|---|---|---|---|\n\
        | b | 1 | 2 | 3 | 4 | - | 2.5 |\n";

    #[test]
    fn tables_say_their_shots_by_their_heading() {
        let reading = read_text("README.md", CMMLU);
        assert_eq!(codes(&reading), ["not-a-number 8:76"]);
        let found: Vec<_> = (reading.records.iter())
            .map(|r| {
                (
                    &*r.model.raw,
                    r.subset.as_deref().unwrap_or("·"),
                    r.value.text(),
                    r.protocol.get(Field::Shots).unwrap(),
                )
            })
            .collect();
        assert_eq!(found.len(), 10);
        assert_eq!(found[1], ("Alpha-70B", "人文学科", "77.79", "5"));
        assert_eq!(found[4], ("Alpha-70B", "·", "71.10", "5"));
        assert_eq!(found[9], ("b", "·", "2.5", "0"));
        assert!(reading.records[4].aggregate && reading.records.iter().all(|record| &*record.benchmark == "CMMLU"));
    }

    #[test]
    fn a_table_without_the_column_of_cmmlu_needs_its_document() {
        let table = "| Model | STEM | Social Science | Humanities | Other | Average |\n|-|-|-|-|-|-|\n| a | 1 | 2 | 3 | 4 | 5 |\n";
        let reading = read_text("README.md", &format!("# C-Eval\n{table}"));
        assert_eq!((reading.records.len(), &*reading.records[0].benchmark), (5, "C-Eval"));
        assert_eq!(codes(&read_text("README.md", table)), ["unrecognised-result-file"]);
    }

    #[test]
    fn answers_are_refused_and_subjects_are_a_companion() {
        assert_eq!(codes(&read_text("x.json", r#"{"law": {"0": "A", "1": ""}, "art": {"0": "D"}}"#)), ["no-scores"]);
        let subjects = read_text("x.json", r#"{"computer_network": ["Computer Network", "计算机网络", "STEM"]}"#);
        assert_eq!((codes(&subjects).len(), subjects.origin.format), (0, "ceval"));
        assert_eq!(codes(&read_text("x.json", r#"{"law": {"0": "E"}}"#)), ["unrecognised-result-file"]);
        assert_eq!(codes(&read_text("x.json", "{}")), ["unrecognised-result-file"]);
    }
}
