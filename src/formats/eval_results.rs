//! `.eval_results/*.yaml` in a model's repository on the Hugging Face Hub: one list of figures for benchmarks whose own
//! repositories define metric and unit.

use super::json::{Json, Look, Object};
use super::{Content, Format, Holds, Input, Reading, names};
use crate::record::{Date, Direction, Field, Metric, ModelName, Place, Protocol, Record, Reporter, Unit, WebUrl};
use std::sync::Arc;

pub struct EvalResults;

impl Format for EvalResults {
    fn name(&self) -> &'static str {
        "hf-eval-results"
    }

    fn title(&self) -> &'static str {
        ".eval_results of the Hugging Face Hub"
    }

    fn example(&self) -> &'static str {
        "<org>__<model>/.eval_results/gpqa.yaml"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let Content::Yaml(Json::Array(entries)) = &input.content else { return None };
        let first = entries.first()?.as_object()?;
        (first.contains_key("value") && first.object("dataset")?.text("id").is_some()).then_some(Holds::Scores)
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Content::Yaml(Json::Array(entries)) = &input.content else { return };
        let Some(model) = model(input.path) else { return reading.no_model() };
        let metric = Arc::new(Metric { name: "".into(), unit: Unit::Unknown, direction: Direction::Unknown });
        for (index, entry) in entries.iter().enumerate() {
            let place = format!("/{index}");
            let entry = entry.as_object();
            let Some((entry, dataset)) = entry.and_then(|entry| Some((entry, entry.object("dataset")?))) else {
                let problem = reading.warning("missing-key", format!("the entry at {place} names no dataset"));
                reading.diagnostics.push(problem.hint("it is left out"));
                continue;
            };
            read_entry(entry, dataset, &model, &metric, &place, reading);
        }
    }
}

/// The repository the file lies in: the folder above `.eval_results`, or a folder `org__name`.
fn model(path: &str) -> Option<ModelName> {
    let folder = names::folder(path)?;
    let repository = if folder == ".eval_results" { path.rsplit('/').nth(2)? } else { folder };
    let full = names::model_of_folder(repository);
    let short = (folder == ".eval_results" && !repository.is_empty()).then(|| repository.to_owned());
    full.or(short).map(ModelName::new)
}

fn read_entry(
    entry: &Object,
    dataset: &Object,
    model: &ModelName,
    metric: &Arc<Metric>,
    place: &str,
    reading: &mut Reading,
) {
    let Some(benchmark) = dataset.text("id") else {
        let problem = reading.warning("missing-key", format!("the entry at {place} has no id of its dataset"));
        return reading.diagnostics.push(problem.hint("it is left out"));
    };
    let place = format!("{place}/value");
    let Some(value) = reading.score(entry.get("value").unwrap_or(&Json::Null), &place) else { return };
    let date = entry.text("date").and_then(Date::parse);
    let url = entry.object("source").and_then(|source| WebUrl::parse(source.text("url")?).ok());
    if let Some(other) = url.as_ref().and_then(|url| other_model(url, model)) {
        let message =
            format!("the value at {place} was measured on {other}, says its source, and not on {}", model.raw);
        let problem = reading.warning("other-model", message);
        reading.diagnostics.push(problem.hint("it is read as stated; take the entry out if the figure was copied"));
    }
    let mut provenance = reading.provenance(Place::Pointer(place.into()), date);
    provenance.reporter = Reporter::Claimed;
    provenance.url = url;
    let protocol = Protocol::default().with_any(Field::DatasetRevision, dataset.text("revision"));
    let task = dataset.text("task_id").filter(|task| *task != benchmark);
    reading.records.push(Record {
        subset: task.map(Into::into),
        ..Record::new(model.clone(), benchmark.into(), Arc::clone(metric), value, Arc::new(protocol), provenance)
    });
}

/// The model's repository that an address leads to, if it is of another name.
fn other_model<'u>(url: &'u WebUrl, model: &ModelName) -> Option<&'u str> {
    let path = url.as_str().strip_prefix("https://huggingface.co/")?;
    let (organisation, rest) = path.split_once('/')?;
    let name = rest.split(['/', '?', '#']).next().filter(|name| !name.is_empty())?;
    let own = model.raw.rsplit('/').next().unwrap_or(&model.raw);
    let no_model =
        ["datasets", "spaces", "papers", "blog", "collections", "docs", "posts", "buckets"].contains(&organisation);
    (!no_model && !name.eq_ignore_ascii_case(own)).then(|| path.get(..organisation.len() + 1 + name.len())).flatten()
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::{codes, read_text};
    use crate::record::{Field, Reporter, Unit};

    const FILE: &str = "# another name.yaml\n- dataset: {id: o/gpqa, task_id: diamond, revision: abc}\n  value: 72.220\n  \
        date: \"2026-07-18\"\n  source: {url: https://huggingface.co/datasets/o/gpqa, user: u}\n  notes: Q2\n\
        - dataset: {id: o/gsm8k, task_id: o/gsm8k}\n  value: 0.96\n  source: {url: https://huggingface.co/o/big/blob/x}\n";

    #[test]
    fn figures_are_claims_about_the_repository() {
        let reading = read_text("m-2.0/.eval_results/gpqa.yaml", FILE);
        assert_eq!((codes(&reading), reading.origin.format), (vec!["other-model".to_owned()], "hf-eval-results"));
        assert!(reading.diagnostics.iter().next().unwrap().message.contains("measured on o/big"));
        let [first, second] = &reading.records[..] else { panic!() };
        assert_eq!(
            (&*first.model.raw, &*first.benchmark, first.subset.as_deref()),
            ("m-2.0", "o/gpqa", Some("diamond"))
        );
        assert_eq!((first.value.text(), first.metric.unit, &*first.metric.name), ("72.220", Unit::Unknown, ""));
        assert_eq!(first.protocol.get(Field::DatasetRevision), Some("abc"));
        let provenance = &first.provenance;
        assert_eq!((provenance.place.to_string().as_str(), provenance.reporter), ("/0/value", Reporter::Claimed));
        assert_eq!(provenance.date.as_ref().unwrap().as_str(), "2026-07-18");
        assert_eq!(provenance.url.as_ref().unwrap().as_str(), "https://huggingface.co/datasets/o/gpqa");
        assert_eq!(second.subset, None, "a task called like its dataset is the whole");
    }

    #[test]
    fn the_model_is_the_folder_of_the_repository() {
        for (path, model) in [("o__big/.eval_results/x.yaml", "o/big"), ("o__big/x.yaml", "o/big")] {
            let reading = read_text(path, FILE);
            assert_eq!((&*reading.records[0].model.raw, codes(&reading).len()), (model, 0), "{path}");
        }
        assert_eq!(codes(&read_text("spec/x.yaml", FILE)), ["no-model"]);
    }

    #[test]
    fn templates_and_hostile_entries_give_diagnostics() {
        let text =
            "- dataset: {id: a/b}\n  value: {metric_value}\n- 5\n- dataset: {id: 5}\n  value: 1\n- dataset: []\n";
        let codes = codes(&read_text("o__m/x.yaml", text));
        assert_eq!(codes, ["not-a-number", "missing-key", "missing-key", "missing-key", "no-scores"]);
    }
}
