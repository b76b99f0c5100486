//! Records as one Parquet table.

use super::columns::{Column, Kind, columns, exact_value};
use super::table::exported;
use super::{Exported, Records};
use crate::ledger::Entry;
use anyhow::{Context, Result};
use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use std::io::Write;
use std::sync::Arc;

/// Rows of a row group.
const GROUP: usize = 1 << 20;

/// Writes all records as one table. Numbers that sources wrote are doubles; the text of a value stands beside it.
pub fn parquet(records: Records, out: &mut (dyn Write + Send)) -> Result<Exported> {
    let columns: Vec<Column> = columns().flat_map(with_exact_value).collect();
    let fields: Vec<String> = columns.iter().map(declaration).collect();
    let schema = parse_message_type(&format!("message records {{ {} }}", fields.concat()))?;
    let compression = Compression::ZSTD(ZstdLevel::default());
    let properties =
        WriterProperties::builder().set_compression(compression).set_created_by("tianti".to_owned()).build();
    let mut writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
    let entries: Vec<Entry> = records.entries().collect();
    for group in entries.chunks(GROUP) {
        let mut row_group = writer.next_row_group()?;
        for column in &columns {
            let mut writer = row_group.next_column()?.context("the table has fewer columns than its schema")?;
            let cells = group.iter().map(|entry| column.cell(records, *entry));
            match column.kind {
                Kind::Text => write::<ByteArrayType>(&mut writer, cells, |text| Some(ByteArray::from(text))),
                Kind::Number => write::<DoubleType>(&mut writer, cells, |text| text.parse().ok()),
                Kind::Count => write::<Int64Type>(&mut writer, cells, |text| text.parse().ok()),
                Kind::Truth => write::<BoolType>(&mut writer, cells, |text| Some(text == "yes")),
            }?;
            writer.close()?;
        }
        row_group.close()?;
    }
    writer.close()?;
    Ok(exported(records))
}

fn with_exact_value(column: Column) -> impl Iterator<Item = Column> {
    let text = (column.name == "value").then(exact_value);
    [column].into_iter().chain(text)
}

fn declaration(column: &Column) -> String {
    let name = column.name;
    match column.kind {
        Kind::Text => format!("optional binary {name} (STRING); "),
        Kind::Number => format!("optional double {name}; "),
        Kind::Count => format!("optional int64 {name}; "),
        Kind::Truth => format!("optional boolean {name}; "),
    }
}

fn write<'c, T: DataType>(
    writer: &mut SerializedColumnWriter,
    cells: impl Iterator<Item = Option<std::borrow::Cow<'c, str>>>,
    parse: impl Fn(&str) -> Option<T::T>,
) -> Result<()> {
    let cells: Vec<Option<T::T>> = cells.map(|cell| parse(&cell?)).collect();
    let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    let values: Vec<T::T> = cells.into_iter().flatten().collect();
    writer.typed::<T>().write_batch(&values, Some(&levels), None)?;
    Ok(())
}
