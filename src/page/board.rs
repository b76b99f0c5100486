//! The page of a board.

use super::certainty::{self, CertaintySection, Scored};
use super::changes;
use super::chart::{self, Chart};
use super::cite::{self, Citation, Cited};
use super::extent::Extent;
use super::facts::percent;
use super::frame::Frame;
use super::notices::{self, NoticeItem};
use super::records::SourceFile;
use super::route::{self, Route};
use super::table::{self, Sign, Table, page_rows};
use super::{Here, Link, PageLink};
use crate::board::Board;
use crate::board::definition::{Aggregate, Preference, Role, Subsets, UnknownRule};
use crate::board::guard::{Aspect, Difference};
use crate::catalog::card::Clusters;
use crate::ledger::Moment;
use crate::record::id::Id;
use crate::record::{Field, Origin, WebUrl};
use crate::stats::error::FEW_CLUSTERS;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// A board's page. The table and the charts are drawn by the renderer; the rest is for the template.
#[derive(Debug, Serialize)]
pub struct BoardPage<'a> {
    #[serde(skip)]
    pub frame: Frame,
    pub id: &'a Id,
    pub title: String,
    pub summary: String,
    pub notes: Option<String>,
    pub extent: Extent,
    pub method: Method,
    /// Absent for a board that ranks nothing.
    pub certainty: Option<CertaintySection>,
    /// The page that says what moved, or the place on the page of the site's changes that says why there is none.
    pub changes: String,
    /// What is said of records of the board.
    pub notices: Vec<NoticeItem>,
    pub beside: Vec<BesideRow>,
    pub sources: Vec<SourceItem>,
    pub downloads: Vec<Download>,
    pub citation: Citation,
    pub legend: Legend,
    /// The pages of the table, this one among them.
    pub pages: Vec<PageLink>,
    /// The first rows.
    #[serde(skip)]
    pub table: Table<'a>,
    #[serde(skip)]
    pub charts: Vec<Chart>,
}

/// A further page of a long board: rows of its table, and nothing else.
#[derive(Debug, Serialize)]
pub struct BoardRowsPage<'a> {
    #[serde(skip)]
    pub frame: Frame,
    pub board: Link,
    pub number: usize,
    /// The first and the last of the rows, counted from 1, and all of them.
    pub first: usize,
    pub last: usize,
    pub listed: usize,
    pub legend: Legend,
    pub pages: Vec<PageLink>,
    #[serde(skip)]
    pub table: Table<'a>,
}

/// What the table has that wants an explanation.
#[derive(Debug, Serialize)]
pub struct Legend {
    pub signs: Vec<Sign>,
    pub gaps: bool,
    pub ties: bool,
    /// There are intervals of places, and of composites.
    pub intervals: bool,
    pub bars: bool,
    /// Some columns do not count.
    pub beside: bool,
}

impl Legend {
    pub(super) fn of(table: &Table) -> Self {
        Self {
            signs: table.signs(),
            gaps: table.has_gaps(),
            ties: table.has_ties(),
            intervals: table.intervals,
            bars: table.rows.iter().any(|row| row.margin.is_some()),
            beside: table.columns.iter().any(|head| head.role == Role::Beside),
        }
    }
}

/// How the board compares and combines.
#[derive(Debug, Serialize)]
pub struct Method {
    pub aggregate: Aggregate,
    /// Percent of the ranked columns.
    pub minimum_coverage: f64,
    pub material: Vec<Field>,
    /// Some column has a list of its own.
    pub own_material: bool,
    pub unknown: UnknownRule,
    pub choose: Vec<Preference>,
    pub open_weights: Option<bool>,
    /// Names of interface strings: `kind-chat`.
    pub kinds: Vec<String>,
    pub excluded: Vec<Excluded>,
    pub columns: Vec<MethodColumn>,
    /// Columns with errors over clusters.
    pub clusters: Vec<MethodClusters>,
    /// Columns whose errors take items for independent that are not.
    pub unclustered: Vec<Unclustered>,
}

/// A column of a benchmark whose items come in clusters, without results of items.
#[derive(Debug, Serialize)]
pub struct Unclustered {
    pub column: String,
    /// What the items of a cluster have in common.
    pub by: String,
}

