//! Diagnostics for programs, as JSON.

use super::{Diagnostic, Severity};
use serde_json::{Value, json};

/// `severity`, `code`, `file`, `line` and `column` (or null), `message` and `help` (or null).
pub fn value(diagnostic: &Diagnostic) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    json!({
        "severity": severity,
        "code": diagnostic.code,
        "file": &*diagnostic.file,
        "line": diagnostic.position.map(|position| position.line),
        "column": diagnostic.position.map(|position| position.column),
        "message": diagnostic.message,
        "help": diagnostic.hint,
    })
}
