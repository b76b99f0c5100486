//! The table of a board: rows written by our own code, since a template's loop costs more than a cell is worth.

use super::markup::{push_count, push_number, push_text};
use super::sheet::{Pieces, Text};
use super::strings::{Argument, Strings};
use crate::board::definition::Role;
use crate::board::{Cell, Status};
use crate::ledger::NoticeState;
use crate::page::table::{Head, Table, TableRow};
use crate::record::{Direction, Unit};
use std::fmt::Write;

const DASH: char = '—';

/// The scores of each row of a board's table, which are the same in all languages.
pub struct Cells(Pieces);

impl Cells {
    pub(super) fn new(table: &Table) -> Self {
        let scales: Vec<Scale> = (0..table.columns.len()).map(|index| Scale::of(table, index)).collect();
        Self(Pieces::written(table.rows.iter(), |html, row| {
            push_coverage(html, table, row);
            for (index, ((cell, head), scale)) in row.cells.iter().zip(&table.columns).zip(&scales).enumerate() {
                match row.withdrawn.iter().find(|(column, _)| *column == index) {
                    Some((_, cell)) => push_withdrawn(html, cell, head, &row.href),
                    None => push_cell(html, cell.as_ref(), head, scale, &row.href),
                }
            }
        }))
    }
}

/// The whole table, with all columns, in a region that scrolls; `cells` are those of the same table.
pub(super) fn board(table: &Table, cells: &Cells, title: &str, strings: &Strings) -> Vec<Text> {
    let own = Pieces::written(0..=table.rows.len(), |html, index| {
        if index == 0 {
            push_start(html, table, title, strings);
        }
        match table.rows.get(index) {
            Some(row) => push_row(html, table, row),
            None => html.push_str("</tbody></table></div>"),
        }
    });
    let between = (0..table.rows.len()).flat_map(|index| [own.get(index), cells.0.get(index)]);
    between.chain([own.get(table.rows.len())]).collect()
}

