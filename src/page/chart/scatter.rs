//! Scores over the models' sizes and over their release dates, with the frontier.

use super::super::Here;
use super::super::table::{Head, Table};
use super::frontier::{Noise, Scored, frontier};
use super::{Measure, Point, measure_of_column, measure_of_composite, measure_of_rating, name};
use crate::board::battles::Rating;
use crate::board::{BattleBoard, Board, Evidence, Status};
use crate::catalog::ModelIx;
use crate::catalog::card::ModelCard;
use crate::record::Date;
use crate::stats::battles::rank::Interval;
use crate::stats::battles::standings::Standing;
use crate::stats::error::Level;
use chrono::{Datelike, NaiveDate};

/// Numbers over a second quantity.
#[derive(Clone, Debug)]
pub struct Scatter {
    pub board: String,
    /// The one column, by its label, that is drawn over release dates; absent for composites, ratings and two columns.
    pub column: Option<String>,
    pub across: Across,
    /// From left to right.
    pub dots: Vec<Dot>,
    /// Ranked models, and those of them of which the second quantity is not known; of one column, its scores; of two columns, all rows, and those
    /// that lack one of the numbers or, on a logarithmic scale, have one that is not above zero.
    pub all: usize,
    pub unknown: usize,
    pub frontier: Frontier,
    pub measure: Measure,
}

/// What runs from left to right.
#[derive(Clone, Debug)]
pub enum Across {
    /// Parameters in billions, on a logarithmic scale.
    Size,
    /// Days since the start of the common era.
    Released,
    /// Another column of the board; on logarithmic scales both.
    Column { measure: Measure, log: bool },
}

/// Whether noise is known that the frontier respects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frontier {
    BeyondNoise,
    AsWritten,
}

/// What a card says that runs from left to right.
#[derive(Clone, Copy)]
enum Quantity {
    Size,
    Released,
}

impl Quantity {
    fn across(self) -> Across {
        match self {
            Self::Size => Across::Size,
            Self::Released => Across::Released,
        }
    }

    fn of(self, card: &ModelCard) -> Option<(f64, String)> {
        match self {
            Self::Size => {
                let written = card.parameters.as_ref()?;
                Some((billions(written)?, written.clone()))
            }
            Self::Released => {
                let date = card.released.as_ref()?;
                Some((day(date)?, date.day().to_owned()))
            }
        }
    }
}

#[derive(Clone, Debug)]
pub struct Dot {
    pub point: Point,
    pub x: f64,
    /// The 95% interval of `x`, where it is a score whose error is known.
    pub x_interval: Option<(f64, f64)>,
    /// The second quantity as the card writes it, or as the table shows it.
    pub written: String,
    /// Nothing at the same place or before it is better beyond noise; of two columns, nothing is that is no worse in the
    /// other.
    pub on_frontier: bool,
}

/// Most dots: those on the frontier first, then by place.
pub(super) const DOTS: usize = 100;

/// Scores of a column with a release date that are worth a chart.
const FEWEST: usize = 3;

/// A model, before it is known whether it is drawn.
struct Candidate {
    model: ModelIx,
    /// Its row on the board.
    row: usize,
    scored: Scored,
    interval: Option<(f64, f64)>,
}

pub(super) fn of_board(here: &Here, board: &Board, table: &Table) -> Vec<Scatter> {
    let noise = match board.reckoning.evidence {
        Evidence::StandardErrors => Noise::Errors { critical: board.reckoning.critical },
        Evidence::SharedItems | Evidence::SomeSharedItems | Evidence::Columns => Noise::Ranks,
        Evidence::None => Noise::Unknown,
    };
    let candidate = |(row, (own, shown)): (usize, (&crate::board::Row, &super::TableRow))| {
        let value = own.composite.filter(|_| matches!(own.status, Status::Ranked { .. }))?;
        let ranks = own.certainty.interval.map(|set| (set.best, set.worst));
        Some(Candidate {
            model: own.model,
            row,
            scored: Scored { value, error: own.certainty.standard_error, ranks },
            interval: shown.margin.map(|margin| (value - margin, value + margin)),
        })
    };
    let candidates: Vec<Candidate> = board.rows.iter().zip(&table.rows).enumerate().filter_map(candidate).collect();
    let title = here.text(&board.definition.title);
    let measure = measure_of_composite(board, table);
    scatters(here, title, &measure, &candidates, noise, |row| name(&table.rows[row]))
}

