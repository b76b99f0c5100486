use super::super::golden::{close, normals, number, numbers, section, share};
use super::super::random::{stream, uniform};
use super::*;

fn flip(differences: &[f64]) -> f64 {
    sign_flip(&Sample::new(differences).unwrap(), 1).get()
}

/// Scores of items whose difficulty both sides share.
fn scores(random: &mut Xoshiro256PlusPlus, items: usize, binary: bool) -> (Vec<f64>, Vec<f64>) {
    let difficulty = normals(items, random);
    let mut side = || -> Vec<f64> {
        let score = |(own, shared): (&f64, &f64)| {
            if binary { f64::from(u8::from(own + shared > 0.0)) } else { own + shared }
        };
        normals(items, random).iter().zip(&difficulty).map(score).collect()
    };
    (side(), side())
}

#[test]
fn mcnemar_tests_are_those_of_statsmodels() {
    for case in section("mcnemar") {
        let discordant = Discordant { only_a: case["b"].as_u64().unwrap(), only_b: case["c"].as_u64().unwrap() };
        close(mcnemar(discordant).get(), number(&case, "exact"), 1e-9);
        close(mcnemar_mid_p(discordant).get(), number(&case, "mid"), 1e-9);
        let swapped = Discordant { only_a: discordant.only_b, only_b: discordant.only_a };
        assert_eq!(mcnemar(discordant), mcnemar(swapped));
    }
}

#[test]
fn a_few_differences_are_enumerated() {
    for case in section("sign_flips_few") {
        close(flip(&numbers(&case["differences"])), number(&case, "p"), 1e-12);
    }
    assert_eq!(flip(&[]), 1.0);
    assert_eq!(flip(&[0.0; 30]), 1.0);
}

#[test]
fn many_differences_are_drawn_and_tails_approximated() {
    for case in section("sign_flips_many") {
        let (ours, exact) = (flip(&numbers(&case["differences"])), number(&case, "p"));
        if exact > 0.02 {
            // Five standard deviations of 10,000 draws.
            close(ours, exact, 0.025);
        } else {
            assert!((ours / exact - 1.0).abs() < 0.1, "{ours} is not {exact}");
        }
    }
}

#[test]
fn one_difference_that_outweighs_all_others_leaves_half_of_the_patterns() {
    let differences: Vec<f64> = std::iter::once(1e9).chain((0..40).map(|_| 1.0)).collect();
    assert!(flip(&differences) > 0.0);
    let alike = flip(&[0.25; 400]);
    assert!(alike > 0.0 && alike < 1e-100, "{alike}");
}

#[test]
fn unpaired_tests_are_those_of_scipy() {
    for case in section("unpaired") {
        let side = |key: &str| {
            let numbers = numbers(&case[key]);
            Measured { value: numbers[0], error: numbers[1] }
        };
        let comparison = unpaired(side("a"), side("b")).unwrap();
        assert!((comparison.p.get() / number(&case, "p") - 1.0).abs() < 1e-9);
        assert_eq!((comparison.test, comparison.n), (Test::Unpaired, None));
    }
    let side = |value, error| Measured { value, error };
    assert_eq!(unpaired(side(1.0, 0.0), side(1.0, 1.0)), Err(Refused::Negative { at: 0 }));
    assert_eq!(unpaired(side(1.0, 1.0), side(f64::NAN, 1.0)), Err(Refused::NotFinite { at: 1 }));
}

#[test]
fn the_scores_decide_the_test() {
    let (a, b) = ([1.0, 0.0, 1.0, 1.0], [0.0, 0.0, 1.0, 0.0]);
    let clusters = [1, 1, 2, 3];
    let test = |pairs: Result<Pairs, _>| compare(&pairs.unwrap(), 1).unwrap();
    let binary = test(Pairs::new(&a, &b));
    assert_eq!((binary.test, binary.n, binary.difference), (Test::McNemar, Some(4), 0.5));
    close(binary.p.get(), 0.5, 1e-12);
    assert_eq!(test(Pairs::clustered(&a, &b, &clusters)).test, Test::SignFlip);
    assert_eq!(test(Pairs::new(&a, &[0.0, 0.5, 1.0, 0.0])).test, Test::SignFlip);
}

#[test]
fn strata_are_compared_by_what_their_clusters_add_to_the_difference() {
    // Three repositories in both strata: sums 0.6, 0.5 and -0.2, of which four of eight patterns of signs are as extreme.
    let (first, second) = ([0.2, 0.2, 0.3, -0.1], [0.2, 0.2, -0.1]);
    let clusters = [[1, 1, 2, 3].as_slice(), &[1, 2, 3]];
    let strata = [Sample::clustered(&first, clusters[0]).unwrap(), Sample::clustered(&second, clusters[1]).unwrap()];
    let compared = compare_strata(&strata, 1).unwrap();
    assert_eq!((compared.test, compared.n), (Test::SignFlip, Some(7)));
    close(compared.difference, 0.9, 1e-12);
    close(compared.p.get(), 4.0 / 8.0, 1e-12);
    // Item by item the same differences are seven units.
    let items = compare_strata(&[Sample::new(&first).unwrap(), Sample::new(&second).unwrap()], 1).unwrap();
    close(items.difference, 0.9, 1e-12);
    assert!(items.p < compared.p && items.standard_error < compared.standard_error);
    assert_eq!(compare_strata(&[], 1), None);
}

