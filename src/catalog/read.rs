//! Reading the cards of a site into a catalog.

use super::card::{BenchmarkCard, ModelCard, Organisation};
use super::{Benchmark, Catalog, Model};
use crate::diagnostic::{Diagnostic, Diagnostics, Position};
use crate::record::id::Id;
use crate::tree::{Tree, parse_toml};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::Spanned;

const ORGANISATIONS: &str = "data/orgs.toml";

/// Reads every card. A card with an error is left out, with a diagnostic, and the others are still read.
pub fn read(tree: &Tree, diagnostics: &mut Diagnostics) -> Catalog {
    let organisations = organisations(tree, diagnostics);
    // Where the list cannot be read, nothing can be said of the names in it.
    let check_organisations = organisations.is_some();
    let mut catalog = Catalog { organisations: organisations.unwrap_or_default(), ..Catalog::default() };
    for file in card_files::<ModelCard>(tree, "data/models/", 2, diagnostics) {
        if check_organisations {
            check_organisation(&catalog, &file, diagnostics);
        }
        add_model(&mut catalog, file, diagnostics);
    }
    let mut texts = Vec::new();
    for file in card_files::<BenchmarkCard>(tree, "data/benchmarks/", 1, diagnostics) {
        texts.push((Arc::clone(&file.path), file.text.clone()));
        add_benchmark(&mut catalog, file, diagnostics);
    }
    check_not_comparable(&catalog, &texts, diagnostics);
    if check_organisations {
        check_makers(&catalog, &texts, diagnostics);
    }
    catalog
}

/// The organisations; `None` when their file cannot be read.
fn organisations(tree: &Tree, diagnostics: &mut Diagnostics) -> Option<BTreeMap<Id, Organisation>> {
    if !tree.contains(ORGANISATIONS) {
        return Some(BTreeMap::new());
    }
    let read = tree.text(ORGANISATIONS).and_then(|text| parse_toml(ORGANISATIONS, &text));
    read.map_err(|diagnostic| diagnostics.push(diagnostic)).ok()
}

struct CardFile<C> {
    path: Arc<str>,
    text: String,
    id: Id,
    card: C,
}

