//! One copy of what many records of a file have in common.

use foldhash::{HashSet, HashSetExt};
use std::borrow::Borrow;
use std::hash::Hash;
use std::sync::Arc;

/// Gives equal values the same [`Arc`].
pub struct Shared<T: ?Sized>(HashSet<Arc<T>>);

impl<T: ?Sized + Eq + Hash> Shared<T> {
    pub fn new() -> Self {
        Self(HashSet::new())
    }

    pub fn share<V: Borrow<T> + Into<Arc<T>>>(&mut self, value: V) -> Arc<T> {
        if let Some(shared) = self.0.get(value.borrow()) {
            return Arc::clone(shared);
        }
        let shared: Arc<T> = value.into();
        self.0.insert(Arc::clone(&shared));
        shared
    }
}
