//! The table of a board: rows written by our own code, since a template's loop costs more than a cell is worth.

use super::markup::{push_count, push_number, push_text};
use super::scratch::Scratch;
use super::sheet::{Cut, Pieces, Text};
use super::strings::{Argument, Strings};
use crate::board::definition::Role;
use crate::board::{Cell, Status};
use crate::ledger::Anchor;
use crate::page::table::{Head, State, Table, TableRow};
use crate::record::Direction;
use std::fmt::Write;
use std::sync::Arc;

const DASH: char = '—';

/// A table with more columns may be broader than a page's text.
const BROAD: usize = 8;

/// The scores of each row of a board's table, which are the same in all languages but for the words that a few of them need.
pub struct Cells {
    pieces: Pieces,
    /// The number of pieces up to the end of each row.
    ends: Vec<usize>,
    /// What is said between the pieces of a row, in order.
    words: Vec<State>,
}

impl Cells {
    pub(super) fn new(table: &Table) -> Self {
        let (mut ends, mut words) = (Vec::with_capacity(table.rows.len()), Vec::new());
        let pieces = Pieces::cut(|cut| {
            for row in &table.rows {
                push_coverage(cut.text, table, row);
                push_cells(cut, table, row, &mut words);
                push_facts(cut.text, table, row);
                ends.push(cut.end());
            }
        });
        Self { pieces, ends, words }
    }

    /// The cells of a row, with the words of a language.
    fn row(&self, row: usize, word: &dyn Fn(State) -> Text) -> Vec<Text> {
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        let mut texts = vec![self.pieces.get(start)];
        for piece in start + 1..self.ends[row] {
            // A row has one word less than pieces.
            texts.extend([word(self.words[piece - 1 - row]), self.pieces.get(piece)]);
        }
        texts
    }
}

/// The whole table, with all columns, in a region that scrolls; `cells` are those of the same table.
pub(super) fn board(table: &Table, cells: &Cells, title: &str, strings: &Strings) -> Vec<Text> {
    let own = Pieces::written(0..=table.rows.len(), |html, index| {
        if index == 0 {
            push_start(html, table, title, strings);
        }
        match table.rows.get(index) {
            Some(row) => push_row(html, table, row, strings),
            None => html.push_str("</tbody></table></div>"),
        }
    });
    let words = State::ALL.map(|state| Arc::new(Scratch::text(|text| push_text(text, strings.word(state.key())))));
    let word = |state: State| Text::Shared(Arc::clone(&words[state as usize]));
    let mut texts = Vec::with_capacity(2 * table.rows.len() + 1);
    for row in 0..table.rows.len() {
        texts.push(own.get(row));
        texts.extend(cells.row(row, &word));
    }
    texts.push(own.get(table.rows.len()));
    texts
}

/// The table up to its first row.
fn push_start(html: &mut String, table: &Table, title: &str, strings: &Strings) {
    let caption = strings.say("table-caption", [("board", Argument::Text(title))]);
    let broad = if table.columns.len() > BROAD { " broad" } else { "" };
    let _ = write!(html, "<div class=\"scroll{broad}\" role=\"region\" tabindex=\"0\" aria-label=\"");
    push_text(html, &caption);
    html.push_str("\"><table class=\"board\"");
    push_digits(html, table);
    html.push_str("><caption class=\"hidden\">");
    push_text(html, &caption);
    html.push_str("</caption><thead>");
    push_groups(html, table);
    html.push_str("<tr>");
    push_first_heads(html, table, strings, true);
    for head in &table.columns {
        push_head(html, head);
    }
    push_last_heads(html, table, strings);
    html.push_str("</tr></thead><tbody>");
}

/// The digits of the greatest place, which make the width of the first column; absent where it holds places alone.
fn push_digits(html: &mut String, table: &Table) {
    let worst = table.rows.iter().filter_map(|row| Some(row.interval?.1)).max();
    if let Some(worst) = worst {
        let _ = write!(html, " style=\"--digits:{}\"", worst.max(1).ilog10() + 1);
    }
}

/// Appends place, model and composite of the rows.
pub(super) fn push_short(html: &mut String, table: &Table, title: &str, strings: &Strings) {
    html.push_str("<table class=\"board short\"");
    push_digits(html, table);
    html.push_str("><caption class=\"hidden\">");
    push_text(html, &strings.say("table-caption", [("board", Argument::Text(title))]));
    html.push_str("</caption><thead><tr>");
    push_first_heads(html, table, strings, false);
    html.push_str("</tr></thead><tbody>");
    for row in &table.rows {
        push_row(html, table, row, strings);
    }
    html.push_str("</tbody></table>");
}

