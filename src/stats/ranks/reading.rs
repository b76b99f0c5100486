//! How rank sets are read: places, tie groups, and what is known of neighbours.

use std::cmp::Ordering;

use super::{Pairs, RankSet, Refused, Target, places};

/// What a comparison ought to find, to tell "tied" from "underpowered".
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plausible {
    gap: f64,
    power: f64,
}

impl Plausible {
    /// A gap between neighbours that would matter and may well occur, in the unit of the estimates, to be found with
    /// probability `power` (0.8 by custom). The gap seen will not do: whatever is not separated lies below what could
    /// be detected.
    ///
    /// # Errors
    /// [`Refused::OutOfRange`] unless the gap is finite and above zero and `0 < power < 1`.
    pub fn new(gap: f64, power: f64) -> Result<Plausible, Refused> {
        let fits = gap > 0.0 && gap.is_finite() && power > 0.0 && power < 1.0;
        fits.then_some(Plausible { gap, power }).ok_or(Refused::OutOfRange)
    }
}

/// Hypotheses tested together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Family {
    pub critical: f64,
    pub size: u64,
}

/// Estimates in their order, and how sure it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// For each estimate, in the order of the input.
    pub ranked: Vec<Ranked>,
    /// The numbers of the estimates from the best to the worst. Equal ones stand by their standard errors, the smallest
    /// first, then as in the input.
    pub order: Vec<usize>,
    /// For each two that follow each other in `order`: one less than there are estimates.
    pub neighbours: Vec<Neighbours>,
    /// What the test says of each pair of the first ones.
    pub first: FirstPairs,
    /// A pair is separated when its difference exceeds this many standard errors of the difference. Of comparisons
    /// with p values of their own: the normal deviate of the p value at which Holm's procedure stopped.
    pub critical: f64,
    /// How many pairs were tested together.
    pub family: u64,
}

/// What a test says of each pair of the first [`FirstPairs::MOST`] estimates of an order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FirstPairs {
    size: usize,
    /// Row by row, of each with those after it.
    relations: Vec<Relation>,
}

impl FirstPairs {
    /// Most estimates of which the pairs are kept.
    pub const MOST: usize = 25;

    fn new(order: &[usize], relation: impl Fn(usize, usize) -> Relation) -> FirstPairs {
        let first = &order[..order.len().min(Self::MOST)];
        let after = |(at, &upper): (usize, &usize)| {
            first[at + 1..].iter().map(|&lower| relation(upper, lower)).collect::<Vec<_>>()
        };
        FirstPairs { size: first.len(), relations: first.iter().enumerate().flat_map(after).collect() }
    }

    /// How many estimates there are pairs of.
    pub fn size(&self) -> usize {
        self.size
    }

    /// What the test says of the estimates at these places of the order, from 0; `None` unless `upper < lower < size`.
    pub fn relation(&self, upper: usize, lower: usize) -> Option<Relation> {
        let known = upper < lower && lower < self.size;
        // The rows before have size − 1, size − 2, … pairs.
        known.then(|| self.relations[upper * (2 * self.size - upper - 1) / 2 + lower - upper - 1])
    }
}

/// Where an estimate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranked {
    /// The place by value alone; equal values share one (see [`super::super::places`]).
    pub place: u32,
    /// The places it may have; `None` if it is not tested.
    pub set: Option<RankSet>,
    /// The tie group, from 1; `None` if it is not tested. Walking down the order, an estimate joins the group that is
    /// open while it is not separated from the group's *first* member, so that groups do not chain; equal ones share
    /// a group whatever the test says. Ties are not transitive: the rank set is the truth, the group an aid to
    /// reading.
    pub group: Option<u32>,
}

/// Two estimates that follow each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbours {
    /// The upper one's value minus the lower one's.
    pub gap: f64,
    pub relation: Relation,
    /// What the data could show; `None` if nothing is known of the difference's standard error.
    pub resolution: Option<Resolution>,
}

/// What a test says of two neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// The upper one is significantly greater.
    Separated,
    /// Not separated, though a gap of the plausible size would have been found.
    Tied,
    /// Not separated, and even a gap of the plausible size would probably have been missed: the detectable gap exceeds
    /// it, or nothing is known of it.
    Underpowered,
    NotTested,
}

