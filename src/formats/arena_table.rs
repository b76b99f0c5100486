//! Arena leaderboards as CSV: Chatbot Arena's own `leaderboard_table_<date>.csv` in every age of its header, the mirrors
//! that have ratings with bounds and votes, and the boards of GenAI-Arena and WildVision.
//!
//! Which arena it is stands in the path alone, and so does the date. Ranks are not read: they follow from ratings and
//! bounds.

use super::shared::Shared;
use super::written;
use super::{Cell, Content, Format, Holds, Input, Reading, names};
use crate::record::{Date, Direction, Interval, Items, Metric, ModelName, Protocol, Record, Unit, Value};
use std::sync::Arc;

pub struct ArenaTable;

/// A column of scores.
struct Column {
    header: &'static str,
    of: Of,
    metric: &'static str,
    unit: Unit,
}

/// What a column is about.
#[derive(Clone, Copy)]
enum Of {
    Benchmark(&'static str),
    /// The arena of the table, by votes of all kinds or by some.
    Arena(Option<&'static str>),
}

const COLUMNS: [Column; 9] = [
    Column::new("MT-bench (win rate %)", Of::Benchmark("MT-bench"), "win_rate", Unit::Percent),
    Column::new("MT-bench (score)", Of::Benchmark("MT-bench"), "score", Unit::Points),
    Column::new("MMLU", Of::Benchmark("MMLU"), "", Unit::Fraction),
    Column::new("MMMU", Of::Benchmark("MMMU"), "", Unit::Percent),
    Column::new("Arena Elo rating", Of::Arena(None), "rating", Unit::Elo),
    Column::new(ANONYMOUS, Of::Arena(Some("anony")), "rating", Unit::Elo),
    Column::new("Arena Elo rating (full)", Of::Arena(Some("full")), "rating", Unit::Elo),
    Column::new("arena_score", Of::Arena(None), "rating", Unit::Elo),
    Column::new("arena_elo", Of::Arena(None), "rating", Unit::Elo),
];

const ANONYMOUS: &str = "Arena Elo rating (anony)";

impl Column {
    const fn new(header: &'static str, of: Of, metric: &'static str, unit: Unit) -> Self {
        Self { header, of, metric, unit }
    }
}

impl Format for ArenaTable {
    fn name(&self) -> &'static str {
        "arena-table"
    }

    fn title(&self) -> &'static str {
        "Chatbot Arena, GenAI-Arena and WildVision leaderboard CSV"
    }

    fn example(&self) -> &'static str {
        "leaderboard_table_20240109.csv"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let Content::Csv(csv) = &input.content else { return None };
        let has = |name: &str| csv.header().iter().any(|known| known == name);
        if csv.header() == ["key", "Model", "License", "Organization"] {
            return Some(Holds::Companion);
        }
        let own = has("Model") && has("Link") && ["MT-bench (score)", ANONYMOUS].into_iter().any(has);
        let mirror = has("model") && has("95_pct_ci") && ["arena_score", "arena_elo"].into_iter().any(has);
        (own || mirror).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Content::Csv(csv) = &input.content else { return };
        let Some(table) = csv.table(reading) else { return };
        let column = |name| table.column(name);
        let other = column(ANONYMOUS).is_some();
        let Some(model) = ["key", "Model", "model"].into_iter().find_map(column) else { return };
        let columns = Columns {
            model,
            offsets: column("95_pct_ci"),
            votes: column("votes"),
            scores: COLUMNS.iter().filter_map(|known| Some((known, column(known.header)?))).collect(),
            arena: if other { other_arena(input.path) } else { chatbot_arena(input.path) }.into(),
            date: names::date_in_digits(input.path),
            protocol: Arc::default(),
        };
        let mut metrics = Shared::new();
        for row in table.whole_rows(reading) {
            columns.read_row(&row, &mut metrics, reading);
        }
    }
}

/// `Chatbot Arena`, and which of its arenas where the file's name says so: `lmarena_vision.csv`.
fn chatbot_arena(path: &str) -> String {
    match names::stem(path).strip_prefix("lmarena_") {
        Some(arena) => format!("Chatbot Arena {arena}"),
        None => "Chatbot Arena".into(),
    }
}

/// Another arena, by its folder and what precedes `leaderboard` in the file's name: `genai_arena image_editing`.
fn other_arena(path: &str) -> String {
    let part = names::stem(path).split("leaderboard").next().unwrap_or("").trim_end_matches('_');
    let folder = names::folder(path).unwrap_or("");
    let words: Vec<_> = [folder, part].into_iter().filter(|text| !text.is_empty()).collect();
    if words.is_empty() { "arena".into() } else { words.join(" ") }
}

/// The columns of one table, counted from 0.
struct Columns {
    model: usize,
    /// The bounds of the ratings, as distances from them.
    offsets: Option<usize>,
    votes: Option<usize>,
    scores: Vec<(&'static Column, usize)>,
    arena: Arc<str>,
    date: Option<Date>,
    protocol: Arc<Protocol>,
}

impl Columns {
    fn read_row(&self, row: &[Cell], metrics: &mut Shared<Metric>, reading: &mut Reading) {
        let text = |column: usize| row.get(column).map_or("", |cell| &*cell.text);
        let Some(model) = Some(text(self.model)).filter(|name| !name.is_empty()).map(ModelName::new) else {
            return reading.no_model();
        };
        for (column, at) in &self.scores {
            let Some(cell) = row.get(*at) else { continue };
            let Some(value) = cell.score(column.unit, reading) else { continue };
            let metric = Metric { name: column.metric.into(), unit: column.unit, direction: Direction::Higher };
            let provenance = reading.provenance(cell.place(), self.date.clone());
            let record = |benchmark| {
                let metric = metrics.share(metric);
                Record::new(model.clone(), benchmark, metric, value.clone(), Arc::clone(&self.protocol), provenance)
            };
            reading.records.push(match column.of {
                Of::Benchmark(benchmark) => record(benchmark.into()),
                Of::Arena(votes) => Record {
                    subset: votes.map(Arc::from),
                    interval: self.offsets.and_then(|at| interval(&value, text(at))),
                    items: Items { scored: self.votes.and_then(|at| text(at).parse().ok()), total: None },
                    ..record(Arc::clone(&self.arena))
                },
            });
        }
    }
}

fn interval(rating: &Value, offsets: &str) -> Option<Arc<Interval>> {
    written::interval_by_offsets(rating, offsets, Value::parse("0.95")).map(Arc::new)
}

#[cfg(test)]
mod tests {
    use crate::formats::Reading;
    use crate::formats::testing::{codes, read_text};
    use crate::record::{Metric, Unit};

