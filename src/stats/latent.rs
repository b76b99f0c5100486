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
mod tests;