/// How the items behind the scores of a column belong together.
#[derive(Debug, Serialize)]
pub struct MethodClusters {
    pub column: String,
    /// What the items of a cluster have in common.
    pub by: String,
    /// The cluster's name is what stands before the last of these; without one it is the item's id.
    pub separator: Option<String>,
    /// Of the score with the fewest.
    pub clusters: u32,
    pub items: u64,
    pub few: bool,
}

/// A model the board excludes by name.
#[derive(Debug, Serialize)]
pub struct Excluded {
    pub model: Link,
    pub reason: String,
}

/// What one column holds.
#[derive(Debug, Serialize)]
pub struct MethodColumn {
    pub label: String,
    pub benchmark: Link,
    pub metric: Option<String>,
    pub unit: &'static str,
    /// `higher`, `lower`, or `assumed` when no file says.
    pub direction: &'static str,
    pub protocol: Vec<ProtocolItem>,
    pub role: Role,
    pub weight: f64,
    /// With its percent sign.
    pub chance: Option<String>,
    /// The number of subsets a score is the mean of; absent for the whole benchmark.
    pub subsets: Option<usize>,
    pub models: usize,
}

/// A protocol field and what all scores of a column have there.
#[derive(Debug, Serialize)]
pub struct ProtocolItem {
    pub field: Field,
    /// Absent where the files do not say and the board accepts that.
    pub value: Option<String>,
}

/// A record that is shown but not compared.
#[derive(Debug, Serialize)]
pub struct BesideRow {
    pub column: String,
    pub model: Link,
    /// As written, with its unit's name.
    pub value: String,
    pub unit: &'static str,
    pub withdrawn: bool,
    pub differences: Vec<DifferenceItem>,
}

/// What keeps a record out of its column; `what` names the interface string.
#[derive(Debug, Serialize)]
pub struct DifferenceItem {
    pub what: String,
    pub expected: Option<String>,
    pub found: Option<String>,
}

/// A source of the board's records.
#[derive(Debug, Serialize)]
pub struct SourceItem {
    pub name: String,
    pub url: Option<WebUrl>,
    pub licence: Option<String>,
    pub retrieved: Option<String>,
    pub files: Vec<SourceFile>,
}

/// A file to download.
#[derive(Debug, Serialize)]
pub struct Download {
    pub name: String,
    pub href: String,
    /// The name of an interface string that says what is in it.
    pub key: &'static str,
}

