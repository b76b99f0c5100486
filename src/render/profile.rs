//! Where a model stands: the table of its places, and its scores among those of the field.

use super::markup::{push_count, push_number, push_text};
use super::strings::{Argument, Strings};
use crate::board::Status;
use crate::page::{Place, Profile, ProfileRow, STRIP, Strip};
use crate::record::Unit;
use std::fmt::Write;

const DASH: char = '—';

/// Appends the places of a model: a row for each row of a board.
pub(super) fn push_places(html: &mut String, places: &[Place], strings: &Strings) {
    let heads =
        [("board", ""), ("place", NUMBER), ("rank-interval", NUMBER), ("composite", NUMBER), ("coverage", NUMBER)];
    push_start(html, strings.word("places"), "list places", &heads, strings);
    for place in places {
        html.push_str("<tr><th scope=row>");
        push_link(html, &place.board.name, &place.board.href);
        push_variant(html, place.variant.as_deref());
        html.push_str("<td class=number>");
        push_status(html, place, strings);
        html.push_str("<td class=number>");
        match place.interval {
            Some((best, worst)) if best == worst => push_count(html, u64::from(best)),
            Some((best, worst)) => {
                push_count(html, u64::from(best));
                html.push('–');
                push_count(html, u64::from(worst));
            }
            None => html.push(DASH),
        }
        html.push_str("<td class=number>");
        match place.composite {
            Some((composite, margin, decimals)) => {
                push_number(html, composite, decimals);
                if let Some(margin) = margin {
                    html.push_str("<span class=margin>±");
                    push_number(html, margin, decimals);
                    html.push_str("</span>");
                }
            }
            None => html.push(DASH),
        }
        html.push_str("<td class=number>");
        match place.coverage {
            Some((covered, columns)) => {
                push_count(html, covered as u64);
                html.push('/');
                push_count(html, columns as u64);
            }
            None => html.push(DASH),
        }
    }
    html.push_str("</tbody></table></div>");
}

fn push_status(html: &mut String, place: &Place, strings: &Strings) {
    match place.status {
        Status::Ranked { place: number, shared } => {
            html.push_str("<b>");
            push_count(html, u64::from(number));
            html.push_str("</b>");
            if shared {
                html.push_str("<span class=shared>=</span>");
            }
            html.push_str("<span class=of>/ ");
            push_count(html, place.of as u64);
            html.push_str("</span>");
        }
        other => {
            html.push_str("<span class=tag>");
            push_text(html, strings.word(other.key()));
            html.push_str("</span>");
        }
    }
}

/// Appends a board's title and a table: each score, where it stands among those of its column, and how the others compare.
pub(super) fn push(html: &mut String, profile: &Profile, strings: &Strings) {
    html.push_str("<h3>");
    push_link(html, &profile.board.name, &profile.board.href);
    push_variant(html, profile.variant.as_deref());
    html.push_str("</h3>");
    let title = strings.say("profile-caption", [("board", Argument::Text(&profile.board.name))]);
    let heads = [
        ("benchmark", ""),
        ("value", NUMBER),
        ("profile-worse", NUMBER),
        ("profile-alike", NUMBER),
        ("profile-better", NUMBER),
        ("profile-field", " class=\"field\""),
    ];
    push_start(html, &title, "list profile", &heads, strings);
    profile.rows.iter().for_each(|row| push_row(html, row));
    html.push_str("</tbody></table></div>");
    if profile.rows.iter().any(|row| !row.tested) {
        html.push_str("<p class=\"prose note\">");
        push_text(html, strings.word("profile-untested"));
        html.push_str("</p>");
    }
}

fn push_row(html: &mut String, row: &ProfileRow) {
    html.push_str("<tr><th scope=row>");
    push_link(html, &row.label, &row.href);
    html.push_str("<td class=number><b>");
    push_number(html, row.value, row.decimals);
    html.push_str(if row.unit == Unit::Percent { "</b>%" } else { "</b>" });
    for count in [row.against.worse, row.against.alike, row.against.better] {
        html.push_str("<td class=number>");
        push_count(html, count as u64);
    }
    html.push_str("<td class=field><span><small>");
    push_number(html, row.strip.ends.0, row.decimals);
    html.push_str("</small>");
    push_strip(html, &row.strip);
    html.push_str("<small>");
    push_number(html, row.strip.ends.1, row.decimals);
    html.push_str("</small></span>");
}

/// The line of [`STRIP`] units with room at both ends for the dot.
const STRIP_START: &str = "<svg class=strip viewBox=\"-5 0 210 16\" width=210 height=16 aria-hidden=true><path d=\"";
const _: () = assert!(STRIP == 200, "the view box is that of the line");

fn push_strip(html: &mut String, strip: &Strip) {
    let push = |html: &mut String, before: &str, number: u16| {
        html.push_str(before);
        push_count(html, u64::from(number));
    };
    html.push_str(STRIP_START);
    html.push_str(strip.ticks);
    if let Some(margin) = strip.margin {
        push(html, "\"/><path class=margin d=\"M", strip.at.saturating_sub(margin));
        push(html, " 8H", strip.at.saturating_add(margin).min(STRIP));
    }
    push(html, "\"/><circle cx=", strip.at);
    html.push_str(" cy=8 r=4 /></svg>");
}

const NUMBER: &str = " class=\"number\"";

/// A table in a region that scrolls, up to its first row; `heads` are the columns' strings and attributes.
fn push_start(html: &mut String, title: &str, class: &str, heads: &[(&str, &str)], strings: &Strings) {
    html.push_str("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
    push_text(html, title);
    let _ = write!(html, "\"><table class=\"{class}\"><caption class=\"hidden\">");
    push_text(html, title);
    html.push_str("</caption><thead><tr>");
    for (key, attributes) in heads {
        let _ = write!(html, "<th scope=\"col\"{attributes}>");
        push_text(html, strings.word(key));
        html.push_str("</th>");
    }
    html.push_str("</tr></thead><tbody>");
}

fn push_link(html: &mut String, name: &str, href: &str) {
    html.push_str("<a href=\"");
    push_text(html, href);
    html.push_str("\">");
    push_text(html, name);
    html.push_str("</a>");
}

fn push_variant(html: &mut String, variant: Option<&str>) {
    if let Some(variant) = variant {
        html.push_str(" <span class=detail>");
        push_text(html, variant);
        html.push_str("</span>");
    }
}
