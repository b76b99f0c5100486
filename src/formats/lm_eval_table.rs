//! The table that lm-evaluation-harness prints at the end of a run, pasted into a text or left in a console log.
//!
//! Six columns (0.3) to nine (0.4 with number of examples and direction). A line above it, which is often lost, names
//! model, limit and examples; without it the file's name stands for the model. Averages that people write below a table
//! are not read.

use super::json::{Json, Object};
use super::shared::Shared;
use super::{Cell, Content, Format, Holds, Input, MarkdownText, Reading, TextTable, names, written};
use super::{lm_eval, lm_eval_old};
use crate::record::{Direction, Field, Metric, ModelName, Protocol, Record, Unit, Value};
use std::collections::HashSet;
use std::sync::Arc;

pub struct LmEvalTable;

impl Format for LmEvalTable {
    fn name(&self) -> &'static str {
        "lm-eval-table"
    }

    fn title(&self) -> &'static str {
        "lm-evaluation-harness tables in Markdown"
    }

    fn example(&self) -> &'static str {
        "<model>.md"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let Content::Markdown(markdown) = &input.content else { return None };
        are_in(markdown).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Content::Markdown(markdown) = &input.content else { return };
        let lines: Vec<&str> = markdown.text.lines().collect();
        let above = |table: &TextTable| lines.get((table.line as usize).checked_sub(2)?).copied();
        let tables: Vec<_> = (markdown.tables().into_iter())
            .filter_map(|table| {
                let run = above(&table).and_then(Run::of).unwrap_or_default();
                Some(Table { columns: Columns::of(&table)?, run, table })
            })
            .collect();
        let fallback = fallback_model(&tables, input.path);
        if fallback.is_none() && tables.iter().any(|table| table.run.model.is_none()) {
            reading.no_model();
        }
        let groups: HashSet<String> = (tables.iter().filter(|table| table.columns.groups))
            .flat_map(|table| table.rows().map(|row| row.task()))
            .collect();
        let (mut metrics, mut protocols) = (Shared::new(), Shared::new());
        let mut tasks = HashSet::new();
        // The table of groups repeats rows of the one above it.
        for table in tables.iter().filter(|table| !table.columns.groups) {
            tasks.extend(table.rows().map(|row| row.task()));
            table.read(fallback.as_ref(), &groups, &mut metrics, &mut protocols, reading);
        }
        for table in tables.iter().filter(|table| table.columns.groups) {
            if !table.rows().any(|row| tasks.contains(&row.task())) {
                table.read(fallback.as_ref(), &groups, &mut metrics, &mut protocols, reading);
            }
        }
    }
}

/// Whether a text has a table of the harness.
pub fn are_in(markdown: &MarkdownText) -> bool {
    markdown.tables().iter().any(|table| Columns::of(table).is_some())
}

/// Where the columns are, counted from 0.
struct Columns {
    /// The first column is headed `Groups`.
    groups: bool,
    task: usize,
    version: usize,
    filter: Option<usize>,
    shots: Option<usize>,
    metric: usize,
    /// Arrows, under no heading.
    direction: Option<usize>,
    value: usize,
    error: usize,
}

impl Columns {
    fn of(table: &TextTable) -> Option<Self> {
        // A code block that is opened on the header's own line puts a cell before it.
        let fence = table.header.first().is_some_and(|cell| cell.text.starts_with("```"));
        let column = |name| table.column(name)?.checked_sub(usize::from(fence));
        let task = ["Tasks", "Task", "Groups"].into_iter().find_map(column)?;
        let (metric, value) = (column("Metric")?, column("Value")?);
        Some(Self {
            groups: column("Groups") == Some(task),
            task,
            version: column("Version")?,
            filter: column("Filter"),
            shots: column("n-shot"),
            metric,
            direction: (metric + 2 == value).then_some(metric + 1),
            value,
            error: column("Stderr")?,
        })
    }
}

/// What the line above a table says.
#[derive(Default)]
struct Run {
    model: Option<ModelName>,
    limit: Option<String>,
    shots: Option<String>,
}

impl Run {
    /// Reads `hf (pretrained=org/m,dtype=auto), gen_kwargs: (None), limit: None, num_fewshot: 0, batch_size: 4`.
    fn of(line: &str) -> Option<Self> {
        let (_, rest) = line.split_once('(')?;
        let (arguments, settings) = rest.split_once("), ").filter(|(_, settings)| settings.contains("limit: "))?;
        let setting = |name: &str| {
            let (_, written) = settings.split_once(name)?;
            let written = written.split(',').next().unwrap_or(written).trim();
            Value::parse(written).map(|value| value.text().to_owned())
        };
        let config = Object::from_iter([("model_args".to_owned(), Json::from(arguments))]);
        let model = lm_eval::model_of(Some(&config), "");
        Some(Self { model, limit: setting("limit: "), shots: setting("num_fewshot: ") })
    }
}

