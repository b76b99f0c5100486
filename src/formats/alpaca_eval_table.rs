//! AlpacaEval leaderboards: `<annotator>_leaderboard.csv`, the first header cell empty over the models' names, and the
//! copies on its website.
//!
//! The judge stands in the file's name alone, and the baseline, which differs between AlpacaEval 1 and 2, in the
//! folder's.

use super::shared::Shared;
use super::{Cell, Content, Format, Holds, Input, Reading, TextTable, names};
use crate::record::{Direction, Field, Items, Metric, ModelName, Protocol, Record, Unit, Value};
use std::sync::Arc;

pub struct AlpacaEvalTable;

/// Metric, unit, direction, and the column of its standard error.
const METRICS: [(&str, Unit, Direction, Option<&str>); 4] = [
    ("win_rate", Unit::Percent, Direction::Higher, Some("standard_error")),
    ("discrete_win_rate", Unit::Percent, Direction::Higher, None),
    ("length_controlled_winrate", Unit::Percent, Direction::Higher, Some("lc_standard_error")),
    // Of the answers, in characters.
    ("avg_length", Unit::Count, Direction::Unknown, None),
];

/// The folder of each generation's leaderboards, and its baseline.
const BASELINES: [(&str, &str); 2] =
    [("data_AlpacaEval", "text_davinci_003"), ("data_AlpacaEval_2", "gpt4_1106_preview")];

impl Format for AlpacaEvalTable {
    fn name(&self) -> &'static str {
        "alpaca-eval-table"
    }

    fn title(&self) -> &'static str {
        "AlpacaEval leaderboard CSV"
    }

    fn example(&self) -> &'static str {
        "data_AlpacaEval_2/weighted_alpaca_eval_gpt4_turbo_leaderboard.csv"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let Content::Csv(csv) = &input.content else { return None };
        let all = |names: &[&str]| names.iter().all(|name| csv.header().iter().any(|known| known == name));
        let unnamed = csv.header().first().is_some_and(|name| name.is_empty());
        if unnamed && all(&["Human agreement", "# parsed"]) {
            return Some(Holds::Nothing(
                "a leaderboard of judges says how far they agree with people, and scores no model",
            ));
        }
        if unnamed && all(&["np.tanh(std_delta_len)", "instruction_difficulty"]) {
            return Some(Holds::Nothing("coefficients of the length correction are no scores"));
        }
        let own = unnamed && all(&["win_rate", "standard_error", "n_total"]);
        let website = all(&["name", "win_rate", "avg_length", "samples", "filter"]);
        (own || website).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Content::Csv(csv) = &input.content else { return };
        let Some(table) = csv.table(reading) else { return };
        let columns = Columns::of(&table, input.path);
        for row in table.whole_rows(reading) {
            columns.read_row(&row, reading);
        }
    }
}

/// The columns of one table, counted from 0.
struct Columns {
    model: usize,
    items: Option<usize>,
    scores: Vec<Score>,
    protocol: Arc<Protocol>,
}

struct Score {
    column: usize,
    standard_error: Option<usize>,
    metric: Arc<Metric>,
}

impl Columns {
    fn of(table: &TextTable, path: &str) -> Self {
        let mut metrics = Shared::new();
        let scores = METRICS.iter().filter_map(|(name, unit, direction, standard_error)| {
            let metric = Metric { name: (*name).into(), unit: *unit, direction: *direction };
            Some(Score {
                column: table.column(name)?,
                standard_error: standard_error.and_then(|name| table.column(name)),
                metric: metrics.share(metric),
            })
        });
        let scores = scores.collect();
        let model = table.column("name").unwrap_or(0);
        Self { model, items: table.column("n_total"), scores, protocol: Arc::new(protocol(path)) }
    }

    fn read_row(&self, row: &[Cell], reading: &mut Reading) {
        let Some(model) = row.get(self.model).filter(|cell| !cell.text.is_empty()) else { return reading.no_model() };
        let model = ModelName::new(&*model.text);
        let items = self.items.and_then(|column| count(&row.get(column)?.text));
        for score in &self.scores {
            let Some(cell) = row.get(score.column) else { continue };
            let Some(value) = cell.score(score.metric.unit, reading) else { continue };
            let standard_error = score.standard_error.and_then(|column| row.get(column));
            let standard_error = standard_error.and_then(|cell| cell.score(score.metric.unit, reading));
            let provenance = reading.provenance(cell.place(), None);
            let (metric, protocol) = (Arc::clone(&score.metric), Arc::clone(&self.protocol));
            reading.records.push(Record {
                standard_error,
                items: Items { scored: items, total: None },
                ..Record::new(model.clone(), "AlpacaEval".into(), metric, value, protocol, provenance)
            });
        }
    }
}

