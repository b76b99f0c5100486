//! The page of a board of battles.

use super::board::{Download, SourceItem, citation, downloads, sources};
use super::chart::{self, Chart};
use super::cite::Citation;
use super::extent::Extent;
use super::facts::{decimal, percent, thousands};
use super::frame::Frame;
use super::route::Route;
use super::table::{Bar, Scale};
use super::{Here, Link, variant};
use crate::battles::ClusterBy;
use crate::board::BattleBoard;
use crate::board::battles::{Dropped, Filter, History, Rating};
use crate::ledger::Contestant;
use crate::stats::battles::covariates::PositionBias;
use crate::stats::battles::rank::Interval;
use crate::stats::battles::standings::{Island, Marks, Standing, Standings};
use crate::stats::battles::win_table::{self, Score};
use crate::stats::battles::{Cells, Counts, Prior};
use crate::stats::error::FEW_CLUSTERS;
use crate::stats::error::Level;
use serde::Serialize;

/// A page of ratings. The charts are drawn by the renderer; the rest is for the template.
#[derive(Debug, Serialize)]
pub struct BattlesPage {
    #[serde(skip)]
    pub frame: Frame,
    pub title: String,
    pub summary: String,
    pub notes: Option<String>,
    /// `bradley-terry` or `elo`.
    pub method: &'static str,
    pub extent: Extent,
    pub battles: u64,
    pub filter: FilterItem,
    pub minimum_battles: u64,
    pub cluster: Option<ClusterItem>,
    /// Models that battles connect; those of one group are compared with each other alone.
    pub groups: Vec<Group>,
    pub few: Vec<FewItem>,
    pub counts: CountItems,
    pub bias: Option<BiasItem>,
    pub sources: Vec<SourceItem>,
    /// Its id, where it has data files for the script.
    pub data: Option<String>,
    pub downloads: Vec<Download>,
    pub citation: Citation,
    #[serde(skip)]
    pub charts: Vec<Chart>,
}

/// Which battles count.
#[derive(Debug, Serialize)]
pub struct FilterItem {
    pub judge: Option<String>,
    pub language: Option<String>,
    pub anonymous: bool,
}

/// What makes battles depend on each other.
#[derive(Debug, Serialize)]
pub struct ClusterItem {
    /// `question` or `judge`.
    pub by: &'static str,
    pub count: u64,
    /// Battles that say nothing of it.
    pub without: u64,
    /// They are too few for intervals to be trusted.
    pub few: bool,
}

#[derive(Debug, Serialize)]
pub struct Group {
    pub models: usize,
    pub battles: u64,
    /// Ratings rest on draws against a phantom, for wins do not lead from each model to each.
    pub phantom: bool,
    pub lead: Option<LeadItem>,
    pub rows: Vec<RatingRow>,
    /// Digits of the number of models.
    pub digits: u32,
    /// Some row has something to be said of it.
    pub marked: bool,
    /// Absent for a group of two.
    pub wins: Option<WinTable>,
}

/// How far the first is above the second.
#[derive(Debug, Serialize)]
pub struct LeadItem {
    pub gap: String,
    pub margin: String,
    pub p: String,
}

