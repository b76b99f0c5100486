//! `summary/<time>/report.csv` of a subjective evaluation: two models compared by a judge, in percent.

use crate::formats::{Content, Format, Holds, Input, Reading, names};
use crate::record::{Direction, Field, Metric, ModelName, Protocol, Record, Unit};
use std::sync::Arc;

pub struct Subjective;

/// Won in both orders of the answers; draws counted as half.
const METRICS: [&str; 2] = ["win_both", "half_draw"];

impl Format for Subjective {
    fn name(&self) -> &'static str {
        "opencompass-subjective"
    }

    fn title(&self) -> &'static str {
        "OpenCompass reports of subjective evaluations"
    }

    fn example(&self) -> &'static str {
        "summary/20231208_194351/report.csv"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let Content::Csv(csv) = &input.content else { return None };
        let (first, second) = csv.header().first()?.split_once("_vs_")?;
        let row = input.text.lines().nth(1)?;
        (!first.is_empty() && !second.is_empty() && metric_and_model(row).is_some()).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Content::Csv(csv) = &input.content else { return };
        let Some((first, second)) = csv.header().first().and_then(|cell| cell.split_once("_vs_")) else { return };
        let capabilities: Vec<Arc<str>> = csv.header().iter().map(|name| Arc::from(&**name)).collect();
        let benchmark = Arc::from("subjective");
        let date = names::date_of_folder(input.path);
        let mut rows = csv.rows(reading);
        rows.next();
        while let Some(row) = rows.next_of_width(csv.header().len()) {
            let Some((metric, model)) = metric_and_model(row.text(0)) else {
                let message = format!("{:?} is neither win_both_<model> nor half_draw_<model>", row.text(0));
                let problem = rows.reading.error("missing-cell", message).at(row.position(0));
                rows.reading.diagnostics.push(problem.hint("the row is left out; copy the file again"));
                continue;
            };
            let metric = Arc::new(Metric { name: metric.into(), unit: Unit::Percent, direction: Direction::Higher });
            let opponent = if model == first { second } else { first };
            let protocol = Protocol::default().with(Field::Harness, "OpenCompass").with(Field::Baseline, opponent);
            let (model, protocol) = (ModelName::new(model), Arc::new(protocol));
            for (column, capability) in capabilities.iter().enumerate().skip(1) {
                let Some((value, place)) = rows.reading.cell(&row, column) else { continue };
                let provenance = rows.reading.provenance(place, date.clone());
                let (benchmark, metric, protocol) =
                    (Arc::clone(&benchmark), Arc::clone(&metric), Arc::clone(&protocol));
                rows.reading.records.push(Record {
                    subset: Some(Arc::clone(capability)),
                    aggregate: has_parts(capability, &capabilities),
                    ..Record::new(model.clone(), benchmark, metric, value, protocol, provenance)
                });
            }
        }
    }
}

/// Whether a capability is the mean of others, called `<capability>-<part>`.
fn has_parts(capability: &str, all: &[Arc<str>]) -> bool {
    all.iter().any(|other| other.strip_prefix(capability).is_some_and(|part| part.starts_with('-')))
}

fn metric_and_model(cell: &str) -> Option<(&'static str, &str)> {
    let of = |metric: &'static str| Some((metric, cell.strip_prefix(metric)?.strip_prefix('_')?));
    METRICS.into_iter().find_map(of)
}
