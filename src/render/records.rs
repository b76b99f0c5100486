//! The records of a model or a benchmark, with protocol and provenance.

use super::Interface;
use super::markup::{push_count, push_part, push_text};
use super::sheet::{Pieces, Text};
use super::strings::{Argument, Strings};
use crate::language::Language;
use crate::ledger::{Notice, NoticeState};
use crate::page::records::{Conditions, Group, RecordRow, Subject};
use crate::record::{Date, Extra, Field, Interval, Items, Place, Unit};
use std::fmt::Write;

/// The rows of each group, as far as they are the same in all languages.
pub struct Rows(Pieces);

impl Rows {
    pub(super) fn new(groups: &[Group]) -> Self {
        Self(Pieces::written(groups.iter(), |html, group| {
            let columns = Columns::of(group);
            if !columns.has_words() {
                group.rows.iter().for_each(|row| push_row(html, &group.folder, row, columns, None));
            }
        }))
    }
}

/// A table for each group, with `rows` made of the same groups.
pub(super) fn tables(groups: &[Group], rows: &Rows, subject: Subject, interface: &Interface) -> Vec<Text> {
    let own = Pieces::written(0..=groups.len(), |html, index| {
        if let Some(before) = index.checked_sub(1) {
            push_end(html, &groups[before], &interface.strings);
        }
        if let Some(group) = groups.get(index) {
            push_start(html, group, subject, interface);
        }
    });
    let between = (0..groups.len()).flat_map(|index| [own.get(index), rows.0.get(index)]);
    between.chain([own.get(groups.len())]).collect()
}

/// A table's start, and its rows if they hold words.
fn push_start(html: &mut String, group: &Group, subject: Subject, interface: &Interface) {
    let strings = &interface.strings;
    html.push_str("<section class=\"records\"><div class=\"scroll\" tabindex=\"0\"><table class=\"records\"><caption>");
    push_caption(html, group, interface);
    html.push_str("</caption><thead><tr>");
    let columns = Columns::of(group);
    for (key, class) in columns.heads(subject) {
        let _ = write!(html, "<th scope=\"col\"{class}>");
        push_text(html, strings.word(key));
        html.push_str("</th>");
    }
    html.push_str("</tr></thead><tbody>");
    if columns.has_words() {
        let mut words = Words { language: interface.language, strings, last: None };
        group.rows.iter().for_each(|row| push_row(html, &group.folder, row, columns, Some(&mut words)));
    }
}

fn push_end(html: &mut String, group: &Group, strings: &Strings) {
    html.push_str("</tbody></table></div>");
    if group.more > 0 {
        html.push_str("<p class=\"more\">");
        push_text(html, &strings.say("records-more", [("count", Argument::Number(group.more))]));
        html.push_str("</p>");
    }
    html.push_str("</section>");
}

/// The columns that hold anything in a group; the others are left out.
#[derive(Clone, Copy)]
struct Columns {
    metric: bool,
    standard_error: bool,
    interval: bool,
    items: bool,
    conditions: bool,
    notices: bool,
    extra: bool,
}

impl Columns {
    fn of(group: &Group) -> Self {
        let any = |holds: fn(&RecordRow) -> bool| group.rows.iter().any(holds);
        Self {
            metric: group.metric.is_none(),
            standard_error: any(|row| row.standard_error.is_some()),
            interval: any(|row| row.interval.is_some()),
            items: any(|row| row.items != Items::default()),
            extra: any(|row| row.extra.is_some()),
            conditions: any(|row| row.conditions != Conditions::default()),
            notices: any(|row| !row.notices.is_empty()),
        }
    }

    /// Whether rows hold words: names of units and of protocol fields, and the reasons of notices.
    fn has_words(self) -> bool {
        self.metric || self.conditions || self.notices
    }

    /// The columns' strings and the class attributes of their heads.
    fn heads(self, subject: Subject) -> impl Iterator<Item = (&'static str, &'static str)> {
        const NUMBER: &str = " class=\"number\"";
        let first = if subject == Subject::Model { "benchmark" } else { "model" };
        let columns = [
            (first, "", true),
            ("metric", "", self.metric),
            ("value", NUMBER, true),
            ("unit", "", self.metric),
            ("standard-error", NUMBER, self.standard_error),
            ("stated-interval", NUMBER, self.interval),
            ("items", NUMBER, self.items),
            ("protocol", "", self.conditions),
            ("notices", "", self.notices),
            ("stated-extra", "", self.extra),
            ("source-place", " class=\"place\"", true),
        ];
        columns.into_iter().filter(|(_, _, shown)| *shown).map(|(key, class, _)| (key, class))
    }
}