/// A rated model.
#[derive(Debug, Serialize)]
pub struct RatingRow {
    /// Absent where ratings are a history.
    pub place: Option<u32>,
    pub shared: bool,
    /// Whether it is the first and the last of the rows with its place.
    pub ends: (bool, bool),
    /// The best and the worst place that the model may have.
    pub range: Option<(usize, usize)>,
    pub model: Link,
    pub organisation: Option<String>,
    pub variant: Option<String>,
    pub rating: String,
    pub margin: Option<String>,
    pub bar: Option<Bar>,
    /// The interface string of a one-sided bound, and the bound.
    pub bound: Option<(&'static str, String)>,
    pub battles: String,
    pub win_rate: String,
    pub average_win_rate: String,
    /// Names of interface strings.
    pub marks: Vec<&'static str>,
}

/// A model with too few battles.
#[derive(Debug, Serialize)]
pub struct FewItem {
    pub model: Link,
    pub variant: Option<String>,
    pub battles: u64,
}

/// How often each of the first models won against each.
#[derive(Debug, Serialize)]
pub struct WinTable {
    /// Models of the group.
    pub of: usize,
    pub rows: Vec<WinRow>,
}

#[derive(Debug, Serialize)]
pub struct WinRow {
    pub model: Link,
    /// One for each of the rows; `None` where the two did not meet.
    pub cells: Vec<Option<WinCell>>,
}

#[derive(Debug, Serialize)]
pub struct WinCell {
    /// 0 to 19: the more wins, the more.
    pub heat: u8,
    pub rate: String,
    pub battles: String,
}

/// What became of the battles.
#[derive(Debug, Serialize)]
pub struct CountItems {
    /// Interface strings with their numbers: what counts, and what does not.
    pub counted: Vec<CountItem>,
    pub dropped: Vec<CountItem>,
}

#[derive(Debug, Serialize)]
pub struct CountItem {
    pub key: &'static str,
    pub count: String,
    /// Of all battles that count.
    pub share: Option<String>,
}

/// How much standing first is worth.
#[derive(Debug, Serialize)]
pub struct BiasItem {
    pub elo: String,
    pub margin: String,
    /// The name of an interface string.
    pub verdict: &'static str,
}

/// Models of a table of wins.
const WIN_ROWS: usize = 20;

/// The value of a page of ratings.
pub fn battles(here: &Here, board: &BattleBoard) -> BattlesPage {
    let definition = &board.definition;
    let (title, summary) = (here.text(&definition.title), here.text(&definition.summary));
    let Filter { judge, language, anonymous } = &definition.filter;
    let text = |text: &Option<std::sync::Arc<str>>| text.as_deref().map(str::to_owned);
    let mut page = BattlesPage {
        frame: here.frame(&Route::Board(definition.id.clone()), "battles", title, summary),
        title: title.to_owned(),
        summary: summary.to_owned(),
        notes: definition.notes.as_ref().map(|notes| here.text(notes).to_owned()),
        method: definition.method.name(),
        extent: Extent::of_battles(board),
        battles: board.cells.battles(),
        filter: FilterItem { judge: text(judge), language: text(language), anonymous: *anonymous },
        minimum_battles: definition.minimum_battles,
        cluster: None,
        groups: Vec::new(),
        few: few(here, board),
        counts: CountItems { counted: counted(&board.cells), dropped: dropped(&board.dropped) },
        bias: None,
        sources: sources(here, &board.origins),
        data: board.ranking().map(|_| definition.id.to_string()),
        downloads: downloads(here, &definition.id),
        citation: citation(here, &definition.id, here.text(&definition.title), &board.origins),
        charts: chart::of_battles(here, board),
    };
    match &board.rating {
        Rating::BradleyTerry { standings, clusters } => {
            page.cluster = clusters.map(|clusters| ClusterItem {
                by: match clusters.by {
                    ClusterBy::Question => "question",
                    ClusterBy::Judge => "judge",
                },
                count: clusters.count as u64,
                without: clusters.without,
                few: clusters.count < FEW_CLUSTERS,
            });
            page.groups = groups(here, board, standings);
            page.bias = standings.position_bias.map(bias);
        }
        Rating::Elo(history) => page.groups = vec![of_history(here, board, history)],
    }
    page
}

fn groups(here: &Here, board: &BattleBoard, standings: &Standings) -> Vec<Group> {
    let group = |island: &Island| {
        let decimals = decimals(island);
        let scale = Scale::of(island.rows.iter().map(|row| (row.rating, margin(row))));
        let mut rows: Vec<RatingRow> =
            island.rows.iter().map(|row| rating_row(here, board, island, row, decimals, scale)).collect();
        for next in 1..rows.len() {
            let apart = rows[next - 1].place != rows[next].place;
            (rows[next - 1].ends.1, rows[next].ends.0) = (apart, apart);
        }
        let order: Vec<usize> = island.rows.iter().map(|row| row.model).collect();
        Group {
            models: island.rows.len(),
            battles: island.battles,
            phantom: island.prior != Prior::None,
            lead: island.lead.filter(|lead| lead.gap > 0.0 && lead.standard_error > 0.0).map(|lead| LeadItem {
                gap: decimal(lead.gap, decimals),
                margin: decimal(Level::P95.z() * lead.standard_error, decimals),
                p: if lead.p < 0.001 { "<\u{a0}0.001".to_owned() } else { format!("=\u{a0}{:.3}", lead.p) },
            }),
            marked: rows.iter().any(|row| row.bound.is_some() || !row.marks.is_empty()),
            rows,
            digits: digits(island.rows.len()),
            wins: wins(here, board, &order),
        }
    };
    standings.islands.iter().map(group).collect()
}

fn rating_row(
    here: &Here,
    board: &BattleBoard,
    island: &Island,
    row: &Standing,
    decimals: usize,
    scale: Option<Scale>,
) -> RatingRow {
    let bound = match row.interval {
        Interval::AtLeast(low) => Some(("rating-at-least", decimal(low, decimals))),
        Interval::AtMost(high) => Some(("rating-at-most", decimal(high, decimals))),
        Interval::Between(..) | Interval::Unknown => None,
    };
    RatingRow {
        place: Some(row.place),
        shared: island.is_shared(row),
        range: Some(row.ranks),
        rating: decimal(row.rating, decimals),
        margin: margin(row).map(|margin| decimal(margin, decimals)),
        bar: scale.and_then(|scale| scale.bar(row.rating, margin(row))),
        bound,
        marks: marks(row.marks),
        ..unrated(here, board, row.model, &row.score)
    }
}

/// The row of a model before it is known what it is rated.
fn unrated(here: &Here, board: &BattleBoard, contestant: usize, score: &Score) -> RatingRow {
    let entry = &board.contestants[contestant];
    let model = here.site.catalog.model(entry.model);
    let organisation = model.organisation.as_ref().and_then(|id| here.site.catalog.organisations.get(id));
    let rate = |rate: Option<f64>| rate.map_or_else(|| "—".to_owned(), |rate| decimal(100.0 * rate, 1));
    RatingRow {
        place: None,
        shared: false,
        ends: (true, true),
        range: None,
        model: here.link(&model.name, &Route::Model(model.id.clone())),
        organisation: organisation.map(|organisation| here.text(&organisation.name).to_owned()),
        variant: variant::all(&entry.variant),
        rating: String::new(),
        margin: None,
        bar: None,
        bound: None,
        battles: thousands(score.counts.total()),
        win_rate: rate(score.win_rate),
        average_win_rate: rate(score.average_win_rate),
        marks: Vec::new(),
    }
}

fn of_history(here: &Here, board: &BattleBoard, history: &History) -> Group {
    let scores = win_table::scores(&board.cells);
    let order = by_rating(history);
    let row = |(model, rating): &(usize, f64)| RatingRow {
        rating: decimal(*rating, 0),
        ..unrated(here, board, *model, &scores[*model])
    };
    let models: Vec<usize> = order.iter().map(|(model, _)| *model).collect();
    Group {
        models: models.len(),
        battles: board.cells.battles(),
        phantom: false,
        lead: None,
        rows: order.iter().map(row).collect(),
        digits: digits(order.len()),
        marked: false,
        wins: wins(here, board, &models),
    }
}

/// The digits of a number of rows.
fn digits(rows: usize) -> u32 {
    rows.max(1).ilog10() + 1
}

/// The models with their last ratings, the highest first.
pub(super) fn by_rating(history: &History) -> Vec<(usize, f64)> {
    let mut order: Vec<(usize, f64)> = history.ratings.iter().copied().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    order
}

/// Decimals of ratings: none, or one where errors are that small.
fn decimals(island: &Island) -> usize {
    let least = island.rows.iter().filter_map(|row| row.standard_error).fold(f64::INFINITY, f64::min);
    usize::from(least < 3.0)
}

/// Half of the interval, where it has two sides.
pub(super) fn margin(row: &Standing) -> Option<f64> {
    match row.interval {
        Interval::Between(low, high) => Some((high - low) / 2.0),
        _ => None,
    }
}

fn marks(marks: Marks) -> Vec<&'static str> {
    let Marks { few_battles, undefeated, winless, beyond, no_variance } = marks;
    let one_sided = undefeated || winless;
    let keys = [
        (undefeated, "mark-undefeated"),
        (winless, "mark-winless"),
        (beyond && !one_sided, "mark-beyond"),
        (no_variance && !one_sided, "mark-only-draws"),
        (few_battles, "mark-few-battles"),
    ];
    keys.into_iter().filter(|(holds, _)| *holds).map(|(_, key)| key).collect()
}

