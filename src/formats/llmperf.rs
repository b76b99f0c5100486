//! Ray's LLMPerf: the summary of a run. The times of single requests, which it writes beside, have neither a model nor
//! prompts that could be told apart, so nothing is read from them.

use super::json::{self, Json, Look, Object};
use super::shared::Shared;
use super::{Content, Format, Holds, Input, Reading};
use crate::record::{Direction, Field, Items, Metric, ModelName, Part, Place, Protocol, Record, Unit};
use std::sync::Arc;

pub struct LlmPerf;

impl Format for LlmPerf {
    fn name(&self) -> &'static str {
        "llmperf"
    }

    fn title(&self) -> &'static str {
        "LLMPerf summaries"
    }

    fn example(&self) -> &'static str {
        "<model>_550_150_summary.json"
    }

    fn recognises(&self, input: &Input) -> Option<Holds> {
        let digest = Holds::Nothing("this digest of LLMPerf runs does not name its model");
        match &input.content {
            Content::Json(Json::Array(requests)) => {
                let first = requests.first()?.as_object()?;
                let request =
                    ["error_code", "ttft_s", "end_to_end_latency_s"].iter().all(|key| first.contains_key(*key));
                request.then(|| beside_summary(input))
            }
            Content::Json(Json::Object(root)) if root.keys().any(|key| key.starts_with("results_ttft_s_")) => {
                Some(Holds::Scores)
            }
            Content::Json(Json::Object(root)) => {
                let keys = ["concurrency", "mean_input_token_length", "mean_output_token_length"];
                keys.iter().all(|key| root.contains_key(*key)).then_some(digest)
            }
            Content::Csv(csv) => {
                let second = input.text.lines().nth(1).is_some_and(|line| line.starts_with("concurrency,"));
                (second && csv.header().first().is_some_and(|name| name.is_empty())).then_some(digest)
            }
            _ => None,
        }
    }

    fn read(&self, input: &Input, reading: &mut Reading) {
        let Some(root) = input.object() else { return };
        let Some(name) = root.text("model") else { return reading.no_model() };
        let count = |key| root.get(key).and_then(json::count);
        let scored = count("results_num_completed_requests");
        if scored == Some(0) {
            let problem = reading.warning("no-scores", "every request failed, so that its figures measure nothing");
            return reading.diagnostics.push(problem.hint("run it again with a server that answers"));
        }
        let model = ModelName::new(name).with_any(Part::Provider, root.text("framework"));
        let date = root.get("timestamp").and_then(json::unix_date);
        let (protocol, mut metrics) = (Arc::new(protocol(root)), Shared::new());
        for (key, score) in root.iter().filter(|(_, score)| !score.is_null()) {
            let Some(metric) = key.strip_prefix("results_").and_then(metric) else { continue };
            let pointer = json::pointer([key.as_str()]);
            let Some(value) = reading.score(score, &pointer) else { continue };
            let provenance = reading.provenance(Place::Pointer(pointer), date.clone());
            let (model, benchmark) = (model.clone(), "LLMPerf".into());
            reading.records.push(Record {
                items: Items { scored, total: count("results_num_requests_started") },
                ..Record::new(model, benchmark, metrics.share(metric), value, Arc::clone(&protocol), provenance)
            });
        }
    }
}

/// Single requests are what the summary beside them sums up.
fn beside_summary(input: &Input) -> Holds {
    let name = input.path.rsplit('/').next().unwrap_or(input.path);
    let summary = name.strip_suffix("_individual_responses.json").map(|run| format!("{run}_summary.json"));
    match summary.and_then(|summary| (input.sibling)(&summary)) {
        Some(_) => Holds::Companion,
        None => Holds::Nothing("the times of single requests name no model; the summary of the run does"),
    }
}

fn protocol(root: &Object) -> Protocol {
    Protocol::default()
        .with(Field::Harness, "LLMPerf")
        .with_any(Field::HarnessVersion, root.scalar("version"))
        .with_any(Field::InputTokens, root.scalar("mean_input_tokens"))
        .with_any(Field::OutputTokens, root.scalar("mean_output_tokens"))
        .with_any(Field::Concurrency, root.scalar("num_concurrent_requests"))
}

