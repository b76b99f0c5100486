//! Arena-Hard-Auto leaderboards as CSV: win rates in percent against a baseline, with bootstrap bounds.
//!
//! The file names neither baseline nor judge; they stay unknown. The version of the questions is read from the file's
//! name where it ends in one (`…_v0.1.csv`).

use super::written;
use super::{Cell, Content, Format, Holds, Input, Reading, names};
use crate::record::{Date, Direction, Field, Interval, Metric, ModelName, Protocol, Provenance, Record, Unit, Value};
use std::sync::Arc;

pub struct ArenaHardTable;

impl Format for ArenaHardTable {
    fn name(&self) -> &'static str {
        "arena-hard-table"
    }

    fn title(&self) -> &'static str {
        "Arena-Hard-Auto leaderboard CSV"
    }

    fn example(&self) -> &'static str {
        "arena_hard_leaderboard_20240731.csv"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let Content::Csv(csv) = &input.content else { return None };
        let mut names = ["model", "score", "rating_q025", "rating_q975"].into_iter();
        names.all(|name| csv.header().iter().any(|known| known == name)).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Content::Csv(csv) = &input.content else { return };
        let Some(table) = csv.table(reading) else { return };
        let column = |name| table.column(name);
        let (Some(model), Some(score)) = (column("model"), column("score")) else { return };
        let columns = Columns {
            model,
            score,
            bounds: Option::zip(column("rating_q025"), column("rating_q975")),
            tokens: column("avg_tokens"),
            date: column("date"),
            protocol: Arc::new(Protocol::default().with_any(Field::BenchmarkVersion, version(input.path))),
            score_metric: Arc::new(metric("score", Unit::Percent, Direction::Higher)),
            tokens_metric: Arc::new(metric("avg_tokens", Unit::Count, Direction::Unknown)),
        };
        let file_date = names::date_in_digits(input.path);
        for row in table.whole_rows(reading) {
            columns.read_row(&row, file_date.as_ref(), reading);
        }
    }
}

fn metric(name: &str, unit: Unit, direction: Direction) -> Metric {
    Metric { name: name.into(), unit, direction }
}

/// `v0.1` of a name that ends in it.
fn version(path: &str) -> Option<&str> {
    let (_, last) = names::stem(path).rsplit_once('_')?;
    last.strip_prefix('v').filter(|digits| digits.starts_with(|c: char| c.is_ascii_digit())).map(|_| last)
}

/// The columns of one table, counted from 0.
struct Columns {
    model: usize,
    score: usize,
    bounds: Option<(usize, usize)>,
    tokens: Option<usize>,
    date: Option<usize>,
    protocol: Arc<Protocol>,
    score_metric: Arc<Metric>,
    tokens_metric: Arc<Metric>,
}

impl Columns {
    fn read_row(&self, row: &[Cell], file_date: Option<&Date>, reading: &mut Reading) {
        let text = |column: usize| row.get(column).map_or("", |cell| &*cell.text);
        let model = Some(text(self.model)).filter(|name| !name.is_empty());
        let Some(model) = model.map(ModelName::new) else { return reading.no_model() };
        let date = self.date.and_then(|column| Date::parse(text(column))).or_else(|| file_date.cloned());
        let record = |metric: &Arc<Metric>, value: Value, provenance: Provenance| {
            let (metric, protocol) = (Arc::clone(metric), Arc::clone(&self.protocol));
            Record::new(model.clone(), "Arena-Hard-Auto".into(), metric, value, protocol, provenance)
        };
        if let Some((value, provenance)) = score(row, self.score, Unit::Percent, date.clone(), reading) {
            let bound = |column| written::number(text(column)).map(|(bound, _)| bound);
            let bounds = self.bounds.and_then(|(low, high)| Option::zip(bound(low), bound(high)));
            let interval = bounds.map(|(low, high)| Arc::new(Interval { low, high, level: Value::parse("0.95") }));
            reading.records.push(Record { interval, ..record(&self.score_metric, value, provenance) });
        }
        let tokens = self.tokens.and_then(|column| score(row, column, Unit::Count, date, reading));
        reading.records.extend(tokens.map(|(value, provenance)| record(&self.tokens_metric, value, provenance)));
    }
}

fn score(
    row: &[Cell],
    column: usize,
    unit: Unit,
    date: Option<Date>,
    reading: &mut Reading,
) -> Option<(Value, Provenance)> {
    let cell = row.get(column)?;
    let value = cell.score(unit, reading)?;
    Some((value, reading.provenance(cell.place(), date)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing::{codes, only, read_text};

    const TABLE: &str = "model,score,rating_q025,rating_q975,CI,avg_tokens,date\n\
        x-7b,82.63,80.75,84.6,\"(-1.88, +1.97)\",662.0,2024-07-31\n";

    #[test]
    fn bounds_come_from_the_quantiles() {
        // The copies write the distances without signs, so that they say nothing of which is which.
        for table in [TABLE.to_owned(), TABLE.replace("(-1.88, +1.97)", "(1.9, 2.0)")] {
            let reading = read_text("arena_hard_auto_leaderboard_v0.1.csv", &table);
            assert_eq!((codes(&reading).len(), reading.records.len()), (0, 2));
            let record = only(&reading, "Arena-Hard-Auto", "score");
            let interval = record.interval.as_ref().unwrap();
            assert_eq!((interval.low.text(), interval.high.text()), ("80.75", "84.6"));
            assert_eq!((record.value.text(), record.metric.unit), ("82.63", Unit::Percent));
            assert_eq!(record.provenance.date.as_ref().unwrap().as_str(), "2024-07-31");
            assert_eq!(record.protocol.get(Field::BenchmarkVersion), Some("v0.1"));
            assert_eq!((record.protocol.get(Field::Baseline), record.protocol.get(Field::Judge)), (None, None));
            let tokens = only(&reading, "Arena-Hard-Auto", "avg_tokens");
            assert_eq!((tokens.value.text(), tokens.metric.direction), ("662.0", Direction::Unknown));
        }
    }

    #[test]
    fn the_version_is_in_the_name_or_unknown() {
        for (path, expected) in
            [("a/b_v2.0.csv", Some("v2.0")), ("arena_hard_leaderboard_20240731.csv", None), ("a_vision.csv", None)]
        {
            assert_eq!(version(path), expected, "{path}");
        }
    }

    #[test]
    fn gaps_and_faults_are_told_apart() {
        let text = "model,score,rating_q025,rating_q975,date\nx,50.0,,,soon\ny,-,1,2,\n,1,1,1,\nz,high,1,2,\n";
        let reading = read_text("arena_hard_leaderboard_20240731.csv", text);
        let [record] = &reading.records[..] else { panic!("{:?}", reading.records) };
        assert_eq!((record.value.text(), &record.interval), ("50.0", &None));
        assert_eq!(record.provenance.date.as_ref().unwrap().as_str(), "2024-07-31");
        assert_eq!(codes(&reading), ["no-model", "not-a-number 5:3"]);
    }
}
