//! The page of an article.

use super::chart::{self, Chart};
use super::cite::{self, Citation, Cited};
use super::frame::Frame;
use super::route::{self, Route};
use super::table::{self, Table, table};
use super::{Here, Link, Site};
use crate::board::AnyBoard;
use crate::content::link::Target;
use crate::content::{self, Article, Body, Embed, EmbedKind, Segment, Unresolved};
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::language::Language;
use serde::Serialize;
use std::cmp::Reverse;

/// An article's page. The pieces are joined by the renderer; the rest is for the template.
#[derive(Debug, Serialize)]
pub struct ArticlePage<'a> {
    #[serde(skip)]
    pub frame: Frame,
    pub title: String,
    pub summary: String,
    pub date: String,
    pub updated: Option<String>,
    pub tags: Vec<String>,
    /// The section's name in files; the interface string is `section-<name>`.
    pub section: Option<String>,
    /// Headings of levels 2 and 3.
    pub contents: Vec<ContentsItem>,
    /// The language of the text, when it is not that of the page: the article is not translated.
    pub untranslated: Option<Untranslated>,
    /// The original, when it changed after this translation.
    pub outdated: Option<Original>,
    pub previous: Option<Link>,
    pub next: Option<Link>,
    /// The source file's path.
    pub path: String,
    pub citation: Citation,
    #[serde(skip)]
    pub pieces: Vec<Piece<'a>>,
}

#[derive(Debug, Serialize)]
pub struct ContentsItem {
    pub level: u8,
    pub id: String,
    pub text: String,
}

#[derive(Debug, Serialize)]
pub struct Untranslated {
    pub tag: &'static str,
    pub name: &'static str,
}

/// The version an article was translated from.
#[derive(Debug, Serialize)]
pub struct Original {
    pub tag: &'static str,
    pub name: &'static str,
    /// Absent when the site is built without that language.
    pub href: Option<String>,
}

/// An article as it was written in one language.
#[derive(Debug)]
pub struct ArticleVersion {
    pub language: Language,
    /// The language of the original, when it changed after this translation.
    pub changed_original: Option<Language>,
    pub body: Body,
}

/// A part of an article's text, in order.
#[derive(Debug)]
pub enum Piece<'a> {
    Html(String),
    /// A board's first rows, under a link to the board.
    Board {
        board: Link,
        table: Table<'a>,
    },
    Chart {
        board: Link,
        chart: Chart,
    },
}

/// The value of an article's page in the language of `here`.
pub fn article<'a>(
    here: &Here<'a>,
    article: &Article,
    version: ArticleVersion,
    diagnostics: &mut Diagnostics,
) -> ArticlePage<'a> {
    let ArticleVersion { language, changed_original, body } = version;
    let version = &article.versions[&language];
    let front = &version.front;
    let route = Route::Article(article.id.clone());
    let (previous, next) = neighbours(here, article);
    let shows_data = body.segments.iter().any(|segment| matches!(segment, Segment::Embed(_)));
    let cited = Cited {
        key: article.id.as_str().rsplit('/').next().unwrap_or_default(),
        title: Some(&front.title),
        route: route.clone(),
        day: Some(front.updated.as_ref().unwrap_or(&front.date).day()),
        // Else every article would change whenever some number does.
        version: shows_data.then(|| cite::version(here.site)),
    };
    ArticlePage {
        citation: cited.citation(here),
        frame: here.frame(&route, "article", &front.title, &front.summary),
        title: front.title.clone(),
        summary: front.summary.clone(),
        date: front.date.to_string(),
        updated: front.updated.as_ref().map(ToString::to_string),
        tags: front.tags.clone(),
        section: article.section().map(str::to_owned),
        contents: body
            .headings
            .into_iter()
            .filter(|heading| heading.level <= 3)
            .map(|heading| ContentsItem { level: heading.level, id: heading.id, text: heading.text })
            .collect(),
        untranslated: (language != here.language)
            .then(|| Untranslated { tag: language.tag(), name: language.own_name() }),
        outdated: changed_original.map(|original| self::original(here, &route, original)),
        previous,
        next,
        path: version.path.to_string(),
        pieces: body
            .segments
            .into_iter()
            .filter_map(|segment| match segment {
                Segment::Html(html) => Some(Piece::Html(html)),
                Segment::Embed(embed) => {
                    piece(here, &embed).map_err(|problem| diagnostics.push(problem.of(version, &embed))).ok()
                }
            })
            .collect(),
    }
}

