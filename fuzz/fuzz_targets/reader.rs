//! Reads a file at any path with any file beside it. With `TIANTI_FUZZ_FORMAT` only inputs of that format are kept;
//! with `TIANTI_FUZZ_PATH` every input is the content of a file at that path.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use std::env;
use std::sync::LazyLock;
use tianti_fuzz::{Case, pass_over_caught_panics, reading};

static FORMAT: LazyLock<Option<String>> = LazyLock::new(|| env::var("TIANTI_FUZZ_FORMAT").ok());
static PATH: LazyLock<Option<String>> = LazyLock::new(|| env::var("TIANTI_FUZZ_PATH").ok());

fuzz_target!(init: pass_over_caught_panics(), |input: &[u8]| -> Corpus {
    let case = match &*PATH {
        Some(path) => Some(Case { path, sibling: "", bytes: input }),
        None => Case::new(input),
    };
    let Some(Case { path, sibling, bytes }) = case else { return Corpus::Reject };
    let beside = |_: &str| Some(sibling.to_owned()).filter(|text| !text.is_empty());
    let read = reading::read_bytes(path, bytes, &beside);
    reading::check(&read, bytes.len()).unwrap_or_else(|reason| panic!("{path}: {reason}"));
    match &*FORMAT {
        Some(format) if read.origin.format != format => Corpus::Reject,
        _ => Corpus::Keep,
    }
});
