//! Parquet: a table of typed columns, row by row.
//!
//! A row is a JSON object, so that a format which reads JSON rows reads these too, or the texts of its cells. Binary
//! numbers have no text of their own: they are given the shortest that stands for the same number.

use super::Reading;
use super::csv::Row;
use super::json::{self, Json, Object};
use bytes::Bytes;
use parquet::data_type::Decimal;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row as ParquetRow};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The most rows that are read: a few bytes may stand for any number.
const MOST_ROWS: u32 = 1 << 24;

/// Rows that recognition may look at.
const FIRST: usize = 3;

/// A Parquet file.
pub struct Parquet {
    reader: SerializedFileReader<Bytes>,
    header: Vec<String>,
    first: Vec<Json>,
}

impl Parquet {
    /// The error says in a sentence fragment what is wrong with the file.
    pub(super) fn new(bytes: &[u8]) -> Result<Self, String> {
        let (reader, header) = open(bytes)?;
        let mut parquet = Self { reader, header, first: Vec::new() };
        let mut first = Vec::new();
        parquet.walk(&mut |_, row| {
            first.push(row);
            first.len() < FIRST
        })?;
        parquet.first = first;
        Ok(parquet)
    }

    /// The names of a file's columns, from the metadata at its end: no value is read. The error says in a sentence
    /// fragment what is wrong with the file.
    pub fn columns(bytes: &[u8]) -> Result<Vec<String>, String> {
        Ok(open(bytes)?.1)
    }

    /// The names of the columns.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The first rows, at most three: what a format is recognised by.
    pub fn first(&self) -> &[Json] {
        &self.first
    }

    /// Calls `take` with the number, counted from 1, and the cells of every row as an object. What keeps the rest of
    /// the rows from being read is reported.
    pub fn each(&self, reading: &mut Reading, mut take: impl FnMut(u32, &Json, &mut Reading)) {
        let mut rows = 0;
        let walked = self.walk(&mut |number, row| {
            rows = number;
            take(number, &row, reading);
            number < MOST_ROWS
        });
        if let Err(reason) = walked {
            let problem = reading.error("broken-parquet", format!("after {rows} rows: {reason}"));
            reading.diagnostics.push(problem.hint("the rows before are read; copy the file again"));
        } else if rows == MOST_ROWS {
            let problem = reading.error("file-too-large", format!("there are more than {MOST_ROWS} rows"));
            reading.diagnostics.push(problem.hint("the rows before are read; split the file"));
        }
    }

    /// The names of the columns as the header of a table, in row 0.
    pub fn header_row(&self) -> Row<'_> {
        Row::of_table(0, self.header.iter().map(|name| Cow::Borrowed(name.as_str())).collect())
    }

    /// The texts of the cells of a row as given by [`Self::each`].
    pub fn row<'r>(&self, number: u32, row: &'r Json) -> Row<'r> {
        let cell = |name: &String| row.get(name).map_or(Cow::Borrowed(""), text);
        Row::of_table(number, self.header.iter().map(cell).collect())
    }

    fn walk(&self, take: &mut dyn FnMut(u32, Json) -> bool) -> Result<(), String> {
        let mut rows = guarded(|| self.reader.get_row_iter(None).map_err(|error| error.to_string()))?;
        let mut number = 0;
        while let Some(row) = guarded(|| rows.next().transpose().map_err(|error| error.to_string()))? {
            number += 1;
            if !take(number, Json::Object(object(&row))) {
                break;
            }
        }
        Ok(())
    }
}

/// A reader of the file, and the names of its columns.
fn open(bytes: &[u8]) -> Result<(SerializedFileReader<Bytes>, Vec<String>), String> {
    let bytes = Bytes::copy_from_slice(bytes);
    let reader = guarded(|| SerializedFileReader::new(bytes).map_err(|error| error.to_string()))?;
    let columns = reader.metadata().file_metadata().schema().get_fields();
    let header = columns.iter().map(|column| column.name().to_owned()).collect();
    Ok((reader, header))
}

/// The library panics on some broken files.
fn guarded<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err("its pages contradict each other".to_owned()))
}

fn object(row: &ParquetRow) -> Object {
    row.get_column_iter().map(|(name, field)| (name.clone(), json_of(field))).collect()
}

