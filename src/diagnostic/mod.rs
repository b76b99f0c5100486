//! Problems as data: what is wrong, where, why it matters and what to do about it.
//!
//! Every stage returns [`Diagnostics`] beside its values; nothing is printed before the end of a run, so one run shows
//! all there is to mend. How a diagnostic looks is decided by one renderer per output, such as [`terminal`]. This
//! module does not know what the problems are about.

pub mod json;
pub mod terminal;

use std::cmp::Ordering;
use std::sync::Arc;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site cannot be built as it stands.
    Error,
    /// The site can be built, and a reader sees the consequence (an unknown name, a record outside every board).
    Warning,
}

/// A place in a text file. Lines and columns count from 1; columns count characters, not bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

impl Position {
    /// The position of the byte `offset` in `text`; an offset past the end is the end.
    pub fn of(text: &str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let line_start = memchr::memrchr(b'\n', before.as_bytes()).map_or(0, |newline| newline + 1);
        Self {
            line: 1 + memchr::memchr_iter(b'\n', &before.as_bytes()[..line_start]).count() as u32,
            column: 1 + before[line_start..].chars().count() as u32,
        }
    }
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    /// A stable name such as `unknown-model`, listed in `docs/diagnostics.md`.
    pub code: &'static str,
    /// The file, relative to the site's folder, with `/` between its parts.
    pub file: Arc<str>,
    /// Absent when the whole file is meant (it is missing, it is not UTF-8).
    pub position: Option<Position>,
    /// What is wrong, as a sentence fragment without a full stop.
    pub message: String,
    /// What to do about it; absent only when the message says all.
    pub hint: Option<String>,
}

impl Diagnostic {
    pub fn error(code: &'static str, file: impl Into<Arc<str>>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code, file: file.into(), position: None, message: message.into(), hint: None }
    }

    pub fn warning(code: &'static str, file: impl Into<Arc<str>>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, file, message) }
    }

    #[must_use]
    pub fn at(mut self, position: Position) -> Self {
        self.position = Some(position);
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    fn order(&self, other: &Self) -> Ordering {
        (&self.file, self.position, self.severity, self.code, &self.message).cmp(&(
            &other.file,
            other.position,
            other.severity,
            other.code,
            &other.message,
        ))
    }
}

/// The problems of one stage or of a whole run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    pub fn extend(&mut self, other: Diagnostics) {
        self.0.extend(other.0);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn errors(&self) -> usize {
        self.0.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
    }

    pub fn warnings(&self) -> usize {
        self.0.len() - self.errors()
    }

    /// Those that stop a build.
    pub fn only_errors(mut self) -> Self {
        self.0.retain(|diagnostic| diagnostic.severity == Severity::Error);
        self
    }

    /// By file, position and severity, each once: the order in which a person mends them, the same in every run.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.0.sort_by(Diagnostic::order);
        self.0.dedup();
        self
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// A hint that offers the known names nearest to an unknown one, or else `remedy`.
pub fn did_you_mean(near: &[String], remedy: &str) -> String {
    if near.is_empty() { remedy.to_owned() } else { format!("did you mean {}? Otherwise {remedy}", near.join(" or ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_from_one() {
        let text = "天梯\nab";
        assert_eq!(Position::of(text, 0), Position { line: 1, column: 1 });
        assert_eq!(Position::of(text, "天".len()), Position { line: 1, column: 2 });
        assert_eq!(Position::of(text, text.len() - 1), Position { line: 2, column: 2 });
        assert_eq!(Position::of(text, 999), Position { line: 2, column: 3 });
    }

    #[test]
    fn sorting_orders_by_place_and_drops_repetitions() {
        let late = Diagnostic::error("x", "b.toml", "late").at(Position { line: 9, column: 1 });
        let early = Diagnostic::warning("x", "b.toml", "early").at(Position { line: 2, column: 1 });
        let mut diagnostics = Diagnostics::default();
        for diagnostic in [&late, &early, &late] {
            diagnostics.push(diagnostic.clone());
        }
        assert_eq!(diagnostics.sorted().0, vec![early, late]);
    }
}
