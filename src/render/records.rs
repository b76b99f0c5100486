//! The records of a model or a benchmark, with protocol and provenance.

use super::markup::{push_count, push_text};
use super::strings::{Argument, Strings};
use crate::page::records::{Conditions, Group, RecordRow, Subject};
use crate::record::{Date, Field, Items, Place, Unit};
use std::fmt::Write;

/// Appends a table for each group.
pub(super) fn push(html: &mut String, groups: &[Group], subject: Subject, strings: &Strings) {
    for group in groups {
        html.push_str(
            "<section class=\"records\"><div class=\"scroll\" tabindex=\"0\"><table class=\"records\"><caption>",
        );
        push_caption(html, group, strings);
        html.push_str("</caption><thead><tr>");
        let columns = Columns::of(group);
        for (key, class) in columns.heads(subject) {
            let _ = write!(html, "<th scope=\"col\"{class}>");
            push_text(html, &strings.word(key));
            html.push_str("</th>");
        }
        html.push_str("</tr></thead><tbody>");
        let mut units = Units { strings, last: None };
        for row in &group.rows {
            push_row(html, &group.folder, row, columns, &mut units);
        }
        html.push_str("</tbody></table></div>");
        if group.more > 0 {
            html.push_str("<p class=\"more\">");
            push_text(html, &strings.say("records-more", [("count", Argument::Number(group.more))]));
            html.push_str("</p>");
        }
        html.push_str("</section>");
    }
}

/// The columns that hold anything in a group; the others are left out.
#[derive(Clone, Copy)]
struct Columns {
    metric: bool,
    standard_error: bool,
    items: bool,
    conditions: bool,
}

impl Columns {
    fn of(group: &Group) -> Self {
        let any = |holds: fn(&RecordRow) -> bool| group.rows.iter().any(holds);
        Self {
            metric: group.metric.is_none(),
            standard_error: any(|row| row.standard_error.is_some()),
            items: any(|row| row.items != Items::default()),
            conditions: any(|row| row.conditions != Conditions::default()),
        }
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
            ("items", NUMBER, self.items),
            ("protocol", "", self.conditions),
            ("source-place", " class=\"place\"", true),
        ];
        columns.into_iter().filter(|(_, _, shown)| *shown).map(|(key, class, _)| (key, class))
    }
}

/// The source, who reports it, under which protocol, when, and the file with its hash.
fn push_caption(html: &mut String, group: &Group, strings: &Strings) {
    html.push_str("<span class=\"source\">");
    match group.url {
        Some(url) => {
            html.push_str("<a href=\"");
            push_text(html, url.as_str());
            html.push_str("\">");
            push_text(html, &group.source);
            html.push_str("</a>");
        }
        None => push_text(html, &group.source),
    }
    html.push_str("</span>");
    let reporter = group.reporter.name();
    let _ = write!(html, " <span class=\"reporter {reporter}\">");
    push_text(html, &strings.word(&format!("reporter-{reporter}")));
    html.push_str("</span> ");
    if let Some(metric) = group.metric {
        html.push_str("<span class=\"metric\">");
        push_text(html, &metric.name);
        html.push(' ');
        push_text(html, &strings.word(&format!("unit-{}", metric.unit)));
        html.push_str("</span> ");
    }
    html.push_str("<span class=\"protocol\">");
    let conditions = &group.conditions;
    if conditions.protocol.is_empty() && group.rows.iter().all(|row| row.conditions.protocol.is_empty()) {
        push_text(html, &strings.word("protocol-unknown"));
    }
    push_protocol(html, &conditions.protocol, strings);
    html.push_str("</span>");
    for (key, value) in [
        ("date", conditions.date.map(Date::day)),
        ("retrieved", group.retrieved.map(|date| date.day())),
        ("licence", group.licence),
    ] {
        if let Some(value) = value {
            let _ = write!(html, " <span class=\"{key}\">");
            push_text(html, &strings.word(key));
            html.push(' ');
            push_text(html, value);
            html.push_str("</span>");
        }
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
        push_text(html, &strings.word(&format!("field-{field}")));
        html.push(' ');
        push_text(html, value);
    }
}

fn push_row(html: &mut String, folder: &str, row: &RecordRow, columns: Columns, units: &mut Units) {
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
        push_text(html, first);
        for detail in details {
            html.push_str(" · ");
            push_text(html, detail);
        }
        html.push_str("</span>");
    }
    if columns.metric {
        html.push_str("<td>");
        push_text(html, &row.metric.name);
    }
    html.push_str("<td class=value>");
    push_text(html, row.value);
    if columns.metric {
        html.push_str("<td>");
        push_text(html, units.name(row.metric.unit));
    }
    if columns.standard_error {
        html.push_str("<td class=\"number\">");
        if let Some(error) = row.standard_error {
            html.push('±');
            push_text(html, error);
        }
    }
    if columns.items {
        html.push_str("<td class=\"number\">");
        push_items(html, row.items);
    }
    if columns.conditions {
        html.push_str("<td class=\"protocol\">");
        push_protocol(html, &row.conditions.protocol, units.strings);
        if let Some(date) = row.conditions.date {
            html.push(' ');
            html.push_str(date.day());
        }
    }
    html.push_str("<td class=place>");
    push_place(html, row);
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

/// Names of units; neighbouring rows mostly have the same.
struct Units<'a> {
    strings: &'a Strings,
    last: Option<(Unit, String)>,
}

impl Units<'_> {
    fn name(&mut self, unit: Unit) -> &str {
        if self.last.as_ref().is_none_or(|(last, _)| *last != unit) {
            self.last = None;
        }
        let (_, name) = self.last.get_or_insert_with(|| (unit, self.strings.word(&format!("unit-{unit}"))));
        name
    }
}
