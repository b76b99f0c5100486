//! Writing an import: staged below `data/`, then moved into place, all of it or nothing.

use crate::ledger::RESULTS;
use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// The folder of files that wait to be moved into place: hidden, so that no build sees it, and on the same disk.
const STAGING: &str = "data/.tianti-import";

/// A folder that is gone when the import ends.
pub(super) struct Staging {
    root: PathBuf,
    folder: PathBuf,
}

/// A file to be written.
pub(super) struct Copy {
    pub file: PathBuf,
    /// In lower-case hexadecimal.
    pub sha256: String,
    /// Relative to the site's folder.
    pub to: String,
}

impl Staging {
    /// Prepares the site in the folder `root`, clearing what an interrupted import left.
    pub(super) fn begin(root: &Path) -> Result<Self> {
        let folder = root.join(STAGING);
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))?;
        }
        for name in ["unpacked", "files"] {
            let folder = folder.join(name);
            fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
        }
        Ok(Self { root: root.to_owned(), folder })
    }

    /// Where archives are unpacked to.
    pub(super) fn unpacked(&self) -> PathBuf {
        self.folder.join("unpacked")
    }

    /// Puts `copies` and `texts` (path and content) into the site. Where one cannot be written, none is.
    pub(super) fn commit(&self, copies: &[Copy], texts: &[(String, String)]) -> Result<()> {
        let mut staged = Vec::with_capacity(copies.len() + texts.len());
        for Copy { file, sha256, to } in copies {
            let target = self.staged(staged.len());
            let hash = copy(file, &target).with_context(|| format!("copying {}", file.display()))?;
            ensure!(hash == *sha256, "{} changed while it was imported", file.display());
            staged.push((target, to));
        }
        for (to, text) in texts {
            let target = self.staged(staged.len());
            fs::write(&target, text).with_context(|| format!("writing {to}"))?;
            staged.push((target, to));
        }
        let mut moved = Vec::with_capacity(staged.len());
        for (from, to) in &staged {
            if let Err(error) = self.place(from, to) {
                // The site stays as it was: what was moved is taken back.
                moved.iter().for_each(|to: &&String| self.take_back(to));
                return Err(error);
            }
            moved.push(*to);
        }
        Ok(())
    }

    fn staged(&self, number: usize) -> PathBuf {
        self.folder.join("files").join(number.to_string())
    }

    fn place(&self, from: &Path, to: &str) -> Result<()> {
        let target = self.root.join(to);
        let folder = target.parent().unwrap_or(&self.root);
        // A link among the folders would lead out of the site.
        let there = folder.ancestors().find(|folder| folder.symlink_metadata().is_ok()).unwrap_or(&self.root);
        let real = there.canonicalize().with_context(|| format!("finding {}", there.display()))?;
        let site = self.root.canonicalize().context("finding the site's folder")?;
        ensure!(real.starts_with(site), "{} leads out of the site", there.display());
        fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
        ensure!(target.symlink_metadata().is_err(), "{to} is there already");
        fs::rename(from, &target).with_context(|| format!("writing {to}"))
    }

    fn take_back(&self, to: &str) {
        let file = self.root.join(to);
        let _ = fs::remove_file(&file);
        let results = self.root.join(RESULTS);
        for folder in file.ancestors().skip(1).take_while(|folder| **folder != *results) {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What stays behind after a failure here is cleared by the next import.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Copies the bytes and not the permissions; returns their SHA-256.
fn copy(from: &Path, to: &Path) -> io::Result<String> {
    let (mut source, mut target) = (File::open(from)?, File::create_new(to)?);
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 64 << 10]);
    loop {
        match source.read(&mut buffer)? {
            0 => return Ok(in_hexadecimal(hash)),
            read => {
                hash.update(&buffer[..read]);
                target.write_all(&buffer[..read])?;
            }
        }
    }
}

/// The SHA-256 of what a reader gives, in lower-case hexadecimal.
pub(super) fn sha256(mut source: impl Read) -> io::Result<String> {
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 64 << 10]);
    loop {
        match source.read(&mut buffer)? {
            0 => return Ok(in_hexadecimal(hash)),
            read => hash.update(&buffer[..read]),
        }
    }
}

fn in_hexadecimal(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_placed_takes_all_others_back() {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir_all(site.path().join("data/results/there")).unwrap();
        let staging = Staging::begin(site.path()).unwrap();
        let text = |to: &str| (to.to_owned(), "text".to_owned());
        let error = staging.commit(&[], &[text("data/results/new/a"), text("data/results/there")]).unwrap_err();
        assert!(error.to_string().contains("there already"), "{error}");
        assert!(!site.path().join("data/results/new").exists());
        drop(staging);
        assert!(!site.path().join(STAGING).exists());
    }

    #[test]
    fn a_file_that_changed_is_not_taken() {
        let site = tempfile::tempdir().unwrap();
        let file = site.path().join("x");
        fs::write(&file, "later").unwrap();
        let staging = Staging::begin(site.path()).unwrap();
        let copy = Copy { file, sha256: sha256("earlier".as_bytes()).unwrap(), to: "data/results/s/x".into() };
        assert!(staging.commit(&[copy], &[]).is_err());
        assert!(!site.path().join("data/results").exists());
    }
}