/// The model of tables without a line above: the one that all others are of, the folder `org__name`, or the file's name.
fn fallback_model(tables: &[Table], path: &str) -> Option<ModelName> {
    let mut named: Vec<_> = tables.iter().filter_map(|table| table.run.model.as_ref()).collect();
    named.sort();
    named.dedup();
    if let [model] = named[..] {
        return Some(model.clone());
    }
    let stem = names::stem(path);
    let says_nothing = stem.is_empty() || ["readme", "index", "results", "output"].contains(&&*stem.to_lowercase());
    let folder = names::folder(path).and_then(names::model_of_folder);
    folder.or_else(|| (!says_nothing && named.is_empty()).then(|| stem.to_owned())).map(ModelName::new)
}

struct Table<'a> {
    table: TextTable<'a>,
    columns: Columns,
    run: Run,
}

/// A row with the cells it takes from the rows above.
struct Row<'t> {
    /// The task at the left margin at or above the row.
    top: &'t str,
    /// The indented name, if the row is below that task.
    part: Option<&'t str>,
    version: &'t str,
    /// Whether rows of a deeper level follow.
    has_parts: bool,
    cells: &'t [Cell<'t>],
}

impl Row<'_> {
    fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| &cell.text)
    }

    fn task(&self) -> String {
        format!("{}\n{}", self.top, self.part.unwrap_or(""))
    }
}

impl Table<'_> {
    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let cell =
            |row: usize, column: usize| self.table.rows.get(row)?.get(column).filter(|cell| !cell.text.is_empty());
        let (mut top, mut part, mut version, mut has_parts) = ("", None, "", false);
        (0..self.table.rows.len()).map(move |index| {
            if let Some(name) = cell(index, self.columns.task) {
                (top, part) = match name.text.strip_prefix("- ") {
                    Some(name) => (top, Some(name)),
                    None => (&*name.text, None),
                };
                version = cell(index, self.columns.version).map_or("", |cell| &cell.text);
                let below = (index + 1..self.table.rows.len()).find_map(|index| cell(index, self.columns.task));
                has_parts = below.is_some_and(|below| level(below) > level(name));
            }
            let cells = self.table.rows.get(index).map_or(&[][..], |row| row);
            Row { top, part, version, has_parts, cells }
        })
    }

    fn read(
        &self,
        fallback: Option<&ModelName>,
        groups: &HashSet<String>,
        metrics: &mut Shared<Metric>,
        protocols: &mut Shared<Protocol>,
        reading: &mut Reading,
    ) {
        let Some(model) = self.run.model.as_ref().or(fallback) else { return };
        let in_percent = self.rows().any(|row| {
            let value = written::number(row.text(self.columns.value)).and_then(|(value, _)| value.finite());
            lm_eval_old::unit(row.top, row.text(self.columns.metric)) == Unit::Fraction && value > Some(1.0)
        });
        for row in self.rows() {
            let name = row.text(self.columns.metric);
            let Some(cell) = row.cells.get(self.columns.value).filter(|_| !name.is_empty() && name != "alias") else {
                continue;
            };
            if written::is_missing(&cell.text) || row.top.is_empty() {
                continue;
            }
            let Some((value, _)) = written::number(&cell.text) else {
                let problem = reading.warning("not-a-number", format!("{:?} is not a number", cell.text));
                reading.diagnostics.push(problem.at(cell.position).hint("the score is left out"));
                continue;
            };
            let unit = match lm_eval_old::unit(row.top, name) {
                Unit::Fraction if in_percent => Unit::Percent,
                unit => unit,
            };
            let metric = Metric { name: name.into(), unit, direction: self.direction(&row, name) };
            let error = written::number(row.text(self.columns.error)).map(|(error, _)| error);
            reading.records.push(Record {
                subset: row.part.map(Arc::from),
                standard_error: error.filter(|error| !error.is_missing()),
                aggregate: row.has_parts || row.version == "N/A" || groups.contains(&row.task()),
                ..Record::new(
                    model.clone(),
                    row.top.into(),
                    metrics.share(metric),
                    value,
                    protocols.share(self.protocol(&row)),
                    reading.provenance(cell.place(), None),
                )
            });
        }
    }

    fn direction(&self, row: &Row, metric: &str) -> Direction {
        match self.columns.direction.map(|column| row.text(column)) {
            Some("↑") => Direction::Higher,
            Some("↓") => Direction::Lower,
            Some(_) => Direction::Unknown,
            // Tables without arrows are of metrics whose direction the harness's source fixes.
            None => lm_eval_old::direction(metric),
        }
    }

    fn protocol(&self, row: &Row) -> Protocol {
        let stated = |column: Option<usize>| column.map(|column| row.text(column)).filter(|text| !text.is_empty());
        let version = Some(row.version).filter(|version| !["", "N/A", "Yaml"].contains(version));
        Protocol::default()
            .with(Field::Harness, "lm-evaluation-harness")
            .with_any(Field::Filter, stated(self.columns.filter))
            .with_any(Field::Shots, stated(self.columns.shots).or(self.run.shots.as_deref()))
            .with_any(Field::BenchmarkVersion, version)
            .with_any(Field::Limit, self.run.limit.as_deref())
    }
}

