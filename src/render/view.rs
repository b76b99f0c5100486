//! A score board as the script sees it: one small file with all rows and columns, for facets, weights, comparisons and
//! tables that are too long for a page, and files with blocks of rows for what stands behind their scores.
//!
//! The files are scripts that put a value into the global `tianti`, since a page on a disk may load scripts and nothing
//! else. They are the same for all languages; texts have a key for each. `script/05-data.js` of the theme says
//! the same in types.

use super::data::{Json, NoticeData, notice_data};
use super::scratch::Scratch;
use super::strings::Strings;
use crate::board::answers::{self, Answers};
use crate::board::definition::Role;
use crate::board::{BattleBoard, Board, Cell, Row, Status};
use crate::catalog::ModelIx;
use crate::catalog::card::ModelCard;
use crate::language::{Language, Text};
use crate::page::Site;
use crate::page::table::{Head, State, Table, TableRow};
use crate::page::variant;
use crate::record::{Direction, Origin, Unit};
use crate::stats::battles::rank::Interval;
use crate::stats::battles::standings::{Island, Standing};
use crate::stats::battles::win_table::Score;
use crate::stats::battles::{Counts, Meeting};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Rows of a block.
pub(super) const BLOCK: usize = 50;

type Texts<'a> = BTreeMap<Language, &'a str>;

#[derive(Serialize)]
struct View<'a> {
    id: &'a str,
    title: Texts<'a>,
    aggregate: &'static str,
    /// Share of the ranked columns that a row needs for a place.
    minimum: f64,
    higher: bool,
    percent: bool,
    decimals: usize,
    evidence: &'static str,
    /// Standard errors of a difference that separate two rows; the gap that matters.
    critical: f64,
    gap: f64,
    /// Rows of a block.
    block: usize,
    /// There is a file with the answers of rows: see [`answers`].
    answers: bool,
    /// There is a file with who beat whom: see [`battle_files`].
    duels: bool,
    columns: Vec<ColumnView<'a>>,
    /// Organisations that the rows refer to by index.
    organisations: Vec<Texts<'a>>,
    /// Names of sources by their ids, as far as they have any.
    sources: BTreeMap<&'a str, Texts<'a>>,
    rows: Vec<RowView<'a>>,
    /// By column and row, in the unit of the column.
    values: Vec<Numbers<'a>>,
    /// Standard errors, likewise; `null` for a column without any.
    errors: Vec<Option<Numbers<'a>>>,
    /// Row, column and what is said of the score there; with its value where it does not count.
    states: Vec<(usize, usize, Option<f64>, Vec<&'static str>)>,
    /// What the notices say whose numbers scores have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notices: Vec<NoticeData<'a>>,
}

#[derive(Serialize)]
struct ColumnView<'a> {
    /// The benchmark.
    id: &'a str,
    name: &'a str,
    label: Texts<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<Texts<'a>>,
    unit: &'static str,
    lower: bool,
    ranked: bool,
    weight: f64,
    decimals: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    chance: Option<f64>,
    /// The scores with the least and the most heat.
    heat: (f64, f64),
    #[serde(skip_serializing_if = "Option::is_none")]
    metric: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<Texts<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problems: Option<Texts<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
}

/// What a row can be found and chosen by, and its standing.
#[derive(Default, Serialize)]
struct RowView<'a> {
    /// The model; its page is `models/<id>.html`.
    id: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    variant: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameters: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<bool>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    languages: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    released: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<u32>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    shared: bool,
    /// Best and worst place.
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<(u32, u32)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    composite: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<f64>,
    covered: usize,
    /// Why the board gives it no place, whatever its scores.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
}

/// The files of a board for the script, below `site/`, with their content in parts.
pub(super) fn files(
    site: &Site,
    board: &Board,
    table: &Table,
    json: &Json,
) -> serde_json::Result<Vec<(String, Scratch)>> {
    let id = &board.definition.id;
    let answers: BTreeMap<usize, Answers> = (0..board.columns.len())
        .map(|column| (column, answers::of_column(board, column, &site.ledger)))
        .filter(|(_, answers)| !answers.is_empty())
        .collect();
    let view = View { answers: !answers.is_empty(), ..view(site, board, table) };
    let view = script(&format!("boards/{id}"), |bytes| serde_json::to_writer(bytes, &view))?;
    let mut files = vec![(format!("data/boards/{id}.js"), view)];
    if !answers.is_empty() {
        let text = script(&format!("boards/{id}/answers"), |bytes| serde_json::to_writer(bytes, &answers))?;
        files.push((format!("data/boards/{id}.answers.js"), text));
    }
    for (index, block) in json.blocks.iter().enumerate() {
        let block = script(&format!("boards/{id}/{index}"), |bytes| json.write_block(bytes, block))?;
        files.push((format!("data/boards/{id}.{index}.js"), block));
    }
    Ok(files)
}

