//! The snapshots on disk: fetched beside their place, moved into it in one step, recorded in the lock.
//!
//! Everything happens in [`WORKSHOP`], on the same file system. A verified snapshot is *decided* by writing its lock entry
//! there; then the folders change places and the lock is rewritten. What stops before the decision leaves the previous
//! snapshot and lock as they were; what stops after it is finished by the next pull.

use super::client;
use super::failure::Failure;
use super::limits::Limits;
use crate::diagnostic::Diagnostic;
use crate::record::id::Id;
use crate::snapshot::{Entry, File, LOCK, Lock, SNAPSHOTS, hexadecimal, is_safe_path, sha256};
use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// Where snapshots are prepared; hidden, so that no build looks into it.
const WORKSHOP: &str = "data/.pull";
/// In a source's folder of the workshop: the snapshot being made, the one it replaced, and the decision.
const NEW: &str = "new";
const OLD: &str = "old";
const DECIDED: &str = "decided.toml";

/// The snapshots of a site, while one program has them.
pub(super) struct Store {
    root: PathBuf,
    /// Locked as long as it is open.
    _guard: fs::File,
}

impl Store {
    /// Takes the snapshots of the site in `root`; fails when another pull has them.
    pub(super) fn open(root: &Path) -> Result<Self> {
        for path in ["data", WORKSHOP, SNAPSHOTS.trim_end_matches('/'), LOCK] {
            let linked = fs::symlink_metadata(root.join(path)).is_ok_and(|metadata| metadata.is_symlink());
            ensure!(!linked, "{path} is a symbolic link: pull does not write through links");
        }
        let workshop = root.join(WORKSHOP);
        fs::create_dir_all(&workshop).with_context(|| format!("creating {}", workshop.display()))?;
        let name = workshop.join("lock");
        let guard = fs::OpenOptions::new().create(true).append(true).open(&name);
        let guard = guard.with_context(|| format!("opening {}", name.display()))?;
        match guard.try_lock() {
            Ok(()) => Ok(Self { root: root.to_owned(), _guard: guard }),
            Err(fs::TryLockError::WouldBlock) => bail!("another pull is at work in {}", root.display()),
            Err(fs::TryLockError::Error(error)) => Err(error).with_context(|| format!("locking {}", name.display())),
        }
    }

    /// What is recorded; nothing when there is no lock yet.
    pub(super) fn lock(&self) -> Result<Lock, Diagnostic> {
        match fs::read_to_string(self.root.join(LOCK)) {
            Ok(text) => Lock::parse(LOCK, &text),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Lock::default()),
            Err(error) => Err(Diagnostic::error("unreadable-file", LOCK, error.to_string())
                .hint("check that the file is there and may be read")),
        }
    }

    /// Finishes what an interrupted pull had decided, and clears what belongs to no source of `declared`.
    pub(super) fn recover(&self, declared: &BTreeSet<&Id>, lock: &mut Lock) -> Result<()> {
        let workshop = self.root.join(WORKSHOP);
        for entry in fs::read_dir(&workshop).with_context(|| format!("listing {}", workshop.display()))? {
            let entry = entry?;
            if !entry.file_type()?.is_dir() {
                continue;
            }
            let id = entry.file_name().to_str().and_then(|name| Id::new(name).ok());
            match id {
                Some(id) if entry.path().join(DECIDED).exists() => self.finish(&id, lock)?,
                Some(id) if declared.contains(&id) => self.abandon(&id, true)?,
                _ => remove(&entry.path())?,
            }
        }
        Ok(())
    }

    /// An empty place to make a snapshot in, beside what can be resumed.
    pub(super) fn workshop(&self, id: &Id) -> io::Result<Workshop> {
        let folder = self.root.join(WORKSHOP).join(id.as_str());
        if fs::symlink_metadata(&folder).is_ok_and(|metadata| !metadata.is_dir()) {
            fs::remove_file(&folder)?;
        }
        remove(&folder.join(NEW)).map_err(io::Error::other)?;
        fs::create_dir_all(folder.join(NEW))?;
        Ok(Workshop { folder })
    }

    /// The folder of a source's snapshot.
    pub(super) fn snapshot(&self, id: &Id) -> PathBuf {
        snapshot_folder(&self.root, id)
    }

    /// Puts the snapshot that was made for `id` into its place and records it.
    pub(super) fn commit(&self, id: &Id, entry: Entry, lock: &mut Lock) -> Result<()> {
        let decided = Lock([(id.clone(), entry)].into()).to_toml()?;
        let folder = self.root.join(WORKSHOP).join(id.as_str());
        write(&folder.join(DECIDED), &decided)?;
        self.finish(id, lock)
    }

    /// Records that a snapshot is still current.
    pub(super) fn record(&self, lock: &Lock) -> Result<()> {
        write(&self.root.join(LOCK), &lock.to_toml()?)
    }

    /// Clears the unfinished work for a source; with `resume`, all but the bodies that can be resumed.
    pub(super) fn abandon(&self, id: &Id, resume: bool) -> Result<()> {
        let folder = self.root.join(WORKSHOP).join(id.as_str());
        if !resume {
            return remove(&folder);
        }
        remove(&folder.join(NEW))?;
        for entry in fs::read_dir(&folder).with_context(|| format!("listing {}", folder.display()))? {
            let path = entry?.path();
            if !client::may_resume(&path) {
                fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
            }
        }
        // Removes the folder only if nothing is in it.
        let _ = fs::remove_dir(folder);
        Ok(())
    }

    /// Carries out what was decided for `id`, from wherever it stopped.
    fn finish(&self, id: &Id, lock: &mut Lock) -> Result<()> {
        let folder = self.root.join(WORKSHOP).join(id.as_str());
        let decided = folder.join(DECIDED);
        let text = fs::read_to_string(&decided).with_context(|| format!("reading {}", decided.display()))?;
        let entry = Lock::parse(DECIDED, &text).ok().and_then(|mut lock| lock.0.remove(id));
        let entry = entry.with_context(|| format!("{} is broken: remove it", decided.display()))?;
        let (new, snapshot) = (folder.join(NEW), self.snapshot(id));
        if new.exists() {
            fs::create_dir_all(self.root.join(SNAPSHOTS))?;
            remove(&folder.join(OLD))?;
            if fs::symlink_metadata(&snapshot).is_ok() {
                rename(&snapshot, &folder.join(OLD))?;
            }
            rename(&new, &snapshot)?;
        }
        lock.0.insert(id.clone(), entry);
        self.record(lock)?;
        remove(&folder)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // What is left is what can be resumed; the folder goes when there is nothing.
        let workshop = self.root.join(WORKSHOP);
        let _ = fs::remove_file(workshop.join("lock"));
        let _ = fs::remove_dir(workshop);
    }
}

