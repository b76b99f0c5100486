use serde_json::Value;

use super::super::golden::{close, normals, number, numbers, section, share, whole_numbers};
use super::super::paired::{Pairs as Items, compare};
use super::super::random::{stream, uniform};
use super::critical::{quantile, range_cdf, sidak, studentised_range};
use super::*;

const SIMULATED: Critical = Critical::Simulated { draws: 4_000, seed: 1 };

fn plausible(gap: f64) -> Plausible {
    Plausible::new(gap, 0.8).unwrap()
}

fn independent(values: &[f64], errors: &[f64]) -> Estimates {
    let estimate = |(&value, &error)| Estimate { value, error: Some(error), items: None };
    Estimates::independent(&values.iter().zip(errors).map(estimate).collect::<Vec<_>>()).unwrap()
}

fn ranking(estimates: &Estimates, critical: Critical) -> Ranking {
    joint(estimates, Level::P95, critical, plausible(1.0))
}

fn sets(ranking: &Ranking) -> Vec<RankSet> {
    ranking.ranked.iter().map(|ranked| ranked.set.unwrap()).collect()
}

fn groups(ranking: &Ranking) -> Vec<Option<u32>> {
    ranking.ranked.iter().map(|ranked| ranked.group).collect()
}

fn relations(ranking: &Ranking) -> Vec<Relation> {
    ranking.neighbours.iter().map(|neighbours| neighbours.relation).collect()
}

/// A random table: values, and errors over a wide range.
fn table(size: usize, random: &mut rand_xoshiro::Xoshiro256PlusPlus) -> (Vec<f64>, Vec<f64>) {
    let values = normals(size, random).iter().map(|deviate| 4.0 * deviate).collect();
    (values, normals(size, random).iter().map(|deviate| deviate.exp()).collect())
}

mod reference {
    use super::*;

    fn cases() -> Vec<Value> {
        let all: Value = serde_json::from_str(include_str!("../../../tests/stats/ranks.json")).unwrap();
        all.as_array().unwrap().clone()
    }

    fn theirs(case: &Value, kind: &str) -> Vec<RankSet> {
        let (best, worst) = (whole_numbers(&case[kind]["best"]), whole_numbers(&case[kind]["worst"]));
        best.into_iter().zip(worst).map(|(best, worst)| RankSet { best: best as u32, worst: worst as u32 }).collect()
    }

    #[test]
    fn rank_sets_are_those_of_csranks() {
        let critical = Critical::Simulated { draws: 20_000, seed: 3 };
        let mut gained = 0;
        for case in cases() {
            let values = numbers(&case["values"]);
            let covariance: Vec<f64> = case["covariance"].as_array().unwrap().iter().flat_map(numbers).collect();
            let covariance = Covariance::new(values.len(), covariance).unwrap();
            let errors: Vec<f64> = (0..values.len()).map(|at| covariance.at(at, at).sqrt()).collect();
            let diagonal = (0..values.len()).all(|a| (0..a).all(|b| covariance.at(a, b) == 0.0));
            let correlated = Estimates::correlated(&values, covariance, None).unwrap();
            let mut ways = vec![correlated];
            if diagonal {
                ways.push(independent(&values, &errors));
            }
            for estimates in ways {
                let name = case["name"].as_str().unwrap();
                assert_eq!(sets(&ranking(&estimates, critical)), theirs(&case, "joint"), "{name}");
                let marginal = marginal(&estimates, Level::P95, critical);
                assert_eq!(marginal, theirs(&case, "marginal").into_iter().map(Some).collect::<Vec<_>>(), "{name}");
            }
            gained += u32::from(theirs(&case, "joint") != theirs(&case, "single_step"));
        }
        assert!(gained > 0, "no case shows that step-down works");
    }

    #[test]
    fn bounds_are_those_of_scipy() {
        for case in section("critical_values") {
            let (size, level) = (number(&case, "size") as usize, Level::new(number(&case, "level")).unwrap());
            close(studentised_range(size, level), number(&case, "range"), 1e-7);
            close(sidak(pairs_of(size), level), number(&case, "sidak"), 1e-7);
        }
    }

