//! The body of a response, and the ways in which it may be compressed.

use super::failure::Failure;
use crate::snapshot::Answer;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::PathBuf;

/// A body that has arrived.
pub(super) struct Body {
    /// As it was transferred.
    pub(super) file: PathBuf,
    pub(super) coding: Coding,
    pub(super) answer: Answer,
    /// What Hugging Face says is the commit of a dataset.
    pub(super) revision: Option<String>,
}

/// How a body is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Coding {
    Identity,
    Gzip,
    Zstd,
}

impl Coding {
    /// Reads the header `Content-Encoding`.
    pub(super) fn named(name: Option<&str>) -> Result<Self, Failure> {
        match name.unwrap_or("").to_ascii_lowercase().as_str() {
            "" | "identity" => Ok(Self::Identity),
            "gzip" | "x-gzip" => Ok(Self::Gzip),
            "zstd" => Ok(Self::Zstd),
            other => Err(Failure::fetch(format!("the answer is compressed as {other:?}, which was not asked for"))),
        }
    }
}

impl Body {
    /// A reader of what was sent, without compression.
    pub(super) fn reader(&self) -> io::Result<Box<dyn Read>> {
        let file = BufReader::new(File::open(&self.file)?);
        Ok(match self.coding {
            Coding::Identity => Box::new(file),
            Coding::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(file)),
            Coding::Zstd => Box::new(Zstd(StreamingDecoder::new(file).map_err(io::Error::other)?)),
        })
    }

    /// All that was sent, without compression: at most `limit` bytes.
    pub(super) fn read(&self, limit: u64) -> Result<Vec<u8>, Failure> {
        let url = &self.answer.url;
        let mut bytes = Vec::new();
        self.reader()
            .and_then(|reader| reader.take(limit.saturating_add(1)).read_to_end(&mut bytes))
            .map_err(|error| Failure::content(format!("{url} cannot be decompressed: {error}")))?;
        if bytes.len() as u64 > limit { Err(Failure::size(url, limit)) } else { Ok(bytes) }
    }
}

/// One Zstandard frame, and nothing behind it.
struct Zstd(StreamingDecoder<BufReader<File>, FrameDecoder>);

impl Read for Zstd {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(buffer)?;
        if read == 0 && !buffer.is_empty() && self.0.get_mut().read(&mut [0])? > 0 {
            return Err(io::Error::other("something follows the compressed frame"));
        }
        Ok(read)
    }
}
