//! The press: makes the pages of a site one by one, on all cores, and hands them on.
//!
//! It knows which page is made by what, and nothing of how: values come from [`page`], bytes from the renderer.

use crate::board::{AnyBoard, Board};
use crate::content::{self, Article, Fragment};
use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::output::Sink;
use crate::page::records::Group;
use crate::page::route::{self, Route};
use crate::page::{self, Here, Mention, Mentions, Site, Subject};
use crate::pipeline::Progress;
use crate::render::{Argument, Cells, Rendered, Renderer, Rows};
use crate::search::{self, Words};
use crate::tree::{self, Tree};
use anyhow::Result;
use rayon::prelude::*;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// Makes pages and hands them on, one by one on all cores: a page's bytes live only until they are written.
pub struct Press<'a> {
    pub tree: &'a Tree,
    pub site: &'a Site,
    pub renderer: &'a Renderer,
    pub sink: &'a dyn Sink,
    pub progress: &'a dyn Progress,
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
    pub fn print(&self, diagnostics: &mut Diagnostics) -> Result<usize> {
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
