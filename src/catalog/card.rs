//! Cards: the facts a TOML file states about a model, a benchmark or an organisation.

use crate::language::Text;
use crate::record::id::Id;
use crate::record::{Date, WebUrl};
use serde::{Deserialize, Serialize};

/// `data/orgs.toml`, one table each.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    pub name: Text,
    /// Other names of it and of its families of models, with commas between them: the search finds it and its models by
    /// them, result files do not.
    pub also: Option<Text>,
    pub url: Option<WebUrl>,
}

/// `data/models/<org>/<model>.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelCard {
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<toml::Spanned<String>>,
    pub family: Option<String>,
    pub kind: Option<ModelKind>,
    /// As its source writes it: `14.2B`, `8x7B`.
    pub parameters: Option<String>,
    pub released: Option<Date>,
    pub cutoff: Option<Cutoff>,
    /// As its source writes it: `2.4T`.
    pub training_tokens: Option<String>,
    /// Tokens.
    pub context: Option<u64>,
    #[serde(default)]
    pub languages: Vec<String>,
    pub licence: Option<String>,
    pub open_weights: Option<bool>,
    pub paper: Option<WebUrl>,
    pub code: Option<WebUrl>,
    pub weights: Option<WebUrl>,
    pub summary: Option<Text>,
}

impl ModelCard {
    /// The last day from which it may have learnt: the end of its training data or, where that is not stated, its release.
    pub fn last_learnt(&self) -> Option<&Date> {
        self.cutoff.as_ref().map(|end| &end.date).or(self.released.as_ref())
    }
}

/// The end of the training data, fine-tuning included, as the maker, or who lists it after the maker, states it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cutoff {
    pub date: Date,
    /// Where that is said.
    pub source: WebUrl,
}

/// What a model was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModelKind {
    Base,
    Chat,
    Code,
    Embedding,
    VisionLanguage,
}

impl ModelKind {
    /// The name of the interface string that names the kind.
    pub fn key(self) -> &'static str {
        match self {
            Self::Base => "kind-base",
            Self::Chat => "kind-chat",
            Self::Code => "kind-code",
            Self::Embedding => "kind-embedding",
            Self::VisionLanguage => "kind-vision-language",
        }
    }
}

/// `data/benchmarks/<id>.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BenchmarkCard {
    pub name: String,
    pub title: Option<Text>,
    #[serde(default)]
    pub aliases: Vec<toml::Spanned<String>>,
    pub category: Option<Category>,
    /// Who made it.
    pub organisation: Option<toml::Spanned<Id>>,
    pub summary: Text,
    pub method: Option<Text>,
    pub items: Option<u64>,
    pub choices: Option<u64>,
    /// The score of guessing, as a fraction.
    pub chance: Option<f64>,
    /// What people score.
    pub human: Option<Human>,
    pub published: Option<Date>,
    #[serde(default)]
    pub languages: Vec<String>,
    pub licence: Option<String>,
    pub paper: Option<WebUrl>,
    pub homepage: Option<WebUrl>,
    pub dataset: Option<WebUrl>,
    /// What makes items belong together, so that their scores depend on each other.
    pub clusters: Option<Clusters>,
    pub known_problems: Option<Text>,
    #[serde(default)]
    pub not_comparable: Vec<NotComparable>,
}

/// Which items of a benchmark belong together: questions about one passage, tasks from one repository.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clusters {
    /// What the items of a cluster have in common: `repository`.
    pub by: Text,
    /// The cluster's name is what stands in an item's id before the last of these. Without it, it is the id: the items of
    /// one id in several parts of the benchmark belong together.
    pub before_last: Option<String>,
}

impl Clusters {
    /// The name of the cluster that an item belongs to; an item whose id does not tell stands alone.
    pub fn of<'a>(&self, item: &'a str) -> &'a str {
        let separated = self.before_last.as_ref().and_then(|separator| item.rsplit_once(separator.as_str()));
        separated.map_or(item, |(cluster, _)| cluster)
    }
}

/// What people score on a benchmark, as somebody found.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Human {
    /// As a fraction.
    pub score: f64,
    /// Which people, and whether it is an estimate.
    pub who: Text,
    pub source: WebUrl,
}

/// A thing a reader might take for the same benchmark.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotComparable {
    pub with: Option<toml::Spanned<Id>>,
    pub reason: Text,
}

/// What kind of ability a benchmark is about; the order is that of the list of benchmarks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    Knowledge,
    Reasoning,
    Mathematics,
    Code,
    Language,
    Truthfulness,
    Instruction,
    Dialogue,
    Embedding,
    Multimodal,
    Composite,
}

impl Category {
    /// The name of the interface string that names the category.
    pub fn key(self) -> &'static str {
        match self {
            Self::Knowledge => "category-knowledge",
            Self::Reasoning => "category-reasoning",
            Self::Mathematics => "category-mathematics",
            Self::Code => "category-code",
            Self::Language => "category-language",
            Self::Truthfulness => "category-truthfulness",
            Self::Instruction => "category-instruction",
            Self::Dialogue => "category-dialogue",
            Self::Embedding => "category-embedding",
            Self::Multimodal => "category-multimodal",
            Self::Composite => "category-composite",
        }
    }
}
