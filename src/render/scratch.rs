//! Texts whose memory is used again by the next page of the same thread. A board's page has a megabyte, and memory that
//! is new to a process costs more than what is written to it.

use std::cell::RefCell;
use std::ops::Deref;

/// Bytes that were written, and whose memory will be used again.
pub struct Scratch(Vec<u8>);

/// Texts that a thread keeps.
const KEPT: usize = 4;

/// The largest text that is kept, in bytes: one huge page must not hold memory to the end.
const LARGEST_KEPT: usize = 4 << 20;

thread_local! {
    static KEPT_TEXTS: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

impl Scratch {
    /// What `write` writes, even if it fails.
    pub(super) fn bytes<E>(write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>) -> Result<Self, E> {
        let mut scratch = Self(KEPT_TEXTS.with_borrow_mut(Vec::pop).unwrap_or_default());
        write(&mut scratch.0)?;
        Ok(scratch)
    }

    /// The text that `write` writes.
    pub(super) fn text(write: impl FnOnce(&mut String)) -> Self {
        let kept = KEPT_TEXTS.with_borrow_mut(Vec::pop).unwrap_or_default();
        let mut text = String::from_utf8(kept).unwrap_or_default();
        write(&mut text);
        Self(text.into_bytes())
    }
}

impl From<String> for Scratch {
    fn from(text: String) -> Self {
        Self(text.into_bytes())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let mut bytes = std::mem::take(&mut self.0);
        if bytes.capacity() <= LARGEST_KEPT {
            bytes.clear();
            KEPT_TEXTS.with_borrow_mut(|kept| {
                if kept.len() < KEPT {
                    kept.push(bytes);
                }
            });
        }
    }
}

impl Deref for Scratch {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}
