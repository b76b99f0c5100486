use super::super::bradley_terry::fit;
use super::super::cells::{Cell, Cells};
use super::super::testing::{cells, close};
use super::*;

/// Twelve models, each pair some tens of times.
fn dense() -> Cells {
    let pairs = (0..12).flat_map(|i| (0..i).map(move |j| (i, j)));
    let counts = pairs.map(|(i, j)| {
        let strong = 20 + 3 * (i - j) as u64;
        Cell {
            first: i,
            second: j,
            counts: Counts { first: strong, second: 20, tie: 5 + (i * j) as u64 % 4, both_bad: 2 },
        }
    });
    Cells::new(12, counts).unwrap()
}

#[test]
fn the_standard_deviation_is_that_of_the_sandwich() {
    let cells = dense();
    let fit = fit(&cells, Prior::None).unwrap();
    let curvature = Curvature::of(&cells, &fit).unwrap();
    let sample = bootstrap(&curvature, 2000, 7).unwrap();
    assert_eq!((sample.rounds(), sample.degenerate()), (2000, 0));
    let sandwich = curvature.sandwich();
    for (model, rating) in fit.ratings().into_iter().enumerate() {
        let (low, high) = sample.interval(model, 0.95).unwrap();
        let half = 1.96 * sandwich.standard_error(model);
        close(&[(high - low) / 2.0 / half, (high + low) / 2.0 - rating], &[1.0, 0.0], 0.1 * half.max(1.0));
        assert!(((high - low) / 2.0 / half - 1.0).abs() < 0.1);
    }
}

#[test]
fn rounds_are_the_same_for_any_number_of_threads() {
    let cells = dense();
    let fit = fit(&cells, Prior::None).unwrap();
    let curvature = Curvature::of(&cells, &fit).unwrap();
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| bootstrap(&curvature, 60, 1).unwrap())
    };
    assert_eq!(with(1), with(3));
    assert_ne!(with(1), bootstrap(&curvature, 60, 2).unwrap());
}

#[test]
fn every_round_has_as_many_battles_and_the_right_share_of_each_cell() {
    let table = dense();
    let meetings = table.meetings();
    let battles: u64 = meetings.iter().map(|meeting| meeting.counts().total()).sum();
    let resampler = Resampler::new(meetings);
    assert!(!resampler.poisson.is_empty());
    let mut drawn = Drawn::new(meetings.len());
    let mut sums = vec![(0.0, 0.0); meetings.len()];
    const ROUNDS: usize = 4000;
    for mut stream in streams(3, ROUNDS) {
        resampler.draw(&mut stream, &mut drawn);
        assert_eq!(drawn.battles.iter().map(|count| u64::from(*count)).sum::<u64>(), battles);
        for (sum, count) in sums.iter_mut().zip(&drawn.battles) {
            sum.0 += f64::from(*count);
            sum.1 += f64::from(*count).powi(2);
        }
    }
    for (meeting, (sum, squares)) in meetings.iter().zip(sums) {
        let (mean, expected) = (sum / ROUNDS as f64, meeting.battles());
        let spread = squares / ROUNDS as f64 - mean * mean;
        let binomial = expected * (1.0 - expected / battles as f64);
        assert!((mean - expected).abs() < 5.0 * (binomial / ROUNDS as f64).sqrt(), "{mean} {expected}");
        assert!((spread / binomial - 1.0).abs() < 0.12, "{spread} {binomial}");
    }
}

#[test]
fn rounds_without_a_maximum_are_counted_and_too_many_give_no_interval() {
    // Without the one win of the weaker, a round has no maximum: (9/10)^10 of them.
    let cells = cells(2, &[(0, 1, 9, 1, 0)]);
    let fitted = fit(&cells, Prior::None).unwrap();
    let sample = bootstrap(&Curvature::of(&cells, &fitted).unwrap(), 1000, 5).unwrap();
    assert!((300..400).contains(&sample.degenerate()), "{}", sample.degenerate());
    assert_eq!(sample.interval(0, 0.95), None);
    let fitted = fit(&cells, Prior::Phantom(1.0)).unwrap();
    let sample = bootstrap(&Curvature::of(&cells, &fitted).unwrap(), 100, 5).unwrap();
    assert_eq!(sample.degenerate(), 0);
    assert!(sample.interval(0, 0.95).is_some() && sample.interval(2, 0.95).is_none());
}

#[test]
fn rounds_have_the_exact_maximum() {
    let cells = cells(3, &[(0, 1, 30, 1, 2), (1, 2, 25, 3, 0), (2, 0, 2, 40, 0)]);
    let fitted = fit(&cells, Prior::None).unwrap();
    let curvature = Curvature::of(&cells, &fitted).unwrap();
    let (fitter, resampler) = (Fitter::new(&curvature), Resampler::new(curvature.meetings()));
    let (mut drawn, mut scratch, mut ratings) = (Drawn::new(3), Scratch::default(), [0.0; 3]);
    for mut stream in streams(11, 50) {
        resampler.draw(&mut stream, &mut drawn);
        if fitter.fit(&drawn, &mut scratch, &mut ratings).unwrap() {
            let table = fitter.meetings(&drawn).into_iter().map(|meeting| Cell {
                first: meeting.first(),
                second: meeting.second(),
                counts: meeting.counts(),
            });
            let exact = fit(&Cells::new(3, table).unwrap(), Prior::None).unwrap().ratings();
            close(&ratings, &exact, 1e-6);
        }
    }
}

#[test]
fn quantiles_interpolate() {
    assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.75), 3.0);
    assert_eq!((quantile(&[5.0], 0.025), quantile(&[1.0, 2.0], 1.0)), (5.0, 2.0));
}

#[test]
fn poisson_tables_have_mean_and_variance() {
    for mean in [0.2, 3.7, 250.0, 40_000.0] {
        let table = Table::poisson(mean);
        let mut stream = Xoshiro256PlusPlus::seed_from_u64(1);
        let draws: Vec<f64> = (0..20_000).map(|_| f64::from(table.draw(&mut stream))).collect();
        let found = draws.iter().sum::<f64>() / 20_000.0;
        let spread = draws.iter().map(|draw| (draw - found).powi(2)).sum::<f64>() / 20_000.0;
        assert!((found - mean).abs() < 5.0 * (mean / 20_000.0).sqrt(), "{mean} {found}");
        assert!((spread / mean - 1.0).abs() < 0.06, "{mean} {spread}");
    }
}
