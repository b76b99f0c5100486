//! From page values to bytes: templates, tables, charts and data files.
//!
//! A [`Renderer`] holds a theme compiled for each language. It looks nothing up beyond the page value and the theme. The
//! templates are minified when they are read and what our own code writes is tight as written, so that finished pages
//! need no second look.

mod chart;
mod data;
mod markup;
mod records;
mod strings;
mod table;
mod theme;

pub use strings::Strings;
pub use theme::Asset;

use crate::board::Board;
use crate::content::Labels;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::language::Language;
use crate::page::records::Subject;
use crate::page::{
    ArticlePage, ArticlesPage, BenchmarkPage, BenchmarksPage, BoardPage, BoardsPage, Frame, HomePage, ModelPage,
    ModelsPage, Piece, Site,
};
use crate::settings::Settings;
use crate::tree::Tree;
use fluent_bundle::{FluentArgs, FluentValue};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::{Context, Tera};
use theme::Theme;

/// A theme, ready to render the site's languages.
pub struct Renderer {
    languages: BTreeMap<Language, Interface>,
    complete: bool,
    pub assets: Vec<Asset>,
}

/// Templates and words of one language.
struct Interface {
    templates: Tera,
    strings: Arc<Strings>,
    /// The words that stand inside articles.
    labels: Labels,
}

/// A page could not be rendered: the theme's template is at fault.
pub type Rendered = Result<Vec<u8>, Diagnostic>;

impl Renderer {
    /// Reads and compiles the site's theme. Problems of the theme become diagnostics.
    pub fn new(tree: &Tree, settings: &Settings, diagnostics: &mut Diagnostics) -> Self {
        let theme = Theme::read(tree, &settings.theme, diagnostics);
        let assets: Arc<BTreeMap<String, String>> =
            Arc::new(theme.assets.iter().map(|asset| (asset.name.clone(), asset.file.clone())).collect());
        let mut languages = BTreeMap::new();
        for language in settings.languages.iter().copied() {
            let files = theme.strings.get(&format!("{language}.ftl")).into_iter().flatten();
            let files = files.map(|(path, text)| (path.as_str(), text.as_str()));
            let strings = Arc::new(Strings::new(language, files, diagnostics));
            match compile(&theme, Arc::clone(&strings), Arc::clone(&assets)) {
                Ok(templates) => {
                    let labels = labels(&strings);
                    languages.insert(language, Interface { templates, strings, labels });
                }
                Err(error) => diagnostics.push(template_error(&settings.theme, &error)),
            }
        }
        check_strings(&settings.theme, &languages, diagnostics);
        let complete = settings.languages.iter().all(|language| languages.contains_key(language));
        Self { languages, complete, assets: theme.assets }
    }

    /// Whether every language of the site can be rendered; if not, the diagnostics say why.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// The words of the interface in a language of the site.
    pub fn strings(&self, language: Language) -> &Strings {
        &self.languages[&language].strings
    }

    /// The words that stand inside articles.
    pub fn labels(&self, language: Language) -> &Labels {
        &self.languages[&language].labels
    }

