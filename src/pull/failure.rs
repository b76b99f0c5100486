//! Why a source could not be fetched.

use crate::diagnostic::Diagnostic;
use crate::snapshot::{Declaration, SOURCES};

/// A reason, with what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    code: &'static str,
    message: String,
    hint: String,
}

impl Failure {
    /// `message` and `hint` are sentence fragments without a full stop.
    pub(super) fn error(code: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: hint.into() }
    }

    /// The server or the way to it failed.
    pub(super) fn fetch(message: impl Into<String>) -> Self {
        Self::error("fetch-failed", message, "try again later, or correct the address")
    }

    /// The answer is not what the source declares.
    pub(super) fn content(message: impl Into<String>) -> Self {
        Self::error("not-as-declared", message, "look at the address, and correct the source's declaration")
    }

    /// Something is larger than its limit.
    pub(super) fn size(what: &str, limit: u64) -> Self {
        let message = format!("{what} is larger than {limit} bytes, the most that is taken");
        Self::error("too-large", message, "ask for less, or fetch it by other means")
    }

    /// The disk failed.
    pub(super) fn disk(error: &std::io::Error) -> Self {
        Self::error(
            "fetch-failed",
            format!("the files cannot be written: {error}"),
            "check the disk and its permissions",
        )
    }

    /// Whether what has arrived may be of use to the next pull.
    pub(super) fn may_resume(&self) -> bool {
        self.code == "fetch-failed"
    }

    pub(super) fn diagnostic(self, declaration: &Declaration, kept: &str) -> Diagnostic {
        let message = format!("{}: {}; {kept}", declaration.id, self.message);
        Diagnostic::error(self.code, SOURCES, message).at(declaration.position).hint(self.hint)
    }
}
