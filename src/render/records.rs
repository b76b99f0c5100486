//! The records of a model or a benchmark, with protocol and provenance.

use super::markup::push_text;
use super::strings::Strings;
use crate::page::records::{Group, RecordRow, Subject};
use crate::record::{Place, Unit};
use std::fmt::Write;

/// Appends a table for each group.
pub(super) fn push(html: &mut String, groups: &[Group], subject: Subject, strings: &Strings) {
    let heads = Heads::new(subject, strings);
    for group in groups {
        html.push_str(
            "<section class=\"records\"><div class=\"scroll\" tabindex=\"0\"><table class=\"records\"><caption>",
        );
        push_caption(html, group, strings);
        html.push_str("</caption><thead><tr>");
        for head in &heads.0 {
            html.push_str("<th scope=\"col\">");
            push_text(html, head);
            html.push_str("</th>");
        }
        html.push_str("</tr></thead><tbody>");
        let mut units = Units { strings, last: None };
        for row in &group.rows {
            push_row(html, row, &mut units);
        }
        html.push_str("</tbody></table></div></section>");
    }
}

struct Heads([String; 7]);

impl Heads {
    fn new(subject: Subject, strings: &Strings) -> Self {
        let first = if subject == Subject::Model { "benchmark" } else { "model" };
        Self([first, "metric", "value", "unit", "standard-error", "items", "source-place"].map(|key| strings.word(key)))
    }
}

/// The source, who reports it, under which protocol, when, and the file with its hash.
fn push_caption(html: &mut String, group: &Group, strings: &Strings) {
    html.push_str("<span class=\"source\">");
    match group.url {
        Some(url) => {
            html.push_str("<a href=\"");
            push_text(html, url);
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
    html.push_str("</span> <span class=\"protocol\">");
    if group.protocol.is_empty() {
        push_text(html, &strings.word("protocol-unknown"));
    }
    for (index, (field, value)) in group.protocol.iter().enumerate() {
        if index > 0 {
            html.push_str(" · ");
        }
        push_text(html, &strings.word(&format!("field-{field}")));
        html.push(' ');
        push_text(html, value);
    }
    html.push_str("</span>");
    for (key, value) in [
        ("date", group.date.map(|date| date.day())),
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

fn push_row(html: &mut String, row: &RecordRow, units: &mut Units) {
    let _ = write!(html, "<tr id=\"{}\"><th scope=\"row\"><a href=\"", row.anchor);
    push_text(html, &row.link.href);
    html.push_str("\">");
    push_text(html, &row.link.name);
    html.push_str("</a>");
    if !row.detail.is_empty() {
        html.push_str(" <span class=\"detail\">");
        push_text(html, &row.detail);
        html.push_str("</span>");
    }
    html.push_str("<td>");
    push_text(html, row.metric);
    html.push_str("<td class=\"value\">");
    push_text(html, row.value);
    html.push_str("<td>");
    push_text(html, units.name(row.unit));
    html.push_str("<td>");
    if let Some(error) = row.standard_error {
        html.push('±');
        push_text(html, error);
    }
    html.push_str("<td>");
    match (row.items.scored, row.items.total) {
        (Some(scored), Some(total)) if scored != total => drop(write!(html, "{scored}/{total}")),
        (Some(items), _) | (None, Some(items)) => drop(write!(html, "{items}")),
        (None, None) => {}
    }
    html.push_str("<td class=\"place\">");
    push_place(html, row);
}

fn push_place(html: &mut String, row: &RecordRow) {
    if let Some(url) = row.url {
        html.push_str("<a href=\"");
        push_text(html, url);
        html.push_str("\">");
    }
    html.push_str("<code>");
    match row.place {
        Place::Pointer(pointer) => push_text(html, pointer),
        Place::Cell { line, column } => drop(write!(html, "{line}:{column}")),
    }
    html.push_str("</code>");
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
