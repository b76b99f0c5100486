//! What holds for whatever was read, of whatever bytes: shared by the tests of hostile files and the fuzz targets.

use std::collections::HashSet;
use std::fmt::Display;
use std::hash::Hash;
use std::io::Read;
use std::sync::Arc;
use tianti::formats::{File, Reading, read};
use tianti::record::{ModelName, Record, Value};

/// Reads a file from memory.
pub fn read_bytes(path: &str, bytes: &[u8], sibling: &(dyn Fn(&str) -> Option<String> + Sync)) -> Reading {
    let open = || Ok(Box::new(bytes) as Box<dyn Read>);
    read(&File { path, size: bytes.len() as u64, open: &open, sibling }, Arc::default())
}

/// Results for each byte of a file: a file that gives more has been multiplied on the way.
const MOST_PER_BYTE: usize = 8;

/// Checks what was read of `bytes` bytes; the error is what does not hold.
pub fn check(reading: &Reading, bytes: usize) -> Result<(), String> {
    let Reading { records, battles, items, diagnostics, .. } = reading;
    // A main score stands where the metric that it repeats stands.
    let place_and_metric = |record: &Record| format!("{} {}", record.provenance.place, record.metric.name);
    unique("records", records.iter().map(place_and_metric))?;
    unique("battles", battles.iter().map(|battle| &battle.provenance.place))?;
    for record in records {
        named(&record.model, &record.benchmark)?;
        let interval = record.interval.iter().flat_map(|interval| [&interval.low, &interval.high]);
        for value in [&record.value].into_iter().chain(&record.standard_error).chain(interval) {
            let again = Value::parse(value.text());
            hold(again.as_ref() == Some(value), || format!("the value {value} is no number"))?;
        }
    }
    for battle in battles {
        let named = !battle.model_a.raw.trim().is_empty() && !battle.model_b.raw.trim().is_empty();
        hold(named, || "a side of a battle has no name".to_owned())?;
    }
    for column in items {
        named(&column.model, &column.benchmark)?;
        let finite = column.scores().iter().all(|score| score.is_finite());
        hold(finite, || "a score of an item is not finite".to_owned())?;
    }
    let results = records.len() + battles.len() + items.iter().map(|column| column.len()).sum::<usize>();
    hold(results <= MOST_PER_BYTE * bytes, || format!("{results} results of {bytes} bytes"))?;
    let problems = diagnostics.iter().count();
    hold(problems <= bytes + 20, || format!("{problems} diagnostics of {bytes} bytes"))?;
    for problem in diagnostics.iter() {
        hold(!problem.message.is_empty(), || format!("{} has no message", problem.code))?;
        if let Some(position) = problem.position {
            let inside = (1..=bytes + 1).contains(&(position.line as usize))
                && (1..=bytes + 1).contains(&(position.column as usize));
            hold(inside, || format!("{} is reported at {position:?} of {bytes} bytes", problem.code))?;
        }
    }
    Ok(())
}

fn hold(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise()) }
}

fn named(model: &ModelName, benchmark: &str) -> Result<(), String> {
    hold(!model.raw.trim().is_empty(), || "a model has no name".to_owned())?;
    hold(!benchmark.trim().is_empty(), || "a benchmark has no name".to_owned())
}

/// A place is what a record is linked by.
fn unique<T: Display + Eq + Hash>(what: &str, places: impl Iterator<Item = T>) -> Result<(), String> {
    let mut seen = HashSet::new();
    for place in places {
        hold(!seen.contains(&place), || format!("two {what} have the place {place}"))?;
        seen.insert(place);
    }
    Ok(())
}
