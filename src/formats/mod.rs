//! Reading result files: one file per format behind one small trait.
//!
//! [`read`] takes one file, finds the format that recognises its content (never its name alone) and
//! returns the records it holds, with their protocol and provenance, values exactly as written. What a file does not
//! say stays unknown. This module knows no board, no page and no catalog: names are passed on as the files spell them.
//!
//! A new format is one file here and one line in [`FORMATS`]; `docs/adding-a-format.md` shows how.

mod alpaca_eval_annotations;
mod alpaca_eval_table;
mod archive;
mod arena_catalog;
mod arena_hard_judgments;
mod arena_hard_table;
mod arena_history;
mod arena_table;
mod battles;
mod bigcode_harness;
mod ceval;
mod csv;
mod eval_results;
mod evalplus;
mod evalscope;
mod evalscope_perf;
mod every_eval_ever;
mod gpu_benchmarks;
mod helm;
mod input;
mod inspect;
pub(crate) mod json;
mod json_lines;
mod judged;
mod lighteval;
mod livebench;
mod llama_bench;
mod llmperf;
mod lm_eval;
mod lm_eval_old;
mod lm_eval_table;
mod markdown;
mod model_card;
mod mt_bench;
mod mteb;
mod names;
mod nejumi;
mod open_asr;
mod open_llm_table;
mod open_llm_v1;
mod open_llm_v2;
mod opencompass;
mod parquet;
mod shared;
mod simple_evals;
mod swe_bench;
mod tabby;
mod table;
mod table_csv;
mod table_toml;
mod text_table;
mod vicuna_review;
mod vllm_bench;
mod vlmevalkit;
mod written;
pub(crate) mod yaml;

pub use archive::Zip;
pub use battles::{Counted, count as count_battles};
pub use csv::{Csv, CsvRows, Row};
pub use input::{Content, File, Input, LARGEST_DOCUMENT};
pub use json_lines::JsonLines;
pub use markdown::MarkdownText;
pub use parquet::Parquet;
pub use text_table::{Cell, TextTable};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::record::{Battle, Date, ItemScores, Origin, Place, Provenance, Record, Source, Value};
use input::Opened;
use json::Json;
use std::sync::Arc;

/// What one harness or leaderboard writes.
pub trait Format: Sync {
    /// The stable name, used in provenance: `lm-eval`.
    fn name(&self) -> &'static str;

    /// What writes it, for people: `lm-evaluation-harness 0.4 and later`.
    fn title(&self) -> &'static str;

    /// A file name or path as found in the wild: `results_<date>.json`.
    fn example(&self) -> &'static str;

    /// What the file holds if it is this format's; `None` otherwise. Must be cheap and must not claim what it cannot
    /// read.
    fn recognises(&self, input: &Input) -> Option<Holds>;

    /// Reads a JSON file straight from its text, without the tree of its JSON: for formats of which sites hold tens of
    /// thousands of files. `false`, with nothing read, for a text that is not plainly of this format; it then goes the
    /// ordinary way, which gives the same records.
    fn read_text(&self, _: &input::Text, _: &mut Reading) -> bool {
        false
    }

    /// Reads every record; what cannot be read becomes a diagnostic and the rest is still read.
    fn read(&self, input: &Input, reading: &mut Reading);
}

/// What a recognised file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Scores,
    /// Facts that the format's other files refer to (`model_meta.json`): no scores, and nothing amiss.
    Companion,
    /// No scores, though it looks as if it had, for this reason: `a JSON Schema describes files and holds no scores`.
    Nothing(&'static str),
}

