//! The scores of the samples: numbers, or letters whose numbers the log's reductions show.

use super::{Log, metric};
use crate::formats::Reading;
use crate::formats::json::{self, Json, Look, Object};
use crate::record::{Field, ItemScores, Metric, Place};
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Default)]
pub struct Samples<'a> {
    scores: BTreeMap<&'a str, Vec<Score<'a>>>,
    /// Scorer → sample → what the log's reducer made of its epochs.
    reduced: BTreeMap<&'a str, BTreeMap<&'a str, &'a Json>>,
}

struct Score<'a> {
    sample: &'a str,
    value: &'a Json,
    pointer: String,
}

impl<'a> Samples<'a> {
    /// Adds a list of samples, or of their summaries, that stands at `pointer`.
    pub fn add(&mut self, list: Option<&'a Json>, pointer: &str) {
        for (index, sample) in list.and_then(Json::as_array).into_iter().flatten().enumerate() {
            let Some(id) = sample.get("id").and_then(json::scalar) else { continue };
            for (scorer, score) in sample.get("scores").and_then(Json::as_object).into_iter().flatten() {
                let Some(value) = score.get("value") else { continue };
                let pointer = format!("{pointer}/{index}{}", json::pointer(["scores", scorer, "value"]));
                self.scores.entry(scorer).or_default().push(Score { sample: id, value, pointer });
            }
        }
    }

    /// Adds the log's reductions; of several by one scorer the first counts.
    pub fn reduce(&mut self, list: Option<&'a Json>) {
        for reduction in list.and_then(Json::as_array).into_iter().flatten() {
            let Some(scorer) = reduction.as_object().and_then(|reduction| reduction.text("scorer")) else { continue };
            if self.reduced.contains_key(scorer) {
                continue;
            }
            let samples = reduction.get("samples").and_then(Json::as_array).into_iter().flatten();
            let values =
                samples.filter_map(|sample| Some((json::scalar(sample.get("sample_id")?)?, sample.get("value")?)));
            self.reduced.insert(scorer, values.collect());
        }
    }

    /// Appends the items of every scorer to the reading.
    pub fn read(&self, log: &Log, scores: &[Json], reading: &mut Reading) {
        let mut scorers: Vec<_> = self.scores.keys().chain(self.reduced.keys()).copied().collect();
        scorers.sort_unstable();
        scorers.dedup();
        // Of two scores of one name the first counts.
        let scores = scores.iter().rev().filter_map(Json::as_object);
        let scores: BTreeMap<_, _> = scores.filter_map(|score| Some((score.text("name")?, score))).collect();
        for scorer in scorers {
            let score = scores.get(scorer).copied();
            let protocol = match score {
                Some(score) => log.protocol_of(score),
                None => log.protocol.clone().with(Field::Filter, scorer),
            };
            let (values, unread) = self.values(scorer);
            let place = values.first().map_or("", |(_, _, pointer)| pointer);
            let place = Place::Pointer(format!("{}{place}", if place.is_empty() { log.base } else { "" }).into());
            let mut items = ItemScores::new(
                log.model.clone(),
                Arc::clone(&log.benchmark),
                None,
                Arc::new(item_metric(scorer, score)),
                Arc::new(protocol),
                reading.provenance(place, log.date.clone()),
            );
            values.iter().for_each(|(sample, value, _)| items.push(sample, *value));
            if !items.is_empty() {
                reading.items.push(items);
            }
            if let Some(example) = unread.first() {
                let message = format!(
                    "{} sample scores of {scorer:?} are no numbers, such as {}, and the log does not say which they stand for",
                    unread.len(),
                    json::quote(example)
                );
                let problem = reading.warning("not-a-number", message);
                reading.diagnostics.push(problem.hint("they are left out; the log's own results are read"));
            }
        }
    }

    /// Sample, number and place of what can be read, and what cannot.
    fn values(&self, scorer: &str) -> (Vec<(&'a str, f64, &str)>, Vec<&'a Json>) {
        let (mut values, mut unread) = (Vec::new(), Vec::new());
        let Some(scores) = self.scores.get(scorer) else {
            let reduced = self.reduced.get(scorer).into_iter().flatten();
            for (sample, value) in reduced {
                match number(value) {
                    Some(number) => values.push((*sample, number, "")),
                    None => unread.push(*value),
                }
            }
            return (values, unread);
        };
        let letters = self.letters(scorer, scores);
        for score in scores {
            let letter = || letters.get(score.value.as_str()?).copied().flatten();
            match number(score.value).or_else(letter) {
                Some(number) => values.push((score.sample, number, &score.pointer)),
                None => unread.push(score.value),
            }
        }
        (values, unread)
    }

    /// Which number each letter stands for: that to which samples of this letter alone were reduced. `None` where two
    /// samples disagree.
    fn letters(&self, scorer: &str, scores: &[Score<'a>]) -> BTreeMap<&'a str, Option<f64>> {
        let mut of_sample: BTreeMap<&str, Option<&'a str>> = BTreeMap::new();
        for score in scores {
            let letter = score.value.as_str();
            let seen = of_sample.entry(score.sample).or_insert(letter);
            *seen = seen.filter(|seen| letter == Some(*seen));
        }
        let mut letters = BTreeMap::new();
        for (sample, value) in self.reduced.get(scorer).into_iter().flatten() {
            let (Some(Some(letter)), Some(number)) = (of_sample.get(sample), number(value)) else { continue };
            let known = letters.entry(*letter).or_insert(Some(number));
            *known = known.filter(|known| *known == number);
        }
        letters
    }
}

fn number(json: &Json) -> Option<f64> {
    json.as_bool().map(|truth| f64::from(u8::from(truth))).or_else(|| json::number(json)?.finite())
}

/// The metric that is the mean of the items, if the scorer has one.
fn item_metric(scorer: &str, score: Option<&Object>) -> Metric {
    let metrics = score.and_then(|score| score.object("metrics"));
    let mean = ["accuracy", "mean"].into_iter().find(|key| metrics.is_some_and(|metrics| metrics.contains_key(*key)));
    metric(mean.unwrap_or(scorer))
}
