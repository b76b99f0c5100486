//! How to refer to a page: for a bibliography in LaTeX, and as a line of text.

use super::route::Route;
use super::{Here, Site};
use crate::language::Language;
use crate::record::{Date, Origin};
use serde::Serialize;

/// A page in the words of others. Where the site has no address of its own, neither has the reference.
#[derive(Debug, Serialize)]
pub struct Citation {
    pub bibtex: String,
    /// In Chinese by GB/T 7714—2015, where the day of reading is left as `YYYY-MM-DD`; in English author, year and title.
    pub text: String,
}

/// What a reference says of a page.
pub(super) struct Cited<'a> {
    /// Tells it apart from the references to other pages of the site.
    pub key: &'a str,
    /// Absent for the site as a whole.
    pub title: Option<&'a str>,
    pub route: Route,
    /// The day the page is as of, as far as known.
    pub day: Option<&'a str>,
    /// The data that the page shows; absent for one that shows none.
    pub version: Option<&'a str>,
}

impl Cited<'_> {
    pub(super) fn citation(&self, here: &Here) -> Citation {
        let site = here.text(&here.site.settings.title);
        let base = here.site.settings.base_url.as_ref();
        let url = base.map(|base| format!("{base}{}", self.route.path(here.language)));
        Citation {
            bibtex: self.bibtex(site, url.as_deref()),
            text: match here.language {
                Language::Zh => self.gb(site, url.as_deref()),
                Language::En => self.line(site, url.as_deref()),
            },
        }
    }

    fn year(&self) -> Option<&str> {
        self.day.and_then(|day| day.get(..4))
    }

    fn bibtex(&self, site: &str, url: Option<&str>) -> String {
        let key: Vec<&str> =
            ["tianti", self.key].into_iter().chain(self.version).filter(|part| !part.is_empty()).collect();
        let note = self.version.map(|version| format!("data version {version}"));
        let fields = [
            ("title", Some(in_latex(self.title.unwrap_or(site)))),
            ("howpublished", self.title.map(|_| in_latex(site))),
            ("year", self.year().map(str::to_owned)),
            ("url", url.map(str::to_owned)),
            ("note", note),
        ];
        let fields = fields.into_iter().filter_map(|(name, value)| Some(format!("  {name} = {{{}}},\n", value?)));
        format!("@misc{{{},\n{}}}", key.join("-"), fields.collect::<String>())
    }

    /// GB/T 7714—2015: a data base or an electronic bulletin, online.
    fn gb(&self, site: &str, url: Option<&str>) -> String {
        let author = self.title.map_or_else(String::new, |_| format!("{site}. "));
        let title = self.title.unwrap_or(site);
        let what = match self.version {
            Some(version) => format!("{author}{title}, {version}[DB/OL]."),
            None => format!("{author}{title}[EB/OL]."),
        };
        let day = self.day.map(|day| format!("({day})")).unwrap_or_default();
        sentence([Some(what), Some(format!("{day}[YYYY-MM-DD].")), url.map(|url| format!("{url}."))])
    }

    fn line(&self, site: &str, url: Option<&str>) -> String {
        let year = self.year().map(|year| format!(" ({year})")).unwrap_or_default();
        let version = self.version.map(|version| format!("Data version {version}."));
        let title = self.title.map(|title| format!("{title}."));
        sentence([Some(format!("{site}{year}.")), title, version, url.map(str::to_owned)])
    }
}

fn sentence<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Text with what LaTeX reads as commands set as characters.
fn in_latex(text: &str) -> String {
    let mut latex = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => latex.extend(['\\', character]),
            '\\' => latex.push_str("\\textbackslash{}"),
            '~' => latex.push_str("\\textasciitilde{}"),
            '^' => latex.push_str("\\textasciicircum{}"),
            _ => latex.push(character),
        }
    }
    latex
}

/// The latest day on which one of the sources was retrieved, as far as stated.
pub(super) fn as_of<'a>(origins: impl Iterator<Item = &'a Origin>) -> Option<&'a str> {
    origins.filter_map(|origin| origin.source.retrieved.as_ref()).map(Date::day).max()
}

/// Stands for the data of a site: whatever is different in a result file makes it different.
pub fn version(site: &Site) -> &str {
    site.version.get_or_init(|| site.ledger.fingerprint().chars().take(12).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(version: Option<&'static str>) -> Cited<'static> {
        Cited { key: "main", title: Some("50% & more"), route: Route::Data, day: Some("2025-03-04"), version }
    }

    #[test]
    fn bibtex_has_what_is_known_and_no_commands_in_titles() {
        assert_eq!(
            cited(Some("0123456789ab")).bibtex("A_B", Some("https://example.org/en/a_b.html")),
            "@misc{tianti-main-0123456789ab,\n  title = {50\\% \\& more},\n  howpublished = {A\\_B},\n  year = {2025},\n  \
             url = {https://example.org/en/a_b.html},\n  note = {data version 0123456789ab},\n}"
        );
        let whole = Cited { key: "", title: None, day: None, ..cited(Some("0123456789ab")) };
        assert_eq!(
            whole.bibtex("Site", None),
            "@misc{tianti-0123456789ab,\n  title = {Site},\n  note = {data version 0123456789ab},\n}"
        );
    }

    #[test]
    fn a_line_of_text_follows_the_custom_of_its_language() {
        let url = Some("https://example.org/");
        assert_eq!(
            cited(Some("0123456789ab")).gb("天梯", url),
            "天梯. 50% & more, 0123456789ab[DB/OL]. (2025-03-04)[YYYY-MM-DD]. https://example.org/."
        );
        assert_eq!(cited(None).gb("天梯", None), "天梯. 50% & more[EB/OL]. (2025-03-04)[YYYY-MM-DD].");
        assert_eq!(
            cited(Some("0123456789ab")).line("Tianti", url),
            "Tianti (2025). 50% & more. Data version 0123456789ab. https://example.org/"
        );
    }
}