/// The files of a board of battles: one of the same shape, with a rating for the composite and what was counted as columns
/// beside, and one with the battles of each pair as `[row, row, wins of the first, wins of the second, draws]`. None where the
/// models have no ranking that holds them all. `strings` are those of a language.
pub(super) fn battle_files<'a>(
    site: &'a Site,
    board: &'a BattleBoard,
    strings: impl Fn(Language) -> &'a Strings,
) -> serde_json::Result<Vec<(String, Scratch)>> {
    let Some(island) = board.ranking() else { return Ok(Vec::new()) };
    let id = &board.definition.id;
    let view = battle_view(site, board, island, strings);
    let mut rows = vec![0; board.contestants.len()];
    for (row, standing) in island.rows.iter().enumerate() {
        rows[standing.model] = row;
    }
    let duel = |meeting: &Meeting| {
        let Counts { first: won, second: lost, tie, both_bad } = meeting.counts();
        [rows[meeting.first()] as u64, rows[meeting.second()] as u64, won, lost, tie + both_bad]
    };
    let duels: Vec<[u64; 5]> = board.cells.meetings().iter().map(duel).collect();
    let view = script(&format!("boards/{id}"), |bytes| serde_json::to_writer(bytes, &view))?;
    let duels = script(&format!("boards/{id}/duels"), |bytes| serde_json::to_writer(bytes, &duels))?;
    Ok(vec![(format!("data/boards/{id}.js"), view), (format!("data/boards/{id}.duels.js"), duels)])
}

fn battle_view<'a>(
    site: &'a Site,
    board: &'a BattleBoard,
    island: &'a Island,
    strings: impl Fn(Language) -> &'a Strings,
) -> View<'a> {
    let mut organisations = Organisations::default();
    let percent = |rate: Option<f64>| rate.map(|rate| 100.0 * rate);
    let columns = [("battles", Unit::Count), ("win-rate", Unit::Percent), ("average-win-rate", Unit::Percent)];
    let values = [
        scores(island, &|score| Some(score.counts.total() as f64)),
        scores(island, &|score| percent(score.win_rate)),
        scores(island, &|score| percent(score.average_win_rate)),
    ];
    View {
        id: board.definition.id.as_str(),
        title: texts(&board.definition.title),
        aggregate: board.definition.method.name(),
        minimum: 0.0,
        higher: true,
        percent: false,
        decimals: 0,
        evidence: "battles",
        critical: 0.0,
        gap: 0.0,
        block: BLOCK,
        answers: false,
        duels: true,
        columns: columns.iter().map(|(key, unit)| counted_column(site, key, *unit, &strings)).collect(),
        rows: island.rows.iter().map(|row| rated_view(site, board, island, row, &mut organisations)).collect(),
        organisations: organisations.names,
        sources: BTreeMap::new(),
        values: values.into(),
        errors: columns.iter().map(|_| None).collect(),
        states: Vec::new(),
        notices: Vec::new(),
    }
}

/// A number of every row.
fn scores(island: &Island, of: &dyn Fn(&Score) -> Option<f64>) -> Numbers<'static> {
    Numbers::Plain(island.rows.iter().map(|row| of(&row.score)).collect())
}

/// A column of what was counted; its name is an interface string, in the languages that are built.
fn counted_column<'a>(
    site: &Site,
    key: &'static str,
    unit: Unit,
    strings: &impl Fn(Language) -> &'a Strings,
) -> ColumnView<'a> {
    let word = |language: &Language| (*language, strings(*language).plain(key).unwrap_or(key));
    ColumnView {
        id: key,
        name: key,
        label: site.settings.languages.iter().map(word).collect(),
        group: None,
        unit: unit.name(),
        lower: false,
        ranked: false,
        weight: 0.0,
        decimals: if unit == Unit::Percent { 1 } else { 0 },
        chance: None,
        heat: (0.0, 0.0),
        metric: None,
        summary: None,
        problems: None,
        items: None,
        published: None,
    }
}

