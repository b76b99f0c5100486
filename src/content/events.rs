//! One pass over an article's Markdown: HTML, headings, links, embeds and problems.

use super::body::{Body, Embed, EmbedKind, Fragment, Heading, Labels, Resolve, Segment, Unresolved};
use super::footnotes::Footnotes;
use super::front_matter;
use super::html::{self, Open, Passed, escaped};
use super::link::{self, Target};
use super::math;
use crate::diagnostic::{Diagnostic, Diagnostics, Position};
use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Turns the article at `path`, whose whole file is `text`, into HTML. Whatever is wrong becomes a diagnostic, and the
/// rest is still rendered.
pub fn body(path: &Arc<str>, text: &str, labels: &Labels, resolve: &Resolve, diagnostics: &mut Diagnostics) -> Body {
    let start = front_matter::markdown_start(text).unwrap_or(0);
    let mut pass = Pass {
        path,
        text,
        start,
        labels,
        resolve,
        diagnostics,
        body: Body::default(),
        events: Vec::new(),
        diverted: Vec::new(),
        footnotes: Footnotes::default(),
        open: Open::default(),
        depths: Vec::new(),
        kept_links: Vec::new(),
        heading: None,
        ids: HashMap::new(),
        own_fragments: Vec::new(),
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_MATH;
    let mut events = Parser::new_ext(&text[start..], options).into_offset_iter().peekable();
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let code = text_until_end(&mut events);
                pass.code_block(&kind, &code, range);
            }
            Event::Start(Tag::HtmlBlock) => {
                let block = text_until_end(&mut events);
                pass.html_block(&block, range.start);
            }
            Event::SoftBreak => pass.soft_break(events.peek().map(|(next, _)| next)),
            other => pass.event(other, range),
        }
    }
    pass.finish()
}

/// The text of the events up to the end of the block that has just started; blocks of text do not nest.
fn text_until_end<'a>(events: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>) -> String {
    events
        .take_while(|(event, _)| !matches!(event, Event::End(_)))
        .filter_map(|(event, _)| match event {
            Event::Text(text) | Event::Html(text) => Some(text),
            _ => None,
        })
        .fold(String::new(), |code, text| code + &text)
}

struct Pass<'a, 'b> {
    path: &'b Arc<str>,
    text: &'a str,
    /// Where the Markdown starts in `text`.
    start: usize,
    labels: &'b Labels,
    resolve: &'b Resolve<'b>,
    diagnostics: &'b mut Diagnostics,
    body: Body,
    /// The events of the segment at hand.
    events: Vec<Event<'a>>,
    /// What was at hand before a footnote's definition began.
    diverted: Vec<(CowStr<'a>, Vec<Event<'a>>)>,
    footnotes: Footnotes<'a>,
    open: Open,
    /// How many HTML elements were open at the start of each open block.
    depths: Vec<usize>,
    /// Whether each open link or image stays one.
    kept_links: Vec<bool>,
    /// The heading at hand: the index of its start event and its text so far.
    heading: Option<(usize, String)>,
    ids: HashMap<String, usize>,
    /// Links to headings of this article.
    own_fragments: Vec<(String, Position)>,
}

