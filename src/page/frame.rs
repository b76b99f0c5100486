//! What surrounds every page: its head, the navigation and the way to the other language.

use super::route::{self, Route};
use super::{Here, Link};
use crate::language::Language;
use crate::record::id::Id;
use crate::settings::Settings;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The frame of a page in one language.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// `zh`, `en`
    pub language: Language,
    /// BCP 47: `zh-Hans`, `en`
    pub tag: &'static str,
    pub site_title: String,
    /// The page's own title; the home page has the site's.
    pub title: String,
    pub description: String,
    /// The kind of page, for the template's use: `home`, `board`, …
    pub kind: &'static str,
    pub languages: Vec<LanguageLink>,
    /// The page's address on the web, when the base URL is known.
    pub canonical: Option<String>,
    /// Search engines may list it: it is no lesser form of another page.
    pub indexed: bool,
    pub repository: Option<String>,
    #[serde(skip)]
    pub surroundings: Arc<Surroundings>,
}

/// What all pages of a language have around them that stand equally deep and below the same entry of the navigation.
#[derive(Debug, Serialize)]
pub struct Surroundings {
    pub language: Language,
    /// The way to `site/`, empty or ending with `/`.
    pub root: String,
    pub site_title: String,
    pub site_description: String,
    pub home: String,
    pub navigation: Vec<NavigationLink>,
    /// Pages that are not in the main navigation, for the foot of every page.
    pub more: Vec<NavigationLink>,
    pub repository: Option<String>,
}

impl Surroundings {
    /// What sets them apart from the others of a site: language, depth and the current entry.
    pub fn key(&self) -> (Language, usize, Option<&'static str>) {
        let current = self.navigation.iter().find(|link| link.current).map(|link| link.key);
        (self.language, self.root.len(), current)
    }
}

/// An entry of the main navigation; `key` names the interface string.
#[derive(Debug, Serialize)]
pub struct NavigationLink {
    pub key: &'static str,
    pub href: String,
    /// The page itself or a page below it is being read.
    pub current: bool,
}

/// The same page in a language.
#[derive(Clone, Debug, Serialize)]
pub struct LanguageLink {
    pub language: Language,
    pub tag: &'static str,
    /// The language's name for itself.
    pub name: &'static str,
    pub href: String,
    /// The address on the web, when the base URL is known.
    pub url: Option<String>,
    pub current: bool,
}

impl Frame {
    /// Says that whoever looks for this page wants `other`.
    pub(super) fn stands_for(&mut self, here: &Here, other: &Route) {
        let base = here.site.settings.base_url.as_ref();
        self.canonical = base.map(|base| format!("{base}{}", other.path(here.language)));
        self.indexed = false;
    }
}

impl Here<'_> {
    /// The frame of the page `route` with this title and description.
    pub(super) fn frame(&self, route: &Route, kind: &'static str, title: &str, description: &str) -> Frame {
        let settings = &self.site.settings;
        let url = |language: Language| settings.base_url.as_ref().map(|base| format!("{base}{}", route.path(language)));
        Frame {
            language: self.language,
            tag: self.language.tag(),
            site_title: self.text(&settings.title).to_owned(),
            title: title.to_owned(),
            description: description.to_owned(),
            kind,
            languages: settings
                .languages
                .iter()
                .map(|language| LanguageLink {
                    language: *language,
                    tag: language.tag(),
                    name: language.own_name(),
                    href: route::relative(self.path, &route.path(*language)),
                    url: url(*language),
                    current: *language == self.language,
                })
                .collect(),
            canonical: url(self.language),
            indexed: true,
            repository: settings.repository.clone(),
            surroundings: self.site.navigation.around(settings, route, self.language),
        }
    }

    pub(super) fn link(&self, name: &str, route: &Route) -> Link {
        Link { name: name.to_owned(), href: self.href(route) }
    }
}

/// The main navigation, laid out once for every place in it.
#[derive(Debug)]
pub(super) struct Navigation {
    entries: Vec<(&'static str, Route)>,
    more: Vec<(&'static str, Route)>,
    /// By language, depth and the place of the current entry.
    laid_out: BTreeMap<(Language, usize, Option<usize>), Arc<Surroundings>>,
}

/// Folders above a page in `site/`, at least and at most.
const DEPTHS: std::ops::RangeInclusive<usize> = 1..=3;

impl Navigation {
    /// `about` is the article of that name, if there is one; `more` is for the foot of pages.
    pub(super) fn new(settings: &Settings, about: Option<Id>, more: Vec<(&'static str, Route)>) -> Self {
        let mut entries = vec![
            ("boards", Route::Boards),
            ("models", Route::Models),
            ("benchmarks", Route::Benchmarks),
            ("compare", Route::Compare),
            ("articles", Route::Articles),
        ];
        entries.extend(about.map(|id| ("about", Route::Article(id))));
        let mut navigation = Self { entries, more, laid_out: BTreeMap::new() };
        for language in settings.languages.iter().copied() {
            for depth in DEPTHS {
                for current in std::iter::once(None).chain((0..navigation.entries.len()).map(Some)) {
                    let around = Arc::new(navigation.lay_out(settings, language, depth, current));
                    navigation.laid_out.insert((language, depth, current), around);
                }
            }
        }
        navigation
    }

    /// The pages for the foot of every page, by the names of their interface strings.
    pub(super) fn more(&self) -> impl Iterator<Item = (&'static str, &Route)> {
        self.more.iter().map(|(key, route)| (*key, route))
    }

    fn around(&self, settings: &Settings, page: &Route, language: Language) -> Arc<Surroundings> {
        let depth = page.path(language).matches('/').count();
        let current = self.entries.iter().position(|(_, entry)| belongs(page, entry));
        let around = self.laid_out.get(&(language, depth, current));
        around.map_or_else(|| Arc::new(self.lay_out(settings, language, depth, current)), Arc::clone)
    }

    fn lay_out(&self, settings: &Settings, language: Language, depth: usize, current: Option<usize>) -> Surroundings {
        let root = "../".repeat(depth);
        let href = |route: &Route| format!("{root}{}", route.path(language));
        let link = |(key, route): &(&'static str, Route), current| NavigationLink { key, href: href(route), current };
        let entries = self.entries.iter().enumerate();
        Surroundings {
            language,
            site_title: settings.title.get(language).to_owned(),
            site_description: settings.description.get(language).to_owned(),
            home: href(&Route::Home),
            navigation: entries.map(|(index, entry)| link(entry, current == Some(index))).collect(),
            more: self.more.iter().map(|entry| link(entry, false)).collect(),
            repository: settings.repository.clone(),
            root,
        }
    }
}

/// Whether `page` is the navigation's `entry` or one of the pages it lists.
fn belongs(page: &Route, entry: &Route) -> bool {
    match (page, entry) {
        (Route::Board(_) | Route::BoardRows(..) | Route::BoardChanges(_) | Route::BoardAt(..), Route::Boards)
        | (Route::Model(_) | Route::Organisations | Route::Organisation(_), Route::Models)
        | (Route::Benchmark(_) | Route::Datasets, Route::Benchmarks) => true,
        (Route::Section(..), Route::Articles) => true,
        (Route::Article(id), Route::Articles) => id.as_str().contains('/'),
        _ => page == entry,
    }
}
