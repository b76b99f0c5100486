//! Pairwise comparisons, one in a row: arena votes (`model_a`, `model_b`, `winner`) and crowd votes (`left`, `right`,
//! `winner`), as JSON lines, a JSON array or CSV.
//!
//! Every row becomes a battle, in the order of the file: repeated votes, votes for a model against itself and votes
//! that were not anonymous are left to whoever computes ratings from them.

mod counted;

pub use counted::{Counted, count};

use super::json::{self, Json, Look, Object};
use super::judged::{self, Names, Unreadable};
use super::shared::Shared;
use super::{Content, Csv, Format, Holds, Input, Reading};
use crate::diagnostic::Diagnostic;
use crate::record::{Battle, Date, Outcome, Place};

pub struct Battles;

impl Format for Battles {
    fn name(&self) -> &'static str {
        "battles"
    }

    fn title(&self) -> &'static str {
        "pairwise battles (arena and crowd votes)"
    }

    fn example(&self) -> &'static str {
        "battles.jsonl"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let known = match &input.content {
            Content::Csv(csv) => Kind::of(|key| csv.header().iter().any(|name| name == key)),
            content => kind_of_row(judged::first_row(content)?),
        };
        known.map(|_| Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        match &input.content {
            Content::Csv(csv) => read_csv(csv, reading),
            content => read_json(content, reading),
        }
    }
}

/// Whose votes they are, which decides the names of keys and outcomes.
#[derive(Clone, Copy)]
enum Kind {
    Arena,
    Crowd,
}

type Keys = &'static [&'static str];

/// What a row says, in one form or another.
struct Row<T> {
    a: T,
    b: T,
    winner: T,
    judge: T,
    anonymous: T,
    language: T,
    time: T,
    question: T,
    turn: T,
}

impl<T> Row<T> {
    fn map<U>(&self, mut form: impl FnMut(&T) -> U) -> Row<U> {
        Row {
            a: form(&self.a),
            b: form(&self.b),
            winner: form(&self.winner),
            judge: form(&self.judge),
            anonymous: form(&self.anonymous),
            language: form(&self.language),
            time: form(&self.time),
            question: form(&self.question),
            turn: form(&self.turn),
        }
    }
}

impl<'a> Row<Option<&'a str>> {
    /// Both models and the outcome, or why they cannot be told.
    fn fought(&self, kind: Kind) -> Result<(&'a str, &'a str, Outcome), String> {
        let (Some(a), Some(b)) = (self.a, self.b) else {
            return Err("the comparison does not name both models".to_owned());
        };
        let winner = self.winner.unwrap_or("");
        let outcome = kind.outcome(winner).ok_or_else(|| {
            let text: String = winner.chars().take(40).collect();
            format!("{text:?} is no outcome of a comparison")
        })?;
        Ok((a, b, outcome))
    }
}

fn anonymity(text: &str) -> Option<bool> {
    text.to_ascii_lowercase().parse().ok()
}

impl Kind {
    fn of(has: impl Fn(&str) -> bool) -> Option<Self> {
        let all = |keys: [&str; 3]| keys.into_iter().all(&has);
        match () {
            () if all(["model_a", "model_b", "winner"]) => Some(Self::Arena),
            () if all(["left", "right", "winner"]) => Some(Self::Crowd),
            () => None,
        }
    }

    /// The keys under which a row may state each thing; the first that is there counts.
    fn keys(self) -> Row<Keys> {
        let (a, b): (Keys, Keys) = match self {
            Self::Arena => (&["model_a"], &["model_b"]),
            Self::Crowd => (&["left"], &["right"]),
        };
        Row {
            a,
            b,
            winner: &["winner"],
            judge: &["judge", "judge_hash", "worker"],
            anonymous: &["anony"],
            language: &["language"],
            time: &["tstamp", "timestamp", "date"],
            question: &["question_id", "prompt", "item"],
            turn: &["turn"],
        }
    }

    fn outcome(self, text: &str) -> Option<Outcome> {
        Some(match (self, text) {
            (Self::Arena, "model_a") | (Self::Crowd, "left") => Outcome::A,
            (Self::Arena, "model_b") | (Self::Crowd, "right") => Outcome::B,
            (_, "tie") => Outcome::Tie,
            (Self::Arena, "tie (bothbad)" | "both_bad" | "bothbad") => Outcome::BothBad,
            _ => return None,
        })
    }
}

fn kind_of_row(row: &Object) -> Option<Kind> {
    Kind::of(|key| row.contains_key(key))
}

