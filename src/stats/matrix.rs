//! A table of scores with gaps: models down, columns across.
//!
//! Cells are finite numbers or gaps; a NaN or an infinity is refused at the door, so that nothing behind it has to ask.

use std::fmt;

/// `rows` × `columns` scores, some of them missing.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    rows: usize,
    columns: usize,
    /// Column after column, since almost everything here walks columns; NaN is a gap.
    cells: Vec<f64>,
}

/// Why numbers cannot be worked with. Rows and columns count from 0.
#[derive(Clone, Debug, PartialEq)]
pub enum Invalid {
    /// A cell is NaN or infinite.
    NotFinite { row: usize, column: usize },
    /// A row has another number of cells than the first.
    Ragged { row: usize, cells: usize, columns: usize },
    /// A list that needs one entry for each column has another length.
    Length { what: &'static str, found: usize, columns: usize },
    /// An entry of a list lies outside its range.
    Parameter { what: &'static str, column: usize, value: f64, range: &'static str },
    /// Columns of both directions cannot be averaged as they are.
    MixedDirections { higher: usize, lower: usize },
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFinite { row, column } => write!(f, "row {row}, column {column} is not a finite number"),
            Self::Ragged { row, cells, columns } => write!(f, "row {row} has {cells} cells, the first has {columns}"),
            Self::Length { what, found, columns } => write!(f, "{what}: {found} for {columns} columns"),
            Self::Parameter { what, column, value, range } => {
                write!(f, "{what} of column {column} is {value}, and has to be {range}")
            }
            Self::MixedDirections { higher, lower } => {
                write!(f, "column {higher} is better when higher, column {lower} when lower: they have no common mean")
            }
        }
    }
}

impl std::error::Error for Invalid {}

impl Matrix {
    /// A table from its rows, which all have the same number of cells.
    pub fn from_rows<R: AsRef<[Option<f64>]>>(rows: &[R]) -> Result<Self, Invalid> {
        let columns = rows.first().map_or(0, |row| row.as_ref().len());
        let ragged = rows.iter().map(|row| row.as_ref().len()).enumerate().find(|(_, cells)| *cells != columns);
        if let Some((row, cells)) = ragged {
            return Err(Invalid::Ragged { row, cells, columns });
        }
        Self::from_cells(rows.len(), columns, |row, column| rows[row].as_ref()[column])
    }

    /// A table of the scores that `cell` gives for each row and column.
    pub fn from_cells(
        rows: usize,
        columns: usize,
        cell: impl Fn(usize, usize) -> Option<f64>,
    ) -> Result<Self, Invalid> {
        let mut cells = vec![f64::NAN; rows * columns];
        for row in 0..rows {
            for column in 0..columns {
                let Some(score) = cell(row, column) else { continue };
                if !score.is_finite() {
                    return Err(Invalid::NotFinite { row, column });
                }
                cells[column * rows + row] = score;
            }
        }
        Ok(Self { rows, columns, cells })
    }

    /// A table of other scores in the same cells; `convert` gets each column with NaN for gaps, and keeps these.
    pub(super) fn map_columns(&self, mut convert: impl FnMut(usize, &mut [f64])) -> Self {
        let mut mapped = self.clone();
        if self.rows > 0 {
            for (column, cells) in mapped.cells.chunks_mut(self.rows).enumerate() {
                convert(column, cells);
            }
        }
        mapped
    }

    /// The table without the rows that `keep` does not name.
    pub(super) fn keep_rows(&self, keep: &[usize]) -> Self {
        let mut cells = Vec::with_capacity(keep.len() * self.columns);
        for column in 0..self.columns {
            cells.extend(keep.iter().map(|row| self.column(column)[*row]));
        }
        Self { rows: keep.len(), columns: self.columns, cells }
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The score of a cell, `None` for a gap and outside the table.
    pub fn get(&self, row: usize, column: usize) -> Option<f64> {
        let inside = row < self.rows && column < self.columns;
        inside.then(|| self.cells[column * self.rows + row]).filter(|score| !score.is_nan())
    }

    /// The cells of a column, NaN for a gap.
    pub(super) fn column(&self, column: usize) -> &[f64] {
        &self.cells[column * self.rows..(column + 1) * self.rows]
    }

    /// The scores of a column that are there, with their rows.
    pub fn scores(&self, column: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.column(column).iter().copied().enumerate().filter(|(_, score)| !score.is_nan())
    }

    /// For each row, in how many columns it has a score.
    pub fn coverage(&self) -> Vec<usize> {
        let mut covered = vec![0; self.rows];
        for column in 0..self.columns {
            for (row, _) in self.scores(column) {
                covered[row] += 1;
            }
        }
        covered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nan_infinity_and_ragged_rows_are_refused() {
        let refused = |score| Matrix::from_rows(&[[Some(1.0), None], [None, Some(score)]]).unwrap_err();
        assert_eq!(refused(f64::NAN), Invalid::NotFinite { row: 1, column: 1 });
        assert_eq!(refused(f64::INFINITY), Invalid::NotFinite { row: 1, column: 1 });
        let ragged = Matrix::from_rows(&[vec![None; 2], vec![None; 3]]).unwrap_err();
        assert_eq!(ragged, Invalid::Ragged { row: 1, cells: 3, columns: 2 });
    }

    #[test]
    fn cells_stand_where_they_were_put() {
        let matrix = Matrix::from_rows(&[[Some(1.0), None, Some(3.0)], [None, None, Some(6.0)]]).unwrap();
        assert_eq!((matrix.rows(), matrix.columns()), (2, 3));
        assert_eq!(
            [matrix.get(0, 2), matrix.get(1, 0), matrix.get(1, 2), matrix.get(2, 0)],
            [Some(3.0), None, Some(6.0), None]
        );
        assert_eq!(matrix.coverage(), [2, 1]);
        assert_eq!(matrix.scores(2).collect::<Vec<_>>(), [(0, 3.0), (1, 6.0)]);
        assert_eq!(Matrix::from_rows::<[Option<f64>; 0]>(&[]).unwrap().coverage(), Vec::<usize>::new());
    }
}
