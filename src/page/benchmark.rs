//! The page of a benchmark.

use super::claims::{self, Claims};
use super::column::{self, Column, ColumnSection};
use super::facts::{Fact, Facts, percent};
use super::frame::Frame;
use super::lists::ArticleItem;
use super::mentions::{Mentions, Subject};
use super::organisation;
use super::records::{self, Group};
use super::route::Route;
use super::ways::{self, Kin, Way, WayItem};
use super::{Here, Link};
use crate::catalog::BenchmarkIx;
use crate::catalog::card::BenchmarkCard;
use serde::Serialize;

/// A benchmark's page. The records are drawn by the renderer; the rest is for the template.
#[derive(Debug, Serialize)]
pub struct BenchmarkPage<'a> {
    #[serde(skip)]
    pub frame: Frame,
    pub name: String,
    pub id: String,
    pub title: Option<String>,
    pub summary: Option<String>,
    pub method: Option<String>,
    pub facts: Vec<Fact>,
    pub known_problems: Option<String>,
    pub not_comparable: Vec<NotComparableItem>,
    pub has_card: bool,
    pub kin: Vec<Kin>,
    pub ways: Vec<WayItem>,
    /// Who leads in the columns of boards.
    pub columns: Vec<ColumnSection>,
    /// Those that hold parts of the benchmark, where there are many columns.
    pub parts: Vec<ColumnSection>,
    /// Boards whose columns are left out.
    pub more_boards: usize,
    /// Boards with a column for it.
    pub boards: Vec<Link>,
    /// Gaps between claims and measurements that were tested, as one family.
    pub claims_tested: usize,
    #[serde(skip)]
    pub claims: Option<Claims<'a>>,
    /// Articles that link to the page.
    pub mentions: Vec<ArticleItem>,
    pub record_count: usize,
    #[serde(skip)]
    pub records: &'a [Group<'a>],
}

#[derive(Debug, Serialize)]
pub struct NotComparableItem {
    pub with: Option<Link>,
    pub reason: String,
}

/// So many columns are shown one after the other, whatever they hold.
const FEW: usize = 4;

/// What the page of a benchmark says in any language: the work over all of its records, done once.
#[derive(Debug)]
pub struct Measured<'a> {
    pub records: Vec<Group<'a>>,
    ways: Vec<Way<'a>>,
    columns: Vec<Column<'a>>,
}

impl<'a> Measured<'a> {
    pub fn of(here: &Here<'a>, benchmark: BenchmarkIx) -> Self {
        Self {
            records: records::of_benchmark(here, benchmark),
            ways: ways::ways(here.site, benchmark),
            columns: column::columns(here.site, benchmark),
        }
    }
}

/// The value of a benchmark's page.
pub fn benchmark<'a>(
    here: &Here<'a>,
    index: BenchmarkIx,
    measured: &'a Measured<'a>,
    mentions: &Mentions,
) -> BenchmarkPage<'a> {
    let site = here.site;
    let benchmark = site.catalog.benchmark(index);
    let card = benchmark.card.as_ref().map(|(_, card)| card);
    let summary = card.map(|card| here.text(&card.summary).to_owned());
    let description = summary.as_deref().unwrap_or(&benchmark.name);
    let boards = boards(here, index);
    let columns: Vec<ColumnSection> = measured.columns.iter().map(|column| column.section(here)).collect();
    let (parts, columns) = if columns.len() > FEW {
        columns.into_iter().partition(|column| column.partial)
    } else {
        (Vec::new(), columns)
    };
    BenchmarkPage {
        frame: here.frame(&Route::Benchmark(benchmark.id.clone()), "benchmark", &benchmark.name, description),
        name: benchmark.name.to_string(),
        id: benchmark.id.to_string(),
        title: card.and_then(|card| card.title.as_ref()).map(|title| here.text(title).to_owned()),
        method: card.and_then(|card| card.method.as_ref()).map(|method| here.text(method).to_owned()),
        facts: card.map_or_else(Vec::new, |card| facts(here, card)),
        known_problems: card.and_then(|card| card.known_problems.as_ref()).map(|text| here.text(text).to_owned()),
        not_comparable: card.map_or_else(Vec::new, |card| not_comparable(here, card)),
        has_card: card.is_some(),
        kin: ways::kin(here, index),
        ways: ways::items(here, &measured.ways),
        columns,
        parts,
        more_boards: boards.len().saturating_sub(column::BOARDS),
        boards,
        mentions: mentions.of(here, Subject::Benchmark(index)),
        claims_tested: claims::tested(here, index),
        claims: claims::of_benchmark(here, index),
        record_count: site.records_of_benchmark(index).len(),
        records: &measured.records,
        summary,
    }
}

fn facts(here: &Here, card: &BenchmarkCard) -> Vec<Fact> {
    let maker = card.organisation.as_ref().and_then(|id| organisation::link(here, id.get_ref()));
    let human = card.human.as_ref();
    Facts::default()
        .term("category", card.category.map(|category| category.key().to_owned()))
        .text("items", card.items)
        .text("clusters", card.clusters.as_ref().map(|clusters| here.text(&clusters.by)))
        .text("choices", card.choices)
        .text("chance", card.chance.map(percent))
        .linked(
            "human",
            human.map(|human| {
                (format!("{} · {}", percent(human.score), here.text(&human.who)), human.source.as_str().to_owned())
            }),
        )
        .linked("organisation", maker.map(|maker| (maker.name, maker.href)))
        .text("published", card.published.as_ref())
        .list("languages", &card.languages, here.language)
        .text("licence", card.licence.as_ref())
        .web("paper", card.paper.as_ref())
        .web("homepage", card.homepage.as_ref())
        .web("dataset", card.dataset.as_ref())
        .done()
}

fn not_comparable(here: &Here, card: &BenchmarkCard) -> Vec<NotComparableItem> {
    let link = |id: &str| {
        let benchmark = here.site.catalog.benchmark(here.site.catalog.benchmark_by_id(id)?);
        Some(here.link(&benchmark.name, &Route::Benchmark(benchmark.id.clone())))
    };
    card.not_comparable
        .iter()
        .map(|entry| NotComparableItem {
            with: entry.with.as_ref().and_then(|id| link(id.get_ref().as_str())),
            reason: here.text(&entry.reason).to_owned(),
        })
        .collect()
}

fn boards(here: &Here, index: BenchmarkIx) -> Vec<Link> {
    here.site
        .boards_of(index)
        .map(|board| here.link(here.text(board.title()), &Route::Board(board.id().clone())))
        .collect()
}