/// The source, who reports it, under which protocol, when, and the file with its hash.
fn push_caption(html: &mut String, group: &Group, interface: &Interface) {
    let strings = &*interface.strings;
    let source = &group.origin.source;
    let name = group.origin.source_name(interface.language.code());
    html.push_str("<span class=\"source\">");
    match &source.url {
        Some(url) => {
            html.push_str("<a href=\"");
            push_text(html, url.as_str());
            html.push_str("\">");
            push_text(html, name);
            html.push_str("</a>");
        }
        None => push_text(html, name),
    }
    html.push_str("</span>");
    let reporter = group.reporter.name();
    let _ = write!(html, " <span class=\"reporter {reporter}\">");
    push_text(html, strings.word(&format!("reporter-{reporter}")));
    html.push_str("</span> ");
    if let Some(metric) = group.metric {
        html.push_str("<span class=\"metric\">");
        push_text(html, &metric.name);
        html.push(' ');
        push_text(html, strings.word(&format!("unit-{}", metric.unit)));
        html.push_str("</span> ");
    }
    if let Some(variant) = group.variant {
        html.push_str("<span class=\"variant\">");
        for (index, (part, value)) in variant.iter().enumerate() {
            html.push_str(if index > 0 { " · " } else { "" });
            push_text(html, strings.word(&format!("part-{part}")));
            html.push(' ');
            push_part(html, value);
        }
        html.push_str("</span> ");
    }
    html.push_str("<span class=\"protocol\">");
    let conditions = &group.conditions;
    if conditions.protocol.is_empty() && group.rows.iter().all(|row| row.conditions.protocol.is_empty()) {
        push_text(html, strings.word("protocol-unknown"));
    }
    push_protocol(html, &conditions.protocol, strings);
    html.push_str("</span>");
    for (key, value) in [
        ("date", conditions.date.map(Date::day)),
        ("retrieved", source.retrieved.as_ref().map(Date::day)),
        ("licence", source.licence.as_deref()),
    ] {
        if let Some(value) = value {
            let _ = write!(html, " <span class=\"{key}\">");
            push_text(html, strings.word(key));
            html.push(' ');
            push_text(html, value);
            html.push_str("</span>");
        }
    }
    if let Some(extra) = group.extra {
        html.push_str(" <span class=\"extra\">");
        push_text(html, strings.word("stated-extra"));
        html.push(' ');
        push_extra(html, extra);
        html.push_str("</span>");
    }
    html.push_str(" <span class=\"file\"><code>");
    push_text(html, &group.origin.path);
    let _ = write!(
        html,
        "</code> SHA-256 <code title=\"{0}\">{1}…</code></span>",
        group.origin.sha256,
        &group.origin.sha256[..12]
    );
}

fn push_protocol(html: &mut String, protocol: &[(Field, &str)], strings: &Strings) {
    for (index, (field, value)) in protocol.iter().enumerate() {
        if index > 0 {
            html.push_str(" · ");
        }
        push_text(html, strings.word(&format!("field-{field}")));
        html.push(' ');
        push_text(html, value);
    }
}

/// Without `words`, a row has no words.
fn push_row(html: &mut String, folder: &str, row: &RecordRow, columns: Columns, mut words: Option<&mut Words>) {
    html.push_str("<tr id=");
    row.anchor.push_to(html);
    html.push_str("><th scope=row><a href=\"");
    html.push_str(folder);
    html.push_str(row.id.as_str());
    html.push_str(".html\">");
    push_text(html, row.name);
    html.push_str("</a>");
    let mut details = row.detail.iter();
    if let Some(first) = details.next() {
        html.push_str(" <span class=\"detail\">");
        push_part(html, first);
        for detail in details {
            html.push_str(" · ");
            push_part(html, detail);
        }
        html.push_str("</span>");
    }
    if columns.metric {
        html.push_str("<td>");
        push_text(html, &row.metric.name);
    }
    html.push_str("<td class=value>");
    push_value(html, row);
    if let Some(words) = words.as_mut().filter(|_| columns.metric) {
        html.push_str("<td>");
        push_text(html, words.unit(row.metric.unit));
    }
    if columns.standard_error {
        html.push_str("<td class=\"number\">");
        if let Some(error) = row.standard_error {
            html.push('±');
            push_text(html, error);
        }
    }
    if columns.interval {
        html.push_str("<td class=\"number\">");
        if let Some(interval) = row.interval {
            push_interval(html, interval);
        }
    }
    if columns.items {
        html.push_str("<td class=\"number\">");
        push_items(html, row.items);
    }
    if let Some(words) = words.as_mut().filter(|_| columns.conditions) {
        html.push_str("<td class=\"protocol\">");
        push_protocol(html, &row.conditions.protocol, words.strings);
        if let Some(date) = row.conditions.date {
            html.push(' ');
            html.push_str(date.day());
        }
    }
    if let Some(words) = words.filter(|_| columns.notices) {
        html.push_str("<td class=\"notices\">");
        row.notices.iter().for_each(|notice| push_notice(html, notice, words));
    }
    if columns.extra {
        html.push_str("<td class=\"extra\">");
        if let Some(extra) = row.extra {
            push_extra(html, extra);
        }
    }
    html.push_str("<td class=place>");
    push_place(html, row);
}