/// Whether the files of a snapshot are those that its entry records, and no others.
pub(super) fn is_intact(root: &Path, id: &Id, entry: &Entry) -> bool {
    let folder = snapshot_folder(root, id);
    let there = walkdir::WalkDir::new(&folder)
        .into_iter()
        .filter(|file| !file.as_ref().is_ok_and(|file| file.file_type().is_dir()));
    there.count() == entry.files.len() && entry.files.iter().all(|file| is_same(&folder.join(&file.path), file))
}

fn is_same(path: &Path, file: &File) -> bool {
    let regular = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() == file.bytes);
    regular && hash(path).is_ok_and(|hash| hash == file.sha256)
}

fn hash(path: &Path) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut file = fs::File::open(path)?;
    let mut buffer = vec![0; 64 << 10];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            read => hasher.update(buffer.get(..read).unwrap_or_default()),
        }
    }
    Ok(hexadecimal(&hasher.finalize()))
}

fn snapshot_folder(root: &Path, id: &Id) -> PathBuf {
    root.join(SNAPSHOTS).join(id.as_str())
}

/// The place where the snapshot of one source is made.
pub(super) struct Workshop {
    folder: PathBuf,
}

impl Workshop {
    /// Where the body of the answer from `url` goes: [`client::Request::part`](super::client::Request::part).
    pub(super) fn part(&self, url: &str) -> PathBuf {
        self.folder.join(sha256(url.as_bytes()).get(..16).unwrap_or_default())
    }

    pub(super) fn draft<'a>(&self, limits: &'a Limits) -> Draft<'a> {
        Draft { folder: self.folder.join(NEW), limits, bytes: 0, files: Vec::new() }
    }
}

/// A snapshot being made.
pub(super) struct Draft<'a> {
    folder: PathBuf,
    limits: &'a Limits,
    bytes: u64,
    pub(super) files: Vec<File>,
}

impl Draft<'_> {
    /// Adds the file `path`, whose bytes come from `url`.
    pub(super) fn add(&mut self, path: &str, url: &str, bytes: &[u8]) -> Result<(), Failure> {
        if !is_safe_path(path) {
            return Err(Failure::content(format!(
                "the path {path:?} is hidden, leads out of its folder or is not portable"
            )));
        }
        self.bytes += bytes.len() as u64;
        if self.bytes > self.limits.snapshot {
            return Err(Failure::size("the snapshot", self.limits.snapshot));
        }
        if self.files.len() == self.limits.files {
            let message = format!("there are more than {} files", self.limits.files);
            return Err(Failure::error("too-large", message, "name fewer of them"));
        }
        self.write(path, bytes).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => Failure::content(format!("the file {path:?} occurs twice")),
            _ => Failure::disk(&error),
        })?;
        self.files.push(File {
            path: path.to_owned(),
            url: url.to_owned(),
            sha256: sha256(bytes),
            bytes: bytes.len() as u64,
        });
        Ok(())
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let file = self.folder.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::File::create_new(file)?.write_all(bytes)
    }
}

/// Replaces a file in one step.
fn write(path: &Path, text: &str) -> Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new = path.with_file_name(format!(".{}", name.to_string_lossy()));
    // A link of that name is removed and not written through.
    let _ = fs::remove_file(&new);
    fs::write(&new, text).with_context(|| format!("writing {}", new.display()))?;
    rename(&new, path)
}

fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).with_context(|| format!("moving {} to {}", from.display(), to.display()))
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("removing {}", folder.display()))
        }
        _ => Ok(()),
    }
}
