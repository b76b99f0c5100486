//! llama.cpp's `llama-bench`: JSON, JSON lines (also wrapped by a script), CSV, and the Markdown table that it prints
//! into a console log.

use super::json::{Json, Look, Object, pointer};
use super::shared::Shared;
use super::text_table::{Cell, TextTable};
use super::{Content, Format, Holds, Input, Reading, written};
use crate::record::{Date, Direction, Field, Metric, ModelName, Part, Place, Protocol, Record, Unit};
use std::sync::Arc;

pub struct LlamaBench;

/// What every test has.
const KEYS: [&str; 3] = ["build_commit", "model_type", "avg_ts"];

/// Settings that change the speed, in the order in which they are written into the engine.
const SETTINGS: [&str; 8] =
    ["n_batch", "n_ubatch", "n_threads", "n_gpu_layers", "split_mode", "flash_attn", "type_k", "type_v"];

/// Columns of the printed table that are no settings.
const PRINTED: [&str; 6] = ["model", "size", "params", "backend", "test", "t/s"];

impl Format for LlamaBench {
    fn name(&self) -> &'static str {
        "llama-bench"
    }

    fn title(&self) -> &'static str {
        "llama-bench (JSON, JSON lines, CSV, Markdown)"
    }

    fn example(&self) -> &'static str {
        "llama-bench.jsonl"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let scores = match &input.content {
            Content::Json(Json::Array(tests)) => test(tests.first()?).is_some(),
            Content::Json(json @ Json::Object(root)) => match refused(root) {
                Some(reason) => return Some(Holds::Nothing(reason)),
                None => test(json).is_some(),
            },
            Content::JsonLines(lines) => test(lines.first().first()?).is_some(),
            Content::Csv(csv) => {
                let has = |name: &str| csv.header().iter().any(|column| column == name);
                if has("avg_ts") && has("stddev_ts") && !has("model_type") {
                    return Some(Holds::Nothing("this digest of llama-bench runs does not name its model"));
                }
                KEYS.into_iter().all(has)
            }
            Content::Markdown(markdown) => markdown.tables().iter().any(is_printed),
            _ => false,
        };
        scores.then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let mut shared = (Shared::new(), Arc::new(metric()));
        match &input.content {
            Content::Json(Json::Array(tests)) => {
                for (index, json) in tests.iter().enumerate() {
                    let place = |at: &str| Place::Pointer(format!("/{index}{at}").into());
                    read_json(json, &place, &mut shared, reading);
                }
            }
            Content::Json(json) => read_json(json, &|at| Place::Pointer(at.into()), &mut shared, reading),
            Content::JsonLines(lines) => lines.each(reading, |line, json, reading| {
                read_json(json, &|at| Place::Line { line, pointer: at.into() }, &mut shared, reading);
            }),
            Content::Csv(csv) => {
                let Some(table) = csv.table(reading) else { return };
                let (Some(score), header) = (table.column("avg_ts"), &table.header) else { return };
                for row in &table.rows {
                    let get = |key: &str| text_of(header, row, key);
                    if let Some(cell) = row.get(score) {
                        Test::stated(&get, None).read(&cell.text, cell.place(), &mut shared, reading);
                    }
                }
            }
            Content::Markdown(markdown) => {
                let build = markdown.text.lines().find_map(|line| line.strip_prefix("build: "));
                for table in markdown.tables().iter().filter(|table| is_printed(table)) {
                    read_printed(table, build, &mut shared, reading);
                }
            }
            _ => {}
        }
    }
}

type Copies = (Shared<Protocol>, Arc<Metric>);

fn metric() -> Metric {
    Metric { name: "t/s".into(), unit: Unit::TokensPerSecond, direction: Direction::Higher }
}

/// The test that an entry is, or that a script has wrapped into `bench_raw`, and the pointer to it.
fn test(json: &Json) -> Option<(&Object, &'static str)> {
    let is_test = |test: &&Object| KEYS.iter().all(|key| test.contains_key(*key));
    let entry = json.as_object()?;
    let plain = Some(entry).filter(is_test).map(|test| (test, ""));
    plain.or_else(|| entry.object("bench_raw").filter(is_test).map(|test| (test, "/bench_raw")))
}

/// Why another file of those who run llama-bench holds no scores of it.
fn refused(root: &Object) -> Option<&'static str> {
    let has = |keys: &[&str]| keys.iter().all(|key| root.contains_key(*key));
    if root.len() == 3 && has(&["start_time", "end_time", "duration_s"]) {
        return Some("the times of a run are no scores");
    }
    if has(&["hostname", "kernel", "os", "cpu"]) {
        return Some("the description of a machine holds no scores");
    }
    has(&["gguf", "toolbox", "mode", "results"]).then_some("timed answers of another program are no llama-bench tests")
}