/// In the order in which they are asked; the first that recognises a file reads it.
pub const FORMATS: &[&dyn Format] = &[
    &every_eval_ever::EveryEvalEver,
    &inspect::Inspect,
    &open_llm_v1::OpenLlmV1,
    &lighteval::Lighteval,
    &open_llm_v2::OpenLlmV2,
    &lm_eval::LmEval,
    &lm_eval_old::LmEvalOld,
    &model_card::ModelCard,
    &eval_results::EvalResults,
    &lm_eval_table::LmEvalTable,
    &open_llm_table::OpenLlmTable,
    &mteb::Mteb,
    &mteb::Board,
    &evalscope::Reports,
    &evalscope::Reviews,
    &evalscope::Arena,
    &evalscope_perf::EvalScopePerf,
    &opencompass::OpenCompassSummary,
    &arena_catalog::ArenaCatalog,
    &alpaca_eval_annotations::AlpacaEvalAnnotations,
    &mt_bench::MtBench,
    &vicuna_review::VicunaReview,
    &arena_hard_judgments::ArenaHardJudgments,
    &battles::Battles,
    &alpaca_eval_table::AlpacaEvalTable,
    &arena_table::ArenaTable,
    &arena_hard_table::ArenaHardTable,
    &arena_history::ArenaHistory,
    &simple_evals::SimpleEvals,
    &opencompass::Results,
    &opencompass::Subjective,
    &opencompass::Baselines,
    &opencompass::LawBench,
    &vlmevalkit::OpenVlm,
    &vlmevalkit::RunScores,
    &livebench::LiveBench,
    &tabby::Leaderboard,
    &tabby::LoadTest,
    &ceval::CEval,
    &open_asr::OpenAsr,
    &nejumi::Nejumi,
    &nejumi::JoinedTable,
    &helm::Helm,
    &swe_bench::SweBench,
    &evalplus::EvalPlus,
    &bigcode_harness::BigCodeHarness,
    &vllm_bench::VllmBench,
    &llama_bench::LlamaBench,
    &llmperf::LlmPerf,
    &gpu_benchmarks::GpuBenchmarks,
    &table_csv::TableCsv,
    &table_toml::TableToml,
];

/// The remedy for a file that no format recognises.
fn what_is_read() -> String {
    let titles: Vec<_> = FORMATS.iter().map(|format| format.title()).collect();
    let titles = titles.join("; ");
    format!("read are: {titles}; put figures from any other file into a plain table (docs/site-files.md)")
}

/// What reading one file gave.
pub struct Reading {
    pub origin: Arc<Origin>,
    pub records: Vec<Record>,
    pub battles: Vec<Battle>,
    pub items: Vec<ItemScores>,
    /// Set where a file may be there in several versions, of which the newest counts.
    pub edition: Option<Edition>,
    /// Comparisons and judgments that are left out because they cannot be read; diagnostics say which.
    pub unreadable: u64,
    pub diagnostics: Diagnostics,
    /// Where battles go while there are more to be read.
    taker: Option<TakeBattles>,
    taken: usize,
    /// Battles with a blank name that were not handed on.
    nameless: usize,
}

/// Takes the first battles of a file off a reading, so that a file of millions is never held as a whole.
pub type TakeBattles = Box<dyn FnMut(Vec<Battle>) + Send + Sync>;

/// So many battles are handed on at once.
const PART: usize = 1 << 14;

/// What makes a file one of several versions of the same results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Two files that share one of these hold the same results.
    pub ids: Vec<Arc<str>>,
    /// The greater is the newer.
    pub version: [u32; 3],
}

impl Reading {
    fn new(origin: Origin) -> Self {
        Self {
            origin: Arc::new(origin),
            records: Vec::new(),
            battles: Vec::new(),
            items: Vec::new(),
            edition: None,
            unreadable: 0,
            diagnostics: Diagnostics::default(),
            taker: None,
            taken: 0,
            nameless: 0,
        }
    }

    /// Whether nothing was read.
    fn is_empty(&self) -> bool {
        self.records.is_empty() && self.battles.is_empty() && self.items.is_empty() && self.taken == 0
    }

    /// Adds a battle, of which a file may hold any number.
    fn push_battle(&mut self, battle: Battle) {
        self.battles.push(battle);
        if self.battles.len() >= PART && self.taker.is_some() {
            self.leave_out_nameless_battles();
            let part = std::mem::take(&mut self.battles);
            self.taken += part.len();
            if let Some(take) = &mut self.taker {
                take(part);
            }
        }
    }

    /// No page could show a battle of a model whose name is blank.
    fn leave_out_nameless_battles(&mut self) {
        let before = self.battles.len();
        self.battles.retain(|battle| is_named(&battle.model_a.raw) && is_named(&battle.model_b.raw));
        self.nameless += before - self.battles.len();
    }

    /// Whether the source's files are read for this metric.
    fn wants(&self, metric: &str) -> bool {
        self.origin.source.metrics.as_ref().is_none_or(|wanted| wanted.iter().any(|name| **name == *metric))
    }

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

