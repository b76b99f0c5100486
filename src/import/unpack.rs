//! Unpacking archives into the staging folder: ZIP and tar, also compressed by gzip.
//!
//! An archive may come from anyone. Its entries are written under numbers, so that no name leads anywhere; an archive
//! with a name that would lead out of its folder is refused as a whole, as is one that unpacks to more than a machine
//! should hold. Links are reported and not followed.

use crate::diagnostic::{Diagnostic, Diagnostics};
use flate2::bufread::MultiGzDecoder;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use zip::ZipArchive;

/// The most that the archives of one import may hold, unpacked, in bytes.
const LARGEST_TOTAL: u64 = 8 << 30;

/// The most entries of one archive.
const MOST_ENTRIES: usize = 200_000;

/// The most that a tar archive may spend between the contents of two entries, in bytes: headers and long names, which
/// are held in memory.
const LARGEST_HEADERS: u64 = 1 << 20;

/// How an archive is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Zip,
    Tar,
    TarGzip,
}

impl Packing {
    /// By the ending of a file's name: an Inspect log, say, is a ZIP archive as well, and is read as it is.
    pub(super) fn of(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        match () {
            () if ends(&[".zip"]) => Some(Self::Zip),
            () if ends(&[".tar"]) => Some(Self::Tar),
            () if ends(&[".tar.gz", ".tgz"]) => Some(Self::TarGzip),
            () => None,
        }
    }
}

/// A file that was unpacked.
pub(super) struct Entry {
    /// The folders and the name inside the archive.
    pub parts: Vec<String>,
    pub file: PathBuf,
}

/// Where archives are unpacked to, and how much more they may hold.
pub(super) struct Unpacker {
    folder: PathBuf,
    files: usize,
    left: u64,
}

/// Why an archive is refused.
enum Refusal {
    Diagnostic(Diagnostic),
    /// The disk, not the archive.
    Disk(io::Error),
}

impl Unpacker {
    /// Unpacks into `folder`, which exists.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, files: 0, left: LARGEST_TOTAL }
    }

    /// The files of an archive, called `shown` in diagnostics; none when it is refused. An `Err` is trouble with the
    /// disk.
    pub(super) fn unpack(
        &mut self,
        archive: &Path,
        shown: &str,
        packing: Packing,
        diagnostics: &mut Diagnostics,
    ) -> io::Result<Vec<Entry>> {
        let mut target = Target { unpacker: self, shown, entries: Vec::new(), seen: 0, diagnostics };
        let unpacked = match (File::open(archive), packing) {
            (Err(error), _) => Err(broken(shown, &error.to_string())),
            (Ok(file), Packing::Zip) => target.zip(BufReader::new(file)),
            (Ok(file), Packing::Tar) => target.tar(BufReader::new(file)),
            (Ok(file), Packing::TarGzip) => target.tar(MultiGzDecoder::new(BufReader::new(file))),
        };
        match unpacked {
            Ok(()) => Ok(target.entries),
            Err(Refusal::Diagnostic(problem)) => {
                diagnostics.push(problem);
                Ok(Vec::new())
            }
            Err(Refusal::Disk(error)) => Err(error),
        }
    }
}

/// One archive being unpacked.
struct Target<'a> {
    unpacker: &'a mut Unpacker,
    shown: &'a str,
    entries: Vec<Entry>,
    /// Entries of any kind.
    seen: usize,
    diagnostics: &'a mut Diagnostics,
}

