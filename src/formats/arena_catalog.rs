//! LMArena's catalog: ratings with 95 % bounds for each category of an arena, and the leader of each day and category.
//!
//! Which arena a catalog is about stands in its name alone (`leaderboard-vision.json`). Categories rate different votes:
//! each is a subset of its own.

use super::json::{self, Json, Look, Object};
use super::shared::Shared;
use super::{Content, Format, Holds, Input, Reading, names};
use crate::record::{Date, Direction, Interval, Metric, ModelName, Place, Protocol, Record, Unit, Value};
use std::sync::Arc;

pub struct ArenaCatalog;

const LOW: &str = "rating_q025";
const HIGH: &str = "rating_q975";

impl Format for ArenaCatalog {
    fn name(&self) -> &'static str {
        "arena-catalog"
    }

    fn title(&self) -> &'static str {
        "LMArena catalog JSON"
    }

    fn example(&self) -> &'static str {
        "leaderboard-text.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        match &input.content {
            Content::Json(Json::Object(root)) => {
                let ratings = root.values().filter_map(Json::as_object).find_map(|models| models.values().next());
                ratings.is_some_and(is_rating).then_some(Holds::Scores)
            }
            Content::Json(Json::Array(rows)) => {
                let first = rows.first()?.as_object()?;
                let all = |keys: &[&str]| keys.iter().all(|key| first.contains_key(*key));
                if all(&["model_api_name", "input_token_price", "output_token_price"]) {
                    return Some(Holds::Nothing("prices of models are no scores"));
                }
                all(&["date", "category", "max_elo", "max_model"]).then_some(Holds::Scores)
            }
            _ => None,
        }
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let arena = names::stem(input.path).strip_prefix("leaderboard-").unwrap_or("");
        let mut ratings = Ratings::new();
        match &input.content {
            Content::Json(Json::Object(root)) => ratings.read_catalog(root, arena, reading),
            Content::Json(Json::Array(rows)) => ratings.read_leaders(rows, reading),
            _ => {}
        }
    }
}

fn is_rating(json: &Json) -> bool {
    json.as_object().is_some_and(|rating| rating.keys().eq(["rating", LOW, HIGH]))
}

/// What the ratings of one file have in common.
struct Ratings {
    metric: Arc<Metric>,
    protocol: Arc<Protocol>,
    level: Option<Value>,
    texts: Shared<str>,
}

impl Ratings {
    fn new() -> Self {
        let metric = Metric { name: "rating".into(), unit: Unit::Elo, direction: Direction::Higher };
        let (metric, protocol) = (Arc::new(metric), Arc::default());
        Self { metric, protocol, level: Value::parse("0.95"), texts: Shared::new() }
    }

    fn record(
        &mut self,
        model: &str,
        arena: &str,
        category: &str,
        value: Value,
        (pointer, date): (Box<str>, Option<Date>),
        reading: &Reading,
    ) -> Record {
        let benchmark = ["Chatbot Arena", arena].join(" ");
        let benchmark = self.texts.share(benchmark.trim_end());
        let provenance = reading.provenance(Place::Pointer(pointer), date);
        let (metric, protocol) = (Arc::clone(&self.metric), Arc::clone(&self.protocol));
        Record {
            subset: Some(category).filter(|name| !name.is_empty()).map(|name| self.texts.share(name)),
            ..Record::new(ModelName::new(model), benchmark, metric, value, protocol, provenance)
        }
    }

    /// Category → model → rating with bounds.
    fn read_catalog(&mut self, root: &Object, arena: &str, reading: &mut Reading) {
        for (category, models) in root {
            for (model, rating) in models.as_object().into_iter().flatten() {
                let pointer = json::pointer([category, model, "rating"]);
                let stated = rating.as_object();
                let value = stated.and_then(|rating| rating.get("rating")).unwrap_or(&Json::Null);
                let Some(value) = reading.score(value, &pointer) else { continue };
                let bound = |key| stated?.get(key).and_then(json::number);
                let interval = Option::zip(bound(LOW), bound(HIGH)).map(|(low, high)| Interval {
                    low,
                    high,
                    level: self.level.clone(),
                });
                let record = self.record(model, arena, category, value, (pointer, None), reading);
                reading.records.push(Record { interval: interval.map(Arc::new), ..record });
            }
        }
    }

