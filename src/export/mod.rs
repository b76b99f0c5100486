//! Writing a site's records for other programs: Every Eval Ever, `.eval_results` of the Hub, and plain tables; and a page as
//! one file.
//!
//! An export takes the ledger and the catalog, whose names stand beside those of the files, and gives bytes; nothing of
//! it depends on a clock, so the same site gives the same files. This module knows records; it does not know how any
//! format is read.

mod columns;
mod eval_results;
mod every_eval_ever;
mod parquet;
mod single_file;
mod table;

pub use eval_results::eval_results;
pub use every_eval_ever::every_eval_ever;
pub use parquet::parquet;
pub use single_file::{Files, single_file};
pub use table::{csv, json};

use crate::catalog::Catalog;
use crate::ledger::{Entry, Ledger};
use crate::record::{Date, Value};
use serde_json::{Map, Number, Value as Json};
use sha2::{Digest, Sha256};

type Object = Map<String, Json>;

/// What an export holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    pub files: usize,
    pub records: usize,
    /// Item scores.
    pub items: usize,
    /// What the format cannot hold: how many records, and why.
    pub left_out: Vec<(usize, &'static str)>,
}

/// The records of a site, with the names that its cards give them.
#[derive(Clone, Copy)]
pub struct Records<'a> {
    pub catalog: &'a Catalog,
    pub ledger: &'a Ledger,
}

impl<'a> Records<'a> {
    fn entries(self) -> impl ExactSizeIterator<Item = Entry<'a>> {
        self.ledger.entries().map(|(_, entry)| entry)
    }
}

/// The repository of an address on the Hub: `https://huggingface.co/<kind><owner>/<name>`.
fn hub_repository<'a>(url: &'a str, kind: &str) -> Option<&'a str> {
    let path = url.strip_prefix("https://huggingface.co/")?.strip_prefix(kind)?.trim_end_matches('/');
    let (owner, name) = path.split_once('/')?;
    (!owner.is_empty() && !name.is_empty() && !name.contains('/') && owner != "datasets").then_some(path)
}

/// The number as JSON, exactly as written; `None` where JSON cannot write it so.
fn exact_number(value: &Value) -> Option<Json> {
    let number: Number = serde_json::from_str(value.text()).ok()?;
    (value.finite().is_some() && number.to_string() == value.text()).then_some(Json::Number(number))
}

/// Seconds from 1970 to the start of a date, in UTC.
fn unix_time(date: &Date) -> Option<i64> {
    let day = date.day();
    let full = match day.len() {
        4 => format!("{day}-01-01"),
        7 => format!("{day}-01"),
        _ => day.to_owned(),
    };
    let day = chrono::NaiveDate::parse_from_str(&full, "%Y-%m-%d").ok()?;
    Some(day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp())
}

/// SHA-256 of the parts, each ended by a zero.
fn digest<'p>(parts: impl IntoIterator<Item = &'p str>) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().into()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_repository_of_the_kind_is_one() {
        let dataset = |url| hub_repository(url, "datasets/");
        assert_eq!(dataset("https://huggingface.co/datasets/club/quiz/"), Some("club/quiz"));
        for url in
            ["https://huggingface.co/club/quiz", "https://huggingface.co/datasets/quiz", "https://example.org/a/b"]
        {
            assert_eq!(dataset(url), None, "{url}");
        }
        assert_eq!(hub_repository("https://huggingface.co/club/model", ""), Some("club/model"));
        assert_eq!(hub_repository("https://huggingface.co/datasets/club/quiz", ""), None);
    }

    #[test]
    fn numbers_stay_as_written_or_are_not_numbers_of_json() {
        for (text, json) in
            [("0.650", Some("0.650")), ("1e-05", Some("1e-05")), ("+3", None), (".5", None), ("NaN", None)]
        {
            let value = Value::parse(text).unwrap();
            assert_eq!(exact_number(&value).map(|json| json.to_string()).as_deref(), json, "{text}");
        }
    }

    #[test]
    fn a_date_is_the_second_at_which_it_starts() {
        for (date, seconds) in [("1970", 0), ("2024-02", 1_706_745_600), ("2024-02-02T03:04", 1_706_832_000)] {
            assert_eq!(Date::parse(date).as_ref().and_then(unix_time), Some(seconds), "{date}");
        }
    }
}
