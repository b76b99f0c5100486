//! Model cards of the Hugging Face Hub: the `model-index` in their YAML front matter.
//!
//! What a card says, its author claims. Units and directions are not in it: percent and fractions stand side by side.

use super::json::{self, Json, Look, Object};
use super::shared::Shared;
use super::{Content, Format, Holds, Input, Reading, lm_eval_table, names, written};
use crate::record::{Direction, Field, Metric, ModelName, Place, Protocol, Record, Reporter, Unit, Value, WebUrl};
use std::collections::HashMap;
use std::sync::Arc;

pub struct ModelCard;

impl Format for ModelCard {
    fn name(&self) -> &'static str {
        "model-index"
    }

    fn title(&self) -> &'static str {
        "model-index in model cards"
    }

    fn example(&self) -> &'static str {
        "<org>__<model>/README.md"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let Content::Markdown(markdown) = &input.content else { return None };
        // Most texts have none, and front matter is dear to parse.
        if !markdown.text.contains("model-index") {
            return None;
        }
        let Ok(matter) = markdown.front_matter()? else { return Some(Holds::Scores) };
        let index = matter.get("model-index")?;
        if entries(index).any(|(_, entry)| !results(entry).is_empty()) {
            return Some(Holds::Scores);
        }
        // Its text may have what the list lacks.
        let text_has = lm_eval_table::are_in(markdown);
        (!text_has).then_some(Holds::Nothing("the model-index of this model card has no results"))
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Content::Markdown(markdown) = &input.content else { return };
        let matter = match markdown.front_matter() {
            Some(Ok(matter)) => matter,
            Some(Err(broken)) => {
                let message = format!("the front matter is not YAML: {}", broken.reason);
                let problem = reading.error("broken-yaml", message).at(broken.position);
                return reading.diagnostics.push(problem.hint("copy the model card again from its repository"));
            }
            None => return,
        };
        let Some(index) = matter.get("model-index") else { return };
        let mut card = Card { metrics: Shared::new(), protocols: Shared::new() };
        let one = entries(index).count() == 1;
        for (number, entry) in entries(index) {
            let Some(model) = model(entry, input.path, one) else {
                reading.no_model();
                continue;
            };
            for (position, result) in results(entry).iter().enumerate() {
                let base = format!("/model-index/{number}/results/{position}");
                if let Some(result) = result.as_object() {
                    card.read_result(&model, result, &base, reading);
                }
            }
        }
    }
}

fn entries(index: &Json) -> impl Iterator<Item = (usize, &Object)> {
    let entries = index.as_array().into_iter().flatten().enumerate();
    entries.filter_map(|(number, entry)| Some((number, entry.as_object()?)))
}

