//! Whether bytes are what their source declares, and the shape of the table in them.

use super::failure::Failure;
use crate::formats::json::{self, Broken, Json};
use crate::formats::{Parquet, yaml};
use crate::snapshot::{Selector, Step, Syntax};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

/// The names of a table's columns, or of a document's keys.
pub(super) type Shape = BTreeSet<String>;

/// A table that was found to be as declared.
pub(super) struct Verified<'a> {
    /// What to keep.
    pub(super) bytes: Cow<'a, [u8]>,
    pub(super) shape: Shape,
    /// There are no rows, or no keys.
    pub(super) empty: bool,
}

/// Checks that `bytes` are written in `syntax`; `path` takes a part of a JSON document, as written.
pub(super) fn table<'a>(
    what: &str,
    bytes: &'a [u8],
    syntax: Syntax,
    path: Option<&Selector>,
) -> Result<Verified<'a>, Failure> {
    let wrong = |reason: String| Failure::content(format!("{what} {reason}"));
    let text = std::str::from_utf8(bytes).map_err(|_| wrong("is not UTF-8".to_owned()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(wrong("is empty".to_owned()));
    }
    if is_web_page(text) {
        return Err(wrong("is a web page".to_owned()));
    }
    let (bytes, (shape, empty)) = match (syntax, path) {
        (Syntax::Json, Some(path)) => {
            let part = select(text, path).map_err(wrong)?;
            let shape = shape_of_json(&part).map_err(wrong)?;
            (Cow::Owned(part.into_bytes()), shape)
        }
        (Syntax::Json, None) => (Cow::Borrowed(bytes), shape_of_json(text).map_err(wrong)?),
        (Syntax::Csv, _) => (Cow::Borrowed(bytes), shape_of_csv(text).map_err(wrong)?),
        (Syntax::Yaml, _) => (Cow::Borrowed(bytes), shape_of_yaml(text).map_err(wrong)?),
    };
    Ok(Verified { bytes, shape, empty })
}

