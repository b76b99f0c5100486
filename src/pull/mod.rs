//! Fetching data: the only part of the program that uses a network.
//!
//! [`run`] asks the sources that `data/sources.toml` declares, verifies what they answer, and replaces the snapshot of
//! each in one step, or leaves it as it was. [`check`] says which are stale, without a network. What the data mean is not
//! known here: that is the readers' business, in a build.
#![allow(clippy::disallowed_methods, reason = "this module writes snapshots, and waits by the clock")]

mod address;
mod archive;
mod body;
mod client;
mod failure;
mod fetch;
mod hosts;
mod limits;
mod store;
mod verify;

pub use address::Networks;
pub use limits::Limits;

use crate::diagnostic::{Diagnostics, did_you_mean};
use crate::record::id::Id;
use crate::snapshot::{self, Declaration, Entry, Lock, SOURCES};
use crate::tree::Tree;
use anyhow::{Result, bail};
use chrono::{DateTime, Utc};
use client::{Client, Job};
use failure::Failure;
use fetch::{Errand, Fetched, New};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Instant;
use store::Store;

/// What a person may set for one pull.
#[derive(Clone, Debug)]
pub struct Options {
    pub networks: Networks,
    /// Take a table whose columns or keys are not those of the previous snapshot.
    pub accept_shape: bool,
    /// The time that is recorded, and by which snapshots are fresh or stale.
    pub now: DateTime<Utc>,
    pub limits: Limits,
    pub endpoints: Endpoints,
}

/// Where the services answer that are not given by address; without a slash at the end.
#[derive(Clone, Debug)]
pub struct Endpoints {
    /// Archives of repositories.
    pub github: String,
    /// Lists of Parquet files.
    pub hub: String,
    /// Rows of datasets.
    pub viewer: String,
}

impl Default for Endpoints {
    fn default() -> Self {
        Self {
            github: "https://codeload.github.com".to_owned(),
            hub: "https://huggingface.co".to_owned(),
            viewer: "https://datasets-server.huggingface.co".to_owned(),
        }
    }
}

/// Hears how far a pull is.
pub trait Progress: Sync {
    /// A source is being fetched.
    fn started(&self, source: &str);
    /// So many more bytes of it have arrived.
    fn received(&self, source: &str, bytes: u64);
    /// It is done, or has failed.
    fn finished(&self, source: &str);
}

/// Hears nothing.
impl Progress for () {
    fn started(&self, _: &str) {}
    fn received(&self, _: &str, _: u64) {}
    fn finished(&self, _: &str) {}
}

/// What became of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A new snapshot stands. Links of an archive are left out.
    Updated { files: usize, bytes: u64, links: usize },
    /// The server says that the snapshot is current.
    NotModified,
    /// The snapshot is fresh, and nobody asked for this source by name.
    Fresh,
    /// A diagnostic says why. The snapshot, if there was one, is as it was.
    Failed,
}

/// How a snapshot stands, without asking its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Fresh {
        until: DateTime<Utc>,
    },
    Stale {
        since: DateTime<Utc>,
    },
    NeverPulled,
    /// `sources.toml` asks for something else than what was fetched.
    Redefined,
    /// The files are not those that were fetched.
    Changed,
}

