//! Writing a site: all of it or nothing, and only what changed.
//!
//! New and changed files are written to a staging folder inside the output folder; only [`Staging::commit`] moves them
//! into place and removes what the last build wrote and this one did not. Files that somebody else put there are left
//! alone: the list of our own is kept in [`MANIFEST`].
#![allow(clippy::disallowed_methods, reason = "this module alone writes files")]

use anyhow::{Context, Result, ensure};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::io::{ErrorKind, IoSlice, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The list of the files a build wrote, one path a line, in the output folder.
pub const MANIFEST: &str = ".tianti-files";

/// The folder of files that wait to be moved into place.
const STAGING: &str = ".tianti-staging";

/// Takes the files of a site.
pub trait Sink: Sync {
    /// Takes the file `path`, relative to the output folder with `/` between its parts; its bytes come in parts.
    fn put(&self, path: &str, parts: &[&[u8]]) -> Result<()>;
}

/// Takes everything and keeps nothing: for checking a site.
pub struct Discard;

impl Sink for Discard {
    fn put(&self, _: &str, _: &[&[u8]]) -> Result<()> {
        Ok(())
    }
}

/// Keeps the files whose paths `wanted` wants.
pub struct Keep<F> {
    wanted: F,
    files: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl<F: Fn(&str) -> bool> Keep<F> {
    pub fn new(wanted: F) -> Self {
        Self { wanted, files: Mutex::default() }
    }

    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.files.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<F: Fn(&str) -> bool + Sync> Sink for Keep<F> {
    fn put(&self, path: &str, parts: &[&[u8]]) -> Result<()> {
        if (self.wanted)(path) {
            let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            files.insert(path.to_owned(), parts.concat());
        }
        Ok(())
    }
}

/// A site being written.
pub struct Staging {
    out: PathBuf,
    folder: PathBuf,
    /// No build has written to `out` before: there is nothing to compare with.
    fresh: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    files: HashSet<String>,
    changed: usize,
    folders: HashSet<PathBuf>,
}

/// What a build did to the output folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    pub files: usize,
    pub changed: usize,
    pub removed: usize,
}

impl Staging {
    /// Prepares to write to `out`, clearing what an interrupted build left.
    pub fn begin(out: &Path) -> Result<Self> {
        let folder = out.join(STAGING);
        remove_folder(&folder)?;
        fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
        let fresh = !out.join(MANIFEST).exists();
        Ok(Self { out: out.to_owned(), folder, fresh, state: Mutex::default() })
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes sure that the folder of `file` is there.
    fn make_folder(&self, file: &Path) -> Result<()> {
        let Some(folder) = file.parent() else { return Ok(()) };
        if self.state().folders.contains(folder) {
            return Ok(());
        }
        fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
        self.state().folders.insert(folder.to_owned());
        Ok(())
    }

    /// Puts every file in its place and removes those of the last build that are no longer made.
    pub fn commit(self) -> Result<Written> {
        let State { files, changed, .. } = std::mem::take(&mut *self.state());
        let files: BTreeSet<String> = files.into_iter().collect();
        let before = read_manifest(&self.out)?;
        let stale: Vec<&String> = before.difference(&files).collect();
        move_into(&self.folder, &self.out)?;
        for path in &stale {
            remove_stale(&self.out, path)?;
        }
        let manifest: String = files.iter().flat_map(|path| [path.as_str(), "\n"]).collect();
        let name = self.out.join(MANIFEST);
        if fs::read(&name).ok().as_deref() != Some(manifest.as_bytes()) {
            fs::write(&name, manifest).with_context(|| format!("writing {}", name.display()))?;
        }
        Ok(Written { files: files.len(), changed, removed: stale.len() })
    }
}

impl Sink for Staging {
    fn put(&self, path: &str, parts: &[&[u8]]) -> Result<()> {
        ensure!(stays_inside(path), "the path {path:?} would leave the output folder");
        ensure!(self.state().files.insert(path.to_owned()), "two pages have the address {path}");
        if !self.fresh && same_content(&self.out.join(path), parts) {
            return Ok(());
        }
        let target = self.folder.join(path);
        self.make_folder(&target)?;
        write(&target, parts).with_context(|| format!("writing {}", target.display()))?;
        self.state().changed += 1;
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What stays behind after a failure here is cleared by the next build.
        let _ = remove_folder(&self.folder);
    }
}

/// Writes the file `path`, replacing what is there only when all of it is written.
pub fn write_file(path: &Path, make: impl FnOnce(&mut (dyn Write + Send)) -> Result<()>) -> Result<()> {
    let name = path.file_name().with_context(|| format!("{} names no file", path.display()))?;
    let mut unfinished = std::ffi::OsString::from(".");
    unfinished.push(name);
    unfinished.push(".tianti-unfinished");
    let unfinished = path.with_file_name(unfinished);
    let written = fs::File::create(&unfinished).map_err(anyhow::Error::from).and_then(|file| {
        let mut file = std::io::BufWriter::new(file);
        make(&mut file)?;
        file.flush()?;
        Ok(fs::rename(&unfinished, path)?)
    });
    if written.is_err() {
        // What cannot be removed is left behind under its own name.
        let _ = fs::remove_file(&unfinished);
    }
    written.with_context(|| format!("writing {}", path.display()))
}

/// Moves what lies in `from` to `to`: a folder that is new as a whole, others entry by entry.
fn move_into(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from).with_context(|| format!("listing {}", from.display()))? {
        let source = entry.with_context(|| format!("listing {}", from.display()))?.path();
        let target = to.join(source.file_name().unwrap_or_default());
        if source.is_dir() && target.is_dir() {
            move_into(&source, &target)?;
        } else {
            fs::rename(&source, &target).with_context(|| format!("writing {}", target.display()))?;
        }
    }
    Ok(())
}

fn write(file: &Path, parts: &[&[u8]]) -> std::io::Result<()> {
    let mut file = fs::File::create(file)?;
    let mut slices: Vec<IoSlice> =
        parts.iter().filter(|part| !part.is_empty()).map(|part| IoSlice::new(part)).collect();
    let mut rest = slices.as_mut_slice();
    while !rest.is_empty() {
        match file.write_vectored(rest) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut rest, written),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn same_content(file: &Path, parts: &[&[u8]]) -> bool {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let there = fs::symlink_metadata(file).map(|metadata| (metadata.is_file(), metadata.len()));
    there.is_ok_and(|there| there == (true, length as u64))
        && fs::read(file).is_ok_and(|there| is_made_of(&there, parts))
}

fn is_made_of(mut bytes: &[u8], parts: &[&[u8]]) -> bool {
    parts.iter().all(|part| bytes.split_off(..part.len()).is_some_and(|start| start == *part)) && bytes.is_empty()
}

fn stays_inside(path: &str) -> bool {
    let fine = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', '\0', ':']);
    path.split('/').all(fine)
}

fn read_manifest(out: &Path) -> Result<BTreeSet<String>> {
    match fs::read_to_string(out.join(MANIFEST)) {
        Ok(text) => Ok(text.lines().filter(|path| stays_inside(path)).map(str::to_owned).collect()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(error) => Err(error).with_context(|| format!("reading {MANIFEST}")),
    }
}

/// Removes a file and the folders it leaves empty.
fn remove_stale(out: &Path, path: &str) -> Result<()> {
    let file = out.join(path);
    match fs::remove_file(&file) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("removing {}", file.display())),
    }
    let folders = file.ancestors().skip(1).take_while(|folder| *folder != out);
    for folder in folders {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

fn remove_folder(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("removing {}", folder.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(out: &Path, files: &[(&str, &str)]) -> Written {
        let staging = Staging::begin(out).unwrap();
        for (path, text) in files {
            staging.put(path, &[text.as_bytes()]).unwrap();
        }
        staging.commit().unwrap()
    }

    fn list(folder: &Path) -> Vec<String> {
        let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().is_file());
        files.map(|entry| entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn only_what_changed_is_written_and_what_is_gone_is_removed() {
        let out = tempfile::tempdir().unwrap();
        fs::write(out.path().join("CNAME"), "own").unwrap();
        let first = build(out.path(), &[("a.html", "1"), ("b/c.html", "2"), ("b/d.html", "3")]);
        assert_eq!(first, Written { files: 3, changed: 3, removed: 0 });
        let second = build(out.path(), &[("a.html", "1"), ("b.html", "2")]);
        assert_eq!(second, Written { files: 2, changed: 1, removed: 2 });
        assert_eq!(list(out.path()), [MANIFEST, "CNAME", "a.html", "b.html"]);
    }

    #[test]
    fn nothing_is_written_without_commit() {
        let out = tempfile::tempdir().unwrap();
        build(out.path(), &[("a.html", "old")]);
        let staging = Staging::begin(out.path()).unwrap();
        staging.put("a.html", &[b"n", b"", b"ew"]).unwrap();
        staging.put("b.html", &[b"new"]).unwrap();
        drop(staging);
        assert_eq!(list(out.path()), [MANIFEST, "a.html"]);
        assert_eq!(fs::read_to_string(out.path().join("a.html")).unwrap(), "old");
    }

    #[test]
    fn a_page_cannot_leave_the_folder_or_replace_another() {
        let out = tempfile::tempdir().unwrap();
        let staging = Staging::begin(out.path()).unwrap();
        for path in ["../a", "/a", "a/../b", "", "a//b", ".git/x", "a\\b", "c:/x"] {
            assert!(staging.put(path, &[]).is_err(), "{path:?}");
        }
        staging.put("a.html", &[]).unwrap();
        assert!(staging.put("a.html", &[]).is_err());
    }

    #[test]
    fn a_file_edited_by_hand_is_restored() {
        let out = tempfile::tempdir().unwrap();
        build(out.path(), &[("a.html", "built")]);
        fs::write(out.path().join("a.html"), "edits").unwrap();
        assert_eq!(build(out.path(), &[("a.html", "built")]).changed, 1);
    }
}
