//! What a program needs to find a site's data: `data/index.json`.

use super::scratch::Scratch;
use crate::board::AnyBoard;
use crate::language::Language;
use crate::page::route::Route;
use crate::page::{self, Site};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Index<'a> {
    title: BTreeMap<Language, &'a str>,
    /// Changes with any result file.
    data_version: String,
    boards: Vec<BoardEntry<'a>>,
}

#[derive(Serialize)]
struct BoardEntry<'a> {
    id: &'a str,
    title: BTreeMap<Language, &'a str>,
    /// `scores` or `battles`: the files of the two hold different things.
    kind: &'static str,
    ranked: usize,
    listed: usize,
    /// Addresses relative to the folder of the opening page, as those of `files` are.
    pages: BTreeMap<Language, String>,
    files: Vec<String>,
}

pub(super) fn json(site: &Site) -> Result<Scratch, serde_json::Error> {
    let languages = &site.settings.languages;
    let index = Index {
        title: languages.iter().map(|language| (*language, site.settings.title.get(*language))).collect(),
        data_version: page::version(site).to_owned(),
        boards: site.boards.iter().map(|board| entry(site, board)).collect(),
    };
    Scratch::bytes(|bytes| serde_json::to_writer_pretty(bytes, &index))
}

fn entry<'a>(site: &Site, board: &'a AnyBoard) -> BoardEntry<'a> {
    let languages = &site.settings.languages;
    let (kind, ranked, listed) = match board {
        AnyBoard::Scores(board) => ("scores", board.ranked, board.rows.len()),
        AnyBoard::Battles(board) => ("battles", board.ranked(), board.listed()),
    };
    BoardEntry {
        id: board.id().as_str(),
        title: languages.iter().map(|language| (*language, board.title().get(*language))).collect(),
        kind,
        ranked,
        listed,
        pages: languages.iter().map(|language| (*language, Route::Board(board.id().clone()).path(*language))).collect(),
        files: page::data_files(board.id()).into_iter().map(|(file, _)| file).collect(),
    }
}