    #[test]
    fn the_range_of_thousands_is_integrated_well() {
        // Monte Carlo of the range of 5,000 deviates: the median, within its error.
        let mut ranges = super::super::super::random::rounds(
            400,
            1,
            || (),
            |(), random| {
                let values = normals(5_000, random);
                let fold = |start, pick: fn(f64, f64) -> f64| values.iter().copied().fold(start, pick);
                fold(f64::MIN, f64::max) - fold(f64::MAX, f64::min)
            },
        );
        ranges.sort_by(f64::total_cmp);
        assert!((range_cdf(5_000, ranges[200]) - 0.5).abs() < 0.08);
        assert!(studentised_range(5_000, Level::P95) < sidak(pairs_of(5_000), Level::P95));
        assert!((range_cdf(5_000, 40.0) - 1.0).abs() < 1e-9);
    }
}

mod search {
    use super::*;

    /// The maximum of every draw by looking at every pair, then step-down, as the paper has it.
    /// `values` descend.
    fn slow_critical(values: &[f64], errors: &[f64], draws: u32, seed: u64) -> f64 {
        let variance = |a: usize, b: usize| errors[a] * errors[a] + errors[b] * errors[b];
        let pairs: Vec<(usize, usize)> =
            (0..values.len()).flat_map(|a| (0..values.len()).map(move |b| (a, b))).filter(|(a, b)| a != b).collect();
        let mut limit = f64::INFINITY;
        let mut family = pairs.clone();
        loop {
            let greatest = |round| {
                let deviates = normals(values.len(), &mut stream(seed, round));
                let one = |&(a, b): &(usize, usize)| {
                    (deviates[a] * errors[a] - deviates[b] * errors[b]) / variance(a, b).sqrt()
                };
                family.iter().map(one).fold(0.0, f64::max)
            };
            let next = quantile((0..draws).map(greatest).collect(), Level::P95).min(limit);
            let left = |&&(a, b): &&(usize, usize)| values[a] - values[b] <= next * variance(a, b).sqrt();
            let remaining: Vec<_> = pairs.iter().filter(left).copied().collect();
            if remaining.len() == family.len() {
                return next;
            }
            (limit, family) = (next, remaining);
        }
    }

    #[test]
    fn the_bounded_search_finds_what_looking_at_all_pairs_finds() {
        for seed in 0..12 {
            let (mut values, errors) = table(2 + seed as usize * 3, &mut stream(77, seed));
            values.sort_by(|a, b| b.total_cmp(a));
            let estimates = independent(&values, &errors);
            let critical = ranking(&estimates, Critical::Simulated { draws: 300, seed: 5 }).critical;
            close(critical, slow_critical(&values, &errors, 300, 5), 1e-9);
        }
    }

    #[test]
    fn a_diagonal_matrix_gives_what_independent_errors_give() {
        let (values, errors) = table(20, &mut stream(8, 0));
        let matrix = Estimates::correlated(&values, Covariance::diagonal(&errors).unwrap(), None).unwrap();
        let (a, b) = (ranking(&matrix, SIMULATED), ranking(&independent(&values, &errors), SIMULATED));
        close(a.critical, b.critical, 1e-9);
        assert_eq!(a.ranked, b.ranked);
    }

    #[test]
    fn sets_count_all_pairs_that_are_separated() {
        for (seed, size) in [(1, 1), (2, 2), (3, 40), (4, 333)] {
            let (values, errors) = table(size, &mut stream(seed, 0));
            let estimates = independent(&values, &errors);
            let ranking = ranking(&estimates, Critical::Bound);
            let pairs = Normal { estimates: &estimates, critical: ranking.critical };
            let count = |of: &dyn Fn(usize) -> bool| (0..size).filter(|&other| of(other)).count() as u32;
            for (at, set) in sets(&ranking).into_iter().enumerate() {
                assert_eq!(set.best, 1 + count(&|other| pairs.separated(other, at)));
                assert_eq!(set.worst, size as u32 - count(&|other| pairs.separated(at, other)));
                assert!(set.contains(ranking.ranked[at].place));
            }
        }
    }
}

mod reading {
    use super::*;

