use super::*;
use crate::formats::testing::{codes, read_bytes};
use crate::record::Place;
use parquet::data_type::{
    BoolType, ByteArrayType, DoubleType, FixedLenByteArray, FixedLenByteArrayType, FloatType, Int32Type,
};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::sync::Arc;

/// A file of two rows with one column of each type.
fn file() -> Vec<u8> {
    let schema =
        "message t { required binary model (STRING); required binary benchmark (STRING); required double value;
        optional float standard_error; required fixed_len_byte_array(2) interval_low (DECIMAL(4, 2));
        required fixed_len_byte_array(2) interval_high (DECIMAL(4, 2)); required boolean aggregate;
        required int32 date (DATE); }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    macro_rules! column {
        ($type:ty, $values:expr, $levels:expr) => {{
            let mut column = group.next_column().unwrap().unwrap();
            column.typed::<$type>().write_batch(&$values, $levels, None).unwrap();
            column.close().unwrap();
        }};
    }
    column!(ByteArrayType, ["a/b".into(), "a/c".into()], None);
    column!(ByteArrayType, ["quiz".into(), "quiz".into()], None);
    column!(DoubleType, [0.1 + 0.2, f64::NAN], None);
    column!(FloatType, [0.1f32], Some(&[1, 0]));
    let decimal = |bytes: [u8; 2]| FixedLenByteArray::from(bytes.to_vec());
    column!(FixedLenByteArrayType, [decimal([0xff, 0xce]), decimal([0, 0])], None);
    column!(FixedLenByteArrayType, [decimal([4, 226]), decimal([0, 5])], None);
    column!(BoolType, [true, false], None);
    column!(Int32Type, [19_723, -1], None);
    group.close().unwrap();
    writer.close().unwrap();
    bytes
}

#[test]
fn cells_are_read_with_the_shortest_text_of_their_numbers() {
    let reading = read_bytes("t.parquet", &file());
    assert_eq!(codes(&reading), [""; 0]);
    let [first, second] = &reading.records[..] else { panic!("{}", reading.records.len()) };
    assert_eq!((&*first.model.raw, first.value.text(), second.value.text()), ("a/b", "0.30000000000000004", "NaN"));
    assert_eq!(first.standard_error.as_ref().unwrap().text(), "0.1");
    assert_eq!(second.standard_error, None);
    let interval = first.interval.as_ref().unwrap();
    assert_eq!((interval.low.text(), interval.high.text()), ("-0.50", "12.50"));
    assert_eq!((first.aggregate, second.aggregate), (true, false));
    let dates = [first, second].map(|record| record.provenance.date.clone().unwrap());
    assert_eq!(dates.each_ref().map(|date| date.as_str()), ["2024-01-01", "1969-12-31"]);
    assert_eq!(first.provenance.place, Place::Cell { line: 1, column: 3 });
}

#[test]
fn rows_are_objects_too() {
    let parquet = Parquet::new(&file()).unwrap();
    assert_eq!(parquet.header()[..3], ["model", "benchmark", "value"]);
    let [first, _] = parquet.first() else { panic!("{}", parquet.first().len()) };
    assert_eq!((&first["model"], &first["aggregate"]), (&Json::from("a/b"), &Json::Bool(true)));
    assert_eq!(first["value"].to_string(), "0.30000000000000004");
}

#[test]
fn times_are_texts() {
    assert_eq!(json_of(&Field::TimestampMillis(1500)), "1970-01-01T00:00:01.500Z");
    assert_eq!(json_of(&Field::TimestampMicros(i64::MAX)), Json::Null);
    assert_eq!(json_of(&Field::Date(i32::MAX)), Json::Null);
}

#[test]
fn a_broken_file_is_reported_wherever_it_breaks() {
    let whole = file();
    let mut unread = 0;
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xff;
        let reading = read_bytes("t.parquet", &bytes);
        unread += usize::from(codes(&reading).iter().any(|code| code == "broken-parquet"));
    }
    assert!(unread > whole.len() / 8, "{unread} of {}", whole.len());
    assert_eq!(codes(&read_bytes("t.parquet", &whole[..whole.len() - 1])), ["broken-parquet"]);
    assert_eq!(codes(&read_bytes("t.parquet", b"PAR1")), ["broken-parquet"]);
}

#[test]
fn numbers_have_the_shorter_of_two_notations() {
    for (field, text) in [
        (Field::Double(60.0), "60"),
        (Field::Double(1e300), "1e+300"),
        (Field::Double(-1.5e-30), "-1.5e-30"),
        (Field::Float(0.1), "0.1"),
        (Field::Float(1e-30), "1e-30"),
        (Field::Double(f64::NEG_INFINITY), "-Infinity"),
        (Field::ULong(u64::MAX), "18446744073709551615"),
    ] {
        assert_eq!(text_of(&field), text);
    }
}

fn text_of(field: &Field) -> String {
    text(&json_of(field)).into_owned()
}

#[test]
fn problems_of_columns_are_at_a_line_that_exists() {
    let mut bytes = file();
    for at in 0..bytes.len() {
        if bytes[at..].starts_with(b"benchmark") {
            bytes[at + 8] = b'x';
        }
    }
    let found = codes(&read_bytes("t.parquet", &bytes));
    assert!(found.iter().any(|code| code == "missing-column 1:1"), "{found:?}");
}