fn original(here: &Here, route: &Route, language: Language) -> Original {
    let built = here.site.settings.languages.contains(&language);
    Original {
        tag: language.tag(),
        name: language.own_name(),
        href: built.then(|| route::relative(here.path, &route.path(language))),
    }
}

/// The order in which articles are listed and read.
#[derive(Debug)]
pub(super) struct Reading {
    /// Indices of the site's articles: by section, declared place, then the latest first.
    pub(super) order: Vec<usize>,
    /// Where each article stands in `order`.
    position: Vec<usize>,
}

impl Reading {
    pub(super) fn new(articles: &[Article], language: Language) -> Self {
        let key = |index: &usize| {
            let article = &articles[*index];
            let front = article.version(language).map(|(_, version)| &version.front);
            let declared = front.and_then(|front| front.order).unwrap_or(i64::MAX);
            (article.section(), declared, Reverse(front.map(|front| &front.date)), &article.id)
        };
        let mut order: Vec<usize> = (0..articles.len()).collect();
        order.sort_by(|a, b| key(a).cmp(&key(b)));
        let mut position = vec![0; order.len()];
        for (place, index) in order.iter().enumerate() {
            position[*index] = place;
        }
        Self { order, position }
    }
}

/// The articles before and after in the section.
fn neighbours(here: &Here, article: &Article) -> (Option<Link>, Option<Link>) {
    let reading = &here.site.reading[&here.language];
    let Some(at) = here.site.article_index(&article.id).map(|index| reading.position[index]) else {
        return (None, None);
    };
    let link = |at: Option<usize>| {
        let other = &here.site.articles[*reading.order.get(at?)?];
        let (_, version) = other.version(here.language)?;
        (article.section().is_some() && other.section() == article.section())
            .then(|| here.link(&version.front.title, &Route::Article(other.id.clone())))
    };
    (link(at.checked_sub(1)), link(at.checked_add(1)))
}

/// What is wrong with an embed.
struct Problem {
    code: &'static str,
    message: String,
    hint: String,
}

impl Problem {
    fn of(self, version: &content::Version, embed: &Embed) -> Diagnostic {
        Diagnostic::error(self.code, std::sync::Arc::clone(&version.path), self.message)
            .at(embed.position)
            .hint(self.hint)
    }
}

fn piece<'a>(here: &Here<'a>, embed: &Embed) -> Result<Piece<'a>, Problem> {
    let id = match &embed.kind {
        EmbedKind::Board { id, .. } => id,
        EmbedKind::Chart { board, .. } => board,
    };
    let board = here.site.board_by_id(id).ok_or_else(|| Problem {
        code: "unknown-board",
        message: format!("no board {id:?}"),
        hint: did_you_mean(&boards_like(here.site, id), "define it in data/boards/"),
    })?;
    let link = here.link(here.text(board.title()), &Route::Board(board.id().clone()));
    let no_chart = || Problem {
        code: "empty-chart",
        message: format!("a chart needs two scores, and {id:?} has not so many here"),
        hint: "choose another board or column".to_owned(),
    };
    let no_column = |column: &str| Problem {
        code: "unknown-column",
        message: format!("the board {id:?} has no column for {column:?}"),
        hint: "name the benchmark of one of its columns".to_owned(),
    };
    match (&embed.kind, board) {
        (EmbedKind::Board { top, .. }, board) => {
            Ok(Piece::Board { board: link, table: table::first_rows(here, board, *top) })
        }
        (EmbedKind::Chart { column: None, top, .. }, AnyBoard::Scores(board)) => {
            let table = table(here, board, usize::MAX);
            Ok(Piece::Chart { board: link, chart: chart::composite(here, board, &table, *top).ok_or_else(no_chart)? })
        }
        (EmbedKind::Chart { column: None, top, .. }, AnyBoard::Battles(board)) => {
            Ok(Piece::Chart { board: link, chart: chart::rating(here, board, *top).ok_or_else(no_chart)? })
        }
        (EmbedKind::Chart { column: Some(column), .. }, AnyBoard::Battles(_)) => Err(no_column(column)),
        (EmbedKind::Chart { column: Some(column), top, .. }, AnyBoard::Scores(board)) => {
            let named = |index: &usize| {
                here.site.catalog.benchmark(board.definition.columns[*index].benchmark).id.as_str() == column
            };
            let index = (0..board.columns.len()).find(named).ok_or_else(|| no_column(column))?;
            let table = table(here, board, usize::MAX);
            Ok(Piece::Chart {
                board: link,
                chart: chart::column(here, board, &table, index, *top).ok_or_else(no_chart)?,
            })
        }
    }
}

