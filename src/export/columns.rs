//! The columns of a table of records: those of the plain table, then what the site adds.

use super::Records;
use crate::ledger::Entry;
use crate::record::{Extra, Field, Part};
use std::borrow::Cow;

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// A number as its source wrote it.
    Number,
    Count,
    /// `yes` or `no`.
    Truth,
}

/// A column of a table of records.
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
    get: Get,
}

/// How a cell is found.
enum Get {
    Entry(for<'a> fn(Records<'a>, Entry<'a>) -> Option<Cow<'a, str>>),
    Part(Part),
    Field(Field),
}

impl Column {
    /// The text of the cell; `None` when it is empty.
    pub fn cell<'a>(&self, records: Records<'a>, entry: Entry<'a>) -> Option<Cow<'a, str>> {
        match self.get {
            Get::Entry(get) => get(records, entry),
            Get::Part(part) => entry.record.model.get(part).map(Cow::Borrowed),
            Get::Field(field) => entry.record.protocol.get(field).map(Cow::Borrowed),
        }
    }
}

/// Every column, in order. The names up to the protocol's are those in which a plain table is read.
pub fn columns() -> impl Iterator<Item = Column> {
    let of_entry = |(name, kind, get)| Column { name, kind, get: Get::Entry(get) };
    let parts = Part::all().map(|part| {
        let name = if part == Part::Revision { "model_revision" } else { part.name() };
        Column { name, kind: Kind::Text, get: Get::Part(part) }
    });
    let fields = Field::all().map(|field| Column { name: field.name(), kind: Kind::Text, get: Get::Field(field) });
    let model: Entries<1> = [("model", Kind::Text, |_, entry| text(&entry.record.model.raw))];
    model.map(of_entry).into_iter().chain(parts).chain(PLAIN.map(of_entry)).chain(fields).chain(ADDED.map(of_entry))
}

/// The text of the value, for tables in which the value is a binary number.
pub fn exact_value() -> Column {
    Column { name: "value_text", kind: Kind::Text, get: Get::Entry(|_, entry| text(entry.record.value.text())) }
}

type Entries<const N: usize> = [(&'static str, Kind, for<'a> fn(Records<'a>, Entry<'a>) -> Option<Cow<'a, str>>); N];

const PLAIN: Entries<16> = [
    ("benchmark", Kind::Text, |_, entry| text(&entry.record.benchmark)),
    ("subset", Kind::Text, |_, entry| entry.record.subset.as_deref().map(Cow::Borrowed)),
    ("metric", Kind::Text, |_, entry| text(&entry.record.metric.name)),
    ("unit", Kind::Text, |_, entry| text(entry.record.metric.unit.name())),
    ("direction", Kind::Text, |_, entry| Some(entry.record.metric.direction.to_string().into())),
    ("value", Kind::Number, |_, entry| text(entry.record.value.text())),
    ("standard_error", Kind::Number, |_, entry| text(entry.record.standard_error.as_ref()?.text())),
    ("interval_low", Kind::Number, |_, entry| text(entry.record.interval.as_ref()?.low.text())),
    ("interval_high", Kind::Number, |_, entry| text(entry.record.interval.as_ref()?.high.text())),
    ("interval_level", Kind::Number, |_, entry| text(entry.record.interval.as_ref()?.level.as_ref()?.text())),
    ("items", Kind::Count, |_, entry| Some(entry.record.items.scored?.to_string().into())),
    ("items_total", Kind::Count, |_, entry| Some(entry.record.items.total?.to_string().into())),
    ("aggregate", Kind::Truth, |_, entry| text(if entry.record.aggregate { "yes" } else { "no" })),
    ("reporter", Kind::Text, |_, entry| text(entry.record.reporter.name())),
    ("date", Kind::Text, |_, entry| text(entry.record.date.as_ref()?.as_str())),
    ("url", Kind::Text, |_, entry| text(entry.record.url.as_ref()?.as_str())),
];

const ADDED: Entries<9> = [
    ("model_id", Kind::Text, |records, entry| text(records.catalog.model(entry.model).id.as_str())),
    ("benchmark_id", Kind::Text, |records, entry| text(records.catalog.benchmark(entry.benchmark).id.as_str())),
    ("benchmark_part", Kind::Text, |_, entry| entry.subset().map(Cow::Borrowed)),
    ("source", Kind::Text, |_, entry| text(&entry.record.origin.source.id)),
    ("file", Kind::Text, |_, entry| text(&entry.record.origin.path)),
    ("file_sha256", Kind::Text, |_, entry| text(&entry.record.origin.sha256)),
    ("format", Kind::Text, |_, entry| text(entry.record.origin.format)),
    ("place", Kind::Text, |_, entry| Some(entry.record.place.to_string().into())),
    ("extra", Kind::Text, |_, entry| entry.record.extra.as_deref().map(|extra| json_of(extra).into())),
];

fn text(text: &str) -> Option<Cow<'_, str>> {
    (!text.is_empty()).then_some(Cow::Borrowed(text))
}

/// One object, name → what the source says.
fn json_of(extra: &Extra) -> String {
    let parsed = extra.iter().map(|(name, json)| {
        let value = serde_json::from_str(json).unwrap_or_else(|_| serde_json::Value::from(&**json));
        (name.to_string(), value)
    });
    serde_json::Value::Object(parsed.collect()).to_string()
}