fn ranks(table: &Table) -> bool {
    table.composite.is_some()
}

fn has_coverage(table: &Table) -> bool {
    ranks(table) && table.ranked_columns > 0
}

/// The spanning heads, when any column has a group.
fn push_groups(html: &mut String, table: &Table) {
    if table.columns.iter().all(|head| head.group.is_none()) {
        return;
    }
    let first = 2 + usize::from(ranks(table)) + usize::from(has_coverage(table));
    let _ = write!(html, "<tr class=\"groups\"><td colspan=\"{first}\"></td>");
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
    match usize::from(table.sizes) + usize::from(table.dates) {
        0 => {}
        facts => drop(write!(html, "<td colspan=\"{facts}\"></td>")),
    }
    html.push_str("</tr>");
}

fn push_first_heads(html: &mut String, table: &Table, strings: &Strings, coverage: bool) {
    let sorted = if ranks(table) { " data-sort=\"ascending\" aria-sort=\"ascending\"" } else { "" };
    let _ = write!(html, "<th scope=\"col\" class=\"place\"{sorted}>");
    push_text(html, strings.word("place"));
    if table.intervals {
        html.push_str(" <small>");
        push_text(html, strings.word("rank-interval"));
        html.push_str("</small>");
    }
    html.push_str("</th><th scope=\"col\" class=\"model\" data-sort=\"text\">");
    push_text(html, strings.word("model"));
    html.push_str("</th>");
    let Some(composite) = &table.composite else { return };
    html.push_str("<th scope=\"col\" class=\"composite\" data-sort=\"descending\">");
    push_text(html, strings.word(composite));
    html.push_str("</th>");
    if coverage && has_coverage(table) {
        html.push_str("<th scope=\"col\" class=\"coverage\" data-sort=\"descending\">");
        push_text(html, strings.word("coverage"));
        html.push_str("</th>");
    }
}

