//! Addresses of pages. Every page but the opening one lies below its language's folder, and links are relative, so that
//! the site works at a domain's root, under any prefix and from a disk.

use crate::language::Language;
use crate::record::id::Id;
use std::sync::Arc;

/// A page, whatever its language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    Home,
    Boards,
    Board(Id),
    /// What moved on a board.
    BoardChanges(Id),
    /// A board as of a date.
    BoardAt(Id, Arc<str>),
    /// A further page of a board's table, from 2.
    BoardRows(Id, usize),
    Models,
    Model(Id),
    Organisations,
    Organisation(Id),
    Benchmarks,
    Benchmark(Id),
    Compare,
    Articles,
    /// A page of the list of a long section, counted from 1.
    Section(Id, usize),
    Article(Id),
    /// What is new on the site.
    Changes,
    Glossary,
    Datasets,
    Data,
}

/// The opening page, which offers the languages.
pub const OPENING: &str = "index.html";

impl Route {
    /// The file below `site/`.
    pub fn path(&self, language: Language) -> String {
        let (folder, name) = match self {
            Self::Home => ("", "index"),
            Self::Boards => ("boards/", "index"),
            Self::Board(id) => ("boards/", id.as_str()),
            // Neither sign stands in an id, so that no other board can have the address.
            Self::BoardRows(id, page) => return format!("{language}/boards/{id}~{page}.html"),
            Self::BoardChanges(id) => return format!("{language}/boards/{id}~changes.html"),
            Self::BoardAt(id, date) => return format!("{language}/boards/{id}@{date}.html"),
            Self::Models => ("models/", "index"),
            Self::Model(id) => ("models/", id.as_str()),
            Self::Organisations => ("orgs/", "index"),
            Self::Organisation(id) => ("orgs/", id.as_str()),
            Self::Benchmarks => ("benchmarks/", "index"),
            Self::Benchmark(id) => ("benchmarks/", id.as_str()),
            Self::Compare => ("", "compare"),
            Self::Datasets => ("", "datasets"),
            Self::Data => ("", "data"),
            Self::Glossary => ("", "glossary"),
            Self::Articles => ("articles/", "index"),
            Self::Section(id, page @ 2..) => return format!("{language}/articles/{id}~{page}.html"),
            Self::Section(id, _) => ("articles/", id.as_str()),
            Self::Article(id) if id.as_str().contains('/') => ("articles/", id.as_str()),
            Self::Article(id) => ("", id.as_str()),
            Self::Changes => ("", "changes"),
        };
        [language.code(), "/", folder, name, ".html"].concat()
    }
}

/// The address of `to` as seen from the page `from`; both are files below `site/`.
pub fn relative(from: &str, to: &str) -> String {
    const UP: &str = "../";
    let folder = from.rfind('/').map_or("", |slash| &from[..=slash]);
    let common = folder.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    let shared = folder.as_bytes()[..common].iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    let up = folder.as_bytes()[shared..].iter().filter(|byte| **byte == b'/').count();
    let mut address = String::with_capacity(up * UP.len() + to.len() - shared);
    (0..up).for_each(|_| address.push_str(UP));
    address.push_str(&to[shared..]);
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_links_lead_from_page_to_page() {
        for (from, to, link) in [
            ("index.html", "zh/index.html", "zh/index.html"),
            ("zh/index.html", "en/index.html", "../en/index.html"),
            ("zh/boards/a.html", "zh/models/qwen/b.html", "../models/qwen/b.html"),
            ("zh/boards/a.html", "zh/boards/b.html", "b.html"),
            ("zh/boards/a.html", "zh/boardsx/b.html", "../boardsx/b.html"),
            ("zh/models/a/b.html", "data/c.csv", "../../../data/c.csv"),
        ] {
            assert_eq!(relative(from, to), link, "{from} → {to}");
        }
    }
}
