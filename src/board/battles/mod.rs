//! Boards of battles: which battles count, and what they make of their models.
//!
//! [`definition`] reads what such a board wants; this module picks and counts the battles of the ledger and has
//! [`crate::stats::battles`] rate them. Nothing that was left out is forgotten ([`Dropped`]). It knows nothing of HTML.

pub mod definition;
mod history;

pub use definition::{BattleDefinition, Filter, Method};
pub use history::{History, Moment};

use super::Status;
use crate::battles::{ClusterBy, Clusters, outcome};
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ledger::{BattleFile, Contestant, Ledger, Vote};
use crate::record::{Origin, Outcome};
use crate::stats::battles::standings::{self, Island, Options, Standings};
use crate::stats::battles::{self as rating, BattleError, Cell, Cells, Counts};
use foldhash::quality::FixedState;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::BuildHasher;
use std::sync::Arc;

/// A board with every battle counted and every model rated.
#[derive(Debug)]
pub struct BattleBoard {
    pub definition: BattleDefinition,
    /// The rated models, by the numbers that cells and ratings use.
    pub contestants: Vec<Contestant>,
    /// What the ratings rest on.
    pub cells: Cells,
    pub rating: Rating,
    /// Models that are not rated because they have too few battles: how many they have, the most first.
    pub below_minimum: Vec<(Contestant, u64)>,
    pub dropped: Dropped,
    /// The files behind the battles.
    pub origins: BTreeSet<Arc<Origin>>,
}

/// What the battles make of the models.
#[derive(Debug)]
pub enum Rating {
    BradleyTerry { standings: Standings, clusters: Option<Clusters> },
    Elo(History),
}

/// Battles of the board's sources that do not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dropped {
    pub unreadable: u64,
    pub against_itself: u64,
    /// Of another judge or language than the board wants.
    pub filtered: u64,
    pub not_known_to_be_anonymous: u64,
    /// A model in them has fewer battles than the board asks for.
    pub below_minimum: u64,
    /// They have no time, and the board follows time.
    pub without_time: u64,
}

impl BattleBoard {
    /// Rated models, and all that are listed.
    pub fn listed(&self) -> usize {
        self.contestants.len() + self.below_minimum.len()
    }

    /// Models with a place: none where ratings are a history.
    pub fn ranked(&self) -> usize {
        match self.rating {
            Rating::BradleyTerry { .. } => self.contestants.len(),
            Rating::Elo(_) => 0,
        }
    }

    /// The island, where there is one and its models are ranked.
    pub fn ranking(&self) -> Option<&Island> {
        match &self.rating {
            Rating::BradleyTerry { standings, .. } if standings.islands.len() == 1 => standings.islands.first(),
            _ => None,
        }
    }

    /// A model's rating, and its place among those of its island.
    pub fn rated(&self, contestant: usize) -> Option<Rated> {
        match &self.rating {
            Rating::Elo(history) => {
                let rating = *history.ratings.get(contestant)?;
                Some(Rated { rating, status: Status::Unranked, of: 0 })
            }
            Rating::BradleyTerry { standings, .. } => standings.islands.iter().find_map(|island| {
                let row = island.rows.iter().find(|row| row.model == contestant)?;
                let status = Status::Ranked { place: row.place, shared: island.is_shared(row) };
                Some(Rated { rating: row.rating, status, of: island.rows.len() })
            }),
        }
    }
}

/// What a board says of a model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rated {
    pub rating: f64,
    pub status: Status,
    /// The models among which its place is.
    pub of: usize,
}

impl Dropped {
    pub fn all(self) -> u64 {
        let Self { unreadable, against_itself, filtered, not_known_to_be_anonymous, below_minimum, without_time } =
            self;
        unreadable + against_itself + filtered + not_known_to_be_anonymous + below_minimum + without_time
    }
}

/// Counts and rates. A board on which no two models met, or whose battles cannot be rated, becomes a diagnostic.
pub fn build(
    definition: BattleDefinition,
    ledger: &Ledger,
    catalog: &Catalog,
    diagnostics: &mut Diagnostics,
) -> Option<BattleBoard> {
    let selection = Selection::new(&definition, ledger, catalog);
    let rated = selection.count().and_then(|counted| Ok((selection.rate(&counted)?, counted)));
    match rated {
        Ok((rating, counted)) => {
            let origins = selection.files.iter().map(|file| Arc::clone(&file.origin)).collect();
            let Counted { contestants, cells, below_minimum, dropped, .. } = counted;
            Some(BattleBoard { definition, contestants, cells, rating, below_minimum, dropped, origins })
        }
        Err(problem) => {
            diagnostics.push(problem.report(&definition));
            None
        }
    }
}

/// Why battles give no ratings.
enum Problem {
    NoBattles,
    NoTimes,
    Rating(BattleError),
}

