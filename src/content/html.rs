//! HTML in articles: a short list of harmless elements passes, rebuilt from its parts; everything else is text.
//!
//! Nothing of the author's markup is copied through. A tag is parsed by a strict grammar, and what leaves here is a tag
//! this module wrote. Elements that stay open at the end of a block are closed, so that an article cannot swallow the
//! page around it.

use pulldown_cmark_escape::escape_html;

/// Elements that may appear, and whether they have content.
const ELEMENTS: [(&str, bool); 10] = [
    ("details", true),
    ("summary", true),
    ("kbd", true),
    ("sub", true),
    ("sup", true),
    ("br", false),
    ("mark", true),
    ("abbr", true),
    ("ins", true),
    ("small", true),
];

/// Elements of an article that are open.
#[derive(Default)]
pub(super) struct Open(Vec<&'static str>);

/// What became of a piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Passed {
    Markup(String),
    /// A comment: neither shown nor reported.
    Nothing,
    /// Not on the list: escaped, to be shown as text.
    Text(String),
}

impl Open {
    /// Passes one tag, as `<kbd>` or `</kbd>`.
    pub(super) fn tag(&mut self, tag: &str) -> Passed {
        if tag.starts_with("<!--") {
            return Passed::Nothing;
        }
        match parse(tag) {
            Some(Tag::Open { element, has_content, title }) => {
                if has_content {
                    self.0.push(element);
                }
                Passed::Markup(match title {
                    Some(title) => format!("<{element} title=\"{}\">", escaped(title)),
                    None => format!("<{element}>"),
                })
            }
            Some(Tag::Close(element)) if self.0.contains(&element) => {
                let mut markup = String::new();
                while let Some(open) = self.0.pop() {
                    markup.push_str(&format!("</{open}>"));
                    if open == element {
                        break;
                    }
                }
                Passed::Markup(markup)
            }
            _ => Passed::Text(escaped(tag)),
        }
    }

    /// Closes whatever is open beyond the first `keep` elements.
    pub(super) fn close(&mut self, keep: usize) -> String {
        self.0.drain(keep.min(self.0.len())..).rev().map(|element| format!("</{element}>")).collect()
    }

    pub(super) fn depth(&self) -> usize {
        self.0.len()
    }
}

/// The pieces of an HTML block: its tags, and the text between them.
pub(super) fn pieces(block: &str) -> impl Iterator<Item = &str> {
    let mut rest = block;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map_or(rest.len(), |end| end + 3)
        } else if rest.starts_with('<') {
            rest.find('>').map_or(rest.len(), |end| end + 1)
        } else {
            rest.find('<').unwrap_or(rest.len())
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing to a String cannot fail.
    let _ = escape_html(&mut out, text);
    out
}

enum Tag<'a> {
    Open { element: &'static str, has_content: bool, title: Option<&'a str> },
    Close(&'static str),
}

fn parse(tag: &str) -> Option<Tag<'_>> {
    let inner = tag.strip_prefix('<')?.strip_suffix('>')?;
    if let Some(name) = inner.strip_prefix('/') {
        let (element, has_content) = element(name.trim_end())?;
        return has_content.then_some(Tag::Close(element));
    }
    let inner = inner.strip_suffix('/').unwrap_or(inner).trim_end();
    let (name, attributes) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let (element, has_content) = element(name)?;
    let title = match attributes.trim() {
        "" => None,
        attribute if element == "abbr" => {
            Some(attribute.strip_prefix("title=\"")?.strip_suffix('"').filter(|title| !title.contains('"'))?)
        }
        _ => return None,
    };
    Some(Tag::Open { element, has_content, title })
}

fn element(name: &str) -> Option<(&'static str, bool)> {
    ELEMENTS.into_iter().find(|(element, _)| name.eq_ignore_ascii_case(element))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pass(tags: &[&str]) -> Vec<Passed> {
        let mut open = Open::default();
        tags.iter().map(|tag| open.tag(tag)).collect()
    }

    #[test]
    fn listed_elements_pass() {
        assert_eq!(pass(&["<kbd>", "</kbd>"]), [Passed::Markup("<kbd>".into()), Passed::Markup("</kbd>".into())]);
        assert_eq!(pass(&["<br/>"]), [Passed::Markup("<br>".into())]);
        assert_eq!(pass(&["<abbr title=\"a<b\">"]), [Passed::Markup("<abbr title=\"a&lt;b\">".into())]);
    }

    #[test]
    fn anything_that_could_act_is_text() {
        for tag in [
            "<script>",
            "<img src=x onerror=alert(1)>",
            "<kbd onclick=\"x\">",
            "<a href=\"javascript:x\">",
            "<iframe>",
            "<style>",
            "<details open ontoggle=x>",
            "<abbr title=\"x\" onclick=\"y\">",
            "</main>",
            "</kbd>",
            "<svg/onload=x>",
            "<math>",
            "<br",
            "<!DOCTYPE html>",
        ] {
            let passed = pass(&[tag]);
            assert!(matches!(&passed[0], Passed::Text(text) if !text.contains('<')), "{tag}: {passed:?}");
        }
    }

    #[test]
    fn what_is_open_is_closed_in_order() {
        let mut open = Open::default();
        open.tag("<details>");
        open.tag("<summary>");
        assert_eq!(open.tag("</details>"), Passed::Markup("</summary></details>".into()));
        open.tag("<mark>");
        assert_eq!(open.close(0), "</mark>");
    }

    #[test]
    fn a_block_falls_into_tags_and_text() {
        let parts: Vec<_> = pieces("<details>\n<summary>A</summary><!-- <b> -->x<").collect();
        assert_eq!(parts, ["<details>", "\n", "<summary>", "A", "</summary>", "<!-- <b> -->", "x", "<"]);
    }
}
