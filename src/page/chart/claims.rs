//! Claims beside measurements, on one scale.

use super::super::claims::{self, Number};
use super::super::records::Subject;
use crate::record::Unit;
use std::collections::BTreeMap;

/// Two points for each claim that was measured.
#[derive(Clone, Debug)]
pub struct Claims {
    /// What the page is about.
    pub subject: Subject,
    pub of: String,
    /// The largest gaps first.
    pub points: Vec<ClaimPoint>,
    /// Claims of the same unit.
    pub all: usize,
    pub unit: Unit,
}

#[derive(Clone, Debug)]
pub struct ClaimPoint {
    pub name: String,
    pub claimed: Number,
    pub measured: Number,
    pub gap: Number,
    /// Who measured.
    pub source: String,
    /// Whether the gap exceeds noise; `None` if that was not tested.
    pub beyond_noise: Option<bool>,
}

/// Most rows.
const ROWS: usize = 25;

/// A chart of the claims of one unit, which is that of most; `None` for fewer than two.
pub fn of_claims(of: &str, claims: &claims::Claims) -> Option<Claims> {
    let mut counts: BTreeMap<Unit, usize> = BTreeMap::new();
    claims.rows.iter().for_each(|row| *counts.entry(row.unit).or_default() += 1);
    let (unit, _) = counts.into_iter().rev().max_by_key(|(_, count)| *count)?;
    let mut points: Vec<ClaimPoint> = claims
        .rows
        .iter()
        .filter(|row| row.unit == unit)
        .map(|row| ClaimPoint {
            name: match row.detail.as_slice() {
                [] => row.name.to_owned(),
                detail => format!("{} ({})", row.name, detail.join(" · ")),
            },
            claimed: row.claimed.number,
            measured: row.measured.number,
            gap: row.gap,
            source: row.source.to_owned(),
            beyond_noise: row.noise.is_exceeded(),
        })
        .collect();
    let all = points.len();
    let size = |point: &ClaimPoint| point.gap.value.abs();
    points.sort_by(|a, b| size(b).total_cmp(&size(a)));
    points.truncate(ROWS);
    (points.len() > 1).then(|| Claims { subject: claims.subject, of: of.to_owned(), points, all, unit })
}
