//! Footnotes, numbered in the order of their first mention and gathered at the end of the article.

use super::html::escaped;
use pulldown_cmark::{CowStr, Event};
use std::collections::HashMap;

/// The footnotes of one article.
#[derive(Default)]
pub(super) struct Footnotes<'a> {
    /// Label → number (from 1) and mentions so far.
    numbers: HashMap<CowStr<'a>, (usize, usize)>,
    definitions: HashMap<CowStr<'a>, Vec<Event<'a>>>,
}

impl<'a> Footnotes<'a> {
    /// The mark that stands in the text.
    pub(super) fn mention(&mut self, label: CowStr<'a>) -> Event<'a> {
        let next = self.numbers.len() + 1;
        let (number, mentions) = self.numbers.entry(label).or_insert((next, 0));
        *mentions += 1;
        let id = mention_id(*number, *mentions);
        Event::InlineHtml(
            format!(
                "<sup class=\"noteref\"><a id=\"{id}\" href=\"#fn-{number}\" role=\"doc-noteref\">{number}</a></sup>"
            )
            .into(),
        )
    }

    pub(super) fn define(&mut self, label: CowStr<'a>, events: Vec<Event<'a>>) {
        self.definitions.entry(label).or_insert(events);
    }

    /// The labels of notes that are never mentioned.
    pub(super) fn unmentioned(&self) -> Vec<String> {
        let mut labels: Vec<String> = self
            .definitions
            .keys()
            .filter(|label| !self.numbers.contains_key(*label))
            .map(ToString::to_string)
            .collect();
        labels.sort_unstable();
        labels
    }

    /// The notes as a list with links back, or nothing when none is mentioned.
    pub(super) fn list(mut self, heading: &str, back: &str) -> Vec<Event<'a>> {
        let mut mentioned: Vec<_> = self.numbers.into_iter().collect();
        mentioned.sort_unstable_by_key(|(_, (number, _))| *number);
        if mentioned.is_empty() {
            return Vec::new();
        }
        let mut events = vec![markup(format!("<section class=\"notes\" aria-label=\"{}\"><ol>", escaped(heading)))];
        for (label, (number, mentions)) in mentioned {
            events.push(markup(format!("<li id=\"fn-{number}\">")));
            events.extend(self.definitions.remove(&label).unwrap_or_default());
            let links = (1..=mentions).map(|mention| {
                let label = if mention == 1 { escaped(back) } else { format!("{} {mention}", escaped(back)) };
                format!(
                    "<a href=\"#{}\" role=\"doc-backlink\" aria-label=\"{label} {number}\">↩</a>",
                    mention_id(number, mention)
                )
            });
            events.push(markup(format!("<span class=\"back\">{}</span></li>", links.collect::<String>())));
        }
        events.push(markup("</ol></section>".to_owned()));
        events
    }
}

fn mention_id(number: usize, mention: usize) -> String {
    if mention == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{mention}") }
}

fn markup<'a>(html: String) -> Event<'a> {
    Event::Html(html.into())
}