fn boards_like(site: &Site, id: &str) -> Vec<String> {
    let known = site.boards.iter().map(|board| board.id().as_str());
    known.filter(|known| strsim::jaro_winkler(known, id) > 0.8).map(str::to_owned).collect()
}

fn terms_like(site: &Site, id: &str) -> Vec<String> {
    let known = site.glossary.iter().map(|term| term.id.as_str());
    known.filter(|known| strsim::jaro_winkler(known, id) > 0.8).map(str::to_owned).collect()
}

/// The folder of the articles' images below `site/`.
const MEDIA: &str = "media/";

/// The image formats that articles may show; SVG is not among them, since it can hold scripts.
const IMAGES: [&str; 5] = ["png", "jpg", "jpeg", "webp", "gif"];

/// The file below `site/` of an image of the articles; `None` for a file that is no image.
pub fn media_file(path: &str) -> Option<String> {
    let rest = path.strip_prefix(content::CONTENT)?;
    let (_, ending) = rest.rsplit_once('.')?;
    IMAGES.contains(&ending.to_ascii_lowercase().as_str()).then(|| format!("{MEDIA}{rest}"))
}

/// The address of a link's target as seen from `here`; `exists` tells whether a source file is there.
pub fn address(here: &Here, target: &Target, exists: &dyn Fn(&str) -> bool) -> Result<String, Unresolved> {
    let nothing =
        |what: String, near: &[String], remedy: &str| Unresolved { reason: what, hint: did_you_mean(near, remedy) };
    let catalog = &here.site.catalog;
    match target {
        Target::Web(url) => Ok(url.clone()),
        Target::Here(fragment) => Ok(format!("#{fragment}")),
        Target::Article { id, fragment } => {
            let article = here.site.article_by_id(id).ok_or_else(|| {
                nothing(
                    format!("no article {:?}", id.as_str()),
                    &[],
                    "link to the file of an article, relative to this one",
                )
            })?;
            let href = here.href(&Route::Article(article.id.clone()));
            Ok(fragment.as_ref().map_or_else(|| href.clone(), |fragment| format!("{href}#{fragment}")))
        }
        Target::Board(id) => match here.site.board_by_id(id) {
            Some(board) => Ok(here.href(&Route::Board(board.id().clone()))),
            None => Err(nothing(format!("no board {id:?}"), &boards_like(here.site, id), "define it in data/boards/")),
        },
        Target::Model(id) => match catalog.model_by_id(id) {
            Some(model) => Ok(here.href(&Route::Model(catalog.model(model).id.clone()))),
            None => Err(nothing(format!("no model {id:?}"), &catalog.models_like(id), "add a card to data/models/")),
        },
        Target::Benchmark(id) => match catalog.benchmark_by_id(id) {
            Some(benchmark) => Ok(here.href(&Route::Benchmark(catalog.benchmark(benchmark).id.clone()))),
            None => Err(nothing(
                format!("no benchmark {id:?}"),
                &catalog.benchmarks_like(id),
                "add a card to data/benchmarks/",
            )),
        },
        Target::Term(id) => match here.site.term(id) {
            Some(term) => Ok(format!("{}#{}", here.href(&Route::Glossary), term.id)),
            None => Err(nothing(format!("no term {id:?}"), &terms_like(here.site, id), "add it to data/glossary.toml")),
        },
        Target::File(path) => match media_file(path) {
            Some(file) if exists(path) => Ok(route::relative(here.path, &file)),
            Some(_) => Err(nothing(format!("no file {path:?}"), &[], "put the image beside the article")),
            None => Err(nothing(
                format!("{path:?} is neither an article nor an image"),
                &[],
                "images end in .png, .jpg, .webp or .gif",
            )),
        },
    }
}
