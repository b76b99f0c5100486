//! Addresses of pages. Every page but the opening one lies below its language's folder, and links are relative, so that
//! the site works at a domain's root, under any prefix and from a disk.

use crate::language::Language;
use crate::record::id::Id;

/// A page, whatever its language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    Home,
    Boards,
    Board(Id),
    Models,
    Model(Id),
    Benchmarks,
    Benchmark(Id),
    Articles,
    Article(Id),
}

/// The opening page, which offers the languages.
pub const OPENING: &str = "index.html";

impl Route {
    /// The file below the language's folder.
    pub fn local(&self) -> String {
        match self {
            Self::Home => "index.html".to_owned(),
            Self::Boards => "boards/index.html".to_owned(),
            Self::Board(id) => format!("boards/{id}.html"),
            Self::Models => "models/index.html".to_owned(),
            Self::Model(id) => format!("models/{id}.html"),
            Self::Benchmarks => "benchmarks/index.html".to_owned(),
            Self::Benchmark(id) => format!("benchmarks/{id}.html"),
            Self::Articles => "articles/index.html".to_owned(),
            Self::Article(id) if id.as_str().contains('/') => format!("articles/{id}.html"),
            Self::Article(id) => format!("{id}.html"),
        }
    }

    /// The file below `site/`.
    pub fn path(&self, language: Language) -> String {
        format!("{language}/{}", self.local())
    }
}

/// The address of `to` as seen from the page `from`; both are files below `site/`.
pub fn relative(from: &str, to: &str) -> String {
    let folder = from.rfind('/').map_or("", |slash| &from[..=slash]);
    let common = folder.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    let shared = folder[..common].rfind('/').map_or(0, |slash| slash + 1);
    let up = folder[shared..].matches('/').count();
    format!("{}{}", "../".repeat(up), &to[shared..])
}

/// The way from the page `from` to the folder `site/`: `../` for each folder above it.
pub fn root(from: &str) -> String {
    "../".repeat(from.matches('/').count())
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
        assert_eq!(root("zh/models/a/b.html"), "../../../");
    }
}