    #[test]
    fn permuting_the_estimates_permutes_the_ranking() {
        let (mut values, mut errors) = table(30, &mut stream(6, 0));
        (values[3], values[20], errors[20]) = (values[11], values[11], errors[11]);
        let reversed = |values: &[f64]| values.iter().rev().copied().collect::<Vec<f64>>();
        let common = |a: usize, b: usize| if a == b { errors[a] * errors[a] + 0.1 } else { 0.1 };
        let matrix = Covariance::from_fn(30, common).unwrap();
        let reversed_matrix = Covariance::from_fn(30, |a, b| common(29 - a, 29 - b)).unwrap();
        let both_ways = [
            (independent(&values, &errors), independent(&reversed(&values), &reversed(&errors))),
            (
                Estimates::correlated(&values, matrix, None).unwrap(),
                Estimates::correlated(&reversed(&values), reversed_matrix, None).unwrap(),
            ),
        ];
        for (there, back) in both_ways {
            for critical in [SIMULATED, Critical::Bound] {
                let (there, mut back) = (
                    (ranking(&there, critical), marginal(&there, Level::P95, critical)),
                    (ranking(&back, critical), marginal(&back, Level::P95, critical)),
                );
                back.0.ranked.reverse();
                back.1.reverse();
                assert_eq!(back.0.ranked, there.0.ranked);
                assert_eq!(back.0.neighbours, there.0.neighbours);
                assert_eq!(back.1, there.1);
            }
        }
    }

    #[test]
    fn the_number_of_threads_changes_nothing() {
        let (values, errors) = table(40, &mut stream(12, 0));
        let estimates = independent(&values, &errors);
        let single = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        assert_eq!(single.install(|| ranking(&estimates, SIMULATED)), ranking(&estimates, SIMULATED));
    }

    #[test]
    fn groups_do_not_chain() {
        // Each is tied with the next; the third is separated from the first.
        let values = [10.0, 8.0, 6.0, 4.0, 2.0];
        let ranking = ranking(&independent(&values, &[0.8; 5]), Critical::Bound);
        assert_eq!(groups(&ranking), [1, 1, 2, 2, 3].map(Some));
        assert_eq!(sets(&ranking)[2], RankSet { best: 2, worst: 4 });
    }

    #[test]
    fn equal_values_share_a_place_and_a_group_whatever_the_test_says() {
        // The second of the equal ones is so exact that it is separated from the first row, the third is not.
        let ranking = ranking(&independent(&[10.0, 8.0, 8.0], &[0.1, 0.1, 9.0]), Critical::Bound);
        assert_eq!(ranking.ranked.iter().map(|ranked| ranked.place).collect::<Vec<_>>(), [1, 2, 2]);
        assert_eq!(groups(&ranking), [1, 1, 1].map(Some));
    }

    #[test]
    fn a_duplicate_ties_with_itself() {
        let scores = [[1.0, 0.0, 1.0, 0.5, 0.25], [1.0, 0.0, 1.0, 0.5, 0.25], [0.0, 0.0, 1.0, 0.0, 0.5]];
        let covariance = Covariance::of_means(&scores).unwrap().unwrap();
        let values: Vec<f64> = scores.iter().map(|scores| super::super::super::mean(scores).unwrap()).collect();
        let ranking = ranking(&Estimates::correlated(&values, covariance, Some(5)).unwrap(), SIMULATED);
        assert_eq!(ranking.ranked[0], ranking.ranked[1]);
        assert_eq!(relations(&ranking)[0], Relation::Tied);
    }

    #[test]
    fn what_has_no_standard_error_is_not_tested_and_bounds_nobody() {
        let estimate = |value, error| Estimate { value, error, items: None };
        let table = [
            estimate(9.0, Some(0.1)),
            estimate(7.0, None),
            estimate(5.0, Some(0.1)),
            estimate(4.0, Some(0.0)),
            estimate(3.0, Some(0.1)),
        ];
        let ranking = ranking(&Estimates::independent(&table).unwrap(), SIMULATED);
        let place = |best, worst| Some(RankSet { best, worst });
        assert_eq!(
            ranking.ranked.iter().map(|ranked| ranked.set).collect::<Vec<_>>(),
            [place(1, 3), None, place(2, 4), None, place(3, 5)]
        );
        assert_eq!(groups(&ranking), [Some(1), None, Some(2), None, Some(3)]);
        assert_eq!(relations(&ranking), [Relation::NotTested; 4]);
        assert_eq!(ranking.family, 3);
    }

    #[test]
    fn tied_and_underpowered_differ_by_the_gap_that_could_have_been_seen() {
        let table = [(50.0, 0.1), (49.9, 0.1), (40.0, 3.0), (38.0, 3.0)];
        let estimates: Vec<Estimate> =
            table.iter().map(|&(value, error)| Estimate { value, error: Some(error), items: Some(500) }).collect();
        let ranking = joint(&Estimates::independent(&estimates).unwrap(), Level::P95, Critical::Bound, plausible(2.0));
        assert_eq!(relations(&ranking), [Relation::Tied, Relation::Separated, Relation::Underpowered]);
        let resolution = ranking.neighbours[2].resolution.unwrap();
        close(resolution.detectable_gap, (ranking.critical + 0.841_621_233_6) * 18.0_f64.sqrt(), 1e-9);
        // The standard error falls with the root of the number of items.
        let items = resolution.items.unwrap() as f64;
        let error = 18.0_f64.sqrt() * (500.0 / items).sqrt();
        close((ranking.critical + 0.841_621_233_6) * error, 2.0, 1e-3);
    }

