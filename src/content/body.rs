//! What becomes of an article's text.

use super::link::Target;
use crate::diagnostic::Position;
use crate::record::id::Id;
use serde::Deserialize;

/// An article's text, ready for its page.
#[derive(Debug, Default)]
pub struct Body {
    pub segments: Vec<Segment>,
    pub headings: Vec<Heading>,
    /// The words, without markup: what stands before the first heading, then what stands below each, with a line for
    /// each. The headings' own words are not among them.
    pub words: String,
    /// Links to headings of other articles, which can be checked only when those have been read.
    pub fragments: Vec<Fragment>,
}

/// A piece of an article.
#[derive(Debug, PartialEq)]
pub enum Segment {
    /// Safe HTML.
    Html(String),
    Embed(Embed),
}

/// A board's rows or chart that an article asks for.
#[derive(Debug, PartialEq)]
pub struct Embed {
    pub kind: EmbedKind,
    pub position: Position,
}

#[derive(Debug, PartialEq)]
pub enum EmbedKind {
    Board { id: String, top: usize },
    Chart { board: String, column: Option<String>, top: usize },
}

impl EmbedKind {
    /// Reads the TOML of a fenced block whose language is `board` or `chart`; any other block is no embed.
    pub(super) fn parse(language: &str, toml: &str) -> Option<Result<Self, toml::de::Error>> {
        match language {
            "board" => Some(toml::from_str(toml).map(|BoardEmbed { id, top }| Self::Board { id, top })),
            "chart" => {
                Some(toml::from_str(toml).map(|ChartEmbed { board, column, top }| Self::Chart { board, column, top }))
            }
            _ => None,
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6: the title is the only heading of level 1.
    pub level: u8,
    pub id: String,
    pub text: String,
}

#[derive(Debug)]
pub struct Fragment {
    pub article: Id,
    pub heading: String,
    pub position: Position,
}

/// Words of the interface that stand inside an article, in its language.
#[derive(Clone, Debug)]
pub struct Labels {
    pub note: String,
    pub tip: String,
    pub important: String,
    pub warning: String,
    pub caution: String,
    pub notes: String,
    pub back: String,
    /// A task of a list, with its box ticked and without.
    pub done: String,
    pub to_do: String,
}

/// Gives a link its address on the page, or says why it leads nowhere and what to do.
pub type Resolve<'a> = dyn Fn(&Target) -> Result<String, Unresolved> + 'a;

/// A link that leads nowhere.
pub struct Unresolved {
    pub reason: String,
    pub hint: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BoardEmbed {
    id: String,
    #[serde(default = "ten")]
    top: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChartEmbed {
    board: String,
    column: Option<String>,
    #[serde(default = "ten")]
    top: usize,
}

fn ten() -> usize {
    10
}
