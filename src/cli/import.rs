//! `tianti import`

use super::{PROBLEMS, Printed, count, print, say};
use crate::diagnostic::{Diagnostics, json::value, terminal::printable};
use crate::import::{self, FileReport, Report, Status, UnknownName};
use anyhow::Result;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  tianti import ~/runs/2024-03-05 --source my-runs\n  tianti import results.zip --dry-run\n  \
    tianti import results_*.json --format json\n\nExit codes: 0 all was read, 1 something was not, 2 the command could not run."
)]
pub(super) struct Arguments {
    /// Files, folders and archives (.zip, .tar, .tar.gz, .tgz)
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder of data/results for the files [default: the name of the path, without its date]
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Say what would be done, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// How to print the report
    #[arg(long, value_enum, default_value_t = Printed::Text)]
    format: Printed,
}

pub(super) fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode> {
    let report = import::import(root, &arguments.paths, arguments.source.as_deref(), arguments.dry_run)?;
    match arguments.format {
        Printed::Json => say(&document(&report, arguments.dry_run).to_string()),
        Printed::Text => print_text(&report, arguments.dry_run),
    }
    Ok(if report.has_problems() { ExitCode::from(PROBLEMS) } else { ExitCode::SUCCESS })
}

fn print_text(report: &Report, dry_run: bool) {
    let mut diagnostics = report.diagnostics.clone();
    report.files.iter().flat_map(|file| &file.diagnostics).for_each(|problem| diagnostics.push(problem.clone()));
    print(&diagnostics.sorted());
    report.files.iter().for_each(|file| say(&printable(&line(file))));
    print_unknown("model", &report.unknown_models);
    print_unknown("benchmark", &report.unknown_benchmarks);
    let Counts { new, known, companions, unused, not_read } = Counts::of(report);
    say(&format!(
        "{}{} with {}, {}, {}; {companions} beside them, {known} there already, {unused} without results, {not_read} not read.",
        if dry_run { "Would import " } else { "Imported " },
        count(new, "file", "files"),
        count(total(report, |file| file.records), "record", "records"),
        count(total(report, |file| file.items), "item", "items"),
        count(total(report, |file| file.battles), "battle", "battles"),
    ));
    if let Some(path) = &report.source_file {
        let verb = if dry_run { "Would write" } else { "Wrote" };
        say(&format!("{verb} {path}: fill in name, url, licence, retrieved and reporter."));
    }
}

fn line(file: &FileReport) -> String {
    let FileReport { path, format, records, items, battles, .. } = file;
    let mut holds = Vec::from_iter(format.map(str::to_owned));
    let counts = [(records, "record", "records"), (items, "item", "items"), (battles, "battle", "battles")];
    holds.extend(
        counts.iter().filter(|(number, ..)| **number > 0).map(|(number, one, many)| count(**number, one, many)),
    );
    let holds = holds.join(", ");
    match &file.status {
        Status::New { to } => format!("{path}: {holds} → {to}"),
        Status::Companion { to } => format!("{path}: beside results → {to}"),
        Status::Known { at } => format!("{path}: {holds}, the same as {at}"),
        Status::Unused => format!("{path}: {holds}, without results beside it"),
        Status::NotRead => format!("{path}: not read"),
    }
}

fn print_unknown(kind: &str, names: &[UnknownName]) {
    for UnknownName { name, records, near } in names {
        let near = if near.is_empty() { String::new() } else { format!("; like {}", near.join(", ")) };
        say(&printable(&format!("no card for the {kind} {name:?} of {}{near}", count(*records, "record", "records"))));
    }
}

/// Files by status.
#[derive(Default)]
struct Counts {
    new: usize,
    known: usize,
    companions: usize,
    unused: usize,
    not_read: usize,
}

impl Counts {
    fn of(report: &Report) -> Self {
        let mut counts = Self::default();
        for file in &report.files {
            *match file.status {
                Status::New { .. } => &mut counts.new,
                Status::Known { .. } => &mut counts.known,
                Status::Companion { .. } => &mut counts.companions,
                Status::Unused => &mut counts.unused,
                Status::NotRead => &mut counts.not_read,
            } += 1;
        }
        counts
    }
}

/// What the new files hold together.
fn total(report: &Report, number: fn(&FileReport) -> usize) -> usize {
    report.files.iter().filter(|file| matches!(file.status, Status::New { .. })).map(number).sum()
}

/// As `docs/import.md` describes it.
fn document(report: &Report, dry_run: bool) -> Value {
    let Counts { new, known, companions, unused, not_read } = Counts::of(report);
    let problems = |diagnostics: &Diagnostics| diagnostics.iter().map(value).collect::<Vec<_>>();
    let names = |names: &[UnknownName]| -> Vec<Value> {
        names.iter().map(|name| json!({"name": name.name, "records": name.records, "near": name.near})).collect()
    };
    json!({
        "dry_run": dry_run,
        "source": report.source,
        "source_file": report.source_file,
        "files": report.files.iter().map(file).collect::<Vec<_>>(),
        "diagnostics": problems(&report.diagnostics),
        "unknown_models": names(&report.unknown_models),
        "unknown_benchmarks": names(&report.unknown_benchmarks),
        "counts": {
            "new": new, "known": known, "companion": companions, "unused": unused, "not-read": not_read,
            "records": total(report, |file| file.records),
            "items": total(report, |file| file.items),
            "battles": total(report, |file| file.battles),
        },
    })
}

fn file(file: &FileReport) -> Value {
    let (status, place) = match &file.status {
        Status::New { to } => ("new", Some(to)),
        Status::Companion { to } => ("companion", Some(to)),
        Status::Known { at } => ("known", Some(at)),
        Status::Unused => ("unused", None),
        Status::NotRead => ("not-read", None),
    };
    json!({
        "path": file.path, "status": status, "place": place, "format": file.format,
        "records": file.records, "items": file.items, "battles": file.battles,
        "diagnostics": file.diagnostics.iter().map(value).collect::<Vec<_>>(),
    })
}