impl From<BattleError> for Problem {
    fn from(error: BattleError) -> Self {
        Self::Rating(error)
    }
}

impl Problem {
    fn report(self, board: &BattleDefinition) -> Diagnostic {
        let (code, message, hint) = match self {
            Self::NoBattles => (
                "no-battles",
                "no two models met in the battles that the board counts".to_owned(),
                "check sources, judge, language, anonymous and minimum_battles against the files of battles",
            ),
            Self::NoTimes => (
                "no-times",
                "online Elo follows the order of the battles, and none of them has a time".to_owned(),
                "set aggregate = \"bradley-terry\", which needs no order",
            ),
            Self::Rating(error) => (
                "unrated-battles",
                format!("the battles cannot be rated: {error}"),
                "leave out models with few battles: minimum_battles",
            ),
        };
        Diagnostic::error(code, Arc::clone(&board.path), message).at(board.position).hint(hint)
    }
}

/// The battles of a board's sources.
struct Selection<'a> {
    definition: &'a BattleDefinition,
    files: Vec<&'a BattleFile>,
    /// All models of the files, by name.
    contestants: Vec<Contestant>,
    /// For each file the numbers of its models among them.
    numbers: Vec<Vec<usize>>,
}

/// What was counted.
struct Counted {
    contestants: Vec<Contestant>,
    cells: Cells,
    /// The places in `contestants` of the models of [`Selection`]; `None` of those that are not rated.
    places: Vec<Option<usize>>,
    below_minimum: Vec<(Contestant, u64)>,
    dropped: Dropped,
    /// Some battles count more than once, so that they are not independent.
    weighted: bool,
}

impl<'a> Selection<'a> {
    fn new(definition: &'a BattleDefinition, ledger: &'a Ledger, catalog: &Catalog) -> Self {
        let files: Vec<&BattleFile> = ledger.battles_of(&definition.sources).collect();
        let named = |contestant: &Contestant| {
            let model = catalog.model(contestant.model);
            (Arc::clone(&model.name), model.id.clone(), Arc::clone(&contestant.variant))
        };
        let all = files.iter().flat_map(|file| &file.contestants);
        let known: BTreeMap<_, Contestant> = all.map(|contestant| (named(contestant), contestant.clone())).collect();
        let contestants: Vec<Contestant> = known.into_values().collect();
        let place: BTreeMap<&Contestant, usize> =
            contestants.iter().enumerate().map(|(place, contestant)| (contestant, place)).collect();
        let numbers =
            files.iter().map(|file| file.contestants.iter().map(|contestant| place[contestant]).collect()).collect();
        Self { definition, files, contestants, numbers }
    }