/// What is gone from a shape and what is new in it; `None` if they are the same.
pub(super) fn difference(before: &Shape, now: &Shape) -> Option<String> {
    let list = |label: &str, names: Vec<&String>| {
        let shown: Vec<String> = names.iter().take(10).map(|name| format!("{name:?}")).collect();
        let more = if names.len() > 10 { format!(" and {} more", names.len() - 10) } else { String::new() };
        (!names.is_empty()).then(|| format!("{label} {}{more}", shown.join(", ")))
    };
    let gone = list("gone:", before.difference(now).collect());
    let new = list("new:", now.difference(before).collect());
    let parts: Vec<String> = [gone, new].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn is_web_page(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(15).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// A shape, and whether the table is empty.
type Found = Result<(Shape, bool), String>;

fn shape_of_json(text: &str) -> Found {
    shape_of_document(&json::parse(text).map_err(|broken| not_written_in("JSON", &broken))?)
}

fn shape_of_yaml(text: &str) -> Found {
    shape_of_document(&yaml::parse(text).map_err(|broken| not_written_in("YAML", &broken))?)
}

fn not_written_in(syntax: &str, broken: &Broken) -> String {
    let Broken { reason, position } = broken;
    format!("is not {syntax}: {reason} at line {}, column {}", position.line, position.column)
}

/// The columns of a Parquet file, of which no value is read.
pub(super) fn shape_of_parquet(bytes: &[u8]) -> Result<Shape, String> {
    let whole = |reason: String| format!("is not a whole Parquet file: {reason}");
    if !bytes.starts_with(b"PAR1") {
        return Err(whole("it does not begin like one".to_owned()));
    }
    let shape: Shape = Parquet::columns(bytes).map_err(whole)?.into_iter().collect();
    if shape.is_empty() { Err("has no columns".to_owned()) } else { Ok(shape) }
}

/// The keys of an object, or the columns of an array of objects.
fn shape_of_document(document: &Json) -> Found {
    match document {
        Json::Object(object) => Ok((object.keys().cloned().collect(), object.is_empty())),
        Json::Array(rows) => {
            let columns = rows.iter().filter_map(Json::as_object).flat_map(|row| row.keys().cloned());
            Ok((columns.collect(), rows.is_empty()))
        }
        _ => Err("holds one value and no table".to_owned()),
    }
}

fn shape_of_csv(text: &str) -> Found {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let wrong = |error: csv::Error| format!("is not CSV: {error}");
    let shape = reader.headers().map_err(wrong)?.iter().map(str::to_owned).collect();
    let mut empty = true;
    for row in reader.records() {
        row.map_err(wrong)?;
        empty = false;
    }
    Ok((shape, empty))
}

/// The part of a JSON document to which a path leads, as written. `[]` before the end puts what all elements lead to
/// into one array; at the end it says that the value there is a table, of rows or of rows by name.
fn select(text: &str, path: &Selector) -> Result<String, String> {
    let root: &RawValue = serde_json::from_str(text).map_err(|error| format!("is not JSON: {error}"))?;
    let (steps, table) = match path.steps().split_last() {
        Some((Step::Each, before)) if !before.contains(&Step::Each) => (before, true),
        _ => (path.steps(), false),
    };
    let mut values = vec![root];
    for step in steps {
        let found: Option<Vec<Vec<&RawValue>>> = values.iter().map(|value| follow(value, step)).collect();
        values = found.ok_or_else(|| format!("has nothing at {path}"))?.into_iter().flatten().collect();
    }
    match values.as_slice() {
        [value] if table && follow(value, &Step::Each).is_none() => Err(format!("has no table at {path}")),
        [value] if !steps.contains(&Step::Each) => Ok(value.get().to_owned()),
        values => Ok(format!("[{}]", values.iter().map(|value| value.get()).collect::<Vec<_>>().join(",\n"))),
    }
}

fn follow<'a>(value: &'a RawValue, step: &Step) -> Option<Vec<&'a RawValue>> {
    let elements = || serde_json::from_str::<Vec<&RawValue>>(value.get()).ok();
    let members = || serde_json::from_str::<Members>(value.get()).ok();
    match step {
        Step::Key(key) => members()?.0.into_iter().rfind(|(name, _)| name == key).map(|(_, value)| vec![value]),
        Step::Index(index) => elements()?.get(*index).map(|value| vec![*value]),
        Step::Each => elements().or_else(|| Some(members()?.0.into_iter().map(|(_, value)| value).collect())),
    }
}