/// Means and quantiles; `None` for what is no measure of speed or of errors.
fn metric(name: &str) -> Option<Metric> {
    let (unit, direction) = match name {
        "error_rate" => (Unit::Fraction, Direction::Lower),
        "mean_output_throughput_token_per_s" => (Unit::TokensPerSecond, Direction::Higher),
        "num_completed_requests_per_min" => (Unit::Unknown, Direction::Higher),
        _ => {
            let measure = name.strip_suffix("_mean").or_else(|| name.split_once("_quantiles_p").map(|(it, _)| it))?;
            match measure {
                "inter_token_latency_s" | "ttft_s" | "end_to_end_latency_s" => (Unit::Seconds, Direction::Lower),
                "request_output_throughput_token_per_s" => (Unit::TokensPerSecond, Direction::Higher),
                _ => return None,
            }
        }
    };
    Some(Metric { name: name.into(), unit, direction })
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::{codes, only, read_from, read_text};
    use crate::record::{Direction, Field, Items, Part, Source, Unit};

    const SUMMARY: &str = r#"{"version": "2023-08-31", "model": "org/m", "mean_input_tokens": 550, "mean_output_tokens": 150,
        "num_concurrent_requests": 5, "results_ttft_s_quantiles_p95": 0.50, "results_ttft_s_mean": 0.225,
        "results_ttft_s_stddev": 0.05, "results_number_input_tokens_min": "550", "results_number_input_tokens_mean": 550.0,
        "results_error_rate": 0.1, "results_error_code_frequency": "{}", "results_num_requests_started": 10,
        "results_num_completed_requests": 9, "results_mean_output_throughput_token_per_s": 198.2, "framework": "host",
        "timestamp": 1703135943}"#;

    #[test]
    fn a_summary_has_means_and_quantiles_of_its_requests() {
        let reading = read_text("x.json", SUMMARY);
        assert_eq!((codes(&reading).len(), reading.records.len()), (0, 4));
        let slow = only(&reading, "LLMPerf", "ttft_s_quantiles_p95");
        assert_eq!(
            (slow.value.text(), slow.metric.unit, slow.metric.direction),
            ("0.50", Unit::Seconds, Direction::Lower)
        );
        let mean = only(&reading, "LLMPerf", "ttft_s_mean");
        // The deviation among requests is no standard error of their mean.
        assert_eq!((mean.standard_error.as_ref(), mean.items), (None, Items { scored: Some(9), total: Some(10) }));
        assert_eq!((&*mean.model.raw, mean.model.get(Part::Provider)), ("org/m", Some("host")));
        assert_eq!(mean.protocol.get(Field::Concurrency), Some("5"));
        assert_eq!(mean.provenance.date.as_ref().unwrap().day(), "2023-12-21");
        let failed = SUMMARY.replace("\"results_num_completed_requests\": 9", "\"results_num_completed_requests\": 0");
        assert_eq!(codes(&read_text("x.json", &failed)), ["no-scores"]);
    }

    #[test]
    fn single_requests_belong_to_their_summary() {
        let text = r#"[{"error_code": null, "ttft_s": 0.4, "end_to_end_latency_s": 2.9}]"#;
        let sibling = |name: &str| (name == "m_1_2_summary.json").then(String::new);
        let beside = read_from("r/m_1_2_individual_responses.json", text.as_bytes(), Source::default(), &sibling);
        assert_eq!(codes(&beside), [""; 0]);
        assert_eq!(codes(&read_text("m.json", text)), ["no-scores"]);
    }

    #[test]
    fn digests_name_no_model() {
        let json = r#"{"concurrency": 1, "mean_input_token_length": 550.0, "mean_output_token_length": 158.3}"#;
        assert_eq!(codes(&read_text("x.json", json)), ["no-scores"]);
        assert_eq!(codes(&read_text("x.csv", ",1,2\nconcurrency,1.0,2.0\nttft,3,4\n")), ["no-scores"]);
    }

    #[test]
    fn wrong_types_are_no_crash() {
        for text in [r#"{"results_ttft_s_mean": [], "model": "m"}"#, r#"{"results_ttft_s_mean": 1, "model": {}}"#] {
            assert!(!read_text("x.json", text).diagnostics.is_empty(), "{text}");
        }
    }
}