impl Target<'_> {
    fn zip(&mut self, file: impl Read + Seek) -> Result<(), Refusal> {
        let mut archive = ZipArchive::new(file).map_err(|error| self.broken(&error.to_string()))?;
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).map_err(|error| self.broken(&error.to_string()))?;
            let name = entry.name().map_err(|error| self.broken(&error.to_string()))?.into_owned();
            let Some(parts) = self.parts(&name)? else { continue };
            if entry.is_symlink() {
                self.report_link(&name);
            } else if !entry.is_dir() {
                self.write(parts, &mut entry)?;
            }
        }
        Ok(())
    }

    fn tar(&mut self, stream: impl Read) -> Result<(), Refusal> {
        let left = Rc::new(Cell::new(LARGEST_HEADERS));
        let mut archive = tar::Archive::new(Metered { stream, left: Rc::clone(&left) });
        for entry in archive.entries().map_err(|error| self.broken(&error.to_string()))? {
            let mut entry = entry.map_err(|error| self.broken(&error.to_string()))?;
            left.set(u64::MAX);
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let kind = entry.header().entry_type();
            match self.parts(&name)? {
                Some(_) if kind.is_symlink() || kind.is_hard_link() => self.report_link(&name),
                Some(parts) if kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse() => {
                    self.write(parts, &mut entry)?;
                }
                _ => self.pass_over(&mut entry)?,
            }
            left.set(LARGEST_HEADERS);
        }
        Ok(())
    }

    /// The parts of an entry's name; `None` for what is passed over.
    fn parts(&mut self, name: &str) -> Result<Option<Vec<String>>, Refusal> {
        self.seen += 1;
        if self.seen > MOST_ENTRIES {
            return Err(self.too_large());
        }
        let parts: Vec<&str> = name.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
        let leads_out = name.starts_with('/')
            || name.contains(['\\', '\0'])
            || parts.contains(&"..")
            || parts.first().is_some_and(|first| first.len() == 2 && first.ends_with(':'));
        if leads_out {
            let message = format!("the archive is refused: its entry {name:?} leads out of the archive's folder");
            let problem = Diagnostic::error("unsafe-archive", self.shown, message);
            return Err(Refusal::Diagnostic(problem.hint("ask for an archive with plain relative names")));
        }
        let kept = !parts.is_empty() && parts.iter().all(|part| !super::find::is_passed_over(part));
        Ok(kept.then(|| parts.into_iter().map(str::to_owned).collect()))
    }

    fn write(&mut self, parts: Vec<String>, content: &mut impl Read) -> Result<(), Refusal> {
        let file = self.unpacker.folder.join(self.unpacker.files.to_string());
        self.unpacker.files += 1;
        let mut target = File::create_new(&file).map_err(Refusal::Disk)?;
        self.copy(content, &mut target)?;
        self.entries.push(Entry { parts, file });
        Ok(())
    }

    fn pass_over(&mut self, content: &mut impl Read) -> Result<(), Refusal> {
        self.copy(content, &mut io::sink())
    }

    /// Copies as much as archives may still hold. Errors of reading are the archive's, errors of writing the disk's.
    fn copy(&mut self, content: &mut impl Read, target: &mut impl io::Write) -> Result<(), Refusal> {
        let mut buffer = vec![0; 64 << 10];
        loop {
            let read = match content.read(&mut buffer) {
                Ok(0) => return Ok(()),
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(self.broken(&error.to_string())),
            };
            self.unpacker.left = self.unpacker.left.checked_sub(read as u64).ok_or_else(|| self.too_large())?;
            target.write_all(&buffer[..read]).map_err(Refusal::Disk)?;
        }
    }

    fn report_link(&mut self, name: &str) {
        let message = format!("the entry {name:?} is a link, which is not followed");
        let problem = Diagnostic::warning("symbolic-link", self.shown, message);
        self.diagnostics.push(problem.hint("put a copy of the file in its place"));
    }

    fn broken(&self, reason: &str) -> Refusal {
        broken(self.shown, reason)
    }

    fn too_large(&self) -> Refusal {
        let message = "the archive is refused: it has more than 200,000 entries, or all of them more than 8 GiB";
        let problem = Diagnostic::error("unsafe-archive", self.shown, message);
        Refusal::Diagnostic(problem.hint("unpack it yourself if you trust it, and import the folder"))
    }
}

fn broken(shown: &str, reason: &str) -> Refusal {
    let problem = Diagnostic::error("broken-archive", shown, format!("the archive cannot be read: {reason}"));
    Refusal::Diagnostic(
        problem.hint("fetch it again; encrypted archives and rare compressions have to be unpacked first"),
    )
}

/// A stream of which only so much is read.
struct Metered<R> {
    stream: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        let left = self.left.get().checked_sub(read as u64);
        self.left.set(left.ok_or_else(|| io::Error::other("names of entries take more than 1 MiB"))?);
        Ok(read)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    pub fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
        for (name, text) in entries {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// A tar archive; names are written as they are, which the library's own methods would refuse.
    pub fn tar(entries: &[(&str, &[u8], tar::EntryType)]) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        for (name, content, kind) in entries {
            let mut header = tar::Header::new_gnu();
            header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
            header.set_entry_type(*kind);
            header.set_size(content.len() as u64);
            header.set_mode(0o777);
            header.set_cksum();
            builder.append(&header, *content).unwrap();
        }
        builder.into_inner().unwrap()
    }

