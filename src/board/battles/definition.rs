//! What a board of battles counts, and how it rates: the other form of `data/boards/<id>.toml`.

use crate::battles::ClusterBy;
use crate::board::definition::Check;
use crate::diagnostic::Position;
use crate::language::Text;
use crate::ledger::Vote;
use crate::record::id::Id;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;
use toml::Spanned;

/// A board of battles as its file declares it, checked.
#[derive(Clone, Debug)]
pub struct BattleDefinition {
    pub id: Id,
    /// The file, relative to the site.
    pub path: Arc<str>,
    pub title: Text,
    pub summary: Text,
    pub notes: Option<Text>,
    /// What lists of boards put it under.
    pub topic: Option<Text>,
    pub order: i64,
    /// Folders of `data/results/`; empty means all.
    pub sources: Vec<Arc<str>>,
    pub method: Method,
    /// Where the file says how battles are rated.
    pub position: Position,
    pub filter: Filter,
    /// Models with fewer battles are not rated.
    pub minimum_battles: u64,
}

/// How battles become ratings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// All battles at once; `cluster` is what makes battles depend on each other.
    BradleyTerry { cluster: Option<ClusterBy> },
    /// One battle after another: a history, and no ranking.
    Elo,
}

impl Method {
    /// The name in files, which is a part of names of interface strings too.
    pub fn name(self) -> &'static str {
        match self {
            Self::BradleyTerry { .. } => "bradley-terry",
            Self::Elo => "elo",
        }
    }
}

/// Which battles count; what is absent does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub judge: Option<Arc<str>>,
    pub language: Option<Arc<str>>,
    /// Only battles that are known to be anonymous.
    pub anonymous: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::board) struct File {
    title: Text,
    summary: Text,
    notes: Option<Text>,
    topic: Option<Text>,
    #[serde(default)]
    order: i64,
    #[serde(default)]
    sources: Vec<Spanned<String>>,
    aggregate: Spanned<MethodName>,
    cluster: Option<Spanned<ClusterBy>>,
    judge: Option<Spanned<String>>,
    language: Option<Spanned<String>>,
    #[serde(default)]
    anonymous: bool,
    #[serde(default)]
    minimum_battles: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
enum MethodName {
    BradleyTerry,
    Elo,
}

/// Whether the definition in `text` is one of a board of battles: its `aggregate` says so.
pub(in crate::board) fn is_of_battles(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Aggregate {
        #[serde(rename = "aggregate")]
        _method: MethodName,
    }
    toml::from_str::<Aggregate>(text).is_ok()
}

impl Check<'_> {
    pub(in crate::board) fn of_battles(&mut self, id: Id, file: File) -> BattleDefinition {
        for source in &file.sources {
            if !self.ledger.has_battles(source.get_ref()) {
                let message = format!("no battles come from {:?}", source.get_ref());
                let hint = "a source is a folder of data/results/ with a source.toml".to_owned();
                self.error("unknown-source", source, message, hint);
            }
        }
        let sources: Vec<Arc<str>> = file.sources.into_iter().map(|source| source.into_inner().into()).collect();
        if !self.failed {
            self.filter("judge", file.judge.as_ref(), &sources, |vote| vote.judge);
            self.filter("language", file.language.as_ref(), &sources, |vote| vote.language);
        }
        let position = Position::of(self.text, file.aggregate.span().start);
        let method = match (file.aggregate.get_ref(), file.cluster) {
            (MethodName::BradleyTerry, cluster) => Method::BradleyTerry { cluster: cluster.map(Spanned::into_inner) },
            (MethodName::Elo, None) => Method::Elo,
            (MethodName::Elo, Some(cluster)) => {
                let hint = "leave the key out, or set aggregate = \"bradley-terry\"".to_owned();
                self.error("contradiction", &cluster, "online Elo has no intervals to cluster".to_owned(), hint);
                Method::Elo
            }
        };
        let text = |text: Option<Spanned<String>>| text.map(|text| text.into_inner().into());
        BattleDefinition {
            id,
            path: Arc::clone(self.path),
            title: file.title,
            summary: file.summary,
            notes: file.notes,
            topic: file.topic,
            order: file.order,
            sources,
            method,
            position,
            filter: Filter { judge: text(file.judge), language: text(file.language), anonymous: file.anonymous },
            minimum_battles: file.minimum_battles,
        }
    }

    /// Reports a value that no battle has; `of` is where battles state it.
    fn filter(
        &mut self,
        key: &str,
        wanted: Option<&Spanned<String>>,
        sources: &[Arc<str>],
        of: fn(Vote<'_>) -> Option<&str>,
    ) {
        const SHOWN: usize = 8;
        let Some(wanted) = wanted else { return };
        let known: BTreeSet<&str> =
            self.ledger.battles_of(sources).flat_map(|file| file.votes().filter_map(of)).collect();
        if !known.contains(&**wanted.get_ref()) {
            let message = format!("no battle has the {key} {:?}", wanted.get_ref());
            let names = known.iter().take(SHOWN).map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
            let hint = match known.len() {
                0 => format!("the files state no {key}: leave the key out"),
                1..=SHOWN => format!("the files have {names}"),
                more => format!("the files have {more}, among them {names}"),
            };
            self.error("unknown-filter", wanted, message, hint);
        }
    }
}