fn read_csv(csv: &Csv, reading: &mut Reading) {
    let header = csv.header();
    let column = |name: &str| header.iter().position(|known| known == name);
    let Some(kind) = Kind::of(|key| column(key).is_some()) else { return };
    let columns = kind.keys().map(|names| names.iter().find_map(|name| column(name)));
    let width = header.len();
    let mut votes = Votes::new(kind);
    let mut rows = csv.rows(reading);
    rows.next();
    while let Some(row) = rows.next() {
        let at = |column: Option<usize>| row.position(column.unwrap_or(0));
        if row.width() != width {
            let reason = ragged(row.width(), width);
            votes.unreadable.report(rows.reading, |problem| problem.at(at(None)), &reason);
            continue;
        }
        let spelt = columns.map(|column| column.map(|column| row.text(column)).filter(|text| !text.is_empty()));
        let position = at(columns.winner);
        let place = Place::Cell { line: position.line, column: position.column };
        votes.add(spelt, None, place, |problem| problem.at(position), rows.reading);
    }
    votes.unreadable.finish(reading);
}

fn ragged(cells: usize, width: usize) -> String {
    format!("the row has {cells} cells and the header {width}")
}

fn read_json(content: &Content, reading: &mut Reading) {
    let Some(kind) = judged::first_row(content).and_then(kind_of_row) else { return };
    let keys = kind.keys();
    let mut votes = Votes::new(kind);
    judged::each_row(content, reading, |at, row, reading| {
        let spelt = keys.map(|names| names.iter().find_map(|name| spelt(row.get(*name)?)));
        votes.add(spelt, lengths(row), at.place(["winner"]), |problem| at.locate(problem), reading);
    });
    votes.unreadable.finish(reading);
}

struct Votes {
    kind: Kind,
    names: Names,
    texts: Shared<str>,
    unreadable: Unreadable,
}

impl Votes {
    fn new(kind: Kind) -> Self {
        Self { kind, names: Names::default(), texts: Shared::new(), unreadable: Unreadable::default() }
    }

    fn add(
        &mut self,
        row: Row<Option<&str>>,
        lengths: Option<[u32; 2]>,
        place: Place,
        locate: impl FnOnce(Diagnostic) -> Diagnostic,
        reading: &mut Reading,
    ) {
        let (a, b, outcome) = match row.fought(self.kind) {
            Ok(fought) => fought,
            Err(reason) => return self.unreadable.report(reading, locate, &reason),
        };
        let (a, b) = (self.names.name(a), self.names.name(b));
        let provenance = reading.provenance(place, None);
        reading.push_battle(Battle {
            lengths,
            judge: row.judge.map(|text| self.texts.share(text)),
            anonymous: row.anonymous.and_then(anonymity),
            language: row.language.map(|text| self.texts.share(text)),
            time: row.time.and_then(|text| Date::from_unix(text).or_else(|| Date::parse(text))),
            question: row.question.map(|text| self.texts.share(&*judged::question(text))),
            turn: row.turn.and_then(|text| text.parse().ok()).filter(|turn| *turn > 0),
            ..Battle::new(a, b, outcome, provenance)
        });
    }
}

/// The lengths of both answers: the tokens that the row states, else the characters of what both models said.
fn lengths(row: &Object) -> Option<[u32; 2]> {
    let stated = |key: &str| u32::try_from(json::count(row.object("conv_metadata")?.get(key)?)?).ok();
    let both = |[a, b]: [&str; 2], length: &dyn Fn(&str) -> Option<u32>| Some([length(a)?, length(b)?]);
    both(["sum_assistant_a_tokens", "sum_assistant_b_tokens"], &stated)
        .or_else(|| both(["conversation_a", "conversation_b"], &|key| spoken(row.get(key)?)))
}

/// The characters of all that the model said in a conversation; `None` where something of it is no text.
fn spoken(conversation: &Json) -> Option<u32> {
    let messages = conversation.as_array()?.iter().map(Json::as_object).collect::<Option<Vec<_>>>()?;
    let said = messages.into_iter().filter(|message| message.text("role") == Some("assistant"));
    let characters = said.map(|message| Some(message.get("content")?.as_str()?.chars().count()));
    let characters = characters.collect::<Option<Vec<_>>>()?;
    (!characters.is_empty()).then(|| u32::try_from(characters.iter().sum::<usize>()).ok())?
}

/// The text of a name, number or truth value; of a list (a judge with its prompt) that of the first.
fn spelt(json: &Json) -> Option<&str> {
    match json {
        Json::Bool(true) => Some("true"),
        Json::Bool(false) => Some("false"),
        Json::Array(list) => json::scalar(list.first()?),
        _ => json::scalar(json),
    }
}

#[cfg(test)]
mod tests;
