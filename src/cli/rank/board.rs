//! The standings of a site's board.

use super::table::{aligned, grouped, piped, quoted, ranks, rounded};
use super::{Format, rated};
use crate::board::standing::relation_key;
use crate::board::{AnyBoard, Board, Evidence, Row, Status};
use crate::catalog::Catalog;
use crate::cli::{PROBLEMS, count, print, say};
use crate::diagnostic::terminal::printable;
use crate::language::Language;
use crate::pipeline;
use crate::stats::error::{FEW_CLUSTERS, Level};
use crate::stats::ranks::Relation;
use anyhow::Result;
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;

const COLUMNS: [(&str, bool); 8] = [
    ("Place", false),
    ("Ranks", false),
    ("Model", true),
    ("Composite", false),
    ("95%", false),
    ("Scores", false),
    ("Lead", false),
    ("Over the next", true),
];

pub(super) fn rank(root: &Path, id: &str, format: Format) -> Result<ExitCode> {
    let (catalog, board, diagnostics) = pipeline::board(root, id)?;
    let failed = diagnostics.errors() > 0;
    let warnings = diagnostics.iter().count() - diagnostics.errors();
    print(&diagnostics.only_errors());
    if warnings > 0 {
        eprintln!("{}; tianti check prints them", count(warnings, "warning", "warnings"));
    }
    match board {
        Some(AnyBoard::Scores(board)) => Standings { board: &board, catalog: &catalog }.print_as(format),
        Some(AnyBoard::Battles(board)) => rated::print(&board, &catalog, format),
        None => {}
    }
    Ok(if failed { ExitCode::from(PROBLEMS) } else { ExitCode::SUCCESS })
}

struct Standings<'a> {
    board: &'a Board,
    catalog: &'a Catalog,
}