/// Fetches the sources called `names`, or all that are not fresh when there are none, and says what became of each. An
/// `Err` is trouble with the command or the machine: an unknown name, a disk, another pull at work.
pub fn run(
    root: &Path,
    names: &[String],
    options: &Options,
    progress: &dyn Progress,
) -> Result<(Vec<(Id, Outcome)>, Diagnostics)> {
    let mut diagnostics = Diagnostics::default();
    let declarations = declarations(root, &mut diagnostics)?;
    let chosen = choose(&declarations, names)?;
    let store = Store::open(root)?;
    let mut lock = match store.lock() {
        Ok(lock) => lock,
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            return Ok((Vec::new(), diagnostics));
        }
    };
    store.recover(&declarations.iter().map(|declaration| &declaration.id).collect(), &mut lock)?;
    let client = Client::new(options.networks, options.limits.clone())?;
    let mut outcomes = Vec::new();
    let mut visits = Vec::new();
    for declaration in chosen {
        let entry = lock.0.get(&declaration.id);
        let standing = standing(root, declaration, entry, options.now);
        if names.is_empty() && matches!(standing, Standing::Fresh { .. }) {
            outcomes.push((declaration.id.clone(), Outcome::Fresh));
        } else {
            let current = matches!(standing, Standing::Fresh { .. } | Standing::Stale { .. });
            visits.push(Visit { declaration, entry: entry.cloned(), current });
        }
    }
    let pull = Pull { store: &store, client: &client, options, progress };
    pull.visit_all(&visits, |visit, fetched| {
        let id = &visit.declaration.id;
        let settled = fetched.and_then(|fetched| visit.compare_shape(fetched, options.accept_shape));
        let outcome = match settled {
            Ok(fetched) => pull.keep(visit, fetched, &mut lock)?,
            Err(failure) => {
                store.abandon(id, failure.may_resume())?;
                diagnostics.push(failure.diagnostic(visit.declaration, &visit.kept()));
                Outcome::Failed
            }
        };
        outcomes.push((id.clone(), outcome));
        Ok(())
    })?;
    outcomes.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok((outcomes, diagnostics.sorted()))
}

/// How the snapshot of each source stands at the time `now`; nothing is asked and nothing is written.
pub fn check(root: &Path, now: DateTime<Utc>) -> Result<(Vec<(Id, Standing)>, Diagnostics)> {
    let mut diagnostics = Diagnostics::default();
    let declarations = declarations(root, &mut diagnostics)?;
    let lock = Lock::read(&Tree::list(root, &mut Diagnostics::default())?, &mut diagnostics);
    let standing = |declaration: &Declaration| standing(root, declaration, lock.0.get(&declaration.id), now);
    let standings = declarations.iter().map(|declaration| (declaration.id.clone(), standing(declaration))).collect();
    Ok((standings, diagnostics.sorted()))
}

fn declarations(root: &Path, diagnostics: &mut Diagnostics) -> Result<Vec<Declaration>> {
    let tree = Tree::list(root, &mut Diagnostics::default())?;
    if !tree.contains(SOURCES) {
        bail!("there is no {SOURCES}: docs/pulling.md shows one");
    }
    Ok(snapshot::read(&tree, diagnostics))
}

fn choose<'a>(declarations: &'a [Declaration], names: &[String]) -> Result<Vec<&'a Declaration>> {
    for name in names {
        if !declarations.iter().any(|declaration| declaration.id.as_str() == name) {
            let near: Vec<String> = declarations
                .iter()
                .map(|declaration| declaration.id.as_str())
                .filter(|id| strsim::jaro_winkler(id, name) > 0.8)
                .map(str::to_owned)
                .collect();
            bail!("no usable source {name:?} in {SOURCES}: {}", did_you_mean(&near, "declare it there"));
        }
    }
    let chosen =
        |declaration: &&Declaration| names.is_empty() || names.iter().any(|name| name == declaration.id.as_str());
    Ok(declarations.iter().filter(chosen).collect())
}

fn standing(root: &Path, declaration: &Declaration, entry: Option<&Entry>, now: DateTime<Utc>) -> Standing {
    let Some(entry) = entry else { return Standing::NeverPulled };
    if entry.from != declaration.location.to_string() {
        return Standing::Redefined;
    }
    if !store::is_intact(root, &declaration.id, entry) {
        return Standing::Changed;
    }
    let until = entry.checked + declaration.refresh;
    if now < until { Standing::Fresh { until } } else { Standing::Stale { since: until } }
}

/// A source to be fetched.
struct Visit<'a> {
    declaration: &'a Declaration,
    entry: Option<Entry>,
    /// The snapshot is whole, and of the declared location.
    current: bool,
}

