//! The page of the glossary.

use super::article::address;
use super::frame::Frame;
use super::route::Route;
use super::{Here, Link, Site};
use crate::content::link::Target;
use crate::diagnostic::Diagnostics;
use crate::glossary::{self, Term, Topic};
use crate::language::Language;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct GlossaryPage {
    #[serde(skip)]
    pub frame: Frame,
    pub topics: Vec<TopicItem>,
}

/// A topic and its terms; the interface string is `topic-<key>`.
#[derive(Debug, Serialize)]
pub struct TopicItem {
    pub key: Topic,
    pub terms: Vec<TermItem>,
}

#[derive(Debug, Serialize)]
pub struct TermItem {
    pub id: String,
    pub name: String,
    pub also: Option<String>,
    /// The name in the site's other languages, with their tags, where it is another word.
    pub elsewhere: Vec<(&'static str, String)>,
    pub definition: String,
    pub see: Vec<Link>,
}

pub fn glossary(here: &Here, title: &str, description: &str) -> GlossaryPage {
    let topics = here.site.glossary.chunk_by(|a, b| a.topic == b.topic);
    GlossaryPage {
        frame: here.frame(&Route::Glossary, "glossary", title, description),
        topics: topics
            .map(|terms| TopicItem { key: terms[0].topic, terms: terms.iter().map(|term| item(here, term)).collect() })
            .collect(),
    }
}

fn item(here: &Here, term: &Term) -> TermItem {
    let name = here.text(&term.name);
    let others = here.site.settings.languages.iter().filter(|language| **language != here.language);
    let elsewhere = others.map(|language| (language.tag(), term.name.get(*language).to_owned()));
    TermItem {
        id: term.id.to_string(),
        name: name.to_owned(),
        also: term.also.as_ref().map(|also| here.text(also).to_owned()),
        elsewhere: elsewhere.filter(|(_, other)| !other.eq_ignore_ascii_case(name)).collect(),
        definition: here.text(&term.definition).to_owned(),
        see: term.see.iter().filter_map(|(target, _)| link(here, target)).collect(),
    }
}

/// The target's address under its own name.
fn link(here: &Here, target: &Target) -> Option<Link> {
    let href = address(here, target, &|_| false).ok()?;
    let site = here.site;
    let name = match target {
        Target::Article { id, .. } => site.article_by_id(id)?.version(here.language)?.1.front.title.clone(),
        Target::Board(id) => here.text(site.board_by_id(id)?.title()).to_owned(),
        Target::Model(id) => site.catalog.model(site.catalog.model_by_id(id)?).name.to_string(),
        Target::Benchmark(id) => site.catalog.benchmark(site.catalog.benchmark_by_id(id)?).name.to_string(),
        Target::Term(id) => here.text(&site.term(id)?.name).to_owned(),
        Target::Web(url) => url.split_once("://").map_or(url.as_str(), |(_, rest)| rest).to_owned(),
        Target::Here(_) | Target::File(_) => return None,
    };
    Some(Link { name, href })
}

/// Reports further reading that leads nowhere.
pub fn check_glossary(site: &Site, language: Language, diagnostics: &mut Diagnostics) {
    let path = Route::Glossary.path(language);
    let here = Here { site, language, path: &path };
    for (target, position) in site.glossary.iter().flat_map(|term| &term.see) {
        match address(&here, target, &|_| false) {
            Err(unresolved) => diagnostics.push(glossary::broken(*position, unresolved.reason, unresolved.hint)),
            Ok(_) if link(&here, target).is_none() => {
                let reason = "a term's further reading is a page or a web address".to_owned();
                diagnostics.push(glossary::broken(*position, reason, "name an article by its file, or data by kind"));
            }
            Ok(_) => {}
        }
    }
}
