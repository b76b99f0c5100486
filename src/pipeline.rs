//! The whole program: from a site's folder to its pages.

use crate::board::{self, AnyBoard, AnyDefinition, definition};
use crate::catalog::{self, Catalog};
use crate::content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::export;
use crate::glossary;
use crate::language::Language;
use crate::ledger::{self, Ledger};
use crate::lint;
use crate::output::{Keep, Sink};
use crate::page::route::Route;
use crate::page::{self, Parts, Site};
use crate::press::Press;
use crate::record::id::Id;
use crate::render::Renderer;
use crate::settings::{self, Settings};
use crate::tree::Tree;
use anyhow::Result;
use rayon::prelude::*;
use std::path::Path;

/// What a person may set for one build.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Overrides the settings' base URL.
    pub base_url: Option<String>,
    /// Builds only these languages of the settings; empty means all.
    pub languages: Vec<Language>,
    /// Looks for numbers that cannot be what they say.
    pub lint: bool,
}

/// Hears how far a build is.
pub trait Progress: Sync {
    /// Pages are being made, so many in all.
    fn pages(&self, total: usize);
    /// One of them is done.
    fn page(&self);
}

/// Hears nothing.
impl Progress for () {
    fn pages(&self, _: usize) {}
    fn page(&self) {}
}

/// What a build made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Made {
    pub pages: usize,
    pub boards: usize,
    /// Models with a page.
    pub models: usize,
    pub benchmarks: usize,
    pub articles: usize,
    pub records: usize,
    pub result_files: usize,
}

/// Builds the site in the folder `root`, handing every file to `sink`. What is wrong with the site's files comes back as
/// diagnostics; where these have errors, `sink` may hold half a site and must be thrown away. An `Err` is trouble with
/// the machine: a disk, a permission, no site at all.
pub fn build(root: &Path, options: &Options, sink: &dyn Sink, progress: &dyn Progress) -> Result<(Made, Diagnostics)> {
    let mut diagnostics = Diagnostics::default();
    let tree = Tree::list(root, &mut diagnostics)?;
    let Some(settings) = settings(&tree, options, &mut diagnostics) else {
        return Ok((Made::default(), diagnostics.sorted()));
    };
    let mut problems = Diagnostics::default();
    let (site, renderer) = rayon::join(
        || Site::new(parts(&tree, &settings, options, &mut diagnostics)),
        || Renderer::new(&tree, &settings, &mut problems),
    );
    diagnostics.extend(problems);
    page::check_glossary(&site, site.settings.languages[0], &mut diagnostics);
    let mut made = Made {
        boards: site.boards.len(),
        models: site.catalog.models().len(),
        benchmarks: site.catalog.benchmarks().len(),
        articles: site.articles.len(),
        records: site.ledger.entries().len(),
        result_files: site.ledger.files,
        pages: 0,
    };
    if renderer.is_complete() {
        made.pages = Press { tree: &tree, site: &site, renderer: &renderer, sink, progress }.print(&mut diagnostics)?;
    }
    // Nobody waits until the memory of millions of records is given back.
    rayon::spawn(move || drop(site));
    Ok((made, diagnostics.sorted()))
}

/// Everything that the site's files say.
fn parts(tree: &Tree, settings: &Settings, options: &Options, diagnostics: &mut Diagnostics) -> Parts {
    let (catalog, ledger) = read(tree, diagnostics);
    let boards = rank(definition::read(tree, &catalog, &ledger, diagnostics), &catalog, &ledger, diagnostics);
    if options.lint {
        lint::numbers(&ledger, &catalog, diagnostics);
    }
    let claims = board::claims::all(&ledger, &catalog, diagnostics);
    let histories = board::history::all(&boards, &ledger, &catalog);
    let articles = content::index(tree, diagnostics);
    let glossary = glossary::read(tree, diagnostics);
    Parts { settings: settings.clone(), catalog, ledger, boards, claims, histories, articles, glossary }
}

