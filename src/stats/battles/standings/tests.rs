use super::super::cells::{Cell, Counts};
use super::super::testing::{cells, close, mixed};
use super::*;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

fn plain(cells: &Cells) -> Standings {
    standings(cells, None, Options::default()).unwrap()
}

/// Ratings by model.
fn ratings(cells: &Cells) -> Vec<f64> {
    let mut ratings = vec![f64::NAN; cells.models()];
    for row in plain(cells).islands.iter().flat_map(|island| &island.rows) {
        ratings[row.model] = row.rating;
    }
    ratings
}

/// A uniform number from 0 to 1.
fn uniform(stream: &mut Xoshiro256PlusPlus) -> f64 {
    (stream.next_u64() >> 11) as f64 / (1u64 << 53) as f64
}

/// `battles` battles of each pair of models with these strengths; a third of what is left are draws.
fn drawn(theta: &[f64], battles: u64, stream: &mut Xoshiro256PlusPlus) -> Cells {
    let mut table = Vec::new();
    for first in 0..theta.len() {
        for second in 0..first {
            let p = 1.0 / (1.0 + (theta[second] - theta[first]).exp());
            let tie = 2.0 / 3.0 * p.min(1.0 - p);
            let mut counts = Counts::default();
            for _ in 0..battles {
                let u = uniform(stream);
                match u {
                    u if u < tie => counts.tie += 1,
                    u if u < tie / 2.0 + p => counts.first += 1,
                    _ => counts.second += 1,
                }
            }
            table.push(Cell { first, second, counts });
        }
    }
    Cells::new(theta.len(), table).unwrap()
}

#[test]
fn a_connected_table_has_maximum_likelihood_ratings_and_sandwich_intervals() {
    let found = plain(&mixed());
    let [island] = &found.islands[..] else { panic!() };
    assert_eq!((island.prior, island.classes, island.battles), (Prior::None, 1, 5));
    let models: Vec<_> = island.rows.iter().map(|row| (row.model, row.place)).collect();
    assert_eq!(models, [(0, 1), (2, 1), (1, 1)], "five battles tell nobody apart");
    let first = island.rows[0];
    let Interval::Between(low, high) = first.interval else { panic!() };
    close(&[low, high], &[1060.157454747 - Z * 90.144531108, 1060.157454747 + Z * 90.144531108], 1e-6);
    assert!(first.marks.few_battles && !first.marks.beyond);
    assert_eq!(first.ranks, (1, 3));
    close(&[island.lead.unwrap().gap], &[1060.157454747 - 1015.422969954], 1e-8);
}

#[test]
fn islands_are_ranked_apart_and_models_without_battles_not_at_all() {
    let found = plain(&cells(7, &[(0, 1, 1, 1, 0), (2, 3, 4, 1, 1), (5, 2, 1, 1, 0)]));
    let members: Vec<Vec<usize>> =
        found.islands.iter().map(|island| island.rows.iter().map(|row| row.model).collect()).collect();
    assert_eq!((members, found.without_battles), (vec![vec![2, 5, 3], vec![0, 1]], vec![4, 6]));
    let second = &found.islands[1];
    assert!(second.rows.iter().all(|row| row.place == 1 && row.ranks == (1, 2)));
}

#[test]
fn an_undefeated_and_a_winless_model_get_bounds_and_take_no_place() {
    let ring = [(1, 2, 40, 30, 0), (2, 3, 35, 30, 5), (3, 1, 40, 38, 0)];
    let table = cells(5, &[&ring[..], &[(0, 1, 25, 0, 0), (0, 2, 25, 0, 0), (3, 4, 50, 0, 0)]].concat());
    let found = plain(&table);
    let island = &found.islands[0];
    assert_eq!((island.prior, island.classes), (Prior::Phantom(1.0), 3));
    let (top, last) = (island.rows[0], island.rows[4]);
    assert!(top.marks.undefeated && top.marks.beyond && last.marks.winless && last.marks.beyond);
    let (Interval::AtLeast(least), Interval::AtMost(most)) = (top.interval, last.interval) else { panic!() };
    assert!(least > 1300.0 && least < top.rating && most < 800.0 && most > last.rating, "{least} {most}");
    for row in &island.rows[1..4] {
        assert!(!row.marks.beyond && row.place == 2, "{row:?}");
        assert!(matches!(row.interval, Interval::Between(low, high) if high - low < 200.0));
    }
    assert_eq!(last.place, 5);
}