    /// `benchmark subset metric value unit` of every record.
    fn scores(reading: &Reading) -> Vec<String> {
        let records = reading.records.iter();
        records
            .map(|record| {
                let subset = record.subset.as_deref().unwrap_or("·");
                let Metric { name, unit, .. } = &*record.metric;
                format!("{} {} {subset} {name} {} {unit}", record.model.raw, record.benchmark, record.value)
            })
            .collect()
    }

    #[test]
    fn the_first_header_has_win_rates_and_ratings() {
        let text = "Model,MT-bench (win rate %),MT-bench (score),Arena Elo rating,MMLU,License,Link\n\
            X-4,69.38%,8.99,1227,0.864,-,https://x.example\nY,-,,-,0.700,-,\n";
        let reading = read_text("data/results/leaderboard_table_20230619.csv", text);
        assert_eq!(codes(&reading), [""; 0]);
        assert_eq!(
            scores(&reading),
            [
                "X-4 MT-bench · win_rate 69.38 percent",
                "X-4 MT-bench · score 8.99 points",
                "X-4 MMLU ·  0.864 fraction",
                "X-4 Chatbot Arena · rating 1227 elo",
                "Y MMLU ·  0.700 fraction"
            ]
        );
        let record = &reading.records[0];
        assert_eq!(record.provenance.date.as_ref().unwrap().as_str(), "2023-06-19");
        assert_eq!((record.provenance.place.to_string(), record.metric.unit), ("2:5".into(), Unit::Percent));
    }

    #[test]
    fn later_headers_have_a_key_and_no_rating() {
        let text = "key,Model,MT-bench (score),MMLU,Knowledge cutoff date,License,Organization,Link\n\
            x-7b,X (7B),7.01,0.587,2023/6,a,b,c\n,Z,1,1,,,,\n";
        let reading = read_text("leaderboard_table_20240426.csv", text);
        assert_eq!(scores(&reading), ["x-7b MT-bench · score 7.01 points", "x-7b MMLU ·  0.587 fraction"]);
        assert_eq!(codes(&reading), ["no-model"]);
    }

    #[test]
    fn mirrors_have_offsets_for_bounds_and_votes() {
        for (path, score, arena) in
            [("lmarena_vision.csv", "arena_score", "Chatbot Arena vision"), ("x.csv", "arena_elo", "Chatbot Arena")]
        {
            let text = format!(
                "rank,rank_stylectrl,model,{score},95_pct_ci,votes,organization,license,knowledge_cutoff,url\n\
                1,1,X,1317,+9/-4,7681,o,l,,\n1,2,Y,1310,,-,o,l,,\n"
            );
            let reading = read_text(path, &text);
            let [first, second] = &reading.records[..] else { panic!("{:?}", codes(&reading)) };
            assert_eq!(&*first.benchmark, arena);
            let interval = first.interval.as_ref().unwrap();
            assert_eq!((interval.low.text(), interval.high.text()), ("1313", "1326"));
            assert_eq!((interval.level.as_ref().unwrap().text(), first.items.scored), ("0.95", Some(7681)));
            assert!(second.interval.is_none() && second.items.scored.is_none());
        }
    }

    #[test]
    fn two_ratings_in_a_row_are_two_records() {
        let text = "key,Model,Arena Elo rating (anony),Arena Elo rating (full),MMMU,License,Organization,Link\n\
            x,X,1252.8,1216.6,69.1,-,\"A, B\",\n";
        for (path, arena) in [
            ("data/some_arena/image_editing_leaderboard.csv", "some_arena image_editing"),
            ("some_arena/leaderboard.csv", "some_arena"),
            ("leaderboard.csv", "arena"),
        ] {
            let expected = [
                "x MMMU ·  69.1 percent".to_owned(),
                format!("x {arena} anony rating 1252.8 elo"),
                format!("x {arena} full rating 1216.6 elo"),
            ];
            assert_eq!(scores(&read_text(path, text)), expected);
        }
    }

    #[test]
    fn what_is_no_number_and_ragged_rows_are_reported() {
        let text = "Model,MT-bench (score),Arena Elo rating,MMLU,License,Link\nX,8%,high,70%,-,-\nY,8\n";
        let reading = read_text("leaderboard_table_20231215.csv", text);
        assert!(reading.records.is_empty());
        assert_eq!(codes(&reading), ["ragged-row 3:1", "not-a-number 2:3", "not-a-number 2:11", "not-a-number 2:6"]);
    }

    #[test]
    fn names_of_models_are_a_companion() {
        let reading = read_text("key_to_model.csv", "key,Model,License,Organization\nx,X,-,-\n");
        assert!(reading.records.is_empty() && codes(&reading).is_empty());
    }
}