    /// The names and texts of an archive, and the codes of what is wrong with it.
    fn unpacked(bytes: &[u8], packing: Packing, left: u64) -> (Vec<(String, String)>, Vec<&'static str>) {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("archive");
        File::create(&archive).unwrap().write_all(bytes).unwrap();
        let mut diagnostics = Diagnostics::default();
        let mut unpacker = Unpacker { left, ..Unpacker::new(folder.path().to_owned()) };
        let entries = unpacker.unpack(&archive, "archive", packing, &mut diagnostics).unwrap();
        let text = |file: &Path| io::read_to_string(File::open(file).unwrap()).unwrap();
        let entries = entries.iter().map(|entry| (entry.parts.join("/"), text(&entry.file))).collect();
        (entries, diagnostics.iter().map(|problem| problem.code).collect())
    }

    #[test]
    fn files_are_unpacked_and_what_is_hidden_is_passed_over() {
        let zip = zip(&[("a/b.json", "1"), ("./c", "2"), (".git/config", "3"), ("__MACOSX/c", "4")]);
        let wanted = vec![("a/b.json".to_owned(), "1".to_owned()), ("c".to_owned(), "2".to_owned())];
        assert_eq!(unpacked(&zip, Packing::Zip, 100), (wanted.clone(), vec![]));
        let file = tar::EntryType::Regular;
        let tar = tar(&[("a/", b"", tar::EntryType::Directory), ("a/b.json", b"1", file), ("./c", b"2", file)]);
        assert_eq!(unpacked(&tar, Packing::Tar, 100), (wanted, vec![]));
    }

    #[test]
    fn a_name_that_leads_out_refuses_the_archive() {
        for name in ["../x", "a/../../x", "/etc/x", "c:/x", "..\\x", "a/..", "C:\\x"] {
            let bytes = zip(&[("fine", "1"), (name, "2")]);
            assert_eq!(unpacked(&bytes, Packing::Zip, 100), (vec![], vec!["unsafe-archive"]), "{name}");
            let bytes = tar(&[(name, b"2", tar::EntryType::Regular)]);
            assert_eq!(unpacked(&bytes, Packing::Tar, 100), (vec![], vec!["unsafe-archive"]), "{name}");
        }
    }

    #[test]
    fn a_link_is_reported_and_gives_no_file() {
        for kind in [tar::EntryType::Symlink, tar::EntryType::Link] {
            assert_eq!(unpacked(&tar(&[("x", b"", kind)]), Packing::Tar, 100), (vec![], vec!["symbolic-link"]));
        }
        let mut writer = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
        writer.add_symlink("x", "/etc/passwd", SimpleFileOptions::default()).unwrap();
        let bytes = writer.finish().unwrap().into_inner();
        assert_eq!(unpacked(&bytes, Packing::Zip, 100), (vec![], vec!["symbolic-link"]));
        assert_eq!(unpacked(&tar(&[("x", b"", tar::EntryType::Fifo)]), Packing::Tar, 100), (vec![], vec![]));
    }

    #[test]
    fn what_expands_to_too_much_is_refused() {
        let zeros = "0".repeat(1 << 20);
        assert_eq!(unpacked(&zip(&[("x", &zeros)]), Packing::Zip, 1 << 19), (vec![], vec!["unsafe-archive"]));
        let tar = tar(&[("x", zeros.as_bytes(), tar::EntryType::Regular)]);
        assert_eq!(unpacked(&tar, Packing::Tar, 1 << 19), (vec![], vec!["unsafe-archive"]));
    }

    #[test]
    fn a_long_name_does_not_fill_the_memory() {
        let name = "n".repeat(2 << 20);
        let tar = tar(&[("x", name.as_bytes(), tar::EntryType::GNULongName), ("x", b"1", tar::EntryType::Regular)]);
        assert_eq!(unpacked(&tar, Packing::Tar, 1 << 30), (vec![], vec!["broken-archive"]));
    }

    #[test]
    fn a_broken_archive_is_refused_wherever_it_is_cut() {
        let whole = zip(&[("x", "1")]);
        for length in 0..whole.len() {
            assert_eq!(unpacked(&whole[..length], Packing::Zip, 100).0, [], "{length}");
        }
        let (_, codes) = unpacked(b"\x1f\x8bnothing", Packing::TarGzip, 100);
        assert_eq!(codes, ["broken-archive"]);
    }

    #[test]
    fn the_ending_says_what_is_unpacked() {
        for (name, packing) in [
            ("a.ZIP", Some(Packing::Zip)),
            ("a.tar", Some(Packing::Tar)),
            ("a.tar.gz", Some(Packing::TarGzip)),
            ("a.tgz", Some(Packing::TarGzip)),
            ("2025-01-01T00-00-00_quiz.eval", None),
            ("a.json.gz", None),
        ] {
            assert_eq!(Packing::of(name), packing, "{name}");
        }
    }
}