/// The table up to its first row.
fn push_start(html: &mut String, table: &Table, title: &str, strings: &Strings) {
    let caption = strings.say("table-caption", [("board", Argument::Text(title))]);
    html.push_str("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
    push_text(html, &caption);
    html.push_str("\"><table class=\"board\"><caption class=\"hidden\">");
    push_text(html, &caption);
    html.push_str("</caption><thead>");
    push_groups(html, table);
    html.push_str("<tr>");
    push_first_heads(html, table, strings, true);
    for head in &table.columns {
        push_head(html, head);
    }
    html.push_str("</tr></thead><tbody>");
}

/// Appends place, model and composite of the rows.
pub(super) fn push_short(html: &mut String, table: &Table, title: &str, strings: &Strings) {
    html.push_str("<table class=\"board short\"><caption class=\"hidden\">");
    push_text(html, &strings.say("table-caption", [("board", Argument::Text(title))]));
    html.push_str("</caption><thead><tr>");
    push_first_heads(html, table, strings, false);
    html.push_str("</tr></thead><tbody>");
    for row in &table.rows {
        push_row(html, table, row);
    }
    html.push_str("</tbody></table>");
}

fn ranks(table: &Table) -> bool {
    table.composite.is_some()
}

/// The spanning heads, when any column has a group.
fn push_groups(html: &mut String, table: &Table) {
    if table.columns.iter().all(|head| head.group.is_none()) {
        return;
    }
    let _ = write!(
        html,
        "<tr class=\"groups\"><td colspan=\"{}\"></td>",
        match ranks(table) {
            false => 2,
            true => 4 + usize::from(table.intervals),
        }
    );
    for same in table.columns.chunk_by(|a, b| a.group == b.group) {
        match &same[0].group {
            None => drop(write!(html, "<td colspan=\"{}\"></td>", same.len())),
            Some(group) => {
                let _ = write!(html, "<th colspan=\"{}\" scope=\"colgroup\">", same.len());
                html.push_str("<span>");
                push_text(html, group);
                html.push_str("</span></th>");
            }
        }
    }
    html.push_str("</tr>");
}

fn push_first_heads(html: &mut String, table: &Table, strings: &Strings, coverage: bool) {
    let sorted = if ranks(table) { " data-sort=\"ascending\" aria-sort=\"ascending\"" } else { "" };
    let _ = write!(html, "<th scope=\"col\" class=\"place\"{sorted}>");
    push_text(html, &strings.word("place"));
    html.push_str("</th><th scope=\"col\" class=\"model\" data-sort=\"text\">");
    push_text(html, &strings.word("model"));
    html.push_str("</th>");
    let Some(composite) = &table.composite else { return };
    html.push_str("<th scope=\"col\" class=\"composite\" data-sort=\"descending\">");
    push_text(html, &strings.word(composite));
    html.push_str("</th>");
    if table.intervals {
        html.push_str("<th scope=\"col\" class=\"range\" data-sort=\"ascending\">");
        push_text(html, &strings.word("rank-interval"));
        html.push_str("</th>");
    }
    if coverage && table.ranked_columns > 0 {
        html.push_str("<th scope=\"col\" class=\"coverage\" data-sort=\"descending\">");
        push_text(html, &strings.word("coverage"));
        html.push_str("</th>");
    }
}

fn push_head(html: &mut String, head: &Head) {
    let sort = if head.direction == Direction::Lower { "ascending" } else { "descending" };
    let class = if head.role == Role::Beside { " class=\"beside\"" } else { "" };
    let _ = write!(html, "<th scope=\"col\"{class} data-sort=\"{sort}\"><a href=\"");
    push_text(html, &head.href);
    html.push_str("\">");
    push_text(html, &head.label);
    html.push_str("</a></th>");
}

/// The start of a row up to its composite.
fn push_row(html: &mut String, table: &Table, row: &TableRow) {
    match row.status {
        Status::Ranked { place, shared } => {
            html.push_str("<tr><td class=\"place\">");
            push_count(html, u64::from(place));
            if shared {
                html.push_str("<span class=\"shared\">=</span>");
            }
        }
        _ => {
            html.push_str("<tr class=\"unranked\"><td class=\"place\">");
            html.push(DASH);
        }
    }
    html.push_str("<th scope=\"row\" class=\"model\"><a href=\"");
    push_text(html, &row.href);
    html.push_str("\">");
    push_text(html, row.name);
    html.push_str("</a>");
    for (class, text) in [("org", row.organisation), ("variant", row.variant.as_deref())] {
        if let Some(text) = text {
            let _ = write!(html, "<span class=\"{class}\">");
            push_text(html, text);
            html.push_str("</span>");
        }
    }
    if ranks(table) {
        html.push_str("<td class=\"composite\">");
        match row.composite {
            Some(composite) => {
                push_number(html, composite, table.decimals);
                if let Some(margin) = row.margin {
                    html.push_str("<span class=\"margin\">±");
                    push_number(html, margin, table.decimals);
                    html.push_str("</span>");
                }
            }
            None => html.push(DASH),
        }
        if table.intervals {
            push_interval(html, row.interval);
        }
    }
}

fn push_interval(html: &mut String, interval: Option<(u32, u32)>) {
    html.push_str("<td class=\"range\">");
    let Some((best, worst)) = interval else { return html.push(DASH) };
    push_count(html, u64::from(best));
    if worst > best {
        html.push('–');
        push_count(html, u64::from(worst));
    }
}

fn push_coverage(html: &mut String, table: &Table, row: &TableRow) {
    if ranks(table) && table.ranked_columns > 0 {
        let _ = write!(html, "<td class=\"coverage\">{}/{}", row.covered, table.ranked_columns);
    }
}

fn push_cell(html: &mut String, cell: Option<&Cell>, head: &Head, scale: &Scale, model: &str) {
    let Some(cell) = cell else {
        html.push_str("<td class=\"none\">");
        return html.push(DASH);
    };
    let best = scale.is_best(cell.value);
    html.push_str(if best || cell.claimed || cell.partial { "<td class=\"h" } else { "<td class=h" });
    html.push(char::from(b'0' + scale.step(cell.value)));
    if best || cell.claimed || cell.partial {
        for (class, holds) in [(" best", best), (" claimed", cell.claimed), (" partial", cell.partial)] {
            if holds {
                html.push_str(class);
            }
        }
        html.push('"');
    }
    html.push_str("><a href=\"");
    html.push_str(model);
    html.push('#');
    cell.anchor.push_to(html);
    html.push_str("\">");
    push_number(html, cell.value, head.decimals);
    html.push_str("</a>");
    for (mark, holds) in [("<sup>‡</sup>", cell.claimed), ("<sup>†</sup>", cell.partial)] {
        if holds {
            html.push_str(mark);
        }
    }
    for notice in &cell.notices {
        html.push_str(match notice.state {
            NoticeState::Withdrawn => "",
            NoticeState::Disputed => "<sup>?</sup>",
            NoticeState::Contaminated => "<sup>▲</sup>",
        });
    }
}

/// A score that is shown and counts for nothing.
fn push_withdrawn(html: &mut String, cell: &Cell, head: &Head, model: &str) {
    html.push_str("<td class=withdrawn><a href=\"");
    html.push_str(model);
    html.push('#');
    cell.anchor.push_to(html);
    html.push_str("\"><s>");
    push_number(html, cell.value, head.decimals);
    html.push_str("</s></a>");
}

/// The span of a column's scores, for its heat and its best.
pub(super) struct Scale {
    low: f64,
    high: f64,
    lower_is_better: bool,
}

impl Scale {
    /// From guessing to the highest score. Where the score of guessing is not known, a percentage starts at 0 and
    /// another unit at its lowest score: one weak model must not bleach the column.
    pub(super) fn of(table: &Table, index: usize) -> Self {
        let scores = table.rows.iter().filter_map(|row| Some(row.cells[index].as_ref()?.value));
        let (lowest, high) =
            scores.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        let head = &table.columns[index];
        let anchored = head.unit == Unit::Percent && head.direction != Direction::Lower;
        let low = if anchored { head.chance.unwrap_or(0.0) } else { lowest };
        Self { low, high, lower_is_better: head.direction == Direction::Lower }
    }

    /// The scores with the least and the most heat.
    pub(super) fn ends(&self) -> (f64, f64) {
        if self.lower_is_better { (self.high, self.low) } else { (self.low, self.high) }
    }

    /// The heat of a score, 0 to 9: the better, the more.
    fn step(&self, value: f64) -> u8 {
        let span = self.high - self.low;
        let over = if self.lower_is_better { self.high - value } else { value - self.low };
        if span > 0.0 { (over / span * 9.0).round().clamp(0.0, 9.0) as u8 } else { 0 }
    }

    fn is_best(&self, value: f64) -> bool {
        value == if self.lower_is_better { self.low } else { self.high }
    }
}
