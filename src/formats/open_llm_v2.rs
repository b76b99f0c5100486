//! The harness fork of the Open LLM Leaderboard, version 2: regression files, whose results are nested by group.
//!
//! The runs that the leaderboard published are ordinary lm-evaluation-harness files.

use super::json::{self, Json, Look, Object};
use super::lm_eval;
use super::shared::Shared;
use super::{Format, Holds, Input, Reading, names};
use crate::record::{Date, Direction, Field, Items, Metric, ModelName, Place, Protocol, Record};

pub struct OpenLlmV2;

impl Format for OpenLlmV2 {
    fn name(&self) -> &'static str {
        "open-llm-v2"
    }

    fn title(&self) -> &'static str {
        "Open LLM Leaderboard v2 regression files"
    }

    fn example(&self) -> &'static str {
        "testconfigs/<model>-samples_10-chat-gpu.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let root = input.object()?;
        ["params", "tasks", "n_samples"].iter().all(|key| root.get(*key).is_some_and(Json::is_object)).then_some(())?;
        match root.object("results") {
            Some(_) => Some(Holds::Scores),
            None => Some(Holds::Nothing("this describes a run of the leaderboard's harness and has no results")),
        }
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Some(root) = input.object() else { return };
        let Some((params, results)) = root.object("params").zip(root.object("results")) else { return };
        let Some(model) = lm_eval::model_of(Some(params), input.path) else { return reading.no_model() };
        let mut run = Run {
            root,
            model,
            protocol: protocol(params),
            date: names::date_with_dashes(input.path),
            metrics: Shared::new(),
            protocols: Shared::new(),
        };
        for (key, value) in results {
            let Some(value) = value.as_object() else { continue };
            if value.values().any(Json::is_object) {
                for (task, scores) in value {
                    run.read_task(&[key, task], scores, reading);
                }
            } else {
                run.read_scores(&[key], value, reading);
            }
        }
    }
}

fn protocol(params: &Object) -> Protocol {
    let flags = ["chat_template", "apply_chat_template"].map(|key| params.get(key).and_then(Json::as_bool));
    // Some files contradict themselves.
    let template = match flags {
        [Some(one), Some(other)] if one != other => None,
        [one, other] => one.or(other),
    };
    let template = template.map(|applied| if applied { "yes" } else { "no" });
    Protocol::default().with(Field::Harness, "lm-evaluation-harness").with_any(Field::ChatTemplate, template)
}

struct Run<'a> {
    root: &'a Object,
    model: ModelName,
    protocol: Protocol,
    date: Option<Date>,
    metrics: Shared<Metric>,
    protocols: Shared<Protocol>,
}

impl<'a> Run<'a> {
    fn read_task(&mut self, path: &[&str], scores: &Json, reading: &mut Reading) {
        match scores.as_object() {
            Some(scores) => self.read_scores(path, scores, reading),
            None => {
                let problem = reading.warning("unreadable-task", format!("{:?} is not an object of scores", path));
                reading.diagnostics.push(problem.hint("it is left out"));
            }
        }
    }

    /// `path` leads to the row: a task, or a group and a task, which is the group itself in its average.
    fn read_scores(&mut self, path: &[&str], scores: &Object, reading: &mut Reading) {
        let Some(task) = path.last() else { return };
        let protocol = self.task_protocol(path);
        for (key, score) in scores {
            let Some((metric, filter)) = key.rsplit_once(',').filter(|(metric, _)| !metric.ends_with("_stderr")) else {
                continue;
            };
            let pointer = json::pointer(["results"].iter().chain(path).copied().chain([key.as_str()]));
            let Some(value) = reading.score(score, &pointer) else { continue };
            let unit = lm_eval::unit(metric);
            let metric_of_run = Metric { name: metric.into(), unit, direction: Direction::Unknown };
            let error = scores.get(&format!("{metric}_stderr,{filter}")).and_then(json::number);
            let provenance = reading.provenance(Place::Pointer(pointer), self.date.clone());
            reading.records.push(Record {
                standard_error: error.filter(|error| !error.is_missing()),
                items: self.items(path),
                aggregate: matches!(path, [group, task] if group == task),
                ..Record::new(
                    self.model.clone(),
                    (*task).into(),
                    self.metrics.share(metric_of_run),
                    value,
                    self.protocols.share(protocol.clone().with(Field::Filter, filter)),
                    provenance,
                )
            });
        }
    }

