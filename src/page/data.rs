//! The page of what can be downloaded, and the list of the data sets behind the benchmarks.

use super::board::{Download, downloads};
use super::cite::{self, Citation, Cited};
use super::frame::Frame;
use super::route::Route;
use super::{Here, Link};
use crate::board::AnyBoard;
use crate::ledger::Ledger;
use crate::record::{Origin, Source};
use serde::Serialize;
use std::collections::BTreeMap;

/// The file that lists boards and their files, below `site/`.
pub const INDEX: &str = "data/index.json";

#[derive(Debug, Serialize)]
pub struct DataPage {
    #[serde(skip)]
    pub frame: Frame,
    /// Of scores.
    pub boards: Vec<BoardFiles>,
    /// Of battles.
    pub battles: Vec<BoardFiles>,
    pub index: String,
    pub sources: Vec<SourceLine>,
    /// The first digits of [`Ledger::fingerprint`].
    pub version: String,
    /// The latest day on which a source was retrieved, as far as stated.
    pub as_of: Option<String>,
    pub citation: Citation,
}

#[derive(Debug, Serialize)]
pub struct BoardFiles {
    pub board: Link,
    pub downloads: Vec<Download>,
}

/// A source of records or battles, and its terms.
#[derive(Debug, Serialize)]
pub struct SourceLine {
    pub name: String,
    pub url: Option<String>,
    pub licence: Option<String>,
    pub retrieved: Option<String>,
    pub files: usize,
    /// Records, repeated ones included.
    pub records: usize,
}

pub fn data(here: &Here, title: &str, description: &str) -> DataPage {
    let site = here.site;
    let files = |board: &AnyBoard| BoardFiles {
        board: here.link(here.text(board.title()), &Route::Board(board.id().clone())),
        downloads: downloads(here, board.id()),
    };
    let (scores, battles): (Vec<&AnyBoard>, Vec<&AnyBoard>) =
        site.boards.iter().partition(|board| matches!(board, AnyBoard::Scores(_)));
    let sources = sources(&site.ledger);
    let (version, day) = (cite::version(site), cite::as_of(sources.iter().map(|(origin, _)| *origin)));
    let whole = Cited { key: "", title: None, route: Route::Home, day, version: Some(version) };
    DataPage {
        frame: here.frame(&Route::Data, "data", title, description),
        boards: scores.into_iter().map(files).collect(),
        battles: battles.into_iter().map(files).collect(),
        index: super::route::relative(here.path, INDEX),
        citation: whole.citation(here),
        version: version.to_owned(),
        as_of: day.map(str::to_owned),
        sources: sources.into_iter().map(|(source, counts)| source_line(here, source, counts)).collect(),
    }
}

/// Files and records.
type Counts = (usize, usize);

/// Every source that files came from, in the order of their ids; files that nothing declares a source for have one each.
fn sources(ledger: &Ledger) -> Vec<(&Origin, Counts)> {
    let records = ledger.files().iter().filter_map(|records| Some((&*records.first()?.origin, records.len())));
    let battles = ledger.battles.iter().map(|file| (&*file.origin, 0));
    let mut all: BTreeMap<(&Source, Option<&str>), (&Origin, Counts)> = BTreeMap::new();
    for (origin, records) in records.chain(battles) {
        let unnamed = origin.source.names.is_empty().then_some(&*origin.path);
        let (_, counts) = all.entry((&origin.source, unnamed)).or_insert((origin, (0, 0)));
        counts.0 += 1;
        counts.1 += records;
    }
    all.into_values().collect()
}

fn source_line(here: &Here, origin: &Origin, (files, records): Counts) -> SourceLine {
    let source = &origin.source;
    SourceLine {
        name: origin.source_name(here.language.code()).to_owned(),
        url: source.url.as_ref().map(|url| url.as_str().to_owned()),
        licence: source.licence.as_deref().map(str::to_owned),
        retrieved: source.retrieved.as_ref().map(|date| date.day().to_owned()),
        files,
        records,
    }
}

#[derive(Debug, Serialize)]
pub struct DatasetsPage {
    #[serde(skip)]
    pub frame: Frame,
    pub datasets: Vec<DatasetItem>,
    /// Benchmarks whose cards name no data set.
    pub without: usize,
}

/// A data set, with what the cards of its benchmarks say.
#[derive(Debug, Serialize)]
pub struct DatasetItem {
    /// Its address without the host of its hub.
    pub name: String,
    pub href: String,
    pub host: String,
    pub benchmarks: Vec<Link>,
    /// Items of its benchmarks, where all of them say.
    pub items: Option<u64>,
    pub languages: String,
    pub licence: Option<String>,
}

pub fn datasets(here: &Here, title: &str, description: &str) -> DatasetsPage {
    let mut all: BTreeMap<&str, DatasetItem> = BTreeMap::new();
    let mut without = 0;
    for (_, benchmark) in here.site.catalog.benchmarks() {
        let card = benchmark.card.as_ref().map(|(_, card)| card);
        let Some((card, url)) = card.and_then(|card| Some((card, card.dataset.as_ref()?))) else {
            without += 1;
            continue;
        };
        let link = here.link(&benchmark.name, &Route::Benchmark(benchmark.id.clone()));
        let item = all.entry(url.as_str()).or_insert_with(|| {
            let rest = url.as_str().split_once("://").map_or("", |(_, rest)| rest).trim_end_matches('/');
            let (host, path) = rest.split_once('/').unwrap_or((rest, rest));
            DatasetItem {
                name: path.strip_prefix("datasets/").unwrap_or(path).to_owned(),
                href: url.as_str().to_owned(),
                host: host.to_owned(),
                benchmarks: Vec::new(),
                items: Some(0),
                languages: card.languages.join(", "),
                licence: card.licence.clone(),
            }
        });
        item.benchmarks.push(link);
        item.items = item.items.zip(card.items).map(|(items, more)| items + more);
    }
    let mut datasets: Vec<DatasetItem> = all.into_values().collect();
    datasets.sort_by_cached_key(|item| item.name.to_lowercase());
    DatasetsPage { frame: here.frame(&Route::Datasets, "datasets", title, description), datasets, without }
}