    /// Calls `take` with the numbers of both models for all battles that pass the filter; what is left is counted.
    fn each(&self, mut take: impl FnMut(usize, usize, &Vote)) -> Dropped {
        let Filter { judge, language, anonymous } = &self.definition.filter;
        let follows_time = self.definition.method == Method::Elo;
        let passes = |wanted: &Option<Arc<str>>, found: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| Some(wanted) == found)
        };
        let mut dropped = Dropped::default();
        for (file, numbers) in self.files.iter().zip(&self.numbers) {
            dropped.unreadable += file.unreadable;
            for vote in file.votes() {
                let (a, b) = (numbers[vote.a], numbers[vote.b]);
                let reason = match () {
                    () if a == b => &mut dropped.against_itself,
                    () if !(passes(judge, vote.judge) && passes(language, vote.language)) => &mut dropped.filtered,
                    () if *anonymous && vote.anonymous != Some(true) => &mut dropped.not_known_to_be_anonymous,
                    () if follows_time && vote.time.is_none() => &mut dropped.without_time,
                    () => {
                        take(a, b, &vote);
                        continue;
                    }
                };
                *reason += vote.times;
            }
        }
        dropped
    }

    fn count(&self) -> Result<Counted, Problem> {
        let mut pairs: BTreeMap<(usize, usize), Counts> = BTreeMap::new();
        let mut weighted = false;
        let mut dropped = self.each(|a, b, vote| {
            pairs.entry((a, b)).or_default().add(counts(vote));
            weighted |= vote.weight > 1;
        });
        let battles = totals(&pairs, self.contestants.len());
        let enough = enough(&pairs, self.definition.minimum_battles, self.contestants.len());
        let rated: Vec<usize> = (0..enough.len()).filter(|model| enough[*model]).collect();
        let mut places = vec![None; enough.len()];
        rated.iter().enumerate().for_each(|(place, model)| places[*model] = Some(place));
        let all: u64 = pairs.values().map(|counts| counts.total()).sum();
        let cells = pairs
            .into_iter()
            .filter_map(|((a, b), counts)| Some(Cell { first: places[a]?, second: places[b]?, counts }));
        let cells = Cells::new(rated.len(), cells)?;
        dropped.below_minimum = all - cells.battles();
        let few = (0..enough.len()).filter(|model| !enough[*model] && battles[*model] > 0);
        let mut below_minimum: Vec<_> = few.map(|model| (self.contestants[model].clone(), battles[model])).collect();
        below_minimum.sort_by_key(|(_, battles)| std::cmp::Reverse(*battles));
        let contestants = rated.iter().map(|model| self.contestants[*model].clone()).collect();
        Ok(Counted { contestants, cells, places, below_minimum, dropped, weighted })
    }

    fn rate(&self, counted: &Counted) -> Result<Rating, Problem> {
        if self.definition.method == Method::Elo && counted.cells.battles() == 0 && counted.dropped.without_time > 0 {
            return Err(Problem::NoTimes);
        }
        if counted.cells.battles() == 0 {
            return Err(Problem::NoBattles);
        }
        Ok(match self.definition.method {
            Method::Elo => Rating::Elo(self.history(counted)?),
            Method::BradleyTerry { cluster } => {
                let cluster = cluster.or(counted.weighted.then_some(ClusterBy::Question));
                let clustered = cluster.map(|by| self.clustered(counted, by));
                let votes = clustered.as_ref().map(|(votes, _)| votes.as_slice());
                let standings = standings::standings(&counted.cells, votes, Options::default())?;
                Rating::BradleyTerry { standings, clusters: clustered.map(|(_, clusters)| clusters) }
            }
        })
    }

    /// The battles one by one, with what they have in common.
    fn clustered(&self, counted: &Counted, by: ClusterBy) -> (Vec<rating::Vote>, Clusters) {
        let mut votes = Vec::new();
        let mut without = 0;
        let mut known = BTreeSet::new();
        self.each(|a, b, vote| {
            let (Some(first), Some(second)) = (counted.places[a], counted.places[b]) else { return };
            let common = match by {
                ClusterBy::Question => vote.question,
                ClusterBy::Judge => vote.judge,
            };
            let cluster = common.map(|common| FixedState::default().hash_one(common));
            known.extend(cluster);
            for _ in 0..vote.times {
                let cluster = cluster.unwrap_or_else(|| {
                    without += 1;
                    // A cluster of its own; a hash is as likely to meet it as another hash.
                    without
                });
                votes.push(rating::Vote {
                    first,
                    second,
                    outcome: outcome(vote.outcome),
                    weight: vote.weight,
                    cluster,
                });
            }
        });
        let of_necessity = matches!(self.definition.method, Method::BradleyTerry { cluster: None });
        let count = known.len() + without as usize;
        (votes, Clusters { by, count, without, of_necessity })
    }

    fn history(&self, counted: &Counted) -> Result<History, BattleError> {
        let mut battles = Vec::new();
        self.each(|a, b, vote| {
            if let (Some(first), Some(second), Some(time)) = (counted.places[a], counted.places[b], vote.time) {
                let battle = history::Timed { first, second, outcome: outcome(vote.outcome), time: time.into() };
                battles.extend(std::iter::repeat_n(battle, vote.times as usize));
            }
        });
        History::of(counted.contestants.len(), battles)
    }
}

fn counts(vote: &Vote) -> Counts {
    let number = vote.times.saturating_mul(u64::from(vote.weight));
    let mut counts = Counts::default();
    match vote.outcome {
        Outcome::A => counts.first = number,
        Outcome::B => counts.second = number,
        Outcome::Tie => counts.tie = number,
        Outcome::BothBad => counts.both_bad = number,
    }
    counts
}

fn totals(pairs: &BTreeMap<(usize, usize), Counts>, models: usize) -> Vec<u64> {
    let mut totals = vec![0; models];
    for ((a, b), counts) in pairs {
        totals[*a] += counts.total();
        totals[*b] += counts.total();
    }
    totals
}

/// Which models have at least `minimum` battles (and one) when only battles among such models count.
fn enough(pairs: &BTreeMap<(usize, usize), Counts>, minimum: u64, models: usize) -> Vec<bool> {
    let mut pairs = pairs.clone();
    loop {
        let enough: Vec<bool> = totals(&pairs, models).iter().map(|battles| *battles >= minimum.max(1)).collect();
        let before = pairs.len();
        pairs.retain(|(a, b), _| enough[*a] && enough[*b]);
        if pairs.len() == before {
            return enough;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_that_loses_its_opponents_may_have_too_few_battles_then() {
        let wins = |first| Counts { first, ..Counts::default() };
        let pairs = BTreeMap::from([((0, 1), wins(3)), ((1, 2), wins(2)), ((2, 3), wins(1)), ((0, 4), wins(5))]);
        assert_eq!(enough(&pairs, 0, 6), [true, true, true, true, true, false]);
        assert_eq!(enough(&pairs, 3, 6), [true, true, false, false, true, false]);
        assert_eq!(enough(&pairs, 9, 6), [false; 6]);
    }
}
