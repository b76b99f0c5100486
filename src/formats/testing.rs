//! What the tests of several readers share.

use super::{Reading, read};
use crate::record::{Record, Source};
use std::sync::Arc;

pub fn read_text(path: &str, text: &str) -> Reading {
    read(path, text.as_bytes(), Arc::new(Source::default()), &|_| None)
}

/// Code and position of every diagnostic, in the order in which they were found.
pub fn codes(reading: &Reading) -> Vec<String> {
    let problems = reading.diagnostics.iter();
    problems
        .map(|problem| match problem.position {
            Some(position) => format!("{} {}:{}", problem.code, position.line, position.column),
            None => problem.code.to_owned(),
        })
        .collect()
}

/// The one record of a benchmark and metric.
pub fn only<'r>(reading: &'r Reading, benchmark: &str, metric: &str) -> &'r Record {
    let found: Vec<_> = (reading.records.iter())
        .filter(|record| &*record.benchmark == benchmark && &*record.metric.name == metric)
        .collect();
    assert_eq!(found.len(), 1, "{benchmark} {metric}: {:?}", codes(reading));
    found[0]
}
