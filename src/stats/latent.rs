//! A latent ability for each row of a table with gaps, from all the scores that are there.
//!
//! The model of the Epoch Capabilities Index ("A Rosetta Stone for AI Benchmarks", Epoch AI;
//! `epoch-research/benchmark-stitching`, `fit.py`): a score is a logistic curve of one ability,
//!
//! ```text
//! s(m, b) ≈ σ(a_b · (C_m − D_b)),   σ(x) = 1 / (1 + e^−x)
//! ```
//!
//! with ability `C` of a row, difficulty `D` and slope `a` of a column. It supposes that one dimension is what all columns
//! measure, and columns join rows that never met. So it is a second opinion, and the fit says how well it holds.

use super::matrix::Matrix;
use std::fmt;

/// A fitted curve for each column and an ability for each row.
#[derive(Clone, Debug, PartialEq)]
pub struct Abilities {
    /// `C`, for each row, on a scale where the anchor column has difficulty 0 and slope 1. Higher is better.
    pub abilities: Vec<f64>,
    /// `D`, for each column: the ability that scores ½.
    pub difficulties: Vec<f64>,
    /// `a`, for each column, within [`SLOPES`].
    pub slopes: Vec<f64>,
    /// The root mean square of `σ(a(C − D)) − s` over all cells that are there.
    pub residual: f64,
    /// Whether the gradient vanished within the number of steps allowed. If not, the numbers are where it stopped.
    pub converged: bool,
}

impl Abilities {
    /// The standard error of a row's ability, from those of its scores; `errors` has one for each column, `None` where
    /// the row has no score. `None` without scores, or where all of them lie at an end of their curves.
    ///
    /// The curves are taken as known, so that an ability is a function of the row's own scores: by the implicit function
    /// theorem, `∂C/∂s_b = g_b / Σ g²` with `g_b = a_b σ'(a_b (C − D_b))`, the curvature of the residuals left out (Gauss and
    /// Newton), and the errors of the scores are independent (delta method). Errors of the curves are shared by all rows:
    /// they stretch the scale more than they change an order.
    pub fn error(&self, row: usize, errors: &[Option<f64>]) -> Option<f64> {
        let ability = *self.abilities.get(row)?;
        let gradient = |column: usize| {
            let share = 1.0 / (1.0 + (-self.slopes[column] * (ability - self.difficulties[column])).exp());
            self.slopes[column] * share * (1.0 - share)
        };
        let there = errors.iter().enumerate().filter_map(|(column, error)| Some((gradient(column), (*error)?)));
        let (sum, variance) =
            there.fold((0.0, 0.0), |(sum, variance), (g, error)| (sum + g * g, variance + (g * error).powi(2)));
        (sum > 0.0).then(|| variance.sqrt() / sum).filter(|error| error.is_finite())
    }
}

/// Why a table has no abilities. Rows and columns count from 0.
#[derive(Clone, Debug, PartialEq)]
pub enum Unfit {
    /// No such column, or it has no score.
    Anchor(usize),
    /// A score outside 0 to 1.
    Score { row: usize, column: usize, score: f64 },
    /// Rows and columns fall into parts that share no score; between them nothing can be compared.
    Disconnected(Vec<Component>),
}

/// Rows and columns that scores join, directly or through others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Component {
    pub rows: Vec<usize>,
    pub columns: Vec<usize>,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anchor(column) => write!(f, "the anchor, column {column}, has no score"),
            Self::Score { row, column, score } => write!(f, "{score} in row {row}, column {column} is no share of 1"),
            Self::Disconnected(components) => {
                write!(f, "the table falls into {} parts that share no score", components.len())
            }
        }
    }
}

impl std::error::Error for Unfit {}

/// The strength λ of the penalty: `λ · (Σ C² + Σ D² + Σ a²) / number of free parameters` is added to the sum of squares,
/// the slope of the anchor not being free. Epoch's value.
pub const PENALTY: f64 = 0.1;

