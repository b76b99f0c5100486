//! Reading result files: one file per format behind one small trait.
//!
//! [`read`] takes the bytes of one file, finds the format that recognises its content (never its name alone) and
//! returns the records it holds, with their protocol and provenance, values exactly as written. What a file does not
//! say stays unknown. This module knows no board, no page and no catalog: names are passed on as the files spell them.
//!
//! A new format is one file here and one line in [`FORMATS`].

pub(crate) mod json;
mod lm_eval;
mod mteb;
mod names;
mod open_llm_v1;
mod opencompass;
mod shared;
mod table;
mod table_csv;
mod table_toml;

use crate::diagnostic::{Diagnostic, Diagnostics, Position};
use crate::record::{Date, Origin, Place, Provenance, Record, Source, Value};
use json::{Json, Object};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use toml::de::DeTable;

/// What one harness or leaderboard writes.
pub trait Format: Sync {
    /// The stable name, used in provenance: `lm-eval`.
    fn name(&self) -> &'static str;

    /// What the file holds if it is this format's; `None` otherwise. Must be cheap and must not claim what it cannot
    /// read.
    fn recognises(&self, input: &Input) -> Option<Holds>;

    /// Reads every record; what cannot be read becomes a diagnostic and the rest is still read.
    fn read(&self, input: &Input, reading: &mut Reading);
}

/// What a recognised file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Scores,
    /// Facts that the format's other files refer to (`model_meta.json`): no scores, and nothing amiss.
    Companion,
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

const WHAT_IS_READ: &str = "read are lm-evaluation-harness 0.4 results, Open LLM Leaderboard v1 results, OpenCompass \
    summary CSV, MTEB task results and plain tables; put figures from any other file into a plain table \
    (docs/site-files.md)";

/// One result file.
pub struct Input<'a> {
    /// Relative to the site's folder, with `/` between its parts.
    pub path: &'a str,
    /// Without a byte order mark.
    pub text: &'a str,
    pub content: Content<'a>,
    /// The text of a file in the same folder, by name; `None` when there is none.
    pub sibling: &'a (dyn Fn(&str) -> Option<String> + Sync),
}

/// The file's text, parsed as far as its syntax allows without knowing the format.
pub enum Content<'a> {
    Json(Json),
    /// A comma-separated table: its first line.
    Csv {
        header: &'a str,
    },
    Toml(DeTable<'a>),
}

impl Input<'_> {
    /// The outermost object of a JSON file.
    fn object(&self) -> Option<&Object> {
        match &self.content {
            Content::Json(json) => json.as_object(),
            _ => None,
        }
    }
}

/// What reading one file gave.
pub struct Reading {
    pub origin: Arc<Origin>,
    pub records: Vec<Record>,
    pub diagnostics: Diagnostics,
}

impl Reading {
    /// Provenance of a value at `place`, with the reporter that holds for the whole source.
    fn provenance(&self, place: Place, date: Option<Date>) -> Provenance {
        Provenance { origin: Arc::clone(&self.origin), place, date, reporter: self.origin.source.reporter, url: None }
    }

    /// An error in this file.
    fn error(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, Arc::clone(&self.origin.path), message)
    }

    /// A warning about this file.
    fn warning(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(code, Arc::clone(&self.origin.path), message)
    }

    /// The score at `pointer`, with a warning if it is not a number.
    fn score(&mut self, json: &Json, pointer: &str) -> Option<Value> {
        let value = json::number(json);
        if value.is_none() {
            let problem = self.warning("not-a-number", format!("{} at {pointer} is not a number", json::quote(json)));
            self.diagnostics.push(problem.hint("the score is left out"));
        }
        value
    }

    /// Reports that neither the content nor the path names the model.
    fn no_model(&mut self) {
        let problem = self.error("no-model", "the file does not name its model");
        self.diagnostics.push(problem.hint("put it into a folder named like the model, `org__name`"));
    }
}