/// Of the largest group.
pub(super) fn of_battles(here: &Here, board: &BattleBoard) -> Vec<Scatter> {
    let Rating::BradleyTerry { standings, .. } = &board.rating else { return Vec::new() };
    let rows = standings.islands.first().map_or(&[][..], |island| &island.rows);
    let candidate = |standing: &Standing| Candidate {
        model: board.contestants[standing.model].model,
        row: standing.model,
        scored: Scored {
            value: standing.rating,
            error: standing.standard_error,
            ranks: Some((standing.ranks.0 as u32, standing.ranks.1 as u32)),
        },
        interval: match standing.interval {
            Interval::Between(low, high) => Some((low, high)),
            _ => None,
        },
    };
    let candidates: Vec<Candidate> = rows.iter().map(candidate).collect();
    let title = here.text(&board.definition.title);
    let name = |row: usize| super::super::battles::name(here, &board.contestants[row]);
    scatters(here, title, &measure_of_rating(), &candidates, Noise::Ranks, name)
}

fn scatters(
    here: &Here,
    board: &str,
    measure: &Measure,
    candidates: &[Candidate],
    noise: Noise,
    name: impl Fn(usize) -> String,
) -> Vec<Scatter> {
    let scatter = |quantity: Quantity| {
        let dots = dots(here, quantity, measure, candidates, noise, &name);
        let known = dots.0;
        let several = dots.1.windows(2).any(|two| two[0].x < two[1].x);
        several.then(|| Scatter {
            board: board.to_owned(),
            column: None,
            across: quantity.across(),
            dots: dots.1,
            all: candidates.len(),
            unknown: candidates.len() - known,
            frontier: if noise == Noise::Unknown { Frontier::AsWritten } else { Frontier::BeyondNoise },
            measure: measure.clone(),
        })
    };
    [Quantity::Size, Quantity::Released].into_iter().filter_map(scatter).collect()
}

/// A score of one column.
pub(in super::super) struct ColumnScore {
    pub model: ModelIx,
    pub name: String,
    pub value: f64,
    pub standard_error: Option<f64>,
    /// The best and the worst place in the column that it may have.
    pub ranks: Option<(u32, u32)>,
}

/// The scores of one column over the models' release dates; `None` where fewer than three are known, or all are one.
pub(in super::super) fn of_column(here: &Here, board: &str, head: &Head, scores: &[ColumnScore]) -> Option<Scatter> {
    let noise = if scores.iter().any(|score| score.ranks.is_some()) { Noise::Ranks } else { Noise::Unknown };
    let candidate = |(row, score): (usize, &ColumnScore)| {
        let margin = score.standard_error.map(|error| Level::P95.z() * error);
        Candidate {
            model: score.model,
            row,
            scored: Scored { value: score.value, error: score.standard_error, ranks: score.ranks },
            interval: margin.map(|margin| (score.value - margin, score.value + margin)),
        }
    };
    let candidates: Vec<Candidate> = scores.iter().enumerate().map(candidate).collect();
    let measure = measure_of_column(head);
    let name = |row: usize| scores[row].name.clone();
    let (known, dots) = dots(here, Quantity::Released, &measure, &candidates, noise, name);
    let several = dots.windows(2).any(|two| two[0].x < two[1].x);
    (known >= FEWEST && several).then(|| Scatter {
        board: board.to_owned(),
        column: Some(head.label.clone()),
        across: Across::Released,
        dots,
        all: scores.len(),
        unknown: scores.len() - known,
        frontier: if noise == Noise::Unknown { Frontier::AsWritten } else { Frontier::BeyondNoise },
        measure,
    })
}

