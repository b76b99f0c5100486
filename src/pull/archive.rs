//! Files out of the archive of a repository.

use super::body::Body;
use super::failure::Failure;
use super::limits::Limits;
use super::store::Draft;
use super::verify::{self, Shape};
use crate::snapshot::{Github, Syntax};
use glob::MatchOptions;
use std::io::Read;
use tar::{Archive, Entry, EntryType};

/// What came out of an archive, besides its files.
pub(super) struct Unpacked {
    pub(super) commit: Option<String>,
    /// For each pattern the keys or columns that all its files have, but for empty ones.
    pub(super) shape: Shape,
    /// Symbolic and hard links, which are left out.
    pub(super) links: usize,
}

/// `*` stops at a folder's end, and nothing hidden is matched unless its dot is written.
const MATCHING: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

/// The largest header, in bytes, that is read for the name of an entry: paths have 4,096 at most.
const LARGEST_HEADER: u64 = 64 << 10;

/// Takes the files that `github` names out of `body`, a compressed tar archive with one folder at its top.
pub(super) fn unpack(body: &Body, github: &Github, limits: &Limits, draft: &mut Draft) -> Result<Unpacked, Failure> {
    let broken =
        |error: std::io::Error| Failure::content(format!("{} is not a whole archive: {error}", body.answer.url));
    let reader = flate2::read::MultiGzDecoder::new(body.reader().map_err(broken)?);
    let mut archive = Archive::new(reader.take(limits.unpacked));
    let mut wanted =
        Wanted { github, limits, commit: None, name: None, found: vec![None; github.files.len()], links: 0 };
    let walked = archive.entries().map_err(broken).and_then(|entries| {
        // Raw, because otherwise headers of any length are read into memory.
        entries.raw(true).try_for_each(|entry| wanted.take(entry.map_err(broken)?, &body.answer.url, draft))
    });
    let mut rest = archive.into_inner();
    // The end of the compressed stream holds its checksum.
    let read_on = std::io::copy(&mut rest, &mut std::io::sink());
    if rest.limit() == 0 {
        return Err(Failure::size("the unpacked archive", limits.unpacked));
    }
    walked?;
    read_on.map_err(broken)?;
    wanted.finish()
}

struct Wanted<'a> {
    github: &'a Github,
    limits: &'a Limits,
    commit: Option<String>,
    /// The path of the next entry, if a header before it gives one.
    name: Option<String>,
    /// For each pattern: what its files have in common, once there is one.
    found: Vec<Option<Found>>,
    links: usize,
}

#[derive(Clone)]
struct Found {
    /// Absent as long as none of the files is a table with rows.
    shape: Option<Shape>,
}

impl Found {
    /// What is common to the files of `before` and one more, which has this shape if it is a table with rows.
    fn and(before: Option<Self>, shape: Option<&Shape>) -> Self {
        let shape = match (before.and_then(|found| found.shape), shape) {
            (Some(before), Some(shape)) => Some(&before & shape),
            (before, shape) => before.or_else(|| shape.cloned()),
        };
        Self { shape }
    }
}

