//! The command line: one file per command, each of which parses, calls the library and prints.
#![allow(clippy::disallowed_methods, reason = "the clock and the terminal are the command line's business")]

mod build;
mod check;
mod export;
mod formats;
mod import;
mod pull;
mod rank;

use crate::diagnostic::{Diagnostics, terminal};
use clap::{Parser, Subcommand};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// The site has errors.
const PROBLEMS: u8 = 1;
/// The command could not run: bad usage, no site, a disk that fails.
const FAILED: u8 = 2;

#[derive(Parser)]
#[command(name = "tianti", version, about = "Leaderboard sites and knowledge bases from evaluation results", long_about = None)]
#[command(after_help = "Exit codes: 0 all is well, 1 the site has errors, 2 the command could not run.")]
struct Arguments {
    /// The site's folder, which holds tianti.toml
    #[arg(long, global = true, default_value = ".", value_name = "DIR")]
    root: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the site
    Build(build::Arguments),
    /// Report everything that is wrong, without writing anything
    Check,
    /// Fetch the data that data/sources.toml names
    Pull(pull::Arguments),
    /// Rank the models of a board, or rate those of files of battles
    Rank(rank::Arguments),
    /// Write all records for other programs, or a board as one HTML file
    Export(export::Arguments),
    /// List the formats of result files that can be read
    Formats(formats::Arguments),
    /// Copy result files into the site, saying what was recognised and what was not
    Import(import::Arguments),
}

/// How a command prints what it found.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Printed {
    /// For people
    Text,
    /// One JSON document, for programs
    Json,
}

/// Runs the program.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    keep_silent_about_formulas();
    let result = match arguments.command {
        Command::Build(build) => build::run(&arguments.root, &build),
        Command::Check => check::run(&arguments.root),
        Command::Pull(pull) => pull::run(&arguments.root, &pull),
        Command::Rank(rank) => rank::run(&arguments.root, &rank),
        Command::Export(export) => export::run(&arguments.root, &export),
        Command::Formats(formats) => formats::run(&formats),
        Command::Import(import) => import::run(&arguments.root, &import),
    };
    result.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(FAILED)
    })
}

/// A formula that makes its parser panic is reported as a diagnostic; any other panic prints as ever.
fn keep_silent_about_formulas() {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !crate::content::math::is_guarded() {
            hook(panic);
        }
    }));
}

/// Prints the diagnostics to the standard error; a closed pipe is no failure.
fn print(diagnostics: &Diagnostics) {
    let mut stderr = std::io::stderr().lock();
    let plain = !stderr.is_terminal() || std::env::var_os("NO_COLOR").is_some();
    let colour = if plain { terminal::Colour::Plain } else { terminal::Colour::Ansi };
    for diagnostic in diagnostics.iter() {
        let _ = stderr.write_all(terminal::render(diagnostic, colour).as_bytes());
    }
}

/// Prints a line to the standard output; a closed pipe is no failure.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

fn summary(diagnostics: &Diagnostics) -> String {
    let errors = count(diagnostics.errors(), "error", "errors");
    format!("{errors}, {}", count(diagnostics.warnings(), "warning", "warnings"))
}