impl Standings<'_> {
    fn print_as(&self, format: Format) {
        match format {
            Format::Text => self.print(aligned(COLUMNS, &self.rows()), ""),
            Format::Md => self.print(piped(COLUMNS, &self.rows()), "* "),
            Format::Csv => say(self.csv().trim_end()),
            Format::Json => say(&self.json().to_string()),
        }
    }

    fn print(&self, table: Vec<String>, bullet: &str) {
        say(&format!("{}\n", printable(self.board.definition.title.get(Language::En))));
        table.iter().for_each(|line| say(&printable(line)));
        say("");
        self.notes().iter().for_each(|note| say(&format!("{bullet}{note}")));
    }

    fn rows(&self) -> Vec<[String; 8]> {
        self.board.rows.iter().map(|row| self.row(row)).collect()
    }

    fn row(&self, row: &Row) -> [String; 8] {
        let decimals = if self.board.composite_is_percent() { 2 } else { 3 };
        let number = |value: f64| rounded(value, decimals);
        let certainty = &row.certainty;
        let blank = String::new;
        [
            match row.status {
                Status::Ranked { place, shared } => format!("{place}{}", if shared { "=" } else { "" }),
                _ => "-".to_owned(),
            },
            certainty.interval.map_or_else(blank, |set| ranks((set.best, set.worst))),
            self.name(row),
            row.composite.map_or_else(blank, number),
            certainty.standard_error.map_or_else(blank, |error| format!("±{}", number(Level::P95.z() * error))),
            format!("{}/{}", row.covered, self.board.ranked_columns().count()),
            certainty.below.map_or_else(blank, |below| number(below.gap.abs())),
            certainty.below.map_or_else(blank, |below| {
                let verdict = relation_name(below.relation);
                let paired = if self.labels_pairs() && !certainty.paired { ", unpaired" } else { "" };
                let resolution = below.resolution.filter(|_| below.relation != Relation::Separated);
                let detectable = resolution.map(|known| format!(", {} detectable", number(known.detectable_gap)));
                let items = resolution.and_then(|known| known.items);
                let items = items.map(|items| format!(", {} items would decide", grouped(items)));
                format!("{verdict}{paired}{}{}", detectable.unwrap_or_default(), items.unwrap_or_default())
            }),
        ]
    }

    fn name(&self, row: &Row) -> String {
        let parts: Vec<&str> = row.variant.iter().map(|(_, value)| value).collect();
        let name = &self.catalog.model(row.model).name;
        let several = self.board.rows.iter().filter(|other| other.model == row.model).nth(1).is_some();
        if several && !parts.is_empty() { format!("{name} ({})", parts.join(", ")) } else { name.to_string() }
    }

    /// Whether the pairs of the board are compared in two ways.
    fn labels_pairs(&self) -> bool {
        self.board.reckoning.evidence == Evidence::SomeSharedItems
    }

    fn notes(&self) -> Vec<String> {
        let reckoning = &self.board.reckoning;
        let evidence = reckoning.evidence.key().trim_start_matches("evidence-").replace('-', " ");
        let mut notes = vec![format!("Intervals rest on: {evidence}.")];
        for (index, column) in self.board.definition.columns.iter().enumerate() {
            if let Some((clusters, items)) = self.board.clusters(index) {
                let name = &self.catalog.benchmark(column.benchmark).name;
                let few = if (clusters.get() as usize) < FEW_CLUSTERS {
                    ", too few for these not to be too small"
                } else {
                    ""
                };
                notes.push(format!("Errors of {name} are over {clusters} clusters of {items} items{few}."));
            }
        }
        if reckoning.family > 0 {
            notes.push(format!(
                "{} pairs are judged together at 5%: a gap of more than {} standard errors separates two.",
                grouped(reckoning.family),
                rounded(reckoning.critical, 2)
            ));
            notes.push(
                "Ranks: 95% joint rank sets; of models without a place, what filled gaps could make of them."
                    .to_owned(),
            );
        }
        notes
    }

    fn csv(&self) -> String {
        let mut text = String::from(
            "place,rank_best,rank_worst,model,name,composite,standard_error,covered,columns,lead,verdict\n",
        );
        let columns = self.board.ranked_columns().count();
        let full = |number: Option<f64>| number.map_or_else(String::new, |number| number.to_string());
        for row in &self.board.rows {
            let (certainty, set) = (&row.certainty, row.certainty.interval);
            let cells = [
                place(row).map_or_else(String::new, |place| place.to_string()),
                set.map_or_else(String::new, |set| set.best.to_string()),
                set.map_or_else(String::new, |set| set.worst.to_string()),
                self.catalog.model(row.model).id.to_string(),
                quoted(&self.name(row)),
                full(row.composite),
                full(certainty.standard_error),
                row.covered.to_string(),
                columns.to_string(),
                full(certainty.below.map(|below| below.gap)),
                certainty.below.map_or("", |below| relation_name(below.relation)).to_owned(),
            ];
            text += &cells.join(",");
            text.push('\n');
        }
        text
    }

    fn json(&self) -> Value {
        let reckoning = &self.board.reckoning;
        json!({
            "board": self.board.definition.id.as_str(),
            "aggregate": self.board.definition.aggregate,
            "columns": self.board.ranked_columns().count(),
            "evidence": reckoning.evidence.key().trim_start_matches("evidence-"),
            "level": Level::P95.get(),
            "pairs": reckoning.family,
            "critical": reckoning.critical,
            "gap_that_matters": reckoning.gap,
            "rows": self.board.rows.iter().map(|row| self.json_row(row)).collect::<Vec<_>>(),
        })
    }

    fn json_row(&self, row: &Row) -> Value {
        let certainty = &row.certainty;
        json!({
            "place": place(row),
            "rank_best": certainty.interval.map(|set| set.best),
            "rank_worst": certainty.interval.map(|set| set.worst),
            "status": row.status.key().trim_start_matches("status-"),
            "model": self.catalog.model(row.model).id.as_str(),
            "name": self.name(row),
            "composite": row.composite,
            "standard_error": certainty.standard_error,
            "covered": row.covered,
            "without_one_column": certainty.leave_one_out.map(|(best, worst)| [best, worst]),
            "first_share": certainty.first,
            "below": certainty.below.map(|below| json!({
                "lead": below.gap,
                "verdict": relation_name(below.relation),
                "paired": certainty.paired,
                "detectable_gap": below.resolution.map(|known| known.detectable_gap),
                "items": below.resolution.and_then(|known| known.items),
            })),
        })
    }
}

fn place(row: &Row) -> Option<u32> {
    match row.status {
        Status::Ranked { place, .. } => Some(place),
        _ => None,
    }
}

fn relation_name(relation: Relation) -> &'static str {
    relation_key(relation).trim_start_matches("relation-")
}