/// How deep a task stands: names of parts begin with spaces and a dash.
fn level(name: &Cell) -> u32 {
    if name.text.starts_with("- ") { name.position.column } else { 0 }
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::{codes, only, read_text};
    use crate::record::{Direction, Field, Part, Unit};

    const OLD: &str = "GPT4All:\n```\n|Task|Version| Metric |Value |   |Stderr|\n|----|------:|--------|-----:|---|-----:|\n\
        |arc |      0|acc     |0.5179|±  |0.0146|\n|    |       |acc_norm|0.5512|_  |0.0145|\n\
        |ppl |      1|perplexity|9.5|Â± |      |\n|bad |      1|acc|oops|± ||\n```\nAverage: 70.90\n";

    const NEW: &str = "hf (pretrained=org/m,load_in_4bit=True), gen_kwargs: (None), limit: 1000.0, num_fewshot: None, batch_size: 4\n\
        |    Tasks     |Version|Filter|n-shot| Metric |   |Value |   |Stderr|\n\
        |--------------|------:|------|-----:|--------|---|-----:|---|-----:|\n\
        |arc           |      1|none  |     0|acc     |↑  |0.4220|±  |0.0156|\n\
        |              |       |none  |     0|acc_norm|↑  |0.4390|±  |   N/A|\n\
        |mmlu          |      2|none  |      |acc     |↑  |0.6016|±  |0.0040|\n\
        | - humanities |      2|none  |      |acc     |↑  |0.5641|±  |0.0071|\n\
        |  - law       |      1|none  |     5|acc     |↑  |0.3492|±  |0.0426|\n\
        | - stem       |      2|none  |      |acc     |↑  |0.5000|±  |0.0071|\n\
        |ppl           |      1|none  |     0|ppl     |↓  |12.5  |±  |0.5|\n\n\
        |    Groups    |Version|Filter|n-shot| Metric |   |Value |   |Stderr|\n\
        |--------------|------:|------|-----:|--------|---|-----:|---|-----:|\n\
        |mmlu          |      2|none  |      |acc     |↑  |0.6016|±  |0.0040|\n\
        | - stem       |      2|none  |      |acc     |↑  |0.5000|±  |0.0071|\n";

    #[test]
    fn an_empty_task_repeats_the_one_above_and_the_file_names_the_model() {
        let reading = read_text("logs/Model-7B.md", OLD);
        assert_eq!(codes(&reading), ["not-a-number 8:19"]);
        let record = only(&reading, "arc", "acc_norm");
        assert_eq!((&*record.model.raw, record.value.text()), ("Model-7B", "0.5512"));
        assert_eq!(record.standard_error.as_ref().unwrap().text(), "0.0145");
        assert_eq!(record.protocol.get(Field::BenchmarkVersion), Some("0"));
        assert_eq!((record.metric.unit, record.metric.direction), (Unit::Fraction, Direction::Higher));
        assert_eq!(record.provenance.place.to_string(), "6:24");
        assert_eq!(only(&reading, "ppl", "perplexity").metric.direction, Direction::Lower);
        assert_eq!(reading.records.len(), 3, "a hand-made average is no score");
        assert_eq!(codes(&read_text("x/README.md", OLD)), ["no-model"]);
        assert_eq!(&*read_text("a__b/README.md", OLD).records[0].model.raw, "a/b");
    }

    #[test]
    fn the_line_above_names_the_run_and_indented_rows_are_parts() {
        let reading = read_text("x.md", NEW);
        assert_eq!(codes(&reading), [""; 0]);
        let parts: Vec<_> = reading.records.iter().map(|r| (&*r.benchmark, r.subset.as_deref(), r.aggregate)).collect();
        assert_eq!(
            parts,
            [
                ("arc", None, false),
                ("arc", None, false),
                ("mmlu", None, true),
                ("mmlu", Some("humanities"), true),
                ("mmlu", Some("law"), false),
                ("mmlu", Some("stem"), true),
                ("ppl", None, false),
            ],
            "groups are read once"
        );
        let law = &reading.records[4];
        assert_eq!((&*law.model.raw, law.model.get(Part::Quantisation)), ("org/m", Some("4-bit")));
        let field = |field| law.protocol.get(field);
        assert_eq!(
            (field(Field::Shots), field(Field::Filter), field(Field::Limit)),
            (Some("5"), Some("none"), Some("1000.0"))
        );
        assert_eq!(reading.records[2].protocol.get(Field::Shots), None);
        assert_eq!(only(&reading, "arc", "acc_norm").standard_error, None);
        assert_eq!(reading.records[6].metric.direction, Direction::Lower);
    }

    #[test]
    fn rows_of_aliases_and_python_objects_do_no_harm() {
        let text = "|Tasks|Version|Filter|Metric|Value|   |Stderr|\n|-|-|-|-|-|-|-|\n|m|N/A|none|acc|0.5745|±|np.float64(0.125)|\n\
            | | | |alias|m| | |\n|m_law|0| |alias| - law| | |\n| | |none|acc|0.25|±|0.5|\n";
        let reading = read_text("a__b/out.txt", text);
        assert_eq!(codes(&reading), [""; 0]);
        let group = only(&reading, "m", "acc");
        assert_eq!((group.standard_error.as_ref().unwrap().text(), group.aggregate), ("0.125", true));
        assert!(!only(&reading, "m_law", "acc").aggregate);
    }

    #[test]
    fn a_share_above_one_makes_a_table_percent() {
        let text = "|Task|Version|Metric|Value| |Stderr|\n|-|-|-|-|-|-|\n|t|0|acc|23.62|±|2.67|\n|u|0|acc|0.5|±|0.1|\n";
        let reading = read_text("m.md", text);
        assert_eq!(only(&reading, "t", "acc").metric.unit, Unit::Percent);
        assert_eq!(only(&reading, "u", "acc").metric.unit, Unit::Percent);
        assert_eq!(only(&reading, "t", "acc").value.text(), "23.62");
    }

    #[test]
    fn a_code_block_may_open_on_the_line_of_the_header() {
        let text = "```|Task|Version|Metric|Value| |Stderr|\n|-|-|-|-|-|-|\n|t|0|acc|0.5|_|0.1|\n";
        let reading = read_text("m.md", text);
        assert_eq!((only(&reading, "t", "acc").value.text(), codes(&reading).len()), ("0.5", 0));
    }

    #[test]
    fn two_models_in_one_file_are_kept_apart() {
        let head = "|Task|Version|Metric|Value| |Stderr|\n|-|-|-|-|-|-|\n|t|0|acc|0.5|±|0.1|\n\n";
        let line = |model| format!("hf (pretrained={model}), limit: None, num_fewshot: 3, batch_size: 1\n{head}");
        let reading = read_text("m.md", &format!("{}{}", line("a/x"), line("b/y")));
        let models: Vec<_> = reading.records.iter().map(|record| &*record.model.raw).collect();
        assert_eq!((models, codes(&reading).len()), (vec!["a/x", "b/y"], 0));
        assert_eq!(reading.records[0].protocol.get(Field::Shots), Some("3"));
        assert_eq!(reading.records[0].protocol.get(Field::Limit), None);
        assert_eq!(codes(&read_text("m.md", &format!("{}{}{head}", line("a/x"), line("b/y")))), ["no-model"]);
    }

    #[test]
    fn other_tables_are_not_claimed() {
        for text in ["|Task|Score|\n|-|-|\n|a|1|\n", "|Task|Version|Metric|Value|\n|-|-|-|-|\n", "text"] {
            assert_eq!(codes(&read_text("m.md", text)), ["unrecognised-result-file"], "{text}");
        }
        let empty = "|Task|Version|Metric|Value| |Stderr|\n|-|-|-|-|-|-|\n||||||\n|\n";
        assert_eq!(codes(&read_text("m.md", empty)), ["no-scores"]);
    }
}
