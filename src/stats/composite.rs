//! How sure a weighted mean of columns is. There are two questions, with two answers:
//!
//! * **"Same columns, new items"**: how would it differ with other items of the same columns? [`standard_error`] from
//!   the columns' standard errors, [`covariance`] when rows share items.
//! * **"Other columns of this kind"**: how would it differ with other columns, drawn like these? [`Resampling`] draws
//!   columns, within categories where there are categories. With ten columns that is honest, and coarse.
//!
//! The first is smaller as a rule. Say which one is shown.

use super::covariance::Covariance;
use super::error::{Interval, Level};
use super::paired::percentiles;
use super::random::{below, rounds};
use super::refused::{Refused, finite, same_length};

/// The weights of columns: none below zero, and some above.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights(Vec<f64>);

impl Weights {
    /// # Errors
    /// [`Refused::NotFinite`], [`Refused::Negative`], and [`Refused::OutOfRange`] if no weight is above zero.
    pub fn new(weights: Vec<f64>) -> Result<Weights, Refused> {
        finite(&weights)?;
        if let Some(at) = weights.iter().position(|&weight| weight < 0.0) {
            return Err(Refused::Negative { at });
        }
        let total: f64 = weights.iter().sum();
        if total > 0.0 && total.is_finite() { Ok(Weights(weights)) } else { Err(Refused::OutOfRange) }
    }

    /// The same weight for each of so many columns.
    ///
    /// # Errors
    /// [`Refused::OutOfRange`] for no columns.
    pub fn equal(columns: usize) -> Result<Weights, Refused> {
        Weights::new(vec![1.0; columns])
    }

    fn total(&self) -> f64 {
        self.0.iter().sum()
    }
}

/// The standard error of a weighted mean, "same columns, new items": that of the [sum](error_of_sum) by `Σ w`.
///
/// # Errors
/// [`Refused::Lengths`]; [`Refused::NotFinite`] and [`Refused::Negative`] of standard errors.
pub fn standard_error(weights: &Weights, errors: &[Option<f64>]) -> Result<Option<f64>, Refused> {
    Ok(error_of_sum(weights, errors)?.map(|error| error / weights.total()))
}

/// The standard error of a weighted sum: `√(Σ w² SE²)`, the columns' items being drawn independently. `None` if a column
/// that counts has no standard error, and where all are 0.
///
/// # Errors
/// [`Refused::Lengths`]; [`Refused::NotFinite`] and [`Refused::Negative`] of standard errors.
pub fn error_of_sum(weights: &Weights, errors: &[Option<f64>]) -> Result<Option<f64>, Refused> {
    same_length(weights.0.len(), errors.len())?;
    let mut squares = Some(0.0);
    for (at, (&weight, &error)) in weights.0.iter().zip(errors).enumerate() {
        match error {
            Some(error) if !error.is_finite() => return Err(Refused::NotFinite { at }),
            Some(error) if error < 0.0 => return Err(Refused::Negative { at }),
            Some(error) => squares = squares.map(|squares: f64| squares + (weight * error).powi(2)),
            None if weight > 0.0 => squares = None,
            None => {}
        }
    }
    Ok(squares.filter(|&squares| squares > 0.0).map(f64::sqrt))
}

/// The covariance of the rows' weighted means, "same columns, new items": `Σ w² C / (Σ w)²`, where `columns[c]` is the
/// covariance `C` of the rows' scores in that column ([`Covariance::of_means`] over shared items,
/// [`Covariance::diagonal`] where only standard errors are known). `None` without columns.
///
/// # Errors
/// [`Refused::Lengths`].
pub fn covariance(weights: &Weights, columns: &[Covariance]) -> Result<Option<Covariance>, Refused> {
    same_length(weights.0.len(), columns.len())?;
    let Some(first) = columns.first() else { return Ok(None) };
    for column in columns {
        same_length(first.size(), column.size())?;
    }
    let total = weights.total();
    let entry = |row, column| {
        let part = |(weight, of): (&f64, &Covariance)| (weight / total).powi(2) * of.at(row, column);
        weights.0.iter().zip(columns).map(part).sum()
    };
    Covariance::from_fn(first.size(), entry).map(Some)
}

/// Seeded draws of columns with replacement, "other columns of this kind". All rows are seen through the same draws, so
/// that a difference of two rows is paired.
#[derive(Debug, Clone)]
pub struct Resampling {
    /// For each draw, what each column weighs in it: its own weight times how often it was drawn.
    draws: Vec<Vec<f64>>,
}

