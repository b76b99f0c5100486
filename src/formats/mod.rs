//! Reading result files: one file per format behind one small trait.
//!
//! [`read`] takes the text of one file, finds the format that recognises its content (never its name alone) and returns
//! the records it holds, with their protocol and provenance, values exactly as written. What a file does not say stays
//! unknown. This module knows no board, no page and no catalog: names are passed on as the files spell them.
//!
//! A new format is one file here and one line in [`FORMATS`].

mod json;
mod lm_eval;
mod mteb;
mod open_llm_v1;
mod opencompass;
mod table_csv;
mod table_toml;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::record::{Origin, Place, Provenance, Record, Source};
use json::Json;
use std::sync::Arc;

/// What one harness or leaderboard writes.
pub trait Format: Sync {
    /// The stable name, used in provenance: `lm-eval`.
    fn name(&self) -> &'static str;

    /// Whether the content is this format's. Must be cheap and must not claim what it cannot read.
    fn recognises(&self, input: &Input) -> bool;

    /// Reads every record; what cannot be read becomes a diagnostic and the rest is still read.
    fn read(&self, input: &Input, reading: &mut Reading);
}

/// In the order in which they are asked; the first that recognises a file reads it.
pub const FORMATS: [&dyn Format; 6] = [
    &open_llm_v1::OpenLlmV1,
    &lm_eval::LmEval,
    &mteb::Mteb,
    &opencompass::OpenCompassSummary,
    &table_csv::TableCsv,
    &table_toml::TableToml,
];

/// One result file.
pub struct Input<'a> {
    /// Relative to the site's folder, with `/` between its parts.
    pub path: &'a str,
    pub text: &'a str,
    pub content: Content<'a>,
    /// What `source.toml` says of the folder.
    pub source: Arc<Source>,
    /// The text of a file in the same folder, by name; `None` when there is none.
    pub sibling: &'a (dyn Fn(&str) -> Option<String> + Sync),
}

/// The file's text, parsed as far as its syntax allows without knowing the format.
pub enum Content<'a> {
    Json(Json),
    /// A comma-separated table: its first line and the rest.
    Csv { header: &'a str },
    Toml,
}

/// What reading one file gave.
pub struct Reading {
    pub origin: Arc<Origin>,
    pub records: Vec<Record>,
    pub diagnostics: Diagnostics,
}

impl Reading {
    /// Provenance of a value at `place`, with the date and reporter that hold for the whole source.
    pub fn provenance(&self, place: Place) -> Provenance {
        Provenance {
            origin: Arc::clone(&self.origin),
            place,
            date: None,
            reporter: self.origin.source.reporter,
            url: None,
        }
    }

    /// An error in this file.
    pub fn error(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, Arc::clone(&self.origin.path), message)
    }

    /// A warning about this file.
    pub fn warning(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(code, Arc::clone(&self.origin.path), message)
    }
}