    #[test]
    fn tables_without_pairs_have_places_and_nothing_to_compare() {
        for critical in [SIMULATED, Critical::Bound] {
            let none = ranking(&Estimates::independent(&[]).unwrap(), critical);
            assert_eq!((none.ranked.len(), none.neighbours.len(), none.family), (0, 0, 0));
            let one = ranking(&independent(&[5.0], &[1.0]), critical);
            assert_eq!(one.ranked, [Ranked { place: 1, set: Some(RankSet { best: 1, worst: 1 }), group: Some(1) }]);
            let untested = Estimate { value: 2.0, error: None, items: None };
            let ranking = ranking(&Estimates::independent(&[untested; 3]).unwrap(), critical);
            assert_eq!(ranking.ranked, [Ranked { place: 1, set: None, group: None }; 3]);
            assert_eq!(marginal(&Estimates::independent(&[untested; 3]).unwrap(), Level::P95, critical), [None; 3]);
        }
    }

    #[test]
    fn what_is_no_number_is_refused_at_the_door() {
        let refused = |value, error| Estimates::independent(&[Estimate { value, error, items: None }]).unwrap_err();
        assert_eq!(refused(f64::NAN, None), Refused::NotFinite { at: 0 });
        assert_eq!(refused(1.0, Some(f64::NAN)), Refused::NotFinite { at: 0 });
        assert_eq!(refused(1.0, Some(f64::INFINITY)), Refused::NotFinite { at: 0 });
        assert_eq!(refused(1.0, Some(-0.1)), Refused::Negative { at: 0 });
        assert_eq!(Plausible::new(f64::NAN, 0.8), Err(Refused::OutOfRange));
        assert_eq!(Plausible::new(1.0, 1.0), Err(Refused::OutOfRange));
        let matrix = Covariance::diagonal(&[1.0, 1.0]).unwrap();
        assert_eq!(
            Estimates::correlated(&[1.0], matrix, None).unwrap_err(),
            Refused::Lengths { expected: 1, found: 2 }
        );
        assert!(by_comparisons(&[f64::NAN], Level::P95, plausible(1.0), |_, _| None).is_err());
    }

    #[test]
    fn five_thousand_estimates_are_ranked() {
        let (values, errors) = table(5_000, &mut stream(9, 0));
        let ranking = ranking(&independent(&values, &errors), Critical::for_estimates(5_000, 1));
        assert_eq!(ranking.family, 12_497_500);
        assert!(ranking.ranked.iter().all(|ranked| ranked.set.unwrap().contains(ranked.place)));
        assert!(sets(&ranking).iter().any(|set| set.best > 1000));
    }
}

mod comparisons {
    use super::*;

    fn items(size: usize, gap: f64, random: &mut rand_xoshiro::Xoshiro256PlusPlus) -> Vec<Vec<f64>> {
        let difficulty = normals(120, random);
        let mut one = |ability: f64| -> Vec<f64> {
            let right = |(own, shared): (&f64, &f64)| f64::from(u8::from(ability + own > *shared));
            normals(120, random).iter().zip(&difficulty).map(right).collect()
        };
        (0..size).map(|at| one(gap * at as f64)).collect()
    }

    fn rank(scores: &[Vec<f64>]) -> Ranking {
        let means: Vec<f64> = scores.iter().map(|scores| super::super::super::mean(scores).unwrap()).collect();
        let comparison = |a: usize, b: usize| compare(&Items::new(&scores[a], &scores[b]).unwrap(), 1);
        by_comparisons(&means, Level::P95, plausible(0.2), comparison).unwrap()
    }

    #[test]
    fn paired_tests_give_rank_sets_groups_and_resolutions() {
        let scores = items(5, 0.8, &mut stream(3, 0));
        let ranking = rank(&scores);
        assert_eq!(ranking.family, 10);
        assert_eq!(ranking.order.len(), 5);
        assert!(sets(&ranking).iter().zip(&ranking.ranked).all(|(set, ranked)| set.contains(ranked.place)));
        assert_eq!((sets(&ranking)[4].best, sets(&ranking)[0].worst), (1, 5));
        assert!(ranking.neighbours.iter().all(|neighbours| neighbours.resolution.unwrap().detectable_gap > 0.0));
        let mut reversed = rank(&scores.iter().rev().cloned().collect::<Vec<_>>());
        reversed.ranked.reverse();
        assert_eq!(reversed.ranked, ranking.ranked);
    }

