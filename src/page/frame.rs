//! What surrounds every page: its head, the navigation and the way to the other language.

use super::route::{self, Route};
use super::{Here, Link};
use crate::language::Language;
use crate::record::id::Id;
use serde::Serialize;

/// The frame of a page in one language.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// `zh`, `en`
    pub language: Language,
    /// BCP 47: `zh-Hans`, `en`
    pub tag: &'static str,
    pub site_title: String,
    pub site_description: String,
    /// The page's own title; the home page has the site's.
    pub title: String,
    pub description: String,
    /// The kind of page, for the template's use: `home`, `board`, …
    pub kind: &'static str,
    /// The way to `site/`, empty or ending with `/`.
    pub root: String,
    pub home: String,
    pub navigation: Vec<NavigationLink>,
    pub languages: Vec<LanguageLink>,
    /// The page's address on the web, when the base URL is known.
    pub canonical: Option<String>,
    pub repository: Option<String>,
}

/// An entry of the main navigation; `key` names the interface string.
#[derive(Clone, Debug, Serialize)]
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

impl Here<'_> {
    /// The frame of the page `route` with this title and description.
    pub(super) fn frame(&self, route: &Route, kind: &'static str, title: &str, description: &str) -> Frame {
        let settings = &self.site.settings;
        let url = |language: Language| settings.base_url.as_ref().map(|base| format!("{base}{}", route.path(language)));
        Frame {
            language: self.language,
            tag: self.language.tag(),
            site_title: self.text(&settings.title).to_owned(),
            site_description: self.text(&settings.description).to_owned(),
            title: title.to_owned(),
            description: description.to_owned(),
            kind,
            root: route::root(self.path),
            home: self.href(&Route::Home),
            navigation: self.navigation(route),
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
            repository: settings.repository.clone(),
        }
    }

    fn navigation(&self, here: &Route) -> Vec<NavigationLink> {
        let about = Id::new("about").ok().filter(|id| self.site.article_by_id(id).is_some()).map(Route::Article);
        let entries = [
            ("boards", Route::Boards),
            ("models", Route::Models),
            ("benchmarks", Route::Benchmarks),
            ("articles", Route::Articles),
        ];
        let about = about.map(|route| ("about", route));
        entries
            .into_iter()
            .chain(about)
            .map(|(key, route)| NavigationLink { key, href: self.href(&route), current: belongs(here, &route) })
            .collect()
    }

    pub(super) fn link(&self, name: &str, route: &Route) -> Link {
        Link { name: name.to_owned(), href: self.href(route) }
    }
}

/// Whether `page` is the navigation's `entry` or one of the pages it lists.
fn belongs(page: &Route, entry: &Route) -> bool {
    match (page, entry) {
        (Route::Board(_), Route::Boards)
        | (Route::Model(_), Route::Models)
        | (Route::Benchmark(_), Route::Benchmarks) => true,
        (Route::Article(id), Route::Articles) => id.as_str().contains('/'),
        _ => page == entry,
    }
}