/// The model's name with what sets it apart.
pub(super) fn name(here: &Here, contestant: &Contestant) -> String {
    let name = &here.site.catalog.model(contestant.model).name;
    variant::all(&contestant.variant).map_or_else(|| name.to_string(), |variant| format!("{name} ({variant})"))
}

fn few(here: &Here, board: &BattleBoard) -> Vec<FewItem> {
    let item = |(contestant, battles): &(Contestant, u64)| {
        let model = here.site.catalog.model(contestant.model);
        FewItem {
            model: here.link(&model.name, &Route::Model(model.id.clone())),
            variant: variant::all(&contestant.variant),
            battles: *battles,
        }
    };
    board.below_minimum.iter().map(item).collect()
}

fn wins(here: &Here, board: &BattleBoard, order: &[usize]) -> Option<WinTable> {
    let shown = &order[..order.len().min(WIN_ROWS)];
    let matrix = win_table::matrix(&board.cells.among(shown));
    let row = |(model, cells): (&usize, Vec<Option<Counts>>)| {
        let model = here.site.catalog.model(board.contestants[*model].model);
        WinRow {
            model: here.link(&model.name, &Route::Model(model.id.clone())),
            cells: cells.into_iter().map(|counts| win_cell(counts?)).collect(),
        }
    };
    let rows = shown.iter().zip(matrix).map(row).collect();
    (order.len() > 2).then_some(WinTable { of: order.len(), rows })
}

