//! A page of a built site as one file: what it refers to stands inside it.
//!
//! The page and the files beside it are those of a build; nothing is laid out anew. The style sheet, the scripts and the
//! data they read are put into the page, downloads become `data:` addresses, and links to other pages lead to the site on
//! the web, or nowhere when its address is not known.

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

/// Files of a built site by their paths below `site/`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The page at `path` with what it needs of `files`. The scripts among these that the page does not refer to are the data
/// that its own script would load.
pub fn single_file(path: &str, files: &Files, base_url: Option<&str>) -> Result<String> {
    let text = |path: &str| {
        let bytes = files.get(path).with_context(|| format!("the build made no {path}"))?;
        std::str::from_utf8(bytes).with_context(|| format!("{path} is not UTF-8"))
    };
    let page = text(path)?;
    let mut out = String::with_capacity(2 * files.values().map(Vec::len).sum::<usize>());
    let mut scripts: Vec<&str> = files.keys().filter(|file| is_data(file)).map(String::as_str).collect();
    let mut copied = 0;
    for tag in (Tags { html: page, at: 0 }) {
        let target = |name: &str| tag.get(page, name).map(|value| resolve(path, &value));
        let replaced = match tag.name {
            "link" if tag.get(page, "rel").as_deref() == Some("stylesheet") => {
                let Some(Target::File(file)) = target("href") else { continue };
                format!("<style>{}{PLAIN_LINKS}</style>", text(&file)?)
            }
            "link" if tag.get(page, "rel").as_deref() == Some("manifest") => String::new(),
            "link" if tag.get(page, "rel").as_deref() == Some("icon") => match target("href") {
                Some(Target::File(file)) => tag.with(page, "href", data_url(&file, text(&file)?).as_deref()),
                _ => continue,
            },
            "script" => match target("src") {
                Some(Target::File(file)) => {
                    let (file, _) = files.get_key_value(&file).with_context(|| format!("the build made no {file}"))?;
                    scripts.push(file);
                    // Its closing tag follows.
                    "<script>".to_owned()
                }
                _ => continue,
            },
            "a" => match target("href") {
                Some(Target::File(file)) if file == path => {
                    let fragment = tag.get(page, "href").and_then(|href| Some(href.split_once('#')?.1.to_owned()));
                    tag.with(page, "href", fragment.map(|fragment| format!("#{fragment}")).as_deref())
                }
                Some(Target::File(file)) => {
                    let inside = files.get(&file).and_then(|_| text(&file).ok()).and_then(|text| data_url(&file, text));
                    let fragment = tag.get(page, "href").map_or(String::new(), |href| fragment_of(&href));
                    let outside = base_url.map(|base| format!("{base}{file}{fragment}"));
                    tag.with(page, "href", inside.or(outside).as_deref())
                }
                _ => continue,
            },
            _ => continue,
        };
        out.push_str(&page[copied..tag.range.start]);
        out.push_str(&replaced);
        copied = tag.range.end;
    }
    // Scripts that waited for the page to be read stand at its end.
    let end = page.rfind("</body>").filter(|end| *end >= copied).unwrap_or(page.len());
    out.push_str(&page[copied..end]);
    for file in scripts {
        write!(out, "<script>{}</script>", text(file)?.replace("</", "<\\/").replace("<!--", "<\\!--"))?;
    }
    out.push_str(&page[end..]);
    Ok(out)
}

/// Links that lead nowhere look like text, and lists of them are not shown.
const PLAIN_LINKS: &str =
    "a:not([href]){color:inherit;text-decoration:none}:is(header.top,footer.bottom) li a:not([href]){display:none}";

/// Whether a script holds data.
fn is_data(path: &str) -> bool {
    path.starts_with("data/") && path.ends_with(".js")
}

/// Where an address leads.
enum Target {
    /// A file below `site/`.
    File(String),
    /// The web, or a place on the page.
    Elsewhere,
}

/// The target of `address` on the page `path`.
fn resolve(path: &str, address: &str) -> Target {
    let is_elsewhere = address.is_empty() || address.starts_with(['#', '/']) || has_scheme(address);
    if is_elsewhere {
        return Target::Elsewhere;
    }
    let end = address.find(['#', '?']).unwrap_or(address.len());
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in address[..end].split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Target::File(parts.join("/"))
}

fn has_scheme(address: &str) -> bool {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)))
}

fn fragment_of(address: &str) -> String {
    address.find('#').map_or(String::new(), |start| address[start..].to_owned())
}

/// The text as an address; `None` for kinds of files that no page offers.
fn data_url(file: &str, text: &str) -> Option<String> {
    let kind = match file.rsplit_once('.')?.1 {
        "csv" => "text/csv",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        _ => return None,
    };
    let mut url = format!("data:{kind};charset=utf-8,");
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => url.push(char::from(byte)),
            _ if b"-._~!$()*+,/:;=?@[]{}|'".contains(&byte) => url.push(char::from(byte)),
            // Writing to a string cannot fail.
            _ => drop(write!(url, "%{byte:02X}")),
        }
    }
    Some(url)
}

