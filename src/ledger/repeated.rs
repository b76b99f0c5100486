//! Records that say the same thing twice, or two things at once.

use super::{Entry, Moment, Notices, Records, Resolved};
use crate::catalog::{BenchmarkIx, ModelIx};
use crate::diagnostic::{Diagnostic, Diagnostics, Position, Severity};
use crate::record::Place;
use rayon::prelude::*;
use std::cmp::Ordering;
use std::sync::Arc;

/// Orders the entries by source, benchmark, model and all that identifies a measurement, then by place. Of entries that
/// repeat one measurement with the same number, written alike or not (`25`, `25.00`), the first stays, with a warning. Of
/// different numbers both stay: between two files that is an error, for one of them does not say what sets it apart; a file that contradicts itself was written so
/// by its harness, and is only reported. A withdrawn record neither repeats nor contradicts the one that replaces it.
pub(super) fn settle(records: &Records, notices: &Notices, entries: &mut Vec<Resolved>, diagnostics: &mut Diagnostics) {
    let withdrawn = |entry: &Resolved| notices.withdraw(&records.entry(entry), Moment::Today);
    let identity = |a: &Resolved, b: &Resolved| identity(records, a, b).then_with(|| withdrawn(a).cmp(&withdrawn(b)));
    // Most measurements differ in their names.
    entries.par_sort_unstable_by_key(names);
    for same in entries.chunk_by_mut(|a, b| names(a) == names(b)).filter(|same| same.len() > 1) {
        same.sort_unstable_by(|a, b| {
            identity(a, b).then_with(|| place(&records.entry(a)).cmp(&place(&records.entry(b))))
        });
    }
    entries.dedup_by(|entry, last| {
        if identity(last, entry) != Ordering::Equal {
            return false;
        }
        let of_withdrawn = withdrawn(entry);
        let (last, entry) = (records.entry(last), records.entry(entry));
        let same = last.record.value.is_same_number(&entry.record.value);
        match same {
            true => diagnostics.push(repeated(&last, &entry)),
            false if of_withdrawn => {}
            false => diagnostics.push(contradicting(&last, &entry)),
        }
        same
    });
}

/// Compares all that makes two records the same measurement; the value, its error and its place are not part of it.
fn identity(records: &Records, a: &Resolved, b: &Resolved) -> Ordering {
    names(a).cmp(&names(b)).then_with(|| {
        let (a, b) = (records.entry(a), records.entry(b));
        let (one, other) = (a.record, b.record);
        (a.subset().cmp(&b.subset()))
            .then_with(|| compare_shared(&one.metric, &other.metric))
            .then_with(|| compare_shared(&one.protocol, &other.protocol))
            .then_with(|| compare_shared(&one.model.variant, &other.model.variant))
            .then_with(|| one.date.cmp(&other.date))
            .then_with(|| one.reporter.cmp(&other.reporter))
            .then_with(|| one.url.cmp(&other.url))
    })
}

fn names(entry: &Resolved) -> (u32, BenchmarkIx, ModelIx) {
    (entry.source, entry.benchmark, entry.model)
}

fn compare_shared<T: Ord + ?Sized>(a: &Arc<T>, b: &Arc<T>) -> Ordering {
    if Arc::ptr_eq(a, b) { Ordering::Equal } else { a.cmp(b) }
}

fn place<'a>(entry: &Entry<'a>) -> (&'a Arc<str>, &'a Place) {
    (&entry.record.origin.path, &entry.record.place)
}

fn repeated(first: &Entry, second: &Entry) -> Diagnostic {
    let (path, at) = place(second);
    let message = format!("the record {} stands already in {}", describe(second), whereabouts(first));
    located(Diagnostic::warning("duplicate-record", Arc::clone(path), message), at)
        .hint("take one of the two out; it counts once")
}

fn contradicting(first: &Entry, second: &Entry) -> Diagnostic {
    let (path, at) = place(second);
    let value = &first.record.value;
    let message = format!("the record {} contradicts {}, which says {value}", describe(second), whereabouts(first));
    let diagnostic = Diagnostic::error("conflicting-records", Arc::clone(path), message);
    if place(first).0 == path {
        let diagnostic = Diagnostic { severity: Severity::Warning, ..diagnostic };
        return located(diagnostic, at)
            .hint("both are shown; a board takes the first unless the wrong one is taken out");
    }
    located(diagnostic, at)
        .hint("say what differs between the two runs (a protocol field, a date), or take the wrong one out")
}

fn describe(entry: &Entry) -> String {
    let record = entry.record;
    let subset = entry.subset().map_or(String::new(), |subset| format!(" [{subset}]"));
    format!("{} on {}{subset}, {} = {}", record.model.raw, record.benchmark, record.metric.name, record.value)
}

fn whereabouts(entry: &Entry) -> String {
    let (path, at) = place(entry);
    format!("{path}:{at}")
}

/// The diagnostic at the place of a record, if that is a line of its file.
pub(crate) fn located(diagnostic: Diagnostic, place: &Place) -> Diagnostic {
    match place {
        Place::Cell { line, column } => diagnostic.at(Position { line: *line, column: *column }),
        Place::Line { line, .. } => diagnostic.at(Position { line: *line, column: 1 }),
        Place::Pointer(_) => diagnostic,
    }
}