fn win_cell(counts: Counts) -> Option<WinCell> {
    let rate = win_table::win_rate(counts)?;
    Some(WinCell {
        heat: (19.0 * rate).round() as u8,
        rate: decimal(100.0 * rate, 0),
        battles: thousands(counts.total()),
    })
}

fn counted(cells: &Cells) -> Vec<CountItem> {
    let mut all = Counts::default();
    cells.cells().iter().for_each(|cell| all.add(cell.counts));
    let share = |part: u64| Some(percent(part as f64 / all.total().max(1) as f64));
    [
        ("battles-counted", all.total(), None),
        ("battles-decided", all.first + all.second, share(all.first + all.second)),
        ("battles-tied", all.tie, share(all.tie)),
        ("battles-both-bad", all.both_bad, share(all.both_bad)),
    ]
    .map(|(key, count, share)| CountItem { key, count: thousands(count), share })
    .into()
}

fn dropped(dropped: &Dropped) -> Vec<CountItem> {
    let Dropped { unreadable, against_itself, filtered, not_known_to_be_anonymous, below_minimum, without_time } =
        *dropped;
    let items = [
        ("dropped-unreadable", unreadable),
        ("dropped-against-itself", against_itself),
        ("dropped-filtered", filtered),
        ("dropped-not-anonymous", not_known_to_be_anonymous),
        ("dropped-below-minimum", below_minimum),
        ("dropped-without-time", without_time),
    ];
    let items = items.into_iter().filter(|(_, count)| *count > 0);
    items.map(|(key, count)| CountItem { key, count: thousands(count), share: None }).collect()
}

fn bias(bias: PositionBias) -> BiasItem {
    let margin = Level::P95.z() * bias.standard_error;
    let verdict = match () {
        () if bias.elo > margin => "bias-first",
        () if bias.elo < -margin => "bias-second",
        () => "bias-none",
    };
    BiasItem { elo: decimal(bias.elo, 0), margin: decimal(margin, 0), verdict }
}
