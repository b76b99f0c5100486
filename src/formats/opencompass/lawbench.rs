//! LawBench: `zero_shot_results.csv` and `one_shot_results.csv`, one row for each task and model, in fractions.

use crate::formats::shared::Shared;
use crate::formats::{Content, Format, Holds, Input, Reading, names};
use crate::record::{Direction, Field, Metric, ModelName, Protocol, Record, Unit};
use std::sync::Arc;

pub struct LawBench;

const HEADER: [&str; 4] = ["task", "model_name", "score", "abstention_rate"];

impl Format for LawBench {
    fn name(&self) -> &'static str {
        "lawbench"
    }

    fn title(&self) -> &'static str {
        "LawBench results"
    }

    fn example(&self) -> &'static str {
        "zero_shot_results.csv"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let Content::Csv(csv) = &input.content else { return None };
        csv.header().iter().eq(&HEADER).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Content::Csv(csv) = &input.content else { return };
        let metric = |name: &str, direction| Arc::new(Metric { name: name.into(), unit: Unit::Fraction, direction });
        let metrics = [(2, metric("score", Direction::Higher)), (3, metric("abstention_rate", Direction::Lower))];
        // Only the file's name says it.
        let shots = [("zero_shot", "0"), ("one_shot", "1")];
        let shots = shots.iter().find(|(start, _)| names::stem(input.path).starts_with(start)).map(|(_, shots)| *shots);
        let protocol = Arc::new(Protocol::default().with_any(Field::Shots, shots));
        let (benchmark, mut tasks) = (Arc::from("LawBench"), Shared::<str>::new());
        let mut rows = csv.rows(reading);
        rows.next();
        while let Some(row) = rows.next_of_width(csv.header().len()) {
            let (task, model) = (row.text(0), row.text(1));
            if task.is_empty() || model.is_empty() {
                let problem = rows.reading.error("missing-cell", "the row has no task or no model").at(row.position(0));
                rows.reading.diagnostics.push(problem.hint("the row is left out; copy the file again"));
                continue;
            }
            let (task, model) = (tasks.share(task), ModelName::new(model));
            for (column, metric) in &metrics {
                let Some((value, place)) = rows.reading.cell(&row, *column) else { continue };
                let provenance = rows.reading.provenance(place, None);
                let (benchmark, metric, protocol) = (Arc::clone(&benchmark), Arc::clone(metric), Arc::clone(&protocol));
                rows.reading.records.push(Record {
                    subset: Some(Arc::clone(&task)),
                    ..Record::new(model.clone(), benchmark, metric, value, protocol, provenance)
                });
            }
        }
    }
}