/// Reads the file `path` (relative to the site's folder, `/` between its parts). `sibling` gives the text of a file in
/// the same folder by name.
pub fn read(
    path: &str,
    bytes: &[u8],
    source: Arc<Source>,
    sibling: &(dyn Fn(&str) -> Option<String> + Sync),
) -> Reading {
    let mut reading =
        Reading { origin: origin(path, bytes, source), records: Vec::new(), diagnostics: Diagnostics::default() };
    match parse(path, bytes, &reading) {
        Ok((text, content)) => read_content(&Input { path, text, content, sibling }, &mut reading),
        Err(problem) => reading.diagnostics.push(*problem),
    }
    reading
}

fn read_content(input: &Input, reading: &mut Reading) {
    let recognised = FORMATS.iter().find_map(|format| Some((format, format.recognises(input)?)));
    let Some((format, holds)) = recognised else {
        let problem = reading.warning("unrecognised-result-file", "the content is of no format that is read");
        reading.diagnostics.push(problem.hint(WHAT_IS_READ));
        return;
    };
    Arc::make_mut(&mut reading.origin).format = format.name();
    if holds == Holds::Companion {
        return;
    }
    format.read(input, reading);
    if reading.records.is_empty() && reading.diagnostics.errors() == 0 {
        let problem = reading.warning("no-scores", format!("this {} file holds no scores", format.name()));
        reading.diagnostics.push(problem.hint("remove the file, or replace it by one with results"));
    }
}

fn origin(path: &str, bytes: &[u8], source: Arc<Source>) -> Arc<Origin> {
    let sha256: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Arc::new(Origin {
        path: path.into(),
        sha256: sha256.into(),
        bytes: bytes.len() as u64,
        format: "unrecognised",
        source,
    })
}

type Parsed<'a> = Result<(&'a str, Content<'a>), Box<Diagnostic>>;

fn parse<'a>(path: &str, bytes: &'a [u8], reading: &Reading) -> Parsed<'a> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
    match ending.as_str() {
        "json" => {
            let text = utf8(bytes, reading)?;
            let json = json::parse(text).map_err(|broken| broken_json(broken, reading))?;
            Ok((text, Content::Json(json)))
        }
        "csv" => {
            let text = utf8(bytes, reading)?;
            Ok((text, Content::Csv { header: text.lines().next().unwrap_or("") }))
        }
        "toml" => {
            let text = utf8(bytes, reading)?;
            let table = DeTable::parse(text).map_err(|error| broken_toml(text, &error, reading))?;
            Ok((text, Content::Toml(table.into_inner())))
        }
        "jsonl" => Err(unread(reading, "per-sample files (.jsonl) are not read yet")),
        "" => Err(unread(reading, "files without an ending are not read")),
        _ => Err(unread(reading, &format!("files ending in .{ending} are not read"))),
    }
}

fn utf8<'a>(bytes: &'a [u8], reading: &Reading) -> Result<&'a str, Box<Diagnostic>> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let end = error.valid_up_to();
        let before = std::str::from_utf8(&bytes[..end]).unwrap_or("");
        let message = format!("byte {end} (0x{:02x}) is not UTF-8", bytes.get(end).copied().unwrap_or(0));
        let problem = reading.error("not-utf8", message).at(Position::of(before, end));
        Box::new(problem.hint("save the file as UTF-8"))
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

fn broken_json(broken: json::Broken, reading: &Reading) -> Box<Diagnostic> {
    let problem = reading.error("broken-json", format!("this is not JSON: {}", broken.reason)).at(broken.position);
    Box::new(problem.hint("copy the file again as its harness wrote it"))
}

fn broken_toml(text: &str, error: &toml::de::Error, reading: &Reading) -> Box<Diagnostic> {
    let reason = error.message().lines().next().unwrap_or("").trim();
    let problem = reading.error("broken-toml", format!("this is not TOML: {reason}"));
    let start = error.span().map_or(0, |span| span.start);
    Box::new(problem.at(Position::of(text, start)).hint("mend the line; docs/site-files.md shows the plain tables"))
}

fn unread(reading: &Reading, reason: &str) -> Box<Diagnostic> {
    Box::new(reading.warning("unrecognised-result-file", reason).hint(WHAT_IS_READ))
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
