//! OpenCompass: the summary table `summary_<date>.csv`, one column for each model; also as AISBench writes it.
//!
//! The table has no quoting: OpenCompass puts a space for a comma inside a cell. It does not say which way a metric is
//! better.

use super::shared::Shared;
use super::{Content, Format, Holds, Input, Reading, names};
use crate::diagnostic::Position;
use crate::record::{Date, Direction, Field, Items, Metric, ModelName, Place, Protocol, Record, Unit, Value};
use std::sync::Arc;

pub struct OpenCompassSummary;

const FIXED_COLUMNS: [&str; 4] = ["dataset", "version", "metric", "mode"];

/// The metrics of rows that combine other rows.
const GROUP_METRICS: [&str; 5] = ["naive_average", "weighted_average", "harmonic_mean", "sum", "standard_deviation"];

impl Format for OpenCompassSummary {
    fn name(&self) -> &'static str {
        "opencompass-summary"
    }

    fn title(&self) -> &'static str {
        "OpenCompass summary CSV (also AISBench)"
    }

    fn example(&self) -> &'static str {
        "summary_20231208_194351.csv"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let Content::Csv(csv) = &input.content else { return None };
        csv.header().iter().take(4).eq(&FIXED_COLUMNS).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let mut lines = (1..).zip(input.text.lines());
        let Some((_, header)) = lines.next() else { return };
        let table = Table::new(header, names::date_in_digits(input.path), reading);
        let mut protocols = Shared::new();
        for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            table.read_row(number, line, &mut protocols, reading);
        }
    }
}

struct Table {
    /// The number of cells in every row.
    width: usize,
    /// The column of AISBench's item counts, counted from 0.
    total_count: Option<usize>,
    /// Column, counted from 0, and model.
    models: Vec<(usize, ModelName)>,
    date: Option<Date>,
}

impl Table {
    fn new(header: &str, date: Option<Date>, reading: &mut Reading) -> Self {
        let names: Vec<_> = header.split(',').map(str::trim).collect();
        let total_count = (names.get(4) == Some(&"total_count")).then_some(4);
        let first = total_count.map_or(4, |column| column + 1);
        let mut models: Vec<(usize, ModelName)> = Vec::new();
        for (column, name) in names.iter().enumerate().skip(first) {
            let repeated = models.iter().any(|(_, model)| &*model.raw == *name);
            if name.is_empty() || repeated {
                let code = if repeated { "duplicate-column" } else { "no-model" };
                let message =
                    format!("column {} names {} model: {name:?}", column + 1, if repeated { "the same" } else { "no" });
                let problem = reading.error(code, message).at(Position { line: 1, column: offset(header, column) });
                reading.diagnostics.push(problem.hint("give each column the name of one model"));
            } else {
                models.push((column, ModelName::new(*name)));
            }
        }
        Self { width: names.len(), total_count, models, date }
    }

    fn read_row(&self, number: u32, line: &str, protocols: &mut Shared<Protocol>, reading: &mut Reading) {
        let cells: Vec<_> = line.split(',').map(str::trim).collect();
        let [dataset, version, metric, mode, ..] = cells[..] else {
            return self.report_width(number, cells.len(), reading);
        };
        if cells.len() != self.width {
            return self.report_width(number, cells.len(), reading);
        }
        let (benchmark, metric) = (Arc::from(dataset), Arc::new(metric_named(metric)));
        let protocol = protocols.share(protocol(version, mode));
        let aggregate = version == "-" || GROUP_METRICS.contains(&&*metric.name);
        let total = self.total_count.and_then(|column| cells[column].parse().ok());
        // Dividers and datasets that were not run have "-" in every cell.
        for (column, model) in self.models.iter().filter(|(column, _)| !matches!(cells[*column], "" | "-")) {
            let Some((value, scored)) = cell(cells[*column]) else {
                let message = format!("{:?} is not a number", cells[*column]);
                let position = Position { line: number, column: offset(line, *column) };
                reading.diagnostics.push(
                    reading
                        .error("not-a-number", message)
                        .at(position)
                        .hint("write a number, or `-` for a missing value"),
                );
                continue;
            };
            reading.records.push(Record {
                model: model.clone(),
                benchmark: Arc::clone(&benchmark),
                subset: None,
                metric: Arc::clone(&metric),
                value,
                standard_error: None,
                interval: None,
                items: Items { scored, total },
                protocol: Arc::clone(&protocol),
                aggregate,
                provenance: reading
                    .provenance(Place::Cell { line: number, column: offset(line, *column) }, self.date.clone()),
                extra: None,
            });
        }
    }

    fn report_width(&self, line: u32, width: usize, reading: &mut Reading) {
        let message = format!("the row has {width} cells and the header {}", self.width);
        let problem = reading.error("ragged-row", message).at(Position { line, column: 1 });
        reading.diagnostics.push(problem.hint("the row is left out; copy the file again as OpenCompass wrote it"));
    }
}

/// The character column, counted from 1, at which a cell starts.
fn offset(line: &str, column: usize) -> u32 {
    1 + line.split(',').take(column).map(|cell| cell.chars().count() as u32 + 1).sum::<u32>()
}

/// `82.00`, or AISBench's `82.00 (7/8)`, in which the second number counts the items.
fn cell(text: &str) -> Option<(Value, Option<u64>)> {
    let Some((value, share)) = text.split_once(" (") else {
        return Some((Value::parse(text)?, None));
    };
    let (_, items) = share.strip_suffix(')')?.split_once('/')?;
    Some((Value::parse(value)?, Some(items.trim().parse().ok()?)))
}