/// Bounds of slopes. Epoch's values, as are those of abilities and difficulties, ±[`REACH`].
pub const SLOPES: [f64; 2] = [0.1, 10.0];

/// How far abilities and difficulties may lie from the origin before the scale is shifted to its anchor.
pub const REACH: f64 = 10.0;

/// The greatest entry of a gradient that counts as none.
const VANISHED: f64 = 1e-10;

/// Steps allowed, those that are tried and not taken included.
const STEPS: usize = 500;

/// The parts of a table that no score joins; rows and columns without a score are parts of their own. In the order of
/// their first row, then of their first column.
pub fn components(scores: &Matrix) -> Vec<Component> {
    let (rows, columns) = (scores.rows(), scores.columns());
    let mut parent: Vec<usize> = (0..rows + columns).collect();
    fn root(parent: &mut [usize], mut node: usize) -> usize {
        while parent[node] != node {
            parent[node] = parent[parent[node]];
            node = parent[node];
        }
        node
    }
    for column in 0..columns {
        for (row, _) in scores.scores(column) {
            let (a, b) = (root(&mut parent, row), root(&mut parent, rows + column));
            parent[a.max(b)] = a.min(b);
        }
    }
    let mut number = vec![usize::MAX; rows + columns];
    let mut components: Vec<Component> = Vec::new();
    for node in 0..rows + columns {
        let root = root(&mut parent, node);
        if number[root] == usize::MAX {
            number[root] = components.len();
            components.push(Component::default());
        }
        let component = &mut components[number[root]];
        if node < rows { component.rows.push(node) } else { component.columns.push(node - rows) }
    }
    components
}

/// Fits the curves and abilities by least squares with a penalty ([`PENALTY`]), over the cells that are there.
///
/// `scores` are proportions, 0 to 1, higher being better. `anchor` is the column that fixes the scale.
///
/// Projected Levenberg-Marquardt (Nocedal and Wright, *Numerical Optimization*, 2nd ed., sections 10.3 and 16.7): each step
/// solves the damped normal equations without the parameters that a bound holds. Abilities are eliminated first (each
/// stands in one row only), which leaves a dense system of two unknowns a column. It starts from the logits of row and
/// column means; the problem is not convex, so the minimum found is the one nearest to them. Deterministic.
pub fn abilities(scores: &Matrix, anchor: usize) -> Result<Abilities, Unfit> {
    let cells = cells(scores)?;
    if !cells.iter().any(|cell| cell.column == anchor) {
        return Err(Unfit::Anchor(anchor));
    }
    let components = components(scores);
    if components.len() > 1 {
        return Err(Unfit::Disconnected(components));
    }
    let mut fit = Fit::start(&cells, scores.rows(), scores.columns(), anchor);
    let converged = fit.minimise();
    let residual = (fit.squares() / cells.len() as f64).sqrt();
    let Parameters { abilities, difficulties, slopes } = fit.parameters;
    let shift = difficulties[anchor];
    let shifted = |values: Vec<f64>| values.into_iter().map(|value| value - shift).collect();
    Ok(Abilities { abilities: shifted(abilities), difficulties: shifted(difficulties), slopes, residual, converged })
}

struct Cell {
    row: usize,
    column: usize,
    score: f64,
}

/// The cells that are there, row by row.
fn cells(scores: &Matrix) -> Result<Vec<Cell>, Unfit> {
    let mut cells = Vec::new();
    for row in 0..scores.rows() {
        for column in 0..scores.columns() {
            let Some(score) = scores.get(row, column) else { continue };
            if !(0.0..=1.0).contains(&score) {
                return Err(Unfit::Score { row, column, score });
            }
            cells.push(Cell { row, column, score });
        }
    }
    Ok(cells)
}

#[derive(Clone)]
struct Parameters {
    abilities: Vec<f64>,
    difficulties: Vec<f64>,
    slopes: Vec<f64>,
}

