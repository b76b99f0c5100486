//! Turns any Markdown into HTML.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tianti_fuzz::{pass_over_caught_panics, render};

fuzz_target!(init: pass_over_caught_panics(), |article: &str| render(article));
