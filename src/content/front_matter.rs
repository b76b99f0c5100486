//! The TOML between `+++` lines at the start of an article.

use super::translation::Translates;
use crate::diagnostic::{Diagnostic, Position};
use crate::record::Date;
use crate::tree::toml_diagnostic;
use serde::Deserialize;
use std::ops::Range;
use toml::Spanned;

/// What lists show of an article.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrontMatter {
    pub title: String,
    pub summary: String,
    pub date: Date,
    pub updated: Option<Date>,
    #[serde(default)]
    pub tags: Vec<String>,
    /// The place in its section; articles without one come after, the latest first.
    pub order: Option<i64>,
    /// The version this one was translated from; the span is that in the TOML.
    pub translates: Option<Spanned<Translates>>,
}

const FENCE: &str = "+++";

/// The front matter of an article.
pub(super) fn parse(path: &str, text: &str) -> Result<FrontMatter, Diagnostic> {
    let Some((toml, _)) = bounds(text) else {
        return Err(Diagnostic::error("front-matter", path, "the front matter is missing or not closed")
            .at(Position { line: 1, column: 1 })
            .hint("start the file with a line +++, then title, summary and date in TOML, then another line +++"));
    };
    toml::from_str(&text[toml.clone()]).map_err(|error| toml_diagnostic(path, text, toml.start, &error))
}

/// The byte at which the Markdown starts.
pub(super) fn markdown_start(text: &str) -> Option<usize> {
    bounds(text).map(|(_, markdown)| markdown)
}

/// The position in the file of the byte `offset` of its TOML.
pub(super) fn position(text: &str, offset: usize) -> Position {
    Position::of(text, bounds(text).map_or(0, |(toml, _)| toml.start) + offset)
}

/// The bytes of the TOML, and the byte at which the Markdown starts.
fn bounds(text: &str) -> Option<(Range<usize>, usize)> {
    let start = line_end(text, 0);
    if text[..start].trim_end() != FENCE {
        return None;
    }
    let mut line = start;
    while line < text.len() {
        let end = line_end(text, line);
        if text[line..end].trim_end() == FENCE {
            return Some((start..line, end));
        }
        line = end;
    }
    None
}

/// The byte after the line break that ends the line at `start`.
fn line_end(text: &str, start: usize) -> usize {
    text[start..].find('\n').map_or(text.len(), |newline| start + newline + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_ends_where_the_markdown_starts() {
        let text = "+++\r\ntitle = 'A'\nsummary = 'B'\ndate = 2026-11-22\n+++\nText +++\n";
        let front = parse("a.md", text).unwrap();
        assert_eq!((front.title.as_str(), front.date.as_str()), ("A", "2026-11-22"));
        assert_eq!(&text[markdown_start(text).unwrap()..], "Text +++\n");
    }

    #[test]
    fn a_value_has_its_place_in_the_file() {
        let text = "+++\ntitle = 'A'\nsummary = '乙'\ndate = 2026-11-22\n  translates = 'zh:'\n+++\n";
        let translates = parse("a.md", text).unwrap().translates.unwrap();
        assert_eq!(position(text, translates.span().start), Position { line: 5, column: 16 });
    }

    #[test]
    fn an_error_is_placed_in_the_file() {
        let error = parse("a.md", "+++\ntitle = 'A'\nsumary = 'B'\n+++\n").unwrap_err();
        assert_eq!((error.code, error.position), ("broken-toml", Some(Position { line: 3, column: 1 })));
        for text in ["", "Text", "+++\ntitle = 'A'\n", "++++\n"] {
            assert_eq!(parse("a.md", text).unwrap_err().code, "front-matter", "{text:?}");
        }
    }
}