/// The heads of the facts at a row's end.
fn push_last_heads(html: &mut String, table: &Table, strings: &Strings) {
    for (class, key, sort, shown) in [
        ("size", "fact-parameters", "", table.sizes),
        ("released", "fact-released", " data-sort=\"descending\"", table.dates),
    ] {
        if shown {
            let _ = write!(html, "<th scope=\"col\" class=\"fact {class}\"{sort}>");
            push_text(html, strings.word(key));
            html.push_str("</th>");
        }
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
fn push_row(html: &mut String, table: &Table, row: &TableRow, strings: &Strings) {
    push_place(html, row);
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
    if matches!(row.status, Status::BelowCoverage | Status::Excluded | Status::Ineligible) {
        html.push_str("<span class=\"status\">");
        push_text(html, strings.word(row.status.key()));
        html.push_str("</span>");
    }
    if ranks(table) {
        push_composite(html, table, row);
    }
}

/// The start of a row with its first cell: the place, so that the cell sorts by it, and the places that the row may truly
/// have. The row's classes say where those with one place begin and end.
fn push_place(html: &mut String, row: &TableRow) {
    html.push_str("<tr class=\"");
    html.push_str(if matches!(row.status, Status::Ranked { .. }) { "ranked" } else { "unranked" });
    if let Status::Ranked { shared, .. } = row.status {
        for (class, holds) in [(" tie", shared), (" starts", row.starts), (" ends", row.ends)] {
            if holds {
                html.push_str(class);
            }
        }
    }
    html.push('"');
    if let Some((best, worst)) = row.interval {
        let _ = write!(html, " data-best=\"{best}\" data-worst=\"{worst}\"");
    }
    html.push_str("><td class=\"place\">");
    let certain =
        matches!((row.status, row.interval), (Status::Ranked { place, .. }, Some(set)) if set == (place, place));
    html.push_str(if certain || row.interval.is_none() { "<b>" } else { "<small>" });
    match row.status {
        Status::Ranked { place, shared } => {
            push_count(html, u64::from(place));
            if shared {
                html.push('=');
            }
        }
        _ => html.push(DASH),
    }
    html.push_str(if certain || row.interval.is_none() { "</b>" } else { "</small>" });
    if let Some((best, worst)) = row.interval.filter(|_| !certain) {
        html.push_str(" <b>");
        push_count(html, u64::from(best));
        if worst > best {
            html.push('–');
            push_count(html, u64::from(worst));
        }
        html.push_str("</b>");
    }
}

fn push_composite(html: &mut String, table: &Table, row: &TableRow) {
    html.push_str("<td class=\"composite\">");
    let Some(composite) = row.composite else { return html.push(DASH) };
    push_number(html, composite, table.decimals);
    if let Some(margin) = row.margin {
        html.push_str("<span class=\"margin\">±");
        push_number(html, margin, table.decimals);
        html.push_str("</span>");
    }
    let Some(bar) = row.bar else { return };
    let _ = write!(html, "<span class=\"bar\" style=\"--low:{};--at:{};--high:{}", bar.low, bar.at, bar.high);
    html.push_str("\"></span>");
}

fn push_coverage(html: &mut String, table: &Table, row: &TableRow) {
    if has_coverage(table) {
        html.push_str("<td class=\"coverage\">");
        push_count(html, row.covered as u64);
        html.push('/');
        push_count(html, table.ranked_columns as u64);
    }
}

/// The scores of a row; the words for their states are left to a language.
fn push_cells(cut: &mut Cut, table: &Table, row: &TableRow, words: &mut Vec<State>) {
    let mut states = row.states.as_slice();
    for (column, (cell, head)) in row.cells.iter().zip(&table.columns).enumerate() {
        let (own, rest) = states.split_at(states.partition_point(|(of, _)| *of <= column));
        states = rest;
        match cell {
            Some(cell) => push_score(cut.text, cell, head, own, &row.href),
            None => push_gap(cut.text, row, column, head),
        }
        if !own.is_empty() {
            push_signs(cut, own, words);
        }
    }
}

fn push_score(html: &mut String, cell: &Cell, head: &Head, states: &[(usize, State)], model: &str) {
    let best = head.best == Some(cell.value);
    let plain = !best && states.is_empty();
    html.push_str(if plain { "<td class=h" } else { "<td class=\"h" });
    push_count(html, heat(head, cell.value));
    if best {
        html.push_str(" best");
    }
    for (_, state) in states {
        html.push(' ');
        html.push_str(state.name());
    }
    if !plain {
        html.push('"');
    }
    html.push('>');
    push_link(html, model, cell.anchor, |html| push_number(html, cell.value, head.decimals));
}

/// Where there is no score that counts: one that was withdrawn, a record that stands in, or a dash.
fn push_gap(html: &mut String, row: &TableRow, column: usize, head: &Head) {
    let withdrawn = row.withdrawn.iter().find(|(of, _)| *of == column);
    let stand_in = row.stand_ins.iter().find(|stand_in| stand_in.column == column);
    if let Some((_, cell)) = withdrawn {
        html.push_str("<td class=withdrawn>");
        push_link(html, &row.href, cell.anchor, |html| {
            html.push_str("<s>");
            push_number(html, cell.value, head.decimals);
            html.push_str("</s>");
        });
    } else if let Some(stand_in) = stand_in {
        html.push_str("<td class=stand-in>");
        push_link(html, &row.href, stand_in.anchor, |html| push_number(html, stand_in.value, head.decimals));
    } else {
        html.push_str("<td class=none>");
        html.push(DASH);
    }
}

fn push_signs(cut: &mut Cut, states: &[(usize, State)], words: &mut Vec<State>) {
    cut.text.push_str("<sup>");
    for (_, state) in states {
        cut.text.push_str(state.mark());
        cut.text.push_str("<span class=hidden> ");
        cut.end();
        words.push(*state);
        cut.text.push_str(" </span>");
    }
    cut.text.push_str("</sup>");
}

/// A score, with the way to its record.
fn push_link(html: &mut String, model: &str, anchor: Anchor, score: impl FnOnce(&mut String)) {
    html.push_str("<a href=\"");
    html.push_str(model);
    html.push('#');
    anchor.push_to(html);
    html.push_str("\">");
    score(html);
    html.push_str("</a>");
}

/// What is known of the model, at the end of its row.
fn push_facts(html: &mut String, table: &Table, row: &TableRow) {
    for (shown, fact) in [(table.sizes, row.size), (table.dates, row.released)] {
        match fact {
            _ if !shown => {}
            Some(fact) => {
                html.push_str("<td class=fact>");
                push_text(html, fact);
            }
            None => {
                html.push_str("<td class=none>");
                html.push(DASH);
            }
        }
    }
}

/// The steps of a score's heat.
const HEAT: f64 = 19.0;

/// The heat of a score, 0 to 19: the better, the more.
fn heat(head: &Head, value: f64) -> u64 {
    let (none, all) = head.heat;
    let share = if none == all { 0.0 } else { (value - none) / (all - none) };
    (HEAT * share).round().clamp(0.0, HEAT) as u64
}