    #[test]
    fn pairs_without_a_test_separate_nobody() {
        let none = by_comparisons(&[3.0, 2.0, 1.0], Level::P95, plausible(1.0), |_, _| None).unwrap();
        assert_eq!(relations(&none), [Relation::NotTested; 2]);
        assert!(none.ranked.iter().all(|ranked| ranked.set.is_none() && ranked.group.is_none()));
        assert_eq!(by_comparisons(&[], Level::P95, plausible(1.0), |_, _| None).unwrap().family, 0);
    }

    #[test]
    fn holm_over_all_pairs_keeps_its_level_in_simulation() {
        let wrong = share(1_000, 2, |random| {
            let ranking = rank(&items(4, 0.0, random));
            sets(&ranking).iter().any(|set| *set != RankSet { best: 1, worst: 4 })
        });
        assert!(wrong <= 0.055, "{wrong}");
    }
}

mod simulation {
    use super::*;

    /// Whether every set holds every rank that an estimate truly has (equal ones have several).
    fn hold(sets: &[Option<RankSet>], truth: &[f64]) -> Vec<bool> {
        let holds = |(set, value): (&Option<RankSet>, &f64)| {
            let best = 1 + truth.iter().filter(|&other| other > value).count() as u32;
            let worst = truth.iter().filter(|&other| other >= value).count() as u32;
            set.is_some_and(|set| set.contains(best) && set.contains(worst))
        };
        sets.iter().zip(truth).map(holds).collect()
    }

    const TRUTH: [f64; 6] = [0.0, 0.0, 0.5, 1.0, 1.0, 4.0];
    const ERRORS: [f64; 6] = [0.5, 1.0, 0.4, 0.3, 1.5, 0.4];

    fn draw(random: &mut rand_xoshiro::Xoshiro256PlusPlus) -> Estimates {
        let deviates = normals(6, random);
        let values: Vec<f64> = (0..6).map(|at| TRUTH[at] + ERRORS[at] * deviates[at]).collect();
        independent(&values, &ERRORS)
    }

    #[test]
    fn joint_sets_hold_all_true_ranks() {
        for critical in [Critical::Simulated { draws: 399, seed: 1 }, Critical::Bound] {
            let covered = share(1_500, 3, |random| {
                let ranking = ranking(&draw(random), critical);
                hold(&ranking.ranked.iter().map(|ranked| ranked.set).collect::<Vec<_>>(), &TRUTH)
                    .iter()
                    .all(|&held| held)
            });
            assert!(covered >= 0.93, "{critical:?}: {covered}");
        }
    }

    #[test]
    fn marginal_sets_hold_each_true_rank_and_not_much_more() {
        for critical in [Critical::Simulated { draws: 299, seed: 1 }, Critical::Bound] {
            let held = super::super::super::random::rounds(
                1_000,
                4,
                || (),
                |(), random| hold(&marginal(&draw(random), Level::P95, critical), &TRUTH),
            );
            for at in 0..6 {
                let covered = held.iter().filter(|held| held[at]).count();
                assert!(covered >= 930, "{critical:?}: {covered} for estimate {at}");
            }
        }
    }

    #[test]
    fn estimates_that_share_items_are_covered_and_separated_more_often() {
        let abilities = [0.0, 0.0, 0.3, 0.8];
        let (covered, narrower): (Vec<bool>, Vec<u32>) = super::super::super::random::rounds(
            1_000,
            5,
            || (),
            |(), random| {
                let shared = normals(100, random);
                let scores: Vec<Vec<f64>> = abilities
                    .iter()
                    .map(|ability| {
                        normals(100, random).iter().zip(&shared).map(|(own, item)| ability + 0.5 * own + item).collect()
                    })
                    .collect();
                let means: Vec<f64> = scores.iter().map(|scores| super::super::super::mean(scores).unwrap()).collect();
                let covariance = Covariance::of_means(&scores).unwrap().unwrap();
                let errors: Vec<f64> = (0..4).map(|at| covariance.at(at, at).sqrt()).collect();
                let critical = Critical::Simulated { draws: 199, seed: 1 };
                let paired = ranking(&Estimates::correlated(&means, covariance, None).unwrap(), critical);
                let unpaired = ranking(&independent(&means, &errors), critical);
                let width = |ranking: &Ranking| sets(ranking).iter().map(|set| set.worst - set.best).sum::<u32>();
                let held = hold(&paired.ranked.iter().map(|ranked| ranked.set).collect::<Vec<_>>(), &abilities);
                (held.iter().all(|&held| held), width(&unpaired) - width(&paired).min(width(&unpaired)))
            },
        )
        .into_iter()
        .unzip();
        assert!(covered.iter().filter(|&&covered| covered).count() >= 930);
        assert!(narrower.iter().filter(|&&gain| gain > 0).count() > 800);
    }

