//! `tianti export`

use super::{PROBLEMS, count, print, say, summary};
use crate::export::{self, Exported, Records};
use crate::language::Language;
use crate::output::{self, Staging};
use crate::pipeline;
use anyhow::{Result, bail, ensure};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  tianti export --to parquet --out records.parquet\n  tianti export --to every-eval-ever --out ../datastore\n  \
    tianti export --single-file mmlu --lang zh"
)]
pub(super) struct Arguments {
    /// Write all records in this format
    #[arg(long, value_name = "FORMAT", requires = "out", required_unless_present = "single_file")]
    to: Option<Target>,
    /// Write the page of this board as one HTML file, with its data inside
    #[arg(long, value_name = "BOARD", conflicts_with = "to")]
    single_file: Option<String>,
    /// The file to write; for every-eval-ever and eval-results the folder [default for a board: <BOARD>.html]
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// The language of the board's page [default: the site's first]
    #[arg(long, value_name = "LANGUAGE", requires = "single_file")]
    lang: Option<Language>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Target {
    /// Aggregate files of schema 0.3.0, and instances where there are item scores
    EveryEvalEver,
    /// One table, for DuckDB, Polars and Spark
    Parquet,
    /// One table
    Csv,
    /// An array of objects
    Json,
    /// A YAML file for each model, for the `.eval_results` of its repository on the Hub
    EvalResults,
}

pub(super) fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode> {
    match (arguments.to, &arguments.single_file, &arguments.out) {
        (Some(target), _, Some(out)) => records(root, target, out),
        (_, Some(board), out) => {
            let named = || PathBuf::from(format!("{board}.html"));
            single_file(root, board, arguments.lang, &out.clone().unwrap_or_else(named))
        }
        _ => bail!("say what to write: --to FORMAT --out PATH, or --single-file BOARD"),
    }
}

fn single_file(root: &Path, board: &str, language: Option<Language>, out: &Path) -> Result<ExitCode> {
    ensure!(
        pipeline::has_board(root, Path::new(board)),
        "no board {board:?}: a board is a file data/boards/<BOARD>.toml of the site"
    );
    let (page, diagnostics) = pipeline::single_file(root, board, language)?;
    print(&diagnostics);
    let Some(page) = page else {
        say(&format!("Nothing was written: {}.", summary(&diagnostics)));
        return Ok(ExitCode::from(PROBLEMS));
    };
    output::write_file(out, |file| Ok(file.write_all(page.as_bytes())?))?;
    say(&format!("Wrote the board to {} ({} KB).", out.display(), page.len().div_ceil(1000)));
    Ok(ExitCode::SUCCESS)
}

fn records(root: &Path, target: Target, out: &Path) -> Result<ExitCode> {
    let (catalog, ledger, diagnostics) = pipeline::records(root)?;
    print(&diagnostics);
    if diagnostics.errors() > 0 {
        say(&format!("Nothing was written: {}.", summary(&diagnostics)));
        return Ok(ExitCode::from(PROBLEMS));
    }
    let records = Records { catalog: &catalog, ledger: &ledger };
    let exported = match target {
        Target::EveryEvalEver => folder(out, |staging| export::every_eval_ever(records, staging))?,
        Target::EvalResults => folder(out, |staging| export::eval_results(records, staging))?,
        Target::Parquet => file(out, |file| export::parquet(records, file))?,
        Target::Csv => file(out, |file| export::csv(records, file))?,
        Target::Json => file(out, |file| export::json(records, file))?,
    };
    report(&exported, out);
    Ok(ExitCode::SUCCESS)
}

fn folder(out: &Path, write: impl FnOnce(&Staging) -> Result<Exported>) -> Result<Exported> {
    let staging = Staging::begin(out)?;
    let exported = write(&staging)?;
    staging.commit()?;
    Ok(exported)
}

fn file(out: &Path, write: impl FnOnce(&mut (dyn Write + Send)) -> Result<Exported>) -> Result<Exported> {
    let mut exported = Exported::default();
    output::write_file(out, |file| {
        exported = write(file)?;
        Ok(())
    })?;
    Ok(exported)
}

fn report(exported: &Exported, out: &Path) {
    let items = match exported.items {
        0 => String::new(),
        items => format!(" and {}", count(items, "item score", "item scores")),
    };
    let files = count(exported.files, "file", "files");
    let records = count(exported.records, "record", "records");
    say(&format!("Wrote {records}{items} in {files} to {}.", out.display()));
    for (records, reason) in &exported.left_out {
        say(&format!("Left out {}: {reason}.", count(*records, "record", "records")));
    }
}
