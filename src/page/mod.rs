//! Pages as values: which exist, and all that each shows.
//!
//! [`routes`] lists the pages of a site; the functions of the submodules make one page's value in one language from the
//! boards, the catalog, the ledger and the articles. A page value holds texts, numbers and links, ready for a template
//! that looks nothing up. This module knows no template and writes no file.

mod article;
pub mod battles;
mod benchmark;
mod board;
mod certainty;
mod changes;
pub mod chart;
mod cite;
pub mod claims;
mod column;
mod compare;
mod data;
mod extent;
mod facts;
mod frame;
mod glossary;
mod lists;
mod mentions;
mod model;
mod notices;
mod organisation;
mod profile;
pub mod records;
pub mod route;
pub mod search;
pub mod table;
pub mod variant;
mod ways;

pub use article::{ArticlePage, ArticleVersion, Piece, address, article, media_file};
pub use battles::{BattlesPage, battles};
pub use benchmark::{BenchmarkPage, Measured, benchmark};
pub use board::{BoardPage, BoardRowsPage, board, board_rows, data_files, is_data_of, rows_of};
pub use certainty::Scored;
pub use changes::{BoardAtPage, BoardChangesPage, ChangesPage, board_at, board_changes, changes};
pub use cite::version;
pub use column::ColumnSection;
pub use compare::{ComparePage, compare};
pub use data::{DataPage, DatasetsPage, INDEX, data, datasets};
pub use frame::{Frame, LanguageLink, Surroundings};
pub use glossary::{GlossaryPage, check_glossary, glossary};
pub use lists::{
    ArticlesPage, BenchmarksPage, BoardsPage, HomePage, ModelsPage, PageLink, Section, SectionPage, articles,
    benchmarks, boards, home, models, section,
};
pub use mentions::{Mention, Mentions, Subject};
pub use model::{ModelPage, model};
pub use notices::NoticeItem;
pub use organisation::{OrganisationPage, OrganisationsPage, organisation, organisations};
pub use profile::{Place, Profile, ProfileRow, STRIP, Strip};

use crate::board::AnyBoard;
use crate::board::claims::Pair;
use crate::board::history::History;
use crate::catalog::{BenchmarkIx, Catalog, ModelIx};
use crate::content::Article;
use crate::glossary::Term;
use crate::language::Language;
use crate::ledger::{EntryIx, Ledger};
use crate::record::id::Id;
use crate::settings::Settings;
use foldhash::HashMap;
use profile::ColumnScores;
use route::Route;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Everything a site says, before it is laid out on pages.
#[derive(Debug)]
pub struct Site {
    pub settings: Settings,
    pub catalog: Catalog,
    pub ledger: Ledger,
    pub boards: Vec<AnyBoard>,
    pub claims: BTreeMap<BenchmarkIx, Vec<Pair>>,
    /// Of the boards whose records have several dates.
    pub histories: BTreeMap<Id, History>,
    pub articles: Vec<Article>,
    pub glossary: Vec<Term>,
    index: Index,
    reading: BTreeMap<Language, article::Reading>,
    navigation: frame::Navigation,
    sections: Vec<Section>,
    /// Of the data: see [`version`].
    version: OnceLock<String>,
}

/// What is asked for page after page, gathered once.
#[derive(Debug, Default)]
struct Index {
    by_model: HashMap<ModelIx, Vec<EntryIx>>,
    by_benchmark: HashMap<BenchmarkIx, Vec<EntryIx>>,
    /// The boards a model has a row on: index of the board and of the row or, on a board of battles, the contestant.
    rows_of: BTreeMap<ModelIx, Vec<(usize, usize)>>,
    article_ids: HashMap<Id, usize>,
    /// The claims of a model that stand beside measurements: their places among those of a benchmark.
    claims_of: BTreeMap<ModelIx, Vec<(BenchmarkIx, usize)>>,
    /// The boards that have a column for a benchmark.
    boards_of: BTreeMap<BenchmarkIx, BTreeSet<usize>>,
    /// The scores of each board's columns, once they are asked for.
    fields: Vec<OnceLock<Vec<ColumnScores>>>,
    /// The models of each organisation.
    makers: BTreeMap<Id, Vec<ModelIx>>,
    /// The models of each family.
    families: BTreeMap<String, Vec<ModelIx>>,
}