    /// The number in a cell of a table, and where it stands; `None` for a missing value, and, with a warning, for
    /// anything else.
    fn cell(&mut self, row: &Row, column: usize) -> Option<(Value, Place)> {
        let (text, position) = (row.text(column), row.position(column));
        if written::is_missing(text) {
            return None;
        }
        let Some((value, _)) = written::number(text) else {
            let problem = self.warning("not-a-number", format!("{} is not a number", json::quote(&text.into())));
            self.diagnostics.push(problem.at(position).hint("the cell is left out"));
            return None;
        };
        Some((value, Place::Cell { line: position.line, column: position.column }))
    }

    /// Reports that neither the content nor the path names the model.
    fn no_model(&mut self) {
        let problem = self.error("no-model", "the file does not name its model");
        self.diagnostics.push(problem.hint("put it into a folder named like the model, `org__name`"));
    }
}

/// Reads a file. What is wrong with it is in the reading's diagnostics.
pub fn read(file: &File, source: Arc<Source>) -> Reading {
    read_and_hand_on(file, source, None)
}

/// As [`read`], but that `taker` may get the file's first battles, in parts and in their order, while it is read.
pub fn read_in_parts(file: &File, source: Arc<Source>, taker: TakeBattles) -> Reading {
    read_and_hand_on(file, source, Some(taker))
}

fn read_and_hand_on(file: &File, source: Arc<Source>, taker: Option<TakeBattles>) -> Reading {
    let origin = Origin { path: file.path.into(), sha256: "".into(), bytes: file.size, format: "unrecognised", source };
    let mut reading = Reading { taker, ..Reading::new(origin) };
    input::with_input(file, &mut reading, read_content);
    reading.taker = None;
    if let Some(wanted) = &reading.origin.source.metrics {
        reading.records.retain(|record| wanted.iter().any(|name| *name == record.metric.name));
    }
    reading.records.shrink_to_fit();
    reading
}

/// Lets the formats read a JSON file that is not parsed yet; `false` if none does.
fn read_text(text: &input::Text, reading: &mut Reading) -> bool {
    let origin = Arc::clone(&reading.origin);
    for format in FORMATS {
        Arc::make_mut(&mut reading.origin).format = format.name();
        if format.read_text(text, reading) {
            return true;
        }
    }
    reading.origin = origin;
    false
}

fn read_content(input: &Input, reading: &mut Reading) {
    let recognised = FORMATS.iter().find_map(|format| Some((format, format.recognises(input)?)));
    let Some((format, holds)) = recognised else {
        let problem = reading.warning("unrecognised-result-file", "the content is of no format that is read");
        reading.diagnostics.push(problem.hint(what_is_read()));
        return;
    };
    Arc::make_mut(&mut reading.origin).format = format.name();
    match holds {
        Holds::Companion => {}
        Holds::Nothing(reason) => {
            let problem = reading.warning("no-scores", reason);
            reading.diagnostics.push(problem.hint("move the file out of data/results/"));
        }
        Holds::Scores => {
            format.read(input, reading);
            leave_out_nameless(reading);
            let said = reading.diagnostics.iter().any(|problem| problem.code == "no-scores");
            if reading.is_empty() && reading.diagnostics.errors() == 0 && !said {
                let problem = reading.warning("no-scores", format!("this {} file holds no scores", format.name()));
                reading.diagnostics.push(problem.hint("remove the file, or replace it by one with results"));
            }
        }
    }
}

fn is_named(name: &str) -> bool {
    !name.trim().is_empty()
}

/// No page could show results of a model or benchmark whose name is blank.
fn leave_out_nameless(reading: &mut Reading) {
    reading.leave_out_nameless_battles();
    let Reading { records, items, nameless, .. } = reading;
    let before = records.len() + items.len();
    records.retain(|record| is_named(&record.model.raw) && is_named(&record.benchmark));
    items.retain(|column| is_named(&column.model.raw) && is_named(&column.benchmark));
    let left_out = *nameless + before - (records.len() + items.len());
    if left_out > 0 {
        let message = format!("{left_out} results have a blank where a model or benchmark is named");
        reading.diagnostics.push(reading.error("blank-name", message).hint("they are left out; write the names"));
    }
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