fn json_of(field: &Field) -> Json {
    match field {
        Field::Null => Json::Null,
        Field::Bool(value) => Json::Bool(*value),
        Field::Byte(value) => (*value).into(),
        Field::Short(value) => (*value).into(),
        Field::Int(value) => (*value).into(),
        Field::Long(value) => (*value).into(),
        Field::UByte(value) => (*value).into(),
        Field::UShort(value) => (*value).into(),
        Field::UInt(value) => (*value).into(),
        Field::ULong(value) => (*value).into(),
        Field::Float16(value) => number(shortest(value.to_f32().to_string(), value.to_f32().into())),
        Field::Float(value) => number(shortest(value.to_string(), (*value).into())),
        Field::Double(value) => number(shortest(value.to_string(), (*value).into())),
        Field::Decimal(value) => number(decimal(value)),
        Field::Str(text) => text.as_str().into(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into(),
        Field::Date(days) => {
            let micros = i64::from(*days).checked_mul(86_400_000_000);
            micros.and_then(time).map_or(Json::Null, |time| time.split('T').next().into())
        }
        Field::TimestampMillis(value) => value.checked_mul(1000).and_then(time).into(),
        Field::TimestampMicros(value) => time(*value).into(),
        Field::TimeMillis(value) => (*value).into(),
        Field::TimeMicros(value) => (*value).into(),
        Field::Group(row) => Json::Object(object(row)),
        Field::ListInternal(list) => list.elements().iter().map(json_of).collect(),
        Field::MapInternal(map) => {
            let key = |key: &Field| text(&json_of(key)).into_owned();
            Json::Object(map.entries().iter().map(|(name, value)| (key(name), json_of(value))).collect())
        }
    }
}

/// The decimal notation of a number, or the scientific one where that is long; the latter is null for no number.
fn shortest(decimal: String, scientific: Json) -> String {
    if decimal.len() > 24 && scientific.is_number() { scientific.to_string() } else { decimal }
}

/// A JSON number with this text, or the mark of one that JSON does not have.
fn number(text: String) -> Json {
    match text.as_str() {
        "inf" => json::token("Infinity"),
        "-inf" => json::token("-Infinity"),
        text => serde_json::from_str(text).unwrap_or_else(|_| json::token(text)),
    }
}

/// All digits of the number: `12.50`.
fn decimal(value: &Decimal) -> String {
    let scale = usize::try_from(value.scale()).unwrap_or(0).min(99);
    let Some(unscaled) = integer(value.data()) else { return "NaN".to_owned() };
    let digits = format!("{:0>width$}", unscaled.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let (sign, point) = (if unscaled < 0 { "-" } else { "" }, if scale == 0 { "" } else { "." });
    format!("{sign}{whole}{point}{fraction}")
}

/// A big-endian number in two's complement, of up to 16 bytes.
fn integer(bytes: &[u8]) -> Option<i128> {
    let negative = bytes.first()? & 0x80 != 0;
    let filled = [if negative { 0xff } else { 0 }; 16];
    let start = filled.len().checked_sub(bytes.len())?;
    let padded: Vec<u8> = filled.iter().take(start).chain(bytes).copied().collect();
    Some(i128::from_be_bytes(padded.try_into().ok()?))
}

/// Microseconds from 1970 as ISO 8601, in UTC; `None` outside the years 1 to 9999.
fn time(micros: i64) -> Option<String> {
    let time = chrono::DateTime::from_timestamp_micros(micros)?.format("%Y-%m-%dT%H:%M:%S%.fZ").to_string();
    time.starts_with(|c: char| c.is_ascii_digit()).then_some(time)
}

/// A cell as a text: truth is yes or no, as in the plain table.
fn text(json: &Json) -> Cow<'_, str> {
    match json {
        Json::Null => Cow::Borrowed(""),
        Json::Bool(value) => Cow::Borrowed(if *value { "yes" } else { "no" }),
        Json::String(text) => match json::number(json) {
            Some(token) => Cow::Owned(token.text().to_owned()),
            None => Cow::Borrowed(text.trim()),
        },
        Json::Number(number) => Cow::Borrowed(number.as_str()),
        other => Cow::Owned(other.to_string()),
    }
}

#[cfg(test)]
mod tests;