fn rated_view<'a>(
    site: &'a Site,
    board: &'a BattleBoard,
    island: &'a Island,
    row: &'a Standing,
    organisations: &mut Organisations<'a>,
) -> RowView<'a> {
    let contestant = &board.contestants[row.model];
    let two_sided = matches!(row.interval, Interval::Between(..));
    RowView {
        place: Some(row.place),
        shared: island.is_shared(row),
        range: Some((row.ranks.0 as u32, row.ranks.1 as u32)),
        composite: Some(row.rating),
        error: row.standard_error.filter(|_| two_sided).map(rounded),
        ..model_view(site, contestant.model, variant::all(&contestant.variant).map(Cow::Owned), organisations)
    }
}

/// A script that puts what `write` writes, which is JSON, into the global `tianti` under `key`.
fn script<E>(key: &str, write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>) -> Result<Scratch, E> {
    Scratch::bytes(|bytes| {
        bytes.extend_from_slice(format!("(self.tianti??={{}})[\"{key}\"]=").as_bytes());
        write(bytes)?;
        bytes.push(b';');
        Ok(())
    })
}

fn view<'a>(site: &'a Site, board: &'a Board, table: &'a Table) -> View<'a> {
    let mut organisations = Organisations::default();
    let rows = board.rows.iter().zip(&table.rows);
    View {
        id: board.definition.id.as_str(),
        title: texts(&board.definition.title),
        aggregate: board.definition.aggregate.name(),
        minimum: board.definition.minimum_coverage,
        higher: board.higher_is_better,
        percent: table.percent,
        decimals: table.decimals,
        evidence: board.reckoning.evidence.key().trim_start_matches("evidence-"),
        critical: board.reckoning.critical,
        gap: board.reckoning.gap,
        block: BLOCK,
        answers: false,
        duels: false,
        columns: (0..board.columns.len()).map(|index| column_view(site, board, table, index)).collect(),
        rows: rows
            .map(|(row, shown)| row_view(site, row, shown.variant.as_deref().map(Cow::Borrowed), &mut organisations))
            .collect(),
        organisations: organisations.names,
        sources: sources(board),
        values: (0..board.columns.len()).map(|column| values(&board.rows, column)).collect(),
        errors: (0..board.columns.len()).map(|column| errors(&board.rows, column)).collect(),
        states: table.rows.iter().enumerate().flat_map(|(index, row)| states(index, row)).collect(),
        notices: notice_data(board),
    }
}

fn states(index: usize, row: &TableRow) -> Vec<(usize, usize, Option<f64>, Vec<&'static str>)> {
    let of_cell = |same: &[(usize, State)]| {
        let column = same[0].0;
        let withdrawn = row.withdrawn.iter().find(|(of, _)| *of == column).map(|(_, cell)| cell.value);
        let stand_in = || row.stand_ins.iter().find(|stand_in| stand_in.column == column).map(|found| found.value);
        let value = if row.cells[column].is_some() { None } else { withdrawn.or_else(stand_in) };
        (index, column, value, same.iter().map(|(_, state)| state.name()).collect())
    };
    row.states.chunk_by(|a, b| a.0 == b.0).map(of_cell).collect()
}

fn sources(board: &Board) -> BTreeMap<&str, Texts<'_>> {
    let named = board.origins.iter().filter(|origin| !origin.source.names.is_empty());
    named.map(|origin| (&*origin.source.id, source_names(origin))).collect()
}

fn source_names(origin: &Origin) -> Texts<'_> {
    Language::ALL.into_iter().map(|language| (language, origin.source_name(language.code()))).collect()
}

fn texts(text: &Text) -> Texts<'_> {
    Language::ALL.into_iter().map(|language| (language, text.get(language))).collect()
}

