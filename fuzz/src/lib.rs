//! What the fuzz targets share.

#[path = "../../tests/support/reading.rs"]
pub mod reading;

use std::panic;
use std::sync::{Arc, LazyLock};
use tianti::content::{self, Labels, Segment, Unresolved, math};
use tianti::diagnostic::Diagnostics;

/// Lets the panics of libraries pass that the program catches itself: libFuzzer aborts at every other.
pub fn pass_over_caught_panics() {
    let abort = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let in_parquet = panic.location().is_some_and(|location| location.file().contains("/parquet-"));
        if !math::is_guarded() && !in_parquet {
            abort(panic);
        }
    }));
}

/// An input of the target `reader`: the file's path and the text of every file beside it, a line each, and its bytes.
pub struct Case<'a> {
    pub path: &'a str,
    pub sibling: &'a str,
    pub bytes: &'a [u8],
}

impl<'a> Case<'a> {
    pub fn new(input: &'a [u8]) -> Option<Self> {
        let mut parts = input.splitn(3, |byte| *byte == b'\n');
        let mut line = || std::str::from_utf8(parts.next()?).ok();
        let (path, sibling) = (line()?, line()?);
        Some(Self { path, sibling, bytes: parts.next()? })
    }
}

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let word = || "Word".to_owned();
    Labels {
        note: word(),
        tip: word(),
        important: word(),
        warning: word(),
        caution: word(),
        notes: word(),
        back: word(),
        done: word(),
        to_do: word(),
    }
});

/// Turns an article into HTML, in which no markup of its author may act.
pub fn render(article: &str) {
    let resolve = |_: &_| Err(Unresolved { reason: "nothing is there".to_owned(), hint: String::new() });
    let mut diagnostics = Diagnostics::default();
    let body = content::body(&Arc::from("content/a.en.md"), article, &LABELS, &resolve, &mut diagnostics);
    for segment in &body.segments {
        let Segment::Html(html) = segment else { continue };
        // In text, the sign that opens a tag is escaped.
        for tag in html.to_ascii_lowercase().split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
            let element = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            // Outside and inside of quotes by turns.
            let acts = ["script", "iframe", "style", "object", "embed"].contains(&element)
                || tag.split('"').step_by(2).any(|outside| outside.contains(" on"))
                || tag.split('"').skip(1).step_by(2).any(|value| value.starts_with("javascript:"));
            assert!(!acts, "<{tag}>");
        }
    }
    for heading in &body.headings {
        assert!((2..=6).contains(&heading.level) && !heading.id.is_empty(), "{heading:?}");
    }
}
