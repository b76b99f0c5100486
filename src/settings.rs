//! `tianti.toml`: what holds for the whole site.

use crate::diagnostic::Diagnostic;
use crate::language::{Language, Text};
use crate::tree::{self, Tree};
use serde::Deserialize;

/// The settings of a site.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub title: Text,
    pub description: Text,
    /// The languages to build, in the order in which the opening page offers them.
    #[serde(default = "every_language")]
    pub languages: Vec<Language>,
    /// Where the site is published, for canonical links; ends with `/` after [`read`].
    pub base_url: Option<String>,
    /// The repository's web address, for links to files and to issues; without a slash at its end after [`read`].
    pub repository: Option<String>,
    /// The folder below `themes/` that overrides the built-in theme.
    #[serde(default = "default_theme")]
    pub theme: String,
}

fn every_language() -> Vec<Language> {
    Language::ALL.to_vec()
}

fn default_theme() -> String {
    "default".to_owned()
}

/// Reads and checks `tianti.toml`.
pub fn read(tree: &Tree) -> Result<Settings, Diagnostic> {
    let path = tree::SETTINGS;
    let mut settings: Settings = tree::parse_toml(path, &tree.text(path)?)?;
    if settings.languages.is_empty() {
        return Err(Diagnostic::error("settings", path, "no language to build").hint("languages = [\"zh\", \"en\"]"));
    }
    let mut seen = Vec::new();
    settings.languages.retain(|language| {
        !seen.contains(language) && {
            seen.push(*language);
            true
        }
    });
    if let Err(reason) = crate::record::id::Id::new(&settings.theme) {
        return Err(Diagnostic::error("settings", path, format!("the theme's name {reason}")));
    }
    settings.repository = settings.repository.map(|url| repository(&url)).transpose().map_err(|reason| {
        Diagnostic::error("settings", path, reason).hint("repository = \"https://github.com/owner/name\"")
    })?;
    settings.base_url = settings.base_url.map(|url| base_url(&url)).transpose().map_err(|reason| {
        Diagnostic::error("settings", path, reason).hint("base_url = \"https://example.org/site/\"")
    })?;
    Ok(settings)
}

fn repository(url: &str) -> Result<String, String> {
    let url = base_url(url).map_err(|_| format!("{url:?} is not the address of a repository"))?;
    Ok(url.trim_end_matches('/').to_owned())
}

/// A base URL with a slash at its end, or why `url` cannot be one.
pub fn base_url(url: &str) -> Result<String, String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    if rest.is_none_or(str::is_empty)
        || url.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>?#".contains(c))
    {
        return Err(format!("{url:?} is not a base URL: http:// or https://, a host and a path"));
    }
    Ok(format!("{}/", url.trim_end_matches('/')))
}
