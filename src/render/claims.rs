//! The table of claims beside measurements: what differs in the protocols first, then the figures.

use super::markup::{push_number, push_text};
use super::strings::{Argument, Strings};
use crate::board::claims::{Aspect, Noise};
use crate::page::claims::{ClaimRow, Claims, Figure, Number};
use crate::page::records::Subject;
use crate::record::Unit;
use std::fmt::Write;

/// Appends the table of a page.
pub(super) fn push(html: &mut String, claims: &Claims, strings: &Strings) {
    let title = strings.word("claims");
    html.push_str("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
    push_text(html, title);
    html.push_str("\"><table class=\"list claims\"><caption class=\"hidden\">");
    push_text(html, title);
    html.push_str("</caption><thead><tr>");
    let first = if claims.subject == Subject::Model { "benchmark" } else { "model" };
    for (key, number) in [
        (first, false),
        ("claims-differences", false),
        ("claims-claimed", true),
        ("claims-measured", true),
        ("claims-gap", true),
        ("claims-verdict", false),
        ("claims-source", false),
    ] {
        html.push_str(if number { "<th scope=\"col\" class=\"number\">" } else { "<th scope=\"col\">" });
        push_text(html, strings.word(key));
        html.push_str("</th>");
    }
    html.push_str("</tr></thead><tbody>");
    for row in &claims.rows {
        push_row(html, row, strings);
    }
    html.push_str("</tbody></table></div>");
    if claims.more > 0 {
        html.push_str("<p class=\"more\">");
        push_text(html, &strings.say("claims-more", [("count", Argument::Number(claims.more))]));
        html.push_str("</p>");
    }
}

fn push_row(html: &mut String, row: &ClaimRow, strings: &Strings) {
    html.push_str("<tr><th scope=row><a href=\"");
    push_text(html, &row.href);
    html.push_str("\">");
    push_text(html, row.name);
    html.push_str("</a>");
    if !row.detail.is_empty() {
        html.push_str(" <span class=\"detail\">");
        push_text(html, &row.detail.join(" · "));
        html.push_str("</span>");
    }
    html.push_str("<td>");
    push_differences(html, row, strings);
    push_figure(html, &row.claimed);
    push_figure(html, &row.measured);
    html.push_str("<td class=number>");
    push_gap(html, row, strings);
    html.push_str("<td>");
    push_verdict(html, row.noise, strings);
    html.push_str("<td class=source>");
    push_text(html, row.source);
}

fn push_differences(html: &mut String, row: &ClaimRow, strings: &Strings) {
    if row.differences.is_empty() {
        push_text(html, strings.word("claims-no-difference"));
    }
    for difference in &row.differences {
        let key = match difference.what {
            Aspect::Metric => "metric".to_owned(),
            Aspect::Part(part) => format!("part-{part}"),
            Aspect::Field(field) => format!("field-{field}"),
        };
        html.push_str("<span class=\"pair\"><span>");
        push_text(html, strings.word(&key));
        html.push_str("</span>");
        push_side(html, false, difference.claimed, strings);
        html.push_str("<span class=\"arrow\" aria-hidden=\"true\">→</span><span class=\"hidden\">");
        push_text(html, strings.word("claims-but-measured"));
        html.push_str("</span>");
        push_side(html, difference.claimed.is_some(), difference.measured, strings);
        html.push_str("</span>");
    }
}

/// What one side states; `against` another statement, it is marked.
fn push_side(html: &mut String, against: bool, stated: Option<&str>, strings: &Strings) {
    let Some(value) = stated else {
        html.push_str("<em>");
        push_text(html, strings.word("not-stated"));
        return html.push_str("</em>");
    };
    html.push_str(if against { "<b class=\"found\">" } else { "<b>" });
    push_text(html, value);
    html.push_str("</b>");
}

fn push_figure(html: &mut String, figure: &Figure) {
    html.push_str("<td class=number><a href=\"");
    push_text(html, &figure.href);
    html.push_str("\">");
    push_number(html, figure.number.value, figure.number.decimals);
    html.push_str("</a>");
}

/// The gap with its sign, its unit unless that is percent, and its standard error.
fn push_gap(html: &mut String, row: &ClaimRow, strings: &Strings) {
    let Number { value, decimals } = row.gap;
    html.push_str(match value {
        value if value > 0.0 => "+",
        value if value < 0.0 => "−",
        _ => "",
    });
    push_number(html, value.abs(), decimals);
    if row.unit != Unit::Percent {
        html.push(' ');
        push_text(html, strings.word(&format!("unit-{}", row.unit)));
    }
    if let Noise::Tested { standard_error, .. } = row.noise {
        html.push_str(" <span class=\"detail\">±");
        push_number(html, standard_error, decimals.max(2));
        html.push_str("</span>");
    }
}

fn push_verdict(html: &mut String, noise: Noise, strings: &Strings) {
    let (class, key) = match noise.is_exceeded() {
        None => ("", "claims-not-tested"),
        Some(false) => ("", "claims-within-noise"),
        Some(true) => (" class=\"beyond\"", "claims-beyond-noise"),
    };
    let _ = write!(html, "<span{class}>");
    push_text(html, strings.word(key));
    html.push_str("</span> <span class=\"detail\">");
    match noise {
        Noise::NotTested => push_text(html, strings.word("claims-error-unknown")),
        Noise::Tested { p, claim_is_exact, .. } => {
            push_p(html, p.get());
            if claim_is_exact {
                html.push_str(" · ");
                push_text(html, strings.word("claims-exact"));
            }
        }
    }
    html.push_str("</span>");
}

fn push_p(html: &mut String, p: f64) {
    if p < 0.001 {
        html.push_str("p &lt; 0.001");
    } else {
        html.push_str("p = ");
        push_number(html, p, 3);
    }
}