/// The files of a board's data below `site/`.
pub fn data_files(id: &Id) -> [(String, &'static str); 2] {
    [(format!("data/boards/{id}.csv"), "download-csv"), (format!("data/boards/{id}.json"), "download-json")]
}

/// Whether the file `path` below `site/` holds data of the board: a download, or what its page's script loads.
pub fn is_data_of(id: &Id, path: &str) -> bool {
    let name = path.strip_prefix("data/boards/").and_then(|name| name.strip_prefix(id.as_str())?.strip_prefix('.'));
    let is_block = |name: &str| name.strip_suffix(".js").is_some_and(|block| block.parse::<usize>().is_ok());
    name.is_some_and(|name| ["csv", "json", "js"].contains(&name) || is_block(name))
}

/// How to refer to the page of a board.
pub(super) fn citation(here: &Here, id: &Id, title: &str, origins: &BTreeSet<Arc<Origin>>) -> Citation {
    let day = cite::as_of(origins.iter().map(|origin| &**origin));
    let (route, version) = (Route::Board(id.clone()), Some(cite::version(here.site)));
    Cited { key: id.as_str(), title: Some(title), route, day, version }.citation(here)
}

/// The value of a board's page; `scored` is of the same board.
pub fn board<'a>(here: &Here<'a>, board: &'a Board, scored: &Scored) -> BoardPage<'a> {
    let definition = &board.definition;
    let mut table = table::table(here, board, usize::MAX);
    let title = here.text(&definition.title);
    let summary = here.text(&definition.summary);
    let method = method(here, board, &table);
    let certainty = (board.ranked > 0).then(|| certainty::section(here, board, scored, &table));
    let beside = beside(here, board, &table);
    let charts = chart::of_board(here, board, &table);
    table.rows.truncate(rows_of(board, 1).end);
    BoardPage {
        frame: here.frame(&Route::Board(definition.id.clone()), "board", title, summary),
        id: &definition.id,
        title: title.to_owned(),
        summary: summary.to_owned(),
        notes: definition.notes.as_ref().map(|notes| here.text(notes).to_owned()),
        extent: Extent::of(board),
        method,
        certainty,
        changes: changes::link(here, &definition.id),
        notices: notices::of_board(here, board),
        beside,
        sources: sources(here, &board.origins),
        downloads: downloads(here, &definition.id),
        citation: citation(here, &definition.id, title, &board.origins),
        charts,
        legend: Legend::of(&table),
        pages: page_links(here, board, 1),
        table,
    }
}

/// The pages of a board's table.
pub(super) fn pages(board: &Board) -> usize {
    board.rows.len().div_ceil(page_rows(board.rows.len(), board.columns.len())).max(1)
}

/// The rows on a page of a board, counted from 1.
pub fn rows_of(board: &Board, page: usize) -> Range<usize> {
    let rows = page_rows(board.rows.len(), board.columns.len());
    (page - 1) * rows..page * rows
}

/// The links between a board's pages; none where it has one.
fn page_links(here: &Here, board: &Board, current: usize) -> Vec<PageLink> {
    let id = &board.definition.id;
    let route = |number| if number == 1 { Route::Board(id.clone()) } else { Route::BoardRows(id.clone(), number) };
    let link = |number| PageLink { number, href: here.href(&route(number)), current: number == current };
    (1..=pages(board)).filter(|_| pages(board) > 1).map(link).collect()
}

/// The value of a further page of a board, from 2.
pub fn board_rows<'a>(here: &Here<'a>, board: &'a Board, number: usize) -> BoardRowsPage<'a> {
    let definition = &board.definition;
    let route = Route::BoardRows(definition.id.clone(), number);
    let (title, summary) = (here.text(&definition.title), here.text(&definition.summary));
    let rows = rows_of(board, number);
    let table = table::part(here, board, rows.clone());
    BoardRowsPage {
        frame: here.frame(&route, "board-rows", &format!("{title} ({number})"), summary),
        board: here.link(title, &Route::Board(definition.id.clone())),
        number,
        first: rows.start + 1,
        last: rows.end.min(board.rows.len()),
        listed: board.rows.len(),
        legend: Legend::of(&table),
        pages: page_links(here, board, number),
        table,
    }
}

fn method(here: &Here, board: &Board, table: &Table) -> Method {
    let definition = &board.definition;
    Method {
        aggregate: definition.aggregate,
        minimum_coverage: 100.0 * definition.minimum_coverage,
        material: definition.material.clone(),
        own_material: definition.columns.iter().any(|column| column.material != definition.material),
        unknown: definition.unknown,
        choose: definition.choose.clone(),
        open_weights: definition.eligibility.open_weights,
        kinds: definition.eligibility.kinds.iter().map(|kind| kind.key().to_owned()).collect(),
        excluded: definition
            .eligibility
            .excluded
            .iter()
            .map(|(model, reason)| {
                let model = here.site.catalog.model(*model);
                Excluded {
                    model: here.link(&model.name, &Route::Model(model.id.clone())),
                    reason: here.text(reason).to_owned(),
                }
            })
            .collect(),
        columns: (0..definition.columns.len()).map(|index| method_column(here, board, table, index)).collect(),
        clusters: (0..definition.columns.len()).filter_map(|index| clusters(here, board, table, index)).collect(),
        unclustered: (0..definition.columns.len()).filter_map(|index| unclustered(here, board, table, index)).collect(),
    }
}

/// By what the items of a column's benchmark belong together.
fn cluster_rule<'a>(here: &Here<'a>, board: &Board, column: usize) -> Option<&'a Clusters> {
    let benchmark = here.site.catalog.benchmark(board.definition.columns[column].benchmark);
    benchmark.card.as_ref()?.1.clusters.as_ref()
}

fn unclustered(here: &Here, board: &Board, table: &Table, index: usize) -> Option<Unclustered> {
    let rule = cluster_rule(here, board, index)?;
    let has_errors =
        board.rows.iter().any(|row| row.cells[index].as_ref().is_some_and(|cell| cell.uncertainty.is_some()));
    (has_errors && board.clusters(index).is_none())
        .then(|| Unclustered { column: table.columns[index].label.clone(), by: here.text(&rule.by).to_owned() })
}

