//! `data/sources.toml`: where data are fetched from, under which licence and how often.

use super::{SOURCES, Selector};
use crate::diagnostic::{Diagnostic, Diagnostics, Position};
use crate::language::Text;
use crate::record::id::Id;
use crate::record::{Reporter, WebUrl};
use crate::tree::{Tree, parse_toml};
use chrono::TimeDelta;
use serde::{Deserialize, Deserializer, de};
use std::collections::BTreeMap;
use std::fmt;
use toml::Spanned;

/// A source that can be fetched.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// Of one part: the name of its folder below `data/snapshots/`.
    pub id: Id,
    pub name: Text,
    /// The page that people read.
    pub homepage: WebUrl,
    pub licence: String,
    pub reporter: Reporter,
    /// For how long a snapshot counts as fresh.
    pub refresh: TimeDelta,
    pub location: Location,
    /// Where in the file it is declared.
    pub position: Position,
}

/// Where the data are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    File(WebFile),
    Github(Github),
    Dataset(Dataset),
}

/// One file at an address.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebFile {
    pub url: WebUrl,
    pub format: Syntax,
    /// The part of a JSON document to keep; absent for all of it.
    pub path: Option<Selector>,
}

/// What a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Syntax {
    Json,
    Csv,
    Yaml,
}

impl Syntax {
    /// What a file's ending says it is written in.
    pub fn of(path: &str) -> Option<Self> {
        let (_, ending) = path.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }

    /// The ending of a file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Yaml => "yaml",
        }
    }
}

/// Files of a GitHub repository.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Github {
    /// `owner/name`.
    #[serde(deserialize_with = "repository")]
    pub repository: String,
    /// A branch, tag or commit.
    #[serde(rename = "ref", deserialize_with = "reference")]
    pub reference: String,
    /// Paths in the repository; `*`, `?` and `[…]` match within a folder, `**` any number of folders.
    #[serde(deserialize_with = "patterns")]
    pub files: Vec<glob::Pattern>,
}

/// One table of a dataset on Hugging Face.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dataset {
    /// `owner/name`.
    #[serde(rename = "id", deserialize_with = "repository")]
    pub repository: String,
    pub config: String,
    pub split: String,
    pub format: Form,
}

/// The form in which a dataset is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// All rows as one JSON document, from the dataset viewer.
    Rows,
    /// The Parquet files of the table.
    Parquet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Declared {
    name: Text,
    homepage: Option<WebUrl>,
    licence: String,
    #[serde(default)]
    reporter: Reporter,
    #[serde(deserialize_with = "interval")]
    refresh: TimeDelta,
    file: Option<WebFile>,
    github: Option<Github>,
    dataset: Option<Dataset>,
}

/// The declared sources in the order of their ids; none when the site has no `data/sources.toml`.
pub fn read(tree: &Tree, diagnostics: &mut Diagnostics) -> Vec<Declaration> {
    if !tree.contains(SOURCES) {
        return Vec::new();
    }
    let parsed = tree.text(SOURCES).and_then(|text| Ok((parse_toml(SOURCES, &text)?, text)));
    let (declared, text): (BTreeMap<String, Spanned<Declared>>, String) = match parsed {
        Ok(parsed) => parsed,
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            return Vec::new();
        }
    };
    let mut declarations = Vec::new();
    for (name, declared) in declared {
        let position = Position::of(&text, declared.span().start);
        match declared.into_inner().check(&name, position) {
            Ok(declaration) => declarations.push(declaration),
            Err(reason) => diagnostics.push(
                Diagnostic::error("bad-source", SOURCES, reason)
                    .at(position)
                    .hint("docs/pulling.md describes every key"),
            ),
        }
    }
    declarations
}

impl Declared {
    fn check(self, name: &str, position: Position) -> Result<Declaration, String> {
        let id = Id::new(name).map_err(|reason| format!("the source {reason}"))?;
        if name.contains('/') {
            return Err(format!("the source {name:?} has more than one part"));
        }
        let location = match (self.file, self.github, self.dataset) {
            (Some(file), None, None) => Location::File(file),
            (None, Some(github), None) => Location::Github(github),
            (None, None, Some(dataset)) => Location::Dataset(dataset),
            _ => return Err(format!("the source {name:?} needs one of `file`, `github` and `dataset`")),
        };
        if let Location::File(WebFile { format: Syntax::Csv | Syntax::Yaml, path: Some(path), .. }) = &location {
            return Err(format!("the path {path} of the source {name:?} needs the format json"));
        }
        Ok(Declaration {
            id,
            name: self.name,
            homepage: match self.homepage {
                Some(homepage) => homepage,
                None => location.homepage()?,
            },
            licence: self.licence,
            reporter: self.reporter,
            refresh: self.refresh,
            location,
            position,
        })
    }
}

impl Location {
    fn homepage(&self) -> Result<WebUrl, String> {
        match self {
            Self::File(file) => Ok(file.url.clone()),
            Self::Github(github) => WebUrl::parse(&format!("https://github.com/{}", github.repository)),
            Self::Dataset(dataset) => WebUrl::parse(&format!("https://huggingface.co/datasets/{}", dataset.repository)),
        }
    }
}

/// All that decides which bytes are fetched, on one line: the lock keeps it.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(WebFile { url, format, path: None }) => write!(f, "{} ({})", url.as_str(), format.ending()),
            Self::File(WebFile { url, format, path: Some(path) }) => {
                write!(f, "{} ({} at {path})", url.as_str(), format.ending())
            }
            Self::Github(github) => {
                let files: Vec<&str> = github.files.iter().map(glob::Pattern::as_str).collect();
                write!(f, "GitHub {} at {}: {}", github.repository, github.reference, files.join(", "))
            }
            Self::Dataset(dataset) => {
                let form = match dataset.format {
                    Form::Rows => "rows",
                    Form::Parquet => "Parquet",
                };
                write!(f, "dataset {}, {}, {} ({form})", dataset.repository, dataset.config, dataset.split)
            }
        }
    }
}

fn interval<'de, D: Deserializer<'de>>(deserializer: D) -> Result<TimeDelta, D::Error> {
    let text = String::deserialize(deserializer)?;
    let hours = text.strip_suffix('h').map(|number| (number, 1));
    let days = text.strip_suffix('d').map(|number| (number, 24));
    let read = |(number, hours): (&str, u32)| {
        Some(TimeDelta::hours(i64::from(number.parse::<u16>().ok()?) * i64::from(hours)))
    };
    hours
        .or(days)
        .and_then(read)
        .ok_or_else(|| de::Error::custom(format!("{text:?} is not a time such as \"12h\" or \"7d\"")))
}

fn repository<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    let parts: Vec<&str> = text.split('/').collect();
    if parts.len() == 2 && parts.iter().all(|part| is_word(part)) {
        return Ok(text);
    }
    Err(de::Error::custom(format!("{text:?} is not of the form owner/name")))
}

fn reference<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.split('/').all(is_word) {
        return Ok(text);
    }
    Err(de::Error::custom(format!("{text:?} is not a branch, tag or commit")))
}

/// Letters, digits, `.`, `_` and `-`, not hidden and not leading upwards.
fn is_word(part: &str) -> bool {
    !part.is_empty() && !part.starts_with('.') && part.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
}

fn patterns<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<glob::Pattern>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    if texts.is_empty() {
        return Err(de::Error::custom("no file of the repository is named"));
    }
    let pattern = |text: String| {
        glob::Pattern::new(&text)
            .map_err(|error| de::Error::custom(format!("{text:?} is not a pattern: {}", error.msg)))
    };
    texts.into_iter().map(pattern).collect()
}
