//! The home page and the lists of boards, models, benchmarks and articles.

use super::article::Reading;
use super::extent::Extent;
use super::frame::Frame;
use super::organisation;
use super::route::Route;
use super::table::{self, Table};
use super::{Here, Link};
use crate::board::AnyBoard;
use crate::catalog::ModelIx;
use crate::catalog::card::Category;
use crate::content::Article;
use crate::language::Text;
use crate::record::id::Id;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;

#[derive(Debug, Serialize)]
pub struct HomePage<'a> {
    #[serde(skip)]
    pub frame: Frame,
    pub topics: Vec<Topic>,
    pub articles: Vec<ArticleItem>,
    pub counts: Counts,
    /// What the foot of every page leads to, said in a few words here.
    pub more: Vec<MoreItem>,
    /// The first rows of all boards, in the order of the topics.
    #[serde(skip)]
    pub tables: Vec<Table<'a>>,
}

/// A page outside the main navigation; its interface strings are `nav-<key>` and `more-<key>`.
#[derive(Debug, Serialize)]
pub struct MoreItem {
    pub key: &'static str,
    pub href: String,
}

/// How much there is to read.
#[derive(Debug, Serialize)]
pub struct Counts {
    pub boards: usize,
    pub models: usize,
    pub benchmarks: usize,
    pub records: usize,
    pub articles: usize,
}

#[derive(Debug, Serialize)]
pub struct BoardsPage {
    #[serde(skip)]
    pub frame: Frame,
    pub topics: Vec<Topic>,
}

/// The boards of a topic.
#[derive(Debug, Serialize)]
pub struct Topic {
    /// Absent for boards that state none.
    pub name: Option<String>,
    pub boards: Vec<BoardItem>,
    /// Boards of the topics before it.
    pub before: usize,
}

/// A board in a list.
#[derive(Debug, Serialize)]
pub struct BoardItem {
    pub link: Link,
    pub summary: String,
    pub extent: Extent,
    /// How much it rests on: `count-columns` or `count-battles`, with the number.
    pub basis: &'static str,
    pub count: u64,
    /// The name of an interface string: how the board combines or rates.
    pub aggregate: String,
}

#[derive(Debug, Serialize)]
pub struct ModelsPage {
    #[serde(skip)]
    pub frame: Frame,
    pub models: Vec<ModelItem>,
    /// The list of organisations.
    pub organisations: String,
}

/// A model in the list.
#[derive(Debug, Serialize)]
pub struct ModelItem {
    pub link: Link,
    pub organisation: Option<Link>,
    /// The name of an interface string.
    pub kind: Option<&'static str>,
    pub parameters: Option<String>,
    pub released: Option<String>,
    pub records: usize,
    pub boards: usize,
    pub has_card: bool,
}

#[derive(Debug, Serialize)]
pub struct BenchmarksPage {
    #[serde(skip)]
    pub frame: Frame,
    pub categories: Vec<CategoryItem>,
}

/// A category and its benchmarks; `key` is absent for benchmarks without one.
#[derive(Debug, Serialize)]
pub struct CategoryItem {
    pub key: Option<&'static str>,
    pub benchmarks: Vec<BenchmarkItem>,
}

#[derive(Debug, Serialize)]
pub struct BenchmarkItem {
    pub link: Link,
    pub summary: Option<String>,
    pub published: Option<String>,
    pub items: Option<u64>,
    pub records: usize,
    pub has_card: bool,
}

#[derive(Debug, Serialize)]
pub struct ArticlesPage {
    #[serde(skip)]
    pub frame: Frame,
    pub sections: Vec<SectionItem>,
}

/// A section and its first articles; the interface string is `section-<name>`.
#[derive(Debug, Serialize)]
pub struct SectionItem {
    pub name: String,
    pub articles: Vec<ArticleItem>,
    /// The section's own list, when it has more.
    pub all: Option<Whole>,
}

/// Where all of a section's articles are listed.
#[derive(Debug, Serialize)]
pub struct Whole {
    pub href: String,
    pub count: usize,
}

/// A page of the list of a section that is too long for the list of all.
#[derive(Debug, Serialize)]
pub struct SectionPage {
    #[serde(skip)]
    pub frame: Frame,
    pub articles: Vec<ArticleItem>,
    /// Articles of the section.
    pub count: usize,
    /// The pages of the list, the one at hand among them.
    pub pages: Vec<PageLink>,
}

/// A page of a list.
#[derive(Debug, Serialize)]
pub struct PageLink {
    pub number: usize,
    pub href: String,
    pub current: bool,
}

/// An article in a list.
#[derive(Debug, Serialize)]
pub struct ArticleItem {
    pub link: Link,
    pub summary: String,
    pub date: String,
    pub tags: Vec<String>,
    /// The language tag of the text, when it is not translated.
    pub untranslated: Option<&'static str>,
}

