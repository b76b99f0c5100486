//! What readers share: one copy of what many records of a file have in common, and shares reckoned from items.

use crate::record::{Extra, Value};
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

/// The share `part` / `whole` that a file leaves to be reckoned from its items, in the digits that tell the number from
/// its neighbours, and the two counts as an extra fact. `None` for a share of nothing.
pub fn computed_share(part: u64, whole: u64) -> Option<(Value, Arc<Extra>)> {
    let value = (whole > 0).then(|| Value::parse(&(part as f64 / whole as f64).to_string()))??;
    let counts = format!(r#"{{"part":{part},"whole":{whole}}}"#);
    Some((value, Arc::new(Extra::from([("computed".into(), counts.into())]))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_computed_share_says_what_it_was_computed_from() {
        let (value, extra) = computed_share(105, 164).unwrap();
        assert_eq!((value.text(), &*extra["computed"]), ("0.6402439024390244", r#"{"part":105,"whole":164}"#));
        assert_eq!(computed_share(3, 3).unwrap().0.text(), "1");
        assert!(computed_share(0, 0).is_none());
    }
}
