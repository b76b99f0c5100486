//! From page values to bytes: templates, tables, charts and data files.
//!
//! A [`Renderer`] holds a theme compiled for each language. It looks nothing up beyond the page value and the theme. The
//! templates are minified when they are read and what our own code writes is tight as written, so that finished pages
//! need no second look.

mod battles;
mod chart;
mod claims;
mod data;
mod index;
mod markup;
mod offline;
mod profile;
mod records;
mod scratch;
mod sheet;
mod strings;
mod table;
mod theme;
mod view;

pub use records::Rows;
pub use scratch::Scratch;
pub use sheet::Sheet;
pub use strings::{Argument, Strings};
pub use table::Cells;
pub use theme::Asset;

use crate::board::{BattleBoard, Board};
use crate::content::Labels;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::language::Language;
use crate::page;
use crate::page::chart::{Chart, of_claims};
use crate::page::claims::Claims;
use crate::page::records::{Group, Subject};
use crate::page::table::Table;
use crate::page::{
    ArticlePage, ArticlesPage, BattlesPage, BenchmarkPage, BenchmarksPage, BoardAtPage, BoardChangesPage, BoardPage,
    BoardRowsPage, BoardsPage, ChangesPage, ColumnSection, ComparePage, DataPage, DatasetsPage, Frame, GlossaryPage,
    HomePage, ModelPage, ModelsPage, OrganisationPage, OrganisationsPage, Piece, SectionPage, Site, Surroundings,
};
use crate::settings::Settings;
use crate::tree::Tree;
use fluent_bundle::{FluentArgs, FluentValue};
use serde::Serialize;
use sheet::{Marks, Slots, Text};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock};
use tera::{Context, Tera};
use theme::Theme;

/// A theme, ready to render the site's languages.
pub struct Renderer {
    languages: BTreeMap<Language, Interface>,
    complete: bool,
    marks: Marks,
    /// The parts of pages that were asked for, by the key of their surroundings.
    shared: RwLock<HashMap<SharedKey, Shared>>,
    pub assets: Vec<Asset>,
    /// The service worker's script.
    worker: String,
}

/// Templates and words of one language.
struct Interface {
    language: Language,
    templates: Tera,
    strings: Arc<Strings>,
    /// The words that stand inside articles.
    labels: Labels,
}

