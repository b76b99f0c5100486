//! The data of a board of battles to download: the ratings as CSV, and all that they rest on as JSON.

use super::data::push_field;
use super::scratch::Scratch;
use crate::board::BattleBoard;
use crate::board::battles::{Dropped, Rating};
use crate::language::Language;
use crate::ledger::Contestant;
use crate::page::Site;
use crate::record::{Origin, Part};
use crate::stats::battles::rank::Interval;
use crate::stats::battles::standings::Standing;
use crate::stats::battles::win_table;
use crate::stats::battles::{Counts, Prior};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

const HEADER: &str = "group,place,model,name,revision,precision,quantisation,effort,scaffold,provider,rating,lower,upper,standard_error,best_place,worst_place,battles,wins,losses,ties,both_bad,win_rate,average_win_rate,notes\n";

/// One line for each rated model, by group and place; numbers are unrounded.
pub(super) fn push_csv(csv: &mut String, site: &Site, board: &BattleBoard) {
    csv.push_str(HEADER);
    for row in Line::all(board) {
        let contestant = &board.contestants[row.contestant];
        let model = site.catalog.model(contestant.model);
        let _ = write!(csv, "{},", row.group);
        push_some(csv, row.standing.map(|standing| standing.place));
        let variant = Part::all().map(|part| contestant.variant.get(part).unwrap_or(""));
        for text in [model.id.as_str(), &model.name].into_iter().chain(variant) {
            csv.push(',');
            push_field(csv, text);
        }
        let (lower, upper) = row.standing.map_or((None, None), |standing| bounds(standing.interval));
        let error = row.standing.and_then(|standing| standing.standard_error);
        for number in [Some(row.rating), lower, upper, error] {
            csv.push(',');
            push_some(csv, number);
        }
        let (best, worst) = row.standing.map(|standing| standing.ranks).unzip();
        for place in [best, worst] {
            csv.push(',');
            push_some(csv, place);
        }
        let Counts { first, second, tie, both_bad } = row.score.counts;
        let _ = write!(csv, ",{},{first},{second},{tie},{both_bad}", row.score.counts.total());
        for rate in [row.score.win_rate, row.score.average_win_rate] {
            csv.push(',');
            push_some(csv, rate);
        }
        let _ = writeln!(csv, ",{}", row.notes().join("; "));
    }
}

fn push_some(csv: &mut String, value: Option<impl std::fmt::Display>) {
    if let Some(value) = value {
        let _ = write!(csv, "{value}");
    }
}

/// A rated model.
struct Line<'a> {
    /// From 1.
    group: usize,
    contestant: usize,
    rating: f64,
    score: win_table::Score,
    /// Absent where ratings are a history.
    standing: Option<&'a Standing>,
}

impl<'a> Line<'a> {
    fn all(board: &'a BattleBoard) -> Vec<Self> {
        match &board.rating {
            Rating::BradleyTerry { standings, .. } => {
                let islands = standings.islands.iter().enumerate();
                let rows = islands.flat_map(|(group, island)| island.rows.iter().map(move |row| (group + 1, row)));
                rows.map(|(group, row)| Self {
                    group,
                    contestant: row.model,
                    rating: row.rating,
                    score: row.score,
                    standing: Some(row),
                })
                .collect()
            }
            Rating::Elo(history) => {
                let scores = win_table::scores(&board.cells).into_iter().zip(&history.ratings).enumerate();
                scores
                    .map(|(contestant, (score, rating))| Self {
                        group: 1,
                        contestant,
                        rating: *rating,
                        score,
                        standing: None,
                    })
                    .collect()
            }
        }
    }

    fn notes(&self) -> Vec<&'static str> {
        let Some(marks) = self.standing.map(|standing| standing.marks) else { return Vec::new() };
        let notes = [
            (marks.undefeated, "never lost"),
            (marks.winless, "never won"),
            (marks.beyond, "held by the prior"),
            (marks.no_variance, "no variance"),
            (marks.few_battles, "few battles"),
        ];
        notes.into_iter().filter(|(holds, _)| *holds).map(|(_, note)| note).collect()
    }
}

/// The ends of an interval, as far as it has them.
fn bounds(interval: Interval) -> (Option<f64>, Option<f64>) {
    match interval {
        Interval::Between(low, high) => (Some(low), Some(high)),
        Interval::AtLeast(low) => (Some(low), None),
        Interval::AtMost(high) => (None, Some(high)),
        Interval::Unknown => (None, None),
    }
}