/// Rows of each board on the home page.
const HOME_ROWS: usize = 5;
/// Articles on the home page.
const HOME_ARTICLES: usize = 6;
/// Articles of a section in the list of all articles; a section with more has a list of its own.
const SECTION_FIRST: usize = 20;
/// Articles on a page of a section's list.
const SECTION_PAGE: usize = 200;

pub fn home<'a>(here: &Here<'a>) -> HomePage<'a> {
    let site = here.site;
    let settings = &site.settings;
    let mut latest: Vec<&Article> = listed(here).collect();
    latest.sort_by_key(|article| {
        std::cmp::Reverse(article.version(here.language).map(|(_, version)| version.front.date.clone()))
    });
    let topics = topics(here);
    HomePage {
        frame: here.frame(&Route::Home, "home", here.text(&settings.title), here.text(&settings.description)),
        tables: topics
            .iter()
            .flat_map(|(_, boards)| boards)
            .map(|board| table::first_rows(here, board, HOME_ROWS))
            .collect(),
        topics: topic_items(here, &topics),
        more: site.navigation.more().map(|(key, route)| MoreItem { key, href: here.href(route) }).collect(),
        counts: Counts {
            boards: site.boards.len(),
            models: site.catalog.models().len(),
            benchmarks: site.catalog.benchmarks().len(),
            records: site.ledger.entries().len(),
            articles: latest.len(),
        },
        articles: latest.into_iter().take(HOME_ARTICLES).filter_map(|article| article_item(here, article)).collect(),
    }
}

pub fn boards(here: &Here, title: &str, description: &str) -> BoardsPage {
    BoardsPage {
        frame: here.frame(&Route::Boards, "boards", title, description),
        topics: topic_items(here, &topics(here)),
    }
}

/// The boards by their topics, in the order of their first boards; those without a topic come last.
fn topics<'a>(here: &Here<'a>) -> Vec<(Option<&'a Text>, Vec<&'a AnyBoard>)> {
    let mut topics: Vec<(Option<&Text>, Vec<&AnyBoard>)> = Vec::new();
    for board in &here.site.boards {
        match topics.iter_mut().find(|(topic, _)| *topic == board.topic()) {
            Some((_, boards)) => boards.push(board),
            None => topics.push((board.topic(), vec![board])),
        }
    }
    topics.sort_by_key(|(topic, _)| topic.is_none());
    topics
}

fn topic_items(here: &Here, topics: &[(Option<&Text>, Vec<&AnyBoard>)]) -> Vec<Topic> {
    let mut before = 0;
    let item = |(topic, boards): &(Option<&Text>, Vec<&AnyBoard>)| {
        let item = Topic {
            name: topic.map(|topic| here.text(topic).to_owned()),
            boards: boards.iter().map(|board| board_item(here, board)).collect(),
            before,
        };
        before += boards.len();
        item
    };
    topics.iter().map(item).collect()
}

pub fn models(here: &Here, title: &str, description: &str) -> ModelsPage {
    let site = here.site;
    let mut items: Vec<ModelItem> = site.catalog.models().map(|(index, _)| model_item(here, index)).collect();
    items.sort_by_cached_key(|item| (item.link.name.to_lowercase(), item.link.href.clone()));
    ModelsPage {
        frame: here.frame(&Route::Models, "models", title, description),
        models: items,
        organisations: here.href(&Route::Organisations),
    }
}

pub(super) fn model_item(here: &Here, index: ModelIx) -> ModelItem {
    let site = here.site;
    let model = site.catalog.model(index);
    let card = model.card.as_ref().map(|(_, card)| card);
    ModelItem {
        link: here.link(&model.name, &Route::Model(model.id.clone())),
        organisation: model.organisation.as_ref().and_then(|id| organisation::link(here, id)),
        kind: card.and_then(|card| card.kind).map(|kind| kind.key()),
        parameters: card.and_then(|card| card.parameters.clone()),
        released: card.and_then(|card| card.released.as_ref()).map(ToString::to_string),
        records: site.records_of_model(index).len(),
        boards: site.rows_of_model(index).len(),
        has_card: card.is_some(),
    }
}