impl Resampling {
    /// `categories[c]` is a number for the category of column `c`; each category keeps its number of columns.
    ///
    /// # Errors
    /// [`Refused::Lengths`].
    pub fn new(weights: &Weights, categories: Option<&[u32]>, draws: u32, seed: u64) -> Result<Resampling, Refused> {
        let columns = weights.0.len();
        same_length(columns, categories.map_or(columns, <[u32]>::len))?;
        let mut order: Vec<usize> = (0..columns).collect();
        if let Some(categories) = categories {
            order.sort_by_key(|&column| categories[column]);
        }
        let alike = |&a: &usize, &b: &usize| categories.is_none_or(|categories| categories[a] == categories[b]);
        let pools: Vec<&[usize]> = order.chunk_by(alike).collect();
        let draw = |random: &mut _| {
            let mut drawn = vec![0.0; columns];
            for pool in &pools {
                for _ in 0..pool.len() {
                    let column = pool[below(random, pool.len())];
                    drawn[column] += weights.0[column];
                }
            }
            drawn
        };
        Ok(Resampling { draws: rounds(draws, seed, || (), |(), random| draw(random)) })
    }

    /// The percentile interval of a row's weighted mean over the columns it has. `None` if the draws do not differ, as
    /// with one column.
    ///
    /// # Errors
    /// [`Refused::Lengths`], [`Refused::NotFinite`].
    pub fn interval(&self, row: &[Option<f64>], level: Level) -> Result<Option<Interval>, Refused> {
        self.check(row)?;
        Ok(spread(self.draws.iter().filter_map(|draw| composite(draw, row)).collect(), level))
    }

    /// The percentile interval of the difference of two rows' weighted means, each over the columns that both have.
    /// `None` as in [`interval`](Self::interval).
    ///
    /// # Errors
    /// [`Refused::Lengths`], [`Refused::NotFinite`].
    pub fn difference(&self, a: &[Option<f64>], b: &[Option<f64>], level: Level) -> Result<Option<Interval>, Refused> {
        self.check(a)?;
        self.check(b)?;
        let shared: Vec<Option<f64>> = a.iter().zip(b).map(|(a, b)| Some((*a)? - (*b)?)).collect();
        self.interval(&shared, level)
    }

    fn check(&self, row: &[Option<f64>]) -> Result<(), Refused> {
        if let Some(draw) = self.draws.first() {
            same_length(draw.len(), row.len())?;
        }
        match row.iter().position(|score| score.is_some_and(|score| !score.is_finite())) {
            Some(at) => Err(Refused::NotFinite { at }),
            None => Ok(()),
        }
    }
}

/// The weighted mean of the scores that are there.
fn composite(weights: &[f64], row: &[Option<f64>]) -> Option<f64> {
    let (mut sum, mut total) = (0.0, 0.0);
    for (weight, score) in weights.iter().zip(row) {
        if let Some(score) = score {
            sum += weight * score;
            total += weight;
        }
    }
    (total > 0.0).then(|| sum / total)
}

fn spread(values: Vec<f64>, level: Level) -> Option<Interval> {
    percentiles(values, level).filter(|interval| interval.width() > 0.0)
}

#[cfg(test)]
mod tests {
    use super::super::golden::{close, normals, share};
    use super::super::random::stream;
    use super::*;

    fn some(row: &[f64]) -> Vec<Option<f64>> {
        row.iter().copied().map(Some).collect()
    }

    #[test]
    fn errors_of_columns_add_by_their_squares() {
        let weights = Weights::new(vec![1.0, 2.0, 0.0]).unwrap();
        let error = standard_error(&weights, &[Some(3.0), Some(2.0), None]).unwrap().unwrap();
        close(error, 5.0 / 3.0, 1e-12);
    }

    #[test]
    fn a_column_that_counts_and_has_no_error_leaves_none() {
        let weights = Weights::equal(2).unwrap();
        assert_eq!(standard_error(&weights, &[Some(1.0), None]), Ok(None));
        assert_eq!(standard_error(&weights, &[Some(0.0), Some(0.0)]), Ok(None));
        assert_eq!(standard_error(&weights, &[None, Some(f64::NAN)]), Err(Refused::NotFinite { at: 1 }));
        assert_eq!(standard_error(&weights, &[Some(-1.0), None]), Err(Refused::Negative { at: 0 }));
        assert_eq!(standard_error(&weights, &[None]), Err(Refused::Lengths { expected: 2, found: 1 }));
    }

    #[test]
    fn weights_that_weigh_nothing_are_refused() {
        assert_eq!(Weights::new(vec![]), Err(Refused::OutOfRange));
        assert_eq!(Weights::new(vec![0.0, 0.0]), Err(Refused::OutOfRange));
        assert_eq!(Weights::new(vec![1.0, -1.0]), Err(Refused::Negative { at: 1 }));
        assert_eq!(Weights::new(vec![f64::NAN]), Err(Refused::NotFinite { at: 0 }));
    }

