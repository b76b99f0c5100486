//! Which articles link to the page of a model or a benchmark.
//!
//! An article's links are known when its text is read, which happens once, for its page. So articles come first, and
//! what is kept of each is two numbers a link.

use super::lists::{ArticleItem, article_item};
use super::{Here, Site};
use crate::catalog::{BenchmarkIx, ModelIx};
use crate::content::link::Target;
use crate::language::Language;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What an article can mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    Model(ModelIx),
    Benchmark(BenchmarkIx),
}

impl Subject {
    /// What a link of an article is about.
    pub fn of(site: &Site, target: &Target) -> Option<Self> {
        match target {
            Target::Model(id) => site.catalog.model_by_id(id).map(Self::Model),
            Target::Benchmark(id) => site.catalog.benchmark_by_id(id).map(Self::Benchmark),
            _ => None,
        }
    }
}

/// A link from the page of an article, by its index, in a language.
pub type Mention = (Language, Subject, usize);

/// The articles that link to each subject.
#[derive(Debug, Default)]
pub struct Mentions(BTreeMap<(Language, Subject), BTreeSet<usize>>);

impl FromIterator<Mention> for Mentions {
    fn from_iter<T: IntoIterator<Item = Mention>>(mentions: T) -> Self {
        let mut all: BTreeMap<_, BTreeSet<usize>> = BTreeMap::new();
        for (language, subject, article) in mentions {
            all.entry((language, subject)).or_default().insert(article);
        }
        Self(all)
    }
}

/// Articles that a page lists at most.
const SHOWN: usize = 20;

impl Mentions {
    /// The articles that link to a subject, the latest first.
    pub(super) fn of(&self, here: &Here, subject: Subject) -> Vec<ArticleItem> {
        let articles = self.0.get(&(here.language, subject)).into_iter().flatten();
        let mut items: Vec<ArticleItem> =
            articles.filter_map(|article| article_item(here, &here.site.articles[*article])).collect();
        items.sort_by(|a, b| (Reverse(&a.date), &a.link.name).cmp(&(Reverse(&b.date), &b.link.name)));
        items.truncate(SHOWN);
        items
    }
}