/// The cards below `folder` whose paths have `depth` parts.
fn card_files<C: DeserializeOwned>(
    tree: &Tree,
    folder: &str,
    depth: usize,
    diagnostics: &mut Diagnostics,
) -> Vec<CardFile<C>> {
    let mut cards = Vec::new();
    for path in tree.below(folder, ".toml") {
        let name = path[folder.len()..].trim_end_matches(".toml");
        let id = Id::new(name).and_then(|id| {
            let parts = name.split('/').count();
            if parts == depth { Ok(id) } else { Err(format!("{name:?} has {parts} parts instead of {depth}")) }
        });
        let card = match id {
            Err(reason) => {
                Err(Diagnostic::error("bad-id", Arc::clone(path), format!("the path gives the id, and {reason}"))
                    .hint("rename the file: ids are lower-case letters, digits, '.', '_' and '-'"))
            }
            Ok(id) => tree.text(path).and_then(|text| {
                let card = parse_toml(path, &text)?;
                Ok(CardFile { path: Arc::clone(path), text, id, card })
            }),
        };
        match card {
            Ok(card) => cards.push(card),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    cards
}

/// The organisation whose folder a model's card lies in.
fn organisation(id: &Id) -> Option<Id> {
    id.as_str().split_once('/').and_then(|(organisation, _)| Id::new(organisation).ok())
}

fn check_organisation(catalog: &Catalog, file: &CardFile<ModelCard>, diagnostics: &mut Diagnostics) {
    let organisation = organisation(&file.id);
    let known = organisation.as_ref().is_some_and(|organisation| catalog.organisations.contains_key(organisation));
    if !known {
        let folder = organisation.as_ref().map_or("", Id::as_str);
        let message = format!("no organisation {folder:?} in {ORGANISATIONS}");
        diagnostics.push(Diagnostic::error("unknown-organisation", Arc::clone(&file.path), message).hint(format!(
            "add [{folder}] with a name to {ORGANISATIONS}, or move the card to its organisation's folder"
        )));
    }
}

fn add_model(catalog: &mut Catalog, file: CardFile<ModelCard>, diagnostics: &mut Diagnostics) {
    let CardFile { path, text, id, card } = file;
    let organisation = organisation(&id);
    let index = catalog.push_model(Model {
        id: id.clone(),
        name: card.name.as_str().into(),
        organisation,
        card: Some((Arc::clone(&path), card.clone())),
    });
    catalog.model_names.add_last_part(id.as_str(), index);
    let whole_file = [id.as_str(), &card.name].map(|name| (name, None));
    for (name, position) in whole_file.into_iter().chain(aliases(&text, &card.aliases)) {
        if let Some(other) = catalog.model_names.add(name, index) {
            diagnostics.push(taken(&path, position, name, catalog.model(other).id.as_str()));
        }
    }
}

fn add_benchmark(catalog: &mut Catalog, file: CardFile<BenchmarkCard>, diagnostics: &mut Diagnostics) {
    let CardFile { path, text, id, card } = file;
    if let Some(chance) = card.chance.filter(|chance| !(0.0..1.0).contains(chance)) {
        diagnostics.push(
            Diagnostic::error(
                "out-of-range",
                Arc::clone(&path),
                format!("chance = {chance} is not a fraction from 0 to below 1"),
            )
            .hint("four choices give chance = 0.25"),
        );
    }
    if let Some(score) = card.human.as_ref().map(|human| human.score).filter(|score| !(0.0..=1.0).contains(score)) {
        let message = format!("human.score = {score} is not a fraction from 0 to 1");
        diagnostics
            .push(Diagnostic::error("out-of-range", Arc::clone(&path), message).hint("89.8% is written score = 0.898"));
    }
    let index = catalog.push_benchmark(Benchmark {
        id: id.clone(),
        name: card.name.as_str().into(),
        card: Some((Arc::clone(&path), card.clone())),
    });
    let whole_file = [id.as_str(), &card.name].map(|name| (name, None));
    for (name, position) in whole_file.into_iter().chain(aliases(&text, &card.aliases)) {
        if let Some(other) = catalog.benchmark_names.add(name, index) {
            diagnostics.push(taken(&path, position, name, catalog.benchmark(other).id.as_str()));
        }
    }
}

fn aliases<'a>(text: &'a str, aliases: &'a [Spanned<String>]) -> impl Iterator<Item = (&'a str, Option<Position>)> {
    aliases.iter().map(move |alias| (alias.get_ref().as_str(), Some(Position::of(text, alias.span().start))))
}

fn taken(path: &Arc<str>, position: Option<Position>, name: &str, other: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("name-taken", Arc::clone(path), format!("the name {name:?} already means {other:?}"))
            .hint("one raw name means one thing: take it out of one of the two cards");
    match position {
        Some(position) => diagnostic.at(position),
        None => diagnostic,
    }
}

fn check_makers(catalog: &Catalog, texts: &[(Arc<str>, String)], diagnostics: &mut Diagnostics) {
    let cards = catalog.benchmarks().filter_map(|(_, benchmark)| benchmark.card.as_ref());
    for ((path, card), (_, text)) in cards.zip(texts) {
        if let Some(maker) =
            card.organisation.as_ref().filter(|maker| !catalog.organisations.contains_key(maker.get_ref()))
        {
            let message = format!("no organisation {:?} in {ORGANISATIONS}", maker.get_ref().as_str());
            diagnostics.push(
                Diagnostic::error("unknown-organisation", Arc::clone(path), message)
                    .at(Position::of(text, maker.span().start))
                    .hint(format!("add it with a name to {ORGANISATIONS}")),
            );
        }
    }
}

fn check_not_comparable(catalog: &Catalog, texts: &[(Arc<str>, String)], diagnostics: &mut Diagnostics) {
    let cards = catalog.benchmarks().filter_map(|(_, benchmark)| benchmark.card.as_ref());
    for ((path, card), (_, text)) in cards.zip(texts) {
        for with in card.not_comparable.iter().filter_map(|entry| entry.with.as_ref()) {
            let id = with.get_ref();
            if catalog.benchmark_by_id(id.as_str()).is_none() {
                let near = catalog.benchmarks_like(id.as_str());
                diagnostics.push(
                    Diagnostic::error("unknown-benchmark", Arc::clone(path), format!("no benchmark {:?}", id.as_str()))
                        .at(Position::of(text, with.span().start))
                        .hint(crate::diagnostic::did_you_mean(&near, "add a card to data/benchmarks/")),
                );
            }
        }
    }
}
