//! What a site says of the data it fetches, and what was fetched: `data/sources.toml` declares sources, and
//! `data/sources.lock` records the files of each below `data/snapshots/`.
//!
//! Fetching is the business of [`pull`](crate::pull), reading the files that of [`ledger`](crate::ledger). This module
//! knows neither a network nor a format of results.

mod declaration;
mod lock;
mod selector;

pub use declaration::{Dataset, Declaration, Form, Github, Location, Syntax, WebFile, read};
pub use lock::{Answer, Entry, File, Lock, is_safe_path};
pub use selector::{Selector, Step};

/// Declares the sources.
pub const SOURCES: &str = "data/sources.toml";
/// Records what was fetched.
pub const LOCK: &str = "data/sources.lock";
/// Holds a folder for each source that was fetched.
pub const SNAPSHOTS: &str = "data/snapshots/";

/// The lower-case hexadecimal SHA-256 of `bytes`.
pub fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    hexadecimal(&Sha256::digest(bytes))
}

/// `bytes` in lower-case hexadecimal.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