/// How many candidates have a place on the axis, and the dots of those that are drawn.
fn dots(
    here: &Here,
    quantity: Quantity,
    measure: &Measure,
    candidates: &[Candidate],
    noise: Noise,
    name: impl Fn(usize) -> String,
) -> (usize, Vec<Dot>) {
    let place = |candidate: &Candidate| {
        let (_, card) = here.site.catalog.model(candidate.model).card.as_ref()?;
        quantity.of(card)
    };
    let known: Vec<(&Candidate, f64, String)> = candidates
        .iter()
        .filter_map(|candidate| place(candidate).map(|(x, written)| (candidate, x, written)))
        .collect();
    let points: Vec<(f64, Scored)> = known.iter().map(|(candidate, x, _)| (*x, candidate.scored)).collect();
    let on = frontier(&points, noise, if measure.higher_is_better { 1.0 } else { -1.0 });
    let count = known.len();
    let mut chosen: Vec<(usize, (&Candidate, f64, String))> = known.into_iter().enumerate().collect();
    chosen.sort_by_key(|(index, _)| (!on[*index], *index));
    chosen.truncate(DOTS);
    chosen.sort_by(|(a, (_, one, _)), (b, (_, other, _))| one.total_cmp(other).then(a.cmp(b)));
    let dot = |(index, (candidate, x, written)): (usize, (&Candidate, f64, String))| Dot {
        point: Point { name: name(candidate.row), value: candidate.scored.value, interval: candidate.interval },
        x,
        x_interval: None,
        written,
        on_frontier: on[index],
    };
    (count, chosen.into_iter().map(dot).collect())
}

/// A number of parameters in billions: `7B`, `0.5b`, `110M`, `1.5T`, and of experts `8x7B`, which are all counted.
/// `None` for anything else.
fn billions(written: &str) -> Option<f64> {
    let written = written.trim();
    let (number, last) = written.split_at_checked(written.len().checked_sub(1)?)?;
    let scale = match last {
        "B" | "b" => 1.0,
        "M" | "m" => 1e-3,
        "T" | "t" => 1e3,
        _ => return None,
    };
    let (experts, each) = number.split_once(['x', 'X', '×']).unwrap_or(("1", number));
    let plain = |text: &str| {
        let text = text.trim();
        text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.').then(|| text.parse::<f64>().ok()).flatten()
    };
    Some(plain(experts)? * plain(each)? * scale).filter(|size| *size > 0.0 && size.is_finite())
}

/// Days since the start of the common era; the middle of a month without a day; `None` for a year alone, which is no
/// place on an axis of months.
fn day(date: &Date) -> Option<f64> {
    let text = date.day();
    let full = match text.len() {
        7 => format!("{text}-15"),
        10 => text.to_owned(),
        _ => return None,
    };
    let day = NaiveDate::parse_from_str(&full, "%Y-%m-%d").ok()?;
    Some(f64::from(day.num_days_from_ce()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_cards_write_them() {
        for (written, size) in [
            ("7B", Some(7.0)),
            ("14.2B", Some(14.2)),
            ("8x7B", Some(56.0)),
            ("8×22B", Some(176.0)),
            ("66.3M", Some(0.0663)),
            ("1.5T", Some(1500.0)),
            (" 3 b", Some(3.0)),
            ("30B-A3B", None),
            ("x7B", None),
            ("B", None),
            ("", None),
            ("0B", None),
            ("-7B", None),
            ("1e3B", None),
            ("infB", None),
            ("七B", None),
            ("7", None),
            ("约7亿", None),
        ] {
            match (billions(written), size) {
                (Some(found), Some(size)) => assert!((found - size).abs() < 1e-9, "{written}: {found}"),
                (found, size) => assert_eq!(found, size, "{written}"),
            }
        }
    }

    #[test]
    fn dates_are_days_and_a_year_alone_is_none() {
        let day = |text: &str| day(&Date::parse(text).unwrap());
        assert_eq!(day("0001-01-31"), Some(31.0));
        assert_eq!(day("2024-02").zip(day("2024-02-15")).map(|(a, b)| a - b), Some(0.0));
        assert_eq!(day("2024-03-01T10:00:00Z").zip(day("2024-02-28")).map(|(a, b)| a - b), Some(2.0));
        assert_eq!(day("2024"), None);
    }
}