/// An opening tag in HTML.
struct Tag<'h> {
    name: &'h str,
    range: Range<usize>,
    /// Names, and what a name and its value take up; the value without quotes.
    attributes: Attributes<'h>,
}

impl Tag<'_> {
    fn get(&self, html: &str, name: &str) -> Option<String> {
        let (.., value) = self.attributes.iter().find(|(known, ..)| *known == name)?;
        value.clone().map(|value| html[value].replace("&amp;", "&"))
    }

    /// The tag with another value of the attribute, or without it.
    fn with(&self, html: &str, name: &str, value: Option<&str>) -> String {
        let Some((_, place, _)) = self.attributes.iter().find(|(known, ..)| *known == name) else {
            return html[self.range.clone()].to_owned();
        };
        let attribute = value
            .map_or(String::new(), |value| format!("{name}=\"{}\"", value.replace('&', "&amp;").replace('"', "%22")));
        [&html[self.range.start..place.start], &attribute, &html[place.end..self.range.end]].concat()
    }
}

/// The opening tags of HTML that a build wrote.
struct Tags<'h> {
    html: &'h str,
    at: usize,
}

impl<'h> Iterator for Tags<'h> {
    type Item = Tag<'h>;

    fn next(&mut self) -> Option<Tag<'h>> {
        let html = self.html;
        loop {
            let start = self.at + html[self.at..].find('<')?;
            let name = word(html, start + 1, |c| c.is_ascii_alphanumeric() || c == '-');
            self.at = start + 1;
            if name.is_empty() {
                continue;
            }
            let (attributes, end) = attributes(html, start + 1 + name.len());
            self.at = end;
            if matches!(name, "script" | "style") {
                // What is inside is no HTML.
                self.at = html[end..].find(&format!("</{name}")).map_or(html.len(), |close| end + close);
            }
            return Some(Tag { name, range: start..end, attributes });
        }
    }
}

type Attributes<'h> = Vec<(&'h str, Range<usize>, Option<Range<usize>>)>;

/// The attributes from `at` on, and where their tag ends.
fn attributes(html: &str, mut at: usize) -> (Attributes<'_>, usize) {
    let mut found = Vec::new();
    loop {
        at += word(html, at, |c| c.is_ascii_whitespace() || c == '/').len();
        match html[at..].chars().next() {
            None => return (found, at),
            Some('>') => return (found, at + 1),
            Some(_) => {}
        }
        let start = at;
        let name = word(html, at, |c| !c.is_ascii_whitespace() && !"=>/".contains(c));
        at += name.len();
        let mut value = None;
        if html[at..].starts_with('=') {
            at += 1;
            value = Some(match html[at..].chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    let inside = word(html, at + 1, |c| c != quote);
                    let range = at + 1..at + 1 + inside.len();
                    at = (range.end + 1).min(html.len());
                    range
                }
                _ => {
                    let inside = word(html, at, |c| !c.is_ascii_whitespace() && c != '>');
                    let range = at..at + inside.len();
                    at = range.end;
                    range
                }
            });
        } else if name.is_empty() {
            at += 1;
        }
        found.push((name, start..at, value));
    }
}

/// The characters from `at` on that are `part` of a word.
fn word(html: &str, at: usize, part: impl Fn(char) -> bool) -> &str {
    let rest = &html[at..];
    &rest[..rest.find(|c| !part(c)).unwrap_or(rest.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<link href=\"../../assets/s.css\" rel=stylesheet><script>a<b</script>\
        <script src=../../assets/p.js defer></script><body><a class=x href=../models/m.html#r>M</a>\
        <a href=b.html#t>t</a><a href=#u>u</a><a href='https://e.org/'>w</a>\
        <a download=b.csv href=../../data/boards/b.csv>c</a></body>";

    fn files() -> Files {
        let files = [
            ("en/boards/b.html", PAGE),
            ("assets/s.css", "p{}"),
            ("assets/p.js", "run('</p>')"),
            ("data/boards/b.js", "d"),
            ("data/boards/b.csv", "a,\"é\"\n"),
        ];
        files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn everything_stands_inside_and_links_to_other_pages_are_text() {
        let page = single_file("en/boards/b.html", &files(), None).unwrap();
        assert_eq!(
            page,
            format!(
                "<style>p{{}}{PLAIN_LINKS}</style><script>a<b</script><script></script><body><a class=x >M</a>\
                <a href=\"#t\">t</a><a href=#u>u</a><a href='https://e.org/'>w</a>\
                <a download=b.csv href=\"data:text/csv;charset=utf-8,a,%22%C3%A9%22%0A\">c</a>\
                <script>d</script><script>run('<\\/p>')</script></body>"
            )
        );
    }

    #[test]
    fn links_lead_to_the_site_where_its_address_is_known() {
        let page = single_file("en/boards/b.html", &files(), Some("https://e.org/x/")).unwrap();
        assert!(page.contains("<a class=x href=\"https://e.org/x/en/models/m.html#r\">"), "{page}");
        assert!(page.contains("href=\"data:text/csv"), "{page}");
    }

    #[test]
    fn a_file_that_was_not_made_is_an_error() {
        let mut files = files();
        files.remove("assets/p.js");
        assert!(single_file("en/boards/b.html", &files, None).is_err());
    }
}
