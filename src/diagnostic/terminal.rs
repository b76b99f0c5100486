//! Diagnostics for a person at a terminal: `file:line:column: error[code]: message`, then the remedy.

use super::{Diagnostic, Severity};
use std::fmt::Write;

/// Whether ANSI colours may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    Plain,
    Ansi,
}

/// Two lines at most, ending with a newline. Control characters of the input are shown escaped, so that a hostile file
/// cannot write to the terminal.
pub fn render(diagnostic: &Diagnostic, colour: Colour) -> String {
    let (label, code) = match diagnostic.severity {
        Severity::Error => ("error", 31),
        Severity::Warning => ("warning", 33),
    };
    let (start, end) = match colour {
        Colour::Plain => (String::new(), ""),
        Colour::Ansi => (format!("\x1b[1;{code}m"), "\x1b[0m"),
    };
    let mut line = printable(&diagnostic.file);
    if let Some(position) = diagnostic.position {
        let _ = write!(line, ":{}:{}", position.line, position.column);
    }
    let message = printable(&diagnostic.message);
    let _ = writeln!(line, ": {start}{label}[{}]{end}: {message}", diagnostic.code);
    if let Some(hint) = &diagnostic.hint {
        let _ = writeln!(line, "    help: {}", printable(hint));
    }
    line
}

/// The text with its control characters escaped.
pub fn printable(text: &str) -> String {
    text.chars().flat_map(|c| if c.is_control() { c.escape_default().collect::<Vec<_>>() } else { vec![c] }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Position;

    #[test]
    fn a_message_names_place_reason_and_remedy() {
        let diagnostic = Diagnostic::error("unknown-benchmark", "data/boards/a.toml", "no benchmark \"arcc\"")
            .at(Position { line: 4, column: 13 })
            .hint("did you mean \"arc\"?");
        assert_eq!(
            render(&diagnostic, Colour::Plain),
            "data/boards/a.toml:4:13: error[unknown-benchmark]: no benchmark \"arcc\"\n    help: did you mean \"arc\"?\n"
        );
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let diagnostic = Diagnostic::warning("x", "a", "\x1b[2Jgone");
        assert!(!render(&diagnostic, Colour::Plain).contains('\x1b'));
    }
}
