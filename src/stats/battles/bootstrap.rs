//! Percentile intervals from resampled battles.
//!
//! A round draws as many battles as there were, with replacement: a multinomial over the cells (a pair and how it
//! ended). The draw is exact and does not look at single battles: independent Poisson counts from tables, a little
//! smaller than they should be, and the missing battles one by one. Each round has a random stream of its own, so that
//! results do not depend on the number of threads.
//!
//! Each round is fitted from the fit of all battles, with the inverse information of that fit (chord Newton), and with
//! the whole of Newton's method where that does not settle quickly. A round without a finite maximum gives no numbers: it is
//! counted.

use super::BattleError;
use super::bradley_terry::{ANCHOR, DONE_ROUND, ELO, Likelihood, Prior};
use super::cells::{Counts, Meeting};
use super::graph;
use super::linear::dot;
use super::sandwich::Curvature;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;
use std::collections::{BTreeMap, BinaryHeap};

/// The share of rounds without a finite maximum above which percentiles mean nothing.
const MOST_DEGENERATE: f64 = 0.01;

/// Steps with the full data's information before a round is fitted by the whole of Newton's method.
const CHORD_STEPS: usize = 40;

/// The ratings of every round.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    models: usize,
    rounds: usize,
    degenerate: usize,
    /// Model by model, the ratings of the rounds that have a maximum, in ascending order.
    sorted: Vec<f64>,
}

impl Sample {
    /// All rounds, with those that gave no numbers.
    pub fn rounds(&self) -> usize {
        self.rounds
    }

    /// Rounds in which no finite maximum existed.
    pub fn degenerate(&self) -> usize {
        self.degenerate
    }

    /// The percentile interval of a model's rating that holds `level` (0.95), by linear interpolation (type 7 of
    /// Hyndman, Fan 1996); `None` when more than 1 % of the rounds had no maximum.
    pub fn interval(&self, model: usize, level: f64) -> Option<(f64, f64)> {
        let used = self.rounds - self.degenerate;
        if model >= self.models || used == 0 || self.degenerate as f64 > MOST_DEGENERATE * self.rounds as f64 {
            return None;
        }
        let ratings = &self.sorted[model * used..][..used];
        let tail = (1.0 - level) / 2.0;
        Some((quantile(ratings, tail), quantile(ratings, 1.0 - tail)))
    }
}

/// The quantile of sorted values by linear interpolation.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share.clamp(0.0, 1.0) * (sorted.len() - 1) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

/// Resamples the battles of a fit `rounds` times. Ratings have the mean of the fit's in every round.
///
/// # Errors
/// [`BattleError::NotConverged`] when a round that has a maximum cannot be fitted.
pub fn bootstrap(curvature: &Curvature, rounds: usize, seed: u64) -> Result<Sample, BattleError> {
    let models = curvature.fit().theta.len();
    if models == 0 || curvature.meetings().is_empty() {
        let sorted = vec![ANCHOR; models * rounds];
        return Ok(Sample { models, rounds, degenerate: 0, sorted });
    }
    let resampler = Resampler::new(curvature.meetings());
    let fitter = Fitter::new(curvature);
    let mut ratings = vec![0.0; rounds * models];
    let fitted: Result<Vec<bool>, BattleError> = ratings
        .par_chunks_mut(models)
        .zip(streams(seed, rounds))
        .with_min_len(4)
        .map_init(
            || (Drawn::new(curvature.meetings().len()), Scratch::default()),
            |(drawn, scratch), (ratings, mut stream)| {
                resampler.draw(&mut stream, drawn);
                fitter.fit(drawn, scratch, ratings)
            },
        )
        .collect();
    let fitted = fitted?;
    let used = fitted.iter().filter(|fitted| **fitted).count();
    let mut sorted = vec![0.0; used * models];
    if used > 0 {
        sorted.par_chunks_mut(used).enumerate().for_each(|(model, column)| {
            let rounds = ratings.chunks_exact(models).zip(&fitted).filter(|(_, fitted)| **fitted);
            column.iter_mut().zip(rounds).for_each(|(cell, (round, _))| *cell = round[model]);
            column.sort_unstable_by(f64::total_cmp);
        });
    }
    Ok(Sample { models, rounds, degenerate: rounds - used, sorted })
}