fn column_view<'a>(site: &'a Site, board: &'a Board, table: &'a Table, index: usize) -> ColumnView<'a> {
    let definition = &board.definition.columns[index];
    let benchmark = site.catalog.benchmark(definition.benchmark);
    let card = benchmark.card.as_ref().map(|(_, card)| card);
    let head: &Head = &table.columns[index];
    let column = &board.columns[index];
    ColumnView {
        id: benchmark.id.as_str(),
        name: &benchmark.name,
        label: definition
            .label
            .as_ref()
            .map_or_else(|| Language::ALL.into_iter().map(|language| (language, &*benchmark.name)).collect(), texts),
        group: definition.group.as_ref().map(texts),
        unit: column.unit().name(),
        lower: column.direction == Direction::Lower,
        ranked: definition.role == Role::Score,
        weight: definition.weight,
        decimals: head.decimals,
        chance: head.chance,
        heat: head.heat,
        metric: column.agreement.as_ref().map(|agreement| &*agreement.metric),
        summary: card.map(|card| texts(&card.summary)),
        problems: card.and_then(|card| card.known_problems.as_ref()).map(texts),
        items: definition.items.or_else(|| card.and_then(|card| card.items)),
        published: card.and_then(|card| card.published.as_ref()).map(|date| date.as_str()),
    }
}

/// The organisations of rows, each once.
#[derive(Default)]
struct Organisations<'a> {
    names: Vec<Texts<'a>>,
    index: BTreeMap<&'a str, usize>,
}

fn row_view<'a>(
    site: &'a Site,
    row: &'a Row,
    variant: Option<Cow<'a, str>>,
    organisations: &mut Organisations<'a>,
) -> RowView<'a> {
    let (place, shared) = match row.status {
        Status::Ranked { place, shared } => (Some(place), shared),
        _ => (None, false),
    };
    RowView {
        place,
        shared,
        range: row.certainty.interval.map(|set| (set.best, set.worst)),
        composite: row.composite,
        error: row.certainty.standard_error.map(rounded),
        covered: row.covered,
        status: match row.status {
            Status::Excluded => Some("excluded"),
            Status::Ineligible => Some("ineligible"),
            Status::Unplaced | Status::Ranked { .. } | Status::BelowCoverage | Status::Unranked => None,
        },
        ..model_view(site, row.model, variant, organisations)
    }
}

/// What is known of a model, without a standing.
fn model_view<'a>(
    site: &'a Site,
    model: ModelIx,
    variant: Option<Cow<'a, str>>,
    organisations: &mut Organisations<'a>,
) -> RowView<'a> {
    let model = site.catalog.model(model);
    let card: Option<&ModelCard> = model.card.as_ref().map(|(_, card)| card);
    let organisation = model.organisation.as_ref().and_then(|id| Some((id, site.catalog.organisations.get(id)?)));
    RowView {
        id: model.id.as_str(),
        name: &model.name,
        variant,
        organisation: organisation.map(|(id, organisation)| {
            *organisations.index.entry(id.as_str()).or_insert_with(|| {
                organisations.names.push(texts(&organisation.name));
                organisations.names.len() - 1
            })
        }),
        kind: card.and_then(|card| card.kind).map(|kind| kind.key().trim_start_matches("kind-")),
        parameters: card.and_then(|card| card.parameters.as_deref()),
        licence: card.and_then(|card| card.licence.as_deref()),
        open: card.and_then(|card| card.open_weights),
        languages: card.map_or(&[], |card| &card.languages),
        released: card.and_then(|card| card.released.as_ref()).map(|date| date.as_str()),
        ..RowView::default()
    }
}

/// A number of every row in a column, written row by row; `null` for a gap.
enum Numbers<'a> {
    OfCells { rows: &'a [Row], column: usize, of: fn(&Cell) -> Option<f64> },
    Plain(Vec<Option<f64>>),
}

impl Serialize for Numbers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::OfCells { rows, column, of } => {
                serializer.collect_seq(rows.iter().map(|row| row.cells[*column].as_ref().and_then(of)))
            }
            Self::Plain(numbers) => serializer.collect_seq(numbers),
        }
    }
}

fn values(rows: &[Row], column: usize) -> Numbers<'_> {
    Numbers::OfCells { rows, column, of: |cell| Some(cell.value) }
}

/// `None` for a column of which no error is known.
fn errors(rows: &[Row], column: usize) -> Option<Numbers<'_>> {
    let of = |cell: &Cell| cell.uncertainty.map(|known| rounded(known.standard_error));
    let any = rows.iter().any(|row| row.cells[column].as_ref().and_then(of).is_some());
    any.then_some(Numbers::OfCells { rows, column, of })
}

/// To a millionth: an error of an error that nobody sees, and a third of the digits.
fn rounded(error: f64) -> f64 {
    (error * 1e6).round() / 1e6
}