/// Everything that stands on the page, with the counts of every pair.
pub(super) fn json(site: &Site, board: &BattleBoard) -> anyhow::Result<Scratch> {
    let definition = &board.definition;
    let title: BTreeMap<Language, &str> =
        Language::ALL.into_iter().map(|language| (language, definition.title.get(language))).collect();
    let Dropped { unreadable, against_itself, filtered, not_known_to_be_anonymous, below_minimum, without_time } =
        board.dropped;
    let id = |contestant: &Contestant| site.catalog.model(contestant.model).id.as_str().to_owned();
    let document = json!({
        "board": definition.id.as_str(),
        "title": title,
        "method": method(board),
        "filter": {
            "judge": definition.filter.judge.as_deref(),
            "language": definition.filter.language.as_deref(),
            "anonymous": definition.filter.anonymous,
            "minimum_battles": definition.minimum_battles,
        },
        "battles": {
            "counted": board.cells.battles(),
            "unreadable": unreadable,
            "against_itself": against_itself,
            "filtered": filtered,
            "not_known_to_be_anonymous": not_known_to_be_anonymous,
            "below_minimum": below_minimum,
            "without_time": without_time,
        },
        "rows": Line::all(board).iter().map(|line| row(site, board, line)).collect::<Vec<_>>(),
        "below_minimum": board.below_minimum.iter().map(|(contestant, battles)| {
            json!({ "model": id(contestant), "battles": battles })
        }).collect::<Vec<_>>(),
        "pairs": board.cells.cells().iter().map(|cell| {
            let Counts { first, second, tie, both_bad } = cell.counts;
            let (a, b) = (id(&board.contestants[cell.first]), id(&board.contestants[cell.second]));
            json!({ "a": a, "b": b, "a_wins": first, "b_wins": second, "ties": tie, "both_bad": both_bad })
        }).collect::<Vec<_>>(),
        "files": board.origins.iter().map(|origin| file(origin)).collect::<Vec<_>>(),
    });
    let text = serde_json::to_string(&document)?;
    Ok(Scratch::text(|json| json.push_str(&text)))
}

fn method(board: &BattleBoard) -> Value {
    match &board.rating {
        Rating::BradleyTerry { standings, clusters } => json!({
            "model": "Bradley-Terry",
            "ties": "half a win each",
            "intervals": "sandwich, 95 %",
            "clusters": clusters.map(|clusters| json!({ "count": clusters.count, "battles_without": clusters.without })),
            "position_bias": standings.position_bias.map(|bias| {
                json!({ "elo": bias.elo, "standard_error": bias.standard_error })
            }),
            "groups": standings.islands.iter().map(|island| json!({
                "models": island.rows.len(),
                "battles": island.battles,
                "anchor": if island.prior == Prior::None { "mean 1000" } else { "phantom 1000" },
            })).collect::<Vec<_>>(),
        }),
        Rating::Elo(history) => json!({
            "model": "online Elo",
            "k": crate::stats::battles::elo::K,
            "moments": history.moments.iter().map(|moment| {
                json!({ "battles": moment.battles, "time": &*moment.time, "ratings": moment.ratings })
            }).collect::<Vec<_>>(),
        }),
    }
}

fn row(site: &Site, board: &BattleBoard, line: &Line) -> Value {
    let contestant = &board.contestants[line.contestant];
    let model = site.catalog.model(contestant.model);
    let (lower, upper) = line.standing.map_or((None, None), |standing| bounds(standing.interval));
    let Counts { first, second, tie, both_bad } = line.score.counts;
    let variant: serde_json::Map<String, Value> =
        contestant.variant.iter().map(|(part, value)| (part.name().to_owned(), value.into())).collect();
    json!({
        "group": line.group,
        "place": line.standing.map(|standing| standing.place),
        "model": model.id.as_str(),
        "name": &*model.name,
        "variant": variant,
        "rating": line.rating,
        "lower": lower,
        "upper": upper,
        "standard_error": line.standing.and_then(|standing| standing.standard_error),
        "best_place": line.standing.map(|standing| standing.ranks.0),
        "worst_place": line.standing.map(|standing| standing.ranks.1),
        "wins": first,
        "losses": second,
        "ties": tie,
        "both_bad": both_bad,
        "win_rate": line.score.win_rate,
        "average_win_rate": line.score.average_win_rate,
        "notes": line.notes(),
    })
}

fn file(origin: &Origin) -> Value {
    json!({
        "path": &*origin.path,
        "sha256": &*origin.sha256,
        "bytes": origin.bytes,
        "format": origin.format,
        "source": &*origin.source.id,
        "url": origin.source.url,
        "licence": origin.source.licence.as_deref(),
    })
}
