//! The tables of *GPU-Benchmarks-on-LLM-Inference*, which stand in a README: the speed of each model and quantisation on
//! each GPU.

use super::shared::Shared;
use super::text_table::{Cell, TextTable};
use super::{Content, Format, Holds, Input, Reading, written};
use crate::record::{Direction, Field, Metric, ModelName, Part, Protocol, Record, Unit};
use std::sync::Arc;

pub struct GpuBenchmarks;

impl Format for GpuBenchmarks {
    fn name(&self) -> &'static str {
        "gpu-benchmarks"
    }

    fn title(&self) -> &'static str {
        "GPU-Benchmarks-on-LLM-Inference tables"
    }

    fn example(&self) -> &'static str {
        "README.md"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let Content::Markdown(markdown) = &input.content else { return None };
        let mut tables = markdown.tables();
        tables.retain(|table| starts(table, &["GPU"]));
        let above = above(&tables, input.text);
        let mut known =
            tables.iter().zip(&above).map(|(table, above)| is_detailed(table) || above.overview().is_some());
        known.any(|known| known).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Content::Markdown(markdown) = &input.content else { return };
        let mut tables = markdown.tables();
        tables.retain(|table| starts(table, &["GPU"]));
        let mut copies = (Shared::new(), Arc::new(metric()));
        // The overview repeats cells of the detailed tables.
        let detailed = tables.iter().any(is_detailed);
        for (table, above) in tables.iter().zip(above(&tables, input.text)) {
            if is_detailed(table) {
                read_detailed(table, above.series, &mut copies, reading);
            } else if let Some((test, series)) = above.overview().filter(|_| !detailed) {
                read_overview(table, &test, series, &mut copies, reading);
            }
        }
    }
}

type Copies = (Shared<Protocol>, Arc<Metric>);

fn metric() -> Metric {
    Metric { name: "tokens/s".into(), unit: Unit::TokensPerSecond, direction: Direction::Higher }
}

fn starts(table: &TextTable, names: &[&str]) -> bool {
    names.iter().enumerate().all(|(at, name)| table.header.get(at).is_some_and(|cell| cell.text == *name))
}

/// GPU, model, and a column for each test: `tg 512`, `pp 1024`.
fn is_detailed(table: &TextTable) -> bool {
    starts(table, &["GPU", "Model"]) && table.header.iter().skip(2).any(|cell| tokens(&cell.text).is_some())
}

/// Field and count of a test's tokens.
fn tokens(test: &str) -> Option<(Field, &str)> {
    let (kind, count) = test.split_once(' ')?;
    let field = match kind {
        "tg" => Field::OutputTokens,
        "pp" => Field::InputTokens,
        _ => return None,
    };
    count.bytes().all(|byte| byte.is_ascii_digit()).then_some((field, count))
}

/// What stands above a table.
#[derive(Clone, Copy)]
struct Above<'t> {
    sentence: &'t str,
    /// The heading that the nearest heading stands under, without what decorates it: `LLaMA 3`.
    series: &'t str,
}

/// One for each table, in one pass over the text.
fn above<'t>(tables: &[TextTable], text: &'t str) -> Vec<Above<'t>> {
    let mut found = Vec::new();
    let mut headers = tables.iter().map(|table| table.line).peekable();
    let (mut open, mut sentence): (Vec<(usize, &str)>, _) = (Vec::new(), "");
    for (number, line) in (1..).zip(text.lines()) {
        if headers.next_if_eq(&number).is_some() {
            let parent = open.iter().rev().nth(1).map_or("", |(_, title)| title);
            found.push(Above { sentence, series: parent.trim_matches(|c: char| !c.is_alphanumeric()) });
        }
        let title = line.trim_start_matches('#');
        let level = line.len() - title.len();
        if (1..=6).contains(&level) && title.starts_with(' ') {
            open.retain(|(above, _)| *above < level);
            open.push((level, title));
        }
        if !line.trim().is_empty() {
            sentence = line;
        }
    }
    found
}

impl<'t> Above<'t> {
    /// The test and the models' name of a table of GPUs and models, which the sentence above it says.
    fn overview(self) -> Option<(String, &'t str)> {
        let (before, _) = self.sentence.split_once(" tokens")?;
        let count = before.rsplit(' ').next().filter(|count| count.bytes().all(|byte| byte.is_ascii_digit()))?;
        let test = if before.contains("generating") { Some("tg") } else { None };
        let test = test.or_else(|| self.sentence.contains("prompt eval").then_some("pp"))?;
        let series = self.sentence.split(" on ").nth(1).map_or("", |rest| rest.split('.').next().unwrap_or(rest));
        Some((format!("{test} {count}"), series))
    }
}

fn read_detailed(table: &TextTable, series: &str, copies: &mut Copies, reading: &mut Reading) {
    let mut gpu = "";
    for row in &table.rows {
        let [first, model, cells @ ..] = &row[..] else { continue };
        // Rows below the first of a GPU leave its name out.
        gpu = if first.text.is_empty() { gpu } else { &first.text };
        for (cell, test) in cells.iter().zip(table.header.iter().skip(2)) {
            read_cell(cell, gpu, &named(series, &model.text), &test.text, copies, reading);
        }
    }
}

