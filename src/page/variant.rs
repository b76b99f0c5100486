//! What sets a row apart from others of its model, in a few words.

use crate::board::Board;
use crate::catalog::ModelIx;
use crate::record::{Part, Variant};

/// All parts that are stated: `bfloat16 · high`; `None` where none is.
pub fn all(variant: &Variant) -> Option<String> {
    line(variant, |_| true)
}

/// The parts that the rows of a board are told apart by.
#[derive(Debug)]
pub struct Telling<'a> {
    board: &'a Board,
    /// In which rows differ.
    differing: Vec<Part>,
}

impl<'a> Telling<'a> {
    pub fn of(board: &'a Board) -> Self {
        let differs =
            |part: &Part| board.rows.windows(2).any(|rows| rows[0].variant.get(*part) != rows[1].variant.get(*part));
        Self { board, differing: Part::all().filter(differs).collect() }
    }

    /// All parts of a model's row where the board has several of its rows. Otherwise those that say how it was run, if rows differ
    /// in them: what they have alike sets none apart.
    pub fn of_row(&self, model: ModelIx, variant: &Variant) -> Option<String> {
        let several = || self.board.rows.iter().filter(|row| row.model == model).nth(1).is_some();
        let is_told = |part: Part| {
            !matches!(part, Part::Revision | Part::Precision) && self.differing.contains(&part) || several()
        };
        line(variant, is_told)
    }
}

fn line(variant: &Variant, shown: impl Fn(Part) -> bool) -> Option<String> {
    let shown = variant.iter().filter(|(part, _)| shown(*part)).map(|(part, value)| short(part, value));
    let parts: Vec<&str> = shown.collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// A commit by its first digits; records have all of them.
fn short(part: Part, value: &str) -> &str {
    let is_commit = part == Part::Revision && value.len() == 40 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    value.get(..8).filter(|_| is_commit).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_is_short_and_a_tag_is_whole() {
        let commit = "6edf9c0d1b5e0e2f4d5c6b7a8990a1b2c3d4e5f6";
        assert_eq!(short(Part::Revision, commit), "6edf9c0d");
        assert_eq!(short(Part::Revision, "v1.2-2024-06"), "v1.2-2024-06");
        assert_eq!(short(Part::Provider, commit), commit);
    }
}
