//! The glossary: terms of the field in every language, from `data/glossary.toml`.
//!
//! Where a term's further reading leads is known when there are pages; here links are only parsed.

use crate::content::CONTENT;
use crate::content::link::{self, Target};
use crate::diagnostic::{Diagnostic, Diagnostics, Position};
use crate::language::Text;
use crate::record::id::Id;
use crate::tree::{Tree, parse_toml};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use toml::Spanned;

/// The file of the glossary.
pub const GLOSSARY: &str = "data/glossary.toml";

/// A term; its id is its anchor on the page.
#[derive(Debug)]
pub struct Term {
    pub id: Id,
    pub topic: Topic,
    pub name: Text,
    /// Other words for it.
    pub also: Option<Text>,
    pub definition: Text,
    /// What to read next: where it leads, and the place in the file.
    pub see: Vec<(Target, Position)>,
}

/// What terms are about; the order is that of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    Protocol,
    Metric,
    Ranking,
    Battles,
    Data,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    term: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<Id>,
    topic: Topic,
    name: Text,
    also: Option<Text>,
    definition: Text,
    /// Links as in articles of `content/`.
    #[serde(default)]
    see: Vec<Spanned<String>>,
}

/// The terms by topic, those of a topic as in the file; none when there is no file.
pub fn read(tree: &Tree, diagnostics: &mut Diagnostics) -> Vec<Term> {
    if !tree.contains(GLOSSARY) {
        return Vec::new();
    }
    let read = tree.text(GLOSSARY).and_then(|text| Ok((parse_toml::<File>(GLOSSARY, &text)?, text)));
    let (file, text) = match read {
        Ok(read) => read,
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            return Vec::new();
        }
    };
    let mut known = BTreeSet::new();
    let mut terms = Vec::with_capacity(file.term.len());
    for entry in file.term {
        let position = Position::of(&text, entry.id.span().start);
        if known.insert(entry.id.get_ref().clone()) {
            terms.push(term(entry, &text, diagnostics));
        } else {
            let message = format!("a second term {:?}", entry.id.get_ref().as_str());
            let diagnostic = Diagnostic::error("name-taken", GLOSSARY, message).at(position);
            diagnostics.push(diagnostic.hint("give it another id"));
        }
    }
    terms.sort_by_key(|term| term.topic);
    terms
}

fn term(entry: Entry, text: &str, diagnostics: &mut Diagnostics) -> Term {
    let mut see = Vec::with_capacity(entry.see.len());
    for address in &entry.see {
        let position = Position::of(text, address.span().start);
        match link::parse(CONTENT, address.get_ref()) {
            Ok(target) => see.push((target, position)),
            Err(reason) => diagnostics.push(broken(position, reason, "write it as in an article of content/")),
        }
    }
    let Entry { id, topic, name, also, definition, .. } = entry;
    Term { id: id.into_inner(), topic, name, also, definition, see }
}

/// A link of the glossary that leads nowhere.
pub fn broken(position: Position, reason: String, hint: impl Into<String>) -> Diagnostic {
    Diagnostic::error("broken-link", GLOSSARY, reason).at(position).hint(hint)
}