fn read_overview(table: &TextTable, test: &str, series: &str, copies: &mut Copies, reading: &mut Reading) {
    for row in &table.rows {
        let Some((gpu, cells)) = row.split_first() else { continue };
        for (cell, model) in cells.iter().zip(table.header.iter().skip(1)) {
            read_cell(cell, &gpu.text, &named(series, &model.text), test, copies, reading);
        }
    }
}

/// `8B Q4_K_M` of a series: a size, and how the weights are stored.
fn named(series: &str, model: &str) -> ModelName {
    let (size, weights) = model.split_once(' ').map_or((model, None), |(size, weights)| (size, Some(weights)));
    let part = if weights == Some("F16") { Part::Precision } else { Part::Quantisation };
    ModelName::new(format!("{series} {size}").trim()).with_any(part, weights)
}

fn read_cell(cell: &Cell, gpu: &str, model: &ModelName, test: &str, copies: &mut Copies, reading: &mut Reading) {
    let Some((field, count)) = tokens(test) else { return };
    let Some((value, None)) = written::number(&cell.text) else {
        if !written::is_missing(&cell.text) {
            let problem = reading.warning("not-a-number", format!("{:?} is not a number", cell.text)).at(cell.position);
            reading.diagnostics.push(problem.hint("the score is left out"));
        }
        return;
    };
    let protocol = Protocol::default().with(Field::Hardware, gpu).with(field, count);
    let provenance = reading.provenance(cell.place(), None);
    let benchmark = "GPU-Benchmarks-on-LLM-Inference".into();
    let (protocols, metric) = copies;
    reading.records.push(Record {
        subset: Some(test.into()),
        ..Record::new(model.clone(), benchmark, Arc::clone(metric), value, protocols.share(protocol), provenance)
    });
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::{codes, read_text};
    use crate::record::{Field, Part, Unit};

    const OVERVIEW: &str = "# Speed\n\nAverage speed (tokens/s) of generating 1024 tokens by GPUs on Llama X. Higher is better.\n\n\
        | GPU | 8B Q4_K_M | 8B F16 |\n|---|---|---|\n| A 8GB | 70.90 | OOM |\n| B 80GB * 4 |**144.49**| 62.9 |\n\n\
        Average 1024 tokens prompt eval speed (tokens/s) by GPUs on Llama X.\n\n| GPU | 8B F16 |\n|---|---|\n| A 8GB | 9 |\n";

    const DETAILED: &str = "\n### Llama X \u{1f999}:\n\n#### Gaming\n\n| GPU | Model | tg 512 | pp 1024 |\n|---|---|---|---|\n\
        | A 8GB | 8B Q4_K_M | 72.79 | 2283 |\n| | 8B F16 | OOM | fast |\n";

    #[test]
    fn the_sentence_above_says_which_test_it_is() {
        let reading = read_text("README.md", OVERVIEW);
        assert_eq!((codes(&reading).len(), reading.records.len()), (0, 4));
        let best = &reading.records[1];
        assert_eq!((best.value.text(), best.metric.unit), ("144.49", Unit::TokensPerSecond));
        assert_eq!((best.subset.as_deref(), best.protocol.get(Field::Hardware)), (Some("tg 1024"), Some("B 80GB * 4")));
        assert_eq!((&*best.model.raw, best.model.get(Part::Quantisation)), ("Llama X 8B", Some("Q4_K_M")));
        assert_eq!(best.provenance.place.to_string(), "8:15");
        let prompt = &reading.records[3];
        assert_eq!(
            (prompt.subset.as_deref(), prompt.protocol.get(Field::InputTokens)),
            (Some("pp 1024"), Some("1024"))
        );
    }

    #[test]
    fn detailed_tables_stand_for_the_overview_and_leave_a_gpu_out_below_its_first_row() {
        let reading = read_text("README.md", &format!("{OVERVIEW}{DETAILED}"));
        assert_eq!(codes(&reading), ["not-a-number 23:20"]);
        let tests: Vec<_> = reading.records.iter().map(|r| (r.subset.as_deref(), r.value.text())).collect();
        assert_eq!(tests, [(Some("tg 512"), "72.79"), (Some("pp 1024"), "2283")]);
        assert_eq!(&*reading.records[0].model.raw, "Llama X 8B");
        let second = read_text("README.md", &DETAILED.replace("OOM", "40.5"));
        assert_eq!(second.records[2].protocol.get(Field::Hardware), Some("A 8GB"));
        assert_eq!(second.records[2].model.get(Part::Precision), Some("F16"));
    }

    #[test]
    fn many_tables_cost_no_more_than_their_length() {
        let text = "# a\n\nof generating 5 tokens on X.\n\n|GPU|8B Q|\n|-|-|\n|A|1|\n\n".repeat(20_000);
        assert_eq!(read_text("x.md", &text).records.len(), 20_000);
    }

    #[test]
    fn other_tables_of_gpus_are_not_claimed() {
        for text in
            ["| GPU | price |\n|---|---|\n| A | 5 |\n", "GPUs\n\n|GPU|\n|-|\n|\n", "|GPU|Model|x|\n|-|-|-|\n|a|b|1|\n"]
        {
            assert_eq!(codes(&read_text("x.md", text)), ["unrecognised-result-file"], "{text}");
        }
    }
}