/// What a comparison could show, at the critical value used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resolution {
    /// The smallest true gap that is found with the power asked for.
    pub detectable_gap: f64,
    /// How many items (of each, or shared) would find a true gap as large as the one seen; `None` if there is no gap or
    /// the number of items is not known.
    pub items: Option<u64>,
}

impl Ranking {
    pub(super) fn new(
        values: &[f64],
        sets: Vec<Option<RankSet>>,
        pairs: &impl Pairs,
        family: Family,
        plausible: Plausible,
    ) -> Ranking {
        let places = places(values);
        let mut order: Vec<usize> = (0..values.len()).collect();
        let precedes = |&a: &usize, &b: &usize| -> Ordering {
            places[a].cmp(&places[b]).then(pairs.uncertainty(a).total_cmp(&pairs.uncertainty(b))).then(a.cmp(&b))
        };
        order.sort_unstable_by(precedes);
        let groups = groups(&order, &places, &sets, pairs);
        let neighbours = order
            .windows(2)
            .map(|two| Neighbours::new(two[0], two[1], values[two[0]] - values[two[1]], pairs, family, plausible))
            .collect();
        let relation =
            |a: usize, b: usize| Neighbours::new(a, b, values[a] - values[b], pairs, family, plausible).relation;
        let first = FirstPairs::new(&order, relation);
        let row = |at: usize| Ranked { place: places[at], set: sets[at], group: groups[at] };
        let ranked = (0..values.len()).map(row).collect();
        Ranking { ranked, order, neighbours, first, critical: family.critical, family: family.size }
    }
}

/// The tie group of each estimate.
fn groups(order: &[usize], places: &[u32], sets: &[Option<RankSet>], pairs: &impl Pairs) -> Vec<Option<u32>> {
    let mut groups = vec![None; places.len()];
    let (mut group, mut first): (u32, Vec<usize>) = (0, Vec::new());
    for equal in order.chunk_by(|&a, &b| places[a] == places[b]) {
        let tested: Vec<usize> = equal.iter().copied().filter(|&at| sets[at].is_some()).collect();
        if tested.is_empty() {
            continue;
        }
        if first.iter().all(|&first| tested.iter().all(|&at| pairs.separated(first, at))) {
            group += 1;
            first.clone_from(&tested);
        }
        tested.iter().for_each(|&at| groups[at] = Some(group));
    }
    groups
}

impl Neighbours {
    fn new(a: usize, b: usize, gap: f64, pairs: &impl Pairs, family: Family, plausible: Plausible) -> Neighbours {
        let target = Target::at_critical(family.critical, plausible.power).ok();
        let resolution = target.zip(pairs.error(a, b)).map(|(target, error)| Resolution {
            detectable_gap: target.detectable_gap(error),
            items: pairs.item_variance(a, b).and_then(|variance| target.items_needed(variance, gap)),
        });
        let missed = resolution.map_or(gap != 0.0, |resolution| resolution.detectable_gap > plausible.gap);
        let relation = match (pairs.tested(a, b), pairs.separated(a, b)) {
            (false, _) => Relation::NotTested,
            (true, true) => Relation::Separated,
            (true, false) if missed => Relation::Underpowered,
            (true, false) => Relation::Tied,
        };
        Neighbours { gap, relation, resolution }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_those_of_the_order() {
        let separated = |a: usize, b: usize| if a == 7 && b == 5 { Relation::Tied } else { Relation::Separated };
        let pairs = FirstPairs::new(&[9, 7, 8, 5], separated);
        assert_eq!(pairs.size(), 4);
        assert_eq!(pairs.relation(1, 3), Some(Relation::Tied));
        for (upper, lower) in [(0, 1), (0, 2), (0, 3), (1, 2), (2, 3)] {
            assert_eq!(pairs.relation(upper, lower), Some(Relation::Separated), "{upper} {lower}");
        }
        assert_eq!((pairs.relation(1, 1), pairs.relation(2, 1), pairs.relation(0, 4)), (None, None, None));
    }

    #[test]
    fn no_more_than_the_first_are_kept() {
        let order: Vec<usize> = (0..40).collect();
        let pairs = FirstPairs::new(&order, |_, _| Relation::NotTested);
        assert_eq!(pairs.size(), FirstPairs::MOST);
        assert_eq!(pairs.relation(23, 24), Some(Relation::NotTested));
        assert_eq!(pairs.relation(24, 25), None);
        assert_eq!(FirstPairs::new(&[], |_, _| Relation::Tied).size(), 0);
    }
}
