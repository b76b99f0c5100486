//! The files of a theme: the built-in one, overridden file by file from the site's `themes/<name>/`.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::language::Language;
use crate::tree::Tree;
use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The built-in theme, by path within the theme.
macro_rules! built_in {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../themes/default/", $path)))),*]
    };
}

const BUILT_IN: &[(&str, &str)] = built_in![
    "assets/icon.svg",
    "assets/script/00-page.js",
    "assets/script/05-data.js",
    "assets/script/10-statistics.js",
    "assets/script/20-tables.js",
    "assets/script/22-cite.js",
    "assets/script/30-ranking.js",
    "assets/script/31-query.js",
    "assets/script/32-choice.js",
    "assets/script/33-board-rows.js",
    "assets/script/33-board-window.js",
    "assets/script/34-board-controls.js",
    "assets/script/35-board-tips.js",
    "assets/script/36-board.js",
    "assets/script/40-compare.js",
    "assets/script/50-search.js",
    "assets/script/60-charts.js",
    "assets/script/80-offline.js",
    "assets/script/90-start.js",
    "assets/style/00-tokens.css",
    "assets/style/10-page.css",
    "assets/style/20-tables.css",
    "assets/style/30-board.css",
    "assets/style/32-controls.css",
    "assets/style/35-battles.css",
    "assets/style/40-records.css",
    "assets/style/42-model.css",
    "assets/style/44-benchmark.css",
    "assets/style/45-compare.css",
    "assets/style/45-notices.css",
    "assets/style/50-lists.css",
    "assets/style/55-reference.css",
    "assets/style/55-search.css",
    "assets/style/60-charts.css",
    "assets/style/70-articles.css",
    "assets/style/80-opening.css",
    "assets/style/90-media.css",
    "i18n/en.ftl",
    "i18n/zh.ftl",
    "templates/article-item.html",
    "templates/article.html",
    "templates/articles.html",
    "templates/base.html",
    "templates/battles.html",
    "templates/benchmark.html",
    "templates/benchmarks.html",
    "templates/board-at.html",
    "templates/board-changes.html",
    "templates/board-legend.html",
    "templates/board-rows.html",
    "templates/board.html",
    "templates/boards.html",
    "templates/changes.html",
    "templates/cite.html",
    "templates/column.html",
    "templates/compare.html",
    "templates/data-section.html",
    "templates/data.html",
    "templates/datasets.html",
    "templates/footer.html",
    "templates/glossary.html",
    "templates/head.html",
    "templates/home.html",
    "templates/mentions.html",
    "templates/model.html",
    "templates/models.html",
    "templates/navigation.html",
    "templates/notices.html",
    "templates/opening.html",
    "templates/organisation.html",
    "templates/organisations.html",
    "templates/section.html",
    "worker/sw.js",
];

/// A theme's files, read and minified.
pub struct Theme {
    /// Name below `templates/` → minified template.
    pub templates: BTreeMap<String, String>,
    /// Name below `i18n/` → the built-in file and the site's own, each with its path.
    pub strings: BTreeMap<String, Vec<(String, String)>>,
    /// But for the script, which holds words: see [`Theme::script`].
    pub assets: Vec<Asset>,
    /// The service worker's script.
    pub worker: String,
    /// The pieces of the style sheet and of the script, by path within the theme.
    pieces: BTreeMap<String, String>,
}

/// Folders whose files become one: the style sheet and the script, in the order of their names.
const STYLE: &str = "assets/style/";
const SCRIPT: &str = "assets/script/";

/// The service worker, which the build completes.
const WORKER: &str = "worker/sw.js";

/// A file that pages refer to.
pub struct Asset {
    /// Below `assets/`: `style.css`.
    pub name: String,
    /// Below `site/`, with a hash of the content: `assets/style.0123456789.css`.
    pub file: String,
    pub bytes: Vec<u8>,
}

impl Asset {
    fn new(name: &str, bytes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), file: hashed(name, &bytes), bytes }
    }
}

impl Theme {
    /// The theme `name` of the site.
    pub fn read(tree: &Tree, name: &str, diagnostics: &mut Diagnostics) -> Self {
        let folder = format!("themes/{name}/");
        let mut theme = Self {
            templates: BTreeMap::new(),
            strings: BTreeMap::new(),
            assets: Vec::new(),
            worker: String::new(),
            pieces: BTreeMap::new(),
        };
        let own: Vec<&str> = tree.below(&folder, "").map(|path| &path[folder.len()..]).collect();
        for (path, text) in BUILT_IN {
            // Strings are overridden message by message, other files as a whole.
            if path.starts_with("i18n/") || !own.contains(path) {
                theme
                    .add(path, &format!("built-in theme: {path}"), Cow::Borrowed(text.as_bytes()))
                    .unwrap_or_else(|problem| diagnostics.push(problem));
            }
        }
        for path in own {
            let origin = format!("{folder}{path}");
            let added = tree.bytes(&origin).and_then(|bytes| theme.add(path, &origin, Cow::Owned(bytes)));
            added.unwrap_or_else(|diagnostic| diagnostics.push(diagnostic));
        }
        let style = minify_style(&theme.joined(STYLE));
        theme.assets.push(Asset::new("style.css", style));
        theme
    }