fn clusters(here: &Here, board: &Board, table: &Table, index: usize) -> Option<MethodClusters> {
    let (clusters, items) = board.clusters(index)?;
    let rule = cluster_rule(here, board, index)?;
    Some(MethodClusters {
        column: table.columns[index].label.clone(),
        by: here.text(&rule.by).to_owned(),
        separator: rule.before_last.clone(),
        clusters: clusters.get(),
        items,
        few: (clusters.get() as usize) < FEW_CLUSTERS,
    })
}

fn method_column(here: &Here, board: &Board, table: &Table, index: usize) -> MethodColumn {
    let definition = &board.definition.columns[index];
    let column = &board.columns[index];
    let benchmark = here.site.catalog.benchmark(definition.benchmark);
    let fields = column.agreement.iter().flat_map(|agreement| &agreement.fields);
    MethodColumn {
        label: table.columns[index].label.clone(),
        benchmark: here.link(&benchmark.name, &Route::Benchmark(benchmark.id.clone())),
        metric: column.agreement.as_ref().map(|agreement| agreement.metric.to_string()),
        unit: column.unit().name(),
        direction: match column.direction {
            crate::record::Direction::Higher => "higher",
            crate::record::Direction::Lower => "lower",
            crate::record::Direction::Unknown => "assumed",
        },
        protocol: fields
            .map(|(field, value)| ProtocolItem { field: *field, value: value.as_deref().map(str::to_owned) })
            .collect(),
        role: definition.role,
        weight: definition.weight,
        chance: definition.chance.map(percent),
        subsets: match &definition.subsets {
            Subsets::Whole => None,
            Subsets::Named(names) => Some(names.len()),
            Subsets::Count(count) => Some(*count),
        },
        models: board.rows.iter().filter(|row| row.cells[index].is_some()).count(),
    }
}

fn beside(here: &Here, board: &Board, table: &Table) -> Vec<BesideRow> {
    let row = |beside: &crate::board::guard::Beside| {
        let entry = here.site.ledger.entry(beside.entry);
        let model = here.site.catalog.model(entry.model);
        let href = format!("{}#{}", here.href(&Route::Model(model.id.clone())), entry.anchor());
        BesideRow {
            column: table.columns[beside.column].label.clone(),
            model: Link { name: model.name.to_string(), href },
            value: entry.record.value.to_string(),
            unit: entry.record.metric.unit.name(),
            withdrawn: here.site.ledger.notices.withdraw(&entry, Moment::Today),
            differences: beside.differences.iter().map(difference).collect(),
        }
    };
    board.beside.iter().map(row).collect()
}

fn difference(difference: &Difference) -> DifferenceItem {
    DifferenceItem {
        what: match difference.what {
            Aspect::Metric => "metric".to_owned(),
            Aspect::Unit => "unit".to_owned(),
            Aspect::Field(field) => format!("field-{field}"),
        },
        expected: difference.expected.as_deref().map(str::to_owned),
        found: difference.found.as_deref().map(str::to_owned),
    }
}

pub(super) fn downloads(here: &Here, board: &Id) -> Vec<Download> {
    let download = |(file, key): (String, &'static str)| Download {
        name: file.rsplit('/').next().unwrap_or(&file).to_owned(),
        href: route::relative(here.path, &file),
        key,
    };
    data_files(board).map(download).into()
}

/// The sources of a board's files.
pub(super) fn sources(here: &Here, origins: &BTreeSet<Arc<Origin>>) -> Vec<SourceItem> {
    let mut sources: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for origin in origins {
        sources.entry(&origin.source).or_default().push(origin);
    }
    sources
        .into_iter()
        .map(|(source, origins)| SourceItem {
            name: origins[0].source_name(here.language.code()).to_owned(),
            url: source.url.clone(),
            licence: source.licence.as_deref().map(str::to_owned),
            retrieved: source.retrieved.as_ref().map(ToString::to_string),
            files: origins
                .iter()
                .map(|origin| SourceFile {
                    path: origin.path.to_string(),
                    sha256: origin.sha256.to_string(),
                    bytes: origin.bytes,
                    format: origin.format,
                })
                .collect(),
        })
        .collect()
}