    /// The best model of each day and category.
    fn read_leaders(&mut self, rows: &[Json], reading: &mut Reading) {
        for (index, row) in rows.iter().enumerate() {
            let index = index.to_string();
            let pointer = json::pointer([index.as_str(), "max_elo"]);
            let empty = Object::new();
            let row = row.as_object().unwrap_or(&empty);
            let Some(value) = reading.score(row.get("max_elo").unwrap_or(&Json::Null), &pointer) else { continue };
            let Some(model) = row.text("max_model") else {
                reading.no_model();
                continue;
            };
            let (arena, category) = arena_and_category(row.text("category").unwrap_or(""));
            let date = row.text("date").and_then(Date::parse);
            let record = self.record(model, &arena, category, value, (pointer, date), reading);
            reading.records.push(record);
        }
    }
}

/// Arena and category of a name that joins them, called as in the catalog: `vision_hard_6_style_control` is `hard_6` of
/// `vision-style-control`.
fn arena_and_category(joined: &str) -> (String, &str) {
    let (arena, category) = joined.split_once('_').unwrap_or(("", joined));
    match category.strip_suffix("_style_control") {
        Some(category) => (format!("{arena}-style-control"), category),
        None => (arena.to_owned(), category),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing::{codes, read_text};

    #[test]
    fn categories_are_subsets_and_bounds_an_interval() {
        let text = r#"{"full": {"x (new)": {"rating": 1234.50, "rating_q975": 1240, "rating_q025": 1229.5},
            "y": {"rating": "high", "rating_q975": 1, "rating_q025": 1}, "z": 5},
            "chinese": {"x (new)": {"rating": 1, "rating_q975": null, "rating_q025": 0}}, "empty": {}, "odd": []}"#;
        let reading = read_text("data/arena-catalog/leaderboard-text-style-control.json", text);
        assert_eq!(codes(&reading), ["not-a-number"; 2]);
        let [other, record] = &reading.records[..] else { panic!("{:?}", reading.records) };
        assert_eq!((&*record.benchmark, record.subset.as_deref()), ("Chatbot Arena text-style-control", Some("full")));
        assert_eq!((&*record.model.raw, record.value.text(), record.metric.unit), ("x (new)", "1234.50", Unit::Elo));
        let interval = record.interval.as_ref().unwrap();
        assert_eq!((interval.low.text(), interval.high.text()), ("1229.5", "1240"));
        assert_eq!(interval.level.as_ref().unwrap().text(), "0.95");
        assert_eq!(record.provenance.place.to_string(), "/full/x (new)/rating");
        assert_eq!((other.subset.as_deref(), &other.interval), (Some("chinese"), &None));
    }

    #[test]
    fn leaders_have_arena_category_and_date_of_their_own() {
        let text = r#"[{"date": "2024-06-29", "category": "text_hard_6_style_control", "max_elo": 1287.4, "max_model": "x"},
            {"date": "?", "category": "full", "max_elo": 1, "max_model": "x"}, {"max_elo": 2}, 5]"#;
        let reading = read_text("elo_data.json", text);
        let found: Vec<_> = (reading.records.iter())
            .map(|it| format!("{} {:?} {:?}", it.benchmark, it.subset.as_deref(), it.provenance.date))
            .collect();
        let first = r#"Chatbot Arena text-style-control Some("hard_6") Some(Date("2024-06-29"))"#;
        assert_eq!(found, [first, r#"Chatbot Arena Some("full") None"#]);
        assert_eq!(codes(&reading), ["no-model", "not-a-number"]);
    }

    #[test]
    fn prices_are_no_scores() {
        let text = r#"[{"model_api_name": "x", "input_token_price": "2.5", "output_token_price": "10"}]"#;
        assert_eq!(codes(&read_text("scatterplot-data.json", text)), ["no-scores"]);
        for text in [r#"{"a": {"b": {"rating": 1}}}"#, r#"{"a": {}}"#, "[5]"] {
            assert_eq!(codes(&read_text("x.json", text)), ["unrecognised-result-file"], "{text}");
        }
    }
}