fn read_json(json: &Json, place: &dyn Fn(&str) -> Place, copies: &mut Copies, reading: &mut Reading) {
    let Some((test, base)) = test(json) else { return };
    let get = |key: &str| match test.get(key)? {
        Json::Bool(truth) => Some(u8::from(*truth).to_string()),
        _ => test.scalar(key).map(str::to_owned),
    };
    let repeats = test.get("samples_ts").and_then(Json::as_array).map(Vec::len);
    let mut stated = Test::stated(&get, repeats);
    // What a script says of the program that it ran.
    let wrapped = ["build", "hipblaslt"].into_iter().filter(|_| !base.is_empty());
    for (key, value) in wrapped.filter_map(|key| Some((key, json.get(key)?))) {
        stated.engine.push(format!("{key}={}", value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
    }
    let place = place(&format!("{base}{}", pointer(["avg_ts"])));
    stated.read(&get("avg_ts").unwrap_or_default(), place, copies, reading);
}

fn text_of(header: &[Cell], row: &[Cell], key: &str) -> Option<String> {
    let column = header.iter().position(|cell| cell.text == key)?;
    row.get(column).map(|cell| cell.text.to_string()).filter(|text| !text.is_empty())
}

fn is_printed(table: &TextTable) -> bool {
    ["model", "test", "t/s"].iter().all(|name| table.column(name).is_some())
}

fn read_printed(table: &TextTable, build: Option<&str>, copies: &mut Copies, reading: &mut Reading) {
    let Some(score) = table.column("t/s") else { return };
    for row in &table.rows {
        let get = |key: &str| text_of(&table.header, row, key);
        let Some(cell) = row.get(score) else { continue };
        let settings = table.header.iter().zip(row).filter(|(name, _)| !PRINTED.contains(&&*name.text));
        let settings = settings.filter(|(_, cell)| !cell.text.is_empty());
        let settings = settings.map(|(name, cell)| format!("{}={}", name.text, cell.text));
        let engine = ["llama.cpp".to_owned()].into_iter().chain(build.map(|build| build.trim().to_owned()));
        let stated = Test {
            model: get("model").map(|model| named(&model, &model)),
            name: get("test").unwrap_or_default(),
            engine: engine.chain(get("backend")).chain(settings).collect(),
            protocol: Protocol::default(),
            date: None,
        };
        let value = cell.text.split('±').next().unwrap_or_default();
        stated.read(value, cell.place(), copies, reading);
    }
}

/// A test as far as a file states it.
struct Test {
    model: Option<ModelName>,
    /// `pp512`, `tg128 @ d4096`.
    name: String,
    /// The program and its settings.
    engine: Vec<String>,
    protocol: Protocol,
    date: Option<Date>,
}

impl Test {
    fn stated(get: &dyn Fn(&str) -> Option<String>, repeats: Option<usize>) -> Self {
        let model = get("model_filename").map(|path| named(file_name(&path), &get("model_type").unwrap_or_default()));
        let tokens = |key| get(key).filter(|count| count != "0");
        let (prompt, generated) = (tokens("n_prompt"), tokens("n_gen"));
        let prompt_test = prompt.as_ref().map(|count| format!("pp{count}"));
        let tests = [prompt_test, generated.as_ref().map(|count| format!("tg{count}"))];
        let depth = tokens("n_depth").map_or(String::new(), |depth| format!(" @ d{depth}"));
        let build = [get("build_commit"), get("build_number").map(|number| format!("({number})"))];
        let settings = SETTINGS.iter().filter_map(|key| Some(format!("{key}={}", get(key)?)));
        Self {
            model,
            name: tests.into_iter().flatten().collect::<Vec<_>>().join("+") + &depth,
            engine: ["llama.cpp".to_owned()]
                .into_iter()
                .chain(build.into_iter().flatten())
                .chain(get("backends"))
                .chain(settings)
                .collect(),
            protocol: Protocol::default()
                .with_any(Field::InputTokens, prompt)
                .with_any(Field::OutputTokens, generated)
                .with_any(Field::Repeats, repeats.map(|repeats| repeats.to_string()))
                .with_any(Field::Hardware, get("gpu_info").or_else(|| get("cpu_info"))),
            date: get("test_time").and_then(|time| Date::parse(&time)),
        }
    }

    fn read(self, value: &str, place: Place, (protocols, metric): &mut Copies, reading: &mut Reading) {
        let Some(model) = self.model else { return reading.no_model() };
        let Some((value, _)) = written::number(value) else {
            if !written::is_missing(value) {
                let problem = reading.warning("not-a-number", format!("{value:?} at {place} is not a number"));
                reading.diagnostics.push(problem.hint("the score is left out"));
            }
            return;
        };
        let protocol = self.protocol.with(Field::Harness, "llama-bench").with(Field::Engine, self.engine.join(" "));
        let provenance = reading.provenance(place, self.date);
        reading.records.push(Record {
            subset: (!self.name.is_empty()).then(|| self.name.into()),
            ..Record::new(model, "llama-bench".into(), Arc::clone(metric), value, protocols.share(protocol), provenance)
        });
    }
}

/// A model of that name, with what its type says of its weights: an architecture, a size, and how they are stored.
fn named(name: &str, kind: &str) -> ModelName {
    let weights = kind.splitn(3, ' ').nth(2).filter(|weights| !weights.is_empty());
    let part = if weights.is_some_and(|it| ["F32", "F16", "BF16"].contains(&it)) {
        Part::Precision
    } else {
        Part::Quantisation
    };
    ModelName::new(name).with_any(part, weights)
}

/// The file's name without its ending and the number of the shard.
fn file_name(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let name = name.strip_suffix(".gguf").unwrap_or(name);
    let shard = "-00001-of-00002".len();
    match name.len().checked_sub(shard).and_then(|at| name.split_at_checked(at)) {
        Some((before, after)) if after.starts_with("-0") && after.get(6..10) == Some("-of-") => before,
        _ => name,
    }
}

#[cfg(test)]
mod tests;