/// What a site is made of.
#[derive(Debug)]
pub struct Parts {
    pub settings: Settings,
    pub catalog: Catalog,
    pub ledger: Ledger,
    pub boards: Vec<AnyBoard>,
    pub claims: BTreeMap<BenchmarkIx, Vec<Pair>>,
    pub histories: BTreeMap<Id, History>,
    pub articles: Vec<Article>,
    pub glossary: Vec<Term>,
}

impl Site {
    pub fn new(parts: Parts) -> Self {
        let Parts { settings, catalog, ledger, boards, claims, histories, articles, glossary } = parts;
        let mut index = Index::default();
        (index.by_model, index.by_benchmark) =
            rayon::join(|| ledger.entries_by(|model, _| model), || ledger.entries_by(|_, benchmark| benchmark));
        for (place, board) in boards.iter().enumerate() {
            let models: Vec<ModelIx> = match board {
                AnyBoard::Scores(board) => board.rows.iter().map(|row| row.model).collect(),
                AnyBoard::Battles(board) => board.contestants.iter().map(|contestant| contestant.model).collect(),
            };
            for (row_ix, model) in models.into_iter().enumerate() {
                index.rows_of.entry(model).or_default().push((place, row_ix));
            }
            if let AnyBoard::Scores(board) = board {
                for column in &board.definition.columns {
                    index.boards_of.entry(column.benchmark).or_default().insert(place);
                }
            }
        }
        index.fields = boards.iter().map(|_| OnceLock::new()).collect();
        for (ix, model) in catalog.models() {
            if let Some(organisation) = &model.organisation {
                index.makers.entry(organisation.clone()).or_default().push(ix);
            }
            if let Some(family) = model.card.as_ref().and_then(|(_, card)| card.family.clone()) {
                index.families.entry(family).or_default().push(ix);
            }
        }
        for (benchmark, pairs) in &claims {
            for (place, pair) in pairs.iter().enumerate() {
                index.claims_of.entry(ledger.entry(pair.claimed).model).or_default().push((*benchmark, place));
            }
        }
        index.article_ids = articles.iter().enumerate().map(|(ix, article)| (article.id.clone(), ix)).collect();
        let reading =
            settings.languages.iter().map(|language| (*language, article::Reading::new(&articles, *language)));
        let reading: BTreeMap<Language, article::Reading> = reading.collect();
        let sections = reading.values().next().map_or_else(Vec::new, |reading| Section::all(&articles, reading));
        let more = more(&index, !glossary.is_empty());
        let about = Id::new("about").ok().filter(|id| index.article_ids.contains_key(id));
        let navigation = frame::Navigation::new(&settings, about, more);
        Self {
            settings,
            catalog,
            ledger,
            boards,
            claims,
            histories,
            articles,
            glossary,
            index,
            reading,
            navigation,
            sections,
            version: OnceLock::new(),
        }
    }

    pub fn board_by_id(&self, id: &str) -> Option<&AnyBoard> {
        self.boards.iter().find(|board| board.id().as_str() == id)
    }

    pub fn article_by_id(&self, id: &Id) -> Option<&Article> {
        self.article_index(id).map(|index| &self.articles[index])
    }

    fn records_of_model(&self, model: ModelIx) -> &[EntryIx] {
        self.index.by_model.get(&model).map_or(&[], Vec::as_slice)
    }

    fn records_of_benchmark(&self, benchmark: BenchmarkIx) -> &[EntryIx] {
        self.index.by_benchmark.get(&benchmark).map_or(&[], Vec::as_slice)
    }

    /// The boards a model has a row on: index of the board and of the row or the contestant.
    fn rows_of_model(&self, model: ModelIx) -> &[(usize, usize)] {
        self.index.rows_of.get(&model).map_or(&[], Vec::as_slice)
    }

