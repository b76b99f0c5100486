//! The files that make a served site an app: a manifest for each language, and the worker that keeps what was read.

use super::theme::Asset;
use super::{Renderer, markup};
use crate::language::Language;
use crate::page::route::{self, Route};
use crate::settings::Settings;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The worker, at the root of `site/`, since it sees nothing above itself.
const WORKER: &str = "sw.js";

/// A web app manifest; addresses are relative to it.
#[derive(Serialize)]
struct Manifest<'a> {
    name: &'a str,
    short_name: &'a str,
    description: &'a str,
    lang: &'static str,
    start_url: String,
    scope: &'static str,
    display: &'static str,
    background_color: &'static str,
    theme_color: &'static str,
    icons: Vec<Icon<'a>>,
}

#[derive(Serialize)]
struct Icon<'a> {
    src: &'a str,
    sizes: &'static str,
    r#type: &'static str,
}

/// What the worker knows of the site.
#[derive(Serialize)]
struct Known<'a> {
    /// Changes with the files.
    version: String,
    /// What is kept from the start: what every page needs, and the entrance of each language.
    files: Vec<String>,
    /// The page that stands for one that was never read, by language.
    missing: BTreeMap<&'a str, String>,
}

/// The files and their paths below `site/`.
pub(super) fn files(
    renderer: &Renderer,
    settings: &Settings,
    worker: &str,
) -> serde_json::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for language in settings.languages.iter().copied() {
        let manifest = manifest(language, settings, &renderer.assets);
        files.push((format!("manifest.{language}.webmanifest"), serde_json::to_vec(&manifest)?));
    }
    let known = serde_json::to_string(&known(renderer, settings))?;
    files.push((WORKER.to_owned(), format!("const site = {known};\n{worker}").into_bytes()));
    Ok(files)
}

fn manifest<'a>(language: Language, settings: &'a Settings, assets: &'a [Asset]) -> Manifest<'a> {
    let icon = assets.iter().find(|asset| asset.name == "icon.svg");
    Manifest {
        name: settings.title.get(language),
        short_name: settings.title.get(language),
        description: settings.description.get(language),
        lang: language.tag(),
        start_url: Route::Home.path(language),
        scope: "./",
        display: "minimal-ui",
        background_color: "#ffffff",
        theme_color: "#ffffff",
        icons: icon.map(|icon| Icon { src: &icon.file, sizes: "any", r#type: "image/svg+xml" }).into_iter().collect(),
    }
}

fn known<'a>(renderer: &Renderer, settings: &'a Settings) -> Known<'a> {
    let assets = renderer.assets.iter().map(|asset| asset.file.clone());
    let homes = settings.languages.iter().map(|language| Route::Home.path(*language));
    let files: Vec<String> = std::iter::once(route::OPENING.to_owned()).chain(homes).chain(assets).collect();
    let digest = Sha256::digest(files.join("\n"));
    let missing = settings.languages.iter().map(|language| {
        let strings = renderer.strings(*language);
        let mut page = format!(
            "<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
            <meta name=\"color-scheme\" content=\"light dark\"><title>",
            language.tag()
        );
        markup::push_text(&mut page, strings.word("offline-title"));
        page.push_str("</title><body style=\"font:1rem/1.6 system-ui,sans-serif;margin:4rem auto;max-width:34rem;padding:0 1rem\"><h1>");
        markup::push_text(&mut page, strings.word("offline-title"));
        page.push_str("</h1><p>");
        markup::push_text(&mut page, strings.word("offline-text"));
        page.push_str("</p></body></html>");
        (language.code(), page)
    });
    Known {
        version: digest.iter().take(5).map(|byte| format!("{byte:02x}")).collect(),
        missing: missing.collect(),
        files,
    }
}