fn push_value(html: &mut String, row: &RecordRow) {
    let withdrawn = row.notices.first().is_some_and(|notice| notice.state == NoticeState::Withdrawn);
    if withdrawn {
        html.push_str("<s>");
    }
    push_text(html, row.value);
    if withdrawn {
        html.push_str("</s>");
    }
}

/// What is said of a record, since when and why.
fn push_notice(html: &mut String, notice: &Notice, words: &Words) {
    let state = notice.state.name();
    let _ = write!(html, "<p><span class=\"state {state}\">");
    push_text(html, words.strings.word(&format!("notice-{state}")));
    html.push_str("</span> <span class=\"since\">");
    push_text(html, &words.strings.say("notice-since", [("date", Argument::Text(notice.since.as_str()))]));
    html.push_str("</span> ");
    push_text(html, notice.reason.get(words.language));
    if let Some(url) = &notice.url {
        html.push_str(" <a href=\"");
        push_text(html, url.as_str());
        html.push_str("\">");
        push_text(html, words.strings.word("notice-source"));
        html.push_str("</a>");
    }
    html.push_str("</p>");
}

/// The bounds and the level as they are written.
fn push_interval(html: &mut String, interval: &Interval) {
    html.push('[');
    push_text(html, interval.low.text());
    html.push_str(", ");
    push_text(html, interval.high.text());
    html.push(']');
    if let Some(level) = &interval.level {
        html.push_str(" <span class=\"detail\">");
        push_text(html, level.text());
        html.push_str("</span>");
    }
}

/// Most facts that are shown of a file's own, and most characters of each; exports have them all.
const EXTRA: (usize, usize) = (6, 120);

/// What a file also states, in its own names.
fn push_extra(html: &mut String, extra: &Extra) {
    for (index, (name, value)) in extra.iter().take(EXTRA.0).enumerate() {
        if index > 0 {
            html.push(' ');
        }
        html.push_str("<code>");
        push_text(html, name);
        html.push_str(if name.is_empty() { "" } else { ": " });
        match value.char_indices().nth(EXTRA.1) {
            Some((end, _)) => {
                push_text(html, &value[..end]);
                html.push('…');
            }
            None => push_text(html, value),
        }
        html.push_str("</code>");
    }
    if extra.len() > EXTRA.0 {
        html.push_str(" …");
    }
}

fn push_items(html: &mut String, items: Items) {
    match (items.scored, items.total) {
        (Some(scored), Some(total)) if scored != total => {
            push_count(html, scored);
            html.push('/');
            push_count(html, total);
        }
        (Some(items), _) | (None, Some(items)) => push_count(html, items),
        (None, None) => {}
    }
}

fn push_place(html: &mut String, row: &RecordRow) {
    if let Some(url) = row.url {
        html.push_str("<a href=\"");
        push_text(html, url.as_str());
        html.push_str("\">");
    }
    match row.place {
        Place::Pointer(pointer) => push_text(html, pointer),
        Place::Cell { line, column } => {
            push_count(html, u64::from(*line));
            html.push(':');
            push_count(html, u64::from(*column));
        }
        Place::Line { line, pointer } => {
            push_count(html, u64::from(*line));
            html.push(':');
            push_text(html, pointer);
        }
    }
    if row.url.is_some() {
        html.push_str("</a>");
    }
}

/// The words of rows; neighbouring rows mostly have the same unit.
struct Words<'a> {
    language: Language,
    strings: &'a Strings,
    last: Option<(Unit, String)>,
}

impl Words<'_> {
    fn unit(&mut self, unit: Unit) -> &str {
        if self.last.as_ref().is_none_or(|(last, _)| *last != unit) {
            self.last = None;
        }
        let name = || self.strings.word(&format!("unit-{unit}")).to_owned();
        &self.last.get_or_insert_with(|| (unit, name())).1
    }
}
