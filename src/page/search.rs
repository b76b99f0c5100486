//! What the search knows of a site's pages.

use super::Here;
use super::route::Route;
use crate::board::AnyBoard;
use crate::catalog::card::Organisation;
use crate::catalog::{Benchmark, Model};
use crate::content::{Article, Body};
use crate::glossary::Term;
use crate::language::{Language, Text};
use crate::record::id::Id;
use crate::search::{Document, Kind, Words};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The documents of a language in the order of their kinds; articles come last, in the order of the site's.
pub fn documents<'a>(here: &Here<'a>) -> Vec<Document<'a>> {
    let site = here.site;
    let mut documents = Vec::new();
    documents.extend(site.boards.iter().map(|board| of_board(here, board)));
    documents.extend(site.catalog.models().map(|(_, model)| of_model(here, model)));
    documents.extend(site.catalog.benchmarks().map(|(_, benchmark)| of_benchmark(here, benchmark)));
    documents
        .extend(site.catalog.organisations.iter().map(|(id, organisation)| of_organisation(here, id, organisation)));
    documents.extend(site.glossary.iter().map(|term| of_term(here, term)));
    documents.extend(site.articles.iter().filter_map(|article| of_article(here, article)));
    documents
}

/// The words of an article.
pub fn words(body: &Body) -> Words {
    let headings = body.headings.iter().map(|heading| (heading.id.clone(), heading.text.clone()));
    Words { headings: headings.collect(), lines: body.words.clone() }
}

/// The file below the folder of the language.
fn path(here: &Here, route: &Route) -> String {
    let path = route.path(here.language);
    path.split_once('/').map_or_else(|| path.clone(), |(_, rest)| rest.to_owned())
}

fn of_board<'a>(here: &Here<'a>, board: &'a AnyBoard) -> Document<'a> {
    let (summary, notes) = match board {
        AnyBoard::Scores(board) => (&board.definition.summary, &board.definition.notes),
        AnyBoard::Battles(board) => (&board.definition.summary, &board.definition.notes),
    };
    let columns = match board {
        AnyBoard::Scores(board) => board.definition.columns.as_slice(),
        AnyBoard::Battles(_) => &[],
    };
    let benchmarks = columns.iter().map(|column| &*here.site.catalog.benchmark(column.benchmark).name);
    let title = here.text(board.title());
    Document {
        kind: Kind::Board,
        path: path(here, &Route::Board(board.id().clone())),
        title,
        hint: here.text(summary),
        names: others(title, std::iter::once(board.id().as_str()).chain(in_all(board.title()))),
        terms: others(title, benchmarks),
        text: notes.as_ref().map_or("", |notes| here.text(notes)).into(),
    }
}

fn of_model<'a>(here: &Here<'a>, model: &'a Model) -> Document<'a> {
    let card = model.card.as_ref().map(|(_, card)| card);
    let organisation = model.organisation.as_ref().and_then(|id| here.site.catalog.organisations.get(id));
    let aliases = card.iter().flat_map(|card| &card.aliases).map(|alias| alias.get_ref().as_str());
    let family = card.and_then(|card| card.family.as_deref());
    let makers = organisation.iter().flat_map(|organisation| names_of(organisation));
    Document {
        kind: Kind::Model,
        path: path(here, &Route::Model(model.id.clone())),
        title: &model.name,
        hint: organisation.map_or("", |organisation| here.text(&organisation.name)),
        names: others(&model.name, std::iter::once(model.id.as_str()).chain(aliases)),
        terms: others(&model.name, family.into_iter().chain(makers)),
        text: card.and_then(|card| card.summary.as_ref()).map_or("", |summary| here.text(summary)).into(),
    }
}

fn of_benchmark<'a>(here: &Here<'a>, benchmark: &'a Benchmark) -> Document<'a> {
    let card = benchmark.card.as_ref().map(|(_, card)| card);
    let title = card.and_then(|card| card.title.as_ref());
    let summary = card.map_or("", |card| here.text(&card.summary));
    // An alias may end in a star, which stands for the name of a subset.
    let aliases = card.iter().flat_map(|card| &card.aliases).map(|alias| alias.get_ref().trim_end_matches('*'));
    let titles = title.into_iter().flat_map(in_all);
    let texts = card.iter().flat_map(|card| [card.method.as_ref(), card.known_problems.as_ref()]).flatten();
    let texts = std::iter::once(summary).chain(texts.map(|text| here.text(text)));
    Document {
        kind: Kind::Benchmark,
        path: path(here, &Route::Benchmark(benchmark.id.clone())),
        title: &benchmark.name,
        hint: title.map_or(summary, |title| here.text(title)),
        names: others(&benchmark.name, std::iter::once(benchmark.id.as_str()).chain(aliases).chain(titles)),
        terms: Vec::new(),
        text: Cow::Owned(texts.collect::<Vec<_>>().join(" ")),
    }
}

fn of_organisation<'a>(here: &Here<'a>, id: &'a Id, organisation: &'a Organisation) -> Document<'a> {
    let title = here.text(&organisation.name);
    Document {
        kind: Kind::Organisation,
        path: path(here, &Route::Organisation(id.clone())),
        title,
        hint: "",
        names: others(title, std::iter::once(id.as_str()).chain(names_of(organisation))),
        terms: Vec::new(),
        text: Cow::Borrowed(""),
    }
}

fn of_term<'a>(here: &Here<'a>, term: &'a Term) -> Document<'a> {
    let title = here.text(&term.name);
    let also = term.also.iter().flat_map(listed);
    Document {
        kind: Kind::Term,
        path: format!("{}#{}", path(here, &Route::Glossary), term.id),
        title,
        hint: here.text(&term.definition),
        names: others(title, std::iter::once(term.id.as_str()).chain(in_all(&term.name)).chain(also)),
        terms: Vec::new(),
        text: Cow::Borrowed(""),
    }
}

fn of_article<'a>(here: &Here<'a>, article: &'a Article) -> Option<Document<'a>> {
    let (_, version) = article.version(here.language)?;
    let title = version.front.title.as_str();
    let titles = article.versions.values().map(|version| version.front.title.as_str());
    Some(Document {
        kind: Kind::Article,
        path: path(here, &Route::Article(article.id.clone())),
        title,
        hint: &version.front.summary,
        names: others(title, titles),
        terms: others(title, version.front.tags.iter().map(String::as_str)),
        text: Cow::Borrowed(""),
    })
}

fn in_all(text: &Text) -> impl Iterator<Item = &str> {
    Language::ALL.into_iter().filter(|language| text.has(*language)).map(|language| text.get(language))
}

/// Its own and those of its families of models.
fn names_of(organisation: &Organisation) -> impl Iterator<Item = &str> {
    in_all(&organisation.name).chain(organisation.also.iter().flat_map(listed))
}

/// Names that stand in one text, with the commas of its language.
fn listed(text: &Text) -> impl Iterator<Item = &str> {
    in_all(text).flat_map(|names| names.split(['、', '，', ','])).map(str::trim)
}

/// The names that are not `title`, each once.
fn others<'a>(title: &'a str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = BTreeSet::from([title]);
    let mut others = Vec::new();
    for name in names.filter(|name| !name.is_empty()) {
        if seen.insert(name) {
            others.push(name);
        }
    }
    others
}