fn protocol(path: &str) -> Protocol {
    let judge = names::stem(path).strip_suffix("_leaderboard");
    let baseline = BASELINES.iter().find(|(folder, _)| path.split('/').any(|part| part == *folder));
    Protocol::default()
        .with(Field::Harness, "alpaca_eval")
        .with_any(Field::Judge, judge)
        .with_any(Field::Baseline, baseline.map(|(_, baseline)| *baseline))
}

/// A whole number, also as pandas writes one beside missing values: `805.0`.
fn count(text: &str) -> Option<u64> {
    Value::parse(text)?.text().trim_end_matches('0').strip_suffix('.').unwrap_or(text).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing::{codes, only, read_text};

    #[test]
    fn each_win_rate_has_its_own_standard_error() {
        let text = ",win_rate,standard_error,n_wins,n_wins_base,n_draws,n_total,discrete_win_rate,mode,avg_length,\
            length_controlled_winrate,lc_standard_error\n\
            x-7b,76.9197,0.909,676,129,0,805,83.97,community,872,86.4578,0.1418\n";
        let reading = read_text("r/data_AlpacaEval_2/weighted_judge_leaderboard.csv", text);
        assert_eq!((codes(&reading).len(), reading.records.len()), (0, 4));
        let error =
            |metric| only(&reading, "AlpacaEval", metric).standard_error.as_ref().map(|it| it.text().to_owned());
        assert_eq!(error("win_rate").as_deref(), Some("0.909"));
        assert_eq!(error("length_controlled_winrate").as_deref(), Some("0.1418"));
        assert_eq!((error("discrete_win_rate"), error("avg_length")), (None, None));
        let record = only(&reading, "AlpacaEval", "win_rate");
        assert_eq!((record.items.scored, record.items.total, record.metric.unit), (Some(805), None, Unit::Percent));
        assert_eq!(record.protocol.get(Field::Judge), Some("weighted_judge"));
        assert_eq!(record.protocol.get(Field::Baseline), Some("gpt4_1106_preview"));
    }

    #[test]
    fn columns_move_and_the_generation_decides_the_baseline() {
        let text = ",n_total,win_rate,mode,standard_error\nx,805.0,50.0,minimal,0.0\ny,,1,dev,\n,1,1,,1\nz,1\n";
        for (folder, baseline) in
            [("data_AlpacaEval", Some("text_davinci_003")), ("data_AlpacaEval_3", None), ("results", None)]
        {
            let reading = read_text(&format!("{folder}/judge_leaderboard.csv"), text);
            assert_eq!(codes(&reading), ["ragged-row 5:1", "no-model"]);
            let [first, second] = &reading.records[..] else { panic!("{:?}", reading.records) };
            assert_eq!((first.items.scored, first.protocol.get(Field::Baseline)), (Some(805), baseline));
            assert_eq!((second.items.scored, &second.standard_error), (None, &None));
        }
        assert_eq!((count("805"), count("800"), count("800.00"), count("0.5"), count("-1")), {
            (Some(805), Some(800), Some(800), None, None)
        });
    }

    #[test]
    fn the_website_shows_names() {
        let text = "name,length_controlled_winrate,win_rate,avg_length,link,samples,filter\nX (7B),2,3.0,4,,,dev\n";
        let reading = read_text("data_AlpacaEval_2/judge_leaderboard.csv", text);
        assert_eq!(reading.records.len(), 3);
        let record = only(&reading, "AlpacaEval", "win_rate");
        assert_eq!((&*record.model.raw, record.value.text(), record.items.scored), ("X (7B)", "3.0", None));
    }

    #[test]
    fn judges_and_coefficients_are_no_models() {
        for text in [
            ",Human agreement,Price [$/1000 examples],# parsed,mode\njudge,70.9,14.4,2592,verified\n",
            ",np.tanh(std_delta_len),instruction_difficulty,not_gamed_baseline.astype(float)\nx,0,0,0\n",
        ] {
            assert_eq!(codes(&read_text("evaluators_leaderboard.csv", text)), ["no-scores"]);
        }
    }
}
