//! How long, how much and how often.

use std::time::Duration;

/// The limits of a pull. Sizes are in bytes.
#[derive(Clone, Debug)]
pub struct Limits {
    /// For opening a connection.
    pub connect: Duration,
    /// Longest wait for the head of a response, and for the next bytes of its body.
    pub stall: Duration,
    /// For everything that one source needs, waiting included.
    pub total: Duration,
    /// How often one address is asked before giving up.
    pub attempts: u32,
    /// The wait before the second attempt; it doubles for each one after.
    pub pause: Duration,
    /// The longest `Retry-After` that is waited for.
    pub longest_pause: Duration,
    pub redirects: usize,
    /// One response, as it is transferred.
    pub download: u64,
    /// One archive, unpacked; most of it may not be kept.
    pub unpacked: u64,
    /// One file of a snapshot.
    pub file: u64,
    /// All files of a snapshot.
    pub snapshot: u64,
    /// Number of files of a snapshot.
    pub files: usize,
    /// Sources fetched at once.
    pub parallel: usize,
    /// Requests made to one host at once.
    pub per_host: usize,
}

const MIB: u64 = 1 << 20;

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            stall: Duration::from_secs(30),
            total: Duration::from_secs(30 * 60),
            attempts: 5,
            pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(120),
            redirects: 10,
            download: 2048 * MIB,
            unpacked: 8192 * MIB,
            file: 256 * MIB,
            snapshot: 2048 * MIB,
            files: 100_000,
            parallel: 4,
            per_host: 2,
        }
    }
}