struct Fit<'a> {
    cells: &'a [Cell],
    anchor: usize,
    /// The penalty on the square of one free parameter.
    ridge: f64,
    parameters: Parameters,
}

/// The normal equations of one point: `H = JᵀJ` with the penalty, and the gradient, in the blocks that the problem has.
struct Normal {
    /// Of each ability: its diagonal entry and gradient.
    abilities: Vec<[f64; 2]>,
    /// For each cell, the entries of its ability with its column's difficulty and slope.
    cross: Vec<[f64; 2]>,
    /// Of each column: the diagonal of difficulty and slope, and what joins them.
    columns: Vec<[f64; 3]>,
    /// Of each column: the gradients of difficulty and slope.
    gradients: Vec<[f64; 2]>,
}

impl<'a> Fit<'a> {
    fn start(cells: &'a [Cell], rows: usize, columns: usize, anchor: usize) -> Self {
        let free = rows + 2 * columns - 1;
        let mut sums = (vec![[0.0; 2]; rows], vec![[0.0; 2]; columns]);
        for cell in cells {
            let add = |sum: &mut [f64; 2]| *sum = [sum[0] + cell.score, sum[1] + 1.0];
            add(&mut sums.0[cell.row]);
            add(&mut sums.1[cell.column]);
        }
        let logit = |[sum, count]: &[f64; 2]| {
            let mean = (sum / count).clamp(0.01, 0.99);
            (mean / (1.0 - mean)).ln()
        };
        let abilities: Vec<f64> = sums.0.iter().map(logit).collect();
        let difficulties = sums.1.iter().map(|sum| -logit(sum)).collect();
        let parameters = Parameters { abilities, difficulties, slopes: vec![1.0; columns] };
        Self { cells, anchor, ridge: PENALTY / free as f64, parameters }
    }

    /// Steps until the projected gradient vanishes; whether it did.
    ///
    /// A step counts when it lowers the objective, or, where doubles cannot tell objectives apart, the gradient.
    fn minimise(&mut self) -> bool {
        let mut damping = 1e-3;
        let mut value = self.objective();
        let mut normal = self.normal();
        let mut gradient = self.projected_gradient(&normal);
        for _ in 0..STEPS {
            if gradient < VANISHED {
                return true;
            }
            let Some(next) = self.step(&normal, damping) else {
                damping *= 4.0;
                continue;
            };
            let before = std::mem::replace(&mut self.parameters, next);
            let after = self.objective();
            let noise = 1e-12 * value;
            let next = (after <= value + noise).then(|| self.normal());
            let next = next.map(|normal| (self.projected_gradient(&normal), normal));
            match next {
                Some((lower, next)) if after < value - noise || lower < gradient => {
                    (value, normal, gradient) = (after, next, lower);
                    damping = (damping * 0.2_f64).max(1e-15);
                }
                _ => {
                    self.parameters = before;
                    damping *= 4.0;
                }
            }
        }
        false
    }

    fn predicted(&self, cell: &Cell) -> f64 {
        let Parameters { abilities, difficulties, slopes } = &self.parameters;
        let distance = abilities[cell.row] - difficulties[cell.column];
        1.0 / (1.0 + (-slopes[cell.column] * distance).exp())
    }

    fn squares(&self) -> f64 {
        self.cells.iter().map(|cell| (self.predicted(cell) - cell.score).powi(2)).sum()
    }

    fn objective(&self) -> f64 {
        let Parameters { abilities, difficulties, slopes } = &self.parameters;
        let slopes = slopes.iter().enumerate().filter(|(column, _)| *column != self.anchor).map(|(_, slope)| slope);
        let penalty: f64 = abilities.iter().chain(difficulties).chain(slopes).map(|value| value * value).sum();
        self.squares() + self.ridge * penalty
    }

