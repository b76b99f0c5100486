//! What a reader can search: documents with their names, and the texts behind them, as files that a page loads when the
//! search is first opened.
//!
//! There is no table of words. The browser looks for a run of characters in the texts themselves, which finds any part of
//! a Chinese sentence and is fast enough for ten thousand articles (`benches/browser/search.mjs` measures it). The names
//! of a language stand in one file; texts follow in blocks, so that a build holds no more than a block of them at once.
//! The files are scripts that put a value into the global `tianti`, since a page on a disk may load scripts and nothing
//! else. This module knows no page and no HTML; `script/50-search.js` of the theme reads what it writes.

use crate::language::Language;
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// Articles whose texts are in one file.
pub const BLOCK: usize = 256;

/// What a document is. The order is that of documents in the file of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Board,
    Model,
    Benchmark,
    Organisation,
    /// A word of the glossary.
    Term,
    Article,
}

/// A page a reader may look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document<'a> {
    pub kind: Kind,
    /// The page's file below its language's folder; a term's has its anchor as well.
    pub path: String,
    pub title: &'a str,
    /// What is shown under the title: a summary, an organisation.
    pub hint: &'a str,
    /// Other names of the same thing.
    pub names: Vec<&'a str>,
    /// Names of things it belongs to, by which it is found as well.
    pub terms: Vec<&'a str>,
    /// What its page says, beyond title and hint; an article's text comes in a block of its own.
    pub text: Cow<'a, str>,
}

/// The words of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The anchor and the text of each heading.
    pub headings: Vec<(String, String)>,
    /// A line for what stands before the first heading, then one for each heading.
    pub lines: String,
}

/// The file with the names of all documents in a language, below `site/`.
pub fn names_file(language: Language) -> String {
    format!("data/search/{language}.js")
}

/// The file with the words of a block of documents, below `site/`. Block 0 has those that are no articles.
pub fn words_file(language: Language, block: usize) -> String {
    format!("data/search/{language}-{block}.js")
}

/// The file of names; `documents` stand in the order of their kinds.
pub fn names(language: Language, documents: &[Document], blocks: usize) -> Vec<u8> {
    #[derive(Serialize)]
    struct Names<'a> {
        /// Files of words.
        blocks: usize,
        /// Articles of each but the first.
        block: usize,
        kinds: Vec<(Kind, &'a [Document<'a>])>,
    }
    let kinds = documents.chunk_by(|a, b| a.kind == b.kind).map(|of_kind| (of_kind[0].kind, of_kind)).collect();
    script(&format!("search/{language}"), &Names { blocks, block: BLOCK, kinds })
}

/// The file of a block of words.
pub fn words(language: Language, block: usize, words: &[Words]) -> Vec<u8> {
    script(&format!("search/{language}-{block}"), &words)
}

fn script(key: &str, value: &impl Serialize) -> Vec<u8> {
    let mut bytes = format!("(self.tianti??={{}})[\"{key}\"]=").into_bytes();
    // Strings and numbers cannot fail to be written to memory.
    let _ = serde_json::to_writer(&mut bytes, value);
    bytes
}

/// Path, title, hint, names and terms; lists have a line for each, and what is empty at the end is left out.
impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (names, terms) = (self.names.join("\n"), self.terms.join("\n"));
        without_empty_end(&[&self.path, self.title, self.hint, &names, &terms]).serialize(serializer)
    }
}

/// The lines, the headings and their anchors, a line for each; what is empty at the end is left out.
impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let headings: Vec<&str> = self.headings.iter().map(|(_, text)| text.as_str()).collect();
        let anchors: Vec<&str> = self.headings.iter().map(|(anchor, _)| anchor.as_str()).collect();
        without_empty_end(&[&self.lines, &headings.join("\n"), &anchors.join("\n")]).serialize(serializer)
    }
}

fn without_empty_end<'a>(texts: &'a [&'a str]) -> &'a [&'a str] {
    let length = texts.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
    &texts[..length]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document<'a>(kind: Kind, title: &'a str, names: &[&'a str]) -> Document<'a> {
        let (path, names) = (format!("{title}.html"), names.to_vec());
        Document { kind, path, title, hint: "", names, terms: Vec::new(), text: Cow::Borrowed("") }
    }

    fn text(bytes: Vec<u8>) -> String {
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn names_stand_by_kind_and_leave_out_what_is_empty() {
        let mut last = document(Kind::Model, "c", &[]);
        last.terms = vec!["千问"];
        let documents = [document(Kind::Board, "a", &[]), document(Kind::Model, "b", &["B\"", "贝"]), last];
        assert_eq!(
            text(names(Language::Zh, &documents, 2)),
            r#"(self.tianti??={})["search/zh"]={"blocks":2,"block":256,"kinds":[["board",[["a.html","a"]]],"#
                .to_owned()
                + r#"["model",[["b.html","b","","B\"\n贝"],["c.html","c","","","千问"]]]]}"#
        );
    }

    #[test]
    fn words_have_a_line_for_each_heading() {
        let article = Words { headings: vec![("a-b".to_owned(), "A b".to_owned())], lines: "before\nbelow".to_owned() };
        assert_eq!(
            text(words(Language::En, 1, &[article, Words::default()])),
            r#"(self.tianti??={})["search/en-1"]=[["before\nbelow","A b","a-b"],[]]"#
        );
    }
}
