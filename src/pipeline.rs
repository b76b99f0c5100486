//! The whole program: from a site's folder to its pages.

use crate::board::{self, AnyBoard, AnyDefinition, Board, definition};
use crate::catalog::{self, Catalog};
use crate::content::{self, Article, Fragment};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::export;
use crate::glossary;
use crate::language::Language;
use crate::ledger::{self, Ledger};
use crate::lint;
use crate::output::{Keep, Sink};
use crate::page::records::Group;
use crate::page::route::{self, Route};
use crate::page::{self, Here, Mention, Mentions, Parts, Site, Subject};
use crate::record::id::Id;
use crate::render::{Argument, Cells, Rendered, Renderer, Rows};
use crate::search::{self, Words};
use crate::settings::{self, Settings};
use crate::tree::{self, Tree};
use anyhow::Result;
use rayon::prelude::*;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::Arc;

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

/// Makes pages and hands them on, one by one on all cores: a page's bytes live only until they are written.
struct Press<'a> {
    tree: &'a Tree,
    site: &'a Site,
    renderer: &'a Renderer,
    sink: &'a dyn Sink,
    progress: &'a dyn Progress,
}

/// The large parts of a page that are the same in all languages.
enum Alike<'a> {
    Nothing,
    /// The scores of a board, and what was found of them.
    Board(page::Scored, Cells),
    /// The scores on a further page of a board.
    Cells(Cells),
    /// The records of a model.
    Records(Vec<Group<'a>>, Rows),
    /// What was measured with a benchmark.
    Measured(page::Measured<'a>, Rows),
}

/// An article by its index, and the language of its page.
type ArticlePage = (usize, Language);

/// What is kept of pages that were made.
#[derive(Default)]
struct Printed {
    problems: Diagnostics,
    /// The hashes of each article's headings.
    headings: Vec<(ArticlePage, Box<[u64]>)>,
    /// Links from articles to headings of others, with the path of the linking file.
    fragments: Vec<(Arc<str>, Language, Fragment)>,
    mentions: Vec<Mention>,
}

impl Printed {
    fn and(mut self, mut other: Self) -> Self {
        self.problems.extend(other.problems);
        self.headings.append(&mut other.headings);
        self.fragments.append(&mut other.fragments);
        self.mentions.append(&mut other.mentions);
        self
    }
}

impl Press<'_> {
    /// The number of pages.
    fn print(&self, diagnostics: &mut Diagnostics) -> Result<usize> {
        let languages = &self.site.settings.languages;
        let routes = page::routes(self.site);
        let pages = 1 + languages.len() * (routes.len() + self.site.articles.len());
        self.progress.pages(pages);
        self.files(diagnostics)?;
        let of_articles = languages.par_iter().flat_map(|language| {
            let blocks = (0..self.site.articles.len()).into_par_iter().chunks(search::BLOCK).enumerate();
            blocks.map(|(block, articles)| self.articles(block, &articles, *language))
        });
        let gather = |one: Result<Printed>, other: Result<Printed>| Ok(one?.and(other?));
        let nothing = || Ok(Printed::default());
        let mut articles = of_articles.reduce(nothing, gather)?;
        let mentions: Mentions = std::mem::take(&mut articles.mentions).into_iter().collect();
        let of_routes = routes.par_iter().map(|route| self.route(route, &mentions));
        let printed = of_routes.reduce(nothing, gather)?.and(articles);
        check_fragments(self.site, &printed, diagnostics);
        diagnostics.extend(printed.problems);
        Ok(pages)
    }

    /// What is not a page of a language: assets, images, data and the opening page.
    fn files(&self, diagnostics: &mut Diagnostics) -> Result<()> {
        for asset in &self.renderer.assets {
            self.sink.put(&asset.file, &[&asset.bytes])?;
        }
        for (file, bytes) in self.renderer.offline(&self.site.settings)? {
            self.sink.put(&file, &[&bytes])?;
        }
        for path in self.tree.below(content::CONTENT, "") {
            match page::media_file(path).map(|file| (file, self.tree.bytes(path))) {
                Some((file, Ok(bytes))) => self.sink.put(&file, &[&bytes])?,
                Some((_, Err(diagnostic))) => diagnostics.push(diagnostic),
                None => {}
            }
        }
        self.site.boards.par_iter().try_for_each(|board| {
            let language = self.site.settings.languages[0];
            let path = Route::Board(board.id().clone()).path(language);
            let here = Here { site: self.site, language, path: &path };
            let files = match board {
                AnyBoard::Scores(board) => {
                    let table = page::table::table(&here, board, usize::MAX);
                    self.renderer.board_data(self.site, board, &table)?
                }
                AnyBoard::Battles(board) => self.renderer.battle_data(self.site, board)?,
            };
            files.iter().try_for_each(|(file, text)| self.sink.put(file, &[text]))
        })?;
        self.site.settings.languages.par_iter().try_for_each(|language| self.search(*language))?;
        self.sink.put(page::INDEX, &[&self.renderer.index(self.site)?])?;
        match self.renderer.opening(&self.site.settings) {
            Ok(sheet) => self.sink.put(route::OPENING, &sheet.parts())?,
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
        Ok(())
    }

    /// The page in every language.
    fn route(&self, route: &Route, mentions: &Mentions) -> Result<Printed> {
        let languages = &self.site.settings.languages;
        let in_any = languages[0];
        let path = route.path(in_any);
        let alike = self.alike(&Here { site: self.site, language: in_any, path: &path }, route);
        languages.iter().try_fold(Printed::default(), |printed, language| {
            let path = route.path(*language);
            let here = Here { site: self.site, language: *language, path: &path };
            match self.page(&here, route, &alike, mentions) {
                Some(rendered) => Ok(printed.and(self.put(&path, rendered, Printed::default())?)),
                None => Ok(printed),
            }
        })
    }

    /// The large parts of a page that are the same in all languages.
    fn alike<'s>(&'s self, here: &Here<'s>, route: &Route) -> Alike<'s> {
        let cells = |board: &'s Board, page: usize| {
            self.renderer.cells(&page::table::part(here, board, page::rows_of(board, page)))
        };
        let alike = match route {
            Route::Board(id) => match self.site.board_by_id(id.as_str()) {
                Some(AnyBoard::Scores(board)) => {
                    Some(Alike::Board(page::Scored::of(self.site, board), cells(board, 1)))
                }
                _ => None,
            },
            Route::BoardRows(id, number) => match self.site.board_by_id(id.as_str()) {
                Some(AnyBoard::Scores(board)) => Some(Alike::Cells(cells(board, *number))),
                _ => None,
            },
            Route::Model(id) => self.site.catalog.model_by_id(id.as_str()).map(|model| {
                let groups = page::records::of_model(here, model);
                let rows = self.renderer.rows(&groups);
                Alike::Records(groups, rows)
            }),
            Route::Benchmark(id) => self.site.catalog.benchmark_by_id(id.as_str()).map(|benchmark| {
                let measured = page::Measured::of(here, benchmark);
                let rows = self.renderer.rows(&measured.records);
                Alike::Measured(measured, rows)
            }),
            _ => None,
        };
        alike.unwrap_or(Alike::Nothing)
    }

    fn page(&self, here: &Here, route: &Route, alike: &Alike, mentions: &Mentions) -> Option<Rendered> {
        let strings = self.renderer.strings(here.language);
        let word = |key: &'static str| strings.word(key);
        let say = |key: &str, board: &Board, date: &str| {
            let title = board.definition.title.get(here.language);
            strings.say(key, [("board", Argument::Text(title)), ("date", Argument::Text(date))])
        };
        let (site, renderer) = (self.site, self.renderer);
        Some(match (route, alike) {
            (Route::Home, _) => renderer.home(&page::home(here)),
            (Route::Boards, _) => {
                renderer.boards(&page::boards(here, word("boards-title"), word("boards-description")))
            }
            (Route::Models, _) => {
                renderer.models(&page::models(here, word("models-title"), word("models-description")))
            }
            (Route::Organisations, _) => {
                let (title, description) = (word("organisations-title"), word("organisations-description"));
                renderer.organisations(&page::organisations(here, title, description))
            }
            (Route::Organisation(id), _) => {
                renderer.organisation(&page::organisation(here, id, word("organisation-description"))?)
            }
            (Route::Datasets, _) => {
                renderer.datasets(&page::datasets(here, word("datasets-title"), word("datasets-description")))
            }
            (Route::Glossary, _) => {
                renderer.glossary(&page::glossary(here, word("glossary-title"), word("glossary-description")))
            }
            (Route::Data, _) => renderer.data(&page::data(here, word("data-title"), word("data-description"))),
            (Route::Benchmarks, _) => {
                let (title, description) = (word("benchmarks-title"), word("benchmarks-description"));
                renderer.benchmarks(&page::benchmarks(here, title, description))
            }
            (Route::Compare, _) => {
                renderer.compare(&page::compare(here, word("compare-title"), word("compare-description")))
            }
            (Route::Changes, _) => {
                renderer.changes(&page::changes(here, word("changes-title"), word("changes-description")))
            }
            (Route::BoardChanges(id), _) => {
                let AnyBoard::Scores(board) = site.board_by_id(id.as_str())? else { return None };
                let (title, description) =
                    (say("board-changes-title", board, ""), say("board-changes-description", board, ""));
                renderer.board_changes(&page::board_changes(here, board, &title, &description)?)
            }
            (Route::BoardAt(id, date), _) => {
                let AnyBoard::Scores(board) = site.board_by_id(id.as_str())? else { return None };
                let (title, description) =
                    (say("board-at-title", board, date), say("board-at-description", board, date));
                renderer.board_at(&page::board_at(here, board, date, &title, &description)?)
            }
            (Route::Articles, _) => {
                renderer.articles(&page::articles(here, word("articles-title"), word("articles-description")))
            }
            (Route::Section(id, number), _) => {
                let title = renderer.strings(here.language).section(id.as_str());
                let section = site.section_by_id(id)?;
                renderer.section(&page::section(here, section, *number, &title, word("articles-description")))
            }
            (Route::Board(id), alike) => match (site.board_by_id(id.as_str())?, alike) {
                (AnyBoard::Scores(board), Alike::Board(scored, cells)) => {
                    renderer.board(&page::board(here, board, scored), cells)
                }
                (AnyBoard::Battles(board), _) => renderer.battles(&page::battles(here, board)),
                _ => return None,
            },
            (Route::BoardRows(id, number), Alike::Cells(cells)) => match site.board_by_id(id.as_str())? {
                AnyBoard::Scores(board) => renderer.board_rows(&page::board_rows(here, board, *number), cells),
                AnyBoard::Battles(_) => return None,
            },
            (Route::Model(id), Alike::Records(records, rows)) => {
                let model = site.catalog.model_by_id(id.as_str())?;
                renderer.model(&page::model(here, model, records, mentions), rows)
            }
            (Route::Benchmark(id), Alike::Measured(measured, rows)) => {
                let benchmark = site.catalog.benchmark_by_id(id.as_str())?;
                renderer.benchmark(&page::benchmark(here, benchmark, measured, mentions), rows)
            }
            _ => return None,
        })
    }

    /// What the search needs but the words of articles: the names of all documents, and the words of the others.
    fn search(&self, language: Language) -> Result<()> {
        let documents = page::search::documents(&Here { site: self.site, language, path: "" });
        let blocks = 1 + self.site.articles.len().div_ceil(search::BLOCK);
        self.sink.put(&search::names_file(language), &[&search::names(language, &documents, blocks)])?;
        let others = documents.iter().take(documents.len() - self.site.articles.len());
        let words: Vec<Words> =
            others.map(|document| Words { lines: document.text.to_string(), ..Words::default() }).collect();
        self.sink.put(&search::words_file(language, 0), &[&search::words(language, 0, &words)])
    }

    /// The pages of a block of articles and the words on them.
    fn articles(&self, block: usize, articles: &[usize], language: Language) -> Result<Printed> {
        let made = articles.par_iter().map(|article| self.article(*article, language));
        let (printed, words): (Vec<Printed>, Vec<Words>) = made.collect::<Result<Vec<_>>>()?.into_iter().unzip();
        let block = block + 1;
        self.sink.put(&search::words_file(language, block), &[&search::words(language, block, &words)])?;
        Ok(printed.into_iter().fold(Printed::default(), Printed::and))
    }

    fn article(&self, index: usize, language: Language) -> Result<(Printed, Words)> {
        let article: &Article = &self.site.articles[index];
        let Some((written_in, version)) = article.version(language) else {
            return Ok(Default::default());
        };
        let mut printed = Printed::default();
        let bytes = self.tree.bytes(&version.path);
        let text = match bytes.as_ref().map_err(Clone::clone).and_then(|bytes| tree::text(&version.path, bytes)) {
            Ok(text) => text,
            Err(diagnostic) => {
                printed.problems.push(diagnostic);
                return Ok((printed, Words::default()));
            }
        };
        let path = Route::Article(article.id.clone()).path(language);
        let here = Here { site: self.site, language, path: &path };
        let mentioned = RefCell::new(BTreeSet::new());
        let resolve = |target: &content::link::Target| {
            mentioned.borrow_mut().extend(Subject::of(self.site, target));
            page::address(&here, target, &|file| self.tree.contains(file))
        };
        let labels = self.renderer.labels(language);
        let mut body = content::body(&version.path, text, labels, &resolve, &mut printed.problems);
        let headings = body.headings.iter().map(|heading| hash(&heading.id)).collect();
        printed.headings.push(((index, language), headings));
        let words = page::search::words(&body);
        let fragments = std::mem::take(&mut body.fragments).into_iter();
        printed.fragments.extend(fragments.map(|fragment| (Arc::clone(&version.path), language, fragment)));
        printed.mentions.extend(mentioned.take().into_iter().map(|subject| (language, subject, index)));
        let original = content::outdated(self.tree, article, written_in, text, &mut printed.problems);
        let version = page::ArticleVersion { language: written_in, changed_original: original, body };
        let page = page::article(&here, article, version, &mut printed.problems);
        Ok((self.put(&path, self.renderer.article(page), printed)?, words))
    }

    fn put(&self, path: &str, rendered: Rendered, mut printed: Printed) -> Result<Printed> {
        match rendered {
            Ok(sheet) => self.sink.put(path, &sheet.parts())?,
            Err(diagnostic) => printed.problems.push(diagnostic),
        }
        self.progress.page();
        Ok(printed)
    }
}

/// Reports links to headings that the other article does not have.
fn check_fragments(site: &Site, printed: &Printed, diagnostics: &mut Diagnostics) {
    let headings: BTreeMap<ArticlePage, &Box<[u64]>> =
        printed.headings.iter().map(|(page, headings)| (*page, headings)).collect();
    for (path, language, fragment) in &printed.fragments {
        let Fragment { article, heading, position } = fragment;
        let there = site.article_index(article).and_then(|article| headings.get(&(article, *language)));
        if there.is_some_and(|headings| !headings.contains(&hash(heading))) {
            diagnostics.push(content::broken_fragment(path, article.as_str(), heading, *position));
        }
    }
}

/// Stands for the id of a heading, so that memory holds no texts of articles.
fn hash(heading: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    heading.hash(&mut hasher);
    hasher.finish()
}