fn results(entry: &Object) -> &[Json] {
    entry.get("results").and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

/// The name in a card often lacks the organisation, which the folder or the file may have.
fn model(entry: &Object, path: &str, one: bool) -> Option<ModelName> {
    let of_path = || {
        let folder = names::folder(path).and_then(names::model_of_folder);
        folder.or_else(|| names::model_of_folder(names::stem(path)))
    };
    let named = if one { of_path() } else { None };
    named.or_else(|| entry.text("name").map(str::to_owned)).map(ModelName::new)
}

struct Card {
    metrics: Shared<Metric>,
    protocols: Shared<Protocol>,
}

impl Card {
    fn read_result(&mut self, model: &ModelName, result: &Object, base: &str, reading: &mut Reading) {
        let dataset = result.object("dataset");
        let stated = |key| dataset.and_then(|dataset| dataset.scalar(key)).filter(|text| *text != "None");
        let Some(benchmark) = stated("name").or_else(|| stated("type")) else {
            let problem = reading.warning("missing-key", format!("the result at {base} names no dataset"));
            return reading.diagnostics.push(problem.hint("its scores are left out"));
        };
        let arguments = dataset.and_then(|dataset| dataset.get("args"));
        let subset =
            stated("config").or_else(|| arguments.and_then(Json::as_str)).filter(|subset| *subset != "default");
        let shots = arguments.and_then(Json::as_object).and_then(|arguments| arguments.scalar("num_few_shot"));
        let protocol = Protocol::default()
            .with_any(Field::Split, stated("split"))
            .with_any(Field::DatasetRevision, stated("revision"))
            .with_any(Field::Shots, shots);
        let protocol = self.protocols.share(protocol);
        let is_mteb = benchmark.starts_with("MTEB ") || stated("type").is_some_and(|kind| kind.starts_with("mteb/"));
        let url = result.object("source").and_then(|source| WebUrl::parse(source.text("url")?).ok());
        let mut types: HashMap<Option<&str>, usize> = HashMap::new();
        for (_, metric) in objects(result.get("metrics")) {
            *types.entry(metric.text("type")).or_default() += 1;
        }
        for (number, metric) in objects(result.get("metrics")) {
            let place = format!("{base}/metrics/{number}/value");
            let Some((value, unit)) = value(metric.get("value"), &place, reading) else { continue };
            let shared = types.get(&metric.text("type")).is_some_and(|count| *count > 1);
            let name = name(metric, shared);
            let in_percent = is_mteb && !name.ends_with("_threshold");
            let unit = unit.unwrap_or(if in_percent { Unit::Percent } else { Unit::Unknown });
            let metric_of_card = Metric { name: name.into(), unit, direction: Direction::Unknown };
            let mut provenance = reading.provenance(Place::Pointer(place.into()), None);
            let verified = metric.get("verified").and_then(Json::as_bool) == Some(true);
            provenance.reporter = if verified { Reporter::Measured } else { Reporter::Claimed };
            provenance.url.clone_from(&url);
            reading.records.push(Record {
                subset: subset.map(Into::into),
                ..Record::new(
                    model.clone(),
                    benchmark.into(),
                    self.metrics.share(metric_of_card),
                    value,
                    Arc::clone(&protocol),
                    provenance,
                )
            });
        }
    }
}

fn objects(list: Option<&Json>) -> impl Iterator<Item = (usize, &Object)> {
    let items = list.and_then(Json::as_array).into_iter().flatten().enumerate();
    items.filter_map(|(number, item)| Some((number, item.as_object()?)))
}

/// The type, unless it says nothing or several metrics of the result share it.
fn name(metric: &Object, shared: bool) -> &str {
    let kind = metric.text("type").filter(|kind| *kind != "unknown");
    let name = metric.text("name");
    if shared { name.or(kind) } else { kind.or(name) }.unwrap_or("")
}

/// A number, with its unit if it is written as `85%`. A missing one is left out in silence.
fn value(json: Option<&Json>, place: &str, reading: &mut Reading) -> Option<(Value, Option<Unit>)> {
    match json? {
        Json::Null => None,
        Json::String(text) if written::is_missing(text) => None,
        Json::String(text) if json::number(json?).is_none() && written::number(text).is_some() => written::number(text),
        json => Some((reading.score(json, place)?, None)),
    }
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::{codes, only, read_text};
    use crate::record::{Field, Reporter, Unit};

    const CARD: &str = "\n---\nlanguage: no\nmodel-index:\n- name: m\n  results:\n  - task: {type: text-generation}\n    \
        dataset: {name: ARC (25-Shot), type: ai2_arc, config: ARC-Challenge, split: test, revision: None, args: {num_few_shot: 25}}\n    \
        metrics:\n    - {type: acc_norm, value: 46.080, name: normalized accuracy, verified: true}\n    \
        source: {url: 'https://example.org/board', name: Board}\n  - dataset: {type: flores, args: eng ces}\n    metrics:\n    \
        - {type: bleu, value: '34.1'}\n    - {type: unknown, name: score, value: 85%}\n    - {type: runs, value: [1, 2]}\n    \
        - {type: gone, value: null}\n    - {type: acc, name: Val, value: 1}\n    - {type: acc, name: Test, value: 2}\n  \
        - metrics: [{type: acc, value: 1}]\n  - dataset: {name: MTEB X (en), type: mteb/x, config: default, revision: abc}\n    \
        metrics: [{type: f1, value: 68.09}, {type: cos_sim_threshold, value: 0.5}]\n---\n# m\n";

    #[test]
    fn a_result_is_claimed_and_leads_to_its_source() {
        let reading = read_text("README.md", CARD);
        assert_eq!(
            (codes(&reading), reading.origin.format),
            (vec!["not-a-number".to_owned(), "missing-key".to_owned()], "model-index")
        );
        let record = only(&reading, "ARC (25-Shot)", "acc_norm");
        assert_eq!((record.value.text(), record.metric.unit), ("46.080", Unit::Unknown));
        assert_eq!((&*record.model.raw, record.subset.as_deref()), ("m", Some("ARC-Challenge")));
        let field = |field| record.protocol.get(field);
        assert_eq!(
            (field(Field::Shots), field(Field::Split), field(Field::DatasetRevision)),
            (Some("25"), Some("test"), None)
        );
        assert_eq!(record.provenance.url.as_ref().unwrap().as_str(), "https://example.org/board");
        assert_eq!(record.provenance.place.to_string(), "/model-index/0/results/0/metrics/0/value");
        assert_eq!(record.provenance.reporter, Reporter::Measured, "verified by the Hub");
        assert_eq!(only(&reading, "flores", "bleu").provenance.reporter, Reporter::Claimed);
    }

    #[test]
    fn numbers_may_be_texts_and_metrics_may_need_their_names() {
        let reading = read_text("README.md", CARD);
        let bleu = only(&reading, "flores", "bleu");
        assert_eq!((bleu.value.text(), bleu.subset.as_deref()), ("34.1", Some("eng ces")), "arguments may be a text");
        let score = only(&reading, "flores", "score");
        assert_eq!((score.value.text(), score.metric.unit), ("85", Unit::Percent));
        assert_eq!(only(&reading, "flores", "Test").value.text(), "2");
        assert_eq!(reading.records.len(), 7);
    }

    #[test]
    fn cards_of_mteb_are_in_percent() {
        let reading = read_text("README.md", CARD);
        let f1 = only(&reading, "MTEB X (en)", "f1");
        assert_eq!(
            (f1.metric.unit, f1.subset.as_ref(), f1.protocol.get(Field::DatasetRevision)),
            (Unit::Percent, None, Some("abc"))
        );
        assert_eq!(only(&reading, "MTEB X (en)", "cos_sim_threshold").metric.unit, Unit::Unknown);
    }

    #[test]
    fn the_folder_or_the_file_names_the_repository() {
        for path in ["org__m/README.md", "cards/org__m.md"] {
            assert_eq!(&*read_text(path, CARD).records[0].model.raw, "org/m", "{path}");
        }
        let two = "---\nmodel-index:\n- {name: a, results: [{dataset: {name: d}, metrics: [{type: t, value: 1}]}]}\n\
            - {name: b, results: [{dataset: {name: d}, metrics: [{type: t, value: 2}]}]}\n- {results: [5]}\n---\n";
        let reading = read_text("org__m/README.md", two);
        let models: Vec<_> = reading.records.iter().map(|record| &*record.model.raw).collect();
        assert_eq!((models, codes(&reading)), (vec!["a", "b"], vec!["no-model".to_owned()]));
    }

    #[test]
    fn empty_broken_and_other_cards_say_so() {
        let card = |matter: &str| codes(&read_text("README.md", &format!("---\n{matter}\n---\n# x\n")));
        assert_eq!(card("model-index:\n- name: m\n  results: []"), ["no-scores"]);
        assert_eq!(card("model-index: 5"), ["no-scores"]);
        let table = "model-index: []\n---\n|Task|Version|Metric|Value| |Stderr|\n|-|-|-|-|-|-|\n|t|0|acc|0.5|±|0.1|";
        assert_eq!(read_text("m.md", &format!("---\n{table}\n")).origin.format, "lm-eval-table");
        assert_eq!(card("model-index: ["), ["broken-yaml 3:1"]);
        assert_eq!(card("tags: [model-index]"), ["unrecognised-result-file"]);
    }
}
