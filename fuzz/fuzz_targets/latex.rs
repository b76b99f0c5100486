//! Turns any LaTeX into MathML, within a line and on its own.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tianti_fuzz::{pass_over_caught_panics, render};

fuzz_target!(init: pass_over_caught_panics(), |formula: &str| render(&format!("a ${formula}$ b\n\n$$\n{formula}\n$$\n")));
