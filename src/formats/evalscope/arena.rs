//! The arena tables of llmuses: `rating_pairwise_baseline.csv` and `rating_single.csv`.

use super::{Content, Format, Holds, Input, Reading, names};
use crate::record::{Date, Direction, Field, Metric, ModelName, Part, Protocol, Record, Unit};
use std::sync::Arc;

pub struct Arena;

const PAIRWISE: [&str; 7] = ["model", "win", "loss", "tie", "win_rate", "loss_rate", "tie_rate"];
const SINGLE: [&str; 2] = ["model", "score"];

impl Format for Arena {
    fn name(&self) -> &'static str {
        "llmuses-arena"
    }

    fn title(&self) -> &'static str {
        "llmuses arena tables"
    }

    fn example(&self) -> &'static str {
        "rating_pairwise_baseline.csv"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let Content::Csv(csv) = &input.content else { return None };
        let single = csv.header().iter().eq(&SINGLE) && names::stem(input.path).starts_with("rating_");
        (single || csv.header().iter().eq(&PAIRWISE)).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Content::Csv(csv) = &input.content else { return };
        let mode = names::stem(input.path).strip_prefix("rating_");
        let protocol = Protocol::default().with(Field::Harness, "llmuses").with_any(Field::Mode, mode);
        let (benchmark, protocol) = (Arc::from("arena"), Arc::new(protocol));
        let mut rows = csv.rows(reading);
        let Some(header) = rows.next() else { return };
        let metrics: Vec<Arc<Metric>> = header.texts().map(|name| Arc::new(metric(name))).collect();
        while let Some(row) = rows.next_of_width(metrics.len()) {
            if row.text(0).is_empty() {
                rows.reading.no_model();
                continue;
            }
            for (column, metric) in metrics.iter().enumerate().skip(1) {
                let Some((value, place)) = rows.reading.cell(&row, column) else { continue };
                let provenance = rows.reading.provenance(place, None);
                let (metric, protocol) = (Arc::clone(metric), Arc::clone(&protocol));
                let record =
                    Record::new(model(row.text(0)), Arc::clone(&benchmark), metric, value, protocol, provenance);
                rows.reading.records.push(record);
            }
        }
    }
}

fn metric(name: &str) -> Metric {
    let unit = match name {
        "win" | "loss" | "tie" => Unit::Count,
        "score" => Unit::Unknown,
        _ => Unit::Fraction,
    };
    let direction = match name {
        "win" | "win_rate" | "score" => Direction::Higher,
        "loss" | "loss_rate" => Direction::Lower,
        _ => Direction::Unknown,
    };
    Metric { name: name.into(), unit, direction }
}

/// A name, or `name:date` for the model as it was on a day.
fn model(written: &str) -> ModelName {
    match written.rsplit_once(':').filter(|(_, day)| Date::from_digits(day).is_some()) {
        Some((name, day)) => ModelName::new(name).with(Part::Revision, day),
        None => ModelName::new(written),
    }
}
