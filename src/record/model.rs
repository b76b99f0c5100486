//! The model as a file names it.

use super::stated::{Stated, named};
use std::sync::Arc;

/// A part of a model's identity that a file keeps apart from the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// Commit, tag or step that names one set of weights.
    Revision,
    /// The number format of the weights: `float16`, `bfloat16`.
    Precision,
    /// What the weights were compressed to: `Q4_K_M`, `AWQ`, `int8`.
    Quantisation,
    /// Reasoning effort or budget.
    Effort,
    /// The agent program around the model.
    Scaffold,
    /// Who served the model.
    Provider,
}

named!(
    Part,
    "part of a model's identity",
    [
        (Revision, "revision"),
        (Precision, "precision"),
        (Quantisation, "quantisation"),
        (Effort, "effort"),
        (Scaffold, "scaffold"),
        (Provider, "provider"),
    ]
);

/// The parts that a file states.
pub type Variant = Stated<Part>;

/// A name and what sets systems of that name apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModelName {
    pub raw: Arc<str>,
    pub variant: Arc<Variant>,
}

impl ModelName {
    /// A name of which nothing else is stated.
    pub fn new(raw: impl Into<Arc<str>>) -> Self {
        Self { raw: raw.into(), variant: Arc::default() }
    }

    #[must_use]
    pub fn with(mut self, part: Part, value: impl Into<Arc<str>>) -> Self {
        self.set(part, value);
        self
    }

    /// As [`Self::with`], if there is a value.
    #[must_use]
    pub fn with_any(self, part: Part, value: Option<impl Into<Arc<str>>>) -> Self {
        match value {
            Some(value) => self.with(part, value),
            None => self,
        }
    }

    pub fn set(&mut self, part: Part, value: impl Into<Arc<str>>) {
        Arc::make_mut(&mut self.variant).set(part, value);
    }

    pub fn get(&self, part: Part) -> Option<&str> {
        self.variant.get(part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_a_name_that_reads_back() {
        for part in Part::all() {
            assert_eq!(part.name().parse(), Ok(part));
        }
    }

    #[test]
    fn a_part_changes_one_name_and_not_its_clone() {
        let plain = ModelName::new("a");
        let high = plain.clone().with(Part::Effort, "high").with_any(Part::Provider, None::<&str>);
        assert_eq!((plain.get(Part::Effort), high.get(Part::Effort)), (None, Some("high")));
        assert_ne!(plain, high);
    }
}