#[test]
fn draws_alone_are_no_certainty() {
    let found = plain(&cells(3, &[(0, 1, 0, 0, 50), (1, 2, 0, 0, 50)]));
    for row in &found.islands[0].rows {
        assert_eq!((row.interval, row.standard_error, row.ranks), (Interval::Unknown, None, (1, 3)));
        assert!(row.marks.no_variance && row.place == 1);
    }
    assert_eq!(found.islands[0].lead.unwrap().p, 1.0);
}

#[test]
fn clustering_widens_where_battles_repeat_each_other() {
    let mut stream = Xoshiro256PlusPlus::seed_from_u64(4);
    let table = drawn(&[0.3, 0.0, -0.3], 60, &mut stream);
    let mut votes = Vec::new();
    for cell in table.cells() {
        let counts =
            [(super::super::Outcome::First, cell.counts.first), (super::super::Outcome::Second, cell.counts.second)];
        for (outcome, count) in counts.into_iter().chain([(super::super::Outcome::Tie, cell.counts.tie)]) {
            for copy in 0..count {
                let cluster = (votes.len() as u64 - copy) * 1000 + copy / 5;
                votes.push(Vote { first: cell.first, second: cell.second, outcome, weight: 1, cluster });
            }
        }
    }
    let clustered = standings(&table, Some(&votes), Options::default()).unwrap();
    let (plain, clustered) = (plain(&table).islands.remove(0), &clustered.islands[0]);
    for (plain, clustered) in plain.rows.iter().zip(&clustered.rows) {
        let ratio = clustered.standard_error.unwrap() / plain.standard_error.unwrap();
        assert!((1.8..2.6).contains(&ratio), "{ratio}");
    }
}

#[test]
fn a_bootstrap_gives_its_intervals() {
    let table = drawn(&[0.5, 0.0, -0.5], 200, &mut Xoshiro256PlusPlus::seed_from_u64(1));
    let options = Options { bootstrap: Some(Rounds { rounds: 500, seed: 3 }), ..Options::default() };
    let found = standings(&table, None, options).unwrap();
    assert_eq!(found.islands[0].degenerate_rounds, Some(0));
    for (found, plain) in found.islands[0].rows.iter().zip(&plain(&table).islands[0].rows) {
        let (Interval::Between(low, high), Interval::Between(plain_low, plain_high)) = (found.interval, plain.interval)
        else {
            panic!()
        };
        assert!(((high - low) / (plain_high - plain_low) - 1.0).abs() < 0.15);
        assert_ne!(low, plain_low);
    }
}

#[test]
fn renumbering_models_and_reordering_cells_changes_nothing() {
    let mut stream = Xoshiro256PlusPlus::seed_from_u64(9);
    for _ in 0..30 {
        let models = 3 + (stream.next_u64() % 6) as usize;
        let theta: Vec<f64> = (0..models).map(|_| 3.0 * uniform(&mut stream) - 1.5).collect();
        let table = drawn(&theta, 4, &mut stream);
        let mut numbers: Vec<usize> = (0..models).collect();
        for last in (1..models).rev() {
            numbers.swap(last, (stream.next_u64() % (last as u64 + 1)) as usize);
        }
        let cells = table.cells().iter().rev().map(|cell| match stream.next_u64() % 2 {
            0 => Cell { first: numbers[cell.first], second: numbers[cell.second], counts: cell.counts },
            _ => Cell { first: numbers[cell.second], second: numbers[cell.first], counts: cell.counts.swapped() },
        });
        let renumbered = ratings(&Cells::new(models, cells).unwrap());
        for (model, rating) in ratings(&table).into_iter().enumerate() {
            let other = renumbered[numbers[model]];
            assert!(rating.is_nan() && other.is_nan() || (rating - other).abs() < 1e-7, "{rating} {other}");
        }
    }
}

#[test]
fn adding_a_clone_moves_no_one_and_it_ties() {
    let table = drawn(&[0.6, 0.1, -0.2, -0.5], 50, &mut Xoshiro256PlusPlus::seed_from_u64(2));
    let fit = bradley_terry::fit(&table, Prior::None).unwrap();
    // The clone plays as model 1 would: with the counts that the fit expects of it, so that it says nothing new.
    let clone = [0, 2, 3].map(|other| {
        let expected = (1e12 * fit.probability(1, other)).round() as u64;
        let counts = Counts { first: expected, second: 1_000_000_000_000 - expected, ..Counts::default() };
        Cell { first: 4, second: other, counts }
    });
    let with = Cells::new(5, table.cells().iter().copied().chain(clone)).unwrap();
    let (before, after) = (ratings(&table), ratings(&with));
    let shift = after[0] - before[0];
    for model in 1..4 {
        assert!((after[model] - before[model] - shift).abs() < 1e-3, "{after:?} {before:?}");
    }
    assert!((after[4] - before[1] - shift).abs() < 1e-3);
}