    fn normal(&self) -> Normal {
        let Parameters { abilities, difficulties, slopes } = &self.parameters;
        let ridge = self.ridge;
        let mut normal = Normal {
            abilities: abilities.iter().map(|ability| [ridge, ridge * ability]).collect(),
            cross: Vec::with_capacity(self.cells.len()),
            columns: vec![[ridge, ridge, 0.0]; difficulties.len()],
            gradients: difficulties.iter().zip(slopes).map(|(d, a)| [ridge * d, ridge * a]).collect(),
        };
        for cell in self.cells {
            let predicted = self.predicted(cell);
            let residual = predicted - cell.score;
            let curve = predicted * (1.0 - predicted);
            let by_ability = curve * slopes[cell.column];
            let by_slope = curve * (abilities[cell.row] - difficulties[cell.column]);
            let [diagonal, gradient] = &mut normal.abilities[cell.row];
            *diagonal += by_ability * by_ability;
            *gradient += by_ability * residual;
            normal.cross.push([-by_ability * by_ability, by_ability * by_slope]);
            let [difficulty, slope, both] = &mut normal.columns[cell.column];
            *difficulty += by_ability * by_ability;
            *slope += by_slope * by_slope;
            *both -= by_ability * by_slope;
            let [difficulty, slope] = &mut normal.gradients[cell.column];
            *difficulty -= by_ability * residual;
            *slope += by_slope * residual;
        }
        normal
    }

    /// The greatest entry of the gradient that does not point out of bounds.
    fn projected_gradient(&self, normal: &Normal) -> f64 {
        let abilities = normal.abilities.iter().enumerate().filter(|(row, _)| !self.ability_held(normal, *row));
        let abilities = abilities.map(|(_, [_, gradient])| gradient.abs());
        let columns = (0..normal.columns.len()).flat_map(|column| {
            let held = self.column_held(normal, column);
            [0, 1].map(|which| if held[which] { 0.0 } else { normal.gradients[column][which].abs() })
        });
        abilities.chain(columns).fold(0.0, f64::max)
    }

    /// Whether a bound keeps an ability from moving downhill.
    fn ability_held(&self, normal: &Normal, row: usize) -> bool {
        held(self.parameters.abilities[row], normal.abilities[row][1], [-REACH, REACH])
    }

    /// The same of a column's difficulty and slope; the anchor's slope is always held.
    fn column_held(&self, normal: &Normal, column: usize) -> [bool; 2] {
        let [difficulty, slope] = normal.gradients[column];
        let Parameters { difficulties, slopes, .. } = &self.parameters;
        let slope = column == self.anchor || held(slopes[column], slope, SLOPES);
        [held(difficulties[column], difficulty, [-REACH, REACH]), slope]
    }