    /// What `part` of the file says of a row; nothing of a group's average.
    fn of(&self, part: &str, path: &[&str]) -> Option<&'a Json> {
        let part = self.root.object(part)?;
        match path {
            [group, task] if group == task => None,
            [group, task] => part.object(group)?.get(*task),
            _ => part.get(*path.first()?),
        }
    }

    fn task_protocol(&self, path: &[&str]) -> Protocol {
        let config = self.of("tasks", path).and_then(Json::as_object);
        // Number of examples and limit may stand at the group.
        let group = path.first().and_then(|group| self.root.object("tasks")?.object(group));
        let stated = |key| config.and_then(|config| config.scalar(key)).or_else(|| group?.scalar(key));
        let text = |key| config.and_then(|config| config.text(key));
        self.protocol
            .clone()
            .with_any(Field::BenchmarkVersion, self.of("versions", path).and_then(json::scalar))
            .with_any(Field::Shots, stated("num_fewshot"))
            .with_any(Field::Limit, stated("limit"))
            .with_any(Field::Split, text("test_split").or_else(|| text("validation_split")))
            .with_any(Field::Mode, text("output_type"))
    }

    fn items(&self, path: &[&str]) -> Items {
        let samples = self.of("n_samples", path).and_then(Json::as_object);
        let count = |key| samples.and_then(|samples| samples.get(key)).and_then(json::count);
        Items { scored: count("effective"), total: count("original") }
    }
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::{codes, only, read_text};
    use crate::record::{Field, Part};

    const RUN: &str = r#"{
      "params": {"name": "Phi - 10 samples", "model": "hf", "model_args": "pretrained=org/m,dtype=bfloat16",
        "model_revision": "main", "model_sha": "abc", "chat_template": true, "apply_chat_template": false},
      "tasks": {"mmlu_pro": {"limit": 10, "num_fewshot": 5, "test_split": "test"},
        "bbh": {"limit": 1, "num_fewshot": 3, "bbh_snarks": {"output_type": "multiple_choice"}}},
      "results": {"mmlu_pro": {"acc,none": 0.60, "acc_stderr,none": 0.16},
        "bbh": {"bbh": {"acc_norm,none": 0.5, "acc_norm_stderr,none": "N/A"}, "bbh_snarks": {"acc_norm,none": 1.0}, "x": 5}},
      "n_samples": {"mmlu_pro": {"effective": 10, "original": 12032}, "bbh": {"bbh_snarks": {"effective": 1, "original": 178}}},
      "versions": {"mmlu_pro": 0.1, "bbh": {"bbh_snarks": 0.0}}}"#;

    #[test]
    fn results_are_nested_by_group_and_the_groups_own_row_is_its_average() {
        let reading = read_text("x.json", RUN);
        assert_eq!((codes(&reading), reading.origin.format), (vec!["unreadable-task".to_owned()], "open-llm-v2"));
        let (flat, group, member) = (
            only(&reading, "mmlu_pro", "acc"),
            only(&reading, "bbh", "acc_norm"),
            only(&reading, "bbh_snarks", "acc_norm"),
        );
        assert_eq!((flat.value.text(), flat.aggregate, flat.items.partial()), ("0.60", false, Some(true)));
        assert_eq!(flat.standard_error.as_ref().unwrap().text(), "0.16");
        assert_eq!((group.aggregate, group.standard_error.as_ref(), group.items.scored), (true, None, None));
        assert_eq!((member.aggregate, member.items.total), (false, Some(178)));
        assert_eq!(member.provenance.place.to_string(), "/results/bbh/bbh_snarks/acc_norm,none");
        let field = |field| member.protocol.get(field);
        assert_eq!(
            (field(Field::Shots), field(Field::Limit), field(Field::BenchmarkVersion)),
            (Some("3"), Some("1"), Some("0.0"))
        );
        assert_eq!(field(Field::Mode), Some("multiple_choice"));
    }

    #[test]
    fn the_label_is_not_the_model_and_a_contradiction_is_unknown() {
        let reading = read_text("x.json", RUN);
        let record = &reading.records[0];
        assert_eq!((&*record.model.raw, record.model.get(Part::Revision)), ("org/m", Some("abc")));
        assert_eq!(record.model.get(Part::Precision), Some("bfloat16"));
        assert_eq!(record.protocol.get(Field::ChatTemplate), None);
        let agreed = RUN.replace("\"apply_chat_template\": false", "\"apply_chat_template\": true");
        assert_eq!(read_text("x.json", &agreed).records[0].protocol.get(Field::ChatTemplate), Some("yes"));
    }

    #[test]
    fn a_description_without_results_and_hostile_files_say_so() {
        let text = r#"{"params": {}, "tasks": {}, "n_samples": {}}"#;
        assert_eq!(codes(&read_text("x.json", text)), ["no-scores"]);
        let text = r#"{"params": {"model": "hf", "model_args": 5}, "tasks": {"a": 1}, "n_samples": {"a": []}, "results": {"a": {"acc,none": 1}}}"#;
        assert_eq!(codes(&read_text("x.json", text)), ["no-model"]);
        assert_eq!(read_text("a__b/x.json", text).records.len(), 1);
    }
}