    #[test]
    fn the_covariance_of_composites_is_that_of_the_weighted_item_scores() {
        // Two columns over the same number of items: the composite is a mean of items again.
        let rows = [vec![0.2, 0.9, 0.4, 0.7], vec![0.1, 1.0, 0.3, 0.3]];
        let column = Covariance::of_means(&rows).unwrap().unwrap();
        let weights = Weights::new(vec![3.0, 1.0]).unwrap();
        let both =
            covariance(&weights, &[column.clone(), Covariance::diagonal(&[0.1, 0.2]).unwrap()]).unwrap().unwrap();
        close(both.at(0, 1), 9.0 / 16.0 * column.at(0, 1), 1e-12);
        close(both.at(1, 1), 9.0 / 16.0 * column.at(1, 1) + 0.04 / 16.0, 1e-12);
        let errors = [Some(column.at(1, 1).sqrt()), Some(0.2)];
        close(both.at(1, 1).sqrt(), standard_error(&weights, &errors).unwrap().unwrap(), 1e-12);
        let smaller = Covariance::diagonal(&[0.1]).unwrap();
        assert_eq!(covariance(&weights, &[column, smaller]), Err(Refused::Lengths { expected: 2, found: 1 }));
    }

    #[test]
    fn what_cannot_vary_has_no_interval() {
        let interval = |columns: usize, categories: Option<&[u32]>, row: &[Option<f64>]| {
            Resampling::new(&Weights::equal(columns).unwrap(), categories, 200, 1).unwrap().interval(row, Level::P95)
        };
        assert_eq!(interval(1, None, &some(&[3.0])), Ok(None));
        assert_eq!(interval(3, Some(&[1, 2, 3]), &some(&[3.0, 5.0, 9.0])), Ok(None));
        assert_eq!(interval(2, None, &[None, None]), Ok(None));
        assert!(interval(2, None, &some(&[1.0, 2.0])).unwrap().is_some());
        assert_eq!(interval(2, None, &some(&[1.0])), Err(Refused::Lengths { expected: 2, found: 1 }));
        assert_eq!(interval(2, None, &some(&[1.0, f64::NAN])), Err(Refused::NotFinite { at: 1 }));
        assert!(Resampling::new(&Weights::equal(2).unwrap(), Some(&[1]), 10, 1).is_err());
    }

    #[test]
    fn categories_keep_their_size_in_every_draw() {
        let weights = Weights::equal(5).unwrap();
        let resampling = Resampling::new(&weights, Some(&[7, 3, 7, 3, 3]), 500, 2).unwrap();
        for draw in &resampling.draws {
            assert_eq!((draw[0] + draw[2], draw[1] + draw[3] + draw[4]), (2.0, 3.0));
        }
        // What differs between categories only does not vary.
        let between = resampling.interval(&some(&[9.0, 1.0, 9.0, 1.0, 1.0]), Level::P95);
        assert_eq!(between, Ok(None));
    }

    #[test]
    fn a_difference_is_paired_and_over_shared_columns() {
        let columns = normals(30, &mut stream(1, 0));
        let noise = normals(30, &mut stream(1, 1));
        let upper: Vec<f64> = columns.iter().zip(&noise).map(|(column, noise)| 10.0 * column + noise + 1.0).collect();
        let lower: Vec<f64> = columns.iter().map(|column| 10.0 * column).collect();
        let resampling = Resampling::new(&Weights::equal(30).unwrap(), None, 1_000, 3).unwrap();
        let difference = resampling.difference(&some(&upper), &some(&lower), Level::P95).unwrap().unwrap();
        let alone = resampling.interval(&some(&upper), Level::P95).unwrap().unwrap();
        assert!(difference.low > 0.0 && difference.width() < 0.3 * alone.width());
        let mut gaps = some(&lower);
        gaps[4..].fill(None);
        let shared = resampling.difference(&some(&upper), &gaps, Level::P95).unwrap().unwrap();
        assert!(shared.width() > difference.width());
        assert_eq!(resampling.difference(&some(&upper), &some(&upper), Level::P95), Ok(None));
    }

    #[test]
    fn intervals_cover_the_truth_in_simulation() {
        // Other columns of this kind: 50 columns with a true mean of 0.
        let resampling = Resampling::new(&Weights::equal(50).unwrap(), None, 400, 4).unwrap();
        let columns = share(1_000, 5, |random| {
            resampling.interval(&some(&normals(50, random)), Level::P95).unwrap().unwrap().contains(0.0)
        });
        assert!((0.93..0.97).contains(&columns), "{columns}");
        // Same columns, new items.
        let weights = Weights::new(vec![1.0, 1.0, 4.0]).unwrap();
        let errors = [0.5, 2.0, 0.3];
        let error = standard_error(&weights, &errors.map(Some)).unwrap().unwrap();
        let items = share(4_000, 6, |random| {
            let scores: Vec<f64> =
                normals(3, random).iter().zip(errors).map(|(deviate, error)| deviate * error).collect();
            let value = (scores[0] + scores[1] + 4.0 * scores[2]) / 6.0;
            Interval::normal(value, error, Level::P95).contains(0.0)
        });
        assert!((0.93..0.97).contains(&items), "{items}");
    }
}
