//! The scores inside an MTEB file, whatever its layout: split → entries, one for each subset → metrics.

use crate::formats::Reading;
use crate::formats::json::{self, Json, Look, Object};
use crate::record::Value;

/// The metrics of one subset of one split.
pub struct Entry<'a> {
    pub subset: Option<&'a str>,
    metrics: &'a Object,
    /// The keys that lead to the metrics.
    keys: Vec<String>,
}

/// One metric of an entry.
pub struct Score<'a> {
    pub metric: String,
    pub json: &'a Json,
    pub pointer: String,
    pub standard_error: Option<Value>,
}

/// Keys beside the splits of an old file.
const ABOUT_THE_FILE: [&str; 3] = ["scores", "evaluation_phases", "evaluation_time"];

/// Objects among the metrics of an old entry that hold the metrics of one way to compare embeddings.
pub const COMPARISONS: [&str; 7] = ["cos_sim", "cosine", "dot", "euclidean", "manhattan", "max", "similarity"];

/// Numbers that are about the run or the machine.
const NOT_SCORES: [&str; 5] = ["evaluation_time", "num_gpus", "physical_cores", "total_cores", "kg_co2_emissions"];

/// Texts that are about the entry or the machine, and may look like numbers.
pub const FACTS: [&str; 8] = [
    "hf_subset",
    "mteb_version",
    "architecture",
    "platform",
    "platform_release",
    "platform_version",
    "processor",
    "ram",
];

/// Split and entries, of the current layout (`scores`: split → list) or of an old one (splits beside `mteb_version`,
/// each with its metrics or with one object of metrics for each language).
pub fn splits<'a>(root: &'a Object, reading: &mut Reading) -> Vec<(&'a str, Vec<Entry<'a>>)> {
    if let Some(scores) = root.object("scores") {
        return scores.iter().map(|(split, entries)| (split.as_str(), listed(split, entries, reading))).collect();
    }
    let splits = root.iter().filter(|(key, _)| !ABOUT_THE_FILE.contains(&key.as_str()));
    splits.filter_map(|(split, value)| Some((split.as_str(), by_language(split, value.as_object()?)))).collect()
}

fn listed<'a>(split: &str, entries: &'a Json, reading: &mut Reading) -> Vec<Entry<'a>> {
    if !entries.is_array() && !entries.is_null() {
        // It says what is there instead.
        reading.score(entries, &json::pointer(["scores", split]));
    }
    let entries = entries.as_array().into_iter().flatten().enumerate();
    entries
        .filter_map(|(index, entry)| {
            let metrics = entry.as_object()?;
            let keys = vec!["scores".to_owned(), split.to_owned(), index.to_string()];
            Some(Entry { subset: metrics.text("hf_subset"), metrics, keys })
        })
        .collect()
}

/// The languages of a split, or the split itself: an object among its metrics that has no metric is a detail.
fn by_language<'a>(split: &str, value: &'a Object) -> Vec<Entry<'a>> {
    let has_metrics = |metrics: &Object| {
        metrics.iter().any(|(key, json)| {
            let compares = json.is_object() && COMPARISONS.contains(&key.as_str());
            compares || json::number(json).is_some() && !NOT_SCORES.contains(&key.as_str())
        })
    };
    let languages = value.iter().filter(|(key, _)| !COMPARISONS.contains(&key.as_str()));
    let mut entries: Vec<_> = languages
        .filter_map(|(language, metrics)| {
            let metrics = metrics.as_object().filter(|metrics| has_metrics(metrics))?;
            Some(Entry { subset: Some(language), metrics, keys: vec![split.to_owned(), language.clone()] })
        })
        .collect();
    if has_metrics(value) || entries.is_empty() {
        entries.push(Entry { subset: None, metrics: value, keys: vec![split.to_owned()] });
    }
    entries
}

impl<'a> Entry<'a> {
    /// Every metric, `main_score` included. Lists and texts are details or facts about the machine, and a score of
    /// null was not computed: they are passed over.
    pub fn scores(&self) -> Vec<Score<'a>> {
        let mut scores = Vec::new();
        for (key, json) in self.metrics {
            match json {
                Json::Object(nested) if COMPARISONS.contains(&key.as_str()) => {
                    let prefix = format!("{key}_");
                    scores.extend(nested.iter().filter_map(|(inner, json)| {
                        self.score(
                            &format!("{prefix}{inner}"),
                            json,
                            nested.get(&format!("{inner}_stderr")),
                            &[key, inner],
                        )
                    }));
                }
                _ => scores.extend(self.score(key, json, self.metrics.get(&format!("{key}_stderr")), &[key])),
            }
        }
        if !self.metrics.contains_key("main_score") {
            scores.extend(main_score(&scores));
        }
        scores
    }

    fn score(&self, metric: &str, json: &'a Json, error: Option<&Json>, keys: &[&str]) -> Option<Score<'a>> {
        let passed_over = is_passed_over(metric)
            || metric != "main_score" && json::number(json).is_none() && !looks_like_a_number(metric, json)
            || json.is_null();
        if passed_over {
            return None;
        }
        let keys = self.keys.iter().map(String::as_str).chain(keys.iter().copied());
        let standard_error = error.and_then(json::number).filter(|error| !error.is_missing());
        Some(Score { metric: metric.to_owned(), json, pointer: json::pointer(keys).into(), standard_error })
    }
}

/// Whether a key is no metric that is read, whatever its value.
pub fn is_passed_over(key: &str) -> bool {
    let about_abstention = || key.as_bytes().windows(5).any(|part| part.eq_ignore_ascii_case(b"nauc_"));
    NOT_SCORES.contains(&key) || key.ends_with("_stderr") || about_abstention()
}

/// Whether a text says a number where a score would stand. It is reported, for it is none.
fn looks_like_a_number(metric: &str, json: &Json) -> bool {
    json.as_str().is_some_and(|text| !FACTS.contains(&metric) && Value::parse(text).is_some())
}

/// The `main_score` of a file that has none: the main metric of the type of task that these metrics belong to. Only
/// bitext mining has precision and recall beside its f1; in classification, accuracy comes first.
fn main_score<'a>(scores: &[Score<'a>]) -> Option<Score<'a>> {
    let find = |metric: &str| scores.iter().find(|score| score.metric == metric);
    let first = |metrics: &[&str]| metrics.iter().find_map(|metric| find(metric));
    let with = |main: &str, others: &[&str]| find(main).filter(|_| others.iter().all(|other| find(other).is_some()));
    let main =
        first(&["ndcg_at_10", "v_measure", "max_ap", "cosine_ap", "cos_sim_ap", "cosine_spearman", "cos_sim_spearman"])
            .or_else(|| with("map", &["mrr"]))
            .or_else(|| with("f1", &["precision", "recall"]))
            .or_else(|| with("accuracy", &["f1"]))?;
    Some(Score {
        metric: "main_score".into(),
        json: main.json,
        pointer: main.pointer.clone(),
        standard_error: main.standard_error.clone(),
    })
}