    #[test]
    fn equal_estimates_are_rarely_separated() {
        for critical in [Critical::Simulated { draws: 999, seed: 1 }, Critical::Bound] {
            let separated = share(1_000, 6, |random| {
                let errors = [0.3, 1.0, 1.0, 2.0, uniform(random) + 0.1];
                let values: Vec<f64> =
                    normals(5, random).iter().zip(errors).map(|(deviate, error)| deviate * error).collect();
                sets(&ranking(&independent(&values, &errors), critical)).iter().any(|set| set.worst - set.best < 4)
            });
            assert!(separated <= 0.065, "{critical:?}: {separated}");
        }
    }
}

/// Rows that lead in every column by about 3, 0 and −9, with noise from column to column.
fn columns_of(rows: &[f64], columns: usize, seed: u64) -> Matrix {
    let mut random = stream(seed, 0);
    let mut noise = vec![0.0; columns];
    let of_row = |shift: &f64| {
        fill_normal(&mut random, &mut noise);
        noise.iter().map(|noise| Some(shift + noise)).collect::<Vec<_>>()
    };
    Matrix::from_rows(&rows.iter().map(of_row).collect::<Vec<_>>()).unwrap()
}

#[test]
fn columns_decide_like_students_t_over_their_differences() {
    let points = Matrix::from_rows(&[[3.0, 5.0, 4.0, 6.0].map(Some), [1.0, 2.0, 1.0, 2.0].map(Some)]).unwrap();
    let estimates = Estimates::over_columns(&points, &[0.25; 4]).unwrap();
    // Differences 2, 3, 3, 4: mean 3, standard deviation √(2/3), standard error 0.408; t = 7.35 on 3 degrees of freedom.
    assert!((estimates.variance_of_difference(0, 1).unwrap().sqrt() - 0.408_248_290_463_863).abs() < 1e-12);
    let plausible = Plausible::new(1.0, 0.8).unwrap();
    let ranking = joint(&estimates, Level::P95, Critical::Bound, plausible);
    assert!((ranking.critical - 3.182_446_305_284_263).abs() < 1e-5, "{}", ranking.critical);
    assert_eq!(ranking.ranked[0].set, Some(RankSet { best: 1, worst: 1 }));
    let sums = Estimates::over_columns(&points, &[1.0; 4]).unwrap();
    assert!((sums.variance_of_difference(0, 1).unwrap().sqrt() - 4.0 * 0.408_248_290_463_863).abs() < 1e-12);
    let reversed = Estimates::over_columns(&points, &[-0.25; 4]).unwrap();
    assert_eq!(joint(&reversed, Level::P95, Critical::Bound, plausible).ranked[0].place, 2);
    assert!(
        Estimates::over_columns(&points, &[0.0; 4]).is_err() && Estimates::over_columns(&points, &[1.0; 3]).is_err()
    );
}

#[test]
fn rank_sets_over_columns_hold_the_true_ranks() {
    let truth = [3.0, 0.0, 0.0, -9.0];
    let holds = |seed| {
        let estimates = Estimates::over_columns(&columns_of(&truth, 12, seed), &[1.0 / 12.0; 12]).unwrap();
        let ranking = joint(&estimates, Level::P95, Critical::Bound, Plausible::new(1.0, 0.8).unwrap());
        let sets: Vec<RankSet> = ranking.ranked.iter().filter_map(|row| row.set).collect();
        sets[0].contains(1)
            && sets[1].best <= 2
            && sets[1].worst >= 3
            && sets[2].best <= 2
            && sets[2].worst >= 3
            && sets[3].contains(4)
    };
    let held = (0..1_000).filter(|seed| holds(*seed)).count();
    assert!(held >= 930, "{held}");
}