    /// The page that offers the languages; `root` leads to `site/`.
    pub fn opening(&self, settings: &Settings) -> Rendered {
        #[derive(Serialize)]
        struct Offer<'a> {
            tag: &'static str,
            name: &'static str,
            href: String,
            title: &'a str,
            description: &'a str,
        }
        let offers: Vec<Offer> = settings
            .languages
            .iter()
            .map(|language| Offer {
                tag: language.tag(),
                name: language.own_name(),
                href: format!("{language}/index.html"),
                title: settings.title.get(*language),
                description: settings.description.get(*language),
            })
            .collect();
        let titles: Vec<&str> = offers.iter().map(|offer| offer.title).collect();
        let mut context = Context::new();
        context.insert("languages", &offers);
        context.insert("site", &titles.join(" · "));
        context.insert("base_url", &settings.base_url);
        self.fill(settings.languages[0], "opening.html", &context)
    }

    pub fn home(&self, page: &HomePage) -> Rendered {
        let strings = self.strings(page.frame.language);
        let tables: Vec<String> = page
            .tables
            .iter()
            .zip(&page.boards)
            .map(|(table, board)| html(|html| table::push_short(html, table, &board.link.name, strings)))
            .collect();
        self.page(&page.frame, page, [("tables", tables)])
    }

    pub fn boards(&self, page: &BoardsPage) -> Rendered {
        self.page(&page.frame, page, NO_SLOTS)
    }

    pub fn models(&self, page: &ModelsPage) -> Rendered {
        self.page(&page.frame, page, NO_SLOTS)
    }

    pub fn benchmarks(&self, page: &BenchmarksPage) -> Rendered {
        self.page(&page.frame, page, NO_SLOTS)
    }

    pub fn articles(&self, page: &ArticlesPage) -> Rendered {
        self.page(&page.frame, page, NO_SLOTS)
    }

    pub fn board(&self, page: &BoardPage) -> Rendered {
        let strings = self.strings(page.frame.language);
        let table = html(|html| table::push_board(html, &page.table, &page.title, strings));
        let charts = page.charts.iter().enumerate();
        let charts =
            charts.map(|(index, chart)| html(|html| chart::push(html, chart, &format!("chart-{index}"), strings)));
        self.page(&page.frame, page, [("table", Slot::One(table)), ("charts", Slot::Many(charts.collect()))])
    }

    pub fn model(&self, page: &ModelPage) -> Rendered {
        let strings = self.strings(page.frame.language);
        let records = html(|html| records::push(html, &page.records, Subject::Model, strings));
        self.page(&page.frame, page, [("records", records)])
    }

    pub fn benchmark(&self, page: &BenchmarkPage) -> Rendered {
        let strings = self.strings(page.frame.language);
        let records = html(|html| records::push(html, &page.records, Subject::Benchmark, strings));
        self.page(&page.frame, page, [("records", records)])
    }

    pub fn article(&self, page: &ArticlePage) -> Rendered {
        let strings = self.strings(page.frame.language);
        let body = html(|html| {
            for (index, piece) in page.pieces.iter().enumerate() {
                push_piece(html, piece, index, strings);
            }
        });
        self.page(&page.frame, page, [("body", body)])
    }

    /// The files a board offers to download, in the order of [`crate::page::data_files`].
    pub fn board_data(&self, site: &Site, board: &Board) -> anyhow::Result<[Vec<u8>; 2]> {
        Ok([data::csv(site, board).into_bytes(), data::json(site, board)?.into_bytes()])
    }

    fn page<const N: usize>(
        &self,
        frame: &Frame,
        page: &impl Serialize,
        slots: [(&'static str, impl Into<Slot>); N],
    ) -> Rendered {
        let template = format!("{}.html", frame.kind);
        let value = |value: Result<tera::Value, tera::Error>| value.map_err(|error| template_error(&template, &error));
        let mut context = Context::new();
        context.insert_value("frame", value(tera::Value::try_from_serializable(frame))?);
        context.insert_value("page", value(tera::Value::try_from_serializable(page))?);
        for (name, slot) in slots {
            context.insert_value(name, slot.into().into_value());
        }
        self.fill(frame.language, &template, &context)
    }

    fn fill(&self, language: Language, template: &str, context: &Context) -> Rendered {
        let mut bytes = Vec::with_capacity(16 << 10);
        let templates = &self.languages[&language].templates;
        templates.render_to(template, context, &mut bytes).map_err(|error| template_error(template, &error))?;
        Ok(bytes)
    }
}

/// HTML that a template puts in its place as it is.
enum Slot {
    One(String),
    Many(Vec<String>),
}

const NO_SLOTS: [(&str, Slot); 0] = [];

impl From<String> for Slot {
    fn from(html: String) -> Self {
        Self::One(html)
    }
}

impl From<Vec<String>> for Slot {
    fn from(html: Vec<String>) -> Self {
        Self::Many(html)
    }
}

impl Slot {
    fn into_value(self) -> tera::Value {
        match self {
            Self::One(html) => tera::Value::safe_string(&html),
            Self::Many(pieces) => pieces.iter().map(|html| tera::Value::safe_string(html)).collect::<Vec<_>>().into(),
        }
    }
}

fn labels(strings: &Strings) -> Labels {
    Labels {
        note: strings.word("alert-note"),
        tip: strings.word("alert-tip"),
        important: strings.word("alert-important"),
        warning: strings.word("alert-warning"),
        caution: strings.word("alert-caution"),
        notes: strings.word("footnotes"),
        back: strings.word("back-to-text"),
    }
}

fn html(write: impl FnOnce(&mut String)) -> String {
    let mut html = String::new();
    write(&mut html);
    html
}

fn push_piece(html: &mut String, piece: &Piece, index: usize, strings: &Strings) {
    let title = |html: &mut String, link: &crate::page::Link| {
        html.push_str("<p class=\"embed-title\"><a href=\"");
        markup::push_text(html, &link.href);
        html.push_str("\">");
        markup::push_text(html, &link.name);
        html.push_str("</a></p>");
    };
    match piece {
        Piece::Html(text) => html.push_str(text),
        Piece::Board { board, table } => {
            title(html, board);
            table::push_board(html, table, &board.name, strings);
        }
        Piece::Chart { board, chart } => {
            title(html, board);
            chart::push(html, chart, &format!("chart-{index}"), strings);
        }
    }
}

fn compile(theme: &Theme, strings: Arc<Strings>, assets: Arc<BTreeMap<String, String>>) -> Result<Tera, tera::Error> {
    let mut tera = Tera::new();
    let words = Arc::clone(&strings);
    tera.register_function("t", move |arguments: tera::Kwargs, _: &tera::State| -> tera::TeraResult<String> {
        let key: &str = arguments.must_get("key")?;
        let mut fluent = FluentArgs::new();
        for (name, value) in arguments.iter().filter(|(name, _)| name.as_str() != Some("key")) {
            fluent.set(name.as_str().unwrap_or_default().to_owned(), fluent_value(value));
        }
        let default: Option<&str> = arguments.get("default")?;
        let text = strings.get(key, Some(&fluent)).or_else(|| default.map(str::to_owned));
        text.ok_or_else(|| tera::Error::message(format!("no string {key:?} for these arguments")))
    });
    tera.register_function("asset", move |arguments: tera::Kwargs, _: &tera::State| -> tera::TeraResult<String> {
        let name: &str = arguments.must_get("name")?;
        assets.get(name).cloned().ok_or_else(|| tera::Error::message(format!("no file {name:?} in the theme's assets")))
    });
    let templates: Vec<(&str, String)> =
        theme.templates.iter().map(|(name, text)| (name.as_str(), with_words(text, &words))).collect();
    tera.add_raw_templates(templates.iter().map(|(name, text)| (*name, text.as_str())))?;
    Ok(tera)
}

/// The template with every `{{ t(key="…") }}` whose message takes no arguments replaced by the message: a template is
/// compiled for one language, and what is the same on every page need not be asked for on each.
fn with_words(template: &str, strings: &Strings) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(start) = rest.find("{{") {
        let end = rest[start..].find("}}").map_or(rest.len(), |end| start + end + 2);
        out.push_str(&rest[..start]);
        match word_call(&rest[start..end]).and_then(|key| strings.plain(key)).filter(|text| !text.contains('{')) {
            Some(text) => markup::push_text(&mut out, text),
            None => out.push_str(&rest[start..end]),
        }
        rest = &rest[end..];
    }
    out + rest
}