impl Visit<'_> {
    fn previous(&self) -> Option<&Entry> {
        self.entry.as_ref().filter(|_| self.current)
    }

    /// Fails when the new snapshot has not the shape of the previous one from the same location.
    fn compare_shape(&self, fetched: Fetched, accept: bool) -> Result<Fetched, Failure> {
        let location = self.declaration.location.to_string();
        let before = self.entry.as_ref().filter(|entry| entry.from == location && !accept);
        let (Some(before), Fetched::New(new)) = (before, &fetched) else { return Ok(fetched) };
        match verify::difference(&before.shape, &new.shape) {
            None => Ok(fetched),
            Some(difference) => Err(Failure::error(
                "shape-changed",
                format!("the columns or keys changed ({difference})"),
                format!("if that is right, run tianti pull {} --accept-shape", self.declaration.id),
            )),
        }
    }

    fn kept(&self) -> String {
        match &self.entry {
            Some(entry) => format!("the snapshot of {} stays", entry.retrieved.format("%Y-%m-%d")),
            None => "there is no snapshot of it".to_owned(),
        }
    }
}

/// A pull at work.
struct Pull<'a> {
    store: &'a Store,
    client: &'a Client,
    options: &'a Options,
    progress: &'a dyn Progress,
}

impl Pull<'_> {
    /// Fetches all sources, several at once, and hands each result to `settle`, one at a time.
    fn visit_all<'v>(
        &self,
        visits: &'v [Visit<'v>],
        mut settle: impl FnMut(&'v Visit<'v>, Result<Fetched, Failure>) -> Result<()>,
    ) -> Result<()> {
        let next = AtomicUsize::new(0);
        let (results, arrived) = mpsc::channel();
        std::thread::scope(|scope| {
            for _ in 0..self.options.limits.parallel.clamp(1, visits.len().max(1)) {
                let (results, next) = (results.clone(), &next);
                scope.spawn(move || {
                    while let Some(visit) = visits.get(next.fetch_add(1, Ordering::Relaxed)) {
                        if results.send((visit, self.visit(visit))).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(results);
            arrived.into_iter().try_for_each(|(visit, fetched)| settle(visit, fetched))
        })
    }

    fn visit(&self, visit: &Visit) -> Result<Fetched, Failure> {
        let id = &visit.declaration.id;
        let workshop = self.store.workshop(id).map_err(|error| Failure::disk(&error))?;
        self.progress.started(id.as_str());
        let errand = Errand {
            client: self.client,
            endpoints: &self.options.endpoints,
            location: &visit.declaration.location,
            previous: visit.previous(),
            snapshot: &self.store.snapshot(id),
            workshop: &workshop,
            job: Job {
                source: id.as_str(),
                deadline: Instant::now() + self.options.limits.total,
                progress: self.progress,
            },
        };
        let fetched = errand.run();
        self.progress.finished(id.as_str());
        fetched
    }

    /// Puts what was fetched into its place.
    fn keep(&self, visit: &Visit, fetched: Fetched, lock: &mut Lock) -> Result<Outcome> {
        let id = &visit.declaration.id;
        let now = self.options.now;
        match fetched {
            Fetched::NotModified => {
                if let Some(entry) = lock.0.get_mut(id) {
                    entry.checked = now;
                }
                self.store.record(lock)?;
                self.store.abandon(id, false)?;
                Ok(Outcome::NotModified)
            }
            Fetched::New(New { mut files, shape, answers, revision, links }) => {
                files.sort();
                let outcome =
                    Outcome::Updated { files: files.len(), bytes: files.iter().map(|file| file.bytes).sum(), links };
                let declaration = visit.declaration;
                let entry = Entry {
                    retrieved: now,
                    checked: now,
                    licence: declaration.licence.clone(),
                    from: declaration.location.to_string(),
                    revision,
                    shape,
                    answers,
                    files,
                };
                self.store.commit(id, entry, lock)?;
                Ok(outcome)
            }
        }
    }
}
