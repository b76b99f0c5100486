//! How a number was measured: everything that changes it and is not the model, the benchmark or the metric.

use super::stated::{Stated, named};

/// A part of a protocol. A board names the fields that are material to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The data split: `test`, `validation`.
    Split,
    /// Worked examples in the prompt.
    Shots,
    /// The prompt, by name or hash.
    Prompt,
    /// The chat template: `yes`, `no`, or its hash.
    ChatTemplate,
    /// `yes` or `no`.
    ChainOfThought,
    Tools,
    /// The judge model.
    Judge,
    /// The opponent of a win rate.
    Baseline,
    /// Samples drawn for each item (epochs).
    Repeats,
    /// The k of pass@k.
    PassK,
    Temperature,
    /// The most tokens an answer may have.
    MaxTokens,
    /// The harness's answer filter: `strict-match`, `flexible-extract`.
    Filter,
    /// Generation or likelihood: `gen`, `ppl`, `ll`.
    Mode,
    /// The version of the task or benchmark.
    BenchmarkVersion,
    DatasetRevision,
    Harness,
    HarnessVersion,
    HarnessCommit,
    /// The run stopped after so many items, or after that share of them; absent for a full run.
    Limit,
    /// The prompts of a performance run.
    Dataset,
    /// Requests in flight at a time.
    Concurrency,
    /// Requests sent in a second; `inf` for all at once.
    RequestRate,
    /// Tokens of a prompt.
    InputTokens,
    /// Tokens of an answer.
    OutputTokens,
    /// The machine of a performance run.
    Hardware,
    /// The program that served the model, with its version as far as stated.
    Engine,
}

named!(
    Field,
    "protocol field",
    [
        (Split, "split"),
        (Shots, "shots"),
        (Prompt, "prompt"),
        (ChatTemplate, "chat_template"),
        (ChainOfThought, "chain_of_thought"),
        (Tools, "tools"),
        (Judge, "judge"),
        (Baseline, "baseline"),
        (Repeats, "repeats"),
        (PassK, "pass_k"),
        (Temperature, "temperature"),
        (MaxTokens, "max_tokens"),
        (Filter, "filter"),
        (Mode, "mode"),
        (BenchmarkVersion, "benchmark_version"),
        (DatasetRevision, "dataset_revision"),
        (Harness, "harness"),
        (HarnessVersion, "harness_version"),
        (HarnessCommit, "harness_commit"),
        (Limit, "limit"),
        (Dataset, "dataset"),
        (Concurrency, "concurrency"),
        (RequestRate, "request_rate"),
        (InputTokens, "input_tokens"),
        (OutputTokens, "output_tokens"),
        (Hardware, "hardware"),
        (Engine, "engine"),
    ]
);

/// The fields that a file states.
pub type Protocol = Stated<Field>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_name_that_reads_back() {
        for field in Field::all() {
            assert_eq!(field.name().parse(), Ok(field));
        }
    }
}
