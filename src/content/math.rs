//! LaTeX to MathML.

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, mathml};
use std::cell::Cell;
use std::panic::{UnwindSafe, catch_unwind};

/// Longest formula and deepest nesting that are tried: the parser recurses, and articles are not trusted.
const LONGEST: usize = 4_000;
const DEEPEST: usize = 64;

/// The formula as a `<math>` element, with its LaTeX as annotation; or the reason why not.
pub(super) fn mathml(latex: &str, display: bool) -> Result<String, String> {
    if latex.len() > LONGEST {
        return Err(format!("the formula is longer than {LONGEST} bytes"));
    }
    if nesting(latex) > DEEPEST {
        return Err(format!("the formula nests deeper than {DEEPEST}"));
    }
    if !balanced(latex) {
        return Err("its braces do not pair".to_owned());
    }
    guarded(|| convert(latex, display))
}

fn convert(latex: &str, display: bool) -> Result<String, String> {
    let storage = Storage::new();
    if let Some(error) = Parser::new(latex, &storage).find_map(Result::err) {
        return Err(error.to_string().lines().next().unwrap_or("it cannot be parsed").to_owned());
    }
    // The renderer copies the annotation as it is.
    let annotation = super::html::escaped(latex);
    let config = RenderConfig {
        display_mode: if display { DisplayMode::Block } else { DisplayMode::Inline },
        annotation: Some(&annotation),
        ..RenderConfig::default()
    };
    let mut markup = String::new();
    mathml::push_mathml(&mut markup, Parser::new(latex, &storage), config).map_err(|error| error.to_string())?;
    Ok(markup)
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is in the formula parser, whose panics are caught: a panic hook should keep silent about them.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// Runs the parser, turning a panic into an error: it panics on some malformed formulas (an array whose column
/// specification is a Han character), and articles are not trusted.
fn guarded(run: impl FnOnce() -> Result<String, String> + UnwindSafe) -> Result<String, String> {
    GUARDED.set(true);
    let result = catch_unwind(run);
    GUARDED.set(false);
    result.unwrap_or_else(|_| Err("it is malformed".to_owned()))
}

/// Whether every brace that is not escaped has its partner; the parser lets an open one pass.
fn balanced(latex: &str) -> bool {
    let mut depth = 0_i32;
    let mut characters = latex.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => drop(characters.next()),
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

fn nesting(latex: &str) -> usize {
    let depth = latex.bytes().scan(0_usize, |depth, byte| {
        match byte {
            b'{' | b'[' | b'(' => *depth += 1,
            b'}' | b']' | b')' => *depth = depth.saturating_sub(1),
            _ => {}
        }
        Some(*depth)
    });
    let commands = latex.matches("\\left").count() + latex.matches("\\begin").count();
    depth.max().unwrap_or(0).max(commands)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_becomes_mathml_with_its_source() {
        let markup = mathml(r"\frac{TP}{TP+FP}", true).unwrap();
        assert!(markup.starts_with("<math display=\"block\"") && markup.contains("<mfrac>"), "{markup}");
        assert!(markup.contains(r"\frac{TP}{TP+FP}"));
    }

    #[test]
    fn a_formula_on_which_the_parser_panics_is_an_error() {
        for latex in [r"\begin{array}天{a}\end{array}", r"\begin{array}天\sqrt\end{array}"] {
            assert!(mathml(latex, true).is_err(), "{latex}");
        }
    }

    #[test]
    fn markup_in_a_formula_stays_text() {
        for latex in
            [r"\text{<script>alert(1)</script>}", "a<b>c", r"\text{</annotation><img src=x>}", r"</math><script>"]
        {
            let markup = mathml(latex, false).unwrap_or_default();
            assert!(!markup.contains("<script") && !markup.contains("<img"), "{markup}");
        }
    }

    #[test]
    fn what_cannot_be_parsed_says_why() {
        for latex in [r"\frac{1}{", r"\frac{a", "{", "a}{", r"\nosuchcommand{x}"] {
            assert!(mathml(latex, false).is_err(), "{latex}");
        }
        assert!(mathml(r"\{x\}", false).is_ok());
        assert!(mathml(&"{".repeat(1000), false).unwrap_err().contains("nests"));
        assert!(mathml(&"x".repeat(9000), false).unwrap_err().contains("longer"));
    }
}
