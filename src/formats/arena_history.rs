//! The history of Chatbot Arena ratings as CSV: a row for each day (`20230508`), a column for each model, and 0.0 where a
//! model had no rating yet.
//!
//! Nothing in the file says that its numbers are ratings, so the path must name an arena.

use super::{Cell, Content, Format, Holds, Input, Reading};
use crate::record::{Date, Direction, Metric, ModelName, Protocol, Record, Unit, Value};
use std::sync::Arc;

pub struct ArenaHistory;

impl Format for ArenaHistory {
    fn name(&self) -> &'static str {
        "arena-history"
    }

    fn title(&self) -> &'static str {
        "Chatbot Arena rating history CSV"
    }

    fn example(&self) -> &'static str {
        "chatbot_arena/history/result.csv"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let Content::Csv(csv) = &input.content else { return None };
        let wide = csv.header().len() > 1 && csv.header().first().is_some_and(|name| name.is_empty());
        let first_row = input.text.lines().skip(1).find(|line| !line.trim().is_empty())?;
        let dated = first_row.split(',').next().and_then(day).is_some();
        (wide && dated && input.path.to_ascii_lowercase().contains("arena")).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Content::Csv(csv) = &input.content else { return };
        let Some(table) = csv.table(reading) else { return };
        let metric = Metric { name: "rating".into(), unit: Unit::Elo, direction: Direction::Higher };
        let history = History {
            models: table.header.iter().skip(1).map(|cell| ModelName::new(&*cell.text)).collect(),
            benchmark: "Chatbot Arena".into(),
            metric: Arc::new(metric),
            protocol: Arc::default(),
        };
        for row in table.whole_rows(reading) {
            history.read_row(&row, reading);
        }
    }
}

fn day(text: &str) -> Option<Date> {
    Date::from_digits(text.trim()).filter(|_| text.trim().len() == 8)
}

struct History {
    /// One for each column but the first.
    models: Vec<ModelName>,
    benchmark: Arc<str>,
    metric: Arc<Metric>,
    protocol: Arc<Protocol>,
}

impl History {
    fn read_row(&self, row: &[Cell], reading: &mut Reading) {
        let Some((first, ratings)) = row.split_first() else { return };
        let Some(date) = day(&first.text) else {
            let problem = reading.error("not-a-date", "the row starts with no date such as 20230508");
            return reading.diagnostics.push(problem.at(first.position).hint("the row is left out"));
        };
        for (cell, model) in ratings.iter().zip(&self.models) {
            let Some(value) = cell.score(Unit::Elo, reading).filter(|value| !is_missing(value)) else { continue };
            reading.records.push(Record::new(
                model.clone(),
                Arc::clone(&self.benchmark),
                Arc::clone(&self.metric),
                value,
                Arc::clone(&self.protocol),
                reading.provenance(cell.place(), Some(date.clone())),
            ));
        }
    }
}

/// A rating of exactly zero stands for none.
fn is_missing(value: &Value) -> bool {
    value.finite() == Some(0.0)
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::{codes, read_text};

    #[test]
    fn zero_is_no_rating_and_each_row_has_its_date() {
        let text = ",x,y\n20230508,0.0,918.2\n20230522,1006.75,905\n2023,1,2\n20230601,-,?\n20230602,1\n";
        let reading = read_text("data/results/chatbot_arena/history/result.csv", text);
        let found = reading.records.iter().map(|it| {
            let (date, place) = (it.provenance.date.as_ref().unwrap(), &it.provenance.place);
            format!("{} {} {} {date} {place}", it.benchmark, it.model.raw, it.value)
        });
        let expected = [
            "Chatbot Arena y 918.2 2023-05-08 2:14",
            "Chatbot Arena x 1006.75 2023-05-22 3:10",
            "Chatbot Arena y 905 2023-05-22 3:18",
        ];
        assert_eq!(found.collect::<Vec<_>>(), expected);
        assert_eq!(codes(&reading), ["ragged-row 6:1", "not-a-date 4:1", "not-a-number 5:12"]);
    }

    #[test]
    fn dates_and_numbers_alone_are_no_ratings() {
        for (path, text) in [
            ("downloads.csv", ",x\n20230508,5\n"),
            ("arena.csv", ",x\n1,5\n"),
            ("arena.csv", "day,x\n20230508,5\n"),
            ("arena.csv", ",x\n"),
        ] {
            assert_eq!(codes(&read_text(path, text)), ["unrecognised-result-file"], "{path} {text}");
        }
    }
}
