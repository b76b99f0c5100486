//! Files that hold the same results in several versions: the newest counts.

use super::Stored;
use super::battles::Kept;
use crate::diagnostic::Diagnostic;
use crate::formats::Reading;
use foldhash::{HashMap, HashMapExt};
use std::sync::Arc;

/// Empties readings of which a newer edition was read as well, with a warning. Of equal versions all stay: if they
/// differ, their records contradict each other.
pub(super) fn drop_older(readings: &mut [(Reading, Vec<Stored>, Kept)]) {
    let mut newest: HashMap<Arc<str>, ([u32; 3], Arc<str>)> = HashMap::new();
    for (reading, ..) in readings.iter() {
        let Some(edition) = &reading.edition else { continue };
        for id in &edition.ids {
            let best =
                newest.entry(Arc::clone(id)).or_insert_with(|| (edition.version, Arc::clone(&reading.origin.path)));
            if edition.version > best.0 {
                *best = (edition.version, Arc::clone(&reading.origin.path));
            }
        }
    }
    for (reading, records, battles) in readings {
        let Some(edition) = &reading.edition else { continue };
        let newer = edition.ids.iter().filter_map(|id| newest.get(id)).find(|(version, _)| *version > edition.version);
        if let Some((_, path)) = newer {
            let message = format!("the same results stand in a newer version in {path}");
            let problem = Diagnostic::warning("superseded-file", Arc::clone(&reading.origin.path), message);
            reading.diagnostics.push(problem.hint("remove this file; nothing of it is shown"));
            records.clear();
            reading.items.clear();
            *battles = Kept::default();
        }
    }
}
