//! What the tests of several readers share.

use super::{File, Reading, read};
use crate::record::{Record, Source};
use std::sync::Arc;

pub fn read_text(path: &str, text: &str) -> Reading {
    read_bytes(path, text.as_bytes())
}

pub fn read_bytes(path: &str, bytes: &[u8]) -> Reading {
    read_from(path, bytes, Source::default(), &|_| None)
}

/// Reads a file of a source that has siblings.
pub fn read_from(
    path: &str,
    bytes: &[u8],
    source: Source,
    sibling: &(dyn Fn(&str) -> Option<String> + Sync),
) -> Reading {
    let file = File { path, size: bytes.len() as u64, open: &|| Ok(Box::new(bytes)), sibling };
    read(&file, Arc::new(source))
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