pub fn benchmarks(here: &Here, title: &str, description: &str) -> BenchmarksPage {
    let site = here.site;
    let mut categories: BTreeMap<(bool, Option<Category>), Vec<BenchmarkItem>> = BTreeMap::new();
    for (index, benchmark) in site.catalog.benchmarks() {
        let card = benchmark.card.as_ref().map(|(_, card)| card);
        let category = card.and_then(|card| card.category);
        categories.entry((category.is_none(), category)).or_default().push(BenchmarkItem {
            link: here.link(&benchmark.name, &Route::Benchmark(benchmark.id.clone())),
            summary: card.map(|card| here.text(&card.summary).to_owned()),
            published: card.and_then(|card| card.published.as_ref()).map(ToString::to_string),
            items: card.and_then(|card| card.items),
            records: site.records_of_benchmark(index).len(),
            has_card: card.is_some(),
        });
    }
    let categories = categories.into_iter().map(|((_, category), mut benchmarks)| {
        benchmarks.sort_by_cached_key(|item| (item.link.name.to_lowercase(), item.link.href.clone()));
        CategoryItem { key: category.map(Category::key), benchmarks }
    });
    BenchmarksPage {
        frame: here.frame(&Route::Benchmarks, "benchmarks", title, description),
        categories: categories.collect(),
    }
}

pub fn articles(here: &Here, title: &str, description: &str) -> ArticlesPage {
    let sections = here.site.sections.iter().map(|section| {
        let articles = in_section(here, section);
        SectionItem {
            name: section.id.to_string(),
            articles: items(here, articles.iter().take(SECTION_FIRST)),
            all: (section.pages() > 0)
                .then(|| Whole { href: here.href(&Route::Section(section.id.clone(), 1)), count: articles.len() }),
        }
    });
    ArticlesPage { sections: sections.collect(), frame: here.frame(&Route::Articles, "articles", title, description) }
}

/// The page `number` of a section's list; `title` is the section's name.
pub fn section(here: &Here, section: &Section, number: usize, title: &str, description: &str) -> SectionPage {
    let route = |number| Route::Section(section.id.clone(), number);
    let articles = in_section(here, section);
    SectionPage {
        frame: here.frame(&route(number), "section", title, description),
        articles: items(here, articles.iter().skip((number - 1) * SECTION_PAGE).take(SECTION_PAGE)),
        count: articles.len(),
        pages: (1..=section.pages())
            .map(|page| PageLink { number: page, href: here.href(&route(page)), current: page == number })
            .collect(),
    }
}

/// A section of the articles.
#[derive(Debug)]
pub struct Section {
    pub id: Id,
    /// Its articles' places in [`Reading::order`], the same in every language.
    range: Range<usize>,
}

impl Section {
    /// The sections, in order.
    pub(super) fn all(articles: &[Article], reading: &Reading) -> Vec<Self> {
        let section = |index: &usize| articles[*index].section();
        let mut start = 0;
        let mut sections = Vec::new();
        for same in reading.order.chunk_by(|a, b| section(a) == section(b)) {
            let range = start..start + same.len();
            start = range.end;
            if let Some(id) = section(&same[0]).and_then(|section| Id::new(section).ok()) {
                sections.push(Self { id, range });
            }
        }
        sections
    }

    /// The pages of its list; none when it is short.
    pub(super) fn pages(&self) -> usize {
        if self.range.len() > SECTION_FIRST { self.range.len().div_ceil(SECTION_PAGE) } else { 0 }
    }
}

/// The articles of a section, in reading order.
fn in_section<'a>(here: &Here<'a>, section: &Section) -> &'a [usize] {
    &here.site.reading[&here.language].order[section.range.clone()]
}

fn items<'i>(here: &Here, indices: impl Iterator<Item = &'i usize>) -> Vec<ArticleItem> {
    indices.filter_map(|index| article_item(here, &here.site.articles[*index])).collect()
}

/// The articles that belong to a section, in reading order.
fn listed<'a>(here: &Here<'a>) -> impl Iterator<Item = &'a Article> {
    let site = here.site;
    site.reading[&here.language]
        .order
        .iter()
        .map(|index| &site.articles[*index])
        .filter(|article| article.section().is_some())
}

fn board_item(here: &Here, board: &AnyBoard) -> BoardItem {
    let link = here.link(here.text(board.title()), &Route::Board(board.id().clone()));
    match board {
        AnyBoard::Scores(board) => BoardItem {
            link,
            summary: here.text(&board.definition.summary).to_owned(),
            extent: Extent::of(board),
            basis: "count-columns",
            count: board.columns.len() as u64,
            aggregate: format!("aggregate-{}", board.definition.aggregate.name()),
        },
        AnyBoard::Battles(board) => BoardItem {
            link,
            summary: here.text(&board.definition.summary).to_owned(),
            extent: Extent::of_battles(board),
            basis: "count-battles",
            count: board.cells.battles(),
            aggregate: format!("aggregate-{}", board.definition.method.name()),
        },
    }
}

pub(super) fn article_item(here: &Here, article: &Article) -> Option<ArticleItem> {
    let (language, version) = article.version(here.language)?;
    let front = &version.front;
    Some(ArticleItem {
        link: here.link(&front.title, &Route::Article(article.id.clone())),
        summary: front.summary.clone(),
        date: front.date.to_string(),
        tags: front.tags.clone(),
        untranslated: (language != here.language).then(|| language.tag()),
    })
}