    /// The script of all languages.
    pub fn script(&self) -> Script {
        let pieces = self.joined(SCRIPT);
        Script(minify_script(&format!("(words=>{{\"use strict\";\n{pieces}}})({WORDS})")))
    }

    fn joined(&self, folder: &str) -> String {
        self.pieces.iter().filter(|(path, _)| path.starts_with(folder)).map(|(_, text)| text.as_str()).collect()
    }

    fn add(&mut self, path: &str, origin: &str, bytes: Cow<[u8]>) -> Result<(), Diagnostic> {
        let text = || {
            std::str::from_utf8(&bytes).map_err(|_| {
                Diagnostic::error("not-utf8", origin, "the file is not UTF-8")
                    .hint("save the file with the encoding UTF-8")
            })
        };
        if let Some(name) = path.strip_prefix("templates/") {
            self.templates.insert(name.to_owned(), minify_template(text()?));
        } else if let Some(name) = path.strip_prefix("i18n/") {
            self.strings.entry(name.to_owned()).or_default().push((origin.to_owned(), text()?.to_owned()));
        } else if [STYLE, SCRIPT].iter().any(|folder| path.starts_with(folder)) {
            self.pieces.insert(path.to_owned(), text()?.to_owned());
        } else if path == WORKER {
            text()?.clone_into(&mut self.worker);
        } else if let Some(name) = path.strip_prefix("assets/") {
            self.assets.push(Asset::new(name, bytes.into_owned()));
        }
        Ok(())
    }
}

/// Stands in the script for the words of a language.
const WORDS: &str = "wordsOfTheLanguage";

/// The script but for the words, which it is given as `words`.
pub struct Script(String);

impl Script {
    /// The script with the words of one language.
    pub fn with(&self, language: Language, words: &BTreeMap<&str, String>) -> Asset {
        let words = serde_json::to_string(words).unwrap_or_default();
        Asset::new(&format!("script.{language}.js"), self.0.replace(WORDS, &words).into_bytes())
    }
}

/// `assets/` and the name, with ten digits of the content's SHA-256 before its ending.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let hash: String = digest.iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("assets/{stem}.{hash}.{ending}"),
        None => format!("assets/{name}.{hash}"),
    }
}

fn minify_template(template: &str) -> String {
    let options = minify_html::Cfg {
        keep_closing_tags: true,
        keep_html_and_head_opening_tags: true,
        preserve_brace_template_syntax: true,
        ..minify_html::Cfg::new()
    };
    String::from_utf8_lossy(&minify_html::minify(template.as_bytes(), &options)).into_owned()
}

/// Minifies a style sheet by passing it through the element that holds such text.
fn minify_style(text: &str) -> Vec<u8> {
    let options = minify_html::Cfg { minify_css: true, keep_closing_tags: true, ..minify_html::Cfg::new() };
    let minified = minify_html::minify(format!("<style>{text}</style>").as_bytes(), &options);
    let inner = minified.strip_prefix(b"<style>").and_then(|rest| rest.strip_suffix(b"</style>"));
    inner.map_or_else(|| text.as_bytes().to_vec(), <[u8]>::to_vec)
}

/// Minifies a script and shortens its names, which minify-html 0.18 finds and does not write. One that cannot be parsed
/// stays as it is.
fn minify_script(text: &str) -> String {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, SourceType::cjs()).parse();
    if parsed.panicked || !parsed.errors.is_empty() {
        return text.to_owned();
    }
    let mut program = parsed.program;
    let options = MinifierOptions { mangle: Some(MangleOptions::default()), compress: Some(CompressOptions::safest()) };
    let minified = Minifier::new(options).minify(&allocator, &mut program);
    let codegen = Codegen::new().with_options(CodegenOptions::minify()).with_scoping(minified.scoping);
    codegen.build(&program).code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_lose_space_and_keep_their_tags() {
        let minified =
            minify_template("<p>\n  {% if a < b %}\n  {{ t(key=\"x\") }}  </p>\n\n<p class=\"{{ c }}\">y</p>");
        assert!(minified.contains("{% if a < b %}") && minified.contains("{{ t(key=\"x\") }}"), "{minified}");
        assert!(!minified.contains("\n\n"), "{minified}");
    }

    #[test]
    fn every_file_of_the_default_theme_is_built_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default");
        let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().is_file());
        let there: Vec<String> =
            files.map(|entry| entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned()).collect();
        assert_eq!(there, BUILT_IN.iter().map(|(path, _)| *path).collect::<Vec<_>>());
    }

    #[test]
    fn style_and_script_are_minified() {
        assert_eq!(minify_style("a { color : red ; }\n/* x */"), b"a{color:red}");
        let script =
            "(() => {\n  const number = (text) => Number(text);\n  alert(number(\"1\"), number(`</script>`));\n})();";
        let minified = minify_script(script);
        assert!(!minified.contains("text") && minified.contains("alert("), "{minified}");
        assert_eq!(minify_script("const = 1"), "const = 1");
    }

    #[test]
    fn the_name_of_an_asset_changes_with_its_content() {
        assert_ne!(hashed("style.css", b"a"), hashed("style.css", b"b"));
        assert!(hashed("style.css", b"a").starts_with("assets/style.") && hashed("style.css", b"a").ends_with(".css"));
    }
}