/// A random stream for each round, none of which overlaps another.
fn streams(seed: u64, rounds: usize) -> Vec<Xoshiro256PlusPlus> {
    let mut stream = Xoshiro256PlusPlus::seed_from_u64(seed);
    let next = || {
        stream.jump();
        stream.clone()
    };
    std::iter::repeat_with(next).take(rounds).collect()
}

/// What a round drew, meeting by meeting.
struct Drawn {
    /// Twice the wins of the first model, draws being half a win.
    doubled_wins: Vec<u32>,
    battles: Vec<u32>,
}

impl Drawn {
    fn new(meetings: usize) -> Self {
        Self { doubled_wins: vec![0; meetings], battles: vec![0; meetings] }
    }

    fn clear(&mut self) {
        self.doubled_wins.fill(0);
        self.battles.fill(0);
    }

    fn take(&mut self, target: Target, count: u32) {
        self.doubled_wins[target.meeting as usize] += count * target.doubled_win;
        self.battles[target.meeting as usize] += count;
    }
}

/// A cell of the multinomial.
#[derive(Clone, Copy)]
struct Target {
    meeting: u32,
    /// Twice what one battle adds to the wins of the first model: 2, 1 or 0.
    doubled_win: u32,
}

/// Draws tables of as many battles as there were.
struct Resampler {
    battles: u64,
    /// Cells with the same count share a table of Poisson counts.
    poisson: Vec<(Table, Vec<Target>)>,
    targets: Vec<Target>,
    /// Which cell a single battle falls into.
    single: Table,
}

impl Resampler {
    fn new(meetings: &[Meeting]) -> Self {
        let mut by_count: BTreeMap<u64, Vec<Target>> = BTreeMap::new();
        for (meeting, number) in meetings.iter().zip(0..) {
            let Counts { first, second, .. } = meeting.counts();
            for (doubled_win, count) in [(2, first), (1, meeting.counts().ties()), (0, second)] {
                if count > 0 {
                    by_count.entry(count).or_default().push(Target { meeting: number, doubled_win });
                }
            }
        }
        let cells = || by_count.iter().flat_map(|(count, targets)| targets.iter().map(move |target| (*count, *target)));
        let targets: Vec<Target> = cells().map(|(_, target)| target).collect();
        let weights: Vec<f64> = cells().map(|(count, _)| count as f64).collect();
        let battles: u64 = cells().map(|(count, _)| count).sum();
        // Six standard deviations below: about once in 1e9 rounds too many are drawn.
        let share = 1.0 - 6.0 / (battles as f64).sqrt();
        let by_tables = share > 0.5 && battles > 2 * targets.len() as u64;
        let poisson = match by_tables {
            true => {
                by_count.into_iter().map(|(count, targets)| (Table::poisson(count as f64 * share), targets)).collect()
            }
            false => Vec::new(),
        };
        Self { battles, poisson, targets, single: Table::new(&weights, 0) }
    }

    fn draw(&self, stream: &mut Xoshiro256PlusPlus, drawn: &mut Drawn) {
        let missing = loop {
            drawn.clear();
            let mut total = 0;
            for (table, targets) in &self.poisson {
                for target in targets {
                    let count = table.draw(stream);
                    total += u64::from(count);
                    drawn.take(*target, count);
                }
            }
            if let Some(missing) = self.battles.checked_sub(total) {
                break missing;
            }
        };
        for _ in 0..missing {
            drawn.take(self.targets[self.single.draw(stream) as usize], 1);
        }
    }
}

/// A discrete distribution that one random number is enough for: Walker's aliases (Vose 1991).
struct Table {
    /// Added to what is drawn.
    offset: u32,
    /// Of each entry, below which of 2³² it is itself, and what it is otherwise.
    entries: Vec<(u32, u32)>,
}

