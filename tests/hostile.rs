//! Result files that are broken in any way: each gives results or says why not, and never stops the program.
//!
//! Every file in `tests/fixtures/formats/<format>/<case>/` is spoilt again and again, by its syntax and by its bytes. The
//! sequence is fixed; `TIANTI_HOSTILE_ROUNDS` makes it longer than the default and `TIANTI_HOSTILE_SEED` another.
#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

#[path = "support/mutation.rs"]
mod mutation;
#[path = "support/reading.rs"]
mod reading;

use mutation::{Random, spoilt};
use reading::{check, read_bytes};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::{env, fs};
use tianti::formats::{FORMATS, Reading};

/// Spoilt versions of each file in a run of all tests.
const ROUNDS: u64 = 150;

struct Fixture {
    format: String,
    /// What a reader sees, below the folder of the case.
    path: String,
    folder: PathBuf,
    bytes: Vec<u8>,
    /// It has facts for other files only: nothing is said when nothing is read.
    is_companion: bool,
}

impl Fixture {
    fn read(&self, bytes: &[u8]) -> Reading {
        read_bytes(&self.path, bytes, &|name| fs::read_to_string(self.folder.join(name)).ok())
    }

    /// Reads and checks; an error for a panic, for what does not hold, and for results that are gone without a word.
    fn survive(&self, bytes: &[u8]) -> Result<Reading, String> {
        let reading =
            catch_unwind(AssertUnwindSafe(|| self.read(bytes))).map_err(|_| "the reader panics".to_owned())?;
        check(&reading, bytes.len())?;
        let silent = is_empty(&reading) && reading.diagnostics.is_empty();
        if silent && !self.is_companion { Err("it gives nothing and says nothing".to_owned()) } else { Ok(reading) }
    }
}

/// One example of each way in which a format fails.
#[derive(Default)]
struct Failures(BTreeMap<String, String>);

impl Failures {
    fn add(&mut self, fixture: &Fixture, reason: &str, bytes: &[u8]) {
        let kind: String = reason.chars().filter(|c| !c.is_ascii_digit()).take(30).collect();
        let example = format!("{reason}: {}\n{}", fixture.path, String::from_utf8_lossy(bytes));
        self.0.entry(format!("{} {kind}", fixture.format)).or_insert(example);
    }

    fn assert_none(&self) {
        let all: Vec<_> = self.0.iter().map(|(kind, example)| format!("== {kind}\n{example}")).collect();
        assert!(all.is_empty(), "{} failures\n{}", all.len(), all.join("\n"));
    }
}

fn fixtures() -> Vec<Fixture> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats");
    let files = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(Result::unwrap);
    let fixture = |file: &Path| {
        let relative = file.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        let mut parts = relative.splitn(3, '/');
        let (format, _case, path) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        let mut fixture = Fixture {
            format: format.to_owned(),
            path: path.to_owned(),
            folder: file.parent().unwrap().to_owned(),
            bytes: fs::read(file).unwrap(),
            is_companion: false,
        };
        fixture.is_companion = is_empty(&fixture.read(&fixture.bytes));
        fixture
    };
    files.filter(|entry| entry.file_type().is_file()).map(|entry| fixture(entry.path())).collect()
}

fn is_empty(reading: &Reading) -> bool {
    reading.records.is_empty() && reading.battles.is_empty() && reading.items.is_empty()
}

fn number(variable: &str, default: u64) -> u64 {
    env::var(variable).map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{variable} is no number")))
}

#[test]
fn every_format_has_fixtures_that_it_reads() {
    let fixtures = fixtures();
    let mut failures = Failures::default();
    for fixture in &fixtures {
        match fixture.survive(&fixture.bytes) {
            Ok(reading) => assert_eq!(reading.origin.format, fixture.format, "{}", fixture.path),
            Err(reason) => failures.add(fixture, &reason, &fixture.bytes),
        }
    }
    failures.assert_none();
    let there: BTreeSet<_> = fixtures.iter().map(|fixture| &*fixture.format).collect();
    let without: Vec<_> = FORMATS.iter().map(|format| format.name()).filter(|name| !there.contains(name)).collect();
    assert!(without.is_empty(), "no fixtures of {without:?}");
}

#[test]
fn files_may_be_cut_off_anywhere() {
    let mut failures = Failures::default();
    for fixture in fixtures() {
        for end in 0..fixture.bytes.len() {
            let bytes = &fixture.bytes[..end];
            if let Err(reason) = fixture.survive(bytes) {
                failures.add(&fixture, &reason, bytes);
            }
        }
    }
    failures.assert_none();
}

#[test]
fn files_may_be_spoilt_in_any_way() {
    let rounds = number("TIANTI_HOSTILE_ROUNDS", ROUNDS);
    let mut random = Random::new(number("TIANTI_HOSTILE_SEED", 1));
    let mut failures = Failures::default();
    for fixture in fixtures() {
        for round in 0..rounds {
            let bytes = spoilt(&fixture.bytes, &mut random);
            match fixture.survive(&bytes) {
                Ok(reading) if round % 16 == 0 => {
                    let again = fixture.read(&bytes);
                    if (reading.records, reading.diagnostics) != (again.records, again.diagnostics) {
                        failures.add(&fixture, "a second reading differs", &bytes);
                    }
                }
                Ok(_) => {}
                Err(reason) => failures.add(&fixture, &reason, &bytes),
            }
        }
    }
    failures.assert_none();
}

/// The digits and points of a text, other characters being spaces; `1_000.5` is TOML for `1000.5`.
fn digits(text: &str) -> String {
    let kept = text.chars().filter(|c| *c != '_');
    kept.map(|c| if c.is_ascii_digit() || c == '.' { c } else { ' ' }).collect()
}

/// Formats that reckon values: shares of what they count.
const RECKONED: [&str; 2] = ["evalplus", "swe-bench"];

#[test]
fn values_are_written_as_in_the_file() {
    let mut random = Random::new(2);
    let mut failures = Failures::default();
    for fixture in fixtures().iter().filter(|fixture| !RECKONED.contains(&&*fixture.format)) {
        for _ in 0..20 {
            let bytes = spoilt(&fixture.bytes, &mut random);
            let Ok(text) = std::str::from_utf8(&bytes) else { continue };
            let Ok(reading) = fixture.survive(&bytes) else { continue };
            let written = digits(text);
            for value in reading.records.iter().map(|record| record.value.text()) {
                // Exponents may be respelt.
                let unsigned = value.trim_start_matches(['-', '+']);
                let is_plain = unsigned.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
                if is_plain && !written.contains(unsigned) {
                    failures.add(fixture, &format!("the file has no {value}"), &bytes);
                }
            }
        }
    }
    failures.assert_none();
}
