use super::*;
use serde_json::Value;

const HIGHER: Direction = Direction::Higher;

fn golden() -> Value {
    serde_json::from_str(include_str!("../../../tests/stats/aggregates.json")).unwrap()
}

fn numbers(json: &Value) -> Vec<f64> {
    json.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn table(json: &Value) -> Matrix {
    let row = |row: &Value| numbers(row).into_iter().map(Some).collect::<Vec<_>>();
    Matrix::from_rows(&json.as_array().unwrap().iter().map(row).collect::<Vec<_>>()).unwrap()
}

fn composites(aggregate: &Aggregate, scores: &Matrix) -> Vec<Option<f64>> {
    aggregate.composites(scores).unwrap().values
}

fn assert_close(found: &[Option<f64>], wanted: &[f64]) {
    assert_eq!(found.len(), wanted.len());
    for (found, wanted) in found.iter().zip(wanted) {
        assert!((found.unwrap() - wanted).abs() < 1e-9, "{found:?} for {wanted}");
    }
}

#[test]
fn means_and_borda_ranks_are_those_of_the_mteb_package() {
    let golden = golden();
    let scores = table(&golden["scores"]);
    let higher = || vec![HIGHER; scores.columns()];
    assert_close(&composites(&Aggregate::mean(higher()), &scores), &numbers(&golden["mteb_mean_task"]));
    let categories = numbers(&golden["categories"]).into_iter().map(|category| category as usize).collect();
    let balanced = Aggregate::category_balanced_mean(higher(), categories);
    assert_close(&composites(&balanced, &scores), &numbers(&golden["mteb_mean_task_type"]));
    let ranks: Vec<Option<u32>> = numbers(&golden["mteb_borda_rank"]).iter().map(|rank| Some(*rank as u32)).collect();
    assert_eq!(Aggregate::borda(higher()).composites(&scores).unwrap().places(), ranks);
}

#[test]
fn win_rates_are_those_of_helms_formula() {
    let golden = golden();
    let scores = table(&golden["scores"]);
    let rates = composites(&Aggregate::mean_win_rate(vec![HIGHER; scores.columns()]), &scores);
    assert_close(&rates, &numbers(&golden["helm_mean_win_rate"]));
    let borda = composites(&Aggregate::borda(vec![HIGHER; scores.columns()]), &scores);
    let factor = ((scores.rows() - 1) * scores.columns()) as f64;
    assert_close(&borda, &rates.iter().map(|rate| rate.unwrap() * factor).collect::<Vec<_>>());
}

#[test]
fn distances_are_those_of_euroevals_formula() {
    let golden = golden();
    let scores = table(&golden["euroeval_means"]);
    let categories = numbers(&golden["categories"]).into_iter().map(|category| category as usize).collect();
    let distance = Aggregate::pooled_sd_distance(
        vec![HIGHER; scores.columns()],
        numbers(&golden["euroeval_spread"]),
        Weighting::Categories(categories),
    );
    assert_close(&composites(&distance, &scores), &numbers(&golden["euroeval_rank_score"]));
    assert_eq!(distance.direction(), Direction::Lower);
}

#[test]
fn subtasks_are_normalised_by_their_own_chance_before_they_are_averaged() {
    // The documented examples of the Open LLM Leaderboard v2: GPQA 0.60 → 46.67, MuSR (0.7, 0.4, 0.6) → 35.
    let scores = Matrix::from_rows(&[[60.0, 70.0, 40.0, 60.0].map(Some), [10.0, 50.0, 20.0, 30.0].map(Some)]).unwrap();
    let chance = vec![25.0, 50.0, 20.0, 100.0 / 3.0];
    let categories = Weighting::Categories(vec![0, 1, 1, 1]);
    let normalised = Aggregate::chance_normalised_mean(chance, 100.0, categories);
    assert_close(&composites(&normalised, &scores), &[(140.0 / 3.0 + 35.0) / 2.0, 0.0]);
}

#[test]
fn a_gap_is_never_given_a_value() {
    let scores = Matrix::from_rows(&[
        [Some(1.0), Some(2.0), None],
        [Some(3.0), Some(4.0), Some(5.0)],
        [Some(9.0), Some(0.0), Some(7.0)],
        [None, None, None],
    ])
    .unwrap();
    let higher = || vec![HIGHER; 3];
    assert_eq!(composites(&Aggregate::mean(higher()), &scores), [None, Some(4.0), Some(16.0 / 3.0), None]);
    let lenient = Aggregate::mean(higher()).minimum_coverage(0.6);
    assert_eq!(composites(&lenient, &scores), [Some(1.5), Some(4.0), Some(16.0 / 3.0), None]);
    assert_eq!(composites(&Aggregate::mean(higher()).minimum_coverage(0.0), &scores)[3], None);
    // Rows that are compared with each other are the complete ones, whatever coverage is asked for.
    let borda = Aggregate::borda(higher()).minimum_coverage(0.5);
    assert_eq!(composites(&borda, &scores), [None, Some(1.0), Some(2.0), None]);
    let rates = Aggregate::mean_win_rate(higher()).minimum_coverage(0.5);
    assert_eq!(composites(&rates, &scores), [None, Some(1.0 / 3.0), Some(2.0 / 3.0), None]);
    let balanced = Aggregate::category_balanced_mean(higher(), vec![0, 0, 1]).minimum_coverage(0.6);
    assert_eq!(composites(&balanced, &scores)[0], Some(1.5));
}

#[test]
fn directions_count_where_rows_are_compared_and_are_refused_where_scores_are_averaged() {
    let mixed = vec![Direction::Higher, Direction::Lower];
    let scores = Matrix::from_rows(&[[1.0, 10.0].map(Some), [2.0, 5.0].map(Some), [2.0, 20.0].map(Some)]).unwrap();
    assert_eq!(composites(&Aggregate::borda(mixed.clone()), &scores), [Some(1.0), Some(3.5), Some(1.5)]);
    let refused = Aggregate::mean(mixed).composites(&scores).unwrap_err();
    assert_eq!(refused, Invalid::MixedDirections { higher: 0, lower: 1 });
    let errors = Aggregate::mean(vec![Direction::Lower; 2]).composites(&scores).unwrap();
    assert_eq!(errors.places(), [Some(2), Some(1), Some(3)]);
    let distance = Aggregate::pooled_sd_distance(vec![Direction::Lower; 2], vec![1.0, 5.0], Weighting::Equal);
    assert_eq!(composites(&distance, &scores), [Some(1.5), Some(1.5), Some(3.0)]);
}

#[test]
fn weights_chance_and_spreads_are_checked() {
    let scores = Matrix::from_rows(&[[Some(1.0), Some(2.0)]]).unwrap();
    let error = |aggregate: Aggregate| aggregate.composites(&scores).unwrap_err().to_string();
    assert_eq!(error(Aggregate::mean(vec![HIGHER; 3])), "directions: 3 for 2 columns");
    let weights = |weights: [f64; 2]| Aggregate::weighted_mean(vec![HIGHER; 2], weights.to_vec());
    assert_eq!(error(weights([1.0, -1.0])), "the weight of column 1 is -1, and has to be 0 or more");
    assert_eq!(error(weights([f64::NAN, 1.0])), "the weight of column 0 is NaN, and has to be 0 or more");
    assert_eq!(composites(&weights([0.0, 0.0]), &scores), [None]);
    let chance = Aggregate::chance_normalised_mean(vec![0.0, 1.0], 1.0, Weighting::Equal);
    assert_eq!(error(chance), "the chance level of column 1 is 1, and has to be below the ceiling");
    let spread = Aggregate::pooled_sd_distance(vec![HIGHER; 2], vec![1.0, -1.0], Weighting::Equal);
    assert_eq!(error(spread), "the spread of column 1 is -1, and has to be 0 or more");
}

#[test]
fn degenerate_tables_have_composites_or_none() {
    let one = Matrix::from_rows(&[[Some(3.0)]]).unwrap();
    assert_eq!(composites(&Aggregate::mean(vec![HIGHER]), &one), [Some(3.0)]);
    assert_eq!(composites(&Aggregate::borda(vec![HIGHER]), &one), [Some(0.0)]);
    assert_eq!(composites(&Aggregate::mean_win_rate(vec![HIGHER]), &one), [None]);
    let distance = Aggregate::pooled_sd_distance(vec![HIGHER], spreads(&one), Weighting::Equal);
    assert_eq!(composites(&distance, &one), [Some(1.0)]);
    let nothing = Matrix::from_rows::<[Option<f64>; 0]>(&[]).unwrap();
    assert!(composites(&Aggregate::mean(vec![]), &nothing).is_empty());
    let columnless = Matrix::from_rows(&[[], []]).unwrap();
    assert_eq!(composites(&Aggregate::mean(vec![]), &columnless), [None, None]);
}

#[test]
fn permuted_rows_give_permuted_composites() {
    let golden = golden();
    let scores = table(&golden["scores"]);
    let order: Vec<usize> = (0..scores.rows()).map(|row| (row * 4 + 3) % scores.rows()).collect();
    let permuted = scores.keep_rows(&order);
    let higher = || vec![HIGHER; scores.columns()];
    let spread = Aggregate::pooled_sd_distance(higher(), spreads(&scores), Weighting::Equal);
    for aggregate in [Aggregate::mean(higher()), Aggregate::borda(higher()), Aggregate::mean_win_rate(higher()), spread]
    {
        let plain = composites(&aggregate, &scores);
        assert_eq!(composites(&aggregate, &permuted), order.iter().map(|row| plain[*row]).collect::<Vec<_>>());
        assert_eq!(plain[3], plain[5], "duplicates tie");
    }
}
