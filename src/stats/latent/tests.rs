use super::*;
use serde_json::Value;

fn table(json: &Value) -> Matrix {
    let rows: Vec<Vec<Option<f64>>> = json
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row.as_array().unwrap().iter().map(Value::as_f64).collect())
        .collect();
    Matrix::from_rows(&rows).unwrap()
}

fn numbers(json: &Value) -> Vec<f64> {
    json.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn assert_close(found: &[f64], wanted: &[f64], tolerance: f64) {
    assert_eq!(found.len(), wanted.len());
    for (found, wanted) in found.iter().zip(wanted) {
        assert!((found - wanted).abs() < tolerance, "{found} for {wanted}");
    }
}

/// A table of `rows` × `columns` exact curves with the cells that `there` names.
fn exact(rows: usize, columns: usize, there: impl Fn(usize, usize) -> bool) -> Matrix {
    let score = |row: usize, column: usize| {
        let (ability, difficulty) = (row as f64 * 0.37 % 3.0 - 1.5, column as f64 * 0.61 % 2.0 - 1.0);
        1.0 / (1.0 + (difficulty - ability).exp())
    };
    let row = |row| (0..columns).map(|column| there(row, column).then(|| score(row, column))).collect::<Vec<_>>();
    Matrix::from_rows(&(0..rows).map(row).collect::<Vec<_>>()).unwrap()
}

#[test]
fn an_error_is_that_of_the_scores_over_the_slope_of_the_curve() {
    let fit = Abilities {
        abilities: vec![0.0],
        difficulties: vec![0.0, 0.0],
        slopes: vec![1.0, 2.0],
        residual: 0.0,
        converged: true,
    };
    // σ'(0) = ¼: an error of 0.01 in the score is one of 0.04 in the ability, and half of it where the slope is 2.
    assert_close(&[fit.error(0, &[Some(0.01), None]).unwrap()], &[0.04], 1e-12);
    assert_close(&[fit.error(0, &[None, Some(0.01)]).unwrap()], &[0.02], 1e-12);
    // g = (¼, ½): √((0.01 / 4)² + (0.01 / 2)²) / (1/16 + 1/4)
    let both = 0.01 * (0.0625_f64 + 0.25).sqrt() / 0.3125;
    assert_close(&[fit.error(0, &[Some(0.01), Some(0.01)]).unwrap()], &[both], 1e-12);
    assert_eq!((fit.error(0, &[None, None]), fit.error(1, &[Some(0.1), None])), (None, None));
}

#[test]
fn intervals_of_differences_cover_the_truth_in_simulation() {
    const ITEMS: f64 = 400.0;
    let truth = exact(12, 15, |row, column| (row + column) % 4 != 0);
    let ability = |row: usize| row as f64 * 0.37 % 3.0 - 1.5;
    let covered = super::super::random::rounds(
        300,
        11,
        || (),
        |(), random| {
            let mut noise = vec![0.0; 12 * 15];
            super::super::random::fill_normal(random, &mut noise);
            let error = |score: f64| (score * (1.0 - score) / ITEMS).sqrt();
            let drawn = |row: usize, column: usize| {
                let score = truth.get(row, column)?;
                Some((score + error(score) * noise[15 * row + column]).clamp(0.0, 1.0))
            };
            let rows: Vec<Vec<Option<f64>>> =
                (0..12).map(|row| (0..15).map(|column| drawn(row, column)).collect()).collect();
            let fit = abilities(&Matrix::from_rows(&rows).unwrap(), 0).unwrap();
            let errors = |row: usize| rows[row].iter().map(|score| score.map(error)).collect::<Vec<_>>();
            // On the true scale: the fitted one is stretched by the errors of its anchor.
            let stretch = (fit.abilities[8] - fit.abilities[0]) / (ability(8) - ability(0));
            let pairs = (1..11).filter(|row| *row != 8 && *row != 7);
            let held = pairs.clone().filter(|row| {
                let found = fit.abilities[*row] - fit.abilities[row + 1];
                let error =
                    fit.error(*row, &errors(*row)).unwrap().hypot(fit.error(row + 1, &errors(row + 1)).unwrap());
                (found - stretch * (ability(*row) - ability(row + 1))).abs() < 1.96 * error
            });
            held.count() as f64 / pairs.count() as f64
        },
    );
    let share = super::super::mean(&covered).unwrap();
    assert!((0.93..0.97).contains(&share), "{share}");
}

#[test]
fn fits_are_those_of_scipy() {
    let golden: Value = serde_json::from_str(include_str!("../../../tests/stats/latent.json")).unwrap();
    for case in golden.as_array().unwrap() {
        let fit = abilities(&table(&case["scores"]), case["anchor"].as_u64().unwrap() as usize).unwrap();
        assert!(fit.converged);
        assert_close(&fit.abilities, &numbers(&case["abilities"]), 1e-5);
        assert_close(&fit.difficulties, &numbers(&case["difficulties"]), 1e-5);
        assert_close(&fit.slopes, &numbers(&case["slopes"]), 1e-5);
    }
}

#[test]
fn gaps_do_not_decide_the_order() {
    // A third of the cells, and never the same columns for neighbours.
    let fit = abilities(&exact(8, 9, |row, column| (row + column) % 3 == 0 || column == 0), 0).unwrap();
    assert!(fit.converged);
    assert!(fit.abilities.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", fit.abilities);
}

#[test]
fn permuted_rows_and_columns_give_permuted_abilities() {
    let rows: Vec<Vec<Option<f64>>> =
        (0..6).map(|row| (0..5).map(|column| exact(6, 5, |r, c| r != c).get(row, column)).collect()).collect();
    let fit = abilities(&Matrix::from_rows(&rows).unwrap(), 1).unwrap();
    let reversed: Vec<Vec<Option<f64>>> = rows.iter().rev().map(|row| row.iter().rev().copied().collect()).collect();
    let mut back = abilities(&Matrix::from_rows(&reversed).unwrap(), 3).unwrap();
    back.abilities.reverse();
    back.slopes.reverse();
    assert_close(&back.abilities, &fit.abilities, 1e-7);
    assert_close(&back.slopes, &fit.slopes, 1e-7);
}

#[test]
fn what_no_score_joins_is_not_fitted() {
    let apart = exact(4, 4, |row, column| row / 2 == column / 2);
    let parts = [0, 2].map(|first| Component { rows: vec![first, first + 1], columns: vec![first, first + 1] });
    assert_eq!(components(&apart), parts);
    assert_eq!(abilities(&apart, 0), Err(Unfit::Disconnected(parts.to_vec())));
    let alone = exact(3, 2, |row, column| row < 2 && column == 0);
    let rest = [Component { rows: vec![2], columns: vec![] }, Component { rows: vec![], columns: vec![1] }];
    assert_eq!(components(&alone)[1..], rest);
}

#[test]
fn what_cannot_be_fitted_is_said() {
    assert_eq!(abilities(&exact(2, 2, |_, column| column == 0), 1), Err(Unfit::Anchor(1)));
    assert_eq!(abilities(&exact(2, 2, |_, _| true), 7), Err(Unfit::Anchor(7)));
    assert_eq!(abilities(&exact(3, 2, |_, _| false), 0), Err(Unfit::Anchor(0)));
    let percent = Matrix::from_rows(&[[Some(0.4)], [Some(40.0)]]).unwrap();
    assert_eq!(abilities(&percent, 0), Err(Unfit::Score { row: 1, column: 0, score: 40.0 }));
}

#[test]
fn degenerate_tables_have_finite_abilities() {
    let one = abilities(&Matrix::from_rows(&[[Some(1.0)]]).unwrap(), 0).unwrap();
    assert!(one.converged && one.abilities[0].is_finite());
    let constant = abilities(&Matrix::from_rows(&[[Some(1.0), Some(0.0)]; 4]).unwrap(), 0).unwrap();
    assert!(constant.converged);
    assert!(constant.abilities.windows(2).all(|pair| (pair[0] - pair[1]).abs() < 1e-9));
}

#[test]
fn five_thousand_rows_converge() {
    let fit = abilities(&exact(5000, 60, |row, column| (row * 7 + column) % 5 > 1), 0).unwrap();
    assert!(fit.converged);
    assert!(fit.residual < 0.01, "{}", fit.residual);
}