impl Wanted<'_> {
    fn take(&mut self, mut entry: Entry<impl Read>, archive: &str, draft: &mut Draft) -> Result<(), Failure> {
        let broken = |error: std::io::Error| Failure::content(format!("{archive} is not a whole archive: {error}"));
        let kind = entry.header().entry_type();
        if matches!(
            kind,
            EntryType::XGlobalHeader | EntryType::XHeader | EntryType::GNULongName | EntryType::GNULongLink
        ) {
            return self.take_header(kind, &mut entry, archive);
        }
        let full = match self.name.take() {
            Some(name) => name,
            None => text(&entry.path_bytes(), archive)?,
        };
        if full.starts_with('/') || full.contains('\\') || full.split('/').any(|part| part == "..") {
            return Err(Failure::content(format!("{archive} has the path {full:?}, which leads out of it")));
        }
        let Some((_, path)) = full.split_once('/') else { return Ok(()) };
        let matching: Vec<usize> = (self.github.files.iter().enumerate())
            .filter_map(|(index, pattern)| pattern.matches_with(path, MATCHING).then_some(index))
            .collect();
        if matching.is_empty() || kind.is_dir() {
            return Ok(());
        }
        if !kind.is_file() {
            self.links += 1;
            return Ok(());
        }
        let mut bytes = Vec::new();
        entry.by_ref().take(self.limits.file.saturating_add(1)).read_to_end(&mut bytes).map_err(broken)?;
        if bytes.len() as u64 > self.limits.file {
            return Err(Failure::size(path, self.limits.file));
        }
        let table = match Syntax::of(path) {
            Some(syntax) => Some(verify::table(path, &bytes, syntax, None)?).filter(|table| !table.empty),
            None => None,
        };
        draft.add(path, &self.url(path, archive), &bytes)?;
        for index in matching {
            if let Some(found) = self.found.get_mut(index) {
                *found = Some(Found::and(found.take(), table.as_ref().map(|table| &table.shape)));
            }
        }
        Ok(())
    }

    /// Reads what a header says of the next entry, or of all.
    fn take_header(&mut self, kind: EntryType, entry: &mut Entry<impl Read>, archive: &str) -> Result<(), Failure> {
        if entry.size() > LARGEST_HEADER {
            return Err(Failure::content(format!("{archive} has a header of {} bytes", entry.size())));
        }
        match kind {
            EntryType::XGlobalHeader => self.commit = extension(entry, "comment").filter(|comment| is_commit(comment)),
            EntryType::XHeader => self.name = extension(entry, "path").or(self.name.take()),
            EntryType::GNULongName => {
                let mut name = Vec::new();
                let broken = |error| Failure::content(format!("{archive} is not a whole archive: {error}"));
                entry.read_to_end(&mut name).map_err(broken)?;
                self.name = Some(text(name.strip_suffix(b"\0").unwrap_or(&name), archive)?);
            }
            _ => {}
        }
        Ok(())
    }

    /// Where a person finds the file: at its commit, if the archive names it.
    fn url(&self, path: &str, archive: &str) -> String {
        let blob = self.commit.as_ref().and_then(|commit| {
            let mut url = reqwest::Url::parse(&format!("https://github.com/{}/blob", self.github.repository)).ok()?;
            url.path_segments_mut().ok()?.push(commit).extend(path.split('/'));
            Some(url.to_string())
        });
        blob.unwrap_or_else(|| archive.to_owned())
    }

    fn finish(self) -> Result<Unpacked, Failure> {
        let mut shape = Shape::new();
        for (pattern, found) in self.github.files.iter().zip(self.found) {
            let Some(found) = found else {
                return Err(Failure::content(format!("{} has no file {pattern}", self.github.repository)));
            };
            shape.extend(found.shape.into_iter().flatten().map(|name| format!("{pattern}: {name}")));
        }
        Ok(Unpacked { commit: self.commit, shape, links: self.links })
    }
}

fn text(path: &[u8], archive: &str) -> Result<String, Failure> {
    let text = std::str::from_utf8(path).map(str::to_owned);
    text.map_err(|_| Failure::content(format!("{archive} has a path that is not UTF-8")))
}

/// The last value of a key in a header of POSIX's extended form.
fn extension(entry: &mut Entry<impl Read>, key: &str) -> Option<String> {
    let extensions = entry.pax_extensions().ok()??;
    let values = extensions.flatten().filter(|extension| extension.key() == Ok(key));
    Some(values.last()?.value().ok()?.to_owned())
}

/// Whether a comment is the hash of a commit, which git writes there.
fn is_commit(comment: &str) -> bool {
    comment.len() >= 40 && comment.bytes().all(|byte| byte.is_ascii_hexdigit())
}