    /// The scores of the columns of the board in this place; none for a board of battles.
    fn fields(&self, board: usize) -> &[ColumnScores] {
        self.index.fields[board].get_or_init(|| match &self.boards[board] {
            AnyBoard::Scores(board) => ColumnScores::of(board),
            AnyBoard::Battles(_) => Vec::new(),
        })
    }

    /// A term of the glossary.
    pub fn term(&self, id: &str) -> Option<&Term> {
        self.glossary.iter().find(|term| term.id.as_str() == id)
    }

    fn models_of(&self, organisation: &Id) -> &[ModelIx] {
        self.index.makers.get(organisation).map_or(&[], Vec::as_slice)
    }

    /// The boards with a column for a benchmark.
    fn boards_of(&self, benchmark: BenchmarkIx) -> impl Iterator<Item = &AnyBoard> {
        self.index.boards_of.get(&benchmark).into_iter().flatten().map(|board| &self.boards[*board])
    }

    pub fn section_by_id(&self, id: &Id) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == *id)
    }

    pub fn article_index(&self, id: &Id) -> Option<usize> {
        self.index.article_ids.get(id).copied()
    }
}

/// The pages that the foot of every page leads to: those of every site, and articles that a site may have.
fn more(index: &Index, has_glossary: bool) -> Vec<(&'static str, Route)> {
    let article = |id: &str| Id::new(id).ok().filter(|id| index.article_ids.contains_key(id)).map(Route::Article);
    let all = [
        ("glossary", has_glossary.then_some(Route::Glossary)),
        ("organisations", Some(Route::Organisations)),
        ("datasets", Some(Route::Datasets)),
        ("directory", article("leaderboards/directory")),
        ("method", article("method")),
        ("changes", Some(Route::Changes)),
        ("data", Some(Route::Data)),
    ];
    all.into_iter().filter_map(|(key, route)| Some((key, route?))).collect()
}

/// Every page of the site but the articles, which are made one by one as they are read.
pub fn routes(site: &Site) -> Vec<Route> {
    let mut routes = vec![
        Route::Home,
        Route::Boards,
        Route::Models,
        Route::Organisations,
        Route::Benchmarks,
        Route::Datasets,
        Route::Compare,
        Route::Articles,
        Route::Changes,
        Route::Data,
    ];
    if !site.glossary.is_empty() {
        routes.push(Route::Glossary);
    }
    for section in &site.sections {
        routes.extend((1..=section.pages()).map(|page| Route::Section(section.id.clone(), page)));
    }
    for board in &site.boards {
        routes.push(Route::Board(board.id().clone()));
        if let AnyBoard::Scores(board) = board {
            routes.extend((2..=board::pages(board)).map(|page| Route::BoardRows(board.definition.id.clone(), page)));
        }
    }
    for (id, history) in &site.histories {
        routes.push(Route::BoardChanges(id.clone()));
        routes.extend(history.past().map(|step| Route::BoardAt(id.clone(), step.date.clone())));
    }
    routes.extend(site.catalog.models().map(|(_, model)| Route::Model(model.id.clone())));
    routes.extend(site.catalog.benchmarks().map(|(_, benchmark)| Route::Benchmark(benchmark.id.clone())));
    routes.extend(site.catalog.organisations.keys().cloned().map(Route::Organisation));
    routes
}

/// Where a page stands: what the functions that make page values need beside the site.
#[derive(Clone, Copy, Debug)]
pub struct Here<'a> {
    pub site: &'a Site,
    pub language: Language,
    /// The page's file below `site/`.
    pub path: &'a str,
}

impl Here<'_> {
    /// A link to another page in the same language.
    pub fn href(&self, route: &Route) -> String {
        route::relative(self.path, &route.path(self.language))
    }

    /// The way to the pages below a list, such as that of models: `../models/`. A page is its id there, with `.html`.
    fn folder(&self, list: &Route) -> String {
        self.href(list).trim_end_matches("index.html").to_owned()
    }

    fn text<'t>(&self, text: &'t crate::language::Text) -> &'t str {
        text.get(self.language)
    }
}

/// A name that leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    pub name: String,
    pub href: String,
}
