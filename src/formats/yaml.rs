//! YAML as the same tree as JSON, numbers with their text.
//!
//! Only `true` and `false` are truth values and only `null`, `~` and nothing are null: `no` is the language Norwegian
//! and stays text, as do dates. Text that is quoted or tagged is never a number. Of several documents the first is
//! read.

use super::json::{self, Broken, Json, Object};
use crate::diagnostic::Position;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};
use std::collections::HashMap;

/// The deepest nesting, as in JSON.
const DEEPEST: usize = 128;

/// What aliases may add to a document, in bytes: a few lines of them can stand for more than any memory holds.
const MOST_EXPANDED: usize = 64 << 20;

/// What a node costs besides its text.
const NODE: usize = 64;

/// Parses the first document of `text`.
pub fn parse(text: &str) -> Result<Json, Broken> {
    let mut builder = Builder { open: Vec::new(), anchors: HashMap::new(), expanded: 0, root: None };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| scan_error(&error))?;
        if matches!(event, Event::DocumentEnd) {
            break;
        }
        builder.take(event).map_err(|reason| Broken { position: position(&span), reason })?;
    }
    match builder.root {
        Some((root, _)) => Ok(root),
        None => Err(Broken { position: Position { line: 1, column: 1 }, reason: "the file is empty".into() }),
    }
}

fn scan_error(error: &ScanError) -> Broken {
    let marker = error.marker();
    Broken {
        position: Position { line: marker.line() as u32, column: marker.col() as u32 + 1 },
        reason: error.info().to_owned(),
    }
}

fn position(span: &Span) -> Position {
    Position { line: span.start.line() as u32, column: span.start.col() as u32 + 1 }
}

/// A sequence or mapping that is not closed yet.
struct Open {
    /// The anchor, 0 for none.
    anchor: usize,
    cost: usize,
    collection: Collection,
}

enum Collection {
    Sequence(Vec<Json>),
    /// The key whose value is read next.
    Mapping(Object, Option<String>),
}

struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, (Json, usize)>,
    /// The cost of all aliases so far.
    expanded: usize,
    root: Option<(Json, usize)>,
}

impl Builder {
    fn take(&mut self, event: Event) -> Result<(), String> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none();
                let cost = NODE + text.len();
                self.put(if plain { scalar(&text) } else { Json::String(text.into_owned()) }, cost, anchor)
            }
            Event::SequenceStart(anchor, _) => self.enter(anchor, Collection::Sequence(Vec::new())),
            Event::MappingStart(anchor, _) => self.enter(anchor, Collection::Mapping(Object::new(), None)),
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(done) = self.open.pop() else { return Ok(()) };
                let value = match done.collection {
                    Collection::Sequence(items) => Json::Array(items),
                    Collection::Mapping(object, _) => Json::Object(object),
                };
                self.put(value, done.cost, done.anchor)
            }
            Event::Alias(anchor) => {
                let (value, cost) = self.anchors.get(&anchor).ok_or("an alias names the node it stands in")?;
                self.expanded += cost;
                if self.expanded > MOST_EXPANDED {
                    return Err("its aliases stand for more than 64 MiB".into());
                }
                let (value, cost) = (value.clone(), *cost);
                self.put(value, cost, 0)
            }
            _ => Ok(()),
        }
    }

    fn enter(&mut self, anchor: usize, collection: Collection) -> Result<(), String> {
        if self.open.len() >= DEEPEST {
            return Err(format!("nested deeper than {DEEPEST}"));
        }
        self.open.push(Open { anchor, cost: NODE, collection });
        Ok(())
    }

    fn put(&mut self, value: Json, cost: usize, anchor: usize) -> Result<(), String> {
        if anchor != 0 {
            // An anchored node is kept a second time.
            self.expanded += cost;
            if self.expanded > MOST_EXPANDED {
                return Err("its anchored nodes have more than 64 MiB".into());
            }
            self.anchors.insert(anchor, (value.clone(), cost));
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some((value, cost));
            return Ok(());
        };
        open.cost += cost;
        match &mut open.collection {
            Collection::Sequence(items) => items.push(value),
            Collection::Mapping(object, key) => match key.take() {
                Some(key) => {
                    object.insert(key, value);
                }
                None => *key = Some(key_text(value)?),
            },
        }
        Ok(())
    }
}

/// The text of a key; numbers and truth values are keys as they are written.
fn key_text(key: Json) -> Result<String, String> {
    match key {
        Json::String(text) => Ok(text),
        Json::Array(_) | Json::Object(_) => Err("a key is a list or a mapping".into()),
        other => Ok(other.to_string()),
    }
}

fn scalar(text: &str) -> Json {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Json::Null,
        "true" | "True" | "TRUE" => Json::Bool(true),
        "false" | "False" | "FALSE" => Json::Bool(false),
        ".nan" | ".NaN" | ".NAN" => json::token("NaN"),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => json::token("Infinity"),
        "-.inf" | "-.Inf" | "-.INF" => json::token("-Infinity"),
        _ if text.starts_with(|c: char| c.is_ascii_digit() || c == '-') => {
            text.parse().map_or_else(|_| Json::String(text.to_owned()), Json::Number)
        }
        _ => Json::String(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Json {
        parse(text).unwrap_or_else(|broken| panic!("{}", broken.reason))
    }

    #[test]
    fn numbers_keep_their_text() {
        let list = read("[0.50, 65.710, 7, -1.0, '5', 1e-5, .nan, -.inf]");
        let texts: Vec<_> = list
            .as_array()
            .unwrap()
            .iter()
            .map(|item| json::number(item).map(|value| value.text().to_owned()))
            .collect();
        let texts: Vec<_> = texts.iter().map(|text| text.as_deref().unwrap_or("none")).collect();
        assert_eq!(texts, ["0.50", "65.710", "7", "-1.0", "none", "1e-5", "NaN", "-Infinity"]);
    }

    #[test]
    fn only_true_and_false_are_truth_values() {
        let root = read("no: yes\non: off\n1: ~\ndate: 2024-03-05\nt: true\nversion: 1.2.3\nu: !!str 5\n");
        assert_eq!(
            root.to_string(),
            r#"{"1":null,"date":"2024-03-05","no":"yes","on":"off","t":true,"u":"5","version":"1.2.3"}"#
        );
    }

    #[test]
    fn aliases_are_expanded_within_bounds() {
        assert_eq!(read("a: &x [1, 2]\nb: *x").to_string(), r#"{"a":[1,2],"b":[1,2]}"#);
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let inner = vec![format!("*a{}", level - 1); 10].join(", ");
            bomb += &format!("a{level}: &a{level} [{inner}]\n");
        }
        assert!(parse(&bomb).err().unwrap().reason.contains("64 MiB"));
        assert!(parse("a: &x [*x]").is_err());
    }

    #[test]
    fn nesting_has_a_bound_and_faults_have_places() {
        let deep = |levels| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
        assert!(parse(&deep(100)).is_ok());
        assert!(parse(&deep(200_000)).is_err());
        assert!(parse(&"- ".repeat(200_000)).is_err());
        let broken = parse("a: 1\nb: [1, 2\nc: }").err().unwrap();
        assert!(broken.position.line > 1, "{:?}", broken.position);
        assert_eq!(parse("").err().unwrap().reason, "the file is empty");
    }

    #[test]
    fn the_first_of_several_documents_is_read() {
        assert_eq!(read("a: 1\n---\na: 2\n")["a"].to_string(), "1");
    }
}