impl<'a> Pass<'a, '_> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => {
                self.depths.push(self.open.depth());
                self.start_tag(tag, range);
            }
            Event::End(tag) => {
                let depth = self.depths.pop().unwrap_or(0);
                let closing = self.open.close(depth);
                if !closing.is_empty() {
                    self.markup(closing);
                }
                self.end_tag(tag);
            }
            Event::InlineHtml(tag) => self.html_piece(&tag, range.start),
            Event::InlineMath(latex) => self.math(latex, false, range.start),
            Event::DisplayMath(latex) => self.math(latex, true, range.start),
            Event::FootnoteReference(label) => {
                let mention = self.footnotes.mention(label);
                self.events.push(mention);
            }
            Event::Text(text) => {
                self.words(&text);
                self.events.push(Event::Text(text));
            }
            Event::Code(code) => {
                self.words(&code);
                self.events.push(Event::Code(code));
            }
            Event::TaskListMarker(done) => self.task(done),
            Event::HardBreak => {
                self.space();
                self.events.push(Event::HardBreak);
            }
            other => self.events.push(other),
        }
    }

    fn start_tag(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                if level == HeadingLevel::H1 {
                    let warning =
                        self.warning("heading-level", range.start, "a heading of the first level inside the article");
                    self.diagnostics.push(warning.hint("the title is the first level; start with ##"));
                }
                self.heading = Some((self.events.len(), String::new()));
                self.body.words.push('\n');
                let level = level.max(HeadingLevel::H2);
                self.events.push(Event::Start(Tag::Heading {
                    level,
                    id: None,
                    classes: Vec::new(),
                    attrs: Vec::new(),
                }));
            }
            Tag::Link { link_type, dest_url, title, id } => {
                let address =
                    if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                let href = self.address(&address, range.start);
                self.kept_links.push(href.is_some());
                if let Some(href) = href {
                    self.events.push(Event::Start(Tag::Link {
                        link_type: LinkType::Inline,
                        dest_url: href.into(),
                        title,
                        id,
                    }));
                }
            }
            Tag::Image { dest_url, title, id, .. } => {
                if self.text[self.start..][range.clone()].starts_with("![]") {
                    let warning = self.warning(
                        "no-alternative-text",
                        range.start,
                        format!("the image {dest_url:?} has no alternative text"),
                    );
                    self.diagnostics.push(warning.hint("say between the brackets what the image shows"));
                }
                let href = self.image(&dest_url, range.start);
                self.kept_links.push(href.is_some());
                if let Some(href) = href {
                    let link_type = LinkType::Inline;
                    self.events.push(Event::Start(Tag::Image { link_type, dest_url: href.into(), title, id }));
                }
            }
            Tag::BlockQuote(Some(kind)) => {
                let (class, label) = self.alert(kind);
                self.markup(format!("<aside class=\"alert {class}\"><p class=\"alert-title\">{label}</p>\n"));
            }
            Tag::FootnoteDefinition(label) => {
                let before = std::mem::take(&mut self.events);
                self.diverted.push((label, before));
            }
            Tag::Table(alignments) => {
                self.markup("<div class=\"scroll\" tabindex=\"0\">".to_owned());
                self.events.push(Event::Start(Tag::Table(alignments)));
            }
            other => self.events.push(Event::Start(other)),
        }
    }

    fn end_tag(&mut self, tag: TagEnd) {
        if is_block(&tag) {
            self.space();
        }
        match tag {
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::Link | TagEnd::Image => {
                if self.kept_links.pop() == Some(true) {
                    self.events.push(Event::End(tag));
                }
            }
            TagEnd::BlockQuote(Some(_)) => self.markup("</aside>\n".to_owned()),
            TagEnd::FootnoteDefinition => {
                if let Some((label, before)) = self.diverted.pop() {
                    let definition = std::mem::replace(&mut self.events, before);
                    self.footnotes.define(label, definition);
                }
            }
            TagEnd::Table => {
                self.events.push(Event::End(tag));
                self.markup("</div>\n".to_owned());
            }
            other => self.events.push(Event::End(other)),
        }
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        let level = level.max(HeadingLevel::H2);
        if let Some((start, text)) = self.heading.take() {
            let id = self.unique_id(&text);
            if let Some(Event::Start(Tag::Heading { id: slot, .. })) = self.events.get_mut(start) {
                *slot = Some(id.clone().into());
            }
            self.body.headings.push(Heading { level: level as u8, id, text });
        }
        self.events.push(Event::End(TagEnd::Heading(level)));
    }

    /// Words of the heading at hand, or else of the text.
    fn words(&mut self, text: &str) {
        match &mut self.heading {
            Some((_, heading)) => heading.push_str(text),
            None => self.body.words.push_str(text),
        }
    }

    /// Sets the words that follow apart from those before.
    fn space(&mut self) {
        let words = &mut self.body.words;
        if self.heading.is_none() && !words.is_empty() && !words.ends_with([' ', '\n']) {
            words.push(' ');
        }
    }

    /// The anchor GitHub would give a heading, so that links work there too.
    fn unique_id(&mut self, heading: &str) -> String {
        let slug: String = heading
            .trim()
            .chars()
            .filter_map(|c| match c {
                ' ' => Some('-'),
                c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
                _ => None,
            })
            .flat_map(char::to_lowercase)
            .collect();
        let slug = if slug.is_empty() { "section".to_owned() } else { slug };
        let seen = self.ids.entry(slug.clone()).or_insert(0);
        *seen += 1;
        if *seen == 1 { slug } else { format!("{slug}-{}", *seen - 1) }
    }

    fn code_block(&mut self, kind: &CodeBlockKind, code: &str, range: Range<usize>) {
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or(""),
            CodeBlockKind::Indented => "",
        };
        match EmbedKind::parse(info, code) {
            Some(parsed) => self.embed(parsed, range.start),
            None => {
                code.split_whitespace().for_each(|word| {
                    self.space();
                    self.words(word);
                });
                self.space();
                let class =
                    if info.is_empty() { String::new() } else { format!(" class=\"language-{}\"", escaped(info)) };
                self.markup(format!("<pre tabindex=\"0\"><code{class}>{}</code></pre>\n", escaped(code)));
            }
        }
    }

    /// An embed, or what is wrong with it, whose fence stands at `start`.
    fn embed(&mut self, parsed: Result<EmbedKind, toml::de::Error>, start: usize) {
        let kind = match parsed {
            Ok(kind) if self.depths.is_empty() && self.diverted.is_empty() => kind,
            Ok(_) => {
                let error = self.error("embed", start, "a board or chart inside a list, quotation or note");
                return self.diagnostics.push(error.hint("let it stand alone, without indentation"));
            }
            Err(error) => {
                let first_line = self.text[self.start + start..].find('\n').map_or(0, |line| line + 1);
                let place = start + first_line + error.span().map_or(0, |span| span.start);
                let error = self.error("embed", place, error.message().replace('\n', " "));
                return self.diagnostics.push(
                    error.hint("a board needs id and may have top; a chart needs board and may have column and top"),
                );
            }
        };
        let position = self.position(start);
        self.flush();
        self.body.segments.push(Segment::Embed(Embed { kind, position }));
    }

    fn html_block(&mut self, block: &str, start: usize) {
        let mut offset = start;
        for piece in html::pieces(block) {
            if piece.starts_with('<') {
                self.html_piece(piece, offset);
            } else {
                self.markup(escaped(piece));
            }
            offset += piece.len();
        }
    }

    fn html_piece(&mut self, tag: &str, start: usize) {
        match self.open.tag(tag) {
            Passed::Markup(markup) => self.events.push(Event::InlineHtml(markup.into())),
            Passed::Nothing => {}
            Passed::Text(text) => {
                let shown: String = tag.chars().take(60).collect();
                let warning = self.warning("html-as-text", start, format!("{shown:?} is shown as text"));
                self.diagnostics
                    .push(warning.hint("write it in Markdown; docs/site-files.md lists the HTML that is allowed"));
                self.events.push(Event::InlineHtml(text.into()));
            }
        }
    }

    fn math(&mut self, latex: CowStr<'a>, display: bool, start: usize) {
        match math::mathml(&latex, display) {
            Ok(markup) => {
                // A wide formula scrolls by itself, and has to be reachable to be scrolled.
                let markup =
                    if display { format!("<span class=\"formula\" tabindex=\"0\">{markup}</span>") } else { markup };
                self.events.push(Event::InlineHtml(markup.into()));
            }
            Err(reason) => {
                let error = self.error("formula", start, format!("the formula cannot be read: {reason}"));
                self.diagnostics.push(error.hint("write a dollar sign that is none as \\$"));
                self.events.push(Event::Code(latex));
            }
        }
    }

    /// A line break in the source is a space between words and nothing between Han characters.
    fn soft_break(&mut self, next: Option<&Event>) {
        let before = match self.events.last() {
            Some(Event::Text(text) | Event::Code(text)) => text.chars().next_back(),
            _ => None,
        };
        let after = match next {
            Some(Event::Text(text) | Event::Code(text)) => text.chars().next(),
            _ => None,
        };
        if !(before.is_some_and(is_wide) && after.is_some_and(is_wide)) {
            self.space();
            self.events.push(Event::SoftBreak);
        }
    }

    fn address(&mut self, address: &str, start: usize) -> Option<String> {
        let target = match link::parse(self.path, address) {
            Ok(target) => target,
            Err(reason) => {
                let error = self.error("broken-link", start, reason);
                self.diagnostics
                    .push(error.hint("link to an article by its file, to data as benchmark:id, to the web by https:"));
                return None;
            }
        };
        match &target {
            Target::Here(heading) => self.own_fragments.push((heading.clone(), self.position(start))),
            Target::Article { id, fragment: Some(heading) } => {
                let position = self.position(start);
                self.body.fragments.push(Fragment { article: id.clone(), heading: heading.clone(), position });
            }
            _ => {}
        }
        self.resolve(&target, start)
    }

    fn image(&mut self, address: &str, start: usize) -> Option<String> {
        match link::parse(self.path, address) {
            Ok(target @ Target::File(_)) => self.resolve(&target, start),
            _ => {
                let error = self.error("broken-image", start, format!("{address:?} is not an image of this site"));
                self.diagnostics
                    .push(error.hint("put the file beside the article: pages load nothing from other hosts"));
                None
            }
        }
    }

    fn resolve(&mut self, target: &Target, start: usize) -> Option<String> {
        (self.resolve)(target)
            .map_err(|Unresolved { reason, hint }| {
                let error = self.error("broken-link", start, reason);
                self.diagnostics.push(error.hint(hint));
            })
            .ok()
    }

    fn alert(&self, kind: BlockQuoteKind) -> (&'static str, String) {
        let (class, label) = match kind {
            BlockQuoteKind::Note => ("alert-note", &self.labels.note),
            BlockQuoteKind::Tip => ("alert-tip", &self.labels.tip),
            BlockQuoteKind::Important => ("alert-important", &self.labels.important),
            BlockQuoteKind::Warning => ("alert-warning", &self.labels.warning),
            BlockQuoteKind::Caution => ("alert-caution", &self.labels.caution),
        };
        (class, escaped(label))
    }

    /// The box of a task in a list, which has a name for those who do not see it.
    fn task(&mut self, done: bool) {
        let (state, label) = if done { (" checked", &self.labels.done) } else { ("", &self.labels.to_do) };
        let label = escaped(label);
        let html = format!("<input type=\"checkbox\" disabled{state} aria-label=\"{label}\"> ");
        self.events.push(Event::InlineHtml(html.into()));
    }

    fn markup(&mut self, html: String) {
        self.events.push(Event::Html(html.into()));
    }

    fn flush(&mut self) {
        let events = std::mem::take(&mut self.events);
        if !events.is_empty() {
            let mut html = String::with_capacity(self.text.len() * 3 / 2);
            pulldown_cmark::html::push_html(&mut html, events.into_iter());
            self.body.segments.push(Segment::Html(html));
        }
    }

    fn finish(mut self) -> Body {
        let closing = self.open.close(0);
        if !closing.is_empty() {
            self.markup(closing);
        }
        for label in self.footnotes.unmentioned() {
            let place = self.text[self.start..].find(&format!("[^{label}]:")).unwrap_or(0);
            let warning = self.warning("unused-footnote", place, format!("the footnote {label:?} is never mentioned"));
            self.diagnostics.push(warning.hint(format!("write [^{label}] where it belongs, or take it out")));
        }
        let notes = std::mem::take(&mut self.footnotes).list(&self.labels.notes, &self.labels.back);
        self.events.extend(notes);
        self.flush();
        self.check_own_fragments();
        self.body
    }

    /// Links to headings of this article, which has now been read to its end.
    fn check_own_fragments(&mut self) {
        for (heading, position) in std::mem::take(&mut self.own_fragments) {
            if !self.body.headings.iter().any(|known| known.id == heading) {
                self.diagnostics.push(broken_fragment(self.path, "this article", &heading, position));
            }
        }
    }

    fn position(&self, offset: usize) -> Position {
        Position::of(self.text, self.start + offset)
    }

    fn error(&self, code: &'static str, offset: usize, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, Arc::clone(self.path), message).at(self.position(offset))
    }

    fn warning(&self, code: &'static str, offset: usize, message: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(code, Arc::clone(self.path), message).at(self.position(offset))
    }
}

/// The diagnostic of a link from the article at `path` to a heading that `article` does not have.
pub fn broken_fragment(path: &Arc<str>, article: &str, heading: &str, position: Position) -> Diagnostic {
    Diagnostic::error("broken-link", Arc::clone(path), format!("{article} has no heading #{heading}"))
        .at(position)
        .hint("the anchor of a heading is its text in lower case, with - for spaces and without punctuation")
}

/// Whether the words after the end of this stand apart from those before.
fn is_block(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition
    )
}

/// Han characters, kana and full-width punctuation: scripts that put no space between words.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}' | '“' | '”' | '‘' | '’' | '…')
}
