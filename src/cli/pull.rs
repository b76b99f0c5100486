//! `tianti pull`

use super::{PROBLEMS, count, print, say};
use crate::pull::{self, Endpoints, Limits, Networks, Options, Outcome, Progress, Standing};
use anyhow::Result;
use chrono::{DateTime, Utc};
use indicatif::{HumanBytes, MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  tianti pull\n  tianti pull open-vlm\n  tianti pull --check\n  tianti pull open-vlm --accept-shape"
)]
pub(super) struct Arguments {
    /// The sources to fetch [default: those of data/sources.toml that are not fresh]
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Say which snapshots are stale, without a network; exits with 1 if any is
    #[arg(long, conflicts_with_all = ["names", "accept_shape", "allow_private"])]
    check: bool,
    /// Take tables whose columns or keys changed
    #[arg(long, requires = "names")]
    accept_shape: bool,
    /// Also fetch from your own machine and network, or only from ADDRESS there
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, require_equals = true)]
    allow_private: Option<Option<IpAddr>>,
}

pub(super) fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode> {
    let now = DateTime::<Utc>::from(SystemTime::now());
    let now = DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now);
    if arguments.check { check(root, now) } else { fetch(root, arguments, now) }
}

fn fetch(root: &Path, arguments: &Arguments, now: DateTime<Utc>) -> Result<ExitCode> {
    let options = Options {
        networks: match arguments.allow_private {
            None => Networks::Public,
            Some(None) => Networks::All,
            Some(Some(address)) => Networks::PublicAnd(address),
        },
        accept_shape: arguments.accept_shape,
        now,
        limits: Limits::default(),
        endpoints: Endpoints::default(),
    };
    let bars = Bars::default();
    let (outcomes, diagnostics) = pull::run(root, &arguments.names, &options, &bars)?;
    print(&diagnostics);
    for (source, outcome) in outcomes {
        say(&format!("{source}: {}", describe(&outcome)));
    }
    Ok(if diagnostics.errors() > 0 { ExitCode::from(PROBLEMS) } else { ExitCode::SUCCESS })
}

fn describe(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Updated { files, bytes, links } => {
            let files = count(*files, "file", "files");
            let links = match links {
                0 => String::new(),
                links => format!(", {} left out", count(*links, "link", "links")),
            };
            format!("updated, {files}, {}{links}", HumanBytes(*bytes))
        }
        Outcome::NotModified => "not modified".to_owned(),
        Outcome::Fresh => "fresh, not asked; name it to ask all the same".to_owned(),
        Outcome::Failed => "failed, see above; nothing of it was changed".to_owned(),
    }
}

fn check(root: &Path, now: DateTime<Utc>) -> Result<ExitCode> {
    let (standings, diagnostics) = pull::check(root, now)?;
    print(&diagnostics);
    let mut all_fresh = diagnostics.errors() == 0;
    for (source, standing) in standings {
        all_fresh &= matches!(standing, Standing::Fresh { .. });
        let text = match standing {
            Standing::Fresh { until } => format!("fresh until {}", until.format("%Y-%m-%d %H:%M UTC")),
            Standing::Stale { since } => format!("stale since {}", since.format("%Y-%m-%d %H:%M UTC")),
            Standing::NeverPulled => "never pulled".to_owned(),
            Standing::Redefined => "declared otherwise than it was pulled".to_owned(),
            Standing::Changed => "changed on disk since it was pulled".to_owned(),
        };
        say(&format!("{source}: {text}"));
    }
    Ok(if all_fresh { ExitCode::SUCCESS } else { ExitCode::from(PROBLEMS) })
}

/// A line for each source being fetched on a terminal, nothing in a pipe.
struct Bars {
    all: MultiProgress,
    bars: Mutex<BTreeMap<String, ProgressBar>>,
}

impl Default for Bars {
    fn default() -> Self {
        Self { all: MultiProgress::with_draw_target(ProgressDrawTarget::stderr_with_hz(10)), bars: Mutex::default() }
    }
}

impl Bars {
    fn bars(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, ProgressBar>> {
        self.bars.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress for Bars {
    fn started(&self, source: &str) {
        let bar = self.all.add(ProgressBar::no_length());
        if let Ok(style) = ProgressStyle::with_template("{prefix}: {bytes}, {bytes_per_sec}, {elapsed}") {
            bar.set_style(style);
        }
        bar.set_prefix(source.to_owned());
        self.bars().insert(source.to_owned(), bar);
    }

    fn received(&self, source: &str, bytes: u64) {
        if let Some(bar) = self.bars().get(source) {
            bar.inc(bytes);
        }
    }

    fn finished(&self, source: &str) {
        if let Some(bar) = self.bars().remove(source) {
            bar.finish_and_clear();
        }
    }
}
