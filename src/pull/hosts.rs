//! How many requests go to one host at once.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, PoisonError};

/// Counts the requests to each host.
pub(super) struct Hosts {
    most: usize,
    busy: Mutex<BTreeMap<String, usize>>,
    freed: Condvar,
}

/// Leave to ask a host, until it is dropped.
pub(super) struct Turn<'a> {
    hosts: &'a Hosts,
    host: String,
}

impl Hosts {
    pub(super) fn new(most: usize) -> Self {
        Self { most: most.max(1), busy: Mutex::default(), freed: Condvar::new() }
    }

    /// Waits until `host` may be asked.
    pub(super) fn enter(&self, host: &str) -> Turn<'_> {
        let busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |busy: &mut BTreeMap<String, usize>| busy.get(host).is_some_and(|count| *count >= self.most);
        let mut busy = self.freed.wait_while(busy, full).unwrap_or_else(PoisonError::into_inner);
        *busy.entry(host.to_owned()).or_default() += 1;
        Turn { hosts: self, host: host.to_owned() }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut busy = self.hosts.busy.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = busy.get_mut(&self.host) {
            *count = count.saturating_sub(1);
        }
        self.hosts.freed.notify_all();
    }
}