/// The members of an object in the order in which they stand.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(InOrder).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;
    use std::sync::Arc;

    fn selected(text: &str, path: &str) -> Result<String, String> {
        select(text, &Selector::parse(path).unwrap())
    }

    fn shape(text: &str, syntax: Syntax) -> Result<Vec<String>, Failure> {
        table("it", text.as_bytes(), syntax, None).map(|verified| verified.shape.into_iter().collect())
    }

    #[test]
    fn a_path_takes_a_part_exactly_as_written() {
        let text = r#"{"a": {"z": 0.10, "b": [ {"x": 1.500e+03} , {"x":"é\u0041"}]}, "a b": 1}"#;
        assert_eq!(selected(text, ".a.b").unwrap(), r#"[ {"x": 1.500e+03} , {"x":"é\u0041"}]"#);
        assert_eq!(selected(text, ".a.b[0].x").unwrap(), "1.500e+03");
        assert_eq!(selected(text, ".a.b[].x").unwrap(), "[1.500e+03,\n\"é\\u0041\"]");
        assert_eq!(selected(text, ".\"a b\"").unwrap(), "1");
        assert_eq!(selected(text, ".a[]").unwrap(), r#"{"z": 0.10, "b": [ {"x": 1.500e+03} , {"x":"é\u0041"}]}"#);
        for path in [".b", ".a.b[2]", ".a.b.x", ".a.z[]", ".a.b[].y", ".a[].x"] {
            assert!(selected(text, path).is_err(), "{path}");
        }
    }

    #[test]
    fn elements_of_an_object_keep_their_order() {
        assert_eq!(selected(r#"{"t":{"b":{"r":2},"a":{"r":1}}}"#, ".t[].r").unwrap(), "[2,\n1]");
    }

    #[test]
    fn a_shape_is_keys_or_columns() {
        assert_eq!(shape(r#"[{"b":1,"a":2},{"c":NaN}]"#, Syntax::Json).unwrap(), ["a", "b", "c"]);
        assert_eq!(shape("model,score\na,\"1,5\"\n", Syntax::Csv).unwrap(), ["model", "score"]);
        assert_eq!(shape("- model: a\n  score: 1.50\n", Syntax::Yaml).unwrap(), ["model", "score"]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for text in ["", " \n", "3", "[1,2", "{\"a\":1}x", "<!DOCTYPE HTML><p>Busy", "\u{feff}"] {
            assert!(shape(text, Syntax::Json).is_err(), "{text:?}");
        }
        for text in ["", "a,b\n1,2\n1", "<html><body>\n1", " <!doctype html>\n<p>"] {
            assert!(shape(text, Syntax::Csv).is_err(), "{text:?}");
        }
        for text in ["a: [", "just text", "a: &x [1]\n? }"] {
            assert!(shape(text, Syntax::Yaml).is_err(), "{text:?}");
        }
        assert!(table("it", b"\xff{}", Syntax::Json, None).is_err());
    }

    /// A Parquet file without rows and with the columns `model` and `scores`, the latter with the child `item`.
    fn parquet() -> Vec<u8> {
        let schema = "message t { required binary model; required group scores { required double item; } }";
        let schema = Arc::new(parse_message_type(schema).unwrap());
        let mut bytes = Vec::new();
        SerializedFileWriter::new(&mut bytes, schema, Arc::default()).unwrap().close().unwrap();
        bytes
    }

    #[test]
    fn the_columns_of_parquet_are_the_outermost() {
        assert_eq!(shape_of_parquet(&parquet()).unwrap().into_iter().collect::<Vec<_>>(), ["model", "scores"]);
    }

    #[test]
    fn broken_parquet_is_refused_at_any_length_and_survived_with_any_byte_changed() {
        let file = parquet();
        for length in 0..file.len() {
            assert!(shape_of_parquet(&file[..length]).is_err(), "{length}");
            assert!(shape_of_parquet(&file[file.len() - length..]).is_err(), "{length}");
        }
        for place in 0..file.len() {
            for value in [0, 0x0c, 0x7f, 0xff] {
                let mut changed = file.clone();
                changed[place] = value;
                let _ = shape_of_parquet(&changed);
            }
        }
        // A list that claims to be endless.
        let meta = [0x19, 0xf1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
        let length = (meta.len() as u32).to_le_bytes();
        assert!(shape_of_parquet(&[b"PAR1".as_slice(), &meta, &length, b"PAR1"].concat()).is_err());
    }

    #[test]
    fn a_table_without_rows_is_empty() {
        for (text, syntax) in [("[]", Syntax::Json), ("{}", Syntax::Json), ("a,b\n", Syntax::Csv), ("[]", Syntax::Yaml)]
        {
            assert!(table("it", text.as_bytes(), syntax, None).unwrap().empty, "{text:?}");
        }
        assert!(!table("it", b"[1]", Syntax::Json, None).unwrap().empty);
    }

    #[test]
    fn nested_aliases_do_not_exhaust_memory() {
        let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
            text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
        }
        assert!(shape(&text, Syntax::Yaml).is_err());
    }

    #[test]
    fn what_changed_is_named() {
        let shape = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Shape>();
        assert_eq!(difference(&shape(&["a", "b"]), &shape(&["b", "a"])), None);
        let difference = difference(&shape(&["a", "b"]), &shape(&["b", "c"])).unwrap();
        assert_eq!(difference, "gone: \"a\"; new: \"c\"");
    }
}