impl Table {
    fn new(weights: &[f64], offset: u32) -> Self {
        let total: f64 = weights.iter().sum();
        let mut shares: Vec<f64> = weights.iter().map(|weight| weight / total * weights.len() as f64).collect();
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..shares.len()).partition(|i| shares[*i] < 1.0);
        let mut entries: Vec<(u32, u32)> = (0..).take(weights.len()).map(|i| (u32::MAX, i)).collect();
        while let (Some(low), Some(high)) = (small.pop(), large.last().copied()) {
            entries[low] = ((shares[low] * 4_294_967_296.0) as u32, high as u32);
            shares[high] -= 1.0 - shares[low];
            if shares[high] < 1.0 {
                large.pop();
                small.push(high);
            }
        }
        Self { offset, entries }
    }

    /// Poisson counts with this mean, as far as they have a probability above 1e-17 of the most likely one's.
    fn poisson(mean: f64) -> Self {
        const LEAST: f64 = 1e-17;
        let mode = mean.floor();
        let mut below = Vec::new();
        let (mut count, mut weight) = (mode, 1.0);
        while count > 0.0 && weight > LEAST {
            weight *= count / mean;
            count -= 1.0;
            below.push(weight);
        }
        let mut weights: Vec<f64> = below.into_iter().rev().collect();
        let (mut count, mut weight) = (mode, 1.0);
        let offset = count - weights.len() as f64;
        while weight > LEAST {
            weights.push(weight);
            count += 1.0;
            weight *= mean / count;
        }
        Self::new(&weights, offset as u32)
    }

    fn draw(&self, stream: &mut Xoshiro256PlusPlus) -> u32 {
        let bits = stream.next_u64();
        let index = ((bits >> 32) * self.entries.len() as u64) >> 32;
        let (below, alias) = self.entries[index as usize];
        self.offset + if bits as u32 <= below { index as u32 } else { alias }
    }
}

/// Fits rounds.
struct Fitter<'a> {
    curvature: &'a Curvature<'a>,
    draws: f64,
    /// The meetings of each model with models of greater number.
    rows: Vec<std::ops::Range<usize>>,
    seconds: Vec<u32>,
    /// Wins that connect all models; while a round has them it has a maximum. Empty with a prior.
    links: Vec<Link>,
    /// Of the fit's strengths.
    mean: f64,
}

/// A meeting in which the first model (or the second) must have won or drawn.
struct Link {
    meeting: usize,
    first: bool,
}

#[derive(Default)]
struct Scratch {
    theta: Vec<f64>,
    powers: Vec<f64>,
    gradient: Vec<f64>,
}

impl<'a> Fitter<'a> {
    fn new(curvature: &'a Curvature<'a>) -> Self {
        let models = curvature.fit().theta.len();
        let meetings = curvature.meetings();
        let (draws, links) = match curvature.fit().prior {
            Prior::None => (0.0, links(models, meetings)),
            Prior::Phantom(draws) => (draws, Vec::new()),
        };
        let start = |model| meetings.partition_point(|meeting| meeting.first() < model);
        Self {
            curvature,
            draws,
            rows: (0..models).map(|model| start(model)..start(model + 1)).collect(),
            seconds: meetings.iter().map(|meeting| meeting.second() as u32).collect(),
            links,
            mean: curvature.fit().theta.iter().sum::<f64>() / models as f64,
        }
    }

    /// Writes the round's ratings; `false` when it has no maximum.
    fn fit(&self, drawn: &Drawn, scratch: &mut Scratch, ratings: &mut [f64]) -> Result<bool, BattleError> {
        if !self.has_maximum(drawn) {
            return Ok(false);
        }
        let Scratch { theta, .. } = scratch;
        theta.clone_from(&self.curvature.fit().theta);
        if !self.chord(drawn, scratch) {
            scratch.theta.clone_from(&self.curvature.fit().theta);
            let meetings = self.meetings(drawn);
            let likelihood = Likelihood { models: ratings.len(), meetings: &meetings, draws: self.draws };
            likelihood.maximise(&mut scratch.theta, None)?;
        }
        let mean = scratch.theta.iter().sum::<f64>() / ratings.len() as f64;
        let centred = scratch.theta.iter().map(|theta| theta - mean + self.mean);
        ratings.iter_mut().zip(centred).for_each(|(rating, theta)| *rating = ANCHOR + ELO * theta);
        Ok(true)
    }

    fn has_maximum(&self, drawn: &Drawn) -> bool {
        let holds = |link: &Link| match link.first {
            true => drawn.doubled_wins[link.meeting] > 0,
            false => drawn.doubled_wins[link.meeting] < 2 * drawn.battles[link.meeting],
        };
        self.draws > 0.0
            || self.links.iter().all(holds)
            || graph::is_strongly_connected(self.rows.len(), &self.meetings(drawn))
    }

