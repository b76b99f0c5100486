//! Which models nothing of their size, or of their time, surpasses beyond noise.

/// A model's number, and what is known of its noise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scored {
    pub value: f64,
    pub error: Option<f64>,
    /// The best and the worst place that it may have.
    pub ranks: Option<(u32, u32)>,
}

/// How it is told that one model is better than another beyond noise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Noise {
    /// The difference exceeds so many standard errors of it, the errors of both being independent.
    Errors { critical: f64 },
    /// The places that the better may have all lie before those that the other may have. The sets hold jointly, so that
    /// this is sure at their level, whatever they rest on.
    Ranks,
    /// Nothing is known of noise: a greater number is better.
    Unknown,
}

impl Noise {
    /// Whether `a` is better than `b`; `sign` is −1 where less is better.
    fn better(self, a: &Scored, b: &Scored, sign: f64) -> bool {
        let gap = sign * (a.value - b.value);
        gap > 0.0
            && match self {
                Self::Errors { critical } => match (a.error, b.error) {
                    (Some(one), Some(other)) => gap > critical * one.hypot(other),
                    _ => false,
                },
                Self::Ranks => matches!((a.ranks, b.ranks), (Some((_, worst)), Some((best, _))) if worst < best),
                Self::Unknown => true,
            }
    }
}

/// Whether each of `points`, a place on an axis on which less is better (or earlier) and a number, is on the frontier: no
/// other at the same place or before it is better.
pub(super) fn frontier(points: &[(f64, Scored)], noise: Noise, sign: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|a, b| (sign * points[*b].1.value).total_cmp(&(sign * points[*a].1.value)));
    let mut on = vec![true; points.len()];
    for (rank, point) in order.iter().enumerate() {
        let (x, scored) = &points[*point];
        on[*point] = !order[..rank].iter().any(|other| {
            let (before, better) = &points[*other];
            before <= x && noise.better(better, scored, sign)
        });
    }
    on
}

/// Whether each of `points`, two numbers of one model, is on the frontier: no other is no worse in both and better beyond
/// noise in one. `signs` are −1 where less is better.
pub(super) fn pareto(points: &[[Scored; 2]], noise: [Noise; 2], signs: [f64; 2]) -> Vec<bool> {
    let no_worse = |a: &[Scored; 2], b: &[Scored; 2]| (0..2).all(|of| signs[of] * (a[of].value - b[of].value) >= 0.0);
    let better = |a: &[Scored; 2], b: &[Scored; 2]| (0..2).any(|of| noise[of].better(&a[of], &b[of], signs[of]));
    let surpassed = |point| points.iter().any(|other| no_worse(other, point) && better(other, point));
    points.iter().map(|point| !surpassed(point)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(value: f64, error: f64) -> Scored {
        Scored { value, error: Some(error), ranks: None }
    }

    #[test]
    fn a_point_within_the_noise_of_a_better_one_stays_on_the_frontier() {
        // The errors of a difference are √2; two of them are 2.83.
        let points =
            [(7.0, scored(60.0, 1.0)), (7.0, scored(57.3, 1.0)), (13.0, scored(57.0, 1.0)), (70.0, scored(62.0, 1.0))];
        assert_eq!(frontier(&points, Noise::Errors { critical: 2.0 }, 1.0), [true, true, false, true]);
        assert_eq!(frontier(&points, Noise::Unknown, 1.0), [true, false, false, true]);
    }

    #[test]
    fn a_greater_model_dominates_no_smaller_one() {
        let points = [(7.0, scored(40.0, 0.1)), (70.0, scored(80.0, 0.1))];
        assert_eq!(frontier(&points, Noise::Errors { critical: 2.0 }, 1.0), [true, true]);
    }

    #[test]
    fn where_less_is_better_the_lowest_are_on_it() {
        let points = [(1.0, scored(3.0, 0.1)), (2.0, scored(5.0, 0.1)), (3.0, scored(1.0, 0.1))];
        assert_eq!(frontier(&points, Noise::Unknown, -1.0), [true, false, true]);
    }

    #[test]
    fn sets_of_places_tell_models_apart_only_where_they_do_not_meet() {
        let at = |value, ranks| Scored { value, error: None, ranks };
        let points = [
            (1.0, at(9.0, Some((1, 2)))),
            (1.0, at(8.0, Some((2, 3)))),
            (1.0, at(7.0, Some((3, 4)))),
            (1.0, at(6.0, None)),
        ];
        assert_eq!(frontier(&points, Noise::Ranks, 1.0), [true, true, false, true]);
    }

    #[test]
    fn equal_numbers_do_not_dominate_each_other() {
        let points = [(1.0, scored(5.0, 0.0)), (2.0, scored(5.0, 0.0))];
        for noise in [Noise::Unknown, Noise::Errors { critical: 2.0 }] {
            assert_eq!(frontier(&points, noise, 1.0), [true, true]);
        }
    }

    #[test]
    fn of_two_numbers_none_may_be_worse_and_one_must_be_better_beyond_noise() {
        let point = |x: f64, y: f64, x_ranks, y_ranks| {
            [Scored { value: x, error: None, ranks: x_ranks }, Scored { value: y, error: None, ranks: y_ranks }]
        };
        // Milliseconds, of which less is better, and tokens per second: the third is slower in both than the first.
        let plain = [point(10.0, 50.0, None, None), point(20.0, 90.0, None, None), point(12.0, 49.0, None, None)];
        assert_eq!(pareto(&plain, [Noise::Unknown; 2], [-1.0, 1.0]), [true, true, false]);
        assert_eq!(pareto(&plain, [Noise::Unknown; 2], [1.0, 1.0]), [false, true, false]);
        let noisy = [
            point(10.0, 50.0, Some((1, 2)), Some((2, 3))),
            point(20.0, 90.0, Some((3, 3)), Some((1, 1))),
            point(12.0, 49.0, Some((1, 2)), Some((2, 3))),
        ];
        assert_eq!(pareto(&noisy, [Noise::Ranks; 2], [-1.0, 1.0]), [true, true, true]);
        assert_eq!(pareto(&noisy, [Noise::Ranks, Noise::Unknown], [-1.0, 1.0]), [true, true, false]);
        // Equal in both: neither surpasses the other.
        let equal = [point(1.0, 1.0, None, None); 2];
        assert_eq!(pareto(&equal, [Noise::Unknown; 2], [1.0, 1.0]), [true, true]);
    }
}