type SharedKey = (Language, usize, Option<&'static str>);

/// The parts that pages with the same surroundings have alike: the templates [`SHARED`], filled once.
type Shared = [Arc<Scratch>; SHARED.len()];

/// Templates that are filled with a page's surroundings alone.
const SHARED: [&str; 3] = ["head", "navigation", "footer"];

/// A page, or why it could not be rendered: the theme's template is at fault.
pub type Rendered = Result<Sheet, Diagnostic>;

impl Renderer {
    /// Reads and compiles the site's theme. Problems of the theme become diagnostics.
    pub fn new(tree: &Tree, settings: &Settings, diagnostics: &mut Diagnostics) -> Self {
        let mut theme = Theme::read(tree, &settings.theme, diagnostics);
        let files: BTreeMap<String, String> =
            theme.assets.iter().map(|asset| (asset.name.clone(), asset.file.clone())).collect();
        let script = theme.script();
        let mut languages = BTreeMap::new();
        for language in settings.languages.iter().copied() {
            let texts = theme.strings.get(&format!("{language}.ftl")).into_iter().flatten();
            let texts = texts.map(|(path, text)| (path.as_str(), text.as_str()));
            let strings = Arc::new(Strings::new(language, texts, diagnostics));
            let script = script.with(language, &strings.of_script());
            let mut files = files.clone();
            files.insert("script.js".to_owned(), script.file.clone());
            theme.assets.push(script);
            match compile(&theme, Arc::clone(&strings), files) {
                Ok(templates) => {
                    let labels = labels(&strings);
                    languages.insert(language, Interface { language, templates, strings, labels });
                }
                Err(error) => diagnostics.push(template_error(&settings.theme, &error)),
            }
        }
        check_strings(&settings.theme, &languages, diagnostics);
        let complete = settings.languages.iter().all(|language| languages.contains_key(language));
        Self {
            languages,
            complete,
            marks: Marks::new(),
            shared: RwLock::default(),
            assets: theme.assets,
            worker: theme.worker,
        }
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
        let text = self.fill(settings.languages[0], "opening.html", &context)?;
        Ok(Slots::new(&self.marks).into_sheet(text))
    }

    /// The files that let a served site be installed and read without a network, with their paths below `site/`.
    pub fn offline(&self, settings: &Settings) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
        Ok(offline::files(self, settings, &self.worker)?)
    }

    pub fn home(&self, page: &HomePage) -> Rendered {
        let strings = self.strings(page.frame.language);
        let tables = page
            .tables
            .iter()
            .zip(page.topics.iter().flat_map(|topic| &topic.boards))
            .map(|(table, board)| Scratch::text(|html| table::push_short(html, table, &board.link.name, strings)));
        self.page(&page.frame, page, [("tables", Slot::each(tables))])
    }

    pub fn boards(&self, page: &BoardsPage) -> Rendered {
        self.page(&page.frame, page, [])
    }

    pub fn models(&self, page: &ModelsPage) -> Rendered {
        self.page(&page.frame, page, [])
    }

    pub fn organisations(&self, page: &OrganisationsPage) -> Rendered {
        self.page(&page.frame, page, [])
    }

    pub fn organisation(&self, page: &OrganisationPage) -> Rendered {
        self.page(&page.frame, page, [])
    }

    pub fn datasets(&self, page: &DatasetsPage) -> Rendered {
        self.page(&page.frame, page, [])
    }

    pub fn glossary(&self, page: &GlossaryPage) -> Rendered {
        self.page(&page.frame, page, [])
    }

    pub fn data(&self, page: &DataPage) -> Rendered {
        self.page(&page.frame, page, [])
    }

    pub fn benchmarks(&self, page: &BenchmarksPage) -> Rendered {
        self.page(&page.frame, page, [])
    }

    pub fn compare(&self, page: &ComparePage) -> Rendered {
        self.page(&page.frame, page, [])
    }

    pub fn articles(&self, page: &ArticlesPage) -> Rendered {
        self.page(&page.frame, page, [])
    }

    pub fn section(&self, page: &SectionPage) -> Rendered {
        self.page(&page.frame, page, [])
    }

    /// What a board's page has alike in all languages; `table` may be that of any.
    pub fn cells(&self, table: &Table) -> Cells {
        Cells::new(table)
    }

    /// `cells` are those of the page's table.
    pub fn board(&self, page: &BoardPage, cells: &Cells) -> Rendered {
        let strings = self.strings(page.frame.language);
        let table = table::board(&page.table, cells, &page.title, strings);
        self.page(&page.frame, page, [("table", Slot::One(table)), ("charts", written_charts(&page.charts, strings))])
    }

    /// `cells` are those of the page's table.
    pub fn board_rows(&self, page: &BoardRowsPage, cells: &Cells) -> Rendered {
        let table = table::board(&page.table, cells, &page.board.name, self.strings(page.frame.language));
        self.page(&page.frame, page, [("table", Slot::One(table))])
    }

    pub fn battles(&self, page: &BattlesPage) -> Rendered {
        let strings = self.strings(page.frame.language);
        self.page(&page.frame, page, [("charts", written_charts(&page.charts, strings))])
    }

    pub fn changes(&self, page: &ChangesPage) -> Rendered {
        self.page(&page.frame, page, [])
    }

    pub fn board_changes(&self, page: &BoardChangesPage) -> Rendered {
        let strings = self.strings(page.frame.language);
        let chart = |chart: &Chart| Scratch::text(|html| chart::push(html, chart, "chart-places", strings));
        self.page(&page.frame, page, [("chart", Slot::each(page.chart.iter().map(chart)))])
    }

    pub fn board_at(&self, page: &BoardAtPage) -> Rendered {
        let strings = self.strings(page.frame.language);
        let table = table::board(&page.table, &Cells::new(&page.table), &page.title, strings);
        self.page(&page.frame, page, [("table", Slot::One(table))])
    }

    /// What lists of records have alike in all languages.
    pub fn rows(&self, records: &[Group]) -> Rows {
        Rows::new(records)
    }

    /// `rows` are those of the page's records.
    pub fn model(&self, page: &ModelPage, rows: &Rows) -> Rendered {
        let interface = &self.languages[&page.frame.language];
        let strings = &interface.strings;
        let places =
            (!page.places.is_empty()).then(|| Scratch::text(|html| profile::push_places(html, &page.places, strings)));
        let profiles =
            page.profiles.iter().map(|of_board| Scratch::text(|html| profile::push(html, of_board, strings)));
        let texts = [
            ("places", Slot::each(places.into_iter())),
            ("profiles", Slot::each(profiles)),
            ("claims", written_claims(&page.name, page.claims.as_ref(), interface)),
            ("records", Slot::One(records::tables(page.records, rows, Subject::Model, interface))),
        ];
        self.page(&page.frame, page, texts)
    }

    /// `rows` are those of the page's records.
    pub fn benchmark(&self, page: &BenchmarkPage, rows: &Rows) -> Rendered {
        let interface = &self.languages[&page.frame.language];
        let records = records::tables(page.records, rows, Subject::Benchmark, interface);
        let claims = written_claims(&page.name, page.claims.as_ref(), interface);
        // One for each column, empty where there is none, so that a column finds its own by number.
        let chart = |(index, column): (usize, &ColumnSection)| {
            Scratch::text(|html| {
                if let Some(scatter) = &column.chart {
                    let chart = Chart::Scatter(scatter.clone());
                    chart::push(html, &chart, &format!("chart-released-{}", index + 1), &interface.strings);
                }
            })
        };
        let charts = Slot::each(page.columns.iter().enumerate().map(chart));
        self.page(&page.frame, page, [("claims", claims), ("charts", charts), ("records", Slot::One(records))])
    }

    pub fn article(&self, mut page: ArticlePage) -> Rendered {
        let strings = self.strings(page.frame.language);
        let pieces = std::mem::take(&mut page.pieces).into_iter().enumerate();
        let body = pieces.flat_map(|(index, piece)| written(piece, index, strings));
        self.page(&page.frame, &page, [("body", Slot::One(body.collect()))])
    }

    /// [`crate::page::INDEX`]
    pub fn index(&self, site: &Site) -> anyhow::Result<Scratch> {
        Ok(index::json(site)?)
    }

    /// The files with a board's data, below `site/`: those to download, and those for the script. `table` may be that of
    /// any language.
    pub fn board_data(&self, site: &Site, board: &Board, table: &Table) -> anyhow::Result<Vec<(String, Scratch)>> {
        let [(csv, _), (json, _)] = page::data_files(&board.definition.id);
        let data = data::Json::of(site, board, view::BLOCK)?;
        let mut files = view::files(site, board, table, &data)?;
        files.push((csv, Scratch::text(|csv| data::push_csv(csv, site, board))));
        files.push((json, data.text));
        Ok(files)
    }

    /// The files with the data of a board of battles, below `site/`: those to download, and those for the script.
    pub fn battle_data(&self, site: &Site, board: &BattleBoard) -> anyhow::Result<Vec<(String, Scratch)>> {
        let [(csv, _), (json, _)] = page::data_files(&board.definition.id);
        let mut files = view::battle_files(site, board, |language| self.strings(language))?;
        files.push((csv, Scratch::text(|csv| battles::push_csv(csv, site, board))));
        files.push((json, battles::json(site, board)?));
        Ok(files)
    }

    fn page<const N: usize>(&self, frame: &Frame, page: &impl Serialize, texts: [(&'static str, Slot); N]) -> Rendered {
        let template = format!("{}.html", frame.kind);
        let value = |value: Result<tera::Value, tera::Error>| value.map_err(|error| template_error(&template, &error));
        let mut context = Context::new();
        context.insert_value("frame", value(tera::Value::try_from_serializable(frame))?);
        context.insert_value("page", value(tera::Value::try_from_serializable(page))?);
        let mut slots = Slots::new(&self.marks);
        for (name, text) in texts {
            let value = match text {
                Slot::One(texts) => slots.put(texts),
                Slot::Each(texts) => texts.into_iter().map(|text| slots.put(vec![text])).collect::<Vec<_>>().into(),
            };
            context.insert_value(name, value);
        }
        for (name, text) in SHARED.into_iter().zip(self.shared(&frame.surroundings)?) {
            context.insert_value(name, slots.put(vec![Text::Shared(text)]));
        }
        let text = self.fill(frame.language, &template, &context)?;
        Ok(slots.into_sheet(text))
    }

    /// The parts that all pages with these surroundings have alike.
    fn shared(&self, around: &Surroundings) -> Result<Shared, Diagnostic> {
        let key = around.key();
        if let Some(shared) = self.shared.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(shared.clone());
        }
        let mut context = Context::new();
        context.insert("around", around);
        let fill = |name: &str| Ok(Arc::new(self.fill(around.language, &format!("{name}.html"), &context)?));
        let shared = [fill(SHARED[0])?, fill(SHARED[1])?, fill(SHARED[2])?];
        self.shared.write().unwrap_or_else(PoisonError::into_inner).insert(key, shared.clone());
        Ok(shared)
    }

    fn fill(&self, language: Language, template: &str, context: &Context) -> Result<Scratch, Diagnostic> {
        let templates = &self.languages[&language].templates;
        let filled = Scratch::bytes(|bytes| templates.render_to(template, context, bytes));
        filled.map_err(|error| template_error(template, &error))
    }
}

/// What a template puts in its place as it is.
enum Slot {
    /// Texts that follow each other.
    One(Vec<Text>),
    /// A list of texts, for the template to place one by one.
    Each(Vec<Text>),
}

impl Slot {
    fn each(texts: impl Iterator<Item = Scratch>) -> Self {
        Self::Each(texts.map(Text::Own).collect())
    }
}

/// The charts of a board, if there are any, as one text.
fn written_charts(charts: &[Chart], strings: &Strings) -> Slot {
    let text = (!charts.is_empty()).then(|| Scratch::text(|html| chart::push_all(html, charts, strings)));
    Slot::each(text.into_iter())
}

/// The chart and the table of the claims on the page of `name`, if there are any.
fn written_claims(name: &str, claims: Option<&Claims>, interface: &Interface) -> Slot {
    let text = |claims: &Claims| {
        Scratch::text(|html| {
            if let Some(chart) = of_claims(name, claims) {
                chart::push(html, &Chart::Claims(chart), "chart-claims", &interface.strings);
            }
            claims::push(html, claims, &interface.strings);
        })
    };
    Slot::each(claims.map(text).into_iter())
}

fn labels(strings: &Strings) -> Labels {
    let word = |key: &str| strings.word(key).to_owned();
    Labels {
        note: word("alert-note"),
        tip: word("alert-tip"),
        important: word("alert-important"),
        warning: word("alert-warning"),
        caution: word("alert-caution"),
        notes: word("footnotes"),
        back: word("back-to-text"),
        done: word("task-done"),
        to_do: word("task-to-do"),
    }
}

/// The HTML of a piece of an article.
fn written(piece: Piece, index: usize, strings: &Strings) -> Vec<Text> {
    let title = |html: &mut String, link: &crate::page::Link| {
        html.push_str("<p class=\"embed-title\"><a href=\"");
        markup::push_text(html, &link.href);
        html.push_str("\">");
        markup::push_text(html, &link.name);
        html.push_str("</a></p>");
    };
    match piece {
        Piece::Html(text) => vec![text.into()],
        Piece::Board { board, table } => {
            let title = Scratch::text(|html| title(html, &board));
            let table = table::board(&table, &Cells::new(&table), &board.name, strings);
            std::iter::once(Text::Own(title)).chain(table).collect()
        }
        Piece::Chart { board, chart } => vec![Text::Own(Scratch::text(|html| {
            title(html, &board);
            chart::push(html, &chart, &format!("chart-{index}"), strings);
        }))],
    }
}

fn compile(theme: &Theme, strings: Arc<Strings>, files: BTreeMap<String, String>) -> Result<Tera, tera::Error> {
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
        files.get(name).cloned().ok_or_else(|| tera::Error::message(format!("no file {name:?} in the theme's assets")))
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
    // Templates are minified to one line, of which an excerpt is the whole.
    let is_excerpt = |line: &&str| {
        line.split_once('|').is_some_and(|(number, _)| number.trim().bytes().all(|byte| byte.is_ascii_digit()))
    };
    let text = error.to_string();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !is_excerpt(line));
    let message = lines.collect::<Vec<_>>().join(" ");
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
