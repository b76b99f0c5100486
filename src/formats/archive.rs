//! ZIP archives: their names, and a bounded look at one entry.

use super::Reading;
use super::json::{self, Json};
use std::cell::{Cell, RefCell};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The largest entry that is read, in bytes.
const LARGEST_ENTRY: u64 = 256 << 20;

/// The most that is read of one archive: a small one may stand for more than any memory holds.
const LARGEST_TOTAL: u64 = 1 << 30;

pub struct Zip<'a> {
    archive: RefCell<ZipArchive<Cursor<&'a [u8]>>>,
    names: Vec<String>,
    /// Bytes that may still be read.
    left: Cell<u64>,
}

impl<'a> Zip<'a> {
    /// Reads the table of contents; the error says what is wrong with it.
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, String> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
        let names = archive.file_names().filter_map(Result::ok).map(|name| name.into_owned()).collect();
        Ok(Self { archive: RefCell::new(archive), names, left: Cell::new(LARGEST_TOTAL) })
    }

    /// The entries' names that are text, in no certain order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub fn contains(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// The bytes of an entry that is stored, deflated or compressed with Zstandard; the error is why not.
    pub fn bytes(&self, name: &str) -> Result<Vec<u8>, String> {
        let mut archive = self.archive.try_borrow_mut().map_err(|error| error.to_string())?;
        let entry = archive.by_name(name).map_err(|error| error.to_string())?;
        let most = LARGEST_ENTRY.min(self.left.get());
        let mut bytes = Vec::new();
        let read = entry.take(most + 1).read_to_end(&mut bytes);
        self.left.set(self.left.get().saturating_sub(bytes.len() as u64));
        read.map_err(|error| error.to_string())?;
        if bytes.len() as u64 > most {
            return Err("it is larger than 256 MiB, or the archive than 1 GiB".into());
        }
        Ok(bytes)
    }

    /// The text of an entry, or a diagnostic.
    pub fn text(&self, name: &str, reading: &mut Reading) -> Option<String> {
        let text = self.bytes(name).and_then(|bytes| String::from_utf8(bytes).map_err(|error| error.to_string()));
        text.map_err(|reason| self.report(name, &reason, reading)).ok()
    }

    /// An entry parsed as JSON, or a diagnostic.
    pub fn json(&self, name: &str, reading: &mut Reading) -> Option<Json> {
        let text = self.text(name, reading)?;
        json::parse(&text)
            .map_err(|broken| self.report(name, &format!("this is not JSON: {}", broken.reason), reading))
            .ok()
    }

    fn report(&self, name: &str, reason: &str, reading: &mut Reading) {
        let problem = reading.error("broken-archive", format!("the entry {name:?} cannot be read: {reason}"));
        reading.diagnostics.push(problem.hint("copy the file again as its harness wrote it"));
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    /// An archive of texts, each compressed by the given method.
    pub fn archive(entries: &[(&str, &str, CompressionMethod)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text, method) in entries {
            writer.start_file(*name, SimpleFileOptions::default().compression_method(*method)).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn entries_of_each_method_are_read() {
        let bytes = archive(&[
            ("a.json", "[1]", CompressionMethod::Stored),
            ("b/b.json", "[2]", CompressionMethod::Deflated),
            ("c.json", "[3]", CompressionMethod::Zstd),
        ]);
        let zip = Zip::new(&bytes).unwrap();
        for (name, text) in [("a.json", "[1]"), ("b/b.json", "[2]"), ("c.json", "[3]")] {
            assert_eq!(zip.bytes(name).unwrap(), text.as_bytes(), "{name}");
            assert!(zip.contains(name));
        }
        assert!(zip.bytes("d").is_err() && !zip.contains("d"));
        for length in 0..bytes.len() {
            if let Ok(cut) = Zip::new(&bytes[..length]) {
                cut.names().iter().for_each(|name| drop(cut.bytes(name)));
            }
        }
    }

    #[test]
    fn a_bomb_is_not_expanded() {
        let zeros = "0".repeat(1 << 20);
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("big", SimpleFileOptions::default().compression_method(CompressionMethod::Zstd)).unwrap();
        (0..257).for_each(|_| writer.write_all(zeros.as_bytes()).unwrap());
        let bytes = writer.finish().unwrap().into_inner();
        assert!(bytes.len() < 1 << 20);
        assert!(Zip::new(&bytes).unwrap().bytes("big").unwrap_err().contains("256 MiB"));
    }
}