fn protocol(version: &str, mode: &str) -> Protocol {
    let stated = [(Field::BenchmarkVersion, version), (Field::Mode, mode)];
    stated
        .into_iter()
        .filter(|(_, value)| !matches!(*value, "" | "-" | "unknown"))
        .fold(Protocol::default().with(Field::Harness, "OpenCompass"), |all, (field, value)| all.with(field, value))
}

fn metric_named(name: &str) -> Metric {
    let unit = match name {
        // Some evaluators give f1 as a fraction, others in percent; the last two are no shares of anything.
        "f1" | "sum" | "standard_deviation" => Unit::Unknown,
        _ if name.ends_with("count") => Unit::Count,
        _ if ["bleu", "rouge"].iter().any(|prefix| name.to_ascii_lowercase().starts_with(prefix)) => Unit::Points,
        _ => Unit::Percent,
    };
    Metric { name: name.into(), unit, direction: Direction::Unknown }
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::{codes, read_text};
    use crate::record::{Field, Items, Place, Unit};

    const SUMMARY: &str = "\u{feff}dataset,version,metric,mode,alpha-7b-hf,beta-hf\r\n\
        --------- 考试 Exam ---------,-,-,-,-,-\r\n\
        \r\n\
        exam-physics,a1b2c3,accuracy,gen,42.10,-\r\n\
        exam-law,d4e5f6,f1,ppl,0.5,61.00\r\n\
        exam,-,naive_average,gen,42.10,61.00\r\n\
        exam,-,standard_deviation,gen,1.5,\r\n\
        simple,77aa00,correct_count,gen,12,13\r\n";

    #[test]
    fn each_model_column_gives_records_as_written() {
        let reading = read_text("r/summary_20231208_194351.csv", SUMMARY);
        assert_eq!(codes(&reading), [""; 0]);
        let read: Vec<_> = reading.records.iter().map(|r| (&*r.model.raw, &*r.benchmark, r.value.text())).collect();
        assert_eq!(
            read,
            [
                ("alpha-7b-hf", "exam-physics", "42.10"),
                ("alpha-7b-hf", "exam-law", "0.5"),
                ("beta-hf", "exam-law", "61.00"),
                ("alpha-7b-hf", "exam", "42.10"),
                ("beta-hf", "exam", "61.00"),
                ("alpha-7b-hf", "exam", "1.5"),
                ("alpha-7b-hf", "simple", "12"),
                ("beta-hf", "simple", "13"),
            ]
        );
        let first = &reading.records[0];
        assert_eq!(first.provenance.place, Place::Cell { line: 4, column: 34 });
        assert_eq!(first.provenance.date.as_ref().unwrap().as_str(), "2023-12-08T19:43:51");
        assert_eq!(reading.origin.format, "opencompass-summary");
    }

    #[test]
    fn version_and_mode_are_protocol_and_a_dash_is_unknown() {
        let reading = read_text("s.csv", SUMMARY);
        let (plain, group) = (&reading.records[0], &reading.records[3]);
        assert_eq!(plain.protocol.get(Field::BenchmarkVersion), Some("a1b2c3"));
        assert_eq!(plain.protocol.get(Field::Mode), Some("gen"));
        assert_eq!(group.protocol.get(Field::BenchmarkVersion), None);
        assert_eq!((plain.aggregate, group.aggregate), (false, true));
        assert_eq!(plain.provenance.date, None);
    }

    #[test]
    fn only_what_is_percent_is_called_percent() {
        let reading = read_text("s.csv", SUMMARY);
        let units: Vec<_> = [0, 1, 3, 5, 6].map(|index: usize| reading.records[index].metric.unit).into();
        assert_eq!(units, [Unit::Percent, Unit::Unknown, Unit::Percent, Unit::Unknown, Unit::Count]);
    }

    #[test]
    fn aisbench_counts_are_items() {
        let reading = read_text(
            "s.csv",
            "dataset,version,metric,mode,total_count,alpha\nexam,a1,accuracy,gen,10,82.00 (7/8)\nlaw,b2,accuracy,gen,-,50",
        );
        assert_eq!(reading.records[0].value.text(), "82.00");
        assert_eq!(reading.records[0].items, Items { scored: Some(8), total: Some(10) });
        assert_eq!(reading.records[1].items, Items::default());
        assert_eq!(&*reading.records[1].model.raw, "alpha");
    }

    #[test]
    fn ragged_rows_and_broken_cells_are_placed_and_the_rest_is_read() {
        let text = "dataset,version,metric,mode,a,b\nx,1\ny,1,accuracy,gen,1,2,3\nz,1,accuracy,gen,很好,2";
        let reading = read_text("s.csv", text);
        assert_eq!(codes(&reading), ["ragged-row 2:1", "ragged-row 3:1", "not-a-number 4:18"]);
        assert_eq!(reading.records.len(), 1);
    }

    #[test]
    fn a_model_named_twice_or_not_at_all_is_an_error() {
        let reading = read_text("s.csv", "dataset,version,metric,mode,a,,a\nx,1,accuracy,gen,1,2,3");
        assert_eq!(codes(&reading), ["no-model 1:31", "duplicate-column 1:32"]);
        assert_eq!(reading.records.len(), 1);
    }

    #[test]
    fn a_summary_without_one_value_has_no_scores() {
        let reading = read_text("s.csv", "dataset,version,metric,mode,a\nx,-,-,-,-\n");
        assert_eq!(codes(&reading), ["no-scores"]);
    }
}