/// The page of the board `id` as one file, made by a whole build; `None` where the site has errors.
pub fn single_file(root: &Path, id: &str, language: Option<Language>) -> Result<(Option<String>, Diagnostics)> {
    let mut diagnostics = Diagnostics::default();
    let tree = Tree::list(root, &mut diagnostics)?;
    let options = Options { languages: language.into_iter().collect(), ..Options::default() };
    let Some(settings) = settings(&tree, &options, &mut diagnostics) else {
        return Ok((None, diagnostics));
    };
    let id = Id::new(id).map_err(|reason| anyhow::anyhow!("{id:?} {reason}"))?;
    let page = Route::Board(id.clone()).path(settings.languages[0]);
    let kept = Keep::new(|path: &str| path == page || path.starts_with("assets/") || page::is_data_of(&id, path));
    let (_, diagnostics) = build(root, &options, &kept, &())?;
    if diagnostics.errors() > 0 {
        return Ok((None, diagnostics));
    }
    let file = export::single_file(&page, &kept.into_files(), settings.base_url.as_deref())?;
    Ok((Some(file), diagnostics))
}

/// Reads what a site in the folder `root` records, and no further: for commands that make no pages.
pub fn records(root: &Path) -> Result<(Catalog, Ledger, Diagnostics)> {
    let mut diagnostics = Diagnostics::default();
    let tree = Tree::list(root, &mut diagnostics)?;
    let (catalog, ledger) = read(&tree, &mut diagnostics);
    Ok((catalog, ledger, diagnostics.sorted()))
}

/// Whether there is a site in the folder `root` and it defines a board of this id.
pub fn has_board(root: &Path, id: &Path) -> bool {
    let tree = Tree::list(root, &mut Diagnostics::default());
    tree.is_ok_and(|tree| id.to_str().is_some_and(|id| definition::exists(&tree, id)))
}

/// The board `id` of a site in the folder `root`, with the catalog that knows its names; `None` where it has errors.
pub fn board(root: &Path, id: &str) -> Result<(Catalog, Option<AnyBoard>, Diagnostics)> {
    let mut diagnostics = Diagnostics::default();
    let tree = Tree::list(root, &mut diagnostics)?;
    let (catalog, ledger) = read(&tree, &mut diagnostics);
    let mut definitions = definition::read(&tree, &catalog, &ledger, &mut diagnostics);
    definitions.retain(|definition| definition.id().as_str() == id);
    let board = rank(definitions, &catalog, &ledger, &mut diagnostics).pop();
    Ok((catalog, board, diagnostics.sorted()))
}

fn read(tree: &Tree, diagnostics: &mut Diagnostics) -> (Catalog, Ledger) {
    let mut catalog = catalog::read(tree, diagnostics);
    let ledger = ledger::read(tree, &mut catalog, diagnostics);
    (catalog, ledger)
}

fn rank(
    definitions: Vec<AnyDefinition>,
    catalog: &Catalog,
    ledger: &Ledger,
    diagnostics: &mut Diagnostics,
) -> Vec<AnyBoard> {
    let board = |definition| {
        let mut problems = Diagnostics::default();
        (board::build_any(definition, ledger, catalog, &mut problems), problems)
    };
    collect(definitions.into_par_iter().map(board), diagnostics).into_iter().flatten().collect()
}

fn settings(tree: &Tree, options: &Options, diagnostics: &mut Diagnostics) -> Option<Settings> {
    let mut settings = settings::read(tree).map_err(|diagnostic| diagnostics.push(diagnostic)).ok()?;
    if let Some(url) = &options.base_url {
        settings.base_url = Some(url.clone());
    }
    if !options.languages.is_empty() {
        settings.languages.retain(|language| options.languages.contains(language));
        if settings.languages.is_empty() {
            let message = "none of the languages asked for is among the site's";
            diagnostics.push(Diagnostic::error("settings", crate::tree::SETTINGS, message).hint("add it to languages"));
            return None;
        }
    }
    Some(settings)
}

fn collect<T: Send>(items: impl ParallelIterator<Item = (T, Diagnostics)>, diagnostics: &mut Diagnostics) -> Vec<T> {
    let (values, problems): (Vec<T>, Vec<Diagnostics>) = items.unzip();
    problems.into_iter().for_each(|problems| diagnostics.extend(problems));
    values
}
