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
///
/// The texts that identify the items are kept until [`Self::settle`], which takes from them which items belong together.
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
    texts: Vec<Box<str>>,
    clusters: Option<Vec<ItemKey>>,
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
        let (items, scores, texts) = (Vec::new(), Vec::new(), Vec::new());
        Self { model, benchmark, subset, metric, protocol, provenance, items, scores, texts, clusters: None }
    }

    /// Adds the score, in the metric's unit, of the item that is identified by `text`.
    pub fn push(&mut self, text: &str, score: f64) {
        self.items.push(ItemKey::of(text));
        self.scores.push(score);
        self.texts.push(text.into());
    }

    /// Forgets the texts of the items, after `cluster_of` has said, where it is there, which cluster an item with this text
    /// belongs to.
    pub fn settle(&mut self, cluster_of: Option<&dyn Fn(&str) -> &str>) {
        let texts = std::mem::take(&mut self.texts);
        self.clusters = cluster_of.map(|of| texts.iter().map(|text| ItemKey::of(of(text))).collect());
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

    /// For each of [`Self::scores`] the cluster that its item belongs to; `None` where nobody says that items come in
    /// clusters.
    pub fn clusters(&self) -> Option<&[ItemKey]> {
        self.clusters.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Direction, Origin, Place, Reporter, Unit};
    use super::*;

    fn none() -> ItemScores {
        let origin = Origin { path: "x".into(), sha256: "".into(), bytes: 0, format: "x", source: Arc::default() };
        let metric = Metric { name: "acc".into(), unit: Unit::Fraction, direction: Direction::Higher };
        let place = Place::Pointer("".into());
        let provenance =
            Provenance { origin: Arc::new(origin), place, date: None, reporter: Reporter::Measured, url: None };
        ItemScores::new(ModelName::new("m"), "b".into(), None, Arc::new(metric), Arc::default(), provenance)
    }

    #[test]
    fn items_belong_together_whose_texts_say_so_until_the_texts_are_forgotten() {
        let items = |settle: &dyn Fn(&mut ItemScores)| {
            let mut items = none();
            ["a-1", "a-2", "b"].iter().for_each(|text| items.push(text, 1.0));
            settle(&mut items);
            items
        };
        let before = |text: &str| text.split('-').next().map_or(0, str::len);
        let clustered = items(&|items| items.settle(Some(&|text| &text[..before(text)])));
        assert_eq!(clustered.clusters(), Some(&["a", "a", "b"].map(ItemKey::of)[..]));
        assert_eq!(clustered.items(), ["a-1", "a-2", "b"].map(ItemKey::of));
        assert!(clustered.texts.is_empty());
        assert_eq!(items(&|items| items.settle(None)).clusters(), None);
    }

    #[test]
    fn a_key_is_the_start_of_the_sha256() {
        assert_eq!(ItemKey::of("").0, 0xe3b0_c442_98fc_1c14);
        assert_ne!(ItemKey::of("1"), ItemKey::of("01"));
    }
}
