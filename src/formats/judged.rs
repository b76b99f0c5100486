//! What the readers of comparisons and judgments have in common: names that recur, what a question is called, and rows
//! that cannot be read.

use super::Reading;
use crate::diagnostic::Diagnostic;
use crate::record::{ItemKey, ModelName};
use foldhash::HashMap;
use std::sync::Arc;

/// Rows that are reported one by one.
const REPORTED: u32 = 20;

/// The longest text that identifies a question as it is, in bytes.
const LONGEST_QUESTION: usize = 64;

/// One [`ModelName`] for each name, however often it occurs.
#[derive(Default)]
pub struct Names(HashMap<Arc<str>, ModelName>);

impl Names {
    pub fn name(&mut self, name: &str) -> ModelName {
        if let Some(known) = self.0.get(name) {
            return known.clone();
        }
        let model = ModelName::new(name);
        self.0.insert(Arc::clone(&model.raw), model.clone());
        model
    }
}

/// What a question is called: its identifier. Where the file has only the question's text and that is longer than 64
/// bytes, its [`ItemKey`] in hexadecimal digits: the same for the same text.
pub fn question(text: &str) -> Arc<str> {
    if text.len() <= LONGEST_QUESTION { text.into() } else { format!("{:016x}", ItemKey::of(text).0).into() }
}

/// Counts the rows that are left out because they cannot be read, and reports the first 20 one by one.
#[derive(Default)]
pub struct Unreadable(u32);

impl Unreadable {
    /// Reports a row; `problem` says which and why.
    pub fn report(&mut self, reading: &mut Reading, problem: impl FnOnce(Diagnostic) -> Diagnostic, reason: &str) {
        self.0 = self.0.saturating_add(1);
        if self.0 <= REPORTED {
            let problem = problem(reading.warning("unreadable-judgment", reason));
            reading.diagnostics.push(problem.hint("it is left out; compare it with the format's page"));
        }
    }

    /// Reports how many more there were.
    pub fn finish(self, reading: &mut Reading) {
        if self.0 > REPORTED {
            let message = format!("{} more comparisons or judgments cannot be read", self.0 - REPORTED);
            let problem = reading.warning("unreadable-judgment", message);
            reading.diagnostics.push(problem.hint("they are left out; compare them with the format's page"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_question_is_called_by_its_hash() {
        assert_eq!(&*question("q-17"), "q-17");
        let long = "x".repeat(65);
        assert_eq!(*question(&long), format!("{:016x}", ItemKey::of(&long).0));
        assert_eq!(question(&"é".repeat(40)).len(), 16);
    }

    #[test]
    fn a_name_is_stored_once() {
        let mut names = Names::default();
        let (first, second) = (names.name("a"), names.name("a"));
        assert!(Arc::ptr_eq(&first.raw, &second.raw) && Arc::ptr_eq(&first.variant, &second.variant));
    }
}
