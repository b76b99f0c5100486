//! How a number was measured: everything that changes it and is not the model, the benchmark or the metric.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A part of a protocol. A board names the fields that are material to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The data split: `test`, `validation`.
    Split,
    /// Worked examples in the prompt.
    Shots,
    /// The prompt, by name or hash.
    Prompt,
    /// The chat template: `yes`, `no`, or its hash.
    ChatTemplate,
    /// `yes` or `no`.
    ChainOfThought,
    Tools,
    /// The judge model.
    Judge,
    /// Reasoning effort or budget.
    Effort,
    /// The k of pass@k.
    PassK,
    /// The harness's answer filter: `strict-match`, `flexible-extract`.
    Filter,
    /// Generation or likelihood: `gen`, `ppl`, `ll`.
    Mode,
    /// The version of the task or benchmark.
    BenchmarkVersion,
    DatasetRevision,
    Harness,
    HarnessVersion,
    HarnessCommit,
    /// The run stopped after so many items, or after that share of them; absent for a full run.
    Limit,
}

const FIELDS: [(Field, &str); 17] = [
    (Field::Split, "split"),
    (Field::Shots, "shots"),
    (Field::Prompt, "prompt"),
    (Field::ChatTemplate, "chat_template"),
    (Field::ChainOfThought, "chain_of_thought"),
    (Field::Tools, "tools"),
    (Field::Judge, "judge"),
    (Field::Effort, "effort"),
    (Field::PassK, "pass_k"),
    (Field::Filter, "filter"),
    (Field::Mode, "mode"),
    (Field::BenchmarkVersion, "benchmark_version"),
    (Field::DatasetRevision, "dataset_revision"),
    (Field::Harness, "harness"),
    (Field::HarnessVersion, "harness_version"),
    (Field::HarnessCommit, "harness_commit"),
    (Field::Limit, "limit"),
];

impl Field {
    pub fn all() -> impl Iterator<Item = Self> {
        FIELDS.iter().map(|(field, _)| *field)
    }

    /// The name in files: `shots`, `harness_version`.
    pub fn name(self) -> &'static str {
        FIELDS.iter().find(|(field, _)| *field == self).map_or("", |(_, name)| name)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Field {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        FIELDS.iter().find(|(_, name)| *name == text).map(|(field, _)| *field).ok_or_else(|| {
            let known: Vec<_> = FIELDS.iter().map(|(_, name)| *name).collect();
            format!("no protocol field {text:?}; the fields are {}", known.join(", "))
        })
    }
}

impl serde::Serialize for Field {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> serde::Deserialize<'de> for Field {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The fields that a file states, sorted; a field that is absent is unknown, which is not a value and equals nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Protocol(Vec<(Field, Arc<str>)>);

impl Protocol {
    pub fn get(&self, field: Field) -> Option<&str> {
        self.0.binary_search_by_key(&field, |(field, _)| *field).ok().map(|index| &*self.0[index].1)
    }

    /// Sets `field`, replacing what was there.
    pub fn set(&mut self, field: Field, value: impl Into<Arc<str>>) {
        match self.0.binary_search_by_key(&field, |(field, _)| *field) {
            Ok(index) => self.0[index].1 = value.into(),
            Err(index) => self.0.insert(index, (field, value.into())),
        }
    }

    #[must_use]
    pub fn with(mut self, field: Field, value: impl Into<Arc<str>>) -> Self {
        self.set(field, value);
        self
    }

    /// How many fields are stated.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (Field, &str)> {
        self.0.iter().map(|(field, value)| (*field, &**value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_name_that_reads_back() {
        for field in Field::all() {
            assert_eq!(field.name().parse(), Ok(field));
        }
    }

    #[test]
    fn the_order_of_setting_does_not_matter() {
        let one = Protocol::default().with(Field::Shots, "5").with(Field::Split, "test");
        let other = Protocol::default().with(Field::Split, "test").with(Field::Shots, "0").with(Field::Shots, "5");
        assert_eq!(one, other);
        assert_eq!(one.get(Field::Shots), Some("5"));
        assert_eq!(one.get(Field::Judge), None);
    }
}
