//! The current layout read straight from its text, without a tree of its JSON: the public repository of results has a
//! hundred thousand files, of which most of the text is not read.
//!
//! What is not plainly of this layout is left to the ordinary way, and both give the same records.

use super::scores::{COMPARISONS, FACTS, is_passed_over};
use super::{File, Folders, protocol};
use crate::formats::input::Text;
use crate::formats::json::{self, Json};
use crate::formats::{Reading, shared::Shared};
use crate::record::{ModelName, Reporter, Value};
use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::fmt;

/// Reads `text` into `reading`; `false`, with nothing read, if it has to go the ordinary way.
pub fn read(text: &Text, reading: &mut Reading) -> bool {
    let folders = Folders::of(text.path);
    let marked = json::marked(text.text);
    let Ok(document) = serde_json::from_str::<Document>(&marked) else { return false };
    let (Some(task), Some(scores)) = (document.task_name.as_deref().filter(|task| !task.is_empty()), &document.scores)
    else {
        return false;
    };
    let entries = || scores.values().flatten();
    if scores.values().any(|entries| repeats_a_subset(entries)) || entries().any(|entry| !entry.is_plain(reading)) {
        return false;
    }
    let Some(model) = model(&folders, text) else { return false };
    let date = document.date.and_then(|date| json::unix_date(&serde_json::from_str(date.get()).ok()?));
    let mut file = File {
        model,
        task: task.into(),
        protocol: protocol(document.mteb_version.as_deref(), document.dataset_revision.as_deref()),
        date,
        reporter: folders.is_external().then_some(Reporter::Claimed),
        metrics: Shared::new(),
        subsets: Shared::new(),
    };
    for (split, entries) in scores {
        let protocol = file.protocol_of(split);
        for (index, entry) in entries.iter().enumerate() {
            let subset = entry.subset.as_deref().filter(|subset| !subset.is_empty());
            for (metric, value) in entry.scores(reading) {
                let pointer = json::pointer(["scores", split, &index.to_string(), metric]);
                file.push(subset, metric, value, None, pointer, &protocol, reading);
            }
        }
    }
    true
}

/// Whether two entries are of one subset; the ordinary way compares them.
fn repeats_a_subset(entries: &[Entry]) -> bool {
    let mut seen = HashSet::new();
    entries.len() > 1 && !entries.iter().all(|entry| seen.insert(entry.subset.as_deref()))
}

fn model(folders: &Folders, text: &Text) -> Option<ModelName> {
    #[derive(Deserialize)]
    struct Meta<'a> {
        #[serde(borrow)]
        name: Option<Cow<'a, str>>,
    }
    let meta = (text.sibling)("model_meta.json").unwrap_or_default();
    let marked = json::marked(&meta);
    let name = serde_json::from_str::<Meta>(&marked).ok().and_then(|meta| meta.name);
    let name = name.as_deref().filter(|name| !name.is_empty());
    folders.model(name)
}

/// A file of the current layout: any other key is an error.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<'a> {
    #[serde(borrow)]
    task_name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    dataset_revision: Option<Cow<'a, str>>,
    #[serde(borrow)]
    mteb_version: Option<Cow<'a, str>>,
    #[serde(borrow)]
    date: Option<&'a RawValue>,
    /// By split.
    #[serde(borrow)]
    scores: Option<BTreeMap<Cow<'a, str>, Vec<Entry<'a>>>>,
    #[serde(rename = "evaluation_time")]
    _evaluation_time: Option<IgnoredAny>,
    #[serde(rename = "kg_co2_emissions")]
    _kg_co2_emissions: Option<IgnoredAny>,
    #[serde(rename = "evaluation_phases")]
    _evaluation_phases: Option<IgnoredAny>,
}

/// The scores of one subset.
struct Entry<'a> {
    subset: Option<Cow<'a, str>>,
    /// In the order of the file; `main_score` may be null.
    scores: Vec<(Cow<'a, str>, &'a RawValue)>,
    has_main_score: bool,
    /// Something in it needs the ordinary way.
    odd: bool,
}

impl Entry<'_> {
    /// Whether no score that the source wants stands there twice, nor anything that needs the ordinary way.
    fn is_plain(&self, reading: &Reading) -> bool {
        let mut names: Vec<&str> =
            self.scores.iter().map(|(name, _)| &**name).filter(|name| reading.wants(name)).collect();
        names.sort_unstable();
        self.has_main_score && !self.odd && names.windows(2).all(|pair| pair[0] != pair[1])
    }

    /// The scores that the source wants, by name.
    fn scores(&self, reading: &Reading) -> Vec<(&str, Value)> {
        let wanted = self.scores.iter().filter(|(name, _)| reading.wants(name));
        let mut scores: Vec<(&str, Value)> = wanted.filter_map(|(name, raw)| Some((&**name, value(raw)?))).collect();
        scores.sort_unstable_by_key(|(name, _)| *name);
        scores
    }
}

/// The number, spelt as in a parsed tree.
fn value(raw: &RawValue) -> Option<Value> {
    match raw.get() {
        "null" => None,
        text if text.contains(['e', 'E', '"']) => json::number(&serde_json::from_str::<Json>(text).ok()?),
        text => Value::parse(text),
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Entry<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Scores)
    }
}

struct Scores;

impl<'de> Visitor<'de> for Scores {
    type Value = Entry<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("the scores of a subset")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entry<'de>, A::Error> {
        let mut entry = Entry { subset: None, scores: Vec::new(), has_main_score: false, odd: false };
        while let Some(key) = map.next_key::<Key<'de>>()? {
            match &*key.0 {
                "hf_subset" => entry.subset = Some(map.next_value::<Key>()?.0),
                name if is_passed_over(name) => {
                    // The error of a metric changes its record.
                    entry.odd |= name.ends_with("_stderr");
                    map.next_value::<IgnoredAny>()?;
                }
                name => {
                    entry.has_main_score |= name == "main_score";
                    let raw = map.next_value::<&RawValue>()?;
                    match raw.get().as_bytes().first() {
                        Some(b'0'..=b'9' | b'-') => entry.scores.push((key.0, raw)),
                        Some(b'"') if json::is_marker(raw.get()) => entry.scores.push((key.0, raw)),
                        // What is no number is passed over, but not everywhere.
                        Some(b'n') => {}
                        Some(b'[' | b't' | b'f') if name != "main_score" => {}
                        Some(b'{') if name != "main_score" && !COMPARISONS.contains(&name) => {}
                        Some(b'"') if FACTS.contains(&name) => {}
                        _ if name == "languages" => {}
                        _ => entry.odd = true,
                    }
                }
            }
        }
        Ok(entry)
    }
}

/// A string, borrowed where it has no escapes.
struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Key<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("a string")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Text)
    }
}