/// The key of `{{ t(key="…") }}`; `None` for any other expression.
fn word_call(expression: &str) -> Option<&str> {
    let call = expression.strip_prefix("{{")?.strip_suffix("}}")?.trim();
    let key = call.strip_prefix("t(key=")?.strip_suffix(')')?;
    let quoted = |quote: char| key.strip_prefix(quote)?.strip_suffix(quote);
    quoted('"').or_else(|| quoted('\'')).filter(|key| !key.contains(['"', '\'']))
}

fn fluent_value(value: &tera::Value) -> FluentValue<'static> {
    match value.as_f64() {
        Some(number) => number.into(),
        None => value.to_string().into(),
    }
}

fn template_error(template: &str, error: &tera::Error) -> Diagnostic {
    let message =
        error.to_string().lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    Diagnostic::error("template", format!("theme: {template}"), message)
        .hint("mend the template, or take it out of themes/")
}

/// Every language must have the same messages: a page must not fall silent in one of them.
fn check_strings(theme: &str, languages: &BTreeMap<Language, Interface>, diagnostics: &mut Diagnostics) {
    for (language, interface) in languages {
        for (other, with) in languages {
            for key in with.strings.keys().difference(interface.strings.keys()) {
                let file = format!("themes/{theme}/i18n/{language}.ftl");
                let message = format!("no message {key}, which {other}.ftl has");
                diagnostics.push(Diagnostic::error("missing-string", file, message).hint("translate it"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_arguments_are_put_into_the_template_and_others_stay() {
        let ftl = "hello = Hello & <you>\ncount = { $n } models\nbrace = {\"{{\"}\n";
        let strings = Strings::new(Language::En, [("en.ftl", ftl)].into_iter(), &mut Diagnostics::default());
        for (template, expected) in [
            ("<p>{{ t(key=\"hello\") }}</p>", "<p>Hello &amp; &lt;you&gt;</p>"),
            ("{{ t(key='hello') }}{{ x }}", "Hello &amp; &lt;you&gt;{{ x }}"),
            ("{{ t(key=\"count\", n=2) }}", "{{ t(key=\"count\", n=2) }}"),
            ("{{ t(key=\"a\" ~ \"b\") }}", "{{ t(key=\"a\" ~ \"b\") }}"),
            ("{{ t(key=\"brace\") }}{{ t(key=\"none\") }}", "{{ t(key=\"brace\") }}{{ t(key=\"none\") }}"),
            ("a {{ open", "a {{ open"),
        ] {
            assert_eq!(with_words(template, &strings), expected);
        }
    }
}