    /// The parameters after one damped step, cut off at the bounds; `None` if the system has no solution.
    fn step(&self, normal: &Normal, damping: f64) -> Option<Parameters> {
        let columns = normal.columns.len();
        let size = 2 * columns;
        let damped = |diagonal: f64| diagonal * (1.0 + damping) + 1e-12 * damping;
        let mut matrix = vec![0.0; size * size];
        let mut right: Vec<f64> = normal.gradients.iter().flatten().map(|gradient| -gradient).collect();
        let held: Vec<bool> = (0..columns).flat_map(|column| self.column_held(normal, column)).collect();
        for (column, [difficulty, slope, both]) in normal.columns.iter().enumerate() {
            let (d, a) = (2 * column, 2 * column + 1);
            matrix[d * size + d] = damped(*difficulty);
            matrix[a * size + a] = damped(*slope);
            matrix[a * size + d] = *both;
        }
        // Each row's ability is eliminated: H_cc −= h·hᵀ/d, g_c −= h·g/d, over the cells of the row.
        let rows = self.rows();
        for (row, range) in rows.iter().enumerate().filter(|(row, _)| !self.ability_held(normal, *row)) {
            let [diagonal, gradient] = normal.abilities[row];
            let diagonal = damped(diagonal);
            for first in range.clone() {
                for (i, entry) in normal.cross[first].iter().enumerate() {
                    let at = 2 * self.cells[first].column + i;
                    let factor = entry / diagonal;
                    right[at] += factor * gradient;
                    for second in range.start..=first {
                        let [difficulty, slope] = normal.cross[second];
                        let column = 2 * self.cells[second].column;
                        matrix[at * size + column] -= factor * difficulty;
                        matrix[at * size + column + 1] -= factor * slope;
                    }
                }
            }
        }
        for at in (0..size).filter(|at| held[*at]) {
            (0..size).for_each(|other| {
                matrix[at * size + other] = 0.0;
                matrix[other * size + at] = 0.0;
            });
            matrix[at * size + at] = 1.0;
            right[at] = 0.0;
        }
        solve(&mut matrix, &mut right)?;
        let mut next = self.parameters.clone();
        for (row, range) in rows.iter().enumerate().filter(|(row, _)| !self.ability_held(normal, *row)) {
            let [diagonal, gradient] = normal.abilities[row];
            let known = range.clone().map(|cell| {
                let column = 2 * self.cells[cell].column;
                normal.cross[cell][0] * right[column] + normal.cross[cell][1] * right[column + 1]
            });
            let change = (-gradient - known.sum::<f64>()) / damped(diagonal);
            next.abilities[row] = (next.abilities[row] + change).clamp(-REACH, REACH);
        }
        for column in 0..columns {
            next.difficulties[column] = (next.difficulties[column] + right[2 * column]).clamp(-REACH, REACH);
            if column != self.anchor {
                next.slopes[column] = (next.slopes[column] + right[2 * column + 1]).clamp(SLOPES[0], SLOPES[1]);
            }
        }
        Some(next)
    }

    /// For each row, where its cells are.
    fn rows(&self) -> Vec<std::ops::Range<usize>> {
        let mut start = 0;
        let each = (0..self.parameters.abilities.len()).map(|row| {
            let range = start..start + self.cells[start..].partition_point(|cell| cell.row == row);
            start = range.end;
            range
        });
        each.collect()
    }
}

/// Whether a value stands at a bound that the gradient pushes it against.
fn held(value: f64, gradient: f64, [least, greatest]: [f64; 2]) -> bool {
    (value <= least && gradient > 0.0) || (value >= greatest && gradient < 0.0)
}

/// Solves `A·x = b` by Cholesky's decomposition, `x` in place of `b`; of `A`, only the lower half is read, and it is
/// overwritten. `None` if `A` is not positive definite. (Golub and Van Loan, *Matrix Computations*, 4th ed., section 4.2.)
fn solve(matrix: &mut [f64], right: &mut [f64]) -> Option<()> {
    let size = right.len();
    for row in 0..size {
        for column in 0..=row {
            let (above, below) = matrix.split_at(row * size);
            let other = if column == row { &below[..column] } else { &above[column * size..column * size + column] };
            let product: f64 = below[..column].iter().zip(other).map(|(a, b)| a * b).sum();
            let rest = matrix[row * size + column] - product;
            matrix[row * size + column] = if column < row {
                rest / matrix[column * size + column]
            } else if rest > 0.0 {
                rest.sqrt()
            } else {
                return None;
            };
        }
    }
    for row in 0..size {
        let known: f64 = (0..row).map(|column| matrix[row * size + column] * right[column]).sum();
        right[row] = (right[row] - known) / matrix[row * size + row];
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|column| matrix[column * size + row] * right[column]).sum();
        right[row] = (right[row] - known) / matrix[row * size + row];
    }
    Some(())
}

#[cfg(test)]
mod tests {
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
        let golden: Value = serde_json::from_str(include_str!("../../tests/stats/latent.json")).unwrap();
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
        let reversed: Vec<Vec<Option<f64>>> =
            rows.iter().rev().map(|row| row.iter().rev().copied().collect()).collect();
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
}
