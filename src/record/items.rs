//! Results item by item: what paired comparisons of models are reckoned from.

use super::{Metric, ModelName, Protocol, Provenance};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Stands for the text that identifies an item (its id, or its question): the first eight bytes of the text's SHA-256.
/// Files of two runs that name an item by the same text give it the same key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemKey(pub u64);

impl ItemKey {
    pub fn of(text: &str) -> Self {
        let hash = Sha256::digest(text.as_bytes());
        Self(hash.iter().take(8).fold(0, |key, byte| key << 8 | u64::from(*byte)))
    }
}

/// The scores of one model on the items of one benchmark, column by column. An item that was repeated stands once for
/// each repetition.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemScores {
    pub model: ModelName,
    pub benchmark: Arc<str>,
    pub subset: Option<Arc<str>>,
    pub metric: Arc<Metric>,
    pub protocol: Arc<Protocol>,
    /// The place of the first item.
    pub provenance: Provenance,
    items: Vec<ItemKey>,
    scores: Vec<f64>,
}

impl ItemScores {
    /// No item yet.
    pub fn new(
        model: ModelName,
        benchmark: Arc<str>,
        subset: Option<Arc<str>>,
        metric: Arc<Metric>,
        protocol: Arc<Protocol>,
        provenance: Provenance,
    ) -> Self {
        Self { model, benchmark, subset, metric, protocol, provenance, items: Vec::new(), scores: Vec::new() }
    }

    /// Adds the score of an item, in the metric's unit.
    pub fn push(&mut self, item: ItemKey, score: f64) {
        self.items.push(item);
        self.scores.push(score);
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// One for each of [`Self::scores`].
    pub fn items(&self) -> &[ItemKey] {
        &self.items
    }

    pub fn scores(&self) -> &[f64] {
        &self.scores
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_start_of_the_sha256() {
        assert_eq!(ItemKey::of("").0, 0xe3b0_c442_98fc_1c14);
        assert_ne!(ItemKey::of("1"), ItemKey::of("01"));
    }
}