#[test]
fn duplicates_of_a_model_tie() {
    // Models 0 and 1 have the same results against all others and drew with each other.
    let table = cells(
        4,
        &[(0, 2, 7, 3, 1), (1, 2, 7, 3, 1), (3, 0, 4, 2, 0), (3, 1, 4, 2, 0), (2, 3, 5, 5, 0), (0, 1, 0, 0, 3)],
    );
    let rows = &plain(&table).islands[0].rows;
    let of = |model| rows.iter().find(|row| row.model == model).unwrap();
    assert_eq!((of(0).place, of(0).ranks), (of(1).place, of(1).ranks));
    close(&[of(0).rating], &[of(1).rating], 1e-9);
}

#[test]
fn repeating_every_battle_changes_no_rating() {
    let table = drawn(&[0.6, 0.1, -0.2, -0.5], 30, &mut Xoshiro256PlusPlus::seed_from_u64(5));
    let twice = Cells::new(4, table.cells().iter().chain(table.cells()).copied()).unwrap();
    close(&ratings(&table), &ratings(&twice), 1e-7);
}

#[test]
fn sandwich_intervals_cover_the_truth() {
    const DRAWS: u32 = 1500;
    let theta = [0.7, 0.3, 0.0, -0.2, -0.8];
    let mean = theta.iter().sum::<f64>() / 5.0;
    let mut stream = Xoshiro256PlusPlus::seed_from_u64(20_261_122);
    let (mut covered, mut ranked) = (0u32, 0u32);
    for _ in 0..DRAWS {
        let rows = plain(&drawn(&theta, 40, &mut stream)).islands.remove(0).rows;
        for row in &rows {
            let truth = bradley_terry::ANCHOR + bradley_terry::ELO * (theta[row.model] - mean);
            let Interval::Between(low, high) = row.interval else { continue };
            covered += u32::from((low..=high).contains(&truth));
        }
        // The strengths are in descending order: model 0 is first.
        let holds = |row: &Standing| (row.ranks.0..=row.ranks.1).contains(&(row.model + 1));
        ranked += u32::from(rows.iter().all(holds));
    }
    let (covered, ranked) = (f64::from(covered) / f64::from(DRAWS * 5), f64::from(ranked) / f64::from(DRAWS));
    assert!((0.93..0.97).contains(&covered), "{covered}");
    assert!(ranked >= 0.93, "{ranked}");
}

#[test]
fn rank_intervals_of_equal_models_hold_their_level() {
    const DRAWS: u32 = 1000;
    let mut stream = Xoshiro256PlusPlus::seed_from_u64(8);
    let all_tie =
        |_: &u32| plain(&drawn(&[0.0; 5], 40, &mut stream)).islands[0].rows.iter().all(|row| row.ranks == (1, 5));
    let held = (0..DRAWS).filter(all_tie).count() as f64 / f64::from(DRAWS);
    assert!(held >= 0.935, "{held}");
}

#[test]
fn degenerate_tables_are_ranked_or_empty() {
    for table in [cells(0, &[]), cells(1, &[]), cells(3, &[])] {
        let found = plain(&table);
        assert_eq!((found.islands.len(), found.without_battles.len()), (0, table.models()));
        assert_eq!(found.position_bias, None);
    }
    let one = plain(&cells(2, &[(0, 1, 1, 0, 0)]));
    close(
        &one.islands[0].rows.iter().map(|row| row.rating).collect::<Vec<_>>(),
        &[1131.384089112, 868.615910888],
        1e-8,
    );
    assert_eq!(one.islands[0].rows[0].ranks, (1, 2));
    let chain: Vec<_> = (0..MOST_MODELS).map(|model| (model, model + 1, 1, 0, 0)).collect();
    let found = standings(&cells(MOST_MODELS + 1, &chain), None, Options::default());
    assert_eq!(found, Err(BattleError::TooManyModels { models: MOST_MODELS + 1 }));
    let bad = Options { phantom_draws: f64::NAN, ..Options::default() };
    assert_eq!(standings(&cells(2, &[(0, 1, 1, 0, 0)]), None, bad), Err(BattleError::BadPrior));
}
