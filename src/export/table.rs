//! Records as CSV and as JSON.

use super::columns::{Column, Kind, columns};
use super::{Exported, Object, Records, exact_number};
use crate::record::Value;
use anyhow::Result;
use serde_json::Value as Json;
use std::borrow::Cow;
use std::io::Write;

/// Writes all records as comma-separated text (RFC 4180) with a header, values as their sources wrote them.
pub fn csv(records: Records, out: &mut dyn Write) -> Result<Exported> {
    let columns: Vec<Column> = columns().collect();
    let names: Vec<_> = columns.iter().map(|column| column.name).collect();
    writeln!(out, "{}", names.join(","))?;
    for entry in records.entries() {
        let cells: Vec<_> =
            columns.iter().map(|column| quoted(column.cell(records, entry).unwrap_or_default())).collect();
        writeln!(out, "{}", cells.join(","))?;
    }
    Ok(exported(records))
}

fn quoted(cell: Cow<str>) -> Cow<str> {
    let is_plain = !cell.contains(['"', ',', '\n', '\r']) && cell.trim().len() == cell.len();
    if is_plain { cell } else { format!("\"{}\"", cell.replace('"', "\"\"")).into() }
}

/// Writes all records as an array of JSON objects, one a line, without the cells that are empty. A number that JSON
/// cannot write as its source did is a string.
pub fn json(records: Records, out: &mut dyn Write) -> Result<Exported> {
    let columns: Vec<Column> = columns().collect();
    writeln!(out, "[")?;
    let total = records.entries().len();
    for (index, entry) in records.entries().enumerate() {
        let cells = columns.iter().filter_map(|column| {
            let cell = column.cell(records, entry)?;
            Some((column.name.to_owned(), typed(column.kind, cell)))
        });
        let comma = if index + 1 < total { "," } else { "" };
        writeln!(out, "{}{comma}", Json::Object(cells.collect::<Object>()))?;
    }
    writeln!(out, "]")?;
    Ok(exported(records))
}

fn typed(kind: Kind, cell: Cow<str>) -> Json {
    let exact = match kind {
        Kind::Text => None,
        Kind::Number | Kind::Count => Value::parse(&cell).as_ref().and_then(exact_number),
        Kind::Truth => Some(Json::Bool(cell == "yes")),
    };
    exact.unwrap_or_else(|| cell.into_owned().into())
}

pub(super) fn exported(records: Records) -> Exported {
    Exported { files: 1, records: records.entries().len(), ..Exported::default() }
}
