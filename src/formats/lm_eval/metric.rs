//! The units of the metrics that the harness defines.

use crate::record::Unit;

/// From 0 to 100 as the harness computes them.
pub const TRANSLATION: [&str; 8] = ["bleu", "chrf", "ter", "rouge1", "rouge2", "rougeL", "rougeLsum", "sacrebleu"];

/// The unit of a metric that the harness defines; of any other it is not known.
pub fn unit(metric: &str) -> Unit {
    match metric {
        "acc"
        | "acc_norm"
        | "acc_bytes"
        | "acc_mutual_info"
        | "exact_match"
        | "exact"
        | "em"
        | "f1"
        | "micro_f1"
        | "macro_f1"
        | "mcc"
        | "mc1"
        | "mc2"
        | "bleu_acc"
        | "rouge1_acc"
        | "rouge2_acc"
        | "rougeL_acc"
        | "prompt_level_strict_acc"
        | "prompt_level_loose_acc"
        | "inst_level_strict_acc"
        | "inst_level_loose_acc"
        | "pass@1"
        | "pass_at_1" => Unit::Fraction,
        "percent_parseable" => Unit::Percent,
        "bleu_max" | "bleu_diff" | "rouge1_max" | "rouge1_diff" | "rouge2_max" | "rouge2_diff" | "rougeL_max"
        | "rougeL_diff" | "eqbench" | "perplexity" | "word_perplexity" | "byte_perplexity" | "bits_per_byte" => {
            Unit::Points
        }
        _ if TRANSLATION.contains(&metric) => Unit::Points,
        _ => Unit::Unknown,
    }
}