    /// `false` when the steps do not become small.
    fn chord(&self, drawn: &Drawn, scratch: &mut Scratch) -> bool {
        let inverse = self.curvature.inverse();
        let mut last = f64::INFINITY;
        for _ in 0..CHORD_STEPS {
            self.gradient(drawn, scratch);
            let Scratch { theta, gradient, .. } = scratch;
            let mut longest = 0f64;
            for (i, theta) in theta.iter_mut().enumerate() {
                let step = dot(inverse.row(i), gradient);
                longest = longest.max(step.abs());
                *theta += step;
            }
            if longest >= 0.9 * last || theta.iter().any(|theta| theta.is_nan()) {
                return false;
            }
            if longest < DONE_ROUND {
                return true;
            }
            last = longest;
        }
        false
    }

    fn gradient(&self, drawn: &Drawn, scratch: &mut Scratch) {
        let Scratch { theta, powers, gradient } = scratch;
        powers.clear();
        powers.extend(theta.iter().map(|theta| theta.exp()));
        gradient.clear();
        gradient.extend(powers.iter().map(|power| self.draws * (0.5 - power / (1.0 + power))));
        for (i, row) in self.rows.iter().enumerate() {
            let power = powers[i];
            let mut sum = 0.0;
            let seconds = &self.seconds[row.clone()];
            let counts = drawn.doubled_wins[row.clone()].iter().zip(&drawn.battles[row.clone()]);
            for (second, (doubled_wins, battles)) in seconds.iter().zip(counts) {
                let j = *second as usize;
                let excess = f64::from(*doubled_wins) / 2.0 - f64::from(*battles) * power / (power + powers[j]);
                sum += excess;
                gradient[j] -= excess;
            }
            gradient[i] += sum;
        }
    }

    /// The round as a table, for the slow ways.
    fn meetings(&self, drawn: &Drawn) -> Vec<Meeting> {
        let drawn_meeting = |(meeting, number): (&Meeting, usize)| {
            let battles = u64::from(drawn.battles[number]);
            let doubled = u64::from(drawn.doubled_wins[number]);
            // Any table with these wins and this number of battles is as good as another.
            let tie = doubled % 2;
            let counts = Counts { first: doubled / 2, second: battles - doubled / 2 - tie, tie, both_bad: 0 };
            meeting.with_counts(counts)
        };
        self.curvature.meetings().iter().zip(0..).map(drawn_meeting).collect()
    }
}

/// Few wins that lead from one model to every other and back, each as frequent as possible.
fn links(models: usize, meetings: &[Meeting]) -> Vec<Link> {
    let mut arrows = vec![Vec::new(); models];
    for (number, meeting) in meetings.iter().enumerate() {
        arrows[meeting.first()].push((number, meeting.second(), meeting.wins(), meeting.losses(), true));
        arrows[meeting.second()].push((number, meeting.first(), meeting.losses(), meeting.wins(), false));
    }
    [true, false].iter().flat_map(|out| tree(&arrows, *out)).collect()
}

/// The meeting, the model at its other end, wins against it and losses, and whether the own model is the first.
type Arrow = (usize, usize, f64, f64, bool);

/// The tree of most frequent wins that leads from model 0 to all others, or from all others to it (Prim's algorithm).
fn tree(arrows: &[Vec<Arrow>], out: bool) -> Vec<Link> {
    let mut reached = vec![false; arrows.len()];
    let mut links = Vec::new();
    // Frequencies doubled, so that they are whole numbers, which can be ordered.
    let mut open = BinaryHeap::from([(u64::MAX, 0, 0, false)]);
    while let Some((_, model, meeting, first)) = open.pop() {
        if std::mem::replace(&mut reached[model], true) {
            continue;
        }
        if model != 0 {
            links.push(Link { meeting, first });
        }
        for &(meeting, other, wins, losses, is_first) in &arrows[model] {
            let frequency = (2.0 * if out { wins } else { losses }) as u64;
            if frequency > 0 && !reached[other] {
                open.push((frequency, other, meeting, is_first == out));
            }
        }
    }
    links
}

#[cfg(test)]
mod tests;