#[test]
fn degenerate_items_compare_without_a_claim() {
    assert_eq!(compare(&Pairs::new(&[], &[]).unwrap(), 1), None);
    let one = compare(&Pairs::new(&[0.9], &[0.2]).unwrap(), 1).unwrap();
    assert_eq!((one.p, one.standard_error), (PValue::ONE, None));
    let same = [0.5, 0.25, 1.0];
    let duplicate = compare(&Pairs::new(&same, &same).unwrap(), 1).unwrap();
    assert_eq!((duplicate.difference, duplicate.p, duplicate.standard_error), (0.0, PValue::ONE, None));
    let one_cluster = compare(&Pairs::clustered(&[0.5; 30], &[0.1; 30], &[2; 30]).unwrap(), 1).unwrap();
    assert_eq!((one_cluster.p, one_cluster.standard_error), (PValue::ONE, None));
    assert_eq!(Pairs::new(&[1.0], &[f64::NAN]).unwrap_err(), Refused::NotFinite { at: 0 });
    assert_eq!(Pairs::new(&[f64::MAX], &[f64::MIN]).unwrap_err(), Refused::NotFinite { at: 0 });
    assert_eq!(Pairs::new(&[1.0], &[]).unwrap_err(), Refused::Lengths { expected: 1, found: 0 });
    for items in [2, 40] {
        assert_eq!(flip(&vec![f64::MAX; items]), 1.0, "sums that are no numbers claim nothing");
    }
}

#[test]
fn neither_the_order_of_items_nor_of_sides_changes_a_test() {
    for binary in [true, false] {
        let (a, b) = scores(&mut stream(4, 0), 50, binary);
        let turned = |scores: &[f64]| scores.iter().rev().copied().collect::<Vec<f64>>();
        let (c, d) = (turned(&a), turned(&b));
        let test = |a, b| compare(&Pairs::new(a, b).unwrap(), 9).unwrap();
        let (plain, moved, swapped) = (test(&a, &b), test(&c, &d), test(&b, &a));
        assert_eq!((plain.p, plain.p), (moved.p, swapped.p));
        close(plain.difference, -swapped.difference, 1e-12);
        close(plain.standard_error.unwrap(), moved.standard_error.unwrap(), 1e-12);
        let interval = |a, b| bootstrap(&Pairs::new(a, b).unwrap().differences(), 200, 3, Level::P95).unwrap();
        close(interval(&a, &b).low, interval(&c, &d).low, 1e-12);
    }
}

#[test]
fn the_paired_standard_error_takes_the_shared_difficulty_away() {
    let (a, b) = scores(&mut stream(5, 0), 400, false);
    let error = |scores: &[f64]| Sample::new(scores).unwrap().standard_error().unwrap();
    let pairs = Pairs::new(&a, &b).unwrap();
    assert!(pairs.differences().standard_error().unwrap() < 0.8 * error(&a).hypot(error(&b)));
}

#[test]
fn tests_keep_their_level_in_simulation() {
    let rejected = |items, binary, seed| {
        share(1_500, seed, move |random| {
            let (a, b) = scores(random, items, binary);
            compare(&Pairs::new(&a, &b).unwrap(), seed).unwrap().p.rejects(Level::P95)
        })
    };
    let exact = rejected(80, true, 1);
    assert!(exact <= 0.055, "{exact}");
    let few = rejected(10, false, 2);
    assert!((0.03..=0.065).contains(&few), "{few}");
    let mid_p = share(4_000, 3, |random| {
        let (a, b) = scores(random, 60, true);
        mcnemar_mid_p(Pairs::new(&a, &b).unwrap().discordant().unwrap()).rejects(Level::P95)
    });
    assert!((0.03..=0.065).contains(&mid_p), "{mid_p}");
    let drawn = share(1_000, 4, |random| {
        let differences: Vec<f64> = (0..60).map(|_| (uniform(random) * 5.0).floor() - 2.0).collect();
        sign_flip(&Sample::new(&differences).unwrap(), 4).rejects(Level::P95)
    });
    assert!((0.03..=0.065).contains(&drawn), "{drawn}");
}

#[test]
fn a_test_over_clusters_keeps_its_level_where_one_over_items_does_not() {
    let clusters: Vec<u64> = (0..48).map(|item| item / 4).collect();
    let differences = |random: &mut _| -> Vec<f64> {
        let (shared, own) = (normals(12, random), normals(48, random));
        own.iter().zip(&clusters).map(|(own, &cluster)| shared[cluster as usize] + 0.3 * own).collect()
    };
    let over_clusters = share(1_000, 1, |random| {
        sign_flip(&Sample::clustered(&differences(random), &clusters).unwrap(), 1).rejects(Level::P95)
    });
    assert!((0.03..=0.065).contains(&over_clusters), "{over_clusters}");
    let over_items = share(30, 1, |random| flip(&differences(random)) <= 0.05);
    assert!(over_items > 0.15, "{over_items}");
}

#[test]
fn intervals_of_differences_cover_the_truth_in_simulation() {
    let covered = |bootstrapped: bool| {
        share(1_000, 6, move |random| {
            let (a, b) = scores(random, 80, false);
            let pairs = Pairs::new(&a, &b).unwrap();
            let sample = pairs.differences();
            if bootstrapped {
                return bootstrap(&sample, 300, 1, Level::P95).unwrap().contains(0.0);
            }
            Interval::normal(sample.mean().unwrap(), sample.standard_error().unwrap(), Level::P95).contains(0.0)
        })
    };
    for share in [covered(false), covered(true)] {
        assert!((0.93..0.97).contains(&share), "{share}");
    }
}
